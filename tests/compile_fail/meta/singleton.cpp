// SPDX-License-Identifier: MIT
// Each LATHE_CASE_* must not compile, and must say why. Without one, all compiles.
#include <lathe/meta/singleton.hpp>

#include <string>
#include <utility>

class logger : public lathe::singleton<logger> {
    friend lathe::singleton<logger>;
    explicit logger(std::string file = "app.log") : m_file(std::move(file)) {}
    std::string m_file;
};
class limits : public lathe::singleton<limits, lathe::lifetime::constant> {
    friend lathe::singleton<limits>;
    constexpr limits() = default;

public:
    int depth = 64;
};

[[maybe_unused]] static int good() {
    logger::emplace("test.log");
    const auto guard = logger::replace();
    static_cast<void>(logger::instance());
    return limits::instance().depth;
}

// expect-error(public_constructor): lathe::singleton<T>: the constructor of T is public, so there could be two; make it
// private, and write friend lathe::singleton<T>
#ifdef LATHE_CASE_public_constructor
class open : public lathe::singleton<open> {
public:
    open() = default;
};
void f() {
    open::instance();
}
#endif

// expect-error(implicit_constructor): lathe::singleton<T>: the constructor of T is public, so there could be two; make
// it private, and write friend lathe::singleton<T>
#ifdef LATHE_CASE_implicit_constructor
class open : public lathe::singleton<open, lathe::lifetime::immortal> {};
void f() {
    open::instance();
}
#endif

// expect-error(public_constructor_with_arguments): lathe::singleton<T>::emplace: this constructor of T is public, so
// there could be two; make it private, and write friend lathe::singleton<T>
#ifdef LATHE_CASE_public_constructor_with_arguments
class open : public lathe::singleton<open> {
public:
    explicit open(int size) : m_size(size) {}
    int m_size;
};
void f() {
    open::emplace(3);
}
#endif

// expect-error(copyable): lathe::singleton<T>: T can be copied or moved, so there could be two; delete its copy and
// move constructors, or do not write any
#ifdef LATHE_CASE_copyable
class copied : public lathe::singleton<copied> {
    friend lathe::singleton<copied>;
    copied() = default;

public:
    copied(const copied& other) : lathe::singleton<copied>(), m_value(other.m_value) {}
    int m_value = 0;
};
void f() {
    copied::instance();
}
#endif

// expect-error(movable): lathe::singleton<T>: T can be copied or moved, so there could be two; delete its copy and move
// constructors, or do not write any
#ifdef LATHE_CASE_movable
class moved : public lathe::singleton<moved, lathe::lifetime::per_thread> {
    friend lathe::singleton<moved>;
    moved() = default;

public:
    moved(moved&&) noexcept : moved() {}
};
void f() {
    moved::emplace();
}
#endif

// Only the compiler can tell: the base cannot know who inherits from it, but it has friends.
// expect-error(of_another_class): private|use of deleted function 'guest::guest\(\)'
#ifdef LATHE_CASE_of_another_class
class guest : public lathe::singleton<logger> {
public:
    guest() {}
};
#endif

// expect-error(of_no_singleton): lathe::singleton<T>: T must inherit from its own singleton; write class T : public
// lathe::singleton<T>
#ifdef LATHE_CASE_of_no_singleton
class plain {};
class guest : public lathe::singleton<plain> {};
void f() {
    guest::instance();
}
#endif

// expect-error(of_another_lifetime): lathe::singleton<T>: T must inherit from its own singleton; write class T : public
// lathe::singleton<T>
#ifdef LATHE_CASE_of_another_lifetime
void f() {
    lathe::singleton<logger, lathe::lifetime::immortal>::instance();
}
#endif

// expect-error(unknown_lifetime): lathe::singleton<T, Lifetime>: Lifetime must be one of lathe::lifetime; write scoped,
// immortal, per_thread or constant
#ifdef LATHE_CASE_unknown_lifetime
class fleeting : public lathe::singleton<fleeting, int> {
    friend lathe::singleton<fleeting>;
    fleeting() = default;
};
#endif

