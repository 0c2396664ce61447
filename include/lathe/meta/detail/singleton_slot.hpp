// SPDX-License-Identifier: MIT
#ifndef LATHE_META_DETAIL_SINGLETON_SLOT_HPP
#define LATHE_META_DETAIL_SINGLETON_SLOT_HPP

/// @file
/// @brief Where a singleton and its replacements are.

#include <atomic>
#include <cstddef>
#include <mutex>

#include <lathe/meta/detail/singleton_making.hpp>

namespace lathe {
inline namespace v0 {
namespace detail {

// An object that stands in for the singleton for a while.
template <class T>
struct singleton_substitute {
    T* object = nullptr;
    singleton_substitute* below = nullptr; // what it stands in front of, if not the singleton itself

    singleton_substitute() = default;
    singleton_substitute(const singleton_substitute&) = delete;
    singleton_substitute& operator=(const singleton_substitute&) = delete;
    virtual ~singleton_substitute() = default;
};

// A singleton: its state, its object, and what stands in front of that. Made by the linker, and never destroyed, so
// that it can be used at any time.
template <class T>
struct singleton_slot {
    std::atomic<T*> current{nullptr}; // what instance() returns; written with the lock. First, to be found at once
    singleton_state state{};
    T* own = nullptr;                         // the singleton itself, in the storage; guarded by the lock
    singleton_substitute<T>* front = nullptr; // guarded by the lock
    alignas(T) std::byte storage[sizeof(T)]{};

    // Release, as its readers acquire: who sees the pointer sees the object.
    void choose() noexcept { current.store(front != nullptr ? front->object : own, std::memory_order_release); }

    void set_own(T* object, singleton_making& making) noexcept {
        const std::lock_guard lock{the_singleton_lock.mutex};
        own = object;
        choose();
        making.finish();
    }
    [[nodiscard]] T* get_own() noexcept {
        const std::lock_guard lock{the_singleton_lock.mutex};
        return own;
    }
    void forget_own() noexcept {
        const std::lock_guard lock{the_singleton_lock.mutex};
        own = nullptr;
        choose();
        state.phase = singleton_state::gone;
    }
    void add(singleton_substitute<T>& substitute) noexcept {
        const std::lock_guard lock{the_singleton_lock.mutex};
        substitute.below = front;
        front = &substitute;
        choose();
    }
    // Substitutes may go in any order.
    void remove(const singleton_substitute<T>& substitute) noexcept {
        const std::lock_guard lock{the_singleton_lock.mutex};
        singleton_substitute<T>** link = &front;
        while (*link != &substitute)
            link = &(*link)->below;
        *link = substitute.below;
        choose();
    }
};

// The one slot of a class, and those of its threads. Visible if T is, so that it is the same for all shared libraries.
template <class T>
struct [[gnu::visibility("default")]] shared_singleton {
    static inline constinit singleton_slot<T> slot{};
};
template <class T>
struct [[gnu::visibility("default")]] thread_singleton {
    static inline constinit thread_local singleton_slot<T> slot{};
};

} // namespace detail
} // namespace v0
} // namespace lathe

#endif // LATHE_META_DETAIL_SINGLETON_SLOT_HPP
