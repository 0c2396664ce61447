// SPDX-License-Identifier: MIT
// What OptimizedCache of the Python course gets wrong, fault by fault, and how it is here; weak_cache_seed.py shows the
// faults of the original.
#include <lathe/cache/weak_cache.hpp> // first: proves that the header stands alone

#include <array>
#include <atomic>
#include <chrono>
#include <cstddef>
#include <functional>
#include <latch>
#include <memory>
#include <optional>
#include <stdexcept>
#include <string>
#include <thread>
#include <type_traits>
#include <vector>

#include <lathe/cache/expiry.hpp>
#include <lathe/cache/policy.hpp>
#include <lathe/cache/to_shared.hpp>

#include "support/catch.hpp"

namespace {

// An object of a class of one's own: the course keeps such ones by weak references only.
struct document {
    std::string text;
};
using documents = lathe::weak_cache<int, document>;
using numbers = lathe::weak_cache<int, int>;

TEST_CASE("cache: seed defect 1, the class could not be imported; this one is compiled and does its work",
          "[cache][seed]") {
    static_assert(std::is_default_constructible_v<documents>);
    documents cache;
    cache.put(1, document{"one"});
    CHECK(cache.find(1)->text == "one");
}

TEST_CASE("cache: seed defect 2, what nobody else owned was gone at once; here the cache keeps it", "[cache][seed]") {
    documents cache{{.capacity = 10}};
    for (int key = 0; key < 10; ++key)
        cache.put(key, document{std::to_string(key)}); // and its handle goes at once
    for (int key = 0; key < 10; ++key)
        CHECK(cache.find(key)->text == std::to_string(key));
}

template <class Value>
void check_bound(Value value) {
    lathe::weak_cache<int, Value> cache{{.capacity = 3}};
    for (int key = 0; key < 1000; ++key) {
        cache.put(key, value);
        REQUIRE(cache.size() <= 3);
        REQUIRE(cache.alive() <= 3);
    }
}
TEST_CASE("cache: seed defect 3, the bound was for some types only; here it is for all, and each has both sides",
          "[cache][seed]") {
    check_bound(7);
    check_bound(std::string("seven"));
    check_bound(document{"seven"});

    // Objects in use are found beyond the bound, and count for it only while they are kept.
    numbers cache{{.capacity = 3}};
    std::vector<numbers::handle> in_use;
    for (int key = 0; key < 100; ++key)
        in_use.push_back(cache.put(key, key));
    CHECK(cache.size() == 3);
    CHECK(cache.alive() == 100);
    in_use.clear();
    CHECK(cache.alive() == 3);
}

TEST_CASE("cache: seed defect 4, a value that had been replaced came back; here it cannot", "[cache][seed]") {
    numbers cache{{.capacity = 10}};
    cache.put(1, 1);
    cache.put(1, 2);
    cache.clear_strong(); // the last owner of the new one
    CHECK_FALSE(cache.find(1));
}

TEST_CASE("cache: seed defect 5, an old object in use hid the new value; here the newest is found", "[cache][seed]") {
    numbers cache{{.capacity = 10}};
    const auto old = cache.put(1, 1);
    cache.clear_strong(); // so that only its owner has it, as in the course
    cache.put(1, 42);
    CHECK(*cache.find(1) == 42);
    CHECK(*old == 1);
}

TEST_CASE("cache: seed defect 6, an update of a full cache threw out another entry; here it evicts nobody",
          "[cache][seed]") {
    numbers cache{{.capacity = 3}};
    for (const int key : {1, 2, 3})
        cache.put(key, key);
    cache.put(2, 22);
    CHECK(*cache.find(1) == 1);
    CHECK(*cache.find(2) == 22);
    CHECK(*cache.find(3) == 3);
    CHECK(cache.stats().evictions == 0);
}

template <class Policy>
void check_use_counts() {
    lathe::weak_cache<int, int, Policy> cache{{.capacity = 10}};
    cache.put(0, 0);
    for (int key = 1; key < 100; ++key) {
        for (int use = 0; use < 10; ++use)
            REQUIRE(cache.find(0));
        cache.put(key, key);
    }
}
TEST_CASE("cache: seed defect 7, what was used most went first if it was oldest; here use keeps an entry",
          "[cache][seed]") {
    check_use_counts<lathe::s3_fifo>();
    check_use_counts<lathe::lru>();
}

TEST_CASE("cache: seed defect 8, a cache for nothing raised StopIteration; here it shares what is in use",
          "[cache][seed]") {
    documents cache{{.capacity = 0}};
    {
        const auto used = cache.put(1, document{"one"});
        CHECK(cache.find(1) == used);
        CHECK(cache.size() == 0);
    }
    CHECK_FALSE(cache.find(1));
}

TEST_CASE("cache: seed defect 9, no value looked like no entry; here a handle to it is not empty", "[cache][seed]") {
    lathe::weak_cache<int, std::optional<int>> cache;
    cache.put(1, std::nullopt);
    REQUIRE(cache.find(1));
    CHECK(*cache.find(1) == std::nullopt);
    CHECK_FALSE(cache.find(2));

    // And that there is none may be remembered instead.
    lathe::weak_cache<int, int, lathe::negative_caching> known;
    int calls = 0;
    const auto nothing = [&]() -> std::optional<int> {
        ++calls;
        return std::nullopt;
    };
    CHECK_FALSE(known.get_or_load(1, nothing));
    CHECK_FALSE(known.get_or_load(1, nothing));
    CHECK(calls == 1);
}

// Its hash does what another thread could do at that moment.
struct interrupting_hash {
    static inline std::function<void()> interruption;
    std::size_t operator()(int key) const {
        if (interruption) interruption();
        return static_cast<std::size_t>(key);
    }
};
TEST_CASE("cache: seed defect 10, an owner that let go during get made it raise; here the entry is found or not",
          "[cache][seed]") {
    lathe::weak_cache<int, document, lathe::hashed_by<interrupting_hash>> cache{{.capacity = 0}};
    auto owner = cache.put(1, document{"one"});
    interrupting_hash::interruption = [&] {
        owner.reset();
    };
    CHECK_FALSE(cache.find(1));
    interrupting_hash::interruption = nullptr;

    // With another thread, at whatever moment.
    std::atomic<bool> ends = false;
    std::jthread other([&] {
        while (!ends)
            cache.put(1, document{"one"});
    });
    for (int i = 0; i < 2000; ++i) {
        if (const auto found = cache.find(1)) CHECK(found->text == "one");
    }
    ends = true;
}

TEST_CASE("cache: seed defect 11, threads that put at a time made each other raise; here they may", "[cache][seed]") {
    numbers cache{{.capacity = 10}};
    std::atomic<int> wrong = 0;
    {
        std::array<std::jthread, 4> threads;
        for (std::jthread& each : threads) {
            each = std::jthread([&] {
                for (int i = 0; i < 2000; ++i) {
                    if (*cache.put(i % 50, i % 50) != i % 50) ++wrong;
                }
            });
        }
    }
    CHECK(wrong == 0);
    CHECK(cache.size() == 10);
}

TEST_CASE("cache: seed defect 12, the cache itself could not be observed; here it is an object like others",
          "[cache][seed]") {
    auto cache = std::make_shared<documents>();
    const std::weak_ptr<documents> observer = cache;
    // The objects can be owned and observed by the standard's pointers, too.
    const std::shared_ptr<document> shared = cache->put(1, document{"one"}).to_shared();
    const std::weak_ptr<document> observed = shared;
    CHECK(cache->find(1).get() == observed.lock().get());
    cache.reset();
    CHECK(observer.expired());
    CHECK(shared->text == "one"); // and outlive it
}

struct clock_by_hand {
    using time_point = std::chrono::steady_clock::time_point;
    static inline time_point time{};
    static time_point now() noexcept { return time; }
};
TEST_CASE(
    "cache: seed defect 13, there was no delete, contains, len, iteration, stats, lifetime or loader; here is all",
    "[cache][seed]") {
    using namespace std::chrono_literals;
    lathe::weak_cache<int, document, lathe::expire_after_write, lathe::timed_by<clock_by_hand>> cache{
        {.capacity = 10, .expire_after_write = 60s}};
    cache.put(1, document{"one"});
    cache.put(2, document{"two"});
    CHECK(cache.contains(1));
    CHECK(cache.size() == 2);
    CHECK(cache.snapshot().size() == 2);
    CHECK(cache.erase(1));
    CHECK_FALSE(cache.contains(1));
    CHECK(cache.stats().insertions == 2);
    clock_by_hand::time += 61s;
    CHECK_FALSE(cache.contains(2));

    // Two threads that miss the same key make one object.
    std::atomic<int> made = 0;
    std::latch both_ask{2};
    std::array<lathe::cache_handle<document>, 2> got;
    {
        std::array<std::jthread, 2> threads;
        for (std::size_t i = 0; i < 2; ++i) {
            threads[i] = std::jthread([&, i] {
                both_ask.arrive_and_wait();
                got[i] = cache.get_or_load(3, [&] {
                    ++made;
                    return document{"three"};
                });
            });
        }
    }
    CHECK(made == 1);
    CHECK(got[0] == got[1]);
}

struct picky_hash {
    std::size_t operator()(int key) const {
        if (key < 0) throw std::invalid_argument("no such key");
        return static_cast<std::size_t>(key);
    }
};
TEST_CASE("cache: seed defect 14, a bad key cost another entry, and its error was mistaken for one of the value's",
          "[cache][seed]") {
    lathe::weak_cache<int, int, lathe::hashed_by<picky_hash>> cache{{.capacity = 2}};
    cache.put(1, 1);
    cache.put(2, 2);
    CHECK_THROWS_WITH(cache.put(-1, 3), "no such key");
    CHECK_THROWS_AS(cache.find(-1), std::invalid_argument);
    CHECK(*cache.find(1) == 1);
    CHECK(*cache.find(2) == 2);
    CHECK(cache.size() == 2);
}

// Counts what is allocated.
struct block_count {
    static inline int allocated = 0;
    static inline int held = 0;
};
template <class T>
struct counting_allocator {
    using value_type = T;
    counting_allocator() = default;
    template <class U>
    counting_allocator(const counting_allocator<U>& /*other*/) noexcept {} // NOLINT(google-explicit-constructor)
    T* allocate(std::size_t count) {
        ++block_count::allocated;
        ++block_count::held;
        return std::allocator<T>().allocate(count);
    }
    void deallocate(T* block, std::size_t count) noexcept {
        --block_count::held;
        std::allocator<T>().deallocate(block, count);
    }
    friend bool operator==(const counting_allocator&, const counting_allocator&) { return true; }
};
TEST_CASE("cache: seed defect 15, each set of a known key made a new reference beside the object; here it is one block",
          "[cache][seed]") {
    {
        lathe::weak_cache<int, int, lathe::allocated_by<counting_allocator<std::byte>>> cache{{.capacity = 10}};
        cache.put(1, 1);
        const int held = block_count::held;
        for (int value = 2; value < 100; ++value) {
            const int allocated = block_count::allocated;
            cache.put(1, value);
            REQUIRE(block_count::allocated == allocated + 1); // count, links, key and value in one
            REQUIRE(block_count::held == held);
            REQUIRE(*cache.find(1) == value);
            REQUIRE(block_count::allocated == allocated + 1);
        }
    }
    CHECK(block_count::held == 0);
}

} // namespace
