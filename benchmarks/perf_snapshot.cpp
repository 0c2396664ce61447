// SPDX-License-Identifier: MIT
// Question: what does a snapshot take, does it disturb those who are measured, and how much memory is in use?
//
//   snapshot       of a number of metrics, each used by a number of threads: 1000 by 8 in the row that has a goal.
//                  `mib` is what the threads' metrics take, `bytes` one of them in one thread
//   after_calls    of one metric, after so many calls
//   writer         what a thread sees that measures an empty scope again and again, undisturbed and while another
//                  takes snapshots of 1000 metrics by 8 threads: the time of a scope, `p50` and `p9999`, in
//                  nanoseconds, and `worst`, the median of the longest in each millisecond. A snapshot takes longer
//                  than that, so `worst` would be a snapshot's time if one held writers up; interrupts come less often
//   resident       KiB by which the process grows while a scope is used 10^8 times
//   percentiles    of a million durations, lognormal: `error` is by how many percent the worst of p50, p90, p95, p99,
//                  p99.9 is off, beside that of the sorted durations
#include <benchmark/benchmark.h>

#include <malloc.h>

#include <algorithm>
#include <atomic>
#include <chrono>
#include <cmath>
#include <condition_variable>
#include <cstddef>
#include <cstdint>
#include <mutex>
#include <random>
#include <string>
#include <thread>
#include <vector>

#include <lathe/perf/monitor.hpp>
#include <lathe/perf/process.hpp>

namespace {

namespace perf = lathe::perf;
using std::chrono::nanoseconds;

std::size_t allocated_bytes() {
    const struct mallinfo2 all = ::mallinfo2();
    return all.uordblks + all.hblkhd;
}

double resident_kib() {
    return static_cast<double>(perf::this_process().resident_bytes) / 1024.0;
}

/// A monitor with so many metrics, each used ten times by each of so many threads, which are there as long as it is.
class used_monitor {
public:
    used_monitor(std::size_t metrics, std::size_t threads) {
        for (std::size_t i = 0; i < threads; ++i) {
            m_threads.emplace_back([this, metrics, i] {
                use(metrics, static_cast<unsigned>(i));
                std::unique_lock lock{m_mutex};
                ++m_ready;
                m_changed.notify_all();
                m_changed.wait(lock, [this] { return m_ends; });
            });
        }
        std::unique_lock lock{m_mutex};
        m_changed.wait(lock, [this, threads] { return m_ready == threads; });
    }
    used_monitor(const used_monitor&) = delete;
    used_monitor& operator=(const used_monitor&) = delete;
    ~used_monitor() {
        {
            const std::lock_guard lock{m_mutex};
            m_ends = true;
        }
        m_changed.notify_all();
        for (std::thread& each : m_threads)
            each.join();
    }

    [[nodiscard]] perf::monitor& monitor() noexcept { return m_monitor; }

private:
    void use(std::size_t metrics, unsigned seed) {
        std::minstd_rand random{seed + 1};
        std::lognormal_distribution<double> durations{7.0, 1.5};
        for (std::size_t i = 0; i < metrics; ++i) {
            const perf::timer timer = m_monitor.timer("metric " + std::to_string(i));
            for (int call = 0; call < 10; ++call)
                timer.record(nanoseconds{static_cast<nanoseconds::rep>(durations(random))});
        }
    }

    perf::monitor m_monitor;
    std::mutex m_mutex;
    std::condition_variable m_changed;
    std::size_t m_ready = 0;
    bool m_ends = false;
    std::vector<std::thread> m_threads;
};

/// @return whether all calls of a used_monitor are in its snapshot.
bool is_whole(const perf::snapshot& snap, std::size_t metrics, std::size_t threads) {
    std::uint64_t calls = 0;
    for (const perf::stats& each : snap.timers())
        calls += each.calls();
    return snap.timers().size() == metrics && calls == 10 * metrics * threads;
}

void snapshot(benchmark::State& state) {
    const auto metrics = static_cast<std::size_t>(state.range(0));
    const auto threads = static_cast<std::size_t>(state.range(1));
    const std::size_t before = allocated_bytes();
    used_monitor used(metrics, threads);
    const auto bytes = static_cast<double>(allocated_bytes() - before);
    for (auto _ : state) {
        const perf::snapshot snap = used.monitor().snapshot();
        benchmark::DoNotOptimize(&snap);
    }
    if (!is_whole(used.monitor().snapshot(), metrics, threads)) state.SkipWithError("calls were lost");
    state.counters["mib"] = bytes / 1024 / 1024;
    state.counters["bytes"] = bytes / static_cast<double>(metrics * threads);
}

void after_calls(benchmark::State& state) {
    const auto calls = static_cast<std::uint64_t>(state.range(0));
    perf::monitor mon;
    const perf::timer timer = mon.timer("work");
    // The same ten durations again and again.
    for (std::uint64_t i = 0; i < calls; ++i)
        timer.record(nanoseconds{100 << (i % 10)});
    for (auto _ : state) {
        const perf::snapshot snap = mon.snapshot();
        benchmark::DoNotOptimize(&snap);
    }
    if (mon.snapshot()["work"].calls() != calls) state.SkipWithError("calls were lost");
}

/// The times of empty scopes, as their thread sees them.
class scope_times {
public:
    /// Measures for a millisecond.
    void measure(perf::monitor& mon) {
        using clock = std::chrono::steady_clock;
        nanoseconds longest{0};
        const auto end = clock::now() + std::chrono::milliseconds(1);
        for (auto begin = clock::now(); begin < end;) {
            {
                const auto scope = mon.scope<"work">();
            }
            const auto now = clock::now();
            longest = std::max(longest, nanoseconds{now - begin});
            ++m_counts[std::min(static_cast<std::size_t>((now - begin).count()), m_counts.size() - 1)];
            begin = clock::now();
        }
        m_longest.push_back(static_cast<double>(longest.count()));
    }

