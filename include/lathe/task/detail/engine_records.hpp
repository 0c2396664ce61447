// SPDX-License-Identifier: MIT
#ifndef LATHE_TASK_DETAIL_ENGINE_RECORDS_HPP
#define LATHE_TASK_DETAIL_ENGINE_RECORDS_HPP

/// @file
/// @brief Tasks with options: ids, dependencies, attempts.

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <exception>
#include <iterator>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <lathe/task/detail/engine_adding.hpp>
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

// The record is owned by the caller's handle already. Throws task_error, std::bad_alloc or std::system_error, and has
// changed nothing then.
inline void task_engine::add_record(task_record& record, const task_options& options) {
    if (m_mode.load() == mode::draining && this_worker() == nullptr) fail_while_draining(record.id);
    if (options.retries != 0 || options.deadline || options.timeout || options.delay || options.period) {
        need_timer_thread();
    }
    record.added = task_clock::now();
    record.due = record.added + options.delay.value_or(std::chrono::nanoseconds{0});
    if (options.deadline) record.deadline = record.added + *options.deadline;
    record.links.resize(options.after.size());
    for (std::size_t i = 0; i < options.after.size(); ++i) {
        dependency_link& link = record.links[i];
        link.on = options.after[i].task();
        link.id = options.after[i].id();
        link.waiting = &record;
        if (link.on && link.on->engine != this) fail_for_foreign_dependency(record.id);
        if (!link.on && link.id.empty()) fail_for_empty_dependency(record.id);
    }

    task_cell* failed = nullptr;
    m_held_back.fetch_add(1);
    try {
        const std::scoped_lock lock(m_graph_mutex);
        list_record(record, failed);
    } catch (...) {
        m_held_back.fetch_sub(1);
        throw;
    }
    m_records_added.fetch_add(1);
    tell(record, record_event::added);
    if (options.deadline) {
        static_cast<void>(set_timer(&task_record::overdue_timer,
                                    record,
                                    {timer_event::overdue, false, &record},
                                    record.deadline)); // without memory for it: looked at when it starts
    }
    if (options.stop.stop_possible()) record.on_stop.emplace(options.stop, record_canceller{&record});
    std::size_t left = 0;
    {
        const std::scoped_lock lock(m_graph_mutex);
        left = --record.missing;
    }
    if (failed != nullptr) {
        const std::uint32_t before = record.claim_anyway();
        if ((before & cell_state::claimed) == 0) {
            finish_unrun(record, before, task_status::cancelled, dependency_error(record.id, *failed));
        }
    } else if (left == 0) {
        become_ready(record);
    }
    record.disown();
}

// Puts it into the table, and into the lists of what it depends on. If nothing is missing, this function still is.
inline void task_engine::list_record(task_record& record, task_cell*& failed) {
    if (!record.id.empty() && !m_ids.emplace(record.id, &record).second) fail_for_taken_id(record.id);
    try {
        record.missing = 1;
        for (dependency_link& link : record.links) {
            if (!link.on) {
                const auto found = m_ids.find(link.id);
                if (found == m_ids.end()) {
                    m_unknown.emplace(link.id, &link);
                    link.is_listed = true;
                    ++record.missing;
                    continue;
                }
                found->second->own();
                link.on = cell_owner(*found->second);
            }
            link_to(link, *link.on, failed);
        }
    } catch (...) {
        unlink(record, nullptr);
        if (!record.id.empty()) m_ids.erase(record.id);
        throw;
    }
    // Its owners: the engine until it is done, the table, and who adds it.
    record.own();
    record.own();
    if (!record.id.empty()) {
        record.own();
        // Those who have waited for this id.
        auto [first, last] = m_unknown.equal_range(record.id);
        while (first != last) {
            dependency_link& link = *first->second;
            record.own();
            link.on = cell_owner(record);
            link.next = std::exchange(record.dependents, &link);
            first = m_unknown.erase(first);
        }
        if (record.dependents != nullptr) {
            record.state.fetch_or(cell_state::waited_for, std::memory_order_relaxed);
        }
    }
    record.sequence = ++m_sequence;
    record.next_unfinished = std::exchange(m_unfinished, &record);
    if (record.next_unfinished != nullptr) record.next_unfinished->before_unfinished = &record;
}

inline void task_engine::link_to(dependency_link& link, task_cell& on, task_cell*& failed) {
    dependency_link** list = nullptr;
    if (on.is_record) {
        list = &task_record::of(on).dependents;
    } else {
        list = &m_dependents[&on];
    }
    if (on.wants_to_be_told()) {
        link.next = std::exchange(*list, &link);
        link.is_listed = true;
        ++link.waiting->missing;
    } else {
        if (*list == nullptr && !on.is_record) m_dependents.erase(&on);
        if (on.outcome != task_status::succeeded && !link.waiting->runs_after_failure && failed == nullptr)
            failed = &on;
    }
}

