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

// What loads the value of a key, in the words of whoever wrote it: a loader, or the function of a memo, whose key is a
// list of arguments.
template <class Key>
[[gnu::cold]] std::string load_text(const Key& key) {
    if constexpr (requires { Key::is_call; }) {
        return "lathe::memoize: the call f" + key_text(key);
    } else {
        return "lathe::weak_cache::get_or_load: the loader of " + key_text(key);
    }
}

[[noreturn, gnu::cold]] inline void fail_in_circle(const std::string& load) {
    throw cache_error(load + " waits for itself: it asks for the same again, directly or by way of others; let it end "
                             "without");
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
