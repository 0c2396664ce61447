// SPDX-License-Identifier: MIT
// Each LATHE_CASE_* must not compile, and must say why. Without one, all compiles.
#include <lathe/model/rules.hpp>

constexpr bool is_even(int value) {
    return value % 2 == 0;
}
static_assert(lathe::rule<"even", is_even>.check(2));

// expect-error(nameless_rule): lathe::rule<Name, Predicate>: Name is empty, and messages need one; write a word such as
#ifdef LATHE_CASE_nameless_rule
auto nameless = lathe::rule<"", is_even>;
#endif
