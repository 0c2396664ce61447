// SPDX-License-Identifier: MIT
#include <lathe/model/named.hpp> // first: proves that the header stands alone

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <type_traits>
#include <utility>
#include <vector>

#include <lathe/model/field.hpp>

#include "support/catch.hpp"

namespace {

using namespace lathe::literals;
using lathe_test::Message;

struct address {
    lathe::property<std::string, lathe::not_empty> street;
    int number = 1;
};
struct person {
    lathe::property<std::string, lathe::not_empty, lathe::max_length<80>> name;
    lathe::property<int, lathe::in_range<0, 150>> age = 18;
    lathe::property<std::optional<std::string>, lathe::contains<"@">> email = std::nullopt;
    std::uint8_t shoe_size = 40;
    std::unique_ptr<int> secret = nullptr;
};
class account {
public:
    static consteval auto fields() { return lathe::fields<&account::m_id, &account::owner_>; }

private:
    lathe::property<int, lathe::positive> m_id = 1;
    std::string owner_ = "nobody";
};

static_assert(std::is_same_v<decltype(lathe::get<"age">(std::declval<person&>())), const int&> &&
              std::is_same_v<decltype(lathe::get<"shoe_size">(std::declval<person&>())), const std::uint8_t&>);
static_assert(noexcept(lathe::get<"age">(std::declval<const person&>())));

struct point {
    lathe::property<int, lathe::in_range<-9, 9>> x = 1;
    int y = 2;
};
constexpr int moved() {
    point p{};
    lathe::set<"x">(p, 5L);
    lathe::set<"y">(p, 6U);
    const int sum = lathe::get<"x">(p) * 100 + lathe::get<"y">(p) * 10;
    lathe::reset<"x">(p);
    lathe::reset<"y">(p);
    return sum + p.x - p.y;
}
static_assert(moved() == 559, "in constant expressions too");

TEST_CASE("named: get reads the value, wherever it is", "[named]") {
    const person p{.name = "Ada"};
    CHECK(&lathe::get<"age">(p) == &p.age.value());
    CHECK(&lathe::get<"shoe_size">(p) == &p.shoe_size);
    CHECK(lathe::get<"name">(p) == "Ada");
    const account a;
    CHECK(lathe::get<"id">(a) == 1);
    CHECK(lathe::get<"owner">(a) == "nobody");
}

TEST_CASE("named: set names model and field when a rule is broken", "[named]") {
    person p{.name = "Ada"};
    lathe::set<"age">(p, 36);
    CHECK(p.age == 36);
    CHECK_THROWS_MATCHES(
        lathe::set<"age">(p, 200), lathe::validation_error, Message("person.age: 200 is not in [0, 150]"));
    CHECK(p.age == 36);
    lathe::set<"email">(p, "ada@example.org");
    CHECK_THROWS_MATCHES(lathe::set<"email">(p, "ada"),
                         lathe::validation_error,
                         Message("person.email: \"ada\" does not contain \"@\""));
    CHECK(p.email == "ada@example.org");
    lathe::set<"email">(p, std::nullopt);
    CHECK_FALSE(p.email);
    try {
        lathe::set<"name">(p, "");
        FAIL("nothing was thrown");
    } catch (const lathe::validation_error& thrown) {
        CHECK(thrown.model() == "person");
        REQUIRE(thrown.issues().size() == 1);
        CHECK(thrown.issues().front() == lathe::issue{"name", "not_empty", "\"\" is empty", "\"\""});
    }
}

TEST_CASE("named: set loses nothing in plain members either", "[named]") {
    person p{.name = "Ada"};
    lathe::set<"shoe_size">(p, 41L);
    CHECK(p.shoe_size == 41);
    CHECK_THROWS_MATCHES(
        lathe::set<"shoe_size">(p, 300), lathe::validation_error, Message("person.shoe_size: 300 is not in [0, 255]"));
    CHECK(p.shoe_size == 41);
    lathe::set<"secret">(p, std::make_unique<int>(7));
    CHECK(*p.secret == 7);
    account a;
    lathe::set<"id">(a, 5);
    CHECK_THROWS_MATCHES(lathe::set<"id">(a, 0), lathe::validation_error, Message("account.id: 0 is not positive"));
    CHECK(lathe::get<"id">(a) == 5);
}

TEST_CASE("named: reset goes back to what the struct says", "[named][reset]") {
    person p{.name = "Ada", .age = 36, .email = "ada@example.org", .shoe_size = 44};
    lathe::reset<"age">(p);
    lathe::reset<"email">(p);
    lathe::reset<"shoe_size">(p);
    CHECK(p.age == 18);
    CHECK_FALSE(p.email);
    CHECK(p.shoe_size == 40);
    CHECK(p.name == "Ada");
    account a;
    lathe::set<"owner">(a, "Ada");
    lathe::reset<"owner">(a);
    CHECK(lathe::get<"owner">(a) == "nobody");
}

TEST_CASE("named: reset of what has no default throws and changes nothing", "[named][reset]") {
    person p{.name = "Ada"};
    CHECK_THROWS_MATCHES(lathe::reset<"name">(p), lathe::validation_error, Message("person.name: has no default"));
    CHECK(p.name == "Ada");

    struct species {
        lathe::property<std::string, lathe::required> name; // "" would obey the rules, of which there are none
        lathe::property<std::optional<int>, lathe::required> size;
    };
    species dodo{.name = "dodo", .size = 3};
    CHECK_THROWS_MATCHES(lathe::reset<"name">(dodo), lathe::validation_error, Message("species.name: has no default"));
    CHECK_THROWS_AS(lathe::reset<"size">(dodo), lathe::validation_error);
    CHECK(dodo.name == "dodo");
    CHECK(dodo.size == 3);
}

TEST_CASE("named: reset of a nested model whose members are required throws", "[named][reset]") {
    struct household {
        int size = 1;
        address home;
        std::vector<address> others = {};
    };
    household h{.home = {.street = "Elm"}};
    CHECK_THROWS_MATCHES(lathe::reset<"home">(h), lathe::validation_error, Message("household.home: has no default"));
    CHECK(h.home.street == "Elm");
    h.size = 2;
    h.others.push_back({.street = "Oak"});
    lathe::reset<"size">(h);
    lathe::reset<"others">(h);
    CHECK(h.size == 1);
    CHECK(h.others.empty());
    struct villa {
        address home = {.street = "Elm", .number = 5};
    };
    villa v{.home = {.street = "Oak"}};
    lathe::reset<"home">(v);
    CHECK(v.home.street == "Elm");
    CHECK(v.home.number == 5);
}

TEST_CASE("named: a name with a value refers to it", "[named]") {
    int number = 7;
    auto given = ("age"_f = number);
    STATIC_REQUIRE(std::is_same_v<decltype(given), lathe::named_value<"age", int&>>);
    given.value = 8;
    CHECK(number == 8);
    STATIC_REQUIRE(std::is_same_v<decltype("age"_f = 3), lathe::named_value<"age", int&&>>);
    STATIC_REQUIRE(std::is_same_v<decltype("age"_f), lathe::field_name<"age">>);
}

} // namespace
