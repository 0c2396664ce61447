// SPDX-License-Identifier: MIT
#include <lathe/model/builder.hpp> // first: proves that the header stands alone

#include <cstddef>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

#include <lathe/model/element_rules.hpp>
#include <lathe/model/number_rules.hpp>
#include <lathe/model/text_rules.hpp>

#include "support/catch.hpp"
#include "support/issues.hpp"

namespace {

using lathe::dict;
using lathe::list;
using lathe::model_builder;
using lathe::record;
using lathe_test::Message;

constexpr bool is_even(int number) {
    return number % 2 == 0;
}

lathe::model_type address_type() {
    return model_builder("address").field<std::string>("zip", lathe::length<5>).build();
}

TEST_CASE("builder: the model of the design", "[builder]") {
    auto person_type = lathe::model_builder("person")
                           .field<std::string>("name", lathe::not_empty)
                           .field<int>("age", lathe::in_range<0, 150>, lathe::defaults_to<0>)
                           .build();
    lathe::record ada = person_type({{"name", "Ada"}, {"age", 36}});
    CHECK_THROWS_MATCHES(ada["age"] = 200, lathe::validation_error, Message("person.age: 200 is not in [0, 150]"));
    CHECK(ada["age"] == 36);
    CHECK(lathe::to_string(ada) == "person(name=\"Ada\", age=36)");
    CHECK(person_type({{"name", "Bob"}})["age"] == 0);
}

TEST_CASE("builder: rules of each kind do what they do in a property", "[builder]") {
    const auto type = model_builder("m")
                          .field<int>("even", lathe::rule<"even", is_even>)
                          .field<int>("plain", is_even) // a function has no name
                          .field<int>("lambda", [](int v) { return v < 10; })
                          .field<std::string>("word", lathe::lowered, lathe::one_of<"bus", "train">)
                          .field<std::optional<int>>("digit", lathe::in_range<0, 9>)
                          .build();
    record r = type({{"even", 2}, {"word", "BUS"}});
    CHECK(r["word"] == "bus");
    CHECK_THROWS_MATCHES(r["even"] = 7, lathe::validation_error, Message("m.even: 7 is not even"));
    CHECK_THROWS_AS(r["plain"] = 7, lathe::validation_error);
    r["plain"] = 8;
    CHECK_THROWS_AS(r["lambda"] = 10, lathe::validation_error);
    CHECK_THROWS_MATCHES(
        r["word"] = "Plane", lathe::validation_error, Message("m.word: \"plane\" is not one of bus, train"));
    CHECK_THROWS_MATCHES(r["digit"] = 10, lathe::validation_error, Message("m.digit: 10 is not in [0, 9]"));
    r["digit"] = nullptr;
    CHECK(lathe::to_string(r) == "m(even=2, plain=8, lambda=0, word=\"bus\", digit=none)");
}

TEST_CASE("builder: names and aliases are told apart, or it is an error", "[builder]") {
    CHECK_THROWS_AS(model_builder(""), lathe::model_error);
    model_builder builder("person");
    builder.field<int>("age", lathe::alias<"Age">).field<int>("size");
    CHECK_THROWS_MATCHES(
        builder.field<int>("age"), lathe::model_error, Message("person.age: there is a field of this name already"));
    CHECK_THROWS_MATCHES(
        builder.field<int>("Age"), lathe::model_error, Message("person.Age: there is a field of this name already"));
    CHECK_THROWS_MATCHES(builder.field<int>("years", lathe::alias<"age">),
                         lathe::model_error,
                         Message("person.age: there is a field of this name already"));
    CHECK_THROWS_MATCHES(builder.field<int>("x", lathe::alias<"y">, lathe::alias<"y">),
                         lathe::model_error,
                         Message("person.y: there is a field of this name already"));
    CHECK_THROWS_MATCHES(builder.field<int>(""), lathe::model_error, Message("person.: the name is empty"));
    // Whatever was refused is not there.
    CHECK(builder.build().size() == 2);
    CHECK(builder.build()({{"Age", 3}})["age"] == 3);
}

TEST_CASE("builder: a model without fields is one", "[builder]") {
    const auto type = model_builder("nothing").build();
    CHECK(lathe::to_string(type()) == "nothing()");
    CHECK(type({}) == type());
    CHECK(lathe::to_dict(type()).empty());
    CHECK_THROWS_MATCHES(type({{"x", 1}}), lathe::validation_error, Message("nothing.x: is not a field of nothing"));
}

TEST_CASE("builder: it goes on after build, and makes another type", "[builder]") {
    model_builder builder("point");
    builder.field<double>("x").field<double>("y");
    const auto flat = builder.build();
    builder.field<double>("z");
    const auto deep = builder.build();
    CHECK(flat.size() == 2);
    CHECK(deep.size() == 3);
    CHECK(flat != deep);
    CHECK(builder.build() != deep);
}

TEST_CASE("builder: a model is extended like a base class", "[builder]") {
    const auto person =
        model_builder("person")
            .field<std::string>("name", lathe::not_empty)
            .field<int>("age", lathe::default_value(18), lathe::checked_by("small", [](int v) { return v < 100; }))
            .invariant("Bob is of age", [](const record& p) { return p["name"] != "Bob" || p.get<int>("age") >= 18; })
            .build();
    const auto clerk = model_builder("clerk", person).field<int>("desk", lathe::positive).build();
    const record ada = clerk({{"name", "Ada"}, {"desk", 7}});
    CHECK(lathe::to_string(ada) == "clerk(name=\"Ada\", age=18, desk=7)");
    CHECK_THROWS_MATCHES(clerk({{"name", "Bob"}, {"age", 100}, {"desk", 1}}),
                         lathe::validation_error,
                         Message("clerk.age: 100 is not small"));
    CHECK_THROWS_AS(clerk({{"name", "Bob"}, {"age", 17}, {"desk", 1}}), lathe::validation_error);
    CHECK_THROWS_AS(model_builder("x", person).field<int>("age"), lathe::model_error);
    CHECK_THROWS_AS(model_builder("", person), lathe::model_error);
}

struct shape {
    lathe::property<std::string, lathe::not_empty> name;
    int corners = 3;
};

TEST_CASE("builder: a model of the program is extended at run time", "[builder]") {
    const auto type = model_builder("house", lathe::model_type::of<shape>()).field("home", address_type()).build();
    const record r = type({{"name", "square"}, {"corners", 4}, {"home", dict{{"zip", "12345"}}}});
    CHECK(lathe::to_string(r) == "house(name=\"square\", corners=4, home=address(zip=\"12345\"))");
    CHECK(r.get_if<shape>() == nullptr); // its fields only
    CHECK_THROWS_MATCHES(type({{"corners", 4}, {"home", dict{{"zip", "12345"}}}}),
                         lathe::validation_error,
                         Message("house.name: is missing"));
}

TEST_CASE("builder: run-time models hold each other, one, some or many", "[builder][nested]") {
    const auto address = address_type();
    const auto person = model_builder("person")
                            .field("home", address)
                            .field<std::optional<record>>("work", address)
                            .field<std::vector<record>>("others", address, lathe::max_length<2>)
                            .field<std::map<std::string, record>>("by_name", address)
                            .field<std::vector<std::optional<record>>>("some", address)
                            .build();
    record p = person({{"home", dict{{"zip", "11111"}}},
                       {"others", list{dict{{"zip", "22222"}}, dict{{"zip", "33333"}}}},
                       {"by_name", dict{{"a", dict{{"zip", "44444"}}}}},
                       {"some", list{nullptr, dict{{"zip", "55555"}}}}});
    CHECK(lathe::to_string(p) ==
          "person(home=address(zip=\"11111\"), work=none, others=[address(zip=\"22222\"), address(zip=\"33333\")], "
          "by_name={\"a\": address(zip=\"44444\")}, some=[none, address(zip=\"55555\")])");
    CHECK(person(lathe::to_dict(p)) == p);
    CHECK(p["home"].as<record>().type() == address);
    CHECK(std::as_const(p)["home"]["zip"] == "11111");

    // All that is wrong is said, with its place.
    const auto wrong = person.try_make({{"home", dict{{"zip", "1"}}},
                                        {"work", 7},
                                        {"others", list{dict{}, dict{{"zip", "12345"}, {"zap", 1}}}},
                                        {"by_name", dict{{"a", dict{{"zip", 1}}}}},
                                        {"some", list{nullptr, "x"}}});
    REQUIRE_FALSE(wrong);
    CHECK(std::string(wrong.error().what()) == "person.home.zip: \"1\" does not have length 5\n"
                                               "person.work: 7 is not a dict\n"
                                               "person.others[0].zip: is missing\n"
                                               "person.others[1].zap: is not a field of address; did you mean zip?\n"
                                               "person.by_name[\"a\"].zip: 1 is not text\n"
                                               "person.some[1]: \"x\" is not a dict");
    CHECK_THROWS_MATCHES(person({}), lathe::validation_error, Message("person.home: is missing"));
}

TEST_CASE("builder: nested records are changed in place, whole, or by a copy", "[builder][nested]") {
    const auto address = address_type();
    const auto person = model_builder("person")
                            .field("home", address)
                            .field<std::optional<record>>("work", address)
                            .field<std::vector<record>>("others", address, lathe::max_length<2>)
                            .field("ruled",
                                   address,
                                   lathe::checked_by("in London", [](const record& a) { return a["zip"] == "00000"; }))
                            .build();
    record p = person({{"home", dict{{"zip", "11111"}}}, {"ruled", dict{{"zip", "00000"}}}});
    p["home"]["zip"] = "12121";
    CHECK(p["home"]["zip"] == "12121");
    CHECK_THROWS_MATCHES(
        p["home"]["zip"] = "1", lathe::validation_error, Message("address.zip: \"1\" does not have length 5"));
    p["home"] = dict{{"zip", "34343"}};
    p["work"] = address({{"zip", "56565"}});
    CHECK_THROWS_MATCHES((p["home"] = dict{{"zip", "1"}}),
                         lathe::validation_error,
                         Message("person.home.zip: \"1\" does not have length 5"));
    CHECK_THROWS_MATCHES(p["home"] = dict{}, lathe::validation_error, Message("person.home.zip: is missing"));
    CHECK(p["home"]["zip"] == "34343");

    // A record of another model is no address, however alike.
    const record alike = address_type()({{"zip", "77777"}});
    CHECK_THROWS_MATCHES(
        p["home"] = alike, lathe::validation_error, Message("person.home: address(zip=\"77777\") is not a address"));
    CHECK_THROWS_AS(p["home"] = record(), lathe::validation_error);
    CHECK_THROWS_AS(p["work"] = alike, lathe::validation_error);
    CHECK_THROWS_MATCHES((p["others"] = std::vector<record>{p["home"].as<record>(), alike}),
                         lathe::validation_error,
                         Message("person.others[1]: address(zip=\"77777\") is not a address"));
    CHECK_THROWS_AS(p["others"].modify<std::vector<record>>([](auto& others) { others.emplace_back(); }),
                    lathe::validation_error);
    p["others"].modify<std::vector<record>>([&](auto& others) { others.push_back(p["home"].template as<record>()); });
    CHECK(p["others"] == list{dict{{"zip", "34343"}}});
    p["home"] = p["work"].as<std::optional<record>>(); // what is in it
    CHECK(p["home"]["zip"] == "56565");

    // A rule about the whole record cannot be asked about a part of it.
    CHECK(std::as_const(p)["ruled"]["zip"] == "00000");
    CHECK_THROWS_AS(p["ruled"]["zip"] = "00000", lathe::value_error);
    CHECK_THROWS_MATCHES((p["ruled"] = dict{{"zip", "00001"}}),
                         lathe::validation_error,
                         Message("person.ruled: address(zip=\"00001\") is not in London"));
    CHECK_THROWS_AS(p["home"]["zip"]["x"], lathe::value_error); // text has no fields
}

TEST_CASE("builder: a record in a field keeps its defaults, as a nested struct does", "[builder][nested]") {
    const auto place = model_builder("place").field<int>("x", lathe::defaults_to<3>).field<int>("y").build();
    const auto trip = model_builder("trip").field("from", place).field("to", place, lathe::required).build();
    record t = trip({{"to", dict{}}});
    CHECK(lathe::to_string(t) == "trip(from=place(x=3, y=0), to=place(x=3, y=0))");
    CHECK_THROWS_MATCHES(trip({}), lathe::validation_error, Message("trip.to: is missing"));
    t["from"]["x"] = 9;
    t.reset("from");
    CHECK(t["from"]["x"] == 3);
    CHECK_THROWS_AS(t.reset("to"), lathe::validation_error);
}

TEST_CASE("builder: models hold themselves in containers", "[builder][nested]") {
    const auto node = model_builder("node")
                          .field<int>("n", lathe::non_negative)
                          .field<std::vector<record>>("children", lathe::itself)
                          .field<std::optional<record>>("next", lathe::itself)
                          .build();
    const record tree = node(
        {{"n", 1}, {"children", list{dict{{"n", 2}, {"children", list{dict{{"n", 3}}}}}}}, {"next", dict{{"n", 4}}}});
    CHECK(lathe::to_string(tree) ==
          "node(n=1, children=[node(n=2, children=[node(n=3, children=[], next=none)], next=none)], "
          "next=node(n=4, children=[], next=none))");
    CHECK(node(lathe::to_dict(tree)) == tree);
    CHECK_THROWS_MATCHES(node({{"n", 1}, {"children", list{dict{{"n", 2}, {"next", dict{{"n", -1}}}}}}}),
                         lathe::validation_error,
                         Message("node.children[0].next.n: -1 is not zero or above"));
    CHECK_THROWS_MATCHES(
        node({{"n", 1}, {"children", list{7}}}), lathe::validation_error, Message("node.children[0]: 7 is not a dict"));
}

TEST_CASE("builder: types outlive their builders, and records their types", "[builder]") {
    record kept;
    {
        const auto inner = model_builder("inner").field<std::string>("text", lathe::not_empty).build();
        const auto outer = model_builder("outer").field<std::vector<record>>("all", inner).build();
        kept = outer({{"all", list{dict{{"text", "a long text that no small string holds"}}}}});
    }
    CHECK(kept["all"].as<std::vector<record>>()[0]["text"] == "a long text that no small string holds");
    CHECK_THROWS_AS((kept["all"] = list{dict{{"text", ""}}}), lathe::validation_error);
    CHECK(kept.type().name() == "outer");
}

TEST_CASE("builder: extra keys are kept where a field says so", "[builder]") {
    const auto type = model_builder("loose").field<int>("x").field<dict>("rest", lathe::extra_keys).build();
    const record r = type({{"x", 1}, {"y", 2}, {"z", list{3}}});
    CHECK(r["rest"] == dict{{"y", 2}, {"z", list{3}}});
    CHECK(lathe::to_dict(r) == dict{{"x", 1}, {"y", 2}, {"z", list{3}}});
}

TEST_CASE("builder: hundreds of fields are found by their names", "[builder]") {
    model_builder builder("wide");
    for (int i = 0; i < 300; ++i)
        builder.field<int>("field_" + std::to_string(i), lathe::at_least<0>);
    builder.field<std::string>("last", lathe::alias<"The Last">);
    const auto type = builder.build();
    dict from;
    for (int i = 299; i >= 0; --i) // not in their order
        from["field_" + std::to_string(i)] = i;
    from["The Last"] = "x";
    record r = type(from);
    for (int i = 0; i < 300; ++i)
        REQUIRE(r.get<int>("field_" + std::to_string(i)) == i);
    CHECK(r["last"] == "x");
    CHECK_THROWS_AS(r["The Last"], lathe::validation_error); // names only
    CHECK_THROWS_MATCHES(r["field_3000"] = 1,
                         lathe::validation_error,
                         Message("wide.field_3000: is not a field of wide; did you mean field_300?") ||
                             Message("wide.field_3000: is not a field of wide; did you mean field_30?"));
    r["field_299"] = 7;
    CHECK(r["field_299"] == 7);
    CHECK(type(lathe::to_dict(r)) == r);
    CHECK(type.key<int>("field_150").index() == 150);
}

} // namespace
