// SPDX-License-Identifier: MIT
// What ValidatedMeta of the Python course does, and what it gets wrong: contract_seed.py shows each claim by running
// it.
#include <lathe/meta/contract_fields.hpp> // first: proves that the header stands alone

#include <concepts>
#include <string>
#include <string_view>
#include <type_traits>

#include <lathe/model/named.hpp>

#include "support/catch.hpp"

namespace {

using lathe_test::Message;

struct saves : lathe::requirement<"save() -> bool"> {
    template <class T>
    static constexpr bool met = requires(T& t) {
        { t.save() } -> std::same_as<bool>;
    };
};
struct loads : lathe::requirement<"load(string_view)"> {
    template <class T>
    static constexpr bool met = requires(T& t, std::string_view text) { t.load(text); };
};

class person : public lathe::validated<person, saves, lathe::has_field<"age", int>> {
public:
    static consteval auto fields() { return lathe::fields<&person::age>; }
    bool save() { return true; }

    lathe::property<int, lathe::in_range<0, 150>> age = 18;
};

// ---- what works there too ----

TEST_CASE("contract: the Python course's required methods are enforced", "[contract][seed]") {
    struct report {};
    STATIC_REQUIRE_FALSE(
        lathe::conforms<report, saves>); // there TypeError when the class statement runs, here no program
    STATIC_REQUIRE(lathe::unmet<report, saves>[0] == "save() -> bool");
    CHECK(person().save());
}

TEST_CASE("contract: the Python course's validators are rules of a property", "[contract][seed]") {
    person p;
    p.age = 36;
    CHECK_THROWS_MATCHES(
        lathe::set<"age">(p, 200), lathe::validation_error, Message("person.age: 200 is not in [0, 150]"));
    CHECK_THROWS_AS(p.age = -1, lathe::validation_error);
    CHECK(p.age == 36);
    STATIC_REQUIRE_FALSE(std::is_assignable_v<decltype((p.age)), const char*>); // nor is "36" asked about
}

// ---- what does not ----

TEST_CASE("contract: an inherited function counts, unlike in the Python course", "[contract][seed]") {
    class base {
    public:
        bool save() { return true; }
    };
    class report : public base, public lathe::validated<report, saves> {};
    CHECK(report().save());
}

TEST_CASE("contract: what has the name must be callable as required, unlike in the Python course", "[contract][seed]") {
    struct number {
        int save = 5;
    };
    struct other_parameters {
        bool save(int) { return true; }
        void load() {}
    };
    STATIC_REQUIRE_FALSE(lathe::conforms<number, saves>);
    STATIC_REQUIRE(lathe::unmet<other_parameters, saves, loads>.size() == 2);
}

TEST_CASE("contract: all that is missing is told, unlike in the Python course", "[contract][seed]") {
    struct report {};
    constexpr auto& all = lathe::unmet<report, saves, loads>;
    REQUIRE(all.size() == 2);
    CHECK(all[0] == "save() -> bool");
    CHECK(all[1] == "load(string_view)");
}

TEST_CASE("contract: a contract is shared by classes, unlike in the Python course", "[contract][seed]") {
    using archive = lathe::contract<saves, loads>;
    class report : public lathe::validated<report, archive> {
    public:
        bool save() { return true; }
        void load(std::string_view) {}
    };
    class weekly : public report, public lathe::validated<weekly, archive> {}; // asked again
    struct hides : report {
        int save = 0;
    };
    CHECK(weekly().save());
    STATIC_REQUIRE_FALSE(lathe::conforms<hides, archive>);
}

TEST_CASE("contract: nothing goes around the rules, unlike in the Python course", "[contract][seed]") {
    person p;
    STATIC_REQUIRE(std::is_same_v<decltype(*p.age), const int&>); // there is no p._age
    STATIC_REQUIRE_FALSE(std::is_convertible_v<decltype((p.age)), int&>);
    CHECK_THROWS_AS(p.age.modify([](int& age) { age = 200; }), lathe::validation_error);
    CHECK(p.age == 18);
}

TEST_CASE("contract: a value that was never set is its default, unlike in the Python course", "[contract][seed]") {
    CHECK(person().age == 18);
    class needs_a_name {
        lathe::property<std::string, lathe::not_empty> m_name;
    };
    STATIC_REQUIRE_FALSE(std::is_default_constructible_v<needs_a_name>); // or there is none
}

} // namespace
