// SPDX-License-Identifier: MIT
#ifndef LATHE_CORE_DETAIL_UTF8_HPP
#define LATHE_CORE_DETAIL_UTF8_HPP

/// @file
/// @brief UTF-8 (RFC 3629), sequence by sequence.

#include <cstddef>
#include <string_view>

namespace lathe {
inline namespace v0 {
namespace detail {

// How many bytes the sequence has that begins with these bytes, or 0 when it is none: RFC 3629, section 4.
// The second byte alone tells overlong forms, surrogates and what is above U+10FFFF.
constexpr std::size_t utf8_sequence(std::string_view text) noexcept {
    const auto byte = [text](std::size_t i) {
        return static_cast<unsigned char>(text[i]);
    };
    const unsigned char lead = byte(0);
    if (lead <= 0x7f) return 1;
    if (lead < 0xc2 || lead > 0xf4) return 0;
    const std::size_t size = lead < 0xe0 ? 2 : lead < 0xf0 ? 3 : 4;
    if (text.size() < size) return 0;
    const unsigned char low = lead == 0xe0 ? 0xa0 : lead == 0xf0 ? 0x90 : 0x80;
    const unsigned char high = lead == 0xed ? 0x9f : lead == 0xf4 ? 0x8f : 0xbf;
    if (byte(1) < low || byte(1) > high) return 0;
    for (std::size_t i = 2; i < size; ++i) {
        if (byte(i) < 0x80 || byte(i) > 0xbf) return 0;
    }
    return size;
}

constexpr bool is_utf8(std::string_view text) noexcept {
    while (!text.empty()) {
        const std::size_t size = utf8_sequence(text);
        if (size == 0) return false;
        text.remove_prefix(size);
    }
    return true;
}

} // namespace detail
} // namespace v0
} // namespace lathe

#endif // LATHE_CORE_DETAIL_UTF8_HPP
