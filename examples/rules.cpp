// SPDX-License-Identifier: MIT
// Rules stand in the type of a property: those of lathe, and your own. Normalisers change a value before it
// is checked, and invariants are rules about several fields.
#include <string>

#include <fmt/format.h>

#include <lathe/lathe.hpp>

//! [rules]
constexpr bool is_even(int number) {
    return number % 2 == 0;
}

struct trip {
    lathe::property<std::string, lathe::trimmed, lathe::lowered, lathe::one_of<"bus", "train">> by;
    lathe::property<int, lathe::in_range<2, 8>, lathe::rule<"even", is_even>> seats = 2;
    lathe::property<int, lathe::in_range<0, 24>> departs = 8, arrives = 9;

    static consteval auto invariants() {
        return lathe::invariants(
            lathe::invariant<"arrives after it departs">([](const trip& t) { return t.arrives > t.departs; }));
    }
};
//! [rules]

int main() {
    using namespace lathe::literals; // "by"_f

    // Normalisers come first: the value is trimmed and in lower case when it is checked.
    trip north{.by = "  Train "};
    fmt::print("{}\n", north);

    // Rules of your own speak like those of lathe.
    try {
        north.seats = 7;
    } catch (const lathe::validation_error& error) {
        fmt::print("{}\n", error.what());
    }

    // try_make returns a trip, or everything that is wrong with it.
    const auto south = lathe::try_make<trip>("by"_f = "plane", "seats"_f = 9, "arrives"_f = 25);
    for (const lathe::issue& issue : south.error().issues()) {
        fmt::print("{} breaks {}: {}\n", issue.path, issue.rule, issue.message);
    }

    // Fields that depend on each other are changed together: all of it, or nothing.
    lathe::modify(north, [](trip& t) {
        t.departs = 22;
        t.arrives = 23;
    });
    try {
        lathe::modify(north, [](trip& t) { t.arrives = 1; });
    } catch (const lathe::validation_error& error) {
        fmt::print("{}\n", error.what());
    }
    fmt::print("{}\n", north);
}
