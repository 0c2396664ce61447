// SPDX-License-Identifier: MIT
#ifndef LATHE_MODEL_DETAIL_RULE_TRAITS_HPP
#define LATHE_MODEL_DETAIL_RULE_TRAITS_HPP

/// @file
/// @brief How a rule of any kind is asked: the ones of lathe, types that follow their protocol, and plain
/// predicates.

#include <concepts>
#include <string>
#include <string_view>
#include <type_traits>

#include <lathe/core/type_name.hpp>
#include <lathe/model/detail/exact_numbers.hpp>

namespace lathe {
inline namespace v0 {
namespace detail {

// The base of whatever rides in a list of rules and checks nothing.
struct attribute {};

template <class Rule>
inline constexpr bool is_attribute = std::is_base_of_v<attribute, Rule>;

template <class Rule>
inline constexpr bool is_normaliser = false;
template <class Rule>
    requires requires { requires Rule::is_normaliser; }
inline constexpr bool is_normaliser<Rule> = true;

template <class Rule>
inline constexpr bool is_rule = !is_attribute<Rule> && !is_normaliser<Rule>;

// ---- does a rule fit a type? ----

// The parameter of a predicate, or void where it has several or a template.
template <class Function>
struct parameter_of {
    using type = void;
};
template <class Result, class Parameter, bool Quiet>
struct parameter_of<Result (*)(Parameter) noexcept(Quiet)> {
    using type = std::remove_cvref_t<Parameter>;
};
template <class Result, class Object, class Parameter, bool Quiet>
struct parameter_of<Result (Object::*)(Parameter) const noexcept(Quiet)> {
    using type = std::remove_cvref_t<Parameter>;
};

// C++ lets a predicate on int answer for 2.5, or for 2^32 + 1. Such an answer is about another value, so the
// predicate does not fit.
template <class Parameter, class Value>
inline constexpr bool passes_intact =
    !std::is_arithmetic_v<Parameter> || !std::is_arithmetic_v<Value> || lossless<Value, Parameter>;

template <class Predicate, class Value>
inline constexpr bool call_is_intact = passes_intact<typename parameter_of<Predicate>::type, Value>;
template <class Predicate, class Value>
    requires requires { &Predicate::operator(); }
inline constexpr bool call_is_intact<Predicate, Value> =
    passes_intact<typename parameter_of<decltype(&Predicate::operator())>::type, Value>;

template <class Rule, class Value>
inline constexpr bool check_is_intact = true;
template <class Rule, class Value>
    requires requires { &Rule::check; }
inline constexpr bool check_is_intact<Rule, Value> =
    passes_intact<typename parameter_of<decltype(&Rule::check)>::type, Value>;

// A predicate: a function, or an object that can be called while const.
template <class Predicate, class Value>
concept predicate_on = call_is_intact<Predicate, Value> && requires(const Predicate& predicate, const Value& value) {
    { predicate(value) } -> std::convertible_to<bool>;
};

template <class Rule, class Value>
concept checks = check_is_intact<Rule, Value> && requires(const Rule& rule, const Value& value) {
    { rule.check(value) } -> std::convertible_to<bool>;
};

// Value is what is checked: never an optional, whoever holds one unwraps it.
template <class Rule, class Value>
concept rule_fits = (checks<Rule, Value> || predicate_on<Rule, Value>) && is_rule<Rule>;

template <auto Rule, class Value>
concept fits = rule_fits<std::remove_cv_t<decltype(Rule)>, Value>;

// The same from the side of the value: for all Rules.
template <class Value, auto... Rules>
concept fitted_by = (fits<Rules, Value> && ...);

// ---- asking ----

template <class Rule, class Value>
inline constexpr bool asked_quietly = requires(const Rule& rule, const Value& value) {
    { rule(value) } noexcept;
};
template <class Rule, class Value>
    requires checks<Rule, Value>
inline constexpr bool asked_quietly<Rule, Value> = requires(const Rule& rule, const Value& value) {
    { rule.check(value) } noexcept;
};

template <auto Rule, class Value>
    requires fits<Rule, Value>
constexpr bool rule_holds(const Value& value) noexcept(asked_quietly<std::remove_cv_t<decltype(Rule)>, Value>) {
    // A copy: clang emits the object of a template argument under one name for all files, and when its type is of an
    // unnamed namespace and two files have such a type, they do not link.
    constexpr auto rule = Rule;
    if constexpr (checks<std::remove_cv_t<decltype(Rule)>, Value>) {
        return static_cast<bool>(rule.check(value));
    } else {
        return static_cast<bool>(rule(value));
    }
}

template <auto Rule>
constexpr std::string_view rule_name() noexcept {
    if constexpr (requires { std::string_view(Rule.name); }) {
        return std::string_view(Rule.name);
    } else {
        return type_name<decltype(Rule)>;
    }
}

// Completes a sentence that begins with a value which breaks the rule: "is not in [0, 150]".
template <auto Rule>
std::string rule_failure() {
    if constexpr (requires { std::string(Rule.failure()); }) {
        constexpr auto rule = Rule; // as in rule_holds
        return std::string(rule.failure());
    } else {
        return std::string("breaks the rule ").append(rule_name<Rule>());
    }
}

// The same for one value: rules made of rules then say which of them it breaks.
template <auto Rule, class Value>
std::string rule_failure(const Value& value) {
    if constexpr (requires { std::string(Rule.failure(value)); }) {
        constexpr auto rule = Rule; // as in rule_holds
        return std::string(rule.failure(value));
    } else {
        return rule_failure<Rule>();
    }
}

// Completes a sentence that begins with a value which obeys the rule, where that is the mistake: "is in [0,
// 150]".
template <auto Rule>
std::string rule_success() {
    if constexpr (requires { std::string(Rule.success()); }) {
        constexpr auto rule = Rule; // as in rule_holds
        return std::string(rule.success());
    } else {
        return std::string("obeys the rule ").append(rule_name<Rule>());
    }
}

// A rule that can name the elements which break it: rule.report(value, report), as each<> has.
template <class Rule>
inline constexpr bool reports_elements = false;
template <class Rule>
    requires requires { requires Rule::reports_elements; }
inline constexpr bool reports_elements<Rule> = true;

// {"a", "b"} -> "a and b"
inline void append_part(std::string& text, std::string_view conjunction, std::string_view part) {
    if (!text.empty()) text += conjunction;
    text += part;
}

} // namespace detail
} // namespace v0
} // namespace lathe

#endif // LATHE_MODEL_DETAIL_RULE_TRAITS_HPP
