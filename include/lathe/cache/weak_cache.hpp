// SPDX-License-Identifier: MIT
#ifndef LATHE_CACHE_WEAK_CACHE_HPP
#define LATHE_CACHE_WEAK_CACHE_HPP

/// @file
/// @brief One object per key while anyone uses it, and a bounded number of useful ones beyond that.
/// @par Example
/// @ref examples/cache.cpp

#include <concepts>
#include <cstddef>
#include <cstdint>
#include <type_traits>
#include <utility>
#include <vector>

#include <lathe/cache/detail/cache_checks.hpp>
#include <lathe/cache/detail/cache_core.hpp>
#include <lathe/cache/detail/cache_errors.hpp>
#include <lathe/cache/detail/cache_loading.hpp>
#include <lathe/cache/error.hpp>
#include <lathe/cache/handle.hpp>
#include <lathe/cache/options.hpp>
#include <lathe/cache/policy.hpp>
#include <lathe/cache/stats.hpp>

namespace lathe {
inline namespace v0 {

/// Shares objects by key: whoever asks for a key gets the one object of that key.
///
/// An object can be found as long as anyone has a handle to it, and beyond that as long as the cache keeps it. The
/// cache keeps up to `capacity` objects, chosen by its policy; it never keeps more, at no moment. An object that
/// neither the cache nor anyone else has is destroyed at once, by the thread that let go of it. An object that the
/// cache stopped keeping comes back when it is found again.
///
/// @tparam Key how objects are named: anything with a hash and `==`. Text finds keys that are text, whatever its type.
/// @tparam Value what is shared; need not be movable. If it has a virtual destructor, loaders may return
/// `std::unique_ptr`s to derived objects. `const Value` makes all handles read-only.
/// @tparam Options in any order: a policy (`s3_fifo` unless given; `fifo`, `lru`, `w_tiny_lfu`, or your own
/// `eviction_policy`), `weighed_by`, `expire_after_write`, `expire_after_access`, `timed_by`, `negative_caching`,
/// `removal_listener`, `observed_by`, `hashed_by`, `compared_by`, `allocated_by`.
/// @par Thread safety
/// All members may be called by all threads at a time. No destructor, loader, listener, predicate of `erase_if` or copy
/// of a key runs under a lock; hash and `==` of a key that is looked up do, and must not use the cache. Handles may
/// outlive the cache.
/// @par Complexity
/// O(1) on average for all that take a key: a hit costs two locked instructions, that of the lock and that of the
/// handle's release.
template <class Key, class Value, class... Options>
class weak_cache {
    using terms = detail::cache_terms<Key, Value, Options...>;
    static_assert(terms::key,
                  "lathe::weak_cache<Key, Value>: Key must be an object type, not a reference and not const; "
                  "use the plain type");
    static_assert(terms::value,
                  "lathe::weak_cache<Key, Value>: Value must be an object type and no array; for a reference, "
                  "share the object itself");
    static_assert(terms::known,
                  "lathe::weak_cache<Key, Value, Options...>: one of Options is neither an option of "
                  "lathe/cache/options.hpp or expiry.hpp, nor a policy, which has a type `entry` and a "
                  "template `queue`; see eviction_policy");
    static_assert(terms::differ,
                  "lathe::weak_cache<Key, Value, Options...>: two of Options choose the same thing, such as "
                  "the policy; give one of them");
    static_assert(terms::rest::policy || (detail::check_policy<typename terms::rest::policy_type>(), true));
    static_assert(terms::rest::hash,
                  "lathe::weak_cache<Key, Value>: Key has no hash; specialise std::hash for it, make it a "
                  "described model, or give hashed_by<Hash>, whose Hash is made without arguments and called as const");
    static_assert(terms::rest::equal,
                  "lathe::weak_cache<Key, Value>: keys cannot be compared; give Key an operator==, or "
                  "the cache compared_by<Equal>, whose Equal is made without arguments and called as const");
    static_assert(terms::rest::allocated,
                  "lathe::weak_cache<Key, Value, Options...>: the Allocator in allocated_by is none; give one such as "
                  "std::pmr::polymorphic_allocator<>");
    static_assert(terms::rest::clock,
                  "lathe::weak_cache<Key, Value, Options...>: timed_by<Clock> is of use only with "
                  "expire_after_write, expire_after_access or negative_caching; add one of these, or "
                  "leave the clock out");
    static_assert(terms::rest::time,
                  "lathe::weak_cache<Key, Value, Options...>: the Clock in timed_by does not tell the time; give it a "
                  "now(), callable as const, that returns a time point as those of std::chrono are");
    static_assert(terms::rest::observed,
                  "lathe::weak_cache<Key, Value, Options...>: the Observer in observed_by is none; give it an "
                  "observe(std::string_view) noexcept that returns an object, see lathe::observer");
    static_assert(
        terms::rest::weigher,
        "lathe::weak_cache<Key, Value, Options...>: the callable in weighed_by can be called neither with a "
        "const Value& nor with a const Key& and a const Value&, for a std::size_t; let it take one of the two");
    using traits = typename terms::traits;

    template <class Query>
    static constexpr bool looks_up = traits::template looks_up<Query>;

public:
    /// How objects are named.
    using key_type = Key;
    /// What is shared.
    using value_type = Value;
    /// Shared ownership of one of the objects.
    using handle = cache_handle<Value>;
    /// How much the cache may do.
    using options = cache_options<traits>;

    /// An empty cache.
    /// @param chosen bounds and the like; `{{.capacity = 512}}`. Without it: 1024 entries in 4 shards.
    /// @throws std::bad_alloc
    explicit weak_cache(options chosen = {}) : m_core(core::make(chosen)) {}
    /// Does not compile: a number alone does not say what it bounds.
    template <std::integral Number>
    explicit weak_cache(Number) = delete; // lathe::weak_cache: say what the number is: {{.capacity = 512}}
    weak_cache(const weak_cache&) = delete;
    weak_cache& operator=(const weak_cache&) = delete;
    /// Stops keeping objects; those that somebody has live on, and handles to them stay good. Tells the listener
    /// nothing. No other thread uses the cache any more, but handles may be let go of all the while.
    ~weak_cache() { m_core->close(); }

    /// Finds an object.
    /// @param key its key.
    /// @return an owner of it, or an empty handle when there is none, or it is being loaded.
    [[nodiscard]] handle find(const Key& key) const { return find_by(key); }
    /// Finds an object by whatever the hash and the comparison take for a key, such as text for `std::string`.
    template <class Query>
        requires looks_up<Query>
    [[nodiscard]] handle find(const Query& key) const {
        return find_by(key);
    }

    /// Finds an object, or makes it: by one call of a loader, however many threads ask at a time.
    ///
    /// The others wait for that one. Different keys are loaded at the same time. If the key is erased or put meanwhile,
    /// the callers get what is there then, or their own object, which is not stored.
    /// @param key its key; unchanged until the call returns.
    /// @param loader called as `loader(key)` or `loader()`, with no lock held. It returns what a Value is made of (a
    /// Value is built in place), or a `std::unique_ptr` to a derived object if Value has a virtual destructor, or a
    /// `std::optional` of what a Value is made of.
    /// @return an owner of the object; an empty handle if the loader returned an empty optional or a null pointer. That
    /// is remembered only with `negative_caching`.
    /// @throws what the loader throws, to all who wait for it; nothing is stored then, and the next call loads again.
    /// @throws cache_error if this thread is loading that key already, or would wait for a thread that waits for it.
    template <class Loader>
    handle get_or_load(const Key& key, Loader&& loader) const {
        return load(spread(key), key, loader);
    }
    /// Finds or loads an object by whatever finds keys; the Key for a loader is made of it, on a miss only.
    template <class Query, class Loader>
        requires looks_up<Query>
    handle get_or_load(const Query& key, Loader&& loader) const {
        constexpr bool makes_key = std::is_constructible_v<Key, const Query&>;
        static_assert(makes_key,
                      "lathe::weak_cache::get_or_load: a Key cannot be made of what is looked up; make it "
                      "yourself and pass that");
        if constexpr (makes_key) {
            refuse_within_with("get_or_load");
            const spread_hash hash = spread(key);
            if (handle found = shard(hash).peek(hash.low, key)) return found;
            return load(hash, Key(key), loader);
        }
    }

    /// Puts an object under a key, in the place of what is there.
    /// @param key its key.
    /// @param value what a Value is made of, or a `std::unique_ptr` to a derived object.
    /// @return an owner of the new object. Who has the old one keeps it, but it can be found no more.
    /// @throws what the constructors of the key and the value throw, or the weigher; nothing has changed then.
    template <class From = Value>
    handle put(Key key, From&& value) {
        constexpr detail::loaded how = detail::how_loaded<traits, From&&>();
        constexpr bool makes_value = how == detail::loaded::in_place || how == detail::loaded::as_pointer;
        static_assert(makes_value,
                      "lathe::weak_cache::put: no Value can be made of this; pass a Value, or a "
                      "std::unique_ptr to an object of a derived class if Value has a virtual destructor");
        if constexpr (makes_value) {
            refuse_within_with("put");
            const spread_hash hash = spread(key);
            auto make = [&](const Key& /*key*/) -> From&& {
                return std::forward<From>(value);
            };
            shard_type& home = shard(hash);
            detail::unstored_node<traits> made(home, m_core->make_node(home, hash.low, std::move(key), make));
            if (made.get() == nullptr) detail::fail_to_put_null(detail::key_text(key));
            handle owner = home.put(*made.get());
            made.give_up();
            return owner;
        }
    }

    /// Calls `f(value)`, with the value as const, under the lock of the entry's shard: no owner is counted, so it costs
    /// less than a handle.
    /// @param key its key.
    /// @param f is short. It does not use this cache, nor another one whose callables of `with` use this one: two
    /// threads could wait for each other. It may let go of handles.
    /// @return whether there is such an object.
    /// @throws cache_error if `f` uses this cache.
    template <class F>
    bool with(const Key& key, F&& f) const {
        return with_by(key, f);
    }
    /// As above, by whatever finds keys.
    template <class Query, class F>
        requires looks_up<Query>
    bool with(const Query& key, F&& f) const {
        return with_by(key, f);
    }

    /// @return whether there is an object of that key now. Not a use: the policy does not learn of it.
    [[nodiscard]] bool contains(const Key& key) const { return contains_by(key); }
    /// As above, by whatever finds keys.
    template <class Query>
        requires looks_up<Query>
    [[nodiscard]] bool contains(const Query& key) const {
        return contains_by(key);
    }

    /// Makes an object one that cannot be found; who has it keeps it. A load of it that is going on is not stored.
    /// @return whether there was one.
    bool erase(const Key& key) { return erase_by(key); }
    /// As above, by whatever finds keys.
    template <class Query>
        requires looks_up<Query>
    bool erase(const Query& key) {
        return erase_by(key);
    }
    /// Erases all objects for which `predicate(key, value)` answers true, with no lock held.
    /// @param predicate is asked about each object that is there now; if it throws, what it chose before is erased.
    /// @return how many were erased.
    /// @par Complexity
    /// O(n), with n handles in memory.
    template <class Predicate>
    std::size_t erase_if(Predicate predicate);
    /// Erases all objects.
    void clear();
    /// Stops keeping objects: only those that somebody has can still be found.
    void clear_strong();

    /// @return how many objects the cache keeps, never more than `capacity()`.
    [[nodiscard]] std::size_t size() const { return stats().resident; }
    /// @return how many objects can be found, kept or only in somebody's hands.
    [[nodiscard]] std::size_t alive() const { return stats().alive; }
    /// @return what the kept objects weigh; their number in a cache without weights.
    [[nodiscard]] std::size_t weight() const { return stats().weight; }
    /// @return how many objects the cache keeps at most.
    [[nodiscard]] std::size_t capacity() const noexcept { return m_core->options.capacity; }
    /// @return into how many parts the cache is split: as many as were asked for, but with 256 places each or more.
    [[nodiscard]] std::size_t shards() const noexcept { return m_core->shard_count; }
    /// @return what the cache has done and what it holds.
    [[nodiscard]] cache_stats stats() const;
    /// @return the keys, copied, and owners of all objects that can be found, in no order. The objects of each shard
    /// are those of one moment.
    /// @throws what copies of keys throw, and std::bad_alloc
    [[nodiscard]] std::vector<std::pair<Key, handle>> snapshot() const;

private:
    using core = detail::cache_core<traits>;
    using shard_type = detail::cache_shard<traits>;

    struct spread_hash {
        std::uint32_t low;  // chooses the slot
        std::uint32_t high; // chooses the shard
    };
    template <class Query>
    static spread_hash spread(const Query& key) {
        const std::uint64_t hash = traits::mixed_hash(key);
        return {static_cast<std::uint32_t>(hash), static_cast<std::uint32_t>(hash >> 32)};
    }
    [[nodiscard]] shard_type& shard(spread_hash hash) const noexcept {
        return m_core->shards[static_cast<std::size_t>((std::uint64_t{hash.high} * m_core->shard_count) >> 32)];
    }
    void refuse_within_with(const char* member) const {
        if (detail::borrowing::is_going_on()) [[unlikely]] {
            if (detail::borrowing::is_of(m_core)) detail::fail_within_with(member);
        }
    }

    template <class Query>
    [[nodiscard]] handle find_by(const Query& key) const {
        refuse_within_with("find");
        const spread_hash hash = spread(key);
        return shard(hash).find(hash.low, key);
    }
    template <class Query, class F>
    bool with_by(const Query& key, F& f) const {
        constexpr bool is_called = std::invocable<F&, const Value&>;
        static_assert(
            is_called,
            "lathe::weak_cache::with: f cannot be called with the value, which it only looks at; let it take a "
            "const Value&, and nothing else");
        if constexpr (is_called) {
            refuse_within_with("with");
            const spread_hash hash = spread(key);
            return shard(hash).with(hash.low, key, f);
        } else {
            return false; // does not compile
        }
    }
    template <class Query>
    [[nodiscard]] bool contains_by(const Query& key) const {
        refuse_within_with("contains");
        const spread_hash hash = spread(key);
        return shard(hash).contains(hash.low, key);
    }
    template <class Query>
    bool erase_by(const Query& key) {
        refuse_within_with("erase");
        const spread_hash hash = spread(key);
        return shard(hash).erase(hash.low, key);
    }
    template <class Loader>
    handle load(spread_hash hash, const Key& key, Loader& loader) const {
        constexpr bool is_called = std::invocable<Loader&, const Key&> || std::invocable<Loader&>;
        static_assert(
            is_called,
            "lathe::weak_cache::get_or_load: the loader can be called neither with the key, a const Key&, nor "
            "without arguments; pass a callable that makes the value, such as [](const Key& key) { ... }");
        if constexpr (is_called) {
            auto call = [&](const Key& of) -> decltype(auto) {
                if constexpr (std::invocable<Loader&, const Key&>) {
                    return loader(of);
                } else {
                    return loader();
                }
            };
            constexpr bool makes_value = detail::how_loaded<traits, decltype(call(key))>() != detail::loaded::never;
            static_assert(
                makes_value,
                "lathe::weak_cache::get_or_load: no Value can be made of what the loader returns; return a "
                "Value, a std::optional of one, or, if Value has a virtual destructor, a std::unique_ptr to an "
                "object of a derived class");
            if constexpr (makes_value) {
                refuse_within_with("get_or_load");
                return detail::cache_loading<traits>(*m_core, shard(hash)).get(hash.low, key, call);
            }
        }
    }

    core* m_core;
};

// ---- implementation --------------------------------------------------------

template <class Key, class Value, class... Options>
template <class Predicate>
std::size_t weak_cache<Key, Value, Options...>::erase_if(Predicate predicate) {
    constexpr bool is_asked = std::is_invocable_r_v<bool, Predicate&, const Key&, const Value&>;
    static_assert(is_asked,
                  "lathe::weak_cache::erase_if: the predicate cannot be asked about a key and its value; let it take a "
                  "const Key& and a const Value&, and return a bool");
    refuse_within_with("erase_if");
    std::size_t erased = 0;
    if constexpr (is_asked) {
        for (shard_type& each : m_core->all_shards()) {
            for (const auto& [key, owner] : each.handles()) {
                const bool goes = predicate(*key, std::as_const(*owner));
                if (goes && each.erase(*detail::handle_access::entry_of(owner))) ++erased;
            }
        }
    }
    return erased;
}

template <class Key, class Value, class... Options>
void weak_cache<Key, Value, Options...>::clear() {
    refuse_within_with("clear");
    for (shard_type& each : m_core->all_shards())
        each.clear();
}

template <class Key, class Value, class... Options>
void weak_cache<Key, Value, Options...>::clear_strong() {
    refuse_within_with("clear_strong");
    for (shard_type& each : m_core->all_shards())
        each.clear_strong();
}

template <class Key, class Value, class... Options>
auto weak_cache<Key, Value, Options...>::stats() const -> cache_stats {
    refuse_within_with("stats");
    cache_stats all;
    for (shard_type& each : m_core->all_shards())
        all += each.stats();
    return all;
}

template <class Key, class Value, class... Options>
auto weak_cache<Key, Value, Options...>::snapshot() const -> std::vector<std::pair<Key, handle>> {
    constexpr bool copies = std::is_copy_constructible_v<Key>;
    static_assert(copies,
                  "lathe::weak_cache::snapshot: it copies the keys, and Key cannot be copied; let erase_if look at "
                  "the entries instead");
    refuse_within_with("snapshot");
    std::vector<std::pair<Key, handle>> all;
    if constexpr (copies) {
        for (shard_type& each : m_core->all_shards()) {
            for (auto& [key, owner] : each.handles())
                all.emplace_back(*key, std::move(owner));
        }
    }
    return all;
}

} // namespace v0
} // namespace lathe

#endif // LATHE_CACHE_WEAK_CACHE_HPP
