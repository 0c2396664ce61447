// SPDX-License-Identifier: MIT
#ifndef LATHE_MODEL_READ_OPTIONS_HPP
#define LATHE_MODEL_READ_OPTIONS_HPP

/// @file
/// @brief How models are read from dictionaries and JSON.
/// @par Example
/// @ref examples/dict.cpp

#include <cstddef>
#include <string_view>

namespace lathe {
inline namespace v0 {

/// What becomes of a value that is not of a field's type.
enum class conversions : unsigned char {
    strict, ///< it is an issue; only numbers that arrive unchanged pass, such as 3 for a double
    lax,    ///< it is converted where the table of `read_options` says so
};

/// What becomes of a key that is no field, in a model without a member marked `extra_keys`.
enum class unknown_keys : unsigned char {
    refuse, ///< it is an issue
    ignore, ///< it is skipped
};

/// How models are read from dictionaries and JSON.
///
/// What each type takes:
///
/// | T                               | strict                                      | lax, besides                  |
/// |---------------------------------|---------------------------------------------|-------------------------------|
/// | bool                            | a truth value                               | 0, 1, text as for `from_text` |
/// | integers                        | a whole number in the range of T            | 3.0 for 3, text               |
/// | floating-point numbers          | a number that T holds exactly               | any number, rounded; text     |
/// | std::string                     | text                                        |                               |
/// | std::chrono types, enumerations | text as `from_text` takes it                |                               |
/// | types with `read_text`          | text that it takes                          |                               |
/// | containers of std::byte         | bytes; in JSON base64                       | base64                        |
/// | std::optional, owning pointers  | null, or what they hold                     |                               |
/// | models                          | a dict                                      |                               |
/// | maps                            | a dict; a list of pairs if keys are no text |                               |
/// | sets                            | a list without repetitions                  | a list                        |
/// | other containers                | a list                                      |                               |
/// | arrays, pairs, tuples           | a list of their size                        |                               |
/// | std::variant                    | what one of its types takes: see below      |                               |
/// | value, list, dict               | anything, a list, a dict                    |                               |
///
/// A variant becomes the first of its types that the value is of by its kind, else the first that takes it.
///
/// A float in JSON is read from its digits, rounded to the nearest as literals are; a huge integer for a floating-point
/// number too.
struct read_options {
    lathe::conversions conversions = lathe::conversions::strict;    ///< what may be converted
    lathe::unknown_keys unknown_keys = lathe::unknown_keys::refuse; ///< what becomes of keys that are no field
    std::size_t max_depth = 256;         ///< how deep lists and dicts may be nested; deeper ones end the reading
    std::size_t max_values = 10'000'000; ///< how many values there may be in all; more end the reading
    std::size_t max_issues = 100;        ///< so many issues end the reading; 0 is 1
    std::string_view place{}; ///< where the document comes from, such as a file's name; messages begin with it
};

} // namespace v0
} // namespace lathe

#endif // LATHE_MODEL_READ_OPTIONS_HPP
