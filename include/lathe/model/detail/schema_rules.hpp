// SPDX-License-Identifier: MIT
#ifndef LATHE_MODEL_DETAIL_SCHEMA_RULES_HPP
#define LATHE_MODEL_DETAIL_SCHEMA_RULES_HPP

/// @file
/// @brief Rules as keywords of JSON Schema.
///
/// A schema must not refuse what the rules allow; it may allow what they refuse, where no keyword says the same. Each
/// rule answers whether it was said in full, since the opposite of a part would refuse too much.

#include <charconv>
#include <concepts>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>

#include <lathe/model/detail/document_types.hpp>
#include <lathe/model/detail/exact_numbers.hpp>
#include <lathe/model/detail/property_rules.hpp>
#include <lathe/model/detail/read_document.hpp>
#include <lathe/model/detail/schema_keywords.hpp>
#include <lathe/model/enumerators.hpp>
#include <lathe/model/rules.hpp>
#include <lathe/model/value.hpp>

namespace lathe {
inline namespace v0 {
namespace detail {

template <class T>
consteval schema_subject subject_of() {
    constexpr type_shape shape = shape_in_document<T>();
    if constexpr (number<T>) {
        return schema_subject::number;
    } else if constexpr (byte_range<T>) {
        return schema_subject::bytes;
    } else if constexpr (char_array<T> || string_like<T>) {
        return schema_subject::text;
    } else if constexpr (shape == type_shape::map || std::is_same_v<T, dict>) {
        return schema_subject::map;
    } else if constexpr (shape == type_shape::list || shape == type_shape::array || std::is_same_v<T, list>) {
        return schema_subject::list;
    } else {
        return schema_subject::other;
    }
}

// A number as a document has it.
struct shown_number {
    value number{}; // null: a document has none
    bool exact = false;
};

// The digits that a float is written with: 0.1, and not the double 0.10000000149011612.
inline double digits_of(float real) noexcept {
    char digits[64];
    const char* const end = std::to_chars(digits, digits + sizeof digits, real).ptr;
    double written = 0;
    std::from_chars(digits, end, written);
    return written;
}

// The constant of a rule on a T. Whoever is compared with it is a T, and is written as one.
template <number T, number Constant>
shown_number number_for(Constant constant) {
    if constexpr (std::floating_point<Constant>) {
        if (!is_finite(constant)) return {};
    }
    if constexpr (std::is_same_v<T, float>) {
        if (number_less_equal(std::numeric_limits<float>::lowest(), constant) &&
            number_less_equal(constant, std::numeric_limits<float>::max())) {
            const auto nearest = static_cast<float>(constant);
            const double written = digits_of(nearest);
            const bool exact = number_equal(nearest, constant);
            if (!integer<Constant> || !number_equal(written, constant)) return {value(written), exact};
        }
    }
    if constexpr (integer<Constant>) {
        return {value(constant), true};
    } else {
        const auto nearest = static_cast<double>(constant);
        return {value(nearest), number_equal(nearest, constant) && is_finite(nearest)};
    }
}

template <class T, auto Bound>
bool write_bound(dict& to, bound_side side, bool exclusive) {
    if constexpr (number<T> && number<type_of<Bound>>) {
        const auto [number, exact] = number_for<T>(Bound);
        if (number == nullptr) return false;
        // The nearest number that can be written may be one that the rule allows.
        add_bound(to, side, number, exclusive && exact);
        return exact;
    } else {
        return false;
    }
}

// ---- one rule ----

// A rule that no keyword says; or one of the user's that can say itself.
template <class Rule>
struct rule_schema {
    template <class T>
    static bool write(dict& to, schema_subject) {
        if constexpr (requires { Rule::write_schema(to); }) Rule::write_schema(to);
        return false;
    }
};

template <auto Rule, class T>
bool write_rule(dict& to, schema_subject subject) {
    if constexpr (is_rule<type_of<Rule>>) {
        return rule_schema<type_of<Rule>>::template write<T>(to, subject);
    } else {
        return true;
    }
}

template <auto Low, auto High>
struct rule_schema<in_range_rule<Low, High>> {
    template <class T>
    static bool write(dict& to, schema_subject) {
        const bool low = write_bound<T, Low>(to, bound_side::low, false);
        return write_bound<T, High>(to, bound_side::high, false) && low;
    }
};
template <auto Bound>
struct rule_schema<at_least_rule<Bound>> {
    template <class T>
    static bool write(dict& to, schema_subject) {
        return write_bound<T, Bound>(to, bound_side::low, false);
    }
};
template <auto Bound>
struct rule_schema<at_most_rule<Bound>> {
    template <class T>
    static bool write(dict& to, schema_subject) {
        return write_bound<T, Bound>(to, bound_side::high, false);
    }
};
template <auto Bound>
struct rule_schema<greater_than_rule<Bound>> {
    template <class T>
    static bool write(dict& to, schema_subject) {
        return write_bound<T, Bound>(to, bound_side::low, true);
    }
};
template <auto Bound>
struct rule_schema<less_than_rule<Bound>> {
    template <class T>
    static bool write(dict& to, schema_subject) {
        return write_bound<T, Bound>(to, bound_side::high, true);
    }
};
template <>
struct rule_schema<positive_rule> {
    template <class T>
    static bool write(dict& to, schema_subject) {
        return write_bound<T, 0>(to, bound_side::low, true);
    }
};
template <>
struct rule_schema<non_negative_rule> {
    template <class T>
    static bool write(dict& to, schema_subject) {
        return write_bound<T, 0>(to, bound_side::low, false);
    }
};
template <auto Divisor>
struct rule_schema<multiple_of_rule<Divisor>> {
    template <class T>
    static bool write(dict& to, schema_subject) {
        if constexpr (integer<T>) {
            add_keyword(to, "multipleOf", magnitude(Divisor));
            return true;
        } else if constexpr (std::is_same_v<T, double>) {
            // Not of a float: the fewest digits that are read back as a multiple need be none.
            const auto divisor = static_cast<double>(Divisor);
            add_keyword(to, "multipleOf", divisor < 0 ? -divisor : divisor);
        }
        return false;
    }
};
template <literal... Values>
struct rule_schema<one_of_rule<Values...>> {
    template <class T>
    static bool write(dict& to, schema_subject) {
        list choices;
        if ((add<T>(choices, Values.value()) && ...)) {
            add_choices(to, std::move(choices));
            return true;
        }
        return false;
    }

private:
    template <class T, class Value>
    static bool add(list& choices, const Value& choice) {
        if constexpr (number<T>) {
            value number = number_for<T>(choice).number;
            if (number != nullptr) choices.push_back(std::move(number));
            return true;
        } else if constexpr (std::is_same_v<T, bool>) {
            choices.push_back(choice);
            return true;
        } else if constexpr (std::is_same_v<T, char>) {
            choices.push_back(std::string(1, choice));
            return is_ascii({&choice, 1});
        } else if constexpr (subject_of<T>() == schema_subject::text) {
            choices.push_back(std::string_view(choice));
            return is_utf8(choice);
        } else {
            return false;
        }
    }
};

template <>
struct rule_schema<not_empty_rule> {
    template <class T>
    static bool write(dict& to, schema_subject subject) {
        return add_length(to, subject, 1, no_limit);
    }
};
template <std::size_t Least>
struct rule_schema<min_length_rule<Least>> {
    template <class T>
    static bool write(dict& to, schema_subject subject) {
        return add_length(to, subject, Least, no_limit);
    }
};
template <std::size_t Most>
struct rule_schema<max_length_rule<Most>> {
    template <class T>
    static bool write(dict& to, schema_subject subject) {
        return add_length(to, subject, 0, Most);
    }
};
template <std::size_t Least, std::size_t Most>
struct rule_schema<length_rule<Least, Most>> {
    template <class T>
    static bool write(dict& to, schema_subject subject) {
        return add_length(to, subject, Least, Most);
    }
};

template <fixed_string Part>
struct rule_schema<contains_rule<Part>> {
    template <class T>
    static bool write(dict& to, schema_subject subject) {
        return add_pattern(to, subject, "", Part.view(), "");
    }
};
template <fixed_string Part>
struct rule_schema<starts_with_rule<Part>> {
    template <class T>
    static bool write(dict& to, schema_subject subject) {
        return add_pattern(to, subject, "^", Part.view(), "");
    }
};
template <fixed_string Part>
struct rule_schema<ends_with_rule<Part>> {
    template <class T>
    static bool write(dict& to, schema_subject subject) {
        return add_pattern(to, subject, "", Part.view(), "$");
    }
};
template <>
struct rule_schema<ascii_rule> {
    template <class T>
    static bool write(dict& to, schema_subject subject) {
        return add_pattern(to, subject, "^[\\u0000-\\u007f]*$", "", "");
    }
};

// Not in full: a format is a hint, which few validators check.
template <fixed_string Format>
struct format_schema {
    template <class T>
    static bool write(dict& to, schema_subject subject) {
        add_format(to, subject, Format.view());
        return false;
    }
};
template <>
struct rule_schema<email_rule> : format_schema<"email"> {};
template <>
struct rule_schema<url_rule> : format_schema<"uri"> {};
template <>
struct rule_schema<uuid_rule> : format_schema<"uuid"> {};
template <>
struct rule_schema<iso_date_rule> : format_schema<"date"> {};

template <auto... Rules>
struct rule_schema<all_of_rule<Rules...>> {
    template <class T>
    static bool write(dict& to, schema_subject subject) {
        bool in_full = true;
        ((in_full = write_rule<Rules, T>(to, subject) && in_full), ...);
        return in_full;
    }
};
template <auto... Rules>
struct rule_schema<any_of_rule<Rules...>> {
    template <class T>
    static bool write(dict& to, schema_subject subject) {
        dict choices[sizeof...(Rules)];
        dict* next = choices;
        bool in_full = true;
        ((in_full = write_rule<Rules, T>(*next++, subject) && in_full), ...);
        list any;
        for (dict& choice : choices) {
            if (choice.empty()) return false; // says nothing, and would allow everything
            any.push_back(std::move(choice));
        }
        add_keyword(to, "anyOf", std::move(any));
        return in_full;
    }
};
template <auto Rule>
struct rule_schema<not_rule<Rule>> {
    template <class T>
    static bool write(dict& to, schema_subject subject) {
        dict refused;
        const bool in_full = write_rule<Rule, T>(refused, subject);
        if (!in_full || refused.empty()) return false; // the opposite of a part would refuse what the rule allows
        add_keyword(to, "not", std::move(refused));
        return true;
    }
};
template <fixed_string Name, auto Predicate, fixed_string Text>
struct rule_schema<user_rule<Name, Predicate, Text>> {
    template <class T>
    static bool write(dict& to, schema_subject subject) {
        return write_rule<Predicate, T>(to, subject);
    }
};

// ---- the rules of a value ----

// Text that obeys one of these has characters of one byte.
template <class Rule>
inline constexpr bool implies_ascii =
    std::is_same_v<Rule, ascii_rule> || std::is_same_v<Rule, email_rule> || std::is_same_v<Rule, url_rule> ||
    std::is_same_v<Rule, uuid_rule> || std::is_same_v<Rule, iso_date_rule>;

// A normaliser that makes no text longer; one that leaves its length.
template <class Rule>
inline constexpr bool keeps_length =
    !is_normaliser<Rule> || std::is_same_v<Rule, lowered_normaliser> || std::is_same_v<Rule, uppered_normaliser>;
template <class Rule>
inline constexpr bool never_lengthens = keeps_length<Rule> || std::is_same_v<Rule, trimmed_normaliser>;

// Of the names of an enumeration those stay whose values are allowed.
template <class Enum, auto... Rules>
bool write_names(dict& to) {
    const auto is_allowed = [](const value& name) {
        for (const enumerator<Enum>& known : enum_table<Enum>) {
            if (name == known.name) return all_hold<Rules...>(known.value);
        }
        return false;
    };
    const value* const all = to.find("enum");
    if (all == nullptr) return false;
    list allowed;
    for (const value& name : all->as<list>()) {
        if (is_allowed(name)) allowed.push_back(name);
    }
    to.erase("enum");
    add_choices(to, std::move(allowed));
    return true;
}

// Adds what the rules say of a T to its schema. True: all of it was said.
template <class T, auto... Rules>
bool write_rules(dict& to) {
    if constexpr ((!is_rule<type_of<Rules>> && ...)) {
        return true;
    } else if constexpr (std::is_enum_v<T>) {
        return write_names<T, Rules...>(to);
    } else {
        schema_subject subject = subject_of<T>();
        if (subject == schema_subject::text && (implies_ascii<type_of<Rules>> || ...)) subject = schema_subject::ascii;
        if constexpr (normalises<Rules...>) {
            // The rules are about what becomes of the value, the schema about the value itself.
            dict said;
            (write_rule<Rules, T>(said, subject), ...);
            const value* const least = said.find("minLength");
            const value* const most = said.find("maxLength");
            if (least != nullptr && (never_lengthens<type_of<Rules>> && ...)) add_keyword(to, "minLength", *least);
            if (most != nullptr && (keeps_length<type_of<Rules>> && ...)) add_keyword(to, "maxLength", *most);
            return false;
        } else {
            if constexpr (integer<T>) {
                remove_limits(to, std::numeric_limits<T>::min(), std::numeric_limits<T>::max());
            }
            bool in_full = true;
            ((in_full = write_rule<Rules, T>(to, subject) && in_full), ...);
            if constexpr (integer<T>) {
                add_limits(to, std::numeric_limits<T>::min(), std::numeric_limits<T>::max());
            }
            return in_full;
        }
    }
}

template <auto... Rules>
struct rule_schema<each_rule<Rules...>> {
    template <class T>
    static bool write(dict& to, schema_subject subject) {
        if constexpr (iterable<T>) {
            using element = typename rules_of<element_of<T>>::value_type;
            if (subject != schema_subject::list) return false;
            value& items = to["items"];
            if (items == nullptr) items = dict{};
            dict* const each = items.get_if<dict>();
            const bool in_full = each != nullptr && write_rules<element, Rules...>(*each);
            if (each != nullptr && each->empty()) to.erase("items");
            return in_full;
        } else {
            return false;
        }
    }
};

} // namespace detail
} // namespace v0
} // namespace lathe

#endif // LATHE_MODEL_DETAIL_SCHEMA_RULES_HPP
