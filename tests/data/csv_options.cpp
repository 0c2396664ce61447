// SPDX-License-Identifier: MIT
#include <lathe/data/csv_options.hpp> // first: proves that the header stands alone

#include <string>
#include <type_traits>

#include "support/catch.hpp"

namespace {

using lathe::data::csv_fault;
using lathe::data::csv_options;
using lathe::data::fault_text;

static_assert(std::is_aggregate_v<csv_options>);
static_assert(fault_text(csv_fault::none) == "none");
static_assert(fault_text(csv_fault::unterminated_quote) == "unterminated quote");
static_assert(fault_text(csv_fault::text_after_quote) == "text after a closing quote");
static_assert(fault_text(csv_fault::record_too_long) == "record too long");

std::string refusal(csv_options options) {
    try {
        options.check();
    } catch (const lathe::error& e) {
        return e.what();
    }
    return "none";
}

TEST_CASE("csv_options: the defaults are sound, and so is no quoting", "[csv]") {
    CHECK(refusal({}) == "none");
    CHECK(refusal({.delimiter = ';', .quote = '\0', .max_record = 1, .block = 1, .keep_empty_lines = true}) == "none");
    CHECK(refusal({.delimiter = '\0', .quote = '\0'}) == "none"); // a NUL between cells, no quotes
}

TEST_CASE("csv_options: options that contradict each other are refused, by name", "[csv]") {
    CHECK(refusal({.delimiter = '"'}) == "lathe::data::csv_options: delimiter and quote must differ, and both are \"");
    CHECK(refusal({.quote = ','}) == "lathe::data::csv_options: delimiter and quote must differ, and both are ,");
    CHECK(refusal({.delimiter = '\n'}) == "lathe::data::csv_options: delimiter must not be CR or LF");
    CHECK(refusal({.quote = '\r'}) == "lathe::data::csv_options: quote must not be CR or LF");
    CHECK(refusal({.max_record = 0}) == "lathe::data::csv_options: max_record must not be 0");
    CHECK(refusal({.first_line = 0}) == "lathe::data::csv_options: first_line must not be 0: lines count from 1");
}

} // namespace
