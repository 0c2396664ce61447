// SPDX-License-Identifier: MIT
// Each LATHE_CASE_* must not compile, and must say why. Without one, all compiles.
#include <lathe/model/enumerators.hpp>

enum class colour { red, green };
enum class gear { up, down };
enum unfixed { one, two };
static_assert(lathe::enum_name(colour::red) == "red");

// expect-error(without_fixed_type): lathe::enumerators<Enum>: the values of an enum without a fixed
#ifdef LATHE_CASE_without_fixed_type
auto name = lathe::enum_name(one);
#endif

// expect-error(of_another): lathe::enumerators<Enum>: a name is given to a value of another enumeration;
#ifdef LATHE_CASE_of_another
template <>
inline constexpr auto lathe::enumerators<gear> = lathe::names{{"Up", gear::up}, {"Red", colour::red}};
auto name = lathe::enum_name(gear::up);
#endif

// Only values of enumerations can have names.
// expect-error(number): (no matching|could not convert|no viable)
// max-lines(number): gcc 25 clang 25
#ifdef LATHE_CASE_number
constexpr lathe::named_value_of_enum entry("seven", 7);
#endif

// expect-error(name_of_number): no matching function for call to
// max-lines(name_of_number): gcc 16 clang 12
#ifdef LATHE_CASE_name_of_number
auto name = lathe::enum_name(7);
#endif

// clang-format off: the braces of values are no blocks
#define FOUR                                                                                                 \
    {"n", colour::red}, {"n", colour::red}, {"n", colour::red}, {                                            \
        "n", colour::red                                                                                     \
    }
#define THIRTY_TWO FOUR, FOUR, FOUR, FOUR, FOUR, FOUR, FOUR, FOUR
#define ALL_THAT_FIT                                                                                         \
    THIRTY_TWO, THIRTY_TWO, THIRTY_TWO, THIRTY_TWO, THIRTY_TWO, THIRTY_TWO, THIRTY_TWO, THIRTY_TWO
// clang-format on
[[maybe_unused]] static constexpr lathe::names as_many_as_can_be{ALL_THAT_FIT};
// expect-error(too_many): (array subscript|not a constant expression|outside|must be initialized by)
// max-lines(too_many): gcc 25 clang 25
#ifdef LATHE_CASE_too_many
constexpr lathe::names too_many{ALL_THAT_FIT, {"n", colour::red}};
#endif
