// SPDX-License-Identifier: MIT
#ifndef LATHE_PERF_PROCESS_HPP
#define LATHE_PERF_PROCESS_HPP

/// @file
/// @brief What the system says of this process: memory, processor time, page faults.
/// @par Example
/// @snippet tests/perf/process.cpp example

#include <algorithm>
#include <cerrno>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <string_view>

#include <fcntl.h>
#include <sys/resource.h>
#include <unistd.h>

namespace lathe {
inline namespace v0 {
namespace perf {

/// What the system says of a process; 0 where it does not say.
struct process_figures {
    std::uint64_t resident_bytes = 0;        ///< memory that it occupies now; whole pages
    std::uint64_t peak_resident_bytes = 0;   ///< the most that this program has occupied
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
/// It opens and reads two files of the system, which takes some microseconds: ask for a report, not for each call. It
/// allocates nothing, and leaves `errno` as it is.
/// @par Thread safety
/// Any thread may ask.
[[nodiscard]] inline process_figures this_process() noexcept;

} // namespace perf

// ---- implementation --------------------------------------------------------

namespace detail {

inline std::uint64_t process_number(const char* at, const char* end) noexcept {
    std::uint64_t number = 0;
    for (; at != end && *at >= '0' && *at <= '9'; ++at)
        number = number * 10 + static_cast<std::uint64_t>(*at - '0');
    return number;
}

// The second number of the text that the system keeps about a process: its resident pages.
inline std::uint64_t process_resident_pages(std::string_view text) noexcept {
    const char* const end = text.data() + text.size();
    const char* const space = std::find(text.data(), end, ' ');
    return space == end ? 0 : process_number(space + 1, end);
}

// The peak in the longer text, in bytes. It is that of the program, while ru_maxrss remembers what the process occupied
// before it became this program: its parent's memory, often.
inline std::uint64_t process_peak_bytes(std::string_view text) noexcept {
    constexpr std::string_view name = "\nVmHWM:"; // in KiB
    const char* const end = text.data() + text.size();
    const std::size_t found = text.find(name);
    if (found == std::string_view::npos) return 0;
    const char* const digits = std::find_if(
        text.data() + found + name.size(), end, [](char letter) { return letter != ' ' && letter != '\t'; });
    return process_number(digits, end) * 1024;
}

// What stands at the beginning of such a text; empty if it cannot be read. It is opened each time: after a fork, a file
// that was kept would still tell of the parent.
inline std::string_view process_text(const char* path, char* to, std::size_t capacity) noexcept {
    const int file = ::open(path, O_RDONLY | O_CLOEXEC);
    if (file < 0) return {};
    const ::ssize_t size = ::read(file, to, capacity);
    ::close(file);
    return {to, size > 0 ? static_cast<std::size_t>(size) : 0};
}

inline std::chrono::nanoseconds process_time(const ::timeval& time) noexcept {
    return std::chrono::seconds(time.tv_sec) + std::chrono::microseconds(time.tv_usec);
}

} // namespace detail

namespace perf {

inline process_figures this_process() noexcept {
    process_figures now;
    const int error_of_caller = errno;
    char text[4096];
    if (const long page = ::sysconf(_SC_PAGESIZE); page > 0) {
        now.resident_bytes =
            detail::process_resident_pages(detail::process_text("/proc/self/statm", text, sizeof text)) *
            static_cast<std::uint64_t>(page);
    }
    now.peak_resident_bytes = detail::process_peak_bytes(detail::process_text("/proc/self/status", text, sizeof text));
    ::rusage usage{};
    if (::getrusage(RUSAGE_SELF, &usage) == 0) {
        constexpr std::uint64_t unit = 1024; // of ru_maxrss
        if (now.peak_resident_bytes == 0) now.peak_resident_bytes = static_cast<std::uint64_t>(usage.ru_maxrss) * unit;
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
