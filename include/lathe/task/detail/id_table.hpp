// SPDX-License-Identifier: MIT
#ifndef LATHE_TASK_DETAIL_ID_TABLE_HPP
#define LATHE_TASK_DETAIL_ID_TABLE_HPP

/// @file
/// @brief Which task has which id.

#include <cstddef>
#include <functional>
#include <string_view>
#include <utility>
#include <vector>

#include <lathe/task/detail/task_record.hpp>

namespace lathe {
inline namespace v0 {
namespace detail {

// A hash table whose lists run through the records themselves. It owns nothing.
class id_table {
public:
    [[nodiscard]] static std::size_t hash_of(std::string_view id) noexcept { return std::hash<std::string_view>()(id); }

    [[nodiscard]] task_record* find(std::string_view id, std::size_t hash) const noexcept {
        if (m_rows.empty()) return nullptr;
        for (task_record* each = m_rows[hash & (m_rows.size() - 1)]; each != nullptr; each = each->next_in_table) {
            if (each->hash == hash && each->id == id) return each;
        }
        return nullptr;
    }
    // Its id is in no other record. Throws std::bad_alloc; nothing has changed then.
    void insert(task_record& record) {
        if (m_size == m_rows.size()) grow();
        task_record*& row = m_rows[record.hash & (m_rows.size() - 1)];
        record.next_in_table = std::exchange(row, &record);
        ++m_size;
    }
    void erase(const task_record& record) noexcept {
        task_record** at = &m_rows[record.hash & (m_rows.size() - 1)];
        while (*at != &record)
            at = &(*at)->next_in_table;
        *at = record.next_in_table;
        --m_size;
    }
    [[nodiscard]] std::size_t size() const noexcept { return m_size; }

    // Visits all, and takes out those for which it answers true.
    template <class Visit>
    void erase_if(Visit&& visit) {
        for (task_record*& row : m_rows) {
            for (task_record** at = &row; *at != nullptr;) {
                task_record& record = **at;
                task_record* const next = record.next_in_table;
                if (visit(record)) {
                    *at = next;
                    --m_size;
                } else {
                    at = &record.next_in_table;
                }
            }
        }
    }

private:
    [[gnu::noinline, gnu::cold]] void grow() {
        constexpr std::size_t least = 64;
        std::vector<task_record*> rows(m_rows.empty() ? least : 2 * m_rows.size());
        for (task_record* each : m_rows) {
            while (each != nullptr) {
                task_record*& row = rows[each->hash & (rows.size() - 1)];
                task_record* const next = std::exchange(each->next_in_table, row);
                row = std::exchange(each, next);
            }
        }
        m_rows.swap(rows);
    }

    std::vector<task_record*> m_rows; // as many as a power of two
    std::size_t m_size = 0;
};

} // namespace detail
} // namespace v0
} // namespace lathe

#endif // LATHE_TASK_DETAIL_ID_TABLE_HPP
