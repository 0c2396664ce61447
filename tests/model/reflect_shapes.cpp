// SPDX-License-Identifier: MIT
#include <lathe/model/reflect.hpp> // first: proves that the header stands alone

#include <any>
#include <array>
#include <atomic>
#include <bitset>
#include <chrono>
#include <complex>
#include <deque>
#include <filesystem>
#include <functional>
#include <initializer_list>
#include <list>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <tuple>
#include <unordered_map>
#include <utility>
#include <variant>
#include <vector>

#include "reflected.hpp"
#include "support/catch.hpp"

// Aggregates whose members do what they can to be counted wrong.

using lathe_test::has_fields;
using lathe_test::visited;

namespace {

// ---- members that convert from anything ----

struct greedy {
    template <class T>
    greedy(T&&) {} // NOLINT: as unconstrained as can be
};
struct greedy_pack {
    template <class... T>
    greedy_pack(T&&...) {} // NOLINT: takes any number of anything
};
struct greedy_explicit {
    template <class T>
    explicit greedy_explicit(T&&) {} // NOLINT
};
struct greedy_default {
    greedy_default() = default;
    template <class T>
    greedy_default(T&&) {} // NOLINT: implicit on purpose
};

struct all_greedy {
    greedy a;
    greedy_pack b;
    greedy_explicit c;
    greedy_default d;
    int e;
};
struct greedy_twice {
    int before;
    greedy_pack a;
    greedy_pack b;
    std::any c;
    int after;
};
static_assert(has_fields<all_greedy>("a", "b", "c", "d", "e"));
static_assert(has_fields<greedy_twice>("before", "a", "b", "c", "after"));

// As good a match for a const reference as a conversion is: only empty braces tell that it is there.
struct greedy_for_const {
    greedy_for_const() = default;
    template <class T>
    greedy_for_const(const T&) {} // NOLINT: implicit on purpose
};
struct greedy_first {
    greedy_for_const a;
    char huge[1 << 20]; // nobody counts its elements
    greedy_for_const b;
};
static_assert(has_fields<greedy_first>("a", "huge", "b"));

// ---- members with several ways to be made of a list ----

struct listing {
    listing(std::initializer_list<int>) {} // NOLINT: implicit on purpose
    listing() = default;
};
struct listing_greedy {
    template <class T>
    listing_greedy(std::initializer_list<T>) {}
    listing_greedy(int, int) {}
};
struct only_listed {
    only_listed(std::initializer_list<std::string>) {} // NOLINT: implicit on purpose
};
struct lists {
    listing a;
    std::vector<std::any> b;
    only_listed c;
    std::vector<std::vector<int>> d;
    listing_greedy e;
    std::set<std::string> f;
};
static_assert(has_fields<lists>("a", "b", "c", "d", "e", "f"));

// ---- aggregates and arrays within each other ----

struct point {
    int x;
    int y;
};
struct with_array {
    int values[3];
    point corner;
};
struct arrays_in_aggregates {
    int before;
    with_array part;
    with_array parts[2];
    std::array<int, 4> fixed;
    std::array<point, 2> points;
    std::array<std::array<int, 2>, 2> plane;
    std::array<int, 0> none;
    point grid[2][2];
    int after;
};
static_assert(
    has_fields<arrays_in_aggregates>("before", "part", "parts", "fixed", "points", "plane", "none", "grid", "after"));

struct only_array_in_aggregate {
    with_array part;
};
struct array_of_one_aggregate {
    point only[1];
};
static_assert(has_fields<only_array_in_aggregate>("part"));
static_assert(has_fields<array_of_one_aggregate>("only"));

// Arrays of what cannot be made of nothing.
struct needy {
    needy(int, int) {}
};
struct needy_array {
    needy a[2];
    int b;
};
struct needy_array_behind {
    int a;
    needy b;
    needy c[3];
    int d[2];
    needy e;
};
static_assert(has_fields<needy_array>("a", "b"));
static_assert(has_fields<needy_array_behind>("a", "b", "c", "d", "e"));

// Arrays in a type with a member that must be given, on both sides of it.
struct needy_between {
    int a[5];
    needy b;
    std::string c[3];
};
static_assert(has_fields<needy_between>("a", "b", "c"));

struct many_arrays {
    char a[2], b[3], c[4], d[5], e[6], f[7], g[8], h[9], i[10], j[11];
};
static_assert(has_fields<many_arrays>("a", "b", "c", "d", "e", "f", "g", "h", "i", "j"));

// ---- members that are made in few ways ----

struct no_default {
    no_default() = delete;
    no_default(int) {} // NOLINT: implicit on purpose
};
struct move_only {
    move_only() = default;
    move_only(move_only&&) = default;
};
struct frozen {
    frozen() = default;
    frozen(const frozen&) = delete;
    frozen& operator=(const frozen&) = delete;
};
struct private_copy {
    private_copy() = default;

private:
    private_copy(const private_copy&) = default;
};
struct few_ways {
    no_default a = 1;
    no_default b{2};
    move_only c;
    frozen d;
    private_copy e;
    std::unique_ptr<frozen> f = nullptr;
    std::atomic<bool> g = false;
    int h;
};
static_assert(has_fields<few_ways>("a", "b", "c", "d", "e", "f", "g", "h"));

struct with_destructor {
    int a;
    std::string b;
    ~with_destructor() {} // NOLINT: an aggregate all the same
};
static_assert(has_fields<with_destructor>("a", "b"));

// ---- what is in a class but is no member of its objects ----

struct with_statics {
    static constexpr int limit = 3;
    static inline std::string shared;
    int a;
    enum class kind { x, y } b;
    using value = int;
    value c;
    struct inner {
        int unseen;
    };
    [[nodiscard]] int sum() const { return a + c; }
    static with_statics make() { return {}; }
    bool operator==(const with_statics&) const = default;
    explicit operator bool() const { return a != 0; }
};
static_assert(has_fields<with_statics>("a", "b", "c"));
static_assert(has_fields<with_statics::inner>("unseen"));

struct nothing {};
struct no_address {
    [[no_unique_address]] nothing a;
    int b;
    [[no_unique_address]] std::allocator<int> c;
    [[no_unique_address]] nothing d;
};
static_assert(has_fields<no_address>("a", "b", "c", "d"));

struct alignas(64) aligned {
    alignas(16) char a;
    alignas(32) int b;
    char c;
};
static_assert(has_fields<aligned>("a", "b", "c"));

struct with_mutable {
    mutable int a;
    mutable std::string b;
};
static_assert(has_fields<with_mutable>("a", "b"));

union number_or_text {
    int number;
    const char* text;
};
struct with_union {
    int a;
    number_or_text b;
    int c;
};
static_assert(has_fields<with_union>("a", "b", "c"));

// An anonymous enumeration, and members called as what lathe writes and reads by.
enum { unnamed_one, unnamed_two };
struct odd_names {
    int m0;
    int object;
    int f;
    decltype(unnamed_one) value;
    int T;
    int _leading; // NOLINT: names are the user's
    int trailing_;
    int m_decorated;
    int a1b2;
    int x;
};
static_assert(
    has_fields<odd_names>("m0", "object", "f", "value", "T", "_leading", "trailing_", "m_decorated", "a1b2", "x"));

// ---- other people's types ----

struct standard_types {
    std::tuple<int, std::string> a;
    std::pair<int, int> b;
    std::bitset<9> c;
    std::complex<double> d;
    std::deque<std::string> e;
    std::list<int> f;
    std::unordered_map<int, std::string> g;
    std::filesystem::path h;
    std::chrono::year_month_day i;
    std::chrono::milliseconds j;
    std::chrono::sys_days k;
    std::weak_ptr<int> l;
    std::string_view m;
    std::variant<std::monostate, std::any, greedy_default> n;
    std::optional<std::optional<int>> o;
    std::vector<bool> p;
    std::tuple<> q;
    std::unique_ptr<int[]> r;
    std::byte s;
    long double t;
};
static_assert(has_fields<standard_types>(
    "a", "b", "c", "d", "e", "f", "g", "h", "i", "j", "k", "l", "m", "n", "o", "p", "q", "r", "s", "t"));

// ---- class templates and their members ----

template <class T>
struct holder {
    T held;
    struct part {
        T inner;
        int count;
    } nested;
    std::optional<holder<T>*> other;
};
static_assert(has_fields<holder<int>>("held", "nested", "other"));
static_assert(has_fields<holder<std::any>::part>("inner", "count"));
static_assert(has_fields<holder<holder<greedy>>>("held", "nested", "other"));
static_assert(has_fields<holder<int[3]>>("held", "nested", "other"));

template <class Derived>
struct counted {};
template <class T>
struct derived : counted<derived<T>>, nothing {
    T a;
    int b[2];
};
static_assert(has_fields<derived<std::any>>("a", "b"));
static_assert(has_fields<derived<greedy_default>>("a", "b"));
struct base_later : nothing {
    int a;
    nothing b;
};
static_assert(has_fields<base_later>("a", "b"), "a member of the type of a base is no base");
struct only_a_base : nothing {};
static_assert(has_fields<only_a_base>());

// A member that is the aggregate's own base or pointer to itself.
struct ring {
    ring* next;
    std::vector<ring> others;
    std::function<ring(ring)>* maker;
};
static_assert(has_fields<ring>("next", "others", "maker"));

TEST_CASE("reflect: goes through odd shapes in the order of their members", "[reflect][shapes]") {
    CHECK(visited(greedy_twice{1, 2, "3", 4, 5}) == "before a b c after");
    CHECK(visited(lists{{}, {}, {"x"}, {}, {1, 2}, {}}) == "a b c d e f");
    CHECK(visited(arrays_in_aggregates{}) == "before part parts fixed points plane none grid after");
    CHECK(visited(needy_array{{{1, 2}, {3, 4}}, 5}) == "a b");
    CHECK(visited(needy_array_behind{1, {1, 2}, {{1, 2}, {3, 4}, {5, 6}}, {7, 8}, {9, 10}}) == "a b c d e");
    CHECK(visited(needy_between{{}, {1, 2}, {}}) == "a b c");
    CHECK(visited(few_ways{}) == "a b c d e f g h");
    CHECK(visited(with_destructor{}) == "a b");
    CHECK(visited(with_statics{}) == "a b c");
    CHECK(visited(aligned{}) == "a b c");
    CHECK(visited(with_mutable{}) == "a b");
    CHECK(visited(with_union{}) == "a b c");
    CHECK(visited(standard_types{}) == "a b c d e f g h i j k l m n o p q r s t");
    CHECK(visited(holder<int>{}) == "held nested other");
    CHECK(visited(derived<std::any>{}) == "a b");
    CHECK(visited(odd_names{}) == "m0 object f value T _leading trailing_ m_decorated a1b2 x");
}

TEST_CASE("reflect: statics are left out, and are there", "[reflect][shapes]") {
    with_statics::shared = "x";
    CHECK(with_statics::make().sum() == with_statics::limit - 3);
    CHECK(lathe::field_count<with_statics> == 3);
}

TEST_CASE("reflect: visits members that share an address", "[reflect][shapes]") {
    std::string names;
    lathe::for_each_field(no_address{}, [&](std::string_view name, const auto&) { names += name; });
    CHECK(names == "abcd");
    names.clear();
    lathe::for_each_field(base_later{}, [&](std::string_view name, const auto&) { names += name; });
    CHECK(names == "ab");
}

} // namespace
