// SPDX-License-Identifier: MIT
#ifndef LATHE_CACHE_DETAIL_CACHE_SHARD_HPP
#define LATHE_CACHE_DETAIL_CACHE_SHARD_HPP

/// @file
/// @brief A part of a cache: contents and their lock.

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <utility>
#include <vector>

#include <lathe/cache/detail/shard_contents.hpp>
#include <lathe/cache/handle.hpp>

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

// Each member takes the lock once, and does all that it has to do in one go. What nobody has any more is destroyed
// after that: `gone` is declared before the guard, so that it is destroyed after it.
template <class Traits>
class cache_shard final : public cache_shard_base {
    using key_type = typename Traits::key;
    using value_type = typename Traits::value;
    using handle = cache_handle<value_type>;
    using node = cache_node<Traits>;
    using flight_type = flight<key_type, value_type>;
    using room_type = waiting_room<value_type>;
    using boarding_type = boarding<key_type, value_type>;
    using surroundings = cache_surroundings<Traits>;
    using contents = shard_contents<Traits>;

public:
    // `on_last_node` is called when the shard is closed and its last node is destroyed.
    cache_shard(surroundings& around,
                std::size_t capacity,
                std::size_t max_weight,
                void (*on_last_node)(surroundings&) noexcept)
        : m_contents(capacity, max_weight, around.allocator), m_around(around), m_on_last_node(on_last_node) {}
    ~cache_shard() = default;

    // ---- lookup ----

    // Empty on a miss. The way of a mere hit is short; all others are in find_slowly.
    template <class Query>
    [[nodiscard]] handle find(std::uint32_t hash, const Query& query) {
        if constexpr (!Traits::expires) {
            const spin_guard guard(lock());
            cache_entry* const entry = m_contents.lookup(hash, query);
            if (entry == nullptr) {
                m_contents.count_miss();
                return {};
            }
            if (m_contents.hit(*entry)) [[likely]] {
                return pinned(static_cast<node&>(*entry));
            }
        }
        return find_slowly(hash, query);
    }
    // As find, but what is more than a hit is left to board, which counts it.
    template <class Query>
    [[nodiscard]] handle peek(std::uint32_t hash, const Query& query) {
        const spin_guard guard(lock());
        cache_entry* const entry = m_contents.lookup(hash, query);
        return entry != nullptr && m_contents.hit(*entry) ? pinned(static_cast<node&>(*entry)) : handle();
    }
    // Finds the entry, or begins to load it, or says what else to do. The caller's flight refers to `key`.
    [[nodiscard]] handle board(std::uint32_t hash, const key_type& key, boarding_type& caller) {
        caller.next = boarding_step::done;
        if constexpr (!Traits::expires) {
            const spin_guard guard(lock());
            cache_entry* const entry = m_contents.lookup(hash, key);
            if (entry == nullptr) {
                m_contents.begin_load(hash, key, caller);
                return {};
            }
            if (m_contents.hit(*entry)) [[likely]] {
                return pinned(static_cast<node&>(*entry));
            }
        }
        return board_slowly(hash, key, caller);
    }
    // Calls f(value) under the lock; answers false on a miss. What `f` lets go of is released after that.
    template <class Query, class F>
    bool with(std::uint32_t hash, const Query& query, F& f) {
        const borrowing::aftermath after;
        if constexpr (!Traits::expires) {
            const spin_guard guard(lock());
            cache_entry* const entry = m_contents.lookup(hash, query);
            if (entry == nullptr) {
                m_contents.count_miss();
                return false;
            }
            if (m_contents.hit(*entry)) [[likely]] {
                lend(static_cast<node&>(*entry), f);
                return true;
            }
        }
        departed gone(*this);
        const spin_guard guard(lock());
        node* const found = find_touched(hash, query, gone);
        if (found == nullptr) return false;
        lend(*found, f);
        return true;
    }
    template <class Query>
    [[nodiscard]] bool contains(std::uint32_t hash, const Query& query) {
        departed gone(*this);
        const spin_guard guard(lock());
        m_contents.take_out_expired(m_around.options, gone);
        const cache_entry* const entry = m_contents.lookup(hash, query);
        return entry != nullptr && !contents::is_loading(*entry) && !contents::is_nothing(*entry);
    }

    // ---- loads ----

