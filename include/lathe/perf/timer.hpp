// SPDX-License-Identifier: MIT
#ifndef LATHE_PERF_TIMER_HPP
#define LATHE_PERF_TIMER_HPP

/// @file
/// @brief A metric by hand: for names that are made at run time, and for times measured elsewhere.
/// @par Example
/// @ref examples/perf.cpp

#include <chrono>
#include <cstdint>

#include <lathe/perf/detail/monitor_engine.hpp>
#include <lathe/perf/scope.hpp>

namespace lathe {
inline namespace v0 {
namespace detail {
class await_time;
} // namespace detail

namespace perf {

/// A metric of a monitor, found once and used often; made by `monitor::timer`. As cheap to copy as two pointers.
///
/// @par Thread safety
/// Any number of threads may use one, each without waiting for another.
/// @par Ownership
/// It must not be used after its monitor has ended.
/// @par Example
/// @ref examples/perf.cpp
class timer {
public:
    /// Begins to measure, as `monitor::scope<"name">()` does.
    /// @return what measures until it ends.
    [[nodiscard, gnu::always_inline]] perf::scope scope() const noexcept {
        return perf::scope(detail::begin_timer(*m_monitor, *m_metric));
    }

    /// Begins to measure, and to count what the thread allocates.
    /// @return what measures until it ends.
    [[nodiscard]] perf::scope memory_scope() const noexcept {
        return perf::scope(detail::start_at(detail::begin_metric(*m_monitor, *m_metric, detail::mode_memory)));
    }

    /// Counts a call that was measured elsewhere.
    /// @param took how long it took; less than nothing counts as nothing.
    void record(std::chrono::nanoseconds took) const;

    /// Counts an error, of a call that is counted otherwise.
    void failed() const;

private:
    friend class perf::monitor;
    friend class detail::await_time;
    timer(detail::monitor_core& monitor, const detail::metric& metric) noexcept
        : m_monitor(&monitor), m_metric(&metric) {}

    detail::monitor_core* m_monitor;
    const detail::metric* m_metric;
};

inline void timer::record(std::chrono::nanoseconds took) const {
    if (!m_monitor->is_enabled()) return;
    const auto positive = took.count() > 0 ? static_cast<std::uint64_t>(took.count()) : 0;
    detail::cell_here<detail::timer_cell>(*m_monitor, *m_metric)
        .record(detail::engine_of(*m_monitor).ticks_of(positive));
}

inline void timer::failed() const {
    if (!m_monitor->is_enabled()) return;
    detail::cell_here<detail::timer_cell>(*m_monitor, *m_metric).fail();
}

} // namespace perf
} // namespace v0
} // namespace lathe

#endif // LATHE_PERF_TIMER_HPP
