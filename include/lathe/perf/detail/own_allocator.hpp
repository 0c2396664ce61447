// SPDX-License-Identifier: MIT
#ifndef LATHE_PERF_DETAIL_OWN_ALLOCATOR_HPP
#define LATHE_PERF_DETAIL_OWN_ALLOCATOR_HPP

/// @file
/// @brief Memory of the monitor itself, which is never counted as the user's.

#include <cstddef>
#include <cstdlib>
#include <limits>
#include <new>

#include <lathe/perf/detail/memory_counters.hpp>

namespace lathe {
inline namespace v0 {
namespace detail {

// Memory straight from malloc, past the operators that are counted.
template <class T>
class own_allocator {
public:
    using value_type = T;

    own_allocator() = default;
    template <class Other>
    own_allocator(const own_allocator<Other>& /*other*/) noexcept {} // NOLINT(google-explicit-constructor)

    [[nodiscard]] T* allocate(std::size_t size) {
        static_assert(alignof(T) <= alignof(std::max_align_t)); // malloc aligns no further
        if (size > std::numeric_limits<std::size_t>::max() / sizeof(T)) throw std::bad_array_new_length();
        const uncounted_memory section;
        // At least a byte: a null pointer means that there is none.
        void* const memory = std::malloc(size == 0 ? 1 : size * sizeof(T));
        if (memory == nullptr) throw std::bad_alloc();
        return static_cast<T*>(memory);
    }
    void deallocate(T* memory, std::size_t /*size*/) noexcept {
        const uncounted_memory section;
        std::free(memory);
    }

    template <class Other>
    bool operator==(const own_allocator<Other>& /*other*/) const noexcept {
        return true;
    }
};

} // namespace detail
} // namespace v0
} // namespace lathe

#endif // LATHE_PERF_DETAIL_OWN_ALLOCATOR_HPP
