// SPDX-License-Identifier: MIT
#include <lathe/cache/policy.hpp> // first: proves that the header stands alone

#include <cstddef>
#include <cstdint>

#include <lathe/cache/weak_cache.hpp>

#include "cache/policy_queue.hpp"
#include "support/catch.hpp"

namespace cache_policy_test {

namespace {

using lathe::eviction_policy;
using lathe_test::policy_queue;

static_assert(eviction_policy<lathe::fifo>);
static_assert(eviction_policy<lathe::lru>);

//! [example]
// The least that is a policy, and what is missing to it.
struct newest_goes {
    struct entry {};
    template <class Entry, class Allocator>
    class queue {
    public:
        queue(std::size_t /*capacity*/, const Allocator& /*allocator*/) {}
        void expect(std::uint32_t /*hash*/) {}
        void insert(Entry& entry) noexcept { m_entries.push_front(entry); }
        void hit(Entry& /*entry*/) noexcept {}
        Entry& evict() noexcept { return m_entries.pop_front(); }
        void erase(Entry& entry) noexcept { m_entries.remove(entry); }
        void replace(Entry& old, Entry& by) noexcept { m_entries.replace(old, by); }

    private:
        lathe::entry_list<Entry> m_entries;
    };
};
static_assert(eviction_policy<newest_goes>);
//! [example]

struct without_entry {
    template <class Entry, class Allocator>
    using queue = newest_goes::queue<Entry, Allocator>;
};
struct with_final_entry : without_entry {
    struct entry final {};
};
struct without_queue {
    struct entry {};
};
struct with_throwing_hit {
    struct entry {};
    template <class Entry, class Allocator>
    class queue : public newest_goes::queue<Entry, Allocator> {
    public:
        using newest_goes::queue<Entry, Allocator>::queue;
        void hit(Entry& /*entry*/) {}
    };
};
struct without_capacity {
    struct entry {};
    template <class Entry, class Allocator>
    class queue : public newest_goes::queue<Entry, Allocator> {
    public:
        queue() : newest_goes::queue<Entry, Allocator>(0, Allocator()) {}
    };
};
static_assert(!eviction_policy<int>);
static_assert(!eviction_policy<without_entry>);
static_assert(!eviction_policy<with_final_entry>);
static_assert(!eviction_policy<without_queue>);
static_assert(!eviction_policy<with_throwing_hit>);
static_assert(!eviction_policy<without_capacity>);

TEST_CASE("policy: fifo evicts what came first", "[policy]") {
    policy_queue<lathe::fifo> queue(3);
    queue.access_all(1, 3);
    CHECK(queue.access(1));
    queue.access(4);
    CHECK(queue.evicted == "1");
    queue.erase(2);
    queue.replace(3);
    queue.access(5);
    CHECK(queue.evicted.empty());
    queue.access(6);
    CHECK(queue.evicted == "3");
}

TEST_CASE("policy: lru evicts what was not used for longest", "[policy]") {
    policy_queue<lathe::lru> queue(3);
    queue.access_all(1, 3);
    CHECK(queue.access(1));
    queue.access(4);
    CHECK(queue.evicted == "2");
    queue.replace(3);
    queue.access(5);
    CHECK(queue.evicted == "3");
    queue.erase(1);
    queue.access(6);
    CHECK(queue.evicted.empty());
    queue.access(7);
    CHECK(queue.evicted == "4");
}

TEMPLATE_TEST_CASE("policy: as many go as the weight of a newcomer takes", "[policy]", lathe::fifo, lathe::lru) {
    policy_queue<TestType> queue(10);
    queue.access(1, 4);
    queue.access(2, 1);
    queue.access(3, 5);
    queue.access(4, 5);
    CHECK(queue.evicted == "1 2");
    queue.access(5, 20);
    CHECK(queue.evicted == "3 4");
    CHECK(queue.memory().used == 0);
}

TEST_CASE("policy: a cache takes a policy of one's own", "[policy]") {
    lathe::weak_cache<int, int, newest_goes> cache{{.capacity = 2}};
    for (int key = 1; key <= 4; ++key)
        cache.put(key, 10 * key);
    CHECK(cache.contains(1));
    CHECK_FALSE(cache.contains(2));
    CHECK_FALSE(cache.contains(3));
    CHECK(cache.contains(4));
}

} // namespace

} // namespace cache_policy_test
