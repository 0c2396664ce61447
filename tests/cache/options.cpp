// SPDX-License-Identifier: MIT
#include <lathe/cache/options.hpp> // first: proves that the header stands alone

#include <cstddef>
#include <functional>
#include <limits>
#include <map>
#include <memory>
#include <memory_resource>
#include <optional>
#include <string>
#include <string_view>
#include <tuple>
#include <type_traits>
#include <utility>
#include <vector>

#include <lathe/cache/weak_cache.hpp>

#include "support/catch.hpp"

namespace {

struct blob {
    std::string bytes;
    [[nodiscard]] std::size_t size() const { return bytes.size(); }
};
using blobs = lathe::weak_cache<int, blob, lathe::weighed_by<&blob::size>>;
blob of(std::size_t size) {
    return blob{std::string(size, 'x')};
}

// ---- weights ---------------------------------------------------------------

TEST_CASE("weighed_by: the entries that are kept weigh no more than they may together", "[cache]") {
    blobs cache{{.max_weight = 100}};
    CHECK(cache.shards() == 1);
    CHECK(cache.capacity() == std::numeric_limits<std::size_t>::max());
    for (int i = 0; i < 200; ++i) {
        cache.put(i, of(static_cast<std::size_t>(i * 7 % 41)));
        if (cache.weight() > 100) FAIL("weighs " << cache.weight());
    }
    std::size_t sum = 0;
    for (const auto& [key, owner] : cache.snapshot())
        sum += owner->size();
    CHECK(cache.weight() == sum);
    CHECK(sum > 50);
}

TEST_CASE("weighed_by: what is too heavy is shared, but not kept", "[cache]") {
    blobs cache{{.max_weight = 100}};
    cache.put(1, of(60));
    auto heavy = cache.put(2, of(101));
    CHECK(cache.find(2) == heavy);
    CHECK(cache.contains(1)); // nobody was evicted for what does not fit anyway
    CHECK(cache.size() == 1);
    heavy.reset();
    CHECK_FALSE(cache.contains(2));
    SECTION("also when it takes the place of what was kept") {
        cache.put(1, of(200));
        CHECK(cache.alive() == 0);
        CHECK(cache.weight() == 0);
    }
    SECTION("and when it just fits, it is alone") {
        cache.put(3, of(100));
        CHECK(cache.contains(3));
        CHECK_FALSE(cache.contains(1));
    }
}

TEST_CASE("weighed_by: an update changes the weight", "[cache]") {
    blobs cache{{.max_weight = 100}};
    cache.put(1, of(30));
    cache.put(2, of(30));
    cache.put(1, of(50));
    CHECK(cache.weight() == 80);
    cache.put(1, of(5));
    CHECK(cache.weight() == 35);
    cache.put(2, of(98));
    CHECK(cache.weight() <= 100);
    CHECK(*cache.find(2)->bytes.c_str() == 'x');
}

TEST_CASE("weighed_by: takes a function of the value, or of both, or a member", "[cache]") {
    static constexpr auto of_both = [](const std::string& key, const int& value) {
        return key.size() + static_cast<std::size_t>(value);
    };
    lathe::weak_cache<std::string, int, lathe::weighed_by<of_both>> both{{.max_weight = 1000}};
    both.put("four", 6);
    CHECK(both.weight() == 10);

    struct file {
        std::size_t length;
    };
    lathe::weak_cache<int, file, lathe::weighed_by<&file::length>, lathe::lru> files{
        {.capacity = 2, .max_weight = 1000}};
    files.put(1, file{5});
    files.put(2, file{0}); // weighs nothing, and has a place all the same
    CHECK(files.weight() == 5);
    files.put(3, file{7});
    CHECK(files.size() == 2); // both bounds hold
    CHECK(files.weight() == 7);
}

TEST_CASE("weighed_by: a weigher that throws leaves all as it was", "[cache]") {
    static constexpr auto picky = [](const int& value) -> std::size_t {
        if (value < 0) throw std::runtime_error("no weight");
        return 1;
    };
    lathe::weak_cache<int, int, lathe::weighed_by<picky>> cache{{.max_weight = 10}};
    cache.put(1, 1);
    CHECK_THROWS_AS(cache.put(1, -1), std::runtime_error);
    CHECK_THROWS_AS(cache.get_or_load(2, [] { return -1; }), std::runtime_error);
    CHECK(*cache.find(1) == 1);
    CHECK(cache.alive() == 1);
}

// ---- negative caching ------------------------------------------------------

TEST_CASE("negative_caching: the loader is not asked again for what it does not have", "[cache]") {
    lathe::weak_cache<int, int, lathe::negative_caching, lathe::fifo> cache{{.capacity = 3}};
    int asked = 0;
    const auto none = [&](int) -> std::optional<int> {
        ++asked;
        return std::nullopt;
    };
    CHECK_FALSE(cache.get_or_load(1, none));
    CHECK_FALSE(cache.get_or_load(1, none));
    CHECK(asked == 1);
    CHECK_FALSE(cache.find(1));
    CHECK_FALSE(cache.contains(1));
    CHECK_FALSE(cache.with(1, [](int) {}));
    CHECK(cache.snapshot().empty());
    CHECK(cache.alive() == 0);
    CHECK(cache.size() == 1); // it has a place
    CHECK(cache.stats().negative_hits == 3);
    SECTION("until something is put there") {
        cache.put(1, 10);
        CHECK(*cache.get_or_load(1, none) == 10);
        CHECK(asked == 1);
    }
    SECTION("until it is erased") {
        CHECK_FALSE(cache.erase(1)); // there was no value
        CHECK_FALSE(cache.get_or_load(1, none));
        CHECK(asked == 2);
    }
    SECTION("until others need the place") {
        for (int i = 10; i < 20; ++i)
            cache.put(i, i);
        CHECK(cache.size() == 3);
        CHECK_FALSE(cache.get_or_load(1, none));
        CHECK(asked == 2);
    }
    SECTION("until all is forgotten") {
        cache.clear();
        CHECK(cache.size() == 0);
        CHECK_FALSE(cache.get_or_load(1, none));
        CHECK(asked == 2);
    }
    SECTION("and nothing is remembered where nothing is kept") {
        lathe::weak_cache<int, int, lathe::negative_caching> pool{{.capacity = 0}};
        CHECK_FALSE(pool.get_or_load(1, none));
        CHECK_FALSE(pool.get_or_load(1, none));
        CHECK(asked == 3);
    }
}

// ---- listener --------------------------------------------------------------

using lathe::removal_cause;
struct removed {
    int key;
    std::string value;
    removal_cause cause;
    friend bool operator==(const removed&, const removed&) = default;
};
struct listening {
    std::vector<removed> told{};
    lathe::weak_cache<int, std::string, lathe::removal_listener, lathe::fifo> cache{
        {.capacity = 2, .on_removal = [this](const int& key, std::string& value, removal_cause cause) {
             told.push_back({key, value, cause});
         }}};
};

TEST_CASE("removal_listener: is told once of each entry, and why", "[cache]") {
    listening with;
    auto& cache = with.cache;
    auto held = cache.put(1, "one");
    cache.put(2, "two");
    SECTION("erased, though somebody has it") {
        cache.erase(1);
        CHECK(with.told == std::vector<removed>{{1, "one", removal_cause::erased}});
        held.reset();
        CHECK(with.told.size() == 1);
    }
    SECTION("replaced") {
        cache.put(1, "uno");
        cache.put(2, "due");
        CHECK(with.told ==
              std::vector<removed>{{1, "one", removal_cause::replaced}, {2, "two", removal_cause::replaced}});
    }
    SECTION("evicted if nobody has it; if somebody has it, it has vanished when he lets go") {
        cache.put(3, "three");
        CHECK(with.told.empty()); // 1 can still be found
        cache.put(4, "four");
        CHECK(with.told == std::vector<removed>{{2, "two", removal_cause::evicted}});
        held.reset();
        CHECK(with.told.back() == removed{1, "one", removal_cause::vanished});
    }
    SECTION("cleared") {
        cache.clear();
        CHECK(with.told.size() == 2);
        CHECK(with.told[0].cause == removal_cause::erased);
    }
    SECTION("of those that nobody has, when nothing is to be kept") {
        cache.clear_strong();
        CHECK(with.told == std::vector<removed>{{2, "two", removal_cause::erased}});
    }
    SECTION("erased by a predicate, which has an owner while it is asked") {
        cache.erase_if([](int key, const std::string&) { return key == 2; });
        CHECK(with.told == std::vector<removed>{{2, "two", removal_cause::erased}});
    }
}

TEST_CASE("removal_listener: comings and goings balance", "[cache]") {
    listening with;
    std::vector<lathe::cache_handle<std::string>> held;
    for (int i = 0; i < 100; ++i) {
        auto made = with.cache.put(i % 30, std::to_string(i));
        if (i % 3 == 0) held.push_back(std::move(made));
        if (i % 7 == 0) with.cache.erase(i % 30);
        if (i % 11 == 0 && !held.empty()) held.erase(held.begin());
    }
    CHECK(with.cache.stats().insertions == with.told.size() + with.cache.alive());
    held.clear();
    CHECK(with.cache.stats().insertions == with.told.size() + with.cache.alive());
}

TEST_CASE("removal_listener: may use the cache", "[cache]") {
    lathe::weak_cache<int, int, lathe::removal_listener>* used = nullptr;
    int calls = 0;
    lathe::weak_cache<int, int, lathe::removal_listener> cache{
        {.capacity = 2, .on_removal = [&](int key, int& value, removal_cause) {
             if (++calls > 20) return;
             std::ignore = used->snapshot();
             used->put(key + 100, value); // evicts another one
             used->erase(key);
         }}};
    used = &cache;
    for (int i = 0; i < 10; ++i)
        cache.put(i, i);
    CHECK(calls > 20);
    CHECK(cache.size() == 2);
}

TEST_CASE("removal_listener: the destructor of the cache tells it nothing, nor do handles that outlive it", "[cache]") {
    int calls = 0;
    lathe::cache_handle<int> held;
    {
        lathe::weak_cache<int, int, lathe::removal_listener> cache{
            {.on_removal = [&, owned = std::make_unique<int>(1)](int, int&, removal_cause) {
                calls += *owned;
            }}};
        held = cache.put(1, 1);
        cache.put(2, 2);
    }
    held.reset();
    CHECK(calls == 0);
    lathe::weak_cache<int, int, lathe::removal_listener> deaf; // no listener after all
    deaf.put(1, 1);
    CHECK(deaf.erase(1));
}

// ---- observer --------------------------------------------------------------

struct counting_observer {
    int begun = 0;
    int ended = 0;
    std::string name{};
    struct scope {
        counting_observer* owner;
        ~scope() { ++owner->ended; }
    };
    scope observe(std::string_view what) noexcept {
        ++begun;
        name = what;
        return {this};
    }
};

TEST_CASE("observed_by: an observer sees when a loader begins and ends", "[cache]") {
    counting_observer seen;
    lathe::weak_cache<int, int, lathe::observed_by<counting_observer>> cache{
        {.capacity = 10, .observer = &seen, .observed_as = "numbers"}};
    CHECK(*cache.get_or_load(1, [&] {
        CHECK(seen.begun == 1);
        CHECK(seen.ended == 0);
        return 1;
    }) == 1);
    CHECK(*cache.get_or_load(1, [] { return 1; }) == 1);
    CHECK_THROWS(cache.get_or_load(2, []() -> int { throw std::runtime_error("no"); }));
    CHECK(seen.begun == 2);
    CHECK(seen.ended == 2);
    CHECK(seen.name == "numbers");
    lathe::weak_cache<int, int, lathe::observed_by<counting_observer>> unseen;
    CHECK(*unseen.get_or_load(1, [] { return 1; }) == 1);
}

// ---- allocator -------------------------------------------------------------

// Every byte that is asked for, and what is given back.
class watched_resource : public std::pmr::memory_resource {
public:
    std::map<void*, std::size_t> given{};
    std::size_t calls = 0;

private:
    void* do_allocate(std::size_t bytes, std::size_t alignment) override {
        void* const memory = std::pmr::new_delete_resource()->allocate(bytes, alignment);
        given[memory] = bytes;
        ++calls;
        return memory;
    }
    void do_deallocate(void* memory, std::size_t bytes, std::size_t alignment) override {
        CHECK(given.at(memory) == bytes);
        given.erase(memory);
        std::pmr::new_delete_resource()->deallocate(memory, bytes, alignment);
    }
    [[nodiscard]] bool do_is_equal(const memory_resource& other) const noexcept override { return this == &other; }
};

TEST_CASE("allocated_by: all memory comes from there, that of keys with allocators too", "[cache]") {
    watched_resource memory;
    {
        using pmr = std::pmr::polymorphic_allocator<std::byte>;
        lathe::cache_handle<const std::pmr::string> outlives;
        {
            lathe::weak_cache<std::pmr::string, const std::pmr::string, lathe::allocated_by<pmr>> cache{
                {.capacity = 50, .allocator = pmr(&memory)}};
            const std::string_view stem = "a text that is too long to lie in the string itself, number ";
            for (int i = 0; i < 200; ++i) {
                const std::string key = std::string(stem) + std::to_string(i);
                auto got =
                    cache.get_or_load(key, [&](const std::pmr::string& of) { return std::pmr::string(of, &memory); });
                CHECK(std::string_view(*got) == key);
                if (i == 7) outlives = got;
            }
            for (const auto& [key, owner] : cache.snapshot())
                CHECK(key == *owner);
            CHECK(memory.given.size() > 150);
            CHECK(cache.size() == 50);
        }
        CHECK(outlives->ends_with("number 7"));
        CHECK_FALSE(memory.given.empty());
    }
    CHECK(memory.given.empty());
}

TEST_CASE("cache_options: values of large alignment lie where they must", "[cache]") {
    struct alignas(128) wide {
        int number;
    };
    lathe::weak_cache<int, wide> cache{{.capacity = 100}};
    for (int i = 0; i < 100; ++i) {
        const auto made = cache.put(i, wide{i});
        CHECK(reinterpret_cast<std::uintptr_t>(made.get()) % 128 == 0);
    }
}

} // namespace
