// SPDX-License-Identifier: MIT
#include <lathe/meta/singleton_error.hpp> // first: proves that the header stands alone

#include <type_traits>

#include <lathe/core/error.hpp>

#include "support/catch.hpp"

namespace {

static_assert(std::is_base_of_v<lathe::error, lathe::singleton_error>);
static_assert(std::is_nothrow_copy_constructible_v<lathe::singleton_error>, "as all that is thrown");

TEST_CASE("singleton_error: it is caught as any error of lathe", "[singleton]") {
    CHECK_THROWS_MATCHES(
        throw lathe::singleton_error("made already"), lathe::error, lathe_test::Message("made already"));
}

} // namespace
