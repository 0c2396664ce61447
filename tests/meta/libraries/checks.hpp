// SPDX-License-Identifier: MIT
#ifndef LATHE_TESTS_META_LIBRARIES_CHECKS_HPP
#define LATHE_TESTS_META_LIBRARIES_CHECKS_HPP

#include <cstdio>
#include <cstring>

#include "shared.hpp"

// Whether two parts of a program, of which `a` has looked first, see the same singletons. Says what they do not share.
inline bool check(const char* who, const view& a, const view& b, bool hidden_is_shared) {
    bool right = true;
    const auto expect = [&](bool holds, const char* what) {
        if (!holds) std::printf("%s: %s\n", who, what);
        right = right && holds;
    };
    expect(a.shared == b.shared, "there are two scoped singletons of one class");
    expect(a.emplaced && !b.emplaced, "the one that came first makes it, and only that one");
    expect(a.others[0] == b.others[0], "there are two immortal singletons of one class");
    expect(a.others[1] == b.others[1], "there are two singletons of one class in one thread");
    expect(a.others[2] == b.others[2], "there are two constant singletons of one class");
    expect((a.hidden == b.hidden) == hidden_is_shared,
           "a class that is not marked is shared where it should not be, or not");
    return right;
}

#endif // LATHE_TESTS_META_LIBRARIES_CHECKS_HPP
