// SPDX-License-Identifier: MIT
#ifndef LATHE_MODEL_RECORD_HPP
#define LATHE_MODEL_RECORD_HPP

/// @file
/// @brief Objects of models that are made at run time: checked as those of static models are, and by the same rules.
/// @par Example
/// @ref examples/builder.cpp

#include <concepts>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

#include <lathe/core/detail/refused.hpp>
#include <lathe/core/result.hpp>
#include <lathe/model/detail/run_time_member.hpp>
#include <lathe/model/detail/run_time_model.hpp>
#include <lathe/model/dict.hpp>
#include <lathe/model/field_info.hpp>
#include <lathe/model/text.hpp>
#include <lathe/model/validation_error.hpp>
#include <lathe/model/value.hpp>

/// @cond detail
#define LATHE_TEMPORARY "lathe::record: its fields would be gone with the temporary; give the record a name first"
/// @endcond

namespace lathe {
inline namespace v0 {

class model_type;
class record;
class field_view;
class field_reference;
class field_range;

namespace detail {
struct record_access;
} // namespace detail

/// The name of a field, looked up once: `auto age = person_type.key<int>("age");`, then `ada[age]` costs no search.
/// @tparam T what the field holds.
template <class T>
class record_key {
public:
    /// @return which field it is, counted from 0.
    [[nodiscard]] std::size_t index() const noexcept { return m_index; }

private:
    friend struct detail::record_access;

    record_key(std::uint64_t model, std::size_t index) noexcept : m_model(model), m_index(index) {}

    std::uint64_t m_model;
    std::size_t m_index;
};

/// An object of a model that was made at run time by a `model_builder`, or of `model_type::of<T>()`.
///
/// It behaves as an object of a static model with the same fields: it always obeys their rules, copies and compares by
/// value, and is written and read by the same functions, with the same messages. Its memory is one block, in which the
/// fields lie as in a struct. One that was default-constructed or moved from is of no type: it may be assigned,
/// destroyed, copied and compared; all else throws a value_error. As for structs, copying, comparing and destroying
/// records that hold records takes stack for each level.
/// @par Thread safety
/// As for a struct: concurrent reads are safe.
class record {
public:
    using lathe_record = detail::record_access; ///< tells lathe that its fields are known at run time

    /// Makes a record of no type, to be assigned.
    record() noexcept = default;
    /// Copies all fields.
    /// @throws value_error if a field cannot be copied, naming it.
    record(const record& other);
    /// Takes all fields over; the other is of no type then.
    record(record&& other) noexcept : m_block(std::exchange(other.m_block, nullptr)) {}
    /// Becomes a copy of the other, whatever type it was of. Strong guarantee.
    record& operator=(const record& other);
    /// Takes the other's fields over, whatever type it was of.
    record& operator=(record&& other) noexcept {
        record taken(std::move(other));
        std::swap(m_block, taken.m_block);
        return *this;
    }
    ~record() {
        if (m_block != nullptr) detail::run_time_model::destroy(m_block);
    }

    /// @return whether it is of no type: default-constructed or moved from.
    [[nodiscard]] bool empty() const noexcept { return m_block == nullptr; }
    /// @return its type.
    [[nodiscard]] model_type type() const;

    /// Finds a field, to be read or changed: `ada["age"] = 37`.
    /// @param name the field's name, not an alias.
    /// @return the field, which must not outlive the record.
    /// @throws validation_error if there is none: "person.agee: is not a field of person; did you mean age?".
    /// @par Complexity
    /// O(1); up to eight fields are searched one by one.
    [[nodiscard]] field_reference operator[](std::string_view name);
    [[nodiscard]] field_view operator[](std::string_view name) const; ///< @copydoc operator[]
    /// The field that a key is of, without a search.
    /// @param key made by `model_type::key`.
    /// @throws value_error if it is the key of another type.
    template <class T>
    [[nodiscard]] field_reference operator[](const record_key<T>& key);
    /// The field that a key is of, without a search.
    /// @param key made by `model_type::key`.
    /// @throws value_error if it is the key of another type.
    template <class T>
    [[nodiscard]] field_view operator[](const record_key<T>& key) const;

    /// Reads a field.
    /// @tparam T what it holds.
    /// @param name the field's name.
    /// @return its value, until the field is changed.
    /// @throws validation_error if there is no such field; value_error if it holds something else.
    template <class T>
    [[nodiscard]] const T& get(std::string_view name) const&;
    /// Does not compile: the value would be gone with the temporary.
    template <class T, class Reason = detail::refused<LATHE_TEMPORARY>>
    const T& get(std::string_view name) const&& LATHE_DETAIL_REFUSED(LATHE_TEMPORARY);
    /// Reads the field that a key is of, without a search.
    /// @param key made by `model_type::key`.
    /// @return its value, until the field is changed.
    /// @throws value_error if it is the key of another type.
    template <class T>
    [[nodiscard]] const T& get(const record_key<T>& key) const&;
    /// Does not compile: the value would be gone with the temporary.
    template <class T, class Reason = detail::refused<LATHE_TEMPORARY>>
    const T& get(const record_key<T>& key) const&& LATHE_DETAIL_REFUSED(LATHE_TEMPORARY);

    /// Changes a field, as `record[name] = given` does. Strong guarantee.
    /// @param name the field's name.
    /// @param given what the field shall hold.
    /// @throws validation_error if there is no such field, or if the value breaks its rules.
    template <class U>
    void set(std::string_view name, U&& given);
    /// Changes the field that a key is of, without a search. Strong guarantee.
    /// @param key made by `model_type::key`.
    /// @param given what the field shall hold.
    /// @throws validation_error if the value breaks its rules; value_error if it is the key of another type.
    template <class T, class U>
    void set(const record_key<T>& key, U&& given);
    /// Puts a field back to its default.
    /// @param name the field's name.
    /// @throws validation_error if there is no such field, or if it has no default that obeys its rules.
    void reset(std::string_view name);

    /// @return all fields, in order: `for (lathe::field_view field : ada.fields())`.
    [[nodiscard]] field_range fields() const&;
    /// Does not compile: the fields would be gone with the temporary.
    template <class Reason = detail::refused<LATHE_TEMPORARY>>
    field_range fields() const&& LATHE_DETAIL_REFUSED(LATHE_TEMPORARY);

    /// Reads the object in a record of `model_type::of<Model>()`.
    /// @return the object; null if the record is of another type.
    template <class Model>
    [[nodiscard]] const Model* get_if() const& noexcept;

    /// Equal when they are of one type, and all fields are equal; or both of no type.
    /// @throws value_error if a field has no operator==, naming it.
    friend bool operator==(const record& a, const record& b);

private:
    friend struct detail::record_access;

    explicit record(detail::record_block* block) noexcept : m_block(block) {}

    detail::record_block* m_block = nullptr;
};

#undef LATHE_TEMPORARY

/// A field of a record, to be read. Valid as long as the record, and until the record is assigned.
/// @par Example
/// @ref examples/builder.cpp
class field_view {
public:
    /// @return the field's name; valid as long as the record's type.
    [[nodiscard]] std::string_view name() const noexcept { return m_field->name; }
    /// @return what is known of the field; valid as long as the record's type.
    [[nodiscard]] const field_info& info() const noexcept;

    /// @tparam T a type.
    /// @return the value, if that is a T; else null.
    template <class T>
    [[nodiscard]] const T* get_if() const noexcept {
        if (m_field->of->tag != &detail::type_tag<T>) return nullptr;
        return static_cast<const T*>(detail::run_time_model::value(m_block, *m_field));
    }
    /// @tparam T what the field holds, which is not converted.
    /// @return the value, until the field is changed.
    /// @throws value_error if it holds something else: "person.age holds int, not string".
    template <class T>
    [[nodiscard]] const T& as() const {
        if (const T* const found = get_if<T>()) return *found;
        refuse_type(type_name<T>);
    }
    /// @return the value, as `to_value` has it.
    [[nodiscard]] value to_value() const;

    /// Finds a field of the record that this field holds: `ada["home"]["zip"]`.
    /// @param name the field's name.
    /// @return that field.
    /// @throws value_error if this field holds no record; validation_error if that has no such field.
    [[nodiscard]] field_view operator[](std::string_view name) const;

    /// Equal when the values are. Numbers of different types are compared by value; what is no plain value compares as
    /// `to_value` of both does.
    template <class U>
        requires(!std::derived_from<U, field_view>)
    friend bool operator==(const field_view& a, const U& b) {
        return a.equals(b);
    }
    /// Equal when both are empty, or neither is and the values are equal.
    template <class U> // of its own, or std::optional's operator for any value would be as good a match
    friend bool operator==(const field_view& a, const std::optional<U>& b) {
        return a.equals(b);
    }
    /// Equal when the values are.
    friend bool operator==(const field_view& a, const field_view& b);

protected:
    /// @cond
    friend struct detail::record_access;

    field_view(const detail::record_block* block, const detail::run_time_field& field) noexcept
        : m_block(block), m_field(&field) {}

    [[noreturn]] void refuse_type(std::string_view wanted) const;

    template <class U>
    [[nodiscard]] bool equals(const U& other) const {
        if constexpr (std::is_null_pointer_v<U> || std::is_same_v<U, std::nullopt_t>) {
            return to_value().template is<std::nullptr_t>();
        } else {
            if (const U* const same = get_if<U>()) return detail::equal_deep(*same, other);
            if constexpr (detail::string_like<U>) {
                if (const auto* const text = get_if<std::string>()) return *text == std::string_view(other);
            }
            return to_value() == lathe::to_value(other);
        }
    }

    const detail::record_block* m_block;
    const detail::run_time_field* m_field;
    /// @endcond
};

/// A field of a record, to be read and changed. Valid as long as the record, and until the record is assigned.
///
/// What may be assigned: a value of the field's type, and whatever `from_dict` takes strictly for it: numbers that
/// arrive unchanged, text for dates and enumerators, dicts and lists for what is nested.
/// @par Example
/// @ref examples/builder.cpp
class field_reference : public field_view {
public:
    field_reference(const field_reference&) noexcept = default; ///< Refers to the same field.

    /// Changes the field: `ada["age"] = 37`. Strong guarantee: after an exception it holds the old value.
    /// @param given what it shall hold.
    /// @throws validation_error if the value breaks the rules, or is no value of the field: "person.age: 200 is not in
    ///         [0, 150]".
    template <class U>
        requires(!std::derived_from<std::remove_cvref_t<U>, field_view>)
    const field_reference& operator=(U&& given) const { // NOLINT: it refers, so that it may be const
        store(std::forward<U>(given));
        return *this;
    }
    /// Changes the field to the value of another one. Strong guarantee.
    /// @param other the other field.
    /// @throws validation_error as the assignment of values does.
    const field_reference& operator=(const field_view& other) const { // NOLINT
        store(other);
        return *this;
    }
    /// Changes the field to the value of another one. Strong guarantee.
    /// @param other the other field.
    /// @throws validation_error as the assignment of values does.
    field_reference& operator=(const field_reference& other) { // NOLINT: to itself is harmless
        store(static_cast<const field_view&>(other));
        return *this;
    }

    /// Equal when both are empty, or neither is and the values are equal.
    template <class U> // as above: a match that is no conversion
    friend bool operator==(const field_reference& a, const std::optional<U>& b) {
        return a.equals(b);
    }

    /// Changes the value in place, as far as anyone can see: `f` works on a copy, which is checked and then moved in.
    /// @tparam T what the field holds.
    /// @param f called once with a `T&`.
    /// @throws validation_error when the result breaks a rule, value_error when the field holds something else;
    ///         whatever `f` throws. Then the value is the old one.
    template <class T, class F>
    void modify(F&& f) const {
        T next(as<T>());
        static_cast<void>(std::forward<F>(f)(next));
        store(std::move(next));
    }
    /// Puts the field back to its default.
    /// @throws validation_error if it has none that obeys its rules.
    void reset() const;

    /// Finds a field of the record that this field holds, to be changed: `ada["home"]["zip"] = "94107"`.
    /// @param name the field's name.
    /// @return that field.
    /// @throws value_error if this field holds no record, or has rules of its own about it, which only `modify` and
    ///         assignment can check; validation_error if the record has no such field.
    [[nodiscard]] field_reference operator[](std::string_view name) const;

private:
    friend struct detail::record_access;

    field_reference(detail::record_block* block, const detail::run_time_field& field) noexcept
        : field_view(block, field) {}

    [[nodiscard]] detail::record_block* block() const noexcept { return const_cast<detail::record_block*>(m_block); }

    template <class U>
    void store(U&& given) const;
};

/// The fields of a record, in order.
class field_range {
public:
    /// Goes from field to field.
    class iterator {
    public:
        using value_type = field_view;          ///< what it stands at
        using difference_type = std::ptrdiff_t; ///< distances

        iterator() noexcept = default; ///< Stands nowhere.
        /// @return the field that it stands at.
        [[nodiscard]] field_view operator*() const noexcept;
        /// Goes on to the next field.
        iterator& operator++() noexcept {
            ++m_field;
            return *this;
        }
        /// Goes on to the next field.
        iterator operator++(int) noexcept {
            const iterator before = *this;
            ++m_field;
            return before;
        }
        /// Equal when they stand at one field.
        friend bool operator==(const iterator&, const iterator&) = default;

    private:
        friend class field_range;
        iterator(const detail::record_block* block, const detail::run_time_field* field) noexcept
            : m_block(block), m_field(field) {}

        const detail::record_block* m_block = nullptr;
        const detail::run_time_field* m_field = nullptr;
    };

    /// @return how many fields there are.
    [[nodiscard]] std::size_t size() const noexcept { return m_block->model->fields().size(); }
    /// @return the first one.
    [[nodiscard]] iterator begin() const noexcept { return {m_block, m_block->model->fields().data()}; }
    /// @return the end of them.
    [[nodiscard]] iterator end() const noexcept { return {m_block, m_block->model->fields().data() + size()}; }

private:
    friend class record;
    explicit field_range(const detail::record_block* block) noexcept : m_block(block) {}

    const detail::record_block* m_block;
};

/// Writes a record as `to_string` writes models: `person(name="Ada", age=36)`; of no type: `none`.
/// @param from any record.
/// @return the text.
[[nodiscard]] std::string to_string(const record& from);
/// Writes the value of a field: a std::string as it is, anything else as it stands in a model's text.
/// @param from any field.
/// @return the text.
template <std::derived_from<field_view> Field>
[[nodiscard]] std::string to_string(const Field& from);

/// Calls `f(name, field)` for each field of a record, in order; the value of a field is asked by its type.
/// @param from any record.
/// @param f called with a `std::string_view` and a `field_view`; if it takes a third parameter, with a
///        `const field_info&` too.
template <class F>
void for_each_field(const record& from, F&& f) {
    constexpr bool can_be_called = detail::seems_callable<F&, std::string_view, const field_view&> ||
                                   std::invocable<F&, std::string_view, field_view, const field_info&>;
    static_assert(can_be_called,
                  "lathe::for_each_field: the function cannot be called with a name and a field of a record; let it "
                  "take both, as in [](std::string_view name, lathe::field_view field) { ... }");
    for (const field_view field : from.fields()) {
        if constexpr (!can_be_called) {
            static_cast<void>(field);
        } else if constexpr (std::invocable<F&, std::string_view, field_view, const field_info&>) {
            f(field.name(), field, field.info());
        } else {
            f(field.name(), field);
        }
    }
}

/// Compares two records field by field.
/// @return whether they are equal, as `a == b` says.
[[nodiscard]] inline bool equal(const record& a, const record& b) {
    return a == b;
}
/// Hashes a record by all of its fields.
/// @param from any record.
/// @return a hash that equal records share.
/// @throws value_error if a field has no std::hash, naming it.
[[nodiscard]] std::size_t hash(const record& from);

/// Checks a whole record without throwing: each field, what is nested in it, and the invariants.
/// @param from any record.
/// @return success, or all that is wrong.
[[nodiscard]] result<void, validation_error> try_validate(const record& from);
/// Checks a whole record: each field, what is nested in it, and the invariants.
/// @param from any record.
/// @throws validation_error with all that is wrong.
void validate(const record& from);

/// Changes several fields of a record together: all of the change is made, or none.
/// @param changed any record that can be copied.
/// @param f called once with a copy of the record, as `record&`; the copy is then validated and takes its place.
/// @throws validation_error when the result breaks a rule or an invariant; whatever `f` throws. Then the record is
///         as it was.
template <class F>
void modify(record& changed, F&& f) {
    record next(changed);
    static_cast<void>(std::forward<F>(f)(next));
    validate(next);
    changed = std::move(next);
}

} // namespace v0
} // namespace lathe

