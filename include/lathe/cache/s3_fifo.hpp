// SPDX-License-Identifier: MIT
#ifndef LATHE_CACHE_S3_FIFO_HPP
#define LATHE_CACHE_S3_FIFO_HPP

/// @file
/// @brief The policy of a cache that is given none: three queues, first in, first out.
/// @par Example
/// @ref examples/cache.cpp

#include <cstddef>
#include <cstdint>

#include <lathe/cache/detail/ghost_queue.hpp>
#include <lathe/cache/entry.hpp>

namespace lathe {
inline namespace v0 {

/// Evicts what was not asked for again soon after it came in, and of the rest what has become rare.
///
/// S3-FIFO (Yang et al., SOSP 2023). Entries come into a small queue, a tenth of them all. What was asked for once
/// more when it comes to the end of that goes on to the main queue; the rest is evicted, and its hash remembered for
/// some time. A key that comes back in that time goes to the main queue at once. That one evicts what was not asked for
/// since it came to the end of the queue last; three hits buy three rounds at most.
///
/// On most recorded traces the best of the policies here, and a hit moves nothing. A loop over more keys than there is
/// room for has no hits; `w_tiny_lfu` is for that.
/// @par Memory
/// Two bytes in an entry, and 11 for every entry of the capacity, which are allocated when the cache is full for the
/// first time. In a weighed cache, where it is not known how many entries there will be, that grows with them.
/// @par Example
/// @ref examples/cache.cpp
struct s3_fifo {
    template <class Entry, class Allocator>
    class queue;

    /// How often the entry was asked for, up to three times, and which queue it is in.
    class entry {
        template <class Entry, class Allocator>
        friend class s3_fifo::queue;

        std::uint8_t m_hits = 0;
        bool m_is_main = false;
    };
};

/// See `eviction_policy`. Every member is O(1) amortised; only `expect` allocates.
template <class Entry, class Allocator>
class s3_fifo::queue {
public:
    /// @param capacity the weight from which on memory may be needed.
    /// @param allocator for hashes of evicted keys.
    queue(std::size_t capacity, const Allocator& allocator) noexcept : m_capacity(capacity), m_ghosts(allocator) {}

    /// Looks whether the key was evicted lately.
    /// @throws what the allocator throws; then nothing has changed.
    void expect(std::uint32_t hash) {
        if (m_has_evicted || m_small_weight + m_main_weight >= m_capacity) m_ghosts.reserve(ghost_limit());
        m_is_known = m_ghosts.take(hash);
    }

    /// Takes the entry into the small queue, or into the main queue if its key was evicted lately.
    void insert(Entry& entry) noexcept {
        kept(entry).m_hits = 0;
        kept(entry).m_is_main = m_is_known;
        list_of(entry).push_front(entry);
        weight_of(entry) += entry.weight();
        ++m_size;
    }

    /// Counts to three, and then writes nothing: what is popular stays unchanged in the caches of all processors.
    void hit(Entry& entry) noexcept {
        std::uint8_t& hits = kept(entry).m_hits;
        if (hits < 3) ++hits;
    }

    /// @return the entry that leaves.
    Entry& evict() noexcept {
        m_has_evicted = true;
        // Of what there is, and not of the capacity: a cache may be full by the number of entries, and not by their
        // weight.
        const std::size_t weight = m_small_weight + m_main_weight;
        const std::size_t main_share = weight - (weight < 20 ? 1 : weight / 10);
        while (true) {
            if (m_small.empty() || m_main_weight > main_share) return evict_from_main();
            if (Entry* const found = evict_from_small()) return *found;
        }
    }

    /// Lets the entry go without a trace.
    void erase(Entry& entry) noexcept {
        list_of(entry).remove(entry);
        leave(entry);
    }

    /// Puts `by` in the place of `old`, hits and all.
    void replace(Entry& old, Entry& by) noexcept {
        kept(by) = kept(old);
        list_of(old).replace(old, by);
        weight_of(by) += by.weight();
        weight_of(old) -= old.weight();
    }

private:
    static s3_fifo::entry& kept(Entry& entry) noexcept { return entry; }

    entry_list<Entry>& list_of(Entry& entry) noexcept { return kept(entry).m_is_main ? m_main : m_small; }
    std::size_t& weight_of(Entry& entry) noexcept { return kept(entry).m_is_main ? m_main_weight : m_small_weight; }

    // Nine tenths of the entries, rounded down.
    [[nodiscard]] std::size_t ghost_limit() const noexcept { return m_size - (m_size + 9) / 10; }

    void leave(Entry& entry) noexcept {
        weight_of(entry) -= entry.weight();
        --m_size;
    }

    // Nothing, if all of them went on to the main queue.
    Entry* evict_from_small() noexcept {
        while (!m_small.empty()) {
            Entry& entry = m_small.pop_back();
            if (kept(entry).m_hits == 0) {
                m_ghosts.push(entry.hash(), ghost_limit());
                leave(entry);
                return &entry;
            }
            m_small_weight -= entry.weight();
            kept(entry).m_hits = 0;
            kept(entry).m_is_main = true;
            m_main_weight += entry.weight();
            m_main.push_front(entry);
        }
        return nullptr;
    }

    Entry& evict_from_main() noexcept {
        while (true) {
            Entry& entry = m_main.pop_back();
            if (kept(entry).m_hits == 0) {
                leave(entry);
                return entry;
            }
            --kept(entry).m_hits;
            m_main.push_front(entry);
        }
    }

    std::size_t m_capacity;
    std::size_t m_small_weight = 0;
    std::size_t m_main_weight = 0;
    std::size_t m_size = 0;    // how many entries there are
    entry_list<Entry> m_small; // the newest first, as in the main queue
    entry_list<Entry> m_main;
    detail::ghost_queue<Allocator> m_ghosts; // evicted from the small queue
    bool m_is_known = false;                 // whether the key that is expected was among them
    bool m_has_evicted = false;
};

} // namespace v0
} // namespace lathe

#endif // LATHE_CACHE_S3_FIFO_HPP
