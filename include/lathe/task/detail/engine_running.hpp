// SPDX-License-Identifier: MIT
#ifndef LATHE_TASK_DETAIL_ENGINE_RUNNING_HPP
#define LATHE_TASK_DETAIL_ENGINE_RUNNING_HPP

/// @file
/// @brief How workers sleep, wake and end.

#include <cstddef>
#include <cstdint>
#include <string>
#include <thread>
#include <utility>

#include <pthread.h>

#include <lathe/task/detail/engine_taking.hpp>
#include <lathe/task/detail/stack_budget.hpp>
#include <lathe/task/detail/task_engine.hpp>
#include <lathe/task/detail/task_errors.hpp>

namespace lathe {
inline namespace v0 {
namespace detail {

// ---- the life of a worker ----

inline void task_engine::loop(task_worker& worker) noexcept {
    for (;;) {
        if (worker.until != nullptr && worker.until->is_done()) return;
        if (task_slot* const slot = next(worker)) {
            if (worker.is_searching) stop_searching(worker);
            run_slot(worker, *slot);
        } else if (!idle(worker)) {
            return;
        }
    }
}

// Between two tasks, when not all is as usual.
inline bool task_engine::may_go_on(task_worker& worker) noexcept {
    if ((m_flags.load() & crowded) != 0) make_way(worker);
    return !is_paused() && !must_leave(worker);
}

// Sleeps, if there are too many workers, until one is needed.
inline void task_engine::make_way(task_worker& worker) noexcept {
    task_worker* next_one = nullptr;
    {
        const spin_guard guard(m_lock);
        // Under the lock: whoever sets `stopping` takes it afterwards, to wake those that sleep.
        if (must_leave(worker)) return;
        if (m_resuming != nullptr) { // its turn
            next_one = std::exchange(m_resuming, m_resuming->next_idle);
        } else if (m_unblocked > m_limit) {
            --m_unblocked;
        } else {
            m_flags.fetch_and(~crowded);
            return;
        }
        if (m_resuming == nullptr && m_unblocked <= m_limit) m_flags.fetch_and(~crowded);
        if (std::exchange(worker.is_searching, false)) m_searching.fetch_sub(1);
        worker.awake.store(0, std::memory_order_relaxed);
        worker.next_idle = std::exchange(m_parked, &worker);
    }
    wake(next_one);
    leave_chunk(worker);
    worker.awake.wait(0, std::memory_order_acquire);
}

inline bool task_engine::must_leave(const task_worker& worker) const noexcept {
    if (worker.until != nullptr && worker.until->is_done()) return true;
    // As long as a task waits for others, those are run.
    return (m_flags.load() & stopping) != 0 && m_blocked.load() == 0;
}

// There was no task. Answers whether the worker goes on.
inline bool task_engine::idle(task_worker& worker) noexcept {
    if (must_leave(worker)) return false;
    if (search(worker)) return true;
    leave_chunk(worker);
    worker.last_end_slot = task_worker::no_slot;
    worker.hurry = 0; // whoever wakes it has a task for it
    sleep(worker);
    return !must_leave(worker);
}

inline bool task_engine::sees_work() const noexcept {
    return m_queue.top() != level_queue::nothing || sees_local_work();
}

inline bool task_engine::sees_local_work() const noexcept {
    if (!m_locals_used.load() || is_paused()) return false;
    for (const task_worker* each = m_workers.load(std::memory_order_acquire); each != nullptr; each = each->next) {
        if (!each->local.is_empty()) return true;
    }
    return false;
}

// Looks out for work for a while; one at a time does.
inline bool task_engine::search(task_worker& worker) noexcept {
    constexpr int rounds = 60;
    constexpr int yields = 8; // the last ones: on a full machine, whoever adds tasks may want the processor
    if (!worker.is_searching) {
        unsigned none = 0;
        if (!m_searching.compare_exchange_strong(none, 1)) return false;
        worker.is_searching = true;
    }
    for (int round = 0; round < rounds; ++round) {
        if (sees_work()) {
            if (round > rounds / 4) worker.hurry = 0; // tasks are not that many
            return true;
        }
        if (m_flags.load(std::memory_order_relaxed) != 0) return false;
        if (round < rounds - yields) {
            pause_processor();
        } else {
            std::this_thread::yield();
        }
    }
    return false;
}

// It has found a task. If there are more, another one is to look for them.
inline void task_engine::stop_searching(task_worker& worker) noexcept {
    worker.is_searching = false;
    m_searching.fetch_sub(1);
    if (m_sleepers.load() != 0 && sees_work()) wake_one();
}

inline void task_engine::sleep(task_worker& worker) noexcept {
    {
        const spin_guard guard(m_lock);
        if (std::exchange(worker.is_searching, false)) m_searching.fetch_sub(1);
        m_queue.look_again();
        if (m_queue.top() != level_queue::nothing || must_leave(worker)) return;
        if ((m_flags.load() & crowded) != 0) return;
        worker.awake.store(0, std::memory_order_relaxed);
        worker.next_idle = std::exchange(m_idle, &worker);
        // Sequentially consistent, as what is read next: whoever adds a task to a queue of its own, and does not see
        // this, is seen here.
        m_sleepers.fetch_add(1);
    }
    if (sees_local_work()) wake_one();
    look_whether_all_is_done();
    // Acquire: what the other one did before it woke this one.
    worker.awake.wait(0, std::memory_order_acquire);
}

// One that sleeps, for new work, if nobody is looking for some already. It is awake once the lock is given back and
// wake() was called.
inline task_worker* task_engine::pick_sleeper() noexcept {
    if (m_idle == nullptr || m_searching.load() != 0 || is_paused()) return nullptr;
    task_worker& worker = *std::exchange(m_idle, m_idle->next_idle);
    m_sleepers.fetch_sub(1);
    m_searching.fetch_add(1);
    worker.is_searching = true;
    return &worker;
}

inline void task_engine::wake(task_worker* worker) noexcept {
    if (worker == nullptr) return;
    worker->awake.store(1, std::memory_order_release);
    worker->awake.notify_one();
}

inline void task_engine::wake_one() noexcept {
    task_worker* worker = nullptr;
    {
        const spin_guard guard(m_lock);
        worker = pick_sleeper();
    }
    wake(worker);
}

inline void task_engine::wake_everyone() noexcept {
    task_worker* first = nullptr;
    {
        const spin_guard guard(m_lock);
        const auto take = [&](task_worker*& list) {
            while (list != nullptr) {
                task_worker& worker = *std::exchange(list, list->next_idle);
                worker.next_idle = std::exchange(first, &worker);
            }
        };
        for (const task_worker* each = m_idle; each != nullptr; each = each->next_idle)
            m_sleepers.fetch_sub(1);
        take(m_idle);
        for (const task_worker* each = m_parked; each != nullptr; each = each->next_idle)
            ++m_unblocked;
        take(m_parked);
        if (m_unblocked > m_limit) m_flags.fetch_or(crowded);
    }
    while (first != nullptr) {
        task_worker* const worker = std::exchange(first, first->next_idle);
        wake(worker); // it may be gone after this
    }
}

// ---- the end of work ----

// Counts of what is done are read before counts of what was added: if they are equal then, there was a moment at which
// nothing was left.
inline task_engine::work_state task_engine::look_at_work() const noexcept {
    std::uint64_t done = m_slots_dropped.load();
    for (const task_worker* each = m_workers.load(); each != nullptr; each = each->next)
        done += each->slots_done.value();
    const std::int64_t timed = m_timed.load();
    const std::int64_t held_back = m_held_back.load();
    std::uint64_t added = m_slots_added.load();
    for (const task_worker* each = m_workers.load(); each != nullptr; each = each->next)
        added += each->slots_added.value();
    if (added != done || timed != 0) return work_state::going_on;
    return held_back == 0 ? work_state::done : work_state::stuck;
}

inline void task_engine::look_whether_all_is_done() noexcept {
    const bool ends = m_ends_when_done.load();
    if (!ends && m_quiet_waiters.load() == 0) return;
    if (look_at_work() == work_state::going_on) return;
    if (ends) {
        m_flags.fetch_or(stopping);
        wake_everyone();
    }
    m_quiet.fetch_add(1);
    m_quiet.notify_all();
}

// ---- threads ----

inline void task_engine::enter(task_worker& worker) noexcept {
    worker.outer = std::exchange(t_task_worker, &worker);
    worker.frame = &worker.base;
    worker.stack_limit = limit_of_stack();
    worker.hurry = 0;
}

inline void task_engine::leave(task_worker& worker) noexcept {
    leave_chunk(worker);
    if (std::exchange(worker.is_searching, false)) m_searching.fetch_sub(1);
    worker.frame = nullptr;
    worker.until = nullptr;
    t_task_worker = std::exchange(worker.outer, nullptr);
}

// A worker without a thread. Throws std::bad_alloc.
inline task_worker& task_engine::vacant_worker() {
    {
        const spin_guard guard(m_lock);
        task_worker* vacant = nullptr;
        for (task_worker* each = m_workers.load(); each != nullptr; each = each->next) {
            if (each->is_vacant && (vacant == nullptr || each->number < vacant->number)) vacant = each;
        }
        if (vacant != nullptr) {
            vacant->is_vacant = false;
            return *vacant;
        }
    }
    auto* const made = new task_worker(*this, 0);
    const spin_guard guard(m_lock);
    made->number = m_worker_count++;
    made->next = m_workers.load();
    m_workers.store(made);
    return *made;
}

// The worker is counted as one that runs. Throws std::system_error, and the worker is vacant then.
inline void task_engine::start_thread(task_worker& worker) {
    const auto body = [this, &worker] {
#if defined(__linux__)
        const std::string name = m_options.worker_name.substr(0, 12) + "-" + std::to_string(worker.number);
        pthread_setname_np(pthread_self(), name.substr(0, 15).c_str());
#endif
        enter(worker);
        if (m_options.on_worker_start) m_options.on_worker_start(worker.number);
        loop(worker);
        leave(worker);
    };
    try {
        std::thread thread(body);
        const spin_guard guard(m_lock); // it may be looked at by who joins
        worker.thread.swap(thread);
    } catch (...) {
        const spin_guard guard(m_lock);
        worker.is_vacant = true;
        --m_unblocked;
        throw;
    }
}

inline void task_engine::start_threads(unsigned count) {
    for (unsigned i = 0; i < count; ++i) {
        task_worker& worker = vacant_worker();
        {
            const spin_guard guard(m_lock);
            ++m_unblocked;
        }
        start_thread(worker);
    }
}

// All of them, also those that come while others are joined.
inline void task_engine::join_threads() noexcept {
    for (bool any = true; any;) {
        any = false;
        for (task_worker* each = m_workers.load(); each != nullptr; each = each->next) {
            std::thread thread;
            {
                const spin_guard guard(m_lock);
                thread.swap(each->thread);
            }
            if (thread.joinable()) {
                thread.join();
                any = true;
            }
        }
    }
    const spin_guard guard(m_lock);
    for (task_worker* each = m_workers.load(); each != nullptr; each = each->next)
        each->is_vacant = true;
}

// Under m_mode_mutex.
inline void task_engine::begin(mode next, unsigned workers, bool is_strict) noexcept {
    {
        const spin_guard guard(m_lock);
        m_limit = workers;
        m_is_alone.store(workers == 1, std::memory_order_relaxed);
        m_unblocked = 0;
        m_is_strict = is_strict;
    }
    m_flags.fetch_and(~(stopping | crowded));
    m_ends_when_done.store(next == mode::running);
    m_mode.store(next);
}

// The threads have been joined. Under m_mode_mutex.
inline void task_engine::end() noexcept {
    m_ends_when_done.store(false);
    m_flags.fetch_and(~(stopping | crowded));
    m_mode.store(mode::idle);
    // Those who wait for room, or for all to be done, look again.
    m_room.fetch_add(1);
    m_room.notify_all();
    m_quiet.fetch_add(1);
    m_quiet.notify_all();
}

// Runs tasks in this thread, until there is nothing left.
inline void task_engine::run_here(task_worker& worker) noexcept {
    {
        const spin_guard guard(m_lock);
        ++m_unblocked;
    }
    enter(worker);
    loop(worker);
    leave_and_join(worker);
}

// This thread stops to run tasks, and so do those that took its place meanwhile.
inline void task_engine::leave_and_join(task_worker& worker) noexcept {
    leave(worker);
    m_flags.fetch_or(stopping);
    wake_everyone();
    join_threads();
}

} // namespace detail
} // namespace v0
} // namespace lathe

#endif // LATHE_TASK_DETAIL_ENGINE_RUNNING_HPP
