// SPDX-License-Identifier: MIT
#ifndef LATHE_TASK_DETAIL_TASK_CALL_HPP
#define LATHE_TASK_DETAIL_TASK_CALL_HPP

/// @file
/// @brief Callables with their arguments, in slots and cells.

#include <exception>
#include <functional>
#include <stop_token>
#include <tuple>
#include <type_traits>
#include <utility>

#include <lathe/core/concepts.hpp>
#include <lathe/task/detail/task_cell.hpp>
#include <lathe/task/detail/task_observation.hpp>
#include <lathe/task/detail/task_slot.hpp>

namespace lathe {
inline namespace v0 {
namespace detail {

// What is known of f(args...), as it is called later with its own copies.
template <class F, class... Args>
struct call_terms {
    static constexpr bool takes_token = std::is_invocable_v<F&, std::stop_token, Args...>;
    static constexpr bool is_callable = takes_token || std::is_invocable_v<F&, Args...>;

    static auto probe() {
        if constexpr (takes_token) {
            return std::type_identity<std::invoke_result_t<F&, std::stop_token, Args...>>{};
        } else if constexpr (is_callable) {
            return std::type_identity<std::invoke_result_t<F&, Args...>>{};
        } else {
            return std::type_identity<void>{};
        }
    }
    using result = typename decltype(probe())::type;
};

// f and copies of its arguments.
template <class F, class... Args>
class bound_call {
    using terms = call_terms<F, Args...>;

public:
    using result = typename terms::result;
    static constexpr bool takes_token = terms::takes_token;
    // Whether it can be called more than once, with its arguments as they are.
    static constexpr bool is_repeatable =
        takes_token ? std::is_invocable_v<F&, std::stop_token, Args&...> : std::is_invocable_v<F&, Args&...>;

    template <class G, class... Given>
    explicit bound_call(std::in_place_t /*args follow*/, G&& f, Given&&... args)
        : m_f(std::forward<G>(f)), m_args(std::forward<Given>(args)...) {}

    // For the last time: the arguments are moved from.
    result once(std::stop_token token = {})
        requires(takes_token)
    {
        return std::apply(
            [&](Args&... args) -> result { return std::invoke(m_f, std::move(token), static_cast<Args&&>(args)...); },
            m_args);
    }
    result once()
        requires(!takes_token)
    {
        return std::apply([&](Args&... args) -> result { return std::invoke(m_f, static_cast<Args&&>(args)...); },
                          m_args);
    }
    // It is called with its arguments as they are. (Who adds a task to be repeated, and cannot, is refused.)
    result again(std::stop_token token) {
        if constexpr (!is_repeatable) {
            return run_once(std::move(token));
        } else if constexpr (takes_token) {
            return std::apply(
                [&](Args&... args) -> result {
                    return static_cast<result>(std::invoke(m_f, std::move(token), args...));
                },
                m_args);
        } else {
            return std::apply([&](Args&... args) -> result { return static_cast<result>(std::invoke(m_f, args...)); },
                              m_args);
        }
    }
    result run_once(std::stop_token token) {
        if constexpr (takes_token) {
            return once(std::move(token));
        } else {
            return once();
        }
    }

private:
    [[no_unique_address]] F m_f;
    [[no_unique_address]] std::tuple<Args...> m_args;
};

// Of f and its arguments, as they are given.
template <class... Task>
using bound = bound_call<std::decay_t<Task>...>;

// A call that is too large for where it is to be kept, or that throws when it moves.
template <class Call>
class boxed_call {
public:
    using result = typename Call::result;

    template <class... Args>
    explicit boxed_call(std::in_place_t follow, Args&&... args)
        : m_call(new Call(follow, std::forward<Args>(args)...)) {}
    boxed_call(boxed_call&& other) noexcept : m_call(std::exchange(other.m_call, nullptr)) {}
    boxed_call& operator=(boxed_call&&) = delete;
    ~boxed_call() { delete m_call; }

    result once() { return m_call->once(); }

private:
    Call* m_call;
};

// ---- posted tasks, in slots ----

template <class Call>
using slot_call_of = std::conditional_t<task_slot::fits<Call>, Call, boxed_call<Call>>;

template <class Call, class Observer>
slot_outcome run_posted(task_slot& slot, slot_call what, task_engine& engine) noexcept {
    struct owned_call {
        Call& call;
        ~owned_call() { call.~Call(); }
    };
    const owned_call owned{slot.as<Call>()};
    if (what == slot_call::drop) {
        observation<Observer>::dropped(engine, chunk_of(slot).level);
        return slot_outcome::cancelled;
    }
    const bool returned = observation<Observer>::call(engine, [&] { static_cast<void>(owned.call.once()); });
    return returned ? slot_outcome::succeeded : slot_outcome::failed;
}

// ---- tasks with a handle and nothing else, in cells ----

template <class Call>
using cell_call_of = std::conditional_t<task_cell::fits<Call>, Call, boxed_call<Call>>;

void free_handled(task_cell& cell) noexcept;

template <class Call, class Observer>
struct handled {
    using result = typename Call::result;

    static bool run(task_cell& cell, bool /*again*/) noexcept {
        return observation<Observer>::call(
            *cell.engine,
            [&] {
                store_value_of<result>(
                    cell, [&]() -> result { return cell.as<Call>().once(); }, [&] { destroy_call(cell); });
            },
            [&](std::exception_ptr thrown) {
                if (cell.content == cell_content::callable) destroy_call(cell);
                cell.put_exception(std::move(thrown));
            });
    }
    static void destroy_call(task_cell& cell) noexcept {
        cell.content = cell_content::nothing;
        cell.destroy<Call>();
    }
    static void drop(task_cell& cell) noexcept { cell.destroy<Call>(); }

    static constexpr cell_kind kind{&run, &drop, &destroy_value_of<result>, &free_handled, type_of_value<result>};
};

} // namespace detail
} // namespace v0
} // namespace lathe

#endif // LATHE_TASK_DETAIL_TASK_CALL_HPP
