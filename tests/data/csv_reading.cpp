// SPDX-License-Identifier: MIT
// How a reader goes through a file: as a range, past exceptions, without memory of its own, over real data.
#include <lathe/data/csv.hpp> // first: proves that the header stands alone

#include <algorithm>
#include <array>
#include <chrono>
#include <cstddef>
#include <cstdio>
#include <cstdlib>
#include <iterator>
#include <memory>
#include <new>
#include <optional>
#include <ranges>
#include <stdexcept>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

#include <lathe/model/enumerators.hpp>
#include <lathe/model/field.hpp>
#include <lathe/model/rules.hpp>
#include <lathe/model/validate.hpp>

#include "support/catch.hpp"

namespace csv_reading_test {

enum class damage { none, minor, medium, substantial };

} // namespace csv_reading_test

template <>
inline constexpr auto lathe::enumerators<csv_reading_test::damage> =
    lathe::names{{"None", csv_reading_test::damage::none},
                 {"Minor", csv_reading_test::damage::minor},
                 {"Medium", csv_reading_test::damage::medium},
                 {"Substantial", csv_reading_test::damage::substantial}};

namespace {
thread_local std::size_t allocations = 0; // of this thread, in the whole program
} // namespace

// NOLINTBEGIN: replaced, so that allocations can be counted. Not inlined, or g++ sees a new and a free and
// warns.
[[gnu::noinline]] void* operator new(std::size_t size) {
    ++allocations;
    if (void* const made = std::malloc(size == 0 ? 1 : size)) return made;
    throw std::bad_alloc();
}
[[gnu::noinline]] void* operator new(std::size_t size, const std::nothrow_t&) noexcept {
    ++allocations;
    return std::malloc(size == 0 ? 1 : size);
}
[[gnu::noinline]] void operator delete(void* made) noexcept {
    std::free(made);
}
[[gnu::noinline]] void operator delete(void* made, std::size_t) noexcept {
    std::free(made);
}
// NOLINTEND

