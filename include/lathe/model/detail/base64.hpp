// SPDX-License-Identifier: MIT
#ifndef LATHE_MODEL_DETAIL_BASE64_HPP
#define LATHE_MODEL_DETAIL_BASE64_HPP

/// @file
/// @brief Bytes as text: RFC 4648, section 4, with padding.

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace lathe {
inline namespace v0 {
namespace detail {

inline void write_base64(std::string& out, const std::byte* data, std::size_t size) {
    constexpr std::string_view letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    for (std::size_t i = 0; i < size; i += 3) {
        const std::size_t taken = size - i < 3 ? size - i : 3;
        unsigned group = 0;
        for (std::size_t k = 0; k < 3; ++k)
            group = group << 8U | (k < taken ? static_cast<unsigned>(data[i + k]) : 0U);
        for (std::size_t k = 0; k < 4; ++k)
            out += k <= taken ? letters[group >> (18 - 6 * k) & 0x3fU] : '=';
    }
}

constexpr int base64_digit(char c) noexcept {
    if (c >= 'A' && c <= 'Z') return c - 'A';
    if (c >= 'a' && c <= 'z') return c - 'a' + 26;
    if (c >= '0' && c <= '9') return c - '0' + 52;
    if (c == '+') return 62;
    return c == '/' ? 63 : -1;
}

// False for any text that write_base64 would not have written.
inline bool read_base64(std::string_view text, std::vector<std::byte>& to) {
    if (text.size() % 4 != 0) return false;
    to.clear();
    to.reserve(text.size() / 4 * 3);
    for (std::size_t i = 0; i < text.size(); i += 4) {
        std::size_t digits = 4;
        if (i + 4 == text.size()) {
            while (digits > 2 && text[i + digits - 1] == '=')
                --digits;
        }
        unsigned group = 0;
        for (std::size_t k = 0; k < 4; ++k) {
            const int digit = k < digits ? base64_digit(text[i + k]) : 0;
            if (digit < 0) return false;
            group = group << 6U | static_cast<unsigned>(digit);
        }
        if ((group & (digits == 4 ? 0U : digits == 3 ? 0xffU : 0xffffU)) != 0)
            return false; // bits behind the last byte
        for (std::size_t k = 0; k + 1 < digits; ++k)
            to.push_back(static_cast<std::byte>(group >> (16 - 8 * k) & 0xffU));
    }
    return true;
}

} // namespace detail
} // namespace v0
} // namespace lathe

#endif // LATHE_MODEL_DETAIL_BASE64_HPP
