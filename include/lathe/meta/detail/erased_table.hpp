// SPDX-License-Identifier: MIT
#ifndef LATHE_META_DETAIL_ERASED_TABLE_HPP
#define LATHE_META_DETAIL_ERASED_TABLE_HPP

/// @file
/// @brief What an erased value is known by: functions that take a place and call what is there.

#include <cstddef>
#include <new>
#include <string_view>
#include <type_traits>
#include <utility>

#include <lathe/meta/detail/contract_check.hpp>

namespace lathe {
inline namespace v0 {
namespace detail {

// Stands for the held type while the types of a `call` are read. Where no return type is written, the compiler has to
// look into the function, and complains about this type: its name is the message.
struct write_the_return_type_of_call {};

[[noreturn]] void throw_empty(std::string_view requirement);

// The types in which a requirement's `call` is called: of a member function pointer of its lambda, or of a function.
template <class Function>
struct signature {
    static constexpr bool takes_object = false;
    static constexpr bool is_const = true;
    using result = void;
};
template <class Result, class Place, class... Args>
struct signature_of {
    static constexpr bool takes_object = true;
    static constexpr bool is_const = std::is_const_v<Place>;
    using result = Result;
    using function = Result (*)(Place*, Args...);

    // Calls what is held at a place, as the holder `Holder` knows to find it.
    template <class Requirement, class Holder>
    static Result at(Place* place, Args... args) {
        return Requirement::call(Holder::held(place), static_cast<Args&&>(args)...);
    }
    template <class Requirement>
    static Result nowhere(Place*, Args...) {
        throw_empty(Requirement::text);
    }
};
template <class Object>
inline constexpr bool is_stand_in = false;
template <>
inline constexpr bool is_stand_in<write_the_return_type_of_call&> = true;
template <>
inline constexpr bool is_stand_in<const write_the_return_type_of_call&> = true;
template <class Object>
using place_for = std::conditional_t<std::is_const_v<std::remove_reference_t<Object>>, const void, void>;

template <class Result, class Object, class... Args, bool Quiet>
    requires is_stand_in<Object>
struct signature<Result (*)(Object, Args...) noexcept(Quiet)> : signature_of<Result, place_for<Object>, Args...> {};
template <class Call, class Result, class Object, class... Args, bool Quiet>
    requires is_stand_in<Object>
struct signature<Result (Call::*)(Object, Args...) const noexcept(Quiet)>
    : signature_of<Result, place_for<Object>, Args...> {};

struct call_name {
    static constexpr bool call = false;
};
template <class Requirement>
struct call_probe : Requirement, call_name {};

// Whether there is a member `call`, whatever it is.
template <class Requirement>
inline constexpr bool names_call = requires { &Requirement::call; };
template <class Requirement>
    requires(std::is_class_v<Requirement> && !std::is_final_v<Requirement>)
inline constexpr bool names_call<Requirement> = !requires { call_probe<Requirement>::call; };

// A `call` is a constant that can be called, mostly a lambda, or a static member function template.
template <class Requirement>
consteval auto read_call() {
    using stand_in = write_the_return_type_of_call;
    if constexpr (!names_call<Requirement>) {
        return signature<void>{};
    } else if constexpr (requires { typename std::type_identity_t<decltype(Requirement::call)>; }) {
        using call = std::remove_const_t<decltype(Requirement::call)>;
        // Of a member of the signature: where no return type is written, g++ goes on with a type that has none.
        if constexpr (requires { signature<decltype(&call::template operator()<stand_in>)>::takes_object; }) {
            return signature<decltype(&call::template operator()<stand_in>)> {};
        } else {
            return signature<void>{};
        }
    } else if constexpr (requires { signature<decltype(&Requirement::template call<stand_in>)>::takes_object; }) {
        return signature<decltype(&Requirement::template call<stand_in>)>{};
    } else {
        return signature<void>{};
    }
}

template <class Requirement>
using signature_for = decltype(read_call<Requirement>());

// Those that an erased has no use for: what compilers show when `none` is false.
template <class... Requirements>
struct without_call {
    static constexpr bool none = sizeof...(Requirements) == 0;
};
template <class... Requirements>
struct with_another_call {
    static constexpr bool none = sizeof...(Requirements) == 0;
};
struct lacks_call {
    template <class Requirement>
    static constexpr bool yes = is_requirement<Requirement> && !names_call<Requirement>;
};
struct has_another_call {
    template <class Requirement>
    static constexpr bool yes = names_call<Requirement> && !decltype(read_call<Requirement>())::takes_object;
};

// ---- where the value is ----

inline constexpr std::size_t erased_room = 3 * sizeof(void*);

// A value in the place itself.
template <class T>
struct kept_inside {
    static T& held(void* place) noexcept { return *std::launder(static_cast<T*>(place)); }
    static const T& held(const void* place) noexcept { return *std::launder(static_cast<const T*>(place)); }
    template <class... Args>
    static void make(void* place, Args&&... args) {
        ::new (place) T(std::forward<Args>(args)...);
    }
    static void move(void* from, void* to) noexcept {
        ::new (to) T(std::move(held(from)));
        held(from).~T();
    }
    static void destroy(void* place) noexcept { held(place).~T(); }
    static constexpr auto mover = std::is_trivially_copyable_v<T> ? nullptr : &move;
    static constexpr auto destroyer = std::is_trivially_destructible_v<T> ? nullptr : &destroy;
};

// A value elsewhere: the place has a pointer.
template <class T>
struct kept_outside {
    static T*& pointer(void* place) noexcept { return *std::launder(static_cast<T**>(place)); }
    static T& held(void* place) noexcept { return *pointer(place); }
    static const T& held(const void* place) noexcept { return **std::launder(static_cast<T* const*>(place)); }
    template <class... Args>
    static void make(void* place, Args&&... args) {
        ::new (place) T*(new T(std::forward<Args>(args)...));
    }
    static void destroy(void* place) noexcept { delete pointer(place); }
    static constexpr void (*mover)(void*, void*) noexcept = nullptr;
    static constexpr auto destroyer = &destroy;
};

template <class T>
using keeper_of = std::conditional_t<sizeof(T) <= erased_room && alignof(T) <= alignof(void*) &&
                                         std::is_nothrow_move_constructible_v<T>,
                                     kept_inside<T>,
                                     kept_outside<T>>;

template <class T>
void copy_held(const void* from, void* to) {
    keeper_of<T>::make(to, keeper_of<T>::held(from));
}

// ---- the table ----

template <class Requirement>
struct erased_slot {
    typename signature_for<Requirement>::function function;
};

// One for each type that is held. For nothing there is one too, whose functions throw, so that a call need not ask
// whether there is something.
template <class... Requirements>
struct erased_table : erased_slot<Requirements>... {
    bool is_something;
    void (*move)(void* from, void* to) noexcept; // null when the bytes of the place can be copied
    void (*destroy)(void* place) noexcept;       // null when that does nothing
    void (*copy)(const void* from, void* to);    // null when it cannot
};

template <class List>
struct erased_tables;
template <class... Requirements>
struct erased_tables<requirement_list<Requirements...>> {
    using type = erased_table<Requirements...>;

    template <class T, bool IsCopyable>
    static consteval type make() {
        using keeper = keeper_of<T>;
        void (*copy)(const void*, void*) = nullptr;
        if constexpr (IsCopyable) copy = &copy_held<T>;
        return {{&signature_for<Requirements>::template at<Requirements, keeper>}...,
                true,
                keeper::mover,
                keeper::destroyer,
                copy};
    }
    template <class T, bool IsCopyable>
    static constexpr type of = make<T, IsCopyable>();
    static constexpr type of_nothing{
        {&signature_for<Requirements>::template nowhere<Requirements>}..., false, nullptr, nullptr, nullptr};
};

} // namespace detail
} // namespace v0
} // namespace lathe

#endif // LATHE_META_DETAIL_ERASED_TABLE_HPP
