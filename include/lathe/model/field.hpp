// SPDX-License-Identifier: MIT
#ifndef LATHE_MODEL_FIELD_HPP
#define LATHE_MODEL_FIELD_HPP

/// @file
/// @brief A property that knows its name.
/// @par Example
/// @ref examples/model.cpp

#include <lathe/core/fixed_string.hpp>
#include <lathe/model/property.hpp>

namespace lathe {
inline namespace v0 {

/// A property whose own messages name it: `p.age = 200` says "age: 200 is not in [0, 150]".
///
/// As an ordinary member of an aggregate a `property` learns its name from reflection, so messages about the whole
/// model name it anyway. A field pays where it is set on its own, and where there is no member to take a name from.
/// In an aggregate its name must be the member's name; `alias` is for other names.
/// @tparam Name the name; not empty.
/// @tparam T what it holds.
/// @tparam Rules as for property.
template <fixed_string Name, class T, auto... Rules>
using field = property<T, detail::label<Name>{}, Rules...>;

} // namespace v0
} // namespace lathe

#endif // LATHE_MODEL_FIELD_HPP
