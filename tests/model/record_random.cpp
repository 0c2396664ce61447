// SPDX-License-Identifier: MIT
// A model that is built at run time beside the same one as a struct: random dicts, most of them wrong, and random
// changes. What one takes the other takes, and what they say is the same, letter for letter. LATHE_SEED=<seed> replays
// a run.
#include <lathe/model/builder.hpp> // first: proves that the header stands alone

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <random>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include <lathe/model/compare.hpp>
#include <lathe/model/element_rules.hpp>
#include <lathe/model/number_rules.hpp>
#include <lathe/model/text_rules.hpp>
#include <lathe/model/validate.hpp>

#include "support/catch.hpp"
#include "support/issues.hpp"
#include "support/seed.hpp"
#include "support/stress.hpp"

namespace record_random_test {

using lathe::dict;
using lathe::list;
using lathe::record;
using lathe::value;

enum class phase : unsigned char { climb, cruise, descent };
constexpr bool is_even(int number) {
    return number % 2 == 0;
}

struct leg {
    lathe::property<std::string, lathe::length<3>> from;
    lathe::property<int, lathe::positive> km = 1;
};
struct trip {
    lathe::property<std::string, lathe::trimmed, lathe::not_empty, lathe::max_length<8>, lathe::alias<"Trip Name">>
        name;
    lathe::property<int, lathe::in_range<1, 9>, lathe::rule<"even", is_even>, lathe::defaults_to<2>> seats;
    lathe::property<std::uint16_t> port = {};
    lathe::property<double, lathe::at_least<0.5>, lathe::defaults_to<1.5>> rate;
    lathe::property<float> single = {};
    lathe::property<bool, lathe::required> open = false;
    lathe::property<std::optional<std::string>, lathe::contains<"@">> mail = std::nullopt;
    lathe::property<phase> when = {};
    lathe::property<std::chrono::year_month_day, lathe::required> day = std::chrono::year(2026) / 1 / 1;
    lathe::property<std::vector<std::string>, lathe::max_length<3>, lathe::each<lathe::not_empty>> tags = {};
    lathe::property<std::map<std::string, int>, lathe::max_length<2>> counts = {};
    lathe::property<std::variant<int, std::string>> any = {};
    lathe::property<leg, lathe::required> first;
    lathe::property<std::vector<leg>, lathe::max_length<2>> legs = {};
    lathe::property<std::optional<leg>> spare = std::nullopt;
};

const lathe::model_type& trip_type() {
    static const auto leg_type = lathe::model_builder("leg")
                                     .field<std::string>("from", lathe::length<3>)
                                     .field<int>("km", lathe::positive, lathe::defaults_to<1>)
                                     .build();
    static const auto type =
        lathe::model_builder("trip")
            .field<std::string>(
                "name", lathe::trimmed, lathe::not_empty, lathe::max_length<8>, lathe::alias<"Trip Name">)
            .field<int>("seats", lathe::in_range<1, 9>, lathe::rule<"even", is_even>, lathe::defaults_to<2>)
            .field<std::uint16_t>("port")
            .field<double>("rate", lathe::at_least<0.5>, lathe::defaults_to<1.5>)
            .field<float>("single")
            .field<bool>("open", lathe::required)
            .field<std::optional<std::string>>("mail", lathe::contains<"@">)
            .field<phase>("when")
            .field<std::chrono::year_month_day>("day", lathe::required)
            .field<std::vector<std::string>>("tags", lathe::max_length<3>, lathe::each<lathe::not_empty>)
            .field<std::map<std::string, int>>("counts", lathe::max_length<2>)
            .field<std::variant<int, std::string>>("any")
            .field("first", leg_type, lathe::required)
            .field<std::vector<record>>("legs", leg_type, lathe::max_length<2>)
            .field<std::optional<record>>("spare", leg_type)
            .build();
    return type;
}

class maker {
public:
    explicit maker(std::uint64_t seed) : m_random(seed) {}

    std::size_t below(std::size_t end) { return static_cast<std::size_t>(m_random() % end); }
    bool often() { return below(8) != 0; }

