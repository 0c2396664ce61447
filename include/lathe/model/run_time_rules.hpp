// SPDX-License-Identifier: MIT
#ifndef LATHE_MODEL_RUN_TIME_RULES_HPP
#define LATHE_MODEL_RUN_TIME_RULES_HPP

/// @file
/// @brief Defaults and rules whose values are known at run time only, for fields of run-time models.
/// @par Example
/// @ref examples/builder.cpp

#include <concepts>
#include <string>
#include <type_traits>
#include <utility>

#include <lathe/model/detail/rule_traits.hpp>

namespace lathe {
inline namespace v0 {
namespace detail {

template <class Value, class Predicate>
concept asked_by = predicate_on<Predicate, Value>;

} // namespace detail

/// What `default_value` makes.
/// @tparam Value the default's type.
/// @par Example
/// @ref examples/builder.cpp
template <class Value>
struct field_default {
    Value value; ///< the default
};

/// Gives a field of a run-time model a default that is known at run time only: `default_value(home_airport)`. What is
/// known before stands in its type: `defaults_to<18>`.
/// @param value whatever may be assigned to the field. `build` throws if it breaks a rule.
/// @return it, to be listed among the rules.
template <class Value>
[[nodiscard]] field_default<std::decay_t<Value>> default_value(Value&& value) {
    return {std::forward<Value>(value)};
}

/// What `default_factory` makes.
/// @tparam Make the factory's type.
template <class Make>
struct field_factory {
    Make make; ///< called without arguments
};

/// Gives a field of a run-time model a default that is made anew for each record: `default_factory(next_id)`.
/// @param make called for each record that has no value for the field, and for no other; by several threads if several
///        make records. What it returns is checked as any value is; what it throws goes to whoever makes the record.
/// @return it, to be listed among the rules.
template <class Make>
[[nodiscard]] field_factory<std::decay_t<Make>> default_factory(Make&& make) {
    constexpr bool can_be_called = std::invocable<const std::decay_t<Make>&>; // compilers explain concepts at length
    static_assert(can_be_called,
                  "lathe::default_factory: the factory must be callable without arguments while it is const, since "
                  "several threads may make records; keep what it changes outside of it");
    return {std::forward<Make>(make)};
}

/// A rule with a name and a state, for run-time models; made by `checked_by`.
/// @tparam Predicate says whether a value is allowed.
template <class Predicate>
struct named_predicate {
    std::string name;    ///< what it is called in issues
    Predicate predicate; ///< called with a `const Value&`

    /// @param value what is checked.
    /// @return what the predicate says.
    template <detail::asked_by<Predicate> Value>
    [[nodiscard]] bool check(const Value& value) const {
        return static_cast<bool>(predicate(value));
    }
    /// @return what is wrong with a value that breaks the rule.
    [[nodiscard]] std::string failure() const { return "is not " + name; }
};

/// Makes a rule of a run-time model whose bounds are known at run time only: `checked_by("below the limit",
/// [limit](int v) { return v < limit; })`, which says "7 is not below the limit". What is known before is a
/// `lathe::rule`.
/// @param name what it is called in issues, an adjective or a noun with its article; not empty.
/// @param predicate called with a `const Value&` while const, by several threads if several change records.
/// @return the rule.
template <class Predicate>
[[nodiscard]] named_predicate<std::decay_t<Predicate>> checked_by(std::string name, Predicate&& predicate) {
    return {std::move(name), std::forward<Predicate>(predicate)};
}

} // namespace v0
} // namespace lathe

#endif // LATHE_MODEL_RUN_TIME_RULES_HPP
