// SPDX-License-Identifier: MIT
#ifndef LATHE_MODEL_CONVERT_HPP
#define LATHE_MODEL_CONVERT_HPP

/// @file
/// @brief Values from text that has no types, such as the cells of a CSV file.
/// @par Example
/// @snippet tests/model/convert.cpp example

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <lathe/core/result.hpp>
#include <lathe/model/detail/access.hpp>
#include <lathe/model/detail/read_member.hpp>
#include <lathe/model/validation_error.hpp>

namespace lathe {
inline namespace v0 {

/// Reads a value from text. This is the lax policy, for sources that have nothing but text:
///
/// | T                             | takes                                                                        |
/// |-------------------------------|------------------------------------------------------------------------------|
/// | std::string                   | any text, byte for byte                                                      |
/// | integers                      | decimal digits with an optional sign, in the range of T: no fraction         |
/// | floating-point numbers        | what std::from_chars takes, with an optional plus: 1.5, -2e9, inf, nan       |
/// | bool                          | true false, yes no, on off, t f, y n, 1 0, in any case                       |
/// | char                          | a single byte                                                                |
/// | enumerations                  | the name of an enumerator, letter for letter                                 |
/// | std::chrono::year_month_day   | YYYY-MM-DD, a day of the calendar                                            |
/// | points of std::chrono's system clock | YYYY-MM-DD, with Thh:mm, :ss, a fraction and Z if wanted; UTC         |
/// | durations of std::chrono      | a number with the unit of T: 250ms                                           |
/// | std::optional of one of these | an empty text for none, else as above                                        |
/// | std::variant of some of these | the first type that takes the text                                           |
/// | a property of one of these    | as above, and then its rules hold                                            |
/// | a type of yours               | what `bool read_text(std::string_view, T&)` in its namespace takes           |
///
/// Blanks around numbers, truth values and dates do not matter.
/// @tparam T one of the types above.
/// @param text what to read.
/// @return the value, or an error with one issue for each rule that it breaks.
template <class T>
[[nodiscard]] result<T, validation_error> from_text(std::string_view text) {
    constexpr bool readable = detail::readable_member<T>;
    static_assert(readable,
                  "lathe::from_text: a value of this type cannot be read from one text; give it a "
                  "function `bool read_text(std::string_view, T&)` in its namespace");
    std::vector<issue> issues;
    if constexpr (readable) {
        auto value = detail::access::blank<T>();
        if (detail::read_member(value, text, detail::path{}, issues)) {
            return result<T, validation_error>(std::in_place, std::move(value));
        }
    }
    return failure(validation_error(std::move(issues)));
}

} // namespace v0
} // namespace lathe

#endif // LATHE_MODEL_CONVERT_HPP