    // Anything at all; now and then what a field wants.
    value anything() {
        switch (below(14)) {
        case 0:
            return value(nullptr);
        case 1:
            return value(below(2) == 0);
        case 2:
            return value(static_cast<std::int64_t>(below(12)) - 1);
        case 3:
            return value(static_cast<std::int64_t>(m_random()));
        case 4:
            return value(m_random());
        case 5:
            return value(static_cast<double>(below(9)) / 4 - 0.5);
        case 6:
            return value(0.1);
        case 7:
            return value(text());
        case 8:
            return value(std::string(below(2) == 0 ? "cruise" : "2026-11-25"));
        case 9:
            return value(std::string("SFO"));
        case 10: {
            list made;
            for (std::size_t i = below(4); i != 0; --i)
                made.push_back(below(2) == 0 ? value(a_leg()) : anything());
            return value(std::move(made));
        }
        case 11: {
            dict made;
            for (std::size_t i = below(4); i != 0; --i)
                made[text()] = anything();
            return value(std::move(made));
        }
        case 12:
            return value(a_leg());
        default:
            return value(static_cast<std::int64_t>(2 * below(5)));
        }
    }
    std::string text() {
        static constexpr std::string_view some[] = {"", "a", " a b ", "x@y", "a long text \xE2\x82\xAC", "SFO", "km"};
        return std::string(some[below(std::size(some))]);
    }
    dict a_leg() {
        dict made;
        if (often()) made["from"] = often() ? value("LAX") : anything();
        if (often()) made["km"] = often() ? value(7) : anything();
        if (!often()) made[text()] = anything();
        return made;
    }
    dict a_trip(bool good) {
        static constexpr std::string_view names[] = {"name",
                                                     "seats",
                                                     "port",
                                                     "rate",
                                                     "single",
                                                     "open",
                                                     "mail",
                                                     "when",
                                                     "day",
                                                     "tags",
                                                     "counts",
                                                     "any",
                                                     "first",
                                                     "legs",
                                                     "spare"};
        dict made;
        made[below(4) == 0 ? "Trip Name" : "name"] = "north";
        made["open"] = true;
        made["day"] = "2026-11-25";
        made["first"] = dict{{"from", "SFO"}};
        for (const std::string_view name : names) {
            if (below(good ? 12 : 3) == 0) made[name] = anything();
        }
        if (!good && !often()) made[text()] = anything();
        return made;
    }

private:
    std::mt19937_64 m_random;
};

std::string said(const lathe::result<record, lathe::validation_error>& read) {
    return read ? lathe::to_string(*read) + " " + lathe::to_string(lathe::to_value(*read))
                : lathe_test::text_of(read.error().issues()) + read.error().what();
}
std::string said(const lathe::result<trip, lathe::validation_error>& read) {
    return read ? lathe::to_string(*read) + " " + lathe::to_string(lathe::to_value(*read))
                : lathe_test::text_of(read.error().issues()) + read.error().what();
}

template <class Change>
std::string outcome(Change change) {
    try {
        change();
        return "taken";
    } catch (const lathe::validation_error& error) {
        return lathe_test::text_of(error.issues()) + error.what();
    }
}

TEST_CASE("record: run-time and static models read the same dicts, and say the same of wrong ones",
          "[record][stress]") {
    const std::uint64_t seed = lathe_test::seed_of_run();
    UNSCOPED_INFO("LATHE_SEED=" << seed);
    maker make(seed);
    const auto shadow = lathe::model_type::of<trip>();
    std::size_t read = 0;
    std::size_t refused = 0;
    const std::size_t rounds = lathe_test::rounds(50'000);
    for (std::size_t i = 0; i < rounds; ++i) {
        const dict from = make.a_trip(i % 2 == 0);
        lathe::read_options options;
        if (make.below(4) == 0) options.conversions = lathe::conversions::lax;
        if (make.below(4) == 0) options.unknown_keys = lathe::unknown_keys::ignore;
        if (make.below(4) == 0) options.max_issues = 2;
        const auto by_struct = lathe::try_from_dict<trip>(from, options);
        const auto by_record = trip_type().try_make(from, options);
        const auto by_shadow = shadow.try_make(from, options);
        if (said(by_struct) != said(by_record) || said(by_struct) != said(by_shadow)) {
            INFO("LATHE_SEED=" << seed << ", case " << i << ": " << lathe::to_string(from));
            REQUIRE(said(by_struct) == said(by_record));
            REQUIRE(said(by_struct) == said(by_shadow));
        }
        if (by_struct) {
            ++read;
            if (!lathe::equal(*by_struct, *by_shadow->template get_if<trip>())) FAIL("not the same object");
            // And back: what the record writes, the struct reads.
            const trip again = lathe::from_dict<trip>(lathe::to_dict(*by_record));
            if (!lathe::equal(again, *by_struct)) FAIL("LATHE_SEED=" << seed << ", case " << i << ": not read back");
        } else {
            ++refused;
        }
    }
    CHECK(read > rounds / 20); // both kinds did occur
    CHECK(refused > rounds / 20);
}

TEST_CASE("record: run-time and static models are changed alike, and say the same when they are not",
          "[record][stress]") {
    const std::uint64_t seed = lathe_test::seed_of_run();
    UNSCOPED_INFO("LATHE_SEED=" << seed);
    maker make(seed);
    trip by_struct = lathe::from_dict<trip>(
        {{"name", "north"}, {"open", true}, {"day", "2026-11-25"}, {"first", dict{{"from", "SFO"}}}});
    record by_record = trip_type()(lathe::to_dict(by_struct));
    record by_shadow = lathe::model_type::of<trip>()(lathe::to_dict(by_struct));
    std::map<std::string, std::size_t> seen;
    const auto change = [&](std::string_view name, auto given, auto set) {
        const std::string first = outcome([&] { set(by_struct); });
        const std::string second = outcome([&] { by_record[name] = given; });
        const std::string third = outcome([&] { by_shadow[name] = given; });
        ++seen[first == "taken" ? "taken" : "refused"];
        INFO("LATHE_SEED=" << seed << ", field " << name);
        if (first != second || first != third) {
            CHECK(first == second);
            CHECK(first == third);
            FAIL("they differ");
        }
        if (lathe::to_string(by_struct) != lathe::to_string(by_record)) {
            FAIL(lathe::to_string(by_struct) + " is not " + lathe::to_string(by_record));
        }
        if (!lathe::equal(by_struct, *by_shadow.get_if<trip>())) FAIL("the shadow differs");
    };
    const std::size_t rounds = lathe_test::rounds(50'000);
    for (std::size_t i = 0; i < rounds; ++i) {
        const auto whole = static_cast<std::int64_t>(make.below(14)) - 2;
        const auto huge = static_cast<std::int64_t>(make.below(1U << 18U)) << make.below(44);
        const std::string text = make.text();
        switch (make.below(11)) {
        case 0:
            change("name", text, [&](trip& t) { lathe::set<"name">(t, text); });
            break;
        case 1:
            change("seats", whole, [&](trip& t) { lathe::set<"seats">(t, whole); });
            break;
        case 2:
            change("port", huge, [&](trip& t) { lathe::set<"port">(t, huge); });
            break;
        case 3:
            change("rate", huge, [&](trip& t) { lathe::set<"rate">(t, huge); });
            break;
        case 4:
            change("rate", static_cast<double>(whole) / 4, [&](trip& t) {
                lathe::set<"rate">(t, static_cast<double>(whole) / 4);
            });
            break;
        case 5:
            change("mail", text.c_str(), [&](trip& t) { lathe::set<"mail">(t, text.c_str()); });
            break;
        case 6:
            change(
                "when", static_cast<phase>(whole), [&](trip& t) { lathe::set<"when">(t, static_cast<phase>(whole)); });
            break;
        case 7: {
            const std::vector<std::string> tags(make.below(5), text);
            change("tags", tags, [&](trip& t) { lathe::set<"tags">(t, tags); });
            break;
        }
        case 8: {
            const std::map<std::string, int> counts{{text, 1}, {"b", 2}, {"c", static_cast<int>(whole)}};
            change("counts", counts, [&](trip& t) { lathe::set<"counts">(t, counts); });
            break;
        }
        case 9:
            change("any", std::variant<int, std::string>(text), [&](trip& t) {
                lathe::set<"any">(t, std::variant<int, std::string>(text));
            });
            break;
        default:
            change("open", whole > 0, [&](trip& t) { lathe::set<"open">(t, whole > 0); });
        }
    }
    CHECK(seen["taken"] > rounds / 20);
    CHECK(seen["refused"] > rounds / 20);
}

} // namespace record_random_test
