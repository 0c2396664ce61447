// SPDX-License-Identifier: MIT
// Each LATHE_CASE_* must not compile, and must say why. Without one, all compiles.
#include <lathe/model/text.hpp>

#include <string>
#include <vector>

#include <lathe/model/property.hpp>

struct model {
    lathe::property<int> a;
};
struct foreign {
    int a;
};
[[maybe_unused]] static std::string good() {
    return lathe::to_string(foreign{}) + fmt::format("{:>20} {:05}", model{}, lathe::property<int>(3));
}

// expect-error(number): lathe::to_string: the type is not described; make it an aggregate, or list its members with
#ifdef LATHE_CASE_number
auto number = lathe::to_string(7);
#endif

// expect-error(range): lathe::to_string: the type is not described; make it an aggregate, or list its members with
#ifdef LATHE_CASE_range
auto range = lathe::to_string(std::vector<int>{});
#endif

class opaque {
public:
    explicit opaque(int x) : a(x) {}
    int a;
};
// expect-error(no_aggregate): lathe::to_string: the type is not described; make it an aggregate, or list its members with
#ifdef LATHE_CASE_no_aggregate
auto no_aggregate = lathe::to_string(opaque(1));
#endif

// expect-error(a_union): lathe::to_string: the type is not described; make it an aggregate, or list its members with
#ifdef LATHE_CASE_a_union
union either {
    int a;
    float b;
};
auto a_union = lathe::to_string(either{1});
#endif

// The shapes that are out of reach say so, and nothing else.
struct with_reference {
    int& a;
    int b;
};
// expect-error(reference): lathe: this aggregate has a reference for a member, which no one can name; make it a pointer
#ifdef LATHE_CASE_reference
std::string reference(const with_reference& object) {
    return lathe::to_string(object);
}
#endif

struct base {
    int inherited;
};
struct with_base : base {
    int own;
};
// expect-error(base): lathe: this aggregate has a base class with members, which structured bindings cannot split; make
#ifdef LATHE_CASE_base
std::string base_members(const with_base& object) {
    return lathe::to_string(object);
}
#endif

// What a string does not take, a model does not take either.
// expect-error(specification): (call to consteval function|call to non-.constexpr. function|is not a constant expression)
// max-lines(specification): gcc 25 clang 25
#ifdef LATHE_CASE_specification
auto specification = fmt::format("{:d}", model{});
#endif

// expect-error(property_specification): (call to consteval function|call to non-.constexpr. function|is not a constant expr)
// max-lines(property_specification): gcc 25 clang 25
#ifdef LATHE_CASE_property_specification
auto property_specification = fmt::format("{:s}", lathe::property<int>(1));
#endif

// Other people's aggregates are not lathe's to format.
// expect-error(not_enabled): (Cannot format an argument|call to deleted|deleted function)
// max-lines(not_enabled): gcc 25 clang 25
#ifdef LATHE_CASE_not_enabled
auto not_enabled = fmt::format("{}", foreign{});
#endif
