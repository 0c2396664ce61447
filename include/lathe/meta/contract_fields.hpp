// SPDX-License-Identifier: MIT
#ifndef LATHE_META_CONTRACT_FIELDS_HPP
#define LATHE_META_CONTRACT_FIELDS_HPP

/// @file
/// @brief Requirements about the fields of models: that they are there, their types, their rules.
/// @par Example
/// @ref examples/contract.cpp

#include <cstddef>
#include <string_view>
#include <type_traits>

#include <lathe/core/fixed_string.hpp>
#include <lathe/meta/contract.hpp>
#include <lathe/meta/detail/contract_rule_words.hpp>
#include <lathe/meta/detail/contract_words.hpp>
#include <lathe/model/described.hpp>
#include <lathe/model/detail/member_types.hpp>
#include <lathe/model/detail/store.hpp>
#include <lathe/model/property.hpp>

namespace lathe {
inline namespace v0 {
namespace detail {

// Whether T's fields can be looked at. Soft, for any T; name_store has the sentences for those who insist.
template <class T>
consteval bool fields_in_reach() {
    if constexpr (!std::is_class_v<T>) {
        return false;
    } else if constexpr (!requires { sizeof(T); }) { // incomplete
        return false;
    } else if constexpr (!described<T>) {
        return false;
    } else {
        return shape_of<T>() == shape::countable;
    }
}

struct of_any_type;

template <auto Value>
struct same_rule;

// Whether a field has a rule: the very same, arguments and all.
template <class Member, auto Rule>
inline constexpr bool has_rule = false;
template <class T, auto... Rules, auto Rule>
inline constexpr bool has_rule<property<T, Rules...>, Rule> =
    (std::is_same_v<same_rule<Rules>, same_rule<Rule>> || ...);

template <class Type>
struct type_question {
    template <class Member>
    static constexpr bool answer =
        std::is_same_v<Type, of_any_type> || std::is_same_v<Type, typename rules_of<Member>::value_type>;
};
template <auto... Rules>
struct rules_question {
    template <class Member>
    static constexpr bool answer = (has_rule<Member, Rules> && ...);
};

template <class T, class Question, class... Members>
consteval bool ask_field([[maybe_unused]] std::string_view name, type_list<Members...>) {
    [[maybe_unused]] std::size_t i = 0;
    return ((name_store<T>::names[i++] == name && Question::template answer<Members>) || ...);
}

template <class T, fixed_string Name, class Question>
consteval bool field_answers() {
    if constexpr (fields_in_reach<T>()) {
        return ask_field<T, Question>(Name.view(), member_types<T>{});
    } else {
        return false;
    }
}

template <fixed_string Name, class Type>
consteval auto field_words() {
    if constexpr (std::is_same_v<Type, of_any_type>) {
        return joined<"a field ", Name>();
    } else {
        return joined<"a field ", Name, " of type ", type_words<Type>()>();
    }
}
template <fixed_string Name, auto First, auto... Rest>
consteval auto field_rule_words() {
    return joined<"a field ", Name, " with ", rule_words<First>(), joined<" and ", rule_words<Rest>()>()...>();
}

} // namespace detail

/// A field of that name: `lathe::conforms<person, lathe::has_field<"id">>`.
///
/// Met by models of every kind, also by those whose members are private and listed by `lathe::fields`. The name is the
/// member's, not an alias.
/// @tparam Name the field's name.
/// @tparam Type what the field must hold, exactly: the value's type when it is a property. Left out, any type will do.
/// @par Example
/// @ref examples/contract.cpp
template <fixed_string Name, class Type = detail::of_any_type>
struct has_field : requirement<detail::field_words<Name, Type>()> {
    /// Whether `T` has it.
    template <class T>
    static constexpr bool met = detail::field_answers<std::remove_cvref_t<T>, Name, detail::type_question<Type>>();
};

/// A field of that name with these rules or attributes in its list: `lathe::field_has<"id", lathe::primary_key>`,
/// `lathe::field_has<"age", lathe::in_range<0, 150>>`. Others may stand there too.
/// @tparam Name the field's name.
/// @tparam Rules rules, normalisers or attributes, the very same as in the field's list: `in_range<0, 99>` is not
///         `in_range<0, 150>`.
template <fixed_string Name, auto... Rules>
    requires(sizeof...(Rules) > 0)
struct field_has : requirement<detail::field_rule_words<Name, Rules...>()> {
    /// Whether `T` has it, with all of them.
    template <class T>
    static constexpr bool met = detail::field_answers<std::remove_cvref_t<T>, Name, detail::rules_question<Rules...>>();
};

} // namespace v0
} // namespace lathe

#endif // LATHE_META_CONTRACT_FIELDS_HPP
