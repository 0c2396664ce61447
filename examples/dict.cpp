// SPDX-License-Identifier: MIT
// Models become dictionaries, and dictionaries of unknown origin become models, or a list of all that is wrong.
#include <chrono>
#include <optional>
#include <string>
#include <vector>

#include <fmt/format.h>

#include <lathe/lathe.hpp>

//! [dict]
struct leg {
    lathe::property<std::string, lathe::not_empty> from;
    lathe::property<double, lathe::positive, lathe::alias<"distance">> km;
};
struct trip {
    lathe::property<std::string, lathe::trimmed, lathe::not_empty> name;
    lathe::property<int, lathe::in_range<1, 8>> seats = 2;
    std::optional<std::chrono::year_month_day> day = std::nullopt;
    std::vector<leg> legs = {};
};

void check(const lathe::dict& from) {
    const auto read = lathe::try_from_dict<trip>(from);
    if (read) {
        fmt::print("{}\n", *read);
    } else {
        fmt::print("{}\n", read.error().what()); // a line for each issue
    }
}
//! [dict]

// Keeps what it does not know, and writes it back.
struct envelope {
    std::string id = {};
    lathe::property<lathe::dict, lathe::extra_keys> rest = {};
};

int main() {
    using lathe::dict;
    using lathe::list;

    const dict good{{"name", "  north "}, {"legs", list{dict{{"from", "SFO"}, {"distance", 3}}}}};
    check(good);
    check(dict{{"name", ""},
               {"seat", 3},
               {"day", "2026-02-30"},
               {"legs", list{dict{{"from", "SFO"}, {"km", -4}}, dict{{"km", "7"}}}}});

    // Back again, under the names of the fields.
    const trip north = lathe::from_dict<trip>(good);
    fmt::print("{}\n", to_string(lathe::to_dict(north)));

    // Text is a number only for those who say so.
    const auto lax =
        lathe::from_dict<trip>({{"name", "south"}, {"seats", "4"}}, {.conversions = lathe::conversions::lax});
    fmt::print("{}\n", lax);

    const auto kept = lathe::from_dict<envelope>({{"id", "a7"}, {"sender", "Ada"}, {"sizes", list{1, 2.5}}});
    fmt::print("{} extra keys; {}\n", kept.rest->size(), to_string(lathe::to_dict(kept)));
}
