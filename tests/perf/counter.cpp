// SPDX-License-Identifier: MIT
#include <lathe/perf/counter.hpp> // first: proves that the header stands alone

#include <cstddef>
#include <type_traits>

#include <lathe/perf/monitor.hpp>

#include "support/catch.hpp"
#include "support/threads.hpp"

namespace {

namespace perf = lathe::perf;

static_assert(std::is_trivially_copyable_v<perf::counter> && std::is_trivially_copyable_v<perf::gauge>);

TEST_CASE("counter: adds up what all threads counted, also those that have ended", "[perf][threads]") {
    const bool call_tree = GENERATE(false, true); // the long way too
    perf::monitor mon{{.call_tree = call_tree}};
    const perf::counter rows = mon.counter("rows");
    lathe_test::in_threads(4, [&](std::size_t thread) {
        for (int i = 0; i < 1'000; ++i)
            ++rows;
        mon.counter("rows", {{"odd", thread % 2 == 1 ? "yes" : "no"}}).add(thread);
    });
    rows.add(5);
    const perf::snapshot snap = mon.snapshot();
    CHECK(snap.counter("rows") == 4'005);
    CHECK(snap.counter("rows", {{"odd", "yes"}}) == 1 + 3);
    CHECK(snap.counter("rows", {{"odd", "no"}}) == 0 + 2);
    CHECK(snap.counter("columns") == 0);
    CHECK(snap.counters().size() == 3);
}

TEST_CASE("gauge: is what it was set to last, and adds up what threads add", "[perf][threads]") {
    perf::monitor mon;
    const perf::gauge queue = mon.gauge("queue");
    CHECK(queue.value() == 0);
    queue.set(2.5);
    CHECK(mon.snapshot().gauge("queue") == 2.5);
    lathe_test::in_threads(4, [&](std::size_t) {
        for (int i = 0; i < 1'000; ++i)
            mon.gauge("queue").add(i % 2 == 0 ? 2 : -1);
    });
    CHECK(mon.snapshot().gauge("queue") == 2.5 + 4 * 500);
    CHECK(mon.gauge("queue", {{"of", "other"}}).value() == 0);
    CHECK_THROWS_WITH(mon.snapshot().gauge("length"), lathe_test::ContainsSubstring("'length'"));
}

TEST_CASE("counter: a timer, a counter and a gauge may have one name", "[perf]") {
    perf::monitor mon;
    mon.counter("load").add(2);
    mon.gauge("load").set(0.5);
    {
        const auto scope = mon.scope("load");
    }
    const perf::snapshot snap = mon.snapshot();
    CHECK(snap["load"].calls() == 1);
    CHECK(snap.counter("load") == 2);
    CHECK(snap.gauge("load") == 0.5);
}

} // namespace
