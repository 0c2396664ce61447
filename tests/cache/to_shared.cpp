// SPDX-License-Identifier: MIT
#include <lathe/cache/to_shared.hpp> // first: proves that the header stands alone

#include <memory>
#include <string>
#include <type_traits>
#include <utility>

#include <lathe/cache/weak_cache.hpp>

#include "support/catch.hpp"

namespace {

using cached = lathe::weak_cache<int, std::string>;

static_assert(
    std::is_same_v<decltype(std::declval<lathe::cache_handle<const int>>().to_shared()), std::shared_ptr<const int>>);

//! [example]
TEST_CASE("to_shared: a shared_ptr owns the object as a handle does", "[cache]") {
    cached cache{{.capacity = 0}};
    auto held = cache.put(1, "object");
    std::string* const object = held.get();
    std::shared_ptr<std::string> shared = std::move(held).to_shared();
    CHECK_FALSE(held); // NOLINT(bugprone-use-after-move)
    CHECK(shared.get() == object);
    CHECK(shared.use_count() == 1);
    CHECK(cache.find(1).get() == object);
    auto other = shared;
    shared.reset();
    CHECK(cache.contains(1));
    other.reset();
    CHECK_FALSE(cache.contains(1));
}
//! [example]

TEST_CASE("to_shared: of a handle that stays, it is one more owner", "[cache]") {
    cached cache{{.capacity = 0}};
    auto held = cache.put(1, "object");
    const std::shared_ptr<const std::string> shared = lathe::cache_handle<const std::string>(held).to_shared();
    CHECK(held.use_count() == 2);
    held.reset();
    CHECK(*shared == "object");
    CHECK(cache.contains(1));
}

TEST_CASE("to_shared: of an empty handle is null", "[cache]") {
    CHECK(cached::handle().to_shared() == nullptr);
    CHECK(cached::handle().to_shared().use_count() == 0);
}

} // namespace
