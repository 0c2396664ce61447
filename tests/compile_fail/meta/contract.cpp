// SPDX-License-Identifier: MIT
// Each LATHE_CASE_* must not compile, and must say why. Without one, all compiles.
#include <lathe/meta/contract.hpp>

#include <concepts>
#include <string>
#include <string_view>
#include <utility>

struct saves : lathe::requirement<"save() -> bool"> {
    template <class T>
    static constexpr bool met = requires(T& t) {
        { t.save() } -> std::same_as<bool>;
    };
};
struct loads : lathe::requirement<"load(string_view), which may throw, and leaves what was there before if it does"> {
    template <class T>
    static constexpr bool met = requires(T& t, std::string_view text) { t.load(text); };
};
template <class U>
struct converts_to : lathe::requirement<"conversion to {}", U> {
    template <class T>
    static constexpr bool met = std::convertible_to<T, U>;
};
struct archive : lathe::contract<saves, loads> {};

// Twenty requirements, of which nothing is met.
template <int Number>
struct numbered;
template <int Number>
struct step : lathe::requirement<"a function for {}", numbered<Number>> {
    template <class T>
    static constexpr bool met = false;
};
template <class Numbers>
struct steps_of;
template <int... Numbers>
struct steps_of<std::integer_sequence<int, Numbers...>> : lathe::contract<step<Numbers>...> {};
struct twenty : steps_of<std::make_integer_sequence<int, 20>> {};

class report : public lathe::validated<report, archive> {
public:
    bool save() { return true; }
    void load(std::string_view) {}
};
static_assert(lathe::conforms<report, archive> && !lathe::conforms<report, twenty>);

[[maybe_unused]] static bool good() {
    return report().save();
}

// expect-error(one_missing): lathe::validated<T, Requirements...>: T lacks what is listed here; add it to T
// expect-text(one_missing): lacks<draft, lathe::
// expect-text(one_missing): {"save() -> bool"}
#ifdef LATHE_CASE_one_missing
class draft : public lathe::validated<draft, archive> {
public:
    void load(std::string_view) {}
};
draft d;
#endif

// expect-error(two_missing): lathe::validated<T, Requirements...>: T lacks what is listed here; add it to T
// expect-text(two_missing): {"save() -> bool"}
// expect-text(two_missing): {"load(string_view), which may
// expect-text(two_missing): before if it does"}
#ifdef LATHE_CASE_two_missing
class draft : public lathe::validated<draft, archive> {
public:
    explicit draft(int) {}
    draft() : draft(1) {}
    void save() {} // no bool
};
draft d;
#endif

// expect-error(five_missing): lathe::validated<T, Requirements...>: T lacks what is listed here; add it to T
// expect-text(five_missing): {"save() -> bool"}
// expect-text(five_missing): {"conversion to int"}
// expect-text(five_missing): {"conversion to string"}
// expect-text(five_missing): {"conversion to report"}
#ifdef LATHE_CASE_five_missing
class draft : public lathe::validated<draft, archive, converts_to<int>, converts_to<std::string>, converts_to<report>> {
};
draft d;
#endif

// expect-error(twenty_missing): lathe::validated<T, Requirements...>: T lacks what is listed here; add it to T
// expect-text(twenty_missing): {"a function for numbered<0>"}
// expect-text(twenty_missing): {"a function for numbered<7>"}
// expect-text(twenty_missing): {"a function for numbered<19>"}
#ifdef LATHE_CASE_twenty_missing
struct draft : lathe::validated<draft, twenty> {};
draft d{};
#endif

// expect-error(private_function): lathe::validated<T, Requirements...>: T lacks what is listed here; add it to T
// expect-text(private_function): {"save() -> bool"}
#ifdef LATHE_CASE_private_function
class draft : public lathe::validated<draft, saves> {
    bool save() { return true; }
};
draft d;
#endif

// Its own check, not that of the class that it derives from.
// expect-error(hidden_again): lathe::validated<T, Requirements...>: T lacks what is listed here; add it to T
// expect-text(hidden_again): lacks<draft, lathe::
#ifdef LATHE_CASE_hidden_again
class draft : public report, public lathe::validated<draft, saves> {
public:
    bool save() = delete;
};
draft d;
#endif

