// SPDX-License-Identifier: MIT
#ifndef LATHE_MODEL_DETAIL_VALUE_MEMBERS_HPP
#define LATHE_MODEL_DETAIL_VALUE_MEMBERS_HPP

/// @file
/// @brief What values and lists do, and their text.

#include <cstddef>
#include <cstdint>
#include <new>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

#include <lathe/model/detail/exact_numbers.hpp>
#include <lathe/model/detail/scalar_text.hpp>
#include <lathe/model/value.hpp>

namespace lathe {
inline namespace v0 {

// ---- errors ----

namespace detail {

// "the text \"x1\" is no integer"; what is in bytes, lists and dicts is not told, since that may be long.
[[noreturn, gnu::cold, gnu::noinline]] inline void refuse_kind(const value& from, value_kind wanted) {
    struct phrases {
        const char* subject;
        bool is_shown;
        const char* object;
    };
    // In the order of value_kind.
    constexpr phrases all[] = {{"null is", false, " not null"},
                               {"the boolean ", true, " no boolean"},
                               {"the integer ", true, " no integer"},
                               {"the natural number ", true, " no natural number"},
                               {"the real number ", true, " no real number"},
                               {"the text ", true, " no text"},
                               {"bytes are", false, " no bytes"},
                               {"a list is", false, " no list"},
                               {"a dict is", false, " no dict"}};
    const phrases& is = all[static_cast<std::size_t>(from.kind())];
    std::string text(is.subject);
    if (is.is_shown) text.append(shortened(lathe::to_string(from))).append(" is");
    throw value_error(text.append(all[static_cast<std::size_t>(wanted)].object));
}

[[noreturn, gnu::cold, gnu::noinline]] inline void refuse_index(std::size_t index, std::size_t size) {
    std::string text;
    write_number(text, index);
    text += " is no index of a list of ";
    write_number(text, size);
    throw value_error(text.append(size == 1 ? " value" : " values"));
}

} // namespace detail

// ---- value ----

template <class T>
consteval value_kind value::kind_for() {
    constexpr bool is_held = detail::held_by_value<T>;
    static_assert(is_held,
                  "lathe::value: a value holds no such type; ask for std::nullptr_t, bool, std::int64_t, "
                  "std::uint64_t, double, std::string, lathe::bytes, lathe::list or lathe::dict");
    if constexpr (is_held) {
        return detail::kind_of<T>::kind;
    } else {
        return value_kind::null;
    }
}

// Makes the value, which is null, hold a T.
template <class T, class From>
void value::hold(From&& from) {
    ::new (static_cast<void*>(&m_held)) T(std::forward<From>(from));
    m_kind = kind_for<T>();
}

template <detail::scalar_source T>
value::value(T from) noexcept {
    if constexpr (std::is_same_v<T, bool>) {
        hold<bool>(from);
    } else if constexpr (std::is_floating_point_v<T>) {
        hold<double>(from);
    } else if constexpr (std::is_integral_v<T>) {
        if (std::in_range<std::int64_t>(from)) {
            hold<std::int64_t>(static_cast<std::int64_t>(from));
        } else {
            hold<std::uint64_t>(static_cast<std::uint64_t>(from));
        }
    }
}

template <class T>
    requires detail::owning_source<std::remove_cvref_t<T>>
value::value(T&& from) noexcept(std::is_nothrow_constructible_v<std::remove_cvref_t<T>, T> &&
                                detail::held_by_value<std::remove_cvref_t<T>>) {
    using plain = std::remove_cvref_t<T>;
    if constexpr (detail::held_by_value<plain>) {
        hold<plain>(std::forward<T>(from));
    } else {
        if constexpr (std::is_pointer_v<plain>) {
            if (from == nullptr) return;
        }
        hold<std::string>(std::string_view(from));
    }
}

inline value::value(const value& other) {
    switch (other.m_kind) {
    case value_kind::null:
        break;
    case value_kind::boolean:
        hold<bool>(other.m_held.boolean);
        break;
    case value_kind::integer:
        hold<std::int64_t>(other.m_held.integer);
        break;
    case value_kind::natural:
        hold<std::uint64_t>(other.m_held.natural);
        break;
    case value_kind::real:
        hold<double>(other.m_held.real);
        break;
    case value_kind::text:
        hold<std::string>(other.m_held.text);
        break;
    case value_kind::bytes:
        hold<lathe::bytes>(other.m_held.bytes);
        break;
    case value_kind::list:
        hold<lathe::list>(other.m_held.list);
        break;
    case value_kind::dict:
        hold<lathe::dict>(other.m_held.dict);
        break;
    }
}

// For a null: what the other holds, which is null then.
inline void value::take(value& other) noexcept {
    switch (other.m_kind) {
    case value_kind::null:
        return;
    case value_kind::boolean:
        hold<bool>(other.m_held.boolean);
        break;
    case value_kind::integer:
        hold<std::int64_t>(other.m_held.integer);
        break;
    case value_kind::natural:
        hold<std::uint64_t>(other.m_held.natural);
        break;
    case value_kind::real:
        hold<double>(other.m_held.real);
        break;
    case value_kind::text:
        hold<std::string>(std::move(other.m_held.text));
        break;
    case value_kind::bytes:
        hold<lathe::bytes>(std::move(other.m_held.bytes));
        break;
    case value_kind::list:
        hold<lathe::list>(std::move(other.m_held.list));
        break;
    case value_kind::dict:
        hold<lathe::dict>(std::move(other.m_held.dict));
        break;
    }
    other.destroy();
}

// Leaves a null.
inline void value::destroy() noexcept {
    switch (m_kind) {
    case value_kind::text:
        m_held.text.~basic_string();
        break;
    case value_kind::bytes:
        m_held.bytes.~vector();
        break;
    case value_kind::list:
        m_held.list.~list();
        break;
    case value_kind::dict:
        m_held.dict.~dict();
        break;
    default:
        break;
    }
    m_kind = value_kind::null;
}

inline value& value::operator=(const value& other) {
    return *this = value(other);
}

inline value& value::operator=(value&& other) noexcept {
    if (this == &other) return *this;
    value old; // outlives the move: the other value may be in it
    old.take(*this);
    take(other);
    return *this;
}

inline value::~value() {
    if (child_count() != 0) drain();
    destroy();
}

inline std::size_t value::child_count() const noexcept {
    if (m_kind == value_kind::list) return m_held.list.size();
    return m_kind == value_kind::dict ? m_held.dict.size() : 0;
}

inline value& value::child(std::size_t index) noexcept {
    return m_kind == value_kind::list ? m_held.list[index] : m_held.dict.begin()[index].value();
}

inline void value::drop_last_child() noexcept {
    if (m_kind == value_kind::list) {
        m_held.list.pop_back();
    } else {
        m_held.dict.drop_last();
    }
}

// Empties a tree of any depth with neither recursion nor memory. One container is open, and its children are dropped
// from the end. One that has children itself is opened instead, and keeps the one that was open in the place of its
// first child, which moves up. So what is open last closes first, and each container is opened once.
inline void value::drain() noexcept {
    value open(std::move(*this));
    while (const std::size_t count = open.child_count()) {
        value& last = open.child(count - 1);
        if (last.child_count() == 0) {
            open.drop_last_child();
            continue;
        }
        value opened(std::move(last));
        if (count > 1) { // else there is nothing to come back for
            last = std::move(opened.child(0));
            opened.child(0) = std::move(open);
        }
        open = std::move(opened);
    }
}

template <class T>
const T* value::get_if() const noexcept {
    // An object of the union and its member in use have one address.
    return m_kind == kind_for<T>() ? static_cast<const T*>(static_cast<const void*>(&m_held)) : nullptr;
}
template <class T>
T* value::get_if() noexcept {
    return m_kind == kind_for<T>() ? static_cast<T*>(static_cast<void*>(&m_held)) : nullptr;
}

template <class T>
const T& value::as() const& {
    if (const T* const held = get_if<T>()) return *held;
    detail::refuse_kind(*this, kind_for<T>());
}
template <class T>
T& value::as() & {
    if (T* const held = get_if<T>()) return *held;
    detail::refuse_kind(*this, kind_for<T>());
}
template <class T>
T value::as() && {
    if (T* const held = get_if<T>()) return std::move(*held);
    detail::refuse_kind(*this, kind_for<T>());
}

template <class T>
bool value::equals(const T& other) const {
    if constexpr (detail::scalar_source<T>) {
        return *this == value(other);
    } else if constexpr (detail::string_like<T>) {
        if constexpr (std::is_pointer_v<T>) {
            if (other == nullptr) return m_kind == value_kind::null;
        }
        return m_kind == value_kind::text && std::string_view(m_held.text) == std::string_view(other);
    } else {
        const T* const held = get_if<T>();
        return held != nullptr && *held == other;
    }
}

// Calls a function with the number that is held.
template <class Function>
bool value::with_number(Function function) const {
    switch (m_kind) {
    case value_kind::integer:
        return function(m_held.integer);
    case value_kind::natural:
        return function(m_held.natural);
    default:
        return function(m_held.real);
    }
}

inline bool operator==(const value& a, const value& b) {
    const auto is_number = [](value_kind kind) {
        return kind == value_kind::integer || kind == value_kind::natural || kind == value_kind::real;
    };
    if (is_number(a.m_kind) && is_number(b.m_kind)) {
        return a.with_number(
            [&](auto left) { return b.with_number([&](auto right) { return detail::number_equal(left, right); }); });
    }
    if (a.m_kind != b.m_kind) return false;
    switch (a.m_kind) {
    case value_kind::boolean:
        return a.m_held.boolean == b.m_held.boolean;
    case value_kind::text:
        return a.m_held.text == b.m_held.text;
    case value_kind::bytes:
        return a.m_held.bytes == b.m_held.bytes;
    case value_kind::list:
        return a.m_held.list == b.m_held.list;
    case value_kind::dict:
        return a.m_held.dict == b.m_held.dict;
    default:
        return true; // two nulls
    }
}

// ---- list ----

inline list::list() noexcept = default;
inline list::list(const list& other) = default;
inline list::list(list&& other) noexcept = default;
inline list::~list() = default;

template <class... T>
    requires(sizeof...(T) > 0 && !detail::is_one_list<T...>) && (std::convertible_to<T, value> && ...)
list::list(T&&... elements) {
    m_values.reserve(sizeof...(T));
    (m_values.emplace_back(std::forward<T>(elements)), ...);
}
inline list::list(std::vector<value> values) noexcept : m_values(std::move(values)) {}

inline list& list::operator=(const list& other) {
    list copy(other);
    m_values.swap(copy.m_values);
    return *this;
}
inline list& list::operator=(list&& other) noexcept {
    list taken(std::move(other));
    m_values.swap(taken.m_values);
    return *this;
}

inline std::size_t list::size() const noexcept {
    return m_values.size();
}
inline bool list::empty() const noexcept {
    return m_values.empty();
}
inline void list::reserve(std::size_t size) {
    m_values.reserve(size);
}

inline value& list::operator[](std::size_t index) noexcept {
    return m_values[index];
}
inline const value& list::operator[](std::size_t index) const noexcept {
    return m_values[index];
}
inline value& list::at(std::size_t index) {
    if (index >= size()) detail::refuse_index(index, size());
    return m_values[index];
}
inline const value& list::at(std::size_t index) const {
    if (index >= size()) detail::refuse_index(index, size());
    return m_values[index];
}
inline value& list::front() noexcept {
    return m_values.front();
}
inline const value& list::front() const noexcept {
    return m_values.front();
}
inline value& list::back() noexcept {
    return m_values.back();
}
inline const value& list::back() const noexcept {
    return m_values.back();
}

inline auto list::begin() noexcept -> iterator {
    return m_values.data();
}
inline auto list::begin() const noexcept -> const_iterator {
    return m_values.data();
}
inline auto list::end() noexcept -> iterator {
    return m_values.data() + m_values.size();
}
inline auto list::end() const noexcept -> const_iterator {
    return m_values.data() + m_values.size();
}

inline void list::push_back(value added) {
    m_values.push_back(std::move(added));
}
inline value& list::emplace_back() {
    return m_values.emplace_back();
}
inline value& list::emplace_back(value added) {
    return m_values.emplace_back(std::move(added));
}
inline auto list::insert(const_iterator before, value added) -> iterator {
    return &*m_values.insert(m_values.begin() + (before - begin()), std::move(added));
}
inline auto list::erase(const_iterator at) noexcept -> iterator {
    const auto next = m_values.erase(m_values.begin() + (at - begin()));
    return begin() + (next - m_values.begin());
}
inline void list::pop_back() noexcept {
    m_values.pop_back();
}
inline void list::clear() noexcept {
    m_values.clear();
}

inline const std::vector<value>& list::values() const& noexcept {
    return m_values;
}
inline std::vector<value>&& list::values() && noexcept {
    return std::move(m_values);
}

inline bool operator==(const list& a, const list& b) {
    return a.m_values == b.m_values;
}

// ---- text ----

namespace detail {

template <class T>
void write_value(std::string& out, const T& value);

// Specialised, since a dict is more than a range, and these types bring their own text wherever values are written.
template <>
inline void write_value(std::string& out, const bytes& from) {
    out += "b\"";
    for (const std::byte byte : from) {
        const char c = static_cast<char>(byte);
        if (c < ' ' || c > '~') {
            write_hex_escape(out, c);
        } else {
            if (c == '"' || c == '\\') out += '\\';
            out += c;
        }
    }
    out += '"';
}

template <>
inline void write_value(std::string& out, const value& from);

template <>
inline void write_value(std::string& out, const list& from) {
    const char* separator = "";
    out += '[';
    for (const value& element : from) {
        out += separator;
        separator = ", ";
        write_value(out, element);
    }
    out += ']';
}

template <>
inline void write_value(std::string& out, const dict& from) {
    const char* separator = "";
    out += '{';
    for (const auto& [key, held] : from) {
        out += separator;
        separator = ", ";
        write_quoted(out, key);
        out += ": ";
        write_value(out, held);
    }
    out += '}';
}

template <>
inline void write_value(std::string& out, const value& from) {
    switch (from.kind()) {
    case value_kind::null:
        out += "none";
        break;
    case value_kind::boolean:
        write_scalar(out, from.as<bool>());
        break;
    case value_kind::integer:
        write_number(out, from.as<std::int64_t>());
        break;
    case value_kind::natural:
        write_number(out, from.as<std::uint64_t>());
        break;
    case value_kind::real:
        write_number(out, from.as<double>());
        break;
    case value_kind::text:
        write_quoted(out, from.as<std::string>());
        break;
    case value_kind::bytes:
        write_value(out, from.as<bytes>());
        break;
    case value_kind::list:
        write_value(out, from.as<list>());
        break;
    case value_kind::dict:
        write_value(out, from.as<dict>());
        break;
    }
}

} // namespace detail

template <detail::dynamic_value T>
std::string to_string(const T& from) {
    std::string text;
    detail::write_value(text, from);
    return text;
}

} // namespace v0
} // namespace lathe

#endif // LATHE_MODEL_DETAIL_VALUE_MEMBERS_HPP
