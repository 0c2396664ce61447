// SPDX-License-Identifier: MIT
#ifndef LATHE_PERF_ERROR_HPP
#define LATHE_PERF_ERROR_HPP

/// @file
/// @brief What monitors and snapshots throw.
/// @par Example
/// @snippet tests/perf/snapshot.cpp example

#include <lathe/core/error.hpp>

namespace lathe {
inline namespace v0 {
namespace perf {

/// A monitor or a snapshot was asked for something that is not there; `what()` names the metric.
class monitor_error : public error {
public:
    using error::error;
};

} // namespace perf
} // namespace v0
} // namespace lathe

#endif // LATHE_PERF_ERROR_HPP
