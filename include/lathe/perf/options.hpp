// SPDX-License-Identifier: MIT
#ifndef LATHE_PERF_OPTIONS_HPP
#define LATHE_PERF_OPTIONS_HPP

/// @file
/// @brief What a monitor does beyond counting and timing.
/// @par Example
/// @ref examples/perf.cpp

#include <cstddef>

namespace lathe {
inline namespace v0 {
namespace perf {

/// Which clock scopes read.
enum class clock_source : unsigned char {
    automatic, ///< the processor's time stamp counter where it runs at an even rate, else the steady clock
    steady,    ///< `std::chrono::steady_clock`: dearer
};

/// What a monitor does beyond counting and timing; written in braces, `{.call_tree = true}`.
///
/// All of it is off at first, for the plain scope is the cheapest.
/// @par Example
/// @ref examples/perf.cpp
struct monitor_options {
    /// Who calls whom: each scope counts in the scope around it, and snapshots tell the time of its own.
    bool call_tree = false;
    /// How many single scopes each thread remembers, with beginning and duration; rounded up to a power of two. The
    /// oldest are dropped for newer ones, and counted.
    std::size_t events = 0;
    /// Every scope counts allocations, not only those of `memory_scope` and `profile_memory`.
    bool memory = false;
    /// How many names with labels are told apart. What is named later is counted together as "(other)"; once that has
    /// begun, it stays so.
    std::size_t max_metrics = 4096;
    /// The clock.
    perf::clock_source clock = perf::clock_source::automatic;
};

} // namespace perf
} // namespace v0
} // namespace lathe

#endif // LATHE_PERF_OPTIONS_HPP
