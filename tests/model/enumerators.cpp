// SPDX-License-Identifier: MIT
#include <lathe/model/enumerators.hpp> // first: proves that the header stands alone

#include <cstddef>
#include <cstdint>
#include <limits>
#include <string>
#include <string_view>
#include <type_traits>

#include "support/catch.hpp"

namespace lathe_test::enumerators {

enum class colour { red, green, blue };
enum fixed : int { fixed_one = 1, fixed_two };
enum class tiny : std::int8_t { least = -128, minus = -1, zero, most = 127 };
enum class small : std::uint8_t { zero, half = 128, most = 255 };
enum class wide : std::uint64_t { zero, big = 1ULL << 40U, highest = 1ULL << 63U, beyond = 300, none = ~0ULL };
enum class signed_wide : std::int64_t { below = -128, far_below = -129, inside = 255, outside = 256, hidden = 257 };
enum class flags : unsigned { none = 0, read = 1, write = 2, both = 3, run = 1U << 31U };
enum class letters : char { a = 'a', b = 'b', tilde = '~' };
enum class truth : bool { no, yes };
enum class empty : int {};
enum class twice { first = 1, same = 1, other = 2 };
enum class only_far : int { far_away = 100000 };
enum class größe { klein, groß };
enum class odd_names { _, _1, a1, CAPITAL, x_y_z, m_size };

namespace inner {
enum class deep { x, y };
inline namespace v2 {
enum class deeper { x, y };
} // namespace v2
} // namespace inner

template <class T>
struct machine {
    enum class state { off, on };
    enum old : unsigned char { cold, warm };
    T value;
};

// Names given by hand.
enum class phase { take_off, climb, cruise };
enum unfixed { first_unfixed, second_unfixed };
enum class answer : int { yes = 1, no = 0, cancel = 100000 };
enum class nameless { a };

} // namespace lathe_test::enumerators

template <>
inline constexpr auto lathe::enumerators<lathe_test::enumerators::phase> = lathe::names{
    {"Take-off run", lathe_test::enumerators::phase::take_off}, {"Climb", lathe_test::enumerators::phase::climb}};
template <>
inline constexpr auto lathe::enumerators<lathe_test::enumerators::unfixed> =
    lathe::names{{"one", lathe_test::enumerators::first_unfixed}, {"two", lathe_test::enumerators::second_unfixed}};
template <>
inline constexpr auto lathe::enumerators<lathe_test::enumerators::answer> =
    lathe::names{{"yes", lathe_test::enumerators::answer::yes},
                 {"y", lathe_test::enumerators::answer::yes},
                 {"no", lathe_test::enumerators::answer::no},
                 {"cancel", lathe_test::enumerators::answer::cancel}};
template <>
inline constexpr auto lathe::enumerators<lathe_test::enumerators::nameless> = lathe::names{};

