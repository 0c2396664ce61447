// SPDX-License-Identifier: MIT
// LATHE_SEED=<seed> replays the random command lines, and the random names.
#include <lathe/model/args.hpp> // first: proves that the header stands alone

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <random>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <lathe/model/described.hpp>
#include <lathe/model/detail/nearest_name.hpp>
#include <lathe/model/property.hpp>
#include <lathe/model/rules.hpp>
#include <lathe/model/validate.hpp>

#include "support/catch.hpp"
#include "support/seed.hpp"
#include "support/stress.hpp"

namespace {

struct options {
    lathe::property<std::string, lathe::positional> file = "strikes.csv";
    lathe::property<int, lathe::in_range<1, 64>, lathe::short_flag<'w'>, lathe::alias<"jobs">> workers = 2;
    lathe::property<std::vector<std::string>, lathe::each<lathe::not_empty>, lathe::short_flag<'s'>> state = {};
    lathe::property<bool, lathe::short_flag<'v'>> verbose = false;
    int max_depth = 3;
};

std::size_t pick(std::mt19937_64& random, std::size_t below) {
    return std::uniform_int_distribution<std::size_t>(0, below - 1)(random);
}

TEST_CASE("args: whatever is written in any of the forms is read back", "[args][random]") {
    const std::uint64_t seed = lathe_test::seed_of_run();
    INFO("LATHE_SEED=" << seed);
    std::mt19937_64 random(seed);
    const auto one_of = [&random](std::vector<std::vector<std::string>> forms) {
        return std::move(forms[pick(random, forms.size())]);
    };
    for (std::size_t round = 0; round < lathe_test::rounds(2000); ++round) {
        const std::string workers = std::to_string(1 + pick(random, 64));
        const std::string depth = std::to_string(static_cast<int>(pick(random, 2001)) - 1000);
        const bool is_verbose = pick(random, 2) == 1;
        std::vector<std::vector<std::string>> pieces{
            one_of({{"--workers", workers},
                    {"--workers=" + workers},
                    {"--jobs", workers},
                    {"-w", workers},
                    {"-w" + workers},
                    {"-w=" + workers}}),
            one_of({{"--max-depth", depth}, {"--max-depth=" + depth}}),
            is_verbose ? one_of({{"-v"}, {"--verbose"}, {"--verbose=on"}, {"-v=1"}})
                       : one_of({{}, {"--no-verbose"}, {"--verbose=off"}, {"-v=0"}}),
            {"north.csv"},
        };
        std::vector<std::string> states;
        for (std::size_t i = pick(random, 4); i > 0; --i) {
            states.push_back(std::string(1, static_cast<char>('!' + pick(random, 94))) + "=" + std::to_string(i));
        }
        for (const std::string& state : states) {
            pieces.push_back(state.starts_with('-')
                                 ? one_of({{"--state=" + state}, {"-s=" + state}, {"-s" + state}})
                                 : one_of({{"--state", state}, {"--state=" + state}, {"-s", state}}));
        }
        // In any order, but for the states among themselves.
        std::vector<std::string> arguments;
        const auto states_begin = pieces.begin() + 4;
        std::shuffle(pieces.begin(), states_begin, random);
        const std::size_t states_at = pick(random, 5);
        for (std::size_t i = 0; i <= 4; ++i) {
            if (i == states_at) {
                for (auto piece = states_begin; piece != pieces.end(); ++piece)
                    arguments.insert(arguments.end(), piece->begin(), piece->end());
            }
            if (i < 4) arguments.insert(arguments.end(), pieces[i].begin(), pieces[i].end());
        }
        const auto chosen = lathe::try_from_args<options>(arguments);
        INFO("round " << round << (chosen ? std::string() : chosen.error().text()));
        REQUIRE(chosen);
        REQUIRE(chosen->workers == std::stoi(workers));
        REQUIRE(chosen->max_depth == std::stoi(depth));
        REQUIRE(chosen->verbose == is_verbose);
        REQUIRE(chosen->state == states);
        REQUIRE(chosen->file == "north.csv");
    }
}

TEST_CASE("args: no arguments make it do anything but read them or refuse them", "[args][random]") {
    const std::uint64_t seed = lathe_test::seed_of_run();
    INFO("LATHE_SEED=" << seed);
    std::mt19937_64 random(seed);
    const std::vector<std::string> parts{
        "--", "-", "=",    "workers", "state", "no-", "verbose", "w",    "v",    "x",         "4",
        "-3", ".", "help", "h",       "",      " ",   "web",     "port", "\xff", "max-depth", "99999999999999999999",
        "\n"};
    std::size_t read_count = 0;
    for (std::size_t round = 0; round < lathe_test::rounds(20'000); ++round) {
        std::vector<std::string> arguments(pick(random, 5));
        for (std::string& argument : arguments) {
            for (std::size_t i = 1 + pick(random, 4); i > 0; --i)
                argument += parts[pick(random, parts.size())];
        }
        const auto chosen = lathe::try_from_args<options>(arguments);
        if (chosen) {
            ++read_count;
            REQUIRE(lathe::try_validate(*chosen));
        } else {
            const lathe::args_stop& stop = chosen.error();
            REQUIRE(stop.text().ends_with('\n'));
            REQUIRE(stop.exit_code() == (stop.issues().empty() ? 0 : 2));
            for (const lathe::issue& found : stop.issues()) {
                REQUIRE_FALSE(found.rule.empty());
                REQUIRE(found.message.find_first_of("\n\xff") == std::string::npos);
            }
        }
    }
    CHECK(read_count > 0);
}

// ---- names that were mistyped ----

// By its definition, without a table.
std::size_t distance(std::string_view a, std::string_view b) {
    if (a.empty() || b.empty()) return a.size() + b.size();
    const std::string_view a1 = a.substr(0, a.size() - 1), b1 = b.substr(0, b.size() - 1);
    std::size_t least = std::min({distance(a1, b) + 1, distance(a, b1) + 1, distance(a1, b1) + (a.back() != b.back())});
    if (a.size() > 1 && b.size() > 1 && a.back() == b1.back() && a1.back() == b.back()) {
        least = std::min(least, distance(a1.substr(0, a1.size() - 1), b1.substr(0, b1.size() - 1)) + 1);
    }
    return least;
}

TEST_CASE("args: the distance of two names is what its definition says", "[args][nearest_name][random]") {
    using lathe::detail::edit_distance;
    CHECK(edit_distance("workers", "wrokers") == 1);
    CHECK(edit_distance("kitten", "sitting") == 3);
    CHECK(edit_distance("ca", "abc") == 3); // and not 2: no place is edited twice
    CHECK(edit_distance(std::string(64, 'a'), std::string(64, 'b')) == 64);
    const std::uint64_t seed = lathe_test::seed_of_run();
    INFO("LATHE_SEED=" << seed);
    std::mt19937_64 random(seed);
    for (std::size_t round = 0; round < lathe_test::rounds(500); ++round) {
        std::string a(pick(random, 6), ' '), b(pick(random, 6), ' ');
        for (std::string* text : {&a, &b}) {
            for (char& c : *text)
                c = static_cast<char>('a' + pick(random, 3));
        }
        INFO(a << ' ' << b);
        REQUIRE(edit_distance(a, b) == distance(a, b));
    }
}

TEST_CASE("args: a name is suggested when it is near", "[args][nearest_name]") {
    using lathe::detail::nearest_name;
    const std::vector<std::string> names{"workers", "state", "at", std::string(65, 'x')};
    CHECK(nearest_name("wrokers", names) == "workers");
    CHECK(nearest_name("wrkrs", names).empty()); // two edits for five letters
    CHECK(nearest_name("wrkers", names) == "workers");
    CHECK(nearest_name("stat", names) == "state");
    CHECK(nearest_name("a", names) == "at");
    CHECK(nearest_name("q", names).empty());
    CHECK(nearest_name("sat", std::vector<std::string_view>{"at", "sit"}) == "at"); // the first of equals
    CHECK(nearest_name("", names).empty());
    CHECK(nearest_name(std::string(65, 'x'), names).empty()); // too long to be compared
    CHECK(nearest_name("file", lathe::field_names<options>) == "file");
    CHECK(nearest_name("x", std::vector<std::string_view>()).empty());
}

} // namespace
