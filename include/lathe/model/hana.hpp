// SPDX-License-Identifier: MIT
#ifndef LATHE_MODEL_HANA_HPP
#define LATHE_MODEL_HANA_HPP

/// @file
/// @brief Models are Boost.Hana Structs, and Hana's Structs are models. There is nothing to call: including it does it.
///
/// **A model is a Hana Struct** if it has a property or a field, or says `enable_model` and is not empty. Its keys are
/// the names of its fields as `hana::string`, its members the properties themselves: an assignment through
/// `hana::at_key` is checked like any other. `hana::equal` takes a model's own `operator==`, else compares its fields.
/// Include those of Hana's algorithms that you use, such as <boost/hana/at_key.hpp>. A type that has Hana accessors of
/// its own keeps them.
///
/// **A Hana Struct is described**, by BOOST_HANA_DEFINE_STRUCT, ADAPT_STRUCT, ADAPT_ADT or its own `accessors_impl`:
/// text, fmt, equality, order, hash, fields by name, validation, `try_make`, `read_csv` take it. Its fields are what
/// its accessors reach, under the names that Hana knows, even if lathe could count its members itself: no others, such
/// as those that a derived class adds. Only a list by `lathe::fields` goes before that. Keys that are no `hana::string`
/// name no field, so such a Struct is to lathe what it is without Hana.
///
/// A field whose accessor returns a value can be read by whatever looks at all fields (text, comparison, hash,
/// validation, `for_each_field`), not by `get`, which returns a reference; one whose accessor returns a const reference
/// can be read by all. Neither can be changed. What does not work does not compile.
///
/// @par Order of includes
/// Include it before lathe is asked about a Hana Struct, in each file that does so, best where the Struct is defined:
/// without it an aggregate is described by its members, and the files of a program must not disagree.
/// @par Example
/// @ref examples/hana.cpp

#include <concepts>
#include <cstddef>
#include <type_traits>
#include <utility>

#include <boost/hana/accessors.hpp>
#include <boost/hana/at.hpp>
#include <boost/hana/concept/struct.hpp>
#include <boost/hana/core/tag_of.hpp>
#include <boost/hana/core/when.hpp>
#include <boost/hana/first.hpp>
#include <boost/hana/fwd/equal.hpp>
#include <boost/hana/pair.hpp>
#include <boost/hana/second.hpp>
#include <boost/hana/string.hpp>
#include <boost/hana/tuple.hpp>
#include <boost/hana/unpack.hpp>

#include <lathe/model/compare.hpp>
#include <lathe/model/described.hpp>
#include <lathe/model/detail/member_name.hpp>
#include <lathe/model/detail/member_types.hpp>
#include <lathe/model/named.hpp>

