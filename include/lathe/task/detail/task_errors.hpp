// SPDX-License-Identifier: MIT
#ifndef LATHE_TASK_DETAIL_TASK_ERRORS_HPP
#define LATHE_TASK_DETAIL_TASK_ERRORS_HPP

/// @file
/// @brief What schedulers say when something cannot be.

#include <algorithm>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <exception>
#include <optional>
#include <string>
#include <string_view>

#include <lathe/task/detail/task_cell.hpp>
#include <lathe/task/detail/task_record.hpp>
#include <lathe/task/error.hpp>

namespace lathe {
inline namespace v0 {
namespace detail {

[[nodiscard]] inline std::string quoted_id(std::string_view id) {
    if (id.empty()) return "a task without an id";
    std::string quoted("'");
    quoted += id;
    quoted += '\'';
    return quoted;
}
[[nodiscard]] inline std::string task_called(std::string_view id) {
    return id.empty() ? quoted_id(id) : "task " + quoted_id(id);
}

// ---- what has come of a task that has no value ----

template <class Error>
[[nodiscard]] std::exception_ptr error_of_task(std::string_view id, std::string_view what) noexcept {
    try {
        return std::make_exception_ptr(Error(task_called(id) + " " + std::string(what)));
    } catch (...) {
        return std::current_exception(); // there is no memory
    }
}
[[nodiscard]] inline std::exception_ptr cancelled_error(std::string_view id, std::string_view what) noexcept {
    return error_of_task<task_cancelled>(id, what);
}
// Of one that threw when it had been asked to stop; what it threw is nested in it.
[[nodiscard]] inline std::exception_ptr cancelled_while_it_ran(std::string_view id,
                                                               const std::exception_ptr& thrown) noexcept {
    try {
        try {
            std::rethrow_exception(thrown);
        } catch (...) {
            std::throw_with_nested(task_cancelled(task_called(id) + " was cancelled while it ran"));
        }
    } catch (...) {
        return std::current_exception();
    }
}
[[nodiscard]] inline std::exception_ptr dropped_task_error() noexcept {
    return cancelled_error({}, "was dropped: it was not run");
}
[[nodiscard]] inline std::exception_ptr unstarted_error(std::string_view id) noexcept {
    return error_of_task<task_timed_out>(id, "had not started at its deadline");
}
// As people write it: "0.05 s", "2 s".
[[nodiscard]] inline std::string seconds_text(std::chrono::nanoseconds time) {
    constexpr std::int64_t second = 1'000'000'000;
    const std::int64_t count = std::max<std::int64_t>(time.count(), 0);
    std::string fraction = std::to_string(second + count % second);
    fraction.erase(fraction.find_last_not_of('0') + 1);
    fraction[0] = '.';
    return std::to_string(count / second) + (fraction.size() > 1 ? fraction : "") + " s";
}
// Of one that has run: past its timeout, or past its deadline if there is none here.
[[nodiscard]] inline std::exception_ptr overdue_error(std::string_view id,
                                                      std::optional<std::chrono::nanoseconds> timeout) noexcept {
    try {
        return error_of_task<task_timed_out>(
            id, timeout ? "took longer than its timeout of " + seconds_text(*timeout) : "did not end by its deadline");
    } catch (...) {
        return std::current_exception(); // there is no memory
    }
}
[[nodiscard]] inline std::exception_ptr dependency_error(std::string_view id, task_cell& on) noexcept {
    try {
        const std::string_view other = on.is_record ? std::string_view(task_record::of(on).id) : std::string_view();
        const char* const what = on.outcome == task_status::failed      ? " failed"
                                 : on.outcome == task_status::timed_out ? " timed out"
                                                                        : " was cancelled";
        return std::make_exception_ptr(
            task_cancelled(task_called(id) + " was cancelled: it comes after " + quoted_id(other) + ", which" + what));
    } catch (...) {
        return std::current_exception();
    }
}

// ---- misuse ----

[[noreturn, gnu::noinline, gnu::cold]] inline void fail_for_full_queue(std::size_t capacity, bool rejects) {
    const std::string full = "lathe::task_scheduler: " + std::to_string(capacity) + " tasks are queued, its capacity";
    if (rejects) throw queue_full(full + "; wait for some of them, or choose another .when_full");
    throw queue_full(full + ", and nothing runs them, so there is no use in waiting for room; call start() or run()");
}
[[noreturn, gnu::noinline, gnu::cold]] inline void fail_for_taken_id(std::string_view id) {
    throw task_error("lathe::task_scheduler: " + task_called(id) +
                     " was added before; ids are free again after take_results()");
}
[[noreturn, gnu::noinline, gnu::cold]] inline void fail_for_unknown_id(std::string_view id) {
    throw task_error("lathe::task_scheduler::result: no task has the id '" + std::string(id) +
                     "'; none was added with it, or take_results() has taken what came of it");
}
[[noreturn, gnu::noinline, gnu::cold]] inline void fail_for_unknown_dependency(std::string_view id,
                                                                               std::string_view missing) {
    throw task_error("lathe::task_scheduler: " + task_called(id) + " comes after '" + std::string(missing) +
                     "', and no task has that id; add one, or take it out of .after");
}
[[noreturn, gnu::noinline, gnu::cold]] inline void fail_for_foreign_dependency(std::string_view id) {
    throw task_error("lathe::task_scheduler: " + task_called(id) +
                     " comes after a task of another scheduler; wait for that one's handle within the task");
}
[[noreturn, gnu::noinline, gnu::cold]] inline void fail_for_empty_dependency(std::string_view id) {
    throw task_error("lathe::task_scheduler: " + task_called(id) +
                     " comes after an empty id or handle; name a task, or leave it out");
}
[[noreturn, gnu::noinline, gnu::cold]] inline void fail_for_circle(std::string_view circle) {
    throw task_error("lathe::task_scheduler: these tasks wait for each other: " + std::string(circle) +
                     "; take one of them out of another's .after");
}
[[noreturn, gnu::noinline, gnu::cold]] inline void fail_to_wait_in_circle(const task_cell& cell) {
    const std::string_view id =
        cell.is_record ? std::string_view(static_cast<const task_record&>(cell).id) : std::string_view();
    throw task_error("lathe::task_handle: this task would wait for itself, by way of " + quoted_id(id));
}
[[noreturn, gnu::noinline, gnu::cold]] inline void fail_within_task(const char* member) {
    throw task_error(std::string("lathe::task_scheduler::") + member +
                     ": is called by a task of this scheduler, which it would wait for; a task may add tasks and wait "
                     "for their handles");
}
[[noreturn, gnu::noinline, gnu::cold]] inline void fail_to_run_twice(const char* member) {
    throw task_error(std::string("lathe::task_scheduler::") + member +
                     ": the tasks are being run already; wait for that, or stop() it");
}
[[noreturn, gnu::noinline, gnu::cold]] inline void fail_to_wait_for_nobody() {
    throw task_error("lathe::task_scheduler::wait: there are tasks and nothing runs them; call start() or run()");
}
[[noreturn, gnu::noinline, gnu::cold]] inline void fail_to_drain() {
    throw task_error("lathe::task_scheduler::drain: nothing runs the tasks; call start() or run()");
}
[[noreturn, gnu::noinline, gnu::cold]] inline void fail_while_draining(std::string_view id) {
    throw task_error("lathe::task_scheduler: " + task_called(id) +
                     " is added while drain() waits for the others; only tasks may add tasks then");
}
[[noreturn, gnu::noinline, gnu::cold]] inline void fail_to_repeat(std::string_view id) {
    throw task_error("lathe::task_scheduler: " + task_called(id) +
                     " cannot have retries or a period: its arguments cannot be passed again; take them by reference");
}
[[noreturn, gnu::noinline, gnu::cold]] inline void fail_for_closed_scheduler() {
    throw task_error("lathe::task_handle::then: the task's scheduler is gone; call the function with get()");
}
[[noreturn, gnu::noinline, gnu::cold]] inline void fail_for_options_of_many(const char* member, std::string_view id) {
    const std::string place = std::string("lathe::task_scheduler::") + member + ": ";
    if (id.empty()) throw task_error(place + "the tasks of a range cannot have a period; add each with its own");
    throw task_error(place + task_called(id) + " would be many tasks, and an id is that of one; leave it out");
}
[[noreturn, gnu::noinline, gnu::cold]] inline void fail_for_empty_handle() {
    throw task_error("lathe::task_handle: this handle is empty, it has no task; get one from add()");
}

} // namespace detail
} // namespace v0
} // namespace lathe

#endif // LATHE_TASK_DETAIL_TASK_ERRORS_HPP
