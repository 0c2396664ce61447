// SPDX-License-Identifier: MIT
// What AdvancedTaskScheduler of the Python course gets wrong, defect by defect, and how it is here; scheduler_seed.py
// shows the defects of the original. Those numbered 5 to 7 are about coroutines, and their tests come with those.
#include <lathe/task/scheduler.hpp> // first: proves that the header stands alone

#include <atomic>
#include <chrono>
#include <concepts>
#include <cstddef>
#include <latch>
#include <memory>
#include <stdexcept>
#include <stop_token>
#include <string>
#include <thread>
#include <vector>

#include "support/catch.hpp"

namespace {

using lathe::task_status;
using namespace std::chrono_literals;
using strings = std::vector<std::string>;

TEST_CASE("task_scheduler: seed defect 1, equal priorities raised TypeError; here they run in order of adding",
          "[task][seed]") {
    lathe::task_scheduler tasks{{.workers = 1}};
    strings order;
    struct not_comparable {
        strings& order;
        std::string name;
        void operator()() const { order.push_back(name); }
    };
    static_assert(!std::equality_comparable<not_comparable> && !std::totally_ordered<not_comparable>);
    for (const char* id : {"a", "b", "c", "d"})
        tasks.add(id, not_comparable{order, id});
    CHECK(tasks.progress().queued == 4); // and nothing half added
    tasks.run();
    CHECK(order == strings{"a", "b", "c", "d"});
}

TEST_CASE("task_scheduler: seed defect 2, the lower number ran first; here the higher priority does", "[task][seed]") {
    lathe::task_scheduler tasks{{.workers = 1}};
    strings order;
    for (const char* const name : {"low", "high", "highest", "normal"}) {
        const auto text = std::string(name);
        const auto priority = text == "low"      ? lathe::priority::low
                              : text == "high"   ? lathe::priority::high
                              : text == "normal" ? lathe::priority::normal
                                                 : lathe::priority::highest;
        tasks.add({.id = text, .priority = priority}, [&order, text] { order.push_back(text); });
    }
    tasks.run();
    CHECK(order == strings{"highest", "high", "normal", "low"});
}

TEST_CASE("task_scheduler: seed defect 3, a second task of an id overwrote the result; here it is an error",
          "[task][seed]") {
    lathe::task_scheduler tasks{{.workers = 1}};
    tasks.add("same", [] { return 1; });
    CHECK_THROWS_AS(tasks.add("same", [] { return 2; }), lathe::task_error);
    tasks.run();
    CHECK(tasks.result("same").value<int>() == 1);
    CHECK(tasks.results().size() == 1);
}

TEST_CASE("task_scheduler: seed defect 4, a task that a task added was left behind by threads; here all ways run it",
          "[task][seed][threads]") {
    const auto run = GENERATE(0, 1, 2);
    lathe::task_scheduler tasks{{.workers = 2}};
    tasks.add("outer", [&] { tasks.add("inner", [] { return 1; }); });
    switch (run) {
    case 0:
        tasks.run(lathe::sequential{});
        break;
    case 1:
        tasks.run(lathe::threaded{2});
        break;
    default:
        tasks.start();
        tasks.drain();
    }
    CHECK(tasks.result("inner").value<int>() == 1);
    CHECK(tasks.progress().queued == 0);
}

TEST_CASE("task_scheduler: seed defect 8, of an exception only its text was left; here it is kept whole",
          "[task][seed]") {
    struct missing_key : std::out_of_range {
        missing_key() : std::out_of_range("no such key"), key("k") {}
        std::string key;
    };
    lathe::task_scheduler tasks{{.workers = 1}};
    const auto handle = tasks.add("bad", []() -> int { throw missing_key(); });
    tasks.run();
    CHECK(tasks.result("bad").status == task_status::failed);
    for (const auto& exception : {tasks.result("bad").exception, handle.exception()}) {
        try {
            std::rethrow_exception(exception);
        } catch (const missing_key& error) { // its own type, with what it carries
            CHECK(error.key == "k");
            CHECK(std::string(error.what()) == "no such key");
        }
    }
}

TEST_CASE("task_scheduler: seed defect 9, some exceptions escaped and took other results along; here none does",
          "[task][seed][threads]") {
    const auto run = GENERATE(0, 1);
    lathe::task_scheduler tasks{{.workers = 2}};
    struct exits {}; // no std::exception, as SystemExit is no Exception
    tasks.add("before", [] { return 1; });
    tasks.add("exits", [] { throw exits(); });
    tasks.add("cancels", [] { throw lathe::task_cancelled("thrown by the task itself"); });
    tasks.add("after", [] { return 2; });
    if (run == 0) tasks.run(lathe::sequential{});
    if (run == 1) tasks.run(lathe::threaded{2});
    CHECK(tasks.result("before").value<int>() == 1);
    CHECK(tasks.result("after").value<int>() == 2);
    CHECK_THROWS_AS(std::rethrow_exception(tasks.result("exits").exception), exits);
    CHECK(tasks.result("cancels").status == task_status::failed);
    CHECK(tasks.progress().queued == 0);
}

TEST_CASE("task_scheduler: seed defect 10, runners at a time hung for ever; here the second one is told, or helps",
          "[task][seed][threads]") {
    lathe::task_scheduler tasks{{.workers = 2}};
    for (int round = 0; round < 20; ++round) {
        std::atomic<int> ran = 0;
        for (int i = 0; i < 20; ++i)
            tasks.post([&] { ++ran; });
        std::latch both{2};
        {
            std::vector<std::jthread> runners;
            for (int i = 0; i < 2; ++i) {
                runners.emplace_back([&] {
                    both.arrive_and_wait();
                    try {
                        tasks.run();
                    } catch (const lathe::task_error&) { // another run is going on
                    }
                });
            }
        }
        REQUIRE(ran == 20);
    }
}

TEST_CASE("task_scheduler: seed defect 11, nobody ever read what it said of running; here it is told", "[task][seed]") {
    lathe::task_scheduler tasks{{.workers = 1}};
    const auto seen = tasks.add([&] { return tasks.progress().running; });
    CHECK(tasks.progress().running == 0);
    tasks.run();
    CHECK(seen.get() == 1);
    CHECK(tasks.progress().running == 0);
}

TEST_CASE("task_scheduler: seed defect 12, an urgent task was not seen while others ran; here it is the next",
          "[task][seed][threads]") {
    lathe::task_scheduler tasks{{.workers = 1}};
    std::latch runs{1};
    std::latch urgent_added{1};
    strings order;
    tasks.post([&] {
        runs.count_down();
        urgent_added.wait();
    });
    for (int i = 0; i < 50; ++i)
        tasks.post([&] { order.emplace_back("other"); });
    {
        const std::jthread adder([&] {
            runs.wait();
            tasks.post({.priority = lathe::priority::highest}, [&] { order.emplace_back("urgent"); });
            urgent_added.count_down();
        });
        tasks.run();
    }
    REQUIRE(order.size() == 51);
    CHECK(order.front() == "urgent");
}

TEST_CASE("task_scheduler: seed defect 13, results were not seen before the slowest task's; here each is at once",
          "[task][seed][threads]") {
    lathe::task_scheduler tasks{{.workers = 2}};
    std::latch quick_was_seen{1};
    tasks.add("slow", [&] { quick_was_seen.wait(); });
    const auto quick = tasks.add("quick", [] { return 1; });
    tasks.start();
    quick.wait();
    CHECK(tasks.result("quick").value<int>() == 1);
    CHECK(tasks.result("slow").status != task_status::succeeded);
    quick_was_seen.count_down();
    tasks.drain();
    CHECK(tasks.result("slow").status == task_status::succeeded);
}

TEST_CASE("task_scheduler: seed defect, no timeout; here a task has one, and a deadline", "[task][seed][threads]") {
    lathe::task_scheduler tasks{{.workers = 1}};
    tasks.add({.id = "hangs", .timeout = 1ms}, [](std::stop_token stop) {
        while (!stop.stop_requested())
            std::this_thread::yield();
    });
    tasks.add({.id = "late", .deadline = 0ns}, [] {});
    tasks.run();
    CHECK(tasks.result("hangs").status == task_status::timed_out);
    CHECK(tasks.result("late").status == task_status::timed_out);
}

TEST_CASE("task_scheduler: seed defect, a queue without a limit; here it may have one", "[task][seed]") {
    lathe::task_scheduler tasks{{.capacity = 3, .when_full = lathe::overflow_policy::reject}};
    for (int i = 0; i < 3; ++i)
        tasks.post([] {});
    CHECK_THROWS_AS(tasks.post([] {}), lathe::queue_full);
    CHECK(tasks.progress().queued == 3);
}

TEST_CASE("task_scheduler: seed defect, no way to cancel; here there are two", "[task][seed]") {
    lathe::task_scheduler tasks{{.workers = 1}};
    std::stop_source all;
    bool ran = false;
    const auto by_handle = tasks.add([&] { ran = true; });
    const auto by_token = tasks.add({.stop = all.get_token()}, [&] { ran = true; });
    CHECK(by_handle.cancel());
    all.request_stop();
    tasks.run();
    CHECK_FALSE(ran);
    CHECK(by_handle.status() == task_status::cancelled);
    CHECK(by_token.status() == task_status::cancelled);
}

TEST_CASE("task_scheduler: seed defect, results grew for ever; here they can be taken, and need no id",
          "[task][seed]") {
    lathe::task_scheduler tasks{{.workers = 1}};
    const auto owned = std::make_shared<int>(1);
    for (int round = 0; round < 100; ++round) {
        tasks.add("id", [owned] { return owned; }); // the same id each time
        tasks.add([owned] { return owned; });
        tasks.run();
        CHECK(owned.use_count() == 2); // the result by id; of the other one nobody has the handle
        CHECK(tasks.take_results().size() == 1);
        CHECK(owned.use_count() == 1);
    }
    CHECK(tasks.results().empty());
}

} // namespace
