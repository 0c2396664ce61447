// SPDX-License-Identifier: MIT
// Each LATHE_CASE_* must not compile, and must say why. Without one, all compiles.
#include <lathe/model/model.hpp>

#include <cstddef>
#include <string>
#include <utility>

#include <lathe/model/number_rules.hpp>
#include <lathe/model/text_rules.hpp>

using namespace lathe::literals;
using lathe::field;
using point = lathe::model<"point", field<"x", double>, field<"y", double, lathe::required>>;
struct place : lathe::model<"place", field<"name", std::string, lathe::not_empty>, field<"size", int>> {
    using model::model;
};
struct plain {
    int x = 0;
};

[[maybe_unused]] static double good() {
    point p{"y"_f = 2, "x"_f = 1.0};
    p["x"_f] = 3;
    const place here{"name"_f = "here"};
    const auto more = lathe::copy_as<lathe::extend<point, field<"z", int>>>(p, "z"_f = 1);
    return p.get<"x">() + here["size"_f] + more["z"_f];
}

// g++ says in the same line which name it is: refused_name<"...", "z">; clang says it where it shows the constructor.
// expect-error(unknown): lathe::model: there is no field of this name; the names are those in its list, not aliases
#ifdef LATHE_CASE_unknown
point p{"x"_f = 1, "y"_f = 2, "z"_f = 3};
#endif

// expect-error(unknown_named): refused_name<.*"z"|deleted constructor of .*: lathe::model: there is no field of this name
#ifdef LATHE_CASE_unknown_named
point p{"x"_f = 1, "y"_f = 2, "z"_f = 3};
#endif

// expect-error(repeated): lathe::model: a field is given twice; give it once
#ifdef LATHE_CASE_repeated
point p{"x"_f = 1, "y"_f = 2, "x"_f = 3};
#endif

// expect-error(misfit): lathe::model: this value does not go into the field of that name without loss; convert it first
#ifdef LATHE_CASE_misfit
place p{"name"_f = "here", "size"_f = 1.5};
#endif

// expect-error(misfit_text): lathe::model: this value does not go into the field of that name without loss; convert it first
#ifdef LATHE_CASE_misfit_text
point p{"x"_f = "1", "y"_f = 2};
#endif

// expect-error(misfit_elements): lathe::model: this value does not go into the field of that name without loss; convert it first
#ifdef LATHE_CASE_misfit_elements
point p{"x"_f = {1, 2}, "y"_f = 2};
#endif

// expect-error(missing): lathe::model: a field that must be given is left out; give it a value, or a default by lathe::defaults_to
#ifdef LATHE_CASE_missing
point p{"x"_f = 1};
#endif

// expect-error(missing_in_derived): lathe::model: a field that must be given is left out; give it a value, or a default by lathe::defaults_to
#ifdef LATHE_CASE_missing_in_derived
place p{"size"_f = 1};
#endif

// expect-error(missing_all): is private within this context|calling a private constructor of class
#ifdef LATHE_CASE_missing_all
point p{};
#endif

// expect-error(positional): lathe::model: a value has no name; write that of its field, as in
#ifdef LATHE_CASE_positional
point p{1.0, 2.0};
#endif

// expect-error(positional_after_named): lathe::model: a value has no name; write that of its field, as in
#ifdef LATHE_CASE_positional_after_named
point p{"x"_f = 1.0, 2.0};
#endif

// expect-error(single_value): lathe::model: a value has no name; write that of its field, as in
#ifdef LATHE_CASE_single_value
lathe::model<"one", field<"text", std::string>> p{"text"};
#endif

// expect-error(read_unknown): lathe::model: there is no field of this name; the names are those in its list, not aliases
// max-lines(read_unknown): gcc 12 clang 22
#ifdef LATHE_CASE_read_unknown
void f(point& p) {
    p["z"_f] = 1;
}
#endif

// expect-error(get_unknown): lathe::model: there is no field of this name; the names are those in its list, not aliases
// max-lines(get_unknown): gcc 12 clang 16
#ifdef LATHE_CASE_get_unknown
double f(const point& p) {
    return p.get<"z">();
}
#endif

// expect-error(set_unknown): lathe::model: there is no field of this name; the names are those in its list, not aliases
// max-lines(set_unknown): gcc 12 clang 16
#ifdef LATHE_CASE_set_unknown
void f(point& p) {
    p.set<"z">(1);
}
#endif

// expect-error(get_of_temporary): lathe::model: the field would be gone with the temporary; give the model a name first
// max-lines(get_of_temporary): gcc 12 clang 20
#ifdef LATHE_CASE_get_of_temporary
double f() {
    return point{"y"_f = 1}.get<"y">();
}
#endif

