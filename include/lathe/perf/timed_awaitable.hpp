// SPDX-License-Identifier: MIT
#ifndef LATHE_PERF_TIMED_AWAITABLE_HPP
#define LATHE_PERF_TIMED_AWAITABLE_HPP

/// @file
/// @brief Awaitables that measure how long they are awaited.
/// @par Example
/// @snippet tests/perf/timed_awaitable.cpp example

#include <cstdint>
#include <functional>
#include <type_traits>
#include <utility>

#include <lathe/core/awaitable.hpp>
#include <lathe/perf/detail/timed_await.hpp>
#include <lathe/perf/detail/wrapped_call.hpp>
#include <lathe/perf/timer.hpp>

namespace lathe {
inline namespace v0 {
namespace perf {

/// An awaitable that records how long it is awaited; made by `monitor::time_async`.
///
/// It gives what `Awaitable` gives, to the coroutines that can await that. Recorded is the time from the beginning of
/// an await until its result is there, all that the coroutine was suspended for, on whichever thread it goes on. What
/// is awaited twice is recorded twice. An exception is counted, with its time, and as an error, and goes on. An await
/// that never ends, for its coroutine is destroyed before, is not counted.
/// @tparam Awaitable what is awaited: kept here, or with & referred to.
template <class Awaitable>
class [[nodiscard]] timed_awaitable {
public:
    /// Awaits what there is.
    /// @param timer of the metric that the awaits belong to; its monitor outlives them.
    /// @param awaited moved in, or referred to if it is an lvalue.
    timed_awaitable(perf::timer timer, Awaitable&& awaited)
        : m_timer(timer), m_awaited(std::forward<Awaitable>(awaited)) {}
    /// Awaits what a call returns; the time of the call is added to that of the await.
    /// @param timer of the metric.
    /// @param call called at once. If it throws, that is counted as an await that failed.
    template <class Call>
    timed_awaitable(perf::timer timer, std::in_place_t /*of a call*/, Call&& call)
        : m_timer(timer), m_awaited(result_of(call)) {}

    /// @return the awaiter; `co_await` asks for it.
    [[nodiscard]] detail::timed_await<Awaitable&> operator co_await() &
        requires awaitable<Awaitable&>
    {
        return detail::timed_await<Awaitable&>(begin(), m_awaited);
    }
    /// @return the awaiter, as of an rvalue.
    [[nodiscard]] detail::timed_await<Awaitable> operator co_await() &&
        requires awaitable<Awaitable>
    {
        return detail::timed_await<Awaitable>(begin(), std::forward<Awaitable>(m_awaited));
    }

private:
    detail::await_time begin() { return detail::await_time(m_timer, std::exchange(m_called, 0)); }

    template <class Call>
    Awaitable result_of(Call& call) {
        struct ending {
            std::uint64_t& called;
            const detail::await_time time;
            ~ending() { called = time.ticks(); }
        };
        const ending call_ends{m_called, detail::await_time(m_timer)};
        try {
            return call();
        } catch (...) {
            call_ends.time.end();
            call_ends.time.fail();
            throw;
        }
    }

    perf::timer m_timer;
    std::uint64_t m_called = 0; // how many ticks the call took
    Awaitable m_awaited;
};

} // namespace perf

namespace detail {

template <class R>
consteval bool check_awaited_result() {
    constexpr bool is_awaited = awaitable<R>; // alone, so that compilers do not write out why not
    static_assert(is_awaited,
                  "lathe::perf::time_async: f returns nothing that can be awaited; time its calls by time_it");
    return true;
}
template <class F>
consteval bool check_async() {
    if constexpr (!std::is_void_v<typename wrapped_terms<F>::call_operator>) {
        return check_awaited_result<typename wrapped_terms<F>::result>();
    } else {
        return true;
    }
}

// Each call gives an awaitable that is timed.
struct async_call {
    template <class R>
    using result = perf::timed_awaitable<R>;

    template <class R, class F, class... Args>
    static result<R> call(perf::timer timer, F&& f, Args&&... args) {
        static_assert(check_awaited_result<R>());
        return result<R>(
            timer, std::in_place, [&]() -> R { return std::invoke(std::forward<F>(f), std::forward<Args>(args)...); });
    }
};

} // namespace detail

namespace perf {

/// A function whose results are awaited, with the time of each; made by `monitor::time_async` of a coroutine function.
///
/// It is called as `F` is, as a `timed` one is, but for the result: a `timed_awaitable` of what `F` returns. The time
/// of the call itself counts too, so that a coroutine that begins at once is timed as one that begins when it is
/// awaited. What lies between the call and the await does not. A lambda that is a coroutine lives in here, and must
/// outlive its coroutines if it captures anything.
/// @tparam F what is called.
template <class F>
class timed_async : public detail::wrapped_call<F, detail::async_call> {
    static_assert(detail::check_wrapped<F>());
    static_assert(detail::check_async<F>());

public:
    /// Keeps the callable.
    /// @param timer of the metric that the awaits belong to; its monitor outlives them.
    /// @param f what to call.
    timed_async(perf::timer timer, F f) : detail::wrapped_call<F, detail::async_call>(timer, std::move(f)) {}
};

} // namespace perf

namespace detail {

// What can be awaited is, and what can be called is called.
template <class T>
auto time_async(perf::timer timer, T&& what) {
    constexpr bool is_only_for_rvalues = !awaitable<T> && awaitable<std::remove_cvref_t<T>>;
    static_assert(!is_only_for_rvalues,
                  "lathe::perf::time_async: this can be awaited as an rvalue only; pass std::move of it");
    if constexpr (awaitable<T> || is_only_for_rvalues) {
        return perf::timed_awaitable<T>(timer, std::forward<T>(what));
    } else {
        return perf::timed_async<std::decay_t<T>>(timer, std::forward<T>(what));
    }
}

} // namespace detail
} // namespace v0
} // namespace lathe

#endif // LATHE_PERF_TIMED_AWAITABLE_HPP
