// SPDX-License-Identifier: MIT
#include <lathe/perf/scope.hpp> // first: proves that the header stands alone

#include <chrono>
#include <memory>
#include <type_traits>

#include <lathe/perf/monitor.hpp>

#include "support/catch.hpp"
#include "support/memory.hpp"

namespace {

namespace perf = lathe::perf;
using steady = std::chrono::steady_clock;

static_assert(!std::is_copy_constructible_v<perf::scope> && !std::is_move_constructible_v<perf::scope>);
static_assert(!std::is_copy_assignable_v<perf::scope> && !std::is_move_assignable_v<perf::scope>);
static_assert(std::is_nothrow_destructible_v<perf::scope>);

TEST_CASE("scope: counts a call when it ends, by what the clock said meanwhile", "[perf]") {
    perf::monitor mon{{.clock = perf::clock_source::steady}};
    const auto before = steady::now();
    steady::time_point begun;
    steady::time_point ends;
    {
        const auto scope = mon.scope<"work">();
        begun = steady::now();
        CHECK((!mon.snapshot().contains("work") || mon.snapshot()["work"].calls() == 0));
        ends = steady::now();
    }
    const auto after = steady::now();
    const perf::stats work = mon.snapshot()["work"];
    CHECK(work.calls() == 1);
    CHECK(work.total() >= ends - begun);
    CHECK(work.total() <= after - before);
    CHECK(work.errors() == 0);
}

TEST_CASE("scope: a processor's ticks come out as nanoseconds", "[perf]") {
    perf::monitor mon;
    const auto before = steady::now();
    steady::time_point begun;
    steady::time_point ends;
    {
        const auto scope = mon.scope<"work">();
        begun = steady::now();
        while ((ends = steady::now()) - begun < std::chrono::milliseconds(2)) {
        }
    }
    const auto after = steady::now();
    const perf::stats work = mon.snapshot()["work"];
    CHECK(work.total() >= 0.99 * (ends - begun)); // the clocks' rates are compared, not the same
    CHECK(work.total() <= 1.01 * (after - before));
}

TEST_CASE("scope: counts an error if it is told that it failed", "[perf]") {
    const bool call_tree = GENERATE(false, true);
    perf::monitor mon{{.call_tree = call_tree}};
    {
        auto scope = mon.scope<"work">();
        scope.failed();
    }
    {
        const auto scope = mon.scope<"work">();
    }
    CHECK(mon.snapshot()["work"].calls() == 2);
    CHECK(mon.snapshot()["work"].errors() == 1);
}

TEST_CASE("scope: those of a thread may end in any order", "[perf]") {
    perf::monitor mon{{.call_tree = true, .events = 8}};
    for (int round = 0; round < 2; ++round) {
        // Made in place, for scopes cannot be moved.
        std::unique_ptr<perf::scope> outer(new perf::scope(mon.scope<"outer">()));
        std::unique_ptr<perf::scope> inner(new perf::scope(mon.scope<"inner">()));
        outer.reset();
        {
            const auto within = mon.scope<"within">();
        }
        inner.reset();
        {
            const auto after = mon.scope<"after">();
        }
    }
    const perf::snapshot snap = mon.snapshot();
    for (const char* const name : {"outer", "inner", "within", "after"})
        CHECK(snap[name].calls() == 2);
    for (const perf::call_node& node : snap.call_tree()) {
        const auto name = snap.timers()[node.timer].name();
        CHECK(node.depth == (name == "inner" ? 1 : name == "within" ? 2 : 0));
        CHECK(node.calls == 2);
    }
    CHECK(snap.events().size() == 8);
}

TEST_CASE("scope: counts what its thread allocates, if memory is counted and it was asked to", "[perf]") {
    perf::monitor mon;
    {
        const auto scope = mon.memory_scope<"kept">();
        lathe_test::allocate_and_free(500); // two of them at a time would be a peak of 1500
        char* const volatile kept = new char[1000];
        const auto plain = mon.scope<"plain">();
        delete[] kept;
    }
    const perf::snapshot snap = mon.snapshot();
    CHECK_FALSE(snap["plain"].has_memory());
    CHECK(snap["kept"].has_memory() == perf::memory_is_counted());
    if (perf::memory_is_counted()) {
        CHECK(snap["kept"].memory() == perf::memory_figures{2, 2, 1500, 0, 1000});
        CHECK(snap["kept"].avg_memory() == 0);
    }
}

} // namespace