namespace {

using namespace lathe_test::enumerators;

enum class hidden { in_here, and_here };

// All names with their values, "red=0 green=1".
template <class Enum>
std::string listed() {
    std::string text;
    for (const auto& [name, value] : lathe::detail::enum_table<Enum>) {
        if (!text.empty()) text += ' ';
        text += name;
        text += '=';
        if constexpr (std::is_signed_v<std::underlying_type_t<Enum>>) {
            text += std::to_string(static_cast<long long>(value));
        } else {
            text += std::to_string(static_cast<unsigned long long>(value));
        }
    }
    return text;
}

static_assert(lathe::enumerators<colour>.size() == 3);
static_assert(lathe::enumerators<colour>.begin()->name == "red" &&
              lathe::enumerators<colour>.begin()->value == colour::red);
static_assert(lathe::enum_name(colour::blue) == "blue");
static_assert(lathe::enum_name(static_cast<colour>(7)).empty());
static_assert(lathe::enum_name(static_cast<colour>(-1)).empty());
static_assert(lathe::enum_name(phase::take_off) == "Take-off run" && lathe::enum_name(phase::cruise).empty());
static_assert(noexcept(lathe::enum_name(colour::red)));

TEST_CASE("enumerators: identifiers and values in the order of the values", "[enumerators]") {
    CHECK(listed<colour>() == "red=0 green=1 blue=2");
    CHECK(listed<fixed>() == "fixed_one=1 fixed_two=2");
    CHECK(listed<flags>() == "none=0 read=1 write=2 both=3 run=2147483648");
    CHECK(listed<letters>() == "a=97 b=98 tilde=126");
    CHECK(listed<truth>() == "no=0 yes=1");
    CHECK(listed<größe>() == "klein=0 groß=1");
    CHECK(listed<odd_names>() == "_=0 _1=1 a1=2 CAPITAL=3 x_y_z=4 m_size=5");
}

TEST_CASE("enumerators: the whole range of eight bits", "[enumerators]") {
    CHECK(listed<tiny>() == "least=-128 minus=-1 zero=0 most=127");
    CHECK(listed<small>() == "zero=0 half=128 most=255");
}

TEST_CASE("enumerators: from -128 to 255, and powers of two, and no others", "[enumerators]") {
    CHECK(listed<signed_wide>() == "below=-128 inside=255 outside=256");
    CHECK(listed<wide>() == "zero=0 big=1099511627776 highest=9223372036854775808");
    CHECK(listed<only_far>().empty());
    CHECK(lathe::enum_name(signed_wide::hidden).empty());
    CHECK(lathe::enum_name(wide::none).empty());
}

TEST_CASE("enumerators: an enumeration without any", "[enumerators]") {
    CHECK(lathe::enumerators<empty>.size() == 0);
    CHECK(lathe::enumerators<empty>.begin() == lathe::enumerators<empty>.end());
    CHECK(lathe::enum_name(empty{}).empty());
}

TEST_CASE("enumerators: two enumerators of one value are listed once", "[enumerators]") {
    CHECK(lathe::enumerators<twice>.size() == 2);
    const std::string_view name = lathe::enum_name(twice::same);
    CHECK((name == "first" || name == "same")); // which one is the compiler's to say
    CHECK(lathe::enum_name(twice::other) == "other");
}

TEST_CASE("enumerators: wherever the enumeration is", "[enumerators]") {
    enum class local { within, a_function };
    enum local_old : short { short_one = -5, short_two = 5 };
    CHECK(listed<inner::deep>() == "x=0 y=1");
    CHECK(listed<inner::deeper>() == "x=0 y=1");
    CHECK(listed<hidden>() == "in_here=0 and_here=1");
    CHECK(listed<local>() == "within=0 a_function=1");
    CHECK(listed<local_old>() == "short_one=-5 short_two=5");
    CHECK(listed<machine<int>::state>() == "off=0 on=1");
    CHECK(listed<machine<std::string>::old>() == "cold=0 warm=1");
    CHECK(listed<machine<machine<colour>>::state>() == "off=0 on=1");
    const auto in_a_lambda = [] {
        enum class farther { away };
        return listed<farther>();
    };
    CHECK(in_a_lambda() == "away=0");
}

template <class T>
std::string in_a_template() {
    enum class held { one, two };
    return listed<held>();
}

TEST_CASE("enumerators: within a function template", "[enumerators]") {
    CHECK(in_a_template<int>() == "one=0 two=1");
    CHECK(in_a_template<machine<std::string>>() == "one=0 two=1");
}

TEST_CASE("enumerators: a combination of flags has no name", "[enumerators]") {
    CHECK(lathe::enum_name(flags::both) == "both");
    CHECK(lathe::enum_name(static_cast<flags>(5)).empty());
    CHECK(lathe::enum_name(flags::run) == "run");
}

TEST_CASE("enumerators: given names replace the identifiers", "[enumerators]") {
    CHECK(listed<phase>() == "Take-off run=0 Climb=1");
    CHECK(lathe::enum_name(phase::climb) == "Climb");
    CHECK(lathe::enum_name(phase::cruise).empty()); // not in the list
    CHECK(listed<answer>() == "yes=1 y=1 no=0 cancel=100000");
    CHECK(lathe::enum_name(answer::yes) == "yes"); // the first of two names is the one written
    CHECK(lathe::enum_name(answer::cancel) == "cancel");
    CHECK(listed<nameless>().empty());
    CHECK(lathe::enum_name(nameless::a).empty());
}

TEST_CASE("enumerators: given names are the way for an enum without a fixed type", "[enumerators]") {
    STATIC_REQUIRE(lathe::detail::enumerable<unfixed>);
    STATIC_REQUIRE_FALSE(lathe::detail::enumerable<std::byte*>);
    CHECK(listed<unfixed>() == "one=0 two=1");
    CHECK(lathe::enum_name(second_unfixed) == "two");
}

TEST_CASE("enumerators: std::byte has no names", "[enumerators]") {
    CHECK(lathe::enumerators<std::byte>.size() == 0);
}

TEST_CASE("enumerators: 256 names can be given", "[enumerators]") {
    constexpr lathe::names few{{"a", colour::red}, {"b", colour::green}};
    STATIC_REQUIRE(few.size() == 2);
    STATIC_REQUIRE(few[1].name == "b");
    STATIC_REQUIRE(few[1].value == 1);
    STATIC_REQUIRE(few[0].enumeration == few[1].enumeration);
    constexpr lathe::named_value_of_enum negative("least", tiny::least);
    STATIC_REQUIRE(negative.value == static_cast<std::uint64_t>(-128));
    STATIC_REQUIRE(negative.enumeration != few[0].enumeration);
}

} // namespace
