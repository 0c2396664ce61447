// SPDX-License-Identifier: MIT
#include <lathe/model/text.hpp> // first: proves that the header stands alone

#include <any>
#include <array>
#include <atomic>
#include <chrono>
#include <cstddef>
#include <deque>
#include <filesystem>
#include <functional>
#include <limits>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <tuple>
#include <type_traits>
#include <unordered_map>
#include <utility>
#include <variant>
#include <vector>

#include <lathe/model/field.hpp>
#include <lathe/model/number_rules.hpp>
#include <lathe/model/text_rules.hpp>

#include "support/catch.hpp"

namespace lathe_test::text {

enum class phase { take_off, climb, cruise };
enum class level : signed char { low = -1, high = 1 };
enum unfixed { first_unfixed };
enum class huge : std::uint64_t { most = ~0ULL };

// A type with a text of its own, found by its namespace.
class money {
public:
    explicit money(int cents) : m_cents(cents) {}
    friend std::string to_string(const money& value) { return std::to_string(value.m_cents) + " cents"; }

private:
    int m_cents;
};

} // namespace lathe_test::text

template <>
inline constexpr auto lathe::enumerators<lathe_test::text::phase> =
    lathe::names{{"Take-off run", lathe_test::text::phase::take_off}, {"climb", lathe_test::text::phase::climb}};

