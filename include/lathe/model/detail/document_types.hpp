// SPDX-License-Identifier: MIT
#ifndef LATHE_MODEL_DETAIL_DOCUMENT_TYPES_HPP
#define LATHE_MODEL_DETAIL_DOCUMENT_TYPES_HPP

/// @file
/// @brief As what a type stands in a document.

#include <concepts>
#include <cstddef>
#include <string>
#include <string_view>
#include <type_traits>

#include <lathe/core/type_name.hpp>
#include <lathe/model/attributes.hpp>
#include <lathe/model/detail/calendar.hpp>
#include <lathe/model/detail/conversion.hpp>
#include <lathe/model/detail/property_rules.hpp>
#include <lathe/model/detail/read_text.hpp>
#include <lathe/model/detail/scalar_text.hpp>
#include <lathe/model/detail/write_value.hpp>
#include <lathe/model/enumerators.hpp>
#include <lathe/model/value.hpp>

namespace lathe {
inline namespace v0 {
namespace detail {

// std::monostate and nullptr_t.
template <class T>
consteval bool is_monostate() {
    if constexpr (std::is_empty_v<T>) {
        return spelled_type<T>() == "std::monostate"; // without <variant>
    } else {
        return false;
    }
}
template <class T>
concept stands_for_nothing = std::is_null_pointer_v<T> || is_monostate<T>();

// std::vector<std::byte>, std::array<std::byte, 16>.
template <class T>
concept byte_range = range_like<T> && requires(const T& t) {
    { t.data() } -> std::same_as<const std::byte*>;
    t.size();
};

// A duration whose unit has no sign is the number of its ticks.
template <class T>
concept plain_duration = duration<T> && unit_suffix<typename T::period>().empty();

// A type of the user's that is text to others.
template <class T>
concept text_both_ways = reads_itself<T> && requires(const T& value) {
    { to_string(value) } -> std::convertible_to<std::string_view>;
};

// What a dict may have for keys: what has one text, and can be read from it.
template <class T>
concept key_like = plainly_readable<T> && (text_both_ways<T> || !reads_itself<T>);

// A map becomes a dict if its keys are text or have one, and no two are the same; else it is a list of pairs.
template <class T>
concept unique_keys = requires(T& map, const typename T::key_type& key) { map.try_emplace(key); };
template <class T>
concept keyed_map = map_like<T> && unique_keys<T> && key_like<typename T::key_type>;

// The dict for what is no field.
template <class Member>
inline constexpr bool keeps_extra_keys = false;
template <class T, auto... Rules>
inline constexpr bool keeps_extra_keys<property<T, Rules...>> =
    (std::is_same_v<type_of<Rules>, extra_keys_attribute> || ...);

template <class Member>
inline constexpr bool holds_dict = false;
template <auto... Rules>
inline constexpr bool holds_dict<property<dict, Rules...>> = true;

template <class... Members>
consteval bool extra_keys_are_kept() {
    constexpr bool once = ((keeps_extra_keys<Members> ? 1 : 0) + ... + 0) <= 1;
    static_assert(once, "lathe::extra_keys: a model can have one field for its extra keys; mark one only");
    constexpr bool in_dict = ((!keeps_extra_keys<Members> || holds_dict<Members>) && ...);
    static_assert(in_dict,
                  "lathe::extra_keys: only a dict can keep extra keys; write lathe::property<lathe::dict, "
                  "lathe::extra_keys>");
    return once && in_dict;
}

template <auto Rule>
consteval std::string_view alias_text_of() {
    if constexpr (requires { type_of<Rule>::alias_text; }) {
        return type_of<Rule>::alias_text;
    } else {
        return {};
    }
}

// All other names of a member.
template <class Member>
struct aliases_of {
    static constexpr std::size_t count = 0;
    static constexpr const std::string_view* begin() noexcept { return nullptr; }
};
template <class T, auto... Rules>
    requires((!alias_text_of<Rules>().empty()) || ...)
struct aliases_of<property<T, Rules...>> {
    static constexpr std::size_t count = ((alias_text_of<Rules>().empty() ? 0U : 1U) + ...);
    struct texts {
        std::string_view at[count];
    };
    static constexpr texts list = [] {
        texts found{};
        std::size_t used = 0;
        ((alias_text_of<Rules>().empty() ? void() : void(found.at[used++] = alias_text_of<Rules>())), ...);
        return found;
    }();
    static constexpr const std::string_view* begin() noexcept { return list.at; }
};

// The name that a field is written under where aliases are: the first one.
template <class Member>
constexpr std::string_view first_alias() noexcept {
    return aliases_of<Member>::count == 0 ? std::string_view() : *aliases_of<Member>::begin();
}

template <std::size_t N>
constexpr std::string_view text_in(const char (&array)[N]) noexcept {
    std::size_t size = 0;
    while (size < N && array[size] != 0)
        ++size; // it need not end with a zero
    return {array, size};
}

template <class T>
std::size_t size_hint(const T& range) {
    if constexpr (requires { range.size(); }) {
        return range.size();
    } else {
        return 0;
    }
}

// The text of a key.
template <key_like T>
void write_key(std::string& out, const T& key) {
    if constexpr (std::is_same_v<T, char>) {
        out += key;
    } else if constexpr (std::is_same_v<T, std::string>) {
        out += key;
    } else if constexpr (text_both_ways<T>) {
        out += std::string_view(to_string(key));
    } else if constexpr (plain_duration<T>) {
        write_value(out, key.count());
    } else {
        write_value(out, key);
    }
}

} // namespace detail
} // namespace v0
} // namespace lathe

#endif // LATHE_MODEL_DETAIL_DOCUMENT_TYPES_HPP
