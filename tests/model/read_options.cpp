// SPDX-License-Identifier: MIT
// The table of read_options, line by line, and its limits.
#include <lathe/model/read_options.hpp> // first: proves that the header stands alone

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
#include <utility>
#include <variant>
#include <vector>

#include <lathe/model/dict.hpp>
#include <lathe/model/rules.hpp>

#include "support/catch.hpp"
#include "support/issues.hpp"

namespace {

using lathe::dict;
using lathe::list;
using lathe::read_options;
using lathe::value;
using lathe_test::issues_of;
using lathe_test::said;

constexpr read_options lax{.conversions = lathe::conversions::lax};

enum class colour { red, green };
struct point {
    int x = 0;
};

struct customer {
    lathe::property<std::string, lathe::not_empty> name;
    lathe::property<int, lathe::in_range<0, 150>> age;
};

// ---- the table of read_options, line by line ----

TEST_CASE("read options: strict and lax truth values", "[read_options]") {
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

TEST_CASE("read options: strict and lax integers", "[read_options]") {
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

TEST_CASE("read options: strict and lax floating-point numbers", "[read_options]") {
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

TEST_CASE("read options: what lax leaves as it is", "[read_options]") {
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

TEST_CASE("read options: strict and lax sets, bytes and variants", "[read_options]") {
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

TEST_CASE("read options: documents may be nested so deep, and no deeper", "[read_options]") {
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

TEST_CASE("read options: documents may have so many values, and no more", "[read_options]") {
    const list three{1, 2, 3}; // four values, with the list
    CHECK(said<std::vector<int>>(three, {.max_values = 4}) == "taken");
    CHECK(said<std::vector<int>>(three, {.max_values = 3}) == "the document has more than 3 values");
    CHECK(issues_of<std::vector<int>>(three, {.max_values = 1})[0].rule == "max_values");
    const dict skipped{{"y", three}};
    CHECK(said<point>(skipped, {.unknown_keys = lathe::unknown_keys::ignore, .max_values = 2}) == "taken");
}

TEST_CASE("read options: so many issues end the reading", "[read_options]") {
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

TEST_CASE("read options: trying the types of variants is no work without end", "[read_options]") {
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

} // namespace
