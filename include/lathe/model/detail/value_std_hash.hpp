// SPDX-License-Identifier: MIT
#ifndef LATHE_MODEL_DETAIL_VALUE_STD_HASH_HPP
#define LATHE_MODEL_DETAIL_VALUE_STD_HASH_HPP

/// @file
/// @brief std::hash of values, lists and dicts. Equal ones have equal hashes: a whole number the same in each kind, a
/// dict the same in any order.

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>

#include <lathe/model/value.hpp>

namespace lathe {
inline namespace v0 {
namespace detail {

constexpr std::size_t scattered(std::size_t hash) noexcept {
    hash = (hash ^ (hash >> 32U)) * 0x9e3779b97f4a7c15U;
    return hash ^ (hash >> 29U);
}

inline std::size_t hash_dynamic(double from) noexcept {
    if (from >= -0x1p63 && from < 0x1p63) {
        const auto whole = static_cast<std::int64_t>(from);
        if (static_cast<double>(whole) == from) return std::hash<std::int64_t>{}(whole);
    } else if (from >= 0x1p63 && from < 0x1p64) { // all of these are whole
        return std::hash<std::uint64_t>{}(static_cast<std::uint64_t>(from));
    }
    return std::hash<double>{}(from);
}

inline std::size_t hash_dynamic(const value& from);
inline std::size_t hash_dynamic(const list& from) {
    std::size_t seed = from.size();
    for (const value& element : from)
        seed = scattered(seed) + hash_dynamic(element);
    return scattered(seed);
}
inline std::size_t hash_dynamic(const dict& from) {
    std::size_t sum = from.size();
    for (const auto& [key, held] : from)
        sum += scattered(scattered(std::hash<std::string>{}(key)) + hash_dynamic(held));
    return scattered(sum);
}
inline std::size_t hash_dynamic(const value& from) {
    switch (from.kind()) {
    case value_kind::null:
        return 0x51U;
    case value_kind::boolean:
        return from.as<bool>() ? 0x52U : 0x53U;
    case value_kind::integer:
        return std::hash<std::int64_t>{}(from.as<std::int64_t>());
    case value_kind::natural:
        return std::hash<std::uint64_t>{}(from.as<std::uint64_t>());
    case value_kind::real:
        return hash_dynamic(from.as<double>());
    case value_kind::text:
        return std::hash<std::string>{}(from.as<std::string>());
    case value_kind::bytes: {
        const bytes& held = from.as<bytes>();
        return std::hash<std::string_view>{}({reinterpret_cast<const char*>(held.data()), held.size()});
    }
    case value_kind::list:
        return hash_dynamic(from.as<list>());
    case value_kind::dict:
        return hash_dynamic(from.as<dict>());
    }
    return 0;
}

} // namespace detail
} // namespace v0
} // namespace lathe

/// @cond detail
template <lathe::detail::dynamic_value T>
struct std::hash<T> {
    std::size_t operator()(const T& from) const { return lathe::detail::hash_dynamic(from); }
};
/// @endcond

#endif // LATHE_MODEL_DETAIL_VALUE_STD_HASH_HPP
