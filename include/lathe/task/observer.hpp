// SPDX-License-Identifier: MIT
#ifndef LATHE_TASK_OBSERVER_HPP
#define LATHE_TASK_OBSERVER_HPP

/// @file
/// @brief Who wants to know what becomes of tasks.
/// @par Example
/// @snippet tests/task/observer.cpp example

#include <exception>
#include <string_view>
#include <utility>

#include <lathe/task/priority.hpp>

namespace lathe {
inline namespace v0 {

/// Which task an observer is told about.
struct task_info {
    std::string_view id;        ///< its id, empty without; read during the call only
    lathe::priority priority{}; ///< as it was added
    unsigned attempt = 0;       ///< which one, from 1; 0 when it was added, or ended without having started
    unsigned worker = 0;        ///< whose thread runs it; 0 before it runs
};

/// Something that is told what becomes of each task.
///
/// @par Requires
/// `o.added(info)`, `o.started(info)`, `o.finished(info)` and `o.failed(info, exception)`, all noexcept. They are
/// called by many threads at a time, with no lock held.
/// @par Law
/// Of each task that was added, `started` is told at each attempt, and either `finished` or `failed` once: failed are
/// those whose last attempt threw, and those that were cancelled, dropped or timed out.
template <class T>
concept task_observer = requires(T& o, const task_info& info, const std::exception_ptr& exception) {
    requires noexcept(o.added(info));
    requires noexcept(o.started(info));
    requires noexcept(o.finished(info));
    requires noexcept(o.failed(info, exception));
};

} // namespace v0
} // namespace lathe

#endif // LATHE_TASK_OBSERVER_HPP