namespace {

using namespace lathe_test::text;
using namespace std::chrono_literals;

template <class T>
struct box {
    T value;
};

// The text of a single value: what stands between "box<...>(value=" and ")".
template <class T>
std::string text_of(T value) {
    const std::string text = lathe::to_string(box<T>{std::move(value)});
    const std::size_t begin = text.find("(value=");
    REQUIRE(begin != std::string::npos);
    REQUIRE(text.back() == ')');
    return text.substr(begin + 7, text.size() - begin - 8);
}

struct leg {
    std::string from;
};
struct trip {
    lathe::property<std::string, lathe::not_empty> name;
    lathe::field<"seats", int, lathe::in_range<1, 9>> seats;
    std::vector<leg> legs;
    std::optional<std::string> note;
};
class account {
public:
    account(int id, std::string owner) : m_id(id), owner_(std::move(owner)) {}
    static consteval auto fields() { return lathe::fields<&account::m_id, &account::owner_>; }

private:
    lathe::property<int> m_id;
    std::string owner_;
};
struct nothing {};

static_assert(std::is_same_v<decltype(lathe::to_string(nothing{})), std::string>);

TEST_CASE("to_string: a model, letter for letter", "[text]") {
    CHECK(lathe::to_string(trip{"north", 3, {{"SFO"}}, std::nullopt}) ==
          R"(trip(name="north", seats=3, legs=[leg(from="SFO")], note=none))");
    CHECK(lathe::to_string(trip{"n", 1, {}, "late"}) == R"(trip(name="n", seats=1, legs=[], note="late"))");
    CHECK(lathe::to_string(trip{"n", 1, {{"A"}, {""}}, ""}) ==
          R"(trip(name="n", seats=1, legs=[leg(from="A"), leg(from="")], note=""))");
    CHECK(lathe::to_string(nothing{}) == "nothing()");
    CHECK(lathe::to_string(account(7, "Ada")) == R"(account(id=7, owner="Ada"))");
}

TEST_CASE("to_string: models in models", "[text]") {
    struct inner {
        int x;
        nothing empty;
    };
    struct outer {
        inner a;
        lathe::property<inner> b;
        std::vector<std::optional<inner>> c;
    };
    CHECK(lathe::to_string(outer{{1, {}}, inner{2, {}}, {inner{3, {}}, std::nullopt}}) ==
          "outer(a=inner(x=1, empty=nothing()), b=inner(x=2, empty=nothing()), "
          "c=[inner(x=3, empty=nothing()), none])");
}

TEST_CASE("to_string: numbers", "[text]") {
    CHECK(text_of(0) == "0");
    CHECK(text_of(-7) == "-7");
    CHECK(text_of(std::numeric_limits<std::int64_t>::min()) == "-9223372036854775808");
    CHECK(text_of(std::numeric_limits<std::uint64_t>::max()) == "18446744073709551615");
    CHECK(text_of(static_cast<std::int8_t>(-128)) == "-128");
    CHECK(text_of(static_cast<unsigned char>(65)) == "65"); // a small number, not a letter
    CHECK(text_of(1.5) == "1.5");
    CHECK(text_of(0.1) == "0.1");
    CHECK(text_of(0.1F) == "0.1");
    CHECK(text_of(1.0) == "1");
    CHECK(text_of(-0.0) == "-0");
    CHECK(text_of(1e300) == "1e+300");
    CHECK(text_of(std::numeric_limits<double>::denorm_min()) == "5e-324");
    CHECK(text_of(std::numeric_limits<double>::infinity()) == "inf");
    CHECK(text_of(-std::numeric_limits<double>::infinity()) == "-inf");
    CHECK(text_of(std::numeric_limits<double>::quiet_NaN()) == "nan");
    CHECK(text_of(true) == "true");
    CHECK(text_of(false) == "false");
    CHECK(text_of(lathe::property<int>(5)) == "5");
    CHECK(text_of(2.5L) == "2.5");
}

TEST_CASE("to_string: text stands in quotes, with escapes", "[text]") {
    CHECK(text_of(std::string()) == R"("")");
    CHECK(text_of(std::string("plain")) == R"("plain")");
    CHECK(text_of(std::string("say \"hi\"")) == R"("say \"hi\"")");
    CHECK(text_of(std::string("back\\slash")) == R"("back\\slash")");
    CHECK(text_of(std::string("it's")) == R"("it's")");
    CHECK(text_of(std::string("a\nb\tc\rd")) == R"("a\nb\tc\rd")");
    CHECK(text_of(std::string("\0\x01\x1f\x7f", 4)) == R"("\x00\x01\x1f\x7f")");
    CHECK(text_of(std::string("größe 名前 🚀")) == "\"größe 名前 🚀\"");
    // What commands a terminal in UTF-8 too, or turns the order of letters round; the neighbours are as they are.
    CHECK(text_of(std::string("\xc2\x9b"
                              "2J\xc2\xa0")) == "\"\\xc2\\x9b2J\xc2\xa0\"");
    CHECK(text_of(std::string("\u202e\u2066\u2028\u2027")) ==
          "\"\\xe2\\x80\\xae\\xe2\\x81\\xa6\\xe2\\x80\\xa8\u2027\"");
    CHECK(text_of(std::string("a\xff\xfez")) == R"("a\xff\xfez")");             // never UTF-8
    CHECK(text_of(std::string("\xe2\x82")) == R"("\xe2\x82")");                 // the beginning of a letter
    CHECK(text_of(std::string("\xc0\x80")) == R"("\xc0\x80")");                 // a zero in too many bytes
    CHECK(text_of(std::string("\xed\xa0\x80")) == R"("\xed\xa0\x80")");         // half of a pair of UTF-16
    CHECK(text_of(std::string("\xf4\x90\x80\x80")) == R"("\xf4\x90\x80\x80")"); // beyond the last letter
    CHECK(text_of(std::string_view("view")) == R"("view")");
    CHECK(text_of(lathe::property<std::string>("p")) == R"("p")");
}

TEST_CASE("to_string: letters stand in single quotes", "[text]") {
    CHECK(text_of('a') == "'a'");
    CHECK(text_of('\'') == R"('\'')");
    CHECK(text_of('"') == R"('"')");
    CHECK(text_of('\\') == R"('\\')");
    CHECK(text_of('\0') == R"('\x00')");
    CHECK(text_of('\n') == R"('\n')");
}

TEST_CASE("to_string: arrays of char end where their zero is, or at their end", "[text]") {
    struct letters {
        char a[8];
        char b[3];
        char c[2];
        const char d[4];
    };
    CHECK(lathe::to_string(letters{"abc", {'x', 'y', 'z'}, {0, 'q'}, "\"q\""}) ==
          R"(letters(a="abc", b="xyz", c="", d="\"q\""))");
}

TEST_CASE("to_string: pointers", "[text]") {
    CHECK(text_of<const char*>("text") == R"("text")");
    CHECK(text_of<const char*>(nullptr) == "none");
    CHECK(text_of<char*>(nullptr) == "none");
    CHECK(text_of(nullptr) == "none");
    CHECK(text_of(std::make_shared<int>(4)) == "4");
    CHECK(text_of(std::shared_ptr<leg>()) == "none");
    CHECK(text_of(std::make_shared<leg>(leg{"SFO"})) == R"(leg(from="SFO"))");
    CHECK(lathe::to_string(box<std::unique_ptr<std::string>>{std::make_unique<std::string>("u")})
              .ends_with("(value=\"u\")"));
    int number = 5;
    CHECK(text_of(&number).front() == '<'); // where it points to is no value of the model
    CHECK(text_of(std::make_shared<std::unique_ptr<int>>()) == "none");
}

TEST_CASE("to_string: enumerators by name, others by type and number", "[text]") {
    CHECK(text_of(level::low) == "low");
    CHECK(text_of(static_cast<level>(7)) == "level(7)");
    CHECK(text_of(static_cast<level>(-7)) == "level(-7)");
    CHECK(text_of(phase::take_off) == "Take-off run");
    CHECK(text_of(phase::cruise) == "phase(2)"); // no name was given to it
    CHECK(text_of(first_unfixed) == "unfixed(0)");
    CHECK(text_of(huge::most) == "huge(18446744073709551615)");
    CHECK(text_of(std::byte{7}) == "byte(7)");
    CHECK(text_of(lathe::property<level>(level::high)) == "high");
}

TEST_CASE("to_string: optionals and variants", "[text]") {
    CHECK(text_of(std::optional<int>(3)) == "3");
    CHECK(text_of(std::optional<int>()) == "none");
    CHECK(text_of(std::optional<std::optional<int>>(std::optional<int>())) == "none");
    CHECK(text_of(std::optional<std::string>("none")) == R"("none")");
    CHECK(text_of(std::variant<int, std::string>("v")) == R"("v")");
    CHECK(text_of(std::variant<int, std::string>(1)) == "1");
    CHECK(text_of(std::variant<leg, int>(leg{"x"})) == R"(leg(from="x"))");
    CHECK(text_of(std::variant<std::monostate, int>()) == "monostate()");
}

TEST_CASE("to_string: containers", "[text]") {
    CHECK(text_of(std::vector<int>{1, 2, 3}) == "[1, 2, 3]");
    CHECK(text_of(std::vector<int>{}) == "[]");
    CHECK(text_of(std::vector<bool>{true, false}) == "[true, false]");
    CHECK(text_of(std::vector<std::string>{"a", "b"}) == R"(["a", "b"])");
    CHECK(text_of(std::vector<std::vector<int>>{{1}, {}, {2, 3}}) == "[[1], [], [2, 3]]");
    CHECK(text_of(std::deque<char>{'x'}) == "['x']");
    CHECK(text_of(std::set<int>{3, 1, 2}) == "[1, 2, 3]");
    CHECK(text_of(std::array<int, 2>{1, 2}) == "[1, 2]");
    CHECK(text_of(std::array<int, 0>{}) == "[]");
    CHECK(text_of(std::map<std::string, int>{{"a", 1}, {"b", 2}}) == R"({"a": 1, "b": 2})");
    CHECK(text_of(std::map<int, std::vector<leg>>{{1, {{"x"}}}}) == R"({1: [leg(from="x")]})");
    CHECK(text_of(std::unordered_map<int, int>{{1, 2}}) == "{1: 2}");
    CHECK(text_of(std::pair(1, std::string("b"))) == R"((1, "b"))");
    CHECK(text_of(std::tuple(1, 'c', true)) == "(1, 'c', true)");
    CHECK(text_of(std::tuple<>()) == "()");
    struct arrays {
        int a[3];
        int b[2][2];
        std::string c[2];
    };
    CHECK(lathe::to_string(arrays{{1, 2, 3}, {{4, 5}, {6, 7}}, {"x", "y"}}) ==
          R"(arrays(a=[1, 2, 3], b=[[4, 5], [6, 7]], c=["x", "y"]))");
}

TEST_CASE("to_string: what has no text is named by its type", "[text]") {
    struct opaque {
        std::mutex a;
        std::function<void()> b;
        std::any c;
        std::atomic<int> d;
    };
    const opaque object{};
    const std::string text = lathe::to_string(object);
    CHECK(text.starts_with("opaque(a=<mutex>, b=<function<void"));
    CHECK(text.find("c=<any>") != std::string::npos);
    CHECK(text.ends_with("d=0)")); // std::to_string takes what converts to a number
}

TEST_CASE("to_string: a type's own to_string is used", "[text]") {
    CHECK(text_of(money(250)) == "250 cents");
    CHECK(text_of(std::vector<money>{money(1), money(2)}) == "[1 cents, 2 cents]");
}

TEST_CASE("to_string: paths of files are no ranges of themselves without end", "[text]") {
    CHECK_FALSE(text_of(std::filesystem::path("/a/b")).empty());
}

TEST_CASE("to_string: dates, also before year 0 and after 9999", "[text]") {
    using std::chrono::year;
    CHECK(text_of(year(2026) / 11 / 22) == "2026-11-22");
    CHECK(text_of(year(7) / 1 / 2) == "0007-01-02");
    CHECK(text_of(year(0) / 1 / 2) == "0000-01-02");
    CHECK(text_of(year(-44) / 3 / 15) == "-0044-03-15");
    CHECK(text_of(year(32767) / 12 / 31) == "32767-12-31");
    CHECK(text_of(year(-32767) / 12 / 31) == "-32767-12-31");
    CHECK(text_of(year(2026) / 2 / 31) == "2026-02-31"); // not checked: it is shown as it is
}

TEST_CASE("to_string: points in time", "[text]") {
    using namespace std::chrono;
    const sys_days day = year(2026) / 11 / 22;
    CHECK(text_of(day) == "2026-11-22");
    CHECK(text_of(sys_days(year(1969) / 12 / 31)) == "1969-12-31");
    CHECK(text_of(sys_seconds(day) + 19h + 32min + 6s) == "2026-11-22T19:32:06Z");
    CHECK(text_of(sys_seconds(0s)) == "1970-01-01T00:00:00Z");
    CHECK(text_of(sys_seconds(-1s)) == "1969-12-31T23:59:59Z");
    CHECK(text_of(sys_time<milliseconds>(day) + 6ms) == "2026-11-22T00:00:00.006Z");
    CHECK(text_of(sys_time<milliseconds>(-1ms)) == "1969-12-31T23:59:59.999Z");
    CHECK(text_of(sys_time<milliseconds>(-86400001ms)) == "1969-12-30T23:59:59.999Z");
    CHECK(text_of(sys_time<microseconds>(1us)) == "1970-01-01T00:00:00.000001Z");
    CHECK(text_of(sys_time<nanoseconds>(-1ns)) == "1969-12-31T23:59:59.999999999Z");
    CHECK(text_of(sys_time<nanoseconds>(nanoseconds::min())) == "1677-09-21T00:12:43.145224192Z");
    CHECK(text_of(sys_time<minutes>(90min)) == "1970-01-01T01:30:00Z");
    CHECK(text_of(sys_time<hours>(-1h)) == "1969-12-31T23:00:00Z");
    CHECK(text_of(sys_time<weeks>(weeks(1))) == "1970-01-08");
    using halves = duration<std::int64_t, std::ratio<1, 2>>;
    CHECK(text_of(sys_time<halves>(halves(3))) == "1970-01-01T00:00:01.5Z");
    CHECK(text_of(sys_time<halves>(halves(-1))) == "1969-12-31T23:59:59.5Z");
}

TEST_CASE("to_string: durations with their units", "[text]") {
    using namespace std::chrono;
    CHECK(text_of(250ms) == "250ms");
    CHECK(text_of(-3s) == "-3s");
    CHECK(text_of(1ns) == "1ns");
    CHECK(text_of(2us) == "2us");
    CHECK(text_of(5min) == "5min");
    CHECK(text_of(6h) == "6h");
    CHECK(text_of(days(2)) == "2d");
    CHECK(text_of(duration<double>(1.5)) == "1.5s");
    CHECK(text_of(duration<int, std::ratio<7, 2>>(3)) == "3[7/2]s");
    CHECK(text_of(weeks(2)) == "2[604800/1]s");
}

TEST_CASE("to_string: a moment of a clock without a calendar is named by its type", "[text]") {
    CHECK(text_of(std::chrono::steady_clock::time_point()).front() == '<');
}

TEST_CASE("shown_value: long values are cut between letters", "[text]") {
    CHECK(lathe::detail::shown_value(7) == "7");
    const std::string whole(198, 'x'); // 200 with its quotes
    CHECK(lathe::detail::shown_value(whole) == '"' + whole + '"');
    const std::string longer(199, 'x');
    CHECK(lathe::detail::shown_value(longer) == '"' + longer + "... (201 bytes)");
    // 198 letters and then a euro sign of three bytes, of which the first would be the last to fit.
    const std::string letters = std::string(198, 'x') + "\xe2\x82\xac";
    CHECK(lathe::detail::shown_value(letters) == '"' + std::string(198, 'x') + "... (203 bytes)");
}

} // namespace
