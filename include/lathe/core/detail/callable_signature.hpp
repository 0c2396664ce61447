// SPDX-License-Identifier: MIT
#ifndef LATHE_CORE_DETAIL_CALLABLE_SIGNATURE_HPP
#define LATHE_CORE_DETAIL_CALLABLE_SIGNATURE_HPP

/// @file
/// @brief What a callable takes and returns, found where its call operator can be named.

#include <type_traits>

namespace lathe {
inline namespace v0 {
namespace detail {

// A function type as it is, `R(A...) const & noexcept`, and without what follows its parameters. Nothing for volatile
// ones and for those that end in C's "...".
template <class Function>
struct function_parts {};
template <class R, class... A, bool NoExcept>
struct function_parts<R(A...) noexcept(NoExcept)> {
    using type = R(A...);
    using qualified = R(A...) noexcept(NoExcept);
    static constexpr bool is_const = false;
    static constexpr bool is_for_rvalues = false;
};
template <class R, class... A, bool NoExcept>
struct function_parts<R(A...) const noexcept(NoExcept)> {
    using type = R(A...);
    using qualified = R(A...) const noexcept(NoExcept);
    static constexpr bool is_const = true;
    static constexpr bool is_for_rvalues = false;
};
template <class R, class... A, bool NoExcept>
struct function_parts<R(A...) & noexcept(NoExcept)> : function_parts<R(A...)> {
    using qualified = R(A...) & noexcept(NoExcept);
};
template <class R, class... A, bool NoExcept>
struct function_parts<R(A...) const & noexcept(NoExcept)> : function_parts<R(A...) const> {
    using qualified = R(A...) const& noexcept(NoExcept);
};
template <class R, class... A, bool NoExcept>
struct function_parts<R(A...) && noexcept(NoExcept)> : function_parts<R(A...)> {
    using qualified = R(A...) && noexcept(NoExcept);
    static constexpr bool is_for_rvalues = true;
};
template <class R, class... A, bool NoExcept>
struct function_parts<R(A...) const && noexcept(NoExcept)> : function_parts<R(A...) const> {
    using qualified = R(A...) const&& noexcept(NoExcept);
    static constexpr bool is_for_rvalues = true;
};

// The parts of a function, of a member function, of the call operator of a class that has one; nothing for others.
template <class F>
struct callable_signature {};
template <class R, class... A, bool NoExcept>
struct callable_signature<R (*)(A...) noexcept(NoExcept)> : function_parts<R(A...) const noexcept(NoExcept)> {
}; // a call leaves the pointer as it is
template <class C, class Function>
    requires std::is_function_v<Function>
struct callable_signature<Function C::*> : function_parts<Function> {
    using class_type = C;
};
template <class F>
    requires requires { &F::operator(); }
struct callable_signature<F> : callable_signature<decltype(&F::operator())> {};

} // namespace detail
} // namespace v0
} // namespace lathe

#endif // LATHE_CORE_DETAIL_CALLABLE_SIGNATURE_HPP
