// SPDX-License-Identifier: MIT
// Question: which policy has the best hit ratio on which keys, and how far is it from what is possible?
//
// The rows are trace/capacity/policy, and hit_percent is the answer; capacities are 1, 5 and 20 % of the distinct keys.
// The traces are made, and recorded if the environment variable LATHE_TRACES names a folder with files *.keys.xz. The
// optimum is Belady's: whoever knows the future keeps what is asked for next. All others are caches of one shard.
#include <benchmark/benchmark.h>

#include <cstddef>
#include <cstdint>
#include <deque>
#include <limits>
#include <queue>
#include <string>
#include <unordered_map>
#include <utility>
#include <vector>

#include <lathe/cache/policy.hpp>
#include <lathe/cache/s3_fifo.hpp>
#include <lathe/cache/w_tiny_lfu.hpp>
#include <lathe/cache/weak_cache.hpp>

#include "../tests/cache/key_traces.hpp"

namespace {

using lathe_test::key_list;
using lathe_test::key_trace;

template <class Policy>
std::size_t hits_of(const key_list& asked, std::size_t capacity) {
    lathe::weak_cache<std::uint64_t, char, Policy> cache{{.capacity = capacity, .shards = 1}};
    std::size_t hits = 0;
    for (const std::uint64_t key : asked) {
        if (cache.find(key)) {
            ++hits;
        } else {
            cache.put(key, 'x');
        }
    }
    return hits;
}

// It may also keep the newcomer out.
std::size_t best_hits(const key_list& asked, std::size_t capacity) {
    constexpr std::size_t never = std::numeric_limits<std::size_t>::max();
    std::vector<std::size_t> next(asked.size(), never); // where the same key is asked for next
    std::unordered_map<std::uint64_t, std::size_t> later;
    for (std::size_t at = asked.size(); at-- != 0;) {
        if (const auto [found, is_new] = later.try_emplace(asked[at], at); !is_new)
            next[at] = std::exchange(found->second, at);
    }
    std::unordered_map<std::uint64_t, std::size_t> kept;                 // by key, where it is asked for next
    std::priority_queue<std::pair<std::size_t, std::uint64_t>> farthest; // also what is not so any more
    std::size_t hits = 0;
    for (std::size_t at = 0; at != asked.size(); ++at) {
        const std::uint64_t key = asked[at];
        hits += kept.contains(key);
        kept[key] = next[at];
        farthest.emplace(next[at], key);
        while (kept.size() > capacity) {
            const auto [when, gone] = farthest.top();
            farthest.pop();
            if (const auto found = kept.find(gone); found != kept.end() && found->second == when) kept.erase(found);
        }
    }
    return hits;
}

const bool registered = [] {
    static std::deque<key_trace> traces;
    for (key_trace& made : lathe_test::made_traces(1, 120'000))
        traces.push_back(std::move(made));
    for (const auto& file : lathe_test::recorded_traces())
        traces.push_back(lathe_test::read_trace(file));
    const std::pair<const char*, std::size_t (*)(const key_list&, std::size_t)> rows[] = {
        {"fifo", &hits_of<lathe::fifo>},
        {"lru", &hits_of<lathe::lru>},
        {"s3_fifo", &hits_of<lathe::s3_fifo>},
        {"w_tiny_lfu", &hits_of<lathe::w_tiny_lfu>},
        {"optimum", &best_hits},
    };
    for (const key_trace& trace : traces) {
        for (const double share : lathe_test::told_shares) {
            const std::size_t capacity = trace.capacity(share);
            for (const auto& [policy, run] : rows) {
                const auto measure = [&asked = trace.asked, capacity, run](benchmark::State& state) {
                    std::size_t hits = 0;
                    for (auto _ : state)
                        hits = run(asked, capacity);
                    const auto accesses = static_cast<double>(asked.size());
                    state.counters["hit_percent"] = 100.0 * static_cast<double>(hits) / accesses;
                    state.SetItemsProcessed(state.iterations() * static_cast<std::int64_t>(asked.size()));
                };
                const std::string name = trace.name + '/' + std::to_string(capacity) + '/' + policy;
                // The answer is the same each time.
                benchmark::RegisterBenchmark(name.c_str(), measure)->Iterations(1)->Unit(benchmark::kMillisecond);
            }
        }
    }
    return true;
}();

} // namespace
