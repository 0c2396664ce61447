// SPDX-License-Identifier: MIT
// The second file for "rules: rules that a header makes are one in every file" in rules.cpp.
#include "rules_in_a_header.hpp"

namespace lathe_test {

check even_rule_there() {
    return &decltype(described::even)::check;
}
check odd_rule_there() {
    return &decltype(described::odd)::check;
}
check divisor_rule_there() {
    return &decltype(described::divisor)::check;
}

} // namespace lathe_test
