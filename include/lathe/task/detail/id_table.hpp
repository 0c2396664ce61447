// SPDX-License-Identifier: MIT
#ifndef LATHE_TASK_DETAIL_ID_TABLE_HPP
#define LATHE_TASK_DETAIL_ID_TABLE_HPP

/// @file
/// @brief Which task has which id.

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <string_view>
#include <utility>
#include <vector>

#include <lathe/task/detail/task_record.hpp>

namespace lathe {
inline namespace v0 {
namespace detail {

// The records in the order in which they were put in, and beside them an index by hash, which has enough of each hash
// to find a record without a look at the others. It owns nothing.
class id_table {
public:
    [[nodiscard]] task_record* find(std::string_view id) const noexcept {
        if (m_index.empty()) return nullptr;
        const std::uint64_t hash = hash_of(id);
        for (std::size_t at = home_of(hash); m_index[at] != 0; at = (at + 1) & (m_index.size() - 1)) {
            if ((m_index[at] ^ hash) >> place_bits != 0) continue;
            task_record* const record = m_records[place_of(m_index[at])];
            if (record != nullptr && record->id == id) return record;
        }
        return nullptr;
    }
    // No other record has its id. Throws std::bad_alloc; nothing has changed then.
    void insert(task_record& record) {
        if (2 * (m_records.size() + 1) > m_index.size()) grow();
        m_records.push_back(&record);
        put_in_index(m_index, hash_of(record.id), m_records.size());
    }
    // Its place stays empty until the next rebuild().
    void erase(const task_record& record) noexcept {
        for (std::size_t place = m_records.size(); place-- != 0;) {
            if (m_records[place] == &record) {
                m_records[place] = nullptr;
                return;
            }
        }
    }
    [[nodiscard]] std::size_t size() const noexcept { return m_records.size(); }

    // Visits all in order, and takes out those for which it answers true.
    template <class Visit>
    void erase_if(Visit&& visit) {
        bool any = false;
        for (task_record*& record : m_records) {
            if (record != nullptr && visit(*record)) {
                record = nullptr;
                any = true;
            }
        }
        if (any) rebuild();
    }

private:
    // An entry of the index: the upper part of the hash, and 1 + the place of the record; 0 for none.
    static constexpr unsigned place_bits = 32;

    [[nodiscard]] static std::uint64_t hash_of(std::string_view id) noexcept {
        // The bits that std::hash leaves in the lower part are mixed into the upper one.
        return std::uint64_t{std::hash<std::string_view>()(id)} * 0x9E37'79B9'7F4A'7C15U;
    }
    [[nodiscard]] std::size_t home_of(std::uint64_t entry) const noexcept {
        return static_cast<std::size_t>(entry >> place_bits) & (m_index.size() - 1);
    }
    [[nodiscard]] static std::size_t place_of(std::uint64_t entry) noexcept {
        return static_cast<std::size_t>(entry & 0xFFFF'FFFFU) - 1;
    }
    static void
    put_in_index(std::vector<std::uint64_t>& index, std::uint64_t hash, std::size_t place_and_one) noexcept {
        const std::uint64_t entry = (hash >> place_bits << place_bits) | place_and_one;
        std::size_t at = static_cast<std::size_t>(entry >> place_bits) & (index.size() - 1);
        while (index[at] != 0)
            at = (at + 1) & (index.size() - 1);
        index[at] = entry;
    }
    [[gnu::noinline, gnu::cold]] void grow() {
        constexpr std::size_t least = 64;
        m_records.reserve(m_records.size() + 1);
        std::vector<std::uint64_t> larger(m_index.empty() ? least : 2 * m_index.size());
        for (const std::uint64_t entry : m_index) {
            if (entry != 0) put_in_index(larger, entry, static_cast<std::size_t>(entry & 0xFFFF'FFFFU));
        }
        m_index.swap(larger);
    }
    void rebuild() noexcept {
        std::erase(m_records, nullptr);
        std::fill(m_index.begin(), m_index.end(), 0);
        for (std::size_t place = 0; place < m_records.size(); ++place)
            put_in_index(m_index, hash_of(m_records[place]->id), place + 1);
    }

    std::vector<task_record*> m_records;
    std::vector<std::uint64_t> m_index; // as many as a power of two
};

} // namespace detail
} // namespace v0
} // namespace lathe

#endif // LATHE_TASK_DETAIL_ID_TABLE_HPP
