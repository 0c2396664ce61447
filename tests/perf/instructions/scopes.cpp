// SPDX-License-Identifier: MIT
// A program that cmake/InstructionCount.cmake runs under callgrind, which counts the instructions in one of the
// functions below: scopes <lathe|hand>_<case> [calls]. `lathe` does something in each turn of a loop, `hand` nothing.
// Without callgrind it only sees that all calls are counted.
//
// "expect(<case>): n" says how many instructions more a turn may have.
// expect(scope): 55
// expect(macro): 55
// expect(timer): 55
// expect(named): 260
// expect(disabled): 25
// expect(counter): 25
#include <cstdint>
#include <string_view>

#include <lathe/perf/monitor.hpp>

namespace {

namespace perf = lathe::perf;

constexpr int count = 1000;

/// Nothing is moved across it.
void work() {
    asm volatile("" ::: "memory");
}

template <class F>
[[gnu::always_inline]] inline void repeat(F turn) {
    for (int i = 0; i < count; ++i)
        turn();
}

perf::monitor mon;
perf::monitor off;
const perf::timer by_handle = mon.timer("by handle");
perf::counter rows = mon.counter("rows");
constexpr std::string_view name = "a name of run time";

// What a turn of the loop does; always a part of the loop, though main does it too.
struct scope {
    [[gnu::always_inline]] void operator()() const {
        const auto measured = mon.scope<"scope">();
        work();
    }
};
struct macro {
    [[gnu::always_inline]] void operator()() const {
        LATHE_SCOPE("macro");
        work();
    }
};
struct timer {
    [[gnu::always_inline]] void operator()() const {
        const auto measured = by_handle.scope();
        work();
    }
};
struct named {
    [[gnu::always_inline]] void operator()() const {
        const auto measured = mon.scope(name);
        work();
    }
};
struct disabled {
    [[gnu::always_inline]] void operator()() const {
        const auto measured = off.scope<"scope">();
        work();
    }
};
struct counter {
    [[gnu::always_inline]] void operator()() const {
        rows.add();
        work();
    }
};

} // namespace

// Not inlined, and visible, so that callgrind finds them by name.
extern "C" {

[[gnu::noinline]] void lathe_scope() {
    repeat(scope{});
}
[[gnu::noinline]] void lathe_macro() {
    repeat(macro{});
}
[[gnu::noinline]] void lathe_timer() {
    repeat(timer{});
}
[[gnu::noinline]] void lathe_named() {
    repeat(named{});
}
[[gnu::noinline]] void lathe_disabled() {
    repeat(disabled{});
}
[[gnu::noinline]] void lathe_counter() {
    repeat(counter{});
}
[[gnu::noinline]] void hand_loop() {
    repeat(work);
}

} // extern "C"

int main() {
    off.disable();
    // First what is not counted: a metric gets its memory when a thread uses it for the first time.
    scope{}();
    macro{}();
    timer{}();
    named{}();
    disabled{}();
    counter{}();
    lathe_scope();
    lathe_macro();
    lathe_timer();
    lathe_named();
    lathe_disabled();
    lathe_counter();
    hand_loop();
    const perf::snapshot snap = mon.snapshot();
    const bool all = snap["scope"].calls() == count + 1 && snap["by handle"].calls() == count + 1 &&
                     snap[name].calls() == count + 1 && snap.counter("rows") == count + 1 &&
                     perf::global().snapshot()["macro"].calls() == count + 1 && !off.snapshot().contains("scope");
    return all ? 0 : 1;
}
