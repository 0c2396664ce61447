// SPDX-License-Identifier: MIT
// What a handle tells of its task, cancelling, and what comes after. Waiting of tasks for tasks is in
// handle_waiting.cpp.
#include <lathe/task/handle.hpp> // first: proves that the header stands alone

#include <array>
#include <atomic>
#include <chrono>
#include <latch>
#include <memory>
#include <stdexcept>
#include <stop_token>
#include <string>
#include <thread>
#include <type_traits>
#include <utility>
#include <vector>

#include <lathe/task/scheduler.hpp>
#include <lathe/task/this_task.hpp>

#include "support/catch.hpp"

namespace {

using lathe::task_handle;
using lathe::task_status;
using namespace std::chrono_literals;

static_assert(std::is_nothrow_default_constructible_v<task_handle<int>>);
static_assert(std::is_nothrow_copy_constructible_v<task_handle<int>> &&
              std::is_nothrow_move_constructible_v<task_handle<int>>);
static_assert(std::is_nothrow_copy_assignable_v<task_handle<int>> &&
              std::is_nothrow_move_assignable_v<task_handle<int>>);
static_assert(!std::is_convertible_v<task_handle<int>, bool> && std::is_constructible_v<bool, task_handle<int>>);
static_assert(!std::is_constructible_v<task_handle<long>, task_handle<int>>);
static_assert(std::is_same_v<decltype(std::declval<const task_handle<int>&>().get()), const int&>);
static_assert(std::is_same_v<decltype(std::declval<task_handle<int>>().get()), int>);
static_assert(std::is_same_v<decltype(std::declval<const task_handle<int&>&>().get()), int&>);
static_assert(std::is_same_v<decltype(std::declval<task_handle<int&>>().get()), int&>);
static_assert(std::is_void_v<decltype(std::declval<const task_handle<void>&>().get())>);

TEST_CASE("task_handle: is of a task, or of none", "[task]") {
    task_handle<int> none;
    CHECK_FALSE(none);
    CHECK(none == task_handle<int>());
    CHECK_THROWS_AS(none.get(), lathe::task_error);
    lathe::task_scheduler tasks{{.workers = 1}};
    const auto one = tasks.add([] { return 1; });
    const auto other = tasks.add([] { return 1; });
    CHECK(one);
    CHECK(one != other);
    CHECK(one != none);
    none = one;
    CHECK(none == one);
    auto moved = std::move(none);
    CHECK_FALSE(none); // NOLINT(bugprone-use-after-move): it is empty, and says so
    auto& self = moved;
    moved = self;
    moved = std::move(self);
    CHECK(moved == one);
    tasks.run();
    CHECK(&moved.get() == &one.get()); // one result
    CHECK(moved.get() == 1);
}

TEST_CASE("task_handle: outlives its scheduler, with the result", "[task]") {
    task_handle<std::string> ran;
    task_handle<std::string> never;
    task_handle<void> bad;
    {
        lathe::task_scheduler tasks{{.workers = 2}};
        ran = tasks.add([] { return std::string("a text that lies outside of the string itself"); });
        bad = tasks.add([] { throw std::runtime_error("no"); });
        tasks.run();
        never = tasks.add([] { return std::string("never"); });
    }
    CHECK(ran.get() == "a text that lies outside of the string itself");
    CHECK_THROWS_WITH(bad.get(), "no");
    CHECK(never.status() == task_status::cancelled);
    CHECK_THROWS_AS(never.get(), lathe::task_cancelled);
    CHECK_FALSE(never.cancel()); // there is nothing to cancel any more
    never.wait();
    CHECK(never.is_done());
    const std::string moved = std::move(ran).get();
    CHECK(moved.size() == 45);
}

TEST_CASE("task_handle: status, exception and is_done follow the task", "[task][threads]") {
    lathe::task_scheduler tasks{{.workers = 1}};
    std::latch runs{1};
    std::latch may_end{1};
    const auto one = tasks.add([&] {
        runs.count_down();
        may_end.wait();
    });
    const auto bad = tasks.add([] { throw std::runtime_error("no"); });
    CHECK(one.status() == task_status::queued);
    tasks.start();
    runs.wait();
    CHECK(one.status() == task_status::running);
    CHECK_FALSE(one.is_done());
    CHECK_FALSE(one.wait_for(0ns));
    CHECK_FALSE(bad.wait_for(1ns));
    CHECK(bad.exception() == nullptr);
    may_end.count_down();
    one.wait();
    CHECK(one.is_done());
    CHECK(one.status() == task_status::succeeded);
    CHECK(one.exception() == nullptr);
    CHECK(bad.wait_for(1h));
    CHECK(bad.status() == task_status::failed);
    CHECK_THROWS_WITH(std::rethrow_exception(bad.exception()), "no");
}

TEST_CASE("task_handle: wait and wait_for do not throw what the task threw", "[task]") {
    lathe::task_scheduler tasks{{.workers = 1}};
    const auto bad = tasks.add([] { throw 7; });
    tasks.run();
    bad.wait();
    CHECK(bad.wait_for(0ns));
    CHECK_THROWS_AS(bad.get(), int);
}

TEST_CASE("get: returns references as references", "[task]") {
    static int somewhere = 1;
    static const std::string text = "text";
    lathe::task_scheduler tasks{{.workers = 1}};
    const auto number = tasks.add([]() -> int& { return somewhere; });
    const auto read_only = tasks.add([]() -> const std::string& { return text; });
    tasks.run();
    number.get() = 5;
    CHECK(somewhere == 5);
    CHECK(&read_only.get() == &text);
}

struct immovable {
    explicit immovable(int given) : number(given) {}
    immovable(const immovable&) = delete;
    immovable& operator=(const immovable&) = delete;
    int number;
};

TEST_CASE("get: returns a result that can be neither copied nor moved, where it is", "[task]") {
    lathe::task_scheduler tasks{{.workers = 1}};
    const auto one = tasks.add([] { return immovable(4); });
    tasks.run();
    CHECK(one.get().number == 4);
}

TEST_CASE("get: from a handle that goes copies what others have too, and moves what can only be moved", "[task]") {
    lathe::task_scheduler tasks{{.workers = 1}};
    const auto kept = tasks.add([] { return std::string("kept by two"); });
    tasks.run();
    auto goes = kept;
    CHECK(std::move(goes).get() == "kept by two");
    CHECK(kept.get() == "kept by two");
    CHECK(*tasks.add([] { return std::make_unique<int>(1); }).get() == 1);
    CHECK(tasks.add([] { return 2; }).get() == 2);
}

TEST_CASE("get: before the scheduler runs, it runs the task in the caller's thread, once", "[task]") {
    lathe::task_scheduler tasks{{.workers = 1}};
    int runs = 0;
    const auto here = tasks.add("here", [&] {
        ++runs;
        return std::this_thread::get_id();
    });
    const auto bad = tasks.add([] { throw std::runtime_error("no"); });
    CHECK(here.get() == std::this_thread::get_id());
    CHECK_THROWS_WITH(bad.get(), "no");
    tasks.run();
    CHECK(runs == 1);
    CHECK(tasks.result("here").attempts == 1);
    CHECK(tasks.progress().succeeded == 1);
    CHECK(tasks.progress().failed == 1);
}

TEST_CASE("get: before the scheduler runs, it runs what the task needs first", "[task]") {
    lathe::task_scheduler tasks{{.workers = 1}};
    std::vector<std::string> order;
    tasks.add("a", [&] { order.emplace_back("a"); });
    tasks.add({.id = "b", .after = {"a"}}, [&] { order.emplace_back("b"); });
    const auto c = tasks.add({.id = "c", .after = {"b", "a"}}, [&] {
        order.emplace_back("c");
        return 3;
    });
    tasks.add("other", [&] { order.emplace_back("other"); });
    CHECK(c.get() == 3);
    CHECK(order == std::vector<std::string>{"a", "b", "c"});
    tasks.run();
    CHECK(order.back() == "other");
    CHECK(order.size() == 4);
}

// ---- cancel ----------------------------------------------------------------

TEST_CASE("cancel: a task that has not started never does", "[task]") {
    lathe::task_scheduler tasks{{.workers = 1}};
    bool ran = false;
    const auto one = tasks.add("one", [&] { ran = true; });
    const auto delayed = tasks.add({.delay = 1h}, [&] { ran = true; });
    CHECK(one.cancel());
    CHECK(one.status() == task_status::cancelled);
    CHECK(one.is_done());
    CHECK_FALSE(one.cancel()); // it is over already
    CHECK(delayed.cancel());
    CHECK_THROWS_AS(one.get(), lathe::task_cancelled);
    CHECK_THROWS_WITH(one.get(), lathe_test::ContainsSubstring("one"));
    tasks.run(); // and does not wait for an hour
    CHECK_FALSE(ran);
    CHECK(tasks.progress().cancelled == 2);
}

TEST_CASE("cancel: a task that runs is asked to stop, and decides how it ends", "[task][threads]") {
    lathe::task_scheduler tasks{{.workers = 1}};
    std::atomic<int> running = 0;
    const auto until_asked = [&running](std::stop_token stop) {
        ++running;
        while (!stop.stop_requested())
            std::this_thread::yield();
    };
    const auto returns = tasks.add([=](std::stop_token stop) {
        until_asked(stop);
        return 1;
    });
    const auto throws = tasks.add({.retries = 5}, [=](std::stop_token stop) {
        until_asked(stop);
        throw std::runtime_error("stopped");
    });
    tasks.start();
    while (running < 1)
        std::this_thread::yield();
    CHECK_FALSE(returns.cancel());
    CHECK(returns.get() == 1);
    CHECK(returns.status() == task_status::succeeded);
    while (running < 2)
        std::this_thread::yield();
    CHECK_FALSE(throws.cancel());
    throws.wait();
    CHECK(throws.status() == task_status::cancelled);
    CHECK_THROWS_AS(throws.get(), lathe::task_cancelled);
    CHECK(running == 2); // not tried again
}

TEST_CASE("cancel: what is over stays as it is", "[task]") {
    lathe::task_scheduler tasks{{.workers = 1}};
    const auto good = tasks.add([] { return 1; });
    const auto bad = tasks.add([] { throw 7; });
    tasks.run();
    CHECK_FALSE(good.cancel());
    CHECK_FALSE(bad.cancel());
    CHECK(good.get() == 1);
    CHECK(bad.status() == task_status::failed);
}

// ---- then ------------------------------------------------------------------

TEST_CASE("then: goes on with the result", "[task]") {
    lathe::task_scheduler tasks{{.workers = 2}};
    const auto two = tasks.add([] { return 2; });
    const auto text = two.then([](const int& n) { return std::to_string(n) + "!"; });
    const auto size = text.then([](const std::string& t) { return t.size(); });
    const auto nothing = tasks.add([] {});
    const auto after_nothing = nothing.then([] { return std::make_unique<int>(5); });
    const auto end = after_nothing.then([](const std::unique_ptr<int>&) {});
    static_assert(std::is_same_v<decltype(size), const task_handle<std::size_t>>);
    static_assert(std::is_same_v<decltype(end), const task_handle<void>>);
    tasks.run();
    CHECK(text.get() == "2!");
    CHECK(size.get() == 2);
    CHECK(*after_nothing.get() == 5);
    CHECK(end.status() == task_status::succeeded);
}

TEST_CASE("then: of what is over runs all the same, and a task may have several", "[task][threads]") {
    lathe::task_scheduler tasks{{.workers = 1}};
    const auto one = tasks.add([] { return 1; });
    tasks.run();
    const auto before = one.then([](int n) { return n + 1; });
    const auto also = one.then([](int n) { return n + 2; });
    CHECK(before.get() == 2);
    tasks.start();
    CHECK(one.then([](int n) { return n + 3; }).get() == 4);
    tasks.drain();
    CHECK(also.get() == 3);
}

TEST_CASE("then: a failure passes through with its own exception, and the callable is not called", "[task]") {
    lathe::task_scheduler tasks{{.workers = 1}};
    bool called = false;
    const auto bad = tasks.add([]() -> int { throw std::out_of_range("far"); });
    const auto next = bad.then([&](int) { called = true; });
    const auto last = next.then([&] { called = true; });
    const auto cancelled = tasks.add([] {});
    const auto after_cancelled = cancelled.then([&] { called = true; });
    cancelled.cancel();
    tasks.run();
    CHECK_FALSE(called);
    CHECK_THROWS_AS(next.get(), std::out_of_range);
    CHECK_THROWS_AS(last.get(), std::out_of_range);
    CHECK_THROWS_AS(after_cancelled.get(), lathe::task_cancelled);
    const auto throws = tasks.add([] { return 1; }).then([](int) { throw 7; });
    tasks.run();
    CHECK_THROWS_AS(throws.get(), int);
}

TEST_CASE("then: a long chain takes no stack", "[task]") {
    lathe::task_scheduler tasks{{.workers = 1}};
    auto last = tasks.add([] { return 0; });
    const auto extend = [&last](int links) {
        for (int i = 0; i < links; ++i)
            last = last.then([](int n) { return n + 1; });
    };
    SECTION("when it runs") {
        extend(50'000);
        tasks.run();
        CHECK(last.get() == 50'000);
    }
    SECTION("when it is asked for before it runs") {
        extend(50'000);
        CHECK(last.get() == 50'000);
    }
    SECTION("when it is given up") {
        extend(50'000);
        last = {};
    }
}

} // namespace
