// SPDX-License-Identifier: MIT
#ifndef LATHE_PERF_DETAIL_HUMAN_UNITS_HPP
#define LATHE_PERF_DETAIL_HUMAN_UNITS_HPP

/// @file
/// @brief Durations, sizes and counts as people read them, whatever the locale.

#include <algorithm>
#include <array>
#include <charconv>
#include <chrono>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>

namespace lathe {
inline namespace v0 {
namespace detail {

inline std::string fixed_text(double value, int places) {
    char digits[330]; // the largest double has 309 before the point
    return {digits, std::to_chars(digits, digits + sizeof digits, value, std::chars_format::fixed, places).ptr};
}

// Three digits that count, more only before the point: 1.23, 12.3, 123, 1234.
inline std::string rounded_text(double value) {
    const double size = std::abs(value);
    return fixed_text(value, size < 9.995 ? 2 : size < 99.95 ? 1 : 0);
}

// In the unit that leaves fewer than `step` before the point; the smallest unit has no fractions.
inline std::string scaled_text(double value, double step, std::span<const std::string_view> units) {
    std::size_t unit = 0;
    while (unit + 1 < units.size() && std::abs(value) >= step - 0.5) { // what would be rounded to `step`
        value /= step;
        ++unit;
    }
    std::string text = unit == 0 ? fixed_text(value, 0) : rounded_text(value);
    text += ' ';
    text += units[unit];
    return text;
}

inline std::string duration_text(std::chrono::nanoseconds time) {
    static constexpr std::array<std::string_view, 4> units{"ns", "us", "ms", "s"};
    return scaled_text(static_cast<double>(time.count()), 1000, units);
}

inline std::string bytes_text(double bytes) {
    static constexpr std::array<std::string_view, 5> units{"B", "KiB", "MiB", "GiB", "TiB"};
    return scaled_text(bytes, 1024, units);
}

// 1,234,567
inline std::string count_text(std::uint64_t count) {
    std::string text = std::to_string(count);
    for (std::size_t end = text.size(); end > 3; end -= 3)
        text.insert(end - 3, 1, ',');
    return text;
}

// The shortest text that reads back as the same number.
inline std::string number_text(double value) {
    char digits[64];
    return {digits, std::to_chars(digits, digits + sizeof digits, value).ptr};
}

// A bar for each count, up to the last that is not zero; what is not zero is seen, however large the others are.
inline std::string sparkline(std::span<const std::uint64_t> counts) {
    static constexpr std::array<std::string_view, 8> bars{"▁", "▂", "▃", "▄", "▅", "▆", "▇", "█"};
    const std::uint64_t most = counts.empty() ? 0 : *std::ranges::max_element(counts);
    std::string text;
    for (const std::uint64_t count : counts) {
        if (count == 0) {
            text += ' ';
            continue;
        }
        const double height = std::ceil(static_cast<double>(count) / static_cast<double>(most) * double{bars.size()});
        text += bars[std::min(bars.size(), static_cast<std::size_t>(height)) - 1];
    }
    text.resize(text.find_last_not_of(' ') + 1);
    return text;
}

} // namespace detail
} // namespace v0
} // namespace lathe

#endif // LATHE_PERF_DETAIL_HUMAN_UNITS_HPP
