// SPDX-License-Identifier: MIT
#include <lathe/task/observer.hpp> // first: proves that the header stands alone

#include <atomic>
#include <chrono>
#include <exception>
#include <map>
#include <mutex>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

#include <lathe/core/concepts.hpp>
#include <lathe/task/scheduler.hpp>

#include "support/catch.hpp"

namespace {

using namespace std::chrono_literals;

// What an observer was told of one task.
struct told {
    int added = 0, started = 0, finished = 0, failed = 0;
    std::exception_ptr exception{};
};
struct diary {
    std::mutex mutex{};
    std::map<std::string, told, std::less<>> of{};
    std::atomic<int> ends = 0;
};
//! [example]
// By id; all tasks without one are "".
class diarist {
public:
    explicit diarist(diary& where) : m_diary(&where) {}
    void added(const lathe::task_info& task) noexcept { note(task, &told::added); }
    void started(const lathe::task_info& task) noexcept { note(task, &told::started); }
    void finished(const lathe::task_info& task) noexcept {
        note(task, &told::finished);
        ++m_diary->ends;
    }
    void failed(const lathe::task_info& task, const std::exception_ptr& why) noexcept {
        note(task, &told::failed);
        const std::lock_guard lock(m_diary->mutex);
        m_diary->of[std::string(task.id)].exception = why;
        ++m_diary->ends;
    }

private:
    void note(const lathe::task_info& task, int told::* what) noexcept {
        const std::lock_guard lock(m_diary->mutex);
        ++(m_diary->of[std::string(task.id)].*what);
    }

