// SPDX-License-Identifier: MIT
#ifndef LATHE_TASK_DETAIL_ENGINE_SERVICE_HPP
#define LATHE_TASK_DETAIL_ENGINE_SERVICE_HPP

/// @file
/// @brief Starting and stopping a scheduler.

#include <cstdint>
#include <exception>
#include <mutex>
#include <utility>

#include <lathe/task/detail/engine_records.hpp>
#include <lathe/task/detail/engine_running.hpp>
#include <lathe/task/detail/engine_waiting.hpp>
#include <lathe/task/detail/task_engine.hpp>
#include <lathe/task/detail/task_errors.hpp>

namespace lathe {
inline namespace v0 {
namespace detail {

inline void task_engine::refuse_within_task(const char* member) const {
    if (this_worker() != nullptr) fail_within_task(member);
}

// The right to start and stop; waits for a thread that runs a single task, as get() does.
inline std::unique_lock<std::mutex> task_engine::lock_mode(const char* member) {
    std::unique_lock control(m_mode_mutex, std::try_to_lock);
    if (!control) {
        if (m_drivers.load() == 0) fail_to_run_twice(member);
        control.lock();
    }
    return control;
}

inline void task_engine::run_threaded(unsigned workers) {
    refuse_within_task("run");
    const std::unique_lock<std::mutex> control = lock_mode("run");
    if (m_mode.load() != mode::idle) fail_to_run_twice("run");
    check_graph();
    begin(mode::running, workers, false);
    std::exception_ptr problem;
    try {
        start_threads(workers);
    } catch (...) {
        problem = std::current_exception();
        m_flags.fetch_or(stopping);
        wake_everyone();
    }
    join_threads();
    end();
    if (problem) std::rethrow_exception(problem);
    end_periodic();
    check_graph(); // nothing was left to do, but perhaps some tasks wait for what never came
}

inline void task_engine::run_sequential() {
    refuse_within_task("run");
    const std::unique_lock<std::mutex> control = lock_mode("run");
    if (m_mode.load() != mode::idle) fail_to_run_twice("run");
    check_graph();
    begin(mode::running, 1, true);
    try {
        run_here(vacant_worker());
    } catch (...) {
        end();
        throw;
    }
    end();
    end_periodic();
    check_graph();
}

inline void task_engine::start() {
    refuse_within_task("start");
    const std::unique_lock<std::mutex> control = lock_mode("start");
    if (m_mode.load() == mode::serving) return;
    if (m_mode.load() != mode::idle) fail_to_run_twice("start");
    check_graph();
    begin(mode::serving, m_options.workers, false);
    try {
        start_threads(m_options.workers);
    } catch (...) {
        m_flags.fetch_or(stopping);
        wake_everyone();
        join_threads();
        end();
        throw;
    }
}

inline void task_engine::stop() {
    refuse_within_task("stop");
    const std::scoped_lock control(m_mode_mutex);
    if (m_mode.load() == mode::idle) return;
    m_flags.fetch_or(stopping);
    wake_everyone();
    join_threads();
    end();
    end_periodic();
}

inline void task_engine::wait_for_all() {
    refuse_within_task("wait");
    m_quiet_waiters.fetch_add(1);
    work_state state = work_state::going_on;
    bool runs = true;
    for (;;) {
        const std::uint32_t quiet = m_quiet.load();
        state = look_at_work();
        runs = m_mode.load() != mode::idle;
        if (state != work_state::going_on || !runs) break;
        m_quiet.wait(quiet);
    }
    m_quiet_waiters.fetch_sub(1);
    if (state == work_state::stuck) check_graph();
    if (state == work_state::going_on && !runs) fail_to_wait_for_nobody();
}

inline void task_engine::drain() {
    refuse_within_task("drain");
    {
        mode now = mode::serving;
        if (!m_mode.compare_exchange_strong(now, mode::draining) && now != mode::draining) fail_to_drain();
    }
    std::exception_ptr problem;
    try {
        wait_for_all();
    } catch (...) {
        problem = std::current_exception();
    }
    stop();
    if (problem) std::rethrow_exception(problem);
}

inline void task_engine::pause() noexcept {
    const spin_guard guard(m_lock);
    m_flags.fetch_or(paused);
    m_queue.close();
}

inline void task_engine::resume() noexcept {
    {
        const spin_guard guard(m_lock);
        m_queue.open();
        m_flags.fetch_and(~paused);
    }
    wake_one(); // which wakes others, if there is more
}

inline task_progress task_engine::progress() noexcept {
    task_progress seen;
    const auto take = [](const std::atomic<std::uint64_t>& count) {
        return static_cast<std::size_t>(count.load());
    };
    seen.succeeded = take(m_succeeded);
    seen.failed = take(m_failed);
    seen.cancelled = take(m_cancelled);
    std::size_t started = 0;
    for (const task_worker* each = m_workers.load(); each != nullptr; each = each->next) {
        const auto done = static_cast<std::size_t>(each->slots_done.value());
        const auto in_place = static_cast<std::size_t>(each->ended_in_place.value());
        seen.succeeded += done - static_cast<std::size_t>(each->slots_without_success.value());
        seen.succeeded += static_cast<std::size_t>(each->succeeded_in_place.value());
        seen.failed += static_cast<std::size_t>(each->failed.value());
        seen.cancelled += static_cast<std::size_t>(each->cancelled.value());
        started +=
            static_cast<std::size_t>(each->slots_started.value() + each->started_in_place.value()) - done - in_place;
    }
    std::size_t added = take(m_slots_added) + take(m_records_added) + take(m_refused) - take(m_record_slots);
    for (const task_worker* each = m_workers.load(); each != nullptr; each = each->next)
        added += static_cast<std::size_t>(each->slots_added.value());
    seen.added = added;
    seen.running = started;
    const std::size_t known = seen.succeeded + seen.failed + seen.cancelled + seen.running;
    seen.queued = added > known ? added - known : 0;
    return seen;
}

// ---- the end ----

inline void task_engine::close() noexcept {
    {
        // In this order: a task that starts after the question to all asks itself, for it sees this.
        m_is_closing.store(true);
        m_flags.fetch_or(stopping);
        const std::scoped_lock control(m_mode_mutex);
        m_flags.fetch_or(stopping); // if a run that was going on has cleared it
        ask_all_to_stop();
        // What tasks wait for that run, and will not come: now they hear of it.
        while (cancel_a_record(true)) {
        }
        wake_everyone();
        join_threads();
        end();
    }
    end_periodic();
    {
        std::thread timers;
        {
            const std::scoped_lock lock(m_timer_mutex);
            m_timer_ends = true;
            timers.swap(m_timer_thread);
        }
        m_timer_told.notify_all();
        if (timers.joinable()) timers.join();
    }
    resume();
    // What is left will not run. Dropping it may add more: destructors may do anything.
    task_worker dropper(*this, 0);
    for (;;) {
        task_slot* slot = nullptr;
        {
            const spin_guard guard(m_lock);
            slot = m_queue.take();
            if (slot == nullptr) slot = m_queue.refill(&cell_slot);
        }
        if (slot == nullptr) slot = take_local(dropper, dropper); // what it has stolen
        if (slot == nullptr) {
            dropper.local.set_level(local_queue::no_level);
            slot = steal(dropper, local_queue::no_level);
        }
        if (slot == nullptr) {
            if (!cancel_a_record(false)) break;
            continue;
        }
        task_chunk& chunk = chunk_of(*slot);
        slot->call(*slot, slot_call::drop, *this);
        if (&chunk != dropper.chunk) {
            leave_chunk(dropper);
            dropper.chunk = &chunk;
        }
        ++dropper.chunk_done;
    }
    leave_chunk(dropper);
    m_ids.erase_if([](task_record& record) {
        record.disown();
        return true;
    });

    // Workers' memory goes back to the stores. The cells that are still out own the engine from now on.
    task_worker* worker = m_workers.exchange(nullptr);
    while (worker != nullptr) {
        while (worker->free_cells != nullptr) {
            task_cell& cell = *std::exchange(worker->free_cells, worker->free_cells->next);
            m_cells.put(cell);
        }
        delete std::exchange(worker, worker->next);
    }
    const auto out = static_cast<std::int64_t>(m_cells.close());
    if (out == 0) m_chunks.free_all(); // though results may be kept
    disown(weight_of_scheduler - out);
}

} // namespace detail
} // namespace v0
} // namespace lathe

#endif // LATHE_TASK_DETAIL_ENGINE_SERVICE_HPP
