// SPDX-License-Identifier: MIT
#ifndef LATHE_MODEL_DETAIL_COMMIT_HPP
#define LATHE_MODEL_DETAIL_COMMIT_HPP

/// @file
/// @brief The last step of a change: the new value takes the place of the old one, or the old one stays.

#include <optional>
#include <string>
#include <type_traits>
#include <utility>
#include <vector>

namespace lathe {
inline namespace v0 {
namespace detail {

// Assignment either works or leaves the target as it was.
template <class T, class U>
inline constexpr bool assigns_at_once = std::is_nothrow_assignable_v<T&, U> || std::is_trivially_assignable_v<T&, U>;
// [string.require]: a member function of a string that throws has no other effect.
template <class U>
inline constexpr bool assigns_at_once<std::string, U> = true;

// A swap is undefined where allocators differ and do not travel with it: std::pmr's containers, and whatever
// the standard library wraps around them and swaps in their way. std::allocator_traits, std::tuple_size,
// std::destroy_at and std::construct_at come with <vector>: <memory> would cost more than all of this.
template <class T>
concept swaps_its_parts =
    requires { std::tuple_size<T>::value; } || requires(const T& t) { t.valueless_by_exception(); } || requires(T& t) {
        t.emplace(std::declval<typename T::value_type>());
        t.has_value();
    };
template <class T>
inline constexpr bool swaps_safely = std::is_nothrow_swappable_v<T> && !swaps_its_parts<T>;
template <class T>
    requires requires { typename T::allocator_type; }
inline constexpr bool swaps_safely<T> =
    std::is_nothrow_swappable_v<T> &&
    (std::allocator_traits<typename T::allocator_type>::is_always_equal::value ||
     std::allocator_traits<typename T::allocator_type>::propagate_on_container_swap::value);

// Cannot fail, unlike the assignment of some types whose construction cannot.
template <class T>
constexpr void make_anew(T& target, T&& next) noexcept {
    static_assert(std::is_nothrow_move_constructible_v<T>);
    std::destroy_at(&target);
    std::construct_at(&target, std::move(next));
}

template <class T>
constexpr void assign_or_restore(T& target, T&& next) {
    if constexpr (std::is_copy_constructible_v<T>) {
        T old(target);
        try {
            target = std::move(next);
        } catch (...) {
            if constexpr (std::is_nothrow_move_constructible_v<T>) {
                make_anew(target, std::move(old));
            } else {
                target = std::move(old);
            }
            throw;
        }
    } else if constexpr (std::is_nothrow_move_constructible_v<T>) {
        make_anew(target, std::move(next));
    } else {
        target = std::move(next);
    }
}

// Where neither a move nor a swap of T can promise not to throw, the old value is put back when it does.
template <class T>
constexpr void commit(T& target, T&& next) {
    if constexpr (std::is_nothrow_move_assignable_v<T>) {
        target = std::move(next);
    } else if constexpr (swaps_safely<T>) {
        using std::swap; // or T's own, which is the one that promises
        swap(target, next);
    } else {
        assign_or_restore(target, std::move(next));
    }
}

} // namespace detail
} // namespace v0
} // namespace lathe

#endif // LATHE_MODEL_DETAIL_COMMIT_HPP
