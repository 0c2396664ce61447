// SPDX-License-Identifier: MIT
#include <lathe/perf/options.hpp> // first: proves that the header stands alone

#include <type_traits>

#include "support/catch.hpp"

namespace {

using lathe::perf::clock_source;
using lathe::perf::monitor_options;

static_assert(std::is_aggregate_v<monitor_options> && std::is_trivially_copyable_v<monitor_options>);

TEST_CASE("monitor_options: nothing that costs is on unless it is asked for", "[perf]") {
    constexpr monitor_options plain;
    CHECK_FALSE(plain.call_tree);
    CHECK(plain.events == 0);
    CHECK_FALSE(plain.memory);
    CHECK(plain.max_metrics == 4096);
    CHECK(plain.clock == clock_source::automatic);
}

TEST_CASE("monitor_options: are written in braces, in this order", "[perf]") {
    constexpr monitor_options all{
        .call_tree = true, .events = 100, .memory = true, .max_metrics = 10, .clock = clock_source::steady};
    CHECK(all.call_tree);
    CHECK(all.events == 100);
    CHECK(all.memory);
    CHECK(all.max_metrics == 10);
    CHECK(all.clock == clock_source::steady);
}

} // namespace
