// SPDX-License-Identifier: MIT
// Random models as JSON, and documents that break one keyword each. With LATHE_SCHEMA_DIR=<folder> they are written
// there for json_schema_check.py, which asks a validator about them. LATHE_SEED=<seed> replays a run.
#include <lathe/model/json_schema.hpp> // first: proves that the header stands alone

#include <array>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <fstream>
#include <initializer_list>
#include <limits>
#include <map>
#include <memory>
#include <optional>
#include <random>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include <lathe/model/field.hpp>
#include <lathe/model/json.hpp>
#include <lathe/model/rules.hpp>

#include "support/catch.hpp"
#include "support/seed.hpp"

namespace lathe_test::json_schema_documents {

using lathe::dict;
using lathe::list;
using lathe::property;

enum class phase { climb, cruise, descent };

struct leg {
    property<std::string, lathe::length<3>, lathe::ascii> to = "SFO";
    property<float, lathe::greater_than<0.3>, lathe::at_most<20000>> km = 0.5F;
    std::unique_ptr<leg> next{};
};

struct trip {
    property<std::string, lathe::alias<"Trip Name">, lathe::length<1, 12>> name;
    property<std::string, lathe::min_length<5>> note = "a note";
    property<int, lathe::in_range<-3, 150>> seats = 1;
    property<std::int64_t, lathe::greater_than<0>, lathe::less_than<10>, lathe::multiple_of<3>> step = 3;
    std::uint64_t count = 0;
    std::int8_t offset = 0;
    property<double, lathe::at_least<-0.1>, lathe::less_than<1e6>> fare = 0.0;
    property<double, lathe::multiple_of<0.25>> quarter = 0.0;
    property<int, lathe::not_<lathe::in_range<5, 9>>> odd_one = 0;
    property<std::string, lathe::one_of<"A", "Ä">> grade = "A";
    property<int, lathe::one_of<7>> only = 7;
    phase now = phase::climb;
    property<phase, lathe::not_<lathe::one_of<phase::climb>>> later = phase::cruise;
    property<std::string, lathe::contains<"a.b[c]">, lathe::starts_with<"(">, lathe::ends_with<"$">> code = "(a.b[c]$";
    property<std::optional<std::string>, lathe::uuid> id = std::nullopt;
    property<std::string, lathe::email> mail = "a@b";
    property<std::string, lathe::url> site = "http://a";
    property<std::string, lathe::iso_date> iso = "2026-11-22";
    property<std::string, lathe::any_of<lathe::max_length<2>, lathe::starts_with<"long">>> either = "";
    std::chrono::year_month_day day{std::chrono::year(2026), std::chrono::month(11), std::chrono::day(22)};
    std::chrono::sys_time<std::chrono::milliseconds> at{};
    std::chrono::milliseconds wait{};
    std::chrono::duration<double> took{};
    property<std::vector<std::string>, lathe::max_length<3>, lathe::each<lathe::not_empty>> tags =
        std::vector<std::string>{};
    property<std::set<int>, lathe::not_empty> rows = std::set<int>{1};
    std::array<float, 2> place{};
    std::pair<std::int16_t, bool> pair{};
    property<std::map<std::string, double>, lathe::max_length<2>> prices = std::map<std::string, double>{};
    std::map<phase, std::uint8_t> counts{};
    std::multimap<int, bool> pairs{};
    std::variant<std::monostate, int, std::string> choice{};
    char seat = 'a';
    char label[6] = "label";
    property<lathe::bytes, lathe::max_length<5>> raw = lathe::bytes{};
    std::array<std::byte, 4> four{};
    property<leg, lathe::required> first;
    std::vector<leg> legs{};
    lathe::value any{};
};

// Values that rules and types have their edges at, among others.
class maker {
public:
    explicit maker(std::uint64_t seed) : m_random(seed) {}

