// SPDX-License-Identifier: MIT
#ifndef LATHE_DATA_CSV_OPTIONS_HPP
#define LATHE_DATA_CSV_OPTIONS_HPP

/// @file
/// @brief How a CSV text is written, and what can be wrong with a record of it.
/// @par Example
/// @snippet tests/data/csv.cpp example

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include <lathe/core/error.hpp>

namespace lathe {
inline namespace v0 {
namespace data {

/// How a CSV text is written, and how much of it may be held at once. The defaults are those of RFC 4180.
struct csv_options {
    char delimiter = ',';                           ///< between cells: any byte but CR, LF and the quote
    char quote = '"';                               ///< around cells: any byte but CR and LF; '\0' for no quoting
    std::size_t max_record = std::size_t{16} << 20; ///< the most bytes of a record before its line feed
    std::size_t block = std::size_t{256} << 10;     ///< how many bytes are read at once; 0 counts as 1
    bool keep_empty_lines = false;                  ///< whether an empty line is a record with one empty cell
    /// The number of the source's first line. More than 1 says that the source is a later part of a text, where no byte
    /// order mark is: bytes that look like one are data.
    std::size_t first_line = 1;
    /// The columns of a source without a head line, for `read_csv`. Empty: the first record names them.
    std::vector<std::string> columns{};

    /// Refuses options that contradict each other.
    /// @throws error that names the option and the rule.
    void check() const {
        const auto line_end = [](char c) {
            return c == '\r' || c == '\n';
        };
        if (delimiter == quote && quote != '\0') {
            throw error(std::string("lathe::data::csv_options: delimiter and quote must differ, and both are ") +
                        quote);
        }
        if (line_end(delimiter)) throw error("lathe::data::csv_options: delimiter must not be CR or LF");
        if (line_end(quote)) throw error("lathe::data::csv_options: quote must not be CR or LF");
        if (max_record == 0) throw error("lathe::data::csv_options: max_record must not be 0");
        if (first_line == 0) throw error("lathe::data::csv_options: first_line must not be 0: lines count from 1");
    }
};

/// What is wrong with a record.
enum class csv_fault : unsigned char {
    none,               ///< nothing
    unterminated_quote, ///< a quoted cell has no closing quote before the end of input, or within
                        ///< `max_record`
    text_after_quote,   ///< something stands between a closing quote and the next delimiter or line end
    record_too_long     ///< no line end within `max_record`
};

/// Says in words what is wrong, for messages: `unterminated quote`.
/// @param fault what is wrong.
/// @return the words, never empty; "none" for none.
[[nodiscard]] constexpr std::string_view fault_text(csv_fault fault) noexcept {
    switch (fault) {
    case csv_fault::unterminated_quote:
        return "unterminated quote";
    case csv_fault::text_after_quote:
        return "text after a closing quote";
    case csv_fault::record_too_long:
        return "record too long";
    case csv_fault::none:
        break;
    }
    return "none";
}

} // namespace data
} // namespace v0
} // namespace lathe

#endif // LATHE_DATA_CSV_OPTIONS_HPP
