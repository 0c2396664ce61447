// SPDX-License-Identifier: MIT
#ifndef LATHE_CACHE_TO_SHARED_HPP
#define LATHE_CACHE_TO_SHARED_HPP

/// @file
/// @brief Objects of a cache as `std::shared_ptr`. No umbrella includes this: `<memory>` costs more than all of the
/// cache.
/// @par Example
/// @snippet tests/cache/to_shared.cpp example

#include <memory>
#include <utility>

#include <lathe/cache/handle.hpp>

namespace lathe {
inline namespace v0 {
namespace detail {

template <class T>
struct shared_from<cache_handle<T>> {
    // The control block holds the handle. It is allocated first: when that throws, `from` still owns the object.
    static std::shared_ptr<T> make(cache_handle<T>& from) {
        if (from == nullptr) return nullptr;
        auto owner = std::make_shared<cache_handle<T>>();
        owner->swap(from);
        T* const object = owner->get();
        return std::shared_ptr<T>(std::move(owner), object);
    }
};

} // namespace detail
} // namespace v0
} // namespace lathe

#endif // LATHE_CACHE_TO_SHARED_HPP
