// SPDX-License-Identifier: MIT
#ifndef LATHE_MODEL_JSON_OPTIONS_HPP
#define LATHE_MODEL_JSON_OPTIONS_HPP

/// @file
/// @brief How JSON is written.
/// @par Example
/// @snippet tests/model/json_options.cpp example

#include <cstddef>

namespace lathe {
inline namespace v0 {

/// How JSON is written.
struct json_options {
    std::size_t indent = 0;          ///< how many blanks a level is indented by; 0: all on one line, without blanks
    bool aliases = true;             ///< whether a field with an alias is written under its first one
    bool non_finite_as_null = false; ///< whether nan and infinities, which JSON has not, become null; else they throw
};

} // namespace v0
} // namespace lathe

#endif // LATHE_MODEL_JSON_OPTIONS_HPP
