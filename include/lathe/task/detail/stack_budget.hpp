// SPDX-License-Identifier: MIT
#ifndef LATHE_TASK_DETAIL_STACK_BUDGET_HPP
#define LATHE_TASK_DETAIL_STACK_BUDGET_HPP

/// @file
/// @brief How deep tasks may run in each other's place.

#include <cstddef>

#include <pthread.h>

namespace lathe {
inline namespace v0 {
namespace detail {

// The address beyond which a quarter of what this thread's stack had left at the call has been used. Stacks grow down,
// on all machines that this is for.
inline const char* limit_of_stack() noexcept {
    static constinit thread_local const char* end = nullptr; // the lowest address
    const char* const here = static_cast<const char*>(__builtin_frame_address(0));
    constexpr std::size_t least = 128 * 1024;
    if (end == nullptr) {
        end = here - least;
#if defined(__GLIBC__)
        pthread_attr_t attributes;
        if (pthread_getattr_np(pthread_self(), &attributes) == 0) {
            void* lowest = nullptr;
            std::size_t size = 0;
            if (pthread_attr_getstack(&attributes, &lowest, &size) == 0) end = static_cast<const char*>(lowest);
            pthread_attr_destroy(&attributes);
        }
#endif
    }
    return here - (here - end) / 4;
}

[[gnu::noinline]] inline bool has_stack_left(const char* limit) noexcept {
    return static_cast<const char*>(__builtin_frame_address(0)) > limit;
}

} // namespace detail
} // namespace v0
} // namespace lathe

#endif // LATHE_TASK_DETAIL_STACK_BUDGET_HPP
