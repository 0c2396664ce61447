// SPDX-License-Identifier: MIT
#ifndef LATHE_DATA_CSV_RECORDS_HPP
#define LATHE_DATA_CSV_RECORDS_HPP

/// @file
/// @brief Splits CSV (RFC 4180) into records and cells, without copying them and without ever giving up.

#include <algorithm>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <limits>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <lathe/data/csv_options.hpp>
#include <lathe/data/detail/csv_lookahead.hpp>
#include <lathe/data/source.hpp>

namespace lathe {
inline namespace v0 {
namespace data {

/// Reads CSV record by record: `csv_records in{"x.csv"}; while (in.next()) use(in[0]);`.
///
/// As RFC 4180 says: cells may be quoted, and may then hold delimiters, line ends and doubled quotes. Where it is silent:
/// - CRLF and LF end a record; a CR anywhere else is data. The last record needs no line end.
/// - A line without any byte is not a record, unless `keep_empty_lines`; it still counts as a line.
/// - A quote inside an unquoted cell is data. So are spaces: in `a, "b"` no cell is quoted.
/// - A UTF-8 byte order mark at the very start is skipped. Other bytes stay as they are, NUL and bad UTF-8 included.
/// - Records may differ in their number of cells.
///
/// @par Malformed input
/// It neither throws nor ends the reading: the record has a `fault()`. The cell at fault, `fault_column()`, holds its bytes
/// as written, quotes included; the cells before it are sound. Of two faults in one record the first is reported.
/// - `text_after_quote`: the rest of the cell is taken as unquoted, and the record ends where it would without the fault.
/// - `unterminated_quote`: the record ends with the line of the opening quote, and the next line is read anew. So a stray
///   quote costs one record when no other quote follows; when one does, it is taken for the closing one, and the lines up
///   to there are one record with `text_after_quote`.
/// - `record_too_long`: the cell is cut at the limit, and reading goes on after the next line feed, quoted or not.
/// @par Lifetime
/// Cells are views into the block, valid until `next()`. Move-only; one that was moved from may only be destroyed or
/// assigned to.
/// @par Memory
/// One block and one view per cell, whatever the size of the input; up to twice `max_record` more for a long record.
/// @par Thread safety
/// One thread at a time.
class csv_records {
public:
    /// Nothing is read before the first `next()`.
    /// @param from what to read; a path will do.
    /// @param options how it is written.
    /// @throws error when options contradict each other; io_error when a path cannot be opened.
    explicit csv_records(source from, csv_options options = {});

    csv_records(const csv_records&) = delete;
    /// Takes over the reading; the cells of the current record stay valid.
    csv_records(csv_records&&) noexcept = default;
    csv_records& operator=(const csv_records&) = delete;
    /// @copydoc csv_records(csv_records&&)
    csv_records& operator=(csv_records&&) noexcept = default;
    ~csv_records() = default;

    /// Goes to the next record, sound or faulty; the cells of the last one are gone.
    /// @return false at the end of input.
    /// @throws io_error when reading fails; there is no record then, and the next call tries the same one again.
    /// @par Complexity
    /// Linear in the bytes of all records together, faulty ones included. No allocation once the longest record was seen.
    bool next();

    /// @return the number of cells; at least one after `next()` said true.
    [[nodiscard]] std::size_t size() const noexcept { return m_count; }
    /// @param index which cell, below `size()`.
    /// @return its text without quotes, doubled quotes made single. Valid until `next()`.
    [[nodiscard]] std::string_view operator[](std::size_t index) const noexcept { return m_cells[index]; }
    /// @return all cells of the record. Valid until `next()`.
    [[nodiscard]] std::span<const std::string_view> cells() const noexcept { return {m_cells.data(), m_count}; }
    /// @param index which cell, below `size()`.
    /// @return whether the cell is sound and was written in quotes, to tell `""` from nothing at all.
    [[nodiscard]] bool quoted(std::size_t index) const noexcept {
        // The byte before a cell is its opening quote, or a delimiter, a line feed, the byte order mark or the margin.
        return m_quote != m_delimiter && m_cells[index].data()[-1] == m_quote;
    }

    /// @return the line on which the record starts, from 1. Line feeds count, inside quotes too.
    [[nodiscard]] std::size_t line() const noexcept { return m_line; }
    /// @return what is wrong with the record, or `csv_fault::none`.
    [[nodiscard]] csv_fault fault() const noexcept { return m_fault; }
    /// @return the number of the cell at fault, from 1; 0 when there is no fault.
    [[nodiscard]] std::size_t fault_column() const noexcept { return m_fault_column; }

    /// @return how many bytes were read so far, the current record included, for progress.
    [[nodiscard]] std::uint64_t bytes() const noexcept { return m_ahead.buffer.consumed(); }
    /// @return what messages call the source.
    [[nodiscard]] const std::string& name() const noexcept { return m_ahead.buffer.name(); }

private:
    /// What to do before the next record: find the start of input, the end of a line, or the same record again.
    enum class pending : unsigned char { nothing, start, line_end, same };
    static constexpr std::size_t at_end = std::numeric_limits<std::size_t>::max();
    static constexpr std::size_t at_limit = at_end - 1;
    static constexpr std::size_t most = at_end / 4; ///< what a limit is cut to, so that sums of them fit

    // Places are counted from the record's first byte, which is the first unread one until the record's end is found.
    [[nodiscard]] char byte(std::size_t place) noexcept { return m_ahead.buffer.begin()[place]; }
    void settle();
    bool refill();
    std::size_t next_mark();
    void push(std::size_t first, std::size_t last);
    void blame(csv_fault fault) noexcept;
    bool split();
    bool quoted_cell(std::size_t& cell);
    bool end_of_input(std::size_t cell);
    bool unterminated(std::size_t cell, std::size_t line, bool limited);
    bool too_long(std::size_t cell);
    void unescape() noexcept;

    char m_delimiter;
    char m_quote; ///< m_delimiter when there is no quoting
    bool m_keep_empty_lines;
    pending m_pending = pending::start;
    csv_fault m_fault = csv_fault::none;
    std::size_t m_max_record;
    detail::csv_lookahead m_ahead; ///< its buffer begins with the current record while next() looks for its end
    std::vector<std::string_view> m_cells;
    std::size_t m_count = 0;            ///< how many of m_cells are in use
    std::vector<std::size_t> m_escaped; ///< the cells with doubled quotes
    std::size_t m_line = 0;
    std::size_t m_next_line = 1;
    std::size_t m_fault_column = 0;
};

// ---- implementation --------------------------------------------------------

inline csv_records::csv_records(source from, csv_options options)
    : m_delimiter(options.delimiter), m_quote(options.quote == '\0' ? options.delimiter : options.quote),
      m_keep_empty_lines(options.keep_empty_lines), m_max_record(std::min(options.max_record, most)),
      m_ahead(std::move(from), std::min(options.block, most), m_max_record, m_delimiter, m_quote), m_cells(256) {
    options.check();
}

/// What is left to do before the next record.
[[gnu::cold, gnu::noinline]] inline void csv_records::settle() {
    switch (m_pending) {
    case pending::start: m_ahead.buffer.skip_byte_order_mark(); break;
    case pending::line_end: m_next_line += m_ahead.skip_line() ? 1U : 0U; break;
    case pending::same: m_next_line = m_line; break;
    case pending::nothing: break;
    }
    m_pending = pending::nothing;
    m_escaped.clear();
    m_ahead.restart();
}

/// Reads more behind a record all of whose bytes were looked at, and moves its cells along.
[[gnu::cold, gnu::noinline]] inline bool csv_records::refill() {
    const std::size_t count = std::exchange(m_count, 0);
    m_pending = pending::same; // if reading fails: there is no record then, and the next try begins where this one did
    const bool more = m_ahead.refill({m_cells.data(), count});
    m_pending = pending::nothing;
    m_count = count;
    return more;
}

/// The place of the next mark, counted from the record's first byte; or at_end, or at_limit when the record's end, wherever
/// it is, makes it too long.
inline std::size_t csv_records::next_mark() {
    while ((m_ahead.marks.delimiters | m_ahead.marks.stops) == 0) {
        if (m_ahead.buffer.end() - m_ahead.base <= 64) {
            if (m_ahead.buffer.size() > m_max_record) return at_limit;
            if (!refill()) return at_end;
        }
        m_ahead.base += 64;
        m_ahead.marks = m_ahead.marks_at(m_ahead.base);
    }
    const std::uint64_t marks = m_ahead.marks.delimiters | m_ahead.marks.stops;
    const std::uint64_t others = marks & (marks - 1);
    m_ahead.marks.delimiters &= others;
    m_ahead.marks.stops &= others;
    const auto place = m_ahead.base + std::countr_zero(marks) - m_ahead.buffer.begin();
    return static_cast<std::size_t>(place) > m_max_record ? at_limit : static_cast<std::size_t>(place);
}

inline void csv_records::push(std::size_t first, std::size_t last) {
    if (m_count == m_cells.size()) m_cells.resize(2 * m_count);
    m_cells[m_count++] = {m_ahead.buffer.begin() + first, last - first};
}

/// The next cell is the one at fault, if it is the first.
inline void csv_records::blame(csv_fault fault) noexcept {
    if (m_fault != csv_fault::none) return;
    m_fault = fault;
    m_fault_column = m_count + 1;
}

inline bool csv_records::next() {
    if (m_pending != pending::nothing) [[unlikely]] settle();
    m_fault = csv_fault::none;
    m_fault_column = 0;
    m_count = 0;
    m_line = m_next_line;
    const bool found = split();
    if (!m_escaped.empty()) unescape();
    return found;
}

/// Finds the next record's cells, and consumes its bytes.
inline bool csv_records::split() {
    // Registers, not members: a store to a cell could change a member, for all the compiler knows.
    auto [delimiters, stops] = m_ahead.marks;
    char* base = m_ahead.base;
    char* begin = m_ahead.buffer.begin();
    char* cell = begin;
    std::string_view* out = m_cells.data();
    const auto pause = [&] { // back to members
        m_ahead.base = base;
        m_ahead.marks = {delimiters, stops};
        m_count = static_cast<std::size_t>(out - m_cells.data());
        return static_cast<std::size_t>(cell - begin);
    };
    const auto resume = [&](std::size_t place) {
        delimiters = m_ahead.marks.delimiters;
        stops = m_ahead.marks.stops;
        base = m_ahead.base;
        begin = m_ahead.buffer.begin();
        cell = begin + place;
        if (m_cells.size() - m_count < 64) m_cells.resize(2 * m_cells.size()); // one for each mark
        out = m_cells.data() + m_count;
    };
    for (;;) {
        // All cells that end before the next stop.
        const std::uint64_t ends = delimiters & ~stops & (stops - 1);
        delimiters ^= ends;
        for (std::uint64_t left = ends; left != 0; left &= left - 1) {
            char* const at = base + std::countr_zero(left);
            *out++ = {cell, static_cast<std::size_t>(at - cell)};
            cell = at + 1;
        }
        if (stops == 0) {
            if (m_ahead.buffer.end() - base <= 64 || m_cells.data() + m_cells.size() - out < 64) [[unlikely]] {
                const std::size_t place = pause();
                if (m_ahead.buffer.end() - base <= 64) {
                    if (m_ahead.buffer.size() > m_max_record) return too_long(place);
                    if (!refill()) return !m_ahead.buffer.empty() && end_of_input(place);
                }
                resume(place);
            }
            base += 64;
            const detail::csv_mark_set marks = m_ahead.marks_at(base);
            delimiters = marks.delimiters;
            stops = marks.stops;
            continue;
        }
        char* const at = base + std::countr_zero(stops);
        stops &= stops - 1;
        if (*at == '\n') [[likely]] {
            const auto length = static_cast<std::size_t>(at - begin);
            if (length > m_max_record) [[unlikely]] return too_long(pause());
            ++m_next_line;
            m_ahead.buffer.consume(length + 1);
            char* const last = at != cell && at[-1] == '\r' ? at - 1 : at;
            if (last != begin || m_keep_empty_lines) [[likely]] {
                *out++ = {cell, static_cast<std::size_t>(last - cell)};
                pause();
                return true;
            }
            m_line = m_next_line;
            begin = cell = at + 1;
        } else if (at == cell) {
            // Most quoted cells end within these 64 bytes, and before a delimiter; the others take their time.
            const std::uint64_t after = (stops & (0 - stops)) << 1;
            char* const close = base + std::countr_zero(stops);
            if ((delimiters & after) != 0 && *close != '\n') {
                *out++ = {cell + 1, static_cast<std::size_t>(close - cell - 1)};
                cell = close + 2;
                delimiters &= ~((after << 1) - 1);
                stops &= stops - 1;
            } else {
                std::size_t place = pause();
                if (!quoted_cell(place)) return true;
                resume(place);
            }
        } // else it is a quote in an unquoted cell
    }
}

/// Reads a cell that starts with a quote, whatever is in it. Its first byte's mark was taken already.
/// @return whether the record goes on; its next cell is then at `cell`.
inline bool csv_records::quoted_cell(std::size_t& cell) {
    if (cell > m_max_record) return !too_long(cell);
    const std::size_t line = m_next_line;
    bool doubled = false;
    std::size_t close = 0;
    std::size_t at = 0;
    for (;;) {
        at = next_mark();
        if (at >= at_limit) return !unterminated(cell, line, at == at_limit);
        if (byte(at) == '\n') ++m_next_line;
        if (byte(at) != m_quote) continue;
        close = at;
        at = next_mark();
        if (at != close + 1 || byte(at) != m_quote) break;
        doubled = true;
    }
    while (at < at_limit && byte(at) == m_quote) at = next_mark(); // in text after the closing quote: it is data
    if (at == at_limit) return !too_long(cell);
    const bool line_end = at != at_end && byte(at) == '\n';
    std::size_t last = at == at_end ? m_ahead.buffer.size() : at;
    if (line_end && byte(last - 1) == '\r') --last;
    if (last == close + 1) {
        if (doubled) m_escaped.push_back(m_count);
        push(cell + 1, close);
    } else {
        blame(csv_fault::text_after_quote);
        push(cell, last);
    }
    if (line_end) {
        ++m_next_line;
        m_ahead.buffer.consume(at + 1);
    } else if (at == at_end) {
        m_ahead.buffer.consume(m_ahead.buffer.size());
        m_ahead.restart();
    }
    cell = at + 1;
    return at != at_end && !line_end;
}

/// The last record, which has no line end: its last cell starts at `cell`.
[[gnu::cold]] inline bool csv_records::end_of_input(std::size_t cell) {
    push(cell, m_ahead.buffer.size());
    m_ahead.buffer.consume(m_ahead.buffer.size());
    m_ahead.restart();
    return true;
}

/// Ends a record at a cell whose opening quote, at `cell` in the given line, has no closing one. What follows that line is
/// read anew.
[[gnu::cold]] inline bool csv_records::unterminated(std::size_t cell, std::size_t line, bool limited) {
    // No second search can fail before the place where this one did: up to there quotes come in pairs only, so whatever
    // opens in a pair closes in it. That keeps the whole reading linear.
    const std::size_t seen = limited ? m_max_record + 1 : m_ahead.buffer.size();
    const char* const open = m_ahead.buffer.begin() + cell;
    const void* const found = std::memchr(open, '\n', seen - cell);
    blame(csv_fault::unterminated_quote);
    m_next_line = line;
    if (found != nullptr) {
        const std::size_t at = cell + static_cast<std::size_t>(static_cast<const char*>(found) - open);
        push(cell, byte(at - 1) == '\r' ? at - 1 : at);
        m_ahead.buffer.consume(at + 1);
        ++m_next_line;
    } else {
        push(cell, limited ? m_max_record : seen);
        m_ahead.buffer.consume(seen);
        if (limited) m_pending = pending::line_end;
    }
    m_ahead.restart();
    return true;
}

/// Ends a record that has no line end within the limit, in the cell that starts at `cell` or, because split() looks at the
/// limit only now and then, in one before.
[[gnu::cold]] inline bool csv_records::too_long(std::size_t cell) {
    std::size_t close = 0; // of that cell, if split() found it quoted
    while (m_count != 0) {
        const bool in_quotes = quoted(m_count - 1);
        const std::string_view text = m_cells[m_count - 1];
        const auto first = static_cast<std::size_t>(text.data() - m_ahead.buffer.begin());
        if (first + text.size() + in_quotes <= m_max_record) break; // the delimiter behind it is within the limit
        --m_count;
        cell = first - in_quotes;
        close = in_quotes ? first + text.size() : 0;
    }
    if (cell <= m_max_record && close > m_max_record) return unterminated(cell, m_next_line, true);
    blame(csv_fault::record_too_long);
    push(cell, std::max(cell, m_max_record));
    m_ahead.buffer.consume(m_max_record + 1);
    m_pending = pending::line_end;
    m_ahead.restart();
    return true;
}

/// Makes doubled quotes single, in place, now that nothing of the record will be read anew.
inline void csv_records::unescape() noexcept {
    for (const std::size_t index : m_escaped) {
        const std::string_view text = m_cells[index];
        char* const first = const_cast<char*>(text.data()); // NOLINT: into our own block
        char* to = first;
        for (std::size_t i = 0; i < text.size(); ++i) {
            *to++ = text[i];
            if (text[i] == m_quote) ++i; // the second of the two
        }
        m_cells[index] = {first, static_cast<std::size_t>(to - first)};
    }
    m_escaped.clear();
}

} // namespace data
} // namespace v0
} // namespace lathe

#endif // LATHE_DATA_CSV_RECORDS_HPP
