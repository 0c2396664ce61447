// SPDX-License-Identifier: MIT
#ifndef LATHE_PERF_DETAIL_MEMORY_OPERATORS_HPP
#define LATHE_PERF_DETAIL_MEMORY_OPERATORS_HPP

/// @file
/// @brief Operators new and delete that count; for one source file of a program, see define_memory_hooks.hpp.

#include <cstddef>
#include <cstdlib>
#include <cstring>
#include <new>

#include <malloc.h>

#include <lathe/perf/detail/memory_counters.hpp>

namespace lathe {
inline namespace v0 {
namespace detail {

// The same address, of which the compiler no longer knows where it comes from. It may inline one operator of a pair and
// not the other, and would warn that malloc does not go with delete; and that the tail below lies behind the memory.
[[nodiscard]] inline unsigned char* of_unknown_origin(void* memory) noexcept {
    asm volatile("" : "+r"(memory) : : "memory");
    return static_cast<unsigned char*>(memory);
}

// How many bytes were asked for is kept behind them, as malloc knows only how many there are. One byte more is taken
// than asked for, so that the last usable one is free: it holds how many bytes are usable beyond those asked for. Where
// that is too much for a byte, as in memory of whole pages, it holds `long_slack`, and the bytes before it the number.
//
// No header is in front, so memory stays as aligned as malloc makes it, and mostly as large: glibc's malloc rounds up,
// and has the byte to spare for all sizes but 24, 40, 56...
struct memory_tail {
    static constexpr unsigned char long_slack = 255;

    static void write(void* memory, std::size_t size) noexcept {
        const std::size_t usable = malloc_usable_size(memory);
        const std::size_t slack = usable - size;
        unsigned char* const end = of_unknown_origin(memory) + usable;
        if (slack < long_slack) [[likely]] {
            end[-1] = static_cast<unsigned char>(slack);
        } else {
            end[-1] = long_slack;
            std::memcpy(end - 1 - sizeof slack, &slack, sizeof slack);
        }
    }
    // The size that was written.
    static std::size_t read(void* memory) noexcept {
        const std::size_t usable = malloc_usable_size(memory);
        const unsigned char* const end = of_unknown_origin(memory) + usable;
        std::size_t slack = end[-1];
        if (slack == long_slack) [[unlikely]] {
            std::memcpy(&slack, end - 1 - sizeof slack, sizeof slack);
        }
        return usable - slack;
    }
};

// Memory for `size` bytes and a tail; nullptr if there is none.
struct plain_memory {
    std::size_t size;

    [[nodiscard]] void* take() const noexcept {
        const std::size_t with_tail = size + 1;
        return with_tail != 0 ? std::malloc(with_tail) : nullptr;
    }
};
struct aligned_memory {
    std::size_t size;
    std::size_t alignment;

    [[nodiscard]] void* take() const noexcept {
        const std::size_t with_tail = size + 1;
        // posix_memalign knows no alignment that is smaller than a pointer's. Unlike aligned_alloc it takes any size.
        const std::size_t known = alignment < sizeof(void*) ? sizeof(void*) : alignment;
        void* memory = nullptr;
        return with_tail != 0 && posix_memalign(&memory, known, with_tail) == 0 ? memory : nullptr;
    }
};

// There was none: asks the program for more, as long as it has a handler for that.
template <class Memory>
[[gnu::noinline, gnu::cold]] void* take_after_handler(const Memory wanted) {
    for (;;) {
        const std::new_handler handler = std::get_new_handler();
        if (handler == nullptr) throw std::bad_alloc();
        handler();
        if (void* const memory = wanted.take()) return memory;
    }
}

template <class Memory>
[[gnu::always_inline]] inline void* counted_new(const Memory wanted) {
    void* memory = wanted.take();
    if (memory == nullptr) [[unlikely]] {
        memory = take_after_handler(wanted);
    }
    memory_tail::write(memory, wanted.size);
    t_memory.allocated(wanted.size);
    return of_unknown_origin(memory);
}
template <class Memory>
[[gnu::always_inline]] inline void* counted_new_or_null(const Memory wanted) noexcept {
    try {
        return counted_new(wanted);
    } catch (...) { // std::bad_alloc, or what a handler throws
        return nullptr;
    }
}

inline void counted_delete(void* memory) noexcept {
    if (memory == nullptr) return;
    t_memory.freed(memory_tail::read(memory));
    std::free(of_unknown_origin(memory));
}
inline void counted_delete(void* memory, std::size_t size) noexcept {
    if (memory == nullptr) return;
    t_memory.freed(size);
    std::free(of_unknown_origin(memory));
}

} // namespace detail
} // namespace v0
} // namespace lathe

