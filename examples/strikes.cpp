// SPDX-License-Identifier: MIT
// Reads public records of wildlife strikes, turns each row into a validated model, says which rows are bad
// and why, and answers a question about the rest: what do strikes cost, and in which phase of flight?
//
//   strikes [<files>...]
#include <algorithm>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include <lathe/lathe.hpp>
#include <lathe/model/args.hpp>

namespace {

enum class damage_level { None, Minor, Medium, Substantial };
enum class flight_phase { parked, taxi, take_off, climb, descent, approach, landing };
enum class animal_size { Small, Medium, Large };
enum class daytime { Dawn, Day, Dusk, Night };

} // namespace

// The file's own names for the phases; the other enumerations are spelled as they are there.
template <>
inline constexpr auto lathe::enumerators<flight_phase> = lathe::names{
    {"Parked", flight_phase::parked},
    {"Taxi", flight_phase::taxi},
    {"Take-off run", flight_phase::take_off},
    {"Climb", flight_phase::climb},
    {"Descent", flight_phase::descent},
    {"Approach", flight_phase::approach},
    {"Landing Roll", flight_phase::landing},
};

namespace {

using lathe::alias, lathe::in_range, lathe::non_negative, lathe::not_empty, lathe::property;

//! [strike]
struct strike {
    property<std::string, not_empty, alias<"Airport Name">> airport;
    property<std::string, not_empty, alias<"Aircraft Make Model">> aircraft;
    property<std::string, not_empty, alias<"Aircraft Airline Operator">> airline;
    property<std::string, not_empty, alias<"Origin State">> state;
    property<std::string, not_empty, alias<"Wildlife Species">> species;
    property<animal_size, alias<"Wildlife Size">> size;
    property<damage_level, alias<"Effect Amount of damage">> damage;
    property<flight_phase, alias<"Phase of flight">> phase;
    property<std::chrono::year_month_day, alias<"Flight Date">> date;
    property<daytime, alias<"Time of day">> time;
    property<std::optional<int>, in_range<0, 600>, alias<"Speed IAS in knots">> speed;
    property<std::int64_t, non_negative, alias<"Cost Repair">> repair;
    property<std::int64_t, non_negative, alias<"Cost Other">> other;
    property<std::int64_t, non_negative, alias<"Cost Total $">> cost;

    static consteval auto invariants() {
        return lathe::invariants(lathe::invariant<"the total is the sum of the costs">(
            [](const strike& s) { return s.cost == s.repair + s.other; }));
    }
};
//! [strike]

struct options {
    property<std::vector<std::string>, lathe::positional, lathe::doc<"tables of strikes, as CSV">> files =
        std::vector<std::string>{"examples/data/birdstrikes.csv"};
};

struct tally {
    std::int64_t strikes = 0;
    std::int64_t damaging = 0;
    std::int64_t cost = 0;
};

struct refusal {
    std::int64_t rows = 0;
    std::string first; // "line 301: damage: ..."
};

// 1234567 -> "1,234,567"
std::string grouped(std::int64_t number) {
    std::string text = std::to_string(number);
    for (std::size_t at = text.size(); at > 3;)
        text.insert(at -= 3, ",");
    return text;
}

void report(const std::string& file) {
    //! [read]
    std::map<flight_phase, tally> phases;
    std::map<std::string, tally> states;
    std::map<std::pair<std::string, std::string>, refusal> refusals; // by field and rule
    std::int64_t valid = 0, refused = 0;

    const auto began = std::chrono::steady_clock::now();
    auto rows = lathe::data::read_csv<strike>(file);
    for (const auto& row : rows) {
        if (row) {
            ++valid;
            for (tally* each : {&phases[row->phase], &states[row->state]}) {
                ++each->strikes;
                each->damaging += row->damage != damage_level::None;
                each->cost += row->cost;
            }
        } else {
            ++refused;
            for (const lathe::issue& issue : row.error().issues()) {
                // An invariant belongs to no field.
                const std::string field = issue.path.empty() ? "strike" : issue.path;
                refusal& group = refusals[{field, issue.rule}];
                if (++group.rows == 1) group.first = fmt::format("line {}: {}: {}", row.line(), field, issue.message);
            }
        }
    }
    //! [read]
    const std::chrono::duration<double> took = std::chrono::steady_clock::now() - began;

    fmt::print("{} rows: {} valid, {} refused\n", grouped(valid + refused), grouped(valid), grouped(refused));
    std::size_t shown = 0;
    for (const auto& [rule, group] : refusals) { // the first three kinds, in lines of at most 80 columns
        if (++shown > 3) break;
        fmt::print("  {:.78}\n", fmt::format("{} x {} ({}), first", grouped(group.rows), rule.first, rule.second));
        fmt::print("    {:.76}\n", group.first);
    }
    if (refusals.size() > 3) fmt::print("  and {} more kinds\n", refusals.size() - 3);
    for (const std::string& name : rows.missing_columns())
        fmt::print("  no column for {}\n", name);
    if (valid == 0) throw lathe::error(file + ": no row is valid");

    fmt::print("\n{:<14}{:>9}{:>10}{:>16}\n", "phase", "strikes", "damaging", "cost [$]");
    for (const auto& [phase, sum] : phases) {
        fmt::print("{:<14}{:>9}{:>9.1f}%{:>16}\n",
                   lathe::enum_name(phase),
                   grouped(sum.strikes),
                   100.0 * static_cast<double>(sum.damaging) / static_cast<double>(sum.strikes),
                   grouped(sum.cost));
    }
    std::vector<std::pair<std::string, tally>> costliest(states.begin(), states.end());
    std::ranges::sort(costliest, std::greater<>{}, [](const auto& entry) { return entry.second.cost; });
    costliest.resize(std::min<std::size_t>(costliest.size(), 3));
    fmt::print("\ncostliest states:");
    for (const auto& [state, sum] : costliest)
        fmt::print("  {} ${}", state, grouped(sum.cost));
    fmt::print("\n{:.1f} MB read and validated in {:.0f} ms: {:.0f} MB/s\n",
               static_cast<double>(rows.bytes()) / 1e6,
               took.count() * 1e3,
               static_cast<double>(rows.bytes()) / 1e6 / took.count());
}

} // namespace

int main(int argc, char** argv) {
    const auto chosen = lathe::from_args<options>(
        argc, argv, {.about = "Says what strikes of birds cost, and which rows of the tables are wrong."});
    try {
        for (const std::string& file : *chosen.files)
            report(file);
    } catch (const lathe::error& error) { // no such file, or a head that is not that of such records
        fmt::print(stderr, "strikes: {}\n", error.what());
        return 1;
    }
    fmt::print("\nNext: cmake --workflow --preset test\n");
}
