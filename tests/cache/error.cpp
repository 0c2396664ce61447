// SPDX-License-Identifier: MIT
#include <lathe/cache/error.hpp> // first: proves that the header stands alone

#include <concepts>

#include "support/catch.hpp"

namespace {

static_assert(std::derived_from<lathe::cache_error, lathe::error>);

TEST_CASE("cache_error: is caught as any error of lathe", "[cache]") {
    CHECK_THROWS_AS(throw lathe::cache_error("why"), lathe::error);
}

} // namespace
