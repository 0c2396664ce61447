// SPDX-License-Identifier: MIT
// The operators that count, when there is no memory: they do what the standard asks of an operator new.
#include <lathe/perf/memory.hpp>

#include <cstddef>
#include <cstdint>
#include <new>

#include <sys/resource.h>

#include "support/catch.hpp"
#include "support/memory.hpp"

namespace {

namespace perf = lathe::perf;
using perf::memory_figures;

using make = void* (*)(std::size_t);
constexpr std::align_val_t alignment{64};

constexpr make throwing[] = {
    [](std::size_t n) { return ::operator new(n); },
    [](std::size_t n) { return ::operator new[](n); },
    [](std::size_t n) { return ::operator new(n, alignment); },
    [](std::size_t n) { return ::operator new[](n, alignment); },
};
constexpr make not_throwing[] = {
    [](std::size_t n) { return ::operator new(n, std::nothrow); },
    [](std::size_t n) { return ::operator new[](n, std::nothrow); },
    [](std::size_t n) { return ::operator new(n, alignment, std::nothrow); },
    [](std::size_t n) { return ::operator new[](n, alignment, std::nothrow); },
};

// More than there can be; the last one overflows when anything is added.
std::size_t too_much(int which) {
    constexpr std::size_t sizes[] = {PTRDIFF_MAX - 4096, PTRDIFF_MAX, SIZE_MAX - 1, SIZE_MAX};
    return sizes[which];
}

// The handler that a test sets, until its end.
class with_handler {
public:
    explicit with_handler(std::new_handler handler) : m_before(std::set_new_handler(handler)) {}
    with_handler(const with_handler&) = delete;
    with_handler& operator=(const with_handler&) = delete;
    ~with_handler() { std::set_new_handler(m_before); }

private:
    std::new_handler m_before;
};

int calls = 0;

TEST_CASE("memory: what is refused is not counted", "[perf]") {
    if (lathe_test::malloc_is_counted()) return; // the operators are the sanitizer's
    const int which = GENERATE(0, 1, 2, 3);
    int refused = 0;
    const perf::memory_scope scope;
    for (const make each : throwing) {
        try {
            each(too_much(which));
        } catch (const std::bad_alloc&) {
            ++refused;
        }
    }
    for (const make each : not_throwing)
        refused += each(too_much(which)) == nullptr ? 1 : 0;
    const memory_figures figures = scope.figures();
    CHECK(refused == 8);
    CHECK(figures == memory_figures{});
}

TEST_CASE("memory: asks the handler of new again and again, until it gives up", "[perf]") {
    if (lathe_test::malloc_is_counted()) return;
    const with_handler handler([] {
        if (++calls % 3 == 0) std::set_new_handler(nullptr);
    });
    for (const make each : throwing) {
        calls = 0;
        const with_handler same(std::get_new_handler());
        CHECK_THROWS_AS(each(too_much(0)), std::bad_alloc);
        CHECK(calls == 3);
    }
    for (const make each : not_throwing) {
        calls = 0;
        const with_handler same(std::get_new_handler());
        CHECK(each(too_much(0)) == nullptr);
        CHECK(calls == 3);
    }
}

TEST_CASE("memory: what the handler of new throws passes, but not where new does not throw", "[perf]") {
    if (lathe_test::malloc_is_counted()) return;
    struct out : std::bad_alloc {};
    const with_handler handler([] { throw out(); });
    for (const make each : throwing)
        CHECK_THROWS_AS(each(too_much(1)), out);
    for (const make each : not_throwing)
        CHECK(each(too_much(1)) == nullptr);
}

::rlimit address_space;

TEST_CASE("memory: tries again when the handler of new has made room", "[perf]") {
    if (lathe_test::malloc_is_counted()) return;
    constexpr std::size_t size = 100'000'000;
    REQUIRE(::getrlimit(RLIMIT_AS, &address_space) == 0);
    ::rlimit none = address_space;
    none.rlim_cur = 1;
    const with_handler handler([] {
        ++calls;
        ::setrlimit(RLIMIT_AS, &address_space);
    });
    calls = 0;
    const perf::memory_scope scope;
    ::setrlimit(RLIMIT_AS, &none);
    void* const memory = ::operator new(size);
    const memory_figures figures = scope.figures();
    ::operator delete(memory);
    CHECK(calls == 1);
    CHECK(figures == memory_figures{1, 0, size, size, size});
    CHECK(scope.net() == 0);
}

} // namespace
