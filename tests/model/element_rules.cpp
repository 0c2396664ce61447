// SPDX-License-Identifier: MIT
#include <lathe/model/element_rules.hpp> // first: proves that the header stands alone

#include <array>
#include <cstddef>
#include <deque>
#include <forward_list>
#include <list>
#include <map>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include <lathe/model/number_rules.hpp>
#include <lathe/model/text_rules.hpp>

#include "support/catch.hpp"

namespace {

template <auto Rule, class Value>
concept fits = requires(const Value& value) { Rule.check(value); };

// What a property may ask about in place of a container.
template <class T>
struct nothing {
    using value_type = T;
    static constexpr bool empty() noexcept { return true; }
    static constexpr std::size_t size() noexcept { return 0; }
    static constexpr const T* begin() noexcept { return nullptr; }
    static constexpr const T* end() noexcept { return nullptr; }
};

static_assert(fits<lathe::not_empty, std::string> && fits<lathe::not_empty, std::string_view> &&
              fits<lathe::not_empty, std::vector<int>> && fits<lathe::not_empty, std::forward_list<int>> &&
              fits<lathe::not_empty, nothing<int>> && fits<lathe::not_empty, char[4]>);
static_assert(!fits<lathe::not_empty, int> && !fits<lathe::not_empty, double> && !fits<lathe::not_empty, bool>);
static_assert(fits<lathe::min_length<1>, std::string> && fits<lathe::max_length<1>, std::map<int, int>> &&
              fits<lathe::length<1>, std::array<int, 3>> && fits<lathe::length<1>, nothing<int>>);
static_assert(!fits<lathe::min_length<1>, int> && !fits<lathe::max_length<1>, std::forward_list<int>> &&
              !fits<lathe::length<1>, void*>);
static_assert(fits<lathe::each<lathe::positive>, std::vector<int>> &&
              fits<lathe::each<lathe::positive>, nothing<int>> && fits<lathe::each<lathe::positive>, int[3]> &&
              fits<lathe::each<lathe::email>, std::set<std::string>>);
static_assert(!fits<lathe::each<lathe::positive>, int> &&
              !fits<lathe::each<lathe::positive>, std::vector<std::string>> &&
              !fits<lathe::each<lathe::not_empty>, std::vector<int>> &&
              !fits<lathe::each<lathe::positive, lathe::not_empty>, std::vector<int>>);
static_assert(fits<lathe::each<lathe::each<lathe::positive>>, std::vector<std::vector<int>>> &&
              !fits<lathe::each<lathe::each<lathe::positive>>, std::vector<int>>);
static_assert(fits<lathe::all_of<lathe::positive, lathe::multiple_of<2>>, int> &&
              !fits<lathe::all_of<lathe::positive, lathe::not_empty>, int>);
static_assert(fits<lathe::any_of<lathe::uuid, lathe::email>, std::string> &&
              !fits<lathe::any_of<lathe::positive, lathe::email>, std::string>);
static_assert(fits<lathe::not_<lathe::positive>, int> && !fits<lathe::not_<lathe::positive>, std::string>);

static_assert(std::is_empty_v<lathe::each_rule<lathe::positive>> && std::is_empty_v<lathe::length_rule<1, 2>>);
static_assert(noexcept(lathe::not_empty.check(std::string())) && noexcept(lathe::length<1>.check(std::string())) &&
              noexcept(lathe::all_of<lathe::positive>.check(1)) && noexcept(lathe::any_of<lathe::positive>.check(1)) &&
              noexcept(lathe::not_<lathe::positive>.check(1)));

// In constant expressions, of stand-ins too: a std::string is no constant on every compiler.
static_assert(lathe::not_empty.check("a") && !lathe::not_empty.check("") &&
              !lathe::not_empty.check(nothing<std::string>()));
static_assert(lathe::min_length<0>.check("") && !lathe::min_length<1>.check("") && lathe::min_length<1>.check("a"));
static_assert(lathe::max_length<2>.check("ab") && !lathe::max_length<2>.check("abc") && lathe::max_length<0>.check(""));
static_assert(lathe::length<2>.check("ab") && !lathe::length<2>.check("a") && !lathe::length<2>.check("abc"));
static_assert(lathe::length<1, 2>.check("a") && lathe::length<1, 2>.check("ab") && !lathe::length<1, 2>.check("") &&
              !lathe::length<1, 2>.check("abc"));
static_assert(!lathe::length<1>.check(nothing<std::string>()) && lathe::length<0>.check(nothing<std::string>()));
static_assert(lathe::each<lathe::positive>.check(std::array{1, 2}) &&
              !lathe::each<lathe::positive>.check(std::array{1, 0}));
static_assert(lathe::each<lathe::not_empty>.check(nothing<std::string>()));
static_assert(lathe::any_of<lathe::uuid, lathe::length<0>>.check("") &&
              !lathe::any_of<lathe::uuid, lathe::length<0>>.check("x"));

TEST_CASE("rules: lengths of text count bytes", "[rules][element_rules]") {
    CHECK(lathe::length<2>.check(std::string("\xC3\xA9"))); // one letter
    CHECK_FALSE(lathe::max_length<1>.check(std::string_view("\xC3\xA9")));
    CHECK(lathe::length<3>.check(std::string("a\0b", 3)));
}

TEST_CASE("rules: lengths of containers count elements", "[rules][element_rules]") {
    CHECK(lathe::length<2>.check(std::vector<std::string>{"abc", ""}));
    CHECK(lathe::min_length<1>.check(std::map<int, int>{{1, 2}}));
    CHECK_FALSE(lathe::max_length<2>.check(std::list<int>{1, 2, 3}));
    CHECK(lathe::not_empty.check(std::deque<int>{0}));
    CHECK_FALSE(lathe::not_empty.check(std::set<int>()));
    CHECK_FALSE(lathe::not_empty.check(std::forward_list<int>()));
}

TEST_CASE("rules: each has every element obey every rule", "[rules][element_rules][each]") {
    constexpr auto& words = lathe::each<lathe::not_empty, lathe::max_length<3>>;
    using list = std::vector<std::string>;
    CHECK(words.check(list{}));
    CHECK(words.check(list{"a", "abc"}));
    CHECK_FALSE(words.check(list{"a", ""}));
    CHECK_FALSE(words.check(list{"abcd", "a"}));
    CHECK(lathe::each<lathe::one_of<true>>.check(std::vector<bool>{true, true}));
    CHECK_FALSE(lathe::each<lathe::one_of<true>>.check(std::vector<bool>{true, false}));
    CHECK(lathe::each<lathe::in_range<'a', 'z'>>.check(std::string("abc")));
    const int plain[]{1, -1};
    CHECK_FALSE(lathe::each<lathe::positive>.check(plain));
}

TEST_CASE("rules: each reports every element and every rule that it breaks", "[rules][element_rules][each]") {
    constexpr auto& words = lathe::each<lathe::not_empty, lathe::max_length<3>, lathe::ascii>;
    std::vector<std::string> found;
    const auto note =
        [&](std::size_t index, const std::string& element, std::string_view rule, const std::string& why) {
            found.push_back(std::to_string(index) + " " + element + " " + std::string(rule) + ": " + why);
        };
    words.report(std::vector<std::string>{"abc", "", "abc\x80"}, note);
    CHECK(found == std::vector<std::string>{"1  not_empty: is empty",
                                            "2 abc\x80 max_length: is longer than 3",
                                            "2 abc\x80 ascii: is not ASCII"});
    found.clear();
    words.report(std::vector<std::string>{"abc"}, note);
    CHECK(found.empty());
    STATIC_REQUIRE(lathe::detail::reports_elements<lathe::each_rule<lathe::positive>>);
    STATIC_REQUIRE_FALSE(lathe::detail::reports_elements<lathe::not_empty_rule>);
}

TEST_CASE("rules: each nests", "[rules][element_rules][each]") {
    constexpr auto& rows = lathe::each<lathe::not_empty, lathe::each<lathe::in_range<0, 9>>>;
    using table = std::vector<std::vector<int>>;
    CHECK(rows.check(table{{1, 2}, {3}}));
    CHECK_FALSE(rows.check(table{{1, 2}, {}}));
    CHECK_FALSE(rows.check(table{{1, 2}, {3, 10}}));
    CHECK(rows.failure() == "has an element that is empty or has an element that is not in [0, 9]");
    CHECK(rows.failure(table{{1}, {3, 10}}) ==
          "has at [1] an element that has at [1] an element that is not in [0, 9]");
}

TEST_CASE("rules: all_of, any_of and not_ follow logic", "[rules][element_rules]") {
    constexpr auto& both = lathe::all_of<lathe::positive, lathe::multiple_of<2>>;
    constexpr auto& either = lathe::any_of<lathe::positive, lathe::multiple_of<2>>;
    for (const int n : {-2, -1, 1, 2}) {
        const bool positive = n > 0;
        const bool even = n % 2 == 0;
        CHECK(both.check(n) == (positive && even));
        CHECK(either.check(n) == (positive || even));
        CHECK(lathe::not_<lathe::positive>.check(n) == !positive);
        CHECK(lathe::not_<both>.check(n) == !(positive && even));
        CHECK(lathe::any_of<lathe::not_<lathe::positive>, both>.check(n) == (!positive || even));
        CHECK(lathe::not_<lathe::not_<lathe::positive>>.check(n) == positive);
    }
}

TEST_CASE("rules: rules on elements say what is wrong", "[rules][element_rules][messages]") {
    CHECK(lathe::not_empty.failure() == "is empty");
    CHECK(lathe::not_empty.success() == "is not empty");
    CHECK(lathe::min_length<3>.failure() == "is shorter than 3");
    CHECK(lathe::min_length<3>.success() == "is not shorter than 3");
    CHECK(lathe::max_length<80>.failure() == "is longer than 80");
    CHECK(lathe::max_length<80>.success() == "is not longer than 80");
    CHECK(lathe::length<5>.failure() == "does not have length 5");
    CHECK(lathe::length<5>.success() == "has length 5");
    CHECK(lathe::length<2, 5>.failure() == "does not have a length in [2, 5]");
    CHECK(lathe::length<2, 5>.success() == "has a length in [2, 5]");
    CHECK(lathe::each<lathe::email>.failure() == "has an element that is not an email address");
    CHECK(lathe::each<lathe::email>.success() == "has no element that is not an email address");
    CHECK(lathe::each<lathe::email>.failure(std::vector<std::string>{"a@b", "c", "d"}) ==
          "has at [1] an element that is not an email address");
}

TEST_CASE("rules: rules made of rules say what is wrong", "[rules][element_rules][messages]") {
    constexpr auto& either = lathe::any_of<lathe::uuid, lathe::length<0>>;
    CHECK(either.failure() == "is not a UUID and does not have length 0");
    CHECK(either.success() == "is a UUID or has length 0");
    constexpr auto& all = lathe::all_of<lathe::min_length<3>, lathe::ascii>;
    CHECK(all.failure() == "is shorter than 3 or is not ASCII");
    CHECK(all.failure(std::string("a")) == "is shorter than 3");
    CHECK(all.failure(std::string("abc\x80")) == "is not ASCII");
    CHECK(all.failure(std::string("\x80")) == "is shorter than 3 and is not ASCII");
    CHECK(all.success() == "is not shorter than 3 and is ASCII");
    CHECK(lathe::not_<lathe::contains<" ">>.failure() == "contains \" \"");
    CHECK(lathe::not_<lathe::contains<" ">>.success() == "does not contain \" \"");
    CHECK(lathe::not_<lathe::in_range<1, 2>>.failure() == "is in [1, 2]");
    CHECK(lathe::not_<either>.failure() == "is a UUID or has length 0");
    CHECK(lathe::not_<lathe::each<lathe::positive>>.failure() == "has no element that is not positive");
}

TEST_CASE("rules: rules on elements have names", "[rules][element_rules]") {
    CHECK(lathe::not_empty.name == "not_empty");
    CHECK(lathe::min_length<1>.name == "min_length");
    CHECK(lathe::max_length<1>.name == "max_length");
    CHECK(lathe::length<1>.name == "length");
    CHECK(lathe::each<lathe::positive>.name == "each");
    CHECK(lathe::all_of<lathe::positive>.name == "all_of");
    CHECK(lathe::any_of<lathe::positive>.name == "any_of");
    CHECK(lathe::not_<lathe::positive>.name == "not_");
}

} // namespace
