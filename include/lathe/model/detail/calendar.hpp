// SPDX-License-Identifier: MIT
#ifndef LATHE_MODEL_DETAIL_CALENDAR_HPP
#define LATHE_MODEL_DETAIL_CALENDAR_HPP

/// @file
/// @brief Dates and times of std::chrono as ISO 8601 text and back, known by their shape: <chrono> is not included.

#include <concepts>
#include <cstdint>
#include <string>
#include <string_view>
#include <type_traits>

#include <lathe/model/detail/scalar_text.hpp>

namespace lathe {
inline namespace v0 {
namespace detail {

// std::chrono::year_month_day, and whatever is made and read like it.
template <class T>
concept calendar_date = requires(const T& date) {
    static_cast<int>(date.year());
    static_cast<unsigned>(date.month());
    static_cast<unsigned>(date.day());
    { date.ok() } -> std::same_as<bool>;
    T(date.year(), date.month(), date.day());
};

// A point in time on a clock that counts from 1970, as std::chrono::sys_days and sys_seconds.
template <class T>
concept time_point = requires(const T& time) {
    typename T::clock;
    typename T::duration::period;
    time.time_since_epoch().count();
    requires std::is_integral_v<typename T::rep>;
    T::clock::to_time_t(typename T::clock::time_point{}); // the system's clock has a calendar, a steady one has none
};

// std::chrono::milliseconds and its like.
template <class T>
concept duration = requires(const T& time) {
    typename T::rep;
    T::period::num;
    T::period::den;
    { time.count() } -> std::same_as<typename T::rep>;
    requires number<typename T::rep>;
};

struct civil {
    std::int64_t year;
    unsigned month;
    unsigned day;
};

// Days since 1970-01-01 of the proleptic Gregorian calendar, and back: counts in eras of 400 years that begin on the
// first of March, so that the leap day is the last of its year. H. Hinnant, "chrono-Compatible Low-Level Date
// Algorithms".
constexpr std::int64_t days_from_civil(civil date) noexcept {
    const std::int64_t year = date.month <= 2 ? date.year - 1 : date.year;
    const std::int64_t era = (year >= 0 ? year : year - 399) / 400;
    const std::int64_t year_of_era = year - era * 400;
    const std::int64_t month = date.month > 2 ? date.month - 3 : date.month + 9;
    const std::int64_t day_of_year = (153 * month + 2) / 5 + date.day - 1;
    const std::int64_t day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
    return era * 146097 + day_of_era - 719468;
}
constexpr civil civil_from_days(std::int64_t days) noexcept {
    days += 719468;
    const std::int64_t era = (days >= 0 ? days : days - 146096) / 146097;
    const std::int64_t day_of_era = days - era * 146097;
    const std::int64_t year_of_era = (day_of_era - day_of_era / 1460 + day_of_era / 36524 - day_of_era / 146096) / 365;
    const std::int64_t day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    const std::int64_t month = (5 * day_of_year + 2) / 153;
    const std::int64_t calendar_month = month < 10 ? month + 3 : month - 9;
    return {year_of_era + era * 400 + (calendar_month <= 2 ? 1 : 0),
            static_cast<unsigned>(calendar_month),
            static_cast<unsigned>(day_of_year - (153 * month + 2) / 5 + 1)};
}

inline void write_padded(std::string& out, std::uint64_t value, int width) {
    char digits[20];
    int used = 0;
    do {
        digits[used++] = static_cast<char>('0' + value % 10);
        value /= 10;
    } while (value != 0);
    for (int i = used; i < width; ++i)
        out += '0';
    while (used > 0)
        out += digits[--used];
}

inline void write_civil(std::string& out, civil date) {
    if (date.year < 0) out += '-';
    write_padded(out, static_cast<std::uint64_t>(date.year < 0 ? -date.year : date.year), 4);
    out += '-';
    write_padded(out, date.month, 2);
    out += '-';
    write_padded(out, date.day, 2);
}

template <calendar_date T>
void write_date(std::string& out, const T& date) {
    write_civil(
        out, {static_cast<int>(date.year()), static_cast<unsigned>(date.month()), static_cast<unsigned>(date.day())});
}

constexpr std::int64_t floor_divide(std::int64_t a, std::int64_t b) noexcept {
    return a / b - (a % b < 0 ? 1 : 0);
}

// How many decimal digits a tick of 1/Den of a second has; 0 where it has no finite number of them up to nine.
constexpr int fraction_digits(std::intmax_t den) noexcept {
    int digits = 0;
    std::intmax_t power = 1;
    while (digits < 9 && power % den != 0) {
        power *= 10;
        ++digits;
    }
    return power % den == 0 ? digits : 0;
}

// "2026-11-22" for a point that counts days, else "2026-11-22T19:32:06.250Z".
template <time_point T>
void write_time(std::string& out, const T& time) {
    using period = typename T::duration::period;
    const auto count = static_cast<std::int64_t>(time.time_since_epoch().count());
    if constexpr (period::num % 86400 == 0 && period::den == 1) {
        write_civil(out, civil_from_days(count * (period::num / 86400)));
    } else {
        // Split first, and not by count - whole * period::den: any product with count may be too large.
        const std::int64_t whole = floor_divide(count, period::den);
        const std::int64_t ahead = count % period::den + (count % period::den < 0 ? period::den : 0);
        const std::int64_t rest = ahead * period::num;
        const std::int64_t seconds = whole * period::num + rest / period::den;
        const std::int64_t days = floor_divide(seconds, 86400);
        const auto of_day = static_cast<std::uint64_t>(seconds - days * 86400);
        write_civil(out, civil_from_days(days));
        out += 'T';
        write_padded(out, of_day / 3600, 2);
        out += ':';
        write_padded(out, of_day / 60 % 60, 2);
        out += ':';
        write_padded(out, of_day % 60, 2);
        if constexpr (constexpr int digits = fraction_digits(period::den); digits > 0) {
            std::uint64_t scale = 1;
            for (int i = 0; i < digits; ++i)
                scale *= 10;
            const auto ticks = static_cast<std::uint64_t>(rest % period::den) * (scale / std::uint64_t{period::den});
            out += '.';
            write_padded(out, ticks, digits);
        }
        out += 'Z';
    }
}

template <class Period>
consteval std::string_view unit_suffix() {
    constexpr auto num = Period::num;
    constexpr auto den = Period::den;
    if (num == 1 && den == 1'000'000'000) return "ns";
    if (num == 1 && den == 1'000'000) return "us";
    if (num == 1 && den == 1'000) return "ms";
    if (num == 1 && den == 1) return "s";
    if (num == 60 && den == 1) return "min";
    if (num == 3600 && den == 1) return "h";
    if (num == 86400 && den == 1) return "d";
    return "";
}

// "250ms"; "3[7/2]s" for units without a name of their own.
template <duration T>
void write_duration(std::string& out, const T& time) {
    using period = typename T::period;
    write_number(out, time.count());
    if constexpr (constexpr std::string_view suffix = unit_suffix<period>(); !suffix.empty()) {
        out += suffix;
    } else {
        out += '[';
        write_number(out, period::num);
        out += '/';
        write_number(out, period::den);
        out += "]s";
    }
}

} // namespace detail
} // namespace v0
} // namespace lathe

#endif // LATHE_MODEL_DETAIL_CALENDAR_HPP
