// SPDX-License-Identifier: MIT
// Each LATHE_CASE_* must not compile, and must say why. Without one, all compiles.
#include <lathe/task/scheduler.hpp>

#include <string>

struct neither_copied_nor_moved {
    neither_copied_nor_moved() = default;
    neither_copied_nor_moved(const neither_copied_nor_moved&) = delete;
    neither_copied_nor_moved& operator=(const neither_copied_nor_moved&) = delete;
};

inline void control(lathe::task_scheduler& tasks) {
    const auto one = tasks.add([] { return neither_copied_nor_moved(); });
    [[maybe_unused]] const neither_copied_nor_moved& result = one.get();
    tasks.add([] { return 1; }).then([](const int&) {});
    tasks.add([] {}).then([] {});
}

// expect-error(then_of_something_else): lathe::task_handle<R>::then: f cannot be called with the value
#ifdef LATHE_CASE_then_of_something_else
inline void use(const lathe::task_handle<int>& handle) {
    handle.then([](const std::string&) {});
}
#endif

// The result belongs to all handles of the task.
// expect-error(then_changes_it): lathe::task_handle<R>::then: f cannot be called with the value
#ifdef LATHE_CASE_then_changes_it
inline void use(const lathe::task_handle<int>& handle) {
    handle.then([](int& n) { ++n; });
}
#endif

// expect-error(then_of_nothing): lathe::task_handle<R>::then: f cannot be called with the value
#ifdef LATHE_CASE_then_of_nothing
inline void use(const lathe::task_handle<void>& handle) {
    handle.then([](int) {});
}
#endif

// A reference would lead to what is gone with the handle.
// expect-error(get_of_what_goes): lathe::task_handle<R>::get: the result cannot be moved out of its task
#ifdef LATHE_CASE_get_of_what_goes
inline void use(lathe::task_scheduler& tasks) {
    static_cast<void>(tasks.add([] { return neither_copied_nor_moved(); }).get());
}
#endif
