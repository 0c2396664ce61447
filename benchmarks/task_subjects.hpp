// SPDX-License-Identifier: MIT
// What the programs bench_task* measure: lathe's scheduler, and pools as people write or install them. Each class has
// those of these members that it can offer:
//   Pool(workers)           so many threads run tasks
//   void post(f)            f() will be called
//   void post(f, level)     the same; higher levels first, of 0 to 255
//   auto add(f)             the same, and an object whose get() is what f returned
//   void wait()             until all that was posted or added has run
//   void hold(), release()  between them no worker begins a task, and nothing waits
#ifndef LATHE_BENCHMARKS_TASK_SUBJECTS_HPP
#define LATHE_BENCHMARKS_TASK_SUBJECTS_HPP

#include <algorithm>
#include <array>
#include <atomic>
#include <condition_variable>
#include <cstddef>
#include <cstdint>
#include <deque>
#include <functional>
#include <future>
#include <memory>
#include <mutex>
#include <optional>
#include <queue>
#include <random>
#include <thread>
#include <type_traits>
#include <utility>
#include <vector>

#include <lathe/task/scheduler.hpp>

#ifdef LATHE_PEER_TBB
#    include <tbb/concurrent_priority_queue.h>
#    include <tbb/global_control.h>
#    include <tbb/task_arena.h>
#    include <tbb/task_group.h>
#endif
#ifdef LATHE_PEER_ASIO
#    include <asio/post.hpp>
#    include <asio/thread_pool.hpp>
#    include <asio/use_future.hpp>
#endif

namespace subjects {

using level_type = std::uint8_t;

// ---- what tasks do ----

/// What all tasks add up to. Each thread has a sum of its own, so that adding costs next to nothing.
class checksum {
public:
    static void add(std::uint64_t value) noexcept {
        if (m_mine == nullptr) m_mine = &enroll();
        m_mine->value += value;
    }

    /// All that was added since the last call. No task runs meanwhile.
    [[nodiscard]] static std::uint64_t take() {
        const std::lock_guard lock{m_mutex};
        std::uint64_t all = 0;
        for (sum& each : m_sums)
            all += std::exchange(each.value, 0);
        return all;
    }

private:
    struct alignas(64) sum {
        std::uint64_t value = 0;
    };

    static sum& enroll() {
        const std::lock_guard lock{m_mutex};
        return m_sums.emplace_back();
    }

    static inline std::mutex m_mutex;
    static inline std::deque<sum> m_sums; // those of threads that ended stay
    static inline constinit thread_local sum* m_mine = nullptr;
};

/// The least task: 16 bytes, and adds one more than its number.
struct unit {
    std::uint64_t number;
    std::uint64_t one = 1;
    void operator()() const noexcept { checksum::add(number + one); }
};

/// What that many units add up to, from number 0.
constexpr std::uint64_t sum_of_units(std::uint64_t count) {
    return count * (count + 1) / 2;
}

/// The priorities of that many tasks.
inline std::vector<level_type> random_levels(std::size_t count) {
    std::mt19937 random(1);
    std::vector<level_type> levels(count);
    std::generate(levels.begin(), levels.end(), [&] { return static_cast<level_type>(random() >> 24U); });
    return levels;
}

// ---- lathe's ----

/// Runs as a service.
class lathe_pool {
public:
    explicit lathe_pool(unsigned workers) : m_tasks{{.workers = workers}} { m_tasks.start(); }

    template <class F>
    void post(F task) {
        m_tasks.post(std::move(task));
    }
    template <class F>
    void post(F task, level_type level) {
        m_tasks.post({.priority = lathe::priority{level}}, std::move(task));
    }
    template <class F>
    auto add(F task) {
        return m_tasks.add(std::move(task));
    }
    void wait() { m_tasks.wait(); }
    void hold() { m_tasks.pause(); }
    void release() { m_tasks.resume(); }

    lathe::task_scheduler& tasks() { return m_tasks; }

private:
    lathe::task_scheduler m_tasks;
};

// ---- by hand ----

/// What a search for "C++ thread pool with priorities" finds: a mutex, a condition variable, a std::priority_queue of
/// jobs. Equal priorities are kept in order by a number.
template <class Job>
class naive_pool {
    struct entry {
        level_type level;
        std::uint64_t number;
        Job job;

        friend bool operator<(const entry& a, const entry& b) {
            return a.level != b.level ? a.level < b.level : a.number > b.number;
        }
    };

public:
    explicit naive_pool(unsigned workers) {
        while (m_workers.size() < workers)
            m_workers.emplace_back([this] { work(); });
    }
    naive_pool(const naive_pool&) = delete;
    naive_pool& operator=(const naive_pool&) = delete;
    ~naive_pool() {
        change([this] { m_ends = true; });
        for (std::thread& each : m_workers)
            each.join();
    }

    template <class F>
    void post(F task, level_type level = 128) {
        Job job(std::move(task));
        {
            const std::lock_guard lock{m_mutex};
            m_queue.push(entry{level, m_posted++, std::move(job)});
        }
        m_changed.notify_one();
    }
    template <class F>
    auto add(F task) {
        std::packaged_task<std::invoke_result_t<F&>()> job(std::move(task));
        auto result = job.get_future();
        post([job = std::move(job)]() mutable { job(); });
        return result;
    }
    void wait() {
        std::unique_lock lock{m_mutex};
        m_finished.wait(lock, [this] { return m_done == m_posted; });
    }
    void hold() {
        change([this] { m_is_held = true; });
    }
    void release() {
        change([this] { m_is_held = false; });
    }

private:
    template <class Change>
    void change(Change apply) {
        {
            const std::lock_guard lock{m_mutex};
            apply();
        }
        m_changed.notify_all();
    }

