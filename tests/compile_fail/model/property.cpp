// SPDX-License-Identifier: MIT
// Each LATHE_CASE_* must not compile, and must say why. Without one, all compiles.
#include <lathe/model/property.hpp>

#include <memory>
#include <string>
#include <utility>
#include <vector>

enum colour { red, green };
enum class phase { taxi, climb };

struct person {
    lathe::property<std::string, lathe::not_empty, lathe::max_length<80>> name; // required: "" breaks its rules
    lathe::property<int, lathe::in_range<0, 150>> age = 18;
};
struct species {
    lathe::property<std::string, lathe::required> name; // required by its word
};
struct household {
    person owner; // required, for one of its members is
    int size = 1;
};
struct no_default {
    explicit no_default(int) {}
};
struct holder {
    lathe::property<no_default> held; // required: nothing makes a no_default
};
struct flags {
    lathe::property<float> ratio;
    lathe::property<bool> ready;
    lathe::property<char> letter;
    lathe::property<phase> now;
    lathe::property<std::vector<std::string>> tags;
};

[[maybe_unused]] static void good() {
    person ada{.name = "Ada", .age = 36};
    ada.age = 200L;
    ada.name.modify([](std::string& text) { text += '!'; });
    species dodo{.name = ""};
    household home{.owner = ada};
    holder one{.held = no_default(1)};
    flags all;
    all.ratio = 1;
    all.ready = true;
    all.letter = 'x';
    all.now = phase::climb;
    lathe::property<int, lathe::defaults_to<3>> three;
    three.reset();
    static_cast<void>(home), static_cast<void>(dodo), static_cast<void>(one);
}

// ---- the type itself ----

// g++ also says that functions cannot return an array.
// expect-error(array): lathe::property<T, Rules...>: T must be an object type without const; for an array use std::array
// max-lines(array): gcc 16 clang 12
#ifdef LATHE_CASE_array
template class lathe::property<int[3]>;
#endif

// expect-error(reference): lathe::property<T, Rules...>: T must be an object type without const; for an array use std::array, for a reference a pointer
#ifdef LATHE_CASE_reference
struct referring {
    lathe::property<int&> a;
};
#endif

// expect-error(constant): lathe::property<T, Rules...>: T must be an object type without const
#ifdef LATHE_CASE_constant
struct frozen {
    lathe::property<const int> a;
};
#endif

// expect-error(text_rule_on_number): lathe::property<T, Rules...>: a rule does not fit T; use one that checks such values
#ifdef LATHE_CASE_text_rule_on_number
struct misfit {
    lathe::property<int, lathe::not_empty> age;
};
#endif

// expect-error(number_rule_on_text): lathe::property<T, Rules...>: a rule does not fit T; use one that checks such values
#ifdef LATHE_CASE_number_rule_on_text
struct misfit {
    lathe::property<std::string, lathe::in_range<0, 150>> name = "x";
};
#endif

// expect-error(normaliser_on_number): lathe::property<T, Rules...>: a rule does not fit T; use one that checks such values
#ifdef LATHE_CASE_normaliser_on_number
struct misfit {
    lathe::property<int, lathe::trimmed> age;
};
#endif

// expect-error(default_breaks_rule): lathe::property<T, Rules...>: the value of defaults_to breaks a rule of the property; choose one that obeys them all
#ifdef LATHE_CASE_default_breaks_rule
struct wrong_default {
    lathe::property<int, lathe::in_range<0, 150>, lathe::defaults_to<200>> age;
};
#endif

// expect-error(text_default_breaks_rule): lathe::property<T, Rules...>: the value of defaults_to breaks a rule of the property
#ifdef LATHE_CASE_text_default_breaks_rule
struct wrong_default {
    lathe::property<std::string, lathe::contains<"@">, lathe::defaults_to<"ada">> email;
};
#endif

// expect-error(default_too_large): lathe::property<T, Rules...>: the value of defaults_to cannot be assigned to T without loss; write one that can
#ifdef LATHE_CASE_default_too_large
struct wrong_default {
    lathe::property<unsigned char, lathe::defaults_to<300>> byte;
};
#endif

// expect-error(default_of_other_type): lathe::property<T, Rules...>: the value of defaults_to cannot be assigned to T without loss
#ifdef LATHE_CASE_default_of_other_type
struct wrong_default {
    lathe::property<int, lathe::positive, lathe::defaults_to<"ten">> count;
};
wrong_default made;
#endif

// ---- required ----

// expect-error(left_out): property.*private within this context|has private default constructor
#ifdef LATHE_CASE_left_out
person nobody{};
#endif

// expect-error(left_out_without_braces): deleted function 'person::person|implicitly-deleted default constructor of 'person'
#ifdef LATHE_CASE_left_out_without_braces
void f() {
    person nobody;
}
#endif

// expect-error(left_out_of_designators): property.*private within this context|has private default constructor
#ifdef LATHE_CASE_left_out_of_designators
person nameless{.age = 1};
#endif

