// SPDX-License-Identifier: MIT
#ifndef LATHE_CACHE_DETAIL_SHARD_BASE_HPP
#define LATHE_CACHE_DETAIL_SHARD_BASE_HPP

/// @file
/// @brief How entries of a cache are pinned, released, and destroyed when nobody has them any more.

#include <atomic>
#include <cstdint>
#include <new>

#include <lathe/cache/entry.hpp>
#include <lathe/core/detail/spin_lock.hpp>

namespace lathe {
inline namespace v0 {
namespace detail {

// What is known of an entry under its shard's lock.
namespace entry_state {
inline constexpr std::uint8_t resident = 1; // the bounded side owns a pin, and the policy has the entry
inline constexpr std::uint8_t indexed = 2;  // the entry can be found
inline constexpr std::uint8_t loading = 4;  // no entry yet: a loader is at work (class flight)
inline constexpr std::uint8_t boxed = 8;    // the object is of a derived class, and lies where its loader made it
inline constexpr std::uint8_t nothing = 16; // what is remembered is that there is no object
inline constexpr int cause_shift = 5;       // above: why the entry left, once it has
// Of an entry that has left: others have it, and it is pinned only until the listener has been told.
inline constexpr std::uint8_t told_only = resident;
} // namespace entry_state

// An entry's count of pins goes from 1 to 0 only under the lock of its shard, so whoever finds an entry there may pin
// it: an object is never brought back from the dead, and a key never has two (the kernel's refcount_dec_and_lock). The
// count lies in two words. Pins are counted up in a plain word, for every pin but a copy is taken under the lock
// anyway. Releases are counted up by compare-and-swap in the other one. So a hit costs two locked instructions: one to
// lock, one to release.
//
// The lowest bit of the second word says that the cache owns no pin. While it is clear the count cannot become 0 and
// releases need no lock; once it is set, every release goes through the lock.
struct entry_access {
    static constexpr std::uint32_t count_mask = 0x7fffffffU; // both words count modulo 2^31

    static std::uint8_t state(const cache_entry& entry) noexcept { return entry.m_state; }
    static void set_state(cache_entry& entry, std::uint8_t state) noexcept { entry.m_state = state; }

    // Under the lock, which orders it: to whoever only looks (pins()) the word is atomic, to who writes it is a plain
    // one.
    static void pin(cache_entry& entry, std::uint32_t times = 1) noexcept {
        entry.m_pins.store(entry.m_pins.load(std::memory_order_relaxed) + times, std::memory_order_relaxed);
    }

    // By somebody who has a pin, so that the count is not 0 and nothing needs an order.
    static void pin_again(cache_entry& entry) noexcept { entry.m_released.fetch_sub(2, std::memory_order_relaxed); }

    // Release: what this owner did with the object happens before its destruction. Relaxed on failure: nothing was read
    // but the count. Answers false when the lock is needed; nothing is released then.
    static bool release_without_lock(cache_entry& entry) noexcept {
        std::uint32_t seen = entry.m_released.load(std::memory_order_relaxed);
        while ((seen & 1) == 0) {
            if (entry.m_released.compare_exchange_weak(
                    seen, seen + 2, std::memory_order_release, std::memory_order_relaxed)) {
                return true;
            }
        }
        return false;
    }

    // The rest is called under the lock. Acquire: who learns that the last pin is gone sees what all owners did; the
    // releases above are read-modify-writes, so they all belong to the release sequence that is read here.
    static bool release(cache_entry& entry) noexcept {
        return is_unpinned(entry, entry.m_released.fetch_add(2, std::memory_order_acq_rel) + 2);
    }
    // The cache's own pin, and from now on releases need the lock. If that is the only pin, nobody is there to change
    // the count meanwhile: handles are copied from handles, and pinned under the lock.
    static bool give_up(cache_entry& entry) noexcept {
        const std::uint32_t released = entry.m_released.load(std::memory_order_acquire);
        if (is_unpinned(entry, released + 2)) {
            entry.m_released.store(released + 3, std::memory_order_relaxed);
            return true;
        }
        return is_unpinned(entry, entry.m_released.fetch_add(3, std::memory_order_acq_rel) + 3);
    }
    // The cache takes a pin of its own. Relaxed: a release that still sees the bit only takes the lock in vain.
    static void take_over(cache_entry& entry) noexcept {
        pin(entry);
        entry.m_released.fetch_and(~1U, std::memory_order_relaxed);
    }
    // As take_over, of an entry that only its creator knows yet, who has the one pin.
    static void take_over_new(cache_entry& entry) noexcept {
        entry.m_pins.store(2, std::memory_order_relaxed);
        entry.m_released.store(0, std::memory_order_relaxed);
    }
    // From anywhere. Relaxed: with other threads about, the number is of the past however it is read.
    static std::uint32_t pins(const cache_entry& entry) noexcept {
        const std::uint32_t released = entry.m_released.load(std::memory_order_relaxed) >> 1;
        return (entry.m_pins.load(std::memory_order_relaxed) - released) & count_mask;
    }

    // Entries on their way out are linked by what linked them in the policy.
    static cache_entry*& next(cache_entry& entry) noexcept { return entry.m_next; }
    static cache_shard_base*& shard(cache_entry& entry) noexcept { return entry.m_shard; }

private:
    static bool is_unpinned(const cache_entry& entry, std::uint32_t released) noexcept {
        return released >> 1 == (entry.m_pins.load(std::memory_order_relaxed) & count_mask);
    }
};

// A part of a cache with a lock of its own, as its handles know it.
class alignas(64) cache_shard_base {
public:
    cache_shard_base() = default;
    cache_shard_base(const cache_shard_base&) = delete;
    cache_shard_base& operator=(const cache_shard_base&) = delete;

    // Releases a pin under the lock; what that leaves without owners is destroyed.
    virtual void release(cache_entry& entry) noexcept = 0;
    // Finishes with an entry that left the index, without a lock: tells the listener, destroys it if nobody has it.
    virtual void bury(cache_entry& entry) noexcept = 0;

    [[nodiscard]] spin_lock& lock() noexcept { return m_lock; }

protected:
    ~cache_shard_base() = default;

private:
    spin_lock m_lock;
};

// Entries of a shard that are to be buried once its lock is not held, in the order in which they came.
//
// A value that is destroyed may own handles to further values, and these to further ones. So a thread that is burying
// already only appends, and chains of any length take no stack.
class departed {
public:
    explicit departed(cache_shard_base& shard) noexcept : m_shard(shard) {}
    departed(const departed&) = delete;
    departed& operator=(const departed&) = delete;
    ~departed() {
        if (m_first != nullptr) bury_all();
    }

    // Under the lock of the shard; the entry is in no list.
    void add(cache_entry& entry) noexcept {
        entry_access::next(entry) = nullptr;
        entry_access::shard(entry) = &m_shard;
        (m_first != nullptr ? entry_access::next(*m_last) : m_first) = &entry;
        m_last = &entry;
    }

private:
    struct queue {
        cache_entry* first;
        cache_entry* last;
        bool burying;
    };
    static inline constinit thread_local queue t_queue{nullptr, nullptr, false};

    [[gnu::noinline]] void bury_all() const noexcept {
        queue& all = t_queue;
        (all.first != nullptr ? entry_access::next(*all.last) : all.first) = m_first;
        all.last = m_last;
        if (all.burying) return;
        all.burying = true;
        while (all.first != nullptr) {
            cache_entry& entry = *all.first;
            all.first = entry_access::next(entry);
            entry_access::shard(entry)->bury(entry);
        }
        all.burying = false;
    }

    cache_shard_base& m_shard;
    cache_entry* m_first = nullptr;
    cache_entry* m_last = nullptr;
};

// A thread inside `with` holds the lock of a shard while foreign code runs: what that code may not do is noticed by
// this, and what it need not do at once is put off.
class borrowing {
public:
    // From now on the thread holds a lock of `cache`.
    explicit borrowing(const void* cache) noexcept : m_cache(cache), m_outer(t_innermost) { t_innermost = this; }
    borrowing(const borrowing&) = delete;
    borrowing& operator=(const borrowing&) = delete;
    ~borrowing() { t_innermost = m_outer; }

    // Releases what was put off. Declared before the lock is taken, so that it is destroyed after it is given back.
    struct aftermath {
        aftermath() = default;
        aftermath(const aftermath&) = delete;
        aftermath& operator=(const aftermath&) = delete;
        ~aftermath() {
            if (t_put_off != nullptr && t_innermost == nullptr) release_all();
        }
    };

    [[nodiscard]] static bool is_going_on() noexcept { return t_innermost != nullptr; }
    [[nodiscard]] static bool is_of(const void* cache) noexcept {
        for (const borrowing* each = t_innermost; each != nullptr; each = each->m_outer) {
            if (each->m_cache == cache) return true;
        }
        return false;
    }
    // Releases the entry when this thread holds no lock any more. Without memory for that the entry stays: better than
    // to wait for a lock that two threads may want of each other.
    static void put_off(cache_entry& entry, cache_shard_base& shard) noexcept {
        if (auto* const release = new (std::nothrow) release_later{entry, shard, t_put_off}) t_put_off = release;
    }

private:
    struct release_later {
        cache_entry& entry;
        cache_shard_base& shard;
        release_later* next;
    };
    [[gnu::noinline, gnu::cold]] static void release_all() noexcept {
        while (release_later* const first = t_put_off) {
            t_put_off = first->next;
            first->shard.release(first->entry);
            delete first;
        }
    }

    const void* m_cache;
    borrowing* m_outer;
    static inline constinit thread_local borrowing* t_innermost = nullptr;
    static inline constinit thread_local release_later* t_put_off = nullptr;
};

// What a handle does when it goes.
inline void release(cache_entry& entry, cache_shard_base& shard) noexcept {
    if (entry_access::release_without_lock(entry)) [[likely]] {
        return;
    }
    if (borrowing::is_going_on()) [[unlikely]] {
        borrowing::put_off(entry, shard);
    } else {
        shard.release(entry);
    }
}

} // namespace detail
} // namespace v0
} // namespace lathe

#endif // LATHE_CACHE_DETAIL_SHARD_BASE_HPP
