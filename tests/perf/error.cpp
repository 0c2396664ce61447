// SPDX-License-Identifier: MIT
#include <lathe/perf/error.hpp> // first: proves that the header stands alone

#include <concepts>
#include <type_traits>

#include "support/catch.hpp"

namespace {

static_assert(std::derived_from<lathe::perf::monitor_error, lathe::error>);
static_assert(std::is_nothrow_copy_constructible_v<lathe::perf::monitor_error>);

TEST_CASE("monitor_error: is caught as any error of lathe", "[perf]") {
    CHECK_THROWS_AS(throw lathe::perf::monitor_error("why"), lathe::error);
    CHECK_THROWS_WITH(throw lathe::perf::monitor_error("why"), "why");
}

} // namespace
