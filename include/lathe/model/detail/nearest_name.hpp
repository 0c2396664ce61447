// SPDX-License-Identifier: MIT
#ifndef LATHE_MODEL_DETAIL_NEAREST_NAME_HPP
#define LATHE_MODEL_DETAIL_NEAREST_NAME_HPP

/// @file
/// @brief The known name that somebody who mistyped one may have meant.

#include <array>
#include <cstddef>
#include <string_view>

namespace lathe {
inline namespace v0 {
namespace detail {

// Longer names are not compared: hostile input must not buy quadratic work.
inline constexpr std::size_t longest_compared_name = 64;

// Not std::min: <algorithm> would cost more to include than all of this.
constexpr std::size_t lesser(std::size_t a, std::size_t b) noexcept {
    return b < a ? b : a;
}

// How many letters must be put in, left out, changed or swapped with their neighbour to make one name of the other, no
// place being edited twice. Neither may be longer than longest_compared_name.
inline std::size_t edit_distance(std::string_view from, std::string_view to) noexcept {
    using row = std::array<std::size_t, longest_compared_name + 1>;
    row above_last{}; // of which a swap needs the last but one row
    row last{};
    row current{};
    for (std::size_t j = 0; j <= to.size(); ++j)
        current[j] = j;
    for (std::size_t i = 1; i <= from.size(); ++i) {
        above_last = last;
        last = current;
        current[0] = i;
        for (std::size_t j = 1; j <= to.size(); ++j) {
            std::size_t edits = last[j - 1] + (from[i - 1] != to[j - 1] ? 1 : 0);
            edits = lesser(edits, lesser(last[j], current[j - 1]) + 1);
            if (i > 1 && j > 1 && from[i - 1] == to[j - 2] && from[i - 2] == to[j - 1])
                edits = lesser(edits, above_last[j - 2] + 1);
            current[j] = edits;
        }
    }
    return current[to.size()];
}

// The name that takes the fewest edits to get to from the one given, the first of them when several do; empty when that
// is more than one edit for every three letters, and more than one at all. Names is any range of string_views.
template <class Names>
std::string_view nearest_name(std::string_view given, const Names& names) noexcept {
    if (given.size() > longest_compared_name) return {};
    std::size_t allowed = given.size() < 6 ? 1 : given.size() / 3;
    std::string_view nearest;
    bool found = false;
    for (const std::string_view name : names) {
        if (name.size() > longest_compared_name) continue;
        const std::size_t distance = edit_distance(given, name);
        if (distance > allowed || (found && distance == allowed)) continue;
        allowed = distance;
        nearest = name;
        found = true;
    }
    return nearest;
}

} // namespace detail
} // namespace v0
} // namespace lathe

#endif // LATHE_MODEL_DETAIL_NEAREST_NAME_HPP
