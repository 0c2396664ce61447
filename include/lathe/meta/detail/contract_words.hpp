// SPDX-License-Identifier: MIT
#ifndef LATHE_META_DETAIL_CONTRACT_WORDS_HPP
#define LATHE_META_DETAIL_CONTRACT_WORDS_HPP

/// @file
/// @brief The words of requirements, put together at compile time.

#include <cstddef>
#include <string_view>

#include <lathe/core/fixed_string.hpp>
#include <lathe/core/type_name.hpp>

namespace lathe {
inline namespace v0 {
namespace detail {

// What all requirements derive from.
struct requirement_base {};

// The words as a template argument, which is what compilers show.
template <fixed_string Words>
struct requirement_words : requirement_base {
    static constexpr auto lathe_words = Words;
};

// The texts of unmet requirements.
template <std::size_t Count>
struct unmet_list {
    std::string_view at[Count == 0 ? 1 : Count];

    [[nodiscard]] static constexpr std::size_t size() noexcept { return Count; }
    [[nodiscard]] static constexpr bool empty() noexcept { return Count == 0; }
    [[nodiscard]] constexpr std::string_view operator[](std::size_t index) const noexcept { return at[index]; }
    [[nodiscard]] constexpr const std::string_view* begin() const noexcept { return at; }
    [[nodiscard]] constexpr const std::string_view* end() const noexcept { return at + Count; }
};

template <std::size_t Size>
consteval fixed_string<Size> blank_words() {
    constexpr char none[Size + 1]{};
    return fixed_string<Size>(none);
}

// Appends to the characters of a text of known size.
struct word_writer {
    char* to;

    constexpr void operator()(std::string_view text) {
        for (const char c : text)
            *to++ = c;
    }
};

// {"a ", "b"} -> "a b"
template <fixed_string... Parts>
consteval auto joined() {
    auto words = blank_words<(std::size_t{0} + ... + Parts.size())>();
    word_writer write{words.chars};
    (write(Parts.view()), ...);
    return words;
}
template <class T>
consteval auto type_words() {
    auto words = blank_words<type_name<T>.size()>();
    word_writer{words.chars}(type_name<T>);
    return words;
}

// Where the next {} is, or the end. By indices: under sanitizers g++ has no constant for what string_view::find does
// with a template argument.
constexpr std::size_t hole_in(std::string_view text, std::size_t from = 0) {
    while (from < text.size() && !(text[from] == '{' && from + 1 < text.size() && text[from + 1] == '}'))
        ++from;
    return from;
}
constexpr std::size_t holes(std::string_view text) {
    std::size_t count = 0;
    for (std::size_t at = hole_in(text); at < text.size(); at = hole_in(text, at + 2))
        ++count;
    return count;
}

// Replaces one {} after the other.
struct hole_filler {
    word_writer write;
    std::string_view rest;

    constexpr void operator()(std::string_view filling) {
        const std::size_t at = hole_in(rest);
        write(rest.substr(0, at));
        write(filling);
        rest.remove_prefix(at + 2);
    }
};

// "conversion to {}" of int -> "conversion to int"
template <fixed_string Text, class... Types>
consteval auto filled_in() {
    if constexpr (sizeof...(Types) == 0 || holes(Text.view()) != sizeof...(Types)) {
        return Text;
    } else {
        auto words =
            blank_words<Text.size() + (std::size_t{0} + ... + type_name<Types>.size()) - 2 * sizeof...(Types)>();
        hole_filler fill{{words.chars}, Text.view()};
        (fill(type_name<Types>), ...);
        fill.write(fill.rest);
        return words;
    }
}

// How much of a text a compiler shows in its messages.
#ifdef __clang__
inline constexpr std::size_t shown_length = 36;
#else
inline constexpr std::size_t shown_length = static_cast<std::size_t>(-1);
#endif
inline constexpr std::string_view to_be_continued = " ...";

// Where the text is cut: at a space, if there is one that leaves half of what can be shown.
constexpr std::size_t cut_at(std::string_view text) {
    const std::size_t most = shown_length - to_be_continued.size();
    for (std::size_t at = most; at > most / 2; --at) {
        if (text[at] == ' ') return at;
    }
    return most;
}

// "a text that is too long" -> "a text ..." and "that is too long"
template <fixed_string Text>
consteval auto first_words() {
    constexpr std::size_t at = cut_at(Text.view());
    auto words = blank_words<at + to_be_continued.size()>();
    word_writer write{words.chars};
    write(Text.view().substr(0, at));
    write(to_be_continued);
    return words;
}
template <fixed_string Text>
consteval auto other_words() {
    constexpr std::size_t cut = cut_at(Text.view());
    constexpr std::size_t at = Text.chars[cut] == ' ' ? cut + 1 : cut;
    auto words = blank_words<Text.size() - at>();
    word_writer write{words.chars};
    write(Text.view().substr(at));
    return words;
}

} // namespace detail
} // namespace v0
} // namespace lathe

#endif // LATHE_META_DETAIL_CONTRACT_WORDS_HPP