namespace lathe {
inline namespace v0 {
namespace detail {

// ---- a model as a Hana Struct ----

// Whether lathe tells Hana about T. Not by enabled_model: that asks for T's description, which may be Hana's.
template <class T>
consteval bool told_to_hana() {
    if constexpr (!std::is_class_v<T>) {
        return false;
    } else if constexpr (!requires { sizeof(T); }) {
        return false; // Hana asks about its tags too, and some of them are never defined
    } else if constexpr (std::is_empty_v<T> || requires { typename T::hana_accessors_impl; }) {
        return false;
    } else if constexpr (enable_model<T>) {
        return reflectable<T> || lists_fields<T> || made_of_fields<T>;
    } else {
        return has_property<T>();
    }
}

// The field itself, as `model.field` would be.
template <class Model, std::size_t Index>
struct field_accessor {
    template <class Object>
    constexpr decltype(auto) operator()(Object&& object) const noexcept {
        constexpr member_picker<Index> pick{}; // no temporary, which g++ 13 would think the member belongs to
        auto& member = description<Model>::apply(object, pick);
        if constexpr (std::is_lvalue_reference_v<Object>) {
            return (member);
        } else {
            return std::move(member);
        }
    }
};

template <class Model>
struct accessors_of_model {
    using from_lathe = Model; // so lathe does not take them for Hana's own

    static constexpr auto apply() { return all(std::make_index_sequence<field_count<Model>>{}); }

private:
    template <std::size_t... Index>
    static constexpr auto all(std::index_sequence<Index...>) {
        return boost::hana::make_tuple(
            boost::hana::make_pair(key<Index>(std::make_index_sequence<field_names<Model>[Index].size()>{}),
                                   field_accessor<Model, Index>{})...);
    }
    template <std::size_t Index, std::size_t... At>
    static constexpr auto key(std::index_sequence<At...>) {
        return boost::hana::string_c<field_names<Model>[Index][At]...>;
    }
};

// ---- a Hana Struct as a model ----

template <class T>
using hana_tag = typename boost::hana::tag_of<T>::type;

struct pair_lister {
    template <class... Pairs>
    constexpr type_list<Pairs...> operator()(const Pairs&...) const noexcept {
        return {};
    }
};

// The pairs of a key and an accessor that Hana keeps for T.
template <class T>
using hana_pairs = decltype(boost::hana::unpack(boost::hana::accessors<hana_tag<T>>(), pair_lister{}));

template <class Pair>
using hana_key = std::remove_cvref_t<decltype(boost::hana::first(std::declval<const Pair&>()))>;

// What the accessor makes of an Object&: a reference to the field, or a value.
template <class Object, class Pair>
using accessed = decltype(boost::hana::second(std::declval<const Pair&>())(std::declval<Object&>()));

template <class Key>
inline constexpr bool names_a_field = false;
template <char... Characters>
inline constexpr bool names_a_field<boost::hana::string<Characters...>> = true;

template <class Pairs>
inline constexpr bool all_named = false;
template <class... Pairs>
inline constexpr bool all_named<type_list<Pairs...>> = (names_a_field<hana_key<Pairs>> && ...);

template <class T>
consteval bool told_by_hana() {
    if constexpr (!boost::hana::Struct<hana_tag<T>>::value) {
        return false;
    } else if constexpr (requires { typename boost::hana::accessors_impl<hana_tag<T>>::from_lathe; }) {
        return false;
    } else {
        return all_named<hana_pairs<T>>;
    }
}

template <class T>
concept hana_struct = std::is_class_v<T> && !lists_fields<T> && !made_of_fields<T> && told_by_hana<T>();

template <char... Characters>
consteval literal_text text_of(boost::hana::string<Characters...> key) noexcept {
    return {key.c_str(), sizeof...(Characters)};
}

// Whether Given is a reference to what an Object holds, const only if the Object is.
template <class Object, class Given>
inline constexpr bool stays =
    std::is_lvalue_reference_v<Given> && (std::is_const_v<Object> || !std::is_const_v<std::remove_reference_t<Given>>);

// Stands for a field after a failed static_assert, so that nothing else fails.
template <class Given>
std::remove_cvref_t<Given>& missing_field() noexcept {
    __builtin_unreachable();
}

template <class T, class Pairs>
struct description_by_hana;
template <class T, class... Pairs>
struct description_by_hana<T, type_list<Pairs...>> {
    using adapts = hana_tag<T>;
    static constexpr std::size_t count = sizeof...(Pairs);

    static consteval raw_names<count> names() { return {{text_of(hana_key<Pairs>{})...}}; }

    template <class Object, class F>
    static constexpr decltype(auto) apply(Object& object, F&& f) {
        constexpr bool all_stay = (stays<Object, accessed<Object, Pairs>> && ...);
        // Values live as long as the call; whoever takes nothing but lvalues means to keep a reference.
        constexpr bool reads = std::is_const_v<Object> && requires { f(std::declval<accessed<Object, Pairs>>()...); };
        constexpr bool can_be_kept = all_stay || reads || !std::is_const_v<Object>;
        constexpr bool can_be_changed = all_stay || std::is_const_v<Object>;
        static_assert(
            can_be_kept,
            "lathe::described: the Hana accessor of a field returns a value, which no reference can outlive; let it "
            "return a reference, or read the field by lathe::for_each_field");
        static_assert(
            can_be_changed,
            "lathe::described: a field of this Hana Struct cannot be changed, for its accessor returns a value or a "
            "const reference; let it return a reference to the member");
        if constexpr (can_be_kept && can_be_changed) {
            return boost::hana::unpack(boost::hana::accessors<adapts>(), [&](const auto&... pairs) -> decltype(auto) {
                return static_cast<F&&>(f)(boost::hana::second(pairs)(object)...);
            });
        } else {
            return static_cast<F&&>(f)(missing_field<accessed<Object, Pairs>>()...);
        }
    }

    // One field, by get, set and try_make: how the others are accessed does not matter.
    template <class Object, std::size_t Index>
    static constexpr auto& apply(Object& object, member_picker<Index>) {
        using pair = std::remove_cvref_t<decltype(boost::hana::at_c<Index>(boost::hana::accessors<adapts>()))>;
        using alone = description_by_hana<T, type_list<pair>>;
        if constexpr (stays<Object, accessed<Object, pair>>) {
            return boost::hana::second(boost::hana::at_c<Index>(boost::hana::accessors<adapts>()))(object);
        } else {
            return alone::apply(object, [](auto& field) -> auto& { return field; }); // which says what is wrong
        }
    }
};

template <hana_struct T>
struct description<T> : description_by_hana<T, hana_pairs<T>> {};
// The same, so that Hana's word goes before the members of an aggregate.
template <class T>
    requires(reflectable<T> && hana_struct<T>)
struct description<T> : description_by_hana<T, hana_pairs<T>> {};

} // namespace detail
} // namespace v0
} // namespace lathe

/// @cond detail
// Doxygen 1.9 does not find the scope of specialisations of other people's templates.
/// Tells Hana the fields of a model.
template <class Model>
struct boost::hana::accessors_impl<Model, boost::hana::when<lathe::detail::told_to_hana<Model>()>>
    : lathe::detail::accessors_of_model<Model> {};

/// Compares models as their `operator==` does, else field by field. Hana itself cannot tell which of the two to take.
template <class Model>
    requires(lathe::detail::told_to_hana<Model>())
struct boost::hana::equal_impl<Model, Model> {
    /// @param a one model.
    /// @param b another.
    /// @return whether they are equal.
    static constexpr bool apply(const Model& a, const Model& b) {
        if constexpr (std::equality_comparable<Model>) {
            return a == b;
        } else {
            return lathe::equal(a, b);
        }
    }
};
/// @endcond

#endif // LATHE_MODEL_HANA_HPP
