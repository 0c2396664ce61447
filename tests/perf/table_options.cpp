// SPDX-License-Identifier: MIT
#include <lathe/perf/table_options.hpp> // first: proves that the header stands alone

#include <type_traits>

#include "support/catch.hpp"

namespace {

using lathe::perf::table_options;

static_assert(std::is_aggregate_v<table_options> && std::is_nothrow_move_constructible_v<table_options>);

TEST_CASE("table_options: show all, what took the most time first, and colour on terminals only", "[perf]") {
    const table_options plain;
    CHECK(plain.sort_by == lathe::perf::column::total);
    CHECK(plain.filter.empty());
    CHECK(plain.limit == 0);
    CHECK(plain.colour == lathe::perf::colour::automatic);
    CHECK(plain.distribution == 16);
    CHECK(plain.name_width == 60);
    CHECK_FALSE(plain.call_tree);
    CHECK(plain.process);
}

} // namespace
