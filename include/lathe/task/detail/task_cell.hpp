// SPDX-License-Identifier: MIT
#ifndef LATHE_TASK_DETAIL_TASK_CELL_HPP
#define LATHE_TASK_DETAIL_TASK_CELL_HPP

/// @file
/// @brief A task that somebody may wait for: its callable, then its value or exception, in one place.

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <exception>
#include <new>
#include <type_traits>
#include <utility>

#include <lathe/task/detail/task_slot.hpp>
#include <lathe/task/status.hpp>

namespace lathe {
inline namespace v0 {
namespace detail {

struct task_cell;

enum class cell_content : std::uint8_t { nothing, callable, value, exception };

// What is known of the types in a cell. All functions are called by the one thread that has claimed it, but release.
struct cell_kind {
    // Calls the callable and stores what comes of it. Answers whether it returned. `again`: it may be called once more.
    bool (*run)(task_cell&, bool again) noexcept;
    void (*drop_callable)(task_cell&) noexcept;
    void (*destroy_value)(task_cell&) noexcept;
    void (*free)(task_cell&) noexcept; // gives the memory back; nothing is in it any more
    const void* type;                  // of the value
};

// The bits of a cell's state: what has happened, then the number of those who may still look.
struct cell_state {
    static constexpr std::uint32_t ready = 1;          // it may be claimed and run
    static constexpr std::uint32_t claimed = 2;        // somebody has begun, or will never begin
    static constexpr std::uint32_t done = 4;           // what came of it is there
    static constexpr std::uint32_t waited_for = 8;     // somebody is to be told when it is done
    static constexpr std::uint32_t asked_to_stop = 16; // it was cancelled while it ran
    static constexpr std::uint32_t repeated = 32;      // it has had a turn, and will have more until it is ended
    static constexpr std::uint32_t owner = 64;         // one of those who may still look

    [[nodiscard]] static constexpr bool has_one_owner(std::uint32_t state) noexcept { return state / owner == 1; }
};

// A line of memory. Its owners are the handles and the queue, while it is queued. Who claims it, by the bit of its
// state, runs it: a worker that comes to its slot, or a task that wants its value first.
struct task_cell {
    static constexpr std::size_t room = 40;
    template <class T>
    static constexpr bool fits = sizeof(T) <= room && alignof(T) <= 8 && std::is_nothrow_move_constructible_v<T>;

    const cell_kind* kind = nullptr;
    std::atomic<std::uint32_t> state = 0;
    task_status outcome = task_status::queued; // once it is done
    cell_content content = cell_content::nothing;
    std::uint8_t level = 0;
    bool is_record = false; // it is the base of a task_record
    task_engine* engine = nullptr;
    union {
        task_cell* next; // of those that are not in use
        alignas(8) std::byte storage[room];
    };

    task_cell() noexcept : next(nullptr) {}
    task_cell(const task_cell&) = delete;
    task_cell& operator=(const task_cell&) = delete;
    ~task_cell() = default;

    template <class T>
    [[nodiscard]] T& as() noexcept {
        if constexpr (fits<T>) {
            return *std::launder(reinterpret_cast<T*>(storage));
        } else {
            return **std::launder(reinterpret_cast<T**>(storage));
        }
    }
    // Of what fits, by a move that does not throw.
    template <class T>
    void put(T&& value) noexcept {
        ::new (static_cast<void*>(storage)) std::remove_cvref_t<T>(std::forward<T>(value));
    }
    template <class T>
    void destroy() noexcept {
        if constexpr (fits<T>) {
            as<T>().~T();
        } else {
            delete &as<T>();
        }
    }
    void put_exception(std::exception_ptr exception) noexcept {
        put(std::move(exception));
        content = cell_content::exception;
    }
    [[nodiscard]] const std::exception_ptr& exception() noexcept { return as<std::exception_ptr>(); }

    // Destroys what is there.
    void clear() noexcept {
        switch (std::exchange(content, cell_content::nothing)) {
        case cell_content::nothing:
            break;
        case cell_content::callable:
            kind->drop_callable(*this);
            break;
        case cell_content::value:
            kind->destroy_value(*this);
            break;
        case cell_content::exception:
            destroy<std::exception_ptr>();
            break;
        }
    }

    // Relaxed: who owns it gives it to another thread by something that orders.
    void own() noexcept { state.fetch_add(cell_state::owner, std::memory_order_relaxed); }
    // Release: what an owner has read is read before it is destroyed; acquire: by the last one.
    void disown() noexcept {
        const std::uint32_t before = state.fetch_sub(cell_state::owner, std::memory_order_acq_rel);
        if (cell_state::has_one_owner(before)) release();
    }
    void release() noexcept {
        clear();
        kind->free(*this);
    }

    // Acquire: what came of the task is seen.
    [[nodiscard]] bool is_done() const noexcept {
        return (state.load(std::memory_order_acquire) & cell_state::done) != 0;
    }
    // Takes the right to run it, if it has not begun and nothing holds it back.
    [[nodiscard]] bool claim_ready() noexcept {
        std::uint32_t seen = state.load(std::memory_order_relaxed);
        while ((seen & (cell_state::ready | cell_state::claimed)) == cell_state::ready) {
            if (state.compare_exchange_weak(
                    seen, seen | cell_state::claimed, std::memory_order_acquire, std::memory_order_relaxed)) {
                return true;
            }
        }
        return false;
    }
    // Who waits for it is to be told. Answers false if it is done, so that nobody would be.
    [[nodiscard]] bool wants_to_be_told() noexcept {
        // Acquire: if it is done, its value is seen. Release is for nobody.
        return (state.fetch_or(cell_state::waited_for, std::memory_order_acq_rel) & cell_state::done) == 0;
    }
    // Takes the right to say that it will never run. Answers the state before, with the bit `claimed` if it is too
    // late.
    [[nodiscard]] std::uint32_t claim_anyway() noexcept {
        return state.fetch_or(cell_state::claimed, std::memory_order_acquire);
    }
};
static_assert(sizeof(task_cell) == 64 || sizeof(void*) != 8);

// ---- values ----

struct no_value {};
// What is stored of a result: a pointer for a reference.
template <class R>
using stored_value = std::conditional_t<
    std::is_void_v<R>,
    no_value,
    std::conditional_t<std::is_reference_v<R>, std::add_pointer_t<std::remove_reference_t<R>>, std::remove_cv_t<R>>>;

template <class T>
struct type_mark {
    static constexpr char address = 0;
};
template <class R>
inline constexpr const void* type_of_value = &type_mark<stored_value<R>>::address;

// Stores what `call()` returns. Results that do not fit, or whose move could throw, or that cannot be moved, are made
// on the heap, where they stay. `before_value` is called when the call has returned.
template <class R, class Call, class BeforeValue>
void store_value_of(task_cell& cell, Call&& call, BeforeValue&& before_value) {
    using stored = stored_value<R>;
    if constexpr (std::is_void_v<R>) {
        call();
        before_value();
        cell.put(no_value{});
    } else if constexpr (std::is_reference_v<R>) {
        auto* const value = &call();
        before_value();
        cell.put(value);
    } else if constexpr (task_cell::fits<stored>) {
        stored value(call());
        before_value();
        cell.put(std::move(value));
    } else {
        auto* const value = new stored(call());
        before_value();
        cell.put(value);
    }
    cell.content = cell_content::value;
}

template <class R>
void destroy_value_of(task_cell& cell) noexcept {
    cell.destroy<stored_value<R>>();
}

} // namespace detail
} // namespace v0
} // namespace lathe

#endif // LATHE_TASK_DETAIL_TASK_CELL_HPP
