// SPDX-License-Identifier: MIT
#ifndef LATHE_CACHE_DETAIL_CACHE_SHARD_HPP
#define LATHE_CACHE_DETAIL_CACHE_SHARD_HPP

/// @file
/// @brief A part of a cache: an index, a policy and their lock.

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <utility>
#include <vector>

#include <lathe/cache/detail/age_row.hpp>
#include <lathe/cache/detail/cache_node.hpp>
#include <lathe/cache/detail/cache_traits.hpp>
#include <lathe/cache/detail/flight.hpp>
#include <lathe/cache/detail/node_table.hpp>
#include <lathe/cache/detail/shard_base.hpp>
#include <lathe/cache/handle.hpp>
#include <lathe/cache/stats.hpp>

namespace lathe {
inline namespace v0 {
namespace detail {

// What a shard needs of its cache. The cache and all nodes that live keep it alive.
template <class Traits>
struct cache_surroundings {
    explicit cache_surroundings(cache_options<Traits>& chosen)
        : options(std::move(chosen)), allocator(allocator_of(options)) {}

    cache_options<Traits> options;
    typename Traits::allocator_type allocator;

    static typename Traits::allocator_type allocator_of(const cache_options<Traits>& chosen) {
        if constexpr (Traits::has_allocator) {
            return chosen.allocator;
        } else {
            return {};
        }
    }
};

template <class Traits>
class cache_shard final : public cache_shard_base {
    using key_type = typename Traits::key;
    using value_type = typename Traits::value;
    using handle = cache_handle<value_type>;
    using node = cache_node<Traits>;
    using flight_type = flight<key_type, value_type>;
    using room_type = waiting_room<value_type>;
    using guest = waiting_guest<value_type>;
    using surroundings = cache_surroundings<Traits>;
    template <class T>
    using allocator_for = typename std::allocator_traits<typename Traits::allocator_type>::template rebind_alloc<T>;
    using queue = typename Traits::policy::template queue<node, allocator_for<std::byte>>;

public:
    // `on_last_node` is called when the shard is closed and its last node is destroyed.
    cache_shard(surroundings& around,
                std::size_t capacity,
                std::size_t max_weight,
                void (*on_last_node)(surroundings&) noexcept)
        : m_table(capacity, allocator_for<std::uintptr_t>(around.allocator)),
          m_capacity(capacity),
          m_max_weight(max_weight),
          m_queue(Traits::is_weighed ? max_weight : capacity, allocator_for<std::byte>(around.allocator)),
          m_around(around),
          m_on_last_node(on_last_node) {}
    ~cache_shard() = default;

    // ---- lookup ----

    // Empty on a miss. The way of a hit on an entry that the cache keeps is short; all others are in find_slowly.
    template <class Query>
    [[nodiscard]] handle find(std::uint32_t hash, const Query& query) {
        if constexpr (!Traits::expires) {
            const spin_guard guard(lock());
            cache_entry* const entry = lookup(hash, query);
            if (entry == nullptr) {
                ++m_stats.misses;
                return {};
            }
            if (is_plain_hit(*entry)) [[likely]] {
                return hit(static_cast<node&>(*entry));
            }
        }
        return find_slowly(hash, query);
    }

    // Calls f(value) under the lock; answers false on a miss.
    template <class Query, class F>
    bool with(std::uint32_t hash, const Query& query, F& f) {
        departed gone;
        const borrowing borrowed(&m_around);
        const spin_guard guard(lock());
        take_out_expired(gone);
        cache_entry* const entry = lookup(hash, query);
        if (entry == nullptr || is_loading(*entry)) {
            ++m_stats.misses;
            return false;
        }
        node& found = static_cast<node&>(*entry);
        touch(found, gone);
        if (is_nothing(found)) return false;
        f(std::as_const(*found.object()));
        return true;
    }

    template <class Query>
    [[nodiscard]] bool contains(std::uint32_t hash, const Query& query) {
        departed gone;
        const spin_guard guard(lock());
        take_out_expired(gone);
        const cache_entry* const entry = lookup(hash, query);
        return entry != nullptr && !is_loading(*entry) && !is_nothing(*entry);
    }

    // As find, but what is no plain hit is left to board: that counts it.
    template <class Query>
    [[nodiscard]] handle peek(std::uint32_t hash, const Query& query) {
        const spin_guard guard(lock());
        cache_entry* const entry = lookup(hash, query);
        return entry != nullptr && is_plain_hit(*entry) ? hit(static_cast<node&>(*entry)) : handle();
    }
    // Finds the entry, or begins to load it. `key` is where the caller's flight finds it as long as that lasts.
    [[nodiscard]] handle board(std::uint32_t hash, const key_type& key, boarding<key_type, value_type>& caller) {
        caller.next = boarding_step::done;
        if constexpr (!Traits::expires) {
            const spin_guard guard(lock());
            cache_entry* const entry = lookup(hash, key);
            if (entry == nullptr) {
                begin_load(hash, key, caller);
                return {};
            }
            if (is_plain_hit(*entry)) [[likely]] {
                return hit(static_cast<node&>(*entry));
            }
        }
        return board_slowly(hash, key, caller);
    }

    // ---- change ----

    // The load is over and made this node, or found that there is nothing (null, or a node that remembers that).
    // Answers what the callers get. May throw what the comparison of keys throws; then nothing has changed, and `made`
    // is still the caller's.
    [[nodiscard]] handle land(flight_type& mine, node* made, room_type*& room) {
        departed gone;
        const spin_guard guard(lock());
        take_out_expired(gone);
        if (!is_indexed(mine)) { // erased or put while it was loaded: what is there now is newer
            cache_entry* const newer = lookup(mine.hash(), *mine.key);
            room = std::exchange(mine.room, nullptr);
            ++m_stats.loads;
            if (newer != nullptr && !is_loading(*newer)) {
                if (made != nullptr) drop(*made, gone);
                touch(static_cast<node&>(*newer), gone);
                return pinned(static_cast<node&>(*newer));
            }
            if (made == nullptr) return {};
            if (is_nothing(*made)) {
                drop(*made, gone);
                return {};
            }
            return adopted(*made); // for these callers only
        }
        ++m_stats.loads;
        --m_flights;
        room = std::exchange(mine.room, nullptr);
        if (made == nullptr) {
            m_table.erase(mine);
            return {};
        }
        m_table.replace(mine, *made);
        came_in(*made, gone);
        if (!is_nothing(*made)) return adopted(*made);
        give_back(*made, gone);
        return {};
    }
    // The load ended by an exception.
    void crash(flight_type& mine, room_type*& room) noexcept {
        const spin_guard guard(lock());
        if (is_indexed(mine)) {
            m_table.erase(mine);
            --m_flights;
        }
        room = std::exchange(mine.room, nullptr);
        ++m_stats.loads;
        ++m_stats.load_failures;
    }

    // Puts `made` in the place of what is there. Throws as land() does, and std::bad_alloc.
    [[nodiscard]] handle put(node& made) {
        departed gone;
        const spin_guard guard(lock());
        take_out_expired(gone);
        cache_entry* const old = lookup(made.hash(), made.key);
        if (old == nullptr) {
            m_table.reserve_one();
            m_table.insert(made);
            came_in(made, gone);
        } else if (is_loading(*old)) { // whoever loads it finds this one when it is done
            m_table.replace(*old, made);
            turn_away(*old);
            came_in(made, gone);
        } else {
            replace(static_cast<node&>(*old), made, gone);
        }
        return adopted(made);
    }

    template <class Query>
    bool erase(std::uint32_t hash, const Query& query) {
        departed gone;
        const spin_guard guard(lock());
        take_out_expired(gone);
        cache_entry* const entry = lookup(hash, query);
        if (entry == nullptr) return false;
        if (is_loading(*entry)) { // the load goes on for those who wait for it
            m_table.erase(*entry);
            turn_away(*entry);
            return false;
        }
        node& found = static_cast<node&>(*entry);
        const bool is_something = !is_nothing(found);
        m_table.erase(found);
        take_out(found, removal_cause::erased, gone);
        return is_something;
    }
    // The entry itself, if it can still be found.
    bool erase(cache_entry& entry) noexcept {
        departed gone;
        const spin_guard guard(lock());
        if (!is_indexed(entry)) return false;
        m_table.erase(entry);
        take_out(static_cast<node&>(entry), removal_cause::erased, gone);
        return true;
    }
    void clear() noexcept {
        departed gone;
        const spin_guard guard(lock());
        m_table.for_each([&](cache_entry& entry) {
            if (is_loading(entry)) {
                turn_away(entry);
            } else {
                take_out(static_cast<node&>(entry), removal_cause::erased, gone);
            }
        });
        m_table.clear();
    }
    void clear_strong() noexcept {
        departed gone;
        const spin_guard guard(lock());
        entry_list<node> kept;
        m_table.for_each([&](cache_entry& entry) {
            if ((entry_access::state(entry) & entry_state::resident) == 0) return;
            m_queue.erase(static_cast<node&>(entry));
            kept.push_back(static_cast<node&>(entry));
        });
        while (!kept.empty())
            stop_keeping(kept.pop_front(), removal_cause::erased, gone);
    }
    void take_out_expired() noexcept {
        departed gone;
        const spin_guard guard(lock());
        take_out_expired(gone);
    }

    // ---- inspection ----

    [[nodiscard]] cache_stats stats() noexcept {
        departed gone;
        const spin_guard guard(lock());
        take_out_expired(gone);
        cache_stats now = m_stats;
        now.resident = m_resident;
        now.weight = m_weight;
        now.alive = m_table.count() - m_flights - m_nothings;
        return now;
    }
    // Pins all that can be found and hands it to add(handle, key). No foreign code runs under the lock, for the handles
    // have room before.
    [[nodiscard]] std::vector<std::pair<const key_type*, handle>> handles() {
        std::vector<std::pair<const key_type*, handle>> all;
        while (true) {
            all.reserve(stats().alive);
            const spin_guard guard(lock());
            if (m_table.count() - m_flights - m_nothings > all.capacity()) continue;
            m_table.for_each([&](cache_entry& entry) {
                if (is_loading(entry) || is_nothing(entry)) return;
                node& found = static_cast<node&>(entry);
                all.emplace_back(&found.key, pinned(found));
            });
            return all;
        }
    }

    // ---- lifetime ----

    // A node of this shard was allocated.
    void count_node() noexcept {
        m_nodes.fetch_add(1, std::memory_order_relaxed);
    } // the cache counts for one more, so it is not 0
    // The cache is being destroyed: nobody is told any more, and nothing is kept.
    void close() noexcept {
        {
            const spin_guard guard(lock());
            m_is_closed = true;
        }
        clear_strong();
        drop_node_count();
    }
    // Destroys a node that was not, or no longer, in the cache.
    void destroy(node& made) noexcept {
        node::destroy(made, m_around.allocator);
        drop_node_count();
    }

    void release(cache_entry& entry) noexcept override {
        departed gone;
        const spin_guard guard(lock());
        if (entry_access::release(entry)) vanish(static_cast<node&>(entry), removal_cause::vanished, gone);
    }
    void bury(cache_entry& entry) noexcept override {
        node& leaving = static_cast<node&>(entry);
        const std::uint8_t state = entry_access::state(entry);
        if constexpr (Traits::has_listener) {
            const auto cause = static_cast<removal_cause>(state >> entry_state::cause_shift);
            const auto& callback = m_around.options.on_removal;
            if (cause != removal_cause{} && (state & entry_state::nothing) == 0 && callback) {
                callback(std::as_const(leaving.key), *leaving.object(), cause);
            }
            if ((state & told_only) != 0) {
                forget_told(leaving);
                return;
            }
        }
        destroy(leaving);
    }

private:
    // The listener knows of the entry; its owners have it to themselves from now on.
    void forget_told(node& entry) noexcept {
        departed gone;
        const spin_guard guard(lock());
        entry_access::set_state(entry, static_cast<std::uint8_t>(entry_access::state(entry) & entry_state::boxed));
        if (entry_access::release(entry)) vanish(entry, removal_cause::vanished, gone);
    }

    // In the state of an entry that others still have when it leaves: it is pinned until the listener has been told.
    static constexpr std::uint8_t told_only = entry_state::resident;

    static bool is_loading(const cache_entry& entry) noexcept {
        return (entry_access::state(entry) & entry_state::loading) != 0;
    }
    static bool is_nothing(const cache_entry& entry) noexcept {
        return Traits::is_negative && (entry_access::state(entry) & entry_state::nothing) != 0;
    }
    static bool is_indexed(const cache_entry& entry) noexcept {
        return (entry_access::state(entry) & entry_state::indexed) != 0;
    }
    static void add_state(cache_entry& entry, std::uint8_t bits) noexcept {
        entry_access::set_state(entry, static_cast<std::uint8_t>(entry_access::state(entry) | bits));
    }
    static void remove_state(cache_entry& entry, std::uint8_t bits) noexcept {
        entry_access::set_state(entry, static_cast<std::uint8_t>(entry_access::state(entry) & ~bits));
    }

    // ---- all below is called under the lock ----

    template <class Query>
    [[nodiscard]] cache_entry* lookup(std::uint32_t hash, const Query& query) const {
        return m_table.find(hash, [&](const cache_entry& entry) {
            if constexpr (Traits::compares_hashes) {
                if (entry.hash() != hash) return false;
            }
            const key_type& key =
                is_loading(entry) ? *static_cast<const flight_type&>(entry).key : static_cast<const node&>(entry).key;
            return typename Traits::equal{}(key, query);
        });
    }
    static bool is_plain_hit(const cache_entry& entry) noexcept {
        const auto rest = static_cast<std::uint8_t>(may_be_boxed<Traits> ? ~entry_state::boxed : ~0);
        return !Traits::expires &&
               (entry_access::state(entry) & rest) == (entry_state::resident | entry_state::indexed);
    }
    [[nodiscard]] handle hit(node& found) noexcept {
        ++m_stats.hits;
        m_queue.hit(found);
        return pinned(found);
    }
    [[nodiscard]] handle adopted(node& found) noexcept { return handle_access::adopt(found.object(), found, *this); }
    [[nodiscard]] handle pinned(node& found) noexcept {
        if (is_nothing(found)) return {};
        entry_access::pin(found);
        return adopted(found);
    }
    template <class Query>
    [[gnu::noinline]] handle find_slowly(std::uint32_t hash, const Query& query) {
        departed gone;
        const spin_guard guard(lock());
        take_out_expired(gone);
        cache_entry* const entry = lookup(hash, query);
        if (entry == nullptr || is_loading(*entry)) {
            ++m_stats.misses;
            return {};
        }
        touch(static_cast<node&>(*entry), gone);
        return pinned(static_cast<node&>(*entry));
    }
    void begin_load(std::uint32_t hash, const key_type& key, boarding<key_type, value_type>& caller) {
        m_table.reserve_one();
        m_table.insert(caller.mine.emplace(hash, key));
        ++m_flights;
        ++m_stats.misses;
        caller.next = boarding_step::load;
    }
    [[gnu::noinline]] handle
    board_slowly(std::uint32_t hash, const key_type& key, boarding<key_type, value_type>& caller) {
        departed gone;
        const spin_guard guard(lock());
        take_out_expired(gone);
        cache_entry* const entry = lookup(hash, key);
        if (entry == nullptr) {
            begin_load(hash, key, caller);
            return {};
        }
        if (!is_loading(*entry)) {
            touch(static_cast<node&>(*entry), gone);
            return pinned(static_cast<node&>(*entry));
        }
        auto& other = static_cast<flight_type&>(*entry);
        if (other.room == nullptr) other.room = caller.spare.give_up();
        if (other.room == nullptr) {
            caller.next = boarding_step::retry;
            return {};
        }
        ++m_stats.misses;
        other.room->enter();
        caller.waits = guest(other.room);
        caller.loader = other.thread;
        caller.next = boarding_step::wait;
        return {};
    }
    // The entry was asked for. What the cache had stopped keeping comes back, as new to the policy as if it had been
    // loaded.
    void touch(node& found, departed& gone) noexcept {
        ++m_stats.hits;
        if (is_nothing(found)) ++m_stats.negative_hits;
        m_ages.accessed(found);
        if ((entry_access::state(found) & entry_state::resident) != 0) {
            m_queue.hit(found);
        } else {
            ++m_stats.weak_hits;
            keep(found, gone);
        }
    }
    // The entry becomes one that the cache keeps, if its bounds allow.
    bool keep(node& entry, departed& gone) noexcept {
        const std::size_t weight = entry.weight();
        if (m_capacity == 0 || (Traits::is_weighed && weight > m_max_weight)) return false;
        try {
            m_queue.expect(entry.hash());
        } catch (...) { // without memory for what the policy remembers, the entry just is not kept
            return false;
        }
        while (m_resident == m_capacity || (Traits::is_weighed && weight > m_max_weight - m_weight))
            evict_one(gone);
        entry_access::take_over(entry);
        add_state(entry, entry_state::resident);
        ++m_resident;
        m_weight += weight;
        m_queue.insert(entry);
        return true;
    }
    void evict_one(departed& gone) noexcept {
        ++m_stats.evictions;
        stop_keeping(m_queue.evict(), removal_cause::evicted, gone);
    }
    // The entry has left the policy; it lives on if somebody has it.
    void stop_keeping(node& entry, removal_cause cause, departed& gone) noexcept {
        --m_resident;
        m_weight -= entry.weight();
        remove_state(entry, entry_state::resident);
        if (entry_access::give_up(entry)) vanish(entry, cause, gone);
    }
    // A new entry is in the table; its creator has a pin.
    void came_in(node& made, departed& gone) noexcept {
        ++m_stats.insertions;
        if (is_nothing(made)) ++m_nothings;
        add_state(made, entry_state::indexed);
        m_ages.came_in(made, is_nothing(made));
        keep(made, gone);
    }
    // The creator's pin, of an entry that he does not want.
    void give_back(node& made, departed& gone) noexcept {
        if (entry_access::release(made)) vanish(made, removal_cause::vanished, gone);
    }
    void drop(node& made, departed& gone) noexcept { gone.add(made, *this); }
    // Nobody has the entry.
    void vanish(node& entry, removal_cause cause, departed& gone) noexcept {
        if (is_indexed(entry)) {
            m_table.erase(entry);
            out_of_index(entry);
            set_cause(entry, cause);
        }
        gone.add(entry, *this);
    }
    void out_of_index(node& entry) noexcept {
        remove_state(entry, entry_state::indexed);
        if (is_nothing(entry)) --m_nothings;
        m_ages.leaves(entry);
    }
    void set_cause(node& entry, removal_cause cause) noexcept {
        if (!m_is_closed) {
            add_state(entry, static_cast<std::uint8_t>(static_cast<std::uint8_t>(cause) << entry_state::cause_shift));
        }
    }
    // An entry that has left the table leaves the rest; its owners keep it.
    void take_out(node& entry, removal_cause cause, departed& gone) noexcept {
        out_of_index(entry);
        const bool was_kept = (entry_access::state(entry) & entry_state::resident) != 0;
        if (was_kept) {
            m_queue.erase(entry);
            --m_resident;
            m_weight -= entry.weight();
            remove_state(entry, entry_state::resident);
        }
        part(entry, was_kept, cause, gone);
    }
    // Drops the cache's pin, if it has one, of an entry that is nowhere any more.
    void part(node& entry, bool was_kept, removal_cause cause, departed& gone) noexcept {
        if (was_kept && entry_access::give_up(entry)) {
            set_cause(entry, cause);
            gone.add(entry, *this);
        } else if constexpr (Traits::has_listener) { // others have it: it stays until the listener has been told
            entry_access::pin(entry);
            set_cause(entry, cause);
            add_state(entry, told_only);
            gone.add(entry, *this);
        }
    }
    // `made` takes the place of an entry, in the table and with the policy: nobody is evicted for it, unless it weighs
    // more.
    void replace(node& old, node& made, departed& gone) noexcept {
        ++m_stats.insertions;
        m_table.replace(old, made);
        out_of_index(old);
        add_state(made, entry_state::indexed);
        m_ages.came_in(made, false);
        const bool was_kept = (entry_access::state(old) & entry_state::resident) != 0;
        if (!was_kept) {
            keep(made, gone);
        } else if (!Traits::is_weighed) {
            remove_state(old, entry_state::resident);
            entry_access::take_over(made);
            add_state(made, entry_state::resident);
            m_queue.replace(old, made);
            m_queue.hit(made);
        } else {
            m_queue.erase(old);
            --m_resident;
            m_weight -= old.weight();
            remove_state(old, entry_state::resident);
            keep(made, gone);
        }
        part(old, was_kept, removal_cause::replaced, gone);
    }
    // A load that has left the table goes on, for those who wait for it.
    void turn_away(cache_entry& loading) noexcept {
        --m_flights;
        remove_state(loading, entry_state::indexed);
    }
    void take_out_expired(departed& gone) noexcept {
        if constexpr (Traits::expires) {
            m_ages.take_out_expired(m_around.options, [&](node& entry) {
                ++m_stats.expirations;
                m_table.erase(entry);
                take_out(entry, removal_cause::expired, gone);
            });
        }
    }
    void drop_node_count() noexcept {
        // As in waiting_room::leave.
        if (m_nodes.fetch_sub(1, std::memory_order_acq_rel) == 1) m_on_last_node(m_around);
    }

    node_table<allocator_for<std::uintptr_t>> m_table;
    cache_stats m_stats;
    std::size_t m_resident = 0;
    std::size_t m_weight = 0;
    std::size_t m_capacity;
    std::size_t m_max_weight;
    std::size_t m_flights = 0;  // in the index
    std::size_t m_nothings = 0; // in the index
    bool m_is_closed = false;
    queue m_queue;
    [[no_unique_address]] age_rows<Traits> m_ages;
    surroundings& m_around;
    void (*m_on_last_node)(surroundings&) noexcept;
    std::atomic<std::size_t> m_nodes = 1; // nodes whose memory is not given back yet, and 1 for the cache
};

} // namespace detail
} // namespace v0
} // namespace lathe

#endif // LATHE_CACHE_DETAIL_CACHE_SHARD_HPP
