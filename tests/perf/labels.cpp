// SPDX-License-Identifier: MIT
#include <lathe/perf/labels.hpp> // first: proves that the header stands alone

#include <concepts>
#include <string>
#include <type_traits>
#include <utility>

#include "support/catch.hpp"

namespace {

using lathe::perf::label;
using lathe::perf::labels;

static_assert(std::totally_ordered<labels> && std::totally_ordered<label>);
static_assert(std::is_nothrow_move_constructible_v<labels>);

std::string text_of(const labels& all) {
    std::string text;
    for (const label& each : all)
        text += std::string(each.key()) + "=" + std::string(each.value()) + ";";
    return text;
}

TEST_CASE("labels: are in the order of their keys, however they are written", "[perf]") {
    const labels one{{"method", "GET"}, {"code", "200"}};
    const labels other{{"code", "200"}, {"method", "GET"}};
    CHECK(text_of(one) == "code=200;method=GET;");
    CHECK(one == other);
    CHECK(one.size() == 2);
    CHECK(labels{}.empty());
}

TEST_CASE("labels: of two with one key, the first counts", "[perf]") {
    labels all{{"code", "200"}, {"code", "404"}};
    all.add("code", "500");
    all.add("", "");
    CHECK(text_of(all) == "=;code=200;");
}

TEST_CASE("labels: differ by key, by value and by number", "[perf]") {
    const labels none;
    const labels get{{"method", "GET"}};
    CHECK(get != none);
    CHECK(get != labels{{"method", "PUT"}});
    CHECK(get != labels{{"code", "GET"}});
    CHECK(none < get);
    CHECK(get < labels{{"method", "GET"}, {"more", ""}});
    CHECK(labels{{"a", "2"}} < labels{{"b", "1"}});
    CHECK(labels{{"a", "1"}} < labels{{"a", "2"}});
}

TEST_CASE("labels: are copies of their own", "[perf]") {
    std::string value = "first";
    labels all{{"file", value}};
    value = "other";
    labels copy = all;
    const labels moved = std::move(all);
    copy.add("more", "1");
    CHECK(text_of(moved) == "file=first;");
    CHECK(text_of(copy) == "file=first;more=1;");
}

} // namespace
