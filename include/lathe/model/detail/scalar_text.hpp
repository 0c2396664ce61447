// SPDX-License-Identifier: MIT
#ifndef LATHE_MODEL_DETAIL_SCALAR_TEXT_HPP
#define LATHE_MODEL_DETAIL_SCALAR_TEXT_HPP

/// @file
/// @brief Numbers, truth values and strings as text, without fmt: the throwing paths of properties need no more.

#include <charconv>
#include <concepts>
#include <cstddef>
#include <string>
#include <string_view>
#include <type_traits>

#include <lathe/core/detail/visible_text.hpp>

namespace lathe {
inline namespace v0 {
namespace detail {

// char and its kin are letters, not numbers.
template <class T>
inline constexpr bool is_character =
    std::is_same_v<T, char> || std::is_same_v<T, wchar_t> || std::is_same_v<T, char8_t> ||
    std::is_same_v<T, char16_t> || std::is_same_v<T, char32_t>;

template <class T>
concept integer = std::is_integral_v<T> && !std::is_same_v<T, bool> && !is_character<T>;

template <class T>
concept number = integer<T> || std::is_floating_point_v<T>;

// What can be read as text without making a copy.
template <class T>
concept string_like = std::is_convertible_v<const T&, std::string_view> && !std::is_null_pointer_v<T>;

template <number T>
void write_number(std::string& out, T value) {
    char digits[64]; // the shortest form of any number that the standard library has fits
    const auto end = std::to_chars(digits, digits + sizeof digits, value).ptr;
    out.append(digits, end);
}

template <class T>
concept scalar = std::is_same_v<T, bool> || std::is_same_v<T, char> || number<T> || string_like<T>;

template <scalar T>
void write_scalar(std::string& out, const T& value) {
    if constexpr (std::is_same_v<T, bool>) {
        out += value ? "true" : "false";
    } else if constexpr (std::is_same_v<T, char>) {
        write_quoted(out, {&value, 1}, '\'');
    } else if constexpr (number<T>) {
        write_number(out, value);
    } else {
        write_quoted(out, value);
    }
}

template <scalar T>
[[nodiscard]] std::string scalar_text(const T& value) {
    std::string out;
    write_scalar(out, value);
    return out;
}

// A text as messages show it: not all of a long one.
inline std::string shortened(std::string text) {
    constexpr std::size_t most = 200;
    if (text.size() > most) {
        const std::size_t size = text.size();
        std::size_t end = most;
        while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xC0U) == 0x80U)
            --end; // not inside a letter
        text.resize(end);
        text += "... (";
        write_number(text, size);
        text += " bytes)";
    }
    return text;
}

} // namespace detail
} // namespace v0
} // namespace lathe

#endif // LATHE_MODEL_DETAIL_SCALAR_TEXT_HPP
