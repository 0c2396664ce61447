// SPDX-License-Identifier: MIT
#ifndef LATHE_CACHE_DETAIL_SHARD_CONTENTS_HPP
#define LATHE_CACHE_DETAIL_SHARD_CONTENTS_HPP

/// @file
/// @brief What a shard of a cache holds: the index, what is kept, and what is counted. All of it is called under the
/// shard's lock.

#include <cstddef>
#include <cstdint>

#include <lathe/cache/detail/age_row.hpp>
#include <lathe/cache/detail/cache_node.hpp>
#include <lathe/cache/detail/cache_traits.hpp>
#include <lathe/cache/detail/flight.hpp>
#include <lathe/cache/detail/node_table.hpp>
#include <lathe/cache/detail/shard_base.hpp>
#include <lathe/cache/stats.hpp>

namespace lathe {
inline namespace v0 {
namespace detail {

// An entry is in up to three places: in the index (it can be found), with the policy (the cache keeps it, and has a
// pin), and in the rows by age. It leaves the cache in one of these ways: the policy lets it go (stop_keeping), which
// ends it if nobody else has it; its last owner lets go of it (vanish); or it is taken out whoever has it (take_out,
// replace). What nobody has any more goes to `departed`, and is destroyed when the lock is given back.
template <class Traits>
class shard_contents {
    using key_type = typename Traits::key;
    using node = cache_node<Traits>;
    using flight_type = flight<key_type, typename Traits::value>;
    template <class T>
    using allocator_for = typename std::allocator_traits<typename Traits::allocator_type>::template rebind_alloc<T>;
    using queue = typename Traits::policy::template queue<node, allocator_for<std::byte>>;

public:
    shard_contents(std::size_t capacity, std::size_t max_weight, const typename Traits::allocator_type& allocator)
        : m_table(capacity, allocator_for<std::uintptr_t>(allocator)),
          m_capacity(capacity),
          m_max_weight(max_weight),
          m_queue(Traits::is_weighed ? max_weight : capacity, allocator_for<std::byte>(allocator)) {}

    // ---- what an entry is ----

    static bool is_loading(const cache_entry& entry) noexcept { return has(entry, entry_state::loading); }
    static bool is_nothing(const cache_entry& entry) noexcept {
        return Traits::is_negative && has(entry, entry_state::nothing);
    }
    static bool is_indexed(const cache_entry& entry) noexcept { return has(entry, entry_state::indexed); }
    static bool is_kept(const cache_entry& entry) noexcept { return has(entry, entry_state::resident); }

    // ---- lookup ----

    // An entry, a flight, or null.
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
    void count_miss() noexcept { ++m_stats.misses; }
    // The entry was asked for, if there is nothing else to think of: it is kept, or nothing ever is. Otherwise answers
    // false.
    [[nodiscard]] bool hit(cache_entry& found) noexcept {
        if constexpr (Traits::expires) return false;
        constexpr auto all = static_cast<std::uint8_t>(may_be_boxed<Traits> ? ~entry_state::boxed : ~0);
        const std::uint8_t state = entry_access::state(found) & all;
        if (state == (entry_state::resident | entry_state::indexed)) [[likely]] {
            ++m_hits;
            m_queue.hit(static_cast<node&>(found));
            return true;
        }
        if (state == entry_state::indexed && m_capacity == 0) {
            ++m_hits;
            ++m_stats.weak_hits;
            return true;
        }
        return false;
    }
    // As hit, whatever there is to think of. What the cache had stopped keeping comes back, as new to the policy as if
    // it had been loaded.
    void touch(node& found, departed& gone) noexcept {
        ++m_hits;
        if (is_nothing(found)) ++m_stats.negative_hits;
        m_ages.accessed(found);
        if (is_kept(found)) {
            m_queue.hit(found);
        } else {
            ++m_stats.weak_hits;
            keep(found, gone);
        }
    }

    // ---- loads ----

    // Where there is nothing; throws std::bad_alloc, and then nothing has changed.
    void begin_load(std::uint32_t hash, const key_type& key, boarding<key_type, typename Traits::value>& caller) {
        m_table.reserve_one();
        m_table.insert(caller.mine.emplace(hash, key));
        ++m_flights;
        ++m_stats.misses;
        caller.next = boarding_step::load;
    }
    // A load in the index leaves it, and goes on for those who wait for it.
    void turn_away(cache_entry& loading) noexcept {
        m_table.erase(loading);
        forget_load(loading);
    }
    void end_load(bool failed) noexcept {
        ++m_stats.loads;
        if (failed) ++m_stats.load_failures;
    }

    // ---- coming ----

    // A new entry, of which its creator has a pin, where there is nothing; throws std::bad_alloc, and then nothing has
    // changed.
    void insert(node& made, departed& gone) {
        m_table.reserve_one();
        m_table.insert(made);
        came_in(made, gone);
    }
    // A new entry in the place of a load.
    void insert_for(cache_entry& loading, node& made, departed& gone) noexcept {
        m_table.replace(loading, made);
        forget_load(loading);
        came_in(made, gone);
    }
    // A new entry in the place of another one, in the index and with the policy: nobody is evicted for it, unless it
    // weighs more.
    void replace(node& old, node& made, departed& gone) noexcept {
        ++m_stats.insertions;
        m_table.replace(old, made);
        out_of_index(old);
        add_state(made, entry_state::indexed);
        m_ages.came_in(made, false);
        const bool was_kept = is_kept(old);
        if (was_kept && !Traits::is_weighed) {
            remove_state(old, entry_state::resident);
            take_over(made, true);
            m_queue.replace(old, made);
            m_queue.hit(made);
        } else {
            if (was_kept) out_of_policy(old);
            keep(made, gone, true);
        }
        part(old, was_kept, removal_cause::replaced, gone);
    }

    // ---- going ----

    // Whoever has the entry, it can be found no more.
    void take_out(node& entry, removal_cause cause, departed& gone) noexcept {
        m_table.erase(entry);
        take_rest_out(entry, cause, gone);
    }
    void take_all_out(removal_cause cause, departed& gone) noexcept {
        m_table.for_each([&](cache_entry& entry) {
            if (is_loading(entry)) {
                forget_load(entry);
            } else {
                take_rest_out(static_cast<node&>(entry), cause, gone);
            }
        });
        m_table.clear();
    }
    void take_out_expired(const cache_options<Traits>& options, departed& gone) noexcept {
        if constexpr (Traits::expires) {
            m_ages.take_out_expired(options, [&](node& entry) {
                ++m_stats.expirations;
                take_out(entry, removal_cause::expired, gone);
            });
        }
    }
    // Only those can still be found that somebody has.
    void keep_none(removal_cause cause, departed& gone) noexcept {
        entry_list<node> kept;
        m_table.for_each([&](cache_entry& entry) {
            if (!is_kept(entry)) return;
            m_queue.erase(static_cast<node&>(entry));
            kept.push_back(static_cast<node&>(entry));
        });
        while (!kept.empty())
            stop_keeping(kept.pop_front(), cause, gone);
    }
    // A pin is given back.
    void release(node& entry, departed& gone) noexcept {
        if (entry_access::release(entry)) vanish(entry, removal_cause::vanished, gone);
    }
    // The listener knows of the entry: its owners have it to themselves from now on.
    void release_told(node& entry, departed& gone) noexcept {
        entry_access::set_state(entry, static_cast<std::uint8_t>(entry_access::state(entry) & entry_state::boxed));
        release(entry, gone);
    }
    // From now on no cause is noted, so that the listener is told of nothing.
    void tell_no_more() noexcept { m_tells = false; }

    // ---- inspection ----

    [[nodiscard]] std::size_t alive() const noexcept { return m_table.count() - m_flights - m_nothings; }
    [[nodiscard]] cache_stats stats() const noexcept {
        cache_stats now = m_stats;
        now.hits = m_hits;
        now.resident = m_resident;
        now.weight = m_weight;
        now.alive = alive();
        return now;
    }
    template <class F>
    void for_each(const F& f) const {
        m_table.for_each([&](cache_entry& entry) {
            if (!is_loading(entry) && !is_nothing(entry)) f(static_cast<node&>(entry));
        });
    }

private:
    static bool has(const cache_entry& entry, std::uint8_t bit) noexcept {
        return (entry_access::state(entry) & bit) != 0;
    }
    static void add_state(cache_entry& entry, std::uint8_t bits) noexcept {
        entry_access::set_state(entry, static_cast<std::uint8_t>(entry_access::state(entry) | bits));
    }
    static void remove_state(cache_entry& entry, std::uint8_t bits) noexcept {
        entry_access::set_state(entry, static_cast<std::uint8_t>(entry_access::state(entry) & ~bits));
    }

    // The entry becomes one that the cache keeps, if its bounds allow.
    void keep(node& entry, departed& gone, bool is_new = false) noexcept {
        const std::size_t weight = entry.weight();
        if (m_capacity == 0 || (Traits::is_weighed && weight > m_max_weight)) return;
        try {
            m_queue.expect(entry.hash());
        } catch (...) { // without memory for what the policy remembers, the entry just is not kept
            return;
        }
        while (m_resident == m_capacity || (Traits::is_weighed && weight > m_max_weight - m_weight)) {
            ++m_stats.evictions;
            stop_keeping(m_queue.evict(), removal_cause::evicted, gone);
        }
        take_over(entry, is_new);
        ++m_resident;
        m_weight += weight;
        m_queue.insert(entry);
    }
    static void take_over(node& entry, bool is_new) noexcept {
        if (is_new) {
            entry_access::take_over_new(entry);
        } else {
            entry_access::take_over(entry);
        }
        add_state(entry, entry_state::resident);
    }
    // The entry has left the policy; it lives on if somebody has it.
    void stop_keeping(node& entry, removal_cause cause, departed& gone) noexcept {
        count_out(entry);
        if (entry_access::give_up(entry)) vanish(entry, cause, gone);
    }
    void out_of_policy(node& entry) noexcept {
        m_queue.erase(entry);
        count_out(entry);
    }
    void count_out(node& entry) noexcept {
        --m_resident;
        m_weight -= entry.weight();
        remove_state(entry, entry_state::resident);
    }
    void came_in(node& made, departed& gone) noexcept {
        ++m_stats.insertions;
        if (is_nothing(made)) ++m_nothings;
        add_state(made, entry_state::indexed);
        m_ages.came_in(made, is_nothing(made));
        keep(made, gone, true);
    }
    // Nobody has the entry.
    void vanish(node& entry, removal_cause cause, departed& gone) noexcept {
        if (is_indexed(entry)) {
            m_table.erase(entry);
            out_of_index(entry);
            set_cause(entry, cause);
        }
        gone.add(entry);
    }
    void out_of_index(node& entry) noexcept {
        remove_state(entry, entry_state::indexed);
        if (is_nothing(entry)) --m_nothings;
        m_ages.leaves(entry);
    }
    void set_cause(node& entry, removal_cause cause) noexcept {
        if (m_tells)
            add_state(entry, static_cast<std::uint8_t>(static_cast<std::uint8_t>(cause) << entry_state::cause_shift));
    }
    void take_rest_out(node& entry, removal_cause cause, departed& gone) noexcept {
        out_of_index(entry);
        const bool was_kept = is_kept(entry);
        if (was_kept) out_of_policy(entry);
        part(entry, was_kept, cause, gone);
    }
    // Drops the cache's pin, if it has one, of an entry that is nowhere any more.
    void part(node& entry, bool was_kept, removal_cause cause, departed& gone) noexcept {
        if (was_kept && entry_access::give_up(entry)) {
            set_cause(entry, cause);
            gone.add(entry);
        } else if constexpr (Traits::has_listener) { // others have it: it stays until the listener has been told
            entry_access::pin(entry);
            set_cause(entry, cause);
            add_state(entry, entry_state::told_only);
            gone.add(entry);
        }
    }
    void forget_load(cache_entry& loading) noexcept {
        --m_flights;
        remove_state(loading, entry_state::indexed);
    }

    // What a hit reads and writes lies beside the lock, in one cache line, for two threads pass it to and fro.
    std::uint64_t m_hits = 0;
    node_table<allocator_for<std::uintptr_t>> m_table;
    cache_stats m_stats; // but for the hits
    std::size_t m_resident = 0;
    std::size_t m_weight = 0;
    std::size_t m_capacity;
    std::size_t m_max_weight;
    std::size_t m_flights = 0;  // in the index
    std::size_t m_nothings = 0; // in the index
    bool m_tells = true;
    queue m_queue;
    [[no_unique_address]] age_rows<Traits> m_ages;
};

} // namespace detail
} // namespace v0
} // namespace lathe

#endif // LATHE_CACHE_DETAIL_SHARD_CONTENTS_HPP
