// SPDX-License-Identifier: MIT
#ifndef LATHE_MODEL_DETAIL_VALUE_INDEX_HPP
#define LATHE_MODEL_DETAIL_VALUE_INDEX_HPP

/// @file
/// @brief Where a dict's entries are, by the hashes of their keys.

#include <cstddef>
#include <cstdint>
#include <utility>

namespace lathe {
inline namespace v0 {
namespace detail {

// A table of positions with open addressing and linear probing, at most half full. It never sees a key: whoever asks
// tells by position whether it is the one.
class position_index {
public:
    static constexpr std::uint32_t none = 0xffff'ffffU;

    position_index() noexcept = default;

    // Room for so many positions.
    explicit position_index(std::size_t room) {
        std::size_t size = 1;
        while (size < 2 * room)
            size *= 2;
        m_slots = new slot[size];
        m_mask = static_cast<std::uint32_t>(size - 1);
    }
    position_index(const position_index&) = delete;
    position_index& operator=(const position_index&) = delete;
    ~position_index() { delete[] m_slots; }

    void swap(position_index& other) noexcept {
        std::swap(m_slots, other.m_slots);
        std::swap(m_mask, other.m_mask);
    }

    [[nodiscard]] explicit operator bool() const noexcept { return m_slots != nullptr; }

    // The position with this hash that is accepted, or none.
    template <class Accept>
    [[nodiscard]] std::uint32_t find(std::uint32_t hash, Accept accept) const noexcept {
        for (std::uint32_t at = hash & m_mask;; at = next(at)) {
            const slot& tried = m_slots[at];
            if (tried.position == none) return none;
            if (tried.hash == hash && accept(tried.position)) return tried.position;
        }
    }

    void insert(std::uint32_t hash, std::uint32_t position) noexcept {
        std::uint32_t at = hash & m_mask;
        while (m_slots[at].position != none)
            at = next(at);
        m_slots[at] = {position, hash};
    }

    // Forgets a position that is there, and moves the ones behind it down by one.
    void erase(std::uint32_t hash, std::uint32_t position) noexcept {
        std::uint32_t gap = hash & m_mask;
        while (m_slots[gap].position != position)
            gap = next(gap);
        // What a search would no longer reach across the gap fills it, and leaves the next gap.
        for (std::uint32_t at = next(gap); m_slots[at].position != none; at = next(at)) {
            const std::uint32_t way_from_home = (at - m_slots[at].hash) & m_mask;
            if (way_from_home < ((at - gap) & m_mask)) continue;
            m_slots[gap] = m_slots[at];
            gap = at;
        }
        m_slots[gap] = {};
        for (std::uint64_t at = 0; at <= m_mask; ++at) {
            if (m_slots[at].position != none && m_slots[at].position > position) --m_slots[at].position;
        }
    }

    void clear() noexcept {
        for (std::uint64_t at = 0; m_slots != nullptr && at <= m_mask; ++at)
            m_slots[at] = {};
    }

private:
    struct slot {
        std::uint32_t position = none;
        std::uint32_t hash = 0; // most searches need not look at an entry that they don't want
    };

    [[nodiscard]] std::uint32_t next(std::uint32_t at) const noexcept { return (at + 1) & m_mask; }

    slot* m_slots = nullptr;
    std::uint32_t m_mask = 0;
};

} // namespace detail
} // namespace v0
} // namespace lathe

#endif // LATHE_MODEL_DETAIL_VALUE_INDEX_HPP
