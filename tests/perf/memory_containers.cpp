// SPDX-License-Identifier: MIT
// What standard containers allocate, as a scope counts it, beside the same containers with an allocator that counts by
// hand.
#include <lathe/perf/memory.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <deque>
#include <functional>
#include <list>
#include <map>
#include <memory>
#include <string>
#include <unordered_map>
#include <utility>
#include <vector>

#include <lathe/perf/detail/own_allocator.hpp>

#include "support/catch.hpp"
#include "support/memory.hpp"

namespace {

namespace perf = lathe::perf;
using lathe_test::use;
using perf::memory_figures;

memory_figures by_hand;

// Counts what it gives into `by_hand`; its memory is not counted by the hooks.
template <class T>
struct reference_allocator {
    using value_type = T;
    reference_allocator() = default;
    template <class Other>
    reference_allocator(const reference_allocator<Other>& /*other*/) noexcept {} // NOLINT(google-explicit-constructor)
    T* allocate(std::size_t size) {
        ++by_hand.allocations;
        by_hand.bytes += size * sizeof(T);
        by_hand.net += static_cast<std::int64_t>(size * sizeof(T));
        by_hand.peak = std::max(by_hand.peak, by_hand.net);
        return lathe::detail::own_allocator<T>().allocate(size);
    }
    void deallocate(T* memory, std::size_t size) noexcept {
        ++by_hand.frees;
        by_hand.net -= static_cast<std::int64_t>(size * sizeof(T));
        lathe::detail::own_allocator<T>().deallocate(memory, size);
    }
    template <class Other>
    bool operator==(const reference_allocator<Other>& /*other*/) const noexcept {
        return true;
    }
};

// Each does the same with whatever allocator it is given.
struct vectors {
    template <template <class> class Allocator>
    static void run() {
        std::vector<int, Allocator<int>> values;
        for (int i = 0; i < 1000; ++i)
            values.push_back(i);
        values.shrink_to_fit();
        const auto copy = values;
        use(copy);
    }
};
struct strings {
    template <template <class> class Allocator>
    static void run() {
        using text = std::basic_string<char, std::char_traits<char>, Allocator<char>>;
        const text small("short");
        text large(100, 'x');
        for (int i = 0; i < 500; ++i)
            large += small;
        const text copy = large;
        use(copy);
    }
};
struct lists {
    template <template <class> class Allocator>
    static void run() {
        std::list<std::int64_t, Allocator<std::int64_t>> values;
        for (int i = 0; i < 100; ++i) {
            values.push_front(i);
            if (i % 3 == 0) values.pop_back();
        }
        use(values);
    }
};
struct maps {
    template <template <class> class Allocator>
    static void run() {
        std::map<int, double, std::less<>, Allocator<std::pair<const int, double>>> values;
        for (int i = 0; i < 200; ++i)
            values[i * 7 % 100] = i;
        values.erase(values.begin(), values.find(50));
        use(values);
    }
};
struct hash_maps {
    template <template <class> class Allocator>
    static void run() {
        std::unordered_map<int, char, std::hash<int>, std::equal_to<>, Allocator<std::pair<const int, char>>> values;
        for (int i = 0; i < 1000; ++i)
            values.emplace(i, 'x');
        for (int i = 0; i < 500; ++i)
            values.erase(i);
        values.rehash(0);
        use(values);
    }
};
struct deques {
    template <template <class> class Allocator>
    static void run() {
        std::deque<int, Allocator<int>> values;
        for (int i = 0; i < 3000; ++i) {
            values.push_back(i);
            if (i % 2 == 0) values.pop_front();
        }
        use(values);
    }
};
struct shared_objects {
    template <template <class> class Allocator>
    static void run() {
        const auto object = std::allocate_shared<std::pair<double, char>>(Allocator<char>());
        const auto second = object;
        use(second);
    }
};

// In a scope within, so that it ends after all has been freed.
template <class Use, template <class> class Allocator>
memory_figures counted() {
    const perf::memory_scope scope;
    Use::template run<Allocator>();
    return scope.figures();
}

TEMPLATE_TEST_CASE("memory: counts containers as an allocator of theirs does",
                   "[perf]",
                   vectors,
                   strings,
                   lists,
                   maps,
                   hash_maps,
                   deques,
                   shared_objects) {
    by_hand = {};
    const memory_figures own = counted<TestType, reference_allocator>();
    const memory_figures by_scope = counted<TestType, std::allocator>();
    CHECK(own == memory_figures{});
    CHECK(by_scope.allocations == by_hand.allocations);
    CHECK(by_scope.frees == by_hand.frees);
    CHECK(by_scope.bytes == by_hand.bytes);
    CHECK(by_scope.net == by_hand.net);
    CHECK(by_scope.peak == by_hand.peak);
    CHECK(by_scope.allocations > 0);
}

TEST_CASE("memory: counts what std::function and new keep", "[perf]") {
    struct large {
        std::int64_t numbers[8];
    };
    const perf::memory_scope scope;
    const std::function<std::int64_t()> held = [values = large{{7}}] {
        return values.numbers[0];
    };
    const auto object = std::make_unique<large>();
    const auto array = std::make_unique<large[]>(10);
    use(held);
    use(object);
    use(array);
    const memory_figures figures = scope.figures();
    CHECK(held() + object->numbers[0] + array[9].numbers[7] == 7);
    CHECK(figures == memory_figures{3, 0, 12 * sizeof(large), 12 * sizeof(large), 12 * sizeof(large)});
}

} // namespace
