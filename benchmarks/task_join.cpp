// SPDX-License-Identifier: MIT
// Question: what do tasks cost that wait for tasks, and loops that many workers share?
//
// `Time` passes on the wall, `CPU` is spent by all threads. The last number in a row's name is how many workers.
// Results are checked.
//   fib      the Fibonacci numbers as nobody should compute them. An iteration is a call of the function: it adds a
//   task
//            for n - 1, computes n - 2 itself, and then waits for the task. Pools whose get() only blocks stand still
//            in this program for ever, so they have no row; `direct` is plain recursion
//   loop     writes a square root to each of 2^20 doubles; an iteration is one of them. The thread that calls is one of
//            those that work; `plain` is a plain loop
//   reduce   adds up the squares of 2^20 doubles, likewise
#include <benchmark/benchmark.h>

#include <cmath>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <numeric>
#include <vector>

#include <lathe/task/parallel.hpp>

#include "task_subjects.hpp"

#ifdef LATHE_PEER_TBB
#    include <tbb/blocked_range.h>
#    include <tbb/parallel_for.h>
#    include <tbb/parallel_reduce.h>
#endif

namespace {

using namespace subjects;

// ---- fib ----

constexpr std::uint64_t fibonacci(std::uint64_t n) {
    std::uint64_t now = 0;
    for (std::uint64_t next = 1; n > 0; --n) {
        const std::uint64_t after = now + next;
        now = next;
        next = after;
    }
    return now;
}

/// How often the function is called, itself included.
constexpr std::uint64_t calls(std::uint64_t n) {
    return 2 * fibonacci(n + 1) - 1;
}

struct direct {
    explicit direct(unsigned) {}
    [[gnu::noinline]] std::uint64_t operator()(std::uint64_t n) const {
        return n < 2 ? n : (*this)(n - 1) + (*this)(n - 2);
    }
    std::uint64_t begin(std::uint64_t n) { return (*this)(n); }
};

class lathe_join {
public:
    explicit lathe_join(unsigned workers) : m_pool(workers) {}
    std::uint64_t operator()(std::uint64_t n) {
        if (n < 2) return n;
        auto first = m_pool.add([this, n] { return (*this)(n - 1); });
        const std::uint64_t second = (*this)(n - 2);
        return first.get() + second;
    }
    std::uint64_t begin(std::uint64_t n) {
        return m_pool.add([this, n] { return (*this)(n); }).get();
    }

private:
    lathe_pool m_pool;
};

template <class Join>
void fib(benchmark::State& state) {
    const auto n = static_cast<std::uint64_t>(state.range(0));
    Join join(static_cast<unsigned>(state.range(1)));
    while (state.KeepRunningBatch(static_cast<benchmark::IterationCount>(calls(n)))) {
        if (join.begin(n) != fibonacci(n)) state.SkipWithError("a wrong number");
    }
}

// ---- loops ----

constexpr std::size_t length = std::size_t{1} << 20U;

std::vector<double> numbers() {
    std::vector<double> all(length);
    std::iota(all.begin(), all.end(), 0.0);
    return all;
}

/// Times `run(from, to)`, which shall write the square root of each number.
template <class Run>
void write_roots(benchmark::State& state, Run run) {
    const std::vector<double> from = numbers();
    std::vector<double> to(length);
    while (state.KeepRunningBatch(length)) {
        run(from, to);
        benchmark::ClobberMemory();
    }
    for (std::size_t i = 0; i < length; ++i)
        if (to[i] != std::sqrt(from[i])) state.SkipWithError("a wrong root");
}

/// Times `run(from)`, which shall answer the sum of squares: below 2^53 all is exact, in any order.
template <class Run>
void add_squares(benchmark::State& state, Run run) {
    std::vector<double> from = numbers();
    for (double& each : from)
        each = std::fmod(each, 64);
    double expected = 0;
    for (const double each : from)
        expected += each * each;
    while (state.KeepRunningBatch(length)) {
        if (run(from) != expected) state.SkipWithError("a wrong sum");
    }
}

void loop_plain(benchmark::State& state) {
    write_roots(state, [](const std::vector<double>& from, std::vector<double>& to) {
        for (std::size_t i = 0; i < length; ++i)
            to[i] = std::sqrt(from[i]);
    });
}

/// With so many threads, of which the caller is one: tasks of a scheduler that was not started are left to it.
void start_others(lathe::task_scheduler& tasks, const benchmark::State& state) {
    if (state.range(0) > 1) tasks.start();
}

void loop_lathe(benchmark::State& state) {
    lathe::task_scheduler tasks{{.workers = 1}};
    start_others(tasks, state);
    write_roots(state, [&](const std::vector<double>& from, std::vector<double>& to) {
        lathe::parallel_for(tasks, std::size_t{0}, length, [&](std::size_t i) { to[i] = std::sqrt(from[i]); });
    });
}

double squares_from(const std::vector<double>& from, std::size_t begin, std::size_t end, double sum) {
    for (std::size_t i = begin; i < end; ++i)
        sum += from[i] * from[i];
    return sum;
}

void reduce_plain(benchmark::State& state) {
    add_squares(state, [](const std::vector<double>& from) { return squares_from(from, 0, length, 0); });
}

void reduce_lathe(benchmark::State& state) {
    lathe::task_scheduler tasks{{.workers = 1}};
    start_others(tasks, state);
    add_squares(state, [&](const std::vector<double>& from) {
        return lathe::parallel_reduce(tasks, std::size_t{0}, length, 0.0, [&](std::size_t begin, std::size_t end) {
            return squares_from(from, begin, end, 0);
        });
    });
}

#ifdef LATHE_PEER_TBB
class tbb_join {
public:
    explicit tbb_join(unsigned workers) : m_threads(tbb::global_control::max_allowed_parallelism, workers) {}
    std::uint64_t operator()(std::uint64_t n) {
        if (n < 2) return n;
        std::uint64_t first = 0;
        tbb::task_group group;
        group.run([&] { first = (*this)(n - 1); });
        const std::uint64_t second = (*this)(n - 2);
        group.wait();
        return first + second;
    }
    std::uint64_t begin(std::uint64_t n) { return (*this)(n); }

private:
    tbb::global_control m_threads;
};

void loop_tbb(benchmark::State& state) {
    const tbb::global_control threads(tbb::global_control::max_allowed_parallelism,
                                      static_cast<std::size_t>(state.range(0)));
    write_roots(state, [](const std::vector<double>& from, std::vector<double>& to) {
        tbb::parallel_for(std::size_t{0}, length, [&](std::size_t i) { to[i] = std::sqrt(from[i]); });
    });
}

void reduce_tbb(benchmark::State& state) {
    const tbb::global_control threads(tbb::global_control::max_allowed_parallelism,
                                      static_cast<std::size_t>(state.range(0)));
    add_squares(state, [](const std::vector<double>& from) {
        return tbb::parallel_reduce(
            tbb::blocked_range<std::size_t>(0, length),
            0.0,
            [&](const auto& part, double sum) { return squares_from(from, part.begin(), part.end(), sum); },
            std::plus<>());
    });
}
#endif

using rows = benchmark::internal::Benchmark;

void timed(rows* each) {
    each->UseRealTime()->MeasureProcessCPUTime();
}
void both(rows* each) {
    each->Arg(1)->Arg(2)->Apply(timed);
}

BENCHMARK(fib<direct>)->Args({27, 1})->Apply(timed);
BENCHMARK(fib<lathe_join>)->Args({20, 1})->Args({20, 2})->Args({27, 1})->Args({27, 2})->Apply(timed);
BENCHMARK(loop_plain)->Apply(timed);
BENCHMARK(loop_lathe)->Apply(both);
BENCHMARK(reduce_plain)->Apply(timed);
BENCHMARK(reduce_lathe)->Apply(both);

#ifdef LATHE_PEER_TBB
BENCHMARK(fib<tbb_join>)->Args({27, 1})->Args({27, 2})->Apply(timed);
BENCHMARK(loop_tbb)->Apply(both);
BENCHMARK(reduce_tbb)->Apply(both);
#endif

} // namespace
