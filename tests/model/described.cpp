// SPDX-License-Identifier: MIT
#include <lathe/model/described.hpp> // first: proves that the header stands alone

#include <any>
#include <array>
#include <atomic>
#include <chrono>
#include <filesystem>
#include <map>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <tuple>
#include <utility>
#include <variant>
#include <vector>

#include <lathe/model/detail/member_types.hpp>
#include <lathe/model/property.hpp>

#include "support/catch.hpp"

namespace {

// ---- what is described, and what is not: a question, never a hard error ----

struct plain {
    int a;
    std::string b;
};
struct empty {};
struct templated {
    template <class T>
    void f(T) {}
    int a;
};
enum class scoped { a };
enum unscoped { b };
union either {
    int a;
    float b;
};
struct incomplete;
class with_constructor {
public:
    with_constructor(int first, int second) : a(first), b(second) {}
    int a;
    int b;
};
class with_private {
public:
    [[nodiscard]] int get() const { return m_a; }

private:
    int m_a = 0;
};
struct with_virtual {
    virtual ~with_virtual() = default;
    int a = 0;
};
struct aggregate_range {
    int* first;
    int* last;
    [[nodiscard]] int* begin() const { return first; }
    [[nodiscard]] int* end() const { return last; }
};
struct aggregate_box { // someone's wrapper
    using value_type = int;
    int value;
};
struct calls_a_member_fields {
    int fields;
    int other;
};
struct has_a_function_fields {
    int a;
    [[nodiscard]] int fields() const { return a; }
};
struct static_fields_of_another_kind {
    int a;
    static consteval int fields() { return 3; }
};
struct with_private_list {
    int a;

private:
    static consteval auto fields() { return lathe::fields<&with_private_list::a>; }
};

static_assert(lathe::described<plain> && lathe::described<const plain> && lathe::described<volatile plain>);
static_assert(lathe::described<empty> && lathe::described<templated>);
static_assert(lathe::described<calls_a_member_fields>, "a member called fields is a member");
static_assert(lathe::described<has_a_function_fields> && lathe::described<static_fields_of_another_kind>);
static_assert(lathe::described<with_private_list>, "still an aggregate, whatever it hides");

static_assert(!lathe::described<int> && !lathe::described<double> && !lathe::described<bool> &&
              !lathe::described<void> && !lathe::described<std::nullptr_t>);
static_assert(!lathe::described<plain&> && !lathe::described<plain*> && !lathe::described<plain[2]> &&
              !lathe::described<plain[]> && !lathe::described<int plain::*> && !lathe::described<void()> &&
              !lathe::described<void (*)()>);
static_assert(!lathe::described<scoped> && !lathe::described<unscoped> && !lathe::described<either>);
static_assert(!lathe::described<with_constructor> && !lathe::described<with_private> &&
              !lathe::described<with_virtual>);
static_assert(!lathe::described<aggregate_range> && !lathe::described<aggregate_box>);
static_assert(!lathe::described<std::string> && !lathe::described<std::string_view> &&
              !lathe::described<std::vector<int>> && !lathe::described<std::vector<bool>> &&
              !lathe::described<std::map<int, int>> && !lathe::described<std::array<int, 3>> &&
              !lathe::described<std::array<plain, 0>> && !lathe::described<std::span<int>> &&
              !lathe::described<std::filesystem::path>);
static_assert(!lathe::described<std::pair<int, int>> && !lathe::described<std::tuple<int, int>> &&
              !lathe::described<std::tuple<>>);
static_assert(!lathe::described<std::optional<int>> && !lathe::described<std::variant<int, plain>> &&
              !lathe::described<std::any> && !lathe::described<std::unique_ptr<plain>> &&
              !lathe::described<std::atomic<int>> && !lathe::described<std::chrono::seconds> &&
              !lathe::described<std::chrono::year_month_day>);
static_assert(!lathe::described<lathe::property<int>>, "a property is a value");
static_assert(!lathe::described<std::integral_constant<int, 3>>);

static_assert(!lathe::described<decltype([] {})> && !lathe::described<decltype([x = 1] { return x; })>);

// The same for what asks whether a type has properties: shapes that cannot be counted have none.
struct with_reference {
    int& a;
    lathe::property<int> b;
};
struct with_property {
    int a;
    lathe::property<int> b;
};
struct with_bits {
    int a;
    unsigned b : 3;
};
struct with_base_members : with_property {
    lathe::property<int> c;
};
static_assert(!lathe::detail::enabled_model<with_reference> && !lathe::detail::enabled_model<plain> &&
              !lathe::detail::enabled_model<int> && !lathe::detail::enabled_model<empty> &&
              !lathe::detail::enabled_model<std::string> && !lathe::detail::enabled_model<std::array<int, 2>> &&
              !lathe::detail::enabled_model<with_bits> && !lathe::detail::enabled_model<with_base_members>);
static_assert(lathe::detail::enabled_model<with_property> && lathe::detail::enabled_model<const with_property>);

// ---- a class that lists its members ----

class account {
public:
    account(int id, std::string owner) : m_id(id), m_owner(std::move(owner)) {}
    static consteval auto fields() {
        return lathe::fields<&account::m_id, &account::m_owner, &account::balance_, &account::plain>;
    }

private:
    int m_id;
    std::string m_owner;
    double balance_ = 0;
    bool plain = true;
    int unlisted = 0; // no field

public:
    [[nodiscard]] int rest() const { return unlisted; }
};
static_assert(lathe::described<account> && lathe::described<const account> && lathe::field_count<account> == 4);
static_assert(lathe::field_names<account>[0] == "id" && lathe::field_names<account>[1] == "owner" &&
              lathe::field_names<account>[2] == "balance" && lathe::field_names<account>[3] == "plain");

// What is dropped of names, and what is not.
struct odd_names {
    int m_;
    int m_x;
    int m_both_;
    int _;
    int mx;
    int m_m_twice;
    int twice__;
    int _leading;
    static consteval auto fields() {
        using self = odd_names;
        return lathe::fields<&self::m_,
                             &self::m_x,
                             &self::m_both_,
                             &self::_,
                             &self::mx,
                             &self::m_m_twice,
                             &self::twice__,
                             &self::_leading>;
    }
};
static_assert(lathe::field_names<odd_names>[0] == "m", "an m_ that is all there is only loses its end");
static_assert(lathe::field_names<odd_names>[1] == "x");
static_assert(lathe::field_names<odd_names>[2] == "both");
static_assert(lathe::field_names<odd_names>[3] == "_");
static_assert(lathe::field_names<odd_names>[4] == "mx");
static_assert(lathe::field_names<odd_names>[5] == "m_twice");
static_assert(lathe::field_names<odd_names>[6] == "twice_");
static_assert(lathe::field_names<odd_names>[7] == "_leading");
struct short_names {
    int m;
    int x_;
    static consteval auto fields() { return lathe::fields<&short_names::m, &short_names::x_>; }
};
static_assert(lathe::field_names<short_names>[0] == "m" && lathe::field_names<short_names>[1] == "x");

// A list makes what reflection cannot reach reachable: bases, some of the members, another order.
struct base {
    int inherited = 1;
};
struct derived : base {
    int own = 2;
    int hidden = 3;
    static consteval auto fields() { return lathe::fields<&derived::own, &derived::inherited>; }
};
static_assert(lathe::field_count<derived> == 2);
static_assert(lathe::field_names<derived>[0] == "own" && lathe::field_names<derived>[1] == "inherited");

class nothing_listed {
public:
    explicit nothing_listed(int) {}
    static consteval auto fields() { return lathe::fields<>; }
};
static_assert(lathe::described<nothing_listed> && lathe::field_count<nothing_listed> == 0);

template <class T>
class boxed {
    T m_held{};
    std::vector<T> m_more;

public:
    boxed() = default;
    static consteval auto fields() { return lathe::fields<&boxed::m_held, &boxed::m_more>; }
};
static_assert(lathe::field_names<boxed<int>>[0] == "held" && lathe::field_names<boxed<boxed<int>>>[1] == "more");

struct größen {
    int m_länge;
    int breite_;
    static consteval auto fields() { return lathe::fields<&größen::m_länge, &größen::breite_>; }
};
static_assert(lathe::field_names<größen>[0] == "länge" && lathe::field_names<größen>[1] == "breite");

TEST_CASE("described: names can be iterated and outlive everything", "[described]") {
    std::string_view kept;
    {
        for (const std::string_view name : lathe::field_names<account>)
            kept = name;
    }
    CHECK(kept == "plain");
    CHECK(lathe::field_names<account>.size() == 4);
    CHECK(lathe::field_names<account>.end() - lathe::field_names<account>.begin() == 4);
    // One object, not a copy for each use.
    CHECK(&lathe::field_names<account> == &lathe::field_names<const account>);
}

TEST_CASE("described: names are the same for a const type", "[described]") {
    STATIC_REQUIRE(lathe::field_count<const plain> == 2);
    STATIC_REQUIRE(lathe::field_names<const plain>[1] == "b");
}

TEST_CASE("described: private members can be read through their list", "[described]") {
    const account ada(7, "Ada");
    int id = 0;
    std::string owner;
    lathe::detail::description<account>::apply(ada,
                                               [&](const int& i, const std::string& o, const double&, const bool&) {
                                                   id = i;
                                                   owner = o;
                                               });
    CHECK(id == 7);
    CHECK(owner == "Ada");
    CHECK(ada.rest() == 0);
}

TEST_CASE("described: members of a base are reached through a list", "[described]") {
    derived object;
    object.inherited = 5;
    lathe::detail::description<derived>::apply(object, [](int& own, int& inherited) {
        CHECK(own == 2);
        CHECK(inherited == 5);
        own = 9; // apply hands out the members themselves
    });
    CHECK(object.own == 9);
    CHECK(object.hidden == 3);
}

} // namespace
