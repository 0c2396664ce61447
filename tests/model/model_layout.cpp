// SPDX-License-Identifier: MIT
// A model is laid out as the struct that one would write by hand: same size, same offsets, same traits.
#include <lathe/model/model.hpp>

#include <array>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <tuple>
#include <type_traits>
#include <utility>
#include <vector>

#include <lathe/model/number_rules.hpp>
#include <lathe/model/reflect.hpp>

#include "support/catch.hpp"

namespace {

using namespace lathe::literals;
using lathe::field;

// ---- members that tempt a compiler to put the next one into their padding, or to put two at one place ----

struct padded { // three bytes at its end, which the next base class of a struct could take
    int number = 0;
    char letter = 0;
};
class closed { // no aggregate
public:
    closed() = default;
    explicit closed(int number) : m_number(number) {}

private:
    int m_number = 0;
    char m_letter = 0;
};
struct derived : padded {
    char more = 0;
};
struct nothing {};
struct alignas(32) wide {
    char letter = 0;
};
struct with_virtual {
    virtual ~with_virtual() = default;
    char letter = 0;
};

using types = std::tuple<char,
                         std::int16_t,
                         int,
                         double,
                         bool,
                         padded,
                         closed,
                         derived,
                         nothing,
                         wide,
                         with_virtual,
                         std::array<char, 3>,
                         std::string,
                         std::optional<int>,
                         std::unique_ptr<int>,
                         long double,
                         void*,
                         std::vector<char>>;

// The same members, by hand; the names are the fields' names.
template <class A, class B, class C, class D, class E, class F>
struct by_hand {
    lathe::property<A> a{};
    lathe::property<B> b{};
    lathe::property<C> c{};
    lathe::property<D> d{};
    lathe::property<E> e{};
    lathe::property<F> f{};
};
template <class A, class B, class C, class D, class E, class F>
using listed =
    lathe::model<"listed", field<"a", A>, field<"b", B>, field<"c", C>, field<"d", D>, field<"e", E>, field<"f", F>>;

template <class Model, class Hand>
constexpr bool alike =
    sizeof(Model) == sizeof(Hand) && alignof(Model) == alignof(Hand) &&
    std::is_standard_layout_v<Model> == std::is_standard_layout_v<Hand> &&
    std::is_trivially_copyable_v<Model> == std::is_trivially_copyable_v<Hand> &&
    std::is_trivially_destructible_v<Model> == std::is_trivially_destructible_v<Hand> &&
    std::is_trivially_copy_constructible_v<Model> == std::is_trivially_copy_constructible_v<Hand> &&
    std::is_trivially_move_assignable_v<Model> == std::is_trivially_move_assignable_v<Hand> &&
    std::is_copy_constructible_v<Model> == std::is_copy_constructible_v<Hand> &&
    std::is_copy_assignable_v<Model> == std::is_copy_assignable_v<Hand> &&
    std::is_nothrow_move_constructible_v<Model> == std::is_nothrow_move_constructible_v<Hand> &&
    std::is_nothrow_move_assignable_v<Model> == std::is_nothrow_move_assignable_v<Hand> &&
    std::is_nothrow_default_constructible_v<Model> == std::is_nothrow_default_constructible_v<Hand> &&
    std::is_empty_v<Model> == std::is_empty_v<Hand> &&
    std::has_unique_object_representations_v<Model> == std::has_unique_object_representations_v<Hand>;

// What stands behind it, as a member, as a base class, and where a member may overlap.
template <class T>
struct followed {
    T before;
    char after;
};
template <class T>
struct continued : T {
    char after;
};
template <class T>
struct overlapped {
    [[no_unique_address]] T before;
    char after;
};

template <class Model>
std::vector<std::ptrdiff_t> offsets() {
    const Model model{};
    std::vector<std::ptrdiff_t> found;
    const auto* const begin = reinterpret_cast<const char*>(&model);
    lathe::for_each_field(model, [&](auto, const auto& value) {
        found.push_back(reinterpret_cast<const char*>(std::addressof(value)) - begin);
    });
    return found;
}

// Six of the types, in an order that depends on the seed: a linear congruential generator of Knuth's MMIX.
template <std::uint64_t Seed, std::size_t Index>
using chosen =
    std::tuple_element_t<((Seed * 6 + Index + 1) * 6364136223846793005ULL >> 33U) % std::tuple_size_v<types>, types>;
template <std::uint64_t Seed, template <class...> class Of>
using shape = Of<chosen<Seed, 0>, chosen<Seed, 1>, chosen<Seed, 2>, chosen<Seed, 3>, chosen<Seed, 4>, chosen<Seed, 5>>;

template <std::uint64_t Seed>
void compare_shape() {
    using model = shape<Seed, listed>;
    using hand = shape<Seed, by_hand>;
    STATIC_REQUIRE(alike<model, hand>);
    STATIC_REQUIRE(alike<followed<model>, followed<hand>>);
    STATIC_REQUIRE(sizeof(continued<model>) == sizeof(continued<hand>));
    STATIC_REQUIRE(sizeof(overlapped<model>) == sizeof(overlapped<hand>));
    INFO("shape " << Seed);
    CHECK(offsets<model>() == offsets<hand>());
}

template <std::size_t... Seed>
void compare_shapes(std::index_sequence<Seed...>) {
    (compare_shape<Seed>(), ...);
}

TEST_CASE("model: offsets and traits are those of the struct written by hand", "[model][layout]") {
    compare_shapes(std::make_index_sequence<24>{});
}

TEST_CASE("model: standard layout, so that offsetof and C may rely on it", "[model][layout]") {
    using pixel = lathe::model<"pixel", field<"red", std::uint8_t>, field<"depth", std::uint32_t>, field<"x", char>>;
    struct plain {
        std::uint8_t red;
        std::uint32_t depth;
        char x;
    };
    STATIC_REQUIRE(std::is_standard_layout_v<pixel> && std::is_trivially_copyable_v<pixel>);
    STATIC_REQUIRE(sizeof(pixel) == sizeof(plain) && alignof(pixel) == alignof(plain));
    pixel p{"red"_f = 1, "depth"_f = 70000, "x"_f = std::as_const("x")[0]};
    plain copied{};
    __builtin_memcpy(&copied, &p, sizeof p);
    CHECK(copied.red == 1);
    CHECK(copied.depth == 70000);
    CHECK(copied.x == 'x');
    struct own : lathe::model<"own", field<"a", char>, field<"b", int>> {
        using model::model;
    };
    STATIC_REQUIRE(std::is_standard_layout_v<own> && std::is_trivially_copyable_v<own> && sizeof(own) == 8);
}

// ---- as many fields as there may be ----

template <std::size_t Index>
using numbered = std::conditional_t<
    Index % 2 == 0,
    field<lathe::fixed_string{{'n', char('a' + Index / 26), char('a' + Index % 26), 0}}, std::uint8_t>,
    field<lathe::fixed_string{{'n', char('a' + Index / 26), char('a' + Index % 26), 0}},
          std::uint32_t,
          lathe::at_most<1000>>>;
template <std::size_t... Index>
lathe::model<"large", numbered<Index>...> list_of(std::index_sequence<Index...>);
template <std::size_t Count>
using large = decltype(list_of(std::make_index_sequence<Count>{}));

static_assert(sizeof(large<128>) == 64 * 8 && std::is_standard_layout_v<large<128>>);

template <std::size_t... Count>
void count_fields(std::index_sequence<Count...>) {
    const auto check = []<std::size_t N>(std::integral_constant<std::size_t, N>) {
        large<N> many{};
        std::size_t seen = 0;
        lathe::for_each_field(many, [&](std::string_view name, const auto& value) {
            const auto at = reinterpret_cast<const char*>(&value) - reinterpret_cast<const char*>(&many);
            CHECK(at == static_cast<std::ptrdiff_t>(seen / 2 * 8 + seen % 2 * 4));
            CHECK(name == std::string{'n', static_cast<char>('a' + seen / 26), static_cast<char>('a' + seen % 26)});
            ++seen;
        });
        CHECK(seen == N);
    };
    (check(std::integral_constant<std::size_t, Count * 9 + 1>{}), ...);
}

TEST_CASE("model: up to 128 fields", "[model][layout]") {
    count_fields(std::make_index_sequence<14>{});
    large<128> many{"nex"_f = 999, "naa"_f = 1};
    CHECK(many["nex"_f] == 999U);
    CHECK(many["naa"_f] == 1);
    CHECK_THROWS_AS(many["nex"_f] = 1001, lathe::validation_error);
    CHECK(lathe::get<"nex">(many) == 999);
}

} // namespace
