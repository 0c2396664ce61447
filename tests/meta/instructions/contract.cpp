// SPDX-License-Identifier: MIT
// Pairs of functions, <what>_lathe and <what>_hand, for cmake/InstructionCount.cmake: validated classes against the
// same without the base, calls of an erased against virtual calls. Nothing here is ever run.
//
// "expect(<what>): n" says how many instructions more <what>_lathe may have.
// expect(construct): 0
// expect(construct_default): 0
// expect(copy): 0
// expect(use): 0
// expect(call_owned): 0
// expect(call): 0
// expect(call_const): 0
// expect(call_with_arguments): 0
#include <concepts>
#include <memory>
#include <new>

#include <lathe/meta/contract.hpp>
#include <lathe/meta/erased.hpp>

namespace {

struct adds : lathe::requirement<"add(int) -> int"> {
    template <class T>
    static constexpr bool met = requires(T& t, int n) {
        { t.add(n) } -> std::same_as<int>;
    };
    static constexpr auto call = [](auto& t, int n) -> int {
        return t.add(n);
    };
};
struct reads : lathe::requirement<"read() const -> int"> {
    template <class T>
    static constexpr bool met = requires(const T& t) { t.read(); };
    static constexpr auto call = [](const auto& t) -> int {
        return t.read();
    };
};
struct mixes : lathe::requirement<"mix(double, const int&, long)"> {
    template <class T>
    static constexpr bool met = true;
    static constexpr auto call = [](auto& t, double a, const int& b, long c) -> double {
        return t.mix(a, b, c);
    };
};

class counter : public lathe::validated<counter, adds, reads> {
public:
    counter() = default;
    counter(int total, int step) : m_total(total), m_step(step) {}
    int add(int n) { return m_total += n * m_step; }
    int read() const { return m_total; }

private:
    int m_total = 0, m_step = 1;
};
class plain_counter {
public:
    plain_counter() = default;
    plain_counter(int total, int step) : m_total(total), m_step(step) {}
    int add(int n) { return m_total += n * m_step; }
    int read() const { return m_total; }

private:
    int m_total = 0, m_step = 1;
};

using any_counter = lathe::erased<adds, reads, mixes>;

} // namespace

// Without a class that derives from it in sight, so that the compiler cannot guess the function.
class virtual_counter {
public:
    virtual ~virtual_counter() = default;
    virtual int add(int n) = 0;
    virtual int read() const = 0;
    virtual double mix(double a, const int& b, long c) = 0;
};

extern "C" {

void construct_lathe(void* at, int total, int step) {
    ::new (at) counter(total, step);
}
void construct_hand(void* at, int total, int step) {
    ::new (at) plain_counter(total, step);
}

void construct_default_lathe(void* at) {
    ::new (at) counter;
}
void construct_default_hand(void* at) {
    ::new (at) plain_counter;
}

void copy_lathe(void* at, const counter& from) {
    ::new (at) counter(from);
}
void copy_hand(void* at, const plain_counter& from) {
    ::new (at) plain_counter(from);
}

int use_lathe(int n) {
    counter c(n, 3);
    c.add(n);
    return c.read();
}
int use_hand(int n) {
    plain_counter c(n, 3);
    c.add(n);
    return c.read();
}

int call_owned_lathe(any_counter& held, int n) {
    return held.call<adds>(n);
}
int call_owned_hand(std::unique_ptr<virtual_counter>& held, int n) {
    return held->add(n);
}

int call_lathe(any_counter& held, int n) {
    return held.call<adds>(n);
}
int call_hand(virtual_counter& held, int n) {
    return held.add(n);
}

int call_const_lathe(const any_counter& held) {
    return held.call<reads>();
}
int call_const_hand(const virtual_counter& held) {
    return held.read();
}

double call_with_arguments_lathe(any_counter& held, double a, const int& b, long c) {
    return held.call<mixes>(a, b, c);
}
double call_with_arguments_hand(virtual_counter& held, double a, const int& b, long c) {
    return held.mix(a, b, c);
}

} // extern "C"
