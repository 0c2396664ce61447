// SPDX-License-Identifier: MIT
// No foreign code runs under a lock: whatever it does with the cache, it comes to an end. A test that hangs is ended by
// CTest.
#include <lathe/cache/weak_cache.hpp>

#include <functional>
#include <stdexcept>
#include <string>
#include <tuple>
#include <utility>
#include <vector>

#include "support/catch.hpp"

namespace {

// Does something when it is destroyed, unless moved from.
struct at_end {
    std::function<void()> action;
    explicit at_end(std::function<void()> given) : action(std::move(given)) {}
    at_end(at_end&& other) noexcept : action(std::exchange(other.action, nullptr)) {}
    at_end& operator=(at_end&&) = delete;
    ~at_end() {
        if (action) action();
    }
};
using actions = lathe::weak_cache<int, at_end>;

// All that a cache can be asked for, of the same key, of others, and in the same shard: it has one.
void use(actions& cache, int key) {
    std::ignore = cache.find(key);
    std::ignore = cache.contains(key);
    cache.with(key, [](const at_end&) {});
    std::ignore = cache.get_or_load(key + 1000, [] { return at_end(nullptr); });
    cache.put(key + 2000, at_end(nullptr));
    cache.erase(key + 1000);
    std::ignore = cache.snapshot();
    std::ignore = cache.stats();
    cache.erase_if([&](int, const at_end&) {
        std::ignore = cache.find(key);
        return false;
    });
}

TEST_CASE("weak_cache: destructors of values may use the cache", "[cache]") {
    actions cache{{.capacity = 100}};
    int ended = 0;
    const auto make = [&](int key) {
        return at_end([&cache, &ended, key] {
            use(cache, key);
            use(cache, 7);
            ++ended;
        });
    };
    SECTION("when an entry is erased") {
        cache.put(1, make(1));
        cache.erase(1);
    }
    SECTION("when it is replaced") {
        cache.put(1, make(1));
        cache.put(1, at_end(nullptr));
    }
    SECTION("when it is evicted") {
        cache.put(1, make(1));
        for (int i = 10; ended == 0 && i < 1000; ++i)
            cache.put(i, at_end(nullptr));
    }
    SECTION("when its last owner goes") {
        auto held = cache.put(1, make(1));
        cache.clear_strong();
        held.reset();
    }
    SECTION("when all is cleared") {
        cache.put(1, make(1));
        cache.clear();
    }
    SECTION("when a handle is overwritten") {
        auto held = cache.put(1, make(1));
        cache.erase(1);
        held = cache.put(2, at_end(nullptr));
    }
    CHECK(ended == 1);
    CHECK(cache.stats().alive >= 1); // those that use() put
}

TEST_CASE("weak_cache: a destructor may clear the cache, and put its key again", "[cache]") {
    actions cache{{.capacity = 10}};
    int ended = 0;
    for (int i = 0; i < 5; ++i) {
        cache.put(i, at_end([&cache, &ended, i] {
                      ++ended;
                      cache.clear();
                      cache.put(i, at_end(nullptr));
                  }));
    }
    cache.erase(0);
    CHECK(ended == 5);
    CHECK(cache.alive() >= 1);
}

struct spied {
    int number;
    static inline int hashed = 0;
    static inline int compared = 0;
    bool operator==(const spied& other) const {
        ++compared;
        return number == other.number;
    }
};
struct spied_hash {
    std::size_t operator()(const spied& of) const {
        ++spied::hashed;
        return static_cast<std::size_t>(of.number);
    }
};

TEST_CASE("weak_cache: hashes and comparisons of keys that are evicted are not called", "[cache]") {
    lathe::weak_cache<spied, int, lathe::hashed_by<spied_hash>> cache{{.capacity = 10}};
    for (int i = 0; i < 10; ++i)
        cache.put({i}, i);
    spied::hashed = spied::compared = 0;
    for (int i = 100; i < 150; ++i)
        cache.put({i}, i);
    CHECK(cache.stats().evictions == 50);
    CHECK(spied::hashed == 50); // once for each put
    CHECK(spied::compared == 0);
    auto held = cache.find({149});
    spied::hashed = spied::compared = 0;
    cache.clear_strong();
    held.reset();
    CHECK(spied::hashed + spied::compared == 0);
}

TEST_CASE("weak_cache: a predicate of erase_if may use the cache", "[cache]") {
    actions cache{{.capacity = 100}};
    for (int i = 0; i < 10; ++i)
        cache.put(i, at_end(nullptr));
    CHECK(cache.erase_if([&](int key, const at_end&) {
        cache.erase(key + 1); // what was erased meanwhile is not erased twice
        return true;
    }) <= 10);
    CHECK(cache.alive() == 0);
}

TEST_CASE("weak_cache: copies of keys may use the cache", "[cache]") {
    struct key {
        int number;
        lathe::weak_cache<int, int>* cache;
        key(int wanted, lathe::weak_cache<int, int>* asked) : number(wanted), cache(asked) {}
        key(const key& other) : number(other.number), cache(other.cache) {
            if (cache != nullptr) cache->put(number, number);
        }
        bool operator==(const key& other) const { return number == other.number; }
    };
    struct key_hash {
        std::size_t operator()(const key& of) const { return static_cast<std::size_t>(of.number); }
    };
    lathe::weak_cache<int, int> inner;
    lathe::weak_cache<key, int, lathe::hashed_by<key_hash>> cache;
    const key one(1, &inner);
    std::ignore = cache.get_or_load(one, [] { return 1; });
    CHECK(cache.snapshot().size() == 1);
    CHECK(inner.contains(1));
}

} // namespace
