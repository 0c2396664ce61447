// SPDX-License-Identifier: MIT
#ifndef LATHE_MODEL_DETAIL_DOCUMENT_SHAPES_HPP
#define LATHE_MODEL_DETAIL_DOCUMENT_SHAPES_HPP

/// @file
/// @brief How a type is read from a document: in one piece, as a model, as a list; and what a T is filled from.

#include <array>
#include <concepts>
#include <cstddef>
#include <string_view>
#include <tuple>
#include <type_traits>
#include <utility>

#include <lathe/model/described.hpp>
#include <lathe/model/detail/access.hpp>
#include <lathe/model/detail/codec.hpp>
#include <lathe/model/detail/document_types.hpp>
#include <lathe/model/detail/read_scalar.hpp>
#include <lathe/model/detail/store.hpp>

namespace lathe {
inline namespace v0 {
namespace detail {

// A T without a value: of a pair, tuple or variant from those of its parts, since only lathe can make some of them.
template <class T>
struct blank_maker {
    static constexpr bool possible = access::has_blank<T>();
    static T make() { return access::blank<T>(); }
};
template <class First, class Second>
    requires(!access::has_blank<std::pair<First, Second>>())
struct blank_maker<std::pair<First, Second>> {
    static constexpr bool possible = blank_maker<First>::possible && blank_maker<Second>::possible;
    static std::pair<First, Second> make() { return {blank_maker<First>::make(), blank_maker<Second>::make()}; }
};
template <class... Types>
    requires(!access::has_blank<std::tuple<Types...>>())
struct blank_maker<std::tuple<Types...>> {
    static constexpr bool possible = (blank_maker<Types>::possible && ...);
    static std::tuple<Types...> make() { return {blank_maker<Types>::make()...}; }
};
template <template <class...> class Variant, class First, class... Rest>
    requires(variant_like<Variant<First, Rest...>> && !access::has_blank<Variant<First, Rest...>>())
struct blank_maker<Variant<First, Rest...>> {
    static constexpr bool possible = blank_maker<First>::possible;
    static Variant<First, Rest...> make() {
        return Variant<First, Rest...>(std::in_place_index<0>, blank_maker<First>::make());
    }
};

template <class T>
inline constexpr bool can_be_made = blank_maker<T>::possible;

// A T to be filled.
template <class T>
T made_blank() {
    static_assert(can_be_made<T>,
                  "lathe::from_dict: an object of this type, or one of its members, cannot be made without a value; "
                  "give the member a default, or make it a std::optional");
    if constexpr (can_be_made<T>) {
        return blank_maker<T>::make();
    } else {
        __builtin_unreachable();
    }
}

template <class T>
inline constexpr bool is_array = false;
template <class T, std::size_t N>
inline constexpr bool is_array<T[N]> = true;
template <class T, std::size_t N>
inline constexpr bool is_array<std::array<T, N>> = true;

template <class T>
inline constexpr std::size_t array_size = 0;
template <class T, std::size_t N>
inline constexpr std::size_t array_size<T[N]> = N;
template <class T, std::size_t N>
inline constexpr std::size_t array_size<std::array<T, N>> = N;

// An element stands in its place at once, or must be complete before it goes in.
template <class T>
concept grows_in_place = requires(T& container) {
    { container.back() } -> std::same_as<typename T::value_type&>;
    container.push_back(std::declval<typename T::value_type>());
};

template <class T>
struct list_element {
    using type = typename range_element<T>::type;
};
template <map_like T> // the keys of which may change while they are read
struct list_element<T> {
    using type = std::pair<typename T::key_type, typename T::mapped_type>;
};

// A container that elements can be added to: any but std::forward_list and views.
template <class T>
concept fills_up = range_like<T> && (grows_in_place<T> || requires(T& container, typename list_element<T>::type&& element) {
    container.push_back(std::move(element));
} || requires(T& container, typename list_element<T>::type&& element) { container.insert(std::move(element)); });

template <class T>
struct alternatives;

enum class type_shape : unsigned char {
    none,
    property,
    dynamic,
    record,
    scalar,
    model,
    nullable,
    variant,
    map,
    list,
    array
};

template <class T>
consteval type_shape shape_in_document() {
    if constexpr (is_property<T>) {
        return type_shape::property;
    } else if constexpr (std::is_same_v<T, value> || std::is_same_v<T, list> || std::is_same_v<T, dict>) {
        return type_shape::dynamic;
    } else if constexpr (record_like<T>) {
        return type_shape::record;
    } else if constexpr (scalar_like<T>) {
        return type_shape::scalar;
    } else if constexpr (described<T>) {
        return name_store<T>::in_reach ? type_shape::model : type_shape::none;
    } else if constexpr (nullable<T>) {
        return type_shape::nullable;
    } else if constexpr (variant_like<T>) {
        return type_shape::variant;
    } else if constexpr (keyed_map<T>) {
        return type_shape::map;
    } else if constexpr (is_array<T> || tuple_like<T>) {
        return type_shape::array;
    } else if constexpr (fills_up<T>) {
        return type_shape::list;
    } else {
        return type_shape::none;
    }
}

// The kinds of values that are a type's own.
template <class T>
consteval kind_set kinds_of() {
    constexpr type_shape shape = shape_in_document<T>();
    if constexpr (shape == type_shape::property) {
        return kinds_of<typename rules_of<T>::value_type>();
    } else if constexpr (shape == type_shape::scalar) {
        return kinds_of_scalar<T>();
    } else if constexpr (shape == type_shape::model || shape == type_shape::map || shape == type_shape::record ||
                         std::is_same_v<T, dict>) {
        return set_of(value_kind::dict);
    } else if constexpr (shape == type_shape::nullable) {
        using held = std::remove_cvref_t<decltype(*std::declval<T&>())>;
        return static_cast<kind_set>(kinds_of<held>() | set_of(value_kind::null));
    } else if constexpr (shape == type_shape::variant) {
        return alternatives<T>::own_kinds();
    } else if constexpr (std::is_same_v<T, value>) {
        return all_kinds;
    } else {
        return set_of(value_kind::list);
    }
}

// Completes "36 is not ...".
template <class T>
consteval std::string_view expected_for() {
    constexpr type_shape shape = shape_in_document<T>();
    if constexpr (shape == type_shape::property) {
        return expected_for<typename rules_of<T>::value_type>();
    } else if constexpr (shape == type_shape::scalar) {
        return scalar_expected<T>();
    } else if constexpr (shape == type_shape::nullable) {
        return expected_for<std::remove_cvref_t<decltype(*std::declval<T&>())>>();
    } else if constexpr (kinds_of<T>() == set_of(value_kind::dict)) {
        return "a dict";
    } else if constexpr (kinds_of<T>() == set_of(value_kind::list)) {
        return "a list";
    } else {
        return "a value";
    }
}

} // namespace detail
} // namespace v0
} // namespace lathe

#endif // LATHE_MODEL_DETAIL_DOCUMENT_SHAPES_HPP
