// SPDX-License-Identifier: MIT
#ifndef LATHE_TASK_DETAIL_TASK_RECORD_HPP
#define LATHE_TASK_DETAIL_TASK_RECORD_HPP

/// @file
/// @brief A task with options: what was asked of it, and what has come of it.

#include <atomic>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <exception>
#include <map>
#include <optional>
#include <stop_token>
#include <string>
#include <utility>
#include <vector>

#include <lathe/task/detail/cell_owner.hpp>
#include <lathe/task/detail/task_call.hpp>
#include <lathe/task/detail/task_cell.hpp>
#include <lathe/task/options.hpp>

namespace lathe {
inline namespace v0 {
namespace detail {

struct task_record;
void disown_engine(task_engine* engine) noexcept;

using task_clock = std::chrono::steady_clock;

// So much later; the end of time, rather than before its beginning.
[[nodiscard]] inline task_clock::time_point later(task_clock::time_point time, task_clock::duration by) noexcept {
    return by > task_clock::time_point::max() - time ? task_clock::time_point::max() : time + by;
}

// What the timer's thread does for a record when its time has come.
enum class timer_event : std::uint8_t {
    ready,   // it may start
    overdue, // the attempt, or the task, has taken too long
    aging    // of the scheduler itself
};
struct timer_entry {
    timer_event event;
    bool counts;         // the scheduler has not done all its work before that
    task_record* record; // owned; none for the scheduler's own
};
using timer_map = std::multimap<task_clock::time_point, timer_entry>;

// One task that waits for another one, in the list of those who wait for that, or for an id. It lies in the task that
// waits, which takes it out before it goes.
struct dependency_link {
    cell_owner on{};
    std::string id{};
    task_record* waiting = nullptr;
    dependency_link* next = nullptr;
    bool is_listed = false; // of a task, or of an id
};

// What asks a record to stop when the user's stop_token does.
struct record_canceller {
    task_record* record;
    void operator()() const noexcept;
};

// What only some tasks need.
struct record_extras {
    // What was asked for; does not change once the task was added.
    unsigned retries = 0;
    bool runs_after_failure = false; // what it depends on need not have succeeded
    retry_backoff backoff{};
    std::optional<std::chrono::nanoseconds> timeout{};
    std::optional<std::chrono::nanoseconds> period{};
    task_clock::time_point deadline = task_clock::time_point::max();

    // Of whoever has claimed it.
    unsigned failures_in_turn = 0; // since it last succeeded
    task_clock::time_point due{};
    std::atomic<bool> has_timed_out = false; // this attempt

    // How it is asked to stop. A new source for each attempt, since a source cannot be used twice.
    std::stop_source stop{std::nostopstate};
    std::optional<std::stop_callback<record_canceller>> on_stop; // made by who adds it, gone with the record

    // Guarded by the scheduler's lock of the graph.
    std::vector<dependency_link> links;       // to what it depends on; filled before it is added
    std::size_t missing = 0;                  // so many of them are not done
    task_record* before_unfinished = nullptr; // the list of those that are not done
    task_record* next_unfinished = nullptr;
    std::uint64_t visited = 0;
    std::size_t next_need = 0; // of those links, for a get() that runs what is needed
    bool is_finished = false;

    // Guarded by the timer's lock.
    std::optional<timer_map::iterator> ready_timer;
    std::optional<timer_map::iterator> overdue_timer;
};

// Its owners are, beside those of its cell: the scheduler while it is not done, if it has extras; the table of ids;
// timers.
struct task_record : task_cell {
    std::string id;
    record_extras* extras = nullptr; // owned

    // Guarded by the scheduler's lock of the graph.
    dependency_link* dependents = nullptr;

    // Written by whoever has claimed it, read by all when it is done; attempts and worker also before.
    std::atomic<unsigned> attempts = 0;
    std::atomic<unsigned> worker = 0;
    task_clock::time_point added{};
    task_clock::time_point started{};
    task_clock::time_point finished{};

    task_record() = default;
    ~task_record() { delete extras; }
    task_record(const task_record&) = delete;
    task_record& operator=(const task_record&) = delete;

    [[nodiscard]] static task_record& of(task_cell& cell) noexcept { return static_cast<task_record&>(cell); }
    [[nodiscard]] task_info info() const noexcept {
        return {id,
                lathe::priority{level},
                attempts.load(std::memory_order_relaxed),
                worker.load(std::memory_order_relaxed)};
    }
};

// The callable stays while the task may be called again, beside the value of the last time.
template <class Call>
struct record_of final : task_record {
    using result = typename Call::result;

    template <class... Args>
    explicit record_of(std::in_place_t /*args follow*/, Args&&... args)
        : call(std::in_place, std::in_place, std::forward<Args>(args)...) {
        kind = &s_kind;
        is_record = true;
        state.store(cell_state::owner, std::memory_order_relaxed); // who makes it
    }

    std::optional<Call> call;

private:
    static bool run(task_cell& cell, bool again) noexcept {
        auto& self = static_cast<record_of&>(cell);
        try {
            store_value_of<result>(
                cell,
                [&]() -> result {
                    std::stop_token token;
                    if (self.extras != nullptr) token = self.extras->stop.get_token();
                    return again ? self.call->again(std::move(token)) : self.call->run_once(std::move(token));
                },
                [&] { cell.clear(); });
            return true;
        } catch (...) {
            std::exception_ptr thrown = std::current_exception();
            cell.clear();
            cell.put_exception(std::move(thrown));
            return false;
        }
    }
    static void drop_callable(task_cell& cell) noexcept { static_cast<record_of&>(cell).call.reset(); }
    static void free(task_cell& cell) noexcept {
        task_engine* const engine = cell.engine;
        delete &static_cast<record_of&>(cell);
        disown_engine(engine);
    }

    static constexpr cell_kind s_kind{&run, &drop_callable, &destroy_value_of<result>, &free, type_of_value<result>};
};

} // namespace detail
} // namespace v0
} // namespace lathe

#endif // LATHE_TASK_DETAIL_TASK_RECORD_HPP
