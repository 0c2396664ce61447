// SPDX-License-Identifier: MIT
#include <lathe/model/reflect.hpp> // first: proves that the header stands alone

#include <cstddef>
#include <map>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

#include <lathe/model/field.hpp>
#include <lathe/model/field_info.hpp>
#include <lathe/model/number_rules.hpp>
#include <lathe/model/text_rules.hpp>

#include "support/catch.hpp"

namespace {

struct leg {
    std::string from;
    int km;
};
struct trip {
    lathe::property<std::string, lathe::not_empty> name;
    lathe::field<"seats", int, lathe::in_range<1, 9>> seats = 3;
    std::vector<leg> legs;
    lathe::property<std::optional<std::string>> note;
    std::vector<bool> flags;
    const char* label = nullptr;
};

// A field in an aggregate may have a name of its own only if it is the member's; fields() drops decoration.
class account {
public:
    account() = default;
    static consteval auto fields() { return lathe::fields<&account::m_id, &account::m_owner>; }

private:
    lathe::field<"id", int> m_id = 7;
    std::string m_owner = "Ada";
};

struct constant {
    int a;
    double b;
};
constexpr double sum(const constant& object) {
    double total = 0;
    lathe::for_each_field(object, [&](std::string_view, const auto& value) { total += static_cast<double>(value); });
    return total;
}
static_assert(sum({1, 2.5}) == 3.5, "for_each_field is done at compile time where its function is");
static_assert([] {
    std::size_t letters = 0;
    lathe::for_each_field(constant{}, [&](std::string_view name, const auto&) { letters += name.size(); });
    return letters;
}() == 2);

TEST_CASE("for_each_field: hands out the value that a property holds", "[reflect]") {
    const trip object{"north", 3, {{"SFO", 5}}, "late", {true}, "x"};
    std::vector<std::string> seen;
    lathe::for_each_field(object, [&]<class T>(std::string_view name, const T&) {
        std::string type = "?";
        if constexpr (std::is_same_v<T, std::string>) type = "string";
        if constexpr (std::is_same_v<T, int>) type = "int";
        if constexpr (std::is_same_v<T, std::vector<leg>>) type = "legs";
        if constexpr (std::is_same_v<T, std::optional<std::string>>) type = "optional";
        if constexpr (std::is_same_v<T, std::vector<bool>>) type = "flags";
        if constexpr (std::is_same_v<T, const char*>) type = "const char*";
        seen.push_back(std::string(name) + ":" + type);
    });
    CHECK(seen == std::vector<std::string>{
                      "name:string", "seats:int", "legs:legs", "note:optional", "flags:flags", "label:const char*"});
}

TEST_CASE("for_each_field: hands out references to the members, not copies", "[reflect]") {
    const trip object{"north", 3, {}, std::nullopt, {}, nullptr};
    std::vector<const void*> seen;
    lathe::for_each_field(object, [&](std::string_view, const auto& value) { seen.push_back(&value); });
    REQUIRE(seen.size() == 6);
    CHECK(seen[0] == &object.name.value());
    CHECK(seen[1] == &object.seats.value());
    CHECK(seen[2] == &object.legs);
    CHECK(seen[3] == &object.note.value());
    CHECK(seen[4] == &object.flags);
    CHECK(seen[5] == &object.label);
}

TEST_CASE("for_each_field: hands out const references, even of a changeable model", "[reflect]") {
    trip object{"north", 3, {}, std::nullopt, {}, nullptr};
    lathe::for_each_field(object, [](std::string_view, auto&& value) {
        STATIC_REQUIRE(std::is_const_v<std::remove_reference_t<decltype(value)>>);
        STATIC_REQUIRE(std::is_lvalue_reference_v<decltype(value)>);
    });
}

TEST_CASE("for_each_field: gives a third parameter what is known of the field", "[reflect]") {
    const trip object{"north", 3, {}, std::nullopt, {}, nullptr};
    std::vector<std::string> seen;
    lathe::for_each_field(object, [&](std::string_view name, const auto&, const lathe::field_info& info) {
        CHECK(info.name == name);
        seen.push_back(std::string(info.type) + (info.required ? "!" : "") + std::to_string(info.rules.size()));
    });
    REQUIRE(seen.size() == 6);
    CHECK(seen[0] == "string!1");
    CHECK(seen[1] == "int!1");
    CHECK(seen[5].ends_with("0"));
}

TEST_CASE("for_each_field: without any field nothing is called", "[reflect]") {
    struct nothing {};
    int calls = 0;
    lathe::for_each_field(nothing{}, [&](std::string_view, const auto&) { ++calls; });
    lathe::for_each_field(nothing{}, [&](std::string_view, const auto&, const lathe::field_info&) { ++calls; });
    CHECK(calls == 0);
}

TEST_CASE("for_each_field: what the function throws ends the loop", "[reflect]") {
    int calls = 0;
    const auto visit = [&](std::string_view name, const auto&) {
        ++calls;
        if (name == "b") throw std::runtime_error("enough");
    };
    struct three {
        int a, b, c;
    };
    CHECK_THROWS_AS(lathe::for_each_field(three{}, visit), std::runtime_error);
    CHECK(calls == 2);
}

TEST_CASE("for_each_field: calls the function itself, not a copy of it", "[reflect]") {
    struct counter {
        int calls = 0;
        void operator()(std::string_view, int) { ++calls; }
    };
    struct three {
        int a, b, c;
    };
    counter count;
    lathe::for_each_field(three{}, count);
    CHECK(count.calls == 3);
}

TEST_CASE("for_each_field: functions may take values by conversion", "[reflect]") {
    struct numbers {
        short a;
        lathe::property<int> b;
        long c;
    };
    long long total = 0;
    lathe::for_each_field(numbers{1, 2, 3}, [&](std::string_view, long long value) { total += value; });
    CHECK(total == 6);
}

TEST_CASE("for_each_field: goes through private members that are listed", "[reflect]") {
    std::string seen;
    lathe::for_each_field(account(), [&](std::string_view name, const auto& value) {
        seen += name;
        if constexpr (std::is_same_v<decltype(value), const int&>) seen += std::to_string(value);
    });
    CHECK(seen == "id7owner");
}

TEST_CASE("for_each_field: names stay valid", "[reflect]") {
    std::map<std::string_view, std::size_t> kept;
    {
        const trip object{"north", 3, {}, std::nullopt, {}, nullptr};
        lathe::for_each_field(object, [&](std::string_view name, const auto&) { kept.emplace(name, kept.size()); });
    }
    CHECK(kept.at("name") == 0);
    CHECK(kept.at("label") == 5);
}

// Reflection of nested models is the caller's recursion.
template <class T>
std::string paths(const T& object, const std::string& prefix) {
    std::string all;
    lathe::for_each_field(object, [&]<class V>(std::string_view name, const V& value) {
        if constexpr (lathe::described<V>) {
            all += paths(value, prefix + std::string(name) + ".");
        } else {
            all += prefix + std::string(name) + " ";
        }
    });
    return all;
}

TEST_CASE("for_each_field: hands out nested models as they are", "[reflect]") {
    struct inner {
        int x;
        leg way;
    };
    struct outer {
        int a;
        inner b;
        lathe::property<inner> c;
    };
    CHECK(paths(outer{1, {2, {"A", 3}}, inner{4, {"B", 5}}}, "") ==
          "a b.x b.way.from b.way.km c.x c.way.from c.way.km ");
}

} // namespace
