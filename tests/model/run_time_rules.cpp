// SPDX-License-Identifier: MIT
#include <lathe/model/run_time_rules.hpp> // first: proves that the header stands alone

#include <atomic>
#include <optional>
#include <stdexcept>
#include <string>
#include <vector>

#include <lathe/model/builder.hpp>
#include <lathe/model/number_rules.hpp>
#include <lathe/model/text_rules.hpp>

#include "support/catch.hpp"

namespace {

using lathe::checked_by;
using lathe::default_factory;
using lathe::default_value;
using lathe::dict;
using lathe::list;
using lathe::model_builder;
using lathe::record;
using lathe_test::Message;

TEST_CASE("run-time rules: a default that is known at run time is checked when the model is built", "[builder]") {
    std::string home = "San Francisco"; // from a file, say
    const auto type = model_builder("person")
                          .field<std::string>("city", lathe::not_empty, default_value(home))
                          .field<double>("share", default_value(1))
                          .field<std::optional<int>>("size", default_value(std::nullopt))
                          .build();
    home = "changed";
    CHECK(lathe::to_string(type()) == "person(city=\"San Francisco\", share=1, size=none)");
    CHECK_FALSE(type.find("city")->required);
    record r = type({{"city", "Rome"}});
    CHECK(r["city"] == "Rome");
    r.reset("city");
    CHECK(r["city"] == "San Francisco");
    CHECK_THROWS_MATCHES(model_builder("person").field<int>("age", lathe::in_range<0, 150>, default_value(200)).build(),
                         lathe::validation_error,
                         Message("person.age: 200 is not in [0, 150]"));
    CHECK_THROWS_MATCHES(model_builder("person").field<signed char>("age", default_value(1000)).build(),
                         lathe::validation_error,
                         Message("person.age: 1000 is not in [-128, 127]"));
}

TEST_CASE("run-time rules: a factory makes a default for each record that needs one, and for no other", "[builder]") {
    std::atomic<int> calls = 0;
    const auto type = model_builder("ticket")
                          .field<int>("id", lathe::positive, default_factory([&calls] { return ++calls; }))
                          .field<std::string>("text", lathe::required)
                          .build();
    CHECK(calls == 0); // a model is made without it
    const dict from{{"text", "x"}};
    CHECK(type(from)["id"] == 1);
    CHECK(type(from)["id"] == 2);
    CHECK(type({{"text", "x"}, {"id", 50}})["id"] == 50);
    CHECK(calls == 2);
    record r = type(from);
    r["id"] = 100;
    r.reset("id");
    CHECK(r["id"] == 4);
    const record copy = r; // a copy needs none
    CHECK(copy["id"] == 4);
    CHECK(calls == 4);
}

TEST_CASE("run-time rules: what a factory makes is checked, and what it throws is not lost", "[builder]") {
    int next = 0;
    const auto type = model_builder("m")
                          .field<int>("n", lathe::at_least<0>, default_factory([&next] {
                                          if (next == 7) throw std::runtime_error("no more");
                                          return next--;
                                      }))
                          .build();
    CHECK(type()["n"] == 0);
    CHECK_THROWS_MATCHES(type(), lathe::validation_error, Message("m.n: -1 is not at least 0"));
    record r = type({{"n", 3}});
    CHECK_THROWS_AS(r.reset("n"), lathe::validation_error);
    CHECK(r["n"] == 3);
    next = 7;
    CHECK_THROWS_AS(type(), std::runtime_error);
    CHECK_THROWS_AS(r.reset("n"), std::runtime_error);
    CHECK(r["n"] == 3);
}

TEST_CASE("run-time rules: bounds may come from anywhere", "[builder]") {
    const int limit = std::stoi("10");
    const auto type =
        model_builder("m")
            .field<int>("n", lathe::non_negative, checked_by("below the limit", [limit](int v) { return v < limit; }))
            .field<std::optional<std::string>>(
                "word",
                checked_by("known",
                           [known = std::vector<std::string>{"a", "b"}](const std::string& v) {
                               return v == known[0] || v == known[1];
                           }))
            .build();
    record r = type({{"n", 9}});
    CHECK_THROWS_MATCHES(r["n"] = 10, lathe::validation_error, Message("m.n: 10 is not below the limit"));
    CHECK_THROWS_MATCHES(r["n"] = -1, lathe::validation_error, Message("m.n: -1 is not zero or above"));
    CHECK_THROWS_MATCHES(type({{"n", 11}, {"word", "c"}}),
                         lathe::validation_error,
                         Message("m.n: 11 is not below the limit\nm.word: \"c\" is not known"));
    r["word"] = "b";
    r["word"] = nullptr; // rules are about what is in an optional
    CHECK_THROWS_AS(r["word"] = "c", lathe::validation_error);
    CHECK(r["n"] == 9);
    const auto& rules = type.fields()[0].rules;
    REQUIRE(rules.size() == 2);
    CHECK(rules[1].name == "below the limit");
    CHECK(rules[1].failure() == "is not below the limit");
}

struct divides {
    int number;
    std::string name = "divisor";
    [[nodiscard]] bool check(int value) const { return value != 0 && number % value == 0; }
    [[nodiscard]] std::string failure(int value) const {
        return "leaves " + std::to_string(value == 0 ? number : number % value);
    }
};

TEST_CASE("run-time rules: an object with the protocol of rules and a state of its own is one", "[builder]") {
    const auto type = model_builder("m").field<int>("n", divides{12}).build();
    record r = type({{"n", 4}});
    CHECK_THROWS_MATCHES(r["n"] = 5, lathe::validation_error, Message("m.n: 5 leaves 2"));
    try {
        r["n"] = 7;
        FAIL("taken");
    } catch (const lathe::validation_error& error) {
        CHECK(error.issues()[0].rule == "divisor");
    }
}

TEST_CASE("run-time rules: a field whose first value breaks such a rule must be given", "[builder]") {
    const auto type = model_builder("m").field<int>("n", divides{12}).build(); // not 0
    CHECK(type.find("n")->required);
    CHECK_THROWS_MATCHES(type(), lathe::validation_error, Message("m.n: is missing"));
    record r = type({{"n", 3}});
    CHECK_THROWS_MATCHES(r.reset("n"), lathe::validation_error, Message("m.n: has no default"));
    CHECK(r["n"] == 3);
    // A default that breaks one is told at once.
    CHECK_THROWS_MATCHES(model_builder("m").field<int>("n", lathe::defaults_to<5>, divides{12}).build(),
                         lathe::validation_error,
                         Message("m.n: 5 leaves 2"));
    CHECK(model_builder("m").field<int>("n", lathe::defaults_to<6>, divides{12}).build()()["n"] == 6);
}

TEST_CASE("run-time rules: they hold for elements of what is nested, and in validate", "[builder]") {
    const auto leg =
        model_builder("leg").field<int>("km", checked_by("short", [max = 100](int v) { return v < max; })).build();
    const auto trip =
        model_builder("trip")
            .field<std::vector<record>>(
                "legs",
                leg,
                checked_by("a way", [least = 1U](const std::vector<record>& legs) { return legs.size() >= least; }))
            .build();
    CHECK_THROWS_MATCHES(trip({{"legs", list{dict{{"km", 5}}, dict{{"km", 500}}}}}),
                         lathe::validation_error,
                         Message("trip.legs[1].km: 500 is not short"));
    CHECK_THROWS_MATCHES(trip({}), lathe::validation_error, Message("trip.legs: is missing"));
    CHECK_THROWS_MATCHES(trip({{"legs", list{}}}), lathe::validation_error, Message("trip.legs: [] is not a way"));
    const record t = trip({{"legs", list{dict{{"km", 5}}}}});
    lathe::validate(t);
}

} // namespace
