// SPDX-License-Identifier: MIT
#include <lathe/cache/stats.hpp> // first: proves that the header stands alone

#include <type_traits>

#include "support/catch.hpp"

namespace {

static_assert(std::is_aggregate_v<lathe::cache_stats> && std::is_trivially_copyable_v<lathe::cache_stats>);
static_assert(lathe::cache_stats{}.hit_ratio() == 0);
static_assert(lathe::cache_stats{.hits = 3, .misses = 1}.hit_ratio() == 0.75);

TEST_CASE("cache_stats: adds up number by number", "[cache]") {
    const lathe::cache_stats one{1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12};
    lathe::cache_stats sum = one;
    sum += one;
    CHECK(sum == lathe::cache_stats{2, 4, 6, 8, 10, 12, 14, 16, 18, 20, 22, 24});
    CHECK(sum != one);
}

} // namespace
