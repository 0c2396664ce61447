// SPDX-License-Identifier: MIT
#include <lathe/model/attributes.hpp> // first: proves that the header stands alone

#include <string_view>
#include <type_traits>

#include "support/catch.hpp"

namespace {

enum class phase { climb, cruise };
struct point {
    int x;
    int y;
    friend constexpr bool operator==(const point&, const point&) = default;
};
struct incomplete;

template <auto... Rules>
struct list {
    static constexpr int attributes =
        (0 + ... + (lathe::detail::is_attribute<std::remove_cv_t<decltype(Rules)>> ? 1 : 0));
};

static_assert(list<lathe::alias<"a">,
                   lathe::alias<"b">,
                   lathe::doc<"c">,
                   lathe::required,
                   lathe::defaults_to<1>,
                   lathe::primary_key,
                   lathe::generated_key,
                   lathe::unique,
                   lathe::indexed,
                   lathe::references<incomplete, "id">>::attributes == 10);
static_assert(std::is_empty_v<lathe::alias_attribute<"a">> && std::is_empty_v<lathe::defaults_to_attribute<1>> &&
              std::is_empty_v<lathe::references_attribute<incomplete, "id">>);
static_assert(!std::is_same_v<lathe::alias_attribute<"a">, lathe::alias_attribute<"b">>);
static_assert(!lathe::detail::is_rule<lathe::required_attribute> &&
              !lathe::detail::is_normaliser<lathe::required_attribute>);

static_assert(std::is_same_v<decltype(lathe::defaults_to<1>.value()), int>);
static_assert(std::is_same_v<decltype(lathe::defaults_to<1.5F>.value()), float>);
static_assert(std::is_same_v<decltype(lathe::defaults_to<"x">.value()), std::string_view>);

TEST_CASE("attributes: carry texts", "[attributes]") {
    STATIC_REQUIRE(lathe::alias<"Airport Name">.alias_text == "Airport Name");
    STATIC_REQUIRE(lathe::doc<"">.doc_text == "");
    STATIC_REQUIRE(lathe::doc<"Where it \"is\"">.doc_text == "Where it \"is\"");
    STATIC_REQUIRE(lathe::references<point, "x">.field_name == "x");
    STATIC_REQUIRE(std::is_same_v<lathe::references_attribute<point, "x">::model_type, point>);
}

TEST_CASE("attributes: defaults_to keeps the value and its type", "[attributes]") {
    STATIC_REQUIRE(lathe::defaults_to<-3>.value() == -3);
    STATIC_REQUIRE(lathe::defaults_to<true>.value());
    STATIC_REQUIRE(lathe::defaults_to<'c'>.value() == 'c');
    STATIC_REQUIRE(lathe::defaults_to<0.1>.value() == 0.1);
    STATIC_REQUIRE(lathe::defaults_to<phase::cruise>.value() == phase::cruise);
    STATIC_REQUIRE(lathe::defaults_to<"text">.value() == "text");
    STATIC_REQUIRE(lathe::defaults_to<"">.value().empty());
    STATIC_REQUIRE(lathe::defaults_to<"a\0b">.value().size() == 3);
    STATIC_REQUIRE(lathe::defaults_to<point{1, 2}>.value() == point{1, 2});
}

TEST_CASE("attributes: two literals with the same characters are one attribute", "[attributes]") {
    STATIC_REQUIRE(std::is_same_v<lathe::defaults_to_attribute<"x">, lathe::defaults_to_attribute<"x">>);
    STATIC_REQUIRE_FALSE(std::is_same_v<lathe::defaults_to_attribute<"x">, lathe::defaults_to_attribute<"y">>);
    STATIC_REQUIRE_FALSE(std::is_same_v<lathe::defaults_to_attribute<1>, lathe::defaults_to_attribute<1L>>);
}

} // namespace
