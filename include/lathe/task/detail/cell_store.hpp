// SPDX-License-Identifier: MIT
#ifndef LATHE_TASK_DETAIL_CELL_STORE_HPP
#define LATHE_TASK_DETAIL_CELL_STORE_HPP

/// @file
/// @brief The memory of handles.

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <new>

#include <lathe/task/detail/chunk_store.hpp>
#include <lathe/task/detail/task_cell.hpp>

namespace lathe {
inline namespace v0 {
namespace detail {

// Cells, cut from chunks. They come back from any thread; all else happens under the scheduler's lock.
class cell_store {
public:
    // Throws std::bad_alloc; nothing has changed then.
    [[nodiscard]] task_cell& take(chunk_store& chunks) {
        if (m_free == nullptr) m_free = m_returned.take_all();
        if (m_free != nullptr) {
            task_cell& cell = *m_free;
            m_free = cell.next;
            return cell;
        }
        if (m_unused == m_unused_end) {
            m_unused = reinterpret_cast<std::byte*>(&chunks.take());
            m_unused_end = m_unused + sizeof(task_chunk);
        }
        auto& cell = *::new (static_cast<void*>(m_unused)) task_cell;
        m_unused += sizeof(task_cell);
        ++m_made;
        return cell;
    }
    // By the lock's holder.
    void put(task_cell& cell) noexcept {
        cell.next = m_free;
        m_free = &cell;
    }
    // By anybody. Answers false when the store is closed.
    [[nodiscard]] bool give_back(task_cell& first, task_cell& last) noexcept { return m_returned.add(first, last); }

    // From now on nothing is given back. Answers how many cells are out.
    [[nodiscard]] std::size_t close() noexcept {
        std::size_t here = count(m_free);
        here += count(m_returned.close());
        return m_made - here;
    }

private:
    [[nodiscard]] static std::size_t count(const task_cell* first) noexcept {
        std::size_t number = 0;
        for (; first != nullptr; first = first->next)
            ++number;
        return number;
    }

    task_cell* m_free = nullptr;
    std::byte* m_unused = nullptr;
    std::byte* m_unused_end = nullptr;
    std::size_t m_made = 0;
    returned_items<task_cell> m_returned;
};

} // namespace detail
} // namespace v0
} // namespace lathe

#endif // LATHE_TASK_DETAIL_CELL_STORE_HPP
