// SPDX-License-Identifier: MIT
#include <lathe/cache/memoize.hpp> // first: proves that the header stands alone

#include <array>
#include <chrono>
#include <cstdint>
#include <functional>
#include <limits>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <stdexcept>
#include <string>
#include <string_view>
#include <tuple>
#include <type_traits>
#include <unordered_set>
#include <utility>
#include <variant>
#include <vector>

#include <lathe/cache/expiry.hpp>
#include <lathe/cache/policy.hpp>
#include <lathe/model/property.hpp>

#include "support/catch.hpp"

using namespace std::string_literals;
using namespace std::string_view_literals;

namespace {

long square(int n) noexcept {
    return long{n} * n;
}
constexpr auto fibonacci = [](auto& self, int n) -> long {
    return n < 2 ? n : self(n - 1) + self(n - 2);
};

// What the types promise at compile time.
using square_memo = decltype(lathe::memoize(1, square));
static_assert(std::is_same_v<square_memo, lathe::memo<long (*)(int) noexcept, long(int)>>);
static_assert(std::is_invocable_r_v<long, const square_memo&, int>);
static_assert(!std::is_invocable_v<const square_memo&> && !std::is_invocable_v<const square_memo&, int, int>);
static_assert(!std::is_copy_constructible_v<square_memo> && !std::is_move_constructible_v<square_memo>);
static_assert(std::is_same_v<square_memo::handle, lathe::cache_handle<const long>>);

// An argument that counts its copies.
struct counted {
    explicit counted(int number) : value(number) {}
    counted(const counted& other) : value(other.value) { ++copies; }
    counted& operator=(const counted&) = delete;
    bool operator==(const counted& other) const { return value == other.value; }

    int value;
    static inline int copies = 0;
};

// Has the same hash, whatever its number is; counts how often it is compared.
class clashing {
public:
    explicit clashing(int number) : m_number(number) {}
    bool operator==(const clashing& other) const {
        ++comparisons;
        return m_number == other.m_number;
    }
    static inline int comparisons = 0;

private:
    int m_number;
};
// A key of its own making: letters are the same in either case.
struct caseless {
    std::string text;
    bool operator==(const caseless& other) const { return text.size() == other.text.size(); }
};

} // namespace

template <>
struct std::hash<counted> {
    std::size_t operator()(const counted& key) const { return std::hash<int>{}(key.value); }
};
template <>
struct std::hash<clashing> {
    std::size_t operator()(const clashing& /*key*/) const { return 7; }
};
template <>
struct std::hash<caseless> {
    std::size_t operator()(const caseless& key) const { return key.text.size(); }
};

