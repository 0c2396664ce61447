// SPDX-License-Identifier: MIT
// Tasks that wait for tasks, at random: dependencies, continuations, nested gets, parallel loops.
#include <lathe/task/parallel.hpp>
#include <lathe/task/scheduler.hpp>

#include <algorithm>
#include <atomic>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <random>
#include <stdexcept>
#include <string>
#include <thread>
#include <vector>

#include "support/catch.hpp"
#include "support/seed.hpp"
#include "support/stress.hpp"

namespace {

using lathe::task_status;

// A random graph: each node comes after some that were made before it, and fails now and then.
struct node {
    std::vector<std::size_t> after;
    bool fails = false;
    bool has_id = false;
    // As a plain loop finds it: whether it runs, and the length of the longest way to it.
    bool runs = true;
    std::size_t length = 1;
};

std::vector<node> draw_graph(std::size_t size, std::mt19937_64& random) {
    std::vector<node> graph(size);
    for (std::size_t i = 0; i < size; ++i) {
        node& each = graph[i];
        each.fails = random() % 512 == 0;
        each.has_id = random() % 2 == 0;
        for (std::size_t n = i == 0 ? 0 : random() % 4; n > 0; --n) {
            const std::size_t other =
                random() % 3 == 0 ? random() % i : i - 1 - random() % std::min<std::size_t>(i, 50);
            each.after.push_back(other);
            each.runs = each.runs && graph[other].runs && !graph[other].fails;
            each.length = std::max(each.length, graph[other].length + 1);
        }
    }
    return graph;
}

TEST_CASE("scheduler: random graphs of tasks run in an order of their dependencies", "[task][stress]") {
    const std::uint64_t seed = lathe_test::seed_of_run();
    const unsigned workers = GENERATE(1U, 2U, 4U);
    const bool as_service = GENERATE(false, true);
    INFO("LATHE_SEED=" << seed << ", " << workers << " workers");
    std::mt19937_64 random(seed);
    const std::vector<node> graph = draw_graph(lathe_test::rounds(10'000), random);
    std::vector<std::atomic<std::size_t>> lengths(graph.size()); // 0: has not run
    std::vector<lathe::task_handle<std::size_t>> added;
    std::atomic<std::size_t> too_early = 0;
    {
        lathe::task_scheduler tasks{{.workers = workers}};
        if (as_service) tasks.start();
        for (std::size_t i = 0; i < graph.size(); ++i) {
            lathe::task_options options{.priority = static_cast<lathe::priority>(random() & 255)};
            if (graph[i].has_id) options.id = std::to_string(i);
            for (const std::size_t other : graph[i].after) {
                if (graph[other].has_id && random() % 2 == 0) {
                    options.after.emplace_back(std::to_string(other));
                } else {
                    options.after.emplace_back(added[other]);
                }
            }
            added.push_back(tasks.add(options, [&, i] {
                std::size_t length = 1;
                for (const std::size_t other : graph[i].after) {
                    const std::size_t before = lengths[other].load(std::memory_order_relaxed); // must be there
                    if (before == 0) ++too_early;
                    length = std::max(length, before + 1);
                }
                lengths[i].store(length, std::memory_order_relaxed);
                if (graph[i].fails) throw std::runtime_error("as planned");
                return length;
            }));
        }
        if (as_service) {
            tasks.wait();
        } else {
            tasks.run(lathe::threaded{workers});
        }
    }
    CHECK(too_early == 0);
    std::size_t wrong = 0;
    for (std::size_t i = 0; i < graph.size(); ++i) {
        const node& expected = graph[i];
        if (lengths[i] != (expected.runs ? expected.length : 0)) ++wrong;
        const task_status status = !expected.runs   ? task_status::cancelled
                                   : expected.fails ? task_status::failed
                                                    : task_status::succeeded;
        if (added[i].status() != status) ++wrong;
        if (status == task_status::succeeded && added[i].get() != expected.length) ++wrong;
    }
    CHECK(wrong == 0);
}

TEST_CASE("scheduler: trees of continuations have the values of a plain loop", "[task][stress]") {
    const std::uint64_t seed = lathe_test::seed_of_run();
    INFO("LATHE_SEED=" << seed);
    std::mt19937_64 random(seed);
    const std::size_t count = lathe_test::rounds(50'000);
    std::vector<lathe::task_handle<std::uint64_t>> added;
    std::vector<std::uint64_t> expected; // 0: fails
    {
        lathe::task_scheduler tasks{{.workers = 2}};
        tasks.start();
        added.push_back(tasks.add([] { return std::uint64_t{1}; }));
        expected.push_back(1);
        while (added.size() < count) {
            const std::size_t parent = random() % added.size();
            const std::uint64_t number = random() | 1;
            if (random() % 4096 == 0) {
                added.push_back(
                    added[parent].then([](std::uint64_t) -> std::uint64_t { throw std::range_error("as planned"); }));
                expected.push_back(0);
            } else {
                added.push_back(
                    added[parent].then([number](std::uint64_t before) { return (before + 2) * number | 1; }));
                expected.push_back(expected[parent] == 0 ? 0 : (expected[parent] + 2) * number | 1);
            }
        }
        tasks.wait();
    }
    std::size_t wrong = 0;
    for (std::size_t i = 0; i < added.size(); ++i) {
        try {
            if (added[i].get() != expected[i]) ++wrong;
        } catch (const std::range_error&) { // that of the first that failed passes through
            if (expected[i] != 0) ++wrong;
        }
    }
    CHECK(wrong == 0);
}

// ---- nested gets -----------------------------------------------------------

// How many children a task has follows from its number, so that a plain recursion knows the sum too.
std::uint64_t mixed(std::uint64_t bits) {
    bits ^= bits >> 32;
    bits *= 0xd6e8feb86659fd93U;
    return bits ^ (bits >> 32);
}

std::uint64_t plain_sum(std::uint64_t number, unsigned depth) {
    std::uint64_t sum = number;
    if (depth == 0) return sum;
    for (std::uint64_t i = 0; i < 1 + mixed(number) % 3; ++i)
        sum += plain_sum(mixed(number + i + 1), depth - 1);
    return sum;
}

std::uint64_t task_sum(lathe::task_scheduler& tasks, std::uint64_t number, unsigned depth) {
    std::uint64_t sum = number;
    if (depth == 0) return sum;
    std::vector<lathe::task_handle<std::uint64_t>> children;
    for (std::uint64_t i = 0; i < 1 + mixed(number) % 3; ++i) {
        const std::uint64_t child = mixed(number + i + 1);
        // At its own priority, above and below.
        const auto priority = static_cast<lathe::priority>(96 + child % 3 * 32);
        children.push_back(
            tasks.add({.priority = priority}, [&tasks, child, depth] { return task_sum(tasks, child, depth - 1); }));
    }
    if (mixed(number) % 8 < 4) std::reverse(children.begin(), children.end());
    for (const auto& each : children)
        sum += each.get();
    return sum;
}

TEST_CASE("scheduler: tasks that get the results of tasks, to random depths, end with any number of workers",
          "[task][stress]") {
    const std::uint64_t seed = lathe_test::seed_of_run();
    const unsigned workers = GENERATE(1U, 2U, 4U);
    const bool as_service = GENERATE(false, true);
    INFO("LATHE_SEED=" << seed << ", " << workers << " workers");
    std::mt19937_64 random(seed);
    lathe::task_scheduler tasks{{.workers = workers}};
    if (as_service) tasks.start();
    std::size_t wrong = 0;
    std::vector<std::pair<std::uint64_t, lathe::task_handle<std::uint64_t>>> roots;
    for (std::size_t i = 0; i < lathe_test::rounds(60); ++i) {
        const std::uint64_t number = random();
        const auto depth = static_cast<unsigned>(random() % 11);
        roots.emplace_back(plain_sum(number, depth),
                           tasks.add([&tasks, number, depth] { return task_sum(tasks, number, depth); }));
    }
    if (as_service) {
        tasks.wait();
    } else {
        tasks.run(lathe::threaded{workers});
    }
    for (const auto& [sum, root] : roots) {
        if (root.get() != sum) ++wrong;
    }
    CHECK(wrong == 0);
    CHECK(tasks.progress().failed == 0);
}

TEST_CASE("parallel_reduce: tasks and other threads use one scheduler at a time, and each sum is right",
          "[task][stress]") {
    const unsigned workers = GENERATE(1U, 2U, 4U);
    lathe::task_scheduler tasks{{.workers = workers}};
    tasks.start();
    std::atomic<std::size_t> wrong = 0;
    const auto loop = [&](std::size_t size) {
        const std::size_t grain = 1 + size % 7;
        const auto row = [&](std::size_t i) {
            return lathe::parallel_reduce(
                tasks, std::size_t{0}, i % 50, std::size_t{0}, std::identity(), std::plus(), 5);
        };
        std::size_t expected = 0;
        for (std::size_t i = 0; i < size; ++i)
            expected += i % 50 == 0 ? 0 : (i % 50) * (i % 50 - 1) / 2;
        if (lathe::parallel_reduce(tasks, std::size_t{0}, size, std::size_t{0}, row, std::plus(), grain) != expected)
            ++wrong;
        try {
            lathe::parallel_for(
                tasks,
                std::size_t{0},
                size,
                [&](std::size_t i) {
                    if (i >= size / 2) throw i / grain;
                },
                grain);
            if (size != 0) ++wrong;
        } catch (std::size_t chunk) {
            if (chunk != size / 2 / grain) ++wrong;
        }
    };
    std::vector<std::thread> callers;
    for (std::size_t t = 0; t < 3; ++t) {
        callers.emplace_back([&, t] {
            for (std::size_t i = 0; i < lathe_test::rounds(150); ++i) {
                tasks.post(loop, 3 * i + t);
                loop(3 * i + t);
            }
        });
    }
    for (std::thread& each : callers)
        each.join();
    tasks.wait();
    CHECK(wrong == 0);
    CHECK(tasks.progress().failed == 0);
}

} // namespace
