// SPDX-License-Identifier: MIT
#ifndef LATHE_CACHE_ENTRY_HPP
#define LATHE_CACHE_ENTRY_HPP

/// @file
/// @brief What an eviction policy sees of a cache: its entries, and lists of them.
/// @par Example
/// @snippet tests/cache/policy.cpp example

#include <atomic>
#include <cstdint>

namespace lathe {
inline namespace v0 {

namespace detail {
class cache_shard_base;
struct entry_access;
} // namespace detail

/// What all entries of a `weak_cache` have in common; a policy writes `entry_list`s of them and asks for their
/// `hash()`.
///
/// Entries belong to their cache, which tells the policy when one comes and goes. Nothing but the cache makes them.
class cache_entry {
public:
    cache_entry(const cache_entry&) = delete;
    cache_entry& operator=(const cache_entry&) = delete;

    /// @return the well-mixed hash of the entry's key, the same for the entry's whole life.
    [[nodiscard]] std::uint32_t hash() const noexcept { return m_hash; }

protected:
    /// For tests of policies and for the cache: an entry that nobody holds.
    /// @param hash the hash of its key.
    explicit cache_entry(std::uint32_t hash) noexcept : m_hash(hash) {}
    ~cache_entry() = default;

private:
    template <class Entry>
    friend class entry_list;
    friend struct detail::entry_access;

    cache_entry* m_next = nullptr;
    union {
        cache_entry* m_previous = nullptr;
        detail::cache_shard_base* m_shard; // of an entry that is on its way out
    };
    // How often the entry was released, times two. The lowest bit is set while the cache does not own it.
    std::atomic<std::uint32_t> m_released{1};
    std::atomic<std::uint32_t> m_pins{1}; // how often it was pinned; written under the shard's lock only
    std::uint32_t m_hash;
    std::uint8_t m_state = 0; // entry_state; guarded by the shard's lock
    // Two bytes before the next multiple of eight are left for what the policy keeps in an entry.
};

/// A list of entries that allocates nothing: the links lie in the entries.
///
/// @tparam Entry derives from `cache_entry`. An entry is in at most one list at a time.
/// Every member is O(1). The list owns nothing, and does not count: a policy counts entries or their weights as it
/// needs.
template <class Entry>
class entry_list {
public:
    entry_list() = default;
    entry_list(const entry_list&) = delete;
    entry_list& operator=(const entry_list&) = delete;

    /// @return whether no entry is in the list.
    [[nodiscard]] bool empty() const noexcept { return m_front == nullptr; }
    /// @return the first entry; the list is not empty.
    [[nodiscard]] Entry& front() const noexcept { return static_cast<Entry&>(*m_front); }
    /// @return the last entry; the list is not empty.
    [[nodiscard]] Entry& back() const noexcept { return static_cast<Entry&>(*m_back); }

    /// Puts an entry before all others.
    /// @param entry is in no list.
    void push_front(Entry& entry) noexcept {
        cache_entry& link = entry;
        link.m_previous = nullptr;
        link.m_next = m_front;
        (m_front != nullptr ? m_front->m_previous : m_back) = &link;
        m_front = &link;
    }
    /// Puts an entry behind all others.
    /// @param entry is in no list.
    void push_back(Entry& entry) noexcept {
        cache_entry& link = entry;
        link.m_next = nullptr;
        link.m_previous = m_back;
        (m_back != nullptr ? m_back->m_next : m_front) = &link;
        m_back = &link;
    }
    /// Takes an entry out.
    /// @param entry is in this list.
    void remove(Entry& entry) noexcept {
        const cache_entry& link = entry;
        (link.m_previous != nullptr ? link.m_previous->m_next : m_front) = link.m_next;
        (link.m_next != nullptr ? link.m_next->m_previous : m_back) = link.m_previous;
    }
    /// Takes the last entry out.
    /// @return it; the list is not empty.
    Entry& pop_back() noexcept {
        Entry& entry = back();
        remove(entry);
        return entry;
    }
    /// Takes the first entry out.
    /// @return it; the list is not empty.
    Entry& pop_front() noexcept {
        Entry& entry = front();
        remove(entry);
        return entry;
    }
    /// Puts an entry where another one was.
    /// @param old is in this list, and in none afterwards.
    /// @param by is in no list.
    void replace(Entry& old, Entry& by) noexcept {
        const cache_entry& from = old;
        cache_entry& link = by;
        link.m_next = from.m_next;
        link.m_previous = from.m_previous;
        (link.m_previous != nullptr ? link.m_previous->m_next : m_front) = &link;
        (link.m_next != nullptr ? link.m_next->m_previous : m_back) = &link;
    }

private:
    cache_entry* m_front = nullptr;
    cache_entry* m_back = nullptr;
};

} // namespace v0
} // namespace lathe

#endif // LATHE_CACHE_ENTRY_HPP
