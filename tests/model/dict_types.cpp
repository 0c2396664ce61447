// SPDX-License-Identifier: MIT
// Each type that a model may hold: as what it stands in a dictionary, and that it is read from there.
#include <lathe/model/dict.hpp> // first: proves that the header stands alone

#include <array>
#include <bit>
#include <chrono>
#include <compare>
#include <cstddef>
#include <cstdint>
#include <deque>
#include <limits>
#include <list>
#include <map>
#include <memory>
#include <optional>
#include <ratio>
#include <set>
#include <string>
#include <string_view>
#include <tuple>
#include <unordered_map>
#include <unordered_set>
#include <utility>
#include <variant>
#include <vector>

#include <lathe/model/rules.hpp>

#include "support/catch.hpp"

namespace dict_types_test {
enum class phase { parked, take_off };
} // namespace dict_types_test

template <>
inline constexpr auto lathe::enumerators<dict_types_test::phase> =
    lathe::names{{"Parked", dict_types_test::phase::parked}, {"Take-off run", dict_types_test::phase::take_off}};

namespace dict_types_test {

namespace chrono = std::chrono;
using lathe::dict;
using lathe::list;
using lathe::value;
using lathe::value_kind;

enum class colour : unsigned char { red, green, blue };

// The same kinds of values, and keys in the same order. A value's own == takes 1 and 1.0 for equal, as it should.
bool same(const value& a, const value& b) {
    if (a.kind() != b.kind()) return false;
    if (const auto* real = a.get_if<double>()) {
        return std::bit_cast<std::uint64_t>(*real) == std::bit_cast<std::uint64_t>(b.as<double>());
    }
    if (const auto* elements = a.get_if<list>()) {
        const auto& others = b.as<list>();
        if (elements->size() != others.size()) return false;
        auto other = others.begin();
        for (const value& element : *elements) {
            if (!same(element, *other++)) return false;
        }
        return true;
    }
    if (const auto* entries = a.get_if<dict>()) {
        const auto& others = b.as<dict>();
        if (entries->size() != others.size()) return false;
        auto other = others.begin();
        for (const auto& [key, held] : *entries) {
            const auto& [other_key, other_held] = *other;
            if (key != other_key || !same(held, other_held)) return false;
            ++other;
        }
        return true;
    }
    return a == b;
}

// Pointers are equal when what they own is, and no number is no number.
template <class T>
bool equal(const T& a, const T& b) {
    if constexpr (requires { a.get(); }) {
        return a == nullptr || b == nullptr ? a == b : equal(*a, *b);
    } else {
        return a == b || (a != a && b != b);
    }
}

void check(const value& written, const value& expected, const std::string& refused, bool read_alike) {
    INFO(to_string(written) << " where " << to_string(expected) << " is expected");
    CHECK(same(written, expected));
    CHECK(refused.empty());
    CHECK(read_alike);
}

// Little of it is a template, since it is called with so many types.
template <class T>
void stands_as(const T& object, const value& expected) {
    const auto read = lathe::try_from_value<T>(expected);
    check(lathe::to_value(object), expected, read ? "" : read.error().what(), read && equal(*read, object));
}

template <class T>
std::string refusal(const value& from) {
    const auto read = lathe::try_from_value<T>(from);
    return read ? "nothing is refused" : read.error().what();
}

// ---- scalars ----

template <class T>
void integer_limits(const std::string& range) {
    using limits = std::numeric_limits<T>;
    stands_as<T>(limits::min(), limits::min());
    stands_as<T>(limits::max(), limits::max());
    stands_as<T>(7, 7);
    if constexpr (sizeof(T) < 8) {
        const std::int64_t above = std::int64_t{limits::max()} + 1;
        const std::int64_t below = std::int64_t{limits::min()} - 1;
        CHECK(refusal<T>(above) == std::to_string(above) + " is not in " + range);
        CHECK(refusal<T>(below) == std::to_string(below) + " is not in " + range);
    }
}

TEST_CASE("dict types: integers of all widths, to their limits", "[dict]") {
    integer_limits<signed char>("[-128, 127]");
    integer_limits<unsigned char>("[0, 255]");
    integer_limits<short>("[-32768, 32767]");
    integer_limits<unsigned short>("[0, 65535]");
    integer_limits<int>("[-2147483648, 2147483647]");
    integer_limits<unsigned>("[0, 4294967295]");
    integer_limits<long>("");
    integer_limits<unsigned long>("");
    integer_limits<long long>("");
    integer_limits<unsigned long long>("");
    CHECK(refusal<std::int64_t>(std::uint64_t{1} << 63U) ==
          "9223372036854775808 is not in [-9223372036854775808, 9223372036854775807]");
    CHECK(refusal<std::uint64_t>(-1) == "-1 is not in [0, 18446744073709551615]");
}

template <class T>
void floating_limits() {
    using limits = std::numeric_limits<T>;
    for (const T number : {T{0},
                           -T{0},
                           T{1} / 3,
                           limits::max(),
                           limits::lowest(),
                           limits::min(),
                           limits::denorm_min(),
                           -limits::denorm_min(),
                           limits::infinity(),
                           -limits::infinity(),
                           limits::quiet_NaN()}) {
        stands_as<T>(number, double{number});
    }
    stands_as<std::optional<T>>(T{0.5}, 0.5);
    CHECK(lathe::from_value<T>(value(3)) == 3);
}

TEST_CASE("dict types: floating-point numbers, to their limits", "[dict]") {
    floating_limits<float>();
    floating_limits<double>();
    stands_as<long double>(0.5L, 0.5);
    stands_as<long double>(-std::numeric_limits<long double>::infinity(), -std::numeric_limits<double>::infinity());
    CHECK(lathe::from_value<long double>(value(std::numeric_limits<std::uint64_t>::max())) == 0xFFFF'FFFF'FFFF'FFFFp0L);
}

TEST_CASE("dict types: a long double that no double is, is refused", "[dict]") {
    using limits = std::numeric_limits<long double>;
    if constexpr (limits::digits > std::numeric_limits<double>::digits) {
        CHECK_THROWS_AS(lathe::to_value(1 / 3.0L), lathe::validation_error);
        CHECK_THROWS_AS(lathe::to_value(limits::max()), lathe::validation_error);
    }
}

TEST_CASE("dict types: truth values and characters", "[dict]") {
    stands_as(true, true);
    stands_as(false, false);
    stands_as('x', "x");
    stands_as('\0', std::string(1, '\0'));
    stands_as('\xE9', "\xE9");
    CHECK(refusal<char>("") == "\"\" is not a single character");
    CHECK(refusal<char>("xy") == "\"xy\" is not a single character");
    CHECK(refusal<char>(120) == "120 is not a single character");
}

TEST_CASE("dict types: text of any length and any bytes", "[dict]") {
    stands_as<std::string>("", "");
    stands_as<std::string>("Gr\xC3\xBC\xC3\x9F"
                           "e, \xE4\xB8\x96\xE7\x95\x8C",
                           "Gr\xC3\xBC\xC3\x9F"
                           "e, \xE4\xB8\x96\xE7\x95\x8C");
    stands_as(std::string("a\0b", 3), std::string("a\0b", 3));
    stands_as(std::string(1 << 20, 'x'), std::string(1 << 20, 'x'));
    stands_as<std::string>("\xFF", "\xFF"); // no UTF-8
    CHECK(lathe::to_value("literal") == "literal");
    CHECK(lathe::to_value(std::string_view("view")) == "view");
    const char* nothing = nullptr;
    CHECK(lathe::to_value(nothing) == nullptr);
}

TEST_CASE("dict types: enumerators by their identifiers, or by the names they were given", "[dict]") {
    stands_as(colour::green, "green");
    stands_as(phase::take_off, "Take-off run");
    CHECK(refusal<colour>("pink") == "\"pink\" is not one of red, green, blue");
    CHECK(refusal<phase>("take_off") == "\"take_off\" is not one of Parked, Take-off run");
    CHECK(refusal<colour>(1) == "1 is not one of red, green, blue");
}

TEST_CASE("dict types: dates and times in ISO 8601", "[dict]") {
    using namespace std::chrono_literals;
    stands_as(2026y / 11 / 22, "2026-11-22");
    stands_as(0y / 2 / 29, "0000-02-29");
    stands_as(chrono::sys_days(1969y / 12 / 31), "1969-12-31");
    stands_as(chrono::sys_days(9999y / 12 / 31) + 86399s, "9999-12-31T23:59:59Z");
    stands_as(chrono::sys_time<chrono::milliseconds>(-1ms), "1969-12-31T23:59:59.999Z");
    CHECK(refusal<chrono::year_month_day>("2026-02-29") == "\"2026-02-29\" is not in the calendar");
    CHECK(refusal<chrono::year_month_day>(20261122) == "20261122 is not a date such as 2026-11-22");
    CHECK(refusal<chrono::sys_seconds>("now") == "\"now\" is not a time such as 2026-11-22T19:32:06Z");
}

TEST_CASE("dict types: durations with their unit, or as the number of their ticks", "[dict]") {
    using namespace std::chrono_literals;
    stands_as(250ms, "250ms");
    stands_as(chrono::nanoseconds::min(), "-9223372036854775808ns");
    stands_as(chrono::days(-3), "-3d");
    stands_as(chrono::duration<double>(0.25), "0.25s");
    stands_as(chrono::duration<int, std::ratio<7, 2>>(3), 3);
    CHECK(refusal<chrono::seconds>("250ms") == "\"250ms\" is not a number of s");
    CHECK(refusal<chrono::seconds>(250) == "250 is not a number of s");
}

TEST_CASE("dict types: bytes", "[dict]") {
    const lathe::bytes three{std::byte{0}, std::byte{0x7F}, std::byte{0xFF}};
    stands_as(three, three);
    stands_as(lathe::bytes{}, lathe::bytes{});
    using four = std::array<std::byte, 4>;
    stands_as(four{std::byte{1}, std::byte{2}, std::byte{3}, std::byte{4}},
              lathe::bytes{std::byte{1}, std::byte{2}, std::byte{3}, std::byte{4}});
    CHECK(refusal<four>(three) == "3 bytes is not 4 bytes");
    CHECK(refusal<lathe::bytes>(list{1, 2}) == "a list is not bytes");
    stands_as(std::vector<unsigned char>{1, 255}, list{1, 255}); // numbers, as their type says
}

TEST_CASE("dict types: nothing at all", "[dict]") {
    stands_as(std::monostate{}, nullptr);
    stands_as(nullptr, nullptr);
    CHECK(refusal<std::monostate>(0) == "0 is not null");
    stands_as(std::tuple<>{}, list{});
    stands_as(std::vector<int>{}, list{});
    stands_as(std::array<int, 0>{}, list{});
    struct empty {
        bool operator==(const empty&) const = default;
    };
    stands_as(empty{}, dict{});
}

// ---- containers ----

TEST_CASE("dict types: sequences are lists", "[dict]") {
    const list numbers{3, 1, 2, 3};
    stands_as(std::vector<int>{3, 1, 2, 3}, numbers);
    stands_as(std::deque<int>{3, 1, 2, 3}, numbers);
    stands_as(std::list<int>{3, 1, 2, 3}, numbers);
    stands_as(std::array<int, 4>{3, 1, 2, 3}, numbers);
    stands_as(std::vector<bool>{true, false, true}, list{true, false, true});
    stands_as(std::vector<std::vector<int>>{{1, 2}, {}, {3}}, list{list{1, 2}, list{}, value(list{3})});
    stands_as(std::vector<std::array<std::string, 1>>{{{"a"}}, {{"b"}}}, list{value(list{"a"}), value(list{"b"})});
    stands_as(std::vector<std::optional<int>>{1, std::nullopt}, list{1, nullptr});
    stands_as(std::deque<std::vector<bool>>{{true}, {}}, list{value(list{true}), list{}});
    stands_as(std::vector<char>{'a', 'b'}, list{"a", "b"});
    CHECK(refusal<std::vector<int>>(list{1, "x", 2, nullptr}) == "[1]: \"x\" is not a whole number\n"
                                                                 "[3]: null is not a whole number");
    CHECK(refusal<std::vector<bool>>(list{true, 1}) == "[1]: 1 is not true or false");
    CHECK(refusal<std::vector<int>>(dict{}) == "a dict is not a list");
}

TEST_CASE("dict types: sets are lists without repetitions", "[dict]") {
    stands_as(std::set<int>{1, 2, 3}, list{1, 2, 3});
    stands_as(std::set<std::vector<int>>{{1, 2}, {3}}, list{list{1, 2}, value(list{3})});
    stands_as(std::multiset<int>{1, 1, 2}, list{1, 1, 2});
    stands_as(std::unordered_set<std::string>{"only"}, value(list{"only"}));
    const std::unordered_set<int> many{1, 2, 3, 4};
    CHECK(lathe::from_value<std::unordered_set<int>>(lathe::to_value(many)) == many);
    CHECK(refusal<std::set<int>>(list{1, 2, 1}) == "[2]: the element is there already");
    CHECK(refusal<std::unordered_set<std::string>>(list{"a", "a"}) == "[1]: the element is there already");
    CHECK(refusal<std::set<std::vector<int>>>(list{list{1, 2}, list{1, 2}}) == "[1]: the element is there already");
}

struct point {
    int x = 0;
    int y = 0;
    auto operator<=>(const point&) const = default;
};

// Text to others: #0a.
struct shade {
    int depth = 0;
    auto operator<=>(const shade&) const = default;
};
std::string to_string(const shade& s) {
    constexpr std::string_view digits = "0123456789abcdef";
    return {'#', digits[static_cast<std::size_t>(s.depth) / 16], digits[static_cast<std::size_t>(s.depth) % 16]};
}
bool read_text(std::string_view text, shade& to) {
    if (text.size() != 3 || text[0] != '#') return false;
    to.depth = 0;
    for (const char c : text.substr(1)) {
        const auto digit = std::string_view("0123456789abcdef").find(c);
        if (digit == std::string_view::npos) return false;
        to.depth = 16 * to.depth + static_cast<int>(digit);
    }
    return true;
}

TEST_CASE("dict types: maps with keys that have a text are dicts", "[dict]") {
    using namespace std::chrono_literals;
    stands_as(std::map<std::string, int>{{"a", 1}, {"", 2}}, dict{{"", 2}, {"a", 1}});
    stands_as(std::unordered_map<std::string, int>{{"a", 1}}, dict{{"a", 1}});
    stands_as(std::map<int, bool>{{-1, true}, {20, false}}, dict{{"-1", true}, {"20", false}});
    stands_as(std::map<colour, int>{{colour::red, 1}, {colour::blue, 2}}, dict{{"red", 1}, {"blue", 2}});
    stands_as(std::map<phase, int>{{phase::take_off, 2}}, dict{{"Take-off run", 2}});
    stands_as(std::map<chrono::year_month_day, int>{{2026y / 11 / 22, 1}}, dict{{"2026-11-22", 1}});
    stands_as(std::map<chrono::milliseconds, int>{{250ms, 1}}, dict{{"250ms", 1}});
    stands_as(std::map<chrono::duration<int, std::ratio<7, 2>>, int>{{chrono::duration<int, std::ratio<7, 2>>(3), 1}},
              dict{{"3", 1}});
    stands_as(std::map<bool, int>{{false, 1}, {true, 2}}, dict{{"false", 1}, {"true", 2}});
    stands_as(std::map<char, int>{{'\0', 1}, {'"', 2}}, dict{{std::string(1, '\0'), 1}, {"\"", 2}});
    stands_as(std::map<double, int>{{0.1, 1}, {1e300, 2}}, dict{{"0.1", 1}, {"1e+300", 2}});
    stands_as(std::map<shade, int>{{{10}, 1}, {{255}, 2}}, dict{{"#0a", 1}, {"#ff", 2}});
    stands_as(std::map<std::string, std::vector<point>>{{"a", {{1, 2}}}},
              dict{{"a", list{value(dict{{"x", 1}, {"y", 2}})}}});
    CHECK(refusal<std::map<int, int>>(dict{{"1", 1}, {"x", 2}}) == "[\"x\"]: \"x\" is not a whole number");
    CHECK(refusal<std::map<int, int>>(dict{{"1", 1}, {"01", 2}}) == "[\"01\"]: the key is there already");
    CHECK(refusal<std::map<std::string, int>>(dict{{"a", 1}, {"b", "x"}}) == "[\"b\"]: \"x\" is not a whole number");
    CHECK(refusal<std::map<std::string, int>>(list{}) == "a list is not a dict");
}

TEST_CASE("dict types: other maps are lists of pairs", "[dict]") {
    stands_as(std::map<point, std::string>{{{1, 2}, "a"}, {{3, 4}, "b"}},
              list{list{dict{{"x", 1}, {"y", 2}}, "a"}, list{dict{{"x", 3}, {"y", 4}}, "b"}});
    stands_as(std::multimap<std::string, int>{{"a", 1}, {"a", 2}}, list{list{"a", 1}, list{"a", 2}});
    stands_as(std::map<std::vector<int>, int>{{{1, 2}, 3}}, value(list{value(list{list{1, 2}, 3})}));
    using of_points = std::map<point, int>;
    const list repeated{list{dict{{"x", 1}}, 1}, list{dict{{"x", 1}, {"y", 0}}, 2}};
    CHECK(refusal<of_points>(repeated) == "[1]: the element is there already");
    CHECK(refusal<of_points>(value(list{value(list{dict{{"x", "1"}}, "2"})})) ==
          "[0][0].x: \"1\" is not a whole number\n"
          "[0][1]: \"2\" is not a whole number");
    CHECK(refusal<of_points>(value(list{value(list{dict{}})})) == "[0]: a list of 1 is not a list of 2");
    CHECK_FALSE(lathe::try_from_value<of_points>(repeated, {.conversions = lathe::conversions::lax})); // which of them?
}

TEST_CASE("dict types: arrays, pairs and tuples are lists of their size", "[dict]") {
    stands_as(std::pair<int, std::string>{1, "a"}, list{1, "a"});
    stands_as(std::tuple<int, bool, std::optional<std::string>>{1, true, std::nullopt}, list{1, true, nullptr});
    stands_as(std::tuple<point, std::vector<int>>{{1, 2}, {3}}, list{dict{{"x", 1}, {"y", 2}}, list{3}});
    using three = std::array<int, 3>;
    CHECK(refusal<three>(list{1, 2}) == "a list of 2 is not a list of 3");
    CHECK(refusal<three>(list{1, 2, 3, list{}}) == "a list of 4 is not a list of 3");
    CHECK(refusal<std::tuple<int, bool>>(list{true, 1}) == "[0]: true is not a whole number\n"
                                                           "[1]: 1 is not true or false");
}

struct labelled {
    lathe::property<std::string, lathe::not_empty> label; // has no default
    bool operator==(const labelled&) const = default;
};

TEST_CASE("dict types: pairs and tuples may hold models whose fields are required", "[dict]") {
    const labelled a{.label = "a"};
    const dict as_dict{{"label", "a"}};
    stands_as(std::vector<std::pair<int, labelled>>{{1, a}}, value(list{value(list{1, as_dict})}));
    stands_as(std::map<point, labelled>{{{1, 2}, a}}, value(list{value(list{dict{{"x", 1}, {"y", 2}}, as_dict})}));
    stands_as(std::optional<std::tuple<labelled, std::pair<labelled, int>>>(std::in_place, a, std::pair(a, 1)),
              list{as_dict, list{as_dict, 1}});
    CHECK(refusal<std::vector<std::pair<int, labelled>>>(value(list{value(list{1, dict{}})})) ==
          "[0][1].label: is missing");
}

struct arrays {
    int numbers[3] = {1, 2, 3};
    point corners[2] = {};
    int grid[2][2] = {{1, 2}, {3, 4}};
    char code[4] = "abc";
    bool operator==(const arrays&) const = default;
};

TEST_CASE("dict types: arrays of C", "[dict]") {
    arrays a;
    a.corners[1].y = 5;
    const dict expected{{"numbers", list{1, 2, 3}},
                        {"corners", list{dict{{"x", 0}, {"y", 0}}, dict{{"x", 0}, {"y", 5}}}},
                        {"grid", list{list{1, 2}, list{3, 4}}},
                        {"code", "abc"}};
    CHECK(same(lathe::to_dict(a), expected));
    CHECK(lathe::from_dict<arrays>(expected) == a);
    CHECK(lathe::from_dict<arrays>(dict{}) == arrays{});
    const auto full = lathe::from_dict<arrays>(dict{{"code", "wxyz"}}); // no zero at its end
    CHECK(std::string_view(full.code, 4) == "wxyz");
    CHECK(lathe::to_dict(full).at("code") == "wxyz");
    CHECK(lathe::from_dict<arrays>(dict{{"code", "x"}}).code[2] == '\0'); // nothing of the default is left
    const auto wrong = lathe::try_from_dict<arrays>(dict{{"code", "abcde"}, {"grid", list{list{1, 2}, list{3, "4"}}}});
    REQUIRE_FALSE(wrong);
    CHECK(std::string(wrong.error().what()) == "arrays.code: \"abcde\" is longer than 4 bytes\n"
                                               "arrays.grid[1][1]: \"4\" is not a whole number");
}

// ---- what may be something or nothing ----

TEST_CASE("dict types: optionals and pointers that own are what they hold, or null", "[dict]") {
    stands_as<std::optional<int>>(7, 7);
    stands_as<std::optional<int>>(std::nullopt, nullptr);
    stands_as<std::optional<std::vector<int>>>(std::vector{1, 2}, list{1, 2});
    stands_as(std::make_unique<int>(7), 7);
    stands_as(std::unique_ptr<point>(), nullptr);
    stands_as(std::make_unique<point>(point{1, 2}), dict{{"x", 1}, {"y", 2}});
    stands_as(std::make_shared<std::string>("a"), "a");
    stands_as(std::shared_ptr<point>(), nullptr);
    CHECK(refusal<std::optional<int>>("x") == "\"x\" is not a whole number");
    CHECK(refusal<std::unique_ptr<point>>(list{}) == "a list is not a dict");
}

TEST_CASE("dict types: what was there before gives way", "[dict]") {
    struct full {
        std::vector<int> numbers = {1, 2, 3};
        std::map<std::string, int> counts = {{"a", 1}};
        std::optional<int> maybe = 7;
        std::shared_ptr<int> shared = std::make_shared<int>(8);
        dict any = {{"a", 1}};
        lathe::bytes raw = lathe::bytes(3);
    };
    const auto made = lathe::from_dict<full>(dict{{"numbers", value(list{9})},
                                                  {"counts", dict{}},
                                                  {"maybe", nullptr},
                                                  {"shared", nullptr},
                                                  {"any", dict{{"b", 2}}},
                                                  {"raw", lathe::bytes(1)}});
    CHECK(made.numbers == std::vector{9});
    CHECK(made.counts.empty());
    CHECK_FALSE(made.maybe);
    CHECK(made.shared == nullptr);
    CHECK(made.any == dict{{"b", 2}});
    CHECK(made.raw.size() == 1);
}

struct circle {
    double radius = 0;
    bool operator==(const circle&) const = default;
};

TEST_CASE("dict types: a variant is what it holds, and takes what one of its types takes", "[dict]") {
    using any = std::variant<std::monostate, bool, int, double, std::string, point, circle, std::vector<int>>;
    stands_as(any(), nullptr);
    stands_as(any(true), true);
    stands_as(any(1), 1);
    stands_as(any(1.0), 1.0);
    stands_as(any("1"), "1");
    stands_as(any(point{1, 2}), dict{{"x", 1}, {"y", 2}});
    stands_as(any(circle{0.5}), dict{{"radius", 0.5}});
    stands_as(any(std::vector{1, 2}), list{1, 2});
    stands_as(std::vector<any>{1, "a", std::vector{1, 2}}, list{1, "a", list{1, 2}});

    // The first whose kind it is, else the first that takes it.
    using numbers = std::variant<float, double, signed char>;
    CHECK(lathe::from_value<numbers>(value(0.5)).index() == 0);
    CHECK(lathe::from_value<numbers>(value(0.1)).index() == 1);
    CHECK(lathe::from_value<numbers>(value(7)).index() == 2);
    CHECK(lathe::from_value<numbers>(value(700)).index() == 0);
    using texts = std::variant<chrono::year_month_day, std::string>;
    CHECK(lathe::from_value<texts>(value("2026-11-22")).index() == 0);
    CHECK(lathe::from_value<texts>(value("2026-11-32")).index() == 1);

    CHECK(refusal<std::variant<int, std::string>>(true) == "true is not a whole number or text");
    CHECK(refusal<std::variant<int, std::string>>(value(1LL << 40U)) ==
          "1099511627776 is not in [-2147483648, 2147483647]"); // only one was meant
    CHECK(refusal<std::variant<int, point>>(dict{{"x", "1"}}) == "x: \"1\" is not a whole number");
    CHECK(refusal<std::variant<point, circle>>(dict{{"z", 1}}) == "{\"z\": 1} is not a point or a circle");
}

TEST_CASE("dict types: values, lists and dicts are themselves", "[dict]") {
    stands_as(value(), nullptr);
    stands_as(value(1.5), 1.5);
    stands_as(value(lathe::bytes(2)), lathe::bytes(2));
    const dict deep{{"a", list{1, std::uint64_t{1} << 63U, 2.5, nullptr, true, "x", dict{{"", list{}}}}},
                    {"b", dict{}}};
    stands_as(value(deep), deep);
    stands_as(deep, deep);
    stands_as(list{1, deep, list{}}, list{1, deep, list{}});
    stands_as(std::vector<dict>{deep, {}}, list{deep, dict{}});
    CHECK(refusal<dict>(list{}) == "a list is not a dict");
    CHECK(refusal<list>(1) == "1 is not a list");
}

// ---- models ----

class account { // its members are private
public:
    account() = default;
    account(int id, std::string owner) : m_id(id), m_owner(std::move(owner)) {}
    static consteval auto fields() { return lathe::fields<&account::m_id, &account::m_owner>; }
    bool operator==(const account&) const = default;

private:
    int m_id = 0;
    lathe::property<std::string, lathe::trimmed, lathe::not_empty> m_owner = "nobody";
    int m_counter = 0; // no field
};

struct node {
    std::string name = {};
    std::vector<node> children = {};
    std::unique_ptr<node> next = nullptr;
    std::map<std::string, node> by_name = {};
};
bool operator==(const node& a, const node& b) {
    return a.name == b.name && a.children == b.children && equal(a.next, b.next) && a.by_name == b.by_name;
}

TEST_CASE("dict types: models, in each other and in themselves", "[dict]") {
    stands_as(account(7, "Ada"), dict{{"id", 7}, {"owner", "Ada"}});
    CHECK(lathe::from_dict<account>(dict{{"owner", "  Ada "}}) == account(0, "Ada"));
    CHECK(refusal<account>(dict{{"owner", "  "}, {"counter", 1}}) ==
          "account.owner: \"\" is empty\naccount.counter: is not a field of account");

    node tree{.name = "a", .children = {}};
    tree.children.push_back({.name = "b"});
    tree.next = std::make_unique<node>(node{.name = "c"});
    tree.by_name["d"].name = "e";
    const auto leaf = [](const char* name) {
        return dict{{"name", name}, {"children", list{}}, {"next", nullptr}, {"by_name", dict{}}};
    };
    stands_as(
        std::move(tree),
        dict{{"name", "a"}, {"children", list{leaf("b")}}, {"next", leaf("c")}, {"by_name", dict{{"d", leaf("e")}}}});
    CHECK(refusal<node>(dict{{"next", dict{{"children", list{dict{}, dict{{"name", 1}}}}}}}) ==
          "node.next.children[1].name: 1 is not text");
}

} // namespace dict_types_test
