// SPDX-License-Identifier: MIT
#include <lathe/task/priority.hpp> // first: proves that the header stands alone

#include <cstdint>
#include <type_traits>

#include "support/catch.hpp"

namespace {

using lathe::priority;

static_assert(std::is_same_v<std::underlying_type_t<priority>, std::uint8_t>);
static_assert(priority{} == priority::lowest);
static_assert(priority::lowest == priority{0} && priority::highest == priority{255});

TEST_CASE("priority: the named ones are in order, and there are others between them", "[task]") {
    CHECK(priority::lowest < priority::low);
    CHECK(priority::low < priority::normal);
    CHECK(priority::normal < priority::high);
    CHECK(priority::high < priority::highest);
    CHECK(priority::high < priority{200});
    CHECK(priority{200} < priority::highest);
}

} // namespace
