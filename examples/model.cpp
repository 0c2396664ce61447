// SPDX-License-Identifier: MIT
// A model needs no struct: a list of fields is one. It is laid out as that struct, and made of values with names.
#include <string>
#include <vector>

#include <fmt/format.h>

#include <lathe/lathe.hpp>

using namespace lathe::literals; // "x"_f

//! [model]
using lathe::field;

using point =
    lathe::model<"point", field<"x", double, lathe::in_range<-180, 180>>, field<"y", double, lathe::in_range<-90, 90>>>;

using place = lathe::renamed<"place", lathe::extend<point, field<"name", std::string, lathe::not_empty>>>;

double climb(point p) {
    p["y"_f] += 0.5;  // checked, like any assignment to a property
    auto& [x, y] = p; // the fields themselves
    x = 0;            // checked as well
    return p.get<"y">() + y - x;
    // point{"z"_f = 1.0}, point{"x"_f = "1"} and place{"x"_f = 1.0}, which has no name, do not compile
}

struct node : lathe::model<"node", field<"value", int>, field<"children", std::vector<node>>> {
    using model::model; // a struct of its own may have functions, and hold what it is
    int sum() const {
        int all = (*this)["value"_f];
        for (const node& child : get<"children">())
            all += child.sum();
        return all;
    }
};
//! [model]

int main() {
    point p{"y"_f = 2, "x"_f = 1.0}; // in any order
    fmt::print("{}, {} bytes, climbs to {}\n", p, sizeof p, climb(p));

    // Errors name model and field, and a failed change changes nothing.
    try {
        p.set<"y">(91);
    } catch (const lathe::validation_error& error) {
        fmt::print("{}; y is still {}\n", error.what(), p["y"_f].value());
    }
    try {
        place nowhere{"name"_f = "", "x"_f = 10};
    } catch (const lathe::validation_error& error) {
        fmt::print("{}\n", error.what());
    }

    // One model from another: the fields of the same names, and values for the rest.
    const auto bern = lathe::copy_as<place>(p, "name"_f = "Bern");
    fmt::print("{}\n", bern);
    fmt::print("{}\n", lathe::copy_as<lathe::pick<place, "name", "y">>(bern));

    // Whatever works for a struct works for it.
    const auto read = lathe::try_from_dict<place>(lathe::dict{{"x", 200}, {"nmae", "Basel"}});
    fmt::print("{}\n", read.error().what());
    node root{"value"_f = 1, "children"_f = {node{"value"_f = 2}, node{"value"_f = 3}}};
    fmt::print("{} has the sum {}\n", root, root.sum());
}
