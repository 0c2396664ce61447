// SPDX-License-Identifier: MIT
#ifndef LATHE_PERF_TIMED_HPP
#define LATHE_PERF_TIMED_HPP

/// @file
/// @brief Callables that measure their calls.
/// @par Example
/// @ref examples/perf.cpp

#include <functional>
#include <type_traits>
#include <utility>

#include <lathe/core/awaitable.hpp>
#include <lathe/perf/detail/wrapped_call.hpp>
#include <lathe/perf/timer.hpp>

namespace lathe {
inline namespace v0 {
namespace detail {

template <class R>
consteval bool check_measured_result() {
    static_assert(!awaitable<R>,
                  "lathe::perf: f returns an awaitable, so only the start of its work would be measured; use "
                  "time_async, which times it to its end");
    return true;
}

struct begin_timing {
    auto operator()(perf::timer timer) const noexcept { return timer.scope(); }
};
struct begin_profiling {
    auto operator()(perf::timer timer) const noexcept { return timer.memory_scope(); }
};

// Each call is measured in a scope of its own.
template <class Begin>
struct measured_call {
    template <class R>
    using result = R;

    template <class R, class F, class... Args>
    static R call(perf::timer timer, F&& f, Args&&... args) {
        static_assert(check_measured_result<R>());
        [[maybe_unused]] auto measured = Begin()(timer);
        if constexpr (std::is_nothrow_invocable_v<F, Args...>) {
            return std::invoke(std::forward<F>(f), std::forward<Args>(args)...);
        } else {
            try {
                return std::invoke(std::forward<F>(f), std::forward<Args>(args)...);
            } catch (...) {
                measured.failed();
                throw;
            }
        }
    }
};

} // namespace detail

namespace perf {

/// A callable whose calls are timed; made by `monitor::time_it`, or of a timer, which may have labels:
/// `perf::timed(mon.timer("parse", {{"file", "a.csv"}}), parse)`.
///
/// It is called as `F` is: with the same arguments and results, const or not, as an lvalue or an rvalue, noexcept or
/// not. Where `F` has one signature, so has this: `std::function(timed)` finds it, and arguments in braces convert;
/// only default arguments are lost. Results may be references, void, or what cannot be moved; arguments, what can only
/// be moved. A pointer to a member is called as `std::invoke` does.
///
/// A call that throws is counted, with its time, and as an error, and the exception goes on. Of a recursive function,
/// those calls are measured that it makes by the wrapper.
/// @tparam F what is called: a function pointer, a class with a call operator, a pointer to a member. Copies and moves
/// are those of `F`.
/// @par Thread safety
/// That of `F`: calls by many threads at a time are measured as any others.
/// @par Example
/// @ref examples/perf.cpp
template <class F>
class timed : public detail::wrapped_call<F, detail::measured_call<detail::begin_timing>> {
    static_assert(detail::check_wrapped<F>());
    static_assert(detail::check_measured_result<typename detail::wrapped_terms<F>::result>());

public:
    /// Keeps the callable.
    /// @param timer of the metric that the calls belong to; its monitor outlives the calls.
    /// @param f what to call; `std::ref(f)` measures the calls of an object that stays where it is.
    timed(perf::timer timer, F f)
        : detail::wrapped_call<F, detail::measured_call<detail::begin_timing>>(timer, std::move(f)) {}
};

/// A callable whose calls are timed, and whose allocations are counted; made by `monitor::profile_memory`.
///
/// As `timed` in all else. Memory is counted where the program counts it: see `memory_is_counted`.
/// @tparam F what is called.
template <class F>
class profiled : public detail::wrapped_call<F, detail::measured_call<detail::begin_profiling>> {
    static_assert(detail::check_wrapped<F>());
    static_assert(detail::check_measured_result<typename detail::wrapped_terms<F>::result>());

public:
    /// Keeps the callable.
    /// @param timer of the metric that the calls belong to; its monitor outlives the calls.
    /// @param f what to call; `std::ref(f)` measures the calls of an object that stays where it is.
    profiled(perf::timer timer, F f)
        : detail::wrapped_call<F, detail::measured_call<detail::begin_profiling>>(timer, std::move(f)) {}
};

} // namespace perf
} // namespace v0
} // namespace lathe

#endif // LATHE_PERF_TIMED_HPP
