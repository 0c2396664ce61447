// SPDX-License-Identifier: MIT
#ifndef LATHE_TASK_DETAIL_TASK_WORKER_HPP
#define LATHE_TASK_DETAIL_TASK_WORKER_HPP

/// @file
/// @brief A thread that runs tasks, and what it knows.

#include <atomic>
#include <chrono>
#include <cstdint>
#include <stop_token>
#include <thread>

#include <lathe/task/detail/local_queue.hpp>
#include <lathe/task/detail/task_cell.hpp>
#include <lathe/task/detail/task_slot.hpp>

namespace lathe {
inline namespace v0 {
namespace detail {

class task_engine;

// A count that one thread changes and all may read.
class worker_count {
public:
    // Release: who sees the count sees what was counted.
    void add_one() noexcept { m_value.store(m_value.load(std::memory_order_relaxed) + 1, std::memory_order_release); }
    [[nodiscard]] std::uint64_t value() const noexcept { return m_value.load(std::memory_order_acquire); }

private:
    std::atomic<std::uint64_t> m_value = 0;
};

// A task that runs. They lie on the thread's stack, where one task runs another in its place.
struct task_frame {
    task_cell* cell = nullptr; // none for a posted task
    unsigned level = 0;
    unsigned attempt = 1;
    std::stop_token stop{};
    task_frame* outer = nullptr;
};

struct task_worker {
    task_worker(task_engine& of, unsigned index) noexcept : engine(&of), number(index) {}

    local_queue local;

    // Changed by this thread, read by others. What is in slots, and what is run in the place of a task that waits for
    // it.
    alignas(64) worker_count slots_added;
    worker_count slots_started;
    worker_count slots_done;
    worker_count slots_without_success; // or counted elsewhere
    worker_count started_in_place;
    worker_count ended_in_place;
    worker_count succeeded_in_place;
    worker_count failed;
    worker_count cancelled;

    // This thread's own.
    alignas(64) task_engine* engine;
    unsigned number;
    bool is_searching = false;
    unsigned hurry = 0;          // how often the shared queue had little
    task_frame base{};           // of the slot that it runs
    task_frame* frame = nullptr; // the innermost one that it runs; none between tasks
    const char* stack_limit = nullptr;
    task_chunk* chunk = nullptr; // in which it has run slots
    unsigned chunk_done = 0;     // so many, not yet told to the chunk
    task_chunk* free_chunks = nullptr;
    unsigned free_chunk_count = 0;
    task_cell* free_cells = nullptr;
    unsigned free_cell_count = 0;
    task_worker* outer = nullptr;     // of another scheduler, whose task runs this one in this thread
    const task_cell* until = nullptr; // it stops when that is done
    // When the last task with an id ended, and which slot that was: the next one starts then, if it comes at once.
    std::chrono::steady_clock::time_point last_end{};
    static constexpr std::uint64_t no_slot = static_cast<std::uint64_t>(-1);
    std::uint64_t last_end_slot = no_slot;

    // Guarded by the scheduler's lock.
    task_worker* next_idle = nullptr;
    bool is_vacant = false; // no thread

    std::atomic<std::uint32_t> awake = 0; // where it sleeps
    task_worker* next = nullptr;          // all workers of a scheduler; never changes
    std::thread thread;
};

// The innermost scheduler that this thread works for. It outlives nothing: no destructor runs at the thread's end.
inline constinit thread_local task_worker* t_task_worker = nullptr;

inline task_worker* worker_of_this_thread(const task_engine& engine) noexcept {
    task_worker* worker = t_task_worker;
    while (worker != nullptr && worker->engine != &engine) [[unlikely]] {
        worker = worker->outer;
    }
    return worker;
}

} // namespace detail
} // namespace v0
} // namespace lathe

#endif // LATHE_TASK_DETAIL_TASK_WORKER_HPP
