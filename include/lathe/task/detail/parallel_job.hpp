// SPDX-License-Identifier: MIT
#ifndef LATHE_TASK_DETAIL_PARALLEL_JOB_HPP
#define LATHE_TASK_DETAIL_PARALLEL_JOB_HPP

/// @file
/// @brief A loop that is cut into chunks, and the threads that work on it.

#include <algorithm>
#include <atomic>
#include <cstddef>
#include <cstdint>
#include <exception>
#include <limits>
#include <mutex>
#include <stop_token>
#include <string>
#include <vector>

#include <lathe/task/error.hpp>
#include <lathe/task/handle.hpp>
#include <lathe/task/options.hpp>
#include <lathe/task/priority.hpp>
#include <lathe/task/scheduler.hpp>
#include <lathe/task/this_task.hpp>

namespace lathe {
inline namespace v0 {
namespace detail {

// A loop over `size` steps, cut into chunks that depend on nothing but `size` and `grain`. They are given out in order
// to whoever works on it, so when one fails, all that are before it have been given out too: the failure of the first
// one is the same each time.
class parallel_job {
public:
    // A grain of 0 is chosen so that there are about `usual_chunks`: enough of them for many workers to end at the same
    // time, and few enough for what giving one out costs to be lost in the work.
    parallel_job(std::uint64_t size, std::size_t grain) noexcept
        : m_size(size),
          m_grain(grain != 0 ? grain : divided_up(size, usual_chunks)),
          m_chunks(m_grain != 0 ? divided_up(size, m_grain) : 0) {}
    parallel_job(const parallel_job&) = delete;
    parallel_job& operator=(const parallel_job&) = delete;

    [[nodiscard]] std::uint64_t chunks() const noexcept { return m_chunks; }

    // Does chunks until all are given out, in any number of threads at a time.
    void work() noexcept;

    // After all who worked on it have ended: throws if not all of it was done.
    void complete(const char* place) const {
        if (m_failure) std::rethrow_exception(m_failure);
        if (m_stopped.load(std::memory_order_relaxed)) fail_to_go_on(place);
    }

protected:
    ~parallel_job() = default;

private:
    static constexpr std::uint64_t usual_chunks = 512;
    static constexpr std::uint64_t divided_up(std::uint64_t size, std::uint64_t by) noexcept {
        return size / by + (size % by != 0 ? 1 : 0);
    }

    // Steps `begin` to `end` without `end`, counted from 0; at least one.
    virtual void do_chunk(std::uint64_t chunk, std::uint64_t begin, std::uint64_t end) = 0;
    void keep_failure_of(std::uint64_t chunk) noexcept;
    void give_out_no_more() noexcept { m_next.store(m_chunks, std::memory_order_relaxed); }
    [[noreturn]] static void fail_to_go_on(const char* place);

    std::uint64_t m_size;
    std::uint64_t m_grain;
    std::uint64_t m_chunks;
    std::stop_token m_stop = this_task::stop_token(); // of the task that runs the loop
    std::mutex m_mutex;
    std::exception_ptr m_failure;                                             // guarded by m_mutex
    std::uint64_t m_failed_chunk = std::numeric_limits<std::uint64_t>::max(); // guarded by m_mutex
    // Relaxed throughout: what the chunks read was written before the helpers were added, and what they wrote is read
    // after the helpers were waited for; adding and waiting order these.
    std::atomic<bool> m_stopped{false};
    alignas(64) std::atomic<std::uint64_t> m_next{0}; // alone, for all else here is only read while chunks are done
};

inline void parallel_job::work() noexcept {
    for (;;) {
        const std::uint64_t chunk = m_next.fetch_add(1, std::memory_order_relaxed);
        if (chunk >= m_chunks) return;
        if (m_stop.stop_requested()) {
            m_stopped.store(true, std::memory_order_relaxed);
            return give_out_no_more();
        }
        const std::uint64_t begin = chunk * m_grain;
        try {
            do_chunk(chunk, begin, begin + std::min(m_grain, m_size - begin));
        } catch (...) {
            keep_failure_of(chunk);
            return give_out_no_more();
        }
    }
}

inline void parallel_job::keep_failure_of(std::uint64_t chunk) noexcept {
    const std::lock_guard lock(m_mutex);
    if (chunk >= m_failed_chunk) return;
    m_failed_chunk = chunk;
    m_failure = std::current_exception();
}

inline void parallel_job::fail_to_go_on(const char* place) {
    throw task_cancelled(std::string(place) + ": the task that called it was asked to stop, so a part was not done");
}

// Tasks that work on a job, in a scope that they do not outlive.
class parallel_helpers {
public:
    parallel_helpers() = default;
    parallel_helpers(const parallel_helpers&) = delete;
    parallel_helpers& operator=(const parallel_helpers&) = delete;
    // Those that have not started never will; the others are near their end. A task at work is not cancelled, for that
    // would ask what it calls to stop.
    ~parallel_helpers() {
        for (helper& each : m_helpers) {
            if (each.task && each.claim()) each.task.cancel();
        }
        for (const helper& each : m_helpers) {
            if (each.task) each.task.wait();
        }
    }

    // Without help the job is done all the same, so what stands in the way of more help, such as a full queue, is no
    // failure.
    template <class Observer>
    void add(basic_task_scheduler<Observer>& tasks, parallel_job& job) noexcept {
        try {
            const auto most = std::min<std::uint64_t>(tasks.workers(), job.chunks() - 1);
            m_helpers = std::vector<helper>(static_cast<std::size_t>(most));
            for (helper& each : m_helpers) {
                each.task = tasks.add({.priority = this_task::priority()}, [&job, &each] {
                    if (each.claim()) job.work();
                });
            }
        } catch (...) {
        }
    }

private:
    struct helper {
        // For its task, to do work, or for the caller, so that there is none. Relaxed: see parallel_job::m_next.
        bool claim() noexcept { return !claimed.exchange(true, std::memory_order_relaxed); }
        std::atomic<bool> claimed{false};
        task_handle<void> task;
    };
    std::vector<helper> m_helpers;
};

// Does a job in this thread and on the workers of a scheduler.
template <class Observer>
void run_in_parallel(const char* place, basic_task_scheduler<Observer>& tasks, parallel_job& job) {
    if (job.chunks() != 0) {
        parallel_helpers helpers;
        if (job.chunks() > 1) helpers.add(tasks, job);
        job.work();
    }
    job.complete(place);
}

} // namespace detail
} // namespace v0
} // namespace lathe

#endif // LATHE_TASK_DETAIL_PARALLEL_JOB_HPP
