// SPDX-License-Identifier: MIT
#ifndef LATHE_MODEL_DETAIL_PROPERTY_RULES_HPP
#define LATHE_MODEL_DETAIL_PROPERTY_RULES_HPP

/// @file
/// @brief What a property asks of its list of rules.

#include <compare>
#include <concepts>
#include <cstddef>
#include <initializer_list>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

#include <lathe/core/detail/refused.hpp>
#include <lathe/core/fixed_string.hpp>
#include <lathe/core/type_name.hpp>
#include <lathe/model/attributes.hpp>
#include <lathe/model/detail/access.hpp>
#include <lathe/model/detail/commit.hpp>
#include <lathe/model/detail/conversion.hpp>
#include <lathe/model/detail/exact_numbers.hpp>
#include <lathe/model/detail/rule_traits.hpp>
#include <lathe/model/detail/write_value.hpp>
#include <lathe/model/validation_error.hpp>

namespace lathe {
inline namespace v0 {
namespace detail {

// The name that a field carries in its type.
template <fixed_string Name>
struct label : attribute {
    static_assert(!Name.empty(),
                  "lathe::field<Name, T, Rules...>: Name is empty; write the name of the member, or use "
                  "lathe::property<T, Rules...>");
    static constexpr std::string_view label_text = Name.view();
};

template <auto Rule>
using type_of = std::remove_cv_t<decltype(Rule)>;

template <auto Rule>
concept is_label = requires { type_of<Rule>::label_text; };
template <auto Rule>
concept is_default = requires { type_of<Rule>::value(); } && is_attribute<type_of<Rule>>;

template <auto... Rules>
inline constexpr bool has_default = (is_default<Rules> || ...);

template <auto... Rules>
inline constexpr bool normalises = (is_normaliser<type_of<Rules>> || ...);

// ---- values ----

template <class T>
concept lists_elements = requires {
    typename T::value_type;
} && std::constructible_from<T, std::initializer_list<typename T::value_type>> && !is_optional<T> && !string_like<T>;

struct no_elements {
    no_elements() = delete;
};
template <class T>
struct listed_element {
    using type = no_elements;
};
template <lists_elements T>
struct listed_element<T> {
    using type = typename T::value_type;
};
template <class T>
using element_type = typename listed_element<T>::type;

// Numbers of two types, of which an optional holds one or both.
template <class A, class B>
concept mixed_optionals = (is_optional<A> || is_optional<B>) && number<without_optional<A>> &&
                          number<without_optional<B>> && !std::is_same_v<without_optional<A>, without_optional<B>>;
// Numbers are compared by value, without the surprises of mixed signs; all else as it compares itself.
template <class A, class B>
concept comparable = (number<A> && number<B>) || mixed_optionals<A, B> || requires(const A& a, const B& b) {
    { a == b } -> std::convertible_to<bool>;
};
template <class T>
constexpr const without_optional<T>* number_in(const T& value) noexcept {
    if constexpr (is_optional<T>) {
        return value.has_value() ? &*value : nullptr;
    } else {
        return &value;
    }
}
template <class A, class B>
constexpr bool equal_values(const A& a, const B& b) {
    if constexpr (number<A> && number<B> && !std::is_same_v<A, B>) {
        return number_equal(a, b);
    } else if constexpr (mixed_optionals<A, B>) {
        const auto* in_a = number_in(a);
        const auto* in_b = number_in(b);
        return in_a != nullptr && in_b != nullptr ? number_equal(*in_a, *in_b) : in_a == nullptr && in_b == nullptr;
    } else {
        return a == b;
    }
}

template <class A, class B>
concept sortable = (number<A> && number<B>) || mixed_optionals<A, B> || requires(const A& a, const B& b) { a <=> b; };
template <class A, class B>
constexpr auto order_values(const A& a, const B& b) {
    if constexpr (integer<A> && integer<B> && !std::is_same_v<A, B>) {
        return std::cmp_less(a, b)   ? std::strong_ordering::less
               : std::cmp_less(b, a) ? std::strong_ordering::greater
                                     : std::strong_ordering::equal;
    } else if constexpr (number<A> && number<B> && !std::is_same_v<A, B>) {
        return number_less(a, b)    ? std::partial_ordering::less
               : number_less(b, a)  ? std::partial_ordering::greater
               : number_equal(a, b) ? std::partial_ordering::equivalent
                                    : std::partial_ordering::unordered;
    } else if constexpr (mixed_optionals<A, B>) {
        const auto* in_a = number_in(a);
        const auto* in_b = number_in(b);
        using order = decltype(order_values(*in_a, *in_b));
        if (in_a != nullptr && in_b != nullptr) return order_values(*in_a, *in_b);
        return order((in_a != nullptr) <=> (in_b != nullptr)); // none comes first
    } else {
        return a <=> b;
    }
}

// std::ostream and its like, known by what they do: the result of << is the stream itself.
template <class Stream, class T>
concept stream_of = std::is_class_v<Stream> && requires(Stream& out, const T& value) {
    requires std::is_lvalue_reference_v<decltype(out << value)>;
    requires std::is_base_of_v<std::remove_reference_t<decltype(out << value)>, Stream>;
};

// ---- rules ----

template <class T, auto Rule>
consteval bool rule_fits_property() {
    if constexpr (is_attribute<type_of<Rule>>) {
        return true;
    } else if constexpr (is_normaliser<type_of<Rule>>) {
        return requires(without_optional<T>& value) { Rule.apply(value); };
    } else {
        return fits<Rule, without_optional<T>>;
    }
}
template <class T, auto... Rules>
consteval bool rules_fit() {
    return (rule_fits_property<T, Rules>() && ...);
}

template <auto Rule, class T>
constexpr bool holds_one(const T& value) {
    if constexpr (is_rule<type_of<Rule>>) {
        return rule_holds<Rule>(value);
    } else {
        return true;
    }
}

template <auto... Rules, class T>
constexpr bool all_hold(const T& value) {
    if constexpr (is_optional<T>) {
        return !value.has_value() || (holds_one<Rules>(*value) && ...);
    } else {
        return (holds_one<Rules>(value) && ...);
    }
}

template <auto Rule, class T>
constexpr void normalise_one(T& value) {
    if constexpr (is_normaliser<type_of<Rule>>) Rule.apply(value);
}
template <auto... Rules, class T>
constexpr void normalise(T& value) {
    if constexpr (is_optional<T>) {
        if (value.has_value()) (normalise_one<Rules>(*value), ...);
    } else {
        (normalise_one<Rules>(value), ...);
    }
}

// ---- defaults ----

template <auto First, auto... Rest>
consteval auto written_default() {
    if constexpr (is_default<First>) {
        return type_of<First>::value();
    } else {
        return written_default<Rest...>();
    }
}

template <class T, auto... Rules>
constexpr auto default_value() { // auto: no T, so that an array gets one error
    if constexpr (has_default<Rules...>) {
        return convert<T>(written_default<Rules...>());
    } else {
        return T{};
    }
}

// Whether making the default can throw: text of a default is copied, and normalised text is checked again.
template <class T, auto... Rules>
inline constexpr bool default_is_quiet =
    std::is_nothrow_default_constructible_v<T> &&
    (!has_default<Rules...> || (std::is_trivially_copyable_v<T> && !normalises<Rules...>));

// Stands for an empty container in constant expressions: strings and vectors are no constants on every compiler
// (clang 19 with libstdc++ 12), and what a rule says of them must not depend on the compiler.
template <class Element>
struct empty_container {
    using value_type = Element;

    static constexpr bool empty() noexcept { return true; }
    static constexpr std::size_t size() noexcept { return 0; }
    static constexpr const Element* begin() noexcept { return nullptr; }
    static constexpr const Element* end() noexcept { return nullptr; }
};

template <class T>
struct stand_in {
    using type = T;
};
template <>
struct stand_in<std::string> {
    using type = std::string_view;
};
template <class T>
    requires(requires(const T& t) {
        typename T::value_type;
        t.begin();
        t.end();
        t.size();
    } && !string_like<T>)
struct stand_in<T> {
    using type = empty_container<typename T::value_type>;
};

template <bool>
struct constant {};

// A rule that cannot be asked at compile time (it takes a const std::string&, or is not constexpr) does not make a
// property required: that is what the attribute is for.
template <auto Rule, class Probe>
concept decides =
    is_rule<type_of<Rule>> && fits<Rule, Probe> && requires { typename constant<(rule_holds<Rule>(Probe{}), true)>; };

template <auto Rule, class Probe>
consteval bool empty_obeys() {
    if constexpr (decides<Rule, Probe>) {
        return rule_holds<Rule>(Probe{});
    } else {
        return true;
    }
}

template <auto Rule, class T, auto... Rules>
concept decides_default = is_rule<type_of<Rule>> && requires {
    typename constant<(rule_holds<Rule>(default_value<typename stand_in<without_optional<T>>::type, Rules...>()),
                       true)>;
};
template <auto Rule, class T, auto... Rules>
consteval bool written_obeys() {
    if constexpr (decides_default<Rule, T, Rules...>) {
        return rule_holds<Rule>(default_value<typename stand_in<without_optional<T>>::type, Rules...>());
    } else {
        return true;
    }
}

// Whether the default arrives in a T unchanged, as an assigned value would.
template <class T, auto... Rules>
consteval bool default_fits() {
    if constexpr (!has_default<Rules...>) {
        return true;
    } else if constexpr (takes_value<T, decltype(written_default<Rules...>())>) {
        return arrives_unchanged<T>(written_default<Rules...>());
    } else {
        return false;
    }
}

template <class T, auto... Rules>
consteval bool default_obeys() {
    if constexpr (has_default<Rules...> && default_fits<T, Rules...>()) {
        return (written_obeys<Rules, T, Rules...>() && ...);
    } else {
        return true;
    }
}

template <class T, auto... Rules>
consteval bool is_required() {
    if constexpr ((std::is_same_v<type_of<Rules>, required_attribute> || ...)) {
        return true;
    } else if constexpr (has_default<Rules...>) {
        return false;
    } else if constexpr (!std::is_default_constructible_v<T>) {
        return true;
    } else if constexpr (is_optional<T>) {
        return false; // the rules are about a value, and there is none
    } else {
        return !(empty_obeys<Rules, typename stand_in<T>::type>() && ...);
    }
}

// ---- what is wrong ----

template <auto First, auto... Rest>
consteval std::string_view first_label() {
    if constexpr (is_label<First>) {
        return type_of<First>::label_text;
    } else if constexpr (sizeof...(Rest) > 0) {
        return first_label<Rest...>();
    } else {
        return {};
    }
}
template <auto... Rules>
consteval std::string_view label_of() {
    if constexpr (sizeof...(Rules) > 0) {
        return first_label<Rules...>();
    } else {
        return {};
    }
}

template <class T>
void add_issue(std::vector<issue>& issues,
               const std::string& path,
               std::string_view rule,
               const T& value,
               const std::string& failure) {
    std::string text = shown_value(value);
    std::string message = text;
    message += ' ';
    message += failure;
    issues.push_back({path, std::string(rule), std::move(message), std::move(text)});
}

template <auto Rule, class T>
void collect_one(const T& value, const std::string& path, std::vector<issue>& issues) {
    if constexpr (is_rule<type_of<Rule>>) {
        if (rule_holds<Rule>(value)) return;
        if constexpr (reports_elements<type_of<Rule>>) {
            const std::size_t before = issues.size();
            Rule.report(value,
                        [&](std::size_t index, const auto& element, std::string_view rule, const std::string& failure) {
                            add_issue(issues, path + '[' + std::to_string(index) + ']', rule, element, failure);
                        });
            if (issues.size() > before) return;
        }
        add_issue(issues, path, rule_name<Rule>(), value, rule_failure<Rule>(value));
    }
}

// An issue for each rule that the value breaks.
template <auto... Rules, class T>
void collect_issues(const T& value, const std::string& path, std::vector<issue>& issues) {
    if constexpr (is_optional<T>) {
        if (value.has_value()) (collect_one<Rules>(*value, path, issues), ...);
    } else {
        (collect_one<Rules>(value, path, issues), ...);
    }
}

// By value where that keeps the caller's variable in a register.
template <class T>
using cold_argument = std::conditional_t<std::is_trivially_copyable_v<T> && std::is_copy_constructible_v<T> &&
                                             !std::is_array_v<T> && sizeof(T) <= 2 * sizeof(void*),
                                         T,
                                         const T&>;

// Out of line and cold.
template <class T, auto... Rules>
struct refusal {
    using argument = cold_argument<T>;

    [[noreturn, gnu::cold, gnu::noinline]] static void raise(argument value) {
        std::vector<issue> issues;
        collect_issues<Rules...>(value, std::string(label_of<Rules...>()), issues);
        if (issues.empty()) { // a rule that changed its mind
            add_issue(issues, std::string(label_of<Rules...>()), "rule", value, "breaks a rule");
        }
        throw validation_error(std::move(issues));
    }
};

template <class T, class U>
void add_unrepresentable(std::vector<issue>& issues, const std::string& path, const U& value) {
    if constexpr (is_property<U>) {
        add_unrepresentable<T>(issues, path, value.value());
    } else if constexpr (is_optional<U>) {
        add_unrepresentable<without_optional<T>>(issues, path, *value);
    } else if constexpr (number<U>) {
        add_issue(issues, path, "representable", value, representable_failure<without_optional<T>>());
    }
}

template <class T, class U, auto... Rules>
[[noreturn, gnu::cold, gnu::noinline]] void throw_unrepresentable(cold_argument<U> value) {
    std::vector<issue> issues;
    add_unrepresentable<T>(issues, std::string(label_of<Rules...>()), value);
    throw validation_error(std::move(issues));
}

} // namespace detail
} // namespace v0
} // namespace lathe

#endif // LATHE_MODEL_DETAIL_PROPERTY_RULES_HPP
