// SPDX-License-Identifier: MIT
// Question: what does counting memory add to an allocation, and to a scope?
//
// As bench_perf, and the rows of the same name are the same; but this program counts its memory.
//   new_and_delete         64 bytes are got and given back; in bench_perf nobody counts
//   malloc_and_free        the same by malloc and free, which are not counted
//   memory_scope           what a thread got and gave back between two points, without a clock
//   scope_with_memory      a scope that counts memory beside time
//   of_a_memory_monitor    the same by a monitor that does so in every scope
#define LATHE_PERF_DEFINE_MEMORY_HOOKS
#include <lathe/perf/memory.hpp>

#include <benchmark/benchmark.h>

#include <cstdint>
#include <cstdlib>

#include <lathe/perf/monitor.hpp>

#include "perf_batches.hpp"

namespace {

namespace perf = lathe::perf;
using batches::work;

perf::monitor mon;
perf::monitor of_memory{{.memory = true}};

void nothing(benchmark::State& state) {
    batches::run(state, [] { work(); });
}

void new_and_delete(benchmark::State& state) {
    if (!perf::memory_is_counted()) state.SkipWithError("memory is not counted");
    batches::run(state, [] {
        auto* made = new std::uint64_t[8];
        benchmark::DoNotOptimize(made);
        delete[] made;
    });
}

void malloc_and_free(benchmark::State& state) {
    batches::run(state, [] {
        void* made = std::malloc(8 * sizeof(std::uint64_t));
        benchmark::DoNotOptimize(made);
        std::free(made);
    });
}

void memory_scope(benchmark::State& state) {
    batches::run(state, [] {
        const perf::memory_scope scope;
        work();
        benchmark::DoNotOptimize(scope.figures());
    });
}

void scope_static(benchmark::State& state) {
    batches::run(state, mon, "work", [] {
        const auto scope = mon.scope<"work">();
        work();
    });
}

void scope_with_memory(benchmark::State& state) {
    batches::run(state, mon, "load", [] {
        const auto scope = mon.memory_scope<"load">();
        work();
    });
}

void of_a_memory_monitor(benchmark::State& state) {
    batches::run(state, of_memory, "work", [] {
        const auto scope = of_memory.scope<"work">();
        work();
    });
}

BENCHMARK(nothing);
BENCHMARK(new_and_delete);
BENCHMARK(malloc_and_free);
BENCHMARK(memory_scope);
BENCHMARK(scope_static);
BENCHMARK(scope_with_memory);
BENCHMARK(of_a_memory_monitor);

} // namespace
