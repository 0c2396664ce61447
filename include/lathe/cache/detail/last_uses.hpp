// SPDX-License-Identifier: MIT
#ifndef LATHE_CACHE_DETAIL_LAST_USES_HPP
#define LATHE_CACHE_DETAIL_LAST_USES_HPP

/// @file
/// @brief When keys that were evicted had been used last, in four bytes for each.

#include <cstddef>
#include <cstdint>

#include <lathe/cache/detail/hash_blocks.hpp>

namespace lathe {
inline namespace v0 {
namespace detail {

// A table of eight keys a block, in which a new one drives out the oldest of its block. A key is 24 bits of its hash, a
// time one byte that wraps around.
template <class Allocator>
class last_uses {
public:
    explicit last_uses(const Allocator& allocator) noexcept : m_slots(allocator) {}

    // Room for so many keys.
    last_uses(std::size_t keys, const Allocator& allocator) : m_slots(keys, allocator) {}

    void swap(last_uses& other) noexcept { m_slots.swap(other.m_slots); }

    // Remembers a key that was used at `used`. There is room.
    void note(std::uint32_t hash, std::uint8_t used, std::uint8_t now) noexcept {
        const std::uint32_t mixed = mix(hash);
        std::uint32_t* const slots = m_slots.of(mixed);
        std::uint32_t* oldest = slots;
        std::uint32_t age = 0;
        for (std::uint32_t* slot = slots; slot != slots + m_slots.width; ++slot) {
            if (*slot == 0 || is_of(*slot, mixed)) {
                oldest = slot;
                break;
            }
            const std::uint32_t its_age = age_of(*slot, now);
            if (its_age < age) continue;
            oldest = slot;
            age = its_age;
        }
        *oldest = (print_of(mixed) << 8) | used;
    }

    // Forgets a key. Answers how long ago it was used, or 256 if that is not known.
    [[nodiscard]] std::uint32_t take(std::uint32_t hash, std::uint8_t now) noexcept {
        const std::uint32_t mixed = mix(hash);
        std::uint32_t* const slots = m_slots.of(mixed);
        for (std::uint32_t* slot = slots; slot != slots + m_slots.width; ++slot) {
            if (!is_of(*slot, mixed)) continue;
            const std::uint32_t age = age_of(*slot, now);
            *slot = 0;
            return age;
        }
        return 256;
    }

private:
    static std::uint32_t mix(std::uint32_t hash) noexcept { return hash * 0x9e3779b1U; }
    // The lower bits, since the upper ones choose the block; never 0, which marks a slot as free.
    static std::uint32_t print_of(std::uint32_t mixed) noexcept { return (mixed & 0xffffffU) | 1U; }
    static bool is_of(std::uint32_t slot, std::uint32_t mixed) noexcept { return slot >> 8 == print_of(mixed); }
    static std::uint32_t age_of(std::uint32_t slot, std::uint8_t now) noexcept { return (now - slot) & 0xff; }

    hash_blocks<std::uint32_t, Allocator> m_slots;
};

} // namespace detail
} // namespace v0
} // namespace lathe

#endif // LATHE_CACHE_DETAIL_LAST_USES_HPP
