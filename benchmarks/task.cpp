// SPDX-License-Identifier: MIT
// Question: what does a scheduler ask for a task, against pools that people write or install?
//
// An iteration is a task, so that times are those of one: `Time` passes on the wall, `CPU` is spent by all threads of
// the process. The number in a row's name is how many tasks a run has, of `tree` how many workers: else there are two.
// Of tbb_group the thread that waits is one of them. What tasks add up to is checked after every run. Compare rows of
// one run, and times of CPU where the machine has other things to do as well.
//   post_and_run   one thread posts the least tasks while workers run them, post_range_and_run by ranges of 1000;
//                  plain_loop only keeps them in a vector
//   tree           one task, and each posts two more, 19 times: 2^20 in all
//   add_then_get   one thread adds 1000 tasks that return a number, then gets all of them, and so on
//   add_and_get    one thread adds a task that returns a number and gets it at once
//   course         what python_task.py does: a scheduler is made, 100,000 tasks with ids, priorities and two numbers to
//                  add are added to it, run, and their results kept by id, then all is destroyed
#include <benchmark/benchmark.h>

#include <cstddef>
#include <cstdint>
#include <ranges>
#include <string>
#include <utility>
#include <vector>

#include "task_subjects.hpp"

namespace {

using namespace subjects;

/// After a run.
void check(benchmark::State& state, std::uint64_t expected) {
    if (checksum::take() != expected) state.SkipWithError("tasks were lost, or ran twice");
}

std::uint64_t count_of(const benchmark::State& state) {
    return static_cast<std::uint64_t>(state.range(0));
}

template <class Pool>
void post_and_run(benchmark::State& state) {
    Pool pool(2);
    const std::uint64_t count = count_of(state);
    while (state.KeepRunningBatch(state.range(0))) {
        for (std::uint64_t i = 0; i < count; ++i)
            pool.post(unit{i});
        pool.wait();
        check(state, sum_of_units(count));
    }
}

/// By ranges of 1000.
void post_range_and_run(benchmark::State& state) {
    lathe_pool pool(2);
    const std::uint64_t count = count_of(state);
    while (state.KeepRunningBatch(state.range(0))) {
        for (std::uint64_t i = 0; i < count; i += 1000)
            pool.tasks().post_range(std::views::iota(i, i + 1000), [](std::uint64_t number) { unit{number}(); });
        pool.wait();
        check(state, sum_of_units(count));
    }
}

void plain_loop(benchmark::State& state) {
    const std::uint64_t count = count_of(state);
    std::vector<unit> tasks;
    while (state.KeepRunningBatch(state.range(0))) {
        for (std::uint64_t i = 0; i < count; ++i)
            tasks.push_back(unit{i});
        benchmark::DoNotOptimize(tasks.data());
        benchmark::ClobberMemory();
        for (const unit& task : tasks)
            task();
        tasks.clear();
        check(state, sum_of_units(count));
    }
}

template <class Pool>
struct node {
    Pool* pool;
    std::size_t levels_below;

