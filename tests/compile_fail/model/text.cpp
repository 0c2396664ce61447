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

// expect-error(number): lathe::to_string: the type is not described; make it an aggregate
#ifdef LATHE_CASE_number
auto number = lathe::to_string(7);
#endif

class opaque {
public:
    explicit opaque(int x) : a(x) {}
    int a;
};
// expect-error(no_aggregate): lathe::to_string: the type is not described; make it an aggregate
#ifdef LATHE_CASE_no_aggregate
auto no_aggregate = lathe::to_string(opaque(1));
#endif

// The shapes that are out of reach say so, and nothing else.
struct with_reference {
    int& a;
    int b;
};
// expect-error(reference): lathe::described: this aggregate has a reference for a member, which no one can name; make
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
// expect-error(base): lathe::described: this aggregate has a base class with members, which structured bindings cannot
#ifdef LATHE_CASE_base
std::string base_members(const with_base& object) {
    return lathe::to_string(object);
}
#endif

// What a string does not take, a model does not take either. The sentence is fmt's, and so are its lines.
// expect-error(specification): (call to consteval|call to non-.constexpr.|not a constant expression)
// max-lines(specification): gcc 25 clang 50
#ifdef LATHE_CASE_specification
auto specification = fmt::format("{:d}", model{});
#endif

// expect-error(property_specification): (call to consteval|call to non-.constexpr.|not a constant expr)
// max-lines(property_specification): gcc 25 clang 50
#ifdef LATHE_CASE_property_specification
auto property_specification = fmt::format("{:s}", lathe::property<int>(1));
#endif
