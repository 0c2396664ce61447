// SPDX-License-Identifier: MIT
#include <lathe/perf/timed_awaitable.hpp> // first: proves that the header stands alone

#include <chrono>
#include <coroutine>
#include <exception>
#include <memory>
#include <optional>
#include <stdexcept>
#include <string>
#include <thread>
#include <type_traits>
#include <utility>

#include <lathe/perf/monitor.hpp>

#include "support/catch.hpp"

namespace {

namespace perf = lathe::perf;
using clock = std::chrono::steady_clock;

// ---- what is awaited ----

// A coroutine that begins when it is awaited, and then hands over to who awaits it.
template <class R>
class lazy {
public:
    struct promise_type {
        std::coroutine_handle<> waiting{};
        std::optional<R> result{};
        std::exception_ptr thrown{};

        lazy get_return_object() { return lazy(std::coroutine_handle<promise_type>::from_promise(*this)); }
        std::suspend_always initial_suspend() noexcept { return {}; }
        auto final_suspend() noexcept {
            struct hands_over : std::suspend_always {
                std::coroutine_handle<> await_suspend(std::coroutine_handle<promise_type> ended) noexcept {
                    return ended.promise().waiting;
                }
            };
            return hands_over{};
        }
        void return_value(R value) { result.emplace(std::move(value)); }
        void unhandled_exception() noexcept { thrown = std::current_exception(); }
    };

    explicit lazy(std::coroutine_handle<promise_type> made) : m_coroutine(made) {}
    lazy(lazy&& other) noexcept : m_coroutine(std::exchange(other.m_coroutine, nullptr)) {}
    lazy& operator=(lazy&&) = delete;
    ~lazy() {
        if (m_coroutine) m_coroutine.destroy();
    }

    auto operator co_await() && noexcept {
        struct own {
            std::coroutine_handle<promise_type> coroutine;
            bool await_ready() noexcept { return false; }
            std::coroutine_handle<> await_suspend(std::coroutine_handle<> waiting) noexcept {
                coroutine.promise().waiting = waiting;
                return coroutine;
            }
            R await_resume() {
                if (coroutine.promise().thrown) std::rethrow_exception(coroutine.promise().thrown);
                return *std::move(coroutine.promise().result);
            }
        };
        return own{m_coroutine};
    }

private:
    std::coroutine_handle<promise_type> m_coroutine;
};

// Something that happens when it is told to.
struct event {
    std::coroutine_handle<> waiting{};
    int value = 0;

    bool await_ready() const noexcept { return false; }
    void await_suspend(std::coroutine_handle<> who) noexcept { waiting = who; }
    int& await_resume() noexcept { return value; }

