// SPDX-License-Identifier: MIT
#include <lathe/model/record.hpp> // first: proves that the header stands alone

#include <cstddef>
#include <cstdint>
#include <limits>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <unordered_set>
#include <utility>
#include <vector>

#include <fmt/core.h>

#include <lathe/model/builder.hpp>
#include <lathe/model/element_rules.hpp>
#include <lathe/model/number_rules.hpp>
#include <lathe/model/text_rules.hpp>
#include <lathe/model/validate.hpp>

#include "support/catch.hpp"

namespace {

using lathe::dict;
using lathe::list;
using lathe::record;
using lathe_test::Message;

// What a record promises at compile time.
static_assert(sizeof(record) == sizeof(void*));
static_assert(std::is_nothrow_default_constructible_v<record> && std::is_nothrow_move_constructible_v<record>);
static_assert(std::is_nothrow_move_assignable_v<record> && std::is_copy_constructible_v<record>);
static_assert(std::is_trivially_copyable_v<lathe::record_key<int>>);

const lathe::model_type& address_type() {
    static const lathe::model_type type = lathe::model_builder("address")
                                              .field<std::string>("city", lathe::not_empty)
                                              .field<std::string>("zip", lathe::length<5>)
                                              .build();
    return type;
}
const lathe::model_type& person_type() {
    static const lathe::model_type type = lathe::model_builder("person")
                                              .field<std::string>("name", lathe::trimmed, lathe::not_empty)
                                              .field<int>("age", lathe::in_range<0, 150>, lathe::defaults_to<18>)
                                              .field<std::optional<std::string>>("email", lathe::contains<"@">)
                                              .field<double>("score", lathe::at_least<0.0>)
                                              .field<std::vector<std::string>>("tags", lathe::each<lathe::not_empty>)
                                              .build();
    return type;
}
record ada() {
    return person_type()({{"name", "Ada"}, {"age", 36}});
}
record house(std::string_view zip) {
    return address_type()({{"city", "London"}, {"zip", zip}});
}

TEST_CASE("record: a field is read by its name and its type", "[record]") {
    const record p = ada();
    CHECK(p["name"].as<std::string>() == "Ada");
    CHECK(p.get<int>("age") == 36);
    CHECK_FALSE(p.get<std::optional<std::string>>("email").has_value());
    CHECK(p["age"].get_if<int>() == &p.get<int>("age"));
    CHECK(p["age"].get_if<long>() == nullptr);
    CHECK(p["age"].name() == "age");
    CHECK(p["age"].to_value() == lathe::value(36));
    CHECK_THROWS_MATCHES(p["age"].as<std::string>(), lathe::value_error, Message("person.age holds int, not string"));
    CHECK_THROWS_MATCHES(p.get<int>("agee"),
                         lathe::validation_error,
                         Message("person.agee: is not a field of person; did you mean age?"));
}

TEST_CASE("record: an assignment is checked, and one that fails changes nothing", "[record]") {
    record p = ada();
    p["age"] = 37;
    CHECK(p["age"] == 37);
    CHECK_THROWS_MATCHES(p["age"] = 200, lathe::validation_error, Message("person.age: 200 is not in [0, 150]"));
    CHECK(p["age"] == 37);
    p["name"] = "  Ada Lovelace ";
    CHECK(p["name"] == "Ada Lovelace"); // trimmed first
    CHECK_THROWS_MATCHES(p["name"] = "   ", lathe::validation_error, Message("person.name: \"\" is empty"));
    CHECK(p["name"] == "Ada Lovelace");
    p.set("name", std::string("Augusta"));
    CHECK(p["name"] == std::string_view("Augusta"));
    CHECK_THROWS_MATCHES(
        p["agee"] = 1, lathe::validation_error, Message("person.agee: is not a field of person; did you mean age?"));
    try {
        p["age"] = -1;
        FAIL("taken");
    } catch (const lathe::validation_error& error) {
        CHECK(error.model() == "person");
        REQUIRE(error.issues().size() == 1);
        CHECK(error.issues()[0] == lathe::issue{"age", "in_range", "-1 is not in [0, 150]", "-1"});
    }
}

TEST_CASE("record: what is lost on the way is refused, as numbers in static models are", "[record]") {
    const auto type = lathe::model_builder("numbers")
                          .field<std::uint16_t>("port")
                          .field<double>("real")
                          .field<float>("single")
                          .field<bool>("flag")
                          .field<char>("letter")
                          .field<std::int64_t>("large")
                          .build();
    record r = type();
    r["port"] = 8080;
    r["port"] = 80LL;
    r["port"] = static_cast<unsigned char>(7);
    CHECK(r["port"] == 7);
    CHECK_THROWS_MATCHES(
        r["port"] = 70000, lathe::validation_error, Message("numbers.port: 70000 is not in [0, 65535]"));
    CHECK_THROWS_MATCHES(r["port"] = 7.5, lathe::validation_error, Message("numbers.port: 7.5 is not a whole number"));
    CHECK_THROWS_MATCHES(r["port"] = 7.0, lathe::validation_error, Message("numbers.port: 7 is not a whole number"));
    CHECK_THROWS_MATCHES(
        r["port"] = "80", lathe::validation_error, Message("numbers.port: \"80\" is not a whole number"));
    CHECK_THROWS_MATCHES(
        r["port"] = true, lathe::validation_error, Message("numbers.port: true is not a whole number"));
    CHECK_THROWS_MATCHES(
        r["port"] = 'a', lathe::validation_error, Message("numbers.port: \"a\" is not a whole number"));
    CHECK(r["port"] == 7);
    r["real"] = 3;
    r["real"] = 2.5F;
    CHECK(r["real"] == 2.5);
    CHECK_THROWS_AS(r["real"] = (std::int64_t{1} << 53) + 1, lathe::validation_error);
    r["single"] = 0.5;
    CHECK(r["single"] == 0.5F);
    CHECK_THROWS_AS(r["single"] = 0.1, lathe::validation_error); // no float is
    CHECK_THROWS_AS(r["flag"] = 1, lathe::validation_error);
    r["flag"] = true;
    CHECK(r["flag"] == true);
    r["letter"] = 'x';
    CHECK(r["letter"] == 'x');
    CHECK_THROWS_AS(r["letter"] = 65, lathe::validation_error);
    r["large"] = std::numeric_limits<std::int64_t>::min();
    CHECK(r["large"] == std::numeric_limits<std::int64_t>::min());
    CHECK_THROWS_AS(r["large"] = std::numeric_limits<std::uint64_t>::max(), lathe::validation_error);
    CHECK_THROWS_AS(r["large"] = nullptr, lathe::validation_error);
}

TEST_CASE("record: optionals are emptied by null, in each of its forms", "[record]") {
    record p = ada();
    p["email"] = "ada@example.org";
    CHECK(p["email"] == "ada@example.org");
    CHECK_THROWS_MATCHES(
        p["email"] = "nobody", lathe::validation_error, Message("person.email: \"nobody\" does not contain \"@\""));
    p["email"] = std::nullopt;
    CHECK(p["email"] == std::optional<std::string>());
    p["email"] = std::optional<std::string>("x@y");
    p["email"] = nullptr;
    CHECK(p["email"].to_value().is<std::nullptr_t>());
    p["age"] = std::optional<int>(5);
    CHECK(p["age"] == 5);
    CHECK_THROWS_AS(p["age"] = std::optional<int>(), lathe::validation_error);
}

TEST_CASE("record: containers are assigned as themselves, as lists, and element by element", "[record]") {
    record p = ada();
    p["tags"] = std::vector<std::string>{"a", "b"};
    CHECK(p["tags"].as<std::vector<std::string>>().size() == 2);
    p["tags"] = list{"c"};
    CHECK(p["tags"] == std::vector<std::string>{"c"});
    CHECK_THROWS_MATCHES(
        (p["tags"] = list{"c", "", 7}),
        lathe::validation_error,
        Message("person.tags[2]: 7 is not text")); // what is no text cannot be asked whether it is empty
    CHECK_THROWS_MATCHES((p["tags"] = std::vector<std::string>{"c", ""}),
                         lathe::validation_error,
                         Message("person.tags[1]: \"\" is empty"));
    p["tags"].modify<std::vector<std::string>>([](auto& tags) { tags.push_back("d"); });
    CHECK(p["tags"] == list{"c", "d"});
    CHECK_THROWS_AS(p["tags"].modify<std::vector<std::string>>([](auto& tags) { tags.emplace_back(); }),
                    lathe::validation_error);
    CHECK_THROWS_AS(p["tags"].modify<int>([](int&) {}), lathe::value_error);
    CHECK(p["tags"] == list{"c", "d"});
}

TEST_CASE("record: a value that may be moved from is moved", "[record]") {
    record p = ada();
    std::vector<std::string> tags{"a long text that no small string holds", "another one of that kind"};
    const std::string* const data = tags.data();
    p["tags"] = std::move(tags);
    CHECK(p.get<std::vector<std::string>>("tags").data() == data);
}

TEST_CASE("record: reset goes back to the default", "[record]") {
    record p = ada();
    p.reset("age");
    CHECK(p["age"] == 18);
    p["email"] = "x@y";
    p["email"].reset();
    CHECK(p["email"] == std::nullopt);
    CHECK_THROWS_MATCHES(p.reset("name"), lathe::validation_error, Message("person.name: has no default"));
    CHECK(p["name"] == "Ada");
    CHECK_THROWS_AS(p.reset("agee"), lathe::validation_error);
}

TEST_CASE("record: copies are of their own, moves leave a record of no type", "[record]") {
    record a = ada();
    record b = a;
    b["age"] = 99;
    CHECK(a["age"] == 36);
    CHECK(a != b);
    a = b;
    CHECK(a == b);
    record& self = a;
    a = self;
    CHECK(a == b);
    record c = std::move(a);
    CHECK(c == b);
    CHECK(a.empty()); // NOLINT: what is left is what is looked at
    a = std::move(c);
    CHECK(a == b);
    CHECK(c.empty());   // NOLINT
    c = house("12345"); // of another type: variables are not bound to one
    CHECK(c.type() == address_type());
    c = a;
    CHECK(c.type() == person_type());
}

TEST_CASE("record: one of no type compares and copies, and refuses all else", "[record]") {
    record none;
    const record copy = none;
    CHECK(none.empty());
    CHECK(none == copy);
    CHECK(none != ada());
    CHECK(lathe::to_string(none) == "none");
    CHECK(lathe::hash(none) == lathe::hash(copy));
    CHECK_THROWS_AS(none["age"], lathe::value_error);
    CHECK_THROWS_AS(copy["age"], lathe::value_error);
    CHECK_THROWS_AS(none.type(), lathe::value_error);
    CHECK_THROWS_AS(none.fields(), lathe::value_error);
    CHECK_THROWS_AS(lathe::validate(none), lathe::value_error);
    CHECK_THROWS_AS(lathe::to_dict(none), lathe::validation_error);
    CHECK_THROWS_AS(lathe::modify(none, [](record&) {}), lathe::value_error);
    CHECK(none.get_if<int>() == nullptr);
}

TEST_CASE("record: equal records of one type hash alike, and can be keys", "[record]") {
    std::unordered_set<record> seen;
    seen.insert(ada());
    CHECK(seen.contains(ada()));
    record other = ada();
    other["score"] = 1;
    CHECK_FALSE(seen.contains(other));
    CHECK(lathe::hash(other) != lathe::hash(ada()));
    CHECK(lathe::equal(ada(), ada()));
    // The same fields make another type if they are built again.
    const auto twin = lathe::model_builder("address", address_type()).build();
    CHECK(twin({{"city", "London"}, {"zip", "12345"}}) != house("12345"));
}

TEST_CASE("record: text and fmt write it as a model", "[record]") {
    record p = ada();
    p["tags"] = list{"a\"b"};
    CHECK(lathe::to_string(p) == "person(name=\"Ada\", age=36, email=none, score=0, tags=[\"a\\\"b\"])");
    CHECK(fmt::format("{}", p) == lathe::to_string(p));
    CHECK(fmt::format("{:*>8}", p["age"]) == "******36");
    CHECK(fmt::format("{}", std::as_const(p)["name"]) == "Ada"); // as a property is
    CHECK(lathe::to_string(p["tags"]) == "[\"a\\\"b\"]");
}

TEST_CASE("record: its fields are gone through in order", "[record]") {
    const record p = ada();
    std::string text;
    for (const lathe::field_view field : p.fields())
        text += std::string(field.name()) + "=" + lathe::to_string(field) + ";";
    CHECK(text == "name=Ada;age=36;email=none;score=0;tags=[];");
    CHECK(p.fields().size() == 5);
    std::vector<std::string_view> names;
    lathe::for_each_field(p, [&](std::string_view name, const auto& field) {
        names.push_back(name);
        CHECK(field.name() == name);
    });
    CHECK(names == std::vector<std::string_view>{"name", "age", "email", "score", "tags"});
    std::size_t rules = 0;
    lathe::for_each_field(
        p, [&](std::string_view, lathe::field_view, const lathe::field_info& info) { rules += info.rules.size(); });
    CHECK(rules == 5);
}

TEST_CASE("record: a dict of it is the one that it is made of", "[record]") {
    const dict made = lathe::to_dict(ada());
    CHECK(made == dict{{"name", "Ada"}, {"age", 36}, {"email", nullptr}, {"score", 0.0}, {"tags", list{}}});
    CHECK(person_type()(made) == ada());
    CHECK(lathe::to_value(ada()) == lathe::value(made));
}

TEST_CASE("record: a key finds its field without a search, and only in its own type", "[record]") {
    const auto age = person_type().key<int>("age");
    CHECK(age.index() == 1);
    record p = ada();
    CHECK(p.get(age) == 36);
    p[age] = 40;
    p.set(age, p.get(age) + 1);
    CHECK(std::as_const(p)[age] == 41);
    CHECK_THROWS_MATCHES(p[age] = 200, lathe::validation_error, Message("person.age: 200 is not in [0, 150]"));
    CHECK_THROWS_MATCHES(
        person_type().key<double>("age"), lathe::value_error, Message("person.age holds int, not double"));
    record other = house("12345");
    CHECK_THROWS_AS(other[age], lathe::value_error);
    CHECK_THROWS_AS(other.set(age, 1), lathe::value_error);
    CHECK_THROWS_AS(person_type().key<int>("agee"), lathe::validation_error);
}

TEST_CASE("record: fields of two records are assigned to each other as their values are", "[record]") {
    record a = ada();
    record b = ada();
    b["age"] = 50;
    a["age"] = b["age"];
    CHECK(a["age"] == 50);
    CHECK(a["age"] == b["age"]);
    a["score"] = b["age"]; // another type: by its value
    CHECK(a["score"] == 50);
    CHECK(a["score"] == b["age"]);
    CHECK_THROWS_AS(a["age"] = b["name"], lathe::validation_error);
    CHECK(a["name"] != b["age"]);
}

TEST_CASE("record: modify checks all of a change, or makes none of it", "[record]") {
    const auto trip_type =
        lathe::model_builder("trip")
            .field<int>("departs", lathe::in_range<0, 24>)
            .field<int>("arrives", lathe::in_range<0, 24>)
            .invariant("arrives after it departs",
                       [](const record& trip) { return trip.get<int>("arrives") > trip.get<int>("departs"); })
            .build();
    record trip = trip_type({{"departs", 8}, {"arrives", 9}});
    lathe::modify(trip, [](record& t) {
        t["departs"] = 20;
        t["arrives"] = 22;
    });
    CHECK(trip["departs"] == 20);
    const std::string said = "trip: \"arrives after it departs\" does not hold for trip(departs=23, arrives=22)";
    CHECK_THROWS_MATCHES(
        lathe::modify(trip, [](record& t) { t["departs"] = 23; }), lathe::validation_error, Message(said));
    CHECK(trip["departs"] == 20);
    trip["departs"] = 23; // a single field cannot know of the others
    CHECK_THROWS_MATCHES(lathe::validate(trip), lathe::validation_error, Message(said));
    CHECK_THROWS_MATCHES(trip_type({{"departs", 23}, {"arrives", 22}}), lathe::validation_error, Message(said));
}

struct holder {
    int n = 0;
    record held = {};
    std::vector<record> more = {};
};

TEST_CASE("record: a struct may hold records, and is written, compared and validated with them", "[record]") {
    holder h{.n = 1, .held = house("12345"), .more = {house("11111")}};
    CHECK(lathe::to_string(h) ==
          "holder(n=1, held=address(city=\"London\", zip=\"12345\"), more=[address(city=\"London\", zip=\"11111\")])");
    CHECK(lathe::to_dict(h) == dict{{"n", 1},
                                    {"held", dict{{"city", "London"}, {"zip", "12345"}}},
                                    {"more", list{dict{{"city", "London"}, {"zip", "11111"}}}}});
    holder other = h;
    CHECK(lathe::equal(h, other));
    CHECK(lathe::hash(h) == lathe::hash(other));
    other.more[0]["zip"] = "22222";
    CHECK_FALSE(lathe::equal(h, other));
    lathe::validate(h);
    other.more.emplace_back();
    CHECK_THROWS_MATCHES(
        lathe::validate(other), lathe::validation_error, Message("holder.more[1]: a record is of no type"));
}

// A type that asks for much room.
struct alignas(64) wide {
    int number = 0;
};

TEST_CASE("record: memory is aligned for the widest field", "[record]") {
    const auto type = lathe::model_builder("mixed").field<char>("c").field<wide>("w").field<bool>("b").build();
    for (int i = 0; i < 20; ++i) {
        record r = type({{"c", "x"}, {"w", dict{{"number", i}}}, {"b", true}});
        CHECK(reinterpret_cast<std::uintptr_t>(&r.get<wide>("w")) % alignof(wide) == 0);
        CHECK(r.get<wide>("w").number == i);
        const record copy = r;
        CHECK(copy == r);
        r["w"] = wide{i + 1};
        CHECK(r != copy);
    }
}

TEST_CASE("record: what cannot be copied is moved, and copying says which field it is", "[record]") {
    const auto type = lathe::model_builder("holder").field<int>("n").field<std::unique_ptr<int>>("p").build();
    record a = type({{"n", 1}, {"p", 7}});
    CHECK(**a["p"].get_if<std::unique_ptr<int>>() == 7);
    a["p"] = std::make_unique<int>(8);
    const record b = std::move(a);
    CHECK(*b.get<std::unique_ptr<int>>("p") == 8);
    CHECK_THROWS_MATCHES(
        record(b), lathe::value_error, Message("holder.p holds what cannot be copied; move the record"));
}

} // namespace
