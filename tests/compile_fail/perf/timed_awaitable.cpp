// SPDX-License-Identifier: MIT
// Each LATHE_CASE_* must not compile, and must say why. Without one, all compiles.
#include <lathe/perf/timed_awaitable.hpp>

#include <coroutine>

#include <lathe/perf/monitor.hpp>

static lathe::perf::monitor mon;

struct for_rvalues {
    std::suspend_never operator co_await() && { return {}; }
};

[[maybe_unused]] static void good() {
    static_cast<void>(mon.time_async("rvalue", for_rvalues()));
    static_cast<void>(mon.time_async("function", [](int) { return for_rvalues(); })(1));
    static_cast<void>(mon.time_async("generic", [](auto) { return for_rvalues(); })(1));
}

// clang tells the way from the call in the program to each check.
// expect-error(for_rvalues): lathe::perf::time_async: this can be awaited as an rvalue only; pass std::move of it
// max-lines(for_rvalues): clang 15
#ifdef LATHE_CASE_for_rvalues
for_rvalues kept;
auto bad = mon.time_async("kept", kept);
#endif

// expect-error(not_awaitable): lathe::perf::time_async: f returns nothing that can be awaited
// max-lines(not_awaitable): clang 20
#ifdef LATHE_CASE_not_awaitable
auto bad = mon.time_async("function", [] { return 1; });
#endif

// expect-error(generic): lathe::perf::time_async: f returns nothing that can be awaited
// max-lines(generic): clang 14
#ifdef LATHE_CASE_generic
auto function = mon.time_async("function", [](auto n) { return n; });
void call() {
    static_cast<void>(function(1));
}
#endif

// expect-error(not_callable): lathe::perf: f cannot be called; pass a function, a lambda
// max-lines(not_callable): clang 18
#ifdef LATHE_CASE_not_callable
auto bad = mon.time_async("number", 1);
#endif
