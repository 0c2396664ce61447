// SPDX-License-Identifier: MIT
#include <lathe/perf/counting_resource.hpp> // first: proves that the header stands alone

#include <array>
#include <cstddef>
#include <cstdint>
#include <memory_resource>
#include <new>
#include <string>
#include <type_traits>
#include <utility>
#include <vector>

#include "support/catch.hpp"
#include "support/threads.hpp"

namespace {

namespace perf = lathe::perf;
using perf::counting_resource;
using perf::memory_figures;

static_assert(std::is_base_of_v<std::pmr::memory_resource, counting_resource>);
static_assert(!std::is_copy_constructible_v<counting_resource>);

// Remembers the last request, and refuses what is too much.
class last_request final : public std::pmr::memory_resource {
public:
    std::size_t bytes = 0;
    std::size_t alignment = 0;

private:
    void* do_allocate(std::size_t size, std::size_t align) override {
        if (size > 1000) throw std::bad_alloc();
        bytes = size;
        alignment = align;
        return std::pmr::new_delete_resource()->allocate(size, align);
    }
    void do_deallocate(void* memory, std::size_t size, std::size_t align) override {
        bytes = size;
        alignment = align;
        std::pmr::new_delete_resource()->deallocate(memory, size, align);
    }
    [[nodiscard]] bool do_is_equal(const std::pmr::memory_resource& other) const noexcept override {
        return this == &other;
    }
};

//! [example]
TEST_CASE("counting_resource: counts what containers take and give back, exactly", "[perf]") {
    counting_resource resource;
    CHECK(resource.figures() == memory_figures{});
    {
        std::pmr::vector<int> values(1000, 7, &resource);
        CHECK(resource.figures() == memory_figures{1, 0, 4000, 4000, 4000});
        values.push_back(8);
        CHECK(resource.figures() == memory_figures{2, 1, 12'000, 8000, 12'000});
        const std::pmr::string text("longer than what a string holds in itself", &resource);
        CHECK(resource.figures().allocations == 3);
        CHECK(resource.figures().net > 8000);
    }
    const memory_figures end = resource.figures();
    CHECK(end.frees == end.allocations);
    CHECK(end.net == 0);
    CHECK(end.peak == 12'000);
}
//! [example]

TEST_CASE("counting_resource: passes size and alignment on, and is equal to itself only", "[perf]") {
    last_request upstream;
    counting_resource resource(&upstream);
    CHECK(resource.upstream() == &upstream);
    CHECK(counting_resource().upstream() == std::pmr::get_default_resource());
    void* const memory = resource.allocate(96, 64);
    CHECK(std::exchange(upstream.bytes, 0) == 96);
    CHECK(std::exchange(upstream.alignment, 0) == 64);
    resource.deallocate(memory, 96, 64);
    CHECK(upstream.bytes == 96);
    CHECK(upstream.alignment == 64);
    counting_resource other(&upstream);
    CHECK(resource.is_equal(resource));
    CHECK_FALSE(resource.is_equal(other));
    CHECK_FALSE(resource.is_equal(upstream));
}

TEST_CASE("counting_resource: does not count what it was refused", "[perf]") {
    last_request upstream;
    counting_resource resource(&upstream);
    CHECK_THROWS_AS(resource.allocate(1001), std::bad_alloc);
    CHECK(resource.figures() == memory_figures{});
}

TEST_CASE("counting_resource: below a pool it counts what the pool takes, above it what is asked of it", "[perf]") {
    counting_resource below;
    std::pmr::monotonic_buffer_resource pool(1 << 16, &below);
    counting_resource above(&pool);
    for (int i = 0; i < 100; ++i) {
        void* const memory = above.allocate(100);
        above.deallocate(memory, 100);
    }
    CHECK(above.figures() == memory_figures{100, 100, 10'000, 0, 100});
    CHECK(below.figures().allocations == 1);
    CHECK(below.figures().net >= 1 << 16);
}

TEST_CASE("counting_resource: counts threads together", "[perf][threads]") {
    constexpr std::size_t threads = 4;
    constexpr std::size_t rounds = 5000;
    counting_resource resource(std::pmr::new_delete_resource());
    std::array<void*, threads> kept{};
    lathe_test::in_threads(threads, [&](std::size_t i) {
        for (std::size_t n = 1; n <= rounds; ++n) {
            void* const memory = resource.allocate(n);
            resource.deallocate(memory, n);
        }
        kept[i] = resource.allocate(1000);
    });
    const memory_figures alive = resource.figures();
    for (void* const memory : kept)
        resource.deallocate(memory, 1000);
    CHECK(alive.allocations == threads * (rounds + 1));
    CHECK(alive.frees == threads * rounds);
    CHECK(alive.bytes == threads * (rounds * (rounds + 1) / 2 + 1000));
    CHECK(alive.net == static_cast<std::int64_t>(threads * 1000));
    CHECK(alive.peak >= static_cast<std::int64_t>(rounds));
    CHECK(alive.peak <= static_cast<std::int64_t>(threads * (rounds + 1000)));
    CHECK(resource.figures().net == 0);
    CHECK(resource.figures().frees == threads * (rounds + 1));
}

} // namespace
