// SPDX-License-Identifier: MIT
#ifndef LATHE_PERF_RECENT_HPP
#define LATHE_PERF_RECENT_HPP

/// @file
/// @brief What was measured lately.
/// @par Example
/// @snippet tests/perf/recent.cpp example

#include <chrono>
#include <cstddef>
#include <string>
#include <utility>

#include <lathe/perf/monitor.hpp>
#include <lathe/perf/snapshot.hpp>

namespace lathe {
inline namespace v0 {
namespace perf {

/// How far back recent_windows reaches, and in which steps.
struct window_options {
    std::chrono::nanoseconds width = std::chrono::seconds{5}; ///< of a window
    std::size_t windows = 12;                                 ///< how many are kept, at least 1
};

/// The last windows of a monitor, in a ring: of `recent_windows recent(mon)`, `recent.last(1min)` is what was measured
/// in the last minute.
///
/// No thread is started: call `advance()` now and then, by a periodic task or whenever figures are read. Where nobody
/// did for longer than a window, that window is as long as nobody did; the span of what `last` gives tells.
///
/// @par Thread safety
/// One thread at a time. Those that measure need not care.
/// @par Complexity
/// Memory for `windows` snapshots, without their events. `advance` makes one when a window is over, and does nothing
/// before that.
/// @tparam Monitor what makes the snapshots.
template <class Monitor = monitor>
class basic_recent_windows {
public:
    /// Begins the first window.
    /// @param of whose; must live as long.
    /// @param options how many windows, and how long.
    /// @param now the time.
    explicit basic_recent_windows(Monitor& of,
                                  window_options options = {},
                                  std::chrono::steady_clock::time_point now = std::chrono::steady_clock::now())
        : m_of(&of), m_options(options) {
        if (m_options.windows == 0 || m_options.width <= std::chrono::nanoseconds{0})
            throw monitor_error("lathe::perf::recent_windows: " + std::to_string(m_options.windows) + " windows of " +
                                std::to_string(m_options.width.count()) +
                                " ns are none; there must be one, and it must be longer than nothing");
        m_ends.reserve(m_options.windows);
        keep(now);
    }

    /// Begins the next window if this one is over.
    /// @param now the time, never before the last one.
    void advance(std::chrono::steady_clock::time_point now = std::chrono::steady_clock::now()) {
        if (now - m_ends[m_newest].at >= m_options.width) keep(now);
    }

    /// Tells what was measured lately.
    /// @param how_long how far back; rounded up to whole windows, and to what is kept at most.
    /// @param now the time.
    /// @return what was measured since then; its span tells how long that was.
    [[nodiscard]] snapshot last(std::chrono::nanoseconds how_long,
                                std::chrono::steady_clock::time_point now = std::chrono::steady_clock::now()) {
        advance(now);
        // From the newest to the first that is old enough, or the oldest.
        std::size_t at = m_newest;
        for (std::size_t i = 1; i < m_ends.size() && now - m_ends[at].at < how_long; ++i)
            at = (at + m_ends.size() - 1) % m_ends.size();
        return m_of->snapshot() - m_ends[at].all;
    }

private:
    struct window_end {
        std::chrono::steady_clock::time_point at;
        snapshot all; // that was measured until then
    };

    void keep(std::chrono::steady_clock::time_point now) {
        window_end end{now, m_of->snapshot_without_events()};
        if (m_ends.size() < m_options.windows) {
            m_ends.push_back(std::move(end));
            m_newest = m_ends.size() - 1;
        } else {
            m_newest = (m_newest + 1) % m_ends.size();
            m_ends[m_newest] = std::move(end);
        }
    }

    Monitor* m_of;
    window_options m_options;
    detail::own_vector<window_end> m_ends; // of windows: a ring, once it is full
    std::size_t m_newest = 0;
};

/// The last windows of a monitor.
using recent_windows = basic_recent_windows<>;

} // namespace perf
} // namespace v0
} // namespace lathe

#endif // LATHE_PERF_RECENT_HPP
