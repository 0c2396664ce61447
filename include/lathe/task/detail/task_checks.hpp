// SPDX-License-Identifier: MIT
#ifndef LATHE_TASK_DETAIL_TASK_CHECKS_HPP
#define LATHE_TASK_DETAIL_TASK_CHECKS_HPP

/// @file
/// @brief What must hold of what is given to a scheduler, and the sentences if it does not.

#include <concepts>
#include <ranges>
#include <string_view>
#include <type_traits>

#include <lathe/core/concepts.hpp>
#include <lathe/task/detail/task_call.hpp>
#include <lathe/task/observer.hpp>
#include <lathe/task/options.hpp>

namespace lathe {
inline namespace v0 {
namespace detail {

template <class Observer>
concept is_observer_of_tasks = task_observer<Observer> || observer<Observer>;

// A first argument that is the task itself, neither its id nor options.
template <class F, class... Args>
concept not_options = !std::convertible_to<F, std::string_view> && !std::same_as<std::remove_cvref_t<F>, task_options>;

template <class Range>
concept range_of_tasks = std::ranges::input_range<Range> && std::invocable<std::ranges::range_value_t<Range>&>;

template <class Terms, class F, class... Args>
consteval void check_task() {
    constexpr bool by_value = std::is_invocable_v<std::decay_t<F>&, std::decay_t<Args>&...>;
    static_assert(
        Terms::is_callable || !by_value,
        "lathe::task_scheduler: f takes one of its arguments by a reference that is not const, and would get a "
        "copy; pass std::ref(argument)");
    static_assert(
        Terms::is_callable || by_value,
        "lathe::task_scheduler: f cannot be called with these arguments; they are passed as copies, and a task "
        "is (f, args...), (\"id\", f, args...) or (options, f, args...)");
}

} // namespace detail
} // namespace v0
} // namespace lathe

#endif // LATHE_TASK_DETAIL_TASK_CHECKS_HPP
