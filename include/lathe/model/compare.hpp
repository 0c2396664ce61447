// SPDX-License-Identifier: MIT
#ifndef LATHE_MODEL_COMPARE_HPP
#define LATHE_MODEL_COMPARE_HPP

/// @file
/// @brief Equality, order and hash of models, field by field, however deep.
/// @par Example
/// @ref examples/reflection.cpp

#include <compare>
#include <concepts>
#include <cstddef>
#include <cstdint>
#include <string_view> // for std::hash
#include <type_traits>
#include <utility>

#include <lathe/model/described.hpp>
#include <lathe/model/detail/member_types.hpp>
#include <lathe/model/detail/property_rules.hpp>
#include <lathe/model/detail/write_value.hpp>
#include <lathe/model/reflect.hpp>

namespace lathe {
inline namespace v0 {
namespace detail {

// Containers that promise no order of their elements.
template <class T>
concept unordered_like = range_like<T> && requires { typename T::hasher; };

template <class T>
constexpr bool equal_deep(const T& a, const T& b);
template <class T>
constexpr auto order_deep(const T& a, const T& b);
template <class T>
constexpr std::size_t hash_deep(const T& value);

// Calls f with the members of two objects, pair by pair: members of a first, then of b.
template <class T, class Pairwise>
struct second_half {
    const Pairwise& f;
    const T& b;

    template <class... Members>
    constexpr decltype(auto) operator()(const Members&... of_a) const {
        return description<T>::apply(
            b, [&](const auto&... of_b) -> decltype(auto) { return f.all(pair_of{of_a, of_b}...); });
    }

    template <class Member>
    struct pair_of {
        const Member& first;
        const Member& second;
    };
    template <class Member>
    pair_of(const Member&, const Member&) -> pair_of<Member>;
};

struct equality {
    template <class... Pairs>
    constexpr bool all(const Pairs&... pairs) const {
        return (equal_deep(pairs.first, pairs.second) && ...);
    }
};

struct ordering {
    template <class... Pairs>
    constexpr auto all(const Pairs&... pairs) const {
        using category = std::common_comparison_category_t<decltype(order_deep(pairs.first, pairs.second))...>;
        category order = category::equivalent;
        static_cast<void>(((order = order_deep(pairs.first, pairs.second), order == 0) && ...));
        return order;
    }
};

template <class T>
constexpr bool equal_ranges(const T& a, const T& b) {
    if constexpr (unordered_like<T>) {
        if (a.size() != b.size()) return false;
        if constexpr (map_like<T>) {
            for (const auto& [key, value] : a) {
                const auto found = b.find(key);
                if (found == b.end() || !equal_deep(value, found->second)) return false;
            }
            return true;
        } else {
            return a == b;
        }
    } else {
        auto at = std::begin(b);
        for (const auto& element : a) {
            if (at == std::end(b)) return false;
            if (!equal_deep<typename range_element<T>::type>(element, *at)) return false;
            ++at;
        }
        return at == std::end(b);
    }
}

template <class T>
constexpr bool equal_deep(const T& a, const T& b) {
    if constexpr (property_like<T>) {
        return equal_deep(a.value(), b.value());
    } else if constexpr (string_like<T> && !std::is_bounded_array_v<T>) {
        if constexpr (std::is_pointer_v<T>) {
            if (a == nullptr || b == nullptr) return a == b;
        }
        return std::string_view(a) == std::string_view(b);
    } else if constexpr (dynamic_like<T>) {
        return a == b;
    } else if constexpr (described<T>) {
        return description<T>::apply(a, second_half<T, equality>{equality{}, b});
    } else if constexpr (nullable<T>) {
        if (static_cast<bool>(a) != static_cast<bool>(b)) return false;
        return !static_cast<bool>(a) || equal_deep<std::remove_cvref_t<decltype(*a)>>(*a, *b);
    } else if constexpr (variant_like<T>) {
        if (a.index() != b.index()) return false;
        if (a.valueless_by_exception()) return true;
        return visit(
            []<class A, class B>(const A& x, const B& y) {
                if constexpr (std::is_same_v<A, B>) {
                    return equal_deep(x, y);
                } else {
                    return false;
                }
            },
            a,
            b);
    } else if constexpr (range_like<T>) {
        return equal_ranges(a, b);
    } else if constexpr (tuple_like<T>) {
        return [&]<std::size_t... I>(std::index_sequence<I...>) {
            using std::get;
            return (equal_deep(get<I>(a), get<I>(b)) && ...);
        }(std::make_index_sequence<std::tuple_size<T>::value>{});
    } else {
        constexpr bool has_operator = requires {
            { a == b } -> std::convertible_to<bool>;
        };
        static_assert(has_operator,
                      "lathe::equal: a field has no operator==; give its type one, or make it a described type");
        if constexpr (has_operator) {
            return static_cast<bool>(a == b);
        } else {
            return false;
        }
    }
}

template <class T>
constexpr auto order_ranges(const T& a, const T& b) {
    using element = typename range_element<T>::type;
    using category = std::common_comparison_category_t<decltype(order_deep(std::declval<const element&>(),
                                                                           std::declval<const element&>())),
                                                       std::strong_ordering>;
    auto at = std::begin(b);
    for (const auto& one : a) {
        if (at == std::end(b)) return category(std::strong_ordering::greater);
        if (const category order = order_deep<element>(one, *at); order != 0) return order;
        ++at;
    }
    return category(at == std::end(b) ? std::strong_ordering::equal : std::strong_ordering::less);
}

// By the index, then by the value; one that lost its value comes first.
template <template <class...> class Variant, class... Types>
constexpr auto order_variants(const Variant<Types...>& a, const Variant<Types...>& b) {
    using category = std::common_comparison_category_t<decltype(order_deep(std::declval<const Types&>(),
                                                                           std::declval<const Types&>()))...,
                                                       std::strong_ordering>;
    if (a.index() != b.index() || a.valueless_by_exception()) return category(a.index() + 1 <=> b.index() + 1);
    return visit(
        []<class A, class B>(const A& x, const B& y) -> category {
            if constexpr (std::is_same_v<A, B>) {
                return order_deep(x, y);
            } else {
                return category::equivalent;
            }
        },
        a,
        b);
}

template <class T>
constexpr auto order_deep(const T& a, const T& b) {
    if constexpr (property_like<T>) {
        return order_deep(a.value(), b.value());
    } else if constexpr (string_like<T> && !std::is_bounded_array_v<T>) {
        if constexpr (std::is_pointer_v<T>) {
            if (a == nullptr || b == nullptr) return (a != nullptr) <=> (b != nullptr);
        }
        return std::string_view(a) <=> std::string_view(b);
    } else if constexpr (described<T>) {
        return description<T>::apply(a, second_half<T, ordering>{ordering{}, b});
    } else if constexpr (nullable<T>) {
        using category = std::common_comparison_category_t<decltype(order_deep(*a, *b)), std::strong_ordering>;
        if (!static_cast<bool>(a) || !static_cast<bool>(b))
            return category(static_cast<bool>(a) <=> static_cast<bool>(b));
        return category(order_deep(*a, *b));
    } else if constexpr (variant_like<T>) {
        return order_variants(a, b);
    } else if constexpr (range_like<T> && !unordered_like<T> && !dynamic_like<T>) {
        return order_ranges(a, b);
    } else if constexpr (tuple_like<T>) {
        return [&]<std::size_t... I>(std::index_sequence<I...>) {
            using std::get;
            using category = std::common_comparison_category_t<decltype(order_deep(get<I>(a), get<I>(b)))...>;
            category order = category::equivalent;
            static_cast<void>(((order = order_deep(get<I>(a), get<I>(b)), order == 0) && ...));
            return order;
        }(std::make_index_sequence<std::tuple_size<T>::value>{});
    } else if constexpr (std::is_enum_v<T>) {
        return static_cast<std::underlying_type_t<T>>(a) <=> static_cast<std::underlying_type_t<T>>(b);
    } else {
        constexpr bool has_order = std::three_way_comparable<T>;
        static_assert(has_order,
                      "lathe::compare: a field has no order; give its type an operator<=>, or compare what you "
                      "need by hand");
        if constexpr (has_order) {
            return a <=> b;
        } else {
            return std::strong_ordering::equal;
        }
    }
}

// Spreads each new hash over all bits, so that fields do not cancel out: the finaliser of MurmurHash3 (A. Appleby).
constexpr std::size_t mix(std::size_t seed, std::size_t hash) noexcept {
    std::uint64_t bits = seed + 0x9e3779b97f4a7c15U + hash;
    bits = (bits ^ (bits >> 33U)) * 0xff51afd7ed558ccdU;
    bits = (bits ^ (bits >> 33U)) * 0xc4ceb9fe1a85ec53U;
    return static_cast<std::size_t>(bits ^ (bits >> 33U));
}

template <class T>
constexpr std::size_t hash_deep(const T& value) {
    if constexpr (property_like<T>) {
        return hash_deep(value.value());
    } else if constexpr (string_like<T> && !std::is_bounded_array_v<T>) {
        if constexpr (std::is_pointer_v<T>) {
            if (value == nullptr) return 0;
        }
        return std::hash<std::string_view>{}(std::string_view(value));
    } else if constexpr (dynamic_like<T>) {
        return std::hash<T>{}(value);
    } else if constexpr (described<T>) {
        return description<T>::apply(value, [](const auto&... members) {
            std::size_t seed = sizeof...(members);
            ((seed = mix(seed, hash_deep(members))), ...);
            return seed;
        });
    } else if constexpr (nullable<T>) {
        return static_cast<bool>(value) ? mix(1, hash_deep<std::remove_cvref_t<decltype(*value)>>(*value)) : 0;
    } else if constexpr (variant_like<T>) {
        if (value.valueless_by_exception()) return 0;
        return mix(value.index(), visit([](const auto& held) { return hash_deep(held); }, value));
    } else if constexpr (range_like<T>) {
        std::size_t seed = 0;
        for (const auto& element : value) {
            const std::size_t hash = hash_deep<typename range_element<T>::type>(element);
            seed = unordered_like<T> ? seed + mix(0, hash) : mix(seed, hash);
        }
        return seed;
    } else if constexpr (tuple_like<T>) {
        return [&]<std::size_t... I>(std::index_sequence<I...>) {
            using std::get;
            std::size_t seed = sizeof...(I);
            ((seed = mix(seed, hash_deep(get<I>(value)))), ...);
            return seed;
        }(std::make_index_sequence<std::tuple_size<T>::value>{});
    } else if constexpr (calendar_date<T>) {
        return mix(mix(static_cast<std::size_t>(static_cast<int>(value.year())), static_cast<unsigned>(value.month())),
                   static_cast<unsigned>(value.day()));
    } else if constexpr (requires { value.time_since_epoch().count(); }) { // of any clock
        return hash_deep(value.time_since_epoch().count());
    } else if constexpr (duration<T>) {
        return hash_deep(value.count());
    } else {
        constexpr bool has_hash = requires {
            { std::hash<T>{}(value) } -> std::convertible_to<std::size_t>;
        };
        static_assert(has_hash,
                      "lathe::hash: a field has no std::hash; specialise it for its type, or make that a described "
                      "type");
        if constexpr (has_hash) {
            return std::hash<T>{}(value);
        } else {
            return 0;
        }
    }
}

// What is a value to all of these, and so needs an operator of its own.
template <class T>
concept opaque_value = !property_like<T> && !string_like<T> && !described<T> && !nullable<T> && !variant_like<T> &&
                       (!range_like<T> || dynamic_like<T>) && !tuple_like<T>;

struct with_equality {
    template <class T>
    static constexpr bool of = !opaque_value<T> || requires(const T& a) {
        { a == a } -> std::convertible_to<bool>;
    };
};
struct with_order {
    template <class T>
    static constexpr bool of =
        !unordered_like<T> && (!opaque_value<T> || std::is_enum_v<T> || std::three_way_comparable<T>);
};
struct with_hash {
    template <class T>
    static constexpr bool of = !opaque_value<T> || calendar_date<T> || duration<T> ||
                               requires(const T& a) { a.time_since_epoch(); } || requires(const T& a) {
                                   { std::hash<T>{}(a) } -> std::convertible_to<std::size_t>;
                               };
};

// Whether all fields have what it takes: asked before the fields are gone through, to keep the compiler's answer short.
template <class Trait, class... Members>
constexpr bool all_have(type_list<Members...>) {
    return (Trait::template of<std::remove_cvref_t<decltype(plain(std::declval<const Members&>()))>> && ...);
}
template <class Model, class Trait>
constexpr bool fields_have() {
    if constexpr (name_store<Model>::in_reach) {
        return all_have<Trait>(member_types<Model>{});
    } else {
        return true; // there is a sentence about it already
    }
}

} // namespace detail

/// Compares two models field by field: nested models, containers, what optionals and owning pointers hold.
/// @param a one object.
/// @param b another of the same type.
/// @return whether all fields are equal.
/// @par Complexity
/// Linear in the size of the models; stops at the first difference.
template <class Model>
[[nodiscard]] constexpr bool equal(const Model& a, const Model& b) {
    static_assert(detail::is_described<Model>,
                  "lathe::equal: the type is not described; make it an aggregate, or give it a public static consteval "
                  "auto fields() that returns lathe::fields<&T::a, &T::b>");
    if constexpr (detail::is_described<Model>) {
        constexpr bool in_reach = detail::name_store<Model>::in_reach;
        constexpr bool complete = in_reach && detail::fields_have<Model, detail::with_equality>();
        static_assert(complete || !in_reach,
                      "lathe::equal: a field has no operator==; "
                      "give its type one, or make it a described type");
        if constexpr (complete) {
            return detail::equal_deep(a, b);
        } else {
            return false;
        }
    } else {
        return false;
    }
}

/// Orders two models by their first field that differs.
/// @param a one object.
/// @param b another of the same type.
/// @return the strongest ordering that all fields have: partial as soon as one is a floating-point number.
template <class Model>
[[nodiscard]] constexpr auto compare(const Model& a, const Model& b) {
    static_assert(detail::is_described<Model>,
                  "lathe::compare: the type is not described; make it an aggregate, or give it a public static "
                  "consteval auto fields() that returns lathe::fields<&T::a, &T::b>");
    if constexpr (detail::is_described<Model>) {
        constexpr bool in_reach = detail::name_store<Model>::in_reach;
        constexpr bool complete = in_reach && detail::fields_have<Model, detail::with_order>();
        static_assert(complete || !in_reach,
                      "lathe::compare: a field has no order; "
                      "give its type an operator<=>, or compare what you need by hand");
        if constexpr (complete) {
            return detail::order_deep(a, b);
        } else {
            return std::strong_ordering::equal;
        }
    } else {
        return std::strong_ordering::equal;
    }
}

/// Hashes a model by all of its fields, so that equal models have equal hashes.
/// @param model any described object.
/// @return the hash; it may differ between programs and runs.
template <class Model>
[[nodiscard]] constexpr std::size_t hash(const Model& model) {
    static_assert(detail::is_described<Model>,
                  "lathe::hash: the type is not described; make it an aggregate, or give it a public static consteval "
                  "auto fields() that returns lathe::fields<&T::a, &T::b>");
    if constexpr (detail::is_described<Model>) {
        constexpr bool in_reach = detail::name_store<Model>::in_reach;
        constexpr bool complete = in_reach && detail::fields_have<Model, detail::with_hash>();
        static_assert(complete || !in_reach,
                      "lathe::hash: a field has no std::hash; "
                      "specialise it for its type, or make that a described type");
        if constexpr (complete) {
            return detail::hash_deep(model);
        } else {
            return 0;
        }
    } else {
        return 0;
    }
}

} // namespace v0
} // namespace lathe

/// @cond detail
// Doxygen 1.9 does not find the scope of specialisations of other people's templates.
/// Hashes models, so that they can be keys; equality is the model's own `operator==`, which may be defaulted.
template <class Model>
    requires lathe::detail::enabled_model<Model>
struct std::hash<Model> {
    /// @param model any model.
    /// @return its hash.
    [[nodiscard]] constexpr std::size_t operator()(const Model& model) const { return lathe::hash(model); }
};

/// Hashes a property as the value that it holds.
template <class T, auto... Rules>
struct std::hash<lathe::property<T, Rules...>> {
    /// @param property any property.
    /// @return the hash of its value.
    [[nodiscard]] constexpr std::size_t operator()(const lathe::property<T, Rules...>& property) const {
        return lathe::detail::hash_deep(property);
    }
};
/// @endcond

#endif // LATHE_MODEL_COMPARE_HPP
