// SPDX-License-Identifier: MIT
// Random use of counted memory beside a count by hand: scopes that begin and end in any order, and threads that free
// what others allocated. LATHE_SEED=<seed> replays a run.
#include <lathe/perf/memory.hpp>

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <memory>
#include <mutex>
#include <random>
#include <vector>

#include <lathe/perf/detail/own_allocator.hpp>

#include "support/catch.hpp"
#include "support/seed.hpp"
#include "support/stress.hpp"
#include "support/threads.hpp"

namespace {

namespace perf = lathe::perf;
using perf::memory_figures;

// What the tests keep for themselves must not count.
template <class T>
using own_vector = std::vector<T, lathe::detail::own_allocator<T>>;

struct block {
    unsigned char* memory;
    std::size_t size;
};
void allocated(memory_figures& figures, std::size_t size) {
    ++figures.allocations;
    figures.bytes += size;
    figures.net += static_cast<std::int64_t>(size);
    figures.peak = std::max(figures.peak, figures.net);
}
void freed(memory_figures& figures, std::size_t size) {
    ++figures.frees;
    figures.net -= static_cast<std::int64_t>(size);
}

// Random steps, from a generator that is made of a seed and a number.
class dice {
public:
    dice(std::uint64_t seed, std::size_t number) : m_engine(seed + number) {}
    std::size_t below(std::size_t bound) { return static_cast<std::size_t>(m_engine() % bound); }
    // Of the size of small objects, of strings, or of large arrays.
    std::size_t size() {
        const std::size_t bounds[] = {64, 64, 2000, 300'000};
        return 1 + below(bounds[below(4)]);
    }

private:
    std::mt19937_64 m_engine;
};

block make(dice& random) {
    const std::size_t size = random.size();
    auto* const memory = static_cast<unsigned char*>(::operator new(size));
    std::memset(memory, static_cast<int>(size % 251), size);
    return {memory, size};
}
// Returns whether it held what make() wrote. Half are deleted without their size.
bool unmake(const block& each) {
    const auto wanted = static_cast<unsigned char>(each.size % 251);
    const bool is_right = each.memory[0] == wanted && each.memory[each.size - 1] == wanted;
    if (each.size % 2 == 0) {
        ::operator delete(each.memory, each.size);
    } else {
        ::operator delete(each.memory);
    }
    return is_right;
}

struct scope_and_count {
    std::unique_ptr<perf::memory_scope, void (*)(perf::memory_scope*)> scope;
    memory_figures by_hand;
};
// A scope outside the memory that is counted.
scope_and_count begin_scope() {
    lathe::detail::own_allocator<perf::memory_scope> allocator;
    const auto end = [](perf::memory_scope* scope) {
        std::destroy_at(scope);
        lathe::detail::own_allocator<perf::memory_scope>().deallocate(scope, 1);
    };
    return {{new (allocator.allocate(1)) perf::memory_scope, end}, {}};
}

TEST_CASE("memory_scope: any number of them, ending in any order, are right at any time", "[perf][random]") {
    const std::uint64_t seed = lathe_test::seed_of_run();
    dice random(seed, 0);
    own_vector<block> blocks;
    own_vector<scope_and_count> scopes;
    std::size_t first_wrong = 0;
    for (std::size_t step = 1; step <= lathe_test::rounds(20'000) && first_wrong == 0; ++step) {
        switch (random.below(8)) {
        case 0:
            if (scopes.size() < 20) scopes.push_back(begin_scope());
            break;
        case 1:
            if (!scopes.empty()) {
                std::swap(scopes[random.below(scopes.size())], scopes.back());
                scopes.pop_back();
            }
            break;
        case 2:
        case 3:
        case 4:
            blocks.push_back(make(random));
            for (auto& each : scopes)
                allocated(each.by_hand, blocks.back().size);
            break;
        default:
            if (blocks.empty()) break;
            std::swap(blocks[random.below(blocks.size())], blocks.back());
            for (auto& each : scopes)
                freed(each.by_hand, blocks.back().size);
            if (!unmake(blocks.back())) first_wrong = step;
            blocks.pop_back();
        }
        for (const auto& each : scopes) {
            if (each.scope->figures() != each.by_hand) first_wrong = step;
        }
    }
    for (const block& each : blocks)
        unmake(each);
    INFO("LATHE_SEED=" << seed);
    CHECK(first_wrong == 0);
}

TEST_CASE("memory: threads that free what others allocated add up", "[perf][stress][threads]") {
    constexpr std::size_t threads = 4;
    struct alignas(64) mailbox {
        std::mutex mutex;
        own_vector<block> blocks;
    };
    struct outcome {
        memory_figures by_hand;
        memory_figures counted;
        std::size_t damaged = 0;
    };
    const std::uint64_t seed = lathe_test::seed_of_run();
    std::array<mailbox, threads> boxes;
    std::array<outcome, threads> outcomes;
    const auto take = [&](std::size_t box, block& into) {
        const std::lock_guard lock(boxes[box].mutex);
        if (boxes[box].blocks.empty()) return false;
        into = boxes[box].blocks.back();
        boxes[box].blocks.pop_back();
        return true;
    };
    lathe_test::in_threads(threads, [&](std::size_t self) {
        dice random(seed, self);
        outcome result;
        block each{};
        const perf::memory_scope scope;
        for (std::size_t i = 0; i < lathe_test::rounds(30'000); ++i) {
            if (random.below(2) == 0) {
                each = make(random);
                allocated(result.by_hand, each.size);
                mailbox& to = boxes[random.below(threads)];
                const std::lock_guard lock(to.mutex);
                to.blocks.push_back(each);
            } else if (take(random.below(threads), each)) {
                freed(result.by_hand, each.size);
                if (!unmake(each)) ++result.damaged;
            }
        }
        result.counted = scope.figures();
        outcomes[self] = result;
    });
    // This thread frees the rest.
    memory_figures rest;
    const perf::memory_scope scope;
    block each{};
    for (std::size_t box = 0; box < threads; ++box) {
        while (take(box, each)) {
            freed(rest, each.size);
            unmake(each);
        }
    }
    const memory_figures counted = scope.figures();
    std::int64_t alive = counted.net;
    for (const outcome& result : outcomes)
        alive += result.counted.net;
    INFO("LATHE_SEED=" << seed);
    for (const outcome& result : outcomes) {
        CHECK(result.counted == result.by_hand);
        CHECK(result.damaged == 0);
    }
    CHECK(counted == rest);
    CHECK(alive == 0);
}

} // namespace
