// SPDX-License-Identifier: MIT
#ifndef LATHE_MODEL_DETAIL_BOUNDS_HPP
#define LATHE_MODEL_DETAIL_BOUNDS_HPP

/// @file
/// @brief What rules ask about the constants that they are given, and how they write them.

#include <concepts>
#include <string>
#include <string_view>
#include <type_traits>

#include <lathe/core/type_name.hpp>
#include <lathe/model/detail/exact_numbers.hpp>
#include <lathe/model/detail/scalar_text.hpp>
#include <lathe/model/enumerators.hpp>

namespace lathe {
inline namespace v0 {
namespace detail {

// The compiler writes the value into the text of this function: [with auto Value = phase::cruise].
template <auto Value>
consteval const char* constant_signature() noexcept {
    return __PRETTY_FUNCTION__;
}

// "cruise", or "(phase)7" where no enumerator has the value.
template <auto Value>
    requires std::is_enum_v<decltype(Value)>
consteval std::string_view spelled_enumerator() noexcept {
    constexpr std::string_view mark = "Value = ";
    std::string_view text = constant_signature<Value>();
    text.remove_prefix(text.find(mark) + mark.size());
    text.remove_suffix(1); // the closing bracket
    return unqualified(text);
}

// A name that was given for it goes before the identifier; empty when there is neither.
template <auto Value>
consteval std::string_view constant_name() noexcept {
    if constexpr (given_names<decltype(Value)>) {
        if (const std::string_view given = enum_name(Value); !given.empty()) return given;
    }
    const std::string_view spelled = spelled_enumerator<Value>();
    return spelled.starts_with('(') ? std::string_view() : spelled;
}

template <class T>
concept has_constant_text = scalar<T> || std::is_enum_v<T>;

// How a constant is written in messages: strings without quotes, enumerators without their scope.
template <auto Value>
    requires has_constant_text<std::remove_cv_t<decltype(Value)>>
void write_constant(std::string& out) {
    if constexpr (std::is_enum_v<decltype(Value)>) {
        constexpr std::string_view name = constant_name<Value>();
        if constexpr (name.empty()) {
            out += std::to_string(static_cast<std::underlying_type_t<decltype(Value)>>(Value));
        } else {
            out += name;
        }
    } else if constexpr (string_like<std::remove_cv_t<decltype(Value)>>) {
        out += std::string_view(Value);
    } else {
        write_scalar(out, Value);
    }
}

// Whether a constant has a place in the order of its type, as NaN has not.
template <auto Bound>
inline constexpr bool is_ordered = ordered_with<decltype(Bound), decltype(Bound)>;
template <auto Bound>
    requires std::floating_point<decltype(Bound)>
inline constexpr bool is_ordered<Bound> = Bound <= Bound; // NOLINT: false for NaN

// "is at least 5"; "is in range" when the bound cannot be written.
template <auto Bound>
std::string bound_sentence(std::string_view verb, std::string_view relation) {
    std::string text(verb);
    if constexpr (has_constant_text<decltype(Bound)>) {
        text.append(relation);
        write_constant<Bound>(text);
    } else {
        text.append("in range");
    }
    return text;
}

// The bound as it is best compared with a Value: in_range<0, 3000000000> costs a double no more than two
// comparisons.
template <auto Bound, class Value>
consteval auto bound_for() noexcept {
    if constexpr (integer<decltype(Bound)> && std::floating_point<Value>) {
        constexpr auto real = static_cast<std::common_type_t<Value, double>>(Bound);
        if constexpr (number_equal(real, Bound)) {
            return real;
        } else {
            return Bound;
        }
    } else {
        return Bound;
    }
}

template <auto Low, auto High>
inline constexpr bool has_order = ordered_with<decltype(Low), decltype(High)>;
template <auto Low, auto High>
    requires(!is_ordered<Low> || !is_ordered<High>)
inline constexpr bool has_order<Low, High> = false;
template <auto Low, auto High>
inline constexpr bool in_order = true; // of what cannot be compared: another sentence says so
template <auto Low, auto High>
    requires ordered_with<decltype(Low), decltype(High)>
inline constexpr bool in_order<Low, High> = !less(High, Low);

template <class Value, class Low, class High>
concept ordered_between = ordered_with<Value, Low> && ordered_with<Value, High>;

template <auto Low, auto High>
std::string range_sentence(std::string_view verb) {
    std::string text(verb);
    if constexpr (has_constant_text<decltype(Low)> && has_constant_text<decltype(High)>) {
        text += "in [";
        write_constant<Low>(text);
        text += ", ";
        write_constant<High>(text);
        text += ']';
    } else {
        text += "in range";
    }
    return text;
}

template <auto Divisor>
inline constexpr bool is_divisor = Divisor != 0;
template <auto Divisor>
    requires std::floating_point<decltype(Divisor)>
inline constexpr bool is_divisor<Divisor> = Divisor != 0 && is_finite(Divisor);

// Numbers are equal when they are the same number, text when its bytes are; else operator== decides.
template <class Value, class Constant>
concept same_kind = (number<Value> && number<Constant>) || (string_like<Value> && string_like<Constant>) ||
                    (std::is_same_v<Value, Constant> && std::equality_comparable<Value>);

template <class Value, class... Constants>
concept same_kinds = (same_kind<Value, Constants> && ...);

template <class Value>
inline constexpr bool compared_quietly = scalar<Value> || requires(const Value& value) {
    { value == value } noexcept;
};

template <class Value, class Constant>
    requires same_kind<Value, Constant>
constexpr bool is_same_value(const Value& value, const Constant& constant) noexcept(compared_quietly<Value>) {
    if constexpr (number<Value>) {
        return number_equal(value, constant);
    } else if constexpr (string_like<Value>) {
        return std::string_view(value) == std::string_view(constant);
    } else {
        return value == constant;
    }
}

} // namespace detail
} // namespace v0
} // namespace lathe

#endif // LATHE_MODEL_DETAIL_BOUNDS_HPP
