// SPDX-License-Identifier: MIT
// Threads that come and go and measure at random, while others look, with every number checked.
#include <lathe/perf/monitor.hpp>

#include <algorithm>
#include <array>
#include <atomic>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <mutex>
#include <numeric>
#include <random>
#include <string>
#include <thread>
#include <vector>

#include "support/catch.hpp"
#include "support/seed.hpp"
#include "support/stress.hpp"
#include "support/threads.hpp"

namespace {

namespace perf = lathe::perf;
using std::chrono::nanoseconds;

// What a metric must be in the end, counted without a monitor.
struct tally {
    std::uint64_t calls = 0;
    std::uint64_t errors = 0;
    std::uint64_t counted = 0;
    nanoseconds total{0};
    nanoseconds least = nanoseconds::max();
    nanoseconds most{0};

    void add(nanoseconds took) {
        ++calls;
        total += took;
        least = std::min(least, took);
        most = std::max(most, took);
    }
    void add(const tally& other) {
        calls += other.calls;
        errors += other.errors;
        counted += other.counted;
        total += other.total;
        least = std::min(least, other.least);
        most = std::max(most, other.most);
    }
};

constexpr std::size_t metrics = 20;
std::string name_of(std::size_t metric) {
    return "metric " + std::to_string(metric);
}

// Looks at a monitor for as long as it lives, and counts what cannot be.
class onlooker {
public:
    explicit onlooker(const perf::monitor& of) : m_thread([this, &of] { look(of); }) {}
    onlooker(const onlooker&) = delete;
    onlooker& operator=(const onlooker&) = delete;
    ~onlooker() { stop(); }

    std::uint64_t stop() {
        m_stopped = true;
        if (m_thread.joinable()) m_thread.join();
        return m_wrong;
    }

private:
    void look(const perf::monitor& of) {
        perf::snapshot before = of.snapshot();
        while (!m_stopped) {
            perf::snapshot now = of.snapshot();
            const perf::snapshot between = now - before;
            for (const perf::stats& one : now.timers()) {
                const auto cells = one.distribution(50);
                m_wrong += std::accumulate(cells.begin(), cells.end(), std::uint64_t{0}) != one.calls();
                m_wrong += one.calls() != 0 && one.min() > one.max();
                const perf::stats* const old = before.find(one.name(), one.labels());
                if (old == nullptr) continue;
                m_wrong += one.calls() < old->calls() || one.total() < old->total() || one.errors() < old->errors();
                m_wrong += old->calls() != 0 && (one.min() > old->min() || one.max() < old->max());
                const perf::stats* const newer = between.find(one.name(), one.labels());
                const std::uint64_t more = newer == nullptr ? 0 : newer->calls();
                m_wrong += more != one.calls() - old->calls();
            }
            before = std::move(now);
        }
    }

