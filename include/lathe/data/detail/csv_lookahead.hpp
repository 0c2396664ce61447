// SPDX-License-Identifier: MIT
#ifndef LATHE_DATA_DETAIL_CSV_LOOKAHEAD_HPP
#define LATHE_DATA_DETAIL_CSV_LOOKAHEAD_HPP

/// @file
/// @brief The unread bytes of a CSV text, and where the marks in them are.

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <span>
#include <string_view>
#include <utility>
#include <vector>

#include <lathe/data/detail/csv_marks.hpp>
#include <lathe/data/source.hpp>

namespace lathe {
inline namespace v0 {
namespace detail {

/// A window on a source that is looked at 64 bytes at a time.
/// @invariant Marks before `base + 64` are those in `marks`, or were dealt with; nothing was looked at from there on.
class csv_lookahead {
public:
    /// @param from what to read.
    /// @param block bytes to read at once.
    /// @param longest the most that must fit while nothing is consumed, apart from a block.
    /// @param delimiter the byte between cells.
    /// @param quote the byte around cells.
    csv_lookahead(data::source from, std::size_t block, std::size_t longest, char delimiter, char quote)
        // 2: a byte order mark is three bytes long, however little else may be held.
        : buffer(std::move(from), block, longest + block + 2), m_find(delimiter, quote) {
        restart();
    }

    /// Forgets what was looked at: the next mark is searched from the first unread byte.
    void restart() noexcept {
        base = buffer.begin() - 64; // in the margin
        marks = {};
    }

    /// The marks in the 64 bytes at `at`, at least one of which was read.
    [[nodiscard]] csv_mark_set marks_at(const char* at) noexcept {
        csv_mark_set found = m_find(at);
        const auto left = buffer.end() - at;
        if (left < 64) {
            const std::uint64_t valid = (std::uint64_t{1} << left) - 1;
            found.delimiters &= valid;
            found.stops &= valid;
        }
        return found;
    }

    /// Reads more, when all unread bytes were looked at.
    /// @param cells views of unread bytes, which are moved along with them.
    /// @return whether new bytes came.
    bool refill(std::span<std::string_view> cells) {
        const std::size_t seen = buffer.size();
        const bool moves = !buffer.stays();
        if (moves) {
            // Where cells start is noted before the block may go away: a pointer into freed memory has no value.
            m_starts.clear();
            for (const std::string_view cell : cells) {
                m_starts.push_back(static_cast<std::size_t>(cell.data() - buffer.begin()));
            }
        }
        const bool more = buffer.fill();
        for (std::size_t i = 0; moves && i < cells.size(); ++i) cells[i] = {buffer.begin() + m_starts[i], cells[i].size()};
        base = buffer.begin() + seen - 64;
        marks = {};
        return more;
    }

    /// Consumes all bytes up to the next line feed, and that too.
    /// @return whether there was one.
    bool skip_line() {
        do {
            const void* const found = buffer.empty() ? nullptr : std::memchr(buffer.begin(), '\n', buffer.size());
            if (found != nullptr) {
                buffer.consume(static_cast<std::size_t>(static_cast<const char*>(found) - buffer.begin()) + 1);
                return true;
            }
            buffer.consume(buffer.size());
        } while (buffer.fill());
        return false;
    }

    data::source_buffer buffer;
    char* base = nullptr; ///< the 64 bytes that `marks` is about
    csv_mark_set marks;   ///< those not dealt with yet

private:
    csv_marks m_find;
    std::vector<std::size_t> m_starts; ///< refill()'s memory
};

} // namespace detail
} // namespace v0
} // namespace lathe

#endif // LATHE_DATA_DETAIL_CSV_LOOKAHEAD_HPP
