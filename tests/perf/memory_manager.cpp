// SPDX-License-Identifier: MIT
#include <lathe/perf/memory_manager.hpp> // first: proves that the header stands alone

#include <array>
#include <bit>
#include <cstddef>
#include <sstream>
#include <string>
#include <type_traits>
#include <vector>

#include "support/catch.hpp"
#include "support/memory.hpp"

namespace {

namespace perf = lathe::perf;

static_assert(std::is_base_of_v<benchmark::MemoryManager, perf::memory_manager>);

using result = benchmark::MemoryManager::Result;
// Its own constructor needs a variable that the library keeps to itself, as Debian builds it.
result no_result() {
    return std::bit_cast<result>(std::array<std::byte, sizeof(result)>{});
}

// The number that a report in JSON has under that name, in the part about a benchmark.
double reported(const std::string& report, const std::string& benchmark, const std::string& name) {
    const std::size_t part = report.find("\"name\": \"" + benchmark);
    const std::string key = "\"" + name + "\": ";
    const std::size_t found = report.find(key, part);
    if (part == std::string::npos || found == std::string::npos) return -1;
    return std::stod(report.substr(found + key.size()));
}

TEST_CASE("memory_manager: reports what was done from its start to its stop", "[perf]") {
    perf::memory_manager manager;
    const std::vector<char> before(1000);
    lathe_test::use(before);
    manager.Start();
    lathe_test::allocate_and_free(500);
    const std::vector<char> kept(100);
    lathe_test::use(kept);
    result first = no_result();
    manager.Stop(first);
    const std::vector<char> after(1000);
    lathe_test::use(after);
    CHECK(first.num_allocs == 2);
    CHECK(first.max_bytes_used == 500);
    CHECK(first.total_allocated_bytes == 600);
    CHECK(first.net_heap_growth == 100);

    manager.Start(); // again
    result second = no_result();
    manager.Stop(&second);
    CHECK(second.num_allocs == 0);
    CHECK(second.total_allocated_bytes == 0);
}

//! [example]
TEST_CASE("memory_manager: Google Benchmark's report has each benchmark's allocations", "[perf]") {
    constexpr int rounds = 16; // as many as Google Benchmark counts
    const auto nothing = [](benchmark::State& state) {
        for (auto _ : state) {
        }
    };
    const auto three = [](benchmark::State& state) {
        for (auto _ : state) {
            std::vector<std::vector<char>> values(2);
            values[0].resize(100);
            values[1].resize(50'000);
            benchmark::DoNotOptimize(values.data());
        }
    };
    benchmark::RegisterBenchmark("nothing", nothing)->Iterations(rounds);
    benchmark::RegisterBenchmark("three", three)->Iterations(rounds);
    perf::memory_manager manager;
    benchmark::RegisterMemoryManager(&manager);
    std::ostringstream output;
    std::ostringstream errors;
    benchmark::JSONReporter reporter;
    reporter.SetOutputStream(&output);
    reporter.SetErrorStream(&errors);
    benchmark::RunSpecifiedBenchmarks(&reporter);
    benchmark::RegisterMemoryManager(nullptr);
    benchmark::ClearRegisteredBenchmarks();

    const std::string report = output.str();
    INFO(report);
    // Google Benchmark allocates a little itself, in both the same.
    const auto of_three = [&](const std::string& name) {
        return reported(report, "three", name) - reported(report, "nothing", name);
    };
    CHECK(of_three("allocs_per_iter") == 3);
    CHECK(of_three("total_allocated_bytes") == rounds * (2 * sizeof(std::vector<char>) + 50'100));
    CHECK(of_three("net_heap_growth") == 0);
    CHECK(of_three("max_bytes_used") >= 50'000);
    CHECK(of_three("max_bytes_used") < 2 * 50'000);
    CHECK(reported(report, "nothing", "allocs_per_iter") < 1);
}
//! [example]

} // namespace
