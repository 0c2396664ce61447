// SPDX-License-Identifier: MIT
// A command line is a model: its fields are the flags, its rules the checks, its texts the help.
#include <string>
#include <string_view>
#include <vector>

#include <fmt/format.h>

#include <lathe/lathe.hpp>
#include <lathe/model/args.hpp>

void demonstrate();

//! [args]
enum class order { cost, date };

struct server {
    lathe::property<int, lathe::in_range<1, 65535>, lathe::doc<"where it listens">> port = 8080;
    bool tls = false;
};

struct options {
    lathe::property<std::string, lathe::positional, lathe::doc<"the file to read">> file = "strikes.csv";
    lathe::property<int,
                    lathe::in_range<1, 64>,
                    lathe::short_flag<'w'>,
                    lathe::environment<"STRIKES_WORKERS">,
                    lathe::doc<"how many threads read">>
        workers = 2;
    lathe::property<std::vector<std::string>, lathe::each<lathe::not_empty>, lathe::doc<"only these states">> state =
        {};
    order by = order::cost;
    lathe::property<bool, lathe::short_flag<'v'>, lathe::doc<"say more">> verbose = false;
    server web = {};
};

int main(int argc, char** argv) {
    // All of it is checked, or this prints what is wrong, or the help, and ends the program.
    const auto chosen = lathe::from_args<options>(argc, argv, {.program = "strikes", .version = "1.2"});
    fmt::print("{}\n", chosen);
    demonstrate();
}
//! [args]

void demonstrate() {
    // What users may type. try_from_args neither prints nor ends anything.
    const std::vector<std::vector<std::string_view>> lines = {
        {"-vw4", "--state=NY", "--state", "CA", "--by", "date", "--web.port=443", "--web.tls", "birds.csv"},
        {"--wrokers", "4", "--by=speed", "--state=", "--web.port", "70000", "birds.csv", "bats.csv"},
        {"--help"},
    };
    for (const auto& line : lines) {
        const auto read = lathe::try_from_args<options>(line, {.program = "strikes", .version = "1.2"});
        fmt::print("\n$ strikes {}\n", fmt::join(line, " "));
        if (read) {
            fmt::print("{}\n", *read);
        } else {
            fmt::print("{}", read.error().text());
        }
    }
}
