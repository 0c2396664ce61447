// SPDX-License-Identifier: MIT
#include <lathe/model/hana.hpp> // first: proves that the header stands alone

#include <array>
#include <compare>
#include <cstddef>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <tuple>
#include <type_traits>
#include <utility>
#include <vector>

#include <boost/hana/adapt_adt.hpp>
#include <boost/hana/adapt_struct.hpp>
#include <boost/hana/any_of.hpp>
#include <boost/hana/at_key.hpp>
#include <boost/hana/concept/comparable.hpp>
#include <boost/hana/concept/foldable.hpp>
#include <boost/hana/concept/searchable.hpp>
#include <boost/hana/contains.hpp>
#include <boost/hana/define_struct.hpp>
#include <boost/hana/equal.hpp>
#include <boost/hana/ext/std/array.hpp>
#include <boost/hana/ext/std/integral_constant.hpp>
#include <boost/hana/ext/std/pair.hpp>
#include <boost/hana/ext/std/tuple.hpp>
#include <boost/hana/ext/std/vector.hpp>
#include <boost/hana/find.hpp>
#include <boost/hana/fold_left.hpp>
#include <boost/hana/for_each.hpp>
#include <boost/hana/keys.hpp>
#include <boost/hana/map.hpp>
#include <boost/hana/members.hpp>
#include <boost/hana/not_equal.hpp>
#include <boost/hana/optional.hpp>
#include <boost/hana/range.hpp>
#include <boost/hana/set.hpp>
#include <boost/hana/size.hpp>
#include <boost/hana/type.hpp>
#include <fmt/format.h>

#include <lathe/core/fixed_string.hpp>
#include <lathe/data/csv.hpp>
#include <lathe/model/compare.hpp>
#include <lathe/model/field.hpp>
#include <lathe/model/field_info.hpp>
#include <lathe/model/number_rules.hpp>
#include <lathe/model/text.hpp>
#include <lathe/model/text_rules.hpp>
#include <lathe/model/validate.hpp>

#include "support/catch.hpp"

namespace hana = boost::hana;
using namespace lathe::literals;
using lathe_test::Message;

// ---- types that only Hana is told about; its macros need names that can be reached from everywhere ----

namespace lathe_test::told_to_hana {

// "age"_key is BOOST_HANA_STRING("age"), which g++ does not take in all places.
template <lathe::fixed_string Text>
consteval auto operator""_key() {
    return []<std::size_t... At>(std::index_sequence<At...>) {
        return hana::string_c<Text.view()[At]...>;
    }(std::make_index_sequence<Text.view().size()>{});
}
static_assert(std::is_same_v<decltype("age"_key), hana::string<'a', 'g', 'e'>>);

struct point { // an aggregate: Hana's macro leaves it one
    BOOST_HANA_DEFINE_STRUCT(point, (int, x), (double, y));
};
struct sparse { // not all of it is told
    BOOST_HANA_DEFINE_STRUCT(sparse, (int, told));
    int untold = 0;
};
struct guest {
    BOOST_HANA_DEFINE_STRUCT(guest,
                             (lathe::property<std::string, lathe::not_empty>, name),
                             (lathe::property<int, lathe::in_range<0, 150>>, age));
    static consteval auto invariants() {
        return lathe::invariants(
            lathe::invariant<"Methuselah is old">([](const guest& g) { return g.name != "Methuselah" || g.age > 99; }));
    }
};
struct bits { // out of reach for structured bindings and names
    BOOST_HANA_DEFINE_STRUCT(bits, (int, a));
    unsigned b : 3;
};
struct derived : point { // to Hana a point
    int z = 0;
};
struct nothing {
    BOOST_HANA_DEFINE_STRUCT(nothing);
};

struct renamed { // adapted in another order
    std::string first;
    int second = 0;
};

class shy {
public:
    shy() = default;
    shy(std::string name, int age) : m_name(std::move(name)), m_age(age) {}

