// SPDX-License-Identifier: MIT
#ifndef LATHE_MODEL_DETAIL_TEXT_FORMATS_HPP
#define LATHE_MODEL_DETAIL_TEXT_FORMATS_HPP

/// @file
/// @brief Recognisers of the formats that text rules know. None allocates, none throws, all work in constant
/// expressions.

#include <cstddef>
#include <string_view>

#include <lathe/core/detail/utf8.hpp>

namespace lathe {
inline namespace v0 {
namespace detail {

// The classes of <cctype> without its locale and its traps with negative chars.
constexpr bool is_digit(char c) noexcept {
    return c >= '0' && c <= '9';
}
constexpr bool is_lower(char c) noexcept {
    return c >= 'a' && c <= 'z';
}
constexpr bool is_upper(char c) noexcept {
    return c >= 'A' && c <= 'Z';
}
constexpr bool is_alpha(char c) noexcept {
    return is_lower(c) || is_upper(c);
}
constexpr bool is_alnum(char c) noexcept {
    return is_alpha(c) || is_digit(c);
}
constexpr bool is_hex(char c) noexcept {
    return is_digit(c) || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
}
constexpr bool is_space(char c) noexcept {
    return c == ' ' || (c >= '\t' && c <= '\r');
}
constexpr bool is_any_of(char c, std::string_view set) noexcept {
    return set.find(c) != std::string_view::npos;
}

// Takes the text before the mark off the front, and the mark with it; all of it when there is no mark.
constexpr std::string_view take_until(std::string_view& text, char mark) noexcept {
    const auto end = text.find(mark);
    const auto part = text.substr(0, end);
    text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
    return part;
}

// ---- characters ----

constexpr bool is_ascii(std::string_view text) noexcept {
    for (const char c : text) {
        if (static_cast<unsigned char>(c) > 0x7f) return false;
    }
    return true;
}

// ---- email ----

// atom of RFC 5322, section 3.2.3: without comments and white space.
constexpr bool is_atom(std::string_view text) noexcept {
    for (const char c : text) {
        if (!is_alnum(c) && !is_any_of(c, "!#$%&'*+-/=?^_`{|}~")) return false;
    }
    return !text.empty();
}

// RFC 1034, section 3.5, with the leading digits of RFC 1123, section 2.1.
constexpr bool is_host_label(std::string_view text) noexcept {
    for (const char c : text) {
        if (!is_alnum(c) && c != '-') return false;
    }
    return !text.empty() && text.size() <= 63 && text.front() != '-' && text.back() != '-';
}

template <class Part>
constexpr bool is_dotted(std::string_view text, Part is_part) noexcept {
    for (;;) {
        const bool last = text.find('.') == std::string_view::npos;
        if (!is_part(take_until(text, '.'))) return false;
        if (last) return true;
    }
}

constexpr bool is_email(std::string_view text) noexcept {
    const auto at = text.find('@');
    if (at == std::string_view::npos || text.size() > 254) return false;
    return at <= 64 && is_dotted(text.substr(0, at), is_atom) && is_dotted(text.substr(at + 1), is_host_label);
}

// ---- URL: the names are those of the grammar in RFC 3986, appendix A ----

constexpr bool is_scheme(std::string_view text) noexcept {
    for (const char c : text) {
        if (!is_alnum(c) && !is_any_of(c, "+-.")) return false;
    }
    return !text.empty() && is_alpha(text.front());
}

// unreserved, sub-delims, complete percent escapes, and what else the place allows.
constexpr bool is_url_text(std::string_view text, std::string_view also) noexcept {
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (text[i] == '%') {
            if (i + 2 >= text.size() || !is_hex(text[i + 1]) || !is_hex(text[i + 2])) return false;
            i += 2;
        } else if (!is_alnum(text[i]) && !is_any_of(text[i], "-._~!$&'()*+,;=") && !is_any_of(text[i], also)) {
            return false;
        }
    }
    return true;
}

// The value of up to 5 digits, or -1.
constexpr long decimal(std::string_view digits) noexcept {
    if (digits.empty() || digits.size() > 5) return -1;
    long value = 0;
    for (const char c : digits) {
        if (!is_digit(c)) return -1;
        value = value * 10 + (c - '0');
    }
    return value;
}

constexpr bool is_ipv4(std::string_view text) noexcept {
    int dots = 0;
    for (const char c : text)
        dots += c == '.';
    return dots == 3 && is_dotted(text, [](std::string_view octet) {
               const bool padded = octet.size() > 1 && octet.front() == '0';
               return !padded && decimal(octet) >= 0 && decimal(octet) <= 255;
           });
}

// How many groups of 16 bits stand between the colons, or -1. An IPv4 address counts as two, and comes last.
constexpr int ipv6_groups(std::string_view text, bool ends_address) noexcept {
    int groups = 0;
    while (!text.empty()) {
        const bool last = text.find(':') == std::string_view::npos;
        const auto group = take_until(text, ':');
        if (!last && text.empty()) return -1; // a colon at the end
        if (last && ends_address && is_ipv4(group)) return groups + 2;
        if (group.empty() || group.size() > 4) return -1;
        for (const char c : group) {
            if (!is_hex(c)) return -1;
        }
        ++groups;
    }
    return groups;
}

constexpr bool is_ipv6(std::string_view text) noexcept {
    const auto gap = text.find("::");
    if (gap == std::string_view::npos) return ipv6_groups(text, true) == 8;
    const int before = ipv6_groups(text.substr(0, gap), false);
    const int after = ipv6_groups(text.substr(gap + 2), true);
    return before >= 0 && after >= 0 && before + after <= 7; // "::" stands for one group at least
}

constexpr bool is_port(std::string_view text) noexcept {
    while (text.size() > 1 && text.front() == '0')
        text.remove_prefix(1);
    return text.empty() || (decimal(text) >= 0 && decimal(text) <= 65535);
}

constexpr bool is_authority(std::string_view text, bool needs_host) noexcept {
    if (const auto at = text.rfind('@'); at != std::string_view::npos) {
        if (!is_url_text(text.substr(0, at), ":")) return false;
        text.remove_prefix(at + 1);
        needs_host = true;
    }
    if (text.starts_with('[')) {
        const auto end = text.find(']');
        if (end == std::string_view::npos || !is_ipv6(text.substr(1, end - 1))) return false;
        text.remove_prefix(end + 1);
        return text.empty() || (text.front() == ':' && is_port(text.substr(1)));
    }
    const auto colon = text.find(':');
    if (colon != std::string_view::npos && !is_port(text.substr(colon + 1))) return false;
    const auto host = text.substr(0, colon);
    return is_url_text(host, "") && !(host.empty() && (needs_host || colon != std::string_view::npos));
}

constexpr bool is_url(std::string_view text) noexcept {
    const auto colon = text.find("://");
    if (colon == std::string_view::npos) return false;
    const auto scheme = text.substr(0, colon);
    text.remove_prefix(colon + 3);

    // From the back: the fragment, then the query, then the path.
    const auto cut = [&text](std::size_t at) {
        const auto tail = at == std::string_view::npos ? std::string_view() : text.substr(at + 1);
        text = text.substr(0, at);
        return tail;
    };
    const auto fragment = cut(text.find('#'));
    const auto query = cut(text.find('?'));
    const auto path = cut(text.find('/'));
    return is_scheme(scheme) && is_authority(text, scheme != "file") && is_url_text(path, ":@/") &&
           is_url_text(query, ":@/?") && is_url_text(fragment, ":@/?");
}

// ---- identifiers and dates ----

constexpr bool is_uuid(std::string_view text) noexcept {
    if (text.size() != 36) return false;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const bool hyphen = i == 8 || i == 13 || i == 18 || i == 23;
        if (hyphen ? text[i] != '-' : !is_hex(text[i])) return false;
    }
    return true;
}

constexpr long days_in_month(long year, long month) noexcept {
    if (month == 2) return (year % 4 == 0 && year % 100 != 0) || year % 400 == 0 ? 29 : 28;
    return month == 4 || month == 6 || month == 9 || month == 11 ? 30 : 31;
}

constexpr bool is_iso_date(std::string_view text) noexcept {
    if (text.size() != 10 || text[4] != '-' || text[7] != '-') return false;
    const long year = decimal(text.substr(0, 4));
    const long month = decimal(text.substr(5, 2));
    const long day = decimal(text.substr(8, 2));
    return year >= 0 && month >= 1 && month <= 12 && day >= 1 && day <= days_in_month(year, month);
}

} // namespace detail
} // namespace v0
} // namespace lathe

#endif // LATHE_MODEL_DETAIL_TEXT_FORMATS_HPP
