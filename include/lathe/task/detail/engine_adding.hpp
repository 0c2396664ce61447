// SPDX-License-Identifier: MIT
#ifndef LATHE_TASK_DETAIL_ENGINE_ADDING_HPP
#define LATHE_TASK_DETAIL_ENGINE_ADDING_HPP

/// @file
/// @brief How tasks get into the queues of a scheduler.

#include <cstddef>
#include <cstdint>
#include <exception>
#include <utility>

#include <lathe/task/detail/task_engine.hpp>
#include <lathe/task/detail/task_errors.hpp>

namespace lathe {
inline namespace v0 {
namespace detail {

// ---- the queue of a worker ----

// A task of a worker goes to the worker's own queue if no queued task would have to run before it: then the order is
// that of one queue, as far as this worker runs them.
inline bool task_engine::goes_to_local(task_worker& worker, int level) noexcept {
    // Most do, after others of their level.
    if (worker.local.has_place(level) && m_queue.top() < level && m_flags.load(std::memory_order_relaxed) == 0)
        return true;
    return may_go_to_local(worker, level);
}

[[gnu::noinline]] inline bool task_engine::may_go_to_local(task_worker& worker, int level) noexcept {
    if (!m_has_locals || is_paused()) return false;
    const int own = worker.local.level();
    if (own != level && own != local_queue::no_level && !worker.local.is_empty()) return false;
    if (m_queue.top() >= level) {
        if (!m_queue.front_is_empty()) return false;
        const spin_guard guard(m_lock);
        m_queue.look_again();
        if (m_queue.top() >= level) return false;
    }
    if (own != level) worker.local.set_level(level);
    if (!m_locals_used.load(std::memory_order_relaxed)) m_locals_used.store(true);
    return true;
}

inline task_slot& task_engine::reserve_local(task_worker& worker, int level) {
    if (worker.local.is_full(level)) extend_local(worker, level);
    return worker.local.reserve();
}

[[gnu::noinline]] inline void task_engine::extend_local(task_worker& worker, int level) {
    if (worker.free_chunks == nullptr) {
        constexpr int many = 4;
        const spin_guard guard(m_lock);
        for (int i = 0; i < many; ++i) {
            task_chunk& chunk = m_chunks.take();
            chunk.next = std::exchange(worker.free_chunks, &chunk);
            ++worker.free_chunk_count;
        }
    }
    task_chunk& chunk = *std::exchange(worker.free_chunks, worker.free_chunks->next);
    --worker.free_chunk_count;
    if (task_chunk* const before = worker.local.extend(chunk, level)) free_chunk(worker, *before);
}

inline void task_engine::added_local(task_worker& worker) noexcept {
    worker.slots_added.add_one();
    if (m_is_alone.load(std::memory_order_relaxed)) {
        worker.local.added_alone();
        return;
    }
    worker.local.added();
    if (m_sleepers.load() != 0 && m_searching.load() == 0) wake_one();
}

inline void task_engine::free_chunk(task_worker& worker, task_chunk& chunk) noexcept {
    constexpr unsigned most = 64;
    chunk.next = std::exchange(worker.free_chunks, &chunk);
    if (++worker.free_chunk_count < most) return;
    task_chunk* last = worker.free_chunks;
    for (unsigned i = 1; i < most / 2; ++i)
        last = last->next;
    task_chunk& first = *std::exchange(worker.free_chunks, last->next);
    worker.free_chunk_count -= most / 2;
    m_chunks.give_back(first, *last);
}

// ---- the shared queue ----

template <class Put>
void task_engine::put_in_queue(unsigned level, Put&& put) {
    put(m_queue.reserve(static_cast<int>(level), m_chunks, m_tick));
    m_queue.added(static_cast<int>(level));
    m_slots_added.store(m_slots_added.load(std::memory_order_relaxed) + 1, std::memory_order_release);
}

inline void task_engine::after_push(task_worker* sleeper, bool arms_aging) noexcept {
    wake(sleeper);
    if (arms_aging) arm_aging();
}

template <class Put>
void task_engine::push_shared(unsigned level, Put&& put, bool counts) {
    task_worker* sleeper = nullptr;
    bool arms_aging = false;
    {
        const spin_guard guard(m_lock);
        put_in_queue(level, put);
        if (m_options.capacity != 0 && counts) m_queued.fetch_add(1, std::memory_order_relaxed);
        sleeper = pick_sleeper();
        arms_aging = m_options.aging && !std::exchange(m_aging_armed, true);
    }
    after_push(sleeper, arms_aging);
}

// Makes room for one more task, and takes it with `use`, under the lock. Answers false if the task is not taken, since
// it is the least urgent one.
template <class Use>
bool task_engine::with_room(unsigned level, Use&& use) {
    const bool waits = m_options.when_full == overflow_policy::block && this_worker() == nullptr;
    for (;;) {
        task_worker* sleeper = nullptr;
        bool arms_aging = false;
        bool is_taken = false;
        bool has_dropped = false;
        task_slot dropped;
        const std::uint32_t seen = m_room.load();
        {
            const spin_guard guard(m_lock);
            const bool has_room = m_queued.load() < m_options.capacity;
            if (!has_room && m_options.when_full == overflow_policy::drop_lowest) {
                has_dropped = m_queue.drop_below(static_cast<int>(level), dropped, m_chunks);
                if (!has_dropped) return false;
                m_queued.fetch_sub(1);
            }
            if (has_room || has_dropped || (m_options.when_full == overflow_policy::block && !waits)) {
                use();
                m_queued.fetch_add(1);
                is_taken = true;
                sleeper = pick_sleeper();
                arms_aging = m_options.aging && !std::exchange(m_aging_armed, true);
            }
        }
        if (has_dropped) {
            dropped.call(dropped, slot_call::drop, *this);
            m_slots_dropped.fetch_add(1);
        }
        if (is_taken) {
            after_push(sleeper, arms_aging);
            return true;
        }
        if (m_options.when_full == overflow_policy::reject) fail_for_full_queue(m_options.capacity, true);
        if (m_mode.load() == mode::idle) fail_for_full_queue(m_options.capacity, false);
        // Either whoever makes room sees that somebody waits for it, or this sees that there is some.
        m_waiting_for_room.fetch_add(1);
        if (m_queued.load() >= m_options.capacity) m_room.wait(seen);
        m_waiting_for_room.fetch_sub(1);
    }
}

inline void task_engine::leave_room() noexcept {
    m_queued.fetch_sub(1);
    if (m_waiting_for_room.load() != 0) {
        m_room.fetch_add(1);
        m_room.notify_all();
    }
}

inline void task_engine::refuse_while_draining() const {
    if (m_mode.load(std::memory_order_relaxed) == mode::draining && this_worker() == nullptr) [[unlikely]] {
        fail_while_draining({});
    }
}

template <class Put>
bool task_engine::push(unsigned level, Put&& put) {
    if (task_worker* const worker = this_worker();
        worker != nullptr && goes_to_local(*worker, static_cast<int>(level))) {
        put(reserve_local(*worker, static_cast<int>(level)));
        added_local(*worker);
        return true;
    }
    if (m_options.capacity == 0) [[likely]] {
        push_shared(level, put);
        return true;
    }
    return with_room(level, [&] { put_in_queue(level, put); });
}

template <class Put>
void task_engine::push_many(unsigned level, std::size_t count, Put&& put) {
    if (m_options.capacity != 0 || this_worker() != nullptr) {
        for (; count != 0; --count)
            static_cast<void>(push(level, put)); // posts_in_cells(), where tasks are dropped
        return;
    }
    task_worker* sleeper = nullptr;
    bool arms_aging = false;
    {
        const spin_guard guard(m_lock);
        for (; count != 0; --count)
            put_in_queue(level, put);
        sleeper = pick_sleeper();
        arms_aging = m_options.aging && !std::exchange(m_aging_armed, true);
    }
    after_push(sleeper, arms_aging);
}

// ---- tasks with handles ----

inline slot_outcome task_engine::cell_slot(task_slot& slot, slot_call what, task_engine& engine) noexcept {
    task_cell& cell = *slot.as<task_cell*>();
    return what == slot_call::run ? engine.run_queued(cell) : engine.drop_queued(cell);
}

template <class Fill>
task_cell& task_engine::push_new_cell(unsigned level, bool has_handle, Fill&& fill) {
    task_cell* made = nullptr;
    const auto prepare = [&](task_cell& cell) {
        made = &cell;
        cell.engine = this;
        cell.level = static_cast<std::uint8_t>(level);
        cell.outcome = task_status::queued;
        fill(cell);
        cell.content = cell_content::callable;
        // Relaxed: the queue's publication orders. Owners are the queue and the handle.
        cell.state.store(cell_state::ready + (has_handle ? 2 : 1) * cell_state::owner, std::memory_order_relaxed);
    };
    if (task_worker* const worker = this_worker();
        worker != nullptr && goes_to_local(*worker, static_cast<int>(level))) {
        task_slot& slot = reserve_local(*worker, static_cast<int>(level));
        prepare(take_cell(*worker));
        slot.put(&cell_slot, made);
        added_local(*worker);
        return *made;
    }
    const auto put = [&](task_slot& slot) {
        prepare(m_cells.take(m_chunks)); // under m_lock, as push says
        slot.put(&cell_slot, made);
    };
    if (m_options.capacity == 0) [[likely]] {
        push_shared(level, put);
    } else if (!with_room(level, [&] { put_in_queue(level, put); })) {
        {
            const spin_guard guard(m_lock);
            prepare(m_cells.take(m_chunks));
        }
        m_refused.fetch_add(1);
        cancel(*made);
        made->disown(); // for the queue
    }
    return *made;
}

inline task_cell& task_engine::take_cell(task_worker& worker) {
    if (worker.free_cells == nullptr) {
        constexpr int many = 16;
        const spin_guard guard(m_lock);
        for (int i = 0; i < many; ++i) {
            task_cell& cell = m_cells.take(m_chunks);
            cell.next = std::exchange(worker.free_cells, &cell);
            ++worker.free_cell_count;
        }
    }
    --worker.free_cell_count;
    return *std::exchange(worker.free_cells, worker.free_cells->next);
}

inline void task_engine::free_cell(task_cell& cell) noexcept {
    constexpr unsigned most = 128;
    if (task_worker* const worker = this_worker()) {
        cell.next = std::exchange(worker->free_cells, &cell);
        if (++worker->free_cell_count < most) return;
        task_cell* last = worker->free_cells;
        for (unsigned i = 1; i < most / 2; ++i)
            last = last->next;
        task_cell& first = *std::exchange(worker->free_cells, last->next);
        worker->free_cell_count -= most / 2;
        static_cast<void>(m_cells.give_back(first, *last)); // not closed, while there are workers
    } else if (!m_cells.give_back(cell, cell)) {
        disown(); // the scheduler is gone, and each cell that was out then owns the engine
    }
}

} // namespace detail
} // namespace v0
} // namespace lathe

#endif // LATHE_TASK_DETAIL_ENGINE_ADDING_HPP
