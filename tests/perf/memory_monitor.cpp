// SPDX-License-Identifier: MIT
// What a monitor counts as the memory of a scope is the user's alone: nothing that the monitor does is in it.
#include <lathe/perf/monitor.hpp>

#include <cstdint>
#include <new>
#include <string>
#include <thread>

#include <lathe/perf/memory.hpp>
#include <lathe/perf/snapshot.hpp>

#include "support/catch.hpp"
#include "support/memory.hpp"

namespace {

namespace perf = lathe::perf;
using lathe_test::allocate_and_free;
using perf::memory_figures;

TEST_CASE("memory: a monitor allocates nothing that is counted, with all that it can record", "[perf]") {
    const std::string long_name = "a name that is too long for the small buffer of a string";
    const perf::memory_scope scope;
    perf::monitor monitor({.call_tree = true, .events = 100, .memory = true});
    {
        const perf::scope outer = monitor.scope<"outer">();
        const perf::scope inner = monitor.scope(long_name);
    }
    perf::counter counter = monitor.counter(long_name);
    counter.add(3);
    perf::snapshot snapshot = monitor.snapshot();
    const perf::snapshot difference = monitor.snapshot() - snapshot;
    snapshot += monitor.snapshot();
    const memory_figures figures = scope.figures();
    CHECK(figures == memory_figures{});
    CHECK(snapshot["outer"].calls() == 2); // merged with itself
    CHECK(difference.counters().size() == 1);
    CHECK(snapshot["outer"].allocations() == 0);
    CHECK(snapshot[long_name].bytes() == 0);
}

TEST_CASE("memory: a monitor's scope counts what is done within, in its own thread", "[perf][threads]") {
    perf::monitor monitor;
    std::thread other;
    {
        const perf::scope outer = monitor.memory_scope<"outer">();
        allocate_and_free(100);
        {
            const perf::scope inner = monitor.memory_scope("inner");
            allocate_and_free(1000);
        }
        other = std::thread([&] {
            const perf::scope elsewhere = monitor.memory_scope("elsewhere");
            allocate_and_free(5000);
        });
    }
    other.join();
    const perf::snapshot snapshot = monitor.snapshot();
    CHECK(snapshot["inner"].allocations() == 1);
    CHECK(snapshot["inner"].frees() == 1);
    CHECK(snapshot["inner"].bytes() == 1000);
    CHECK(snapshot["inner"].net() == 0);
    CHECK(snapshot["inner"].peak() == 1000);
    CHECK(snapshot["elsewhere"].bytes() == 5000);
    CHECK(snapshot["elsewhere"].peak() == 5000);
    // What starts a thread allocates, here and there.
    CHECK(snapshot["outer"].bytes() >= 1100);
    CHECK(snapshot["outer"].bytes() < 5000);
    CHECK(snapshot["outer"].peak() >= 1000);
}

TEST_CASE("memory: a monitor ends though a thread that has ended left scopes open", "[perf][threads]") {
    alignas(perf::scope) unsigned char places[2][sizeof(perf::scope)];
    {
        perf::monitor monitor({.call_tree = true});
        std::thread([&] {
            ::new (static_cast<void*>(places[0])) perf::scope(monitor.memory_scope("left open"));
            ::new (static_cast<void*>(places[1])) perf::scope(monitor.memory_scope("left open too"));
        }).join();
        std::thread([&] { const perf::scope scope = monitor.scope<"next">(); }).join(); // goes on with the same block
        const perf::snapshot all = monitor.snapshot();
        CHECK(all["left open"].calls() == 0);
        for (const perf::call_node& node : all.call_tree())
            if (all.timers()[node.timer].name() == "next") CHECK(node.depth == 0);
        CHECK(all["next"].calls() == 1);
    }
    const perf::memory_scope scope; // this thread's are as they were
    CHECK(scope.figures() == memory_figures{});
}

} // namespace
