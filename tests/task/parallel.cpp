// SPDX-License-Identifier: MIT
#include <lathe/task/parallel.hpp>

#include <algorithm>
#include <array>
#include <atomic>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <latch>
#include <limits>
#include <list>
#include <memory>
#include <mutex>
#include <numeric>
#include <ranges>
#include <span>
#include <stdexcept>
#include <string>
#include <thread>
#include <type_traits>
#include <utility>
#include <vector>

#include "support/catch.hpp"

namespace {

using lathe::parallel_for;
using lathe::parallel_reduce;

// The result is of init's type, whatever the steps return.
static_assert(std::is_same_v<
              decltype(parallel_reduce(std::declval<lathe::task_scheduler&>(), 0, 9, 0.0, [](int i) { return i; })),
              double>);
// Any index types, but no characters or truth values.
template <class First, class Last>
concept takes_indices =
    requires(lathe::task_scheduler& tasks, First first, Last last) { parallel_for(tasks, first, last, [](auto) {}); };
static_assert(takes_indices<int, std::size_t> && takes_indices<signed char, long>);
static_assert(!takes_indices<char, char> && !takes_indices<bool, int> && !takes_indices<double, double>);

// How often each index came.
class visits {
public:
    explicit visits(std::size_t size) : m_counts(size) {}
    visits(const visits&) = delete; // and yet it may be an f
    visits& operator=(const visits&) = delete;
    void operator()(std::size_t index) const { m_counts[index].fetch_add(1, std::memory_order_relaxed); }
    [[nodiscard]] bool each_once() const {
        return std::ranges::all_of(m_counts, [](const auto& count) { return count == 1; });
    }

private:
    mutable std::vector<std::atomic<int>> m_counts;
};

TEST_CASE("parallel_for: calls f once for each index, whatever the size, the grain and the workers", "[task]") {
    const unsigned workers = GENERATE(0U, 1U, 3U);
    lathe::task_scheduler tasks{{.workers = std::max(workers, 1U)}};
    if (workers != 0) tasks.start(); // else the caller does it all
    for (const std::size_t size : {0UL, 1UL, 2UL, 511UL, 512UL, 513UL, 5000UL}) {
        for (const std::size_t grain : {0UL, 1UL, 7UL, 4999UL, std::numeric_limits<std::size_t>::max()}) {
            CAPTURE(size, grain);
            const visits seen(size);
            parallel_for(tasks, 0, size, seen, grain);
            CHECK(seen.each_once());
        }
    }
}

TEST_CASE("parallel_for: takes integers of all types up to their bounds", "[task]") {
    lathe::task_scheduler tasks{{.workers = 2}};
    tasks.start();
    std::atomic<long> sum = 0;
    std::atomic<long> count = 0;
    const auto add = [&](auto i) {
        sum += static_cast<long>(i);
        ++count;
    };
    using small = std::numeric_limits<std::int8_t>;
    parallel_for(tasks, small::min(), small::max(), add, 10);
    CHECK((sum == -255 && count == 255)); // -128 to 126
    using large = std::numeric_limits<std::uint64_t>;
    parallel_for(tasks, large::max() - 5, large::max(), [&](std::uint64_t i) { add(large::max() - i); }, 2);
    CHECK((sum == -255 + 15 && count == 260));
    using wide = std::numeric_limits<std::int64_t>;
    parallel_for(tasks, wide::min(), wide::max(), [&](std::int64_t, std::int64_t) { ++count; }, large::max());
    CHECK(count == 261); // one chunk
    parallel_for(tasks, short{-2}, 3L, [&](auto i) {
        static_assert(std::is_same_v<decltype(i), long>); // the type that holds both
        add(i);
    });
    CHECK((sum == -240 && count == 266));
}

TEST_CASE("parallel_for: does nothing if first is not less than last", "[task]") {
    lathe::task_scheduler tasks{{.workers = 2}};
    const auto never = [](auto) {
        throw std::logic_error("called");
    };
    parallel_for(tasks, 5, 5, never);
    parallel_for(tasks, 5, -5, never);
    parallel_for(tasks, 5U, -5, never);
    parallel_for(tasks, std::vector<int>(), never);
    CHECK(tasks.progress().added == 0);
}

TEST_CASE("parallel_for: says that indices of an unsigned type cannot begin below zero", "[task]") {
    lathe::task_scheduler tasks{{.workers = 2}};
    const auto never = [](auto) {
        throw std::logic_error("called");
    };
    CHECK_THROWS_MATCHES(parallel_for(tasks, -3, std::size_t{5}, never),
                         lathe::task_error,
                         lathe_test::Message("lathe::parallel_for: the first index is -3, but the last one is of an "
                                             "unsigned type, and so all are; make it a signed one"));
    CHECK_THROWS_AS(static_cast<void>(parallel_reduce(tasks, -3, 5U, 0, [](auto) { return 1; })), lathe::task_error);
}

TEST_CASE("parallel_for: goes over the elements of anything with random access and a size", "[task]") {
    lathe::task_scheduler tasks{{.workers = 2}};
    tasks.start();
    std::vector<int> numbers(1000, 1);
    parallel_for(tasks, numbers, [](int& number) { ++number; });
    parallel_for(tasks, std::span(numbers), [](int& number) { ++number; }, 1);
    parallel_for(tasks, std::ranges::subrange(numbers.begin() + 1, numbers.end()), [](int& number) { ++number; });
    CHECK(std::accumulate(numbers.begin(), numbers.end(), 0) == 3 + 999 * 4);
    std::atomic<int> sum = 0;
    parallel_for(tasks, std::as_const(numbers), [&](const int& number) { sum += number; });
    parallel_for(tasks, numbers | std::views::transform(std::negate{}), [&](int number) { sum += number; });
    CHECK(sum == 0);
    parallel_for(tasks, std::views::iota(1, 11), [&](int number) { sum += number; }, 3);
    CHECK(sum == 55);

    struct counter {
        void count() { ++calls; }
        int calls = 0;
    };
    std::array<counter, 9> counters;
    parallel_for(tasks, counters, &counter::count, 2);
    CHECK(std::ranges::all_of(counters, [](const counter& each) { return each.calls == 1; }));
}

TEST_CASE("parallel_for: gives whole chunks to an f that takes two bounds", "[task]") {
    lathe::task_scheduler tasks{{.workers = 2}};
    tasks.start();
    std::mutex mutex;
    std::vector<std::pair<int, int>> chunks;
    parallel_for(
        tasks,
        10,
        32,
        [&](int begin, int end) {
            const std::lock_guard lock(mutex);
            chunks.emplace_back(begin, end);
        },
        8);
    std::ranges::sort(chunks);
    CHECK(chunks == std::vector<std::pair<int, int>>{{10, 18}, {18, 26}, {26, 32}});

    std::vector<int> numbers(100);
    parallel_for(tasks, numbers, [](auto begin, auto end) { std::fill(begin, end, 7); }, 30);
    CHECK(std::ranges::count(numbers, 7) == 100);
}

TEST_CASE("parallel_for: the caller does all when the scheduler is not running, and leaves nothing behind", "[task]") {
    lathe::task_scheduler tasks{{.workers = 3}};
    const std::thread::id caller = std::this_thread::get_id();
    std::vector<std::thread::id> threads(100);
    parallel_for(tasks, 0, threads.size(), [&](std::size_t i) { threads[i] = std::this_thread::get_id(); });
    CHECK(std::ranges::count(threads, caller) == 100);
    tasks.run(lathe::sequential{});
    const lathe::task_progress progress = tasks.progress();
    CHECK((progress.queued == 0 && progress.running == 0 && progress.succeeded == 0));
    CHECK(progress.cancelled == progress.added); // helpers that came too late
}

TEST_CASE("parallel_for: the caller and a worker are at work at the same time", "[task]") {
    lathe::task_scheduler tasks{{.workers = 1}};
    tasks.start();
    std::latch both(2);
    parallel_for(tasks, 0, 2, [&](int) { both.arrive_and_wait(); }, 1); // one alone would wait for ever
    CHECK(both.try_wait());
}

TEST_CASE("parallel_for: loops in loops in tasks end, with few workers too", "[task]") {
    const unsigned workers = GENERATE(1U, 2U, 4U);
    lathe::task_scheduler tasks{{.workers = workers}};
    std::atomic<int> sum = 0;
    const auto loop = [&] {
        parallel_for(tasks, 0, 6, [&](int i) {
            parallel_for(tasks, 0, 5, [&, i](int j) {
                parallel_for(tasks, 0, 4, [&, i, j](int k) { sum += 100 * i + 10 * j + k; });
            });
        });
    };
    for (int i = 0; i < 10; ++i)
        tasks.post(loop);
    tasks.run(lathe::threaded{workers});
    CHECK(sum == 10 * (100 * 15 * 20 + 10 * 10 * 24 + 6 * 30));
    CHECK(tasks.progress().failed == 0);
    loop(); // from outside, and not running any more
    CHECK(sum == 11 * (100 * 15 * 20 + 10 * 10 * 24 + 6 * 30));
}

TEST_CASE("parallel_for: helps at the priority of the caller", "[task]") {
    lathe::task_scheduler tasks{{.workers = 2}};
    tasks.start();
    const auto priority_in_helper = [&] {
        std::latch both(2);
        std::atomic<int> found = -1;
        const std::thread::id caller = std::this_thread::get_id();
        parallel_for(
            tasks,
            0,
            2,
            [&](int) {
                both.arrive_and_wait();
                if (std::this_thread::get_id() != caller) found = static_cast<int>(lathe::this_task::priority());
            },
            1);
        return found.load();
    };
    CHECK(priority_in_helper() == static_cast<int>(lathe::priority::normal));
    CHECK(tasks.add({.priority = lathe::priority{200}}, priority_in_helper).get() == 200);
}

TEST_CASE("parallel_for: throws what a plain loop would, after all have left f", "[task]") {
    const unsigned workers = GENERATE(0U, 1U, 4U);
    lathe::task_scheduler tasks{{.workers = std::max(workers, 1U)}};
    if (workers != 0) tasks.start();
    for (int round = 0; round < 50; ++round) {
        std::atomic<int> inside = 0;
        std::atomic<int> begun = 0;
        const auto fail_from_20 = [&](int i) {
            ++begun;
            ++inside;
            std::this_thread::yield();
            --inside;
            if (i == 20) throw i; // derives from nothing
            if (i > 20) throw std::runtime_error(std::to_string(i));
        };
        try {
            parallel_for(tasks, 0, 1000, fail_from_20, 1);
            FAIL("no exception");
        } catch (int index) {
            CHECK(index == 20);
        }
        CHECK(inside == 0);
        CHECK(begun >= 21);
        CHECK(begun <= 21 + static_cast<int>(workers)); // each was in one chunk when the first failed
    }
}

TEST_CASE("parallel_for: of two exceptions that of the first index wins, whichever was thrown first", "[task]") {
    lathe::task_scheduler tasks{{.workers = 1}};
    tasks.start();
    const bool first_earlier = GENERATE(false, true);
    std::latch both(2);
    std::latch thrown(1);
    struct sentinel { // is destroyed when the exception has been thrown
        std::latch& thrown;
        ~sentinel() { thrown.count_down(); }
    };
    const auto fail = [&](int i) {
        both.arrive_and_wait();
        if ((i == 0) == first_earlier) {
            const sentinel tell{thrown};
            throw i;
        }
        thrown.wait();
        throw i;
    };
    try {
        parallel_for(tasks, 0, 2, fail, 1);
        FAIL("no exception");
    } catch (int index) {
        CHECK(index == 0);
    }
}

TEST_CASE("parallel_for: gives out no more chunks when the task that calls it is asked to stop", "[task]") {
    lathe::task_scheduler tasks{{.workers = 2}};
    std::atomic<int> begun = 0;
    std::atomic<bool> is_asked = false;
    std::stop_source stop;
    const auto ask_10th = [&](int) {
        const int number = ++begun;
        if (number == 10) {
            stop.request_stop();
            is_asked = true;
            is_asked.notify_all();
        } else if (number > 10) {
            is_asked.wait(false);
        }
    };
    const auto task = tasks.add({.stop = stop.get_token()}, [&] { parallel_for(tasks, 0, 1000, ask_10th, 1); });
    tasks.run(lathe::threaded{2});
    CHECK(task.status() == lathe::task_status::cancelled);
    CHECK(begun >= 10);
    CHECK(begun <= 12);
    CHECK_THROWS_AS(task.get(), lathe::task_cancelled);
}

TEST_CASE("parallel_for: f in a helper is not asked to stop when the caller has no more to do", "[task]") {
    lathe::task_scheduler tasks{{.workers = 2}};
    tasks.start();
    std::atomic<int> asked = 0;
    for (int round = 0; round < 200; ++round) {
        std::latch both(2);
        const auto look = [&](int i) {
            both.arrive_and_wait();
            for (int spin = 0; spin < 10 * i; ++spin) { // the other one is done meanwhile
                std::this_thread::yield();
                if (lathe::this_task::stop_requested()) ++asked;
            }
        };
        parallel_for(tasks, 0, 2, look, 1);
    }
    CHECK(asked == 0);
}

TEST_CASE("parallel_for: does without helpers that the scheduler does not take", "[task]") {
    lathe::task_scheduler tasks{{.workers = 4, .capacity = 2, .when_full = lathe::overflow_policy::reject}};
    const visits seen(1000);
    parallel_for(tasks, 0, 1000, seen);
    CHECK(seen.each_once());
    const lathe::task_progress progress = tasks.progress();
    CHECK((progress.added == 2 && progress.cancelled == 2));
}

// ---- parallel_reduce -------------------------------------------------------

TEST_CASE("parallel_reduce: combines in order, so that combine need not be commutative", "[task]") {
    const unsigned workers = GENERATE(0U, 1U, 3U);
    lathe::task_scheduler tasks{{.workers = std::max(workers, 1U)}};
    if (workers != 0) tasks.start();
    const auto text_of = [](int i) {
        return std::to_string(i) + ',';
    };
    for (const int size : {0, 1, 2, 511, 513, 2000}) {
        std::string expected = "from ";
        for (int i = 0; i < size; ++i)
            expected += text_of(i);
        for (const std::size_t grain : {0UL, 1UL, 7UL, 5000UL}) {
            CAPTURE(size, grain);
            CHECK(parallel_reduce(tasks, 0, size, std::string("from "), text_of, std::plus<>(), grain) == expected);
        }
    }
}

TEST_CASE("parallel_reduce: sums of floating-point numbers do not depend on the workers", "[task]") {
    const auto term = [](int i) {
        return 1.0 / (1.0 + static_cast<double>(i) * static_cast<double>(i));
    };
    const int size = 100'000;
    // As documented: chunks of a 512th of the steps, rounded up, each summed on its own.
    double expected = 0.5;
    const int grain = (size + 511) / 512;
    for (int begin = 0; begin < size; begin += grain) {
        double chunk = term(begin);
        for (int i = begin + 1; i < std::min(begin + grain, size); ++i)
            chunk += term(i);
        expected += chunk;
    }
    for (const unsigned workers : {0U, 1U, 2U, 5U}) {
        lathe::task_scheduler tasks{{.workers = std::max(workers, 1U)}};
        if (workers != 0) tasks.start();
        for (int i = 0; i < 5; ++i)
            CHECK(parallel_reduce(tasks, 0, size, 0.5, term) == expected); // every bit
    }
}

TEST_CASE("parallel_reduce: goes over ranges, with f a projection or a sum of its own", "[task]") {
    lathe::task_scheduler tasks{{.workers = 2}};
    tasks.start();
    struct leg {
        std::string to;
        int miles;
    };
    std::vector<leg> legs;
    for (int i = 1; i <= 1000; ++i)
        legs.push_back({std::to_string(i), i});
    CHECK(parallel_reduce(tasks, legs, 0L, &leg::miles) == 500'500);
    const auto sum = [](auto begin, auto end) {
        return std::accumulate(begin, end, 0L, [](long so_far, const leg& each) { return so_far + each.miles; });
    };
    CHECK(parallel_reduce(tasks, legs, 0L, sum, std::plus<>(), 64) == 500'500);
    const auto larger = [](int a, int b) {
        return std::max(a, b);
    };
    CHECK(parallel_reduce(tasks, legs, std::numeric_limits<int>::min(), &leg::miles, larger) == 1000);
    CHECK(parallel_reduce(tasks, std::vector<int>(), 5, std::identity()) == 5);
    CHECK(parallel_reduce(tasks, 0, 1000, true, [](int i) { return i < 999; }, std::logical_and<>()) == false);
    CHECK(parallel_reduce(tasks, 0, 1000, 7, [](int begin, int end) { return end - begin; }) == 1007);
}

TEST_CASE("parallel_reduce: values may be of types that only move, and have no default", "[task]") {
    lathe::task_scheduler tasks{{.workers = 2}};
    tasks.start();
    struct boxed {
        explicit boxed(int value) : box(std::make_unique<int>(value)) {}
        std::unique_ptr<int> box;
    };
    const auto merge = [](boxed left, boxed right) {
        return boxed(*left.box + *right.box);
    };
    const boxed sum = parallel_reduce(tasks, 0, 1000, boxed(1), [](int i) { return boxed(i); }, merge);
    CHECK(*sum.box == 499'501);
}

TEST_CASE("parallel_reduce: exceptions of f and of combine come through, and no value is lost", "[task]") {
    lathe::task_scheduler tasks{{.workers = 3}};
    tasks.start();
    static std::atomic<int> alive = 0;
    struct counted {
        explicit counted(int value) : number(value) { ++alive; }
        counted(const counted& other) : number(other.number) { ++alive; }
        counted& operator=(const counted&) = default;
        ~counted() { --alive; }
        int number;
    };
    const int bad = GENERATE(0, 1, 600, 999, 1000);
    const bool in_f = GENERATE(false, true);
    const auto value = [&](int i) {
        if (in_f && i == bad) throw std::range_error("f");
        return counted(i);
    };
    const auto last_of = [&](const counted& left, const counted& right) {
        if (!in_f && (left.number == bad || right.number == bad)) throw std::range_error("combine");
        return right;
    };
    const auto reduce = [&] {
        return parallel_reduce(tasks, 0, 1000, counted(-1), value, last_of).number;
    };
    if (bad == 1000) {
        CHECK(reduce() == 999);
    } else {
        CHECK_THROWS_MATCHES(reduce(), std::range_error, lathe_test::Message(in_f ? "f" : "combine"));
    }
    CHECK(alive == 0);
}

} // namespace
