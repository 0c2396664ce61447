// SPDX-License-Identifier: MIT
// A program that cmake/InstructionCount.cmake runs under callgrind, which counts the instructions in one of the
// functions below: observers <lathe|hand>_<case> [tasks]. `lathe` has an observer, which does nothing, `hand` has none.
// Without callgrind it only sees that all tasks run.
#include <cstdint>
#include <exception>

#include <lathe/task/scheduler.hpp>

namespace {

struct silent {
    void added(const lathe::task_info&) noexcept {}
    void started(const lathe::task_info&) noexcept {}
    void finished(const lathe::task_info&) noexcept {}
    void failed(const lathe::task_info&, const std::exception_ptr&) noexcept {}
};
static_assert(lathe::task_observer<silent>);

constexpr std::uint64_t count = 1000;
std::uint64_t sum = 0;

template <class Scheduler>
void post_all(Scheduler& tasks) {
    for (std::uint64_t i = 0; i < count; ++i)
        tasks.post([i] { sum += i; });
}

template <class Scheduler>
void run_all(Scheduler& tasks) {
    tasks.run(lathe::sequential());
}

lathe::task_scheduler plain;
silent nobody;
lathe::basic_task_scheduler<silent> observed{{}, nobody};

} // namespace

// Not inlined, and visible, so that callgrind finds them by name.
extern "C" {

[[gnu::noinline]] void lathe_post() {
    post_all(observed);
}
[[gnu::noinline]] void hand_post() {
    post_all(plain);
}
[[gnu::noinline]] void lathe_run() {
    run_all(observed);
}
[[gnu::noinline]] void hand_run() {
    run_all(plain);
}

} // extern "C"

int main() {
    // First what is not counted: later tasks use the memory of earlier ones.
    post_all(observed);
    run_all(observed);
    post_all(plain);
    run_all(plain);
    lathe_post();
    lathe_run();
    hand_post();
    hand_run();
    return sum == 4 * count * (count - 1) / 2 ? 0 : 1;
}
