// SPDX-License-Identifier: MIT
#ifndef LATHE_LATHE_HPP
#define LATHE_LATHE_HPP

/// @file
/// @brief All of lathe that needs no optional package.
/// @par Example
/// @ref examples/person.cpp
/// @ref examples/quickstart.cpp
/// @ref examples/course.cpp

#include <lathe/cache.hpp>
#include <lathe/core.hpp>
#include <lathe/data.hpp>
#include <lathe/meta.hpp>
#include <lathe/model.hpp>
#include <lathe/perf.hpp>
#include <lathe/task.hpp>

#endif // LATHE_LATHE_HPP
