// SPDX-License-Identifier: MIT
// Memos that several threads call. Nothing here depends on time: where threads must meet, they do so at a latch or a
// barrier.
#include <lathe/cache/memoize.hpp> // first: proves that the header stands alone

#include <array>
#include <atomic>
#include <barrier>
#include <cstddef>
#include <cstdint>
#include <exception>
#include <latch>
#include <random>
#include <stdexcept>
#include <string>
#include <thread>
#include <vector>

#include <lathe/cache/memoize_method.hpp>

#include "support/catch.hpp"
#include "support/seed.hpp"
#include "support/stress.hpp"

namespace {

// Runs f(0), f(1), ... on as many threads, and waits for their ends.
template <class F>
void on_threads(int count, F f) {
    std::vector<std::jthread> threads;
    for (int i = 0; i < count; ++i)
        threads.emplace_back([&f, i] { f(i); });
}

TEST_CASE("memoize: threads that ask for the same at a time share one call", "[memoize][threads]") {
    std::atomic<int> calls = 0;
    std::latch all_ask{8};
    const auto slow = lathe::memoize(10, [&](int n) {
        ++calls;
        return n * 2;
    });
    std::atomic<int> sum = 0;
    on_threads(8, [&](int) {
        all_ask.arrive_and_wait();
        sum += slow(7);
    });
    CHECK(calls == 1);
    CHECK(sum == 8 * 14);
    CHECK(slow.cache_info().hits + slow.cache_info().misses == 8);
}

TEST_CASE("memoize: who asks while the function runs waits for it, and gets its exception too", "[memoize][threads]") {
    std::atomic<int> calls = 0;
    std::latch inside{1};
    std::latch may_go_on{1};
    const auto fails = lathe::memoize(10, [&](int) -> int {
        ++calls;
        inside.count_down();
        may_go_on.wait();
        throw std::runtime_error("call " + std::to_string(calls));
    });
    std::array<std::exception_ptr, 2> caught; // looked at after the threads have ended
    on_threads(2, [&](int i) {
        try {
            if (i == 0) {
                fails(7);
                return;
            }
            inside.wait();
            // Counted as a miss as soon as it waits; then nothing can keep it from sharing that call.
            std::jthread release([&] {
                while (fails.cache_info().misses < 2)
                    std::this_thread::yield();
                may_go_on.count_down();
            });
            fails(7);
        } catch (...) {
            caught[static_cast<std::size_t>(i)] = std::current_exception();
        }
    });
    CHECK(calls == 1);
    for (const std::exception_ptr& each : caught)
        CHECK_THROWS_WITH(std::rethrow_exception(each), "call 1");
    CHECK_THROWS_WITH(fails(7), "call 2"); // nothing was kept
}

TEST_CASE("memoize: different arguments are computed at the same time", "[memoize][threads]") {
    std::barrier both_inside{2}; // a call that waited for the other one would never come here
    const auto meeting = lathe::memoize(10, [&](int n) {
        both_inside.arrive_and_wait();
        return n;
    });
    std::array<int, 2> got{};
    on_threads(2, [&](int i) { got[static_cast<std::size_t>(i)] = meeting(i); });
    CHECK(got == std::array{0, 1});
}

TEST_CASE("memoize: threads in one recursion compute each result once", "[memoize][threads]") {
    std::array<std::atomic<int>, 91> calls{};
    const auto fib = lathe::memoize(1000, [&](auto& self, int n) -> long {
        ++calls[static_cast<std::size_t>(n)];
        return n < 2 ? n : self(n - 1) + self(n - 2);
    });
    std::latch all_ask{4};
    std::array<long, 4> got{};
    on_threads(4, [&](int i) {
        all_ask.arrive_and_wait();
        got[static_cast<std::size_t>(i)] = fib(90 - i); // each needs the results of the others
    });
    CHECK(got == std::array{2'880'067'194'370'816'120,
                            1'779'979'416'004'714'189,
                            1'100'087'778'366'101'931,
                            679'891'637'638'612'258});
    for (const std::atomic<int>& each : calls)
        CHECK(each == 1);
}

class counting {
public:
    int doubled(int n) const { return m_doubled(*this, n); }
    int computed() const { return m_computed; }

private:
    int compute(int n) const {
        ++m_computed;
        return 2 * n;
    }
    mutable std::atomic<int> m_computed = 0;
    lathe::method_memo<&counting::compute> m_doubled{10};
};

TEST_CASE("method_memo: threads that make the first call share it", "[memoize_method][threads]") {
    for (int round = 0; round < 50; ++round) {
        const counting object;
        std::latch all_ask{4};
        std::atomic<int> sum = 0;
        on_threads(4, [&](int) {
            all_ask.arrive_and_wait();
            sum += object.doubled(7);
        });
        REQUIRE(object.computed() == 1);
        REQUIRE(sum == 4 * 14);
    }
}

TEST_CASE("memoize: random calls, forgetting and clearing give right results only", "[memoize][stress]") {
    const std::uint64_t seed = lathe_test::seed_of_run();
    CAPTURE(seed);
    for (const std::size_t capacity : {std::size_t{0}, std::size_t{1}, std::size_t{20}, std::size_t{2000}}) {
        auto product = lathe::memoize(capacity, [](int a, const std::string& b) { return b + std::to_string(a); });
        std::atomic<std::size_t> wrong = 0;
        on_threads(4, [&](int thread) {
            std::mt19937_64 random(seed + static_cast<std::uint64_t>(thread));
            for (std::size_t i = lathe_test::rounds(20'000); i > 0; --i) {
                const int a = static_cast<int>(random() % 30);
                const std::string b(random() % 3, 'b');
                const auto choice = random() % 1000;
                if (choice == 0) product.clear();
                if (choice % 100 == 1) product.forget(a, b);
                if (choice % 100 == 2) {
                    const lathe::memo_info info = product.cache_info();
                    if (info.size > capacity || info.hits + info.misses > lathe_test::rounds(80'000)) ++wrong;
                }
                const std::string expected = b + std::to_string(a);
                if (choice % 2 == 0 ? product(a, b) != expected : *product.call_shared(a, b) != expected) ++wrong;
            }
        });
        CHECK(wrong == 0);
        CHECK(product.cache_info().size <= capacity);
    }
}

} // namespace
