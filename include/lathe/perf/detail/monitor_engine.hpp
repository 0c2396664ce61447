// SPDX-License-Identifier: MIT
#ifndef LATHE_PERF_DETAIL_MONITOR_ENGINE_HPP
#define LATHE_PERF_DETAIL_MONITOR_ENGINE_HPP

/// @file
/// @brief What a monitor owns: its metrics and the blocks of the threads that use it.

#include <array>
#include <atomic>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <mutex>
#include <optional>
#include <string_view>

#include <pthread.h>

#include <lathe/perf/detail/metric.hpp>
#include <lathe/perf/detail/monitor_core.hpp>
#include <lathe/perf/detail/thread_block.hpp>
#include <lathe/perf/detail/ticks.hpp>
#include <lathe/perf/error.hpp>
#include <lathe/perf/options.hpp>

namespace lathe {
inline namespace v0 {
namespace detail {

// All that live, so that a thread can hand back its blocks when it ends. Never destroyed: threads may outlive main.
struct [[gnu::visibility("default")]] live_engines {
    static inline constinit std::mutex mutex{};
    static inline constinit monitor_engine* first = nullptr;
    static inline constinit std::atomic<std::uint64_t> last_thread{0};
};

class monitor_engine {
public:
    explicit monitor_engine(std::uint64_t number, const perf::monitor_options& options)
        : m_number(number), m_steady(options.clock == perf::clock_source::steady || !ticks_are_even()) {
        tick_rate::begin();
        m_born = std::chrono::steady_clock::now();
        m_born_ticks = thread_block::now(m_steady ? mode_steady : mode_plain);
        take(options);
        const std::lock_guard lock(live_engines::mutex);
        m_next_live = live_engines::first;
        live_engines::first = this;
    }
    monitor_engine(const monitor_engine&) = delete;
    monitor_engine& operator=(const monitor_engine&) = delete;
    ~monitor_engine() {
        {
            const std::lock_guard lock(live_engines::mutex);
            monitor_engine** link = &live_engines::first;
            while (*link != this)
                link = &(*link)->m_next_live;
            *link = m_next_live;
        }
        end_own_list(m_blocks.load(std::memory_order_relaxed));
        end_own_list(m_metrics.load(std::memory_order_relaxed));
    }

    // ---- options ----
    void configure(monitor_core& core, const perf::monitor_options& options) {
        const std::lock_guard lock(m_mutex);
        if ((options.clock == perf::clock_source::steady) != m_steady && ticks_are_even())
            throw perf::monitor_error("lathe::perf::monitor: the clock cannot be changed: make another monitor");
        take(options);
        if (core.key.load(std::memory_order_relaxed) != key_of_disabled) renew_key(core);
    }
    void enable(monitor_core& core) noexcept {
        const std::lock_guard lock(m_mutex);
        if (core.key.load(std::memory_order_relaxed) == key_of_disabled) renew_key(core);
    }
    void disable(monitor_core& core) noexcept {
        const std::lock_guard lock(m_mutex);
        core.key.store(key_of_disabled, std::memory_order_relaxed); // scopes need not hear of it at once
    }

    // ---- times ----
    [[nodiscard]] std::uint64_t now() const noexcept { return thread_block::now(m_steady ? mode_steady : mode_plain); }
    [[nodiscard]] double nanoseconds_per_tick() const noexcept {
        return m_steady ? 1.0 : tick_rate::nanoseconds_per_tick();
    }
    [[nodiscard]] std::uint64_t ticks_of(std::uint64_t nanoseconds) const noexcept {
        if (m_steady) return nanoseconds;
        return static_cast<std::uint64_t>(static_cast<double>(nanoseconds) / nanoseconds_per_tick() + 0.5);
    }
    [[nodiscard]] std::uint64_t born_ticks() const noexcept { return m_born_ticks; }
    [[nodiscard]] std::chrono::steady_clock::time_point born() const noexcept { return m_born; }

    // ---- metrics ----
    [[nodiscard]] metric& metric_named(metric_kind kind, std::string_view name, const perf::labels& labels) {
        const std::size_t hash = hash_of_metric(kind, name, labels);
        const auto is_it = [&](const metric& other) {
            return other.is(kind, name, labels);
        };
        // A full table does not change any more, so that names beyond it need no lock. Acquire: it is seen whole.
        if (m_full.load(std::memory_order_acquire)) {
            if (metric* const known = m_by_name.find(hash, is_it); known != nullptr) return *known;
            return overflow_metric(kind);
        }
        {
            const std::lock_guard lock(m_mutex);
            if (metric* const known = m_by_name.find(hash, is_it); known != nullptr) return *known;
            // Full it stays, also if more were allowed meanwhile. Relaxed: it changes under the lock.
            if (m_size < m_most && !m_full.load(std::memory_order_relaxed)) {
                m_by_name.reserve_one();
                metric& made = add(kind, name, labels);
                m_by_name.insert(hash, made);
                return made;
            }
            m_full.store(true, std::memory_order_release);
        }
        return overflow_metric(kind);
    }
    [[nodiscard]] const std::atomic<metric*>& metrics() const noexcept { return m_metrics; }
    [[nodiscard]] const std::atomic<thread_block*>& blocks() const noexcept { return m_blocks; }

    // ---- the long way ----
    std::uintptr_t at_site(monitor_core& core, std::atomic<std::uint32_t>& site, std::string_view name) {
        const std::uint64_t key = core.key.load(std::memory_order_acquire); // with the release in renew_key
        if (key == key_of_disabled) return scope_of_none;
        std::uint32_t number = site.load(std::memory_order_relaxed);
        if (number == 0) number = number_site(site);
        thread_block& block = block_here(core);
        block.make_room(number);
        timer_cell*& cell = block.sites[number];
        if (cell == nullptr) {
            timer_cell& found = block.cell_of<timer_cell>(metric_named(metric_kind::timer, name, {}));
            block.sites[number] = &found; // `cell` may have moved meanwhile
            return begin(core, key, block, found, mode_plain);
        }
        return begin(core, key, block, *cell, mode_plain);
    }
    std::uintptr_t of_metric(monitor_core& core, const metric& what, unsigned more) {
        const std::uint64_t key = core.key.load(std::memory_order_acquire); // likewise
        if (key == key_of_disabled) return scope_of_none;
        thread_block& block = block_here(core);
        return begin(core, key, block, block.cell_of<timer_cell>(what), more);
    }
    std::uintptr_t of_name(monitor_core& core, std::string_view name, unsigned more) {
        const std::uint64_t key = core.key.load(std::memory_order_acquire); // likewise
        if (key == key_of_disabled) return scope_of_none;
        const std::size_t hash = std::hash<std::string_view>{}(name);
        const auto is_it = [&](const timer_cell& other) {
            return other.what->name.view() == name;
        };
        if (const thread_view& view = t_views[core.view]; view.key == key && more == mode_plain) {
            if (timer_cell* const cell = view.block->names.find(hash, is_it); cell != nullptr)
                return reinterpret_cast<std::uintptr_t>(cell);
        }
        thread_block& block = block_here(core);
        timer_cell* cell = block.names.find(hash, is_it);
        if (cell == nullptr) {
            block.names.reserve_one();
            cell = &block.cell_of<timer_cell>(metric_named(metric_kind::timer, name, {}));
            if (cell->what->name.view() == name) block.names.insert(hash, *cell);
        }
        return begin(core, key, block, *cell, more);
    }
    template <class Cell>
    [[nodiscard]] Cell& cell_here(monitor_core& core, const metric& what) {
        const std::uint64_t key = core.key.load(std::memory_order_acquire); // likewise
        thread_block& block = block_here(core);
        Cell& cell = block.cell_of<Cell>(what);
        make_plain(core, key, block);
        return cell;
    }

    // The thread ends: others go on with what it has.
    static void thread_ends(std::uint64_t thread) noexcept {
        const std::lock_guard lock(live_engines::mutex);
        for (monitor_engine* engine = live_engines::first; engine != nullptr; engine = engine->m_next_live) {
            const std::lock_guard inner(engine->m_mutex);
            for (thread_block* block = engine->m_blocks.load(std::memory_order_relaxed); block != nullptr;
                 block = block->next)
                if (block->owner.load(std::memory_order_relaxed) == thread)
                    block->owner.store(0, std::memory_order_relaxed); // the lock orders it
        }
    }

private:
    void take(const perf::monitor_options& options) noexcept {
        unsigned mode = m_steady ? mode_steady : mode_plain;
        if (options.call_tree) mode |= mode_calls;
        if (options.events != 0) mode |= mode_events;
        if (options.memory) mode |= mode_memory;
        if (options.events != 0) m_ring_size.store(options.events, std::memory_order_relaxed);
        m_most = options.max_metrics;
        m_mode.store(mode, std::memory_order_relaxed); // the key's release orders it
    }
    static void renew_key(monitor_core& core) noexcept { core.key.store(new_monitor_key(), std::memory_order_release); }

    [[nodiscard]] metric& add(metric_kind kind, std::string_view name, const perf::labels& labels) {
        metric* const made = make_own<metric>(kind, m_size, name, labels, m_metrics.load(std::memory_order_relaxed));
        ++m_size;
        m_metrics.store(made, std::memory_order_release); // with the acquire of snapshots
        return *made;
    }
    // Of all that is beyond the table.
    [[nodiscard]] metric& overflow_metric(metric_kind kind) {
        constexpr std::string_view name = "(other)";
        std::atomic<metric*>& place = m_overflow[static_cast<std::size_t>(kind)];
        if (metric* const made = place.load(std::memory_order_acquire); made != nullptr) return *made; // it is whole
        const std::lock_guard lock(m_mutex);
        metric* made = place.load(std::memory_order_relaxed);
        if (made == nullptr)
            made = m_by_name.find(hash_of_metric(kind, name, {}),
                                  [&](const metric& other) { return other.is(kind, name, {}); });
        if (made == nullptr) made = &add(kind, name, {});
        place.store(made, std::memory_order_release); // with the acquire above
        return *made;
    }

    static std::uint32_t number_site(std::atomic<std::uint32_t>& site) noexcept {
        // Relaxed: who loses the race takes the winner's number, and one number is never used.
        const std::uint32_t mine = last_site.fetch_add(1, std::memory_order_relaxed) + 1;
        std::uint32_t none = 0;
        return site.compare_exchange_strong(none, mine, std::memory_order_relaxed) ? mine : none;
    }

    [[nodiscard]] std::uintptr_t
    begin(monitor_core& core, std::uint64_t key, thread_block& block, timer_cell& cell, unsigned more) {
        make_plain(core, key, block);
        const unsigned mode = m_mode.load(std::memory_order_relaxed) | more;
        if (mode != mode_plain) return block.begin(cell, mode, m_ring_size.load(std::memory_order_relaxed));
        return reinterpret_cast<std::uintptr_t>(&cell);
    }
    // From now on this thread's scopes take the short way, if they may. Every long way ends with this.
    void make_plain(monitor_core& core, std::uint64_t key, thread_block& block) noexcept {
        thread_view& view = t_views[core.view];
        if (key != key_of_disabled && m_mode.load(std::memory_order_relaxed) == mode_plain) view.key = key;
        view.size = block.sites.size();
        view.sites = block.sites.data();
        view.cells = block.cells.data();
    }

    // Until make_plain no scope takes the short way, for the lists that it goes by may move.
    [[nodiscard]] thread_block& block_here(monitor_core& core) {
        thread_view& view = t_views[core.view];
        view.key = key_of_nobody;
        if (view.monitor != m_number) {
            thread_block& block = find_block();
            view = {.monitor = m_number, .block = &block};
        }
        return *view.block;
    }
    [[nodiscard]] thread_block& find_block() {
        const std::uint64_t thread = this_thread();
        // Only this thread makes itself an owner, so it needs no lock to find that it is. Acquire: the list is whole.
        for (thread_block* block = m_blocks.load(std::memory_order_acquire); block != nullptr; block = block->next)
            if (block->owner.load(std::memory_order_relaxed) == thread) return *block;
        const std::lock_guard lock(m_mutex);
        thread_block* block = m_blocks.load(std::memory_order_relaxed);
        while (block != nullptr && block->owner.load(std::memory_order_relaxed) != 0)
            block = block->next;
        if (block == nullptr) {
            block = make_own<thread_block>(m_blocks.load(std::memory_order_relaxed));
            m_blocks.store(block, std::memory_order_release); // with the acquire of readers
        }
        block->change_hands();
        block->thread = static_cast<std::uint32_t>(thread);
        block->owner.store(thread, std::memory_order_relaxed); // the lock orders it
        return *block;
    }

    static std::uint64_t this_thread();

    const std::uint64_t m_number;
    const bool m_steady;
    std::chrono::steady_clock::time_point m_born;
    std::uint64_t m_born_ticks = 0;
    std::atomic<unsigned> m_mode{mode_plain};
    std::atomic<std::size_t> m_ring_size{0};
    std::atomic<thread_block*> m_blocks{nullptr};
    std::atomic<metric*> m_metrics{nullptr};
    monitor_engine* m_next_live = nullptr; // under the lock of all

    std::mutex m_mutex; // of what follows, and of who owns a block
    std::size_t m_most = 0;
    std::uint32_t m_size = 0;
    pointer_table<metric> m_by_name;
    std::atomic<bool> m_full{false};
    std::array<std::atomic<metric*>, 3> m_overflow{}; // by kind
};

// ---- threads -------------------------------------------------------------------------------------------------------

// This thread's number, never given twice; 0 before it has one.
[[gnu::visibility("default")]] inline constinit thread_local std::uint64_t t_thread = 0;

extern "C" inline void lathe_perf_thread_ends(void* /*number*/) {
    monitor_engine::thread_ends(t_thread);
    // Scopes in what ends later take a block again, and this is called again.
    t_views = {};
    t_thread = 0;
}

// By a key of pthread, not by a variable's destructor: it runs after all those, so that they may be measured too.
inline std::uint64_t monitor_engine::this_thread() {
    if (t_thread != 0) return t_thread;
    static const std::optional<pthread_key_t> key = [] {
        pthread_key_t made{};
        // Without one, the blocks of threads that have ended are not used again.
        return pthread_key_create(&made, &lathe_perf_thread_ends) == 0 ? std::optional(made) : std::nullopt;
    }();
    const std::uint64_t number = live_engines::last_thread.fetch_add(1, std::memory_order_relaxed) + 1;
    if (key) pthread_setspecific(*key, &t_thread); // if that fails, likewise
    return t_thread = number;
}

// ---- from a monitor to its engine ----------------------------------------------------------------------------------

[[gnu::noinline, gnu::cold]] inline monitor_engine& make_global_engine(monitor_core& core) {
    auto* const made = make_own<monitor_engine>(core.number, perf::monitor_options{});
    monitor_engine* none = nullptr;
    // Release, with the acquire in engine_of; acquire, for the other's.
    if (core.engine.compare_exchange_strong(none, made, std::memory_order_acq_rel, std::memory_order_acquire))
        return *made;
    end_own(made);
    return *none;
}

inline monitor_engine& engine_of(monitor_core& core) {
    monitor_engine* const engine = core.engine.load(std::memory_order_acquire);
    return engine != nullptr ? *engine : make_global_engine(core);
}

[[gnu::noinline]] inline std::uintptr_t
begin_at_site(monitor_core& core, std::atomic<std::uint32_t>& site, std::string_view name) noexcept {
    try {
        return engine_of(core).at_site(core, site, name);
    } catch (...) {
        return scope_of_none;
    }
}
[[gnu::noinline]] inline std::uintptr_t begin_metric(monitor_core& core, const metric& what, unsigned mode) noexcept {
    try {
        return engine_of(core).of_metric(core, what, mode);
    } catch (...) {
        return scope_of_none;
    }
}
[[gnu::noinline]] inline std::uintptr_t begin_named(monitor_core& core, std::string_view name, unsigned mode) noexcept {
    try {
        return engine_of(core).of_name(core, name, mode);
    } catch (...) {
        return scope_of_none;
    }
}
// This thread's cell of a metric.
template <class Cell>
[[nodiscard]] Cell& cell_here(monitor_core& core, const metric& what) {
    return engine_of(core).cell_here<Cell>(core, what);
}

} // namespace detail
} // namespace v0
} // namespace lathe

#endif // LATHE_PERF_DETAIL_MONITOR_ENGINE_HPP
