// SPDX-License-Identifier: MIT
#ifndef LATHE_MODEL_DETAIL_MEMBER_NAME_HPP
#define LATHE_MODEL_DETAIL_MEMBER_NAME_HPP

/// @file
/// @brief The identifier of a member, cut out of the compiler's own spelling of its address.

#include <cstddef>

namespace lathe {
inline namespace v0 {
namespace detail {

// A piece of a string literal. No std::string_view, whose members cost the compiler a call for each character.
struct literal_text {
    const char* from;
    std::size_t size;
};

// g++ and clang spell an address in different ways, but in all of them the member is the last identifier, followed
// by nothing but a bracket or two: "[with const auto& M = fake<S>.holder<S>::value.S::id]", "[M = fake.value.id]",
// "[M = &S::id]". Bytes above 0x7f are the UTF-8 of letters. All in one loop: it runs for each member of each type.
consteval literal_text last_identifier(const char* text, std::size_t size) noexcept {
    const char* end = text + size;
    while (end[-1] == ']' || end[-1] == ')' || end[-1] == '}')
        --end;
    const char* begin = end;
    while (begin[-1] != ':' && begin[-1] != '.' && begin[-1] != '>')
        --begin;
    return {begin, static_cast<std::size_t>(end - begin)};
}

// What the compiler calls a member of an object.
template <const auto& Member>
consteval literal_text spelling() noexcept {
    return {__PRETTY_FUNCTION__, sizeof(__PRETTY_FUNCTION__) - 1};
}
// The same of its address.
template <const void* Address>
consteval literal_text spelling_of() noexcept {
    return {__PRETTY_FUNCTION__, sizeof(__PRETTY_FUNCTION__) - 1};
}
// The name of the member that Pointer points to.
template <auto Pointer>
consteval literal_text pointed_name() noexcept {
    return last_identifier(__PRETTY_FUNCTION__, sizeof(__PRETTY_FUNCTION__) - 1);
}

template <std::size_t Count>
struct raw_names {
    literal_text at[Count == 0 ? 1 : Count];

    static constexpr std::size_t count = Count;
};

struct no_names {};

// The members of one object are spelled alike up to their names, so one search serves for all.
template <std::size_t Count>
consteval raw_names<Count> cut_names(raw_names<Count> names) noexcept {
    const char* const text = names.at[0].from;
    const literal_text first = last_identifier(text, names.at[0].size);
    const auto before = static_cast<std::size_t>(first.from - text);
    const std::size_t around = names.at[0].size - first.size;
    for (literal_text& name : names.at) {
        const bool alike = __builtin_memcmp(name.from, text, before) == 0; // the compilers can do that at once
        name = alike ? literal_text{name.from + before, name.size - around} : last_identifier(name.from, name.size);
    }
    return names;
}
template <const auto&... Members>
consteval auto member_names() noexcept {
    return cut_names<sizeof...(Members)>({{spelling<Members>()...}});
}

} // namespace detail
} // namespace v0
} // namespace lathe

#endif // LATHE_MODEL_DETAIL_MEMBER_NAME_HPP
