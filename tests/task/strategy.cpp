// SPDX-License-Identifier: MIT
#include <lathe/task/strategy.hpp> // first: proves that the header stands alone

#include <type_traits>

#include "support/catch.hpp"

namespace {

static_assert(std::is_empty_v<lathe::sequential>);
static_assert(std::is_aggregate_v<lathe::threaded> && std::is_trivially_copyable_v<lathe::threaded>);
static_assert(!std::is_convertible_v<unsigned, lathe::threaded>); // run(4) would not say what 4 is

TEST_CASE("threaded: as many workers as are said, and 0 leaves it to the scheduler", "[task]") {
    CHECK(lathe::threaded{4}.workers == 4);
    CHECK(lathe::threaded{}.workers == 0);
}

} // namespace
