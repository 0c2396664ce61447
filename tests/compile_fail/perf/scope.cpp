// SPDX-License-Identifier: MIT
// Each LATHE_CASE_* must not compile. Without one, all compiles.
#include <lathe/perf/monitor.hpp>

void control(lathe::perf::monitor& mon) {
    const auto scope = mon.scope<"work">();
    LATHE_SCOPE("work");
}

// It would end where it begins.
// expect-error(ignored): nodiscard
#ifdef LATHE_CASE_ignored
#    pragma GCC diagnostic error "-Wunused-result"
void ignored(lathe::perf::monitor& mon) {
    mon.scope<"work">();
}
#endif

// It belongs to the block, and the thread, that made it.
// expect-error(moved): deleted
#ifdef LATHE_CASE_moved
lathe::perf::scope moved(lathe::perf::monitor& mon) {
    auto scope = mon.scope<"work">();
    return scope;
}
#endif

// A list of what a snapshot holds would be gone at the end of the line.
// expect-error(list_of_a_temporary): deleted
// expect-text(list_of_a_temporary): // lathe::perf::snapshot: name it first
#ifdef LATHE_CASE_list_of_a_temporary
std::size_t list_of_a_temporary(lathe::perf::monitor& mon) {
    return mon.snapshot().timers().size();
}
#endif

// The number would be taken for a null pointer.
// max-lines(metric_by_number): gcc 12 clang 13
// expect-error(metric_by_number): deleted
// expect-text(metric_by_number): // lathe::perf::snapshot: by number they stand in timers()
#ifdef LATHE_CASE_metric_by_number
std::uint64_t metric_by_number(const lathe::perf::snapshot& snap) {
    return snap[0].calls();
}
#endif
