// SPDX-License-Identifier: MIT
// What do strikes of birds cost, and in which phase of flight? Tables of public records are cut into chunks, and the
// workers of a task scheduler turn their rows into validated models, or say what is wrong with them. A weak cache has
// one object for each name, and a monitor measures all of it.
//
//   strikes [--workers <n>] [--strategy sequential|threaded] [--json] [<files>...]
#include <algorithm>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <exception>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include <lathe/lathe.hpp>
#include <lathe/model/args.hpp>
#include <lathe/model/json.hpp>

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

using lathe::alias, lathe::doc, lathe::in_range, lathe::non_negative, lathe::not_empty, lathe::property;

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

enum class how { sequential, threaded };

struct options {
    property<std::vector<std::string>, lathe::positional, doc<"tables of strikes, as CSV">> files =
        std::vector<std::string>{"examples/data/birdstrikes.csv"};
    property<unsigned, in_range<0, 256>, doc<"threads that read; 0: one for each processor">> workers = 0U;
    property<how, doc<"sequential: one chunk after the other, in one thread">> strategy = how::threaded;
    property<std::size_t, lathe::positive, doc<"bytes of a chunk, or a little more">> chunk = std::size_t{64} << 10;
    property<bool, doc<"write the report as JSON">> json = false;
};

// ---- what rows add up to ----

// The letters of a name are stored once, as long as a tally has it: the cache itself keeps none.
using name_cache = lathe::weak_cache<std::string, const std::string, lathe::observed_by<lathe::perf::monitor>>;
using shared_name = name_cache::handle;

struct by_letters {
    using is_transparent = void; // shared names are found by any text
    bool operator()(const shared_name& a, const shared_name& b) const { return *a < *b; }
    bool operator()(const shared_name& a, const std::string& b) const { return *a < b; }
    bool operator()(const std::string& a, const shared_name& b) const { return a < *b; }
};

struct sums {
    std::int64_t strikes = 0;
    std::int64_t damaging = 0;
    std::int64_t cost = 0;

    void operator+=(const sums& other) {
        strikes += other.strikes;
        damaging += other.damaging;
        cost += other.cost;
    }
};

using sums_by_name = std::map<shared_name, sums, by_letters>;

struct refusals {
    std::int64_t rows = 0;
    std::string first_place; // "birds.csv:301"
    std::string first_message;

    void operator+=(const refusals& later) {
        if (rows == 0)
            *this = later;
        else
            rows += later.rows;
    }
};

template <class Map>
void add_all(Map& to, const Map& from) {
    for (const auto& [key, value] : from)
        to[key] += value;
}

struct tally {
    std::uint64_t bytes = 0;
    std::int64_t valid = 0;
    std::int64_t refused = 0;
    std::map<flight_phase, sums> phases;
    sums_by_name species, operators;
    std::map<std::string, refusals> wrong; // by field and rule

    void operator+=(const tally& later) {
        bytes += later.bytes;
        valid += later.valid;
        refused += later.refused;
        add_all(phases, later.phases);
        add_all(species, later.species);
        add_all(operators, later.operators);
        add_all(wrong, later.wrong);
    }
};

// ---- how tables are read ----

tally read(lathe::data::source from, const lathe::data::csv_options& options, const name_cache& names) {
    // Asks the cache once for each name: if it did so for each row, workers would be in each other's way.
    const auto sums_of = [&names](const std::string& name, sums_by_name& all) -> sums& {
        const auto known = all.find(name);
        if (known != all.end()) return known->second;
        return all[names.get_or_load(name, [](const std::string& key) { return key; })];
    };
    tally found;
    //! [read]
    auto rows = lathe::data::read_csv<strike>(std::move(from), options);
    for (const auto& row : rows) {
        if (row) {
            const sums one{1, row->damage != damage_level::None ? 1 : 0, row->cost};
            ++found.valid;
            found.phases[row->phase] += one;
            sums_of(row->species, found.species) += one;
            sums_of(row->airline, found.operators) += one;
        } else {
            ++found.refused;
            for (const lathe::issue& issue : row.error().issues()) {
                // A rule on the strike as a whole belongs to no field.
                const std::string kind = fmt::format("{} ({})", issue.path.empty() ? "strike" : issue.path, issue.rule);
                found.wrong[kind] += {1, fmt::format("{}:{}", rows.name(), row.line()), issue.message};
            }
        }
    }
    //! [read]
    found.bytes = rows.bytes();
    return found;
}

struct survey {
    const options& chosen;
    lathe::perf::monitor monitor{};
    name_cache names{{.capacity = 0, .observer = &monitor, .observed_as = "new name"}};
    lathe::basic_task_scheduler<lathe::perf::monitor> tasks{{.workers = chosen.workers}, monitor};

    using chunks = std::vector<lathe::task_handle<tally>>;

