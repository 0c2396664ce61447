// SPDX-License-Identifier: MIT
// The policies once more, as plainly as they can be said, to compare the real ones with: `access(key, hash)` answers
// whether the key was there, and brings it in if not. Only counting needs the hash, where two keys may share a counter.
#ifndef LATHE_TESTS_CACHE_REFERENCE_POLICIES_HPP
#define LATHE_TESTS_CACHE_REFERENCE_POLICIES_HPP

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <list>
#include <optional>
#include <unordered_map>
#include <utility>
#include <vector>

namespace lathe_test {

// Keys in order, the newest first, each of which can be found.
class key_queue {
public:
    [[nodiscard]] std::size_t size() const { return m_order.size(); }
    [[nodiscard]] bool empty() const { return m_order.empty(); }
    [[nodiscard]] bool contains(std::uint64_t key) const { return m_where.contains(key); }
    [[nodiscard]] std::uint64_t oldest() const { return m_order.back(); }
    void push(std::uint64_t key) {
        m_order.push_front(key);
        m_where[key] = m_order.begin();
    }
    void erase(std::uint64_t key) {
        m_order.erase(m_where.at(key));
        m_where.erase(key);
    }
    std::uint64_t pop() {
        const std::uint64_t key = oldest();
        erase(key);
        return key;
    }
    [[nodiscard]] const std::list<std::uint64_t>& keys() const { return m_order; }

private:
    std::list<std::uint64_t> m_order;
    std::unordered_map<std::uint64_t, std::list<std::uint64_t>::iterator> m_where;
};

class reference_fifo {
public:
    explicit reference_fifo(std::size_t capacity) : m_capacity(capacity) {}
    bool access(std::uint64_t key, std::uint32_t /*hash*/) {
        if (m_queue.contains(key)) return true;
        if (m_queue.size() == m_capacity) m_queue.pop();
        m_queue.push(key);
        return false;
    }

private:
    std::size_t m_capacity;
    key_queue m_queue;
};

class reference_lru {
public:
    explicit reference_lru(std::size_t capacity) : m_capacity(capacity) {}
    bool access(std::uint64_t key, std::uint32_t /*hash*/) {
        const bool is_hit = m_queue.contains(key);
        if (is_hit) {
            m_queue.erase(key);
        } else if (m_queue.size() == m_capacity) {
            m_queue.pop();
        }
        m_queue.push(key);
        return is_hit;
    }

private:
    std::size_t m_capacity;
    key_queue m_queue;
};

// Yang, Zhang, Qiu, Yue, Rashmi: FIFO queues are all you need for cache eviction (SOSP 2023), algorithm 1; a key goes
// on to the main queue if it was asked for once more, and then is counted anew.
class reference_s3_fifo {
public:
    explicit reference_s3_fifo(std::size_t capacity)
        : m_capacity(capacity),
          m_small_capacity(std::max<std::size_t>(1, capacity / 10)),
          m_ghost_capacity(capacity * 9 / 10) {}

    bool access(std::uint64_t key, std::uint32_t /*hash*/) {
        if (m_small.contains(key) || m_main.contains(key)) {
            m_hits[key] = std::min(m_hits[key] + 1, 3);
            return true;
        }
        const bool was_evicted = m_ghosts.contains(key);
        if (was_evicted) m_ghosts.erase(key);
        while (m_small.size() + m_main.size() == m_capacity) {
            if (m_small.size() >= m_small_capacity) {
                evict_from_small();
            } else {
                evict_from_main();
            }
        }
        m_hits[key] = 0;
        (was_evicted ? m_main : m_small).push(key);
        return false;
    }

private:
    // One is evicted, unless all went on to the main queue.
    void evict_from_small() {
        while (!m_small.empty()) {
            const std::uint64_t key = m_small.pop();
            if (m_hits[key] > 0) {
                m_hits[key] = 0;
                m_main.push(key);
                continue;
            }
            m_hits.erase(key);
            if (m_ghost_capacity == 0) return;
            if (m_ghosts.size() == m_ghost_capacity) m_ghosts.pop();
            m_ghosts.push(key);
            return;
        }
    }
    void evict_from_main() {
        while (true) {
            const std::uint64_t key = m_main.pop();
            if (m_hits[key]-- == 0) {
                m_hits.erase(key);
                return;
            }
            m_main.push(key);
        }
    }

