// SPDX-License-Identifier: MIT
// A property is a member that obeys its rules for its whole life: every change is checked, and a change that
// fails leaves the old value. Otherwise it is used like the value that it holds.
#include <optional>
#include <string>

#include <fmt/format.h>

#include <lathe/lathe.hpp>

//! [property]
struct person {
    // Must be given, for "" breaks its rules.
    lathe::property<std::string, lathe::not_empty, lathe::max_length<20>> name;
    lathe::property<int, lathe::in_range<0, 150>> age = 18;
    lathe::property<std::optional<std::string>, lathe::contains<"@">> email = std::nullopt;
};

void one_year_later(person& p) {
    int years = p.age;                                     // reads are free
    p.age = years + 1;                                     // writes are checked
    p.name.modify([](std::string& text) { text += "!"; }); // so are changes in place
    // p.age = 3.7; p.age = "37"; neither compiles: nothing is lost unseen
}
//! [property]

int main() {
    person ada{.name = "Ada", .age = 36};
    one_year_later(ada);
    fmt::print("{}\n", ada);

    // What breaks a rule is refused, and the value stays as it was.
    try {
        ada.age = 200;
    } catch (const lathe::validation_error& error) {
        fmt::print("{}; the age is still {}\n", error.what(), ada.age.value());
    }

    // Set by name, the message says whose field it is.
    try {
        lathe::set<"email">(ada, "nobody");
    } catch (const lathe::validation_error& error) {
        fmt::print("{}\n", error.what());
    }

    // An integer goes into another one if it fits.
    lathe::property<unsigned short> port = 8080;
    try {
        port = 80800;
    } catch (const lathe::validation_error& error) {
        fmt::print("{}\n", error.what());
    }

    // Back to the default that the struct gives.
    lathe::reset<"age">(ada);
    ada.email = "ada@example.org";
    fmt::print("{}\n", ada);
}