// expect-error(assign_real): lathe::property: this number may not fit without loss; convert it first
// max-lines(assign_real): gcc 13 clang 13
#ifdef LATHE_CASE_assign_real
void f(place& p) {
    p["size"_f] = 1.5;
}
#endif

// expect-error(same_name): lathe::model<Name, Fields...>: two fields have the same name; rename one of them
#ifdef LATHE_CASE_same_name
lathe::model<"point", field<"x", double>, field<"y", double>, field<"x", int>> p;
#endif

// expect-error(extend_by_same_name): lathe::model<Name, Fields...>: two fields have the same name; rename one of them
#ifdef LATHE_CASE_extend_by_same_name
lathe::extend<place, field<"size", int>> p{"name"_f = "here"};
#endif

// expect-error(no_label): lathe::model<Name, Fields...>: one of Fields has no name; write it lathe::field
#ifdef LATHE_CASE_no_label
lathe::model<"point", lathe::property<double>, field<"y", double>> p;
#endif

// expect-error(no_field): lathe::model<Name, Fields...>: one of Fields has no name; write it lathe::field
#ifdef LATHE_CASE_no_field
lathe::model<"point", double> p;
#endif

// expect-error(no_name): lathe::model<Name, Fields...>: Name is empty; messages begin with it, so give it one
#ifdef LATHE_CASE_no_name
lathe::model<"", field<"x", double>> p;
#endif

// expect-error(empty_field_name): lathe::field<Name, T, Rules...>: Name is empty; write the name of the member
// max-lines(empty_field_name): gcc 12 clang 13
#ifdef LATHE_CASE_empty_field_name
lathe::model<"point", field<"", double>> p;
#endif

// expect-error(too_many): lathe::model<Name, Fields...>: there are more than 128 fields; put some into a model of their own
#ifdef LATHE_CASE_too_many
template <std::size_t... I>
lathe::model<"large", field<lathe::fixed_string{{'n', char('a' + I / 26), char('a' + I % 26), 0}}, char>...>
    list_of(std::index_sequence<I...>);
decltype(list_of(std::make_index_sequence<129>{})) p;
#endif

// expect-error(bad_default): lathe::property<T, Rules...>: the value of defaults_to breaks a rule
// max-lines(bad_default): gcc 14 clang 32
#ifdef LATHE_CASE_bad_default
auto size = sizeof(lathe::model<"point", field<"x", int, lathe::in_range<1, 9>, lathe::defaults_to<0>>>);
#endif

// expect-error(pick_unknown): lathe::pick: the model has no field of this name; the names are those in its list, not aliases
// max-lines(pick_unknown): gcc 12 clang 15
#ifdef LATHE_CASE_pick_unknown
lathe::pick<point, "x", "z"> p;
#endif

// expect-error(pick_twice): lathe::model<Name, Fields...>: two fields have the same name; rename one of them
#ifdef LATHE_CASE_pick_twice
lathe::pick<point, "x", "x"> p;
#endif

// expect-error(extend_plain): lathe::extend, pick, renamed: only a lathe::model, or a struct that is derived from one, has a list of fields
#ifdef LATHE_CASE_extend_plain
lathe::extend<plain, field<"y", int>> p;
#endif

// expect-error(derived_without_constructors): lathe::model: a struct that is derived from a model takes its constructors over; write using model::model; in it
// max-lines(derived_without_constructors): gcc 14 clang 18
#ifdef LATHE_CASE_derived_without_constructors
struct bare : lathe::model<"bare", field<"x", int>> {};
static_assert(lathe::field_count<bare> == 1);
#endif

// expect-error(copy_as_misses): lathe::model: a field that must be given is left out; give it a value, or a default by lathe::defaults_to
// max-lines(copy_as_misses): gcc 12 clang 15
#ifdef LATHE_CASE_copy_as_misses
auto p = lathe::copy_as<point>(plain{});
#endif

// expect-error(copy_as_loses): lathe::model: this value does not go into the field of that name without loss; convert it first
// max-lines(copy_as_loses): gcc 12 clang 15
#ifdef LATHE_CASE_copy_as_loses
auto p = lathe::copy_as<lathe::model<"whole", field<"x", int>>>(point{"y"_f = 1});
#endif

// expect-error(text_for_name): lathe::model: the name of a field is written .*_f; where it is known at run time only
// max-lines(text_for_name): gcc 12 clang 24
#ifdef LATHE_CASE_text_for_name
void f(point& p) {
    p["x"] = 1;
}
#endif
