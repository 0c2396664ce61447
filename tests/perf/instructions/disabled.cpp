// SPDX-License-Identifier: MIT
// Pairs of functions, <what>_lathe and <what>_hand, for cmake/InstructionCount.cmake: it has this file compiled to
// assembly, and compares the instructions. Nothing here is ever run.
//
// Where LATHE_PERF is 0, a function with LATHE_SCOPE is the function without.
// expect(sum): same
// expect(branch): same
#define LATHE_PERF 0
#include <lathe/perf/monitor.hpp>

extern "C" {

long sum_lathe(const long* values, int count) {
    LATHE_SCOPE("sum");
    long sum = 0;
    for (int i = 0; i < count; ++i) {
        LATHE_SCOPE("add");
        sum += values[i];
    }
    return sum;
}
long sum_hand(const long* values, int count) {
    long sum = 0;
    for (int i = 0; i < count; ++i)
        sum += values[i];
    return sum;
}

int branch_lathe(int value) {
    if (value < 0) {
        LATHE_SCOPE("negative");
        return -value;
    }
    LATHE_SCOPE("positive");
    return value * 3;
}
int branch_hand(int value) {
    if (value < 0) return -value;
    return value * 3;
}

} // extern "C"
