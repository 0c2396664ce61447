// SPDX-License-Identifier: MIT
#ifndef LATHE_TASK_DETAIL_PARALLEL_LOOP_HPP
#define LATHE_TASK_DETAIL_PARALLEL_LOOP_HPP

/// @file
/// @brief What one chunk of a parallel loop does.

#include <cstddef>
#include <cstdint>
#include <functional>
#include <iterator>
#include <optional>
#include <string>
#include <type_traits>
#include <utility>
#include <vector>

#include <lathe/task/detail/parallel_checks.hpp>
#include <lathe/task/detail/parallel_job.hpp>
#include <lathe/task/error.hpp>
#include <lathe/task/scheduler.hpp>

namespace lathe {
inline namespace v0 {
namespace detail {

// What a loop goes over: positions, counted from 0, and what is at them.

// How many indices there are from `first` to `last`, without `last`.
template <loop_index First, loop_index Last>
std::uint64_t count_indices(const char* place, First first, Last last) {
    if (!std::cmp_less(first, last)) return 0;
    if (!std::in_range<std::common_type_t<First, Last>>(first)) {
        throw task_error(std::string(place) + ": the first index is " + std::to_string(first) +
                         ", but the last one is of an unsigned type, and so all are; make it a signed one");
    }
    return static_cast<std::uint64_t>(last) - static_cast<std::uint64_t>(first);
}

// The numbers from `first` on.
template <class Index>
struct index_steps {
    using position = Index;
    using element = Index;
    Index first;

    // Wraps as unsigned numbers do and back, so it is right for all distances that two numbers can have.
    [[nodiscard]] Index at(std::uint64_t step) const noexcept {
        return static_cast<Index>(static_cast<std::uint64_t>(first) + step);
    }
    static Index element_at(Index position) noexcept { return position; }
};

// The elements of a range from `first` on.
template <class Iterator>
struct element_steps {
    using position = Iterator;
    using element = std::iter_reference_t<Iterator>;
    Iterator first;

    [[nodiscard]] Iterator at(std::uint64_t step) const {
        return first + static_cast<std::iter_difference_t<Iterator>>(step);
    }
    static element element_at(const Iterator& position) { return *position; }
};

template <class Steps, class F>
class for_job final : public parallel_job {
public:
    for_job(const Steps& steps, std::uint64_t size, const F& f, std::size_t grain)
        : parallel_job(size, grain), m_steps(steps), m_f(f) {}

private:
    void do_chunk(std::uint64_t /*chunk*/, std::uint64_t begin, std::uint64_t end) override {
        auto position = m_steps.at(begin);
        const auto last = m_steps.at(end);
        if constexpr (loop_terms<F, Steps>::form == loop_form::chunks) {
            std::invoke(m_f, std::move(position), last);
        } else {
            for (; position != last; ++position)
                std::invoke(m_f, Steps::element_at(position));
        }
    }

    const Steps& m_steps;
    const F& m_f;
};

template <class Steps, class T, class F, class Combine>
class reduce_job final : public parallel_job {
public:
    reduce_job(const Steps& steps, std::uint64_t size, const F& f, const Combine& combine, std::size_t grain)
        : parallel_job(size, grain),
          m_steps(steps),
          m_f(f),
          m_combine(combine),
          m_values(static_cast<std::size_t>(chunks())) {}

    // After the job is complete.
    [[nodiscard]] T combined(T value) {
        for (std::optional<T>& each : m_values)
            value = joined(value, *std::move(each));
        return value;
    }

private:
    void do_chunk(std::uint64_t chunk, std::uint64_t begin, std::uint64_t end) override {
        auto position = m_steps.at(begin);
        const auto last = m_steps.at(end);
        std::optional<T>& result = m_values[static_cast<std::size_t>(chunk)];
        if constexpr (loop_terms<F, Steps>::form == loop_form::chunks) {
            result.emplace(static_cast<T>(std::invoke(m_f, std::move(position), last)));
        } else {
            T value = static_cast<T>(std::invoke(m_f, Steps::element_at(position)));
            while (++position != last)
                value = joined(value, static_cast<T>(std::invoke(m_f, Steps::element_at(position))));
            result.emplace(std::move(value));
        }
    }
    T joined(T& left, T&& right) const {
        return static_cast<T>(std::invoke(m_combine, std::move(left), std::move(right)));
    }

    const Steps& m_steps;
    const F& m_f;
    const Combine& m_combine;
    std::vector<std::optional<T>> m_values; // of the chunks, each written by who does that chunk
};

template <class Observer, class Steps, class F>
void for_steps(
    basic_task_scheduler<Observer>& tasks, const Steps& steps, std::uint64_t size, const F& f, std::size_t grain) {
    for_job<Steps, F> job(steps, size, f, grain);
    run_in_parallel("lathe::parallel_for", tasks, job);
}

template <class Observer, class Steps, class T, class F, class Combine>
T reduce_steps(basic_task_scheduler<Observer>& tasks,
               const Steps& steps,
               std::uint64_t size,
               T init,
               const F& f,
               const Combine& combine,
               std::size_t grain) {
    reduce_job<Steps, T, F, Combine> job(steps, size, f, combine, grain);
    run_in_parallel("lathe::parallel_reduce", tasks, job);
    return job.combined(std::move(init));
}

} // namespace detail
} // namespace v0
} // namespace lathe

#endif // LATHE_TASK_DETAIL_PARALLEL_LOOP_HPP
