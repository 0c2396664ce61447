// SPDX-License-Identifier: MIT
#ifndef LATHE_CACHE_DETAIL_CACHE_CHECKS_HPP
#define LATHE_CACHE_DETAIL_CACHE_CHECKS_HPP

/// @file
/// @brief What the template arguments of a cache must be.

#include <concepts>
#include <cstddef>
#include <type_traits>

#include <lathe/cache/detail/cache_traits.hpp>
#include <lathe/cache/policy.hpp>

namespace lathe {
inline namespace v0 {
namespace detail {

// Hashes and compares whatever there is, so that a cache with a mistake in it gives no message but its own.
struct any_hash {
    template <class Key>
    std::size_t operator()(const Key&) const;
};
struct any_equal {
    template <class Key>
    bool operator()(const Key&, const Key&) const;
};

// Each is asked only if those before it hold, so that one mistake gives one message.
template <bool IsList, class Key, class Value, class... Options>
struct cache_terms_of_list {
    static constexpr bool policy = true;
    static constexpr bool hash = true;
    static constexpr bool equal = true;
    static constexpr bool clock = true;
    static constexpr bool weigher = true;
    static constexpr bool all = false;
    using policy_type = s3_fifo;
};
template <class Key, class Value, class... Options>
struct cache_terms_of_list<true, Key, Value, Options...> {
    using traits = cache_traits<Key, Value, Options...>;
    using policy_type = typename traits::policy;
    static constexpr bool policy = eviction_policy<policy_type>;
    static constexpr bool hash = std::is_invocable_r_v<std::size_t, const typename traits::hash&, const Key&>;
    static constexpr bool equal = std::is_invocable_r_v<bool, const typename traits::equal&, const Key&, const Key&>;
    static constexpr bool clock = traits::expires || std::same_as<typename traits::clock_option, no_clock>;
    static constexpr bool weigher = traits::weighs;
    static constexpr bool all = policy && hash && equal && clock && weigher;
};

template <class Key, class Value, class... Options>
struct cache_terms {
    static constexpr bool key = std::is_object_v<Key> && !std::is_const_v<Key>;
    static constexpr bool value = std::is_object_v<Value> && !std::is_array_v<Value>;
    static constexpr bool known = !has_option<cache_role::unknown, Options...>;
    static constexpr bool differ = !known || roles_differ<Options...>;
    using rest = cache_terms_of_list<key && value && known && differ, Key, Value, Options...>;

    using traits = std::conditional_t<rest::all,
                                      cache_traits<Key, Value, Options...>,
                                      cache_traits<std::conditional_t<key, Key, int>,
                                                   std::conditional_t<value, Value, int>,
                                                   hashed_by<any_hash>,
                                                   compared_by<any_equal>>>;
};

} // namespace detail
} // namespace v0
} // namespace lathe

#endif // LATHE_CACHE_DETAIL_CACHE_CHECKS_HPP
