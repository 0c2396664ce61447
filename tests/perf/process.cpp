// SPDX-License-Identifier: MIT
#include <lathe/perf/process.hpp> // first: proves that the header stands alone

#include <cerrno>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <semaphore>
#include <string>
#include <thread>
#include <type_traits>
#include <vector>

#include <lathe/perf/memory.hpp>

#include "support/catch.hpp"
#include "support/child_process.hpp"
#include "support/memory.hpp"

namespace {

namespace perf = lathe::perf;

static_assert(std::is_aggregate_v<perf::process_figures> && std::is_trivially_copyable_v<perf::process_figures>);
static_assert(noexcept(perf::this_process()));

constexpr std::size_t size = std::size_t{64} << 20;
constexpr std::size_t most_of_it = size / 4 * 3;
constexpr std::size_t margin = std::size_t{1} << 20; // Linux counts some pages late

//! [example]
TEST_CASE("this_process: memory that is written to is resident, and then the peak remembers it", "[perf]") {
    const perf::process_figures before = perf::this_process();
    std::vector<char> written(size, 'x');
    lathe_test::use(written);
    const perf::process_figures with = perf::this_process();
    written = {};
    written.shrink_to_fit();
    const perf::process_figures after = perf::this_process();
    CHECK(before.resident_bytes > 0);
    CHECK(before.peak_resident_bytes >= before.resident_bytes);
    CHECK(with.resident_bytes >= before.resident_bytes + most_of_it);
    CHECK(with.minor_faults > before.minor_faults);
    CHECK(after.peak_resident_bytes >= with.resident_bytes - margin);
}
//! [example]

TEST_CASE("this_process: time of the processor goes on while a thread works", "[perf]") {
    const perf::process_figures before = perf::this_process();
    perf::process_figures now = before;
    volatile std::uint64_t sum = 0;
    while (now.user_time + now.system_time == before.user_time + before.system_time) {
        for (std::uint64_t i = 0; i < 100'000; ++i)
            sum = sum + i;
        now = perf::this_process();
    }
    CHECK(now.user_time >= before.user_time);
    CHECK(now.system_time >= before.system_time);
}

TEST_CASE("this_process: a thread that waits gives its processor away", "[perf][threads]") {
    std::binary_semaphore asks{0};
    std::binary_semaphore answers{0};
    std::uint64_t switches = 0;
    std::jthread other([&](const std::stop_token& stop) {
        while (!stop.stop_requested()) {
            asks.acquire();
            answers.release();
        }
    });
    const perf::process_figures before = perf::this_process();
    while (switches == 0) {
        asks.release();
        answers.acquire();
        switches = perf::this_process().voluntary_switches - before.voluntary_switches;
    }
    other.request_stop();
    asks.release();
    CHECK(switches > 0);
}

TEST_CASE("this_process: allocates nothing, and leaves errno alone", "[perf]") {
    errno = EDOM;
    const perf::memory_scope scope;
    const perf::process_figures now = perf::this_process();
    const auto figures = scope.figures();
    const int error = errno;
    CHECK(figures == perf::memory_figures{});
    CHECK(error == EDOM);
    CHECK(now.resident_bytes > 0);
}

TEST_CASE("this_process: tells a child of itself, not of its parent", "[perf]") {
    const std::string told = lathe_test::in_child([] {
        const std::vector<char> written(size, 'x');
        lathe_test::use(written);
        lathe_test::tell(std::to_string(perf::this_process().resident_bytes));
    });
    const std::uint64_t parent = perf::this_process().resident_bytes;
    CHECK(std::stoull(told) >= most_of_it);
    CHECK(told.find("exit") == std::string::npos);
    CHECK(parent > 0);
}

TEST_CASE("this_process: reads the second number of what the system writes, if there is one", "[perf]") {
    using lathe::detail::process_resident_pages;
    CHECK(process_resident_pages("12345 678 90 1 0 2 0\n") == 678);
    CHECK(process_resident_pages("12345 18446744073709551615") == UINT64_MAX);
    CHECK(process_resident_pages("12345 678") == 678);
    CHECK(process_resident_pages("12345 ") == 0);
    CHECK(process_resident_pages("12345") == 0);
    CHECK(process_resident_pages("12345 x") == 0);
    CHECK(process_resident_pages("") == 0);
}

TEST_CASE("this_process: reads the peak among what the system writes, if it is there", "[perf]") {
    using lathe::detail::process_peak_bytes;
    CHECK(process_peak_bytes("Name:\tx\nVmPeak:\t  9000 kB\nVmHWM:\t    4532 kB\nVmRSS:\t    4400 kB\n") ==
          4532 * 1024);
    CHECK(process_peak_bytes("Name:\tVmHWM:\nVmHWM:\t1 kB") == 1024);
    CHECK(process_peak_bytes("Name:\tx\nVmHWM:\t") == 0);
    CHECK(process_peak_bytes("Name:\tx\nVmHWM:") == 0);
    CHECK(process_peak_bytes("") == 0);
}

} // namespace
