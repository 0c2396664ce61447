// SPDX-License-Identifier: MIT
#ifndef LATHE_CACHE_DETAIL_AGE_ROW_HPP
#define LATHE_CACHE_DETAIL_AGE_ROW_HPP

/// @file
/// @brief The entries of a shard in the order in which their time runs out.

#include <type_traits>

#include <lathe/cache/detail/cache_node.hpp>
#include <lathe/cache/detail/cache_traits.hpp>

namespace lathe {
inline namespace v0 {
namespace detail {

// A row for each way to expire. All entries of a row have the same time to live, so the oldest is always the first to
// go. All is called under the shard's lock.
template <class Traits, bool = Traits::expires>
class age_rows {
    using node = cache_node<Traits>;
    using links = links_of<Traits>;
    using time_point = typename links::time_point;
    using link = age_link<time_point>;

public:
    // Calls f(entry) for each whose time is over, and keeps the time for the calls below.
    template <class F>
    void take_out_expired(const cache_options<Traits>& options, const F& f) {
        m_now = options.clock.now();
        if constexpr (Traits::expires_after_write)
            take_out<typename links::write>(m_written, options.expire_after_write, f);
        if constexpr (Traits::expires_after_access)
            take_out<typename links::access>(m_accessed, options.expire_after_access, f);
        if constexpr (Traits::negatives_expire)
            take_out<typename links::write>(m_negative, options.expire_negative_after, f);
    }
    void came_in(node& entry, bool is_nothing) noexcept {
        if constexpr (Traits::negatives_expire) {
            if (is_nothing) {
                static_cast<typename links::write&>(entry).append_to(m_negative, m_now);
                return;
            }
        }
        if constexpr (Traits::expires_after_write)
            static_cast<typename links::write&>(entry).append_to(m_written, m_now);
        if constexpr (Traits::expires_after_access)
            static_cast<typename links::access&>(entry).append_to(m_accessed, m_now);
    }
    void accessed(node& entry) noexcept {
        if constexpr (Traits::expires_after_access) {
            if ((entry_access::state(entry) & entry_state::nothing) != 0) return;
            auto& place = static_cast<typename links::access&>(entry);
            place.leave();
            place.append_to(m_accessed, m_now);
        }
    }
    void leaves(node& entry) noexcept {
        if constexpr (Traits::expires_after_write || Traits::negatives_expire)
            static_cast<typename links::write&>(entry).leave();
        if constexpr (Traits::expires_after_access) static_cast<typename links::access&>(entry).leave();
    }

private:
    template <class Link, class Duration, class F>
    void take_out(link& row, Duration time_to_live, const F& f) {
        if (time_to_live == Duration::max()) return;
        while (row.newer != &row && m_now - row.newer->since >= time_to_live) {
            f(static_cast<node&>(static_cast<Link&>(*row.newer))); // which leaves
        }
    }

    time_point m_now{};
    // Of an empty row both ends are the row itself.
    [[no_unique_address]] std::conditional_t<Traits::expires_after_write, link, no_write_link> m_written;
    [[no_unique_address]] std::conditional_t<Traits::expires_after_access, link, no_access_link> m_accessed;
    struct no_negative_link {};
    [[no_unique_address]] std::conditional_t<Traits::negatives_expire, link, no_negative_link> m_negative;
};

template <class Traits>
class age_rows<Traits, false> {
public:
    static void came_in(cache_entry& /*entry*/, bool /*is_nothing*/) noexcept {}
    static void accessed(cache_entry& /*entry*/) noexcept {}
    static void leaves(cache_entry& /*entry*/) noexcept {}
};

} // namespace detail
} // namespace v0
} // namespace lathe

#endif // LATHE_CACHE_DETAIL_AGE_ROW_HPP
