// SPDX-License-Identifier: MIT
// Each LATHE_CASE_* must not compile. Without one, all compiles.
#include <lathe/task/options.hpp>

lathe::scheduler_options control{.workers = 2, .on_worker_start = [](unsigned) {
                                 }};

// A hook is called with the number of its worker. Clang lists the constructors.
// max-lines(hook_of_something_else): gcc 12 clang 24
// expect-error(hook_of_something_else): conver
#ifdef LATHE_CASE_hook_of_something_else
lathe::scheduler_options options{.on_worker_start = [](const char*) {
}};
#endif
