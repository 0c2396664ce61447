// SPDX-License-Identifier: MIT
#ifndef LATHE_TASK_HPP
#define LATHE_TASK_HPP

/// @file
/// @brief Tasks by priority, on as many threads as one likes.
/// @par Example
/// @ref examples/task.cpp

#include <lathe/task/error.hpp>
#include <lathe/task/handle.hpp>
#include <lathe/task/observer.hpp>
#include <lathe/task/options.hpp>
#include <lathe/task/parallel.hpp>
#include <lathe/task/priority.hpp>
#include <lathe/task/progress.hpp>
#include <lathe/task/result.hpp>
#include <lathe/task/scheduler.hpp>
#include <lathe/task/status.hpp>
#include <lathe/task/strategy.hpp>
#include <lathe/task/this_task.hpp>

#endif // LATHE_TASK_HPP
