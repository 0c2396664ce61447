// SPDX-License-Identifier: MIT
// Rules as users write them in headers; rules.cpp and rules_elsewhere.cpp both include it.
#ifndef LATHE_TESTS_MODEL_RULES_IN_A_HEADER_HPP
#define LATHE_TESTS_MODEL_RULES_IN_A_HEADER_HPP

#include <lathe/model/rules.hpp>

namespace lathe_test {

constexpr bool header_even(int value) {
    return value % 2 == 0;
}
inline constexpr auto header_odd = [](int value) {
    return value % 2 != 0;
};
struct header_divisor {
    int n;
    constexpr bool operator()(int value) const { return value % n == 0; }
};

// As a property has them: a class of the header with rules among its arguments.
template <auto... Rules>
struct holder {
    static bool check(int value) { return (lathe::detail::rule_holds<Rules>(value) && ...); }
};
struct described {
    holder<lathe::rule<"even", header_even>> even;
    holder<lathe::rule<"odd", header_odd>> odd;
    holder<header_divisor{3}> divisor;
};

using check = bool (*)(int);
inline check even_rule_here() {
    return &decltype(described::even)::check;
}
inline check odd_rule_here() {
    return &decltype(described::odd)::check;
}
inline check divisor_rule_here() {
    return &decltype(described::divisor)::check;
}

// The same, asked in another file.
check even_rule_there();
check odd_rule_there();
check divisor_rule_there();

} // namespace lathe_test

#endif // LATHE_TESTS_MODEL_RULES_IN_A_HEADER_HPP
