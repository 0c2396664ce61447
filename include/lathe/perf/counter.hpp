// SPDX-License-Identifier: MIT
#ifndef LATHE_PERF_COUNTER_HPP
#define LATHE_PERF_COUNTER_HPP

/// @file
/// @brief Numbers of a monitor that are no times: counters, which grow, and gauges, which go up and down.
/// @par Example
/// @ref examples/perf.cpp

#include <atomic>
#include <cstdint>

#include <lathe/perf/detail/monitor_engine.hpp>

namespace lathe {
inline namespace v0 {
namespace perf {

class monitor;

/// Counts things that happen; made by `monitor::counter`. As cheap to copy as two pointers.
///
/// Each thread counts for itself, without a locked instruction; snapshots add up.
/// @par Thread safety
/// Any number of threads may use one, each without waiting for another.
/// @par Ownership
/// It must not be used after its monitor has ended.
class counter {
public:
    /// Counts so many more; nothing while the monitor is disabled.
    /// @param more how many.
    /// @throws std::bad_alloc only when a thread uses it for the first time; nothing is counted then.
    [[gnu::always_inline]] void add(std::uint64_t more = 1) const {
        const std::uint64_t key = m_monitor->key.load(std::memory_order_relaxed); // it is only compared
        if (void* const cell = detail::find_cell(key, *m_monitor, *m_metric); cell != nullptr) [[likely]]
            detail::add_alone(static_cast<detail::counter_cell*>(cell)->sum, more);
        else if (key != detail::key_of_disabled)
            detail::add_alone(detail::cell_here<detail::counter_cell>(*m_monitor, *m_metric).sum, more);
    }
    /// Counts one more.
    const counter& operator++() const {
        add();
        return *this;
    }

private:
    friend class perf::monitor;
    counter(detail::monitor_core& monitor, const detail::metric& metric) noexcept
        : m_monitor(&monitor), m_metric(&metric) {}

    detail::monitor_core* m_monitor;
    const detail::metric* m_metric;
};

/// A number as it is now, such as the length of a queue; made by `monitor::gauge`. As cheap to copy as a pointer.
///
/// @par Thread safety
/// Any number of threads may use one; the last one to set it is right.
/// @par Ownership
/// It must not be used after its monitor has ended.
class gauge {
public:
    // Relaxed, all of it: the number is true by itself and orders nothing else.

    /// The number is this one now.
    /// @param value any.
    void set(double value) const noexcept { m_metric->value.store(value, std::memory_order_relaxed); }
    /// The number is larger by so much now.
    /// @param more how much; below 0 for smaller.
    void add(double more) const noexcept { m_metric->value.fetch_add(more, std::memory_order_relaxed); }
    /// @return the number; 0 if it was never set.
    [[nodiscard]] double value() const noexcept { return m_metric->value.load(std::memory_order_relaxed); }

private:
    friend class perf::monitor;
    explicit gauge(detail::metric& metric) noexcept : m_metric(&metric) {}

    detail::metric* m_metric;
};

} // namespace perf
} // namespace v0
} // namespace lathe

#endif // LATHE_PERF_COUNTER_HPP
