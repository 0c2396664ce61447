// SPDX-License-Identifier: MIT
// A policy's queue with entries by key, to see what it does step by step.
#ifndef LATHE_TESTS_CACHE_POLICY_QUEUE_HPP
#define LATHE_TESTS_CACHE_POLICY_QUEUE_HPP

#include <cstddef>
#include <cstdint>
#include <limits>
#include <map>
#include <memory>
#include <new>
#include <string>

#include <lathe/cache/entry.hpp>

#include "support/counted_allocator.hpp"

namespace lathe_test {

template <class Policy>
class queued_entry : public lathe::cache_entry, public Policy::entry {
public:
    queued_entry(int key, std::size_t weight) : cache_entry(hash_of(key)), m_key(key), m_weight(weight) {}
    [[nodiscard]] int key() const noexcept { return m_key; }
    [[nodiscard]] std::size_t weight() const noexcept { return m_weight; }
    static std::uint32_t hash_of(int key) noexcept {
        auto mixed = static_cast<std::uint64_t>(key + 1) * 0x9e3779b97f4a7c15U;
        mixed ^= mixed >> 32;
        return static_cast<std::uint32_t>(mixed * 0xd6e8feb86659fd93U >> 32);
    }

private:
    int m_key;
    std::size_t m_weight;
};

// A cache of ints. What is evicted is told by key.
template <class Policy>
class policy_queue {
public:
    explicit policy_queue(std::size_t capacity)
        : m_capacity(capacity), m_queue(capacity, counted_allocator<std::byte>(m_memory)) {}

    // Whether the key was there; brings it in if not.
    bool access(int key, std::size_t weight = 1) {
        if (const auto found = m_entries.find(key); found != m_entries.end()) {
            m_queue.hit(*found->second);
            return true;
        }
        m_queue.expect(entry::hash_of(key));
        evicted.clear();
        while (!m_entries.empty() && m_weight + weight > m_capacity) {
            const int gone = m_queue.evict().key();
            m_weight -= m_entries.at(gone)->weight();
            m_entries.erase(gone);
            evicted += evicted.empty() ? "" : " ";
            evicted += std::to_string(gone);
        }
        m_queue.insert(make(key, weight));
        return false;
    }
    void access_all(int first, int last) {
        for (int key = first; key <= last; ++key)
            access(key);
    }
    void erase(int key) {
        m_queue.erase(*m_entries.at(key));
        m_weight -= m_entries.at(key)->weight();
        m_entries.erase(key);
    }
    void replace(int key) {
        auto old = std::move(m_entries.at(key));
        m_weight -= old->weight();
        entry& by = make(key, old->weight());
        m_queue.replace(*old, by);
    }
    [[nodiscard]] bool contains(int key) const { return m_entries.contains(key); }
    [[nodiscard]] std::size_t size() const { return m_entries.size(); }
    [[nodiscard]] memory_count& memory() { return m_memory; }

    std::string evicted; // by the last access that brought something in

private:
    using entry = queued_entry<Policy>;

    entry& make(int key, std::size_t weight) {
        auto& made = m_entries[key] = std::make_unique<entry>(key, weight);
        m_weight += weight;
        return *made;
    }

    std::size_t m_capacity;
    std::size_t m_weight = 0;
    memory_count m_memory;
    std::map<int, std::unique_ptr<entry>> m_entries;
    typename Policy::template queue<entry, counted_allocator<std::byte>> m_queue;
};

} // namespace lathe_test

#endif // LATHE_TESTS_CACHE_POLICY_QUEUE_HPP
