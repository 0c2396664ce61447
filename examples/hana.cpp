// SPDX-License-Identifier: MIT
// A model is a Boost.Hana Struct, and a Hana Struct is a model: Hana's algorithms take lathe's types, and lathe's
// functions take Hana's. Including <lathe/model/hana.hpp> is all it needs.
#include <string>

#include <boost/hana/at_key.hpp>
#include <boost/hana/define_struct.hpp>
#include <boost/hana/for_each.hpp>
#include <boost/hana/keys.hpp>
#include <boost/hana/size.hpp>
#include <fmt/format.h>

#include <lathe/lathe.hpp>
#include <lathe/model/hana.hpp>

namespace hana = boost::hana;
using namespace lathe::literals;

//! [hana]
struct person { // lathe's: Hana sees a Struct
    lathe::property<std::string, lathe::not_empty> name;
    lathe::property<int, lathe::in_range<0, 150>> age = 18;
};

struct berth { // Hana's: lathe sees a model, with rules where it has properties
    BOOST_HANA_DEFINE_STRUCT(berth, (std::string, deck), (lathe::property<int, lathe::at_least<1>>, number));
};

void have_a_birthday(person& p) {
    auto& age = hana::at_key(p, BOOST_HANA_STRING("age")); // the property itself, so writes are checked
    age = age + 1;
}

lathe::result<berth, lathe::validation_error> book(std::string deck, int number) {
    return lathe::try_make<berth>("deck"_f = deck, "number"_f = number);
}
//! [hana]

int main() {
    // From lathe to Hana.
    person ada{.name = "Ada", .age = 149};
    fmt::print("{} keys:", decltype(hana::size(hana::keys(ada)))::value);
    hana::for_each(hana::keys(ada), [](auto key) { fmt::print(" {}", key.c_str()); });
    fmt::print("\n");
    try {
        have_a_birthday(ada);
        have_a_birthday(ada);
    } catch (const lathe::validation_error& error) {
        fmt::print("{}; the age is still {}\n", error.what(), ada.age);
    }

    // From Hana to lathe.
    fmt::print("{}\n", *book("C", 12));
    fmt::print("{}\n", book("C", 0).error().what());
    berth free{"C", 12};
    lathe::set<"number">(free, 14);
    fmt::print("{}, equal: {}\n", free, lathe::equal(free, *book("C", 12)));
}
