// SPDX-License-Identifier: MIT
#include <lathe/model/text.hpp> // first: proves that the header stands alone

#include <array>
#include <chrono>
#include <iterator>
#include <map>
#include <optional>
#include <ostream>
#include <string>
#include <string_view>
#include <tuple>
#include <utility>
#include <vector>

// All of fmt in one file: none of its headers and none of lathe's formatters may claim the same type.
#include <fmt/chrono.h>
#include <fmt/compile.h>
#include <fmt/format.h>
#include <fmt/ostream.h>
#include <fmt/ranges.h>

#include <lathe/model/field.hpp>
#include <lathe/model/number_rules.hpp>

#include "support/catch.hpp"

namespace lathe_test::text_fmt {

struct foreign {
    int a;
    int b;
};
struct enabled {
    int a;
    std::string b;
};
struct streamed {
    int a;
    friend std::ostream& operator<<(std::ostream& out, const streamed& value) { return out << "streamed " << value.a; }
};
// Someone's range, which is an aggregate.
struct range {
    int from[3];
    [[nodiscard]] const int* begin() const { return from; }
    [[nodiscard]] const int* end() const { return from + 3; }
};

} // namespace lathe_test::text_fmt

template <>
inline constexpr bool lathe::enable_model<lathe_test::text_fmt::enabled> = true;
template <>
struct fmt::formatter<lathe_test::text_fmt::streamed> : fmt::ostream_formatter {};

