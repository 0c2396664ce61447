// SPDX-License-Identifier: MIT
#ifndef LATHE_CACHE_DETAIL_FLIGHT_HPP
#define LATHE_CACHE_DETAIL_FLIGHT_HPP

/// @file
/// @brief A load that is going on, those who wait for it, and who would wait for ever.

#include <atomic>
#include <cstdint>
#include <exception>
#include <optional>
#include <utility>

#include <lathe/cache/detail/shard_base.hpp>
#include <lathe/cache/handle.hpp>

namespace lathe {
inline namespace v0 {
namespace detail {

// Where threads wait for another one's load. Only loads that somebody waits for have one; it lives until all have left.
class waiting_room_base {
public:
    waiting_room_base() = default;
    waiting_room_base(const waiting_room_base&) = delete;
    waiting_room_base& operator=(const waiting_room_base&) = delete;

    void wait() const noexcept { m_done.wait(0, std::memory_order_acquire); }
    [[nodiscard]] bool is_done() const noexcept { return m_done.load(std::memory_order_acquire) != 0; }
    // Release: who sees this sees the result too. By someone who is in the room, so that the room is still there to
    // notify.
    void open() noexcept {
        m_done.store(1, std::memory_order_release);
        m_done.notify_all();
    }

protected:
    ~waiting_room_base() = default;

private:
    std::atomic<int> m_done = 0;
};

template <class Value>
class waiting_room : public waiting_room_base {
public:
    // What the load came to, once the room is open: an exception, or an owner, or none when there is no value.
    std::exception_ptr error;
    cache_handle<Value> result;

    void enter() noexcept {
        m_inside.fetch_add(1, std::memory_order_relaxed);
    } // by somebody inside, or under the flight's lock
    void leave() noexcept {
        // Release, so that what was read here is read before the deletion; acquire, so that the last one sees it.
        if (m_inside.fetch_sub(1, std::memory_order_acq_rel) == 1) delete this;
    }

private:
    std::atomic<std::uint32_t> m_inside = 1;
};

// Somebody inside.
template <class Value>
class [[nodiscard]] waiting_guest {
public:
    waiting_guest() = default;
    explicit waiting_guest(waiting_room<Value>* entered) noexcept : m_room(entered) {}
    waiting_guest(waiting_guest&& other) noexcept : m_room(std::exchange(other.m_room, nullptr)) {}
    waiting_guest& operator=(waiting_guest&& other) noexcept {
        std::swap(m_room, other.m_room);
        return *this;
    }
    ~waiting_guest() {
        if (m_room != nullptr) m_room->leave();
    }
    [[nodiscard]] waiting_room<Value>* room() const noexcept { return m_room; }
    [[nodiscard]] waiting_room<Value>* give_up() noexcept { return std::exchange(m_room, nullptr); }

private:
    waiting_room<Value>* m_room = nullptr;
};

// How many loaders of caches run in this thread, one within the other. Its address names the thread.
struct loads_of_thread {
    int depth = 0;
};
inline loads_of_thread& loads_of_this_thread() noexcept {
    static constinit thread_local loads_of_thread loads;
    return loads;
}

// In the index in place of the entry that it will become. It lies in the frame of the call that loads.
template <class Key, class Value>
struct flight : cache_entry {
    flight(std::uint32_t hash, const Key& to_load) noexcept : cache_entry(hash), key(&to_load) {
        entry_access::set_state(*this, entry_state::indexed | entry_state::loading);
        ++thread->depth;
    }
    flight(const flight&) = delete;
    flight& operator=(const flight&) = delete;
    ~flight() { --thread->depth; }

    const Key* key;
    loads_of_thread* thread = &loads_of_this_thread();
    waiting_room<Value>* room = nullptr; // guarded by the shard's lock; the load is inside
};

// What is to be done about a key that get_or_load asks for.
enum class boarding_step {
    done,  // it was found, or it is known that there is nothing
    load,  // by the caller: his flight is in the index
    wait,  // for whoever loads it
    retry, // with a spare room, for one to wait in
};

template <class Key, class Value>
struct boarding {
    boarding_step next = boarding_step::done;
    std::optional<flight<Key, Value>> mine;
    waiting_guest<Value> spare;
    waiting_guest<Value> waits;
    const loads_of_thread* loader = nullptr;
};

// A thread that runs loaders and waits for one of another thread. Only such threads can wait in a circle, so only they
// are on record, in one list for all caches of the program.
class [[nodiscard]] recorded_wait {
public:
    // Answers whether `loader` is this thread or waits for it, by way of any number of others; otherwise this thread is
    // on record.
    bool closes_circle(const waiting_room_base& room, const loads_of_thread* loader) noexcept {
        const loads_of_thread* const self = &loads_of_this_thread();
        if (loader == self) return true;
        if (self->depth == 0) return false;
        const spin_guard guard(s_lock);
        // A record whose room is open waits no more. That is seen here: a thread opens the rooms of its loads before it
        // waits itself, which it does under this lock.
        for (const recorded_wait* at = record_of(loader); at != nullptr; at = record_of(at->m_loader)) {
            if (at->m_loader == self) return true;
        }
        m_thread = self;
        m_loader = loader;
        m_room = &room;
        m_next = s_first;
        s_first = this;
        return false;
    }
    recorded_wait() = default;
    recorded_wait(const recorded_wait&) = delete;
    recorded_wait& operator=(const recorded_wait&) = delete;
    ~recorded_wait() {
        if (m_thread == nullptr) return;
        const spin_guard guard(s_lock);
        recorded_wait** at = &s_first;
        while (*at != this)
            at = &(*at)->m_next;
        *at = m_next;
    }

private:
    static const recorded_wait* record_of(const loads_of_thread* thread) noexcept {
        for (const recorded_wait* at = s_first; at != nullptr; at = at->m_next) {
            if (at->m_thread == thread && !at->m_room->is_done()) return at;
        }
        return nullptr;
    }

    const loads_of_thread* m_thread = nullptr;
    const loads_of_thread* m_loader = nullptr;
    const waiting_room_base* m_room = nullptr;
    recorded_wait* m_next = nullptr;

    static inline constinit spin_lock s_lock{};
    static inline constinit recorded_wait* s_first = nullptr;
};

} // namespace detail
} // namespace v0
} // namespace lathe

#endif // LATHE_CACHE_DETAIL_FLIGHT_HPP
