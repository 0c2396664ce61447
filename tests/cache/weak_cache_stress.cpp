// SPDX-License-Identifier: MIT
// Threads that find, load, put, erase and let go at random, with every value checked.
#include <lathe/cache/weak_cache.hpp>

#include <array>
#include <atomic>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <random>
#include <stdexcept>
#include <string>
#include <thread>
#include <tuple>
#include <utility>
#include <vector>

#include <lathe/cache/w_tiny_lfu.hpp>

#include "support/catch.hpp"
#include "support/seed.hpp"
#include "support/stress.hpp"
#include "support/threads.hpp"

namespace {

constexpr std::size_t threads = 4;

// An object that knows whether it is whole, and how many there are.
struct object {
    static inline std::atomic<int> alive = 0;
    explicit object(int of) : key(of), check(of * 7919) { alive.fetch_add(1, std::memory_order_relaxed); }
    object(const object&) = delete;
    object& operator=(const object&) = delete;
    ~object() {
        key = check = -1;
        alive.fetch_sub(1, std::memory_order_relaxed);
    }
    [[nodiscard]] bool is_whole(int of) const { return key == of && check == of * 7919; }
    int key;
    int check;
};

struct failed {};

TEMPLATE_TEST_CASE("weak_cache: two handles to one key point to one object, at any moment",
                   "[cache][stress]",
                   lathe::s3_fifo,
                   lathe::lru,
                   lathe::w_tiny_lfu) {
    // 8 keys, so that every object is loaded and lost all the time. capacity 0: nothing but the handles keeps them.
    const std::size_t capacity = GENERATE(as<std::size_t>(), 0, 1, 4);
    const std::uint64_t seed = lathe_test::seed_of_run();
    INFO("LATHE_SEED=" << seed << ", capacity " << capacity);
    const std::size_t gets = lathe_test::rounds(capacity == 0 ? 1'000'000 : 300'000);
    std::atomic<std::size_t> wrong = 0;
    std::atomic<std::size_t> too_many = 0;
    std::atomic<std::uint64_t> loads = 0;
    {
        lathe::weak_cache<int, object, TestType> cache{{.capacity = capacity}};
        lathe_test::in_threads(threads, [&](std::size_t index) {
            std::mt19937_64 random(seed + index);
            std::array<lathe::cache_handle<object>, 8> held;
            std::uint64_t loaded = 0;
            const auto load = [&](int key) {
                ++loaded;
                return object(key);
            };
            for (std::size_t i = 0; i < gets; ++i) {
                const auto bits = random();
                const int key = static_cast<int>(bits % 8);
                auto one = cache.get_or_load(key, load);
                if (!one->is_whole(key)) ++wrong;
                auto& mine = held[static_cast<std::size_t>(key)];
                if (mine && mine != one) ++wrong; // held all the while, so it must be the same
                if ((bits & 0x100) != 0) {
                    const auto two = cache.find(key);
                    if (two != one) ++wrong;
                }
                if ((bits & 0x600) == 0) mine = std::move(one);
                if ((bits & 0x1800) == 0) mine.reset();
                if ((bits & 0xffe000) == 0 && cache.size() > capacity) ++too_many;
            }
            loads += loaded;
        });
        CHECK(wrong == 0);
        CHECK(too_many == 0);
        CHECK(cache.size() <= capacity);
        CHECK(cache.alive() == cache.size());
        CHECK(loads == cache.stats().insertions);
        cache.clear_strong();
        CHECK(cache.alive() == 0);
    }
    CHECK(object::alive == 0);
}

TEST_CASE("weak_cache: everything at once, by several threads, and handles that outlive the cache", "[cache][stress]") {
    const std::uint64_t seed = lathe_test::seed_of_run();
    INFO("LATHE_SEED=" << seed);
    std::atomic<std::size_t> wrong = 0;
    std::array<std::vector<lathe::cache_handle<const std::string>>, threads> outlive;
    for (std::size_t round = 0; round < lathe_test::rounds(4); ++round) {
        std::atomic<std::size_t> told = 0;
        std::atomic<std::size_t> failures = 0;
        std::uint64_t insertions = 0;
        std::size_t left = 0;
        {
            lathe::weak_cache<std::uint64_t, const std::string, lathe::removal_listener, lathe::negative_caching> cache{
                {.capacity = 600,
                 .shards = 2,
                 .on_removal = [&](std::uint64_t key, const std::string& value, lathe::removal_cause) {
                     if (value != std::to_string(key)) ++wrong;
                     ++told;
                 }}};
            lathe_test::in_threads(threads, [&](std::size_t index) {
                std::mt19937_64 random(seed + round * threads + index);
                auto& kept = outlive[index];
                for (std::size_t i = 0; i < 60'000; ++i) {
                    const std::uint64_t bits = random();
                    const std::uint64_t key = (bits >> 32) % 1000 * ((bits >> 20) % 3);
                    lathe::cache_handle<const std::string> got;
                    try { // a load that fails fails for all who wait for it
                        switch (bits % 16) {
                        case 0:
                            got = cache.put(key, std::to_string(key));
                            break;
                        case 1:
                            cache.erase(key);
                            break;
                        case 2:
                            got = cache.get_or_load(key, []() -> std::string { throw failed(); });
                            break;
                        case 3:
                            got = cache.get_or_load(key, []() -> std::optional<std::string> { return std::nullopt; });
                            break;
                        case 4:
                            cache.with(key, [&](const std::string& lent) {
                                if (lent != std::to_string(key)) ++wrong;
                                if (!kept.empty()) kept.pop_back();
                            });
                            break;
                        case 5:
                            if (i % 512 == 5) cache.clear_strong();
                            if (i % 2048 == 5)
                                cache.erase_if([](std::uint64_t each, const std::string&) { return each % 5 == 0; });
                            if (i % 4096 == 5) cache.clear();
                            if (i % 1024 == 5) {
                                for (const auto& [each, owner] : cache.snapshot()) {
                                    if (*owner != std::to_string(each)) ++wrong;
                                }
                            }
                            if (cache.size() > 600) ++wrong;
                            break;
                        case 6:
                            got = cache.find(key);
                            break;
                        case 7:
                            // A loader that loads others, larger ones only, so that there is no circle.
                            got = cache.get_or_load(key, [&](std::uint64_t of) {
                                std::ignore =
                                    cache.get_or_load(of + 1, [](std::uint64_t next) { return std::to_string(next); });
                                return std::to_string(of);
                            });
                            break;
                        default:
                            got = cache.get_or_load(key, [](std::uint64_t of) { return std::to_string(of); });
                            break;
                        }
                    } catch (const failed&) {
                        ++failures;
                    }
                    if (got) {
                        if (*got != std::to_string(key)) ++wrong;
                        if ((bits & 0x700000000000) == 0) kept.push_back(std::move(got));
                        if (kept.size() > 300) kept.clear();
                    }
                }
            });
            const lathe::cache_stats stats = cache.stats();
            insertions = stats.insertions;
            left = stats.alive;
            CHECK(stats.resident <= 600);
            CHECK(failures >= stats.load_failures);
            cache.clear(); // tells the listener of what is left; of what there is not, nothing is told
            CHECK(cache.alive() == 0);
            CHECK(told <= insertions);
            CHECK(told >= left);
        }
        std::size_t whole = 0;
        for (const auto& kept : outlive) {
            for (const auto& each : kept)
                whole += static_cast<std::size_t>(!each->empty());
        }
        CHECK(whole == outlive[0].size() + outlive[1].size() + outlive[2].size() + outlive[3].size());
        lathe_test::in_threads(
            threads, [&](std::size_t index) { outlive[index].clear(); }); // the last one takes the shards with it
    }
    CHECK(wrong == 0);
}

TEST_CASE("weak_cache: handles are let go of while their cache is destroyed", "[cache][stress]") {
    for (std::size_t round = 0; round < lathe_test::rounds(300); ++round) {
        std::optional<lathe::weak_cache<int, object>> cache(std::in_place,
                                                            lathe::weak_cache<int, object>::options{.capacity = 8});
        std::array<std::vector<lathe::cache_handle<object>>, threads> held;
        for (int i = 0; i < 64; ++i) {
            held[static_cast<std::size_t>(i) % threads].push_back(
                cache->get_or_load(i, [](int key) { return object(key); }));
        }
        std::atomic<std::size_t> ready = 0;
        lathe_test::in_threads(threads, [&](std::size_t index) {
            ++ready;
            while (ready < threads)
                std::this_thread::yield();
            if (index == 0) cache.reset();
            held[index].clear();
        });
        if (object::alive != 0) FAIL(object::alive << " objects are left");
    }
}

} // namespace
