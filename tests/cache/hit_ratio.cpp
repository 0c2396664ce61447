// SPDX-License-Identifier: MIT
// Caches and the plain policies of reference_policies.hpp meet the same keys. LATHE_SEED=<seed> replays a run.
#include <lathe/cache/weak_cache.hpp> // first: proves that the header stands alone

#include <cmath>
#include <cstddef>
#include <cstdint>

#include "cache/hit_ratio.hpp"
#include "support/catch.hpp"
#include "support/seed.hpp"
#include "support/stress.hpp"

namespace hit_ratio_test {

namespace {

using namespace lathe_test;

template <class Policy, class Reference>
void check_made(const char* name) {
    const std::uint64_t seed = seed_of_run();
    INFO("LATHE_SEED=" << seed);
    for (const key_trace& trace : made_traces(seed, rounds(25'000))) {
        std::size_t capacities[] = {1, 7, 0, 0, 0};
        for (std::size_t i = 0; i != std::size(told_shares); ++i)
            capacities[2 + i] = trace.capacity(told_shares[i]);
        for (const std::size_t capacity : capacities) {
            const comparison found = compare<Policy, Reference>(trace.asked, capacity);
            INFO(name << ", " << trace.name << ", capacity " << capacity << ": " << found.cache << " %, reference "
                      << found.reference << " %, " << found.different << " accesses differ");
            CHECK(std::abs(found.cache - found.reference) <= 0.05);
            CHECK(found.different <= trace.asked.size() / 10'000); // two keys may have one hash
        }
    }
}

TEST_CASE("hit ratio: fifo does what its reference does", "[hit_ratio][stress]") {
    check_made<lathe::fifo, reference_fifo>("fifo");
}
TEST_CASE("hit ratio: lru does what its reference does", "[hit_ratio][stress]") {
    check_made<lathe::lru, reference_lru>("lru");
}
TEST_CASE("hit ratio: s3_fifo does what its reference does", "[hit_ratio][stress]") {
    check_made<lathe::s3_fifo, reference_s3_fifo>("s3_fifo");
}
TEST_CASE("hit ratio: w_tiny_lfu does what its reference does", "[hit_ratio][stress]") {
    check_made<lathe::w_tiny_lfu, reference_w_tiny_lfu>("w_tiny_lfu");
}

// What the two are for. Bounds with a wide berth: what they reach is in the README.
TEST_CASE("hit ratio: s3_fifo and w_tiny_lfu beat lru where popularity is steady, scans or not",
          "[hit_ratio][stress]") {
    const std::uint64_t seed = seed_of_run();
    INFO("LATHE_SEED=" << seed);
    const auto traces = made_traces(seed, 60'000);
    for (const std::size_t which : {0U, 1U, 2U}) {
        const std::size_t capacity = traces[which].capacity(0.05);
        INFO(traces[which].name);
        const double lru = hit_percent<lathe::lru>(traces[which].asked, capacity);
        CHECK(hit_percent<lathe::s3_fifo>(traces[which].asked, capacity) >= lru + 4);
        CHECK(hit_percent<lathe::w_tiny_lfu>(traces[which].asked, capacity) >= lru + 3);
    }
}

TEST_CASE("hit ratio: w_tiny_lfu keeps a part of a loop, where the others keep nothing", "[hit_ratio][stress]") {
    const key_trace loop = made_traces(1, 60'000)[3];
    const std::size_t capacity = loop.capacity(0.2);
    CHECK(hit_percent<lathe::fifo>(loop.asked, capacity) == 0);
    CHECK(hit_percent<lathe::lru>(loop.asked, capacity) == 0);
    CHECK(hit_percent<lathe::s3_fifo>(loop.asked, capacity) == 0);
    CHECK(hit_percent<lathe::w_tiny_lfu>(loop.asked, capacity) >= 13); // 20 is what is possible
}

TEST_CASE("hit ratio: w_tiny_lfu gives way to what becomes popular", "[hit_ratio][stress]") {
    const std::uint64_t seed = seed_of_run();
    INFO("LATHE_SEED=" << seed);
    const auto traces = made_traces(seed, 120'000);
    for (const std::size_t which : {5U, 6U}) {
        const std::size_t capacity = traces[which].capacity(0.2);
        INFO(traces[which].name);
        const double lru = hit_percent<lathe::lru>(traces[which].asked, capacity);
        CHECK(hit_percent<lathe::w_tiny_lfu>(traces[which].asked, capacity) >= lru - 10);
    }
}

TEMPLATE_TEST_CASE("hit ratio: sixteen shards lose half a point at most on average",
                   "[hit_ratio][stress]",
                   lathe::fifo,
                   lathe::lru,
                   lathe::s3_fifo,
                   lathe::w_tiny_lfu) {
    const std::uint64_t seed = seed_of_run();
    INFO("LATHE_SEED=" << seed);
    const auto traces = made_traces(seed, 120'000);
    double lost = 0;
    std::size_t count = 0;
    for (const std::size_t which : {0U, 1U, 4U}) { // with enough keys
        for (const std::size_t capacity : {5'000U, 8'000U}) {
            lost += hit_percent<TestType>(traces[which].asked, capacity, 1) -
                    hit_percent<TestType>(traces[which].asked, capacity, 16);
            ++count;
        }
    }
    CHECK(lost / static_cast<double>(count) <= 0.5);
}

} // namespace

} // namespace hit_ratio_test