    std::atomic<bool> m_stopped = false;
    std::uint64_t m_wrong = 0;
    std::thread m_thread;
};

TEST_CASE("monitor: of threads that come and go, every sample is there, whoever looks", "[perf][stress]") {
    const std::uint64_t seed = lathe_test::seed_of_run();
    INFO("LATHE_SEED=" << seed);
    perf::monitor mon({.clock = perf::clock_source::steady}); // one tick is a nanosecond: sums are exact
    std::array<tally, metrics> expected{};
    std::mutex mutex;
    onlooker looks(mon);

    const std::size_t waves = lathe_test::rounds(200);
    for (std::size_t wave = 0; wave < waves; ++wave) {
        lathe_test::in_threads(1 + wave % 8, [&](std::size_t thread) {
            std::mt19937_64 random(seed + wave * 100 + thread);
            std::array<tally, metrics> mine{};
            std::vector<perf::timer> timers;
            for (std::size_t metric = 0; metric < metrics; ++metric) // every other one has labels
                timers.push_back(mon.timer(name_of(metric), {{"odd", metric % 2 == 0 ? "no" : "yes"}}));
            const perf::counter counter = mon.counter("counted");
            for (int i = 0; i < 2'000; ++i) {
                const std::size_t metric = random() % metrics;
                const nanoseconds took(random() >> (random() % 40 + 24)); // of all sizes, up to 1100 s
                timers[metric].record(took);
                mine[metric].add(took);
                if (random() % 8 == 0) {
                    timers[metric].failed();
                    ++mine[metric].errors;
                }
                counter.add(metric);
                mine[metric].counted += metric;
            }
            const std::lock_guard lock(mutex);
            for (std::size_t metric = 0; metric < metrics; ++metric)
                expected[metric].add(mine[metric]);
        });
    }

    CHECK(looks.stop() == 0);
    const perf::snapshot all = mon.snapshot();
    std::uint64_t counted = 0;
    for (std::size_t metric = 0; metric < metrics; ++metric) {
        CAPTURE(metric);
        const perf::stats* const one = all.find(name_of(metric), {{"odd", metric % 2 == 0 ? "no" : "yes"}});
        REQUIRE(one != nullptr);
        CHECK(one->calls() == expected[metric].calls);
        CHECK(one->errors() == expected[metric].errors);
        CHECK(one->total() == expected[metric].total);
        CHECK(one->min() == expected[metric].least);
        CHECK(one->max() == expected[metric].most);
        counted += expected[metric].counted;
    }
    CHECK(all.counter("counted") == counted);
}

// By each way there is to begin a scope; the name tells the way.
void measure(perf::monitor& mon, std::size_t way) {
    switch (way % 4) {
    case 0: {
        const auto scope = mon.scope<"site">();
        break;
    }
    case 1: {
        const auto scope = mon.scope("name");
        break;
    }
    case 2: {
        const auto scope = mon.timer("timer").scope();
        break;
    }
    default: {
        const auto outer = mon.observe("outer");
        const auto inner = mon.memory_scope<"inner">();
        break;
    }
    }
}
constexpr std::array<std::array<const char*, 2>, 4> names_of{
    {{"site", "site"}, {"name", "name"}, {"timer", "timer"}, {"outer", "inner"}}};

std::uint64_t calls_of(const perf::snapshot& all, std::string_view name) {
    const perf::stats* const one = all.find(name);
    return one == nullptr ? 0 : one->calls();
}

TEST_CASE("monitor: of more monitors than a thread keeps at hand, none takes what another measures", "[perf][stress]") {
    constexpr std::size_t monitors = 20;
    constexpr std::size_t threads = 4;
    const std::size_t turns = lathe_test::rounds(2'000);
    std::vector<std::unique_ptr<perf::monitor>> all;
    for (std::size_t i = 0; i < monitors; ++i) // some of each kind
        all.push_back(std::make_unique<perf::monitor>(
            perf::monitor_options{.call_tree = i % 2 == 0, .events = i % 3 == 0 ? 64U : 0U, .memory = i % 5 == 0}));
    lathe_test::in_threads(threads, [&](std::size_t thread) {
        for (std::size_t turn = 0; turn < turns; ++turn)
            for (std::size_t i = 0; i < monitors; ++i)
                for (std::size_t times = 0; times <= i; ++times) // each another number of times
                    measure(*all[(i + thread) % monitors], turn);
    });
    std::size_t wrong = 0;
    for (std::size_t at = 0; at < monitors; ++at) {
        const perf::snapshot one = all[at]->snapshot();
        std::uint64_t expected = 0;
        for (std::size_t thread = 0; thread < threads; ++thread)
            expected += (at + monitors - thread) % monitors + 1;
        for (std::size_t way = 0; way < 4; ++way) {
            const std::uint64_t times = expected * ((turns + 3 - way) / 4);
            for (const char* const name : names_of[way])
                wrong += calls_of(one, name) != times;
        }
    }
    CHECK(wrong == 0);
}

TEST_CASE("monitor: may end while threads that used it live on, and while others end", "[perf][stress]") {
    constexpr std::size_t threads = 3;
    const std::size_t rounds = lathe_test::rounds(2'000);
    perf::monitor lasting;
    perf::monitor* now = nullptr;
    std::atomic<std::size_t> begun = 0; // rounds; orders `now`
    std::atomic<std::size_t> done = 0;  // by threads
    std::atomic<bool> stopped = false;
    std::size_t wrong = 0;
    // Threads that end all the time.
    std::thread comes_and_goes([&] {
        while (!stopped)
            std::thread([&] { measure(lasting, 0); }).join();
    });
    // Threads that stay, and use each monitor.
    std::vector<std::thread> stay;
    for (std::size_t thread = 0; thread < threads; ++thread)
        stay.emplace_back([&] {
            for (std::size_t round = 0; round < rounds; ++round) {
                begun.wait(round);
                for (std::size_t i = 0; i < 40; ++i)
                    measure(*now, i);
                ++done;
                done.notify_one();
            }
        });
    for (std::size_t round = 0; round < rounds; ++round) {
        perf::monitor each({.call_tree = round % 3 == 1, .events = round % 3 == 2 ? 16U : 0U});
        now = &each;
        ++begun;
        begun.notify_all();
        for (std::size_t ended = done; ended < (round + 1) * threads; ended = done)
            done.wait(ended);
        const perf::snapshot made = each.snapshot();
        for (const char* const name : {"site", "name", "timer", "outer", "inner"})
            wrong += calls_of(made, name) != 10 * threads;
    }
    for (std::thread& one : stay)
        one.join();
    stopped = true;
    comes_and_goes.join();
    CHECK(wrong == 0);
}

TEST_CASE("monitor: what is measured while it is switched on, off and about is whole", "[perf][stress]") {
    const std::uint64_t seed = lathe_test::seed_of_run();
    INFO("LATHE_SEED=" << seed);
    constexpr std::size_t threads = 3;
    const std::size_t turns = lathe_test::rounds(400'000);
    perf::monitor mon;
    std::atomic<bool> stopped = false;
    std::thread switches([&] {
        std::mt19937_64 random(seed);
        while (!stopped) {
            switch (random() % 4) {
            case 0:
                mon.disable();
                break;
            case 1:
                mon.enable();
                break;
            default:
                mon.configure({.call_tree = random() % 2 == 0,
                               .events = random() % 2 == 0 ? 32U : 0U,
                               .memory = random() % 2 == 0});
            }
        }
        mon.enable();
    });
    onlooker looks(mon);
    lathe_test::in_threads(threads, [&](std::size_t thread) {
        for (std::size_t turn = 0; turn < turns; ++turn)
            measure(mon, turn + thread);
    });
    stopped = true;
    switches.join();
    CHECK(looks.stop() == 0);
    const perf::snapshot before = mon.snapshot();
    lathe_test::in_threads(threads, [&](std::size_t) {
        for (std::size_t turn = 0; turn < 400; ++turn)
            measure(mon, turn);
    });
    const perf::snapshot after = mon.snapshot() - before;
    for (const char* const name : {"site", "name", "timer", "outer", "inner"}) {
        CAPTURE(name);
        CHECK(calls_of(before, name) <= threads * (turns / 4 + 1));
        CHECK(calls_of(after, name) == threads * 100); // on, it counts them all
    }
}

} // namespace
