// SPDX-License-Identifier: MIT
// Each LATHE_CASE_* must not compile, and must say why. Without one, all compiles.
#include <lathe/core/fixed_string.hpp>

template <lathe::fixed_string Text>
struct tagged {};
[[maybe_unused]] static constexpr tagged<"north"> good;

// Only text that is known at compile time can be a template argument.
// expect-error(run_time): (call to consteval function|not usable in a constant|not a constant expression)
// max-lines(run_time): gcc 12 clang 25
#ifdef LATHE_CASE_run_time
char changeable[] = "abc";
auto text = lathe::fixed_string(changeable);
#endif

// expect-error(too_long): (no matching function|could not convert|no matching constructor)
// max-lines(too_long): gcc 16 clang 25
#ifdef LATHE_CASE_too_long
constexpr lathe::fixed_string<2> two("abc");
#endif
