// SPDX-License-Identifier: MIT
#include <lathe/model/json.hpp> // first: proves that the header stands alone

#include <array>
#include <bit>
#include <chrono>
#include <clocale>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <tuple>
#include <utility>
#include <variant>
#include <vector>

#include <lathe/model/compare.hpp>
#include <lathe/model/field.hpp>
#include <lathe/model/rules.hpp>

#include "support/catch.hpp"

namespace lathe_test::json {

enum class phase { take_off = 1, climb = 2 };

} // namespace lathe_test::json

template <>
inline constexpr auto lathe::enumerators<lathe_test::json::phase> =
    lathe::names{{"Take-off run", lathe_test::json::phase::take_off}, {"Climb", lathe_test::json::phase::climb}};

namespace lathe_test::json {
namespace {

using namespace std::string_literals;
using lathe::from_json, lathe::to_json, lathe::try_from_json;

struct leg {
    lathe::property<std::string, lathe::not_empty> from;
    lathe::property<double, lathe::positive> km = 1.0;
};

struct trip {
    lathe::property<std::string, lathe::alias<"Trip Name">, lathe::alias<"title">, lathe::max_length<10>> name =
        "north";
    int seats = 3;
    std::vector<leg> legs{};
    std::optional<std::string> note{};
};

struct kinds {
    bool truth = true;
    char letter = 'x';
    std::int64_t low = std::numeric_limits<std::int64_t>::min();
    std::uint64_t high = std::numeric_limits<std::uint64_t>::max();
    phase during = phase::take_off;
    std::chrono::year_month_day day{std::chrono::year{2024}, std::chrono::month{2}, std::chrono::day{29}};
    std::vector<std::byte> raw{std::byte{0}, std::byte{0xff}};
    std::optional<int> nothing{};
    std::unique_ptr<int> held = std::make_unique<int>(7);
    std::map<std::string, int> named{{"b", 2}, {"a", 1}};
    std::map<int, std::string> numbered{{-1, "x"}};
    std::set<int> some{3, 1};
    std::vector<bool> flags{true, false};
    std::pair<int, std::string> both{1, "y"};
    std::tuple<double, std::monostate> three{0.5, {}};
    std::variant<int, std::string> either{"z"};
    int grid[2][2] = {{1, 2}, {3, 4}};
    char tag[4] = {'a', 'b', 'c', 'd'};
    lathe::value any = lathe::list{1, nullptr, lathe::dict{{"k", "v"}}};
};

struct open_model {
    int id = 0;
    lathe::property<lathe::dict, lathe::extra_keys> rest = {};
};

struct circle {
    float radius = 1;
};
struct square {
    int side = 1;
};
struct drawing {
    std::vector<std::variant<circle, square, std::vector<float>>> shapes{};
};

struct expression;
struct sum {
    lathe::property<std::string, lathe::one_of<"add">> op;
    std::vector<expression> args;
};
struct product {
    lathe::property<std::string, lathe::one_of<"multiply">> op;
    std::vector<expression> args;
};
struct expression {
    std::variant<int, sum, product> term{};
};

struct tree;
struct branch {
    std::vector<tree> trees;
};
struct tree {
    std::variant<int, branch> node{};
};

// "2:7 legs[0].km positive: -4 is not positive", a line for each issue.
template <class T>
std::string refusals(std::string_view text, const lathe::read_options& options = {}) {
    const auto outcome = try_from_json<T>(text, options);
    if (outcome) return "read";
    std::string all;
    for (const lathe::issue& found : outcome.error().issues()) {
        if (!all.empty()) all += '\n';
        all += std::to_string(found.position.line) + ':' + std::to_string(found.position.column) + ' ' + found.path;
        all += (found.path.empty() ? "" : " ") + found.rule + ": " + found.message;
    }
    return all;
}
std::string refusal_of(auto write) {
    try {
        write();
    } catch (const lathe::validation_error& error) {
        return error.issues().at(0).rule + ": " + error.what();
    }
    return "written";
}
const lathe::read_options lax{.conversions = lathe::conversions::lax};

TEST_CASE("json: a model is written in the order of its fields, under their aliases", "[json]") {
    CHECK(to_json(trip{}) == R"({"Trip Name":"north","seats":3,"legs":[],"note":null})");
    CHECK(to_json(trip{}, {.aliases = false}) == R"({"name":"north","seats":3,"legs":[],"note":null})");
    CHECK(to_json(trip{.name = "s", .legs = {{.from = "SFO", .km = 2.5}, {.from = "OAK"}}, .note = "late"},
                  {.indent = 2}) == R"({
  "Trip Name": "s",
  "seats": 3,
  "legs": [
    {
      "from": "SFO",
      "km": 2.5
    },
    {
      "from": "OAK",
      "km": 1.0
    }
  ],
  "note": "late"
})");
    CHECK(to_json(std::vector<std::vector<int>>{{}, {1, 2}}, {.indent = 1}) == "[\n [],\n [\n  1,\n  2\n ]\n]");
    CHECK(to_json(std::map<std::string, int>{}, {.indent = 4}) == "{}");
    CHECK(to_json(7, {.indent = 4}) == "7");
}

TEST_CASE("json: every kind of value is written, and read again", "[json]") {
    const std::string text =
        R"({"truth":true,"letter":"x","low":-9223372036854775808,"high":18446744073709551615,)"
        R"("during":"Take-off run","day":"2024-02-29","raw":"AP8=","nothing":null,"held":7,)"
        R"("named":{"a":1,"b":2},"numbered":{"-1":"x"},"some":[1,3],"flags":[true,false],"both":[1,"y"],)"
        R"("three":[0.5,null],"either":"z","grid":[[1,2],[3,4]],"tag":"abcd","any":[1,null,{"k":"v"}]})";
    const kinds model;
    CHECK(to_json(model) == text);

    kinds other;
    other.truth = false;
    other.held.reset();
    other.any = nullptr;
    other.grid[1][1] = 9;
    const std::string changed = to_json(other);
    CHECK(changed != text);
    CHECK(lathe::equal(from_json<kinds>(text), model));
    CHECK(to_json(from_json<kinds>(changed)) == changed);
    CHECK(to_json(from_json<kinds>(to_json(model, {.indent = 3}))) == text);
}

TEST_CASE("json: aliases and names are read, in any order", "[json]") {
    for (const char* const key : {"name", "Trip Name", "title"}) {
        INFO(key);
        const trip read = from_json<trip>(R"({"seats": 4, ")"s + key + R"(": "south"})");
        CHECK(read.name == "south");
        CHECK(read.seats == 4);
        CHECK_FALSE(read.note);
    }
    CHECK(refusals<trip>(R"({"name": "a", "title": "b"})") == "1:15 name duplicate: the key is there already");
}

TEST_CASE("json: strings are escaped where they must be", "[json]") {
    CHECK(to_json("\"\\/\b\f\n\r\t"s) == R"("\"\\/\b\f\n\r\t")");
    CHECK(to_json("\0\x01\x1f\x7f"s) == "\"\\u0000\\u0001\\u001f\x7f\"");
    CHECK(to_json("\u00e9\u2028\U0001f600"s) == "\"\u00e9\u2028\U0001f600\"");
    CHECK(to_json(std::map<std::string, int>{{"a\n\"", 1}}) == R"({"a\n\"":1})");