    [[nodiscard]] std::string name() const { return m_name; } // a value
    [[nodiscard]] const int& age() const { return m_age; }    // a const reference
    double& weight() { return m_weight; }                     // a reference
    [[nodiscard]] const double& weight() const { return m_weight; }

private:
    std::string m_name;
    int m_age = 0;
    double m_weight = 1.5;
};

struct numbered { // its keys are no names
    int a = 1;
};
template <class T>
struct boxed { // tells Hana itself, as a template
    T held{};
};
struct by_tag { // tells Hana by its tag
    using hana_tag = struct the_tag;
    int held = 1;
    int unknown = 2;
};
struct stubborn { // has a property, and accessors of its own all the same
    struct hana_accessors_impl {
        static constexpr auto apply() {
            return hana::make_tuple(hana::make_pair("years"_key, [](auto&& s) -> auto& { return s.age; }));
        }
    };
    lathe::property<int, lathe::in_range<0, 150>> age = 18;
};
class both { // tells Hana one thing and lathe another
public:
    BOOST_HANA_DEFINE_STRUCT(both, (int, a), (int, b));
    static consteval auto fields() { return lathe::fields<&both::b, &both::m_c>; }

private:
    int m_c = 3;
};

} // namespace lathe_test::told_to_hana

BOOST_HANA_ADAPT_STRUCT(lathe_test::told_to_hana::renamed, second, first);
// clang-format off
BOOST_HANA_ADAPT_ADT(lathe_test::told_to_hana::shy,
    (name, [](const auto& s) { return s.name(); }),
    (age, [](const auto& s) -> const auto& { return s.age(); }),
    (weight, [](auto& s) -> auto& { return s.weight(); }));
// clang-format on

namespace boost::hana {

template <>
struct accessors_impl<lathe_test::told_to_hana::numbered> {
    static constexpr auto apply() {
        return make_tuple(make_pair(int_c<0>, [](auto&& n) -> auto& { return n.a; }));
    }
};
template <class T>
struct accessors_impl<lathe_test::told_to_hana::boxed<T>> {
    static constexpr auto apply() {
        return make_tuple(make_pair(string_c<'i', 't'>, [](auto&& b) -> auto& { return b.held; }));
    }
};
template <>
struct accessors_impl<lathe_test::told_to_hana::the_tag> {
    static constexpr auto apply() {
        return make_tuple(make_pair(string_c<'h', 'e', 'l', 'd'>, [](auto&& b) -> auto& { return b.held; }));
    }
};

} // namespace boost::hana

namespace {

using namespace lathe_test::told_to_hana;

template <class T>
constexpr bool is_struct = hana::Struct<T>::value;

// ---- models of lathe ----

struct person {
    lathe::property<std::string, lathe::not_empty> name; // must be given
    lathe::property<int, lathe::in_range<0, 150>> age = 18;
    std::string note = "none";
};
struct labelled {
    lathe::field<"age", int, lathe::in_range<0, 150>> age = 18;
};
class account {
public:
    account() = default;
    account(int id, double balance) : m_id(id), balance_(balance) {}
    static consteval auto fields() { return lathe::fields<&account::m_id, &account::balance_>; }

private:
    lathe::property<int, lathe::positive> m_id = 1;
    double balance_ = 0;
};
struct announced {
    int a = 1;
    std::vector<person> crew;
};
struct unannounced {
    int a = 1;
};
struct memberless {};
struct owner {
    lathe::property<int> id = 1;
    std::unique_ptr<int> only;
};
struct with_equality { // Hana alone finds this ambiguous: a Struct that has an operator
    lathe::property<int> id = 1;
    int seen = 0;
    friend constexpr bool operator==(const with_equality& a, const with_equality& b) { return a.id == b.id; }
};
struct nested {
    lathe::property<int> id = 1;
    person captain{.name = "Ada"};
    std::vector<person> crew;
};
struct größe {
    lathe::property<int> länge = 1;
};

} // namespace

