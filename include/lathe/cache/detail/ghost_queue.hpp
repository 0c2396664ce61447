// SPDX-License-Identifier: MIT
#ifndef LATHE_CACHE_DETAIL_GHOST_QUEUE_HPP
#define LATHE_CACHE_DETAIL_GHOST_QUEUE_HPP

/// @file
/// @brief The hashes of keys that were evicted last, in order, in twelve bytes each.

#include <cstddef>
#include <cstdint>
#include <vector> // std::allocator_traits as well; <memory> is three times as large

namespace lathe {
inline namespace v0 {
namespace detail {

// A queue of hashes in which any of them can be found and taken out.
//
// There are two parts in one block of memory: a ring of hashes in the order in which they came, and a table of the same
// hashes, which says whether one is in the ring. Neither knows where a hash is in the other one, and this is what saves
// memory. So a hash that is taken out stays in both, marked as dead in the table, until the ring comes to it. A hash
// may be in both several times; the table has these in the order of the ring. The older ones are dead, for a live one
// would have been taken out before another one came.
//
// The ring has an eighth more room than there may be live hashes. When it is full, the dead ones are removed.
template <class Allocator>
class ghost_queue {
public:
    explicit ghost_queue(const Allocator& allocator) noexcept : m_words(allocator) {}

    // How many live hashes there is room for.
    [[nodiscard]] std::size_t room() const noexcept { return m_room; }
    [[nodiscard]] std::size_t size() const noexcept { return m_live; }

    // Makes room for so many hashes, and a little more if there was some already. If there is no memory, nothing
    // changes.
    void reserve(std::size_t room) {
        if (room > m_room) grow(m_room + m_room / 8 > room ? m_room + m_room / 8 : room);
    }

    // Adds a hash as the newest, and drops the oldest ones so that no more than `limit` are left.
    void push(std::uint32_t hash, std::size_t limit) noexcept {
        if (limit > m_room) limit = m_room;
        if (limit == 0) return;
        while (m_live >= limit)
            drop_oldest();
        if (m_used == m_ring_size) remove_dead();
        append(print_of(hash));
    }

    // Takes a hash out. Answers whether it was there.
    bool take(std::uint32_t hash) noexcept {
        if (m_live == 0) return false;
        const std::size_t at = find(print_of(hash));
        if (at == nowhere) return false;
        table()[at] |= dead;
        --m_live;
        return true;
    }

private:
    using words =
        std::vector<std::uint32_t, typename std::allocator_traits<Allocator>::template rebind_alloc<std::uint32_t>>;

    static constexpr std::uint32_t dead = 1;
    static constexpr std::size_t nowhere = ~std::size_t(0);

    // 31 bits that are not all 0, which is what the table has where nothing is. The factor moves what the hashes of one
    // shard have in common away from the upper bits, which say where to look in the table.
    static std::uint32_t print_of(std::uint32_t hash) noexcept {
        const std::uint32_t print = (hash * 0x9e3779b1U) & ~dead;
        return print != 0 ? print : 2;
    }

    [[nodiscard]] std::uint32_t* table() noexcept { return m_words.data() + m_ring_size; }
    [[nodiscard]] std::size_t home_of(std::uint32_t print) const noexcept {
        return static_cast<std::size_t>((std::uint64_t(print) * m_table_size) >> 32);
    }
    [[nodiscard]] std::size_t after(std::size_t at) const noexcept { return at + 1 != m_table_size ? at + 1 : 0; }

    // The table is two thirds full at most, so that searches are short. What has one home stays in the order in which
    // it came.

    // The oldest one with these bits, dead or not. There is one.
    [[nodiscard]] std::size_t oldest(std::uint32_t print) noexcept {
        const std::uint32_t* const slots = table();
        std::size_t at = home_of(print);
        while ((slots[at] & ~dead) != print)
            at = after(at);
        return at;
    }
    // The one that is not dead, or nowhere.
    [[nodiscard]] std::size_t find(std::uint32_t print) noexcept {
        const std::uint32_t* const slots = table();
        std::size_t at = home_of(print);
        while (slots[at] != print) {
            if (slots[at] == 0) return nowhere;
            at = after(at);
        }
        return at;
    }

    void insert(std::uint32_t print) noexcept {
        std::uint32_t* const slots = table();
        std::size_t at = home_of(print);
        while (slots[at] != 0)
            at = after(at);
        slots[at] = print;
    }

    // What follows moves up unless it is at home between the gap and itself, so that no search ends too early.
    void erase(std::size_t gap) noexcept {
        std::uint32_t* const slots = table();
        for (std::size_t at = after(gap); slots[at] != 0; at = after(at)) {
            const std::size_t home = home_of(slots[at] & ~dead);
            const bool stays = gap < at ? (gap < home && home <= at) : (gap < home || home <= at);
            if (stays) continue;
            slots[gap] = slots[at];
            gap = at;
        }
        slots[gap] = 0;
    }

    [[nodiscard]] std::uint32_t& in_ring(std::size_t place) noexcept {
        const std::size_t at = m_begin + place;
        return m_words[at < m_ring_size ? at : at - m_ring_size];
    }

    void append(std::uint32_t print) noexcept {
        in_ring(m_used++) = print;
        ++m_live;
        insert(print);
    }

    // There is one.
    void drop_oldest() noexcept {
        const std::size_t at = oldest(in_ring(0));
        if ((table()[at] & dead) == 0) --m_live;
        erase(at);
        m_begin = m_begin + 1 != m_ring_size ? m_begin + 1 : 0;
        --m_used;
    }

    void remove_dead() noexcept {
        std::size_t kept = 0;
        for (std::size_t place = 0; place != m_used; ++place) {
            const std::uint32_t print = in_ring(place);
            if (const std::size_t at = oldest(print); (table()[at] & dead) != 0) {
                erase(at);
            } else {
                in_ring(kept++) = print;
            }
        }
        m_used = kept;
    }

    void grow(std::size_t room) {
        ghost_queue larger{Allocator(m_words.get_allocator())};
        larger.m_room = room;
        larger.m_ring_size = room + room / 8 + 1;
        larger.m_table_size = larger.m_ring_size + larger.m_ring_size / 2 + 1;
        larger.m_words.resize(larger.m_ring_size + larger.m_table_size);
        if (m_used != 0) remove_dead();
        for (std::size_t place = 0; place != m_used; ++place)
            larger.append(in_ring(place));
        m_words.swap(larger.m_words);
        m_room = larger.m_room;
        m_ring_size = larger.m_ring_size;
        m_table_size = larger.m_table_size;
        m_begin = 0;
    }

    words m_words; // the ring, then the table
    std::size_t m_room = 0;
    std::size_t m_ring_size = 0;
    std::size_t m_table_size = 0;
    std::size_t m_begin = 0; // where the ring begins
    std::size_t m_used = 0;  // how many hashes are in the ring, the dead ones too
    std::size_t m_live = 0;
};

} // namespace detail
} // namespace v0
} // namespace lathe

#endif // LATHE_CACHE_DETAIL_GHOST_QUEUE_HPP
