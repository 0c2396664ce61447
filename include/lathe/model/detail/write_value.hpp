// SPDX-License-Identifier: MIT
#ifndef LATHE_MODEL_DETAIL_WRITE_VALUE_HPP
#define LATHE_MODEL_DETAIL_WRITE_VALUE_HPP

/// @file
/// @brief Any value that a model may hold, as the text that people read: person(name="Ada", age=36, email=none).

#include <concepts>
#include <cstddef>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>

#include <lathe/core/type_name.hpp>
#include <lathe/model/described.hpp>
#include <lathe/model/detail/calendar.hpp>
#include <lathe/model/detail/scalar_text.hpp>
#include <lathe/model/enumerators.hpp>

namespace lathe {
inline namespace v0 {
namespace detail {

// std::optional and the pointers that own: something or nothing.
template <class T>
concept nullable = !std::is_pointer_v<T> && !std::is_array_v<T> && requires(const T& t) {
    static_cast<bool>(t);
    *t;
    requires requires { t.has_value(); } || requires { t.get(); };
};

template <class T>
concept variant_like = requires(const T& t) {
    { t.valueless_by_exception() } -> std::same_as<bool>;
    t.index();
};

template <class T>
struct range_element {
    using type = typename T::value_type;
};
template <class T, std::size_t N>
struct range_element<T[N]> {
    using type = T;
};

// A type with begin() and end(), or an array; but not one that is made of itself, as std::filesystem::path is.
template <class T>
concept range_like = std::is_bounded_array_v<T> || requires(const T& t) {
    t.begin() != t.end();
    *t.begin();
    requires !std::is_same_v<T, std::remove_cvref_t<decltype(*t.begin())>>;
};

template <class T>
concept char_array = std::is_bounded_array_v<T> && std::is_same_v<std::remove_extent_t<T>, char>;

template <class T>
concept map_like = range_like<T> && requires { typename T::mapped_type; };

template <class T>
concept tuple_like = requires { std::tuple_size<T>::value; } && !range_like<T>;

template <class T>
concept pair_like = tuple_like<T> && requires(const T& t) {
    t.first;
    t.second;
};

template <class T>
void write_value(std::string& out, const T& value);

template <class T>
struct model_writer {
    std::string& out;

    template <class... Members>
    void operator()(const Members&... members) const {
        [[maybe_unused]] const std::string_view* name = name_store<T>::names.begin();
        [[maybe_unused]] const char* separator = "";
        ((out += separator, separator = ", ", out += *name++, out += '=', write_value(out, members)), ...);
    }
};

template <class Range>
void write_elements(std::string& out, const Range& range) {
    const char* separator = "";
    out += map_like<Range> ? '{' : '[';
    for (const auto& element : range) {
        out += separator;
        separator = ", ";
        if constexpr (map_like<Range>) {
            write_value(out, element.first);
            out += ": ";
            write_value(out, element.second);
        } else {
            write_value<typename range_element<Range>::type>(out,
                                                             element); // std::vector<bool> hands out something else
        }
    }
    out += map_like<Range> ? '}' : ']';
}

// Never fails: what has no text of its own is named by its type, as in <mutex>.
template <class T>
void write_value(std::string& out, const T& value) {
    if constexpr (property_like<T>) {
        write_value(out, value.value());
    } else if constexpr (char_array<T>) {
        std::size_t size = 0;
        while (size < sizeof value && value[size] != 0)
            ++size; // it need not end with a zero
        write_quoted(out, {value, size});
    } else if constexpr (scalar<T>) {
        if constexpr (std::is_pointer_v<T>) {
            if (value == nullptr) {
                out += "none";
                return;
            }
        }
        write_scalar(out, value);
    } else if constexpr (std::is_enum_v<T>) {
        std::string_view name;
        if constexpr (enumerable<T>) name = enum_name(value);
        if (!name.empty()) {
            out += name;
        } else {
            out += type_name<T>;
            out += '(';
            write_number(out, static_cast<wide_value<T>>(value));
            out += ')';
        }
    } else if constexpr (std::is_null_pointer_v<T>) {
        out += "none";
    } else if constexpr (described<T>) {
        out += type_name<T>;
        out += '(';
        description<T>::apply(value, model_writer<T>{out});
        out += ')';
    } else if constexpr (record_like<T>) {
        T::lathe_record::write_text(value, out);
    } else if constexpr (nullable<T>) {
        if (!static_cast<bool>(value)) {
            out += "none";
        } else if constexpr (!std::is_void_v<std::remove_reference_t<decltype(*value)>>) {
            write_value(out, *value);
        }
    } else if constexpr (variant_like<T>) {
        if (value.valueless_by_exception()) {
            out += "none";
        } else {
            visit([&out](const auto& held) { write_value(out, held); }, value);
        }
    } else if constexpr (calendar_date<T>) {
        write_date(out, value);
    } else if constexpr (time_point<T>) {
        write_time(out, value);
    } else if constexpr (duration<T>) {
        write_duration(out, value);
    } else if constexpr (range_like<T>) {
        write_elements(out, value);
    } else if constexpr (tuple_like<T>) {
        out += '(';
        [&]<std::size_t... I>(std::index_sequence<I...>) {
            using std::get;
            [[maybe_unused]] const char* separator = "";
            ((out += separator, separator = ", ", write_value(out, get<I>(value))), ...);
        }(std::make_index_sequence<std::tuple_size<T>::value>{});
        out += ')';
    } else if constexpr (requires {
                             { to_string(value) } -> std::convertible_to<std::string_view>;
                         }) {
        out += std::string_view(to_string(value)); // the type's own, found by its namespace
    } else {
        out += '<';
        out += type_name<T>;
        out += '>';
    }
}

template <class T>
std::string shown_value(const T& value) {
    std::string text;
    write_value(text, value);
    return shortened(std::move(text));
}

} // namespace detail
} // namespace v0
} // namespace lathe

#endif // LATHE_MODEL_DETAIL_WRITE_VALUE_HPP
