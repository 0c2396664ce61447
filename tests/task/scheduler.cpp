// SPDX-License-Identifier: MIT
// Forms of adding, order, errors, ways of running. What tasks wait for is in scheduler_dependencies.cpp, the scheduler
// as a service in scheduler_service.cpp, what single options do in options.cpp.
#include <lathe/task/scheduler.hpp> // first: proves that the header stands alone

#include <algorithm>
#include <array>
#include <atomic>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <random>
#include <ranges>
#include <stdexcept>
#include <stop_token>
#include <string>
#include <thread>
#include <type_traits>
#include <utility>
#include <vector>

#include <lathe/core/concepts.hpp>
#include <lathe/task/this_task.hpp>

#include "support/catch.hpp"
#include "support/seed.hpp"

namespace {

using lathe::task_handle;
using lathe::task_status;

static_assert(std::is_default_constructible_v<lathe::task_scheduler>);
static_assert(!std::is_copy_constructible_v<lathe::task_scheduler> &&
              !std::is_move_constructible_v<lathe::task_scheduler>);
static_assert(!std::is_convertible_v<lathe::scheduler_options, lathe::task_scheduler>);
static_assert(std::is_same_v<lathe::task_scheduler, lathe::basic_task_scheduler<lathe::null_observer>>);

// ---- forms of adding -------------------------------------------------------

TEST_CASE("add: a callable and its arguments, with an id or with options", "[task]") {
    lathe::task_scheduler tasks{{.workers = 2}};
    const auto sum = [](int a, int b) {
        return a + b;
    };
    const auto plain = tasks.add(sum, 1, 2);
    const auto named = tasks.add("named", sum, 3, 4);
    const auto text = tasks.add(std::string("text"), sum, 5, 6);
    const auto with = tasks.add(lathe::task_options{.id = "options", .retries = 1}, sum, 7, 8);
    const auto braces = tasks.add({.id = "braces"}, sum, 9, 10);
    const auto empty = tasks.add({}, sum, 11, 12);
    static_assert(std::is_same_v<decltype(plain), const task_handle<int>>);
    static_assert(std::is_same_v<decltype(braces), const task_handle<int>>);
    static_assert(std::is_void_v<decltype(tasks.post(sum, 1, 2))>);
    tasks.run();
    CHECK(plain.get() == 3);
    CHECK(named.get() == 7);
    CHECK(text.get() == 11);
    CHECK(with.get() == 15);
    CHECK(braces.get() == 19);
    CHECK(empty.get() == 23);
    CHECK(tasks.result("braces").value<int>() == 19);
    CHECK(tasks.results().size() == 4);
}

TEST_CASE("post: the same forms, without a handle", "[task]") {
    lathe::task_scheduler tasks{{.workers = 1}};
    int sum = 0;
    const auto add_to = [&sum](int number) {
        return sum += number;
    };
    tasks.post(add_to, 1);
    tasks.post("named", add_to, 10);
    tasks.post({.id = "options"}, add_to, 100);
    tasks.post(lathe::task_options{}, add_to, 1000);
    tasks.run();
    CHECK(sum == 1111);
    CHECK(tasks.result("named").status == task_status::succeeded);
    CHECK(tasks.results().size() == 2);
}

int free_function(int number) {
    return number + 1;
}
struct counter {
    int value = 0;
    int add(int number) { return value += number; }
};

TEST_CASE("add: whatever std::invoke can call", "[task]") {
    lathe::task_scheduler tasks{{.workers = 1}};
    counter one;
    auto shared = std::make_shared<counter>();
    int seen = 0;
    const auto function = tasks.add(free_function, 1);
    const auto pointer = tasks.add(&free_function, 2);
    const auto member = tasks.add(&counter::add, &one, 5);
    const auto by_owner = tasks.add(&counter::add, shared, 6);
    const auto erased = tasks.add(std::function<int()>([] { return 7; }));
    const auto has_state = tasks.add([n = 0]() mutable { return ++n; });
    const auto by_reference = tasks.add([](int& where) { where = 8; }, std::ref(seen));
    const auto generic = tasks.add([](auto... all) { return sizeof...(all); }, 1, 2, 3);
    tasks.run();
    CHECK(function.get() == 2);
    CHECK(pointer.get() == 3);
    CHECK(member.get() == 5);
    CHECK(one.value == 5);
    CHECK(by_owner.get() == 6);
    CHECK(erased.get() == 7);
    CHECK(has_state.get() == 1);
    by_reference.get();
    CHECK(seen == 8);
    CHECK(generic.get() == 4); // it can take a stop token as well, and so it gets one, as from std::jthread
}

TEST_CASE("add: the callable may take a stop token first", "[task]") {
    lathe::task_scheduler tasks{{.workers = 1}};
    const auto alone = tasks.add([](std::stop_token stop) { return stop.stop_requested(); });
    const auto with = tasks.add([](const std::stop_token& stop, int n) { return stop.stop_requested() ? -1 : n; }, 4);
    tasks.run();
    CHECK_FALSE(alone.get());
    CHECK(with.get() == 4);
}

TEST_CASE("add: callables, arguments and results that can only be moved", "[task]") {
    lathe::task_scheduler tasks{{.workers = 1}};
    const auto callable = tasks.add([owned = std::make_unique<int>(1)] { return *owned; });
    const auto argument =
        tasks.add([](std::unique_ptr<int> given, int more) { return *given + more; }, std::make_unique<int>(2), 3);
    auto result = tasks.add([](int n) { return std::make_unique<int>(n); }, 4);
    tasks.post([owned = std::make_unique<int>(1)] {});
    tasks.run();
    CHECK(callable.get() == 1);
    CHECK(argument.get() == 5);
    CHECK(*result.get() == 4);
    const std::unique_ptr<int> taken = std::move(result).get();
    CHECK(*taken == 4);
}

struct alignas(64) large {
    std::array<int, 100> numbers{};
};
bool is_aligned(const large& one) {
    return reinterpret_cast<std::uintptr_t>(&one) % alignof(large) == 0;
}

TEST_CASE("add: arguments are copies; large and aligned ones arrive as well", "[task]") {
    lathe::task_scheduler tasks{{.workers = 1}};
    large some;
    some.numbers[99] = 9;
    std::string text = "as it was when the task was added";
    const auto seen = tasks.add([](const large& given) { return is_aligned(given) ? given.numbers[99] : -1; }, some);
    const auto copy = tasks.add([](const std::string& given) { return given; }, text);
    const auto result = tasks.add([some] { return some; });
    some.numbers[99] = 0;
    text = "changed";
    tasks.run();
    CHECK(seen.get() == 9);
    CHECK(copy.get() == "as it was when the task was added");
    CHECK(result.get().numbers[99] == 9);
    CHECK(is_aligned(result.get()));
}

struct throws_when_copied {
    throws_when_copied() = default;
    throws_when_copied(const throws_when_copied&) { throw std::runtime_error("copied"); }
    int operator()() const { return 1; }
};

TEST_CASE("add: a copy that throws leaves all as it was", "[task]") {
    lathe::task_scheduler tasks{{.workers = 1}};
    const throws_when_copied bad;
    CHECK_THROWS_WITH(tasks.add(bad), "copied");
    CHECK_THROWS_WITH(tasks.add("id", bad), "copied");
    CHECK_THROWS_WITH(tasks.add({.id = "id", .delay = std::chrono::hours(1)}, bad), "copied");
    CHECK_THROWS_WITH(tasks.post([](const throws_when_copied&) {}, bad), "copied");
    CHECK_THROWS_AS(tasks.result("id"), lathe::task_error);
    CHECK(tasks.progress().added == 0);
    CHECK(tasks.progress().queued == 0);
    const auto good = tasks.add("id", [] { return 1; }); // the id is free
    tasks.run();
    CHECK(good.get() == 1);
}

TEST_CASE("add: an id that is taken is an error that names it, and changes nothing", "[task]") {
    lathe::task_scheduler tasks{{.workers = 1}};
    int runs = 0;
    const auto first = tasks.add("same", [&] { return ++runs; });
    CHECK_THROWS_AS(tasks.add("same", [&] { return ++runs; }), lathe::task_error);
    CHECK_THROWS_WITH(tasks.post({.id = "same"}, [&] { ++runs; }), lathe_test::ContainsSubstring("same"));
    CHECK(tasks.progress().added == 1);
    tasks.run();
    CHECK_THROWS_AS(tasks.add("same", [&] { return ++runs; }), lathe::task_error); // its result is there
    CHECK(runs == 1);
    CHECK(first.get() == 1);
    CHECK(tasks.result("same").value<int>() == 1);
}

TEST_CASE("add: closures go when their task is over, whether it ran or not", "[task]") {
    const auto owned = std::make_shared<int>(1);
    task_handle<int> ran;
    task_handle<void> cancelled;
    {
        lathe::task_scheduler tasks{{.workers = 1}};
        ran = tasks.add([owned] { return *owned; });
        cancelled = tasks.add([owned] {});
        tasks.post([owned, large = std::array<char, 1000>{}] { return large[0]; });
        tasks.add([owned] { throw std::runtime_error("no"); });
        cancelled.cancel();
        CHECK(owned.use_count() > 1);
        tasks.run();
        CHECK(owned.use_count() == 1);
        tasks.post([owned] {});
        tasks.add([owned] {});
        tasks.add({.id = "x", .delay = std::chrono::hours(1)}, [owned] {});
    }
    CHECK(owned.use_count() == 1);
    CHECK(ran.get() == 1);
}

// ---- many at a time --------------------------------------------------------

TEST_CASE("add_range: a task for each element", "[task]") {
    lathe::task_scheduler tasks{{.workers = 2}};
    const std::vector<std::string> words{"a", "bb", "ccc"};
    const auto sizes = tasks.add_range(words, [](const std::string& word) { return word.size(); });
    const auto squares = tasks.add_range(std::views::iota(0, 1000), [](int n) { return n * n; });
    const auto of_options = tasks.add_range(
        {.priority = lathe::priority{9}}, words, [](const std::string&) { return lathe::this_task::priority(); });
    CHECK(tasks.add_range(std::vector<int>(), [](int n) { return n; }).empty());
    static_assert(std::is_same_v<decltype(sizes), const std::vector<task_handle<std::size_t>>>);
    tasks.run();
    REQUIRE(sizes.size() == 3);
    for (std::size_t i = 0; i < 3; ++i)
        CHECK(sizes[i].get() == i + 1);
    REQUIRE(squares.size() == 1000);
    for (int i = 0; i < 1000; ++i)
        REQUIRE(squares[static_cast<std::size_t>(i)].get() == i * i);
    for (const auto& one : of_options)
        CHECK(one.get() == lathe::priority{9});
}

TEST_CASE("add_range: a range of callables", "[task]") {
    lathe::task_scheduler tasks{{.workers = 1}};
    std::vector<std::function<int()>> work;
    for (int i = 0; i < 5; ++i)
        work.emplace_back([i] { return i; });
    const auto handles = tasks.add_range(work);
    const auto later = tasks.add_range({.priority = lathe::priority::low}, work);
    tasks.run();
    for (std::size_t i = 0; i < 5; ++i) {
        CHECK(handles[i].get() == static_cast<int>(i));
        CHECK(later[i].get() == static_cast<int>(i));
    }
}

TEST_CASE("post_range: in order, among equals and by priority", "[task]") {
    lathe::task_scheduler tasks{{.workers = 1}};
    std::vector<int> order;
    const auto note = [&order](int n) {
        order.push_back(n);
    };
    tasks.post_range({.priority = lathe::priority::low}, std::vector{5, 6}, note);
    tasks.post_range(std::views::iota(0, 3), note);
    tasks.post(note, 3);
    tasks.post_range(std::vector<std::function<void()>>{[&] {
        note(4);
    }});
    tasks.run(lathe::sequential{});
    CHECK(order == std::vector{0, 1, 2, 3, 4, 5, 6});
    CHECK(tasks.progress().added == 7);
}

TEST_CASE("add_range: options that are for one task only are an error", "[task]") {
    lathe::task_scheduler tasks{{.workers = 1}};
    const std::vector numbers{1, 2};
    const auto same = [](int n) {
        return n;
    };
    CHECK_THROWS_WITH(
        tasks.add_range({.id = "all"}, numbers, same),
        "lathe::task_scheduler::add_range: task 'all' would be many tasks, and an id is that of one; leave "
        "it out");
    CHECK_THROWS_WITH(tasks.post_range({.period = std::chrono::seconds(1)}, numbers, same),
                      "lathe::task_scheduler::post_range: the tasks of a range cannot have a period; add each with its "
                      "own");
    CHECK(tasks.progress().added == 0);
}

// ---- order -----------------------------------------------------------------

// Priorities at random, and what should be run when, by a plain sort.
void check_order_of_queued(const std::function<void(lathe::task_scheduler&)>& run) {
    const std::uint64_t seed = lathe_test::seed_of_run();
    INFO("LATHE_SEED=" << seed);
    std::mt19937_64 random(seed);
    struct job {
        int priority;
        int number;
    };
    lathe::task_scheduler tasks{{.workers = 1}};
    std::vector<job> jobs;
    std::vector<int> order;
    for (int i = 0; i < 5000; ++i) {
        const int few = static_cast<int>(random() % 4) * 80;
        const int priority = random() % 2 == 0 ? few : static_cast<int>(random() % 256);
        jobs.push_back({priority, i});
        const lathe::task_options options{.priority = lathe::priority(priority)};
        if (i % 3 == 0) {
            tasks.add(options, [&order, i] { order.push_back(i); });
        } else {
            tasks.post(options, [&order, i] { order.push_back(i); });
        }
    }
    std::sort(jobs.begin(), jobs.end(), [](const job& a, const job& b) {
        return a.priority != b.priority ? a.priority > b.priority : a.number < b.number;
    });
    std::vector<int> expected;
    for (const job& one : jobs)
        expected.push_back(one.number);
    run(tasks);
    CHECK(order == expected);
}

TEST_CASE("run: by priority, and in order of adding among equals, with one worker", "[task]") {
    check_order_of_queued([](lathe::task_scheduler& tasks) { tasks.run(); });
    check_order_of_queued([](lathe::task_scheduler& tasks) { tasks.run(lathe::sequential{}); });
    check_order_of_queued([](lathe::task_scheduler& tasks) { tasks.run(lathe::threaded{1}); });
    check_order_of_queued([](lathe::task_scheduler& tasks) {
        tasks.start();
        tasks.drain();
    });
}

// Tasks that add tasks: the order is that of one list, of which the next is the first of the highest priority.
class family {
public:
    explicit family(std::uint64_t seed) : m_random(seed) {
        for (int i = 0; i < 20; ++i)
            m_roots.push_back(make(0));
    }

