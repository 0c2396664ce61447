// SPDX-License-Identifier: MIT
// A program that is linked with two shared libraries: linked [hidden]
#include <cstdio>

#include "checks.hpp"

int main(int count, char**) {
    const bool hidden_is_shared = count == 1;
    view first{};
    view second{};
    first_look(10, first);
    second_look(20, second);
    view here = look(30);
    bool right = check("two libraries", first, second, hidden_is_shared);
    right = check("a library and the program", first, here, hidden_is_shared) && right;
    if (here.shared->value != 10 + 3) {
        std::printf("the counter is %d\n", here.shared->value);
        right = false;
    }
    return right ? 0 : 1;
}
