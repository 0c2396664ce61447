// SPDX-License-Identifier: MIT
#ifndef LATHE_CACHE_EXPIRY_HPP
#define LATHE_CACHE_EXPIRY_HPP

/// @file
/// @brief Entries of a `weak_cache` that are found for a time only. No umbrella includes this: `<chrono>` is for those
/// who need it.
/// @par Example
/// @snippet tests/cache/expiry.cpp example

#include <chrono>

#include <lathe/cache/detail/cache_options_list.hpp>

namespace lathe {
inline namespace v0 {

/// Entries can be found no longer than `cache_options::expire_after_write` after they came in.
///
/// Whoever has a handle keeps the object, but it is no longer the one of its key. Every use of the cache first takes
/// out what has expired in that shard, at O(1) for each entry in its life, so that nothing that has expired is ever
/// found or counted. It costs 24 bytes an entry, and each use reads the clock.
struct expire_after_write {
    /// Which part of the cache this option chooses.
    using cache_role = detail::cache_role::write_expiry;
    /// What times are given in.
    using duration = std::chrono::nanoseconds;
    /// What tells the time, unless `timed_by` says otherwise.
    using clock = std::chrono::steady_clock;
};

/// Entries can be found no longer than `cache_options::expire_after_access` after they were last asked for.
///
/// As `expire_after_write`; both together cost 48 bytes an entry.
struct expire_after_access {
    /// Which part of the cache this option chooses.
    using cache_role = detail::cache_role::access_expiry;
    /// What times are given in.
    using duration = std::chrono::nanoseconds;
    /// What tells the time, unless `timed_by` says otherwise.
    using clock = std::chrono::steady_clock;
};

/// What tells the time to a cache whose entries expire, instead of `std::chrono::steady_clock`.
/// @tparam Clock has a `now()`, static or not, callable from all threads at a time and not throwing, and a `time_point`
/// like those of `std::chrono`. Time does not go back. The options' member `clock` holds one: of a clock for tests, for
/// instance, that points to the time.
template <class Clock>
struct timed_by {
    /// Which part of the cache this option chooses.
    using cache_role = detail::cache_role::clock;
    /// What times are given in.
    using duration = std::chrono::nanoseconds;
    /// The clock.
    using clock = Clock;
};

} // namespace v0
} // namespace lathe

#endif // LATHE_CACHE_EXPIRY_HPP
