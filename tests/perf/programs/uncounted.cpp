// SPDX-License-Identifier: MIT
// A program without the hooks: its operators are those of the standard library, and nothing is counted.
#include <lathe/perf/memory.hpp>

#include <cstdio>
#include <vector>

int main() {
    namespace perf = lathe::perf;
    const perf::memory_scope scope;
    const std::vector<int> values(1000, 7);
    const bool is_right = !perf::memory_is_counted() && scope.figures() == perf::memory_figures{} &&
                          perf::thread_memory() == perf::memory_figures{} && values.back() == 7;
    std::puts(is_right ? "nothing is counted" : "something is counted");
    return is_right ? 0 : 1;
}
