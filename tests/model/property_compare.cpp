// SPDX-License-Identifier: MIT
// Comparisons: as the values compare, and numbers by value whatever their types.
#include <lathe/model/property.hpp> // first: proves that the header stands alone

#include <compare>
#include <cstdint>
#include <limits>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <vector>

#include "support/catch.hpp"

namespace {

enum class phase { taxi, climb };

template <class A, class B>
concept equal_to = requires(const A& a, const B& b) {
    a == b;
    b == a;
    a != b;
};
template <class A, class B>
concept ordered_with = requires(const A& a, const B& b) {
    a < b;
    b >= a;
    a <=> b;
};

using small = lathe::property<int, lathe::in_range<-100, 100>>;
static_assert(equal_to<small, small> && ordered_with<small, small>);
static_assert(equal_to<small, unsigned> && ordered_with<small, std::uint64_t> && ordered_with<small, double>);
static_assert(equal_to<small, lathe::property<std::uint8_t>> && ordered_with<small, lathe::property<double>>);
static_assert(!equal_to<small, const char*> && !equal_to<small, std::string> && !equal_to<lathe::property<phase>, int>);
static_assert(equal_to<lathe::property<std::string>, const char*> &&
              ordered_with<lathe::property<std::string>, std::string_view>);
static_assert(equal_to<lathe::property<std::optional<int>>, std::nullopt_t> &&
              equal_to<lathe::property<std::optional<int>>, std::optional<long>> &&
              ordered_with<lathe::property<std::optional<int>>, int>);
static_assert(equal_to<lathe::property<std::unique_ptr<int>>, std::nullptr_t> &&
              !equal_to<lathe::property<std::unique_ptr<int>>, int>);
static_assert(std::is_same_v<decltype(small(1) <=> small(2)), std::strong_ordering> &&
              std::is_same_v<decltype(small(1) <=> 2.0), std::partial_ordering>);
static_assert(small(3) == 3U && small(-1) < 0U && 0U > small(-1), "in constant expressions too");

TEST_CASE("property: integers of other signs are compared by value", "[property][compare]") {
    const small minus = -1;
    CHECK(minus != std::numeric_limits<unsigned>::max());
    CHECK(std::numeric_limits<unsigned>::max() != minus);
    CHECK(minus < 1U);
    CHECK(1U > minus);
    CHECK(minus <= std::uint64_t{0});
    CHECK_FALSE(std::uint8_t{255} < minus);
    CHECK(((minus <=> 0U) == std::strong_ordering::less));
    CHECK(((0U <=> minus) == std::strong_ordering::greater));
    const lathe::property<unsigned> most = std::numeric_limits<unsigned>::max();
    CHECK(most != minus);
    CHECK(minus != most);
    CHECK(minus < most);
    CHECK(most > minus);
}

TEST_CASE("property: integers and floating-point numbers are compared by value", "[property][compare]") {
    const lathe::property<std::int64_t> odd = (std::int64_t{1} << 53) + 1;
    CHECK(odd != 9007199254740992.0); // equal once rounded to double
    CHECK(odd > 9007199254740992.0);
    const lathe::property<double> half = 0.5;
    CHECK(half > 0);
    CHECK(half < 1U);
    CHECK(half == 0.5F);
    CHECK_FALSE(half == std::numeric_limits<double>::quiet_NaN());
    CHECK(((half <=> std::numeric_limits<double>::quiet_NaN()) == std::partial_ordering::unordered));
}

TEST_CASE("property: properties with other rules are compared by their values", "[property][compare]") {
    const small a = 3;
    const lathe::property<int, lathe::positive, lathe::doc<"x">> b = 3;
    const lathe::property<long> c = 4;
    CHECK(a == b);
    CHECK(b == a);
    CHECK(a != c);
    CHECK(a < c);
    CHECK(c >= b);
    const lathe::property<std::string> name = "Ada";
    const lathe::property<std::string, lathe::not_empty> same = "Ada";
    CHECK(name == same);
    CHECK(((name <=> same) == 0));
}

TEST_CASE("property: text is compared with text of any type, from both sides", "[property][compare]") {
    const lathe::property<std::string, lathe::not_empty> name = "Ada";
    CHECK(name == "Ada");
    CHECK("Ada" == name);
    CHECK(name == std::string("Ada"));
    CHECK(std::string("Ada") == name);
    CHECK(std::string_view("Ada") == name);
    CHECK(name != "Eve");
    CHECK(name < "Eve");
    CHECK("Aaa" < name);
    CHECK(name >= std::string_view("Ad"));
}

TEST_CASE("property: optionals are compared with values, optionals and nothing", "[property][compare][optional]") {
    lathe::property<std::optional<unsigned>> number = std::numeric_limits<unsigned>::max();
    CHECK(number != -1); // which std::optional itself takes for equal
    CHECK(-1 != number);
    CHECK(number > -1);
    CHECK(number != std::optional<int>(-1));
    CHECK(std::optional<int>(-1) != number);
    CHECK(number > std::optional<int>(-1));
    number = 3;
    CHECK(number == 3);
    CHECK(3 == number);
    CHECK(number == std::optional<int>(3));
    CHECK(number != std::nullopt);
    CHECK(number < 4L);
    number = std::nullopt;
    CHECK(number == std::nullopt);
    CHECK(std::nullopt == number);
    CHECK(number == std::optional<int>());
    CHECK(number != 0);
    CHECK(number < 0);
    CHECK(number < std::optional<int>(-5));
    CHECK(((number <=> std::optional<int>()) == std::strong_ordering::equal));
    const lathe::property<std::optional<unsigned>, lathe::positive> none;
    CHECK(number == none);
    const lathe::property<std::optional<long>> minus = -1;
    CHECK(minus > none);
    CHECK(minus != none);
    const small value = 3;
    number = 3;
    CHECK(number == value);
    CHECK(value == number);
    CHECK(number >= value);
}

TEST_CASE("property: enumerations, truth values and containers compare as they do", "[property][compare]") {
    const lathe::property<phase> now = phase::climb;
    CHECK(now == phase::climb);
    CHECK(phase::taxi != now);
    CHECK(now > phase::taxi);
    const lathe::property<bool> ready = true;
    CHECK(ready == true);
    CHECK(false != ready);
    const lathe::property<std::vector<int>> numbers = {1, 2};
    CHECK(numbers == std::vector<int>{1, 2});
    CHECK(std::vector<int>{1, 3} > numbers);
}

TEST_CASE("property: models with properties can default their comparisons", "[property][compare]") {
    struct version {
        lathe::property<int, lathe::non_negative> major = 0;
        lathe::property<int, lathe::non_negative> minor = 0;
        auto operator<=>(const version&) const = default;
    };
    CHECK(version{.major = 1, .minor = 2} < version{.major = 1, .minor = 10});
    CHECK(version{.major = 1} == version{.major = 1, .minor = 0});
    CHECK(version{.major = 2} != version{});
}

} // namespace
