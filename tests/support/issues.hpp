// SPDX-License-Identifier: MIT
#ifndef LATHE_TESTS_SUPPORT_ISSUES_HPP
#define LATHE_TESTS_SUPPORT_ISSUES_HPP

// What is wrong with a value, in a form that a failed test shows.
#include <string>
#include <vector>

#include <lathe/model/dict.hpp>

namespace lathe_test {

template <class T>
std::vector<lathe::issue> issues_of(const lathe::value& from, const lathe::read_options& options = {}) {
    auto read = lathe::try_from_value<T>(from, options);
    if (read) return {};
    return read.error().issues();
}
// "path | rule | message | value" of each, so that a failed test shows them.
inline std::string text_of(const std::vector<lathe::issue>& issues) {
    std::string text;
    for (const lathe::issue& one : issues)
        text += one.path + " | " + one.rule + " | " + one.message + " | " + one.value + '\n';
    return text;
}
// The only message, without its path; "taken" if there is none.
template <class T>
std::string said(const lathe::value& from, const lathe::read_options& options = {}) {
    const auto issues = issues_of<T>(from, options);
    if (issues.empty()) return "taken";
    return issues.size() == 1 ? issues[0].message : std::to_string(issues.size()) + " issues";
}

} // namespace lathe_test

#endif // LATHE_TESTS_SUPPORT_ISSUES_HPP