    void operator()() const {
        checksum::add(1);
        if (levels_below == 0) return;
        pool->post(node{pool, levels_below - 1});
        pool->post(node{pool, levels_below - 1});
    }
};

template <class Pool>
void tree(benchmark::State& state) {
    constexpr std::size_t levels = 20;
    constexpr std::uint64_t nodes = (1U << levels) - 1;
    Pool pool(static_cast<unsigned>(state.range(0)));
    while (state.KeepRunningBatch(nodes)) {
        pool.post(node<Pool>{&pool, levels - 1});
        pool.wait();
        check(state, nodes);
    }
}

/// Adds so many, then gets them, until there were 2^20 or so.
template <class Pool>
void windows(benchmark::State& state, std::size_t window) {
    constexpr std::uint64_t most = 1U << 20U;
    Pool pool(2);
    std::vector<decltype(pool.add([] { return std::uint64_t{}; }))> results(window);
    std::uint64_t number = 0;
    std::uint64_t sum = 0;
    while (state.KeepRunningBatch(static_cast<benchmark::IterationCount>(window))) {
        for (auto& result : results) {
            result = pool.add([a = number, b = std::uint64_t{1}] { return a + b; });
            number = (number + 1) % most;
        }
        for (auto& result : results)
            sum += std::exchange(result, {}).get();
    }
    const auto runs = static_cast<std::uint64_t>(state.iterations());
    if (sum != runs / most * sum_of_units(most) + sum_of_units(runs % most)) state.SkipWithError("wrong results");
}

template <class Pool>
void add_then_get(benchmark::State& state) {
    windows<Pool>(state, 1000);
}
template <class Pool>
void add_and_get(benchmark::State& state) {
    windows<Pool>(state, 1);
}

struct course_task {
    std::string id;
    lathe::priority priority;
};

std::vector<course_task> course_tasks() {
    std::vector<course_task> tasks;
    for (const level_type level : random_levels(100'000))
        tasks.push_back({"task-" + std::to_string(tasks.size()), lathe::priority{level}});
    return tasks;
}

std::uint64_t plus(std::uint64_t a, std::uint64_t b) {
    checksum::add(a + b);
    return a + b;
}

template <class Strategy>
void course(benchmark::State& state, Strategy strategy) {
    const std::vector<course_task> listed = course_tasks();
    const auto count = static_cast<benchmark::IterationCount>(listed.size());
    while (state.KeepRunningBatch(count)) {
        lathe::task_scheduler tasks;
        std::uint64_t number = 0;
        for (const course_task& each : listed)
            tasks.add({.id = each.id, .priority = each.priority}, plus, number++, std::uint64_t{1});
        tasks.run(strategy);
        check(state, sum_of_units(listed.size()));
        if (tasks.result("task-77777").template value<std::uint64_t>() != 77'778) state.SkipWithError("a wrong result");
    }
}

using rows = benchmark::internal::Benchmark;

void timed(rows* each) {
    each->UseRealTime()->MeasureProcessCPUTime();
}
void million(rows* each) {
    each->Arg(1'000'000)->Apply(timed);
}
void all_sizes(rows* each) {
    each->RangeMultiplier(10)->Range(10'000, 10'000'000)->Apply(timed);
}

BENCHMARK(plain_loop)->Apply(all_sizes);
BENCHMARK(post_and_run<lathe_pool>)->Apply(all_sizes);
BENCHMARK(post_range_and_run)->Apply(million);
BENCHMARK(post_and_run<naive_function>)->Apply(million);
BENCHMARK(post_and_run<naive_packaged>)->Apply(million);

BENCHMARK(tree<lathe_pool>)->Arg(1)->Arg(2)->Apply(timed);
BENCHMARK(tree<naive_function>)->Arg(2)->Apply(timed);

BENCHMARK(add_then_get<lathe_pool>)->Apply(timed);
BENCHMARK(add_then_get<naive_packaged>)->Apply(timed);
BENCHMARK(add_and_get<lathe_pool>)->Apply(timed);
BENCHMARK(add_and_get<naive_packaged>)->Apply(timed);

BENCHMARK_CAPTURE(course, sequential, lathe::sequential())->Apply(timed);
BENCHMARK_CAPTURE(course, threaded, lathe::threaded(4))->Apply(timed);

#ifdef LATHE_PEER_TBB
BENCHMARK(post_and_run<tbb_group>)->Apply(million);
BENCHMARK(post_and_run<tbb_arenas>)->Apply(million);
BENCHMARK(tree<tbb_group>)->Arg(1)->Arg(2)->Apply(timed);
BENCHMARK(add_then_get<tbb_arenas>)->Apply(timed);
BENCHMARK(add_and_get<tbb_arenas>)->Apply(timed);
#endif
#ifdef LATHE_PEER_ASIO
BENCHMARK(post_and_run<asio_pool>)->Apply(million);
BENCHMARK(tree<asio_pool>)->Arg(2)->Apply(timed);
BENCHMARK(add_then_get<asio_pool>)->Apply(timed);
BENCHMARK(add_and_get<asio_pool>)->Apply(timed);
#endif

} // namespace
