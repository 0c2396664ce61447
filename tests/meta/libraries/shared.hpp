// SPDX-License-Identifier: MIT
#ifndef LATHE_TESTS_META_LIBRARIES_SHARED_HPP
#define LATHE_TESTS_META_LIBRARIES_SHARED_HPP

// What two shared libraries, and a program that has both, include alike.
#include <lathe/meta/singleton.hpp>

#define LATHE_TEST_VISIBLE [[gnu::visibility("default")]]

class LATHE_TEST_VISIBLE counter : public lathe::singleton<counter> {
    friend lathe::singleton<counter>;
    explicit counter(int start = 0) : value(start) {}

public:
    int value;
};
class LATHE_TEST_VISIBLE eternal : public lathe::singleton<eternal, lathe::lifetime::immortal> {
    friend lathe::singleton<eternal>;
    eternal() = default;
    int m_byte = 0;
};
class LATHE_TEST_VISIBLE threaded : public lathe::singleton<threaded, lathe::lifetime::per_thread> {
    friend lathe::singleton<threaded>;
    threaded() = default;
    int m_byte = 0;
};
class LATHE_TEST_VISIBLE fixed : public lathe::singleton<fixed, lathe::lifetime::constant> {
    friend lathe::singleton<fixed>;
    constexpr fixed() = default;
    int m_byte = 0;
};

// Visible only where the libraries are compiled so that everything is.
class unmarked : public lathe::singleton<unmarked> {
    friend lathe::singleton<unmarked>;
    unmarked() = default;
    int m_byte = 0;
};

// How a part of the program sees them; it tries to make the counter, with `start`.
struct view {
    counter* shared;
    bool emplaced; // `start` was taken
    const void* others[3];
    const void* hidden;
};
// In each file a function of its own, as in two libraries that know nothing of each other.
namespace {

[[maybe_unused]] view look(int start) {
    view seen{};
    try {
        counter::emplace(start);
        seen.emplaced = true;
    } catch (const lathe::singleton_error&) {
        seen.emplaced = false; // made already, by another part
    }
    seen.shared = &counter::instance();
    ++seen.shared->value;
    seen.others[0] = &eternal::instance();
    seen.others[1] = &threaded::instance();
    seen.others[2] = &fixed::instance();
    seen.hidden = &unmarked::instance();
    return seen;
}

} // namespace

// Functions of C, which dlsym finds.
extern "C" {
LATHE_TEST_VISIBLE void first_look(int start, view& seen);
LATHE_TEST_VISIBLE void second_look(int start, view& seen);
}

#endif // LATHE_TESTS_META_LIBRARIES_SHARED_HPP
