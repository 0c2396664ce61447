// SPDX-License-Identifier: MIT
// Each LATHE_CASE_* must not compile, and must say why. Without one, all compiles.
#include <lathe/task/options.hpp>

lathe::scheduler_options control{.workers = 2, .on_worker_start = [](unsigned) {
                                 }};

// A hook is called with the number of its worker.
// expect-error(hook_of_something_else): lathe::callback<Args...>: what is given for this member of the options
#ifdef LATHE_CASE_hook_of_something_else
lathe::scheduler_options options{.on_worker_start = [](const char*) {
}};
#endif