    std::vector<int> order_by_hand() const {
        std::vector<const member*> waiting;
        for (const auto& one : m_roots)
            waiting.push_back(one.get());
        std::vector<int> order;
        while (!waiting.empty()) {
            const auto next = std::max_element(waiting.begin(), waiting.end(), [](const member* a, const member* b) {
                return a->priority < b->priority; // the first of the highest
            });
            const member* const one = *next;
            waiting.erase(next);
            order.push_back(one->number);
            for (const auto& child : one->children)
                waiting.push_back(child.get());
        }
        return order;
    }
    std::vector<int> order_of(lathe::task_scheduler& tasks, const std::function<void()>& run) const {
        std::vector<int> order;
        for (const auto& one : m_roots)
            post(tasks, *one, order);
        run();
        return order;
    }

private:
    struct member {
        int number;
        int priority;
        std::vector<std::unique_ptr<member>> children;
    };
    std::unique_ptr<member> make(int depth) {
        auto made = std::make_unique<member>();
        made->number = m_count++;
        made->priority = static_cast<int>(m_random() % 4) * 60;
        for (std::uint64_t i = m_random() % 5; depth < 4 && i > 0; --i)
            made->children.push_back(make(depth + 1));
        return made;
    }
    static void post(lathe::task_scheduler& tasks, const member& one, std::vector<int>& order) {
        tasks.post({.priority = lathe::priority(one.priority)}, [&tasks, &one, &order] {
            order.push_back(one.number);
            for (const auto& child : one.children)
                post(tasks, *child, order);
        });
    }

