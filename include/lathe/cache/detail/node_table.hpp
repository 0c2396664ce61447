// SPDX-License-Identifier: MIT
#ifndef LATHE_CACHE_DETAIL_NODE_TABLE_HPP
#define LATHE_CACHE_DETAIL_NODE_TABLE_HPP

/// @file
/// @brief The index of a cache's shard: a hash table of pointers to entries.

#include <cstddef>
#include <cstdint>
#include <vector>

#include <lathe/cache/entry.hpp>

namespace lathe {
inline namespace v0 {
namespace detail {

// Open addressing with linear probing, at most five eighths full. A slot is a pointer whose three lowest bits, zero by
// alignment, hold three bits of the hash, so that seven of eight entries that are not meant need not be looked at. An
// entry's home is its hash as a fraction of the size, so sizes need not be powers of two, and that of a full cache is
// just what it needs.
template <class Allocator>
class node_table {
public:
    // The table will hold up to about `expected` entries: it does not grow beyond what they need as long as they are
    // not more.
    node_table(std::size_t expected, const Allocator& allocator)
        : m_size(min_slots),
          m_slots(min_slots, 0, allocator),
          m_expected(expected < max_entries ? slots_for(expected + 1) : max_slots) {
        m_begin = m_slots.data();
    }

    [[nodiscard]] std::size_t count() const noexcept { return m_count; }

    // The entry with this hash for which `is_meant` answers true, or null.
    template <class Predicate>
    [[nodiscard]] cache_entry* find(std::uint32_t hash, const Predicate& is_meant) const {
        const std::uintptr_t tag = hash & tag_mask;
        for (std::size_t at = home(hash);; at = at + 1 == m_size ? 0 : at + 1) {
            const std::uintptr_t slot = m_begin[at];
            if (slot == 0) return nullptr;
            if ((slot & tag_mask) == tag) {
                cache_entry* const entry = entry_in(slot);
                if (is_meant(*entry)) return entry;
            }
        }
    }
    // Makes room for one more entry; nothing has changed when it throws.
    void reserve_one() {
        if ((m_count + 1) * 8 > m_size * 5) grow();
    }
    // There is room.
    void insert(cache_entry& entry) noexcept {
        place(entry);
        ++m_count;
    }
    // Puts `by`, which has the same hash, where `old` is.
    void replace(const cache_entry& old, cache_entry& by) noexcept { m_begin[slot_of(old)] = slot_for(by); }
    // The entry is in the table. Its hash is all that is looked at.
    void erase(const cache_entry& entry) noexcept {
        std::size_t hole = slot_of(entry);
        // What follows moves up unless it is at home between the hole and itself, so that no search ends too early.
        for (std::size_t at = next(hole); m_begin[at] != 0; at = next(at)) {
            const std::size_t wanted = home(entry_in(m_begin[at])->hash());
            const bool stays = hole < at ? (hole < wanted && wanted <= at) : (hole < wanted || wanted <= at);
            if (!stays) {
                m_begin[hole] = m_begin[at];
                hole = at;
            }
        }
        m_begin[hole] = 0;
        --m_count;
        if (m_size > min_slots && m_count * 8 < m_size) shrink();
    }
    void clear() noexcept {
        for (std::uintptr_t& slot : m_slots)
            slot = 0;
        m_count = 0;
        if (m_size > min_slots) shrink();
    }
    // Calls f(entry) for each, in no order; f may not change the table.
    template <class F>
    void for_each(const F& f) const {
        for (const std::uintptr_t slot : m_slots) {
            if (slot != 0) f(*entry_in(slot));
        }
    }

private:
    using slots = std::vector<std::uintptr_t, Allocator>;

    static constexpr std::uintptr_t tag_mask = 7;
    static constexpr std::size_t min_slots = 16;
    static constexpr std::size_t max_slots = std::size_t{1} << 32; // as many as 32 bits of a hash can tell apart
    static constexpr std::size_t max_entries = max_slots / 8 * 5;
    static_assert(alignof(cache_entry) > tag_mask);

    static constexpr std::size_t slots_for(std::size_t entries) noexcept {
        const std::size_t wanted = entries + (entries * 3 + 4) / 5;
        return wanted < min_slots ? min_slots : wanted;
    }
    static cache_entry* entry_in(std::uintptr_t slot) noexcept {
        return reinterpret_cast<cache_entry*>(slot & ~tag_mask); // NOLINT(performance-no-int-to-ptr)
    }
    static std::uintptr_t slot_for(cache_entry& entry) noexcept {
        return reinterpret_cast<std::uintptr_t>(&entry) | (entry.hash() & tag_mask);
    }
    [[nodiscard]] std::size_t home(std::uint32_t hash) const noexcept {
        return static_cast<std::size_t>((std::uint64_t{hash} * m_size) >> 32);
    }
    [[nodiscard]] std::size_t next(std::size_t at) const noexcept { return at + 1 == m_size ? 0 : at + 1; }
    [[nodiscard]] std::size_t slot_of(const cache_entry& entry) const noexcept {
        std::size_t at = home(entry.hash());
        while (entry_in(m_begin[at]) != &entry)
            at = next(at);
        return at;
    }
    void place(cache_entry& entry) noexcept {
        std::size_t at = home(entry.hash());
        while (m_begin[at] != 0)
            at = next(at);
        m_begin[at] = slot_for(entry);
    }

    [[gnu::noinline, gnu::cold]] void grow() {
        const std::size_t twice = m_size * 2;
        const bool is_enough = m_size < m_expected && m_expected <= twice + twice / 4;
        resize(is_enough ? m_expected : m_size < m_expected ? twice : m_size + m_size / 2);
    }
    [[gnu::noinline, gnu::cold]] void shrink() noexcept {
        try {
            resize(slots_for(m_count * 2));
        } catch (...) { // NOLINT(bugprone-empty-catch)
            // No memory for the smaller table: the larger one does as well.
        }
    }
    void resize(std::size_t size) {
        slots fresh(size, 0, m_slots.get_allocator());
        m_slots.swap(fresh);
        m_begin = m_slots.data();
        m_size = size;
        for (const std::uintptr_t slot : fresh) {
            if (slot != 0) place(*entry_in(slot));
        }
    }

    std::uintptr_t* m_begin = nullptr; // m_slots', at hand: what a search needs lies side by side
    std::size_t m_size;
    slots m_slots;
    std::size_t m_count = 0;
    std::size_t m_expected;
};

} // namespace detail
} // namespace v0
} // namespace lathe

#endif // LATHE_CACHE_DETAIL_NODE_TABLE_HPP
