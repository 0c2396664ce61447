// SPDX-License-Identifier: MIT
#ifndef LATHE_PERF_SNAPSHOT_HPP
#define LATHE_PERF_SNAPSHOT_HPP

/// @file
/// @brief All that a monitor has measured, at one moment.
/// @par Example
/// @ref examples/perf.cpp

#include <chrono>
#include <concepts>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>

#include <lathe/perf/detail/call_paths.hpp>
#include <lathe/perf/detail/own_text.hpp>
#include <lathe/perf/error.hpp>
#include <lathe/perf/labels.hpp>
#include <lathe/perf/process.hpp>
#include <lathe/perf/stats.hpp>

namespace lathe {
inline namespace v0 {
namespace perf {

/// A counter or a gauge in a snapshot.
/// @tparam T `std::uint64_t` for counters, `double` for gauges.
template <class T>
class reading {
public:
    /// Copies name and labels.
    reading(std::string_view name, const perf::labels& labels, T value)
        : m_name(name), m_labels(labels), m_value(value) {}

    /// @return the name.
    [[nodiscard]] std::string_view name() const noexcept { return m_name.view(); }
    /// @return what tells it from others of that name.
    [[nodiscard]] const perf::labels& labels() const noexcept { return m_labels; }
    /// @return what it was.
    [[nodiscard]] T value() const noexcept { return m_value; }

private:
    template <class>
    friend class detail::snapshot_maker;
    template <class>
    friend struct detail::snapshot_arithmetic;

    void add(T more) noexcept { m_value += more; }

    detail::own_text m_name;
    perf::labels m_labels;
    T m_value;
};

/// A place in the call tree: a metric, called in a place.
struct call_node {
    std::size_t timer = 0;   ///< which metric: a place in `snapshot::timers()`
    std::size_t parent = 0;  ///< by what it is called: a place in `snapshot::call_tree()`; its own, if by none
    std::size_t depth = 0;   ///< how many are above
    std::uint64_t calls = 0; ///< how often it was called there
    std::chrono::nanoseconds total{0};     ///< how long these calls took
    std::chrono::nanoseconds self_time{0}; ///< the part of it in no scope within
};

/// One scope, as a monitor with `.events` remembers it.
struct event {
    std::size_t timer = 0;                ///< which metric: a place in `snapshot::timers()`
    std::uint32_t thread = 0;             ///< which thread; they are numbered by their first scopes, from 1
    std::chrono::nanoseconds start{0};    ///< since the monitor was made
    std::chrono::nanoseconds duration{0}; ///< how long
};

/// All that a monitor has measured, at one moment. It depends on nothing else, and does not change.
///
/// Two of them can be subtracted, which gives what was measured in between, and added. Threads that measure are not
/// held up while one is made. What they do meanwhile may be in it: a call is in `calls` and the percentiles at once,
/// but perhaps not yet in `total`.
class snapshot {
public:
    /// Of nothing.
    snapshot() = default;

    /// Finds a metric without labels.
    /// @param name its name.
    /// @return what was measured; valid as long as the snapshot.
    /// @throws monitor_error if nothing of that name was measured; it names it.
    [[nodiscard]] const stats& operator[](std::string_view name) const& {
        const stats* const found = find(name);
        if (found == nullptr) throw_not_measured(name);
        return *found;
    }
    /// Finds a metric without labels, in a snapshot that is about to go.
    /// @param name its name.
    /// @return what was measured.
    /// @throws monitor_error as above.
    [[nodiscard]] stats operator[](std::string_view name) const&& { return static_cast<const snapshot&>(*this)[name]; }
    /// Does not compile: a 0 would be taken for a pointer to a name.
    const stats& operator[](std::nullptr_t) const = delete; // lathe::perf::snapshot: by number they stand in timers()
    /// Finds a metric.
    /// @param name its name.
    /// @param labels its labels.
    /// @return what was measured, or null; valid as long as the snapshot. O(log n).
    [[nodiscard]] const stats* find(std::string_view name, const perf::labels& labels = {}) const& noexcept {
        return find_in(m_timers, name, labels);
    }
    /// Does not compile: what this finds would be gone with the snapshot.
    const stats* find(std::string_view name, // lathe::perf::snapshot: name it first
                      const perf::labels& labels = {}) const&& = delete;
    /// @return whether such a metric was measured.
    /// @param name its name.
    /// @param labels its labels.
    [[nodiscard]] bool contains(std::string_view name, const perf::labels& labels = {}) const noexcept {
        return find(name, labels) != nullptr;
    }

    /// Reads a counter.
    /// @param name its name.
    /// @param labels its labels.
    /// @return how often it counted; 0 if there is none of that name.
    [[nodiscard]] std::uint64_t counter(std::string_view name, const perf::labels& labels = {}) const noexcept {
        const reading<std::uint64_t>* const found = find_in(m_counters, name, labels);
        return found != nullptr ? found->value() : 0;
    }
    /// Reads a gauge.
    /// @param name its name.
    /// @param labels its labels.
    /// @return what it was last set to.
    /// @throws monitor_error if there is none of that name; it names it.
    [[nodiscard]] double gauge(std::string_view name, const perf::labels& labels = {}) const {
        const reading<double>* const found = find_in(m_gauges, name, labels);
        if (found == nullptr)
            throw monitor_error("lathe::perf::snapshot::gauge: there is no gauge '" + std::string(name) +
                                "' with these labels; those that there are stand in gauges()");
        return found->value();
    }

    /// @return all metrics that were timed, by name and labels.
    [[nodiscard]] std::span<const stats> timers() const& noexcept { return {m_timers.data(), m_timers.size()}; }
    /// Does not compile: the list would be gone with the snapshot.
    std::span<const stats> timers() const&& = delete; // lathe::perf::snapshot: name it first
    /// @return all counters, by name and labels.
    [[nodiscard]] std::span<const reading<std::uint64_t>> counters() const& noexcept {
        return {m_counters.data(), m_counters.size()};
    }
    /// Does not compile: the list would be gone with the snapshot.
    std::span<const reading<std::uint64_t>> counters() const&& = delete; // lathe::perf::snapshot: name it first
    /// @return all gauges, by name and labels.
    [[nodiscard]] std::span<const reading<double>> gauges() const& noexcept {
        return {m_gauges.data(), m_gauges.size()};
    }
    /// Does not compile: the list would be gone with the snapshot.
    std::span<const reading<double>> gauges() const&& = delete; // lathe::perf::snapshot: name it first
    /// @return who called whom, of all threads together; what is called comes right after what called it. Empty without
    ///     `.call_tree`.
    [[nodiscard]] std::span<const call_node> call_tree() const& noexcept { return {m_calls.data(), m_calls.size()}; }
    /// Does not compile: the list would be gone with the snapshot.
    std::span<const call_node> call_tree() const&& = delete; // lathe::perf::snapshot: name it first
    /// @return the last scopes of each thread, oldest first for each. Empty without `.events`.
    [[nodiscard]] std::span<const perf::event> events() const& noexcept { return {m_events.data(), m_events.size()}; }
    /// Does not compile: the list would be gone with the snapshot.
    std::span<const perf::event> events() const&& = delete; // lathe::perf::snapshot: name it first
    /// @return how many scopes are not in events(), for newer ones took their place.
    [[nodiscard]] std::uint64_t dropped_events() const noexcept { return m_dropped; }
    /// @return what the process has used.
    [[nodiscard]] const process_figures& process() const noexcept { return m_process; }
    /// @return how much time it covers.
    [[nodiscard]] std::chrono::nanoseconds span() const noexcept { return m_to - m_from; }
    /// @return when it was made.
    [[nodiscard]] std::chrono::steady_clock::time_point time() const noexcept { return m_to; }

    /// What was measured after `earlier` was made, and before `later` was.
    ///
    /// `min` and `max` are those of their buckets, unless they are new ones; the memory's `peak` may be of before.
    /// @throws monitor_error if that makes no sense: they are of two monitors, or the wrong way round, or do not begin
    ///     at the same time.
    template <std::same_as<snapshot> Snapshot>
    friend snapshot operator-(const Snapshot& later, const Snapshot& earlier) {
        return detail::snapshot_arithmetic<Snapshot>::difference(later, earlier);
    }
    /// Adds what another one has measured: of another monitor, or of another time. Gauges and the process's figures are
    /// those of the later one.
    /// @throws monitor_error if the monitors read different clocks; nothing is changed then.
    template <std::same_as<snapshot> Snapshot>
    snapshot& operator+=(const Snapshot& other) {
        detail::snapshot_arithmetic<Snapshot>::add(*this, other);
        return *this;
    }
    /// Both together, as `+=`.
    template <std::same_as<snapshot> Snapshot>
    friend snapshot operator+(const Snapshot& a, const Snapshot& b) {
        snapshot both = a;
        both += b;
        return both;
    }

private:
    template <class>
    friend class detail::snapshot_maker;
    template <class>
    friend struct detail::snapshot_arithmetic;

    template <class Entry>
    [[nodiscard]] static const Entry*
    find_in(const detail::own_vector<Entry>& sorted, std::string_view name, const perf::labels& labels) noexcept {
        std::size_t begin = 0;
        std::size_t end = sorted.size();
        while (begin < end) {
            const std::size_t middle = begin + (end - begin) / 2;
            const Entry& entry = sorted[middle];
            const auto by_name = entry.name() <=> name;
            const auto order = by_name != 0 ? by_name : entry.labels() <=> labels;
            if (order == 0) return &entry;
            if (order < 0)
                begin = middle + 1;
            else
                end = middle;
        }
        return nullptr;
    }

    [[noreturn, gnu::cold]] void throw_not_measured(std::string_view name) const;

    detail::own_vector<stats> m_timers;
    detail::own_vector<reading<std::uint64_t>> m_counters;
    detail::own_vector<reading<double>> m_gauges;
    detail::own_vector<call_node> m_calls;
    detail::call_paths m_paths; // what m_calls tells, by places in m_timers
    detail::own_vector<perf::event> m_events;
    std::uint64_t m_dropped = 0;
    process_figures m_process{};
    std::chrono::steady_clock::time_point m_born{};
    std::chrono::steady_clock::time_point m_from{};
    std::chrono::steady_clock::time_point m_to{};
    double m_nanoseconds_per_tick = 0; // 0: of nothing
};

// ---- implementation --------------------------------------------------------

inline void snapshot::throw_not_measured(std::string_view name) const {
    std::string text = "lathe::perf::snapshot: nothing was measured as '" + std::string(name) + "'";
    for (const stats& each : m_timers) {
        if (each.name() == name) throw monitor_error(text + " without labels; ask for it by find(name, labels)");
    }
    constexpr std::size_t most = 8;
    const char* before = "; there is ";
    for (std::size_t i = 0; i < m_timers.size() && i < most; ++i) {
        text.append(before).append("'").append(m_timers[i].name()).append("'");
        before = ", ";
    }
    if (m_timers.size() > most) text += ", ...";
    throw monitor_error(text);
}

} // namespace perf
} // namespace v0
} // namespace lathe

#include <lathe/perf/detail/snapshot_arithmetic.hpp>

#endif // LATHE_PERF_SNAPSHOT_HPP
