// SPDX-License-Identifier: MIT
#ifndef LATHE_DATA_DETAIL_CSV_LOOKAHEAD_HPP
#define LATHE_DATA_DETAIL_CSV_LOOKAHEAD_HPP

/// @file
/// @brief The unread bytes of a CSV text, where the marks in them are, and the cells made of them.

#include <bit>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <limits>
#include <string_view>
#include <utility>
#include <vector>

#include <lathe/data/detail/csv_marks.hpp>
#include <lathe/data/source.hpp>

namespace lathe {
inline namespace v0 {
namespace detail {

/// Makes doubled quotes single, in place; the text is in a block of our own.
inline void unescape_csv(std::string_view& text, char quote) noexcept {
    char* const first = const_cast<char*>(text.data()); // NOLINT
    char* to = first;
    for (std::size_t i = 0; i < text.size(); ++i) {
        *to++ = text[i];
        if (text[i] == quote) ++i; // the second of the two
    }
    text = {first, static_cast<std::size_t>(to - first)};
}

/// A source that is looked at 64 bytes at a time, and the cells found so far in the record at the front of
/// it. Places are counted from the record's first byte, which is the first unread one until the record's end
/// is found.
/// @invariant Marks before `base + 64` are those in `marks`, or were dealt with; nothing was looked at from
/// there on.
class csv_lookahead {
public:
    static constexpr std::size_t at_end = std::numeric_limits<std::size_t>::max();
    static constexpr std::size_t at_limit = at_end - 1;

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

    /// Reads more behind a record all of whose bytes were looked at, and moves its cells along.
    /// @return whether new bytes came.
    /// @throws io_error when reading fails; there are no cells then.
    [[gnu::cold, gnu::noinline]] bool refill() {
        const std::size_t seen = buffer.size();
        const std::size_t found = std::exchange(count, 0);
        const bool moves = !buffer.stays();
        if (moves) {
            // Where cells start is noted before the block may go away: a pointer into freed memory has no
            // value.
            m_starts.clear();
            for (std::size_t i = 0; i < found; ++i) {
                m_starts.push_back(static_cast<std::size_t>(cells[i].data() - buffer.begin()));
            }
        }
        const bool more = buffer.fill();
        for (; count < found; ++count) {
            if (moves) cells[count] = {buffer.begin() + m_starts[count], cells[count].size()};
        }
        base = buffer.begin() + seen - 64;
        marks = {};
        return more;
    }

    /// Takes the next mark.
    /// @param limit the longest a record may be.
    /// @return its place; or at_end, or at_limit when the record's end, wherever it is, makes it too long.
    std::size_t next_mark(std::size_t limit) {
        while ((marks.delimiters | marks.stops) == 0) {
            if (buffer.end() - base <= 64) {
                if (buffer.size() > limit) return at_limit;
                if (!refill()) return at_end;
            }
            base += 64;
            marks = marks_at(base);
        }
        const std::uint64_t all = marks.delimiters | marks.stops;
        const std::uint64_t others = all & (all - 1);
        marks.delimiters &= others;
        marks.stops &= others;
        const auto place = static_cast<std::size_t>(base + std::countr_zero(all) - buffer.begin());
        return place > limit ? at_limit : place;
    }

    /// The byte at a place.
    [[nodiscard]] char byte(std::size_t place) noexcept { return buffer.begin()[place]; }

    /// Adds a cell.
    void push(std::size_t first, std::size_t last) {
        if (count == cells.size()) cells.resize(2 * count);
        cells[count++] = {buffer.begin() + first, last - first};
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
    std::vector<std::string_view> cells = std::vector<std::string_view>(256);
    std::size_t count = 0; ///< how many of `cells` are the record's
    char* base = nullptr;  ///< the 64 bytes that `marks` is about
    csv_mark_set marks;    ///< those not dealt with yet

private:
    csv_marks m_find;
    std::vector<std::size_t> m_starts; ///< refill()'s memory
};

} // namespace detail
} // namespace v0
} // namespace lathe

#endif // LATHE_DATA_DETAIL_CSV_LOOKAHEAD_HPP
