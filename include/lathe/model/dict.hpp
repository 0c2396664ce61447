// SPDX-License-Identifier: MIT
#ifndef LATHE_MODEL_DICT_HPP
#define LATHE_MODEL_DICT_HPP

/// @file
/// @brief Models as dictionaries, and dictionaries as checked models.
/// @par Example
/// @ref examples/dict.cpp

#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

#include <lathe/core/result.hpp>
#include <lathe/core/type_name.hpp>
#include <lathe/model/described.hpp>
#include <lathe/model/detail/access.hpp>
#include <lathe/model/detail/decoder.hpp>
#include <lathe/model/detail/document_shapes.hpp>
#include <lathe/model/detail/read_document.hpp>
#include <lathe/model/detail/value_writer.hpp>
#include <lathe/model/detail/write_document.hpp>
#include <lathe/model/read_options.hpp>
#include <lathe/model/validation_error.hpp>
#include <lathe/model/value.hpp>

namespace lathe {
inline namespace v0 {
namespace detail {

// The name of the model that messages begin with.
template <class T>
constexpr std::string_view model_name() noexcept {
    if constexpr (described<T> && !text_both_ways<T> && !stands_for_nothing<T>) {
        return type_name<T>;
    } else {
        return {};
    }
}

// The same of an object: a record knows its model only at run time.
template <class T>
constexpr std::string_view model_name_of([[maybe_unused]] const T& object) noexcept {
    if constexpr (record_like<T>) {
        return T::lathe_record::name(object);
    } else {
        return model_name<T>();
    }
}

// ---- out: of a type there is only the function that writes it ----

using write_function = void (*)(const void* from, document_writer& to, const path& where);

// An exception from the depths does not know the model's name.
inline void write_whole(const void* from, write_function write, document_writer& to, std::string_view model) {
    try {
        write(from, to, path{});
    } catch (const validation_error& thrown) {
        throw validation_error(thrown.issues(), model);
    }
}
inline value written_value(const void* from, write_function write, std::string_view model) {
    value_writer to;
    write_whole(from, write, to, model);
    return to.take();
}
inline dict written_dict(const void* from, write_function write, std::string_view model) {
    return written_value(from, write, model).as<dict>();
}

// ---- in: of a type there are only its constant and an object to be filled ----

// A document that is no text has no places in it.
template <class Document>
text_cursor* cursor_of(const Document&) noexcept {
    return nullptr;
}
inline text_cursor* cursor_of(text_cursor& text) noexcept {
    return &text;
}
inline void feed(decoder& to, const value& from) {
    to.feed(from);
}
inline void feed(decoder& to, const dict& from) {
    to.feed(from);
}

// Whether an object of the type can be read; if not, one sentence.
template <class T>
constexpr bool can_be_read() {
    constexpr bool is_unqualified = std::is_object_v<T> && !std::is_const_v<T>;
    static_assert(
        is_unqualified,
        "lathe::from_dict: a const object or a reference cannot be filled; name the type without const and &");
    if constexpr (!is_unqualified) {
        return false;
    } else if constexpr (shape_in_document<T>() == type_shape::none) {
        static_cast<void>(codec_of<T>); // says why
        return false;
    } else if constexpr (!can_be_made<T>) {
        static_cast<void>(&made_blank<T>); // says why
        return false;
    } else {
        return true;
    }
}

// What is wrong; if nothing is, the object is filled. Document: a value, a dict, a text_cursor in JSON.
template <class Document>
std::vector<issue> fill(const codec& type, void* to, Document& from, const read_options& options) {
    decoder by(type, to, options, cursor_of(from));
    feed(by, from);
    return std::move(by.issues());
}
template <class Document>
void fill_or_throw(const codec& type, void* to, Document& from, const read_options& options, std::string_view model) {
    std::vector<issue> issues = fill(type, to, from, options);
    if (!issues.empty()) throw validation_error(std::move(issues), model, options.place);
}

template <class T, class Document>
T read_or_throw(Document& from, const read_options& options) {
    if constexpr (can_be_read<T>()) {
        T made = made_blank<T>();
        fill_or_throw(codec_of<T>, __builtin_addressof(made), from, options, model_name<T>());
        return made;
    } else {
        __builtin_unreachable(); // never compiled to the end
    }
}
template <class T, class Document>
result<T, validation_error> read(Document& from, const read_options& options) {
    if constexpr (can_be_read<T>()) {
        T made = made_blank<T>();
        std::vector<issue> issues = fill(codec_of<T>, __builtin_addressof(made), from, options);
        if (issues.empty()) return result<T, validation_error>(std::in_place, std::move(made));
        return failure(validation_error(std::move(issues), model_name<T>(), options.place));
    } else {
        return failure(validation_error({})); // never compiled to the end
    }
}

} // namespace detail

/// Makes a value of anything that a model may hold: of a model a dict, of a container a list, of a number a number.
///
/// Fields stand in their order, under their names. Dates, times, durations and enumerators become text, as in
/// `to_string`; optionals and pointers what they hold, or null; maps with textual keys a dict, other maps a list of
/// pairs; a variant what it holds.
/// @param from what to convert.
/// @return the value; it shares nothing with `from`.
/// @throws validation_error for what could not be read again: an enumerator without a name, a date that is none or has
///         no year from 0 to 9999 (a `year_month_day{}` is such), a long double that is no double; and for what is
///         nested more than 1,000 deep, such as a pointer that leads back to itself.
template <class T>
[[nodiscard]] value to_value(const T& from) {
    return detail::written_value(__builtin_addressof(from), &detail::write_field<T>, detail::model_name_of(from));
}

/// Makes a dict of a model, with an entry for each field: `dict{{"name", "Ada"}, {"age", 36}}`.
///
/// A field marked `extra_keys` adds its entries instead of itself.
/// @param model any described object, or a map with textual keys.
/// @return the dict; it shares nothing with the model.
/// @throws validation_error as `to_value` does, and for an extra key that is a field's name.
template <class Model>
[[nodiscard]] dict to_dict(const Model& model) {
    constexpr bool is_dict =
        !detail::model_name<Model>().empty() || detail::record_like<Model> || detail::keyed_map<Model>;
    static_assert(is_dict,
                  "lathe::to_dict: the type is not described; make it an aggregate, give it a public static consteval "
                  "auto fields() that returns lathe::fields<&T::a, &T::b>, or make a value of it with lathe::to_value");
    if constexpr (is_dict) {
        return detail::written_dict(
            __builtin_addressof(model), &detail::write_field<Model>, detail::model_name_of(model));
    } else {
        return {};
    }
}

/// Reads a value of any type that a model may hold.
/// @tparam T the type; the table of `read_options` says what each takes.
/// @param from the value.
/// @param options what is converted, and what is refused.
/// @return the result, or an issue for everything that is wrong.
template <class T>
[[nodiscard]] result<T, validation_error> try_from_value(const value& from, const read_options& options = {}) {
    return detail::read<T>(from, options);
}

/// Reads a value of any type that a model may hold.
/// @tparam T the type; the table of `read_options` says what each takes.
/// @param from the value.
/// @param options what is converted, and what is refused.
/// @return the result.
/// @throws validation_error with everything that is wrong.
template <class T>
[[nodiscard]] T from_value(const value& from, const read_options& options = {}) {
    return detail::read_or_throw<T>(from, options);
}

/// Makes a model of a dict, without throwing.
///
/// Keys are field names or aliases, in any order. A key may be missing if the value that then stays, the field's
/// default, obeys the rules; `required` forbids that. An unknown key is an issue, unless the options or a field
/// marked `extra_keys` say otherwise. Rules and invariants hold for the result.
/// @tparam Model any described type that is an aggregate or has a default constructor, or a map with textual keys.
/// @param from the dict.
/// @param options what is converted, and what is refused.
/// @return the model, or an issue for everything that is wrong: `legs[1].km`, the rule, the sentence, the value.
template <class Model>
[[nodiscard]] result<Model, validation_error> try_from_dict(const dict& from, const read_options& options = {}) {
    return detail::read<Model>(from, options);
}

/// Makes a model of a dict, as `try_from_dict` does.
/// @tparam Model any described type that is an aggregate or has a default constructor, or a map with textual keys.
/// @param from the dict.
/// @param options what is converted, and what is refused.
/// @return the model.
/// @throws validation_error with everything that is wrong.
template <class Model>
[[nodiscard]] Model from_dict(const dict& from, const read_options& options = {}) {
    return detail::read_or_throw<Model>(from, options);
}

} // namespace v0
} // namespace lathe

#endif // LATHE_MODEL_DICT_HPP
