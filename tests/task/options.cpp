// SPDX-License-Identifier: MIT
// What the options of a task do. Nothing here depends on how fast the machine is: times that pass are waited for by
// what they bring about, and are compared from below only.
#include <lathe/task/options.hpp> // first: proves that the header stands alone

#include <atomic>
#include <chrono>
#include <limits>
#include <memory>
#include <stdexcept>
#include <stop_token>
#include <string>
#include <thread>
#include <type_traits>
#include <vector>

#include <lathe/task/scheduler.hpp>
#include <lathe/task/this_task.hpp>

#include "support/catch.hpp"

namespace {

using lathe::task_status;
using namespace std::chrono_literals;
using clock = std::chrono::steady_clock;

static_assert(std::is_aggregate_v<lathe::task_options> && std::is_aggregate_v<lathe::scheduler_options>);
static_assert(std::is_convertible_v<const char*, lathe::dependency> &&
              std::is_convertible_v<std::string, lathe::dependency>);
static_assert(std::is_convertible_v<lathe::task_handle<int>, lathe::dependency> &&
              std::is_convertible_v<lathe::task_handle<void>, lathe::dependency>);
static_assert(!std::is_convertible_v<int, lathe::dependency>);

// ---- retries ---------------------------------------------------------------

constexpr lathe::retry_backoff at_once{.first = 0ns};

TEST_CASE("retries: a task that throws is tried again, as often as it may", "[task]") {
    lathe::task_scheduler tasks{{.workers = 1}};
    int calls = 0;
    const auto at_last = tasks.add({.id = "at last", .retries = 3, .backoff = at_once}, [&] {
        if (++calls < 4) throw std::runtime_error("not yet");
        return calls;
    });
    tasks.run();
    CHECK(at_last.get() == 4);
    CHECK(calls == 4);
    CHECK(tasks.result("at last").attempts == 4);
    CHECK(tasks.progress().failed == 0);
    CHECK(tasks.progress().succeeded == 1);
}

TEST_CASE("retries: the last exception is the task's", "[task]") {
    lathe::task_scheduler tasks{{.workers = 1}};
    const auto never = tasks.add({.id = "never", .retries = 2, .backoff = at_once}, [] {
        throw std::runtime_error("attempt " + std::to_string(lathe::this_task::attempt()));
    });
    tasks.run();
    CHECK_THROWS_WITH(never.get(), "attempt 3");
    CHECK(tasks.result("never").attempts == 3);
    CHECK(tasks.result("never").status == task_status::failed);
    CHECK(tasks.progress().failed == 1);
}

TEST_CASE("retries: each attempt finds the arguments as they were given", "[task]") {
    lathe::task_scheduler tasks{{.workers = 1}};
    std::vector<std::string> seen;
    tasks.add(
        {.retries = 2, .backoff = at_once},
        [&](std::string text) {
            seen.push_back(std::move(text));
            throw std::runtime_error("no");
        },
        std::string("a text that is long enough to be moved away"));
    tasks.run();
    CHECK(seen == std::vector<std::string>(3, "a text that is long enough to be moved away"));
}

TEST_CASE("retries, period: arguments that cannot be passed again are an error, and nothing is added", "[task]") {
    lathe::task_scheduler tasks{{.workers = 1}};
    const auto takes = [](std::unique_ptr<int> owner) {
        return *owner;
    };
    const auto looks = [](const std::unique_ptr<int>& owner) {
        return *owner;
    };
    CHECK_THROWS_AS(tasks.add({.id = "id", .retries = 1}, takes, std::make_unique<int>(1)), lathe::task_error);
    CHECK_THROWS_AS(tasks.add({.id = "id", .period = 1s}, takes, std::make_unique<int>(1)), lathe::task_error);
    CHECK(tasks.progress().added == 0);
    const auto once = tasks.add({.id = "id"}, takes, std::make_unique<int>(1));
    const auto again = tasks.add({.retries = 1}, looks, std::make_unique<int>(2));
    tasks.run();
    CHECK(once.get() + again.get() == 3);
}

TEST_CASE("retries: waits longer each time, up to a bound, and never less than the jitter lets it", "[task]") {
    struct waits {
        lathe::retry_backoff backoff;
        std::vector<std::chrono::nanoseconds> least;
    };
    constexpr double infinite = std::numeric_limits<double>::infinity();
    const waits some[] = {
        {{.first = 1ms, .factor = 2, .jitter = 0}, {1ms, 2ms, 4ms}},
        {{.first = 2ms, .factor = 1, .jitter = 0.5}, {1ms, 1ms, 1ms}},
        {{.first = 1h, .factor = 2, .most = 1ms, .jitter = 0}, {1ms, 1ms, 1ms}}, // or this would not end
        {{.first = 1ms, .factor = 1e300, .most = 2ms, .jitter = 0}, {1ms, 2ms, 2ms}},
        {{.first = 1ns, .factor = infinite, .most = 1ms, .jitter = 1}, {0ns, 0ns, 0ns}},
    };
    for (const waits& one : some) {
        lathe::task_scheduler tasks{{.workers = 1}};
        std::vector<clock::time_point> begun;
        tasks.add({.retries = 3, .backoff = one.backoff}, [&] {
            begun.push_back(clock::now());
            throw std::runtime_error("no");
        });
        tasks.run();
        REQUIRE(begun.size() == 4);
        for (std::size_t i = 0; i < 3; ++i)
            CHECK(begun[i + 1] - begun[i] >= one.least[i]);
    }
}

TEST_CASE("retries: while one waits for its next attempt, others run", "[task]") {
    lathe::task_scheduler tasks{{.workers = 1}};
    std::atomic<bool> other_ran = false;
    const auto waits =
        tasks.add({.priority = lathe::priority::high, .retries = 1000000, .backoff = {.first = 1us}}, [&] {
            if (!other_ran) throw std::runtime_error("not yet");
        });
    tasks.add({.priority = lathe::priority::low}, [&] { other_ran = true; });
    tasks.run();
    CHECK_NOTHROW(waits.get());
}

TEST_CASE("retries: one that waits for its next attempt can be cancelled", "[task]") {
    lathe::task_scheduler tasks{{.workers = 1}};
    const auto fails =
        tasks.add({.priority = lathe::priority::high, .retries = 1, .backoff = {.first = 1h, .most = 1h}},
                  [] { throw std::runtime_error("no"); });
    tasks.add({.priority = lathe::priority::low}, [&] { CHECK(fails.cancel()); });
    tasks.run(lathe::sequential{}); // and so it ends
    CHECK(fails.status() == task_status::cancelled);
}

// ---- timeout and deadline --------------------------------------------------

void until_asked_to_stop(const std::stop_token& stop) {
    while (!stop.stop_requested())
        std::this_thread::yield();
}

TEST_CASE("timeout: an attempt that takes too long is asked to stop, and counts as timed out", "[task][threads]") {
    lathe::task_scheduler tasks{{.workers = 1}};
    const auto long_one = tasks.add({.id = "long", .timeout = 1ms}, [](std::stop_token stop) {
        until_asked_to_stop(stop);
        return 1; // too late, though it is a value
    });
    tasks.run();
    CHECK(long_one.status() == task_status::timed_out);
    CHECK_THROWS_MATCHES(long_one.get(),
                         lathe::task_timed_out,
                         Catch::Matchers::Message("task 'long' took longer than its timeout of 0.001 s"));
    CHECK(tasks.result("long").finished - tasks.result("long").started >= 1ms);
}

TEST_CASE("timeout: is asked of a task whose thread runs all, too", "[task]") {
    lathe::task_scheduler tasks;
    const auto long_one = tasks.add({.timeout = 1ms}, [] { until_asked_to_stop(lathe::this_task::stop_token()); });
    const auto next = tasks.add([] { return 1; });
    tasks.run(lathe::sequential{});
    CHECK(long_one.status() == task_status::timed_out);
    CHECK(next.get() == 1);
}

TEST_CASE("timeout: is of each attempt, and the next one may be in time", "[task][threads]") {
    lathe::task_scheduler tasks{{.workers = 1}};
    const auto second = tasks.add({.retries = 1, .timeout = 1ms, .backoff = at_once}, [](std::stop_token stop) {
        if (lathe::this_task::attempt() == 1) until_asked_to_stop(stop);
        return lathe::this_task::attempt();
    });
    tasks.run();
    // The second attempt is too short to be late, unless the machine stops for a millisecond just then.
    if (second.status() == task_status::succeeded) CHECK(second.get() == 2);
    CHECK((second.status() == task_status::succeeded || second.status() == task_status::timed_out));
}

TEST_CASE("timeout, deadline: those in time are as others, and wait for nothing", "[task]") {
    lathe::task_scheduler tasks{{.workers = 1}};
    const auto quick = tasks.add({.deadline = 1h, .timeout = 1h}, [] { return 1; });
    const auto bad = tasks.add({.deadline = 1h, .timeout = 1h}, [] { throw std::runtime_error("no"); });
    tasks.run();
    CHECK(quick.get() == 1);
    CHECK_THROWS_WITH(bad.get(), "no");
}

TEST_CASE("deadline: a task that has not started by then never does", "[task]") {
    lathe::task_scheduler tasks{{.workers = 1}};
    bool ran = false;
    const auto late = tasks.add({.id = "late", .deadline = 0ns}, [&] { ran = true; });
    const auto other = tasks.add([] { return 1; });
    tasks.run();
    CHECK_FALSE(ran);
    CHECK(late.status() == task_status::timed_out);
    CHECK_THROWS_WITH(late.get(), "task 'late' had not started at its deadline");
    CHECK(other.get() == 1);
}

TEST_CASE("deadline: a task that still runs then is asked to stop, and is not tried again", "[task][threads]") {
    lathe::task_scheduler tasks{{.workers = 1}};
    std::atomic<int> calls = 0;
    const auto late =
        tasks.add({.id = "late", .retries = 5, .deadline = 2ms, .backoff = at_once}, [&](std::stop_token stop) {
            ++calls;
            until_asked_to_stop(stop);
            throw std::runtime_error("stopped");
        });
    tasks.run();
    CHECK(late.status() == task_status::timed_out);
    CHECK(calls <= 1);
}

TEST_CASE("deadline: one that waits for its time, or for others, is too late without a worker", "[task][threads]") {
    lathe::task_scheduler tasks{{.workers = 1}};
    const auto delayed = tasks.add({.deadline = 1ms, .delay = 1h}, [] {});
    const auto never = tasks.add({.delay = 1h}, [] {});
    const auto waits = tasks.add({.deadline = 1ms, .after = {never}}, [] {});
    tasks.start();
    delayed.wait();
    waits.wait();
    CHECK(delayed.status() == task_status::timed_out);
    CHECK(waits.status() == task_status::timed_out);
    CHECK(never.status() == task_status::queued);
}

// ---- delay and period ------------------------------------------------------

TEST_CASE("delay: a task starts no earlier than that after it was added", "[task]") {
    lathe::task_scheduler tasks{{.workers = 1}};
    tasks.add({.id = "delayed", .priority = lathe::priority::highest, .delay = 3ms}, [] {});
    tasks.run();
    const lathe::task_result delayed = tasks.result("delayed");
    CHECK(delayed.status == task_status::succeeded);
    CHECK(delayed.started - delayed.added >= 3ms);
}

TEST_CASE("delay: does not hold back others, nor the end of the scheduler", "[task][threads]") {
    lathe::task_handle<void> tomorrow;
    {
        lathe::task_scheduler tasks{{.workers = 1}};
        tomorrow = tasks.add({.priority = lathe::priority::highest, .delay = 24h}, [] {});
        tasks.start();
        CHECK(tasks.add([] { return 1; }).get() == 1);
        CHECK(tomorrow.status() == task_status::queued);
        CHECK(tasks.progress().queued == 1);
    }
    CHECK(tomorrow.status() == task_status::cancelled);
}

TEST_CASE("delay: what is due at the same time goes by priority, then in order of adding", "[task]") {
    lathe::task_scheduler tasks{{.workers = 1}};
    std::vector<int> order;
    std::atomic<bool> all_due = false;
    // Holds the worker until the others are due.
    tasks.add({.priority = lathe::priority::highest}, [&] {
        const auto until = clock::now() + 2ms;
        while (clock::now() < until)
            std::this_thread::yield();
        all_due = true;
    });
    for (const int priority : {1, 3, 2, 3, 1})
        tasks.add({.priority = lathe::priority(priority), .delay = 1ms},
                  [&order, priority] { order.push_back(priority); });
    tasks.run(lathe::sequential{});
    CHECK(order.size() == 5);
    if (order.front() == 3) CHECK(order == std::vector<int>{3, 3, 2, 1, 1}); // else it was late for the first ones
}

TEST_CASE("period: runs again and again, until it throws", "[task]") {
    lathe::task_scheduler tasks{{.workers = 1}};
    std::vector<clock::time_point> begun;
    const auto repeated = tasks.add({.id = "again", .period = 1ms}, [&] {
        begun.push_back(clock::now());
        if (begun.size() == 4) throw std::runtime_error("enough");
    });
    tasks.start();
    repeated.wait();
    CHECK_THROWS_WITH(repeated.get(), "enough");
    REQUIRE(begun.size() == 4);
    const auto added = tasks.result("again").added;
    for (std::size_t i = 0; i < begun.size(); ++i)
        CHECK(begun[i] - added >= i * 1ms); // at a fixed rate: a late one does not put off the next
}

TEST_CASE("period: ends by cancelling, also from within", "[task][threads]") {
    lathe::task_scheduler tasks{{.workers = 1}};
    std::atomic<int> calls = 0;
    lathe::task_handle<void> repeated;
    repeated = tasks.add({.period = 10us}, [&] {
        if (++calls == 3) repeated.cancel();
    });
    tasks.start();
    repeated.wait();
    tasks.wait();
    CHECK(calls == 3);
}

TEST_CASE("period: a run does not wait for it, and it keeps the last value", "[task][threads]") {
    lathe::task_scheduler tasks{{.workers = 2}};
    std::atomic<int> calls = 0;
    const auto counts = tasks.add({.period = 10us}, [&] { return ++calls; });
    tasks.add([&] {
        while (calls < 3)
            std::this_thread::yield();
    });
    tasks.run();
    CHECK(counts.status() == task_status::succeeded);
    CHECK(counts.get() == calls);
    CHECK(calls >= 3);
}

// ---- stop tokens -----------------------------------------------------------

TEST_CASE("stop: cancels the task before it starts", "[task]") {
    lathe::task_scheduler tasks{{.workers = 1}};
    std::stop_source stop;
    bool ran = false;
    const auto one = tasks.add({.stop = stop.get_token()}, [&] { ran = true; });
    const auto other = tasks.add({.stop = stop.get_token()}, [&] { ran = true; });
    stop.request_stop();
    tasks.run();
    CHECK_FALSE(ran);
    CHECK(one.status() == task_status::cancelled);
    CHECK_THROWS_AS(other.get(), lathe::task_cancelled);
}

TEST_CASE("stop: a token that was asked before is a task that never runs", "[task]") {
    lathe::task_scheduler tasks{{.workers = 1}};
    std::stop_source stop;
    stop.request_stop();
    const auto one = tasks.add({.stop = stop.get_token()}, [] { return 1; });
    tasks.run();
    CHECK(one.status() == task_status::cancelled);
}

TEST_CASE("stop: asks a task that runs, and may outlive it", "[task][threads]") {
    std::stop_source stop;
    {
        lathe::task_scheduler tasks{{.workers = 1}};
        std::atomic<bool> runs = false;
        const auto asked = tasks.add({.stop = stop.get_token()}, [&](std::stop_token token) {
            runs = true;
            until_asked_to_stop(token);
            return 1;
        });
        const auto quick = tasks.add({.stop = stop.get_token()}, [] { return 2; });
        tasks.start();
        while (!runs)
            std::this_thread::yield();
        stop.request_stop();
        CHECK(asked.get() == 1); // it returned all the same
        quick.wait();
        CHECK(quick.status() == task_status::cancelled);
    }
    stop.request_stop(); // nobody is there any more
}

TEST_CASE("stop: cancels what is delayed or has dependencies, at once", "[task][threads]") {
    lathe::task_scheduler tasks{{.workers = 1}};
    std::stop_source stop;
    const auto delayed = tasks.add({.delay = 1h, .stop = stop.get_token()}, [] {});
    const auto never = tasks.add({.delay = 1h}, [] {});
    const auto waits = tasks.add({.after = {never}, .stop = stop.get_token()}, [] {});
    tasks.start();
    stop.request_stop();
    delayed.wait();
    waits.wait();
    CHECK(delayed.status() == task_status::cancelled);
    CHECK(waits.status() == task_status::cancelled);
    CHECK(never.status() == task_status::queued);
}

// ---- one thing and another -------------------------------------------------

TEST_CASE("task_options: priority and id, as options", "[task]") {
    lathe::task_scheduler tasks{{.workers = 1}};
    std::vector<std::string> order;
    tasks.post({.id = "low", .priority = lathe::priority::low}, [&] { order.emplace_back("low"); });
    tasks.post({.priority = lathe::priority{200}}, [&] { order.emplace_back("200"); });
    tasks.post([&] { order.emplace_back("normal"); });
    tasks.run(lathe::sequential{});
    CHECK(order == std::vector<std::string>{"200", "normal", "low"});
    CHECK(tasks.result("low").status == task_status::succeeded);
}

} // namespace
