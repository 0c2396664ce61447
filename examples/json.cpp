// SPDX-License-Identifier: MIT
// Models as JSON, JSON as checked models: a document is a model, or a list of all that is wrong with it and where.
#include <chrono>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include <fmt/format.h>

#include <lathe/lathe.hpp>
#include <lathe/model/json.hpp> // needs the target lathe::json
#include <lathe/model/json_schema.hpp>

//! [json]
enum class vehicle { bus, train };

struct leg {
    lathe::property<std::string, lathe::not_empty> from, to;
    lathe::property<double, lathe::positive> km = 1.0;
    vehicle by = vehicle::train;
};

struct trip {
    lathe::property<std::string, lathe::not_empty, lathe::max_length<20>, lathe::alias<"Trip Name">> name;
    std::chrono::year_month_day day{};
    lathe::property<std::vector<leg>, lathe::max_length<9>> legs = {};
    std::optional<std::string> note{};
};

constexpr auto document = R"({
  "Trip Name": "north",
  "day": "2026-02-30",
  "legs": [
    {"from": "Bern", "to": "Olten", "km": 66.5},
    {"from": "", "to": "Basel", "km": -4, "by": "tram"}
  ],
  "notes": "window seat"
})";
//! [json]

int main() {
    using namespace std::chrono_literals;

    trip north{.name = "north", .day = 2026y / 2 / 28};
    north.legs = {leg{.from = "Bern", .to = "Olten", .km = 66.5}};

    const std::string text = lathe::to_json(north);
    fmt::print("{}\n", text);
    fmt::print("read as it was: {}\n", lathe::equal(lathe::from_json<trip>(text), north));

    // All that is wrong, each with its place. from_json throws it, try_from_json returns it.
    const auto read = lathe::try_from_json<trip>(document, {.place = "trips.json"});
    fmt::print("\n{}\n", read.error().what());
    const lathe::issue& last = read.error().issues().back();
    fmt::print("{} issues; the last one: {}, rule {}\n", read.error().issues().size(), last.path, last.rule);

    // So do texts that are no JSON.
    fmt::print("{}\n", lathe::try_from_json<std::vector<int>>("[1, 2,]").error().what());

    // Containers need no model, and a value holds any JSON.
    const auto fares = lathe::from_json<std::map<std::string, double>>(R"({"adult": 12.5, "child": 6})");
    const auto any = lathe::from_json<lathe::value>(R"({"seats": [1, 2.5, null]})");
    fmt::print("\n{} {}\n", lathe::to_json(fares), lathe::to_json(any));

    // What others must know to write such documents: a JSON Schema.
    const lathe::dict schema = lathe::json_schema<leg>();
    fmt::print("km: {}\n", lathe::to_json(schema.at("properties").as<lathe::dict>().at("km")));
}
