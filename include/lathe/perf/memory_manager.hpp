// SPDX-License-Identifier: MIT
#ifndef LATHE_PERF_MEMORY_MANAGER_HPP
#define LATHE_PERF_MEMORY_MANAGER_HPP

/// @file
/// @brief Allocations in the reports of Google Benchmark.
/// @par Example
/// @snippet tests/perf/memory_manager.cpp example

#include <cstdint>
#include <optional>

#include <benchmark/benchmark.h>

#include <lathe/perf/memory.hpp>

namespace lathe {
inline namespace v0 {
namespace perf {

/// Has Google Benchmark report what each benchmark allocates: `allocs_per_iter`, `max_bytes_used`,
/// `total_allocated_bytes` and `net_heap_growth`, in its JSON.
///
/// Register it before the benchmarks run: `benchmark::RegisterMemoryManager(&manager)`. For these figures, Google
/// Benchmark runs each benchmark once more, at most 16 times around, in the thread that runs them all: what other
/// threads allocate is not in them, and the few allocations that it makes for itself around such a run are.
///
/// The program needs the hooks, see memory_is_counted(): without them, the figures are 0.
class memory_manager final : public ::benchmark::MemoryManager {
public:
    // No `override`: the second Stop is pure and virtual in Google Benchmark 1.7, and later versions do without it.
    // NOLINTBEGIN(modernize-use-override,cppcoreguidelines-explicit-virtual-functions)

    /// Begins to count.
    virtual void Start() { m_scope.emplace(); }
    /// Ends what Start() began, and reports it.
    virtual void Stop(Result& result);
    /// The same, as Google Benchmark 1.7 has it.
    virtual void Stop(Result* result) { Stop(*result); }

    // NOLINTEND(modernize-use-override,cppcoreguidelines-explicit-virtual-functions)

private:
    std::optional<memory_scope> m_scope;
};

// ---- implementation --------------------------------------------------------

inline void memory_manager::Stop(Result& result) {
    const memory_figures figures = m_scope ? m_scope->figures() : memory_figures{};
    m_scope.reset();
    result.num_allocs = static_cast<std::int64_t>(figures.allocations);
    result.max_bytes_used = figures.peak;
    result.total_allocated_bytes = static_cast<std::int64_t>(figures.bytes);
    result.net_heap_growth = figures.net;
}

} // namespace perf
} // namespace v0
} // namespace lathe

#endif // LATHE_PERF_MEMORY_MANAGER_HPP
