// SPDX-License-Identifier: MIT
#ifndef LATHE_PERF_DETAIL_GLOB_HPP
#define LATHE_PERF_DETAIL_GLOB_HPP

/// @file
/// @brief Names chosen by a pattern.

#include <algorithm>
#include <cstddef>
#include <string_view>

#include <lathe/core/detail/utf8.hpp>

namespace lathe {
inline namespace v0 {
namespace detail {

// How many bytes the first character has; a byte that is no UTF-8 is a character of its own.
constexpr std::size_t character_size(std::string_view text) noexcept {
    return std::max<std::size_t>(1, utf8_sequence(text));
}

// `*` stands for any text, `?` for one character. Never slower than the product of both lengths.
constexpr bool matches_glob(std::string_view text, std::string_view pattern) noexcept {
    std::string_view after_star; // what has to follow the last star ...
    std::string_view tried;      // ... where it was tried last
    bool star = false;
    while (!text.empty()) {
        if (pattern.starts_with('*')) {
            pattern.remove_prefix(1);
            star = true;
            after_star = pattern;
            tried = text;
        } else if (pattern.starts_with('?')) {
            pattern.remove_prefix(1);
            text.remove_prefix(character_size(text));
        } else if (!pattern.empty() && pattern.front() == text.front()) {
            pattern.remove_prefix(1);
            text.remove_prefix(1);
        } else if (star) { // it takes one more
            tried.remove_prefix(character_size(tried));
            text = tried;
            pattern = after_star;
        } else {
            return false;
        }
    }
    return pattern.find_first_not_of('*') == std::string_view::npos;
}

// By `*` and `?` if it has any, else by a part of the text.
constexpr bool matches_filter(std::string_view text, std::string_view filter) noexcept {
    if (filter.find_first_of("*?") != std::string_view::npos) return matches_glob(text, filter);
    return text.find(filter) != std::string_view::npos;
}

} // namespace detail
} // namespace v0
} // namespace lathe

#endif // LATHE_PERF_DETAIL_GLOB_HPP
