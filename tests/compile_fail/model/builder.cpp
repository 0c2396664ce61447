// SPDX-License-Identifier: MIT
// Each LATHE_CASE_* must not compile, and must say why. Without one, all compiles.
#include <lathe/model/builder.hpp>

#include <memory>
#include <string>
#include <vector>

#include <lathe/model/number_rules.hpp>
#include <lathe/model/text_rules.hpp>

using lathe::model_builder;
using lathe::record;

class closed {
    [[maybe_unused]] int m_age = 0;
};

[[maybe_unused]] static lathe::model_type good(const lathe::model_type& address) {
    int limit = 3;
    return model_builder("m")
        .field<int>("n", lathe::at_least<0>, lathe::default_value(1), [limit](int v) { return v < limit; })
        .field<double>("d", lathe::default_factory([] { return 1; }))
        .field("home", address)
        .field<std::vector<record>>("children", lathe::itself)
        .build();
}
[[maybe_unused]] static void good_fields(const record& r) {
    lathe::for_each_field(r, [](std::string_view, lathe::field_view) {});
}

// expect-error(rule_does_not_fit): lathe::model_builder::field: a rule does not fit the type of the field; use one that checks such values
#ifdef LATHE_CASE_rule_does_not_fit
void f(model_builder& b) {
    b.field<int>("n", lathe::not_empty);
}
#endif

// expect-error(state_does_not_fit): lathe::model_builder::field: a rule does not fit the type of the field; use one that checks such values
#ifdef LATHE_CASE_state_does_not_fit
void f(model_builder& b, const std::string& known) {
    b.field<int>("n", [known](const std::string& v) { return v == known; });
}
#endif

// expect-error(default_is_lossy): lathe::default_value: the value cannot be assigned to the field without loss, or cannot be copied; convert it first, or make it by a default_factory
#ifdef LATHE_CASE_default_is_lossy
void f(model_builder& b) {
    b.field<int>("n", lathe::default_value(3.7));
}
#endif

// expect-error(default_cannot_be_copied): lathe::default_value: the value cannot be assigned to the field without loss, or cannot be copied
#ifdef LATHE_CASE_default_cannot_be_copied
void f(model_builder& b) {
    b.field<std::unique_ptr<int>>("n", lathe::default_value(std::make_unique<int>(3)));
}
#endif

// expect-error(factory_is_lossy): lathe::default_factory: what the factory returns cannot be assigned to the field without loss; let it return the field's type
#ifdef LATHE_CASE_factory_is_lossy
void f(model_builder& b) {
    b.field<int>("n", lathe::default_factory([] { return 3.7; }));
}
#endif

// expect-error(factory_is_mutable): lathe::default_factory: the factory must be callable without arguments while it is const, since several threads may make records; keep what it changes outside of it
#ifdef LATHE_CASE_factory_is_mutable
auto factory = lathe::default_factory([n = 0]() mutable { return ++n; });
#endif

// expect-error(records_without_type): lathe::model_builder::field: records need a type; name it behind the field's name: .field\("home", address_type\)
#ifdef LATHE_CASE_records_without_type
void f(model_builder& b) {
    b.field<std::vector<record>>("homes");
}
#endif

// expect-error(type_without_records): lathe::model_builder::field: a field of this type holds no records, so it has no use for their type; use lathe::record, or an optional or a container of it
#ifdef LATHE_CASE_type_without_records
void f(model_builder& b, const lathe::model_type& address) {
    b.field<int>("home", address);
}
#endif

// expect-error(endless): lathe::model_builder::field: a record that holds a record of its own model has no end; hold it in an optional or a container
#ifdef LATHE_CASE_endless
void f(model_builder& b) {
    b.field<record>("child", lathe::itself);
}
#endif

// expect-error(undescribed): lathe::model_type::of: the type is not described; make it an aggregate
#ifdef LATHE_CASE_undescribed
auto type = lathe::model_type::of<closed>();
#endif

// expect-error(no_document): lathe::model_builder::field: a value of this type has no place in a document, as all fields of run-time models have; make it a model, or give it to_string and read_text in its namespace
#ifdef LATHE_CASE_no_document
void f(model_builder& b) {
    b.field<closed>("x");
}
#endif

// expect-error(read_as_record): lathe::from_dict: the fields of a record are known at run time only; read it by its type, as in person_type\(dict\)
// max-lines(read_as_record): gcc 18 clang 26
#ifdef LATHE_CASE_read_as_record
struct holder {
    record held = {};
};
auto h = lathe::from_dict<holder>(lathe::dict{});
#endif

// expect-error(get_of_a_temporary): lathe::record: its fields would be gone with the temporary; give the record a name
// max-lines(get_of_a_temporary): gcc 12 clang 16
#ifdef LATHE_CASE_get_of_a_temporary
const int& n(const lathe::model_type& type) {
    return type().get<int>("n");
}
#endif

// expect-error(fields_of_a_temporary): lathe::record: its fields would be gone with the temporary; give the record a name
// max-lines(fields_of_a_temporary): gcc 12 clang 16
#ifdef LATHE_CASE_fields_of_a_temporary
auto f(const lathe::model_type& type) {
    return type().fields();
}
#endif

// expect-error(value_for_rule): lathe::model_builder::field: behind the name stand rules, not values; write a default as
#ifdef LATHE_CASE_value_for_rule
void f(model_builder& b) {
    b.field<int>("n", 18);
}
#endif

// expect-error(value_of_record): lathe::for_each_field: the function cannot be called with a name and a field of a record
// max-lines(value_of_record): gcc 12 clang 16
#ifdef LATHE_CASE_value_of_record
void f(const record& r) {
    lathe::for_each_field(r, [](std::string_view, int) {});
}
#endif

// expect-error(set_in_record): lathe::get, set, reset<Name>: the fields of a record are known at run time only; call its
// max-lines(set_in_record): gcc 12 clang 16
#ifdef LATHE_CASE_set_in_record
void f(record& r) {
    lathe::set<"n">(r, 3);
}
#endif
