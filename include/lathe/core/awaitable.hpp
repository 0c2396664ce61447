// SPDX-License-Identifier: MIT
#ifndef LATHE_CORE_AWAITABLE_HPP
#define LATHE_CORE_AWAITABLE_HPP

/// @file
/// @brief What can stand behind `co_await`.
/// @par Example
/// @snippet tests/core/awaitable.cpp example

#include <concepts>
#include <coroutine>
#include <type_traits>
#include <utility>

namespace lathe {
inline namespace v0 {
namespace detail {

template <class T>
inline constexpr bool is_coroutine_handle = false;
template <class Promise>
inline constexpr bool is_coroutine_handle<std::coroutine_handle<Promise>> = true;

// What await_suspend may return: nothing, whether to suspend, or who goes on.
template <class T>
concept suspension = std::is_void_v<T> || std::same_as<T, bool> || is_coroutine_handle<T>;

// Variables, not concepts: an operator co_await may itself ask whether something else is awaitable, and g++ 12 answers
// a concept wrongly while it is about to answer it.
template <class T, class = void>
inline constexpr bool has_member_co_await = false;
template <class T>
inline constexpr bool has_member_co_await<T, std::void_t<decltype(std::declval<T>().operator co_await())>> = true;
template <class T, class = void>
inline constexpr bool has_free_co_await = false;
template <class T>
inline constexpr bool has_free_co_await<T, std::void_t<decltype(operator co_await(std::declval<T>()))>> = true;

} // namespace detail

/// What `co_await` asks: whether to wait, to be waited for, and for the result.
///
/// @par Requires
/// `a.await_ready()` converts to bool, `a.await_suspend(handle)` with a `std::coroutine_handle<Promise>` returns
/// nothing, a bool or a coroutine handle, and `a.await_resume()` compiles; all of an lvalue `a`.
/// @tparam Promise of the coroutine that waits. With void only what does not depend on that coroutine is asked:
/// await_suspend, which may be made for some coroutines only, is left out.
template <class T, class Promise = void>
concept awaiter = requires(T& a) {
    { a.await_ready() } -> std::convertible_to<bool>;
    a.await_resume();
} && (std::is_void_v<Promise> || requires(T& a, std::coroutine_handle<Promise> waiting) {
                      { a.await_suspend(waiting) } -> detail::suspension;
                  });

namespace detail {

// What is awaited gives its awaiter by an operator co_await, or is one itself.
template <class T>
struct awaiter_source {
    using type = std::add_rvalue_reference_t<T>;
    static constexpr bool is_nothrow = true;
};
template <class T>
    requires(has_member_co_await<T>)
struct awaiter_source<T> {
    using type = decltype(std::declval<T>().operator co_await());
    static constexpr bool is_nothrow = noexcept(std::declval<T>().operator co_await());
};
template <class T>
    requires(has_free_co_await<T> && !has_member_co_await<T>)
struct awaiter_source<T> {
    using type = decltype(operator co_await(std::declval<T>()));
    static constexpr bool is_nothrow = noexcept(operator co_await(std::declval<T>()));
};
template <class T>
using awaiter_of_t = typename awaiter_source<T>::type;

template <class T>
constexpr awaiter_of_t<T> awaiter_of(T&& awaited) noexcept(awaiter_source<T>::is_nothrow) {
    if constexpr (has_member_co_await<T>) {
        return static_cast<T&&>(awaited).operator co_await();
    } else if constexpr (has_free_co_await<T>) {
        return operator co_await(static_cast<T&&>(awaited));
    } else {
        return static_cast<T&&>(awaited);
    }
}

} // namespace detail

/// Something that a coroutine can await: an awaiter, or what an `operator co_await`, its member or not, makes one of.
///
/// The value category counts: `awaitable<T&>` asks about an lvalue, `awaitable<T>` about an rvalue. What only the
/// promise of some coroutines can await, by its await_transform, is no awaitable here.
/// @tparam Promise of the coroutine that waits; void as for `awaiter`.
template <class T, class Promise = void>
concept awaitable = awaiter<detail::awaiter_of_t<T>, Promise>;

/// What `co_await` of a `T` gives: a value, a reference or void.
/// @tparam T an awaitable; with & for an lvalue.
template <awaitable T>
using await_result_t = decltype(std::declval<detail::awaiter_of_t<T>&>().await_resume());

} // namespace v0
} // namespace lathe

#endif // LATHE_CORE_AWAITABLE_HPP
