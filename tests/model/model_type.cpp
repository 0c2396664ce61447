// SPDX-License-Identifier: MIT
#include <lathe/model/model_type.hpp> // first: proves that the header stands alone

#include <cstddef>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

#include <lathe/model/builder.hpp>
#include <lathe/model/model.hpp>
#include <lathe/model/number_rules.hpp>
#include <lathe/model/text_rules.hpp>
#include <lathe/model/validate.hpp>

#include "support/catch.hpp"

namespace {

using namespace lathe::literals;
using lathe::dict;
using lathe::model_builder;
using lathe::model_type;
using lathe::record;
using lathe_test::Message;

static_assert(sizeof(model_type) == sizeof(void*));
static_assert(std::is_nothrow_copy_constructible_v<model_type> && !std::is_default_constructible_v<model_type>);

struct flight {
    lathe::property<std::string, lathe::length<3>, lathe::alias<"Origin">, lathe::doc<"where it begins">> from;
    lathe::property<int, lathe::in_range<1, 9>> seats = 4;
    int departs = 8;
    int arrives = 9;

    static consteval auto invariants() {
        return lathe::invariants(
            lathe::invariant<"arrives after it departs">([](const flight& f) { return f.arrives > f.departs; }));
    }
};

class account {
public:
    account() = default;
    explicit account(int id) : m_id(id) {}
    [[nodiscard]] int id() const { return m_id; }
    static consteval auto fields() { return lathe::fields<&account::m_id, &account::m_owner>; }

private:
    int m_id = 7;
    lathe::property<std::string, lathe::not_empty> m_owner = "nobody";
};

TEST_CASE("model_type: tells of its fields without a record, as Python's _fields does", "[model_type]") {
    const auto type =
        model_builder("person")
            .field<std::string>("name", lathe::not_empty, lathe::alias<"Full Name">, lathe::doc<"first and last">)
            .field<int>("age", lathe::in_range<0, 150>, lathe::defaults_to<18>)
            .field<std::optional<int>>("size", lathe::required)
            .build();
    CHECK(type.name() == "person");
    CHECK(type.size() == 3);
    REQUIRE(type.fields().size() == 3);
    const auto fields = type.fields();
    const lathe::field_info& name = fields[0];
    CHECK(name.name == "name");
    CHECK(name.type == "string");
    CHECK(name.doc == "first and last");
    CHECK(name.is_called("Full Name"));
    CHECK(name.required);
    REQUIRE(name.rules.size() == 1);
    CHECK(name.rules[0].name == "not_empty");
    CHECK(name.rules[0].failure() == "is empty");
    CHECK_FALSE(type.find("age")->required);
    CHECK(type.find("size")->required);
    CHECK(type.find("size")->optional);
    CHECK(type.find("Full Name") == nullptr);
    CHECK(type.contains("age"));
    CHECK_FALSE(type.contains("agee"));
    // It cannot be changed by anybody.
    static_assert(std::is_const_v<std::remove_reference_t<decltype(type.fields()[0])>>);
}

TEST_CASE("model_type: the model of a type is the same each time", "[model_type][of]") {
    const auto type = model_type::of<flight>();
    CHECK(type == model_type::of<flight>());
    CHECK(type != model_type::of<account>());
    CHECK(type.name() == "flight");
    REQUIRE(type.size() == 4);
    const auto fields = type.fields();
    for (std::size_t i = 0; i < 4; ++i) {
        const lathe::field_info& known = lathe::field_infos<flight>[i];
        const lathe::field_info& info = fields[i];
        CHECK(info.name == known.name);
        CHECK(info.type == known.type);
        CHECK(info.doc == known.doc);
        CHECK(info.required == known.required);
        CHECK(info.aliases.size() == known.aliases.size());
        CHECK(info.rules.size() == known.rules.size());
    }
}

TEST_CASE("model_type: a record of a type holds an object of it", "[model_type][of]") {
    const auto type = model_type::of<flight>();
    record r = type({{"Origin", "SFO"}, {"seats", 5}});
    const flight* const held = r.get_if<flight>();
    REQUIRE(held != nullptr);
    CHECK(held->from == "SFO");
    CHECK(held->departs == 8);
    r["seats"] = 6;
    CHECK(held->seats == 6);
    CHECK_THROWS_MATCHES(r["seats"] = 10, lathe::validation_error, Message("flight.seats: 10 is not in [1, 9]"));
    r.reset("seats"); // to the default that stands in the struct
    CHECK(held->seats == 4);
    CHECK_THROWS_MATCHES(r.reset("from"), lathe::validation_error, Message("flight.from: has no default"));
    CHECK(r.get_if<account>() == nullptr);
    CHECK_THROWS_MATCHES(type({{"from", "SFO"}, {"arrives", 8}}),
                         lathe::validation_error,
                         Message("flight: \"arrives after it departs\" does not hold for flight(from=\"SFO\", seats=4, "
                                 "departs=8, arrives=8)"));
    r["arrives"] = 1;
    CHECK_THROWS_AS(lathe::validate(r), lathe::validation_error);
    const record copy = r;
    CHECK(copy == r);
    CHECK(copy.get_if<flight>() != held);
}

TEST_CASE("model_type: an object is copied or moved into a record", "[model_type][of]") {
    const auto type = model_type::of<flight>();
    flight f{.from = "LAX"};
    const record copied = type.hold(f);
    CHECK(copied["from"] == "LAX");
    CHECK(copied["arrives"] == 9);
    const record moved = type.hold(std::move(f));
    CHECK(moved == copied);
    CHECK_THROWS_AS(type.hold(account()), lathe::value_error);
    CHECK_THROWS_AS(model_builder("x").build().hold(account()), lathe::value_error);
}

TEST_CASE("model_type: a class with private members has a model too", "[model_type][of]") {
    const auto type = model_type::of<account>();
    record r = type();
    CHECK(lathe::to_string(r) == "account(id=7, owner=\"nobody\")");
    r["id"] = 8;
    CHECK(r.get_if<account>()->id() == 8);
    CHECK_THROWS_MATCHES(r["owner"] = "", lathe::validation_error, Message("account.owner: \"\" is empty"));
    CHECK(type.hold(account(9))["id"] == 9);
}

TEST_CASE("model_type: a model made of a list of fields has one, and may be a field", "[model_type][of]") {
    using point = lathe::
        model<"point", lathe::field<"x", double, lathe::positive>, lathe::field<"y", double, lathe::defaults_to<2.0>>>;
    record p = model_type::of<point>()({{"x", 1}});
    CHECK(lathe::to_string(p) == "point(x=1, y=2)");
    p["y"] = 3;
    CHECK(p.get_if<point>()->get<"y">() == 3);
    p.reset("y");
    CHECK(p["y"] == 2);
    CHECK_THROWS_MATCHES(p["x"] = -1, lathe::validation_error, Message("point.x: -1 is not positive"));
    const auto line = model_builder("line").field<point>("from").build();
    CHECK(lathe::to_string(line({{"from", dict{{"x", 3}}}})) == "line(from=point(x=3, y=2))");
    CHECK_THROWS_MATCHES(line({}), lathe::validation_error, Message("line.from: is missing"));
}

struct only_moves {
    std::unique_ptr<int> held;
    int n = 0;
};

TEST_CASE("model_type: objects that cannot be copied are records that cannot be", "[model_type][of]") {
    const auto type = model_type::of<only_moves>();
    record r = type({{"held", 5}, {"n", 1}});
    CHECK_THROWS_AS(record(std::as_const(r)), lathe::value_error);
    const record moved = std::move(r);
    CHECK(*moved.get_if<only_moves>()->held == 5);
}

TEST_CASE("model_type: a record is made of named values, in any order", "[model_type][named]") {
    const auto type = model_builder("person")
                          .field<std::string>("name", lathe::not_empty)
                          .field<int>("age", lathe::in_range<0, 150>, lathe::defaults_to<18>)
                          .field<std::vector<std::string>>("tags")
                          .build();
    std::vector<std::string> tags{"a long text that no small string holds"};
    const std::string* const data = tags.data();
    const record ada = type("tags"_f = std::move(tags), "name"_f = "Ada");
    CHECK(lathe::to_string(ada) == "person(name=\"Ada\", age=18, tags=[\"a long text that no small string holds\"])");
    CHECK(ada.get<std::vector<std::string>>("tags").data() == data); // moved in
    const auto wrong = type.try_make("age"_f = 200, "agee"_f = 1, "age"_f = 3, "tags"_f = 7);
    REQUIRE_FALSE(wrong);
    CHECK(std::string(wrong.error().what()) == "person.age: 200 is not in [0, 150]\n"
                                               "person.agee: is not a field of person; did you mean age?\n"
                                               "person.age: the key is there already\n"
                                               "person.tags: 7 is not a list\n"
                                               "person.name: is missing");
    CHECK_THROWS_MATCHES(type(), lathe::validation_error, Message("person.name: is missing"));
    CHECK(type.try_make("name"_f = "x").has_value());
}

TEST_CASE("model_type: named values meet the invariants too", "[model_type][named]") {
    CHECK_THROWS_AS(model_type::of<flight>()("from"_f = "SFO", "arrives"_f = 3), lathe::validation_error);
    CHECK(model_type::of<flight>()("from"_f = "SFO")["arrives"] == 9);
}

TEST_CASE("model_type: braces are read as a dict of them, and may not repeat a key", "[model_type]") {
    const auto type = model_builder("m").field<int>("n").field<dict>("rest").build();
    const dict from{{"n", 7}, {"rest", dict{{"a", 1}}}};
    CHECK(type({{"n", 7}, {"rest", dict{{"a", 1}}}}) == type(from));
    CHECK(type({}) == type(dict{}));
    CHECK_THROWS_MATCHES(type({{"n", 7}, {"n", 8}}), lathe::validation_error, Message("m.n: the key is there already"));
    CHECK_FALSE(type.try_make({{"n", "7"}}));
    CHECK(type.try_make({{"n", "7"}}, {.conversions = lathe::conversions::lax}));
}

TEST_CASE("model_type: options say how a dict is read", "[model_type]") {
    const auto type = model_builder("m").field<int>("n").build();
    CHECK_THROWS_AS(type({{"n", "7"}}), lathe::validation_error);
    CHECK(type({{"n", "7"}}, {.conversions = lathe::conversions::lax})["n"] == 7);
    CHECK_THROWS_AS(type({{"n", 7}, {"x", 1}}), lathe::validation_error);
    CHECK(type({{"n", 7}, {"x", 1}}, {.unknown_keys = lathe::unknown_keys::ignore})["n"] == 7);
    CHECK_THROWS_MATCHES(type({{"n", nullptr}}, {.place = "here"}),
                         lathe::validation_error,
                         Message("here: m.n: null is not a whole number"));
}

} // namespace
