// SPDX-License-Identifier: MIT
#include <lathe/task/progress.hpp> // first: proves that the header stands alone

#include <latch>
#include <stdexcept>
#include <type_traits>

#include <lathe/task/scheduler.hpp>

#include "support/catch.hpp"

namespace {

static_assert(std::is_aggregate_v<lathe::task_progress> && std::is_trivially_copyable_v<lathe::task_progress>);

TEST_CASE("task_progress: counts each task once, by how it ended", "[task]") {
    lathe::task_scheduler tasks{{.workers = 1}};
    CHECK(tasks.progress().added == 0);
    for (int i = 0; i < 5; ++i)
        tasks.post([] {});
    tasks.add([] { throw std::runtime_error("no"); });
    tasks.post([] { throw 7; });
    const auto cancelled = tasks.add([] {});
    const auto never = tasks.add({.deadline = std::chrono::nanoseconds(0)}, [] {});
    CHECK(cancelled.cancel());
    CHECK(tasks.progress().added == 9);
    tasks.run();
    const lathe::task_progress now = tasks.progress();
    CHECK(now.added == 9);
    CHECK(now.succeeded == 5);
    CHECK(now.failed == 2);
    CHECK(now.cancelled == 2); // with what came too late
    CHECK(now.queued == 0);
    CHECK(now.running == 0);
    CHECK(never.status() == lathe::task_status::timed_out);
}

TEST_CASE("task_progress: tells what waits and what runs", "[task][threads]") {
    lathe::task_scheduler tasks{{.workers = 1}};
    std::latch runs{1};
    std::latch may_end{1};
    tasks.post([&] {
        runs.count_down();
        may_end.wait();
    });
    for (int i = 0; i < 3; ++i)
        tasks.post([] {});
    CHECK(tasks.progress().queued == 4);
    tasks.start();
    runs.wait();
    CHECK(tasks.progress().running == 1);
    CHECK(tasks.progress().queued == 3);
    may_end.count_down();
    tasks.drain();
    CHECK(tasks.progress().succeeded == 4);
    CHECK(tasks.progress().queued + tasks.progress().running == 0);
}

} // namespace
