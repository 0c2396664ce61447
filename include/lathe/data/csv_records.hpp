// SPDX-License-Identifier: MIT
#ifndef LATHE_DATA_CSV_RECORDS_HPP
#define LATHE_DATA_CSV_RECORDS_HPP

/// @file
/// @brief Splits CSV (RFC 4180) into records and cells, without copying them and without ever giving up.
/// @par Example
/// @snippet tests/data/csv_records.cpp example

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
/// As RFC 4180 says: cells may be quoted, and may then hold delimiters, line ends and doubled quotes.
/// Where it is silent:
/// - CRLF and LF end a record; a CR anywhere else is data. The last record needs no line end.
/// - A line without any byte is not a record, unless `keep_empty_lines`; it still counts as a line.
/// - A quote inside an unquoted cell is data. So are spaces: in `a, "b"` no cell is quoted.
/// - A UTF-8 byte order mark at the very start is skipped, unless `first_line` says that this is no start.
/// - Other bytes stay as they are, NUL and bad UTF-8 included.
/// - Records may differ in their number of cells.
///
/// @par Malformed input
/// It neither throws nor ends the reading: the record has a `fault()`. The cell at fault, `fault_column()`,
/// holds its bytes as written, quotes included; the cells before it are sound. Of two faults in one record
/// the first is reported.
/// - `text_after_quote`: the rest of the cell is unquoted text, and the record ends where it would anyway.
/// - `unterminated_quote`: the record ends with the line of the opening quote; the next line is read anew.
/// - `record_too_long`: the cell is cut at the limit; reading goes on after the next line feed of any kind.
///
/// So a stray quote costs one record when no other quote follows. When one does, it is taken for the closing
/// one, and the lines up to there are one record with `text_after_quote`.
/// @par Lifetime
/// Cells are views into the block, valid until `next()`. Move-only; one that was moved from may only be
/// destroyed or assigned to.
/// @par Memory
/// One block and one view per cell, whatever the size of the input; up to twice `max_record` more for a long
/// record.
/// @par Thread safety
/// One thread at a time.
class csv_records {
public:
    /// Nothing is read before the first `next()`.
    /// @param from what to read; a path will do.
    /// @param options how it is written.
    /// @throws error when options contradict each other; io_error when a path cannot be opened.
    explicit csv_records(source from, const csv_options& options = {});

    csv_records(const csv_records&) = delete;
    /// Takes over the reading; the cells of the current record stay valid.
    csv_records(csv_records&&) noexcept = default;
    csv_records& operator=(const csv_records&) = delete;
    /// @copydoc csv_records(csv_records&&)
    csv_records& operator=(csv_records&&) noexcept = default;
    ~csv_records() = default;

    /// Goes to the next record, sound or faulty; the cells of the last one are gone.
    /// @return false at the end of input.
    /// @throws io_error when reading fails; there is no record then, and the next call tries the same one
    /// again.
    /// @par Complexity
    /// Linear in the bytes of all records together, faulty ones included. No allocation once the longest
    /// record was seen.
    bool next();

    /// @return the number of cells; at least one after `next()` said true.
    [[nodiscard]] std::size_t size() const noexcept { return m_ahead.count; }
    /// @param index which cell, below `size()`.
    /// @return its text without quotes, doubled quotes made single. Valid until `next()`.
    [[nodiscard]] std::string_view operator[](std::size_t index) const noexcept { return m_ahead.cells[index]; }
    /// @return all cells of the record. Valid until `next()`.
    [[nodiscard]] std::span<const std::string_view> cells() const noexcept {
        return {m_ahead.cells.data(), m_ahead.count};
    }
    /// @param index which cell, below `size()`.
    /// @return whether the cell is sound and was written in quotes, to tell `""` from nothing at all.
    [[nodiscard]] bool quoted(std::size_t index) const noexcept {
        // The byte before a cell is its opening quote, or a delimiter, a line feed, the byte order mark or
        // the margin.
        return m_quote != m_delimiter && m_ahead.cells[index].data()[-1] == m_quote;
    }

    /// @return the line on which the record starts; the first one is `first_line`. Line feeds count, inside quotes too.
    [[nodiscard]] std::size_t line() const noexcept { return m_line; }
    /// @return what is wrong with the record, or `csv_fault::none`.
    [[nodiscard]] csv_fault fault() const noexcept { return m_fault; }
    /// @return the number of the cell at fault, from 1; 0 when there is no fault.
    [[nodiscard]] std::size_t fault_column() const noexcept { return m_fault_column; }

