// SPDX-License-Identifier: MIT
#ifndef LATHE_TASK_STATUS_HPP
#define LATHE_TASK_STATUS_HPP

/// @file
/// @brief What has become of a task.
/// @par Example
/// @ref examples/task.cpp

#include <cstdint>

namespace lathe {
inline namespace v0 {

/// What has become of a task.
enum class task_status : std::uint8_t {
    queued,    ///< it has not started, or will be tried again
    running,   ///< it has started
    succeeded, ///< it returned, and its value is there
    failed,    ///< it threw, and its exception is there
    cancelled, ///< it was cancelled or dropped, or a task that it depends on did not succeed
    timed_out  ///< it did not end before its timeout or deadline
};

} // namespace v0
} // namespace lathe

#endif // LATHE_TASK_STATUS_HPP
