// SPDX-License-Identifier: MIT
// Each LATHE_CASE_* must not compile, and must say why. Without one, all compiles.
#include <lathe/task/scheduler.hpp>

#include <memory>

inline int control(const lathe::task_scheduler& tasks) {
    const lathe::task_result result = tasks.result("id");
    return *result.value<std::unique_ptr<int>>() + tasks.result("id").value<int>();
}

// expect-error(value_of_what_goes): lathe::task_result::value<T>: the value cannot be copied out of a result that goes
#ifdef LATHE_CASE_value_of_what_goes
inline int use(const lathe::task_scheduler& tasks) {
    return *tasks.result("id").value<std::unique_ptr<int>>();
}
#endif
