// SPDX-License-Identifier: MIT
// What works for aggregates works for models that are made of a list: text, dictionaries, command lines, Hana.
#include <lathe/model/model.hpp>

#include <chrono>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <unordered_map>
#include <variant>
#include <vector>

#include <boost/hana/at_key.hpp>
#include <boost/hana/equal.hpp>
#include <boost/hana/keys.hpp>
#include <boost/hana/members.hpp>
#include <boost/hana/not_equal.hpp>
#include <boost/hana/size.hpp>
#include <fmt/format.h>
#include <fmt/ranges.h>

#include <lathe/model/args.hpp>
#include <lathe/model/dict.hpp>
#include <lathe/model/element_rules.hpp>
#include <lathe/model/field_info.hpp>
#include <lathe/model/hana.hpp>
#include <lathe/model/number_rules.hpp>
#include <lathe/model/text.hpp>
#include <lathe/model/text_rules.hpp>
#include <lathe/model/validate.hpp>

#include "support/catch.hpp"

namespace {

using namespace lathe::literals;
using lathe::field;

enum class vehicle { bus, train };

using leg = lathe::model<"leg",
                         field<"from", std::string, lathe::not_empty>,
                         field<"km", double, lathe::positive, lathe::alias<"distance">>,
                         field<"by", vehicle>>;
using trip = lathe::model<"trip",
                          field<"name", std::string, lathe::trimmed, lathe::not_empty, lathe::doc<"what it is called">>,
                          field<"seats", int, lathe::in_range<1, 8>, lathe::defaults_to<2>>,
                          field<"day", std::optional<std::chrono::year_month_day>>,
                          field<"legs", std::vector<leg>>,
                          field<"last", std::variant<std::monostate, leg, int>>,
                          field<"extra", lathe::dict, lathe::extra_keys>>;
// The same as aggregates: whatever lathe makes of one, it makes of the other.
struct leg_struct {
    lathe::property<std::string, lathe::not_empty> from;
    lathe::property<double, lathe::positive, lathe::alias<"distance">> km;
    lathe::property<vehicle> by{};
};
struct trip_struct {
    lathe::property<std::string, lathe::trimmed, lathe::not_empty, lathe::doc<"what it is called">> name;
    lathe::property<int, lathe::in_range<1, 8>> seats = 2;
    lathe::property<std::optional<std::chrono::year_month_day>> day{};
    lathe::property<std::vector<leg_struct>> legs{};
    lathe::property<std::variant<std::monostate, leg_struct, int>> last{};
    lathe::property<lathe::dict, lathe::extra_keys> extra{};
};
struct station : lathe::model<"station", field<"name", std::string>, field<"tracks", int, lathe::in_range<1, 99>>> {
    using model::model;
};
struct network { // an aggregate of models
    station hub{"name"_f = "Bern", "tracks"_f = 12};
    std::map<std::string, leg> lines{};
    std::unique_ptr<leg> spare{};
};

std::string without_struct(std::string text) {
    for (std::size_t at = text.find("_struct"); at != std::string::npos; at = text.find("_struct"))
        text.erase(at, 7);
    return text;
}

TEST_CASE("model: dictionaries in and out, with all that is wrong", "[model][doors]") {
    const lathe::dict good{{"name", " north "},
                           {"day", "2026-02-28"},
                           {"legs", lathe::list{lathe::dict{{"from", "SFO"}, {"distance", 3}, {"by", "train"}}}},
                           {"last", lathe::dict{{"from", "LAX"}, {"km", 1.5}}},
                           {"more", 7}};
    const auto read = lathe::from_dict<trip>(good);
    CHECK(read["name"_f] == "north");
    CHECK((*read["legs"_f])[0]["by"_f] == vehicle::train);
    CHECK(read["extra"_f]->size() == 1);
    CHECK(lathe::to_dict(read) == lathe::to_dict(lathe::from_dict<trip_struct>(good)));
    CHECK(lathe::from_dict<trip>(lathe::to_dict(read)) == read);
    CHECK(lathe::to_string(read) == without_struct(lathe::to_string(lathe::from_dict<trip_struct>(good))));

    const lathe::dict bad{{"seats", 9},
                          {"day", "2026-02-30"},
                          {"legs", lathe::list{lathe::dict{{"from", ""}, {"km", "far"}}, lathe::dict{}}}};
    const auto refused = lathe::try_from_dict<trip>(bad);
    REQUIRE_FALSE(refused);
    CHECK(refused.error().what() == without_struct(lathe::try_from_dict<trip_struct>(bad).error().what()));
    CHECK(refused.error().issues().size() == 7);
}

TEST_CASE("model: in aggregates, containers, pointers and variants", "[model][doors]") {
    const auto read =
        lathe::from_dict<network>(lathe::dict{{"hub", lathe::dict{{"name", "Olten"}, {"tracks", 4}}},
                                              {"lines", lathe::dict{{"A", lathe::dict{{"from", "X"}, {"km", 1}}}}},
                                              {"spare", lathe::dict{{"from", "Y"}, {"km", 2}}}});
    CHECK(fmt::format("{}", lathe::to_string(read)) ==
          "network(hub=station(name=\"Olten\", tracks=4), lines={\"A\": leg(from=\"X\", km=1, by=bus)}, "
          "spare=leg(from=\"Y\", km=2, by=bus))");
    const auto refused = lathe::try_from_dict<network>(lathe::dict{{"hub", lathe::dict{{"tracks", 0}}}});
    REQUIRE_FALSE(refused);
    CHECK(refused.error().what() == std::string("network.hub.tracks: 0 is not in [1, 99]"));
}

TEST_CASE("model: what is known of the fields without an object", "[model][doors]") {
    REQUIRE(lathe::field_infos<trip>.size() == 6);
    CHECK(lathe::field_infos<trip>[0].doc == "what it is called");
    CHECK(lathe::field_infos<trip>[0].required);
    CHECK(lathe::field_infos<trip>[1].rules[0].name == "in_range");
    CHECK(lathe::field_infos<leg>[1].is_called("distance"));
    CHECK(lathe::field_infos<station>[1].type == "int");
    std::string seen;
    lathe::for_each_field(leg{"from"_f = "X", "km"_f = 2},
                          [&](std::string_view name, const auto& value, const lathe::field_info& info) {
                              seen += fmt::format("{}:{}:{} ", name, info.type, lathe::detail::shown_value(value));
                          });
    CHECK(seen == "from:string:\"X\" km:double:2 by:vehicle:bus ");
}

TEST_CASE("model: fmt and hash", "[model][doors]") {
    const station s{"name"_f = "Bern", "tracks"_f = 12};
    CHECK(fmt::format("{:>35}|", s) == "    station(name=\"Bern\", tracks=12)|");
    CHECK(fmt::format("{}", std::vector<leg>{leg{"from"_f = "X", "km"_f = 2}}) == "[leg(from=\"X\", km=2, by=bus)]");
    CHECK(fmt::format("{}", lathe::model<"nothing">{}) == "nothing()");
    std::unordered_map<station, int> sizes{{s, 1}};
    CHECK(sizes.at(station{"tracks"_f = 12, "name"_f = "Bern"}) == 1);
}

TEST_CASE("model: a command line", "[model][doors]") {
    using options =
        lathe::model<"options",
                     field<"file", std::string, lathe::positional>,
                     field<"workers", int, lathe::in_range<1, 64>, lathe::short_flag<'w'>, lathe::defaults_to<2>>,
                     field<"verbose", bool>,
                     field<"hub", station>>;
    const char* const line[] = {"run", "birds.csv", "-w4", "--verbose", "--hub.tracks=7"};
    const auto read = lathe::try_from_args<options>(5, line);
    REQUIRE(read);
    CHECK(lathe::to_string(*read) ==
          "options(file=\"birds.csv\", workers=4, verbose=true, hub=station(name=\"\", tracks=7))");
    const char* const wrong[] = {"run", "--wrokers=65"};
    CHECK_FALSE(lathe::try_from_args<options>(2, wrong));
}

TEST_CASE("model: a Boost.Hana Struct", "[model][doors]") {
    namespace hana = boost::hana;
    STATIC_REQUIRE(hana::Struct<leg>::value && hana::Struct<station>::value);
    station s{"name"_f = "Bern", "tracks"_f = 12};
    STATIC_REQUIRE(decltype(hana::size(hana::keys(s)))::value == 2);
    auto& tracks = hana::at_key(s, BOOST_HANA_STRING("tracks"));
    CHECK(&tracks == &s["tracks"_f]);
    CHECK_THROWS_AS(tracks = 0, lathe::validation_error);
    tracks = 3;
    CHECK(s["tracks"_f] == 3);
    CHECK(hana::equal(s, station{"name"_f = "Bern", "tracks"_f = 3}));
    CHECK(hana::not_equal(s, station{"name"_f = "Basel", "tracks"_f = 3}));
}

} // namespace