    void happen() { std::exchange(waiting, nullptr).resume(); }
};

// What throws at one of the four steps of an await.
struct failing {
    int at;
    struct steps {
        int at;
        bool await_ready() const {
            if (at == 1) throw std::runtime_error("ready");
            return at != 2;
        }
        void await_suspend(std::coroutine_handle<>) const { throw std::runtime_error("suspend"); }
        void await_resume() const { throw std::runtime_error("resume"); }
    };
    steps operator co_await() const {
        if (at == 0) throw std::runtime_error("co_await");
        return {at};
    }
};

// A coroutine that runs by itself, and is destroyed with this at the latest.
class started {
public:
    struct promise_type {
        started get_return_object() { return started(std::coroutine_handle<promise_type>::from_promise(*this)); }
        std::suspend_never initial_suspend() noexcept { return {}; }
        std::suspend_always final_suspend() noexcept { return {}; }
        void return_void() noexcept {}
        void unhandled_exception() noexcept { std::terminate(); }
    };
    explicit started(std::coroutine_handle<promise_type> made) : m_coroutine(made) {}
    started(const started&) = delete;
    started& operator=(const started&) = delete;
    ~started() { m_coroutine.destroy(); }

private:
    std::coroutine_handle<promise_type> m_coroutine;
};

// ---- what the type promises ----

template <class T>
using timed = decltype(std::declval<perf::monitor&>().time_async("", std::declval<T>()));
static_assert(lathe::awaitable<timed<event&>&> && lathe::awaitable<timed<event>> && lathe::awaitable<timed<event>&>);
static_assert(lathe::awaitable<timed<lazy<int>>> && !lathe::awaitable<timed<lazy<int>>&>, "only moved, as lazy");
static_assert(std::is_same_v<lathe::await_result_t<timed<event&>>, int&>);
static_assert(std::is_same_v<lathe::await_result_t<timed<lazy<std::string>>>, std::string>);
static_assert(std::is_void_v<lathe::await_result_t<timed<std::suspend_always>>>);

template <class T>
using awaiter_of = lathe::detail::awaiter_of_t<timed<T>>;
template <class T>
using suspension_of = decltype(std::declval<awaiter_of<T>&>().await_suspend(std::coroutine_handle<>()));
struct decides : std::suspend_always {
    bool await_suspend(std::coroutine_handle<>) { return false; }
};
static_assert(std::is_void_v<suspension_of<event&>>);
static_assert(std::is_same_v<suspension_of<decides>, bool>);
static_assert(std::is_same_v<suspension_of<lazy<int>>, std::coroutine_handle<>>);

template <class T>
concept never_throws = requires(awaiter_of<T> awaiter, std::coroutine_handle<> waiting) {
    requires noexcept(awaiter.await_ready());
    requires noexcept(awaiter.await_suspend(waiting));
    requires noexcept(awaiter.await_resume());
};
static_assert(never_throws<event&> && !never_throws<failing>);

// Those that ask for a coroutine of one kind still do.
struct only_in_started : std::suspend_always {
    void await_suspend(std::coroutine_handle<started::promise_type>) {}
};
static_assert(lathe::awaitable<timed<only_in_started>, started::promise_type>);
static_assert(!lathe::awaitable<timed<only_in_started>, lazy<int>::promise_type>);

using coroutine_function = lazy<int>(const std::string&, std::unique_ptr<int>);
static_assert(std::is_same_v<std::invoke_result_t<timed<coroutine_function&>, const char*, std::unique_ptr<int>>,
                             perf::timed_awaitable<lazy<int>>>);
static_assert(!std::is_invocable_v<timed<coroutine_function&>, const char*>);

// ---- what is recorded ----

lazy<int> plus_one(int n) {
    if (n < 0) throw std::invalid_argument("negative");
    co_return n + 1;
}

//! [example]
TEST_CASE("timed_awaitable: gives what it awaits, and counts each await", "[perf]") {
    perf::monitor mon;
    int sum = 0;
    std::string text;
    const auto run = [&]() -> started {
        sum += co_await mon.time_async("one", plus_one(1));
        sum += co_await mon.time_async("one", plus_one(10));
        text = co_await mon.time_async("text", []() -> lazy<std::string> {
            co_return "moved";
        }());
        co_await mon.time_async("ready", std::suspend_never());
        co_await mon.time_async("not suspended", decides());
    };
    const started running = run();
    CHECK(sum == 13);
    CHECK(text == "moved");
    const perf::snapshot now = mon.snapshot();
    CHECK(now["one"].calls() == 2);
    CHECK(now["one"].errors() == 0);
    CHECK(now["text"].calls() == 1);
    CHECK(now["ready"].calls() == 1);
    CHECK(now["not suspended"].calls() == 1);
}
//! [example]

TEST_CASE("timed_awaitable: the time is that until the result, not until the suspension", "[perf]") {
    perf::monitor mon;
    event waits;
    const auto run = [&]() -> started {
        co_await mon.time_async("event", waits);
    };
    const clock::time_point before = clock::now();
    const started running = run();
    const clock::time_point suspended = clock::now();
    REQUIRE(waits.waiting);
    while (clock::now() - suspended < 3 * (suspended - before)) { // so long that its beginning alone is far too little
    }
    const clock::time_point told = clock::now();
    waits.happen();
    const clock::time_point after = clock::now();
    const auto recorded = mon.snapshot()["event"].total();
    CHECK(mon.snapshot()["event"].calls() == 1);
    CHECK(recorded >= (told - suspended) * 0.99); // what a monitor's clock may differ by
    CHECK(recorded <= (after - before) * 1.01);
}

TEST_CASE("timed_awaitable: an await that never ends is not counted", "[perf]") {
    perf::monitor mon;
    event never;
    const auto run = [&]() -> started {
        co_await mon.time_async("before", std::suspend_never());
        co_await mon.time_async("never", never);
    };
    {
        const started running = run();
    }
    CHECK(mon.snapshot()["before"].calls() == 1);
    CHECK_FALSE(mon.snapshot().contains("never"));
}

TEST_CASE("timed_awaitable: what throws at any step is one await and one error, and goes on", "[perf]") {
    perf::monitor mon;
    std::string said;
    const auto run = [&](int step) -> started {
        try {
            co_await mon.time_async("failing", failing{step});
        } catch (const std::runtime_error& error) {
            said += error.what();
            said += ' ';
        }
    };
    for (int step = 0; step < 4; ++step) {
        const started running = run(step);
        CHECK(mon.snapshot()["failing"].calls() == static_cast<std::size_t>(step) + 1);
        CHECK(mon.snapshot()["failing"].errors() == static_cast<std::size_t>(step) + 1);
    }
    CHECK(said == "co_await ready suspend resume ");
}

TEST_CASE("timed_awaitable: an lvalue is awaited where it is, an rvalue is moved in", "[perf]") {
    perf::monitor mon;
    event outside;
    int* seen = nullptr;
    const auto by_reference = [&]() -> started {
        seen = &co_await mon.time_async("event", outside);
    };
    const started first = by_reference();
    outside.happen();
    CHECK(seen == &outside.value);

    auto kept = mon.time_async("kept", plus_one(1)); // awaited later than made
    int result = 0;
    const auto by_value = [&]() -> started {
        result = co_await std::move(kept);
    };
    const started second = by_value();
    CHECK(result == 2);
    CHECK(mon.snapshot()["kept"].calls() == 1);

    auto twice = mon.time_async("twice", outside);
    const auto again = [&]() -> started {
        co_await twice;
        co_await twice;
    };
    const started third = again();
    outside.happen();
    CHECK(mon.snapshot()["twice"].calls() == 1);
    outside.happen();
    CHECK(mon.snapshot()["twice"].calls() == 2);
}

TEST_CASE("timed_awaitable: what begins while the monitor is off is not counted", "[perf]") {
    perf::monitor mon;
    event waits;
    const auto run = [&]() -> started {
        co_await mon.time_async("event", waits);
    };
    mon.disable();
    const started first = run();
    mon.enable();
    waits.happen();
    CHECK_FALSE(mon.snapshot().contains("event"));
    const started second = run();
    waits.happen();
    CHECK(mon.snapshot()["event"].calls() == 1);
}

TEST_CASE("timed_awaitable: a coroutine may go on in another thread", "[perf][threads]") {
    perf::monitor mon;
    event waits;
    std::thread::id in{};
    const auto run = [&]() -> started {
        co_await mon.time_async("event", waits);
        in = std::this_thread::get_id();
    };
    const started running = run();
    std::thread::id other{};
    std::thread thread([&] {
        other = std::this_thread::get_id();
        waits.happen();
    });
    thread.join();
    CHECK(in == other);
    CHECK(mon.snapshot()["event"].calls() == 1);
}

TEST_CASE("timed_async: a coroutine function is timed by each of its awaits", "[perf]") {
    perf::monitor mon;
    const auto timed_plus = mon.time_async("plus", plus_one);
    static_assert(std::is_same_v<decltype(timed_plus(1)), perf::timed_awaitable<lazy<int>>>);
    int sum = 0;
    int caught = 0;
    const auto run = [&]() -> started {
        sum += co_await timed_plus(1);
        sum += co_await timed_plus(2);
        try {
            sum += co_await timed_plus(-1); // it has begun when it throws
        } catch (const std::invalid_argument&) {
            ++caught;
        }
    };
    const started running = run();
    {
        const auto dropped = timed_plus(5);
    }
    CHECK(sum == 5);
    CHECK(caught == 1);
    CHECK(mon.snapshot()["plus"].calls() == 3);
    CHECK(mon.snapshot()["plus"].errors() == 1);
}

// Not to be moved, begun by the call, and ready when that returns.
struct eager : std::suspend_never {
    explicit eager(clock::duration work) {
        for (const clock::time_point begun = clock::now(); clock::now() - begun < work;) {
        }
    }
    eager(const eager&) = delete;
    eager& operator=(const eager&) = delete;
};

TEST_CASE("timed_async: the time of the call itself counts, also if it throws", "[perf]") {
    using namespace std::chrono_literals;
    perf::monitor mon;
    const auto works = mon.time_async("works", [](auto time) { return eager(time); });
    const auto refuses = mon.time_async("refuses", [](clock::duration time) -> eager {
        eager{time};
        throw std::runtime_error("no");
    });
    const auto run = [&]() -> started {
        co_await works(200us);
    };
    const started running = run();
    CHECK(mon.snapshot()["works"].calls() == 1);
    CHECK(mon.snapshot()["works"].total() >= 198us);
    CHECK_THROWS_AS(refuses(200us), std::runtime_error);
    CHECK(mon.snapshot()["refuses"].calls() == 1);
    CHECK(mon.snapshot()["refuses"].errors() == 1);
    CHECK(mon.snapshot()["refuses"].total() >= 198us);
}

TEST_CASE("timed_async: wraps what is timed already", "[perf]") {
    perf::monitor mon;
    const auto inner = mon.time_async("inner", plus_one);
    const auto outer = mon.time_async("outer", inner);
    int result = 0;
    const auto run = [&]() -> started {
        result = co_await mon.time_async("outmost", outer(1));
    };
    const started running = run();
    CHECK(result == 2);
    for (const char* const name : {"inner", "outer", "outmost"})
        CHECK(mon.snapshot()[name].calls() == 1);
}

} // namespace
