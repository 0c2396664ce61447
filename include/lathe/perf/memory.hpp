// SPDX-License-Identifier: MIT
#ifndef LATHE_PERF_MEMORY_HPP
#define LATHE_PERF_MEMORY_HPP

/// @file
/// @brief What a part of a program allocates and frees, counted exactly.
///
/// Nothing is counted until one source file of the program defines `LATHE_PERF_DEFINE_MEMORY_HOOKS` before it includes
/// this header, `<lathe/perf.hpp>` or `<lathe/lathe.hpp>`. That file then defines the global operators new and delete,
/// all 20 of them: each counts, for the thread that calls it, the bytes it was asked for. Memory by malloc, as C
/// libraries take it, is not seen.
///
/// Under AddressSanitizer and ThreadSanitizer, which have such operators of their own, that file asks the sanitizer to
/// report instead. It then reports malloc and free as well, by whomever.
/// @par Example
/// @ref examples/perf.cpp

#include <algorithm>
#include <cstdint>
#include <new>

#include <lathe/perf/detail/memory_counters.hpp>

namespace lathe {
inline namespace v0 {
namespace perf {

/// What was allocated and freed, by one thread, in some time.
///
/// Memory may be freed by another thread than the one that allocated it. It then counts as freed where it was freed, so
/// `net` may be below 0; only the sum of `net` over all threads is what is still allocated.
struct memory_figures {
    std::uint64_t allocations = 0; ///< how many
    std::uint64_t frees = 0;       ///< how many; deleting a null pointer is none
    std::uint64_t bytes = 0;       ///< that were asked for, in all allocations, freed or not
    std::int64_t net = 0;          ///< bytes allocated less bytes freed
    std::int64_t peak = 0;         ///< the highest `net` at any time in between; 0 where nothing but frees was done

    /// @return whether all of them are equal.
    friend bool operator==(const memory_figures&, const memory_figures&) = default;
};

/// @return whether this program counts memory: whether one of its files defined the hooks.
[[nodiscard]] inline bool memory_is_counted() noexcept;

/// @return what this thread has done since it began; zeros if memory is not counted.
[[nodiscard]] inline memory_figures thread_memory() noexcept;

/// Counts what this thread allocates and frees from here on.
///
/// Scopes nest to any depth, and each sees all that is done in those within: what an inner scope does with its own peak
/// does not disturb the outer one's. One that ends before a scope within does no harm either.
///
/// @par Thread safety
/// It counts the thread that made it, is asked by that thread, and ends in it.
/// @par Complexity
/// Making and ending it takes a few nanoseconds; it allocates nothing.
/// @par Example
/// @ref examples/perf.cpp
class [[nodiscard]] memory_scope {
public:
    /// Begins: all figures are 0.
    memory_scope() noexcept
        : m_outer(counters().innermost),
          m_peak_before(counters().peak),
          m_allocations(counters().allocations),
          m_frees(counters().frees),
          m_bytes(counters().bytes),
          m_live(counters().live) {
        counters().innermost = this;
        counters().peak = m_live;
    }
    memory_scope(const memory_scope&) = delete;
    memory_scope& operator=(const memory_scope&) = delete;
    /// Ends: the scope around it, if there is one, goes on.
    ~memory_scope();

    /// @return all of it, at this moment.
    [[nodiscard]] memory_figures figures() const noexcept { return {allocations(), frees(), bytes(), net(), peak()}; }
    /// @return how many allocations there were.
    [[nodiscard]] std::uint64_t allocations() const noexcept { return counters().allocations - m_allocations; }
    /// @return how many frees there were.
    [[nodiscard]] std::uint64_t frees() const noexcept { return counters().frees - m_frees; }
    /// @return how many bytes were asked for in all, freed or not.
    [[nodiscard]] std::uint64_t bytes() const noexcept { return counters().bytes - m_bytes; }
    /// @return the bytes allocated less those freed: below 0 if more was freed.
    [[nodiscard]] std::int64_t net() const noexcept { return counters().live - m_live; }
    /// @return the highest net() at any time since the beginning, where it was 0.
    [[nodiscard]] std::int64_t peak() const noexcept { return highest_since(this) - m_live; }

private:
    friend memory_figures thread_memory() noexcept;

    static detail::memory_counters& counters() noexcept {
        detail::memory_was_used();
        return detail::t_memory;
    }
    // The highest bytes alive since that scope of this thread began; since the thread began if it is null.
    static std::int64_t highest_since(const memory_scope* beginning) noexcept;

    memory_scope* m_outer;
    std::int64_t m_peak_before; // the highest from the beginning of m_outer to that of this one
    std::uint64_t m_allocations;
    std::uint64_t m_frees;
    std::uint64_t m_bytes;
    std::int64_t m_live;
};

// ---- implementation --------------------------------------------------------

inline memory_scope::~memory_scope() {
    detail::memory_counters& now = counters();
    if (now.innermost == this) [[likely]] {
        now.innermost = m_outer;
        now.peak = std::max(now.peak, m_peak_before);
        return;
    }
    // It ends before one within: that one takes over the time before it.
    memory_scope* within = now.innermost;
    while (within->m_outer != this)
        within = within->m_outer;
    within->m_outer = m_outer;
    within->m_peak_before = std::max(within->m_peak_before, m_peak_before);
}

inline std::int64_t memory_scope::highest_since(const memory_scope* beginning) noexcept {
    std::int64_t highest = counters().peak;
    for (const memory_scope* scope = counters().innermost; scope != beginning; scope = scope->m_outer)
        highest = std::max(highest, scope->m_peak_before);
    return highest;
}

inline memory_figures thread_memory() noexcept {
    const detail::memory_counters& now = memory_scope::counters();
    return {now.allocations, now.frees, now.bytes, now.live, memory_scope::highest_since(nullptr)};
}

} // namespace perf

namespace detail {

// Allocates once and looks whether that was counted.
inline bool probe_memory_hooks() noexcept {
    const memory_counters before = t_memory;
    t_memory.uncounted = 0;
    void* memory = ::operator new(1, std::nothrow);
    asm volatile("" : "+r"(memory)); // a pair that the compiler sees through may be removed
    ::operator delete(memory, std::nothrow);
    const bool counted = t_memory.allocations != before.allocations;
    t_memory = before; // as if nothing had been
    return counted;
}

} // namespace detail

namespace perf {

inline bool memory_is_counted() noexcept {
    static const bool counted = detail::probe_memory_hooks();
    return counted;
}

} // namespace perf
} // namespace v0
} // namespace lathe

#endif // LATHE_PERF_MEMORY_HPP

// Beyond the guard: it works as well where the header was included before.
#ifdef LATHE_PERF_DEFINE_MEMORY_HOOKS
#include <lathe/perf/detail/define_memory_hooks.hpp>
#endif
