// SPDX-License-Identifier: MIT
#ifndef LATHE_MODEL_READ_OPTIONS_HPP
#define LATHE_MODEL_READ_OPTIONS_HPP

/// @file
/// @brief How models are read from dictionaries and JSON.

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
/// | T                               | strict                                    | lax, besides                             |
/// |---------------------------------|-------------------------------------------|------------------------------------------|
/// | bool                            | a truth value                             | 0, 1, and text as `from_text` takes it   |
/// | integers                        | a whole number in the range of T          | 3.0 for 3, and text                      |
/// | floating-point numbers          | a number that T holds exactly             | any number, rounded, and text            |
/// | std::string                     | text                                      |                                          |
/// | std::chrono types, enumerations, types with `read_text` | text as `from_text` takes it |                               |
/// | containers of std::byte         | bytes; in JSON a text in base64           | a text in base64                         |
/// | std::optional, pointers that own| null, or what they hold                   |                                          |
/// | models                          | a dict                                    |                                          |
/// | maps                            | a dict; of keys that are no text, a list of pairs |                                  |
/// | sets                            | a list without repetitions                | a list                                   |
/// | other containers, arrays, tuples| a list, of the right size where that is fixed |                                      |
/// | std::variant                    | what one of its types takes: the first whose kind it is, else the first that takes it | |
/// | value, dict, list               | anything, a dict, a list                  |                                          |
///
/// A float in JSON is read from its digits, rounded to the nearest as literals are; a huge integer for a floating-point
/// number too.
struct read_options {
    lathe::conversions conversions = lathe::conversions::strict;  ///< what may be converted
    lathe::unknown_keys unknown_keys = lathe::unknown_keys::refuse; ///< what becomes of keys that are no field
    std::size_t max_depth = 256;         ///< how deep lists and dicts may be nested; deeper ones end the reading
    std::size_t max_values = 10'000'000; ///< how many values there may be in all; more end the reading
    std::size_t max_issues = 100;        ///< so many issues end the reading; 0 is 1
    std::string_view place{};            ///< where the document comes from, such as a file's name; messages begin with it
};

} // namespace v0
} // namespace lathe

#endif // LATHE_MODEL_READ_OPTIONS_HPP