    CHECK(from_json<std::string>(R"("\u0041\u00e9\u20AC\uD83D\ude00\u0000\/")") == "A\u00e9\u20ac\U0001f600\0/"s);
    CHECK(from_json<char>(R"("\u0041")") == 'A');
    CHECK(from_json<trip>(R"({"n\u0061me": "x"})").name == "x");

    // Each character up to U+0800, and those at the edges, as another library has them.
    std::string all;
    for (std::uint32_t code = 0; code <= 0x110000;
         code += code < 0x800 || code % 0x400 == 0x3ff ? 1 : 0x3ff - code % 0x400) {
        if (code > 0x10ffff || (code >= 0xd800 && code < 0xe000)) continue;
        const auto put = [&](std::uint32_t lead, unsigned shift) {
            all += static_cast<char>(lead | (shift == 0 ? code : code >> shift & (lead == 0x80 ? 0x3fU : 0xffU)));
        };
        if (code < 0x80) {
            put(0, 0);
        } else if (code < 0x800) {
            put(0xc0, 6);
            all += static_cast<char>(0x80U | (code & 0x3fU));
        } else if (code < 0x10000) {
            put(0xe0, 12);
            put(0x80, 6);
            all += static_cast<char>(0x80U | (code & 0x3fU));
        } else {
            put(0xf0, 18);
            put(0x80, 12);
            put(0x80, 6);
            all += static_cast<char>(0x80U | (code & 0x3fU));
        }
    }
    CHECK(to_json(all) == nlohmann::json(all).dump());
    CHECK(from_json<std::string>(nlohmann::json(all).dump()) == all);
    CHECK(from_json<std::string>(nlohmann::json(all).dump(-1, ' ', true)) == all); // all of it as \uXXXX
}

