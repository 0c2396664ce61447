// SPDX-License-Identifier: MIT
#include <lathe/model/property.hpp> // first: proves that the header stands alone

#include <atomic>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <limits>
#include <optional>
#include <random>
#include <string>
#include <string_view>
#include <type_traits>
#include <vector>

#include "support/catch.hpp"
#include "support/seed.hpp"

namespace {

using lathe_test::Message;

enum colour { red, green };
enum class phase { taxi, climb };
struct both {
    operator int() const { return 1; }
    operator double() const { return 1.5; }
};

// The rules of assignment hold for initialisation too.
template <class T, class U>
inline constexpr bool takes = std::is_assignable_v<lathe::property<T>&, U>;
template <class T, class U>
inline constexpr bool agrees = takes<T, U> == std::is_constructible_v<lathe::property<T>, U> &&
                               takes<T, U> == std::is_convertible_v<U, lathe::property<T>>;
template <class T, class... Us>
inline constexpr bool takes_all = ((takes<T, Us> && agrees<T, Us>) && ...);
template <class T, class... Us>
inline constexpr bool refuses_all = ((!takes<T, Us> && agrees<T, Us>) && ...);

static_assert(takes_all<int,
                        short,
                        int,
                        long,
                        long long,
                        unsigned,
                        unsigned long,
                        signed char,
                        unsigned char,
                        std::int64_t&,
                        const std::uint8_t&>);
static_assert(takes_all<std::uint8_t, int, long> && takes_all<std::uint64_t, int>);
static_assert(takes_all<double, int, long, std::uint64_t, float, double> && takes_all<float, int, float> &&
              takes_all<long double, double, long>);
static_assert(refuses_all<int, float, double, long double> && refuses_all<long, double>);
static_assert(refuses_all<float, double, long double> && refuses_all<double, long double>);
static_assert(refuses_all<int, bool, char, wchar_t, char8_t, char16_t, char32_t> && refuses_all<double, bool, char>);
static_assert(refuses_all<bool, int, double, char, unsigned char> && refuses_all<char, int, bool, signed char>);
static_assert(takes_all<bool, bool, const bool&> && takes_all<char, char>);
static_assert(refuses_all<int, const char*, const char (&)[2], std::string, std::string_view, std::nullptr_t> &&
              refuses_all<double, const char*, std::string> && refuses_all<bool, const char*, int*, std::nullptr_t>);
static_assert(refuses_all<int, colour, phase, std::byte> && refuses_all<double, colour> && refuses_all<bool, colour>);
static_assert(refuses_all<phase, int, colour, const char*> && refuses_all<colour, int, bool, phase> &&
              takes_all<phase, phase> && takes_all<colour, colour>);
static_assert(
    takes_all<std::string, const char*, const char (&)[4], std::string, const std::string&, std::string_view>);
static_assert(refuses_all<std::string, int, char, double, std::nullptr_t, phase, std::vector<char>>,
              "nullptr would be a text at no address");
static_assert(takes_all<std::optional<int>, int, long, std::nullopt_t, std::optional<long>, std::optional<int>>);
static_assert(refuses_all<std::optional<int>, double, bool, const char*, phase, std::optional<double>>);
static_assert(takes_all<std::optional<std::string>, const char*, std::string_view, std::nullopt_t> &&
              refuses_all<std::optional<std::string>, int, std::nullptr_t>);
static_assert(refuses_all<int, std::optional<int>, std::vector<int>, std::nullopt_t>);

// Properties give what they hold.
static_assert(takes_all<int, lathe::property<long, lathe::positive>&, const lathe::property<int, lathe::positive>&>);
static_assert(refuses_all<int, lathe::property<double>&, lathe::property<bool>&, lathe::property<std::string>&>);

// So do other objects that turn into a number, and nothing is lost that way either.
static_assert(takes_all<int,
                        std::reference_wrapper<int>,
                        std::reference_wrapper<short>,
                        std::atomic<int>&,
                        std::integral_constant<int, 5>>);
static_assert(
    refuses_all<int, std::reference_wrapper<double>, std::reference_wrapper<long>, std::vector<bool>::reference>);
static_assert(takes_all<bool, std::vector<bool>::reference> && refuses_all<bool, std::reference_wrapper<int>>);
static_assert(refuses_all<float, std::reference_wrapper<double>> && takes_all<double, std::reference_wrapper<float>>);
static_assert(takes_all<int, both> && takes_all<double, both>, "each has a conversion of its own");

template <class Property, class U>
std::string message_of(Property& property, const U& value) {
    const Property before = property;
    try {
        property = value;
    } catch (const lathe::validation_error& thrown) {
        CHECK(property == before);
        REQUIRE(thrown.issues().size() == 1);
        CHECK(thrown.issues().front().rule == "representable");
        return thrown.what();
    }
    return "nothing was thrown";
}

TEST_CASE("property: integers of any type are taken in range, else refused by value", "[property][conversions]") {
    lathe::property<std::uint16_t> port = 8080;
    CHECK(port == 8080);
    port = 65535L;
    port = 0U;
    CHECK(message_of(port, 65536) == "65536 is not in [0, 65535]");
    CHECK(message_of(port, -1) == "-1 is not in [0, 65535]");
    CHECK(message_of(port, std::numeric_limits<std::uint64_t>::max()) == "18446744073709551615 is not in [0, 65535]");

    lathe::property<int> number = 0;
    number = std::numeric_limits<int>::min();
    CHECK(message_of(number, 2147483648U) == "2147483648 is not in [-2147483648, 2147483647]");
    CHECK(message_of(number, -2147483649LL) == "-2147483649 is not in [-2147483648, 2147483647]");

    lathe::property<std::uint64_t> wide = 1;
    CHECK(message_of(wide, std::int8_t{-1}) == "-1 is not in [0, 18446744073709551615]");
    lathe::property<std::int8_t> narrow = 1;
    CHECK(message_of(narrow, 128) == "128 is not in [-128, 127]");
    CHECK_THROWS_MATCHES(
        lathe::property<std::int8_t>(1000), lathe::validation_error, Message("1000 is not in [-128, 127]"));
}

TEST_CASE("property: the range of the type is asked before the rules", "[property][conversions]") {
    lathe::property<std::uint8_t, lathe::in_range<1, 10>> small = 5;
    CHECK(message_of(small, 261) == "261 is not in [0, 255]"); // 261 modulo 256 is 5
    CHECK_THROWS_MATCHES(small = 11, lathe::validation_error, Message("11 is not in [1, 10]"));
}

TEST_CASE("property: an integer for a floating-point number must be exact", "[property][conversions]") {
    lathe::property<double> d = 1;
    CHECK(d == 1.0);
    d = 1LL << 53;
    CHECK(d == 9007199254740992.0);
    d = 1LL << 62;
    CHECK(d == std::ldexp(1.0, 62));
    CHECK(message_of(d, (1LL << 53) + 1) == "9007199254740993 is not exact as a floating-point number");
    CHECK(message_of(d, std::numeric_limits<std::uint64_t>::max()) ==
          "18446744073709551615 is not exact as a floating-point number");
    lathe::property<float> f = 1 << 24;
    CHECK(f == 16777216.0F);
    CHECK(message_of(f, (1 << 24) + 1) == "16777217 is not exact as a floating-point number");
    f = 0.5F;
    CHECK(f == 0.5);
}

TEST_CASE("property: random integers are taken exactly when the narrow type holds them", "[property][conversions]") {
    const std::uint64_t seed = lathe_test::seed_of_run();
    INFO("LATHE_SEED=" << seed);
    std::mt19937_64 random{seed};
    for (int i = 0; i < 2000; ++i) {
        const auto shift = static_cast<unsigned>(random() % 64);
        const auto value = static_cast<std::int64_t>(random()) >> shift;
        const bool fits = value >= -32768 && value <= 32767;
        lathe::property<std::int16_t> narrow = 7;
        bool thrown = false;
        try {
            narrow = value;
        } catch (const lathe::validation_error&) {
            thrown = true;
        }
        CAPTURE(value);
        REQUIRE(thrown != fits);
        REQUIRE(std::int64_t{narrow} == (fits ? value : 7));

        // A double holds 53 bits after the leading one, wherever they stand.
        std::uint64_t bits =
            value < 0 ? std::uint64_t{0} - static_cast<std::uint64_t>(value) : static_cast<std::uint64_t>(value);
        while (bits != 0 && bits % 2 == 0)
            bits /= 2;
        const bool exact = bits < (std::uint64_t{1} << 53);
        lathe::property<double> real = 0.25;
        thrown = false;
        try {
            real = value;
        } catch (const lathe::validation_error&) {
            thrown = true;
        }
        REQUIRE(thrown != exact);
    }
}

TEST_CASE("property: text comes from literals, pointers, views, strings and properties", "[property][conversions]") {
    lathe::property<std::string, lathe::not_empty, lathe::max_length<6>> name = "Ada";
    const char* const pointer = "Eve";
    name = pointer;
    CHECK(name == "Eve");
    name = std::string_view("Mallory").substr(0, 3);
    CHECK(name == "Mal");
    const std::string text = "Bob";
    name = text;
    CHECK(name == "Bob");
    name = std::string("Trent");
    CHECK(name == "Trent");
    const lathe::property<std::string> plain = "Peggy";
    name = plain;
    CHECK(name == "Peggy");
    char buffer[4] = {'a', 'b', 'c', '\0'};
    name = buffer;
    CHECK(name == "abc");
    name = std::string_view("a\0b", 3);
    CHECK(name->size() == 3);
    const lathe::property<std::string> empty;
    CHECK_THROWS_AS(name = empty, lathe::validation_error);
    CHECK(name->size() == 3);
}

TEST_CASE("property: a property takes what another holds, by its own rules", "[property][conversions]") {
    const lathe::property<long, lathe::in_range<0, 1000>> source = 200;
    lathe::property<int, lathe::in_range<0, 150>> age = 18;
    CHECK_THROWS_MATCHES(age = source, lathe::validation_error, Message("200 is not in [0, 150]"));
    CHECK(age == 18);
    lathe::property<std::uint8_t> byte = source;
    CHECK(byte == 200);
    const lathe::property<std::optional<long>> none;
    lathe::property<std::optional<int>> other = 3;
    other = none;
    CHECK(other == std::nullopt);
}

TEST_CASE("property: objects that turn into numbers are taken as the number", "[property][conversions]") {
    int five = 5;
    lathe::property<int, lathe::in_range<0, 9>> digit = std::ref(five);
    CHECK(digit == 5);
    five = 10;
    CHECK_THROWS_AS(digit = std::ref(five), lathe::validation_error);
    std::vector<bool> bits{true, false};
    lathe::property<bool> bit = bits[1];
    CHECK(bit == false);
    bit = bits[0];
    CHECK(bit == true);
}

} // namespace