// expect-error(left_out_by_word): property.*private within this context|has private default constructor
#ifdef LATHE_CASE_left_out_by_word
species nameless{};
#endif

// expect-error(left_out_nested): property.*private within this context|has private default constructor
#ifdef LATHE_CASE_left_out_nested
household empty{.size = 2};
#endif

// expect-error(left_out_no_default): use of deleted function .*property|deleted constructor of 'lathe::property<no_default>'
#ifdef LATHE_CASE_left_out_no_default
holder empty{};
#endif

// The lines below the first come from the standard library; they end with what left_out_without_braces says.
// expect-error(vector_of_required): no matching function for call to 'construct_at
// max-lines(vector_of_required): gcc 120 clang 120
#ifdef LATHE_CASE_vector_of_required
std::vector<person> crew(3);
#endif

// expect-error(make_unique_of_required): deleted function 'person::person|implicitly-deleted default constructor of 'person'
// max-lines(make_unique_of_required): gcc 30 clang 30
#ifdef LATHE_CASE_make_unique_of_required
auto someone = std::make_unique<person>();
#endif

// ---- values that would lose something: clang says it of the template and again of its instance ----

// expect-error(real_for_integer): lathe::property: this number may not fit without loss; convert it first, with static_cast or std::lround
// max-lines(real_for_integer): gcc 12 clang 14
#ifdef LATHE_CASE_real_for_integer
void f(person& p) {
    p.age = 3.7;
}
#endif

// expect-error(double_for_float): lathe::property: this number may not fit without loss; convert it first, with static_cast or std::lround
// max-lines(double_for_float): gcc 12 clang 14
#ifdef LATHE_CASE_double_for_float
void f(flags& p) {
    p.ratio = 0.1;
}
#endif

// expect-error(text_for_number): lathe::property: text is no number; parse it first, with lathe::from_text
// max-lines(text_for_number): gcc 12 clang 14
#ifdef LATHE_CASE_text_for_number
void f(person& p) {
    p.age = "x";
}
#endif

// expect-error(string_for_number): lathe::property: text is no number; parse it first, with lathe::from_text
// max-lines(string_for_number): gcc 12 clang 14
#ifdef LATHE_CASE_string_for_number
void f(person& p) {
    p.age = p.name;
}
#endif

// expect-error(bool_for_number): lathe::property: bool, char and enumerations are no numbers here; convert the value first, with static_cast
// max-lines(bool_for_number): gcc 12 clang 14
#ifdef LATHE_CASE_bool_for_number
void f(person& p) {
    p.age = true;
}
#endif

// expect-error(number_for_bool): lathe::property: bool, char and enumerations are no numbers here; convert the value first, with static_cast
// max-lines(number_for_bool): gcc 12 clang 14
#ifdef LATHE_CASE_number_for_bool
void f(flags& p) {
    p.ready = 1;
}
#endif

// expect-error(char_for_number): lathe::property: bool, char and enumerations are no numbers here; convert the value first, with static_cast
// max-lines(char_for_number): gcc 12 clang 14
#ifdef LATHE_CASE_char_for_number
void f(person& p) {
    p.age = 'x';
}
#endif

// expect-error(number_for_char): lathe::property: bool, char and enumerations are no numbers here; convert the value first, with static_cast
// max-lines(number_for_char): gcc 12 clang 14
#ifdef LATHE_CASE_number_for_char
void f(flags& p) {
    p.letter = 65;
}
#endif

// expect-error(unscoped_for_number): lathe::property: bool, char and enumerations are no numbers here; convert the value first, with static_cast
// max-lines(unscoped_for_number): gcc 12 clang 14
#ifdef LATHE_CASE_unscoped_for_number
void f(person& p) {
    p.age = green;
}
#endif

// expect-error(scoped_for_number): lathe::property: bool, char and enumerations are no numbers here; convert the value first, with static_cast
// max-lines(scoped_for_number): gcc 12 clang 14
#ifdef LATHE_CASE_scoped_for_number
void f(person& p) {
    p.age = phase::climb;
}
#endif

// expect-error(number_for_enumeration): lathe::property: bool, char and enumerations are no numbers here; convert the value first, with static_cast
// max-lines(number_for_enumeration): gcc 12 clang 14
#ifdef LATHE_CASE_number_for_enumeration
void f(flags& p) {
    p.now = 1;
}
#endif

// expect-error(initialised_by_real): lathe::property: this number may not fit without loss; convert it first, with static_cast or std::lround
// max-lines(initialised_by_real): gcc 12 clang 14
#ifdef LATHE_CASE_initialised_by_real
person p{.name = "Ada", .age = 3.7};
#endif

// expect-error(initialised_by_text): lathe::property: text is no number; parse it first, with lathe::from_text
// max-lines(initialised_by_text): gcc 12 clang 14
#ifdef LATHE_CASE_initialised_by_text
person p{.name = "Ada", .age = "36"};
#endif

// expect-error(initialised_by_bool): lathe::property: bool, char and enumerations are no numbers here; convert the value first, with static_cast
// max-lines(initialised_by_bool): gcc 12 clang 14
#ifdef LATHE_CASE_initialised_by_bool
person p{.name = "Ada", .age = true};
#endif

