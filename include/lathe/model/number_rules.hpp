// SPDX-License-Identifier: MIT
#ifndef LATHE_MODEL_NUMBER_RULES_HPP
#define LATHE_MODEL_NUMBER_RULES_HPP

/// @file
/// @brief Rules on numbers, and on whatever else can be compared with a constant.
///
/// Numbers of any two types are compared exactly: `at_least<0>` is right for unsigned values, and a bound of
/// 2^53 + 1 is not rounded for a double. NaN obeys no rule of this header.
/// @par Example
/// @ref examples/rules.cpp

#include <concepts>
#include <cstdint>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>

#include <lathe/model/detail/bounds.hpp>
#include <lathe/model/detail/exact_numbers.hpp>
#include <lathe/model/detail/literal.hpp>

namespace lathe {
inline namespace v0 {

/// The type of `in_range<Low, High>`.
/// @tparam Low the lowest allowed value.
/// @tparam High the highest allowed value.
template <auto Low, auto High>
struct in_range_rule {
    static constexpr std::string_view name = "in_range"; ///< as it stands in issues

    /// @param value what is checked.
    /// @return whether `Low <= value` and `value <= High`.
    template <detail::ordered_between<decltype(Low), decltype(High)> Value>
    [[nodiscard]] static constexpr bool check(const Value& value) noexcept(noexcept(detail::less_equal(Low, value) &&
                                                                                    detail::less_equal(value, High))) {
        return detail::less_equal(detail::bound_for<Low, Value>(), value) &&
               detail::less_equal(value, detail::bound_for<High, Value>());
    }
    /// @return what is wrong with a value that breaks the rule.
    [[nodiscard]] static std::string failure() { return detail::range_sentence<Low, High>("is not "); }
    /// @return what is wrong with a value that obeys the rule where it should not.
    [[nodiscard]] static std::string success() { return detail::range_sentence<Low, High>("is "); }

    // Last, so that a refused range is still a rule, and this sentence the only one.
    static_assert(detail::has_order<Low, High>,
                  "lathe::in_range<Low, High>: Low and High cannot be compared, or one is NaN; "
                  "give two numbers, or two constants of one type that has operator<");
    static_assert(detail::in_order<Low, High>,
                  "lathe::in_range<Low, High>: Low is above High, so no value is allowed; swap them");
};

/// Allows values from `Low` to `High`, both included: `in_range<0, 150>`, `in_range<0, 1.5>`.
/// @tparam Low the lowest allowed value: a number, an enumerator, or any constant with `operator<`.
/// @tparam High the highest allowed value; not below `Low`.
template <auto Low, auto High>
inline constexpr in_range_rule<Low, High> in_range{};

/// The type of `at_least<Bound>`.
/// @tparam Bound the lowest allowed value.
template <auto Bound>
struct at_least_rule {
    static constexpr std::string_view name = "at_least"; ///< as it stands in issues

    /// @param value what is checked.
    /// @return whether `Bound <= value`.
    template <detail::ordered_with<decltype(Bound)> Value>
    [[nodiscard]] static constexpr bool
    check(const Value& value) noexcept(detail::ordered_quietly<Value, decltype(Bound)>) {
        return detail::less_equal(detail::bound_for<Bound, Value>(), value);
    }
    /// @return what is wrong with a value that breaks the rule.
    [[nodiscard]] static std::string failure() { return detail::bound_sentence<Bound>("is not ", "at least "); }
    /// @return what is wrong with a value that obeys the rule where it should not.
    [[nodiscard]] static std::string success() { return detail::bound_sentence<Bound>("is ", "at least "); }

    static_assert(detail::is_ordered<Bound>,
                  "lathe::at_least<Bound>: Bound is NaN or has no operator<, so no value is allowed; write a number");
};

/// Allows `Bound` and what is above.
/// @tparam Bound a number, an enumerator, or any constant with `operator<`.
template <auto Bound>
inline constexpr at_least_rule<Bound> at_least{};

/// The type of `at_most<Bound>`.
/// @tparam Bound the highest allowed value.
template <auto Bound>
struct at_most_rule {
    static constexpr std::string_view name = "at_most"; ///< as it stands in issues

    /// @param value what is checked.
    /// @return whether `value <= Bound`.
    template <detail::ordered_with<decltype(Bound)> Value>
    [[nodiscard]] static constexpr bool
    check(const Value& value) noexcept(detail::ordered_quietly<Value, decltype(Bound)>) {
        return detail::less_equal(value, detail::bound_for<Bound, Value>());
    }
    /// @return what is wrong with a value that breaks the rule.
    [[nodiscard]] static std::string failure() { return detail::bound_sentence<Bound>("is not ", "at most "); }
    /// @return what is wrong with a value that obeys the rule where it should not.
    [[nodiscard]] static std::string success() { return detail::bound_sentence<Bound>("is ", "at most "); }

    static_assert(detail::is_ordered<Bound>,
                  "lathe::at_most<Bound>: Bound is NaN or has no operator<, so no value is allowed; write a number");
};

/// Allows `Bound` and what is below.
/// @tparam Bound a number, an enumerator, or any constant with `operator<`.
template <auto Bound>
inline constexpr at_most_rule<Bound> at_most{};

/// The type of `greater_than<Bound>`.
/// @tparam Bound what a value must exceed.
template <auto Bound>
struct greater_than_rule {
    static constexpr std::string_view name = "greater_than"; ///< as it stands in issues

    /// @param value what is checked.
    /// @return whether `Bound < value`.
    template <detail::ordered_with<decltype(Bound)> Value>
    [[nodiscard]] static constexpr bool
    check(const Value& value) noexcept(detail::ordered_quietly<Value, decltype(Bound)>) {
        return detail::less(detail::bound_for<Bound, Value>(), value);
    }
    /// @return what is wrong with a value that breaks the rule.
    [[nodiscard]] static std::string failure() { return detail::bound_sentence<Bound>("is not ", "greater than "); }
    /// @return what is wrong with a value that obeys the rule where it should not.
    [[nodiscard]] static std::string success() { return detail::bound_sentence<Bound>("is ", "greater than "); }

    static_assert(detail::is_ordered<Bound>,
                  "lathe::greater_than<Bound>: Bound is NaN or has no operator<, so no value is allowed; "
                  "write a number");
};

/// Allows what is above `Bound`.
/// @tparam Bound a number, an enumerator, or any constant with `operator<`.
template <auto Bound>
inline constexpr greater_than_rule<Bound> greater_than{};

/// The type of `less_than<Bound>`.
/// @tparam Bound what a value must stay below.
template <auto Bound>
struct less_than_rule {
    static constexpr std::string_view name = "less_than"; ///< as it stands in issues

    /// @param value what is checked.
    /// @return whether `value < Bound`.
    template <detail::ordered_with<decltype(Bound)> Value>
    [[nodiscard]] static constexpr bool
    check(const Value& value) noexcept(detail::ordered_quietly<Value, decltype(Bound)>) {
        return detail::less(value, detail::bound_for<Bound, Value>());
    }
    /// @return what is wrong with a value that breaks the rule.
    [[nodiscard]] static std::string failure() { return detail::bound_sentence<Bound>("is not ", "less than "); }
    /// @return what is wrong with a value that obeys the rule where it should not.
    [[nodiscard]] static std::string success() { return detail::bound_sentence<Bound>("is ", "less than "); }

    static_assert(detail::is_ordered<Bound>,
                  "lathe::less_than<Bound>: Bound is NaN or has no operator<, so no value is allowed; write a number");
};

/// Allows what is below `Bound`.
/// @tparam Bound a number, an enumerator, or any constant with `operator<`.
template <auto Bound>
inline constexpr less_than_rule<Bound> less_than{};

/// The type of `positive`.
struct positive_rule {
    static constexpr std::string_view name = "positive"; ///< as it stands in issues

    /// @param value what is checked.
    /// @return whether `0 < value`.
    template <detail::number Value>
    [[nodiscard]] static constexpr bool check(const Value& value) noexcept {
        return value > Value{};
    }
    /// @return what is wrong with a value that breaks the rule.
    [[nodiscard]] static std::string failure() { return "is not positive"; }
    /// @return what is wrong with a value that obeys the rule where it should not.
    [[nodiscard]] static std::string success() { return "is positive"; }
};

/// Allows numbers above zero.
inline constexpr positive_rule positive{};

/// The type of `non_negative`.
struct non_negative_rule {
    static constexpr std::string_view name = "non_negative"; ///< as it stands in issues

    /// @param value what is checked.
    /// @return whether `0 <= value`; true for -0.0.
    template <detail::number Value>
    [[nodiscard]] static constexpr bool check(const Value& value) noexcept {
        return detail::number_less_equal(0, value);
    }
    /// @return what is wrong with a value that breaks the rule. It says nothing that is false for NaN.
    [[nodiscard]] static std::string failure() { return "is not zero or above"; }
    /// @return what is wrong with a value that obeys the rule where it should not.
    [[nodiscard]] static std::string success() { return "is zero or above"; }
};

/// Allows zero and numbers above it.
inline constexpr non_negative_rule non_negative{};

/// The type of `multiple_of<Divisor>`.
/// @tparam Divisor what divides an allowed value.
template <auto Divisor>
    requires detail::number<decltype(Divisor)>
struct multiple_of_rule {
    static constexpr std::string_view name = "multiple_of"; ///< as it stands in issues

    /// @param value what is checked.
    /// @return whether some integer times `Divisor` is `value`. The signs do not matter.
    template <detail::integer Value>
        requires detail::integer<decltype(Divisor)>
    [[nodiscard]] static constexpr bool check(const Value& value) noexcept {
        constexpr std::uintmax_t divisor = detail::magnitude(Divisor); // never -1: INT_MIN % -1 is undefined
        if constexpr (std::in_range<Value>(divisor)) {
            return value % static_cast<Value>(divisor) == 0;
        } else {
            return detail::magnitude(value) % divisor == 0;
        }
    }
    /// @copydoc check(const Value&)
    template <std::floating_point Value>
    [[nodiscard]] static constexpr bool check(const Value& value) noexcept
        requires(detail::number_equal(static_cast<std::common_type_t<Value, decltype(Divisor)>>(Divisor), Divisor))
    {
        using wide = std::common_type_t<Value, decltype(Divisor)>;
        return detail::divides(static_cast<wide>(Divisor), static_cast<wide>(value));
    }
    /// @return what is wrong with a value that breaks the rule.
    [[nodiscard]] static std::string failure() { return "is not a multiple of " + detail::scalar_text(Divisor); }
    /// @return what is wrong with a value that obeys the rule where it should not.
    [[nodiscard]] static std::string success() { return "is a multiple of " + detail::scalar_text(Divisor); }

    static_assert(detail::is_divisor<Divisor>,
                  "lathe::multiple_of<Divisor>: Divisor must be a finite number other than zero; "
                  "to allow zero alone write one_of<0>");
};

/// Allows integer multiples of `Divisor`, zero and negative ones among them.
///
/// Floating values are divided without rounding, so 0.75 is a multiple of 0.25, and 0.3 is none of 0.1 since
/// neither is what it seems. A floating `Divisor` does not fit integers.
/// @tparam Divisor a finite number other than zero.
template <auto Divisor>
inline constexpr multiple_of_rule<Divisor> multiple_of{};

/// The type of `finite`.
struct finite_rule {
    static constexpr std::string_view name = "finite"; ///< as it stands in issues

    /// @param value what is checked.
    /// @return whether `value` is neither infinite nor NaN.
    template <std::floating_point Value>
    [[nodiscard]] static constexpr bool check(const Value& value) noexcept {
        return detail::is_finite(value);
    }
    /// @return what is wrong with a value that breaks the rule.
    [[nodiscard]] static std::string failure() { return "is not finite"; }
    /// @return what is wrong with a value that obeys the rule where it should not.
    [[nodiscard]] static std::string success() { return "is finite"; }
};

/// Allows floating numbers other than NaN and the infinities.
inline constexpr finite_rule finite{};

/// The type of `one_of<Values...>`.
/// @tparam Values the allowed values.
template <detail::literal... Values>
struct one_of_rule {
    static constexpr std::string_view name = "one_of"; ///< as it stands in issues

    /// @param value what is checked.
    /// @return whether `value` equals one of `Values`.
    template <detail::same_kinds<decltype(Values.value())...> Value>
    [[nodiscard]] static constexpr bool check(const Value& value) noexcept(detail::compared_quietly<Value>) {
        return (detail::is_same_value(value, Values.value()) || ...);
    }
    /// @return what is wrong with a value that breaks the rule.
    [[nodiscard]] static std::string failure() { return sentence("is not one of "); }
    /// @return what is wrong with a value that obeys the rule where it should not.
    [[nodiscard]] static std::string success() { return sentence("is one of "); }

private:
    static std::string sentence(std::string_view verb) {
        std::string text(verb);
        if constexpr ((detail::has_constant_text<decltype(Values.held)> && ...)) {
            bool first = true;
            ((text += first ? "" : ", ", first = false, detail::write_constant<Values.held>(text)), ...);
        } else {
            text += "the allowed values";
        }
        return text;
    }

    static_assert(static_cast<bool>(sizeof...(Values)),
                  "lathe::one_of<Values...>: there are no Values, so none is allowed; list at least one");
};

/// Allows the values that are listed: `one_of<1, 2, 4>`, `one_of<phase::climb, phase::cruise>`,
/// `one_of<"N", "S">`.
/// @tparam Values numbers, enumerators, characters, string literals, or other constants with `operator==`;
///         all of one kind.
template <detail::literal... Values>
inline constexpr one_of_rule<Values...> one_of{};

} // namespace v0
} // namespace lathe

#endif // LATHE_MODEL_NUMBER_RULES_HPP
