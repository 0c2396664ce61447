// SPDX-License-Identifier: MIT
#ifndef LATHE_PERF_TABLE_OPTIONS_HPP
#define LATHE_PERF_TABLE_OPTIONS_HPP

/// @file
/// @brief What a table of metrics shows, and in which order.
/// @par Example
/// @ref examples/perf.cpp

#include <cstddef>
#include <cstdint>
#include <string>

namespace lathe {
inline namespace v0 {
namespace perf {

/// What rows of a table are sorted by.
enum class column : std::uint8_t {
    name,        ///< in ascending order; all others in descending order
    calls,       ///< how many there were
    errors,      ///< how many of them failed
    total,       ///< time of all calls
    self,        ///< of that, time in no other scope; the total where there is no call tree
    mean,        ///< time of a call
    min,         ///< time of the fastest call
    p50,         ///< time that half of the calls took at most
    p90,         ///< time that 90 % of the calls took at most
    p99,         ///< time that 99 % of the calls took at most
    max,         ///< time of the slowest call
    allocations, ///< in all calls
    bytes,       ///< allocated in all calls, freed or not
    net,         ///< bytes that all calls left allocated
    peak         ///< the most that a call had allocated at a time, in bytes
};

/// When `print` writes a table in colour.
enum class colour : std::uint8_t {
    automatic, ///< to a terminal, unless the environment has `NO_COLOR`, or `TERM` is not set or `dumb`
    never,     ///< as plain text
    always     ///< with escape sequences for terminals, wherever it goes
};

/// How a table looks; written in braces, `perf::table(snap, {.sort_by = perf::column::p99, .limit = 10})`.
/// @par Example
/// @ref examples/perf.cpp
struct table_options {
    /// What comes first; those that are equal are in order of their names.
    column sort_by = column::total;
    /// Metrics whose name, as the table shows it with its labels, contains this text; or fits it, if there is a `*`,
    /// which stands for any text, or a `?`, which stands for one character. All, if it is empty.
    std::string filter{};
    /// At most so many timers, and so many lines of the call tree; 0: all. What is left out is counted.
    std::size_t limit = 0;
    /// When `print` writes it in colour.
    perf::colour colour = perf::colour::automatic;
    /// How many bars the distribution of a timer has; 0: it is not shown.
    std::size_t distribution = 16;
    /// Names are cut that are longer, in characters; 0: none.
    std::size_t name_width = 60;
    /// Which scope called which, below the timers; `filter` does not apply there.
    bool call_tree = false;
    /// What the process has used, in a line at the end.
    bool process = true;
};

} // namespace perf
} // namespace v0
} // namespace lathe

#endif // LATHE_PERF_TABLE_OPTIONS_HPP
