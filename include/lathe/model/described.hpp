// SPDX-License-Identifier: MIT
#ifndef LATHE_MODEL_DESCRIBED_HPP
#define LATHE_MODEL_DESCRIBED_HPP

/// @file
/// @brief Which types lathe can look into, and how a class with private members lets it.
/// @par Example
/// @ref examples/reflection.cpp

#include <cstddef>
#include <string_view>
#include <type_traits>

#include <lathe/core/type_name.hpp>
#include <lathe/model/detail/access.hpp>
#include <lathe/model/detail/bind.hpp>
#include <lathe/model/detail/count.hpp>

namespace lathe {
inline namespace v0 {

/// The members that a class lists as its fields; made by `fields`.
/// @tparam Members pointers to data members.
template <auto... Members>
struct field_list {
    static_assert((std::is_member_object_pointer_v<decltype(Members)> && ...),
                  "lathe::fields<...>: list pointers to data members, such as &account::m_id");
};

/// Lists the fields of a class whose members are private, or that is no aggregate:
/// `static consteval auto fields() { return lathe::fields<&account::m_id, &account::m_owner>; }`.
///
/// The list stands in the class, public, so no friend and no macro is needed. Fields are named as the
/// members are, without a leading `m_` or a trailing `_`: "id", "owner".
/// @tparam Members pointers to data members, in the order in which the fields shall stand.
template <auto... Members>
inline constexpr field_list<Members...> fields{};

/// The names of a type's fields, in order.
/// @tparam Count how many there are.
template <std::size_t Count>
struct name_list {
    std::string_view at[Count == 0 ? 1 : Count]; ///< the names; one empty text when there are none

    /// @return how many names there are.
    [[nodiscard]] static constexpr std::size_t size() noexcept { return Count; }
    /// @param index below `size()`.
    /// @return the name of that field.
    [[nodiscard]] constexpr std::string_view operator[](std::size_t index) const noexcept { return at[index]; }
    /// @return the first name.
    [[nodiscard]] constexpr const std::string_view* begin() const noexcept { return at; }
    /// @return the end of the names.
    [[nodiscard]] constexpr const std::string_view* end() const noexcept { return at + Count; }
};

namespace detail {

// A property says so itself, so that plain reflection need not know its header.
template <class T>
concept property_like = requires { typename T::lathe_property; };

// lathe::value, list and dict say so themselves: they compare, hash and print as a whole.
template <class T>
concept dynamic_like = requires { typename T::lathe_dynamic; };

// lathe::record says so too, and by what its fields are gone through: they are known at run time.
template <class T>
concept record_like = requires { typename T::lathe_record; };

template <class T>
inline constexpr bool is_field_list = false;
template <auto... Members>
inline constexpr bool is_field_list<field_list<Members...>> = true;

template <class T>
concept lists_fields =
    std::is_class_v<T> && requires { requires is_field_list<std::remove_cv_t<decltype(T::fields())>>; };

// A list that only an object could be asked for, where the type is asked: static was forgotten.
template <class T>
concept lists_fields_of_object = std::is_class_v<T> && requires(T& object) {
    requires is_field_list<std::remove_cvref_t<decltype(object.fields())>>;
} && !lists_fields<T>;

// Aggregates that are something else to their users: ranges, tuples, other people's wrappers.
template <class T>
concept container_like = requires(const T& t) {
    t.begin();
    t.end();
} || requires { typename T::iterator; } || requires { typename T::value_type; } || requires {
    std::tuple_size<T>::value;
};

template <class T>
concept reflectable = std::is_class_v<T> && std::is_aggregate_v<T> && !lists_fields<T> && !property_like<T> &&
                      !container_like<T> && !made_of_fields<T>;

// How to get at the fields of T: count, names() and apply(object, f), which calls f with all of them.
// Specialised for each way to describe a type.
template <class T>
struct description;

template <class T>
concept adapted = requires { typename description<T>::adapts; };

template <class T>
struct name_store;

// Not by !=, of which clang would show both sides.
consteval bool differ(shape a, shape b) noexcept {
    return a != b;
}

// What keeps T out of reach. Soft: a question, for whoever says it or has no use for such types.
template <class T>
consteval shape shape_of() {
    if constexpr (lists_fields<T> || adapted<T>) {
        return shape::countable;
    } else if constexpr (lists_fields_of_object<T>) {
        return shape::fields_of_object;
    } else if constexpr (!reflectable<T>) {
        return shape::not_described;
    } else if constexpr (count_of<T>.kind != shape::countable) {
        return count_of<T>.kind;
    } else if constexpr (std::is_same_v<decltype(binder<count_of<T>.members>::template names<T>()), no_names>) {
        return shape::nameless_member;
    } else {
        return shape::countable;
    }
}

template <reflectable T>
struct description<T> {
    static constexpr std::size_t count = name_store<T>::count; // which says so where there is none to tell

    static consteval auto names() { return bound_names<T, count_of<T>.members>; }

    template <class M, class F>
    static constexpr decltype(auto) apply(M& object, F&& f) {
        return binder<count>::apply(object, static_cast<F&&>(f));
    }
};

// m_id -> id, id_ -> id; a name that is nothing else stays.
consteval literal_text without_decoration(literal_text name) {
    if (name.size > 2 && name.from[0] == 'm' && name.from[1] == '_') name = {name.from + 2, name.size - 2};
    if (name.size > 1 && name.from[name.size - 1] == '_') --name.size;
    return name;
}

template <std::size_t Count>
consteval bool all_differ(const raw_names<Count>& names) {
    for (std::size_t i = 0; i < Count; ++i) {
        for (std::size_t j = 0; j < i; ++j) {
            if (std::string_view(names.at[i].from, names.at[i].size) ==
                std::string_view(names.at[j].from, names.at[j].size))
                return false;
        }
    }
    return true;
}

template <class List>
struct listed;
template <auto... Members>
struct listed<field_list<Members...>> {
    static constexpr std::size_t count = sizeof...(Members);

    static consteval raw_names<count> names() {
        constexpr raw_names<count> all{{without_decoration(pointed_name<Members>())...}};
        static_assert(all_differ(all),
                      "lathe::fields<...>: two members have one name, m_ and _ aside, or one stands twice; list each "
                      "once, or rename one");
        return all;
    }

    template <class M, class F>
    static constexpr decltype(auto) apply(M& object, F&& f) {
        return f(object.*Members...);
    }
};

template <lists_fields T>
struct description<T> : listed<std::remove_cv_t<decltype(T::fields())>> {};

// Names are copied out of the compiler's long texts, or every binary would carry those. Loops over arrays:
// this runs at compile time for each type, where each call counts, and each step of a pointer.
template <class T>
struct name_store {
    // One sentence for each shape that the language keeps out of reach.
    static constexpr shape kind = shape_of<T>();
    static_assert(differ(kind, shape::not_described),
                  "lathe::described: this type is not described; make it an aggregate that is no container, or give "
                  "it a public static consteval auto fields() that returns lathe::fields<&T::a, &T::b>");
    static_assert(differ(kind, shape::fields_of_object),
                  "lathe::fields<...>: fields() of this type is not static, so there is no list without an object; "
                  "write static consteval auto fields()");
    static_assert(differ(kind, shape::reference_member),
                  "lathe::described: this aggregate has a reference for a member, which no one can name; make it a "
                  "pointer, or list the other members with lathe::fields");
    static_assert(differ(kind, shape::base_with_members),
                  "lathe::described: this aggregate has a base class with members, which structured bindings cannot "
                  "split; make the base a member, or list all fields with lathe::fields");
    static_assert(differ(kind, shape::too_many_members),
                  "lathe::described: this aggregate has more than 128 members; nest some in a member of their own, or "
                  "list them with lathe::fields");
    static_assert(differ(kind, shape::unknown),
                  "lathe::described: the members of this aggregate cannot be counted (is one of them a reference, a "
                  "huge array, or made of anything?); list its fields with lathe::fields");
    static_assert(differ(kind, shape::nameless_member),
                  "lathe::described: this aggregate has a bit-field or a reference for a member, which has no address "
                  "to name it by; make it a plain member, or write accessors around it");
    static constexpr bool in_reach = kind == shape::countable;

    static consteval auto all_names() {
        if constexpr (in_reach) {
            return description<T>::names();
        } else {
            return raw_names<0>{};
        }
    }
    static constexpr auto source = all_names();
    static constexpr std::size_t count = source.count;

    static consteval std::size_t total() {
        std::size_t sum = 1;
        for (std::size_t i = 0; i < count; ++i)
            sum += source.at[i].size;
        return sum;
    }
    struct characters {
        char at[total()];
    };
    static consteval characters copy() {
        characters copied{};
        std::size_t to = 0;
        for (std::size_t i = 0; i < count; ++i) {
            const literal_text name = source.at[i];
            for (std::size_t k = 0; k < name.size; ++k)
                copied.at[to + k] = name.from[k];
            to += name.size;
        }
        return copied;
    }
    static constexpr characters text = copy();

    static consteval name_list<count> cut() {
        name_list<count> list{};
        const char* from = text.at;
        for (std::size_t i = 0; i < count; ++i) {
            list.at[i] = std::string_view{from, source.at[i].size};
            from += source.at[i].size;
        }
        return list;
    }
    static constexpr name_list<count> names = cut();
};

} // namespace detail

/// A type whose fields lathe knows, by name and in order.
///
/// @par Requires
/// One of: an aggregate (its members are its fields: properties, fields, plain members, nested models);
/// a class with a public `static consteval auto fields()` that returns `lathe::fields<&T::a, &T::b>`;
/// a `lathe::model<"point", field<"x", double>>`, or a struct that is derived from one.
/// Ranges, tuples and properties are not described: they are values to lathe.
/// @par Law
/// The fields are the whole state that equality, text and validation go by.
template <class T>
concept described = detail::reflectable<std::remove_cv_t<T>> || detail::lists_fields<std::remove_cv_t<T>> ||
                    detail::adapted<std::remove_cv_t<T>>;

namespace detail {

// For static_assert: of a concept compilers would show what it is made of.
template <class T>
inline constexpr bool is_described = described<T>;

} // namespace detail

/// How many fields `T` has.
/// @tparam T a described type.
template <class T>
inline constexpr std::size_t field_count = detail::name_store<std::remove_cv_t<T>>::count;

/// The names of T's fields, in order: a constant that has `size()`, `[i]`, and can be iterated.
/// The texts live as long as the program.
/// @tparam T a described type.
template <class T>
inline constexpr auto& field_names = detail::name_store<std::remove_cv_t<T>>::names;

} // namespace v0
} // namespace lathe

#endif // LATHE_MODEL_DESCRIBED_HPP
