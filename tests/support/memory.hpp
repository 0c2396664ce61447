// SPDX-License-Identifier: MIT
// What tests of counted memory have in common.
#ifndef LATHE_TESTS_SUPPORT_MEMORY_HPP
#define LATHE_TESTS_SUPPORT_MEMORY_HPP

#include <cstddef>
#include <cstdlib>
#include <vector>

#include <lathe/perf/memory.hpp>

namespace lathe_test {

// Memory that the compiler could see to be for nothing would not be allocated: this uses it.
template <class T>
void use(const T& value) {
    asm volatile("" : : "g"(&value) : "memory");
}
// Allocates and frees once.
inline void allocate_and_free(std::size_t size) {
    const std::vector<char> freed(size);
    use(freed);
}

// Whether malloc is counted beside new: so it is under sanitizers, whose operators cannot be replaced.
inline bool malloc_is_counted() {
    static const bool is_counted = [] {
        const lathe::perf::memory_scope scope;
        void* memory = std::malloc(10);
        asm volatile("" : "+r"(memory));
        std::free(memory);
        return scope.allocations() != 0;
    }();
    return is_counted;
}

} // namespace lathe_test

#endif // LATHE_TESTS_SUPPORT_MEMORY_HPP
