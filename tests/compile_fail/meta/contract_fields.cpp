// SPDX-License-Identifier: MIT
// Each LATHE_CASE_* must not compile, and must say why. Without one, all compiles.
#include <lathe/meta/contract_fields.hpp>

#include <string>

struct stored : lathe::contract<lathe::has_field<"id", int>, lathe::field_has<"id", lathe::primary_key>> {};

class member : public lathe::validated<member, stored> {
public:
    explicit member(int id) : m_id(id) {}
    static consteval auto fields() { return lathe::fields<&member::m_id>; }

private:
    lathe::property<int, lathe::primary_key, lathe::defaults_to<1>> m_id;
};

[[maybe_unused]] static member good() {
    return member(1);
}

// expect-error(not_a_key): lathe::validated<T, Requirements...>: T lacks what is listed here; add it to T
// expect-text(not_a_key): {"a field id with primary_key"}
#ifdef LATHE_CASE_not_a_key
class guest : public lathe::validated<guest, stored> {
public:
    static consteval auto fields() { return lathe::fields<&guest::m_id>; }

private:
    lathe::property<int> m_id = 1;
};
guest g;
#endif

// expect-error(aggregate): static assertion failed
// expect-text(aggregate): {"a field id of type int"}
// expect-text(aggregate): {"a field id with primary_key"}
#ifdef LATHE_CASE_aggregate
struct guest {
    std::string id;
};
static_assert(lathe::conforms<guest, stored>);
#endif

// The rules of the fields of a validated class are checked where the fields are.
// expect-error(default_breaks_a_rule): lathe::property<T, Rules...>: the value of defaults_to breaks a rule of the
// max-lines(default_breaks_a_rule): gcc 12 clang 14
#ifdef LATHE_CASE_default_breaks_a_rule
class guest : public lathe::validated<guest, lathe::has_field<"age">> {
public:
    static consteval auto fields() { return lathe::fields<&guest::m_age>; }

private:
    lathe::property<int, lathe::in_range<1, 150>, lathe::defaults_to<0>> m_age;
};
guest g;
#endif
