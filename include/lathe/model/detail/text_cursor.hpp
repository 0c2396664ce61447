// SPDX-License-Identifier: MIT
#ifndef LATHE_MODEL_DETAIL_TEXT_CURSOR_HPP
#define LATHE_MODEL_DETAIL_TEXT_CURSOR_HPP

/// @file
/// @brief Where in a JSON text its reader is, and where the value began that it has just read.

#include <cstddef>
#include <string_view>

#include <lathe/model/validation_error.hpp>

namespace lathe {
inline namespace v0 {
namespace detail {

class text_cursor {
public:
    // The first line has another number than 1 when the text is a part of a larger one.
    explicit text_cursor(std::string_view text, std::size_t first_line = 1) noexcept
        : at(text.data()),
          m_begin(text.data()),
          m_end(text.data() + text.size()),
          m_line_start(m_begin),
          m_counted(m_begin),
          m_line(first_line) {}

    const char* at;            // behind what was read
    bool is_at_number = false; // whether that was a number, whose reader looks one byte further

    bool is_cut_off = false; // whether there was an attempt to read on behind the end

    // Whether all is read, for one who wants more.
    [[nodiscard]] bool at_end() noexcept {
        if (at != m_end) [[likely]]
            return false;
        return is_cut_off = true;
    }
    [[nodiscard]] std::size_t offset() const noexcept { return static_cast<std::size_t>(at - m_begin); }

    // Where the string, number, word or bracket begins that ends here.
    [[nodiscard]] std::size_t token_start() const noexcept {
        const char* from = at;
        if (from == m_begin) return 0;
        if (from[-1] == '"' && !is_at_number) {
            --from;
            while (from != m_begin && (from[-1] != '"' || escaped(from - 1)))
                --from;
            return static_cast<std::size_t>(from - m_begin) - (from == m_begin ? 0 : 1);
        }
        if (!in_word(from[-1])) --from;
        if (from == m_begin || !in_word(from[-1])) return static_cast<std::size_t>(from - m_begin);
        while (from != m_begin && in_word(from[-1]))
            --from;
        return static_cast<std::size_t>(from - m_begin);
    }

    // The number that was just read, as it is written.
    [[nodiscard]] std::string_view number(std::size_t size) const noexcept { return {m_begin + token_start(), size}; }

    // Counts on from the last position that was asked for, since issues come in the order of the text, or nearly.
    [[nodiscard]] text_position position(std::size_t offset) noexcept {
        const char* to = m_begin + offset;
        if (to < m_counted) {
            const std::size_t line = m_line;
            for (; m_counted != to; --m_counted) {
                if (m_counted[-1] == '\n') --m_line;
            }
            if (m_line != line) {
                m_line_start = to;
                while (m_line_start != m_begin && m_line_start[-1] != '\n')
                    --m_line_start;
            }
        }
        for (; m_counted != to; ++m_counted) {
            if (*m_counted == '\n') {
                ++m_line;
                m_line_start = m_counted + 1;
            }
        }
        return {m_line, static_cast<std::size_t>(to - m_line_start) + 1};
    }

private:
    [[nodiscard]] bool escaped(const char* quote) const noexcept {
        std::size_t slashes = 0;
        while (quote != m_begin && quote[-1] == '\\') {
            ++slashes;
            --quote;
        }
        return slashes % 2 == 1;
    }
    static bool in_word(char c) noexcept {
        return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || c == 'E' || c == '+' || c == '-' || c == '.';
    }

    const char* m_begin;
    const char* m_end;
    const char* m_line_start;
    const char* m_counted;
    std::size_t m_line;
};

} // namespace detail
} // namespace v0
} // namespace lathe

#endif // LATHE_MODEL_DETAIL_TEXT_CURSOR_HPP
