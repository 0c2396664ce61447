// SPDX-License-Identifier: MIT
#ifndef LATHE_CACHE_DETAIL_CACHE_OPTIONS_LIST_HPP
#define LATHE_CACHE_DETAIL_CACHE_OPTIONS_LIST_HPP

/// @file
/// @brief Finds the options of a cache in the list of its template arguments, by the part they play.

#include <type_traits>

namespace lathe {
inline namespace v0 {
namespace detail {

// The parts that options play; each option names its own as `cache_role`. A policy is known by its queue.
namespace cache_role {
struct policy;
struct weigher;
struct write_expiry;
struct access_expiry;
struct clock;
struct negative;
struct listener;
struct observer;
struct hash;
struct equal;
struct allocator;
struct unknown;
} // namespace cache_role

template <class Option>
struct role_of {
    using type = cache_role::unknown;
};
template <class Option>
    requires requires { typename Option::cache_role; }
struct role_of<Option> {
    using type = typename Option::cache_role;
};
// What a queue is made of is asked later, where a sentence can say what is missing.
template <class Option>
    requires requires { typename Option::entry; }
struct role_of<Option> {
    using type = cache_role::policy;
};

// The first option of the list with that role, or Default.
template <class Role, class Default, class... Options>
struct find_option {
    using type = Default;
};
template <class Role, class Default, class First, class... Rest>
struct find_option<Role, Default, First, Rest...>
    : std::conditional_t<std::is_same_v<Role, typename role_of<First>::type>,
                         std::type_identity<First>,
                         find_option<Role, Default, Rest...>> {};

template <class Role, class... Options>
inline constexpr int options_with = (0 + ... + (std::is_same_v<Role, typename role_of<Options>::type> ? 1 : 0));

template <class Role, class... Options>
inline constexpr bool has_option = options_with<Role, Options...> != 0;

// No option repeats the role of another one.
template <class... Options>
inline constexpr bool roles_differ = ((options_with<typename role_of<Options>::type, Options...> == 1) && ...);

// Stands where an option's member would be, in a cache that has not asked for it.
template <class Role>
struct not_asked_for {
    constexpr not_asked_for() = default;
    template <class Given>
    constexpr not_asked_for(const Given& /*given*/) noexcept { // NOLINT(google-explicit-constructor)
        static_assert(std::is_same_v<Role, Given>,
                      "lathe::weak_cache: this member of the options needs an option of the "
                      "cache's type; say weak_cache<Key, Value, expire_after_write>, "
                      "weighed_by<f>, removal_listener or whichever it belongs to");
    }
};

} // namespace detail
} // namespace v0
} // namespace lathe

#endif // LATHE_CACHE_DETAIL_CACHE_OPTIONS_LIST_HPP
