// SPDX-License-Identifier: MIT
#ifndef LATHE_PERF_DETAIL_MONITOR_CORE_HPP
#define LATHE_PERF_DETAIL_MONITOR_CORE_HPP

/// @file
/// @brief The way from a scope to its cell: the short one, and the door to the long one.

#include <atomic>
#include <cstdint>
#include <string_view>

#include <lathe/core/fixed_string.hpp>
#include <lathe/perf/detail/thread_block.hpp>

namespace lathe {
inline namespace v0 {
namespace detail {

class monitor_engine;

inline constexpr std::uint64_t key_of_nobody = 0; // of views that lead nowhere
inline constexpr std::uint64_t key_of_disabled = 1;
inline constexpr std::uint64_t key_of_global = 2;

// Never given twice: to monitors and for their keys.
[[gnu::visibility("default")]] inline constinit std::atomic<std::uint64_t> next_monitor_key{key_of_global + 1};

// Relaxed: only that they differ matters.
inline std::uint64_t new_monitor_key() noexcept {
    return next_monitor_key.fetch_add(1, std::memory_order_relaxed);
}

// What a scope must know of its monitor. The key changes whenever the views of all threads shall be of no use.
struct monitor_core {
    constexpr monitor_core(std::uint64_t id, monitor_engine* made) noexcept
        : key(id), engine(made), number(id), view(static_cast<std::uint32_t>(id) % thread_views) {}
    monitor_core(const monitor_core&) = delete;
    monitor_core& operator=(const monitor_core&) = delete;

    // Relaxed: it is only compared.
    [[nodiscard]] bool is_enabled() const noexcept { return key.load(std::memory_order_relaxed) != key_of_disabled; }

    std::atomic<std::uint64_t> key;
    std::atomic<monitor_engine*> engine; // of the global monitor: null until it is used
    const std::uint64_t number;
    const std::uint32_t view;
};

// Sites of scopes are numbered when they are first used, from 1. Constant initialised, so that a scope may run before
// the other variables are.
template <fixed_string Name>
inline constinit std::atomic<std::uint32_t> site_number{0};
[[gnu::visibility("default")]] inline constinit std::atomic<std::uint32_t> last_site{0};

// The long way, in monitor_engine.hpp. They do all that is not plain, and make plain what can be. Where memory runs out
// for what is new, the scope does not count: to be measured does not make a program fail.
[[nodiscard]] std::uintptr_t
begin_at_site(monitor_core& core, std::atomic<std::uint32_t>& site, std::string_view name) noexcept;
[[nodiscard]] std::uintptr_t begin_metric(monitor_core& core, const metric& what, unsigned mode) noexcept;
[[nodiscard]] std::uintptr_t begin_named(monitor_core& core, std::string_view name, unsigned mode) noexcept;

// After the long way. Frames have read the clock themselves.
[[nodiscard, gnu::always_inline]] inline scope_start start_at(std::uintptr_t where) noexcept {
    return {where, (where & 1) == 0 ? read_ticks() : 0};
}

template <fixed_string Name>
[[nodiscard, gnu::always_inline]] inline scope_start begin_scope(monitor_core& core) noexcept {
    const thread_view& view = t_views[core.view];
    // Relaxed: the number and the key are only compared; what they lead to is the thread's own.
    const std::uint32_t site = site_number<Name>.load(std::memory_order_relaxed);
    const std::uint64_t key = core.key.load(std::memory_order_relaxed);
    if (view.key == key && site < view.size) [[likely]]
        if (timer_cell* const cell = view.sites[site]; cell != nullptr) [[likely]]
            return {reinterpret_cast<std::uintptr_t>(cell), read_ticks()};
    return start_at(key == key_of_disabled ? scope_of_none : begin_at_site(core, site_number<Name>, Name.view()));
}

// The thread's cell of a metric, if the short way leads there.
[[nodiscard, gnu::always_inline]] inline void*
find_cell(std::uint64_t key, const monitor_core& core, const metric& what) noexcept {
    const thread_view& view = t_views[core.view];
    return view.key == key && what.number < view.size ? view.cells[what.number] : nullptr;
}

[[nodiscard, gnu::always_inline]] inline scope_start begin_timer(monitor_core& core, const metric& what) noexcept {
    const std::uint64_t key = core.key.load(std::memory_order_relaxed); // as above
    if (void* const cell = find_cell(key, core, what); cell != nullptr) [[likely]]
        return {reinterpret_cast<std::uintptr_t>(cell), read_ticks()};
    return start_at(key == key_of_disabled ? scope_of_none : begin_metric(core, what, mode_plain));
}

[[gnu::noinline]] inline void end_frame(std::uintptr_t where) noexcept {
    auto& frame = *reinterpret_cast<scope_frame*>(where & ~std::uintptr_t{1});
    frame.block->end(frame);
}

[[gnu::always_inline]] inline void end_scope(std::uintptr_t where, std::uint64_t began) noexcept {
    if ((where & 1) == 0) [[likely]] {
        reinterpret_cast<timer_cell*>(where)->record(read_ticks() - began);
    } else if (where != scope_of_none) {
        end_frame(where);
    }
}

// Counts an error; nothing if the scope does not count.
inline void fail_scope(std::uintptr_t where) noexcept {
    if ((where & 1) == 0)
        reinterpret_cast<timer_cell*>(where)->fail();
    else if (where != scope_of_none)
        reinterpret_cast<scope_frame*>(where & ~std::uintptr_t{1})->cell->fail();
}

} // namespace detail
} // namespace v0
} // namespace lathe

#endif // LATHE_PERF_DETAIL_MONITOR_CORE_HPP
