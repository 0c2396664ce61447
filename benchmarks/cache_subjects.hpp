// SPDX-License-Identifier: MIT
// What bench_cache and bench_cache_memory measure: lathe's caches, floors that do less, and caches as people write or
// install them. Each class has those of these members that it can offer:
//   Cache(capacity)        room for so many entries
//   bool read(key)         whether the entry is there with the right value; holds the value as a caller would
//   void put(key)          the value of the key, made anew
//   bool get_or_load(key)  read, and on a miss load(key) first
//   size()                 how many entries there are
#ifndef LATHE_BENCHMARKS_CACHE_SUBJECTS_HPP
#define LATHE_BENCHMARKS_CACHE_SUBJECTS_HPP

#include <array>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <list>
#include <memory>
#include <mutex>
#include <thread>
#include <unordered_map>
#include <utility>
#include <vector>

#include <lathe/cache/weak_cache.hpp>

#ifdef LATHE_PEER_TBB
#    define TBB_PREVIEW_CONCURRENT_LRU_CACHE 1
#    include <tbb/concurrent_hash_map.h>
#    include <tbb/concurrent_lru_cache.h>
#endif
#ifdef LATHE_PEER_LIBCUCKOO
#    include <libcuckoo/cuckoohash_map.hh>
#endif

namespace subjects {

// libstdc++'s shared_ptr counts without atomic operations, 15 times as fast, until the process has had a thread.
inline const bool had_a_thread = [] {
    std::thread([] {}).join();
    return true;
}();

using key_type = std::uint64_t;

/// The key of a number: scattered over all 64 bits.
inline key_type key_of(std::size_t number) {
    key_type key = (number + 1) * 0x9E37'79B9'7F4A'7C15U; // the steps of SplitMix64
    key = (key ^ (key >> 30U)) * 0xBF58'476D'1CE4'E5B9U;
    key = (key ^ (key >> 27U)) * 0x94D0'49BB'1331'11EBU;
    return key ^ (key >> 31U);
}

/// 32 bytes that tell whose they are.
struct value_type {
    std::array<std::uint64_t, 4> words{};

    value_type() = default; // for concurrent_lru_cache
    explicit value_type(key_type key) : words{key, 0, 0, ~key} {}
    [[nodiscard]] bool is_of(key_type key) const { return words.front() == key && words.back() == ~key; }
};

/// How often this thread has loaded a value.
inline thread_local std::size_t loaded = 0;

inline value_type load(key_type key) {
    ++loaded;
    return value_type(key);
}

// ---- lathe's ----

template <class... Options>
class lathe_cache {
public:
    explicit lathe_cache(std::size_t capacity) : m_entries{{.capacity = capacity}} {}

    [[nodiscard]] bool read(key_type key) {
        const auto found = m_entries.find(key);
        return found && found->is_of(key);
    }
    void put(key_type key) { m_entries.put(key, value_type(key)); }
    [[nodiscard]] bool get_or_load(key_type key) { return m_entries.get_or_load(key, &load)->is_of(key); }
    [[nodiscard]] std::size_t size() const { return m_entries.size(); }

protected:
    lathe::weak_cache<key_type, value_type, Options...> m_entries;
};

/// Reads where the value lies, without becoming an owner.
class lathe_with : public lathe_cache<> {
public:
    using lathe_cache<>::lathe_cache;

    [[nodiscard]] bool read(key_type key) {
        bool right = false;
        m_entries.with(key, [&](const value_type& value) { right = value.is_of(key); });
        return right;
    }
};

// ---- floors: no lock, no owners ----

/// A plain map, which never evicts. Many may read at a time, one may put.
template <class Hash, template <class> class Allocator = std::allocator>
class plain_map {
public:
    explicit plain_map(std::size_t capacity) { m_entries.reserve(capacity); }

    [[nodiscard]] bool read(key_type key) const {
        const auto found = m_entries.find(key);
        return found != m_entries.end() && found->second.is_of(key);
    }
    void put(key_type key) { m_entries.insert_or_assign(key, value_type(key)); }
    [[nodiscard]] std::size_t size() const { return m_entries.size(); }

private:
    std::unordered_map<key_type,
                       value_type,
                       Hash,
                       std::equal_to<key_type>,
                       Allocator<std::pair<const key_type, value_type>>>
        m_entries;
};

// ---- by hand ----

/// What a search for "thread-safe LRU cache" finds: a list in the order of use, a map into it, a mutex around both.
/// Values that are evicted live on with whoever holds them.
template <class Mutex, template <class> class Allocator = std::allocator>
class lru_cache {
    using pointer = std::shared_ptr<const value_type>;
    using entry = std::pair<key_type, pointer>;
    using order = std::list<entry, Allocator<entry>>;
    using position = typename order::iterator;
    using index = std::unordered_map<key_type,
                                     position,
                                     std::hash<key_type>,
                                     std::equal_to<key_type>,
                                     Allocator<std::pair<const key_type, position>>>;

public:
    explicit lru_cache(std::size_t capacity) : m_capacity(capacity) { m_index.reserve(capacity); }