namespace csv_reading_test {

namespace data = lathe::data;
using data::csv_error;
using data::read_csv;
using data::source;
using lathe_test::Message;
using strings = std::vector<std::string>;

struct person {
    lathe::property<std::string, lathe::not_empty, lathe::max_length<12>, lathe::alias<"Full Name">> name;
    lathe::property<int, lathe::in_range<0, 150>> age = 18;
    lathe::property<std::optional<std::string>, lathe::contains<"@">> email = std::nullopt;
};
struct pair {
    std::string a{};
    std::string b{};
};

static_assert(std::input_iterator<data::csv_reader<person>::iterator>);
static_assert(!std::forward_iterator<data::csv_reader<person>::iterator>); // it goes once
static_assert(std::sentinel_for<std::default_sentinel_t, data::csv_reader<person>::iterator>);
static_assert(std::ranges::input_range<data::csv_reader<person>>);
static_assert(!std::is_copy_constructible_v<data::csv_reader<person>> &&
              !std::is_move_constructible_v<data::csv_reader<person>>); // its rows point into it
static_assert(std::is_base_of_v<lathe::result<person, lathe::validation_error>, data::csv_row<person>>);
static_assert(std::is_base_of_v<lathe::error, csv_error> && !std::is_base_of_v<data::io_error, csv_error>);
static_assert(std::is_same_v<decltype(read_csv<person>(std::declval<source>())), data::csv_reader<person>>);
static_assert(std::is_same_v<decltype(*std::declval<data::csv_reader<person>&>().begin()), data::csv_row<person>&>);

TEST_CASE("csv: a row may be moved from, with its line and its error", "[csv]") {
    std::vector<data::csv_row<person>> kept;
    for (auto&& row : read_csv<person>(source::memory("name,age\nAda,36\n,1\nBob,200\nCarl,3\n"))) {
        kept.push_back(std::move(row));
    }
    REQUIRE(kept.size() == 4);
    CHECK(kept[0]->name.value() == "Ada");
    CHECK(kept[0].line() == 2);
    CHECK(kept[1].line() == 3);
    CHECK(std::string(kept[2].error().what()) == "<memory>:4: person.age: 200 is not in [0, 150]");
    CHECK(kept[3]->name.value() == "Carl");
    CHECK(kept[3].line() == 5);
}

TEST_CASE("csv: a reader goes once, and begin() stays where it is", "[csv]") {
    auto rows = read_csv<pair>(source::memory("a,b\n1,2\n3,4\n5,6\n"));
    auto at = rows.begin();
    CHECK(rows.begin()->value().a == "1");
    CHECK((*rows.begin()).value().a == "1");
    ++at;
    CHECK(rows.begin()->value().a == "3"); // as after a loop that was left early
    CHECK(rows.begin()->line() == 3);
    CHECK(std::ranges::distance(rows) == 2);
    CHECK(rows.begin() == rows.end());
    CHECK(std::ranges::distance(rows) == 0);
}

TEST_CASE("csv: a reader is a range of the standard library", "[csv]") {
    constexpr std::string_view text = "name,age\nAda,36\n,1\nBob,20\nCarl,99\n";
    auto counted = read_csv<person>(source::memory(text));
    CHECK(std::ranges::count_if(counted, [](const auto& row) { return row.has_value(); }) == 3);
    auto searched = read_csv<person>(source::memory(text));
    const auto found = std::ranges::find_if(searched, [](const auto& row) { return row && row->age == 20; });
    REQUIRE(found != searched.end());
    CHECK(found->line() == 4);
    auto viewed = read_csv<person>(source::memory(text));
    int sum = 0;
    for (const auto& row : viewed | std::views::filter([](const auto& r) { return r.has_value(); }))
        sum += row->age;
    CHECK(sum == 36 + 20 + 99);
}

struct fragile {
    int number = 0;
};
bool read_text(std::string_view text, fragile& to) {
    if (text == "throw") throw std::runtime_error("as asked");
    to.number = static_cast<int>(text.size());
    return true;
}
struct breakable {
    int id = 0;
    fragile part{};
    static consteval auto invariants() {
        return lathe::invariants(lathe::invariant<"id is even">([](const breakable& b) { return b.id % 2 == 0; }));
    }
};

TEST_CASE("csv: what is half read when a type throws is no row", "[csv]") {
    auto rows = read_csv<breakable>(source::memory("id,part\n1,throw\n2,xx\n3,throw\n4,\n"));
    CHECK_THROWS_AS(rows.begin(), std::runtime_error);
    auto at = rows.begin();
    CHECK(at->value().id == 2);
    CHECK_THROWS_AS(++at, std::runtime_error);
    at = rows.begin();
    CHECK(at->value().id == 4);
    ++at;
    CHECK(at == rows.end());
}

struct small {
    lathe::property<std::string, lathe::not_empty> name;
    lathe::property<int, lathe::at_least<0>> number = 0;
    std::optional<double> ratio{};
    std::chrono::year_month_day day{};
    damage done{};
    int absent = 4;
};

TEST_CASE("csv: good rows allocate nothing, however many there are", "[csv]") {
    std::string text = "name,number,ratio,day,done\n";
    for (int i = 0; i < 10'000; ++i) {
        text += "bird " + std::to_string(i) + "," + std::to_string(i * 7) + (i % 3 == 0 ? ",," : ",0.5,");
        text += i % 2 == 0 ? "1999-12-31,Minor\n" : "\"2000-01-01\",\"None\"\n";
    }
    auto rows = read_csv<small>(source::memory(text), {.block = 512}); // hundreds of blocks
    std::size_t good = 0;
    std::size_t before = 0;
    long sum = 0;
    for (auto&& row : rows) {
        good += row ? 1U : 0U;
        sum += row ? row->number.value() : 0;
        if (good == 1'000) before = allocations; // by then it has the room that it needs
    }
    const std::size_t after = allocations;
    CHECK(good == 10'000);
    CHECK(sum == 7L * 9'999 * 10'000 / 2);
    CHECK(after == before);
    CHECK(rows.bytes() == text.size());
    const auto counted = std::make_unique<int>(1);
    CHECK(allocations > after); // the count does count
}

struct needs_third {
    lathe::property<int, lathe::required> third;
};

TEST_CASE("csv: reads a file, and says which one is wrong where", "[csv]") {
    char path[] = "/tmp/lathe-csv-XXXXXX";
    const int handle = ::mkstemp(path);
    REQUIRE(handle >= 0);
    const std::string text = "name,age\nAda,36\nBob,x\n";
    CHECK(::write(handle, text.data(), text.size()) == static_cast<::ssize_t>(text.size()));
    ::close(handle);
    {
        auto rows = read_csv<person>(path);
        auto at = rows.begin();
        CHECK(at->value().age.value() == 36);
        ++at;
        CHECK(std::string(at->error().what()) == std::string(path) + ":3: person.age: \"x\" is not a whole number");
        CHECK_THROWS_MATCHES(at->value(), lathe::validation_error, Message(at->error().what()));
        CHECK_THROWS_MATCHES(
            read_csv<needs_third>(std::string(path)),
            csv_error,
            Message(std::string(path) + ":1: no column \"third\"; columns without a field: \"name\", \"age\""));
    }
    std::remove(path);
    CHECK_THROWS_MATCHES(read_csv<person>(path),
                         data::io_error,
                         Message("cannot open \"" + std::string(path) + "\": No such file or directory"));
    CHECK_THROWS_MATCHES(read_csv<person>("/tmp"), data::io_error, Message("cannot open \"/tmp\": Is a directory"));
    CHECK_THROWS_AS(read_csv<pair>(source::memory("a,b\n"), {.delimiter = '"'}), lathe::error);
}

struct strike {
    lathe::property<std::string, lathe::not_empty, lathe::alias<"Airport Name">> airport;
    lathe::field<"effect", damage, lathe::alias<"Effect Amount of damage">> effect;
    lathe::property<std::chrono::year_month_day, lathe::alias<"Flight Date">> date;
    lathe::property<long, lathe::non_negative, lathe::alias<"Cost Total $">> cost = 0;
    lathe::property<std::optional<int>, lathe::in_range<0, 400>, lathe::alias<"Speed IAS in knots">> speed =
        std::nullopt;
    std::string remarks{};
};

// Expected values by Python's csv.reader: rows whose damage is None, Minor, Medium or Substantial are good,
// the others
// ("B", "C") are refused; sums of int(row[...]) over the good ones.
TEST_CASE("csv: reads a real file as Python does", "[csv]") {
    for (const std::size_t block : {std::size_t{512}, std::size_t{262'144}}) {
        auto rows = read_csv<strike>("examples/data/birdstrikes.csv", {.block = block});
        CHECK(rows.missing_columns() == strings{"remarks"});
        CHECK(rows.unknown_columns() == strings{"Aircraft Make Model",
                                                "Aircraft Airline Operator",
                                                "Origin State",
                                                "Phase of flight",
                                                "Wildlife Size",
                                                "Wildlife Species",
                                                "Time of day",
                                                "Cost Other",
                                                "Cost Repair"});
        std::size_t good = 0;
        std::size_t letters = 0;
        long cost = 0;
        long speed = 0;
        std::size_t without_speed = 0;
        std::array<std::size_t, 4> damages{};
        std::vector<std::size_t> refused;
        std::string first;
        std::chrono::year_month_day earliest = std::chrono::year(9999) / 1 / 1;
        for (auto&& row : rows) {
            if (!row) {
                if (refused.empty()) first = row.error().what();
                refused.push_back(row.line());
                continue;
            }
            ++good;
            letters += row->airport->size();
            cost += row->cost;
            if (row->speed) {
                speed += *row->speed.value();
            } else {
                ++without_speed;
            }
            ++damages[static_cast<std::size_t>(row->effect.value())];
            earliest = std::min(earliest, row->date.value());
        }
        CHECK(good == 9'985);
        CHECK(refused == std::vector<std::size_t>{
                             301, 443, 600, 650, 1495, 2545, 3383, 5272, 5755, 7409, 7965, 8365, 8647, 9493, 9883});
        CHECK(first == "examples/data/birdstrikes.csv:301: strike.effect: \"C\" is not one of None, Minor, "
                       "Medium, Substantial");
        CHECK(letters == 206'472);
        CHECK(cost == 39'023'825);
        CHECK(speed == 1'097'726);
        CHECK(without_speed == 2'835);
        CHECK(damages == std::array<std::size_t, 4>{8939, 549, 186, 311});
        CHECK(earliest == std::chrono::year(1990) / 1 / 8);
        CHECK(rows.bytes() == 1'223'329);
    }
}

} // namespace csv_reading_test
