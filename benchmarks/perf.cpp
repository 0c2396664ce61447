// SPDX-License-Identifier: MIT
// Question: what does a measured scope cost, beside two readings of a clock and the ways that people write or install?
//
// An iteration is a scope, or a call. Compare the counters `least`: nanoseconds in the fastest batch of a thousand; and
// where two threads meet, `median`: in the median batch.
//   two_clock_reads, two_steady_reads   the floors: the processor's counter, and std::chrono::steady_clock
//   nothing                             the loop alone, which is what LATHE_SCOPE costs where LATHE_PERF is 0: then it
//                                       leaves no instruction (ctest -R instructions.perf.disabled)
//   scope_*                             ways to say which metric
//   with_*                              what a monitor does beside, by its options
//   nested_*                            a scope within a scope: an iteration is both
//   mutex_map                           the Python course's way: a mutex, and a map of eight names to vectors
//   prometheus_*                        prometheus-cpp, if installed: a histogram of 14 bounds, and a counter
#include <benchmark/benchmark.h>

#include <atomic>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <map>
#include <mutex>
#include <string>
#include <vector>

#include <lathe/perf/monitor.hpp>

#ifdef LATHE_PEER_PROMETHEUS
#    include <prometheus/counter.h>
#    include <prometheus/histogram.h>
#endif

#include "perf_batches.hpp"

