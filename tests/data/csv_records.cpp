// SPDX-License-Identifier: MIT
#include <lathe/data/csv_records.hpp> // first: proves that the header stands alone

#include <algorithm>
#include <array>
#include <iterator>
#include <ostream>
#include <random>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

#include "support/catch.hpp"
#include "support/seed.hpp"
#include "support/stress.hpp"

namespace {

namespace data = lathe::data;
using data::csv_fault;
using data::csv_options;
using data::csv_records;
using data::source;
using namespace std::string_literals;

static_assert(!std::is_copy_constructible_v<csv_records> && std::is_nothrow_move_constructible_v<csv_records> &&
              std::is_nothrow_move_assignable_v<csv_records>);
static_assert(std::is_aggregate_v<csv_options>);

/// One record, kept.
struct record {
    std::vector<std::string> cells{};
    std::size_t line = 0;
    csv_fault fault = csv_fault::none;
    std::size_t column = 0;
    std::vector<bool> quoted{};
    friend bool operator==(const record&, const record&) = default;
};
using records = std::vector<record>;
using table = std::vector<std::vector<std::string>>;

std::string shown(std::string_view text) {
    std::string out = "'";
    for (const char c : text) {
        if (c == '\n')
            out += "\\n";
        else if (c == '\r')
            out += "\\r";
        else if (c == '\0')
            out += "\\0";
        else
            out += c;
    }
    return out + "'";
}

std::ostream& operator<<(std::ostream& out, const record& r) {
    out << "\n  line " << r.line << ' ' << data::fault_text(r.fault) << ' ' << r.column << ':';
    for (std::size_t i = 0; i < r.cells.size(); ++i)
        out << ' ' << (r.quoted[i] ? "q" : "") << shown(r.cells[i]);
    return out;
}

//! [example]
records read(std::string_view text, csv_options options = {}) {
    records all;
    csv_records in{source::memory(text), options};
    while (in.next()) {
        record r{{}, in.line(), in.fault(), in.fault_column(), {}};
        for (std::size_t i = 0; i < in.size(); ++i) {
            r.cells.emplace_back(in[i]);
            r.quoted.push_back(in.quoted(i));
        }
        REQUIRE(in.cells().size() == in.size());
        all.push_back(std::move(r));
    }
    REQUIRE_FALSE(in.next());
    return all;
}
//! [example]

/// The same, of parts that are cut where every `each`-th record starts.
records read_in_parts(std::string_view text, csv_options options, std::size_t each) {
    records all;
    csv_records whole{source::memory(text), options};
    std::size_t cut = 0;
    for (std::size_t number = 0, more = 1; more != 0; ++number) {
        more = whole.next() ? 1 : 0;
        if (more != 0 && (number == 0 || number % each != 0)) continue;
        const auto end = more != 0 ? static_cast<std::size_t>(whole.offset()) : text.size();
        for (auto& r : read(text.substr(cut, end - cut), options))
            all.push_back(std::move(r));
        cut = end;
        options.first_line = whole.line();
    }
    return all;
}

table cells(std::string_view text, csv_options options = {}) {
    table all;
    for (auto& r : read(text, options)) {
        CHECK(r.fault == csv_fault::none);
        all.push_back(r.cells);
    }
    return all;
}

/// The same, by the book: one byte after the other, everything in memory.
records by_the_book(std::string_view text, csv_options o) {
    records all;
    std::size_t at = text.starts_with("\xEF\xBB\xBF") ? 3 : 0;
    std::size_t line = 1;
    while (at < text.size()) {
        const auto line_end = [&](std::size_t i) -> std::size_t { // its length, if there is one
            if (text.substr(i, 1) == "\n") return 1;
            return text.substr(i, 2) == "\r\n" ? 2 : 0;
        };
        if (const std::size_t length = line_end(at); length != 0 && !o.keep_empty_lines) {
            at += length;
            ++line;
            continue;
        }
        enum class state { start, unquoted, quoted, closed, after } now = state::start;
        record r{{}, line, csv_fault::none, 0, {}};
        const auto blame = [&](csv_fault f) {
            if (r.fault == csv_fault::none) {
                r.fault = f;
                r.column = r.cells.size() + 1;
            }
        };
        const std::size_t first = at;
        std::size_t cell = at, cell_line = line;
        std::string value;
        const auto end_cell = [&](std::size_t end) {
            if (now == state::after) blame(csv_fault::text_after_quote);
            r.quoted.push_back(now == state::closed);
            r.cells.emplace_back(now == state::closed ? value : text.substr(cell, end - cell));
            now = state::start;
            value.clear();
        };
        for (;;) {
            const bool too_long = at - first > o.max_record;
            if ((too_long || at == text.size()) && now == state::quoted) {
                blame(csv_fault::unterminated_quote);
                now = state::unquoted;
                line = cell_line;
                const std::size_t stop = too_long ? first + o.max_record : text.size();
                at = text.find('\n', cell);
                if (at == text.npos || at > stop) {
                    end_cell(stop);
                    at = text.npos;
                    if (too_long)
                        at = text.find('\n', stop);
                    else
                        break;
                } else {
                    end_cell(text[at - 1] == '\r' ? at - 1 : at);
                }
            } else if (too_long) {
                blame(csv_fault::record_too_long);
                now = state::unquoted;
                end_cell(std::max(cell, first + o.max_record));
                at = text.find('\n', at);
            } else if (at == text.size()) {
                end_cell(at);
                break;
            } else {
                const char c = text[at];
                const std::size_t length = now == state::quoted ? 0 : line_end(at);
                if (length != 0 && at + length - 1 - first <= o.max_record) {
                    end_cell(at);
                    at += length - 1;
                } else {
                    if (c == '\n') ++line;
                    if (now == state::quoted) {
                        if (c == o.quote)
                            now = state::closed;
                        else
                            value += c;
                    } else if (c == o.delimiter) {
                        end_cell(at);
                        cell = at + 1;
                        cell_line = line;
                    } else if (o.quote != '\0' && c == o.quote && now == state::start) {
                        now = state::quoted;
                    } else if (c == o.quote && now == state::closed) {
                        now = state::quoted;
                        value += c;
                    } else if (now == state::closed) {
                        now = state::after;
                    } else if (now == state::start) {
                        now = state::unquoted;
                    }
                    ++at;
                    continue;
                }
            }
            if (at != text.npos) { // at a line feed that ends the record
                ++at;
                ++line;
            }
            break;
        }
        at = std::min(at, text.size());
        all.push_back(r);
    }
    return all;
}

TEST_CASE("csv_records: the examples of RFC 4180", "[csv]") {
    const table two{{"aaa", "bbb", "ccc"}, {"zzz", "yyy", "xxx"}};
    CHECK(cells("aaa,bbb,ccc\r\nzzz,yyy,xxx\r\n") == two);                                          // 2.1
    CHECK(cells("aaa,bbb,ccc\r\nzzz,yyy,xxx") == two);                                              // 2.2
    CHECK(cells("field_name,field_name,field_name\r\naaa,bbb,ccc\r\nzzz,yyy,xxx\r\n").size() == 3); // 2.3
    CHECK(cells("aaa,bbb,ccc") == table{{"aaa", "bbb", "ccc"}});                                    // 2.4
    CHECK(cells("\"aaa\",\"bbb\",\"ccc\"\r\nzzz,yyy,xxx") == two);                                  // 2.5
    CHECK(cells("\"aaa\",\"b\r\nbb\",\"ccc\"\r\nzzz,yyy,xxx") ==
          table{{"aaa", "b\r\nbb", "ccc"}, {"zzz", "yyy", "xxx"}});                // 2.6
    CHECK(cells("\"aaa\",\"b\"\"bb\",\"ccc\"") == table{{"aaa", "b\"bb", "ccc"}}); // 2.7
}

TEST_CASE("csv_records: reads what Python's csv reads, but for what is noted", "[csv]") {
    struct example {
        std::string text;
        table expected;
    };
    const std::vector<example> same{
        {"a,b\n", {{"a", "b"}}},
        {"a,b", {{"a", "b"}}},
        {"a,b\r\nc,d\r\n", {{"a", "b"}, {"c", "d"}}},
        {"\"a,b\",c\n", {{"a,b", "c"}}},
        {"\"a\nb\",c\n", {{"a\nb", "c"}}},
        {"\"a\r\nb\"\n", {{"a\r\nb"}}},
        {"\"a\"\"b\"\n", {{"a\"b"}}},
        {"\"\"\n", {{""}}},
        {"\"\"\"\"\n", {{"\""}}},
        {"\"\"\"\"\"\"\n", {{"\"\""}}},
        {"a\"b\n", {{"a\"b"}}},
        {"a\"\"b\n", {{"a\"\"b"}}},
        {"a\"b\"c,d\n", {{"a\"b\"c", "d"}}},
        {" \"a\"\n", {{" \"a\""}}},
        {",\n", {{"", ""}}},
        {",,\n", {{"", "", ""}}},
        {"a,\r\n", {{"a", ""}}},
        {"\"a\"\r\n", {{"a"}}},
        {"\"a\"", {{"a"}}},
        {"\xC3\xA9,\xC3\xBC\n", {{"\xC3\xA9", "\xC3\xBC"}}},
        {"a,\0b\n"s, {{"a", "\0b"s}}},
        {"\"a,\"\"b\"\",c\"\n", {{"a,\"b\",c"}}},
        {"\"\",\"\"\n", {{"", ""}}},
        {" \n", {{" "}}},
        {"\"\n\"\n", {{"\n"}}},
        {"", {}},
    };
    for (const auto& [text, expected] : same) {
        INFO(shown(text));
        CHECK(cells(text) == expected);
    }
    // Python: a record without cells for each empty line. Here: none.
    CHECK(cells("\n").empty());
    CHECK(cells("\r\n").empty());
    CHECK(cells("\n\na\n") == table{{"a"}});
    CHECK(cells("a,b\n\r\n") == table{{"a", "b"}});
    // Python: a lone CR ends a record. Here: it is data.
    CHECK(cells("a\rb\n") == table{{"a\rb"}});
    CHECK(cells("a\r") == table{{"a\r"}});
    CHECK(cells("a,b\r\r\n") == table{{"a", "b\r"}});
    // Python (utf-8): the byte order mark is data. Here: it is skipped.
    CHECK(cells("\xEF\xBB\xBF"
                "a\n") == table{{"a"}});
    CHECK(cells("\xEF\xBB\xBF\"a\"\n") == table{{"a"}});
    // Python: text after a closing quote is appended, and a quote that is not closed goes unnoticed. Here:
    // faults.
    using enum csv_fault;
    CHECK(read("\"a\" ,b\n") == records{{{"\"a\" ", "b"}, 1, text_after_quote, 1, {false, false}}});
    CHECK(read("\"a\"b,c\n") == records{{{"\"a\"b", "c"}, 1, text_after_quote, 1, {false, false}}});
    CHECK(read("\"a\"b\"c\"\n") == records{{{"\"a\"b\"c\""}, 1, text_after_quote, 1, {false}}});
    CHECK(read("\"a\"\rb\n") == records{{{"\"a\"\rb"}, 1, text_after_quote, 1, {false}}});
    CHECK(read("\"a") == records{{{"\"a"}, 1, unterminated_quote, 1, {false}}});
    CHECK(read("\"") == records{{{"\""}, 1, unterminated_quote, 1, {false}}});
    CHECK(read("a,\"") == records{{{"a", "\""}, 1, unterminated_quote, 2, {false, false}}});
    CHECK(read("a,\"b\nc") ==
          records{{{"a", "\"b"}, 1, unterminated_quote, 2, {false, false}}, {{"c"}, 2, none, 0, {false}}});
}

TEST_CASE("csv_records: an empty line is a record of one empty cell if so wished", "[csv]") {
    CHECK(cells("a\n\n\r\nb\n\n", {.keep_empty_lines = true}) == table{{"a"}, {""}, {""}, {"b"}, {""}});
    CHECK(cells("\n", {.keep_empty_lines = true}) == table{{""}});
    CHECK(cells("", {.keep_empty_lines = true}).empty());
}

TEST_CASE("csv_records: delimiter and quote can be chosen", "[csv]") {
    CHECK(cells("'a;''b';c,\"d\"\n", {.delimiter = ';', .quote = '\''}) == table{{"a;'b", "c,\"d\""}});
    CHECK(cells("a\t\"b\tc\"\n", {.delimiter = '\t', .quote = '\0'}) == table{{"a", "\"b", "c\""}});
    CHECK(cells("a\0b\n"s, {.delimiter = '\0'}) == table{{"a", "b"}});
    CHECK(cells("\0a\0,b\n"s, {.quote = '\0'}) == table{{"\0a\0"s, "b"}});
}

TEST_CASE("csv_records: options are checked, and cut to what is possible", "[csv]") {
    CHECK_THROWS_AS((csv_records{source::memory("a"), {.delimiter = '"'}}), lathe::error);
    csv_records in{source::memory("a"), {.max_record = ~std::size_t{0}, .block = 0}};
    CHECK(in.next());
}

TEST_CASE("csv_records: a quoted cell may hold newlines, and lines are counted through them", "[csv]") {
    const auto all = read("a,\"1\n2\r\n3\"\nb\n\n\nc,\"\n\"\nd");
    REQUIRE(all.size() == 4);
    CHECK(all[0].cells[1] == "1\n2\r\n3");
    CHECK(all[0].line == 1);
    CHECK(all[1].line == 4);
    CHECK(all[2].line == 7);
    CHECK(all[3].line == 9);
}

TEST_CASE("csv_records: knows where records start, and reads a text cut there as it reads it whole", "[csv]") {
    const std::string mark = "\xEF\xBB\xBF"; // a byte order mark at the start of a text, else data
    const std::string text = mark + "head\n\n\r\n\"a\n\"\r\n" + mark + "x,\"\"\n\"y\" \n1234567890123\n\"stray\nlast";
    const csv_options options{.max_record = 12};
    csv_records in{source::memory(text), options};
    CHECK(in.offset() == 0);
    std::vector<std::string> starts; // the first two bytes of each record
    while (in.next())
        starts.push_back(text.substr(static_cast<std::size_t>(in.offset()), 2));
    CHECK(in.offset() == text.size());
    CHECK(starts == std::vector<std::string>{"he", "\"a", "\xEF\xBB", "\"y", "12", "\"s", "la"});
    for (const std::size_t each : {1U, 2U, 3U, 100U})
        CHECK(read_in_parts(text, options, each) == read(text, options));
    CHECK(read(text, options)[2].cells[0] == mark + "x");
}

TEST_CASE("csv_records: tells an empty cell in quotes from nothing at all", "[csv]") {
    CHECK(read("\"\",,\"a\"\"\",a\n")[0].quoted == std::vector<bool>{true, false, true, false});
}

TEST_CASE("csv_records: a stray quote costs one record when no other quote follows", "[csv]") {
    std::string text = "a,b\n1,\"2\n";
    for (int i = 0; i < 1000; ++i)
        text += "x,y\r\n";
    const auto all = read(text, {.block = 100});
    REQUIRE(all.size() == 1002);
    CHECK(all[1] == record{{"1", "\"2"}, 2, csv_fault::unterminated_quote, 2, {false, false}});
    CHECK(all[2] == record{{"x", "y"}, 3, csv_fault::none, 0, {false, false}});
    CHECK(all.back().line == 1002);
}

TEST_CASE("csv_records: a stray quote ends at the next quote, and reading goes on after that line", "[csv]") {
    using enum csv_fault;
    CHECK(read("1,\"2\n3,4\n\"5\",6\n7,8\n") ==
          records{{{"1", "\"2\n3,4\n\"5\"", "6"}, 1, text_after_quote, 2, {false, false, false}},
                  {{"7", "8"}, 4, none, 0, {false, false}}});
}

TEST_CASE("csv_records: the line with the open quote is the one given up, not those of the cells before", "[csv]") {
    using enum csv_fault;
    CHECK(read("\"a\n\"\"b\",\"c\nd\n") ==
          records{{{"a\n\"b", "\"c"}, 1, unterminated_quote, 2, {true, false}}, {{"d"}, 3, none, 0, {false}}});
}

TEST_CASE("csv_records: of two faults in a record the first is reported", "[csv]") {
    using enum csv_fault;
    CHECK(read("\"a\"b,\"c\nd\n") ==
          records{{{"\"a\"b", "\"c"}, 1, text_after_quote, 1, {false, false}}, {{"d"}, 2, none, 0, {false}}});
}

TEST_CASE("csv_records: a record that is too long is cut, and reading goes on after its line", "[csv]") {
    using enum csv_fault;
    const csv_options ten{.max_record = 10};
    CHECK(read("12345,7890\nx\n", ten) ==
          records{{{"12345", "7890"}, 1, none, 0, {false, false}}, {{"x"}, 2, none, 0, {false}}});
    CHECK(read("12345,78901\nx\n", ten) ==
          records{{{"12345", "7890"}, 1, record_too_long, 2, {false, false}}, {{"x"}, 2, none, 0, {false}}});
    CHECK(read("12345,78901", ten) == records{{{"12345", "7890"}, 1, record_too_long, 2, {false, false}}});
    CHECK(read("1,2,3,4,5,6,7,8,9\nx", ten) ==
          records{{{"1", "2", "3", "4", "5", ""}, 1, record_too_long, 6, std::vector<bool>(6)},
                  {{"x"}, 2, none, 0, {false}}});
    CHECK(read("a,\"4567890123\"\nx", ten) ==
          records{{{"a", "\"4567890"}, 1, unterminated_quote, 2, {false, false}}, {{"x"}, 2, none, 0, {false}}});
    CHECK(read("\"4\n6\",890123\nx", ten) ==
          records{{{"4\n6", "8901"}, 1, record_too_long, 2, {true, false}}, {{"x"}, 3, none, 0, {false}}});
}

TEST_CASE("csv_records: knows its source and how far it is", "[csv]") {
    csv_records in{source::memory("ab,c\nd\n")};
    CHECK(in.name() == "<memory>");
    CHECK(in.bytes() == 0);
    REQUIRE(in.next());
    CHECK(in.bytes() == 5);
    REQUIRE(in.next());
    CHECK(in.bytes() == 7);
    CHECK_THROWS_AS(csv_records{"/nowhere/x.csv"}, data::io_error);
}

TEST_CASE("csv_records: a read that fails can be tried again, from the same record", "[csv]") {
    const int saved = ::dup(0);
    std::array<int, 2> ends{};
    REQUIRE(::pipe(ends.data()) == 0);
    const auto send = [&](std::string_view text) {
        return ::write(ends[1], text.data(), text.size()) == static_cast<::ssize_t>(text.size());
    };
    const int directory = ::open("/tmp", O_RDONLY); // cannot be read
    const bool first = send("a,b\n\"1\n\"\"\",2");
    ::dup2(ends[0], 0);
    csv_records in{source::standard_input()};
    const bool one = in.next();
    ::dup2(directory, 0);
    bool failed = false;
    try {
        in.next();
    } catch (const data::io_error&) {
        failed = true;
    }
    const std::size_t cells_then = in.size();
    const bool second = send("3\n4,5");
    ::dup2(ends[0], 0);
    ::close(ends[1]);
    const bool two = in.next();
    const std::vector<std::string> got(in.cells().begin(), in.cells().end());
    const std::size_t line = in.line();
    const bool three = in.next();
    const std::size_t last_line = in.line();
    ::dup2(saved, 0);
    for (const int handle : {saved, ends[0], directory})
        ::close(handle);
    CHECK((first && one && failed && second && two && three));
    CHECK(cells_then == 0);
    CHECK(got == std::vector<std::string>{"1\n\"", "23"});
    CHECK(line == 2);
    CHECK(last_line == 4);
}

TEST_CASE("csv_records: moves in the middle of a record's use", "[csv]") {
    csv_records first{source::text("a,\"b\"\"\"\nc\nd\n")};
    REQUIRE(first.next());
    const std::string_view b = first[1];
    csv_records second{std::move(first)};
    CHECK(b == "b\"");
    CHECK(second[1] == "b\"");
    REQUIRE(second.next());
    csv_records third{source::memory("x")};
    third = std::move(second);
    REQUIRE(third.next());
    CHECK(third[0] == "d");
    CHECK_FALSE(third.next());
}

TEST_CASE("csv_records: many cells, long cells and long records grow what must grow", "[csv]") {
    std::string text;
    for (int i = 0; i < 5000; ++i)
        text += "c" + std::to_string(i) + (i + 1 < 5000 ? "," : "\n");
    text += std::string(5000, 'x') + ",\"" + std::string(5000, '\n') + "\"\n" + std::string(4999, ',') + "\n";
    for (const std::size_t block : {1U, 64U, 1000U, 1U << 18}) {
        const auto all = read(text, {.block = block});
        REQUIRE(all.size() == 3);
        REQUIRE(all[0].cells.size() == 5000);
        CHECK(all[0].cells[4999] == "c4999");
        CHECK(all[1].cells == std::vector<std::string>{std::string(5000, 'x'), std::string(5000, '\n')});
        CHECK(all[2].line == 5003);
        CHECK(all[2].cells == std::vector<std::string>(5000));
    }
}

TEST_CASE("csv_records: input where everything goes wrong is read in linear time", "[csv]") {
    // Each would take hours if every fault had all the rest read anew.
    const auto many = [](std::string_view line) {
        std::string text;
        while (text.size() < 4'000'000)
            text += line;
        return text;
    };
    for (const auto* const line : {"\"a\"b,\"c\n", "\"\n", "\"\"\"\n", "a,\"b\n", "\"\"\"a\"\"\n", "x,\"\"\"\"\"\n"}) {
        const std::string text = many(line);
        for (const std::size_t limit : {100U, 1U << 24}) {
            std::size_t faults = 0;
            csv_records in{source::memory(text), {.max_record = limit}};
            while (in.next())
                faults += in.fault() != csv_fault::none;
            CHECK(in.bytes() == text.size());
            INFO(line << ' ' << limit << ' ' << faults);
        }
    }
}

TEST_CASE("csv_marks: both ways find the same bytes, and no others", "[csv]") {
    const lathe::detail::csv_marks find{',', '"'};
    std::mt19937_64 random{7};
    for (int round = 0; round < 20'000; ++round) {
        std::string bytes(64, '\0');
        lathe::detail::csv_mark_set expected;
        for (unsigned i = 0; i < 64; ++i) {
            const auto r = random();
            // Often a neighbour of a wanted byte, or the same with the high bit set: where tricks with words
            // go wrong.
            const auto near = static_cast<unsigned char>(",\"\n"[r % 3]) ^ ((r >> 8) % 4) ^ ((r >> 16) % 2 << 7);
            bytes[i] = static_cast<char>((r >> 24) % 4 != 0 ? near : r >> 32);
            expected.delimiters |= std::uint64_t{bytes[i] == ','} << i;
            expected.stops |= std::uint64_t{bytes[i] == '"' || bytes[i] == '\n'} << i;
        }
        REQUIRE((find(bytes.data()) == expected));
        REQUIRE((find.portable(bytes.data()) == expected));
    }
}

TEST_CASE("csv_records: agrees with a reader by the book on random text", "[csv][stress]") {
    const std::uint64_t seed = lathe_test::seed_of_run();
    INFO("LATHE_SEED=" << seed);
    std::mt19937_64 random{seed};
    const auto below = [&](std::size_t n) {
        return static_cast<std::size_t>(random() % n);
    };
    const std::vector<std::string> alphabet{",",
                                            ",",
                                            "\"",
                                            "\"",
                                            "\"\"",
                                            "\r",
                                            "\n",
                                            "\r\n",
                                            "a",
                                            "bc",
                                            " ",
                                            "\xC3\xA9",
                                            "\0"s,
                                            "';",
                                            "\t",
                                            "\xEF\xBB\xBF"};
    const std::size_t blocks[] = {1, 2, 3, 7, 13, 63, 64, 65, 127, 200, 1000, 262'144};
    for (std::size_t round = lathe_test::rounds(100'000); round-- != 0;) {
        csv_options options;
        options.block = blocks[below(std::size(blocks))];
        options.max_record = below(3) == 0 ? 1 + below(40) : std::size_t{1} << 20;
        options.keep_empty_lines = below(4) == 0;
        if (below(8) == 0) options.delimiter = "\t ;\0a"[below(5)];
        if (below(8) == 0) options.quote = "\0'\0"[below(2)];
        std::string text;
        const std::size_t length = below(8) == 0 ? below(400) : below(40);
        const bool calm = below(2) == 0; // half of the texts are mostly sound
        while (text.size() < length) {
            if (calm && below(3) != 0)
                text += below(2) != 0 ? "," : below(4) != 0 ? "word" : below(2) != 0 ? ",\"qu,ot\n\"\"ed\"," : "\n";
            else
                text += alphabet[below(alphabet.size())];
        }
        const auto expected = by_the_book(text, options);
        const auto got = read(text, options);
        if (got != expected) {
            CAPTURE(shown(text),
                    options.block,
                    options.max_record,
                    int{options.delimiter},
                    int{options.quote},
                    options.keep_empty_lines);
            REQUIRE(got == expected);
        }
        if (const auto parts = read_in_parts(text, options, 1 + round % 3); parts != expected) {
            CAPTURE(shown(text), options.max_record, options.keep_empty_lines);
            REQUIRE(parts == expected);
        }
    }
}

} // namespace