template <>
inline constexpr bool lathe::enable_model<announced> = true;
template <>
inline constexpr bool lathe::enable_model<memberless> = true;

namespace {

static_assert(is_struct<person> && is_struct<const person> && is_struct<labelled> && is_struct<account> &&
              is_struct<announced> && is_struct<owner> && is_struct<nested>);
static_assert(hana::Foldable<person>::value && hana::Searchable<person>::value && hana::Comparable<person>::value);
static_assert(!is_struct<unannounced>, "other people's aggregates stay theirs");
static_assert(lathe::enable_model<memberless> && !is_struct<memberless>, "to Hana an empty class is a tag");

constexpr auto age_of = [](auto&& model) -> decltype(auto) {
    return hana::at_key(static_cast<decltype(model)>(model), hana::string_c<'a', 'g', 'e'>);
};
template <class Model>
using age_in = decltype(age_of(std::declval<Model>()));
using age_property = lathe::property<int, lathe::in_range<0, 150>>;
static_assert(std::is_same_v<age_in<person&>, age_property&>);
static_assert(std::is_same_v<age_in<const person&>, const age_property&>);
static_assert(std::is_same_v<age_in<person>, age_property&&>);
static_assert(std::is_same_v<age_in<const person>, const age_property&&>);

// Constant expressions stay so.
static_assert(hana::equal(with_equality{.id = 2, .seen = 1}, with_equality{.id = 2}));
static_assert(!hana::equal(labelled{.age = 1}, labelled{.age = 2}) && hana::equal(labelled{}, labelled{.age = 18}));
static_assert(age_of(labelled{.age = 7}).value() == 7);
constexpr point somewhere{3, 4.5};
static_assert(lathe::get<"x">(somewhere) == 3 && lathe::equal(somewhere, point{3, 4.5}) &&
              lathe::compare(somewhere, point{3, 5.5}) < 0);

// ---- nobody else's types change hands ----

static_assert(!is_struct<int> && !is_struct<std::string> && !is_struct<std::vector<int>> && !is_struct<void> &&
              !is_struct<int&> && !is_struct<int[2]> && !is_struct<void()>);
static_assert(!is_struct<std::array<int, 2>> && !is_struct<std::array<age_property, 2>> &&
              !is_struct<std::pair<int, age_property>> && !is_struct<std::tuple<age_property>> &&
              !is_struct<std::optional<age_property>> && !is_struct<std::integral_constant<int, 1>>);
static_assert(!is_struct<hana::tuple<age_property>> && !is_struct<hana::pair<int, age_property>> &&
              !is_struct<hana::optional<age_property>> && !is_struct<hana::map<hana::pair<hana::int_<1>, int>>> &&
              !is_struct<hana::set<>> && !is_struct<hana::string<'a'>> && !is_struct<hana::integral_constant<int, 1>> &&
              !is_struct<hana::type<int>> && !is_struct<hana::range<int, 0, 3>> && !is_struct<hana::tuple<>>);
static_assert(!is_struct<age_property>, "a property is a value");
static_assert(!is_struct<decltype([] {})> && !is_struct<decltype([x = 1] { return x; })>);
static_assert(!lathe::described<hana::tuple<int>> && !lathe::described<hana::pair<int, int>> &&
              !lathe::described<hana::optional<int>> && !lathe::described<hana::map<>> &&
              !lathe::described<hana::integral_constant<int, 1>> && !lathe::described<std::array<int, 2>> &&
              !lathe::described<std::tuple<int>> && !lathe::described<std::pair<int, int>>);

// ---- what Hana was told, lathe knows ----

static_assert(lathe::described<point> && lathe::described<const point> && lathe::detail::enabled_model<point>);
static_assert(lathe::field_count<point> == 2 && lathe::field_names<point>[0] == "x" &&
              lathe::field_names<point>[1] == "y");
static_assert(lathe::field_count<sparse> == 1 && lathe::field_names<sparse>[0] == "told");
static_assert(lathe::field_count<renamed> == 2 && lathe::field_names<renamed>[0] == "second" &&
              lathe::field_names<renamed>[1] == "first");
static_assert(lathe::field_count<bits> == 1 && lathe::field_count<nothing> == 0);
static_assert(lathe::field_count<derived> == 2 && lathe::field_names<derived>[1] == "y");
static_assert(lathe::field_count<shy> == 3 && lathe::field_names<shy>[2] == "weight");
static_assert(lathe::field_names<boxed<int>>[0] == "it" && lathe::field_names<boxed<person>>[0] == "it");
static_assert(lathe::field_count<by_tag> == 1 && lathe::field_names<by_tag>[0] == "held");
static_assert(lathe::field_count<stubborn> == 1 && lathe::field_names<stubborn>[0] == "years");
static_assert(is_struct<numbered> && lathe::field_names<numbered>[0] == "a", "no names: an aggregate as ever");
static_assert(lathe::field_count<both> == 2 && lathe::field_names<both>[0] == "b" && lathe::field_names<both>[1] == "c",
              "lathe was told itself");
static_assert(decltype(hana::size(both{}))::value == 2 && decltype(hana::contains(both{}, "a"_key))::value);

// ---- a model as a Hana Struct ----

TEST_CASE("hana: the keys of a model are the names of its fields", "[hana]") {
    const person ada{.name = "Ada"};
    STATIC_REQUIRE(hana::keys(ada) == hana::make_tuple("name"_key, "age"_key, "note"_key));
    STATIC_REQUIRE(hana::keys(account{}) == hana::make_tuple("id"_key, "balance"_key));
    STATIC_REQUIRE(hana::keys(größe{}) == hana::make_tuple("länge"_key));
    STATIC_REQUIRE(decltype(hana::size(ada))::value == 3);
    STATIC_REQUIRE(decltype(hana::contains(ada, "note"_key))::value);
    STATIC_REQUIRE_FALSE(decltype(hana::contains(ada, "nota"_key))::value);
}

TEST_CASE("hana: assigning through at_key is checked", "[hana]") {
    person ada{.name = "Ada", .age = 36};
    hana::at_key(ada, "age"_key) = 37;
    CHECK(ada.age == 37);
    CHECK_THROWS_MATCHES(
        hana::at_key(ada, "age"_key) = 200, lathe::validation_error, Message("200 is not in [0, 150]"));
    CHECK(ada.age == 37);
    hana::at_key(ada, "note"_key) = "plain members are plain";
    CHECK(ada.note == "plain members are plain");

    labelled known;
    CHECK_THROWS_MATCHES(
        hana::at_key(known, "age"_key) = 200, lathe::validation_error, Message("age: 200 is not in [0, 150]"));
}

TEST_CASE("hana: private members that are listed are members to Hana", "[hana]") {
    account savings(7, 2.5);
    CHECK(hana::at_key(savings, "id"_key) == 7);
    hana::at_key(savings, "balance"_key) = 4.5;
    CHECK(lathe::get<"balance">(savings) == 4.5);
    CHECK_THROWS_AS(hana::at_key(savings, "id"_key) = 0, lathe::validation_error);
    CHECK(hana::at_key(savings, "id"_key) == 7);
}

TEST_CASE("hana: a model can be folded, searched and turned into a map", "[hana]") {
    const account savings(7, 2.5);
    CHECK(hana::fold_left(hana::members(savings), 0.5, [](double sum, double next) { return sum + next; }) == 10);

    std::string text;
    hana::for_each(savings, [&](const auto& pair) {
        text += fmt::format("{}={};", hana::to<const char*>(hana::first(pair)), hana::second(pair));
    });
    CHECK(text == "id=7;balance=2.5;");

    CHECK(hana::find(savings, "id"_key).value() == 7);
    STATIC_REQUIRE(decltype(hana::is_nothing(hana::find(savings, "name"_key)))::value);

    const auto map = hana::to_map(savings);
    CHECK(map["balance"_key] == 2.5);
    STATIC_REQUIRE(decltype(hana::size(map))::value == 2);
}

TEST_CASE("hana: members of a temporary are moved", "[hana]") {
    owner from{.only = std::make_unique<int>(5)};
    auto members = hana::members(std::move(from));
    CHECK(*members[hana::size_c<1>] == 5);
    CHECK(from.only == nullptr); // NOLINT: that is the question
}

TEST_CASE("hana: models are equal when their fields are", "[hana]") {
    const nested one{.crew = {person{.name = "Bob"}}};
    nested other{.crew = {person{.name = "Bob"}}};
    CHECK(hana::equal(one, other));
    other.crew[0].age = 19;
    CHECK_FALSE(hana::equal(one, other));
    CHECK(hana::not_equal(one, other));
    other.crew[0].age = 18;
    other.captain.note = "ill";
    CHECK_FALSE(hana::equal(one, other));
    CHECK(hana::equal(hana::make_tuple(one, 1), hana::make_tuple(one, 1)));

    const announced group{.a = 1, .crew = {person{.name = "Bob"}}};
    CHECK(hana::equal(group, announced{.a = 1, .crew = {person{.name = "Bob"}}}));
    CHECK_FALSE(hana::equal(group, announced{.a = 2, .crew = {person{.name = "Bob"}}}));
    CHECK_FALSE(hana::equal(with_equality{.id = 2}, with_equality{.id = 3}));
}

// ---- a Hana Struct as a model ----

TEST_CASE("hana: a Hana Struct has text, by to_string and by fmt", "[hana]") {
    CHECK(fmt::format("{}", point{3, 4.5}).ends_with("point(x=3, y=4.5)"));
    CHECK(fmt::format("{}", renamed{.first = "a", .second = 2}).ends_with("renamed(second=2, first=\"a\")"));
    CHECK(lathe::to_string(sparse{1, 2}).ends_with("sparse(told=1)"));
    CHECK(lathe::to_string(nothing{}).ends_with("nothing()"));
    CHECK(lathe::to_string(bits{1, 2}).ends_with("bits(a=1)"));
    CHECK(lathe::to_string(by_tag{}).ends_with("by_tag(held=1)"));
    CHECK(lathe::to_string(boxed<point>{}).ends_with("point(x=0, y=0))"));
}

TEST_CASE("hana: Hana Structs are compared and hashed by what Hana knows of them", "[hana]") {
    CHECK(lathe::equal(sparse{1, 2}, sparse{1, 3}));
    CHECK_FALSE(lathe::equal(sparse{1, 2}, sparse{2, 2}));
    CHECK(lathe::hash(sparse{1, 2}) == lathe::hash(sparse{1, 3}));
    CHECK(std::is_lt(lathe::compare(renamed{"b", 1}, renamed{"a", 2}))); // second is the first field
    CHECK(std::hash<renamed>{}(renamed{"b", 1}) == lathe::hash(renamed{"b", 1}));
    CHECK(lathe::hash(renamed{"b", 1}) != lathe::hash(renamed{"b", 2}));
    const derived a{{1, 2.5}, 3};
    const derived b{{1, 2.5}, 4};
    CHECK(hana::equal(a, b)); // of the base alone
    CHECK(lathe::equal(a, b));
}

TEST_CASE("hana: the fields of a Hana Struct have names", "[hana]") {
    renamed model{.first = "a", .second = 2};
    CHECK(lathe::get<"second">(model) == 2);
    CHECK(&lathe::get<"first">(model) == &model.first);
    lathe::set<"first">(model, "b");
    CHECK(model.first == "b");
    lathe::reset<"second">(model);
    CHECK(model.second == 0);
    std::string names;
    lathe::for_each_field(model, [&](std::string_view name, const auto&, const lathe::field_info& info) {
        names += fmt::format("{}:{};", name, info.type);
    });
    CHECK(names.starts_with("second:int;first:"));
}

TEST_CASE("hana: rules hold in a Hana Struct of properties", "[hana]") {
    guest ada{"Ada", 36};
    CHECK_THROWS_AS(ada.age = 200, lathe::validation_error);
    CHECK_THROWS_WITH(lathe::set<"age">(ada, 200), lathe_test::ContainsSubstring("guest.age: 200 is not in [0, 150]"));
    CHECK_THROWS_AS(hana::at_key(ada, "age"_key) = 200, lathe::validation_error);
    CHECK(ada.age == 36);

    const auto made = lathe::try_make<guest>("age"_f = 200);
    REQUIRE_FALSE(made);
    const auto& issues = made.error().issues();
    REQUIRE(issues.size() == 2);
    CHECK(issues[0].path == "age");
    CHECK(issues[0].message == "200 is not in [0, 150]");
    CHECK(issues[1].path == "name");
    CHECK(issues[1].message == "is missing");

    const auto old = lathe::try_make<guest>("name"_f = "Methuselah", "age"_f = 99);
    REQUIRE_FALSE(old);
    CHECK(old.error().issues().at(0).rule == "Methuselah is old");
    const auto older = lathe::try_make<guest>("name"_f = "Methuselah", "age"_f = 100);
    REQUIRE(older);
    CHECK(older->age == 100);
    CHECK(lathe::try_validate(ada));
}

TEST_CASE("hana: read_csv makes Hana Structs", "[hana]") {
    std::vector<std::string> seen;
    for (const auto& row : lathe::data::read_csv<guest>(lathe::data::source::memory("age,name\n36,Ada\n200,Bob\n"))) {
        seen.push_back(row ? std::string(row->name.value()) : row.error().issues().at(0).message);
    }
    CHECK(seen == std::vector<std::string>{"Ada", "200 is not in [0, 150]"});
}

TEST_CASE("hana: what accessors return by value is read, and what they refer to is changed", "[hana]") {
    shy ada("Ada", 36);
    CHECK(lathe::to_string(ada).ends_with("shy(name=\"Ada\", age=36, weight=1.5)"));
    CHECK(lathe::equal(ada, shy("Ada", 36)));
    CHECK_FALSE(lathe::equal(ada, shy("Bob", 36)));
    CHECK(std::is_lt(lathe::compare(ada, shy("Bob", 1))));
    CHECK(lathe::hash(ada) == lathe::hash(shy("Ada", 36)));
    CHECK(lathe::try_validate(ada));
    std::string text;
    lathe::for_each_field(
        ada, [&](std::string_view name, const auto& value) { text += fmt::format("{}:{};", name, value); });
    CHECK(text == "name:Ada;age:36;weight:1.5;");

    CHECK(&lathe::get<"age">(ada) == &std::as_const(ada).age());
    lathe::set<"weight">(ada, 60.5);
    CHECK(ada.weight() == 60.5);
    auto made = lathe::try_make<shy>("weight"_f = 70.0);
    REQUIRE(made);
    CHECK(made->weight() == 70.0);
}

TEST_CASE("hana: accessors that a type has itself are kept", "[hana]") {
    stubborn model;
    STATIC_REQUIRE(hana::keys(model) == hana::make_tuple("years"_key));
    lathe::set<"years">(model, 20);
    CHECK(hana::at_key(model, "years"_key) == 20);
    CHECK(fmt::format("{}", model).ends_with("stubborn(years=20)"));
    boxed<int> box{5};
    CHECK(hana::at_key(box, "it"_key) == 5);
    CHECK(lathe::get<"it">(box) == 5);
    numbered number;
    CHECK(hana::at_key(number, hana::int_c<0>) == 1);
    CHECK(lathe::get<"a">(number) == 1);
}

} // namespace
