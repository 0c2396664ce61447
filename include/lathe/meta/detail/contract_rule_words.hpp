// SPDX-License-Identifier: MIT
#ifndef LATHE_META_DETAIL_CONTRACT_RULE_WORDS_HPP
#define LATHE_META_DETAIL_CONTRACT_RULE_WORDS_HPP

/// @file
/// @brief Rules and attributes of fields in words, as their users write them.

#include <cstddef>
#include <string_view>
#include <type_traits>

#include <lathe/core/type_name.hpp>
#include <lathe/meta/detail/contract_words.hpp>
#include <lathe/model/detail/rule_traits.hpp>

namespace lathe {
inline namespace v0 {
namespace detail {

// Counts the characters, or writes them if there is a place for them.
struct rule_speller {
    char* to = nullptr;
    std::size_t size = 0;

    constexpr void operator()(std::string_view text) {
        for (const char c : text) {
            if (to != nullptr) to[size] = c;
            ++size;
        }
    }
};

constexpr std::string_view without_ending(std::string_view name) {
    for (const std::string_view ending : {"_rule", "_attribute", "_normaliser"}) {
        if (name.ends_with(ending)) return name.substr(0, name.size() - ending.size());
    }
    return name;
}

// Shows what stands between two characters, as often as it does: {5} -> 5.
constexpr void spell_held(rule_speller& spell, std::string_view arguments, char begin, char end, bool with_them) {
    std::string_view before = "<";
    for (std::size_t from = arguments.find(begin); from != arguments.npos; from = arguments.find(begin, from + 1)) {
        const std::size_t to = arguments.find(end, from + 1);
        if (to == arguments.npos) break;
        const std::string_view held = arguments.substr(from + 1, to - from - 1);
        if (!held.empty() && held.find(begin) == held.npos) {
            spell(before);
            spell(with_them ? arguments.substr(from, to - from + 1) : held);
            before = ", ";
        }
        if (begin == end) from = to;
    }
    if (before != "<") spell(">");
}

// The arguments of a rule's type. Compilers write numbers as users do, but texts and mixed values within the class that
// holds them, and other rules within theirs: of those only the texts or the values are shown.
constexpr void spell_arguments(rule_speller& spell, std::string_view arguments) {
    if (arguments.find_first_of("{(") == arguments.npos) {
        spell(arguments);
    } else if (arguments.find('"') != arguments.npos) {
        spell_held(spell, arguments, '"', '"', true);
    } else {
        spell_held(spell, arguments, '{', '}', false);
    }
}

// in_range_rule<0, 150> -> in_range<0, 150>; primary_key_attribute -> primary_key; rule<"even", is_even> -> even.
template <auto Rule>
constexpr void spell_rule(rule_speller& spell) {
    constexpr std::string_view type = type_name<std::remove_cv_t<decltype(Rule)>>;
    constexpr std::string_view known = rule_name<Rule>();
    const std::size_t end = type.find('<');
    const std::string_view name = without_ending(type.substr(0, end));
    if (known != type && known != name) {
        spell(known);
    } else {
        spell(name);
        if (end != type.npos) spell_arguments(spell, type.substr(end));
    }
}

template <auto Rule>
consteval auto rule_words() {
    constexpr std::size_t size = [] {
        rule_speller spell;
        spell_rule<Rule>(spell);
        return spell.size;
    }();
    auto words = blank_words<size>();
    rule_speller spell{words.chars};
    spell_rule<Rule>(spell);
    return words;
}

} // namespace detail
} // namespace v0
} // namespace lathe

#endif // LATHE_META_DETAIL_CONTRACT_RULE_WORDS_HPP
