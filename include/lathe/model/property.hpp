// SPDX-License-Identifier: MIT
#ifndef LATHE_MODEL_PROPERTY_HPP
#define LATHE_MODEL_PROPERTY_HPP

/// @file
/// @brief A member that always obeys its rules.
/// @par Example
/// @ref examples/property.cpp

#include <compare>
#include <concepts>
#include <cstddef>
#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

#include <lathe/core/detail/refused.hpp>
#include <lathe/model/attributes.hpp>
#include <lathe/model/detail/checked_arithmetic.hpp>
#include <lathe/model/detail/conversion.hpp>
#include <lathe/model/detail/property_rules.hpp>
#include <lathe/model/rules.hpp>
#include <lathe/model/validation_error.hpp>

/// @cond detail
#define LATHE_LOSSY                                                                                                    \
    "lathe::property: this number may not fit without loss; convert it first, with static_cast or std::lround"
#define LATHE_OTHER_KIND                                                                                               \
    "lathe::property: bool, char and enumerations are no numbers here; convert the value first, with static_cast"
#define LATHE_ENUMERATOR_AND_TEXT                                                                                      \
    "lathe::property: an enumerator is no text; compare it with an enumerator, or lathe::enum_name of it with the "    \
    "text"
#define LATHE_TEXT "lathe::property: text is no number; parse it first, with lathe::from_text"
#define LATHE_UNRELATED "lathe::property: nothing of this type turns into what the property holds; convert it first"
/// @endcond

