// SPDX-License-Identifier: MIT
#ifndef LATHE_CORE_RESULT_HPP
#define LATHE_CORE_RESULT_HPP

/// @file
/// @brief A value, or the error that took its place.
/// @par Example
/// @ref examples/dict.cpp

#include <concepts>
#include <cstddef>
#include <exception>
#include <type_traits>
#include <utility>
#include <variant>

#include <lathe/core/detail/refused.hpp>
#include <lathe/core/error.hpp>

/// @cond detail
#define LATHE_BARE_ERROR "lathe::result: an error is no value; return it as lathe::failure(error)"
/// @endcond

namespace lathe {
inline namespace v0 {

template <class Value, class Error>
class result;

/// An error on its way into a `result`: `return lathe::failure(my_error{...});`.
/// @tparam Error what went wrong.
template <class Error>
struct failure {
    Error error; ///< moved into the result

    /// @param cause what went wrong.
    constexpr explicit failure(Error cause) noexcept(std::is_nothrow_move_constructible_v<Error>)
        : error(std::move(cause)) {}
};

/// Thrown by `result::value()` when the error is no exception of its own.
class bad_result : public error {
public:
    bad_result() : error("lathe::result: value() was called, and there is an error instead; look at error() first") {}
};

namespace detail {

template <class T>
inline constexpr bool is_result = false;
template <class Value, class Error>
inline constexpr bool is_result<result<Value, Error>> = true;
template <class T>
inline constexpr bool is_failure = false;
template <class Error>
inline constexpr bool is_failure<failure<Error>> = true;

// What a result can hold.
template <class T>
inline constexpr bool is_holdable = std::is_object_v<T> && !std::is_array_v<T>;

// What was meant as the error.
template <class U, class Value, class Error>
concept is_bare_error = !is_result<std::remove_cvref_t<U>> && !is_failure<std::remove_cvref_t<U>> &&
                        std::convertible_to<U, Error> && !std::convertible_to<U, Value>;

template <class Error>
[[noreturn, gnu::cold, gnu::noinline]] void throw_result(const Error& error) {
    if constexpr (std::derived_from<Error, std::exception>) {
        throw error;
    } else {
        throw bad_result();
    }
}

// Which of the two is there is the caller's to know. Not by std::get_if, whose test for null is no constant expression
// for a temporary under g++ 12.
template <std::size_t Index, class State>
constexpr auto& held(State& state) noexcept {
    if (state.index() != Index) __builtin_unreachable();
    return std::get<Index>(state);
}

} // namespace detail

/// What a `try_` function returns: a `Value`, or an `Error` that says why there is none.
///
/// Always the same type, whatever the language standard (std::expected is not there before C++23).
/// @tparam Value what is returned on success: an object type, or void.
/// @tparam Error what went wrong; when it is an exception, `value()` throws it.
/// @par Thread safety
/// As for a plain object: concurrent reads are safe.
template <class Value, class Error>
class [[nodiscard]] result {
public:
    using value_type = Value; ///< what success holds
    using error_type = Error; ///< what failure holds

    /// A success that holds what `Value` can be made of.
    /// @param value moved or copied into the result.
    template <class U = Value>
        requires(std::convertible_to<U, Value> && !detail::is_result<std::remove_cvref_t<U>> &&
                 !detail::is_failure<std::remove_cvref_t<U>>)
    constexpr result(U&& value) // NOLINT: implicit on purpose
        noexcept(std::is_nothrow_constructible_v<Value, U>)
        : m_state(std::in_place_index<0>, std::forward<U>(value)) {}

    /// A failure.
    /// @param failed the error, wrapped so that it cannot be taken for a value.
    template <class U>
        requires std::convertible_to<U, Error>
    constexpr result(failure<U> failed) // NOLINT: implicit on purpose
        : m_state(std::in_place_index<1>, std::move(failed.error)) {}

    /// Does not compile: an error could be taken for a value.
    template <class U, class Reason = detail::refused<LATHE_BARE_ERROR>>
        requires(detail::is_bare_error<U, Value, Error>)
    constexpr result(U&& error) LATHE_DETAIL_REFUSED(LATHE_BARE_ERROR);

    /// A success whose value is made in place.
    /// @param args what the value's constructor takes.
    template <class... Args>
        requires std::constructible_from<Value, Args...>
    constexpr explicit result(std::in_place_t, Args&&... args)
        : m_state(std::in_place_index<0>, std::forward<Args>(args)...) {}

    /// @return whether there is a value.
    [[nodiscard]] constexpr bool has_value() const noexcept { return m_state.index() == 0; }
    /// Whether there is a value.
    constexpr explicit operator bool() const noexcept { return has_value(); }

    /// @return the value.
    /// @throws Error when there is none and `Error` is an exception, else bad_result.
    constexpr Value& value() & { return checked(*this); }
    /// @copydoc value()
    constexpr const Value& value() const& { return checked(*this); }
    /// @copydoc value()
    constexpr Value&& value() && { return std::move(checked(*this)); }

    /// @return the value. Undefined when there is none.
    constexpr Value& operator*() & noexcept { return detail::held<0>(m_state); }
    /// @copydoc operator*()
    constexpr const Value& operator*() const& noexcept { return detail::held<0>(m_state); }
    /// @copydoc operator*()
    constexpr Value&& operator*() && noexcept { return std::move(detail::held<0>(m_state)); }
    /// @return the value's members. Undefined when there is none.
    constexpr Value* operator->() noexcept { return __builtin_addressof(detail::held<0>(m_state)); }
    /// @copydoc operator->()
    constexpr const Value* operator->() const noexcept { return __builtin_addressof(detail::held<0>(m_state)); }

    /// @return the error. Undefined when there is a value.
    [[nodiscard]] constexpr Error& error() & noexcept { return detail::held<1>(m_state); }
    /// @copydoc error()
    [[nodiscard]] constexpr const Error& error() const& noexcept { return detail::held<1>(m_state); }
    /// @copydoc error()
    [[nodiscard]] constexpr Error&& error() && noexcept { return std::move(detail::held<1>(m_state)); }

    /// @param other what to fall back on.
    /// @return the value, or `other` when there is none.
    template <class U>
    [[nodiscard]] constexpr Value value_or(U&& other) const& {
        return has_value() ? **this : static_cast<Value>(std::forward<U>(other));
    }
    /// @copydoc value_or()
    template <class U>
    [[nodiscard]] constexpr Value value_or(U&& other) && {
        return has_value() ? std::move(**this) : static_cast<Value>(std::forward<U>(other));
    }

    /// Replaces what is held by a value made in place.
    /// @param args what the value's constructor takes.
    /// @return the new value.
    /// @throws anything the constructor throws; the result then holds neither, and may be assigned or destroyed.
    template <class... Args>
        requires std::constructible_from<Value, Args...>
    constexpr Value& emplace(Args&&... args) {
        return m_state.template emplace<0>(std::forward<Args>(args)...);
    }

    /// Equal when both hold a value, or both an error, and those are equal.
    friend constexpr bool operator==(const result& a, const result& b)
        requires(std::equality_comparable<Value> && std::equality_comparable<Error>)
    {
        return a.m_state == b.m_state;
    }

private:
    template <class Self>
    static constexpr auto& checked(Self& self) {
        if (!self.has_value()) [[unlikely]]
            detail::throw_result(self.error());
        return *self;
    }

    std::variant<Value, Error> m_state;
};

/// Equal when there is a value that equals the other.
// Not a friend: those are found for types that only mention a result, such as Catch2's, and would ask themselves.
template <class Value, class Error, class U>
    requires(!detail::is_result<U> &&
             requires(const Value& v, const U& u) {
                 { v == u } -> std::convertible_to<bool>;
             })
constexpr bool operator==(const result<Value, Error>& a, const U& b) {
    return a.has_value() && *a == b;
}

/// A success without a value, or an `Error`.
/// @tparam Error what went wrong; when it is an exception, `value()` throws it.
template <class Error>
    requires detail::is_holdable<Error>
class [[nodiscard]] result<void, Error> {
public:
    using value_type = void;  ///< success holds nothing
    using error_type = Error; ///< what failure holds

    /// A success.
    constexpr result() noexcept = default;

    /// A failure.
    /// @param failed the error, wrapped so that it cannot be taken for a value.
    template <class U>
        requires std::convertible_to<U, Error>
    constexpr result(failure<U> failed) // NOLINT: implicit on purpose
        : m_state(std::in_place_index<1>, std::move(failed.error)) {}

    /// Does not compile: an error is wrapped, as in all results.
    template <class U, class Reason = detail::refused<LATHE_BARE_ERROR>>
        requires(detail::is_bare_error<U, void, Error>)
    constexpr result(U&& error) LATHE_DETAIL_REFUSED(LATHE_BARE_ERROR);

    /// @return whether it succeeded.
    [[nodiscard]] constexpr bool has_value() const noexcept { return m_state.index() == 0; }
    /// Whether it succeeded.
    constexpr explicit operator bool() const noexcept { return has_value(); }

    /// @throws Error when it failed and `Error` is an exception, else bad_result.
    constexpr void value() const {
        if (!has_value()) [[unlikely]]
            detail::throw_result(error());
    }

    /// @return the error. Undefined when it succeeded.
    [[nodiscard]] constexpr const Error& error() const& noexcept { return detail::held<1>(m_state); }
    /// @copydoc error()
    [[nodiscard]] constexpr Error&& error() && noexcept { return std::move(detail::held<1>(m_state)); }

private:
    std::variant<std::monostate, Error> m_state;
};

/// @cond
// Nothing but the sentence, since std::variant would add its own.
template <class Value, class Error>
    requires(!detail::is_holdable<Error> || !(detail::is_holdable<Value> || std::is_void_v<Value>))
class result<Value, Error> {
    static_assert(!std::is_same_v<Value, Value>,
                  "lathe::result<Value, Error>: both must be object types; for a reference, use a pointer");
};
/// @endcond

#undef LATHE_BARE_ERROR

} // namespace v0
} // namespace lathe

#endif // LATHE_CORE_RESULT_HPP
