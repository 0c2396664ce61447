// SPDX-License-Identifier: MIT
#ifndef LATHE_META_DETAIL_SINGLETON_MAKING_HPP
#define LATHE_META_DETAIL_SINGLETON_MAKING_HPP

/// @file
/// @brief Who makes which singleton, and who waits for it. Nothing here runs once a singleton is made.

#include <atomic>
#include <mutex>
#include <string>
#include <string_view>

#include <lathe/meta/singleton_error.hpp>

namespace lathe {
inline namespace v0 {
namespace detail {

class singleton_making;
struct singleton_maker;

// What is known of a singleton beside its object. Guarded by the lock; only those who wait read the phase without.
struct singleton_state {
    enum : int { absent, in_making, made, gone };
    std::atomic<int> phase{absent};
    const singleton_maker* maker = nullptr; // the thread that makes it, while it is in making
};

// A thread that makes singletons, one inside the constructor of another.
struct singleton_maker {
    const singleton_making* innermost = nullptr;
    const singleton_state* waits_for = nullptr; // what the innermost one needs and another thread makes
};

// Never destroyed: singletons are used until the last handler of the exit has run.
union singleton_lock {
    std::mutex mutex;
    constexpr singleton_lock() noexcept : mutex() {}
    constexpr ~singleton_lock() {} // NOLINT(modernize-use-equals-default)
};

// One lock for all singletons, held for moments and never while a constructor runs. Both objects are visible, so that
// they are the same for all shared libraries.
[[gnu::visibility("default")]] inline constinit singleton_lock the_singleton_lock;
[[gnu::visibility("default")]] inline constinit thread_local singleton_maker this_singleton_maker;

[[noreturn, gnu::cold, gnu::noinline]] inline void
throw_singleton_error(std::string_view name, std::string_view member, std::string_view text) {
    std::string what = "lathe::singleton<";
    what.append(name).append(">").append(member).append(": ").append(text);
    throw singleton_error(what);
}
[[noreturn, gnu::cold, gnu::noinline]] inline void throw_singleton_gone(std::string_view name) {
    throw_singleton_error(name,
                          "",
                          "it was destroyed at the end of the program or of this thread; let what needs it until then "
                          "use it in its constructor, which makes it go later");
}

// One making of one singleton, on the stack of the thread that makes it.
class singleton_making {
public:
    // Waits while another thread makes it. Afterwards it is either made, or the caller's to make, which is_mine()
    // tells. Throws if it would wait forever, if the singleton is gone, or if it would be the caller's but cannot be
    // made.
    singleton_making(singleton_state& state, std::string_view name, bool can_be_made) : m_state(state), m_name(name) {
        singleton_maker& me = this_singleton_maker;
        std::unique_lock lock{the_singleton_lock.mutex};
        while (m_state.phase == singleton_state::in_making) {
            if (waits_for(me)) {
                fail(
                    "each of " + circle(me) +
                    " needs the next one to be made first; let one of them use the next later than in its constructor");
            }
            me.waits_for = &m_state;
            lock.unlock();
            m_state.phase.wait(singleton_state::in_making);
            lock.lock();
            me.waits_for = nullptr;
        }
        if (m_state.phase == singleton_state::gone) throw_singleton_gone(m_name);
        if (m_state.phase == singleton_state::made) return;
        if (!can_be_made) {
            fail(
                "it is not made yet, and needs arguments, or lacks the line friend lathe::singleton<T>; write that, or "
                "call emplace before the first use");
        }
        m_is_mine = true;
        m_outer = me.innermost;
        me.innermost = this;
        m_state.maker = &me;
        m_state.phase = singleton_state::in_making;
    }
    singleton_making(const singleton_making&) = delete;
    singleton_making& operator=(const singleton_making&) = delete;

    // A making that was not finished has failed; one of those who wait is next.
    ~singleton_making() {
        if (!m_is_mine) return;
        const std::lock_guard lock{the_singleton_lock.mutex};
        leave(singleton_state::absent);
    }

    [[nodiscard]] bool is_mine() const noexcept { return m_is_mine; }

    // The object is there. To be called with the lock.
    void finish() noexcept {
        leave(singleton_state::made);
        m_is_mine = false;
    }

private:
    [[noreturn]] void fail(const std::string& text) const { throw_singleton_error(m_name, "", text); }

    void leave(int phase) noexcept {
        this_singleton_maker.innermost = m_outer;
        m_state.maker = nullptr;
        m_state.phase = phase;
        m_state.phase.notify_all();
    }

    // Whether who makes it waits, through any number of threads, for what `me` makes. It is asked before each wait,
    // with the lock, so that the threads that wait never form a circle, and this comes to an end.
    [[nodiscard]] bool waits_for(const singleton_maker& me) const noexcept {
        const singleton_maker* maker = m_state.maker;
        while (maker != nullptr && maker != &me)
            maker = maker->waits_for != nullptr ? maker->waits_for->maker : nullptr;
        return maker == &me;
    }

    // "a -> b -> a": from the one that is asked for, through the constructors of each thread, to this call.
    [[nodiscard]] std::string circle(const singleton_maker& me) const {
        std::string path;
        const singleton_state* state = &m_state;
        while (true) {
            const singleton_maker& maker = *state->maker;
            std::string part;
            for (const singleton_making* making = maker.innermost; making != nullptr; making = making->m_outer) {
                part.insert(0, std::string(making->m_name) + " -> ");
                if (&making->m_state == state) break;
            }
            path += part;
            if (&maker == &me) return path.append(m_name);
            state = maker.waits_for;
        }
    }

    singleton_state& m_state;
    std::string_view m_name;
    const singleton_making* m_outer = nullptr;
    bool m_is_mine = false;
};

} // namespace detail
} // namespace v0
} // namespace lathe

#endif // LATHE_META_DETAIL_SINGLETON_MAKING_HPP
