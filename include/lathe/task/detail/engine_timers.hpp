// SPDX-License-Identifier: MIT
#ifndef LATHE_TASK_DETAIL_ENGINE_TIMERS_HPP
#define LATHE_TASK_DETAIL_ENGINE_TIMERS_HPP

/// @file
/// @brief What a scheduler does at a time.

#include <algorithm>
#include <chrono>
#include <cmath>
#include <cstdint>
#include <exception>
#include <mutex>
#include <stop_token>
#include <thread>
#include <utility>

#include <lathe/task/detail/engine_adding.hpp>
#include <lathe/task/detail/task_engine.hpp>
#include <lathe/task/detail/task_errors.hpp>

namespace lathe {
inline namespace v0 {
namespace detail {

// Throws std::system_error if there cannot be a thread.
inline void task_engine::need_timer_thread() {
    const std::scoped_lock lock(m_timer_mutex);
    if (!m_timer_thread.joinable() && !m_timer_ends) m_timer_thread = std::thread([this] { timer_loop(); });
}

// Answers false if there is no memory for it.
inline bool task_engine::set_timer(timer_place record_extras::* place,
                                   task_record& record,
                                   timer_entry entry,
                                   task_clock::time_point time) noexcept {
    try {
        const std::scoped_lock lock(m_timer_mutex);
        put_timer(place, record, entry, time);
        return true;
    } catch (...) {
        return false;
    }
}

// Under the timer's lock. Throws std::bad_alloc; nothing has changed then.
inline void task_engine::put_timer(timer_place record_extras::* place,
                                   task_record& record,
                                   timer_entry entry,
                                   task_clock::time_point time) {
    const auto at = m_timers.emplace(time, entry);
    record.extras->*place = at;
    record.own();
    if (entry.counts) m_timed.fetch_add(1);
    if (at == m_timers.begin()) m_timer_told.notify_all();
}

inline void task_engine::clear_timer(timer_place record_extras::* place, task_record& record) noexcept {
    {
        const std::scoped_lock lock(m_timer_mutex);
        if (!(record.extras->*place)) return;
        if ((*(record.extras->*place))->second.counts) m_timed.fetch_sub(1);
        m_timers.erase(*(record.extras->*place));
        (record.extras->*place).reset();
    }
    record.disown();
}

// A task that has been run waits for its next turn, or to be tried again.
inline void task_engine::hold_back(task_record& record, task_clock::time_point time, bool is_turn) noexcept {
    const bool is_repeated = is_turn || (record.state.load(std::memory_order_relaxed) & cell_state::repeated) != 0;
    record.extras->due = time;
    if (!is_repeated) m_held_back.fetch_add(1);
    bool is_timed = false;
    {
        const std::scoped_lock lock(m_timer_mutex);
        try {
            put_timer(&record_extras::ready_timer, record, {timer_event::ready, !is_repeated, &record}, time);
            is_timed = true;
        } catch (...) { // no memory: at once then
        }
        // It may be claimed again. Within the lock, so that whoever does finds the timer.
        if (is_repeated) record.state.fetch_or(cell_state::repeated, std::memory_order_relaxed);
        record.state.fetch_and(~(cell_state::ready | cell_state::claimed), std::memory_order_release);
    }
    if (!is_timed) release_to_queue(record, room::let_through);
}

inline task_clock::duration task_engine::backoff_of(const task_record& record) noexcept {
    std::uint64_t random = 0;
    {
        const std::scoped_lock lock(m_timer_mutex);
        // xorshift64: G. Marsaglia, "Xorshift RNGs", Journal of Statistical Software 8(14), 2003.
        m_random ^= m_random << 13U;
        m_random ^= m_random >> 7U;
        m_random ^= m_random << 17U;
        random = m_random;
    }
    const double share = static_cast<double>(random >> 11U) * 0x1p-53; // of [0, 1)
    const retry_backoff& asked = record.extras->backoff;
    const auto first = static_cast<double>(asked.first.count());
    const auto most = static_cast<double>(asked.most.count());
    const double longest =
        std::min(most, first * std::pow(asked.factor, static_cast<double>(record.extras->failures_in_turn - 1)));
    const double chosen = longest * (1 - std::clamp(asked.jitter, 0.0, 1.0) * share);
    constexpr double limit = 3.15e17; // ten years
    return std::chrono::duration_cast<task_clock::duration>(
        std::chrono::nanoseconds(static_cast<std::int64_t>(std::clamp(chosen, 0.0, limit))));
}

inline void task_engine::timer_loop() noexcept {
    std::unique_lock lock(m_timer_mutex);
    while (!m_timer_ends) {
        if (m_timers.empty()) {
            m_timer_told.wait(lock);
            continue;
        }
        const auto first = m_timers.begin();
        const task_clock::time_point time = first->first; // a copy: the entry may go while this waits
        if (task_clock::now() < time) {
            m_timer_told.wait_until(lock, time);
            continue;
        }
        const timer_entry entry = first->second;
        m_timers.erase(first);
        if (entry.event == timer_event::aging) {
            lock.unlock();
            age();
            lock.lock();
            continue;
        }
        task_record& record = *entry.record;
        std::stop_source to_stop{std::nostopstate};
        if (entry.event == timer_event::ready) {
            record.extras->ready_timer.reset();
        } else {
            record.extras->overdue_timer.reset();
            record.extras->has_timed_out.store(true, std::memory_order_relaxed); // ordered by this lock
            to_stop = record.extras->stop;
        }
        lock.unlock();
        if (entry.event == timer_event::ready) {
            release_to_queue(record, room::let_through);
            if (entry.counts) {
                m_timed.fetch_sub(1);
                look_whether_all_is_done(); // if it was cancelled meanwhile
            }
        } else {
            on_overdue(record, std::move(to_stop));
        }
        record.disown();
        lock.lock();
    }
    // Nothing will happen any more.
    timer_map left;
    left.swap(m_timers);
    for (auto& [time, entry] : left) {
        if (entry.record == nullptr) continue;
        entry.record->extras->ready_timer.reset();
        entry.record->extras->overdue_timer.reset();
        if (entry.counts) m_timed.fetch_sub(1);
    }
    lock.unlock();
    for (auto& [time, entry] : left) {
        if (entry.record != nullptr) entry.record->disown();
    }
}

inline void task_engine::on_overdue(task_record& record, std::stop_source to_stop) noexcept {
    const std::uint32_t before = record.claim_anyway();
    if ((before & cell_state::claimed) == 0) {
        finish_unrun(record, before, task_status::timed_out, unstarted_error(record.id));
    } else {
        to_stop.request_stop();
    }
}

// ---- aging ----

inline constexpr unsigned aging_ticks = 4; // how often it is looked for what has waited too long

inline void task_engine::arm_aging() noexcept {
    try {
        need_timer_thread();
        const std::scoped_lock lock(m_timer_mutex);
        const auto at = m_timers.emplace(task_clock::now() + *m_options.aging / aging_ticks,
                                         timer_entry{timer_event::aging, false, nullptr});
        if (at == m_timers.begin()) m_timer_told.notify_all();
    } catch (...) { // tried again with the next task
        const spin_guard guard(m_lock);
        m_aging_armed = false;
    }
}

inline void task_engine::age() noexcept {
    bool goes_on = false;
    task_worker* sleeper = nullptr;
    {
        const spin_guard guard(m_lock);
        ++m_tick;
        try {
            static_cast<void>(m_queue.promote(m_tick, aging_ticks - 1));
        } catch (...) { // no memory: at the next tick
        }
        goes_on = !m_queue.is_empty();
        m_aging_armed = goes_on;
        sleeper = pick_sleeper();
    }
    wake(sleeper);
    if (goes_on) arm_aging();
}

} // namespace detail
} // namespace v0
} // namespace lathe

#endif // LATHE_TASK_DETAIL_ENGINE_TIMERS_HPP
