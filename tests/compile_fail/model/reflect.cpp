// SPDX-License-Identifier: MIT
// Each LATHE_CASE_* must not compile, and must say why. Without one, all compiles.
// Where the error stands within the call for all members, clang shows how it got there: four steps of three
// lines.
#include <lathe/model/reflect.hpp>

#include <string>
#include <vector>

#include <lathe/model/field.hpp>

struct good {
    lathe::field<"age", int> age;
    lathe::property<int> other;
};
class good_account {
public:
    static consteval auto fields() { return lathe::fields<&good_account::m_id>; }

private:
    lathe::field<"id", int> m_id = 1;
};
constexpr auto ignore = [](std::string_view, const auto&) {
};
[[maybe_unused]] static void visit() {
    lathe::for_each_field(good{}, ignore);
    lathe::for_each_field(good_account{}, ignore);
}

struct misnamed {
    int first;
    lathe::field<"Age", int> age;
};
// expect-error(label): lathe::field: its name is not that of the member; give both the same name, or add
// max-lines(label): gcc 12 clang 25
#ifdef LATHE_CASE_label
void label() {
    lathe::for_each_field(misnamed{}, [](std::string_view, const auto&) {});
}
#endif

class misnamed_account {
public:
    static consteval auto fields() { return lathe::fields<&misnamed_account::m_id>; }

private:
    lathe::field<"m_id", int> m_id = 1;
};
// expect-error(listed_label): lathe::field: its name is not that of the member; give both the same name, or
// max-lines(listed_label): gcc 12 clang 25
#ifdef LATHE_CASE_listed_label
void listed_label() {
    lathe::for_each_field(misnamed_account{}, [](std::string_view, const auto&) {});
}
#endif

// expect-error(third): lathe::for_each_field: a function with a third parameter is told about each field;
// max-lines(third): gcc 12 clang 25
#ifdef LATHE_CASE_third
void third() {
    lathe::for_each_field(good{}, [](std::string_view, const auto&, const lathe::field_info&) {});
}
#endif

// expect-error(number): lathe::for_each_field: the type is not described; make it an aggregate
#ifdef LATHE_CASE_number
void number() {
    lathe::for_each_field(3, ignore);
}
#endif

class opaque {
public:
    explicit opaque(int x) : a(x) {}
    int a;
};
// expect-error(no_aggregate): lathe::for_each_field: the type is not described; make it an aggregate
#ifdef LATHE_CASE_no_aggregate
void no_aggregate() {
    lathe::for_each_field(opaque(1), ignore);
}
#endif

union either {
    int a;
    float b;
};
// The shapes that are out of reach say so here too, and nothing else.
struct with_reference {
    int& a;
    int b;
};
// expect-error(reference): lathe::described: this aggregate has a reference for a member, which no one can name; make
#ifdef LATHE_CASE_reference
void reference(const with_reference& object) {
    lathe::for_each_field(object, ignore);
}
#endif

struct with_bits {
    int a;
    unsigned b : 3;
};
// expect-error(bit_field): lathe::described: this aggregate has a bit-field or a reference for a member, which has no
#ifdef LATHE_CASE_bit_field
void bit_field(const with_bits& object) {
    lathe::for_each_field(object, ignore);
}
#endif

struct base {
    int inherited;
};
struct with_base : base {
    int own;
};
// expect-error(base): lathe::described: this aggregate has a base class with members, which structured bindings cannot
#ifdef LATHE_CASE_base
void base_members(const with_base& object) {
    lathe::for_each_field(object, ignore);
}
#endif

// Nothing is written through for_each_field.
// expect-error(written): (const|read-only)
// max-lines(written): gcc 25 clang 25
#ifdef LATHE_CASE_written
void written(good& object) {
    lathe::for_each_field(object, [](std::string_view, auto& value) { value = 3; });
}
#endif

// expect-error(other_value): lathe::for_each_field: the function cannot be called with a name and the value of the first
// max-lines(other_value): gcc 12 clang 25
#ifdef LATHE_CASE_other_value
void other_value() {
    lathe::for_each_field(good{}, [](std::string_view, const std::string&) {});
}
#endif
