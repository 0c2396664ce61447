// SPDX-License-Identifier: MIT
// What TypedProperty, ValidatedProperty and Person of the Python course do, and what they get wrong.
#include <lathe/model/property.hpp> // first: proves that the header stands alone

#include <string>
#include <string_view>
#include <type_traits>
#include <vector>

#include <lathe/model/field_info.hpp>
#include <lathe/model/named.hpp>
#include <lathe/model/text.hpp>

#include "support/catch.hpp"

namespace {

using lathe_test::Message;

constexpr bool is_empty_or_address(std::string_view text) {
    return text.empty() || text.find('@') != std::string_view::npos;
}

struct person {
    lathe::property<std::string> name = "";
    lathe::property<int, lathe::in_range<0, 150>> age = 0;
    lathe::property<std::string, lathe::rule<"an address", is_empty_or_address>> email = "";
};

TEST_CASE("property: the Python course's Person refuses a value of another type", "[property][seed]") {
    // There TypeError when the line runs, here no program.
    STATIC_REQUIRE_FALSE(std::is_assignable_v<decltype(person::name)&, int>);
    STATIC_REQUIRE_FALSE(std::is_assignable_v<decltype(person::age)&, const char*>);
    STATIC_REQUIRE_FALSE(std::is_assignable_v<decltype(person::age)&, double>);
}

TEST_CASE("property: the Python course's Person has its defaults", "[property][seed]") {
    const person p;
    CHECK(p.name == "");
    CHECK(p.age == 0);
    CHECK(p.email == "");
}

TEST_CASE("property: the Python course's Person goes back to a default by deletion", "[property][seed]") {
    person p{.name = "Ada", .age = 36, .email = "ada@example.org"};
    lathe::reset<"age">(p); // del p.age
    lathe::reset<"name">(p);
    CHECK(p.age == 0);
    CHECK(p.name == "");
    CHECK(p.email == "ada@example.org");
}

TEST_CASE("property: the Python course's Person keeps its value when a validator fails", "[property][seed]") {
    person p{.name = "Ada", .age = 36, .email = "ada@example.org"};
    CHECK_THROWS_MATCHES(
        lathe::set<"age">(p, 200), lathe::validation_error, Message("person.age: 200 is not in [0, 150]"));
    CHECK_THROWS_AS(p.age = -1, lathe::validation_error);
    CHECK(p.age == 36);
    CHECK_THROWS_MATCHES(p.email = "ada", lathe::validation_error, Message("\"ada\" is not an address"));
    CHECK(p.email == "ada@example.org");
    p.email = "";
    CHECK(p.email == "");
}

TEST_CASE("property: the Python course's Person tells about its fields without an instance", "[property][seed]") {
    const auto& infos = lathe::field_infos<person>; // Person.age is the descriptor
    REQUIRE(infos.size() == 3);
    CHECK(infos[1].name == "age");
    CHECK(infos[1].type == "int");
    REQUIRE(infos[1].rules.size() == 1);
    CHECK(infos[1].rules[0].failure() == "is not in [0, 150]");
}

TEST_CASE("property: the Python course's Person has no text of its own, this one does", "[property][seed]") {
    const person p{.name = "Ada", .age = 36};
    CHECK(lathe::to_string(p) == "person(name=\"Ada\", age=36, email=\"\")");
}

TEST_CASE("property: a default is checked too, unlike in the Python course", "[property][seed]") {
    struct careless {
        lathe::property<int, lathe::in_range<1, 150>> age = 0; // ValidatedProperty(..., default=0) is believed
    };
    CHECK_THROWS_MATCHES(careless(), lathe::validation_error, Message("0 is not in [1, 150]"));
    // With defaults_to<0> it would not even compile: tests/compile_fail/model/property.cpp.
}

TEST_CASE("property: a truth value is no int, unlike in the Python course", "[property][seed]") {
    STATIC_REQUIRE_FALSE(std::is_assignable_v<decltype(person::age)&, bool>); // isinstance(True, int)
    STATIC_REQUIRE_FALSE(std::is_constructible_v<decltype(person::age), bool>);
}

TEST_CASE("property: a change in place cannot bypass the validator, unlike in the Python course", "[property][seed]") {
    struct team {
        lathe::property<std::vector<std::string>, lathe::each<lathe::not_empty>> names;
    };
    team t{.names = {"Ada"}};
    STATIC_REQUIRE(std::is_same_v<decltype(*t.names), const std::vector<std::string>&>); // no t.names.append("")
    CHECK_THROWS_MATCHES(
        t.names.modify([](auto& all) { all.push_back(""); }), lathe::validation_error, Message("[1]: \"\" is empty"));
    CHECK(t.names->size() == 1);
}

} // namespace