    // The load is over and made this node, or found that there is nothing (null, or a node that remembers that).
    // Answers what the callers get; `room` is where the others wait for it. May throw what the comparison of keys
    // throws; then nothing has changed, and `made` is still the caller's.
    [[nodiscard]] handle land(flight_type& mine, node* made, room_type*& room) {
        departed gone(*this);
        const spin_guard guard(lock());
        m_contents.take_out_expired(m_around.options, gone);
        if (!contents::is_indexed(mine)) return land_elsewhere(mine, made, room, gone);
        m_contents.end_load(false);
        room = std::exchange(mine.room, nullptr);
        if (made == nullptr) {
            m_contents.turn_away(mine);
            return {};
        }
        m_contents.insert_for(mine, *made, gone);
        if (!contents::is_nothing(*made)) return adopted(*made);
        m_contents.release(*made, gone);
        return {};
    }
    // The load ended by an exception.
    void crash(flight_type& mine, room_type*& room) noexcept {
        const spin_guard guard(lock());
        if (contents::is_indexed(mine)) m_contents.turn_away(mine);
        m_contents.end_load(true);
        room = std::exchange(mine.room, nullptr);
    }

    // ---- change ----

    // Puts `made` in the place of what is there. Throws as land() does, and std::bad_alloc.
    [[nodiscard]] handle put(node& made) {
        departed gone(*this);
        const spin_guard guard(lock());
        m_contents.take_out_expired(m_around.options, gone);
        cache_entry* const old = m_contents.lookup(made.hash(), made.key);
        if (old == nullptr) {
            m_contents.insert(made, gone);
        } else if (contents::is_loading(*old)) { // whoever loads it finds this one when it is done
            m_contents.insert_for(*old, made, gone);
        } else {
            m_contents.replace(static_cast<node&>(*old), made, gone);
        }
        return adopted(made);
    }
    template <class Query>
    bool erase(std::uint32_t hash, const Query& query) {
        departed gone(*this);
        const spin_guard guard(lock());
        m_contents.take_out_expired(m_around.options, gone);
        cache_entry* const entry = m_contents.lookup(hash, query);
        if (entry == nullptr) return false;
        if (contents::is_loading(*entry)) {
            m_contents.turn_away(*entry);
            return false;
        }
        const bool is_something = !contents::is_nothing(*entry);
        m_contents.take_out(static_cast<node&>(*entry), removal_cause::erased, gone);
        return is_something;
    }
    // The entry itself, if it can still be found.
    bool erase(cache_entry& entry) noexcept {
        departed gone(*this);
        const spin_guard guard(lock());
        if (!contents::is_indexed(entry)) return false;
        m_contents.take_out(static_cast<node&>(entry), removal_cause::erased, gone);
        return true;
    }
    void clear() noexcept {
        departed gone(*this);
        const spin_guard guard(lock());
        m_contents.take_all_out(removal_cause::erased, gone);
    }
    void clear_strong() noexcept {
        departed gone(*this);
        const spin_guard guard(lock());
        m_contents.keep_none(removal_cause::erased, gone);
    }

    // ---- inspection ----

    [[nodiscard]] cache_stats stats() noexcept {
        departed gone(*this);
        const spin_guard guard(lock());
        m_contents.take_out_expired(m_around.options, gone);
        return m_contents.stats();
    }
    // Owners of all that can be found, and where their keys are. There is room for them before the lock is taken, so
    // that nothing is allocated under it.
    [[nodiscard]] std::vector<std::pair<const key_type*, handle>> handles() {
        std::vector<std::pair<const key_type*, handle>> all;
        while (true) {
            all.reserve(stats().alive);
            const spin_guard guard(lock());
            if (m_contents.alive() > all.capacity()) continue;
            m_contents.for_each([&](node& entry) { all.emplace_back(&entry.key, pinned(entry)); });
            return all;
        }
    }

    // ---- lifetime ----

    // A node of this shard was allocated. Relaxed: the cache counts for one, so the count is not 0.
    void count_node() noexcept { m_nodes.fetch_add(1, std::memory_order_relaxed); }
    // Destroys a node that was not, or no longer, in the cache.
    void destroy(node& made) noexcept {
        node::destroy(made, m_around.allocator);
        drop_node_count();
    }
    // The cache is being destroyed: nobody is told any more, and nothing is kept.
    void close() noexcept {
        {
            departed gone(*this);
            const spin_guard guard(lock());
            m_contents.tell_no_more();
            m_contents.keep_none(removal_cause::erased, gone);
        }
        drop_node_count();
    }

