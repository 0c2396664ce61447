// SPDX-License-Identifier: MIT
#ifndef LATHE_MODEL_DETAIL_CHECKED_ARITHMETIC_HPP
#define LATHE_MODEL_DETAIL_CHECKED_ARITHMETIC_HPP

/// @file
/// @brief Sums, differences and products that fit their type, or say that they do not.

#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

#include <lathe/model/detail/conversion.hpp>
#include <lathe/model/detail/property_rules.hpp>
#include <lathe/model/validation_error.hpp>

namespace lathe {
inline namespace v0 {
namespace detail {

enum class operation : char { add = '+', subtract = '-', multiply = '*' };

// What may be added to a property: numbers that a property of T takes; for others whatever T itself adds.
template <class T, class U>
concept addend = (number<T> && takes_value<T, const U&> && (number<U> || is_property<U>)) ||
                 (!std::is_arithmetic_v<T> && requires(T& value, const U& added) { value += added; });
template <class T, class U>
concept factor = number<T> && takes_value<T, const U&> && (number<U> || is_property<U>);

template <class T, auto... Rules, class U>
[[noreturn, gnu::cold, gnu::noinline]] void throw_overflow(T value, operation what, U operand) {
    std::string text = scalar_text(value);
    text += ' ';
    text += static_cast<char>(what);
    text += ' ';
    write_scalar(text, operand);
    std::string message = text;
    message += ' ';
    message += representable_failure<T>();
    std::vector<issue> issues;
    issues.push_back({std::string(label_of<Rules...>()), "representable", std::move(message), std::move(text)});
    throw validation_error(std::move(issues));
}

template <operation What, auto... Rules, number T, class U>
constexpr T calculate(T value, const U& operand) {
    if constexpr (is_property<U>) {
        return calculate<What, Rules...>(value, operand.value());
    } else if constexpr (integer<T>) {
        T result{};
        // As if in unlimited range, whatever the two types.
        const bool overflow = What == operation::add        ? __builtin_add_overflow(value, operand, &result)
                              : What == operation::subtract ? __builtin_sub_overflow(value, operand, &result)
                                                            : __builtin_mul_overflow(value, operand, &result);
        if (overflow) [[unlikely]]
            throw_overflow<T, Rules...>(value, What, operand);
        return result;
    } else {
        const T exact = static_cast<T>(operand);
        return What == operation::add ? value + exact : What == operation::subtract ? value - exact : value * exact;
    }
}

} // namespace detail
} // namespace v0
} // namespace lathe

#endif // LATHE_MODEL_DETAIL_CHECKED_ARITHMETIC_HPP