    trip make() {
        trip made{.name = letters(1, 12), .first = make_leg(3)};
        made.note = letters(5, 20);
        made.seats = whole(-3, 150);
        made.step = 3 * whole(1, 3);
        made.count = pick({std::uint64_t{0}, std::numeric_limits<std::uint64_t>::max(), std::uint64_t{1} << 63U});
        made.offset = static_cast<std::int8_t>(whole(-128, 127));
        made.fare = pick({-0.1, 0.0, 999999.9999999999, 0.1, real(0, 1e6)});
        made.quarter = 0.25 * whole(-1000, 1000);
        made.odd_one = pick({4, 10, -1});
        made.grade = pick<std::string>({"A", "Ä"});
        made.now = pick({phase::climb, phase::cruise, phase::descent});
        made.later = pick({phase::cruise, phase::descent});
        made.code = "(" + letters(0, 3) + "a.b[c]" + letters(0, 3) + "$";
        if (coin()) made.id = "12345678-9abc-DEF0-1234-56789abcdef0";
        made.mail = pick<std::string>({"root@localhost", "ada+x@example.org", "!#$%&'*/=?^_`{|}~@a-b.c"});
        made.site = pick<std::string>({"https://u:p@[::1]:8080/a;b?c#d", "file:///a", "x+y.z-1://h"});
        made.iso = pick<std::string>({"0001-01-01", "9999-12-31", "2024-02-29"});
        made.either = coin() ? "é" : "long" + letters(0, 9);
        const auto days = std::chrono::days(whole(-700000, 2900000)); // of the years 54 to 9909
        made.day = std::chrono::year_month_day(std::chrono::sys_days(days));
        made.at = std::chrono::sys_days(days) + std::chrono::milliseconds(whole(0, 86399999));
        made.wait = std::chrono::milliseconds(whole(-100000, 100000));
        made.took = std::chrono::duration<double>(pick({0.0, 1e300, -2.5e-9, real(-1, 1)}));
        made.tags = many<std::vector<std::string>>(0, 3, [&] { return letters(1, 4); });
        made.rows = many<std::set<int>>(1, 4, [&] { return whole(-9, 9); });
        made.place = {static_cast<float>(real(-90, 90)), pick({0.1F, 16777216.0F, 1e-45F, 3e38F})};
        made.pair = {static_cast<std::int16_t>(whole(-32768, 32767)), coin()};
        made.prices = many<std::map<std::string, double>>(0, 2, [&] { return std::pair(letters(0, 4), real(-1, 1)); });
        made.counts = many<std::map<phase, std::uint8_t>>(
            0, 3, [&] { return std::pair(pick({phase::climb, phase::descent}), std::uint8_t{255}); });
        made.pairs = many<std::multimap<int, bool>>(0, 3, [&] { return std::pair(whole(0, 1), coin()); });
        if (coin()) made.choice = whole(-5, 5);
        if (coin()) made.choice = letters(0, 5);
        made.seat = static_cast<char>(whole(0, 127));
        const std::string label = letters(0, 6);
        label.copy(made.label, sizeof made.label);
        if (label.size() < sizeof made.label) made.label[label.size()] = '\0';
        made.raw = many<lathe::bytes>(0, 5, [&] { return static_cast<std::byte>(whole(0, 255)); });
        for (std::byte& byte : made.four)
            byte = static_cast<std::byte>(whole(0, 255));
        for (int i = whole(0, 2); i > 0; --i)
            made.legs.push_back(make_leg(0));
        made.any = coin() ? lathe::value(list{1, "x", dict{{"y", nullptr}}}) : lathe::value(whole(0, 9));
        return made;
    }

private:
    leg make_leg(int depth) {
        leg made;
        made.to = pick<std::string>({"SFO", "ZRH", "\t{}"});
        made.km = pick({0.3F, 20000.0F, 0.1F + 0.2F, static_cast<float>(real(1, 20000))});
        if (depth > 0 && coin()) made.next = std::make_unique<leg>(make_leg(depth - 1));
        return made;
    }

    int whole(int least, int most) { return std::uniform_int_distribution<int>(least, most)(m_random); }
    double real(double least, double most) { return std::uniform_real_distribution<double>(least, most)(m_random); }
    bool coin() { return whole(0, 1) == 1; }
    template <class T>
    T pick(std::initializer_list<T> from) {
        return *(from.begin() + whole(0, static_cast<int>(from.size()) - 1));
    }
    template <class Container, class Make>
    Container many(int least, int most, Make make) {
        Container made;
        for (int i = whole(least, most); i > 0; --i)
            made.insert(made.end(), make());
        return made;
    }
    // So many bytes, in characters of one to four of them.
    std::string letters(std::size_t least, std::size_t most) {
        const auto size = static_cast<std::size_t>(whole(static_cast<int>(least), static_cast<int>(most)));
        std::string made;
        while (made.size() < size) {
            const auto letter = pick<std::string_view>({"a", "\"", "\\", "\n", "é", "€", "😀"});
            if (made.size() + letter.size() <= size) made += letter;
        }
        return made;
    }

