// SPDX-License-Identifier: MIT
#ifndef LATHE_TASK_PROGRESS_HPP
#define LATHE_TASK_PROGRESS_HPP

/// @file
/// @brief How far a scheduler has come.
/// @par Example
/// @ref examples/task.cpp

#include <cstddef>

namespace lathe {
inline namespace v0 {

/// How many tasks a scheduler has had, and what has become of them.
///
/// While tasks run, the numbers are of slightly different moments. When nothing runs, added == succeeded + failed +
/// cancelled + queued.
struct task_progress {
    std::size_t added = 0;     ///< all that were added or posted
    std::size_t succeeded = 0; ///< those that returned
    std::size_t failed = 0;    ///< those that threw, also posted ones
    std::size_t cancelled = 0; ///< those that were cancelled or dropped, or timed out
    std::size_t queued = 0;    ///< those that wait, be it for a worker, a moment or another task
    std::size_t running = 0;   ///< those that have started and not ended
};

} // namespace v0
} // namespace lathe

#endif // LATHE_TASK_PROGRESS_HPP
