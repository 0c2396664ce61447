// SPDX-License-Identifier: MIT
// Each LATHE_CASE_* must not compile, and must say why. Without one, all compiles.
#include <lathe/model/value.hpp>

#include <string>

enum class phase { climb, cruise };

[[maybe_unused]] static int good() {
    lathe::dict legs{{"a", lathe::dict{{"x", 1}}}, {"b", lathe::list{lathe::list{1, 2}, lathe::list{3}}}, {"c", {}}};
    for (auto& [key, value] : legs)
        value = std::string(key);
    legs["d"] = 'c' - 'a';
    return static_cast<int>(legs["d"].as<std::int64_t>());
}

// An entry's value is not made of braces, so the entries are none, and the compiler lists what else a dict is made of.
// expect-error(nested_braces): no matching (function for call to|constructor for initialization of) .*dict
// max-lines(nested_braces): gcc 28 clang 16
#ifdef LATHE_CASE_nested_braces
lathe::dict d{{"a", {{"x", 1}}}};
#endif

// expect-error(list_of_braces): no matching (function for call to|constructor for initialization of) .*dict
// max-lines(list_of_braces): gcc 28 clang 16
#ifdef LATHE_CASE_list_of_braces
lathe::dict d{{"a", {1, 2, 3}}};
#endif

// expect-error(letter): lathe::value: nothing of this type is a value; make one of a model or a container with
#ifdef LATHE_CASE_letter
lathe::value v{'c'};
#endif

// expect-error(pointer): lathe::value: nothing of this type is a value; make one of a model or a container with
#ifdef LATHE_CASE_pointer
int i = 0;
lathe::value v{&i};
#endif

// expect-error(enumerator): lathe::value: nothing of this type is a value; make one of a model or a container with
#ifdef LATHE_CASE_enumerator
lathe::value v = phase::climb;
#endif

// expect-error(long_double): lathe::value: nothing of this type is a value; make one of a model or a container with
#ifdef LATHE_CASE_long_double
lathe::value v(1.0L);
#endif

// expect-error(as_int): lathe::value: a value holds no such type; ask for std::nullptr_t, bool, std::int64_t, std::uint64_t, double, std::string, lathe::bytes, lathe::list or lathe::dict
#ifdef LATHE_CASE_as_int
int f(const lathe::value& v) {
    return v.as<int>();
}
#endif

// expect-error(is_float): lathe::value: a value holds no such type; ask for
#ifdef LATHE_CASE_is_float
bool f(const lathe::value& v) {
    return v.is<float>();
}
#endif

// expect-error(get_if_view): lathe::value: a value holds no such type; ask for
#ifdef LATHE_CASE_get_if_view
const void* f(const lathe::value& v) {
    return v.get_if<std::string_view>();
}
#endif

// expect-error(key_is_constant): (no match for|no viable overloaded) .*=
// The key is a constant std::string, and the compiler lists its assignments.
// max-lines(key_is_constant): gcc 60 clang 30
#ifdef LATHE_CASE_key_is_constant
void f(lathe::dict& d) {
    for (auto& [key, value] : d)
        key = "other";
}
#endif

// expect-error(entry_is_not_assigned): (use of deleted function|overload resolution selected deleted operator)
#ifdef LATHE_CASE_entry_is_not_assigned
void f(lathe::dict& d, const lathe::dict::entry& e) {
    *d.begin() = e;
}
#endif

// expect-error(model): lathe::value: nothing of this type is a value; make one of a model or a container with
// max-lines(model): gcc 12 clang 16
#ifdef LATHE_CASE_model
struct person {
    int age = 18;
};
void f(lathe::dict& d) {
    d["a"] = person{};
}
#endif

// expect-error(key_of_value): lathe::value: it may hold something without elements; say what it holds, as in
// max-lines(key_of_value): gcc 12 clang 16
#ifdef LATHE_CASE_key_of_value
auto key_of_value = lathe::dict()["a"]["b"];
#endif

// expect-error(key_of_constant): lathe::dict: \[\] adds keys that are missing, and this dict is const; use at or find
// max-lines(key_of_constant): gcc 12 clang 16
#ifdef LATHE_CASE_key_of_constant
bool f(const lathe::dict& d) {
    return d["a"] == 1;
}
#endif
