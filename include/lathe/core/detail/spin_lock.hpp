// SPDX-License-Identifier: MIT
#ifndef LATHE_CORE_DETAIL_SPIN_LOCK_HPP
#define LATHE_CORE_DETAIL_SPIN_LOCK_HPP

/// @file
/// @brief A lock for short sections: one locked instruction to take it, a plain store to give it back.

#include <atomic>

#include <sched.h>

namespace lathe {
inline namespace v0 {
namespace detail {

// Lets a thread that looks at a word again and again leave the processor to its twin for a moment.
inline void pause_processor() noexcept {
#if defined(__x86_64__) || defined(__i386__)
    __builtin_ia32_pause();
#elif defined(__aarch64__)
    asm volatile("yield");
#endif
}

// For sections of some hundred instructions that call no foreign code. It is half as dear as std::mutex, which needs a
// locked instruction on both sides. Who finds it taken yields after a while, so that a holder that lost its processor
// gets it back.
class spin_lock {
public:
    void lock() noexcept {
        // Acquire, with the release in unlock: what the last holder wrote is seen.
        if (m_taken.exchange(true, std::memory_order_acquire)) [[unlikely]] {
            wait();
        }
    }
    void unlock() noexcept { m_taken.store(false, std::memory_order_release); }

private:
    [[gnu::noinline, gnu::cold]] void wait() noexcept {
        constexpr int patience = 64;
        int spins = 0;
        do {
            // Relaxed: this only looks when it is worth to try; the exchange orders.
            while (m_taken.load(std::memory_order_relaxed)) {
                if (++spins > patience) {
                    sched_yield();
                    spins = 0;
                } else {
                    pause_processor();
                }
            }
        } while (m_taken.exchange(true, std::memory_order_acquire));
    }

    std::atomic<bool> m_taken = false;
};

class [[nodiscard]] spin_guard {
public:
    explicit spin_guard(spin_lock& lock) noexcept : m_lock(lock) { m_lock.lock(); }
    spin_guard(const spin_guard&) = delete;
    spin_guard& operator=(const spin_guard&) = delete;
    ~spin_guard() { m_lock.unlock(); }

private:
    spin_lock& m_lock;
};

} // namespace detail
} // namespace v0
} // namespace lathe

#endif // LATHE_CORE_DETAIL_SPIN_LOCK_HPP
