// SPDX-License-Identifier: MIT
#ifndef LATHE_TASK_DETAIL_ITERATION_HPP
#define LATHE_TASK_DETAIL_ITERATION_HPP

/// @file
/// @brief What can be gone through; a tenth of the cost of <ranges>.

#include <concepts>
#include <cstddef>
#include <iterator>
#include <utility>

namespace lathe {
inline namespace v0 {
namespace detail {

template <class Range>
concept traversable = requires(Range& range) {
    { std::ranges::begin(range) } -> std::input_iterator;
    std::ranges::end(range);
};
template <class Range>
concept sized_traversable = traversable<Range> && requires(Range& range) { std::ranges::size(range); };

template <traversable Range>
using traversal_iterator = decltype(std::ranges::begin(std::declval<Range&>()));
template <traversable Range>
using traversed_element = std::iter_value_t<traversal_iterator<Range>>;

template <traversable Range>
[[nodiscard]] std::size_t size_hint_of(Range& range) {
    if constexpr (sized_traversable<Range>) {
        return static_cast<std::size_t>(std::ranges::size(range));
    } else {
        return 0;
    }
}

} // namespace detail
} // namespace v0
} // namespace lathe

#endif // LATHE_TASK_DETAIL_ITERATION_HPP