namespace lathe {
inline namespace v0 {

/// A `T` that obeys its rules for its whole life: every change is checked, and one that fails changes nothing.
///
/// It stands in an aggregate like a plain member: `lathe::property<int, lathe::in_range<0, 150>> age = 18;`.
/// It is as large as a `T`, trivially copyable when `T` is, usable in constant expressions when `T` is, and a
/// checked assignment compiles to the instructions of an `if`.
///
/// What may be assigned: a `T`; an integer for another integer (in range, checked at run time) or for a
/// floating-point number (exact, checked at run time); text for a `std::string`; whatever else converts to `T`
/// implicitly. What loses something does not compile: a floating-point number for an integer, a double for a
/// float, a bool or a char for a number or the other way round, text for a number.
///
/// A property whose `T{}` breaks its rules, or that says `lathe::required`, has no default: whoever makes one
/// gives it a value.
///
/// @tparam T any object type that can be moved. Its moves are the property's: a property that was moved from may
///           only be assigned or destroyed.
/// @tparam Rules rules, normalisers and attributes, in the order in which they are applied. They hold for the
///         value inside an optional.
/// @par Thread safety
/// As for a plain `T`: concurrent reads are safe.
template <class T, auto... Rules>
class property {
    static_assert(
        std::is_object_v<T> && !std::is_array_v<T> && !std::is_const_v<T>,
        "lathe::property<T, Rules...>: T must be an object type without const; for an array use std::array, for a "
        "reference a pointer");
    static_assert(detail::rules_fit<T, Rules...>(),
                  "lathe::property<T, Rules...>: a rule does not fit T; use one that checks "
                  "such values (a function of yours takes a const T& and returns bool), or change T");
    static_assert(detail::default_fits<T, Rules...>(),
                  "lathe::property<T, Rules...>: the value of defaults_to cannot be assigned "
                  "to T without loss; write one that can");
    static_assert(detail::default_obeys<T, Rules...>(),
                  "lathe::property<T, Rules...>: the value of defaults_to breaks a rule "
                  "of the property; choose one that obeys them all");

public:
    using value_type = T;        ///< what it holds
    using lathe_property = void; ///< tells reflection that this is a property

    /// Whether it must be given a value: there is no default that obeys its rules.
    static constexpr bool is_required = detail::is_required<T, Rules...>();

    /// Starts with its default: the value of `defaults_to`, else `T{}`.
    /// @throws validation_error when normalisers make something of `defaults_to` that breaks a rule.
    constexpr property() noexcept(detail::default_is_quiet<T, Rules...>)
        requires(!is_required)
        : m_value(fresh()) {}

    /// Starts with a value.
    /// @param value anything that may be assigned.
    /// @throws validation_error when it breaks a rule.
    template <class U = T>
        requires detail::takes_value<T, U>
    constexpr property(U&& value) // NOLINT: implicit on purpose
        : m_value(made_of(std::forward<U>(value))) {
        normalise(m_value);
        check(m_value);
    }

    /// Starts with elements: `tags = {"a", "b"}`.
    /// @param elements copied.
    /// @throws validation_error when they break a rule.
    constexpr property(std::initializer_list<detail::element_type<T>> elements)
        requires detail::lists_elements<T>
        : m_value(elements) {
        normalise(m_value);
        check(m_value);
    }

    constexpr property(const property&) = default; ///< Copies the value, which obeys the rules already.
    constexpr property(property&&) = default;      ///< Moves the value; the other may only be assigned or destroyed.
    constexpr ~property() = default;               ///< Destroys the value.

    /// Copies the value. Strong guarantee.
    constexpr property& operator=(const property&)
        requires(detail::assigns_at_once<T, const T&>)
    = default;
    /// Copies the value. Strong guarantee.
    constexpr property& operator=(const property& other)
        requires(!detail::assigns_at_once<T, const T&> && std::is_copy_constructible_v<T>)
    {
        commit(T(other.m_value));
        return *this;
    }
    /// Moves the value. Strong guarantee where the move of `T` has it.
    constexpr property& operator=(property&&)
        requires(detail::assigns_at_once<T, T>)
    = default;
    /// Moves the value. Strong guarantee where the move of `T` has it.
    constexpr property& operator=(property&& other)
        requires(!detail::assigns_at_once<T, T>)
    {
        commit(std::move(other.m_value));
        return *this;
    }

    /// Changes the value. Strong guarantee: after an exception it is the old one.
    /// @param value anything that may be assigned.
    /// @throws validation_error when it breaks a rule.
    template <class U = T>
        requires detail::takes_value<T, U>
    constexpr property& operator=(U&& value) {
        store(std::forward<U>(value));
        return *this;
    }
    /// Changes the elements: `tags = {"a", "b"}`. Strong guarantee.
    /// @param elements copied.
    /// @throws validation_error when they break a rule.
    constexpr property& operator=(std::initializer_list<detail::element_type<T>> elements)
        requires detail::lists_elements<T>
    {
        store(T(elements));
        return *this;
    }

    /// Does not compile: the number would lose something.
    template <class U, class Reason = detail::refused<LATHE_LOSSY>>
        requires(detail::intake_of<T, U>() == detail::intake::lossy)
    constexpr property(U&& value) LATHE_DETAIL_REFUSED(LATHE_LOSSY);
    /// Does not compile: a truth value or a letter is no number, and a number is neither.
    template <class U, class Reason = detail::refused<LATHE_OTHER_KIND>>
        requires(detail::intake_of<T, U>() == detail::intake::other_kind)
    constexpr property(U&& value) LATHE_DETAIL_REFUSED(LATHE_OTHER_KIND);
    /// Does not compile: text is no number.
    template <class U, class Reason = detail::refused<LATHE_TEXT>>
        requires(detail::intake_of<T, U>() == detail::intake::text)
    constexpr property(U&& value) LATHE_DETAIL_REFUSED(LATHE_TEXT);

    /// Does not compile: the number would lose something.
    template <class U, class Reason = detail::refused<LATHE_LOSSY>>
        requires(detail::intake_of<T, U>() == detail::intake::lossy)
    constexpr property& operator=(U&& value) LATHE_DETAIL_REFUSED(LATHE_LOSSY);
    /// Does not compile: a truth value or a letter is no number, and a number is neither.
    template <class U, class Reason = detail::refused<LATHE_OTHER_KIND>>
        requires(detail::intake_of<T, U>() == detail::intake::other_kind)
    constexpr property& operator=(U&& value) LATHE_DETAIL_REFUSED(LATHE_OTHER_KIND);
    /// Does not compile: text is no number.
    template <class U, class Reason = detail::refused<LATHE_TEXT>>
        requires(detail::intake_of<T, U>() == detail::intake::text)
    constexpr property& operator=(U&& value) LATHE_DETAIL_REFUSED(LATHE_TEXT);
    /// Does not compile: there is no conversion at all.
    // Only of what is assigned: as a constructor it would be one more way for arguments to become a property.
    template <class U, class Reason = detail::refused<LATHE_UNRELATED>>
        requires(detail::intake_of<T, U>() == detail::intake::unrelated &&
                 !detail::is_property<std::remove_cvref_t<U>> && !std::is_convertible_v<U, property>)
    constexpr property& operator=(U&& value) LATHE_DETAIL_REFUSED(LATHE_UNRELATED);

    /// @return the value, to be read only. Valid until the property is changed or destroyed.
    [[nodiscard]] constexpr const T& value() const noexcept { return m_value; }
    /// @return the value, to be read only.
    [[nodiscard]] constexpr const T& operator*() const noexcept { return m_value; }
    /// @return the value's members, to be read only.
    [[nodiscard]] constexpr const T* operator->() const noexcept { return &m_value; }
    /// Reads the value wherever a `T` is wanted.
    constexpr operator const T&() const noexcept { return m_value; }
    /// Whether there is a value in an optional.
    constexpr explicit operator bool() const noexcept
        requires detail::is_optional<T>
    {
        return m_value.has_value();
    }

    /// Changes the value in place, as far as anyone can see: `f` works on a copy, which is checked and then moved in.
    /// @param f called once with a `T&`.
    /// @throws validation_error when the result breaks a rule; whatever `f` throws. Then the value is the old one.
    template <class F>
    constexpr void modify(F&& f) {
        static_assert(std::is_copy_constructible_v<T>,
                      "lathe::property::modify: T cannot be copied, so a failed change could "
                      "not be undone; make a new T and assign it");
        constexpr bool can_be_called = detail::seems_callable<F, T&>;
        static_assert(can_be_called,
                      "lathe::property::modify: the function cannot be called with a T&; let it take what the property "
                      "holds by reference, as in [](auto& value) { ... }");
        if constexpr (std::is_copy_constructible_v<T> && can_be_called) {
            T next(m_value);
            static_cast<void>(std::forward<F>(f)(next));
            normalise(next);
            check(next);
            commit(std::move(next));
        }
    }

    /// Adds to the value, or appends to it. Strong guarantee.
    /// @param added a number, or whatever `T` can be added to by `+=`.
    /// @throws validation_error when the sum breaks a rule or is not in the range of an integer `T`.
    template <class U>
        requires detail::addend<T, U>
    constexpr property& operator+=(const U& added) {
        if constexpr (detail::number<T>) {
            store(detail::calculate<detail::operation::add, Rules...>(m_value, added));
        } else {
            modify([&added](T& value) { value += added; });
        }
        return *this;
    }
    /// Subtracts from a number. Strong guarantee.
    /// @param subtracted a number.
    /// @throws validation_error when the difference breaks a rule or is not in the range of an integer `T`.
    template <class U>
        requires detail::factor<T, U>
    constexpr property& operator-=(const U& subtracted) {
        store(detail::calculate<detail::operation::subtract, Rules...>(m_value, subtracted));
        return *this;
    }
    /// Multiplies a number. Strong guarantee.
    /// @param factor a number.
    /// @throws validation_error when the product breaks a rule or is not in the range of an integer `T`.
    template <class U>
        requires detail::factor<T, U>
    constexpr property& operator*=(const U& factor) {
        store(detail::calculate<detail::operation::multiply, Rules...>(m_value, factor));
        return *this;
    }
    /// Adds one to an integer. Strong guarantee.
    /// @throws validation_error when the sum breaks a rule.
    constexpr property& operator++()
        requires detail::integer<T>
    {
        return *this += 1;
    }
    /// Takes one from an integer. Strong guarantee.
    /// @throws validation_error when the difference breaks a rule.
    constexpr property& operator--()
        requires detail::integer<T>
    {
        return *this -= 1;
    }

    /// Goes back to the default of `defaults_to`. A default that is written in the struct (`= 18`) is known to the
    /// struct only: `lathe::reset<"age">(person)` goes back to that one.
    constexpr void reset() {
        static_assert(detail::has_default<Rules...>,
                      "lathe::property::reset: the property must know its default: add "
                      "lathe::defaults_to<...> to its rules, or call lathe::reset<\"name\">(model)");
        commit(fresh());
    }

    /// @return the name that it carries in its type; empty unless it is a field.
    [[nodiscard]] static constexpr std::string_view label() noexcept { return detail::label_of<Rules...>(); }

    /// @param value a candidate, not changed and not normalised.
    /// @return whether it obeys all rules.
    [[nodiscard]] static constexpr bool accepts(const T& value) { return detail::all_hold<Rules...>(value); }

    /// Writes the value to a stream that takes it, such as std::cout.
    template <class Stream>
        requires detail::stream_of<Stream, T>
    friend auto& operator<<(Stream& out, const property& property) {
        return out << property.m_value;
    }

    /// Equal when the values are.
    friend constexpr bool operator==(const property& a, const property& b)
        requires detail::comparable<T, T>
    {
        return detail::equal_values(a.m_value, b.m_value);
    }
    /// Equal when the values are, whatever the rules.
    template <class U, auto... Others>
        requires(!std::is_same_v<property, property<U, Others...>> && detail::comparable<T, U>)
    friend constexpr bool operator==(const property& a, const property<U, Others...>& b) {
        return detail::equal_values(a.m_value, b.value());
    }
    /// Equal when the value equals the other; integers of different types are compared by value.
    template <class Self, class U> // Self, or T would become a property while T and U are asked whether they compare
        requires(std::is_same_v<Self, property> && !detail::is_property<U> && !detail::is_optional<U> &&
                 detail::comparable<T, U>)
    friend constexpr bool operator==(const Self& a, const U& b) {
        return detail::equal_values(a.value(), b);
    }

    /// Ordered as the values are.
    friend constexpr auto operator<=>(const property& a, const property& b)
        requires detail::sortable<T, T>
    {
        return detail::order_values(a.m_value, b.m_value);
    }
    /// Ordered as the values are, whatever the rules.
    template <class U, auto... Others>
        requires(!std::is_same_v<property, property<U, Others...>> && detail::sortable<T, U>)
    friend constexpr auto operator<=>(const property& a, const property<U, Others...>& b) {
        return detail::order_values(a.m_value, b.value());
    }
    /// Ordered as the value and the other are; integers of different types are compared by value.
    template <class Self, class U> // Self, or T would become a property while T and U are asked whether they compare
        requires(std::is_same_v<Self, property> && !detail::is_property<U> && !detail::is_optional<U> &&
                 detail::sortable<T, U>)
    friend constexpr auto operator<=>(const Self& a, const U& b) {
        return detail::order_values(a.value(), b);
    }

private:
    friend struct detail::access;

    constexpr property() // lathe: this property is required: give it a value
        requires(is_required && detail::access::has_blank<T>())
        : m_value(detail::access::blank<T>()) {}
    constexpr property() // lathe: this property is required: give it a value
        requires(is_required && !detail::access::has_blank<T>())
    = delete;

    // A value to be checked next; throws when it cannot be represented.
    template <class U>
    static constexpr std::decay_t<T> made_of(U&& value) { // T, but that an array gets no second error
        if (!detail::arrives_unchanged<T>(value)) [[unlikely]] {
            detail::throw_unrepresentable<T, std::remove_cvref_t<U>, Rules...>(value);
        }
        return detail::convert<T>(std::forward<U>(value));
    }

    static constexpr void normalise(T& value) { detail::normalise<Rules...>(value); }

    template <class V>
    static constexpr void check(const V& value) {
        if (!detail::all_hold<Rules...>(value)) [[unlikely]] {
            detail::refusal<V, Rules...>::raise(value);
        }
    }

    template <class U>
    constexpr void store(U&& value) {
        constexpr bool as_it_is = !detail::normalises<Rules...>;
        if constexpr (as_it_is && std::is_same_v<std::remove_cvref_t<U>, T> && detail::assigns_at_once<T, U>) {
            check(value);
            m_value = std::forward<U>(value);
        } else if constexpr (as_it_is && std::is_same_v<T, std::string> &&
                             detail::string_like<std::remove_cvref_t<U>> &&
                             detail::rules_fit<std::string_view, Rules...>()) {
            const std::string_view text(value); // no copy before the check, and none of the string's memory given up
            check(text);
            m_value.assign(text.data(), text.size());
        } else {
            T next = made_of(std::forward<U>(value));
            normalise(next);
            check(next);
            commit(std::move(next));
        }
    }

    // The last step of each change: the value is checked.
    constexpr void commit(T&& next) { detail::commit(m_value, std::move(next)); }

    static constexpr auto fresh() {
        if constexpr (detail::has_default<Rules...> && detail::normalises<Rules...>) {
            T value = detail::default_value<T, Rules...>();
            normalise(value);
            check(value);
            return value;
        } else {
            return detail::default_value<T, Rules...>();
        }
    }

    T m_value;
};

/// Equal when both are empty, or neither is and the values are equal.
template <class T, auto... Rules, class U> // of its own, or std::optional's operator would be as good a match
    requires(!detail::is_property<U> && detail::comparable<T, std::optional<U>>)
constexpr bool operator==(const property<T, Rules...>& a, const std::optional<U>& b) {
    return detail::equal_values(a.value(), b);
}
/// Does not compile: an enumerator is no text, though it is read from one and printed as one.
template <class T, auto... Rules, class U, class Reason = detail::refused<LATHE_ENUMERATOR_AND_TEXT>>
    requires(std::is_enum_v<T> && std::is_convertible_v<const U&, std::string_view>)
bool operator==(const property<T, Rules...>& a, const U& b) LATHE_DETAIL_REFUSED(LATHE_ENUMERATOR_AND_TEXT);
/// Ordered as optionals are: an empty one comes first.
template <class T, auto... Rules, class U>
    requires(!detail::is_property<U> && detail::sortable<T, std::optional<U>>)
constexpr auto operator<=>(const property<T, Rules...>& a, const std::optional<U>& b) {
    return detail::order_values(a.value(), b);
}

#undef LATHE_LOSSY
#undef LATHE_OTHER_KIND
#undef LATHE_ENUMERATOR_AND_TEXT
#undef LATHE_TEXT
#undef LATHE_UNRELATED

} // namespace v0
} // namespace lathe

#endif // LATHE_MODEL_PROPERTY_HPP
