// SPDX-License-Identifier: MIT
// Question: how soon does a task begin, and what do workers cost that have nothing to do?
//
// `Time` is the mean of all times, `p50` and `p99` [us] say more of them. Rows with a number have so many workers,
// others two.
//   idle_start   workers sleep; one task is posted: until it begins
//   urgent       2^20 tasks of 1 us are queued and run; now and then one of the highest priority is posted: until it
//                begins. `before`: how many others began between, the most of all times
//   idle_cpu     all threads sleep for 0.2 s at a time; `cpu_ms`: milliseconds of CPU time in a second. no_pool is what
//                the thread that measures takes
#include <benchmark/benchmark.h>

#include <time.h>

#include <algorithm>
#include <array>
#include <atomic>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <thread>
#include <vector>

#include "task_subjects.hpp"

namespace {

using namespace subjects;
using namespace std::chrono_literals;
using clock = std::chrono::steady_clock;

double seconds(clock::duration length) {
    return std::chrono::duration<double>(length).count();
}

/// Adds the counters of a distribution.
void report(benchmark::State& state, std::vector<double>& samples) {
    if (samples.empty()) return;
    std::sort(samples.begin(), samples.end());
    const auto at = [&](std::size_t percent) {
        return samples[(samples.size() - 1) * percent / 100] * 1e6;
    };
    state.counters["p50"] = at(50);
    state.counters["p99"] = at(99);
}

template <class Pool>
void idle_start(benchmark::State& state) {
    Pool pool(2);
    std::vector<double> samples;
    for (auto _ : state) {
        std::this_thread::sleep_for(300us); // workers may search for a while before they sleep
        std::atomic<bool> began{false};
        clock::time_point when{};
        const auto posted = clock::now();
        pool.post([&] {
            when = clock::now();
            began = true;
            began.notify_one();
        });
        began.wait(false); // leaves its processor to the worker
        samples.push_back(seconds(when - posted));
        state.SetIterationTime(samples.back());
        pool.wait();
    }
    report(state, samples);
}

/// How many tasks have begun; each worker counts its own.
class begun {
public:
    static void count() noexcept {
        if (m_mine == nullptr) m_mine = &m_counts[m_used++ % m_counts.size()];
        m_mine->value.store(m_mine->value.load(std::memory_order_relaxed) + 1, std::memory_order_relaxed);
    }
    /// May lag behind other threads by what their caches hide: a task or so.
    static std::uint64_t sum() noexcept {
        std::uint64_t all = 0;
        for (const auto& each : m_counts)
            all += each.value.load(std::memory_order_relaxed);
        return all;
    }

private:
    struct alignas(64) cell {
        std::atomic<std::uint64_t> value;
    };
    static inline std::array<cell, 256> m_counts; // more than there are threads
    static inline std::atomic<std::size_t> m_used{0};
    static inline constinit thread_local cell* m_mine = nullptr;
};

std::atomic<bool> is_over{false};

void spend_a_microsecond() {
    if (is_over.load(std::memory_order_relaxed)) return; // so that what is left of the queue takes no time
    begun::count();
    for (const auto end = clock::now() + 1us; clock::now() < end;) {
    }
}

template <class Pool>
void urgent(benchmark::State& state) {
    constexpr std::uint64_t tasks = 1U << 20U;
    Pool pool(static_cast<unsigned>(state.range(0)));
    std::vector<double> samples;
    std::uint64_t most = 0;
    std::uint64_t left = 0;         // urgent tasks, until the others shall be posted again
    std::atomic<bool> began{false}; // these are the urgent task's
    clock::time_point when{};
    std::uint64_t begun_then = 0;
    is_over = false;
    for (auto _ : state) {
        if (left == 0) {
            pool.wait();
            pool.hold();
            for (std::uint64_t i = 0; i < tasks; ++i)
                pool.post([] { spend_a_microsecond(); }, 64);
            pool.release();
            left = 300;
        }
        --left;
        std::this_thread::sleep_for(1ms);
        began = false;
        const auto posted = clock::now();
        pool.post(
            [&] {
                when = clock::now();
                begun_then = begun::sum();
                began = true;
                began.notify_one();
            },
            255);
        const std::uint64_t begun_before = begun::sum();
        began.wait(false);
        samples.push_back(seconds(when - posted));
        most = std::max(most, begun_then - std::min(begun_then, begun_before));
        state.SetIterationTime(samples.back());
    }
    is_over = true;
    pool.wait();
    report(state, samples);
    state.counters["before"] = static_cast<double>(most);
}

double process_cpu_seconds() {
    ::timespec spent{};
    ::clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &spent);
    return static_cast<double>(spent.tv_sec) + static_cast<double>(spent.tv_nsec) * 1e-9;
}

struct no_pool {
    explicit no_pool(unsigned) {}
    void post(void (*)()) {}
    void wait() {}
};

template <class Pool>
void idle_cpu(benchmark::State& state) {
    Pool pool(2);
    pool.post([] {});
    pool.wait();
    std::this_thread::sleep_for(20ms);
    double spent = 0;
    double passed = 0;
    for (auto _ : state) {
        const auto begin = clock::now();
        const double cpu_before = process_cpu_seconds();
        std::this_thread::sleep_for(200ms);
        spent += process_cpu_seconds() - cpu_before;
        passed += seconds(clock::now() - begin);
    }
    state.counters["cpu_ms"] = spent / passed * 1e3;
}

using rows = benchmark::internal::Benchmark;

void samples(rows* each) {
    each->UseManualTime()->Unit(benchmark::kMicrosecond);
}
void starts(rows* each) {
    each->Iterations(500)->Apply(samples);
}
void by_one_worker(rows* each) {
    each->Arg(1)->Iterations(300)->Apply(samples);
}
void by_two_workers(rows* each) {
    each->Arg(2)->Iterations(300)->Apply(samples);
}
void asleep(rows* each) {
    each->UseRealTime();
}

BENCHMARK(idle_start<lathe_pool>)->Apply(starts);
BENCHMARK(idle_start<naive_function>)->Apply(starts);
BENCHMARK(urgent<lathe_pool>)->Apply(by_one_worker);
BENCHMARK(urgent<lathe_pool>)->Apply(by_two_workers);
BENCHMARK(urgent<naive_function>)->Apply(by_two_workers);
BENCHMARK(idle_cpu<lathe_pool>)->Apply(asleep);
BENCHMARK(idle_cpu<naive_function>)->Apply(asleep);
BENCHMARK(idle_cpu<no_pool>)->Apply(asleep);

#ifdef LATHE_PEER_TBB
BENCHMARK(idle_start<tbb_arenas>)->Apply(starts);
BENCHMARK(urgent<tbb_arenas>)->Apply(by_two_workers);
BENCHMARK(idle_cpu<tbb_arenas>)->Apply(asleep);
#endif
#ifdef LATHE_PEER_ASIO
BENCHMARK(idle_start<asio_pool>)->Apply(starts);
BENCHMARK(idle_cpu<asio_pool>)->Apply(asleep);
#endif

} // namespace
