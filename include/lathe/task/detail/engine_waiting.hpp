// SPDX-License-Identifier: MIT
#ifndef LATHE_TASK_DETAIL_ENGINE_WAITING_HPP
#define LATHE_TASK_DETAIL_ENGINE_WAITING_HPP

/// @file
/// @brief How somebody waits for a task, and what becomes of the thread meanwhile.

#include <cstddef>
#include <cstdint>
#include <exception>
#include <mutex>
#include <thread>
#include <utility>
#include <vector>

#include <lathe/task/detail/engine_adding.hpp>
#include <lathe/task/detail/engine_running.hpp>
#include <lathe/task/detail/stack_budget.hpp>
#include <lathe/task/detail/task_engine.hpp>
#include <lathe/task/detail/task_errors.hpp>

namespace lathe {
inline namespace v0 {
namespace detail {

// Somebody in the list of those who wait, for as long as it lives.
class task_engine::listed_wait {
public:
    // The lock of the graph is held, here and in the destructor.
    listed_wait(task_engine& engine, const task_cell& cell, const task_worker* worker) noexcept
        : m_engine(engine), m_node{&cell, worker, engine.m_waits, {}} {
        engine.m_waits = &m_node;
    }
    listed_wait(const listed_wait&) = delete;
    listed_wait& operator=(const listed_wait&) = delete;
    ~listed_wait() {
        wait_node** at = &m_engine.m_waits;
        while (*at != &m_node)
            at = &(*at)->next;
        *at = m_node.next;
    }
    void wait(std::unique_lock<std::mutex>& lock) {
        m_node.told.wait(lock, [&] { return m_node.cell->is_done(); });
    }
    void wait_until(std::unique_lock<std::mutex>& lock, task_clock::time_point time) {
        static_cast<void>(m_node.told.wait_until(lock, time, [&] { return m_node.cell->is_done(); }));
    }

private:
    task_engine& m_engine;
    wait_node m_node;
};

// Looks for about a microsecond or two.
inline bool is_done_soon(const task_cell& cell) noexcept {
    constexpr int patience = 40;
    constexpr int yields = 4; // the last ones: on a full machine, the task may want the processor
    for (int i = 0; i < patience; ++i) {
        if (cell.is_done()) return true;
        if (i < patience - yields) {
            pause_processor();
        } else {
            std::this_thread::yield();
        }
    }
    return false;
}

inline void task_engine::wait_for(task_cell& cell) {
    if (cell.is_done()) return;
    if (task_worker* const worker = this_worker()) {
        wait_in_task(*worker, cell);
    } else if (!drive(cell)) {
        wait_outside(cell);
    }
}

// ---- in a task ----

// Runs it here, within the task that waits for it.
inline void task_engine::run_in_place(task_worker& worker, task_cell& cell) noexcept {
    worker.started_in_place.add_one();
    slot_outcome outcome = slot_outcome::elsewhere;
    if (cell.is_record) {
        outcome = run_record(worker, task_record::of(cell));
    } else {
        task_frame frame;
        frame.cell = &cell;
        frame.level = cell.level;
        frame.outer = std::exchange(worker.frame, &frame);
        outcome = run_cell(cell);
        publish(cell);
        worker.frame = frame.outer;
    }
    if (outcome == slot_outcome::succeeded) worker.succeeded_in_place.add_one();
    if (outcome == slot_outcome::failed) worker.failed.add_one();
    if (outcome == slot_outcome::cancelled) worker.cancelled.add_one();
    worker.ended_in_place.add_one();
}

// The tasks that this worker's tasks have added last and that have been run in place go out of its queue: so a deep
// recursion leaves nothing behind.
inline void task_engine::remove_taken(task_worker& worker) noexcept {
    while (task_slot* const last = worker.local.last()) {
        if (last->call != &cell_slot) return;
        task_cell& cell = *last->as<task_cell*>();
        if ((cell.state.load(std::memory_order_acquire) & cell_state::claimed) == 0) return;
        if (!worker.local.remove_last()) return;
        cell.disown();
        worker.slots_without_success.add_one(); // it was counted in place
        worker.slots_done.add_one();
    }
}

inline void task_engine::wait_in_task(task_worker& worker, task_cell& cell) {
    for (;;) {
        if (has_stack_left(worker.stack_limit) && cell.claim_ready()) {
            run_in_place(worker, cell);
            remove_taken(worker);
        }
        if (cell.is_done()) return;
        if (is_done_soon(cell)) return; // it runs elsewhere
        std::unique_lock lock(m_graph_mutex);
        if (closes_circle(worker, cell)) {
            lock.unlock();
            fail_to_wait_in_circle(cell);
        }
        if (!cell.wants_to_be_told()) return;
        {
            listed_wait wait(*this, cell, &worker);
            block(worker);
            wait.wait(lock);
        }
        lock.unlock();
        unblock(worker);
        if (cell.is_done()) return;
    }
}

// Whether what the task of this worker would wait for waits for it: by way of threads that wait, and of tasks that
// depend on others. Under the lock of the graph; whoever waits within a task has looked before, so the last one who
// would close a circle finds it.
inline bool task_engine::closes_circle(const task_worker& worker, task_cell& cell) noexcept {
    const auto runs = [](const task_worker& by, const task_cell* what) {
        for (const task_frame* frame = by.frame; frame != nullptr; frame = frame->outer) {
            if (frame->cell == what) return true;
        }
        return by.base.cell == what;
    };
    ++m_visit;
    std::vector<task_cell*> to_visit;
    try {
        to_visit.push_back(&cell);
        while (!to_visit.empty()) {
            task_cell& next_one = *to_visit.back();
            to_visit.pop_back();
            if (runs(worker, &next_one)) return true;
            if (next_one.is_done()) continue;
            if (next_one.is_record) {
                record_extras* const extras = task_record::of(next_one).extras;
                if (extras != nullptr && extras->missing != 0) {
                    if (std::exchange(extras->visited, m_visit) == m_visit) continue;
                    for (const dependency_link& link : extras->links)
                        if (link.on) to_visit.push_back(link.on.get());
                }
            }
            for (const wait_node* wait = m_waits; wait != nullptr; wait = wait->next) {
                if (wait->worker == nullptr || wait->cell->is_done() || !runs(*wait->worker, &next_one)) continue;
                to_visit.push_back(const_cast<task_cell*>(wait->cell));
                break;
            }
        }
    } catch (...) { // no memory to look further
    }
    return false;
}

// This thread will run no tasks for a while: another one takes its place. Under the lock of the graph.
inline void task_engine::block(task_worker& worker) noexcept {
    if (std::exchange(worker.is_searching, false)) m_searching.fetch_sub(1);
    m_blocked.fetch_add(1);
    m_is_alone.store(false, std::memory_order_relaxed); // whoever comes is started or woken after this
    task_worker* substitute = nullptr;
    bool needs_thread = false;
    {
        const spin_guard guard(m_lock);
        --m_unblocked;
        if (m_unblocked < m_limit) {
            ++m_unblocked;
            if (m_resuming != nullptr) {
                substitute = std::exchange(m_resuming, m_resuming->next_idle);
            } else if (m_parked != nullptr) {
                substitute = std::exchange(m_parked, m_parked->next_idle);
            } else {
                needs_thread = true;
            }
        }
    }
    wake(substitute);
    if (!needs_thread) return;
    try {
        task_worker* vacant = nullptr;
        try {
            vacant = &vacant_worker();
        } catch (...) {
            const spin_guard guard(m_lock);
            --m_unblocked;
            throw;
        }
        start_thread(*vacant);
    } catch (...) { // There is one worker less. The others go on.
    }
}

inline void task_engine::unblock(task_worker& worker) noexcept {
    bool waits_for_turn = false;
    {
        const spin_guard guard(m_lock);
        if (m_unblocked < m_limit) {
            ++m_unblocked;
        } else if (m_idle != nullptr) { // one that sleeps is a substitute from now on
            task_worker& other = *std::exchange(m_idle, m_idle->next_idle);
            m_sleepers.fetch_sub(1);
            other.next_idle = std::exchange(m_parked, &other);
        } else if (m_is_strict) {
            worker.awake.store(0, std::memory_order_relaxed);
            worker.next_idle = std::exchange(m_resuming, &worker);
            m_flags.fetch_or(crowded);
            waits_for_turn = true;
        } else {
            ++m_unblocked;
            m_flags.fetch_or(crowded);
        }
    }
    if (waits_for_turn) worker.awake.wait(0, std::memory_order_acquire);
    if (m_blocked.fetch_sub(1) == 1 && (m_flags.load() & stopping) != 0) wake_everyone();
}

// ---- outside of tasks ----

// When nobody runs tasks, this thread does, until the cell is done. Answers false if somebody does.
inline bool task_engine::drive(task_cell& cell) {
    if (m_mode.load() != mode::idle || is_paused()) return false;
    m_drivers.fetch_add(1); // start() and run() wait for this one rather than refuse
    const driver_count counted{m_drivers};
    const std::unique_lock control(m_mode_mutex, std::try_to_lock);
    if (!control || m_mode.load() != mode::idle) return false;
    begin(mode::running, 1, true);
    try {
        if (cell.wants_to_be_told()) run_for(vacant_worker(), cell);
    } catch (...) {
        end();
        throw;
    }
    end();
    if (!cell.is_done()) check_graph();
    return cell.is_done();
}

// Runs the task, and what it needs first; and whatever there is, while it waits for something else.
inline void task_engine::run_for(task_worker& worker, task_cell& cell) noexcept {
    {
        const spin_guard guard(m_lock);
        ++m_unblocked;
    }
    enter(worker);
    worker.until = &cell;
    m_driven.store(&cell);
    run_with_needs(worker, cell);
    loop(worker);
    m_driven.store(nullptr);
    leave_and_join(worker);
}

// Depth first. It ends early at a task that waits for a moment, or for itself.
inline void task_engine::run_with_needs(task_worker& worker, task_cell& cell) noexcept {
    std::vector<cell_owner> path; // each needs the next one
    try {
        cell.own();
        path.emplace_back(cell);
        while (!path.empty()) {
            if (path.back()->is_done()) {
                path.pop_back();
            } else if (cell_owner needed = one_needed_for(*path.back())) {
                path.push_back(std::move(needed));
            } else if (path.back()->claim_ready()) {
                run_in_place(worker, *path.back());
            } else {
                return;
            }
        }
    } catch (...) { // no memory: all tasks are run in their order, until that one is done
    }
}

// A task that is not done, and that this one comes after; none if there is none, or if that was asked before, as on a
// circle.
inline cell_owner task_engine::one_needed_for(task_cell& cell) noexcept {
    if (!cell.is_record || task_record::of(cell).extras == nullptr) return {};
    const std::scoped_lock lock(m_graph_mutex);
    record_extras& extras = *task_record::of(cell).extras;
    for (; extras.next_need < extras.links.size(); ++extras.next_need) {
        const dependency_link& link = extras.links[extras.next_need];
        if (!link.is_listed || !link.on) continue;
        ++extras.next_need;
        return link.on;
    }
    return {};
}

inline void task_engine::wait_outside(task_cell& cell) {
    if (is_done_soon(cell)) return;
    std::unique_lock lock(m_graph_mutex);
    if (!cell.wants_to_be_told()) return;
    listed_wait wait(*this, cell, nullptr);
    wait.wait(lock);
}

// Answers whether it is done. In a task it blocks, and does not run it in place: that could take longer.
inline bool task_engine::wait_until(task_cell& cell, task_clock::time_point time) {
    if (cell.is_done()) return true;
    task_worker* const worker = this_worker();
    std::unique_lock lock(m_graph_mutex);
    if (!cell.wants_to_be_told()) return true;
    {
        listed_wait wait(*this, cell, worker);
        if (worker != nullptr) block(*worker);
        wait.wait_until(lock, time);
    }
    lock.unlock();
    if (worker != nullptr) unblock(*worker);
    return cell.is_done();
}

// ---- what has come of a task ----

// By whoever has run it, or has claimed it and never will.
inline void task_engine::publish(task_cell& cell) noexcept {
    // Release: the value is there. Acquire: for notify.
    const std::uint32_t before = cell.state.fetch_or(cell_state::done, std::memory_order_acq_rel);
    if ((before & cell_state::waited_for) != 0) notify(cell);
}

// The cell's memory may hold another task by now: those who wait for that look once more, and wait again.
inline void task_engine::notify(task_cell& cell) noexcept {
    dependency_link* dependents = nullptr;
    {
        const std::scoped_lock lock(m_graph_mutex);
        for (wait_node* wait = m_waits; wait != nullptr; wait = wait->next) {
            if (wait->cell != &cell) continue;
            wait->told.notify_one();
        }
        if (cell.is_done()) dependents = take_dependents(cell);
    }
    // One after the other, also where the end of one is the end of the next: chains may be long.
    static constinit thread_local dependency_link* t_told = nullptr;
    static constinit thread_local bool t_tells = false;
    while (dependents != nullptr) {
        dependency_link& link = *std::exchange(dependents, dependents->next);
        link.next = std::exchange(t_told, &link);
    }
    if (!t_tells) {
        t_tells = true;
        while (t_told != nullptr) {
            dependency_link& link = *std::exchange(t_told, t_told->next);
            link.waiting->engine->dependency_done(link);
        }
        t_tells = false;
    }
    if (m_driven.load() == &cell) wake_everyone();
}

inline bool task_engine::cancel(task_cell& cell) noexcept {
    if (cell.is_done()) return false;
    const std::uint32_t before = cell.claim_anyway();
    if (cell.is_record) {
        task_record& record = task_record::of(cell);
        if ((before & cell_state::claimed) == 0) {
            finish_unrun(record, before, task_status::cancelled, cancelled_error(record.id, "was cancelled"));
            return true;
        }
        if ((before & cell_state::done) == 0) ask_to_stop(record);
        return false;
    }
    if ((before & cell_state::claimed) != 0) {
        cell.state.fetch_or(cell_state::asked_to_stop, std::memory_order_relaxed); // this_task::stop_requested()
        return false;
    }
    cell.clear();
    if (!cell_state::has_one_owner(before)) cell.put_exception(cancelled_error({}, "was cancelled"));
    cell.outcome = task_status::cancelled;
    m_cancelled.fetch_add(1);
    publish(cell);
    return true;
}

} // namespace detail
} // namespace v0
} // namespace lathe

#endif // LATHE_TASK_DETAIL_ENGINE_WAITING_HPP
