// SPDX-License-Identifier: MIT
// Loops whose steps are done by several threads at a time: the caller's, and the workers of a scheduler.
#include <cmath>
#include <cstddef>
#include <stdexcept>
#include <vector>

#include <fmt/format.h>

#include <lathe/task.hpp>

//! [parallel]
void compute() {
    lathe::task_scheduler tasks; // as many workers as the machine has processors
    tasks.start();

    std::vector<double> roots(1'000'000);
    lathe::parallel_for(tasks, std::size_t{0}, roots.size(), [&](std::size_t i) { roots[i] = std::sqrt(i); });
    lathe::parallel_for(tasks, roots, [](double& root) { root *= 2; }); // a range, whose elements may be changed

    // The same to the last bit, however many workers there are.
    const double sum = lathe::parallel_reduce(tasks, roots, 0.0, [](double root) { return 1 / (1 + root); });
    fmt::print("{:.6f}\n", sum);
}
//! [parallel]

int main() {
    compute();

    // What a step throws comes out, of the first chunk that threw, when no thread is in the loop any more.
    lathe::task_scheduler tasks;
    try {
        lathe::parallel_for(tasks, 0, 1000, [](int i) {
            if (i >= 700) throw std::out_of_range("step 700 or later");
        });
    } catch (const std::out_of_range& error) {
        fmt::print("{}\n", error.what());
    }
}
