// SPDX-License-Identifier: MIT
#include <lathe/core/type_name.hpp> // first: proves that the header stands alone

#include <array>
#include <cstddef>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "support/catch.hpp"

namespace lathe_test {
struct outer {
    struct inner {
        enum class state { on, off };
    };
    template <class T>
    struct box {};
};
template <class T>
struct box {
    struct lid {};
};
template <class... Types>
struct list {};
template <int Number>
struct numbered {};
template <char Letter>
struct lettered {};
template <auto>
struct of_value {};
template <std::size_t Size>
struct literal {
    char chars[Size];
    consteval literal(const char (&text)[Size]) { // NOLINT: implicit on purpose
        for (std::size_t i = 0; i < Size; ++i)
            chars[i] = text[i];
    }
};
template <literal Text>
struct called {};
union either {
    int a;
    float b;
};
inline namespace v7 {
struct versioned {};
} // namespace v7
// Their names begin as the standard's strings do.
template <class Char>
struct basic_string {};
} // namespace lathe_test
struct global {};
struct größe {}; // letters beyond ASCII
enum old_enum { one, two };

namespace {

struct hidden {};
namespace nested {
struct deeper {};
} // namespace nested

//! [example]
// Names of plain classes are the same on all compilers, wherever the class is.
static_assert(lathe::type_name<global> == "global");
static_assert(lathe::type_name<größe> == "größe");
static_assert(lathe::type_name<old_enum> == "old_enum");
static_assert(lathe::type_name<lathe_test::outer> == "outer");
static_assert(lathe::type_name<lathe_test::outer::inner> == "inner");
static_assert(lathe::type_name<lathe_test::outer::inner::state> == "state");
static_assert(lathe::type_name<lathe_test::either> == "either");
static_assert(lathe::type_name<lathe_test::versioned> == "versioned");
static_assert(lathe::type_name<hidden> == "hidden");
static_assert(lathe::type_name<nested::deeper> == "deeper");
static_assert(lathe::type_name<std::mutex> == "mutex");
//! [example]

// Fundamental types are themselves.
static_assert(lathe::type_name<int> == "int");
static_assert(lathe::type_name<bool> == "bool");
static_assert(lathe::type_name<double> == "double", "the type that the place is learnt from");
static_assert(lathe::type_name<unsigned char> == "unsigned char");
static_assert(lathe::type_name<void> == "void");

// Not const, not volatile: a const person is a person.
static_assert(lathe::type_name<const global> == "global");
static_assert(lathe::type_name<volatile global> == "global");
static_assert(lathe::type_name<const int> == "int");

// The standard's strings by their aliases, and only those.
static_assert(lathe::type_name<std::string> == "string");
static_assert(lathe::type_name<std::string_view> == "string_view");
static_assert(lathe::type_name<const std::string> == "string");
static_assert(lathe::type_name<std::u16string> != "string");
static_assert(lathe::type_name<std::u16string>.starts_with("basic_string<char16_t"));
static_assert(lathe::type_name<std::u32string_view>.starts_with("basic_string_view<char32_t"));
static_assert(lathe::type_name<std::u8string>.starts_with("basic_string<char8_t"));
static_assert(lathe::type_name<std::wstring>.starts_with("basic_string<wchar_t"));
static_assert(lathe::type_name<lathe_test::basic_string<char>> == "basic_string<char>", "not the standard's");

// Class template specialisations begin without their namespace; the rest is the compiler's.
static_assert(lathe::type_name<lathe_test::box<int>> == "box<int>");
static_assert(lathe::type_name<lathe_test::outer::box<int>> == "box<int>");
static_assert(lathe::type_name<lathe_test::box<int>::lid> == "lid",
              "the arguments of what it is in are no name of its own");
static_assert(lathe::type_name<lathe_test::box<lathe_test::box<global>>::lid> == "lid");
static_assert(lathe::type_name<lathe_test::numbered<7>> == "numbered<7>");
static_assert(lathe::type_name<lathe_test::numbered<-7>> == "numbered<-7>");
static_assert(lathe::type_name<std::vector<int>>.starts_with("vector<int"));
static_assert(lathe::type_name<std::map<int, global>>.starts_with("map<int, "));
static_assert(lathe::type_name<lathe_test::list<>> == "list<>");
static_assert(lathe::type_name<std::optional<lathe_test::outer::inner>>.starts_with("optional<"));
static_assert(lathe::type_name<lathe_test::box<void (*)(int)>>.starts_with("box<void (*)(int)"));

// In no name that lathe makes is anything of lathe.
template <class T>
constexpr bool plain = lathe::type_name<T>.find("lathe::") == std::string_view::npos;
static_assert(plain<global> && plain<std::string> && plain<std::function<void(int)>> && plain<std::unique_ptr<int>>);

TEST_CASE("type_name: a class within a function has its own name", "[type_name]") {
    struct local {};
    STATIC_REQUIRE(lathe::type_name<local> == "local");
    const auto in_a_lambda = [] {
        struct farther {};
        return lathe::type_name<farther>;
    };
    CHECK(in_a_lambda() == "farther");
}

template <class T>
auto in_a_template() {
    struct held {
        T value;
    };
    return held{};
}

TEST_CASE("type_name: a class within a function template has its own name", "[type_name]") {
    CHECK(lathe::type_name<decltype(in_a_template<int>())> == "held");
    CHECK(lathe::type_name<decltype(in_a_template<std::vector<std::string>>())> == "held");
}

TEST_CASE("type_name: types without a name still have a text", "[type_name]") {
    const auto lambda = [] {
    };
    CHECK_FALSE(lathe::type_name<decltype(lambda)>.empty());
    CHECK_FALSE(lathe::type_name<int*>.empty());
    CHECK_FALSE(lathe::type_name<int(double)>.empty());
    CHECK_FALSE(lathe::type_name<int[3]>.empty());
    CHECK_FALSE(lathe::type_name<int global::*>.empty());
}

TEST_CASE("type_name: brackets that are values do not cut the name", "[type_name]") {
    CHECK(lathe::type_name<lathe_test::lettered<'x'>>.starts_with("lettered<"));
    CHECK(lathe::type_name<lathe_test::of_value<&lathe_test::either::a>>.starts_with("of_value<"));
    CHECK(lathe::type_name<lathe_test::lettered<'>'>>.starts_with("lettered<"));
    CHECK(lathe::type_name<lathe_test::lettered<'<'>>.starts_with("lettered<"));
    CHECK(lathe::type_name<lathe_test::lettered<'('>>.starts_with("lettered<"));
    CHECK(lathe::type_name<lathe_test::lettered<':'>>.starts_with("lettered<"));
    CHECK(lathe::type_name<lathe_test::lettered<'\''>>.starts_with("lettered<"));
    CHECK(lathe::type_name<lathe_test::lettered<'\\'>>.starts_with("lettered<"));
    CHECK(lathe::type_name<lathe_test::lettered<'"'>>.starts_with("lettered<"));
    CHECK(lathe::type_name<lathe_test::called<"a::b<c">>.starts_with("called<"));
    CHECK(lathe::type_name<lathe_test::called<"it's \"quoted\" \\">>.starts_with("called<"));
}

TEST_CASE("type_name: references and arrays keep what they are", "[type_name]") {
    CHECK(std::string(lathe::type_name<int&>).find('&') != std::string::npos);
    CHECK(std::string(lathe::type_name<std::array<int, 3>>).find('3') != std::string::npos);
}

} // namespace
