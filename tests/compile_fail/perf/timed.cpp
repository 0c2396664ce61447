// SPDX-License-Identifier: MIT
// Each LATHE_CASE_* must not compile, and must say why. Without one, all compiles.
#include <lathe/perf/timed.hpp>

#include <coroutine>
#include <memory>
#include <utility>

#include <lathe/perf/monitor.hpp>

static lathe::perf::monitor mon;

struct pinned {
    pinned() = default;
    pinned(const pinned&) = delete;
};
struct callable {
    int operator()(int n) const { return n; }
};
[[maybe_unused]] static auto owner = [p = std::make_unique<int>(1)](int n) {
    return *p + n;
};

[[maybe_unused]] static int good() {
    const auto by_reference = mon.time_it("reference", [](const pinned&) {});
    by_reference(pinned());
    const auto moved = mon.profile_memory("moved", std::move(owner));
    const auto generic = mon.time_it("generic", [](auto n) { return n; });
    return moved(1) + generic(2) + mon.time_it("callable", callable())(3);
}

// clang tells the way from the call in the program to each check.
// expect-error(not_callable): lathe::perf: f cannot be called; pass a function, a lambda
// max-lines(not_callable): clang 15
#ifdef LATHE_CASE_not_callable
auto bad = mon.time_it("number", 1);
#endif

// expect-error(no_call_operator): lathe::perf: f cannot be called; pass a function, a lambda
// max-lines(no_call_operator): clang 15
#ifdef LATHE_CASE_no_call_operator
auto bad = mon.profile_memory("pinned", std::pair(1, 2));
#endif

// expect-error(immovable_argument): lathe::perf: f takes an argument by value that can be neither moved nor copied
// max-lines(immovable_argument): clang 15
#ifdef LATHE_CASE_immovable_argument
auto bad = mon.time_it("pinned", [](pinned) {});
#endif

// expect-error(awaitable): lathe::perf: f returns an awaitable, so only the start of its work would be measured
// max-lines(awaitable): clang 15
#ifdef LATHE_CASE_awaitable
auto bad = mon.time_it("wait", [] { return std::suspend_always(); });
#endif

// expect-error(generic_awaitable): lathe::perf: f returns an awaitable, so only the start of its work would be measured
// max-lines(generic_awaitable): clang 15
#ifdef LATHE_CASE_generic_awaitable
auto wait = mon.profile_memory("wait", [](auto) { return std::suspend_always(); });
void call() {
    wait(1);
}
#endif
