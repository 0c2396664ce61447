// SPDX-License-Identifier: MIT
#ifndef LATHE_MODEL_ATTRIBUTES_HPP
#define LATHE_MODEL_ATTRIBUTES_HPP

/// @file
/// @brief Facts about a field that ride in its list of rules and check nothing: names, defaults, keys.
/// @par Example
/// @ref examples/args.cpp

#include <string_view>

#include <lathe/core/fixed_string.hpp>
#include <lathe/model/detail/literal.hpp>
#include <lathe/model/detail/rule_traits.hpp>

namespace lathe {
inline namespace v0 {

/// The type of `alias<Text>`.
/// @tparam Text the other name.
template <fixed_string Text>
struct alias_attribute : detail::attribute {
    static_assert(!Text.empty(),
                  "lathe::alias<Text>: Text is empty, and no key is; write the other name or drop the alias");
    static constexpr std::string_view alias_text = Text.view(); ///< the other name
};

/// Gives a field another name, for keys and column heads that are no identifiers: `alias<"Airport Name">`.
///
/// A field may have several; all are read, and the first is the one written where aliases are written.
/// @tparam Text the other name; not empty.
template <fixed_string Text>
inline constexpr alias_attribute<Text> alias{};

/// The type of `doc<Text>`.
/// @tparam Text the description.
template <fixed_string Text>
struct doc_attribute : detail::attribute {
    static constexpr std::string_view doc_text = Text.view(); ///< the description
};

/// Describes a field to readers of schemas and command lines.
/// @tparam Text the description, a phrase or a sentence.
template <fixed_string Text>
inline constexpr doc_attribute<Text> doc{};

/// The type of `required`.
struct required_attribute : detail::attribute {};

/// Makes a field one that cannot be left out, even when an empty value would obey its rules.
inline constexpr required_attribute required{};

/// The type of `defaults_to<Value>`.
/// @tparam Value the default.
template <detail::literal Value>
struct defaults_to_attribute : detail::attribute {
    /// @return the default: the number, enumerator or other constant, or a string_view that is valid for ever.
    [[nodiscard]] static constexpr auto value() noexcept { return Value.value(); }
};

/// Gives a field a default that its type knows: it is checked at compile time, and `reset()` goes back to it.
/// @tparam Value a number, a truth value, an enumerator, a string literal, or any object that can be a template
///         argument.
template <detail::literal Value>
inline constexpr defaults_to_attribute<Value> defaults_to{};

/// The type of `positional`.
struct positional_attribute : detail::attribute {};

/// Marks a field that a command line gives by its place and not by a flag: `lathe::positional`. Those of a model take
/// their arguments in the order in which they stand; a container takes all that are left. See `from_args`.
inline constexpr positional_attribute positional{};

namespace detail {

constexpr bool is_flag_letter(char c) noexcept {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
}
constexpr bool is_variable_name(std::string_view name) noexcept {
    return !name.empty() && name.find('=') == std::string_view::npos;
}

} // namespace detail

/// The type of `short_flag<Letter>`.
/// @tparam Letter the letter.
template <char Letter>
struct short_flag_attribute : detail::attribute {
    static_assert(detail::is_flag_letter(Letter),
                  "lathe::short_flag<Letter>: Letter must be a letter or a digit, as in -v; longer flags are made of "
                  "the field's name and its aliases");
    static constexpr char short_flag_letter = Letter; ///< the letter
};

/// Lets a command line give a field by a single letter beside its long flag: `short_flag<'w'>` for `-w 4`.
/// @tparam Letter an ASCII letter or a digit.
template <char Letter>
inline constexpr short_flag_attribute<Letter> short_flag{};

/// The type of `environment<Variable>`.
/// @tparam Variable the name of the variable.
template <fixed_string Variable>
struct environment_attribute : detail::attribute {
    static_assert(detail::is_variable_name(Variable.view()),
                  "lathe::environment<Variable>: Variable is empty or has a '=' in it, and no variable of an "
                  "environment is called so");
    static constexpr std::string_view environment_variable = Variable.view(); ///< the name of the variable
};

/// Names the environment variable that a field of a command line is read from when no flag gives it:
/// `environment<"STRIKES_WORKERS">`.
/// @tparam Variable the name of the variable.
template <fixed_string Variable>
inline constexpr environment_attribute<Variable> environment{};

/// The type of `extra_keys`.
struct extra_keys_attribute : detail::attribute {};

/// Marks the `dict` of a model that keeps the keys which are no field of it, so that nothing of a document is lost:
/// `lathe::property<lathe::dict, lathe::extra_keys> rest = {};`. They are written back beside the fields.
inline constexpr extra_keys_attribute extra_keys{};

/// The type of `primary_key`.
struct primary_key_attribute : detail::attribute {};

/// Marks a field that identifies its model in a table; several together make a key of several columns.
inline constexpr primary_key_attribute primary_key{};

/// The type of `generated_key`.
struct generated_key_attribute : detail::attribute {};

/// Marks the key that the database makes when a model is inserted.
inline constexpr generated_key_attribute generated_key{};

/// The type of `unique`.
struct unique_attribute : detail::attribute {};

/// Marks a field whose value no two rows of a table share.
inline constexpr unique_attribute unique{};

/// The type of `indexed`.
struct indexed_attribute : detail::attribute {};

/// Has a table keep an index of a field, so that rows are found by it without a scan.
inline constexpr indexed_attribute indexed{};

/// The type of `references<Model, Field>`.
/// @tparam Model the model that is referred to; may be incomplete.
/// @tparam Field the name of its field.
template <class Model, fixed_string Field>
struct references_attribute : detail::attribute {
    static_assert(!Field.empty(),
                  "lathe::references<Model, Field>: Field is empty; write the name of the key of Model");
    using model_type = Model;                                    ///< the model that is referred to
    static constexpr std::string_view field_name = Field.view(); ///< the name of its field
};

/// Marks a field that holds the key of another model.
/// @tparam Model the other model; may be incomplete here.
/// @tparam Field the name of the field of `Model` that is the key.
template <class Model, fixed_string Field>
inline constexpr references_attribute<Model, Field> references{};

} // namespace v0
} // namespace lathe

#endif // LATHE_MODEL_ATTRIBUTES_HPP
