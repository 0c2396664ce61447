// SPDX-License-Identifier: MIT
#include <lathe/model/rules.hpp> // first: proves that the header stands alone

#include <cstdint>
#include <string>
#include <string_view>
#include <type_traits>
#include <vector>

#include "rules_in_a_header.hpp"
#include "support/catch.hpp"

namespace {

constexpr bool is_even(int value) {
    return value % 2 == 0;
}
constexpr bool is_short(const std::string& text) noexcept {
    return text.size() < 5;
}
constexpr bool is_probability(double value) noexcept {
    return value >= 0 && value <= 1;
}
inline constexpr auto is_odd = [](int value) {
    return value % 2 != 0;
};
inline constexpr auto is_square = [](auto value) {
    for (decltype(value) root = 0; root * root <= value; ++root) {
        if (root * root == value) return true;
    }
    return false;
};

// Predicates that are values.
struct divisible_by {
    int n;
    constexpr bool operator()(int value) const noexcept { return value % n == 0; }
};
struct longer_than {
    static constexpr std::string_view name = "long_enough";
    std::size_t n;
    constexpr bool operator()(std::string_view text) const { return text.size() > n; }
    std::string failure() const { return "is not longer than " + std::to_string(n); }
};

// Types that follow the protocol: static, and as a member of an object.
struct leap_year {
    static constexpr std::string_view name = "leap_year";
    static constexpr bool check(int year) noexcept { return (year % 4 == 0 && year % 100 != 0) || year % 400 == 0; }
    static std::string failure() { return "is no leap year"; }
};
struct near {
    int centre;
    int distance;
    constexpr bool check(int value) const { return value >= centre - distance && value <= centre + distance; }
    const char* failure() const { return "is too far away"; }
    std::string failure(int value) const { return "is off by " + std::to_string(value - centre); }
};
struct silent {
    static constexpr bool check(int) { return false; }
};

template <auto Rule, class Value>
inline constexpr bool suits = lathe::rule_for<decltype(Rule), Value>;

// What the rules of lathe are.
static_assert(suits<lathe::in_range<0, 1>, int> && suits<lathe::not_empty, std::string>);
static_assert(!suits<lathe::not_empty, int> && !suits<lathe::in_range<0, 1>, std::string>);
static_assert(!suits<lathe::trimmed, std::string> && !suits<lathe::doc<"x">, int>, "these check nothing");
static_assert(lathe::detail::is_rule<lathe::not_empty_rule> &&
              lathe::detail::is_normaliser<lathe::trimmed_normaliser> &&
              !lathe::detail::is_rule<lathe::trimmed_normaliser> &&
              !lathe::detail::is_normaliser<lathe::not_empty_rule> &&
              !lathe::detail::is_attribute<lathe::not_empty_rule> && !lathe::detail::is_attribute<divisible_by>);

// Which types fit rules of one's own.
static_assert(suits<lathe::rule<"even", is_even>, int> && suits<lathe::rule<"even", is_even>, short> &&
              suits<lathe::rule<"even", is_even>, std::uint16_t>);
static_assert(!suits<lathe::rule<"even", is_even>, std::string>);
static_assert(!suits<lathe::rule<"even", is_even>, double> && !suits<lathe::rule<"even", is_even>, std::int64_t> &&
                  !suits<lathe::rule<"even", is_even>, unsigned> && !suits<lathe::rule<"even", is_even>, bool> &&
                  !suits<lathe::rule<"even", is_even>, char>,
              "the predicate would see another value");
static_assert(suits<lathe::rule<"p", is_probability>, float> && suits<lathe::rule<"p", is_probability>, int> &&
              !suits<lathe::rule<"p", is_probability>, std::int64_t> &&
              !suits<lathe::rule<"p", is_probability>, long double>);
static_assert(suits<lathe::rule<"odd", is_odd>, int> && !suits<lathe::rule<"odd", is_odd>, double>);
static_assert(suits<lathe::rule<"square", is_square>, int> && suits<lathe::rule<"square", is_square>, double>);
static_assert(suits<lathe::rule<"short", is_short>, std::string> &&
              !suits<lathe::rule<"short", is_short>, std::string_view>);
static_assert(suits<divisible_by{3}, int> && !suits<divisible_by{3}, double> && !suits<divisible_by{3}, std::string>);
static_assert(suits<longer_than{3}, std::string> && !suits<longer_than{3}, int>);
static_assert(suits<leap_year{}, int> && !suits<leap_year{}, double> && !suits<leap_year{}, std::string>);
static_assert(suits<near{5, 1}, int> && !suits<near{5, 1}, double>);
static_assert(suits<is_even, int> && !suits<is_even, double>);
static_assert(!suits<5, int>, "a number is no rule");

// In constant expressions.
static_assert(lathe::detail::rule_holds<lathe::rule<"even", is_even>>(4) &&
              !lathe::detail::rule_holds<lathe::rule<"even", is_even>>(5));
static_assert(lathe::detail::rule_holds<divisible_by{3}>(9) && !lathe::detail::rule_holds<divisible_by{3}>(10));
static_assert(lathe::detail::rule_holds<leap_year{}>(2024) && !lathe::detail::rule_holds<leap_year{}>(1900));
static_assert(lathe::detail::rule_holds<near{5, 1}>(6) && !lathe::detail::rule_holds<near{5, 1}>(7));
static_assert(lathe::detail::rule_holds<is_even>(4));
static_assert(lathe::detail::rule_name<lathe::rule<"even", is_even>>() == "even");

// Exceptions are as the predicate says.
static_assert(!noexcept(lathe::detail::rule_holds<lathe::rule<"even", is_even>>(4)) &&
              noexcept(lathe::detail::rule_holds<divisible_by{3}>(9)) &&
              noexcept(lathe::detail::rule_holds<lathe::rule<"by 3", divisible_by{3}>>(9)) &&
              noexcept(lathe::detail::rule_holds<leap_year{}>(4)) &&
              !noexcept(lathe::detail::rule_holds<near{5, 1}>(6)) &&
              noexcept(lathe::detail::rule_holds<lathe::in_range<0, 1>>(0)));

TEST_CASE("rules: a function makes a rule", "[rules]") {
    CHECK(lathe::rule<"even", is_even>.check(2));
    CHECK_FALSE(lathe::rule<"even", is_even>.check(3));
    CHECK(lathe::rule<"even", is_even>.failure() == "is not even");
    CHECK(lathe::rule<"even", is_even>.success() == "is even");
    CHECK(lathe::rule<"even", is_even>.name == "even");
    CHECK(lathe::rule<"even", is_even, "must be even">.failure() == "must be even");
    CHECK(lathe::rule<"even", is_even, "must be even">.success() == "obeys the rule even");
}

TEST_CASE("rules: a function that takes std::string makes a rule for strings", "[rules]") {
    CHECK(lathe::rule<"short", is_short>.check(std::string("abcd")));
    CHECK_FALSE(lathe::rule<"short", is_short>.check(std::string("abcde")));
}

TEST_CASE("rules: lambdas and objects make rules", "[rules]") {
    CHECK(lathe::rule<"odd", is_odd>.check(3));
    CHECK(lathe::rule<"square", is_square>.check(49));
    CHECK_FALSE(lathe::rule<"square", is_square>.check(50L));
    CHECK(lathe::rule<"divisible by 3", divisible_by{3}>.check(9));
    CHECK(lathe::rule<"divisible by 3", divisible_by{3}>.failure() == "is not divisible by 3");
}

TEST_CASE("rules: a rule of lathe can be given words of one's own", "[rules]") {
    constexpr auto& age = lathe::rule<"age", lathe::in_range<0, 150>, "is no age of a person">;
    CHECK(age.check(150));
    CHECK_FALSE(age.check(151));
    CHECK(age.name == "age");
    CHECK(age.failure() == "is no age of a person");
}

TEST_CASE("rules: every kind of rule has a name and words", "[rules][messages]") {
    using lathe::detail::rule_failure;
    using lathe::detail::rule_name;
    using lathe::detail::rule_success;
    CHECK(rule_name<lathe::in_range<0, 1>>() == "in_range");
    CHECK(rule_failure<lathe::in_range<0, 1>>() == "is not in [0, 1]");
    CHECK(rule_success<lathe::in_range<0, 1>>() == "is in [0, 1]");
    CHECK(rule_name<divisible_by{3}>() == "divisible_by");
    CHECK(rule_failure<divisible_by{3}>() == "breaks the rule divisible_by");
    CHECK(rule_success<divisible_by{3}>() == "obeys the rule divisible_by");
    CHECK(rule_name<longer_than{3}>() == "long_enough");
    CHECK(rule_failure<longer_than{3}>() == "is not longer than 3");
    CHECK(rule_success<longer_than{3}>() == "obeys the rule long_enough");
    CHECK(rule_name<leap_year{}>() == "leap_year");
    CHECK(rule_failure<leap_year{}>() == "is no leap year");
    CHECK(rule_name<near{5, 1}>() == "near");
    CHECK(rule_failure<near{5, 1}>() == "is too far away");
    CHECK(rule_failure<silent{}>() == "breaks the rule silent");
}

TEST_CASE("rules: the words may depend on the value", "[rules][messages]") {
    using lathe::detail::rule_failure;
    CHECK(rule_failure<near{5, 1}>(9) == "is off by 4");
    CHECK(rule_failure<lathe::in_range<0, 1>>(9) == "is not in [0, 1]");
    CHECK(rule_failure<lathe::all_of<lathe::positive, near{5, 1}>>(9) == "is off by 4");
    CHECK(rule_failure<divisible_by{3}>(10) == "breaks the rule divisible_by");
}

TEST_CASE("rules: rules of one's own go into each, all_of, any_of and not_", "[rules]") {
    constexpr auto& even = lathe::rule<"even", is_even>;
    CHECK(lathe::each<even, divisible_by{3}>.check(std::vector<int>{6, 12}));
    CHECK_FALSE(lathe::each<even, divisible_by{3}>.check(std::vector<int>{6, 9}));
    CHECK(lathe::each<even, divisible_by{3}>.failure() ==
          "has an element that is not even or breaks the rule divisible_by");
    CHECK(lathe::any_of<even, leap_year{}, near{5, 0}>.check(5));
    CHECK_FALSE(lathe::any_of<even, leap_year{}, near{5, 0}>.check(7));
    CHECK(lathe::not_<even>.check(7));
    CHECK(lathe::not_<even>.failure() == "is even");
    CHECK(lathe::not_<divisible_by{3}>.failure() == "obeys the rule divisible_by");
}

TEST_CASE("rules: rules that a header makes are one in every file", "[rules]") {
    CHECK(lathe_test::even_rule_here() == lathe_test::even_rule_there());
    CHECK(lathe_test::odd_rule_here() == lathe_test::odd_rule_there());
    CHECK(lathe_test::divisor_rule_here() == lathe_test::divisor_rule_there());
}

} // namespace
