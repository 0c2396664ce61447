// SPDX-License-Identifier: MIT
#ifndef LATHE_PERF_DETAIL_DEFINE_MEMORY_HOOKS_HPP
#define LATHE_PERF_DETAIL_DEFINE_MEMORY_HOOKS_HPP

/// @file
/// @brief What counts memory; for one source file of a program, by way of LATHE_PERF_DEFINE_MEMORY_HOOKS.

// AddressSanitizer and ThreadSanitizer bring operators that nobody else may define, and hooks instead.
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
#    define LATHE_PERF_HAS_SANITIZER
#elif defined(__has_feature)
#    if __has_feature(address_sanitizer) || __has_feature(thread_sanitizer)
#        define LATHE_PERF_HAS_SANITIZER
#    endif
#endif

#ifdef LATHE_PERF_HAS_SANITIZER
#    undef LATHE_PERF_HAS_SANITIZER
#    include <lathe/perf/detail/sanitizer_hooks.hpp>
#else
#    include <lathe/perf/detail/memory_operators.hpp>
#endif

#endif // LATHE_PERF_DETAIL_DEFINE_MEMORY_HOOKS_HPP
