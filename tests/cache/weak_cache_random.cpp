// SPDX-License-Identifier: MIT
// A long random use of a cache beside a naive model of what it promises: which objects must be found, which must not,
// and which are alive. What the policy keeps is not modelled; it is only asked whether it can be. LATHE_SEED=<seed>
// replays a run.
#include <lathe/cache/weak_cache.hpp>

#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <random>
#include <stdexcept>
#include <string>
#include <tuple>
#include <utility>
#include <vector>

#include <lathe/cache/w_tiny_lfu.hpp>

#include "support/catch.hpp"
#include "support/seed.hpp"
#include "support/stress.hpp"

namespace {

// Counts the objects that are there, by number.
struct object {
    static inline std::map<int, int> alive{};
    explicit object(int wanted) : number(wanted) { ++alive[number]; }
    object(const object&) = delete;
    object& operator=(const object&) = delete;
    ~object() {
        if (--alive[number] == 0) alive.erase(number);
    }
    int number;
};

template <class Policy>
class comparison {
    using cache_type = lathe::weak_cache<int, object, Policy>;
    using handle = lathe::cache_handle<object>;

public:
    comparison(std::uint64_t seed, std::size_t capacity)
        : m_random(seed), m_cache({.capacity = capacity}), m_capacity(capacity) {}

    void step() {
        const int key = below(40);
        switch (below(12)) {
        case 0:
            found(key, m_cache.find(key));
            break;
        case 1:
            load(key);
            break;
        case 2:
            load(key);
            break;
        case 3:
            reload(key);
            break;
        case 4:
            erase(key);
            break;
        case 5:
            m_cache.with(key, [&](const object& lent) { must_be_current(key, lent.number); });
            break;
        case 6:
            m_held.empty() ? void() : drop();
            break;
        case 7:
            m_held.empty() ? void() : drop();
            break;
        case 8:
            m_held.empty() ? void() : copy();
            break;
        case 9:
            rarely();
            break;
        case 10:
            snapshot();
            break;
        default:
            fail_to_load(key);
            break;
        }
        check();
    }
    void finish() {
        m_held.clear();
        m_cache.clear();
        CHECK(object::alive.empty());
    }

private:
    int below(int end) { return static_cast<int>(m_random() % static_cast<std::uint64_t>(end)); }

    // Whoever finds something under a key finds the newest object of that key; somebody who holds that one makes it be
    // found.
    void must_be_current(int key, int number) {
        const auto current = m_current.find(key);
        if (current == m_current.end() || current->second != number) FAIL("key " << key << " has object " << number);
    }
    [[nodiscard]] bool is_held(int number) const {
        for (const handle& each : m_held) {
            if (each->number == number) return true;
        }
        return false;
    }
    void found(int key, handle got) {
        if (got) {
            must_be_current(key, got->number);
            if (below(3) == 0) m_held.push_back(std::move(got));
        } else if (const auto current = m_current.find(key); current != m_current.end() && is_held(current->second)) {
            FAIL("key " << key << " is not found though somebody has its object");
        }
    }
    void load(int key) {
        bool loaded = false;
        const int number = m_next + 1;
        auto got = m_cache.get_or_load(key, [&](int) {
            loaded = true;
            return object(number);
        });
        if (loaded) {
            const auto current = m_current.find(key);
            if (current != m_current.end() && is_held(current->second)) FAIL("loaded " << key << " a second time");
            m_next = number;
            m_current[key] = number;
        }
        if (!got) FAIL("nothing was loaded");
        found(key, std::move(got));
    }
    void fail_to_load(int key) {
        try {
            found(key, m_cache.get_or_load(key, [](int) -> object { throw std::runtime_error("no"); }));
        } catch (const std::runtime_error&) {
            found(key, {});
        }
    }
    void reload(int key) {
        erase(key);
        load(key);
    }
    void erase(int key) {
        const auto current = m_current.find(key);
        const bool must = current != m_current.end() && is_held(current->second);
        const bool did = m_cache.erase(key);
        if (must && !did) FAIL("nothing was erased under " << key);
        if (did && current == m_current.end()) FAIL("something was erased under " << key);
        m_current.erase(key);
    }
    void drop() {
        std::swap(m_held[static_cast<std::size_t>(below(static_cast<int>(m_held.size())))], m_held.back());
        m_held.pop_back();
    }
    void copy() {
        m_held.push_back(m_held[static_cast<std::size_t>(below(static_cast<int>(m_held.size())))]);
        if (m_held.size() > 60) m_held.clear();
    }
    void rarely() {
        switch (below(30)) {
        case 0:
            m_cache.clear();
            m_current.clear();
            break;
        case 1:
            m_cache.clear_strong();
            break;
        case 2: {
            m_cache.erase_if([](int key, const object&) { return key % 3 == 0; });
            std::erase_if(m_current, [](const auto& each) { return each.first % 3 == 0; });
            break;
        }
        default:
            break;
        }
    }
    void snapshot() {
        std::size_t count = 0;
        for (const auto& [key, owner] : m_cache.snapshot()) {
            must_be_current(key, owner->number);
            ++count;
        }
        if (count != m_cache.alive()) FAIL("a snapshot has " << count);
    }
    void check() {
        const lathe::cache_stats stats = m_cache.stats();
        if (stats.resident > m_capacity) FAIL("keeps " << stats.resident);
        // Alive are those that the cache keeps, and those that somebody has.
        std::map<int, int> held;
        std::size_t erased = 0;
        for (const handle& each : m_held) {
            if (held[each->number]++ != 0) continue;
            bool is_current = false;
            for (const auto& [key, number] : m_current)
                is_current = is_current || number == each->number;
            if (!is_current) ++erased;
        }
        if (object::alive.size() != stats.alive + erased) {
            FAIL(object::alive.size() << " objects, " << stats.alive << " can be found, " << erased << " were erased");
        }
        for (const auto& [number, count] : object::alive) {
            if (count != 1) FAIL("object " << number << " is there " << count << " times");
        }
        if (stats.alive < stats.resident || stats.alive > stats.resident + held.size()) FAIL("alive " << stats.alive);
    }

    std::mt19937_64 m_random;
    cache_type m_cache;
    std::size_t m_capacity;
    std::vector<handle> m_held{};
    std::map<int, int> m_current{}; // the newest object of each key that was not erased
    int m_next = 0;
};

TEMPLATE_TEST_CASE("weak_cache: any sequence of uses keeps its promises",
                   "[cache][stress]",
                   lathe::fifo,
                   lathe::lru,
                   lathe::s3_fifo,
                   lathe::w_tiny_lfu) {
    const std::uint64_t seed = lathe_test::seed_of_run();
    const std::size_t capacity = GENERATE(as<std::size_t>(), 0, 1, 2, 5, 20, 100);
    INFO("LATHE_SEED=" << seed << ", capacity " << capacity);
    object::alive.clear();
    comparison<TestType> both(seed, capacity);
    for (std::size_t i = 0; i < lathe_test::rounds(4000); ++i)
        both.step();
    both.finish();
}

} // namespace
