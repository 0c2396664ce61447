// SPDX-License-Identifier: MIT
#ifndef LATHE_PERF_DETAIL_TEXT_GRID_HPP
#define LATHE_PERF_DETAIL_TEXT_GRID_HPP

/// @file
/// @brief Text in columns, with styles for terminals.

#include <algorithm>
#include <cstddef>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace lathe {
inline namespace v0 {
namespace detail {

// Escape sequences (ECMA-48, "select graphic rendition"); all of them begin with ESC and end with m.
inline constexpr std::string_view style_bold = "\x1b[1m";
inline constexpr std::string_view style_faint = "\x1b[2m";
inline constexpr std::string_view style_alarm = "\x1b[31m";
inline constexpr std::string_view style_bars = "\x1b[36m";
inline constexpr std::string_view style_end = "\x1b[0m";

inline void write_styled(std::string& out, std::string_view text, std::string_view style) {
    if (style.empty()) {
        out += text;
        return;
    }
    out += style;
    out += text;
    out += style_end;
}

// The text itself has no ESC: write_visible left none.
inline std::string without_styles(std::string_view text) {
    std::string plain;
    for (std::size_t from = 0; from < text.size();) {
        const std::size_t escape = std::min(text.find('\x1b', from), text.size());
        plain += text.substr(from, escape - from);
        from = escape == text.size() ? escape : text.find('m', escape) + 1;
    }
    return plain;
}

// How many columns of a terminal valid UTF-8 takes, if each character takes one: its bytes that begin one.
inline std::size_t text_width(std::string_view text) {
    return static_cast<std::size_t>(
        std::ranges::count_if(text, [](char c) { return (static_cast<unsigned char>(c) & 0xc0U) != 0x80; }));
}

// No more than `most` characters; the last one is … where some are left out.
inline void shorten_text(std::string& text, std::size_t most) {
    if (most == 0 || text_width(text) <= most) return;
    std::size_t end = 0;
    for (std::size_t characters = 0; characters < most; ++end) {
        if ((static_cast<unsigned char>(text[end]) & 0xc0U) != 0x80 && ++characters == most) break;
    }
    text.resize(end);
    text += "…";
}

// Cells, row after row under headings, in columns as wide as what they hold.
class text_grid {
public:
    enum class side : bool { left, right };

    void column(std::string_view heading, side alignment) {
        m_columns.push_back({alignment, 0});
        cell(std::string(heading), style_bold);
    }
    // Fills the row; the next one begins when it has a cell in each column.
    void cell(std::string text, std::string_view style = {}) {
        const std::size_t width = text_width(text);
        // The headings are the first row; while they come, their column is the last one.
        const std::size_t at =
            m_cells.size() < m_columns.size() ? m_columns.size() - 1 : m_cells.size() % m_columns.size();
        m_columns[at].width = std::max(m_columns[at].width, width);
        m_cells.push_back({std::move(text), width, style});
    }
    // Lines without trailing spaces.
    void write(std::string& out) const {
        std::size_t spaces = 0; // that are due once something follows
        for (std::size_t i = 0; i < m_cells.size(); ++i) {
            const piece& each = m_cells[i];
            const column_shape& shape = m_columns[i % m_columns.size()];
            const std::size_t padding = shape.width - each.width;
            if (shape.alignment == side::right) spaces += padding;
            if (each.width > 0) {
                out.append(std::exchange(spaces, 0), ' ');
                write_styled(out, each.text, each.style);
            }
            if (shape.alignment == side::left) spaces += padding;
            spaces += 2;
            if ((i + 1) % m_columns.size() == 0) {
                out += '\n';
                spaces = 0;
            }
        }
    }

private:
    struct column_shape {
        side alignment;
        std::size_t width;
    };
    struct piece {
        std::string text;
        std::size_t width;
        std::string_view style;
    };
    std::vector<column_shape> m_columns;
    std::vector<piece> m_cells;
};

} // namespace detail
} // namespace v0
} // namespace lathe

#endif // LATHE_PERF_DETAIL_TEXT_GRID_HPP
