// SPDX-License-Identifier: MIT
// Each LATHE_CASE_* must not compile, and must say why. Without one, all compiles.
#include <lathe/cache/policy.hpp>

#include <cstddef>
#include <cstdint>

#include <lathe/cache/policy_laws.hpp>

struct good : lathe::fifo {};
[[maybe_unused]] static std::size_t broken() {
    return lathe::policy_laws<good>().size();
}

// expect-error(no_entry): lathe::eviction_policy<Policy>: Policy::entry must be a class to inherit from, whose default
// constructor does not throw; write struct entry {}; if the policy keeps nothing in an entry
#ifdef LATHE_CASE_no_entry
struct no_entry {
    template <class Entry, class Allocator>
    using queue = lathe::fifo::queue<Entry, Allocator>;
};
auto laws = lathe::policy_laws<no_entry>();
#endif

// expect-error(no_queue): lathe::eviction_policy<Policy>: Policy::queue must be a class template of an entry and an
// allocator; write template <class Entry, class Allocator> class queue
#ifdef LATHE_CASE_no_queue
struct no_queue {
    struct entry {};
    class queue {};
};
auto laws = lathe::policy_laws<no_queue>();
#endif

// expect-error(no_evict): lathe::eviction_policy<Policy>: Policy::queue lacks something; write queue\(std::size_t
// capacity, const Allocator&\), void expect\(std::uint32_t hash\), and noexcept: void insert\(Entry&\), void
// hit\(Entry&\), Entry& evict\(\), void erase\(Entry&\), void replace\(Entry& old, Entry& by\)
#ifdef LATHE_CASE_no_evict
struct no_evict {
    struct entry {};
    template <class Entry, class Allocator>
    class queue {
    public:
        queue(std::size_t capacity, const Allocator& allocator);
        void expect(std::uint32_t hash);
        void insert(Entry& entry) noexcept;
        void hit(Entry& entry) noexcept;
        void erase(Entry& entry) noexcept;
        void replace(Entry& old, Entry& by) noexcept;
    };
};
auto laws = lathe::policy_laws<no_evict>();
#endif
