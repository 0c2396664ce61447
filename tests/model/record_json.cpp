// SPDX-License-Identifier: MIT
// Records in JSON, as static models are.
#include <lathe/model/json.hpp> // first: proves that the header stands alone

#include <optional>
#include <string>
#include <vector>

#include <lathe/data/json_lines.hpp>
#include <lathe/model/builder.hpp>
#include <lathe/model/number_rules.hpp>
#include <lathe/model/text_rules.hpp>

#include "support/catch.hpp"

namespace {

using lathe::dict;
using lathe::list;
using lathe::record;
using lathe_test::Message;

struct leg {
    lathe::property<int, lathe::positive> km;
};
struct trip {
    lathe::property<std::string, lathe::not_empty, lathe::alias<"Trip Name">> name;
    std::vector<leg> legs = {};
};
lathe::model_type trip_type() {
    const auto leg_type = lathe::model_builder("leg").field<int>("km", lathe::positive).build();
    return lathe::model_builder("trip")
        .field<std::string>("name", lathe::not_empty, lathe::alias<"Trip Name">)
        .field<std::vector<record>>("legs", leg_type)
        .build();
}

TEST_CASE("record: JSON is written as that of a static model, and read back", "[record][json]") {
    const record r = trip_type()({{"name", "north"}, {"legs", list{dict{{"km", 4}}, dict{{"km", 5}}}}});
    const trip t{.name = "north", .legs = {leg{4}, leg{5}}};
    CHECK(lathe::to_json(r) == R"({"Trip Name":"north","legs":[{"km":4},{"km":5}]})");
    CHECK(lathe::to_json(r) == lathe::to_json(t));
    CHECK(lathe::to_json(r, {.indent = 2}) == lathe::to_json(t, {.indent = 2}));
    CHECK(lathe::from_json(r.type(), lathe::to_json(r)) == r);
    CHECK(lathe::from_json(lathe::model_type::of<trip>(), lathe::to_json(r)).get_if<trip>()->legs.size() == 2);
}

TEST_CASE("record: what is wrong in JSON has its place, as for a static model", "[record][json]") {
    const std::string text = "{\"Trip Name\": \"\",\n \"legs\": [{\"km\": 4},\n {\"km\": -4}, {}], \"x\": 1}";
    const auto by_struct = lathe::try_from_json<trip>(text);
    const auto by_record = lathe::try_from_json(trip_type(), text);
    REQUIRE_FALSE(by_struct);
    REQUIRE_FALSE(by_record);
    CHECK(by_record.error().issues() == by_struct.error().issues());
    CHECK(std::string(by_record.error().what()) == by_struct.error().what());
    CHECK(by_record.error().issues()[1].path == "legs[1].km");
    CHECK(by_record.error().issues()[1].position.line == 3);
    CHECK_THROWS_MATCHES(lathe::from_json(trip_type(), "{"),
                         lathe::validation_error,
                         Message(lathe::try_from_json<trip>("{").error().what()));
}

TEST_CASE("record: JSON lines take records", "[record][json]") {
    std::string out;
    const record r = trip_type()({{"name", "north"}});
    lathe::data::append_json_line(out, r);
    CHECK(out == "{\"Trip Name\":\"north\",\"legs\":[]}\n");
}

TEST_CASE("record: what JSON has no form for names the record and its field", "[record][json]") {
    const auto type = lathe::model_builder("m").field<std::string>("text").field<std::optional<double>>("real").build();
    record r = type({{"text", "\xff"}});
    CHECK_THROWS_AS(lathe::to_json(r), lathe::validation_error);
    try {
        static_cast<void>(lathe::to_json(r));
    } catch (const lathe::validation_error& error) {
        CHECK(std::string(error.what()).starts_with("m.text: "));
    }
}

} // namespace
