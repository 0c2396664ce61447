// SPDX-License-Identifier: MIT
#ifndef LATHE_CACHE_DETAIL_MEMOIZE_CHECKS_HPP
#define LATHE_CACHE_DETAIL_MEMOIZE_CHECKS_HPP

/// @file
/// @brief What a function must take and return for its results to be remembered.

#include <concepts>
#include <cstddef>
#include <string_view> // std::ranges::enable_borrowed_range too
#include <tuple>
#include <type_traits>
#include <utility>

#include <lathe/cache/detail/memoize_key.hpp>
#include <lathe/model/compare.hpp>

namespace lathe {
inline namespace v0 {
namespace detail {

template <class Variant>
struct alternatives_of {
    using type = type_list<>;
};
template <template <class...> class Variant, class... Types>
struct alternatives_of<Variant<Types...>> {
    using type = type_list<Types...>;
};
template <class Tuple, std::size_t... I>
type_list<std::tuple_element_t<I, Tuple>...> elements_of(std::index_sequence<I...> /*positions*/) {
    return {};
}

// The types that hash_deep and equal_deep go into. (They go into what pointers own too, but a pointer may be to
// anything.)
template <class T>
auto list_key_parts() {
    if constexpr (property_like<T>) {
        return type_list<std::remove_cvref_t<decltype(std::declval<const T&>().value())>>{};
    } else if constexpr (std::is_scalar_v<T> || string_like<T> || dynamic_like<T>) {
        return type_list<>{};
    } else if constexpr (described<T>) {
        return member_types<T>{};
    } else if constexpr (nullable<T> && requires(const T& t) { t.has_value(); }) {
        return type_list<std::remove_cvref_t<decltype(*std::declval<const T&>())>>{};
    } else if constexpr (variant_like<T>) {
        return typename alternatives_of<T>::type{};
    } else if constexpr (range_like<T>) {
        return type_list<typename range_element<T>::type>{};
    } else if constexpr (tuple_like<T>) {
        return elements_of<T>(std::make_index_sequence<std::tuple_size_v<T>>{});
    } else {
        return type_list<>{};
    }
}
template <class T>
using key_parts_of = decltype(list_key_parts<T>());

// Text that lies elsewhere, a span.
template <class T>
inline constexpr bool is_view = std::ranges::enable_borrowed_range<T>;
template <character C>
inline constexpr bool is_view<const C*> = true;

template <class T>
inline constexpr bool is_text_view = false;
template <character C>
inline constexpr bool is_text_view<const C*> = true;
template <character C, class Traits>
inline constexpr bool is_text_view<std::basic_string_view<C, Traits>> = true;

// What stands in the way of keeping an argument.
enum class key_flaw { none, no_copy, polymorphic, view, no_hash, no_equality };

// Seen are the types whose part this is: a type may have parts of its own type.
template <class... Seen>
struct part_flaw {
    template <class T>
    static consteval key_flaw of() {
        if constexpr (is_view<T>) {
            return key_flaw::view;
        } else if constexpr ((std::same_as<T, Seen> || ...)) {
            return key_flaw::none;
        } else {
            constexpr key_flaw flaw = first_of<T>(key_parts_of<T>{});
            if constexpr (flaw == key_flaw::view) {
                return flaw;
            } else if constexpr (own_key<T>) {
                return key_flaw::none;
            } else if constexpr (!opaque_value<T>) {
                return flaw;
            } else if constexpr (!with_hash::of<T>) {
                return key_flaw::no_hash;
            } else {
                return with_equality::of<T> ? key_flaw::none : key_flaw::no_equality;
            }
        }
    }

private:
    template <class T, class... Parts>
    static consteval key_flaw first_of(type_list<Parts...> /*parts*/) {
        key_flaw flaw = key_flaw::none;
        static_cast<void>(
            ((flaw = part_flaw<T, Seen...>::template of<std::remove_cv_t<Parts>>(), flaw != key_flaw::none) || ...));
        return flaw;
    }
};

template <class T>
consteval key_flaw flaw_of() {
    if constexpr (is_text_view<T>) {
        return key_flaw::none; // kept as a string
    } else if constexpr (!std::is_copy_constructible_v<T>) {
        return key_flaw::no_copy;
    } else if constexpr (std::is_polymorphic_v<T> && !std::is_final_v<T>) {
        return key_flaw::polymorphic;
    } else {
        return part_flaw<>::of<T>();
    }
}

// ---- a signature -----------------------------------------------------------

template <class A>
inline constexpr bool may_write_to = std::is_lvalue_reference_v<A> && !std::is_const_v<std::remove_reference_t<A>>;

template <class Signature>
struct memo_terms;
template <class R, class... A>
struct memo_terms<R(A...)> {
    static constexpr bool result = !std::is_void_v<R>;
    static constexpr bool references = (!may_write_to<A> && ...);
    static constexpr key_flaw flaw = [] {
        key_flaw first = key_flaw::none; // of which one message is enough
        static_cast<void>((references && ... && (first = flaw_of<std::remove_cvref_t<A>>(), first == key_flaw::none)));
        return first;
    }();
    template <key_flaw Flaw>
    static constexpr bool has = flaw == Flaw; // compilers write out comparisons
    static constexpr bool met = result && references && flaw == key_flaw::none;
};

// Says what is wrong with a signature, once for each.
template <class Signature>
consteval bool check_memo() {
    using terms = memo_terms<Signature>;
    static_assert(
        terms::result,
        "lathe::memoize: f returns nothing, so there is nothing to remember; std::call_once does a thing once");
    static_assert(terms::references,
                  "lathe::memoize: f takes an argument by a reference that it may write to, which a remembered result "
                  "does not do; take it by value or by const reference");
    static_assert(!terms::template has<key_flaw::no_copy>,
                  "lathe::memoize: an argument cannot be copied, so it cannot be remembered; take what the result "
                  "depends on, as something that can be");
    static_assert(!terms::template has<key_flaw::polymorphic>,
                  "lathe::memoize: an argument is of a class with virtual functions, and a copy may be less than the "
                  "object; take a final class, or what the result depends on");
    static_assert(!terms::template has<key_flaw::view>,
                  "lathe::memoize: an argument has a part that only refers to its text or elements, which may be gone "
                  "when they are looked at again; take std::string, std::vector or whatever owns them");
    static_assert(!terms::template has<key_flaw::no_hash>,
                  "lathe::memoize: an argument, or a part of it, has no hash; specialise std::hash for its type, or "
                  "make it a described model");
    static_assert(!terms::template has<key_flaw::no_equality>,
                  "lathe::memoize: an argument, or a part of it, has no operator==; give its type one, or make it a "
                  "described model");
    return true;
}

// What stands in for a signature with a mistake in it, so that the mistake gives no message but its own.
template <class Signature>
using sound_signature = std::conditional_t<memo_terms<Signature>::met, Signature, int()>;

} // namespace detail
} // namespace v0
} // namespace lathe

#endif // LATHE_CACHE_DETAIL_MEMOIZE_CHECKS_HPP
