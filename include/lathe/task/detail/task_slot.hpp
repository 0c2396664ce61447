// SPDX-License-Identifier: MIT
#ifndef LATHE_TASK_DETAIL_TASK_SLOT_HPP
#define LATHE_TASK_DETAIL_TASK_SLOT_HPP

/// @file
/// @brief Where tasks wait: slots of 32 bytes, in chunks of a kilobyte.

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <new>
#include <type_traits>
#include <utility>

namespace lathe {
inline namespace v0 {
namespace detail {

class task_engine;
struct task_slot;

enum class slot_call : std::uint8_t {
    run, // do the work
    drop // it will not be done
};
enum class slot_outcome : std::uint8_t {
    succeeded,
    failed,
    cancelled,
    elsewhere // the task has been or will be counted by someone else
};
using slot_function = slot_outcome (*)(task_slot&, slot_call, task_engine&) noexcept;

// A task that waits for a worker: the callable itself if it is small, and what calls it.
struct task_slot {
    static constexpr std::size_t room = 24;

    slot_function call;
    alignas(8) std::byte storage[room];

    template <class T>
    static constexpr bool fits = sizeof(T) <= room && alignof(T) <= 8 && std::is_nothrow_move_constructible_v<T>;

    template <class T>
    [[nodiscard]] T& as() noexcept {
        return *std::launder(reinterpret_cast<T*>(storage));
    }
    template <class T>
    void put(slot_function function, T&& value) noexcept {
        ::new (static_cast<void*>(storage)) std::remove_cvref_t<T>(std::forward<T>(value));
        call = function;
    }
};
static_assert(sizeof(task_slot) == 32 || sizeof(void*) != 8);

// A row of slots of one level, filled and emptied from the front. It is used again when the last one who needs it has
// left.
struct alignas(1024) task_chunk {
    static constexpr unsigned slots = 31;

    task_chunk* next;
    task_chunk* before;                 // of shared levels only
    std::atomic<std::uint32_t> holders; // slots that have not been run, and whoever points here
    std::uint32_t born;                 // the tick at which the oldest slot came
    std::uint16_t level;
    std::uint16_t filled; // of local queues only: how many slots have been, once there is a next chunk
    task_slot slot[slots];
};
static_assert(sizeof(task_chunk) == 1024);

inline task_chunk& chunk_of(task_slot& slot) noexcept {
    // Chunks are aligned to their size.
    const auto address = reinterpret_cast<std::uintptr_t>(&slot) & ~std::uintptr_t{1023};
    return *reinterpret_cast<task_chunk*>(address);
}

// Slots [begin, end) of a chunk, or a place in one, in a word that can be changed at once: chunks are aligned, so that
// ten bits of their address are free.
class slot_range {
public:
    constexpr slot_range() = default;
    slot_range(task_chunk* chunk, unsigned begin, unsigned end) noexcept
        : m_word(reinterpret_cast<std::uintptr_t>(chunk) | (begin << 5U) | end) {}

    [[nodiscard]] task_chunk* chunk() const noexcept {
        return reinterpret_cast<task_chunk*>(m_word & ~std::uintptr_t{1023});
    }
    [[nodiscard]] unsigned begin() const noexcept { return static_cast<unsigned>((m_word >> 5U) & 31U); }
    [[nodiscard]] unsigned end() const noexcept { return static_cast<unsigned>(m_word & 31U); }
    [[nodiscard]] bool empty() const noexcept { return begin() == end(); }
    [[nodiscard]] task_slot& front() const noexcept { return chunk()->slot[begin()]; }
    [[nodiscard]] slot_range without_front() const noexcept {
        slot_range rest;
        rest.m_word = m_word + (1U << 5U);
        return rest;
    }
    friend bool operator==(slot_range, slot_range) = default;

private:
    std::uintptr_t m_word = 0;
};
static_assert(std::atomic<slot_range>::is_always_lock_free);

// A range of which any thread may take the first slot.
class slot_front {
public:
    // Acquire, with the release in put: the slots are seen as they were filled. What the word says is all there is to
    // know about the range, so a thread that slept meanwhile cannot take what is not there.
    [[nodiscard]] task_slot* take() noexcept {
        slot_range range = m_range.load(std::memory_order_relaxed);
        while (!range.empty()) {
            if (m_range.compare_exchange_weak(
                    range, range.without_front(), std::memory_order_acquire, std::memory_order_relaxed)) {
                return &range.front();
            }
        }
        return nullptr;
    }
    // Takes the later half of it, or all if that is one slot; nothing, if it is empty.
    [[nodiscard]] slot_range take_half() noexcept {
        slot_range range = m_range.load(std::memory_order_relaxed);
        while (!range.empty()) {
            const unsigned middle = range.begin() + (range.end() - range.begin()) / 2;
            if (m_range.compare_exchange_weak(range,
                                              slot_range(range.chunk(), range.begin(), middle),
                                              std::memory_order_acquire,
                                              std::memory_order_relaxed)) {
                return {range.chunk(), middle, range.end()};
            }
        }
        return {};
    }
    // The same as take, for the only thread that takes.
    [[nodiscard]] task_slot* take_alone() noexcept {
        const slot_range range = m_range.load(std::memory_order_acquire);
        if (range.empty()) return nullptr;
        m_range.store(range.without_front(), std::memory_order_relaxed);
        return &range.front();
    }
    [[nodiscard]] bool empty() const noexcept { return m_range.load(std::memory_order_relaxed).empty(); }
    [[nodiscard]] slot_range range() const noexcept { return m_range.load(std::memory_order_relaxed); }
    // By who holds the lock of the queue, when this is empty.
    void put(slot_range range) noexcept { m_range.store(range, std::memory_order_release); }
    // By who holds the lock: what is left, which nobody can take any more.
    [[nodiscard]] slot_range take_back() noexcept { return m_range.exchange(slot_range{}, std::memory_order_acquire); }
    // By who holds the lock: without its last slot, if that is still there.
    [[nodiscard]] bool shorten(slot_range from) noexcept {
        return m_range.compare_exchange_strong(from,
                                               slot_range(from.chunk(), from.begin(), from.end() - 1),
                                               std::memory_order_acquire,
                                               std::memory_order_relaxed);
    }

private:
    std::atomic<slot_range> m_range;
};

} // namespace detail
} // namespace v0
} // namespace lathe

#endif // LATHE_TASK_DETAIL_TASK_SLOT_HPP
