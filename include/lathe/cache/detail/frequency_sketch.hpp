// SPDX-License-Identifier: MIT
#ifndef LATHE_CACHE_DETAIL_FREQUENCY_SKETCH_HPP
#define LATHE_CACHE_DETAIL_FREQUENCY_SKETCH_HPP

/// @file
/// @brief How often keys were asked for lately, whether they are in the cache or not, in eight bytes for each entry.

#include <bit>
#include <cstddef>
#include <cstdint>
#include <utility>

#include <lathe/cache/detail/hash_blocks.hpp>

namespace lathe {
inline namespace v0 {
namespace detail {

// A count-min sketch of four-bit counters, as Caffeine has it: the four counters of a key lie in one cache line. The
// answer is never too low, but for what was halved away, and never above 15.
template <class Allocator>
class frequency_sketch {
public:
    explicit frequency_sketch(const Allocator& allocator) noexcept : m_words(allocator) {}

    // Serves so many entries well.
    frequency_sketch(std::size_t entries, const Allocator& allocator) : m_words(entries, allocator) {}

    void swap(frequency_sketch& other) noexcept {
        m_words.swap(other.m_words);
        std::swap(m_counted, other.m_counted);
    }

    // Counts a use. There is room.
    void add(std::uint32_t hash) noexcept {
        bool is_counted = false;
        for_each_counter(hash, [&](std::uint64_t& word, std::uint32_t shift) {
            if ((word >> shift & most) == most) return;
            word += std::uint64_t(1) << shift;
            is_counted = true;
        });
        if (is_counted && ++m_counted >= 15 * m_words.size()) [[unlikely]]
            halve();
    }

    [[nodiscard]] std::uint32_t frequency(std::uint32_t hash) noexcept {
        std::uint64_t least = most;
        for_each_counter(hash, [&](std::uint64_t word, std::uint32_t shift) {
            if ((word >> shift & most) < least) least = word >> shift & most;
        });
        return static_cast<std::uint32_t>(least);
    }

    // Counts as many uses as another sketch has counted.
    void take_over(std::uint32_t hash, frequency_sketch& other) noexcept {
        const std::uint64_t frequency = other.m_words.size() != 0 ? other.frequency(hash) : 0;
        for_each_counter(hash, [&](std::uint64_t& word, std::uint32_t shift) {
            const std::uint64_t count = word >> shift & most;
            if (count < frequency) word += (frequency - count) << shift;
        });
        m_counted += frequency;
    }

private:
    static constexpr std::size_t rows = 4;
    static constexpr std::uint64_t most = 15;

    // Hashes of one shard may have bits in common: all of them take part in the choice of a block.
    static std::uint32_t mix(std::uint32_t hash) noexcept {
        hash ^= hash >> 17;
        hash *= 0xed5ad4bbU;
        hash ^= hash >> 11;
        hash *= 0xac4c1b51U;
        return hash ^ hash >> 15;
    }

    template <class Function>
    void for_each_counter(std::uint32_t hash, Function function) noexcept {
        const std::uint32_t mixed = mix(hash);
        std::uint64_t* const words = m_words.of(mixed);
        std::uint32_t bits = mixed * 0x31848babU;
        bits ^= bits >> 14;
        for (std::size_t row = 0; row != rows; ++row, bits >>= 8)
            function(words[2 * row + (bits & 1)], bits << 1 & 0x3c);
    }

    // What was popular long ago is forgotten bit by bit.
    [[gnu::noinline]] void halve() noexcept {
        std::size_t odd = 0;
        for (std::uint64_t& word : m_words) {
            odd += static_cast<std::size_t>(std::popcount(word & 0x1111'1111'1111'1111U));
            word = word >> 1 & 0x7777'7777'7777'7777U;
        }
        m_counted = (m_counted - odd / rows) / 2;
    }

    hash_blocks<std::uint64_t, Allocator> m_words;
    std::size_t m_counted = 0; // since the counters were halved
};

} // namespace detail
} // namespace v0
} // namespace lathe

#endif // LATHE_CACHE_DETAIL_FREQUENCY_SKETCH_HPP
