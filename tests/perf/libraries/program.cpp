// SPDX-License-Identifier: MIT
// A program and its shared library measure by each other's monitors, in turn: each counts what it is told, no other.
#include <cstdint>
#include <cstdio>
#include <string_view>

#include "library.hpp"

namespace {

namespace perf = lathe::perf;

void measure_here(perf::monitor& mon) {
    const auto both = mon.scope<"work">();
    const auto only_here = mon.scope<"in the program">();
}

bool expect(const char* whose, const perf::monitor& mon, std::string_view name, std::uint64_t times) {
    const perf::snapshot all = mon.snapshot();
    const perf::stats* const found = all.find(name);
    const std::uint64_t calls = found == nullptr ? 0 : found->calls();
    if (calls != times)
        std::printf("%s: %s %llu times, not %llu\n",
                    whose,
                    name.data(),
                    static_cast<unsigned long long>(calls),
                    static_cast<unsigned long long>(times));
    return calls == times;
}

} // namespace

int main() {
    perf::monitor mine;
    perf::monitor& theirs = monitor_of_library();
    bool right = true;
    for (std::uint64_t turn = 1; turn <= 3; ++turn) {
        for (perf::monitor* mon : {&mine, &theirs, &theirs, &perf::global()}) {
            measure_here(*mon);
            measure_in_library(*mon);
            measure_here(*mon);
        }
        struct expected {
            const char* whose;
            perf::monitor& mon;
            std::uint64_t times; // that it was used in a turn
        };
        for (const expected& each : {expected{"the program's", mine, 1},
                                     {"the library's", theirs, 2},
                                     {"the global one", perf::global(), 1}}) {
            right = expect(each.whose, each.mon, "work", 3 * turn * each.times) && right;
            right = expect(each.whose, each.mon, "in the program", 2 * turn * each.times) && right;
            right = expect(each.whose, each.mon, "in the library", turn * each.times) && right;
        }
    }
    return right ? 0 : 1;
}
