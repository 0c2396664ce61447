// SPDX-License-Identifier: MIT
#include <lathe/perf/timer.hpp> // first: proves that the header stands alone

#include <chrono>
#include <string>
#include <type_traits>

#include <lathe/perf/monitor.hpp>

#include "support/catch.hpp"

namespace {

namespace perf = lathe::perf;
using namespace std::chrono_literals;

static_assert(std::is_trivially_copyable_v<perf::timer> && sizeof(perf::timer) == 2 * sizeof(void*));
static_assert(!std::is_default_constructible_v<perf::timer>); // it is always of a monitor

TEST_CASE("timer: counts what was measured elsewhere, and nothing below nothing", "[perf]") {
    perf::monitor mon{{.clock = perf::clock_source::steady}};
    const perf::timer timer = mon.timer("request");
    for (const auto took : {3ms, 1ms, -2ms})
        timer.record(took);
    const perf::stats request = mon.snapshot()["request"];
    CHECK(request.calls() == 3);
    CHECK(request.total() == 4ms);
    CHECK(request.min() == 0ms);
    CHECK(request.max() == 3ms);
}

TEST_CASE("timer: what is recorded comes back in nanoseconds by any clock", "[perf]") {
    perf::monitor mon;
    mon.timer("request").record(1s);
    const auto off = mon.snapshot()["request"].total() - 1s;
    CHECK(off <= 1ns); // a tick is shorter
    CHECK(off >= -1ns);
}

TEST_CASE("timer: the same name and labels are the same metric", "[perf]") {
    perf::monitor mon;
    std::string name = "request";
    mon.timer(name, {{"method", "GET"}, {"code", "200"}}).record(1ns);
    mon.timer(name, {{"code", "200"}, {"method", "GET"}}).record(1ns);
    mon.timer(name, {{"method", "GET"}}).record(1ns);
    mon.timer(name).record(1ns);
    {
        const auto scope = mon.timer(name).scope();
    }
    {
        const auto scope = mon.scope(name);
    }
    {
        const auto scope = mon.scope<"request">();
    }
    name = "changed"; // it was copied
    const perf::snapshot snap = mon.snapshot();
    REQUIRE(snap.timers().size() == 3);
    CHECK(snap["request"].calls() == 4);
    REQUIRE(snap.contains("request", {{"method", "GET"}, {"code", "200"}}));
    CHECK(snap.find("request", {{"method", "GET"}, {"code", "200"}})->calls() == 2);
    CHECK(snap.find("request", {{"method", "GET"}})->calls() == 1);
    CHECK(snap.find("request", {{"code", "200"}}) == nullptr);
}

TEST_CASE("timer: errors of calls that are counted otherwise", "[perf]") {
    perf::monitor mon;
    const perf::timer timer = mon.timer("request");
    timer.record(1ms);
    timer.failed();
    const perf::stats request = mon.snapshot()["request"];
    CHECK(request.calls() == 1);
    CHECK(request.errors() == 1);
}

TEST_CASE("timer: counts memory by its memory_scope", "[perf]") {
    perf::monitor mon;
    const perf::timer timer = mon.timer("kept");
    char* volatile kept = nullptr;
    {
        const auto scope = timer.memory_scope();
        kept = new char[1000];
    }
    delete[] kept;
    const perf::stats stats = mon.snapshot()["kept"];
    CHECK(stats.calls() == 1);
    REQUIRE(stats.has_memory() == perf::memory_is_counted());
    if (perf::memory_is_counted()) CHECK(stats.memory() == perf::memory_figures{1, 0, 1000, 1000, 1000});
}

} // namespace
