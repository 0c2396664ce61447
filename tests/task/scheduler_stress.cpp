// SPDX-License-Identifier: MIT
// Threads that add, cancel, pause, stop and destroy at random, with every value checked.
#include <lathe/task/scheduler.hpp>

#include <array>
#include <atomic>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <mutex>
#include <random>
#include <stdexcept>
#include <stop_token>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include <lathe/task/this_task.hpp>

#include "support/catch.hpp"
#include "support/seed.hpp"
#include "support/stress.hpp"
#include "support/threads.hpp"

using namespace std::chrono_literals;

namespace {

using lathe::task_status;

constexpr std::size_t threads = 4;

// How often each task ran.
class runs {
public:
    explicit runs(std::size_t count) : m_counts(count) {}
    void note(std::size_t task) { m_counts[task].fetch_add(1, std::memory_order_relaxed); }
    [[nodiscard]] unsigned of(std::size_t task) const { return m_counts[task].load(std::memory_order_relaxed); }

private:
    std::vector<std::atomic<unsigned char>> m_counts;
};

// A number that follows from another, and can be told from others.
constexpr std::uint64_t value_of(std::uint64_t number) {
    return number * 0x9e3779b97f4a7c15U + 1;
}

// What is destroyed with its task: none may be left.
class token {
public:
    token() { alive.fetch_add(1, std::memory_order_relaxed); }
    token(const token& /*other*/) : token() {}
    token(token&& /*other*/) noexcept : token() {}
    token& operator=(const token&) = default;
    token& operator=(token&&) = default;
    ~token() { alive.fetch_sub(1, std::memory_order_relaxed); }
    static inline std::atomic<long> alive = 0;
};

// A service that any thread may switch on and off.
class switched {
public:
    explicit switched(lathe::task_scheduler& tasks) : m_tasks(tasks) {}
    void on() {
        const std::lock_guard lock(m_mutex);
        if (!std::exchange(m_is_on, true)) m_tasks.start();
    }
    void off() {
        const std::lock_guard lock(m_mutex);
        if (std::exchange(m_is_on, false)) m_tasks.stop();
    }

private:
    lathe::task_scheduler& m_tasks;
    std::mutex m_mutex;
    bool m_is_on = false;
};

TEST_CASE("scheduler: threads that add, post, cancel, pause and stop at random lose no task and run none twice",
          "[task][stress]") {
    const std::uint64_t seed = lathe_test::seed_of_run();
    INFO("LATHE_SEED=" << seed);
    const std::size_t each_adds = lathe_test::rounds(1'000'000) / threads;
    const std::size_t count = each_adds * threads;
    struct kept {
        std::size_t number = 0;
        bool was_cancelled = false;
        lathe::task_handle<std::uint64_t> task;
    };
    runs ran(count);
    std::array<std::vector<kept>, threads> all_kept;
    std::atomic<std::size_t> cancelled = 0;
    {
        lathe::task_scheduler tasks{{.workers = 2}};
        switched service(tasks);
        lathe_test::in_threads(threads, [&](std::size_t index) {
            std::mt19937_64 random(seed + index);
            std::vector<kept>& mine = all_kept[index];
            std::size_t cancelled_here = 0;
            const auto cancel = [&](kept& one) {
                if (!one.was_cancelled && one.task.cancel()) {
                    one.was_cancelled = true;
                    ++cancelled_here;
                }
            };
            for (std::size_t i = 0; i < each_adds; ++i) {
                const std::uint64_t bits = random();
                const std::size_t number = index * each_adds + i;
                const auto priority = static_cast<lathe::priority>(bits >> 56);
                const auto work = [&ran, number, held = token()] {
                    ran.note(number);
                    return value_of(number);
                };
                switch (bits % 8) {
                case 0:
                case 1:
                case 2:
                    mine.push_back({number, false, tasks.add({.priority = priority}, work)});
                    break;
                case 3:
                    mine.push_back({number, false, tasks.add(work)});
                    cancel(mine.back());
                    break;
                case 4:
                    tasks.add(work); // the handle is dropped
                    break;
                default:
                    tasks.post({.priority = priority}, work);
                    break;
                }
                if ((bits >> 8) % 64 == 0 && !mine.empty()) cancel(mine[(bits >> 20) % mine.size()]);
                if ((bits >> 8) % 4096 == 1) tasks.pause();
                if ((bits >> 8) % 1024 == 2) tasks.resume();
                if ((bits >> 8) % 4096 == 3) service.off();
                if ((bits >> 8) % 1024 == 4) service.on();
            }
            cancelled += cancelled_here;
        });
        tasks.resume();
        service.on();
        tasks.wait();
        const lathe::task_progress progress = tasks.progress();
        CHECK(progress.added == count);
        CHECK(progress.succeeded == count - cancelled);
        CHECK(progress.cancelled == cancelled);
        CHECK(progress.failed == 0);
        CHECK(progress.queued == 0);
        CHECK(progress.running == 0);
    }
    std::size_t wrong = 0;
    std::size_t not_run = 0;
    for (std::vector<kept>& mine : all_kept) {
        for (const kept& each : mine) { // their scheduler is gone
            const task_status expected = each.was_cancelled ? task_status::cancelled : task_status::succeeded;
            if (each.task.status() != expected) ++wrong;
            if (!each.was_cancelled && each.task.get() != value_of(each.number)) ++wrong;
            if (ran.of(each.number) != (each.was_cancelled ? 0 : 1)) ++wrong;
        }
        mine.clear();
    }
    for (std::size_t i = 0; i < count; ++i) {
        if (ran.of(i) > 1) ++wrong;
        if (ran.of(i) == 0) ++not_run;
    }
    CHECK(wrong == 0);
    CHECK(not_run == cancelled);
    CHECK(token::alive == 0);
}

// ---- exceptions ------------------------------------------------------------

struct unlike_any_other {
    std::size_t number;
};

// Every 7th fails, by one of five types.
std::size_t fail_every_7th(std::size_t number) {
    if (number % 7 != 0) return value_of(number);
    switch (number / 7 % 5) {
    case 0:
        throw std::runtime_error(std::to_string(number));
    case 1:
        throw unlike_any_other{number};
    case 2:
        throw static_cast<int>(number);
    case 3:
        throw lathe::error(std::to_string(number));
    default:
        throw std::make_unique<std::size_t>(number);
    }
}

// The number of the task, if what it threw is what it should have thrown.
std::size_t number_in(const lathe::task_handle<std::size_t>& task) {
    try {
        return task.get();
    } catch (const lathe::error& thrown) {
        return std::stoul(thrown.what()) / 7 % 5 == 3 ? std::stoul(thrown.what()) : 0;
    } catch (const std::runtime_error& thrown) {
        return std::stoul(thrown.what()) / 7 % 5 == 0 ? std::stoul(thrown.what()) : 0;
    } catch (const unlike_any_other& thrown) {
        return thrown.number / 7 % 5 == 1 ? thrown.number : 0;
    } catch (int thrown) {
        return thrown / 7 % 5 == 2 ? static_cast<std::size_t>(thrown) : 0;
    } catch (const std::unique_ptr<std::size_t>& thrown) {
        return *thrown / 7 % 5 == 4 ? *thrown : 0;
    }
}

TEST_CASE("scheduler: exceptions of several types from every 7th task hurt no other", "[task][stress]") {
    const std::size_t count = lathe_test::rounds(100'000);
    std::vector<lathe::task_handle<std::size_t>> added;
    {
        lathe::task_scheduler tasks{{.workers = 4}};
        tasks.start();
        for (std::size_t i = 1; i <= count; ++i) {
            added.push_back(tasks.add(fail_every_7th, i));
            tasks.post(fail_every_7th, i);
        }
        tasks.wait();
        const lathe::task_progress progress = tasks.progress();
        CHECK(progress.failed == 2 * (count / 7));
        CHECK(progress.succeeded + progress.failed == 2 * count);
    } // all threads have ended, so that nobody else holds the exceptions
    std::size_t wrong = 0;
    for (std::size_t i = 1; i <= count; ++i) {
        if (number_in(added[i - 1]) != (i % 7 == 0 ? i : value_of(i))) ++wrong;
    }
    CHECK(wrong == 0);
}

TEST_CASE("scheduler: tasks that fail at random are retried as often as they may be", "[task][stress]") {
    const std::uint64_t seed = lathe_test::seed_of_run();
    INFO("LATHE_SEED=" << seed);
    std::mt19937_64 random(seed);
    struct plan {
        unsigned failures; // how often it fails before it succeeds
        unsigned retries;
        std::atomic<unsigned> calls = 0;
        lathe::task_handle<unsigned> task{};
    };
    const std::size_t count = lathe_test::rounds(20'000);
    std::vector<plan> plans(count);
    std::size_t wrong = 0;
    {
        lathe::task_scheduler tasks{{.workers = 2}};
        tasks.start();
        for (plan& each : plans) {
            each.failures = static_cast<unsigned>(random() % 5);
            each.retries = static_cast<unsigned>(random() % 4);
            each.task = tasks.add({.priority = static_cast<lathe::priority>(random() & 255),
                                   .retries = each.retries,
                                   .backoff = {.first = std::chrono::nanoseconds(random() % 3 * 10'000), .factor = 1}},
                                  [&each] {
                                      const unsigned call = ++each.calls;
                                      if (call != lathe::this_task::attempt()) throw std::logic_error("attempt");
                                      if (call <= each.failures) throw call;
                                      return call;
                                  });
        }
        tasks.wait();
    }
    for (plan& each : plans) {
        const bool succeeds = each.failures <= each.retries;
        if (each.calls != (succeeds ? each.failures : each.retries) + 1) ++wrong;
        if (each.task.status() != (succeeds ? task_status::succeeded : task_status::failed)) ++wrong;
        try {
            if (each.task.get() != each.failures + 1 || !succeeds) ++wrong;
        } catch (unsigned call) { // of the last attempt
            if (call != each.retries + 1 || succeeds) ++wrong;
        }
    }
    CHECK(wrong == 0);
}

// ---- destruction -----------------------------------------------------------

TEST_CASE(
    "scheduler: is destroyed with tasks queued, running and sleeping, and each handle knows what became of its own",
    "[task][stress]") {
    const std::uint64_t seed = lathe_test::seed_of_run();
    INFO("LATHE_SEED=" << seed);
    std::mt19937_64 random(seed);
    std::size_t wrong = 0;
    for (std::size_t round = 0; round < lathe_test::rounds(300); ++round) {
        const std::size_t count = 1 + random() % 200;
        runs ran(count);
        std::vector<lathe::task_handle<std::uint64_t>> added;
        {
            lathe::task_scheduler tasks{{.workers = static_cast<unsigned>(1 + random() % 3)}};
            if (random() % 4 != 0) tasks.start();
            const bool all_end = round % 2 == 1; // without being asked to stop
            for (std::size_t i = 0; i < count; ++i) {
                const auto work = [&ran, i, held = token()] {
                    ran.note(i);
                    return value_of(i);
                };
                lathe::task_options options{.priority = static_cast<lathe::priority>(random() & 255)};
                switch (all_end ? 1 + random() % 7 : random() % 8) {
                case 0: // runs until it is asked to stop
                    added.push_back(tasks.add([work](const std::stop_token& stop) {
                        while (!stop.stop_requested())
                            std::this_thread::yield();
                        return work();
                    }));
                    break;
                case 1:
                    options.delay = 1h;
                    added.push_back(tasks.add(options, work));
                    break;
                case 2:
                    options.delay = 10us;
                    added.push_back(tasks.add(options, work));
                    break;
                case 3: // waits for a retry
                    options.retries = 1;
                    options.backoff = {.first = 1h, .jitter = 0};
                    added.push_back(tasks.add(options, [work]() -> std::uint64_t {
                        if (lathe::this_task::attempt() == 1) throw std::runtime_error("again");
                        return work();
                    }));
                    break;
                case 4:
                    if (!added.empty()) options.after = {added[random() % added.size()]};
                    added.push_back(tasks.add(options, work));
                    break;
                default:
                    added.push_back(tasks.add(options, work));
                    break;
                }
            }
            if (random() % 2 == 0) std::this_thread::yield();
            if (all_end && random() % 4 == 0) tasks.stop();
        }
        for (std::size_t i = 0; i < count; ++i) {
            switch (added[i].status()) {
            case task_status::succeeded:
                if (ran.of(i) != 1 || added[i].get() != value_of(i)) ++wrong;
                break;
            case task_status::cancelled:
                if (ran.of(i) != 0) ++wrong;
                break;
            default:
                ++wrong;
                break;
            }
        }
        added.clear();
        if (token::alive != 0) FAIL(token::alive << " closures are left");
    }
    CHECK(wrong == 0);
}

// ---- full queues -----------------------------------------------------------

TEST_CASE("scheduler: threads that meet a full queue wait, and every task runs", "[task][stress]") {
    const std::size_t each_adds = lathe_test::rounds(50'000);
    constexpr std::int64_t capacity = 64;
    constexpr unsigned workers = 2;
    std::atomic<std::uint64_t> sum = 0;
    std::atomic<std::int64_t> added = 0;
    std::atomic<std::int64_t> started = 0;
    std::atomic<std::size_t> too_many = 0;
    lathe::task_scheduler tasks{{.workers = workers, .capacity = capacity, .when_full = lathe::overflow_policy::block}};
    tasks.start();
    lathe_test::in_threads(threads, [&](std::size_t index) {
        for (std::size_t i = 0; i < each_adds; ++i) {
            const std::size_t number = index * each_adds + i;
            tasks.post({.priority = static_cast<lathe::priority>(number % 256)}, [&, number] {
                ++started;
                sum += number;
            });
            const std::int64_t added_now = ++added; // read first, so that the queue was no shorter then
            // Each worker may have taken one that has not counted itself yet.
            if (added_now - started > capacity + workers) ++too_many;
        }
    });
    tasks.wait();
    const std::uint64_t count = threads * each_adds;
    CHECK(sum == count * (count - 1) / 2);
    CHECK(too_many == 0);
    CHECK(tasks.progress().succeeded == count);
}

TEST_CASE("scheduler: what a full queue drops is cancelled, and all else runs", "[task][stress]") {
    const std::uint64_t seed = lathe_test::seed_of_run();
    INFO("LATHE_SEED=" << seed);
    const std::size_t each_adds = lathe_test::rounds(25'000);
    runs ran(threads * each_adds);
    std::array<std::vector<lathe::task_handle<std::size_t>>, threads> added;
    std::size_t dropped = 0;
    lathe::task_scheduler tasks{{.workers = 2, .capacity = 100, .when_full = lathe::overflow_policy::drop_lowest}};
    tasks.start();
    lathe_test::in_threads(threads, [&](std::size_t index) {
        std::mt19937_64 random(seed + index);
        for (std::size_t i = 0; i < each_adds; ++i) {
            const std::size_t number = index * each_adds + i;
            added[index].push_back(
                tasks.add({.priority = static_cast<lathe::priority>(random() & 255)}, [&ran, number] {
                    ran.note(number);
                    return number;
                }));
        }
    });
    tasks.wait();
    std::size_t wrong = 0;
    for (std::size_t number = 0; number < threads * each_adds; ++number) {
        const auto& task = added[number / each_adds][number % each_adds];
        if (task.status() == task_status::cancelled) {
            ++dropped;
            if (ran.of(number) != 0) ++wrong;
        } else if (task.get() != number || ran.of(number) != 1) {
            ++wrong;
        }
    }
    CHECK(wrong == 0);
    const lathe::task_progress progress = tasks.progress();
    CHECK(progress.cancelled == dropped);
    CHECK(progress.succeeded == threads * each_adds - dropped);
}

} // namespace
