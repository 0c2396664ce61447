// SPDX-License-Identifier: MIT
#ifndef LATHE_PERF_DETAIL_SNAPSHOT_ARITHMETIC_HPP
#define LATHE_PERF_DETAIL_SNAPSHOT_ARITHMETIC_HPP

/// @file
/// @brief What lies between two snapshots, and what two of them tell together.

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string>
#include <utility>

#include <lathe/perf/snapshot.hpp>

namespace lathe {
inline namespace v0 {
namespace detail {

// A template, so that only files that use it compile it.
template <class Snapshot>
struct snapshot_arithmetic {
    using snapshot = Snapshot;
    using stats = perf::stats;

    // ---- one of them ----
    // Makes the list of calls from the paths, and what each metric gets from it.
    static void tell_calls(snapshot& all) {
        all.m_calls.clear();
        if (all.m_paths.size() == 1) return;
        for (stats& each : all.m_timers) {
            each.m_sums.has_calls = true;
            each.m_sums.own = each.m_sums.outer = 0;
        }
        own_vector<std::size_t> place(all.m_paths.size()); // in m_calls
        own_vector<std::size_t> above;                     // the metrics of the path that is visited, from the root
        own_vector<std::size_t> open(all.m_timers.size()); // how often each is there
        all.m_calls.reserve(all.m_paths.size() - 1);
        all.m_paths.visit([&](std::size_t at) {
            const call_paths::path& path = all.m_paths[at];
            stats& metric = all.m_timers[path.what];
            const std::uint64_t own = all.m_paths.own_ticks(at);
            metric.m_sums.own += own;
            while (above.size() >= path.depth) {
                --open[above.back()];
                above.pop_back();
            }
            if (open[path.what] == 0) metric.m_sums.outer += path.ticks;
            ++open[path.what];
            above.push_back(path.what);
            place[at] = all.m_calls.size();
            const std::size_t parent = path.parent == 0 ? place[at] : place[path.parent];
            all.m_calls.push_back(
                {path.what, parent, path.depth - 1, path.calls, metric.time_of(path.ticks), metric.time_of(own)});
        });
    }
    static void tell_span(snapshot& all) noexcept {
        for (stats& each : all.m_timers)
            each.m_span = all.span();
    }

    // ---- two of them ----
    static snapshot difference(const snapshot& later, const snapshot& earlier) {
        if (earlier.m_nanoseconds_per_tick == 0) return later;
        if (earlier.m_to > later.m_to) throw wrong_way("the first one is the older one");
        if (earlier.m_born != later.m_born) throw wrong_way("they are of two monitors");
        if (earlier.m_from != later.m_from) throw wrong_way("they do not begin at the same time");
        snapshot between = later;
        for (const stats& before : earlier.m_timers)
            subtract(found(between.m_timers, before).m_sums, before.m_sums);
        for (const auto& before : earlier.m_counters)
            found(between.m_counters, before).m_value -= before.m_value;
        subtract_calls(between, earlier);
        tell_calls(between);
        const std::chrono::nanoseconds since = earlier.m_to - later.m_born;
        std::erase_if(between.m_events, [&](const perf::event& each) { return each.start < since; });
        between.m_dropped -= std::min(between.m_dropped, earlier.m_dropped);
        subtract(between.m_process, earlier.m_process);
        between.m_from = earlier.m_to;
        tell_span(between);
        return between;
    }

    static void add(snapshot& sum, const snapshot& more) {
        if (more.m_nanoseconds_per_tick == 0) return;
        if (sum.m_nanoseconds_per_tick == 0) {
            sum = more;
            return;
        }
        if (sum.m_nanoseconds_per_tick != more.m_nanoseconds_per_tick)
            throw perf::monitor_error("lathe::perf::snapshot: monitors that read different clocks cannot be added");
        snapshot both = sum;
        const bool newer = more.m_to >= sum.m_to;
        add_all(both.m_timers, more.m_timers, [](stats& to, const stats& from) { add(to.m_sums, from.m_sums); });
        add_all(both.m_counters, more.m_counters, [](auto& to, const auto& from) { to.m_value += from.m_value; });
        add_all(both.m_gauges, more.m_gauges, [newer](auto& to, const auto& from) {
            if (newer) to.m_value = from.m_value;
        });
        // Places in the lists have moved.
        const own_vector<std::size_t> old_places = places(sum.m_timers, both.m_timers);
        const own_vector<std::size_t> new_places = places(more.m_timers, both.m_timers);
        both.m_paths = {};
        add_paths(both.m_paths, sum.m_paths, old_places);
        add_paths(both.m_paths, more.m_paths, new_places);
        tell_calls(both);
        for (perf::event& each : both.m_events)
            each.timer = old_places[each.timer];
        for (perf::event each : more.m_events) {
            each.timer = new_places[each.timer];
            both.m_events.push_back(each);
        }
        both.m_dropped += more.m_dropped;
        if (newer) both.m_process = more.m_process;
        both.m_from = std::min(sum.m_from, more.m_from);
        both.m_to = std::max(sum.m_to, more.m_to);
        tell_span(both);
        sum = std::move(both);
    }

    static void add(timer_sums& to, const timer_sums& from) {
        to.calls += from.calls;
        to.errors += from.errors;
        to.sum += from.sum;
        to.least = std::min(to.least, from.least);
        to.most = std::max(to.most, from.most);
        to.memory_calls += from.memory_calls;
        to.memory.allocations += from.memory.allocations;
        to.memory.frees += from.memory.frees;
        to.memory.bytes += from.memory.bytes;
        to.memory.net += from.memory.net;
        to.memory.peak = std::max(to.memory.peak, from.memory.peak);
        if (from.counts.empty()) return;
        to.widen(from.first, from.first + from.counts.size());
        for (std::size_t i = 0; i < from.counts.size(); ++i)
            to.counts[from.first - to.first + i] += from.counts[i];
    }

private:
    static perf::monitor_error wrong_way(const std::string& why) {
        return perf::monitor_error("lathe::perf::snapshot: the second one cannot be subtracted: " + why);
    }

    // The entry of that name and labels.
    template <class Entry>
    static Entry& found(own_vector<Entry>& entries, const Entry& like) {
        const Entry* const entry = snapshot::find_in(entries, like.name(), like.labels());
        if (entry == nullptr) throw wrong_way("it has '" + std::string(like.name()) + "', which the first one lacks");
        return entries[static_cast<std::size_t>(entry - entries.data())];
    }

    static void subtract(timer_sums& later, const timer_sums& earlier) {
        if (later.calls < earlier.calls || later.sum < earlier.sum) throw wrong_way("it has measured more");
        later.calls -= earlier.calls;
        later.errors -= std::min(later.errors, earlier.errors);
        later.sum -= earlier.sum;
        later.memory_calls -= std::min(later.memory_calls, earlier.memory_calls);
        later.memory.allocations -= earlier.memory.allocations;
        later.memory.frees -= earlier.memory.frees;
        later.memory.bytes -= earlier.memory.bytes;
        later.memory.net -= earlier.memory.net;
        for (std::size_t i = 0; i < earlier.counts.size(); ++i)
            later.counts[earlier.first - later.first + i] -= earlier.counts[i];
        const auto any = [](std::uint64_t count) {
            return count != 0;
        };
        const auto lowest = std::find_if(later.counts.begin(), later.counts.end(), any);
        const auto highest = std::find_if(later.counts.rbegin(), later.counts.rend(), any);
        if (lowest == later.counts.end()) {
            later.least = ~std::uint64_t{0};
            later.most = 0;
            return;
        }
        // One that is lower, or higher, than all before is new.
        const auto low = later.first + static_cast<std::size_t>(lowest - later.counts.begin());
        const auto high = later.first + static_cast<std::size_t>(later.counts.rend() - highest) - 1;
        if (later.least == earlier.least)
            later.least = std::max(later.least, log_linear::lowest_of(static_cast<unsigned>(low)));
        if (later.most == earlier.most && high < log_linear::buckets - 1)
            later.most = std::min(later.most, log_linear::highest_of(static_cast<unsigned>(high)));
    }
    static void subtract(perf::process_figures& later, const perf::process_figures& earlier) noexcept {
        later.minor_faults -= earlier.minor_faults;
        later.major_faults -= earlier.major_faults;
        later.voluntary_switches -= earlier.voluntary_switches;
        later.involuntary_switches -= earlier.involuntary_switches;
        later.user_time -= earlier.user_time;
        later.system_time -= earlier.system_time;
    }

    static void subtract_calls(snapshot& between, const snapshot& earlier) {
        const own_vector<std::size_t> place = places(earlier.m_timers, between.m_timers);
        own_vector<std::size_t> counterpart(earlier.m_paths.size());
        for (std::size_t at = 1; at < earlier.m_paths.size(); ++at) {
            const call_paths::path& before = earlier.m_paths[at];
            counterpart[at] = between.m_paths.below(counterpart[before.parent], place[before.what]);
            call_paths::path& path = between.m_paths[counterpart[at]];
            path.calls -= std::min(path.calls, before.calls);
            path.ticks -= std::min(path.ticks, before.ticks);
        }
    }
    static void add_paths(call_paths& to, const call_paths& from, const own_vector<std::size_t>& place) {
        own_vector<std::size_t> counterpart(from.size());
        for (std::size_t at = 1; at < from.size(); ++at) {
            counterpart[at] = to.below(counterpart[from[at].parent], place[from[at].what]);
            to[counterpart[at]].calls += from[at].calls;
            to[counterpart[at]].ticks += from[at].ticks;
        }
    }

    // Where the entries of one list are in another, which has them all.
    static own_vector<std::size_t> places(const own_vector<stats>& of, const own_vector<stats>& in) {
        own_vector<std::size_t> all;
        all.reserve(of.size());
        for (const stats& each : of)
            all.push_back(static_cast<std::size_t>(snapshot::find_in(in, each.name(), each.labels()) - in.data()));
        return all;
    }

    // Both lists are sorted, and so is the sum.
    template <class Entry, class Add>
    static void add_all(own_vector<Entry>& to, const own_vector<Entry>& from, const Add& add_entry) {
        own_vector<Entry> sum;
        sum.reserve(to.size() + from.size());
        auto a = to.begin();
        auto b = from.begin();
        while (a != to.end() || b != from.end()) {
            const bool only_b = a == to.end() || (b != from.end() && is_before(*b, *a));
            if (only_b) {
                sum.push_back(*b++);
                continue;
            }
            const bool in_both = b != from.end() && !is_before(*a, *b);
            sum.push_back(std::move(*a++));
            if (in_both) add_entry(sum.back(), *b++);
        }
        to.swap(sum);
    }

public:
    // By name, then by labels.
    template <class Entry>
    static bool is_before(const Entry& a, const Entry& b) noexcept {
        return a.name() != b.name() ? a.name() < b.name() : a.labels() < b.labels();
    }
};

} // namespace detail
} // namespace v0
} // namespace lathe

#endif // LATHE_PERF_DETAIL_SNAPSHOT_ARITHMETIC_HPP