// expect-error(emplace_what_no_constructor_takes): lathe::singleton<T>::emplace: T has no constructor that takes these
// arguments, or hides it from lathe::singleton<T>; write that constructor, and friend lathe::singleton<T>
#ifdef LATHE_CASE_emplace_what_no_constructor_takes
void f() {
    logger::emplace(1, 2);
}
#endif

// expect-error(emplace_without_friend): lathe::singleton<T>::emplace: T has no constructor that takes these arguments,
// or hides it from lathe::singleton<T>; write that constructor, and friend lathe::singleton<T>
#ifdef LATHE_CASE_emplace_without_friend
class shy : public lathe::singleton<shy> {
    explicit shy(int size) : m_size(size) {}
    int m_size;
};
void f() {
    shy::emplace(3);
}
#endif

// expect-error(replace_what_no_constructor_takes): lathe::singleton<T>::replace: no constructor takes these arguments,
// or it is hidden from lathe::singleton<T>; write that constructor, and friend lathe::singleton<T>
#ifdef LATHE_CASE_replace_what_no_constructor_takes
void f() {
    const auto guard = logger::replace(1, 2);
}
#endif

// expect-error(replace_by_a_stranger): lathe::singleton<T>::replace<Other>: Other must be T or inherit from it, or who
// uses T could not use it; let Other inherit from T
#ifdef LATHE_CASE_replace_by_a_stranger
void f() {
    const auto guard = logger::replace<limits>();
}
#endif

// expect-error(ignored_guard): nodiscard
#ifdef LATHE_CASE_ignored_guard
#    pragma GCC diagnostic error "-Wunused-result"
void f() {
    logger::replace("test.log");
}
#endif

// expect-error(constant_emplace): lathe::singleton<T, lifetime::constant>::emplace: the compiler has made the object
// already; use another lifetime, or write its values in the class
#ifdef LATHE_CASE_constant_emplace
void f() {
    limits::emplace(3);
}
#endif

// expect-error(constant_replace): lathe::singleton<T, lifetime::constant>::replace: uses of a constant are compiled in
// and know no other object; use another lifetime
#ifdef LATHE_CASE_constant_replace
void f() {
    static_cast<void>(limits::replace());
}
#endif

// expect-error(constant_with_destructor): lathe::singleton<T, lifetime::constant>: T has a destructor, which nobody
// would call; use lifetime::immortal, or lifetime::scoped, which calls it
#ifdef LATHE_CASE_constant_with_destructor
class closing : public lathe::singleton<closing, lathe::lifetime::constant> {
    friend lathe::singleton<closing>;
    constexpr closing() = default;
    constexpr ~closing() {}
};
void f() {
    closing::instance();
}
#endif

// expect-error(constant_of_run_time): lathe::singleton<T, lifetime::constant>: the compiler cannot make a T; write a
// constexpr constructor without arguments, and friend lathe::singleton<T>
#ifdef LATHE_CASE_constant_of_run_time
int now();
class late : public lathe::singleton<late, lathe::lifetime::constant> {
    friend lathe::singleton<late>;
    late() : value(now()) {}

public:
    int value;
};
void f() {
    late::instance();
}
#endif

// expect-error(constant_without_friend): lathe::singleton<T, lifetime::constant>: the compiler cannot make a T; write a
// constexpr constructor without arguments, and friend lathe::singleton<T>
#ifdef LATHE_CASE_constant_without_friend
class shy : public lathe::singleton<shy, lathe::lifetime::constant> {
    constexpr shy() = default;
};
void f() {
    shy::instance();
}
#endif

// expect-error(constant_that_is_public): lathe::singleton<T>: the constructor of T is public, so there could be two;
// make it private, and write friend lathe::singleton<T>
#ifdef LATHE_CASE_constant_that_is_public
class open : public lathe::singleton<open, lathe::lifetime::constant> {
public:
    int value = 1;
};
void f() {
    open::instance();
}
#endif
