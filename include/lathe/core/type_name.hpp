// SPDX-License-Identifier: MIT
#ifndef LATHE_CORE_TYPE_NAME_HPP
#define LATHE_CORE_TYPE_NAME_HPP

/// @file
/// @brief The name of a type, for messages and reports.
/// @par Example
/// @snippet tests/core/type_name.cpp example

#include <cstddef>
#include <string_view>
#include <type_traits>

namespace lathe {
inline namespace v0 {
namespace detail {

// The compiler writes T into the text of this function. It returns a pointer, since g++ appends
// the spelling of std::string_view to the text of a function that returns one.
template <class T>
consteval const char* type_signature() noexcept {
    return __PRETTY_FUNCTION__;
}

// Where the type stands in that text is learnt from a type whose spelling is known.
inline constexpr std::size_t type_prefix = std::string_view(type_signature<double>()).find("double");
inline constexpr std::size_t type_suffix =
    std::string_view(type_signature<double>()).size() - type_prefix - std::string_view("double").size();
// no case: no supported compiler writes types in another way
static_assert(type_prefix != std::string_view::npos,
              "lathe::type_name: this compiler writes types in a way that lathe "
              "does not know; please report it with the compiler's version");

template <class T>
consteval std::string_view spelled_type() noexcept {
    std::string_view text = type_signature<std::remove_cv_t<T>>();
    text.remove_prefix(type_prefix);
    text.remove_suffix(type_suffix);
    return text;
}

// "a::b<c::d>::e<f>" -> "e<f>": the last :: outside of brackets. Brackets are () <> and {}, as in
// "(anonymous namespace)", "f()::local" and "a::{anonymous}::b"; those in quotes are values: "lettered<'>'>".
constexpr std::string_view unqualified(std::string_view text) noexcept {
    const bool standard = text.starts_with("std::");
    int depth = 0;
    for (std::size_t i = text.size(); i > 1; --i) {
        const char c = text[i - 1];
        if (c == '\'' || c == '"') {
            do
                --i;
            while (i > 1 && (text[i - 1] != c || text[i - 2] == '\\'));
            continue;
        }
        if (c == '>' || c == ')' || c == '}') ++depth;
        if (c == '<' || c == '(' || c == '{') --depth;
        if (depth == 0 && c == ':' && text[i - 2] == ':') {
            text.remove_prefix(i);
            break;
        }
    }
    // The standard's strings of char, not of char8_t or char32_t, are known by the names of their aliases.
    if (standard) {
        if (text.starts_with("basic_string<char,") || text.starts_with("basic_string<char>")) return "string";
        if (text.starts_with("basic_string_view<char,") || text.starts_with("basic_string_view<char>"))
            return "string_view";
    }
    return text;
}

} // namespace detail

/// The name of `T` without its namespaces or enclosing classes: `person`, `box<int>`.
///
/// Template arguments are spelled as the compiler spells them, so names of class template
/// specialisations differ between compilers; names of plain classes do not. `std::string` and
/// `std::string_view` are called so. The text lives as long as the program.
/// @tparam T any type.
template <class T>
inline constexpr std::string_view type_name = detail::unqualified(detail::spelled_type<T>());

} // namespace v0
} // namespace lathe

#endif // LATHE_CORE_TYPE_NAME_HPP