    /// @return where the record starts in the source, in bytes from its beginning; after the last one, how many bytes
    /// the source has. Text that is cut at such places reads as it does whole, faults included, if each later part is
    /// read with the `line()` of its cut as `first_line`.
    [[nodiscard]] std::uint64_t offset() const noexcept { return m_offset; }
    /// @return how many bytes were read so far, the current record included, for progress.
    [[nodiscard]] std::uint64_t bytes() const noexcept { return m_ahead.buffer.consumed(); }
    /// @return what messages call the source.
    [[nodiscard]] const std::string& name() const noexcept { return m_ahead.buffer.name(); }

private:
    /// What to do before the next record: find the start of input, the end of a line, the same record again.
    enum class pending : unsigned char { nothing, start, line_end, same };
    static constexpr std::size_t at_end = detail::csv_lookahead::at_end;
    static constexpr std::size_t at_limit = detail::csv_lookahead::at_limit;
    static constexpr std::size_t most = at_end / 4; ///< what a limit is cut to, so that sums of them fit

    void settle();
    void blame(csv_fault fault) noexcept;
    bool split();
    bool quoted_cell(std::size_t& cell);
    bool end_of_input(std::size_t cell);
    bool unterminated(std::size_t cell, std::size_t line, bool limited);
    bool too_long(std::size_t cell);

    char m_delimiter;
    char m_quote; ///< m_delimiter when there is no quoting
    bool m_keep_empty_lines;
    pending m_pending;
    csv_fault m_fault = csv_fault::none;
    std::size_t m_max_record;
    detail::csv_lookahead m_ahead;
    std::vector<std::size_t> m_escaped; ///< the cells with doubled quotes
    std::size_t m_line = 0;
    std::size_t m_next_line;
    std::uint64_t m_offset = 0;
    std::size_t m_fault_column = 0;
};

// ---- implementation --------------------------------------------------------

inline csv_records::csv_records(source from, const csv_options& options)
    : m_delimiter(options.delimiter),
      m_quote(options.quote == '\0' ? options.delimiter : options.quote),
      m_keep_empty_lines(options.keep_empty_lines),
      m_pending(options.first_line == 1 ? pending::start : pending::nothing),
      m_max_record(options.max_record < most ? options.max_record : most),
      m_ahead(std::move(from), options.block < most ? options.block : most, m_max_record, m_delimiter, m_quote),
      m_next_line(options.first_line) {
    options.check();
}

/// What is left to do before the next record.
[[gnu::cold, gnu::noinline]] inline void csv_records::settle() {
    switch (m_pending) {
    case pending::start:
        m_ahead.buffer.skip_byte_order_mark();
        break;
    case pending::line_end:
        m_next_line += m_ahead.skip_line() ? 1U : 0U;
        break;
    case pending::same:
        m_next_line = m_line;
        break;
    case pending::nothing:
        break;
    }
    m_pending = pending::nothing;
    m_escaped.clear();
    m_ahead.restart();
}

/// The next cell is the one at fault, if it is the first.
inline void csv_records::blame(csv_fault fault) noexcept {
    if (m_fault != csv_fault::none) return;
    m_fault = fault;
    m_fault_column = m_ahead.count + 1;
}

inline bool csv_records::next() {
    m_fault = csv_fault::none;
    m_fault_column = 0;
    m_ahead.count = 0;
    if (m_pending != pending::nothing) [[unlikely]] {
        settle();
    }
    m_line = m_next_line;
    m_offset = m_ahead.buffer.consumed();
    m_pending = pending::same; // should reading fail
    const bool found = split();
    if (m_pending == pending::same) m_pending = pending::nothing;
    for (const std::size_t index : m_escaped) {
        detail::unescape_csv(m_ahead.cells[index], m_quote);
    }
    m_escaped.clear();
    return found;
}

