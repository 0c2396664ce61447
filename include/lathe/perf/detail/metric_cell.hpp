// SPDX-License-Identifier: MIT
#ifndef LATHE_PERF_DETAIL_METRIC_CELL_HPP
#define LATHE_PERF_DETAIL_METRIC_CELL_HPP

/// @file
/// @brief What one thread has measured of one metric.

#include <array>
#include <atomic>
#include <bit>
#include <cstddef>
#include <cstdint>

#include <lathe/perf/memory.hpp>

namespace lathe {
inline namespace v0 {
namespace detail {

struct metric;

// The one writer of a number that others read: neither a lock nor a locked instruction. Relaxed on both sides: each
// number is true by itself, and who wants a thread's last ones has joined it, or met it otherwise.
template <class T>
[[gnu::always_inline]] inline void add_alone(std::atomic<T>& number, T more) noexcept {
    number.store(number.load(std::memory_order_relaxed) + more, std::memory_order_relaxed);
}

// Buckets that are linear within an octave, 32 each: below 64 each value has its own, above that the middle of a
// bucket is within 1/64 of all that is in it. As G. Tene's HdrHistogram.
struct log_linear {
    static constexpr unsigned steps_log2 = 5;
    static constexpr unsigned steps = 1U << steps_log2;
    static constexpr unsigned bits = 43; // an hour of ticks; what is longer is in the last bucket
    static constexpr unsigned buckets = (bits - steps_log2 + 1) << steps_log2;
    static constexpr std::uint64_t top = (std::uint64_t{1} << bits) - 1;

    [[nodiscard]] static constexpr unsigned bucket_of(std::uint64_t value) noexcept {
        return bucket_of_small(value > top ? top : value);
    }
    [[nodiscard]] static constexpr unsigned bucket_of_small(std::uint64_t value) noexcept { // at most top
        const auto octave = static_cast<unsigned>(std::bit_width(value | steps)) - 1 - steps_log2;
        return (octave << steps_log2) + static_cast<unsigned>(value >> octave);
    }
    [[nodiscard]] static constexpr std::uint64_t lowest_of(unsigned bucket) noexcept {
        const unsigned octave = octave_of(bucket);
        return (std::uint64_t{bucket} - (std::uint64_t{octave} << steps_log2)) << octave;
    }
    [[nodiscard]] static constexpr std::uint64_t highest_of(unsigned bucket) noexcept {
        return lowest_of(bucket) + (std::uint64_t{1} << octave_of(bucket)) - 1;
    }
    [[nodiscard]] static constexpr std::uint64_t middle_of(unsigned bucket) noexcept {
        return lowest_of(bucket) + (((std::uint64_t{1} << octave_of(bucket)) - 1) >> 1);
    }

private:
    [[nodiscard]] static constexpr unsigned octave_of(unsigned bucket) noexcept {
        return bucket < 2 * steps ? 0 : (bucket >> steps_log2) - 1;
    }
};

// Belongs to one thread at a time, which alone writes. Never freed before the monitor.
struct timer_cell {
    timer_cell(const metric& whose, timer_cell* older) noexcept : what(&whose), next(older) {}

    [[gnu::always_inline]] void record(std::uint64_t ticks) noexcept {
        unsigned bucket = log_linear::buckets - 1;
        if (ticks <= log_linear::top) [[likely]] {
            bucket = log_linear::bucket_of_small(ticks);
        } else if (ticks >> 63 != 0) { // the clock of another processor was behind
            bucket = 0;
            ticks = 0;
        }
        add_alone(counts[bucket], std::uint64_t{1});
        add_alone(sum, ticks);
        if (ticks < least.load(std::memory_order_relaxed)) least.store(ticks, std::memory_order_relaxed);
        if (ticks > most.load(std::memory_order_relaxed)) most.store(ticks, std::memory_order_relaxed);
    }
    void fail() noexcept { add_alone(errors, std::uint64_t{1}); }

    void record(const perf::memory_figures& used) noexcept {
        add_alone(memory_calls, std::uint64_t{1});
        add_alone(allocations, used.allocations);
        add_alone(frees, used.frees);
        add_alone(bytes, used.bytes);
        add_alone(net, used.net);
        if (used.peak > peak.load(std::memory_order_relaxed)) peak.store(used.peak, std::memory_order_relaxed);
    }

    const metric* const what;
    timer_cell* const next; // the thread's others
    std::atomic<std::uint64_t> sum{0};
    std::atomic<std::uint64_t> least{~std::uint64_t{0}};
    std::atomic<std::uint64_t> most{0};
    std::atomic<std::uint64_t> errors{0};
    std::atomic<std::uint64_t> memory_calls{0};
    std::atomic<std::uint64_t> allocations{0};
    std::atomic<std::uint64_t> frees{0};
    std::atomic<std::uint64_t> bytes{0};
    std::atomic<std::int64_t> net{0};
    std::atomic<std::int64_t> peak{0};
    std::array<std::atomic<std::uint64_t>, log_linear::buckets> counts{}; // how often; their sum is the number of calls
};

static_assert(sizeof(timer_cell) <= 10 * 1024);

// What one thread has added to one counter.
struct counter_cell {
    counter_cell(const metric& whose, counter_cell* older) noexcept : what(&whose), next(older) {}

    const metric* const what;
    counter_cell* const next;
    std::atomic<std::uint64_t> sum{0};
};

} // namespace detail
} // namespace v0
} // namespace lathe

#endif // LATHE_PERF_DETAIL_METRIC_CELL_HPP