    /// @return the nanoseconds that this part of the scopes took at most.
    [[nodiscard]] double quantile(double part) const {
        std::uint64_t all = 0;
        for (const std::uint64_t each : m_counts)
            all += each;
        auto left = static_cast<std::int64_t>(part * static_cast<double>(all));
        std::size_t at = 0;
        while (at < m_counts.size() - 1 && (left -= static_cast<std::int64_t>(m_counts[at])) > 0)
            ++at;
        return static_cast<double>(at);
    }

    /// @return the median of the longest of each millisecond [ns].
    [[nodiscard]] double worst() {
        const auto middle = m_longest.begin() + static_cast<std::ptrdiff_t>(m_longest.size() / 2);
        std::nth_element(m_longest.begin(), middle, m_longest.end());
        return *middle;
    }

private:
    std::vector<std::uint64_t> m_counts = std::vector<std::uint64_t>(100'000); // by nanoseconds
    std::vector<double> m_longest;
};

void writer(benchmark::State& state, bool is_disturbed) {
    used_monitor used(1000, 8);
    std::atomic<bool> ends{false};
    std::atomic<std::uint64_t> snapshots{0};
    std::thread reader([&] {
        while (is_disturbed && !ends) {
            const perf::snapshot snap = used.monitor().snapshot();
            benchmark::DoNotOptimize(&snap);
            ++snapshots;
        }
    });
    scope_times times;
    for (auto _ : state)
        times.measure(used.monitor());
    ends = true;
    reader.join();
    state.counters["p50"] = times.quantile(0.5);
    state.counters["p9999"] = times.quantile(0.9999);
    state.counters["worst"] = times.worst();
    state.counters["snapshots"] = static_cast<double>(snapshots);
}

void resident(benchmark::State& state) {
    constexpr std::uint64_t calls = 100'000'000;
    perf::monitor mon;
    const auto use = [&mon] {
        const auto scope = mon.scope<"work">();
        benchmark::ClobberMemory();
    };
    use();
    for (auto _ : state) {
        const double before = resident_kib();
        for (std::uint64_t i = 1; i < calls; ++i)
            use();
        state.counters["kib"] = resident_kib() - before;
    }
    if (mon.snapshot()["work"].calls() != calls) state.SkipWithError("calls were lost");
}

void percentiles(benchmark::State& state) {
    std::minstd_rand random{1};
    std::lognormal_distribution<double> durations{7.0, 1.5};
    std::vector<nanoseconds> samples(1'000'000);
    perf::monitor mon;
    const perf::timer timer = mon.timer("work");
    for (nanoseconds& each : samples) {
        each = nanoseconds{1 + static_cast<nanoseconds::rep>(durations(random))};
        timer.record(each);
    }
    std::sort(samples.begin(), samples.end());
    const perf::snapshot snap = mon.snapshot();
    double worst = 0;
    for (auto _ : state) {
        for (const double q : {0.5, 0.9, 0.95, 0.99, 0.999}) {
            const auto rank = static_cast<std::size_t>(std::ceil(q * static_cast<double>(samples.size())));
            const auto exact = static_cast<double>(samples[rank - 1].count());
            worst = std::max(worst, std::abs(static_cast<double>(snap["work"].p(q).count()) - exact) / exact);
        }
    }
    state.counters["error"] = 100 * worst;
}

BENCHMARK(snapshot)->Args({1, 1})->Args({1000, 1})->Args({1000, 8})->Unit(benchmark::kMillisecond)->UseRealTime();
BENCHMARK(after_calls)->Arg(10)->Arg(1'000'000)->Unit(benchmark::kMicrosecond);
BENCHMARK_CAPTURE(writer, undisturbed, false)->Unit(benchmark::kMillisecond)->Iterations(1000);
BENCHMARK_CAPTURE(writer, snapshots_taken, true)->Unit(benchmark::kMillisecond)->Iterations(1000);
BENCHMARK(percentiles)->Unit(benchmark::kMicrosecond);
BENCHMARK(resident)->Iterations(1)->Unit(benchmark::kMillisecond);

} // namespace