    std::size_t m_capacity, m_small_capacity, m_ghost_capacity;
    key_queue m_small, m_main, m_ghosts;
    std::unordered_map<std::uint64_t, int> m_hits;
};

// Counters up to 15, four for each key; so many blocks as there are entries for each eight. When there were 15 uses for
// each entry, all counters are halved. The hash is spread as Caffeine's FrequencySketch does.
class reference_sketch {
public:
    explicit reference_sketch(std::size_t entries) : m_blocks((entries + 7) / 8) {}

    void add(std::uint32_t hash) {
        bool is_counted = false;
        for (int* const counter : counters(hash)) {
            if (*counter == 15) continue;
            ++*counter;
            is_counted = true;
        }
        m_counted += is_counted;
        if (m_counted < 15 * 8 * m_blocks.size()) return;
        std::size_t odd = 0;
        for (block& each : m_blocks) {
            for (auto& row : each) {
                for (int& counter : row) {
                    odd += static_cast<std::size_t>(counter % 2);
                    counter /= 2;
                }
            }
        }
        m_counted = (m_counted - odd / 4) / 2;
    }
    int frequency(std::uint32_t hash) {
        int least = 15;
        for (const int* const counter : counters(hash))
            least = std::min(least, *counter);
        return least;
    }
    void raise(std::uint32_t hash, int frequency) {
        for (int* const counter : counters(hash))
            *counter = std::max(*counter, frequency);
        m_counted += static_cast<std::size_t>(frequency);
    }

private:
    using block = std::array<std::array<int, 32>, 4>;

    std::array<int*, 4> counters(std::uint32_t hash) {
        hash ^= hash >> 17;
        hash *= 0xed5ad4bb;
        hash ^= hash >> 11;
        hash *= 0xac4c1b51;
        hash ^= hash >> 15;
        block& chosen = m_blocks[static_cast<std::size_t>(std::uint64_t(hash) * m_blocks.size() >> 32)];
        hash *= 0x31848bab;
        hash ^= hash >> 14;
        return {&chosen[0][hash & 31],
                &chosen[1][hash >> 8 & 31],
                &chosen[2][hash >> 16 & 31],
                &chosen[3][hash >> 24 & 31]};
    }

    std::vector<block> m_blocks;
    std::size_t m_counted = 0;
};

// Times are numbers of one byte that wrap around.
inline int age(std::uint8_t then, std::uint8_t now) {
    return static_cast<std::uint8_t>(now - then);
}

// When keys that have left were used last: eight in a block, in which a new one drives out the oldest.
class reference_last_uses {
public:
    explicit reference_last_uses(std::size_t keys) : m_blocks((keys + 7) / 8) {}

    void note(std::uint32_t hash, std::uint8_t used, std::uint8_t now) {
        hash *= 0x9e3779b1;
        block& slots = block_of(hash);
        auto place = std::find_if(
            slots.begin(), slots.end(), [&](const slot& each) { return !each || each->first == print(hash); });
        if (place == slots.end()) {
            for (auto each = slots.begin(); each != slots.end(); ++each) {
                if (place == slots.end() || age((*each)->second, now) >= age((*place)->second, now)) place = each;
            }
        }
        *place = {print(hash), used};
    }
    std::optional<std::uint8_t> take(std::uint32_t hash) {
        hash *= 0x9e3779b1;
        for (slot& each : block_of(hash)) {
            if (!each || each->first != print(hash)) continue;
            return std::exchange(each, std::nullopt)->second;
        }
        return std::nullopt;
    }

private:
    using slot = std::optional<std::pair<std::uint32_t, std::uint8_t>>;
    using block = std::array<slot, 8>;

    static std::uint32_t print(std::uint32_t hash) { return hash % (1U << 24) | 1; }
    block& block_of(std::uint32_t hash) {
        return m_blocks[static_cast<std::size_t>(std::uint64_t(hash) * m_blocks.size() >> 32)];
    }

