// SPDX-License-Identifier: MIT
#ifndef LATHE_MODEL_DETAIL_COUNT_HPP
#define LATHE_MODEL_DETAIL_COUNT_HPP

/// @file
/// @brief How many members an aggregate has, or why lathe cannot tell.

#include <cstddef>
#include <type_traits>
#include <utility>

#include <lathe/model/detail/access.hpp>

namespace lathe {
inline namespace v0 {
namespace detail {

enum class shape {
    countable,
    reference_member,
    base_with_members,
    too_many_members,
    nameless_member,
    unknown,
    fields_of_object,
    not_described
};

inline constexpr std::size_t most_members = 128;
inline constexpr std::size_t most_slots = 8192; // elements of C arrays count; more take the compiler seconds
inline constexpr std::size_t uncountable = static_cast<std::size_t>(-1);

struct counted {
    shape kind = shape::countable;
    std::size_t members = 0;
};

template <std::size_t N>
using up_to = std::make_index_sequence<N>;

template <class T, class Probe, std::size_t... I, std::size_t... J>
consteval bool takes_between(std::index_sequence<I...>, std::index_sequence<J...>) {
    return access::takes<T, any_at<I>..., Probe, any_at<J>...>;
}

template <class T, class Sequence>
inline constexpr bool takes_sequence = false;
template <class T, std::size_t... I>
inline constexpr bool takes_sequence<T, std::index_sequence<I...>> = access::takes<T, any_at<I>...>;
template <class T, std::size_t N>
inline constexpr bool takes = takes_sequence<T, up_to<N>>;

// Largest N that T takes, in [Low, High): for a T that takes every smaller number too.
template <class T, std::size_t Low, std::size_t High>
consteval std::size_t bisect() {
    if constexpr (High - Low == 1) {
        return Low;
    } else if constexpr (constexpr std::size_t middle = (Low + High) / 2; takes<T, middle>) {
        return bisect<T, middle, High>();
    } else {
        return bisect<T, Low, middle>();
    }
}
template <class T, std::size_t High = 8>
consteval std::size_t grow() {
    if constexpr (High > most_slots) {
        return uncountable;
    } else if constexpr (takes<T, High>) {
        return grow<T, High * 2>();
    } else {
        return bisect<T, (High == 8 ? 0 : High / 2), High>();
    }
}

// For a T with a member that must be given: the first N that it takes of which it does not take N + 1.
// Stopping at the first failure instead would miss all members behind one that any_init cannot make.
template <class T, std::size_t N = 0>
consteval std::size_t climb() {
    if constexpr (takes<T, N> && !takes<T, N + 1>) {
        return N;
    } else if constexpr (N > sizeof(T) * 8 || N > 3 * most_members) { // compilers stop at 512 calls within each other
        return uncountable;
    } else {
        return climb<T, N + 1>();
    }
}

// A C array takes as many values as it has elements. Where slot First of Slots is an array, empty braces in
// its place stand for all of its slots: the width that makes the rest fit is its size.
template <class T, std::size_t Slots, std::size_t First, std::size_t Width>
consteval bool empty_fits() {
    return access::takes_braces<T, 1>(up_to<First>{}, up_to<Slots - First - Width>{});
}
// Smallest Width that fits, in (Low, High]: where no member must be given, the larger ones fit too.
template <class T, std::size_t Slots, std::size_t First, std::size_t Low, std::size_t High>
consteval std::size_t bisect_width() {
    if constexpr (High - Low == 1) {
        return High;
    } else if constexpr (constexpr std::size_t middle = (Low + High) / 2; empty_fits<T, Slots, First, middle>()) {
        return bisect_width<T, Slots, First, Low, middle>();
    } else {
        return bisect_width<T, Slots, First, middle, High>();
    }
}
template <class T, std::size_t Slots, std::size_t First, std::size_t Width = 2>
consteval std::size_t search_width() {
    if constexpr (First + Width > Slots) {
        return 0;
    } else if constexpr (empty_fits<T, Slots, First, Width>()) {
        return Width;
    } else {
        return search_width<T, Slots, First, Width + 1>();
    }
}
// The same for an array whose elements cannot be made of nothing: its braces are full. The braces of a single member
// whose constructor takes so many values leave room for more behind them.
template <class T, std::size_t Slots, std::size_t First, std::size_t Width = 2>
consteval std::size_t filled_width() {
    if constexpr (First + Width > Slots || Width > most_members) {
        return 1;
    } else if constexpr (access::takes_filled<T>(up_to<First>{}, up_to<Width>{}, up_to<Slots - First - Width>{}) &&
                         !access::takes_filled<T>(up_to<First>{}, up_to<Width>{}, up_to<Slots - First - 1>{})) {
        return Width;
    } else {
        return filled_width<T, Slots, First, Width + 1>();
    }
}
template <class T, std::size_t Slots, std::size_t First>
consteval std::size_t array_width() {
    constexpr std::size_t left = Slots - First;
    if constexpr (left == 1 || empty_fits<T, Slots, First, 1>()) {
        return 1;
    } else if constexpr (!access::has_blank<T>()) {
        constexpr std::size_t width = search_width<T, Slots, First>();
        if constexpr (width != 0) {
            return width;
        } else {
            return filled_width<T, Slots, First>();
        }
    } else if constexpr (empty_fits<T, Slots, First, left>()) {
        return bisect_width<T, Slots, First, 1, left>();
    } else {
        return filled_width<T, Slots, First>();
    }
}
// How many slots are not a member of their own. Eight at a time: most types have no array, and one
// question clears eight slots.
template <class T, std::size_t Slots, std::size_t First = 0>
consteval std::size_t slots_in_arrays() {
    constexpr std::size_t left = Slots - First;
    if constexpr (left == 0) {
        return 0;
    } else {
        constexpr std::size_t braces = left >= 8 ? 8 : left >= 4 ? 4 : left >= 2 ? 2 : 1;
        if constexpr (access::takes_braces<T, braces>(up_to<First>{}, up_to<left - braces>{})) {
            return slots_in_arrays<T, Slots, First + braces>();
        } else {
            constexpr std::size_t width = array_width<T, Slots, First>();
            return width - 1 + slots_in_arrays<T, Slots, First + width>();
        }
    }
}

template <class T, class Probe, std::size_t Slots, std::size_t Index>
inline constexpr bool takes_at = takes_between<T, Probe>(up_to<Index>{}, up_to<Slots - Index - 1>{});

// Bases come before members, and are initialised like them. A member that takes everything (std::any) is no base.
template <class T, std::size_t Slots, std::size_t Index = 0>
consteval std::size_t count_bases() {
    if constexpr (Index == Slots) {
        return Index;
    } else if constexpr (takes_at<T, any_base<T>, Slots, Index> && !takes_at<T, no_base, Slots, Index>) {
        return count_bases<T, Slots, Index + 1>();
    } else {
        return Index;
    }
}
template <class T, std::size_t Slots, std::size_t Bases>
consteval bool has_base_with_members() {
    return []<std::size_t... I>(std::index_sequence<I...>) {
        return (takes_at<T, any_base_with_members<T>, Slots, I> || ...);
    }(up_to<Bases>{});
}

template <class T>
consteval std::size_t count_slots() {
    if constexpr (access::has_blank<T>()) {
        return grow<T>();
    } else {
        return climb<T>();
    }
}

// Whether T takes some number of lvalues. Where it takes no number of values, a member is a reference. With more
// members than 32 the general sentence must do.
template <class T, class... Lvalues>
consteval bool takes_lvalues() {
    if constexpr (sizeof...(Lvalues) > 32) {
        return false;
    } else if constexpr (access::takes<T, Lvalues..., any_lvalue>) {
        return true;
    } else {
        return takes_lvalues<T, Lvalues..., any_lvalue>();
    }
}

// The quick way, for a T all of whose members can be made of empty braces: each takes one pair, be it an array or
// not. Answers uncountable where that is not sure: more than 31 members, a base, a reference, a member that must be
// given.
template <class T, std::size_t Low, std::size_t High>
consteval std::size_t bisect_braces() {
    if constexpr (High - Low == 1) {
        return Low;
    } else if constexpr (constexpr std::size_t middle = (Low + High) / 2; access::braces<middle>::template fit<T>) {
        return bisect_braces<T, middle, High>();
    } else {
        return bisect_braces<T, Low, middle>();
    }
}
template <class T>
consteval std::size_t count_braces() {
    if constexpr (!access::braces<8>::template fit<T>) {
        return bisect_braces<T, 0, 8>();
    } else if constexpr (!access::braces<16>::template fit<T>) {
        return bisect_braces<T, 8, 16>();
    } else {
        return bisect_braces<T, 16, 33>();
    }
}
template <class T>
consteval std::size_t count_quickly() {
    if constexpr (!access::braces<0>::template fit<T>) {
        return uncountable;
    } else {
        constexpr std::size_t count = count_braces<T>();
        using known = access::braces<count>;
        if constexpr (count == 32 || known::template fit_before<T, any_init> ||
                      known::template fit_before<T, any_lvalue>) {
            return uncountable;
        } else if constexpr (count > 0 && access::takes<T, any_base<T>> && !access::takes<T, no_base>) {
            return uncountable;
        } else {
            return count;
        }
    }
}

template <class T>
consteval counted count_slowly() {
    constexpr std::size_t slots = count_slots<T>();
    if constexpr (slots == uncountable) {
        return {!access::has_blank<T>() && takes_lvalues<T>() ? shape::reference_member : shape::unknown, 0};
    } else if constexpr (takes_between<T, any_lvalue>(up_to<slots>{}, up_to<0>{})) {
        return {shape::reference_member, 0};
    } else if constexpr (access::takes_braces<T, 1>(up_to<slots>{}, up_to<0>{})) {
        return {shape::unknown, 0}; // there is one more, which can be made of nothing, but not of any_init
    } else if constexpr (slots == 0) {
        return {};
    } else {
        constexpr std::size_t bases = count_bases<T, slots>();
        if constexpr (bases > 0 && has_base_with_members<T, slots, bases>()) {
            return {shape::base_with_members, 0};
        } else {
            constexpr std::size_t members = slots - bases - slots_in_arrays<T, slots, bases>();
            return {members > most_members ? shape::too_many_members : shape::countable, members};
        }
    }
}

template <class T>
consteval counted count_members() {
    constexpr std::size_t quick = count_quickly<T>();
    if constexpr (quick != uncountable) {
        return {shape::countable, quick};
    } else {
        return count_slowly<T>();
    }
}

template <class T>
inline constexpr counted count_of = count_members<T>();

} // namespace detail
} // namespace v0
} // namespace lathe

#endif // LATHE_MODEL_DETAIL_COUNT_HPP