namespace {

namespace perf = lathe::perf;
using batches::work;

// ---- floors ----

std::uint64_t read_clock() noexcept {
#ifdef __x86_64__
    return __builtin_ia32_rdtsc();
#else
    return static_cast<std::uint64_t>(std::chrono::steady_clock::now().time_since_epoch().count());
#endif
}

void nothing(benchmark::State& state) {
    batches::run(state, [] { work(); });
}

void two_clock_reads(benchmark::State& state) {
    batches::run(state, [] {
        const std::uint64_t begin = read_clock();
        work();
        benchmark::DoNotOptimize(read_clock() - begin);
    });
}

void two_steady_reads(benchmark::State& state) {
    batches::run(state, [] {
        const auto begin = std::chrono::steady_clock::now();
        work();
        benchmark::DoNotOptimize(std::chrono::steady_clock::now() - begin);
    });
}

// ---- ways to say which metric ----

perf::monitor mon;

void scope_static(benchmark::State& state) {
    batches::run(state, mon, "work", [] {
        const auto scope = mon.scope<"work">();
        work();
    });
}

void scope_global(benchmark::State& state) {
    batches::run(state, perf::global(), "work", [] {
        const auto scope = perf::global().scope<"work">();
        work();
    });
}

void scope_macro(benchmark::State& state) {
    batches::run(state, perf::global(), "work", [] {
        LATHE_SCOPE("work");
        work();
    });
}

void scope_timer(benchmark::State& state) {
    batches::run(state, mon, "by timer", [timer = mon.timer("by timer")] {
        const auto scope = timer.scope();
        work();
    });
}

void scope_named(benchmark::State& state) {
    const std::string name = "by a name of run time";
    batches::run(state, mon, name, [&name] {
        const auto scope = mon.scope(name);
        work();
    });
}

void scope_disabled(benchmark::State& state) {
    static perf::monitor off;
    off.disable();
    batches::run(state, [] {
        const auto scope = off.scope<"work">();
        work();
    });
}

[[gnu::noinline]] int plus(int a, int b) {
    work();
    return a + b;
}

void call(benchmark::State& state) {
    batches::run(state, [] { benchmark::DoNotOptimize(plus(1, 2)); });
}

void call_by_time_it(benchmark::State& state) {
    batches::run(state, mon, "plus", [timed = mon.time_it("plus", plus)] { benchmark::DoNotOptimize(timed(1, 2)); });
}

// ---- what a monitor does beside ----

perf::monitor of_call_tree{{.call_tree = true}};
perf::monitor of_events{{.events = 4096}};
perf::monitor of_steady_clock{{.clock = perf::clock_source::steady}};

template <perf::monitor& Monitor>
void scope_of(benchmark::State& state) {
    batches::run(state, Monitor, "work", [] {
        const auto scope = Monitor.scope<"work">();
        work();
    });
}

template <perf::monitor& Monitor>
void nested_of(benchmark::State& state) {
    batches::run(state, Monitor, "inner", [] {
        const auto outer = Monitor.scope<"outer">();
        const auto inner = Monitor.scope<"inner">();
        work();
    });
}

// ---- counters and gauges ----

void counter_add(benchmark::State& state) {
    batches::run(state, [counter = mon.counter("rows")]() mutable {
        counter.add();
        work();
    });
}

void gauge_set(benchmark::State& state) {
    batches::run(state, [gauge = mon.gauge("queue")]() mutable {
        gauge.set(1.5);
        work();
    });
}

void atomic_add(benchmark::State& state) {
    static std::atomic<std::uint64_t> count{0};
    batches::run(state, [] {
        count.fetch_add(1, std::memory_order_relaxed);
        work();
    });
}

// ---- how others do it ----

/// The course's monitor in C++, line by line, with the mutex that it needs there. Python keeps all durations; here a
/// million, for the machine's sake.
class mutex_map_monitor {
public:
    void add(const std::string& name, std::chrono::duration<double> took) {
        const std::lock_guard lock{m_mutex};
        if (!m_times.contains(name)) m_times[name] = {};
        std::vector<double>& times = m_times[name];
        if (times.size() == most) times.clear();
        times.push_back(took.count());
    }

private:
    static constexpr std::size_t most = 1U << 20U;
    std::mutex m_mutex;
    std::map<std::string, std::vector<double>> m_times;
};

void mutex_map(benchmark::State& state) {
    static mutex_map_monitor theirs;
    for (const char* const other : {"close", "compute", "load", "merge", "parse", "read", "write"})
        theirs.add(other, {});
    batches::run(state, [] {
        const auto begin = std::chrono::steady_clock::now();
        work();
        theirs.add("work", std::chrono::steady_clock::now() - begin);
    });
}

#ifdef LATHE_PEER_PROMETHEUS
void prometheus_histogram(benchmark::State& state) {
    static prometheus::Histogram theirs{{1e-8, 3e-8, 1e-7, 3e-7, 1e-6, 3e-6, 1e-5, 1e-4, 1e-3, 1e-2, 0.1, 1, 10, 60}};
    batches::run(state, [] {
        const auto begin = std::chrono::steady_clock::now();
        work();
        theirs.Observe(std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count());
    });
}

void prometheus_counter(benchmark::State& state) {
    static prometheus::Counter theirs;
    batches::run(state, [] {
        theirs.Increment();
        work();
    });
}
#endif

/// bench_perf_memory has the same row, where memory is counted.
void new_and_delete(benchmark::State& state) {
    batches::run(state, [] {
        auto* made = new std::uint64_t[8];
        benchmark::DoNotOptimize(made);
        delete[] made;
    });
}

/// With one thread, and with two: long enough for those to meet.
void both(benchmark::internal::Benchmark* each) {
    each->Threads(1)->Threads(2)->UseRealTime()->MinTime(0.5);
}

BENCHMARK(nothing);
BENCHMARK(two_clock_reads);
BENCHMARK(two_steady_reads);
BENCHMARK(scope_static)->Apply(both);
BENCHMARK(scope_global);
BENCHMARK(scope_macro);
BENCHMARK(scope_timer);
BENCHMARK(scope_named);
BENCHMARK(scope_disabled);
BENCHMARK(call);
BENCHMARK(call_by_time_it);

BENCHMARK(scope_of<of_call_tree>)->Name("with_call_tree");
BENCHMARK(scope_of<of_events>)->Name("with_events");
BENCHMARK(scope_of<of_steady_clock>)->Name("with_steady_clock");
BENCHMARK(nested_of<mon>)->Name("nested_plain");
BENCHMARK(nested_of<of_call_tree>)->Name("nested_call_tree");

BENCHMARK(counter_add)->Apply(both);
BENCHMARK(gauge_set);
BENCHMARK(atomic_add)->Apply(both);

BENCHMARK(mutex_map)->Apply(both);
#ifdef LATHE_PEER_PROMETHEUS
BENCHMARK(prometheus_histogram)->Apply(both);
BENCHMARK(prometheus_counter)->Apply(both);
#endif
BENCHMARK(new_and_delete);

} // namespace
