// SPDX-License-Identifier: MIT
#ifndef LATHE_MODEL_VALUE_TEXT_HPP
#define LATHE_MODEL_VALUE_TEXT_HPP

/// @file
/// @brief Values, lists and dicts in fmt::format.
/// @par Example
/// @snippet tests/model/value_text.cpp example

#include <lathe/model/text.hpp>
#include <lathe/model/value.hpp>

namespace lathe {
inline namespace v0 {
namespace detail {

class dynamic_formatter : public laid_out_text {
public:
    template <dynamic_value T, class Context>
    auto format(const T& from, Context& context) const -> decltype(context.out()) {
        return write(lathe::to_string(from), context);
    }
};

} // namespace detail
} // namespace v0
} // namespace lathe

/// @cond detail
// Full specialisations: <fmt/ranges.h> has partial ones, that lists and dicts meet too.
/// Formats a value as `lathe::to_string` writes it; fill, alignment and width as for strings.
template <>
struct fmt::formatter<lathe::value, char> : lathe::detail::dynamic_formatter {};

/// Formats a list as `lathe::to_string` writes it; fill, alignment and width as for strings.
template <>
struct fmt::formatter<lathe::list, char> : lathe::detail::dynamic_formatter {};

/// Formats a dict as `lathe::to_string` writes it; fill, alignment and width as for strings.
template <>
struct fmt::formatter<lathe::dict, char> : lathe::detail::dynamic_formatter {};
/// @endcond

#endif // LATHE_MODEL_VALUE_TEXT_HPP
