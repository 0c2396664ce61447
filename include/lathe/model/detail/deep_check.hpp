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

#include <lathe/model/described.hpp>
#include <lathe/model/detail/path.hpp>
#include <lathe/model/detail/store.hpp>
#include <lathe/model/detail/write_value.hpp>

namespace lathe {
inline namespace v0 {
namespace detail {

template <class T>
concept has_invariants = requires { T::invariants(); };

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
