// SPDX-License-Identifier: MIT
#ifndef LATHE_CACHE_DETAIL_CACHE_TRAITS_HPP
#define LATHE_CACHE_DETAIL_CACHE_TRAITS_HPP

/// @file
/// @brief What the template arguments of a cache mean.

#include <concepts>
#include <cstddef>
#include <cstdint>
#include <string_view>
#include <type_traits>
#include <vector>

#include <lathe/cache/detail/cache_options_list.hpp>
#include <lathe/cache/options.hpp>
#include <lathe/cache/s3_fifo.hpp>
#include <lathe/core/concepts.hpp>
#include <lathe/core/detail/callback.hpp>

namespace lathe {
inline namespace v0 {
namespace detail {

// Keys that are text are hashed and compared as views, so that any text finds them.
template <class Key>
concept text_key = std::convertible_to<const Key&, std::string_view>;

template <class Key>
struct default_hash {
    std::size_t operator()(const Key& given) const
        requires requires { std::hash<Key>{}(given); }
    {
        return std::hash<Key>{}(given);
    }
};
template <text_key Key>
struct default_hash<Key> {
    using is_transparent = void;
    std::size_t operator()(std::string_view given) const noexcept { return std::hash<std::string_view>{}(given); }
};

template <class Key>
struct default_equal {
    bool operator()(const Key& left, const Key& right) const
        requires requires { static_cast<bool>(left == right); }
    {
        return static_cast<bool>(left == right);
    }
};
template <text_key Key>
struct default_equal<Key> {
    using is_transparent = void;
    bool operator()(std::string_view left, std::string_view right) const noexcept { return left == right; }
};

template <class T>
concept transparent = requires { typename T::is_transparent; };

// The default of the options below: no such option.
template <class Type>
struct no_option {
    using type = Type;
};
struct no_clock {
    using clock = no_clock;
    using duration = no_clock;
};
struct no_weigher {
    static constexpr auto weigher = [](const auto& /*value*/) {
        return std::size_t{1};
    };
};

// A member of cache_options that is there, or is not.
template <bool IsThere, class Type, class Role>
using member_if = std::conditional_t<IsThere, Type, not_asked_for<Role>>;

template <class Type>
consteval auto longest() {
    if constexpr (requires { Type::max(); }) {
        return Type::max();
    } else {
        return Type{};
    }
}

template <class Key, class Value, class... Options>
struct cache_traits {
    using key = Key;
    using value = Value;
    using stored_value = std::remove_const_t<Value>;

    using policy = typename find_option<cache_role::policy, s3_fifo, Options...>::type;
    using hash = typename find_option<cache_role::hash, no_option<default_hash<Key>>, Options...>::type::type;
    using equal = typename find_option<cache_role::equal, no_option<default_equal<Key>>, Options...>::type::type;

    static constexpr bool is_weighed = has_option<cache_role::weigher, Options...>;
    using weigher = typename find_option<cache_role::weigher, no_weigher, Options...>::type;
    // Whether that is a weigher of such entries; there is nothing to ask where there is none.
    static constexpr bool weighs =
        std::is_invocable_r_v<std::size_t, decltype(weigher::weigher), const Key&, const Value&> ||
        std::is_invocable_r_v<std::size_t, decltype(weigher::weigher), const Value&>;

    using write_expiry = typename find_option<cache_role::write_expiry, no_clock, Options...>::type;
    using access_expiry = typename find_option<cache_role::access_expiry, no_clock, Options...>::type;
    static constexpr bool expires_after_write = !std::same_as<write_expiry, no_clock>;
    static constexpr bool expires_after_access = !std::same_as<access_expiry, no_clock>;
    using expiry = std::conditional_t<expires_after_write, write_expiry, access_expiry>;
    using clock_option = typename find_option<cache_role::clock, expiry, Options...>::type;
    using clock_type = typename clock_option::clock;
    static constexpr bool has_clock = !std::same_as<clock_type, no_clock>;

    static constexpr bool is_negative = has_option<cache_role::negative, Options...>;
    static constexpr bool negatives_expire = is_negative && has_clock;
    static constexpr bool expires = expires_after_write || expires_after_access || negatives_expire;

    static constexpr bool has_listener = has_option<cache_role::listener, Options...>;
    static constexpr bool is_observed = has_option<cache_role::observer, Options...>;
    using observer_type = typename find_option<cache_role::observer, no_option<null_observer>, Options...>::type::type;
    static constexpr bool has_allocator = has_option<cache_role::allocator, Options...>;
    using allocator_option =
        typename find_option<cache_role::allocator, no_option<std::allocator<std::byte>>, Options...>::type;
    using allocator_type = typename allocator_option::type;

    // The members of cache_options.
    using max_weight = member_if<is_weighed, std::size_t, cache_role::weigher>;
    using duration = typename clock_option::duration;
    using write_duration = member_if<expires_after_write, duration, cache_role::write_expiry>;
    using access_duration = member_if<expires_after_access, duration, cache_role::access_expiry>;
    using negative_duration = member_if<negatives_expire, duration, cache_role::negative>;
    static constexpr auto write_duration_max = longest<write_duration>();
    static constexpr auto access_duration_max = longest<access_duration>();
    static constexpr auto negative_duration_max = longest<negative_duration>();
    using callback = member_if<has_listener, detail::callback<const Key&, Value&, removal_cause>, cache_role::listener>;
    using clock = member_if<has_clock, clock_type, cache_role::clock>;
    using observer_pointer = member_if<is_observed, observer_type*, cache_role::observer>;
    struct observed_name_role;
    using observed_name = member_if<is_observed, std::string_view, observed_name_role>;
    using allocator = member_if<has_allocator, allocator_type, cache_role::allocator>;

    // Keys that are numbers are cheaper to compare than their hashes.
    static constexpr bool compares_hashes = !(std::is_arithmetic_v<Key> && std::same_as<equal, default_equal<Key>>);

    // What a key may be looked up by, beside a Key.
    template <class Query>
    static constexpr bool looks_up = !std::same_as<Query, Key> && transparent<hash> && transparent<equal> &&
                                     std::is_invocable_r_v<std::size_t, const hash&, const Query&> &&
                                     std::is_invocable_r_v<bool, const equal&, const Key&, const Query&>;

    template <class Query>
    static std::uint64_t mixed_hash(const Query& query) {
        // Fibonacci hashing (Knuth, TAOCP 3, 6.4), with the upper half folded into the lower one, whose bits choose the
        // slot; the upper half chooses the shard.
        const std::uint64_t product = std::uint64_t{hash{}(query)} * 0x9E3779B97F4A7C15U;
        return product ^ (product >> 32);
    }

    static std::size_t weight_of(const Key& key, const Value& object) {
        if constexpr (!is_weighed) {
            return 1;
        } else if constexpr (std::is_invocable_r_v<std::size_t, decltype(weigher::weigher), const Key&, const Value&>) {
            return weigher::weigher(key, object);
        } else if constexpr (std::is_member_function_pointer_v<decltype(weigher::weigher)>) {
            return (object.*weigher::weigher)();
        } else if constexpr (std::is_member_object_pointer_v<decltype(weigher::weigher)>) {
            return object.*weigher::weigher;
        } else {
            return weigher::weigher(object);
        }
    }
};

} // namespace detail
} // namespace v0
} // namespace lathe

#endif // LATHE_CACHE_DETAIL_CACHE_TRAITS_HPP
