// SPDX-License-Identifier: MIT
// Random numbers are compared: LATHE_SEED=<seed> replays a run.
#include <lathe/model/value.hpp> // first: proves that the header stands alone

#include <concepts>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <initializer_list>
#include <limits>
#include <map>
#include <optional>
#include <random>
#include <ranges>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

#include <lathe/model/detail/value_hash.hpp>
#include <lathe/model/text.hpp>

#include "support/catch.hpp"
#include "support/seed.hpp"
#include "support/stress.hpp"

using lathe::dict;
using lathe::list;
using lathe::value;
using lathe::value_error;
using lathe::value_kind;
using lathe_test::Message;

namespace lathe_test::value_model {

// A model that holds values, and how it is written.
struct parcel {
    lathe::value content;
    lathe::dict labels{};
    lathe::list stops{};
    std::vector<lathe::value> extras{};
};

} // namespace lathe_test::value_model

namespace {

enum plain_enum { plain };
enum class scoped { one };
struct text_like {
    operator std::string_view() const { return "like text"; }
};

// What the types promise at compile time.
static_assert(sizeof(value) <= 40);
static_assert(std::regular<value> && std::regular<list> && std::regular<dict>);
static_assert(std::is_nothrow_default_constructible_v<value> && std::is_nothrow_default_constructible_v<list>);
static_assert(std::is_nothrow_move_constructible_v<value> && std::is_nothrow_move_assignable_v<value>);
static_assert(std::is_nothrow_move_constructible_v<list> && std::is_nothrow_move_assignable_v<list>);
static_assert(std::is_nothrow_move_constructible_v<dict> && std::is_nothrow_move_assignable_v<dict>);
static_assert(std::is_nothrow_constructible_v<value, list> && !std::is_nothrow_constructible_v<value, const list&>);
static_assert(std::is_nothrow_constructible_v<value, int> && !std::is_nothrow_constructible_v<value, const char*>);
static_assert(std::ranges::contiguous_range<list> && std::ranges::random_access_range<dict>);

template <class T>
concept has_elements = requires(T& from) { from["key"]; };
// What does not compile is nothing to those who ask.
static_assert(std::is_assignable_v<value&, int> && !std::is_assignable_v<value&, lathe_test::value_model::parcel> &&
              !std::is_assignable_v<value&, char>);
static_assert(has_elements<dict> && !has_elements<const dict> && !has_elements<value>);

template <class... T>
constexpr bool all_convert = (std::convertible_to<T, value> && ...);
static_assert(all_convert<std::nullptr_t, bool, signed char, unsigned char, short, long long, unsigned long, float>);
static_assert(all_convert<const char*, const char (&)[3], char*, std::string, std::string_view, text_like>);
static_assert(all_convert<lathe::bytes, list, dict, list&, const dict&>);
template <class... T>
constexpr bool none_converts = (!std::convertible_to<T, value> && ...) && (!std::constructible_from<value, T> && ...);
static_assert(none_converts<char, wchar_t, char8_t, char16_t, char32_t, long double, plain_enum, scoped, std::byte>);
static_assert(none_converts<int*, void*, const std::string*, int (&)[2], void (*)(), int value::*, std::optional<int>>);
static_assert(none_converts<std::vector<int>, std::vector<bool>::reference, std::initializer_list<int>>);
static_assert(!std::convertible_to<value, int> && !std::convertible_to<value, std::string_view>);
static_assert(!std::convertible_to<int, list> && !std::convertible_to<value, list> &&
              !std::convertible_to<value, dict>);
static_assert(!std::constructible_from<list, scoped> && !std::constructible_from<list, int, int*>);

TEST_CASE("value: holds the kind that it is made of", "[value]") {
    CHECK(value().kind() == value_kind::null);
    CHECK(value(nullptr).kind() == value_kind::null);
    CHECK(value(true).kind() == value_kind::boolean);
    CHECK(value('c' - 'a').kind() == value_kind::integer);
    CHECK(value(-1).as<std::int64_t>() == -1);
    CHECK(value(std::uint8_t{200}).as<std::int64_t>() == 200);
    CHECK(value(std::int8_t{-3}).as<std::int64_t>() == -3);
    CHECK(value(std::uint64_t{9223372036854775807U}).as<std::int64_t>() == std::numeric_limits<std::int64_t>::max());
    CHECK(value(std::uint64_t{9223372036854775808U}).as<std::uint64_t>() == 9223372036854775808U);
    CHECK(value(0.5F).as<double>() == 0.5);
    CHECK(value(2.5).as<double>() == 2.5);
    CHECK(value("text").as<std::string>() == "text");
    CHECK(value(std::string_view("a\0b", 3)).as<std::string>().size() == 3);
    CHECK(value(text_like()).as<std::string>() == "like text");
    CHECK(value(lathe::bytes(3)).as<lathe::bytes>().size() == 3);
    CHECK(value(list{1}).as<list>().size() == 1);
    CHECK(value(dict{{"a", 1}}).as<dict>().size() == 1);
    const char* const nothing = nullptr;
    CHECK(value(nothing).kind() == value_kind::null);
    CHECK(value(0).kind() == value_kind::integer); // not a null pointer
    CHECK(value(false).kind() == value_kind::boolean);
    struct {
        unsigned bits : 3;
    } const narrow{5};
    CHECK(value(narrow.bits) == 5);
}

TEST_CASE("value: is, as and get_if agree about what it holds", "[value]") {
    value v = 7;
    CHECK(v.is<std::int64_t>());
    CHECK_FALSE(v.is<std::uint64_t>());
    CHECK_FALSE(v.is<double>());
    REQUIRE(v.get_if<std::int64_t>() != nullptr);
    CHECK(v.get_if<std::string>() == nullptr);
    *v.get_if<std::int64_t>() = 8;
    CHECK(std::as_const(v).as<std::int64_t>() == 8);
    v.as<std::int64_t>() = 9;
    CHECK(*std::as_const(v).get_if<std::int64_t>() == 9);
    v = "text";
    v.as<std::string>() += " and more";
    CHECK(v == "text and more");
    const auto elements = [] {
        return value(list{1, 2});
    };
    std::int64_t sum = 0;
    for (const value& element : elements().as<list>()) // the list of a temporary lives as long as the loop
        sum += element.as<std::int64_t>();
    CHECK(sum == 3);
    CHECK(value(nullptr).as<std::nullptr_t>() == nullptr);
}

TEST_CASE("value: what it is not is refused by name", "[value]") {
    const value text = "x";
    CHECK_THROWS_MATCHES(text.as<std::int64_t>(), value_error, Message(R"(the text "x" is no integer)"));
    CHECK_THROWS_MATCHES(value().as<std::string>(), value_error, Message("null is no text"));
    CHECK_THROWS_MATCHES(value(std::string(300, 'x')).as<bool>(),
                         value_error,
                         Message("the text \"" + std::string(199, 'x') + "... (302 bytes) is no boolean"));
    CHECK_THROWS_MATCHES(value(1).as<std::uint64_t>(), value_error, Message("the integer 1 is no natural number"));
    CHECK_THROWS_MATCHES(value(1).as<double>(), value_error, Message("the integer 1 is no real number"));
    CHECK_THROWS_MATCHES(value(lathe::bytes()).as<list>(), value_error, Message("bytes are no list"));
    CHECK_THROWS_MATCHES(value(list()).as<dict>(), value_error, Message("a list is no dict"));
    CHECK_THROWS_MATCHES(value(dict()).as<bool>(), value_error, Message("a dict is no boolean"));
    CHECK_THROWS_MATCHES(value(true).as<lathe::bytes>(), value_error, Message("the boolean true is no bytes"));
    value real = 1.5;
    CHECK_THROWS_MATCHES(real.as<std::nullptr_t>(), value_error, Message("the real number 1.5 is not null"));
    CHECK_THROWS_AS(real.as<list>(), lathe::error);
    CHECK(real == 1.5);
}

TEST_CASE("value: compares with plain values from either side", "[value]") {
    const value one = 1;
    CHECK(one == 1);
    CHECK(1U == one);
    CHECK(one == 1.0);
    CHECK(one != 2);
    CHECK(one != "1");
    CHECK(one != true); // a truth value is no number
    CHECK(one != nullptr);
    CHECK(value() == nullptr);
    CHECK(value(true) == true);
    CHECK(value("x") == "x");
    CHECK(std::string("x") == value("x"));
    CHECK(value("x") == std::string_view("x"));
    CHECK(value("x") != static_cast<const char*>(nullptr));
    CHECK(value() == static_cast<const char*>(nullptr));
    CHECK(value("x") != lathe::bytes{std::byte{'x'}});
    CHECK(value(lathe::bytes(2)) == lathe::bytes(2));
    CHECK(value(list{1, "x"}) == list{1, "x"});
    CHECK(list{1, "x"} != value(list{1, "y"}));
    CHECK(value(dict{{"a", 1}}) == dict{{"a", 1.0}});
    CHECK(value(list()) != value(dict()));
    const double nan = std::numeric_limits<double>::quiet_NaN();
    CHECK(value(nan) != value(nan));
    CHECK(list{nan} != list{nan});
}

// Of this type each number that a value holds is a number, without rounding.
using exact = long double;
static_assert(std::numeric_limits<exact>::digits >= 64);

exact number_in(const value& v) {
    if (const auto* const integer = v.get_if<std::int64_t>()) return static_cast<exact>(*integer);
    if (const auto* const natural = v.get_if<std::uint64_t>()) return static_cast<exact>(*natural);
    return static_cast<exact>(v.as<double>());
}

TEST_CASE("value: numbers of all kinds are equal when they are the same number", "[value]") {
    const std::uint64_t seed = lathe_test::seed_of_run();
    INFO("LATHE_SEED=" << seed);
    std::mt19937_64 random(seed);
    std::vector<value> numbers{0.0, -0.0, 0.5, -0.5, 1e300, -1e300, std::numeric_limits<double>::infinity()};
    for (const std::uint64_t middle : {std::uint64_t{0}, std::uint64_t{1} << 53U, std::uint64_t{1} << 63U}) {
        for (std::uint64_t off = 0; off < 3; ++off) {
            for (const std::uint64_t bits : {middle + off, middle - off, random() >> (random() % 64)}) {
                numbers.emplace_back(bits);
                numbers.emplace_back(static_cast<std::int64_t>(bits));
                numbers.emplace_back(static_cast<double>(bits));
                numbers.emplace_back(static_cast<double>(static_cast<std::int64_t>(bits)));
                numbers.emplace_back(std::uint64_t{}).as<std::int64_t>() = static_cast<std::int64_t>(bits);
            }
        }
    }
    std::size_t equal = 0;
    for (const value& a : numbers) {
        for (const value& b : numbers) {
            const bool same = number_in(a) == number_in(b);
            equal += same && a.kind() != b.kind() ? 1U : 0U;
            if ((a == b) != same) FAIL_CHECK(to_string(a) << " and " << to_string(b));
        }
    }
    CHECK(equal > 20); // else there was little to compare
    value small = std::numeric_limits<std::uint64_t>::max();
    small.as<std::uint64_t>() = 5;
    CHECK(small == 5);
}

TEST_CASE("value: copies share nothing, and a value moved from is null", "[value]") {
    value a = dict{{"x", list{1, "a text that is too long for a small string", lathe::bytes(100)}}};
    value b = a;
    b.as<dict>()["x"].as<list>()[0] = 2;
    CHECK(a == dict{{"x", list{1, "a text that is too long for a small string", lathe::bytes(100)}}});
    CHECK(b != a);
    const value c = std::move(a);
    CHECK(a == nullptr); // NOLINT: on purpose
    CHECK(c.as<dict>().size() == 1);
    a = b;
    CHECK(a == b);
    a = {};
    CHECK(a == nullptr);
    a = std::move(b);
    CHECK(b == nullptr); // NOLINT: on purpose
    CHECK(a.is<dict>());
    value& same = a;
    a = same;
    a = std::move(same);
    CHECK(a.as<dict>().at("x").as<list>().size() == 3);
    std::swap(a, b);
    CHECK(a == nullptr);
    CHECK(b.is<dict>());
}

TEST_CASE("value: may be assigned a part of itself", "[value]") {
    value v = list{1, list{2, list{3}}};
    SECTION("moved") {
        v = std::move(v.as<list>()[1]);
        CHECK(v == list{2, list{3}});
    }
    SECTION("copied") {
        v = v.as<list>()[1];
        CHECK(v == list{2, list{3}});
    }
    SECTION("as a list, moved") {
        list& l = v.as<list>();
        l = std::move(l[1].as<list>());
        CHECK(l == list{2, list{3}});
    }
    SECTION("as a list, copied") {
        list& l = v.as<list>();
        l = l[1].as<list>();
        CHECK(l == list{2, list{3}});
    }
    SECTION("and be added to itself") {
        list& l = v.as<list>();
        l.push_back(l[1]);
        l.emplace_back(v);
        CHECK(l.size() == 4);
        CHECK(l[2] == l[1]);
        CHECK(l[3].as<list>().size() == 3);
    }
}

TEST_CASE("list: is written as its values, and copies when it is one list", "[value]") {
    const list x{1, 2};
    CHECK(list{x} == x);
    CHECK(list{list{1, 2}} == x);
    list y{x};
    CHECK(list{y} == x); // of a variable that is not constant too
    CHECK(list{std::move(y)} == x);
    CHECK(y.empty()); // NOLINT: on purpose
    CHECK(list{value{x}}.size() == 1);
    CHECK(list{x, x}.size() == 2);
    CHECK(list{"a", "b"}.size() == 2); // no two iterators
    CHECK(list{nullptr}.size() == 1);
    CHECK(list{}.empty());
    CHECK(list{std::vector<value>{1, 2}} == x);
    CHECK(list(x).values() == std::vector<value>{1, 2});
}

TEST_CASE("list: behaves as a vector", "[value]") {
    list l;
    l.reserve(4);
    l.push_back(1);
    CHECK(l.emplace_back() == nullptr);
    CHECK(l.emplace_back("three") == "three");
    const auto second = l.insert(l.begin() + 1, 1.5);
    CHECK(second == l.begin() + 1);
    CHECK(l == list{1, 1.5, nullptr, "three"});
    const auto third = l.erase(l.begin() + 2);
    CHECK(third == l.begin() + 2);
    CHECK(l == list{1, 1.5, "three"});
    const auto behind = l.erase(l.end() - 1);
    CHECK(behind == l.end());
    const auto last = l.insert(l.end(), 2);
    CHECK(last == l.end() - 1);
    CHECK(l.front() == 1);
    CHECK(l.back() == 2);
    CHECK(std::as_const(l).front() == 1);
    CHECK(std::as_const(l).back() == 2);
    l[0] = 0;
    CHECK(std::as_const(l)[0] == 0);
    CHECK(std::as_const(l).at(2) == 2);
    l.at(2) = 3;
    CHECK_THROWS_MATCHES(l.at(3), value_error, Message("3 is no index of a list of 3 values"));
    l.pop_back();
    l.pop_back();
    CHECK_THROWS_MATCHES(std::as_const(l).at(7), value_error, Message("7 is no index of a list of 1 value"));
    l.clear();
    CHECK(l.empty());
    CHECK(l.begin() == l.end());
    std::vector<value> taken = list{1, 2}.values();
    CHECK(taken.size() == 2);
    CHECK(list{1, 2} != list{2, 1});
    CHECK(list{1} != list{1, 1});
}

TEST_CASE("value: trees of any depth are destroyed without recursion", "[value]") {
    constexpr std::size_t depth = 1'000'000;
    SECTION("lists of one") {
        value v;
        for (std::size_t i = 0; i < depth; ++i)
            v = list{value{std::move(v)}};
    }
    SECTION("dicts and lists of several, the deep one anywhere") {
        value v = "the end";
        for (std::size_t i = 0; i < depth; ++i) {
            switch (i % 4) {
            case 0:
                v = list{i, list{"b", list{}}, std::move(v)};
                break;
            case 1:
                v = list{std::move(v), dict{{"x", list{i}}}, "a text that is too long for a small string"};
                break;
            case 2:
                v = dict{{"a", i}, {"b", std::move(v)}, {"c", dict{{"d", list{1}}}}};
                break;
            default:
                v = dict{{"a", std::move(v)}};
            }
        }
        CHECK(v.as<dict>().size() == 1);
    }
    SECTION("by whatever takes values away") {
        list l;
        dict d;
        for (std::size_t round = 0; round < 6; ++round) {
            value v;
            for (std::size_t i = 0; i < depth / 6; ++i)
                v = list{std::move(v), i};
            l.emplace_back(std::move(v));
            std::swap(d["x"], l.back());
            if (round == 0) l.pop_back();
            if (round == 1) l.clear();
            if (round == 2) d.erase("x");
            if (round == 3) l.erase(l.begin());
            if (round == 4) d.clear();
        }
        l = {};
    }
}

TEST_CASE("value: each part of a tree is destroyed once", "[value]") { // which asan sees
    const std::uint64_t seed = lathe_test::seed_of_run();
    INFO("LATHE_SEED=" << seed);
    std::mt19937_64 random(seed);
    for (std::size_t tree = lathe_test::rounds(200); tree-- > 0;) {
        std::vector<value> parts;
        for (std::size_t i = 0; i < 100; ++i) {
            value made = std::string(random() % 40, 'x');
            if (const std::size_t children = random() % 4; random() % 2 == 0) {
                list l;
                for (std::size_t k = 0; k < children && !parts.empty(); ++k) {
                    std::swap(parts[random() % parts.size()], parts.back());
                    l.push_back(std::move(parts.back()));
                    parts.pop_back();
                }
                made = std::move(l);
            } else if (random() % 2 == 0) {
                dict d;
                for (std::size_t k = 0; k < children && !parts.empty(); ++k) {
                    std::swap(parts[random() % parts.size()], parts.back());
                    d.try_emplace(std::to_string(k), std::move(parts.back()));
                    parts.pop_back();
                }
                made = std::move(d);
            }
            parts.push_back(std::move(made));
        }
        const std::vector<value> copy = parts;
        CHECK(copy == parts);
        parts.clear();
    }
}

TEST_CASE("value: text is what people read", "[value]") {
    const dict d{{"a", 1}, {"b", "te\"xt\n"}, {"c", list{1, 2.5, nullptr}}, {"d", dict{{"x", true}}}, {"e \"", -0.5}};
    CHECK(to_string(d) == R"({"a": 1, "b": "te\"xt\n", "c": [1, 2.5, none], "d": {"x": true}, "e \"": -0.5})");
    CHECK(lathe::to_string(value(d)) == to_string(d));
    CHECK(to_string(list{}) == "[]");
    CHECK(to_string(dict{}) == "{}");
    CHECK(to_string(value()) == "none");
    CHECK(to_string(value(std::numeric_limits<std::uint64_t>::max())) == "18446744073709551615");
    const auto raw = [](std::initializer_list<int> given) {
        lathe::bytes made;
        for (const int byte : given)
            made.push_back(static_cast<std::byte>(byte));
        return to_string(value(made));
    };
    CHECK(raw({0, 255}) == R"(b"\x00\xff")");
    CHECK(raw({'P', 'N', 'G', '"', '\\', ' ', '~', 127, '\n'}) == R"(b"PNG\"\\ ~\x7f\x0a")");
    CHECK(raw({}) == R"(b"")");
}

