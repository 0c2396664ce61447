// SPDX-License-Identifier: MIT
#include <lathe/model/field_info.hpp> // first: proves that the header stands alone

#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <vector>

#include <lathe/model/field.hpp>

#include "support/catch.hpp"

namespace {

struct airport {
    lathe::property<std::string,
                    lathe::not_empty,
                    lathe::trimmed,
                    lathe::max_length<80>,
                    lathe::alias<"Airport Name">,
                    lathe::alias<"Name">,
                    lathe::doc<"What pilots call it.">>
        name;
    lathe::field<"elevation", int, lathe::in_range<-500, 9000>> elevation = 0;
    lathe::property<std::optional<std::string>, lathe::length<3>> code = std::nullopt;
    lathe::property<double, lathe::required> latitude;
    std::vector<int> runways = {};
};
class account {
public:
    static consteval auto fields() { return lathe::fields<&account::m_id, &account::owner_>; }

private:
    lathe::property<int, lathe::positive> m_id = 1;
    lathe::property<std::string, lathe::doc<"Who pays.">> owner_;
};
struct nothing {};

// All of it is constant.
constexpr const auto& infos = lathe::field_infos<airport>;
static_assert(infos.size() == 5 && !infos.empty() && lathe::field_infos<nothing>.empty());
static_assert(infos[0].name == "name" && infos[0].type == "string" && infos[0].doc == "What pilots call it.");
static_assert(infos[0].aliases.size() == 2 && infos[0].aliases[0] == "Airport Name" && infos[0].aliases[1] == "Name");
static_assert(infos[0].rules.size() == 2 && infos[0].rules[0].name == "not_empty" &&
              infos[0].rules[1].name == "max_length");
static_assert(infos[0].required && !infos[1].required && !infos[2].required && infos[3].required && !infos[4].required);
static_assert(infos[2].optional && !infos[0].optional && !infos[4].optional);
static_assert(infos[1].is_called("elevation") && !infos[1].is_called("Elevation") && infos[0].is_called("name") &&
              infos[0].is_called("Name") && infos[0].is_called("Airport Name") && !infos[0].is_called(""));

TEST_CASE("field_info: it tells name, type, doc, aliases and rules of each field in order", "[field_info]") {
    std::vector<std::string> names;
    for (const lathe::field_info& info : lathe::field_infos<airport>)
        names.emplace_back(info.name);
    CHECK(names == std::vector<std::string>{"name", "elevation", "code", "latitude", "runways"});
    CHECK(infos[1].type == "int");
    CHECK(infos[1].rules[0].failure() == "is not in [-500, 9000]");
    CHECK(infos[3].type == "double");
    CHECK(infos[3].rules.empty());
    CHECK(infos[4].doc.empty());
    CHECK(infos[4].aliases.empty());
    CHECK(infos[0].rules[1].failure() == "is longer than 80");
}

TEST_CASE("field_info: a class that lists its fields has them too", "[field_info]") {
    const auto& listed = lathe::field_infos<account>;
    REQUIRE(listed.size() == 2);
    CHECK(listed[0].name == "id");
    CHECK(listed[0].rules[0].name == "positive");
    CHECK(listed[1].name == "owner");
    CHECK(listed[1].doc == "Who pays.");
    CHECK(&lathe::field_infos<const account>[0] == &listed[0]);
}

TEST_CASE("field_info: for_each_field hands it to a third parameter", "[field_info][for_each_field]") {
    const airport a{.name = " SFO ", .latitude = 37.5};
    std::string text;
    lathe::for_each_field(a, [&](std::string_view name, const auto& value, const lathe::field_info& info) {
        CHECK(info.name == name);
        text += name;
        text += info.required ? "! " : " ";
        if constexpr (std::is_same_v<decltype(value), const std::string&>) CHECK(value == "SFO");
        if (!info.rules.empty()) {
            text += info.rules[0].name;
            text += ' ';
        }
    });
    CHECK(text == "name! not_empty elevation in_range code length latitude! runways ");
    std::size_t fields = 0;
    lathe::for_each_field(a, [&](std::string_view, const auto&) { ++fields; });
    CHECK(fields == 5);
}

} // namespace
