// SPDX-License-Identifier: MIT
#ifndef LATHE_CACHE_DETAIL_CACHE_CORE_HPP
#define LATHE_CACHE_DETAIL_CACHE_CORE_HPP

/// @file
/// @brief What a cache and its handles share: the shards, and where memory comes from.

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <span>
#include <utility>

#include <lathe/cache/detail/cache_shard.hpp>

namespace lathe {
inline namespace v0 {
namespace detail {

template <class Traits>
struct cache_core final : cache_surroundings<Traits> {
    using shard_type = cache_shard<Traits>;
    using node_type = cache_node<Traits>;
    template <class T>
    using allocator_for = std::allocator_traits<
        typename std::allocator_traits<typename Traits::allocator_type>::template rebind_alloc<T>>;

    static constexpr std::size_t places_per_shard = 256; // with fewer, a shard's share of the hot keys varies too much

    explicit cache_core(cache_options<Traits>& chosen)
        : cache_surroundings<Traits>(chosen), shard_count(count_shards(this->options)), shards(allocate_shards()) {}
    cache_core(const cache_core&) = delete;
    cache_core& operator=(const cache_core&) = delete;
    ~cache_core() {
        while (m_made != 0)
            shards[--m_made].~shard_type();
        typename allocator_for<shard_type>::allocator_type memory(this->allocator);
        allocator_for<shard_type>::deallocate(memory, shards, shard_count);
    }

    static cache_core* make(cache_options<Traits>& chosen) {
        auto allocator = cache_surroundings<Traits>::allocator_of(chosen);
        cache_core& made = new_node<cache_core>(allocator, chosen);
        try {
            made.make_shards();
        } catch (...) {
            delete_node(allocator, made);
            throw;
        }
        return &made;
    }

    [[nodiscard]] std::span<shard_type> all_shards() const noexcept { return {shards, shard_count}; }

    // The cache is destroyed. What it shares goes with the last node.
    void close() noexcept {
        const std::size_t count = shard_count; // the last shard to close takes all with it
        shard_type* const first = shards;
        for (std::size_t i = 0; i < count; ++i)
            first[i].close();
    }

    // Null when there is nothing to make a node of.
    template <class K, class Make>
    node_type* make_node(shard_type& home, std::uint32_t hash, K&& key, Make& make) {
        node_type* const made = detail::make_node<Traits>(hash, this->allocator, std::forward<K>(key), make);
        if (made == nullptr) return nullptr;
        home.count_node();
        try {
            made->set_weight(weigh(*made));
        } catch (...) {
            home.destroy(*made);
            throw;
        }
        return made;
    }
    // By a loader, whom an observer may observe. What there is not may be remembered too.
    template <class Make>
    node_type* load_node(shard_type& home, std::uint32_t hash, const typename Traits::key& key, Make& make) {
        node_type* made = nullptr;
        if constexpr (Traits::is_observed) {
            auto observed = [&](const typename Traits::key& of) -> decltype(auto) {
                if (this->options.observer == nullptr) return make(of);
                [[maybe_unused]] const auto scope = this->options.observer->observe(this->options.observed_as);
                return make(of);
            };
            made = make_node(home, hash, key, observed);
        } else {
            made = make_node(home, hash, key, make);
        }
        if constexpr (Traits::is_negative) {
            if (made == nullptr) {
                made = &new_node<node_type>(this->allocator, hash, this->allocator, key);
                entry_access::set_state(*made, entry_state::nothing);
                made->set_weight(1);
                home.count_node();
            }
        }
        return made;
    }

    std::size_t shard_count;
    shard_type* shards;

private:
    static std::size_t count_shards(const cache_options<Traits>& chosen) noexcept {
        // A cache that keeps nothing has no policy that many shards could hurt.
        const std::size_t most = chosen.capacity == 0 ? chosen.shards : chosen.capacity / places_per_shard;
        const std::size_t count = chosen.shards < most ? chosen.shards : most;
        return count == 0 ? 1 : count;
    }
    static std::size_t share(std::size_t all, std::size_t index, std::size_t count) noexcept {
        return all / count + (index < all % count ? 1 : 0);
    }
    shard_type* allocate_shards() {
        typename allocator_for<shard_type>::allocator_type memory(this->allocator);
        return allocator_for<shard_type>::allocate(memory, shard_count);
    }
    void make_shards() {
        for (; m_made != shard_count; ++m_made) {
            std::size_t max_weight = 0;
            if constexpr (Traits::is_weighed) max_weight = share(this->options.max_weight, m_made, shard_count);
            ::new (static_cast<void*>(shards + m_made))
                shard_type(*this, share(this->options.capacity, m_made, shard_count), max_weight, &shard_is_done);
        }
        m_open.store(shard_count, std::memory_order_relaxed); // nobody else knows of it yet
    }
    std::size_t weigh(node_type& made) { return Traits::weight_of(made.key, std::as_const(*made.object())); }

    static void shard_is_done(cache_surroundings<Traits>& around) noexcept {
        auto& self = static_cast<cache_core&>(around);
        // Acquire and release: the last one sees that all others are through with what is deleted here.
        if (self.m_open.fetch_sub(1, std::memory_order_acq_rel) == 1) {
            typename Traits::allocator_type allocator = self.allocator;
            delete_node(allocator, self);
        }
    }

    std::size_t m_made = 0;
    std::atomic<std::size_t> m_open = 0; // shards that have nodes, or a cache that is not closed
};

} // namespace detail
} // namespace v0
} // namespace lathe

#endif // LATHE_CACHE_DETAIL_CACHE_CORE_HPP
