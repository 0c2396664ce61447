// SPDX-License-Identifier: MIT
#ifndef LATHE_CACHE_STATS_HPP
#define LATHE_CACHE_STATS_HPP

/// @file
/// @brief What a cache counts of its own work.
/// @par Example
/// @ref examples/cache.cpp

#include <cstddef>
#include <cstdint>

namespace lathe {
inline namespace v0 {

/// What a `weak_cache` has done since it was made, and what it holds. The numbers of each shard are of one moment.
struct cache_stats {
    std::uint64_t hits = 0;          ///< times that an entry was found; `weak_hits` and `negative_hits` are among them
    std::uint64_t weak_hits = 0;     ///< of these, entries that the cache did not keep any more, but somebody had
    std::uint64_t negative_hits = 0; ///< of these, times that it was known that there is no value
    std::uint64_t misses = 0; ///< times that no entry was found; who then waits for another one's load counts as well
    std::uint64_t loads = 0;  ///< loaders that came to their end, by whatever means
    std::uint64_t load_failures = 0; ///< loaders that threw
    std::uint64_t insertions = 0;    ///< entries that came in, by a load or by `put`
    std::uint64_t evictions = 0;     ///< entries that the cache stopped keeping for the sake of others
    std::uint64_t expirations = 0;   ///< entries whose time was over
    std::size_t resident = 0;        ///< entries that the cache keeps: `size()`
    std::size_t alive = 0;           ///< entries that can be found: `alive()`
    std::size_t weight = 0;          ///< what the kept entries weigh; their number in a cache without weights

    /// @return the part of all requests that were hits, 0 to 1; 0 when there was none.
    [[nodiscard]] constexpr double hit_ratio() const noexcept {
        const std::uint64_t requests = hits + misses;
        return requests == 0 ? 0 : static_cast<double>(hits) / static_cast<double>(requests);
    }
    /// Adds the numbers of another cache, or another shard.
    constexpr cache_stats& operator+=(const cache_stats& other) noexcept {
        hits += other.hits;
        weak_hits += other.weak_hits;
        negative_hits += other.negative_hits;
        misses += other.misses;
        loads += other.loads;
        load_failures += other.load_failures;
        insertions += other.insertions;
        evictions += other.evictions;
        expirations += other.expirations;
        resident += other.resident;
        alive += other.alive;
        weight += other.weight;
        return *this;
    }
    /// Equal when all numbers are.
    friend constexpr bool operator==(const cache_stats&, const cache_stats&) = default;
};

} // namespace v0
} // namespace lathe

#endif // LATHE_CACHE_STATS_HPP
