// SPDX-License-Identifier: MIT
// Do strikes by large animals cost more? Reads public records of wildlife strikes, refuses the rows that are wrong,
// sums up the others in parallel, and says what that took.
//
//   quickstart [<file>]
//! [quickstart]
#include <cstdint>
#include <exception>
#include <string>
#include <vector>

#include <fmt/format.h>
#include <lathe/lathe.hpp>

enum class animal_size { Small, Medium, Large }; // as the file spells them
enum class damage_level { None, Minor, Medium, Substantial };

struct strike { // what a row of the file must be; a column that is required cannot be left out
    lathe::property<std::string, lathe::not_empty, lathe::alias<"Airport Name">> airport;
    lathe::property<animal_size, lathe::required, lathe::alias<"Wildlife Size">> size;
    lathe::property<damage_level, lathe::required, lathe::alias<"Effect Amount of damage">> damage;
    lathe::property<std::int64_t, lathe::required, lathe::non_negative, lathe::alias<"Cost Total $">> cost;
};

struct summary {
    animal_size size = {};
    int strikes = 0, damaging = 0;
    std::int64_t cost = 0;
};

std::vector<strike> read_strikes(const std::string& file) {
    LATHE_SCOPE("read_strikes"); // is measured, to the end of the block
    std::vector<strike> strikes;
    int refused = 0;
    for (const auto& row : lathe::data::read_csv<strike>(file)) {
        if (row)
            strikes.push_back(*row);
        else if (++refused == 1)
            fmt::print("{}\n", row.error().what());
    }
    fmt::print("{} strikes, {} rows refused\n\n", strikes.size(), refused);
    return strikes;
}

// Reads each file once, however many threads ask for it.
lathe::weak_cache<std::string, std::vector<strike>> files{{.capacity = 4}};

summary sum_up(const std::string& file, animal_size size) {
    LATHE_SCOPE("sum_up");
    const auto strikes = files.get_or_load(file, read_strikes);
    summary sum{.size = size};
    for (const strike& each : *strikes) {
        if (each.size != size) continue;
        sum.strikes += 1;
        sum.damaging += each.damage != damage_level::None;
        sum.cost += each.cost;
    }
    return sum;
}

int main(int argc, char** argv) try {
    const std::string file = argc > 1 ? argv[1] : "examples/data/birdstrikes.csv";

    lathe::task_scheduler tasks; // with a worker for each processor
    std::vector<lathe::task_handle<summary>> sums;
    for (const auto size : {animal_size::Small, animal_size::Medium, animal_size::Large})
        sums.push_back(tasks.add(sum_up, file, size));
    tasks.run();

    for (const auto& sum : sums)
        fmt::print("{}\n", lathe::to_string(sum.get())); // or what its task has thrown
    fmt::print("\n{}", lathe::perf::table(lathe::perf::global().snapshot()));
} catch (const std::exception& error) {
    fmt::print(stderr, "{}\n", error.what());
    return 1;
}
//! [quickstart]
