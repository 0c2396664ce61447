// SPDX-License-Identifier: MIT
#include <lathe/model/value_text.hpp>

#include <map>
#include <string>
#include <vector>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "support/catch.hpp"

namespace {

using lathe::dict;
using lathe::list;
using lathe::value;

//! [example]
TEST_CASE("value text: fmt formats values, with <fmt/ranges.h> too", "[value][fmt]") {
    const dict d{{"a", list{1, "x"}}};
    CHECK(fmt::format("{}", d) == R"({"a": [1, "x"]})");
    CHECK(fmt::format("{}", d.at("a")) == R"([1, "x"])");
    CHECK(fmt::format("{}", list{1, 2}) == "[1, 2]");
    CHECK(fmt::format("{:*^8}|{:>3}", list{1, 2}, value(7)) == "*[1, 2]*|  7");
    CHECK(fmt::format("{}", std::vector<value>{1, "x"}) == R"([1, "x"])");
    CHECK(fmt::format("{}", std::map<std::string, value>{{"k", nullptr}}) == R"({"k": none})");
}
//! [example]

TEST_CASE("value text: a format that is none for text is refused", "[value][fmt]") {
    CHECK_THROWS_AS(fmt::format(fmt::runtime("{:d}"), value(7)), fmt::format_error);
    CHECK(fmt::format("{}", value("a \"b\"")) == R"("a \"b\"")");
}

} // namespace
