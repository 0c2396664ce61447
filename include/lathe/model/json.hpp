// SPDX-License-Identifier: MIT
#ifndef LATHE_MODEL_JSON_HPP
#define LATHE_MODEL_JSON_HPP

/// @file
/// @brief Models as JSON, and JSON as checked models. Needs the target `lathe::json`.
/// @par Example
/// @ref examples/json.cpp

#include <string>
#include <string_view>
#include <utility>

#include <lathe/core/result.hpp>
#include <lathe/model/detail/json_reader.hpp>
#include <lathe/model/detail/json_writer.hpp>
#include <lathe/model/dict.hpp>
#include <lathe/model/json_options.hpp>
#include <lathe/model/json_schema.hpp>
#include <lathe/model/read_options.hpp>
#include <lathe/model/validation_error.hpp>

namespace lathe {
inline namespace v0 {
namespace detail {

// If it throws, the text ends with what was written until then.
inline void append_json(
    std::string& text, const void* from, write_function write, std::string_view model, const json_options& options) {
    json_writer to(text, options);
    write_whole(from, write, to, model);
}

// A lathe::model_type, whose records are read by it.
template <class T>
concept record_type = requires { typename T::lathe_model_type; };

} // namespace detail

/// Writes a model, or any value that a model may hold, as JSON (RFC 8259), without a tree in between.
///
/// Fields stand in their order, under their first alias where they have one. What has no form in JSON is written as
/// `to_dict` has it; bytes as base64 (RFC 4648). Floating-point numbers are written with the fewest digits that are
/// read back as the same number.
/// @param from what to write.
/// @param options how.
/// @return the text.
/// @throws validation_error for text that is no UTF-8, for nan and infinities unless the options make them null, and
///         whatever `to_dict` throws it for.
template <class T>
[[nodiscard]] std::string to_json(const T& from, const json_options& options = {}) {
    std::string text;
    detail::append_json(text, __builtin_addressof(from), &detail::write_field<T>, detail::model_name_of(from), options);
    return text;
}

/// Reads a model, or any value that a model may hold, from JSON (RFC 8259), without a tree in between and without
/// throwing.
///
/// Keys are field names or aliases, in any order; what may be missing and what is unknown is said by `try_from_dict`. A
/// key that stands twice is an issue. Text that is no JSON is an issue too, with the rule "json", beside those found
/// up to there.
/// @tparam T what to read; the table of `read_options` says what each type takes.
/// @param text one JSON value, in UTF-8; blanks around it and a byte order mark before it do not matter.
/// @param options what is converted, what is refused, and how much is read at most.
/// @return the result, or an issue for everything that is wrong; each has its `position` in the text.
template <class T>
[[nodiscard]] result<T, validation_error> try_from_json(std::string_view text, const read_options& options = {}) {
    detail::text_cursor cursor(text);
    return detail::read<T>(cursor, options);
}

/// Reads a model, or any value that a model may hold, from JSON, as `try_from_json` does.
/// @tparam T what to read; the table of `read_options` says what each type takes.
/// @param text one JSON value, in UTF-8; blanks around it and a byte order mark before it do not matter.
/// @param options what is converted, what is refused, and how much is read at most.
/// @return the result.
/// @throws validation_error with everything that is wrong: "line 3, column 14: trip.legs[1].km: -4 is not positive".
template <class T>
[[nodiscard]] T from_json(std::string_view text, const read_options& options = {}) {
    detail::text_cursor cursor(text);
    return detail::read_or_throw<T>(cursor, options);
}

/// Reads a record of a model that was made at run time, as `try_from_json` reads objects of static models.
/// @param type a `lathe::model_type`.
/// @param text one JSON value, in UTF-8; blanks around it and a byte order mark before it do not matter.
/// @param options what is converted, what is refused, and how much is read at most.
/// @return the record, or an issue for everything that is wrong; each has its `position` in the text.
template <detail::record_type Type>
[[nodiscard]] auto try_from_json(const Type& type, std::string_view text, const read_options& options = {}) {
    detail::text_cursor cursor(text);
    return Type::lathe_model_type::read(type, cursor, options);
}

/// Reads a record of a model that was made at run time, as `from_json` reads objects of static models.
/// @param type a `lathe::model_type`.
/// @param text one JSON value, in UTF-8; blanks around it and a byte order mark before it do not matter.
/// @param options what is converted, what is refused, and how much is read at most.
/// @return the record.
/// @throws validation_error with everything that is wrong.
template <detail::record_type Type>
[[nodiscard]] auto from_json(const Type& type, std::string_view text, const read_options& options = {}) {
    return std::move(try_from_json(type, text, options).value());
}

} // namespace v0
} // namespace lathe

#endif // LATHE_MODEL_JSON_HPP
