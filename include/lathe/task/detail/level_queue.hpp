// SPDX-License-Identifier: MIT
#ifndef LATHE_TASK_DETAIL_LEVEL_QUEUE_HPP
#define LATHE_TASK_DETAIL_LEVEL_QUEUE_HPP

/// @file
/// @brief The tasks that all workers share, by how urgent they are.

#include <atomic>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <vector>

#include <lathe/task/detail/chunk_store.hpp>
#include <lathe/task/detail/task_slot.hpp>

namespace lathe {
inline namespace v0 {
namespace detail {

// One queue per level, 256 of them, and one above for tasks that have waited too long. The first tasks of the most
// urgent level lie in a front from which workers take them without the lock, one at a time: so no worker has more than
// one task that it has not started, and when a more urgent one comes, whoever adds it takes the front back.
//
// All but top(), take() and front_is_empty() is for the holder of the scheduler's lock.
class level_queue {
public:
    static constexpr int levels = 256;
    static constexpr int overdue = levels; // the level of those who have waited too long
    static constexpr int nothing = -1;

    // The most urgent level that may have tasks; nothing if none has, or none may be taken. It may be too high for a
    // moment, never too low. Acquire, with the release where it rises: whoever sees a level finds its tasks.
    [[nodiscard]] int top() const noexcept { return m_top.load(std::memory_order_acquire); }

    // By any thread. There may be more in the levels: see refill.
    [[nodiscard]] task_slot* take() noexcept { return m_front.take(); }
    [[nodiscard]] bool front_is_empty() const noexcept { return m_front.empty(); }

    // A place at the end of a level, to be filled by something that does not throw, and then announced by added().
    [[nodiscard]] task_slot& reserve(int level, chunk_store& store, std::uint32_t tick) {
        row& to = m_rows[level];
        if (to.tail == nullptr || to.end == task_chunk::slots) {
            extend(to, level, store.take(), tick);
        } else if (to.is_empty()) {
            to.tail->born = tick;
        }
        return to.tail->slot[to.end];
    }
    void added(int level) noexcept {
        ++m_rows[level].end;
        mark(level);
        raise(level);
    }

    // Fills the front, which is empty, and takes the first task of it. nullptr: there is nothing. Slots that call
    // `of_cells` hold the address of a task.
    [[nodiscard]] task_slot* refill(slot_function of_cells) noexcept {
        const int level = m_is_open ? highest() : nothing;
        if (level == nothing) {
            m_top.store(nothing, std::memory_order_relaxed);
            return nullptr;
        }
        const slot_range range = next_of(level);
        // Such tasks lie in the order of adding and not of priority: each would be a wait for memory. Looked at before
        // others may take them.
        for (unsigned i = range.begin(); i < range.end(); ++i) {
            task_slot& each = range.chunk()->slot[i];
            if (each.call != of_cells) continue;
            const std::byte* const task = each.as<std::byte*>();
            constexpr std::size_t line = 64;
            __builtin_prefetch(task);
            __builtin_prefetch(task + line);
            __builtin_prefetch(task + 2 * line);
        }
        m_front_level = level;
        m_front.put(range.without_front());
        // What is taken as the last one leaves nothing behind that others would look for.
        const bool was_last = range.end() - range.begin() == 1;
        m_top.store(was_last ? highest() : level, std::memory_order_relaxed);
        return &range.front();
    }
    // How many tasks lie in the front.
    [[nodiscard]] unsigned in_front() const noexcept {
        const slot_range range = m_front.range();
        return range.end() - range.begin();
    }

    // Nothing can be taken until open().
    void close() noexcept {
        take_front_back();
        m_is_open = false;
        m_top.store(nothing, std::memory_order_relaxed);
    }
    void open() noexcept {
        m_is_open = true;
        m_top.store(highest(), std::memory_order_release);
    }

    [[nodiscard]] bool is_empty() const noexcept { return highest() == nothing && m_front.empty(); }
    // Makes top() say that there is nothing, if that is so.
    void look_again() noexcept {
        if (m_front.empty()) m_top.store(m_is_open ? highest() : nothing, std::memory_order_relaxed);
    }

    // Takes out the last task of the least urgent level, if that is less urgent than `than`. Answers whether there was
    // one; a copy of its slot is in `last`.
    [[nodiscard]] bool drop_below(int than, task_slot& last, chunk_store& store) noexcept;

    // Moves what came `age` ticks ago or earlier to those who have waited too long. Throws std::bad_alloc; nothing is
    // lost then. Answers whether there was anything.
    bool promote(std::uint32_t now, std::uint32_t age);

private:
    struct row {
        task_chunk* head = nullptr;
        task_chunk* tail = nullptr;
        unsigned begin = 0;    // in head
        unsigned end = 0;      // in tail
        slot_range returned{}; // taken back from the front: goes before head

        // Then tail may be gone, if it is full.
        [[nodiscard]] bool is_empty() const noexcept { return head == tail && begin == end; }
    };

    static void extend(row& to, int level, task_chunk& chunk, std::uint32_t tick) noexcept {
        chunk.next = nullptr;
        chunk.before = nullptr;
        chunk.level = static_cast<std::uint16_t>(level);
        chunk.born = tick;
        chunk.holders.store(task_chunk::slots, std::memory_order_relaxed);
        if (to.is_empty()) {
            to.head = &chunk;
            to.begin = 0;
        } else {
            to.tail->next = &chunk;
            chunk.before = to.tail;
        }
        to.tail = &chunk;
        to.end = 0;
    }

    void mark(int level) noexcept { m_marks[level / 64] |= std::uint64_t{1} << (level % 64); }
    void unmark(int level) noexcept { m_marks[level / 64] &= ~(std::uint64_t{1} << (level % 64)); }
    [[nodiscard]] int highest() const noexcept {
        if (m_overdue_begin != m_overdue.size()) return overdue;
        for (int word = levels / 64 - 1; word >= 0; --word) {
            if (m_marks[word] != 0) return word * 64 + 63 - std::countl_zero(m_marks[word]);
        }
        return nothing;
    }
    [[nodiscard]] int lowest() const noexcept {
        for (int word = 0; word < levels / 64; ++word) {
            if (m_marks[word] != 0) return word * 64 + std::countr_zero(m_marks[word]);
        }
        return nothing;
    }
    // A level has got tasks.
    void raise(int level) noexcept {
        if (level <= m_top.load(std::memory_order_relaxed) || !m_is_open) return;
        take_front_back();
        m_top.store(level, std::memory_order_release);
    }
    void take_front_back() noexcept {
        const slot_range rest = m_front.take_back();
        if (rest.empty()) return;
        if (m_front_level == overdue) {
            m_overdue[--m_overdue_begin] = rest; // where it was taken from
        } else {
            m_rows[m_front_level].returned = rest;
            mark(m_front_level);
        }
    }
    [[nodiscard]] slot_range next_of(int level) noexcept {
        if (level == overdue) return m_overdue[m_overdue_begin++];
        row& of = m_rows[level];
        slot_range range = of.returned;
        if (range.empty()) {
            const unsigned end = of.head == of.tail ? of.end : task_chunk::slots;
            range = slot_range(of.head, of.begin, end);
            of.begin = end;
            if (end == task_chunk::slots && of.head != of.tail) {
                of.head = of.head->next;
                of.head->before = nullptr;
                of.begin = 0;
            }
        } else {
            of.returned = slot_range{};
        }
        if (of.is_empty()) unmark(level);
        return range;
    }

    alignas(64) std::atomic<int> m_top = nothing;
    alignas(64) slot_front m_front;
    alignas(64) std::uint64_t m_marks[levels / 64]{};
    int m_front_level = nothing;
    bool m_is_open = true;
    row m_rows[levels];
    std::vector<slot_range> m_overdue; // a queue: those before m_overdue_begin have been taken
    std::size_t m_overdue_begin = 0;
};

// ---- implementation --------------------------------------------------------

inline bool level_queue::drop_below(int than, task_slot& last, chunk_store& store) noexcept {
    take_front_back();
    const int level = lowest();
    if (level == nothing || level >= than) return false;
    row& of = m_rows[level];
    if (of.is_empty()) { // its tasks are those that were in front
        task_chunk& chunk = *of.returned.chunk();
        last = chunk.slot[of.returned.end() - 1];
        of.returned = slot_range(&chunk, of.returned.begin(), of.returned.end() - 1);
        if (of.returned.empty()) unmark(level);
        // Nobody will run that slot. (Acquire and release, as wherever a holder leaves.)
        if (chunk.holders.fetch_sub(1, std::memory_order_acq_rel) == 1) store.put(chunk);
        return true;
    }
    last = of.tail->slot[--of.end];
    if (of.end == 0 && of.tail != of.head) {
        task_chunk& emptied = *of.tail;
        of.tail = emptied.before;
        of.tail->next = nullptr;
        of.end = task_chunk::slots;
        store.put(emptied);
    }
    if (of.is_empty() && of.returned.empty()) unmark(level);
    return true;
}

inline bool level_queue::promote(std::uint32_t now, std::uint32_t age) {
    const auto is_old = [&](const row& of) {
        const task_chunk& oldest = of.returned.empty() ? *of.head : *of.returned.chunk();
        return now - oldest.born >= age;
    };
    const bool front_is_overdue = m_front_level == overdue;
    if (!front_is_overdue || m_front.empty()) take_front_back();
    bool any = false;
    for (int level = 0; level < levels; ++level) {
        row& of = m_rows[level];
        while ((!of.is_empty() || !of.returned.empty()) && is_old(of)) {
            if (m_overdue_begin == m_overdue.size() && m_front.empty()) {
                m_overdue.clear();
                m_overdue_begin = 0;
            }
            if (m_overdue.size() == m_overdue.capacity()) m_overdue.reserve(2 * m_overdue.size() + 16);
            m_overdue.push_back(next_of(level)); // does not throw any more
            any = true;
        }
    }
    if (m_is_open && m_front.empty()) m_top.store(highest(), std::memory_order_release);
    return any;
}

} // namespace detail
} // namespace v0
} // namespace lathe

#endif // LATHE_TASK_DETAIL_LEVEL_QUEUE_HPP
