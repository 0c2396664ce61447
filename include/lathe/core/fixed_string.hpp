// SPDX-License-Identifier: MIT
#ifndef LATHE_CORE_FIXED_STRING_HPP
#define LATHE_CORE_FIXED_STRING_HPP

/// @file
/// @brief Text as a template argument.
/// @par Example
/// @ref examples/singleton.cpp

#include <compare>
#include <cstddef>
#include <string_view>

namespace lathe {
inline namespace v0 {

/// A string literal that can be a template argument: `field<"age", int>`.
///
/// Two literals with the same characters are the same argument, and so make the same type.
/// @tparam Size how many characters, without the closing zero.
/// @par Example
/// @ref examples/singleton.cpp
template <std::size_t Size>
struct fixed_string {
    char chars[Size + 1]{}; ///< the characters and a closing zero; public because template arguments demand it

    /// Copies a literal.
    /// @param literal what the string shall say; its closing zero is not counted.
    consteval fixed_string(const char (&literal)[Size + 1]) noexcept { // NOLINT: implicit on purpose
        for (std::size_t i = 0; i <= Size; ++i) // the zero too, or clang shows some as lists of numbers
            chars[i] = literal[i];
    }

    /// @return the characters; valid as long as the template argument, that is always.
    [[nodiscard]] constexpr std::string_view view() const noexcept { return {chars, Size}; }

    /// @return how many characters there are.
    [[nodiscard]] static constexpr std::size_t size() noexcept { return Size; }

    /// @return whether there are none.
    [[nodiscard]] static constexpr bool empty() noexcept { return Size == 0; }

    /// Reads the characters wherever a view is wanted.
    constexpr operator std::string_view() const noexcept { return view(); }

    /// Two strings of one size are equal when their characters are.
    friend constexpr bool operator==(const fixed_string&, const fixed_string&) = default;
};

/// Deduces the size from the literal.
template <std::size_t N>
fixed_string(const char (&)[N]) -> fixed_string<N - 1>;

} // namespace v0
} // namespace lathe

#endif // LATHE_CORE_FIXED_STRING_HPP
