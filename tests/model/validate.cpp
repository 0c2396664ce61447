// SPDX-License-Identifier: MIT
#include <lathe/model/validate.hpp> // first: proves that the header stands alone

#include <array>
#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <stdexcept>
#include <string>
#include <tuple>
#include <type_traits>
#include <utility>
#include <variant>
#include <vector>

#include <lathe/model/field.hpp>

#include "support/catch.hpp"

namespace {

using namespace lathe::literals;
using lathe_test::Message;

struct person {
    lathe::property<std::string, lathe::not_empty> name;
    lathe::property<int, lathe::in_range<0, 150>> age = 18;
    lathe::property<std::optional<std::string>, lathe::contains<"@">> email = std::nullopt;
    int shoe_size = 40;
};
struct leg {
    lathe::property<int, lathe::positive> km;
};
struct trip {
    lathe::property<std::string, lathe::required> name;
    std::vector<leg> legs = {};
    lathe::property<std::vector<std::string>, lathe::each<lathe::not_empty>> tags = {};
    lathe::field<"seats", int, lathe::positive> seats = 3;
};
struct flight {
    lathe::property<int, lathe::non_negative> departure = 0;
    lathe::property<int, lathe::non_negative> arrival = 1;

    static consteval auto invariants() {
        return lathe::invariants(
            lathe::invariant<"arrives after it departs">([](const flight& f) { return f.arrival > f.departure; }),
            lathe::invariant<"takes a day at most">([](const flight& f) { return f.arrival - f.departure <= 24; }));
    }
};
struct rotation {
    std::vector<flight> flights = {};
};

// A field may have the name that invariants have, and a function that is about something else.
struct theory {
    lathe::property<int, lathe::positive> invariants = 1;
};
struct checked {
    int size = 1;
    [[nodiscard]] bool invariants() const { return size > 0; }
};
class listed final {
public:
    static consteval auto fields() { return lathe::fields<&listed::m_invariants>; }

private:
    lathe::property<int, lathe::positive> m_invariants = 1;
};
static_assert(!lathe::detail::has_invariants<theory> && !lathe::detail::has_invariants<checked> &&
              !lathe::detail::has_invariants<listed> && lathe::detail::has_invariants<flight>);

// What only moves, or a change behind the property's back, does to a value.
template <class Property, class Value>
void force(Property& property, Value&& value) {
    lathe::detail::access::held(property) = std::forward<Value>(value);
}

TEST_CASE("validate: a model of properties is in order", "[validate]") {
    const person p{.name = "Ada"};
    CHECK(lathe::try_validate(p).has_value());
    CHECK_NOTHROW(lathe::validate(p));
    const trip t{.name = "", .legs = {{.km = 1}}};
    CHECK(lathe::try_validate(t));
}

TEST_CASE("validate: it finds what was moved from", "[validate][move]") {
    person p{.name = "Ada"};
    const person taken = std::move(p);
    CHECK(taken.name == "Ada");
    CHECK_THROWS_MATCHES(lathe::validate(p),
                         lathe::validation_error, // NOLINT: that is the point
                         Message("person.name: \"\" is empty"));
    p = taken;
    CHECK_NOTHROW(lathe::validate(p));
}

TEST_CASE("validate: issues have paths, into whatever is nested", "[validate][paths]") {
    trip t{.name = "north", .legs = {{.km = 1}, {.km = 2}}, .tags = {"a", "b"}};
    force(t.legs[1].km, -2);
    CHECK_THROWS_MATCHES(lathe::validate(t), lathe::validation_error, Message("trip.legs[1].km: -2 is not positive"));
    force(t.tags, std::vector<std::string>{"a", "b", ""});
    force(t.seats, 0);
    const auto checked = lathe::try_validate(t);
    REQUIRE_FALSE(checked);
    const auto& issues = checked.error().issues();
    REQUIRE(issues.size() == 3);
    CHECK(issues[0] == lathe::issue{"legs[1].km", "positive", "-2 is not positive", "-2"});
    CHECK(issues[1].path == "tags[2]");
    CHECK(issues[2].path == "seats");
    CHECK(std::string(checked.error().what()) == "trip.legs[1].km: -2 is not positive\n"
                                                 "trip.tags[2]: \"\" is empty\n"
                                                 "trip.seats: 0 is not positive");
}

TEST_CASE("validate: it looks into every kind of container", "[validate][paths]") {
    struct all {
        std::map<std::string, leg> by_name = {};
        std::optional<leg> maybe = std::nullopt;
        std::unique_ptr<leg> owned = nullptr;
        std::variant<int, leg> either = 0;
        std::pair<int, leg> pair = {1, {.km = 1}};
        std::array<leg, 2> two = {leg{.km = 1}, leg{.km = 1}};
        lathe::property<leg> held = leg{.km = 1};
        lathe::property<std::vector<leg>, lathe::max_length<3>> list = {};
    };
    all a;
    CHECK(lathe::try_validate(a));
    leg broken{.km = 1};
    force(broken.km, 0);
    a.by_name.emplace("x", leg{.km = 1});
    a.by_name.emplace("y", broken);
    a.maybe = broken;
    a.owned = std::make_unique<leg>(broken);
    a.either = broken;
    a.pair.second = broken;
    a.two[1] = broken;
    a.held = broken;
    a.list = {broken};
    const auto checked = lathe::try_validate(a);
    REQUIRE_FALSE(checked);
    std::vector<std::string> paths;
    for (const lathe::issue& found : checked.error().issues())
        paths.push_back(found.path);
    CHECK(paths == std::vector<std::string>{"by_name[\"y\"].km",
                                            "maybe.km",
                                            "owned.km",
                                            "either.km",
                                            "pair[1].km",
                                            "two[1].km",
                                            "held.km",
                                            "list[0].km"});
}

TEST_CASE("validate: invariants are asked when all fields are in order", "[validate][invariants]") {
    flight f{.departure = 5, .arrival = 9};
    CHECK_NOTHROW(lathe::validate(f));
    f.arrival = 3; // a single field cannot know
    try {
        lathe::validate(f);
        FAIL("nothing was thrown");
    } catch (const lathe::validation_error& thrown) {
        REQUIRE(thrown.issues().size() == 1);
        CHECK(thrown.issues()[0].path.empty());
        CHECK(thrown.issues()[0].rule == "arrives after it departs");
        CHECK(std::string(thrown.what()) ==
              "flight: \"arrives after it departs\" does not hold for flight(departure=5, arrival=3)");
    }
    f.arrival = 50;
    CHECK_THROWS_MATCHES(lathe::validate(f),
                         lathe::validation_error,
                         Message("flight: \"takes a day at most\" does not hold for flight(departure=5, arrival=50)"));
    force(f.arrival, -1);
    CHECK_THROWS_MATCHES(
        lathe::validate(f), lathe::validation_error, Message("flight.arrival: -1 is not zero or above"));
    rotation r{.flights = {{.departure = 1, .arrival = 2}, {.departure = 2, .arrival = 2}}};
    CHECK_THROWS_MATCHES(lathe::validate(r),
                         lathe::validation_error,
                         Message("rotation.flights[1]: \"arrives after it departs\" does not hold for "
                                 "flight(departure=2, arrival=2)"));
}

TEST_CASE("validate: modify changes all of it or nothing", "[validate][modify]") {
    flight f{.departure = 5, .arrival = 9};
    lathe::modify(f, [](flight& next) {
        next.departure = 20; // later than the old arrival, for a moment
        next.arrival = 30;
    });
    CHECK(f.departure == 20);
    CHECK(f.arrival == 30);
    CHECK_THROWS_AS(lathe::modify(f, [](flight& next) { next.departure = 40; }), lathe::validation_error);
    CHECK(f.departure == 20);
    CHECK_THROWS_AS(lathe::modify(f,
                                  [](flight& next) {
                                      next.departure = 1;
                                      throw std::runtime_error("changed my mind");
                                  }),
                    std::runtime_error);
    CHECK(f.departure == 20);
    CHECK_THROWS_AS(lathe::modify(f,
                                  [](flight& next) {
                                      next.arrival = 31;
                                      next.departure = -1;
                                  }),
                    lathe::validation_error);
    CHECK(f.arrival == 30);
    person p{.name = "Ada"};
    CHECK_THROWS_AS(lathe::modify(p,
                                  [](person& next) {
                                      next.shoe_size = 44;
                                      next.name = "";
                                  }),
                    lathe::validation_error);
    CHECK(p.shoe_size == 40);
}

TEST_CASE("validate: modify undoes an assignment that throws half way", "[validate][modify]") {
    struct late {
        int value = 0;
        bool throws = false;
        late() = default;
        late(const late&) = default;
        late(late&& other) noexcept : value(other.value), throws(other.throws) {}
        late& operator=(late&& other) {
            if (std::exchange(other.throws, false)) throw std::runtime_error("late");
            value = other.value;
            return *this;
        }
    };
    struct model {
        int first = 1;
        late second = {};
    };
    model m;
    const auto change = [&m] {
        lathe::modify(m, [](model& next) {
            next.first = 2; // assigned before the second one throws
            next.second.throws = true;
        });
    };
    CHECK_THROWS_AS(change(), std::runtime_error);
    CHECK(m.first == 1);
}

TEST_CASE("try_make: it makes a model of names and values in any order", "[validate][try_make]") {
    const auto made = lathe::try_make<person>("age"_f = 36L, "name"_f = "Ada");
    REQUIRE(made);
    CHECK(made->name == "Ada");
    CHECK(made->age == 36);
    CHECK_FALSE(made->email);
    CHECK(made->shoe_size == 40);
    const auto full = lathe::try_make<person>("shoe_size"_f = 44, "email"_f = "a@b", "name"_f = std::string("Eve"));
    REQUIRE(full);
    CHECK(full->email == "a@b");
    CHECK(full->shoe_size == 44);
    CHECK(full->age == 18);
}

TEST_CASE("try_make: all that is wrong is told at once", "[validate][try_make]") {
    const auto made = lathe::try_make<person>("age"_f = 200, "email"_f = "ada", "shoe_size"_f = 1LL << 40);
    REQUIRE_FALSE(made);
    CHECK(made.error().model() == "person");
    CHECK(std::string(made.error().what()) == "person.age: 200 is not in [0, 150]\n"
                                              "person.email: \"ada\" does not contain \"@\"\n"
                                              "person.shoe_size: 1099511627776 is not in [-2147483648, 2147483647]\n"
                                              "person.name: is missing");
    CHECK(made.error().issues()[3] == lathe::issue{"name", "required", "is missing", ""});
    CHECK_THROWS_AS(made.value(), lathe::validation_error);
}

TEST_CASE("try_make: what says required is missing although an empty one would do", "[validate][try_make]") {
    const auto nameless = lathe::try_make<trip>();
    REQUIRE_FALSE(nameless);
    CHECK(std::string(nameless.error().what()) == "trip.name: is missing");
    CHECK(lathe::try_make<trip>("name"_f = ""));
    struct household {
        leg way; // has a required member
        int size = 1;
    };
    const auto empty = lathe::try_make<household>("size"_f = 2);
    REQUIRE_FALSE(empty);
    CHECK(std::string(empty.error().what()) == "household.way: is missing");
    CHECK(lathe::try_make<household>("way"_f = leg{.km = 1}));
}

TEST_CASE("try_make: invariants hold for what it makes", "[validate][try_make][invariants]") {
    CHECK(lathe::try_make<flight>("departure"_f = 1, "arrival"_f = 2));
    const auto backwards = lathe::try_make<flight>("departure"_f = 2, "arrival"_f = 1);
    REQUIRE_FALSE(backwards);
    CHECK(backwards.error().issues()[0].rule == "arrives after it departs");
    const auto twice = lathe::try_make<flight>("departure"_f = -1);
    REQUIRE_FALSE(twice);
    CHECK(twice.error().issues().size() == 1); // the invariant is not asked about a broken field
}

TEST_CASE("try_make: moved values are moved, and normalisers run", "[validate][try_make]") {
    struct holder {
        std::unique_ptr<int> only = nullptr;
        lathe::property<std::string, lathe::not_empty, lathe::trimmed> name;
        lathe::property<std::vector<int>> numbers = {};
    };
    std::vector<int> numbers{1, 2, 3};
    const int* const address = numbers.data();
    const auto made = lathe::try_make<holder>(
        "only"_f = std::make_unique<int>(7), "name"_f = "  Ada ", "numbers"_f = std::move(numbers));
    REQUIRE(made);
    CHECK(*made->only == 7);
    CHECK(made->name == "Ada");
    CHECK(made->numbers->data() == address);
    CHECK_FALSE(lathe::try_make<holder>("name"_f = "   "));
}

} // namespace
