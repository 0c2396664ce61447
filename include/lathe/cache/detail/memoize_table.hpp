// SPDX-License-Identifier: MIT
#ifndef LATHE_CACHE_DETAIL_MEMOIZE_TABLE_HPP
#define LATHE_CACHE_DETAIL_MEMOIZE_TABLE_HPP

/// @file
/// @brief The results of a function by its arguments: a weak_cache whose keys are made on a miss only.

#include <atomic>
#include <cstdint>
#include <type_traits>
#include <utility>

#include <lathe/cache/detail/memoize_key.hpp>
#include <lathe/cache/handle.hpp>
#include <lathe/cache/stats.hpp>
#include <lathe/cache/weak_cache.hpp>

namespace lathe {
inline namespace v0 {
namespace detail {

template <class Signature, class... Options>
class memo_table;

template <class R, class... A, class... Options>
class memo_table<R(A...), Options...> {
public:
    using result = std::remove_cvref_t<R>; // never a reference
    using cache =
        weak_cache<memo_arguments<A...>, const result, hashed_by<memo_hash>, compared_by<memo_equal>, Options...>;
    using handle = cache_handle<const result>;
    using options = typename cache::options;

    explicit memo_table(options chosen) : m_cache(std::move(chosen)) {}

    // Calls f() for the result, unless there is one.
    template <class F>
    [[nodiscard]] handle get(const memo_query<A...>& asked, F&& f) const {
        return m_cache.get_or_load(asked, f);
    }
    bool forget(const memo_query<A...>& asked) { return m_cache.erase(asked); }
    void clear() {
        m_cache.clear();
        const cache_stats now = m_cache.stats(); // counted from here on
        m_hits_before.store(now.hits, std::memory_order_release);
        m_misses_before.store(now.misses, std::memory_order_release);
    }
    // Of which hits and misses are those since the last clear(). What was before is read first, with acquire to the
    // release above, so that what is read of the cache then is no less.
    [[nodiscard]] cache_stats stats() const {
        const std::uint64_t hits_before = m_hits_before.load(std::memory_order_acquire);
        const std::uint64_t misses_before = m_misses_before.load(std::memory_order_acquire);
        cache_stats now = m_cache.stats();
        now.hits -= hits_before;
        now.misses -= misses_before;
        return now;
    }
    [[nodiscard]] std::size_t capacity() const noexcept { return m_cache.capacity(); }

private:
    cache m_cache;
    std::atomic<std::uint64_t> m_hits_before = 0;
    std::atomic<std::uint64_t> m_misses_before = 0;
};

} // namespace detail
} // namespace v0
} // namespace lathe

#endif // LATHE_CACHE_DETAIL_MEMOIZE_TABLE_HPP
