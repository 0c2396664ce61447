// SPDX-License-Identifier: MIT
#ifndef LATHE_TESTS_PERF_LIBRARIES_LIBRARY_HPP
#define LATHE_TESTS_PERF_LIBRARIES_LIBRARY_HPP

// What the library does for the program, each being compiled with the monitor's header on its own.
#include <lathe/perf/monitor.hpp>

[[gnu::visibility("default")]] lathe::perf::monitor& monitor_of_library();
[[gnu::visibility("default")]] void measure_in_library(lathe::perf::monitor& mon);

#endif // LATHE_TESTS_PERF_LIBRARIES_LIBRARY_HPP
