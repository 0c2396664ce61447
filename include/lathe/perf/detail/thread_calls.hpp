// SPDX-License-Identifier: MIT
#ifndef LATHE_PERF_DETAIL_THREAD_CALLS_HPP
#define LATHE_PERF_DETAIL_THREAD_CALLS_HPP

/// @file
/// @brief Who calls whom, in one thread.

#include <atomic>
#include <cstddef>
#include <cstdint>

#include <lathe/perf/detail/metric_cell.hpp>
#include <lathe/perf/detail/own_text.hpp>

namespace lathe {
inline namespace v0 {
namespace detail {

// A place in the tree: a metric under a place. One thread writes, others read.
struct thread_call {
    thread_call(const metric* whose, thread_call* above, thread_call* sibling, std::uint32_t which) noexcept
        : what(whose), parent(above), next_sibling(sibling), number(which) {}

    const metric* const what; // null at the root
    thread_call* const parent;
    thread_call* const next_sibling;
    const std::uint32_t number; // of the thread's places, from 0; those above have smaller ones
    std::atomic<std::uint64_t> calls{0};
    std::atomic<std::uint64_t> ticks{0};     // of them all, with what they call
    std::atomic<thread_call*> next{nullptr}; // the one made after this
    thread_call* first_child = nullptr;      // the thread's own
    thread_call* last_used = nullptr;        // a child, likewise
};

// Bounded: where all places are taken, further calls count where they are called.
class thread_calls {
public:
    static constexpr std::uint32_t most = 1U << 16;

    thread_calls() = default;
    thread_calls(const thread_calls&) = delete;
    thread_calls& operator=(const thread_calls&) = delete;
    ~thread_calls() { end_own_places(m_root.next.load(std::memory_order_relaxed)); }

    // Null when all places are taken.
    [[nodiscard]] thread_call* enter(const metric& what) {
        thread_call& here = *m_here;
        thread_call* place = here.last_used;
        if (place == nullptr || place->what != &what) [[unlikely]] {
            place = here.first_child;
            while (place != nullptr && place->what != &what)
                place = place->next_sibling;
            if (place == nullptr) place = make(here, what);
            if (place == nullptr) return nullptr;
            here.last_used = place;
        }
        m_here = place;
        return place;
    }

    // Where the thread is.
    [[nodiscard]] thread_call& here() noexcept { return *m_here; }
    void go_back_to(thread_call& place) noexcept { m_here = &place; }
    void go_back_to_root() noexcept { m_here = &m_root; }

    [[nodiscard]] const thread_call& root() const noexcept { return m_root; }

private:
    [[nodiscard]] thread_call* make(thread_call& under, const metric& what) {
        if (m_size == most) return nullptr;
        thread_call* const made = make_own<thread_call>(&what, &under, under.first_child, m_size);
        ++m_size; // after what may throw
        under.first_child = made;
        // Release, with the acquire of who reads the list: what is in it is seen.
        m_last->next.store(made, std::memory_order_release);
        m_last = made;
        return made;
    }

    static void end_own_places(thread_call* place) noexcept {
        while (place != nullptr) {
            thread_call* const after = place->next.load(std::memory_order_relaxed);
            end_own(place);
            place = after;
        }
    }

    thread_call m_root{nullptr, nullptr, nullptr, 0};
    thread_call* m_here = &m_root;
    thread_call* m_last = &m_root;
    std::uint32_t m_size = 1;
};

} // namespace detail
} // namespace v0
} // namespace lathe

#endif // LATHE_PERF_DETAIL_THREAD_CALLS_HPP
