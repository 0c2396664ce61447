// SPDX-License-Identifier: MIT
// A program that cmake/InstructionCount.cmake runs under callgrind, which counts the instructions in one of the
// functions below: runs <lathe|hand>_<case> [uses]. Without callgrind it only sees that all of them find their object.
#include <cstdlib>
#include <string_view>

#include <lathe/meta/singleton.hpp>

namespace {

template <class Lifetime>
class logger : public lathe::singleton<logger<Lifetime>, Lifetime> {
    friend lathe::singleton<logger>;
    logger() { lines = std::getenv("LATHE_NO_SUCH_VARIABLE") == nullptr ? 1 : 0; } // nothing the compiler could know
    ~logger() { lines = -1; }

public:
    int lines;
};
using shared = logger<lathe::lifetime::scoped>;
using of_thread = logger<lathe::lifetime::per_thread>;

struct hand_logger {
    static hand_logger& instance() {
        static hand_logger made;
        return made;
    }
    static hand_logger& of_thread() {
        static thread_local hand_logger made;
        return made;
    }
    hand_logger() { lines = std::getenv("LATHE_NO_SUCH_VARIABLE") == nullptr ? 1 : 0; }
    ~hand_logger() { lines = -1; }
    int lines;
};

} // namespace

// Not inlined, and visible, so that callgrind finds them by name.
extern "C" {

[[gnu::noinline]] void* lathe_instance() {
    return &shared::instance();
}
[[gnu::noinline]] void* hand_instance() {
    return &hand_logger::instance();
}
[[gnu::noinline]] void* lathe_per_thread() {
    return &of_thread::instance();
}
[[gnu::noinline]] void* hand_per_thread() {
    return &hand_logger::of_thread();
}
// Ten uses in a function that does something else as well.
[[gnu::noinline]] int lathe_uses(volatile int* with) {
    int sum = 0;
    for (int i = 0; i < 10; ++i) {
        sum += shared::instance().lines;
        *with = sum;
    }
    return sum;
}
[[gnu::noinline]] int hand_uses(volatile int* with) {
    int sum = 0;
    for (int i = 0; i < 10; ++i) {
        sum += hand_logger::instance().lines;
        *with = sum;
    }
    return sum;
}

} // extern "C"

int main(int count, char** arguments) {
    const std::string_view which = count > 1 ? arguments[1] : "";
    const void* const objects[] = {&shared::instance(),
                                   &hand_logger::instance(), // made now, and not counted
                                   &of_thread::instance(),
                                   &hand_logger::of_thread()};
    volatile int sink = 0;
    for (int i = 0; i < 1000; ++i) {
        bool found = true;
        if (which.empty() || which == "lathe_instance") found = found && lathe_instance() == objects[0];
        if (which.empty() || which == "hand_instance") found = found && hand_instance() == objects[1];
        if (which.empty() || which == "lathe_per_thread") found = found && lathe_per_thread() == objects[2];
        if (which.empty() || which == "hand_per_thread") found = found && hand_per_thread() == objects[3];
        if (which.empty() || which == "lathe_uses") found = found && lathe_uses(&sink) == 10;
        if (which.empty() || which == "hand_uses") found = found && hand_uses(&sink) == 10;
        if (!found) return 1;
    }
    return 0;
}
