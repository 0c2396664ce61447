// SPDX-License-Identifier: MIT
// Each LATHE_CASE_* must not compile, and must say why. Without one, all compiles. Clang also shows the two calls from
// add to where it is checked, and both compilers what an observer lacks.
#include <lathe/task/scheduler.hpp>

#include <functional>
#include <memory>
#include <string>
#include <vector>

struct neither_copied_nor_moved {
    neither_copied_nor_moved() = default;
    neither_copied_nor_moved(const neither_copied_nor_moved&) = delete;
    neither_copied_nor_moved& operator=(const neither_copied_nor_moved&) = delete;
    void operator()() const {}
};

inline void control(lathe::task_scheduler& tasks) {
    static neither_copied_nor_moved callable;
    static int number = 0;
    tasks.add([](int, const std::string&) {}, 1, "text");
    tasks.add([](int& n) { ++n; }, std::ref(number));
    tasks.add(std::ref(callable));
    tasks.add({.id = "id"}, [](std::unique_ptr<int>) {}, std::make_unique<int>(1));
    tasks.add_range(std::vector{1, 2}, [](int) {});
}

// max-lines(wrong_argument): gcc 12 clang 15
// expect-error(wrong_argument): lathe::task_scheduler: f cannot be called with these arguments
#ifdef LATHE_CASE_wrong_argument
inline void use(lathe::task_scheduler& tasks) {
    tasks.add([](int, int) {}, 1, std::string("2"));
}
#endif

// max-lines(no_callable): gcc 12 clang 15
// expect-error(no_callable): lathe::task_scheduler: f cannot be called with these arguments
#ifdef LATHE_CASE_no_callable
inline void use(lathe::task_scheduler& tasks) {
    tasks.add(5);
}
#endif

// expect-error(posted): lathe::task_scheduler: f cannot be called with these arguments
#ifdef LATHE_CASE_posted
inline void use(lathe::task_scheduler& tasks) {
    tasks.post({.id = "id"}, [](int) {});
}
#endif

// max-lines(reference_to_a_copy): gcc 12 clang 15
// expect-error(reference_to_a_copy): lathe::task_scheduler: f takes one of its arguments by a reference that is not
// const
#ifdef LATHE_CASE_reference_to_a_copy
inline void use(lathe::task_scheduler& tasks) {
    int sum = 0;
    tasks.add([](int& where) { where = 1; }, sum);
}
#endif

// max-lines(immovable_callable): gcc 12 clang 15
// expect-error(immovable_callable): lathe::task_scheduler: f or one of its arguments can be neither copied nor moved
#ifdef LATHE_CASE_immovable_callable
inline void use(lathe::task_scheduler& tasks) {
    static neither_copied_nor_moved callable;
    tasks.add(callable);
}
#endif

// What can only be moved has to be moved.
// max-lines(copied_owner): gcc 12 clang 15
// expect-error(copied_owner): lathe::task_scheduler: f or one of its arguments can be neither copied nor moved
#ifdef LATHE_CASE_copied_owner
inline void use(lathe::task_scheduler& tasks) {
    const auto owner = std::make_unique<int>(1);
    tasks.add([](std::unique_ptr<int>) {}, owner);
}
#endif

// max-lines(rvalue_reference): gcc 12 clang 15
// expect-error(rvalue_reference): lathe::task_scheduler: f returns an rvalue reference
#ifdef LATHE_CASE_rvalue_reference
inline void use(lathe::task_scheduler& tasks) {
    static int number = 1;
    tasks.add([]() -> int&& { return std::move(number); });
}
#endif

// max-lines(options_last): gcc 12 clang 15
// expect-error(options_last): lathe::task_scheduler: the options come first
#ifdef LATHE_CASE_options_last
inline void use(lathe::task_scheduler& tasks) {
    tasks.add([] {}, lathe::task_options{.retries = 3});
}
#endif

// expect-error(options_last_in_braces): lathe::task_scheduler: the options come first
#ifdef LATHE_CASE_options_last_in_braces
inline void use(lathe::task_scheduler& tasks) {
    tasks.add([] {}, {.id = "x", .retries = 3});
}
#endif

// expect-error(bare_number): use of deleted function|call to deleted constructor
// expect-text(bare_number): // lathe::task_scheduler: say what the number is: {{.workers = 4}}
#ifdef LATHE_CASE_bare_number
lathe::task_scheduler tasks{4};
#endif

// Clang also lists the two that do compile.
// max-lines(run_by_number): gcc 12 clang 13
// expect-error(run_by_number): use of deleted function|call to deleted member function
// expect-text(run_by_number): // lathe::task_scheduler: say what the number is: run(lathe::threaded{4})
#ifdef LATHE_CASE_run_by_number
inline void use(lathe::task_scheduler& tasks) {
    tasks.run(4);
}
#endif

// max-lines(options_after_the_id): gcc 12 clang 15
// expect-error(options_after_the_id): lathe::task_scheduler: the options come first
#ifdef LATHE_CASE_options_after_the_id
inline void use(lathe::task_scheduler& tasks) {
    tasks.add("id", lathe::task_options{.retries = 3}, [] {});
}
#endif

// expect-error(id_after_the_options): lathe::task_scheduler: the id is a member of the options
#ifdef LATHE_CASE_id_after_the_options
inline void use(lathe::task_scheduler& tasks) {
    tasks.add(lathe::task_options{.retries = 3}, "id", [] {});
}
#endif

// max-lines(not_of_the_elements): gcc 12 clang 15
// expect-error(not_of_the_elements): lathe::task_scheduler: f cannot be called with these arguments
#ifdef LATHE_CASE_not_of_the_elements
inline void use(lathe::task_scheduler& tasks) {
    tasks.add_range(std::vector<int>(), [](const std::string&) {});
}
#endif

// max-lines(no_callables): gcc 12 clang 15
// expect-error(no_callables): lathe::task_scheduler: the elements of the range cannot be called without arguments
#ifdef LATHE_CASE_no_callables
inline void use(lathe::task_scheduler& tasks) {
    tasks.post_range(std::vector<int>());
}
#endif

// max-lines(no_observer): gcc 13 clang 23
// expect-error(no_observer): lathe::basic_task_scheduler<Observer>: Observer has neither added
#ifdef LATHE_CASE_no_observer
int number = 5;
lathe::basic_task_scheduler<int> tasks{{}, number};
#endif

// Observers must not throw, and have to say so.
// max-lines(throwing_observer): gcc 13 clang 23
// expect-error(throwing_observer): lathe::basic_task_scheduler<Observer>: Observer has neither added
#ifdef LATHE_CASE_throwing_observer
struct forgot_noexcept {
    void added(const lathe::task_info&) {}
    void started(const lathe::task_info&) {}
    void finished(const lathe::task_info&) {}
    void failed(const lathe::task_info&, const std::exception_ptr&) {}
};
forgot_noexcept observer;
lathe::basic_task_scheduler<forgot_noexcept> tasks{{}, observer};
#endif
