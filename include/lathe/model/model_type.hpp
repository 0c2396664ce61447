// SPDX-License-Identifier: MIT
#ifndef LATHE_MODEL_MODEL_TYPE_HPP
#define LATHE_MODEL_MODEL_TYPE_HPP

/// @file
/// @brief The type of records: what their fields are, and how they are made.
/// @par Example
/// @ref examples/builder.cpp

#include <cstddef>
#include <initializer_list>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

#include <lathe/core/fixed_string.hpp>
#include <lathe/core/result.hpp>
#include <lathe/core/type_name.hpp>
#include <lathe/model/described.hpp>
#include <lathe/model/detail/record_maker.hpp>
#include <lathe/model/detail/run_time_model.hpp>
#include <lathe/model/field_info.hpp>
#include <lathe/model/named.hpp>
#include <lathe/model/read_options.hpp>
#include <lathe/model/record.hpp>
#include <lathe/model/validation_error.hpp>
#include <lathe/model/value.hpp>

namespace lathe {
inline namespace v0 {

class model_builder;

namespace detail {
struct model_type_access;
} // namespace detail

/// A model that is made at run time: the type of its records. Made by a `model_builder`, or `of` a type of the program.
///
/// A handle: copies are the same type. Its records keep it alive.
/// @par Thread safety
/// Never changed once it is made; any number of threads may read it and make records of it.
class model_type {
public:
    using lathe_model_type = detail::model_type_access; ///< tells lathe that records are read by it

    /// The run-time model of a described type: the same fields, rules and messages. Its records hold a `Model` each,
    /// which `record::get_if<Model>` reads.
    /// @tparam Model a described type that is an aggregate or has a default constructor.
    /// @return the type; the same one each time.
    template <class Model>
    [[nodiscard]] static model_type of();

    /// @return the model's name; valid as long as the type.
    [[nodiscard]] std::string_view name() const noexcept { return m_model->name(); }
    /// @return how many fields there are.
    [[nodiscard]] std::size_t size() const noexcept { return m_model->fields().size(); }
    /// @return what is known of all fields, in order; valid as long as the type. Python's `_fields`.
    [[nodiscard]] constant_view<field_info> fields() const noexcept {
        return {m_model->infos().data(), m_model->infos().size()};
    }
    /// @param name a field's name, not an alias.
    /// @return what is known of the field, or null; valid as long as the type.
    [[nodiscard]] const field_info* find(std::string_view name) const noexcept {
        const std::size_t at = m_model->find(name);
        return at == size() ? nullptr : &m_model->infos()[at];
    }
    /// @param name a field's name, not an alias.
    /// @return whether there is such a field.
    [[nodiscard]] bool contains(std::string_view name) const noexcept { return find(name) != nullptr; }

    /// Looks a field up once and for all: `auto age = person_type.key<int>("age"); ada[age] = 37;`.
    /// @tparam T what the field holds.
    /// @param name the field's name.
    /// @return the key, which is good for all records of the type.
    /// @throws validation_error if there is no such field, value_error if it holds something else.
    template <class T>
    [[nodiscard]] record_key<T> key(std::string_view name) const;

    /// Makes a record of a dict: `person_type({{"name", "Ada"}, {"age", 36}})`.
    ///
    /// Keys are field names or aliases, in any order. An absent field gets its default, if it has one that obeys the
    /// rules. Rules and invariants hold for the record.
    /// @param from the values.
    /// @param options what is converted, and what is refused.
    /// @return the record.
    /// @throws validation_error with everything that is wrong, as `from_dict` of a static model says it.
    [[nodiscard]] record operator()(const dict& from, const read_options& options = {}) const;
    /// The same without a dict, of what stands in its braces; a key that stands twice is one more thing that is wrong.
    [[nodiscard]] record operator()(std::initializer_list<dict::initial> from, const read_options& options = {}) const;
    /// Makes a record of a dict, without throwing.
    /// @param from the values.
    /// @param options what is converted, and what is refused.
    /// @return the record, or an issue for everything that is wrong.
    [[nodiscard]] result<record, validation_error> try_make(const dict& from, const read_options& options = {}) const;
    /// The same without a dict, of what stands in its braces; a key that stands twice is one more thing that is wrong.
    [[nodiscard]] result<record, validation_error> try_make(std::initializer_list<dict::initial> from,
                                                            const read_options& options = {}) const;

    /// Makes a record of named values, in any order, without a dict: `person_type("name"_f = "Ada", "age"_f = 36)`.
    /// Without values, of defaults only.
    /// @param values names with values; what is moved in is moved from.
    /// @return the record.
    /// @throws validation_error with everything that is wrong.
    template <fixed_string... Names, class... Values>
    [[nodiscard]] record operator()(named_value<Names, Values>... values) const;
    /// Makes a record of named values, without throwing.
    /// @param values names with values; what is moved in is moved from.
    /// @return the record, or an issue for everything that is wrong.
    template <fixed_string... Names, class... Values>
    [[nodiscard]] result<record, validation_error> try_make(named_value<Names, Values>... values) const;

    /// Makes a record around an object of the program, of the type that this is the model of.
    /// @param object copied or moved into the record.
    /// @return the record.
    /// @throws value_error if this is the model of another type.
    template <class Model>
    [[nodiscard]] record hold(Model&& object) const;

    /// The same type: made by one call of `build`, or of one type of the program.
    friend bool operator==(const model_type& a, const model_type& b) noexcept {
        return a.m_model.get() == b.m_model.get();
    }

private:
    friend class record;
    friend class model_builder;
    friend struct detail::model_type_access;

    explicit model_type(detail::shared_handle<const detail::run_time_model> model) noexcept
        : m_model(std::move(model)) {}

    detail::shared_handle<const detail::run_time_model> m_model;
};

namespace detail {

// For those who read records from elsewhere, such as from_json.
struct model_type_access {
    static const run_time_model& model(const model_type& of) noexcept { return *of.m_model; }
    static const shared_handle<const run_time_model>& shared(const model_type& of) noexcept { return of.m_model; }

    template <class Document>
    static result<record, validation_error> read(const model_type& type, Document& from, const read_options& options) {
        record made;
        std::vector<issue> issues = record_access::fill(made, model(type), from, options);
        if (issues.empty()) return result<record, validation_error>(std::in_place, std::move(made));
        return failure(validation_error(std::move(issues), type.name(), options.place));
    }
};

template <class T>
struct whole_object {
    static void make(void* object) { ::new (object) T(made_blank<T>()); }
    static void copy(void* object, const void* from) { ::new (object) T(*static_cast<const T*>(from)); }
    static void destroy(void* object) noexcept { static_cast<T*>(object)->~T(); }

    static constexpr whole_operations make_operations() {
        whole_operations all{
            sizeof(T), alignof(T), &type_tag<T>, &make, nullptr, &destroy, &places_to_read<T>, nullptr};
        if constexpr (std::is_copy_constructible_v<T>) all.copy = &copy;
        if constexpr (has_invariants<T>) all.check = &check_invariants<T>;
        return all;
    }
    static constexpr whole_operations operations = make_operations();
};

template <class T, class... Members>
std::vector<run_time_field> fields_of_members(type_list<Members...>) {
    check_labels<T, Members...>();
    [[maybe_unused]] const std::string_view* name = name_store<T>::names.begin();
    std::vector<run_time_field> fields;
    fields.reserve(sizeof...(Members));
    [[maybe_unused]] const auto add = [&](const member_operations& of, const codec* type) {
        run_time_field& field = fields.emplace_back();
        field.of = &of;
        field.name = *name++;
        field.type = type; // the records in it are read by whoever knows their type
    };
    (add(run_time_member<Members>::operations, &codec_of<Members>), ...);
    return fields;
}

template <class T>
shared_handle<const run_time_model> model_of_type() {
    return shared_handle<const run_time_model>(new run_time_model(
        std::string(type_name<T>), fields_of_members<T>(member_types<T>{}), {}, &whole_object<T>::operations));
}

} // namespace detail

template <class Model>
model_type model_type::of() {
    constexpr bool is_described = described<Model>; // a constant, since compilers explain concepts at length
    static_assert(is_described,
                  "lathe::model_type::of: the type is not described; make it an aggregate, or give it a public static "
                  "consteval auto fields() that returns lathe::fields<&T::a, &T::b>");
    if constexpr (is_described) {
        static const model_type made(detail::model_of_type<Model>());
        return made;
    } else {
        return model_type({});
    }
}

template <class T>
record_key<T> model_type::key(std::string_view name) const {
    const detail::run_time_field& field = detail::record_access::field(*m_model, name);
    if (field.of->tag != &detail::type_tag<T>) detail::refuse_held(*m_model, field, type_name<T>);
    return detail::record_access::key<T>(*m_model, detail::index_of(*m_model, field));
}

inline record model_type::operator()(const dict& from, const read_options& options) const {
    return std::move(try_make(from, options).value());
}
inline result<record, validation_error> model_type::try_make(const dict& from, const read_options& options) const {
    return detail::model_type_access::read(*this, from, options);
}

inline record model_type::operator()(std::initializer_list<dict::initial> from, const read_options& options) const {
    return std::move(try_make(from, options).value());
}
inline result<record, validation_error> model_type::try_make(std::initializer_list<dict::initial> from,
                                                             const read_options& options) const {
    return detail::model_type_access::read(*this, from, options);
}

template <fixed_string... Names, class... Values>
record model_type::operator()(named_value<Names, Values>... values) const {
    return std::move(try_make(std::move(values)...).value());
}
template <fixed_string... Names, class... Values>
result<record, validation_error> model_type::try_make(named_value<Names, Values>... values) const {
    detail::record_maker maker(*m_model);
    (maker.put(Names.view(), static_cast<Values>(values.value)), ...);
    return std::move(maker).finish();
}

template <class Model>
record model_type::hold(Model&& object) const {
    using held = std::remove_cvref_t<Model>;
    const detail::whole_operations* const whole = m_model->whole();
    if (whole == nullptr || whole->tag != &detail::type_tag<held>) {
        throw value_error(std::string(type_name<held>) + " is not what records of " + m_model->name() +
                          " hold; take model_type::of<" + std::string(type_name<held>) + ">()");
    }
    return detail::record_access::made(
        m_model->make_around([&](void* place) { ::new (place) held(std::forward<Model>(object)); }));
}

inline model_type record::type() const {
    return model_type(detail::shared_handle<const detail::run_time_model>::share(&detail::record_access::model(*this)));
}

} // namespace v0
} // namespace lathe

#endif // LATHE_MODEL_MODEL_TYPE_HPP
