// SPDX-License-Identifier: MIT
#include <lathe/model/reflect.hpp> // first: proves that the header stands alone

#include <any>
#include <atomic>
#include <cstddef>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include <lathe/model/field.hpp>
#include <lathe/model/number_rules.hpp>

#include "reflected.hpp"
#include "support/catch.hpp"

// Every shape of an aggregate that the language lets a program look into, by name: its count, its names, and
// the order in which for_each_field goes through it.

using lathe_test::has_fields;
using lathe_test::visited;

namespace {

// Converts from anything convertible to int, and throws at what it does not like.
class checked {
public:
    template <class T>
        requires std::is_convertible_v<T, int>
    constexpr checked(T&& value) : m_value(static_cast<int>(value)) { // NOLINT: implicit on purpose
        if (m_value < 0) throw std::invalid_argument("negative");
    }
    [[nodiscard]] constexpr int value() const { return m_value; }

private:
    int m_value;
};
class without_default {
public:
    without_default(int, int) {}
};
class only_explicit {
public:
    explicit only_explicit(int) {}
};

TEST_CASE("reflect: plain members", "[reflect][matrix]") {
    struct shape {
        int a;
        double b;
        char c;
        bool d;
    };
    STATIC_REQUIRE(has_fields<shape>("a", "b", "c", "d"));
    CHECK(visited(shape{1, 2, 'c', true}) == "a b c d");
}

TEST_CASE("reflect: no members at all", "[reflect][matrix]") {
    struct shape {};
    STATIC_REQUIRE(has_fields<shape>());
    STATIC_REQUIRE(lathe::field_names<shape>.begin() == lathe::field_names<shape>.end());
    CHECK(visited(shape{}).empty());
}

TEST_CASE("reflect: class members with converting constructors that check", "[reflect][matrix]") {
    struct shape {
        checked first;
        std::string second;
        checked third;
    };
    STATIC_REQUIRE(has_fields<shape>("first", "second", "third"));
    CHECK(visited(shape{1, "two", 3}) == "first second third");
}

TEST_CASE("reflect: containers, optionals, variants and owning pointers", "[reflect][matrix]") {
    struct shape {
        std::vector<int> list;
        std::optional<std::string> maybe;
        std::variant<int, std::string> either;
        std::map<std::string, int> table;
        std::unique_ptr<int> owner;
        std::shared_ptr<shape> shared;
    };
    STATIC_REQUIRE(has_fields<shape>("list", "maybe", "either", "table", "owner", "shared"));
    CHECK(visited(shape{}) == "list maybe either table owner shared");
}

TEST_CASE("reflect: std::any, which takes everything", "[reflect][matrix]") {
    struct alone {
        std::any a;
    };
    struct shape {
        std::any first;
        int second;
        std::any third;
    };
    STATIC_REQUIRE(has_fields<alone>("a"));
    STATIC_REQUIRE(has_fields<shape>("first", "second", "third"));
    CHECK(visited(shape{}) == "first second third");
}

TEST_CASE("reflect: std::function", "[reflect][matrix]") {
    struct shape {
        std::function<void(int)> on_event;
        std::function<int()> next;
    };
    STATIC_REQUIRE(has_fields<shape>("on_event", "next"));
    CHECK(visited(shape{}) == "on_event next");
}

TEST_CASE("reflect: members that can be neither copied nor moved", "[reflect][matrix]") {
    struct shape {
        std::mutex guard;
        std::atomic<int> count;
        std::once_flag once;
        int last;
    };
    STATIC_REQUIRE(has_fields<shape>("guard", "count", "once", "last"));
    CHECK(visited(shape{}) == "guard count once last");
}

template <class T, class U>
struct pair_of {
    T first_one;
    U second_one;
    std::vector<T> many;
};

TEST_CASE("reflect: class templates", "[reflect][matrix]") {
    STATIC_REQUIRE(has_fields<pair_of<int, std::string>>("first_one", "second_one", "many"));
    STATIC_REQUIRE(has_fields<pair_of<pair_of<int, int>, std::any>>("first_one", "second_one", "many"));
    STATIC_REQUIRE(has_fields<pair_of<bool, char>>("first_one", "second_one", "many"));
    CHECK(visited(pair_of<int, std::string>{}) == "first_one second_one many");
}

TEST_CASE("reflect: default member initialisers", "[reflect][matrix]") {
    struct shape {
        int a = 1;
        std::string b = "b";
        int c{};
        std::vector<int> d{1, 2, 3};
        only_explicit e{3};
        without_default f{1, 2};
    };
    STATIC_REQUIRE(has_fields<shape>("a", "b", "c", "d", "e", "f"));
    CHECK(visited(shape{}) == "a b c d e f");
}

struct tree {
    std::string name;
    std::vector<tree> children;
    std::unique_ptr<tree> parent;
    std::optional<std::vector<tree>> others;
    std::map<std::string, tree> by_name;
    tree* next;
};

TEST_CASE("reflect: recursive types", "[reflect][matrix]") {
    STATIC_REQUIRE(has_fields<tree>("name", "children", "parent", "others", "by_name", "next"));
    CHECK(visited(tree{}) == "name children parent others by_name next");
}

TEST_CASE("reflect: names with letters beyond ASCII", "[reflect][matrix]") {
    struct shape {
        int größe;
        int 名前;
        int имя;
        int é;
    };
    STATIC_REQUIRE(has_fields<shape>("größe", "名前", "имя", "é"));
    CHECK(visited(shape{}) == "größe 名前 имя é");
}

TEST_CASE("reflect: pointers of all kinds", "[reflect][matrix]") {
    struct shape {
        const char* text;
        void* anything;
        std::nullptr_t nothing;
        int* number;
        void (*function)(int);
        int tree::* member;
        int (tree::*method)();
        const shape* self;
        char** deep;
    };
    STATIC_REQUIRE(
        has_fields<shape>("text", "anything", "nothing", "number", "function", "member", "method", "self", "deep"));
    CHECK(visited(shape{}) == "text anything nothing number function member method self deep");
    struct alone {
        const char* text;
    };
    STATIC_REQUIRE(has_fields<alone>("text"));
}

TEST_CASE("reflect: an optional of any beside a reference wrapper", "[reflect][matrix]") {
    struct shape {
        std::optional<std::any> anything;
        std::reference_wrapper<int> target;
        std::optional<std::any> more;
    };
    STATIC_REQUIRE(has_fields<shape>("anything", "target", "more"));
    int target = 0;
    CHECK(visited(shape{{}, target, {}}) == "anything target more");
}

TEST_CASE("reflect: members without a default constructor", "[reflect][matrix]") {
    struct shape {
        int before;
        without_default needed;
        int after;
    };
    STATIC_REQUIRE(has_fields<shape>("before", "needed", "after"));
    CHECK(visited(shape{1, {2, 3}, 4}) == "before needed after");
    struct last {
        int a;
        int b;
        without_default c;
    };
    STATIC_REQUIRE(has_fields<last>("a", "b", "c"));
    struct several {
        without_default a;
        without_default b;
        int c;
        int d;
        int e;
        int f;
        int g;
        int h;
        int i;
        without_default j;
        int k;
    };
    STATIC_REQUIRE(has_fields<several>("a", "b", "c", "d", "e", "f", "g", "h", "i", "j", "k"));
}

TEST_CASE("reflect: members with explicit constructors only", "[reflect][matrix]") {
    struct shape {
        int before;
        only_explicit strict;
        int after;
    };
    STATIC_REQUIRE(has_fields<shape>("before", "strict", "after"));
    CHECK(visited(shape{1, only_explicit(2), 3}) == "before strict after");
}

TEST_CASE("reflect: C arrays are one field each", "[reflect][matrix]") {
    struct scalars {
        int a[3];
        double b;
        char c[2];
    };
    STATIC_REQUIRE(has_fields<scalars>("a", "b", "c"));
    CHECK(visited(scalars{}) == "a b c");

    struct classes {
        int before;
        std::string names[4];
        int after;
        std::vector<int> lists[2];
    };
    STATIC_REQUIRE(has_fields<classes>("before", "names", "after", "lists"));
    CHECK(visited(classes{}) == "before names after lists");

    struct plane {
        int cells[2][3];
        int after;
        char cube[2][2][2];
    };
    STATIC_REQUIRE(has_fields<plane>("cells", "after", "cube"));
    CHECK(visited(plane{}) == "cells after cube");

    struct one {
        int a[1];
        int b;
        std::string c[1];
        int d[1][1];
    };
    STATIC_REQUIRE(has_fields<one>("a", "b", "c", "d"));
    CHECK(visited(one{}) == "a b c d");

    struct alone {
        int all[200]; // more elements than any type may have members
    };
    STATIC_REQUIRE(has_fields<alone>("all"));
    struct last {
        int a;
        char text[1000];
    };
    STATIC_REQUIRE(has_fields<last>("a", "text"));
}

struct empty_base {};
struct other_empty_base {};
template <class Derived>
struct crtp {
    [[nodiscard]] int twice() const { return 2 * static_cast<const Derived&>(*this).value; }
};
struct with_empty_base : empty_base {
    int a;
    std::string b;
};
struct with_crtp : crtp<with_crtp> {
    int value;
    std::string text;
};
struct with_two_bases : empty_base, other_empty_base {
    int a;
    int b;
};
struct with_deep_base : with_empty_base {};
struct base_of_base : empty_base {};
struct with_nested_empty_base : base_of_base {
    int a;
    std::any b;
};
struct base_and_array : crtp<base_and_array>, empty_base {
    int a[3];
    std::string b;
};

TEST_CASE("reflect: empty bases are no fields", "[reflect][matrix]") {
    STATIC_REQUIRE(has_fields<with_empty_base>("a", "b"));
    STATIC_REQUIRE(has_fields<with_crtp>("value", "text"));
    STATIC_REQUIRE(has_fields<with_two_bases>("a", "b"));
    STATIC_REQUIRE(has_fields<with_nested_empty_base>("a", "b"));
    STATIC_REQUIRE(has_fields<base_and_array>("a", "b"));
    CHECK(visited(with_empty_base{{}, 1, "b"}) == "a b");
    CHECK(visited(with_crtp{{}, 1, "b"}) == "value text");
    CHECK(visited(with_two_bases{{}, {}, 1, 2}) == "a b");
    CHECK(visited(with_nested_empty_base{{}, 1, 2}) == "a b");
    CHECK(visited(base_and_array{}) == "a b");
}

TEST_CASE("reflect: a struct within a function", "[reflect][matrix]") {
    struct local {
        int in_a_function;
        std::string text;
    };
    STATIC_REQUIRE(has_fields<local>("in_a_function", "text"));
    const auto in_a_lambda = [] {
        struct farther {
            int x;
            int y;
        };
        return visited(farther{});
    };
    CHECK(in_a_lambda() == "x y");
}

struct hidden {
    int in_no_header;
    struct inner {
        bool deeper;
    } part;
};

TEST_CASE("reflect: a struct in an unnamed namespace", "[reflect][matrix]") {
    STATIC_REQUIRE(has_fields<hidden>("in_no_header", "part"));
    STATIC_REQUIRE(has_fields<hidden::inner>("deeper"));
    CHECK(visited(hidden{}) == "in_no_header part");
}

TEST_CASE("reflect: const members", "[reflect][matrix]") {
    struct shape {
        const int a;
        const std::string b;
        const char* const c;
        const int d[2];
    };
    STATIC_REQUIRE(has_fields<shape>("a", "b", "c", "d"));
    CHECK(visited(shape{1, "b", "c", {4, 5}}) == "a b c d");
}

TEST_CASE("reflect: aggregates within aggregates", "[reflect][matrix]") {
    struct point {
        int x;
        int y;
    };
    struct line {
        point from;
        point to;
        struct {
            int width;
        } style;
    };
    struct drawing {
        line first;
        point corners[4];
        int last;
    };
    STATIC_REQUIRE(has_fields<point>("x", "y"));
    STATIC_REQUIRE(has_fields<line>("from", "to", "style"));
    STATIC_REQUIRE(has_fields<decltype(line::style)>("width"));
    STATIC_REQUIRE(has_fields<drawing>("first", "corners", "last"));
    CHECK(visited(drawing{}) == "first corners last");
    CHECK(visited(drawing{}.first) == "from to style");
}

struct mixed {
    int plain;
    lathe::property<int, lathe::in_range<0, 150>> age = 18;
    lathe::field<"name", std::string> name;
    lathe::property<std::string, lathe::required> needed;
    std::optional<int> maybe;
    lathe::property<std::optional<double>> score;
};

TEST_CASE("reflect: properties, fields and plain members", "[reflect][matrix]") {
    STATIC_REQUIRE(has_fields<mixed>("plain", "age", "name", "needed", "maybe", "score"));
    CHECK(visited(mixed{1, 18, "", "x", {}, 0.5}) == "plain age name needed maybe score");
    struct only_required {
        lathe::property<int, lathe::at_least<1>> a;
        lathe::field<"b", int, lathe::at_least<1>> b;
    };
    STATIC_REQUIRE(has_fields<only_required>("a", "b"));
}

} // namespace
