// SPDX-License-Identifier: MIT
// Question: what does a hit in a shared cache cost, and a miss with its load, against a plain map and against caches
// that people write or install?
//
// Keys are scattered 64-bit numbers, values 32 bytes; which key is asked for next follows Zipf's law (0.99) and was
// drawn before. The number in a row's name is how many entries the cache holds. Compare CPU time of rows of one run
// and of one number of threads with plain_map<mixed>, which hashes keys as lathe does but has no lock, owners or bound,
// or with lru_cache<std::mutex>. Every row checks each value that it reads.
//   read_hit      every key is there; a caller gets an owner of the value, reads it and lets go
//   read_put      the same, but every 20th access puts the key's value anew
//   get_or_load   of ten times as many keys as the cache has room for, what is not there is loaded; `hits` is what was
// Rows of one cache and size share one object, which the first of them fills: its keys are put in scattered order, and
// twice, so that its memory lies as after a while.
#include <benchmark/benchmark.h>

#include <algorithm>
#include <atomic>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <random>
#include <utility>
#include <vector>

#include <lathe/cache/policy.hpp>
#include <lathe/cache/s3_fifo.hpp>
#include <lathe/cache/w_tiny_lfu.hpp>

#include "cache_subjects.hpp"

namespace {

using namespace subjects;

/// Hashes as lathe mixes what std::hash makes of the key.
struct mixed {
    std::size_t operator()(key_type key) const noexcept {
        key *= 0x9E37'79B9'7F4A'7C15U;
        return key ^ (key >> 32U);
    }
};
using identity = std::hash<key_type>;

// ---- which key next ----

/// So many requests for `keys` keys, by Zipf's law.
std::vector<key_type> draw(std::size_t count, std::size_t keys, std::uint64_t seed) {
    std::vector<double> cumulated(keys);
    double sum = 0;
    for (std::size_t rank = 0; rank < keys; ++rank) {
        sum += std::pow(static_cast<double>(rank + 1), -0.99);
        cumulated[rank] = sum;
    }
    std::mt19937_64 random(seed);
    std::uniform_real_distribution<double> in_sum(0, sum);
    std::vector<key_type> requests(count);
    std::generate(requests.begin(), requests.end(), [&] {
        const auto rank = std::lower_bound(cumulated.begin(), cumulated.end() - 1, in_sum(random)) - cumulated.begin();
        return key_of(static_cast<std::size_t>(rank));
    });
    return requests;
}

/// What `make()` made for this number at the first call; lives until the end.
template <class Make>
auto& once_for(std::size_t number, Make make) {
    static std::mutex mutex;
    static std::map<std::size_t, decltype(make())> made;
    const std::lock_guard lock{mutex};
    const auto found = made.find(number);
    return found != made.end() ? found->second : made.emplace(number, make()).first->second;
}

/// Where a thread is in its requests, which are a circle; each run enters it somewhere else.
class requests_of {
public:
    /// A cache that cannot hold all keys needs a long circle, or its policy learns it by heart.
    requests_of(std::size_t keys, int thread, bool is_long = false)
        : requests_of(once_for(4 * keys + 2 * static_cast<std::size_t>(thread) + (is_long ? 1 : 0), [&] {
              return draw(std::size_t{1} << (is_long ? 22U : 20U), keys, static_cast<std::uint64_t>(thread) + 1);
          })) {}

    key_type operator()() { return m_requests[m_next++ & m_last]; }

private:
    explicit requests_of(const std::vector<key_type>& requests)
        : m_requests(requests.data()), m_last(requests.size() - 1) {
        static std::atomic<std::size_t> runs{0};
        m_next = runs++ * (requests.size() / 8 + 1);
    }

