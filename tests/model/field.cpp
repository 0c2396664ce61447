// SPDX-License-Identifier: MIT
#include <lathe/model/field.hpp> // first: proves that the header stands alone

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <vector>

#include <lathe/model/named.hpp>
#include <lathe/model/validate.hpp>

#include "support/catch.hpp"

namespace {

using lathe_test::Message;

struct person {
    lathe::field<"name", std::string, lathe::not_empty> name;
    lathe::field<"age", int, lathe::in_range<0, 150>, lathe::alias<"Age [years]">> age = 18;
    lathe::field<"tags", std::vector<std::string>, lathe::each<lathe::not_empty>> tags = {};
};

static_assert(std::is_aggregate_v<person> && !std::is_default_constructible_v<person>);
static_assert(sizeof(person::age) == sizeof(int) && std::is_trivially_copyable_v<decltype(person::age)>);
static_assert(decltype(person::age)::label() == "age" && lathe::property<int>::label().empty());
static_assert(!std::is_assignable_v<decltype(person::age)&, double> &&
              !std::is_assignable_v<decltype(person::age)&, const char*>);

TEST_CASE("field: its own messages name it", "[property][field]") {
    person p{.name = "Ada"};
    CHECK_THROWS_MATCHES(p.age = 200, lathe::validation_error, Message("age: 200 is not in [0, 150]"));
    CHECK_THROWS_MATCHES(p.name = "", lathe::validation_error, Message("name: \"\" is empty"));
    CHECK_THROWS_MATCHES(
        p.age = 1L << 40, lathe::validation_error, Message("age: 1099511627776 is not in [-2147483648, 2147483647]"));
    CHECK_THROWS_MATCHES(
        p.tags = (std::vector<std::string>{"x", ""}), lathe::validation_error, Message("tags[1]: \"\" is empty"));
    CHECK(p.age == 18);
    try {
        p.age = -1;
        FAIL("nothing was thrown");
    } catch (const lathe::validation_error& thrown) {
        REQUIRE(thrown.issues().size() == 1);
        CHECK(thrown.issues().front() == lathe::issue{"age", "in_range", "-1 is not in [0, 150]", "-1"});
    }
}

TEST_CASE("field: functions that know the model name it once", "[property][field]") {
    person p{.name = "Ada"};
    CHECK_THROWS_MATCHES(
        lathe::set<"age">(p, 200), lathe::validation_error, Message("person.age: 200 is not in [0, 150]"));
    CHECK_THROWS_MATCHES(lathe::set<"tags">(p, std::vector<std::string>{""}),
                         lathe::validation_error,
                         Message("person.tags[0]: \"\" is empty"));
    const person taken = std::move(p);
    CHECK(taken.name == "Ada");
    p.name = "Eve"; // NOLINT: assigning is allowed
    CHECK(lathe::try_validate(p).has_value());
}

TEST_CASE("field: it compares and converts as a property does", "[property][field]") {
    const person p{.name = "Ada", .age = 36};
    const lathe::property<long> other = 36;
    CHECK(p.age == 36);
    CHECK(p.age == other);
    const int years = p.age;
    CHECK(years == 36);
    lathe::field<"port", std::uint16_t, lathe::defaults_to<80>> port;
    CHECK(port == 80);
    port = 8080;
    port.reset();
    CHECK(port == 80);
}

} // namespace
