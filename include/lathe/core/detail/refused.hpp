// SPDX-License-Identifier: MIT
#ifndef LATHE_CORE_DETAIL_REFUSED_HPP
#define LATHE_CORE_DETAIL_REFUSED_HPP

/// @file
/// @brief What a caller may get wrong, found before the compiler finds it somewhere inside.

#include <type_traits>

#include <lathe/core/fixed_string.hpp>

/// @cond detail
// Ends the declaration of a function template that must not be called; a last template parameter `class Reason =
// lathe::detail::refused<sentence>` goes with it. g++ prints the template arguments of a deleted function, clang the
// text of the attribute. To both there is no such function: what asks whether it can be called is told no.
#ifdef __clang__
#    define LATHE_DETAIL_REFUSED(sentence) __attribute__((unavailable(sentence)))
#else
#    define LATHE_DETAIL_REFUSED(sentence) = delete
#endif
/// @endcond

namespace lathe {
inline namespace v0 {
namespace detail {

template <fixed_string Sentence>
struct refused;

// Whether F can be called, as far as its parameters tell: to ask one that is a template may compile its body, and what
// is wrong in there would be said twice.
template <class F, class... Args>
inline constexpr bool seems_callable = true;
template <class F, class... Args>
    requires requires { &std::remove_reference_t<F>::operator(); }
inline constexpr bool seems_callable<F, Args...> =
    requires(F&& call, Args&&... args) { static_cast<F&&>(call)(static_cast<Args&&>(args)...); };

} // namespace detail
} // namespace v0
} // namespace lathe

#endif // LATHE_CORE_DETAIL_REFUSED_HPP
