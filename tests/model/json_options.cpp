// SPDX-License-Identifier: MIT
#include <lathe/model/json_options.hpp> // first: proves that the header stands alone

#include <limits>
#include <map>
#include <string>
#include <vector>

#include <lathe/model/json.hpp>
#include <lathe/model/rules.hpp>

#include "support/catch.hpp"

namespace {

struct leg {
    lathe::property<std::string, lathe::alias<"From">> from = "SFO";
    double km = 3;
    std::vector<int> stops = {};
};

TEST_CASE("json options: by default all is on one line, under the aliases", "[json][options]") {
    constexpr lathe::json_options options;
    STATIC_REQUIRE(options.indent == 0);
    CHECK(lathe::to_json(leg{}, options) == R"({"From":"SFO","km":3.0,"stops":[]})");
}

TEST_CASE("json options: aliases are an option", "[json][options]") {
    CHECK(lathe::to_json(leg{}, {.aliases = false}) == R"({"from":"SFO","km":3.0,"stops":[]})");
}

//! [example]
TEST_CASE("json options: indented as Python's json.dumps does it", "[json][options]") {
    // print(json.dumps({"From": "SFO", "km": 3.0, "stops": [1, 2]}, indent=2)) of CPython 3.11
    CHECK(lathe::to_json(leg{.from = "SFO", .km = 3, .stops = {1, 2}}, {.indent = 2}) == R"({
  "From": "SFO",
  "km": 3.0,
  "stops": [
    1,
    2
  ]
})");
    CHECK(lathe::to_json(std::vector<int>{}, {.indent = 2}) == "[]");
    CHECK(lathe::to_json(std::map<std::string, int>{}, {.indent = 2}) == "{}");
    CHECK(lathe::to_json(7, {.indent = 2}) == "7");
    CHECK(lathe::to_json(std::vector<std::vector<int>>{{}, {1}}, {.indent = 1}) == "[\n [],\n [\n  1\n ]\n]");
}
//! [example]

TEST_CASE("json options: what is not finite throws, or is null", "[json][options]") {
    const std::vector<double> values{1, std::numeric_limits<double>::infinity()};
    CHECK_THROWS_AS(lathe::to_json(values), lathe::validation_error);
    CHECK(lathe::to_json(values, {.non_finite_as_null = true}) == "[1.0,null]");
}

} // namespace
