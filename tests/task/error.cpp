// SPDX-License-Identifier: MIT
#include <lathe/task/error.hpp> // first: proves that the header stands alone

#include <concepts>
#include <type_traits>

#include "support/catch.hpp"

namespace {

static_assert(std::derived_from<lathe::task_error, lathe::error>);

TEMPLATE_TEST_CASE("task_error: is the base of what the scheduler throws, which is caught as any error of lathe",
                   "[task]",
                   lathe::task_cancelled,
                   lathe::task_timed_out,
                   lathe::queue_full) {
    CHECK_THROWS_AS(throw TestType("why"), lathe::task_error);
    CHECK_THROWS_WITH(throw TestType("why"), "why");
    CHECK(std::is_nothrow_copy_constructible_v<TestType>);
}

} // namespace
