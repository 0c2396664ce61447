// SPDX-License-Identifier: MIT
#ifndef LATHE_PERF_SCOPE_HPP
#define LATHE_PERF_SCOPE_HPP

/// @file
/// @brief A part of a program that is measured.
/// @par Example
/// @ref examples/perf.cpp

#include <cstdint>

#include <lathe/perf/detail/monitor_core.hpp>

namespace lathe {
inline namespace v0 {
namespace perf {

class monitor;
class timer;

/// Measures from its making until its end: `{ auto scope = mon.scope<"load">(); load(); }`.
///
/// @par Thread safety
/// It ends in the thread that made it. So it must not live across a `co_await` that may resume elsewhere:
/// `time_async` is for those.
/// @par Ownership
/// It must end before its monitor does.
/// @par Example
/// @ref examples/perf.cpp
class [[nodiscard]] scope {
public:
    scope(const scope&) = delete;
    scope& operator=(const scope&) = delete;
    /// Counts a call and how long it took.
    [[gnu::always_inline]] ~scope() { detail::end_scope(m_where, m_ticks); }

    /// Counts the call as an error too.
    void failed() noexcept { detail::fail_scope(m_where); }

private:
    friend class perf::monitor;
    friend class perf::timer;
    [[gnu::always_inline]] explicit scope(detail::scope_start began) noexcept
        : m_where(began.where), m_ticks(began.ticks) {}

    // Two words, and not what they are made of: g++ 12 would keep that in memory.
    std::uintptr_t m_where;
    std::uint64_t m_ticks;
};

} // namespace perf
} // namespace v0
} // namespace lathe

#endif // LATHE_PERF_SCOPE_HPP
