// SPDX-License-Identifier: MIT
#include <lathe/model/model.hpp> // first: proves that the header stands alone

#include <concepts>
#include <cstdint>
#include <deque>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <type_traits>
#include <unordered_set>
#include <utility>
#include <vector>

#include <lathe/model/compare.hpp>
#include <lathe/model/element_rules.hpp>
#include <lathe/model/number_rules.hpp>
#include <lathe/model/text_rules.hpp>
#include <lathe/model/validate.hpp>

#include "support/catch.hpp"

namespace {

using namespace lathe::literals;
using lathe::field;
using lathe_test::Message;

using point = lathe::model<"point", field<"x", double>, field<"y", double, lathe::in_range<-9, 9>>>;
using person = lathe::model<"person",
                            field<"name", std::string, lathe::trimmed, lathe::not_empty, lathe::max_length<20>>,
                            field<"age", int, lathe::in_range<0, 150>, lathe::defaults_to<18>>,
                            field<"email", std::optional<std::string>, lathe::contains<"@">>,
                            field<"tags", std::vector<std::string>, lathe::each<lathe::not_empty>>>;

// A struct of its own, with functions and a rule about two fields.
struct span : lathe::model<"span", field<"from", int, lathe::required>, field<"to", int, lathe::defaults_to<100>>> {
    using model::model;

    [[nodiscard]] constexpr int length() const { return (*this)["to"_f] - get<"from">(); }

