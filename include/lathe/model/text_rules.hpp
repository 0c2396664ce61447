// SPDX-License-Identifier: MIT
#ifndef LATHE_MODEL_TEXT_RULES_HPP
#define LATHE_MODEL_TEXT_RULES_HPP

/// @file
/// @brief Rules on text, and normalisers that tidy a string before its rules see it.
///
/// Text is bytes here: nothing depends on a locale. What has an encoding to it is said to be UTF-8.
/// @par Example
/// @ref examples/rules.cpp

#include <cstddef>
#include <string>
#include <string_view>

#include <lathe/core/fixed_string.hpp>
#include <lathe/model/detail/scalar_text.hpp>
#include <lathe/model/detail/text_formats.hpp>

namespace lathe {
inline namespace v0 {

/// The type of `contains<Part>`.
/// @tparam Part what the text must contain.
template <fixed_string Part>
struct contains_rule {
    static constexpr std::string_view name = "contains"; ///< as it stands in issues

    /// @param text what is checked.
    /// @return whether `Part` is somewhere in `text`.
    [[nodiscard]] static constexpr bool check(std::string_view text) noexcept {
        return text.find(Part.view()) != std::string_view::npos;
    }
    /// @return what is wrong with a text that breaks the rule.
    [[nodiscard]] static std::string failure() { return "does not contain " + detail::scalar_text(Part.view()); }
    /// @return what is wrong with a text that obeys the rule where it should not.
    [[nodiscard]] static std::string success() { return "contains " + detail::scalar_text(Part.view()); }
};

/// Allows text with `Part` somewhere in it.
/// @tparam Part a string literal.
template <fixed_string Part>
inline constexpr contains_rule<Part> contains{};

/// The type of `starts_with<Part>`.
/// @tparam Part what the text must start with.
template <fixed_string Part>
struct starts_with_rule {
    static constexpr std::string_view name = "starts_with"; ///< as it stands in issues

    /// @param text what is checked.
    /// @return whether `text` begins with `Part`.
    [[nodiscard]] static constexpr bool check(std::string_view text) noexcept { return text.starts_with(Part.view()); }
    /// @return what is wrong with a text that breaks the rule.
    [[nodiscard]] static std::string failure() { return "does not start with " + detail::scalar_text(Part.view()); }
    /// @return what is wrong with a text that obeys the rule where it should not.
    [[nodiscard]] static std::string success() { return "starts with " + detail::scalar_text(Part.view()); }
};

/// Allows text that begins with `Part`.
/// @tparam Part a string literal.
template <fixed_string Part>
inline constexpr starts_with_rule<Part> starts_with{};

/// The type of `ends_with<Part>`.
/// @tparam Part what the text must end with.
template <fixed_string Part>
struct ends_with_rule {
    static constexpr std::string_view name = "ends_with"; ///< as it stands in issues

    /// @param text what is checked.
    /// @return whether `text` ends with `Part`.
    [[nodiscard]] static constexpr bool check(std::string_view text) noexcept { return text.ends_with(Part.view()); }
    /// @return what is wrong with a text that breaks the rule.
    [[nodiscard]] static std::string failure() { return "does not end with " + detail::scalar_text(Part.view()); }
    /// @return what is wrong with a text that obeys the rule where it should not.
    [[nodiscard]] static std::string success() { return "ends with " + detail::scalar_text(Part.view()); }
};

/// Allows text that ends with `Part`.
/// @tparam Part a string literal.
template <fixed_string Part>
inline constexpr ends_with_rule<Part> ends_with{};

/// The type of `ascii`.
struct ascii_rule {
    static constexpr std::string_view name = "ascii"; ///< as it stands in issues

    /// @param text what is checked.
    /// @return whether no byte is above 0x7f.
    [[nodiscard]] static constexpr bool check(std::string_view text) noexcept { return detail::is_ascii(text); }
    /// @return what is wrong with a text that breaks the rule.
    [[nodiscard]] static std::string failure() { return "is not ASCII"; }
    /// @return what is wrong with a text that obeys the rule where it should not.
    [[nodiscard]] static std::string success() { return "is ASCII"; }
};

/// Allows text of 7-bit characters only, control characters among them.
inline constexpr ascii_rule ascii{};

/// The type of `utf8`.
struct utf8_rule {
    static constexpr std::string_view name = "utf8"; ///< as it stands in issues

    /// @param text what is checked.
    /// @return whether `text` is a whole number of well-formed sequences.
    [[nodiscard]] static constexpr bool check(std::string_view text) noexcept { return detail::is_utf8(text); }
    /// @return what is wrong with a text that breaks the rule.
    [[nodiscard]] static std::string failure() { return "is not UTF-8"; }
    /// @return what is wrong with a text that obeys the rule where it should not.
    [[nodiscard]] static std::string success() { return "is UTF-8"; }
};

/// Allows well-formed UTF-8 as RFC 3629 defines it: no overlong forms, no surrogates, nothing above U+10FFFF.
inline constexpr utf8_rule utf8{};

/// The type of `email`.
struct email_rule {
    static constexpr std::string_view name = "email"; ///< as it stands in issues

    /// @param text what is checked.
    /// @return whether `text` has the form of an address.
    [[nodiscard]] static constexpr bool check(std::string_view text) noexcept { return detail::is_email(text); }
    /// @return what is wrong with a text that breaks the rule.
    [[nodiscard]] static std::string failure() { return "is not an email address"; }
    /// @return what is wrong with a text that obeys the rule where it should not.
    [[nodiscard]] static std::string success() { return "is an email address"; }
};

/// Allows email addresses as people write them: a dot-atom, `@`, a host name.
///
/// The local part is a dot-atom of RFC 5322, section 3.2.3 (no quotes, no comments, no dot at an end, no two
/// in a row) of at most 64 bytes; the domain is labels of letters, digits and inner hyphens of at most 63
/// bytes each. As in the HTML standard (section 4.10.5.1.5, "valid email address") one label is enough:
/// `root@localhost`; unlike there, stray dots are refused. All in all at most 254 bytes (RFC 5321,
/// section 4.5.3.1, without the brackets). Address literals and internationalised addresses are refused.
/// Whether anybody reads the mail is another matter.
inline constexpr email_rule email{};

/// The type of `url`.
struct url_rule {
    static constexpr std::string_view name = "url"; ///< as it stands in issues

    /// @param text what is checked.
    /// @return whether `text` has the form of a URL.
    [[nodiscard]] static constexpr bool check(std::string_view text) noexcept { return detail::is_url(text); }
    /// @return what is wrong with a text that breaks the rule.
    [[nodiscard]] static std::string failure() { return "is not a URL"; }
    /// @return what is wrong with a text that obeys the rule where it should not.
    [[nodiscard]] static std::string success() { return "is a URL"; }
};

/// Allows absolute URLs with an authority: `https://user@example.org:8080/path?query#fragment`.
///
/// The grammar is that of RFC 3986, appendix A, for `scheme "://" authority path-abempty`, of any scheme. The
/// host must not be empty, but for the scheme `file` (RFC 8089), and may be an IPv6 address in brackets,
/// without a zone; IPvFuture is refused. A port is at most 65535, or empty. Percent escapes are complete;
/// spaces, control characters and what is not ASCII must be escaped. `mailto:` and other URIs without `//`
/// are refused.
inline constexpr url_rule url{};

/// The type of `uuid`.
struct uuid_rule {
    static constexpr std::string_view name = "uuid"; ///< as it stands in issues

    /// @param text what is checked.
    /// @return whether `text` has the form of a UUID.
    [[nodiscard]] static constexpr bool check(std::string_view text) noexcept { return detail::is_uuid(text); }
    /// @return what is wrong with a text that breaks the rule.
    [[nodiscard]] static std::string failure() { return "is not a UUID"; }
    /// @return what is wrong with a text that obeys the rule where it should not.
    [[nodiscard]] static std::string success() { return "is a UUID"; }
};

/// Allows UUIDs as RFC 9562, section 4, writes them: 8-4-4-4-12 hexadecimal digits of either case, any version.
inline constexpr uuid_rule uuid{};

/// The type of `iso_date`.
struct iso_date_rule {
    static constexpr std::string_view name = "iso_date"; ///< as it stands in issues

    /// @param text what is checked.
    /// @return whether `text` is a day of the calendar.
    [[nodiscard]] static constexpr bool check(std::string_view text) noexcept { return detail::is_iso_date(text); }
    /// @return what is wrong with a text that breaks the rule.
    [[nodiscard]] static std::string failure() { return "is not a calendar date (YYYY-MM-DD)"; }
    /// @return what is wrong with a text that obeys the rule where it should not.
    [[nodiscard]] static std::string success() { return "is a calendar date"; }
};

/// Allows days of the Gregorian calendar from 0000-01-01 to 9999-12-31: `full-date` of RFC 3339, section 5.6.
inline constexpr iso_date_rule iso_date{};

// ---- normalisers ----

/// The type of `trimmed`.
struct trimmed_normaliser {
    static constexpr bool is_normaliser = true;         ///< it changes the value instead of checking it
    static constexpr std::string_view name = "trimmed"; ///< as it stands in descriptions

    /// Removes white space at both ends. Neither allocates nor throws.
    /// @param text what is changed.
    static void apply(std::string& text) noexcept {
        std::size_t end = text.size();
        while (end > 0 && detail::is_space(text[end - 1]))
            --end;
        text.resize(end);
        std::size_t begin = 0;
        while (begin < end && detail::is_space(text[begin]))
            ++begin;
        text.erase(0, begin);
    }
};

/// Removes ASCII white space (blank, tab, line feed, vertical tab, form feed, return) at both ends, before
/// the rules run.
inline constexpr trimmed_normaliser trimmed{};

/// The type of `lowered`.
struct lowered_normaliser {
    static constexpr bool is_normaliser = true;         ///< it changes the value instead of checking it
    static constexpr std::string_view name = "lowered"; ///< as it stands in descriptions

    /// Replaces A to Z. Neither allocates nor throws.
    /// @param text what is changed.
    static void apply(std::string& text) noexcept {
        for (char& c : text) {
            if (detail::is_upper(c)) c = static_cast<char>(c + ('a' - 'A'));
        }
    }
};

/// Makes A to Z small, before the rules run. Other letters stay as they are, so UTF-8 stays intact.
inline constexpr lowered_normaliser lowered{};

/// The type of `uppered`.
struct uppered_normaliser {
    static constexpr bool is_normaliser = true;         ///< it changes the value instead of checking it
    static constexpr std::string_view name = "uppered"; ///< as it stands in descriptions

    /// Replaces a to z. Neither allocates nor throws.
    /// @param text what is changed.
    static void apply(std::string& text) noexcept {
        for (char& c : text) {
            if (detail::is_lower(c)) c = static_cast<char>(c - ('a' - 'A'));
        }
    }
};

/// Makes a to z capital, before the rules run. Other letters stay as they are, so UTF-8 stays intact.
inline constexpr uppered_normaliser uppered{};

} // namespace v0
} // namespace lathe

#endif // LATHE_MODEL_TEXT_RULES_HPP
