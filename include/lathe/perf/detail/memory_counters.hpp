// SPDX-License-Identifier: MIT
#ifndef LATHE_PERF_DETAIL_MEMORY_COUNTERS_HPP
#define LATHE_PERF_DETAIL_MEMORY_COUNTERS_HPP

/// @file
/// @brief What each thread has allocated and freed, as the hooks of define_memory_hooks.hpp count it.

#include <cstddef>
#include <cstdint>

namespace lathe {
inline namespace v0 {
namespace perf {
class memory_scope;
} // namespace perf

namespace detail {

struct memory_counters {
    std::uint64_t allocations;
    std::uint64_t frees;
    std::uint64_t bytes; // of all allocations
    std::int64_t live;   // bytes allocated less bytes freed: below 0 in a thread that frees what others made
    std::int64_t peak;   // the highest `live` since the innermost scope began
    perf::memory_scope* innermost;
    unsigned uncounted; // how many sections of this thread are not to be counted, see uncounted_memory

    void allocated(std::size_t size) noexcept {
        ++allocations;
        bytes += size;
        live += static_cast<std::int64_t>(size);
        if (live > peak) peak = live;
    }
    void freed(std::size_t size) noexcept {
        ++frees;
        live -= static_cast<std::int64_t>(size);
    }
};

// Neither made at first use nor destroyed: it counts from the first instruction of a thread to its last, also while the
// thread's other variables are destroyed. Visible, so that a program has one with its libraries, whatever they hide.
[[gnu::visibility("default")]] inline constinit thread_local memory_counters t_memory{};

// To be called between what allocates and what reads the counters. Compilers may take it that no variable changes when
// memory is allocated or freed, and would read before, or not at all.
inline void memory_was_used() noexcept {
    asm volatile("" : : : "memory");
}

// Until its end, what this thread does with malloc and free is not the user's. Only where a sanitizer reports every
// malloc is there anything to hide: replaced operators do not see malloc.
class [[nodiscard]] uncounted_memory {
public:
    uncounted_memory() noexcept {
        ++t_memory.uncounted;
        memory_was_used();
    }
    uncounted_memory(const uncounted_memory&) = delete;
    uncounted_memory& operator=(const uncounted_memory&) = delete;
    ~uncounted_memory() {
        memory_was_used();
        --t_memory.uncounted;
    }
};

} // namespace detail
} // namespace v0
} // namespace lathe

#endif // LATHE_PERF_DETAIL_MEMORY_COUNTERS_HPP
