// SPDX-License-Identifier: MIT
#include <lathe/perf/timed.hpp> // first: proves that the header stands alone

#include <functional>
#include <memory>
#include <stdexcept>
#include <string>
#include <type_traits>
#include <utility>
#include <vector>

#include <lathe/perf/monitor.hpp>

#include "support/catch.hpp"

namespace {

namespace perf = lathe::perf;

template <class F>
using timed = decltype(std::declval<perf::monitor&>().time_it("", std::declval<F>()));

// One that throws where it is moved.
struct throws_moved {
    throws_moved() = default;
    throws_moved(throws_moved&&) noexcept(false) {}
};

// The type of a call operator is kept, in all its parts.
struct as_lvalue {
    int operator()(std::string, const int&) &;
};
struct as_const_lvalue {
    int operator()() const& noexcept;
};
struct as_rvalue {
    std::unique_ptr<int> operator()() &&;
};
struct as_const_rvalue {
    void operator()(int&&) const&& noexcept;
};
template <class C, class Function>
std::type_identity<Function> type_of(Function C::*) {
    return {};
}
template <class F>
using call_operator = typename decltype(type_of(&timed<F>::operator()))::type;
template <class F, class Function>
inline constexpr bool keeps = std::is_same_v<call_operator<F>, Function>;

constexpr auto constant = [](int, double&) -> long {
    return 1;
};
constexpr auto changing = [](std::unique_ptr<int>) mutable noexcept -> const int& {
    static int kept = 0;
    return kept;
};
using of_const_lvalues = int() const& noexcept;
using of_rvalues = std::unique_ptr<int>() &&;
using of_const_rvalues = void(int&&) const&& noexcept;
static_assert(keeps<decltype(constant), long(int, double&) const>);
static_assert(keeps<std::decay_t<decltype(changing)>, const int&(std::unique_ptr<int>) noexcept>);
static_assert(keeps<as_lvalue, int(std::string, const int&) &>);
static_assert(keeps<as_const_lvalue, of_const_lvalues>);
static_assert(keeps<as_rvalue, of_rvalues>);
static_assert(keeps<as_const_rvalue, of_const_rvalues>);
static_assert(keeps<int (&)(char) noexcept, int(char) const noexcept>); // a call leaves the pointer as it is
static_assert(keeps<std::function<int(long)>, int(long) const>);

static_assert(std::is_nothrow_invocable_v<timed<void (*)(int) noexcept>, int>);
static_assert(!std::is_nothrow_invocable_v<timed<void (*)(int)>, int>);
// What the call would throw before f begins must not end the program.
static_assert(!noexcept(std::declval<timed<void (*)(throws_moved) noexcept>>()(throws_moved())));

// Generic and overloaded ones: what cannot be called cannot be called wrapped.
struct overloaded {
    int operator()(int n) noexcept { return n; }
    std::string operator()(const std::string& text) const { return text; }
    void operator()(std::vector<int>&&) && {}
};
static_assert(std::is_same_v<std::invoke_result_t<timed<overloaded>&, int>, int>);
static_assert(std::is_nothrow_invocable_v<timed<overloaded>&, int>);
static_assert(!std::is_invocable_v<const timed<overloaded>&, int>);
static_assert(std::is_same_v<std::invoke_result_t<const timed<overloaded>&, const char*>, std::string>);
static_assert(!std::is_nothrow_invocable_v<const timed<overloaded>&, const std::string&>);
static_assert(std::is_invocable_v<timed<overloaded>, std::vector<int>>);
static_assert(!std::is_invocable_v<timed<overloaded>&, std::vector<int>>);
static_assert(!std::is_invocable_v<timed<overloaded>&, std::unique_ptr<int>>);
struct not_as_lvalue {
    template <class T>
    void operator()(T) & = delete;
    template <class T>
    void operator()(T) const& {}
};
static_assert(!std::is_invocable_v<timed<not_as_lvalue>&, int> &&
              std::is_invocable_v<const timed<not_as_lvalue>&, int>);

// It is copied, moved and as large as what it wraps allows.
static_assert(std::is_copy_constructible_v<timed<overloaded>> && std::is_copy_assignable_v<timed<overloaded>>);
[[maybe_unused]] const auto owner = [p = std::unique_ptr<int>()] {
    return p == nullptr;
};
using owning = timed<std::remove_const_t<decltype(owner)>>;
static_assert(!std::is_copy_constructible_v<owning> && std::is_nothrow_move_constructible_v<owning>);
static_assert(sizeof(timed<overloaded>) == sizeof(perf::timer));

struct pinned {
    explicit pinned(int n) : number(n) {}
    pinned(const pinned&) = delete;
    pinned& operator=(const pinned&) = delete;
    int number;
};
struct account {
    int balance = 0;
    int deposit(int amount) {
        if (amount < 0) throw std::invalid_argument("negative");
        return balance += amount;
    }
    [[nodiscard]] int total() const noexcept { return balance; }
};
int twice(int n) {
    return 2 * n;
}

TEST_CASE("timed: a call gives what the callable gives, and is counted", "[perf]") {
    perf::monitor mon;
    const auto function = mon.time_it("function", twice);
    CHECK(function(4) == 8);
    CHECK(function(5) == 10);
    int sum = 0;
    auto adds = mon.time_it("lambda", [&sum](int n) mutable -> int& { return sum += n; });
    adds(3) = 10; // the result is a reference
    CHECK(sum == 10);
    const auto nothing = mon.time_it("void", [] {});
    static_assert(std::is_void_v<decltype(nothing())>);
    nothing();
    const perf::snapshot now = mon.snapshot();
    CHECK(now["function"].calls() == 2);
    CHECK(now["function"].errors() == 0);
    CHECK(now["lambda"].calls() == 1);
    CHECK(now["void"].calls() == 1);
}

TEST_CASE("timed: results that cannot be moved, and arguments that can only be moved, go through", "[perf]") {
    perf::monitor mon;
    const auto make = mon.time_it("make", [](int n) { return pinned(n); });
    const auto generic = mon.time_it("make", [](auto n) noexcept { return pinned(n); });
    CHECK(make(7).number == 7);
    CHECK(generic(8).number == 8);
    const auto takes = mon.time_it("takes", [](std::unique_ptr<int> p) { return p; });
    CHECK(*takes(std::make_unique<int>(3)) == 3);
    const auto forwards = mon.time_it("takes", [](auto&& p) { return std::forward<decltype(p)>(p); });
    CHECK(*forwards(std::make_unique<int>(4)) == 4);
    auto owns = mon.time_it("owns", [p = std::make_unique<int>(5)] { return *p; });
    const auto moved = std::move(owns);
    CHECK(moved() == 5);
    CHECK(mon.snapshot()["make"].calls() == 2);
    CHECK(mon.snapshot()["takes"].calls() == 2);
}

TEST_CASE("timed: an exception is a call and an error, and goes on", "[perf]") {
    perf::monitor mon;
    const auto picky = mon.time_it("picky", [](int n) {
        if (n < 0) throw std::invalid_argument("negative");
        return n;
    });
    const auto generic = mon.time_it("generic", [](auto n) -> int { throw n; });
    CHECK(picky(1) == 1);
    CHECK_THROWS_AS(picky(-1), std::invalid_argument);
    CHECK_THROWS_AS(picky(-2), std::invalid_argument);
    CHECK_THROWS_AS(generic(1), int);
    CHECK(mon.snapshot()["picky"].calls() == 3);
    CHECK(mon.snapshot()["picky"].errors() == 2);
    CHECK(mon.snapshot()["generic"].calls() == 1);
    CHECK(mon.snapshot()["generic"].errors() == 1);
}

TEST_CASE("timed: pointers to members are called as std::invoke does", "[perf]") {
    perf::monitor mon;
    const auto deposit = mon.time_it("deposit", &account::deposit);
    const auto total = mon.time_it("total", &account::total);
    const auto balance = mon.time_it("balance", &account::balance);
    account mine;
    const auto shared = std::make_shared<account>();
    CHECK(deposit(mine, 5) == 5);
    CHECK(deposit(&mine, 5) == 10);
    CHECK(deposit(shared, 1) == 1);
    CHECK(deposit(std::ref(mine), 1) == 11);
    CHECK_THROWS_AS(deposit(mine, -1), std::invalid_argument);
    balance(mine) = 3; // the member itself
    CHECK(total(mine) == 3);
    static_assert(noexcept(total(mine)) && !noexcept(deposit(mine, 1)));
    static_assert(!std::is_invocable_v<decltype(deposit)&, const account&, int>);
    CHECK(mon.snapshot()["deposit"].calls() == 5);
    CHECK(mon.snapshot()["deposit"].errors() == 1);
    CHECK(mon.snapshot()["balance"].calls() == 1);
}

TEST_CASE("timed: a reference wrapper measures the calls of one object", "[perf]") {
    perf::monitor mon;
    const auto count = [n = 0]() mutable {
        return ++n;
    };
    auto counts = count;
    auto by_reference = mon.time_it("count", std::ref(counts));
    auto by_value = mon.time_it("count", counts);
    CHECK(by_reference() == 1);
    CHECK(by_reference() == 2);
    CHECK(counts() == 3);
    CHECK(by_value() == 1);
    CHECK(mon.snapshot()["count"].calls() == 3);
}

TEST_CASE("timed: one signature is seen by std::function, and takes braces", "[perf]") {
    perf::monitor mon;
    const auto length = mon.time_it("length", [](const std::vector<int>& all) { return all.size(); });
    CHECK(length({1, 2, 3}) == 3);
    const std::function erased =
        mon.time_it("erased", [](std::string text, int n) { return text + std::to_string(n); });
    static_assert(std::is_same_v<decltype(erased), const std::function<std::string(std::string, int)>>);
    CHECK(erased("a", 1) == "a1");
    CHECK(mon.snapshot()["erased"].calls() == 1);
}

TEST_CASE("timed: each overload is called as it was", "[perf]") {
    perf::monitor mon;
    auto both = mon.time_it("both", overloaded());
    CHECK(both(3) == 3);
    CHECK(both("text") == "text");
    CHECK(std::as_const(both)("text") == "text");
    std::move(both)(std::vector<int>());
    CHECK(mon.snapshot()["both"].calls() == 4);
}

TEST_CASE("timed: a timer with labels can time a callable as well", "[perf]") {
    perf::monitor mon;
    const perf::timed parse(mon.timer("parse"), twice);
    CHECK(parse(1) == 2);
    CHECK(mon.snapshot()["parse"].calls() == 1);
}

TEST_CASE("timed: wrapped twice it is measured twice", "[perf]") {
    perf::monitor mon;
    const auto inner = mon.time_it("inner", twice);
    const auto outer = mon.time_it("outer", inner);
    CHECK(outer(2) == 4);
    CHECK(inner(2) == 4);
    CHECK(mon.snapshot()["inner"].calls() == 2);
    CHECK(mon.snapshot()["outer"].calls() == 1);
}

TEST_CASE("profiled: is called as the callable is, and counts as timed does", "[perf]") {
    perf::monitor mon;
    const auto load = mon.profile_memory("load", [](std::size_t n) {
        if (n == 0) throw std::runtime_error("nothing");
        return std::vector<char>(n);
    });
    static_assert(std::is_same_v<decltype(std::function(load)), std::function<std::vector<char>(std::size_t)>>);
    CHECK(load(1000).size() == 1000);
    CHECK_THROWS_AS(load(0), std::runtime_error);
    CHECK(mon.snapshot()["load"].calls() == 2);
    CHECK(mon.snapshot()["load"].errors() == 1);
}

} // namespace
