// SPDX-License-Identifier: MIT
#ifndef LATHE_TASK_DETAIL_ENGINE_RECORDS_HPP
#define LATHE_TASK_DETAIL_ENGINE_RECORDS_HPP

/// @file
/// @brief Tasks with ids and options: how they are added, and what comes of an attempt.

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <exception>
#include <mutex>
#include <optional>
#include <stop_token>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <lathe/task/detail/engine_adding.hpp>
#include <lathe/task/detail/engine_graph.hpp>
#include <lathe/task/detail/engine_timers.hpp>
#include <lathe/task/detail/task_engine.hpp>
#include <lathe/task/detail/task_errors.hpp>

namespace lathe {
inline namespace v0 {
namespace detail {

inline void record_canceller::operator()() const noexcept {
    record->engine->cancel(*record);
}

// ---- adding ----

// A task with no more than an id, which the caller's handle owns. Throws task_error or std::bad_alloc, and has changed
// nothing then.
inline void task_engine::add_record(task_record& record) {
    refuse_while_draining();
    record.added = task_clock::now();
    tell(record, record_event::added);
    try {
        if (!record.id.empty()) {
            const std::scoped_lock lock(m_graph_mutex);
            if (m_ids.find(record.id) != nullptr) fail_for_taken_id(record.id);
            m_ids.insert(record);
            record.own();
            if (!m_unknown.empty()) link_those_who_waited(record);
        }
        record.state.fetch_or(cell_state::ready, std::memory_order_relaxed);
        try {
            if (!push_record(record, room::asked_for)) refuse(record);
        } catch (...) {
            record.state.fetch_and(~cell_state::ready, std::memory_order_relaxed);
            forget_id(record);
            throw;
        }
    } catch (...) {
        tell(record, record_event::failed, std::current_exception());
        throw;
    }
}

// The same with options, which are in its extras already but for dependencies and times.
inline void task_engine::add_record(task_record& record, const task_options& options) {
    refuse_while_draining();
    if (options.retries != 0 || options.deadline || options.timeout || options.delay || options.period) {
        need_timer_thread();
    }
    record_extras& extras = *record.extras;
    record.added = task_clock::now();
    extras.due = later(record.added, options.delay.value_or(std::chrono::nanoseconds{0}));
    if (options.deadline) extras.deadline = later(record.added, *options.deadline);
    extras.links.resize(options.after.size());
    for (std::size_t i = 0; i < options.after.size(); ++i) {
        dependency_link& link = extras.links[i];
        link.on = options.after[i].task();
        link.id = options.after[i].id();
        link.waiting = &record;
        if (link.on && link.on->engine != this) fail_for_foreign_dependency(record.id);
        if (!link.on && link.id.empty()) fail_for_empty_dependency(record.id);
    }

    task_cell* failed = nullptr;
    bool is_taken = true;
    bool has_room = false;
    const bool needs_room = m_options.capacity != 0 && options.after.empty() && extras.due <= record.added;
    tell(record, record_event::added);
    m_held_back.fetch_add(1);
    try {
        if (needs_room) has_room = is_taken = with_room(record.level, [] {});
        const std::scoped_lock lock(m_graph_mutex);
        list_record(record, failed);
    } catch (...) {
        m_held_back.fetch_sub(1);
        if (has_room) leave_room();
        tell(record, record_event::failed, std::current_exception());
        throw;
    }
    m_records_added.fetch_add(1);
    if (options.deadline) {
        static_cast<void>(set_timer(&record_extras::overdue_timer,
                                    record,
                                    {timer_event::overdue, false, &record},
                                    extras.deadline)); // without memory for it: looked at when it starts
    }
    if (options.stop.stop_possible()) extras.on_stop.emplace(options.stop, record_canceller{&record});
    std::size_t left = 0;
    {
        const std::scoped_lock lock(m_graph_mutex);
        left = --extras.missing;
    }
    if (failed != nullptr) {
        const std::uint32_t before = record.claim_anyway();
        if ((before & cell_state::claimed) == 0) {
            finish_unrun(record, before, task_status::cancelled, dependency_error(record.id, *failed));
        }
    } else if (!is_taken) {
        refuse(record);
    } else if (has_room) {
        release_to_queue(record, room::taken);
    } else if (left == 0) {
        become_ready(record);
    }
    record.disown();
}

// ---- into the queue ----

// It is the least urgent one, and the queue is full.
inline void task_engine::refuse(task_record& record) noexcept {
    const std::uint32_t before = record.claim_anyway();
    if ((before & cell_state::claimed) == 0) {
        finish_unrun(record,
                     before,
                     task_status::cancelled,
                     cancelled_error(record.id, "was dropped: it is the least urgent one in a full queue"));
    }
}

// Nothing but its time holds it back.
inline void task_engine::become_ready(task_record& record) noexcept {
    record_extras& extras = *record.extras;
    if (is_closing()) {
        cancel(record);
        return;
    }
    if (extras.due > task_clock::now()) {
        const std::scoped_lock lock(m_graph_mutex); // against who cancels it meanwhile: see finish
        if (!extras.is_finished &&
            set_timer(&record_extras::ready_timer, record, {timer_event::ready, true, &record}, extras.due)) {
            return;
        }
    }
    release_to_queue(record, room::let_through);
}

inline void task_engine::release_to_queue(task_record& record, room of_queue) noexcept {
    std::uint32_t seen = record.state.load(std::memory_order_relaxed);
    do {
        if ((seen & (cell_state::ready | cell_state::claimed)) != 0) return;
        // Release: what was written before is seen by whoever claims it.
    } while (!record.state.compare_exchange_weak(
        seen, seen | cell_state::ready, std::memory_order_acq_rel, std::memory_order_relaxed));
    try {
        static_cast<void>(push_record(record, of_queue)); // is never refused now
    } catch (...) {
        if (record.claim_ready()) {
            finish_unrun(record, cell_state::ready, task_status::failed, std::current_exception());
        }
    }
    if ((seen & cell_state::repeated) == 0) m_held_back.fetch_sub(1);
}

// Answers false if it was not taken. Who adds a task with extras counts it, however often it comes into the queue.
inline bool task_engine::push_record(task_record& record, room of_queue) {
    task_cell* const cell = &record;
    cell->own(); // the queue
    const bool is_counted = record.extras != nullptr;
    if (is_counted) m_record_slots.fetch_add(1);
    const auto put = [&](task_slot& slot) noexcept {
        slot.put(&cell_slot, cell);
    };
    const auto take_back = [&] {
        if (is_counted) m_record_slots.fetch_sub(1);
        cell->state.fetch_sub(cell_state::owner, std::memory_order_relaxed); // others own it
    };
    bool is_taken = true;
    try {
        if (of_queue == room::asked_for || m_options.capacity == 0) {
            is_taken = push(record.level, put);
        } else {
            push_shared(record.level, put, of_queue == room::let_through);
        }
    } catch (...) {
        take_back();
        throw;
    }
    if (!is_taken) {
        if (!is_counted) m_refused.fetch_add(1);
        take_back();
    }
    return is_taken;
}

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
            finish_unrun(record, cell_state::ready, task_status::timed_out, timed_out_error(record.id, false));
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
        record.put_exception(timed_out_error(record.id, true));
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

// ---- all of them ----

inline void task_engine::ask_all_to_stop() noexcept {
    std::vector<cell_owner> running;
    try {
        const std::scoped_lock lock(m_graph_mutex);
        for (task_record* each = m_unfinished; each != nullptr; each = each->extras->next_unfinished) {
            if ((each->state.load(std::memory_order_acquire) & cell_state::claimed) == 0) continue;
            if (running.size() == running.capacity()) running.reserve(2 * running.size() + 16);
            each->own();
            running.emplace_back(*each); // does not throw
        }
    } catch (...) { // no memory: they end by themselves
    }
    for (const cell_owner& each : running)
        ask_to_stop(task_record::of(*each));
}

// Those that would have another turn have succeeded.
inline void task_engine::end_periodic() noexcept {
    for (;;) {
        cell_owner found;
        {
            const std::scoped_lock lock(m_graph_mutex);
            for (task_record* each = m_unfinished; each != nullptr && !found; each = each->extras->next_unfinished) {
                std::uint32_t seen = each->state.load(std::memory_order_relaxed);
                while ((seen & cell_state::repeated) != 0 && (seen & cell_state::claimed) == 0) {
                    if (each->state.compare_exchange_weak(
                            seen, seen | cell_state::claimed, std::memory_order_acquire, std::memory_order_relaxed)) {
                        each->own();
                        found = cell_owner(*each);
                        break;
                    }
                }
            }
        }
        if (!found) return;
        finish(task_record::of(*found),
               found->content == cell_content::exception ? task_status::failed : task_status::succeeded);
    }
}

// One that is not done; or one that waits for a moment or for others, for the scheduler is about to go. Answers whether
// there was one.
inline bool task_engine::cancel_a_record(bool only_held_back) noexcept {
    constexpr auto begun = cell_state::ready | cell_state::claimed;
    cell_owner found;
    {
        const std::scoped_lock lock(m_graph_mutex);
        for (task_record* each = m_unfinished; each != nullptr && !found; each = each->extras->next_unfinished) {
            if (only_held_back && (each->state.load(std::memory_order_relaxed) & begun) != 0) continue;
            each->own();
            found = cell_owner(*each);
        }
    }
    if (!found) return false;
    cancel(*found);
    return true;
}

inline cell_owner task_engine::find(std::string_view id) {
    const std::scoped_lock lock(m_graph_mutex);
    task_record* const found = m_ids.find(id);
    if (found == nullptr) return {};
    found->own();
    return cell_owner(*found);
}

// Those with an id, in the order in which they were added; or only those that are done, which have none any more then.
inline std::vector<cell_owner> task_engine::all_with_id(bool takes_done) {
    std::vector<cell_owner> all;
    const std::scoped_lock lock(m_graph_mutex);
    all.reserve(m_ids.size());
    m_ids.erase_if([&](task_record& record) {
        if (takes_done && !record.is_done()) return false;
        if (!takes_done) record.own();
        all.emplace_back(record);
        return takes_done;
    });
    return all;
}

} // namespace detail
} // namespace v0
} // namespace lathe

#endif // LATHE_TASK_DETAIL_ENGINE_RECORDS_HPP
