// SPDX-License-Identifier: MIT
// Each LATHE_CASE_* must not compile, and must say why. Without one, all compiles.
#include <lathe/cache/memoize_method.hpp>

#include <string>

struct order {
    int pieces = 1;
    int price(int each) const { return pieces * each; }
    int add(int more) { return pieces += more; }
};
class report { // has neither a hash nor described fields
public:
    double total(int year) const { return m_total(*this, year); }
    double compute_total(int year) const { return m_base * year; }
    double recompute(int year) { return m_base *= year; }

private:
    double m_base = 1;
    lathe::method_memo<&report::compute_total> m_total{10};
};
struct pinned {
    pinned() = default;
    pinned(const pinned&) = delete;
};
struct maker {
    pinned make() const { return {}; }
    lathe::method_memo<&maker::make> made{10};
};

[[maybe_unused]] static double good() {
    const maker one;
    static_cast<void>(one.made.call_shared(one));
    return report().total(1) + lathe::memoize_method(1, &order::price)(order{}, 2);
}

// expect-error(method_that_changes): lathe::memoize_method: this is no const member function
#ifdef LATHE_CASE_method_that_changes
auto bad = lathe::memoize_method(1, &order::add);
#endif

// expect-error(no_method): lathe::memoize_method: this is no const member function
#ifdef LATHE_CASE_no_method
auto bad = lathe::memoize_method(1, [](const order& one) { return one.pieces; });
#endif

// expect-error(receiver_is_no_key): lathe::memoize_method: objects of this class cannot be told apart by value
#ifdef LATHE_CASE_receiver_is_no_key
auto bad = lathe::memoize_method(1, &report::compute_total);
#endif

// expect-error(memo_of_a_method_that_changes): lathe::method_memo<&C::f>: f is no const member function
#ifdef LATHE_CASE_memo_of_a_method_that_changes
lathe::method_memo<&report::recompute> bad{10};
#endif

// expect-error(memo_of_a_member): lathe::method_memo<&C::f>: f is no const member function
#ifdef LATHE_CASE_memo_of_a_member
lathe::method_memo<&order::pieces> bad{10};
#endif

// The copy that cannot be made is a second error.
// expect-error(result_without_copy): lathe::method_memo<&C::f>: the result cannot be copied
// max-lines(result_without_copy): gcc 13 clang 15
#ifdef LATHE_CASE_result_without_copy
void f(const maker& one) {
    one.made(one);
}
#endif

// expect-error(without_capacity): lathe::memoize_method: how many results are kept comes first
#ifdef LATHE_CASE_without_capacity
auto bad = lathe::memoize_method(&order::price);
#endif
