// SPDX-License-Identifier: MIT
#ifndef LATHE_MODEL_VALIDATION_ERROR_HPP
#define LATHE_MODEL_VALIDATION_ERROR_HPP

/// @file
/// @brief What is wrong with a value, field by field.
/// @par Example
/// @ref examples/rules.cpp

#include <cstddef>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <lathe/core/error.hpp>

namespace lathe {
inline namespace v0 {

/// A place in a text; both count from 1, and 0 means that there is none.
struct text_position {
    std::size_t line = 0;   ///< the line
    std::size_t column = 0; ///< the byte within the line

    /// Equal when both are.
    friend constexpr bool operator==(const text_position&, const text_position&) = default;
};

/// One thing that is wrong with one field.
struct issue {
    std::string path;    ///< where: "age", "crew[2].age"; empty for a property that does not know its name
    std::string rule;    ///< the rule that is broken: "in_range"; "required", "type" and such for what is no rule
    std::string message; ///< the sentence: "200 is not in [0, 150]"
    std::string value;   ///< the value, as text: "200"; empty when there is none
    text_position position = {}; ///< where it stands in a text that was read, such as JSON

    /// Equal when all members are.
    friend bool operator==(const issue&, const issue&) = default;
};

namespace detail {

// "person.age: 200 is not in [0, 150]"; each part only where it is known.
inline void write_issue(std::string& out, std::string_view model, const issue& found) {
    out += model;
    if (!model.empty() && !found.path.empty() && found.path.front() != '[') out += '.';
    out += found.path;
    if (!model.empty() || !found.path.empty()) out += ": ";
    out += found.message;
}

// "trips.json:3:14: ", or without a name "line 3, column 14: ".
inline void write_place(std::string& out, std::string_view place, text_position position) {
    out += place;
    if (position.line != 0) {
        out += place.empty() ? "line " : ":";
        out += std::to_string(position.line);
        out += place.empty() ? ", column " : ":";
        out += std::to_string(position.column);
    }
    if (!place.empty() || position.line != 0) out += ": ";
}

inline std::string text_of(std::string_view place, std::string_view model, const std::vector<issue>& issues) {
    std::string text;
    for (const issue& found : issues) {
        if (!text.empty()) text += '\n';
        write_place(text, place, found.position);
        write_issue(text, model, found);
    }
    return text;
}

// Shared and never changed: an exception must not throw while it is copied, and vectors may. Counted by hand,
// since <memory> would cost more to include than all of the property header.
class shared_issues {
public:
    shared_issues(std::vector<issue> issues, std::string_view model)
        : m_state(new state{std::move(issues), std::string(model), 1}) {}
    shared_issues(const shared_issues& other) noexcept : m_state(other.m_state) {
        // Relaxed: whoever copies already has a reference, which keeps the state alive.
        __atomic_fetch_add(&m_state->references, 1, __ATOMIC_RELAXED);
    }
    shared_issues& operator=(const shared_issues& other) noexcept {
        shared_issues copy(other);
        std::swap(m_state, copy.m_state);
        return *this;
    }
    ~shared_issues() {
        // Release, so that what this owner read happens before the deletion; acquire, so that the last one sees it.
        if (__atomic_fetch_sub(&m_state->references, 1, __ATOMIC_ACQ_REL) == 1) delete m_state;
    }

    [[nodiscard]] const std::vector<issue>& issues() const noexcept { return m_state->issues; }
    [[nodiscard]] const std::string& model() const noexcept { return m_state->model; }

private:
    struct state {
        std::vector<issue> issues;
        std::string model;
        std::size_t references;
    };
    state* m_state;
};

} // namespace detail

/// Thrown when a value breaks the rules of a property, or values those of a model.
///
/// `what()` has a line for each issue: "person.age: 200 is not in [0, 150]". Whatever was to be changed
/// still holds its old value. Copying never throws.
class validation_error : public error {
public:
    /// @param issues all that is wrong; not empty.
    /// @param model the name of the model's type, where it is known.
    /// @param place where the values come from, such as "strikes.csv:17"; each line of the text begins with it.
    explicit validation_error(std::vector<issue> issues, std::string_view model = {}, std::string_view place = {})
        : error(detail::text_of(place, model, issues)), m_shared(std::move(issues), model) {}

    /// @return everything that was found wrong, in the order in which it was found; never empty.
    [[nodiscard]] const std::vector<issue>& issues() const noexcept { return m_shared.issues(); }

    /// @return the name of the model's type; empty when a property was set that belongs to no known model.
    [[nodiscard]] std::string_view model() const noexcept { return m_shared.model(); }

private:
    detail::shared_issues m_shared;
};

} // namespace v0
} // namespace lathe

#endif // LATHE_MODEL_VALIDATION_ERROR_HPP
