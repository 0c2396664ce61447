// SPDX-License-Identifier: MIT
#include <lathe/cache/handle.hpp> // first: proves that the header stands alone

#include <memory>
#include <string>
#include <type_traits>
#include <utility>

#include <lathe/cache/weak_cache.hpp>

#include "support/catch.hpp"

namespace {

struct base {
    virtual ~base() = default;
    int number = 1;
};
struct derived : base {
    int more = 2;
};

template <class T>
using handle = lathe::cache_handle<T>;

static_assert(sizeof(handle<int>) == 3 * sizeof(void*));
static_assert(std::is_nothrow_copy_constructible_v<handle<int>> && std::is_nothrow_move_constructible_v<handle<int>>);
static_assert(std::is_nothrow_copy_assignable_v<handle<int>> && std::is_nothrow_move_assignable_v<handle<int>>);
static_assert(std::is_nothrow_default_constructible_v<handle<int>>);
static_assert(std::is_convertible_v<handle<int>, handle<const int>> &&
              !std::is_convertible_v<handle<const int>, handle<int>>);
static_assert(std::is_convertible_v<handle<derived>, handle<base>> &&
              !std::is_convertible_v<handle<base>, handle<derived>>);
static_assert(!std::is_convertible_v<handle<int>, bool> && std::is_constructible_v<bool, handle<int>>);
static_assert(std::is_same_v<decltype(*std::declval<const handle<int>&>()), int&>); // as a pointer: not deeply const

TEST_CASE("cache_handle: owns nothing, or an object", "[cache]") {
    handle<int> none;
    CHECK_FALSE(none);
    CHECK(none == nullptr);
    CHECK(none.get() == nullptr);
    CHECK(none.use_count() == 0);
    CHECK(none == handle<int>(nullptr));
    lathe::weak_cache<int, int> cache{{.capacity = 0}};
    none = cache.put(1, 5);
    CHECK(none);
    CHECK(none != nullptr);
    CHECK(*none == 5);
    none = nullptr;
    CHECK(cache.alive() == 0);
}

TEST_CASE("cache_handle: each copy is an owner", "[cache]") {
    lathe::weak_cache<int, std::string> cache{{.capacity = 0}};
    auto one = cache.put(1, "object");
    CHECK(one.use_count() == 1);
    {
        const auto two = one; // NOLINT(performance-unnecessary-copy-initialization)
        CHECK(one.use_count() == 2);
        CHECK(two == one);
        CHECK(two->size() == 6);
    }
    auto moved = std::move(one);
    CHECK_FALSE(one); // NOLINT(bugprone-use-after-move): it is empty, and says so
    CHECK(moved.use_count() == 1);
    auto& self = moved;
    moved = self;
    moved = std::move(self);
    CHECK(moved.use_count() == 1);
    auto other = cache.put(2, "other");
    swap(moved, other);
    CHECK(*moved == "other");
    CHECK(*other == "object");
    moved = std::move(other);
    CHECK(cache.alive() == 1);
    moved.reset();
    moved.reset();
    CHECK(cache.alive() == 0);
}

TEST_CASE("cache_handle: sees the object as its base, or as const", "[cache]") {
    lathe::weak_cache<int, derived> cache{{.capacity = 0}};
    handle<derived> own = cache.put(1, derived{});
    const handle<base> copied = own;
    const handle<const derived> read_only = own;
    CHECK(own.use_count() == 3);
    CHECK(copied == own);
    CHECK(read_only == own);
    CHECK(copied->number == 1);
    const handle<const base> moved = std::move(own);
    CHECK_FALSE(own); // NOLINT(bugprone-use-after-move)
    CHECK(moved.use_count() == 3);
    CHECK(moved->number == 1);
}

} // namespace
