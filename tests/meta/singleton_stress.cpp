// SPDX-License-Identifier: MIT
// First uses of many singletons by several threads at once. A singleton is made once in a process, so each round runs
// in a child of its own, where nothing is made yet.
#include <lathe/meta/singleton.hpp> // first: proves that the header stands alone

#include <algorithm>
#include <array>
#include <atomic>
#include <cstddef>
#include <numeric>
#include <random>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include <unistd.h>

#include "support/catch.hpp"
#include "support/child_process.hpp"
#include "support/stress.hpp"

namespace {

constexpr std::size_t count = 200;
constexpr int threads = 4;

std::array<std::atomic<int>, count> made;

// Every third one needs the next one, made or not: chains of two, across whatever the threads do.
template <std::size_t Index>
class raced : public lathe::singleton<raced<Index>> {
    friend lathe::singleton<raced>;
    raced() {
        if constexpr (Index % 3 == 0 && Index + 1 < count) m_sum = raced<Index + 1>::instance().value();
        m_value = Index * Index + 7;
        m_sum += m_value;
        ++made[Index];
    }
    std::size_t m_value = 0;
    std::size_t m_sum = 0;

public:
    [[nodiscard]] std::size_t value() const { return m_value; }
    [[nodiscard]] bool is_whole() const {
        constexpr std::size_t next = Index % 3 == 0 && Index + 1 < count ? (Index + 1) * (Index + 1) + 7 : 0;
        return m_value == Index * Index + 7 && m_sum == m_value + next;
    }
};

struct seen {
    const void* object;
    bool is_whole;
};
template <std::size_t Index>
seen use() {
    const raced<Index>& object = raced<Index>::instance();
    return {&object, object.is_whole()};
}
template <std::size_t... Index>
constexpr auto uses_of(std::index_sequence<Index...>) {
    return std::array<seen (*)(), sizeof...(Index)>{&use<Index>...};
}
constexpr auto uses = uses_of(std::make_index_sequence<count>());

// How many of the singletons were not made exactly once, or not seen whole and the same by all threads.
int race(unsigned seed) {
    std::array<std::array<seen, count>, threads> all{};
    std::atomic<int> ready = 0;
    {
        std::vector<std::jthread> running;
        for (int t = 0; t < threads; ++t) {
            running.emplace_back([&, t] {
                // Two threads take them in the same order, so that they meet, the others in orders of their own.
                std::array<std::size_t, count> order{};
                std::iota(order.begin(), order.end(), std::size_t{0});
                std::mt19937 random(seed + static_cast<unsigned>(t / 2));
                std::shuffle(order.begin(), order.end(), random);
                if (t == threads - 1) std::reverse(order.begin(), order.end());
                ++ready;
                while (ready < threads)
                    std::this_thread::yield();
                for (const std::size_t i : order)
                    all[static_cast<std::size_t>(t)][i] = uses[i]();
            });
        }
    }
    int wrong = 0;
    for (std::size_t i = 0; i < count; ++i) {
        bool right = made[i] == 1;
        for (const auto& one : all)
            right = right && one[i].is_whole && one[i].object == all[0][i].object;
        wrong += right ? 0 : 1;
    }
    return wrong;
}

TEST_CASE("singleton: first uses by four threads make each of 200 once, in 1,000 fresh processes",
          "[singleton][stress][threads]") {
    const unsigned seed = std::random_device{}();
    CAPTURE(seed); // race(seed + round) replays a round, as far as threads can be
    const std::size_t rounds = lathe_test::rounds(1'000);
    for (std::size_t round = 0; round < rounds; ++round) {
        const std::string told = lathe_test::in_child([&] {
            lathe_test::tell(std::to_string(race(seed + static_cast<unsigned>(round))) + " wrong");
            _exit(0); // what happens at exit is tested elsewhere, and takes time
        });
        if (told != "0 wrong\n") {
            CAPTURE(round);
            REQUIRE(told == "0 wrong\n");
        }
    }
    SUCCEED("all rounds");
}

} // namespace