TEST_CASE("value: text is the same in models and containers", "[value]") {
    const lathe_test::value_model::parcel p{"book", {{"fragile", false}}, list{"SFO", 2}, {1, dict{{"x", nullptr}}}};
    CHECK(lathe::to_string(p) ==
          R"(parcel(content="book", labels={"fragile": false}, stops=["SFO", 2], extras=[1, {"x": none}]))");
    CHECK(lathe::detail::shown_value(*dict{{"a", 1}}.begin()) == R"(("a", 1))");
}

// The test vector of the paper, "SipHash: a fast short-input PRF", appendix A; and hash() of CPython 3.11 for bytes
// under PYTHONHASHSEED=0, which is SipHash-1-3 with the key 0.
TEST_CASE("value: the hash of keys is SipHash", "[value]") {
    using lathe::detail::sip_hash;
    const std::string_view counted("\0\1\2\3\4\5\6\7\10\11\12\13\14\15\16", 15);
    CHECK(sip_hash<2, 4>({0x0706050403020100U, 0x0f0e0d0c0b0a0908U})(counted) == 0xa129ca6149be45e5U);
    CHECK(sip_hash<1, 3>({0, 0})("a") == 0x407448d2b89b1813U);
    CHECK(sip_hash<1, 3>({0, 0})("abc") == 0xc03bc3a0042630f2U);
    CHECK(sip_hash<1, 3>({0, 0})("12345678") == 0x3489982430560a87U);
    CHECK(sip_hash<1, 3>({0, 0})("a longer key: 16+") == 0xdeb6c75420e0702dU);
    const lathe::detail::sip_key one = lathe::detail::random_sip_key();
    const lathe::detail::sip_key other = lathe::detail::random_sip_key();
    CHECK((one.low != other.low || one.high != other.high));
}

} // namespace
