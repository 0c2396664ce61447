// SPDX-License-Identifier: MIT
#ifndef LATHE_TASK_DETAIL_TASK_OBSERVATION_HPP
#define LATHE_TASK_DETAIL_TASK_OBSERVATION_HPP

/// @file
/// @brief Telling an observer what becomes of a task; nothing, if there is none.

#include <concepts>
#include <cstdint>
#include <exception>
#include <string_view>
#include <type_traits>
#include <utility>

#include <lathe/core/concepts.hpp>
#include <lathe/task/detail/task_worker.hpp>
#include <lathe/task/observer.hpp>

namespace lathe {
inline namespace v0 {
namespace detail {

[[nodiscard]] void* observer_of(const task_engine& engine) noexcept;
// What a posted task that never ran has come to.
[[nodiscard]] std::exception_ptr dropped_task_error() noexcept;

enum class record_event : std::uint8_t { added, started, finished, failed };

// An observer whose type is not known, for tasks with options.
struct observer_hooks {
    void* observer = nullptr;
    void (*tell)(void*, const task_info&, record_event, const std::exception_ptr&) noexcept = nullptr;
    // Around work that answers whether it returned.
    bool (*observe)(void*, std::string_view name, bool (*work)(void*) noexcept, void* data) noexcept = nullptr;
};

template <class Observer>
[[nodiscard]] observer_hooks hooks_of(Observer* observer) noexcept {
    observer_hooks hooks;
    hooks.observer = observer;
    if constexpr (task_observer<Observer>) {
        hooks.tell =
            [](void* to, const task_info& info, record_event event, const std::exception_ptr& exception) noexcept {
                Observer& told = *static_cast<Observer*>(to);
                switch (event) {
                case record_event::added:
                    told.added(info);
                    break;
                case record_event::started:
                    told.started(info);
                    break;
                case record_event::finished:
                    told.finished(info);
                    break;
                case record_event::failed:
                    told.failed(info, exception);
                    break;
                }
            };
    } else if constexpr (!std::same_as<Observer, null_observer>) {
        hooks.observe = [](void* by, std::string_view name, bool (*work)(void*) noexcept, void* data) noexcept {
            [[maybe_unused]] const auto scope = static_cast<Observer*>(by)->observe(name);
            return work(data);
        };
    }
    return hooks;
}

// For tasks without a record: those have no id, and one attempt.
template <class Observer>
struct observation {
    struct forget {
        void operator()(const std::exception_ptr& /*thrown*/) const noexcept {}
    };

    [[nodiscard]] static task_info info() noexcept {
        const task_worker& worker = *t_task_worker;
        return {{}, lathe::priority{static_cast<std::uint8_t>(worker.frame->level)}, 1, worker.number};
    }

    // Calls what may throw; answers whether it returned. What it throws goes to `keep`.
    template <class Work, class Keep = forget>
    [[nodiscard]] static bool call(const task_engine& engine, Work&& work, Keep&& keep = {}) noexcept {
        if constexpr (std::same_as<Observer, null_observer>) {
            static_cast<void>(engine);
            try {
                work();
                return true;
            } catch (...) {
                keep(std::current_exception());
                return false;
            }
        } else {
            Observer& told = *static_cast<Observer*>(observer_of(engine));
            std::exception_ptr thrown;
            try {
                if constexpr (task_observer<Observer>) {
                    told.started(info());
                    work();
                    told.finished(info());
                } else {
                    [[maybe_unused]] const auto scope = told.observe("task");
                    work();
                }
                return true;
            } catch (...) {
                thrown = std::current_exception();
            }
            if constexpr (task_observer<Observer>) told.failed(info(), thrown);
            keep(std::move(thrown));
            return false;
        }
    }
    static void added(const task_engine& engine, lathe::priority priority) noexcept {
        if constexpr (task_observer<Observer>) {
            static_cast<Observer*>(observer_of(engine))->added(task_info{{}, priority, 0, 0});
        } else {
            static_cast<void>(engine);
        }
    }
    // It was told of a task that could not be added then.
    static void refused(const task_engine& engine, lathe::priority priority) noexcept {
        if constexpr (task_observer<Observer>) {
            static_cast<Observer*>(observer_of(engine))
                ->failed(task_info{{}, priority, 0, 0}, std::current_exception());
        } else {
            static_cast<void>(engine);
        }
    }
    static void dropped(const task_engine& engine, unsigned level) noexcept {
        if constexpr (task_observer<Observer>) {
            const lathe::priority priority{static_cast<std::uint8_t>(level)};
            static_cast<Observer*>(observer_of(engine))->failed(task_info{{}, priority, 0, 0}, dropped_task_error());
        } else {
            static_cast<void>(engine);
            static_cast<void>(level);
        }
    }
};

} // namespace detail
} // namespace v0
} // namespace lathe

#endif // LATHE_TASK_DETAIL_TASK_OBSERVATION_HPP