    [[nodiscard]] bool read(key_type key) {
        const pointer found = find(key);
        return found && found->is_of(key);
    }
    void put(key_type key) { put(key, make(value_type(key))); }
    [[nodiscard]] bool get_or_load(key_type key) {
        pointer found = find(key);
        if (!found) {
            found = make(load(key)); // two threads may do so at a time
            put(key, found);
        }
        return found->is_of(key);
    }
    [[nodiscard]] std::size_t size() const { return m_index.size(); }

private:
    static pointer make(const value_type& value) {
        return std::allocate_shared<const value_type>(Allocator<value_type>(), value);
    }

    pointer find(key_type key) {
        const std::lock_guard lock{m_mutex};
        const auto found = m_index.find(key);
        if (found == m_index.end()) return nullptr;
        m_order.splice(m_order.begin(), m_order, found->second);
        return found->second->second;
    }

    void put(key_type key, pointer value) {
        const std::lock_guard lock{m_mutex};
        if (const auto found = m_index.find(key); found != m_index.end()) {
            found->second->second = std::move(value);
            m_order.splice(m_order.begin(), m_order, found->second);
            return;
        }
        if (m_index.size() == m_capacity) {
            m_index.erase(m_order.back().first);
            m_order.pop_back();
        }
        m_order.emplace_front(key, std::move(value));
        m_index.emplace(key, m_order.begin());
    }

    Mutex m_mutex;
    order m_order;
    index m_index;
    std::size_t m_capacity;
};

/// For one thread, which needs no mutex.
struct no_mutex {
    void lock() {}
    void unlock() {}
};

/// Interning as people write it: weak pointers in maps with a mutex each. Here all values have an owner beside.
class weak_map {
    using pointer = std::shared_ptr<const value_type>;
    struct alignas(64) shard {
        std::mutex mutex;
        std::unordered_map<key_type, std::weak_ptr<const value_type>> entries;
    };

public:
    explicit weak_map(std::size_t capacity) {
        m_owners.reserve(capacity);
        for (shard& each : m_shards)
            each.entries.reserve(capacity / m_shards.size());
    }

    [[nodiscard]] bool read(key_type key) {
        const pointer found = find(key);
        return found && found->is_of(key);
    }
    void put(key_type key) {
        m_owners.push_back(std::make_shared<const value_type>(key)); // before anybody reads
        shard_of(key).entries.insert_or_assign(key, m_owners.back());
    }

private:
    shard& shard_of(key_type key) { return m_shards[key >> 60]; }
    pointer find(key_type key) {
        shard& place = shard_of(key);
        const std::lock_guard lock{place.mutex};
        const auto found = place.entries.find(key);
        return found != place.entries.end() ? found->second.lock() : nullptr;
    }

    std::array<shard, 16> m_shards;
    std::vector<pointer> m_owners;
};

// ---- installed ----

#ifdef LATHE_PEER_TBB
/// Never evicts.
class tbb_map {
    using pointer = std::shared_ptr<const value_type>;
    using map = tbb::concurrent_hash_map<key_type, pointer>;

public:
    explicit tbb_map(std::size_t capacity) : m_entries(capacity) {}

    [[nodiscard]] bool read(key_type key) {
        pointer value;
        if (typename map::const_accessor found; m_entries.find(found, key)) value = found->second;
        return value && value->is_of(key);
    }
    void put(key_type key) {
        pointer made = std::make_shared<const value_type>(key);
        typename map::accessor place;
        m_entries.insert(place, key);
        place->second = std::move(made);
    }

private:
    map m_entries;
};

/// Bounds the values that nobody holds. Cannot replace one: its put is a read.
class tbb_lru_cache {
public:
    explicit tbb_lru_cache(std::size_t capacity) : m_entries(&load, capacity) {}

    [[nodiscard]] bool read(key_type key) { return get_or_load(key); }
    void put(key_type key) { static_cast<void>(get_or_load(key)); }
    [[nodiscard]] bool get_or_load(key_type key) {
        auto found = m_entries[key];
        return found.value().is_of(key);
    }

private:
    tbb::concurrent_lru_cache<key_type, value_type> m_entries;
};
#endif

#ifdef LATHE_PEER_LIBCUCKOO
/// Never evicts.
class cuckoo_map {
    using pointer = std::shared_ptr<const value_type>;

public:
    explicit cuckoo_map(std::size_t capacity) : m_entries(capacity) {}

    [[nodiscard]] bool read(key_type key) {
        pointer value;
        return m_entries.find(key, value) && value->is_of(key);
    }
    void put(key_type key) { m_entries.insert_or_assign(key, std::make_shared<const value_type>(key)); }

private:
    libcuckoo::cuckoohash_map<key_type, pointer> m_entries;
};
#endif

} // namespace subjects

#endif // LATHE_BENCHMARKS_CACHE_SUBJECTS_HPP