    diary* m_diary;
};
static_assert(lathe::task_observer<diarist>);
//! [example]
static_assert(!lathe::task_observer<int>);

struct throwing_observer {
    void added(const lathe::task_info&);
    void started(const lathe::task_info&);
    void finished(const lathe::task_info&);
    void failed(const lathe::task_info&, const std::exception_ptr&);
};
static_assert(!lathe::task_observer<throwing_observer>); // noexcept is part of it

template <class Exception>
bool holds(const std::exception_ptr& what) {
    try {
        if (what) std::rethrow_exception(what);
    } catch (const Exception&) {
        return true;
    } catch (...) {
    }
    return false;
}

TEST_CASE("task_observer: is told of each task's life, and once of its end", "[task]") {
    diary seen;
    diarist writes(seen);
    lathe::basic_task_scheduler<diarist> tasks{{.workers = 1}, writes};
    tasks.add("good", [] {});
    tasks.add("bad", [] { throw std::runtime_error("no"); });
    tasks.add({.id = "retried", .retries = 2, .backoff = {.first = 0ns}}, [n = 0]() mutable {
        if (++n < 3) throw std::runtime_error("not yet");
    });
    tasks.add("cancelled", [] {}).cancel();
    tasks.add({.id = "late", .deadline = 0ns}, [] {});
    tasks.add({.id = "after bad", .after = {"bad"}}, [] {});
    for (int i = 0; i < 10; ++i)
        tasks.post([] {});
    tasks.post([] { throw 7; });
    tasks.run();

    struct expected {
        const char* id;
        int added, started, finished, failed;
    };
    for (const expected& want : {expected{"good", 1, 1, 1, 0},
                                 {"bad", 1, 1, 0, 1},
                                 {"retried", 1, 3, 1, 0},
                                 {"cancelled", 1, 0, 0, 1},
                                 {"late", 1, 0, 0, 1},
                                 {"after bad", 1, 0, 0, 1},
                                 {"", 11, 11, 10, 1}}) {
        CAPTURE(want.id);
        const told& one = seen.of[want.id];
        CHECK(one.added == want.added);
        CHECK(one.started == want.started);
        CHECK(one.finished == want.finished);
        CHECK(one.failed == want.failed);
    }
    CHECK(holds<std::runtime_error>(seen.of["bad"].exception));
    CHECK(holds<lathe::task_cancelled>(seen.of["cancelled"].exception));
    CHECK(holds<lathe::task_timed_out>(seen.of["late"].exception));
    CHECK(holds<lathe::task_cancelled>(seen.of["after bad"].exception));
    CHECK(holds<int>(seen.of[""].exception)); // a posted task's exception is told, and only that
}

TEST_CASE("task_observer: is told what a task is", "[task]") {
    struct looks {
        std::vector<std::string>* lines;
        void say(const char* what, const lathe::task_info& task) noexcept {
            lines->push_back(std::string(what) + ' ' + std::string(task.id) + ' ' +
                             std::to_string(static_cast<int>(task.priority)) + ' ' + std::to_string(task.attempt));
        }
        void added(const lathe::task_info& task) noexcept { say("added", task); }
        void started(const lathe::task_info& task) noexcept { say("started", task); }
        void finished(const lathe::task_info& task) noexcept { say("finished", task); }
        void failed(const lathe::task_info& task, const std::exception_ptr&) noexcept { say("failed", task); }
    };
    std::vector<std::string> lines;
    looks observer{&lines};
    lathe::basic_task_scheduler tasks{lathe::scheduler_options{.workers = 1}, observer};
    tasks.add({.id = "one", .priority = lathe::priority{9}, .retries = 1, .backoff = {.first = 0ns}},
              [n = 0]() mutable {
                  if (++n == 1) throw std::runtime_error("not yet");
              });
    tasks.run(lathe::sequential{});
    CHECK(lines == std::vector<std::string>{"added one 9 0", "started one 9 1", "started one 9 2", "finished one 9 2"});
}

TEST_CASE("task_observer: of many tasks on several workers, each ends once", "[task][threads]") {
    diary seen;
    diarist writes(seen);
    lathe::basic_task_scheduler<diarist> tasks{{.workers = 4}, writes};
    for (int i = 0; i < 500; ++i) {
        tasks.add(std::to_string(i), [&tasks, i] {
            if (i % 7 == 0) throw std::runtime_error("seventh");
            if (i % 5 == 0) tasks.post([] {});
        });
        if (i % 11 == 0) tasks.add({.id = "x" + std::to_string(i)}, [] {}).cancel();
    }
    tasks.run();
    int posted = 0;
    for (int i = 0; i < 500; ++i) {
        const told& one = seen.of[std::to_string(i)];
        REQUIRE(one.added == 1);
        REQUIRE(one.started == 1);
        REQUIRE(one.failed == (i % 7 == 0 ? 1 : 0));
        REQUIRE(one.finished + one.failed == 1);
        if (i % 5 == 0 && i % 7 != 0) ++posted;
    }
    CHECK(seen.of[""].finished == posted);
    CHECK(seen.ends == 500 + posted + 46);
}

TEST_CASE("task_observer: those that a scheduler's end cancels are failed", "[task]") {
    diary seen;
    {
        diarist writes(seen);
        lathe::basic_task_scheduler<diarist> tasks{{.workers = 1}, writes};
        tasks.add("queued", [] {});
        tasks.add({.id = "delayed", .delay = 1h}, [] {});
        tasks.post([] {});
    }
    CHECK(seen.of["queued"].failed == 1);
    CHECK(seen.of["delayed"].failed == 1);
    CHECK(seen.of[""].failed == 1);
    CHECK(seen.ends == 3);
}

// An observer of named work, as other rooms have it.
struct named_work {
    std::vector<std::string>* begun;
    int* ended;
    struct scope {
        int* ended;
        ~scope() { ++*ended; }
    };
    scope observe(std::string_view name) noexcept {
        begun->emplace_back(name);
        return {ended};
    }
};
static_assert(lathe::observer<named_work>);

TEST_CASE("basic_task_scheduler: an observer of named work sees each attempt by the task's id", "[task]") {
    std::vector<std::string> begun;
    int ended = 0;
    named_work observer{&begun, &ended};
    lathe::basic_task_scheduler tasks{lathe::scheduler_options{.workers = 1}, observer};
    tasks.add("named", [&] { CHECK(ended == 0); });
    tasks.post([] { throw std::runtime_error("no"); });
    tasks.add({.id = "again", .retries = 1, .backoff = {.first = 0ns}}, [n = 0]() mutable {
        if (++n == 1) throw std::runtime_error("not yet");
    });
    tasks.run(lathe::sequential{});
    CHECK(begun == std::vector<std::string>{"named", "task", "again", "again"});
    CHECK(ended == 4);
}

} // namespace