// clang prints the way to the check.
// expect-error(constant_breaks_rule): call to non-'constexpr' function|must be initialized by a constant expression
// max-lines(constant_breaks_rule): gcc 12 clang 18
#ifdef LATHE_CASE_constant_breaks_rule
constexpr lathe::property<int, lathe::in_range<0, 150>> age = 200;
#endif

// ---- changes that need more than T offers ----

// expect-error(modify_what_cannot_be_copied): lathe::property::modify: T cannot be copied, so a failed change could not be undone; make a new T and assign it
#ifdef LATHE_CASE_modify_what_cannot_be_copied
void f(lathe::property<std::unique_ptr<int>>& p) {
    p.modify([](std::unique_ptr<int>& held) { held.reset(); });
}
#endif

// expect-error(reset_without_default): lathe::property::reset: the property must know its default: add lathe::defaults_to<...> to its rules, or call lathe::reset<"name">\(model\)
#ifdef LATHE_CASE_reset_without_default
void f(person& p) {
    p.age.reset();
}
#endif

// ---- no way around the rules ----

// expect-error(write_through_star): assignment of read-only location|function 'operator\*' returns a const value
#ifdef LATHE_CASE_write_through_star
void f(person& p) {
    *p.age = 999;
}
#endif

// expect-error(write_through_value): assignment of read-only location|function 'value' returns a const value
#ifdef LATHE_CASE_write_through_value
void f(person& p) {
    p.age.value() = 999;
}
#endif

// expect-error(clear_through_arrow): passing 'const .*discards qualifiers|'this' argument .*const
#ifdef LATHE_CASE_clear_through_arrow
void f(person& p) {
    p.name->clear();
}
#endif

// expect-error(append_through_arrow): passing 'const .*discards qualifiers|'this' argument .*const
#ifdef LATHE_CASE_append_through_arrow
void f(person& p) {
    p.name->push_back('x');
}
#endif

// The compilers list every assignment of std::string.
// expect-error(write_element): no match for 'operator=' \(operand types are 'const |no viable overloaded '='
// max-lines(write_element): gcc 60 clang 40
#ifdef LATHE_CASE_write_element
void f(flags& p) {
    p.tags.value()[0] = "x";
}
#endif

// expect-error(bound_to_reference): invalid user-defined conversion from .*property.* to 'int&'|no viable conversion from .*property.* to 'int'
#ifdef LATHE_CASE_bound_to_reference
void f(person& p) {
    int& r = p.age;
    r = 999;
}
#endif

// expect-error(structured_binding): invalid user-defined conversion from .*property.* to 'int&'|no viable conversion from .*property.* to 'int'
#ifdef LATHE_CASE_structured_binding
void f(person& p) {
    auto& [name, age] = p;
    int& r = age;
    r = 999;
}
#endif

// expect-error(passed_by_reference): invalid user-defined conversion from .*property.* to 'int&'|no matching function for call to 'fill'
// max-lines(passed_by_reference): gcc 18 clang 12
#ifdef LATHE_CASE_passed_by_reference
void fill(int& value);
void f(person& p) {
    fill(p.age);
}
#endif

// The compilers list every swap there is.
// expect-error(swapped): no matching function for call to 'swap
// max-lines(swapped): gcc 200 clang 120
#ifdef LATHE_CASE_swapped
void f(person& p) {
    int other = 999;
    std::swap(p.age, other);
}
#endif

// expect-error(moved_into_function): cannot bind rvalue reference|drops 'const' qualifier|binding reference of type
#ifdef LATHE_CASE_moved_into_function
void take(std::string&& text);
void f(person& p) {
    std::string&& r = std::move(p).name.value();
    take(static_cast<std::string&&>(r));
}
#endif

// expect-error(other_rules_do_not_bind): invalid initialization of reference|cannot bind non-const lvalue reference|no viable conversion from 'property
#ifdef LATHE_CASE_other_rules_do_not_bind
void f(person& p) {
    lathe::property<int>& r = p.age;
    r = 999;
}
#endif

// ---- what is no value, and what is no function on one ----

// expect-error(number_for_text): lathe::property: nothing of this type turns into what the property holds; convert it
// max-lines(number_for_text): gcc 12 clang 16
#ifdef LATHE_CASE_number_for_text
void f(person& p) {
    p.name = 5;
}
#endif

// expect-error(modify_other): lathe::property::modify: the function cannot be called with a T&; let it take what the
#ifdef LATHE_CASE_modify_other
void f(person& p) {
    p.name.modify([](int& value) { ++value; });
}
#endif

// ---- comparisons ----

// expect-error(enumerator_and_text): lathe::property: an enumerator is no text; compare it with an enumerator, or
// max-lines(enumerator_and_text): gcc 12 clang 14
#ifdef LATHE_CASE_enumerator_and_text
enum class flight_phase { climb, descent };
bool f(const lathe::property<flight_phase>& p) {
    return p == "climb";
}
#endif
