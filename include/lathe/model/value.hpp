// SPDX-License-Identifier: MIT
#ifndef LATHE_MODEL_VALUE_HPP
#define LATHE_MODEL_VALUE_HPP

/// @file
/// @brief Values whose type is known at run time: dict{{"name", "Ada"}, {"age", 36}}.
/// @par Example
/// @ref examples/dict.cpp

#include <concepts>
#include <cstddef>
#include <cstdint>
#include <initializer_list>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

#include <lathe/core/detail/refused.hpp>
#include <lathe/core/error.hpp>
#include <lathe/model/detail/scalar_text.hpp>
#include <lathe/model/detail/value_index.hpp>

/// @cond detail
#define LATHE_NO_VALUE                                                                                                 \
    "lathe::value: nothing of this type is a value; make one of a model or a container with lathe::to_value, of a "    \
    "letter, an enumerator or a long double with static_cast"
#define LATHE_NO_ELEMENTS                                                                                              \
    "lathe::value: it may hold something without elements; say what it holds, as in v.as<lathe::dict>()[\"key\"]"
#define LATHE_CONST_DICT "lathe::dict: [] adds keys that are missing, and this dict is const; use at or find"
/// @endcond

namespace lathe {
inline namespace v0 {

class value;
class list;
class dict;

/// What a value holds.
enum class value_kind : unsigned char {
    null,    ///< nothing: `nullptr`
    boolean, ///< a `bool`
    integer, ///< a `std::int64_t`
    natural, ///< a `std::uint64_t`; of a number that fits a `std::int64_t`, only where it was put in by `as`
    real,    ///< a `double`
    text,    ///< a `std::string`, in UTF-8 where it goes into JSON
    bytes,   ///< a `lathe::bytes`
    list,    ///< a `lathe::list`
    dict,    ///< a `lathe::dict`
};

/// Bytes that are no text, such as a picture.
using bytes = std::vector<std::byte>;

/// Thrown when a value is not what it is taken for: "the text \"x1\" is no integer", "\"age\" is no key of the dict".
class value_error : public error {
public:
    using error::error;
};

namespace detail {

class decoder;

// The kind of value that holds a T; no member where none does.
template <class T>
struct kind_of {};
template <value_kind Kind>
struct is_kind {
    static constexpr value_kind kind = Kind;
};
template <>
struct kind_of<std::nullptr_t> : is_kind<value_kind::null> {};
template <>
struct kind_of<bool> : is_kind<value_kind::boolean> {};
template <>
struct kind_of<std::int64_t> : is_kind<value_kind::integer> {};
template <>
struct kind_of<std::uint64_t> : is_kind<value_kind::natural> {};
template <>
struct kind_of<double> : is_kind<value_kind::real> {};
template <>
struct kind_of<std::string> : is_kind<value_kind::text> {};
template <>
struct kind_of<bytes> : is_kind<value_kind::bytes> {};
template <>
struct kind_of<list> : is_kind<value_kind::list> {};
template <>
struct kind_of<dict> : is_kind<value_kind::dict> {};

template <class T>
concept held_by_value = requires { kind_of<T>::kind; };

// What a value is made of.
template <class T>
concept scalar_source =
    std::same_as<T, std::nullptr_t> || std::same_as<T, bool> || (integer<T> && sizeof(T) <= sizeof(std::int64_t)) ||
    std::same_as<T, float> || std::same_as<T, double>;
template <class T>
concept owning_source = !std::same_as<T, value> && !scalar_source<T> && (held_by_value<T> || string_like<T>);

template <class T>
concept property_source = requires { typename T::lathe_property; };

// What might be meant as a number, and might be a mistake; in a property too.
template <class T>
inline constexpr bool refused_alone =
    is_character<T> || std::is_enum_v<T> || std::same_as<T, long double> || (std::is_pointer_v<T> && !string_like<T>);
template <class T>
inline constexpr bool refused_in_property = false;
template <property_source T>
inline constexpr bool refused_in_property<T> = refused_alone<typename T::value_type>;
template <class T>
concept refused_source = refused_alone<T> || refused_in_property<T>;

template <class T>
concept dynamic_value = std::same_as<T, value> || std::same_as<T, list> || std::same_as<T, dict>;

template <class... T>
inline constexpr bool is_one_list = false;
template <class T>
inline constexpr bool is_one_list<T> = std::is_same_v<std::remove_cvref_t<T>, list>;

} // namespace detail

/// A sequence of values.
///
/// Behaves as a vector of them: iterators and references hold until something is added or taken away before or at their
/// place. A list moved from is empty. Copying and comparing take stack for each level of nesting, destruction does not.
class list {
public:
    using value_type = value;               ///< what it holds
    using size_type = std::size_t;          ///< counts
    using difference_type = std::ptrdiff_t; ///< distances
    using reference = value&;               ///< an element
    using const_reference = const value&;   ///< an element of a constant list
    using iterator = value*;                ///< a place
    using const_iterator = const value*;    ///< a place in a constant list
    using lathe_dynamic = void;             ///< tells lathe that it compares, hashes and prints as a whole

    /// Makes an empty list.
    list() noexcept;

    /// Makes a list of anything that makes values: `list{1, 2.5, nullptr}`. A single list is copied or moved instead;
    /// `list{value{x}}` holds it.
    template <class... T>
        requires(sizeof...(T) > 0 && !detail::is_one_list<T...>) && (std::convertible_to<T, value> && ...)
    explicit(sizeof...(T) == 1) list(T&&... elements);

    /// Makes a list of the values of a vector.
    /// @param values the values.
    explicit list(std::vector<value> values) noexcept;

    /// Copies all values.
    list(const list& other);
    /// Takes all values over.
    list(list&& other) noexcept;
    /// Assigns; if that throws, nothing has changed. The other list may be part of this one.
    list& operator=(const list& other);
    /// Assigns. The other list may be part of this one.
    list& operator=(list&& other) noexcept;
    ~list();

    /// @return how many values there are.
    [[nodiscard]] std::size_t size() const noexcept;
    /// @return whether there are none.
    [[nodiscard]] bool empty() const noexcept;
    /// Makes room, so that adding up to `size` values moves none.
    void reserve(std::size_t size);

    /// @param index less than `size()`.
    /// @return the value there.
    [[nodiscard]] value& operator[](std::size_t index) noexcept;
    [[nodiscard]] const value& operator[](std::size_t index) const noexcept; ///< @copydoc operator[]
    /// @param index which.
    /// @return the value there.
    /// @throws value_error if there is none: "3 is no index of a list of 3 values".
    [[nodiscard]] value& at(std::size_t index);
    [[nodiscard]] const value& at(std::size_t index) const; ///< @copydoc at
    [[nodiscard]] value& front() noexcept;                  ///< @return the first value; there must be one.
    [[nodiscard]] const value& front() const noexcept;      ///< @return the first value; there must be one.
    [[nodiscard]] value& back() noexcept;                   ///< @return the last value; there must be one.
    [[nodiscard]] const value& back() const noexcept;       ///< @return the last value; there must be one.

    [[nodiscard]] iterator begin() noexcept;             ///< @return the first place.
    [[nodiscard]] const_iterator begin() const noexcept; ///< @return the first place.
    [[nodiscard]] iterator end() noexcept;               ///< @return the place after the last.
    [[nodiscard]] const_iterator end() const noexcept;   ///< @return the place after the last.

    /// Adds a value at the end.
    void push_back(value added);
    /// Adds a value at the end.
    /// @return the value in its place.
    value& emplace_back();
    value& emplace_back(value added); ///< @copydoc emplace_back
    /// Adds a value before another.
    /// @return its place.
    iterator insert(const_iterator before, value added);
    /// Takes a value away.
    /// @return the place of the one behind it.
    iterator erase(const_iterator at) noexcept;
    /// Takes the last value away; there must be one.
    void pop_back() noexcept;
    /// Takes all values away.
    void clear() noexcept;

    [[nodiscard]] const std::vector<value>& values() const& noexcept; ///< @return the values.
    [[nodiscard]] std::vector<value>&& values() && noexcept;          ///< @return the values, to be moved from.

    /// Equal when the values are, one by one.
    friend bool operator==(const list& a, const list& b);

private:
    std::vector<value> m_values;
};

/// An insertion-ordered map from texts to values.
///
/// Pointers and references to values hold until an entry is added or taken away. A dict moved from is empty. Copying
/// and comparing take stack for each level of nesting, destruction does not.
/// @par Complexity
/// Finding and adding a key are O(1) however the keys were chosen: their hash has a key of its own in each process. Up
/// to eight entries are searched one by one.
class dict {
public:
    class entry;
    class initial;
    using value_type = entry;               ///< what it holds
    using size_type = std::size_t;          ///< counts
    using difference_type = std::ptrdiff_t; ///< distances
    using reference = entry&;               ///< an entry
    using const_reference = const entry&;   ///< an entry of a constant dict
    using iterator = entry*;                ///< a place
    using const_iterator = const entry*;    ///< a place in a constant dict
    using lathe_dynamic = void;             ///< tells lathe that it compares, hashes and prints as a whole

    /// Makes an empty dict.
    dict() noexcept = default;

    /// Makes a dict of its entries: `dict{{"name", "Ada"}, {"legs", list{1, 2}}, {"base", dict{{"code", "SFO"}}}}`.
    /// @param entries keys and values. The values are moved out of the braces.
    /// @throws value_error for a key that stands twice, naming it.
    dict(std::initializer_list<initial> entries);

    /// Copies all entries.
    dict(const dict& other);
    /// Takes all entries over.
    dict(dict&& other) noexcept;
    /// Assigns; if that throws, nothing has changed. The other dict may be part of this one.
    dict& operator=(const dict& other);
    /// Assigns. The other dict may be part of this one.
    dict& operator=(dict&& other) noexcept;
    ~dict();

    /// @return how many entries there are.
    [[nodiscard]] std::size_t size() const noexcept { return m_size; }
    /// @return whether there are none.
    [[nodiscard]] bool empty() const noexcept { return m_size == 0; }
    /// Makes room, so that adding up to `size` entries moves none.
    void reserve(std::size_t size);

    /// Finds a value, or adds a null at the end.
    /// @return the value of the key.
    value& operator[](std::string_view key);
    /// Does not compile: a null cannot be added to a constant dict.
    template <class Reason = detail::refused<LATHE_CONST_DICT>>
    const value& operator[](std::string_view key) const LATHE_DETAIL_REFUSED(LATHE_CONST_DICT);
    /// @return the value of the key.
    /// @throws value_error if there is none, naming the key.
    [[nodiscard]] value& at(std::string_view key);
    [[nodiscard]] const value& at(std::string_view key) const; ///< @copydoc at
    /// @return the value of the key, or nullptr.
    [[nodiscard]] value* find(std::string_view key) noexcept;
    [[nodiscard]] const value* find(std::string_view key) const noexcept; ///< @copydoc find
    /// @return whether there is the key.
    [[nodiscard]] bool contains(std::string_view key) const noexcept;

    [[nodiscard]] iterator begin() noexcept;             ///< @return the first place.
    [[nodiscard]] const_iterator begin() const noexcept; ///< @return the first place.
    [[nodiscard]] iterator end() noexcept;               ///< @return the place after the last.
    [[nodiscard]] const_iterator end() const noexcept;   ///< @return the place after the last.

    /// Adds an entry at the end, if there is none with that key; if that throws, nothing has changed.
    /// @return the value of the key, and whether it was added.
    std::pair<value*, bool> try_emplace(std::string key);
    std::pair<value*, bool> try_emplace(std::string key, value added); ///< @copydoc try_emplace
    /// Takes an entry away; the others keep their order. O(n).
    /// @return whether there was one.
    bool erase(std::string_view key) noexcept;
    /// Takes all entries away.
    void clear() noexcept;

    /// Equal when the same keys have equal values, in whatever order.
    friend bool operator==(const dict& a, const dict& b);

private:
    friend class value;
    static constexpr std::size_t scanned = 8; // as many as are searched faster one by one
    static constexpr std::size_t most = std::size_t{1} << 31U;

    [[nodiscard]] std::uint32_t position_of(std::string_view key, std::uint32_t hash) const noexcept;
    [[nodiscard]] std::uint32_t hash_of(std::string_view key) const noexcept;
    void reallocate(std::size_t capacity);
    value& append(std::string&& key, value&& added, std::uint32_t hash) noexcept;
    static void relocate(entry* from, entry* to) noexcept;
    void drop_last() noexcept;
    void swap(dict& other) noexcept;

    entry* m_entries = nullptr;
    std::uint32_t m_size = 0;
    std::uint32_t m_capacity = 0;
    detail::position_index m_index; // there when the capacity is more than `scanned`
};

/// A null, truth value, number, text, list, dict or some bytes.
///
/// Numbers are equal when they are the same number, whatever their kind: 1 and 1.0. A value moved from is null. Copying
/// and comparing take stack for each level of nesting, destruction does not.
/// @par Thread safety
/// That of the standard library's containers.
class value {
public:
    using lathe_dynamic = void; ///< tells lathe that it compares, hashes and prints as a whole

    /// Makes a null.
    value() noexcept {}

    /// Makes a null of nullptr, a truth value of a bool, a number of an integer, a float or a double.
    template <detail::scalar_source T>
    value(T from) noexcept;

    /// Makes a text of anything that is read as a std::string_view, bytes, a list or a dict. A null pointer to
    /// characters makes a null.
    template <class T>
        requires detail::owning_source<std::remove_cvref_t<T>>
    value(T&& from) noexcept(std::is_nothrow_constructible_v<std::remove_cvref_t<T>, T> &&
                             detail::held_by_value<std::remove_cvref_t<T>>);

    /// Makes whatever the value of a property makes.
    template <detail::property_source T>
        requires(!detail::refused_source<T>)
    value(const T& from) : value(from.value()) {}

    /// Does not compile: letters, enumerators, pointers and long doubles are numbers and truth values by mistake only.
    template <detail::refused_source T, class Reason = detail::refused<LATHE_NO_VALUE>>
    value(T from) LATHE_DETAIL_REFUSED(LATHE_NO_VALUE);

    /// Copies what the other holds.
    value(const value& other);
    /// Takes over what the other holds.
    value(value&& other) noexcept { take(other); }
    /// Assigns; if that throws, nothing has changed. The other value may be part of this one.
    value& operator=(const value& other);
    /// Assigns. The other value may be part of this one.
    value& operator=(value&& other) noexcept;
    /// Does not compile: other types are made into values first.
    template <class T, class Reason = detail::refused<LATHE_NO_VALUE>>
        requires(!std::is_convertible_v<const T&, value>)
    value& operator=(const T& from) LATHE_DETAIL_REFUSED(LATHE_NO_VALUE);
    ~value();

    /// @return what it holds.
    [[nodiscard]] value_kind kind() const noexcept { return m_kind; }

    /// @tparam T nullptr_t, bool, std::int64_t, std::uint64_t, double, std::string, lathe::bytes, lathe::list or
    ///         lathe::dict.
    /// @return whether it holds a T; a small number that is asked for as a std::uint64_t is not converted.
    template <class T>
    [[nodiscard]] bool is() const noexcept {
        return m_kind == kind_for<T>();
    }

    /// @tparam T a type as `is` takes it.
    /// @return what it holds.
    /// @throws value_error if that is no T: "the text \"x1\" is no integer".
    template <class T>
    [[nodiscard]] const T& as() const&;
    template <class T>
    [[nodiscard]] T& as() &; ///< @copydoc as
    template <class T>
    [[nodiscard]] T as() &&; ///< @copydoc as

    /// @tparam T a type as `is` takes it.
    /// @return what it holds, or nullptr if that is no T.
    template <class T>
    [[nodiscard]] const T* get_if() const noexcept;
    template <class T>
    [[nodiscard]] T* get_if() noexcept; ///< @copydoc get_if

    /// Does not compile: only lists and dicts have something at an index or a key.
    template <class Key, class Reason = detail::refused<LATHE_NO_ELEMENTS>>
    const value& operator[](const Key& key) const LATHE_DETAIL_REFUSED(LATHE_NO_ELEMENTS);

    /// Equal when both hold the same, or the same number. NaN is not equal to itself.
    friend bool operator==(const value& a, const value& b);
    /// Equal as if a value were made of `b`; none is made.
    template <class T>
        requires detail::scalar_source<T> || detail::owning_source<T>
    friend bool operator==(const value& a, const T& b) {
        return a.equals(b);
    }

private:
    template <class T>
    static consteval value_kind kind_for();
    template <class T>
    [[nodiscard]] bool equals(const T& other) const;
    template <class T, class From>
    void hold(From&& from);

    void take(value& other) noexcept;
    void destroy() noexcept;

    template <class Function>
    bool with_number(Function function) const;

    [[nodiscard]] std::size_t child_count() const noexcept;
    [[nodiscard]] value& child(std::size_t index) noexcept;
    void drop_last_child() noexcept;
    void drain() noexcept;

    union contents {
        contents() noexcept : null(nullptr) {}
        contents(const contents&) = delete;
        contents& operator=(const contents&) = delete;
        ~contents() {}

        std::nullptr_t null;
        bool boolean;
        std::int64_t integer;
        std::uint64_t natural;
        double real;
        std::string text;
        lathe::bytes bytes;
        lathe::list list;
        lathe::dict dict;
    };
    contents m_held;
    value_kind m_kind = value_kind::null;
};

#undef LATHE_NO_VALUE
#undef LATHE_NO_ELEMENTS
#undef LATHE_CONST_DICT

/// A key and its value, as dicts hold them: `for (auto& [key, value] : d)`. The key stays what it is.
class dict::entry {
public:
    /// Copies key and value.
    entry(const entry&) = default;
    entry& operator=(const entry&) = delete;
    ~entry() = default;

    [[nodiscard]] const std::string& key() const noexcept { return m_key; }      ///< @return the key.
    [[nodiscard]] lathe::value& value() noexcept { return m_value; }             ///< @return the value.
    [[nodiscard]] const lathe::value& value() const noexcept { return m_value; } ///< @return the value.

    /// Equal when keys and values are.
    friend bool operator==(const entry& a, const entry& b) = default;

    /// @return the key of an entry, or its value: what structured bindings ask for.
    template <std::size_t I>
    [[nodiscard]] friend const auto& get(const entry& from) noexcept {
        if constexpr (I == 0) {
            return from.m_key;
        } else {
            return from.m_value;
        }
    }
    template <std::size_t I>
    [[nodiscard]] friend auto& get(entry& from) noexcept { ///< @copydoc get
        if constexpr (I == 0) {
            return std::as_const(from.m_key);
        } else {
            return from.m_value;
        }
    }
    template <std::size_t I>
    [[nodiscard]] friend auto&& get(entry&& from) noexcept { ///< @copydoc get
        if constexpr (I == 0) {
            return std::move(std::as_const(from.m_key));
        } else {
            return std::move(from.m_value);
        }
    }

private:
    friend class dict;
    entry(std::string&& key, lathe::value&& value) noexcept : m_key(std::move(key)), m_value(std::move(value)) {}

    std::string m_key;
    lathe::value m_value;
};

/// What dicts are written with, `{"age", 36}`: a key and its value, which is moved into the dict.
class dict::initial {
public:
    /// @param key anything that is read as a std::string_view.
    /// @param value anything that makes a value.
    template <class Key>
        requires detail::string_like<std::remove_cvref_t<Key>>
    initial(Key&& key, lathe::value value) : m_key(std::forward<Key>(key)), m_value(std::move(value)) {}

private:
    friend class dict;
    friend class detail::decoder;
    mutable std::string m_key; // an initializer_list is constant, and the braces are not needed any more
    mutable lathe::value m_value;
};

/// Writes a value, list or dict as people read it: `{"a": 1, "b": "text", "c": [1, 2.5, none], "d": b"\x00\xff"}`.
/// @param from what to write; text takes stack for each level of nesting.
/// @return the text.
template <detail::dynamic_value T>
[[nodiscard]] std::string to_string(const T& from);

} // namespace v0
} // namespace lathe

/// @cond detail
template <>
struct std::tuple_size<lathe::dict::entry> : std::integral_constant<std::size_t, 2> {};
template <>
struct std::tuple_element<0, lathe::dict::entry> {
    using type = const std::string;
};
template <>
struct std::tuple_element<1, lathe::dict::entry> {
    using type = lathe::value;
};
/// @endcond

#include <lathe/model/detail/value_dict.hpp>
#include <lathe/model/detail/value_members.hpp>
#include <lathe/model/detail/value_std_hash.hpp>

#endif // LATHE_MODEL_VALUE_HPP
