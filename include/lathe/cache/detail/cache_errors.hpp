// SPDX-License-Identifier: MIT
#ifndef LATHE_CACHE_DETAIL_CACHE_ERRORS_HPP
#define LATHE_CACHE_DETAIL_CACHE_ERRORS_HPP

/// @file
/// @brief What a cache says when it refuses.

#include <string>
#include <string_view>
#include <type_traits>

#include <lathe/cache/detail/cache_node.hpp>
#include <lathe/cache/detail/cache_traits.hpp>
#include <lathe/cache/error.hpp>
#include <lathe/core/type_name.hpp>

namespace lathe {
inline namespace v0 {
namespace detail {

// A key as messages show it: numbers, text and optionals of such, or what the key says itself; of others only the type.
template <class Key>
[[gnu::cold]] std::string key_text(const Key& key) {
    if constexpr (std::is_same_v<Key, bool>) {
        return key ? "true" : "false";
    } else if constexpr (std::is_arithmetic_v<Key>) {
        return std::to_string(key);
    } else if constexpr (text_key<Key>) {
        return '"' + std::string(static_cast<std::string_view>(key)) + '"';
    } else if constexpr (optional_value<Key>) {
        return key.has_value() ? key_text(*key) : "nothing";
    } else if constexpr (requires { std::string(key.text()); }) {
        return std::string(key.text());
    } else {
        return "a " + std::string(type_name<Key>);
    }
}

[[noreturn, gnu::cold]] inline void fail_in_circle(const std::string& key) {
    throw cache_error("lathe::weak_cache::get_or_load: the loader of " + key +
                      " waits for itself: it asks for that key again, directly or by way of other loaders");
}
[[noreturn, gnu::cold]] inline void fail_within_with(std::string_view member) {
    throw cache_error(
        "lathe::weak_cache::" + std::string(member) +
        ": called from within a callable of with(), which holds a lock of this cache; take a handle by find() instead");
}
[[noreturn, gnu::cold]] inline void fail_to_put_null(const std::string& key) {
    throw cache_error("lathe::weak_cache::put: the pointer to be stored under " + key +
                      " is null; an entry is an object, and erase() takes one out");
}

} // namespace detail
} // namespace v0
} // namespace lathe

#endif // LATHE_CACHE_DETAIL_CACHE_ERRORS_HPP
