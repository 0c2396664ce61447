// SPDX-License-Identifier: MIT
#ifndef LATHE_TASK_DETAIL_TASK_ENGINE_HPP
#define LATHE_TASK_DETAIL_TASK_ENGINE_HPP

/// @file
/// @brief What all schedulers share, whatever their observer: queues, workers, and those who wait.

#include <atomic>
#include <condition_variable>
#include <cstddef>
#include <cstdint>
#include <exception>
#include <map>
#include <mutex>
#include <optional>
#include <stop_token>
#include <string>
#include <string_view>
#include <thread>
#include <unordered_map>
#include <utility>
#include <vector>

#include <lathe/core/detail/spin_lock.hpp>
#include <lathe/task/detail/cell_store.hpp>
#include <lathe/task/detail/chunk_store.hpp>
#include <lathe/task/detail/id_table.hpp>
#include <lathe/task/detail/level_queue.hpp>
#include <lathe/task/detail/task_cell.hpp>
#include <lathe/task/detail/task_record.hpp>
#include <lathe/task/detail/task_slot.hpp>
#include <lathe/task/detail/task_worker.hpp>
#include <lathe/task/error.hpp>
#include <lathe/task/options.hpp>
#include <lathe/task/progress.hpp>

namespace lathe {
inline namespace v0 {
namespace detail {

// Its owners are the scheduler and, once that is gone, the cells and records that somebody still has.
//
// Locks, none of which is held while another one is taken, but m_lock within m_timer_mutex or m_graph_mutex:
//   m_lock         the shared queue, memory, lists of workers that sleep; short, no foreign code but moves of callables
//   m_graph_mutex  ids, dependencies, those who wait for a task
//   m_timer_mutex  what is to happen at a time; taken within that of the graph in one place
//   m_mode_mutex   starting and stopping
class task_engine {
public:
    task_engine(scheduler_options&& options, observer_hooks hooks) : m_options(std::move(options)), m_hooks(hooks) {
        if (m_options.workers == 0) m_options.workers = std::thread::hardware_concurrency();
        if (m_options.workers == 0) m_options.workers = 1;
        // With bounds of length or time all tasks lie in the shared queue.
        m_has_locals = m_options.capacity == 0 && !m_options.aging;
        m_posts_in_cells = m_options.capacity != 0 && m_options.when_full == overflow_policy::drop_lowest;
    }
    task_engine(const task_engine&) = delete;
    task_engine& operator=(const task_engine&) = delete;

    void own() noexcept { m_owners.fetch_add(1, std::memory_order_relaxed); }
    void disown(std::int64_t owners = 1) noexcept {
        if (m_owners.fetch_sub(owners, std::memory_order_acq_rel) == owners) delete this;
    }
    // By the scheduler's destructor, which is an owner of weight.
    void close() noexcept;
    [[nodiscard]] bool is_closing() const noexcept { return m_is_closing.load(); }

    [[nodiscard]] const scheduler_options& options() const noexcept { return m_options; }
    [[nodiscard]] void* observer() const noexcept { return m_hooks.observer; }
    [[nodiscard]] task_progress progress() noexcept;

    // ---- adding: engine_adding.hpp ----

    // `put(slot)` moves a callable into the slot; it does not throw.
    // Answers false if the task was not taken, for it was the least urgent one in a full queue.
    template <class Put>
    [[nodiscard]] bool push(unsigned level, Put&& put);
    // `fill(cell)` moves a callable into the cell; it does not throw. Answers a cell that the caller owns, or that
    // nobody need own, if there is no handle.
    template <class Fill>
    task_cell& push_new_cell(unsigned level, bool has_handle, Fill&& fill);
    // As push, so many times.
    template <class Put>
    void push_many(unsigned level, std::size_t count, Put&& put);
    void refuse_while_draining() const;
    [[nodiscard]] bool posts_in_cells() const noexcept { return m_posts_in_cells; }
    void free_cell(task_cell& cell) noexcept;

    // ---- running: engine_running.hpp ----

    void run_threaded(unsigned workers);
    void run_sequential();
    void start();
    void stop();
    void drain();
    void wait_for_all();
    void pause() noexcept;
    void resume() noexcept;
    [[nodiscard]] bool is_paused() const noexcept { return (m_flags.load(std::memory_order_relaxed) & paused) != 0; }
    // From a slot.
    slot_outcome run_queued(task_cell& cell) noexcept;
    slot_outcome drop_queued(task_cell& cell) noexcept;
    slot_outcome run_cell(task_cell& cell) noexcept;

    // ---- waiting: engine_waiting.hpp ----

    void wait_for(task_cell& cell);
    [[nodiscard]] bool wait_until(task_cell& cell, task_clock::time_point time);
    bool cancel(task_cell& cell) noexcept;

    // ---- tasks with options: engine_records.hpp ----

    void add_record(task_record& record);
    void add_record(task_record& record, const task_options& options);
    [[nodiscard]] cell_owner find(std::string_view id);
    [[nodiscard]] std::vector<cell_owner> all_with_id(bool takes_done);

private:
    ~task_engine() = default;

    static constexpr std::int64_t weight_of_scheduler = std::int64_t{1} << 40;
    // Flags that workers look at before each task.
    static constexpr unsigned paused = 1;
    static constexpr unsigned stopping = 2;
    static constexpr unsigned crowded = 4; // there are more of them than should be, or one waits for its turn

    enum class mode : std::uint8_t { idle, running, serving, draining };
    enum class work_state : std::uint8_t { going_on, stuck, done };

    // Somebody who waits for a task.
    struct wait_node {
        const task_cell* cell;
        const task_worker* worker; // none: outside
        wait_node* next = nullptr;
        std::condition_variable told;
    };
    class listed_wait;
    struct driver_count {
        std::atomic<unsigned>& count;
        ~driver_count() { count.fetch_sub(1); }
    };

    // ---- adding ----
    [[nodiscard]] bool goes_to_local(task_worker& worker, int level) noexcept;
    [[nodiscard]] bool may_go_to_local(task_worker& worker, int level) noexcept;
    [[nodiscard]] task_slot& reserve_local(task_worker& worker, int level);
    void extend_local(task_worker& worker, int level);
    void added_local(task_worker& worker) noexcept;
    template <class Put>
    void push_shared(unsigned level, Put&& put, bool counts = true);
    template <class Use>
    [[nodiscard]] bool with_room(unsigned level, Use&& use);
    template <class Put>
    void put_in_queue(unsigned level, Put&& put); // under m_lock
    void after_push(task_worker* sleeper, bool arms_aging) noexcept;
    void leave_room() noexcept;
    [[nodiscard]] task_cell& take_cell(task_worker& worker);
    void free_chunk(task_worker& worker, task_chunk& chunk) noexcept;
    static slot_outcome cell_slot(task_slot& slot, slot_call what, task_engine& engine) noexcept;

    // ---- running ----
    [[nodiscard]] task_slot* next(task_worker& worker) noexcept;
    [[nodiscard]] task_slot* take_shared(task_worker& worker, int top) noexcept;
    [[nodiscard]] task_slot* take_local(task_worker& worker, task_worker& from) noexcept;
    [[nodiscard]] task_slot* steal(task_worker& worker, int above) noexcept;
    void run_slot(task_worker& worker, task_slot& slot) noexcept;
    void count_without_success(task_worker& worker, slot_outcome outcome) noexcept;
    void leave_chunk(task_worker& worker) noexcept;
    void loop(task_worker& worker) noexcept;
    [[nodiscard]] bool may_go_on(task_worker& worker) noexcept;
    void make_way(task_worker& worker) noexcept;
    [[nodiscard]] bool idle(task_worker& worker) noexcept;
    [[nodiscard]] bool search(task_worker& worker) noexcept;
    [[nodiscard]] bool sees_work() const noexcept;
    [[nodiscard]] bool sees_local_work() const noexcept;
    void stop_searching(task_worker& worker) noexcept;
    void sleep(task_worker& worker) noexcept;
    [[nodiscard]] task_worker* pick_sleeper() noexcept; // under m_lock
    static void wake(task_worker* worker) noexcept;
    void wake_one() noexcept;
    void wake_everyone() noexcept;
    [[nodiscard]] bool must_leave(const task_worker& worker) const noexcept;
    [[nodiscard]] work_state look_at_work() const noexcept;
    void look_whether_all_is_done() noexcept;
    void enter(task_worker& worker) noexcept;
    void leave(task_worker& worker) noexcept;
    [[nodiscard]] task_worker& vacant_worker();
    void start_thread(task_worker& worker);
    void start_threads(unsigned count);
    void join_threads() noexcept;
    [[nodiscard]] std::unique_lock<std::mutex> lock_mode(const char* member);
    void begin(mode next, unsigned workers, bool is_strict) noexcept;
    void end() noexcept;
    void run_here(task_worker& worker) noexcept;
    void leave_and_join(task_worker& worker) noexcept;
    [[nodiscard]] task_worker* this_worker() const noexcept { return worker_of_this_thread(*this); }

    // ---- waiting ----
    void run_in_place(task_worker& worker, task_cell& cell) noexcept;
    void remove_taken(task_worker& worker) noexcept;
    void wait_in_task(task_worker& worker, task_cell& cell);
    [[nodiscard]] bool drive(task_cell& cell);
    void run_for(task_worker& worker, task_cell& cell) noexcept;
    void run_with_needs(task_worker& worker, task_cell& cell) noexcept;
    [[nodiscard]] cell_owner one_needed_for(task_cell& cell) noexcept;
    void wait_outside(task_cell& cell);
    [[nodiscard]] bool closes_circle(const task_worker& worker, task_cell& cell) noexcept;
    void block(task_worker& worker) noexcept;
    void unblock(task_worker& worker) noexcept;
    void publish(task_cell& cell) noexcept;
    void notify(task_cell& cell) noexcept;

    // ---- records ----
    void refuse_within_task(const char* member) const;
    enum class room : std::uint8_t { asked_for, taken, let_through };
    [[nodiscard]] bool push_record(task_record& record, room of_queue);
    void refuse(task_record& record) noexcept;
    void become_ready(task_record& record) noexcept;
    void release_to_queue(task_record& record, room of_queue) noexcept;
    slot_outcome run_record(task_worker& worker, task_record& record) noexcept;
    [[nodiscard]] bool run_observed(task_record& record, bool again) noexcept;
    void
    tell(const task_record& record, record_event event, const std::exception_ptr& exception = nullptr) const noexcept;
    void attempt_ended(task_record& record, bool returned, task_clock::time_point now, bool timed_out) noexcept;
    static void say_that_it_was_cancelled(task_cell& cell) noexcept;
    void finish(task_record& record, task_status status) noexcept;
    void finish_unrun(task_record& record, std::uint32_t before, task_status status, std::exception_ptr why) noexcept;
    void ask_to_stop(task_record& record) noexcept;
    void ask_all_to_stop() noexcept;
    void end_periodic() noexcept;
    [[nodiscard]] bool cancel_a_record(bool only_held_back) noexcept;

    // ---- the graph: engine_graph.hpp ----
    void list_record(task_record& record, task_cell*& failed);
    void link_those_who_waited(task_record& record) noexcept;
    void forget_id(task_record& record) noexcept;
    void link_to(dependency_link& link, task_cell& on, task_cell*& failed);
    void unlink(task_record& record, std::vector<cell_owner>* let_go) noexcept;
    [[nodiscard]] dependency_link* take_dependents(task_cell& cell) noexcept;
    void unlist_record(task_record& record) noexcept;
    void dependency_done(dependency_link& link) noexcept;
    void check_graph();
    [[nodiscard]] std::string circle_through(task_record& first);

    // ---- timers: engine_timers.hpp ----
    using timer_place = std::optional<timer_map::iterator>;
    void need_timer_thread();
    [[nodiscard]] bool set_timer(timer_place record_extras::* place,
                                 task_record& record,
                                 timer_entry entry,
                                 task_clock::time_point time) noexcept;
    void
    put_timer(timer_place record_extras::* place, task_record& record, timer_entry entry, task_clock::time_point time);
    void clear_timer(timer_place record_extras::* place, task_record& record) noexcept;
    void hold_back(task_record& record, task_clock::time_point time, bool is_turn) noexcept;
    [[nodiscard]] task_clock::duration backoff_of(const task_record& record) noexcept;
    void timer_loop() noexcept;
    void on_overdue(task_record& record, std::stop_source to_stop) noexcept;
    void arm_aging() noexcept;
    void age() noexcept;

    scheduler_options m_options;
    observer_hooks m_hooks;
    bool m_has_locals = true;
    bool m_posts_in_cells = false;
    std::atomic<std::int64_t> m_owners = weight_of_scheduler;

    // Read by workers before each task, seldom changed.
    alignas(64) std::atomic<unsigned> m_flags = 0;
    std::atomic<bool> m_locals_used = false;
    std::atomic<bool> m_is_alone = false; // there is one worker, and it has never blocked: no other thread takes tasks
    std::atomic<task_worker*> m_workers = nullptr;
    std::atomic<unsigned> m_sleepers = 0;
    std::atomic<unsigned> m_searching = 0;

    level_queue m_queue;

    alignas(64) spin_lock m_lock;
    chunk_store m_chunks;
    cell_store m_cells;
    task_worker* m_idle = nullptr;     // asleep, until there is work
    task_worker* m_parked = nullptr;   // asleep, until another one blocks
    task_worker* m_resuming = nullptr; // no longer blocked, until it is their turn
    unsigned m_limit = 0;              // how many run at a time
    unsigned m_unblocked = 0;          // how many threads do, or would
    bool m_is_strict = false;          // never more than m_limit, not even for a moment
    unsigned m_worker_count = 0;
    std::uint32_t m_tick = 0;
    bool m_aging_armed = false;
    std::atomic<unsigned> m_blocked = 0;
    std::atomic<std::uint64_t> m_slots_added = 0; // to the shared queue

    // Of the bounded queue.
    alignas(64) std::atomic<std::size_t> m_queued = 0;
    std::atomic<unsigned> m_waiting_for_room = 0;
    std::atomic<std::uint32_t> m_room = 0; // changes when there is some

    // Counted where it is not done by a worker, or is seldom.
    std::atomic<std::uint64_t> m_slots_dropped = 0;
    std::atomic<std::uint64_t> m_record_slots = 0;
    std::atomic<std::uint64_t> m_records_added = 0;
    std::atomic<std::uint64_t> m_refused = 0; // dropped without having been queued
    std::atomic<std::uint64_t> m_succeeded = 0;
    std::atomic<std::uint64_t> m_failed = 0;
    std::atomic<std::uint64_t> m_cancelled = 0;
    std::atomic<std::int64_t> m_held_back = 0; // records that wait for a moment or for others; not those between turns
    std::atomic<std::int64_t> m_timed = 0;     // those of them that wait for a moment

    std::mutex m_mode_mutex;
    std::atomic<bool> m_is_closing = false;
    std::atomic<unsigned> m_drivers = 0; // threads that run one task, for they wait for it
    std::atomic<mode> m_mode = mode::idle;
    std::atomic<bool> m_ends_when_done = false;
    std::atomic<unsigned> m_quiet_waiters = 0;
    std::atomic<std::uint32_t> m_quiet = 0; // changes when there is nothing left to do
    std::atomic<const task_cell*> m_driven = nullptr;

    std::mutex m_graph_mutex;
    id_table m_ids;
    std::multimap<std::string, dependency_link*, std::less<>> m_unknown; // ids that tasks wait for
    std::unordered_map<const task_cell*, dependency_link*> m_dependents; // of cells that are no records
    wait_node* m_waits = nullptr;
    task_record* m_unfinished = nullptr; // those with extras that are not done
    std::uint64_t m_visit = 0;

    std::mutex m_timer_mutex;
    std::condition_variable m_timer_told;
    timer_map m_timers;
    std::thread m_timer_thread;
    bool m_timer_ends = false;
    std::uint64_t m_random = 0x9E37'79B9'7F4A'7C15U;
};

inline void* observer_of(const task_engine& engine) noexcept {
    return engine.observer();
}
inline void disown_engine(task_engine* engine) noexcept {
    engine->disown();
}
inline void free_handled(task_cell& cell) noexcept {
    cell.engine->free_cell(cell);
}

// A record with one owner, for a handle.
template <class Call, class... Args>
[[nodiscard]] task_record& make_record(task_engine& engine, Args&&... args) {
    auto* const record = new record_of<Call>(std::in_place, std::forward<Args>(args)...);
    record->engine = &engine;
    engine.own();
    return *record;
}

} // namespace detail
} // namespace v0
} // namespace lathe

#endif // LATHE_TASK_DETAIL_TASK_ENGINE_HPP
