// SPDX-License-Identifier: MIT
#ifndef LATHE_TASK_HANDLE_HPP
#define LATHE_TASK_HANDLE_HPP

/// @file
/// @brief A task that was added, and what will come of it.
/// @par Example
/// @ref examples/task.cpp

#include <chrono>
#include <exception>
#include <functional>
#include <type_traits>
#include <utility>

#include <lathe/task/detail/cell_owner.hpp>
#include <lathe/task/detail/engine_service.hpp>
#include <lathe/task/detail/task_call.hpp>
#include <lathe/task/detail/task_record.hpp>
#include <lathe/task/error.hpp>
#include <lathe/task/options.hpp>
#include <lathe/task/status.hpp>

namespace lathe {
inline namespace v0 {

/// A task that was added to a scheduler: waits for it, gives its value, cancels it.
///
/// Handles are copied at the price of an atomic increment, and share the value. A task runs whether or not anyone has a
/// handle. Handles may outlive the scheduler; those of tasks without an id keep the memory of its queues as long.
///
/// Waiting in a task of the same scheduler blocks no worker: a task that has not started is run in the waiting one's
/// place, as deep as the stack allows, and otherwise another thread takes the worker's place for as long. Waiting while
/// nothing runs the scheduler's tasks runs that one, and whatever it depends on, in the calling thread.
/// @tparam R what the task returns; may be void or a reference, and need not be movable.
/// @par Thread safety
/// Different handles to one task may be used by different threads at a time.
/// @par Example
/// @ref examples/task.cpp
template <class R>
class task_handle {
public:
    /// What get() gives: a reference to the value, which lives as long as any handle to the task.
    using reference = std::conditional_t<std::is_void_v<R>, void, std::add_lvalue_reference_t<std::add_const_t<R>>>;

    /// No task.
    task_handle() = default;

    /// Waits until the task is done, and gives its value; as often as one likes.
    /// @throws what the task threw; task_cancelled, task_timed_out
    /// @throws task_error if the handle is empty, or if this is called by a task that the other one waits for.
    reference get() const& {
        wait_for_value();
        if constexpr (std::is_reference_v<R>) {
            return *m_task->template as<detail::stored_value<R>>();
        } else if constexpr (!std::is_void_v<R>) {
            return m_task->template as<detail::stored_value<R>>();
        }
    }
    /// The same of a handle that goes: the value, copied; moved, if it cannot be copied. A value that cannot be moved
    /// either needs a handle that stays.
    R get() && {
        constexpr bool can_go = std::is_void_v<R> || std::is_reference_v<R> || std::is_move_constructible_v<R>;
        static_assert(can_go,
                      "lathe::task_handle<R>::get: the result cannot be moved out of its task; call get() on a handle "
                      "that has a name");
        wait_for_value();
        if constexpr (std::is_reference_v<R>) {
            return *m_task->template as<detail::stored_value<R>>();
        } else if constexpr (std::is_copy_constructible_v<R>) {
            return std::as_const(m_task->template as<detail::stored_value<R>>());
        } else if constexpr (can_go && !std::is_void_v<R>) {
            return std::move(m_task->template as<detail::stored_value<R>>());
        }
    }

    /// Waits until the task is done, whatever has come of it.
    /// @throws task_error as get() does.
    void wait() const { engine_of_task().wait_for(*m_task); }
    /// Waits until the task is done, at most for a time. Does not run it itself: if nothing else does, it waits in
    /// vain.
    /// @return whether it is done.
    template <class Rep, class Period>
    [[nodiscard]] bool wait_for(const std::chrono::duration<Rep, Period>& time) const {
        using clock = detail::task_clock;
        constexpr auto longest = std::chrono::duration_cast<std::chrono::hours>(clock::duration::max());
        const clock::duration wait = time > longest ? clock::duration::max() : std::chrono::ceil<clock::duration>(time);
        return engine_of_task().wait_until(*m_task, detail::later(clock::now(), wait));
    }

    /// @return whether the task is done, whatever has come of it. Then get() does not wait.
    [[nodiscard]] bool is_done() const noexcept { return m_task && m_task->is_done(); }
    /// @return what has become of it now; `queued` for an empty handle.
    [[nodiscard]] task_status status() const noexcept {
        if (is_done()) return m_task->outcome;
        constexpr auto claimed = detail::cell_state::claimed;
        const bool runs = m_task && (m_task->state.load(std::memory_order_relaxed) & claimed) != 0;
        return runs ? task_status::running : task_status::queued;
    }
    /// @return what the task threw, or why it has no value; null if it has one, or is not done.
    [[nodiscard]] std::exception_ptr exception() const noexcept {
        return is_done() && m_task->content == detail::cell_content::exception ? m_task->exception() : nullptr;
    }

    /// Sees to it that the task does not start; if it runs, asks its stop_token to stop.
    /// @return whether it will never run, or be tried again. Otherwise it is done, or it runs: then it is `cancelled`
    /// if it throws, and what it returns counts if it returns.
    bool cancel() const noexcept { return m_task && !is_done() && m_task->engine->cancel(*m_task); }

    /// Adds a task that is called with this one's value, once that is there: as `f(value)`, or `f()` if it is void.
    /// @param f is copied or moved, and called with a `const R&`.
    /// @return its handle. If this task has no value, f is not called, and get() throws what it throws here.
    /// @throws task_error if the handle is empty or its scheduler is gone.
    template <class F>
    auto then(F&& f) const;

    /// @return whether there is a task.
    [[nodiscard]] explicit operator bool() const noexcept { return static_cast<bool>(m_task); }
    /// Two handles are equal if they are of one task.
    friend bool operator==(const task_handle&, const task_handle&) = default;

private:
    template <class Observer>
    friend class basic_task_scheduler;
    template <class Other>
    friend class task_handle;
    friend class dependency;
    explicit task_handle(detail::task_cell& owned) noexcept : m_task(owned) {}

    [[nodiscard]] const detail::cell_owner& owner() const noexcept { return m_task; }
    [[nodiscard]] detail::task_engine& engine_of_task() const {
        if (!m_task) detail::fail_for_empty_handle();
        return *m_task->engine;
    }
    void wait_for_value() const {
        engine_of_task().wait_for(*m_task);
        if (m_task->content == detail::cell_content::exception) std::rethrow_exception(m_task->exception());
    }

    detail::cell_owner m_task;
};

// ---- implementation --------------------------------------------------------

template <class R>
template <class F>
auto task_handle<R>::then(F&& f) const {
    constexpr bool is_called = [] {
        if constexpr (std::is_void_v<R>) {
            return std::is_invocable_v<std::decay_t<F>&>;
        } else {
            return std::is_invocable_v<std::decay_t<F>&, reference>;
        }
    }();
    static_assert(
        is_called,
        "lathe::task_handle<R>::then: f cannot be called with the value; let it take a const R&, or nothing if "
        "R is void");
    if constexpr (is_called) {
        auto call = [before = *this, next_one = std::decay_t<F>(std::forward<F>(f))]() mutable -> decltype(auto) {
            if constexpr (std::is_void_v<R>) {
                before.get();
                return std::invoke(next_one);
            } else {
                return std::invoke(next_one, std::as_const(before).get());
            }
        };
        detail::task_engine& engine = engine_of_task();
        if (engine.is_closing()) detail::fail_for_closed_scheduler();
        using bound = detail::bound_call<decltype(call)>;
        auto& record = detail::make_record<bound>(engine, std::move(call));
        task_handle<typename bound::result> handle(record);
        record.extras = new detail::record_extras;
        record.extras->runs_after_failure = true;
        task_options options;
        options.after.emplace_back(*this);
        record.level = m_task->level;
        engine.add_record(record, options);
        return handle;
    }
}

} // namespace v0
} // namespace lathe

#endif // LATHE_TASK_HANDLE_HPP
