// SPDX-License-Identifier: MIT
// Each LATHE_CASE_* must not compile, and must say why. Without one, all compiles.
#include <lathe/cache/memoize.hpp>

#include <optional>
#include <string>
#include <string_view>
#include <vector>

class sealed { // neither described nor hashable
public:
    explicit sealed(int number) : m_number(number) {}
    bool operator==(const sealed&) const = default;

private:
    int m_number;
};
class hashed {
    int m_number = 0;
    friend std::hash<hashed>;
};
template <>
struct std::hash<hashed> {
    std::size_t operator()(const hashed& key) const { return static_cast<std::size_t>(key.m_number); }
};
struct holder {
    int size = 0;
    std::vector<sealed> all;
};
struct labelled {
    std::string_view label;
};
struct shape {
    virtual ~shape() = default;
};
struct pinned {
    pinned() = default;
    pinned(const pinned&) = delete;
};

[[maybe_unused]] static long good() {
    const auto half = lathe::memoize<double(int)>(1, [](auto n) { return n / 2.0; });
    const auto share = lathe::memoize(1, [] { return pinned(); });
    static_cast<void>(share.call_shared());
    const auto factorial = lathe::memoize(1, [](auto& self, int n) -> long { return n < 2 ? 1 : n * self(n - 1); });
    return static_cast<long>(half(1)) + factorial(5);
}

// clang tells the way from the call to the function that it has to look into.
// expect-error(recursive_without_result): lathe::memoize: the result of a function that calls itself is not known
// max-lines(recursive_without_result): gcc 13 clang 33
// before it is compiled
#ifdef LATHE_CASE_recursive_without_result
auto bad = lathe::memoize(1, [](auto& self, int n) { return n < 2 ? n : self(n - 1) + self(n - 2); });
#endif

// expect-error(generic): lathe::memoize: what f takes and returns cannot be seen
#ifdef LATHE_CASE_generic
auto bad = lathe::memoize(1, [](auto a, auto b) { return a + b; });
#endif

// expect-error(overloaded): lathe::memoize: what f takes and returns cannot be seen
#ifdef LATHE_CASE_overloaded
struct overloaded {
    int operator()(int n) const;
    double operator()(double n) const;
};
auto bad = lathe::memoize(1, overloaded{});
#endif

// expect-error(member_function): lathe::memoize: f is a member function; use lathe::memoize_method
#ifdef LATHE_CASE_member_function
auto bad = lathe::memoize(1, &std::string::size);
#endif

// The call that cannot be made is a second error.
// expect-error(wrong_signature): lathe::memoize<R\(A...\)>: f can be called neither with arguments A
// max-lines(wrong_signature): gcc 18 clang 22
#ifdef LATHE_CASE_wrong_signature
int f() {
    return lathe::memoize<int(std::string)>(1, [](int n) { return n; })("a");
}
#endif

// clang writes out what does not hold, and the way there from the call.
// expect-error(returns_nothing): lathe::memoize: f returns nothing, so there is nothing to remember
// max-lines(returns_nothing): gcc 12 clang 15
#ifdef LATHE_CASE_returns_nothing
auto bad = lathe::memoize(1, [](int) {});
#endif

// expect-error(writes_to_its_argument): lathe::memoize: f takes an argument by a reference that it may write to
// max-lines(writes_to_its_argument): gcc 12 clang 15
#ifdef LATHE_CASE_writes_to_its_argument
auto bad = lathe::memoize(1, [](std::string& text) { return text += "!"; });
#endif

// expect-error(argument_without_copy): lathe::memoize: an argument cannot be copied, so it cannot be remembered
// max-lines(argument_without_copy): gcc 12 clang 15
#ifdef LATHE_CASE_argument_without_copy
auto bad = lathe::memoize(1, [](const pinned&) { return 1; });
#endif

// expect-error(polymorphic_argument): lathe::memoize: an argument is of a class with virtual functions
// max-lines(polymorphic_argument): gcc 12 clang 15
#ifdef LATHE_CASE_polymorphic_argument
auto bad = lathe::memoize(1, [](const shape&) { return 1; });
#endif

// expect-error(views_in_an_argument): lathe::memoize: an argument has a part that only refers to its text or elements
// max-lines(views_in_an_argument): gcc 12 clang 15
#ifdef LATHE_CASE_views_in_an_argument
auto bad = lathe::memoize(1, [](const std::vector<std::optional<std::string_view>>& texts) { return texts.size(); });
#endif

// expect-error(view_in_a_model): lathe::memoize: an argument has a part that only refers to its text or elements
// max-lines(view_in_a_model): gcc 12 clang 15
#ifdef LATHE_CASE_view_in_a_model
auto bad = lathe::memoize(1, [](const labelled& one) { return one.label.size(); });
#endif

// expect-error(argument_without_hash): lathe::memoize: an argument, or a part of it, has no hash
// max-lines(argument_without_hash): gcc 12 clang 15
#ifdef LATHE_CASE_argument_without_hash
auto bad = lathe::memoize(1, [](const sealed&) { return 1; });
#endif

// expect-error(part_without_hash): lathe::memoize: an argument, or a part of it, has no hash
// max-lines(part_without_hash): gcc 12 clang 15
#ifdef LATHE_CASE_part_without_hash
auto bad = lathe::memoize(1, [](const holder& held) { return held.size; });
#endif

// expect-error(argument_without_equality): lathe::memoize: an argument, or a part of it, has no operator==
// max-lines(argument_without_equality): gcc 12 clang 15
#ifdef LATHE_CASE_argument_without_equality
auto bad = lathe::memoize(1, [](const hashed&) { return 1; });
#endif

// The copy that cannot be made is a second error.
// expect-error(result_without_copy): lathe::memoize: the result cannot be copied, and the memo keeps it
// max-lines(result_without_copy): gcc 13 clang 15
#ifdef LATHE_CASE_result_without_copy
const pinned& f() {
    static const pinned result = lathe::memoize(1, [] { return pinned(); })();
    return result;
}
#endif

// expect-error(ignored): nodiscard
#ifdef LATHE_CASE_ignored
#    pragma GCC diagnostic error "-Wunused-result"
void f() {
    lathe::memoize(1, [](int n) { return n; });
}
#endif

// expect-error(without_capacity): lathe::memoize: how many results are kept comes first
#ifdef LATHE_CASE_without_capacity
auto bad = lathe::memoize([](int n) { return n; });
#endif