#include <lathe/model/detail/record_steps.hpp>

/// @cond detail
/// Hashes records, so that they can be keys.
template <>
struct std::hash<lathe::record> {
    /// @param from any record.
    /// @return its hash.
    [[nodiscard]] std::size_t operator()(const lathe::record& from) const { return lathe::hash(from); }
};

/// Formats a record as `lathe::to_string` writes it; fill, alignment and width as for strings.
template <>
struct fmt::formatter<lathe::record, char> : lathe::detail::laid_out_text {
    /// @param from what is written.
    /// @param context where to.
    /// @return the end of what was written.
    template <class Context>
    auto format(const lathe::record& from, Context& context) const -> decltype(context.out()) {
        return write(lathe::to_string(from), context);
    }
};

/// Formats the value of a field as `lathe::to_string` writes it; fill, alignment and width as for strings.
template <std::derived_from<lathe::field_view> Field>
struct fmt::formatter<Field, char> : lathe::detail::laid_out_text {
    /// @param from what is written.
    /// @param context where to.
    /// @return the end of what was written.
    template <class Context>
    auto format(const Field& from, Context& context) const -> decltype(context.out()) {
        return write(lathe::to_string(from), context);
    }
};
/// @endcond

#endif // LATHE_MODEL_RECORD_HPP
