// SPDX-License-Identifier: MIT
#ifndef LATHE_TASK_DETAIL_ENGINE_GRAPH_HPP
#define LATHE_TASK_DETAIL_ENGINE_GRAPH_HPP

/// @file
/// @brief Which tasks wait for which.

#include <cstddef>
#include <cstdint>
#include <exception>
#include <mutex>
#include <string>
#include <utility>
#include <vector>

#include <lathe/task/detail/task_engine.hpp>
#include <lathe/task/detail/task_errors.hpp>

namespace lathe {
inline namespace v0 {
namespace detail {

// ---- lists, under the lock of the graph ----

// Puts it into the table, and into the lists of what it depends on. One more is missing than that: whoever adds it.
inline void task_engine::list_record(task_record& record, task_cell*& failed) {
    record_extras& extras = *record.extras;
    if (!record.id.empty()) {
        if (m_ids.find(record.id) != nullptr) fail_for_taken_id(record.id);
        m_ids.insert(record);
    }
    try {
        extras.missing = 1;
        for (dependency_link& link : extras.links) {
            if (!link.on) {
                task_record* const found = m_ids.find(link.id);
                if (found == nullptr) {
                    m_unknown.emplace(link.id, &link);
                    link.is_listed = true;
                    ++extras.missing;
                    continue;
                }
                found->own();
                link.on = cell_owner(*found);
            }
            link_to(link, *link.on, failed);
        }
    } catch (...) {
        unlink(record, nullptr);
        if (!record.id.empty()) m_ids.erase(record);
        throw;
    }
    // Its owners: the engine until it is done, who adds it, and the table.
    record.own();
    record.own();
    if (!record.id.empty()) {
        record.own();
        link_those_who_waited(record);
    }
    extras.next_unfinished = std::exchange(m_unfinished, &record);
    if (extras.next_unfinished != nullptr) extras.next_unfinished->extras->before_unfinished = &record;
}

// For its id.
inline void task_engine::link_those_who_waited(task_record& record) noexcept {
    auto [first, last] = m_unknown.equal_range(record.id);
    while (first != last) {
        dependency_link& link = *first->second;
        record.own();
        link.on = cell_owner(record);
        link.next = std::exchange(record.dependents, &link);
        first = m_unknown.erase(first);
    }
    if (record.dependents != nullptr) record.state.fetch_or(cell_state::waited_for, std::memory_order_relaxed);
}

// It could not be added after all.
inline void task_engine::forget_id(task_record& record) noexcept {
    if (record.id.empty()) return;
    const std::scoped_lock lock(m_graph_mutex);
    m_ids.erase(record);
    while (record.dependents != nullptr) {
        dependency_link& link = *std::exchange(record.dependents, record.dependents->next);
        link.on = {};
        try {
            m_unknown.emplace(link.id, &link);
        } catch (...) { // no memory to wait for that id again: whoever does is cancelled with the scheduler
            link.is_listed = false;
        }
    }
    record.state.fetch_sub(cell_state::owner, std::memory_order_relaxed); // the table's; the handle has one
}

inline void task_engine::link_to(dependency_link& link, task_cell& on, task_cell*& failed) {
    dependency_link*& list = on.is_record ? task_record::of(on).dependents : m_dependents[&on];
    if (on.wants_to_be_told()) {
        link.next = std::exchange(list, &link);
        link.is_listed = true;
        ++link.waiting->extras->missing;
        return;
    }
    if (!on.is_record && list == nullptr) m_dependents.erase(&on); // others there are about to be told
    const bool must_succeed = !link.waiting->extras->runs_after_failure;
    if (on.outcome != task_status::succeeded && must_succeed && failed == nullptr) failed = &on;
}

// Takes it out of the lists of what it depends on. What it owned of them goes to `let_go`, to be destroyed without the
// lock; it stays with the record if that is null or has no room.
inline void task_engine::unlink(task_record& record, std::vector<cell_owner>* let_go) noexcept {
    for (dependency_link& link : record.extras->links) {
        if (!std::exchange(link.is_listed, false)) continue;
        if (!link.on) {
            auto [first, last] = m_unknown.equal_range(link.id);
            while (first != last && first->second != &link)
                ++first;
            if (first != last) m_unknown.erase(first);
            continue;
        }
        const auto in_table = link.on->is_record ? m_dependents.end() : m_dependents.find(link.on.get());
        const bool is_in_table = in_table != m_dependents.end();
        dependency_link** at = is_in_table ? &in_table->second : &task_record::of(*link.on).dependents;
        while (*at != &link)
            at = &(*at)->next;
        *at = link.next;
        if (is_in_table && in_table->second == nullptr) m_dependents.erase(in_table);
        if (let_go != nullptr && let_go->size() < let_go->capacity()) let_go->push_back(std::move(link.on));
    }
}

// The tasks that wait are owned for the caller.
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

// ---- the end of a task ----

// It is in no list any more. Takes the lock itself.
inline void task_engine::unlist_record(task_record& record) noexcept {
    record_extras& extras = *record.extras;
    std::vector<cell_owner> let_go; // destroyed after the lock is given back
    const std::scoped_lock lock(m_graph_mutex);
    extras.is_finished = true;
    (extras.before_unfinished == nullptr ? m_unfinished : extras.before_unfinished->extras->next_unfinished) =
        extras.next_unfinished;
    if (extras.next_unfinished != nullptr) {
        extras.next_unfinished->extras->before_unfinished = extras.before_unfinished;
    }
    if (extras.missing == 0) return;
    try {
        let_go.reserve(extras.links.size());
    } catch (...) { // they go with the record
    }
    unlink(record, &let_go);
}

inline void task_engine::dependency_done(dependency_link& link) noexcept {
    task_record& record = *link.waiting;
    cell_owner on;
    std::size_t left = 0;
    {
        const std::scoped_lock lock(m_graph_mutex);
        on = std::move(link.on); // so that a chain of tasks does not keep those that are over
        const bool fails = on->outcome != task_status::succeeded && !record.extras->runs_after_failure;
        left = fails ? record.extras->missing : --record.extras->missing;
    }
    if (on->outcome != task_status::succeeded && !record.extras->runs_after_failure) {
        const std::uint32_t before = record.claim_anyway();
        if ((before & cell_state::claimed) == 0) {
            finish_unrun(record, before, task_status::cancelled, dependency_error(record.id, *on));
        }
    } else if (left == 0) {
        become_ready(record);
    }
    record.disown();
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
            for (task_record* each = m_unfinished; each != nullptr && circle.empty();
                 each = each->extras->next_unfinished)
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
    const auto is_to_visit = [this](const task_record& record) {
        return record.extras != nullptr && record.extras->missing != 0 && record.extras->visited < m_visit;
    };
    if (!is_to_visit(first)) return {};
    std::vector<step> path;
    first.extras->visited = m_visit;
    path.push_back({&first, 0});
    while (!path.empty()) {
        step& last = path.back();
        record_extras& extras = *last.record->extras;
        if (last.next_link == extras.links.size()) {
            extras.visited = m_visit + 1;
            path.pop_back();
            continue;
        }
        const dependency_link& link = extras.links[last.next_link++];
        if (!link.is_listed || !link.on || !link.on->is_record) continue;
        task_record& next_one = task_record::of(*link.on);
        if (next_one.extras != nullptr && next_one.extras->visited == m_visit) {
            std::string circle;
            bool is_on_it = false;
            for (const step& each : path) {
                is_on_it = is_on_it || each.record == &next_one;
                if (is_on_it) circle += quoted_id(each.record->id) + " -> ";
            }
            return circle + quoted_id(next_one.id);
        }
        if (!is_to_visit(next_one)) continue;
        next_one.extras->visited = m_visit;
        path.push_back({&next_one, 0});
    }
    return {};
}

} // namespace detail
} // namespace v0
} // namespace lathe

#endif // LATHE_TASK_DETAIL_ENGINE_GRAPH_HPP
