// SPDX-License-Identifier: MIT
#ifndef LATHE_TASK_DETAIL_LOCAL_QUEUE_HPP
#define LATHE_TASK_DETAIL_LOCAL_QUEUE_HPP

/// @file
/// @brief The tasks that one worker's tasks have added.

#include <atomic>
#include <cstdint>
#include <utility>

#include <lathe/core/detail/spin_lock.hpp>
#include <lathe/task/detail/chunk_store.hpp>
#include <lathe/task/detail/task_slot.hpp>

namespace lathe {
inline namespace v0 {
namespace detail {

// A queue of one level, to which its owner adds without a lock, and from which all workers take, oldest first.
//
// Tasks lie in a chain of chunks: those that were taken, then the front, from which anyone takes the next one, then
// those up to the end, which the owner moves by a plain store. When the front is empty, whoever comes first fills it,
// under the lock of the queue.
class local_queue {
public:
    static constexpr int no_level = -1;

    // ---- by the owner ----

    // The level of its tasks; no_level while it has none, as far as the owner knows.
    [[nodiscard]] int level() const noexcept { return m_level.load(std::memory_order_relaxed); }
    // When it is empty.
    void set_level(int level) noexcept { m_level.store(level, std::memory_order_relaxed); }

    // Whether a task of that level needs another chunk, which the owner then gives to extend.
    [[nodiscard]] bool is_full(int level) const noexcept {
        return m_tail == nullptr || m_end == task_chunk::slots || m_tail->level != level;
    }
    // Answers the chunk that came before, if nobody needs it any more.
    [[nodiscard]] task_chunk* extend(task_chunk& chunk, int level) noexcept {
        // The slots, and two who point to it: the end and the beginning of what has not been in front.
        chunk.holders.store(task_chunk::slots + 2, std::memory_order_relaxed);
        chunk.next = nullptr;
        chunk.level = static_cast<std::uint16_t>(level);
        task_chunk* const before = m_tail;
        const unsigned filled = std::exchange(m_end, 0U);
        m_tail = &chunk;
        if (before == nullptr) {
            // The first one. The queue may be seen already, for its level is set: who takes sees neither or both.
            const spin_guard guard(m_lock);
            m_begin.store(slot_range(&chunk, 0, 0), std::memory_order_relaxed);
            m_published.store(slot_range(&chunk, 0, 0), std::memory_order_release);
            return nullptr;
        }
        before->filled = static_cast<std::uint16_t>(filled);
        before->next = &chunk; // both are seen with the next store to m_published
        return leave(*before, 1 + task_chunk::slots - filled) ? before : nullptr;
    }
    [[nodiscard]] task_slot& reserve() noexcept { return m_tail->slot[m_end]; }
    // The reserved slot is filled. Sequentially consistent, and so is is_empty(): either a worker that goes to sleep
    // sees the task, or the owner sees that it sleeps.
    void added() noexcept { m_published.store(slot_range(m_tail, 0, ++m_end), std::memory_order_seq_cst); }
    // The same, and no other thread looks.
    void added_alone() noexcept { m_published.store(slot_range(m_tail, 0, ++m_end), std::memory_order_release); }
    [[nodiscard]] bool has_place(int level) const noexcept {
        return m_level.load(std::memory_order_relaxed) == level && m_end != task_chunk::slots && m_tail != nullptr &&
               m_tail->level == level;
    }

    // The slot that was added last, if it has not been taken; it stays where it is until remove_last.
    [[nodiscard]] task_slot* last() noexcept { return m_end == 0 ? nullptr : &m_tail->slot[m_end - 1]; }
    // Takes it out. Answers false if somebody was faster.
    [[nodiscard]] bool remove_last() noexcept {
        const spin_guard guard(m_lock);
        const slot_range front = m_front.range();
        const slot_range begin = m_begin.load(std::memory_order_relaxed);
        if (begin.chunk() == m_tail && begin.begin() == m_end) { // it is in front, or was
            if (front.chunk() != m_tail || front.empty() || front.end() != m_end) return false;
            if (!m_front.shorten(front)) return false; // who takes from the front needs no lock
            m_begin.store(slot_range(m_tail, m_end - 1, 0), std::memory_order_relaxed);
        }
        m_published.store(slot_range(m_tail, 0, --m_end), std::memory_order_release);
        return true;
    }

    // Tasks that were stolen go before all others; the queue has none in front.
    void put_in_front(slot_range stolen) noexcept {
        const spin_guard guard(m_lock);
        m_front.put(stolen);
    }

    // ---- by all ----

    // The later half of those in front.
    [[nodiscard]] slot_range take_half() noexcept { return m_front.take_half(); }

    [[nodiscard]] int level_seen_by_others() const noexcept { return m_level.load(std::memory_order_relaxed); }
    [[nodiscard]] bool is_empty() const noexcept {
        if (!m_front.empty()) return false;
        // What is published last is read first: then, if the two are equal, there was a moment at which it was empty.
        const slot_range end = m_published.load(std::memory_order_seq_cst);
        const slot_range begin = m_begin.load(std::memory_order_acquire);
        return end.chunk() == begin.chunk() && end.end() == begin.begin() && m_front.empty();
    }

    // The oldest task, for the only thread that takes tasks.
    template <class Free>
    [[nodiscard]] task_slot* take_alone(Free&& free) noexcept {
        if (task_slot* const slot = m_front.take_alone()) return slot;
        return take(free);
    }
    // The oldest task. Chunks that nobody needs any more go to `free(chunk)`.
    template <class Free>
    [[nodiscard]] task_slot* take(Free&& free) noexcept {
        if (task_slot* const slot = m_front.take()) return slot;
        if (is_empty()) return nullptr;
        const spin_guard guard(m_lock);
        if (task_slot* const slot = m_front.take()) return slot; // somebody was faster
        slot_range begin = m_begin.load(std::memory_order_relaxed);
        // Acquire: what the slots hold is seen, and the link to the next chunk.
        const slot_range published = m_published.load(std::memory_order_acquire);
        while (begin.chunk() != published.chunk() && begin.begin() == begin.chunk()->filled) {
            task_chunk& done = *begin.chunk();
            begin = slot_range(done.next, 0, 0);
            if (leave(done, 1)) free(done);
        }
        const unsigned end = begin.chunk() == published.chunk() ? published.end() : begin.chunk()->filled;
        m_begin.store(slot_range(begin.chunk(), end, 0), std::memory_order_release);
        const slot_range range(begin.chunk(), begin.begin(), end);
        if (range.empty()) return nullptr;
        m_front.put(range.without_front());
        return &range.front();
    }

    // The chunk in use, when all workers have gone.
    [[nodiscard]] task_chunk* chunk() const noexcept { return m_tail; }

private:
    // Answers whether the last holder has left. Release: what was done in the chunk is done; acquire: for the last one.
    [[nodiscard]] static bool leave(task_chunk& chunk, unsigned holders) noexcept {
        return chunk.holders.fetch_sub(holders, std::memory_order_acq_rel) == holders;
    }

    alignas(64) slot_front m_front;
    std::atomic<slot_range> m_begin; // chunk and begin: what has not been in front; changed under the lock
    spin_lock m_lock;
    alignas(64) std::atomic<slot_range> m_published; // chunk and end: what has been added
    std::atomic<int> m_level = no_level;             // changed by the owner
    task_chunk* m_tail = nullptr;                    // the owner's, as all below
    unsigned m_end = 0;
};

} // namespace detail
} // namespace v0
} // namespace lathe

#endif // LATHE_TASK_DETAIL_LOCAL_QUEUE_HPP
