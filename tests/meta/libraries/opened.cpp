// SPDX-License-Identifier: MIT
// A program that opens two shared libraries, neither of which shows its symbols to the other: opened <first> <second>
// [hidden]. Where the compiler makes no symbols that are unique in a process whatever is hidden, which clang does not,
// the program itself has to use and to export the singletons that its plug-ins share (LATHE_TEST_HOST).
#include <dlfcn.h>

#include <cstdio>
#include <cstdlib>

#include "checks.hpp"

namespace {

view look_in(const char* path, const char* name, int start) {
    void* const library = dlopen(path, RTLD_NOW | RTLD_LOCAL);
    void* const symbol = library != nullptr ? dlsym(library, name) : nullptr;
    if (symbol == nullptr) {
        std::printf("%s\n", dlerror());
        std::exit(1);
    }
    view seen{};
    reinterpret_cast<void (*)(int, view&)>(symbol)(start, seen);
    return seen;
}

} // namespace

int main(int count, char** arguments) {
    if (count < 3) return 2;
    const bool hidden_is_shared = count == 3;
    const view first = look_in(arguments[1], "first_look", 10);
    const view second = look_in(arguments[2], "second_look", 20);
    bool right = check("two plug-ins", first, second, hidden_is_shared);
#ifdef LATHE_TEST_HOST
    const view here = look(30);
    right = check("a plug-in and its host", first, here, hidden_is_shared) && right;
#endif
    return right ? 0 : 1;
}