    void work() {
        std::unique_lock lock{m_mutex};
        for (;;) {
            m_changed.wait(lock, [this] { return m_ends || (!m_is_held && !m_queue.empty()); });
            if (m_ends) return;
            Job job = std::move(const_cast<entry&>(m_queue.top()).job); // the order does not depend on it
            m_queue.pop();
            lock.unlock();
            job();
            lock.lock();
            if (++m_done == m_posted) m_finished.notify_all();
        }
    }

    std::mutex m_mutex;
    std::condition_variable m_changed;
    std::condition_variable m_finished;
    std::priority_queue<entry> m_queue;
    std::uint64_t m_posted = 0;
    std::uint64_t m_done = 0;
    bool m_is_held = false;
    bool m_ends = false;
    std::vector<std::thread> m_workers;
};
using naive_packaged = naive_pool<std::packaged_task<void()>>;
using naive_function = naive_pool<std::function<void()>>;

// ---- installed ----

/// Keeps the workers of a pool that has no pause from its tasks: each of them waits in a task of its own.
class gate {
public:
    /// `post` gives a task to the pool.
    template <class Post>
    void close(unsigned workers, Post post) {
        m_is_closed = true;
        m_inside = 0;
        for (unsigned i = 0; i < workers; ++i)
            post([this] {
                ++m_inside;
                m_is_closed.wait(true);
                --m_inside;
            });
        while (m_inside != workers)
            std::this_thread::yield();
    }
    void open() {
        m_is_closed = false;
        m_is_closed.notify_all();
    }

private:
    std::atomic<bool> m_is_closed{false};
    std::atomic<unsigned> m_inside{0};
};

#ifdef LATHE_PEER_TBB
/// oneTBB's fork and join. The thread that waits is one of the workers.
class tbb_group {
public:
    explicit tbb_group(unsigned workers) : m_threads(tbb::global_control::max_allowed_parallelism, workers) {}

    template <class F>
    void post(F task) {
        m_group.run(std::move(task));
    }
    void wait() { m_group.wait(); }

private:
    tbb::global_control m_threads;
    tbb::task_group m_group;
};

/// oneTBB's priorities: there are three, each of an arena's.
class tbb_arenas {
public:
    explicit tbb_arenas(unsigned workers)
        : m_workers(workers),
          m_threads(tbb::global_control::max_allowed_parallelism, workers + 1), // and the one that posts
          m_arenas{tbb::task_arena(static_cast<int>(workers), 0, tbb::task_arena::priority::low),
                   tbb::task_arena(static_cast<int>(workers), 0, tbb::task_arena::priority::normal),
                   tbb::task_arena(static_cast<int>(workers), 0, tbb::task_arena::priority::high)} {}

    tbb_arenas(const tbb_arenas&) = delete;
    tbb_arenas& operator=(const tbb_arenas&) = delete;
    ~tbb_arenas() { wait(); }

    template <class F>
    void post(F task, level_type level = 128) {
        m_arenas[level * m_arenas.size() / 256U].enqueue(m_group.defer(std::move(task)));
    }
    template <class F>
    auto add(F task) {
        const auto job = std::make_shared<std::packaged_task<std::invoke_result_t<F&>()>>(std::move(task));
        post([job] { (*job)(); });
        return job->get_future();
    }
    void wait() { m_group.wait(); }
    void hold() {
        m_gate.close(m_workers, [this](auto task) { post(task, 255); });
    }
    void release() { m_gate.open(); }

private:
    unsigned m_workers;
    tbb::global_control m_threads;
    std::array<tbb::task_arena, 3> m_arenas;
    tbb::task_group m_group;
    gate m_gate;
};

/// What oneTBB's documentation says for more priorities than three: a queue beside, and tasks that each run what is
/// its first then. The thread that waits is one of the workers.
class tbb_queue {
    struct entry {
        level_type level = 0;
        std::uint64_t number = 0;
        std::function<void()> job{};

        friend bool operator<(const entry& a, const entry& b) {
            return a.level != b.level ? a.level < b.level : a.number > b.number;
        }
    };

public:
    explicit tbb_queue(unsigned workers)
        : m_workers(workers), m_threads(tbb::global_control::max_allowed_parallelism, workers) {}

    template <class F>
    void post(F task, level_type level = 128) {
        m_queue.push(entry{level, m_posted++, std::move(task)});
        m_group.run([this] {
            entry first;
            if (m_queue.try_pop(first)) first.job();
        });
    }
    void wait() { m_group.wait(); }
    void hold() {
        m_gate.close(m_workers - 1, [this](auto task) { post(task, 255); });
    }
    void release() { m_gate.open(); }

private:
    unsigned m_workers;
    tbb::global_control m_threads;
    tbb::concurrent_priority_queue<entry> m_queue;
    tbb::task_group m_group;
    gate m_gate;
    std::uint64_t m_posted = 0;
};
#endif

#ifdef LATHE_PEER_ASIO
/// No priorities. It can be waited for only once, so that each wait makes new threads.
class asio_pool {
public:
    explicit asio_pool(unsigned workers) : m_workers(workers) { m_pool.emplace(m_workers); }

    template <class F>
    void post(F task) {
        asio::post(*m_pool, std::move(task));
    }
    template <class F>
    auto add(F task) {
        return asio::post(*m_pool, asio::use_future(std::move(task)));
    }
    void wait() {
        m_pool->join();
        m_pool.emplace(m_workers);
    }
    void hold() {
        m_gate.close(m_workers, [this](auto task) { post(task); });
    }
    void release() { m_gate.open(); }

private:
    unsigned m_workers;
    gate m_gate;
    std::optional<asio::thread_pool> m_pool;
};
#endif

} // namespace subjects

#endif // LATHE_BENCHMARKS_TASK_SUBJECTS_HPP