// Takes it out of the lists of what it depends on. What it owned of them goes to `let_go`, to be destroyed without the
// lock; it stays with the record if that is null or has no room.
inline void task_engine::unlink(task_record& record, std::vector<cell_owner>* let_go) noexcept {
    for (dependency_link& link : record.links) {
        if (!std::exchange(link.is_listed, false)) continue;
        if (!link.on) {
            auto [first, last] = m_unknown.equal_range(link.id);
            while (first != last && first->second != &link)
                ++first;
            if (first != last) m_unknown.erase(first);
            continue;
        }
        const auto in_table = link.on->is_record ? m_dependents.end() : m_dependents.find(link.on.get());
        dependency_link** at =
            in_table == m_dependents.end() ? &task_record::of(*link.on).dependents : &in_table->second;
        while (*at != &link)
            at = &(*at)->next;
        *at = link.next;
        if (in_table != m_dependents.end() && in_table->second == nullptr) m_dependents.erase(in_table);
        if (let_go != nullptr && let_go->size() < let_go->capacity()) let_go->push_back(std::move(link.on));
    }
}

// ---- dependencies ----

// Under the lock of the graph. The tasks that wait are owned for the caller.
inline dependency_link* task_engine::take_dependents(task_cell& cell) noexcept {
    dependency_link* taken = nullptr;
    if (cell.is_record) {
        taken = std::exchange(task_record::of(cell).dependents, nullptr);
    } else if (const auto found = m_dependents.find(&cell); found != m_dependents.end()) {
        taken = found->second;
        m_dependents.erase(found);
    }
    for (dependency_link* link = taken; link != nullptr; link = link->next) {
        link->is_listed = false;
        link->waiting->own();
    }
    return taken;
}

inline void task_engine::dependency_done(dependency_link& link) noexcept {
    task_record& record = *link.waiting;
    cell_owner on;
    std::size_t left = 0;
    {
        const std::scoped_lock lock(m_graph_mutex);
        on = std::move(link.on); // so that a chain of tasks does not keep those that are over
        left = --record.missing;
    }
    if (on->outcome != task_status::succeeded && !record.runs_after_failure) {
        const std::uint32_t before = record.claim_anyway();
        if ((before & cell_state::claimed) == 0) {
            finish_unrun(record, before, task_status::cancelled, dependency_error(record.id, *on));
        }
    } else if (left == 0) {
        become_ready(record);
    }
    record.disown();
}

// Nothing but its time holds it back.
inline void task_engine::become_ready(task_record& record) noexcept {
    if (record.due > task_clock::now()) {
        const std::scoped_lock lock(m_graph_mutex); // against who cancels it meanwhile: see finish
        if (!record.is_finished &&
            set_timer(&task_record::ready_timer, record, {timer_event::ready, true, &record}, record.due)) {
            return;
        }
    }
    release_to_queue(record);
}

inline void task_engine::release_to_queue(task_record& record) noexcept {
    std::uint32_t seen = record.state.load(std::memory_order_relaxed);
    do {
        if ((seen & (cell_state::ready | cell_state::claimed)) != 0) return;
        // Release: what was written before is seen by whoever claims it.
    } while (!record.state.compare_exchange_weak(
        seen, seen | cell_state::ready, std::memory_order_acq_rel, std::memory_order_relaxed));
    try {
        push_record(record);
    } catch (...) {
        if (record.claim_ready()) {
            finish_unrun(record, cell_state::ready, task_status::failed, std::current_exception());
        }
    }
    if ((seen & cell_state::repeated) == 0) m_held_back.fetch_sub(1);
}

inline void task_engine::push_record(task_record& record) {
    task_cell* const cell = &record;
    cell->own(); // the queue
    const auto put = [&](task_slot& slot) {
        slot.put(&cell_slot, cell);
    };
    try {
        m_record_slots.fetch_add(1);
        push(record.level, put);
    } catch (...) {
        m_record_slots.fetch_sub(1);
        cell->state.fetch_sub(cell_state::owner, std::memory_order_relaxed); // others own it
        throw;
    }
}

// ---- attempts ----

