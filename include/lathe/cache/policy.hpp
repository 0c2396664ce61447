// SPDX-License-Identifier: MIT
#ifndef LATHE_CACHE_POLICY_HPP
#define LATHE_CACHE_POLICY_HPP

/// @file
/// @brief What an eviction policy is, and the two that everybody knows: first in, first out and least recently used.
/// @par Example
/// @snippet tests/cache/policy.cpp example

#include <concepts>
#include <cstddef>
#include <cstdint>
#include <type_traits>
#include <vector>

#include <lathe/cache/entry.hpp>

namespace lathe {
inline namespace v0 {

namespace detail {

// What a cache makes of a policy, as far as the policy may know it.
template <class Policy>
class policy_probe : public cache_entry, public Policy::entry {
public:
    explicit policy_probe(std::uint32_t hash) noexcept : cache_entry(hash) {}
    [[nodiscard]] std::size_t weight() const noexcept { return 1; }
};

template <class Policy>
concept has_policy_entry = requires {
    typename Policy::entry;
    requires std::is_class_v<typename Policy::entry> && !std::is_final_v<typename Policy::entry>;
    requires std::is_nothrow_default_constructible_v<typename Policy::entry>;
};

using policy_probe_allocator = std::vector<std::byte>::allocator_type;

template <class Policy>
concept has_policy_queue = has_policy_entry<Policy> &&
                           requires { typename Policy::template queue<policy_probe<Policy>, policy_probe_allocator>; };

template <class Policy>
concept has_policy_operations =
    has_policy_queue<Policy> &&
    std::constructible_from<typename Policy::template queue<policy_probe<Policy>, policy_probe_allocator>,
                            std::size_t,
                            const policy_probe_allocator&> &&
    requires(typename Policy::template queue<policy_probe<Policy>, policy_probe_allocator>& queue,
             policy_probe<Policy>& entry,
             std::uint32_t hash) {
        queue.expect(hash);
        { queue.insert(entry) } noexcept;
        { queue.hit(entry) } noexcept;
        { queue.evict() } noexcept -> std::same_as<policy_probe<Policy>&>;
        { queue.erase(entry) } noexcept;
        { queue.replace(entry, entry) } noexcept;
    };

// For who takes a policy: compiles if it is one, else says what is missing.
template <class Policy>
consteval void check_policy() {
    constexpr bool entry = has_policy_entry<Policy>;
    static_assert(entry,
                  "lathe::eviction_policy<Policy>: Policy::entry must be a class to inherit from, whose default "
                  "constructor does not throw; write struct entry {}; if the policy keeps nothing in an entry");
    constexpr bool queue = !entry || has_policy_queue<Policy>;
    static_assert(
        queue,
        "lathe::eviction_policy<Policy>: Policy::queue must be a class template of an entry and an allocator; "
        "write template <class Entry, class Allocator> class queue");
    static_assert(
        !entry || !queue || has_policy_operations<Policy>,
        "lathe::eviction_policy<Policy>: Policy::queue lacks something; write queue(std::size_t capacity, const "
        "Allocator&), void expect(std::uint32_t hash), and noexcept: void insert(Entry&), void hit(Entry&), "
        "Entry& evict(), void erase(Entry&), void replace(Entry& old, Entry& by)");
}

} // namespace detail

/// Something that chooses which entries of a full cache have to go.
///
/// A policy is a class that is never made. It has two parts: what it keeps in every entry, and a queue of entries, one
/// for each shard of a cache.
///
/// @par Requires
/// - `Policy::entry`: a class to inherit from with a default constructor that does not throw. An entry of a cache
///   derives from it. Two bytes cost no memory.
/// - `template <class Entry, class Allocator> class Policy::queue`. `Entry` derives from `cache_entry` and from
///   `Policy::entry`, and has `weight() -> std::size_t`, which is 1 unless the cache is weighed. The queue keeps
///   entries in an `entry_list`, or in memory of its own. All of that comes from `Allocator`, to be rebound.
/// - `queue(std::size_t capacity, const Allocator&)`: the capacity is a sum of weights. It may be huge, so that a queue
///   allocates by the entries that it has seen.
/// - `void expect(std::uint32_t hash)`: a key with this hash was asked for, is not in the queue, and is about to come
/// in.
///   This is the place to allocate. If it throws, nothing has changed.
/// - `void insert(Entry&) noexcept`: the entry that was expected is in the queue from now on.
/// - `void hit(Entry&) noexcept`: an entry in the queue was asked for. Nothing is called as often as this.
/// - `Entry& evict() noexcept`: takes an entry out, and returns it. The queue is not empty.
/// - `void erase(Entry&) noexcept`: the entry leaves for another reason; it expired, or was erased.
/// - `void replace(Entry& old, Entry& by) noexcept`: `by` takes the place of `old` and what is known of it; `old`
/// leaves.
///
/// A cache calls `expect`, then `evict` while there is no room, then `insert`. `expect` may be called in vain. No two
/// calls for one queue overlap.
/// @par Laws
/// - Every entry that was inserted leaves once: by `evict`, `erase` or `replace`. `evict` returns one that is inside.
/// - An entry that has left is not touched any more, for it may be destroyed.
/// - `hit` takes nothing in and lets nothing out.
/// - The same calls with the same hashes evict the same entries, wherever these lie in memory.
/// - All of this holds for any capacity from 1 on, and for weights larger than the capacity.
///
/// `policy_laws` tries them.
template <class Policy>
concept eviction_policy = detail::has_policy_operations<Policy>;

/// Evicts what came in first, however often it was asked for.
///
/// Cheap and fair, and far from what is possible: see `s3_fifo`.
struct fifo {
    /// Nothing is kept.
    struct entry {};

    /// See `eviction_policy`. Every member is O(1) and allocates nothing.
    template <class Entry, class Allocator>
    class queue {
    public:
        /// The capacity plays no part.
        queue(std::size_t /*capacity*/, const Allocator& /*allocator*/) noexcept {}
        /// Nothing to prepare.
        void expect(std::uint32_t /*hash*/) noexcept {}
        /// Takes the entry in as the last to go.
        void insert(Entry& entry) noexcept { m_entries.push_front(entry); }
        /// Changes nothing.
        void hit(Entry& /*entry*/) noexcept {}
        /// @return the entry that has been here longest.
        Entry& evict() noexcept { return m_entries.pop_back(); }
        /// Lets the entry go.
        void erase(Entry& entry) noexcept { m_entries.remove(entry); }
        /// Puts `by` in the place of `old`.
        void replace(Entry& old, Entry& by) noexcept { m_entries.replace(old, by); }

    protected:
        /// All that are inside, the last to go first.
        entry_list<Entry> m_entries;
    };
};

/// Evicts what was not asked for for the longest time.
///
/// One pass over more keys than there is room for drives out everything else.
/// @par Example
/// @ref examples/memoize.cpp
struct lru {
    /// Nothing is kept.
    struct entry {};

    /// As that of `fifo`, but for hits.
    template <class Entry, class Allocator>
    class queue : public fifo::queue<Entry, Allocator> {
    public:
        using fifo::queue<Entry, Allocator>::queue;

        /// Makes the entry the last to go.
        void hit(Entry& entry) noexcept {
            this->m_entries.remove(entry);
            this->m_entries.push_front(entry);
        }
    };
};

} // namespace v0
} // namespace lathe

#endif // LATHE_CACHE_POLICY_HPP
