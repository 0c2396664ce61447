// SPDX-License-Identifier: MIT
// How the programs bench_perf* measure what takes nanoseconds: in batches, of which the fastest counts, for whatever
// else the machine does only adds. Where threads wait for each other the fastest may be one that met nobody: then the
// median batch tells more.
#ifndef LATHE_BENCHMARKS_PERF_BATCHES_HPP
#define LATHE_BENCHMARKS_PERF_BATCHES_HPP

#include <benchmark/benchmark.h>

#include <algorithm>
#include <chrono>
#include <cstdint>
#include <string_view>
#include <utility>
#include <vector>

#include <lathe/perf/monitor.hpp>

namespace batches {

constexpr int calls = 1000;

/// Calls `call` a thousand times a batch. The counters `least` and `median` are the nanoseconds of a call in the
/// fastest batch and in the median one, the mean of what the threads found.
template <class F>
void run(benchmark::State& state, F call) {
    std::vector<double> taken;
    while (state.KeepRunningBatch(calls)) {
        const auto begin = std::chrono::steady_clock::now();
        for (int i = 0; i < calls; ++i)
            call();
        taken.push_back(std::chrono::duration<double, std::nano>(std::chrono::steady_clock::now() - begin).count() /
                        calls);
    }
    std::sort(taken.begin(), taken.end());
    const auto of_threads = [](double each) {
        return benchmark::Counter(each, benchmark::Counter::kAvgThreads);
    };
    state.counters["least"] = of_threads(taken.front());
    state.counters["median"] = of_threads(taken[taken.size() / 2]);
}

/// The same, and sees that a monitor has counted each of them by the metric of that name.
template <class F>
void run(benchmark::State& state, const lathe::perf::monitor& mon, std::string_view name, F call) {
    const auto counted = [&] {
        const lathe::perf::snapshot snap = mon.snapshot();
        return snap.contains(name) ? snap[name].calls() : 0;
    };
    const std::uint64_t before = counted();
    run(state, std::move(call));
    const std::uint64_t more = counted() - before;
    const auto calls_here = static_cast<std::uint64_t>(state.iterations());
    if (state.threads() == 1 ? more != calls_here : more < calls_here) state.SkipWithError("calls were lost");
}

/// Stands for the work that is measured: nothing, but nothing is moved across it.
inline void work() {
    benchmark::ClobberMemory();
}

} // namespace batches

#endif // LATHE_BENCHMARKS_PERF_BATCHES_HPP
