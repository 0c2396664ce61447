// SPDX-License-Identifier: MIT
#include <lathe/meta/contract_fields.hpp> // first: proves that the header stands alone

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <lathe/model/field.hpp>

#include "support/catch.hpp"

namespace {

using lathe::conforms, lathe::field_has, lathe::has_field;

constexpr bool is_even(int value) {
    return value % 2 == 0;
}
struct not_seven { // a rule with state
    int lucky = 7;
    constexpr bool check(int value) const { return value != lucky; }
};

struct member { // an aggregate
    lathe::property<int, lathe::primary_key, lathe::at_least<1>> id = 1;
    lathe::property<std::string, lathe::trimmed, lathe::not_empty, lathe::alias<"Full Name">> name{"Ada"};
    lathe::field<"age", std::optional<int>, lathe::in_range<0, 150>, lathe::rule<"even", is_even>> age = std::nullopt;
    lathe::property<int, not_seven{}, lathe::defaults_to<4>> level;
    std::vector<int> marks = {};
};
class account { // its members are private
public:
    static consteval auto fields() { return lathe::fields<&account::m_id, &account::m_owner>; }

private:
    lathe::property<long, lathe::primary_key> m_id = 1;
    std::string m_owner;
};
struct stored : lathe::contract<has_field<"id">, field_has<"id", lathe::primary_key>> {};

// ---- names and types ----

static_assert(conforms<member, has_field<"id">, has_field<"name">, has_field<"age">, has_field<"marks">>);
static_assert(conforms<account, has_field<"id">, has_field<"owner">> && !conforms<account, has_field<"m_id">>);
static_assert(!conforms<member, has_field<"i">> && !conforms<member, has_field<"Full Name">>);
static_assert(conforms<member, has_field<"id", int>, has_field<"age", std::optional<int>>>);
static_assert(conforms<member, has_field<"marks", std::vector<int>>> && conforms<account, has_field<"id", long>>);
static_assert(!conforms<member, has_field<"id", long>> && !conforms<member, has_field<"age", int>>);
static_assert(conforms<const member&, has_field<"id">>);

// ---- rules and attributes ----

static_assert(conforms<member, field_has<"id", lathe::primary_key>, field_has<"id", lathe::at_least<1>>>);
static_assert(conforms<member, field_has<"id", lathe::at_least<1>, lathe::primary_key>>); // in any order
static_assert(conforms<member, field_has<"name", lathe::trimmed, lathe::alias<"Full Name">>>);
static_assert(conforms<member, field_has<"age", lathe::rule<"even", is_even>>>);
static_assert(conforms<member, field_has<"level", not_seven{}>, field_has<"level", lathe::defaults_to<4>>>);
static_assert(!conforms<member, field_has<"level", not_seven{8}>> &&
              !conforms<member, field_has<"level", lathe::defaults_to<5>>>);
static_assert(!conforms<member, field_has<"id", lathe::at_least<2>>> && !conforms<member, field_has<"id", is_even>>);
static_assert(!conforms<member, field_has<"id", lathe::primary_key, lathe::unique>>); // all of them
static_assert(!conforms<member, field_has<"marks", lathe::not_empty>>);               // a plain member has none
static_assert(!conforms<member, field_has<"nobody", lathe::primary_key>>);
static_assert(conforms<member, stored> && conforms<account, stored>);

// ---- types without fields that can be seen ----

class incomplete;
struct bits {
    int id : 3;
    int rest;
};
struct refers {
    int& id;
};
union either {
    int id;
};
struct based : member {
    int more;
};
class hidden {
    int id = 1;
};
struct none {};
template <class T>
inline constexpr bool has_no_id = !conforms<T, has_field<"id">> && !conforms<T, field_has<"id", lathe::primary_key>>;
static_assert(has_no_id<incomplete> && has_no_id<bits> && has_no_id<refers> && has_no_id<either>);
static_assert(has_no_id<based> && has_no_id<hidden> && has_no_id<none> && has_no_id<void> && has_no_id<int>);
static_assert(has_no_id<int[3]> && has_no_id<int()> && has_no_id<std::vector<int>> && has_no_id<std::string>);
static_assert(has_no_id<lathe::property<int>>);

// A class whose constructors ask for fields of it. It is no aggregate, so it lists them.
class passenger : public lathe::validated<passenger, stored, has_field<"seat", int>> {
public:
    explicit passenger(int id) : m_id(id) {}
    static consteval auto fields() { return lathe::fields<&passenger::m_id, &passenger::m_seat>; }
    int seat() const { return m_seat; }
    void move_to(int seat) { m_seat = seat; }
    void leave() { m_seat.reset(); }

private:
    lathe::property<int, lathe::primary_key> m_id;
    lathe::property<int, lathe::in_range<1, 300>, lathe::defaults_to<12>> m_seat; // checked at compile time
};

TEST_CASE("contract_fields: what is missing is told as it would be written", "[contract]") {
    constexpr auto& all = lathe::unmet<int,
                                       has_field<"id">,
                                       has_field<"id", std::string>,
                                       field_has<"id", lathe::primary_key>,
                                       field_has<"age", lathe::in_range<0, 150>, lathe::required>,
                                       field_has<"name", lathe::alias<"Full Name">, lathe::trimmed>,
                                       field_has<"by", lathe::one_of<"bus", "train">>,
                                       field_has<"n", lathe::one_of<1, 2>, lathe::defaults_to<2>>,
                                       field_has<"n", lathe::rule<"even", is_even>, lathe::each<lathe::not_empty>>,
                                       field_has<"owner", lathe::references<member, "id">>>;
    const std::vector<std::string_view> expected = {
        "a field id",
        "a field id of type string",
        "a field id with primary_key",
        "a field age with in_range<0, 150> and required",
        "a field name with alias<\"Full Name\"> and trimmed",
        "a field by with one_of<\"bus\", \"train\">",
        "a field n with one_of<1, 2> and defaults_to<2>",
        "a field n with even and each",
        "a field owner with references<\"id\">",
    };
    CHECK(std::vector<std::string_view>(all.begin(), all.end()) == expected);
}

TEST_CASE("contract_fields: a validated class keeps its rules", "[contract]") {
    passenger p(3);
    CHECK(p.seat() == 12);
    CHECK_THROWS_AS(p.move_to(301), lathe::validation_error);
    CHECK(p.seat() == 12);
    p.move_to(30);
    CHECK(p.seat() == 30);
    p.leave();
    CHECK(p.seat() == 12);
    STATIC_REQUIRE(sizeof(passenger) == 2 * sizeof(int));
}

} // namespace
