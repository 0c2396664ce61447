// SPDX-License-Identifier: MIT
#ifndef LATHE_MODEL_DETAIL_EXACT_NUMBERS_HPP
#define LATHE_MODEL_DETAIL_EXACT_NUMBERS_HPP

/// @file
/// @brief Comparison and division of numbers of any two types, without rounding either.

#include <compare>
#include <concepts>
#include <cstdint>
#include <limits>
#include <type_traits>
#include <utility>

#include <lathe/model/detail/scalar_text.hpp>

namespace lathe {
inline namespace v0 {
namespace detail {

// Whether each value of From is a value of To. Truth values and characters are numbers of no kind here.
template <class From, class To>
inline constexpr bool lossless = std::is_same_v<From, To>;
template <integer From, integer To>
inline constexpr bool lossless<From, To> =
    std::is_signed_v<From> ? std::is_signed_v<To> && sizeof(From) <= sizeof(To)
                           : std::numeric_limits<From>::digits <= std::numeric_limits<To>::digits;
template <number From, std::floating_point To>
inline constexpr bool lossless<From, To> = std::numeric_limits<From>::digits <= std::numeric_limits<To>::digits;

template <std::floating_point Real>
consteval Real power_of_two(int exponent) noexcept {
    Real power = 1;
    for (int i = 0; i < exponent; ++i)
        power *= 2;
    return power;
}

// A conversion of the integer would round it; so the real number is cut to an integer, once it is known to
// fit.
template <integer Whole, std::floating_point Real>
constexpr std::partial_ordering mixed_order(Whole whole, Real narrow) noexcept {
    using wide = std::common_type_t<Real, double>;
    const wide real = narrow;
    constexpr wide limit = power_of_two<wide>(std::numeric_limits<Whole>::digits); // the least number above all Wholes
    constexpr wide lowest = std::is_signed_v<Whole> ? -limit : wide{0};
    if (!(real == real)) return std::partial_ordering::unordered;
    if (real >= limit) return std::partial_ordering::less;
    if (real < lowest) return std::partial_ordering::greater;
    const auto cut = static_cast<Whole>(real);
    if (whole != cut) return whole < cut ? std::partial_ordering::less : std::partial_ordering::greater;
    return static_cast<wide>(cut) <=> real; // exact: cut is real without its fraction
}

// A type that holds the values of both, or void.
template <number A, number B>
struct common_number {
    using real = std::common_type_t<A, B, float>;
    using wide = std::conditional_t<integer<A> || integer<B>, std::common_type_t<real, double>, real>;
    using type = std::conditional_t<(integer<A> && integer<B>) || !lossless<A, wide> || !lossless<B, wide>, void, wide>;
};
template <number A, number B>
using common_number_t = typename common_number<A, B>::type;

template <number A, number B>
constexpr bool number_less(A a, B b) noexcept {
    using wide = common_number_t<A, B>;
    if constexpr (!std::is_void_v<wide>) {
        return static_cast<wide>(a) < static_cast<wide>(b);
    } else if constexpr (integer<A> && integer<B>) {
        return std::cmp_less(a, b);
    } else if constexpr (integer<A>) {
        return mixed_order(a, b) < 0;
    } else {
        return mixed_order(b, a) > 0;
    }
}

// Not the negation of "b is less than a": both are false for NaN.
template <number A, number B>
constexpr bool number_less_equal(A a, B b) noexcept {
    using wide = common_number_t<A, B>;
    if constexpr (!std::is_void_v<wide>) {
        return static_cast<wide>(a) <= static_cast<wide>(b);
    } else if constexpr (integer<A> && integer<B>) {
        return std::cmp_less_equal(a, b);
    } else if constexpr (integer<A>) {
        return mixed_order(a, b) <= 0;
    } else {
        return mixed_order(b, a) >= 0;
    }
}

template <number A, number B>
constexpr bool number_equal(A a, B b) noexcept {
    return number_less_equal(a, b) && number_less_equal(b, a);
}

// What a bound can be compared with: numbers with numbers, anything else with what its operator< takes.
// A bool or a char is compared with its own kind only: 'a' < 200 is no question that a rule should answer.
template <class A, class B>
concept ordered_with =
    (number<A> && number<B>) || ((std::is_same_v<A, B> || !(std::is_arithmetic_v<A> && std::is_arithmetic_v<B>)) &&
                                 requires(const A& a, const B& b) {
                                     { a < b } -> std::convertible_to<bool>;
                                     { b < a } -> std::convertible_to<bool>;
                                 });

template <class A, class B>
inline constexpr bool ordered_quietly = requires(const A& a, const B& b) {
    { a < b } noexcept;
    { b < a } noexcept;
};
template <number A, number B>
inline constexpr bool ordered_quietly<A, B> = true;

template <class A, class B>
    requires ordered_with<A, B>
constexpr bool less(const A& a, const B& b) noexcept(ordered_quietly<A, B>) {
    if constexpr (number<A> && number<B>) {
        return number_less(a, b);
    } else {
        return static_cast<bool>(a < b);
    }
}

template <class A, class B>
    requires ordered_with<A, B>
constexpr bool less_equal(const A& a, const B& b) noexcept(ordered_quietly<A, B>) {
    if constexpr (number<A> && number<B>) {
        return number_less_equal(a, b);
    } else {
        return !static_cast<bool>(b < a);
    }
}

template <integer Whole>
constexpr std::uintmax_t magnitude(Whole value) noexcept {
    const auto bits =
        static_cast<std::uintmax_t>(value); // modulo 2^64, so the negation below is right for the least value
    return std::cmp_less(value, 0) ? std::uintmax_t{0} - bits : bits;
}

// In constant expressions too, where inf - inf is an error.
template <std::floating_point Real>
constexpr bool is_finite(Real value) noexcept {
    return value >= std::numeric_limits<Real>::lowest() && value <= std::numeric_limits<Real>::max();
}

// fmod of two numbers that are not negative, in constant expressions. Each step is exact: the scaled divisor
// is doubled only while it stays within the rest, and a difference of numbers within a factor of two has no
// rounding.
template <std::floating_point Real>
constexpr Real remainder(Real rest, Real divisor) noexcept {
    Real scaled = divisor;
    while (scaled <= rest - scaled)
        scaled += scaled;
    for (;;) {
        if (rest >= scaled) rest -= scaled;
        if (scaled <= divisor) return rest;
        scaled /= 2;
    }
}

// Whether value = n * divisor for an integer n; the divisor is finite and not zero.
template <std::floating_point Real>
constexpr bool divides(Real divisor, Real value) noexcept {
    if (!is_finite(value)) return false;
    const Real positive = divisor < 0 ? -divisor : divisor;
    const Real rest = value < 0 ? -value : value;
    if (std::is_constant_evaluated()) return remainder(rest, positive) == 0;
    if constexpr (std::is_same_v<Real, float>) {
        return __builtin_fmodf(rest, positive) == 0; // the builtin, since <cmath> costs more than this header
    } else if constexpr (std::is_same_v<Real, double>) {
        return __builtin_fmod(rest, positive) == 0;
    } else {
        return __builtin_fmodl(rest, positive) == 0;
    }
}

} // namespace detail
} // namespace v0
} // namespace lathe

#endif // LATHE_MODEL_DETAIL_EXACT_NUMBERS_HPP
