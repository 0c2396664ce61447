// SPDX-License-Identifier: MIT
// Each LATHE_CASE_* must not compile, and must say why. Without one, all compiles.
#include <lathe/model/named.hpp>

#include <string>

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
    int size = 1;
};

[[maybe_unused]] static int good(person& p) {
    lathe::set<"age">(p, 36);
    lathe::set<"shoe_size">(p, 41L);
    lathe::reset<"age">(p);
    holder h{.held = no_default(1)};
    lathe::set<"size">(h, 2);
    return lathe::get<"age">(p);
}

// What is returned instead is no int, which makes a second error.
// expect-error(get_unknown): lathe::get, set, reset<Name>: the model has no field of this name; the names are those of its members, not aliases
// max-lines(get_unknown): gcc 16 clang 16
#ifdef LATHE_CASE_get_unknown
int f(const person& p) {
    return lathe::get<"years">(p);
}
#endif

// expect-error(get_by_alias): lathe::get, set, reset<Name>: the model has no field of this name; the names are those of its members, not aliases
// max-lines(get_by_alias): gcc 16 clang 16
#ifdef LATHE_CASE_get_by_alias
int f(const person& p) {
    return lathe::get<"Age">(p);
}
#endif

// expect-error(set_unknown): lathe::get, set, reset<Name>: the model has no field of this name; the names are those of its members, not aliases
#ifdef LATHE_CASE_set_unknown
void f(person& p) {
    lathe::set<"years">(p, 36);
}
#endif

// expect-error(reset_unknown): lathe::get, set, reset<Name>: the model has no field of this name; the names are those of its members, not aliases
#ifdef LATHE_CASE_reset_unknown
void f(person& p) {
    lathe::reset<"years">(p);
}
#endif

// expect-error(not_described): lathe::get, set, reset<Name>: the type is not described; make it an aggregate
// max-lines(not_described): gcc 16 clang 18
#ifdef LATHE_CASE_not_described
class closed {
    int m_age = 0;
};
int f(const closed& c) {
    return lathe::get<"age">(c);
}
#endif

// expect-error(get_of_temporary): lathe::get<Name>: the field would be gone with the temporary; give the model a name
// max-lines(get_of_temporary): gcc 12 clang 14
#ifdef LATHE_CASE_get_of_temporary
int f() {
    return lathe::get<"age">(person{.name = "Ada"});
}
#endif

// clang says it of the template and again of its instance.
// expect-error(set_real): lathe::property: this number may not fit without loss; convert it first, with static_cast or std::lround
// max-lines(set_real): gcc 12 clang 20
#ifdef LATHE_CASE_set_real
void f(person& p) {
    lathe::set<"age">(p, 3.7);
}
#endif

// expect-error(set_plain_member_real): lathe::property: this number may not fit without loss; convert it first, with static_cast or std::lround
// max-lines(set_plain_member_real): gcc 12 clang 20
#ifdef LATHE_CASE_set_plain_member_real
void f(person& p) {
    lathe::set<"shoe_size">(p, 41.5);
}
#endif

// expect-error(set_text): lathe::property: text is no number; parse it first, with lathe::from_text
// max-lines(set_text): gcc 12 clang 20
#ifdef LATHE_CASE_set_text
void f(person& p) {
    lathe::set<"age">(p, "36");
}
#endif

// expect-error(reset_without_blank): lathe::reset: the model cannot be made without values, so its defaults are unknown; give each member a default
#ifdef LATHE_CASE_reset_without_blank
void f(holder& h) {
    lathe::reset<"size">(h);
}
#endif

// expect-error(run_time_name): lathe::get, set, reset<Name>: the name is a template argument, as in lathe::get<
// max-lines(run_time_name): gcc 12 clang 16
#ifdef LATHE_CASE_run_time_name
void f(person& p) {
    lathe::set(p, "age", 36);
}
#endif

// expect-error(set_const): lathe::set, reset<Name>: the model is const, so no field of it can change; take it without
#ifdef LATHE_CASE_set_const
void f(const person& p) {
    lathe::set<"age">(p, 36);
}
#endif

// expect-error(reset_const): lathe::set, reset<Name>: the model is const, so no field of it can change; take it without
#ifdef LATHE_CASE_reset_const
void f(const person& p) {
    lathe::reset<"age">(p);
}
#endif
