// SPDX-License-Identifier: MIT
// Work in several threads at a time: lathe_test::in_threads(n, f) calls f(0) ... f(n - 1), each in a thread of its own,
// and returns when all have ended.
#ifndef LATHE_TESTS_SUPPORT_THREADS_HPP
#define LATHE_TESTS_SUPPORT_THREADS_HPP

#include <cstddef>
#include <thread>
#include <vector>

namespace lathe_test {

template <class F>
void in_threads(std::size_t threads, const F& work) {
    std::vector<std::thread> all;
    for (std::size_t i = 0; i < threads; ++i)
        all.emplace_back([&work, i] { work(i); });
    for (std::thread& each : all)
        each.join();
}

} // namespace lathe_test

#endif // LATHE_TESTS_SUPPORT_THREADS_HPP
