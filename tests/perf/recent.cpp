// SPDX-License-Identifier: MIT
#include <lathe/perf/recent.hpp> // first: proves that the header stands alone

#include <chrono>
#include <cstdint>

#include "support/catch.hpp"

namespace {

namespace perf = lathe::perf;
using namespace std::chrono_literals;
using time_point = std::chrono::steady_clock::time_point;

// How many calls there were lately, at a given time.
std::uint64_t calls(perf::recent_windows& recent, std::chrono::nanoseconds how_long, time_point now) {
    const perf::snapshot last = recent.last(how_long, now);
    return last.contains("work") ? last["work"].calls() : 0;
}

//! [example]
TEST_CASE("recent_windows: tells what was measured lately, by whole windows", "[perf]") {
    perf::monitor mon;
    const perf::timer work = mon.timer("work");
    const time_point start{};
    work.record(1us); // before all windows
    perf::recent_windows recent(mon, {.width = 10s, .windows = 3}, start);
    CHECK(calls(recent, 1h, start) == 0);

    for (int second = 0; second < 60; ++second) {
        recent.advance(start + second * 1s);
        work.record(1us); // one in a second
    }
    const time_point end = start + 59s;  // windows have begun at 30, 40 and 50
    CHECK(calls(recent, 1s, end) == 10); // those from 50 to 59: one window is the least
    CHECK(calls(recent, 9s, end) == 10);
    CHECK(calls(recent, 10s, end) == 20);       // from 40
    CHECK(calls(recent, 20s, end) == 30);       // from 30
    CHECK(calls(recent, 24h, end) == 30);       // what is older is forgotten
    CHECK(calls(recent, 1s, start + 1h) == 10); // the last window is as long as nobody advanced
    CHECK(calls(recent, 0s, start + 1h) == 0);
}
//! [example]

TEST_CASE("recent_windows: does nothing before a window is over", "[perf]") {
    perf::monitor mon;
    const time_point start{};
    perf::recent_windows recent(mon, {.width = 10s, .windows = 2}, start);
    mon.timer("work").record(1us);
    for (int i = 0; i < 100; ++i)
        recent.advance(start + 9s);
    CHECK(calls(recent, 10s, start + 9s) == 1);
    recent.advance(start + 10s);
    CHECK(calls(recent, 1s, start + 10s) == 1);
}

TEST_CASE("recent_windows: there must be one, and it must last", "[perf]") {
    perf::monitor mon;
    CHECK_THROWS_WITH(
        perf::recent_windows(mon, {.windows = 0}),
        "lathe::perf::recent_windows: 0 windows of 5000000000 ns are none; there must be one, and it must "
        "be longer than nothing");
    CHECK_THROWS_AS(perf::recent_windows(mon, {.width = 0s}), perf::monitor_error);
}

} // namespace
