// SPDX-License-Identifier: MIT
#ifndef LATHE_META_DETAIL_SINGLETON_CHECKS_HPP
#define LATHE_META_DETAIL_SINGLETON_CHECKS_HPP

/// @file
/// @brief Whether a class lets nobody make a second object.

#include <type_traits>

namespace lathe {
inline namespace v0 {
namespace detail {

// Functions, since concepts are asked with the rights of who asks, who may be a friend of T; these have none.
template <class T, class... Args>
consteval bool made_by_anyone() {
    return requires(Args&&... args) { ::new T(static_cast<Args&&>(args)...); };
}
template <class T>
consteval bool copied_by_anyone() {
    return made_by_anyone<T, const T&>() || made_by_anyone<T, T&>() || made_by_anyone<T, T>();
}

// Whether there can be one object only; if not, one sentence.
template <class T, class Base>
consteval bool is_single() {
    constexpr bool inherits = std::is_base_of_v<Base, T>;
    static_assert(inherits,
                  "lathe::singleton<T>: T must inherit from its own singleton; write "
                  "class T : public lathe::singleton<T>, with the same lifetime wherever T is used");
    if constexpr (inherits) {
        constexpr bool is_closed = !made_by_anyone<T>();
        static_assert(is_closed,
                      "lathe::singleton<T>: the constructor of T is public, so there could be two; make it "
                      "private, and write friend lathe::singleton<T>");
        constexpr bool is_unique = !is_closed || !copied_by_anyone<T>();
        static_assert(is_unique,
                      "lathe::singleton<T>: T can be copied or moved, so there could be two; delete its "
                      "copy and move constructors, or do not write any");
        return is_closed && is_unique;
    } else {
        return false;
    }
}

} // namespace detail
} // namespace v0
} // namespace lathe

#endif // LATHE_META_DETAIL_SINGLETON_CHECKS_HPP
