// SPDX-License-Identifier: MIT
// Question: what memory does a task take while it is queued, and how often does one allocate?
//
// A task has 16 bytes of its own. The number in a row's name is how many tasks. The times mean nothing.
//   post, add   tasks are queued while the workers are held, then run; without and with a handle of the result
//   running     tasks are posted while workers run
//   bytes       what operator new gave for a queued task, as malloc rounds it up; oneTBB and Asio do not use it
//   resident    what the process grew by for a queued task, at the first time: oneTBB keeps memory for later
//   news        calls of operator new for each task, posted and run, after as many have run before
#include <benchmark/benchmark.h>

#include <malloc.h>
#include <unistd.h>

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <fstream>
#include <map>
#include <new>
#include <utility>
#include <vector>

#include "task_subjects.hpp"

namespace {

// ---- what is counted ----

std::atomic<std::size_t> news{0};
std::atomic<std::size_t> bytes{0};

void* counted(std::size_t size, std::size_t alignment) {
    void* const made = alignment <= alignof(std::max_align_t)
                           ? std::malloc(size)
                           : std::aligned_alloc(alignment, (size + alignment - 1) / alignment * alignment);
    if (made == nullptr) throw std::bad_alloc();
    ++news;
    bytes += ::malloc_usable_size(made);
    return made;
}

void give_back(void* gone) noexcept {
    bytes -= ::malloc_usable_size(gone);
    std::free(gone);
}

/// Without what malloc keeps for itself.
std::size_t resident_bytes() {
    ::malloc_trim(0);
    std::size_t size = 0;
    std::size_t resident = 0;
    std::ifstream("/proc/self/statm") >> size >> resident;
    return resident * static_cast<std::size_t>(::sysconf(_SC_PAGESIZE));
}

} // namespace

// Those of arrays and those that do not throw call these.
void* operator new(std::size_t size) {
    return counted(size, 1);
}
void* operator new(std::size_t size, std::align_val_t alignment) {
    return counted(size, static_cast<std::size_t>(alignment));
}
void operator delete(void* gone) noexcept {
    give_back(gone);
}
void operator delete(void* gone, std::size_t) noexcept {
    give_back(gone);
}
void operator delete(void* gone, std::align_val_t) noexcept {
    give_back(gone);
}
void operator delete(void* gone, std::size_t, std::align_val_t) noexcept {
    give_back(gone);
}

namespace {

using namespace subjects;

/// Runs the tasks that `queue(pool, number)` posts or adds, a task at each call; counts their memory in the first
/// round, and allocations in the second.
template <class Pool, class Queue>
void count(benchmark::State& state, bool is_held, Queue queue) {
    const auto tasks = static_cast<std::uint64_t>(state.range(0));
    const auto per_task = [&](std::size_t sum) {
        return static_cast<double>(sum) / static_cast<double>(tasks);
    };
    for (auto _ : state) {
        Pool pool(2);
        pool.post(unit{0}); // whatever a first task needs
        pool.wait();
        static_cast<void>(checksum::take());
        for (const int round : {1, 2}) {
            const std::size_t resident_before = resident_bytes();
            const std::size_t bytes_before = bytes;
            const std::size_t news_before = news;
            if (is_held) pool.hold();
            for (std::uint64_t i = 0; i < tasks; ++i)
                queue(pool, i);
            if (is_held && round == 1) {
                state.counters["bytes"] = per_task(bytes - bytes_before);
                static std::map<std::uint64_t, double> resident; // by number of tasks
                state.counters["resident"] =
                    resident.emplace(tasks, per_task(resident_bytes() - resident_before)).first->second;
            }
            if (is_held) pool.release();
            pool.wait();
            if (round == 2) state.counters["news"] = per_task(news - news_before);
            if (checksum::take() != sum_of_units(tasks)) state.SkipWithError("tasks were lost, or ran twice");
        }
    }
}

template <class Pool>
void post(benchmark::State& state) {
    count<Pool>(state, true, [](Pool& pool, std::uint64_t number) { pool.post(unit{number}); });
}

template <class Pool>
void running(benchmark::State& state) {
    count<Pool>(state, false, [](Pool& pool, std::uint64_t number) { pool.post(unit{number}); });
}

template <class Pool>
void add(benchmark::State& state) {
    constexpr auto task = [](std::uint64_t number) {
        return [number, one = std::uint64_t{1}] {
            checksum::add(number + one);
            return number;
        };
    };
    using result = decltype(std::declval<Pool&>().add(task(0)));
    std::vector<result> results(static_cast<std::size_t>(state.range(0))); // the caller's memory, not the pool's
    count<Pool>(state, true, [&](Pool& pool, std::uint64_t number) { results[number] = pool.add(task(number)); });
}

using rows = benchmark::internal::Benchmark;

void once(rows* each) {
    each->Arg(250'000)->Iterations(1);
}
void sizes(rows* each) {
    each->Arg(10'000)->Arg(1'000'000)->Apply(once);
}

BENCHMARK(post<lathe_pool>)->Apply(sizes);
BENCHMARK(post<naive_function>)->Apply(once);
BENCHMARK(post<naive_packaged>)->Apply(once);
BENCHMARK(running<lathe_pool>)->Apply(once);
BENCHMARK(running<naive_packaged>)->Apply(once);
BENCHMARK(add<lathe_pool>)->Apply(sizes);
BENCHMARK(add<naive_packaged>)->Apply(once);

#ifdef LATHE_PEER_TBB
BENCHMARK(post<tbb_arenas>)->Apply(once);
#endif
#ifdef LATHE_PEER_ASIO
BENCHMARK(post<asio_pool>)->Apply(once);
BENCHMARK(add<asio_pool>)->Apply(once);
#endif

} // namespace
