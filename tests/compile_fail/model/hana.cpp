// SPDX-License-Identifier: MIT
// Each LATHE_CASE_* must not compile, and must say why. Without one, all compiles.
// clang takes three lines for each function between the call and the accessor: hence its bounds.
#include <lathe/model/hana.hpp>

#include <string>

#include <boost/hana/adapt_adt.hpp>

#include <lathe/data/csv.hpp>
#include <lathe/model/text.hpp>
#include <lathe/model/validate.hpp>

using namespace lathe::literals;

struct person {
    std::string name;
    int age = 0;
};
// clang-format off
BOOST_HANA_ADAPT_ADT(person,
    (name, [](const auto& p) { return p.name; }),
    (id, [](const auto& p) -> const auto& { return p.name; }),
    (age, [](auto& p) -> auto& { return p.age; }));
// clang-format on

// What can be had of the same type.
[[maybe_unused]] static std::string good(person& p) {
    lathe::set<"age">(p, 36);
    lathe::validate(p);
    return lathe::to_string(p) + lathe::get<"id">(p) + std::to_string(lathe::get<"age">(p));
}

// expect-error(get_a_value): lathe::described: the Hana accessor of a field returns a value, which no reference can outlive; let it return a reference, or read the field by lathe::for_each_field
// max-lines(get_a_value): gcc 12 clang 17
#ifdef LATHE_CASE_get_a_value
const std::string& f(const person& p) {
    return lathe::get<"name">(p);
}
#endif

// expect-error(set_a_value): lathe::described: a field of this Hana Struct cannot be changed, for its accessor returns a value or a const reference; let it return a reference to the member
// max-lines(set_a_value): gcc 12 clang 17
#ifdef LATHE_CASE_set_a_value
void f(person& p) {
    lathe::set<"name">(p, "Ada");
}
#endif

// expect-error(set_a_const): lathe::described: a field of this Hana Struct cannot be changed, for its accessor returns a value or a const reference; let it return a reference to the member
// max-lines(set_a_const): gcc 12 clang 17
#ifdef LATHE_CASE_set_a_const
void f(person& p) {
    lathe::set<"id">(p, "Ada");
}
#endif

// expect-error(make_with_a_value): lathe::described: a field of this Hana Struct cannot be changed, for its accessor returns a value or a const reference; let it return a reference to the member
// max-lines(make_with_a_value): gcc 12 clang 20
#ifdef LATHE_CASE_make_with_a_value
auto made = lathe::try_make<person>("name"_f = "Ada");
#endif

// expect-error(read_values): lathe::described: a field of this Hana Struct cannot be changed, for its accessor returns a value or a const reference; let it return a reference to the member
// max-lines(read_values): gcc 12 clang 14
#ifdef LATHE_CASE_read_values
auto rows = lathe::data::read_csv<person>("people.csv");
#endif

// expect-error(keep_a_value): lathe::described: the Hana accessor of a field returns a value, which no reference can outlive; let it return a reference, or read the field by lathe::for_each_field
#ifdef LATHE_CASE_keep_a_value
const std::string& first(const person& p) {
    return lathe::detail::description<person>::apply(p,
                                                     [](auto& field, auto&...) -> const std::string& { return field; });
}
#endif
