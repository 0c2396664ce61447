// SPDX-License-Identifier: MIT
#include <lathe/model/compare.hpp> // first: proves that the header stands alone

#include <array>
#include <chrono>
#include <cmath>
#include <compare>
#include <cstdint>
#include <deque>
#include <limits>
#include <list>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <tuple>
#include <type_traits>
#include <unordered_map>
#include <unordered_set>
#include <utility>
#include <variant>
#include <vector>

#include <lathe/model/field.hpp>
#include <lathe/model/number_rules.hpp>

#include "support/catch.hpp"

namespace lathe_test::compare {

struct point {
    int x;
    int y;
};
struct enabled {
    int x;
    int y;
    friend bool operator==(const enabled&, const enabled&) = default;
};
struct plain_key {
    int a;
};
class account {
public:
    account(int id, std::string owner) : m_id(id), m_owner(std::move(owner)) {}
    static consteval auto fields() { return lathe::fields<&account::m_id, &account::m_owner>; }

private:
    lathe::property<int> m_id;
    std::string m_owner;

public:
    int unlisted = 0;
};

} // namespace lathe_test::compare

template <>
inline constexpr bool lathe::enable_model<lathe_test::compare::enabled> = true;

namespace {

using lathe_test::compare::account;
using lathe_test::compare::point;
using namespace std::chrono_literals;

template <class T>
struct box {
    T value;
};
template <class T>
box(T) -> box<T>;

enum class level : signed char { low = -1, high = 1 };

// The category of an order is the weakest that a field has.
template <class T>
using category = decltype(lathe::compare(std::declval<const box<T>&>(), std::declval<const box<T>&>()));
static_assert(std::is_same_v<category<int>, std::strong_ordering>);
static_assert(std::is_same_v<category<std::string>, std::strong_ordering>);
static_assert(std::is_same_v<category<level>, std::strong_ordering>);
static_assert(std::is_same_v<category<double>, std::partial_ordering>);
static_assert(std::is_same_v<category<std::vector<int>>, std::strong_ordering>);
static_assert(std::is_same_v<category<std::vector<float>>, std::partial_ordering>);
static_assert(std::is_same_v<category<std::optional<double>>, std::partial_ordering>);
static_assert(std::is_same_v<category<std::map<int, box<double>>>, std::partial_ordering>);
static_assert(std::is_same_v<category<std::pair<int, double>>, std::partial_ordering>);
static_assert(std::is_same_v<category<lathe::property<double>>, std::partial_ordering>);
static_assert(std::is_same_v<category<box<box<int>>>, std::strong_ordering>);
static_assert(std::is_same_v<category<std::variant<int, point>>, std::strong_ordering>);
static_assert(std::is_same_v<category<std::variant<int, float>>, std::partial_ordering>);
static_assert(std::is_same_v<category<const char*>, std::strong_ordering>);
static_assert(std::is_same_v<category<std::unique_ptr<std::string>>, std::strong_ordering>);
static_assert(std::is_same_v<category<std::chrono::seconds>, std::strong_ordering>);
static_assert(std::is_same_v<category<std::chrono::year_month_day>, std::strong_ordering>);
struct weakly {
    int a;
    std::weak_ordering operator<=>(const weakly& y) const { return a / 2 <=> y.a / 2; }
    bool operator==(const weakly& y) const { return a / 2 == y.a / 2; }
    weakly(int v) : a(v) {} // NOLINT: implicit on purpose, and no aggregate
};
static_assert(std::is_same_v<category<weakly>, std::weak_ordering>);
struct nothing {};
static_assert(std::is_same_v<decltype(lathe::compare(nothing{}, nothing{})), std::strong_ordering>);

// std::hash is there for models with a property, and for those that say so; not for other people's
// aggregates.
template <class T>
concept has_std_hash = requires(const T& value) {
    { std::hash<T>{}(value) } -> std::convertible_to<std::size_t>;
};
struct with_property {
    int a;
    lathe::property<std::string> b;
    friend bool operator==(const with_property&, const with_property&) = default;
    friend auto operator<=>(const with_property&, const with_property&) = default;
};
struct with_field {
    lathe::field<"a", int> a;
};
struct nests_a_model {
    int a;
    with_property b;
};
struct with_reference {
    int& a;
    lathe::property<int> b;
};
static_assert(has_std_hash<with_property> && has_std_hash<with_field> && has_std_hash<account> &&
              has_std_hash<lathe_test::compare::enabled>);
static_assert(!has_std_hash<point> && !has_std_hash<lathe_test::compare::plain_key> && !has_std_hash<nests_a_model> &&
              !has_std_hash<with_reference> && !has_std_hash<nothing>);
static_assert(has_std_hash<lathe::property<int>> && has_std_hash<lathe::property<std::string, lathe::required>> &&
              has_std_hash<lathe::field<"a", std::vector<int>>>);
// The standard's own are as they were: no ambiguity, and none where there was none.
static_assert(has_std_hash<int> && has_std_hash<std::string> && has_std_hash<std::string_view> &&
              has_std_hash<std::optional<int>> && has_std_hash<std::unique_ptr<int>> &&
              has_std_hash<std::variant<int, std::string>> && has_std_hash<level> && has_std_hash<std::nullptr_t>);
static_assert(!has_std_hash<std::array<int, 2>> && !has_std_hash<std::pair<int, int>> &&
              !has_std_hash<std::vector<int>> && !has_std_hash<std::tuple<int>>);

// All of it works at compile time where the members do.
static_assert(lathe::equal(point{1, 2}, point{1, 2}) && !lathe::equal(point{1, 2}, point{1, 3}));
static_assert(lathe::compare(point{1, 2}, point{1, 3}) < 0 && lathe::compare(point{2, 0}, point{1, 9}) > 0);

template <class T>
bool same(const T& a, const T& b) {
    const box<T> x{a};
    const box<T> y{b};
    const bool equal = lathe::equal(x, y);
    // What is equal must hash alike, and equality has two sides.
    CHECK(lathe::equal(y, x) == equal);
    if (equal) CHECK(lathe::hash(x) == lathe::hash(y));
    return equal;
}
// For what can only be moved.
template <class T>
bool same_boxes(const box<T>& x, const box<T>& y) {
    const bool equal = lathe::equal(x, y);
    CHECK(lathe::equal(y, x) == equal);
    if (equal) CHECK(lathe::hash(x) == lathe::hash(y));
    return equal;
}
template <class T>
int order(const T& a, const T& b) {
    const auto found = lathe::compare(box<T>{a}, box<T>{b});
    const auto turned = lathe::compare(box<T>{b}, box<T>{a});
    CHECK((found < 0) == (turned > 0));
    CHECK((found == 0) == (turned == 0));
    return found < 0 ? -1 : found > 0 ? 1 : found == 0 ? 0 : 99;
}

TEST_CASE("equal: numbers, text and truth values", "[compare]") {
    CHECK(same(1, 1));
    CHECK_FALSE(same(1, 2));
    CHECK(same(std::string("a"), std::string("a")));
    CHECK_FALSE(same(std::string("a"), std::string("a\0", 2)));
    CHECK(same(true, true));
    CHECK(same(std::string_view("ab"), std::string_view("ab")));
    CHECK(same(nullptr, nullptr));
    CHECK(same('a', 'a'));
    CHECK(same(level::low, level::low));
    CHECK_FALSE(same(level::low, level::high));
}

TEST_CASE("equal: zeros of both signs are one value and have one hash", "[compare]") {
    CHECK(same(0.0, -0.0));
    CHECK(same(0.0F, -0.0F));
    CHECK(same(0.0L, -0.0L));
    CHECK(same(std::vector<double>{0.0, 1}, std::vector<double>{-0.0, 1}));
    CHECK(same(std::optional<double>(0.0), std::optional<double>(-0.0)));
    CHECK(same(std::chrono::duration<double>(0.0), std::chrono::duration<double>(-0.0)));
    CHECK(std::hash<lathe::property<double>>{}(0.0) == std::hash<lathe::property<double>>{}(-0.0));
}

TEST_CASE("equal: what is no number equals nothing, not even itself", "[compare]") {
    const double nan = std::numeric_limits<double>::quiet_NaN();
    CHECK_FALSE(same(nan, nan));
    CHECK_FALSE(same(std::vector<double>{nan}, std::vector<double>{nan}));
    CHECK((lathe::compare(box<double>{nan}, box<double>{1}) == std::partial_ordering::unordered));
    CHECK((lathe::compare(box<double>{nan}, box<double>{nan}) == std::partial_ordering::unordered));
    CHECK(same(std::numeric_limits<double>::infinity(), std::numeric_limits<double>::infinity()));
}

TEST_CASE("equal: C strings by their characters", "[compare]") {
    const std::string a = "text";
    const std::string b = "text";
    CHECK(a.c_str() != b.c_str());
    CHECK(same<const char*>(a.c_str(), b.c_str()));
    CHECK_FALSE(same<const char*>("text", "other"));
    CHECK(same<const char*>(nullptr, nullptr));
    CHECK_FALSE(same<const char*>(nullptr, ""));
}

TEST_CASE("equal: other pointers by what they are", "[compare]") {
    int one = 1;
    int other = 1;
    CHECK(same(&one, &one));
    CHECK_FALSE(same(&one, &other));
    CHECK(same<int*>(nullptr, nullptr));
}

TEST_CASE("equal: arrays element by element", "[compare]") {
    struct arrays {
        int numbers[3];
        char text[4];
        point plane[2][2];
        std::array<std::string, 2> fixed;
    };
    const arrays a{{1, 2, 3}, {'a', 'b'}, {{{1, 2}, {3, 4}}, {{5, 6}, {7, 8}}}, {"x", "y"}};
    arrays b = a;
    CHECK(lathe::equal(a, b));
    CHECK(lathe::hash(a) == lathe::hash(b));
    CHECK(std::is_eq(lathe::compare(a, b)));
    b.plane[1][1].y = 9;
    CHECK_FALSE(lathe::equal(a, b));
    CHECK(std::is_lt(lathe::compare(a, b)));
    CHECK(lathe::hash(a) != lathe::hash(b));
    b = a;
    b.text[3] = 'z'; // behind the end of the text, and part of the value
    CHECK_FALSE(lathe::equal(a, b));
    b = a;
    b.fixed[1] = "";
    CHECK(std::is_gt(lathe::compare(a, b)));
}

TEST_CASE("equal: containers of all kinds", "[compare]") {
    CHECK(same(std::vector<int>{1, 2}, std::vector<int>{1, 2}));
    CHECK_FALSE(same(std::vector<int>{1, 2}, std::vector<int>{2, 1}));
    CHECK_FALSE(same(std::vector<int>{1, 2}, std::vector<int>{1}));
    CHECK_FALSE(same(std::vector<int>{}, std::vector<int>{0}));
    CHECK(same(std::vector<bool>{true, false}, std::vector<bool>{true, false}));
    CHECK_FALSE(same(std::vector<bool>{true, false}, std::vector<bool>{true, true}));
    CHECK(same(std::list<std::string>{"a"}, std::list<std::string>{"a"}));
    CHECK(same(std::deque<double>{1.5}, std::deque<double>{1.5}));
    CHECK(same(std::set<int>{1, 2}, std::set<int>{2, 1}));
    CHECK(same(std::map<int, std::string>{{1, "a"}}, std::map<int, std::string>{{1, "a"}}));
    CHECK_FALSE(same(std::map<int, std::string>{{1, "a"}}, std::map<int, std::string>{{1, "b"}}));
    CHECK_FALSE(same(std::map<int, std::string>{{1, "a"}}, std::map<int, std::string>{{2, "a"}}));
    CHECK(same(std::pair(1, std::string("a")), std::pair(1, std::string("a"))));
    CHECK_FALSE(same(std::tuple(1, 2.5, 'c'), std::tuple(1, 2.5, 'd')));
    CHECK(same(std::tuple<>(), std::tuple<>()));
}

TEST_CASE("equal: containers of models without operators", "[compare]") {
    CHECK(same(std::vector<point>{{1, 2}}, std::vector<point>{{1, 2}}));
    CHECK_FALSE(same(std::vector<point>{{1, 2}}, std::vector<point>{{1, 3}}));
    CHECK(same(std::map<int, point>{{1, {2, 3}}}, std::map<int, point>{{1, {2, 3}}}));
    CHECK_FALSE(same(std::map<int, point>{{1, {2, 3}}}, std::map<int, point>{{1, {2, 4}}}));
    CHECK(same(std::optional<point>({1, 2}), std::optional<point>({1, 2})));
    CHECK(same(std::pair(point{1, 2}, 3), std::pair(point{1, 2}, 3)));
    CHECK(same(std::vector<std::vector<std::optional<point>>>{{point{1, 2}, std::nullopt}},
               std::vector<std::vector<std::optional<point>>>{{point{1, 2}, std::nullopt}}));
}

TEST_CASE("equal: unordered containers whatever the order of insertion", "[compare]") {
    std::unordered_map<int, point> a;
    std::unordered_map<int, point> b;
    b.reserve(1000); // other buckets, and so another order
    std::unordered_set<std::string> c;
    std::unordered_set<std::string> d;
    std::unordered_multiset<int> e;
    std::unordered_multiset<int> f;
    d.reserve(1000);
    for (int i = 0; i < 50; ++i) {
        a[i] = {i, 1};
        b[49 - i] = {49 - i, 1};
        c.insert(std::to_string(i));
        d.insert(std::to_string(49 - i));
        e.insert(i % 3);
        f.insert((49 - i) % 3);
    }
    CHECK(same(a, b));
    CHECK(same(c, d));
    e.insert(0);
    f.insert(0);
    CHECK(same(e, f) == (e == f));
    b[7].y = 2;
    CHECK_FALSE(same(a, b));
    CHECK(lathe::hash(box{a}) != lathe::hash(box{b}));
    d.erase("7");
    CHECK_FALSE(same(c, d));
    d.insert("other");
    CHECK_FALSE(same(c, d));
    b.erase(7);
    b[77] = a[7];
    CHECK_FALSE(same(a, b));
}

TEST_CASE("equal: optionals, variants and owning pointers by what they hold", "[compare]") {
    CHECK(same(std::optional<int>(1), std::optional<int>(1)));
    CHECK_FALSE(same(std::optional<int>(0), std::optional<int>()));
    CHECK(same(std::optional<int>(), std::optional<int>()));
    CHECK_FALSE(same(std::optional<std::optional<int>>(std::optional<int>()), std::optional<std::optional<int>>()));

    using either = std::variant<int, std::string, int>;
    CHECK(same(either(std::in_place_index<0>, 1), either(std::in_place_index<0>, 1)));
    CHECK_FALSE(same(either(std::in_place_index<0>, 1), either(std::in_place_index<2>, 1)));
    CHECK_FALSE(same(either(std::in_place_index<0>, 1), either("1")));
    CHECK(same(std::variant<std::monostate, point>(), std::variant<std::monostate, point>()));
    CHECK(same(std::variant<int, point>(point{1, 2}), std::variant<int, point>(point{1, 2})));

    CHECK(same(std::make_shared<point>(point{1, 2}), std::make_shared<point>(point{1, 2})));
    CHECK_FALSE(same(std::make_shared<point>(point{1, 2}), std::make_shared<point>(point{1, 3})));
    CHECK_FALSE(same(std::make_shared<point>(), std::shared_ptr<point>()));
    CHECK(same_boxes(box{std::make_unique<std::string>("a")}, box{std::make_unique<std::string>("a")}));
    CHECK_FALSE(same_boxes(box{std::make_unique<std::string>("a")}, box{std::make_unique<std::string>("b")}));
    CHECK(same_boxes(box<std::unique_ptr<int>>{nullptr}, box<std::unique_ptr<int>>{nullptr}));
}

struct throws_when_moved {
    throws_when_moved() = default;
    throws_when_moved(const throws_when_moved&) { throw 1; }
    friend bool operator==(const throws_when_moved&, const throws_when_moved&) { return true; }
};
} // namespace
template <>
struct std::hash<throws_when_moved> {
    std::size_t operator()(const throws_when_moved&) const { return 3; }
};
namespace {

TEST_CASE("equal: a variant that lost its value equals its like", "[compare]") {
    using either = std::variant<int, throws_when_moved>;
    box<either> broken{1};
    const throws_when_moved source;
    CHECK_THROWS(broken.value.emplace<1>(source));
    REQUIRE(broken.value.valueless_by_exception());
    box<either> other{2};
    CHECK_THROWS(other.value.emplace<1>(source));
    CHECK(lathe::equal(broken, other));
    CHECK(lathe::hash(broken) == lathe::hash(other));
    CHECK_FALSE(lathe::equal(broken, box<either>{1}));
    CHECK_FALSE(lathe::equal(box<either>{1}, broken));
}

struct tree {
    int value;
    std::vector<tree> children;
    std::unique_ptr<tree> next;
};
tree sample(int deepest) {
    tree root{1, {}, nullptr};
    root.children.push_back({2, {}, nullptr});
    root.children.push_back({3, {}, nullptr});
    root.children[1].next = std::make_unique<tree>(tree{deepest, {}, nullptr});
    return root;
}

TEST_CASE("equal: recursive models to their ends", "[compare]") {
    CHECK(lathe::equal(sample(4), sample(4)));
    CHECK(lathe::hash(sample(4)) == lathe::hash(sample(4)));
    CHECK_FALSE(lathe::equal(sample(4), sample(5)));
    CHECK(lathe::hash(sample(4)) != lathe::hash(sample(5)));
}

TEST_CASE("equal: properties by the values that they hold", "[compare]") {
    const with_property a{1, "x"};
    CHECK(lathe::equal(a, with_property{1, "x"}));
    CHECK_FALSE(lathe::equal(a, with_property{1, "y"}));
    CHECK(std::is_lt(lathe::compare(a, with_property{1, "y"})));
    CHECK(lathe::hash(a) == lathe::hash(with_property{1, "x"}));
    // The defaulted operators of a class with properties say the same.
    CHECK(a == with_property{1, "x"});
    CHECK(a < with_property{1, "y"});
    CHECK(std::is_gt(a <=> with_property{0, "z"}));
}

TEST_CASE("equal: goes by the fields that are listed", "[compare]") {
    account a(1, "Ada");
    account b(1, "Ada");
    b.unlisted = 7;
    CHECK(lathe::equal(a, b));
    CHECK(lathe::hash(a) == lathe::hash(b));
    CHECK_FALSE(lathe::equal(a, account(2, "Ada")));
    CHECK(std::is_lt(lathe::compare(a, account(1, "Bob"))));
}

TEST_CASE("equal: a type without fields and one with bases that are empty", "[compare]") {
    CHECK(lathe::equal(nothing{}, nothing{}));
    CHECK(std::is_eq(lathe::compare(nothing{}, nothing{})));
    CHECK(lathe::hash(nothing{}) == lathe::hash(nothing{}));
    struct derived : nothing {
        int a;
    };
    CHECK(lathe::equal(derived{{}, 1}, derived{{}, 1}));
    CHECK_FALSE(lathe::equal(derived{{}, 1}, derived{{}, 2}));
}

TEST_CASE("compare: the first field that differs decides", "[compare]") {
    struct record {
        std::string a;
        int b;
        double c;
    };
    CHECK(std::is_lt(lathe::compare(record{"a", 2, 3}, record{"b", 1, 1})));
    CHECK(std::is_gt(lathe::compare(record{"a", 2, 3}, record{"a", 1, 9})));
    CHECK(std::is_lt(lathe::compare(record{"a", 2, 3}, record{"a", 2, 4})));
    CHECK(std::is_eq(lathe::compare(record{"a", 2, 3}, record{"a", 2, 3})));
    const double nan = std::numeric_limits<double>::quiet_NaN();
    CHECK(
        std::is_lt(lathe::compare(record{"a", 2, nan}, record{"b", 2, nan}))); // decided before the number that is none
    CHECK((lathe::compare(record{"a", 2, nan}, record{"a", 2, nan}) == std::partial_ordering::unordered));
}

TEST_CASE("compare: values of each kind", "[compare]") {
    CHECK(order(1, 2) == -1);
    CHECK(order(std::string("b"), std::string("a")) == 1);
    CHECK(order(std::string("ab"), std::string("a")) == 1);
    CHECK(order(level::low, level::high) == -1);
    CHECK(order(false, true) == -1);
    CHECK(order(std::vector<int>{1, 2}, std::vector<int>{1}) == 1);
    CHECK(order(std::vector<int>{1, 2}, std::vector<int>{1, 3}) == -1);
    CHECK(order(std::vector<int>{}, std::vector<int>{}) == 0);
    CHECK(order(std::vector<bool>{false}, std::vector<bool>{true}) == -1);
    CHECK(order(std::map<int, int>{{1, 2}}, std::map<int, int>{{1, 3}}) == -1);
    CHECK(order(std::map<int, int>{{1, 9}}, std::map<int, int>{{2, 0}}) == -1);
    CHECK(order(std::set<std::string>{"a", "c"}, std::set<std::string>{"a", "b"}) == 1);
    CHECK(order(std::optional<int>(), std::optional<int>(-5)) == -1);
    CHECK(order(std::optional<int>(1), std::optional<int>(2)) == -1);
    CHECK(order(std::optional<int>(), std::optional<int>()) == 0);
    CHECK(order(std::pair(1, 2.5), std::pair(1, 2.0)) == 1);
    CHECK(order(std::tuple(1, 2, 3), std::tuple(1, 2, 4)) == -1);
    CHECK(order(std::chrono::sys_days(std::chrono::days(5)), std::chrono::sys_days(std::chrono::days(6))) == -1);
    CHECK(order(5ms, 4ms) == 1);
    CHECK(order(2020y / 1 / 2, 2020y / 1 / 3) == -1);
    CHECK(order(point{1, 2}, point{1, 2}) == 0);
    CHECK(order(weakly(2), weakly(3)) == 0);
    CHECK(order(std::make_shared<int>(1), std::make_shared<int>(2)) == -1);
    CHECK(order(std::shared_ptr<int>(), std::make_shared<int>(-2)) == -1);
    CHECK(order<const char*>("b", "a") == 1);
    CHECK(order<const char*>(std::string("same").c_str(), std::string("same").c_str()) == 0);
    CHECK(order<const char*>(nullptr, "") == -1);
    CHECK(order<const char*>(nullptr, nullptr) == 0);
    using either = std::variant<int, point, double>;
    CHECK(order(either(9), either(point{0, 0})) == -1);
    CHECK(order(either(point{1, 2}), either(point{1, 1})) == 1);
    CHECK(order(either(point{1, 2}), either(point{1, 2})) == 0);
    CHECK(order(either(1.5), either(2.5)) == -1);
}

TEST_CASE("hash: dates, times and durations", "[compare]") {
    CHECK(same(2020y / 2 / 29, 2020y / 2 / 29));
    CHECK_FALSE(same(2020y / 2 / 29, 2020y / 3 / 29));
    CHECK(lathe::hash(box{2020y / 2 / 3}) != lathe::hash(box{2020y / 3 / 2}));
    CHECK(same(std::chrono::sys_days(std::chrono::days(5)), std::chrono::sys_days(std::chrono::days(5))));
    CHECK(same(std::chrono::sys_seconds(-5s), std::chrono::sys_seconds(-5s)));
    CHECK(same(250ms, 250ms));
    CHECK_FALSE(same(250ms, 251ms));
    CHECK(same(std::chrono::steady_clock::time_point(5s), std::chrono::steady_clock::time_point(5s)));
}

TEST_CASE("hash: differs where fields change places, or elements their containers", "[compare]") {
    CHECK(lathe::hash(point{1, 2}) != lathe::hash(point{2, 1}));
    CHECK(lathe::hash(point{0, 0}) != lathe::hash(point{0, 1}));
    struct two_lists {
        std::vector<int> a;
        std::vector<int> b;
    };
    CHECK(lathe::hash(two_lists{{1}, {2}}) != lathe::hash(two_lists{{1, 2}, {}}));
    CHECK(lathe::hash(two_lists{{}, {1, 2}}) != lathe::hash(two_lists{{1, 2}, {}}));
    CHECK(lathe::hash(box<std::optional<int>>{0}) != lathe::hash(box<std::optional<int>>{}));
    CHECK(lathe::hash(box<std::unordered_multiset<int>>{{1, 1}}) != lathe::hash(box<std::unordered_multiset<int>>{{}}));
}

TEST_CASE("hash: spreads small models well", "[compare]") {
    // Of 64 x 64 points hardly any two share a hash, nor all of its low bits.
    std::unordered_set<std::size_t> all;
    std::unordered_set<std::size_t> low;
    for (int x = 0; x < 64; ++x) {
        for (int y = 0; y < 64; ++y) {
            const std::size_t hash = lathe::hash(point{x, y});
            all.insert(hash);
            low.insert(hash % 4096);
        }
    }
    CHECK(all.size() >= 4090);
    CHECK(low.size() >= 2300); // 4096 balls in 4096 bins leave about 2589 bins with one
}

TEST_CASE("hash: models are keys of unordered containers", "[compare]") {
    std::unordered_map<with_property, int> table;
    for (int i = 0; i < 100; ++i)
        table[with_property{i, std::to_string(i)}] = i;
    CHECK(table.size() == 100);
    CHECK(table.at(with_property{42, "42"}) == 42);
    CHECK(table.find(with_property{42, "43"}) == table.end());
    std::unordered_set<lathe_test::compare::enabled> set{{1, 2}, {1, 2}, {2, 1}};
    CHECK(set.size() == 2);
    std::unordered_set<lathe::property<std::string>> names{"a", "b", "a"};
    CHECK(names.size() == 2);
    CHECK(names.contains("a"));
    CHECK(std::hash<with_property>{}(with_property{1, "x"}) == lathe::hash(with_property{1, "x"}));
    CHECK(std::hash<lathe::property<int>>{}(7) == std::hash<int>{}(7));
}

} // namespace
