// SPDX-License-Identifier: MIT
// What is refused when a dictionary is read, in which words, and what the options change about it.
#include <lathe/model/dict.hpp> // first: proves that the header stands alone

#include <algorithm>
#include <array>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <initializer_list>
#include <limits>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include <lathe/model/rules.hpp>
#include <lathe/model/validate.hpp>

#include "support/catch.hpp"

namespace {

using lathe::dict;
using lathe::issue;
using lathe::list;
using lathe::read_options;
using lathe::value;

constexpr read_options lax{.conversions = lathe::conversions::lax};

template <class T>
std::vector<issue> issues_of(const value& from, const read_options& options = {}) {
    auto read = lathe::try_from_value<T>(from, options);
    if (read) return {};
    return read.error().issues();
}
// "path | rule | message | value" of each, so that a failed test shows them.
std::string text_of(const std::vector<issue>& issues) {
    std::string text;
    for (const issue& one : issues)
        text += one.path + " | " + one.rule + " | " + one.message + " | " + one.value + '\n';
    return text;
}
// The only message, without its path; "taken" if there is none.
template <class T>
std::string said(const value& from, const read_options& options = {}) {
    const auto issues = issues_of<T>(from, options);
    if (issues.empty()) return "taken";
    return issues.size() == 1 ? issues[0].message : std::to_string(issues.size()) + " issues";
}

enum class colour { red, green };
struct point {
    int x = 0;
};

// ---- issues of each kind ----

constexpr bool is_even(int number) {
    return number % 2 == 0;
}

struct parcel {
    lathe::property<std::string, lathe::trimmed, lathe::not_empty, lathe::max_length<5>> to;
    lathe::property<int, lathe::in_range<2, 40>, lathe::rule<"even", is_even>, lathe::alias<"Gross Weight">> weight = 2;
    signed char shelf = 0;
    colour paint = colour::red;
    std::array<int, 2> size = {1, 1};
    std::set<std::string> stamps = {};
    lathe::property<std::vector<int>, lathe::each<lathe::positive>> parts = {};
    std::optional<std::chrono::year_month_day> sent = std::nullopt;
    lathe::property<bool, lathe::required> fragile = false;