    static consteval auto invariants() {
        return lathe::invariants(
            lathe::invariant<"from is before to">([](const span& s) { return s["from"_f] < s["to"_f]; }));
    }
};

// A model that holds models of its own type can only be such a struct: an alias cannot name itself.
struct node : lathe::model<"node", field<"value", int>, field<"children", std::vector<node>>> {
    using model::model;
};

// ---- what can be made of what ----

template <class Model, class... Named>
concept made_of = requires(Named... named) { Model{std::move(named)...}; };
template <lathe::fixed_string Name, class Value>
using named = lathe::named_value<Name, Value>;

static_assert(made_of<point> && made_of<point, named<"x", int>> &&
              made_of<point, named<"y", float&>, named<"x", const double&>>);
static_assert(!made_of<point, named<"z", double>>, "an unknown name");
static_assert(!made_of<point, named<"x", double>, named<"x", double>>, "a name twice");
static_assert(!made_of<point, named<"x", const char*>> && !made_of<point, named<"x", bool>>, "of another kind");
static_assert(!made_of<person, named<"name", std::string>, named<"age", double>>, "would lose something");
static_assert(!made_of<person> && !made_of<person, named<"age", int>> && made_of<person, named<"name", const char*>>,
              "required");
static_assert(!std::is_default_constructible_v<person> && std::is_default_constructible_v<point>);
static_assert(!made_of<span> && !made_of<span, named<"to", int>> && made_of<span, named<"from", short>>);
static_assert(!made_of<span, named<"until", int>> && !std::is_default_constructible_v<span>);

// Nothing turns into a model by accident.
static_assert(!std::is_constructible_v<point, double> && !std::is_constructible_v<point, double, double> &&
              !std::is_constructible_v<point, std::string> &&
              !std::is_constructible_v<point, named<"x", double>, int> && !std::is_convertible_v<double, point> &&
              !std::is_constructible_v<point, person> &&
              !std::is_constructible_v<point, lathe::model<"point", field<"x", double>>>);
static_assert(!std::is_constructible_v<lathe::model<"one", field<"x", int>>, int>);
static_assert(std::is_convertible_v<named<"x", double>, point>, "so that braces make one in a return");
static_assert(!std::is_aggregate_v<point>);

// ---- what it is ----

static_assert(lathe::described<point> && lathe::described<const point> && lathe::described<span>);
static_assert(lathe::type_name<point> == "point" && lathe::type_name<const person> == "person" &&
              lathe::type_name<span> == "span" && lathe::type_name<node> == "node");
static_assert(lathe::field_count<person> == 4 && lathe::field_names<person>[3] == "tags" &&
              lathe::field_count<span> == 2 && lathe::field_names<span>[1] == "to");
static_assert(std::regular<point> && std::copyable<person> && std::copyable<node> && std::totally_ordered<span>);
static_assert(std::is_nothrow_move_constructible_v<person> && std::is_nothrow_default_constructible_v<point>);
static_assert(std::is_same_v<decltype(std::declval<point&>()["x"_f]), field<"x", double>&> &&
              std::is_same_v<decltype(std::declval<const point&>()["x"_f]), const field<"x", double>&> &&
              std::is_same_v<decltype(std::declval<point>()["x"_f]), field<"x", double>&&> &&
              std::is_same_v<decltype(std::declval<point&>().get<"x">()), const double&>);
template <class Model>
concept has_z = requires(Model& model) { model["z"_f]; };
static_assert(!has_z<point> && !has_z<span> && has_z<lathe::model<"point3", field<"z", int>>>);
static_assert(noexcept(std::declval<point&>()["x"_f]));

// ---- in constant expressions ----

constexpr bool works_in_constants() {
    point p{"y"_f = 2, "x"_f = 1.5};
    p["x"_f] = 3;
    p.set<"y">(p.get<"x">() - 1);
    auto& [x, y] = p;
    x += 1.5;
    const point copy = p;
    lathe::set<"y">(p, -2L);
    const span s{"from"_f = 7};
    return x == 4.5 && copy["y"_f] == 2 && y == -2 && copy != p && copy > p && copy == point{"x"_f = 4.5, "y"_f = 2} &&
           s.length() == 93;
}
static_assert(works_in_constants());
constexpr point origin;
static_assert(origin["x"_f] == 0 && origin.get<"y">() == 0);

TEST_CASE("model: is made of values with names, in any order", "[model]") {
    const person p{"tags"_f = std::vector<std::string>{"a"}, "age"_f = 36L, "name"_f = "  Ada "};
    CHECK(p["name"_f] == "Ada");
    CHECK(p["age"_f] == 36);
    CHECK_FALSE(p["email"_f]);
    CHECK(p["tags"_f]->size() == 1);
    const person q{"name"_f = std::string_view("Bob")};
    CHECK(q["age"_f] == 18);
    CHECK(q["tags"_f]->empty());
}

TEST_CASE("model: values that are moved in are moved, others are copied", "[model]") {
    std::string name = "a name that is too long for SSO";
    name.resize(20);
    const char* const place = name.data();
    const person copied{"name"_f = name};
    CHECK(name.size() == 20);
    std::vector<std::string> tags{"a", "b"};
    const std::string* const first = tags.data();
    const person moved{"name"_f = std::move(name), "tags"_f = std::move(tags)};
    CHECK(moved.get<"name">().data() == place);
    CHECK(moved.get<"tags">().data() == first);

    using owner = lathe::model<"owner", field<"what", std::unique_ptr<int>>>;
    owner o{"what"_f = std::make_unique<int>(7)};
    const owner taken = std::move(o);
    CHECK(**taken["what"_f] == 7);
    auto what = person{"name"_f = "Ada", "age"_f = 5}["age"_f];
    CHECK(what == 5);
}

TEST_CASE("model: braces name the elements of a container", "[model]") {
    const person p{"name"_f = "Ada", "tags"_f = {"a", "b"}};
    CHECK(p.get<"tags">() == std::vector<std::string>{"a", "b"});
    using sets = lathe::model<"sets",
                              field<"numbers", std::deque<double>>,
                              field<"small", std::set<std::uint8_t>>,
                              field<"names", std::map<int, std::string>>>;
    sets s{"small"_f = {3, 1, 3}, "numbers"_f = {1, 2}, "names"_f = {std::pair<const int, std::string>(1, "one")}};
    CHECK(s.get<"numbers">() == std::deque<double>{1, 2});
    CHECK(s.get<"small">() == std::set<std::uint8_t>{1, 3});
    CHECK(s.get<"names">().at(1) == "one");
    CHECK_THROWS_MATCHES(
        (sets{"small"_f = {3, 300}}), lathe::validation_error, Message("sets.small: 300 is not in [0, 255]"));
    CHECK_THROWS_MATCHES((person{"name"_f = "Ada", "tags"_f = {"a", ""}}),
                         lathe::validation_error,
                         Message("person.tags[1]: \"\" is empty"));
    s["numbers"_f] = {3, 4, 5};
    CHECK(s["numbers"_f]->size() == 3);
    const auto made = lathe::try_make<sets>("numbers"_f = {7}, "small"_f = {1, -1});
    REQUIRE_FALSE(made);
    CHECK(made.error().what() == std::string("sets.small: -1 is not in [0, 255]"));
    CHECK(lathe::try_make<sets>("numbers"_f = {7}).value()["numbers"_f]->front() == 7);
}

TEST_CASE("model: messages name model and field, and nothing leaks", "[model]") {
    CHECK_THROWS_MATCHES(
        (point{"x"_f = 1, "y"_f = 10}), lathe::validation_error, Message("point.y: 10 is not in [-9, 9]"));
    CHECK_THROWS_MATCHES((person{"name"_f = "  "}), lathe::validation_error, Message("person.name: \"\" is empty"));
    CHECK_THROWS_MATCHES((span{"from"_f = 5'000'000'000}),
                         lathe::validation_error,
                         Message("span.from: 5000000000 is not in [-2147483648, 2147483647]"));
    const auto counted = std::make_shared<int>(1);
    using shared = lathe::model<"shared",
                                field<"first", std::shared_ptr<int>>,
                                field<"second", int, lathe::positive>,
                                field<"third", std::shared_ptr<int>>>;
    CHECK_THROWS_AS((shared{"third"_f = counted, "second"_f = 0, "first"_f = counted}), lathe::validation_error);
    CHECK(counted.use_count() == 1);
    {
        const shared s{"third"_f = counted, "second"_f = 1, "first"_f = counted};
        CHECK(counted.use_count() == 3);
    }
    CHECK(counted.use_count() == 1);
}

TEST_CASE("model: fields are read and assigned by name, and checked", "[model]") {
    person p{"name"_f = "Ada"};
    p["age"_f] = 36;
    p["age"_f] += 1;
    p["name"_f].modify([](std::string& name) { name += "!"; });
    CHECK_THROWS_MATCHES(p["age"_f] = 200, lathe::validation_error, Message("age: 200 is not in [0, 150]"));
    CHECK_THROWS_MATCHES(p.set<"age">(200), lathe::validation_error, Message("person.age: 200 is not in [0, 150]"));
    CHECK_THROWS_MATCHES(
        lathe::set<"age">(p, 200), lathe::validation_error, Message("person.age: 200 is not in [0, 150]"));
    CHECK(p.get<"age">() == 37);
    CHECK(&lathe::get<"age">(p) == &p["age"_f].value());
    CHECK(p["name"_f] == "Ada!");
    p.set<"email">("ada@example.org");
    CHECK(**p["email"_f] == "ada@example.org");
    lathe::reset<"age">(p);
    CHECK(p["age"_f] == 18);
    p["age"_f] = 40;
    p["age"_f].reset();
    CHECK(p["age"_f] == 18);
    CHECK_THROWS_MATCHES(lathe::reset<"name">(p), lathe::validation_error, Message("person.name: has no default"));
}

TEST_CASE("model: structured bindings are the fields", "[model]") {
    person p{"name"_f = "Ada"};
    auto& [name, age, email, tags] = p;
    CHECK(&name == &p["name"_f]);
    CHECK(&tags == &p["tags"_f]);
    age = 37;
    CHECK(p["age"_f] == 37);
    CHECK_THROWS_AS(age = 200, lathe::validation_error);
    email = "ada@example.org";
    const auto& [from, to] = static_cast<const span&>(span{"from"_f = 1});
    STATIC_REQUIRE(std::is_same_v<decltype(from), const field<"from", int, lathe::required>>);
    CHECK(to == 100);
}

TEST_CASE("model: try_make collects all that is wrong", "[model]") {
    CHECK(lathe::try_make<point>("y"_f = 1).value()["y"_f] == 1);
    const auto made = lathe::try_make<person>("age"_f = 200, "email"_f = "nobody", "tags"_f = {"", "b"});
    REQUIRE_FALSE(made);
    CHECK(made.error().what() == std::string("person.age: 200 is not in [0, 150]\n"
                                             "person.email: \"nobody\" does not contain \"@\"\n"
                                             "person.tags[0]: \"\" is empty\n"
                                             "person.name: is missing"));
}

TEST_CASE("model: a derived struct has functions and invariants", "[model]") {
    span s{"from"_f = 1, "to"_f = 4};
    CHECK(s.length() == 3);
    s["to"_f] = 0; // a single assignment cannot know
    CHECK_THROWS_MATCHES(lathe::validate(s),
                         lathe::validation_error,
                         Message("span: \"from is before to\" does not hold for span(from=1, to=0)"));
    CHECK_THROWS_AS(lathe::modify(s, [](span& next) { next["to"_f] = -5; }), lathe::validation_error);
    CHECK(s["to"_f] == 0);
    lathe::modify(s, [](span& next) { next["to"_f] = 9; });
    CHECK(s.length() == 8);
    CHECK_FALSE(lathe::try_make<span>("from"_f = 200));
    CHECK(lathe::try_make<span>("from"_f = 20).value().length() == 80);
    CHECK_THROWS_MATCHES(lathe::reset<"from">(s), lathe::validation_error, Message("span.from: has no default"));
}

TEST_CASE("model: models hold models, and themselves", "[model]") {
    using line = lathe::model<"line", field<"from", point>, field<"to", std::optional<point>>>;
    line l{"to"_f = point{"x"_f = 1}, "from"_f = ("y"_f = 2)};
    CHECK(l.get<"from">()["y"_f] == 2);
    l["to"_f] = std::nullopt;
    CHECK(l == line{"from"_f = point{"y"_f = 2.0}});
    CHECK_THROWS_MATCHES(
        (line{"from"_f = ("y"_f = 10)}), lathe::validation_error, Message("point.y: 10 is not in [-9, 9]"));

    node root{"value"_f = 1};
    root["children"_f] = {node{"value"_f = 2}, node{"value"_f = 3, "children"_f = {node{}}}};
    const node copy = root;
    CHECK(copy == root);
    root["children"_f].modify([](std::vector<node>& children) { children[1]["value"_f] = 4; });
    CHECK(copy != root);
    CHECK(lathe::equal(copy, copy));
    CHECK((*root["children"_f])[1]["children"_f]->size() == 1);
}

TEST_CASE("model: copies, moves and comparison are those of the fields", "[model]") {
    const person ada{"name"_f = "Ada", "tags"_f = {"x"}};
    person other = ada;
    CHECK(other == ada);
    other["age"_f] = 19;
    CHECK(other > ada);
    CHECK((lathe::compare(other, ada) > 0));
    CHECK(std::hash<person>{}(other) != std::hash<person>{}(ada));
    other = ada;
    CHECK(std::hash<person>{}(other) == std::hash<person>{}(ada));
    person moved = std::move(other);
    other = ada;
    CHECK(moved == other);
    std::swap(moved, other);
    CHECK(std::unordered_set<person>{ada, moved, other}.size() == 1);
    struct opaque {};
    STATIC_REQUIRE_FALSE(std::equality_comparable<lathe::model<"no", field<"of", opaque>>>);
}

TEST_CASE("model: the least of them", "[model]") {
    using nothing = lathe::model<"nothing">;
    STATIC_REQUIRE(std::is_empty_v<nothing> && lathe::field_count<nothing> == 0 && std::regular<nothing>);
    CHECK(nothing{} == nothing());
    CHECK(lathe::try_make<nothing>());
    using one = lathe::model<"one", field<"only field", int, lathe::in_range<1, 2>>>;
    one o{"only field"_f = 1}; // any name will do: that of a key in a file, say
    CHECK_THROWS_MATCHES(
        o.set<"only field">(3), lathe::validation_error, Message("one.only field: 3 is not in [1, 2]"));
    const auto make = []() -> one {
        return {"only field"_f = 2};
    };
    CHECK(make()["only field"_f] == 2);
}

} // namespace
