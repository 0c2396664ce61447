// SPDX-License-Identifier: MIT
// The scheduler as a service: its threads, its bounds, its end.
#include <lathe/task/scheduler.hpp> // first: proves that the header stands alone

#include <algorithm>
#include <atomic>
#include <chrono>
#include <cstddef>
#include <latch>
#include <memory>
#include <mutex>
#include <set>
#include <stdexcept>
#include <stop_token>
#include <string>
#include <thread>
#include <vector>

#include <pthread.h>

#include <lathe/task/this_task.hpp>

#include "support/catch.hpp"

namespace {

using lathe::overflow_policy;
using lathe::task_handle;
using lathe::task_status;
using namespace std::chrono_literals;

// ---- start, wait, stop, drain ----------------------------------------------

TEST_CASE("start: tasks run as they come, until the scheduler is drained, and again", "[task][threads]") {
    lathe::task_scheduler tasks{{.workers = 2}};
    const auto early = tasks.add([] { return 1; });
    for (int round = 0; round < 3; ++round) {
        tasks.start();
        const auto one = tasks.add([round] { return round; });
        CHECK(one.get() == round);
        std::atomic<int> ran = 0;
        for (int i = 0; i < 100; ++i)
            tasks.post([&] { ++ran; });
        tasks.wait();
        CHECK(ran == 100);
        for (int i = 0; i < 100; ++i)
            tasks.post([&] { ++ran; });
        tasks.drain();
        CHECK(ran == 200);
    }
    CHECK(early.get() == 1);
}

TEST_CASE("start: twice is once, as is stop", "[task]") {
    lathe::task_scheduler tasks{{.workers = 1}};
    tasks.stop();
    tasks.start();
    tasks.start();
    CHECK(tasks.add([] { return 1; }).get() == 1);
    tasks.stop();
    tasks.stop();
}

TEST_CASE("wait: also for what tasks add, and from several threads", "[task][threads]") {
    lathe::task_scheduler tasks{{.workers = 2}};
    std::atomic<int> ran = 0;
    tasks.start();
    tasks.post([&] {
        ++ran;
        for (int i = 0; i < 10; ++i)
            tasks.post([&] {
                ++ran;
                tasks.post([&] { ++ran; });
            });
    });
    {
        std::vector<std::jthread> threads;
        for (int i = 0; i < 3; ++i)
            threads.emplace_back([&] { tasks.wait(); });
    }
    CHECK(ran == 21);
}

TEST_CASE("wait, drain: where nothing runs the tasks, they are errors", "[task]") {
    lathe::task_scheduler tasks{{.workers = 1}};
    tasks.post([] {});
    CHECK_THROWS_AS(tasks.wait(), lathe::task_error);
    CHECK_THROWS_AS(tasks.drain(), lathe::task_error);
    tasks.run();
    CHECK(tasks.progress().succeeded == 1);
}

TEST_CASE("stop: ends after the tasks that run; others stay queued for the next start", "[task][threads]") {
    lathe::task_scheduler tasks{{.workers = 1}};
    tasks.start();
    std::latch runs{1};
    std::atomic<bool> stops = false;
    const auto running = tasks.add([&] {
        runs.count_down();
        while (!stops)
            std::this_thread::yield();
        return 1;
    });
    runs.wait();
    std::vector<task_handle<int>> queued;
    for (int i = 0; i < 10; ++i)
        queued.push_back(tasks.add([i] { return i; }));
    {
        const std::jthread stopper([&] { tasks.stop(); });
        stops = true;
    }
    CHECK(running.is_done());
    const std::size_t left = tasks.progress().queued;
    CHECK(tasks.progress().succeeded == 11 - left);
    CHECK(queued[0].get() == 0); // in this thread, if it was left
    tasks.start();
    for (int i = 0; i < 10; ++i)
        CHECK(queued[static_cast<std::size_t>(i)].get() == i);
    tasks.drain();
    CHECK(tasks.progress().succeeded == 11);
}

TEST_CASE("drain: refuses tasks from outside, not those of tasks", "[task][threads]") {
    lathe::task_scheduler tasks{{.workers = 1}};
    tasks.start();
    std::latch drains{1};
    std::atomic<int> ran = 0;
    std::atomic<bool> was_refused = false;
    tasks.post([&] {
        drains.wait();
        tasks.post([&] { ++ran; });
        ++ran;
    });
    {
        const std::jthread drainer([&] { tasks.drain(); });
        // Until it has begun to drain, it takes what comes.
        while (!was_refused) {
            try {
                tasks.post([] {});
            } catch (const lathe::task_error&) {
                was_refused = true;
            }
        }
        drains.count_down();
    }
    CHECK(ran == 2);
    tasks.post([&] { ++ran; }); // it is over, and takes tasks again
    tasks.run();
    CHECK(ran == 3);
}

TEST_CASE("stop, drain: within a task they are errors", "[task][threads]") {
    lathe::task_scheduler tasks{{.workers = 1}};
    const auto stops = tasks.add([&] { tasks.stop(); });
    const auto drains = tasks.add([&] { tasks.drain(); });
    tasks.start();
    CHECK_THROWS_AS(stops.get(), lathe::task_error);
    CHECK_THROWS_AS(drains.get(), lathe::task_error);
    tasks.drain();
}

TEST_CASE("destructor: cancels what is queued and delayed, asks what runs to stop, and waits for it",
          "[task][threads]") {
    std::vector<task_handle<int>> queued;
    task_handle<void> delayed;
    task_handle<int> running;
    {
        lathe::task_scheduler tasks{{.workers = 1}};
        std::latch runs{1};
        running = tasks.add([&](std::stop_token stop) {
            runs.count_down();
            while (!stop.stop_requested())
                std::this_thread::yield();
            return 1;
        });
        delayed = tasks.add({.priority = lathe::priority::highest, .delay = 1h}, [] {});
        for (int i = 0; i < 100; ++i)
            queued.push_back(tasks.add([] { return 1; }));
        tasks.start();
        runs.wait();
    }
    CHECK(running.get() == 1);
    CHECK(delayed.status() == task_status::cancelled);
    for (const auto& one : queued) {
        REQUIRE(one.status() == task_status::cancelled);
        REQUIRE_THROWS_AS(one.get(), lathe::task_cancelled);
    }
}

TEST_CASE("destructor: drops all tasks that a task has added, and what they hold", "[task][threads]") {
    const auto held = std::make_shared<int>(7);
    constexpr long count = 5000;
    {
        lathe::task_scheduler tasks{{.workers = 1}};
        tasks.start();
        std::atomic<bool> has_added = false;
        tasks.post([&] {
            for (long i = 0; i < count; ++i)
                tasks.post([held] {});
            has_added = true;
            has_added.notify_one();
            while (!lathe::this_task::stop_requested()) {
            }
        });
        has_added.wait(false);
        CHECK(held.use_count() == count + 1);
    }
    CHECK(held.use_count() == 1);
}

TEST_CASE("destructor: lets go of threads that wait for a handle", "[task][threads]") {
    task_handle<void> never;
    std::jthread waits;
    std::atomic<bool> was_cancelled = false;
    {
        lathe::task_scheduler tasks{{.workers = 1}};
        never = tasks.add({.delay = 1h}, [] {});
        tasks.start();
        std::latch about_to_wait{1};
        waits = std::jthread([&, handle = never] {
            about_to_wait.count_down();
            handle.wait();
            was_cancelled = handle.status() == task_status::cancelled;
        });
        about_to_wait.wait();
    }
    waits.join();
    CHECK(was_cancelled);
}

// ---- pause -----------------------------------------------------------------

TEST_CASE("pause: nothing starts until it is resumed, and what runs goes on", "[task][threads]") {
    lathe::task_scheduler tasks{{.workers = 2}};
    tasks.start();
    CHECK_FALSE(tasks.is_paused());
    tasks.pause();
    CHECK(tasks.is_paused());
    std::atomic<int> ran = 0;
    for (int i = 0; i < 100; ++i)
        tasks.post([&] { ++ran; });
    CHECK(ran == 0);
    CHECK(tasks.progress().queued == 100);
    tasks.resume();
    tasks.wait();
    CHECK(ran == 100);

    std::atomic<int> rest = 0;
    {
        std::latch may_end{1};
        std::latch runs{2};
        for (int i = 0; i < 2; ++i)
            tasks.post([&] {
                runs.count_down();
                may_end.wait();
            });
        runs.wait();
        tasks.pause(); // does not wait for those
        for (int i = 0; i < 10; ++i)
            tasks.post([&] { ++rest; });
        may_end.count_down();
        while (tasks.progress().running > 0)
            std::this_thread::yield();
    }
    CHECK(rest == 0);
    tasks.resume();
    tasks.drain();
    CHECK(rest == 10);
}

TEST_CASE("pause: from within a task, and resumed by another thread", "[task][threads]") {
    lathe::task_scheduler tasks{{.workers = 1}};
    std::atomic<int> ran = 0;
    tasks.post([&] { tasks.pause(); });
    for (int i = 0; i < 10; ++i)
        tasks.post([&] { ++ran; });
    tasks.start();
    while (!tasks.is_paused())
        std::this_thread::yield();
    CHECK(ran == 0);
    tasks.resume();
    tasks.drain();
    CHECK(ran == 10);
}

// ---- capacity --------------------------------------------------------------

TEST_CASE("overflow_policy: block, a thread that adds waits for room, a task does not", "[task][threads]") {
    lathe::task_scheduler tasks{{.workers = 1, .capacity = 4, .when_full = overflow_policy::block}};
    std::atomic<std::size_t> most = 0;
    std::atomic<int> ran = 0;
    tasks.start();
    for (int i = 0; i < 1000; ++i) {
        tasks.post([&] {
            const auto queued = static_cast<std::size_t>(tasks.progress().queued);
            most = std::max(most.load(), queued);
            ++ran;
        });
    }
    tasks.wait();
    CHECK(ran == 1000);
    CHECK(most <= 4);
    const auto adds = tasks.add([&] {
        for (int i = 0; i < 100; ++i)
            tasks.post([&] { ++ran; });
    });
    adds.get();
    tasks.drain();
    CHECK(ran == 1100);
}

TEST_CASE("overflow_policy: block, where nothing runs the tasks, waiting would be of no use", "[task]") {
    lathe::task_scheduler tasks{{.workers = 1, .capacity = 2}};
    tasks.post([] {});
    tasks.post([] {});
    CHECK_THROWS_AS(tasks.post([] {}), lathe::queue_full);
    CHECK_THROWS_WITH(tasks.add([] {}), lathe_test::ContainsSubstring("nothing runs"));
    CHECK(tasks.progress().added == 2);
    tasks.run();
    tasks.post([] {});
}

TEST_CASE("overflow_policy: reject, one that does not fit is refused, and changes nothing", "[task][threads]") {
    lathe::task_scheduler tasks{{.workers = 1, .capacity = 2, .when_full = overflow_policy::reject}};
    const auto one = tasks.add([] { return 1; });
    const auto two = tasks.add("two", [] { return 2; });
    CHECK_THROWS_AS(tasks.add("three", [] { return 3; }), lathe::queue_full);
    CHECK_THROWS_AS(tasks.post({.priority = lathe::priority::highest}, [] {}), lathe::queue_full);
    CHECK(tasks.progress().added == 2);
    CHECK_THROWS_AS(tasks.result("three"), lathe::task_error);
    const auto delayed = tasks.add({.delay = 1ms}, [] { return 4; }); // is not ready, and has room
    tasks.run();
    CHECK(one.get() + two.get() == 3);
    CHECK(delayed.get() == 4);
    tasks.add("three", [] { return 3; });
    tasks.run();
    CHECK(tasks.result("three").value<int>() == 3);
}

TEST_CASE("overflow_policy: drop_lowest, the least urgent one goes, be it the one that comes", "[task]") {
    lathe::task_scheduler tasks{{.workers = 1, .capacity = 3, .when_full = overflow_policy::drop_lowest}};
    const auto with = [&](int priority) {
        return tasks.add({.priority = lathe::priority(priority)}, [] {});
    };
    const auto five = with(5);
    const auto three = with(3);
    const auto also_three = with(3);
    const auto nine = with(9); // the last of the lowest goes
    CHECK(also_three.status() == task_status::cancelled);
    CHECK(three.status() == task_status::queued);
    const auto one = with(1); // goes at once
    CHECK(one.status() == task_status::cancelled);
    CHECK_THROWS_AS(one.get(), lathe::task_cancelled);
    CHECK(tasks.progress().queued == 3);
    tasks.run();
    for (const auto& kept : {five, three, nine})
        CHECK(kept.status() == task_status::succeeded);
    CHECK(tasks.progress().cancelled == 2);
    CHECK(tasks.progress().added == 5);
}

// ---- aging -----------------------------------------------------------------

TEST_CASE("aging: a low one starts though high ones keep coming", "[task]") {
    lathe::task_scheduler tasks{{.workers = 1, .aging = 1ms}};
    bool low_ran = false;
    long high_ran = 0;
    struct keeps_coming {
        lathe::task_scheduler& tasks;
        const bool& low_ran;
        long& ran;
        void operator()() const {
            ++ran;
            if (!low_ran) tasks.post({.priority = lathe::priority::high}, *this);
        }
    };
    tasks.post({.priority = lathe::priority::low}, [&] { low_ran = true; });
    tasks.post({.priority = lathe::priority::high}, keeps_coming{tasks, low_ran, high_ran});
    tasks.run(lathe::sequential{}); // would not end without
    CHECK(low_ran);
    CHECK(high_ran >= 1); // the last one was there when the low one ran
}

TEST_CASE("aging: without it, or before its time, priorities hold", "[task]") {
    lathe::task_scheduler tasks{{.workers = 1, .aging = 24h}};
    std::vector<int> order;
    for (const int priority : {1, 3, 2})
        tasks.post({.priority = lathe::priority(priority)}, [&order, priority] { order.push_back(priority); });
    tasks.run(lathe::sequential{});
    CHECK(order == std::vector{3, 2, 1});
}

// ---- workers ---------------------------------------------------------------

std::string name_of_this_thread() {
    char name[32] = "";
    pthread_getname_np(pthread_self(), name, sizeof name);
    return name;
}

TEST_CASE("scheduler_options: workers have names, and call a hook first", "[task][threads]") {
    std::mutex mutex;
    std::vector<unsigned> hooked;
    // The hook may be one that can only be moved.
    lathe::task_scheduler tasks{{.workers = 2,
                                 .worker_name = "loom",
                                 .on_worker_start = [&, owned = std::make_unique<int>(1)](unsigned worker) {
                                     const std::lock_guard lock(mutex);
                                     hooked.push_back(worker);
                                 }}};
    std::latch both{2};
    const auto name = [&] {
        both.arrive_and_wait();
        return std::to_string(lathe::this_task::worker()) + name_of_this_thread();
    };
    const auto one = tasks.add(name);
    const auto other = tasks.add(name);
    tasks.start();
    CHECK(std::set<std::string>{one.get(), other.get()} == std::set<std::string>{"0loom-0", "1loom-1"});
    tasks.drain();
    CHECK(std::set<unsigned>(hooked.begin(), hooked.end()) == std::set<unsigned>{0, 1});
    CHECK(hooked.size() == 2);
}

TEST_CASE("scheduler_options: threads are called lathe-0, lathe-1 and so on, unless another name is given",
          "[task][threads]") {
    lathe::task_scheduler tasks{{.workers = 1}};
    const auto name = tasks.add(name_of_this_thread);
    const auto before = name_of_this_thread();
    tasks.run(lathe::threaded{1});
    CHECK(name.get() == "lathe-0");
    CHECK(name_of_this_thread() == before);
}

TEST_CASE("start: many threads add, all is run once", "[task][threads]") {
    lathe::task_scheduler tasks{{.workers = 2}};
    tasks.start();
    constexpr std::size_t adders = 4;
    constexpr std::size_t each = 2000;
    std::vector<std::atomic<int>> runs(adders * each);
    {
        std::vector<std::jthread> threads;
        for (std::size_t adder = 0; adder < adders; ++adder) {
            threads.emplace_back([&, adder] {
                for (std::size_t i = 0; i < each; ++i)
                    tasks.post({.priority = lathe::priority(i % 3)}, [&, at = adder * each + i] { ++runs[at]; });
            });
        }
    }
    tasks.drain();
    CHECK(std::all_of(runs.begin(), runs.end(), [](const auto& n) { return n == 1; }));
}

} // namespace
