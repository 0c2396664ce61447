// SPDX-License-Identifier: MIT
#ifndef LATHE_TASK_OPTIONS_HPP
#define LATHE_TASK_OPTIONS_HPP

/// @file
/// @brief What can be said of a task and of a scheduler.
/// @par Example
/// @ref examples/task.cpp

#include <chrono>
#include <concepts>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <stop_token>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

#include <lathe/core/detail/callback.hpp>
#include <lathe/task/detail/cell_owner.hpp>
#include <lathe/task/priority.hpp>

namespace lathe {
inline namespace v0 {

template <class R>
class task_handle;

/// How long a task that failed waits before it is tried again: longer each time, and never all tasks at once.
///
/// Before the k-th retry it waits d = min(most, first * factor^(k-1)), less a random share of d, at most `jitter` of
/// it. See M. Brooker, "Exponential Backoff And Jitter", AWS Architecture Blog, 2015.
struct retry_backoff {
    std::chrono::nanoseconds first = std::chrono::milliseconds{10}; ///< before the first retry
    double factor = 2;                                              ///< how much longer each time
    std::chrono::nanoseconds most = std::chrono::seconds{10};       ///< the longest
    double jitter = 0.5;                                            ///< from 0, none, to 1
};

/// A task that another one depends on: its id, or a handle to it.
class dependency {
public:
    /// By id; the task may be added later.
    template <class Text>
        requires std::convertible_to<const Text&, std::string_view>
    dependency(const Text& id) // NOLINT(google-explicit-constructor)
        : m_id(std::string_view(id)) {}
    /// By handle, of any scheduler.
    template <class R>
    dependency(const task_handle<R>& handle) // NOLINT(google-explicit-constructor)
        : m_task(handle.owner()) {}

    /// @return the id; empty for one by handle.
    [[nodiscard]] const std::string& id() const noexcept { return m_id; }
    /// @private
    [[nodiscard]] const detail::cell_owner& task() const noexcept { return m_task; }

private:
    std::string m_id;
    detail::cell_owner m_task;
};

/// What can be said of a task when it is added; written in braces, `{.id = "sum", .retries = 3}`.
///
/// Durations may be of any unit. They count from the moment at which the task is added, unless said otherwise.
/// @par Example
/// @ref examples/task.cpp
struct task_options {
    /// By which the result is found. No two tasks of a scheduler have the same id, until `take_results()`.
    std::string id{};
    /// Higher ones run first.
    lathe::priority priority = lathe::priority::normal;
    /// How often it is tried again after it threw or timed out. Its arguments are copied for each attempt then.
    unsigned retries = 0;
    /// It has to end by then: later it does not start, and if it still runs, its stop_token is asked to stop, and it
    /// has timed out whatever it returns.
    std::optional<std::chrono::nanoseconds> deadline{};
    /// How long an attempt may take. Then its stop_token is asked to stop, and the attempt has timed out, whatever it
    /// returns. No thread is ever killed: a task that does not look at its stop_token runs on.
    std::optional<std::chrono::nanoseconds> timeout{};
    /// It does not start before.
    std::optional<std::chrono::nanoseconds> delay{};
    /// It runs again and again, so long after it was due the last time; turns that it misses are left out. It ends when
    /// it throws and has no retries left, when it is cancelled, and when the run or the service ends: then it has
    /// succeeded, with its last value. Nobody waits for it meanwhile but those who have its handle.
    std::optional<std::chrono::nanoseconds> period{};
    /// It starts when all of these have succeeded. If one does not, this one is cancelled.
    std::vector<dependency> after{};
    /// How long it waits between retries.
    retry_backoff backoff{};
    /// Cancels it, like the handle's cancel(): whoever requests the stop.
    std::stop_token stop{};
};

/// What happens to a task that is added while as many as the scheduler's capacity are queued.
enum class overflow_policy : std::uint8_t {
    block,      ///< who adds it waits for room; a task that adds one never waits
    reject,     ///< `queue_full` is thrown, and nothing is added
    drop_lowest ///< the last one of the least urgent is cancelled: a queued one, or the new one if none is less urgent
};

/// Any callable `f(unsigned)` that is told the number of a worker, by all workers at a time; also one that cannot be
/// copied. Empty unless given.
using worker_hook = detail::callback<unsigned>;

/// What can be said of a scheduler; written in braces, `task_scheduler tasks{{.workers = 4}}`.
/// @par Example
/// @ref examples/task.cpp
struct scheduler_options {
    /// How many tasks run at a time, unless `run` says otherwise; 0: as many as the machine has processors.
    unsigned workers = 0;
    /// How many tasks may be queued that could run at once; 0: not bounded. Those that wait for a moment or for another
    /// task do not count.
    std::size_t capacity = 0;
    /// What happens to the next one then.
    overflow_policy when_full = overflow_policy::block;
    /// A task that has been ready for this long goes before all others. Without it, less urgent tasks wait as long as
    /// there are more urgent ones. (It goes between half of this and all of it, along with up to 30 tasks that were
    /// added after it at its level.)
    std::optional<std::chrono::nanoseconds> aging{};
    /// What threads are called: lathe-0, lathe-1, ... The system may keep 15 characters of it.
    std::string worker_name = "lathe";
    /// Called first in each worker's thread, with the worker's number. What it throws ends the program.
    worker_hook on_worker_start{};
};

} // namespace v0
} // namespace lathe

#endif // LATHE_TASK_OPTIONS_HPP
