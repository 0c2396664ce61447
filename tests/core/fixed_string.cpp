// SPDX-License-Identifier: MIT
#include <lathe/core/fixed_string.hpp> // first: proves that the header stands alone

#include <cstddef>
#include <string>
#include <string_view>
#include <type_traits>

#include "support/catch.hpp"

namespace {

template <lathe::fixed_string Text>
struct tagged {
    static constexpr std::string_view text = Text;
};

// The same characters are the same argument, wherever the literal stands.
constexpr char elsewhere[] = "age";
static_assert(std::is_same_v<tagged<"age">, tagged<elsewhere>>);
static_assert(!std::is_same_v<tagged<"age">, tagged<"agE">>);
static_assert(!std::is_same_v<tagged<"age">, tagged<"ages">>);
static_assert(!std::is_same_v<tagged<"age">, tagged<"age\0">>);
static_assert(!std::is_same_v<tagged<"">, tagged<"\0">>);

// A template argument must be structural; a copy of characters is nothing more.
static_assert(std::is_trivially_copyable_v<lathe::fixed_string<3>>);
static_assert(sizeof(lathe::fixed_string<3>) == 4 && sizeof(lathe::fixed_string<0>) == 1);
static_assert(std::is_same_v<decltype(lathe::fixed_string("abc")), lathe::fixed_string<3>>);
static_assert(std::is_convertible_v<const lathe::fixed_string<3>&, std::string_view>);
static_assert(!std::is_default_constructible_v<lathe::fixed_string<3>>);
static_assert(!std::is_constructible_v<lathe::fixed_string<3>, const char (&)[3]>, "two characters are not three");

static_assert(lathe::fixed_string("").empty() && lathe::fixed_string<0>::size() == 0);
static_assert(!lathe::fixed_string("a").empty() && lathe::fixed_string<1>::size() == 1);
static_assert(lathe::fixed_string("abc") == lathe::fixed_string("abc"));
static_assert(lathe::fixed_string("abc") != lathe::fixed_string("abd"));
static_assert(noexcept(lathe::fixed_string("abc").view()));

TEST_CASE("fixed_string: holds the characters of a literal", "[fixed_string]") {
    CHECK(tagged<"north">::text == std::string("north"));
    CHECK(tagged<"">::text.empty());
    CHECK(tagged<"quote \" backslash \\ tab \t">::text == std::string("quote \" backslash \\ tab \t"));
    CHECK(tagged<"größe">::text == std::string("gr\xc3\xb6\xc3\x9f"
                                               "e"));
}

TEST_CASE("fixed_string: a zero inside is a character like others", "[fixed_string]") {
    constexpr lathe::fixed_string text = "a\0b";
    REQUIRE(text.size() == 3);
    CHECK(text.view() == std::string_view("a\0b", 3));
    CHECK(text.view()[1] == '\0');
}

TEST_CASE("fixed_string: ends with a zero, so C can read it", "[fixed_string]") {
    static constexpr lathe::fixed_string text = "abc";
    CHECK(std::char_traits<char>::length(text.chars) == 3);
    CHECK(text.view().data() == text.chars);
}

TEST_CASE("fixed_string: reads as a view wherever one is wanted", "[fixed_string]") {
    const auto length = [](std::string_view text) {
        return text.size();
    };
    CHECK(length(lathe::fixed_string("four")) == 4);
}

template <lathe::fixed_string... Names>
constexpr std::size_t total = (0 + ... + Names.size());

TEST_CASE("fixed_string: literals of different sizes make one pack", "[fixed_string]") {
    STATIC_REQUIRE(total<"a", "", "bcd"> == 4);
    STATIC_REQUIRE(total<> == 0);
}

} // namespace
