// SPDX-License-Identifier: MIT
// As hit_ratio.cpp, on recorded keys: the files *.keys.xz of the folder that the environment variable LATHE_TRACES
// names.
#include <lathe/cache/weak_cache.hpp> // first: proves that the header stands alone

#include <cmath>
#include <cstddef>
#include <cstdio>

#include "cache/hit_ratio.hpp"
#include "support/catch.hpp"

namespace hit_ratio_traces_test {

namespace {

using namespace lathe_test;

template <class Policy, class Reference>
void check_one(const char* name, const key_trace& trace, std::size_t capacity) {
    const comparison found = compare<Policy, Reference>(trace.asked, capacity);
    INFO(name << ", " << trace.name << ", capacity " << capacity << ": " << found.cache << " %, reference "
              << found.reference << " %, " << found.different << " accesses differ");
    CHECK(std::abs(found.cache - found.reference) <= 0.05);
    CHECK(found.different <= trace.asked.size() / 10'000); // two keys may have one hash
}

TEST_CASE("hit ratio: on recorded keys, policies do what their references do", "[hit_ratio][stress]") {
    const auto files = recorded_traces();
    if (files.empty()) {
        std::puts("LATHE_TRACES is not set: no recorded keys were tried");
        WARN("LATHE_TRACES is not set: no recorded keys were tried");
    }
    for (const auto& file : files) {
        const key_trace trace = read_trace(file);
        for (const double share : told_shares) {
            const std::size_t capacity = trace.capacity(share);
            check_one<lathe::fifo, reference_fifo>("fifo", trace, capacity);
            check_one<lathe::lru, reference_lru>("lru", trace, capacity);
            check_one<lathe::s3_fifo, reference_s3_fifo>("s3_fifo", trace, capacity);
            check_one<lathe::w_tiny_lfu, reference_w_tiny_lfu>("w_tiny_lfu", trace, capacity);
        }
    }
}

} // namespace

} // namespace hit_ratio_traces_test
