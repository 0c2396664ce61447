// SPDX-License-Identifier: MIT
#ifndef LATHE_CACHE_DETAIL_MEMOIZE_KEY_HPP
#define LATHE_CACHE_DETAIL_MEMOIZE_KEY_HPP

/// @file
/// @brief Arguments as a key: what is kept of them, how they are looked up, hashed and compared.

#include <concepts>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <tuple>
#include <type_traits>
#include <utility>

#include <lathe/cache/detail/cache_errors.hpp>
#include <lathe/model/compare.hpp>

namespace lathe {
inline namespace v0 {
namespace detail {

template <class C>
concept character = std::same_as<C, char> || std::same_as<C, wchar_t> || std::same_as<C, char8_t> ||
                    std::same_as<C, char16_t> || std::same_as<C, char32_t>;

// A type that brings both itself. All others are hashed and compared part by part, as lathe::hash and lathe::equal do.
template <class T>
concept own_key = requires(const T& a) {
    { std::hash<T>{}(a) } -> std::convertible_to<std::size_t>;
    { a == a } -> std::convertible_to<bool>;
};

// ---- one argument ----------------------------------------------------------

// How a memo takes an argument of type T (`parameter`), what it keeps of it, and how it sees what it kept.
template <class T>
struct memo_argument {
    using kept = T;
    using parameter = std::conditional_t<std::is_scalar_v<T>, T, const T&>;

    static parameter keep(parameter given) { return given; }
    static parameter see(const kept& argument) { return argument; }
    static std::size_t hash(parameter argument) {
        if constexpr (own_key<T>) {
            return std::hash<T>{}(argument);
        } else {
            return hash_deep(argument);
        }
    }
    static bool equal(parameter left, parameter right) {
        if constexpr (own_key<T>) {
            return left == right;
        } else {
            return equal_deep<T>(left, right);
        }
    }
};

// Text is kept as a string, so that it may be gone when it is looked at again.
template <character C, class Traits>
struct memo_argument<std::basic_string_view<C, Traits>> {
    using kept = std::basic_string<C, Traits>;
    using parameter = std::basic_string_view<C, Traits>;

    static kept keep(parameter given) { return kept(given); }
    static parameter see(const kept& argument) { return argument; }
    static std::size_t hash(parameter argument) { return std::hash<parameter>{}(argument); }
    static bool equal(parameter left, parameter right) { return left == right; }
};
template <character C>
struct memo_argument<const C*> {
    using kept = std::optional<std::basic_string<C>>; // a null pointer is no text
    using parameter = const C*;

    static kept keep(parameter given) { return given == nullptr ? kept() : kept(given); }
    static parameter see(const kept& argument) { return argument ? argument->c_str() : nullptr; }
    static std::size_t hash(parameter argument) {
        return argument == nullptr ? 0 : std::hash<std::basic_string_view<C>>{}(argument);
    }
    static bool equal(parameter left, parameter right) {
        if (left == nullptr || right == nullptr) return left == right;
        return std::basic_string_view<C>(left) == right;
    }
};

template <class A>
using memo_argument_of = memo_argument<std::remove_cvref_t<A>>;
// How a memo of R(A...) takes A: by value what is small or a view, everything else by const reference.
template <class A>
using memo_parameter = typename memo_argument_of<A>::parameter;
// How it hands it on: only an rvalue that f may spoil has to be a copy.
template <class A>
using memo_passed = std::conditional_t<std::is_rvalue_reference_v<A>, std::remove_cvref_t<A>, memo_parameter<A>>;

// ---- all arguments of a call -----------------------------------------------

// As they are looked up.
template <class... A>
struct memo_query {
    std::tuple<memo_parameter<A>...> arguments;
};

// As they are kept.
template <class... A>
struct memo_arguments {
    explicit memo_arguments(const memo_query<A...>& asked)
        : arguments(std::apply(
              [](const auto&... each) {
                  return std::tuple<typename memo_argument_of<A>::kept...>(memo_argument_of<A>::keep(each)...);
              },
              asked.arguments)) {}

    [[nodiscard]] memo_query<A...> seen() const {
        return std::apply(
            [](const auto&... each) {
                return memo_query<A...>{std::tuple<memo_parameter<A>...>(memo_argument_of<A>::see(each)...)};
            },
            arguments);
    }

    // As a call is written, for messages, which name the memo's function and not a loader.
    static constexpr bool is_call = true;
    [[nodiscard]] std::string text() const {
        return std::apply(
            [](const auto&... each) {
                std::string list;
                (((list += list.empty() ? "(" : ", ") += key_text(each)), ...);
                return (list.empty() ? "(" : list) + ")";
            },
            arguments);
    }

    std::tuple<typename memo_argument_of<A>::kept...> arguments;
};

struct memo_hash {
    using is_transparent = void;
    template <class... A>
    std::size_t operator()(const memo_query<A...>& asked) const {
        return std::apply(
            [](const auto&... each) {
                std::size_t seed = 0;
                std::size_t count = 0; // the first hash goes in as it is: the cache mixes what it gets
                static_cast<void>(((seed = count++ == 0 ? memo_argument_of<A>::hash(each)
                                                        : mix(seed, memo_argument_of<A>::hash(each))),
                                   ...));
                return seed;
            },
            asked.arguments);
    }
    template <class... A>
    std::size_t operator()(const memo_arguments<A...>& key) const {
        return (*this)(key.seen());
    }
};

struct memo_equal {
    using is_transparent = void;
    template <class... A>
    bool operator()(const memo_arguments<A...>& key, const memo_query<A...>& asked) const {
        return [&]<std::size_t... I>(std::index_sequence<I...>) {
            return (memo_argument_of<A>::equal(memo_argument_of<A>::see(std::get<I>(key.arguments)),
                                               std::get<I>(asked.arguments)) &&
                    ...);
        }(std::index_sequence_for<A...>{});
    }
    template <class... A>
    bool operator()(const memo_arguments<A...>& left, const memo_arguments<A...>& right) const {
        return (*this)(left, right.seen());
    }
};

} // namespace detail
} // namespace v0
} // namespace lathe

#endif // LATHE_CACHE_DETAIL_MEMOIZE_KEY_HPP
