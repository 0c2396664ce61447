// SPDX-License-Identifier: MIT
// Each LATHE_CASE_* must not compile, and must say why. Without one, all compiles.
#include <lathe/model/described.hpp>

#include <string>

struct point {
    int x;
    int y;
};
static_assert(lathe::field_count<point> == 2);

struct with_reference {
    int a;
    int& b;
};
// expect-error(reference): lathe::described: this aggregate has a reference for a member, which no one can name; make
#ifdef LATHE_CASE_reference
auto reference = lathe::field_count<with_reference>;
#endif

struct with_first_reference {
    std::string& a;
    int b;
};
// expect-error(first_reference): lathe::described: this aggregate has a reference for a member, which no one can name;
#ifdef LATHE_CASE_first_reference
auto first_reference = lathe::field_count<with_first_reference>;
#endif

struct with_const_reference {
    int a;
    const std::string& b;
    int c;
};
// expect-error(const_reference): lathe::described: this aggregate has a (bit-field or a )?reference
#ifdef LATHE_CASE_const_reference
auto const_reference = lathe::field_count<with_const_reference>;
#endif

struct with_rvalue_reference {
    int a;
    int&& b;
};
// expect-error(rvalue_reference): lathe::described: this aggregate has a (bit-field or a )?reference
#ifdef LATHE_CASE_rvalue_reference
auto rvalue_reference = lathe::field_count<with_rvalue_reference>;
#endif

struct with_bits {
    unsigned a : 3;
    unsigned b : 5;
};
// expect-error(bit_field): lathe::described: this aggregate has a bit-field or a reference for a member, which has no
#ifdef LATHE_CASE_bit_field
auto bit_field = lathe::field_names<with_bits>[0];
#endif

struct base {
    int inherited;
};
struct with_base : base {
    int own;
};
// expect-error(base): lathe::described: this aggregate has a base class with members, which structured bindings cannot
#ifdef LATHE_CASE_base
auto base_count = lathe::field_count<with_base>;
#endif

struct empty_base {};
struct with_two_bases : empty_base, base {
    int own;
};
// expect-error(second_base): lathe::described: this aggregate has a base class with members, which structured bindings
#ifdef LATHE_CASE_second_base
auto second_base = lathe::field_names<with_two_bases>[0];
#endif

struct only_base : base {};
// expect-error(only_base): lathe::described: this aggregate has a base class with members, which structured bindings
#ifdef LATHE_CASE_only_base
auto only_base_count = lathe::field_count<only_base>;
#endif

#define EIGHT(n) int n##0, n##1, n##2, n##3, n##4, n##5, n##6, n##7;
#define SIXTY_FOUR(n) EIGHT(n##0) EIGHT(n##1) EIGHT(n##2) EIGHT(n##3) EIGHT(n##4) EIGHT(n##5) EIGHT(n##6) EIGHT(n##7)
struct with_many {
    SIXTY_FOUR(a)
    SIXTY_FOUR(b)
    int last;
};
// expect-error(many): lathe::described: this aggregate has more than 128 members; nest some in a member of their own,
#ifdef LATHE_CASE_many
auto many = lathe::field_count<with_many>;
#endif

// Takes anything by a const reference, and so is as good a match for it as a conversion is.
struct made_of_anything {
    made_of_anything() = default;
    template <class T>
    made_of_anything(const T&) {}
};
struct must_be_given {
    must_be_given(int) {}
};
struct with_anything {
    must_be_given a; // else b could be made of nothing, and so be counted
    made_of_anything b;
    int c;
};
// expect-error(anything): lathe::described: the members of this aggregate cannot be counted \(is one of them a
#ifdef LATHE_CASE_anything
auto anything = lathe::field_count<with_anything>;
#endif

struct must_be_made_of_anything {
    template <class T>
    must_be_made_of_anything(T) {}
};
struct with_something {
    int a;
    must_be_made_of_anything b;
};
// expect-error(something): lathe::described: the members of this aggregate cannot be counted \(is one of them a
#ifdef LATHE_CASE_something
auto something = lathe::field_names<with_something>[0];
#endif

struct with_huge_array {
    SIXTY_FOUR(a) // up to 31 are counted by empty braces, whatever an array's size is
    char text[1 << 20];
};
// expect-error(huge_array): lathe::described: the members of this aggregate cannot be counted \(is one of them a
#ifdef LATHE_CASE_huge_array
auto huge_array = lathe::field_count<with_huge_array>;
#endif

struct account {
    int id;
    static int count;
    int method() const;
};
[[maybe_unused]] static constexpr auto good_list = lathe::fields<&account::id>;
// expect-error(method): lathe::fields<...>: list pointers to data members, such as &account::m_id
#ifdef LATHE_CASE_method
auto method = lathe::fields<&account::method>;
#endif

// expect-error(static_member): lathe::fields<...>: list pointers to data members, such as &account::m_id
#ifdef LATHE_CASE_static_member
auto static_member = lathe::fields<&account::count>;
#endif

// A class that is no aggregate, a union, a range and a number have no fields: there is nothing to count.
class opaque {
public:
    opaque(int first, int second);
    int a;
    int b;
};
// expect-error(no_aggregate): lathe::described: this type is not described; make it an aggregate that is no container
#ifdef LATHE_CASE_no_aggregate
auto no_aggregate = lathe::field_count<opaque>;
#endif

union either {
    int a;
    float b;
};
// expect-error(a_union): lathe::described: this type is not described; make it an aggregate that is no container
#ifdef LATHE_CASE_a_union
auto a_union = lathe::field_count<either>;
#endif

// expect-error(range): lathe::described: this type is not described; make it an aggregate that is no container
#ifdef LATHE_CASE_range
auto range = lathe::field_names<std::string>[0];
#endif

// expect-error(number): lathe::described: this type is not described; make it an aggregate that is no container
#ifdef LATHE_CASE_number
auto number = lathe::field_count<int>;
#endif

struct of_object {
    int id = 0;
    int secret = 0;
    consteval auto fields() const { return lathe::fields<&of_object::id>; }
};
// expect-error(of_object): lathe::fields<...>: fields\(\) of this type is not static, so there is no list without an object
#ifdef LATHE_CASE_of_object
auto of_an_object = lathe::field_count<of_object>;
#endif

class twice {
public:
    static consteval auto fields() { return lathe::fields<&twice::m_id, &twice::id_>; }

private:
    int m_id = 0;
    int id_ = 0;
};
// expect-error(same_name): lathe::fields<...>: two members have one name, m_ and _ aside, or one stands twice; list each
// max-lines(same_name): gcc 12 clang 24
#ifdef LATHE_CASE_same_name
auto same_name = lathe::field_count<twice>;
#endif
