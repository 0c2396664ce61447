// SPDX-License-Identifier: MIT
// How long a stress test runs: lathe_test::rounds(n) scales n by the environment variable LATHE_STRESS
// (default 1; 0.1 for a quick look, 10 for a night). Nothing else makes it shorter.
#ifndef LATHE_TESTS_SUPPORT_STRESS_HPP
#define LATHE_TESTS_SUPPORT_STRESS_HPP

#include <algorithm>
#include <cstddef>
#include <cstdlib>

namespace lathe_test {

/// @return `normal`, scaled; at least 1.
inline std::size_t rounds(std::size_t normal) {
    double scale = 1.0;
    if (const char* const text = std::getenv("LATHE_STRESS")) {
        const double wanted = std::strtod(text, nullptr);
        scale = wanted > 0 ? wanted : 1.0;
    }
    return std::max<std::size_t>(1, static_cast<std::size_t>(static_cast<double>(normal) * scale));
}

} // namespace lathe_test

#endif // LATHE_TESTS_SUPPORT_STRESS_HPP
