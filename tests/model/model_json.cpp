// SPDX-License-Identifier: MIT
// Models that are made of a list of fields, as JSON.
#include <lathe/model/model.hpp>

#include <string>
#include <vector>

#include <lathe/model/json.hpp>
#include <lathe/model/json_schema.hpp>
#include <lathe/model/number_rules.hpp>
#include <lathe/model/text_rules.hpp>

#include "support/catch.hpp"

namespace {

using namespace lathe::literals;
using lathe::field;

using leg = lathe::model<"leg",
                         field<"from", std::string, lathe::not_empty, lathe::alias<"Start">>,
                         field<"km", double, lathe::positive, lathe::defaults_to<1.5>>>;
struct route : lathe::model<"route", field<"name", std::string>, field<"legs", std::vector<leg>>> {
    using model::model;
};

TEST_CASE("model: JSON in and out, under the aliases", "[model][json]") {
    const route r{"name"_f = "north", "legs"_f = {leg{"from"_f = "SFO"}, leg{"km"_f = 2, "from"_f = "LAX"}}};
    const std::string text = lathe::to_json(r);
    CHECK(text == R"({"name":"north","legs":[{"Start":"SFO","km":1.5},{"Start":"LAX","km":2.0}]})");
    CHECK(lathe::from_json<route>(text) == r);
    CHECK(lathe::from_json<leg>(R"({"km":3,"from":"SFO"})")["km"_f] == 3);
}

TEST_CASE("model: all that is wrong in a JSON text, with its place", "[model][json]") {
    const auto read = lathe::try_from_json<route>("{\"legs\": [{\"km\": -1},\n {\"Start\": \"\", \"kn\": 1}]}");
    REQUIRE_FALSE(read);
    CHECK(read.error().issues().size() == 4);
    CHECK(std::string(read.error().what()).find("route.legs[0].from: is missing") != std::string::npos);
    CHECK(std::string(read.error().what()).find("route.legs[0].km: -1 is not positive") != std::string::npos);
}

TEST_CASE("model: its JSON schema has its name and its rules", "[model][json]") {
    const std::string schema = lathe::to_json(lathe::json_schema<leg>());
    CHECK(schema.find(R"("title":"leg")") != std::string::npos);
    CHECK(schema.find(R"("required":["Start"])") != std::string::npos);
    CHECK(schema.find(R"("exclusiveMinimum":0)") != std::string::npos);
}

} // namespace