TEST_CASE("json: floating-point numbers have the fewest digits, and stay what they are", "[json]") {
    CHECK(to_json(1.0) == "1.0");
    CHECK(to_json(-0.0) == "-0.0");
    CHECK(to_json(0.1) == "0.1");
    CHECK(to_json(0.1F) == "0.1");
    CHECK(to_json(1e22) == "1e+22");
    CHECK(to_json(100000.0) == "1e+05");
    CHECK(to_json(12345.0) == "12345.0");
    CHECK(to_json(5e-324) == "5e-324");
    CHECK(to_json(std::numeric_limits<double>::max()) == "1.7976931348623157e+308");
    CHECK(to_json(std::numeric_limits<float>::denorm_min()) == "1e-45");
    CHECK(to_json(lathe::value(2.0)) == "2.0");
    CHECK(std::signbit(from_json<double>("-0.0")));

    // Bits all over the place; the step is odd, so none comes twice.
    std::uint64_t bits = 0x3ff;
    for (int i = 0; i < 20'000; ++i) {
        bits += 0x9e3779b97f4a7c15U;
        const auto number = std::bit_cast<double>(bits);
        const auto small = std::bit_cast<float>(static_cast<std::uint32_t>(bits >> 32U));
        if (!std::isfinite(number) || !std::isfinite(small)) continue;
        const bool same = std::bit_cast<std::uint64_t>(from_json<double>(to_json(number))) == bits &&
                          nlohmann::json::parse(to_json(number)).get<double>() == number &&
                          std::bit_cast<std::uint32_t>(from_json<float>(to_json(small))) == bits >> 32U;
        if (!same) FAIL(to_json(number) << " or " << to_json(small) << " is read as another number");
    }
}

TEST_CASE("json: a float is read from its digits", "[json]") {
    // Just above the middle of 1 and the next float: rounded to a double first, it would be the middle, and become 1.
    CHECK(from_json<float>("1.00000005960464477539062500001") == 1.0F + std::numeric_limits<float>::epsilon());
    CHECK(from_json<float>("1.000000059604644775390625") == 1.0F); // the middle goes to the even one
    CHECK(from_json<float>("3.4028235677973365e38") == std::numeric_limits<float>::max());
    CHECK(refusals<float>("[1e39]") == "1:1 type: a list is not a number");
    CHECK(refusals<std::vector<float>>("[0.5, 1e39]") == "1:7 [1] representable: 1e39 is out of the range of float");
    CHECK(refusals<float>("-3.41e38") == "1:1 representable: -3.41e38 is out of the range of float");
    CHECK(from_json<float>("1e-60") == 0.0F); // as 1e-60F is, and as 1e-400 is for a double
    CHECK(from_json<double>("1e-400") == 0.0);
    CHECK(std::signbit(from_json<float>("-1e-60")));
}

TEST_CASE("json: a float's digits do not depend on the locale", "[json]") {
    const std::string before = std::setlocale(LC_NUMERIC, nullptr);
    const char* found = nullptr;
    for (const char* const name : {"de_DE.UTF-8", "de_DE.utf8", "fr_FR.UTF-8", "ru_RU.UTF-8", "sv_SE.UTF-8"})
        found = found == nullptr ? std::setlocale(LC_NUMERIC, name) : found;
    if (found == nullptr) WARN("no locale with a decimal comma is installed");
    CHECK(from_json<float>("3.25") == 3.25F);
    CHECK(from_json<double>("3.25") == 3.25);
    CHECK(from_json<lathe::value>("3.25") == lathe::value(3.25));
    CHECK(refusals<std::string>("3.25") == "1:1 type: 3.25 is not text");
    CHECK(to_json(3.25) == "3.25");
    CHECK(to_json(3.25F) == "3.25");
    std::setlocale(LC_NUMERIC, before.c_str());
}

