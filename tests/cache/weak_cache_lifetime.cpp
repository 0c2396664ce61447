// SPDX-License-Identifier: MIT
// When objects are destroyed, what handles may outlive, and what memory is left.
#include <lathe/cache/weak_cache.hpp>

#include <array>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

#include <malloc.h>

#include <lathe/cache/w_tiny_lfu.hpp>

#include "support/catch.hpp"
#include "support/counted_allocator.hpp"

namespace {

// An object that counts how many of its kind there are.
struct counted {
    static inline int alive = 0;
    static inline int copies = 0;
    explicit counted(int wanted) : number(wanted) { ++alive; }
    counted(const counted& other) : number(other.number) {
        ++alive;
        ++copies;
    }
    counted& operator=(const counted&) = delete;
    ~counted() { --alive; }
    int number;
};

TEST_CASE("weak_cache: destroys each object once, as soon as nobody has it", "[cache]") {
    counted::alive = counted::copies = 0;
    {
        lathe::weak_cache<int, counted> cache{{.capacity = 2}};
        auto one = cache.get_or_load(1, [](int key) { return counted(key); });
        std::ignore = cache.get_or_load(2, [](int key) { return counted(key); });
        std::ignore = cache.get_or_load(3, [](int key) { return counted(key); });
        CHECK(counted::alive == 3); // 1 is held, 2 and 3 are kept
        one.reset();
        CHECK(counted::alive == 2);
        cache.erase(3);
        CHECK(counted::alive == 1);
        cache.clear();
        CHECK(counted::alive == 0);
        std::ignore = cache.get_or_load(4, [](int key) { return counted(key); });
    }
    CHECK(counted::alive == 0);
    CHECK(counted::copies == 0); // loaded objects are built in place
}

TEST_CASE("weak_cache: handles outlive the cache", "[cache]") {
    counted::alive = 0;
    auto cache = std::make_unique<lathe::weak_cache<std::string, counted>>();
    auto held = cache->get_or_load("a", [] { return counted(5); });
    auto other = held;
    auto erased = cache->get_or_load("b", [] { return counted(6); });
    cache->erase("b");
    cache.reset();
    CHECK(counted::alive == 2);
    CHECK(held->number == 5);
    CHECK(erased->number == 6);
    const auto copied = other;
    held.reset();
    other.reset();
    CHECK(copied->number == 5);
    erased.reset();
    CHECK(counted::alive == 1);
}

TEST_CASE("weak_cache: what throws while an entry is made leaves nothing behind", "[cache]") {
    struct fragile {
        explicit fragile(int wanted) : number(wanted) {}
        fragile(const fragile& other) : number(other.number) {
            if (number < 0) throw std::runtime_error("copied");
        }
        counted part{1};
        int number;
    };
    counted::alive = 0;
    lathe::weak_cache<int, fragile> cache;
    const auto held = cache.put(1, fragile(7));
    const fragile bad(-1);
    CHECK_THROWS_AS(cache.put(1, bad), std::runtime_error);
    CHECK(cache.find(1) == held);
    CHECK(counted::alive == 2);

    struct key {
        int number;
        key(int wanted) : number(wanted) {} // NOLINT(google-explicit-constructor)
        key(const key& other) : number(other.number) {
            if (number == 13) throw std::runtime_error("key");
        }
        bool operator==(const key&) const = default;
    };
    struct key_hash {
        std::size_t operator()(const key& of) const { return static_cast<std::size_t>(of.number); }
    };
    lathe::weak_cache<key, int, lathe::hashed_by<key_hash>> by_key;
    CHECK_THROWS_AS(by_key.get_or_load(13, [] { return 1; }), std::runtime_error);
    CHECK(by_key.alive() == 0);
    CHECK(*by_key.get_or_load(14, [] { return 1; }) == 1);
}

struct link {
    lathe::cache_handle<link> next;
};

TEST_CASE("weak_cache: a chain of a million objects that own each other takes no stack", "[cache]") {
    constexpr int length = 1'000'000;
    lathe::weak_cache<int, link> cache{{.capacity = 0}};
    SECTION("when its first owner goes") {
        lathe::cache_handle<link> first;
        for (int i = 0; i < length; ++i)
            first = cache.put(i, link{std::move(first)});
        CHECK(cache.alive() == length);
        first.reset();
        CHECK(cache.alive() == 0);
    }
    SECTION("when the cache goes before") {
        lathe::cache_handle<link> first;
        {
            lathe::weak_cache<int, link> gone{{.capacity = 0}};
            for (int i = 0; i < length; ++i)
                first = gone.put(i, link{std::move(first)});
        }
        first.reset();
    }
    SECTION("when the cache lets them go itself") {
        lathe::weak_cache<int, link> keeps{{.capacity = 2 * length}};
        lathe::cache_handle<link> first;
        for (int i = 0; i < length; ++i)
            first = keeps.put(i, link{std::move(first)});
        first.reset();
        CHECK(keeps.alive() == length);
        keeps.clear();
        CHECK(keeps.alive() == 0);
    }
}

TEST_CASE("weak_cache: objects that own themselves by a circle are the user's, as with shared_ptr, until erased",
          "[cache]") {
    lathe::weak_cache<int, link> cache{{.capacity = 0}};
    auto one = cache.put(1, link{});
    one->next = one;
    auto* const raw = one.get();
    one.reset();
    CHECK(cache.contains(1));
    const auto last = std::exchange(raw->next, nullptr);
    CHECK(last.use_count() == 1);
}

TEST_CASE("weak_cache: memory is back after the last release", "[cache]") {
    struct megabyte {
        std::array<std::byte, std::size_t{1} << 20> bytes;
    };
    lathe::weak_cache<int, megabyte> cache{{.capacity = 0}};
    std::vector<lathe::cache_handle<megabyte>> held;
    held.reserve(200);
    const std::size_t before = ::mallinfo2().uordblks + ::mallinfo2().hblkhd;
    for (int i = 0; i < 200; ++i)
        held.push_back(cache.get_or_load(i, [] { return megabyte(); }));
    [[maybe_unused]] const std::size_t full = ::mallinfo2().uordblks + ::mallinfo2().hblkhd;
    for (auto& each : held)
        each.reset(); // in place: the cache is there, and so are its shards
    const std::size_t after = ::mallinfo2().uordblks + ::mallinfo2().hblkhd;
#if !defined(__SANITIZE_ADDRESS__) && !defined(__SANITIZE_THREAD__) // whose allocators mallinfo does not know
    CHECK(full - before >= std::size_t{200} << 20);
#endif
    CHECK((after <= before || after - before <= std::size_t{1} << 20));
    CHECK(cache.alive() == 0);
}

// ---- allocators ------------------------------------------------------------

using counting = lathe::allocated_by<lathe_test::counted_allocator<std::byte>>;

TEMPLATE_TEST_CASE("weak_cache: 56 bytes or less of overhead for an entry",
                   "[cache]",
                   lathe::fifo,
                   lathe::lru,
                   lathe::s3_fifo,
                   lathe::w_tiny_lfu) {
    using value = std::array<std::uint64_t, 4>;
    const std::size_t capacity = GENERATE(as<std::size_t>(), 1000, 10'000, 50'000);
    lathe_test::memory_count book;
    {
        lathe::weak_cache<std::uint64_t, value, TestType, counting> cache{
            {.capacity = capacity, .allocator = lathe_test::counted_allocator<std::byte>(book)}};
        const std::size_t empty = book.used;
        // Twice as many as there is room for, some of them twice: the cache is full, and so is what the policy
        // remembers.
        for (std::uint64_t i = 0; i < 2 * capacity; ++i) {
            cache.put(i, value{i});
            if (i % 3 == 0) std::ignore = cache.find(i);
        }
        CHECK(cache.size() == capacity);
        const double each = static_cast<double>(book.used - empty) / static_cast<double>(capacity);
        INFO(each << " bytes with key and value, capacity " << capacity);
        CHECK(each - sizeof(std::uint64_t) - sizeof(value) <= 56);
        // The shards themselves, and the room that ten entries need.
        CHECK(empty <= 512 + cache.shards() * 768);
        cache.clear();
        CHECK(book.used < empty + 20 * capacity); // what the policy remembers of keys
    }
    CHECK(book.used == 0);
}

TEST_CASE("weak_cache: without memory it throws, or does not keep what it cannot remember, and nothing is lost",
          "[cache]") {
    lathe_test::memory_count book;
    std::size_t failures = 0;
    for (std::size_t fails_after = 0; fails_after < 400; ++fails_after) {
        book = {};
        book.allocation_limit = fails_after;
        std::size_t put = 0;
        try {
            lathe::weak_cache<std::string, std::string, counting> cache{
                {.capacity = 20, .allocator = lathe_test::counted_allocator<std::byte>(book)}};
            try {
                for (; put < 100; ++put) {
                    const std::string key = std::to_string(put);
                    if (put % 2 == 0) {
                        cache.put(key, key);
                    } else {
                        std::ignore = cache.get_or_load(key, [](const std::string& of) { return of; });
                    }
                }
            } catch (const std::bad_alloc&) {
                ++failures;
            }
            CHECK(cache.size() == cache.alive());
            CHECK(cache.size() <= 20);
            for (const auto& [key, owner] : cache.snapshot())
                CHECK(*owner == key);
        } catch (const std::bad_alloc&) {
            ++failures; // in the constructor
        }
        CHECK(book.used == 0);
    }
    CHECK(failures > 100);
}

} // namespace