namespace {

TEST_CASE("memoize: the function is called once for each arguments", "[memoize]") {
    int calls = 0;
    const auto sum = lathe::memoize(10, [&](int a, int b) {
        ++calls;
        return a + b;
    });
    CHECK(sum(1, 2) == 3);
    CHECK(sum(1, 2) == 3);
    CHECK(calls == 1);
    CHECK(sum(2, 1) == 3); // other arguments, though they add up to the same
    CHECK(calls == 2);
}

TEST_CASE("memoize: a function that calls itself computes each result once", "[memoize]") {
    const auto fib = lathe::memoize(1000, fibonacci);
    CHECK(fib(90) == 2'880'067'194'370'816'120);
    // The same numbers as functools.lru_cache; see memoize_seed.py.
    CHECK(fib.cache_info() == lathe::memo_info{.hits = 88, .misses = 91, .capacity = 1000, .size = 91});

    const auto depth = lathe::memoize(2000, [](auto& self, int n) -> int { return n == 0 ? 0 : 1 + self(n - 1); });
    CHECK(depth(1000) == 1000); // as deep as Python goes
}

TEST_CASE("memoize: two arguments may recur, and the memo may come in by any name", "[memoize]") {
    const auto ways = lathe::memoize(1000, [](auto&& self, int x, int y) -> std::uint64_t {
        return x == 0 || y == 0 ? 1 : self(x - 1, y) + self(x, y - 1);
    });
    CHECK(ways(16, 16) == 601'080'390);
    const auto text = lathe::memoize(100, [](const auto& self, const std::string& s) -> std::string {
        return s.empty() ? s : s.back() + self(s.substr(0, s.size() - 1));
    });
    CHECK(text("abcdefghijklmnopqrstuvwxyz") == "zyxwvutsrqponmlkjihgfedcba");
}

TEST_CASE("memoize: takes functions, lambdas, call operators and what is told its signature", "[memoize]") {
    CHECK(lathe::memoize(1, square)(7) == 49);
    CHECK(lathe::memoize(1, &square)(7) == 49);
    CHECK(lathe::memoize(1, [](int n) noexcept { return n + 1; })(7) == 8);
    CHECK(lathe::memoize(1, std::function<int(int)>([](int n) { return n + 2; }))(7) == 9);
    struct adder {
        int by;
        int operator()(int n) const { return n + by; }
    };
    CHECK(lathe::memoize(1, adder{3})(7) == 10);

    const auto counter = lathe::memoize(1, [n = 0]() mutable { return ++n; });
    CHECK(counter() == 1);
    CHECK(counter() == 1);

    CHECK(lathe::memoize<long(int)>(1, [](auto n) { return n * 2L; })(7) == 14);
    CHECK(lathe::memoize<long(int, int), lathe::lru>(1, [](auto... n) { return (0L + ... + n); })(7, 8) == 15);
    CHECK(lathe::memoize<long(int), lathe::fifo>(9, [](auto& self, auto n) { return n < 2 ? 1L : n * self(n - 1); })(
              5) == 120);
    struct overloaded {
        int operator()(int n) const { return n; }
        double operator()(double n) const { return n / 2; }
    };
    CHECK(lathe::memoize<double(double)>(1, overloaded{})(7) == 3.5);
}

// Whether the second value is found by the first, and the third is not.
template <class T>
void check_key(const T& first, const T& same, const T& other) {
    int calls = 0;
    const auto f = lathe::memoize(10, [&](const T&) { return ++calls; });
    CHECK(f(first) == 1);
    CHECK(f(same) == 1);
    CHECK(f(other) == 2);
    CHECK(f(first) == 1);
}

enum class colour : std::uint8_t { red, green };
struct point {
    int x = 0, y = 0;
};
struct place {
    lathe::property<std::string> name;
    std::optional<point> at;
    std::chrono::year_month_day since{};
};
struct tree {
    int value = 0;
    std::vector<tree> branches;
};

TEST_CASE("memoize: models are arguments, by their fields", "[memoize][arguments]") {
    using namespace std::chrono;
    check_key(point{1, 2}, point{1, 2}, point{2, 1});
    check_key<place>({.name = "a", .at = point{1, 2}, .since = 2024y / 1 / 2},
                     {.name = "a", .at = point{1, 2}, .since = 2024y / 1 / 2},
                     {.name = "a", .at = point{1, 2}, .since = 2024y / 1 / 3});
    check_key<tree>({1, {{2, {}}, {3, {}}}}, {1, {{2, {}}, {3, {}}}}, {1, {{2, {{3, {}}}}}});
}

TEST_CASE("memoize: numbers, enumerators, text, tuples and containers are arguments", "[memoize][arguments]") {
    check_key(colour::red, colour::red, colour::green);
    check_key(0.5, 0.5, 0.25);
    check_key("a"s, "a"s, "b"s);
    check_key(std::pair{1, "a"s}, std::pair{1, "a"s}, std::pair{1, "b"s});
    check_key(std::tuple{1, 2.0, colour::red}, std::tuple{1, 2.0, colour::red}, std::tuple{1, 2.0, colour::green});
    check_key(std::optional<int>(), std::optional<int>(), std::optional(0));
    check_key(
        std::variant<int, std::string>(1), std::variant<int, std::string>(1), std::variant<int, std::string>("1"));
    check_key(std::vector{1, 2}, std::vector{1, 2}, std::vector{2, 1});
    check_key(std::vector<bool>{true}, std::vector<bool>{true}, std::vector<bool>{false});
    check_key(std::array{1, 2}, std::array{1, 2}, std::array{1, 3});
    check_key(std::vector{point{1, 2}}, std::vector{point{1, 2}}, std::vector{point{1, 3}});
    check_key(std::map<std::string, int>{{"a", 1}}, {{"a", 1}}, {{"a", 2}});
    check_key(std::set{1, 2}, std::set{2, 1}, std::set{1, 3});
    check_key(std::unordered_set{1, 2, 3}, std::unordered_set{3, 2, 1}, std::unordered_set{1, 2});
    check_key(std::chrono::seconds(60), std::chrono::seconds(60), std::chrono::seconds(61));
    const int number = 1;
    const int same_number = 1;
    check_key(&number, &number, &same_number);
}

TEST_CASE("memoize: a type's own hash and == come before its parts", "[memoize][arguments]") {
    check_key(caseless{"ab"}, caseless{"AB"}, caseless{"abc"});
}

TEST_CASE("memoize: arguments whose hashes are the same are told apart", "[memoize][arguments]") {
    check_key(clashing{1}, clashing{1}, clashing{2});
    check_key(std::vector{clashing{1}}, std::vector{clashing{1}}, std::vector{clashing{2}});
}

TEST_CASE("memoize: all arguments are in the hash, so that others are not compared", "[memoize][arguments]") {
    const auto sum = lathe::memoize(10'000, [](const clashing&, int a, int b) { return a + b; });
    clashing::comparisons = 0;
    for (int a = 0; a < 30; ++a) {
        for (int b = 0; b < 30; ++b)
            CHECK(sum(clashing(5), a, b) == a + b);
    }
    CHECK(clashing::comparisons < 10);
}

TEST_CASE("memoize: text is kept, whatever becomes of the caller's", "[memoize][arguments]") {
    int calls = 0;
    const auto size = lathe::memoize(10, [&](std::string_view text, const char* more) {
        ++calls;
        return text.size() + (more == nullptr ? 100 : std::string_view(more).size());
    });
    {
        std::string gone = "a text that is too long to lie in the string itself";
        CHECK(size(gone, gone.c_str()) == 102);
        gone.assign(gone.size(), 'x');
    }
    const char* const again = "a text that is too long to lie in the string itself";
    CHECK(size(again, again) == 102);
    CHECK(calls == 1);
    CHECK(size("", nullptr) == 100);
    CHECK(size("", "") == 0); // null is no text
    CHECK(size("", nullptr) == 100);
    CHECK(calls == 3);

    const auto wide = lathe::memoize(10, [](std::u16string_view text) { return text.size(); });
    CHECK(wide(std::u16string(3, u'x')) == 3);
    CHECK(wide(std::u16string(3, u'x')) == 3);
    CHECK(wide.cache_info().hits == 1);
}

TEST_CASE("memoize: a call that is answered from memory copies no argument", "[memoize][arguments]") {
    const auto by_reference = lathe::memoize(10, [](const counted& n) { return n.value; });
    const auto by_value = lathe::memoize(10, [](counted n) { return n.value; });
    const auto by_rvalue = lathe::memoize(10, [](counted&& n) { return n.value; });
    const counted seven(7);
    CHECK(by_reference(seven) + by_value(seven) + by_rvalue(seven) == 21);
    counted::copies = 0;
    CHECK(by_reference(seven) + by_value(seven) + by_rvalue(counted(7)) == 21);
    CHECK(counted::copies == 0);
}

TEST_CASE("memoize: what f does to an rvalue does not reach the key", "[memoize][arguments]") {
    const auto taken = lathe::memoize(10, [](std::string&& text) { return std::string(std::move(text)); });
    std::string mine = "a text that is too long to lie in the string itself";
    const std::string same = mine;
    CHECK(taken(mine) == same);
    CHECK(mine == same);
    CHECK(taken(same) == same);
    CHECK(taken.cache_info().hits == 1);
}

TEST_CASE("memoize: results that cannot be copied or moved are shared", "[memoize][results]") {
    struct immovable {
        explicit immovable(int number) : value(number) {}
        immovable(const immovable&) = delete;
        immovable& operator=(const immovable&) = delete;
        int value;
    };
    const auto f = lathe::memoize(1, [](int n) { return immovable(n); });
    const lathe::cache_handle<const immovable> seven = f.call_shared(7);
    CHECK(seven->value == 7);
    CHECK(f.call_shared(7) == seven);
    CHECK(f.call_shared(8)->value == 8); // takes the only place
    CHECK(f.call_shared(7) == seven);    // which is found as long as it is in use

    const auto pointers = lathe::memoize(1, [](int n) { return std::make_unique<int>(n); });
    CHECK(**pointers.call_shared(3) == 3);
}

TEST_CASE("memoize: a result by reference is kept as a value", "[memoize][results]") {
    std::string where = "first";
    const auto f = lathe::memoize(1, [&](int) -> const std::string& { return where; });
    static_assert(std::is_same_v<decltype(f(1)), std::string>);
    CHECK(f(1) == "first");
    where = "second";
    CHECK(f(1) == "first");
}

TEST_CASE("memoize: an empty optional is a result", "[memoize][results]") {
    int calls = 0;
    const auto f = lathe::memoize(10, [&](int n) { return ++calls, n > 0 ? std::optional(n) : std::nullopt; });
    CHECK(f(0) == std::nullopt);
    CHECK(f(0) == std::nullopt);
    CHECK(f(1) == 1);
    CHECK(calls == 2);
}

TEST_CASE("memoize: of a call that throws nothing is kept", "[memoize]") {
    int calls = 0;
    const auto f = lathe::memoize(10, [&](int n) {
        if (++calls == 1) throw std::runtime_error("not now");
        return n;
    });
    CHECK_THROWS_WITH(f(7), "not now");
    CHECK(f.cache_info() == lathe::memo_info{.hits = 0, .misses = 1, .capacity = 10, .size = 0});
    CHECK(f(7) == 7);
    CHECK(f(7) == 7);
    CHECK(calls == 2);

    // From the depth of a recursion, too.
    bool fails = true;
    const auto deep = lathe::memoize(100, [&](auto& self, int n) -> int {
        if (n == 0 && fails) throw std::runtime_error("no ground");
        return n == 0 ? 0 : 1 + self(n - 1);
    });
    CHECK_THROWS_WITH(deep(50), "no ground");
    CHECK(deep.cache_info().size == 0);
    fails = false;
    CHECK(deep(50) == 50);
}

TEST_CASE("memoize: arguments that are asked for from within their own call are an error", "[memoize]") {
    const auto circle = lathe::memoize(10, [](auto& self, int n) -> int { return n > 5 ? self(n / 2) : self(11 - n); });
    CHECK_THROWS_WITH(circle(3),
                      lathe_test::ContainsSubstring("lathe::memoize: the call f(3) waits for itself")); // 8, 4, 7, 3
    CHECK(circle.cache_info().size == 0);
    CHECK_THROWS_AS(circle(3), lathe::cache_error); // and not a deadlock
}

TEST_CASE("memoize: forgets one result or all of them", "[memoize]") {
    int calls = 0;
    auto f = lathe::memoize(10, [&](int n) { return ++calls, n; });
    f(1);
    f(1);
    f(2);
    CHECK(f.forget(1));
    CHECK_FALSE(f.forget(1));
    CHECK(f.cache_info().size == 1);
    f(1);
    CHECK(calls == 3);
    f.clear();
    CHECK(f.cache_info() == lathe::memo_info{.hits = 0, .misses = 0, .capacity = 10, .size = 0});
    f(1);
    f(1);
    CHECK(f.cache_info() == lathe::memo_info{.hits = 1, .misses = 1, .capacity = 10, .size = 1});
    CHECK(calls == 4);
}

TEST_CASE("memoize: keeps as many results as it may, and none with capacity 0", "[memoize]") {
    for (const std::size_t capacity : {std::size_t{0}, std::size_t{1}, std::size_t{7}, std::size_t{1000}}) {
        const auto f = lathe::memoize(capacity, square);
        for (int n = 0; n < 1000; ++n) {
            REQUIRE(f(n * 7919 % 10007) == square(n * 7919 % 10007));
            REQUIRE(f.cache_info().size <= capacity);
        }
        CHECK(f.cache_info().size == capacity);
        for (int n = 0; n < 1000; ++n)
            f(n * 7919 % 10007);
        if (capacity == 1000) CHECK(f.cache_info().hits == 1000); // to the last place
    }
    const auto unbounded = lathe::memoize(std::numeric_limits<std::size_t>::max(), square);
    for (int n = 0; n < 1000; ++n)
        unbounded(n);
    CHECK(unbounded.cache_info().size == 1000);
}

TEST_CASE("memoize: with lru it hits and misses as functools.lru_cache does", "[memoize]") {
    // The same calls, bounds and numbers as in memoize_seed.py.
    for (const auto& [bound, hits] : {std::pair{1, 10}, {8, 105}, {64, 836}, {250, 1772}}) {
        const auto f = lathe::memoize<lathe::lru>(static_cast<std::size_t>(bound), square);
        std::uint32_t state = 1;
        for (int i = 0; i < 2000; ++i) {
            state = state * 1664525 + 1013904223;
            const int n = static_cast<int>((state >> 16) % 256) * static_cast<int>((state >> 24) % 256) / 256;
            REQUIRE(f(n) == square(n));
        }
        CHECK(f.cache_info().hits == static_cast<std::uint64_t>(hits));
        CHECK(f.cache_info().misses == 2000 - static_cast<std::uint64_t>(hits));
    }
}

TEST_CASE("memoize: NaN is never found, and takes no more room than the bound", "[memoize]") {
    const auto f = lathe::memoize(4, [](double x) { return x; });
    for (int i = 0; i < 100; ++i)
        f(std::numeric_limits<double>::quiet_NaN());
    CHECK(f.cache_info() == lathe::memo_info{.hits = 0, .misses = 100, .capacity = 4, .size = 4});
}

struct hand_clock {
    using time_point = std::chrono::steady_clock::time_point;
    static inline time_point time{};
    static time_point now() noexcept { return time; }
};

TEST_CASE("memoize: takes what else a cache can be told", "[memoize]") {
    using namespace std::chrono_literals;
    int calls = 0;
    const auto f = lathe::memoize<int(int), lathe::expire_after_write, lathe::timed_by<hand_clock>>(
        {.capacity = 5, .shards = 1, .expire_after_write = 10s}, [&](int n) { return ++calls, n; });
    f(1);
    hand_clock::time += 9s;
    f(1);
    CHECK(calls == 1);
    hand_clock::time += 2s;
    f(1);
    CHECK(calls == 2);
    CHECK(f.cache_info().capacity == 5);
    CHECK(lathe::memoize({.capacity = 3}, square).cache_info().capacity == 3);
}

} // namespace
