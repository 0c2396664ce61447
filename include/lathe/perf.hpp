// SPDX-License-Identifier: MIT
#ifndef LATHE_PERF_HPP
#define LATHE_PERF_HPP

/// @file
/// @brief What a program takes: times, memory, counts.
/// @par Example
/// @ref examples/perf.cpp

#include <lathe/perf/counter.hpp>
#include <lathe/perf/counting_resource.hpp>
#include <lathe/perf/error.hpp>
#include <lathe/perf/labels.hpp>
#include <lathe/perf/memory.hpp>
#include <lathe/perf/monitor.hpp>
#include <lathe/perf/options.hpp>
#include <lathe/perf/process.hpp>
#include <lathe/perf/recent.hpp>
#include <lathe/perf/scope.hpp>
#include <lathe/perf/snapshot.hpp>
#include <lathe/perf/stats.hpp>
#include <lathe/perf/table.hpp>
#include <lathe/perf/table_options.hpp>
#include <lathe/perf/timed.hpp>
#include <lathe/perf/timed_awaitable.hpp>
#include <lathe/perf/timer.hpp>

#endif // LATHE_PERF_HPP
