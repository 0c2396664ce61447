// SPDX-License-Identifier: MIT
// Each LATHE_CASE_* must not compile, and must say why. Without one, all compiles.
#include <lathe/model/validate.hpp>

#include <memory>
#include <string>

using namespace lathe::literals;

struct person {
    lathe::property<std::string, lathe::not_empty> name;
    lathe::property<int, lathe::in_range<0, 150>, lathe::alias<"Age">> age = 18;
    int shoe_size = 40;
};
struct no_default {
    explicit no_default(int size) : value(size) {}
    int value;
};
struct holder {
    lathe::property<no_default> held;
};
struct owner {
    std::unique_ptr<int> only;
};
class closed {
    [[maybe_unused]] int m_age = 0;
};

[[maybe_unused]] static bool good(person& p) {
    lathe::modify(p, [](person& next) { next.age = 36; });
    lathe::validate(p);
    return lathe::try_make<person>("age"_f = 36, "name"_f = "Ada").has_value();
}

// expect-error(validate_undescribed): lathe::validate: the type is not described; make it an aggregate
#ifdef LATHE_CASE_validate_undescribed
void f(const closed& c) {
    lathe::validate(c);
}
#endif

// expect-error(modify_undescribed): lathe::modify: the model must be described and able to be copied, or a failed change could not be undone
#ifdef LATHE_CASE_modify_undescribed
void f(closed& c) {
    lathe::modify(c, [](closed&) {});
}
#endif

// expect-error(modify_without_copy): lathe::modify: the model must be described and able to be copied, or a failed change could not be undone
#ifdef LATHE_CASE_modify_without_copy
void f(owner& o) {
    lathe::modify(o, [](owner& next) { next.only.reset(); });
}
#endif

// expect-error(make_undescribed): lathe::try_make: the type is not described; make it an aggregate
#ifdef LATHE_CASE_make_undescribed
auto made = lathe::try_make<closed>("age"_f = 1);
#endif

// expect-error(make_without_blank): lathe::try_make: a member of the model cannot be made without a value; give it a default, or make it a std::optional
#ifdef LATHE_CASE_make_without_blank
auto made = lathe::try_make<holder>("held"_f = no_default(1));
#endif

// expect-error(make_unknown): lathe::try_make: the model has no field of one of these names; the names are those of its members
#ifdef LATHE_CASE_make_unknown
auto made = lathe::try_make<person>("name"_f = "Ada", "years"_f = 36);
#endif

// expect-error(make_by_alias): lathe::try_make: the model has no field of one of these names; the names are those of its members
#ifdef LATHE_CASE_make_by_alias
auto made = lathe::try_make<person>("name"_f = "Ada", "Age"_f = 36);
#endif

// expect-error(make_twice): lathe::try_make: a field is named twice; name it once
#ifdef LATHE_CASE_make_twice
auto made = lathe::try_make<person>("name"_f = "Ada", "age"_f = 36, "name"_f = "Eve");
#endif

// expect-error(make_of_real): lathe::try_make: this value does not go into the field of that name without loss; convert it first
#ifdef LATHE_CASE_make_of_real
auto made = lathe::try_make<person>("name"_f = "Ada", "age"_f = 36.5);
#endif

// expect-error(make_of_text): lathe::try_make: this value does not go into the field of that name without loss; convert it first
#ifdef LATHE_CASE_make_of_text
auto made = lathe::try_make<person>("name"_f = "Ada", "shoe_size"_f = "40");
#endif

// expect-error(make_of_other_type): lathe::try_make: this value does not go into the field of that name without loss; convert it first
#ifdef LATHE_CASE_make_of_other_type
auto made = lathe::try_make<person>("name"_f = 7);
#endif

// expect-error(make_by_place): lathe::try_make: a value has no name; write that of its field, as in
#ifdef LATHE_CASE_make_by_place
auto made = lathe::try_make<person>("Ada", 36);
#endif

// expect-error(modify_const): lathe::modify: the model is const, so it cannot change; take it without const
#ifdef LATHE_CASE_modify_const
void f(const person& p) {
    lathe::modify(p, [](person& next) { next.age = 36; });
}
#endif

// expect-error(modify_other): lathe::modify: the function cannot be called with a Model&; let it take the model by
#ifdef LATHE_CASE_modify_other
void f(person& p) {
    lathe::modify(p, [](int& next) { ++next; });
}
#endif

// ---- invariants that nobody could check ----

// expect-error(of_an_object): lathe::invariants: invariants\(\) of the model cannot be called, so nobody would check them
// max-lines(of_an_object): gcc 14 clang 30
#ifdef LATHE_CASE_of_an_object
struct stay {
    int from = 0;
    int to = 1;
    consteval auto invariants() const {
        return lathe::invariants(lathe::invariant<"ends later">([](const stay& s) { return s.from < s.to; }));
    }
};
void f(const stay& s) {
    lathe::validate(s);
}
#endif

// expect-error(hidden): lathe::invariants: invariants\(\) of the model cannot be called, so nobody would check them
// max-lines(hidden): gcc 14 clang 30
#ifdef LATHE_CASE_hidden
class stay {
public:
    static consteval auto fields() { return lathe::fields<&stay::m_from, &stay::m_to>; }

private:
    static consteval auto invariants() {
        return lathe::invariants(lathe::invariant<"ends later">([](const stay& s) { return s.m_from < s.m_to; }));
    }
    int m_from = 0;
    int m_to = 1;
};
void f(const stay& s) {
    lathe::validate(s);
}
#endif

// expect-error(no_list): lathe::invariants: invariants\(\) of the model returns something else; write return
// max-lines(no_list): gcc 14 clang 30
#ifdef LATHE_CASE_no_list
struct stay {
    int from = 0;
    int to = 1;
    static consteval auto invariants() {
        return lathe::invariant<"ends later">([](const stay& s) { return s.from < s.to; });
    }
};
void f(const stay& s) {
    lathe::validate(s);
}
#endif

// expect-error(of_another): lathe::invariant<Text>: the function must take a const reference to the model and return
// max-lines(of_another): gcc 14 clang 30
#ifdef LATHE_CASE_of_another
struct stay {
    int from = 0;
    int to = 1;
    static consteval auto invariants() {
        return lathe::invariants(lathe::invariant<"ends later">([](int from, int to) { return from < to; }));
    }
};
void f(const stay& s) {
    lathe::validate(s);
}
#endif
