// SPDX-License-Identifier: MIT
#ifndef LATHE_MODEL_DETAIL_LITERAL_HPP
#define LATHE_MODEL_DETAIL_LITERAL_HPP

/// @file
/// @brief Numbers, enumerators and string literals alike as template arguments.

#include <cstddef>
#include <string_view>

#include <lathe/core/fixed_string.hpp>

namespace lathe {
inline namespace v0 {
namespace detail {

// The parameter of templates that take <1>, <phase::cruise> and <"text">: template <literal Value>.
template <class T>
struct literal {
    T held;

    consteval literal(T value) noexcept : held(value) {} // NOLINT: implicit on purpose
    [[nodiscard]] constexpr T value() const noexcept { return held; }
};

// value() points into the template argument, which lives as long as the program.
template <std::size_t Size>
struct literal<fixed_string<Size>> {
    fixed_string<Size> held;

    consteval literal(const char (&text)[Size + 1]) noexcept : held(text) {} // NOLINT: implicit on purpose
    [[nodiscard]] constexpr std::string_view value() const noexcept { return held.view(); }
};

template <class T>
literal(T) -> literal<T>;
template <std::size_t N>
literal(const char (&)[N]) -> literal<fixed_string<N - 1>>;

} // namespace detail
} // namespace v0
} // namespace lathe

#endif // LATHE_MODEL_DETAIL_LITERAL_HPP
