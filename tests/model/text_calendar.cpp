// SPDX-License-Identifier: MIT
#include <lathe/model/text.hpp> // first: proves that the header stands alone

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <limits>
#include <random>
#include <string>

#include <lathe/model/convert.hpp>

#include "support/catch.hpp"
#include "support/seed.hpp"
#include "support/stress.hpp"

// lathe counts days by itself, since <chrono> is expensive to include. Here std::chrono counts them again.

namespace {

namespace chrono = std::chrono;
using lathe::detail::civil;

template <class T>
struct box {
    T when;
};
template <class T>
std::string text_of(T when) {
    const std::string text = lathe::to_string(box<T>{when});
    const std::size_t begin = text.find("(when=") + 6;
    return text.substr(begin, text.size() - begin - 1);
}

// ISO 8601, by hand and by std::chrono's calendar.
std::string date_text(chrono::sys_days day) {
    const chrono::year_month_day date(day);
    const int year = static_cast<int>(date.year());
    char text[64];
    std::snprintf(text,
                  sizeof text,
                  "%s%04d-%02u-%02u",
                  year < 0 ? "-" : "",
                  year < 0 ? -year : year,
                  static_cast<unsigned>(date.month()),
                  static_cast<unsigned>(date.day()));
    return text;
}
template <class Duration>
std::string time_text(chrono::sys_time<Duration> when, int digits) {
    const auto day = chrono::floor<chrono::days>(when);
    const chrono::hh_mm_ss<Duration> time(when - day);
    char text[64];
    std::snprintf(text,
                  sizeof text,
                  "T%02ld:%02ld:%02ld",
                  static_cast<long>(time.hours().count()),
                  static_cast<long>(time.minutes().count()),
                  static_cast<long>(time.seconds().count()));
    std::string all = date_text(day) + text;
    if (digits > 0) {
        std::snprintf(text, sizeof text, ".%0*ld", digits, static_cast<long>(time.subseconds().count()));
        all += text;
    }
    return all + 'Z';
}

constexpr bool is_day(std::int64_t days, std::int64_t year, unsigned month, unsigned day) {
    const civil found = lathe::detail::civil_from_days(days);
    return found.year == year && found.month == month && found.day == day &&
           lathe::detail::days_from_civil({year, month, day}) == days;
}
static_assert(is_day(0, 1970, 1, 1) && is_day(-1, 1969, 12, 31) && is_day(59, 1970, 3, 1));
static_assert(is_day(11016, 2000, 2, 29) && is_day(11017, 2000, 3, 1), "2000 is a leap year");
static_assert(is_day(-25508, 1900, 3, 1) && is_day(-25509, 1900, 2, 28), "1900 is none");
static_assert(is_day(-719468, 0, 3, 1) && is_day(-719469, 0, 2, 29), "year 0 is one, too");
static_assert(is_day(-719528, 0, 1, 1) && is_day(-719529, -1, 12, 31), "and the year before it is -1");

TEST_CASE("calendar: every day of 800 years, both ways", "[text][calendar]") {
    // Two whole cycles of the calendar, from 1599 on, and the text of each day.
    const chrono::sys_days first = chrono::year(1599) / 1 / 1;
    const chrono::sys_days last = chrono::year(2400) / 1 / 1;
    std::size_t wrong = 0;
    std::size_t wrong_text = 0;
    for (chrono::sys_days day = first; day < last; day += chrono::days(1)) {
        const chrono::year_month_day date(day);
        const std::int64_t count = day.time_since_epoch().count();
        const civil found = lathe::detail::civil_from_days(count);
        if (found.year != static_cast<int>(date.year()) || found.month != static_cast<unsigned>(date.month()) ||
            found.day != static_cast<unsigned>(date.day()) || lathe::detail::days_from_civil(found) != count) {
            ++wrong;
        }
        if (count % 7 == 0 && text_of(day) != date_text(day)) ++wrong_text;
    }
    CHECK(wrong == 0);
    CHECK(wrong_text == 0);
}

TEST_CASE("calendar: days of all years that std::chrono knows", "[text][calendar]") {
    const std::uint64_t used = lathe_test::seed_of_run();
    INFO("LATHE_SEED=" << used);
    std::mt19937_64 random(used);
    const int first = chrono::sys_days(chrono::year::min() / 1 / 1).time_since_epoch().count();
    const int last = chrono::sys_days(chrono::year::max() / 12 / 31).time_since_epoch().count();
    std::uniform_int_distribution<int> days(first, last);
    for (std::size_t i = 0; i < lathe_test::rounds(2000); ++i) {
        const chrono::sys_days day{chrono::days(days(random))};
        REQUIRE(text_of(day) == date_text(day));
        REQUIRE(text_of(chrono::year_month_day(day)) == date_text(day));
        const chrono::year_month_day date(day);
        REQUIRE(lathe::detail::days_from_civil({static_cast<int>(date.year()),
                                                static_cast<unsigned>(date.month()),
                                                static_cast<unsigned>(date.day())}) == day.time_since_epoch().count());
    }
    CHECK(text_of(chrono::sys_days(chrono::days(first))) == "-32767-01-01");
    CHECK(text_of(chrono::sys_days(chrono::days(last))) == "32767-12-31");
}

template <class Duration>
void check_times(std::mt19937_64& random, int digits, std::int64_t first, std::int64_t last) {
    std::uniform_int_distribution<std::int64_t> ticks(first, last);
    for (std::size_t i = 0; i < lathe_test::rounds(1000); ++i) {
        const chrono::sys_time<Duration> when{Duration(ticks(random))};
        const std::string text = time_text(when, digits);
        REQUIRE(text_of(when) == text);
        // And what was written can be read, if it has a year of four digits.
        const auto read = lathe::from_text<chrono::sys_time<Duration>>(text);
        INFO(text);
        REQUIRE(read.has_value());
        REQUIRE(*read == when);
    }
}

TEST_CASE("calendar: points in time of many resolutions, written and read", "[text][calendar]") {
    const std::uint64_t used = lathe_test::seed_of_run();
    INFO("LATHE_SEED=" << used);
    std::mt19937_64 random(used);
    // Seconds of the years 0 and 10000.
    const std::int64_t first = -62167219200;
    const std::int64_t last = 253402300799;
    check_times<chrono::seconds>(random, 0, first, last);
    check_times<chrono::milliseconds>(random, 3, first * 1000, last * 1000);
    check_times<chrono::microseconds>(random, 6, first * 1000000, last * 1000000);
    const std::int64_t most = std::numeric_limits<std::int64_t>::max();
    check_times<chrono::nanoseconds>(random, 9, -most, most);
    check_times<chrono::minutes>(random, 0, first / 60, last / 60);
    check_times<chrono::duration<std::int64_t, std::deci>>(random, 1, first * 10, last * 10);
}

TEST_CASE("calendar: dates of four-digit years, written and read", "[text][calendar]") {
    std::size_t wrong = 0;
    const chrono::sys_days last = chrono::year(9999) / 12 / 31;
    for (chrono::sys_days day = chrono::year(0) / 1 / 1; day <= last; day += chrono::days(11)) {
        const std::string text = date_text(day);
        const auto read = lathe::from_text<chrono::year_month_day>(text);
        const auto point = lathe::from_text<chrono::sys_days>(text);
        if (!read.has_value() || chrono::sys_days(*read) != day || !point.has_value() || *point != day) ++wrong;
    }
    CHECK(wrong == 0);
}

TEST_CASE("calendar: days that are in no calendar are refused", "[text][calendar]") {
    // Each of the 10000 combinations of two digits each, against year_month_day::ok().
    std::size_t wrong = 0;
    for (const int year : {0, 1, 4, 100, 400, 1900, 1999, 2000, 2023, 2024, 9999}) {
        for (unsigned month = 0; month < 100; ++month) {
            for (unsigned day = 0; day < 100; ++day) {
                char text[32];
                std::snprintf(text, sizeof text, "%04d-%02u-%02u", year, month, day);
                const bool right = (chrono::year(year) / static_cast<int>(month) / static_cast<int>(day)).ok();
                if (lathe::from_text<chrono::year_month_day>(text).has_value() != right) ++wrong;
            }
        }
    }
    CHECK(wrong == 0);
}

} // namespace
