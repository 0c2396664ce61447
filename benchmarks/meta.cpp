// SPDX-License-Identifier: MIT
// Question: what does an erased value cost, against virtual functions behind a std::unique_ptr and std::function?
//
// Rows come in groups: direct_*, the floor, a function that is not inlined; lathe_*; virtual_*; function_*, by
// std::function. Compare rows of one run.
#include <benchmark/benchmark.h>

#include <array>
#include <cstddef>
#include <functional>
#include <memory>
#include <type_traits>
#include <utility>
#include <vector>

#include <lathe/meta/erased.hpp>

namespace {

struct adds : lathe::requirement<"add(int) -> int"> {
    template <class T>
    static constexpr bool met = requires(T& t, int n) {
        { t.add(n) } -> std::same_as<int>;
    };
    static constexpr auto call = [](auto& t, int n) -> int {
        return t.add(n);
    };
};
using any_adder = lathe::erased<adds>;

// Four kinds of adders, of a size.
template <int Step, std::size_t Size>
struct adder {
    int total = 0;
    std::array<int, Size / sizeof(int) - 1> rest{};
    int add(int n) { return total += n * Step; }
    int operator()(int n) { return add(n); } // for std::function
};
constexpr std::size_t small = 16, large = 64; // std::function keeps 16 bytes inside

struct base {
    base() = default;
    base(const base&) = default;
    base& operator=(const base&) = default;
    virtual ~base() = default;
    virtual int add(int n) = 0;
    virtual std::unique_ptr<base> clone() const = 0;
};
template <int Step, std::size_t Size>
struct virtual_adder final : base {
    adder<Step, Size> value;
    int add(int n) override { return value.add(n); }
    std::unique_ptr<base> clone() const override { return std::make_unique<virtual_adder>(*this); }
};

[[gnu::noinline]] int add_directly(adder<1, small>& to, int n) {
    return to.add(n);
}

// Many, of four kinds in no order.
template <class Holder, class Make>
std::vector<Holder> mixed(Make make) {
    std::vector<Holder> all;
    unsigned random = 7;
    for (int i = 0; i < 1024; ++i) {
        random = random * 1103515245U + 12345U;
        all.push_back(make(random >> 16U & 3U));
    }
    return all;
}
template <template <int, std::size_t> class Adder, class Holder>
Holder one_of(unsigned kind) {
    switch (kind) {
    case 0:
        return Adder<1, small>();
    case 1:
        return Adder<2, small>();
    case 2:
        return Adder<3, small>();
    default:
        return Adder<4, small>();
    }
}
template <template <int, std::size_t> class Adder>
std::unique_ptr<base> one_of_owned(unsigned kind) {
    switch (kind) {
    case 0:
        return std::make_unique<Adder<1, small>>();
    case 1:
        return std::make_unique<Adder<2, small>>();
    case 2:
        return std::make_unique<Adder<3, small>>();
    default:
        return std::make_unique<Adder<4, small>>();
    }
}

// ---- call one ----

void direct_call(benchmark::State& state) {
    adder<1, small> held;
    for (auto _ : state) {
        benchmark::DoNotOptimize(held);
        benchmark::DoNotOptimize(add_directly(held, 3));
    }
}
BENCHMARK(direct_call);

void lathe_call(benchmark::State& state) {
    any_adder held = adder<1, small>();
    for (auto _ : state) {
        benchmark::DoNotOptimize(held);
        benchmark::DoNotOptimize(held.call<adds>(3));
    }
}
BENCHMARK(lathe_call);

void virtual_call(benchmark::State& state) {
    std::unique_ptr<base> held = std::make_unique<virtual_adder<1, small>>();
    for (auto _ : state) {
        benchmark::DoNotOptimize(held);
        benchmark::DoNotOptimize(held->add(3));
    }
}
BENCHMARK(virtual_call);

void function_call(benchmark::State& state) {
    std::function<int(int)> held = adder<1, small>();
    for (auto _ : state) {
        benchmark::DoNotOptimize(held);
        benchmark::DoNotOptimize(held(3));
    }
}
BENCHMARK(function_call);

// ---- call many, of several types ----

void lathe_call_mixed(benchmark::State& state) {
    auto all = mixed<any_adder>(one_of<adder, any_adder>);
    for (auto _ : state) {
        int sum = 0;
        for (any_adder& held : all)
            sum += held.call<adds>(3);
        benchmark::DoNotOptimize(sum);
    }
}
BENCHMARK(lathe_call_mixed);

void virtual_call_mixed(benchmark::State& state) {
    auto all = mixed<std::unique_ptr<base>>(one_of_owned<virtual_adder>);
    for (auto _ : state) {
        int sum = 0;
        for (const std::unique_ptr<base>& held : all)
            sum += held->add(3);
        benchmark::DoNotOptimize(sum);
    }
}
BENCHMARK(virtual_call_mixed);

void function_call_mixed(benchmark::State& state) {
    auto all = mixed<std::function<int(int)>>(one_of<adder, std::function<int(int)>>);
    for (auto _ : state) {
        int sum = 0;
        for (const std::function<int(int)>& held : all)
            sum += held(3);
        benchmark::DoNotOptimize(sum);
    }
}
BENCHMARK(function_call_mixed);

// ---- make and destroy ----

template <class Holder, class Value>
void make(benchmark::State& state) {
    for (auto _ : state) {
        Holder held = Value();
        benchmark::DoNotOptimize(held);
    }
}
template <class Value>
void make_owned(benchmark::State& state) {
    for (auto _ : state) {
        std::unique_ptr<base> held = std::make_unique<Value>();
        benchmark::DoNotOptimize(held);
    }
}
BENCHMARK(make<any_adder, adder<1, small>>)->Name("lathe_make_small");
BENCHMARK(make_owned<virtual_adder<1, small>>)->Name("virtual_make_small");
BENCHMARK(make<std::function<int(int)>, adder<1, small>>)->Name("function_make_small");
BENCHMARK(make<any_adder, adder<1, large>>)->Name("lathe_make_large");
BENCHMARK(make_owned<virtual_adder<1, large>>)->Name("virtual_make_large");
BENCHMARK(make<std::function<int(int)>, adder<1, large>>)->Name("function_make_large");

// ---- copy and move ----

template <class Holder, class Value>
void copy(benchmark::State& state) {
    Holder from = Value();
    for (auto _ : state) {
        benchmark::DoNotOptimize(from);
        Holder to = from;
        benchmark::DoNotOptimize(to);
    }
}
template <class Value>
void copy_owned(benchmark::State& state) {
    std::unique_ptr<base> from = std::make_unique<Value>();
    for (auto _ : state) {
        benchmark::DoNotOptimize(from);
        std::unique_ptr<base> to = from->clone();
        benchmark::DoNotOptimize(to);
    }
}
BENCHMARK(copy<any_adder, adder<1, small>>)->Name("lathe_copy_small");
BENCHMARK(copy_owned<virtual_adder<1, small>>)->Name("virtual_copy_small");
BENCHMARK(copy<std::function<int(int)>, adder<1, small>>)->Name("function_copy_small");
BENCHMARK(copy<any_adder, adder<1, large>>)->Name("lathe_copy_large");
BENCHMARK(copy_owned<virtual_adder<1, large>>)->Name("virtual_copy_large");
BENCHMARK(copy<std::function<int(int)>, adder<1, large>>)->Name("function_copy_large");

template <class Holder, class Value>
void move_there_and_back(benchmark::State& state) {
    Holder here = Holder(Value()), there;
    for (auto _ : state) {
        benchmark::DoNotOptimize(here);
        there = std::move(here);
        benchmark::DoNotOptimize(there);
        here = std::move(there);
    }
}
void virtual_move_small(benchmark::State& state) {
    std::unique_ptr<base> here = std::make_unique<virtual_adder<1, small>>(), there;
    for (auto _ : state) {
        benchmark::DoNotOptimize(here);
        there = std::move(here);
        benchmark::DoNotOptimize(there);
        here = std::move(there);
    }
}
BENCHMARK(move_there_and_back<any_adder, adder<1, small>>)->Name("lathe_move_small");
BENCHMARK(virtual_move_small);
BENCHMARK(move_there_and_back<std::function<int(int)>, adder<1, small>>)->Name("function_move_small");

} // namespace
