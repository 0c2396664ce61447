// SPDX-License-Identifier: MIT
#ifndef LATHE_TASK_DETAIL_TASK_CHECKS_HPP
#define LATHE_TASK_DETAIL_TASK_CHECKS_HPP

/// @file
/// @brief What must hold of what is given to a scheduler, and the sentences if it does not.

#include <concepts>
#include <string_view>
#include <type_traits>

#include <lathe/core/concepts.hpp>
#include <lathe/task/detail/iteration.hpp>
#include <lathe/task/detail/task_call.hpp>
#include <lathe/task/observer.hpp>
#include <lathe/task/options.hpp>

namespace lathe {
inline namespace v0 {
namespace detail {

template <class Observer>
concept is_observer_of_tasks = task_observer<Observer> || observer<Observer>;

// A first argument that is the task itself, neither its id nor options.
template <class F>
concept not_options = !std::convertible_to<F, std::string_view> && !std::same_as<std::remove_cvref_t<F>, task_options>;

// What is known of a task that is to call f(args...), given as F and Args.
template <class F, class... Args>
struct task_terms : call_terms<std::decay_t<F>, std::decay_t<Args>...> {
    using base = call_terms<std::decay_t<F>, std::decay_t<Args>...>;

    static constexpr bool starts_with_task = !std::convertible_to<F, std::string_view>;
    static constexpr bool has_options_first = !std::same_as<std::remove_cvref_t<F>, task_options> &&
                                              (!std::same_as<std::remove_cvref_t<Args>, task_options> && ...);
    static constexpr bool can_be_kept =
        std::is_constructible_v<std::decay_t<F>, F> && (std::is_constructible_v<std::decay_t<Args>, Args> && ...);
    static constexpr bool takes_copies =
        base::is_callable || !std::is_invocable_v<std::decay_t<F>&, std::decay_t<Args>&...>;
    static constexpr bool is_kept_result = !std::is_rvalue_reference_v<typename base::result>;

    static constexpr bool is_task =
        starts_with_task && has_options_first && can_be_kept && base::is_callable && is_kept_result;
};

// Only the first thing that is wrong makes an error.
template <class Terms>
consteval void check_task() {
    if constexpr (!Terms::has_options_first) {
        static_assert(Terms::has_options_first,
                      "lathe::task_scheduler: the options come first: add({.id = \"x\"}, f, arguments...)");
    } else if constexpr (!Terms::starts_with_task) {
        static_assert(Terms::starts_with_task,
                      "lathe::task_scheduler: the id is a member of the options: add({.id = \"x\"}, f, arguments...)");
    } else if constexpr (!Terms::can_be_kept) {
        static_assert(Terms::can_be_kept,
                      "lathe::task_scheduler: f or one of its arguments can be neither copied nor moved into the task; "
                      "std::move it, or pass std::ref(argument)");
    } else if constexpr (!Terms::takes_copies) {
        static_assert(Terms::takes_copies,
                      "lathe::task_scheduler: f takes one of its arguments by a reference that is not const, and would "
                      "get a copy; pass std::ref(argument)");
    } else if constexpr (!Terms::is_callable) {
        static_assert(
            Terms::is_callable,
            "lathe::task_scheduler: f cannot be called with these arguments; they are passed as copies, and a "
            "task is (f, args...), (\"id\", f, args...) or (options, f, args...)");
    } else {
        static_assert(Terms::is_kept_result,
                      "lathe::task_scheduler: f returns an rvalue reference, to what may be gone when it is asked for; "
                      "return a value");
    }
}

template <class Range>
inline constexpr bool has_tasks = std::invocable<traversed_element<Range>&>;

template <class Range>
consteval void check_range_of_tasks() {
    static_assert(has_tasks<Range>,
                  "lathe::task_scheduler: the elements of the range cannot be called without arguments; "
                  "give f as well: add_range(range, f)");
}

} // namespace detail
} // namespace v0
} // namespace lathe

#endif // LATHE_TASK_DETAIL_TASK_CHECKS_HPP
