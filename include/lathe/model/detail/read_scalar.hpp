// SPDX-License-Identifier: MIT
#ifndef LATHE_MODEL_DETAIL_READ_SCALAR_HPP
#define LATHE_MODEL_DETAIL_READ_SCALAR_HPP

/// @file
/// @brief Values in one piece, out of a document: numbers, texts, dates, enumerators, bytes.

#include <charconv>
#include <concepts>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

#include <lathe/model/detail/base64.hpp>
#include <lathe/model/detail/decoder.hpp>
#include <lathe/model/detail/deep_check.hpp>
#include <lathe/model/detail/document_types.hpp>
#include <lathe/model/detail/exact_numbers.hpp>
#include <lathe/model/detail/read_text.hpp>

namespace lathe {
inline namespace v0 {
namespace detail {

// Text whose type is not std::string, such as std::pmr::string.
template <class T>
concept text_container = string_like<T> && !std::is_pointer_v<T> &&
                         requires(T& text, const char* from, std::size_t size) { text.assign(from, size); };

template <class T>
concept scalar_like = (plainly_readable<T> && (text_both_ways<T> || !described<T>)) || text_container<T> ||
                      char_array<T> || stands_for_nothing<T> || byte_range<T>;

// What is read from text whatever the document is.
template <class T>
concept read_as_text =
    plainly_readable<T> && !std::is_same_v<T, bool> && !std::is_same_v<T, char> && !number<T> && !plain_duration<T>;

template <class T>
consteval kind_set kinds_of_scalar() {
    if constexpr (std::is_same_v<T, bool>) {
        return set_of(value_kind::boolean);
    } else if constexpr (integer<T>) {
        return number_kinds;
    } else if constexpr (number<T>) {
        return set_of(value_kind::real);
    } else if constexpr (stands_for_nothing<T>) {
        return set_of(value_kind::null);
    } else if constexpr (byte_range<T>) {
        return set_of(value_kind::bytes);
    } else {
        return set_of(value_kind::text);
    }
}

template <class T>
consteval std::string_view scalar_expected() {
    if constexpr (std::is_same_v<T, bool>) {
        return "true or false";
    } else if constexpr (integer<T>) {
        return "a whole number";
    } else if constexpr (number<T>) {
        return "a number";
    } else if constexpr (stands_for_nothing<T>) {
        return "null";
    } else if constexpr (byte_range<T>) {
        return "bytes";
    } else if constexpr (string_like<T>) {
        return "text";
    } else if constexpr (calendar_date<T>) {
        return "a date such as 2026-11-22";
    } else if constexpr (time_point<T>) {
        return "a time such as 2026-11-22T19:32:06Z";
    } else {
        return type_name<T>;
    }
}

[[gnu::cold]] void inline refuse_range(const scalar_event& given, decoder& by, const std::string& failure) {
    by.refuse(given, "representable", failure);
}

template <integer T>
void take_integer(T& to, const scalar_event& given, decoder& by) {
    switch (given.kind) {
    case value_kind::integer:
        if (!std::in_range<T>(given.integer)) return refuse_range(given, by, representable_failure<T>());
        to = static_cast<T>(given.integer);
        return;
    case value_kind::natural:
        if (!std::in_range<T>(given.natural)) return refuse_range(given, by, representable_failure<T>());
        to = static_cast<T>(given.natural);
        return;
    case value_kind::real: {
        if (is_whole_number(given.text)) return refuse_range(given, by, representable_failure<T>());
        if (!by.is_lax()) break;
        // Whole, and within the range of T: powers of two are exact.
        const double past = __builtin_ldexp(1.0, std::numeric_limits<T>::digits);
        if (given.real != __builtin_trunc(given.real)) break;
        // Digits that a double has no room for were lost already.
        if (!given.text.empty() && (given.real > 0x1p53 || given.real < -0x1p53)) {
            return refuse_range(given, by, "is not exact as a whole number");
        }
        if (!(given.real < past) || given.real < (std::is_signed_v<T> ? -past : 0.0)) {
            return refuse_range(given, by, representable_failure<T>());
        }
        to = static_cast<T>(given.real);
        return;
    }
    default:
        break;
    }
    by.refuse_type(given, "a whole number");
}

template <class T>
[[gnu::cold, gnu::noinline]] void refuse_infinity(const scalar_event& given, decoder& by) {
    refuse_range(given, by, "is out of the range of " + std::string(type_name<T>));
}

template <std::floating_point T>
void take_floating(T& to, const scalar_event& given, decoder& by) {
    switch (given.kind) {
    case value_kind::integer:
        to = static_cast<T>(given.integer);
        if (!by.is_lax() && !number_equal(to, given.integer)) break;
        return;
    case value_kind::natural:
        to = static_cast<T>(given.natural);
        if (!by.is_lax() && !number_equal(to, given.natural)) break;
        return;
    case value_kind::real:
        if (!given.text.empty() && !is_finite(given.real)) return refuse_infinity<T>(given, by);
        if constexpr (sizeof(T) < sizeof(double)) {
            if (!given.text.empty()) { // from its digits: rounding twice can miss the nearest
                const char* end = given.text.data() + given.text.size();
                if (std::from_chars(given.text.data(), end, to).ec == std::errc()) return;
            }
            to = static_cast<T>(given.real);
            const bool exact = static_cast<double>(to) == given.real || given.real != given.real;
            if (exact) return;
            if (!is_finite(to)) return refuse_infinity<T>(given, by); // never infinite for what was not
            if (!by.is_lax() && !by.is_text()) break;
        } else {
            to = static_cast<T>(given.real);
        }
        return;
    default:
        return by.refuse_type(given, "a number");
    }
    refuse_range(given, by, "is not exact as a " + std::string(type_name<T>));
}

template <class T>
[[gnu::cold, gnu::noinline]] void refuse_reading(const scalar_event& given, reading outcome, decoder& by) {
    const auto [rule, failure] = reading_failure<T>(outcome);
    by.refuse(given, rule, failure);
}

template <class T>
void take_as_text(T& to, const scalar_event& given, decoder& by) {
    const reading outcome = given.kind == value_kind::text ? read_value(given.text, to) : reading::not_of_this_kind;
    if (outcome != reading::done) return refuse_reading<T>(given, outcome, by);
    if constexpr (reads_itself<T> && !is_inert<T>) {
        if (!holds_deep(to)) {
            by.collect([&to](const path& where, std::vector<issue>& issues) { check_deep(to, where, issues); });
        }
    }
}

template <byte_range T>
void take_bytes(T& to, const scalar_event& given, decoder& by) {
    bytes decoded;
    const bytes* from = given.kind == value_kind::bytes ? given.raw : nullptr;
    if (given.kind == value_kind::text && (by.is_text() || by.is_lax())) {
        if (!read_base64(given.text, decoded)) return by.refuse_type(given, "bytes in base64");
        from = &decoded;
    }
    if (from == nullptr) return by.refuse_type(given, by.is_text() ? "bytes in base64" : "bytes");
    if constexpr (requires { to.resize(from->size()); }) {
        to.resize(from->size());
    } else if (to.size() != from->size()) {
        return by.refuse(given, "length", "is not " + std::to_string(to.size()) + " bytes");
    }
    for (std::size_t i = 0; i < from->size(); ++i)
        to[i] = (*from)[i];
}

// A value of any scalar type, or issues.
template <scalar_like T>
void take_scalar(T& to, const scalar_event& given, decoder& by) {
    if constexpr (read_as_text<T> && !string_like<T>) {
        take_as_text(to, given, by);
    } else if constexpr (stands_for_nothing<T>) {
        if (given.kind != value_kind::null) by.refuse_type(given, "null");
    } else if constexpr (char_array<T>) {
        if (given.kind != value_kind::text) return by.refuse_type(given, "text");
        if (given.text.size() > sizeof to) {
            return by.refuse(given, "length", "is longer than " + std::to_string(sizeof to) + " bytes");
        }
        std::memset(to, 0, sizeof to);
        given.text.copy(to, given.text.size());
    } else if constexpr (string_like<T>) {
        if (given.kind != value_kind::text) return by.refuse_type(given, "text");
        to.assign(given.text.data(), given.text.size());
    } else if constexpr (byte_range<T>) {
        take_bytes(to, given, by);
    } else if constexpr (plain_duration<T>) {
        typename T::rep count{};
        const std::size_t before = by.issue_count();
        take_scalar(count, given, by);
        if (by.issue_count() == before) to = T(count);
    } else {
        if (given.kind == value_kind::text && (by.is_lax() || std::is_same_v<T, char>))
            return take_as_text(to, given, by);
        if constexpr (std::is_same_v<T, bool>) {
            if (given.kind == value_kind::boolean) {
                to = given.boolean;
            } else if (by.is_lax() && given.kind == value_kind::integer && (given.integer == 0 || given.integer == 1)) {
                to = given.integer == 1;
            } else if (by.is_lax() && given.kind == value_kind::natural && given.natural <= 1) {
                to = given.natural == 1;
            } else {
                by.refuse_type(given, "true or false");
            }
        } else if constexpr (std::is_same_v<T, char>) {
            by.refuse_type(given, "a single character");
        } else if constexpr (integer<T>) {
            take_integer(to, given, by);
        } else {
            take_floating(to, given, by);
        }
    }
}

template <class T>
void take_plain(void* to, const scalar_event& given, decoder& by) {
    take_scalar(*static_cast<T*>(to), given, by);
}

} // namespace detail
} // namespace v0
} // namespace lathe

#endif // LATHE_MODEL_DETAIL_READ_SCALAR_HPP
