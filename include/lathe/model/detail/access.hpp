// SPDX-License-Identifier: MIT
#ifndef LATHE_MODEL_DETAIL_ACCESS_HPP
#define LATHE_MODEL_DETAIL_ACCESS_HPP

/// @file
/// @brief The one friend of every property, and what counts the members of an aggregate.

#include <cstddef>
#include <type_traits>
#include <utility>

namespace lathe {
inline namespace v0 {
namespace detail {

// Converts to anything, by prvalue, so that members which cannot move count too. Const and without a
// ref-qualifier: so a member's own converting constructor wins instead of being ambiguous. Never called, but defined:
// clang instantiates what calls it (std::optional's constructor), and local types have no linkage to leave it open.
struct any_init {
    template <class T>
    operator T() const noexcept {
        __builtin_unreachable();
    }
};

// The same for each index of a pack.
template <std::size_t>
using any_at = any_init;

// Converts to lvalues only: for members that are references.
struct any_lvalue {
    template <class T>
    operator T&() const noexcept {
        __builtin_unreachable();
    }
};

// Converts to proper bases of T only.
template <class T>
struct any_base {
    template <class Base>
        requires(std::is_base_of_v<Base, T> && !std::is_same_v<Base, T>)
    operator Base() const noexcept {
        __builtin_unreachable();
    }
};
template <class T>
struct any_base_with_members {
    template <class Base>
        requires(std::is_base_of_v<Base, T> && !std::is_same_v<Base, T> && !std::is_empty_v<Base>)
    operator Base() const noexcept {
        __builtin_unreachable();
    }
};

// A lathe::model says so itself, and a struct that is derived from one says it too.
template <class T>
concept made_of_fields = requires { typename T::lathe_model; };

// Opens the constructor that makes such a model without values; only access has it.
class blank_key {
    friend struct access;
    constexpr blank_key() = default;
};

// What a member takes in place of a base is a member that takes everything, such as std::any.
struct no_base {};

// A required property has a private default constructor, and this is its friend: all that must make or
// count models with a property that has no value yet does it here.
struct access {
    // A T whose members hold their written defaults; a required one holds T{} and breaks its rules.
    template <class T>
    static constexpr T blank() noexcept(is_quiet<T>()) {
        if constexpr (made_of_fields<T>) {
            return T(blank_key{});
        } else {
            return T{};
        }
    }

    template <class T>
    static consteval bool has_blank() {
        if constexpr (made_of_fields<T>) {
            return requires { T(blank_key{}); };
        } else {
            return requires { T{}; };
        }
    }

    template <class T>
    static consteval bool is_quiet() {
        if constexpr (made_of_fields<T>) {
            return noexcept(T(blank_key{}));
        } else {
            return noexcept(T{});
        }
    }

    // The value of a property, to be changed by those who check it themselves.
    template <class Property>
    static constexpr auto& held(Property& property) noexcept {
        return property.m_value;
    }

    // Can T be initialised from these?
    template <class T, class... Inits>
    static constexpr bool takes = requires { T{Inits{}...}; };

    // Can T be initialised from so many empty braces, and from one more value behind them? Most types can, and the
    // compiler has no conversion to look for, as it has with any_init.
    template <std::size_t Count, class Dummy = void>
    struct braces;
#define LATHE_BRACES(count, ...)                                                                                       \
    template <class Dummy>                                                                                             \
    struct braces<count, Dummy> {                                                                                      \
        template <class T>                                                                                             \
        static constexpr bool fit = requires { T{__VA_ARGS__}; };                                                      \
        template <class T, class Last>                                                                                 \
        static constexpr bool fit_before = requires { T{__VA_ARGS__ __VA_OPT__(, ) Last{}}; };                         \
    }
    // clang-format off: it would put each brace on a line of its own
#define LATHE_EMPTY_8 {}, {}, {}, {}, {}, {}, {}, {}
#define LATHE_EMPTY_16 LATHE_EMPTY_8, {}, {}, {}, {}, {}, {}, {}, {}
#define LATHE_EMPTY_24 LATHE_EMPTY_16, {}, {}, {}, {}, {}, {}, {}, {}
#define LATHE_EMPTY_32 LATHE_EMPTY_24, {}, {}, {}, {}, {}, {}, {}, {}
    LATHE_BRACES(0);
    LATHE_BRACES(1, {});
    LATHE_BRACES(2, {}, {});
    LATHE_BRACES(3, {}, {}, {});
    LATHE_BRACES(4, {}, {}, {}, {});
    LATHE_BRACES(5, {}, {}, {}, {}, {});
    LATHE_BRACES(6, {}, {}, {}, {}, {}, {});
    LATHE_BRACES(7, {}, {}, {}, {}, {}, {}, {});
    LATHE_BRACES(8, LATHE_EMPTY_8);
    LATHE_BRACES(9, LATHE_EMPTY_8, {});
    LATHE_BRACES(10, LATHE_EMPTY_8, {}, {});
    LATHE_BRACES(11, LATHE_EMPTY_8, {}, {}, {});
    LATHE_BRACES(12, LATHE_EMPTY_8, {}, {}, {}, {});
    LATHE_BRACES(13, LATHE_EMPTY_8, {}, {}, {}, {}, {});
    LATHE_BRACES(14, LATHE_EMPTY_8, {}, {}, {}, {}, {}, {});
    LATHE_BRACES(15, LATHE_EMPTY_8, {}, {}, {}, {}, {}, {}, {});
    LATHE_BRACES(16, LATHE_EMPTY_16);
    LATHE_BRACES(17, LATHE_EMPTY_16, {});
    LATHE_BRACES(18, LATHE_EMPTY_16, {}, {});
    LATHE_BRACES(19, LATHE_EMPTY_16, {}, {}, {});
    LATHE_BRACES(20, LATHE_EMPTY_16, {}, {}, {}, {});
    LATHE_BRACES(21, LATHE_EMPTY_16, {}, {}, {}, {}, {});
    LATHE_BRACES(22, LATHE_EMPTY_16, {}, {}, {}, {}, {}, {});
    LATHE_BRACES(23, LATHE_EMPTY_16, {}, {}, {}, {}, {}, {}, {});
    LATHE_BRACES(24, LATHE_EMPTY_24);
    LATHE_BRACES(25, LATHE_EMPTY_24, {});
    LATHE_BRACES(26, LATHE_EMPTY_24, {}, {});
    LATHE_BRACES(27, LATHE_EMPTY_24, {}, {}, {});
    LATHE_BRACES(28, LATHE_EMPTY_24, {}, {}, {}, {});
    LATHE_BRACES(29, LATHE_EMPTY_24, {}, {}, {}, {}, {});
    LATHE_BRACES(30, LATHE_EMPTY_24, {}, {}, {}, {}, {}, {});
    LATHE_BRACES(31, LATHE_EMPTY_24, {}, {}, {}, {}, {}, {}, {});
    LATHE_BRACES(32, LATHE_EMPTY_32);
    // clang-format on
#undef LATHE_EMPTY_8
#undef LATHE_EMPTY_16
#undef LATHE_EMPTY_24
#undef LATHE_EMPTY_32
#undef LATHE_BRACES

    // The same with empty braces in the middle: they stand for one member, be it an array or not.
    template <class T, std::size_t Braces, std::size_t... I, std::size_t... J>
    static consteval bool takes_braces(std::index_sequence<I...>, std::index_sequence<J...>) {
        if constexpr (Braces == 8) {
            return requires { T{any_at<I>{}..., {}, {}, {}, {}, {}, {}, {}, {}, any_at<J>{}...}; };
        } else if constexpr (Braces == 4) {
            return requires { T{any_at<I>{}..., {}, {}, {}, {}, any_at<J>{}...}; };
        } else if constexpr (Braces == 2) {
            return requires { T{any_at<I>{}..., {}, {}, any_at<J>{}...}; };
        } else {
            return requires { T{any_at<I>{}..., {}, any_at<J>{}...}; };
        }
    }

    // The same with braces around some of them.
    template <class T, std::size_t... I, std::size_t... K, std::size_t... J>
    static consteval bool
    takes_filled(std::index_sequence<I...>, std::index_sequence<K...>, std::index_sequence<J...>) {
        return requires { T{any_at<I>{}..., {any_at<K>{}...}, any_at<J>{}...}; };
    }
};

} // namespace detail
} // namespace v0
} // namespace lathe

#endif // LATHE_MODEL_DETAIL_ACCESS_HPP
