// SPDX-License-Identifier: MIT
// get_or_load: what loaders may return, who waits for whom, and what happens when a load fails.
#include <lathe/cache/weak_cache.hpp>

#include <array>
#include <atomic>
#include <barrier>
#include <cstddef>
#include <exception>
#include <future>
#include <latch>
#include <memory>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

#include "support/catch.hpp"

namespace {

using numbers = lathe::weak_cache<int, int>;

struct shape {
    virtual ~shape() = default;
    [[nodiscard]] virtual int corners() const = 0;
};
struct square : shape {
    [[nodiscard]] int corners() const override { return 4; }
};
struct circle : shape {
    [[nodiscard]] int corners() const override { return 0; }
};

TEST_CASE("get_or_load: the loader takes the key, or nothing", "[cache]") {
    numbers cache;
    CHECK(*cache.get_or_load(1, [](int key) { return key + 1; }) == 2);
    CHECK(*cache.get_or_load(2, [](const auto& key) { return key + 1; }) == 3);
    CHECK(*cache.get_or_load(3, [] { return 7; }) == 7);
    CHECK(*cache.get_or_load(4, [calls = 0](int) mutable { return ++calls; }) == 1);
    int (*const function)(int) = [](int key) {
        return key * 2;
    };
    CHECK(*cache.get_or_load(5, function) == 10);
    CHECK(*cache.get_or_load(6, [](int) -> short { return 6; }) == 6);
    static const int elsewhere = 9;
    CHECK(*cache.get_or_load(7, [](int) -> const int& { return elsewhere; }) == 9);
}

TEST_CASE("get_or_load: a value of a base class may be of a derived one", "[cache]") {
    lathe::weak_cache<std::string, shape> shapes;
    const auto loader = [](const std::string& key) -> std::unique_ptr<shape> {
        if (key == "square") return std::make_unique<square>();
        return std::make_unique<circle>();
    };
    lathe::cache_handle<shape> four = shapes.get_or_load("square", loader);
    CHECK(four->corners() == 4);
    CHECK(shapes.get_or_load("circle", loader)->corners() == 0);
    CHECK(shapes.get_or_load("three", [] { return std::make_unique<square>(); })->corners() == 4);
    CHECK(shapes.find("square") == four);
    CHECK(shapes.put("put", std::make_unique<circle>())->corners() == 0);
    CHECK(shapes.with("put", [](const shape& lent) { CHECK(lent.corners() == 0); }));
    CHECK_THROWS_WITH(shapes.put("none", std::unique_ptr<shape>()),
                      "lathe::weak_cache::put: the pointer to be stored under \"none\" is null; an entry is an object, "
                      "and erase() takes one out");
    shapes.clear_strong();
    CHECK(shapes.alive() == 1);
    four.reset();
    CHECK(shapes.alive() == 0);
}

TEST_CASE("get_or_load: what a unique_ptr points to goes where its deleter sends it", "[cache]") {
    struct base {
        virtual ~base() = default;
        int number = 1;
    };
    struct counting {
        int* deleted;
        void operator()(base* object) const {
            ++*deleted;
            delete object;
        }
    };
    int deleted = 0;
    {
        lathe::weak_cache<int, base> cache;
        cache.put(1, base{});
        auto held = cache.get_or_load(2, [&] { return std::unique_ptr<base, counting>(new base, counting{&deleted}); });
        CHECK(cache.find(1)->number == 1); // in the node
        CHECK(cache.find(2)->number == 1); // elsewhere
        cache.erase(2);
        CHECK(deleted == 0);
        held.reset();
        CHECK(deleted == 1);
    }
    CHECK(deleted == 1);
}

TEST_CASE("get_or_load: a loader that has nothing leaves no entry", "[cache]") {
    numbers cache;
    int calls = 0;
    const auto nothing = [&]() -> std::optional<int> {
        ++calls;
        return std::nullopt;
    };
    CHECK_FALSE(cache.get_or_load(1, nothing));
    CHECK_FALSE(cache.get_or_load(1, nothing));
    CHECK(calls == 2);
    CHECK(cache.alive() == 0);
    CHECK(*cache.get_or_load(1, []() -> std::optional<int> { return 5; }) == 5);
    CHECK(*cache.get_or_load(1, nothing) == 5);

    lathe::weak_cache<int, shape> shapes;
    CHECK_FALSE(shapes.get_or_load(1, [] { return std::unique_ptr<shape>(); }));
    CHECK(shapes.alive() == 0);

    lathe::weak_cache<int, std::optional<int>> optionals; // here an optional is a value like any other
    CHECK(optionals.get_or_load(1, nothing));
    CHECK(optionals.alive() == 1);
}

TEST_CASE("get_or_load: a loader that throws leaves nothing, and is called again", "[cache]") {
    numbers cache;
    CHECK_THROWS_AS(cache.get_or_load(1, [](int) -> int { throw std::runtime_error("first"); }), std::runtime_error);
    CHECK(cache.alive() == 0);
    CHECK_FALSE(cache.contains(1));
    CHECK(*cache.get_or_load(1, [] { return 2; }) == 2);
    CHECK(cache.stats().load_failures == 1);
}

TEST_CASE("get_or_load: the same key from within its own loader is an error", "[cache]") {
    numbers cache;
    const auto again = [&](int key) {
        return *cache.get_or_load(key, [] { return 1; });
    };
    CHECK_THROWS_WITH(cache.get_or_load(5, again),
                      "lathe::weak_cache::get_or_load: the loader of 5 waits for itself: it asks "
                      "for the same again, directly or by way of others; let it end without");
    CHECK(cache.alive() == 0);
    SECTION("by way of other keys too") {
        const auto far = [&](int) {
            return *cache.get_or_load(6, [&](int) { return again(5); });
        };
        CHECK_THROWS_AS(cache.get_or_load(5, far), lathe::cache_error);
    }
    SECTION("by way of another cache") {
        lathe::weak_cache<std::string, int> other;
        const auto far = [&](int) {
            return *other.get_or_load("x", [&] { return again(5); });
        };
        CHECK_THROWS_AS(cache.get_or_load(5, far), lathe::cache_error);
        CHECK(other.alive() == 0);
    }
    SECTION("but a loader may catch that and go on") {
        const auto careful = [&](int key) {
            try {
                return again(key);
            } catch (const lathe::cache_error&) {
                return 9;
            }
        };
        CHECK(*cache.get_or_load(5, careful) == 9);
    }
    CHECK(*cache.get_or_load(5, [] { return 3; }) == (cache.contains(5) ? *cache.find(5) : 3));
}

TEST_CASE("get_or_load: says which text was asked for in a circle", "[cache]") {
    lathe::weak_cache<std::string, int> texts;
    CHECK_THROWS_WITH(texts.get_or_load("a", [&] { return *texts.get_or_load("a", [] { return 1; }); }),
                      lathe_test::ContainsSubstring("the loader of \"a\" waits for itself"));
}

TEST_CASE("get_or_load: other keys may be loaded from within a loader, and everything else done", "[cache]") {
    numbers cache{{.capacity = 2}};
    const auto sum = cache.get_or_load(3, [&](int) {
        cache.put(7, 7);
        cache.erase(7);
        std::ignore = cache.snapshot();
        CHECK_FALSE(cache.find(3)); // it is not there yet
        CHECK_FALSE(cache.contains(3));
        CHECK_FALSE(cache.with(3, [](int) {}));
        return *cache.get_or_load(1, [] { return 1; }) + *cache.get_or_load(2, [] { return 2; });
    });
    CHECK(*sum == 3);
}

TEST_CASE("get_or_load: what is put or erased while a key is loaded counts", "[cache]") {
    numbers cache;
    SECTION("put: the callers get the newer one") {
        const auto got = cache.get_or_load(1, [&] {
            cache.put(1, 11);
            CHECK(*cache.find(1) == 11);
            return 10;
        });
        CHECK(*got == 11);
        CHECK(cache.find(1) == got);
    }
    SECTION("erase: the callers get theirs, and it is not stored") {
        const auto got = cache.get_or_load(1, [&] {
            CHECK_FALSE(cache.erase(1));
            return 10;
        });
        CHECK(*got == 10);
        CHECK_FALSE(cache.contains(1));
    }
    SECTION("clear does as erase") {
        const auto got = cache.get_or_load(1, [&] {
            cache.clear();
            return 10;
        });
        CHECK(*got == 10);
        CHECK(cache.alive() == 0);
    }
    SECTION("erased, and loaded again by the loader itself") {
        const auto got = cache.get_or_load(1, [&] {
            cache.erase(1);
            CHECK(*cache.get_or_load(1, [] { return 12; }) == 12);
            return 10;
        });
        CHECK(*got == 12);
    }
    SECTION("erased, and failed") {
        CHECK_THROWS(cache.get_or_load(1, [&]() -> int {
            cache.erase(1);
            throw std::runtime_error("no");
        }));
        CHECK(cache.alive() == 0);
    }
    const lathe::cache_stats stats = cache.stats();
    CHECK(stats.alive == stats.resident);
    CHECK(*cache.get_or_load(2, [] { return 2; }) == 2);
}

// Threads that all ask for one key; how often the loader was called, and what they got.
struct crowd {
    int calls = 0;
    std::vector<const int*> got;
    std::vector<std::string> said;
    // An exception that several threads share is destroyed here, after all threads have ended: its owners are counted
    // inside libstdc++.so, which ThreadSanitizer cannot look into.
    std::vector<std::exception_ptr> caught;
};
crowd ask(numbers& cache, std::size_t threads, bool fails) {
    crowd seen;
    seen.got.resize(threads);
    seen.said.resize(threads);
    seen.caught.resize(threads);
    std::barrier together(static_cast<std::ptrdiff_t>(threads));
    std::atomic<int> calls = 0;
    std::vector<numbers::handle> held(threads);
    std::vector<std::thread> workers;
    for (std::size_t i = 0; i < threads; ++i) {
        workers.emplace_back([&, i] {
            together.arrive_and_wait();
            try {
                held[i] = cache.get_or_load(1, [&]() -> int {
                    ++calls;
                    // Until all others wait, as far as that can be seen.
                    while (cache.stats().misses + cache.stats().hits < threads)
                        std::this_thread::yield();
                    if (fails) throw std::runtime_error("failed in call " + std::to_string(calls));
                    return 42;
                });
                seen.got[i] = held[i].get();
            } catch (const std::runtime_error& error) {
                seen.said[i] = error.what();
                seen.caught[i] = std::current_exception();
            }
        });
    }
    for (auto& worker : workers)
        worker.join();
    seen.calls = calls;
    return seen;
}

TEST_CASE("get_or_load: 64 threads that ask for one key cause one load", "[cache][threads]") {
    numbers cache{{.capacity = GENERATE(as<std::size_t>(), 0, 100)}};
    const crowd seen = ask(cache, 64, false);
    CHECK(seen.calls == 1);
    for (const int* const each : seen.got) {
        REQUIRE(each != nullptr);
        CHECK(each == seen.got.front());
    }
}

TEST_CASE("get_or_load: all who wait for a load that throws get that exception, and the next call loads again",
          "[cache][threads]") {
    numbers cache;
    const crowd seen = ask(cache, 16, true);
    CHECK(seen.calls == 1);
    for (const std::string& each : seen.said)
        CHECK(each == "failed in call 1");
    CHECK(cache.alive() == 0);
    CHECK(cache.stats().load_failures == 1);
    CHECK(*cache.get_or_load(1, [] { return 3; }) == 3);
}

TEST_CASE("get_or_load: different keys are loaded at the same time", "[cache][threads]") {
    numbers cache{{.capacity = 100}}; // one shard
    std::barrier both(2);             // each loader waits for the other one
    const auto load = [&](int key) {
        return std::async(std::launch::async, [&, key] {
            return *cache.get_or_load(key, [&](int) {
                both.arrive_and_wait();
                return key * 10;
            });
        });
    };
    auto one = load(1);
    auto two = load(2);
    CHECK(one.get() == 10);
    CHECK(two.get() == 20);
}

TEST_CASE("get_or_load: loaders of threads that wait for each other in a circle are an error in one of them",
          "[cache][threads]") {
    const int threads = GENERATE(2, 3, 5);
    numbers cache;
    numbers second;
    std::barrier all(threads);
    std::atomic<int> refused = 0;
    std::atomic<int> done = 0;
    std::vector<std::exception_ptr> caught(static_cast<std::size_t>(threads)); // as in crowd
    std::vector<std::thread> workers;
    for (int i = 0; i < threads; ++i) {
        workers.emplace_back([&, i] {
            numbers& mine = i % 2 == 0 ? cache : second;
            try {
                std::ignore = mine.get_or_load(i, [&](int key) {
                    all.arrive_and_wait(); // every key is being loaded
                    const int next = (key + 1) % threads;
                    numbers& other = next % 2 == 0 ? cache : second;
                    return *other.get_or_load(next, [](int of) { return of; });
                });
                ++done;
            } catch (const lathe::cache_error&) {
                caught[static_cast<std::size_t>(i)] = std::current_exception();
                ++refused;
            }
        });
    }
    for (auto& worker : workers)
        worker.join();
    // One closes the circle, and its exception is what those get that wait for it.
    CHECK(refused == threads);
    CHECK(done == 0);
    CHECK(cache.alive() + second.alive() == 0);
}

TEST_CASE("get_or_load: threads that wait in a row are no circle", "[cache][threads]") {
    numbers cache;
    std::latch second_waits(1);
    std::thread last([&] {
        std::ignore = cache.get_or_load(3, [&] {
            second_waits.wait();
            return 3;
        });
    });
    while (cache.stats().misses < 1)
        std::this_thread::yield();
    std::thread middle(
        [&] { std::ignore = cache.get_or_load(2, [&] { return *cache.get_or_load(3, [] { return -1; }) + 10; }); });
    while (cache.stats().misses < 3)
        std::this_thread::yield(); // 2 and 3 by the second thread
    std::thread first(
        [&] { std::ignore = cache.get_or_load(1, [&] { return *cache.get_or_load(2, [] { return -1; }) + 100; }); });
    while (cache.stats().misses < 5)
        std::this_thread::yield();
    second_waits.count_down();
    last.join();
    middle.join();
    first.join();
    CHECK(*cache.find(1) == 113);
}

} // namespace
