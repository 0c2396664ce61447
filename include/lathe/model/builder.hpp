// SPDX-License-Identifier: MIT
#ifndef LATHE_MODEL_BUILDER_HPP
#define LATHE_MODEL_BUILDER_HPP

/// @file
/// @brief Models made at run time: Python's `type(name, (), namespace)`, with rules.
/// @par Example
/// @ref examples/builder.cpp

#include <concepts>
#include <cstddef>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

#include <lathe/core/error.hpp>
#include <lathe/model/attributes.hpp>
#include <lathe/model/detail/run_time_field.hpp>
#include <lathe/model/model_type.hpp>
#include <lathe/model/property.hpp>
#include <lathe/model/record.hpp>
#include <lathe/model/rules.hpp>
#include <lathe/model/run_time_rules.hpp>

namespace lathe {
inline namespace v0 {

/// Thrown for a model that cannot be: "person.age: there is a field of this name already".
class model_error : public error {
public:
    using error::error;
};

/// Stands for the model that is being built, as the type of records in its own fields: trees and lists.
struct itself_type {};
/// The model that is being built: `.field<std::vector<lathe::record>>("children", lathe::itself)`.
inline constexpr itself_type itself{};

/// Makes a model at run time, field by field.
///
/// @code
/// auto person_type = lathe::model_builder("person")
///     .field<std::string>("name", lathe::not_empty)
///     .field<int>("age", lathe::in_range<0, 150>, lathe::defaults_to<0>)
///     .build();
/// @endcode
///
/// Its records obey the rules that a static model with the same fields has, and say the same when they are broken. A
/// builder can go on after `build`, and then makes another type.
class model_builder {
public:
    /// Starts a model without fields.
    /// @param name what the model is called in messages and texts; not empty.
    /// @throws model_error if it is empty.
    explicit model_builder(std::string name);
    /// Starts a model with the fields and invariants of another one: Python's base class.
    /// @param name what the model is called; not empty.
    /// @param base the other one, which stays as it is.
    /// @throws model_error if the name is empty.
    model_builder(std::string name, const model_type& base);

    /// Adds a field.
    /// @tparam T what it holds: anything that a field of a static model may hold.
    /// @param name the field's name; not empty.
    /// @param rules rules, normalisers and attributes, as in the list of a `property`; besides `default_value`,
    ///        `default_factory`, `checked_by` and other callable objects that have a state.
    /// @return the builder.
    /// @throws model_error for a name or an alias that is empty or there already.
    template <class T, class... Rules>
        requires(!detail::names_a_type<Rules...>)
    model_builder& field(std::string name, Rules... rules);

    /// Adds a field of records: `.field("home", address_type)` holds one, `.field<std::vector<lathe::record>>("legs",
    /// leg_type)` many; optionals, sequences and maps of records will do.
    /// @tparam T record, or what holds records.
    /// @param name the field's name; not empty.
    /// @param type the records' type.
    /// @param rules as above.
    /// @return the builder.
    /// @throws model_error for a name or an alias that is empty or there already.
    template <class T = record, class... Rules>
    model_builder& field(std::string name, const model_type& type, Rules... rules);
    /// Adds a field that holds records of the model itself, in an optional or a container.
    /// @tparam T what holds records.
    /// @param name the field's name; not empty.
    /// @param type `lathe::itself`.
    /// @param rules as above.
    /// @return the builder.
    /// @throws model_error for a name or an alias that is empty or there already, and for a record in itself.
    template <class T, class... Rules>
    model_builder& field(std::string name, itself_type type, Rules... rules);

    /// Adds a rule about several fields: `.invariant("arrives after it departs", [](const lathe::record& trip) {...})`.
    /// As those of static models it is checked when a record is made, by `validate` and by `modify(record, f)`.
    /// @param text says what must hold.
    /// @param predicate called with a `const record&` while const; by several threads if several make records.
    /// @return the builder.
    template <class Predicate>
        requires std::predicate<const std::decay_t<Predicate>&, const record&>
    model_builder& invariant(std::string text, Predicate&& predicate);

    /// @return a new type with the fields and invariants that there are now.
    /// @throws validation_error for a default that breaks a rule: "person.age: 200 is not in [0, 150]".
    [[nodiscard]] model_type build() const;

private:
    [[nodiscard]] std::string place(std::string_view field) const { return m_name + "." + std::string(field); }
    void check_name() const;
    void add(detail::run_time_field field);
    void check_key(std::string_view field, std::string_view key, bool is_there) const;

    std::string m_name;
    std::vector<detail::run_time_field> m_fields;
    std::vector<detail::shared_handle<const detail::run_time_invariant>> m_invariants;
};

// ---- implementation --------------------------------------------------------

inline model_builder::model_builder(std::string name) : m_name(std::move(name)) {
    check_name();
}
inline model_builder::model_builder(std::string name, const model_type& base)
    : m_name(std::move(name)),
      m_fields(detail::model_type_access::model(base).fields()),
      m_invariants(detail::model_type_access::model(base).invariants()) {
    check_name();
    const detail::run_time_model& model = detail::model_type_access::model(base);
    for (detail::run_time_field& field : m_fields) {
        // Trees stay trees of the base: its records are what they hold.
        if (field.of->holds_records && !field.records_of) field.records_of = detail::model_type_access::shared(base);
        if (model.whole() == nullptr) field.type = nullptr; // made anew by the new model
    }
}

inline void model_builder::check_name() const {
    if (m_name.empty()) throw model_error("lathe::model_builder: the model has no name; give it one for its messages");
}

template <class T, class... Rules>
    requires(!detail::names_a_type<Rules...>)
model_builder& model_builder::field(std::string name, Rules... rules) {
    constexpr bool has_type = !detail::holds_records<T>();
    static_assert(has_type,
                  "lathe::model_builder::field: records need a type; name it behind the field's name: "
                  ".field(\"home\", address_type)");
    if constexpr (has_type && detail::can_be_field<T, Rules...>())
        add(detail::field_of<T>(std::move(name), std::move(rules)...));
    return *this;
}

template <class T, class... Rules>
model_builder& model_builder::field(std::string name, const model_type& type, Rules... rules) {
    constexpr bool holds_records = detail::holds_records<T>();
    static_assert(holds_records,
                  "lathe::model_builder::field: a field of this type holds no records, so it has no use for their "
                  "type; use lathe::record, or an optional or a container of it");
    if constexpr (holds_records && detail::can_be_field<T, Rules...>()) {
        detail::run_time_field made = detail::field_of<T>(std::move(name), std::move(rules)...);
        made.records_of = detail::model_type_access::shared(type);
        add(std::move(made));
    }
    return *this;
}

template <class T, class... Rules>
model_builder& model_builder::field(std::string name, itself_type, Rules... rules) {
    constexpr bool has_end = detail::holds_records<T>() && !std::is_same_v<T, record>;
    static_assert(has_end,
                  "lathe::model_builder::field: a record that holds a record of its own model has no end; hold it in "
                  "an optional or a container");
    if constexpr (has_end && detail::can_be_field<T, Rules...>()) {
        add(detail::field_of<T>(std::move(name), std::move(rules)...));
    }
    return *this;
}

template <class Predicate>
    requires std::predicate<const std::decay_t<Predicate>&, const record&>
model_builder& model_builder::invariant(std::string text, Predicate&& predicate) {
    m_invariants.push_back(detail::shared_handle<const detail::run_time_invariant>(
        new detail::run_time_invariant_of<std::decay_t<Predicate>>(std::move(text),
                                                                   std::forward<Predicate>(predicate))));
    return *this;
}

inline void model_builder::check_key(std::string_view field, std::string_view key, bool is_there) const {
    if (key.empty()) throw model_error(place(field) + ": the name is empty");
    for (const detail::run_time_field& other : m_fields)
        is_there = is_there || other.name == key || other.of->info->is_called(key);
    if (is_there) throw model_error(place(key) + ": there is a field of this name already");
}
inline void model_builder::add(detail::run_time_field field) {
    check_key(field.name, field.name, field.of->info->is_called(field.name)); // info has no name, but the aliases
    const constant_view<std::string_view> aliases = field.of->info->aliases;
    for (std::size_t i = 0; i < aliases.size(); ++i) {
        bool repeated = false;
        for (std::size_t j = 0; j < i; ++j)
            repeated = repeated || aliases[j] == aliases[i];
        check_key(field.name, aliases[i], repeated);
    }
    m_fields.push_back(std::move(field));
}

inline model_type model_builder::build() const {
    model_type made(detail::shared_handle<const detail::run_time_model>(
        new detail::run_time_model(m_name, m_fields, m_invariants)));
    detail::check_defaults(detail::model_type_access::model(made));
    return made;
}

} // namespace v0
} // namespace lathe

#endif // LATHE_MODEL_BUILDER_HPP