    static consteval auto invariants() {
        return lathe::invariants(lathe::invariant<"light ones are not fragile">(
            [](const parcel& p) { return p.weight > 10 || !p.fragile; }));
    }
};

// All that is wrong with a parcel with one key changed.
std::string wrong_with(std::string_view key, const value& held) {
    dict from{{"to", "Ada"}, {"fragile", false}};
    from[key] = held;
    return text_of(issues_of<parcel>(from));
}

TEST_CASE("dict errors: an issue has a path, a rule, a sentence and the value", "[dict][errors]") {
    CHECK(wrong_with("weight", "4") == "weight | type | \"4\" is not a whole number | \"4\"\n");
    CHECK(wrong_with("weight", 4.0) == "weight | type | 4 is not a whole number | 4\n");
    CHECK(wrong_with("weight", nullptr) == "weight | type | null is not a whole number | null\n");
    CHECK(wrong_with("weight", dict{}) == "weight | type | a dict is not a whole number | \n");
    CHECK(wrong_with("to", list{}) == "to | type | a list is not text | \n");
    CHECK(wrong_with("to", lathe::bytes(3)) == "to | type | 3 bytes is not text | 3 bytes\n");
    CHECK(wrong_with("shelf", 128) == "shelf | representable | 128 is not in [-128, 127] | 128\n");
    CHECK(wrong_with("weight", 42) == "weight | in_range | 42 is not in [2, 40] | 42\n");
    CHECK(wrong_with("weight", 3) == "weight | even | 3 is not even | 3\n");
    CHECK(wrong_with("weight", 41) == "weight | in_range | 41 is not in [2, 40] | 41\n"
                                      "weight | even | 41 is not even | 41\n");
    CHECK(wrong_with("paint", "pink") == "paint | one_of | \"pink\" is not one of red, green | \"pink\"\n");
    CHECK(wrong_with("to", " \t") == "to | not_empty | \"\" is empty | \"\"\n");
    CHECK(wrong_with("to", "Augusta") == "to | max_length | \"Augusta\" is longer than 5 | \"Augusta\"\n");
    CHECK(wrong_with("size", list{1}) == "size | length | a list of 1 is not a list of 2 | \n");
    CHECK(wrong_with("stamps", list{"a", "b", "a"}) == "stamps[2] | unique | the element is there already | \n");
    CHECK(wrong_with("parts", list{1, 0}) == "parts[1] | positive | 0 is not positive | 0\n");
    CHECK(wrong_with("sent", "2026-02-29") == "sent | type | \"2026-02-29\" is not in the calendar | \"2026-02-29\"\n");
    const std::string whole = "parcel(to=\"Ada\", weight=2, shelf=0, paint=red, size=[1, 1], stamps=[], parts=[], "
                              "sent=none, fragile=true)";
    CHECK(wrong_with("fragile", true) == " | light ones are not fragile | \"light ones are not fragile\" does not "
                                         "hold for " +
                                             whole + " | " + whole + '\n');
    CHECK(wrong_with("wieght", 4) == "wieght | unknown | is not a field of parcel; did you mean weight? | \n");
    CHECK(wrong_with("colour of it", 4) == "[\"colour of it\"] | unknown | is not a field of parcel | \n");
    CHECK(text_of(issues_of<parcel>(dict{{"to", "Ada"}})) == "fragile | required | is missing | \n");
    CHECK(text_of(issues_of<parcel>(dict{{"Gross Weight", 4}, {"to", "Ada"}, {"weight", 4}, {"fragile", false}})) ==
          "weight | duplicate | the key is there already | \n");
}

TEST_CASE("dict errors: a key that comes twice leaves nothing of the second", "[dict][errors]") {
    // The second one is not even looked at, be it a number or a tree.
    for (const value& second : {value(0), value("x"), value(dict{{"a", list{list{}, dict{}}}})}) {
        const auto issues = issues_of<parcel>(
            dict{{"weight", 4}, {"Gross Weight", second}, {"to", "Ada"}, {"fragile", false}, {"shelf", "no"}});
        REQUIRE(issues.size() == 2);
        CHECK(issues[0] == issue{"weight", "duplicate", "the key is there already", ""});
        CHECK(issues[1].path == "shelf");
    }
}

TEST_CASE("dict errors: a long value is not shown in full", "[dict][errors]") {
    const auto issues = issues_of<int>(std::string(1'000'000, 'x'));
    REQUIRE(issues.size() == 1);
    CHECK(issues[0].message.size() < 300);
    CHECK(issues[0].message.ends_with("... (1000002 bytes) is not a whole number"));
}

TEST_CASE("dict errors: no key forges a line of the text, nor fills it", "[dict][errors]") {
    const dict from{{"x\nparcel.to: is fine", 1}, {std::string(1'000'000, 'k'), 2}, {"to", "Ada"}, {"fragile", false}};
    const auto read = lathe::try_from_dict<parcel>(from);
    REQUIRE_FALSE(read);
    const std::string text = read.error().what();
    CHECK(text.size() < 2000);
    CHECK(std::count(text.begin(), text.end(), '\n') == 1); // between the two issues
    const auto in_map = issues_of<std::map<std::string, int>>(dict{{std::string(1'000'000, 'k'), "x"}, {"a\nb", "x"}});
    REQUIRE(in_map.size() == 2);
    CHECK(in_map[0].path.size() < 1000);
    CHECK(in_map[1].path == "[\"a\\nb\"]");
}

// ---- all of them ----

struct leg {
    lathe::property<std::string, lathe::not_empty> from;
    lathe::property<int, lathe::positive> km;
};
struct trip {
    lathe::property<std::string, lathe::not_empty> name;
    lathe::property<int, lathe::in_range<1, 8>> seats = 2;
    std::vector<leg> legs = {};
    std::map<std::string, leg> detours = {};
    std::optional<leg> last = std::nullopt;
    std::variant<int, leg> first = 0;
    std::vector<std::array<leg, 1>> next = {};
};

TEST_CASE("dict errors: nine faults are nine issues, each in its place", "[dict][errors]") {
    const dict from{{"name", ""}, // 1
                    {"legs",
                     list{dict{{"from", "SFO"}, {"km", 10}},
                          dict{{"from", "LAX"}, {"km", -4}},                         // 2
                          "a leg",                                                   // 3
                          dict{{"km", "7"}}}},                                       // 4, 5
                    {"detours", dict{{"by sea", dict{{"from", "OAK"}, {"km", 0}}}}}, // 6
                    {"seat", 3},                                                     // 7
                    {"first", dict{{"from", ""}, {"km", 1}}},                        // 8
                    {"next", list{value(list{dict{{"from", "SAN"}}})}}};             // 9
    CHECK(text_of(issues_of<trip>(from)) == "name | not_empty | \"\" is empty | \"\"\n"
                                            "legs[1].km | positive | -4 is not positive | -4\n"
                                            "legs[2] | type | \"a leg\" is not a dict | \"a leg\"\n"
                                            "legs[3].km | type | \"7\" is not a whole number | \"7\"\n"
                                            "legs[3].from | required | is missing | \n"
                                            "detours[\"by sea\"].km | positive | 0 is not positive | 0\n"
                                            "seat | unknown | is not a field of trip; did you mean seats? | \n"
                                            "first.from | not_empty | \"\" is empty | \"\"\n"
                                            "next[0][0].km | required | is missing | \n");
}

// What pydantic 2.13 says about it: /work/shared/anchors/model.md has four errors, at the same places.
struct address {
    lathe::property<std::string, lathe::length<5>> zip;
};
struct customer {
    lathe::property<std::string, lathe::not_empty> name;
    lathe::property<int, lathe::in_range<0, 150>> age;
    std::vector<address> addrs = {};
};

TEST_CASE("dict errors: as many as pydantic finds", "[dict][errors]") {
    const auto issues = issues_of<customer>(
        dict{{"name", ""}, {"age", 200}, {"addrs", list{dict{{"zip", "12345"}}, dict{{"zip", "1"}}, dict{}}}});
    CHECK(text_of(issues) == "name | not_empty | \"\" is empty | \"\"\n"
                             "age | in_range | 200 is not in [0, 150] | 200\n"
                             "addrs[1].zip | length | \"1\" does not have length 5 | \"1\"\n"
                             "addrs[2].zip | required | is missing | \n");
}

// ---- the table of read_options, line by line ----

TEST_CASE("dict errors: strict and lax truth values", "[dict][options]") {
    CHECK(lathe::from_value<bool>(true));
    for (const value& each : std::initializer_list<value>{0, 1, "yes", "0", " TRUE ", "off", std::uint64_t{1}}) {
        INFO(to_string(each));
        CHECK(said<bool>(each) == lathe::detail::shown_value(each) + " is not true or false");
        CHECK(said<bool>(each, lax) == "taken");
    }
    CHECK(lathe::from_value<bool>("yes", lax));
    CHECK_FALSE(lathe::from_value<bool>(0, lax));
    CHECK(said<bool>(2, lax) == "2 is not true or false");
    CHECK(said<bool>(-1, lax) == "-1 is not true or false");
    CHECK(said<bool>(1.0, lax) == "1 is not true or false");
    CHECK(said<bool>(nullptr, lax) == "null is not true or false");
    CHECK(said<bool>("maybe", lax) == "\"maybe\" is not one of true, false, yes, no, on, off, 1, 0");
}

TEST_CASE("dict errors: strict and lax integers", "[dict][options]") {
    CHECK(said<int>(3.0) == "3 is not a whole number");
    CHECK(said<int>("3") == "\"3\" is not a whole number");
    CHECK(said<int>(true) == "true is not a whole number");
    CHECK(lathe::from_value<int>(3.0, lax) == 3);
    CHECK(lathe::from_value<int>(-0.0, lax) == 0);
    CHECK(lathe::from_value<unsigned>(-0.0, lax) == 0U);
    CHECK(lathe::from_value<int>(" -3 ", lax) == -3);
    CHECK(said<int>(3.5, lax) == "3.5 is not a whole number");
    CHECK(said<int>("3.0", lax) == "\"3.0\" is not a whole number");
    CHECK(said<int>("3x", lax) == "\"3x\" is not a whole number");
    CHECK(said<int>("", lax) == "\"\" is not a whole number");
    CHECK(said<int>(true, lax) == "true is not a whole number");
    CHECK(said<int>(std::numeric_limits<double>::quiet_NaN(), lax) == "nan is not a whole number");
    CHECK(said<int>(3e9, lax) == "3e+09 is not in [-2147483648, 2147483647]");
    CHECK(said<int>(std::numeric_limits<double>::infinity(), lax) == "inf is not in [-2147483648, 2147483647]");
    CHECK(said<unsigned>(-1.0, lax) == "-1 is not in [0, 4294967295]");
    CHECK(said<unsigned>("-1", lax) == "\"-1\" is not in [0, 4294967295]");
    CHECK(said<signed char>("128", lax) == "\"128\" is not in [-128, 127]");
    // At the ends of 64 bits, of which a double has not all.
    CHECK(lathe::from_value<std::int64_t>(-0x1p63, lax) == std::numeric_limits<std::int64_t>::min());
    CHECK(said<std::int64_t>(0x1p63, lax) ==
          "9223372036854775808 is not in [-9223372036854775808, 9223372036854775807]");
    CHECK(lathe::from_value<std::uint64_t>(0x1p63, lax) == std::uint64_t{1} << 63U);
    CHECK(lathe::from_value<std::int64_t>(0x1.fffffffffffffp62, lax) == 9223372036854774784);
    CHECK(issues_of<std::uint64_t>(0x1p64, lax).size() == 1);
}

TEST_CASE("dict errors: strict and lax floating-point numbers", "[dict][options]") {
    constexpr std::int64_t odd = (1LL << 53U) + 1; // no double
    CHECK(lathe::from_value<double>(odd - 1) == 0x1p53);
    CHECK(said<double>(odd) == "9007199254740993 is not exact as a double");
    CHECK(lathe::from_value<double>(odd, lax) == 0x1p53);
    CHECK(said<double>(std::numeric_limits<std::uint64_t>::max()) == "18446744073709551615 is not exact as a double");
    CHECK(lathe::from_value<double>(std::numeric_limits<std::uint64_t>::max(), lax) == 0x1p64);
    CHECK(lathe::from_value<float>(0.5) == 0.5F);
    CHECK(said<float>(0.1) == "0.1 is not exact as a float");
    CHECK(lathe::from_value<float>(0.1, lax) == 0.1F);
    CHECK(said<float>(1e300, lax) == "1e+300 is out of the range of float");
    CHECK(said<float>((1 << 24) + 1) == "16777217 is not exact as a float");
    CHECK(said<double>("0.5") == "\"0.5\" is not a number");
    CHECK(lathe::from_value<double>("0.5", lax) == 0.5);
    CHECK(said<double>("half", lax) == "\"half\" is not a number");
    CHECK(said<double>("1e999", lax) == "\"1e999\" is out of the range of double");
    CHECK(said<double>(true, lax) == "true is not a number");
    CHECK(said<double>(nullptr, lax) == "null is not a number");
}

TEST_CASE("dict errors: what lax leaves as it is", "[dict][options]") {
    using namespace std::chrono_literals;
    CHECK(said<std::string>(1, lax) == "1 is not text");
    CHECK(said<std::string>(true, lax) == "true is not text");
    CHECK(said<std::string>(lathe::bytes(1), lax) == "1 bytes is not text");
    CHECK(said<char>(7, lax) == "7 is not a single character");
    CHECK(said<std::chrono::seconds>(3, lax) == "3 is not a number of s");
    CHECK(said<colour>(1, lax) == "1 is not one of red, green");
    CHECK(said<colour>("Red", lax) == "\"Red\" is not one of red, green");
    CHECK(said<point>(list{}, lax) == "a list is not a dict");
    CHECK(said<std::vector<int>>("1", lax) == "\"1\" is not a list");
    CHECK(said<std::vector<int>>(dict{}, lax) == "a dict is not a list");
    CHECK(said<std::map<std::string, int>>(list{}, lax) == "a list is not a dict");
    CHECK(said<std::array<int, 2>>(list{1}, lax) == "a list of 1 is not a list of 2");
    CHECK(said<std::optional<int>>("", lax) == "\"\" is not a whole number"); // and not nothing
    CHECK(lathe::from_value<std::chrono::seconds>(" 3s ") == 3s);
    CHECK(lathe::from_value<std::vector<int>>(list{"1", 2.0}, lax) == std::vector{1, 2}); // it is for all inside
}

TEST_CASE("dict errors: strict and lax sets, bytes and variants", "[dict][options]") {
    CHECK(said<std::set<int>>(list{1, 2, 1}) == "the element is there already");
    CHECK(lathe::from_value<std::set<int>>(list{1, 2, 1}, lax) == std::set{1, 2});
    const lathe::bytes abc{std::byte{'a'}, std::byte{'b'}, std::byte{'c'}};
    CHECK(said<lathe::bytes>("YWJj") == "\"YWJj\" is not bytes");
    CHECK(lathe::from_value<lathe::bytes>("YWJj", lax) == abc);
    CHECK(said<lathe::bytes>("YWJ", lax) == "\"YWJ\" is not bytes in base64");
    CHECK((said<std::array<std::byte, 2>>("YWJj", lax)) == "\"YWJj\" is not 2 bytes");
    using number_or_text = std::variant<int, std::string>;
    CHECK(lathe::from_value<number_or_text>("36", lax).index() == 1); // its own kind first
    using number_or_truth = std::variant<int, bool>;
    CHECK(lathe::from_value<number_or_truth>("36", lax) == number_or_truth(36));
    CHECK(lathe::from_value<number_or_truth>("yes", lax) == number_or_truth(true));
    CHECK(said<number_or_truth>("yes") == "\"yes\" is not a whole number or true or false");
}

// ---- limits ----

struct tree {
    std::vector<tree> inside = {};
    int leaf = 0;
};

// So many lists or dicts in each other.
value nested(std::size_t depth) {
    value made = 1;
    for (std::size_t i = 0; i < depth; ++i)
        made = list{std::move(made)};
    return made;
}

TEST_CASE("dict errors: documents may be nested so deep, and no deeper", "[dict][options]") {
    CHECK(said<value>(nested(5), {.max_depth = 5}) == "taken");
    CHECK(said<value>(nested(6), {.max_depth = 5}) == "the document is nested deeper than 5");
    CHECK(issues_of<value>(nested(6), {.max_depth = 5})[0].rule == "max_depth");
    CHECK(said<value>(1, {.max_depth = 0}) == "taken");
    CHECK(said<value>(list{}, {.max_depth = 0}) == "the document is nested deeper than 0");
    CHECK(said<value>(nested(256)) == "taken");
    CHECK(said<value>(nested(257)) == "the document is nested deeper than 256");
    CHECK(said<value>(nested(100'000)) == "the document is nested deeper than 256"); // on a stack of any size
    // What is ignored is not looked into; what may be in a variant is.
    const read_options ignoring{.unknown_keys = lathe::unknown_keys::ignore, .max_depth = 5};
    CHECK(said<point>(dict{{"y", nested(1000)}}, ignoring) == "taken");
    using any = std::variant<int, value>;
    CHECK(said<std::vector<any>>(list{nested(4)}, {.max_depth = 5}) == "taken");
    CHECK(said<std::vector<any>>(list{nested(5)}, {.max_depth = 5}) == "the document is nested deeper than 5");
    const dict two{{"inside", value(list{value(dict{{"inside", list{}}})})}};
    CHECK(said<tree>(two, {.max_depth = 4}) == "taken");
    CHECK(said<tree>(two, {.max_depth = 3}) == "the document is nested deeper than 3");
}

TEST_CASE("dict errors: documents may have so many values, and no more", "[dict][options]") {
    const list three{1, 2, 3}; // four values, with the list
    CHECK(said<std::vector<int>>(three, {.max_values = 4}) == "taken");
    CHECK(said<std::vector<int>>(three, {.max_values = 3}) == "the document has more than 3 values");
    CHECK(issues_of<std::vector<int>>(three, {.max_values = 1})[0].rule == "max_values");
    const dict skipped{{"y", three}};
    CHECK(said<point>(skipped, {.unknown_keys = lathe::unknown_keys::ignore, .max_values = 2}) == "taken");
}

TEST_CASE("dict errors: so many issues end the reading", "[dict][options]") {
    list wrong;
    for (int i = 0; i < 1000; ++i)
        wrong.push_back("x");
    CHECK(issues_of<std::vector<int>>(wrong).size() == 100);
    CHECK(issues_of<std::vector<int>>(wrong, {.max_issues = 7}).size() == 7);
    CHECK(issues_of<std::vector<int>>(wrong, {.max_issues = 1000}).size() == 1000);
    CHECK(issues_of<customer>(dict{{"a", 1}, {"b", 1}}, {.max_issues = 2}).size() == 2);
    CHECK(issues_of<customer>(dict{}, {.max_issues = 1}).size() == 1); // name and age are missing
    CHECK(said<std::vector<int>>(list{1}, {.max_issues = 1}) == "taken");
    CHECK(issues_of<int>(value("x"), {.max_issues = 1}).size() == 1);
    using one = std::variant<int, customer>;
    CHECK(issues_of<std::vector<one>>(value(list{dict{{"name", ""}, {"age", 200}}}), {.max_issues = 1}).size() == 1);
}

// A kind of node, and a tag deep in it that says which.
template <int Tag>
struct tagged;
using expression = std::variant<int, std::unique_ptr<tagged<0>>, std::unique_ptr<tagged<1>>>;
template <int Tag>
struct tagged {
    std::vector<expression> inside = {};
    lathe::property<int, lathe::one_of<Tag>> tag = Tag;
};

TEST_CASE("dict errors: trying the types of variants is no work without end", "[dict][options]") {
    // Each level fits both types up to its last key: twice the work, if nothing bounds it.
    value deep = "no number";
    for (int i = 0; i < 60; ++i)
        deep = dict{{"inside", value(list{std::move(deep)})}, {"tag", 1}};
    CHECK_FALSE(issues_of<expression>(deep, {.max_values = 10'000}).empty());
    value good = 7;
    for (int i = 0; i < 8; ++i)
        good = dict{{"inside", value(list{std::move(good)})}, {"tag", 1}};
    CHECK(said<expression>(good) == "taken");
}

// ---- whatever is wrong, nothing is half done ----

TEST_CASE("dict errors: what user code throws comes through, and nothing leaks", "[dict][errors]") {
    struct failing {
        lathe::property<int, lathe::positive> number = 1;
        std::vector<std::unique_ptr<point>> points = {};
        std::set<std::vector<std::string>> sets = {};

        static consteval auto invariants() {
            return lathe::invariants(lathe::invariant<"throws">([](const failing& f) {
                if (f.number == 13) throw std::string("unlucky");
                return true;
            }));
        }
    };
    const dict from{{"points", list{dict{{"x", 1}}, nullptr}},
                    {"sets", list{value(list{"a long text that is no small string"})}},
                    {"number", 13}};
    CHECK_THROWS_AS(lathe::try_from_dict<failing>(from), std::string);
    // Each prefix of a wrong document ends in order; the sanitizers watch.
    for (std::size_t most = 0; most < 8; ++most)
        CHECK(issues_of<failing>(from, {.max_values = most}).size() == 1);
}

} // namespace
