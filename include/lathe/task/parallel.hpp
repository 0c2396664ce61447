// SPDX-License-Identifier: MIT
#ifndef LATHE_TASK_PARALLEL_HPP
#define LATHE_TASK_PARALLEL_HPP

/// @file
/// @brief Loops whose steps are done by several threads at a time: the caller's and a scheduler's workers.
/// @par Example
/// @ref examples/parallel.cpp

#include <concepts>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <iterator>
#include <type_traits>
#include <utility>

#include <lathe/task/detail/iteration.hpp>
#include <lathe/task/detail/parallel_checks.hpp>
#include <lathe/task/detail/parallel_loop.hpp>
#include <lathe/task/scheduler.hpp>

namespace lathe {
inline namespace v0 {

/// Calls `f` for each index from `first` to `last`, without `last`, by several threads at a time.
///
/// The loop is cut into chunks, which are given out in order. The caller works on them too, so it may be a task of the
/// same scheduler, and loops may be in loops; a scheduler that is not running leaves all to the caller. Its workers
/// help by tasks of the caller's priority (outside of tasks `priority::normal`); those that have not started when the
/// last chunk is given out are cancelled. `progress()` and the observer count these tasks as any others.
///
/// @param tasks whose workers help.
/// @param first the first index.
/// @param last one past the last index. If `first` is not less, nothing is done. The two may be of different integer
/// types: `parallel_for(tasks, 0, v.size(), f)` calls `f` with indices of the type of `v.size()`.
/// @param f called as `f(i)` with each index; or, if it does not take that, as `f(begin, end)` with the bounds of each
/// chunk. It is not copied, and called as const, by several threads at a time.
/// @param grain how many steps a chunk has; 0: a 512th of them. Its work shall take longer than a microsecond.
/// @throws what `f` throws: of several exceptions that of the first chunk, as a plain loop would. No chunk is begun
/// after that, and no thread is in `f` any more.
/// @throws task_cancelled if the task that is the caller is asked to stop before all chunks are given out.
/// @throws task_error if `first` is negative and `last` of an unsigned type that cannot count from there.
/// @par Complexity
/// An atomic addition and an indirect call for each chunk. One allocation for each call that has more than one chunk.
template <class Observer, detail::loop_index First, detail::loop_index Last, class F>
void parallel_for(basic_task_scheduler<Observer>& tasks, First first, Last last, const F& f, std::size_t grain = 0) {
    using steps = detail::index_steps<std::common_type_t<First, Last>>;
    if constexpr (detail::check_parallel_for<F, steps>()) {
        const auto size = detail::count_indices("lathe::parallel_for", first, last);
        detail::for_steps(tasks, steps{static_cast<steps::position>(first)}, size, f, grain);
    }
}

/// Calls `f` for each element of a range, by several threads at a time.
/// @param tasks whose workers help.
/// @param range has random access and a size; for a pair of iterators, a `std::ranges::subrange`.
/// @param f called as `f(element)`, which may write to it; or, if it does not take that, as `f(begin, end)` with the
/// iterators of each chunk. It is not copied, and called as const, by several threads at a time.
/// @param grain how many elements a chunk has; 0: a 512th of them.
/// @throws as the form with indices does.
template <class Observer, detail::traversable Range, class F>
void parallel_for(basic_task_scheduler<Observer>& tasks, Range&& range, const F& f, std::size_t grain = 0) {
    static_assert(detail::is_divisible<Range>,
                  "lathe::parallel_for: the range must have random access and a size, so that it can be cut into "
                  "chunks; copy it into a std::vector");
    if constexpr (detail::is_divisible<Range>) {
        using steps = detail::element_steps<detail::traversal_iterator<Range>>;
        if constexpr (detail::check_parallel_for<F, steps>()) {
            const auto size = static_cast<std::uint64_t>(std::ranges::size(range));
            detail::for_steps(tasks, steps{std::ranges::begin(range)}, size, f, grain);
        }
    }
}

/// Does not compile: a range is one argument.
template <class Observer, std::input_iterator Iterator, class... Rest>
void parallel_for(basic_task_scheduler<Observer>& /*tasks*/, Iterator, Iterator, const Rest&... /*rest*/) {
    detail::refuse_iterators<Iterator>();
}

/// Combines `init` and the values of `f` for all indices from `first` to `last`, without `last`, in order:
/// `init + f(first) + ... + f(last - 1)`, by several threads at a time.
///
/// The threads are those of `parallel_for`. Each chunk is combined on its own, and then the chunks in order; so combine
/// must be associative, but need not be commutative, and `init` is used once, so it may be any value. The chunks depend
/// on the number of steps and `grain` only: sums of floating-point numbers are the same each time, however many workers
/// there are.
///
/// @param tasks whose workers help.
/// @param first the first index.
/// @param last one past the last index; of another integer type than `first`, if need be.
/// @param init what is combined first, and the result if there are no steps. Its type is that of the result.
/// @param f called as `f(i)` with each index for its value; or, if it does not take that, as `f(begin, end)` for the
/// value of the chunk with these bounds, which has at least one step. Not copied, and called as const.
/// @param combine called with two values that it may move from, left and right, for the value of both.
/// @param grain how many steps a chunk has; 0: a 512th of them.
/// @return the value of all.
/// @throws as `parallel_for` does, and what `combine` throws.
/// @par Complexity
/// As `parallel_for`, with memory for a value of each chunk.
template <class Observer,
          detail::loop_index First,
          detail::loop_index Last,
          class T,
          class F,
          class Combine = std::plus<>>
[[nodiscard]] T parallel_reduce(basic_task_scheduler<Observer>& tasks,
                                First first,
                                Last last,
                                T init,
                                const F& f,
                                const Combine& combine = {},
                                std::size_t grain = 0) {
    using steps = detail::index_steps<std::common_type_t<First, Last>>;
    if constexpr (detail::check_parallel_reduce<T, F, Combine, steps>()) {
        const auto size = detail::count_indices("lathe::parallel_reduce", first, last);
        const steps from{static_cast<steps::position>(first)};
        return detail::reduce_steps(tasks, from, size, std::move(init), f, combine, grain);
    } else {
        return detail::after_an_error<T>();
    }
}

/// Combines `init` and the values of `f` for all elements of a range, in order, by several threads at a time.
/// @param tasks whose workers help.
/// @param range has random access and a size.
/// @param init what is combined first, and the result if the range is empty. Its type is that of the result.
/// @param f called as `f(element)` for its value, `std::identity{}` for the element itself; or, if it does not take
/// that, as `f(begin, end)` with the iterators of each chunk. Not copied, and called as const.
/// @param combine called with two values that it may move from, left and right, for the value of both.
/// @param grain how many elements a chunk has; 0: a 512th of them.
/// @return the value of all.
/// @throws as the form with indices does.
template <class Observer, detail::traversable Range, class T, class F, class Combine = std::plus<>>
[[nodiscard]] T parallel_reduce(basic_task_scheduler<Observer>& tasks,
                                Range&& range,
                                T init,
                                const F& f,
                                const Combine& combine = {},
                                std::size_t grain = 0) {
    static_assert(detail::is_divisible<Range>,
                  "lathe::parallel_reduce: the range must have random access and a size, so that it can be cut into "
                  "chunks; copy it into a std::vector");
    if constexpr (detail::is_divisible<Range>) {
        using steps = detail::element_steps<detail::traversal_iterator<Range>>;
        if constexpr (detail::check_parallel_reduce<T, F, Combine, steps>()) {
            const auto size = static_cast<std::uint64_t>(std::ranges::size(range));
            const steps from{std::ranges::begin(range)};
            return detail::reduce_steps(tasks, from, size, std::move(init), f, combine, grain);
        } else {
            return detail::after_an_error<T>();
        }
    } else {
        return detail::after_an_error<T>();
    }
}

/// Does not compile: a range is one argument.
template <class Observer, std::input_iterator Iterator, class T, class... Rest>
T parallel_reduce(basic_task_scheduler<Observer>& /*tasks*/, Iterator, Iterator, const T&, const Rest&... /*rest*/) {
    detail::refuse_iterators<Iterator>();
    return detail::after_an_error<T>();
}

} // namespace v0
} // namespace lathe

#endif // LATHE_TASK_PARALLEL_HPP
