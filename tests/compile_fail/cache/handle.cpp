// SPDX-License-Identifier: MIT
// Each LATHE_CASE_* must not compile, and must say why. Without one, all compiles.
#include <lathe/cache/handle.hpp>

lathe::cache_handle<int> control;

// expect-error(no_header): lathe::cache_handle::to_shared: include <lathe/cache/to_shared.hpp>
#ifdef LATHE_CASE_no_header
auto shared = lathe::cache_handle<int>().to_shared();
#endif

// Clang lists the constructors.
// max-lines(no_const_away): gcc 12 clang 32
// expect-error(no_const_away): conver
#ifdef LATHE_CASE_no_const_away
lathe::cache_handle<int> mine = lathe::cache_handle<const int>();
#endif
