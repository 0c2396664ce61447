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

// expect-error(validate_undescribed): lathe::validate: the type is not described; make it an aggregate, or list its members with lathe::fields
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

// expect-error(make_undescribed): lathe::try_make: the type is not described; make it an aggregate, or list its members with lathe::fields
#ifdef LATHE_CASE_make_undescribed
auto made = lathe::try_make<closed>("age"_f = 1);
#endif

// expect-error(make_without_blank): lathe::try_make: a member of the model cannot be made without a value; give it a default, or make it a std::optional
#ifdef LATHE_CASE_make_without_blank
auto made = lathe::try_make<holder>("held"_f = no_default(1));
#endif

// expect-error(make_unknown): lathe::try_make: the model has no field of one of these names
#ifdef LATHE_CASE_make_unknown
auto made = lathe::try_make<person>("name"_f = "Ada", "years"_f = 36);
#endif

// expect-error(make_by_alias): lathe::try_make: the model has no field of one of these names
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
