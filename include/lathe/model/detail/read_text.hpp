// SPDX-License-Identifier: MIT
#ifndef LATHE_MODEL_DETAIL_READ_TEXT_HPP
#define LATHE_MODEL_DETAIL_READ_TEXT_HPP

/// @file
/// @brief Values from text that has no types: cells, arguments, environment variables.

#include <charconv>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <string>
#include <string_view>
#include <system_error>
#include <type_traits>
#include <utility>

#include <lathe/core/type_name.hpp>
#include <lathe/model/detail/calendar.hpp>
#include <lathe/model/detail/conversion.hpp>
#include <lathe/model/detail/scalar_text.hpp>
#include <lathe/model/detail/text_formats.hpp>
#include <lathe/model/detail/write_value.hpp>
#include <lathe/model/enumerators.hpp>

namespace lathe {
inline namespace v0 {
namespace detail {

// A type's own way to be read: `bool read_text(std::string_view text, T& value)`, found by its namespace.
template <class T>
concept reads_itself = requires(std::string_view text, T& value) {
    { read_text(text, value) } -> std::same_as<bool>;
};

template <class T>
concept plainly_readable =
    std::is_same_v<T, bool> || std::is_same_v<T, char> || number<T> || std::is_same_v<T, std::string> ||
    (std::is_enum_v<T> && enumerable<T>) || calendar_date<T> || time_point<T> || duration<T> || reads_itself<T>;

template <class T>
inline constexpr bool all_readable = false;
template <template <class...> class Variant, class... Types>
    requires variant_like<Variant<Types...>>
inline constexpr bool all_readable<Variant<Types...>> = (plainly_readable<Types> && ...);

template <class T>
concept text_readable =
    plainly_readable<T> || all_readable<T> ||
    (is_optional<T> && (plainly_readable<without_optional<T>> || all_readable<without_optional<T>>));

constexpr std::string_view without_blanks(std::string_view text) noexcept {
    while (!text.empty() && is_space(text.front()))
        text.remove_prefix(1);
    while (!text.empty() && is_space(text.back()))
        text.remove_suffix(1);
    return text;
}

// What became of a text.
enum class reading {
    done,
    not_of_this_kind, // no number at all
    out_of_range,     // a number that the type cannot hold
};

// Most whole numbers are a few digits and nothing else, which cannot overflow: no need of all that read_number does.
template <integer T>
constexpr bool read_digits(std::string_view text, T& value) noexcept {
    if (text.empty() || text.size() > static_cast<std::size_t>(std::numeric_limits<T>::digits10)) return false;
    using wide = std::conditional_t<(sizeof(T) > sizeof(unsigned)), T, unsigned>;
    wide read = 0;
    for (const char c : text) {
        if (c < '0' || c > '9') return false;
        read = static_cast<wide>(read * 10 + static_cast<wide>(c - '0'));
    }
    value = static_cast<T>(read);
    return true;
}

template <number T>
reading read_number(std::string_view text, T& value) noexcept {
    if constexpr (integer<T>) {
        if (read_digits(text, value)) return reading::done;
    }
    text = without_blanks(text);
    if (text.size() > 1 && text.front() == '+' && text[1] != '-') text.remove_prefix(1);
    T read{};
    const auto [end, code] = std::from_chars(text.data(), text.data() + text.size(), read);
    if (end != text.data() + text.size() || code == std::errc::invalid_argument) {
        if (std::is_unsigned_v<T> && text.size() > 1 && text.front() == '-') {
            std::intmax_t negative = 0; // a whole number below zero is out of range, "-x" is none
            const auto [last, found] = std::from_chars(text.data(), text.data() + text.size(), negative);
            if (last == text.data() + text.size() && found != std::errc::invalid_argument) {
                if (negative != 0 || found != std::errc()) return reading::out_of_range;
                value = 0; // -0
                return reading::done;
            }
        }
        return reading::not_of_this_kind;
    }
    if (code == std::errc::result_out_of_range) return reading::out_of_range;
    value = read;
    return reading::done;
}

constexpr bool same_word(std::string_view text, std::string_view word) noexcept {
    if (text.size() != word.size()) return false;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const char c = text[i];
        if ((is_upper(c) ? static_cast<char>(c + ('a' - 'A')) : c) != word[i]) return false;
    }
    return true;
}

constexpr reading read_bool(std::string_view text, bool& value) noexcept {
    text = without_blanks(text);
    for (const std::string_view word : {"true", "1", "yes", "y", "on", "t"}) {
        if (same_word(text, word)) {
            value = true;
            return reading::done;
        }
    }
    for (const std::string_view word : {"false", "0", "no", "n", "off", "f"}) {
        if (same_word(text, word)) {
            value = false;
            return reading::done;
        }
    }
    return reading::not_of_this_kind;
}

// Reads so many digits from the front; -1 when there are others.
constexpr int take_digits(std::string_view& text, std::size_t count) noexcept {
    if (text.size() < count) return -1;
    int number = 0;
    for (std::size_t i = 0; i < count; ++i) {
        if (!is_digit(text[i])) return -1;
        number = number * 10 + (text[i] - '0');
    }
    text.remove_prefix(count);
    return number;
}
constexpr bool take(std::string_view& text, char c) noexcept {
    if (text.empty() || text.front() != c) return false;
    text.remove_prefix(1);
    return true;
}

// YYYY-MM-DD, and a day that is in the calendar.
constexpr reading take_date(std::string_view& text, civil& date) noexcept {
    const int year = take_digits(text, 4);
    const bool first = take(text, '-');
    const int month = take_digits(text, 2);
    const bool second = take(text, '-');
    const int day = take_digits(text, 2);
    if (year < 0 || !first || month < 0 || !second || day < 0) return reading::not_of_this_kind;
    if (month < 1 || month > 12 || day < 1) return reading::out_of_range;
    if (day > days_in_month(year, month)) return reading::out_of_range;
    date = {year, static_cast<unsigned>(month), static_cast<unsigned>(day)};
    return reading::done;
}

template <calendar_date T>
reading read_date(std::string_view text, T& value) noexcept {
    text = without_blanks(text);
    civil date{};
    const reading outcome = take_date(text, date);
    if (outcome != reading::done) return outcome;
    if (!text.empty()) return reading::not_of_this_kind;
    using year = decltype(value.year());
    using month = decltype(value.month());
    using day = decltype(value.day());
    value = T(year(static_cast<int>(date.year)), month(date.month), day(date.day));
    return reading::done;
}

// A date, or a date and a time: 2026-11-22, 2026-11-22T19:32Z, 2026-11-22 19:32:06.25. Without a fraction finer than
// the type's ticks. The time is UTC.
template <time_point T>
reading read_time(std::string_view text, T& value) noexcept {
    using period = typename T::duration::period;
    text = without_blanks(text);
    civil date{};
    if (const reading outcome = take_date(text, date); outcome != reading::done) return outcome;
    std::int64_t seconds = days_from_civil(date) * 86400;
    std::int64_t fraction = 0;
    std::int64_t scale = 1;
    if (take(text, 'T') || take(text, ' ')) {
        const int hour = take_digits(text, 2);
        const bool colon = take(text, ':');
        const int minute = take_digits(text, 2);
        int second = 0;
        if (take(text, ':')) {
            second = take_digits(text, 2);
            if (take(text, '.')) {
                while (!text.empty() && text.front() >= '0' && text.front() <= '9' && scale < 1'000'000'000) {
                    fraction = fraction * 10 + (text.front() - '0');
                    scale *= 10;
                    text.remove_prefix(1);
                }
                if (scale == 1) return reading::not_of_this_kind;
            }
        }
        static_cast<void>(take(text, 'Z'));
        if (hour < 0 || !colon || minute < 0 || second < 0) return reading::not_of_this_kind;
        if (hour > 23 || minute > 59 || second > 59) return reading::out_of_range;
        seconds += hour * 3600 + minute * 60 + second;
    }
    if (!text.empty()) return reading::not_of_this_kind;
    std::int64_t ticks = 0;
    std::int64_t part = 0; // of a second, in ticks
    if (seconds % period::num != 0 || __builtin_mul_overflow(fraction, std::int64_t{period::den}, &part) ||
        part % scale != 0) {
        return reading::out_of_range;
    }
    part /= scale;
    if (seconds < 0) { // towards zero first, so that the first moments of a type's range do not overflow
        seconds += period::num;
        part -= period::den;
    }
    if (__builtin_mul_overflow(seconds / period::num, std::int64_t{period::den}, &ticks) ||
        __builtin_add_overflow(ticks, part, &ticks) || !std::in_range<typename T::rep>(ticks)) {
        return reading::out_of_range;
    }
    value = T(typename T::duration(static_cast<typename T::rep>(ticks)));
    return reading::done;
}

// A number and its unit, 250ms; the type's own unit only, so that nothing is rounded.
template <duration T>
reading read_duration(std::string_view text, T& value) noexcept {
    text = without_blanks(text);
    constexpr std::string_view suffix = unit_suffix<typename T::period>();
    if (!suffix.empty()) {
        if (!text.ends_with(suffix)) return reading::not_of_this_kind;
        text.remove_suffix(suffix.size());
    }
    typename T::rep count{};
    const reading outcome = read_number(text, count);
    if (outcome == reading::done) value = T(count);
    return outcome;
}

template <template <class...> class Variant, class... Types>
reading read_alternative(std::string_view text, Variant<Types...>& value);

template <class T>
    requires text_readable<T>
reading read_value(std::string_view text, T& value) {
    if constexpr (is_optional<T>) {
        if (text.empty()) {
            value.reset();
            return reading::done;
        }
        without_optional<T> inner{};
        const reading outcome = read_value(text, inner);
        if (outcome == reading::done) value.emplace(std::move(inner));
        return outcome;
    } else if constexpr (reads_itself<T>) {
        return read_text(text, value) ? reading::done : reading::not_of_this_kind;
    } else if constexpr (std::is_same_v<T, bool>) {
        return read_bool(text, value);
    } else if constexpr (std::is_same_v<T, char>) {
        if (text.size() != 1) return reading::not_of_this_kind;
        value = text.front();
        return reading::done;
    } else if constexpr (number<T>) {
        return read_number(text, value);
    } else if constexpr (std::is_same_v<T, std::string>) {
        value.assign(text.data(), text.size());
        return reading::done;
    } else if constexpr (std::is_enum_v<T>) {
        for (const enumerator<T>& known : enum_table<T>) {
            if (known.name == text) {
                value = known.value;
                return reading::done;
            }
        }
        return reading::not_of_this_kind;
    } else if constexpr (calendar_date<T>) {
        return read_date(text, value);
    } else if constexpr (time_point<T>) {
        return read_time(text, value);
    } else if constexpr (duration<T>) {
        return read_duration(text, value);
    } else {
        return read_alternative(text, value);
    }
}

// The first type of a variant that takes the text.
template <template <class...> class Variant, class... Types>
reading read_alternative(std::string_view text, Variant<Types...>& value) {
    const auto one = [&]<class T>(T candidate) {
        if (read_value(text, candidate) != reading::done) return false;
        value = std::move(candidate);
        return true;
    };
    return (one(Types{}) || ...) ? reading::done : reading::not_of_this_kind;
}

// What such a text should have been; the rule that it breaks, and the end of the sentence.
template <class T>
std::pair<std::string_view, std::string> reading_failure(reading outcome) {
    if constexpr (is_optional<T>) {
        return reading_failure<without_optional<T>>(outcome);
    } else if constexpr (integer<T>) {
        if (outcome == reading::out_of_range) return {"representable", representable_failure<T>()};
        return {"type", "is not a whole number"};
    } else if constexpr (number<T>) {
        if (outcome == reading::out_of_range)
            return {"representable", "is out of the range of " + std::string(type_name<T>)};
        return {"type", "is not a number"};
    } else if constexpr (std::is_same_v<T, bool>) {
        return {"type", "is not one of true, false, yes, no, on, off, 1, 0"};
    } else if constexpr (std::is_same_v<T, char>) {
        return {"type", "is not a single character"};
    } else if constexpr (std::is_enum_v<T>) {
        std::string text = "is not one of ";
        const char* separator = "";
        for (const enumerator<T>& known : enum_table<T>) {
            text += separator;
            separator = ", ";
            text += known.name;
        }
        return {"one_of", std::move(text)};
    } else if constexpr (calendar_date<T> || time_point<T>) {
        if (outcome == reading::out_of_range) return {"type", "is not in the calendar"};
        return {"type",
                calendar_date<T> ? "is not a date such as 2026-11-22" : "is not a time such as 2026-11-22T19:32:06Z"};
    } else if constexpr (duration<T>) {
        std::string text = "is not a number of ";
        text += unit_suffix<typename T::period>();
        return {"type", std::move(text)};
    } else {
        std::string text = "is not a ";
        text += type_name<T>;
        return {"type", std::move(text)};
    }
}

} // namespace detail
} // namespace v0
} // namespace lathe

#endif // LATHE_MODEL_DETAIL_READ_TEXT_HPP
