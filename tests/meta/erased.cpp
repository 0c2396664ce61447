// SPDX-License-Identifier: MIT
#include <lathe/meta/erased.hpp> // first: proves that the header stands alone

#include <concepts>
#include <cstddef>
#include <memory>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

#include "support/catch.hpp"

namespace {

using lathe_test::ContainsSubstring;

struct adds : lathe::requirement<"add(int) -> int"> {
    template <class T>
    static constexpr bool met = requires(T& t, int n) {
        { t.add(n) } -> std::same_as<int>;
    };
    static constexpr auto call = [](auto& t, int n) -> int {
        return t.add(n);
    };
};
struct names : lathe::requirement<"name() const -> string"> {
    template <class T>
    static constexpr bool met = requires(const T& t) {
        { t.name() } -> std::convertible_to<std::string>;
    };
    template <class T>
    static std::string call(const T& t) { // the other form
        return t.name();
    }
};
using counts = lathe::contract<adds, names>;

struct counter {
    int total = 0;
    int add(int n) { return total += n; }
    std::string name() const { return "counter " + std::to_string(total); }
};
struct double_counter {
    std::string label = "two";
    int total = 0;
    int add(int n) { return total += 2 * n; }
    const std::string& name() const { return label; }
};
struct only_adds {
    int add(int n) { return n; }
};
struct unique_counter { // cannot be copied
    std::unique_ptr<int> total = std::make_unique<int>(0);
    int add(int n) { return *total += n; }
    std::string name() const { return "unique " + std::to_string(*total); }
};

using counting = lathe::erased<counts>;
using moving = lathe::erased<lathe::move_only, counts>;

// ---- what the type promises ----

static_assert(sizeof(counting) == 4 * sizeof(void*) && alignof(counting) == alignof(void*));
static_assert(sizeof(lathe::erased<adds>) == sizeof(counting) && sizeof(lathe::erased<>) == sizeof(counting));
static_assert(std::copyable<counting> && std::is_nothrow_move_constructible_v<counting>);
static_assert(std::is_nothrow_move_assignable_v<counting> && std::is_nothrow_swappable_v<counting>);
static_assert(std::is_nothrow_default_constructible_v<counting> && counting::is_copyable);
static_assert(std::movable<moving> && std::is_nothrow_move_constructible_v<moving> && !moving::is_copyable);
static_assert(!std::is_copy_constructible_v<moving> && !std::is_copy_assignable_v<moving>);

// Only what fits converts, and only by itself.
template <class Value, class Erased>
inline constexpr bool fits = std::is_constructible_v<Erased, Value> && std::is_convertible_v<Value, Erased>;
template <class Value, class Erased>
inline constexpr bool is_refused = !std::is_constructible_v<Erased, Value> && !std::is_convertible_v<Value, Erased> &&
                                   !std::is_assignable_v<Erased&, Value>;
static_assert(fits<counter, counting> && fits<counter&, counting> && fits<const counter&, counting>);
static_assert(fits<unique_counter, moving> && is_refused<unique_counter&, moving>);
static_assert(is_refused<unique_counter, counting> && is_refused<only_adds, counting> && is_refused<int, counting>);
static_assert(fits<only_adds, lathe::erased<adds>> && is_refused<std::nullptr_t, counting>);
// Not one erased in another, for it would be called through two.
static_assert(is_refused<counting, lathe::erased<adds>> && is_refused<lathe::erased<adds>, counting>);
static_assert(is_refused<counting, moving>);

// ---- calls ----

TEST_CASE("erased: calls what it holds", "[erased]") {
    counting held = counter{};
    CHECK(held.call<adds>(3) == 3);
    CHECK(held.call<adds>(4) == 7);
    CHECK(held.call<names>() == "counter 7");
    held = double_counter{};
    CHECK(held.call<adds>(3) == 6);
    CHECK(held.call<names>() == "two");
}

TEST_CASE("erased: a call that takes the value as const works on a const one", "[erased]") {
    const counting held = counter{5};
    CHECK(held.call<names>() == "counter 5");
}

struct passes : lathe::requirement<"pass(...)"> {
    template <class T>
    static constexpr bool met = requires(T& t) { t.pass(std::unique_ptr<int>(), std::declval<std::string&>(), 1.5); };
    static constexpr auto call =
        [](auto& t, std::unique_ptr<int> owned, std::string& text, double number) noexcept -> std::string& {
        return t.pass(std::move(owned), text, number);
    };
};
struct peeks : lathe::requirement<"peek() const -> const int&"> {
    template <class T>
    static constexpr bool met = requires(const T& t) { t.peek(); };
    static constexpr auto call = [](const auto& t) -> const int& {
        return t.peek();
    };
};
struct cannot_move {
    explicit cannot_move(int n) : value(n) {}
    cannot_move(const cannot_move&) = delete;
    cannot_move& operator=(const cannot_move&) = delete;
    int value;
};
struct makes : lathe::requirement<"make(int&&) -> cannot_move"> {
    template <class T>
    static constexpr bool met = requires(T& t) { t.make(1); };
    static constexpr auto call = [](auto& t, int&& n) -> cannot_move {
        return t.make(std::move(n));
    };
};
struct passer {
    std::string& pass(std::unique_ptr<int> owned, std::string& text, double number) {
        kept = std::move(owned);
        text += std::to_string(static_cast<int>(number));
        return text;
    }
    const int& peek() const { return *kept; }
    cannot_move make(int n) const { return cannot_move(n); }
    std::unique_ptr<int> kept = {};
};

TEST_CASE("erased: arguments and results pass unchanged, whether they can be copied or not", "[erased]") {
    lathe::erased<passes, lathe::move_only, peeks, makes> held = passer{};
    std::string text = "number ";
    std::string& back = held.call<passes>(std::make_unique<int>(7), text, 3); // 3 is a double there
    CHECK(&back == &text);
    CHECK(text == "number 3");
    CHECK(held.call<peeks>() == 7);
    CHECK(&held.call<peeks>() == held.target<passer>()->kept.get());
    CHECK(held.call<makes>(4).value == 4);
    STATIC_REQUIRE(std::is_same_v<decltype(held.call<peeks>()), const int&>);
}

template <class Sum>
struct sums : lathe::requirement<"sum to {}", Sum> { // a requirement for each type
    template <class T>
    static constexpr bool met = requires(T& t) { t(1, 2); };
    static constexpr auto call = [](auto& t, Sum a, Sum b) -> Sum {
        return t(a, b);
    };
};
int subtract(int a, int b) {
    return a - b;
}

TEST_CASE("erased: functions, lambdas and requirements that are templates", "[erased]") {
    int calls = 0;
    lathe::erased<sums<int>, sums<double>> held = [&calls](auto a, auto b) {
        ++calls;
        return a + b;
    };
    CHECK(held.call<sums<int>>(1, 2) == 3);
    CHECK(held.call<sums<double>>(1.5, 2.0) == 3.5);
    CHECK(calls == 2);
    const lathe::erased<sums<int>> function = subtract; // as a pointer
    CHECK(lathe::erased<sums<int>>(function).call<sums<int>>(5, 2) == 3);
    REQUIRE(function.target<int (*)(int, int)>() != nullptr);
    CHECK(*function.target<int (*)(int, int)>() == &subtract);
}

TEST_CASE("erased: a class made of one has the names of its functions", "[erased]") {
    class any_counter : public counting {
    public:
        using counting::counting;
        int add(int n) { return call<adds>(n); }
        std::string name() const { return call<names>(); }
    };
    any_counter a = counter{};
    any_counter b = a; // copied, not held
    CHECK(b.add(2) == 2);
    CHECK(a.name() == "counter 0");
    const counting part = b; // the same value, not one in another
    CHECK(part.target<counter>()->total == 2);
    CHECK(part.target<any_counter>() == nullptr);
}

TEST_CASE("erased: the value of an abstract class's descendant, called through virtual functions", "[erased]") {
    struct base {
        base() = default;
        base(const base&) = default;
        base& operator=(const base&) = default;
        virtual ~base() = default;
        virtual int add(int n) = 0;
    };
    struct first : base {
        int add(int n) override { return n; }
    };
    struct second final : first {
        int add(int n) override { return -n; }
    };
    lathe::erased<adds> held = second{};
    CHECK(held.call<adds>(3) == -3);
    held = first{};
    CHECK(held.call<adds>(3) == 3);
    STATIC_REQUIRE(is_refused<base&, lathe::erased<adds>>);
}

// ---- nothing ----

TEST_CASE("erased: a call of nothing is an error that names the requirement", "[erased]") {
    counting held;
    CHECK_FALSE(held.has_value());
    CHECK_FALSE(static_cast<bool>(held));
    CHECK_THROWS_AS(held.call<adds>(1), lathe::erased_error);
    try {
        static_cast<void>(std::as_const(held).call<names>());
        FAIL("it was called");
    } catch (const lathe::error& error) {
        CHECK_THAT(error.what(), ContainsSubstring("lathe::erased") && ContainsSubstring("name() const -> string"));
        REQUIRE(dynamic_cast<const lathe::erased_error*>(&error) != nullptr);
        CHECK(dynamic_cast<const lathe::erased_error&>(error).requirement() == names::text);
    }
    held = counter{};
    CHECK(held.call<adds>(1) == 1); // the error has left nothing behind
}

TEST_CASE("erased: nothing is copied, moved, exchanged and reset as a value is", "[erased]") {
    counting none;
    counting copy = none;
    CHECK_FALSE(copy);
    counting held = counter{1};
    held = none;
    CHECK_FALSE(held);
    held = counter{2};
    swap(held, none);
    CHECK_FALSE(held);
    CHECK(none.call<names>() == "counter 2");
    none.reset();
    none.reset();
    CHECK_FALSE(none);
    held = std::move(none);
    CHECK_FALSE(held);
    none = {};
    CHECK_FALSE(none);
}

// ---- the value again ----

TEST_CASE("erased: target gives the value to who knows its type", "[erased]") {
    counting held = counter{3};
    REQUIRE(held.target<counter>() != nullptr);
    held.target<counter>()->total = 9;
    CHECK(held.call<names>() == "counter 9");
    CHECK(held.target<double_counter>() == nullptr);
    CHECK(held.target<int>() == nullptr); // may be asked about types that would not fit
    CHECK(std::as_const(held).target<counter>()->total == 9);
    STATIC_REQUIRE(std::is_same_v<decltype(std::as_const(held).target<counter>()), const counter*>);
    CHECK(counting().target<counter>() == nullptr);
}

TEST_CASE("erased: a value is made in place from several arguments", "[erased]") {
    counting held(std::in_place_type<double_counter>, std::string("made"), 4);
    CHECK(held.call<names>() == "made");
    counter& made = held.emplace<counter>(6);
    CHECK(made.total == 6);
    CHECK(&made == held.target<counter>());
    moving unique(std::in_place_type<unique_counter>);
    CHECK(unique.call<adds>(2) == 2);
}

TEST_CASE("erased: many in a vector", "[erased]") {
    std::vector<counting> all{counter{1}, double_counter{}, counting()};
    for (int i = 0; i < 20; ++i)
        all.push_back(all[static_cast<std::size_t>(i % 2)]);
    all.erase(all.begin() + 2);
    int sum = 0;
    for (counting& one : all)
        sum += one.call<adds>(1);
    CHECK(sum == 11 * (2 + 2));
    CHECK(all[0].target<counter>()->total == 2);
    CHECK(all[2].target<counter>()->total == 2); // a copy of its own: it was 1 when it was made
}

} // namespace
