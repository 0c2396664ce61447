// SPDX-License-Identifier: MIT
#ifndef LATHE_TASK_ERROR_HPP
#define LATHE_TASK_ERROR_HPP

/// @file
/// @brief What schedulers throw.
/// @par Example
/// @ref examples/task.cpp

#include <lathe/core/error.hpp>

namespace lathe {
inline namespace v0 {

/// A scheduler was asked for something that cannot be; `what()` names the task.
class task_error : public error {
public:
    using error::error;
};

/// The task was cancelled or dropped, or a task that it depends on did not succeed.
class task_cancelled : public task_error {
public:
    using task_error::task_error;
};

/// The task did not end before its timeout or its deadline.
class task_timed_out : public task_error {
public:
    using task_error::task_error;
};

/// The scheduler is full, and nothing is added: `overflow_policy::reject` says so, or nothing runs tasks, so that who
/// waited for room would wait for ever.
class queue_full : public task_error {
public:
    using task_error::task_error;
};

} // namespace v0
} // namespace lathe

#endif // LATHE_TASK_ERROR_HPP
