// SPDX-License-Identifier: MIT
#include <lathe/model/dict.hpp> // first: proves that the header stands alone

#include <array>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <variant>
#include <vector>

#include <lathe/model/field.hpp>
#include <lathe/model/reflect.hpp>
#include <lathe/model/rules.hpp>
#include <lathe/model/validate.hpp>

#include "support/catch.hpp"

namespace {

using lathe::dict;
using lathe::list;
using lathe::value;
using lathe_test::Message;

enum class colour { red, green, blue };

struct leg {
    lathe::property<std::string, lathe::not_empty> from;
    lathe::property<double, lathe::positive, lathe::alias<"distance">, lathe::alias<"length">> km = 1.0;
};
struct trip {
    lathe::property<std::string, lathe::trimmed, lathe::not_empty, lathe::alias<"Trip Name">> name;
    lathe::property<int, lathe::in_range<1, 8>> seats = 2;
    std::vector<leg> legs = {};
    std::optional<std::string> note = std::nullopt;
    std::chrono::year_month_day day = std::chrono::year(2026) / 11 / 22;
    colour paint = colour::green;
};

std::vector<std::string> keys_of(const dict& from) {
    std::vector<std::string> keys;
    for (const auto& [key, held] : from)
        keys.push_back(key);
    return keys;
}
template <class T>
std::string refusal(const lathe::result<T, lathe::validation_error>& read) {
    return read ? "nothing is refused" : read.error().what();
}

// What the functions return.
static_assert(std::is_same_v<decltype(lathe::to_value(1)), value>);
static_assert(std::is_same_v<decltype(lathe::to_dict(trip{.name = "a"})), dict>);
static_assert(std::is_same_v<decltype(lathe::from_value<int>(value())), int>);
static_assert(std::is_same_v<decltype(lathe::from_dict<trip>(dict())), trip>);
static_assert(
    std::is_same_v<decltype(lathe::try_from_dict<trip>(dict())), lathe::result<trip, lathe::validation_error>>);

// ---- out ----

TEST_CASE("dict: a model has an entry for each field, in its order and under its name", "[dict]") {
    const trip north{.name = "north", .seats = 3, .legs = {{.from = "SFO", .km = 2.5}}, .note = "late"};
    const dict made = lathe::to_dict(north);
    CHECK(keys_of(made) == std::vector<std::string>{"name", "seats", "legs", "note", "day", "paint"});
    CHECK(made == dict{{"name", "north"},
                       {"seats", 3},
                       {"legs", list{value(dict{{"from", "SFO"}, {"km", 2.5}})}},
                       {"note", "late"},
                       {"day", "2026-11-22"},
                       {"paint", "green"}});
    CHECK(lathe::to_value(north) == made);
}

TEST_CASE("dict: what was made shares nothing with the model", "[dict]") {
    trip north{.name = "north", .legs = {{.from = "SFO"}}};
    dict made = lathe::to_dict(north);
    made["name"] = "south";
    made["legs"].as<list>().push_back(1);
    made["legs"].as<list>()[0].as<dict>()["from"] = "";
    CHECK(north.name == "north");
    CHECK(north.legs.size() == 1);
    CHECK(north.legs[0].from == "SFO");
    north.name = "east";
    CHECK(made.at("name") == "south");
}

TEST_CASE("dict: maps are dicts too, and containers are lists", "[dict]") {
    const std::map<std::string, leg> legs{{"first", {.from = "SFO"}}};
    CHECK(lathe::to_dict(legs) == dict{{"first", dict{{"from", "SFO"}, {"km", 1.0}}}});
    CHECK(lathe::from_dict<std::map<std::string, leg>>(lathe::to_dict(legs)).at("first").from == "SFO");
    CHECK(lathe::to_value(std::vector{1, 2}) == list{1, 2});
    CHECK(lathe::from_value<std::vector<int>>(list{1, 2}) == std::vector{1, 2});
    CHECK(refusal(lathe::try_from_dict<std::map<std::string, leg>>(dict{{"a", dict{{"km", 0}}}})) ==
          "[\"a\"].km: 0 is not positive\n"
          "[\"a\"].from: is missing");
}

TEST_CASE("dict: an enumerator without a name has no place in a dict", "[dict]") {
    trip north{.name = "north"};
    north.paint = static_cast<colour>(7);
    CHECK_THROWS_MATCHES(lathe::to_dict(north), lathe::validation_error, Message("trip.paint: colour(7) has no name"));
    try {
        static_cast<void>(lathe::to_value(std::vector{colour::red, static_cast<colour>(9)}));
        FAIL("nothing is thrown");
    } catch (const lathe::validation_error& thrown) {
        REQUIRE(thrown.issues().size() == 1);
        CHECK(thrown.issues()[0] == lathe::issue{"[1]", "one_of", "colour(9) has no name", "colour(9)"});
    }
    CHECK_THROWS_MATCHES(lathe::to_dict(std::map<colour, int>{{static_cast<colour>(7), 1}}),
                         lathe::validation_error,
                         Message("colour(7) has no name"));
}

struct chain {
    std::shared_ptr<chain> next = nullptr;
};

TEST_CASE("dict: a date that could not be read again is not written", "[dict]") {
    using namespace std::chrono;
    struct event {
        year_month_day day{};
    };
    try {
        static_cast<void>(lathe::to_dict(event{}));
        FAIL("no exception");
    } catch (const lathe::validation_error& error) {
        CHECK(std::string(error.what()) == "event.day: 0000-00-00 is not in the calendar of the years 0 to 9999");
    }
    CHECK_THROWS_AS(lathe::to_value(year_month_day(year(2026), February, day(30))), lathe::validation_error);
    CHECK_THROWS_AS(lathe::to_value(year_month_day(year(12'000), January, day(1))), lathe::validation_error);
    CHECK_THROWS_AS(lathe::to_value(sys_days(year(10'000) / 1 / 1)), lathe::validation_error);
    CHECK_THROWS_AS(lathe::to_value(sys_days(year(-1) / 12 / 31)), lathe::validation_error);
    CHECK_THROWS_AS(lathe::to_dict(std::map<year_month_day, int>{{year_month_day{}, 1}}), lathe::validation_error);
    CHECK(lathe::to_value(sys_days(year(0) / 1 / 1)) == "0000-01-01");
}

TEST_CASE("dict: what has no end is refused, not followed", "[dict]") {
    const auto first = std::make_shared<chain>();
    first->next = std::make_shared<chain>(first);
    CHECK_THROWS_AS(lathe::to_dict(*first), lathe::validation_error);
    try {
        static_cast<void>(lathe::to_dict(*first));
    } catch (const lathe::validation_error& thrown) {
        REQUIRE(thrown.issues().size() == 1);
        CHECK(thrown.issues()[0].rule == "depth");
        CHECK(thrown.issues()[0].path.starts_with("next.next.next."));
    }
    first->next->next = nullptr; // else it would never be released
    CHECK(lathe::to_dict(*first) == dict{{"next", dict{{"next", nullptr}}}});
}

TEST_CASE("dict: a thousand levels are written", "[dict]") {
    auto at = std::make_shared<chain>();
    for (int i = 1; i < 1000; ++i)
        at = std::make_shared<chain>(chain{at});
    const dict made = lathe::to_dict(*at);
    const auto read = lathe::from_dict<chain>(made, {.max_depth = 1000});
    std::size_t levels = 1;
    for (const chain* each = &read; each->next != nullptr; each = each->next.get())
        ++levels;
    CHECK(levels == 1000);
    CHECK_THROWS_AS(lathe::to_dict(chain{at}), lathe::validation_error);
    value deep;
    for (int i = 0; i < 1001; ++i)
        deep = list{std::move(deep)};
    CHECK_THROWS_AS(lathe::to_value(deep), lathe::validation_error);
}

// ---- in ----

TEST_CASE("dict: a model is made of keys in any order", "[dict]") {
    const auto made =
        lathe::from_dict<trip>(dict{{"paint", "blue"},
                                    {"legs", list{dict{{"km", 3}, {"from", "SFO"}}, dict{{"from", "LAX"}}}},
                                    {"name", "  north "},
                                    {"note", nullptr},
                                    {"seats", 8}});
    CHECK(made.name == "north"); // trimmed first
    CHECK(made.seats == 8);
    REQUIRE(made.legs.size() == 2);
    CHECK(made.legs[0].from == "SFO");
    CHECK(made.legs[0].km == 3.0);
    CHECK(made.legs[1].km == 1.0); // its default
    CHECK_FALSE(made.note);
    CHECK(made.day == std::chrono::year(2026) / 11 / 22);
    CHECK(made.paint == colour::blue);
}

TEST_CASE("dict: a field is known by its name and by each of its aliases", "[dict]") {
    CHECK(lathe::from_dict<leg>(dict{{"from", "a"}, {"km", 2}}).km == 2.0);
    CHECK(lathe::from_dict<leg>(dict{{"distance", 3}, {"from", "a"}}).km == 3.0);
    CHECK(lathe::from_dict<leg>(dict{{"from", "a"}, {"length", 4}}).km == 4.0);
    CHECK(refusal(lathe::try_from_dict<leg>(dict{{"from", "a"}, {"length", 0}})) == "leg.km: 0 is not positive");
    CHECK(keys_of(lathe::to_dict(leg{.from = "a"})) == std::vector<std::string>{"from", "km"}); // names go out
}

TEST_CASE("dict: a key may be missing if what stays obeys the rules", "[dict]") {
    struct careful {
        lathe::property<std::string, lathe::not_empty> must = "a";
        lathe::property<std::string, lathe::required> wanted = "b";
        leg nested = {.from = "c"};
        std::optional<leg> maybe = std::nullopt;
        int plain; // NOLINT: that is the point
    };
    const auto made = lathe::from_dict<careful>(dict{{"wanted", "x"}});
    CHECK(made.must == "a");
    CHECK(made.nested.from == "c");
    CHECK(made.plain == 0);
    struct empty_handed {
        leg nested;                                  // whose default is no leg
        lathe::property<int, lathe::positive> count; // nor is 0 positive
        lathe::property<leg> wrapped;
        std::array<leg, 2> legs;
    };
    CHECK(refusal(lathe::try_from_dict<empty_handed>(dict{})) == "empty_handed.nested: is missing\n"
                                                                 "empty_handed.count: is missing\n"
                                                                 "empty_handed.wrapped: is missing\n"
                                                                 "empty_handed.legs: is missing");
    CHECK(refusal(lathe::try_from_dict<careful>(dict{})) == "careful.wanted: is missing");
}

TEST_CASE("dict: any type is read from a value", "[dict]") {
    CHECK(lathe::from_value<int>(value(7)) == 7);
    CHECK(*lathe::from_value<std::unique_ptr<leg>>(dict{{"from", "a"}})->from == "a");
    CHECK(lathe::from_value<std::variant<int, std::string>>("x") == std::variant<int, std::string>("x"));
    CHECK_THROWS_MATCHES(
        lathe::from_value<int>(value("x")), lathe::validation_error, Message("\"x\" is not a whole number"));
    CHECK(lathe::from_value<lathe::property<int, lathe::positive>>(value(7)) == 7);
    CHECK_THROWS_MATCHES((lathe::from_value<lathe::property<int, lathe::positive>>(value(0))),
                         lathe::validation_error,
                         Message("0 is not positive"));
}

TEST_CASE("dict: models that only move are read and written", "[dict]") {
    struct owner {
        std::unique_ptr<leg> only = nullptr;
        std::vector<std::unique_ptr<int>> numbers = {};
    };
    owner made = lathe::from_dict<owner>(dict{{"only", dict{{"from", "a"}}}, {"numbers", list{1, nullptr}}});
    REQUIRE(made.only);
    REQUIRE(made.numbers.size() == 2);
    CHECK(*made.numbers[0] == 1);
    CHECK(made.numbers[1] == nullptr);
    CHECK(lathe::to_dict(made) == dict{{"only", dict{{"from", "a"}, {"km", 1.0}}}, {"numbers", list{1, nullptr}}});
}

TEST_CASE("dict: a refused dict is as it was, and the error speaks for itself", "[dict]") {
    const dict from{{"name", ""}, {"legs", list{dict{{"from", "a"}}, dict{{"from", "b"}, {"km", -4}}}}};
    const dict before = from;
    CHECK_THROWS_MATCHES(lathe::from_dict<trip>(from),
                         lathe::validation_error,
                         Message("trip.name: \"\" is empty\ntrip.legs[1].km: -4 is not positive"));
    CHECK(from == before);
    const auto read = lathe::try_from_dict<trip>(from, {.place = "trips.bin:7"});
    REQUIRE_FALSE(read);
    CHECK(read.error().model() == "trip");
    CHECK(refusal(read) == "trips.bin:7: trip.name: \"\" is empty\ntrips.bin:7: trip.legs[1].km: -4 is not positive");
    CHECK(read.error().issues()[1] == lathe::issue{"legs[1].km", "positive", "-4 is not positive", "-4"});
}

TEST_CASE("dict: reading never throws where it says so", "[dict]") {
    CHECK_NOTHROW(lathe::try_from_dict<trip>(dict{{"name", 1}}));
    CHECK_NOTHROW(lathe::try_from_value<trip>(value()));
    CHECK(refusal(lathe::try_from_value<trip>(value())) == "trip: null is not a dict");
    CHECK(refusal(lathe::try_from_value<trip>(list{})) == "trip: a list is not a dict");
}

// ---- keys that are no fields ----

struct open_model {
    int known = 0;
    lathe::property<dict, lathe::extra_keys> rest = {};
    lathe::property<int, lathe::alias<"first">, lathe::alias<"second">> named = 0;
};

TEST_CASE("dict: extra keys are kept, and written back in their place", "[dict]") {
    const dict from{{"x", list{1, dict{{"y", nullptr}}}}, {"known", 1}, {"", "empty"}, {"rest", 2}, {"named", 3}};
    const auto made = lathe::from_dict<open_model>(from);
    CHECK(made.known == 1);
    CHECK(made.named == 3);
    CHECK(made.rest == dict{{"x", list{1, dict{{"y", nullptr}}}}, {"", "empty"}, {"rest", 2}});
    CHECK(keys_of(made.rest) == std::vector<std::string>{"x", "", "rest"});
    CHECK(keys_of(lathe::to_dict(made)) == std::vector<std::string>{"known", "x", "", "rest", "named"});
    CHECK(lathe::to_dict(made) == from);
}

TEST_CASE("dict: an extra key that is a field is refused on the way out", "[dict]") {
    for (const std::string key : {"known", "named", "first", "second"}) {
        INFO(key);
        open_model model;
        model.rest.modify([&](dict& rest) { rest[key] = 1; });
        CHECK_THROWS_MATCHES(lathe::to_dict(model),
                             lathe::validation_error,
                             Message("open_model." + key + ": " + key + " is a field, and among the extra keys too"));
    }
}

TEST_CASE("dict: the extra keys obey the rules of their dict", "[dict]") {
    struct limited {
        lathe::property<dict, lathe::extra_keys, lathe::max_length<1>> rest = {};
    };
    CHECK(lathe::from_dict<limited>(dict{{"a", 1}}).rest == dict{{"a", 1}});
    const auto read = lathe::try_from_dict<limited>(dict{{"a", 1}, {"b", 2}});
    REQUIRE_FALSE(read);
    CHECK(refusal(read) == "limited.rest: {\"a\": 1, \"b\": 2} is longer than 1");
}

TEST_CASE("dict: the extra keys that a model had before are gone", "[dict]") {
    struct prefilled {
        lathe::property<dict, lathe::extra_keys> rest = dict{{"a", 1}};
    };
    CHECK(lathe::from_dict<prefilled>(dict{{"a", 2}, {"b", 3}}).rest == dict{{"a", 2}, {"b", 3}});
}

TEST_CASE("dict: unknown keys are refused, unless they are to be ignored", "[dict]") {
    const dict from{{"from", "a"}, {"speed", dict{{"deep", list{1}}}}, {"km", 2}};
    CHECK(refusal(lathe::try_from_dict<leg>(from)) == "leg.speed: is not a field of leg");
    const auto made = lathe::from_dict<leg>(from, {.unknown_keys = lathe::unknown_keys::ignore});
    CHECK(made.from == "a");
    CHECK(made.km == 2.0);
    // In all models of the document.
    const dict nested{{"name", "n"}, {"x", 1}, {"legs", list{value(dict{{"y", 1}, {"from", "a"}})}}};
    CHECK(lathe::from_dict<trip>(nested, {.unknown_keys = lathe::unknown_keys::ignore}).legs.size() == 1);
    CHECK(refusal(lathe::try_from_dict<trip>(nested)) ==
          "trip.x: is not a field of trip\ntrip.legs[0].y: is not a field of leg");
}

// ---- whole models ----

struct flight {
    lathe::property<int, lathe::non_negative> departs = 0, arrives = 1;

    static consteval auto invariants() {
        return lathe::invariants(
            lathe::invariant<"arrives after it departs">([](const flight& f) { return f.arrives > f.departs; }));
    }
};

TEST_CASE("dict: invariants hold for what is read", "[dict]") {
    CHECK(lathe::from_dict<flight>(dict{{"departs", 3}, {"arrives", 4}}).arrives == 4);
    CHECK(refusal(lathe::try_from_dict<flight>(dict{{"departs", 3}})) ==
          "flight: \"arrives after it departs\" does not hold for flight(departs=3, arrives=1)");
    struct day {
        std::vector<flight> flights = {};
        std::optional<lathe::property<flight>> last = std::nullopt;
    };
    CHECK(refusal(lathe::try_from_dict<day>(
              dict{{"flights", list{dict{}, dict{{"departs", 5}}, dict{{"departs", -5}, {"arrives", -6}}}},
                   {"last", dict{{"departs", 5}}}})) ==
          "day.flights[1]: \"arrives after it departs\" does not hold for flight(departs=5, arrives=1)\n"
          "day.flights[2].departs: -5 is not zero or above\n"
          "day.flights[2].arrives: -6 is not zero or above\n" // and its invariant is not asked
          "day.last: \"arrives after it departs\" does not hold for flight(departs=5, arrives=1)");
}

// More fields than a word has bits.
struct wide {
    int f00 = 0, f01 = 0, f02 = 0, f03 = 0, f04 = 0, f05 = 0, f06 = 0, f07 = 0, f08 = 0, f09 = 0;
    int f10 = 0, f11 = 0, f12 = 0, f13 = 0, f14 = 0, f15 = 0, f16 = 0, f17 = 0, f18 = 0, f19 = 0;
    int f20 = 0, f21 = 0, f22 = 0, f23 = 0, f24 = 0, f25 = 0, f26 = 0, f27 = 0, f28 = 0, f29 = 0;
    int f30 = 0, f31 = 0, f32 = 0, f33 = 0, f34 = 0, f35 = 0, f36 = 0, f37 = 0, f38 = 0, f39 = 0;
    int f40 = 0, f41 = 0, f42 = 0, f43 = 0, f44 = 0, f45 = 0, f46 = 0, f47 = 0, f48 = 0, f49 = 0;
    int f50 = 0, f51 = 0, f52 = 0, f53 = 0, f54 = 0, f55 = 0, f56 = 0, f57 = 0, f58 = 0, f59 = 0;
    int f60 = 0, f61 = 0, f62 = 0, f63 = 0;
    lathe::property<int, lathe::required, lathe::alias<"last">> f64 = 0;
    std::optional<leg> f65 = std::nullopt;
};

TEST_CASE("dict: models may have more than 64 fields", "[dict]") {
    dict all = lathe::to_dict(wide{});
    REQUIRE(all.size() == 66);
    int number = 0;
    for (auto&& [key, held] : all) {
        if (key != "f65") held = ++number;
    }
    all["f65"] = dict{{"from", "a"}};
    const auto made = lathe::from_dict<std::map<std::string, wide>>(dict{{"a", all}, {"b", all}});
    CHECK(made.at("b").f00 == 1);
    CHECK(made.at("b").f63 == 64);
    CHECK(made.at("b").f64 == 65);
    CHECK(made.at("b").f65->from == "a");
    CHECK(refusal(lathe::try_from_dict<wide>(dict{{"f00", 1}, {"f65", dict{}}})) ==
          "wide.f65.from: is missing\nwide.f64: is missing");
    CHECK(refusal(lathe::try_from_dict<wide>(dict{{"f64", 1}, {"last", 1}})) == "wide.f64: the key is there already");
}

// ---- properties ----

struct point {
    int x = 0;
    int y = 0;
};
using positive_number = lathe::property<int, lathe::positive>;
using short_word = lathe::property<std::string, lathe::trimmed, lathe::lowered, lathe::not_empty, lathe::max_length<5>>;

struct guarded {
    lathe::field<"count", int, lathe::positive> count = 1;
    short_word word = "a";
    lathe::property<std::optional<int>, lathe::positive> maybe = std::nullopt;
    lathe::property<std::vector<int>, lathe::max_length<2>, lathe::each<lathe::positive>> numbers = {};
    lathe::property<std::map<std::string, int>, lathe::max_length<1>> counts = {};
    lathe::property<point> corner = point{};
    lathe::property<std::optional<point>> other_corner = std::nullopt;
    lathe::property<colour, lathe::one_of<colour::red, colour::blue>> paint = colour::red;
    lathe::property<std::variant<int, std::string>> either = 0;
    lathe::property<dict, lathe::max_length<1>> any = {};
    std::vector<positive_number> each = {};
    std::map<std::string, short_word> words = {};
    std::optional<positive_number> wrapped = std::nullopt;
    std::unique_ptr<positive_number> owned = nullptr;
    std::array<positive_number, 2> pair = {1, 2};
    std::set<short_word> set = {};
    std::vector<lathe::property<std::vector<int>, lathe::max_length<1>>> nested = {};
};

TEST_CASE("dict: properties are what they hold, and their rules hold", "[dict]") {
    const dict good{{"count", 2},
                    {"word", "b"},
                    {"maybe", 3},
                    {"numbers", list{4, 5}},
                    {"counts", dict{{"c", 6}}},
                    {"corner", dict{{"x", 7}, {"y", 8}}},
                    {"other_corner", dict{{"x", 9}, {"y", 10}}},
                    {"paint", "blue"},
                    {"either", "d"},
                    {"any", dict{{"e", 11}}},
                    {"each", list{12, 13}},
                    {"words", dict{{"f", "g"}}},
                    {"wrapped", 14},
                    {"owned", 15},
                    {"pair", list{16, 17}},
                    {"set", list{"h", "i"}},
                    {"nested", list{value(list{18}), list{}}}};
    CHECK(lathe::to_dict(lathe::from_dict<guarded>(good)) == good);

    const auto wrong = lathe::try_from_dict<guarded>(dict{{"count", 0},
                                                          {"word", " TOO LONG "},
                                                          {"maybe", -1},
                                                          {"numbers", list{1, 0, 3}},
                                                          {"counts", dict{{"a", 1}, {"b", 2}}},
                                                          {"corner", dict{{"x", true}}},
                                                          {"other_corner", dict{{"depth", 1}}},
                                                          {"paint", "green"},
                                                          {"either", false},
                                                          {"any", dict{{"a", 1}, {"b", 2}}},
                                                          {"each", list{1, 0}},
                                                          {"words", dict{{"a", "  "}}},
                                                          {"wrapped", 0},
                                                          {"owned", -1},
                                                          {"pair", list{0, 1}},
                                                          {"set", list{"A", " a "}},
                                                          {"nested", list{list{}, list{1, 2}}}});
    REQUIRE_FALSE(wrong);
    CHECK(std::string(wrong.error().what()) == "guarded.count: 0 is not positive\n"
                                               "guarded.word: \"too long\" is longer than 5\n"
                                               "guarded.maybe: -1 is not positive\n"
                                               "guarded.numbers: [1, 0, 3] is longer than 2\n"
                                               "guarded.numbers[1]: 0 is not positive\n"
                                               "guarded.counts: {\"a\": 1, \"b\": 2} is longer than 1\n"
                                               "guarded.corner.x: true is not a whole number\n"
                                               "guarded.other_corner.depth: is not a field of point\n"
                                               "guarded.paint: green is not one of red, blue\n"
                                               "guarded.either: false is not a whole number or text\n"
                                               "guarded.any: {\"a\": 1, \"b\": 2} is longer than 1\n"
                                               "guarded.each[1]: 0 is not positive\n"
                                               "guarded.words[\"a\"]: \"\" is empty\n"
                                               "guarded.wrapped: 0 is not positive\n"
                                               "guarded.owned: -1 is not positive\n"
                                               "guarded.pair[0]: 0 is not positive\n"
                                               "guarded.set[1]: the element is there already\n"
                                               "guarded.nested[1]: [1, 2] is longer than 1");
}

} // namespace
