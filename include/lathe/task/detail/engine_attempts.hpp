// SPDX-License-Identifier: MIT
#ifndef LATHE_TASK_DETAIL_ENGINE_ATTEMPTS_HPP
#define LATHE_TASK_DETAIL_ENGINE_ATTEMPTS_HPP

/// @file
/// @brief What comes of a task with an id or options, each time it is tried.

#include <algorithm>
#include <atomic>
#include <cstdint>
#include <exception>
#include <mutex>
#include <stop_token>
#include <string_view>
#include <utility>

#include <lathe/task/detail/engine_graph.hpp>
#include <lathe/task/detail/engine_timers.hpp>
#include <lathe/task/detail/task_engine.hpp>
#include <lathe/task/detail/task_errors.hpp>

namespace lathe {
inline namespace v0 {
namespace detail {

// ---- attempts ----

// Answers what is to be counted: nothing more, for a task with extras.
inline slot_outcome task_engine::run_record(task_worker& worker, task_record& record) noexcept {
    record_extras* const extras = record.extras;
    task_frame frame;
    frame.cell = &record;
    frame.level = record.level;
    frame.attempt = record.attempts.load(std::memory_order_relaxed) + 1;
    // A clock takes as long as all the rest.
    const bool comes_at_once = worker.last_end_slot + 1 == worker.slots_started.value() && worker.frame == &worker.base;
    const task_clock::time_point now = comes_at_once ? worker.last_end : task_clock::now();
    task_clock::time_point limit = task_clock::time_point::max();
    bool again = false;
    if (extras != nullptr) {
        clear_timer(&record_extras::overdue_timer, record);
        if (extras->deadline <= now) {
            finish_unrun(record, cell_state::ready, task_status::timed_out, unstarted_error(record.id));
            return slot_outcome::elsewhere;
        }
        {
            const std::scoped_lock lock(m_timer_mutex); // with those who ask it to stop
            extras->has_timed_out.store(false, std::memory_order_relaxed);
            extras->stop = std::stop_source();
        }
        if (is_closing()) extras->stop.request_stop();
        frame.stop = extras->stop.get_token();
        limit = extras->timeout ? std::min(extras->deadline, later(now, *extras->timeout)) : extras->deadline;
        if (limit != task_clock::time_point::max()) {
            static_cast<void>(
                set_timer(&record_extras::overdue_timer, record, {timer_event::overdue, false, &record}, limit));
        }
        again = extras->period.has_value() || extras->failures_in_turn < extras->retries;
    }
    record.attempts.store(frame.attempt, std::memory_order_relaxed);
    record.worker.store(worker.number, std::memory_order_relaxed);
    if (frame.attempt == 1) record.started = now;
    tell(record, record_event::started);

    frame.outer = std::exchange(worker.frame, &frame);
    const bool returned = run_observed(record, again);
    worker.frame = frame.outer;

    if (extras == nullptr) {
        const bool asked = (record.state.load(std::memory_order_relaxed) & cell_state::asked_to_stop) != 0;
        const task_status status = returned ? task_status::succeeded
                                   : asked  ? task_status::cancelled
                                            : task_status::failed;
        if (status == task_status::cancelled) say_that_it_was_cancelled(record);
        finish(record, status);
        if (worker.frame == &worker.base) {
            worker.last_end = record.finished;
            worker.last_end_slot = worker.slots_started.value();
        }
        return returned ? slot_outcome::succeeded : asked ? slot_outcome::cancelled : slot_outcome::failed;
    }
    clear_timer(&record_extras::overdue_timer, record);
    const task_clock::time_point end = task_clock::now();
    attempt_ended(record, returned, end, limit <= end || extras->has_timed_out.load(std::memory_order_relaxed));
    return slot_outcome::elsewhere;
}

inline bool task_engine::run_observed(task_record& record, bool again) noexcept {
    if (m_hooks.observe == nullptr) return record.kind->run(record, again);
    struct attempt {
        task_record& record;
        bool again;
    };
    attempt made{record, again};
    return m_hooks.observe(
        m_hooks.observer,
        record.id.empty() ? std::string_view("task") : record.id,
        [](void* data) noexcept {
            const auto& [of, once_more] = *static_cast<attempt*>(data);
            return of.kind->run(of, once_more);
        },
        &made);
}

inline void
task_engine::tell(const task_record& record, record_event event, const std::exception_ptr& exception) const noexcept {
    if (m_hooks.tell != nullptr) m_hooks.tell(m_hooks.observer, record.info(), event, exception);
}

inline void
task_engine::attempt_ended(task_record& record, bool returned, task_clock::time_point now, bool timed_out) noexcept {
    record_extras& extras = *record.extras;
    const bool asked = (record.state.load(std::memory_order_acquire) & cell_state::asked_to_stop) != 0;
    if (returned && !timed_out) {
        extras.failures_in_turn = 0;
        if (!extras.period || asked) {
            finish(record, task_status::succeeded);
            return;
        }
        task_clock::time_point next_turn = later(extras.due, *extras.period);
        if (next_turn < now && *extras.period > task_clock::duration::zero()) {
            next_turn += *extras.period * ((now - next_turn) / *extras.period); // turns that it has missed
        }
        hold_back(record, next_turn, true);
        return;
    }
    if (timed_out) {
        record.clear();
        record.put_exception(overdue_error(record.id, now < extras.deadline ? extras.timeout : std::nullopt));
    }
    if (asked && !returned) {
        if (!timed_out) say_that_it_was_cancelled(record);
        finish(record, task_status::cancelled);
    } else if (extras.failures_in_turn < extras.retries && now < extras.deadline && !asked) {
        ++extras.failures_in_turn;
        if (extras.deadline != task_clock::time_point::max()) {
            static_cast<void>(set_timer(
                &record_extras::overdue_timer, record, {timer_event::overdue, false, &record}, extras.deadline));
        }
        hold_back(record, now + backoff_of(record), false);
    } else {
        finish(record, timed_out ? task_status::timed_out : task_status::failed);
    }
}

// It threw, and had been asked to stop.
inline void task_engine::say_that_it_was_cancelled(task_cell& cell) noexcept {
    std::string_view id;
    if (cell.is_record) id = task_record::of(cell).id;
    std::exception_ptr why = cancelled_while_it_ran(id, cell.exception());
    cell.clear();
    cell.put_exception(std::move(why));
}

// By whoever has claimed it.
inline void task_engine::finish(task_record& record, task_status status) noexcept {
    record_extras* const extras = record.extras;
    if (extras != nullptr) {
        unlist_record(record);
        clear_timer(&record_extras::ready_timer, record);
        clear_timer(&record_extras::overdue_timer, record);
    }
    record.kind->drop_callable(record);
    record.finished = task_clock::now();
    record.outcome = status;
    const bool succeeded = status == task_status::succeeded;
    if (extras != nullptr) {
        std::atomic<std::uint64_t>& count = succeeded                       ? m_succeeded
                                            : status == task_status::failed ? m_failed
                                                                            : m_cancelled;
        count.fetch_add(1, std::memory_order_relaxed);
    }
    if (m_hooks.tell != nullptr) {
        tell(record,
             succeeded ? record_event::finished : record_event::failed,
             succeeded ? std::exception_ptr{} : record.exception());
    }
    publish(record);
    if (extras != nullptr) record.disown(); // for the engine
}

// By whoever has claimed it, and found the state `before`, so that it never runs.
inline void task_engine::finish_unrun(task_record& record,
                                      std::uint32_t before,
                                      task_status status,
                                      std::exception_ptr why) noexcept {
    const bool was_held_back = (before & (cell_state::ready | cell_state::repeated)) == 0;
    record.clear();
    record.put_exception(std::move(why));
    finish(record, status);
    if (record.extras == nullptr) m_cancelled.fetch_add(1, std::memory_order_relaxed);
    if (was_held_back) m_held_back.fetch_sub(1);
    look_whether_all_is_done();
}

inline void task_engine::ask_to_stop(task_record& record) noexcept {
    if (record.extras == nullptr) return;
    record.state.fetch_or(cell_state::asked_to_stop, std::memory_order_acq_rel);
    std::stop_source source{std::nostopstate};
    {
        const std::scoped_lock lock(m_timer_mutex);
        source = record.extras->stop;
    }
    source.request_stop(); // calls what the task has registered
}

} // namespace detail
} // namespace v0
} // namespace lathe

#endif // LATHE_TASK_DETAIL_ENGINE_ATTEMPTS_HPP
