// SPDX-License-Identifier: MIT
// What keys may be, and what they are found by.
#include <lathe/cache/weak_cache.hpp>

#include <compare>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <tuple>
#include <vector>

#include "support/catch.hpp"

namespace {

using namespace std::string_literals;
using namespace std::string_view_literals;

// Counts how often a key was made of something else.
struct name {
    static inline int made = 0;
    explicit name(std::string_view given) : text(given) { ++made; }
    name(const name& other) : text(other.text) { ++made; }
    name(name&&) = default;
    name& operator=(const name&) = default;
    operator std::string_view() const { return text; } // NOLINT(google-explicit-constructor): text it is
    std::string text;
};

struct point {
    int x;
    int y;
    friend bool operator==(const point&, const point&) = default;
};
struct point_hash {
    using is_transparent = void;
    std::size_t operator()(const point& at) const { return operator()(std::pair(at.x, at.y)); }
    std::size_t operator()(const std::pair<int, int>& at) const { // very weak: the cache mixes it
        return static_cast<std::size_t>(at.first) + static_cast<std::size_t>(at.second);
    }
};
struct point_equal {
    using is_transparent = void;
    bool operator()(const point& left, const point& right) const { return left == right; }
    bool operator()(const point& left, const std::pair<int, int>& right) const {
        return left.x == right.first && left.y == right.second;
    }
};

TEST_CASE("weak_cache: text finds text, whatever its type", "[cache]") {
    lathe::weak_cache<std::string, int> cache;
    const auto held = cache.put("wood", 1);
    const char characters[] = "wood";
    const char* const pointer = characters;
    CHECK(cache.find("wood"s) == held);
    CHECK(cache.find("wood"sv) == held);
    CHECK(cache.find(characters) == held);
    CHECK(cache.find(pointer) == held);
    CHECK(cache.find(name("wood")) == held);
    CHECK(cache.contains("wood"sv));
    CHECK(cache.with("wood"sv, [](int) {}));
    CHECK(cache.get_or_load("wood"sv, [] { return 2; }) == held);
    CHECK(*cache.get_or_load("stone"sv, [](const std::string& key) { return static_cast<int>(key.size()); }) == 5);
    CHECK(cache.erase("wood"sv));
    CHECK_FALSE(cache.find("wood"));
}

TEST_CASE("weak_cache: a lookup by text makes no key; a load makes what the entry and the loader need", "[cache]") {
    lathe::weak_cache<name, int> cache;
    cache.put(name("wood"), 1);
    name::made = 0;
    CHECK(cache.find("wood"sv));
    CHECK_FALSE(cache.find("stone"sv));
    CHECK(cache.get_or_load("wood"sv, [] { return 2; }));
    CHECK(cache.erase("wood"sv));
    CHECK(name::made == 0);
    CHECK(cache.get_or_load("iron"sv, [] { return 2; }));
    CHECK(name::made == 2);
}

TEST_CASE("weak_cache: a hash and a comparison of one's own", "[cache]") {
    lathe::weak_cache<point, int, lathe::hashed_by<point_hash>, lathe::compared_by<point_equal>> cache{
        {.capacity = 5000}};
    for (int x = 0; x < 50; ++x) {
        for (int y = 0; y < 50; ++y)
            cache.put({x, y}, x * 100 + y);
    }
    CHECK(cache.size() == 2500);
    CHECK(*cache.find({7, 9}) == 709);
    CHECK(*cache.find(std::pair(9, 7)) == 907);
    CHECK(cache.erase(std::pair(9, 7)));
    CHECK_FALSE(cache.contains({9, 7}));
}

TEST_CASE("weak_cache: keys whose hashes are all the same are told apart", "[cache]") {
    struct constant_hash {
        std::size_t operator()(int) const { return 5; }
    };
    lathe::weak_cache<int, int, lathe::hashed_by<constant_hash>> cache{{.capacity = 300}};
    for (int i = 0; i < 300; ++i)
        cache.put(i, i * 2);
    for (int i = 0; i < 300; i += 3)
        CHECK(cache.erase(i));
    for (int i = 0; i < 300; ++i) {
        const auto found = cache.find(i);
        if (i % 3 == 0 ? bool(found) : !found || *found != i * 2) FAIL("at " << i);
    }
}

TEST_CASE("weak_cache: finds its way through tables that grow and shrink", "[cache]") {
    lathe::weak_cache<std::uint64_t, std::uint64_t> cache{{.capacity = 100'000, .shards = 1}};
    for (std::uint64_t i = 0; i < 40'000; ++i)
        cache.put(i << 32, i);
    for (std::uint64_t i = 0; i < 40'000; ++i) {
        if (*cache.find(i << 32) != i) FAIL("lost " << i);
    }
    for (std::uint64_t i = 0; i < 40'000; ++i) {
        if (i % 100 != 0) cache.erase(i << 32);
    }
    CHECK(cache.alive() == 400);
    for (std::uint64_t i = 0; i < 40'000; ++i) {
        if (cache.contains(i << 32) != (i % 100 == 0)) FAIL("wrong about " << i);
    }
}

TEST_CASE("weak_cache: a comparison that throws changes nothing", "[cache]") {
    struct picky {
        int number;
        bool operator==(const picky& other) const {
            if (other.number < 0 || number < 0) throw std::runtime_error("negative");
            return number == other.number;
        }
    };
    struct picky_hash {
        std::size_t operator()(const picky& of) const {
            return static_cast<std::size_t>(of.number < 0 ? -of.number : of.number);
        }
    };
    lathe::weak_cache<picky, int, lathe::hashed_by<picky_hash>> cache;
    cache.put({5}, 1);
    CHECK_THROWS_AS(cache.find({-5}), std::runtime_error);
    CHECK_THROWS_AS(cache.put({-5}, 2), std::runtime_error);
    CHECK_THROWS_AS(cache.erase({-5}), std::runtime_error);
    CHECK_THROWS_AS(cache.get_or_load({-5}, [] { return 3; }), std::runtime_error);
    CHECK(*cache.find({5}) == 1);
    CHECK(cache.alive() == 1);
}

} // namespace
