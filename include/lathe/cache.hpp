// SPDX-License-Identifier: MIT
#ifndef LATHE_CACHE_HPP
#define LATHE_CACHE_HPP

/// @file
/// @brief Objects that are shared by key and kept while they are useful.
/// @par Example
/// @ref examples/cache.cpp

#include <lathe/cache/entry.hpp>
#include <lathe/cache/error.hpp>
#include <lathe/cache/handle.hpp>
#include <lathe/cache/memoize.hpp>
#include <lathe/cache/memoize_method.hpp>
#include <lathe/cache/options.hpp>
#include <lathe/cache/policy.hpp>
#include <lathe/cache/s3_fifo.hpp>
#include <lathe/cache/stats.hpp>
#include <lathe/cache/w_tiny_lfu.hpp>
#include <lathe/cache/weak_cache.hpp>

#endif // LATHE_CACHE_HPP