    std::mt19937_64 m_random;
    int m_count = 0;
    std::vector<std::unique_ptr<member>> m_roots{};
};

TEST_CASE("run: what tasks add takes its place in the order, with one worker", "[task]") {
    const std::uint64_t seed = lathe_test::seed_of_run();
    INFO("LATHE_SEED=" << seed);
    const family all(seed);
    const std::vector<int> expected = all.order_by_hand();
    lathe::task_scheduler tasks{{.workers = 1}};
    CHECK(all.order_of(tasks, [&] { tasks.run(); }) == expected);
    CHECK(all.order_of(tasks, [&] { tasks.run(lathe::sequential{}); }) == expected);
    CHECK(all.order_of(tasks, [&] {
        tasks.start();
        tasks.drain();
    }) == expected);
}

TEST_CASE("run: an urgent task that comes while others run is the next", "[task]") {
    lathe::task_scheduler tasks{{.workers = 1}};
    std::vector<std::string> order;
    tasks.post([&] {
        order.emplace_back("first");
        tasks.post({.priority = lathe::priority::highest}, [&] { order.emplace_back("urgent"); });
    });
    for (int i = 0; i < 100; ++i)
        tasks.post([&] { order.emplace_back("other"); });
    tasks.run();
    REQUIRE(order.size() == 102);
    CHECK(order[1] == "urgent");
}

// ---- running ---------------------------------------------------------------

TEST_CASE("run: every strategy runs all tasks, and the scheduler can be used again", "[task][threads]") {
    lathe::task_scheduler tasks{{.workers = 2}};
    std::atomic<int> ran = 0;
    const auto fill = [&] {
        for (int i = 0; i < 1000; ++i)
            tasks.post([&ran] { ++ran; });
    };
    tasks.run(); // nothing to do
    fill();
    tasks.run();
    CHECK(ran == 1000);
    fill();
    tasks.run(lathe::sequential{});
    CHECK(ran == 2000);
    fill();
    tasks.run(lathe::threaded{3});
    CHECK(ran == 3000);
    fill();
    tasks.run(lathe::threaded{});
    CHECK(ran == 4000);
    CHECK(tasks.progress().succeeded == 4000);
}

TEST_CASE("run: sequential is in the caller's thread, threaded is not", "[task]") {
    lathe::task_scheduler tasks{{.workers = 2}};
    auto where = tasks.add([] { return std::this_thread::get_id(); });
    tasks.run(lathe::sequential{});
    CHECK(where.get() == std::this_thread::get_id());
    where = tasks.add([] { return std::this_thread::get_id(); });
    tasks.run(lathe::threaded{1});
    CHECK(where.get() != std::this_thread::get_id());
}

TEST_CASE("run: tasks that tasks add belong to the same run", "[task][threads]") {
    lathe::task_scheduler tasks{{.workers = 2}};
    std::atomic<int> ran = 0;
    std::function<void(int)> grow = [&](int depth) {
        ++ran;
        for (int i = 0; depth > 0 && i < 2; ++i)
            tasks.post(std::ref(grow), depth - 1);
    };
    tasks.post(std::ref(grow), 9);
    tasks.run();
    CHECK(ran == 1023);
    tasks.post(std::ref(grow), 9);
    tasks.run(lathe::sequential{});
    CHECK(ran == 2046);
}

TEST_CASE("run: within a task, or after start, it is an error", "[task]") {
    lathe::task_scheduler tasks{{.workers = 1}};
    const auto inner = tasks.add([&] { tasks.run(); });
    const auto waits = tasks.add([&] { tasks.wait(); });
    const auto other = tasks.add([] { return 1; });
    tasks.run();
    CHECK_THROWS_AS(inner.get(), lathe::task_error);
    CHECK_THROWS_AS(waits.get(), lathe::task_error);
    CHECK(other.get() == 1);
    tasks.start();
    CHECK_THROWS_AS(tasks.run(), lathe::task_error);
    CHECK_THROWS_AS(tasks.run(lathe::sequential{}), lathe::task_error);
    tasks.stop();
    tasks.run();
}

TEST_CASE("run: a task may have a scheduler of its own", "[task][threads]") {
    lathe::task_scheduler tasks{{.workers = 1}};
    const auto outer = tasks.add([] {
        lathe::task_scheduler own{{.workers = 2}};
        const auto inner = own.add([] { return 1; });
        own.run();
        return inner.get() + own.add([] { return 2; }).get(); // the last one in this thread
    });
    tasks.run();
    CHECK(outer.get() == 3);
}

TEST_CASE("workers: as many as are asked for, and else as the machine has processors", "[task]") {
    CHECK(lathe::task_scheduler{{.workers = 3}}.workers() == 3);
    CHECK(lathe::task_scheduler{}.workers() >= 1);
}

// ---- errors ----------------------------------------------------------------

TEST_CASE("run: an exception ends its task and no other, of whatever type it is", "[task][threads]") {
    const auto way = GENERATE(0, 1);
    lathe::task_scheduler tasks{{.workers = 2}};
    const auto standard = tasks.add("standard", [] { throw std::out_of_range("far"); });
    const auto number = tasks.add("number", []() -> int { throw 7; });
    const auto text = tasks.add([] { throw "text"; });
    tasks.post([] { throw std::runtime_error("nobody will know"); });
    tasks.post([] { throw 8; });
    std::atomic<int> ran = 0;
    for (int i = 0; i < 100; ++i)
        tasks.post([&] { ++ran; });
    if (way == 0) tasks.run(lathe::sequential{});
    if (way == 1) tasks.run();
    CHECK(ran == 100);
    CHECK_THROWS_AS(standard.get(), std::out_of_range);
    CHECK_THROWS_AS(standard.get(), std::out_of_range); // each time
    CHECK_THROWS_AS(number.get(), int);
    CHECK_THROWS_AS(text.get(), const char*);
    CHECK(standard.status() == task_status::failed);
    CHECK(standard.exception() != nullptr);
    CHECK(tasks.result("number").status == task_status::failed);
    CHECK(tasks.progress().failed == 5);
    CHECK(tasks.progress().succeeded == 100);
}

} // namespace