TEST_CASE("json: nan and infinities throw, or become null", "[json]") {
    const double nan = std::numeric_limits<double>::quiet_NaN();
    const float infinite = std::numeric_limits<float>::infinity();
    CHECK(refusal_of([&] { return to_json(nan); }) == "finite: nan has no form in JSON");
    CHECK(refusal_of([&] { return to_json(std::vector<float>{1, -infinite}); }) ==
          "finite: [1]: -inf has no form in JSON");
    CHECK(refusal_of([&] { return to_json(lathe::dict{{"a", lathe::list{nan}}}); }) ==
          "finite: a[0]: nan has no form in JSON");
    CHECK(to_json(std::vector<float>{1, infinite, -infinite}, {.non_finite_as_null = true}) == "[1.0,null,null]");
    CHECK(to_json(std::map<std::string, double>{{"x", nan}, {"y", 2}}, {.indent = 1, .non_finite_as_null = true}) ==
          "{\n \"x\": null,\n \"y\": 2.0\n}");
}

TEST_CASE("json: bytes are base64", "[json]") {
    // RFC 4648, section 10.
    const std::pair<std::string_view, std::string_view> vectors[] = {{"", ""},
                                                                     {"f", "Zg=="},
                                                                     {"fo", "Zm8="},
                                                                     {"foo", "Zm9v"},
                                                                     {"foob", "Zm9vYg=="},
                                                                     {"fooba", "Zm9vYmE="},
                                                                     {"foobar", "Zm9vYmFy"}};
    for (const auto& [plain, coded] : vectors) {
        INFO(coded);
        lathe::bytes raw;
        for (const char c : plain)
            raw.push_back(static_cast<std::byte>(c));
        const std::string text = '"' + std::string(coded) + '"';
        CHECK(to_json(raw) == text);
        CHECK(to_json(lathe::value(raw)) == text);
        CHECK(from_json<lathe::bytes>(text) == raw);
    }
    lathe::bytes every;
    for (unsigned i = 0; i < 256; ++i)
        every.push_back(static_cast<std::byte>(i * 167U & 0xffU));
    CHECK(from_json<lathe::bytes>(to_json(every)) == every);
    CHECK(from_json<lathe::bytes>(R"("+/+/")") == lathe::bytes{std::byte{0xfb}, std::byte{0xff}, std::byte{0xbf}});

    for (const char* const wrong : {"Z",
                                    "Zg",
                                    "Zg=",
                                    "Zg===",
                                    "Zh==",
                                    "Zm9=",
                                    "====",
                                    "=",
                                    "Zg==Zg==",
                                    "Zm 9v",
                                    "Zm9v\\n",
                                    "Z\\u00e9==",
                                    "-_-_",
                                    "Zg=A",
                                    "Zm9v=",
                                    "Z===",
                                    "Zm9vZg==="}) {
        const std::string text = '"' + std::string(wrong) + '"';
        INFO(text);
        CHECK_THAT(refusals<lathe::bytes>(text), lathe_test::ContainsSubstring("is not bytes in base64"));
    }
    CHECK(from_json<std::array<std::byte, 2>>(R"("AP8=")") == std::array{std::byte{0}, std::byte{0xff}});
    CHECK(refusals<std::array<std::byte, 3>>(R"("AP8=")") == "1:1 length: \"AP8=\" is not 3 bytes");
}

TEST_CASE("json: what is no UTF-8 is not written", "[json]") {
    for (const std::string_view wrong : {"\x80",
                                         "a\xff",
                                         "\xc0\x80",
                                         "\xc3",
                                         "\xe0\x9f\xbf",
                                         "\xed\xa0\x80",
                                         "\xf0\x8f\xbf\xbf",
                                         "\xf4\x90\x80\x80",
                                         "\xf8\x88\x80\x80\x80",
                                         "\xe2\x82",
                                         "\xf0\x9f\x98z"}) {
        CHECK_THAT(refusal_of([&] { return to_json(wrong); }), lathe_test::ContainsSubstring("utf8: \""));
    }
    CHECK(refusal_of([] { return to_json(trip{.note = "\xff"}); }) ==
          R"(utf8: trip.note: "\xff" is no UTF-8, which JSON must be)");
    CHECK_THAT(refusal_of([] { return to_json(std::map<std::string, int>{{"\xff", 1}}); }),
               lathe_test::ContainsSubstring("is no UTF-8, which JSON must be"));
    CHECK_THAT(refusal_of([] { return to_json(lathe::dict{{"\xff", 1}}); }),
               lathe_test::ContainsSubstring("is no UTF-8, which JSON must be"));
    CHECK_THAT(refusal_of([] { return to_json('\xe9'); }), lathe_test::ContainsSubstring("is no UTF-8"));
}

