// SPDX-License-Identifier: MIT
#ifndef LATHE_PERF_DETAIL_THREAD_BLOCK_HPP
#define LATHE_PERF_DETAIL_THREAD_BLOCK_HPP

/// @file
/// @brief What one thread measures for one monitor, and how it gets there.

#include <array>
#include <atomic>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>

#include <lathe/perf/detail/event_ring.hpp>
#include <lathe/perf/detail/metric.hpp>
#include <lathe/perf/detail/metric_cell.hpp>
#include <lathe/perf/detail/thread_calls.hpp>
#include <lathe/perf/detail/ticks.hpp>
#include <lathe/perf/memory.hpp>

namespace lathe {
inline namespace v0 {
namespace detail {

class thread_block;

// What a monitor does beyond timing.
enum monitor_mode : unsigned {
    mode_plain = 0,
    mode_steady = 1,
    mode_calls = 2,
    mode_events = 4,
    mode_memory = 8,
};

// A scope that is more than plain, while it lasts. Scopes of a thread end in the reverse order as a rule, not by law.
struct scope_frame {
    thread_block* block = nullptr;
    scope_frame* below = nullptr;
    timer_cell* cell = nullptr;
    thread_call* counted = nullptr; // where it counts; null without a tree, or when that is full
    thread_call* here = nullptr;    // where the thread is meanwhile
    unsigned mode = mode_plain;
    std::uint64_t start = 0;
    std::optional<perf::memory_scope> memory{};
    scope_frame* next = nullptr; // of those not in use
};

inline constexpr std::uintptr_t scope_of_none = 1;

// What a scope keeps: a cell and when it began; or, as an odd number, a frame; or scope_of_none, when it does not
// count.
struct scope_start {
    std::uintptr_t where = scope_of_none;
    std::uint64_t ticks = 0;
};

// Written by one thread at a time. When that ends, the next new one goes on with it, so that nothing is lost and memory
// is bounded by the threads that live at a time.
class thread_block {
public:
    explicit thread_block(thread_block* older) noexcept : next(older) {}
    thread_block(const thread_block&) = delete;
    thread_block& operator=(const thread_block&) = delete;
    ~thread_block() {
        end_own_list(timers.load(std::memory_order_relaxed));
        end_own_list(counters.load(std::memory_order_relaxed));
        end_own_list(m_spare);
        while (m_top != nullptr) { // scopes that were never ended: what they would count is lost
            scope_frame* const below = m_top->below;
            // Its memory_scope is not ended either: it is another thread's, if that lives at all.
            own_allocator<scope_frame>().deallocate(m_top, 1);
            m_top = below;
        }
        if (thread_calls* const tree = calls.load(std::memory_order_relaxed); tree != nullptr) end_own(tree);
        if (event_ring* const ring = events.load(std::memory_order_relaxed); ring != nullptr) end_own(ring);
    }

    // ---- the owner's ----
    // Its cell of a metric, which is of that kind.
    template <class Cell>
    [[nodiscard]] Cell& cell_of(const metric& what) {
        make_room(what.number);
        void*& place = cells[what.number];
        if (place == nullptr) {
            std::atomic<Cell*>& first = first_of(static_cast<Cell*>(nullptr));
            Cell* const made = make_own<Cell>(what, first.load(std::memory_order_relaxed));
            first.store(made, std::memory_order_release); // with the acquire of readers: the cell is seen whole
            place = made;
        }
        return *static_cast<Cell*>(place);
    }
    // Both lists are as long as the larger needs, so that one comparison tells whether a number is within.
    void make_room(std::size_t number) {
        if (number < sites.size()) return;
        std::size_t size = 16;
        while (size <= number)
            size *= 2;
        cells.reserve(size);
        sites.resize(size);
        cells.resize(size);
    }

    [[nodiscard]] std::uintptr_t begin(timer_cell& cell, unsigned mode, std::size_t ring_size) {
        if (m_spare == nullptr) m_spare = make_own<scope_frame>();
        if ((mode & mode_calls) != 0 && calls.load(std::memory_order_relaxed) == nullptr)
            calls.store(make_own<thread_calls>(), std::memory_order_release); // with the acquire of readers
        if ((mode & mode_events) != 0 && events.load(std::memory_order_relaxed) == nullptr)
            events.store(make_own<event_ring>(ring_size), std::memory_order_release); // likewise
        scope_frame& frame = *m_spare;
        frame.counted = nullptr;
        frame.here = nullptr;
        if ((mode & mode_calls) != 0) {
            thread_calls& tree = *calls.load(std::memory_order_relaxed);
            frame.counted = tree.enter(*cell.what);
            frame.here = &tree.here();
        }
        m_spare = frame.next; // nothing throws from here on
        frame.block = this;
        frame.below = m_top;
        frame.cell = &cell;
        frame.mode = mode;
        m_top = &frame;
        if ((mode & mode_memory) != 0 && perf::memory_is_counted()) frame.memory.emplace();
        frame.start = now(mode);
        return reinterpret_cast<std::uintptr_t>(&frame) | 1;
    }

    // Another thread goes on with it. Scopes that the last one never ended are not around those of the next one.
    void change_hands() noexcept {
        m_bottom = m_top;
        if (thread_calls* const tree = calls.load(std::memory_order_relaxed); tree != nullptr) tree->go_back_to_root();
    }

    void end(scope_frame& frame) noexcept {
        std::uint64_t ticks = now(frame.mode) - frame.start;
        if (ticks >> 63 != 0) ticks = 0;
        frame.cell->record(ticks);
        if (frame.memory) {
            frame.cell->record(frame.memory->figures());
            frame.memory.reset();
        }
        if (frame.counted != nullptr) {
            add_alone(frame.counted->calls, std::uint64_t{1});
            add_alone(frame.counted->ticks, ticks);
        }
        if ((frame.mode & mode_events) != 0)
            events.load(std::memory_order_relaxed)->write({frame.start, ticks, frame.cell->what->number, thread});
        remove(frame);
    }

    [[nodiscard]] static std::uint64_t now(unsigned mode) noexcept {
        return (mode & mode_steady) != 0 ? steady_nanoseconds() : read_ticks();
    }

    own_vector<timer_cell*> sites;   // by the number of the site; null at 0
    own_vector<void*> cells;         // by the number of the metric: a timer_cell or a counter_cell, as that is
    pointer_table<timer_cell> names; // by name, without labels

    // ---- what others read ----
    std::atomic<timer_cell*> timers{nullptr};
    std::atomic<counter_cell*> counters{nullptr};
    std::atomic<thread_calls*> calls{nullptr};
    std::atomic<event_ring*> events{nullptr};

    // ---- the monitor's, under its lock ----
    thread_block* const next;
    std::atomic<std::uint64_t> owner{0}; // the thread's number; 0 when it has ended
    std::uint32_t thread = 0;

private:
    [[nodiscard]] std::atomic<timer_cell*>& first_of(timer_cell* /*kind*/) noexcept { return timers; }
    [[nodiscard]] std::atomic<counter_cell*>& first_of(counter_cell* /*kind*/) noexcept { return counters; }

    void remove(scope_frame& frame) noexcept {
        scope_frame** link = &m_top;
        while (*link != &frame)
            link = &(*link)->below;
        *link = frame.below;
        if (m_bottom == &frame) m_bottom = frame.below;
        if (frame.here != nullptr) {
            thread_calls& tree = *calls.load(std::memory_order_relaxed);
            if (m_top != m_bottom && m_top->here != nullptr)
                tree.go_back_to(*m_top->here);
            else
                tree.go_back_to_root();
        }
        frame.next = m_spare;
        m_spare = &frame;
    }

    scope_frame* m_top = nullptr;
    scope_frame* m_bottom = nullptr; // the first that is not this thread's
    scope_frame* m_spare = nullptr;
};

// ---- from a thread to its blocks -----------------------------------------------------------------------------------

// Where a thread finds its block of a monitor. Two monitors may share a place: they take turns then.
struct thread_view {
    std::uint64_t key = 0; // the monitor's, if plain scopes may go by `sites` and `cells`
    std::size_t size = 0;
    timer_cell* const* sites = nullptr;
    void* const* cells = nullptr;
    std::uint64_t monitor = 0; // its number, if `block` is the thread's
    thread_block* block = nullptr;
    std::uint64_t spare[2]{}; // eight words, so that a view is found by a shift
};

inline constexpr std::uint32_t thread_views = 8;
// Visible, as all that monitors have in common, so that shared libraries can pass them on.
[[gnu::visibility("default")]] inline constinit thread_local std::array<thread_view, thread_views> t_views{};

} // namespace detail
} // namespace v0
} // namespace lathe

#endif // LATHE_PERF_DETAIL_THREAD_BLOCK_HPP
