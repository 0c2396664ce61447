// SPDX-License-Identifier: MIT
#ifndef LATHE_TASK_DETAIL_CHUNK_STORE_HPP
#define LATHE_TASK_DETAIL_CHUNK_STORE_HPP

/// @file
/// @brief The memory of a scheduler's queues and handles: taken from the system once, used again and again.

#include <algorithm>
#include <atomic>
#include <cstddef>
#include <cstdint>
#include <new>
#include <vector>

#include <lathe/task/detail/task_slot.hpp>

namespace lathe {
inline namespace v0 {
namespace detail {

// A stack to which any thread adds, and of which one at a time takes all: so no thread sees the same top twice.
template <class Item>
class returned_items {
public:
    // The items from first to last are linked by their members `next`. Answers false, and adds nothing, once it is
    // closed.
    bool add(Item& first, Item& last) noexcept {
        Item* top = m_top.load(std::memory_order_relaxed);
        do {
            if (top == closed()) return false;
            last.next = top;
            // Release, with the acquire in take_all: what was done with the items is done.
        } while (!m_top.compare_exchange_weak(top, &first, std::memory_order_release, std::memory_order_relaxed));
        return true;
    }
    [[nodiscard]] Item* take_all() noexcept {
        if (m_top.load(std::memory_order_relaxed) == nullptr) return nullptr;
        return m_top.exchange(nullptr, std::memory_order_acquire);
    }
    // Takes all, for the last time.
    [[nodiscard]] Item* close() noexcept { return m_top.exchange(closed(), std::memory_order_acq_rel); }

private:
    // No item lies there.
    [[nodiscard]] static Item* closed() noexcept { return reinterpret_cast<Item*>(std::uintptr_t{1}); }

    std::atomic<Item*> m_top = nullptr;
};

// Chunks. Those that nobody needs any more come back from any thread; all else happens under the scheduler's lock.
class chunk_store {
public:
    chunk_store() = default;
    chunk_store(const chunk_store&) = delete;
    chunk_store& operator=(const chunk_store&) = delete;
    ~chunk_store() { free_all(); }

    // Nothing is in them any more, nor will be.
    void free_all() noexcept {
        for (void* const slab : m_slabs)
            ::operator delete(slab, std::align_val_t{alignof(task_chunk)});
        m_slabs.clear();
    }

    // Throws std::bad_alloc; nothing has changed then.
    [[nodiscard]] task_chunk& take() {
        if (m_free == nullptr) m_free = m_returned.take_all();
        if (m_free != nullptr) {
            task_chunk& chunk = *m_free;
            m_free = chunk.next;
            return chunk;
        }
        if (m_unused == m_unused_end) grow();
        return *::new (static_cast<void*>(m_unused++)) task_chunk;
    }
    // By the lock's holder.
    void put(task_chunk& chunk) noexcept {
        chunk.next = m_free;
        m_free = &chunk;
    }
    // By anybody.
    void give_back(task_chunk& chunk) noexcept { m_returned.add(chunk, chunk); }
    void give_back(task_chunk& first, task_chunk& last) noexcept { m_returned.add(first, last); }

private:
    [[gnu::noinline, gnu::cold]] void grow() {
        m_slabs.reserve(m_slabs.size() + 1);
        // Twice as many chunks each time, from 16 to 1024.
        const std::size_t count = std::size_t{16} << std::min<std::size_t>(m_slabs.size(), 6);
        void* const slab = ::operator new(count * sizeof(task_chunk), std::align_val_t{alignof(task_chunk)});
        m_slabs.push_back(slab);
        m_unused = static_cast<task_chunk*>(slab);
        m_unused_end = m_unused + count;
    }

    task_chunk* m_free = nullptr;
    task_chunk* m_unused = nullptr;
    task_chunk* m_unused_end = nullptr;
    std::vector<void*> m_slabs;
    returned_items<task_chunk> m_returned;
};

} // namespace detail
} // namespace v0
} // namespace lathe

#endif // LATHE_TASK_DETAIL_CHUNK_STORE_HPP
