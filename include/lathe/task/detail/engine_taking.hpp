// SPDX-License-Identifier: MIT
#ifndef LATHE_TASK_DETAIL_ENGINE_TAKING_HPP
#define LATHE_TASK_DETAIL_ENGINE_TAKING_HPP

/// @file
/// @brief How a worker finds its next task, and runs it.

#include <cstddef>
#include <cstdint>
#include <utility>

#include <lathe/core/detail/spin_lock.hpp>
#include <lathe/task/detail/engine_adding.hpp>
#include <lathe/task/detail/task_engine.hpp>
#include <lathe/task/detail/task_record.hpp>
#include <lathe/task/detail/task_slot.hpp>
#include <lathe/task/detail/task_worker.hpp>

namespace lathe {
inline namespace v0 {
namespace detail {

// ---- the next task ----

inline task_slot* task_engine::next(task_worker& worker) noexcept {
    if (m_flags.load(std::memory_order_relaxed) != 0 && !may_go_on(worker)) [[unlikely]] {
        return nullptr;
    }
    for (;;) {
        const int own = worker.local.level();
        const int top = m_queue.top();
        if (own != local_queue::no_level && own >= top) {
            if (task_slot* const slot = take_local(worker, worker)) return slot;
            worker.local.set_level(local_queue::no_level); // nobody else adds to it
        }
        const bool looks_at_others = m_locals_used.load(std::memory_order_relaxed);
        if (looks_at_others && !m_is_alone.load(std::memory_order_relaxed)) {
            if (task_slot* const slot = steal(worker, top)) return slot;
        }
        if (top != level_queue::nothing) {
            if (task_slot* const slot = take_shared(worker, top)) return slot;
            continue; // there was less than it said
        }
        if (!looks_at_others) return nullptr;
        return steal(worker, local_queue::no_level);
    }
}

// A task of the level `top`, or above. nullptr: top() says something else now.
inline task_slot* task_engine::take_shared(task_worker& worker, int top) noexcept {
    if (task_slot* const slot = m_queue.take()) return slot;
    // Where tasks are shorter than it takes to add them, workers would quarrel with who adds for the lock, to get one
    // task each time. They let some gather.
    constexpr unsigned most_hurry = 6;
    if (worker.hurry != 0) {
        for (unsigned i = 0; i < (1U << worker.hurry); ++i)
            pause_processor();
    }
    const spin_guard guard(m_lock);
    if (task_slot* const slot = m_queue.take()) return slot; // somebody was faster
    m_queue.look_again();
    if (m_queue.top() < top || m_queue.top() == level_queue::nothing) return nullptr;
    task_slot* const slot = m_queue.refill(&cell_slot);
    constexpr unsigned few = 8;
    if (m_queue.in_front() >= few) {
        worker.hurry = 0;
    } else if (worker.hurry < most_hurry) {
        ++worker.hurry;
    }
    return slot;
}

inline task_slot* task_engine::take_local(task_worker& worker, task_worker& from) noexcept {
    const auto free = [&](task_chunk& chunk) {
        free_chunk(worker, chunk);
    };
    return m_is_alone.load(std::memory_order_relaxed) ? from.local.take_alone(free) : from.local.take(free);
}

// Of another worker's queue, if that is above the level; the most urgent one.
inline task_slot* task_engine::steal(task_worker& worker, int above) noexcept {
    if (is_paused()) return nullptr;
    task_worker* best = nullptr;
    int best_level = above;
    for (task_worker* each = m_workers.load(std::memory_order_acquire); each != nullptr; each = each->next) {
        const int level = each->local.level_seen_by_others();
        if (level > best_level && each != &worker && !each->local.is_empty()) {
            best = each;
            best_level = level;
        }
    }
    if (best == nullptr) return nullptr;
    if (worker.local.level() == local_queue::no_level) {
        // Half of what is in front there, so as not to quarrel for each task; the queue of this worker is empty.
        const slot_range half = best->local.take_half();
        if (!half.empty()) {
            const slot_range rest = half.without_front();
            if (!rest.empty()) {
                worker.local.set_level(best_level);
                worker.local.put_in_front(rest);
            }
            return &half.front();
        }
    }
    return take_local(worker, *best);
}

inline void task_engine::run_slot(task_worker& worker, task_slot& slot) noexcept {
    task_chunk& chunk = chunk_of(slot);
    worker.base.level = chunk.level;
    if (m_options.capacity != 0) leave_room();
    worker.slots_started.add_one();
    const slot_outcome outcome = slot.call(slot, slot_call::run, *this);
    if (outcome != slot_outcome::succeeded) count_without_success(worker, outcome);
    worker.slots_done.add_one();
    if (&chunk != worker.chunk) {
        leave_chunk(worker);
        worker.chunk = &chunk;
    }
    ++worker.chunk_done;
}

[[gnu::noinline]] inline void task_engine::count_without_success(task_worker& worker, slot_outcome outcome) noexcept {
    worker.slots_without_success.add_one();
    if (outcome == slot_outcome::failed) worker.failed.add_one();
    if (outcome == slot_outcome::cancelled) worker.cancelled.add_one();
}

// Tells the chunk of the last slots that they are free.
inline void task_engine::leave_chunk(task_worker& worker) noexcept {
    if (worker.chunk == nullptr) return;
    // Release: the slots' tasks are destroyed; acquire: for who uses the chunk again.
    const std::uint32_t done = std::exchange(worker.chunk_done, 0U);
    if (worker.chunk->holders.fetch_sub(done, std::memory_order_acq_rel) == done) free_chunk(worker, *worker.chunk);
    worker.chunk = nullptr;
}

// A queued task with a handle.
inline slot_outcome task_engine::run_queued(task_cell& cell) noexcept {
    task_worker& worker = *t_task_worker;
    if (cell.is_record) {
        slot_outcome outcome = slot_outcome::elsewhere;
        if (cell.claim_ready()) outcome = run_record(worker, task_record::of(cell));
        cell.disown();
        return outcome;
    }
    // Acquire, with the release of the last handle.
    const std::uint32_t before = cell.state.load(std::memory_order_acquire);
    const bool nobody_looks = cell_state::has_one_owner(before) && (before & cell_state::claimed) == 0;
    if (!nobody_looks && !cell.claim_ready()) {
        cell.disown();
        return slot_outcome::elsewhere;
    }
    worker.base.cell = &cell;
    const slot_outcome outcome = run_cell(cell);
    worker.base.cell = nullptr;
    if (nobody_looks) {
        cell.release();
        return outcome;
    }
    // Done, and the queue owns it no more, in one. Release: the value is there.
    const std::uint32_t owned = cell.state.fetch_sub(cell_state::owner - cell_state::done, std::memory_order_acq_rel);
    if (cell_state::has_one_owner(owned)) {
        cell.release();
    } else if ((owned & cell_state::waited_for) != 0) {
        notify(cell); // only by its address: its memory stays, and who waits looks again
    }
    return outcome;
}

// One that was claimed, and is no record.
inline slot_outcome task_engine::run_cell(task_cell& cell) noexcept {
    if (cell.kind->run(cell, false)) {
        cell.outcome = task_status::succeeded;
        return slot_outcome::succeeded;
    }
    const bool asked = (cell.state.load(std::memory_order_relaxed) & cell_state::asked_to_stop) != 0;
    if (!asked) {
        cell.outcome = task_status::failed;
        return slot_outcome::failed;
    }
    say_that_it_was_cancelled(cell);
    cell.outcome = task_status::cancelled;
    return slot_outcome::cancelled;
}

inline slot_outcome task_engine::drop_queued(task_cell& cell) noexcept {
    cancel(cell);
    cell.disown();
    return slot_outcome::elsewhere;
}

} // namespace detail
} // namespace v0
} // namespace lathe

#endif // LATHE_TASK_DETAIL_ENGINE_TAKING_HPP
