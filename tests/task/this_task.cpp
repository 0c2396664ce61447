// SPDX-License-Identifier: MIT
#include <lathe/task/this_task.hpp> // first: proves that the header stands alone

#include <chrono>
#include <mutex>
#include <set>
#include <stdexcept>
#include <stop_token>
#include <vector>

#include <lathe/task/scheduler.hpp>

#include "support/catch.hpp"

namespace {

namespace this_task = lathe::this_task;
using namespace std::chrono_literals;

TEST_CASE("this_task: tells a task what it is", "[task]") {
    lathe::task_scheduler tasks{{.workers = 1}};
    const auto is_running = tasks.add([] { return this_task::is_running(); });
    const auto priority = tasks.add({.priority = lathe::priority{77}}, [] { return this_task::priority(); });
    const auto plain = tasks.add([] { return this_task::attempt(); });
    std::vector<unsigned> attempts;
    tasks.add({.retries = 2, .backoff = {.first = 0ns}}, [&] {
        attempts.push_back(this_task::attempt());
        if (attempts.size() < 3) throw std::runtime_error("not yet");
    });
    tasks.run(lathe::sequential{});
    CHECK(is_running.get());
    CHECK(priority.get() == lathe::priority{77});
    CHECK(plain.get() == 1);
    CHECK(attempts == std::vector<unsigned>{1, 2, 3});
}

TEST_CASE("this_task: a task that runs within another is another; then it is the outer one again", "[task]") {
    lathe::task_scheduler tasks{{.workers = 1}};
    const auto inner = tasks.add({.priority = lathe::priority::low}, [] { return this_task::priority(); });
    const auto outer = tasks.add({.priority = lathe::priority::high}, [&] {
        const bool inner_is_low = inner.get() == lathe::priority::low;
        return inner_is_low && this_task::priority() == lathe::priority::high && this_task::is_running();
    });
    tasks.run();
    CHECK(outer.get());
}

TEST_CASE("this_task: workers have numbers from 0, and a result says which it was", "[task][threads]") {
    lathe::task_scheduler tasks{{.workers = 2}};
    std::mutex mutex;
    std::set<unsigned> seen;
    for (int i = 0; i < 100; ++i) {
        tasks.post([&] {
            const std::lock_guard lock(mutex);
            seen.insert(this_task::worker());
        });
    }
    const auto last = tasks.add("last", [] { return this_task::worker(); });
    tasks.run();
    for (const unsigned worker : seen)
        CHECK(worker < 2);
    CHECK(tasks.result("last").worker == last.get());
}

TEST_CASE("this_task: the stop token is that of the task, though no argument takes it", "[task]") {
    lathe::task_scheduler tasks{{.workers = 1}};
    std::stop_source stop;
    const auto asked = tasks.add({.stop = stop.get_token()}, [&] {
        const bool before = this_task::stop_requested() || this_task::stop_token().stop_requested();
        stop.request_stop();
        return !before && this_task::stop_requested() && this_task::stop_token().stop_requested();
    });
    const auto other = tasks.add([] { return this_task::stop_requested(); });
    tasks.run();
    CHECK(asked.get());
    CHECK_FALSE(other.get());
}

TEST_CASE("this_task: outside of tasks there is none", "[task]") {
    CHECK_FALSE(this_task::is_running());
    CHECK_FALSE(this_task::stop_requested());
    CHECK_FALSE(this_task::stop_token().stop_possible());
    CHECK(this_task::priority() == lathe::priority::normal);
    CHECK(this_task::attempt() == 0);
    CHECK(this_task::worker() == 0);
    lathe::task_scheduler tasks{{.workers = 1}};
    tasks.post([] {});
    tasks.run(lathe::sequential{});
    CHECK_FALSE(this_task::is_running()); // nor in the thread that ran some
}

} // namespace
