// SPDX-License-Identifier: MIT
#ifndef LATHE_TASK_THIS_TASK_HPP
#define LATHE_TASK_THIS_TASK_HPP

/// @file
/// @brief What a task knows of itself.
/// @par Example
/// @ref examples/task.cpp

#include <cstdint>
#include <stop_token>

#include <lathe/task/detail/task_engine.hpp>
#include <lathe/task/detail/task_worker.hpp>
#include <lathe/task/priority.hpp>

namespace lathe {
inline namespace v0 {

/// What a task knows of itself: of the innermost one, where this thread runs one in the place of another.
namespace this_task {

/// @return whether this thread runs a task.
[[nodiscard]] inline bool is_running() noexcept {
    return detail::t_task_worker != nullptr && detail::t_task_worker->frame != nullptr;
}
/// @return what is asked to stop when the task is cancelled or takes too long, and when its scheduler is destroyed; for
/// tasks that take a std::stop_token or have options beyond id and priority. Others have a token that is never asked,
/// and may look at stop_requested().
[[nodiscard]] inline std::stop_token stop_token() noexcept {
    return is_running() ? detail::t_task_worker->frame->stop : std::stop_token{};
}
/// @return whether the task has been cancelled, takes too long, or is waited for by its scheduler's destructor.
[[nodiscard]] inline bool stop_requested() noexcept {
    if (!is_running()) return false;
    const detail::task_worker& worker = *detail::t_task_worker;
    const detail::task_frame& frame = *worker.frame;
    constexpr auto asked = detail::cell_state::asked_to_stop;
    return frame.stop.stop_requested() || worker.engine->is_closing() ||
           (frame.cell != nullptr && (frame.cell->state.load(std::memory_order_relaxed) & asked) != 0);
}
/// @return the number of the worker that runs the task, from 0; 0 for a thread that runs none. Threads that take the
/// place of a worker whose task waits have numbers of their own.
[[nodiscard]] inline unsigned worker() noexcept {
    return is_running() ? detail::t_task_worker->number : 0;
}
/// @return how often it has been tried, with this time, or how many turns it has had; 0 for a thread that runs no task.
[[nodiscard]] inline unsigned attempt() noexcept {
    return is_running() ? detail::t_task_worker->frame->attempt : 0;
}
/// @return how urgent it is; `priority::normal` for a thread that runs no task.
[[nodiscard]] inline lathe::priority priority() noexcept {
    return is_running() ? lathe::priority{static_cast<std::uint8_t>(detail::t_task_worker->frame->level)}
                        : lathe::priority::normal;
}

} // namespace this_task

} // namespace v0
} // namespace lathe

#endif // LATHE_TASK_THIS_TASK_HPP
