// SPDX-License-Identifier: MIT
#include <lathe/core/awaitable.hpp> // first: proves that the header stands alone

#include <chrono>
#include <coroutine>
#include <exception>
#include <memory>
#include <string>
#include <type_traits>
#include <utility>

#include "support/catch.hpp"

namespace {

//! [example]
// An awaiter with a result R that is suspended by S.
template <class R, class S = void>
struct gives {
    bool await_ready() const noexcept { return true; }
    S await_suspend(std::coroutine_handle<>) const noexcept;
    R await_resume() const;
};

static_assert(lathe::awaiter<std::suspend_always> && lathe::awaiter<std::suspend_never>);
static_assert(lathe::awaiter<gives<int>> && lathe::awaiter<const gives<int>&> && lathe::awaiter<gives<void, bool>>);
static_assert(lathe::awaiter<gives<void, std::coroutine_handle<>>, int>);
static_assert(!lathe::awaiter<int> && !lathe::awaiter<void> && !lathe::awaiter<std::string>);
//! [example]

struct promise {};
struct only_for_promise {
    bool await_ready();
    void await_suspend(std::coroutine_handle<promise>);
    int await_resume();
};
struct asks_the_promise { // looking at its await_suspend without a promise would be an error
    bool await_ready();
    template <class Promise>
    auto await_suspend(std::coroutine_handle<Promise> waiting) {
        return waiting.promise().goes_on();
    }
    int await_resume();
};
static_assert(lathe::awaiter<only_for_promise> && lathe::awaiter<only_for_promise, promise>);
static_assert(!lathe::awaiter<only_for_promise, int>);
static_assert(lathe::awaiter<asks_the_promise>);
static_assert(!lathe::awaiter<gives<int, int>, promise>, "an int is no suspension");

struct without_ready {
    void await_suspend(std::coroutine_handle<>);
    void await_resume();
};
struct without_resume {
    bool await_ready();
    void await_suspend(std::coroutine_handle<>);
};
struct only_when_const {
    bool await_ready() const;
    void await_suspend(std::coroutine_handle<>) &&; // an awaiter is used as an lvalue
    void await_resume();
};
static_assert(!lathe::awaiter<without_ready> && !lathe::awaiter<without_resume>);
static_assert(!lathe::awaiter<only_when_const, promise> && !lathe::awaiter<const only_when_const>);

// By its own operator co_await, by one that is no member, or by neither.
struct with_member {
    gives<int> operator co_await() const;
};
struct for_rvalues {
    gives<std::unique_ptr<int>> operator co_await() &&;
};
struct by_category {
    gives<int> operator co_await() &;
    gives<long> operator co_await() &&;
};
struct with_function {};
[[maybe_unused]] gives<std::string&> operator co_await(const with_function& /*awaited*/) noexcept {
    return {};
}
struct to_nothing_awaitable {
    int operator co_await() const;
};
// Awaitable if what it has is, as wrappers are.
template <class T>
struct wrapping {
    gives<int> operator co_await() &&
        requires lathe::awaitable<T>;
};
static_assert(lathe::awaitable<wrapping<wrapping<gives<int>>>> && !lathe::awaitable<wrapping<wrapping<int>>>);

static_assert(lathe::awaitable<with_member> && lathe::awaitable<const with_member&>);
static_assert(lathe::awaitable<for_rvalues> && !lathe::awaitable<for_rvalues&>);
static_assert(lathe::awaitable<with_function> && lathe::awaitable<with_function&>);
static_assert(lathe::awaitable<gives<void>> && lathe::awaitable<gives<void>&, promise>);
static_assert(lathe::awaitable<only_for_promise, promise> && !lathe::awaitable<only_for_promise, int>);
static_assert(!lathe::awaitable<to_nothing_awaitable> && !lathe::awaitable<int> && !lathe::awaitable<void>);
static_assert(!lathe::awaitable<std::chrono::seconds> && !lathe::awaitable<std::coroutine_handle<>>);

static_assert(std::is_same_v<lathe::await_result_t<with_member>, int>);
static_assert(std::is_same_v<lathe::await_result_t<by_category&>, int>);
static_assert(std::is_same_v<lathe::await_result_t<by_category>, long>);
static_assert(std::is_same_v<lathe::await_result_t<with_function>, std::string&>);
static_assert(std::is_same_v<lathe::await_result_t<for_rvalues>, std::unique_ptr<int>>);
static_assert(std::is_void_v<lathe::await_result_t<std::suspend_always&>>);

// ---- the awaiter that co_await uses ----

struct pinned_awaiter : std::suspend_never {
    explicit pinned_awaiter(int number) : value(number) {}
    pinned_awaiter(const pinned_awaiter&) = delete;
    pinned_awaiter& operator=(const pinned_awaiter&) = delete;
    int value;
};
struct makes_pinned {
    int value;
    pinned_awaiter operator co_await() const { return pinned_awaiter(value); }
};
static_assert(!noexcept(lathe::detail::awaiter_of(makes_pinned{1})));
static_assert(noexcept(lathe::detail::awaiter_of(with_function{})));
static_assert(noexcept(lathe::detail::awaiter_of(std::suspend_always{})));

TEST_CASE("awaitable: an awaiter is its own, and is not copied", "[core]") {
    pinned_awaiter own(1);
    CHECK(&lathe::detail::awaiter_of(own) == &own);
    auto&& moved = lathe::detail::awaiter_of(std::move(own));
    CHECK(&moved == &own);
    static_assert(std::is_same_v<decltype(moved), pinned_awaiter&&>);
}

TEST_CASE("awaitable: what operator co_await returns is made in place", "[core]") {
    const auto made = lathe::detail::awaiter_of(makes_pinned{7}); // it cannot be moved
    CHECK(made.value == 7);
}

} // namespace
