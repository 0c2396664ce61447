// SPDX-License-Identifier: MIT
#ifndef LATHE_CACHE_ERROR_HPP
#define LATHE_CACHE_ERROR_HPP

/// @file
/// @brief What a cache throws when it is used in a way that could never end well.
/// @par Example
/// @snippet tests/cache/weak_cache.cpp example

#include <lathe/core/error.hpp>

namespace lathe {
inline namespace v0 {

/// A cache was asked for what would wait for itself: a key from within the loader of that key, directly or by way of
/// other threads, or anything from within a callable of `with`.
class cache_error : public error {
public:
    using error::error;
};

} // namespace v0
} // namespace lathe

#endif // LATHE_CACHE_ERROR_HPP
