// SPDX-License-Identifier: MIT
#ifndef LATHE_MODEL_JSON_SCHEMA_HPP
#define LATHE_MODEL_JSON_SCHEMA_HPP

/// @file
/// @brief What a model looks like in JSON, as JSON Schema tells it to other languages.
/// @par Example
/// @ref examples/json.cpp

#include <type_traits>

#include <lathe/model/detail/read_document.hpp>
#include <lathe/model/detail/write_schema.hpp>
#include <lathe/model/value.hpp>

namespace lathe {
inline namespace v0 {

/// How a schema is made.
struct schema_options {
    bool aliases = true; ///< whether a field with an alias stands under its first one, as in `to_json`
};

/// Describes how a model, or any value that a model may hold, looks in JSON, by a schema (JSON Schema, draft 2020-12):
/// `to_json(json_schema<trip>(), {.indent = 2})`.
///
/// What `to_json` writes obeys the schema. What the schema refuses, `from_json` refuses, as long as documents keep to
/// the keys of the schema, which are the ones that `to_json` writes, and to its forms of dates and times. The schema
/// allows more than `from_json`:
/// - Rules count the bytes of text, a schema its characters. `max_length<n>` becomes "maxLength" n, `min_length<n>`
///   "minLength" n / 4, rounded up, since a character has up to four bytes; n where a rule such as `ascii` says it has
///   one.
/// - Of fields with a normaliser only lengths are said, where it leaves them as they are.
/// - Invariants and rules of your own have no keyword. The type of such a rule may have a `static void
///   write_schema(dict&)`, which adds to the schema of the field what it likes.
/// - A float is bounded by the digits that its bound is written with, and a multiple of nothing.
/// - Formats are hints, which few validators check: "email", "uri", "uuid", "date".
///
/// A field is required where `from_json` would miss it; else the schema has its default. Unknown keys are refused,
/// unless a field is marked `extra_keys`. Models within stand in "$defs" under their names, so that models may contain
/// themselves; of two models of one name the second is called `leg_2`.
/// @tparam T a described type, or any type that `read_options` lists.
/// @param options what keys there are.
/// @return the schema.
template <class T>
[[nodiscard]] dict json_schema(const schema_options& options = {}) {
    using type = std::remove_cv_t<T>;
    dict schema;
    schema["$schema"] = "https://json-schema.org/draft/2020-12/schema";
    if constexpr (detail::shape_in_document<type>() == detail::type_shape::model) {
        constexpr const detail::schema_model& root = detail::schema_model_of<type>;
        detail::schema_builder by(&root, options.aliases);
        root.write(by, schema);
        by.write_definitions(schema);
    } else {
        detail::schema_builder by(nullptr, options.aliases);
        detail::write_type<type>(by, schema);
        by.write_definitions(schema);
    }
    return schema;
}

} // namespace v0
} // namespace lathe

#endif // LATHE_MODEL_JSON_SCHEMA_HPP
