// SPDX-License-Identifier: MIT
#ifndef LATHE_META_ERASED_HPP
#define LATHE_META_ERASED_HPP

/// @file
/// @brief A value of any type that meets some requirements, behind one type.
/// @par Example
/// @ref examples/contract.cpp

#include <concepts>
#include <cstddef>
#include <cstring>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>

#include <lathe/core/error.hpp>
#include <lathe/meta/contract.hpp>
#include <lathe/meta/detail/contract_check.hpp>
#include <lathe/meta/detail/erased_table.hpp>

namespace lathe {
inline namespace v0 {

/// Thrown by a call of an `erased` that holds nothing.
class erased_error : public error {
public:
    /// @param requirement the text of the requirement that was called; lives as long as the program.
    explicit erased_error(std::string_view requirement)
        : error(std::string("lathe::erased: it holds nothing to call \"")
                    .append(requirement)
                    .append("\" of; give it a value first, or ask has_value()")),
          m_requirement(requirement) {}

    /// @return the text of the requirement that was called.
    [[nodiscard]] std::string_view requirement() const noexcept { return m_requirement; }

private:
    std::string_view m_requirement;
};

/// Stands among the requirements of an `erased` that is moved but not copied, and so holds types that cannot be copied:
/// `lathe::erased<lathe::move_only, saves>`.
struct move_only {};

template <class... Requirements>
class erased;

namespace detail {

[[noreturn, gnu::cold, gnu::noinline]] inline void throw_empty(std::string_view requirement) {
    throw erased_error(requirement);
}

template <class T>
inline constexpr bool is_erased = false;
template <class... Requirements>
inline constexpr bool is_erased<erased<Requirements...>> = true;

template <class T>
inline constexpr bool is_in_place = false;
template <class T>
inline constexpr bool is_in_place<std::in_place_type_t<T>> = true;

// What every held type must have, in the words of requirements, so that one message lists all that is missing.
struct is_a_value : requirement<"an object type, without const, whose destructor does not throw"> {
    template <class T>
    static constexpr bool met =
        std::is_object_v<T> && !std::is_array_v<T> && !std::is_const_v<T> && std::is_nothrow_destructible_v<T>;
};
struct is_no_erased : requirement<"a value: it is an erased itself; pass what its target<T>() gives"> {
    template <class T>
    static constexpr bool met = !is_erased<T>;
};
struct is_copied : requirement<"a copy constructor, or lathe::move_only in the erased"> {
    template <class T>
    static constexpr bool met = std::is_copy_constructible_v<T>;
};
template <class From>
struct is_made_from : requirement<"a constructor from {}, or std::move around it", From> {
    template <class T>
    static constexpr bool met = std::is_constructible_v<T, From>;
};

// What the list of an erased says, its marks taken out.
template <class... Requirements>
struct erased_traits {
    using asked =
        flat<std::conditional_t<std::is_same_v<Requirements, move_only>, requirement_list<>, Requirements>...>;
    using strange = typename sifted<strangers, is_stranger, asked>::type;
    using uncalled = typename sifted<without_call, lacks_call, asked>::type;
    using miscalled = typename sifted<with_another_call, has_another_call, asked>::type;

    static constexpr bool is_copyable = !(std::is_same_v<Requirements, move_only> || ...);
    static constexpr bool is_good = strange::none && uncalled::none && miscalled::none;

    using list = std::conditional_t<is_good, asked, requirement_list<>>;
    using tables = erased_tables<list>;
};

template <class T, bool IsCopyable, class List>
struct misfit_of;
template <class T, class... Requirements>
struct misfit_of<T, true, requirement_list<Requirements...>>
    : collected<lacks<T>, is_a_value, is_no_erased, is_copied, Requirements...> {};
template <class T, class... Requirements>
struct misfit_of<T, false, requirement_list<Requirements...>>
    : collected<lacks<T>, is_a_value, is_no_erased, Requirements...> {};

template <class Requirement, class List>
inline constexpr bool is_among = false;
template <class Requirement, class... Requirements>
inline constexpr bool is_among<Requirement, requirement_list<Requirements...>> =
    (std::is_same_v<Requirement, Requirements> || ...);

} // namespace detail

/// A value of any type that meets the requirements: `lathe::erased<saves, loads> held = report{};`.
///
/// It owns the value. Copies copy it, moves move it and leave nothing behind. A value of at most three pointers in
/// size, aligned as a pointer, whose move does not throw, is kept inside; another costs one allocation. All have the
/// size of four pointers, whatever the requirements.
///
/// A requirement takes part when it says how it is called, beside `met`:
/// `static constexpr auto call = [](auto& t, int level) -> bool { return t.save(level); };`. The types of the result
/// and the arguments are written out. With `const auto& t` it is called on const ones too. A static member function
/// template, `template <class T> static bool call(T& t, int level)`, will do as well.
///
/// A type that does not fit does not compile, and the compiler's message lists what it lacks; is_constructible is
/// false. Being a conversion all the same, it makes overloads on several erased types ambiguous: constrain those by
/// `conforms`.
///
/// @tparam Requirements requirements and contracts; and `move_only` for values that need not be copied.
/// @par Thread safety
/// As for the value: concurrent calls are safe when the value's functions are.
template <class... Requirements>
class erased {
    using traits = detail::erased_traits<Requirements...>;
    static_assert(traits::strange::none,
                  "lathe::erased<Requirements...>: what is listed here is no requirement; derive it from "
                  "lathe::requirement<\"text\"> and give it template <class T> static constexpr bool met");
    static_assert(traits::uncalled::none,
                  "lathe::erased<Requirements...>: what is listed here does not say how it is called; give it static "
                  "constexpr auto call = [](auto& t) -> bool { return t.save(); }, or ask for it by conforms");
    static_assert(traits::miscalled::none,
                  "lathe::erased<Requirements...>: the call of what is listed here must take the value as auto& or "
                  "const auto&, and other parameters and the result by their types: [](auto& t, int level) -> bool");

    using tables = typename traits::tables;
    template <class T>
    using misfit = typename detail::misfit_of<T, traits::is_copyable, typename traits::list>::type;
    template <class T>
    static constexpr const typename tables::type* table_of = &tables::template of<T, traits::is_copyable>;

    // What a constructor from a value may be asked about: neither this type, nor what derives from it.
    template <class Value>
    static constexpr bool is_value =
        !std::is_base_of_v<erased, std::remove_cvref_t<Value>> && !detail::is_in_place<std::remove_cvref_t<Value>>;
    template <class Value>
    static constexpr bool accepts = [] {
        if constexpr (is_value<Value>) {
            return misfit<std::decay_t<Value>>::nothing && std::is_constructible_v<std::decay_t<Value>, Value>;
        } else {
            return false;
        }
    }();
    // What it lacks; asked before constraints are, so it must not ask about this type.
    template <class Value>
    static consteval auto refuse() {
        using type = std::decay_t<Value>;
        if constexpr (is_value<Value> && !accepts<Value>) {
            return typename detail::collected<misfit<type>, detail::is_made_from<Value>>::type{};
        }
    }

public:
    /// Whether it can be copied.
    static constexpr bool is_copyable = traits::is_copyable;

    /// Holds nothing.
    erased() noexcept = default;

    /// Holds a value.
    /// @param value copied or moved.
    /// @throws std::bad_alloc, or what copying the value throws.
    template <class Value>
        requires accepts<Value>
    erased(Value&& value) // NOLINT: implicit on purpose
        : erased(std::in_place_type<std::decay_t<Value>>, std::forward<Value>(value)) {}

    /// Does not compile: the value's type lacks what is listed in `Lacks`.
    template <class Value, class Lacks = decltype(refuse<Value>())>
        requires(is_value<Value> && !accepts<Value>)
    erased(Value&& value) = delete; // lathe::erased: the type of this value lacks what is listed here

    /// Holds a value that is made in place.
    /// @tparam T its type.
    /// @param args what its constructor takes.
    /// @throws std::bad_alloc, or what the constructor throws.
    template <class T, class... Args>
    explicit erased(std::in_place_type_t<T>, Args&&... args) {
        static_assert(misfit<T>::nothing,
                      "lathe::erased: T lacks what is listed here; add it to T, or hold another type");
        if constexpr (misfit<T>::nothing) {
            detail::keeper_of<T>::make(m_place, std::forward<Args>(args)...);
            m_table = table_of<T>;
        }
    }

    /// Holds a copy of what the other holds.
    /// @throws std::bad_alloc, or what copying the value throws.
    erased(const erased& other)
        requires is_copyable
    {
        if (other.m_table->copy != nullptr) {
            other.m_table->copy(other.m_place, m_place);
            m_table = other.m_table;
        }
    }
    /// Does not compile: it holds what need not be copied.
    erased(const erased& other) // lathe::erased: it has lathe::move_only among its requirements; move it
        requires(!is_copyable)
    = delete;
    /// Holds what the other held, which then holds nothing.
    erased(erased&& other) noexcept { take(other); }

    /// Holds a copy of what the other holds. Strong guarantee: after an exception it holds what it held.
    /// @throws std::bad_alloc, or what copying the value throws.
    erased& operator=(const erased& other)
        requires is_copyable
    {
        if (this != &other) *this = erased(other);
        return *this;
    }
    /// Does not compile: it holds what need not be copied.
    erased& operator=(const erased& other) // lathe::erased: it has lathe::move_only among its requirements; move it
        requires(!is_copyable)
    = delete;
    /// Holds what the other held, which then holds nothing. The other may be part of what this one holds, or this one.
    erased& operator=(erased&& other) noexcept {
        erased next(std::move(other));
        const erased last(std::move(*this)); // destroyed when this one is complete again
        take(next);
        return *this;
    }
    /// Destroys the value.
    ~erased() {
        if (m_table->destroy != nullptr) m_table->destroy(m_place);
    }

    /// Holds a value that is made in place. Strong guarantee, and the arguments may be part of what it held.
    /// @tparam T its type.
    /// @param args what its constructor takes.
    /// @return the value; valid until this one is moved from, changed or destroyed.
    /// @throws std::bad_alloc, or what the constructor throws.
    template <class T, class... Args>
    T& emplace(Args&&... args) {
        *this = erased(std::in_place_type<T>, std::forward<Args>(args)...);
        return detail::keeper_of<T>::held(m_place);
    }
    /// Destroys the value; then it holds nothing.
    void reset() noexcept { const erased last(std::move(*this)); }
    /// Exchanges what both hold. No allocation.
    friend void swap(erased& a, erased& b) noexcept {
        erased of_a(std::move(a));
        a.take(b);
        b.take(of_a);
    }

    /// Calls a requirement of the value, at the cost of a virtual function. Within a template it is written
    /// `held.template call<saves>()`.
    /// @tparam Requirement one of the list, or of its contracts.
    /// @param args what the `call` of the requirement takes after the value, converted to its types.
    /// @return what that returns.
    /// @throws erased_error when it holds nothing, which costs a good call nothing; whatever the requirement throws.
    template <class Requirement, class... Args>
    typename detail::signature_for<Requirement>::result call(Args&&... args) {
        return call_at<Requirement>(static_cast<void*>(m_place), std::forward<Args>(args)...);
    }
    /// @copydoc call()
    template <class Requirement, class... Args>
    typename detail::signature_for<Requirement>::result call(Args&&... args) const {
        return call_at<Requirement>(static_cast<const void*>(m_place), std::forward<Args>(args)...);
    }

    /// @return whether it holds a value.
    [[nodiscard]] bool has_value() const noexcept { return m_table->is_something; }
    /// @return whether it holds a value.
    [[nodiscard]] explicit operator bool() const noexcept { return has_value(); }

    /// @tparam T a type, without const.
    /// @return the value when it is a `T`, else null. Needs no RTTI. Across shared libraries that hide their symbols it
    ///         is null too: they do not know each other's types.
    template <class T>
    [[nodiscard]] T* target() noexcept {
        check_target<T>();
        if constexpr (misfit<T>::nothing) {
            if (m_table == table_of<T>) return &detail::keeper_of<T>::held(m_place);
        }
        return nullptr;
    }
    /// @copydoc target()
    template <class T>
    [[nodiscard]] const T* target() const noexcept {
        check_target<T>();
        if constexpr (misfit<T>::nothing) {
            if (m_table == table_of<T>) return &detail::keeper_of<T>::held(m_place);
        }
        return nullptr;
    }

private:
    // No value is held as const: the answer would be null whatever is held.
    template <class T>
    static consteval void check_target() {
        static_assert(!std::is_const_v<T>,
                      "lathe::erased::target<T>: T is const, and values are held without; ask for the type itself, the "
                      "pointer from a const erased is one to const");
    }

    // Takes over from another, while this one holds nothing.
    void take(erased& other) noexcept {
        if (other.m_table->move != nullptr) {
            other.m_table->move(other.m_place, m_place);
        } else {
            std::memcpy(m_place, other.m_place, sizeof m_place);
        }
        m_table = std::exchange(other.m_table, &tables::of_nothing);
    }

    template <class Requirement, class Place, class... Args>
    typename detail::signature_for<Requirement>::result call_at(Place* place, Args&&... args) const {
        using signature = detail::signature_for<Requirement>;
        constexpr bool is_there = !traits::is_good || detail::is_among<Requirement, typename traits::list>;
        constexpr bool may_be = !is_there || signature::is_const || !std::is_const_v<Place>;
        static_assert(
            is_there,
            "lathe::erased::call<Requirement>: it is not among the requirements of this erased; add it there");
        static_assert(may_be,
                      "lathe::erased::call<Requirement>: it may change the value, and this erased is const; let its "
                      "call take const auto&, or call it on one that is not const");
        if constexpr (is_there && may_be && traits::is_good) {
            constexpr bool fits = std::is_invocable_v<typename signature::function, Place*, Args...>;
            static_assert(fits,
                          "lathe::erased::call<Requirement>: the arguments are not those that its call takes after the "
                          "value; pass these, or what converts to them");
            if constexpr (fits) {
                const detail::erased_slot<Requirement>& slot = *m_table;
                return slot.function(place, std::forward<Args>(args)...);
            }
        }
        __builtin_unreachable();
    }

    alignas(void*) std::byte m_place[detail::erased_room]{}; // all of it is copied when its bytes are
    const typename tables::type* m_table = &tables::of_nothing;
};

} // namespace v0
} // namespace lathe

#endif // LATHE_META_ERASED_HPP