    const key_type* m_requests;
    std::size_t m_last;
    std::size_t m_next = 0;
};

// ---- rows ----

constexpr benchmark::IterationCount accesses = 1 << 19; // of a thread in a run

/// Times `access(key)`, which answers whether it found the right value, over these requests.
template <class Access>
void run(benchmark::State& state, const requests_of& requests, Access access) {
    requests_of next = requests; // known to nobody else, so it may stay in registers
    bool right = true;
    // First, untimed, so that what other rows displaced is near again.
    for (auto left = state.max_iterations / 2; left > 0; --left)
        right = access(next()) && right;
    loaded = 0;
    for (auto _ : state)
        right = access(next()) && right;
    if (!right) state.SkipWithError("read a wrong value, or none");
}

std::size_t entries_of(const benchmark::State& state) {
    return static_cast<std::size_t>(state.range(0));
}

/// A cache with so many entries.
template <class Cache>
Cache& filled(std::size_t entries) {
    return *once_for(entries, [&] {
        auto made = std::make_unique<Cache>(entries + entries / 2); // shards do not fill evenly
        std::vector<key_type> keys(entries);
        for (std::size_t rank = 0; rank < entries; ++rank)
            keys[rank] = key_of(rank);
        for (const std::uint64_t seed : {1U, 2U}) {
            std::shuffle(keys.begin(), keys.end(), std::mt19937_64(seed));
            for (const key_type key : keys)
                made->put(key);
        }
        return made;
    });
}

template <class Cache>
void read_hit(benchmark::State& state) {
    Cache& cache = filled<Cache>(entries_of(state));
    run(state, requests_of(entries_of(state), state.thread_index()), [&](key_type key) { return cache.read(key); });
}

template <class Cache>
void read_put(benchmark::State& state) {
    Cache& cache = filled<Cache>(entries_of(state));
    run(state, requests_of(entries_of(state), state.thread_index()), [&, until_put = 20](key_type key) mutable {
        if (--until_put > 0) return cache.read(key);
        until_put = 20;
        cache.put(key);
        return true;
    });
}

template <class Cache>
void get_or_load(benchmark::State& state) {
    const std::size_t keys = 10 * entries_of(state);
    Cache& cache = *once_for(keys, [&] {
        auto made = std::make_unique<Cache>(entries_of(state));
        requests_of next(keys, state.thread_index(), true);
        for (auto left = 2 * accesses; left > 0; --left)
            static_cast<void>(made->get_or_load(next()));
        return made;
    });
    run(state, requests_of(keys, state.thread_index(), true), [&](key_type key) { return cache.get_or_load(key); });
    const double hits = 1 - static_cast<double>(loaded) / static_cast<double>(state.iterations());
    state.counters["hits"] = benchmark::Counter(hits, benchmark::Counter::kAvgThreads);
}

using rows = benchmark::internal::Benchmark;

void one_thread(rows* each) {
    each->RangeMultiplier(10)->Range(1'000, 1'000'000)->Iterations(accesses);
}
void two_threads(rows* each) {
    one_thread(each);
    each->ThreadRange(1, 2);
}
void of_100k(rows* each) {
    each->Arg(100'000)->Iterations(accesses)->ThreadRange(1, 2);
}
[[maybe_unused]] void fewer(rows* each) { // for what takes half a microsecond
    each->Iterations(accesses / 4);
}

BENCHMARK(read_hit<plain_map<mixed>>)->Apply(two_threads);
BENCHMARK(read_hit<plain_map<identity>>)->Apply(two_threads);
BENCHMARK(read_hit<lathe_with>)->Apply(two_threads);
BENCHMARK(read_hit<lathe_cache<>>)->Apply(two_threads);
BENCHMARK(read_hit<lathe_cache<lathe::lru>>)->Apply(two_threads);
BENCHMARK(read_hit<lathe_cache<lathe::w_tiny_lfu>>)->Apply(two_threads);
BENCHMARK(read_hit<lru_cache<std::mutex>>)->Apply(two_threads);
BENCHMARK(read_hit<weak_map>)->Apply(two_threads);

BENCHMARK(read_put<plain_map<mixed>>)->Apply(one_thread); // takes one writer
BENCHMARK(read_put<lathe_cache<>>)->Apply(two_threads);
BENCHMARK(read_put<lathe_cache<lathe::lru>>)->Apply(two_threads);
BENCHMARK(read_put<lathe_cache<lathe::w_tiny_lfu>>)->Apply(two_threads);
BENCHMARK(read_put<lru_cache<std::mutex>>)->Apply(two_threads);

BENCHMARK(get_or_load<lru_cache<no_mutex>>)->Arg(100'000)->Iterations(accesses);
BENCHMARK(get_or_load<lathe_cache<>>)->Apply(of_100k);
BENCHMARK(get_or_load<lathe_cache<lathe::lru>>)->Apply(of_100k);
BENCHMARK(get_or_load<lathe_cache<lathe::w_tiny_lfu>>)->Apply(of_100k);
BENCHMARK(get_or_load<lru_cache<std::mutex>>)->Apply(of_100k);

#ifdef LATHE_PEER_TBB
BENCHMARK(read_hit<tbb_map>)->Apply(two_threads);
BENCHMARK(read_put<tbb_map>)->Apply(two_threads);
BENCHMARK(read_hit<tbb_lru_cache>)->Apply(two_threads)->Apply(fewer);
BENCHMARK(get_or_load<tbb_lru_cache>)->Apply(of_100k)->Apply(fewer);
#endif
#ifdef LATHE_PEER_LIBCUCKOO
BENCHMARK(read_hit<cuckoo_map>)->Apply(two_threads);
BENCHMARK(read_put<cuckoo_map>)->Apply(two_threads);
#endif

} // namespace
