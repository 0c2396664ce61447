// SPDX-License-Identifier: MIT
#ifndef LATHE_MODEL_DETAIL_CONVERSION_HPP
#define LATHE_MODEL_DETAIL_CONVERSION_HPP

/// @file
/// @brief What may be assigned to a property: whatever arrives unchanged.

#include <cstddef>
#include <limits>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>

#include <lathe/model/detail/access.hpp>
#include <lathe/model/detail/exact_numbers.hpp>

namespace lathe {
inline namespace v0 {

template <class T, auto... Rules>
class property;

namespace detail {

template <class T>
inline constexpr bool is_property = false;
template <class T, auto... Rules>
inline constexpr bool is_property<property<T, Rules...>> = true;

template <class T>
inline constexpr bool is_optional = false;
template <class T>
inline constexpr bool is_optional<std::optional<T>> = true;

template <class T>
struct unwrap_optional {
    using type = T;
};
template <class T>
struct unwrap_optional<std::optional<T>> {
    using type = T;
};
template <class T>
using without_optional = typename unwrap_optional<T>::type;

// What becomes of a value on its way into a property.
enum class intake {
    taken,      // it arrives; what depends on the value (a range, exactness) is checked at run time
    lossy,      // 3.7 into an int, a double into a float
    other_kind, // a bool or a char for a number, or the other way round
    text,       // text for a number
    unrelated,  // there is no conversion at all
};

// The number that an object of a class turns into by itself, such as a std::reference_wrapper<double>, or an element of
// a std::vector<bool>: overload resolution picks the function that needs no second conversion.
struct natural_number {
    static std::type_identity<bool> of(bool);
    static std::type_identity<char> of(char);
    static std::type_identity<signed char> of(signed char);
    static std::type_identity<unsigned char> of(unsigned char);
    static std::type_identity<short> of(short);
    static std::type_identity<unsigned short> of(unsigned short);
    static std::type_identity<int> of(int);
    static std::type_identity<unsigned> of(unsigned);
    static std::type_identity<long> of(long);
    static std::type_identity<unsigned long> of(unsigned long);
    static std::type_identity<long long> of(long long);
    static std::type_identity<unsigned long long> of(unsigned long long);
    static std::type_identity<float> of(float);
    static std::type_identity<double> of(double);
    static std::type_identity<long double> of(long double);
};
template <class U>
concept turns_into_number =
    std::is_class_v<std::remove_cvref_t<U>> && requires { natural_number::of(std::declval<U>()); };

template <class T, class U>
consteval intake intake_of() {
    using from = std::remove_cvref_t<U>;
    if constexpr (std::is_same_v<T, from>) {
        return std::is_constructible_v<T, U> ? intake::taken : intake::unrelated;
    } else if constexpr (std::is_same_v<from, any_init> || std::is_same_v<from, any_lvalue>) {
        return intake::unrelated;
    } else if constexpr (is_property<from>) {
        return intake_of<T, const typename from::value_type&>();
    } else if constexpr (is_optional<T>) {
        if constexpr (std::is_same_v<from, std::nullopt_t>) {
            return intake::taken;
        } else {
            return intake_of<without_optional<T>, std::conditional_t<is_optional<from>, without_optional<from>, U>>();
        }
    } else if constexpr (std::is_arithmetic_v<T> && std::is_arithmetic_v<from>) {
        if constexpr (!number<T> || !number<from>) {
            return intake::other_kind;
        } else if constexpr (std::is_floating_point_v<from>) {
            return lossless<from, T> ? intake::taken : intake::lossy;
        } else {
            return intake::taken;
        }
    } else if constexpr (std::is_arithmetic_v<T> && (string_like<from> || std::is_pointer_v<std::decay_t<from>>)) {
        return intake::text;
    } else if constexpr ((std::is_arithmetic_v<T> && std::is_enum_v<from>) ||
                         (std::is_enum_v<T> && std::is_arithmetic_v<from>)) {
        return intake::other_kind;
    } else if constexpr (std::is_arithmetic_v<T> && turns_into_number<U>) {
        // Only what needs no check: the object might answer differently when it is asked again.
        using natural = typename decltype(natural_number::of(std::declval<U>()))::type;
        constexpr intake kind = intake_of<T, natural>();
        return kind == intake::taken && !lossless<natural, T> ? intake::lossy : kind;
    } else if constexpr (std::is_same_v<T, std::string>) {
        const bool text = string_like<from> || std::is_convertible_v<U, T>;
        return text && !std::is_null_pointer_v<from> ? intake::taken : intake::unrelated;
    } else {
        return std::is_convertible_v<U, T> ? intake::taken : intake::unrelated;
    }
}

template <class T, class U>
concept takes_value = intake_of<T, U>() == intake::taken;

// Whether the number is the same as a T. False only for values that the type cannot rule out.
template <class T, class U>
constexpr bool representable(const U& value) noexcept {
    if constexpr (integer<T> && integer<U>) {
        return std::in_range<T>(value);
    } else if constexpr (std::is_floating_point_v<T> && integer<U> && !lossless<U, T>) {
        return number_equal(value, static_cast<T>(value));
    } else {
        return true;
    }
}

// What a value that is not representable should have been.
template <class T>
std::string representable_failure() {
    std::string text = "is not exact as a floating-point number";
    if constexpr (integer<T>) {
        text = "is not in [";
        write_number(text, std::numeric_limits<T>::min());
        text += ", ";
        write_number(text, std::numeric_limits<T>::max());
        text += ']';
    }
    return text;
}

// A T made of a value that is taken and representable.
template <class T, class U>
    requires takes_value<T, U>
constexpr T convert(U&& value) {
    using from = std::remove_cvref_t<U>;
    if constexpr (is_property<from> && !std::is_same_v<T, from>) {
        return convert<T>(value.value());
    } else if constexpr (is_optional<T> && is_optional<from> && !std::is_same_v<T, from>) {
        if (!value) return std::nullopt;
        return convert<without_optional<T>>(*std::forward<U>(value));
    } else if constexpr (is_optional<T> && !is_optional<from> && !std::is_same_v<from, std::nullopt_t>) {
        return T(std::in_place, convert<without_optional<T>>(std::forward<U>(value)));
    } else if constexpr (number<T> && number<from>) {
        return static_cast<T>(value);
    } else if constexpr (std::is_same_v<T, std::string> && string_like<from> && !std::is_same_v<T, from>) {
        return T(std::string_view(value));
    } else {
        return std::forward<U>(value);
    }
}

// The number in a value, if it is one that may fail to be representable: nullptr otherwise.
template <class T, class U>
constexpr bool arrives_unchanged(const U& value) noexcept {
    if constexpr (is_property<U>) {
        return arrives_unchanged<T>(value.value());
    } else if constexpr (is_optional<U>) {
        return !value || arrives_unchanged<without_optional<T>>(*value);
    } else if constexpr (number<without_optional<T>> && number<U>) {
        return representable<without_optional<T>>(value);
    } else {
        return true;
    }
}

} // namespace detail
} // namespace v0
} // namespace lathe

#endif // LATHE_MODEL_DETAIL_CONVERSION_HPP
