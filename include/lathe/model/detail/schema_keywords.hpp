// SPDX-License-Identifier: MIT
#ifndef LATHE_MODEL_DETAIL_SCHEMA_KEYWORDS_HPP
#define LATHE_MODEL_DETAIL_SCHEMA_KEYWORDS_HPP

/// @file
/// @brief Keywords of JSON Schema, added to what a schema says already. Nothing here is a template of a model.

#include <cstddef>
#include <cstdint>
#include <limits>
#include <string>
#include <string_view>
#include <utility>

#include <lathe/core/detail/utf8.hpp>
#include <lathe/model/detail/exact_numbers.hpp>
#include <lathe/model/value.hpp>

namespace lathe {
inline namespace v0 {
namespace detail {

// What the keywords of a rule are about.
enum class schema_subject : unsigned char {
    other, // about which no keyword says anything
    number,
    text,
    ascii, // text whose bytes are its characters
    bytes, // in base64
    list,
    map,
};

// Both what is there and what is added hold: of two that differ, the second goes to "allOf".
inline void add_keyword(dict& to, std::string_view keyword, value with) {
    const auto [at, fresh] = to.try_emplace(std::string(keyword));
    if (fresh) {
        *at = std::move(with);
    } else if (!(*at == with)) {
        value& all = to["allOf"];
        if (all == nullptr) all = list{};
        if (list* const parts = all.get_if<list>()) {
            dict part;
            part[keyword] = std::move(with);
            parts->push_back(std::move(part));
        }
    }
}

// ---- numbers ----

template <class Ask>
bool ask_number(const value& of, Ask ask) {
    switch (of.kind()) {
    case value_kind::integer:
        return ask(of.as<std::int64_t>());
    case value_kind::natural:
        return ask(of.as<std::uint64_t>());
    case value_kind::real:
        return ask(of.as<double>());
    default:
        return false;
    }
}
inline bool is_below(const value& a, const value& b) {
    return ask_number(a,
                      [&](auto left) { return ask_number(b, [&](auto right) { return number_less(left, right); }); });
}

enum class bound_side : bool { low, high };

// Of all bounds on one side the tightest stays.
inline void add_bound(dict& to, bound_side side, const value& bound, bool exclusive) {
    const bool low = side == bound_side::low;
    const auto keyword = [low](bool excludes) -> std::string_view {
        if (low) return excludes ? "exclusiveMinimum" : "minimum";
        return excludes ? "exclusiveMaximum" : "maximum";
    };
    for (const bool excludes : {false, true}) {
        value* const known = to.find(keyword(excludes));
        if (known == nullptr) continue;
        const bool tighter = low ? is_below(*known, bound) : is_below(bound, *known);
        if (!tighter && !(*known == bound && exclusive && !excludes)) return;
        if (exclusive == excludes) {
            *known = bound;
            return;
        }
        to.erase(keyword(excludes));
        break;
    }
    to[keyword(exclusive)] = bound;
}

// The range of an integer's type. What lists its values needs no bounds.
inline void add_limits(dict& to, const value& least, const value& greatest) {
    if (to.contains("enum") || to.contains("const")) return;
    add_bound(to, bound_side::low, least, false);
    add_bound(to, bound_side::high, greatest, false);
}
inline void remove_limits(dict& to, const value& least, const value& greatest) {
    if (const value* const known = to.find("minimum"); known != nullptr && *known == least) to.erase("minimum");
    if (const value* const known = to.find("maximum"); known != nullptr && *known == greatest) to.erase("maximum");
}

// ---- lengths ----

inline constexpr std::size_t no_limit = std::numeric_limits<std::size_t>::max();

inline std::size_t base64_size(std::size_t bytes) noexcept {
    return bytes > no_limit / 2 ? no_limit : (bytes + 2) / 3 * 4;
}

inline void add_sizes(
    dict& to, std::string_view least_keyword, std::string_view most_keyword, std::size_t least, std::size_t most) {
    if (least > 0) {
        value& known = to[least_keyword];
        if (known == nullptr || is_below(known, least)) known = least;
    }
    if (most != no_limit) {
        value& known = to[most_keyword];
        if (known == nullptr || is_below(most, known)) known = most;
    }
}

// True: the keywords refuse all that the rule refuses, and not only a part of it.
inline bool add_length(dict& to, schema_subject subject, std::size_t least, std::size_t most) {
    switch (subject) {
    case schema_subject::list:
        add_sizes(to, "minItems", "maxItems", least, most);
        return true;
    case schema_subject::map:
        add_sizes(to, "minProperties", "maxProperties", least, most);
        return true;
    case schema_subject::ascii:
        add_sizes(to, "minLength", "maxLength", least, most);
        return true;
    case schema_subject::bytes:
        add_sizes(to, "minLength", "maxLength", base64_size(least), base64_size(most));
        return false;
    case schema_subject::text:
        // A schema counts characters, a rule bytes, and a character has up to four: n bytes are n characters at most,
        // and a quarter of n at least.
        add_sizes(to, "minLength", "maxLength", least / 4 + (least % 4 != 0 ? 1 : 0), most);
        return least <= 1 && most == no_limit;
    default:
        return false;
    }
}

// ---- text ----

// The text as a regular expression (ECMA-262, with its u flag or without) that matches nothing else.
inline std::string pattern_of(std::string_view text) {
    constexpr std::string_view special = "^$\\.*+?()[]{}|/";
    std::string pattern;
    for (const char c : text) {
        if (special.find(c) != std::string_view::npos) pattern += '\\';
        pattern += c;
    }
    return pattern;
}

// False for a part that no text in JSON has a pattern for: bytes that are half a character.
inline bool
add_pattern(dict& to, schema_subject subject, std::string_view before, std::string_view part, std::string_view behind) {
    if ((subject != schema_subject::text && subject != schema_subject::ascii) || !is_utf8(part)) return false;
    add_keyword(to, "pattern", std::string(before).append(pattern_of(part)).append(behind));
    return true;
}

inline void add_format(dict& to, schema_subject subject, std::string_view format) {
    if (subject == schema_subject::text || subject == schema_subject::ascii) add_keyword(to, "format", format);
}

// ---- choices ----

inline void add_choices(dict& to, list&& choices) {
    if (choices.size() == 1) {
        add_keyword(to, "const", std::move(choices.front()));
    } else {
        add_keyword(to, "enum", std::move(choices));
    }
}

} // namespace detail
} // namespace v0
} // namespace lathe

#endif // LATHE_MODEL_DETAIL_SCHEMA_KEYWORDS_HPP
