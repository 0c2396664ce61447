// SPDX-License-Identifier: MIT
// An allocator that counts what it gives, and refuses more than a test allows.
#ifndef LATHE_TESTS_SUPPORT_COUNTED_ALLOCATOR_HPP
#define LATHE_TESTS_SUPPORT_COUNTED_ALLOCATOR_HPP

#include <cstddef>
#include <limits>
#include <memory>
#include <new>

namespace lathe_test {

struct memory_count {
    std::size_t used = 0;                                                   // bytes that are in use
    std::size_t allocations = 0;                                            // since the beginning
    std::size_t limit = std::numeric_limits<std::size_t>::max();            // of bytes in use
    std::size_t allocation_limit = std::numeric_limits<std::size_t>::max(); // of allocations
};

template <class T>
class counted_allocator {
public:
    using value_type = T;
    explicit counted_allocator(memory_count& count) noexcept : m_count(&count) {}
    template <class Other>
    counted_allocator(const counted_allocator<Other>& other) noexcept // NOLINT(google-explicit-constructor)
        : m_count(other.count()) {}
    T* allocate(std::size_t size) {
        if (m_count->allocations == m_count->allocation_limit) throw std::bad_alloc();
        if (m_count->used + size * sizeof(T) > m_count->limit) throw std::bad_alloc();
        ++m_count->allocations;
        m_count->used += size * sizeof(T);
        return std::allocator<T>().allocate(size);
    }
    void deallocate(T* where, std::size_t size) noexcept {
        m_count->used -= size * sizeof(T);
        std::allocator<T>().deallocate(where, size);
    }
    [[nodiscard]] memory_count* count() const noexcept { return m_count; }
    template <class Other>
    bool operator==(const counted_allocator<Other>& other) const noexcept {
        return m_count == other.count();
    }

private:
    memory_count* m_count;
};

} // namespace lathe_test

#endif // LATHE_TESTS_SUPPORT_COUNTED_ALLOCATOR_HPP
