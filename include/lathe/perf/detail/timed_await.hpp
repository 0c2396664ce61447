// SPDX-License-Identifier: MIT
#ifndef LATHE_PERF_DETAIL_TIMED_AWAIT_HPP
#define LATHE_PERF_DETAIL_TIMED_AWAIT_HPP

/// @file
/// @brief An await whose time is recorded at its end.

#include <atomic>
#include <coroutine>
#include <cstdint>
#include <utility>

#include <lathe/core/awaitable.hpp>
#include <lathe/perf/detail/monitor_engine.hpp>
#include <lathe/perf/timer.hpp>

namespace lathe {
inline namespace v0 {
namespace detail {

// The time of one await, by the clock of the monitor's scopes; it may end in another thread than it began in.
class await_time {
public:
    // With the ticks before that belong to it too.
    explicit await_time(perf::timer timer, std::uint64_t before = 0) noexcept
        : m_timer(timer), m_counts(core().is_enabled()), m_begun(now() - before) {}

    [[nodiscard]] std::uint64_t ticks() const noexcept {
        const std::uint64_t passed = now() - m_begun;
        return passed >> 63 == 0 ? passed : 0; // the clock of another processor was behind
    }
    void end() const noexcept {
        if (timer_cell* const cell = find(); cell != nullptr) cell->record(ticks());
    }
    void fail() const noexcept {
        if (timer_cell* const cell = find(); cell != nullptr) cell->fail();
    }

private:
    // Relaxed: it is only compared.
    [[nodiscard]] std::uint64_t key() const noexcept { return core().key.load(std::memory_order_relaxed); }
    [[nodiscard]] monitor_core& core() const noexcept { return *m_timer.m_monitor; }
    [[nodiscard]] const metric& what() const noexcept { return *m_timer.m_metric; }
    [[nodiscard]] std::uint64_t now() const noexcept { return engine_of(core()).now(); }

    // This thread's; null if the await does not count.
    [[nodiscard]] timer_cell* find() const noexcept {
        if (!m_counts) return nullptr;
        if (void* const cell = find_cell(key(), core(), what()); cell != nullptr) return static_cast<timer_cell*>(cell);
        try {
            return &cell_here<timer_cell>(core(), what());
        } catch (...) { // no memory for the thread's first one
            return nullptr;
        }
    }

    perf::timer m_timer;
    bool m_counts;
    std::uint64_t m_begun;
};

// The awaiter of a timed_awaitable, around that of what it awaits.
template <class Awaited>
class timed_await {
    using inner = awaiter_of_t<Awaited>;
    using result = await_result_t<Awaited>;

public:
    timed_await(await_time time, Awaited&& awaited)
        : m_time(time), m_inner(begin([&]() -> inner { return awaiter_of(std::forward<Awaited>(awaited)); })) {}
    timed_await(const timed_await&) = delete;
    timed_await& operator=(const timed_await&) = delete;
    ~timed_await() = default;

    bool await_ready() noexcept(noexcept(std::declval<inner&>().await_ready())) {
        return begin([&]() -> bool { return m_inner.await_ready(); });
    }
    // Once the inner one has seen the handle, the coroutine may go on elsewhere and this may be gone. If it throws, the
    // coroutine is not suspended.
    template <class Promise>
    auto await_suspend(std::coroutine_handle<Promise> waiting) noexcept(noexcept(
        std::declval<inner&>().await_suspend(waiting))) -> decltype(std::declval<inner&>().await_suspend(waiting)) {
        return begin([&]() -> decltype(auto) { return m_inner.await_suspend(waiting); });
    }
    result await_resume() noexcept(noexcept(std::declval<inner&>().await_resume())) {
        struct ending {
            const await_time& time;
            ~ending() { time.end(); }
        };
        const ending records{m_time};
        return finish();
    }

private:
    // A step towards the end, which is there at once if the step throws.
    template <class Step>
    auto begin(Step step) -> decltype(step()) {
        try {
            return step();
        } catch (...) {
            m_time.end();
            m_time.fail();
            throw;
        }
    }
    result finish() {
        try {
            return m_inner.await_resume();
        } catch (...) {
            m_time.fail();
            throw;
        }
    }

    await_time m_time;
    inner m_inner;
};

} // namespace detail
} // namespace v0
} // namespace lathe

#endif // LATHE_PERF_DETAIL_TIMED_AWAIT_HPP
