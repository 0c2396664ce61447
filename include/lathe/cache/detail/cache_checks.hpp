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
#include <lathe/core/concepts.hpp>

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

template <class Allocator>
inline constexpr bool allocates = requires(Allocator& allocator, typename Allocator::value_type* memory) {
    { allocator.allocate(std::size_t{1}) } -> std::convertible_to<typename Allocator::value_type*>;
    allocator.deallocate(memory, std::size_t{1});
};
// Whether what has expired can be told by the clock.
template <class Clock, class Duration>
inline constexpr bool tells_time = requires(const Clock& clock, Duration time_to_live) {
    { clock.now() - clock.now() >= time_to_live } -> std::convertible_to<bool>;
};

// Each is asked only if those before it hold, so that one mistake gives one message.
template <bool IsList, class Key, class Value, class... Options>
struct cache_terms_of_list {
    static constexpr bool policy = true;
    static constexpr bool hash = true;
    static constexpr bool equal = true;
    static constexpr bool allocated = true;
    static constexpr bool clock = true;
    static constexpr bool time = true;
    static constexpr bool observed = true;
    static constexpr bool weigher = true;
    static constexpr bool all = false;
    using policy_type = s3_fifo;
};
template <class Key, class Value, class... Options>
struct cache_terms_of_list<true, Key, Value, Options...> {
    using traits = cache_traits<Key, Value, Options...>;
    using policy_type = typename traits::policy;
    static constexpr bool policy = eviction_policy<policy_type>;
    static constexpr bool hash = std::is_invocable_r_v<std::size_t, const typename traits::hash&, const Key&> &&
                                 std::is_default_constructible_v<typename traits::hash>;
    static constexpr bool equal = std::is_invocable_r_v<bool, const typename traits::equal&, const Key&, const Key&> &&
                                  std::is_default_constructible_v<typename traits::equal>;
    static constexpr bool allocated = allocates<typename traits::allocator_type>;
    static constexpr bool clock = traits::expires || std::same_as<typename traits::clock_option, no_clock>;
    static constexpr bool time =
        !traits::has_clock || tells_time<typename traits::clock_type, typename traits::duration>;
    static constexpr bool observed = observer<typename traits::observer_type>;
    static constexpr bool weigher = traits::weighs;
    static constexpr bool all = policy && hash && equal && allocated && clock && time && observed && weigher;
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