inline void task_engine::run_record(task_worker& worker, task_record& record) noexcept {
    clear_timer(&task_record::overdue_timer, record);
    const task_clock::time_point now = task_clock::now();
    if (record.deadline <= now) {
        finish_unrun(record, cell_state::ready, task_status::timed_out, timed_out_error(record.id, false));
        return;
    }
    task_frame frame;
    frame.cell = &record;
    frame.level = record.level;
    frame.attempt = record.attempts.load(std::memory_order_relaxed) + 1;
    record.attempts.store(frame.attempt, std::memory_order_relaxed);
    record.worker.store(worker.number, std::memory_order_relaxed);
    if (frame.attempt == 1) record.started = now;
    {
        const std::scoped_lock lock(m_timer_mutex); // with those who ask it to stop
        record.has_timed_out.store(false, std::memory_order_relaxed);
        record.stop = std::stop_source();
    }
    frame.stop = record.stop.get_token();
    const task_clock::time_point limit =
        record.timeout ? std::min(record.deadline, now + *record.timeout) : record.deadline;
    if (limit != task_clock::time_point::max()) {
        static_cast<void>(
            set_timer(&task_record::overdue_timer, record, {timer_event::overdue, false, &record}, limit));
    }
    tell(record, record_event::started);

    frame.outer = std::exchange(worker.frame, &frame);
    const bool again = record.period.has_value() || record.failures_in_turn < record.retries;
    const bool returned = run_observed(record, again);
    worker.frame = frame.outer;

    clear_timer(&task_record::overdue_timer, record);
    if (limit <= task_clock::now()) record.has_timed_out.store(true, std::memory_order_relaxed);
    attempt_ended(record, returned);
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
            auto& [of, once_more] = *static_cast<attempt*>(data);
            return of.kind->run(of, once_more);
        },
        &made);
}

inline void
task_engine::tell(const task_record& record, record_event event, const std::exception_ptr& exception) const noexcept {
    if (m_hooks.tell != nullptr) m_hooks.tell(m_hooks.observer, record.info(), event, exception);
}

inline void task_engine::attempt_ended(task_record& record, bool returned) noexcept {
    const bool asked = (record.state.load(std::memory_order_acquire) & cell_state::asked_to_stop) != 0;
    const bool timed_out = record.has_timed_out.load(std::memory_order_relaxed);
    const task_clock::time_point now = task_clock::now();
    if (returned && !timed_out) {
        record.failures_in_turn = 0;
        if (!record.period || asked) {
            finish(record, task_status::succeeded);
            return;
        }
        task_clock::time_point next_turn = record.due + *record.period;
        if (next_turn < now && *record.period > task_clock::duration::zero()) {
            next_turn += *record.period * ((now - next_turn) / *record.period); // turns that it has missed
        }
        hold_back(record, next_turn, true);
        return;
    }
    if (timed_out) {
        record.clear();
        record.put_exception(timed_out_error(record.id, true));
    }
    if (asked && !returned) {
        finish(record, task_status::cancelled);
    } else if (record.failures_in_turn < record.retries && now < record.deadline && !asked) {
        ++record.failures_in_turn;
        if (record.deadline != task_clock::time_point::max()) {
            static_cast<void>(set_timer(
                &task_record::overdue_timer, record, {timer_event::overdue, false, &record}, record.deadline));
        }
        hold_back(record, now + backoff_of(record), false);
    } else {
        finish(record, timed_out ? task_status::timed_out : task_status::failed);
    }
}

// By whoever has claimed it.
inline void task_engine::finish(task_record& record, task_status status) noexcept {
    std::vector<cell_owner> let_go;
    {
        const std::scoped_lock lock(m_graph_mutex);
        record.is_finished = true;
        if (record.before_unfinished != nullptr) {
            record.before_unfinished->next_unfinished = record.next_unfinished;
        } else {
            m_unfinished = record.next_unfinished;
        }
        if (record.next_unfinished != nullptr) {
            record.next_unfinished->before_unfinished = record.before_unfinished;
        }
        if (record.missing != 0) {
            try {
                let_go.reserve(record.links.size());
            } catch (...) { // they go with the record
            }
            unlink(record, &let_go);
        }
    }
    clear_timer(&task_record::ready_timer, record);
    clear_timer(&task_record::overdue_timer, record);
    record.on_stop.reset(); // with no lock held: it waits for a request that is going on
    record.kind->drop_callable(record);
    record.finished = task_clock::now();
    record.outcome = status;
    const bool succeeded = status == task_status::succeeded;
    (succeeded ? m_succeeded : status == task_status::failed ? m_failed : m_cancelled).fetch_add(1);
    tell(record,
         succeeded ? record_event::finished : record_event::failed,
         succeeded ? std::exception_ptr{} : record.exception());
    publish(record);
    record.disown(); // for the engine
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
    if (was_held_back) m_held_back.fetch_sub(1);
    look_whether_all_is_done();
}

