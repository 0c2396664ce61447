// SPDX-License-Identifier: MIT
// Percentiles and moments against sorted samples. Durations are given, no clock is read.
#include <lathe/perf/stats.hpp> // first: proves that the header stands alone

#include <algorithm>
#include <chrono>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <numeric>
#include <random>
#include <string>
#include <type_traits>
#include <utility>
#include <vector>

#include <lathe/perf/monitor.hpp>

#include "support/catch.hpp"
#include "support/seed.hpp"

namespace {

namespace perf = lathe::perf;
using lathe::detail::log_linear;
using lathe_test::ContainsSubstring;
using std::chrono::nanoseconds;
using namespace std::chrono_literals;

static_assert(std::is_copy_constructible_v<perf::stats> && std::is_nothrow_move_constructible_v<perf::stats>);
static_assert(sizeof(lathe::detail::timer_cell) <= 10 * 1024); // for each metric and thread, and nothing besides

// The one metric of a monitor that was told these durations. Its clock counts nanoseconds, so that they are as told.
perf::stats stats_of(const std::vector<std::int64_t>& durations) {
    perf::monitor mon{{.clock = perf::clock_source::steady}};
    const perf::timer timer = mon.timer("all");
    for (const std::int64_t each : durations)
        timer.record(nanoseconds(each));
    if (durations.empty()) timer.failed(); // else it would not be there
    return mon.snapshot()["all"];
}

// The share-th part of all are not above it: the smallest such sample.
std::int64_t nearest_rank(const std::vector<std::int64_t>& sorted, std::size_t percent) {
    const std::size_t rank = (percent * sorted.size() + 99) / 100;
    return sorted[rank == 0 ? 0 : rank - 1];
}

TEST_CASE("stats: each value below 2^20 is within 1/64 of its bucket's middle", "[perf]") {
    std::uint64_t wrong = 0;
    unsigned last = 0;
    for (std::uint64_t value = 0; value < (1U << 20); ++value) {
        const unsigned bucket = log_linear::bucket_of(value);
        const std::uint64_t middle = log_linear::middle_of(bucket);
        const std::uint64_t off = middle > value ? middle - value : value - middle;
        const bool right = log_linear::lowest_of(bucket) <= value && value <= log_linear::highest_of(bucket) &&
                           (bucket == last || bucket == last + 1) && 64 * off <= value && (value >= 64 || off == 0);
        wrong += right ? 0 : 1;
        last = bucket;
    }
    CHECK(wrong == 0);
}

TEST_CASE("stats: so is each value above, to the last bucket", "[perf]") {
    const std::uint64_t seed = lathe_test::seed_of_run();
    CAPTURE(seed);
    std::mt19937_64 random(seed);
    std::vector<std::uint64_t> values;
    for (unsigned bucket = 0; bucket < log_linear::buckets; ++bucket) {
        values.push_back(log_linear::lowest_of(bucket));
        values.push_back(log_linear::highest_of(bucket));
        if (bucket > 0) CHECK(log_linear::lowest_of(bucket) == log_linear::highest_of(bucket - 1) + 1);
    }
    for (int i = 0; i < 100'000; ++i)
        values.push_back(random() >> (21 + random() % 30));
    std::uint64_t wrong = 0;
    for (const std::uint64_t value : values) {
        const unsigned bucket = log_linear::bucket_of(value);
        const std::uint64_t middle = log_linear::middle_of(bucket);
        const std::uint64_t off = middle > value ? middle - value : value - middle;
        const bool right =
            log_linear::lowest_of(bucket) <= value && value <= log_linear::highest_of(bucket) && 64 * off <= value;
        wrong += right ? 0 : 1;
    }
    CHECK(wrong == 0);
    CHECK(log_linear::highest_of(log_linear::buckets - 1) == log_linear::top);
    CHECK(log_linear::bucket_of(std::numeric_limits<std::uint64_t>::max()) == log_linear::buckets - 1);
}

TEST_CASE("stats: percentiles are within 1/64 of the sorted samples', whatever the distribution", "[perf]") {
    const std::uint64_t seed = lathe_test::seed_of_run();
    CAPTURE(seed);
    std::mt19937_64 random(seed);
    for (int round = 0; round < 30; ++round) {
        const int shape = round % 6;
        const double scale = std::exp(std::uniform_real_distribution<>(1, 18)(random));
        const std::size_t size = 1 + random() % 2000;
        std::vector<std::int64_t> samples(size);
        for (std::int64_t& sample : samples) {
            double value = 0;
            switch (shape) {
            case 0:
                value = std::lognormal_distribution<>(0, 1.5)(random);
                break;
            case 1:
                value = std::exponential_distribution<>(1)(random);
                break;
            case 2:
                value = std::uniform_real_distribution<>(0, 1)(random);
                break;
            case 3: // two peaks, far apart
                value = random() % 10 == 0 ? 1000.0 : 1.0;
                break;
            case 4: // a tail that has no mean
                value = std::min(1e4, std::abs(std::cauchy_distribution<>()(random)));
                break;
            default: // all alike
                value = 1;
            }
            sample = static_cast<std::int64_t>(value * scale);
        }
        const perf::stats stats = stats_of(samples);
        std::sort(samples.begin(), samples.end());
        CAPTURE(round, size, scale);

        REQUIRE(stats.calls() == size);
        for (std::size_t percent = 0; percent <= 100; ++percent) {
            const std::int64_t exact = nearest_rank(samples, percent);
            const std::int64_t off = std::abs(stats.p(static_cast<double>(percent) / 100).count() - exact);
            if (64 * off > exact) {
                CAPTURE(percent, exact, off);
                FAIL_CHECK("a percentile is too far off");
            }
        }
        const std::int64_t sum = std::accumulate(samples.begin(), samples.end(), std::int64_t{0});
        const double mean = static_cast<double>(sum) / static_cast<double>(size);
        CHECK(stats.total() == nanoseconds(sum));
        CHECK(stats.mean() == nanoseconds(std::llround(mean)));
        CHECK(stats.min() == nanoseconds(samples.front()));
        CHECK(stats.max() == nanoseconds(samples.back()));
        CHECK(stats.p(0) == stats.min());
        CHECK(stats.p(1) == stats.max());

        // Each sample is off by 1/64 of itself at most, so the deviation is by that part of the root of their squares.
        double squares = 0;
        double deviations = 0;
        for (const std::int64_t sample : samples) {
            const auto value = static_cast<double>(sample);
            squares += value * value;
            deviations += (value - mean) * (value - mean);
        }
        const auto root_mean = [size](double all) {
            return std::sqrt(all / static_cast<double>(size));
        };
        const double off = std::abs(static_cast<double>(stats.stddev().count()) - root_mean(deviations));
        CHECK(off <= root_mean(squares) / 64 + 1);

        const std::vector<std::uint64_t> cells = stats.distribution(10);
        CHECK(std::accumulate(cells.begin(), cells.end(), std::uint64_t{0}) == size);
        CHECK(cells.front() > 0);
    }
}

TEST_CASE("stats: a percentile must be one", "[perf]") {
    const perf::stats stats = stats_of({1, 2, 3});
    for (const double share : {-0.001, 1.001, 99.0, std::nan(""), HUGE_VAL})
        CHECK_THROWS_AS(stats.p(share), perf::monitor_error);
    CHECK_THROWS_WITH(stats.p(99), ContainsSubstring("99") && ContainsSubstring("0 and 1"));
    CHECK_THROWS_AS(stats_of({}).p(2), perf::monitor_error);
}

TEST_CASE("stats: without a call all is 0", "[perf]") {
    const perf::stats stats = stats_of({});
    CHECK(stats.calls() == 0);
    for (const nanoseconds time : {stats.total(), stats.mean(), stats.min(), stats.max(), stats.stddev(), stats.p(0.5)})
        CHECK(time == 0ns);
    CHECK(stats.rate() == 0);
    CHECK(stats.distribution(3) == std::vector<std::uint64_t>{0, 0, 0});
    CHECK(stats.distribution(0).empty());
}

TEST_CASE("stats: one call is all of it", "[perf]") {
    const perf::stats stats = stats_of({1'234'567});
    for (const nanoseconds time : {stats.total(), stats.mean(), stats.min(), stats.max(), stats.p(0), stats.p(0.5)})
        CHECK(time == 1'234'567ns);
    CHECK(stats.stddev() == 0ns);
    CHECK(stats.distribution(3) == std::vector<std::uint64_t>{1, 0, 0});
}

TEST_CASE("stats: an odd call among thousands is seen", "[perf]") {
    std::vector<std::int64_t> samples(9'999, 1'000);
    samples.push_back(50'000'000);
    const perf::stats stats = stats_of(samples);
    CHECK(stats.p(0.9999) < 1'100ns);
    CHECK(stats.p(0.99991) > 49ms);
    CHECK(stats.max() == 50ms);
    CHECK(stats.distribution(5) == std::vector<std::uint64_t>{9'999, 0, 0, 0, 1});
}

TEST_CASE("stats: hours and negative times do no harm", "[perf]") {
    const perf::stats stats = stats_of({-5, 100LL * 3600 * 1'000'000'000});
    CHECK(stats.min() == 0ns);
    CHECK(stats.max() == 100h);
    CHECK(stats.total() == 100h);
    CHECK(stats.p(0.99) == 100h);
}

TEST_CASE("stats: what was not asked for is an error that says how to ask", "[perf]") {
    const perf::stats stats = stats_of({1});
    CHECK_FALSE(stats.has_memory());
    CHECK_FALSE(stats.has_call_tree());
    CHECK_THROWS_WITH(stats.bytes(), ContainsSubstring("'all'") && ContainsSubstring("memory_scope"));
    CHECK_THROWS_WITH(stats.self_time(), ContainsSubstring("'all'") && ContainsSubstring(".call_tree = true"));
    CHECK_THROWS_AS(stats.avg_memory(), perf::monitor_error);
    CHECK_THROWS_AS(stats.inclusive_time(), perf::monitor_error);
}

} // namespace
