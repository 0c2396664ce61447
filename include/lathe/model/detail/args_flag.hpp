// SPDX-License-Identifier: MIT
#ifndef LATHE_MODEL_DETAIL_ARGS_FLAG_HPP
#define LATHE_MODEL_DETAIL_ARGS_FLAG_HPP

/// @file
/// @brief How the flags of a command line are spelled.

#include <cstddef>
#include <string>
#include <string_view>

#include <lathe/model/attributes.hpp>

namespace lathe {
inline namespace v0 {
namespace detail {

// The name of a field as a flag has it: max_depth is max-depth, default_ is default; and no-max-depth to deny it.
class flag_spelling {
public:
    constexpr flag_spelling(std::string_view name, bool is_denied) noexcept : m_name(name), m_is_denied(is_denied) {
        while (m_name.size() > 1 && m_name.back() == '_')
            m_name.remove_suffix(1);
        while (m_name.size() > 1 && m_name.front() == '_')
            m_name.remove_prefix(1);
    }

    [[nodiscard]] constexpr bool is_denied() const noexcept { return m_is_denied; }
    [[nodiscard]] constexpr bool empty() const noexcept { return m_name.empty(); }
    [[nodiscard]] constexpr std::size_t size() const noexcept { return m_name.size() + (m_is_denied ? no.size() : 0); }
    [[nodiscard]] constexpr char operator[](std::size_t i) const noexcept {
        if (m_is_denied) {
            if (i < no.size()) return no[i];
            i -= no.size();
        }
        return m_name[i] == '_' ? '-' : m_name[i];
    }

    // Of two that are no flags, neither is the other.
    friend constexpr bool operator==(const flag_spelling& a, const flag_spelling& b) noexcept {
        return same_text(a, b);
    }
    friend constexpr bool operator==(const flag_spelling& a, std::string_view b) noexcept { return same_text(a, b); }

    [[nodiscard]] std::string text() const {
        std::string spelled;
        for (std::size_t i = 0; i < size(); ++i)
            spelled += (*this)[i];
        return spelled;
    }

private:
    static constexpr std::string_view no = "no-";

    template <class Text>
    static constexpr bool same_text(const flag_spelling& a, const Text& b) noexcept {
        if (a.empty() || a.size() != b.size()) return false;
        for (std::size_t i = 0; i < a.size(); ++i) {
            if (a[i] != b[i]) return false;
        }
        return true;
    }

    std::string_view m_name;
    bool m_is_denied;
};

// An alias if it can be a flag, and nothing else: "Airport Name" is the head of a column.
constexpr std::string_view flag_alias(std::string_view alias) noexcept {
    for (const char c : alias) {
        if (!is_flag_letter(c) && c != '_' && c != '-') return {};
    }
    return alias.starts_with('-') ? std::string_view() : alias;
}

// -3 and -.5, which are values where no flag is a digit.
constexpr bool is_negative_number(std::string_view argument) noexcept {
    const auto is_digit = [](char c) {
        return c >= '0' && c <= '9';
    };
    if (argument.size() < 2 || argument[0] != '-') return false;
    return is_digit(argument[1]) || (argument[1] == '.' && argument.size() > 2 && is_digit(argument[2]));
}

} // namespace detail
} // namespace v0
} // namespace lathe

#endif // LATHE_MODEL_DETAIL_ARGS_FLAG_HPP
