// SPDX-License-Identifier: MIT
#ifndef LATHE_CACHE_OPTIONS_HPP
#define LATHE_CACHE_OPTIONS_HPP

/// @file
/// @brief What can be chosen of a `weak_cache`: by template arguments what it can do, by `cache_options` how much of
/// it.
/// @par Example
/// @ref examples/cache.cpp

#include <cstddef>
#include <cstdint>

#include <lathe/cache/detail/cache_options_list.hpp>

namespace lathe {
inline namespace v0 {

/// Entries have weights, and the cache keeps as many as weigh `max_weight` together.
/// @tparam Weigher a callable: `f(value)` or `f(key, value)` returns the weight as a `std::size_t`, which holds for the
/// entry's life; a pointer to a member function or to a data member of the value does as well.
template <auto Weigher>
struct weighed_by {
    /// Which part of the cache this option chooses.
    using cache_role = detail::cache_role::weigher;
    /// The callable.
    static constexpr auto weigher = Weigher;
};

/// `get_or_load` remembers when there is no value for a key, so that the loader is not asked again at once.
///
/// What says that there is none is a loader that returns an empty `std::optional` or a null `std::unique_ptr`. It takes
/// the place of an entry, for as long as `expire_negative_after` says if the cache has a clock (see
/// `expire_after_write`).
struct negative_caching {
    /// Which part of the cache this option chooses.
    using cache_role = detail::cache_role::negative;
};

/// The cache calls `on_removal(key, value, cause)` when an entry can be found no more.
struct removal_listener {
    /// Which part of the cache this option chooses.
    using cache_role = detail::cache_role::listener;
};

/// An observer is told when a loader begins and ends.
/// @tparam Observer models the concept `observer`; the options' member `observer` points to one.
template <class Observer>
struct observed_by {
    /// Which part of the cache this option chooses.
    using cache_role = detail::cache_role::observer;
    /// The observer.
    using type = Observer;
};

/// How keys are hashed, instead of by `std::hash`, or as text if they are text.
/// @tparam Hash a default-constructible callable without state; it may be weak, for the cache mixes its bits. With
/// `is_transparent` in it and in what `compared_by` gives, keys may be looked up by whatever both take.
template <class Hash>
struct hashed_by {
    /// Which part of the cache this option chooses.
    using cache_role = detail::cache_role::hash;
    /// The callable.
    using type = Hash;
};

/// When two keys are one, instead of by `==`.
/// @tparam Equal a default-constructible predicate without state.
template <class Equal>
struct compared_by {
    /// Which part of the cache this option chooses.
    using cache_role = detail::cache_role::equal;
    /// The predicate.
    using type = Equal;
};

/// Where the cache has its memory from.
/// @tparam Allocator such as `std::pmr::polymorphic_allocator<>`; keys that use such an allocator get it too. It must
/// not use the cache.
template <class Allocator>
struct allocated_by {
    /// Which part of the cache this option chooses.
    using cache_role = detail::cache_role::allocator;
    /// The allocator.
    using type = Allocator;
};

/// Why an entry can be found no more.
enum class removal_cause : std::uint8_t {
    evicted = 1, ///< it was let go for the sake of others, and nobody had it
    vanished,    ///< the last owner of an entry that the cache no longer kept let go of it
    erased,      ///< by `erase`, `erase_if`, `clear`, or `clear_strong` if nobody had it
    replaced,    ///< by `put`
    expired      ///< it was too old, or idle for too long
};

/// How much a `weak_cache` may do of what its type lets it do; written in braces: `{{.capacity = 512, .shards = 4}}`.
///
/// The members below `shards` are there for caches whose type has the option that is named.
/// @tparam Traits is deduced from the cache's type.
/// @par Example
/// @ref examples/cache.cpp
template <class Traits>
struct cache_options {
    /// How many entries the cache keeps though nobody has them. 0: none, it only shares what somebody has.
    /// Not bounded unless given, for a cache with weights.
    std::size_t capacity = Traits::is_weighed ? static_cast<std::size_t>(-1) : 1024;
    /// Into how many parts with locks of their own the cache is split, at most: each has 256 places or more. Each part
    /// has its share of the bounds. 1 unless given, for a cache with weights.
    std::size_t shards = Traits::is_weighed ? 1 : 16;
    /// `weighed_by`: what the entries that are kept may weigh together. An entry that weighs more than a shard's share
    /// is not kept: unless this is given, only what weighs nothing.
    [[no_unique_address]] typename Traits::max_weight max_weight{};
    /// `expire_after_write`: how long an entry can be found after it came in [any duration]; for ever, unless given.
    [[no_unique_address]] typename Traits::write_duration expire_after_write = Traits::write_duration_max;
    /// `expire_after_access`: how long an entry can be found after it was asked for [any duration]; for ever, unless
    /// given.
    [[no_unique_address]] typename Traits::access_duration expire_after_access = Traits::access_duration_max;
    /// `negative_caching` with a clock: how long it is remembered that there is no value; for ever, unless given.
    [[no_unique_address]] typename Traits::negative_duration expire_negative_after = Traits::negative_duration_max;
    /// `removal_listener`: called as `f(const Key&, Value&, removal_cause)` once for each entry that can be found no
    /// more, with no lock held; it may use the cache, and must not throw. The cache's destructor calls it for no entry.
    [[no_unique_address]] typename Traits::callback on_removal{};
    /// `timed_by`: tells the time.
    [[no_unique_address]] typename Traits::clock clock{};
    /// `observed_by`: is told of the loaders' work; lives as long as the cache. Null: nobody is.
    [[no_unique_address]] typename Traits::observer_pointer observer{};
    /// `observed_by`: the name of the loaders' work.
    [[no_unique_address]] typename Traits::observed_name observed_as{};
    /// `allocated_by`: where memory comes from.
    [[no_unique_address]] typename Traits::allocator allocator{};
};

} // namespace v0
} // namespace lathe

#endif // LATHE_CACHE_OPTIONS_HPP
