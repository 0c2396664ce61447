// SPDX-License-Identifier: MIT
#ifndef LATHE_DATA_DETAIL_JSON_LINE_SPLITTER_HPP
#define LATHE_DATA_DETAIL_JSON_LINE_SPLITTER_HPP

/// @file
/// @brief Splits a source into lines, without copying them.

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <limits>
#include <string>
#include <string_view>
#include <utility>

#include <lathe/data/source.hpp>

namespace lathe {
inline namespace v0 {
namespace detail {

/// The lines of a source that are not blank, one after the other.
class json_line_splitter {
public:
    json_line_splitter(data::source from, std::size_t block, std::size_t max_line)
        : m_max_line(max_line < most ? max_line : most),
          // One byte more than a line may have, to see that it is too long; three for a byte order mark.
          m_buffer(std::move(from), block < most ? block : most, m_max_line + 3) {}

    /// Goes to the next line that is not blank. After an io_error, the next call tries the same line again.
    /// @return false at the end of input.
    bool next() {
        settle();
        while (find_end()) {
            if (m_too_long || m_text.find_first_not_of(" \t\r") != std::string_view::npos) return true;
        }
        return false;
    }

    /// @return the line, without its end; empty when it is too long. Valid until `next()`.
    [[nodiscard]] std::string_view text() const noexcept { return m_text; }
    /// @return the number of the line, from 1; blank lines count.
    [[nodiscard]] std::size_t line() const noexcept { return m_line; }
    /// @return whether the line has more bytes than it may.
    [[nodiscard]] bool too_long() const noexcept { return m_too_long; }

    [[nodiscard]] std::uint64_t bytes() const noexcept { return m_buffer.consumed(); }
    [[nodiscard]] const std::string& name() const noexcept { return m_buffer.name(); }

private:
    /// What stands before the next line: the start of input, or the rest of a line that is too long.
    enum class pending : unsigned char { nothing, start, rest };
    static constexpr std::size_t most = std::numeric_limits<std::size_t>::max() / 4; ///< so that sums of limits fit

    void settle() {
        if (m_pending == pending::start) m_buffer.skip_byte_order_mark();
        if (m_pending == pending::rest) skip_rest();
        m_pending = pending::nothing;
    }

    /// Finds the end of the line that begins with the first unread byte, and consumes it.
    bool find_end();
    void skip_rest();

    /// @return the next line feed among the unread bytes, or null.
    const char* line_feed(std::size_t from = 0) noexcept {
        return static_cast<const char*>(std::memchr(m_buffer.begin() + from, '\n', m_buffer.size() - from));
    }

    std::size_t m_max_line;
    data::source_buffer m_buffer;
    std::string_view m_text;
    std::size_t m_line = 0;
    std::size_t m_next_line = 1;
    bool m_too_long = false;
    pending m_pending = pending::start;
};

inline bool json_line_splitter::find_end() {
    m_text = {};
    m_too_long = false;
    m_line = m_next_line;
    std::size_t searched = 0;
    const char* end = nullptr;
    while ((end = line_feed(searched)) == nullptr) {
        searched = m_buffer.size();
        if (searched > m_max_line) {
            // It is reported at once: its end may be long in coming.
            m_too_long = true;
            m_pending = pending::rest;
            m_buffer.consume(searched);
            return true;
        }
        if (m_buffer.fill()) continue;
        if (searched == 0) return false;
        m_text = {m_buffer.begin(), searched};
        m_buffer.consume(searched);
        return true;
    }
    const auto size = static_cast<std::size_t>(end - m_buffer.begin());
    m_too_long = size > m_max_line;
    if (!m_too_long) m_text = {m_buffer.begin(), size};
    if (m_text.ends_with('\r')) m_text.remove_suffix(1);
    m_buffer.consume(size + 1);
    ++m_next_line;
    return true;
}

inline void json_line_splitter::skip_rest() {
    for (;;) {
        if (const char* const end = line_feed()) {
            m_buffer.consume(static_cast<std::size_t>(end - m_buffer.begin()) + 1);
            ++m_next_line;
            return;
        }
        m_buffer.consume(m_buffer.size());
        if (!m_buffer.fill()) return;
    }
}

} // namespace detail
} // namespace v0
} // namespace lathe

#endif // LATHE_DATA_DETAIL_JSON_LINE_SPLITTER_HPP
