// SPDX-License-Identifier: MIT
// Tasks that wait for tasks: they never stop each other, however deep and with however few workers.
#include <lathe/task/handle.hpp> // first: proves that the header stands alone

#include <array>
#include <chrono>
#include <cstddef>
#include <latch>
#include <stdexcept>
#include <string>
#include <thread>
#include <vector>

#include <lathe/task/scheduler.hpp>

#include "support/catch.hpp"

namespace {

using lathe::task_handle;
using lathe::task_status;
using namespace std::chrono_literals;

// Each way of running what has been added, with as few workers as it has.
void run_by(int way, lathe::task_scheduler& tasks) {
    switch (way) {
    case 0:
        return tasks.run(lathe::sequential{});
    case 1:
        return tasks.run(lathe::threaded{1});
    case 2:
        return tasks.run(lathe::threaded{3});
    default:
        tasks.start();
        tasks.drain();
    }
}

TEST_CASE("get: a task may wait for tasks that it adds, at any depth", "[task][threads]") {
    const int way = GENERATE(0, 1, 2, 3);
    lathe::task_scheduler tasks{{.workers = 1}};
    struct fibonacci {
        lathe::task_scheduler& tasks;
        long operator()(int n) const {
            if (n < 2) return n;
            const auto one = tasks.add(*this, n - 1);
            const auto other = tasks.add(*this, n - 2);
            return one.get() + other.get();
        }
    };
    const auto result = tasks.add(fibonacci{tasks}, 15);
    run_by(way, tasks);
    CHECK(result.get() == 610);
}

TEST_CASE("get: a hundred thousand tasks, each of which waits for the next", "[task][threads]") {
    const int way = GENERATE(0, 1, 2, 3);
    constexpr std::size_t count = 100'000;
    lathe::task_scheduler tasks{{.workers = 1}};
    std::vector<task_handle<std::size_t>> chain(count);
    for (std::size_t i = 0; i < count; ++i)
        chain[i] = tasks.add([&chain, i] { return i + 1 == count ? 0 : chain[i + 1].get() + 1; });
    run_by(way, tasks);
    CHECK(chain[0].get() == count - 1);
}

TEST_CASE("get: also in a thread that is no worker, before the scheduler runs", "[task]") {
    constexpr std::size_t count = 20'000;
    lathe::task_scheduler tasks{{.workers = 1}};
    std::vector<task_handle<std::size_t>> chain(count);
    for (std::size_t i = 0; i < count; ++i)
        chain[i] = tasks.add([&chain, i] { return i + 1 == count ? 0 : chain[i + 1].get() + 1; });
    CHECK(chain[0].get() == count - 1);
}

TEST_CASE("get: a task waits for what is delayed, retried or has dependencies; others run meanwhile",
          "[task][threads]") {
    const int way = GENERATE(0, 1, 3);
    lathe::task_scheduler tasks{{.workers = 1}};
    bool other_ran = false;
    const auto delayed = tasks.add({.priority = lathe::priority::low, .delay = 2ms}, [] { return 1; });
    const auto needs = tasks.add({.priority = lathe::priority::low, .after = {delayed}}, [] { return 2; });
    const auto retried =
        tasks.add({.priority = lathe::priority::low, .retries = 2, .backoff = {.first = 1us}}, [n = 0]() mutable {
            if (++n < 3) throw std::runtime_error("not yet");
            return 3;
        });
    const auto waits = tasks.add({.priority = lathe::priority::high}, [=] { //
        return delayed.get() + needs.get() + retried.get();
    });
    tasks.add([&] { other_ran = true; });
    run_by(way, tasks);
    CHECK(waits.get() == 6);
    CHECK(other_ran);
}

TEST_CASE("get: a worker that waits for another's task is replaced", "[task][threads]") {
    lathe::task_scheduler tasks{{.workers = 2}};
    std::latch runs{1};
    std::latch third_ran{1};
    const auto held = tasks.add([&] {
        runs.count_down();
        third_ran.wait();
        return 1;
    });
    const auto waits = tasks.add([&] {
        runs.wait(); // so that it runs elsewhere
        return held.get() + 1;
    });
    tasks.add({.priority = lathe::priority::low}, [&] { third_ran.count_down(); }); // needs a thread, or nothing ends
    tasks.run();
    CHECK(waits.get() == 2);
}

TEST_CASE("get: a task that failed throws into the one that waits", "[task]") {
    const int way = GENERATE(0, 1);
    lathe::task_scheduler tasks{{.workers = 1}};
    const auto bad = tasks.add({.priority = lathe::priority::low}, []() -> int { throw std::out_of_range("far"); });
    const auto waits = tasks.add([&] { return bad.get(); });
    const auto copes = tasks.add([&] {
        try {
            return bad.get();
        } catch (const std::out_of_range&) {
            return -1;
        }
    });
    run_by(way, tasks);
    CHECK_THROWS_AS(waits.get(), std::out_of_range);
    CHECK(copes.get() == -1);
}

TEST_CASE("get: a task that waits for itself gets an error", "[task]") {
    const int way = GENERATE(0, 1, 3);
    lathe::task_scheduler tasks{{.workers = 1}};
    task_handle<int> itself;
    itself = tasks.add("narcissus", [&] { return itself.get(); });
    run_by(way, tasks);
    CHECK_THROWS_AS(itself.get(), lathe::task_error);
    CHECK_THROWS_WITH(itself.get(), lathe_test::ContainsSubstring("narcissus"));
    CHECK(itself.status() == task_status::failed);
}

TEST_CASE("get: tasks that wait for each other in a circle get an error", "[task]") {
    const int way = GENERATE(0, 1, 2, 3);
    lathe::task_scheduler tasks{{.workers = 1}};
    std::array<task_handle<int>, 5> circle;
    for (std::size_t i = 0; i < 5; ++i)
        circle[i] = tasks.add([&circle, i] { return circle[(i + 1) % 5].get(); });
    const auto other = tasks.add([] { return 1; });
    run_by(way, tasks);
    for (const auto& one : circle)
        CHECK_THROWS_AS(one.get(), lathe::task_error);
    CHECK(other.get() == 1);
}

TEST_CASE("get: also if each of them runs in a thread of its own", "[task][threads]") {
    lathe::task_scheduler tasks{{.workers = 3}};
    std::latch all_run{3};
    std::array<task_handle<int>, 3> circle;
    for (std::size_t i = 0; i < 3; ++i) {
        circle[i] = tasks.add([&circle, &all_run, i] {
            all_run.arrive_and_wait();
            return circle[(i + 1) % 3].get();
        });
    }
    const auto other = tasks.add([] { return 1; });
    tasks.run();
    for (const auto& one : circle)
        CHECK_THROWS_AS(one.get(), lathe::task_error);
    CHECK(other.get() == 1);
}

TEST_CASE("get: several threads may wait for one task", "[task][threads]") {
    lathe::task_scheduler tasks{{.workers = 2}};
    const auto one = tasks.add({.delay = 1ms}, [] { return std::string("the same for all"); });
    std::array<const std::string*, 4> seen{};
    tasks.start();
    {
        std::vector<std::jthread> threads;
        for (const std::string*& where : seen)
            threads.emplace_back([&one, &where] { where = &one.get(); });
    }
    for (const std::string* where : seen)
        CHECK(where == &one.get());
}

TEST_CASE("wait: within a task, for another one, is as get", "[task]") {
    const int way = GENERATE(0, 1);
    lathe::task_scheduler tasks{{.workers = 1}};
    const auto bad = tasks.add({.priority = lathe::priority::low}, [] { throw 7; });
    const auto waits = tasks.add([&] {
        bad.wait();
        return bad.status();
    });
    run_by(way, tasks);
    CHECK(waits.get() == task_status::failed);
}

} // namespace
