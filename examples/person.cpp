// SPDX-License-Identifier: MIT
// The shortest program: a struct whose members obey rules.
//! [person]
#include <fmt/format.h>
#include <lathe/lathe.hpp>

struct person {
    lathe::property<std::string, lathe::not_empty> name;
    lathe::property<int, lathe::in_range<0, 150>> age = 18;
};

int main() {
    person ada{.name = "Ada"};
    try {
        lathe::set<"age">(ada, 200); // or plainly ada.age = 200
    } catch (const lathe::validation_error& error) {
        fmt::print("{}\n", error.what());
    }
    fmt::print("{}\n", ada);
}
//! [person]
