// SPDX-License-Identifier: MIT
#include <lathe/data/csv.hpp> // first: proves that the header stands alone

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include <lathe/model/enumerators.hpp>
#include <lathe/model/field.hpp>
#include <lathe/model/model.hpp>
#include <lathe/model/rules.hpp>
#include <lathe/model/text.hpp>
#include <lathe/model/validate.hpp>

#include "support/catch.hpp"

namespace csv_test {

enum class phase { climb, run };

} // namespace csv_test

template <>
inline constexpr auto lathe::enumerators<csv_test::phase> =
    lathe::names{{"Climb", csv_test::phase::climb}, {"Take-off run", csv_test::phase::run}};

namespace csv_test {

namespace data = lathe::data;
using data::csv_error;
using data::read_csv;
using data::source;
using lathe_test::ContainsSubstring;
using lathe_test::Message;
using strings = std::vector<std::string>;

struct person {
    lathe::property<std::string, lathe::not_empty, lathe::max_length<12>, lathe::alias<"Full Name">> name;
    lathe::property<int, lathe::in_range<0, 150>> age = 18;
    lathe::property<std::optional<std::string>, lathe::contains<"@">> email = std::nullopt;
};
struct pair {
    std::string a{};
    std::string b{};
};

/// The rows of a text, as people read them: "2 pair(a=..., b=...)", or what is wrong.
template <class Model>
strings rows_of(std::string_view text, data::csv_options options = {}) {
    strings rows;
    for (auto&& row : read_csv<Model>(source::memory(text), options)) {
        rows.push_back(row ? std::to_string(row.line()) + " " + lathe::to_string(*row) : row.error().what());
    }
    return rows;
}

/// What a text's head is refused with.
template <class Model>
std::string refusal_of(std::string_view text) {
    try {
        static_cast<void>(read_csv<Model>(source::memory(text)));
    } catch (const csv_error& refused) {
        return refused.what();
    }
    return "accepted";
}

TEST_CASE("csv: reads what RFC 4180 describes", "[csv]") {
    // Each as Python's csv.reader reads it.
    CHECK(rows_of<pair>("a,b\r\n1,2\r\n") == strings{R"(2 pair(a="1", b="2"))"});
    CHECK(rows_of<pair>("a,b\n1,2") == strings{R"(2 pair(a="1", b="2"))"}); // no end of line
    CHECK(rows_of<pair>("\"a\",\"b\"\n\"1,1\",\"say \"\"hi\"\"\"\n") == strings{R"(2 pair(a="1,1", b="say \"hi\""))"});
    CHECK(rows_of<pair>("a,b\n\"1\r\n2\",3\n4,\"5\n\n\"\n") ==
          strings{R"(2 pair(a="1\r\n2", b="3"))", R"(4 pair(a="4", b="5\n\n"))"});
    CHECK(rows_of<pair>("\xEF\xBB\xBF"
                        "a,b\n1,\xC3\xBC\n") == strings{"2 pair(a=\"1\", b=\"\xC3\xBC\")"});
    CHECK(rows_of<pair>("a,b\n 1 ,\"\"\n") == strings{R"(2 pair(a=" 1 ", b=""))"}); // blanks are text
    CHECK(rows_of<pair>("\n\na,b\n\n1,2\n\n") == strings{R"(5 pair(a="1", b="2"))"});
    CHECK(rows_of<pair>(std::string_view("a,b\n\0,\"\0\"\n", 10)) == strings{R"(2 pair(a="\x00", b="\x00"))"});
    //! [example]
    CHECK(rows_of<pair>("a;b\n1;'2;''3'\n", {.delimiter = ';', .quote = '\''}) ==
          strings{R"(2 pair(a="1", b="2;'3"))"});
    //! [example]
}

TEST_CASE("csv: columns are found by name or alias, in any order", "[csv]") {
    const strings ada{R"(2 person(name="Ada", age=36, email="a@b"))"};
    CHECK(rows_of<person>("name,age,email\nAda,36,a@b\n") == ada);
    CHECK(rows_of<person>("email,Full Name,age\na@b,Ada,36\n") == ada);
    CHECK(rows_of<person>("\"age\",\"email\",\"Full Name\"\n36,a@b,Ada\n") == ada);
    // Letter for letter.
    CHECK(refusal_of<person>("Name,age\n") ==
          R"(<memory>:1: no column "name" or "Full Name"; columns without a field: "Name")");
    CHECK(refusal_of<person>("name ,age\n") ==
          R"(<memory>:1: no column "name" or "Full Name"; columns without a field: "name ")");
}

TEST_CASE("csv: unknown columns are listed and not read", "[csv]") {
    auto rows = read_csv<person>(source::memory("note,name,,age\nx,Ada,\"y\",36\n"));
    CHECK(rows.unknown_columns() == strings{"note", ""});
    CHECK(rows.missing_columns() == strings{"email"});
    CHECK(rows.name() == "<memory>");
    CHECK(rows.begin()->value().name.value() == "Ada");
    CHECK(rows.begin()->value().age.value() == 36);
    CHECK(rows.bytes() == 28);
    // Twice the same unknown column harms nobody.
    CHECK(rows_of<pair>("x,a,x,b\n1,2,3,4\n") == strings{R"(2 pair(a="2", b="4"))"});
}

struct needs_much {
    lathe::property<int, lathe::positive> first;
    lathe::property<std::string, lathe::required, lathe::alias<"2nd">, lathe::alias<"two">> second;
    int third = 3;
    lathe::property<int, lathe::at_least<10>> fourth;
};

TEST_CASE("csv: a head that does not fit is refused once, with all that is wrong", "[csv]") {
    CHECK(refusal_of<needs_much>("third\n") ==
          R"(<memory>:1: no column "first", no column "second" or "2nd" or "two", no column "fourth")");
    CHECK(refusal_of<needs_much>("second,4th,fourth,First\n") ==
          R"(<memory>:1: no column "first"; columns without a field: "4th", "First")");
    CHECK(refusal_of<needs_much>("first,2nd,fourth\n") == "accepted");
    CHECK(refusal_of<person>("name,age,Full Name\n") == R"(<memory>:1: several columns for "name")");
    CHECK(refusal_of<needs_much>("third,2nd,first,two,third,second\n") ==
          R"(<memory>:1: several columns for "second", several columns for "third", no column "fourth")");
    CHECK(refusal_of<pair>("") == "<memory>: is empty; its first line should name the columns");
    CHECK(refusal_of<pair>("\n\r\n") == "<memory>: is empty; its first line should name the columns");
    CHECK(refusal_of<pair>("\xEF\xBB\xBF") == "<memory>: is empty; its first line should name the columns");
    CHECK(refusal_of<pair>("\na,\"b\"c\n1,2\n") ==
          "<memory>:2: the names of the columns cannot be read: text after a closing quote");
    CHECK(refusal_of<pair>("\"a,b\n1,2\n") ==
          "<memory>:1: the names of the columns cannot be read: unterminated quote");
}

TEST_CASE("csv: columns can be named where no line does, and the first line numbered", "[csv]") {
    const data::csv_options part{.first_line = 7, .columns = {"b", "other", "a"}};
    CHECK(rows_of<pair>("2,x,1\n4,y\n", part) ==
          strings{R"(7 pair(a="1", b="2"))", "<memory>:8: pair: 2 cells, but the head has 3"});
    CHECK(rows_of<pair>("", part).empty()); // no head is wanted, so this is no fault
    const auto refusal = [](data::csv_options options) -> std::string {
        try {
            static_cast<void>(read_csv<pair>(source::memory("", "part.csv"), options));
        } catch (const csv_error& refused) {
            return refused.what();
        }
        return "accepted";
    };
    CHECK(refusal({.columns = {"a", "b"}}) == "accepted");
    CHECK(refusal({.columns = {"a", "a", "c"}}) ==
          "part.csv: several columns for \"a\"; columns without a field: \"c\"");
}

TEST_CASE("csv: a head alone has no rows", "[csv]") {
    for (const std::string_view text : {"a,b", "a,b\n", "a,b\r\n\r\n"}) {
        auto rows = read_csv<pair>(source::memory(text));
        CHECK(rows.begin() == rows.end());
        CHECK(rows.begin() == rows.end());
    }
}

struct with_defaults {
    int id = 0;
    std::string label = "a label that is too long for a small string";
    lathe::property<std::vector<int>::size_type, lathe::defaults_to<7>> count;
    std::optional<int> note = 5;
};

TEST_CASE("csv: fields without a column keep their defaults, whatever became of the row before", "[csv]") {
    auto rows = read_csv<with_defaults>(source::memory("id\n1\n2\nx\n4\n"));
    CHECK(rows.missing_columns() == strings{"label", "count", "note"});
    const with_defaults defaults;
    std::size_t seen = 0;
    for (auto&& row : rows) {
        if (++seen == 3) { // a refused row is no reason either
            CHECK_FALSE(row);
            continue;
        }
        REQUIRE(row);
        CHECK(row->id == static_cast<int>(seen));
        CHECK(row->label == defaults.label);
        CHECK(row->count.value() == 7);
        CHECK(row->note == 5);
        if (seen == 1) {
            row->label = "changed";
            row->count = 8;
            row->note.reset();
        } else {
            const with_defaults taken = std::move(*row);
            CHECK(taken.label == defaults.label);
        }
    }
    CHECK(seen == 4);
}

TEST_CASE("csv: empty cells", "[csv]") {
    CHECK(rows_of<person>("name,age,email\nAda,36,\n") == strings{R"(2 person(name="Ada", age=36, email=none))"});
    CHECK(rows_of<person>("name,age,email\nAda,,\"\"\n") == strings{"<memory>:2: person.age: is missing"});
    CHECK(rows_of<person>("name,age,email\nAda, \t ,\"\"\n") == strings{"<memory>:2: person.age: is missing"});
    CHECK(rows_of<person>("name,age,email\n,36,\n") == strings{R"(<memory>:2: person.name: "" is empty)"});
    // A value from the row before does not stay.
    CHECK(rows_of<person>("name,email\nAda,a@b\nBob,\n").back() == R"(3 person(name="Bob", age=18, email=none))");
    // A line without any byte is no row of an empty cell, unless it is asked for.
    struct one {
        std::optional<int> x{};
    };
    CHECK(rows_of<one>("x\n1\n\n2\n").size() == 2);
    CHECK(rows_of<one>("x\n1\n\n2\n", {.keep_empty_lines = true})[1] == "3 one(x=none)");
}

TEST_CASE("csv: a wrong row has all of its issues, and reading goes on", "[csv]") {
    auto rows =
        read_csv<person>(source::memory("age,name,email\n1,Ada,a@b\n200,,nobody\ntwo,A name too long,\n3,Bob,\n"));
    auto at = rows.begin();
    CHECK(at->has_value());
    CHECK(at->line() == 2);
    ++at;
    REQUIRE_FALSE(at->has_value());
    CHECK(at->line() == 3);
    // In the order of the columns.
    const std::vector<lathe::issue> expected{{"age", "in_range", "200 is not in [0, 150]", "200"},
                                             {"name", "not_empty", "\"\" is empty", "\"\""},
                                             {"email", "contains", "\"nobody\" does not contain \"@\"", "\"nobody\""}};
    CHECK(at->error().issues() == expected);
    CHECK(at->error().model() == "person");
    CHECK(std::string(at->error().what()) == "<memory>:3: person.age: 200 is not in [0, 150]\n"
                                             "<memory>:3: person.name: \"\" is empty\n"
                                             "<memory>:3: person.email: \"nobody\" does not contain \"@\"");
    at++;
    CHECK(std::string(at->error().what()) == "<memory>:4: person.age: \"two\" is not a whole number\n"
                                             "<memory>:4: person.name: \"A name too long\" is longer than 12");
    CHECK_THROWS_MATCHES(at->value(), lathe::validation_error, Message(at->error().what()));
    ++at;
    CHECK(at->value().name.value() == "Bob");
    ++at;
    CHECK(at == rows.end());
}

TEST_CASE("csv: rows of another length, and rows that are no CSV", "[csv]") {
    CHECK(rows_of<pair>("a,b\n1\n1,2,3\n1,2\n") == strings{"<memory>:2: pair: 1 cell, but the head has 2",
                                                           "<memory>:3: pair: 3 cells, but the head has 2",
                                                           R"(4 pair(a="1", b="2"))"});
    CHECK(rows_of<pair>("a,x,b\n1,2,\"3\"4\n1,\"2\"x,3\n1,2,3\n") ==
          strings{R"(<memory>:2: pair.b: text after a closing quote: "\"3\"4")",
                  R"(<memory>:3: pair: text after a closing quote: "\"2\"x")", // of a column without a field
                  R"(4 pair(a="1", b="3"))"});
    CHECK(rows_of<pair>("a,b\n1,\"2\n3,4\n") ==
          strings{R"(<memory>:2: pair.b: unterminated quote: "\"2")", R"(3 pair(a="3", b="4"))"});
    CHECK(rows_of<pair>("a,b\n1,2,3,\"4\n5,6\n")[0] == R"(<memory>:2: pair: unterminated quote: "\"4")");
    CHECK(rows_of<pair>("a,b\n1,234567\n8,9\n", {.max_record = 5}) ==
          strings{R"(<memory>:2: pair.b: record too long: "234")", R"(3 pair(a="8", b="9"))"});
    const auto faulty = read_csv<pair>(source::memory("a,b\n1,\"2")).begin()->error().issues();
    CHECK(faulty == std::vector<lathe::issue>{{"b", "csv", R"(unterminated quote: "\"2")", R"("\"2")"}});
    // A long cell is not shown whole.
    CHECK_THAT(rows_of<pair>("a,b\n\"" + std::string(5000, 'x'))[0], ContainsSubstring("x... (5004 bytes)"));
}

TEST_CASE("csv: rows know their lines, after cells of several lines too", "[csv]") {
    std::vector<std::size_t> lines;
    for (auto&& row : read_csv<pair>(source::memory("\"x\ny\",a,b\n\n1,\"2\n\n3\",4\r\n,,\n1\n,\"\n\",\n"))) {
        lines.push_back(row.line());
    }
    CHECK(lines == std::vector<std::size_t>{4, 7, 8, 9}); // counted by hand
}

/// A type with a way of its own to be read.
struct version {
    int major = 0;
    int minor = 0;
};
bool read_text(std::string_view text, version& to) {
    const auto dot = text.find('.');
    if (text.size() != 3 || dot != 1) return false;
    to = {text[0] - '0', text[2] - '0'};
    return true;
}

enum class colour { red, green = 7 };

struct all_kinds {
    lathe::field<"state", colour> state;
    phase when{};
    std::chrono::year_month_day day{};
    std::chrono::sys_seconds time{};
    std::chrono::milliseconds wait{};
    bool flag{};
    char grade{};
    double ratio{};
    std::uint8_t byte{};
    std::variant<int, std::string> mixed{};
    version from{};
    std::optional<std::chrono::year_month_day> until{};
    lathe::property<std::string, lathe::trimmed, lathe::lowered> word;
};

TEST_CASE("csv: reads every kind of value that has a text", "[csv]") {
    using namespace std::chrono;
    const std::string head = "state,when,day,time,wait,flag,grade,ratio,byte,mixed,from,until,word\n";
    auto rows = read_csv<all_kinds>(source::text(
        head + "green,Take-off run,2024-02-29,2024-02-29T12:30:05Z,250ms,yes,A,-2.5e3,255,17,1.2,1990-01-08, Up \n"
               "red,Climb,1970-01-01,1970-01-01,0ms,FALSE,\",\",0.1,0,x17,3.4,,\n"));
    CHECK(rows.missing_columns().empty());
    const all_kinds first = **rows.begin();
    CHECK(first.state.value() == colour::green);
    CHECK(first.when == phase::run);
    CHECK(first.day == 2024y / February / 29d);
    CHECK(first.time == sys_days(2024y / February / 29d) + 12h + 30min + 5s);
    CHECK(first.wait == 250ms);
    CHECK(first.flag);
    CHECK(first.grade == 'A');
    CHECK(first.ratio == -2500.0);
    CHECK(first.byte == 255);
    CHECK(first.mixed == std::variant<int, std::string>(17));
    CHECK((first.from.major == 1 && first.from.minor == 2));
    CHECK(first.until == std::optional(1990y / January / 8d));
    CHECK(first.word.value() == "up");
    auto at = rows.begin();
    ++at;
    const all_kinds second = **at;
    CHECK(second.state.value() == colour::red);
    CHECK(second.when == phase::climb);
    CHECK(second.time == sys_seconds{});
    CHECK_FALSE(second.flag);
    CHECK(second.grade == ',');
    CHECK(second.ratio == 0.1);
    CHECK(second.mixed == std::variant<int, std::string>("x17"));
    CHECK_FALSE(second.until.has_value());
    CHECK(second.word.value().empty());

    CHECK(rows_of<all_kinds>(head + "blue,run,2023-02-29,12:30,250,maybe,AB,1e999,256,,12,1990,x\n") ==
          strings{"<memory>:2: all_kinds.state: \"blue\" is not one of red, green\n"
                  "<memory>:2: all_kinds.when: \"run\" is not one of Climb, Take-off run\n"
                  "<memory>:2: all_kinds.day: \"2023-02-29\" is not in the calendar\n"
                  "<memory>:2: all_kinds.time: \"12:30\" is not a time such as 2026-11-22T19:32:06Z\n"
                  "<memory>:2: all_kinds.wait: \"250\" is not a number of ms\n"
                  "<memory>:2: all_kinds.flag: \"maybe\" is not one of true, false, yes, no, on, off, 1, 0\n"
                  "<memory>:2: all_kinds.grade: \"AB\" is not a single character\n"
                  "<memory>:2: all_kinds.ratio: \"1e999\" is out of the range of double\n"
                  "<memory>:2: all_kinds.byte: \"256\" is not in [0, 255]\n"
                  "<memory>:2: all_kinds.from: \"12\" is not a version\n"
                  "<memory>:2: all_kinds.until: \"1990\" is not a date such as 2026-11-22"});
}

class account {
public:
    static consteval auto fields() { return lathe::fields<&account::m_id, &account::owner_>; }
    [[nodiscard]] int id() const { return m_id; }
    [[nodiscard]] const std::string& owner() const { return owner_; }
    [[nodiscard]] int cached() const { return m_cached; }

private:
    int m_id = 0;
    int m_cached = 42; // no field
    lathe::property<std::string, lathe::not_empty> owner_ = "nobody";
};

TEST_CASE("csv: reads a class that lists its private members", "[csv]") {
    auto rows = read_csv<account>(source::memory("owner,id\nAda,7\n,8\n"));
    const auto at = rows.begin();
    CHECK((**at).id() == 7);
    CHECK((**at).owner() == "Ada");
    CHECK((**at).cached() == 42);
    CHECK(rows_of<account>("owner,id\n,8\n") == strings{R"(<memory>:2: account.owner: "" is empty)"});
}

struct span {
    int first = 0;
    int last = 0;
    static consteval auto invariants() {
        return lathe::invariants(
            lathe::invariant<"ends after it begins">([](const span& s) { return s.first <= s.last; }),
            lathe::invariant<"is short">([](const span& s) { return s.last - s.first < 10; }));
    }
};
bool read_text(std::string_view text, span& to) {
    if (text.size() != 3 || text[1] != '-') return false;
    to = {text[0] - '0', text[2] - '0'}; // leaves the invariant to others
    return true;
}
struct shift {
    int id = 0;
    std::optional<span> hours{};
};

TEST_CASE("csv: invariants are checked once the fields are right", "[csv]") {
    CHECK(rows_of<span>("last,first\n2,1\n1,2\nx,5\n99,1\n") ==
          strings{"2 span(first=1, last=2)",
                  R"(<memory>:3: span: "ends after it begins" does not hold for span(first=2, last=1))",
                  R"(<memory>:4: span.last: "x" is not a whole number)",
                  R"(<memory>:5: span: "is short" does not hold for span(first=1, last=99))"});
    // Those of a type that reads itself, too.
    CHECK(rows_of<shift>("id,hours\n1,2-5\n2,5-2\n3,\n") ==
          strings{"2 shift(id=1, hours=span(first=2, last=5))",
                  "<memory>:3: shift.hours: \"ends after it begins\" does not hold for span(first=5, last=2)",
                  "4 shift(id=3, hours=none)"});
    // A missing column may break one.
    struct late {
        int first = 5;
        int last = 9;
        static consteval auto invariants() {
            return lathe::invariants(lathe::invariant<"in order">([](const late& l) { return l.first <= l.last; }));
        }
    };
    CHECK(rows_of<late>("first\n9\n10\n").back() ==
          R"(<memory>:3: late: "in order" does not hold for late(first=10, last=9))");
}

/// Can be moved only.
struct handle {
    std::unique_ptr<int> at = std::make_unique<int>(-1);
};
bool read_text(std::string_view text, handle& to) {
    to.at = std::make_unique<int>(static_cast<int>(text.size()));
    return true;
}
struct owner {
    int id = 0;
    handle first{};
    handle second{};
};

TEST_CASE("csv: members that can only be moved are read, or made anew for each row", "[csv]") {
    std::vector<owner> taken;
    auto rows = read_csv<owner>(source::memory("id,second\n1,x\n2,xyz\n"));
    for (auto&& row : rows)
        taken.push_back(std::move(*row));
    REQUIRE(taken.size() == 2);
    CHECK(*taken[0].second.at == 1);
    CHECK(*taken[1].second.at == 3);
    REQUIRE(taken[1].first.at); // not the one that the first row took away
    CHECK(*taken[1].first.at == -1);
}

TEST_CASE("csv: rows are models that are made of a list of fields, too", "[csv]") {
    using leg = lathe::model<"leg",
                             lathe::field<"from", std::string, lathe::not_empty>,
                             lathe::field<"km", double, lathe::positive, lathe::alias<"distance">>>;
    CHECK(rows_of<leg>("distance,from\n3.5,SFO\n-1,\n") ==
          strings{"2 leg(from=\"SFO\", km=3.5)",
                  "<memory>:3: leg.km: -1 is not positive\n<memory>:3: leg.from: \"\" is empty"});
}

} // namespace csv_test