// expect-error(another_class): lathe::validated<T, Requirements...>: T must be the class that derives from it; write
#ifdef LATHE_CASE_another_class
class draft : public lathe::validated<int, saves> {};
draft d;
#endif

// expect-error(validated_no_requirement): lathe::validated<T, Requirements...>: what is listed here is no requirement;
// expect-text(validated_no_requirement): strangers<int, double>
#ifdef LATHE_CASE_validated_no_requirement
class draft : public lathe::validated<draft, int, archive, lathe::contract<double>> {
public:
    bool save() { return true; }
    void load(std::string_view) {}
};
draft d;
#endif

// expect-error(without_met): lathe::conforms<T, Requirements...>: what is listed here is no requirement; derive it
// clang tells how it came to ask the concept.
// max-lines(without_met): gcc 12 clang 15
// expect-text(without_met): strangers<has_text>
#ifdef LATHE_CASE_without_met
struct has_text : lathe::requirement<"something"> {};
static_assert(lathe::conforms<report, has_text>);
#endif

// expect-error(met_is_no_template): lathe::conforms<T, Requirements...>: what is listed here is no requirement;
// max-lines(met_is_no_template): gcc 12 clang 15
// expect-text(met_is_no_template): strangers<has_one_answer>
#ifdef LATHE_CASE_met_is_no_template
struct has_one_answer : lathe::requirement<"something"> {
    static constexpr bool met = true;
};
static_assert(lathe::conforms<report, has_one_answer>);
#endif

// As a constant it would be true for all types: it has an address.
// The compilers tell the way from the concept to it.
// max-lines(met_takes_the_value): gcc 12 clang 33
// expect-error(met_takes_the_value): lathe::requirement<Text>: met is a function that takes arguments
#ifdef LATHE_CASE_met_takes_the_value
struct loads_text : lathe::requirement<"load(string_view)"> {
    template <class T>
    static constexpr bool met(const T&) {
        return false;
    }
};
static_assert(lathe::conforms<report, loads_text>);
#endif

// expect-error(without_base): lathe::conforms<T, Requirements...>: what is listed here is no requirement; derive it
// max-lines(without_base): gcc 12 clang 15
// expect-text(without_base): strangers<has_met>
#ifdef LATHE_CASE_without_base
struct has_met {
    template <class T>
    static constexpr bool met = true;
};
static_assert(lathe::conforms<report, saves, has_met>);
#endif

// For aggregates. The assertion is the user's, and the concept lists what is missing.
// expect-error(aggregate): static assertion failed
// expect-text(aggregate): {"save() -> bool"}
// expect-text(aggregate): {"load(string_view), which may
#ifdef LATHE_CASE_aggregate
struct point {
    int x = 1;
};
static_assert(lathe::conforms<point, archive>);
#endif

// expect-error(aggregate_of_twenty): static assertion failed
// expect-text(aggregate_of_twenty): {"a function for numbered<0>"}
// expect-text(aggregate_of_twenty): {"a function for numbered<19>"}
#ifdef LATHE_CASE_aggregate_of_twenty
struct point {
    int x = 1;
};
static_assert(lathe::conforms<point, twenty>);
#endif

// expect-error(constrained_call): no matching function for call to
// expect-text(constrained_call): {"save() -> bool"}
// g++ tells the candidate, and how it came to be none.
// max-lines(constrained_call): gcc 18 clang 16
#ifdef LATHE_CASE_constrained_call
template <lathe::conforms<saves> T>
void keep(T&) {}
void f(int n) {
    keep(n);
}
#endif

// expect-error(empty_text): lathe::requirement<Text>: Text is empty, and messages need one; write what is asked for
// max-lines(empty_text): gcc 12 clang 15
#ifdef LATHE_CASE_empty_text
struct silent : lathe::requirement<""> {
    template <class T>
    static constexpr bool met = true;
};
#endif

// expect-error(holes): lathe::requirement<Text, Types...>: Text must have one {} for each of the types; add or remove
#ifdef LATHE_CASE_holes
struct holey : lathe::requirement<"from {} to {}", int> {
    template <class T>
    static constexpr bool met = true;
};
#endif
