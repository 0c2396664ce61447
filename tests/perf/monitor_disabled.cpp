// SPDX-License-Identifier: MIT
// With LATHE_PERF 0, in this file: LATHE_SCOPE is empty, all else is as ever.
#define LATHE_PERF 0
#include <lathe/perf/monitor.hpp>

#include "support/catch.hpp"

namespace {

constexpr int measured(int value) {
    LATHE_SCOPE("never"); // a constant expression reads no clock
    if (value > 0) LATHE_SCOPE("never");
    return value;
}
static_assert(measured(7) == 7);

TEST_CASE("LATHE_PERF: as 0 it leaves nothing of LATHE_SCOPE, and only of that", "[perf]") {
    CHECK(measured(1) == 1);
    CHECK_FALSE(lathe::perf::global().snapshot().contains("never"));
    lathe::perf::monitor mon;
    {
        const auto scope = mon.scope<"work">();
    }
    CHECK(mon.snapshot()["work"].calls() == 1);
}

} // namespace
