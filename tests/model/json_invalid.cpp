// SPDX-License-Identifier: MIT
// Texts that are no JSON, texts that look as if they were none, and texts that mean harm.
#include <lathe/model/json.hpp> // first: proves that the header stands alone

#include <cmath>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <lathe/model/field.hpp>
#include <lathe/model/rules.hpp>

#include "support/catch.hpp"

namespace lathe_test::json_invalid {
namespace {

using namespace std::string_literals;
using namespace std::string_view_literals;
using lathe::from_json, lathe::try_from_json, lathe::value;

struct nothing {};
struct point {
    int x = 0;
    lathe::property<int, lathe::alias<"why">> y = 0;
};
struct numbers {
    lathe::property<std::vector<int>, lathe::each<lathe::in_range<0, 5>>> all = {};
};
const lathe::read_options skip{.unknown_keys = lathe::unknown_keys::ignore};

// Each of these is refused by RFC 8259, sections 2 to 8, alone and as the value of an entry.
// clang-format off
const std::vector<std::pair<const char*, std::vector<std::string_view>>> invalid{
    {"structure", {"[", "]", "{", "}", "[[]", "[]]", "[}", "{]", "[{]}", "{[]}", "(1)", "<1>", ":", "[1:2]", "{:}",
        "{\"a\"}", "{\"a\":}", "{\"a\" 1}", "{\"a\":1 \"b\":2}", "{\"a\"::1}", "{\"a\":1:2}", "{1:2}", "{null:1}",
        "{true:1}", "{[]:1}", "{{}:1}", "{a:1}", "{\"a\";1}", "{\"a\"=1}", "[\"a\" \"b\"]", "[1 2]", "[1][2]", "{}{}",
        "[\"a\":1]", "{\"a\",\"b\"}", "[1]1", "\"a\"\"b\"", "[[[]]", "{\"a\":{}"}},
    {"commas", {",", "[,]", "[1,]", "[,1]", "[1,,2]", "{,}", "{\"a\":1,}", "{,\"a\":1}", "{\"a\":1,,\"b\":2}", "[1;2]",
        "1,", "[[],]", "[1,2,,]", "{\"a\":,}", "[\uff0c]"}},
    {"numbers", {"01", "-01", "00", "-00", "+1", "1.", "1.e5", ".5", "-.5", "1e", "1e+", "1E-", "1ee5", "1e5.5",
        "1.2.3", "0x1", "0xff", "0b1", "0o7", "1_000", "1 000", "1,000", "--1", "-+1", "+-1", "- 1", "-", "+", "1-",
        "1+1", "1e 5", "1. 5", "0e", "NaN", "nan", "-NaN", "Infinity", "-Infinity", "inf", "-inf", "1f", "1L", "1.0f",
        "1n", "1/2", "$1", "1e0x1", "0.", "-0.", "0.e1", "e5", "-e5", "\uff11", "\u22121"}},
    {"literals", {"True", "TRUE", "tru", "truE", "truee", "true1", "False", "fals", "Null", "NULL", "nul", "nil",
        "none", "None", "undefined", "nulll", "truefalse", "t", "f", "n", "yes", "tr ue", "a", "\\u006eull"}},
    {"quotes", {"'a'", "{'a':1}", "`a`", "\"a", "a\"", "\"", "\"a'", "\"\"\"", "\\\"a\\\"", "\u201ca\u201d", "\"a\"b",
        "\"\"a\"\""}},
    {"escapes", {R"("\")", R"("\x41")", R"("\a")", R"("\0")", R"("\v")", R"("\'")", R"("\ ")", R"("\U0041")", R"("\u")",
        R"("\u0")", R"("\u00")", R"("\u004")", R"("\u004g")", R"("\u+041")", R"("\u 041")", R"("\u{41}")",
        R"("\u-001")", R"("\\\")", R"("\e")", R"("\N")", R"("\1")", "\"\\\n\"", "\"\\\xc3\xa9\"", R"("\u00\u0041")"}},
    {"lone surrogates", {R"("\ud800")", R"("\udbff")", R"("\udc00")", R"("\udfff")", R"("\ud800a")", R"("\ud800\n")",
        R"("\ud800\u0041")", R"("\ud800\ud800")", R"("\udc00\ud800")", R"("\ud800\udc0")", R"("\ud83d\\ude00")",
        R"("\ud83dude00")", R"("\uD800\uE000")", R"({"\ud800":1})"}},
    {"control characters", {"\"\0\""sv, "\"\x01\"", "\"\x08\"", "\"\t\"", "\"\n\"", "\"\r\"", "\"\x1f\"", "\"a\x0b\"",
        "{\"a\nb\":1}", "\x01", "[\x1f]", "\v1", "\f1", "[1,\v2]", "1\f", "\1771"}},
    {"other blanks", {"\u00a01", "\u20281", "\u3000[]", "[\u2060]", "1\u0085"}},
    {"bytes that are no UTF-8", {"\"\x80\"", "\"\xbf\"", "\"\xff\"", "\"\xfe\"", "\"\xc0\x80\"", "\"\xc1\xbf\"",
        "\"\xe0\x80\x80\"", "\"\xe0\x9f\xbf\"", "\"\xf0\x80\x80\x80\"", "\"\xf0\x8f\xbf\xbf\"", "\"\xed\xa0\x80\"",
        "\"\xed\xbf\xbf\"", "\"\xed\xa0\xbd\xed\xb8\x80\"", "\"\xf4\x90\x80\x80\"", "\"\xf5\x80\x80\x80\"",
        "\"\xf8\x88\x80\x80\x80\"", "\"\xfc\x84\x80\x80\x80\x80\"", "\"\xc3\"", "\"\xc3\x28\"", "\"\xe2\x82\"",
        "\"\xe2\x28\xa1\"", "\"\xe2\x82\x28\"", "\"\xf0\x9f\x98\"", "\"\xf0\x28\x8c\xbc\"", "\"\xf0\x90\x28\xbc\"",
        "\"\xf0\x90\x8c\x28\"", "\"\xc3\xa9\xa9\"", "\"\\\xff\"", "\"\xc3", "{\"\xff\":1}", "\xff", "[\x80]",
        "\xc3\xa9"}},
    {"comments", {"// a\n1", "1 // a", "/* a */ 1", "[1 /* a */]", "# a\n1", "[1, # a\n2]", "<!-- -->1", "{/**/}",
        "1 --a", "/1"}},
    {"other formats", {"a: 1", "- 1", "---\n1", "<a/>", "a=1", "{\"a\": 1; }", "[1, 2, ...]", "(true)",
        "{\"a\": \"b\" + \"c\"}", "\"a\\\nb\"", "[0, 1}", "undefined", "new Date()", "{\"a\": 08}", "@"}},
    {"behind the end", {"1 2", "{} []", "null,", "null null", "\"a\" b", "[] ]", "{} }", "1 \"a\"", "true true",
        "[]\ufeff"}},
    {"byte order marks", {"\xef\xbb", "\xef", "\xef\xbb\2761", "\xff\3761\0"sv, "\xfe\xff\0001"sv, "\ufeff",
        "\ufeff\ufeff1", "[\ufeff]", " \ufeff1", "\0\0\0001"sv, "1\0\0\0"sv}},
    {"zeros", {"\0"sv, "1\0"sv, "[1]\0"sv, "[1]\0garbage"sv, "[1\0]"sv, "[\0001]"sv, "\0[1]"sv, "{}\0{}"sv, "\"a\"\0"sv,
        "true\0"sv, "1 \0"sv, "[1,\0"sv, "tru\0e"sv, "1.\0005"sv, "{\"a\"\0:1}"sv, "1\n\0\n"sv}},
    {"nothing", {"", " ", "\n", "\t\r\n ", "\n\n\n"}},
};
// clang-format on

std::string shown(std::string_view text) {
    return lathe::detail::shown_value(text);
}

TEST_CASE("json_invalid: what is no JSON is refused, and so it is where it would be skipped", "[json]") {
    std::size_t count = 0;
    for (const auto& [about, texts] : invalid) {
        for (const std::string_view text : texts) {
            CAPTURE(about, shown(text));
            ++count;
            const auto outcome = try_from_json<value>(text);
            if (outcome) {
                FAIL_CHECK("is accepted");
                continue;
            }
            const lathe::issue& last = outcome.error().issues().back();
            CHECK(last.rule == "json");
            CHECK(last.position.line >= 1);
            CHECK(last.position.column >= 1);
            CHECK(last.position.column <= text.size() + 1);
            CHECK(lathe::detail::is_utf8(outcome.error().what()));

            const auto skipped = try_from_json<nothing>("{\"skipped\":" + std::string(text) + "}", skip);
            CHECK_FALSE(skipped);
            if (!skipped) CHECK(skipped.error().issues().back().rule == "json");
        }
    }
    CHECK(count >= 150);
}

TEST_CASE("json_invalid: the place is where the text goes wrong", "[json]") {
    struct expected {
        std::string_view text;
        std::size_t line, column;
    };
    // clang-format off
    const std::vector<expected> places{
        {"", 1, 1}, {" \n", 2, 1}, {"[1,", 1, 4}, {"[1", 1, 3}, {"\"ab", 1, 4}, {"nul", 1, 4},
        {"[1,x]", 1, 4}, {"[nul]", 1, 5}, {"[01]", 1, 2}, {"[1 \"abc\"]", 1, 4}, {"[\n1,\n 2 true]", 3, 4},
        {"{\"a\" 1}", 1, 6}, {"{\"a\":1 \"b\":2}", 1, 8}, {"[1,]", 1, 4}, {"{\"a\":1,}", 1, 8}, {"[1}", 1, 3},
        {"1 2", 1, 3}, {"[] []", 1, 4}, {"{\n  12: 3}", 2, 3}, {"\"a\tb\"", 1, 3}, {"\"\\x\"", 1, 3},
        {"\"a\xff\"", 1, 3}, {"[1.]", 1, 4}, {"[-]", 1, 3}, {"[1]\0"sv, 1, 4}, {"[1]\n\0x"sv, 2, 1},
        {"\n\n  'a'", 3, 3}, {"[\"\u00e9\", ?]", 1, 8}, {"[1, false false]", 1, 11},
    };
    // clang-format on
    for (const auto& [text, line, column] : places) {
        CAPTURE(shown(text));
        const auto outcome = try_from_json<value>(text);
        REQUIRE_FALSE(outcome);
        CHECK(outcome.error().issues().back().position.line == line);
        CHECK(outcome.error().issues().back().position.column == column);
    }
}

TEST_CASE("json_invalid: a document that was cut off is refused wherever that was", "[json]") {
    const std::string whole =
        "{\"text\": \"\\u00e9\\n\xf0\x9f\x98\x80\", \"number\": -12.5e+10,\n \"list\": [true, false, null, "
        "{}, [], {\"a\": [0]}], \"last\": 1}";
    REQUIRE(try_from_json<value>(whole));
    for (std::size_t size = 0; size < whole.size(); ++size) {
        const std::string_view text = std::string_view(whole).substr(0, size);
        CAPTURE(shown(text));
        const auto outcome = try_from_json<value>(text);
        REQUIRE_FALSE(outcome);
        REQUIRE(outcome.error().issues().size() == 1);
        const lathe::issue& only = outcome.error().issues()[0];
        CHECK(only.rule == "json");
        const std::size_t line_end = whole.find('\n');
        CHECK(only.position ==
              (size <= line_end ? lathe::text_position{1, size + 1} : lathe::text_position{2, size - line_end}));
    }
}

TEST_CASE("json_invalid: odd texts that are JSON are read", "[json]") {
    const std::vector<std::pair<std::string_view, value>> odd{
        {"0", 0},
        {"-0", 0},
        {"-0.0", 0.0},
        {"0e0", 0.0},
        {"0E+0", 0.0},
        {"1E5", 1e5},
        {"1e-0", 1.0},
        {"0.0e-00007", 0.0},
        {"1e00000000000000000000002", 100.0},
        {"1e-400", 0.0},
        {"-1e-400", 0.0},
        {"0e999", 0.0},
        {"0e99999999999999999999", 0.0},
        {"0.1000000000000000055511151231257827021181583404541015625", 0.1},
        {"4.9e-324", 5e-324},
        {"2.2250738585072011e-308", 2.2250738585072011e-308},
        {"1.7976931348623157e308", 1.7976931348623157e308},
        {"9007199254740993.0", 9007199254740992.0},
        {"1.7976931348623158e308", 1.7976931348623157e308},
        {"9223372036854775807", std::numeric_limits<std::int64_t>::max()},
        {"-9223372036854775808", std::numeric_limits<std::int64_t>::min()},
        {"9223372036854775808", std::uint64_t{1} << 63U},
        {"18446744073709551615", std::numeric_limits<std::uint64_t>::max()},
        {R"("")", ""},
        {R"("\/")", "/"},
        {R"("\u0000")", "\0"sv},
        {R"("\\u0041")", "\\u0041"},
        {R"("\u0022\u005c")", "\"\\"},
        {R"("\ud83d\ude00")", "\xf0\x9f\x98\x80"},
        {R"("\uDBFF\uDFFF")", "\xf4\x8f\xbf\xbf"},
        {R"("\ud800\udc00")", "\xf0\x90\x80\x80"},
        {R"("\uffff\ufdd0")", "\xef\xbf\xbf\xef\xb7\x90"},
        {"\"\xed\x9f\xbf\xee\x80\x80\"", "\xed\x9f\xbf\xee\x80\x80"},
        {"\"\x7f\"", "\x7f"},
        {"\"// /* # '\"", "// /* # '"},
        {"\"\xe2\x80\xa8\xc2\xa0\"", "\xe2\x80\xa8\xc2\xa0"},
        {"\"\xef\xbb\xbf\"", "\xef\xbb\xbf"},
        {" \t\r\n[ \t\r\n] \t\r\n", lathe::list{}},
        {"{ }", lathe::dict{}},
        {"[[],[[]],{}]", lathe::list{value{lathe::list{}}, value{lathe::list{value{lathe::list{}}}}, lathe::dict{}}},
        {R"({"":0})", lathe::dict{{"", 0}}},
        {R"({"a":1,"A":2,"a ":3})", lathe::dict{{"a", 1}, {"A", 2}, {"a ", 3}}},
        {"true", true},
        {"[true,false,null]", lathe::list{true, false, nullptr}},
        {"\ufeff1", 1}, // a byte order mark may be skipped: RFC 8259, section 8.1
    };
    for (const auto& [text, expected] : odd) {
        CAPTURE(shown(text));
        const auto outcome = try_from_json<value>(text);
        REQUIRE(outcome);
        CHECK(*outcome == expected);
        CHECK(outcome->kind() == expected.kind());
    }
    CHECK(std::signbit(from_json<value>("-0.0").as<double>()));
    CHECK(std::signbit(from_json<value>("-1e-400").as<double>()));

    const std::string deep = std::string(256, '[') + std::string(256, ']');
    CHECK(try_from_json<value>(deep));
    CHECK_FALSE(try_from_json<value>('[' + deep + ']'));
    CHECK(try_from_json<value>('[' + deep + ']', {.max_depth = 257}));
}

template <class T>
std::string refusal(std::string_view text, const lathe::read_options& options = {}) {
    const auto outcome = try_from_json<T>(text, options);
    if (outcome) return "read";
    const lathe::issue& first = outcome.error().issues()[0];
    return std::to_string(first.position.column) + ' ' + first.path + ' ' + first.rule + ": " + first.message;
}

template <class T>
void check_edges() {
    using edges = std::numeric_limits<T>;
    INFO(lathe::type_name<T>);
    const std::string low = std::to_string(edges::min()), high = std::to_string(edges::max());
    CHECK(from_json<T>(low) == edges::min());
    CHECK(from_json<T>(high) == edges::max());
    for (const bool lax : {false, true}) {
        const lathe::read_options options{.conversions = lax ? lathe::conversions::lax : lathe::conversions::strict};
        // One more, in decimal: no edge ends with a nine.
        std::string above = high, below = low == "0" ? "-1" : low;
        ++above.back();
        if (low != "0") ++below.back();
        for (const std::string& wrong : {above,
                                         below,
                                         high + "0",
                                         "-" + high + "0",
                                         "9223372036854775808" + std::string(11, '0'),
                                         "-9223372036854775809" + std::string(11, '1')}) {
            INFO(wrong);
            const std::string said = refusal<T>('[' + wrong, options);
            CHECK(refusal<std::vector<T>>('[' + wrong + ']', options)
                      .starts_with("2 [0] representable: " + wrong.substr(0, 20)));
        }
    }
}

TEST_CASE("json_invalid: no integer is cut to size", "[json]") {
    check_edges<std::int8_t>();
    check_edges<std::uint8_t>();
    check_edges<std::int16_t>();
    check_edges<std::uint16_t>();
    check_edges<std::int32_t>();
    check_edges<std::uint32_t>();
    check_edges<std::int64_t>();
    check_edges<std::uint64_t>();
    for (const char* const huge : {"18446744073709551616", "-9223372036854775809", "123456789012345678901234567890"}) {
        CHECK_THAT(refusal<value>(huge), lathe_test::ContainsSubstring("representable: "s + huge));
        CHECK(refusal<std::optional<std::uint64_t>>(huge) != "read");
    }
    CHECK(from_json<double>("123456789012345678901234567890") == 123456789012345678901234567890.0);
    CHECK(from_json<float>("123456789012345678901234567890") == 123456789012345678901234567890.0F);
    CHECK(from_json<double>("-9223372036854775809") == -9223372036854775808.0);
    CHECK(from_json<value>("1e19") == value(1e19)); // a float is what it says it is
}

TEST_CASE("json_invalid: a number that no double holds is refused, not made infinite", "[json]") {
    const std::vector<std::string> none{
        "1e999", "-1e309", "1.7976931348623159e308", "1e99999999999999999999", "1" + std::string(400, '0')};
    for (const std::string& huge : none) {
        CAPTURE(huge);
        CHECK_THAT(refusal<std::vector<double>>("[0, " + huge + "]"),
                   lathe_test::ContainsSubstring("5 [1] representable: "));
        CHECK_THAT(refusal<std::vector<float>>("[0, " + huge + "]"),
                   lathe_test::ContainsSubstring("5 [1] representable: "));
        CHECK_THAT(refusal<value>(huge), lathe_test::ContainsSubstring("1  representable: "));
        CHECK_THAT(refusal<int>(huge), lathe_test::ContainsSubstring("1  "));
    }
}

TEST_CASE("json_invalid: a key may stand once", "[json]") {
    CHECK(refusal<point>(R"({"x": 1, "x": 1})") == "10 x duplicate: the key is there already");
    CHECK(refusal<point>(R"({"why": 1, "y": 1})") == "12 y duplicate: the key is there already");
    CHECK(refusal<point>(R"({"y": 1, "\u0079": 1})") == "10 y duplicate: the key is there already");
    CHECK(refusal<std::vector<value>>(R"([{"a": {"b": 1, "b": [2]}}])") ==
          "17 [0].a.b duplicate: the key is there already");
    CHECK(refusal<lathe::dict>(R"({"": 1, "": 2})") == "9 [\"\"] duplicate: the key is there already");
    CHECK(refusal<std::map<std::string, int>>(R"({"a": 1, "a": 2})") ==
          R"(10 ["a"] duplicate: the key is there already)");
    // Where it cannot mislead anyone, nobody looks.
    CHECK(refusal<point>(R"({"z": {"a": 1, "a": 2}})", skip) == "read");
    // The value behind it is not looked at, and the rest is.
    const auto outcome = try_from_json<point>(R"({"x": 1, "x": {"y": "no"}, "y": "one"})");
    REQUIRE_FALSE(outcome);
    CHECK(outcome.error().issues().size() == 2);
}

TEST_CASE("json_invalid: depth has a limit, wherever it is", "[json]") {
    const std::string lists(1'000'000, '[');
    std::string dicts;
    for (int i = 0; i < 200'000; ++i)
        dicts += "{\"a\":";
    const std::string rule = "max_depth: the document is nested deeper than 256";
    for (const std::string& deep : {lists, dicts}) {
        CHECK_THAT(refusal<value>(deep), lathe_test::ContainsSubstring(rule));
        CHECK_THAT(refusal<point>("{\"z\":" + deep, skip), lathe_test::ContainsSubstring(rule));
        CHECK_THAT(refusal<point>("{\"x\":1,\"x\":" + deep), lathe_test::ContainsSubstring("duplicate"));
        CHECK(try_from_json<point>("{\"x\":1,\"x\":" + deep).error().issues().back().rule == "max_depth");
        CHECK(try_from_json<std::vector<int>>(deep).error().issues().back().rule == "max_depth");
        CHECK(try_from_json<int>(deep).error().issues().back().rule == "max_depth");
    }
    CHECK(refusal<value>("[[1]]", {.max_depth = 2}) == "read");
    CHECK(refusal<value>("[[[]]]", {.max_depth = 2}) == "3 [0] max_depth: the document is nested deeper than 2");
    CHECK(refusal<int>("1", {.max_depth = 0}) == "read");
    CHECK(refusal<std::vector<int>>("[]", {.max_depth = 0}) == "1  max_depth: the document is nested deeper than 0");
    // Whoever wants to, may: neither reading nor destruction needs the stack.
    CHECK(try_from_json<value>(lists + std::string(lists.size(), ']'), {.max_depth = lists.size()}));
}

TEST_CASE("json_invalid: the number of values has a limit, wherever they are", "[json]") {
    CHECK(refusal<std::vector<int>>("[1,2,3]", {.max_values = 4}) == "read");
    CHECK(refusal<std::vector<int>>("[1, 2,3 ]", {.max_values = 3}) ==
          "7 [1] max_values: the document has more than 3 values");
    CHECK_THAT(refusal<value>("[[],[],{}]", {.max_values = 3}), lathe_test::ContainsSubstring("max_values"));
    lathe::read_options few = skip;
    few.max_values = 1000;
    std::string long_list = "[0";
    for (int i = 0; i < 2000; ++i)
        long_list += ",0";
    CHECK_THAT(refusal<point>("{\"z\":" + long_list + "]}", few), lathe_test::ContainsSubstring("max_values"));
}

TEST_CASE("json_invalid: the number of issues and their size have limits", "[json]") {
    std::string many = "[\"\"";
    for (int i = 0; i < 100'000; ++i)
        many += ",\"\"";
    many += ']';
    CHECK(try_from_json<std::vector<int>>(many).error().issues().size() == 100);
    CHECK(try_from_json<std::vector<int>>(many, {.max_issues = 1}).error().issues().size() == 1);
    const auto one = try_from_json<std::vector<int>>(many, {.max_issues = 0}); // none would be success
    REQUIRE_FALSE(one);
    CHECK(one.error().issues().size() == 1);

    std::string nines = "{\"all\":[9";
    for (int i = 0; i < 100'000; ++i)
        nines += ",9";
    CHECK(try_from_json<numbers>(nines + "]}").error().issues().size() == 100);

    const std::string big(1'000'000, 'x');
    for (const std::string& text : {'"' + big,
                                    '"' + big + '"',
                                    '"' + big + "\\x\"",
                                    "[1" + big,
                                    std::string(1'000'000, '1'),
                                    big,
                                    "{\"" + big + "\":1}",
                                    "{\"" + big + "\""}) {
        const auto outcome = try_from_json<point>(text);
        REQUIRE_FALSE(outcome);
        CHECK(std::string_view(outcome.error().what()).size() < 1000);
        for (const lathe::issue& found : outcome.error().issues())
            CHECK(found.path.size() + found.message.size() + found.value.size() < 1000);
    }
}

} // namespace
} // namespace lathe_test::json_invalid
