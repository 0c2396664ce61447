// SPDX-License-Identifier: MIT
// The order in which tasks start, of many tasks, beside a plain sort and a plain priority queue.
#include <lathe/task/scheduler.hpp>

#include <algorithm>
#include <atomic>
#include <cstddef>
#include <cstdint>
#include <latch>
#include <numeric>
#include <queue>
#include <random>
#include <thread>
#include <utility>
#include <vector>

#include "support/catch.hpp"
#include "support/seed.hpp"
#include "support/stress.hpp"

namespace {

std::vector<lathe::priority> draw_priorities(std::size_t count, std::uint64_t seed) {
    std::mt19937_64 random(seed);
    std::vector<lathe::priority> drawn(count);
    for (lathe::priority& each : drawn)
        each = static_cast<lathe::priority>(random() & 255);
    return drawn;
}

// The indices in the order in which tasks of these priorities, added in a row, are to start.
std::vector<std::uint32_t> order_of(const std::vector<lathe::priority>& priorities) {
    std::vector<std::uint32_t> order(priorities.size());
    std::iota(order.begin(), order.end(), 0U);
    std::sort(order.begin(), order.end(), [&](std::uint32_t a, std::uint32_t b) {
        return priorities[a] != priorities[b] ? priorities[a] > priorities[b] : a < b;
    });
    return order;
}

// Where two orders part; their size if they do not.
std::size_t first_difference(const std::vector<std::uint32_t>& a, const std::vector<std::uint32_t>& b) {
    REQUIRE(a.size() == b.size());
    return static_cast<std::size_t>(std::mismatch(a.begin(), a.end(), b.begin()).first - a.begin());
}

// Where tasks write down that they started. The places are given out before they start.
class start_log {
public:
    explicit start_log(std::size_t size) : m_started(size) {}
    void note(std::uint32_t task) { m_started[m_count.fetch_add(1, std::memory_order_relaxed)] = task; }
    [[nodiscard]] std::size_t count() const { return m_count; }
    [[nodiscard]] const std::vector<std::uint32_t>& started() const { return m_started; }

private:
    std::vector<std::uint32_t> m_started;
    std::atomic<std::size_t> m_count = 0;
};

TEST_CASE("scheduler: one worker starts a million tasks of random priority in order, equals as they were added",
          "[task][stress]") {
    const std::uint64_t seed = lathe_test::seed_of_run();
    INFO("LATHE_SEED=" << seed);
    const auto priorities = draw_priorities(lathe_test::rounds(1'000'000), seed);
    start_log log(priorities.size());
    lathe::task_scheduler tasks{{.workers = 1}};
    const bool as_service = GENERATE(false, true);
    if (as_service) {
        tasks.pause();
        tasks.start();
    }
    for (std::uint32_t i = 0; i < priorities.size(); ++i)
        tasks.post({.priority = priorities[i]}, [&log, i] { log.note(i); });
    if (as_service) {
        tasks.resume();
        tasks.wait();
    } else {
        tasks.run(lathe::sequential{});
    }
    CHECK(first_difference(log.started(), order_of(priorities)) == priorities.size());
    CHECK(tasks.progress().succeeded == priorities.size());
}

// What a task that adds tasks adds: up to two, until enough were added, each of a priority that follows from its
// number.
struct growth {
    std::uint64_t seed;
    std::uint32_t most;

