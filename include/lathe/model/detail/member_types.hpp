// SPDX-License-Identifier: MIT
#ifndef LATHE_MODEL_DETAIL_MEMBER_TYPES_HPP
#define LATHE_MODEL_DETAIL_MEMBER_TYPES_HPP

/// @file
/// @brief The types of a model's members, and whether one of them is lathe's.

#include <cstddef>
#include <type_traits>
#include <utility>

#include <lathe/model/described.hpp>

namespace lathe {
inline namespace v0 {

/// Says that a type without a property or a field is a model all the same: text, hash and fmt then work for it as they
/// do for models. Specialise it: `template <> inline constexpr bool lathe::enable_model<point> = true;`.
///
/// Without that they would clash with what other libraries do for aggregates.
/// @tparam T the type.
template <class T>
inline constexpr bool enable_model = false;

namespace detail {

template <class... Types>
struct type_list {
    static constexpr std::size_t size = sizeof...(Types);
};

struct type_lister {
    template <class... Members>
    constexpr type_list<std::remove_cv_t<Members>...>
    operator()(const Members&...) const noexcept { // so bit-fields fit
        return {};
    }
};

template <class T>
using member_types = decltype(description<T>::apply(std::declval<const T&>(), type_lister{}));

template <class List>
inline constexpr bool any_property = false;
template <class... Types>
inline constexpr bool any_property<type_list<Types...>> = (property_like<Types> || ...);

// Whether the countable aggregate T has a property. Soft: what cannot be counted has none.
template <class T>
consteval bool has_property() {
    if constexpr (lists_fields<T>) {
        return any_property<member_types<T>>;
    } else if constexpr (made_of_fields<T>) {
        return !std::is_empty_v<T>; // a model has nothing else
    } else if constexpr (reflectable<T> && !std::is_empty_v<T>) {
        if constexpr (count_of<T>.kind == shape::countable && count_of<T>.members > 0) {
            // Not by its description, which would insist on names.
            return any_property<decltype(binder<count_of<T>.members>::apply(std::declval<const T&>(), type_lister{}))>;
        } else {
            return false;
        }
    } else {
        return false;
    }
}

// The types for which lathe specialises other people's templates.
template <class T>
concept enabled_model = described<T> && (enable_model<T> || adapted<T> || has_property<T>());

} // namespace detail
} // namespace v0
} // namespace lathe

#endif // LATHE_MODEL_DETAIL_MEMBER_TYPES_HPP