TEST_CASE("json: what has no name or no end is not written", "[json]") {
    CHECK_THAT(refusal_of([] { return to_json(kinds{.during = static_cast<phase>(9)}); }),
               lathe_test::ContainsSubstring("one_of: kinds.during: "));
    lathe::value deep;
    for (int i = 0; i < 1000; ++i)
        deep = lathe::list{lathe::value{std::move(deep)}};
    CHECK(to_json(deep) == std::string(1000, '[') + "null" + std::string(1000, ']'));
    deep = lathe::list{lathe::value{std::move(deep)}};
    CHECK_THAT(refusal_of([&] { return to_json(deep); }), lathe_test::ContainsSubstring("depth: "));
}

TEST_CASE("json: extra keys are kept, and written back", "[json]") {
    const std::string text = R"({"id":4,"x":[1,{"y":null}],"":"e"})";
    open_model read = from_json<open_model>(text);
    CHECK(read.rest->size() == 2);
    CHECK(to_json(read) == text);
    CHECK(refusals<open_model>(R"({"x": 1, "x": 2})") == "1:10 x duplicate: the key is there already");
    CHECK(refusals<open_model>(R"({"rest": 1, "rest": {}})") == "1:13 rest duplicate: the key is there already");
    read.rest.modify([](lathe::dict& rest) { rest["id"] = 5; });
    CHECK_THAT(refusal_of([&] { return to_json(read); }), lathe_test::ContainsSubstring("open_model.id"));
}

TEST_CASE("json: each issue has its place", "[json]") {
    const std::string_view text = R"({
	"name": "much too long a name",
  "seats": "4",
  "legs": [ {"from": "SFO", "km": -4},
            {"from": 7, "kn": 1},
    [], null, {"km": 12.5 } ],
  "café": {"a": [1, "}"]}, "seats": 2, "note": [ ]
})";
    CHECK(refusals<trip>(text) == R"(2:10 name max_length: "much too long a name" is longer than 10
3:12 seats type: "4" is not a whole number
4:35 legs[0].km positive: -4 is not positive
5:22 legs[1].from type: 7 is not text
5:25 legs[1].kn unknown: is not a field of leg; did you mean km?
6:5 legs[2] type: a list is not a dict
6:9 legs[3] type: null is not a dict
6:15 legs[4].from required: is missing
7:3 ["café"] unknown: is not a field of trip
7:29 seats duplicate: the key is there already
7:49 note type: a list is not text)");

    // A string's place is where it begins, whatever is in it; tabs and bytes count one each.
    CHECK(refusals<std::vector<int>>("[1, \"a\\\"b\\\\\\\"\"]") == R"(1:5 [1] type: "a\"b\\\"" is not a whole number)");
    CHECK(refusals<std::vector<int>>("[\"\"]") == R"(1:2 [0] type: "" is not a whole number)");
    CHECK(refusals<std::vector<int>>("\r\n\t[\t\r\n true]") == "3:2 [0] type: true is not a whole number");
    CHECK(refusals<std::vector<std::string>>("[\"\u00e9\u20ac\", -1.5e+3\n]") == "1:11 [1] type: -1.5e+3 is not text");
    CHECK(refusals<std::vector<std::string>>("[\"a\",12").starts_with("1:6 [1] type: 12 is not text\n1:8 [1] json: "));
    CHECK(refusals<std::vector<std::string>>("[1\"x\"]").starts_with("1:2 [0] type: 1 is not text\n1:3 [0] json: "));
    CHECK(refusals<std::string>("\n\n  null") == "3:3 type: null is not text");
    CHECK(refusals<std::string>("false") == "1:1 type: false is not text");
    CHECK(refusals<int>(" {\"a\": 1}") == "1:2 type: a dict is not a whole number");
    CHECK(refusals<std::map<int, int>>("{\"1\": 2, \"x\": 3, \n\"1\": 4}") ==
          "1:10 [\"x\"] type: \"x\" is not a whole number\n2:1 [\"1\"] duplicate: the key is there already");
    CHECK(refusals<std::set<int>>("[4, 5,\n 4]") == "2:2 [2] unique: the element is there already");
    CHECK(refusals<std::array<int, 3>>("\n [1, 2]") == "2:2 length: a list of 2 is not a list of 3");
    CHECK(refusals<std::vector<std::pair<int, int>>>("[[1,2], [1,2,3]]") ==
          "1:9 [1] length: a list of 3 is not a list of 2");
    // A variant's issues are at its beginning.
    CHECK(refusals<std::vector<std::variant<int, leg>>>("[1, {\"from\": \"\"}]") ==
          "1:5 [1].from not_empty: \"\" is empty");
    CHECK(refusals<std::variant<int, std::string>>("1.5") == "1:1 type: 1.5 is not a whole number or text");
}

