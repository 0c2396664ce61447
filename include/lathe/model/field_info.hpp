// SPDX-License-Identifier: MIT
#ifndef LATHE_MODEL_FIELD_INFO_HPP
#define LATHE_MODEL_FIELD_INFO_HPP

/// @file
/// @brief What is known of a field without an object: its type, its rules, its other names.
/// @par Example
/// @ref examples/reflection.cpp

#include <cstddef>
#include <string>
#include <string_view>
#include <type_traits>

#include <lathe/core/type_name.hpp>
#include <lathe/model/detail/member_types.hpp>
#include <lathe/model/property.hpp>
#include <lathe/model/reflect.hpp>

namespace lathe {
inline namespace v0 {

/// What is wrong with a value that breaks a rule, to be asked by calling it.
class rule_failure_text {
public:
    /// Asks nobody; only for tables that are filled later.
    constexpr rule_failure_text() noexcept = default;
    /// @param make makes the text; called with `rule`.
    /// @param rule what it is the text of; null where there is only one.
    constexpr explicit rule_failure_text(std::string (*make)(const void*), const void* rule = nullptr) noexcept
        : m_make(make), m_rule(rule) {}

    /// @return the text, which completes a sentence that begins with the value: "is not in [0, 150]".
    [[nodiscard]] std::string operator()() const { return m_make != nullptr ? m_make(m_rule) : std::string(); }

private:
    std::string (*m_make)(const void*) = nullptr;
    const void* m_rule = nullptr;
};

/// One rule of a field.
struct rule_info {
    std::string_view name;     ///< as it stands in issues: "in_range"
    rule_failure_text failure; ///< what is wrong with a value that breaks it: "is not in [0, 150]"
};

/// Something to iterate: a view of constants that live as long as what they tell of.
/// @tparam T what it holds.
template <class T>
struct constant_view {
    const T* first = nullptr; ///< the first one
    std::size_t count = 0;    ///< how many there are

    /// @return how many there are.
    [[nodiscard]] constexpr std::size_t size() const noexcept { return count; }
    /// @return whether there are none.
    [[nodiscard]] constexpr bool empty() const noexcept { return count == 0; }
    /// @param index below `size()`.
    /// @return that one.
    [[nodiscard]] constexpr const T& operator[](std::size_t index) const noexcept { return first[index]; }
    /// @return the first one.
    [[nodiscard]] constexpr const T* begin() const noexcept { return first; }
    /// @return the end of them.
    [[nodiscard]] constexpr const T* end() const noexcept { return first + count; }
};

/// What is known of a field without an object. All texts live as long as the program, or as the `model_type` that the
/// field is of.
struct field_info {
    std::string_view name;                   ///< the member's name
    std::string_view type;                   ///< the name of what it holds: "int"
    std::string_view doc;                    ///< the text of `doc<...>`; empty when there is none
    constant_view<std::string_view> aliases; ///< its other names, from `alias<...>`
    constant_view<rule_info> rules;          ///< its rules, without normalisers and attributes
    bool required = false;                   ///< whether it must be given
    bool optional = false;                   ///< whether it may hold nothing

    /// @param text a name, as in a file's head.
    /// @return whether that is this field: its name or one of its aliases.
    [[nodiscard]] constexpr bool is_called(std::string_view text) const noexcept {
        if (text == name) return true;
        for (const std::string_view alias : aliases) {
            if (text == alias) return true;
        }
        return false;
    }
};

namespace detail {

template <auto Rule>
concept is_alias = requires { type_of<Rule>::alias_text; };
template <auto Rule>
concept is_doc = requires { type_of<Rule>::doc_text; };

template <class T, std::size_t Capacity>
struct picked {
    T at[Capacity == 0 ? 1 : Capacity]{};
    std::size_t count = 0;
};

template <auto Rule>
constexpr void pick_alias(std::string_view*& to) {
    if constexpr (is_alias<Rule>) *to++ = type_of<Rule>::alias_text;
}
template <auto Rule>
constexpr void pick_rule(rule_info*& to) {
    if constexpr (is_rule<type_of<Rule>>)
        *to++ = {rule_name<Rule>(), rule_failure_text([](const void*) { return rule_failure<Rule>(); })};
}
template <auto Rule>
constexpr void pick_doc(std::string_view& to) {
    if constexpr (is_doc<Rule>) to = type_of<Rule>::doc_text;
}

template <class T>
struct info_of {
    static constexpr field_info value{{}, type_name<T>, {}, {}, {}, false, is_optional<T>};
};

template <class T, auto... Rules>
struct info_of<property<T, Rules...>> {
    static constexpr auto aliases = [] {
        picked<std::string_view, sizeof...(Rules)> found;
        [[maybe_unused]] std::string_view* to = found.at;
        (pick_alias<Rules>(to), ...);
        found.count = static_cast<std::size_t>(to - found.at);
        return found;
    }();
    static constexpr auto rules = [] {
        picked<rule_info, sizeof...(Rules)> found;
        [[maybe_unused]] rule_info* to = found.at;
        (pick_rule<Rules>(to), ...);
        found.count = static_cast<std::size_t>(to - found.at);
        return found;
    }();
    static constexpr std::string_view doc = [] {
        std::string_view text;
        (pick_doc<Rules>(text), ...);
        return text;
    }();
    static constexpr field_info value{label_of<Rules...>(),
                                      type_name<T>,
                                      doc,
                                      {aliases.at, aliases.count},
                                      {rules.at, rules.count},
                                      property<T, Rules...>::is_required,
                                      is_optional<T>};
};

template <class Member>
constexpr field_info named_info(std::string_view name) {
    field_info info = info_of<Member>::value;
    info.name = name;
    return info;
}

template <class T, class Members>
struct info_table;
template <class T, class... Members>
struct info_table<T, type_list<Members...>> {
    static constexpr auto make() {
        check_labels<T, Members...>();
        picked<field_info, sizeof...(Members)> all;
        all.count = sizeof...(Members);
        [[maybe_unused]] std::size_t i = 0;
        ((all.at[i] = named_info<Members>(name_store<T>::names[i]), ++i), ...);
        return all;
    }
    static constexpr auto value = make();
};

template <class T>
struct infos_of {
    static constexpr const field_info* begin() noexcept { return info_table<T, member_types<T>>::value.at; }
};

} // namespace detail

/// What is known of all fields of a model, in order, without an object of it: Python's access through the class.
/// @tparam Model a described type.
template <described Model>
inline constexpr constant_view<field_info> field_infos{detail::infos_of<std::remove_cv_t<Model>>::begin(),
                                                       field_count<Model>};

} // namespace v0
} // namespace lathe

#endif // LATHE_MODEL_FIELD_INFO_HPP
