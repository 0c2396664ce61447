// SPDX-License-Identifier: MIT
#ifndef LATHE_MODEL_DETAIL_READ_MEMBER_HPP
#define LATHE_MODEL_DETAIL_READ_MEMBER_HPP

/// @file
/// @brief A member of a model from text, with its rules.

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <lathe/model/detail/path.hpp>
#include <lathe/model/detail/read_text.hpp>
#include <lathe/model/detail/store.hpp>

namespace lathe {
inline namespace v0 {
namespace detail {

template <class Member>
concept readable_member = text_readable<typename rules_of<Member>::value_type>;

// Cold: few texts are wrong.
template <class T>
[[gnu::cold, gnu::noinline]] void
add_reading_issue(std::string_view text, reading outcome, const path& where, std::vector<issue>& issues) {
    if (without_blanks(text).empty()) {
        issues.push_back({where.text(), "required", "is missing", ""});
        return;
    }
    const auto [rule, failure] = reading_failure<T>(outcome);
    add_issue(issues, where.text(), rule, text, failure);
}

// If the text cannot be read or breaks a rule, issues are added and the member is as it was.
template <class Member>
    requires readable_member<Member>
bool read_member(Member& member, std::string_view text, const path& where, std::vector<issue>& issues) {
    using rules = rules_of<Member>;
    using value_type = typename rules::value_type;
    if constexpr (rules::takes_text_as_it_is) {
        // Checked before it is copied, into memory that the string has already.
        if (!rules::hold(text)) {
            rules::collect(text, where, issues);
            return false;
        }
        rules::held(member).assign(text.data(), text.size());
        return true;
    } else {
        value_type value{};
        if (const reading outcome = read_value(text, value); outcome != reading::done) {
            add_reading_issue<value_type>(text, outcome, where, issues);
            return false;
        }
        return store_checked(member, std::move(value), where, issues);
    }
}

} // namespace detail
} // namespace v0
} // namespace lathe

#endif // LATHE_MODEL_DETAIL_READ_MEMBER_HPP
