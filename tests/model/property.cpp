// SPDX-License-Identifier: MIT
#include <lathe/model/property.hpp> // first: proves that the header stands alone

#include <array>
#include <chrono>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

#include "support/catch.hpp"

namespace {

using lathe_test::Message;

struct person {
    lathe::property<std::string, lathe::not_empty, lathe::max_length<80>> name;
    lathe::property<int, lathe::in_range<0, 150>> age = 18;
    lathe::property<std::optional<std::string>, lathe::contains<"@">> email = std::nullopt;
};

enum class phase { taxi, climb, cruise };

struct point {
    int x = 0;
    int y = 0;
};
constexpr bool is_left(const point& p) {
    return p.x < 0;
}

constexpr bool is_recent(const std::chrono::year_month_day& day) {
    return day.year() >= std::chrono::year{2000};
}
constexpr bool is_even(int value) {
    return value % 2 == 0;
}
struct divisible_by {
    static constexpr std::string_view name = "divisible_by";
    int divisor;
    constexpr bool check(int value) const { return value % divisor == 0; }
    std::string failure() const { return "is not divisible by " + std::to_string(divisor); }
};
inline constexpr auto is_odd = [](int value) {
    return value % 2 != 0;
};

// As large as what it holds, and an aggregate of properties stays an aggregate.
static_assert(sizeof(lathe::property<int, lathe::in_range<0, 150>>) == sizeof(int));
static_assert(sizeof(lathe::property<char, lathe::one_of<'a', 'b'>, lathe::doc<"x">>) == 1);
static_assert(sizeof(person::name) == sizeof(std::string) && alignof(person) == alignof(std::string));
static_assert(std::is_aggregate_v<person>);
static_assert(sizeof(person) == sizeof(std::string) + 8 + sizeof(std::optional<std::string>));

// Trivial where T is, and as quiet as T.
using age_type = lathe::property<int, lathe::in_range<0, 150>>;
static_assert(std::is_trivially_copyable_v<age_type> && std::is_trivially_destructible_v<age_type>);
static_assert(std::is_trivially_copy_assignable_v<age_type> && std::is_trivially_move_assignable_v<age_type>);
static_assert(std::is_standard_layout_v<age_type>);
static_assert(std::is_nothrow_default_constructible_v<age_type>);
static_assert(std::is_nothrow_default_constructible_v<lathe::property<int, lathe::defaults_to<3>>>);
static_assert(std::is_nothrow_move_constructible_v<lathe::property<std::string>> &&
              std::is_nothrow_move_assignable_v<lathe::property<std::string>> &&
              std::is_nothrow_destructible_v<lathe::property<std::string>>);
static_assert(!std::is_nothrow_copy_constructible_v<lathe::property<std::string>>);
static_assert(!std::is_nothrow_default_constructible_v<lathe::property<std::string, lathe::defaults_to<"x">>>,
              "the text may have to be allocated");
static_assert(std::is_nothrow_swappable_v<lathe::property<std::string>>);
static_assert(!std::is_copy_constructible_v<lathe::property<std::unique_ptr<int>>> &&
              !std::is_copy_assignable_v<lathe::property<std::unique_ptr<int>>> &&
              std::is_nothrow_move_assignable_v<lathe::property<std::unique_ptr<int>>>);

// Reading is free, and for reading only.
static_assert(std::is_same_v<decltype(*std::declval<age_type&>()), const int&> &&
              std::is_same_v<decltype(std::declval<age_type&>().value()), const int&> &&
              std::is_same_v<decltype(std::declval<person&>().name.operator->()), const std::string*>);
static_assert(std::is_convertible_v<age_type&, int> && std::is_convertible_v<age_type&, const int&> &&
              !std::is_convertible_v<age_type&, int&> && !std::is_convertible_v<age_type&&, int&&>);
static_assert(std::is_convertible_v<const lathe::property<std::string>&, const std::string&> &&
              !std::is_convertible_v<lathe::property<std::string>&, std::string&>);
static_assert(std::is_constructible_v<bool, lathe::property<std::optional<int>>> &&
              !std::is_convertible_v<lathe::property<std::optional<int>>, bool>);

// Who must be given a value.
static_assert(!age_type::is_required && lathe::property<int, lathe::positive>::is_required);
static_assert(lathe::property<std::string, lathe::not_empty>::is_required &&
              lathe::property<std::string, lathe::min_length<1>>::is_required &&
              !lathe::property<std::string, lathe::max_length<8>>::is_required);
static_assert(!lathe::property<std::string, lathe::not_empty, lathe::defaults_to<"x">>::is_required);
static_assert(lathe::property<int, lathe::required>::is_required);
static_assert(lathe::property<std::vector<int>, lathe::not_empty>::is_required &&
              !lathe::property<std::vector<int>, lathe::each<lathe::positive>>::is_required);
static_assert(!lathe::property<std::optional<int>, lathe::positive>::is_required);
static_assert(!std::is_default_constructible_v<lathe::property<int, lathe::positive>> &&
              std::is_default_constructible_v<age_type>);
static_assert(!std::is_default_constructible_v<person> && !std::is_constructible_v<person>);
struct without_default {
    explicit without_default(int number) : value(number) {}
    int value;
};
static_assert(lathe::property<without_default>::is_required &&
              !std::is_default_constructible_v<lathe::property<without_default>>);

// In constant expressions.
constexpr int changed() {
    lathe::property<int, lathe::in_range<0, 150>, lathe::defaults_to<18>> age = 36;
    age = age + 1;
    age = 40L;
    age.modify([](int& years) { years *= 2; });
    const int before = age;
    age.reset();
    return before * 1000 + age;
}
static_assert(changed() == 80018);
constexpr lathe::property<int, lathe::in_range<0, 150>> constant_age = 36;
static_assert(constant_age == 36 && *constant_age == 36 && constant_age.value() == 36);
constexpr lathe::property<point, lathe::rule<"left", is_left>> constant_point = point{-1, 2};
static_assert(constant_point->y == 2);
static_assert(age_type::accepts(150) && !age_type::accepts(151) && !age_type::accepts(-1));

template <class F>
std::string message_of(F&& f) {
    try {
        std::forward<F>(f)();
    } catch (const lathe::validation_error& thrown) {
        return thrown.what();
    }
    return "nothing was thrown";
}

TEST_CASE("property: a person is set and read as a plain struct is", "[property]") {
    person p{.name = "Ada", .age = 36};
    CHECK(p.age == 36);
    CHECK_FALSE(p.email);

    REQUIRE_THROWS_MATCHES(p.age = 200, lathe::validation_error, Message("200 is not in [0, 150]"));
    CHECK(p.age == 36);

    const int years = p.age;
    CHECK(years == 36);
    CHECK(p.age.value() == 36);
    CHECK(*p.age == 36);
    CHECK(p.name->size() == 3);

    p.name.modify([](std::string& s) { s += "!"; });
    CHECK(p.name == "Ada!");

    p.age = 0;
    p.age = 150;
    CHECK(p.age == 150);
    CHECK_THROWS_AS(p.age = 151, lathe::validation_error);
    CHECK_THROWS_AS(p.age = -1, lathe::validation_error);
}

TEST_CASE("property: an initialiser is checked as an assignment is", "[property]") {
    CHECK(message_of([] { return person{.name = ""}; }) == "\"\" is empty");
    CHECK(message_of([] { return person{.name = "Ada", .age = -1}; }) == "-1 is not in [0, 150]");
    CHECK(message_of([] { return person{.name = "Ada", .email = "ada"}; }) == "\"ada\" does not contain \"@\"");
    const person all{"Ada", 36, "ada@example.org"};
    CHECK(all.email == "ada@example.org");
}

TEST_CASE("property: a property is what the language's own places for values take", "[property]") {
    lathe::property<int, lathe::in_range<0, 150>> age = 36;
    lathe::property<std::string> name = "Ada";
    lathe::property<phase> now = phase::climb;
    lathe::property<bool> ready = true;

    CHECK(age + 1 == 37);
    CHECK(1 + age == 37);
    CHECK(-age == -36);
    CHECK((ready && age > 3));
    const std::array<int, 3> numbers{1, 2, 3};
    age = 2;
    CHECK(numbers[static_cast<std::size_t>(age.value())] == 3);

    const auto length = [](const std::string& text) {
        return text.size();
    };
    CHECK(length(name) == 3);
    const std::string& same = name;
    CHECK(&same == &name.value());
    CHECK(name.value() + "!" == "Ada!");

    std::string_view found = "none";
    switch (now) {
    case phase::taxi:
        found = "taxi";
        break;
    case phase::climb:
        found = "climb";
        break;
    case phase::cruise:
        found = "cruise";
        break;
    }
    CHECK(found == "climb");
    now = phase::cruise;
    CHECK(now == phase::cruise);
}

TEST_CASE("property: rules ask the value inside an optional", "[property][optional]") {
    person p{.name = "Ada"};
    CHECK_FALSE(p.email);
    p.email = "ada@example.org";
    CHECK(p.email);
    CHECK(p.email->has_value());
    CHECK(message_of([&] { p.email = "ada"; }) == "\"ada\" does not contain \"@\"");
    CHECK(p.email == "ada@example.org");
    CHECK(p.email == std::optional<std::string>("ada@example.org"));
    CHECK(p.email != std::nullopt);
    p.email = std::optional<std::string>("eve@example.org");
    CHECK(**p.email == "eve@example.org");
    CHECK_THROWS_AS(p.email = std::optional<std::string>("eve"), lathe::validation_error);
    p.email = std::nullopt;
    CHECK(p.email == std::nullopt);
    CHECK_FALSE(p.email == "eve@example.org");

    lathe::property<std::optional<int>, lathe::in_range<0, 9>> digit = 7;
    CHECK(digit == 7);
    CHECK(digit > 6);
    CHECK_THROWS_AS(digit = 10, lathe::validation_error);
    digit = std::optional<long>();
    CHECK_FALSE(digit);
    CHECK(digit < 0); // none comes first
    digit = std::optional<long>(8);
    CHECK(digit == 8);
    CHECK(message_of([&] { digit = std::optional<long>(1L << 40); }) ==
          "1099511627776 is not in [-2147483648, 2147483647]");
}

TEST_CASE("property: containers take lists, and name the element that breaks a rule", "[property][containers]") {
    lathe::property<std::vector<std::string>, lathe::each<lathe::not_empty, lathe::max_length<3>>> tags = {"a", "b"};
    CHECK(tags == std::vector<std::string>{"a", "b"});
    tags = {"c"};
    CHECK(tags->size() == 1);
    CHECK(message_of([&] { tags = {"x", "", "long"}; }) == "[1]: \"\" is empty\n[2]: \"long\" is longer than 3");
    CHECK(tags == std::vector<std::string>{"c"});
    CHECK(message_of([&] { tags.modify([](auto& all) { all.push_back(""); }); }) == "[1]: \"\" is empty");
    CHECK(tags == std::vector<std::string>{"c"});
    tags.modify([](std::vector<std::string>& all) { all.emplace_back("d"); });
    CHECK(tags == std::vector<std::string>{"c", "d"});
    tags = {};
    CHECK(tags->empty());

    lathe::property<std::vector<std::vector<int>>, lathe::each<lathe::each<lathe::positive>>> rows = {{1}, {2, 3}};
    CHECK_THROWS_AS(rows = (std::vector<std::vector<int>>{{1}, {2, -3}}), lathe::validation_error);
    CHECK(rows->at(1).at(1) == 3);
}

TEST_CASE("property: what can only be moved is held and replaced", "[property][move]") {
    lathe::property<std::unique_ptr<int>> one = std::make_unique<int>(1);
    CHECK(**one == 1);
    one = std::make_unique<int>(2);
    CHECK(**one == 2);
    auto two = std::move(one);
    CHECK(**two == 2);
    one = nullptr;
    CHECK(one == nullptr);
}

TEST_CASE("property: dates and durations are ordinary values", "[property][chrono]") {
    using namespace std::chrono_literals;
    lathe::property<std::chrono::year_month_day, lathe::rule<"recent", is_recent>> day = 2024y / 2 / 29;
    CHECK((day == 2024y / 2 / 29));
    CHECK(message_of([&] { day = 1999y / 12 / 31; }) == "1999-12-31 is not recent");
    CHECK((day == 2024y / 2 / 29));
    lathe::property<std::chrono::milliseconds> pause = 3s;
    CHECK((pause == 3000ms));
    static_assert(!std::is_assignable_v<lathe::property<std::chrono::seconds>&, std::chrono::milliseconds> &&
                  !std::is_assignable_v<lathe::property<std::chrono::seconds>&, int>);
}

TEST_CASE("property: rules of one's own are a function, an object, a named lambda", "[property][rules]") {
    lathe::property<int, lathe::rule<"even", is_even>> even = 2;
    CHECK(message_of([&] { even = 3; }) == "3 is not even");
    lathe::property<int, divisible_by{3}> threes = 3;
    CHECK(message_of([&] { threes = 4; }) == "4 is not divisible by 3");
    lathe::property<int, lathe::rule<"odd", is_odd, "must be odd">> odd = 1;
    CHECK(message_of([&] { odd = 2; }) == "2 must be odd");
    lathe::property<int, is_even> bare = 2;
    CHECK_THROWS_AS(bare = 3, lathe::validation_error);
    CHECK(bare == 2);
}

TEST_CASE("property: each broken rule is an issue", "[property][issues]") {
    lathe::property<std::string, lathe::not_empty, lathe::min_length<3>, lathe::contains<"@">> email = "a@b";
    try {
        email = "";
        FAIL("nothing was thrown");
    } catch (const lathe::validation_error& thrown) {
        REQUIRE(thrown.issues().size() == 3);
        CHECK(thrown.issues()[0] == lathe::issue{"", "not_empty", "\"\" is empty", "\"\""});
        CHECK(thrown.issues()[1].rule == "min_length");
        CHECK(thrown.issues()[2].rule == "contains");
        CHECK(thrown.model().empty());
    }
}

TEST_CASE("property: a long value is not shown whole", "[property][issues]") {
    lathe::property<std::string, lathe::max_length<4>> name;
    const std::string text = message_of([&] { name = std::string(100'000, 'x'); });
    CHECK(text.size() < 300);
    CHECK(text.starts_with("\"" + std::string(199, 'x') + "... (100002 bytes)"));
}

TEST_CASE("property: normalisers run before the rules", "[property][normalisers]") {
    lathe::property<std::string, lathe::not_empty, lathe::max_length<3>, lathe::trimmed, lathe::lowered> code =
        "  ABC ";
    CHECK(code == "abc");
    code = " D ";
    CHECK(code == "d");
    code.modify([](std::string& text) { text += " E "; });
    CHECK(code == "d e");
    CHECK_THROWS_AS(code = "   ", lathe::validation_error);
    CHECK(code == "d e");
    lathe::property<std::optional<std::string>, lathe::trimmed> note = " x ";
    CHECK(note == "x");
}

TEST_CASE("property: defaults_to is the start, and what reset goes back to", "[property][defaults]") {
    lathe::property<int, lathe::in_range<0, 150>, lathe::defaults_to<18>> age;
    CHECK(age == 18);
    age = 36;
    age.reset();
    CHECK(age == 18);
    lathe::property<std::string, lathe::not_empty, lathe::defaults_to<"Ada">> name;
    CHECK(name == "Ada");
    name = "Eve";
    name.reset();
    CHECK(name == "Ada");
    lathe::property<std::optional<int>, lathe::positive, lathe::defaults_to<3>> three;
    CHECK(three == 3);
    lathe::property<phase, lathe::defaults_to<phase::cruise>> now;
    CHECK(now == phase::cruise);
    lathe::property<std::uint8_t, lathe::defaults_to<255>> most;
    CHECK(most == 255);
    lathe::property<double, lathe::defaults_to<1>> ratio;
    CHECK(ratio == 1.0);
}

TEST_CASE("property: a default is normalised, and checked after that", "[property][defaults][normalisers]") {
    lathe::property<std::string, lathe::trimmed, lathe::defaults_to<" Ada ">> name;
    CHECK(name == "Ada");
    name = "Eve";
    name.reset();
    CHECK(name == "Ada");
    using emptied = lathe::property<std::string, lathe::not_empty, lathe::trimmed, lathe::defaults_to<"  ">>;
    CHECK(message_of([] { emptied(); }) == "\"\" is empty");
}

TEST_CASE("property: a model is held as any value is", "[property][nested]") {
    struct address {
        lathe::property<std::string, lathe::not_empty> street;
        int number = 1;
    };
    struct household {
        lathe::property<address> home;
        int size = 1;
    };
    static_assert(lathe::property<address>::is_required && !std::is_default_constructible_v<household>);
    household h{.home = address{.street = "Elm"}};
    CHECK(h.home->street == "Elm");
    h.home = address{.street = "Oak", .number = 2};
    CHECK(h.home->number == 2);
    CHECK_THROWS_AS(h.home.modify([](address& a) { a.street = ""; }), lathe::validation_error);
    CHECK(h.home->street == "Oak");
    h.home.modify([](address& a) { a.number = 3; });
    CHECK(h.home->number == 3);
}

} // namespace
