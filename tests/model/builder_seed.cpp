// SPDX-License-Identifier: MIT
// What create_model_class of the Python course does, and what it gets wrong; builder_seed.py shows that it does.
#include <lathe/model/builder.hpp> // first: proves that the header stands alone

#include <string>
#include <type_traits>
#include <vector>

#include "support/catch.hpp"

namespace {

using lathe::dict;
using lathe::list;
using lathe::record;
using lathe_test::Message;

// User = create_model_class("User", {"name": str, "age": int, "tags": list})
lathe::model_type user_type() {
    return lathe::model_builder("User")
        .field<std::string>("name", lathe::required)
        .field<int>("age", lathe::required)
        .field<std::vector<std::string>>("tags")
        .build();
}
record ada() {
    return user_type()({{"name", "Ada"}, {"age", 36}, {"tags", list{"a"}}});
}

TEST_CASE("builder: what the Python course's create_model_class is for", "[builder][seed]") {
    const record user = ada();
    CHECK(lathe::to_string(user) == "User(name=\"Ada\", age=36, tags=[\"a\"])");            // repr(user)
    CHECK(lathe::to_dict(user) == dict{{"name", "Ada"}, {"age", 36}, {"tags", list{"a"}}}); // user.to_dict()
    std::string names;
    const lathe::model_type type = user.type();
    for (const lathe::field_info& field : type.fields()) // User._fields
        names += std::string(field.name) + ":" + std::string(field.type) + " ";
    CHECK(names.starts_with("name:string age:int tags:vector<"));
    CHECK_THROWS_MATCHES(user_type()({{"name", "Ada"}, {"age", "36"}}),
                         lathe::validation_error,
                         Message("User.age: \"36\" is not a whole number")); // TypeError: age must be of type int
}

TEST_CASE("builder seed defect 1: a later assignment is checked as well", "[builder][seed]") {
    record user = ada();
    CHECK_THROWS_AS(user["age"] = "old", lathe::validation_error);
    CHECK(user["age"] == 36);
}
TEST_CASE("builder seed defect 2: a missing argument is an error, or has a default of the type", "[builder][seed]") {
    CHECK_THROWS_MATCHES(user_type()({{"name", "Bob"}}), lathe::validation_error, Message("User.age: is missing"));
    CHECK(user_type()({{"name", "Bob"}, {"age", 1}})["tags"] == list{});
}
TEST_CASE("builder seed defect 3: an unknown argument is an error", "[builder][seed]") {
    CHECK_THROWS_MATCHES(user_type()({{"name", "Bob"}, {"age", 1}, {"agee", 36}}),
                         lathe::validation_error,
                         Message("User.agee: is not a field of User; did you mean age?"));
}
TEST_CASE("builder seed defect 4: a bool is no int", "[builder][seed]") {
    CHECK_THROWS_AS(user_type()({{"name", "Bob"}, {"age", true}}), lathe::validation_error);
    CHECK_THROWS_AS(ada()["age"] = true, lathe::validation_error);
}
TEST_CASE("builder seed defect 5: to_dict hands out a copy of what is inside", "[builder][seed]") {
    const record user = ada();
    dict made = lathe::to_dict(user);
    made["tags"].as<list>().push_back("b");
    CHECK(user["tags"] == list{"a"});
}
TEST_CASE("builder seed defect 6: all that is wrong is reported", "[builder][seed]") {
    CHECK_THROWS_MATCHES(user_type()({{"name", 1}, {"age", "x"}, {"tags", 2}}),
                         lathe::validation_error,
                         Message("User.name: 1 is not text\n"
                                 "User.age: \"x\" is not a whole number\n"
                                 "User.tags: 2 is not a list"));
}
TEST_CASE("builder seed defect 7: records are equal by value, and have no other attributes", "[builder][seed]") {
    record user = ada();
    const record same = user;
    CHECK(user == same);
    CHECK_THROWS_MATCHES(user["nmae"] = "Eve",
                         lathe::validation_error,
                         Message("User.nmae: is not a field of User; did you mean name?"));
}
TEST_CASE("builder seed defect 8: the types of elements are checked", "[builder][seed]") {
    CHECK_THROWS_MATCHES(user_type()({{"name", "Bob"}, {"age", 1}, {"tags", list{"a", 2}}}),
                         lathe::validation_error,
                         Message("User.tags[1]: 2 is not text"));
}
TEST_CASE("builder seed defect 9: nobody can change the fields of a type", "[builder][seed]") {
    const lathe::model_type type = user_type();
    static_assert(std::is_same_v<decltype(type.fields()), lathe::constant_view<lathe::field_info>>);
    lathe::model_builder("Other", type).field<std::string>("mail"); // another model
    CHECK(type.size() == 3);
}
TEST_CASE("builder seed defect 10: a field cannot get in the way of a function, nor have no name", "[builder][seed]") {
    const auto odd = lathe::model_builder("Odd").field<int>("to_dict").build();
    CHECK(lathe::to_dict(odd({{"to_dict", 1}})) == dict{{"to_dict", 1}});
    CHECK_THROWS_AS(lathe::model_builder("Odd").field<int>(""), lathe::model_error);
}

} // namespace
