// SPDX-License-Identifier: MIT
#ifndef LATHE_PERF_DETAIL_WRAPPED_CALL_HPP
#define LATHE_PERF_DETAIL_WRAPPED_CALL_HPP

/// @file
/// @brief Objects that are called as a callable is, and measure each call.

#include <type_traits>
#include <utility>

#include <lathe/core/detail/callable_signature.hpp>
#include <lathe/perf/timer.hpp>

namespace lathe {
inline namespace v0 {
namespace detail {

// ---- what is known of a callable before it is called ----

template <class F, class Signature>
struct known_wrapped_terms;
template <class F, class R, class... A>
struct known_wrapped_terms<F, R(A...)> {
    using result = R;
    static constexpr bool passes_on = (std::is_constructible_v<A, A> && ...); // what it takes by value is moved on
    // A call operator of C++23 that names its object as a parameter is not called with all that stands in its type.
    using call_operator = std::conditional_t<std::is_invocable_v<F&, A...> || std::is_invocable_v<F, A...>,
                                             typename callable_signature<F>::qualified,
                                             void>;
};

// Generic, overloaded, or a pointer to a member, which takes objects, pointers and more: each call decides.
template <class F>
struct wrapped_terms {
    using result = void;
    static constexpr bool passes_on = true;
    using call_operator = void;
};
// A function, or a class with one call operator that is no template.
template <class F>
    requires(!std::is_member_pointer_v<F> && requires { typename callable_signature<F>::type; })
struct wrapped_terms<F> : known_wrapped_terms<F, typename callable_signature<F>::type> {};

struct some_call_operator {
    void operator()() const;
};
template <class F>
struct with_some_call_operator : F, some_call_operator {};

// A call operator is found also where it is a template or overloaded: a second one beside it makes the name ambiguous.
// Final classes and unions are believed to have one.
template <class F>
consteval bool may_be_called() {
    if constexpr (std::is_class_v<F> && !std::is_final_v<F>) {
        return !requires { &with_some_call_operator<F>::operator(); };
    } else if constexpr (std::is_pointer_v<F>) {
        return std::is_function_v<std::remove_pointer_t<F>>;
    } else {
        return std::is_class_v<F> || std::is_union_v<F> || std::is_member_pointer_v<F>;
    }
}

template <class F>
consteval bool check_wrapped() {
    static_assert(may_be_called<F>(),
                  "lathe::perf: f cannot be called; pass a function, a lambda, an object with an operator(), or a "
                  "pointer to a member");
    static_assert(wrapped_terms<F>::passes_on,
                  "lathe::perf: f takes an argument by value that can be neither moved nor copied, so it cannot be "
                  "passed on to f; take it by reference");
    return true;
}

// ---- the call operator ----

// What is kept. A call is passed on as `Measure::call<R>(timer, f, args...)`, which returns a `Measure::result<R>`.
template <class F, class Measure>
class wrapped_callable {
protected:
    wrapped_callable(perf::timer timer, F&& f) : m_timer(timer), m_function(std::move(f)) {}

    perf::timer m_timer;
    [[no_unique_address]] F m_function;
};

// An argument by value has been made when the call operator begins, and is moved on within.
template <bool NoExcept, class... A>
inline constexpr bool passes_without_throwing = NoExcept && (std::is_nothrow_constructible_v<A, A> && ...);

// Called as F is. What is only called as an rvalue, say, is not called as an lvalue of another constness instead.
template <class F, class Measure, class CallOperator = typename wrapped_terms<F>::call_operator>
class wrapped_call : public wrapped_callable<F, Measure> {
    template <class Function, class... Args>
    using result = typename Measure::template result<std::invoke_result_t<Function, Args...>>;

public:
    using wrapped_callable<F, Measure>::wrapped_callable;

    template <class... Args>
        requires std::is_invocable_v<F&, Args...>
    result<F&, Args...> operator()(Args&&... args) & noexcept(std::is_nothrow_invocable_v<F&, Args...>) {
        return Measure::template call<std::invoke_result_t<F&, Args...>>(
            this->m_timer, this->m_function, std::forward<Args>(args)...);
    }
    template <class... Args>
        requires std::is_invocable_v<const F&, Args...>
    result<const F&, Args...>
    operator()(Args&&... args) const& noexcept(std::is_nothrow_invocable_v<const F&, Args...>) {
        return Measure::template call<std::invoke_result_t<const F&, Args...>>(
            this->m_timer, this->m_function, std::forward<Args>(args)...);
    }
    template <class... Args>
        requires std::is_invocable_v<F, Args...>
    result<F, Args...> operator()(Args&&... args) && noexcept(std::is_nothrow_invocable_v<F, Args...>) {
        return Measure::template call<std::invoke_result_t<F, Args...>>(
            this->m_timer, std::move(this->m_function), std::forward<Args>(args)...);
    }
    template <class... Args>
        requires std::is_invocable_v<const F, Args...>
    result<const F, Args...>
    operator()(Args&&... args) const&& noexcept(std::is_nothrow_invocable_v<const F, Args...>) {
        return Measure::template call<std::invoke_result_t<const F, Args...>>(
            this->m_timer, std::move(this->m_function), std::forward<Args>(args)...);
    }

    template <class... Args>
        requires(!std::is_invocable_v<F&, Args...>)
    void operator()(Args&&... args) & = delete;
    template <class... Args>
        requires(!std::is_invocable_v<const F&, Args...>)
    void operator()(Args&&... args) const& = delete;
    template <class... Args>
        requires(!std::is_invocable_v<F, Args...>)
    void operator()(Args&&... args) && = delete;
};

// With one signature the call operator is no template, so that its parameters convert, and std::function finds it.
template <class F, class Measure, class R, class... A, bool NoExcept>
class wrapped_call<F, Measure, R(A...) noexcept(NoExcept)> : public wrapped_callable<F, Measure> {
public:
    using wrapped_callable<F, Measure>::wrapped_callable;
    typename Measure::template result<R> operator()(A... args) noexcept(passes_without_throwing<NoExcept, A...>) {
        return Measure::template call<R>(this->m_timer, this->m_function, static_cast<A&&>(args)...);
    }
};
template <class F, class Measure, class R, class... A, bool NoExcept>
class wrapped_call<F, Measure, R(A...) const noexcept(NoExcept)> : public wrapped_callable<F, Measure> {
public:
    using wrapped_callable<F, Measure>::wrapped_callable;
    typename Measure::template result<R> operator()(A... args) const noexcept(passes_without_throwing<NoExcept, A...>) {
        return Measure::template call<R>(this->m_timer, this->m_function, static_cast<A&&>(args)...);
    }
};
template <class F, class Measure, class R, class... A, bool NoExcept>
class wrapped_call<F, Measure, R(A...) & noexcept(NoExcept)> : public wrapped_callable<F, Measure> {
public:
    using wrapped_callable<F, Measure>::wrapped_callable;
    typename Measure::template result<R> operator()(A... args) & noexcept(passes_without_throwing<NoExcept, A...>) {
        return Measure::template call<R>(this->m_timer, this->m_function, static_cast<A&&>(args)...);
    }
};
template <class F, class Measure, class R, class... A, bool NoExcept>
class wrapped_call<F, Measure, R(A...) const & noexcept(NoExcept)> : public wrapped_callable<F, Measure> {
public:
    using wrapped_callable<F, Measure>::wrapped_callable;
    typename Measure::template result<R>
    operator()(A... args) const& noexcept(passes_without_throwing<NoExcept, A...>) {
        return Measure::template call<R>(this->m_timer, this->m_function, static_cast<A&&>(args)...);
    }
};
template <class F, class Measure, class R, class... A, bool NoExcept>
class wrapped_call<F, Measure, R(A...) && noexcept(NoExcept)> : public wrapped_callable<F, Measure> {
public:
    using wrapped_callable<F, Measure>::wrapped_callable;
    typename Measure::template result<R> operator()(A... args) && noexcept(passes_without_throwing<NoExcept, A...>) {
        return Measure::template call<R>(this->m_timer, std::move(this->m_function), static_cast<A&&>(args)...);
    }
};
template <class F, class Measure, class R, class... A, bool NoExcept>
class wrapped_call<F, Measure, R(A...) const && noexcept(NoExcept)> : public wrapped_callable<F, Measure> {
public:
    using wrapped_callable<F, Measure>::wrapped_callable;
    typename Measure::template result<R>
    operator()(A... args) const&& noexcept(passes_without_throwing<NoExcept, A...>) {
        return Measure::template call<R>(this->m_timer, std::move(this->m_function), static_cast<A&&>(args)...);
    }
};

} // namespace detail
} // namespace v0
} // namespace lathe

#endif // LATHE_PERF_DETAIL_WRAPPED_CALL_HPP
