// SPDX-License-Identifier: MIT
#include <lathe/cache/w_tiny_lfu.hpp> // first: proves that the header stands alone

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <memory>
#include <new>
#include <random>
#include <vector>

#include <lathe/cache/policy.hpp>

#include "cache/policy_queue.hpp"
#include "support/catch.hpp"
#include "support/seed.hpp"

namespace w_tiny_lfu_test {

namespace {

using lathe_test::policy_queue;

static_assert(lathe::eviction_policy<lathe::w_tiny_lfu>);
// What the policy keeps lies in bytes that an entry has left.
static_assert(sizeof(lathe::detail::policy_probe<lathe::w_tiny_lfu>) == sizeof(lathe::cache_entry));

//! [example]
TEST_CASE("w_tiny_lfu: a scan drives out nothing that is asked for more often", "[w_tiny_lfu]") {
    policy_queue<lathe::w_tiny_lfu> queue(100);
    for (int round = 0; round < 3; ++round)
        queue.access_all(1, 90);
    queue.access_all(1000, 1999);
    int kept = 0;
    for (int key = 1; key <= 90; ++key)
        kept += queue.contains(key);
    CHECK(kept >= 85); // a counter may be shared
}
//! [example]

TEST_CASE("w_tiny_lfu: a part of a loop is kept", "[w_tiny_lfu]") {
    policy_queue<lathe::w_tiny_lfu> queue(100);
    int hits = 0;
    for (int i = 0; i < 20'000; ++i)
        hits += queue.access(i % 200);
    CHECK(hits > 8'000); // half of them is the most that is possible
}

TEST_CASE("w_tiny_lfu: what was popular once gives way", "[w_tiny_lfu]") {
    policy_queue<lathe::w_tiny_lfu> queue(100);
    for (int round = 0; round < 15; ++round)
        queue.access_all(1, 100);
    int hits = 0;
    for (int i = 0; i < 1'000; ++i)
        hits += queue.access(1000 + i % 80);
    CHECK(hits > 600);
    CHECK_FALSE(queue.contains(50));
}

TEST_CASE("w_tiny_lfu: an entry that replaces another one takes its place", "[w_tiny_lfu]") {
    policy_queue<lathe::w_tiny_lfu> a(20), b(20);
    for (int i = 0; i < 2'000; ++i) {
        const int key = i * 7 % 31 * (i % 3);
        CHECK(a.access(key) == b.access(key));
        CHECK(a.evicted == b.evicted);
        if (i % 5 == 0) b.replace(key);
    }
}

TEST_CASE("w_tiny_lfu: works with room for one, and with weights larger than all of it", "[w_tiny_lfu]") {
    policy_queue<lathe::w_tiny_lfu> one(1);
    for (int key = 0; key < 100; ++key) {
        CHECK_FALSE(one.access(key));
        CHECK(one.access(key));
        CHECK(one.size() == 1);
    }
    policy_queue<lathe::w_tiny_lfu> none(0); // for what weighs nothing
    for (int key = 0; key < 1000; ++key)
        none.access(key % 300, 0);
    CHECK(none.size() == 300);
    policy_queue<lathe::w_tiny_lfu> weighed(100);
    for (int key = 0; key < 1000; ++key) {
        weighed.access(key % 70, static_cast<std::size_t>(key % 7) * 30);
        CHECK(weighed.contains(key % 70));
    }
}

TEST_CASE("w_tiny_lfu: its memory is 12 bytes an entry, and comes with the entries", "[w_tiny_lfu]") {
    policy_queue<lathe::w_tiny_lfu> queue(3000);
    CHECK(queue.memory().used == 0);
    queue.access_all(1, 100);
    CHECK(queue.memory().used <= 256 * 12 + 256);
    queue.access_all(101, 9000);
    CHECK(queue.memory().used <= 3000 * 12 + 256);
}

TEST_CASE("w_tiny_lfu: memory goes by entries and not by their weight", "[w_tiny_lfu]") {
    constexpr std::size_t much = std::numeric_limits<std::size_t>::max() / 4;
    policy_queue<lathe::w_tiny_lfu> queue(much);
    for (int key = 0; key < 5000; ++key)
        queue.access(key, much / 1000);
    CHECK(queue.size() == 1000);
    CHECK(queue.memory().used <= 1024 * 12 + 256);
}

TEST_CASE("w_tiny_lfu: refused memory changes nothing", "[w_tiny_lfu]") {
    policy_queue<lathe::w_tiny_lfu> queue(300);
    queue.memory().limit = 0;
    CHECK_THROWS_AS(queue.access(1), std::bad_alloc);
    CHECK(queue.size() == 0);
    queue.memory().limit = 4'000;
    queue.access_all(1, 256);
    CHECK_THROWS_AS(queue.access(257), std::bad_alloc);
    CHECK(queue.size() == 256);
    queue.memory().limit = 100'000;
    queue.access_all(257, 400);
    CHECK(queue.size() == 300);
}

// ---- its parts ----

using allocator = std::allocator<std::byte>;

TEST_CASE("frequency_sketch: never counts too few, and mostly not too many", "[w_tiny_lfu]") {
    const std::uint64_t seed = lathe_test::seed_of_run();
    INFO("LATHE_SEED=" << seed);
    std::mt19937_64 random(seed);
    lathe::detail::frequency_sketch<allocator> sketch(1000, allocator());
    std::vector<std::uint32_t> hashes(1000);
    std::vector<std::uint32_t> counts(1000);
    for (std::uint32_t& hash : hashes)
        hash = static_cast<std::uint32_t>(random());
    for (int i = 0; i < 5'000; ++i) {
        const std::size_t which = random() % 1000 * (random() % 1000) / 1000;
        sketch.add(hashes[which]);
        ++counts[which];
    }
    int exact = 0;
    for (std::size_t which = 0; which != 1000; ++which) {
        const std::uint32_t count = std::min(counts[which], 15U);
        REQUIRE(sketch.frequency(hashes[which]) >= count);
        exact += sketch.frequency(hashes[which]) == count;
    }
    CHECK(exact > 800);
}

TEST_CASE("frequency_sketch: forgets half of it now and then", "[w_tiny_lfu]") {
    lathe::detail::frequency_sketch<allocator> sketch(8, allocator());
    for (int i = 0; i < 40; ++i)
        sketch.add(1);
    REQUIRE(sketch.frequency(1) == 15);
    for (std::uint32_t key = 2; key < 200; ++key)
        sketch.add(key * 0x9e3779b9U);
    CHECK(sketch.frequency(1) < 15);
}

TEST_CASE("last_uses: tells how long ago, and forgets the oldest", "[w_tiny_lfu]") {
    lathe::detail::last_uses<allocator> uses(8, allocator());
    CHECK(uses.take(5, 0) == 256);
    uses.note(5, 250, 250);
    CHECK(uses.take(5, 3) == 9); // time wraps around
    CHECK(uses.take(5, 3) == 256);
    for (std::uint32_t key = 0; key < 9; ++key)
        uses.note(key * 0x01010101U, static_cast<std::uint8_t>(key), 9);
    CHECK(uses.take(0, 10) == 256);
    CHECK(uses.take(8 * 0x01010101U, 10) == 2);
    CHECK(uses.take(1 * 0x01010101U, 10) == 9);
}

} // namespace

} // namespace w_tiny_lfu_test