namespace {

using namespace lathe_test::text_fmt;

struct model {
    lathe::property<int> a;
    lathe::field<"b", std::string> b;
};
struct holder {
    foreign inner;
    lathe::property<double> c;
};
class account {
public:
    account(int id, std::string owner) : m_id(id), m_owner(std::move(owner)) {}
    static consteval auto fields() { return lathe::fields<&account::m_id, &account::m_owner>; }

private:
    lathe::property<int> m_id;
    std::string m_owner;
};
struct with_reference {
    int& a;
    lathe::property<int> b;
};
struct with_bits {
    unsigned a : 3;
};
struct nothing {};

static_assert(fmt::is_formattable<model>::value && fmt::is_formattable<const model>::value &&
              fmt::is_formattable<holder>::value && fmt::is_formattable<account>::value &&
              fmt::is_formattable<enabled>::value);
static_assert(fmt::is_formattable<lathe::property<int>>::value &&
              fmt::is_formattable<lathe::property<std::string>>::value &&
              fmt::is_formattable<lathe::field<"x", double>>::value);
// Other people's aggregates are left to them, and asking is no error, whatever the shape.
static_assert(!fmt::is_formattable<foreign>::value && !fmt::is_formattable<nothing>::value &&
              !fmt::is_formattable<with_reference>::value && !fmt::is_formattable<with_bits>::value);
static_assert(fmt::is_formattable<streamed>::value && fmt::is_formattable<range>::value &&
              fmt::is_formattable<std::array<int, 2>>::value && fmt::is_formattable<std::pair<int, int>>::value &&
              fmt::is_formattable<std::vector<std::string>>::value && fmt::is_formattable<std::map<int, int>>::value &&
              fmt::is_formattable<std::chrono::seconds>::value);

TEST_CASE("fmt: models as to_string writes them", "[text][fmt]") {
    const model object{7, "x"};
    CHECK(fmt::format("{}", object) == R"(model(a=7, b="x"))");
    CHECK(fmt::format("{}", object) == lathe::to_string(object));
    CHECK(fmt::format("{} and {}", object, object) == R"(model(a=7, b="x") and model(a=7, b="x"))");
    CHECK(fmt::format("{1} {0}", 1, account(2, "Ada")) == R"(account(id=2, owner="Ada") 1)");
    CHECK(fmt::format("{}", enabled{1, "y"}) == R"(enabled(a=1, b="y"))");
    CHECK(fmt::format("{}", holder{{1, 2}, 0.5}) == "holder(inner=foreign(a=1, b=2), c=0.5)");
}

TEST_CASE("fmt: fill, alignment and width as for strings", "[text][fmt]") {
    const enabled object{1, ""};
    const std::string plain = R"(enabled(a=1, b=""))"; // 18 letters
    REQUIRE(plain.size() == 18);
    CHECK(fmt::format("{:20}|", object) == plain + "  |"); // to the left, as text is
    CHECK(fmt::format("{:>20}", object) == "  " + plain);
    CHECK(fmt::format("{:<20}|", object) == plain + "  |");
    CHECK(fmt::format("{:^22}|", object) == "  " + plain + "  |");
    CHECK(fmt::format("{:*^22}", object) == "**" + plain + "**");
    CHECK(fmt::format("{:ö>20}", object) == "öö" + plain);
    CHECK(fmt::format("{:5}", object) == plain);
    CHECK(fmt::format("{:.7}", object) == "enabled"); // a precision cuts, as it cuts text
    CHECK(fmt::format("{:s}", object) == plain);
    CHECK(fmt::format("{:}", object) == plain);
    CHECK(fmt::format("{0:>20}{0:<20}|", object) == "  " + plain + plain + "  |");
}

TEST_CASE("fmt: texts with braces and percent signs stay as they are", "[text][fmt]") {
    CHECK(fmt::format("{:>20}", enabled{1, "{}%s"}) == R"(enabled(a=1, b="{}%s"))");
    CHECK(fmt::format("{:>24}", enabled{1, "{0}"}) == R"(   enabled(a=1, b="{0}"))");
}

TEST_CASE("fmt: to all that fmt writes to", "[text][fmt]") {
    const model object{7, "x"};
    std::string text;
    fmt::format_to(std::back_inserter(text), "<{:>20}>", object);
    CHECK(text == R"(<   model(a=7, b="x")>)");
    char letters[8] = {};
    const auto written = fmt::format_to_n(letters, 5, "{}", object);
    CHECK(written.size == 17);
    CHECK(std::string(letters) == "model");
    fmt::memory_buffer buffer;
    fmt::format_to(fmt::appender(buffer), "{}", object);
    CHECK(std::string_view(buffer.data(), buffer.size()) == R"(model(a=7, b="x"))");
    CHECK(fmt::formatted_size("{}", object) == 17);
    CHECK(fmt::format(FMT_COMPILE("{}"), object) == R"(model(a=7, b="x"))");
    CHECK(fmt::to_string(object) == R"(model(a=7, b="x"))");
}

TEST_CASE("fmt: properties with all that fmt knows for what they hold", "[text][fmt]") {
    const lathe::property<int, lathe::in_range<0, 1000>> number = 42;
    CHECK(fmt::format("{}", number) == "42");
    CHECK(fmt::format("{:05}", number) == "00042");
    CHECK(fmt::format("{:#x}", number) == "0x2a");
    CHECK(fmt::format("{:+}", number) == "+42");
    CHECK(fmt::format("{:>{}}", number, 5) == "   42");
    const lathe::property<double> real = 2.5;
    CHECK(fmt::format("{:.2f}", real) == "2.50");
    const lathe::field<"text", std::string> text = "abc";
    CHECK(fmt::format("{}", text) == "abc"); // not quoted: it is the value, not a model's field
    CHECK(fmt::format("{:>5}", text) == "  abc");
    const lathe::property<std::vector<int>> list = std::vector<int>{1, 2};
    CHECK(fmt::format("{}", list) == "[1, 2]");
    const lathe::property<model> nested = model{1, "y"};
    CHECK(fmt::format("{}", nested) == R"(model(a=1, b="y"))");
    CHECK(fmt::format("{:>20}", nested) == R"(   model(a=1, b="y"))");
    CHECK(fmt::format("{:%H:%M}", lathe::property<std::chrono::minutes>(std::chrono::minutes(90))) == "01:30");
}

TEST_CASE("fmt: models in ranges, pairs and tuples of fmt's", "[text][fmt]") {
    const std::vector<model> list{{1, "a"}, {2, "b"}};
    CHECK(fmt::format("{}", list) == R"([model(a=1, b="a"), model(a=2, b="b")])");
    CHECK(fmt::format("{}", std::pair(1, model{1, "a"})) == R"((1, model(a=1, b="a")))");
    CHECK(fmt::format("{}", fmt::join(list, "; ")) == R"(model(a=1, b="a"); model(a=2, b="b"))");
}

TEST_CASE("fmt: other people's types as they write them", "[text][fmt]") {
    CHECK(fmt::format("{}", streamed{3}) == "streamed 3");
    CHECK(fmt::format("{}", range{{1, 2, 3}}) == "[1, 2, 3]");
    CHECK(fmt::format("{}", std::array<int, 2>{1, 2}) == "[1, 2]");
    CHECK(fmt::format("{}", std::chrono::milliseconds(5)) == "5ms");
    CHECK(fmt::format("{}", std::tuple(1, 'c')) == "(1, 'c')");
}

TEST_CASE("fmt: a bad specification is refused at run time too", "[text][fmt]") {
    const model object{7, "x"};
    CHECK_THROWS_AS(static_cast<void>(fmt::format(fmt::runtime("{:d}"), object)), fmt::format_error);
    CHECK_THROWS_AS(static_cast<void>(fmt::format(fmt::runtime("{:>"), object)), fmt::format_error);
    CHECK_THROWS_AS(static_cast<void>(fmt::format(fmt::runtime("{:q}"), object)), fmt::format_error);
    CHECK(fmt::format(fmt::runtime("{:>20}"), object) == R"(   model(a=7, b="x"))");
}

} // namespace
