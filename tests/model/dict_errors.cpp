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
#include "support/issues.hpp"

namespace {

using lathe::dict;
using lathe::issue;
using lathe::list;
using lathe::value;
using lathe_test::issues_of;
using lathe_test::text_of;

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

// pydantic 2.13 finds four errors in it, at the same places.
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
