// SPDX-License-Identifier: MIT
#ifndef LATHE_TASK_DETAIL_ENGINE_RECORDS_HPP
#define LATHE_TASK_DETAIL_ENGINE_RECORDS_HPP

/// @file
/// @brief Tasks with ids and options: how they are added, and found.

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
#include <lathe/task/detail/engine_attempts.hpp>
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
        left = failed != nullptr ? extras.missing : --extras.missing;
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
