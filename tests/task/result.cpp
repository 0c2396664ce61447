// SPDX-License-Identifier: MIT
#include <lathe/task/result.hpp> // first: proves that the header stands alone

#include <chrono>
#include <memory>
#include <stdexcept>
#include <string>
#include <type_traits>
#include <utility>
#include <vector>

#include <lathe/task/scheduler.hpp>

#include "support/catch.hpp"

namespace {

using lathe::task_status;
using namespace std::chrono_literals;

static_assert(std::is_copy_constructible_v<lathe::task_result> && std::is_move_constructible_v<lathe::task_result>);

std::vector<std::string> ids_of(const std::vector<lathe::task_result>& results) {
    std::vector<std::string> ids;
    for (const lathe::task_result& one : results)
        ids.emplace_back(one.id);
    return ids;
}
using strings = std::vector<std::string>;

TEST_CASE("task_result: has the value, and how it came about", "[task]") {
    lathe::task_scheduler tasks{{.workers = 1}};
    tasks.add("sum", [](int a, int b) { return a + b; }, 2, 3);
    tasks.add("none", [] {});
    tasks.run();
    const lathe::task_result sum = tasks.result("sum");
    CHECK(sum.id == "sum");
    CHECK(sum.status == task_status::succeeded);
    CHECK(sum.value<int>() == 5);
    CHECK(sum.exception == nullptr);
    CHECK(sum.attempts == 1);
    CHECK(sum.worker == 0);
    CHECK(sum.added <= sum.started);
    CHECK(sum.started <= sum.finished);
    CHECK(tasks.result("none").status == task_status::succeeded);
}

TEST_CASE("task_result: of what was not run yet", "[task]") {
    lathe::task_scheduler tasks{{.workers = 1}};
    tasks.add("later", [] { return 1; });
    const lathe::task_result later = tasks.result("later");
    CHECK(later.status == task_status::queued);
    CHECK(later.attempts == 0);
    CHECK(later.exception == nullptr);
    CHECK_THROWS_AS(later.value<int>(), lathe::task_error);
}

TEST_CASE("task_result: keeps its value, whatever becomes of the scheduler", "[task]") {
    lathe::task_result kept = [] {
        lathe::task_scheduler tasks{{.workers = 1}};
        tasks.add("list", [] { return std::vector{1, 2, 3}; });
        tasks.run();
        return tasks.result("list");
    }();
    CHECK(kept.value<std::vector<int>>() == std::vector{1, 2, 3});
    const lathe::task_result copy = kept;
    CHECK(&copy.value<std::vector<int>>() == &kept.value<std::vector<int>>()); // one value
}

TEST_CASE("task_result: another type than the task's is an error that names the task", "[task]") {
    lathe::task_scheduler tasks{{.workers = 1}};
    tasks.add("sum", [] { return 5; });
    tasks.add("none", [] {});
    tasks.run();
    CHECK_THROWS_WITH(tasks.result("sum").value<long>(), lathe_test::ContainsSubstring("sum"));
    CHECK_THROWS_AS(tasks.result("sum").value<std::string>(), lathe::task_error);
    CHECK_THROWS_AS(tasks.result("none").value<int>(), lathe::task_error);
}

TEST_CASE("task_result: a value that cannot be copied, and one by reference", "[task]") {
    static int somewhere = 4;
    lathe::task_scheduler tasks{{.workers = 1}};
    tasks.add("owner", [] { return std::make_unique<int>(3); });
    tasks.add("reference", []() -> int& { return somewhere; });
    tasks.run();
    const auto owner = tasks.result("owner");
    const auto reference = tasks.result("reference");
    CHECK(*owner.value<std::unique_ptr<int>>() == 3);
    CHECK(&reference.value<int&>() == &somewhere);
}

TEST_CASE("task_result: of a failed task rethrows what it threw", "[task]") {
    lathe::task_scheduler tasks{{.workers = 1}};
    tasks.add("bad", []() -> int { throw std::out_of_range("far"); });
    tasks.run();
    const lathe::task_result bad = tasks.result("bad");
    CHECK(bad.status == task_status::failed);
    CHECK_THROWS_AS(bad.value<int>(), std::out_of_range);
    CHECK_THROWS_AS(std::rethrow_exception(bad.exception), std::out_of_range);
}

TEST_CASE("task_result: of a cancelled task, and of one that came too late", "[task]") {
    lathe::task_scheduler tasks{{.workers = 1}};
    const auto cancelled = tasks.add("cancelled", [] { return 1; });
    tasks.add({.id = "late", .deadline = 0ns}, [] { return 1; });
    cancelled.cancel();
    tasks.run();
    CHECK(tasks.result("cancelled").status == task_status::cancelled);
    CHECK(tasks.result("cancelled").attempts == 0);
    CHECK_THROWS_AS(tasks.result("cancelled").value<int>(), lathe::task_cancelled);
    CHECK(tasks.result("late").status == task_status::timed_out);
    CHECK_THROWS_AS(tasks.result("late").value<int>(), lathe::task_timed_out);
}

TEST_CASE("results: those of tasks with an id, in the order of adding", "[task]") {
    lathe::task_scheduler tasks{{.workers = 1}};
    tasks.add({.id = "b", .priority = lathe::priority::low}, [] { return 1; });
    tasks.add([] { return 2; });
    tasks.add({.id = "a", .priority = lathe::priority::high}, [] { return 3; });
    tasks.post("c", [] {});
    CHECK(ids_of(tasks.results()) == strings{"b", "a", "c"});
    tasks.run();
    CHECK(ids_of(tasks.results()) == strings{"b", "a", "c"});
    CHECK(tasks.results()[1].value<int>() == 3);
    CHECK(tasks.result("c").status == task_status::succeeded);
}

TEST_CASE("result: an id that nobody has is an error that names it", "[task]") {
    lathe::task_scheduler tasks{{.workers = 1}};
    tasks.add("one", [] {});
    CHECK_THROWS_AS(tasks.result("other"), lathe::task_error);
    CHECK_THROWS_WITH(tasks.result("other"), lathe_test::ContainsSubstring("other"));
}

TEST_CASE("take_results: hands out what is done, whose ids are free again", "[task]") {
    lathe::task_scheduler tasks{{.workers = 1}};
    tasks.add("a", [] { return 1; });
    const auto b = tasks.add("b", [] { return 2; });
    tasks.run();
    tasks.add("later", [] {});
    const std::vector<lathe::task_result> taken = tasks.take_results();
    CHECK(ids_of(taken) == strings{"a", "b"});
    CHECK(taken[0].value<int>() == 1);
    CHECK(ids_of(tasks.results()) == strings{"later"});
    CHECK(tasks.take_results().empty());
    CHECK(b.get() == 2); // handles have theirs
    CHECK_THROWS_AS(tasks.result("a"), lathe::task_error);
    tasks.add("a", [] { return 10; });
    tasks.run();
    CHECK(tasks.result("a").value<int>() == 10);
    CHECK(taken[0].value<int>() == 1);
}

TEST_CASE("results: tasks without an id leave none", "[task]") {
    lathe::task_scheduler tasks{{.workers = 1}};
    for (int i = 0; i < 1000; ++i)
        tasks.add([] { return 1; });
    tasks.run();
    CHECK(tasks.results().empty());
    CHECK(tasks.take_results().empty());
}

} // namespace
