// SPDX-License-Identifier: MIT
#ifndef LATHE_CACHE_DETAIL_CACHE_NODE_HPP
#define LATHE_CACHE_DETAIL_CACHE_NODE_HPP

/// @file
/// @brief One allocation for each entry of a cache: counts and links, the key, and the value or where it lies.

#include <cstddef>
#include <cstdint>
#include <tuple> // std::allocator_arg
#include <type_traits>
#include <utility>
#include <vector> // std::allocator_traits; <memory> is three times as large

#include <lathe/cache/detail/shard_base.hpp>

namespace lathe {
inline namespace v0 {
namespace detail {

// A place in one of the shard's rows of entries by age; a ring with the row itself between the newest and the oldest.
template <class TimePoint>
struct age_link {
    age_link* older = this;
    age_link* newer = this;
    TimePoint since{};

    age_link() = default;
    age_link(const age_link&) = delete;
    age_link& operator=(const age_link&) = delete;
    ~age_link() = default;

    // Behind all others in the row that `end` closes.
    void append_to(age_link& end, TimePoint now) noexcept {
        since = now;
        newer = &end;
        older = end.older;
        older->newer = this;
        end.older = this;
    }
    void leave() noexcept {
        older->newer = newer;
        newer->older = older;
        older = newer = this;
    }
};

struct no_write_link {};
struct no_access_link {};
template <class TimePoint>
struct write_link : age_link<TimePoint> {};
template <class TimePoint>
struct access_link : age_link<TimePoint> {};

template <class Clock>
using time_point_of = std::decay_t<decltype(std::declval<const Clock&>().now())>;

template <class Traits, bool = Traits::has_clock>
struct links_of {
    using write = no_write_link;
    using access = no_access_link;
    using time_point = no_write_link;
};
template <class Traits>
struct links_of<Traits, true> {
    using time_point = time_point_of<typename Traits::clock_type>;
    using write = std::
        conditional_t<Traits::expires_after_write || Traits::negatives_expire, write_link<time_point>, no_write_link>;
    using access = std::conditional_t<Traits::expires_after_access, access_link<time_point>, no_access_link>;
};

// 4 or 8 bytes less when all weigh the same.
template <bool IsWeighed>
struct weight_field {
    static constexpr std::size_t weight() noexcept { return 1; }
    static constexpr void set_weight(std::size_t /*weight*/) noexcept {}
};
template <>
struct weight_field<true> {
    [[nodiscard]] std::size_t weight() const noexcept { return m_weight; }
    void set_weight(std::size_t weight) noexcept { m_weight = weight; }

private:
    std::size_t m_weight = 0;
};

// The policy's bytes follow the entry's 29, without a gap.
template <class Traits>
struct cache_node : cache_entry,
                    Traits::policy::entry,
                    weight_field<Traits::is_weighed>,
                    links_of<Traits>::write,
                    links_of<Traits>::access {
    using key_type = typename Traits::key;
    using value_type = typename Traits::value;

    template <class K>
    cache_node(std::uint32_t hash, const typename Traits::allocator_type& allocator, K&& given)
        : cache_entry(hash), key(make_key(allocator, std::forward<K>(given))) {}

    key_type key;

    [[nodiscard]] value_type* object() noexcept;

    // Destroys what has been made by make_... below and gives its memory back.
    static void destroy(cache_node& node, typename Traits::allocator_type& allocator) noexcept;

private:
    // Keys with an allocator get the cache's.
    template <class K>
    static key_type make_key(const typename Traits::allocator_type& allocator, K&& given) {
        if constexpr (Traits::has_allocator && std::uses_allocator_v<key_type, typename Traits::allocator_type>) {
            if constexpr (std::is_constructible_v<key_type,
                                                  std::allocator_arg_t,
                                                  const typename Traits::allocator_type&,
                                                  K>) {
                return key_type(std::allocator_arg, allocator, std::forward<K>(given));
            } else {
                return key_type(std::forward<K>(given), allocator);
            }
        } else {
            return key_type(std::forward<K>(given));
        }
    }
};

// Most nodes: the value lies in the node, built there by the call that makes it.
template <class Traits>
struct inline_node final : cache_node<Traits> {
    template <class K, class Make>
    inline_node(std::uint32_t hash, const typename Traits::allocator_type& allocator, K&& given, Make& make)
        : cache_node<Traits>(hash, allocator, std::forward<K>(given)), value(make(std::as_const(this->key))) {}

    typename Traits::value value;
};

// The object is of a derived class and belongs to a smart pointer, as its loader returned it.
template <class Traits>
struct boxed_node : cache_node<Traits> {
    template <class K>
    boxed_node(std::uint32_t hash,
               const typename Traits::allocator_type& allocator,
               K&& given,
               typename Traits::value* lies_at)
        : cache_node<Traits>(hash, allocator, std::forward<K>(given)), pointer(lies_at) {}

    typename Traits::value* pointer;
    void (*destroy_all)(boxed_node&, typename Traits::allocator_type&) noexcept = nullptr;
};
template <class Traits, class Pointer>
struct boxed_node_of final : boxed_node<Traits> {
    template <class K>
    boxed_node_of(std::uint32_t hash, const typename Traits::allocator_type& allocator, K&& given, Pointer&& made)
        : boxed_node<Traits>(hash, allocator, std::forward<K>(given), made.get()), owner(std::move(made)) {}

    Pointer owner;
};

// Only values of a class with a virtual destructor may lie elsewhere: they are what a base class is for.
template <class Traits>
inline constexpr bool may_be_boxed = std::has_virtual_destructor_v<typename Traits::stored_value>;

template <class Traits>
auto cache_node<Traits>::object() noexcept -> value_type* {
    if constexpr (std::is_abstract_v<typename Traits::stored_value>) {
        return static_cast<boxed_node<Traits>*>(this)->pointer;
    } else {
        if constexpr (may_be_boxed<Traits>) {
            if ((entry_access::state(*this) & entry_state::boxed) != 0)
                return static_cast<boxed_node<Traits>*>(this)->pointer;
        }
        return &static_cast<inline_node<Traits>*>(this)->value;
    }
}

// ---- memory ----------------------------------------------------------------

template <class Node, class Allocator, class... Arguments>
Node& new_node(Allocator& allocator, Arguments&&... arguments) {
    using traits = typename std::allocator_traits<Allocator>::template rebind_traits<Node>;
    typename traits::allocator_type rebound(allocator);
    Node* const memory = traits::allocate(rebound, 1);
    struct guard {
        ~guard() {
            if (memory != nullptr) traits::deallocate(rebound, memory, 1);
        }
        typename traits::allocator_type& rebound;
        Node* memory;
    } until_made{rebound, memory};
    Node* const node = ::new (static_cast<void*>(memory)) Node(std::forward<Arguments>(arguments)...);
    until_made.memory = nullptr;
    return *node;
}

template <class Node, class Allocator>
void delete_node(Allocator& allocator, Node& node) noexcept {
    using traits = typename std::allocator_traits<Allocator>::template rebind_traits<Node>;
    typename traits::allocator_type rebound(allocator);
    node.~Node();
    traits::deallocate(rebound, &node, 1);
}

template <class Traits>
void cache_node<Traits>::destroy(cache_node& node, typename Traits::allocator_type& allocator) noexcept {
    const std::uint8_t state = entry_access::state(node);
    if constexpr (may_be_boxed<Traits>) {
        if ((state & entry_state::boxed) != 0) {
            auto& boxed = static_cast<boxed_node<Traits>&>(node);
            boxed.destroy_all(boxed, allocator);
            return;
        }
    }
    if ((state & entry_state::nothing) != 0) {
        delete_node(allocator, node);
        return;
    }
    if constexpr (!std::is_abstract_v<typename Traits::stored_value>) {
        delete_node(allocator, static_cast<inline_node<Traits>&>(node));
    }
}

// ---- what loaders return ---------------------------------------------------

// std::unique_ptr, or what looks like it. (<memory> costs more to include than this asks.)
template <class T>
concept owning_pointer = requires(T& pointer) {
    typename T::element_type;
    typename T::deleter_type;
    pointer.get();
    pointer.release();
};
// std::optional, or what looks like it.
template <class T>
concept optional_value = requires(T& optional) {
    typename T::value_type;
    { optional.has_value() } -> std::same_as<bool>;
    *optional;
};

// How what a loader returns becomes an entry.
enum class loaded { never, in_place, as_pointer, if_any };

template <class Traits, class Result>
consteval loaded how_loaded() {
    using stored = typename Traits::stored_value;
    using result = std::remove_cvref_t<Result>;
    if constexpr (std::is_same_v<result, stored>) {
        return loaded::in_place; // copied, moved, or not even that: loaders of immovable values return them in place
    } else if constexpr (owning_pointer<result>) {
        if constexpr (may_be_boxed<Traits>) {
            if constexpr (std::is_convertible_v<typename result::pointer, typename Traits::value*>)
                return loaded::as_pointer;
        }
        return std::is_constructible_v<stored, Result> ? loaded::in_place : loaded::never;
    } else if constexpr (optional_value<result> && !std::is_constructible_v<stored, Result>) {
        return std::is_constructible_v<stored, decltype(*std::declval<result>())> ? loaded::if_any : loaded::never;
    } else {
        return std::is_constructible_v<stored, Result> ? loaded::in_place : loaded::never;
    }
}

// Makes a node of what `make(key)` returns, or answers null when that is nothing. What make throws goes through; then
// there is no node.
template <class Traits, class K, class Make>
cache_node<Traits>* make_node(std::uint32_t hash, typename Traits::allocator_type& allocator, K&& key, Make& make) {
    using result = decltype(make(std::declval<const typename Traits::key&>()));
    constexpr loaded how = how_loaded<Traits, result>();
    if constexpr (how == loaded::in_place) {
        return &new_node<inline_node<Traits>>(allocator, hash, allocator, std::forward<K>(key), make);
    } else if constexpr (how == loaded::as_pointer) {
        using pointer = std::remove_cvref_t<result>;
        using node_type = boxed_node_of<Traits, pointer>;
        pointer made = make(std::as_const(key));
        if (made == nullptr) return nullptr;
        auto& node = new_node<node_type>(allocator, hash, allocator, std::forward<K>(key), std::move(made));
        node.destroy_all = [](boxed_node<Traits>& boxed, typename Traits::allocator_type& from) noexcept {
            delete_node(from, static_cast<node_type&>(boxed));
        };
        entry_access::set_state(node, entry_state::boxed);
        return &node;
    } else {
        auto made = make(std::as_const(key));
        if (!made.has_value()) return nullptr;
        auto take = [&](const typename Traits::key& /*key*/) -> decltype(auto) {
            return *std::move(made);
        };
        return &new_node<inline_node<Traits>>(allocator, hash, allocator, std::forward<K>(key), take);
    }
}

} // namespace detail
} // namespace v0
} // namespace lathe

#endif // LATHE_CACHE_DETAIL_CACHE_NODE_HPP
