// SPDX-License-Identifier: MIT
#ifndef LATHE_PERF_DETAIL_SNAPSHOT_MAKER_HPP
#define LATHE_PERF_DETAIL_SNAPSHOT_MAKER_HPP

/// @file
/// @brief From what threads measure to a snapshot, without holding them up.

#include <algorithm>
#include <chrono>
#include <cstddef>
#include <cstdint>

#include <lathe/perf/detail/monitor_engine.hpp>
#include <lathe/perf/snapshot.hpp>

namespace lathe {
inline namespace v0 {
namespace detail {

// Takes no lock: all that threads publish is appended to lists, and stays until the monitor ends. A template, so that
// only files that make snapshots compile it.
template <class Snapshot>
class snapshot_maker {
public:
    static Snapshot make(const monitor_engine& engine, bool with_events = true) {
        snapshot_maker maker(engine);
        maker.read_metrics();
        maker.read_blocks(with_events);
        snapshot_arithmetic<Snapshot>::tell_calls(maker.m_made);
        maker.m_made.m_process = perf::this_process();
        maker.m_made.m_born = maker.m_made.m_from = engine.born();
        maker.m_made.m_to = std::chrono::steady_clock::now();
        snapshot_arithmetic<Snapshot>::tell_span(maker.m_made);
        return std::move(maker.m_made);
    }

private:
    static constexpr std::size_t nowhere = ~std::size_t{0};

    explicit snapshot_maker(const monitor_engine& engine) : m_engine(engine) {
        m_made.m_nanoseconds_per_tick = engine.nanoseconds_per_tick();
        for (const thread_block* block = engine.blocks().load(std::memory_order_acquire); block != nullptr;
             block = block->next)
            m_blocks.push_back(block);
        // Acquire, with the release of who adds one: the metrics are whole. After the blocks, so that what is in those
        // has its metric here, or is so new that it is left out.
        for (const metric* each = engine.metrics().load(std::memory_order_acquire); each != nullptr; each = each->next)
            m_metrics.push_back(each);
        m_place.resize(m_metrics.size(), nowhere);
        std::sort(m_metrics.begin(), m_metrics.end(), [](const metric* a, const metric* b) {
            const auto by_name = a->name.view() <=> b->name.view();
            return by_name != 0 ? by_name < 0 : a->labels < b->labels;
        });
    }

    // Entries for all, still empty. Timers that no thread has begun are none.
    void read_metrics() {
        for (const thread_block* block : m_blocks)
            for (const timer_cell* cell = block->timers.load(std::memory_order_acquire); cell != nullptr;
                 cell = cell->next)
                if (is_known(cell->what->number)) m_place[cell->what->number] = 0;
        for (const metric* each : m_metrics) {
            std::size_t& place = m_place[each->number];
            if (each->kind == metric_kind::counter) {
                place = m_made.m_counters.size();
                m_made.m_counters.emplace_back(each->name.view(), each->labels, std::uint64_t{0});
            } else if (each->kind == metric_kind::gauge) {
                const double value = each->value.load(std::memory_order_relaxed); // true by itself
                m_made.m_gauges.emplace_back(each->name.view(), each->labels, value);
            } else if (place != nowhere) {
                place = m_made.m_timers.size();
                m_made.m_timers.push_back(perf::stats(each->name.view(), each->labels, m_made.m_nanoseconds_per_tick));
            }
        }
    }

    void read_blocks(bool with_events) {
        for (const thread_block* block : m_blocks) {
            for (const timer_cell* cell = block->timers.load(std::memory_order_acquire); cell != nullptr;
                 cell = cell->next)
                if (is_timed(cell->what->number)) read(*cell, m_made.m_timers[m_place[cell->what->number]].m_sums);
            for (const counter_cell* cell = block->counters.load(std::memory_order_acquire); cell != nullptr;
                 cell = cell->next)
                if (is_known(cell->what->number))
                    m_made.m_counters[m_place[cell->what->number]].add(cell->sum.load(std::memory_order_relaxed));
            if (const thread_calls* calls = block->calls.load(std::memory_order_acquire); calls != nullptr)
                read(*calls);
            if (const event_ring* ring = block->events.load(std::memory_order_acquire); ring != nullptr && with_events)
                read(*ring);
        }
    }

    // Relaxed, all of it: each number is true by itself, and only who has joined the writers may ask for the last ones.
    static void read(const timer_cell& cell, timer_sums& sums) {
        const std::uint64_t least = cell.least.load(std::memory_order_relaxed);
        const std::uint64_t most = cell.most.load(std::memory_order_relaxed);
        if (const std::uint64_t calls = cell.memory_calls.load(std::memory_order_relaxed); calls != 0) {
            sums.memory_calls += calls;
            sums.memory.allocations += cell.allocations.load(std::memory_order_relaxed);
            sums.memory.frees += cell.frees.load(std::memory_order_relaxed);
            sums.memory.bytes += cell.bytes.load(std::memory_order_relaxed);
            sums.memory.net += cell.net.load(std::memory_order_relaxed);
            sums.memory.peak = std::max(sums.memory.peak, cell.peak.load(std::memory_order_relaxed));
        }
        sums.errors += cell.errors.load(std::memory_order_relaxed);
        if (least > most) return; // none, or the first one is on its way
        // Nothing is outside of these, or it came later.
        const std::size_t begin = log_linear::bucket_of(least);
        const std::size_t end = std::size_t{log_linear::bucket_of(most)} + 1;
        sums.widen(begin, end);
        std::uint64_t calls = 0;
        for (std::size_t bucket = begin; bucket < end; ++bucket) {
            const std::uint64_t count = cell.counts[bucket].load(std::memory_order_relaxed);
            sums.counts[bucket - sums.first] += count;
            calls += count;
        }
        sums.calls += calls;
        sums.sum += cell.sum.load(std::memory_order_relaxed);
        sums.least = std::min(sums.least, least);
        sums.most = std::max(sums.most, most);
    }

    void read(const thread_calls& calls) {
        own_vector<std::size_t> place(1); // in the paths, by the number of the thread's place
        for (const thread_call* call = calls.root().next.load(std::memory_order_acquire); call != nullptr;
             call = call->next.load(std::memory_order_acquire)) {
            if (!is_timed(call->what->number)) return; // newer than this snapshot, and so are those after it
            const std::size_t at = m_made.m_paths.below(place[call->parent->number], m_place[call->what->number]);
            place.push_back(at);
            m_made.m_paths[at].calls += call->calls.load(std::memory_order_relaxed);
            m_made.m_paths[at].ticks += call->ticks.load(std::memory_order_relaxed);
        }
    }

    void read(const event_ring& ring) {
        own_vector<raw_event> raw;
        m_made.m_dropped += ring.read(raw);
        for (const raw_event& each : raw) {
            if (!is_timed(each.metric)) continue;
            const std::size_t place = m_place[each.metric];
            const perf::stats& timer = m_made.m_timers[place];
            m_made.m_events.push_back(
                {place, each.thread, timer.time_of(each.start - m_engine.born_ticks()), timer.time_of(each.duration)});
        }
    }

    [[nodiscard]] bool is_known(std::size_t metric) const noexcept { return metric < m_place.size(); }
    [[nodiscard]] bool is_timed(std::size_t metric) const noexcept {
        return is_known(metric) && m_place[metric] != nowhere;
    }

    const monitor_engine& m_engine;
    own_vector<const thread_block*> m_blocks;
    own_vector<const metric*> m_metrics;
    own_vector<std::size_t> m_place; // of each metric in its list, by its number
    Snapshot m_made;
};

} // namespace detail
} // namespace v0
} // namespace lathe

#endif // LATHE_PERF_DETAIL_SNAPSHOT_MAKER_HPP
