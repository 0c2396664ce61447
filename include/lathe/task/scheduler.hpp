// SPDX-License-Identifier: MIT
#ifndef LATHE_TASK_SCHEDULER_HPP
#define LATHE_TASK_SCHEDULER_HPP

/// @file
/// @brief Tasks by priority, on as many threads as one likes.
/// @par Example
/// @ref examples/task.cpp

#include <concepts>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

#include <lathe/core/concepts.hpp>
#include <lathe/task/detail/engine_service.hpp>
#include <lathe/task/detail/iteration.hpp>
#include <lathe/task/detail/post_batch.hpp>
#include <lathe/task/detail/task_call.hpp>
#include <lathe/task/detail/task_checks.hpp>
#include <lathe/task/detail/task_observation.hpp>
#include <lathe/task/detail/task_record.hpp>
#include <lathe/task/error.hpp>
#include <lathe/task/handle.hpp>
#include <lathe/task/observer.hpp>
#include <lathe/task/options.hpp>
#include <lathe/task/progress.hpp>
#include <lathe/task/result.hpp>
#include <lathe/task/strategy.hpp>

namespace lathe {
inline namespace v0 {

/// Runs tasks, the most urgent first, and those that are equally urgent in the order in which they were added.
///
/// Tasks are added at any time, also by tasks, and run by `run()` until none is left, or by `start()` for as long as
/// the program likes. Whatever a task throws ends that task only.
///
/// The order is exact with one worker. With W of them, a task starts at most W - 1 places too early. What tasks add at
/// one priority is kept in order in a queue of their worker, if nothing as urgent is queued, from which other workers
/// take the oldest: among several workers, the order of such tasks relative to each other is not exact.
///
/// A task that is posted takes 33 bytes while it is queued, if its callable fits in 24 bytes, moves without throwing
/// and is aligned to 8; others are on the heap. The memory of the longest queue is kept until the scheduler goes.
/// @tparam Observer is told what becomes of tasks: a `task_observer`, or an `observer` of core.
/// @par Thread safety
/// All members may be called by all threads at a time, but constructor and destructor. Callables are moved under a lock
/// if their moves do not throw: a move must not use the scheduler.
/// @par Complexity
/// O(1) for adding and taking a task.
template <class Observer = null_observer>
class basic_task_scheduler {
    static_assert(
        detail::is_observer_of_tasks<Observer>,
        "lathe::basic_task_scheduler<Observer>: Observer has neither added(), started(), finished() and "
        "failed(), all noexcept, nor observe(name); see task_observer, and observer in lathe/core/concepts.hpp");

public:
    /// No task yet, and no thread.
    /// @param options such as `{.workers = 4}`.
    /// @throws std::bad_alloc
    explicit basic_task_scheduler(scheduler_options options = {})
        requires(std::same_as<Observer, null_observer>)
        : m_engine(new detail::task_engine(std::move(options), {})) {}
    /// Does not compile: a number alone does not say what it is.
    template <std::integral Number>
    explicit basic_task_scheduler(Number) = delete; // lathe::task_scheduler: say what the number is: {{.workers = 4}}
    /// As above, with an observer.
    /// @param options as above.
    /// @param observer outlives the scheduler and all handles of tasks that are not done.
    basic_task_scheduler(scheduler_options options, Observer& observer)
        : m_engine(new detail::task_engine(std::move(options), detail::hooks_of(&observer))) {}
    basic_task_scheduler(const basic_task_scheduler&) = delete;
    basic_task_scheduler& operator=(const basic_task_scheduler&) = delete;
    /// Asks tasks that run to stop, waits for them, and cancels those that are queued: their handles say so. No other
    /// thread uses the scheduler any more; handles may be used all the while, and after that.
    ~basic_task_scheduler() { m_engine->close(); }

    // ---- adding tasks ----

    /// Adds a task: `f(args...)`, called later by a worker.
    /// @param f any callable; is copied or moved, as args are. If it takes a `std::stop_token` first, it gets one that
    /// is asked to stop when the task is cancelled.
    /// @param args moved to f when it is called; std::ref passes a reference.
    /// @return a handle, through which one may wait for the task; or may not, as one likes.
    /// @throws what copies of f and args throw; queue_full; std::bad_alloc. Nothing has changed then.
    template <class F, class... Args>
        requires detail::not_options<F>
    auto add(F&& f, Args&&... args) {
        return add_with(priority::normal, std::forward<F>(f), std::forward<Args>(args)...);
    }
    /// Adds a task whose result can be found by an id.
    /// @throws task_error if there is a task with that id, whose result was not taken.
    template <class Id, class F, class... Args>
        requires(std::convertible_to<Id, std::string_view>)
    auto add(Id&& id, F&& f, Args&&... args) {
        task_options options;
        options.id = std::string_view(id);
        return add(std::move(options), std::forward<F>(f), std::forward<Args>(args)...);
    }
    /// Adds a task with options.
    /// @throws task_error if an option cannot be, such as an id that is taken.
    template <class F, class... Args>
    auto add(task_options options, F&& f, Args&&... args);

    /// Does not compile: the options come first.
    template <class F>
        requires detail::not_options<F>
    void add(const F& /*f*/, const task_options& /*options*/) {
        detail::check_task<detail::task_terms<F, task_options>>();
    }

    /// Adds a task without a handle: the leanest form. What it throws is counted, and told to the observer.
    template <class F, class... Args>
        requires detail::not_options<F>
    void post(F&& f, Args&&... args) {
        post_with(priority::normal, std::forward<F>(f), std::forward<Args>(args)...);
    }
    /// Does not compile: the options come first.
    template <class F>
        requires detail::not_options<F>
    void post(const F& /*f*/, const task_options& /*options*/) {
        detail::check_task<detail::task_terms<F, task_options>>();
    }
    /// The same as add: there is a result.
    template <class Id, class F, class... Args>
        requires(std::convertible_to<Id, std::string_view>)
    void post(Id&& id, F&& f, Args&&... args) {
        static_cast<void>(add(std::forward<Id>(id), std::forward<F>(f), std::forward<Args>(args)...));
    }
    /// Adds a task with options; with a priority only, it is as lean as without.
    template <class F, class... Args>
    void post(task_options options, F&& f, Args&&... args);

    /// Adds a task `f(element)` for each element of a range, of copies of f and the element.
    /// @return their handles, in the order of the range.
    /// @throws as add, at any element; those before it have been added.
    template <detail::traversable Range, class F>
    auto add_range(Range&& range, F f) {
        return add_range(task_options{}, std::forward<Range>(range), std::move(f));
    }
    /// Adds all callables of a range.
    template <detail::traversable Range>
    auto add_range(Range&& range) {
        return add_range(task_options{}, std::forward<Range>(range));
    }
    /// As above, each with these options.
    /// @throws task_error if the options have an id, which would be that of all, or a period.
    template <detail::traversable Range, class F>
    auto add_range(const task_options& options, Range&& range, F f);
    /// As above.
    template <detail::traversable Range>
    auto add_range(const task_options& options, Range&& range);
    /// As add_range, without handles: the leanest way to add many.
    template <detail::traversable Range, class F>
    void post_range(Range&& range, F f) {
        post_range(task_options{}, std::forward<Range>(range), std::move(f));
    }
    /// Posts all callables of a range.
    template <detail::traversable Range>
    void post_range(Range&& range) {
        post_range(task_options{}, std::forward<Range>(range));
    }
    /// As above, each with these options.
    template <detail::traversable Range, class F>
    void post_range(const task_options& options, Range&& range, F f);
    /// As above.
    template <detail::traversable Range>
    void post_range(const task_options& options, Range&& range);

    // ---- running them ----

    /// Runs tasks until none is left, also those that are added meanwhile.
    /// @param how on how many threads; without it, on as many as the options say.
    /// @throws task_error if tasks wait for each other in a circle, or for an id that nobody has added: before anything
    /// starts, or at the end if such tasks came meanwhile; they stay. Also if the tasks are being run already, and if
    /// it is called by one of them.
    /// @throws std::system_error if there cannot be a thread; tasks that have not run stay.
    void run(threaded how = {}) { m_engine->run_threaded(how.workers == 0 ? workers() : how.workers); }
    /// Runs tasks one after the other in this thread, until none is left.
    void run(sequential /*how*/) { m_engine->run_sequential(); }
    /// Does not compile: a number alone does not say what it is.
    template <std::integral Number>
    void run(Number) = delete; // lathe::task_scheduler: say what the number is: run(lathe::threaded{4})

    /// Starts threads that run tasks from now on; nothing, if it has been called before.
    /// @throws as run
    void start() { m_engine->start(); }
    /// Waits until no task is left but such with a period. Others may add tasks meanwhile.
    /// @throws task_error if only such are left that wait for an id that nobody has added, if nothing runs the tasks,
    /// and if it is called by one of them.
    void wait() { m_engine->wait_for_all(); }
    /// Ends the threads once they have run the tasks that they have begun. The others stay queued, for the next start()
    /// or run().
    /// @throws task_error if it is called by a task.
    void stop() { m_engine->stop(); }
    /// Waits until no task is left, then stops. Meanwhile only tasks may add tasks.
    /// @throws as wait; it has stopped then.
    void drain() { m_engine->drain(); }

    /// No task starts from now on, until resume(). Those that run go on, and what they wait for runs in their place.
    void pause() noexcept { m_engine->pause(); }
    /// Ends a pause.
    void resume() noexcept { m_engine->resume(); }
    /// @return whether it pauses.
    [[nodiscard]] bool is_paused() const noexcept { return m_engine->is_paused(); }

    // ---- what has come of them ----

    /// @return what has come of the task with that id.
    /// @throws task_error if there is none.
    [[nodiscard]] task_result result(std::string_view id) const;
    /// @return what has come of all tasks with an id, in the order in which they were added.
    [[nodiscard]] std::vector<task_result> results() const { return results_of(m_engine->all_with_id(false)); }
    /// @return the same of all that are done, whose ids are free from now on.
    std::vector<task_result> take_results() { return results_of(m_engine->all_with_id(true)); }
    /// @return how far it has come. O(workers).
    [[nodiscard]] task_progress progress() const noexcept { return m_engine->progress(); }
    /// @return how many workers run tasks, unless run() says otherwise.
    [[nodiscard]] unsigned workers() const noexcept { return m_engine->options().workers; }

private:
    template <class F, class... Args>
    auto add_with(lathe::priority level, F&& f, Args&&... args);
    template <class F, class... Args>
    void post_with(lathe::priority level, F&& f, Args&&... args);
    template <class Call>
    detail::task_cell& push_cell(lathe::priority level, bool has_handle, Call&& call);
    template <class Call, class... Args>
    auto add_record(task_options&& options, Args&&... args);
    // Of the elements, or of f and each element.
    template <class Handle, class Range, class... F>
    void add_each(std::vector<Handle>& handles, const task_options& options, Range& range, F&... f);
    template <class Range, class... F>
    void post_each(const task_options& options, Range& range, F&... f);

    [[nodiscard]] static bool is_plain(const task_options& options) noexcept {
        return options.id.empty() && has_id_only(options);
    }
    // And a priority.
    [[nodiscard]] static bool has_id_only(const task_options& options) noexcept {
        return options.retries == 0 && !options.deadline && !options.timeout && !options.delay && !options.period &&
               options.after.empty() && !options.stop.stop_possible();
    }
    [[nodiscard]] static task_result result_of(detail::cell_owner task);
    [[nodiscard]] static std::vector<task_result> results_of(std::vector<detail::cell_owner> tasks);

    detail::task_engine* m_engine;
};

/// A scheduler that tells nobody.
using task_scheduler = basic_task_scheduler<>;

// ---- implementation --------------------------------------------------------

template <class Observer>
template <class F, class... Args>
auto basic_task_scheduler<Observer>::add(task_options options, F&& f, Args&&... args) {
    using terms = detail::task_terms<F, Args...>;
    detail::check_task<terms>();
    if constexpr (terms::is_task) {
        if (is_plain(options) && !terms::takes_token) {
            return add_with(options.priority, std::forward<F>(f), std::forward<Args>(args)...);
        }
        return add_record<detail::bound<F, Args...>>(
            std::move(options), std::forward<F>(f), std::forward<Args>(args)...);
    }
}

template <class Observer>
template <class F, class... Args>
void basic_task_scheduler<Observer>::post(task_options options, F&& f, Args&&... args) {
    using terms = detail::task_terms<F, Args...>;
    detail::check_task<terms>();
    if constexpr (terms::is_task) {
        if (is_plain(options)) {
            post_with(options.priority, std::forward<F>(f), std::forward<Args>(args)...);
        } else {
            static_cast<void>(add(std::move(options), std::forward<F>(f), std::forward<Args>(args)...));
        }
    }
}

template <class Observer>
template <class F, class... Args>
auto basic_task_scheduler<Observer>::add_with(lathe::priority level, F&& f, Args&&... args) {
    using terms = detail::task_terms<F, Args...>;
    detail::check_task<terms>();
    if constexpr (terms::is_task && terms::takes_token) {
        task_options options;
        options.priority = level;
        return add_record<detail::bound<F, Args...>>(
            std::move(options), std::forward<F>(f), std::forward<Args>(args)...);
    } else if constexpr (terms::is_task) {
        using call_type = detail::cell_call_of<detail::bound<F, Args...>>;
        call_type call(std::in_place, std::forward<F>(f), std::forward<Args>(args)...);
        return task_handle<typename call_type::result>(push_cell(level, true, std::move(call)));
    }
}

template <class Observer>
template <class Call>
detail::task_cell& basic_task_scheduler<Observer>::push_cell(lathe::priority level, bool has_handle, Call&& call) {
    m_engine->refuse_while_draining();
    detail::observation<Observer>::added(*m_engine, level);
    try {
        return m_engine->push_new_cell(static_cast<unsigned>(level), has_handle, [&](detail::task_cell& made) noexcept {
            made.kind = &detail::handled<Call, Observer>::kind;
            made.put(std::move(call));
        });
    } catch (...) {
        detail::observation<Observer>::refused(*m_engine, level);
        throw;
    }
}

template <class Observer>
template <class F, class... Args>
void basic_task_scheduler<Observer>::post_with(lathe::priority level, F&& f, Args&&... args) {
    using terms = detail::task_terms<F, Args...>;
    detail::check_task<terms>();
    if constexpr (terms::is_task && terms::takes_token) {
        static_cast<void>(add_with(level, std::forward<F>(f), std::forward<Args>(args)...));
    } else if constexpr (terms::is_task) {
        using bound_type = detail::bound<F, Args...>;
        if (m_engine->posts_in_cells()) [[unlikely]] {
            using call_type = detail::cell_call_of<bound_type>;
            call_type call(std::in_place, std::forward<F>(f), std::forward<Args>(args)...);
            push_cell(level, false, std::move(call));
            return;
        }
        using call_type = detail::slot_call_of<bound_type>;
        call_type call(std::in_place, std::forward<F>(f), std::forward<Args>(args)...);
        m_engine->refuse_while_draining();
        detail::observation<Observer>::added(*m_engine, level);
        try {
            static_cast<void>(m_engine->push(static_cast<unsigned>(level), [&](detail::task_slot& slot) noexcept {
                slot.put(&detail::run_posted<call_type, Observer>, std::move(call));
            }));
        } catch (...) {
            detail::observation<Observer>::refused(*m_engine, level);
            throw;
        }
    }
}

template <class Observer>
template <class Call, class... Args>
auto basic_task_scheduler<Observer>::add_record(task_options&& options, Args&&... args) {
    if constexpr (!Call::is_repeatable) {
        if (options.retries != 0 || options.period) detail::fail_to_repeat(options.id);
    }
    detail::task_record& record = detail::make_record<Call>(*m_engine, std::forward<Args>(args)...);
    task_handle<typename Call::result> handle(record);
    record.id = std::move(options.id);
    record.level = static_cast<std::uint8_t>(options.priority);
    if (!Call::takes_token && has_id_only(options)) {
        m_engine->add_record(record);
        return handle;
    }
    record.extras = new detail::record_extras;
    record.extras->retries = options.retries;
    record.extras->backoff = options.backoff;
    record.extras->timeout = options.timeout;
    record.extras->period = options.period;
    m_engine->add_record(record, options);
    return handle;
}

template <class Observer>
template <detail::traversable Range, class F>
auto basic_task_scheduler<Observer>::add_range(const task_options& options, Range&& range, F f) {
    using terms = detail::task_terms<F&, detail::traversed_element<Range>>;
    detail::check_task<terms>();
    std::vector<task_handle<typename terms::result>> handles;
    if constexpr (terms::is_task) add_each(handles, options, range, f);
    return handles;
}

template <class Observer>
template <detail::traversable Range>
auto basic_task_scheduler<Observer>::add_range(const task_options& options, Range&& range) {
    detail::check_range_of_tasks<Range>();
    std::vector<task_handle<typename detail::task_terms<detail::traversed_element<Range>>::result>> handles;
    if constexpr (detail::has_tasks<Range>) add_each(handles, options, range);
    return handles;
}

template <class Observer>
template <detail::traversable Range, class F>
void basic_task_scheduler<Observer>::post_range(const task_options& options, Range&& range, F f) {
    using terms = detail::task_terms<F&, detail::traversed_element<Range>>;
    detail::check_task<terms>();
    if constexpr (terms::is_task) post_each(options, range, f);
}

template <class Observer>
template <detail::traversable Range>
void basic_task_scheduler<Observer>::post_range(const task_options& options, Range&& range) {
    detail::check_range_of_tasks<Range>();
    if constexpr (detail::has_tasks<Range>) post_each(options, range);
}

template <class Observer>
template <class Handle, class Range, class... F>
void basic_task_scheduler<Observer>::add_each(std::vector<Handle>& handles,
                                              const task_options& options,
                                              Range& range,
                                              F&... f) {
    using element = detail::traversed_element<Range>;
    if (!options.id.empty() || options.period) detail::fail_for_options_of_many("add_range", options.id);
    handles.reserve(detail::size_hint_of(range));
    for (auto&& each : range)
        handles.push_back(add(options, f..., static_cast<element>(std::forward<decltype(each)>(each))));
}

template <class Observer>
template <class Range, class... F>
void basic_task_scheduler<Observer>::post_each(const task_options& options, Range& range, F&... f) {
    using element = detail::traversed_element<Range>;
    using call_type = detail::bound<F&..., element>;
    if (!options.id.empty() || options.period) detail::fail_for_options_of_many("post_range", options.id);
    detail::post_batch<Observer, call_type> batch(*m_engine, options.priority);
    const bool goes_in_batch = is_plain(options) && !call_type::takes_token && batch.may_be_used();
    for (auto&& each : range) {
        if (goes_in_batch) {
            batch.add(f..., std::forward<decltype(each)>(each));
        } else {
            post(options, f..., static_cast<element>(std::forward<decltype(each)>(each)));
        }
    }
    batch.flush();
}

template <class Observer>
task_result basic_task_scheduler<Observer>::result(std::string_view id) const {
    detail::cell_owner task = m_engine->find(id);
    if (!task) detail::fail_for_unknown_id(id);
    return result_of(std::move(task));
}

template <class Observer>
task_result basic_task_scheduler<Observer>::result_of(detail::cell_owner task) {
    const detail::task_record& record = detail::task_record::of(*task);
    task_result result(task);
    result.id = record.id;
    result.attempts = record.attempts.load(std::memory_order_relaxed);
    result.worker = record.worker.load(std::memory_order_relaxed);
    result.added = record.added;
    if (record.is_done()) {
        result.status = record.outcome;
        result.started = record.started;
        result.finished = record.finished;
        if (task->content == detail::cell_content::exception) result.exception = task->exception();
    } else {
        const bool runs = (record.state.load(std::memory_order_relaxed) & detail::cell_state::claimed) != 0;
        result.status = runs ? task_status::running : task_status::queued;
    }
    return result;
}

template <class Observer>
std::vector<task_result> basic_task_scheduler<Observer>::results_of(std::vector<detail::cell_owner> tasks) {
    std::vector<task_result> results;
    results.reserve(tasks.size());
    for (detail::cell_owner& each : tasks)
        results.push_back(result_of(std::move(each)));
    return results;
}

} // namespace v0
} // namespace lathe

#endif // LATHE_TASK_SCHEDULER_HPP
