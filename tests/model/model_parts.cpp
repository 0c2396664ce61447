// SPDX-License-Identifier: MIT
// Models made of models: extend, pick, renamed, and copy_as, which carries values from one to another.
#include <lathe/model/model.hpp>

#include <string>
#include <type_traits>

#include <lathe/model/number_rules.hpp>
#include <lathe/model/text_rules.hpp>

#include "support/catch.hpp"

namespace {

using namespace lathe::literals;
using lathe::field;
using lathe_test::Message;

using point = lathe::model<"point", field<"x", double, lathe::in_range<0, 9>>, field<"y", double>>;
using user = lathe::model<"user",
                          field<"name", std::string, lathe::not_empty>,
                          field<"password", std::string, lathe::min_length<8>>,
                          field<"age", int, lathe::in_range<0, 150>, lathe::defaults_to<18>>>;

using point3d = lathe::extend<point, field<"z", double, lathe::required>>;
using profile = lathe::renamed<"profile", lathe::pick<user, "age", "name">>;

static_assert(std::is_same_v<point3d,
                             lathe::model<"point",
                                          field<"x", double, lathe::in_range<0, 9>>,
                                          field<"y", double>,
                                          field<"z", double, lathe::required>>>);
static_assert(std::is_same_v<profile,
                             lathe::model<"profile",
                                          field<"age", int, lathe::in_range<0, 150>, lathe::defaults_to<18>>,
                                          field<"name", std::string, lathe::not_empty>>>);
static_assert(std::is_same_v<lathe::pick<point3d, "x", "y">, point>);
static_assert(std::is_same_v<lathe::extend<point>, point> && lathe::field_count<lathe::pick<point>> == 0);
static_assert(lathe::type_name<profile> == "profile" && lathe::type_name<point3d> == "point");

// Of a derived struct the fields are taken, not what it adds.
struct place : lathe::renamed<"place", lathe::extend<point, field<"label", std::string>>> {
    using model::model;

    [[nodiscard]] double far() const { return get<"x">() + get<"y">(); }
};
static_assert(lathe::type_name<place> == "place");
static_assert(std::is_same_v<lathe::pick<place, "y">, lathe::model<"place", field<"y", double>>>);
static_assert(std::is_same_v<lathe::renamed<"point", lathe::pick<const place, "x", "y">>, point>);

struct plain { // an aggregate, whose members are fields too
    int x = 1;
    float y = 2;
    std::string other{};
};

constexpr point flat{"x"_f = 1, "y"_f = 2};
static_assert(lathe::copy_as<point3d>(flat, "z"_f = 3) == point3d{"x"_f = 1, "y"_f = 2, "z"_f = 3});
static_assert(lathe::copy_as<point>(lathe::copy_as<point3d>(flat, "z"_f = 3)) == flat, "there and back");
static_assert(lathe::copy_as<point3d>(flat, "z"_f = 3, "x"_f = 4)["x"_f] == 4, "what is given goes first");

TEST_CASE("model: a larger one and a smaller one obey the rules of their fields", "[model][parts]") {
    CHECK_THROWS_MATCHES((profile{"name"_f = ""}), lathe::validation_error, Message("profile.name: \"\" is empty"));
    CHECK_THROWS_MATCHES(
        (point3d{"x"_f = 10, "z"_f = 1}), lathe::validation_error, Message("point.x: 10 is not in [0, 9]"));
    place p{"label"_f = "here", "x"_f = 1, "y"_f = 2};
    CHECK(p.far() == 3);
}

TEST_CASE("model: copy_as takes the fields of the same names", "[model][parts]") {
    const user ada{"name"_f = "Ada", "password"_f = "long enough", "age"_f = 36};
    const auto shown = lathe::copy_as<profile>(ada);
    CHECK(shown["name"_f] == "Ada");
    CHECK(shown["age"_f] == 36);
    const auto renewed = lathe::copy_as<user>(shown, "password"_f = "even longer");
    CHECK(renewed["age"_f] == 36);
    CHECK_THROWS_MATCHES(lathe::copy_as<user>(shown, "password"_f = "short"),
                         lathe::validation_error,
                         Message("user.password: \"short\" is shorter than 8"));
    CHECK(shown["name"_f] == "Ada");

    const auto from_plain = lathe::copy_as<place>(plain{}, "label"_f = "there");
    CHECK(from_plain.far() == 3);
    CHECK(from_plain["label"_f] == "there");
    CHECK_THROWS_MATCHES(
        lathe::copy_as<point>(plain{.x = 10}), lathe::validation_error, Message("point.x: 10 is not in [0, 9]"));
}

} // namespace
