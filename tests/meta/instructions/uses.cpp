// SPDX-License-Identifier: MIT
// Pairs of functions, <what>_lathe and <what>_hand, for cmake/InstructionCount.cmake: it has this file compiled to
// assembly, and counts the instructions that each runs once the object is made. Nothing here is ever run.
//
// "expect(<what>): n" says how many instructions more <what>_lathe may have; "same", that they are the same ones.
// expect(instance): 0
// expect(per_thread): 0
// expect(constant): same
// expect(constant_member): same
// expect(constant_store): same
#include <lathe/meta/singleton.hpp>

// The same classes twice. Their constructors and destructors are elsewhere, so that they are calls.

class logger : public lathe::singleton<logger> {
    friend lathe::singleton<logger>;
    logger() noexcept;
    ~logger();

public:
    int lines = 0;
};
struct hand_logger {
    static hand_logger& instance() {
        static hand_logger made;
        return made;
    }
    hand_logger() noexcept;
    ~hand_logger();
    int lines = 0;
};

class scratch : public lathe::singleton<scratch, lathe::lifetime::per_thread> {
    friend lathe::singleton<scratch>;
    scratch() noexcept;
    ~scratch();

public:
    int size = 0;
};
struct hand_scratch {
    static hand_scratch& instance() {
        static thread_local hand_scratch made;
        return made;
    }
    hand_scratch() noexcept;
    ~hand_scratch();
    int size = 0;
};

class limits : public lathe::singleton<limits, lathe::lifetime::constant> {
    friend lathe::singleton<limits>;
    constexpr limits() = default;

public:
    int depth = 64;
};
struct hand_limits {
    int depth = 64;
};
inline constinit hand_limits the_limits;

extern "C" {

void* instance_lathe() {
    return &logger::instance();
}
void* instance_hand() {
    return &hand_logger::instance();
}

void* per_thread_lathe() {
    return &scratch::instance();
}
void* per_thread_hand() {
    return &hand_scratch::instance();
}

void* constant_lathe() {
    return &limits::instance();
}
void* constant_hand() {
    return &the_limits;
}

int constant_member_lathe() {
    return limits::instance().depth;
}
int constant_member_hand() {
    return the_limits.depth;
}

void constant_store_lathe(int depth) {
    limits::instance().depth = depth;
}
void constant_store_hand(int depth) {
    the_limits.depth = depth;
}

} // extern "C"