    // Cuts a table where records start, so never within a quoted cell, and adds a task for each chunk.
    chunks cut(const std::string& file) {
        const auto scope = monitor.scope<"cut">();
        lathe::data::csv_records records(file);
        records.next(); // the head
        lathe::data::csv_options options;
        options.columns.assign(records.cells().begin(), records.cells().end());
        // Throws if these are not the columns.
        static_cast<void>(lathe::data::read_csv<strike>(lathe::data::source::memory("", file), options));

        chunks added;
        for (bool more = records.next(); more;) {
            options.first_line = records.line();
            const std::uint64_t begin = records.offset();
            while (more && records.offset() - begin < chosen.chunk)
                more = records.next();
            const std::uint64_t size = records.offset() - begin;
            added.push_back(tasks.add([this, &file, options, begin, size] {
                const auto reading = monitor.scope<"read">();
                return read(lathe::data::source::part(file, begin, size), options, names);
            }));
        }
        return added;
    }

    // To cut is quick, and more urgent than to read, so that workers find enough to read. Chunks are equally urgent, so
    // those that come first are read first. They are added up in order, whoever has read them when: the tally is the
    // same however many workers there are.
    tally all() {
        const auto scope = monitor.scope<"all">();
        std::vector<lathe::task_handle<chunks>> tables;
        for (const std::string& file : *chosen.files)
            tables.push_back(tasks.add({.priority = lathe::priority::high}, [this, &file] { return cut(file); }));
        if (chosen.strategy == how::sequential) {
            tasks.run(lathe::sequential{});
        } else {
            tasks.run(lathe::threaded{});
        }
        tally sum;
        for (const auto& table : tables) {
            for (const auto& chunk : table.get()) // get() throws what the task threw
                sum += chunk.get();
        }
        return sum;
    }
};

// ---- what is said about them ----

struct report {
    std::int64_t valid = 0;
    std::int64_t refused = 0;
    std::map<std::string, refusals> wrong;
    std::map<flight_phase, sums> phases;
    std::map<std::string, sums> species, operators;
};

std::map<std::string, sums> spelled(const sums_by_name& all) {
    std::map<std::string, sums> made;
    for (const auto& [name, sum] : all)
        made.emplace(*name, sum);
    return made;
}

// 1234567 -> "1,234,567"
std::string grouped(std::int64_t number) {
    std::string text = std::to_string(number);
    for (std::size_t at = text.size(); at > 3;)
        text.insert(at -= 3, ",");
    return text;
}

void print_costliest(const char* what, const std::map<std::string, sums>& all) {
    const auto most = std::ranges::max_element(all, {}, [](const auto& each) { return each.second.cost; });
    fmt::print("{:.80}\n",
               fmt::format("costliest of {} {}: {}, ${}", all.size(), what, most->first, grouped(most->second.cost)));
}

void print(const report& found) {
    fmt::print("{} rows: {} valid, {} refused\n",
               grouped(found.valid + found.refused),
               grouped(found.valid),
               grouped(found.refused));
    std::size_t shown = 0;
    for (const auto& [kind, group] : found.wrong) { // the first three kinds, in lines of at most 80 columns
        if (++shown > 3) break;
        fmt::print("  {:.78}\n", fmt::format("{} x {}, first in {}", grouped(group.rows), kind, group.first_place));
        fmt::print("    {:.76}\n", group.first_message);
    }
    if (found.wrong.size() > 3) fmt::print("  and {} more kinds\n", found.wrong.size() - 3);
    if (found.valid == 0) return;
    print_costliest("species", found.species);
    print_costliest("operators", found.operators);
    fmt::print("\n{:<14}{:>9}{:>10}{:>16}\n", "phase", "strikes", "damaging", "cost [$]");
    for (const auto& [phase, sum] : found.phases) {
        fmt::print("{:<14}{:>9}{:>9.1f}%{:>16}\n",
                   lathe::enum_name(phase),
                   grouped(sum.strikes),
                   100.0 * static_cast<double>(sum.damaging) / static_cast<double>(sum.strikes),
                   grouped(sum.cost));
    }
}

void print(const lathe::perf::snapshot& measured, double megabytes) {
    const std::chrono::duration<double> took = measured["all"].total();
    fmt::print("\n{:.1f} MB in {:.0f} ms: {:.0f} MB/s\n", megabytes, took.count() * 1e3, megabytes / took.count());
    lathe::perf::print({measured, {.sort_by = lathe::perf::column::name, .distribution = 0, .process = false}});
    fmt::print("\nNext: cmake --workflow --preset test\n");
}

} // namespace

int main(int argc, char** argv) {
    const auto chosen = lathe::from_args<options>(
        argc,
        argv,
        {.program = "strikes", .about = "Says what strikes of birds cost, and which rows of the tables are wrong."});
    try {
        survey tables{chosen};
        const tally all = tables.all();
        const report found{all.valid, all.refused, all.wrong, all.phases, spelled(all.species), spelled(all.operators)};
        if (chosen.json) {
            fmt::print("{}\n", lathe::to_json(found, {.indent = 2}));
        } else {
            print(found);
        }
        if (found.valid == 0) throw lathe::error("no row is valid");
        if (!chosen.json) print(tables.monitor.snapshot(), static_cast<double>(all.bytes) / 1e6);
        if (std::fflush(stdout) != 0) throw lathe::error("the report cannot be written");
    } catch (const std::exception& error) { // no such file, a head that is not that of strikes, a full disk
        fmt::print(stderr, "strikes: {}\n", error.what());
        return 1;
    }
}
