// SPDX-License-Identifier: MIT
// Question: how much of a machine's speed is left when the rows of a file become validated models?
//
// The file is examples/data/birdstrikes.csv, over and over, 200 MB of it: made once, in the directory for temporary
// files, and used again. LATHE_BENCH_MB says another size. All rows of this table read the same file; their
// bytes_per_second are per second of CPU time.
#include <benchmark/benchmark.h>

#include <fcntl.h>
#include <unistd.h>

#include <charconv>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <optional>
#include <sstream>
#include <stdexcept>
#include <string>
#include <string_view>
#include <system_error>
#include <utility>
#include <vector>

#include <lathe/data/csv.hpp>
#include <lathe/data/csv_records.hpp>
#include <lathe/model/attributes.hpp>
#include <lathe/model/enumerators.hpp>
#include <lathe/model/number_rules.hpp>
#include <lathe/model/property.hpp>
#include <lathe/model/text_rules.hpp>

namespace {

enum class damage { None, Minor, Medium, Substantial };
enum class phase { take_off, climb, approach, landing, descent, taxi, parked };
enum class wildlife { Small, Medium, Large };
enum class daytime { Dawn, Day, Dusk, Night };

} // namespace

template <>
inline constexpr auto lathe::enumerators<phase> = lathe::names{{"Take-off run", phase::take_off},
                                                               {"Climb", phase::climb},
                                                               {"Approach", phase::approach},
                                                               {"Landing Roll", phase::landing},
                                                               {"Descent", phase::descent},
                                                               {"Taxi", phase::taxi},
                                                               {"Parked", phase::parked}};

