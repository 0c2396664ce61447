// SPDX-License-Identifier: MIT
#include <lathe/model/number_rules.hpp> // first: proves that the header stands alone

#include <cmath>
#include <cstdint>
#include <limits>
#include <random>
#include <string>
#include <string_view>
#include <vector>

#include "support/catch.hpp"

namespace lathe_test::number_rules {
enum class gear { up, down };
} // namespace lathe_test::number_rules
template <>
inline constexpr auto lathe::enumerators<lathe_test::number_rules::gear> =
    lathe::names{{"Gear up", lathe_test::number_rules::gear::up}, {"Gear down", lathe_test::number_rules::gear::down}};

namespace {

enum class phase { climb = 1, cruise, descent };
enum flap { up, half, full };

// A constant of a class type, ordered by <=> written by hand.
struct version {
    int major_part;
    int minor_part;
    friend constexpr bool operator<(const version& a, const version& b) noexcept {
        return a.major_part != b.major_part ? a.major_part < b.major_part : a.minor_part < b.minor_part;
    }
    friend constexpr bool operator==(const version&, const version&) = default;
};

template <auto Rule, class Value>
concept fits = requires(const Value& value) { Rule.check(value); };

constexpr double nan = std::numeric_limits<double>::quiet_NaN();
constexpr double infinity = std::numeric_limits<double>::infinity();
constexpr auto least64 = std::numeric_limits<std::int64_t>::min();
constexpr auto most64 = std::numeric_limits<std::int64_t>::max();
constexpr auto all64 = std::numeric_limits<std::uint64_t>::max();

// Which types fit.
static_assert(fits<lathe::in_range<0, 150>, int> && fits<lathe::in_range<0, 150>, double> &&
              fits<lathe::in_range<0, 1.5>, unsigned char>);
static_assert(!fits<lathe::in_range<0, 150>, std::string> && !fits<lathe::in_range<0, 150>, std::vector<int>> &&
              !fits<lathe::in_range<0, 150>, bool> && !fits<lathe::in_range<0, 150>, char> &&
              !fits<lathe::in_range<0, 150>, phase>);
static_assert(fits<lathe::in_range<'a', 'f'>, char> && !fits<lathe::in_range<'a', 'f'>, int>);
static_assert(fits<lathe::in_range<phase::climb, phase::cruise>, phase>);
static_assert(fits<lathe::at_least<version{1, 2}>, version> && !fits<lathe::at_least<version{1, 2}>, int>);
static_assert(!fits<lathe::at_most<1>, std::string_view> && !fits<lathe::greater_than<1>, std::string_view> &&
              !fits<lathe::less_than<1>, std::string_view> && !fits<lathe::positive, std::string_view> &&
              !fits<lathe::non_negative, bool>);
static_assert(fits<lathe::multiple_of<3>, short> && fits<lathe::multiple_of<3>, float> &&
              fits<lathe::multiple_of<0.25>, double> && !fits<lathe::multiple_of<0.25>, int> &&
              !fits<lathe::multiple_of<3>, bool> && !fits<lathe::multiple_of<3>, std::string>);
static_assert(fits<lathe::multiple_of<most64>, std::int64_t> && !fits<lathe::multiple_of<most64>, double>,
              "2^63 - 1 is no double");
static_assert(fits<lathe::finite, double> && fits<lathe::finite, float> && !fits<lathe::finite, int> &&
              !fits<lathe::finite, std::string>);
static_assert(fits<lathe::one_of<1, 2>, long> && fits<lathe::one_of<1, 2>, double> &&
              !fits<lathe::one_of<1, 2>, bool> && !fits<lathe::one_of<1, 2>, std::string> &&
              fits<lathe::one_of<"a">, std::string> && fits<lathe::one_of<"a">, std::string_view> &&
              !fits<lathe::one_of<"a">, int> && fits<lathe::one_of<phase::climb>, phase> &&
              !fits<lathe::one_of<phase::climb>, int> && fits<lathe::one_of<true>, bool> &&
              fits<lathe::one_of<'a'>, char> && !fits<lathe::one_of<1, "a">, int>);

// Checks are free of exceptions, rules of state.
static_assert(noexcept(lathe::in_range<0, 150>.check(5.0)) && noexcept(lathe::one_of<"a">.check(std::string())));
static_assert(noexcept(lathe::at_least<version{1, 2}>.check(version{})) && noexcept(lathe::multiple_of<3>.check(9)));
static_assert(std::is_empty_v<lathe::in_range_rule<0, 1>> && std::is_empty_v<lathe::at_least_rule<0>>);

// Boundaries, in constant expressions.
static_assert(!lathe::finite.check(infinity) && !lathe::finite.check(nan) && lathe::finite.check(1e308));
static_assert(!lathe::multiple_of<2>.check(infinity) && !lathe::multiple_of<2>.check(nan));
static_assert(!lathe::in_range<0, 1>.check(nan) && !lathe::in_range<0, 1>.check(infinity));
static_assert(lathe::in_range<0, 150>.check(0) && lathe::in_range<0, 150>.check(150));
static_assert(!lathe::in_range<0, 150>.check(-1) && !lathe::in_range<0, 150>.check(151));
static_assert(lathe::in_range<7, 7>.check(7) && !lathe::in_range<7, 7>.check(6));
static_assert(lathe::in_range<-0.5, 1.5>.check(-0.5F) && !lathe::in_range<-0.5, 1.5>.check(2));
static_assert(lathe::at_least<5>.check(5) && !lathe::at_least<5>.check(4) && lathe::at_least<5>.check(6));
static_assert(lathe::at_most<5>.check(5) && !lathe::at_most<5>.check(6) && lathe::at_most<5>.check(4));
static_assert(!lathe::greater_than<5>.check(5) && lathe::greater_than<5>.check(6) && !lathe::greater_than<5>.check(4));
static_assert(!lathe::less_than<5>.check(5) && lathe::less_than<5>.check(4) && !lathe::less_than<5>.check(6));
static_assert(lathe::positive.check(1) && !lathe::positive.check(0) && !lathe::positive.check(-0.0) &&
              lathe::positive.check(std::numeric_limits<double>::denorm_min()) && lathe::positive.check(1U));
static_assert(lathe::non_negative.check(0) && lathe::non_negative.check(-0.0) && !lathe::non_negative.check(-1) &&
              lathe::non_negative.check(all64));

TEST_CASE("rules: integers of mixed signs are compared by value", "[rules][number_rules]") {
    CHECK(lathe::at_least<-1>.check(0U));
    CHECK(lathe::at_least<-1>.check(all64));
    CHECK_FALSE(lathe::at_most<-1>.check(0U));
    CHECK_FALSE(lathe::at_least<1U>.check(-1));
    CHECK(lathe::less_than<all64>.check(-1));
    CHECK(lathe::in_range<-5, all64>.check(most64));
    CHECK_FALSE(lathe::in_range<-5, all64>.check(least64));
    CHECK(lathe::one_of<-1>.check(std::int8_t{-1}));
    CHECK_FALSE(lathe::one_of<-1>.check(all64));
}

TEST_CASE("rules: an integer is compared with a floating bound without rounding", "[rules][number_rules]") {
    // 2^53 + 1 is the first integer that no double holds.
    constexpr std::int64_t odd = 9007199254740993;
    CHECK(lathe::greater_than<9007199254740992.0>.check(odd));
    CHECK_FALSE(lathe::at_most<9007199254740992.0>.check(odd));
    CHECK_FALSE(lathe::one_of<9007199254740992.0>.check(odd));
    CHECK(lathe::one_of<9007199254740992.0>.check(odd - 1));
    CHECK(lathe::less_than<odd>.check(9007199254740992.0));
    CHECK(lathe::greater_than<odd>.check(9007199254740994.0));
    CHECK(lathe::at_least<-9007199254740993>.check(-9007199254740992.0));

    // 2^63 and 2^64 lie just above the integers; -2^63 is one.
    CHECK(lathe::less_than<9223372036854775808.0>.check(most64));
    CHECK(lathe::one_of<-9223372036854775808.0>.check(least64));
    CHECK(lathe::less_than<18446744073709551616.0>.check(all64));
    CHECK(lathe::less_than<18446744073709551616.0F>.check(all64));

    // Fractions of either sign.
    CHECK(lathe::greater_than<-2.5>.check(-2));
    CHECK(lathe::less_than<-2.5>.check(-3));
    CHECK(lathe::greater_than<-0.5>.check(0U));
    CHECK(lathe::less_than<0.5>.check(0));
    CHECK_FALSE(lathe::less_than<0.5>.check(1));
    CHECK(lathe::greater_than<-128.5>.check(std::int8_t{-128}));
    CHECK(lathe::in_range<0, 100>.check(99.99));
    CHECK_FALSE(lathe::in_range<0, 100>.check(100.01));
    CHECK(lathe::one_of<0>.check(-0.0));

    CHECK(lathe::less_than<infinity>.check(most64));
    CHECK(lathe::greater_than<-infinity>.check(least64));
    CHECK_FALSE(lathe::at_most<all64>.check(infinity));
    // 0.1F is above 0.1.
    CHECK_FALSE(lathe::at_most<0.1>.check(0.1F));
}

TEST_CASE("rules: mixed comparison agrees with long double, which holds both sides", "[rules][number_rules]") {
    static_assert(std::numeric_limits<long double>::digits >= 64, "the reference needs 64 bits");
    std::mt19937_64 random{20260101}; // any seed: the pairs lie around powers of two
    for (int i = 0; i < 20000; ++i) {
        const int shift = static_cast<int>(random() % 64);
        const auto whole = static_cast<std::int64_t>(random() >> shift) * (random() % 2 == 0 ? 1 : -1);
        const double real = std::nextafter(static_cast<double>(whole), random() % 2 == 0 ? infinity : -infinity);
        for (const double other : {real, static_cast<double>(whole), static_cast<double>(whole) + 0.5}) {
            const auto a = static_cast<long double>(whole);
            const auto b = static_cast<long double>(other);
            INFO(whole << " and " << other);
            REQUIRE(lathe::detail::number_less(whole, other) == (a < b));
            REQUIRE(lathe::detail::number_less(other, whole) == (b < a));
            REQUIRE(lathe::detail::number_less_equal(whole, other) == (a <= b));
            REQUIRE(lathe::detail::number_less_equal(other, whole) == (b <= a));
        }
    }
}

TEST_CASE("rules: in_range refuses NaN, and so does every other rule on the order of numbers",
          "[rules][number_rules]") {
    CHECK_FALSE(lathe::in_range<0, 1>.check(nan));
    CHECK_FALSE(lathe::in_range<0.0, 1.0>.check(nan));
    CHECK_FALSE(lathe::in_range<0.0, 1.0>.check(std::numeric_limits<float>::quiet_NaN()));
    CHECK_FALSE(lathe::at_least<0>.check(nan));
    CHECK_FALSE(lathe::at_most<0>.check(nan));
    CHECK_FALSE(lathe::greater_than<0.0>.check(nan));
    CHECK_FALSE(lathe::less_than<0.0>.check(nan));
    CHECK_FALSE(lathe::positive.check(nan));
    CHECK_FALSE(lathe::non_negative.check(nan));
    CHECK_FALSE(lathe::multiple_of<1>.check(nan));
    CHECK_FALSE(lathe::finite.check(nan));
    CHECK_FALSE(lathe::one_of<0, 1.5>.check(nan));
}

TEST_CASE("rules: finite refuses the infinities and nothing else that is a number", "[rules][number_rules]") {
    CHECK(lathe::finite.check(0.0));
    CHECK(lathe::finite.check(std::numeric_limits<double>::max()));
    CHECK(lathe::finite.check(std::numeric_limits<double>::lowest()));
    CHECK(lathe::finite.check(std::numeric_limits<float>::max()));
    CHECK(lathe::finite.check(std::numeric_limits<long double>::denorm_min()));
    CHECK_FALSE(lathe::finite.check(infinity));
    CHECK_FALSE(lathe::finite.check(-infinity));
    CHECK(lathe::at_least<0>.check(infinity));
}

TEST_CASE("rules: multiple_of is right for zero, signs and the least integers", "[rules][number_rules]") {
    constexpr auto least = std::numeric_limits<int>::min();
    STATIC_REQUIRE(lathe::multiple_of<5>.check(0));
    STATIC_REQUIRE(lathe::multiple_of<5>.check(-10));
    STATIC_REQUIRE(lathe::multiple_of<-5>.check(10));
    STATIC_REQUIRE_FALSE(lathe::multiple_of<-5>.check(11));
    STATIC_REQUIRE(lathe::multiple_of<-1>.check(least)); // undefined for %
    STATIC_REQUIRE(lathe::multiple_of<least>.check(least));
    STATIC_REQUIRE_FALSE(lathe::multiple_of<least>.check(least + 1));
    STATIC_REQUIRE(lathe::multiple_of<2147483648>.check(least));
    STATIC_REQUIRE_FALSE(lathe::multiple_of<2147483648>.check(least + 2));
    STATIC_REQUIRE(lathe::multiple_of<300>.check(std::uint8_t{0}));
    STATIC_REQUIRE_FALSE(lathe::multiple_of<300>.check(std::uint8_t{44}));
    STATIC_REQUIRE(lathe::multiple_of<128>.check(std::int8_t{-128}));
    STATIC_REQUIRE(lathe::multiple_of<-3>.check(all64)); // 2^64 - 1 = 3 * 5 * 17 * ...
    STATIC_REQUIRE_FALSE(lathe::multiple_of<-2>.check(all64));
    STATIC_REQUIRE(lathe::multiple_of<least64>.check(std::uint64_t{1} << 63U));
}

TEST_CASE("rules: multiple_of divides floating numbers without rounding", "[rules][number_rules]") {
    STATIC_REQUIRE(lathe::multiple_of<0.25>.check(0.75));
    STATIC_REQUIRE(lathe::multiple_of<0.25>.check(-0.75));
    STATIC_REQUIRE(lathe::multiple_of<-0.25>.check(0.75F));
    STATIC_REQUIRE(lathe::multiple_of<0.25>.check(0.0));
    STATIC_REQUIRE(lathe::multiple_of<0.25>.check(-0.0));
    STATIC_REQUIRE_FALSE(lathe::multiple_of<0.25>.check(0.8));
    STATIC_REQUIRE_FALSE(lathe::multiple_of<0.1>.check(0.3));
    STATIC_REQUIRE(lathe::multiple_of<3>.check(0x3p1000));
    STATIC_REQUIRE_FALSE(lathe::multiple_of<3>.check(0x1p1000));
    STATIC_REQUIRE_FALSE(lathe::multiple_of<2>.check(std::numeric_limits<double>::denorm_min()));
    STATIC_REQUIRE(lathe::multiple_of<5e-324>.check(std::numeric_limits<double>::max()));
    CHECK_FALSE(lathe::multiple_of<1>.check(infinity));
    CHECK_FALSE(lathe::multiple_of<1>.check(-infinity));
    CHECK(lathe::multiple_of<0.5>.check(2.5L));
    CHECK(lathe::multiple_of<3>.check(9.0F));
    CHECK_FALSE(lathe::multiple_of<3>.check(10.0F));
}

TEST_CASE("rules: the remainder of constant expressions is that of std::fmod", "[rules][number_rules]") {
    std::mt19937_64 random{20260101};
    std::uniform_real_distribution<double> exponent{-300, 300};
    for (int i = 0; i < 5000; ++i) {
        const double a = std::pow(10.0, exponent(random));
        const double b = i % 2 == 0 ? std::pow(10.0, exponent(random)) : a / static_cast<double>(1 + random() % 1000);
        INFO(a << " by " << b);
        REQUIRE(lathe::detail::remainder(a, b) == std::fmod(a, b));
    }
    const double tiny = std::numeric_limits<double>::denorm_min();
    CHECK(lathe::detail::remainder(7 * tiny, 3 * tiny) == tiny);
    CHECK(lathe::detail::remainder(1.0, 3.0) == 1.0);
    CHECK(lathe::detail::remainder(0.0, 3.0) == 0.0);
}

TEST_CASE("rules: bounds may be enumerators and other constants", "[rules][number_rules]") {
    CHECK(lathe::in_range<phase::climb, phase::cruise>.check(phase::cruise));
    CHECK_FALSE(lathe::in_range<phase::climb, phase::cruise>.check(phase::descent));
    CHECK(lathe::at_least<version{1, 2}>.check(version{1, 2}));
    CHECK_FALSE(lathe::at_least<version{1, 2}>.check(version{1, 1}));
    CHECK(lathe::less_than<version{1, 2}>.check(version{0, 9}));
    CHECK(lathe::in_range<'a', 'f'>.check('f'));
    CHECK_FALSE(lathe::in_range<'a', 'f'>.check('g'));
}

TEST_CASE("rules: one_of knows numbers, enumerators, characters and text", "[rules][number_rules]") {
    STATIC_REQUIRE(lathe::one_of<1, 2, 4>.check(4));
    STATIC_REQUIRE_FALSE(lathe::one_of<1, 2, 4>.check(3));
    STATIC_REQUIRE(lathe::one_of<0.5, 1>.check(0.5F));
    STATIC_REQUIRE(lathe::one_of<phase::climb, phase::descent>.check(phase::descent));
    STATIC_REQUIRE_FALSE(lathe::one_of<phase::climb, phase::descent>.check(phase::cruise));
    STATIC_REQUIRE(lathe::one_of<"N", "South">.check(std::string_view("South")));
    STATIC_REQUIRE_FALSE(lathe::one_of<"N", "South">.check(std::string_view("Sout")));
    STATIC_REQUIRE_FALSE(lathe::one_of<"N", "South">.check(std::string_view("")));
    STATIC_REQUIRE(lathe::one_of<"">.check(std::string_view("")));
    STATIC_REQUIRE(lathe::one_of<version{1, 2}>.check(version{1, 2}));
    STATIC_REQUIRE(lathe::one_of<'x'>.check('x'));
    STATIC_REQUIRE_FALSE(lathe::one_of<true>.check(false));
    CHECK(lathe::one_of<"N", "South">.check(std::string("N")));
    CHECK_FALSE(lathe::one_of<"a">.check(std::string("a\0", 2)));
}

TEST_CASE("rules: rules on numbers say what is wrong", "[rules][number_rules][messages]") {
    CHECK(lathe::in_range<0, 150>.failure() == "is not in [0, 150]");
    CHECK(lathe::in_range<0, 150>.success() == "is in [0, 150]");
    CHECK(lathe::in_range<-0.5, 1.5>.failure() == "is not in [-0.5, 1.5]");
    CHECK(lathe::in_range<phase::climb, phase::cruise>.failure() == "is not in [climb, cruise]");
    CHECK(lathe::one_of<lathe_test::number_rules::gear::up, lathe_test::number_rules::gear::down>.failure() ==
          "is not one of Gear up, Gear down");
    CHECK(lathe::at_most<static_cast<lathe_test::number_rules::gear>(1000)>.failure() == "is not at most 1000");
    CHECK(lathe::in_range<half, full>.failure() == "is not in [half, full]");
    CHECK(lathe::in_range<phase::climb, static_cast<phase>(7)>.failure() == "is not in [climb, 7]");
    CHECK(lathe::in_range<'a', 'f'>.failure() == "is not in ['a', 'f']");
    CHECK(lathe::in_range<version{0, 1}, version{1, 2}>.failure() == "is not in range");
    CHECK(lathe::in_range<version{0, 1}, version{1, 2}>.success() == "is in range");
    CHECK(lathe::at_least<5>.failure() == "is not at least 5");
    CHECK(lathe::at_least<5>.success() == "is at least 5");
    CHECK(lathe::at_least<version{0, 1}>.failure() == "is not in range");
    CHECK(lathe::at_most<5>.failure() == "is not at most 5");
    CHECK(lathe::at_most<-0.5>.success() == "is at most -0.5");
    CHECK(lathe::greater_than<5>.failure() == "is not greater than 5");
    CHECK(lathe::greater_than<5>.success() == "is greater than 5");
    CHECK(lathe::less_than<phase::descent>.failure() == "is not less than descent");
    CHECK(lathe::less_than<5>.success() == "is less than 5");
    CHECK(lathe::positive.failure() == "is not positive");
    CHECK(lathe::positive.success() == "is positive");
    CHECK(lathe::non_negative.failure() == "is not zero or above");
    CHECK(lathe::non_negative.success() == "is zero or above");
    CHECK(lathe::multiple_of<-3>.failure() == "is not a multiple of -3");
    CHECK(lathe::multiple_of<0.25>.success() == "is a multiple of 0.25");
    CHECK(lathe::finite.failure() == "is not finite");
    CHECK(lathe::finite.success() == "is finite");
    CHECK(lathe::one_of<phase::climb, phase::cruise>.failure() == "is not one of climb, cruise");
    CHECK(lathe::one_of<"None", "Minor", "Medium">.failure() == "is not one of None, Minor, Medium");
    CHECK(lathe::one_of<1, 2.5, -3>.failure() == "is not one of 1, 2.5, -3");
    CHECK(lathe::one_of<1>.success() == "is one of 1");
    CHECK(lathe::one_of<true, false>.failure() == "is not one of true, false");
    CHECK(lathe::one_of<version{1, 2}>.failure() == "is not one of the allowed values");
}

TEST_CASE("rules: rules on numbers have names", "[rules][number_rules]") {
    CHECK(lathe::in_range<0, 1>.name == "in_range");
    CHECK(lathe::at_least<0>.name == "at_least");
    CHECK(lathe::at_most<0>.name == "at_most");
    CHECK(lathe::greater_than<0>.name == "greater_than");
    CHECK(lathe::less_than<0>.name == "less_than");
    CHECK(lathe::positive.name == "positive");
    CHECK(lathe::non_negative.name == "non_negative");
    CHECK(lathe::multiple_of<2>.name == "multiple_of");
    CHECK(lathe::finite.name == "finite");
    CHECK(lathe::one_of<1>.name == "one_of");
}

} // namespace
