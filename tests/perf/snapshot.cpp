// SPDX-License-Identifier: MIT
#include <lathe/perf/snapshot.hpp> // first: proves that the header stands alone

#include <chrono>
#include <cstddef>
#include <optional>
#include <string>
#include <type_traits>

#include <lathe/perf/monitor.hpp>

#include "support/catch.hpp"

namespace {

namespace perf = lathe::perf;
using lathe_test::ContainsSubstring;
using namespace std::chrono_literals;

static_assert(std::is_copy_constructible_v<perf::snapshot> && std::is_nothrow_move_constructible_v<perf::snapshot>);

constexpr perf::monitor_options exact{.clock = perf::clock_source::steady};

//! [example]
TEST_CASE("snapshot: finds by name, and names what it does not find", "[perf]") {
    perf::monitor mon;
    mon.timer("parse").record(1ms);
    const perf::snapshot snap = mon.snapshot();
    CHECK(snap["parse"].name() == "parse");
    CHECK(snap["parse"].labels().empty());
    CHECK(snap.contains("parse"));
    CHECK(snap.find("parse") == &snap["parse"]);
    CHECK_THROWS_AS(snap["missing"], perf::monitor_error);
    CHECK_THROWS_WITH(snap["missing"], "lathe::perf::snapshot: nothing was measured as 'missing'; there is 'parse'");
    CHECK_FALSE(snap.contains("missing"));
    CHECK_FALSE(snap.contains("parse", {{"file", "a"}}));
}
//! [example]

TEST_CASE("snapshot: says where what is asked for by name alone has labels", "[perf]") {
    perf::monitor mon;
    mon.timer("parse", {{"file", "a"}}).record(1ms);
    CHECK_THROWS_WITH(mon.snapshot()["parse"],
                      "lathe::perf::snapshot: nothing was measured as 'parse' without labels; ask for it by find(name, "
                      "labels)");
}

TEST_CASE("snapshot: of nothing is empty", "[perf]") {
    const perf::snapshot none;
    CHECK(none.timers().empty());
    CHECK(none.counters().empty());
    CHECK(none.gauges().empty());
    CHECK(none.call_tree().empty());
    CHECK(none.events().empty());
    CHECK(none.span() == 0ns);
    CHECK_THROWS_AS(none["any"], perf::monitor_error);
}

TEST_CASE("snapshot: lists all in the order of names and labels", "[perf]") {
    perf::monitor mon;
    for (const char* const name : {"b", "a", "c"}) {
        mon.timer(name).record(1ns);
        mon.timer(name, {{"k", "2"}}).record(1ns);
        mon.timer(name, {{"k", "1"}}).record(1ns);
    }
    std::string names;
    const perf::snapshot snap = mon.snapshot();
    for (const perf::stats& each : snap.timers()) {
        names += each.name();
        for (const perf::label& label : each.labels())
            names += label.value();
    }
    CHECK(names == "aa1a2bb1b2cc1c2");
}

TEST_CASE("snapshot: outlives its monitor, and what is measured later does not change it", "[perf]") {
    std::optional<perf::monitor> mon(std::in_place, exact);
    mon->timer("parse").record(1ms);
    const perf::snapshot before = mon->snapshot();
    mon->timer("parse").record(5ms);
    const perf::snapshot after = mon->snapshot();
    mon.reset();
    CHECK(before["parse"].max() == 1ms);
    CHECK(after["parse"].max() == 5ms);
    CHECK(after.span() >= before.span());
    CHECK(after.time() >= before.time());
    CHECK(after.process().resident_bytes > 0);
}

TEST_CASE("snapshot: the rate is calls by the time it covers", "[perf]") {
    perf::monitor mon;
    for (int i = 0; i < 1'000; ++i)
        mon.timer("parse").record(1ns);
    const perf::snapshot snap = mon.snapshot();
    CHECK(snap["parse"].rate() == 1'000 / std::chrono::duration<double>(snap.span()).count());
}

TEST_CASE("snapshot: a difference is what was measured in between", "[perf]") {
    perf::monitor mon{exact};
    const perf::timer parse = mon.timer("parse");
    mon.counter("rows").add(10);
    mon.gauge("queue").set(1);
    for (const std::chrono::nanoseconds took : {1us, 100us, 10'000us})
        parse.record(took);
    mon.timer("early").record(1us);
    parse.failed();
    const perf::snapshot before = mon.snapshot();

    mon.counter("rows").add(5);
    mon.gauge("queue").set(2);
    for (const auto took : {200us, 200us, 300us})
        parse.record(took);
    mon.timer("late").record(7us);
    const perf::snapshot after = mon.snapshot();
    const perf::snapshot between = after - before;

    CHECK(between.counter("rows") == 5);
    CHECK(between.gauge("queue") == 2);
    CHECK(between.span() == after.span() - before.span());
    CHECK(between["early"].calls() == 0);
    CHECK(between["early"].max() == 0ns);
    CHECK(between["late"].max() == 7us);
    const perf::stats& stats = between["parse"];
    CHECK(stats.calls() == 3);
    CHECK(stats.errors() == 0);
    CHECK(stats.total() == 700us);
    CHECK(stats.mean() == 233'333ns);
    // To the width of a bucket: the fastest and the slowest of all were before.
    CHECK(stats.min() <= 200us);
    CHECK(stats.min() > 200us * 31 / 32);
    CHECK(stats.max() >= 300us);
    CHECK(stats.max() < 300us * 33 / 32);
    CHECK(stats.p(0.5) > 200us * 63 / 64);
    CHECK(stats.p(0.5) < 200us * 65 / 64);
    CHECK(stats.rate() == 3 / std::chrono::duration<double>(between.span()).count());

    // A new longest one is known exactly.
    parse.record(20ms);
    CHECK((mon.snapshot() - after)["parse"].max() == 20ms);
    // Nothing happened between a snapshot and itself.
    CHECK((after - after)["parse"].calls() == 0);
    // The whole is its parts.
    const perf::snapshot sum = before + between;
    CHECK(sum["parse"].calls() == 6);
    CHECK(sum["parse"].total() == after["parse"].total());
    CHECK(sum["parse"].max() == 10ms);
    CHECK(sum.span() == after.span());
    CHECK(sum.counter("rows") == 15);
}

TEST_CASE("snapshot: the wrong way round is an error, and so is another monitor", "[perf]") {
    perf::monitor mon;
    perf::monitor other;
    mon.timer("parse").record(1us);
    other.timer("parse").record(1us);
    const perf::snapshot before = mon.snapshot();
    mon.timer("parse").record(1us);
    const perf::snapshot after = mon.snapshot();
    CHECK_THROWS_WITH(before - after, ContainsSubstring("older"));
    CHECK_THROWS_AS(other.snapshot() - before, perf::monitor_error);
    CHECK((after - perf::snapshot())["parse"].calls() == 2);
}

TEST_CASE("snapshot: of several monitors, or processes, add up", "[perf]") {
    perf::monitor one{exact};
    perf::monitor two{exact};
    one.timer("both").record(1us);
    two.timer("both").record(3us);
    two.timer("both").failed();
    one.timer("one").record(1us);
    two.timer("two", {{"k", "v"}}).record(1us);
    one.counter("rows").add(1);
    two.counter("rows").add(2);
    one.gauge("queue").set(1);
    two.gauge("queue").set(2);
    perf::snapshot sum = one.snapshot();
    sum += two.snapshot();
    REQUIRE(sum.timers().size() == 3);
    CHECK(sum["both"].calls() == 2);
    CHECK(sum["both"].errors() == 1);
    CHECK(sum["both"].min() == 1us);
    CHECK(sum["both"].max() == 3us);
    CHECK(sum["both"].total() == 4us);
    CHECK(sum["one"].calls() == 1);
    CHECK(sum.find("two", {{"k", "v"}})->calls() == 1);
    CHECK(sum.counter("rows") == 3);
    CHECK(sum.gauge("queue") == 2);

    sum += perf::snapshot();
    CHECK(sum["both"].calls() == 2);
    CHECK((perf::snapshot() + sum)["both"].calls() == 2);
}

TEST_CASE("snapshot: call trees add up and subtract, place by place", "[perf]") {
    perf::monitor mon{{.call_tree = true, .clock = perf::clock_source::steady}};
    const auto work = [&mon](const char* outer) {
        const auto scope = mon.scope(outer);
        const auto inner = mon.scope("inner");
    };
    work("a");
    const perf::snapshot before = mon.snapshot();
    work("b");
    work("a");
    work("a");
    const perf::snapshot after = mon.snapshot();
    const auto calls_of = [](const perf::snapshot& snap) {
        std::string text;
        for (const perf::call_node& node : snap.call_tree()) {
            if (node.calls == 0) continue;
            const auto above = snap.timers()[snap.call_tree()[node.parent].timer].name();
            text += std::string(above) + "/" + std::string(snap.timers()[node.timer].name()) + "=" +
                    std::to_string(node.calls) + " ";
        }
        return text;
    };
    const std::string between = calls_of(after - before);
    CHECK_THAT(between, ContainsSubstring("a/a=2 a/inner=2 ") && ContainsSubstring("b/b=1 b/inner=1 "));
    const std::string twice = calls_of(after + after);
    CHECK_THAT(twice, ContainsSubstring("a/a=6 a/inner=6 ") && ContainsSubstring("b/b=2 b/inner=2 "));
    CHECK((after + after)["inner"].self_time() == 2 * after["inner"].self_time());
}

} // namespace