    std::vector<block> m_blocks;
};

// The window, the contest and what softens it, as the documentation of lathe::w_tiny_lfu says.
class reference_w_tiny_lfu {
public:
    explicit reference_w_tiny_lfu(std::size_t capacity) : m_capacity(capacity), m_sketch(0), m_last_uses(0) {}

    bool access(std::uint64_t key, std::uint32_t hash) {
        if (const auto found = m_known.find(key); found != m_known.end()) {
            found->second.last_use = m_now;
            found->second.is_hit = true;
            m_sketch.add(hash);
            return true;
        }
        if (m_known.size() == m_room && m_room < m_capacity) grow();
        m_sketch.add(hash);
        const std::optional<std::uint8_t> before = m_last_uses.take(hash);
        std::optional<int> absence;
        if (before && age(*before, m_now) < 15) absence = age(*before, m_now);
        if (m_known.size() == m_capacity) evict();
        m_known.emplace(key, known{hash, m_now, absence});
        m_window.push(key);
        while (m_window.size() > share()) {
            const std::uint64_t next = m_window.pop();
            m_known.at(next).is_hit = false;
            m_main.push(next);
        }
        return false;
    }

private:
    struct known {
        std::uint32_t hash;
        std::uint8_t last_use;
        std::optional<int> absence = {};
        bool is_hit = false, is_back = false, is_spared = false;
    };

    [[nodiscard]] std::size_t share() const { return std::max<std::size_t>(1, m_known.size() / 10); }

    void evict() {
        if (++m_evicted > m_known.size() / 8) {
            ++m_now;
            m_evicted = 0;
        }
        const std::uint64_t key = choose();
        (m_window.contains(key) ? m_window : m_main).erase(key);
        m_last_uses.note(m_known.at(key).hash, m_known.at(key).last_use, m_now);
        m_known.erase(key);
    }
    std::uint64_t choose() {
        if (m_main.empty()) return m_window.oldest();
        while (true) {
            known& last = m_known.at(m_main.oldest());
            if (last.is_back) m_back += ((last.is_hit ? 65536 : 0) - m_back) / 32;
            if (last.is_spared) m_spared += ((last.is_hit ? 65536 : 0) - m_spared) / 32;
            last.is_back = last.is_spared = false;
            if (!last.is_hit) {
                if (age(last.last_use, m_now) > 128) last.last_use = static_cast<std::uint8_t>(m_now - 128);
                break;
            }
            last.is_hit = false;
            m_main.push(m_main.pop());
        }
        const std::uint64_t rival = m_main.oldest(), candidate = m_window.oldest();
        if (m_window.size() < share() || wins(m_known.at(candidate), m_known.at(rival))) return rival;
        m_main.push(m_main.pop());
        return candidate;
    }
    bool wins(known& candidate, known& rival) {
        if (m_sketch.frequency(candidate.hash) > m_sketch.frequency(rival.hash)) return true;
        // Times are rounded: an idle time that is longer by two turns is surely longer.
        if (!candidate.absence || age(rival.last_use, m_now) < *candidate.absence + 2) return false;
        const bool is_experiment = ++m_decisions % 16 == 0;
        const bool admits = (m_back >= m_spared) != is_experiment;
        (admits ? candidate.is_back : rival.is_spared) = true;
        return admits;
    }
    void grow() {
        m_room = std::min(m_capacity, std::max<std::size_t>(256, 2 * m_room));
        reference_sketch larger(std::max<std::size_t>(256, m_room));
        if (!m_known.empty()) {
            for (const auto& [key, what] : m_known)
                larger.raise(what.hash, m_sketch.frequency(what.hash));
        }
        m_sketch = larger;
        m_last_uses = reference_last_uses(m_room - m_room / 4);
    }

    std::size_t m_capacity;
    std::size_t m_room = 0;
    std::size_t m_evicted = 0;
    std::uint8_t m_now = 0;
    unsigned m_decisions = 0;
    int m_back = 32768, m_spared = 32768;
    reference_sketch m_sketch;
    reference_last_uses m_last_uses;
    key_queue m_window, m_main;
    std::unordered_map<std::uint64_t, known> m_known;
};

} // namespace lathe_test

#endif // LATHE_TESTS_CACHE_REFERENCE_POLICIES_HPP
