// SPDX-License-Identifier: MIT
#include <lathe/cache/weak_cache.hpp> // first: proves that the header stands alone

#include <cstddef>
#include <memory>
#include <set>
#include <stdexcept>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>

#include <lathe/cache/w_tiny_lfu.hpp>

#include "support/catch.hpp"

namespace {

using namespace std::string_view_literals;

struct texture {
    std::string name;
    int number = 0;
};
using textures = lathe::weak_cache<std::string, texture>;
using numbers = lathe::weak_cache<int, int>;

static_assert(!std::is_copy_constructible_v<textures> && !std::is_move_constructible_v<textures>);
static_assert(std::is_same_v<textures::handle, lathe::cache_handle<texture>>);
static_assert(std::is_same_v<lathe::weak_cache<int, const int>::handle, lathe::cache_handle<const int>>);

TEST_CASE("weak_cache: finds what was put", "[cache]") {
    textures cache{{.capacity = 512}};
    const auto put = cache.put("wood", texture{"oak", 1});
    REQUIRE(put);
    CHECK(put->name == "oak");
    const auto found = cache.find("wood");
    CHECK(found == put);
    CHECK(cache.contains("wood"));
    CHECK_FALSE(cache.find("stone"));
    CHECK_FALSE(cache.contains("stone"));
    CHECK(cache.size() == 1);
    CHECK(cache.alive() == 1);
}

TEST_CASE("weak_cache: all who ask for a key share one object", "[cache]") {
    textures cache;
    auto first = cache.get_or_load("wood", [](std::string_view key) { return texture{std::string(key), 7}; });
    auto second = cache.get_or_load("wood", []() -> texture { throw std::logic_error("not asked"); });
    CHECK(first == second);
    CHECK(first.use_count() == 3); // and the cache
    second->number = 8;
    CHECK(first->number == 8);
}

TEST_CASE("weak_cache: put replaces, and owners of the old object keep it", "[cache]") {
    textures cache;
    const auto old = cache.put("wood", texture{"old"});
    const auto made = cache.put("wood", texture{"new"});
    CHECK(old->name == "old");
    CHECK(cache.find("wood") == made);
    CHECK(cache.alive() == 1);
    CHECK(cache.size() == 1);
    CHECK(old.use_count() == 1);
}

TEST_CASE("weak_cache: an entry that is not kept vanishes with its last owner", "[cache]") {
    textures cache{{.capacity = 512}};
    auto held = cache.put("wood", texture{"oak"});
    cache.clear_strong();
    CHECK(cache.size() == 0);
    CHECK(cache.alive() == 1);
    {
        auto other = held;
        held.reset();
        CHECK(cache.contains("wood"));
    }
    CHECK_FALSE(cache.contains("wood"));
    CHECK(cache.alive() == 0);
}

TEST_CASE("weak_cache: what is found again is kept again", "[cache]") {
    numbers cache{{.capacity = 1}};
    auto one = cache.put(1, 10);
    auto two = cache.put(2, 20); // 1 is not kept any more
    CHECK(cache.size() == 1);
    CHECK(cache.alive() == 2);
    CHECK(cache.find(1) == one);
    one.reset();
    CHECK(cache.contains(1)); // it is kept now instead of 2
    two.reset();
    CHECK_FALSE(cache.contains(2));
    CHECK(cache.stats().weak_hits == 1);
}

TEST_CASE("weak_cache: erase makes an object one that is not found", "[cache]") {
    numbers cache;
    const auto held = cache.put(1, 10);
    CHECK(cache.erase(1));
    CHECK_FALSE(cache.erase(1));
    CHECK_FALSE(cache.find(1));
    CHECK(*held == 10);
    CHECK(cache.alive() == 0);
    const auto again = cache.put(1, 11);
    CHECK(again != held);
}

TEST_CASE("weak_cache: erase_if looks at all that can be found", "[cache]") {
    numbers cache{{.capacity = 4}};
    const auto held = cache.put(100, 100);
    for (int i = 0; i < 5; ++i)
        cache.put(i, i); // one of them is not kept
    const std::size_t alive = cache.alive();
    std::set<int> seen;
    const std::size_t erased = cache.erase_if([&](int key, const int& value) {
        CHECK(key == value);
        seen.insert(key);
        return key % 2 == 0;
    });
    CHECK(seen.size() == alive);
    CHECK(seen.contains(100));
    CHECK(cache.alive() == alive - erased);
    CHECK_FALSE(cache.contains(100));
    SECTION("and keeps to what it did when the predicate throws") {
        CHECK_THROWS_AS(cache.erase_if([](int, int) -> bool { throw std::runtime_error("no"); }), std::runtime_error);
        CHECK(cache.alive() == alive - erased);
    }
}

TEST_CASE("weak_cache: clear forgets all, clear_strong all that nobody has", "[cache]") {
    numbers cache;
    const auto held = cache.put(1, 10);
    cache.put(2, 20);
    SECTION("clear_strong") {
        cache.clear_strong();
        CHECK(cache.find(1) == held);
        CHECK_FALSE(cache.contains(2));
    }
    SECTION("clear") {
        cache.clear();
        CHECK(cache.alive() == 0);
        CHECK_FALSE(cache.contains(1));
        CHECK(*held == 10);
        cache.put(1, 11);
        CHECK(*cache.find(1) == 11);
    }
}

TEST_CASE("weak_cache: snapshot has the keys and owners of all", "[cache]") {
    textures cache{{.capacity = 2}};
    const auto held = cache.put("a", texture{"A"});
    cache.put("b", texture{"B"});
    cache.put("c", texture{"C"});
    const auto all = cache.snapshot();
    CHECK(all.size() == cache.alive());
    std::set<std::string> keys;
    for (const auto& [key, owner] : all) {
        CHECK(cache.find(key) == owner);
        keys.insert(key);
    }
    CHECK(keys.contains("a"));
    CHECK(keys.contains("c"));
}

TEST_CASE("weak_cache: with lends the object without an owner", "[cache]") {
    const textures cache;
    std::string seen;
    CHECK_FALSE(cache.with("wood", [&](const texture&) { seen = "called"; }));
    CHECK(seen.empty());
    const auto held = cache.get_or_load("wood", [] { return texture{"oak"}; });
    CHECK(cache.with("wood"sv, [&](const texture& lent) { seen = lent.name; }));
    CHECK(seen == "oak");
    CHECK_THROWS_AS(cache.with("wood", [](const texture&) { throw std::runtime_error("no"); }), std::runtime_error);
    CHECK(cache.find("wood") == held); // the lock was given back
}

TEST_CASE("weak_cache: the callable of with may let go of handles, but not use the cache", "[cache]") {
    numbers cache{{.capacity = 0}};
    auto one = cache.put(1, 10);
    auto two = cache.put(2, 20);
    auto again = one;
    CHECK(cache.with(1, [&](const int& lent) {
        two.reset(); // needs the lock that this thread holds: done when with returns
        one.reset();
        CHECK(lent == 10);
    }));
    CHECK_FALSE(cache.contains(2));
    CHECK(cache.contains(1));
    //! [example]
    CHECK_THROWS_WITH(
        cache.with(1, [&](int) { cache.find(2).reset(); }),
        "lathe::weak_cache::find: called from within a callable of with(), which holds a lock of this cache; "
        "take a handle by find() instead");
    //! [example]
    CHECK_THROWS_AS(cache.with(1, [&](int) { cache.put(3, 3); }), lathe::cache_error);
    CHECK_THROWS_AS(cache.with(1, [&](int) { cache.get_or_load(3, [] { return 3; }); }), lathe::cache_error);
    CHECK_THROWS_AS(cache.with(1, [&](int) { cache.erase(1); }), lathe::cache_error);
    CHECK_THROWS_AS(cache.with(1, [&](int) { cache.clear(); }), lathe::cache_error);
    CHECK_THROWS_AS(cache.with(1, [&](int) { std::ignore = cache.size(); }), lathe::cache_error);
    CHECK_THROWS_AS(cache.with(1, [&](int) { std::ignore = cache.contains(1); }), lathe::cache_error);
    CHECK_THROWS_AS(cache.with(1, [&](int) { std::ignore = cache.snapshot(); }), lathe::cache_error);
    numbers other;
    other.put(5, 50);
    CHECK(cache.with(1, [&](int) { CHECK(*other.find(5) == 50); })); // another cache may be used
    CHECK(cache.alive() == 1);
}

TEST_CASE("weak_cache: has as many shards as were asked for, with 256 places each or more", "[cache]") {
    const auto shards = [](std::size_t capacity, std::size_t asked) {
        return numbers{{.capacity = capacity, .shards = asked}}.shards();
    };
    CHECK(shards(100, 16) == 1);
    CHECK(shards(511, 16) == 1);
    CHECK(shards(512, 16) == 2);
    CHECK(shards(1024, 3) == 3);
    CHECK(shards(1280, 16) == 5);
    CHECK(shards(4096, 16) == 16);
    CHECK(shards(1'000'000, 16) == 16);
    CHECK(shards(1'000'000, 0) == 1);
    CHECK(shards(0, 8) == 8); // nothing is kept, so nothing is lost by many
    CHECK(numbers().shards() == 4);
    CHECK(numbers().capacity() == 1024);
}

TEMPLATE_TEST_CASE("weak_cache: keeps as many as it has places, at most, whatever the policy",
                   "[cache]",
                   lathe::fifo,
                   lathe::lru,
                   lathe::s3_fifo,
                   lathe::w_tiny_lfu) {
    const std::size_t capacity = GENERATE(as<std::size_t>(), 0, 1, 2, 3, 10, 1000);
    lathe::weak_cache<int, int, TestType> cache{{.capacity = capacity}};
    std::size_t most = 0;
    for (int i = 0; i < 3000; ++i) {
        const int key = i % 7 == 0 ? i % 50 : i; // some of them again and again
        if (auto found = cache.find(key)) {
            CHECK(*found == key * 3);
        } else {
            cache.put(key, key * 3);
        }
        const std::size_t size = cache.size();
        if (size > capacity) FAIL("keeps " << size << " of " << capacity);
        if (cache.alive() != size)
            FAIL("nobody has any, but " << cache.alive() << " are alive, and " << size << " are kept");
        most = std::max(most, size);
    }
    CHECK(most == capacity);
}

TEST_CASE("weak_cache: an update of a full cache lets nobody go", "[cache]") {
    numbers cache{{.capacity = 3}};
    for (int i = 0; i < 3; ++i)
        cache.put(i, i);
    for (int round = 0; round < 10; ++round)
        cache.put(round % 3, round);
    CHECK(cache.size() == 3);
    CHECK(cache.stats().evictions == 0);
    for (int i = 0; i < 3; ++i)
        CHECK(cache.contains(i));
}

TEST_CASE("weak_cache: with capacity 0 it only shares what somebody has", "[cache]") {
    lathe::weak_cache<std::string, texture> pool{{.capacity = 0}};
    auto held = pool.get_or_load("wood", [] { return texture{"oak"}; });
    CHECK(pool.find("wood") == held);
    CHECK(pool.size() == 0);
    CHECK(pool.alive() == 1);
    held.reset();
    CHECK(pool.alive() == 0);
    pool.put("stone", texture{"granite"}); // nobody takes the handle
    CHECK_FALSE(pool.contains("stone"));
}

TEST_CASE("weak_cache: values need not be copied or moved", "[cache]") {
    struct rooted {
        explicit rooted(int wanted) : number(wanted) {}
        rooted(const rooted&) = delete;
        rooted& operator=(const rooted&) = delete;
        int number;
    };
    lathe::weak_cache<int, rooted> cache;
    const auto made = cache.get_or_load(4, [](int key) { return rooted(key * 2); });
    CHECK(made->number == 8);

    lathe::weak_cache<std::unique_ptr<int>, std::unique_ptr<int>> owners; // and keys neither
    const auto put = owners.put(std::make_unique<int>(1), std::make_unique<int>(2));
    CHECK(**put == 2);
    CHECK(owners.alive() == 1);
    CHECK(owners.erase_if([](const auto& key, const auto& value) { return *key + 1 == *value; }) == 1);
}

TEST_CASE("weak_cache: counts what it does", "[cache]") {
    numbers cache{{.capacity = 2}};
    const auto a = cache.get_or_load(1, [] { return 1; });
    std::ignore = cache.get_or_load(1, [] { return 1; });
    cache.put(2, 2);
    cache.put(3, 3);
    std::ignore = cache.find(9);
    CHECK_THROWS(cache.get_or_load(4, []() -> int { throw std::runtime_error("no"); }));
    const lathe::cache_stats stats = cache.stats();
    CHECK(stats.hits == 1);
    CHECK(stats.misses == 3);
    CHECK(stats.loads == 2);
    CHECK(stats.load_failures == 1);
    CHECK(stats.insertions == 3);
    CHECK(stats.evictions == 1);
    CHECK(stats.resident == 2);
    CHECK(stats.weight == 2);
    CHECK(stats.hit_ratio() == 0.25);
}

} // namespace
