// SPDX-License-Identifier: MIT
#include <lathe/cache/expiry.hpp> // first: proves that the header stands alone

#include <chrono>
#include <cstddef>
#include <optional>
#include <string>
#include <tuple>
#include <utility>
#include <vector>

#include <lathe/cache/weak_cache.hpp>

#include "support/catch.hpp"

namespace {

using namespace std::chrono_literals;

// A clock that a test sets.
struct test_clock {
    using time_point = std::chrono::steady_clock::time_point;
    const time_point* time = nullptr;
    [[nodiscard]] time_point now() const noexcept { return *time; }
};
using tested = lathe::timed_by<test_clock>;

template <class... Options>
using expiring = lathe::weak_cache<int, std::string, tested, Options...>;

static_assert(sizeof(lathe::cache_options<lathe::detail::cache_traits<int, int>>) <= 3 * sizeof(std::size_t));

//! [example]
TEST_CASE("expire_after_write: entries are found for a time, whatever happens", "[cache]") {
    test_clock::time_point now{};
    expiring<lathe::expire_after_write> cache{{.capacity = 100, .expire_after_write = 10s, .clock = {&now}}};
    cache.put(1, "one");
    now += 6s;
    cache.put(2, "two");
    CHECK(*cache.find(1) == "one");
    now += 4s - 1ns;
    CHECK(cache.contains(1));
    now += 1ns; // ten seconds to the nanosecond
    CHECK_FALSE(cache.find(1));
    CHECK_FALSE(cache.contains(1));
    CHECK_FALSE(cache.with(1, [](const std::string&) {}));
    CHECK(cache.contains(2));
    CHECK(cache.size() == 1);
    CHECK(cache.alive() == 1);
    now += 6s;
    CHECK(cache.size() == 0);
    CHECK(cache.stats().expirations == 2);
}
//! [example]

TEST_CASE("expire_after_write: put begins a new time, and a load", "[cache]") {
    test_clock::time_point now{};
    expiring<lathe::expire_after_write> cache{{.capacity = 100, .expire_after_write = 10s, .clock = {&now}}};
    cache.put(1, "old");
    now += 9s;
    cache.put(1, "new");
    now += 9s;
    CHECK(*cache.find(1) == "new");
    now += 1s;
    int loads = 0;
    const auto load = [&] {
        now += 3s; // loading takes time, too: the entry is new when it is there
        return std::to_string(++loads);
    };
    CHECK(*cache.get_or_load(1, load) == "1");
    now += 9s;
    CHECK(*cache.get_or_load(1, load) == "1");
    now += 1s;
    CHECK(*cache.get_or_load(1, load) == "2");
}

TEST_CASE("expire_after_write: owners keep an object whose time is over, but a new one is loaded", "[cache]") {
    test_clock::time_point now{};
    expiring<lathe::expire_after_write> cache{{.capacity = 0, .expire_after_write = 10s, .clock = {&now}}};
    const auto old = cache.put(1, "old");
    CHECK(cache.find(1) == old);
    now += 10s;
    CHECK(cache.alive() == 0);
    const auto fresh = cache.get_or_load(1, [] { return "fresh"; });
    CHECK(*old == "old");
    CHECK(*fresh == "fresh");
}

TEST_CASE("expire_after_access: entries are found as long as they are asked for", "[cache]") {
    test_clock::time_point now{};
    expiring<lathe::expire_after_access> cache{{.capacity = 100, .expire_after_access = 10s, .clock = {&now}}};
    cache.put(1, "one");
    cache.put(2, "two");
    for (int i = 0; i < 5; ++i) {
        now += 9s;
        CHECK(cache.find(1));
    }
    CHECK_FALSE(cache.contains(2));
    now += 9s;
    CHECK(cache.contains(1)); // to look whether it is there is no use
    now += 1s;
    CHECK_FALSE(cache.contains(1));
    SECTION("by any of the uses") {
        cache.put(3, "three");
        now += 9s;
        CHECK(cache.with(3, [](const std::string&) {}));
        now += 9s;
        CHECK(*cache.get_or_load(3, [] { return "not asked"; }) == "three");
        now += 9s;
        CHECK(cache.contains(3));
    }
}

TEST_CASE("expiry: the two go together, and each has its own time", "[cache]") {
    test_clock::time_point now{};
    expiring<lathe::expire_after_access, lathe::expire_after_write> cache{
        {.capacity = 100, .expire_after_write = 20s, .expire_after_access = 5s, .clock = {&now}}};
    cache.put(1, "used");
    cache.put(2, "idle");
    for (int i = 0; i < 4; ++i) {
        CHECK(cache.find(1));
        now += 4s;
    }
    CHECK(cache.alive() == 1);
    CHECK(cache.find(1));
    now += 4s; // 20 seconds after it came in
    CHECK(cache.alive() == 0);
}

TEST_CASE("expiry: without a time, entries stay", "[cache]") {
    test_clock::time_point now{};
    expiring<lathe::expire_after_access, lathe::expire_after_write> cache{{.capacity = 10, .clock = {&now}}};
    cache.put(1, "one");
    now += 100'000h;
    CHECK(cache.contains(1));
}

TEST_CASE("expiry: the clock is steady_clock unless another is given", "[cache]") {
    lathe::weak_cache<int, int, lathe::expire_after_write> cache{{.capacity = 10, .expire_after_write = 100h}};
    cache.put(1, 1);
    CHECK(cache.contains(1));
    lathe::weak_cache<int, int, lathe::expire_after_write> none{{.capacity = 10, .expire_after_write = 0ns}};
    const auto held = none.put(1, 1); // over as soon as it came
    CHECK_FALSE(none.contains(1));
    CHECK(*held == 1);
}

TEST_CASE("expiry: entries that were erased, evicted or replaced before expire no more", "[cache]") {
    test_clock::time_point now{};
    expiring<lathe::expire_after_write, lathe::lru> cache{{.capacity = 3, .expire_after_write = 10s, .clock = {&now}}};
    for (int i = 0; i < 6; ++i)
        cache.put(i, std::to_string(i)); // 0, 1, 2 are evicted
    cache.erase(3);
    cache.put(4, "again");
    now += 10s;
    CHECK(cache.alive() == 0);
    CHECK(cache.stats().expirations == 2); // 4 and 5
}

TEST_CASE("expiry: a listener learns that an entry expired, at the next use of its shard", "[cache]") {
    test_clock::time_point now{};
    std::vector<std::pair<int, lathe::removal_cause>> told;
    expiring<lathe::expire_after_write, lathe::removal_listener> cache{
        {.capacity = 100,
         .expire_after_write = 10s,
         .on_removal = [&](int key, const std::string&, lathe::removal_cause cause) { told.emplace_back(key, cause); },
         .clock = {&now}}};
    const auto held = cache.put(1, "one");
    cache.put(2, "two");
    now += 10s;
    std::ignore = cache.find(77);
    CHECK(told == std::vector<std::pair<int, lathe::removal_cause>>{{1, lathe::removal_cause::expired},
                                                                    {2, lathe::removal_cause::expired}});
    CHECK(*held == "one");
}

TEST_CASE("negative_caching: that there is no value is remembered for a time of its own", "[cache]") {
    test_clock::time_point now{};
    expiring<lathe::negative_caching, lathe::expire_after_write> cache{
        {.capacity = 100, .expire_after_write = 60s, .expire_negative_after = 5s, .clock = {&now}}};
    int asked = 0;
    const auto none = [&]() -> std::optional<std::string> {
        ++asked;
        return std::nullopt;
    };
    CHECK_FALSE(cache.get_or_load(1, none));
    cache.put(2, "two");
    now += 4s;
    CHECK_FALSE(cache.get_or_load(1, none));
    CHECK(asked == 1);
    now += 1s;
    CHECK_FALSE(cache.get_or_load(1, none));
    CHECK(asked == 2);
    CHECK(cache.contains(2));
    now += 55s;
    CHECK_FALSE(cache.contains(2));
    SECTION("with no other expiry, too") {
        expiring<lathe::negative_caching> other{{.capacity = 10, .expire_negative_after = 5s, .clock = {&now}}};
        other.put(1, "one");
        CHECK_FALSE(other.get_or_load(2, none));
        now += 5s;
        CHECK(*other.get_or_load(2, [] { return std::optional<std::string>("now"); }) == "now");
        CHECK(*other.find(1) == "one");
    }
}

} // namespace
