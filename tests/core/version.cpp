// SPDX-License-Identifier: MIT
#include <lathe/core/version.hpp> // first: proves that the header stands alone

#include <string>

#include "support/catch.hpp"

namespace {

// The constants are usable where the macros are.
static_assert(lathe::version_major == LATHE_VERSION_MAJOR);
static_assert(lathe::version_minor == LATHE_VERSION_MINOR);
static_assert(lathe::version_patch == LATHE_VERSION_PATCH);

//! [example]
TEST_CASE("version: the text is made of the three numbers", "[version]") {
    const std::string expected = std::to_string(lathe::version_major) + '.' + std::to_string(lathe::version_minor) +
                                 '.' + std::to_string(lathe::version_patch);
    CHECK(lathe::version == expected);
}
//! [example]

TEST_CASE("version: the inline namespace is the major version", "[version]") {
    CHECK(&lathe::version == &lathe::v0::version);
    CHECK(lathe::version_major == 0);
}

} // namespace