TEST_CASE("json: messages begin with the place", "[json]") {
    const std::string_view text = "{\"legs\": [\n{\"from\": \"SFO\", \"km\": -4}], \"seat\": 1}";
    const auto outcome = try_from_json<trip>(text);
    REQUIRE_FALSE(outcome);
    CHECK(std::string(outcome.error().what()) ==
          "line 2, column 23: trip.legs[0].km: -4 is not positive\n"
          "line 2, column 29: trip.seat: is not a field of trip; did you mean seats?");
    CHECK(outcome.error().model() == "trip");
    CHECK(outcome.error().issues().at(0).value == "-4");
    CHECK_THROWS_MATCHES(from_json<trip>(text, {.max_issues = 1, .place = "trips.json"}),
                         lathe::validation_error,
                         lathe_test::Message("trips.json:2:23: trip.legs[0].km: -4 is not positive"));
    CHECK_THROWS_MATCHES(from_json<int>("[]"),
                         lathe::validation_error,
                         lathe_test::Message("line 1, column 1: a list is not a whole number"));
}

TEST_CASE("json: strict reading takes what arrives unchanged, lax reading converts", "[json]") {
    CHECK(from_json<double>("3") == 3.0);
    CHECK(refusals<int>("3.0") == "1:1 type: 3.0 is not a whole number");
    CHECK(from_json<int>("3.0", lax) == 3);
    CHECK(from_json<int>("\"3\"", lax) == 3);
    CHECK(from_json<bool>("1", lax));
    CHECK(refusals<bool>("2", lax) == "1:1 type: 2 is not true or false");
    CHECK(refusals<int>("3.5", lax) == "1:1 type: 3.5 is not a whole number");
    CHECK(refusals<std::string>("3", lax) == "1:1 type: 3 is not text");
    CHECK(from_json<std::set<int>>("[2, 2]", lax).size() == 1);
    CHECK(refusals<double>("9007199254740993") ==
          "1:1 representable: 9007199254740993 is not exact as a double"); // 2^53 + 1
    CHECK(from_json<double>("9007199254740993", lax) == 9007199254740992.0);
    CHECK(from_json<double>("9007199254740992") == 9007199254740992.0);
}

TEST_CASE("json: variants keep what they hold", "[json]") {
    const drawing some{{circle{0.1F}, square{2}, std::vector<float>{0.1F, 16777216}, circle{3}}};
    const std::string text = R"({"shapes":[{"radius":0.1},{"side":2},[0.1,16777216.0],{"radius":3.0}]})";
    CHECK(to_json(some) == text);
    const auto read = try_from_json<drawing>(text);
    REQUIRE(read);
    CHECK(lathe::equal(*read, some));
    CHECK(from_json<std::variant<int, float>>("0.1") == std::variant<int, float>(0.1F));
    CHECK(from_json<std::variant<std::string, lathe::bytes>>("\"Zg==\"").index() == 0);
}

// {"term":{"op":"multiply","args":[{"term":{"op":"multiply","args":[...{"term":1}...]}}]}}
std::string nested_products(std::size_t depth, bool op_first) {
    const std::string op = R"("op":"multiply")", before = op_first ? op + ',' : "", after = op_first ? "" : ',' + op;
    std::string text = R"({"term":1})";
    for (std::size_t i = 0; i < depth; ++i)
        text = R"({"term":{)" + before + R"("args":[)" + text + "]" + after + "}}"; // NOLINT: few
    return text;
}

TEST_CASE("json: variants in variants do not take exponential time", "[json]") {
    CHECK(to_json(from_json<expression>(nested_products(5, true))) == nested_products(5, true));
    CHECK(to_json(from_json<expression>(nested_products(60, true))) == nested_products(60, true));
    const auto read = try_from_json<expression>(nested_products(60, false), {.max_values = 100'000});
    if (!read) CHECK(read.error().issues().at(0).rule == "max_values");

    // What is wrong deep down is found, and not tried twice on each level.
    std::string text = R"({"node":"x"})", path = "node";
    for (int i = 0; i < 60; ++i) {
        text = R"({"node":{"trees":[)" + text + "]}}"; // NOLINT: few
        path = "node.trees[0]." + path;                // NOLINT
    }
    CHECK(refusals<tree>(text, {.max_values = 100'000}) ==
          "1:9 " + path + " type: \"x\" is not a whole number or a branch");
}

} // namespace
} // namespace lathe_test::json
