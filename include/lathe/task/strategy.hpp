// SPDX-License-Identifier: MIT
#ifndef LATHE_TASK_STRATEGY_HPP
#define LATHE_TASK_STRATEGY_HPP

/// @file
/// @brief How tasks are run.
/// @par Example
/// @ref examples/task.cpp

namespace lathe {
inline namespace v0 {

/// One task after the other, in the calling thread.
///
/// A task that waits for one which cannot run in its place, such as a delayed one, lends its turn to another thread
/// meanwhile; still no two run at a time.
struct sequential {};

/// On threads of their own.
struct threaded {
    /// How many tasks run at a time; 0: as many as the scheduler's options say.
    unsigned workers = 0;
};

} // namespace v0
} // namespace lathe

#endif // LATHE_TASK_STRATEGY_HPP
