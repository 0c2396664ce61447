// SPDX-License-Identifier: MIT
#ifndef LATHE_PERF_DETAIL_SANITIZER_HOOKS_HPP
#define LATHE_PERF_DETAIL_SANITIZER_HOOKS_HPP

/// @file
/// @brief Memory counted by a sanitizer's allocator; for one source file of a program, see define_memory_hooks.hpp.

#include <cstddef>

#include <lathe/perf/detail/memory_counters.hpp>

// g++ 12 has these functions, yet no header that declares them.
extern "C" {
// NOLINTBEGIN(bugprone-reserved-identifier)
int __sanitizer_install_malloc_and_free_hooks(void (*malloc_hook)(const volatile void*, std::size_t),
                                              void (*free_hook)(const volatile void*));
std::size_t __sanitizer_get_allocated_size(const volatile void* memory);
// NOLINTEND(bugprone-reserved-identifier)
}

namespace lathe {
inline namespace v0 {
namespace detail {

// Called after each allocation, with the size that was asked for. No bytes are one, as sanitizers have it when they
// free.
inline void count_sanitizer_malloc(const volatile void* memory, std::size_t size) {
    if (memory != nullptr && t_memory.uncounted == 0) t_memory.allocated(size == 0 ? 1 : size);
}
// Called before each free: the size is still known.
inline void count_sanitizer_free(const volatile void* memory) {
    if (memory != nullptr && t_memory.uncounted == 0) t_memory.freed(__sanitizer_get_allocated_size(memory));
}

// Before the initialisation of all objects that do not ask for a priority. If there is no room for one more pair of
// hooks, memory is not counted, and memory_is_counted() says so.
[[gnu::constructor(101)]] inline void install_sanitizer_hooks() {
    __sanitizer_install_malloc_and_free_hooks(count_sanitizer_malloc, count_sanitizer_free);
}

} // namespace detail
} // namespace v0
} // namespace lathe

#endif // LATHE_PERF_DETAIL_SANITIZER_HOOKS_HPP
