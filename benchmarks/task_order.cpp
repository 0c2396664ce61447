// SPDX-License-Identifier: MIT
// Question: what does it cost to run tasks in the order of their priorities, and who keeps that order?
//
// Workers are held, tasks of random priorities from 0 to 255 are posted, then the workers are let go. An iteration is a
// task, both posted and run: `Time` passes on the wall, `CPU` is spent by all threads. The numbers in a row's name are
// how many tasks there are and how many workers. What tasks add up to is checked after every run.
//   by_priority   all of them one by one; 256 levels, but tbb_arenas has three
//   in_ranges     ranges of 1000 tasks, each of one random priority; `one_by_one` posts the same tasks singly
//   order         every task notes when it began; the times mean nothing. Counted are neighbours in time of which the
//                 later one has the higher priority (inversions) or the same and was posted earlier (ties), and how
//                 many places too early a task began at most (early): among more workers than one, a task has begun
//                 before it can note so
#include <benchmark/benchmark.h>

#include <algorithm>
#include <atomic>
#include <cstddef>
#include <cstdint>
#include <numeric>
#include <ranges>
#include <vector>

#include "task_subjects.hpp"

namespace {

using namespace subjects;

/// Times runs of what `post(pool, levels)` posts, a unit for each level.
template <class Pool, class Post>
void queue_and_run(benchmark::State& state, Post post) {
    const auto levels = random_levels(static_cast<std::size_t>(state.range(0)));
    Pool pool(static_cast<unsigned>(state.range(1)));
    while (state.KeepRunningBatch(state.range(0))) {
        pool.hold();
        post(pool, levels);
        pool.release();
        pool.wait();
        if (checksum::take() != sum_of_units(levels.size())) state.SkipWithError("tasks were lost, or ran twice");
    }
}

template <class Pool>
void by_priority(benchmark::State& state) {
    queue_and_run<Pool>(state, [](Pool& pool, const std::vector<level_type>& levels) {
        for (std::uint64_t i = 0; i < levels.size(); ++i)
            pool.post(unit{i}, levels[i]);
    });
}

constexpr std::uint64_t length_of_range = 1000;

void in_ranges(benchmark::State& state) {
    queue_and_run<lathe_pool>(state, [](lathe_pool& pool, const std::vector<level_type>& levels) {
        for (std::uint64_t i = 0; i < levels.size(); i += length_of_range) {
            pool.tasks().post_range({.priority = lathe::priority{levels[i]}},
                                    std::views::iota(i, std::min<std::uint64_t>(i + length_of_range, levels.size())),
                                    [](std::uint64_t number) { unit{number}(); });
        }
    });
}

template <class Pool>
void one_by_one(benchmark::State& state) {
    queue_and_run<Pool>(state, [](Pool& pool, const std::vector<level_type>& levels) {
        for (std::uint64_t i = 0; i < levels.size(); ++i)
            pool.post(unit{i}, levels[i - i % length_of_range]);
    });
}

template <class Pool>
void order(benchmark::State& state) {
    const auto levels = random_levels(static_cast<std::size_t>(state.range(0)));
    std::vector<std::size_t> began(levels.size()); // which task began as the n-th
    std::vector<std::size_t> place(levels.size()); // the n of each task, by the order that is promised
    std::iota(began.begin(), began.end(), std::size_t{0});
    std::sort(began.begin(), began.end(), [&](std::size_t a, std::size_t b) {
        return levels[a] != levels[b] ? levels[a] > levels[b] : a < b;
    });
    for (std::size_t n = 0; n < began.size(); ++n)
        place[began[n]] = n;

    Pool pool(static_cast<unsigned>(state.range(1)));
    for (auto _ : state) {
        std::atomic<std::size_t> next{0};
        pool.hold();
        for (std::size_t i = 0; i < levels.size(); ++i)
            pool.post([&, i] { began[next++] = i; }, levels[i]);
        pool.release();
        pool.wait();

        std::size_t inversions = 0;
        std::size_t ties = 0;
        std::size_t early = 0;
        for (std::size_t n = 0; n < began.size(); ++n) {
            if (place[began[n]] > n) early = std::max(early, place[began[n]] - n);
            if (n == 0) continue;
            if (levels[began[n]] > levels[began[n - 1]]) ++inversions;
            if (levels[began[n]] == levels[began[n - 1]] && began[n] < began[n - 1]) ++ties;
        }
        state.counters["inversions"] = static_cast<double>(inversions);
        state.counters["ties"] = static_cast<double>(ties);
        state.counters["early"] = static_cast<double>(early);
    }
}

using rows = benchmark::internal::Benchmark;

void timed(rows* each) {
    each->UseRealTime()->MeasureProcessCPUTime();
}
void million(rows* each) {
    each->ArgsProduct({{1'000'000}, {1, 2}})->Apply(timed);
}
void by_two_workers(rows* each) {
    each->Args({1'000'000, 2})->Apply(timed);
}
void other_sizes(rows* each) {
    each->ArgsProduct({{10'000, 100'000, 10'000'000}, {2}})->Apply(timed);
}
void once(rows* each) {
    each->Iterations(1);
}

BENCHMARK(by_priority<lathe_pool>)->Apply(million)->Apply(other_sizes);
BENCHMARK(in_ranges)->Apply(million);
BENCHMARK(one_by_one<lathe_pool>)->Apply(million);
BENCHMARK(order<lathe_pool>)->ArgsProduct({{1'000'000}, {1, 2}})->Apply(once);
BENCHMARK(by_priority<naive_packaged>)->Apply(million);
BENCHMARK(by_priority<naive_function>)->Apply(by_two_workers);
BENCHMARK(order<naive_function>)->ArgsProduct({{100'000}, {1, 2}})->Apply(once);

#ifdef LATHE_PEER_TBB
BENCHMARK(by_priority<tbb_arenas>)->Apply(million);
BENCHMARK(by_priority<tbb_queue>)->Apply(by_two_workers);
BENCHMARK(order<tbb_arenas>)->ArgsProduct({{100'000}, {1, 2}})->Apply(once);
BENCHMARK(order<tbb_queue>)->ArgsProduct({{100'000}, {1, 2}})->Apply(once);
#endif

} // namespace
