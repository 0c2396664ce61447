// SPDX-License-Identifier: MIT
#ifndef LATHE_PERF_PROCESS_HPP
#define LATHE_PERF_PROCESS_HPP

/// @file
/// @brief What the system says of this process: memory, processor time, page faults.

#include <algorithm>
#include <cerrno>
#include <chrono>
#include <cstddef>
#include <cstdint>

#include <fcntl.h>
#include <sys/resource.h>
#include <unistd.h>

namespace lathe {
inline namespace v0 {
namespace perf {

/// What the system says of a process; 0 where it does not say.
struct process_figures {
    std::uint64_t resident_bytes = 0;        ///< memory that it occupies now; whole pages
    std::uint64_t peak_resident_bytes = 0;   ///< the most that it has occupied since its start
    std::uint64_t minor_faults = 0;          ///< pages it touched that were in memory, or were new
    std::uint64_t major_faults = 0;          ///< pages that had to be read from a disk
    std::uint64_t voluntary_switches = 0;    ///< how often a thread waited and gave its processor away
    std::uint64_t involuntary_switches = 0;  ///< how often a thread had its processor taken away
    std::chrono::nanoseconds user_time{0};   ///< processor time of all threads, in the program itself
    std::chrono::nanoseconds system_time{0}; ///< processor time of all threads, in the system

    /// @return whether all of them are equal.
    friend bool operator==(const process_figures&, const process_figures&) = default;
};

/// @return what the system says of this process at this moment.
///
/// It opens and reads a file of the system, which takes some microseconds: ask for a report, not for each call. It
/// allocates nothing, and leaves `errno` as it is.
/// @par Thread safety
/// Any thread may ask.
[[nodiscard]] inline process_figures this_process() noexcept;

} // namespace perf

// ---- implementation ----------------------------------------------------------------------------------------------

namespace detail {

// The second number of the text that the system keeps about a process: its resident pages.
inline std::uint64_t process_resident_pages(const char* text, const char* end) noexcept {
    const char* at = std::find(text, end, ' ');
    std::uint64_t pages = 0;
    while (at != end && ++at != end && *at >= '0' && *at <= '9')
        pages = pages * 10 + static_cast<std::uint64_t>(*at - '0');
    return pages;
}
inline std::uint64_t process_resident_bytes() noexcept {
    // Opened each time: after a fork, a file that was kept would still tell of the parent.
    const int file = ::open("/proc/self/statm", O_RDONLY | O_CLOEXEC);
    if (file < 0) return 0;
    char text[128];
    const ::ssize_t size = ::read(file, text, sizeof text);
    ::close(file);
    const long page = ::sysconf(_SC_PAGESIZE);
    if (size <= 0 || page <= 0) return 0;
    return process_resident_pages(text, text + size) * static_cast<std::uint64_t>(page);
}
inline std::chrono::nanoseconds process_time(const ::timeval& time) noexcept {
    return std::chrono::seconds(time.tv_sec) + std::chrono::microseconds(time.tv_usec);
}

} // namespace detail

namespace perf {

inline process_figures this_process() noexcept {
    process_figures now;
    const int error_of_caller = errno;
    now.resident_bytes = detail::process_resident_bytes();
    ::rusage usage{};
    if (::getrusage(RUSAGE_SELF, &usage) == 0) {
        constexpr std::uint64_t unit = 1024; // of ru_maxrss
        now.peak_resident_bytes = static_cast<std::uint64_t>(usage.ru_maxrss) * unit;
        now.minor_faults = static_cast<std::uint64_t>(usage.ru_minflt);
        now.major_faults = static_cast<std::uint64_t>(usage.ru_majflt);
        now.voluntary_switches = static_cast<std::uint64_t>(usage.ru_nvcsw);
        now.involuntary_switches = static_cast<std::uint64_t>(usage.ru_nivcsw);
        now.user_time = detail::process_time(usage.ru_utime);
        now.system_time = detail::process_time(usage.ru_stime);
    }
    // The system takes note of the peak now and then only.
    now.peak_resident_bytes = std::max(now.peak_resident_bytes, now.resident_bytes);
    errno = error_of_caller;
    return now;
}

} // namespace perf
} // namespace v0
} // namespace lathe

#endif // LATHE_PERF_PROCESS_HPP
