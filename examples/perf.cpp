// SPDX-License-Identifier: MIT
// A monitor measures what parts of a program take: time, memory, errors. This one reads public records of wildlife
// strikes, of which some lack the speed of the aircraft, and tells what that took.
#define LATHE_PERF_DEFINE_MEMORY_HOOKS // in one source file of a program: operators new and delete that count
#include <fstream>
#include <map>
#include <stdexcept>
#include <string>
#include <vector>

#include <fmt/format.h>

#include <lathe/perf.hpp>

//! [perf]
std::vector<std::string> read_lines(const std::string& file) {
    std::vector<std::string> lines;
    std::ifstream in(file);
    for (std::string line; std::getline(in, line);)
        lines.push_back(line);
    return lines;
}

int speed_of(const std::string& row) {
    return std::stoi(row.substr(row.rfind(',') + 1)); // throws where there is none
}

void measure(const std::string& file) {
    lathe::perf::monitor mon; // or lathe::perf::global()

    // Callables that are measured, and called as ever. An exception counts as a call and an error, and goes on.
    const auto read = mon.profile_memory("read", read_lines); // time, and what it allocates
    const auto speed = mon.time_it("speed", speed_of);        // time

    const std::vector<std::string> rows = read(file);
    const lathe::perf::counter unknown = mon.counter("unknown");
    std::map<int, int> strikes; // by speed
    {
        const auto scope = mon.scope<"count">(); // from here to the end of the block
        for (std::size_t i = 1; i < rows.size(); ++i) {
            try {
                ++strikes[speed(rows[i])];
            } catch (const std::invalid_argument&) {
                ++unknown;
            }
        }
    }

    const lathe::perf::snapshot snap = mon.snapshot(); // a value: it can be kept, subtracted, added
    const lathe::perf::stats& calls = snap["speed"];
    fmt::print("{} calls, {} errors, the mean is {} ns, and 99 % took at most {} ns\n",
               calls.calls(),
               calls.errors(),
               calls.mean().count(),
               calls.p(0.99).count());
    fmt::print("reading kept {:.0f} bytes\n\n", snap["read"].avg_memory());
    fmt::print("{}", lathe::perf::table(snap)); // lathe::perf::print(snap) has colours, on a terminal
}
//! [perf]

//! [scopes]
void draw() {
    LATHE_SCOPE("draw"); // of the global monitor, to the end of the block; nothing at all with LATHE_PERF=0
}

void serve(lathe::perf::monitor& mon, const std::string& path) {
    const auto scope = mon.timer("request", {{"path", path}}).scope(); // labels tell metrics of one name apart
    mon.gauge("busy").set(0.75);
    draw();
}

void show_the_tree() {
    lathe::perf::monitor mon{{.call_tree = true}}; // who calls whom: costs more than a plain scope
    for (int i = 0; i < 3; ++i) {
        const auto frame = mon.scope<"frame">();
        serve(mon, i == 0 ? "/" : "/index");
    }
    fmt::print("{}", lathe::perf::table(mon.snapshot(), {.filter = "request*", .distribution = 0, .call_tree = true}));
    fmt::print("drawn {} times\n", lathe::perf::global().snapshot()["draw"].calls());
}
//! [scopes]

int main() {
    measure("examples/data/birdstrikes.csv");
    show_the_tree();
}
