// SPDX-License-Identifier: MIT
#ifndef LATHE_MODEL_ELEMENT_RULES_HPP
#define LATHE_MODEL_ELEMENT_RULES_HPP

/// @file
/// @brief Rules on the size and the elements of containers and text, and rules made of other rules.
/// @par Example
/// @ref examples/rules.cpp

#include <concepts>
#include <cstddef>
#include <string>
#include <string_view> // and std::begin: <iterator> would bring the stream buffers along
#include <type_traits>
#include <utility>

#include <lathe/model/detail/rule_traits.hpp>
#include <lathe/model/detail/scalar_text.hpp>

namespace lathe {
inline namespace v0 {
namespace detail {

// Text, or what has a size; text counts bytes.
template <class T>
concept sized = string_like<T> || requires(const T& value) {
    { value.size() } -> std::convertible_to<std::size_t>;
};

template <sized T>
constexpr std::size_t size_of(const T& value) noexcept(noexcept(value.size())) {
    return static_cast<std::size_t>(value.size());
}
template <string_like T>
constexpr std::size_t size_of(const T& value) noexcept {
    return std::string_view(value).size();
}

template <class T>
concept emptiable = string_like<T> || requires(const T& value) {
    { value.empty() } -> std::convertible_to<bool>;
};

template <class T>
concept iterable = requires(const T& value) {
    *std::begin(value);
    { std::begin(value) != std::end(value) } -> std::convertible_to<bool>;
};

template <iterable T>
using element_of = std::remove_cvref_t<decltype(*std::begin(std::declval<const T&>()))>;

// Whose elements are fitted by all Rules.
template <class T, auto... Rules>
concept iterable_over = iterable<T> && fitted_by<element_of<T>, Rules...>;

template <auto... Rules>
inline constexpr bool are_rules = sizeof...(Rules) > 0 && (is_rule<std::remove_cv_t<decltype(Rules)>> && ...);

} // namespace detail

/// The type of `not_empty`.
struct not_empty_rule {
    static constexpr std::string_view name = "not_empty"; ///< as it stands in issues

    /// @param value what is checked: text, or a container.
    /// @return whether there is anything in it.
    template <detail::emptiable Value>
    [[nodiscard]] static constexpr bool check(const Value& value) noexcept {
        if constexpr (detail::string_like<Value>) {
            return !std::string_view(value).empty();
        } else {
            return !static_cast<bool>(value.empty());
        }
    }
    /// @return what is wrong with a value that breaks the rule.
    [[nodiscard]] static std::string failure() { return "is empty"; }
    /// @return what is wrong with a value that obeys the rule where it should not.
    [[nodiscard]] static std::string success() { return "is not empty"; }
};

/// Allows text with at least one byte, and containers with at least one element.
inline constexpr not_empty_rule not_empty{};

/// The type of `min_length<Least>`.
/// @tparam Least the least allowed length.
template <std::size_t Least>
struct min_length_rule {
    static constexpr std::string_view name = "min_length"; ///< as it stands in issues

    /// @param value what is checked: text, or a container.
    /// @return whether it has `Least` bytes or elements, or more.
    template <detail::sized Value>
    [[nodiscard]] static constexpr bool check(const Value& value) noexcept {
        return detail::size_of(value) >= Least;
    }
    /// @return what is wrong with a value that breaks the rule.
    [[nodiscard]] static std::string failure() { return "is shorter than " + std::to_string(Least); }
    /// @return what is wrong with a value that obeys the rule where it should not.
    [[nodiscard]] static std::string success() { return "is not shorter than " + std::to_string(Least); }
};

/// Allows text of at least `Least` bytes (not characters), and containers of at least as many elements.
/// @tparam Least the least allowed length.
template <std::size_t Least>
inline constexpr min_length_rule<Least> min_length{};

/// The type of `max_length<Most>`.
/// @tparam Most the greatest allowed length.
template <std::size_t Most>
struct max_length_rule {
    static constexpr std::string_view name = "max_length"; ///< as it stands in issues

    /// @param value what is checked: text, or a container.
    /// @return whether it has `Most` bytes or elements, or fewer.
    template <detail::sized Value>
    [[nodiscard]] static constexpr bool check(const Value& value) noexcept {
        return detail::size_of(value) <= Most;
    }
    /// @return what is wrong with a value that breaks the rule.
    [[nodiscard]] static std::string failure() { return "is longer than " + std::to_string(Most); }
    /// @return what is wrong with a value that obeys the rule where it should not.
    [[nodiscard]] static std::string success() { return "is not longer than " + std::to_string(Most); }
};

/// Allows text of at most `Most` bytes (not characters), and containers of at most as many elements.
/// @tparam Most the greatest allowed length.
template <std::size_t Most>
inline constexpr max_length_rule<Most> max_length{};

/// The type of `length<Least, Most>`.
/// @tparam Least the least allowed length.
/// @tparam Most the greatest allowed length.
template <std::size_t Least, std::size_t Most>
struct length_rule {
    static constexpr std::string_view name = "length"; ///< as it stands in issues

    /// @param value what is checked: text, or a container.
    /// @return whether the number of bytes or elements is in [Least, Most].
    template <detail::sized Value>
    [[nodiscard]] static constexpr bool check(const Value& value) noexcept {
        return detail::size_of(value) >= Least && detail::size_of(value) <= Most;
    }
    /// @return what is wrong with a value that breaks the rule.
    [[nodiscard]] static std::string failure() { return "does not have " + noun(); }
    /// @return what is wrong with a value that obeys the rule where it should not.
    [[nodiscard]] static std::string success() { return "has " + noun(); }

private:
    static std::string noun() {
        if constexpr (Least == Most) return "length " + std::to_string(Least);
        return "a length in [" + std::to_string(Least) + ", " + std::to_string(Most) + "]";
    }

    static_assert(Least <= Most, "lathe::length<Least, Most>: Least is above Most, so no length is allowed; swap them");
};

/// Allows text of `Least` to `Most` bytes (not characters), and containers of as many elements.
/// @tparam Least the least allowed length; the only one when `Most` is left out.
/// @tparam Most the greatest allowed length; not below `Least`.
template <std::size_t Least, std::size_t Most = Least>
inline constexpr length_rule<Least, Most> length{};

/// The type of `each<Rules...>`.
/// @tparam Rules what every element must obey.
template <auto... Rules>
struct each_rule {
    static constexpr std::string_view name = "each"; ///< as it stands in issues
    static constexpr bool reports_elements = true;   ///< there is a report() that names the elements

    /// @param value what is checked: anything with begin() and end().
    /// @return whether every element obeys every rule; true when there is no element.
    template <detail::iterable_over<Rules...> Value>
    [[nodiscard]] static constexpr bool check(const Value& value) {
        for (const detail::element_of<Value>& element : value) {
            if (!(detail::rule_holds<Rules>(element) && ...)) return false;
        }
        return true;
    }
    /// Tells which elements break which rules.
    /// @param value what is checked.
    /// @param report called as `report(index, element, rule, failure)` with a std::size_t, the element, a
    ///        std::string_view and a std::string; in order, once for each rule that an element breaks.
    template <detail::iterable_over<Rules...> Value, class Report>
    static void report(const Value& value, Report&& report) {
        std::size_t index = 0;
        for (const detail::element_of<Value>& element : value) {
            (report_if_broken<Rules>(index, element, report), ...);
            ++index;
        }
    }
    /// @return what may be wrong with a value that breaks the rule.
    [[nodiscard]] static std::string failure() { return "has an element that " + failures(); }
    /// @param value one that breaks the rule.
    /// @return what is wrong with the first element that does.
    template <detail::iterable_over<Rules...> Value>
    [[nodiscard]] static std::string failure(const Value& value) {
        std::string text;
        report(value, [&text](std::size_t index, const auto&, std::string_view, const std::string& failed) {
            if (text.empty()) text = "has at [" + std::to_string(index) + "] an element that " + failed;
        });
        return text;
    }
    /// @return what is wrong with a value that obeys the rule where it should not.
    [[nodiscard]] static std::string success() { return "has no element that " + failures(); }

private:
    template <auto Rule, class Element, class Report>
    static void report_if_broken(std::size_t index, const Element& element, Report& report) {
        if (detail::rule_holds<Rule>(element)) return;
        report(index, element, detail::rule_name<Rule>(), detail::rule_failure<Rule>(element));
    }
    static std::string failures() {
        std::string text;
        (detail::append_part(text, " or ", detail::rule_failure<Rules>()), ...);
        return text;
    }

    static_assert(detail::are_rules<Rules...>,
                  "lathe::each<Rules...>: give at least one rule, and rules only; attributes and "
                  "normalisers belong into the list of the property itself");
};

/// Has every element of a container obey rules: `each<not_empty, max_length<20>>`.
///
/// An empty container obeys it; add `not_empty` beside it where it should not. Issues name the element:
/// `tags[2]`.
/// @tparam Rules at least one rule; `each` itself for containers of containers.
template <auto... Rules>
inline constexpr each_rule<Rules...> each{};

/// The type of `all_of<Rules...>`.
/// @tparam Rules what a value must obey.
template <auto... Rules>
struct all_of_rule {
    static constexpr std::string_view name = "all_of"; ///< as it stands in issues

    /// @param value what is checked.
    /// @return whether it obeys every rule.
    template <detail::fitted_by<Rules...> Value>
    [[nodiscard]] static constexpr bool
    check(const Value& value) noexcept(noexcept((detail::rule_holds<Rules>(value) && ...))) {
        return (detail::rule_holds<Rules>(value) && ...);
    }
    /// @return what may be wrong with a value that breaks the rule.
    [[nodiscard]] static std::string failure() {
        std::string text;
        (detail::append_part(text, " or ", detail::rule_failure<Rules>()), ...);
        return text;
    }
    /// @param value one that breaks the rule.
    /// @return what is wrong with it: the parts that it breaks, and no others.
    template <detail::fitted_by<Rules...> Value>
    [[nodiscard]] static std::string failure(const Value& value) {
        std::string text;
        ((detail::rule_holds<Rules>(value) ? void()
                                           : detail::append_part(text, " and ", detail::rule_failure<Rules>(value))),
         ...);
        return text;
    }
    /// @return what is wrong with a value that obeys the rule where it should not.
    [[nodiscard]] static std::string success() {
        std::string text;
        (detail::append_part(text, " and ", detail::rule_success<Rules>()), ...);
        return text;
    }

    static_assert(detail::are_rules<Rules...>,
                  "lathe::all_of<Rules...>: give at least one rule, and rules only; attributes and "
                  "normalisers belong into the list of the property itself");
};

/// Makes one rule of several, for use within `any_of`, `not_` and `each`.
/// @tparam Rules at least one rule; all fit the same types.
template <auto... Rules>
inline constexpr all_of_rule<Rules...> all_of{};

/// The type of `any_of<Rules...>`.
/// @tparam Rules what a value must obey one of.
template <auto... Rules>
struct any_of_rule {
    static constexpr std::string_view name = "any_of"; ///< as it stands in issues

    /// @param value what is checked.
    /// @return whether it obeys at least one rule.
    template <detail::fitted_by<Rules...> Value>
    [[nodiscard]] static constexpr bool
    check(const Value& value) noexcept(noexcept((detail::rule_holds<Rules>(value) || ...))) {
        return (detail::rule_holds<Rules>(value) || ...);
    }
    /// @return what is wrong with a value that breaks the rule.
    [[nodiscard]] static std::string failure() {
        std::string text;
        (detail::append_part(text, " and ", detail::rule_failure<Rules>()), ...);
        return text;
    }
    /// @return what is wrong with a value that obeys the rule where it should not.
    [[nodiscard]] static std::string success() {
        std::string text;
        (detail::append_part(text, " or ", detail::rule_success<Rules>()), ...);
        return text;
    }

    static_assert(detail::are_rules<Rules...>,
                  "lathe::any_of<Rules...>: give at least one rule, and rules only; attributes and "
                  "normalisers belong into the list of the property itself");
};

/// Allows what obeys at least one of several rules: `any_of<uuid, length<0>>`.
/// @tparam Rules at least one rule; all fit the same types.
template <auto... Rules>
inline constexpr any_of_rule<Rules...> any_of{};

/// The type of `not_<Rule>`.
/// @tparam Rule what a value must break.
template <auto Rule>
struct not_rule {
    static constexpr std::string_view name = "not_"; ///< as it stands in issues

    /// @param value what is checked.
    /// @return whether it breaks `Rule`.
    template <detail::fitted_by<Rule> Value>
    [[nodiscard]] static constexpr bool check(const Value& value) noexcept(noexcept(detail::rule_holds<Rule>(value))) {
        return !detail::rule_holds<Rule>(value);
    }
    /// @return what is wrong with a value that breaks this rule, that is obeys `Rule`.
    [[nodiscard]] static std::string failure() { return detail::rule_success<Rule>(); }
    /// @return what is wrong with a value that obeys this rule where it should not.
    [[nodiscard]] static std::string success() { return detail::rule_failure<Rule>(); }

    static_assert(detail::are_rules<Rule>,
                  "lathe::not_<Rule>: Rule must be a rule; attributes and normalisers have no opposite");
};

/// Allows what breaks a rule: `not_<contains<" ">>`. NaN obeys `not_<in_range<0, 1>>`.
/// @tparam Rule a rule.
template <auto Rule>
inline constexpr not_rule<Rule> not_{};

} // namespace v0
} // namespace lathe

#endif // LATHE_MODEL_ELEMENT_RULES_HPP
