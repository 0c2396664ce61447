// SPDX-License-Identifier: MIT
#ifndef LATHE_CACHE_DETAIL_MEMOIZE_SIGNATURE_HPP
#define LATHE_CACHE_DETAIL_MEMOIZE_SIGNATURE_HPP

/// @file
/// @brief What a function that is to remember its results takes and returns, as a type `R(A...)`.

#include <type_traits>

#include <lathe/core/detail/callable_signature.hpp>

namespace lathe {
inline namespace v0 {
namespace detail {

template <class...>
inline constexpr bool always_false = false;

// Stands for the memo that a recursive function takes first, while its other types are looked for. The body of a
// function that writes its result is not looked at for that; the body of one that does not is, and comes by here. If it
// is no recursive one, but generic, the compiler's words about it have this name in them. clang 18 looks at every body,
// so there it has to do with numbers, and a function with other results needs its signature written.
struct memo_or_write_the_signature {
    template <class... Arguments>
    auto operator()(const Arguments&... /*arguments*/) const {
#if !defined(__clang__) || __clang_major__ >= 19
        static_assert(always_false<Arguments...>,
                      "lathe::memoize: the result of a function that calls itself is not known before it is compiled; "
                      "write it: [](auto& self, int n) -> long");
#endif
        return 0; // what most bodies can go on with, so that the sentence above stays the only error
    }
};

template <class Signature>
struct without_first;
template <class R, class First, class... A>
struct without_first<R(First, A...)> {
    using type = R(A...);
};

// A memo calls its function again and again.
template <class F>
concept known_call = requires { requires !callable_signature<F>::is_for_rvalues; };

template <class F>
struct memo_signature {};
template <class F>
    requires known_call<F>
struct memo_signature<F> : callable_signature<F> {};
// A recursive function is a template over its first parameter, and only over that.
template <class F>
    requires requires { &F::template operator()<memo_or_write_the_signature>; }
struct memo_signature<F> {
    using type = typename without_first<
        typename memo_signature<decltype(&F::template operator()<memo_or_write_the_signature>)>::type>::type;
};

template <class F>
concept known_signature = requires { typename memo_signature<F>::type; };
template <class F>
concept known_callable = !std::is_member_function_pointer_v<F> && known_signature<F>;

// None of what is chosen is a signature.
template <class... Chosen>
concept without_signature = (!std::is_function_v<Chosen> && ...);

} // namespace detail
} // namespace v0
} // namespace lathe

#endif // LATHE_CACHE_DETAIL_MEMOIZE_SIGNATURE_HPP
