// SPDX-License-Identifier: MIT
// What create_model_class of the Python course and the to_dict of its classes do, and what they get wrong.
#include <lathe/model/dict.hpp> // first: proves that the header stands alone

#include <cstddef>
#include <string>
#include <type_traits>
#include <utility>
#include <vector>

#include <lathe/model/reflect.hpp>
#include <lathe/model/rules.hpp>
#include <lathe/model/text.hpp>

#include "support/catch.hpp"

namespace {

using lathe::dict;
using lathe::list;
using lathe::value;
using lathe_test::Message;

// User = create_model_class("User", {"name": str, "age": int, "tags": list})
struct user {
    lathe::property<std::string, lathe::required> name = "";
    lathe::property<int, lathe::required> age = 0;
    std::vector<std::string> tags = {};
};

TEST_CASE("dict: the Python course's class becomes a dict, field by field", "[dict][seed]") {
    const user ada = lathe::from_dict<user>(dict{{"name", "Ada"}, {"age", 36}}); // User(name="Ada", age=36)
    const dict made = lathe::to_dict(ada);                                       // ada.to_dict()
    CHECK(made == dict{{"name", "Ada"}, {"age", 36}, {"tags", list{}}});
    const auto& [first, held] = *made.begin(); // in the order of the fields
    CHECK(first == "name");
    CHECK(held == "Ada");
    CHECK(lathe::to_string(ada) == "user(name=\"Ada\", age=36, tags=[])");
}

TEST_CASE("dict: the Python course's _fields can be asked without an object", "[dict][seed]") {
    STATIC_REQUIRE(lathe::field_count<user> == 3);
    CHECK(lathe::field_names<user>[0] == "name");
    CHECK(lathe::field_names<user>[2] == "tags");
    // There User._fields is a dict that anybody may change, and then no object has a text any more.
    STATIC_REQUIRE(std::is_const_v<std::remove_reference_t<decltype(lathe::field_names<user>)>>);
}

TEST_CASE("dict: a value of another type is refused, as in the Python course", "[dict][seed]") {
    CHECK_THROWS_MATCHES(lathe::from_dict<user>(dict{{"name", "Ada"}, {"age", "36"}}),
                         lathe::validation_error,
                         Message("user.age: \"36\" is not a whole number")); // TypeError: age must be of type int
}

TEST_CASE("dict: an unknown argument is an error, unlike in the Python course", "[dict][seed]") {
    // User(name="Ada", agee=36): nobody says a word, and age is None.
    CHECK_THROWS_MATCHES(lathe::from_dict<user>(dict{{"name", "Ada"}, {"agee", 36}}),
                         lathe::validation_error,
                         Message("user.agee: is not a field of user; did you mean age?\nuser.age: is missing"));
}

TEST_CASE("dict: a missing argument is an error, unlike in the Python course", "[dict][seed]") {
    // User().name is None, which is no str.
    CHECK_THROWS_MATCHES(lathe::from_dict<user>(dict{}),
                         lathe::validation_error,
                         Message("user.name: is missing\nuser.age: is missing"));
}

TEST_CASE("dict: None is no value of every type, unlike in the Python course", "[dict][seed]") {
    // User(name=None, age=None) passes, since "value is not None" guards the test.
    CHECK_THROWS_MATCHES(lathe::from_dict<user>(dict{{"name", nullptr}, {"age", nullptr}}),
                         lathe::validation_error,
                         Message("user.name: null is not text\nuser.age: null is not a whole number"));
}

TEST_CASE("dict: a truth value is no number, unlike in the Python course", "[dict][seed]") {
    CHECK_THROWS_MATCHES(lathe::from_dict<user>(dict{{"name", "Ada"}, {"age", true}}), // isinstance(True, int)
                         lathe::validation_error,
                         Message("user.age: true is not a whole number"));
}

TEST_CASE("dict: all that is wrong is said at once, unlike in the Python course", "[dict][seed]") {
    // There the first TypeError hides the others, and elements are not looked at: tags=[1, 2] is a list.
    const auto read = lathe::try_from_dict<user>(dict{{"name", 1}, {"age", "x"}, {"tags", list{"a", 2}}});
    REQUIRE_FALSE(read);
    REQUIRE(read.error().issues().size() == 3);
    CHECK(read.error().issues()[2].path == "tags[1]");
}

TEST_CASE("dict: a dict shares nothing with its object, unlike in the Python course", "[dict][seed]") {
    // ada.to_dict()["tags"].append("x") changes ada there.
    const user ada{.name = "Ada", .age = 36, .tags = {"a"}};
    dict made = lathe::to_dict(ada);
    made["tags"].as<list>().push_back("x");
    CHECK(ada.tags == std::vector<std::string>{"a"});
}

TEST_CASE("dict: what is nested becomes a dict too, unlike in the Python course", "[dict][seed]") {
    struct team {
        user lead;
        std::vector<user> members = {};
    };
    const user ada{.name = "Ada", .age = 36};
    const team made{.lead = ada, .members = {ada}}; // there to_dict hands out the objects themselves
    const dict flat{{"name", "Ada"}, {"age", 36}, {"tags", list{}}};
    CHECK(lathe::to_dict(made) == dict{{"lead", flat}, {"members", list{value(flat)}}});
    CHECK(lathe::from_dict<team>(lathe::to_dict(made)).members.at(0).age == 36);
}

TEST_CASE("dict: a field may have any name, unlike in the Python course", "[dict][seed]") {
    // There a field called to_dict hides the function of that name, and one called self is a TypeError.
    struct record {
        int to_dict = 1;
        int self = 2;
        int fields = 3;
    };
    CHECK(lathe::to_dict(record()) == dict{{"to_dict", 1}, {"self", 2}, {"fields", 3}});
    CHECK(lathe::from_dict<record>(dict{{"self", 7}}).self == 7);
}

TEST_CASE("dict: types are still obeyed after construction, unlike in the Python course", "[dict][seed]") {
    // ada.age = "old" passes there, and is in the next dict.
    STATIC_REQUIRE_FALSE(std::is_assignable_v<decltype(user::age)&, const char*>);
    STATIC_REQUIRE_FALSE(std::is_assignable_v<decltype(user::age)&, std::nullptr_t>);
}

} // namespace
