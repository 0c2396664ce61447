// SPDX-License-Identifier: MIT
#include <lathe/model/convert.hpp> // first: proves that the header stands alone

#include <bit>
#include <cmath>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <limits>
#include <random>
#include <string>
#include <string_view>
#include <type_traits>

#include "support/catch.hpp"
#include "support/seed.hpp"
#include "support/stress.hpp"

// Random numbers and texts against std::to_string, printf and strtod. LATHE_SEED=n repeats a run.

namespace {

template <class T>
void check_integers(std::mt19937_64& random) {
    for (std::size_t i = 0; i < lathe_test::rounds(2000); ++i) {
        // Of all sizes alike: few bits as often as many.
        const std::uint64_t bits = random() >> (random() % 64);
        const auto value = static_cast<T>(random() % 2 == 0 ? bits : ~bits);
        const std::string text = std::to_string(value);
        const auto read = lathe::from_text<T>(text);
        INFO(text);
        REQUIRE(read.has_value());
        REQUIRE(*read == value);
        const auto decorated = lathe::from_text<T>("\t " + std::string(value >= 0 ? "+000" : "") + text + " ");
        REQUIRE(decorated.has_value());
        REQUIRE(*decorated == value);
    }
}

TEST_CASE("from_text: reads what std::to_string writes, for all integers", "[convert]") {
    const std::uint64_t used = lathe_test::seed_of_run();
    INFO("LATHE_SEED=" << used);
    std::mt19937_64 random(used);
    check_integers<std::int8_t>(random);
    check_integers<std::uint8_t>(random);
    check_integers<std::int16_t>(random);
    check_integers<std::uint16_t>(random);
    check_integers<std::int32_t>(random);
    check_integers<std::uint32_t>(random);
    check_integers<std::int64_t>(random);
    check_integers<std::uint64_t>(random);
    check_integers<long>(random);
    check_integers<unsigned long long>(random);
}

TEST_CASE("from_text: all texts of eight-bit integers and their neighbours", "[convert]") {
    for (int value = -1000; value <= 1000; ++value) {
        const std::string text = std::to_string(value);
        INFO(text);
        const auto narrow = lathe::from_text<std::int8_t>(text);
        const auto wide = lathe::from_text<std::uint8_t>(text);
        REQUIRE(narrow.has_value() == (value >= -128 && value <= 127));
        REQUIRE(wide.has_value() == (value >= 0 && value <= 255));
        if (narrow) REQUIRE(*narrow == value);
        if (wide) REQUIRE(*wide == value);
    }
}

template <class T, class Bits>
void check_floats(std::mt19937_64& random, const char* format) {
    for (std::size_t i = 0; i < lathe_test::rounds(5000); ++i) {
        const T value = std::bit_cast<T>(static_cast<Bits>(random()));
        char text[64];
        std::snprintf(text, sizeof text, format, static_cast<double>(value));
        if (std::isnan(value)) continue; // printf writes "-nan" for some
        const auto read = lathe::from_text<T>(text);
        INFO(text);
        if (std::fpclassify(value) == FP_SUBNORMAL && !read.has_value()) continue; // may be reported as out of range
        REQUIRE(read.has_value());
        REQUIRE(std::bit_cast<Bits>(*read) == std::bit_cast<Bits>(value));
    }
}

TEST_CASE("from_text: reads what printf writes, for floating-point numbers", "[convert]") {
    const std::uint64_t used = lathe_test::seed_of_run();
    INFO("LATHE_SEED=" << used);
    std::mt19937_64 random(used);
    check_floats<double, std::uint64_t>(random, "%.17g");
    check_floats<float, std::uint32_t>(random, "%.9g");
    check_floats<double, std::uint64_t>(random, "%.16e");
}

// The grammar of an integer, written down once more: blanks, a sign, digits, blanks.
bool is_integer(std::string_view text) {
    const std::string_view blanks = " \t\n\v\f\r";
    const std::size_t begin = text.find_first_not_of(blanks);
    if (begin == std::string_view::npos) return false;
    text = text.substr(begin, text.find_last_not_of(blanks) - begin + 1);
    if (text.front() == '+' || text.front() == '-') text.remove_prefix(1);
    return !text.empty() && text.find_first_not_of("0123456789") == std::string_view::npos;
}

TEST_CASE("from_text: random texts are integers where the grammar says so", "[convert]") {
    const std::uint64_t used = lathe_test::seed_of_run();
    INFO("LATHE_SEED=" << used);
    std::mt19937_64 random(used);
    const std::string_view letters = "0123456789+-. \tex\n";
    std::size_t integers = 0;
    for (std::size_t i = 0; i < lathe_test::rounds(20000); ++i) {
        std::string text(random() % 6, ' ');
        for (char& c : text)
            c = letters[random() % letters.size()];
        INFO('"' << text << '"');
        const bool expected = is_integer(text);
        integers += expected ? 1U : 0U;
        const auto read = lathe::from_text<long>(text);
        REQUIRE(read.has_value() == expected);
        if (expected) REQUIRE(*read == std::strtol(text.c_str(), nullptr, 10));
    }
    CHECK(integers > 0);
}

} // namespace
