// SPDX-License-Identifier: MIT
#ifndef LATHE_PERF_DETAIL_EVENT_RING_HPP
#define LATHE_PERF_DETAIL_EVENT_RING_HPP

/// @file
/// @brief The last scopes of a thread, one by one.

#include <atomic>
#include <bit>
#include <cstddef>
#include <cstdint>

#include <lathe/perf/detail/own_text.hpp>

namespace lathe {
inline namespace v0 {
namespace detail {

struct raw_event {
    std::uint64_t start = 0;    // ticks
    std::uint64_t duration = 0; // ticks
    std::uint32_t metric = 0;   // its number
    std::uint32_t thread = 0;
};

// One thread writes, and overwrites the oldest; others read meanwhile and take only what was whole.
class event_ring {
public:
    explicit event_ring(std::size_t size) : m_slots(std::bit_ceil(size)) {}

    void write(const raw_event& event) noexcept {
        const std::uint64_t number = m_written.load(std::memory_order_relaxed);
        slot& at = m_slots[number & (m_slots.size() - 1)];
        m_begun.store(number + 1, std::memory_order_relaxed); // the release stores below order it
        // Release, each: who reads one of these sees m_begun as large as it is now, see read().
        at.start.store(event.start, std::memory_order_release);
        at.duration.store(event.duration, std::memory_order_release);
        at.who.store(std::uint64_t{event.metric} << 32 | event.thread, std::memory_order_release);
        // Release, with the acquire in read(): the event is seen.
        m_written.store(number + 1, std::memory_order_release);
    }

    // Appends what is in it, oldest first. Returns how many are lost of all that were written.
    template <class Events>
    std::uint64_t read(Events& into) const {
        const std::uint64_t end = m_written.load(std::memory_order_acquire);
        const std::uint64_t size = m_slots.size();
        const std::uint64_t begin = end > size ? end - size : 0;
        const std::size_t before = into.size();
        for (std::uint64_t number = begin; number < end; ++number) {
            const slot& at = m_slots[number & (size - 1)];
            const std::uint64_t start = at.start.load(std::memory_order_acquire);
            const std::uint64_t duration = at.duration.load(std::memory_order_acquire);
            const std::uint64_t who = at.who.load(std::memory_order_acquire);
            into.push_back({start, duration, static_cast<std::uint32_t>(who >> 32), static_cast<std::uint32_t>(who)});
        }
        // Event n is overwritten by event n + size. A load above that saw some of that one sees, by acquire, what was
        // stored before: that it had begun. Relaxed: the loads above order it.
        const std::uint64_t begun = m_begun.load(std::memory_order_relaxed);
        std::uint64_t whole = begun > size ? begun - size : 0; // the first that is
        if (whole > end) whole = end;
        if (whole <= begin) return begin;
        const auto first = into.begin() + static_cast<std::ptrdiff_t>(before);
        into.erase(first, first + static_cast<std::ptrdiff_t>(whole - begin));
        return whole;
    }

private:
    struct slot {
        std::atomic<std::uint64_t> start{0};
        std::atomic<std::uint64_t> duration{0};
        std::atomic<std::uint64_t> who{0}; // metric and thread
    };

    own_vector<slot> m_slots;
    std::atomic<std::uint64_t> m_begun{0};
    std::atomic<std::uint64_t> m_written{0};
};

} // namespace detail
} // namespace v0
} // namespace lathe

#endif // LATHE_PERF_DETAIL_EVENT_RING_HPP
