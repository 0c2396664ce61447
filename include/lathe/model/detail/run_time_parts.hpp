// SPDX-License-Identifier: MIT
#ifndef LATHE_MODEL_DETAIL_RUN_TIME_PARTS_HPP
#define LATHE_MODEL_DETAIL_RUN_TIME_PARTS_HPP

/// @file
/// @brief What a field of a run-time model has besides the rules in its type: rules with a state, defaults.

#include <concepts>
#include <cstddef>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

#include <lathe/model/detail/conversion.hpp>
#include <lathe/model/detail/path.hpp>
#include <lathe/model/detail/property_rules.hpp>
#include <lathe/model/detail/rule_traits.hpp>
#include <lathe/model/detail/shared_object.hpp>
#include <lathe/model/validation_error.hpp>

namespace lathe {
inline namespace v0 {

class record;

namespace detail {

struct run_time_field;

// A rule that is an object and not a template argument, such as a lambda that has captured something.
class run_time_rule : public shared_object {
public:
    [[nodiscard]] virtual std::string_view name() const noexcept = 0;
    // What is wrong with values that break it.
    [[nodiscard]] virtual std::string failure() const = 0;
    // Adds an issue if the value, a T of its field, breaks it.
    virtual void check(const void* value, const path& where, std::vector<issue>& issues) const = 0;
};

template <class T, class Rule>
class run_time_rule_on final : public run_time_rule {
public:
    explicit run_time_rule_on(Rule rule) : m_rule(std::move(rule)) {}

    [[nodiscard]] std::string_view name() const noexcept override {
        if constexpr (requires { std::string_view(m_rule.name); }) {
            return m_rule.name;
        } else {
            return type_name<Rule>;
        }
    }
    [[nodiscard]] std::string failure() const override {
        if constexpr (requires { std::string(m_rule.failure()); }) {
            return std::string(m_rule.failure());
        } else {
            return std::string("breaks the rule ").append(name());
        }
    }
    void check(const void* value, const path& where, std::vector<issue>& issues) const override {
        const T& held = *static_cast<const T*>(value);
        if constexpr (is_optional<T>) {
            if (held.has_value()) check_value(*held, where, issues);
        } else {
            check_value(held, where, issues);
        }
    }

private:
    template <class V>
    void check_value(const V& value, const path& where, std::vector<issue>& issues) const {
        if constexpr (checks<Rule, V>) {
            if (static_cast<bool>(m_rule.check(value))) return;
        } else {
            if (static_cast<bool>(m_rule(value))) return;
        }
        if constexpr (requires { std::string(m_rule.failure(value)); }) {
            add_issue(issues, where.text(), name(), value, std::string(m_rule.failure(value)));
        } else {
            add_issue(issues, where.text(), name(), value, failure());
        }
    }

    Rule m_rule;
};

// Where the value of an absent field comes from.
class run_time_default : public shared_object {
public:
    // Gives it to the member, unless it breaks a rule: then there are issues.
    virtual void
    apply(void* member, const run_time_field& field, const path& where, std::vector<issue>& issues) const = 0;
    // Whether it is the same each time, so that it can be checked once.
    [[nodiscard]] virtual bool is_constant() const noexcept = 0;
};

// A rule of a whole record.
class run_time_invariant : public shared_object {
public:
    explicit run_time_invariant(std::string text) : m_text(std::move(text)) {}
    [[nodiscard]] const std::string& text() const noexcept { return m_text; }
    [[nodiscard]] virtual bool holds(const record& whole) const = 0;

private:
    std::string m_text;
};

template <class Predicate>
class run_time_invariant_of final : public run_time_invariant {
public:
    run_time_invariant_of(std::string text, Predicate predicate)
        : run_time_invariant(std::move(text)), m_predicate(std::move(predicate)) {}
    [[nodiscard]] bool holds(const record& whole) const override { return static_cast<bool>(m_predicate(whole)); }

private:
    Predicate m_predicate;
};

} // namespace detail
} // namespace v0
} // namespace lathe

#endif // LATHE_MODEL_DETAIL_RUN_TIME_PARTS_HPP
