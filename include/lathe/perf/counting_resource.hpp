// SPDX-License-Identifier: MIT
#ifndef LATHE_PERF_COUNTING_RESOURCE_HPP
#define LATHE_PERF_COUNTING_RESOURCE_HPP

/// @file
/// @brief A memory resource that counts what containers take from it.
/// @par Example
/// @snippet tests/perf/counting_resource.cpp example

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <memory_resource>

#include <lathe/perf/memory.hpp>

namespace lathe {
inline namespace v0 {
namespace perf {

/// Counts what is allocated from it, and has another resource do the work.
///
/// It counts the containers that are given it, whichever thread they are in, and nothing else. No hooks are needed:
/// memory_is_counted() may be false.
/// @par Thread safety
/// As safe as the resource behind it. Figures that are read while others allocate are of slightly different moments.
class counting_resource final : public std::pmr::memory_resource {
public:
    /// @param upstream where the memory comes from; it outlives this resource. Never null.
    explicit counting_resource(std::pmr::memory_resource* upstream = std::pmr::get_default_resource()) noexcept
        : m_upstream(upstream) {}

    /// @return what has been taken from it so far and given back. `net` is what is in use now, `peak` the most that
    /// ever was.
    [[nodiscard]] memory_figures figures() const noexcept {
        return {m_allocations.load(relaxed),
                m_frees.load(relaxed),
                m_bytes.load(relaxed),
                m_live.load(relaxed),
                m_peak.load(relaxed)};
    }
    /// @return where the memory comes from.
    [[nodiscard]] std::pmr::memory_resource* upstream() const noexcept { return m_upstream; }

private:
    // Each number stands for itself, and none tells that other memory may be read: no order among them is needed. The
    // additions to m_live follow each other all the same, so the highest of their results is the peak.
    static constexpr std::memory_order relaxed = std::memory_order_relaxed;

    void* do_allocate(std::size_t bytes, std::size_t alignment) override;
    void do_deallocate(void* memory, std::size_t bytes, std::size_t alignment) override;
    [[nodiscard]] bool do_is_equal(const std::pmr::memory_resource& other) const noexcept override {
        return this == &other;
    }

    std::pmr::memory_resource* m_upstream;
    std::atomic<std::uint64_t> m_allocations = 0;
    std::atomic<std::uint64_t> m_frees = 0;
    std::atomic<std::uint64_t> m_bytes = 0;
    std::atomic<std::int64_t> m_live = 0;
    std::atomic<std::int64_t> m_peak = 0;
};

// ---- implementation --------------------------------------------------------

inline void* counting_resource::do_allocate(std::size_t bytes, std::size_t alignment) {
    void* const memory = m_upstream->allocate(bytes, alignment); // first: if it throws, nothing was allocated
    const auto size = static_cast<std::int64_t>(bytes);
    m_allocations.fetch_add(1, relaxed);
    m_bytes.fetch_add(bytes, relaxed);
    const std::int64_t live = m_live.fetch_add(size, relaxed) + size;
    std::int64_t peak = m_peak.load(relaxed);
    while (live > peak && !m_peak.compare_exchange_weak(peak, live, relaxed)) {
    }
    return memory;
}

inline void counting_resource::do_deallocate(void* memory, std::size_t bytes, std::size_t alignment) {
    // Counted first: another thread may be given the same memory at once, and it must not count twice.
    m_frees.fetch_add(1, relaxed);
    m_live.fetch_sub(static_cast<std::int64_t>(bytes), relaxed);
    m_upstream->deallocate(memory, bytes, alignment);
}

} // namespace perf
} // namespace v0
} // namespace lathe

#endif // LATHE_PERF_COUNTING_RESOURCE_HPP
