// SPDX-License-Identifier: MIT
// Question: what memory does a cache take beside the keys and values that it holds, and what does it keep of objects
// that are gone?
//
// Rows with a number fill a cache that has room for so many entries, with twice as many keys and some hits, so that
// whatever it remembers of evicted keys is full too; plain_map keeps them all. The counter `overhead` is what the cache
// has asked its allocator for, per entry, less the 40 bytes of key and value; `malloc` is the same of what malloc took,
// which rounds up. Rows `objects_gone` make 200 objects of 1 MiB, let go of them one by one and count what is left of
// the process's memory, in KiB; what tells where the objects are (cache or map) is still there. The times mean nothing.
#include <benchmark/benchmark.h>

#include <malloc.h>
#include <unistd.h>

#include <array>
#include <cstddef>
#include <fstream>
#include <functional>
#include <memory>
#include <new>
#include <optional>
#include <unordered_map>
#include <utility>
#include <vector>

#include <lathe/cache/options.hpp>
#include <lathe/cache/policy.hpp>
#include <lathe/cache/s3_fifo.hpp>
#include <lathe/cache/w_tiny_lfu.hpp>

#include "cache_subjects.hpp"

namespace {

using namespace subjects;

// ---- what is counted ----

std::size_t asked_for = 0;

/// Counts the bytes that all of its kind have and did not give back.
template <class T>
struct counting {
    using value_type = T;

    counting() = default;
    template <class U>
    counting(const counting<U>&) noexcept {}

    T* allocate(std::size_t count) {
        T* const made = std::allocator<T>().allocate(count);
        asked_for += count * sizeof(T);
        return made;
    }
    void deallocate(T* gone, std::size_t count) noexcept {
        std::allocator<T>().deallocate(gone, count);
        asked_for -= count * sizeof(T);
    }
    friend bool operator==(const counting&, const counting&) = default;
};

std::size_t taken_by_malloc() {
    const auto all = ::mallinfo2();
    return all.uordblks + all.hblkhd;
}

/// Without what malloc keeps for itself.
std::size_t resident_kib() {
    ::malloc_trim(0);
    std::size_t size = 0;
    std::size_t resident = 0;
    std::ifstream("/proc/self/statm") >> size >> resident;
    return resident * static_cast<std::size_t>(::sysconf(_SC_PAGESIZE)) / 1024;
}

// ---- bytes of an entry ----

template <class Policy>
using lathe_counted = lathe_cache<Policy, lathe::allocated_by<counting<std::byte>>>;

template <class Cache>
void bytes(benchmark::State& state) {
    const auto capacity = static_cast<std::size_t>(state.range(0));
    for (auto _ : state) {
        const std::size_t asked_before = asked_for;
        const std::size_t taken_before = taken_by_malloc();
        std::optional<Cache> cache(std::in_place, capacity);
        for (std::size_t i = 0; i < 2 * capacity; ++i) {
            cache->put(key_of(i));
            if (i % 2 == 0) static_cast<void>(cache->read(key_of(i - i / 10)));
        }
        const auto entries = static_cast<double>(cache->size());
        const double payload = entries * (sizeof(key_type) + sizeof(value_type));
        state.counters["entries"] = entries;
        state.counters["overhead"] = (static_cast<double>(asked_for - asked_before) - payload) / entries;
        state.counters["malloc"] = (static_cast<double>(taken_by_malloc() - taken_before) - payload) / entries;
        cache.reset();
        if (asked_for != asked_before) state.SkipWithError("the cache did not give all memory back");
    }
}

void sizes(benchmark::internal::Benchmark* rows) {
    rows->Arg(1'000)->Arg(100'000)->Arg(1'000'000)->Iterations(1);
}

BENCHMARK(bytes<plain_map<std::hash<key_type>, counting>>)->Apply(sizes);
BENCHMARK(bytes<lathe_counted<lathe::fifo>>)->Apply(sizes);
BENCHMARK(bytes<lathe_counted<lathe::lru>>)->Apply(sizes);
BENCHMARK(bytes<lathe_counted<lathe::s3_fifo>>)->Apply(sizes);
BENCHMARK(bytes<lathe_counted<lathe::w_tiny_lfu>>)->Apply(sizes);
BENCHMARK(bytes<lru_cache<no_mutex, counting>>)->Apply(sizes);

// ---- what is left of objects that are gone ----

struct megabyte {
    megabyte() { bytes.fill(std::byte{1}); } // or the pages would not be there
    std::array<std::byte, std::size_t{1} << 20U> bytes;
};

constexpr int objects = 200;

/// `make(i)` answers an owner of the i-th object.
template <class Make>
void count_left(benchmark::State& state, Make make) {
    for (auto _ : state) {
        const std::size_t before = resident_kib();
        std::vector<decltype(make(0))> owners;
        for (int i = 0; i < objects; ++i)
            owners.push_back(make(i));
        if (resident_kib() - before < std::size_t{objects} * 1000) state.SkipWithError("there are no objects");
        owners.clear();
        const std::size_t after = resident_kib();
        state.counters["left"] = after > before ? static_cast<double>(after - before) : 0;
    }
}

void objects_gone_lathe(benchmark::State& state) {
    lathe::weak_cache<int, megabyte> cache{{.capacity = 0}};
    count_left(state, [&](int key) { return cache.get_or_load(key, [] { return megabyte(); }); });
}

void objects_gone_weak_ptr(benchmark::State& state) {
    std::unordered_map<int, std::weak_ptr<megabyte>> cache;
    count_left(state, [&](int key) {
        auto made = std::make_shared<megabyte>();
        cache[key] = made;
        return made;
    });
}

BENCHMARK(objects_gone_lathe)->Iterations(1);
BENCHMARK(objects_gone_weak_ptr)->Iterations(1);

} // namespace
