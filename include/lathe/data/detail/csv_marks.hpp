// SPDX-License-Identifier: MIT
#ifndef LATHE_DATA_DETAIL_CSV_MARKS_HPP
#define LATHE_DATA_DETAIL_CSV_MARKS_HPP

/// @file
/// @brief Finds the bytes that mean something to CSV, 64 at a time.

#include <array>
#include <bit>
#include <cstdint>
#include <cstring>

#if defined(__SSE2__)
#    include <emmintrin.h>
#endif

namespace lathe {
inline namespace v0 {
namespace detail {

/// Where the marks are in 64 bytes: bit i stands for byte i.
struct csv_mark_set {
    std::uint64_t delimiters = 0; ///< between cells
    std::uint64_t stops = 0;      ///< line feeds and quotes

    friend bool operator==(const csv_mark_set&, const csv_mark_set&) = default;
};

/// Finds marks.
class csv_marks {
public:
    /// @param delimiter the byte between cells.
    /// @param quote the byte around cells; the delimiter, where there is no quoting.
    csv_marks(char delimiter, char quote) noexcept {
        m_delimiter.fill(delimiter);
        m_quote.fill(quote == delimiter ? '\n' : quote);
        m_line_feed.fill('\n');
    }

    /// The fastest way there is on this machine. Reads 64 bytes.
    [[nodiscard]] csv_mark_set operator()(const char* bytes) const noexcept {
#if defined(__SSE2__)
        // SSE2 is there on every x86-64, whatever the compiler's flags.
        const auto load = [](const char* from) {
            return _mm_loadu_si128(reinterpret_cast<const __m128i*>(from));
        };
        const auto bits = [](__m128i hit) {
            return std::uint64_t{static_cast<std::uint32_t>(_mm_movemask_epi8(hit))};
        };
        const __m128i delimiter = load(m_delimiter.data());
        const __m128i quote = load(m_quote.data());
        const __m128i line_feed = load(m_line_feed.data());
        csv_mark_set found;
        for (int i = 0; i < 64; i += 16) {
            const __m128i x = load(bytes + i);
            found.delimiters |= bits(_mm_cmpeq_epi8(x, delimiter)) << i;
            found.stops |= bits(_mm_or_si128(_mm_cmpeq_epi8(x, quote), _mm_cmpeq_epi8(x, line_feed))) << i;
        }
        return found;
#else
        return portable(bytes);
#endif
    }

    /// The same on every machine: eight bytes in one integer.
    [[nodiscard]] csv_mark_set portable(const char* bytes) const noexcept {
        csv_mark_set found;
        for (unsigned i = 0; i < 64; i += 8) {
            if constexpr (std::endian::native == std::endian::little) {
                const std::uint64_t word = load_word(bytes + i);
                const std::uint64_t stops = equal(word, m_quote) | equal(word, m_line_feed);
                found.delimiters |= gather(equal(word, m_delimiter)) << i;
                found.stops |= gather(stops) << i;
            } else {
                for (unsigned k = i; k < i + 8; ++k) {
                    const bool stop = bytes[k] == m_quote[0] || bytes[k] == '\n';
                    found.delimiters |= std::uint64_t{bytes[k] == m_delimiter[0]} << k;
                    found.stops |= std::uint64_t{stop} << k;
                }
            }
        }
        return found;
    }

private:
    using pattern = std::array<char, 16>; ///< one byte, repeated

    static std::uint64_t load_word(const char* from) noexcept {
        std::uint64_t word = 0;
        std::memcpy(&word, from, sizeof word);
        return word;
    }

    /// The high bit of each byte that equals the pattern's. Exact: no sum carries into the next byte.
    static std::uint64_t equal(std::uint64_t word, const pattern& wanted) noexcept {
        constexpr std::uint64_t low = 0x7F7F7F7F7F7F7F7F;
        const std::uint64_t x = word ^ load_word(wanted.data());
        return ~(((x & low) + low) | x | low);
    }

    /// The high bits of eight bytes, side by side: the product moves bit 8i to bit 56 + i.
    static std::uint64_t gather(std::uint64_t high) noexcept { return ((high >> 7) * 0x0102040810204080) >> 56; }

    pattern m_delimiter{};
    pattern m_quote{};
    pattern m_line_feed{};
};

} // namespace detail
} // namespace v0
} // namespace lathe

#endif // LATHE_DATA_DETAIL_CSV_MARKS_HPP
