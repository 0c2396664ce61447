// SPDX-License-Identifier: MIT
#ifndef LATHE_MODEL_NAMED_HPP
#define LATHE_MODEL_NAMED_HPP

/// @file
/// @brief Fields by their names, checked at compile time: get, set and reset, and named arguments.
/// @par Example
/// @ref examples/person.cpp

#include <cstddef>
#include <initializer_list>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>

#include <lathe/core/detail/refused.hpp>
#include <lathe/core/fixed_string.hpp>
#include <lathe/model/described.hpp>
#include <lathe/model/detail/commit.hpp>
#include <lathe/model/detail/deep_check.hpp>
#include <lathe/model/detail/member_types.hpp>
#include <lathe/model/detail/store.hpp>
#include <lathe/model/property.hpp>
#include <lathe/model/reflect.hpp>

/// @cond detail
#define LATHE_TEMPORARY "lathe::get<Name>: the field would be gone with the temporary; give the model a name first"
#define LATHE_RUN_TIME_NAME                                                                                            \
    "lathe::get, set, reset<Name>: the name is a template argument, as in lathe::get<\"age\">(model); where it is "    \
    "known at run time only, use a lathe::record"
/// @endcond

namespace lathe {
inline namespace v0 {

/// A value with the name of the field that it is for: what `"age"_f = 36` makes.
/// @tparam Name the field's name.
/// @tparam Value the value, or a reference to it.
template <fixed_string Name, class Value>
struct named_value {
    Value value; ///< used once
};

/// The name of a field as an object: what `"age"_f` makes.
/// @tparam Name the field's name.
template <fixed_string Name>
struct field_name {
    /// @param value for that field; must live until the call that it is an argument of has returned.
    /// @return the value with the name.
    template <class Value>
    constexpr named_value<Name, Value&&> operator=(Value&& value) const noexcept { // NOLINT: not an assignment
        return {std::forward<Value>(value)};
    }
    /// @param elements for that field, a container: `"tags"_f = {"a", "b"}`; they live as long as the call, too.
    /// @return the elements with the name.
    template <class Element>
    constexpr named_value<Name, std::initializer_list<Element>>
    operator=(std::initializer_list<Element> elements) const noexcept { // NOLINT: not an assignment
        return {elements};
    }
};

inline namespace literals {

/// `"age"_f` names a field.
template <fixed_string Name>
consteval field_name<Name> operator""_f() noexcept {
    return {};
}

} // namespace literals

namespace detail {

template <class T>
consteval std::size_t index_of_field(std::string_view name) {
    for (std::size_t i = 0; i < field_count<T>; ++i) {
        if (name_store<T>::names[i] == name) return i;
    }
    return field_count<T>;
}

// Whether there is such a field; if not, one sentence.
template <class T, fixed_string Name>
consteval bool has_field() {
    constexpr bool is_record = record_like<T>; // constants, since compilers explain concepts at length
    static_assert(!is_record,
                  "lathe::get, set, reset<Name>: the fields of a record are known at run time only; call its own "
                  "members: record.get<T>(\"name\"), record.set(\"name\", value), record.reset(\"name\")");
    constexpr bool is_described = described<T>;
    static_assert(is_described || is_record,
                  "lathe::get, set, reset<Name>: the type is not described; make it an aggregate, or give it a public "
                  "static consteval auto fields() that returns lathe::fields<&T::a, &T::b>");
    if constexpr (is_described) {
        constexpr bool found = index_of_field<T>(Name.view()) < field_count<T>;
        static_assert(found,
                      "lathe::get, set, reset<Name>: the model has no field of this name; the names are those of its "
                      "members, not aliases");
        return found;
    } else {
        return false;
    }
}

// What a named value is to a field of type T: itself, or elements for a container.
template <class Value>
struct elements_in {
    using type = no_elements;
};
template <class Element>
struct elements_in<std::initializer_list<Element>> {
    using type = const Element&;
};
template <class T, class Value>
concept takes_elements = lists_elements<T> && takes_value<element_type<T>, typename elements_in<Value>::type>;
template <class T, class Value>
concept takes_given = takes_value<T, Value> || takes_elements<T, Value>;

// The same value for the field of that name.
template <fixed_string Name, class T, class Value>
constexpr decltype(auto) as_given(Value&& value) {
    if constexpr (takes_value<T, Value>) {
        return std::forward<Value>(value);
    } else {
        using element = element_type<T>;
        T made{};
        for (const auto& each : value) {
            if (!arrives_unchanged<element>(each)) [[unlikely]] {
                throw_unrepresentable<element, std::remove_cvref_t<decltype(each)>, label<Name>{}>(each);
            }
            made.insert(made.end(), convert<element>(each));
        }
        return made;
    }
}

// Whether a field of the model can change; if not, one sentence.
template <class T>
consteval bool is_changeable() {
    constexpr bool can_change = !std::is_const_v<T>;
    static_assert(can_change,
                  "lathe::set, reset<Name>: the model is const, so no field of it can change; take it without const");
    return can_change;
}

// Whether an argument is a named value.
template <class Value>
inline constexpr bool has_name = false;
template <fixed_string Name, class Value>
inline constexpr bool has_name<named_value<Name, Value>> = true;

template <std::size_t Index>
struct member_picker {
    template <class First, class... Rest>
    constexpr auto& operator()(First& first, Rest&... rest) const noexcept {
        if constexpr (Index == 0) {
            return first;
        } else {
            return member_picker<Index - 1>{}(rest...);
        }
    }
};

template <fixed_string Name, class T>
constexpr auto& member(T& model) noexcept {
    constexpr std::size_t index = index_of_field<std::remove_const_t<T>>(Name.view());
    return description<std::remove_const_t<T>>::apply(model, member_picker<index>{});
}

// "200 is not in [0, 150]" of a property -> "person.age: 200 is not in [0, 150]".
[[noreturn, gnu::cold, gnu::noinline]] inline void
rethrow_for(const validation_error& thrown, std::string_view model, std::string_view field) {
    std::vector<issue> issues = thrown.issues();
    for (issue& found : issues) {
        // A field has written its name already, a property at most an index.
        if (found.path.empty() || found.path.front() == '[') found.path.insert(0, field);
    }
    throw validation_error(std::move(issues), model);
}

} // namespace detail

/// Reads a field.
/// @tparam Name the field's name.
/// @param model any described object.
/// @return the value that a property holds, or the member; valid as long as the model is unchanged.
template <fixed_string Name, class Model>
[[nodiscard]] constexpr const auto& get(const Model& model) noexcept {
    if constexpr (detail::has_field<Model, Name>()) {
        return detail::plain(detail::member<Name>(model));
    } else {
        return model;
    }
}

/// Does not compile: the value would be gone with the temporary.
template <fixed_string Name, class Model, class Reason = detail::refused<LATHE_TEMPORARY>>
    requires(!std::is_lvalue_reference_v<Model>)
const Model& get(const Model&& model) LATHE_DETAIL_REFUSED(LATHE_TEMPORARY);

/// Does not compile: the name is no argument of the call.
template <class Model, class Reason = detail::refused<LATHE_RUN_TIME_NAME>>
const Model& get(const Model& model, std::string_view name) LATHE_DETAIL_REFUSED(LATHE_RUN_TIME_NAME);

/// Changes a field by name; a message then says "person.age: ...". Strong guarantee.
/// @tparam Name the field's name.
/// @param model any described object.
/// @param value whatever a property of the field's type takes; a plain member takes the same, so nothing is lost there
///        either.
/// @throws validation_error when it breaks a rule; then the model is as it was.
template <fixed_string Name, class Model, class Value>
constexpr void set(Model& model, Value&& value) {
    constexpr bool can_change = detail::is_changeable<Model>();
    if constexpr (can_change && detail::has_field<std::remove_const_t<Model>, Name>()) {
        auto& member = detail::member<Name>(model);
        using member_type = std::remove_reference_t<decltype(member)>;
        try {
            if constexpr (detail::is_property<member_type>) {
                member = std::forward<Value>(value);
            } else {
                property<member_type> checked(std::forward<Value>(value));
                detail::commit(member, std::move(detail::access::held(checked)));
            }
        } catch (const validation_error& thrown) {
            detail::rethrow_for(thrown, type_name<Model>, Name.view());
        }
    }
}

/// Does not compile: the name is no argument of the call.
template <class Model, class Value, class Reason = detail::refused<LATHE_RUN_TIME_NAME>>
void set(Model& model, std::string_view name, Value&& value) LATHE_DETAIL_REFUSED(LATHE_RUN_TIME_NAME);

/// Puts a field back to the default that its struct gives it (`age = 18`), else to that of its type.
/// Makes a whole model to see that default, so it costs as much as one.
/// @tparam Name the field's name.
/// @param model any described object that is an aggregate or has a default constructor.
/// @throws validation_error when the field has no default that obeys its rules; then the model is as it was.
template <fixed_string Name, class Model>
constexpr void reset(Model& model) {
    constexpr bool can_change = detail::is_changeable<Model>();
    static_assert(detail::access::has_blank<Model>(),
                  "lathe::reset: the model cannot be made without values, so its defaults "
                  "are unknown; give each member a default");
    if constexpr (!can_change || !detail::access::has_blank<Model>()) {
        // said above
    } else if constexpr (detail::has_field<Model, Name>()) {
        auto fresh = detail::access::blank<Model>();
        auto& from = detail::member<Name>(fresh);
        auto& to = detail::member<Name>(model);
        using member_type = std::remove_reference_t<decltype(to)>;
        if (detail::rules_of<member_type>::must_be_given || !detail::default_holds(from)) {
            throw validation_error({{std::string(Name.view()), "required", "has no default", ""}}, type_name<Model>);
        }
        to = std::move(from);
    }
}
/// Does not compile: the name is no argument of the call.
template <class Model, class Reason = detail::refused<LATHE_RUN_TIME_NAME>>
void reset(Model& model, std::string_view name) LATHE_DETAIL_REFUSED(LATHE_RUN_TIME_NAME);

#undef LATHE_TEMPORARY
#undef LATHE_RUN_TIME_NAME

} // namespace v0
} // namespace lathe

#endif // LATHE_MODEL_NAMED_HPP
