// SPDX-License-Identifier: MIT
#include <lathe/core/error.hpp> // first: proves that the header stands alone

#include <exception>
#include <stdexcept>
#include <string>
#include <type_traits>

#include "support/catch.hpp"

namespace {

static_assert(std::is_base_of_v<std::runtime_error, lathe::error>);
static_assert(std::is_nothrow_copy_constructible_v<lathe::error>, "exceptions are copied while one is on its way");
static_assert(std::has_virtual_destructor_v<lathe::error>);
static_assert(!std::is_convertible_v<std::string, lathe::error>, "text alone is no error");

struct broken : lathe::error {
    using error::error;
};

TEST_CASE("error: says what it was made with", "[error]") {
    CHECK(std::string(lathe::error("one").what()) == "one");
    CHECK(std::string(lathe::error(std::string("two")).what()) == "two");
}

TEST_CASE("error: one handler catches what derives from it", "[error]") {
    CHECK_THROWS_AS(throw broken("lathe::pool: it broke"), lathe::error);
    CHECK_THROWS_AS(throw broken("lathe::pool: it broke"), std::runtime_error);
    CHECK_THROWS_WITH(throw broken("lathe::pool: it broke"), "lathe::pool: it broke");
}

TEST_CASE("error: keeps its text when it is copied", "[error]") {
    std::exception_ptr kept;
    try {
        throw broken("kept");
    } catch (...) {
        kept = std::current_exception();
    }
    try {
        std::rethrow_exception(kept);
    } catch (const lathe::error& found) {
        const lathe::error copy = found; // a slice, which still has the text
        CHECK(std::string(copy.what()) == "kept");
    }
}

} // namespace
