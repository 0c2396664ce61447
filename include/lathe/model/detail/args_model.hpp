// SPDX-License-Identifier: MIT
#ifndef LATHE_MODEL_DETAIL_ARGS_MODEL_HPP
#define LATHE_MODEL_DETAIL_ARGS_MODEL_HPP

/// @file
/// @brief What a command line needs to know of a model, with all types forgotten: tables that a parser reads which is
/// no template.

#include <array>
#include <cstddef>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <tuple>
#include <type_traits>
#include <utility>
#include <vector>

#include <lathe/core/type_name.hpp>
#include <lathe/model/described.hpp>
#include <lathe/model/detail/access.hpp>
#include <lathe/model/detail/args_flag.hpp>
#include <lathe/model/detail/deep_check.hpp>
#include <lathe/model/detail/member_types.hpp>
#include <lathe/model/detail/path.hpp>
#include <lathe/model/detail/read_member.hpp>
#include <lathe/model/detail/rule_traits.hpp>
#include <lathe/model/detail/write_value.hpp>
#include <lathe/model/enumerators.hpp>
#include <lathe/model/field_info.hpp>

namespace lathe {
inline namespace v0 {
namespace detail {

// ---- which types a command line can give ----

template <class T>
struct arg_element {};
template <range_like T>
struct arg_element<T> : range_element<T> {};

template <class T>
concept fixed_size = requires { std::tuple_size<T>::value; };

// Takes a flag that is repeated: its elements are read one by one.
template <class T>
concept arg_list = !text_readable<T> && readable_member<typename arg_element<T>::type> &&
                   (fixed_size<T> || requires(T& list, typename arg_element<T>::type& element) {
                       list.insert(list.end(), std::move(element));
                   });

template <class T>
concept arg_truth = std::is_same_v<without_optional<T>, bool>;

template <class List>
inline constexpr bool all_args = false;

// A model whose fields have flags of their own.
template <class T>
consteval bool is_arg_group() {
    if constexpr (text_readable<T> || arg_list<T> || !is_described<T>) {
        return false;
    } else if constexpr (shape_of<T>() != shape::countable) {
        return false;
    } else {
        return all_args<member_types<T>>;
    }
}
template <class T>
concept arg_group = is_arg_group<T>();

template <class T>
concept arg_readable = text_readable<T> || arg_list<without_optional<T>> || arg_group<T>;
template <class... Members>
inline constexpr bool all_args<type_list<Members...>> = (arg_readable<typename rules_of<Members>::value_type> && ...);

// ---- reading ----

[[gnu::cold]] inline void
add_count_issue(std::size_t given, std::size_t needed, const path& where, std::vector<issue>& issues) {
    std::string text = std::to_string(given);
    std::string message = text + (given == 1 ? " value is given, " : " values are given, ");
    message += std::to_string(needed);
    message += needed == 1 ? " is needed" : " are needed";
    issues.push_back({where.text(), "length", std::move(message), std::move(text)});
}

// False where an element cannot be read; issues are then added.
template <arg_list List>
bool read_list(List& list, std::span<const std::string_view> texts, const path& where, std::vector<issue>& issues) {
    using element_type = typename arg_element<List>::type;
    const std::size_t before = issues.size();
    if constexpr (fixed_size<List>) {
        if (texts.size() != std::size(list)) {
            add_count_issue(texts.size(), std::size(list), where, issues);
            return false;
        }
    }
    std::size_t index = 0;
    for (const std::string_view text : texts) {
        auto element = access::blank<element_type>();
        const path at{&where, {}, index};
        if (read_member(element, text, at, issues)) {
            if constexpr (fixed_size<List>) {
                list[index] = std::move(element);
            } else {
                list.insert(list.end(), std::move(element));
            }
        }
        ++index;
    }
    return issues.size() == before;
}

template <class Member>
void read_arg(void* member, std::span<const std::string_view> texts, const path& where, std::vector<issue>& issues) {
    using value_type = typename rules_of<Member>::value_type;
    Member& to = *static_cast<Member*>(member);
    if constexpr (readable_member<Member>) {
        static_cast<void>(read_member(to, texts.back(), where, issues));
    } else {
        without_optional<value_type> list{};
        if (read_list(list, texts, where, issues)) {
            static_cast<void>(store_checked(to, value_type(std::move(list)), where, issues));
        }
    }
}

// Whether a field may be left out: what stays must obey the rules.
template <class Member>
bool arg_may_be_absent(const void* member) {
    return !rules_of<Member>::must_be_given && holds_deep(*static_cast<const Member*>(member));
}

// ---- words for help ----

// What stands for a value: int, text, the name of an enumeration.
template <class T>
std::string arg_value_name();

template <class T>
struct alternative_names {};
template <template <class...> class Variant, class... Types>
struct alternative_names<Variant<Types...>> {
    static std::string text() {
        std::string names;
        (append_part(names, "|", arg_value_name<Types>()), ...);
        return names;
    }
};

template <class T>
std::string arg_value_name() {
    if constexpr (is_property<T>) {
        return arg_value_name<typename T::value_type>();
    } else if constexpr (is_optional<T>) {
        return arg_value_name<without_optional<T>>();
    } else if constexpr (arg_list<T>) {
        return arg_value_name<typename arg_element<T>::type>();
    } else if constexpr (reads_itself<T> || std::is_enum_v<T>) {
        return type_name<T>.find_first_of("<({ ") == std::string_view::npos ? std::string(type_name<T>) : "value";
    } else if constexpr (std::is_same_v<T, bool>) {
        return "bool";
    } else if constexpr (std::is_same_v<T, char>) {
        return "char";
    } else if constexpr (integer<T>) {
        return "int";
    } else if constexpr (number<T>) {
        return "number";
    } else if constexpr (calendar_date<T>) {
        return "date";
    } else if constexpr (time_point<T>) {
        return "time";
    } else if constexpr (duration<T>) {
        return "duration";
    } else if constexpr (variant_like<T>) {
        return alternative_names<T>::text();
    } else {
        return "text";
    }
}

// "is in [1, 64]" -> "in [1, 64]". Other sentences stay as they are: "is a URL or is a UUID".
inline std::string as_note(std::string sentence) {
    if (sentence.starts_with("is ") && sentence.find(" is ") == std::string::npos) sentence.erase(0, 3);
    return sentence;
}
template <auto Rule>
void add_rule_note(std::vector<std::string>& notes) {
    if constexpr (is_rule<type_of<Rule>>) notes.push_back(as_note(rule_success<Rule>()));
}

template <class T>
struct rule_notes {
    static void add(std::vector<std::string>&) {}
};
template <class T, auto... Rules>
struct rule_notes<property<T, Rules...>> {
    static void add([[maybe_unused]] std::vector<std::string>& notes) { (add_rule_note<Rules>(notes), ...); }
};

template <class T>
void add_arg_notes(std::vector<std::string>& notes) {
    if constexpr (is_property<T>) {
        add_arg_notes<typename T::value_type>(notes);
        rule_notes<T>::add(notes);
    } else if constexpr (is_optional<T>) {
        add_arg_notes<without_optional<T>>(notes);
    } else if constexpr (arg_list<T>) {
        add_arg_notes<typename arg_element<T>::type>(notes);
    } else if constexpr (reads_itself<T>) {
        // Only it knows how it is written.
    } else if constexpr (calendar_date<T>) {
        notes.emplace_back("such as 2026-11-22");
    } else if constexpr (time_point<T>) {
        notes.emplace_back("such as 2026-11-22T19:32:06Z");
    } else if constexpr (duration<T>) {
        notes.push_back("such as 250" + std::string(unit_suffix<typename T::period>()));
    } else if constexpr (std::is_enum_v<T>) {
        notes.push_back(as_note(reading_failure<T>(reading::not_of_this_kind).second.replace(0, 7, "is ")));
    }
}

// The value that a field has when nobody gives one; empty where there is nothing to tell.
template <class Member>
std::string arg_default(const void* member) {
    const auto& value = rules_of<Member>::held(*static_cast<const Member*>(member));
    using value_type = typename rules_of<Member>::value_type;
    bool tells = true;
    if constexpr (is_optional<value_type>) {
        tells = value.has_value();
    } else if constexpr (std::is_same_v<value_type, bool>) {
        tells = value;
    } else if constexpr (std::is_same_v<value_type, std::string> || arg_list<value_type>) {
        tells = value.begin() != value.end();
    }
    return tells ? shown_value(value) : std::string();
}

// ---- tables ----

enum class arg_kind : unsigned char { value, truth, list, group };

struct arg_model;

// What is done with one type of member: one table for each type, not for each model.
struct arg_type {
    arg_kind kind{};
    std::size_t size = 0; // of an array
    void (*read)(void* member, std::span<const std::string_view> texts, const path& where, std::vector<issue>& issues);
    bool (*may_be_absent)(const void* member);
    std::string (*value_name)();
    void (*add_notes)(std::vector<std::string>& notes); // the rules, in words
    std::string (*default_text)(const void* member);
    const arg_model* group = nullptr;
};

struct arg_field {
    std::string_view name;
    std::string_view doc;
    constant_view<std::string_view> aliases;
    std::string_view variable; // of the environment
    char letter = 0;           // of the short flag
    bool is_positional = false;
    const arg_type* type = nullptr;

    [[nodiscard]] constexpr bool is_group() const noexcept { return type->kind == arg_kind::group; }
    [[nodiscard]] constexpr bool is_list() const noexcept { return type->kind == arg_kind::list; }
    // Whether its flag stands alone: --verbose.
    [[nodiscard]] constexpr bool is_switch() const noexcept { return type->kind == arg_kind::truth && !is_positional; }

    // How its flag can be spelled; an empty spelling is of an alias that is none.
    [[nodiscard]] constexpr std::size_t spelling_count() const noexcept {
        return (1 + aliases.size()) * (is_switch() ? 2 : 1);
    }
    [[nodiscard]] constexpr flag_spelling spelling(std::size_t i) const noexcept {
        const std::size_t of = is_switch() ? i / 2 : i;
        return {of == 0 ? name : flag_alias(aliases[of - 1]), is_switch() && i % 2 == 1};
    }
};

struct arg_model {
    const arg_field* fields = nullptr;
    std::size_t count = 0;
    void (*places)(void* object, void** to); // of the fields
    void (*check)(const void* object, std::vector<issue>& issues);

    [[nodiscard]] constexpr const arg_field* begin() const noexcept { return fields; }
    [[nodiscard]] constexpr const arg_field* end() const noexcept { return fields + count; }
};

template <class T>
struct args_of;

template <class Member>
consteval arg_type make_arg_type() {
    using value_type = typename rules_of<Member>::value_type;
    if constexpr (arg_group<value_type>) {
        return {.kind = arg_kind::group,
                .read = nullptr,
                .may_be_absent = nullptr,
                .value_name = nullptr,
                .add_notes = nullptr,
                .default_text = nullptr,
                .group = &args_of<value_type>::model};
    } else {
        arg_type type{.kind = arg_kind::value,
                      .read = &read_arg<Member>,
                      .may_be_absent = &arg_may_be_absent<Member>,
                      .value_name = &arg_value_name<value_type>,
                      .add_notes = &add_arg_notes<Member>,
                      .default_text = &arg_default<Member>};
        if constexpr (arg_truth<value_type>) type.kind = arg_kind::truth;
        if constexpr (!text_readable<value_type>) {
            type.kind = arg_kind::list;
            using list = without_optional<value_type>;
            if constexpr (fixed_size<list>) type.size = std::tuple_size<list>::value;
        }
        return type;
    }
}
template <class Member>
inline constexpr arg_type arg_type_of = make_arg_type<Member>();

template <auto Rule>
constexpr void pick_arg_attribute(arg_field& field) {
    using type = type_of<Rule>;
    if constexpr (std::is_same_v<type, positional_attribute>) field.is_positional = true;
    if constexpr (requires { type::short_flag_letter; }) field.letter = type::short_flag_letter;
    if constexpr (requires { type::environment_variable; }) field.variable = type::environment_variable;
}
template <class Member>
struct arg_attributes {
    static constexpr void pick(arg_field&) noexcept {}
};
template <class T, auto... Rules>
struct arg_attributes<property<T, Rules...>> {
    static constexpr void pick([[maybe_unused]] arg_field& field) { (pick_arg_attribute<Rules>(field), ...); }
};
template <class Member>
constexpr arg_field make_arg_field(const field_info& info) {
    arg_field field{.name = info.name, .doc = info.doc, .aliases = info.aliases, .variable = {}};
    field.type = &arg_type_of<Member>;
    arg_attributes<Member>::pick(field);
    return field;
}

// Where the fields of a model are, be it in a property or not.
struct arg_places {
    void** to;

    template <class... Members>
    void operator()(Members&... members) const noexcept {
        [[maybe_unused]] void** next = to;
        ((*next++ = place_of(members)), ...);
    }

private:
    template <class Member>
    static void* place_of(Member& member) noexcept {
        if constexpr (arg_group<typename rules_of<Member>::value_type>) {
            return std::addressof(rules_of<Member>::held(member));
        } else {
            return std::addressof(member);
        }
    }
};

template <class T>
struct args_of {
    template <class... Members>
    static consteval auto make(type_list<Members...>) {
        picked<arg_field, sizeof...(Members)> all;
        all.count = sizeof...(Members);
        [[maybe_unused]] std::size_t i = 0;
        ((all.at[i] = make_arg_field<Members>(field_infos<T>[i]), ++i), ...);
        return all;
    }
    static void places(void* object, void** to) { description<T>::apply(*static_cast<T*>(object), arg_places{to}); }
    static void check(const void* object, std::vector<issue>& issues) {
        check_deep(*static_cast<const T*>(object), path{}, issues);
    }
    static constexpr auto fields = make(member_types<T>{});
    static constexpr arg_model model{fields.at, fields.count, &places, &check};
};

// ---- models that make no command line ----

// Within one level; others differ in what stands before the dot.
constexpr bool share_spelling(const arg_field& a, const arg_field& b) noexcept {
    if (a.is_positional || b.is_positional) return false;
    for (std::size_t i = 0; i < a.spelling_count(); ++i) {
        for (std::size_t j = 0; j < b.spelling_count(); ++j) {
            if (a.spelling(i) == b.spelling(j)) return true;
        }
    }
    return false;
}
constexpr bool long_flags_differ(const arg_model& model) noexcept {
    for (const arg_field& field : model) {
        if (field.is_group() && !long_flags_differ(*field.type->group)) return false;
        for (const arg_field* other = &field + 1; other != model.end(); ++other) {
            if (share_spelling(field, *other)) return false;
        }
    }
    return true;
}

constexpr bool short_flags_differ(const arg_model& model, std::array<bool, 128>& taken) noexcept {
    for (const arg_field& field : model) {
        if (field.is_group()) {
            if (!short_flags_differ(*field.type->group, taken)) return false;
        } else if (field.letter != 0) {
            bool& letter = taken[static_cast<std::size_t>(field.letter)];
            if (letter) return false;
            letter = true;
        }
    }
    return true;
}
constexpr bool short_flags_differ(const arg_model& model) noexcept {
    std::array<bool, 128> taken{};
    return short_flags_differ(model, taken);
}

constexpr bool positionals_end_in_list(const arg_model& model, bool& ended) noexcept {
    for (const arg_field& field : model) {
        if (field.is_group()) {
            if (!positionals_end_in_list(*field.type->group, ended)) return false;
        } else if (field.is_positional) {
            if (ended) return false;
            ended = field.is_list();
        }
    }
    return true;
}
constexpr bool positionals_end_in_list(const arg_model& model) noexcept {
    bool ended = false;
    return positionals_end_in_list(model, ended);
}

// Whether no attribute stands where it would have no effect.
constexpr bool attributes_apply(const arg_model& model) noexcept {
    for (const arg_field& field : model) {
        if (field.is_positional && field.letter != 0) return false;
        if (!field.is_group()) continue;
        if (field.is_positional || field.letter != 0 || !field.variable.empty()) return false;
        if (!attributes_apply(*field.type->group)) return false;
    }
    return true;
}

} // namespace detail
} // namespace v0
} // namespace lathe

#endif // LATHE_MODEL_DETAIL_ARGS_MODEL_HPP
