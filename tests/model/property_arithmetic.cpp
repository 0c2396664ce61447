// SPDX-License-Identifier: MIT
#include <lathe/model/property.hpp>

#include <cstdint>
#include <limits>
#include <random>
#include <sstream>
#include <string>
#include <type_traits>
#include <vector>

#include <lathe/model/field.hpp>

#include "support/catch.hpp"

namespace {

using age = lathe::property<int, lathe::in_range<0, 150>>;
using octet = lathe::property<std::uint8_t>;

template <class T, class U>
concept adds = requires(T& target, const U& value) { target += value; };

static_assert(adds<age, int> && adds<age, long> && adds<age, age> && adds<age, octet>);
static_assert(!adds<age, double> && !adds<age, bool> && !adds<age, char> && !adds<age, const char*>);
static_assert(adds<lathe::property<double>, int> && !adds<lathe::property<float>, double>);
static_assert(adds<lathe::property<std::string>, const char*> && adds<lathe::property<std::string>, char>);
static_assert(!adds<lathe::property<bool>, int>);

constexpr int in_a_constant_expression() {
    age value = 3;
    value += 4;
    value *= 2;
    --value;
    return value;
}
static_assert(in_a_constant_expression() == 13);

template <class F>
std::string message_of(F change) {
    try {
        change();
    } catch (const lathe::validation_error& error) {
        return error.what();
    }
    return "nothing was thrown";
}

TEST_CASE("property: a sum obeys the rules, or the value stays", "[property]") {
    age value = 148;
    value += 2;
    CHECK(value == 150);
    CHECK(message_of([&] { ++value; }) == "151 is not in [0, 150]");
    CHECK(message_of([&] { value *= 1000; }) == "150000 is not in [0, 150]");
    CHECK(message_of([&] { value -= 151; }) == "-1 is not in [0, 150]");
    CHECK(value == 150);
    CHECK((--value).value() == 149);
}

TEST_CASE("property: a sum that overflows is refused with its operands", "[property]") {
    octet small = 250;
    CHECK(message_of([&] { small += 6; }) == "250 + 6 is not in [0, 255]");
    CHECK(message_of([&] { small -= 251; }) == "250 - 251 is not in [0, 255]");
    CHECK(message_of([&] { small *= -1; }) == "250 * -1 is not in [0, 255]");
    CHECK(small == 250);
    small += 5;
    CHECK(small == 255);

    lathe::field<"count", int> count = std::numeric_limits<int>::max();
    CHECK(message_of([&] { ++count; }) == "count: 2147483647 + 1 is not in [-2147483648, 2147483647]");
    lathe::property<unsigned> natural = 1U;
    natural += -1;
    CHECK(natural == 0);
    CHECK(message_of([&] { natural += -1; }) == "0 + -1 is not in [0, 4294967295]");
}

TEST_CASE("property: properties add to each other", "[property]") {
    age value = 100;
    const age other = 40;
    value += other;
    CHECK(value == 140);
    value -= other;
    CHECK(value == 100);
    CHECK(message_of([&] { value += value; }) == "200 is not in [0, 150]");
}

TEST_CASE("property: text is appended through the rules", "[property]") {
    lathe::property<std::string, lathe::max_length<4>> text = "ab";
    text += 'c';
    text += "d";
    CHECK(text == "abcd");
    CHECK(message_of([&] { text += std::string("e"); }) == "\"abcde\" is longer than 4");
    CHECK(text == "abcd");
}

TEST_CASE("property: sums of small types agree with sums of large ones", "[property]") {
    // The reference adds in 64 bits, where nothing of 16 bits overflows.
    const auto seed = std::random_device{}();
    INFO("seed " << seed);
    std::mt19937 random(seed);
    std::uniform_int_distribution<int> any(-70'000, 70'000);
    for (int i = 0; i < 10'000; ++i) {
        const auto start = static_cast<std::int16_t>(any(random) / 3);
        const int step = any(random);
        lathe::property<std::int16_t> value = start;
        const std::int64_t expected = std::int64_t{start} + step;
        const bool fits = expected >= -32'768 && expected <= 32'767;
        bool took = true;
        try {
            value += step;
        } catch (const lathe::validation_error&) {
            took = false;
        }
        REQUIRE(took == fits);
        REQUIRE(value == (fits ? expected : std::int64_t{start}));
    }
}

TEST_CASE("property: it is written to streams as its value", "[property]") {
    std::ostringstream out;
    const lathe::property<std::string> name = "Ada";
    const age years = 36;
    out << name << ' ' << years << ' ' << lathe::property<double>(0.5);
    CHECK(out.str() == "Ada 36 0.5");
}

} // namespace
