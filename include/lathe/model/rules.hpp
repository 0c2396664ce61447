// SPDX-License-Identifier: MIT
#ifndef LATHE_MODEL_RULES_HPP
#define LATHE_MODEL_RULES_HPP

/// @file
/// @brief All rules, and rules of your own.
/// @par Example
/// @ref examples/rules.cpp

#include <string>
#include <string_view>
#include <type_traits>

#include <lathe/core/fixed_string.hpp>
#include <lathe/model/attributes.hpp>
#include <lathe/model/detail/rule_traits.hpp>
#include <lathe/model/element_rules.hpp>
#include <lathe/model/number_rules.hpp>
#include <lathe/model/text_rules.hpp>

namespace lathe {
inline namespace v0 {

/// Something that can say whether a `Value` is allowed.
///
/// @par Requires
/// `Rule` can be the type of a template argument, and is one of
/// - a type with `check(value) -> bool`, static or const, and if it likes with `name` (a text) and `failure()`, which
///   completes a sentence that begins with the value: "is not in [0, 150]";
/// - a predicate: a function or a const callable `rule(value) -> bool`, whose parameter can hold every `Value`
///   unchanged (a predicate on `int` is no rule for `double`).
///
/// `Value` is never an optional: its owner asks about what is in it.
/// @par Law
/// Checking never changes the value, and gives the same answer for equal values.
/// @tparam Rule the type of the rule.
/// @tparam Value what it is asked about.
template <class Rule, class Value>
concept rule_for = detail::rule_fits<std::remove_cvref_t<Rule>, Value>;

/// The type of `rule<Name, Predicate, Text>`.
/// @tparam Name what it is called in issues.
/// @tparam Predicate says whether a value is allowed.
/// @tparam Text what is wrong with a value that is not; "is not" and the name when empty.
template <fixed_string Name, auto Predicate, fixed_string Text>
struct user_rule {
    static constexpr std::string_view name = Name.view(); ///< as it stands in issues

    /// @param value what is checked.
    /// @return what the predicate says.
    template <detail::fitted_by<Predicate> Value>
    [[nodiscard]] static constexpr bool
    check(const Value& value) noexcept(noexcept(detail::rule_holds<Predicate>(value))) {
        return detail::rule_holds<Predicate>(value);
    }
    /// @return what is wrong with a value that breaks the rule.
    [[nodiscard]] static std::string failure() {
        return Text.empty() ? std::string("is not ").append(name) : std::string(Text.view());
    }
    /// @return what is wrong with a value that obeys the rule where it should not.
    [[nodiscard]] static std::string success() {
        return Text.empty() ? std::string("is ").append(name) : std::string("obeys the rule ").append(name);
    }

    static_assert(!Name.empty(),
                  "lathe::rule<Name, Predicate>: Name is empty, and messages need one; write a word such as \"even\"");
};

/// Makes a rule of your own: `rule<"even", is_even>`, which says "7 is not even".
///
/// In a header, let `Predicate` be a constexpr function, an object of a named type, or a lambda that is a
/// named `inline constexpr` variable. A lambda written in place there is another type in each file, and does
/// not link. A rule of lathe will do too, to give it words of your own: `rule<"age", in_range<0, 150>, "is no
/// age of a person">`.
/// @tparam Name what it is called in issues, an adjective or a noun with its article; not empty.
/// @tparam Predicate a function that is not overloaded, or a callable object, from the value to bool.
/// @tparam Text completes a sentence that begins with a value which breaks the rule, when "is not" and the name would
///         not do: "must be even".
template <fixed_string Name, auto Predicate, fixed_string Text = "">
inline constexpr user_rule<Name, Predicate, Text> rule{};

} // namespace v0
} // namespace lathe

#endif // LATHE_MODEL_RULES_HPP
