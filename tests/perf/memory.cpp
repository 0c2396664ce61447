// SPDX-License-Identifier: MIT
#include <lathe/perf/memory.hpp> // first: proves that the header stands alone

#define LATHE_PERF_DEFINE_MEMORY_HOOKS // for all tests of this room
#include <lathe/perf/memory.hpp>       // once more, with the hooks

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <cstring>
#include <new>
#include <optional>
#include <string>
#include <thread>
#include <type_traits>
#include <utility>
#include <vector>

#include <lathe/perf/detail/own_allocator.hpp>

#include "support/catch.hpp"
#include "support/memory.hpp"

// Catch allocates as it checks: every test takes its figures first, and checks them when all is done.

namespace {

namespace perf = lathe::perf;
using lathe_test::allocate_and_free;
using lathe_test::malloc_is_counted;
using lathe_test::use;
using perf::memory_figures;
using perf::memory_scope;

static_assert(std::is_aggregate_v<memory_figures> && std::is_trivially_copyable_v<memory_figures>);
static_assert(memory_figures{} == memory_figures{0, 0, 0, 0, 0});
static_assert(!std::is_copy_constructible_v<memory_scope> && !std::is_move_assignable_v<memory_scope>);
static_assert(noexcept(memory_scope().figures()) && noexcept(perf::thread_memory()));
static_assert(
    std::is_trivially_destructible_v<lathe::detail::memory_counters>); // counted to a thread's last instruction

// ---- every operator ----------------------------------------------------------------------------------------------

using make = void* (*)(std::size_t);
using unmake = void (*)(void*, std::size_t);

struct form {
    make allocate;
    unmake free;
    std::size_t alignment;
};

// All forms of new, each with all forms of delete that may follow it.
template <std::size_t Alignment>
constexpr auto with_alignment = std::align_val_t{Alignment};

constexpr form plain_forms[] = {
    {[](std::size_t n) { return ::operator new(n); }, [](void* p, std::size_t) { ::operator delete(p); }, 16},
    {[](std::size_t n) { return ::operator new(n); }, [](void* p, std::size_t n) { ::operator delete(p, n); }, 16},
    {[](std::size_t n) { return ::operator new(n, std::nothrow); },
     [](void* p, std::size_t) { ::operator delete(p, std::nothrow); },
     16},
    {[](std::size_t n) { return ::operator new[](n); }, [](void* p, std::size_t) { ::operator delete[](p); }, 16},
    {[](std::size_t n) { return ::operator new[](n); }, [](void* p, std::size_t n) { ::operator delete[](p, n); }, 16},
    {[](std::size_t n) { return ::operator new[](n, std::nothrow); },
     [](void* p, std::size_t) { ::operator delete[](p, std::nothrow); },
     16},
};
template <std::size_t A>
constexpr form aligned_forms[] = {
    {[](std::size_t n) { return ::operator new(n, with_alignment<A>); },
     [](void* p, std::size_t) { ::operator delete(p, with_alignment<A>); },
     A},
    {[](std::size_t n) { return ::operator new(n, with_alignment<A>); },
     [](void* p, std::size_t n) { ::operator delete(p, n, with_alignment<A>); },
     A},
    {[](std::size_t n) { return ::operator new(n, with_alignment<A>, std::nothrow); },
     [](void* p, std::size_t) { ::operator delete(p, with_alignment<A>, std::nothrow); },
     A},
    {[](std::size_t n) { return ::operator new[](n, with_alignment<A>); },
     [](void* p, std::size_t) { ::operator delete[](p, with_alignment<A>); },
     A},
    {[](std::size_t n) { return ::operator new[](n, with_alignment<A>); },
     [](void* p, std::size_t n) { ::operator delete[](p, n, with_alignment<A>); },
     A},
    {[](std::size_t n) { return ::operator new[](n, with_alignment<A>, std::nothrow); },
     [](void* p, std::size_t) { ::operator delete[](p, with_alignment<A>, std::nothrow); },
     A},
};

// Around each bound of what the hooks write behind the memory, and of what malloc rounds up to.
constexpr std::size_t sizes[] = {0,         1,
                                 7,         8,
                                 15,        16,
                                 23,        24,
                                 25,        39,
                                 40,        41,
                                 100,       1000,
                                 4095,      4096,
                                 131'047,   131'048,
                                 131'049,   200'000,
                                 204'535,   204'544,
                                 204'792,   204'800,
                                 1 << 20,   (1 << 20) - 300,
                                 10'000'000};

// Sanitizers take no bytes for one.
std::uint64_t counted(std::size_t size) {
    return size == 0 && malloc_is_counted() ? 1 : size;
}

// The first of `forms` and `sizes` that is not counted to the byte; empty if all are.
template <std::size_t N>
std::string first_miscounted(const form (&forms)[N]) {
    for (std::size_t i = 0; i < N; ++i) {
        for (const std::size_t size : sizes) {
            const auto bytes = counted(size);
            const memory_scope scope;
            void* const memory = forms[i].allocate(size);
            const memory_figures taken = scope.figures();
            const bool is_aligned = reinterpret_cast<std::uintptr_t>(memory) % forms[i].alignment == 0;
            std::memset(memory, 0xFF, size); // what is asked for is the user's, to the last byte
            forms[i].free(memory, size);
            const memory_figures freed = scope.figures();
            const auto live = static_cast<std::int64_t>(bytes);
            if (taken != memory_figures{1, 0, bytes, live, live} || freed != memory_figures{1, 1, bytes, 0, live} ||
                !is_aligned) {
                return "form " + std::to_string(i) + ", " + std::to_string(size) + " bytes";
            }
        }
    }
    return {};
}

TEST_CASE("memory: each form of new and delete is counted to the byte, whatever the size", "[perf]") {
    CHECK(perf::memory_is_counted());
    CHECK(first_miscounted(plain_forms).empty());
    CHECK(first_miscounted(aligned_forms<1>).empty());
    CHECK(first_miscounted(aligned_forms<8>).empty());
    CHECK(first_miscounted(aligned_forms<32>).empty());
    CHECK(first_miscounted(aligned_forms<4096>).empty());
}

TEST_CASE("memory: deleting a null pointer is no free", "[perf]") {
    const memory_scope scope;
    for (const form& each : plain_forms)
        each.free(nullptr, 0);
    for (const form& each : aligned_forms<64>)
        each.free(nullptr, 0);
    const memory_figures figures = scope.figures();
    CHECK(figures == memory_figures{});
}

TEST_CASE("memory: 100 MB that are kept are 100 MB", "[perf]") {
    const memory_scope scope;
    std::vector<char> kept(100'000'000);
    use(kept);
    const memory_figures figures = scope.figures();
    CHECK(figures == memory_figures{1, 0, 100'000'000, 100'000'000, 100'000'000});
    CHECK(kept.size() == 100'000'000);
}

TEST_CASE("memory: what the monitor allocates for itself is not counted", "[perf]") {
    const memory_scope scope;
    std::vector<int, lathe::detail::own_allocator<int>> own(1000, 7);
    own.resize(100'000);
    own = {};
    own.shrink_to_fit();
    const memory_figures figures = scope.figures();
    CHECK(figures == memory_figures{});
    CHECK_THROWS_AS(own.get_allocator().allocate(SIZE_MAX / 2), std::bad_alloc);
}

TEST_CASE("memory: asking whether it is counted is not counted", "[perf]") {
    const memory_scope scope;
    const bool is_counted = lathe::detail::probe_memory_hooks();
    const memory_figures figures = scope.figures();
    CHECK(is_counted);
    CHECK(figures == memory_figures{});
}

// ---- scopes ------------------------------------------------------------------------------------------------------

TEST_CASE("memory_scope: counts from its making on, whatever was before", "[perf]") {
    std::vector<char> before(1000);
    use(before);
    const memory_scope scope;
    const memory_figures none = scope.figures();
    {
        const std::vector<char> first(300);
        use(first);
        const std::vector<char> second(200);
        use(second);
    }
    const std::vector<char> third(50);
    use(third);
    const memory_figures some = scope.figures();
    CHECK(none == memory_figures{});
    CHECK(some == memory_figures{3, 2, 550, 50, 500});
    CHECK(scope.peak() >= 500);
    CHECK(before.size() == 1000);
}

TEST_CASE("memory_scope: one that only frees has a negative net, and its peak is 0", "[perf]") {
    std::vector<char> before(1000);
    use(before);
    const memory_scope scope;
    before = {};
    before.shrink_to_fit();
    const memory_figures freed = scope.figures();
    before.resize(300);
    const memory_figures again = scope.figures();
    CHECK(freed == memory_figures{0, 1, 0, -1000, 0});
    CHECK(again == memory_figures{1, 1, 300, -700, 0}); // never above where it began
}

TEST_CASE("memory_scope: an inner scope sees its own peak, and the outer one sees all", "[perf]") {
    const memory_scope outer;
    allocate_and_free(1000);
    const std::vector<char> kept(100);
    use(kept);
    memory_figures in_inner;
    memory_figures meanwhile;
    {
        const memory_scope inner;
        allocate_and_free(400);
        in_inner = inner.figures();
        meanwhile = outer.figures();
    }
    const memory_figures after = outer.figures();
    allocate_and_free(2000);
    const memory_figures end = outer.figures();
    CHECK(in_inner == memory_figures{1, 1, 400, 0, 400});
    CHECK(meanwhile == memory_figures{3, 2, 1500, 100, 1000}); // not lowered by the inner one's beginning
    CHECK(after == meanwhile);
    CHECK(end == memory_figures{4, 3, 3500, 100, 2100});
}

TEST_CASE("memory_scope: may end before a scope within", "[perf]") {
    std::optional<memory_scope> first(std::in_place);
    allocate_and_free(1000);
    std::optional<memory_scope> second(std::in_place);
    allocate_and_free(100);
    const memory_scope third;
    allocate_and_free(500);
    second.reset();
    const std::int64_t of_first = first->peak();
    const std::int64_t of_third = third.peak();
    first.reset();
    const memory_figures last = third.figures();
    CHECK(of_first == 1000);
    CHECK(of_third == 500);
    CHECK(last == memory_figures{1, 1, 500, 0, 500});
}

TEST_CASE("thread_memory: is all since the thread began, scopes or not", "[perf][threads]") {
    memory_figures begin;
    memory_figures end;
    std::thread([&] {
        begin = perf::thread_memory();
        allocate_and_free(1'000'000);
        const memory_scope scope;
        const std::vector<char> low(100);
        use(low);
        end = perf::thread_memory();
    }).join();
    CHECK(end.allocations == begin.allocations + 2);
    CHECK(end.bytes == begin.bytes + 1'000'100);
    CHECK(end.net == begin.net + 100);
    CHECK(end.peak == begin.net + 1'000'000);
}

// ---- threads -----------------------------------------------------------------------------------------------------

TEST_CASE("memory: counts for the thread that does it; only the sum is what is alive", "[perf][threads]") {
    std::vector<char> moved;
    memory_figures there;
    std::thread other([&] {
        const memory_scope of_thread;
        moved.resize(1000);
        use(moved);
        there = of_thread.figures();
    });
    other.join();
    const memory_scope here;
    moved = {};
    moved.shrink_to_fit();
    const memory_figures freed = here.figures();
    CHECK(there == memory_figures{1, 0, 1000, 1000, 1000});
    CHECK(freed == memory_figures{0, 1, 0, -1000, 0});
    CHECK(there.net + freed.net == 0);
}

memory_figures before_end;
memory_figures after_end;

// Takes figures when it is destroyed.
struct at_exit {
    memory_figures* where;
    ~at_exit() { *where = perf::thread_memory(); }
};

TEST_CASE("memory: is counted while a thread's variables are destroyed", "[perf][threads]") {
    std::thread([] {
        // Destroyed in the other order.
        static thread_local const at_exit last{&after_end};
        static thread_local std::vector<char> freed_at_end;
        static thread_local const at_exit first{&before_end};
        static_cast<void>(last.where);
        freed_at_end.resize(1000);
        static_cast<void>(first.where);
    }).join();
    const std::uint64_t frees = after_end.frees - before_end.frees;
    const std::int64_t freed = before_end.net - after_end.net;
    // The C library frees what it kept about two of the variables; sanitizers see that.
    CHECK((malloc_is_counted() ? frees >= 1 && freed >= 1000 : frees == 1 && freed == 1000));
    CHECK(after_end.allocations == before_end.allocations);
}

} // namespace
