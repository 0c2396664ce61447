// SPDX-License-Identifier: MIT
#ifndef LATHE_MODEL_DETAIL_DEEP_CHECK_HPP
#define LATHE_MODEL_DETAIL_DEEP_CHECK_HPP

/// @file
/// @brief All rules of a model, its nested models and their invariants.

#include <concepts>
#include <cstddef>
#include <string>
#include <string_view>
#include <tuple>
#include <type_traits>
#include <utility>
#include <vector>

#include <lathe/core/detail/refused.hpp>
#include <lathe/core/fixed_string.hpp>
#include <lathe/model/described.hpp>
#include <lathe/model/detail/path.hpp>
#include <lathe/model/detail/store.hpp>
#include <lathe/model/detail/write_value.hpp>

namespace lathe {
inline namespace v0 {

template <fixed_string Text, class Predicate>
struct model_invariant; // lathe/model/validate.hpp

namespace detail {

// A name in a class, whoever may use it: where both bases have it, it is ambiguous.
struct named_invariants {
    int invariants;
};
template <class T>
struct with_named_invariants : T, named_invariants {};

template <class T, class List>
inline constexpr bool is_invariant_list = false;
template <class T, fixed_string... Texts, class... Predicates>
inline constexpr bool is_invariant_list<T, std::tuple<model_invariant<Texts, Predicates>...>> = true;

// Whether a T lists invariants where only an object has them, in a variable, or where nobody may look, so that they
// would never be checked. Other members may have that name; but what a private one is nobody can tell.
template <class T>
consteval bool hides_invariants() {
    if constexpr (requires(const T& object) { object.invariants(); }) {
        return is_invariant_list<T, std::remove_cvref_t<decltype(std::declval<const T&>().invariants())>>;
    } else if constexpr (requires { &T::invariants; }) {
        return is_invariant_list<T, std::remove_cvref_t<decltype(T::invariants)>>;
    } else if constexpr (lists_fields<T> && !std::is_final_v<T>) {
        return !requires { &with_named_invariants<T>::invariants; };
    } else {
        return false;
    }
}

template <class Predicate, class T>
inline constexpr bool asks_about = seems_callable<const Predicate&, const T&>;
template <class Predicate, class T>
    requires(requires { &Predicate::operator(); } && seems_callable<const Predicate&, const T&>)
inline constexpr bool asks_about<Predicate, T> =
    requires(const Predicate& holds, const T& model) { static_cast<bool>(holds(model)); };
template <class T, class List>
inline constexpr bool all_ask_about = true; // of what is no list
template <class T, fixed_string... Texts, class... Predicates>
inline constexpr bool all_ask_about<T, std::tuple<model_invariant<Texts, Predicates>...>> =
    (asks_about<Predicates, T> && ...);

// Whether there are invariants to be checked; if there are some that cannot be, one sentence.
template <class T>
consteval bool finds_invariants() {
    if constexpr (requires { T::invariants(); }) {
        using list = std::remove_cvref_t<decltype(T::invariants())>;
        constexpr bool is_list = is_invariant_list<T, list>;
        static_assert(is_list,
                      "lathe::invariants: invariants() of the model returns something else; write return "
                      "lathe::invariants(lathe::invariant<\"what must hold\">(f), ...)");
        constexpr bool can_be_asked = all_ask_about<T, list>;
        static_assert(can_be_asked,
                      "lathe::invariant<Text>: the function must take a const reference to the model and return bool");
        return is_list && can_be_asked;
    } else {
        constexpr bool is_hidden = hides_invariants<T>();
        static_assert(!is_hidden,
                      "lathe::invariants: invariants() of the model cannot be called, so nobody would check them; make "
                      "it public and static consteval auto invariants(), or give what is no list of them another name");
        return false;
    }
}
template <class T>
inline constexpr bool has_invariants = finds_invariants<T>();

template <class T>
struct invariant_list {
    static constexpr auto value = T::invariants();
};

// Whether there is nothing in a T that could break a rule: then nothing is looked at.
template <class T>
inline constexpr bool is_inert =
    std::is_arithmetic_v<T> || std::is_enum_v<T> || std::is_pointer_v<T> || string_like<T> || dynamic_like<T>;

template <class T>
void check_deep(const T& value, const path& where, std::vector<issue>& issues);

template <class T>
struct deep_checker {
    const path& where;
    std::vector<issue>& issues;

    template <class... Members>
    void operator()(const Members&... members) const {
        std::size_t index = 0;
        (check_deep(members, path{&where, name_store<T>::names[index++]}, issues), ...);
    }
};

[[gnu::cold]] inline void
add_broken_invariant(std::string_view text, std::string value, const path& where, std::vector<issue>& issues) {
    std::string message = "\"";
    message += text;
    message += "\" does not hold for ";
    message += value;
    issues.push_back({where.text(), std::string(text), std::move(message), std::move(value)});
}

template <class Invariant, class T>
void check_invariant(const Invariant& invariant, const T& model, const path& where, std::vector<issue>& issues) {
    if (static_cast<bool>(invariant.holds(model))) return;
    add_broken_invariant(Invariant::text, shown_value(model), where, issues);
}

template <class T>
void check_deep(const T& value, const path& where, std::vector<issue>& issues) {
    if constexpr (is_inert<T>) {
        // nothing to check
    } else if constexpr (is_property<T>) {
        if (!rules_of<T>::hold(value.value())) {
            rules_of<T>::collect(value.value(), where, issues);
        } else {
            check_deep(value.value(), where, issues);
        }
    } else if constexpr (described<T>) {
        const std::size_t before = issues.size();
        description<T>::apply(value, deep_checker<T>{where, issues});
        if constexpr (has_invariants<T>) {
            // Invariants may rely on the rules of the fields.
            if (issues.size() == before) {
                std::apply([&](const auto&... each) { (check_invariant(each, value, where, issues), ...); },
                           invariant_list<T>::value);
            }
        }
    } else if constexpr (record_like<T>) {
        T::lathe_record::check(value, where, issues);
    } else if constexpr (nullable<T>) {
        if constexpr (!std::is_void_v<std::remove_reference_t<decltype(*value)>>) {
            if (static_cast<bool>(value)) check_deep(*value, where, issues);
        }
    } else if constexpr (variant_like<T>) {
        if (!value.valueless_by_exception()) {
            visit([&](const auto& held) { check_deep(held, where, issues); }, value);
        }
    } else if constexpr (map_like<T>) {
        if constexpr (!is_inert<typename T::mapped_type>) {
            for (const auto& [key, mapped] : value) {
                const std::string label = "[" + shown_value(key) + "]";
                check_deep(mapped, path{&where, label}, issues);
            }
        }
    } else if constexpr (range_like<T>) {
        if constexpr (!is_inert<typename range_element<T>::type>) {
            std::size_t index = 0;
            for (const auto& element : value)
                check_deep(element, path{&where, {}, index++}, issues);
        }
    } else if constexpr (tuple_like<T>) {
        [&]<std::size_t... I>(std::index_sequence<I...>) {
            using std::get;
            (check_deep(get<I>(value), path{&where, {}, I}, issues), ...);
        }(std::make_index_sequence<std::tuple_size<T>::value>{});
    }
}

// Whether everything in a value obeys its rules: used for defaults, where no issue is wanted.
template <class T>
bool holds_deep(const T& value) {
    std::vector<issue> issues;
    check_deep(value, path{}, issues);
    return issues.empty();
}
// The same, and a constant expression for what is not nested.
template <class Member>
constexpr bool default_holds(const Member& member) {
    if constexpr (is_inert<typename rules_of<Member>::value_type>) {
        return rules_of<Member>::hold(rules_of<Member>::held(member));
    } else {
        return holds_deep(member);
    }
}

} // namespace detail
} // namespace v0
} // namespace lathe

#endif // LATHE_MODEL_DETAIL_DEEP_CHECK_HPP