    void release(cache_entry& entry) noexcept override {
        departed gone(*this);
        const spin_guard guard(lock());
        m_contents.release(static_cast<node&>(entry), gone);
    }
    void bury(cache_entry& entry) noexcept override {
        node& leaving = static_cast<node&>(entry);
        if constexpr (Traits::has_listener) {
            const std::uint8_t state = entry_access::state(entry);
            const auto cause = static_cast<removal_cause>(state >> entry_state::cause_shift);
            const auto& callback = m_around.options.on_removal;
            if (cause != removal_cause{} && !contents::is_nothing(entry) && callback) {
                callback(std::as_const(leaving.key), *leaving.object(), cause);
            }
            if ((state & entry_state::told_only) != 0) {
                departed gone(*this);
                const spin_guard guard(lock());
                m_contents.release_told(leaving, gone);
                return;
            }
        }
        destroy(leaving);
    }

private:
    [[nodiscard]] handle adopted(node& found) noexcept { return handle_access::adopt(found.object(), found, *this); }
    [[nodiscard]] handle pinned(node& found) noexcept {
        if (contents::is_nothing(found)) return {};
        entry_access::pin(found);
        return adopted(found);
    }
    [[nodiscard]] handle touched(cache_entry& entry, departed& gone) noexcept {
        node& found = static_cast<node&>(entry);
        m_contents.touch(found, gone);
        return pinned(found);
    }

    template <class F>
    void lend(node& found, F& f) {
        const borrowing borrowed(&m_around);
        f(std::as_const(*found.object()));
    }
    // Under the lock, with all that may be to do: the entry, or null on a miss or if that is what the entry says.
    template <class Query>
    [[gnu::noinline]] node* find_touched(std::uint32_t hash, const Query& query, departed& gone) {
        m_contents.take_out_expired(m_around.options, gone);
        cache_entry* const entry = m_contents.lookup(hash, query);
        if (entry == nullptr || contents::is_loading(*entry)) {
            m_contents.count_miss();
            return nullptr;
        }
        node& found = static_cast<node&>(*entry);
        m_contents.touch(found, gone);
        return contents::is_nothing(found) ? nullptr : &found;
    }
    template <class Query>
    [[gnu::noinline]] handle find_slowly(std::uint32_t hash, const Query& query) {
        departed gone(*this);
        const spin_guard guard(lock());
        node* const found = find_touched(hash, query, gone);
        return found != nullptr ? pinned(*found) : handle();
    }
    [[gnu::noinline]] handle board_slowly(std::uint32_t hash, const key_type& key, boarding_type& caller) {
        departed gone(*this);
        const spin_guard guard(lock());
        m_contents.take_out_expired(m_around.options, gone);
        cache_entry* const entry = m_contents.lookup(hash, key);
        if (entry == nullptr) {
            m_contents.begin_load(hash, key, caller);
            return {};
        }
        if (!contents::is_loading(*entry)) return touched(*entry, gone);
        auto& other = static_cast<flight_type&>(*entry);
        if (other.room == nullptr) other.room = caller.spare.give_up();
        if (other.room == nullptr) {
            caller.next = boarding_step::retry;
            return {};
        }
        m_contents.count_miss();
        other.room->enter();
        caller.waits = waiting_guest<value_type>(other.room);
        caller.loader = other.thread;
        caller.next = boarding_step::wait;
        return {};
    }
    // The key was erased or put while it was loaded: what is there now is newer.
    [[gnu::noinline, gnu::cold]] handle
    land_elsewhere(flight_type& mine, node* made, room_type*& room, departed& gone) {
        cache_entry* const newer = m_contents.lookup(mine.hash(), *mine.key);
        m_contents.end_load(false);
        room = std::exchange(mine.room, nullptr);
        if (newer != nullptr && !contents::is_loading(*newer)) {
            if (made != nullptr) gone.add(*made);
            return touched(*newer, gone);
        }
        if (made == nullptr) return {};
        if (contents::is_nothing(*made)) {
            gone.add(*made);
            return {};
        }
        return adopted(*made); // for these callers only
    }
    void drop_node_count() noexcept {
        // Release, so that what was done with a node happens before the shard is destroyed; acquire, so that the last
        // one sees it.
        if (m_nodes.fetch_sub(1, std::memory_order_acq_rel) == 1) m_on_last_node(m_around);
    }

    contents m_contents;
    surroundings& m_around;
    void (*m_on_last_node)(surroundings&) noexcept;
    std::atomic<std::size_t> m_nodes = 1; // nodes whose memory is not given back yet, and 1 for the cache
};

} // namespace detail
} // namespace v0
} // namespace lathe

#endif // LATHE_CACHE_DETAIL_CACHE_SHARD_HPP
