// SPDX-License-Identifier: MIT
// Each LATHE_CASE_* must not compile, and must say why. Without one, all compiles.
#include <lathe/task/parallel.hpp>

#include <atomic>
#include <functional>
#include <list>
#include <string>
#include <vector>

[[maybe_unused]] static double control(lathe::task_scheduler& tasks) {
    std::vector<int> numbers(9);
    lathe::parallel_for(tasks, 0, numbers.size(), [&](auto i) { numbers[i] = 1; });
    lathe::parallel_for(tasks, numbers, [](int& number) { ++number; }, 3);
    return lathe::parallel_reduce(tasks, numbers, 0.0, std::identity());
}

// expect-error(takes_something_else): lathe::parallel_for: f can be called neither as f\(i\) for an index or element
#ifdef LATHE_CASE_takes_something_else
void use(lathe::task_scheduler& tasks, std::vector<int>& numbers) {
    lathe::parallel_for(tasks, numbers, [](const std::string&) {});
}
#endif

// expect-error(takes_nothing): lathe::parallel_for: f can be called neither as f\(i\) for an index or element
#ifdef LATHE_CASE_takes_nothing
void use(lathe::task_scheduler& tasks) {
    lathe::parallel_for(tasks, 0, 100, [] {});
}
#endif

// Elements of a const range are const.
// expect-error(writes_to_const): lathe::parallel_for: f can be called neither as f\(i\) for an index or element
#ifdef LATHE_CASE_writes_to_const
void use(lathe::task_scheduler& tasks, const std::vector<int>& numbers) {
    lathe::parallel_for(tasks, numbers, [](int& number) { ++number; });
}
#endif

// expect-error(mutable_lambda): lathe::parallel_for: f may change itself when it is called, and several threads call
#ifdef LATHE_CASE_mutable_lambda
void use(lathe::task_scheduler& tasks) {
    lathe::parallel_for(tasks, 0, 100, [last = 0](int i) mutable { return last = i; });
}
#endif

// expect-error(list): lathe::parallel_for: the range must have random access and a size, so that it can be cut
#ifdef LATHE_CASE_list
void use(lathe::task_scheduler& tasks, std::list<int>& numbers) {
    lathe::parallel_for(tasks, numbers, [](int& number) { ++number; });
}
#endif

// expect-error(reduce_takes_something_else): lathe::parallel_reduce: f can be called neither as f\(i\) for an index or
#ifdef LATHE_CASE_reduce_takes_something_else
int use(lathe::task_scheduler& tasks) {
    return lathe::parallel_reduce(tasks, 0, 100, 0, [](const std::string&) { return 1; });
}
#endif

// expect-error(reduce_mutable_lambda): lathe::parallel_reduce: f may change itself when it is called, and several
#ifdef LATHE_CASE_reduce_mutable_lambda
int use(lathe::task_scheduler& tasks) {
    return lathe::parallel_reduce(tasks, 0, 100, 0, [sum = 0](int i) mutable { return sum += i; });
}
#endif

// expect-error(reduce_list): lathe::parallel_reduce: the range must have random access and a size, so that it can be
#ifdef LATHE_CASE_reduce_list
int use(lathe::task_scheduler& tasks, const std::list<int>& numbers) {
    return lathe::parallel_reduce(tasks, numbers, 0, std::identity());
}
#endif

// expect-error(immovable): lathe::parallel_reduce: values of init's type cannot be moved, and they go from thread to
#ifdef LATHE_CASE_immovable
int use(lathe::task_scheduler& tasks) {
    return lathe::parallel_reduce(tasks, 0, 100, std::atomic<int>(0), std::identity()).load();
}
#endif

// expect-error(returns_something_else): lathe::parallel_reduce: what f returns cannot be converted to the type of init
#ifdef LATHE_CASE_returns_something_else
int use(lathe::task_scheduler& tasks) {
    return lathe::parallel_reduce(tasks, 0, 100, 0, [](int i) { return std::to_string(i); });
}
#endif

// expect-error(returns_nothing): lathe::parallel_reduce: what f returns cannot be converted to the type of init
#ifdef LATHE_CASE_returns_nothing
int use(lathe::task_scheduler& tasks) {
    return lathe::parallel_reduce(tasks, 0, 100, 0, [](int) {});
}
#endif

// The well-known trap of std::accumulate.
// expect-error(cut_off): lathe::parallel_reduce: init is of a smaller type than what f returns, so the result would
#ifdef LATHE_CASE_cut_off
double use(lathe::task_scheduler& tasks, const std::vector<double>& numbers) {
    return lathe::parallel_reduce(tasks, numbers, 0, std::identity());
}
#endif

// expect-error(too_short): lathe::parallel_reduce: init is of a smaller type than what f returns, so the result would
#ifdef LATHE_CASE_too_short
long use(lathe::task_scheduler& tasks, const std::vector<long>& numbers) {
    return lathe::parallel_reduce(tasks, numbers, 0, std::identity());
}
#endif

// expect-error(no_combine): lathe::parallel_reduce: combine must be callable as combine\(T, T\), as const, and return
#ifdef LATHE_CASE_no_combine
int use(lathe::task_scheduler& tasks) {
    return lathe::parallel_reduce(tasks, 0, 100, 0, std::identity(), [](int a) { return a; });
}
#endif

// expect-error(nothing_to_combine_with): lathe::parallel_reduce: combine must be callable as combine\(T, T\), as const,
#ifdef LATHE_CASE_nothing_to_combine_with
struct point {
    int x;
};
point use(lathe::task_scheduler& tasks, const std::vector<point>& points) {
    return lathe::parallel_reduce(tasks, points, point(), std::identity()); // points have no +
}
#endif

// expect-error(ignored): nodiscard
#ifdef LATHE_CASE_ignored
#    pragma GCC diagnostic error "-Wunused-result"
void use(lathe::task_scheduler& tasks) {
    lathe::parallel_reduce(tasks, 0, 100, 0, std::identity());
}
#endif

// As std::for_each has it.
// expect-error(iterators): lathe::parallel_for, parallel_reduce: two iterators are no range
#ifdef LATHE_CASE_iterators
void use(lathe::task_scheduler& tasks, std::vector<int>& numbers) {
    lathe::parallel_for(tasks, numbers.begin(), numbers.end(), [](int& number) { ++number; });
}
#endif
