// SPDX-License-Identifier: MIT
#ifndef LATHE_TASK_RESULT_HPP
#define LATHE_TASK_RESULT_HPP

/// @file
/// @brief What has come of a task, found by its id.
/// @par Example
/// @ref examples/task.cpp

#include <chrono>
#include <exception>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>

#include <lathe/core/type_name.hpp>
#include <lathe/task/detail/cell_owner.hpp>
#include <lathe/task/detail/task_cell.hpp>
#include <lathe/task/error.hpp>
#include <lathe/task/status.hpp>

namespace lathe {
inline namespace v0 {

/// What has come of a task, as it was when it was asked for. It shares the task's value, and may outlive the scheduler.
class task_result {
public:
    /// Its id.
    std::string id;
    /// What has become of it.
    task_status status = task_status::queued;
    /// What it threw; or why it has no value, if it was cancelled or timed out. Null otherwise.
    std::exception_ptr exception;
    /// How often it was tried, or how many turns it has had.
    unsigned attempts = 0;
    /// The number of the worker that ran it last.
    unsigned worker = 0;
    /// When it was added.
    std::chrono::steady_clock::time_point added{};
    /// When it first started; the clock's epoch if it did not. As `finished`, there once it is done.
    std::chrono::steady_clock::time_point started{};
    /// When it was done.
    std::chrono::steady_clock::time_point finished{};

    /// @tparam T what the task returns, without const; `T&` for a task that returns a reference.
    /// @return what it returned; lives as long as this result, or a copy of it, or a handle.
    /// @throws what the task threw, or task_cancelled, task_timed_out
    /// @throws task_error if it is not done, or returns something else than a T.
    template <class T>
    [[nodiscard]] std::add_lvalue_reference_t<std::add_const_t<T>> value() const& {
        check(detail::type_of_value<T>, type_name<T>);
        if constexpr (std::is_reference_v<T>) {
            return *m_task->template as<detail::stored_value<T>>();
        } else {
            return m_task->template as<detail::stored_value<T>>();
        }
    }
    /// Of a result that goes: a copy.
    template <class T>
    [[nodiscard]] T value() && {
        constexpr bool is_copied = std::is_reference_v<T> || std::is_copy_constructible_v<T>;
        static_assert(is_copied,
                      "lathe::task_result::value<T>: the value cannot be copied out of a result that goes; "
                      "keep the result in a variable, and call value() on that");
        if constexpr (is_copied) return static_cast<const task_result&>(*this).template value<T>();
    }

private:
    template <class Observer>
    friend class basic_task_scheduler;
    explicit task_result(detail::cell_owner task) : m_task(std::move(task)) {}

    void check(const void* type, std::string_view name) const;

    detail::cell_owner m_task;
};

// ---- implementation --------------------------------------------------------

inline void task_result::check(const void* type, std::string_view name) const {
    if (exception) std::rethrow_exception(exception);
    if (status != task_status::succeeded) {
        throw task_error("lathe::task_result::value: task '" + id + "' is not done yet; run() or wait() first");
    }
    if (m_task->kind->type != type) {
        throw task_error("lathe::task_result::value: task '" + id + "' does not return " + std::string(name) +
                         "; ask for exactly what its function returns");
    }
}

} // namespace v0
} // namespace lathe

#endif // LATHE_TASK_RESULT_HPP