// ---- all that the standard lets a program replace ----------------------------------------------------------------

void* operator new(std::size_t size) {
    return lathe::detail::counted_new(lathe::detail::plain_memory{size});
}
void* operator new[](std::size_t size) {
    return lathe::detail::counted_new(lathe::detail::plain_memory{size});
}
void* operator new(std::size_t size, const std::nothrow_t& /*tag*/) noexcept {
    return lathe::detail::counted_new_or_null(lathe::detail::plain_memory{size});
}
void* operator new[](std::size_t size, const std::nothrow_t& /*tag*/) noexcept {
    return lathe::detail::counted_new_or_null(lathe::detail::plain_memory{size});
}
void* operator new(std::size_t size, std::align_val_t alignment) {
    return lathe::detail::counted_new(lathe::detail::aligned_memory{size, static_cast<std::size_t>(alignment)});
}
void* operator new[](std::size_t size, std::align_val_t alignment) {
    return lathe::detail::counted_new(lathe::detail::aligned_memory{size, static_cast<std::size_t>(alignment)});
}
void* operator new(std::size_t size, std::align_val_t alignment, const std::nothrow_t& /*tag*/) noexcept {
    return lathe::detail::counted_new_or_null(lathe::detail::aligned_memory{size, static_cast<std::size_t>(alignment)});
}
void* operator new[](std::size_t size, std::align_val_t alignment, const std::nothrow_t& /*tag*/) noexcept {
    return lathe::detail::counted_new_or_null(lathe::detail::aligned_memory{size, static_cast<std::size_t>(alignment)});
}

void operator delete(void* memory) noexcept {
    lathe::detail::counted_delete(memory);
}
void operator delete[](void* memory) noexcept {
    lathe::detail::counted_delete(memory);
}
void operator delete(void* memory, const std::nothrow_t& /*tag*/) noexcept {
    lathe::detail::counted_delete(memory);
}
void operator delete[](void* memory, const std::nothrow_t& /*tag*/) noexcept {
    lathe::detail::counted_delete(memory);
}
void operator delete(void* memory, std::align_val_t /*alignment*/) noexcept {
    lathe::detail::counted_delete(memory);
}
void operator delete[](void* memory, std::align_val_t /*alignment*/) noexcept {
    lathe::detail::counted_delete(memory);
}
void operator delete(void* memory, std::align_val_t /*alignment*/, const std::nothrow_t& /*tag*/) noexcept {
    lathe::detail::counted_delete(memory);
}
void operator delete[](void* memory, std::align_val_t /*alignment*/, const std::nothrow_t& /*tag*/) noexcept {
    lathe::detail::counted_delete(memory);
}
void operator delete(void* memory, std::size_t size) noexcept {
    lathe::detail::counted_delete(memory, size);
}
void operator delete[](void* memory, std::size_t size) noexcept {
    lathe::detail::counted_delete(memory, size);
}
void operator delete(void* memory, std::size_t size, std::align_val_t /*alignment*/) noexcept {
    lathe::detail::counted_delete(memory, size);
}
void operator delete[](void* memory, std::size_t size, std::align_val_t /*alignment*/) noexcept {
    lathe::detail::counted_delete(memory, size);
}

#endif // LATHE_PERF_DETAIL_MEMORY_OPERATORS_HPP
