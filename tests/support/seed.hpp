// SPDX-License-Identifier: MIT
// Random tests: each run draws another seed, which a failed test shows; LATHE_SEED=<seed> replays that run.
#ifndef LATHE_TESTS_SUPPORT_SEED_HPP
#define LATHE_TESTS_SUPPORT_SEED_HPP

#include <cstdint>
#include <cstdlib>
#include <random>
#include <string>

namespace lathe_test {

inline std::uint64_t seed_of_run() {
    if (const char* const text = std::getenv("LATHE_SEED")) return std::stoull(text);
    return std::random_device{}();
}

} // namespace lathe_test

#endif // LATHE_TESTS_SUPPORT_SEED_HPP
