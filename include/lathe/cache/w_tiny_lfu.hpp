// SPDX-License-Identifier: MIT
#ifndef LATHE_CACHE_W_TINY_LFU_HPP
#define LATHE_CACHE_W_TINY_LFU_HPP

/// @file
/// @brief A policy that also withstands scans and loops, for it counts how often keys are asked for.
/// @par Example
/// @snippet tests/cache/w_tiny_lfu.cpp example

#include <cstddef>
#include <cstdint>

#include <lathe/cache/detail/frequency_sketch.hpp>
#include <lathe/cache/detail/last_uses.hpp>
#include <lathe/cache/entry.hpp>

namespace lathe {
inline namespace v0 {

/// Evicts what is asked for least often, and gives way to what has become popular.
///
/// W-TinyLFU (Einziger et al., 2017) with hits that move nothing. Entries come into a window, a tenth of them all.
/// What comes to the end of it has to contend with an entry of the main part that was not hit since it was there last:
/// the one asked for more often stays, by a sketch of how often keys are asked for, whether they are in the cache or
/// not.
///
/// What was popular once would stay too long that way. So a key that is in the cache for the second time, and came back
/// after less time than the other one has been idle, may win as well. Whether such keys win depends on what came of it
/// before: those that won and those that had to leave are compared by how many of them were hit soon after.
///
/// Seldom far behind the best, on loops and scans, on shifting and on steady popularity. A hit costs more than with
/// `s3_fifo`, which is often a little better where there are no loops.
/// @par Memory
/// Two bytes in an entry, and 11 for every entry of the capacity, which are allocated as entries come; not less than 2
/// KiB.
struct w_tiny_lfu {
    template <class Entry, class Allocator>
    class queue;

    /// When the entry was used last, and how it got where it is.
    class entry {
        template <class Entry, class Allocator>
        friend class w_tiny_lfu::queue;

        std::uint8_t m_last_use = 0;
        std::uint8_t m_absence : 4 = 0; // from its last use before to its coming back; 0 if that is not known
        bool m_is_main : 1 = false;
        bool m_is_hit : 1 = false;    // since it was looked at
        bool m_is_back : 1 = false;   // it won because it came back
        bool m_is_spared : 1 = false; // it stayed although another one had come back
    };
};

/// See `eviction_policy`. Every member is O(1) amortised; only `expect` allocates.
template <class Entry, class Allocator>
class w_tiny_lfu::queue {
public:
    /// @param capacity how many entries there may be at most, if every one weighs something.
    /// @param allocator for what is known of keys.
    queue(std::size_t capacity, const Allocator& allocator) noexcept
        : m_allocator(allocator),
          m_capacity(capacity != 0 ? capacity : 1),
          m_sketch(allocator),
          m_last_uses(allocator) {}

    /// Counts a use of the key, and looks when it was used before.
    /// @throws what the allocator throws; then nothing has changed.
    void expect(std::uint32_t hash) {
        if (m_size >= m_room) grow();
        m_sketch.add(hash);
        const std::uint32_t absence = m_last_uses.take(hash, m_now) + 1;
        m_absence = static_cast<std::uint8_t>(absence < 16 ? absence : 0);
    }

    /// Takes the entry into the window. What has to leave that goes on to the main part.
    void insert(Entry& entry) noexcept {
        kept(entry) = {};
        kept(entry).m_last_use = m_now;
        kept(entry).m_absence = m_absence & 15;
        m_window.push_front(entry);
        m_window_weight += entry.weight();
        ++m_size;
        while (m_window_weight > window_share() && &m_window.front() != &m_window.back())
            move_to_main(m_window.back());
    }

    /// Counts a use of the key.
    void hit(Entry& entry) noexcept {
        kept(entry).m_last_use = m_now;
        kept(entry).m_is_hit = true;
        m_sketch.add(entry.hash());
    }

    /// @return the entry that leaves.
    Entry& evict() noexcept {
        pass_time();
        Entry& entry = choose();
        m_last_uses.note(entry.hash(), kept(entry).m_last_use, m_now);
        erase(entry);
        return entry;
    }

    /// Lets the entry go without a trace.
    void erase(Entry& entry) noexcept {
        list_of(entry).remove(entry);
        weight_of(entry) -= entry.weight();
        --m_size;
    }

    /// Puts `by` in the place of `old`, with what is known of it.
    void replace(Entry& old, Entry& by) noexcept {
        kept(by) = kept(old);
        list_of(old).replace(old, by);
        weight_of(by) += by.weight();
        weight_of(old) -= old.weight();
    }

private:
    // How many of those that were given another round used it, as a moving average; 65536 would be all.
    class success {
    public:
        void add(bool is_success) noexcept { m_rate += ((is_success ? 65536 : 0) - m_rate) / 32; }
        bool operator>=(const success& other) const noexcept { return m_rate >= other.m_rate; }

    private:
        std::int32_t m_rate = 32768;
    };

    static w_tiny_lfu::entry& kept(Entry& entry) noexcept { return entry; }

    entry_list<Entry>& list_of(Entry& entry) noexcept { return kept(entry).m_is_main ? m_main : m_window; }
    std::size_t& weight_of(Entry& entry) noexcept { return kept(entry).m_is_main ? m_main_weight : m_window_weight; }

    // A tenth of what there is, and not of the capacity: a cache may be full by the number of entries, and not by their
    // weight.
    [[nodiscard]] std::size_t window_share() const noexcept {
        const std::size_t weight = m_window_weight + m_main_weight;
        return weight < 20 ? 1 : weight / 10;
    }
    [[nodiscard]] std::uint8_t idle(Entry& entry) const noexcept {
        return static_cast<std::uint8_t>(m_now - kept(entry).m_last_use);
    }

    void move_to_main(Entry& entry) noexcept {
        m_window.remove(entry);
        m_window_weight -= entry.weight();
        kept(entry).m_is_main = true;
        kept(entry).m_is_hit = false;
        m_main.push_front(entry);
        m_main_weight += entry.weight();
    }
    void give_another_round(Entry& entry) noexcept {
        m_main.remove(entry);
        m_main.push_front(entry);
    }

    // Time goes on by one whenever an eighth of the entries was evicted.
    void pass_time() noexcept {
        if (m_evicted++ < m_size / 8) return;
        m_evicted = 0;
        ++m_now;
    }

    Entry& choose() noexcept {
        if (m_main.empty()) return m_window.back();
        Entry& rival = find_rival();
        if (m_window.empty() || m_window_weight < window_share()) return rival; // the window has room
        Entry& candidate = m_window.back();
        if (wins(candidate, rival)) return rival; // and the candidate moves when the next entry comes
        give_another_round(rival);
        return candidate;
    }

    // The entry of the main part that has waited longest for a hit.
    Entry& find_rival() noexcept {
        while (true) {
            Entry& entry = m_main.back();
            w_tiny_lfu::entry& known = kept(entry);
            if (known.m_is_back) m_back.add(known.m_is_hit);
            if (known.m_is_spared) m_spared.add(known.m_is_hit);
            known.m_is_back = known.m_is_spared = false;
            if (!known.m_is_hit) {
                if (idle(entry) > 128) known.m_last_use = static_cast<std::uint8_t>(m_now - 128); // time wraps around
                return entry;
            }
            known.m_is_hit = false;
            give_another_round(entry);
        }
    }

    bool wins(Entry& candidate, Entry& rival) noexcept {
        if (m_sketch.frequency(candidate.hash()) > m_sketch.frequency(rival.hash())) return true;
        if (kept(candidate).m_absence == 0 || idle(rival) <= kept(candidate).m_absence) return false;
        // Now and then, the other way is tried.
        const bool is_usual = ++m_decisions % 16 != 0;
        if ((m_back >= m_spared) == is_usual) {
            kept(candidate).m_is_back = true;
            return true;
        }
        kept(rival).m_is_spared = true;
        return false;
    }

    // What is known of the keys in the cache is kept.
    void grow() {
        std::size_t room = 2 * m_room;
        if (room < least_room) room = least_room;
        if (room > m_capacity) room = m_capacity;
        if (room <= m_room) return; // more entries than the capacity only if some of them weigh nothing
        detail::frequency_sketch<Allocator> sketch(room < least_room ? least_room : room, m_allocator);
        detail::last_uses<Allocator> last_uses(room - room / 4, m_allocator);
        for (entry_list<Entry>* const list : {&m_window, &m_main}) {
            if (list->empty()) continue;
            const Entry* const first = &list->front();
            do {
                Entry& entry = list->pop_back();
                list->push_front(entry);
                sketch.take_over(entry.hash(), m_sketch);
            } while (&list->front() != first);
        }
        m_sketch.swap(sketch);
        m_last_uses.swap(last_uses);
        m_room = room;
    }

    static constexpr std::size_t least_room = 256; // a smaller sketch forgets too fast

    [[no_unique_address]] Allocator m_allocator;
    std::size_t m_capacity;
    std::size_t m_window_weight = 0;
    std::size_t m_main_weight = 0;
    std::size_t m_size = 0;     // how many entries there are
    std::size_t m_room = 0;     // for how many of them there is memory
    std::size_t m_evicted = 0;  // since time went on
    entry_list<Entry> m_window; // the newest first
    entry_list<Entry> m_main;   // the one that was looked at last first
    detail::frequency_sketch<Allocator> m_sketch;
    detail::last_uses<Allocator> m_last_uses; // of what was evicted
    success m_back;                           // of those that won because they came back
    success m_spared;                         // of those that were spared then
    std::uint32_t m_decisions = 0;
    std::uint8_t m_now = 0;
    std::uint8_t m_absence = 0; // of the key that is expected
};

} // namespace v0
} // namespace lathe

#endif // LATHE_CACHE_W_TINY_LFU_HPP
