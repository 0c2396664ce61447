// SPDX-License-Identifier: MIT
#ifndef LATHE_PERF_DETAIL_TICKS_HPP
#define LATHE_PERF_DETAIL_TICKS_HPP

/// @file
/// @brief The clock of scopes: the processor's counter where it runs evenly, else the steady clock.

#include <atomic>
#include <chrono>
#include <cstdint>

#if defined(__x86_64__) || defined(__i386__)
#    include <cpuid.h>
#endif
#include <time.h>

namespace lathe {
inline namespace v0 {
namespace detail {

inline std::uint64_t steady_nanoseconds() noexcept {
    const auto since = std::chrono::steady_clock::now().time_since_epoch();
    return static_cast<std::uint64_t>(std::chrono::nanoseconds(since).count());
}

// Not ordered with what stands before and after it: some ten nanoseconds of a neighbour may count for the scope, or
// the other way. To order it would cost half as much again.
[[gnu::always_inline]] inline std::uint64_t read_ticks() noexcept {
#if defined(__x86_64__) || defined(__i386__)
    return __builtin_ia32_rdtsc();
#elif defined(__aarch64__)
    std::uint64_t ticks;
    asm volatile("mrs %0, cntvct_el0" : "=r"(ticks));
    return ticks;
#else
    return steady_nanoseconds();
#endif
}

// Whether the counter runs at one rate whatever the processor does.
inline bool ticks_are_even() noexcept {
#if defined(__x86_64__) || defined(__i386__)
    unsigned a = 0;
    unsigned b = 0;
    unsigned c = 0;
    unsigned d = 0;
    // AMD64 Architecture Programmer's Manual, volume 3, E.4.7; Intel SDM, volume 2A, CPUID: "invariant TSC".
    return __get_cpuid(0x8000'0007U, &a, &b, &c, &d) != 0 && (d & (1U << 8)) != 0;
#else
    return true; // by the architecture, or it is the steady clock anyway
#endif
}

// How long a tick is: from two readings of both clocks, ten milliseconds apart or more.
class tick_rate {
public:
    // The first reading. Early enough, nobody has to wait for the second.
    static void begin() noexcept { static_cast<void>(the_first()); }

    // Waits until ten milliseconds have passed since begin(); the same number ever after.
    static double nanoseconds_per_tick() noexcept {
        static const double rate = measure();
        return rate;
    }

private:
    struct reading {
        std::uint64_t ticks = 0;
        std::uint64_t nanoseconds = 0;
    };

    // The steady clock lies between two readings of the counter; the closest of some.
    static reading read_both() noexcept {
        reading best;
        std::uint64_t least = ~std::uint64_t{0};
        for (int i = 0; i < 8; ++i) {
            const std::uint64_t before = read_ticks();
            const std::uint64_t now = steady_nanoseconds();
            const std::uint64_t between = read_ticks() - before;
            if (between < least) {
                least = between;
                best = {before + between / 2, now};
            }
        }
        return best;
    }

    static const reading& the_first() noexcept {
        static const reading first = read_both();
        return first;
    }

    static double measure() noexcept {
        constexpr std::uint64_t enough = 10'000'000;
        const reading& first = the_first();
        for (std::uint64_t waited = 0; (waited = steady_nanoseconds() - first.nanoseconds) < enough;) {
            const timespec rest{.tv_sec = 0, .tv_nsec = static_cast<long>(enough - waited)};
            ::nanosleep(&rest, nullptr);
        }
        const reading last = read_both();
        return static_cast<double>(last.nanoseconds - first.nanoseconds) /
               static_cast<double>(last.ticks - first.ticks);
    }
};

} // namespace detail
} // namespace v0
} // namespace lathe

#endif // LATHE_PERF_DETAIL_TICKS_HPP
