// SPDX-License-Identifier: MIT
// Question: what does a use of a singleton cost once it is made, against a global variable, a static of a function, and
// the ways in which people write singletons with threads in mind?
//
// bare_global and function_static are the floors; compare rows of one run and of one number of threads. Every row reads
// one member of an object that is made before.
#include <benchmark/benchmark.h>

#include <memory>
#include <mutex>

#include <boost/serialization/singleton.hpp>

#include <lathe/meta/singleton.hpp>

namespace {

// A constructor and a destructor that the optimiser cannot look into, as in classes that are worth a singleton.
struct part {
    part() { benchmark::DoNotOptimize(value); }
    ~part() { benchmark::DoNotOptimize(value); }
    int value = 1;
};

part bare;

part& function_static() {
    static part made;
    return made;
}
part& function_thread_local() {
    static thread_local part made;
    return made;
}
part& by_call_once() {
    static std::once_flag once;
    static std::unique_ptr<part> made;
    std::call_once(once, [] { made = std::make_unique<part>(); });
    return *made;
}
part& by_mutex() {
    static std::mutex mutex;
    static std::unique_ptr<part> made;
    const std::lock_guard lock{mutex};
    if (!made) made = std::make_unique<part>();
    return *made;
}

template <class Lifetime>
class single : public part, public lathe::singleton<single<Lifetime>, Lifetime> {
    friend lathe::singleton<single>;
    single() = default;
};
class constant : public lathe::singleton<constant, lathe::lifetime::constant> {
    friend lathe::singleton<constant>;
    constexpr constant() = default;

public:
    int value = 1;
};

template <class Use>
void run(benchmark::State& state, Use use) {
    use();
    for (auto _ : state) {
        int value = use().value;
        benchmark::DoNotOptimize(value);
        benchmark::ClobberMemory(); // or the use would be moved out of the loop
    }
}

void bare_global(benchmark::State& state) {
    run(state, []() -> part& { return bare; });
}
void hand_static(benchmark::State& state) {
    run(state, []() -> part& { return function_static(); });
}
void lathe_scoped(benchmark::State& state) {
    run(state, []() -> part& { return single<lathe::lifetime::scoped>::instance(); });
}
void lathe_immortal(benchmark::State& state) {
    run(state, []() -> part& { return single<lathe::lifetime::immortal>::instance(); });
}
void lathe_constant(benchmark::State& state) {
    run(state, []() -> constant& { return constant::instance(); });
}
void hand_thread_local(benchmark::State& state) {
    run(state, []() -> part& { return function_thread_local(); });
}
void lathe_per_thread(benchmark::State& state) {
    run(state, []() -> part& { return single<lathe::lifetime::per_thread>::instance(); });
}
void boost_serialization(benchmark::State& state) {
    run(state, []() -> part& { return boost::serialization::singleton<part>::get_mutable_instance(); });
}
void hand_call_once(benchmark::State& state) {
    run(state, []() -> part& { return by_call_once(); });
}
void hand_mutex(benchmark::State& state) {
    run(state, []() -> part& { return by_mutex(); });
}

BENCHMARK(bare_global)->ThreadRange(1, 2);
BENCHMARK(hand_static)->ThreadRange(1, 2);
BENCHMARK(lathe_scoped)->ThreadRange(1, 2);
BENCHMARK(lathe_immortal)->ThreadRange(1, 2);
BENCHMARK(lathe_constant)->ThreadRange(1, 2);
BENCHMARK(hand_thread_local)->ThreadRange(1, 2);
BENCHMARK(lathe_per_thread)->ThreadRange(1, 2);
BENCHMARK(boost_serialization)->ThreadRange(1, 2);
BENCHMARK(hand_call_once)->ThreadRange(1, 2);
BENCHMARK(hand_mutex)->ThreadRange(1, 2);

} // namespace
