// SPDX-License-Identifier: MIT
#include <lathe/cache/policy_laws.hpp> // first: proves that the header stands alone

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <new>
#include <string>
#include <utility>
#include <vector>

#include <lathe/cache/s3_fifo.hpp>
#include <lathe/cache/w_tiny_lfu.hpp>

#include "support/catch.hpp"
#include "support/seed.hpp"
#include "support/stress.hpp"

namespace policy_laws_test {

namespace {

// A sound policy in a vector, the first to go in front, but for the fault that is put in.
enum class fault {
    none,
    evicts_twice,
    forgets_to_erase,
    hit_takes_in,
    touches_departed,
    by_address,
    expects_by_halves,
    replaces_as_newest,
    takes_all_memory,
    keeps_memory
};

struct first_come {
    static inline fault its = fault::none;
    static inline std::vector<void*> kept_memory;

    struct entry {
        unsigned char uses = 0;
    };

    template <class Entry, class Allocator>
    class queue {
        template <class T>
        using rebound = typename std::allocator_traits<Allocator>::template rebind_alloc<T>;

    public:
        queue(std::size_t capacity, const Allocator& allocator) : m_order(allocator), m_salts(allocator) {
            if (its == fault::takes_all_memory) m_order.reserve(capacity);
            if (its == fault::keeps_memory) kept_memory.push_back(rebound<int>(allocator).allocate(1));
        }
        void expect(std::uint32_t hash) {
            if (its == fault::expects_by_halves) m_salt ^= hash;
            m_order.reserve(2 * m_order.size() + 2); // a hit may take one in
            m_salts.push_back(hash);
        }
        void insert(Entry& entry) noexcept { m_order.push_back(&entry); }
        void hit(Entry& entry) noexcept {
            ++entry.uses;
            if (its == fault::hit_takes_in) {
                if (m_order.size() < m_order.capacity()) m_order.push_back(&entry);
            }
        }
        Entry& evict() noexcept {
            auto chosen = m_order.begin();
            if (its == fault::by_address) chosen = std::min_element(m_order.begin(), m_order.end());
            if (its == fault::expects_by_halves) chosen += static_cast<std::ptrdiff_t>(m_salt % m_order.size());
            Entry& entry = **chosen;
            if (its == fault::touches_departed) {
                if (m_last != nullptr) ++m_last->uses;
                m_last = &entry;
            }
            if (its != fault::evicts_twice) m_order.erase(chosen);
            return entry;
        }
        void erase(Entry& entry) noexcept {
            if (its == fault::forgets_to_erase) return;
            m_order.erase(std::find(m_order.begin(), m_order.end(), &entry));
        }
        void replace(Entry& old, Entry& by) noexcept {
            const auto place = std::find(m_order.begin(), m_order.end(), &old);
            if (its == fault::replaces_as_newest) {
                m_order.erase(place);
                m_order.push_back(&by);
            } else {
                std::replace(m_order.begin(), m_order.end(), &old, &by);
            }
        }

    private:
        std::vector<Entry*, rebound<Entry*>> m_order;
        std::vector<std::uint32_t, rebound<std::uint32_t>> m_salts; // of no use: there is memory to be refused
        Entry* m_last = nullptr;
        std::uint32_t m_salt = 0;
    };
};

std::string text_of(const std::vector<std::string>& broken) {
    std::string text;
    for (const std::string& law : broken)
        text += law + '\n';
    return text;
}
std::vector<std::string> laws_broken_with(fault its, const lathe::policy_laws_options& options) {
    first_come::its = its;
    std::vector<std::string> broken = lathe::policy_laws<first_come>(options);
    for (void* const each : std::exchange(first_come::kept_memory, {}))
        ::operator delete(each, std::align_val_t(alignof(int)));
    return broken;
}
std::string broken_with(fault its) {
    return text_of(laws_broken_with(its, {.seed = lathe_test::seed_of_run(), .rounds = 2}));
}

//! [example]
TEMPLATE_TEST_CASE("policy_laws: hold for the policies of lathe",
                   "[policy_laws][stress]",
                   lathe::fifo,
                   lathe::lru,
                   lathe::s3_fifo,
                   lathe::w_tiny_lfu) {
    CHECK(text_of(lathe::policy_laws<TestType>(
              {.seed = lathe_test::seed_of_run(), .rounds = lathe_test::rounds(15)})) == "");
}
//! [example]

TEST_CASE("policy_laws: hold for a sound policy of one's own", "[policy_laws]") {
    CHECK(broken_with(fault::none) == "");
}

TEST_CASE("policy_laws: find what is wrong with a policy", "[policy_laws]") {
    using lathe_test::ContainsSubstring;
    const auto stranger = ContainsSubstring("evict returned an entry that is not in the queue");
    CHECK_THAT(broken_with(fault::evicts_twice), stranger);
    CHECK_THAT(broken_with(fault::forgets_to_erase), stranger);
    CHECK_THAT(broken_with(fault::hit_takes_in), stranger);
    CHECK_THAT(broken_with(fault::touches_departed), ContainsSubstring("an entry that has left was touched"));
    CHECK_THAT(broken_with(fault::by_address),
               ContainsSubstring("what is evicted depends on where the entries lie in memory"));
    CHECK_THAT(broken_with(fault::expects_by_halves),
               ContainsSubstring("a call of expect that threw has changed something"));
    CHECK_THAT(broken_with(fault::replaces_as_newest),
               ContainsSubstring("an entry that replaces another one does not take its place"));
    CHECK_THAT(broken_with(fault::takes_all_memory),
               ContainsSubstring("memory grows with the capacity, and not with the entries"));
    CHECK_THAT(broken_with(fault::keeps_memory), ContainsSubstring("memory is not given back"));
}

TEST_CASE("policy_laws: tell each law once, with a trial to run again", "[policy_laws]") {
    const auto broken = laws_broken_with(fault::keeps_memory, {.seed = 42, .rounds = 2, .accesses = 100});
    REQUIRE(broken.size() == 1);
    CHECK_THAT(broken[0], lathe_test::ContainsSubstring("options.seed = 42"));
}

} // namespace

} // namespace policy_laws_test