/// Finds the next record's cells, and consumes its bytes.
inline bool csv_records::split() {
    // Registers, not members: a store to a cell could change a member, for all the compiler knows.
    auto [delimiters, stops] = m_ahead.marks;
    char* base = m_ahead.base;
    char* begin = m_ahead.buffer.begin();
    char* cell = begin;
    std::string_view* out = m_ahead.cells.data();
    const auto pause = [&] { // back to members
        m_ahead.base = base;
        m_ahead.marks = {delimiters, stops};
        m_ahead.count = static_cast<std::size_t>(out - m_ahead.cells.data());
        return static_cast<std::size_t>(cell - begin);
    };
    const auto resume = [&](std::size_t place) {
        delimiters = m_ahead.marks.delimiters;
        stops = m_ahead.marks.stops;
        base = m_ahead.base;
        begin = m_ahead.buffer.begin();
        cell = begin + place;
        const std::size_t size = m_ahead.cells.size();
        if (size - m_ahead.count < 64) m_ahead.cells.resize(2 * size); // one for each mark
        out = m_ahead.cells.data() + m_ahead.count;
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
            const bool looked_at_all = m_ahead.buffer.end() - base <= 64;
            const bool full = m_ahead.cells.data() + m_ahead.cells.size() - out < 64;
            if (looked_at_all || full) [[unlikely]] {
                const std::size_t place = pause();
                if (looked_at_all) {
                    if (m_ahead.buffer.size() > m_max_record) return too_long(place);
                    if (!m_ahead.refill()) return !m_ahead.buffer.empty() && end_of_input(place);
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
            if (length > m_max_record) [[unlikely]]
                return too_long(pause());
            ++m_next_line;
            m_ahead.buffer.consume(length + 1);
            char* const last = at != cell && at[-1] == '\r' ? at - 1 : at;
            if (last != begin || m_keep_empty_lines) [[likely]] {
                *out++ = {cell, static_cast<std::size_t>(last - cell)};
                pause();
                return true;
            }
            m_line = m_next_line;
            m_offset = m_ahead.buffer.consumed();
            begin = cell = at + 1;
        } else if (at == cell) {
            // Most quoted cells end within these 64 bytes, before a delimiter; the others take their time.
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
        at = m_ahead.next_mark(m_max_record);
        if (at >= at_limit) return !unterminated(cell, line, at == at_limit);
        if (m_ahead.byte(at) == '\n') ++m_next_line;
        if (m_ahead.byte(at) != m_quote) continue;
        close = at;
        at = m_ahead.next_mark(m_max_record);
        if (at != close + 1 || m_ahead.byte(at) != m_quote) break;
        doubled = true;
    }
    while (at < at_limit && m_ahead.byte(at) == m_quote)
        at = m_ahead.next_mark(m_max_record); // in text after the closing quote: it is data
    if (at == at_limit) return !too_long(cell);
    const bool line_end = at != at_end && m_ahead.byte(at) == '\n';
    std::size_t last = at == at_end ? m_ahead.buffer.size() : at;
    if (line_end && m_ahead.byte(last - 1) == '\r') --last;
    if (last == close + 1) {
        if (doubled) m_escaped.push_back(m_ahead.count);
        m_ahead.push(cell + 1, close);
    } else {
        blame(csv_fault::text_after_quote);
        m_ahead.push(cell, last);
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
    m_ahead.push(cell, m_ahead.buffer.size());
    m_ahead.buffer.consume(m_ahead.buffer.size());
    m_ahead.restart();
    return true;
}

/// Ends a record at a cell whose opening quote, at `cell` in the given line, has no closing one. What follows
/// that line is read anew.
[[gnu::cold]] inline bool csv_records::unterminated(std::size_t cell, std::size_t line, bool limited) {
    // No second search can fail before the place where this one did: up to there quotes come in pairs only,
    // so whatever opens in a pair closes in it. That keeps the whole reading linear.
    const std::size_t seen = limited ? m_max_record + 1 : m_ahead.buffer.size();
    const char* const open = m_ahead.buffer.begin() + cell;
    const void* const found = std::memchr(open, '\n', seen - cell);
    blame(csv_fault::unterminated_quote);
    m_next_line = line;
    if (found != nullptr) {
        const std::size_t at = cell + static_cast<std::size_t>(static_cast<const char*>(found) - open);
        m_ahead.push(cell, m_ahead.byte(at - 1) == '\r' ? at - 1 : at);
        m_ahead.buffer.consume(at + 1);
        ++m_next_line;
    } else {
        m_ahead.push(cell, limited ? m_max_record : seen);
        m_ahead.buffer.consume(seen);
        if (limited) m_pending = pending::line_end;
    }
    m_ahead.restart();
    return true;
}

/// Ends a record that has no line end within the limit, in the cell that starts at `cell` or, because split()
/// looks at the limit only now and then, in one before.
[[gnu::cold]] inline bool csv_records::too_long(std::size_t cell) {
    std::size_t close = 0; // of that cell, if split() found it quoted
    while (m_ahead.count != 0) {
        const bool in_quotes = quoted(m_ahead.count - 1);
        const std::string_view text = m_ahead.cells[m_ahead.count - 1];
        const auto first = static_cast<std::size_t>(text.data() - m_ahead.buffer.begin());
        const std::size_t delimiter = first + text.size() + in_quotes;
        if (delimiter <= m_max_record) break;
        --m_ahead.count;
        cell = first - in_quotes;
        close = in_quotes ? first + text.size() : 0;
    }
    if (cell <= m_max_record && close > m_max_record) return unterminated(cell, m_next_line, true);
    blame(csv_fault::record_too_long);
    m_ahead.push(cell, cell < m_max_record ? m_max_record : cell);
    m_ahead.buffer.consume(m_max_record + 1);
    m_pending = pending::line_end;
    m_ahead.restart();
    return true;
}

} // namespace data
} // namespace v0
} // namespace lathe

#endif // LATHE_DATA_CSV_RECORDS_HPP
