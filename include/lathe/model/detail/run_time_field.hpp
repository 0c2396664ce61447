// SPDX-License-Identifier: MIT
#ifndef LATHE_MODEL_DETAIL_RUN_TIME_FIELD_HPP
#define LATHE_MODEL_DETAIL_RUN_TIME_FIELD_HPP

/// @file
/// @brief A list of rules, as a builder gets it, made into a field: what can stand in a type does, the rest is kept.

#include <concepts>
#include <cstddef>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

#include <lathe/model/detail/rule_traits.hpp>
#include <lathe/model/detail/run_time_member.hpp>
#include <lathe/model/detail/run_time_model.hpp>
#include <lathe/model/model_type.hpp>
#include <lathe/model/property.hpp>
#include <lathe/model/record.hpp>
#include <lathe/model/run_time_rules.hpp>

namespace lathe {
inline namespace v0 {

struct itself_type;

namespace detail {

// Whether a list of rules begins with the type of records.
template <class... Rules>
inline constexpr bool names_a_type = false;
template <class First, class... Rest>
inline constexpr bool names_a_type<First, Rest...> =
    std::is_same_v<First, model_type> || std::is_same_v<First, itself_type>;

template <class Rule>
inline constexpr bool is_field_default = false;
template <class Value>
inline constexpr bool is_field_default<field_default<Value>> = true;
template <class Rule>
inline constexpr bool is_field_factory = false;
template <class Make>
inline constexpr bool is_field_factory<field_factory<Make>> = true;

// What has no state can stand in a type, as in the list of a property.
template <class Rule>
inline constexpr bool stands_in_type = std::is_empty_v<Rule> && std::is_default_constructible_v<Rule> &&
                                       !is_field_default<Rule> && !is_field_factory<Rule>;

template <class Property, class... Rules>
struct with_rules {
    using type = Property;
};
template <class T, auto... Known, class First, class... Rest>
    requires stands_in_type<First>
struct with_rules<property<T, Known...>, First, Rest...> : with_rules<property<T, Known..., First{}>, Rest...> {};
template <class T, auto... Known, class First, class... Rest>
    requires(!stands_in_type<First>)
struct with_rules<property<T, Known...>, First, Rest...> : with_rules<property<T, Known...>, Rest...> {};

template <class Member, bool IsConstant, class Make>
class run_time_default_by final : public run_time_default {
public:
    explicit run_time_default_by(Make make) : m_make(std::move(make)) {}

    void
    apply(void* member, const run_time_field& field, const path& where, std::vector<issue>& issues) const override {
        using of = run_time_member<Member>;
        static_cast<void>(of::take_converted(of::in(member), m_make(), field, where, issues));
    }
    [[nodiscard]] bool is_constant() const noexcept override { return IsConstant; }

private:
    Make m_make;
};

template <class Value>
struct copy_of {
    Value value;
    Value operator()() const { return value; }
};

template <class T, class Rule>
consteval bool default_is_taken() {
    if constexpr (is_field_default<Rule>) {
        using value = decltype(Rule::value);
        return takes_value<T, value> && std::is_copy_constructible_v<value>;
    } else {
        return true;
    }
}
template <class T, class Rule>
consteval bool factory_is_taken() {
    if constexpr (is_field_factory<Rule>) {
        return takes_value<T, decltype(std::declval<const decltype(Rule::make)&>()())>;
    } else {
        return true;
    }
}
template <class T, class Rule>
consteval bool rule_is_about() {
    if constexpr (is_field_default<Rule> || is_field_factory<Rule> || is_attribute<Rule>) {
        return true;
    } else if constexpr (is_normaliser<Rule>) {
        return requires(const Rule& rule, without_optional<T>& value) { rule.apply(value); };
    } else {
        return rule_fits<Rule, without_optional<T>>;
    }
}

template <class Rule>
inline constexpr bool is_plain_value = std::is_arithmetic_v<Rule> || std::is_enum_v<Rule> || string_like<Rule>;

// Whether a T with these rules can be a field; if not, one sentence.
template <class T, class... Rules>
consteval bool can_be_field() {
    constexpr bool has_place = shape_in_document<T>() != type_shape::none;
    static_assert(has_place,
                  "lathe::model_builder::field: a value of this type has no place in a document, as all fields of "
                  "run-time models have; make it a model, or give it to_string and read_text in its namespace");
    constexpr bool are_rules = !(is_plain_value<Rules> || ...);
    static_assert(are_rules,
                  "lathe::model_builder::field: behind the name stand rules, not values; write a default as "
                  "lathe::defaults_to<18> or lathe::default_value(18)");
    constexpr bool rules_fit = (rule_is_about<T, Rules>() && ...);
    static_assert(rules_fit || !are_rules,
                  "lathe::model_builder::field: a rule does not fit the type of the field; use one that checks such "
                  "values (a function of yours takes a const T& and returns bool), or change the type");
    constexpr bool defaults_fit = (default_is_taken<T, Rules>() && ...);
    static_assert(defaults_fit,
                  "lathe::default_value: the value cannot be assigned to the field without loss, or cannot be copied; "
                  "convert it first, or make it by a default_factory");
    constexpr bool factories_fit = (factory_is_taken<T, Rules>() && ...);
    static_assert(factories_fit,
                  "lathe::default_factory: what the factory returns cannot be assigned to the field without loss; let "
                  "it return the field's type");
    return has_place && are_rules && rules_fit && defaults_fit && factories_fit;
}

template <class Member, class Rule>
void keep_rule(run_time_field& to, Rule&& rule) {
    using value_type = typename rules_of<Member>::value_type;
    if constexpr (stands_in_type<Rule>) {
        // stands in the type
    } else if constexpr (is_field_default<Rule>) {
        to.fallback = shared_handle<const run_time_default>(
            new run_time_default_by<Member, true, copy_of<decltype(rule.value)>>({std::move(rule.value)}));
    } else if constexpr (is_field_factory<Rule>) {
        to.fallback = shared_handle<const run_time_default>(
            new run_time_default_by<Member, false, decltype(rule.make)>(std::move(rule.make)));
    } else {
        to.rules.push_back(shared_handle<const run_time_rule>(new run_time_rule_on<value_type, Rule>(std::move(rule))));
    }
}

// Of what can be one.
template <class T, class... Rules>
run_time_field field_of(std::string name, Rules... rules) {
    using member = typename with_rules<property<T>, Rules...>::type;
    run_time_field made;
    made.of = &run_time_member<member>::operations;
    made.name = std::move(name);
    (keep_rule<member>(made, std::move(rules)), ...);
    return made;
}

// Defaults that are known are checked once, before there is a record.
inline void check_defaults(const run_time_model& model) {
    std::vector<issue> issues;
    record made = record_access::made(model.make());
    record_block* const block = record_access::block(made);
    for (const run_time_field& field : model.fields()) {
        void* const member = run_time_model::member(block, field);
        if (field.fallback && field.fallback->is_constant()) {
            field.fallback->apply(member, field, path{nullptr, field.name}, issues);
        } else if (field.of->has_default && !field.fallback) {
            field.check_rules(run_time_model::value(block, field), path{nullptr, field.name}, issues);
        }
    }
    if (!issues.empty()) throw validation_error(std::move(issues), model.name());
}

} // namespace detail
} // namespace v0
} // namespace lathe

#endif // LATHE_MODEL_DETAIL_RUN_TIME_FIELD_HPP
