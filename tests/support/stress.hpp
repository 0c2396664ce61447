// SPDX-License-Identifier: MIT
// How long a stress test runs: lathe_test::rounds(n) scales n by the environment variable LATHE_STRESS
// (default 1; 0.1 for a quick look, 10 for a night), and by a fifth under a sanitizer.
#ifndef LATHE_TESTS_SUPPORT_STRESS_HPP
#define LATHE_TESTS_SUPPORT_STRESS_HPP

#include <algorithm>
#include <cstddef>
#include <cstdlib>

namespace lathe_test {

#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
inline constexpr bool under_sanitizer = true;
#elif defined(__has_feature)
#    if __has_feature(address_sanitizer) || __has_feature(thread_sanitizer)
inline constexpr bool under_sanitizer = true;
#    else
inline constexpr bool under_sanitizer = false;
#    endif
#else
inline constexpr bool under_sanitizer = false;
#endif

/// @return `normal`, scaled; at least 1.
inline std::size_t rounds(std::size_t normal) {
    double scale = under_sanitizer ? 0.2 : 1.0;
    if (const char* const text = std::getenv("LATHE_STRESS")) {
        const double wanted = std::strtod(text, nullptr);
        scale *= wanted > 0 ? wanted : 1.0;
    }
    return std::max<std::size_t>(1, static_cast<std::size_t>(static_cast<double>(normal) * scale));
}

} // namespace lathe_test

#endif // LATHE_TESTS_SUPPORT_STRESS_HPP
