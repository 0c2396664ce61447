// SPDX-License-Identifier: MIT
#ifndef LATHE_PERF_STATS_HPP
#define LATHE_PERF_STATS_HPP

/// @file
/// @brief What was measured of one metric.
/// @par Example
/// @ref examples/perf.cpp

#include <algorithm>
#include <chrono>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <lathe/perf/detail/metric_cell.hpp>
#include <lathe/perf/detail/own_text.hpp>
#include <lathe/perf/error.hpp>
#include <lathe/perf/labels.hpp>

namespace lathe {
inline namespace v0 {
namespace detail {

template <class Any>
class snapshot_maker;
template <class Any>
struct snapshot_arithmetic;

// The numbers of a metric, of all threads, in ticks.
struct timer_sums {
    std::uint64_t calls = 0;
    std::uint64_t errors = 0;
    std::uint64_t sum = 0;
    std::uint64_t least = ~std::uint64_t{0};
    std::uint64_t most = 0;
    std::uint64_t own = 0;   // in the metric itself, not in what it calls
    std::uint64_t outer = 0; // in calls that are within no other of the same metric
    bool has_calls = false;  // whether the two above are known
    std::uint64_t memory_calls = 0;
    perf::memory_figures memory{};
    std::size_t first = 0;              // bucket of counts[0]
    own_vector<std::uint64_t> counts{}; // how many calls took so long

    // Makes room for a bucket range, and keeps what is there.
    void widen(std::size_t from, std::size_t to) {
        if (counts.empty()) first = from;
        const std::size_t begin = std::min(first, from);
        const std::size_t end = std::max(first + counts.size(), to);
        if (begin == first && end == first + counts.size()) return;
        own_vector<std::uint64_t> wider(end - begin);
        std::copy(counts.begin(), counts.end(), wider.begin() + static_cast<std::ptrdiff_t>(first - begin));
        counts.swap(wider);
        first = begin;
    }
};

} // namespace detail

namespace perf {

/// What was measured of one metric, at the moment of a snapshot. It depends on nothing else.
///
/// Calls that are not over do not count. Totals and means are exact, and so are `min` and `max` unless the snapshot is
/// a difference; percentiles, the deviation and the distribution come from buckets, within 1/64 (1.5625 %) of what was
/// measured. Times that do not fit a bucket, an hour and more, are given as the longest one.
class stats {
public:
    /// @return the name of the metric.
    [[nodiscard]] std::string_view name() const noexcept { return m_name.view(); }
    /// @return what tells it from others of that name.
    [[nodiscard]] const perf::labels& labels() const noexcept { return m_labels; }

    /// @return how often it was called, errors included.
    [[nodiscard]] std::uint64_t calls() const noexcept { return m_sums.calls; }
    /// @return how many calls ended by an exception, as far as wrappers and `scope::failed()` told.
    [[nodiscard]] std::uint64_t errors() const noexcept { return m_sums.errors; }
    /// @return how many calls there were in a second, over the time of the snapshot.
    [[nodiscard]] double rate() const noexcept {
        return m_span.count() > 0 ? static_cast<double>(calls()) / std::chrono::duration<double>(m_span).count() : 0;
    }

    /// @return the sum of all calls. Where a function calls itself, what is within counts again: see `inclusive`.
    [[nodiscard]] std::chrono::nanoseconds total() const noexcept { return time_of(m_sums.sum); }
    /// @return the mean of all calls; 0 without calls.
    [[nodiscard]] std::chrono::nanoseconds mean() const noexcept {
        return calls() == 0 ? std::chrono::nanoseconds{0}
                            : rounded(static_cast<double>(m_sums.sum) / static_cast<double>(calls()));
    }
    /// @return the shortest call; 0 without calls.
    [[nodiscard]] std::chrono::nanoseconds min() const noexcept {
        return calls() == 0 ? std::chrono::nanoseconds{0} : time_of(m_sums.least);
    }
    /// @return the longest call; 0 without calls.
    [[nodiscard]] std::chrono::nanoseconds max() const noexcept { return time_of(m_sums.most); }
    /// @return the standard deviation of all calls; 0 without calls.
    [[nodiscard]] std::chrono::nanoseconds stddev() const noexcept;

    /// Tells how long calls took at most: all but the slowest ones.
    /// @param share which part of the calls, from 0 to 1: 0.99 leaves out the slowest hundredth.
    /// @return the time of the call that so many were not slower than (nearest rank); `min()` for 0, `max()` for 1; 0
    ///     without calls.
    /// @throws monitor_error if `share` is not within 0 and 1.
    [[nodiscard]] std::chrono::nanoseconds p(double share) const;

    /// Tells how the calls are spread, for a picture of it.
    /// @param cells how many parts; from `min()` to `max()`, each as many times longer than the one before.
    /// @return how many calls are in each part; all 0 without calls.
    [[nodiscard]] std::vector<std::uint64_t> distribution(std::size_t cells) const;

    /// @return whether a call tree tells own and inclusive time.
    [[nodiscard]] bool has_call_tree() const noexcept { return m_sums.has_calls; }
    /// @return the time in the metric itself, not in the scopes within.
    /// @throws monitor_error without a call tree.
    [[nodiscard]] std::chrono::nanoseconds self_time() const {
        need(m_sums.has_calls, "self time", "make the monitor with {.call_tree = true}");
        return time_of(m_sums.own);
    }
    /// @return the time of calls that are within no other call of the same metric: never more than has passed.
    /// @throws monitor_error without a call tree.
    [[nodiscard]] std::chrono::nanoseconds inclusive_time() const {
        need(m_sums.has_calls, "inclusive time", "make the monitor with {.call_tree = true}");
        return time_of(m_sums.outer);
    }

    /// @return whether memory was counted.
    [[nodiscard]] bool has_memory() const noexcept { return m_sums.memory_calls != 0; }
    /// @return what all calls allocated and freed together; `peak` is the highest of a single call.
    /// @throws monitor_error if no memory was counted.
    [[nodiscard]] const memory_figures& memory() const {
        need(has_memory(),
             "memory figures",
             "measure by memory_scope or profile_memory, with LATHE_PERF_DEFINE_MEMORY_HOOKS defined in one source "
             "file");
        return m_sums.memory;
    }
    /// @return how many allocations there were. @throws monitor_error as memory().
    [[nodiscard]] std::uint64_t allocations() const { return memory().allocations; }
    /// @return how many frees there were. @throws monitor_error as memory().
    [[nodiscard]] std::uint64_t frees() const { return memory().frees; }
    /// @return how many bytes were allocated. @throws monitor_error as memory().
    [[nodiscard]] std::uint64_t bytes() const { return memory().bytes; }
    /// @return how many bytes more were allocated than freed. @throws monitor_error as memory().
    [[nodiscard]] std::int64_t net() const { return memory().net; }
    /// @return the most bytes that one call had allocated at a time. @throws monitor_error as memory().
    [[nodiscard]] std::int64_t peak() const { return memory().peak; }
    /// @return how many bytes a call kept, on average. @throws monitor_error as memory().
    [[nodiscard]] double avg_memory() const {
        return static_cast<double>(memory().net) / static_cast<double>(m_sums.memory_calls);
    }
    /// @return of how many calls memory was counted.
    [[nodiscard]] std::uint64_t memory_calls() const noexcept { return m_sums.memory_calls; }

private:
    template <class>
    friend class detail::snapshot_maker;
    template <class>
    friend struct detail::snapshot_arithmetic;

    stats(std::string_view name, const perf::labels& labels, double nanoseconds_per_tick)
        : m_name(name), m_labels(labels), m_nanoseconds_per_tick(nanoseconds_per_tick) {}

    [[nodiscard]] std::chrono::nanoseconds rounded(double ticks) const noexcept {
        return std::chrono::nanoseconds(std::llround(ticks * m_nanoseconds_per_tick));
    }
    [[nodiscard]] std::chrono::nanoseconds time_of(std::uint64_t ticks) const noexcept {
        return rounded(static_cast<double>(ticks));
    }
    [[nodiscard]] std::uint64_t middle_of(std::size_t index) const noexcept {
        const auto bucket = static_cast<unsigned>(m_sums.first + index);
        const bool endless = bucket == detail::log_linear::buckets - 1;
        const std::uint64_t middle = endless ? m_sums.most : detail::log_linear::middle_of(bucket);
        return std::clamp(middle, m_sums.least, std::max(m_sums.least, m_sums.most));
    }
    void need(bool there, const char* what, const char* how) const;

    detail::own_text m_name;
    perf::labels m_labels;
    double m_nanoseconds_per_tick;
    std::chrono::nanoseconds m_span{0};
    detail::timer_sums m_sums{};
};

// ---- implementation --------------------------------------------------------

inline std::chrono::nanoseconds stats::stddev() const noexcept {
    double sum = 0;
    double calls = 0;
    for (std::size_t i = 0; i < m_sums.counts.size(); ++i) {
        const auto count = static_cast<double>(m_sums.counts[i]);
        calls += count;
        sum += count * static_cast<double>(middle_of(i));
    }
    if (calls == 0) return {};
    const double mean = sum / calls;
    double squares = 0;
    for (std::size_t i = 0; i < m_sums.counts.size(); ++i) {
        const double off = static_cast<double>(middle_of(i)) - mean;
        squares += static_cast<double>(m_sums.counts[i]) * off * off;
    }
    return rounded(std::sqrt(squares / calls));
}

inline std::chrono::nanoseconds stats::p(double share) const {
    if (!(share >= 0 && share <= 1))
        throw monitor_error("lathe::perf::stats::p: " + std::to_string(share) +
                            " is not within 0 and 1; 0.99 is the 99th percentile");
    if (calls() == 0) return {};
    if (share == 0) return min();
    if (share == 1) return max();
    const double exact = share * static_cast<double>(calls());
    const double wanted = std::max(1.0, std::ceil(exact - exact * 0x1p-50)); // 0.07 * 100 is a little more than 7
    std::uint64_t so_far = 0;
    for (std::size_t i = 0; i < m_sums.counts.size(); ++i) {
        so_far += m_sums.counts[i];
        if (static_cast<double>(so_far) >= wanted) return time_of(middle_of(i));
    }
    return max();
}

inline std::vector<std::uint64_t> stats::distribution(std::size_t cells) const {
    std::vector<std::uint64_t> parts(cells);
    if (cells == 0 || calls() == 0) return parts;
    const auto log_of = [](std::uint64_t ticks) {
        return std::log2(static_cast<double>(std::max<std::uint64_t>(ticks, 1)));
    };
    const double low = log_of(m_sums.least);
    const double width = log_of(m_sums.most) - low;
    for (std::size_t i = 0; i < m_sums.counts.size(); ++i) {
        const double place = width > 0 ? (log_of(middle_of(i)) - low) / width * static_cast<double>(cells) : 0;
        parts[std::min(static_cast<std::size_t>(place), cells - 1)] += m_sums.counts[i];
    }
    return parts;
}

inline void stats::need(bool there, const char* what, const char* how) const {
    if (!there) throw monitor_error("lathe::perf::stats: '" + std::string(name()) + "' has no " + what + "; " + how);
}

} // namespace perf
} // namespace v0
} // namespace lathe

#endif // LATHE_PERF_STATS_HPP
