// SPDX-License-Identifier: MIT
#ifndef LATHE_TASK_DETAIL_PARALLEL_CHECKS_HPP
#define LATHE_TASK_DETAIL_PARALLEL_CHECKS_HPP

/// @file
/// @brief What the callables of parallel loops must take and return.

#include <concepts>
#include <iterator>
#include <limits>
#include <type_traits>
#include <utility>

#include <lathe/task/detail/iteration.hpp>

namespace lathe {
inline namespace v0 {
namespace detail {

// Integers as std::cmp_less takes them.
template <class T>
concept loop_index =
    std::integral<T> && !std::same_as<T, bool> && !std::same_as<T, char> && !std::same_as<T, wchar_t> &&
    !std::same_as<T, char8_t> && !std::same_as<T, char16_t> && !std::same_as<T, char32_t>;

// What can be cut into chunks without a look at its elements.
template <class Range>
inline constexpr bool is_divisible =
    std::random_access_iterator<traversal_iterator<Range>> && sized_traversable<Range>; // compilers write out concepts

// How a callable does its work: element by element, or a chunk at a time.
enum class loop_form { elements, chunks, changes_itself, none };

template <class F, class Steps>
consteval loop_form find_loop_form() {
    using element = typename Steps::element;
    using position = typename Steps::position;
    if constexpr (std::is_invocable_v<const F&, element>) {
        return loop_form::elements;
    } else if constexpr (std::is_invocable_v<const F&, position, position>) {
        return loop_form::chunks;
    } else if constexpr (std::is_invocable_v<F&, element> || std::is_invocable_v<F&, position, position>) {
        return loop_form::changes_itself;
    } else {
        return loop_form::none;
    }
}

template <class F, class Steps>
struct loop_terms {
    static constexpr loop_form form = find_loop_form<F, Steps>();
    static constexpr bool is_callable = form != loop_form::none;
    static constexpr bool is_const = form != loop_form::changes_itself;
    static constexpr bool met = is_callable && is_const;
};

// Whether numbers of type From may be other numbers as T; whole numbers as floating-point ones are not meant.
template <class From, class T>
consteval bool is_cut_off() {
    if constexpr (!std::is_arithmetic_v<From> || !std::is_arithmetic_v<T>) {
        return false;
    } else if constexpr (std::integral<From> && std::floating_point<T>) {
        return false;
    } else if constexpr (std::floating_point<From> && std::integral<T>) {
        return true;
    } else {
        return std::numeric_limits<From>::digits > std::numeric_limits<T>::digits;
    }
}

template <class T, class F, class Steps>
auto result_of_loop() {
    using element = typename Steps::element;
    using position = typename Steps::position;
    if constexpr (loop_terms<F, Steps>::form == loop_form::elements) {
        return std::type_identity<std::invoke_result_t<const F&, element>>{};
    } else if constexpr (loop_terms<F, Steps>::form == loop_form::chunks) {
        return std::type_identity<std::invoke_result_t<const F&, position, position>>{};
    } else {
        return std::type_identity<T>{}; // f has its own message
    }
}

template <class T, class F, class Combine, class Steps>
struct reduce_terms {
    using result = typename decltype(result_of_loop<T, F, Steps>())::type;
    static constexpr bool moves = std::movable<T>;
    static constexpr bool converts = !moves || (std::is_constructible_v<T, result> && !std::is_void_v<result>);
    static constexpr bool keeps = !is_cut_off<std::remove_cvref_t<result>, T>();
    static constexpr bool combines = !moves || std::is_invocable_r_v<T, const Combine&, T, T>;
    static constexpr bool met = loop_terms<F, Steps>::met && moves && converts && keeps && combines;
};

// What a call with a mistake returns, so that the mistake gives no message but its own.
template <class T>
T after_an_error();

template <class Iterator>
consteval void refuse_iterators() {
    static_assert(!std::input_iterator<Iterator>,
                  "lathe::parallel_for, parallel_reduce: two iterators are no range; pass std::ranges::subrange(first, "
                  "last), or indices");
}

// Each says what is wrong with the arguments of a call, once for each.

template <class F, class Steps>
consteval bool check_parallel_for() {
    using terms = loop_terms<F, Steps>;
    static_assert(terms::is_callable,
                  "lathe::parallel_for: f can be called neither as f(i) for an index or element nor as f(begin, end) "
                  "for the bounds of a chunk; let it take one of the two");
    static_assert(terms::is_const,
                  "lathe::parallel_for: f may change itself when it is called, and several threads call it at a time; "
                  "take mutable away from the lambda, or make its operator() const");
    return terms::met;
}

template <class T, class F, class Combine, class Steps>
consteval bool check_parallel_reduce() {
    using loop = loop_terms<F, Steps>;
    using terms = reduce_terms<T, F, Combine, Steps>;
    static_assert(loop::is_callable,
                  "lathe::parallel_reduce: f can be called neither as f(i) for an index or element nor as "
                  "f(begin, end) for the bounds of a chunk; let it take one of the two and return a value");
    static_assert(loop::is_const,
                  "lathe::parallel_reduce: f may change itself when it is called, and several threads call it at a "
                  "time; take mutable away from the lambda, or make its operator() const");
    static_assert(terms::moves,
                  "lathe::parallel_reduce: values of init's type cannot be moved, and they go from thread to thread; "
                  "reduce to a std::unique_ptr to one");
    static_assert(terms::converts,
                  "lathe::parallel_reduce: what f returns cannot be converted to the type of init; let f return a "
                  "value of that type");
    static_assert(terms::keeps,
                  "lathe::parallel_reduce: init is of a smaller type than what f returns, so the result would be cut "
                  "off; write init in the type that the result shall have, such as 0.0 instead of 0");
    static_assert(terms::combines,
                  "lathe::parallel_reduce: combine must be callable as combine(T, T), as const, and return a T, where "
                  "T is the type of init");
    return terms::met;
}

} // namespace detail
} // namespace v0
} // namespace lathe

#endif // LATHE_TASK_DETAIL_PARALLEL_CHECKS_HPP
