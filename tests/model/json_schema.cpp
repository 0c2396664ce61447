// SPDX-License-Identifier: MIT
#include <lathe/model/json_schema.hpp> // first: proves that the header stands alone

#include <array>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <list>
#include <map>
#include <memory>
#include <optional>
#include <ratio>
#include <set>
#include <string>
#include <string_view>
#include <tuple>
#include <utility>
#include <variant>
#include <vector>

#include <lathe/model/field.hpp>
#include <lathe/model/rules.hpp>

#include "support/catch.hpp"

namespace lathe_test::json_schema {

enum class phase { climb, cruise, descent };
enum class mood { calm = 1 };

} // namespace lathe_test::json_schema

template <>
inline constexpr auto lathe::enumerators<lathe_test::json_schema::mood> =
    lathe::names{{"very calm", lathe_test::json_schema::mood::calm}};

namespace lathe_test::json_schema {

using lathe::dict;
using lathe::list;
using lathe::property;

// What is said of a T, or of a property of a T.
template <class T, auto... Rules>
dict schema_of() {
    dict schema = lathe::json_schema<std::conditional_t<sizeof...(Rules) == 0, T, property<T, Rules...>>>();
    CHECK(schema.at("$schema") == "https://json-schema.org/draft/2020-12/schema");
    schema.erase("$schema");
    return schema;
}

// What is said of a field of a model.
template <class Model>
dict property_of(std::string_view key) {
    return lathe::json_schema<Model>().at("properties").template as<dict>().at(key).template as<dict>();
}

std::vector<std::string> keys_of(const dict& of) {
    std::vector<std::string> keys;
    for (const auto& [key, held] : of)
        keys.push_back(key);
    return keys;
}

const dict whole_number{{"type", "integer"}, {"minimum", -2147483648}, {"maximum", 2147483647}};
const dict text{{"type", "string"}};
const dict nothing{{"type", "null"}};

dict text_with(std::string_view keyword, lathe::value value) {
    dict schema = text;
    schema[keyword] = std::move(value);
    return schema;
}

// ---- types ----

struct shade { // with a text of its own
    int value = 0;
};
[[maybe_unused]] bool read_text(std::string_view from, shade& to) {
    to.value = static_cast<int>(from.size());
    return !from.empty();
}
[[maybe_unused]] std::string to_string(const shade& from) {
    return std::string(static_cast<std::size_t>(from.value), '#');
}

TEST_CASE("json_schema: plain types", "[json_schema]") {
    CHECK(schema_of<bool>() == dict{{"type", "boolean"}});
    CHECK(schema_of<int>() == whole_number);
    CHECK(schema_of<std::uint8_t>() == dict{{"type", "integer"}, {"minimum", 0}, {"maximum", 255}});
    CHECK(schema_of<std::int64_t>() == dict{{"type", "integer"},
                                            {"minimum", std::numeric_limits<std::int64_t>::min()},
                                            {"maximum", std::numeric_limits<std::int64_t>::max()}});
    CHECK(schema_of<std::uint64_t>() ==
          dict{{"type", "integer"}, {"minimum", 0}, {"maximum", std::uint64_t{18446744073709551615U}}});
    CHECK(schema_of<float>() == dict{{"type", "number"}});
    CHECK(schema_of<double>() == dict{{"type", "number"}});
    CHECK(schema_of<char>() == dict{{"type", "string"}, {"minLength", 1}, {"maxLength", 1}});
    CHECK(schema_of<std::string>() == text);
    CHECK(schema_of<char[8]>() == text_with("maxLength", 8));
    CHECK(schema_of<std::monostate>() == nothing);
    CHECK(schema_of<shade>() == text);
    CHECK(schema_of<phase>() == text_with("enum", list{"climb", "cruise", "descent"}));
    CHECK(schema_of<mood>() == text_with("const", "very calm"));
}

TEST_CASE("json_schema: dates, times and bytes", "[json_schema]") {
    CHECK(schema_of<std::chrono::year_month_day>() == text_with("format", "date"));
    CHECK(schema_of<std::chrono::sys_days>() == text_with("format", "date"));
    CHECK(schema_of<std::chrono::sys_seconds>() == text_with("format", "date-time"));
    CHECK(schema_of<std::chrono::milliseconds>() == text_with("pattern", R"(^\s*[+-]?[0-9]+\s*ms\s*$)"));
    CHECK(schema_of<std::chrono::duration<double>>() == text_with("pattern", R"(s\s*$)")); // 1e3s, infs
    // A unit without a sign: the number of its ticks.
    CHECK(schema_of<std::chrono::duration<std::int8_t, std::ratio<7, 2>>>() ==
          dict{{"type", "integer"}, {"minimum", -128}, {"maximum", 127}});
    CHECK(schema_of<lathe::bytes>() == text_with("contentEncoding", "base64"));
    CHECK(schema_of<std::array<std::byte, 4>>() ==
          dict{{"type", "string"}, {"contentEncoding", "base64"}, {"minLength", 8}, {"maxLength", 8}});
}

TEST_CASE("json_schema: containers", "[json_schema]") {
    CHECK(schema_of<std::vector<int>>() == dict{{"type", "array"}, {"items", whole_number}});
    CHECK(schema_of<std::list<bool>>() == dict{{"type", "array"}, {"items", dict{{"type", "boolean"}}}});
    CHECK(schema_of<std::vector<bool>>() == dict{{"type", "array"}, {"items", dict{{"type", "boolean"}}}});
    CHECK(schema_of<std::set<std::string>>() == dict{{"type", "array"}, {"items", text}, {"uniqueItems", true}});
    CHECK(schema_of<std::multiset<std::string>>() == dict{{"type", "array"}, {"items", text}});
    // Two pointers differ, and what they point to may not.
    CHECK_FALSE(schema_of<std::set<std::unique_ptr<int>>>().contains("uniqueItems"));
    const dict three{{"type", "array"}, {"items", whole_number}, {"minItems", 3}, {"maxItems", 3}};
    CHECK(schema_of<std::array<int, 3>>() == three);
    CHECK(schema_of<int[3]>() == three);
    const dict pair{{"type", "array"},
                    {"prefixItems", list{text, whole_number}},
                    {"items", false},
                    {"minItems", 2},
                    {"maxItems", 2}};
    CHECK(schema_of<std::pair<std::string, int>>() == pair);
    CHECK(schema_of<std::tuple<std::string, int>>() == pair);
    CHECK(schema_of<std::map<std::string, int>>() == dict{{"type", "object"}, {"additionalProperties", whole_number}});
    CHECK(schema_of<std::map<phase, bool>>() ==
          dict{{"type", "object"},
               {"propertyNames", text_with("enum", list{"climb", "cruise", "descent"})},
               {"additionalProperties", dict{{"type", "boolean"}}}});
    // Keys are text: these the text of a number.
    CHECK(schema_of<std::map<int, int>>() == dict{{"type", "object"}, {"additionalProperties", whole_number}});
    CHECK(schema_of<std::multimap<std::string, int>>() == dict{{"type", "array"}, {"items", pair}});
}

TEST_CASE("json_schema: what is one of several, or nothing, or anything", "[json_schema]") {
    CHECK(schema_of<std::optional<int>>() == dict{{"anyOf", list{whole_number, nothing}}});
    CHECK(schema_of<std::unique_ptr<int>>() == dict{{"anyOf", list{whole_number, nothing}}});
    CHECK(schema_of<std::variant<std::monostate, int, std::string>>() ==
          dict{{"anyOf", list{nothing, whole_number, text}}});
    CHECK(schema_of<lathe::value>().empty());
    CHECK(schema_of<dict>() == dict{{"type", "object"}});
    CHECK(schema_of<list>() == dict{{"type", "array"}});
}

// ---- rules ----

TEST_CASE("json_schema: bounds of integers", "[json_schema][rules]") {
    using lathe::at_least, lathe::at_most, lathe::in_range;
    CHECK(schema_of<int, in_range<0, 150>>() == dict{{"type", "integer"}, {"minimum", 0}, {"maximum", 150}});
    CHECK(schema_of<int, lathe::positive>() ==
          dict{{"type", "integer"}, {"exclusiveMinimum", 0}, {"maximum", 2147483647}});
    CHECK(schema_of<int, lathe::non_negative, lathe::less_than<10>>() ==
          dict{{"type", "integer"}, {"minimum", 0}, {"exclusiveMaximum", 10}});
    // The tightest counts, whichever comes first, and the type's own where it is tighter.
    CHECK(schema_of<int, at_least<5>, in_range<0, 9>, lathe::greater_than<4>, at_most<90>>() ==
          dict{{"type", "integer"}, {"minimum", 5}, {"maximum", 9}});
    CHECK(schema_of<int, at_least<5>, lathe::greater_than<5>>().at("exclusiveMinimum") == 5);
    CHECK(schema_of<int, lathe::greater_than<5>, at_least<5>>() ==
          dict{{"type", "integer"}, {"exclusiveMinimum", 5}, {"maximum", 2147483647}});
    CHECK(schema_of<std::uint8_t, in_range<-10, 1000>>() ==
          dict{{"type", "integer"}, {"minimum", 0}, {"maximum", 255}});
    CHECK(schema_of<int, at_least<0.5>>().at("minimum") == 0.5);
    CHECK(schema_of<int, lathe::multiple_of<-4>>().at("multipleOf") == 4);
    CHECK(schema_of<int, lathe::one_of<1, 2, 4>>() == dict{{"type", "integer"}, {"enum", list{1, 2, 4}}});
    CHECK(schema_of<int, lathe::one_of<7>>() == dict{{"type", "integer"}, {"const", 7}});
}

TEST_CASE("json_schema: bounds of floating-point numbers", "[json_schema][rules]") {
    const dict real{{"type", "number"}};
    CHECK(schema_of<double, lathe::in_range<-90, 0.5>>() ==
          dict{{"type", "number"}, {"minimum", -90}, {"maximum", 0.5}});
    CHECK(schema_of<double, lathe::greater_than<0.3>>() == dict{{"type", "number"}, {"exclusiveMinimum", 0.3}});
    CHECK(schema_of<double, lathe::multiple_of<0.25>>() == dict{{"type", "number"}, {"multipleOf", 0.25}});
    CHECK(schema_of<double, lathe::one_of<0.5, 2>>() == dict{{"type", "number"}, {"enum", list{0.5, 2}}});
    CHECK(schema_of<double, lathe::finite>() == real);                                           // in JSON all are
    CHECK(schema_of<double, lathe::at_most<std::numeric_limits<double>::infinity()>>() == real); // and none is this
    // A float is written with its own digits: 0.1, and not 0.10000000149011612.
    CHECK(schema_of<float, lathe::at_least<0.1F>>() == dict{{"type", "number"}, {"minimum", 0.1}});
    CHECK(schema_of<float, lathe::greater_than<0.5>>() == dict{{"type", "number"}, {"exclusiveMinimum", 0.5}});
    // 0.3F is above 0.3, and written 0.3.
    CHECK(schema_of<float, lathe::greater_than<0.3>>() == dict{{"type", "number"}, {"minimum", 0.3}});
    // 1234567.25F is written 1234567.2, which is no multiple.
    CHECK(schema_of<float, lathe::multiple_of<0.25>>() == real);
    CHECK(schema_of<float, lathe::at_most<1e300>>() == dict{{"type", "number"}, {"maximum", 1e300}});
}

TEST_CASE("json_schema: lengths of text are bytes, and those of a schema characters", "[json_schema][rules]") {
    using lathe::max_length, lathe::min_length;
    CHECK(schema_of<std::string, lathe::not_empty>() == text_with("minLength", 1));
    CHECK(schema_of<std::string, max_length<80>>() == text_with("maxLength", 80));
    // Four bytes may be one character, U+1F600; five are at least two.
    CHECK(schema_of<std::string, min_length<4>>() == text_with("minLength", 1));
    CHECK(schema_of<std::string, min_length<5>>() == text_with("minLength", 2));
    CHECK(schema_of<std::string, min_length<5>, lathe::ascii>().at("minLength") == 5);
    CHECK(schema_of<std::string, lathe::email, lathe::length<6, 60>>() ==
          dict{{"type", "string"}, {"format", "email"}, {"minLength", 6}, {"maxLength", 60}});
    CHECK(schema_of<std::string, min_length<0>>() == text);
    CHECK(schema_of<std::string, max_length<9>, max_length<5>, max_length<7>>() == text_with("maxLength", 5));
    CHECK(schema_of<std::optional<std::string>, max_length<3>>() ==
          dict{{"anyOf", list{text_with("maxLength", 3), nothing}}});
    // Of bytes: in base64 every three are four characters.
    CHECK(schema_of<lathe::bytes, lathe::length<4, 6>>() ==
          dict{{"type", "string"}, {"contentEncoding", "base64"}, {"minLength", 8}, {"maxLength", 8}});
    CHECK(schema_of<lathe::bytes, max_length<7>>().at("maxLength") == 12);
}

TEST_CASE("json_schema: patterns and formats", "[json_schema][rules]") {
    CHECK(schema_of<std::string, lathe::contains<"@">>() == text_with("pattern", "@"));
    CHECK(schema_of<std::string, lathe::starts_with<"LX-">>() == text_with("pattern", "^LX-"));
    CHECK(schema_of<std::string, lathe::ends_with<".txt">>() == text_with("pattern", R"(\.txt$)"));
    CHECK(schema_of<std::string, lathe::contains<R"(a^$\.*+?()[]{}|/z)">>() ==
          text_with("pattern", R"(a\^\$\\\.\*\+\?\(\)\[\]\{\}\|\/z)"));
    CHECK(schema_of<std::string, lathe::ascii>() == text_with("pattern", R"(^[\u0000-\u007f]*$)"));
    // Half a character is in no pattern.
    CHECK(schema_of<std::string, lathe::contains<"\xc3">>() == text);
    CHECK(schema_of<std::string, lathe::url>() == text_with("format", "uri"));
    CHECK(schema_of<std::string, lathe::uuid>() == text_with("format", "uuid"));
    CHECK(schema_of<std::string, lathe::iso_date>() == text_with("format", "date"));
    CHECK(schema_of<std::string, lathe::utf8>() == text); // in JSON all is
    CHECK(schema_of<std::string, lathe::one_of<"N", "S">>() == text_with("enum", list{"N", "S"}));
    CHECK(schema_of<char, lathe::one_of<'a', 'b'>>().at("enum") == list{"a", "b"});
    // What one keyword cannot say twice.
    CHECK(schema_of<std::string, lathe::contains<"@">, lathe::contains<"x">, lathe::contains<"@">>() ==
          dict{{"type", "string"}, {"pattern", "@"}, {"allOf", list{dict{{"pattern", "x"}}}}});
}

TEST_CASE("json_schema: sizes and elements of containers", "[json_schema][rules]") {
    using names = std::vector<std::string>;
    CHECK(schema_of<names, lathe::not_empty, lathe::max_length<5>>() ==
          dict{{"type", "array"}, {"items", text}, {"minItems", 1}, {"maxItems", 5}});
    CHECK(schema_of<std::map<std::string, bool>, lathe::length<2>>() ==
          dict{{"type", "object"},
               {"additionalProperties", dict{{"type", "boolean"}}},
               {"minProperties", 2},
               {"maxProperties", 2}});
    CHECK(schema_of<dict, lathe::not_empty>() == dict{{"type", "object"}, {"minProperties", 1}});
    CHECK(schema_of<names, lathe::each<lathe::not_empty, lathe::max_length<20>>>().at("items") ==
          dict{{"type", "string"}, {"minLength", 1}, {"maxLength", 20}});
    CHECK(schema_of<std::vector<int>, lathe::each<lathe::one_of<1, 2>>>().at("items") ==
          dict{{"type", "integer"}, {"enum", list{1, 2}}});
    CHECK(schema_of<std::array<int, 3>, lathe::each<lathe::at_least<0>>>().at("items").as<dict>().at("minimum") == 0);
    CHECK(schema_of<std::vector<names>, lathe::each<lathe::each<lathe::max_length<2>>>>().at("items") ==
          dict{{"type", "array"}, {"items", text_with("maxLength", 2)}});
    CHECK(schema_of<std::vector<property<int, lathe::at_most<9>>>, lathe::each<lathe::at_least<1>>>().at("items") ==
          dict{{"type", "integer"}, {"minimum", 1}, {"maximum", 9}});
    CHECK(schema_of<std::vector<phase>, lathe::each<lathe::not_<lathe::one_of<phase::climb>>>>().at("items") ==
          text_with("enum", list{"cruise", "descent"}));
    CHECK(schema_of<std::string, lathe::each<lathe::one_of<'a', 'b'>>>() == text); // no keyword has the characters
}

constexpr bool is_even(int value) {
    return value % 2 == 0;
}

TEST_CASE("json_schema: rules made of rules", "[json_schema][rules]") {
    using lathe::all_of, lathe::any_of, lathe::in_range, lathe::not_;
    CHECK(schema_of<int, all_of<lathe::at_least<1>, lathe::at_most<9>>>() ==
          dict{{"type", "integer"}, {"minimum", 1}, {"maximum", 9}});
    CHECK(schema_of<std::string, any_of<lathe::uuid, lathe::max_length<0>>>() ==
          text_with("anyOf", list{dict{{"format", "uuid"}}, dict{{"maxLength", 0}}}));
    CHECK(schema_of<int, not_<in_range<0, 9>>>().at("not") == dict{{"minimum", 0}, {"maximum", 9}});
    CHECK(schema_of<std::string, not_<lathe::contains<" ">>>() == text_with("not", dict{{"pattern", " "}}));
    CHECK(schema_of<std::vector<int>, not_<lathe::each<lathe::multiple_of<2>>>>()
              .at("not")
              .as<dict>()
              .at("items")
              .as<dict>()
              .at("multipleOf") == 2);
    // Named anew, a rule says what it said.
    CHECK(schema_of<int, lathe::rule<"age", in_range<0, 150>, "is no age">>().at("maximum") == 150);
    // Of an enumeration the rules are asked about each value.
    CHECK(schema_of<phase, lathe::at_least<phase::cruise>>() == text_with("enum", list{"cruise", "descent"}));
    CHECK(schema_of<std::optional<phase>, lathe::one_of<phase::climb>>() ==
          dict{{"anyOf", list{text_with("const", "climb"), nothing}}});
}

TEST_CASE("json_schema: a schema refuses nothing that the rules allow", "[json_schema][rules]") {
    using lathe::any_of, lathe::not_;
    // A choice that cannot be said allows everything.
    CHECK(schema_of<int, any_of<lathe::at_least<10>, lathe::rule<"even", is_even>>>() == whole_number);
    // The opposite of what is said only in part would refuse too much: "éé" has 4 bytes and 2 characters.
    CHECK(schema_of<std::string, not_<lathe::min_length<5>>>() == text);
    CHECK(schema_of<std::string, not_<lathe::max_length<3>>>() == text);
    CHECK(schema_of<std::string, not_<lathe::uuid>>() == text); // to a validator that knows no formats all are UUIDs
    CHECK(schema_of<std::string, not_<lathe::utf8>>() == text);
    CHECK(schema_of<std::string, not_<lathe::min_length<0>>>() == text);
    CHECK(schema_of<int, not_<lathe::rule<"even", is_even>>>() == whole_number);
    CHECK_FALSE(schema_of<std::vector<phase>, not_<lathe::each<lathe::one_of<phase::climb>>>>().contains("not"));
    CHECK(schema_of<std::string, not_<lathe::not_empty>>() == text_with("not", dict{{"minLength", 1}}));
    // A normaliser changes what the rules see: "  abc  " is fine, and longer than 3.
    CHECK(schema_of<std::string, lathe::trimmed, lathe::length<2, 3>, lathe::starts_with<"a">>() ==
          text_with("minLength", 1));
    CHECK(schema_of<std::string, lathe::lowered, lathe::length<2, 3>, lathe::starts_with<"a">>() ==
          dict{{"type", "string"}, {"minLength", 1}, {"maxLength", 3}});
}

struct quick_code {
    static constexpr std::string_view name = "quick_code";
    [[nodiscard]] static bool check(std::string_view value) { return value.size() == 2; }
    static void write_schema(dict& schema) { schema["pattern"] = "^..$"; }
};

TEST_CASE("json_schema: a rule of the user's may say itself", "[json_schema][rules]") {
    CHECK(schema_of<std::string, quick_code{}>() == text_with("pattern", "^..$"));
    CHECK(schema_of<std::optional<std::string>, quick_code{}>() ==
          dict{{"anyOf", list{text_with("pattern", "^..$"), nothing}}});
    CHECK(schema_of<std::vector<std::string>, lathe::each<quick_code{}>>().at("items") == text_with("pattern", "^..$"));
    CHECK(schema_of<int, lathe::rule<"even", is_even>>() == whole_number);
}

// ---- models ----

struct leg {
    property<std::string, lathe::length<3>, lathe::ascii> to;
    float km = 0.1F;
};

struct trip {
    property<std::string, lathe::not_empty, lathe::alias<"Trip Name">, lathe::alias<"title">, lathe::doc<"who flies">>
        name;
    property<int, lathe::in_range<1, 9>, lathe::defaults_to<1>> seats;
    property<int, lathe::required> gate;
    leg first{.to = "SFO"};
    leg second;
    std::vector<leg> legs{};
    std::optional<int> note{};
    property<std::vector<std::byte>, lathe::doc<"a mark">> mark = std::vector<std::byte>{std::byte{1}};
};

TEST_CASE("json_schema: a model", "[json_schema][models]") {
    const dict schema = lathe::json_schema<trip>();
    CHECK(keys_of(schema) ==
          std::vector<std::string>{
              "$schema", "title", "type", "properties", "required", "additionalProperties", "$defs"});
    CHECK(schema.at("title") == "trip");
    CHECK(schema.at("type") == "object");
    CHECK(keys_of(schema.at("properties").as<dict>()) ==
          std::vector<std::string>{"Trip Name", "seats", "gate", "first", "second", "legs", "note", "mark"});
    CHECK(
        schema.at("properties") ==
        dict{
            {"Trip Name", dict{{"type", "string"}, {"minLength", 1}, {"description", "who flies"}}},
            {"seats", dict{{"type", "integer"}, {"minimum", 1}, {"maximum", 9}, {"default", 1}}},
            {"gate", whole_number},
            {"first", dict{{"$ref", "#/$defs/leg"}, {"default", dict{{"to", "SFO"}, {"km", 0.1}}}}},
            {"second", dict{{"$ref", "#/$defs/leg"}}},
            {"legs", dict{{"type", "array"}, {"items", dict{{"$ref", "#/$defs/leg"}}}, {"default", list{}}}},
            {"note", dict{{"anyOf", list{whole_number, nothing}}, {"default", nullptr}}},
            {"mark",
             dict{{"type", "string"}, {"contentEncoding", "base64"}, {"description", "a mark"}, {"default", "AQ=="}}}});
    // second: a leg needs its airport.
    CHECK(schema.at("required") == list{"Trip Name", "gate", "second"});
    CHECK(schema.at("additionalProperties") == false);
    CHECK(schema.at("$defs") == dict{{"leg",
                                      dict{{"title", "leg"},
                                           {"type", "object"},
                                           {"properties",
                                            dict{{"to",
                                                  dict{{"type", "string"},
                                                       {"minLength", 3},
                                                       {"maxLength", 3},
                                                       {"pattern", R"(^[\u0000-\u007f]*$)"}}},
                                                 {"km", dict{{"type", "number"}, {"default", 0.1}}}}},
                                           {"required", list{"to"}},
                                           {"additionalProperties", false}}}});
}

struct passenger {
    property<int, lathe::alias<"Seat">> seat = 4;
};
struct boarding {
    property<passenger, lathe::alias<"Passenger">> who = passenger{};
};

TEST_CASE("json_schema: with names instead of aliases", "[json_schema][models]") {
    const dict by_alias = lathe::json_schema<boarding>();
    const dict by_name = lathe::json_schema<boarding>({.aliases = false});
    CHECK(by_alias.at("properties").as<dict>().at("Passenger").as<dict>().at("default") == dict{{"Seat", 4}});
    CHECK(by_name.at("properties").as<dict>().at("who").as<dict>().at("default") == dict{{"seat", 4}});
    const auto seat_of = [](const dict& schema) {
        return keys_of(schema.at("$defs").as<dict>().at("passenger").as<dict>().at("properties").as<dict>());
    };
    CHECK(seat_of(by_alias) == std::vector<std::string>{"Seat"});
    CHECK(seat_of(by_name) == std::vector<std::string>{"seat"});
}

struct open_model {
    int id = 0;
    property<dict, lathe::extra_keys> rest = {};
};
struct no_fields {};

TEST_CASE("json_schema: unknown keys", "[json_schema][models]") {
    CHECK(schema_of<open_model>() ==
          dict{{"title", "open_model"},
               {"type", "object"},
               {"properties",
                dict{{"id",
                      dict{{"type", "integer"}, {"minimum", -2147483648}, {"maximum", 2147483647}, {"default", 0}}}}},
               {"additionalProperties", true}});
    CHECK(schema_of<no_fields>() ==
          dict{{"title", "no_fields"}, {"type", "object"}, {"properties", dict{}}, {"additionalProperties", false}});
}

struct node {
    std::unique_ptr<node> next{};
    std::vector<node> children{};
};
struct tree {
    node root{};
};
struct hen;
struct egg {
    std::unique_ptr<hen> laid_by{};
};
struct hen {
    std::vector<egg> eggs{};
};

TEST_CASE("json_schema: models that contain themselves", "[json_schema][models]") {
    // As the root it is "#" ...
    const dict root = lathe::json_schema<node>();
    CHECK_FALSE(root.contains("$defs"));
    CHECK(property_of<node>("next").at("anyOf") == list{dict{{"$ref", "#"}}, nothing});
    CHECK(property_of<node>("children").at("items") == dict{{"$ref", "#"}});
    // ... else it has its place.
    const dict nodes = lathe::json_schema<tree>().at("$defs").as<dict>();
    CHECK(keys_of(nodes) == std::vector<std::string>{"node"});
    CHECK(nodes.at("node").as<dict>().at("properties").as<dict>().at("children").as<dict>().at("items") ==
          dict{{"$ref", "#/$defs/node"}});
    CHECK(keys_of(schema_of<std::vector<hen>>().at("$defs").as<dict>()) == std::vector<std::string>{"hen", "egg"});
}

namespace other {
struct leg {
    bool walked = false;
};
struct leg_2 {
    char grade = 'A';
};
} // namespace other
template <class T>
struct box {
    T held{};
};
struct journey {
    leg flight;
    other::leg_2 second{};
    other::leg walk{};
    other::leg again{};
    box<int> boxed{};
};

TEST_CASE("json_schema: models of one name have places of their own", "[json_schema][models]") {
    const dict schema = lathe::json_schema<journey>();
    const dict& definitions = schema.at("$defs").as<dict>();
    CHECK(keys_of(definitions) == std::vector<std::string>{"leg", "leg_2", "leg_3", "box_int_"});
    CHECK(definitions.at("leg_3").as<dict>().at("title") == "leg");
    CHECK(property_of<journey>("second").at("$ref") == "#/$defs/leg_2");
    CHECK(property_of<journey>("walk").at("$ref") == "#/$defs/leg_3");
    CHECK(property_of<journey>("again").at("$ref") == "#/$defs/leg_3");
    CHECK(definitions.at("box_int_").as<dict>().at("title") == "box<int>");
}

struct odd_defaults {
    double share = std::numeric_limits<double>::quiet_NaN();
    phase now = static_cast<phase>(77);
    std::string note = "\xff";
    float huge = std::numeric_limits<float>::infinity();
};

TEST_CASE("json_schema: defaults that JSON has no form for are left out", "[json_schema][models]") {
    for (const std::string_view key : {"share", "now", "note", "huge"})
        CHECK_FALSE(property_of<odd_defaults>(key).contains("default"));
    CHECK_FALSE(lathe::json_schema<odd_defaults>().contains("required"));
}

class account {
public:
    static consteval auto fields() { return lathe::fields<&account::m_owner>; }

private:
    property<std::string, lathe::not_empty> m_owner = "Ada";
};

TEST_CASE("json_schema: a class that lists its fields", "[json_schema][models]") {
    CHECK(property_of<account>("owner") == dict{{"type", "string"}, {"minLength", 1}, {"default", "Ada"}});
}

} // namespace lathe_test::json_schema
