// SPDX-License-Identifier: MIT
// Tasks that start when others have succeeded.
#include <lathe/task/scheduler.hpp> // first: proves that the header stands alone

#include <algorithm>
#include <atomic>
#include <chrono>
#include <cstddef>
#include <latch>
#include <random>
#include <stdexcept>
#include <string>
#include <vector>

#include "support/catch.hpp"
#include "support/seed.hpp"

namespace {

using lathe::task_status;
using lathe_test::ContainsSubstring;
using namespace std::chrono_literals;
using strings = std::vector<std::string>;

TEST_CASE("after: a task starts when those it names have succeeded, by id and by handle", "[task]") {
    lathe::task_scheduler tasks{{.workers = 1}};
    strings order;
    const std::string id = "b";
    const auto note = [&order](const char* name) {
        order.emplace_back(name);
    };
    tasks.add({.id = "d", .priority = lathe::priority::highest, .after = {id, "c"}}, note, "d"); // the ids come later
    const auto a = tasks.add({.priority = lathe::priority::lowest}, note, "a");
    tasks.add({.id = "b", .after = {a}}, note, "b");
    tasks.add({.id = "c", .priority = lathe::priority::low, .after = {a, "b"}}, note, "c");
    tasks.post({.after = {"d"}}, note, "e");
    tasks.run();
    CHECK(order == strings{"a", "b", "c", "d", "e"});
}

TEST_CASE("after: a diamond, whose end runs once", "[task][threads]") {
    lathe::task_scheduler tasks{{.workers = 3}};
    const auto top = tasks.add("top", [] { return 1; });
    const auto left = tasks.add({.after = {"top"}}, [&] { return top.get() + 10; });
    const auto right = tasks.add({.after = {top}}, [&] { return top.get() + 100; });
    std::atomic<int> ends = 0;
    const auto bottom = tasks.add({.after = {left, right}}, [&] {
        ++ends;
        return left.get() + right.get();
    });
    tasks.run();
    CHECK(bottom.get() == 112);
    CHECK(ends == 1);
}

TEST_CASE("after: the same one twice is one, and one that is over is no wait", "[task]") {
    lathe::task_scheduler tasks{{.workers = 1}};
    const auto first = tasks.add("first", [] { return 1; });
    const auto twice = tasks.add({.after = {first, "first", first}}, [] { return 2; });
    tasks.run();
    CHECK(twice.get() == 2);
    const auto later = tasks.add({.after = {"first", first}}, [] { return 3; });
    tasks.run();
    CHECK(later.get() == 3);
}

TEST_CASE("after: a task whose results are taken can be named by its handle still", "[task]") {
    lathe::task_scheduler tasks{{.workers = 1}};
    const auto first = tasks.add("first", [] {});
    tasks.run();
    tasks.take_results();
    const auto later = tasks.add({.after = {first}}, [] { return 1; });
    tasks.run();
    CHECK(later.get() == 1);
    tasks.add({.id = "lost", .after = {"first"}}, [] {});
    CHECK_THROWS_WITH(tasks.run(), ContainsSubstring("first"));
}

TEST_CASE("after: priorities order what is ready", "[task]") {
    lathe::task_scheduler tasks{{.workers = 1}};
    strings order;
    const auto first = tasks.add([] {});
    for (const char* name : {"low", "high", "also low", "also high"}) {
        const bool is_high = std::string(name).ends_with("high");
        tasks.add({.priority = is_high ? lathe::priority::high : lathe::priority::low, .after = {first}},
                  [&order, name] { order.emplace_back(name); });
    }
    tasks.run(lathe::sequential{});
    CHECK(order == strings{"high", "also high", "low", "also low"});
}

TEST_CASE("after: one that failed cancels those after it, and theirs", "[task]") {
    lathe::task_scheduler tasks{{.workers = 1}};
    bool ran = false;
    const auto mark = [&ran] {
        ran = true;
    };
    tasks.add("bad", [] { throw std::runtime_error("no"); });
    const auto gone = tasks.add("gone", mark);
    const auto one = tasks.add({.id = "one", .after = {"bad"}}, mark);
    const auto two = tasks.add({.id = "two", .after = {"one"}}, mark);
    const auto three = tasks.add({.after = {gone}}, mark);
    const auto other = tasks.add([] { return 1; });
    gone.cancel();
    tasks.run();
    CHECK_FALSE(ran);
    for (const auto& each : {one, two, three}) {
        CHECK(each.status() == task_status::cancelled);
        CHECK_THROWS_AS(each.get(), lathe::task_cancelled);
    }
    CHECK_THROWS_WITH(one.get(), ContainsSubstring("one") && ContainsSubstring("bad"));
    CHECK(other.get() == 1);
    const auto late = tasks.add({.after = {"bad"}}, mark); // it failed before this one was there
    tasks.run();
    CHECK(late.status() == task_status::cancelled);
    CHECK_FALSE(ran);
}

TEST_CASE("after: cancelling one that waits does not touch what it waits for", "[task]") {
    lathe::task_scheduler tasks{{.workers = 1}};
    const auto first = tasks.add([] { return 1; });
    const auto waits = tasks.add({.after = {first}}, [] { return 2; });
    CHECK(waits.cancel());
    tasks.run();
    CHECK(first.get() == 1);
    CHECK(waits.status() == task_status::cancelled);
}

TEST_CASE("run: an id that nobody has is an error that names both, before anything starts", "[task]") {
    lathe::task_scheduler tasks{{.workers = 1}};
    bool ran = false;
    tasks.add("fine", [&] { ran = true; });
    const auto report = tasks.add({.id = "report", .after = {"fine", "summm"}}, [] { return 1; });
    for (const auto& run : {0, 1}) {
        CHECK_THROWS_AS(run == 0 ? tasks.run() : tasks.run(lathe::sequential{}), lathe::task_error);
        CHECK_THROWS_WITH(tasks.run(), ContainsSubstring("report") && ContainsSubstring("summm"));
    }
    CHECK_FALSE(ran);
    CHECK(report.status() == task_status::queued); // nothing is lost: add it, and run again
    tasks.add("summm", [] {});
    tasks.run();
    CHECK(ran);
    CHECK(report.get() == 1);
}

TEST_CASE("run: a circle is an error that names those on it, before anything starts", "[task]") {
    lathe::task_scheduler tasks{{.workers = 1}};
    bool ran = false;
    const auto mark = [&ran] {
        ran = true;
    };
    tasks.add("fine", mark);
    tasks.add({.id = "alpha", .after = {"gamma", "fine"}}, mark);
    tasks.add({.id = "beta", .after = {"alpha"}}, mark);
    const auto gamma = tasks.add({.id = "gamma", .after = {"beta"}}, mark);
    tasks.add({.id = "outside", .after = {"gamma"}}, mark);
    CHECK_THROWS_AS(tasks.run(), lathe::task_error);
    CHECK_THROWS_WITH(tasks.run(),
                      ContainsSubstring("alpha") && ContainsSubstring("beta") && ContainsSubstring("gamma"));
    CHECK_THROWS_WITH(tasks.run(lathe::sequential{}), !ContainsSubstring("outside"));
    CHECK_FALSE(ran);
    gamma.cancel(); // is a way out
    tasks.run();
    CHECK(ran);
}

TEST_CASE("run: a task that waits for itself by its id is a circle", "[task]") {
    lathe::task_scheduler tasks{{.workers = 1}};
    tasks.add({.id = "narcissus", .after = {"narcissus"}}, [] {});
    CHECK_THROWS_WITH(tasks.run(), ContainsSubstring("narcissus"));
}

TEST_CASE("after: while a service runs, an id may come later", "[task][threads]") {
    lathe::task_scheduler tasks{{.workers = 1}};
    tasks.start();
    const auto waits = tasks.add({.id = "waits", .after = {"later"}}, [] { return 1; });
    CHECK(tasks.add([] { return 2; }).get() == 2);
    CHECK(waits.status() == task_status::queued);
    tasks.add("later", [] {});
    CHECK(waits.get() == 1);
    tasks.wait();
    const auto never = tasks.add({.id = "never", .after = {"nobody"}}, [] {});
    CHECK_THROWS_WITH(tasks.wait(), ContainsSubstring("never") && ContainsSubstring("nobody"));
    never.cancel();
    tasks.drain();
}

TEST_CASE("after: a task that tasks add may name ids, too", "[task]") {
    lathe::task_scheduler tasks{{.workers = 1}};
    strings order;
    tasks.add("first", [&] {
        order.emplace_back("first");
        tasks.add({.id = "third", .after = {"second"}}, [&] { order.emplace_back("third"); });
        tasks.add("second", [&] { order.emplace_back("second"); });
    });
    tasks.run();
    CHECK(order == strings{"first", "second", "third"});
    tasks.add("fourth", [&] { tasks.add({.id = "lost", .after = {"nobody"}}, [] {}); });
    CHECK_THROWS_WITH(tasks.run(), ContainsSubstring("lost") && ContainsSubstring("nobody"));
    CHECK(tasks.result("fourth").status == task_status::succeeded);
}

TEST_CASE("after: delays count from adding; retries come first", "[task]") {
    lathe::task_scheduler tasks{{.workers = 1}};
    tasks.add({.id = "first", .retries = 2, .backoff = {.first = 1us}}, [n = 0]() mutable {
        if (++n < 3) throw std::runtime_error("not yet");
    });
    tasks.add({.id = "second", .delay = 2ms, .after = {"first"}}, [] {});
    tasks.run();
    const lathe::task_result first = tasks.result("first");
    const lathe::task_result second = tasks.result("second");
    CHECK(first.attempts == 3);
    CHECK(second.status == task_status::succeeded);
    CHECK(second.started >= first.finished);
    CHECK(second.started - second.added >= 2ms);
}

TEST_CASE("after: a task of another scheduler, or of none, is an error, and nothing is added", "[task]") {
    lathe::task_scheduler one{{.workers = 1}};
    lathe::task_scheduler other{{.workers = 1}};
    const auto there = one.add([] { return 1; });
    CHECK_THROWS_AS(other.add({.id = "here", .after = {there}}, [] {}), lathe::task_error);
    CHECK_THROWS_AS(other.add({.id = "here", .after = {lathe::task_handle<int>()}}, [] {}), lathe::task_error);
    CHECK_THROWS_AS(other.add({.id = "here", .after = {""}}, [] {}), lathe::task_error);
    CHECK(other.progress().added == 0);
    other.add("here", [] {});
    other.run();
}

TEST_CASE("after: a random graph runs in an order that keeps it", "[task][threads]") {
    const std::uint64_t seed = lathe_test::seed_of_run();
    INFO("LATHE_SEED=" << seed);
    std::mt19937_64 random(seed);
    constexpr std::size_t count = 400;
    // Each waits for some that come before it in a random numbering, so there is no circle.
    std::vector<std::size_t> numbering(count);
    for (std::size_t i = 0; i < count; ++i)
        numbering[i] = i;
    std::shuffle(numbering.begin(), numbering.end(), random);
    std::vector<std::vector<std::size_t>> needs(count);
    for (std::size_t i = 1; i < count; ++i)
        for (std::uint64_t k = random() % 4; k > 0; --k)
            needs[numbering[i]].push_back(numbering[random() % i]);

    lathe::task_scheduler tasks{{.workers = 3}};
    std::vector<std::atomic<int>> runs(count);
    std::atomic<int> too_early = 0;
    for (std::size_t i = 0; i < count; ++i) {
        std::vector<lathe::dependency> after;
        for (const std::size_t need : needs[i])
            after.emplace_back(std::to_string(need));
        tasks.post({.id = std::to_string(i), .priority = lathe::priority(random() % 256), .after = after}, [&, i] {
            for (const std::size_t need : needs[i])
                if (runs[need] != 1) ++too_early;
            ++runs[i];
        });
    }
    tasks.run();
    CHECK(too_early == 0);
    CHECK(std::all_of(runs.begin(), runs.end(), [](const auto& n) { return n == 1; }));
}

} // namespace
