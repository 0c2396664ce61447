// SPDX-License-Identifier: MIT
#ifndef LATHE_MODEL_ENUMERATORS_HPP
#define LATHE_MODEL_ENUMERATORS_HPP

/// @file
/// @brief The names of an enumeration's values: its identifiers, or names given for it.
/// @par Example
/// @ref examples/strikes.cpp

#include <cstddef>
#include <cstdint>
#include <initializer_list>
#include <limits>
#include <string_view>
#include <type_traits>
#include <utility>

#include <lathe/core/type_name.hpp>
#include <lathe/model/detail/member_name.hpp>

namespace lathe {
inline namespace v0 {

namespace detail {

template <class Enum>
using wide_value = std::conditional_t<std::is_signed_v<std::underlying_type_t<Enum>>, std::int64_t, std::uint64_t>;

} // namespace detail

/// A value of an enumeration and its name, as an element of `names`.
struct named_value_of_enum {
    std::string_view name;        ///< what text calls it
    std::uint64_t value;          ///< the value, modulo 2^64
    std::string_view enumeration; ///< the enumeration that it belongs to, as the compiler spells it

    /// @param text the name; must live as long as the program, as literals do.
    /// @param constant the value.
    template <class Enum>
        requires std::is_enum_v<Enum>
    constexpr named_value_of_enum(std::string_view text, Enum constant) noexcept
        : name(text), value(static_cast<std::uint64_t>(constant)), enumeration(detail::spelled_type<Enum>()) {}
    /// No name at all.
    constexpr named_value_of_enum() noexcept : value(0) {}
};

/// Names for the values of an enumeration, where its identifiers will not do:
/// `template <> inline constexpr auto lathe::enumerators<phase> = lathe::names{{"Take-off run", phase::take_off}};`.
///
/// At most 256 names. Two names for one value are both read, and the first is the one written.
class names {
public:
    /// @param list pairs of a name and a value.
    consteval names(std::initializer_list<named_value_of_enum> list) {
        for (const named_value_of_enum& entry : list)
            m_entries[m_size++] = entry;
    }

    /// @return how many names there are.
    [[nodiscard]] constexpr std::size_t size() const noexcept { return m_size; }
    /// @param index below `size()`.
    /// @return that name and its value.
    [[nodiscard]] constexpr const named_value_of_enum& operator[](std::size_t index) const noexcept {
        return m_entries[index];
    }

private:
    named_value_of_enum m_entries[256];
    std::size_t m_size = 0;
};

/// One value of an enumeration.
/// @tparam Enum the enumeration.
template <class Enum>
struct enumerator {
    std::string_view name; ///< what text calls it
    Enum value;            ///< the value
};

/// The named values of an enumeration.
/// @tparam Enum the enumeration.
/// @tparam Count how many there are.
/// @par Example
/// @ref examples/strikes.cpp
template <class Enum, std::size_t Count>
struct enumerator_list {
    enumerator<Enum> at[Count == 0 ? 1 : Count]; ///< name and value of each

    /// @return how many there are.
    [[nodiscard]] static constexpr std::size_t size() noexcept { return Count; }
    /// @return the first one.
    [[nodiscard]] constexpr const enumerator<Enum>* begin() const noexcept { return at; }
    /// @return the end of them.
    [[nodiscard]] constexpr const enumerator<Enum>* end() const noexcept { return at + Count; }
};

namespace detail {

// The compiler writes all values into one text: enumerators by name, other values as "(phase)7".
template <auto... Values>
consteval literal_text values_signature() noexcept {
    return {__PRETTY_FUNCTION__, sizeof(__PRETTY_FUNCTION__) - 1};
}

// An enumeration without a fixed type has no values beyond the bits that its enumerators need, and asking a compiler
// for one is an error or a warning: such enumerations are not probed.
template <class Enum>
concept fixed_enum = std::is_enum_v<Enum> && requires { Enum{0}; };

template <std::size_t Count>
struct found_names {
    literal_text at[Count]; // an empty one where the value has no name
    std::size_t named = 0;
};

// Cuts "[with auto ...Values = {a::e::x, (a::e)1}]" or "[Values = <a::e::x, (a::e)1>]" at its commas. The last
// identifier of a piece is a name unless it begins with a digit.
template <std::size_t Count>
consteval found_names<Count> cut_names(literal_text text) {
    found_names<Count> found{};
    const char* at = text.from;
    while (at[0] != 'V' || at[1] != 'a' || at[2] != 'l' || at[3] != 'u' || at[4] != 'e' || at[5] != 's' || at[6] != ' ')
        ++at;
    at += sizeof("Values = <") - 1;
    for (std::size_t index = 0; index < Count; ++index) {
        int depth = 0;
        const char* begin = at;
        while (depth > 0 || (*at != ',' && *at != '}' && *at != '>')) {
            if (*at == '(' || *at == '<' || *at == '{') ++depth;
            if (*at == ')' || *at == '>' || *at == '}') --depth;
            if (depth == 0 && (*at == ':' || *at == ')')) begin = at + 1;
            ++at;
        }
        if (*begin != '-' && (*begin < '0' || *begin > '9')) {
            found.at[index] = {begin, static_cast<std::size_t>(at - begin)};
            ++found.named;
        }
        at += 2; // the comma and the blank behind it
    }
    return found;
}

template <class Enum, int First, class Small, class Flags>
struct reflected_enum;
template <class Enum, int First, int... Small, int... Flags>
struct reflected_enum<Enum, First, std::integer_sequence<int, Small...>, std::integer_sequence<int, Flags...>> {
    static constexpr std::size_t probed = sizeof...(Small) + sizeof...(Flags);
    static constexpr Enum values[probed] = {static_cast<Enum>(First + Small)...,
                                            static_cast<Enum>(wide_value<Enum>{1} << (Flags + 8))...};
    static constexpr auto found =
        cut_names<probed>(values_signature<static_cast<Enum>(First + Small)...,
                                           static_cast<Enum>(wide_value<Enum>{1} << (Flags + 8))...>());

    static consteval auto list() {
        enumerator_list<Enum, found.named> named{};
        std::size_t used = 0;
        for (std::size_t i = 0; i < probed; ++i) {
            if (found.at[i].size == 0) continue;
            named.at[used++] = {std::string_view(found.at[i].from, found.at[i].size), values[i]};
        }
        return named;
    }
};

template <class Enum>
consteval auto reflect_enumerators() {
    // Looking a name up makes clang instantiate the enumerators of an enumeration in a class template.
    static_cast<void>(requires { Enum::lathe_looks_inside; });
    if constexpr (fixed_enum<Enum>) {
        using limits = std::numeric_limits<std::underlying_type_t<Enum>>;
        constexpr int first = limits::is_signed ? -128 : 0;
        constexpr int last = limits::digits < 8 ? (1 << limits::digits) - 1 : 255; // of bool 1
        constexpr int flags = limits::digits < 8 ? 0 : limits::digits - 8;         // powers of two above the range
        return reflected_enum<Enum,
                              first,
                              std::make_integer_sequence<int, last - first + 1>,
                              std::make_integer_sequence<int, flags>>::list();
    } else {
        return enumerator_list<Enum, 0>{};
    }
}

} // namespace detail

/// The named values of an enumeration, in the order of their values; iterate it for `name` and `value`.
///
/// Identifiers are found for values from -128 to 255 and for powers of two. For others, or for names that are no
/// identifiers, and for an `enum` without a fixed underlying type, specialise it with `lathe::names{{"Take-off run",
/// phase::take_off}, ...}`, next to the enumeration: every file that uses the enumeration must see the same one.
/// @tparam Enum an enumeration.
template <class Enum>
    requires std::is_enum_v<Enum>
inline constexpr auto enumerators = detail::reflect_enumerators<Enum>();

namespace detail {

template <class Enum>
concept given_names = std::is_same_v<std::remove_cv_t<decltype(enumerators<Enum>)>, lathe::names>;

template <class Enum>
consteval bool all_of_one_enum() {
    if constexpr (given_names<Enum>) {
        for (std::size_t i = 0; i < enumerators<Enum>.size(); ++i) {
            if (enumerators<Enum>[i].enumeration != spelled_type<Enum>()) return false;
        }
    }
    return true;
}

template <class Enum>
concept enumerable = fixed_enum<Enum> || given_names<Enum>;

// For static_assert: of a concept compilers would show what it is made of.
template <class Enum>
inline constexpr bool is_enumerable = enumerable<Enum>;

// Given names in the form of reflected ones.
template <class Enum>
struct enum_names {
    static_assert(is_enumerable<Enum>,
                  "lathe::enumerators<Enum>: the values of an enum without a fixed underlying type "
                  "cannot be found; write `enum name : int`, or specialise lathe::enumerators for it");
    static_assert(all_of_one_enum<Enum>(),
                  "lathe::enumerators<Enum>: a name is given to a value of another enumeration; "
                  "list values of Enum only");

    static consteval auto make() {
        if constexpr (given_names<Enum>) {
            enumerator_list<Enum, enumerators<Enum>.size()> given{};
            for (std::size_t i = 0; i < given.size(); ++i) {
                given.at[i] = {enumerators<Enum>[i].name, static_cast<Enum>(enumerators<Enum>[i].value)};
            }
            return given;
        } else {
            return enumerators<Enum>;
        }
    }
    static constexpr auto list = make();
};

template <class Enum>
inline constexpr auto& enum_table = enum_names<Enum>::list;

} // namespace detail

/// Names a value: `enum_name(phase::climb)` is "climb".
/// @param value any value of the enumeration.
/// @return its name, or an empty text when it has none. O(number of names).
template <class Enum>
    requires std::is_enum_v<Enum>
[[nodiscard]] constexpr std::string_view enum_name(Enum value) noexcept {
    for (const enumerator<Enum>& known : detail::enum_names<Enum>::list) {
        if (known.value == value) return known.name;
    }
    return {};
}

} // namespace v0
} // namespace lathe

#endif // LATHE_MODEL_ENUMERATORS_HPP
