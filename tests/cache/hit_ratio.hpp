// SPDX-License-Identifier: MIT
// Hit ratios of weak_cache beside those of the plain policies of reference_policies.hpp.
#ifndef LATHE_TESTS_CACHE_HIT_RATIO_HPP
#define LATHE_TESTS_CACHE_HIT_RATIO_HPP

#include <cstddef>
#include <cstdint>
#include <unordered_map>

#include <lathe/cache/policy.hpp>
#include <lathe/cache/s3_fifo.hpp>
#include <lathe/cache/w_tiny_lfu.hpp>
#include <lathe/cache/weak_cache.hpp>

#include "cache/key_traces.hpp"
#include "cache/reference_policies.hpp"

namespace lathe_test {

// A policy that lets one hear by which hash the cache knows the key that it has just brought in.
template <class Policy>
struct overheard {
    using entry = typename Policy::entry;
    static inline std::uint32_t hash = 0;

    template <class Entry, class Allocator>
    class queue : public Policy::template queue<Entry, Allocator> {
    public:
        using Policy::template queue<Entry, Allocator>::queue;
        void expect(std::uint32_t expected) {
            hash = expected;
            Policy::template queue<Entry, Allocator>::expect(expected);
        }
    };
};

inline double percent(std::size_t part, const key_list& all) {
    return 100.0 * static_cast<double>(part) / static_cast<double>(all.size());
}

template <class Policy>
double hit_percent(const key_list& asked, std::size_t capacity, std::size_t shards = 1) {
    lathe::weak_cache<std::uint64_t, char, Policy> cache{{.capacity = capacity, .shards = shards}};
    std::size_t hits = 0;
    for (const std::uint64_t key : asked) {
        if (cache.find(key)) {
            ++hits;
        } else {
            cache.put(key, 'x');
        }
    }
    return percent(hits, asked);
}

// How many answers of a cache and of a reference differ, and the hits of both.
struct comparison {
    std::size_t different = 0;
    double cache = 0;
    double reference = 0;
};

template <class Policy, class Reference>
comparison compare(const key_list& asked, std::size_t capacity) {
    lathe::weak_cache<std::uint64_t, char, overheard<Policy>> cache{{.capacity = capacity, .shards = 1}};
    Reference reference(capacity);
    std::unordered_map<std::uint64_t, std::uint32_t> hashes;
    std::size_t different = 0, hits = 0, expected = 0;
    for (const std::uint64_t key : asked) {
        const bool is_hit = static_cast<bool>(cache.find(key));
        if (!is_hit) {
            cache.put(key, 'x');
            hashes[key] = overheard<Policy>::hash;
        }
        const bool is_expected = reference.access(key, hashes.at(key));
        hits += is_hit;
        expected += is_expected;
        different += is_hit != is_expected;
    }
    return {different, percent(hits, asked), percent(expected, asked)};
}

} // namespace lathe_test

#endif // LATHE_TESTS_CACHE_HIT_RATIO_HPP
