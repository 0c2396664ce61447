// SPDX-License-Identifier: MIT
#ifndef LATHE_MODEL_DETAIL_WRITE_SCHEMA_HPP
#define LATHE_MODEL_DETAIL_WRITE_SCHEMA_HPP

/// @file
/// @brief Types as JSON Schema. One function for each type, and one loop for all models.

#include <cstddef>
#include <cstdint>
#include <limits>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

#include <lathe/core/type_name.hpp>
#include <lathe/model/described.hpp>
#include <lathe/model/detail/access.hpp>
#include <lathe/model/detail/base64.hpp>
#include <lathe/model/detail/calendar.hpp>
#include <lathe/model/detail/document.hpp>
#include <lathe/model/detail/document_types.hpp>
#include <lathe/model/detail/member_types.hpp>
#include <lathe/model/detail/read_document.hpp>
#include <lathe/model/detail/schema_keywords.hpp>
#include <lathe/model/detail/schema_rules.hpp>
#include <lathe/model/detail/value_writer.hpp>
#include <lathe/model/detail/write_document.hpp>
#include <lathe/model/enumerators.hpp>
#include <lathe/model/validation_error.hpp>
#include <lathe/model/value.hpp>

namespace lathe {
inline namespace v0 {
namespace detail {

// A default as JSON has it, and as a value.
class default_writer final : public document_writer {
public:
    explicit default_writer(bool aliases) : document_writer(aliases) {}

    void null() override { m_to.null(); }
    void boolean(bool value) override { m_to.boolean(value); }
    void integer(std::int64_t value) override { m_to.integer(value); }
    void natural(std::uint64_t value) override { m_to.natural(value); }
    void real(double value, const path& where) override {
        if (!is_finite(value)) refuse_to_write(where, "finite", scalar_text(value), "has no form in JSON");
        m_to.real(value, where);
    }
    void single(float value, const path& where) override { real(is_finite(value) ? digits_of(value) : value, where); }
    void text(std::string_view value, const path& where) override {
        if (!is_utf8(value)) refuse_to_write(where, "utf8", shown_value(value), "is no UTF-8, which JSON must be");
        m_to.text(value, where);
    }
    void raw(const std::byte* data, std::size_t size) override {
        std::string encoded;
        write_base64(encoded, data, size);
        m_to.text(encoded, {});
    }
    void begin_list(std::size_t size) override { m_to.begin_list(size); }
    void end_list() override { m_to.end_list(); }
    void begin_dict(std::size_t size) override { m_to.begin_dict(size); }
    void end_dict() override { m_to.end_dict(); }
    void key(std::string_view name, const path& where) override { m_to.key(name, where); }

    [[nodiscard]] value take() noexcept { return m_to.take(); }

private:
    value_writer m_to;
};

class schema_builder;

// A model that schemas refer to.
struct schema_model {
    std::string_view name;
    void (*write)(schema_builder& by, dict& to);
};

// One field of a model, beside what is known for writing it.
struct schema_field {
    void (*write)(schema_builder& by, dict& to);
    std::string_view doc;
    bool (*may_be_absent)(const void* member); // null: always
};

// Gathers the models that a schema refers to.
class schema_builder {
public:
    // The root is what "#" refers to; null where that is no model.
    schema_builder(const schema_model* root, bool aliases) noexcept : m_root(root), m_aliases(aliases) {}

    void refer(const schema_model& model, dict& to) {
        std::string reference = "#";
        if (&model != m_root) reference.append("/$defs/").append(key_of(model));
        to["$ref"] = std::move(reference);
    }

    // The schema of a model, with the defaults that a fresh one has.
    void write_model(const written_model& model, const schema_field* fields, const void* const* fresh, dict& to);

    // The schemas of all models that were referred to; these may refer to more.
    void write_definitions(dict& to) {
        if (m_known.empty()) return;
        dict definitions;
        for (std::size_t i = 0; i < m_known.size(); ++i) {
            dict one;
            m_known[i].model->write(*this, one);
            definitions[m_known[i].key] = std::move(one);
        }
        to["$defs"] = std::move(definitions);
    }

private:
    struct definition {
        const schema_model* model;
        std::string key;
    };

    // The model's name, as far as a URI takes it as it is; with a number where another model has it.
    const std::string& key_of(const schema_model& model) {
        std::string name;
        for (const char c : model.name)
            name += is_alnum(c) || c == '.' || c == '-' ? c : '_';
        std::string key = name;
        std::size_t count = 1;
        for (std::size_t i = 0; i < m_known.size(); ++i) {
            if (m_known[i].model == &model) return m_known[i].key;
            if (m_known[i].key != key) continue;
            key = name + '_' + std::to_string(++count);
            i = static_cast<std::size_t>(-1); // from the start: the new key may be a model's name
        }
        return m_known.emplace_back(definition{&model, std::move(key)}).key;
    }

    const schema_model* m_root;
    bool m_aliases;
    std::vector<definition> m_known;
};

inline void schema_builder::write_model(const written_model& model,
                                        const schema_field* fields,
                                        const void* const* fresh,
                                        dict& to) {
    dict properties;
    list required;
    bool keeps_more = false;
    for (std::size_t i = 0; i < model.count; ++i) {
        const written_field& written = model.fields[i];
        if (written.extra) {
            keeps_more = true;
            continue;
        }
        const schema_field& field = fields[i];
        const std::string_view key = m_aliases ? written.key : written.name;
        dict property;
        field.write(*this, property);
        if (!field.doc.empty()) property["description"] = field.doc;
        if (field.may_be_absent == nullptr || field.may_be_absent(fresh[i])) {
            try {
                default_writer writer(m_aliases);
                written.write(fresh[i], writer, path{});
                property["default"] = writer.take();
            } catch (const validation_error&) { // a default that JSON has no form for goes without saying
            }
        } else {
            required.push_back(key);
        }
        properties[key] = std::move(property);
    }
    to["type"] = "object";
    to["properties"] = std::move(properties);
    if (!required.empty()) to["required"] = std::move(required);
    to["additionalProperties"] = keeps_more;
}

template <class T>
void write_type(schema_builder& by, dict& to);

// For static_assert: of a comparison compilers would show both sides.
template <class T>
inline constexpr bool has_schema = shape_in_document<T>() != type_shape::none;

// The same of what it holds, so that nothing more is said where a sentence is due. Models within speak for themselves.
template <class T>
consteval bool holds_schemas() {
    constexpr type_shape shape = shape_in_document<T>();
    if constexpr (shape == type_shape::property) {
        return holds_schemas<typename T::value_type>();
    } else if constexpr (shape == type_shape::nullable) {
        return holds_schemas<std::remove_cvref_t<decltype(*std::declval<T&>())>>();
    } else if constexpr (shape == type_shape::map) {
        return holds_schemas<typename T::mapped_type>();
    } else if constexpr (shape == type_shape::list) {
        return holds_schemas<typename list_element<T>::type>();
    } else {
        return has_schema<T>;
    }
}

// ---- models ----

template <auto Rule>
consteval std::string_view doc_text_of() {
    if constexpr (requires { type_of<Rule>::doc_text; }) {
        return type_of<Rule>::doc_text;
    } else {
        return {};
    }
}
// The last one counts, as in field_info.
template <class Member>
inline constexpr std::string_view doc_of{};
template <class T, auto... Rules>
inline constexpr std::string_view doc_of<property<T, Rules...>> = [] {
    std::string_view text;
    ((doc_text_of<Rules>().empty() ? void() : void(text = doc_text_of<Rules>())), ...);
    return text;
}();

template <class Members>
struct schema_fields;
template <class... Members>
struct schema_fields<type_list<Members...>> {
    static constexpr schema_field at[sizeof...(Members) + 1] = {
        {&write_type<Members>, doc_of<Members>, absence_of<Members>()}..., {}};
    static constexpr bool all_known = (holds_schemas<Members>() && ...);
};

template <class T>
void write_model_schema(schema_builder& by, dict& to) {
    static_assert(can_be_made<T>,
                  "lathe::json_schema: an object of this model cannot be made without a value, so its defaults cannot "
                  "be told; give its members defaults, or make them a std::optional");
    if constexpr (can_be_made<T>) {
        to["title"] = type_name<T>;
        using fields = schema_fields<member_types<T>>;
        const schema_field* const described = fields::at;
        if constexpr (fields::all_known) {
            const written_model& model = model_to_write<T, member_types<T>>::value;
            const T fresh = access::blank<T>();
            const void* places[field_count<T> + 1]{};
            model.places(__builtin_addressof(fresh), places);
            by.write_model(model, described, places, to);
        }
    }
}

template <class T>
inline constexpr schema_model schema_model_of{type_name<T>, &write_model_schema<T>};

// ---- parts ----

template <class T>
value type_schema(schema_builder& by) {
    dict made;
    write_type<T>(by, made);
    return made;
}

inline void write_or_null(dict& to, dict&& held) {
    to["anyOf"] = list{std::move(held), dict{{"type", "null"}}};
}

// Rules are about what an optional holds.
template <class T, auto... Rules>
void write_ruled(schema_builder& by, dict& to) {
    if constexpr (is_optional<T>) {
        dict held;
        write_ruled<without_optional<T>, Rules...>(by, held);
        write_or_null(to, std::move(held));
    } else {
        write_type<T>(by, to);
        write_rules<T, Rules...>(to);
    }
}
template <class Property>
inline constexpr void (*write_property)(schema_builder&, dict&) = nullptr;
template <class T, auto... Rules>
inline constexpr void (*write_property<property<T, Rules...>>)(schema_builder&, dict&) = &write_ruled<T, Rules...>;

template <class Variant>
struct variant_schema;
template <template <class...> class Variant, class... Types>
struct variant_schema<Variant<Types...>> {
    static list write(schema_builder& by) {
        list choices;
        (choices.push_back(type_schema<Types>(by)), ...);
        return choices;
    }
};

inline void write_fixed_size(dict& to, std::size_t size) {
    add_sizes(to, "minItems", "maxItems", size, size);
}

// A list of so many: of one type, or of one type for each place.
template <class T>
void write_array_schema(schema_builder& by, dict& to) {
    to["type"] = "array";
    if constexpr (array_size<T> != 0) {
        to["items"] = type_schema<typename range_element<T>::type>(by);
        write_fixed_size(to, array_size<T>);
    } else {
        constexpr std::size_t size = std::tuple_size<T>::value;
        [&]<std::size_t... I>(std::index_sequence<I...>) {
            list items;
            (items.push_back(type_schema<std::remove_cv_t<typename std::tuple_element<I, T>::type>>(by)), ...);
            if (size != 0) to["prefixItems"] = std::move(items);
        }(std::make_index_sequence<size>{});
        to["items"] = false;
        write_fixed_size(to, size);
    }
}

// A set, where what is the same in a document is the same in the set.
template <class T>
concept without_repetitions = requires(T& set, typename T::key_type&& key) { set.insert(std::move(key)).second; } &&
                              !map_like<T> && !(nullable<typename T::key_type> && !is_optional<typename T::key_type>);

template <class T>
void write_map_schema(schema_builder& by, dict& to) {
    to["type"] = "object";
    if constexpr (!std::is_same_v<typename T::key_type, std::string>) {
        value names = type_schema<typename T::key_type>(by);
        // Keys are text, whatever they are the text of.
        const dict& said = names.as<dict>();
        if (said.size() > 1 && said.at("type") == "string") to["propertyNames"] = std::move(names);
    }
    to["additionalProperties"] = type_schema<typename T::mapped_type>(by);
}

// "250ms", with all that from_text takes: signs, and blanks around it.
template <duration T>
std::string duration_pattern() {
    std::string pattern;
    if constexpr (integer<typename T::rep>) pattern = "^\\s*[+-]?[0-9]+\\s*";
    return pattern.append(unit_suffix<typename T::period>()).append("\\s*$");
}

inline void write_text_schema(dict& to, std::string_view keyword = {}, std::string_view with = {}) {
    to["type"] = "string";
    if (!keyword.empty()) to[keyword] = with;
}

template <class T>
void write_scalar_schema(dict& to) {
    if constexpr (std::is_same_v<T, bool>) {
        to["type"] = "boolean";
    } else if constexpr (stands_for_nothing<T>) {
        to["type"] = "null";
    } else if constexpr (integer<T>) {
        to["type"] = "integer";
        add_limits(to, std::numeric_limits<T>::min(), std::numeric_limits<T>::max());
    } else if constexpr (number<T>) {
        to["type"] = "number";
    } else if constexpr (reads_itself<T>) {
        write_text_schema(to);
    } else if constexpr (byte_range<T>) {
        write_text_schema(to, "contentEncoding", "base64");
        if constexpr (requires { std::tuple_size<T>::value; }) {
            add_length(to, schema_subject::bytes, std::tuple_size<T>::value, std::tuple_size<T>::value);
        }
    } else if constexpr (std::is_same_v<T, char>) {
        write_text_schema(to);
        add_length(to, schema_subject::ascii, 1, 1);
    } else if constexpr (char_array<T>) {
        write_text_schema(to);
        add_length(to, schema_subject::text, 0, sizeof(T));
    } else if constexpr (std::is_enum_v<T>) {
        write_text_schema(to);
        list names;
        for (const enumerator<T>& known : enum_table<T>)
            names.push_back(known.name);
        add_choices(to, std::move(names));
    } else if constexpr (calendar_date<T>) {
        write_text_schema(to, "format", "date");
    } else if constexpr (time_point<T>) {
        using period = typename T::duration::period;
        write_text_schema(to, "format", period::num % 86400 == 0 && period::den == 1 ? "date" : "date-time");
    } else if constexpr (plain_duration<T>) {
        write_scalar_schema<typename T::rep>(to);
    } else if constexpr (duration<T>) {
        write_text_schema(to, "pattern", duration_pattern<T>());
    } else {
        write_text_schema(to);
    }
}

// ---- any type ----

template <class T>
void write_type(schema_builder& by, dict& to) {
    static_assert(has_schema<T>,
                  "lathe::json_schema: a value of this type cannot be read from a document, so there is nothing to say "
                  "of one; make it a model, or give it to_string and read_text in its namespace");
    constexpr type_shape shape = shape_in_document<T>();
    if constexpr (shape == type_shape::property) {
        write_property<T>(by, to);
    } else if constexpr (shape == type_shape::dynamic) {
        if constexpr (std::is_same_v<T, dict>) to["type"] = "object";
        if constexpr (std::is_same_v<T, list>) to["type"] = "array";
    } else if constexpr (shape == type_shape::scalar) {
        write_scalar_schema<T>(to);
    } else if constexpr (shape == type_shape::model) {
        by.refer(schema_model_of<T>, to);
    } else if constexpr (shape == type_shape::nullable) {
        dict held;
        write_type<std::remove_cvref_t<decltype(*std::declval<T&>())>>(by, held);
        write_or_null(to, std::move(held));
    } else if constexpr (shape == type_shape::variant) {
        to["anyOf"] = variant_schema<T>::write(by);
    } else if constexpr (shape == type_shape::map) {
        write_map_schema<T>(by, to);
    } else if constexpr (shape == type_shape::list) {
        to["type"] = "array";
        to["items"] = type_schema<typename list_element<T>::type>(by);
        if constexpr (without_repetitions<T>) to["uniqueItems"] = true;
    } else if constexpr (shape == type_shape::array) {
        write_array_schema<T>(by, to);
    }
}

} // namespace detail
} // namespace v0
} // namespace lathe

#endif // LATHE_MODEL_DETAIL_WRITE_SCHEMA_HPP
