// SPDX-License-Identifier: MIT
// Each LATHE_CASE_* must not compile, and must say why. Without one, all compiles.
#include <lathe/model/compare.hpp>

#include <string>
#include <unordered_set>
#include <vector>

struct point {
    int x;
    int y;
};
class opaque {
public:
    explicit opaque(int x) : a(x) {}
    int a;
};
struct holds_opaque {
    int number;
    opaque part;
};
[[maybe_unused]] static bool good() {
    return lathe::equal(point{}, point{}) && lathe::compare(point{}, point{}) == 0 && lathe::hash(point{}) != 0;
}

// expect-error(equal): lathe::equal: the type is not described; make it an aggregate
#ifdef LATHE_CASE_equal
auto equal = lathe::equal(std::string(), std::string());
#endif

// expect-error(compare): lathe::compare: the type is not described; make it an aggregate
#ifdef LATHE_CASE_compare
void compare() {
    static_cast<void>(lathe::compare(1, 2));
}
#endif

// expect-error(hash): lathe::hash: the type is not described; make it an aggregate
#ifdef LATHE_CASE_hash
auto hash = lathe::hash(opaque(1));
#endif

// expect-error(field_equal): lathe::equal: a field has no operator==; give its type one, or make it a
#ifdef LATHE_CASE_field_equal
bool field_equal(const holds_opaque& a) {
    return lathe::equal(a, a);
}
#endif

// expect-error(field_compare): lathe::compare: a field has no order; give its type an operator<=>, or
#ifdef LATHE_CASE_field_compare
bool field_compare(const holds_opaque& a) {
    return lathe::compare(a, a) == 0;
}
#endif

// expect-error(unordered_compare): lathe::compare: a field has no order; give its type an operator<=>, or
#ifdef LATHE_CASE_unordered_compare
struct holds_set {
    std::unordered_set<int> set;
};
bool unordered_compare(const holds_set& a) {
    return lathe::compare(a, a) == 0;
}
#endif

// expect-error(field_hash): lathe::hash: a field has no std::hash; specialise it for its type, or make that
#ifdef LATHE_CASE_field_hash
auto field_hash(const holds_opaque& a) {
    return lathe::hash(a);
}
#endif

// Another type is another model, whatever its fields.
// expect-error(two_types): (no matching function|deduced conflicting)
// max-lines(two_types): gcc 12 clang 12
#ifdef LATHE_CASE_two_types
struct other_point {
    int x;
    int y;
};
auto two_types = lathe::equal(point{}, other_point{});
#endif

// The shapes that are out of reach say so here too, and nothing else.
struct with_reference {
    int& a;
    int b;
};
// expect-error(reference): lathe::described: this aggregate has a reference for a member, which no one can name; make
#ifdef LATHE_CASE_reference
bool reference(const with_reference& a) {
    return lathe::equal(a, a);
}
#endif

// expect-error(no_std_hash): (__hash_enum|std::hash<point>)
// max-lines(no_std_hash): gcc 25 clang 25
#ifdef LATHE_CASE_no_std_hash
auto no_std_hash = std::hash<point>{}(point{});
#endif
