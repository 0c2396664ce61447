// SPDX-License-Identifier: MIT
#ifndef LATHE_MODEL_DETAIL_PATH_HPP
#define LATHE_MODEL_DETAIL_PATH_HPP

/// @file
/// @brief Where in a model a value stands: crew[2].age. A chain on the stack, made into text only for an issue.

#include <cstddef>
#include <string>
#include <string_view>

namespace lathe {
inline namespace v0 {
namespace detail {

struct path {
    const path* parent = nullptr;
    std::string_view name{}; // of a field, or empty for an element
    std::size_t index = 0;   // of an element

    void write(std::string& out) const {
        if (parent != nullptr) parent->write(out);
        if (!name.empty()) {
            if (!out.empty() && name.front() != '[') out += '.'; // of a map: ["key"]
            out += name;
        } else if (parent != nullptr) {
            out += '[';
            out += std::to_string(index);
            out += ']';
        }
    }
    [[nodiscard]] std::string text() const {
        std::string out;
        write(out);
        return out;
    }
};

} // namespace detail
} // namespace v0
} // namespace lathe

#endif // LATHE_MODEL_DETAIL_PATH_HPP
