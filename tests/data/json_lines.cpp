// SPDX-License-Identifier: MIT
#include <lathe/data/json_lines.hpp> // first: proves that the header stands alone

#include <cstddef>
#include <cstdio>
#include <cstdlib>
#include <iterator>
#include <limits>
#include <map>
#include <memory>
#include <optional>
#include <ranges>
#include <stdexcept>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

#include <unistd.h>

#include <lathe/model/field.hpp>
#include <lathe/model/rules.hpp>
#include <lathe/model/text.hpp>

#include "support/catch.hpp"

namespace json_lines_test {

namespace data = lathe::data;
using data::append_json_line;
using data::read_json_lines;
using data::source;
using lathe_test::ContainsSubstring;
using lathe_test::Message;
using strings = std::vector<std::string>;

struct strike {
    lathe::property<std::string, lathe::not_empty, lathe::alias<"Airport Name">> airport;
    lathe::property<std::optional<int>, lathe::in_range<0, 400>> speed = std::nullopt;
    std::vector<std::string> birds{};
};

using reader = data::json_lines_reader<strike>;
static_assert(std::input_iterator<reader::iterator>);
static_assert(!std::forward_iterator<reader::iterator>); // it goes once
static_assert(std::sentinel_for<std::default_sentinel_t, reader::iterator>);
static_assert(std::ranges::input_range<reader>);
static_assert(!std::is_copy_constructible_v<reader> &&
              !std::is_move_constructible_v<reader>); // its iterators point at it
static_assert(std::is_base_of_v<lathe::result<strike, lathe::validation_error>, data::json_lines_row<strike>>);
static_assert(std::is_same_v<decltype(read_json_lines<strike>(std::declval<source>())), reader>);
static_assert(std::is_same_v<decltype(*std::declval<reader&>().begin()), data::json_lines_row<strike>&>);

/// All rows as text: the line and the value, or what is wrong with it.
template <class T>
strings rows_of(std::string_view text, data::json_lines_options options = {}) {
    strings seen;
    for (auto&& row : read_json_lines<T>(source::memory(text), options)) {
        if (row) {
            seen.push_back(std::to_string(row.line()) + " " + lathe::to_string(*row));
        } else {
            seen.emplace_back(row.error().what());
        }
    }
    return seen;
}

struct number {
    int n = 0;
};

//! [example]
TEST_CASE("json_lines: reads a model from each line", "[json_lines]") {
    auto rows = read_json_lines<strike>(source::memory("{\"airport\": \"SFO\", \"speed\": 140}\n"
                                                       "{\"birds\":[\"gull\",\"duck\"],\"Airport Name\":\"LAX\"}\n"));
    CHECK(rows.name() == "<memory>");
    CHECK(rows.bytes() == 0); // nothing is read before it is asked for
    auto at = rows.begin();
    REQUIRE(at->has_value());
    CHECK(at->line() == 1);
    CHECK((*at)->airport.value() == "SFO");
    CHECK((**at).speed == 140);
    CHECK(rows.bytes() == 33);
    ++at;
    REQUIRE(at->has_value());
    CHECK(at->line() == 2);
    CHECK(at->value().airport.value() == "LAX");
    CHECK(at->value().birds == strings{"gull", "duck"});
    at++;
    CHECK(at == rows.end());
    CHECK(rows.begin() == rows.end());
    CHECK(rows.bytes() == 33 + 47);
}
//! [example]

TEST_CASE("json_lines: reads anything that JSON can hold", "[json_lines]") {
    const auto values = [](auto&& rows) {
        std::vector<std::remove_cvref_t<decltype(**rows.begin())>> all;
        for (auto&& row : rows)
            all.push_back(std::move(row.value()));
        return all;
    };
    CHECK(values(read_json_lines<int>(source::memory("1\n-2\n 3 "))) == std::vector<int>{1, -2, 3});
    CHECK(values(read_json_lines<std::vector<bool>::size_type>(source::memory("7"))) == std::vector<std::size_t>{7});
    using pairs = std::map<std::string, double>;
    CHECK(values(read_json_lines<pairs>(source::memory("{}\n{\"a\":0.5}"))) == std::vector<pairs>{{}, {{"a", 0.5}}});
    const auto any = values(read_json_lines<lathe::value>(source::memory("null\n{\"k\":[1,\"x\"]}\n")));
    REQUIRE(any.size() == 2);
    CHECK(any[0] == nullptr);
    CHECK(any[1] == lathe::dict{{"k", lathe::list{1, "x"}}});
}

TEST_CASE("json_lines: lines end with LF, CRLF or the input, and blank ones count but are no rows", "[json_lines]") {
    const strings expected{"1 number(n=1)", "2 number(n=2)"};
    CHECK(rows_of<number>("{\"n\":1}\n{\"n\":2}\n") == expected);
    CHECK(rows_of<number>("{\"n\":1}\n{\"n\":2}") == expected);
    CHECK(rows_of<number>("{\"n\":1}\r\n{\"n\":2}\r\n") == expected);
    CHECK(rows_of<number>("{\"n\":1}\r\n{\"n\":2}\r") == expected);
    CHECK(rows_of<number>("\xEF\xBB\xBF{\"n\":1}\n\t{\"n\": 2 } ") == expected);
    CHECK(rows_of<number>("\n\r\n{\"n\":1}\n \t\r\n\n{\"n\":2}\n\n") == strings{"3 number(n=1)", "6 number(n=2)"});
    CHECK(rows_of<number>("\xEF\xBB\xBF\n{\"n\":1}") == strings{"2 number(n=1)"});
    // A CR before the LF is no part of the line.
    CHECK(rows_of<number>("{\"n\r\n") == rows_of<number>("{\"n\n"));
    for (const std::string_view nothing : {"", "\n", "\r\n \n\t", " ", "\xEF\xBB\xBF", "\xEF\xBB\xBF\n"}) {
        CHECK(rows_of<number>(nothing).empty());
    }
}

TEST_CASE("json_lines: a wrong line has all of its issues at their places in the file", "[json_lines]") {
    auto rows = read_json_lines<strike>(source::memory("{\"airport\": \"SFO\"}\n"
                                                       "\n"
                                                       "{\"airport\": \"\", \"speed\": 999, \"berds\": []}\n"
                                                       "{\"speed\": 1}\n"
                                                       "{\"airport\": \"SFO\"}\n"));
    auto at = rows.begin();
    ++at;
    REQUIRE_FALSE(at->has_value());
    CHECK(at->line() == 3);
    const std::vector<lathe::issue> expected{
        {"airport", "not_empty", "\"\" is empty", "\"\"", {3, 13}},
        {"speed", "in_range", "999 is not in [0, 400]", "999", {3, 26}},
        {"berds", "unknown", "is not a field of strike; did you mean birds?", "", {3, 31}},
    };
    CHECK(at->error().issues() == expected);
    CHECK(at->error().model() == "strike");
    CHECK(std::string(at->error().what()) ==
          "<memory>:3:13: strike.airport: \"\" is empty\n"
          "<memory>:3:26: strike.speed: 999 is not in [0, 400]\n"
          "<memory>:3:31: strike.berds: is not a field of strike; did you mean birds?");
    ++at;
    CHECK(std::string(at->error().what()) == "<memory>:4:1: strike.airport: is missing");
    CHECK_THROWS_MATCHES(at->value(), lathe::validation_error, Message(at->error().what()));
    ++at;
    CHECK(at->value().airport.value() == "SFO");
    CHECK(++at == rows.end());
}

TEST_CASE("json_lines: what is no JSON costs its line only", "[json_lines]") {
    auto rows = read_json_lines<number>(source::memory("{\"n\":1}\n{\"n\":\n2}\n{\"n\":3}{\"n\":4}\n{\"n\":5}\n"));
    std::vector<std::pair<std::size_t, std::size_t>> refused;
    std::vector<int> good;
    for (auto&& row : rows) {
        if (row) {
            good.push_back(row->n);
            continue;
        }
        const lathe::issue& last = row.error().issues().back();
        CHECK(last.rule == "json");
        CHECK(last.position.line == row.line());
        refused.emplace_back(row.line(), last.position.column);
    }
    CHECK(good == std::vector{1, 5});
    REQUIRE(refused.size() == 3); // a value may not go on on the next line
    CHECK(refused[0].first == 2);
    CHECK(refused[1].first == 3);
    CHECK(refused[2] == std::pair<std::size_t, std::size_t>{4, 8});
}

TEST_CASE("json_lines: a NUL neither ends a line nor is a blank", "[json_lines]") {
    using namespace std::string_view_literals;
    std::vector<bool> accepted;
    for (auto&& row : read_json_lines<int>(source::memory("1\0\n2\0 x\n\0\n4\n"sv)))
        accepted.push_back(row.has_value());
    CHECK(accepted == std::vector{false, false, false, true});
}

TEST_CASE("json_lines: a line that is too long is one refused row", "[json_lines]") {
    const std::string text = "{\"n\":1}\n{\"n\": 22}\n{\"n\":3}\r\n          \n{\"n\":5}\n{\"n\":66}";
    const strings expected{"1 number(n=1)",
                           "<memory>:2:1: number: the line is longer than 8 bytes",
                           "3 number(n=3)", // 8 bytes: the CR counts
                           "<memory>:4:1: number: the line is longer than 8 bytes",
                           "5 number(n=5)",
                           "6 number(n=66)"};
    for (const std::size_t block : {0U, 1U, 2U, 7U, 8U, 9U, 10U, 4096U}) {
        CAPTURE(block);
        CHECK(rows_of<number>(text, {.max_line = 8, .block = block}) == expected);
        CHECK(rows_of<number>(text + " ", {.max_line = 8, .block = block}).back() ==
              "<memory>:6:1: number: the line is longer than 8 bytes");
    }
    const auto issues = read_json_lines<number>(source::memory("12"), {.max_line = 1}).begin()->error().issues();
    CHECK(issues == std::vector<lathe::issue>{{"", "max_line", "the line is longer than 1 bytes", "", {1, 1}}});
    CHECK(rows_of<number>("{\"n\":1}", {.max_line = static_cast<std::size_t>(-1)}) == strings{"1 number(n=1)"});
}

TEST_CASE("json_lines: a line that is too long is never there as a whole", "[json_lines]") {
    const std::size_t size = std::size_t{4} << 20;
    auto rows = read_json_lines<int>(source::text(std::string(size, 'x') + "\n7\n"), {.max_line = 100, .block = 64});
    auto at = rows.begin();
    CHECK(at->error().issues().front().rule == "max_line");
    CHECK(rows.bytes() < 200); // it is reported before its end is found
    ++at;
    REQUIRE(at != rows.end());
    CHECK(*at == 7);
    CHECK(at->line() == 2);
    CHECK(rows.bytes() == size + 3);
}

TEST_CASE("json_lines: each line obeys the options", "[json_lines]") {
    CHECK(rows_of<number>(
              "{\"n\":\"1\",\"x\":2}\n{\"n\":2.0}",
              {.read = {.conversions = lathe::conversions::lax, .unknown_keys = lathe::unknown_keys::ignore}}) ==
          strings{"1 number(n=1)", "2 number(n=2)"});
    // Limits are those of a line.
    CHECK(rows_of<number>("{\"n\":1}\n{\"n\":2}\n{\"n\":[3]}", {.read = {.max_depth = 1, .max_values = 2}}) ==
          strings{"1 number(n=1)", "2 number(n=2)", "<memory>:3:6: number.n: the document is nested deeper than 1"});
    // The name of the source may be another one.
    std::string place = "upload.jsonl";
    auto rows = read_json_lines<int>(source::memory("x"), {.read = {.place = place}});
    place = "xxxxxx.jsonl"; // it is kept
    CHECK(rows.name() == "upload.jsonl");
    CHECK_THAT(rows.begin()->error().what(), ContainsSubstring("upload.jsonl:1:1: "));
    CHECK_THROWS_MATCHES(read_json_lines<int>(source::memory("1"), {.max_line = 0}),
                         lathe::error,
                         Message("lathe::data::json_lines_options: max_line must not be 0"));
}

TEST_CASE("json_lines: a reader goes once, and rows may be moved from", "[json_lines]") {
    auto rows = read_json_lines<std::string>(source::memory("\"a\"\n\"b\"\nno\n\"c\"\n"));
    auto at = rows.begin();
    CHECK(rows.begin()->value() == "a");
    ++at;
    std::vector<data::json_lines_row<std::string>> kept;
    for (auto&& row : rows) // goes on where the other stands
        kept.push_back(std::move(row));
    REQUIRE(kept.size() == 3);
    CHECK(kept[0].value() == "b");
    CHECK(kept[0].line() == 2);
    CHECK_THAT(kept[1].error().what(), ContainsSubstring("<memory>:3:"));
    CHECK(kept[2].line() == 4);
    auto viewed = read_json_lines<int>(source::memory("1\n\"two\"\n3\n"));
    int sum = 0;
    for (const auto& row : viewed | std::views::filter([](const auto& r) { return r.has_value(); }))
        sum += *row;
    CHECK(sum == 4);
}

/// Can be moved only, and only into a new object.
struct handle {
    handle() = default;
    handle(handle&&) = default;
    handle& operator=(handle&&) = delete;
    std::unique_ptr<int> at = std::make_unique<int>(-1);
};
bool read_text(std::string_view text, handle& to) {
    if (text == "throw") throw std::runtime_error("as asked");
    *to.at = static_cast<int>(text.size());
    return true;
}
std::string to_string(const handle& from) {
    return std::to_string(*from.at);
}
struct owner {
    handle first{};
    std::unique_ptr<number> second{};
};

TEST_CASE("json_lines: models need not be assignable, and may throw while they are read", "[json_lines]") {
    auto rows = read_json_lines<owner>(
        source::memory("{\"first\":\"throw\"}\n{\"second\":{\"n\":4}}\n{\"first\":\"throw\"}\n{\"first\":\"abc\"}\n"));
    CHECK_THROWS_AS(rows.begin(), std::runtime_error);
    auto at = rows.begin();
    CHECK(at->line() == 2);
    CHECK(*at->value().first.at == -1);
    CHECK((**at).second->n == 4);
    CHECK_THROWS_AS(++at, std::runtime_error);
    at = rows.begin();
    CHECK(at->line() == 4);
    CHECK(*at->value().first.at == 3);
    CHECK(++at == rows.end());
}

TEST_CASE("json_lines: reads a file, and says when it cannot", "[json_lines]") {
    char path[] = "/tmp/lathe-json-lines-XXXXXX";
    const int handle = ::mkstemp(path);
    REQUIRE(handle >= 0);
    constexpr std::string_view text = "{\"n\":1}\n{\"n\":\"x\"}\n";
    CHECK(::write(handle, text.data(), text.size()) == static_cast<::ssize_t>(text.size()));
    ::close(handle);
    {
        auto rows = read_json_lines<number>(path);
        CHECK(rows.name() == path);
        auto at = rows.begin();
        CHECK(at->value().n == 1);
        ++at;
        CHECK(std::string(at->error().what()) == std::string(path) + ":2:6: number.n: \"x\" is not a whole number");
    }
    std::remove(path);
    CHECK_THROWS_MATCHES(read_json_lines<number>(path),
                         data::io_error,
                         Message("cannot open \"" + std::string(path) + "\": No such file or directory"));
    // It opens, and its first byte cannot be read.
    auto unreadable = read_json_lines<number>("/proc/self/mem");
    CHECK_THROWS_AS(unreadable.begin(), data::io_error);
    CHECK_THROWS_AS(unreadable.begin(), data::io_error);
}

// ---- writing ----

constexpr double nan = std::numeric_limits<double>::quiet_NaN();
constexpr double infinity = std::numeric_limits<double>::infinity();

struct measured {
    lathe::field<"place", std::string, lathe::alias<"Place">> place;
    double value = 0;
};

TEST_CASE("json_lines: appends a model as one line", "[json_lines]") {
    std::string text = "before\n";
    append_json_line(text, measured{.place = "two\nlines", .value = 0.5});
    append_json_line(text, std::vector<int>{1, 2}, {.indent = 4}); // a line is a line
    append_json_line(text, 7);
    append_json_line(text, measured{.place = "x", .value = 1}, {.aliases = false});
    CHECK(text == "before\n{\"Place\":\"two\\nlines\",\"value\":0.5}\n[1,2]\n7\n{\"place\":\"x\",\"value\":1.0}\n");
}

TEST_CASE("json_lines: what cannot be written leaves the text as it was", "[json_lines]") {
    std::string text = "1\n";
    CHECK_THROWS_MATCHES(append_json_line(text, measured{.place = "long enough to be seen", .value = nan}),
                         lathe::validation_error,
                         Message("measured.value: nan has no form in JSON"));
    CHECK(text == "1\n");
    append_json_line(text, measured{.place = "", .value = nan}, {.non_finite_as_null = true});
    CHECK(text == "1\n{\"Place\":\"\",\"value\":null}\n");
}

TEST_CASE("json_lines: a writer calls its sink once for each line", "[json_lines]") {
    strings lines;
    bool full = false;
    data::json_lines_writer out{[&](std::string_view line) {
        if (full) throw std::runtime_error("disk full");
        lines.emplace_back(line);
        return line.size(); // ignored
    }};
    out.write(number{1});
    CHECK_THROWS_AS(out.write(infinity), lathe::validation_error);
    CHECK(lines == strings{"{\"n\":1}\n"});
    full = true;
    CHECK_THROWS_AS(out.write(2), std::runtime_error);
    full = false;
    CHECK(out.lines() == 1);
    out.write("three");
    CHECK(lines == strings{"{\"n\":1}\n", "\"three\"\n"});
    CHECK(out.lines() == 2);
    CHECK(out.bytes() == 8 + 8);
    data::json_lines_writer nulls{[&](std::string_view line) { lines.emplace_back(line); },
                                  {.non_finite_as_null = true}};
    nulls.write(infinity);
    CHECK(lines.back() == "null\n");
}

TEST_CASE("json_lines: what was written is read back", "[json_lines]") {
    std::string text;
    data::json_lines_writer out{[&](std::string_view line) {
        text += line;
    }};
    for (int i = 0; i < 300; ++i) {
        out.write(strike{.airport = "a\r\n\"" + std::to_string(i),
                         .speed = i % 3 == 0 ? std::nullopt : std::optional(i),
                         .birds = strings(static_cast<std::size_t>(i % 7), "\t\\ \xE2\x82\xAC")});
    }
    CHECK(out.bytes() == text.size());
    int i = 0;
    for (auto&& row : read_json_lines<strike>(source::memory(text), {.block = 100})) {
        REQUIRE(row);
        REQUIRE(row.line() == static_cast<std::size_t>(i) + 1);
        REQUIRE(row->airport.value() == "a\r\n\"" + std::to_string(i));
        REQUIRE(row->speed == (i % 3 == 0 ? std::nullopt : std::optional(i)));
        REQUIRE(row->birds == strings(static_cast<std::size_t>(i % 7), "\t\\ \xE2\x82\xAC"));
        ++i;
    }
    CHECK(i == 300);
}

} // namespace json_lines_test
