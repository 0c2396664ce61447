// SPDX-License-Identifier: MIT
#include <lathe/cache/s3_fifo.hpp> // first: proves that the header stands alone

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <deque>
#include <limits>
#include <memory>
#include <new>
#include <random>

#include <lathe/cache/policy.hpp>

#include "cache/policy_queue.hpp"
#include "support/catch.hpp"
#include "support/seed.hpp"

namespace s3_fifo_test {

namespace {

using lathe_test::policy_queue;

static_assert(lathe::eviction_policy<lathe::s3_fifo>);
// What the policy keeps lies in bytes that an entry has left.
static_assert(sizeof(lathe::detail::policy_probe<lathe::s3_fifo>) == sizeof(lathe::cache_entry));

TEST_CASE("s3_fifo: what is not asked for again goes first", "[s3_fifo]") {
    policy_queue<lathe::s3_fifo> queue(10);
    queue.access_all(1, 10);
    CHECK(queue.access(1));
    queue.access(11);
    CHECK(queue.evicted == "2"); // 1 went on to the main queue
    queue.access_all(12, 22);
    CHECK(queue.contains(1));
    CHECK_FALSE(queue.contains(11));
}

TEST_CASE("s3_fifo: what comes back soon goes to the main queue", "[s3_fifo]") {
    policy_queue<lathe::s3_fifo> queue(10);
    queue.access_all(1, 12);
    CHECK_FALSE(queue.access(1)); // evicted a moment ago
    queue.access_all(13, 30);
    CHECK(queue.contains(1)); // and the scan did not touch it
}

TEST_CASE("s3_fifo: nine tenths as many are remembered as there are entries", "[s3_fifo]") {
    policy_queue<lathe::s3_fifo> queue(10);
    SECTION("the ninth is still known") {
        queue.access_all(1, 19); // 1 to 9 were evicted
        queue.access(1);
        queue.access_all(20, 40);
        CHECK(queue.contains(1));
    }
    SECTION("the tenth is not") {
        queue.access_all(1, 20);
        queue.access(1);
        queue.access_all(21, 40);
        CHECK_FALSE(queue.contains(1));
    }
}

TEST_CASE("s3_fifo: hits are counted to three, one for each round", "[s3_fifo]") {
    policy_queue<lathe::s3_fifo> queue(2);
    queue.access(1);
    queue.access(2);
    queue.access(1);
    queue.access(3);
    REQUIRE(queue.contains(1)); // in the main queue
    for (int i = 0; i < 100; ++i)
        queue.access(1);
    for (const int key : {2, 3, 4, 5, 4, 5})
        queue.access(key); // 2, 3 and 5 come back, and go round in the main queue
    CHECK(queue.contains(1));
    queue.access(6);
    CHECK(queue.evicted == "1");
}

TEST_CASE("s3_fifo: an entry that replaces another one takes over its hits", "[s3_fifo]") {
    policy_queue<lathe::s3_fifo> queue(10);
    queue.access_all(1, 10);
    queue.access(1);
    queue.replace(1);
    queue.access(11);
    CHECK(queue.evicted == "2");
}

TEST_CASE("s3_fifo: works with room for one, and with weights larger than all of it", "[s3_fifo]") {
    policy_queue<lathe::s3_fifo> one(1);
    for (int key = 0; key < 100; ++key) {
        CHECK_FALSE(one.access(key));
        CHECK(one.access(key));
        CHECK(one.size() == 1);
    }
    policy_queue<lathe::s3_fifo> none(0); // for what weighs nothing
    for (int key = 0; key < 1000; ++key)
        none.access(key % 300, 0);
    CHECK(none.size() == 300);
    policy_queue<lathe::s3_fifo> weighed(100);
    for (int key = 0; key < 1000; ++key) {
        weighed.access(key % 70, static_cast<std::size_t>(key % 7) * 30);
        CHECK(weighed.contains(key % 70));
    }
}

TEST_CASE("s3_fifo: its memory is 11 bytes an entry, once the cache is full", "[s3_fifo]") {
    policy_queue<lathe::s3_fifo> queue(2000);
    queue.access_all(1, 2000);
    CHECK(queue.memory().used == 0);
    queue.access_all(2001, 9000);
    CHECK(queue.memory().used > 0);
    CHECK(queue.memory().used <= 2000 * 11);
}

TEST_CASE("s3_fifo: memory goes by entries and not by their weight", "[s3_fifo]") {
    constexpr std::size_t much = std::numeric_limits<std::size_t>::max() / 4;
    policy_queue<lathe::s3_fifo> queue(much);
    for (int key = 0; key < 5000; ++key)
        queue.access(key, much / 1000);
    CHECK(queue.size() == 1000);
    CHECK(queue.memory().used > 0);
    CHECK(queue.memory().used <= 1000 * 13);
}

TEST_CASE("s3_fifo: refused memory changes nothing", "[s3_fifo]") {
    policy_queue<lathe::s3_fifo> queue(100);
    queue.access_all(1, 100);
    queue.memory().limit = 0;
    CHECK_THROWS_AS(queue.access(101), std::bad_alloc);
    CHECK(queue.size() == 100);
    queue.memory().limit = 100'000;
    queue.access(101);
    CHECK(queue.evicted == "1");
}

// ---- the queue of ghosts ----

using ghosts = lathe::detail::ghost_queue<std::allocator<std::byte>>;

TEST_CASE("ghost_queue: does what a deque of hashes does", "[s3_fifo]") {
    const std::uint64_t seed = lathe_test::seed_of_run();
    INFO("LATHE_SEED=" << seed);
    std::mt19937_64 random(seed);
    for (std::size_t room : {1U, 2U, 10U, 100U, 1000U}) {
        ghosts tried{std::allocator<std::byte>()};
        std::deque<std::uint32_t> expected; // the oldest first
        tried.reserve(room);
        for (int i = 0; i < 20'000; ++i) {
            // Few of them, so that many are taken out, and some of them close together.
            const auto key = static_cast<std::uint32_t>(random() % (room * 3));
            const std::uint32_t hash = key % 5 == 0 ? key << 20 : key * 0x2545f491U;
            const auto found = std::find(expected.begin(), expected.end(), hash);
            REQUIRE(tried.take(hash) == (found != expected.end()));
            if (found != expected.end()) expected.erase(found);
            if (random() % 3 == 0) continue;
            const std::size_t limit = random() % 4 == 0 ? random() % (room + 1) : room;
            tried.push(hash, limit);
            if (limit == 0) continue;
            while (expected.size() >= limit)
                expected.pop_front();
            expected.push_back(hash);
            REQUIRE(tried.size() == expected.size());
            if (i % 5000 == 4999) tried.reserve(room += room / 3 + 1);
        }
        for (const std::uint32_t hash : expected)
            REQUIRE(tried.take(hash));
        REQUIRE(tried.size() == 0);
    }
}

TEST_CASE("ghost_queue: keys of one hash are ghosts of their own", "[s3_fifo]") {
    ghosts tried{std::allocator<std::byte>()};
    tried.reserve(10);
    for (int i = 0; i < 10; ++i)
        tried.push(7, 10);
    for (int i = 0; i < 10; ++i)
        CHECK(tried.take(7));
    CHECK_FALSE(tried.take(7));
    for (int i = 0; i < 100; ++i)
        tried.push(0, 10);
    CHECK(tried.size() == 10);
    CHECK(tried.take(0));
}

} // namespace

} // namespace s3_fifo_test
