// SPDX-License-Identifier: MIT
#ifndef LATHE_CORE_DETAIL_VISIBLE_TEXT_HPP
#define LATHE_CORE_DETAIL_VISIBLE_TEXT_HPP

/// @file
/// @brief Text of others, made fit to be shown.

#include <cstddef>
#include <string>
#include <string_view>

#include <lathe/core/detail/utf8.hpp>

namespace lathe {
inline namespace v0 {
namespace detail {

inline void write_hex_escape(std::string& out, char c) {
    constexpr std::string_view hex = "0123456789abcdef";
    const auto byte = static_cast<unsigned char>(c);
    out += "\\x";
    out += hex[byte >> 4U];
    out += hex[byte & 0xfU];
}

// A character, as UTF-8, that a terminal takes for a command (C0, DEL and C1), or that changes the order of others
// when they are shown (Unicode's separators of lines and its embeddings, overrides and isolates).
constexpr bool is_control(std::string_view character) noexcept {
    const auto byte = [character](std::size_t i) {
        return static_cast<unsigned char>(character[i]);
    };
    switch (character.size()) {
    case 1:
        return byte(0) < 0x20 || byte(0) == 0x7f;
    case 2:
        return byte(0) == 0xc2 && byte(1) < 0xa0;
    case 3:
        return byte(0) == 0xe2 && ((byte(1) == 0x80 && byte(2) >= 0xa8 && byte(2) <= 0xae) ||
                                   (byte(1) == 0x81 && byte(2) >= 0xa6 && byte(2) <= 0xa9));
    default:
        return false;
    }
}

// With escapes for what cannot be seen and for bytes that are no UTF-8, so that a message is always fit to be shown.
inline void write_visible(std::string& out, std::string_view text, char quote = 0) {
    while (!text.empty()) {
        const char c = text.front();
        std::size_t size = 1;
        if (quote != 0 && (c == quote || c == '\\')) {
            out += '\\';
            out += c;
        } else if (c == '\n') {
            out += "\\n";
        } else if (c == '\t') {
            out += "\\t";
        } else if (c == '\r') {
            out += "\\r";
        } else if (const std::size_t sequence = utf8_sequence(text); sequence == 0) {
            write_hex_escape(out, c);
        } else if (size = sequence; is_control(text.substr(0, size))) {
            for (const char part : text.substr(0, size))
                write_hex_escape(out, part);
        } else {
            out += text.substr(0, size);
        }
        text.remove_prefix(size);
    }
}

// As in source code: in quotes.
inline void write_quoted(std::string& out, std::string_view text, char quote = '"') {
    out += quote;
    write_visible(out, text, quote);
    out += quote;
}

} // namespace detail
} // namespace v0
} // namespace lathe

#endif // LATHE_CORE_DETAIL_VISIBLE_TEXT_HPP