namespace {

// ---- the file ----

std::string make_file() {
    const char* const wanted = std::getenv("LATHE_BENCH_MB");
    const std::size_t size = (wanted != nullptr ? std::strtoul(wanted, nullptr, 10) : 200) * 1'000'000;
    std::ostringstream read;
    read << std::ifstream("examples/data/birdstrikes.csv", std::ios::binary).rdbuf();
    const std::string text = read.str();
    if (text.empty())
        throw std::runtime_error("cannot read examples/data/birdstrikes.csv: run this in lathe's own directory");
    const std::size_t head = text.find('\n') + 1;
    const std::size_t body = text.size() - head;
    const std::size_t times = size < body ? 1 : (size - head) / body;
    const std::filesystem::path path =
        std::filesystem::temp_directory_path() / ("lathe_bench_" + std::to_string(size / 1'000'000) + ".csv");
    std::error_code none;
    if (std::filesystem::file_size(path, none) == head + times * body) return path.string();
    // Under another name first: a run that is interrupted leaves no short file behind.
    const std::filesystem::path part = path.string() + "." + std::to_string(::getpid());
    std::ofstream to(part, std::ios::binary);
    to.write(text.data(), static_cast<std::streamsize>(head));
    for (std::size_t i = 0; i < times; ++i)
        to.write(text.data() + head, static_cast<std::streamsize>(body));
    to.close();
    if (!to) throw std::runtime_error("cannot write " + part.string());
    std::filesystem::rename(part, path);
    return path.string();
}

const std::string& file() {
    static const std::string made = make_file();
    return made;
}

struct totals {
    std::size_t good = 0;
    std::size_t bad = 0;
    long long cost = 0;
};

void report(benchmark::State& state, const totals& found) {
    state.SetBytesProcessed(state.iterations() * static_cast<std::int64_t>(std::filesystem::file_size(file())));
    state.counters["rows"] = static_cast<double>(found.good);
    state.counters["refused"] = static_cast<double>(found.bad);
    state.counters["cost"] = static_cast<double>(found.cost);
}

// ---- the limit: nobody looks at the bytes ----

void plain_read(benchmark::State& state) {
    std::vector<char> block(std::size_t{256} << 10);
    for (auto _ : state) {
        const int handle = ::open(file().c_str(), O_RDONLY | O_CLOEXEC);
        while (::read(handle, block.data(), block.size()) > 0)
            benchmark::ClobberMemory();
        ::close(handle);
    }
    report(state, {});
}
BENCHMARK(plain_read)->Unit(benchmark::kMillisecond);

// ---- the floor: the same work, written by hand for this one file ----

struct plain_strike {
    std::string airport;
    std::string aircraft;
    damage harm{};
    std::chrono::year_month_day date{};
    std::string airline;
    std::string state;
    phase during{};
    wildlife size{};
    std::string species;
    daytime time{};
    int cost_other = 0;
    int cost_repair = 0;
    int cost = 0;
    std::optional<int> speed;
};

template <class E, std::size_t N>
bool read_name(std::string_view cell, const std::string_view (&names)[N], E& to) {
    for (std::size_t i = 0; i < N; ++i) {
        if (cell == names[i]) {
            to = static_cast<E>(i);
            return true;
        }
    }
    return false;
}

bool read_int(std::string_view cell, int& to) {
    const auto [end, code] = std::from_chars(cell.data(), cell.data() + cell.size(), to);
    return code == std::errc{} && end == cell.data() + cell.size();
}

bool read_date(std::string_view cell, std::chrono::year_month_day& to) {
    const auto digits = [cell](std::size_t first, std::size_t count, int& number) {
        number = 0;
        for (std::size_t i = first; i < first + count; ++i) {
            const int digit = cell[i] - '0';
            if (digit < 0 || digit > 9) return false;
            number = number * 10 + digit;
        }
        return true;
    };
    int year = 0;
    int month = 0;
    int day = 0;
    if (cell.size() != 10 || cell[4] != '-' || cell[7] != '-' || !digits(0, 4, year) || !digits(5, 2, month) ||
        !digits(8, 2, day)) {
        return false;
    }
    to = std::chrono::year_month_day(std::chrono::year(year),
                                     std::chrono::month(static_cast<unsigned>(month)),
                                     std::chrono::day(static_cast<unsigned>(day)));
    return to.ok();
}

constexpr std::string_view damages[] = {"None", "Minor", "Medium", "Substantial"};
constexpr std::string_view phases[] = {
    "Take-off run", "Climb", "Approach", "Landing Roll", "Descent", "Taxi", "Parked"};
constexpr std::string_view sizes[] = {"Small", "Medium", "Large"};
constexpr std::string_view times[] = {"Dawn", "Day", "Dusk", "Night"};

bool read_strike(const std::string_view (&cells)[14], plain_strike& to) {
    if (cells[0].empty()) return false;
    to.airport.assign(cells[0]);
    to.aircraft.assign(cells[1]);
    to.airline.assign(cells[4]);
    to.state.assign(cells[5]);
    to.species.assign(cells[8]);
    if (cells[13].empty()) {
        to.speed.reset();
    } else {
        int speed = 0;
        if (!read_int(cells[13], speed) || speed < 0 || speed > 600) return false;
        to.speed = speed;
    }
    return read_name(cells[2], damages, to.harm) && read_date(cells[3], to.date) &&
           read_name(cells[6], phases, to.during) && read_name(cells[7], sizes, to.size) &&
           read_name(cells[9], times, to.time) && read_int(cells[10], to.cost_other) && to.cost_other >= 0 &&
           read_int(cells[11], to.cost_repair) && to.cost_repair >= 0 && read_int(cells[12], to.cost) && to.cost >= 0;
}

// Cells up to `end`; doubled quotes made single in place. Records with line ends in quotes are not for this loop, which
// knows its file.
std::size_t split_line(char* at, char* end, std::string_view (&cells)[14]) {
    std::size_t count = 0;
    for (;;) {
        if (count == 14) return 15;
        if (at != end && *at == '"') {
            char* to = ++at;
            char* const first = at;
            for (; at != end; ++at) {
                if (*at == '"' && (++at == end || *at != '"')) break;
                *to++ = *at;
            }
            cells[count++] = {first, static_cast<std::size_t>(to - first)};
            if (at == end) return count;
        } else {
            char* const comma = static_cast<char*>(std::memchr(at, ',', static_cast<std::size_t>(end - at)));
            char* const last = comma != nullptr ? comma : end;
            cells[count++] = {at, static_cast<std::size_t>(last - at)};
            if (comma == nullptr) return count;
            at = comma;
        }
        ++at;
    }
}

template <class F>
void each_line(const std::string& path, F f) {
    std::FILE* const from = std::fopen(path.c_str(), "rb");
    if (from == nullptr) throw std::runtime_error("cannot open " + path);
    std::setvbuf(from, nullptr, _IONBF, 0); // the block below is the buffer
    std::vector<char> block(std::size_t{256} << 10);
    std::size_t kept = 0;
    for (;;) {
        const std::size_t count = std::fread(block.data() + kept, 1, block.size() - kept, from);
        if (count == 0) break;
        char* at = block.data();
        char* const end = at + kept + count;
        while (char* const line_end = static_cast<char*>(std::memchr(at, '\n', static_cast<std::size_t>(end - at)))) {
            f(at, line_end != at && line_end[-1] == '\r' ? line_end - 1 : line_end);
            at = line_end + 1;
        }
        kept = static_cast<std::size_t>(end - at);
        std::memmove(block.data(), at, kept);
        if (kept == block.size()) block.resize(2 * kept);
    }
    if (kept != 0) f(block.data(), block.data() + kept);
    std::fclose(from);
}

void rows_by_hand(benchmark::State& state) {
    totals found;
    for (auto _ : state) {
        found = {};
        plain_strike strike;
        std::string_view cells[14];
        bool head = true;
        each_line(file(), [&](char* begin, char* end) {
            const std::size_t count = split_line(begin, end, cells);
            if (std::exchange(head, false)) return;
            if (count != 14 || !read_strike(cells, strike)) {
                ++found.bad;
                return;
            }
            ++found.good;
            found.cost += strike.cost;
            benchmark::DoNotOptimize(strike);
        });
    }
    report(state, found);
}
BENCHMARK(rows_by_hand)->Unit(benchmark::kMillisecond);

// ---- lathe ----

struct strike {
    lathe::property<std::string, lathe::not_empty, lathe::alias<"Airport Name">> airport;
    lathe::property<std::string, lathe::alias<"Aircraft Make Model">> aircraft;
    lathe::property<damage, lathe::alias<"Effect Amount of damage">> harm;
    lathe::property<std::chrono::year_month_day, lathe::alias<"Flight Date">> date;
    lathe::property<std::string, lathe::alias<"Aircraft Airline Operator">> airline;
    lathe::property<std::string, lathe::alias<"Origin State">> state;
    lathe::property<phase, lathe::alias<"Phase of flight">> during;
    lathe::property<wildlife, lathe::alias<"Wildlife Size">> size;
    lathe::property<std::string, lathe::alias<"Wildlife Species">> species;
    lathe::property<daytime, lathe::alias<"Time of day">> time;
    lathe::property<int, lathe::non_negative, lathe::alias<"Cost Other">> cost_other;
    lathe::property<int, lathe::non_negative, lathe::alias<"Cost Repair">> cost_repair;
    lathe::property<int, lathe::non_negative, lathe::alias<"Cost Total $">> cost;
    lathe::property<std::optional<int>, lathe::in_range<0, 600>, lathe::alias<"Speed IAS in knots">> speed;
};

void rows_by_read_csv(benchmark::State& state) {
    totals found;
    for (auto _ : state) {
        found = {};
        for (auto&& row : lathe::data::read_csv<strike>(file())) {
            if (!row) {
                ++found.bad;
                continue;
            }
            ++found.good;
            found.cost += row->cost;
            benchmark::DoNotOptimize(row);
        }
    }
    report(state, found);
}
BENCHMARK(rows_by_read_csv)->Unit(benchmark::kMillisecond);

// ---- cells alone, without a model ----

void cells_by_hand(benchmark::State& state) {
    for (auto _ : state) {
        std::string_view cells[14];
        std::size_t count = 0;
        each_line(file(), [&](char* begin, char* end) {
            count += split_line(begin, end, cells);
            benchmark::DoNotOptimize(cells);
        });
        benchmark::DoNotOptimize(count);
    }
    report(state, {});
}
BENCHMARK(cells_by_hand)->Unit(benchmark::kMillisecond);

void cells_by_csv_records(benchmark::State& state) {
    for (auto _ : state) {
        std::size_t count = 0;
        lathe::data::csv_records in{file()};
        while (in.next()) {
            count += in.size();
            benchmark::DoNotOptimize(in.cells().data());
        }
        benchmark::DoNotOptimize(count);
    }
    report(state, {});
}
BENCHMARK(cells_by_csv_records)->Unit(benchmark::kMillisecond);

} // namespace
