// SPDX-License-Identifier: MIT
#ifndef LATHE_CACHE_HANDLE_HPP
#define LATHE_CACHE_HANDLE_HPP

/// @file
/// @brief Shared ownership of an object in a cache.
/// @par Example
/// @ref examples/cache.cpp

#include <concepts>
#include <cstddef>
#include <utility>

#include <lathe/cache/detail/shard_base.hpp>

namespace lathe {
inline namespace v0 {

namespace detail {
struct handle_access;

/// Defined in lathe/cache/to_shared.hpp; until then nothing is known of it but its name.
template <class Handle>
struct shared_from;

template <class T>
concept complete = requires { sizeof(T); };
} // namespace detail

/// An owner of an object that a `weak_cache` found or made, or of nothing.
///
/// The object lives and can be found as long as one handle to it exists, whatever the cache does meanwhile. A handle is
/// three pointers; it may outlive its cache. To let go of the last handle of an object that the cache does not keep
/// destroys the object in that thread, with no lock held.
/// @tparam T the type of the object, of a base of it, or either as const.
/// @par Thread safety
/// As of `std::shared_ptr`: different handles may be used in different threads, whatever they own.
/// @par Example
/// @ref examples/cache.cpp
template <class T>
class cache_handle {
public:
    /// What the handle points to.
    using element_type = T;

    /// Owns nothing.
    constexpr cache_handle() noexcept = default;
    /// Owns nothing.
    constexpr cache_handle(std::nullptr_t) noexcept {} // NOLINT(google-explicit-constructor)
    /// One more owner. No lock is taken.
    cache_handle(const cache_handle& other) noexcept
        : m_object(other.m_object), m_entry(other.m_entry), m_shard(other.m_shard) {
        if (m_entry != nullptr) detail::entry_access::pin_again(*m_entry);
    }
    /// Takes the ownership over.
    /// @param other owns nothing afterwards.
    cache_handle(cache_handle&& other) noexcept
        : m_object(std::exchange(other.m_object, nullptr)),
          m_entry(std::exchange(other.m_entry, nullptr)),
          m_shard(other.m_shard) {}
    /// One more owner, who sees the object as its base class, or as const.
    template <class U>
        requires(!std::same_as<U, T>) && std::convertible_to<U*, T*>
    cache_handle(const cache_handle<U>& other) noexcept // NOLINT(google-explicit-constructor)
        : cache_handle(cache_handle<U>(other)) {}
    /// Takes the ownership over and sees the object as its base class, or as const.
    /// @param other owns nothing afterwards.
    template <class U>
        requires(!std::same_as<U, T>) && std::convertible_to<U*, T*>
    cache_handle(cache_handle<U>&& other) noexcept // NOLINT(google-explicit-constructor)
        : m_object(std::exchange(other.m_object, nullptr)),
          m_entry(std::exchange(other.m_entry, nullptr)),
          m_shard(other.m_shard) {}
    /// Owns what `other` owns, and no longer what it owned.
    cache_handle& operator=(const cache_handle& other) noexcept {
        cache_handle(other).swap(*this);
        return *this;
    }
    /// Owns what `other` owned, and no longer what it owned itself.
    /// @param other owns nothing afterwards.
    cache_handle& operator=(cache_handle&& other) noexcept {
        cache_handle(std::move(other)).swap(*this);
        return *this;
    }
    /// Lets go of the object.
    ~cache_handle() {
        if (m_entry != nullptr) detail::release(*m_entry, *m_shard);
    }

    /// Lets go of the object; owns nothing afterwards.
    void reset() noexcept { cache_handle().swap(*this); }
    /// Exchanges what two handles own.
    void swap(cache_handle& other) noexcept {
        std::swap(m_object, other.m_object);
        std::swap(m_entry, other.m_entry);
        std::swap(m_shard, other.m_shard);
    }

    /// Exchanges what two handles own.
    friend void swap(cache_handle& left, cache_handle& right) noexcept { left.swap(right); }

    /// @return the object, or null.
    [[nodiscard]] T* get() const noexcept { return m_object; }
    /// @return the object; the handle owns one.
    [[nodiscard]] T& operator*() const noexcept { return *m_object; }
    /// @return the object; the handle owns one.
    [[nodiscard]] T* operator->() const noexcept { return m_object; }
    /// @return whether the handle owns an object.
    [[nodiscard]] explicit operator bool() const noexcept { return m_object != nullptr; }

    /// @return how many owners the object has, the cache being one while it keeps the object; 0 for an empty handle.
    /// With other threads about, the answer is of the past.
    [[nodiscard]] std::size_t use_count() const noexcept {
        return m_entry == nullptr ? 0 : detail::entry_access::pins(*m_entry);
    }

    /// Hands the ownership to a `std::shared_ptr`, for code that wants one; include `lathe/cache/to_shared.hpp` for it.
    /// @return owns the object as this handle did: the cache finds it as long as that pointer or a copy lives.
    /// @throws std::bad_alloc when there is no memory for the pointer's control block; then this handle still owns the
    /// object.
    [[nodiscard]] auto to_shared() && {
        constexpr bool is_included = detail::complete<detail::shared_from<cache_handle>>;
        static_assert(is_included, "lathe::cache_handle::to_shared: include <lathe/cache/to_shared.hpp>");
        if constexpr (is_included) return detail::shared_from<cache_handle>::make(*this);
    }
    /// One more owner, as a `std::shared_ptr`.
    /// @return owns the object beside this handle.
    /// @throws std::bad_alloc when there is no memory for the pointer's control block.
    [[nodiscard]] auto to_shared() const& { return cache_handle(*this).to_shared(); }

    /// Handles are equal when they point to the same object.
    template <class U>
    friend bool operator==(const cache_handle& left, const cache_handle<U>& right) noexcept {
        return left.get() == right.get();
    }
    /// @return whether `handle` owns nothing.
    friend bool operator==(const cache_handle& handle, std::nullptr_t) noexcept { return handle.m_object == nullptr; }

private:
    template <class>
    friend class cache_handle;
    friend struct detail::handle_access;

    // Takes over a pin.
    cache_handle(T* object, cache_entry& entry, detail::cache_shard_base& shard) noexcept
        : m_object(object), m_entry(&entry), m_shard(&shard) {}

    T* m_object = nullptr;
    cache_entry* m_entry = nullptr;
    detail::cache_shard_base* m_shard = nullptr;
};

namespace detail {

struct handle_access {
    template <class T>
    static cache_handle<T> adopt(T* object, cache_entry& entry, cache_shard_base& shard) noexcept {
        return cache_handle<T>(object, entry, shard);
    }
    template <class T>
    static cache_entry* entry_of(const cache_handle<T>& handle) noexcept {
        return handle.m_entry;
    }
};

} // namespace detail
} // namespace v0
} // namespace lathe

#endif // LATHE_CACHE_HANDLE_HPP
