// SPDX-License-Identifier: MIT
#ifndef LATHE_CACHE_DETAIL_POLICY_TRIAL_HPP
#define LATHE_CACHE_DETAIL_POLICY_TRIAL_HPP

/// @file
/// @brief A cache with nothing in it but entries and a policy, to see how the policy behaves.

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <limits>
#include <new>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

#include <lathe/cache/entry.hpp>

namespace lathe {
inline namespace v0 {
namespace detail {

// What a trial knows of the memory that a policy has.
struct policy_memory {
    std::size_t used = 0;
    std::size_t most = std::numeric_limits<std::size_t>::max(); // more than this is refused
};

template <class T>
class policy_trial_allocator {
public:
    using value_type = T;

    explicit policy_trial_allocator(policy_memory& memory) noexcept : m_memory(&memory) {}
    template <class Other>
    policy_trial_allocator(const policy_trial_allocator<Other>& other) noexcept : m_memory(other.memory()) {}

    [[nodiscard]] T* allocate(std::size_t count) {
        const std::size_t most = m_memory->most;
        if (m_memory->used > most || count > (most - m_memory->used) / sizeof(T)) throw std::bad_alloc();
        T* const where = static_cast<T*>(::operator new(count * sizeof(T), std::align_val_t(alignof(T))));
        m_memory->used += count * sizeof(T);
        return where;
    }
    void deallocate(T* where, std::size_t count) noexcept {
        m_memory->used -= count * sizeof(T);
        ::operator delete(where, std::align_val_t(alignof(T)));
    }
    [[nodiscard]] policy_memory* memory() const noexcept { return m_memory; }
    template <class Other>
    friend bool operator==(const policy_trial_allocator& a, const policy_trial_allocator<Other>& b) noexcept {
        return a.memory() == b.memory();
    }

private:
    policy_memory* m_memory;
};

template <class Policy>
class policy_trial_entry : public cache_entry, public Policy::entry {
public:
    policy_trial_entry(std::uint32_t hash, std::size_t key, std::size_t weight) noexcept
        : cache_entry(hash), m_key(key), m_weight(weight) {}
    [[nodiscard]] std::size_t key() const noexcept { return m_key; }
    [[nodiscard]] std::size_t weight() const noexcept { return m_weight; }

private:
    std::size_t m_key;
    std::size_t m_weight;
};

class policy_trial_random {
public:
    explicit policy_trial_random(std::uint64_t seed) noexcept : m_state(seed) {}
    // SplitMix64.
    std::uint64_t next() noexcept { return mix(m_state += 0x9e3779b97f4a7c15U); }
    std::size_t below(std::size_t bound) noexcept { return static_cast<std::size_t>(next() % bound); }
    static std::uint64_t mix(std::uint64_t bits) noexcept {
        bits = (bits ^ (bits >> 30)) * 0xbf58476d1ce4e5b9U;
        bits = (bits ^ (bits >> 27)) * 0x94d049bb133111ebU;
        return bits ^ (bits >> 31);
    }

private:
    std::uint64_t m_state;
};

enum class policy_trial_keys { any, skewed, loop, scan, one_hash };

struct policy_trial_plan {
    std::uint64_t seed;
    std::size_t accesses;
    std::size_t capacity;
    std::size_t max_weight; // 0 and more are weights then; 1 means that all weigh 1
    policy_trial_keys keys;
    bool backwards = false;       // entries lie in memory the other way round
    bool short_of_memory = false; // every call of expect is refused memory first
    bool replacing = false;       // entries are replaced by others of their key and weight now and then

    [[nodiscard]] std::string text() const {
        static constexpr const char* names[] = {
            "keys by chance", "skewed keys", "a loop", "a scan", "keys of one hash"};
        std::string text = names[static_cast<int>(keys)];
        text += ", capacity ";
        text += std::to_string(capacity);
        if (max_weight != 1) {
            text += ", weights up to ";
            text += std::to_string(max_weight);
        }
        return text;
    }
};

// A cache with nothing but entries and a policy, to which things happen as a plan says. The same plan makes the same
// things happen, but for what its three last members say: no policy may notice those.
template <class Policy>
class policy_trial {
public:
    explicit policy_trial(const policy_trial_plan& plan)
        : m_plan(plan), m_random(plan.seed), m_resident(key_count(plan), nullptr) {
        m_storage.resize(2 * plan.accesses);
        m_departed.reserve(m_storage.size());
    }
    policy_trial(const policy_trial&) = delete;
    policy_trial& operator=(const policy_trial&) = delete;
    ~policy_trial() {
        for (std::size_t made = 0; made != m_made; ++made)
            reinterpret_cast<entry*>(m_storage[place_of(made)].bytes)->~entry();
    }

    // Answers the keys of evicted entries, in order. An empty complaint means that nothing was wrong.
    std::vector<std::size_t> run(std::string& complaint) {
        // Entries and a hundred bytes for each, but nothing that grows with a capacity which is never used.
        m_memory.most = std::size_t(16384) + 128 * m_plan.accesses;
        try {
            queue tried(m_plan.capacity, allocator(m_memory));
            for (std::size_t step = 0; step != m_plan.accesses && m_complaint.empty(); ++step) {
                access(tried, next_key(step));
                const std::size_t what = m_random.below(16);
                const std::size_t key = m_random.below(m_resident.size());
                if (what == 0 && m_resident[key] != nullptr) {
                    tried.erase(*m_resident[key]);
                    leave(*m_resident[key]);
                } else if (what == 1 && m_resident[key] == nullptr) {
                    expect(tried, hash_of(key)); // and the loader fails
                } else if (what < 5 && m_resident[key] != nullptr && m_plan.replacing) {
                    entry& old = *m_resident[key];
                    entry& by = make(key, old.weight());
                    tried.replace(old, by);
                    leave(old);
                    enter(by);
                }
            }
            while (m_count != 0 && m_complaint.empty())
                evict(tried);
        } catch (const std::bad_alloc&) {
            complain_of_memory();
        } catch (const std::length_error&) {
            complain_of_memory();
        }
        for (const auto& [at, bytes] : m_departed) {
            if (std::memcmp(bytes.data(), m_storage[at].bytes, sizeof(entry)) != 0)
                complain("an entry that has left was touched");
        }
        if (m_memory.used != 0) complain("memory is not given back");
        complaint = m_complaint;
        return std::move(m_evicted);
    }

private:
    using entry = policy_trial_entry<Policy>;
    using allocator = policy_trial_allocator<std::byte>;
    using queue = typename Policy::template queue<entry, allocator>;
    struct alignas(entry) place {
        std::byte bytes[sizeof(entry)];
    };

    static std::size_t key_count(const policy_trial_plan& plan) {
        const std::size_t fitting = plan.capacity / (plan.max_weight / 2 + 1);
        return fitting < 100 ? 2 * fitting + 3 : 200;
    }

    std::size_t next_key(std::size_t step) {
        const std::size_t count = m_resident.size();
        switch (m_plan.keys) {
        case policy_trial_keys::skewed:
            return m_random.below(1 + m_random.below(1 + m_random.below(count)));
        case policy_trial_keys::loop:
            return step % (count / 2 + 1 + step / 97 % (count / 2));
        case policy_trial_keys::scan:
            return step % 3 != 0 ? step % count : m_random.below(count / 3 + 1);
        default:
            return m_random.below(count);
        }
    }
    [[nodiscard]] std::uint32_t hash_of(std::size_t key) const noexcept {
        if (m_plan.keys == policy_trial_keys::one_hash) key = 0;
        return static_cast<std::uint32_t>(policy_trial_random::mix(key + 1));
    }
    [[nodiscard]] std::size_t weight_of(std::size_t key) const noexcept {
        if (m_plan.max_weight == 1) return 1;
        return static_cast<std::size_t>(policy_trial_random::mix(~key) % (m_plan.max_weight + 1));
    }

    [[nodiscard]] std::size_t place_of(std::size_t made) const noexcept {
        return m_plan.backwards ? m_storage.size() - 1 - made : made;
    }
    entry& make(std::size_t key, std::size_t weight) {
        return *::new (static_cast<void*>(m_storage[place_of(m_made++)].bytes)) entry(hash_of(key), key, weight);
    }
    void enter(entry& made) {
        m_resident[made.key()] = &made;
        m_weight += made.weight();
        ++m_count;
    }
    void leave(entry& gone) {
        m_resident[gone.key()] = nullptr;
        m_weight -= gone.weight();
        --m_count;
        const auto* const bytes = reinterpret_cast<const std::byte*>(&gone);
        const auto at = static_cast<std::size_t>(reinterpret_cast<const place*>(bytes) - m_storage.data());
        m_departed.emplace_back(at, std::vector<std::byte>(bytes, bytes + sizeof(entry)));
    }

    void access(queue& tried, std::size_t key) {
        if (m_resident[key] != nullptr) {
            tried.hit(*m_resident[key]);
            return;
        }
        const std::size_t weight = weight_of(key);
        expect(tried, hash_of(key));
        while (m_count != 0 && (weight > m_plan.capacity || m_weight > m_plan.capacity - weight)) {
            if (!evict(tried)) return;
        }
        entry& made = make(key, weight);
        tried.insert(made);
        enter(made);
    }
    void expect(queue& tried, std::uint32_t hash) {
        if (m_plan.short_of_memory) {
            const std::size_t most = std::exchange(m_memory.most, 0);
            try {
                tried.expect(hash);
                m_memory.most = most;
                return; // it needed none
            } catch (const std::bad_alloc&) {
                m_memory.most = most;
            }
        }
        tried.expect(hash);
    }
    bool evict(queue& tried) {
        entry& chosen = tried.evict();
        for (entry* const each : m_resident) {
            if (each != &chosen) continue;
            m_evicted.push_back(chosen.key());
            leave(chosen);
            return true;
        }
        complain("evict returned an entry that is not in the queue");
        return false;
    }
    void complain_of_memory() { complain("memory grows with the capacity, and not with the entries"); }
    void complain(const char* what) {
        if (m_complaint.empty()) m_complaint = what;
    }

    policy_trial_plan m_plan;
    policy_trial_random m_random;
    policy_memory m_memory;
    std::vector<place> m_storage;
    std::vector<entry*> m_resident;                                         // by key
    std::vector<std::pair<std::size_t, std::vector<std::byte>>> m_departed; // where they lie, and how they were left
    std::vector<std::size_t> m_evicted;
    std::string m_complaint;
    std::size_t m_made = 0;
    std::size_t m_weight = 0;
    std::size_t m_count = 0;
};

} // namespace detail
} // namespace v0
} // namespace lathe

#endif // LATHE_CACHE_DETAIL_POLICY_TRIAL_HPP