    std::mt19937_64 m_random;
};

// What breaks one keyword and nothing else.
struct fault {
    std::string_view keyword;
    std::string_view key;
    lathe::value value;
};
const std::vector<fault> faults{
    {"minimum", "seats", -4},
    {"maximum", "seats", 151},
    {"minimum", "count", -1},
    {"maximum", "offset", 128},
    {"exclusiveMinimum", "step", 0},
    {"exclusiveMaximum", "step", 12},
    {"multipleOf", "step", 4},
    {"minimum", "fare", -0.2},
    {"exclusiveMaximum", "fare", 1e6},
    {"multipleOf", "quarter", 0.3},
    {"not", "odd_one", 7},
    {"enum", "grade", "B"},
    {"const", "only", 8},
    {"enum", "now", "landed"},
    {"enum", "later", "climb"},
    {"minLength", "Trip Name", ""},
    {"maxLength", "Trip Name", "thirteen char"},
    {"minLength", "note", "x"},
    {"pattern", "code", "(a.b[c]"},
    {"pattern", "code", "a.b[c]$"},
    {"pattern", "code", "(aXb[c]$"},
    {"anyOf", "id", "no UUID"},
    {"format", "mail", "nobody"},
    {"format", "iso", "2026-02-30"},
    {"anyOf", "either", "shortish"},
    {"format", "day", "2026-13-01"},
    {"format date-time", "at", "noon"}, // which not every validator knows
    {"pattern", "wait", "250s"},
    {"pattern", "wait", "fast"},
    {"pattern", "took", "1.5ms5"},
    {"maxItems", "tags", list{"a", "b", "c", "d"}},
    {"minLength", "tags", list{"a", ""}},
    {"minItems", "rows", list{}},
    {"uniqueItems", "rows", list{1, 2, 1}},
    {"minItems", "place", list{1.5}},
    {"maxItems", "place", list{1.5, 2.5, 3.5}},
    {"type", "place", list{1.5, "2.5"}},
    {"type", "pair", list{1, 0}},
    {"maximum", "pair", list{32768, true}},
    {"maxProperties", "prices", dict{{"a", 1.5}, {"b", 2.5}, {"c", 3.5}}},
    {"type", "prices", dict{{"a", "1.5"}}},
    {"enum", "counts", dict{{"landed", 1}}},
    {"maximum", "counts", dict{{"climb", 256}}},
    {"minItems", "pairs", list{lathe::value{list{1}}}},
    {"anyOf", "choice", true},
    {"maxLength", "seat", "ab"},
    {"minLength", "seat", ""},
    {"maxLength", "label", "labels!"},
    {"maxLength", "raw", "AAAAAAAAAAAA"},
    {"minLength", "four", "AAAA"},
    {"type", "Trip Name", 5},
    {"type", "legs", dict{}},
    {"required", "first", {}},
    {"additionalProperties", "surprise", 1},
    {"additionalProperties", "legs", list{dict{{"to", "SFO"}, {"miles", 1}}}},
    {"pattern", "first", dict{{"to", "€"}}},
    {"minimum", "first", dict{{"to", "SFO"}, {"km", 0.25}}},
    {"maximum", "first", dict{{"to", "SFO"}, {"km", 20001}}},
    {"anyOf", "first", dict{{"to", "SFO"}, {"next", dict{{"to", "SF"}}}}},
};

void write_lines(const std::string& folder, const char* name, const std::vector<std::string>& lines) {
    std::ofstream file(folder + '/' + name);
    for (const std::string& line : lines)
        file << line << '\n';
    file.close();
    REQUIRE(file.good());
}

TEST_CASE("json_schema: documents that a validator is asked about", "[json_schema][documents]") {
    const std::uint64_t seed = lathe_test::seed_of_run();
    INFO("LATHE_SEED=" << seed);
    maker make(seed);

    std::vector<std::string> valid;
    for (int i = 0; i < 200; ++i) {
        valid.push_back(lathe::to_json(make.make()));
        INFO(valid.back());
        const auto read = lathe::try_from_json<trip>(valid.back());
        INFO((read ? "" : read.error().what()));
        REQUIRE(read);
        REQUIRE(lathe::to_json(*read) == valid.back());
    }

    const dict whole = lathe::from_json<dict>(lathe::to_json(trip{.name = "north", .first = leg{}}));
    REQUIRE(lathe::try_from_json<trip>(lathe::to_json(whole)));
    std::vector<std::string> broken;
    for (const fault& one : faults) {
        dict document = whole;
        if (one.keyword == "required") {
            document.erase(one.key);
        } else {
            document[one.key] = one.value;
        }
        INFO(one.keyword << " of " << one.key);
        CHECK_FALSE(lathe::try_from_json<trip>(lathe::to_json(document)));
        broken.push_back(lathe::to_json(dict{{"keyword", one.keyword}, {"document", document}}));
    }

    if (const char* const folder = std::getenv("LATHE_SCHEMA_DIR")) {
        write_lines(folder, "schema.json", {lathe::to_json(lathe::json_schema<trip>(), {.indent = 2})});
        write_lines(folder, "valid.jsonl", valid);
        write_lines(folder, "broken.jsonl", broken);
        WARN("LATHE_SEED=" << seed);
    }
}

} // namespace lathe_test::json_schema_documents
