// SPDX-License-Identifier: MIT
#ifndef LATHE_TASK_PRIORITY_HPP
#define LATHE_TASK_PRIORITY_HPP

/// @file
/// @brief How urgent a task is.
/// @par Example
/// @ref examples/task.cpp

#include <cstdint>

namespace lathe {
inline namespace v0 {

/// How urgent a task is: any value from 0 to 255, `lathe::priority{200}`. Higher ones run first, equal ones in the
/// order in which they were added.
enum class priority : std::uint8_t {
    lowest = 0,   ///< when there is nothing else to do
    low = 64,     ///< may wait
    normal = 128, ///< unless said otherwise
    high = 192,   ///< rather soon
    highest = 255 ///< before everything else
};

} // namespace v0
} // namespace lathe

#endif // LATHE_TASK_PRIORITY_HPP