inline void task_engine::ask_to_stop(task_record& record) noexcept {
    record.state.fetch_or(cell_state::asked_to_stop, std::memory_order_acq_rel);
    std::stop_source source{std::nostopstate};
    {
        const std::scoped_lock lock(m_timer_mutex);
        source = record.stop;
    }
    source.request_stop(); // calls what the task has registered
}

// ---- all of them ----

inline void task_engine::ask_all_to_stop() noexcept {
    std::vector<cell_owner> running;
    try {
        const std::scoped_lock lock(m_graph_mutex);
        for (task_record* each = m_unfinished; each != nullptr; each = each->next_unfinished) {
            if ((each->state.load(std::memory_order_acquire) & cell_state::claimed) == 0) continue;
            running.reserve(running.size() + 1);
            each->own();
            running.emplace_back(*each);
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
            for (task_record* each = m_unfinished; each != nullptr && !found; each = each->next_unfinished) {
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

// No thread runs tasks any more. Answers whether there was one.
inline bool task_engine::cancel_a_record() noexcept {
    cell_owner found;
    {
        const std::scoped_lock lock(m_graph_mutex);
        if (m_unfinished == nullptr) return false;
        m_unfinished->own();
        found = cell_owner(*m_unfinished);
    }
    cancel(*found);
    return true;
}

inline cell_owner task_engine::find(std::string_view id) {
    const std::scoped_lock lock(m_graph_mutex);
    const auto found = m_ids.find(id);
    if (found == m_ids.end()) return {};
    found->second->own();
    return cell_owner(*found->second);
}

// Those with an id, in the order in which they were added; or only those that are done, which have none any more then.
inline std::vector<cell_owner> task_engine::all_with_id(bool takes_done) {
    std::vector<cell_owner> all;
    {
        const std::scoped_lock lock(m_graph_mutex);
        all.reserve(m_ids.size());
        for (auto at = m_ids.begin(); at != m_ids.end();) {
            task_record& record = *at->second;
            if (!takes_done) {
                record.own();
            } else if (!record.is_done()) {
                ++at;
                continue;
            }
            all.emplace_back(record);
            at = takes_done ? m_ids.erase(at) : std::next(at);
        }
    }
    std::sort(all.begin(), all.end(), [](const cell_owner& a, const cell_owner& b) {
        return task_record::of(*a).sequence < task_record::of(*b).sequence;
    });
    return all;
}

// ---- what can never run ----

// Throws task_error.
inline void task_engine::check_graph() {
    std::string waiting;
    std::string missing;
    std::string circle;
    {
        const std::scoped_lock lock(m_graph_mutex);
        if (!m_unknown.empty()) {
            waiting = m_unknown.begin()->second->waiting->id;
            missing = m_unknown.begin()->first;
        } else {
            ++m_visit;
            for (task_record* each = m_unfinished; each != nullptr && circle.empty(); each = each->next_unfinished)
                circle = circle_through(*each);
            ++m_visit; // those that were looked at have this mark
        }
    }
    if (!missing.empty()) fail_for_unknown_dependency(waiting, missing);
    if (!circle.empty()) fail_for_circle(circle);
}

// Depth first; a record has the mark m_visit while it is on the path, and m_visit + 1 after that. Answers the ids on a
// circle that was found, or nothing.
inline std::string task_engine::circle_through(task_record& first) {
    struct step {
        task_record* record;
        std::size_t next_link;
    };
    if (first.missing == 0 || first.visited >= m_visit) return {};
    std::vector<step> path;
    first.visited = m_visit;
    path.push_back({&first, 0});
    while (!path.empty()) {
        step& last = path.back();
        if (last.next_link == last.record->links.size()) {
            last.record->visited = m_visit + 1;
            path.pop_back();
            continue;
        }
        const dependency_link& link = last.record->links[last.next_link++];
        if (!link.is_listed || !link.on || !link.on->is_record) continue;
        task_record& next_one = task_record::of(*link.on);
        if (next_one.visited == m_visit) {
            std::string circle;
            bool is_on_it = false;
            for (const step& each : path) {
                is_on_it = is_on_it || each.record == &next_one;
                if (is_on_it) circle += quoted_id(each.record->id) + " -> ";
            }
            return circle + quoted_id(next_one.id);
        }
        if (next_one.visited == m_visit + 1 || next_one.missing == 0) continue;
        next_one.visited = m_visit;
        path.push_back({&next_one, 0});
    }
    return {};
}

} // namespace detail
} // namespace v0
} // namespace lathe

#endif // LATHE_TASK_DETAIL_ENGINE_RECORDS_HPP
