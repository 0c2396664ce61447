// SPDX-License-Identifier: MIT
#include "library.hpp"

lathe::perf::monitor& monitor_of_library() {
    static lathe::perf::monitor made;
    return made;
}

void measure_in_library(lathe::perf::monitor& mon) {
    const auto only_here = mon.scope<"in the library">();
    const auto both = mon.scope<"work">();
}
