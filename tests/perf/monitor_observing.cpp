// SPDX-License-Identifier: MIT
// A monitor as the observer of a scheduler and of a cache.
#include <lathe/perf/monitor.hpp>

#include <chrono>
#include <cstdint>
#include <stdexcept>
#include <string>
#include <string_view>

#include <lathe/cache/weak_cache.hpp>
#include <lathe/core/concepts.hpp>
#include <lathe/task/scheduler.hpp>

#include "support/catch.hpp"

namespace {

namespace perf = lathe::perf;
using namespace std::chrono_literals;
using observed_scheduler = lathe::basic_task_scheduler<perf::monitor>;

static_assert(lathe::observer<perf::monitor> && !lathe::observer<const perf::monitor>);

TEST_CASE("monitor: observes a scheduler's attempts by the ids of their tasks", "[perf]") {
    perf::monitor mon;
    {
        observed_scheduler tasks({.workers = 2}, mon);
        tasks.add("load", [] {});
        tasks.add("fails", [] { throw std::runtime_error("no"); });
        tasks.add({.id = "again", .retries = 2, .backoff = {.first = 0ns}}, [n = 0]() mutable {
            if (++n < 3) throw std::runtime_error("not yet");
        });
        tasks.add("cancelled", [] {}).cancel();
        for (int i = 0; i < 10; ++i)
            tasks.post([] {});
        tasks.run();
    }
    const perf::snapshot all = mon.snapshot();
    CHECK(all["load"].calls() == 1);
    CHECK(all["fails"].calls() == 1);
    CHECK(all["fails"].errors() == 0); // an observer is not told of them; time_it around the function counts them
    CHECK(all["again"].calls() == 3);
    CHECK(all["task"].calls() == 10); // those without an id
    CHECK_FALSE(all.contains("cancelled"));
}

TEST_CASE("monitor: observes workers, which are gone when it is asked", "[perf][threads]") {
    perf::monitor mon;
    const auto step = mon.time_it("step", [](int n) {
        if (n % 10 == 0) throw std::runtime_error("tenth");
    });
    {
        observed_scheduler tasks({.workers = 4}, mon);
        for (int i = 0; i < 400; ++i)
            tasks.post(step, i);
        tasks.run(lathe::threaded{4});
    }
    CHECK(mon.snapshot()["task"].calls() == 400);
    CHECK(mon.snapshot()["step"].calls() == 400);
    CHECK(mon.snapshot()["step"].errors() == 40);
}

TEST_CASE("monitor: of more ids than it tells apart, the others are counted together", "[perf]") {
    perf::monitor mon({.max_metrics = 10});
    {
        observed_scheduler tasks({.workers = 1}, mon);
        for (int i = 0; i < 100; ++i)
            tasks.add("task " + std::to_string(i), [] {});
        tasks.run();
    }
    const perf::snapshot all = mon.snapshot();
    CHECK(all.timers().size() == 11);
    std::uint64_t calls = 0;
    for (const perf::stats& one : all.timers())
        calls += one.calls();
    CHECK(calls == 100);
    CHECK(all["(other)"].calls() == 90);
}

TEST_CASE("monitor: shows a task that another one waits for, and so runs, under it", "[perf]") {
    perf::monitor mon({.call_tree = true, .clock = perf::clock_source::steady}); // in whole nanoseconds
    {
        observed_scheduler tasks({.workers = 1}, mon);
        const auto outer = tasks.add("outer", [&tasks] { return tasks.add("inner", [] { return 1; }).get() + 1; });
        tasks.run();
        CHECK(outer.get() == 2);
    }
    const perf::snapshot all = mon.snapshot();
    REQUIRE(all.call_tree().size() == 2);
    const auto name_at = [&](std::size_t place) {
        return all.timers()[all.call_tree()[place].timer].name();
    };
    CHECK(name_at(0) == "outer");
    CHECK(name_at(1) == "inner");
    CHECK(all.call_tree()[1].parent == 0);
    CHECK(all.call_tree()[1].depth == 1);
    CHECK(all["outer"].self_time() == all["outer"].total() - all["inner"].total());
}

TEST_CASE("monitor: observes a cache's loaders", "[perf]") {
    perf::monitor mon;
    lathe::weak_cache<int, std::string, lathe::observed_by<perf::monitor>> cache(
        {.capacity = 8, .observer = &mon, .observed_as = "load"});
    const auto load = [](int key) -> std::string {
        if (key < 0) throw std::runtime_error("no such key");
        return std::to_string(key);
    };
    CHECK(*cache.get_or_load(1, load) == "1");
    CHECK(*cache.get_or_load(1, load) == "1"); // not loaded
    CHECK(*cache.get_or_load(2, load) == "2");
    CHECK_THROWS_AS(cache.get_or_load(-1, load), std::runtime_error);
    CHECK(mon.snapshot()["load"].calls() == 3);
}

} // namespace