    [[nodiscard]] std::uint64_t draw(std::uint32_t task) const {
        std::uint64_t bits = (seed + task) * 0x9e3779b97f4a7c15U;
        bits ^= bits >> 32;
        bits *= 0xd6e8feb86659fd93U;
        return bits ^ (bits >> 32);
    }
    [[nodiscard]] lathe::priority priority_of(std::uint32_t task) const {
        // Few levels, so that many are equal, also to the one that adds them.
        return static_cast<lathe::priority>(draw(task) % 4 * 80);
    }
    [[nodiscard]] std::uint32_t children_of(std::uint32_t task) const {
        return static_cast<std::uint32_t>((draw(task) >> 8) % 3);
    }
};

class growing_run {
public:
    growing_run(lathe::task_scheduler& tasks, growth plan) : m_tasks(tasks), m_plan(plan), m_log(plan.most) {}
    void add() {
        if (m_next == m_plan.most) return;
        const std::uint32_t task = m_next++;
        m_tasks.post({.priority = m_plan.priority_of(task)}, [this, task] {
            m_log.note(task);
            for (std::uint32_t i = m_plan.children_of(task); i > 0; --i)
                add();
        });
    }
    [[nodiscard]] const std::vector<std::uint32_t>& started() const { return m_log.started(); }

private:
    lathe::task_scheduler& m_tasks;
    growth m_plan;
    std::uint32_t m_next = 0; // there is one worker
    start_log m_log;
};

std::vector<std::uint32_t> grown(const growth& plan, std::uint32_t roots) {
    using entry = std::pair<lathe::priority, std::uint32_t>;
    const auto later = [](const entry& a, const entry& b) {
        return a.first != b.first ? a.first < b.first : a.second > b.second;
    };
    std::priority_queue<entry, std::vector<entry>, decltype(later)> queue(later);
    std::uint32_t next = 0;
    const auto add = [&] {
        if (next == plan.most) return;
        queue.emplace(plan.priority_of(next), next);
        ++next;
    };
    for (std::uint32_t i = 0; i < roots; ++i)
        add();
    std::vector<std::uint32_t> started;
    while (!queue.empty()) {
        const std::uint32_t task = queue.top().second;
        queue.pop();
        started.push_back(task);
        for (std::uint32_t i = plan.children_of(task); i > 0; --i)
            add();
    }
    started.resize(plan.most);
    return started;
}

TEST_CASE("scheduler: one worker keeps the order of tasks that tasks add", "[task][stress]") {
    const std::uint64_t seed = lathe_test::seed_of_run();
    INFO("LATHE_SEED=" << seed);
    const auto most = static_cast<std::uint32_t>(lathe_test::rounds(200'000));
    for (std::uint64_t round = 0; round < 4; ++round) {
        const growth plan{seed + round, most};
        const std::uint32_t roots = std::max(1U, most / 10);
        lathe::task_scheduler tasks{{.workers = 1}};
        growing_run run(tasks, plan);
        for (std::uint32_t i = 0; i < roots; ++i)
            run.add();
        if (round % 2 == 0) {
            tasks.run(lathe::sequential{});
        } else {
            tasks.run(lathe::threaded{1});
        }
        CHECK(first_difference(run.started(), grown(plan, roots)) == most);
    }
}

// How many of the tasks that go before it had not started when a task did, at most; `ranks` in order of starting.
std::size_t most_overtaken(const std::vector<std::size_t>& ranks, std::size_t enough) {
    std::vector<std::size_t> missing; // ranks below `top` that have not started, sorted
    std::size_t top = 0;
    std::size_t most = 0;
    for (const std::size_t rank : ranks) {
        if (rank >= top) {
            for (; top < rank; ++top)
                missing.push_back(top);
            ++top;
            most = std::max(most, missing.size());
        } else {
            const auto at = std::lower_bound(missing.begin(), missing.end(), rank);
            most = std::max(most, static_cast<std::size_t>(at - missing.begin()));
            missing.erase(at);
        }
        if (most >= enough) return most;
    }
    return most;
}

TEST_CASE("scheduler: of several workers none starts a task before as many that go before it", "[task][stress]") {
    const std::uint64_t seed = lathe_test::seed_of_run();
    const unsigned workers = GENERATE(2U, 4U);
    const bool as_service = GENERATE(false, true);
    const std::uint64_t levels = GENERATE(1U, 3U, 256U);
    INFO("LATHE_SEED=" << seed << ", " << workers << " workers, " << levels << " levels");
    auto priorities = draw_priorities(lathe_test::rounds(100'000), seed);
    for (lathe::priority& each : priorities)
        each = static_cast<lathe::priority>(static_cast<std::uint64_t>(each) % levels);
    const auto order = order_of(priorities);
    std::vector<std::size_t> rank_of(order.size());
    for (std::size_t rank = 0; rank < order.size(); ++rank)
        rank_of[order[rank]] = rank;

    start_log log(order.size());
    lathe::task_scheduler tasks{{.workers = workers}};
    if (as_service) {
        tasks.pause();
        tasks.start();
    }
    for (std::uint32_t i = 0; i < order.size(); ++i)
        tasks.post({.priority = priorities[i]}, [&log, i] { log.note(i); });
    if (as_service) {
        tasks.resume();
        tasks.wait();
    } else {
        tasks.run(lathe::threaded{workers});
    }
    REQUIRE(log.count() == order.size());
    std::vector<std::size_t> ranks;
    for (const std::uint32_t task : log.started())
        ranks.push_back(rank_of[task]);
    CHECK(most_overtaken(ranks, 100) < workers);
    std::sort(ranks.begin(), ranks.end());
    CHECK(std::adjacent_find(ranks.begin(), ranks.end()) == ranks.end()); // each once
}

TEST_CASE("scheduler: an urgent task over a long queue waits for at most one task of each worker", "[task][stress]") {
    const unsigned workers = GENERATE(1U, 2U, 4U);
    lathe::task_scheduler tasks{{.workers = workers}};
    const std::size_t queued = lathe_test::rounds(200'000);
    const std::size_t urgent = lathe_test::rounds(1000);
    std::atomic<std::size_t> started = 0;
    std::vector<std::size_t> before(urgent); // how many had started when each urgent one was known
    std::vector<std::size_t> at(urgent);     // and when it ran
    tasks.pause();
    tasks.start();
    for (std::size_t i = 0; i < queued; ++i)
        tasks.post({.priority = lathe::priority::low}, [&] { ++started; });
    tasks.resume();
    for (std::size_t i = 0; i < urgent; ++i) {
        tasks.post({.priority = lathe::priority::highest}, [&, i] { at[i] = started; });
        before[i] = started;
        std::this_thread::yield();
    }
    tasks.wait();
    CHECK(started == queued);
    std::size_t late = 0;
    for (std::size_t i = 0; i < urgent; ++i)
        late += static_cast<std::size_t>(at[i] > before[i] + workers);
    // One worker is exact. Of several, one may lose its processor when it has taken an urgent task, and others go on.
    CHECK(late <= (workers == 1 ? 0 : urgent / 10));
}

} // namespace
