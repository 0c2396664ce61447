// SPDX-License-Identifier: MIT
// Each LATHE_CASE_* must not compile, and must say why. Without one, all compiles.
#include <lathe/model/field.hpp>
#include <lathe/model/reflect.hpp>

#include <string>
#include <string_view>

struct person {
    lathe::field<"name", std::string, lathe::not_empty> name;
    lathe::field<"age", int, lathe::in_range<0, 150>, lathe::alias<"Age [years]">> age = 18;
};

[[maybe_unused]] static void good(person& p) {
    p.age = 36;
    lathe::for_each_field(p, [](std::string_view, const auto&) {});
}

// clang prints the way to the check, here and in the next case.
// expect-error(nameless): lathe::field<Name, T, Rules...>: Name is empty; write the name of the member, or use lathe::property<T, Rules...>
// max-lines(nameless): gcc 12 clang 16
#ifdef LATHE_CASE_nameless
struct unnamed {
    lathe::field<"", int> age = 18;
};
#endif

// expect-error(other_name): lathe::field: its name is not that of the member; give both the same name, or add lathe::alias<"...">
// max-lines(other_name): gcc 12 clang 25
#ifdef LATHE_CASE_other_name
struct misnamed {
    lathe::field<"years", int> age = 18;
};
void f(const misnamed& p) {
    lathe::for_each_field(p, [](std::string_view, const auto&) {});
}
#endif

// expect-error(rule_misfit): lathe::property<T, Rules...>: a rule does not fit T; use one that checks such values
#ifdef LATHE_CASE_rule_misfit
struct misfit {
    lathe::field<"age", int, lathe::not_empty> age = 18;
};
#endif

// expect-error(real_for_integer): lathe::property: this number may not fit without loss; convert it first, with static_cast or std::lround
// max-lines(real_for_integer): gcc 12 clang 14
#ifdef LATHE_CASE_real_for_integer
void f(person& p) {
    p.age = 3.7;
}
#endif

// expect-error(left_out): property.*private within this context|has private default constructor
#ifdef LATHE_CASE_left_out
person nobody{};
#endif
