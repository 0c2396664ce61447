// SPDX-License-Identifier: MIT
// What the tests of reflection ask of a type: how many fields, which names, and in which order they are
// visited.
#ifndef LATHE_TESTS_MODEL_REFLECTED_HPP
#define LATHE_TESTS_MODEL_REFLECTED_HPP

#include <cstddef>
#include <string>
#include <string_view>

#include <lathe/model/reflect.hpp>

namespace lathe_test {

/// @return whether T is described and has exactly these fields, in this order.
template <class T, class... Names>
consteval bool has_fields(const Names&... names) {
    if (!lathe::described<T> || lathe::field_count<T> != sizeof...(Names)) return false;
    if (lathe::field_names<T>.size() != sizeof...(Names)) return false;
    std::size_t index = 0;
    return ((lathe::field_names<T>[index++] == std::string_view(names)) && ...);
}

/// @return the names that for_each_field calls its function with, "a b c"; with a complaint in between if a
/// value is not behind the one before it, or not in the object.
template <class T>
std::string visited(const T& object) {
    std::string names;
    const auto* const first = reinterpret_cast<const char*>(&object);
    const char* last = first;
    bool begun = false;
    lathe::for_each_field(object, [&](std::string_view name, const auto& value) {
        const auto* const here = reinterpret_cast<const char*>(&value);
        if (begun) names += ' ';
        if (begun ? here < last : here != first) names += "(out of order) ";
        if (here + sizeof value > first + sizeof object) names += "(outside of the object) ";
        names += name;
        begun = true;
        last = here;
    });
    return names;
}

} // namespace lathe_test

#endif // LATHE_TESTS_MODEL_REFLECTED_HPP
