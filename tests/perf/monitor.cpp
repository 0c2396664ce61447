// SPDX-License-Identifier: MIT
#include <lathe/perf/monitor.hpp> // first: proves that the header stands alone

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <thread>
#include <type_traits>

#include <lathe/core/concepts.hpp>

#include "support/catch.hpp"
#include "support/threads.hpp"

namespace {

namespace perf = lathe::perf;
using lathe_test::ContainsSubstring;
using std::chrono::nanoseconds;
using steady = std::chrono::steady_clock;

static_assert(lathe::observer<perf::monitor>);
static_assert(!std::is_copy_constructible_v<perf::monitor> && !std::is_move_constructible_v<perf::monitor>);
static_assert(noexcept(perf::global()) && noexcept(std::declval<const perf::monitor&>().is_enabled()));

TEST_CASE("monitor: one name is one metric, in whichever way it is measured", "[perf]") {
    perf::monitor mon;
    for (int i = 0; i < 3; ++i)
        const auto scope = mon.scope<"work">();
    const std::string name = "work";
    {
        const auto scope = mon.scope(name);
    }
    {
        const auto scope = mon.observe(name);
    }
    {
        const auto scope = mon.memory_scope(name);
    }
    {
        const auto scope = mon.timer("work").scope();
    }
    const auto timed = mon.time_it("work", [](int i) { return i; });
    CHECK(timed(7) == 7);
    const perf::snapshot snap = mon.snapshot();
    CHECK(snap.timers().size() == 1);
    CHECK(snap["work"].calls() == 8);
}

TEST_CASE("monitor: each has its own figures, also when they take turns", "[perf]") {
    // More than a thread has places for, so that some share one.
    constexpr std::size_t many = 20;
    std::unique_ptr<perf::monitor> monitors[many];
    for (auto& each : monitors)
        each = std::make_unique<perf::monitor>();
    for (int round = 0; round < 10; ++round) {
        for (std::size_t i = 0; i < many; ++i) {
            for (std::size_t times = 0; times <= i; ++times)
                const auto scope = monitors[i]->scope<"turns">();
            monitors[i]->counter("turns").add(i);
        }
    }
    for (std::size_t i = 0; i < many; ++i) {
        CHECK(monitors[i]->snapshot()["turns"].calls() == 10 * (i + 1));
        CHECK(monitors[i]->snapshot().counter("turns") == 10 * i);
    }
}

TEST_CASE("monitor: one that comes after another has none of its figures", "[perf]") {
    for (int i = 0; i < 20; ++i) { // often at the same address
        perf::monitor mon;
        {
            const auto scope = mon.scope<"fresh">();
        }
        CHECK(mon.snapshot()["fresh"].calls() == 1);
    }
}

TEST_CASE("monitor: what threads measured that have ended is there", "[perf][threads]") {
    const auto options = GENERATE(perf::monitor_options{},
                                  perf::monitor_options{.call_tree = true},
                                  perf::monitor_options{.clock = perf::clock_source::steady});
    perf::monitor mon{options};
    for (int generation = 0; generation < 5; ++generation) {
        lathe_test::in_threads(3, [&](std::size_t thread) {
            for (int i = 0; i < 100; ++i) {
                const auto outer = mon.scope<"outer">();
                const auto inner = mon.scope("inner " + std::to_string(thread));
            }
        });
    }
    const perf::snapshot snap = mon.snapshot();
    CHECK(snap["outer"].calls() == 1'500);
    for (const char* const name : {"inner 0", "inner 1", "inner 2"})
        CHECK(snap[name].calls() == 500);
    if (options.call_tree) CHECK(snap.call_tree().size() == 4);
}

TEST_CASE("monitor: threads may outlive it, and use the next", "[perf][threads]") {
    auto mon = std::make_unique<perf::monitor>();
    std::thread([&] {
        {
            const auto scope = mon->scope<"work">();
        }
        mon.reset();
        mon = std::make_unique<perf::monitor>();
        const auto scope = mon->scope<"work">();
    }).join();
    CHECK(mon->snapshot()["work"].calls() == 1);
}

TEST_CASE("monitor: what begins while it is disabled does not count", "[perf]") {
    perf::monitor mon;
    const auto use = [&mon] {
        const auto fixed = mon.scope<"work">();
        const auto named = mon.scope("work");
        auto failing = mon.timer("work").scope();
        failing.failed();
        mon.timer("work").record(nanoseconds(1));
        mon.timer("work").failed();
        mon.counter("rows").add(1);
    };
    CHECK(mon.is_enabled());
    use();
    {
        const auto begun_before = mon.scope<"before">();
        mon.disable();
        CHECK_FALSE(mon.is_enabled());
        use();
    }
    {
        const auto scope = mon.scope<"disabled">();
        mon.enable();
        mon.enable();
    }
    CHECK(mon.is_enabled());
    use();
    const perf::snapshot snap = mon.snapshot();
    CHECK(snap["work"].calls() == 8);
    CHECK(snap["work"].errors() == 4);
    CHECK(snap.counter("rows") == 2);
    CHECK(snap["before"].calls() == 1);
    CHECK_FALSE(snap.contains("disabled"));
}

TEST_CASE("monitor: names beyond the most are counted together", "[perf]") {
    perf::monitor mon{{.max_metrics = 3}};
    for (int i = 0; i < 10; ++i)
        const auto scope = mon.scope("name " + std::to_string(i));
    {
        const auto scope = mon.scope<"fixed">();
    }
    mon.counter("rows").add(5);
    const perf::snapshot snap = mon.snapshot();
    CHECK(snap["name 2"].calls() == 1);
    CHECK_FALSE(snap.contains("name 3"));
    CHECK(snap["(other)"].calls() == 8);
    CHECK(snap.counter("(other)") == 5);
}

// ---- call tree -------------------------------------------------------------

long measured_fibonacci(perf::monitor& mon, int n) {
    const auto scope = mon.scope<"fibonacci">();
    return n < 2 ? n : measured_fibonacci(mon, n - 1) + measured_fibonacci(mon, n - 2);
}

TEST_CASE("call_tree: a recursion is never counted as longer than it takes", "[perf]") {
    perf::monitor mon{{.call_tree = true, .clock = perf::clock_source::steady}};
    const auto before = steady::now();
    {
        const auto scope = mon.scope<"all">();
        CHECK(measured_fibonacci(mon, 15) == 610);
    }
    const nanoseconds wall = steady::now() - before;

    const perf::snapshot snap = mon.snapshot();
    const perf::stats& fibonacci = snap["fibonacci"];
    CHECK(fibonacci.calls() == 1'973);
    CHECK(fibonacci.total() > wall); // the sum of all calls, which are within each other
    CHECK(fibonacci.inclusive_time() <= wall);
    CHECK(fibonacci.self_time() <= fibonacci.inclusive_time());
    CHECK(snap["all"].self_time() <= wall - fibonacci.inclusive_time());

    REQUIRE(snap.call_tree().size() == 1 + 15);
    std::uint64_t calls = 0;
    nanoseconds self{0};
    for (std::size_t i = 0; i < snap.call_tree().size(); ++i) {
        const perf::call_node& node = snap.call_tree()[i];
        CHECK(node.depth == i);
        CHECK(node.parent == (i == 0 ? 0 : i - 1));
        CHECK(snap.timers()[node.timer].name() == (i == 0 ? "all" : "fibonacci"));
        if (i > 0) CHECK(node.total <= snap.call_tree()[i - 1].total);
        calls += node.calls;
        self += node.self_time;
    }
    CHECK(calls == 1 + 1'973);
    CHECK(self == snap["all"].total()); // each nanosecond is of one of them
}

TEST_CASE("call_tree: may be switched on and off, in the midst of scopes", "[perf]") {
    perf::monitor mon;
    {
        const auto plain = mon.scope<"plain">();
        mon.configure({.call_tree = true});
        {
            const auto a = mon.scope<"a">();
            mon.configure({});
            const auto b = mon.scope<"b">();
            mon.configure({.call_tree = true});
            const auto c = mon.scope<"c">();
        }
    }
    const perf::snapshot snap = mon.snapshot();
    REQUIRE(snap.call_tree().size() == 2);
    CHECK(snap.timers()[snap.call_tree()[0].timer].name() == "a");
    CHECK(snap.timers()[snap.call_tree()[1].timer].name() == "c");
    CHECK(snap.call_tree()[1].depth == 1);
    for (const char* const name : {"plain", "a", "b", "c"})
        CHECK(snap[name].calls() == 1);
    CHECK_THROWS_AS(mon.configure({.clock = perf::clock_source::steady}), perf::monitor_error);
}

// ---- events ----------------------------------------------------------------

TEST_CASE("events: the last ones of each thread, in order, and how many were dropped", "[perf][threads]") {
    perf::monitor mon{{.events = 4, .clock = perf::clock_source::steady}};
    const auto work = [&mon](int scopes) {
        for (int i = 0; i < scopes; ++i)
            const auto scope = mon.scope("event " + std::to_string(i));
    };
    work(3);
    const perf::snapshot few = mon.snapshot();
    CHECK(few.events().size() == 3);
    CHECK(few.dropped_events() == 0);
    work(10);
    const perf::snapshot snap = mon.snapshot();
    CHECK(snap.events().size() == 4);
    CHECK(snap.dropped_events() == 9);
    nanoseconds last{0};
    int expected = 6;
    for (const perf::event& each : snap.events()) {
        CHECK(snap.timers()[each.timer].name() == "event " + std::to_string(expected++));
        CHECK(each.start >= last);
        CHECK(each.duration >= nanoseconds(0));
        last = each.start + each.duration; // they do not overlap
    }
    CHECK(last <= snap.span());

    std::thread(work, 2).join();
    const perf::snapshot both = mon.snapshot();
    REQUIRE(both.events().size() == 6);
    std::size_t others = 0;
    for (const perf::event& each : both.events())
        if (each.thread != snap.events()[0].thread) ++others;
    CHECK(others == 2);
    const perf::snapshot between = both - snap;
    CHECK(between.events().size() == 2);
    CHECK(between.dropped_events() == 0);
    CHECK(between["event 0"].calls() == 1);
    const perf::snapshot without = mon.snapshot_without_events();
    CHECK(without.events().empty());
}

// ---- the global one --------------------------------------------------------

int used_before_main() {
    LATHE_SCOPE("before main");
    return 1;
}
const int before_main = used_before_main();

TEST_CASE("global: LATHE_SCOPE measures to the end of its block, also before main", "[perf]") {
    CHECK(before_main == 1);
    const perf::snapshot before = perf::global().snapshot();
    CHECK(before["before main"].calls() == 1);
    for (int i = 0; i < 3; ++i) {
        LATHE_SCOPE("block");
        LATHE_SCOPE("same block");
    }
    const perf::snapshot between = perf::global().snapshot() - before;
    CHECK(between["block"].calls() == 3);
    CHECK(between["same block"].calls() == 3);
    CHECK(between["before main"].calls() == 0);
    CHECK(&perf::global() == &perf::global());
}

} // namespace
