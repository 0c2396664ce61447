// SPDX-License-Identifier: MIT
// Pairs of functions, <what>_lathe and <what>_hand, for cmake/InstructionCount.cmake: it has this file compiled to
// assembly, and counts the instructions that each runs when the value is good. Nothing here is ever run.
//
// "expect(<what>): n" says how many instructions more <what>_lathe may have.
// expect(set_int): 0
// expect(set_unsigned): 0
// expect(set_double): 0
// expect(set_two): 0
// expect(set_field): 0
// expect(set_in_model): 0
// expect(set_by_name): 0
// expect(get_by_name): 0
// expect(get_int): 0
// expect(get_double): 0
// expect(set_from_short): 0
// clang keeps a stack frame for the handler that adds the model's name to a message; g++ needs none.
// expect(make_of_names): 5
// A number that may not fit is asked twice, once whether it fits and once whether it obeys.
// expect(set_from_long): 9
#include <new>
#include <stdexcept>
#include <string>

#include <lathe/model/field.hpp>
#include <lathe/model/model.hpp>
#include <lathe/model/number_rules.hpp>
#include <lathe/model/property.hpp>

namespace {

using age = lathe::property<int, lathe::in_range<0, 150>>;
using named_age = lathe::field<"age", int, lathe::in_range<0, 150>>;
using port = lathe::property<unsigned, lathe::at_most<65535U>>;
using ratio = lathe::property<double, lathe::in_range<0.0, 1.5>>;
using even_more = lathe::property<int, lathe::at_least<-20>, lathe::less_than<300>>;

struct person {
    age years;
    ratio fitness;
};
struct plain_person {
    int years;
    double fitness;
};

using namespace lathe::literals;
using listed_person = lathe::model<"person",
                                   lathe::field<"years", int, lathe::in_range<0, 150>>,
                                   lathe::field<"fitness", double, lathe::in_range<0.0, 1.5>>>;

// As lathe's: out of line, and told what was wrong.
template <class T>
[[noreturn, gnu::cold, gnu::noinline]] void refuse(T value) {
    throw std::invalid_argument(std::to_string(value) + " is not allowed");
}

} // namespace

extern "C" {

void set_int_lathe(age& to, int value) {
    to = value;
}
void set_int_hand(int& to, int value) {
    if (value < 0 || value > 150) refuse(value);
    to = value;
}

void set_unsigned_lathe(port& to, unsigned value) {
    to = value;
}
void set_unsigned_hand(unsigned& to, unsigned value) {
    if (value > 65535U) refuse(value);
    to = value;
}

void set_double_lathe(ratio& to, double value) {
    to = value;
}
void set_double_hand(double& to, double value) {
    if (!(value >= 0.0 && value <= 1.5)) refuse(value);
    to = value;
}

void set_two_lathe(even_more& to, int value) {
    to = value;
}
void set_two_hand(int& to, int value) {
    if (value < -20 || value >= 300) refuse(value);
    to = value;
}

void set_field_lathe(named_age& to, int value) {
    to = value;
}
void set_field_hand(int& to, int value) {
    if (value < 0 || value > 150) refuse(value);
    to = value;
}

void set_in_model_lathe(person& to, int years, double fitness) {
    to.years = years;
    to.fitness = fitness;
}
void set_in_model_hand(plain_person& to, int years, double fitness) {
    if (years < 0 || years > 150) refuse(years);
    to.years = years;
    if (!(fitness >= 0.0 && fitness <= 1.5)) refuse(fitness);
    to.fitness = fitness;
}

void set_by_name_lathe(listed_person& to, int years, double fitness) {
    to["years"_f] = years;
    to["fitness"_f] = fitness;
}
void set_by_name_hand(plain_person& to, int years, double fitness) {
    if (years < 0 || years > 150) refuse(years);
    to.years = years;
    if (!(fitness >= 0.0 && fitness <= 1.5)) refuse(fitness);
    to.fitness = fitness;
}

void make_of_names_lathe(void* to, int years, double fitness) {
    new (to) listed_person{"fitness"_f = fitness, "years"_f = years};
}
void make_of_names_hand(void* to, int years, double fitness) {
    if (years < 0 || years > 150) refuse(years);
    if (!(fitness >= 0.0 && fitness <= 1.5)) refuse(fitness);
    new (to) plain_person{years, fitness};
}

double get_by_name_lathe(const listed_person& from) {
    return from["fitness"_f];
}
double get_by_name_hand(const plain_person& from) {
    return from.fitness;
}

void set_from_short_lathe(age& to, short value) {
    to = value;
}
void set_from_short_hand(int& to, short value) {
    if (value < 0 || value > 150) refuse(value);
    to = value;
}

void set_from_long_lathe(age& to, long value) {
    to = value;
}
void set_from_long_hand(int& to, long value) {
    if (value < 0 || value > 150) refuse(value);
    to = static_cast<int>(value);
}

int get_int_lathe(const age& from) {
    return from;
}
int get_int_hand(const int& from) {
    return from;
}

double get_double_lathe(const person& from) {
    return from.fitness;
}
double get_double_hand(const plain_person& from) {
    return from.fitness;
}

} // extern "C"
