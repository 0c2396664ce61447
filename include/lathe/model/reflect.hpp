// SPDX-License-Identifier: MIT
#ifndef LATHE_MODEL_REFLECT_HPP
#define LATHE_MODEL_REFLECT_HPP

/// @file
/// @brief The fields of a model, one after the other, with their names.
/// @par Example
/// @ref examples/reflection.cpp

#include <cstddef>
#include <string_view>
#include <type_traits>
#include <utility>

#include <lathe/core/detail/refused.hpp>
#include <lathe/model/described.hpp>

namespace lathe {
inline namespace v0 {

struct field_info; // lathe/model/field_info.hpp

namespace detail {

// What readers see of a member: the value that a property holds, or the member itself.
template <class Member>
constexpr const auto& plain(const Member& member) noexcept {
    if constexpr (property_like<Member>) {
        return member.value();
    } else {
        return member;
    }
}

// A field's own name is the member's name.
template <class Member>
constexpr bool label_is(std::string_view name) noexcept {
    if constexpr (property_like<Member>) {
        return Member::label().empty() || Member::label() == name;
    } else {
        return true;
    }
}
template <class T, class... Members>
consteval bool labels_match() {
    const std::string_view* name = name_store<T>::names.begin();
    return (label_is<Members>(*name++) && ...);
}
template <class T, class... Members>
consteval void check_labels() noexcept {
    if constexpr ((property_like<Members> || ...)) {
        static_assert(labels_match<T, Members...>(),
                      "lathe::field: its name is not that of the member; give both the same "
                      "name, or add lathe::alias<\"...\"> for another name in files");
    }
}

template <class T>
struct infos_of; // lathe/model/field_info.hpp

// Whether F takes a third parameter for this member. Not std::is_invocable, whose templates cost ten times as much.
template <class F, class Member>
concept takes_info = requires(F& call, std::string_view name, const Member& member, const field_info& info) {
    call(name, plain(member), info);
};
// The same for all members. Mostly the first one says no.
template <class F, class... Members>
inline constexpr bool takes_infos = false;
template <class F, class First, class... Rest>
    requires takes_info<F, First>
inline constexpr bool takes_infos<F, First, Rest...> = (takes_info<F, Rest> && ...);

// Whether F can be called for the first member; what is wrong with a later one is the compiler's to say.
template <class F, class... Members>
inline constexpr bool takes_first = true;
template <class F, class First, class... Rest>
inline constexpr bool takes_first<F, First, Rest...> =
    seems_callable<F&, const std::string_view&, decltype(plain(std::declval<const First&>()))>;

template <class T, class F>
struct field_caller {
    F& call;

    template <class... Members>
    constexpr void operator()(const Members&... members) const {
        const std::string_view* name = name_store<T>::names.at;
        check_labels<T, Members...>();
        if constexpr (sizeof...(Members) == 0) {
            static_cast<void>(name);
        } else if constexpr (takes_infos<F, Members...>) {
            constexpr bool has_infos = requires { infos_of<T>::begin(); };
            static_assert(has_infos,
                          "lathe::for_each_field: a function with a third parameter is told about each field; "
                          "include <lathe/model/field_info.hpp>");
            if constexpr (has_infos) {
                const auto* info = infos_of<T>::begin();
                (call(*name++, plain(members), *info++), ...);
            }
        } else {
            constexpr bool can_be_called = takes_first<F, Members...>;
            static_assert(can_be_called,
                          "lathe::for_each_field: the function cannot be called with a name and the value of the first "
                          "field; let it take both, as in [](std::string_view name, const auto& value) { ... }");
            if constexpr (!can_be_called) {
                static_cast<void>(name);
            } else if constexpr ((property_like<Members> || ...)) {
                (call(*name++, plain(members)), ...);
            } else {
                (call(*name++, members), ...);
            }
        }
    }
};

} // namespace detail

/// Calls `f(name, value)` for each field of a model, in order.
/// @param model any described object.
/// @param f called with a `std::string_view`, which is valid for ever, and a `const V&`, V being what a property holds,
///        or the member's own type. If it takes a third parameter it gets a `const field_info&` too: include
///        <lathe/model/field_info.hpp>. What it throws ends the loop.
template <class Model, class F>
constexpr void for_each_field(const Model& model, F&& f) {
    static_assert(detail::is_described<Model>,
                  "lathe::for_each_field: the type is not described; make it an aggregate, or give it a public static "
                  "consteval auto fields() that returns lathe::fields<&T::a, &T::b>");
    if constexpr (described<Model>) {
        if constexpr (detail::name_store<Model>::in_reach) {
            detail::description<Model>::apply(model, detail::field_caller<Model, std::remove_reference_t<F>>{f});
        }
    }
}

} // namespace v0
} // namespace lathe

#endif // LATHE_MODEL_REFLECT_HPP
