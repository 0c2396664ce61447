// SPDX-License-Identifier: MIT
// Mutated JSON texts through try_from_json. LATHE_SEED=<seed> replays a run, with LATHE_FUZZ_CASE=<index> one text of
// it.
#include <lathe/model/json.hpp> // first: proves that the header stands alone

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <exception>
#include <map>
#include <optional>
#include <random>
#include <set>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include <nlohmann/json.hpp>

#include <lathe/model/field.hpp>
#include <lathe/model/rules.hpp>
#include <lathe/model/validate.hpp>

#include "support/catch.hpp"
#include "support/seed.hpp"
#include "support/stress.hpp"

namespace json_fuzz_test {

enum class kind { bus = 1, train = 2 };

struct stop {
    lathe::property<std::string, lathe::trimmed, lathe::not_empty, lathe::max_length<12>> name;
    lathe::property<std::optional<int>, lathe::in_range<1, 9>> platform = std::nullopt;
};

struct line {
    lathe::property<std::string, lathe::lowered, lathe::alias<"Line Name">, lathe::required> name;
    kind by = kind::bus;
    lathe::property<unsigned short, lathe::in_range<0, 1439>> departs = 0, arrives = 0;
    lathe::property<std::vector<stop>, lathe::max_length<3>> stops = {};
    std::map<std::string, lathe::property<float, lathe::non_negative, lathe::finite>> fares{};
    std::set<int> days{};
    std::array<std::int8_t, 2> zones{};
    std::variant<int, stop, std::vector<bool>> extra{};
    std::vector<std::byte> logo{};

    static consteval auto invariants() {
        return lathe::invariants(lathe::invariant<"arrives after it departs">(
            [](const line& l) { return l.departs.value() <= l.arrives.value(); }));
    }
};

namespace {

// What is wrong with a model that was accepted, by hand: nothing here asks lathe.
std::string what_is_wrong(const stop& s) {
    const std::string& name = s.name.value();
    if (name.empty() || name.size() > 12 || name.front() == ' ' || name.back() == ' ') return "name of a stop";
    if (s.platform.value() && (*s.platform.value() < 1 || *s.platform.value() > 9)) return "platform";
    return "";
}
std::string what_is_wrong(const line& l) {
    if (std::any_of(l.name->begin(), l.name->end(), [](char c) { return c >= 'A' && c <= 'Z'; })) return "name";
    if (l.by != kind::bus && l.by != kind::train) return "kind";
    if (l.departs.value() > 1439 || l.arrives.value() > 1439 || l.arrives.value() < l.departs.value()) return "times";
    if (l.stops->size() > 3) return "number of stops";
    for (const stop& each : l.stops.value()) {
        if (std::string wrong = what_is_wrong(each); !wrong.empty()) return wrong;
    }
    for (const auto& [name, fare] : l.fares) {
        if (!std::isfinite(fare.value()) || fare.value() < 0) return "fare";
    }
    if (const stop* const held = std::get_if<stop>(&l.extra)) return what_is_wrong(*held);
    return l.extra.valueless_by_exception() ? "variant" : "";
}

// What another parser finds that lathe refuses besides.
struct survey final : nlohmann::json_sax<nlohmann::json> {
    std::vector<std::set<std::string>> keys{};
    std::size_t depth = 0, deepest = 0;
    bool repeats = false, too_large = false;

    bool null() override { return true; }
    bool boolean(bool) override { return true; }
    bool number_integer(number_integer_t) override { return true; }
    bool number_unsigned(number_unsigned_t) override { return true; }
    bool number_float(number_float_t, const string_t& digits) override {
        too_large = too_large || digits.find_first_of(".eE") == std::string::npos; // a whole number, beyond 64 bits
        return true;
    }
    bool string(string_t&) override { return true; }
    bool binary(binary_t&) override { return true; }
    bool start_object(std::size_t) override {
        keys.emplace_back();
        return start_array(0);
    }
    bool key(string_t& name) override {
        repeats = !keys.back().insert(name).second || repeats;
        return true;
    }
    bool end_object() override {
        keys.pop_back();
        return end_array();
    }
    bool start_array(std::size_t) override {
        deepest = std::max(deepest, ++depth);
        return true;
    }
    bool end_array() override {
        --depth;
        return true;
    }
    bool parse_error(std::size_t, const std::string&, const nlohmann::detail::exception&) override { return false; }
};

bool same(const lathe::value& ours, const nlohmann::json& theirs) {
    switch (ours.kind()) {
    case lathe::value_kind::null:
        return theirs.is_null();
    case lathe::value_kind::boolean:
        return theirs.is_boolean() && ours.as<bool>() == theirs.get<bool>();
    case lathe::value_kind::integer:
        return theirs.is_number_integer() && ours.as<std::int64_t>() == theirs.get<std::int64_t>();
    case lathe::value_kind::natural:
        return theirs.is_number_unsigned() && ours.as<std::uint64_t>() == theirs.get<std::uint64_t>();
    case lathe::value_kind::real:
        return theirs.is_number_float() && ours.as<double>() == theirs.get<double>();
    case lathe::value_kind::text:
        return theirs.is_string() && ours.as<std::string>() == theirs.get<std::string>();
    case lathe::value_kind::bytes:
        return false;
    case lathe::value_kind::list: {
        const lathe::list& elements = ours.as<lathe::list>();
        return theirs.is_array() && elements.size() == theirs.size() &&
               std::equal(elements.begin(), elements.end(), theirs.begin(), same);
    }
    case lathe::value_kind::dict: {
        const lathe::dict& entries = ours.as<lathe::dict>();
        if (!theirs.is_object() || entries.size() != theirs.size()) return false;
        for (const auto& [key, held] : entries) {
            if (!theirs.contains(key) || !same(held, theirs.at(key))) return false;
        }
        return true;
    }
    }
    return false;
}

const std::array<std::string, 6> bases{
    R"({"name":"N1","by":"bus","departs":600,"arrives":720,"stops":[{"name":"A"},{"name":"B","platform":4}],)"
    R"("fares":{"adult":2.5,"child":0.1},"days":[1,2,3],"zones":[-1,2],"extra":7,"logo":"AP8="})",
    "{\n  \"Line Name\": \"\\u00e9\\n\\ud83d\\ude00\",\n\t\"days\": [],\n  \"extra\": {\"name\": \"C\", \"platform\": "
    "null},\n"
    "  \"zones\": [ 0, 127 ]\n}\n",
    R"({"extra":[true,false],"stops":[{"platform":9,"name":" D "}],"fares":{"":1e-3,"x":1E2},"name":""})",
    "{\"arrives\":1439,\"name\":\"caf\u00e9 \U0001f600\",\"departs\":0,\"by\":\"train\",\"logo\":\"\",\"fares\":{}}",
    R"([{"name":"a","extra":-2147483648,"days":[-0]},{"name":"b","zones":[-128,0]},{"name":"c"}])",
    R"([[],{},[[{"a":[1.5,-2,18446744073709551615,true,null,"\"\\\/\b\f\n\r\t"]}]],)"
    R"({"b":{"c":{}}},-9223372036854775808])",
};
const std::array<std::string_view, 48> pieces{"{",
                                              "}",
                                              "[",
                                              "]",
                                              ",",
                                              ":",
                                              "\"",
                                              "\"",
                                              "\\",
                                              "\\u",
                                              "\\ud83d",
                                              "\\ude00",
                                              "\\u0000",
                                              "\\\"",
                                              "null",
                                              "true",
                                              "false",
                                              "-",
                                              "0",
                                              "1",
                                              "9",
                                              "e",
                                              "E+",
                                              ".",
                                              "0.5",
                                              "-0",
                                              "1e999",
                                              "1e-999",
                                              "3.4e39",
                                              "18446744073709551616",
                                              "256",
                                              "1440",
                                              "[[[[",
                                              "]]]]",
                                              "{\"a\":",
                                              ",\"name\":\"z\"",
                                              "\"name\":",
                                              "\"Line Name\"",
                                              "\"\"",
                                              " ",
                                              "\n",
                                              std::string_view("\0", 1),
                                              "\x1f",
                                              "\xff",
                                              "\xc3",
                                              "\xed\xa0\x80",
                                              "\xef\xbb\xbf",
                                              "/**/"};

struct tally {
    std::size_t texts = 0, json = 0, models = 0, good = 0;
};

// One text: a function of the seed and the index alone.
std::string mutated(std::uint64_t seed, std::size_t index) {
    std::seed_seq mixed{
        static_cast<std::uint32_t>(seed), static_cast<std::uint32_t>(seed >> 32U), static_cast<std::uint32_t>(index)};
    std::minstd_rand random{mixed}; // small to seed: there is one for each text
    const auto below = [&](std::size_t n) {
        return static_cast<std::size_t>(random()) % n;
    };
    std::string text = bases[below(bases.size())];
    for (std::size_t count = below(4); count-- > 0;) {
        const std::size_t at = below(text.size() + 1);
        const std::size_t length = 1 + below(below(4) == 0 ? 40 : 3);
        switch (below(9)) {
        case 0: // flip a bit
            if (at < text.size()) text[at] = static_cast<char>(text[at] ^ (1 << below(8)));
            break;
        case 1: // another digit: it often stays JSON
            if (const std::size_t digit = text.find_first_of("0123456789", at); digit != std::string::npos) {
                text[digit] = static_cast<char>('0' + below(10));
            }
            break;
        case 2:
            text.erase(at, length);
            break;
        case 3:
            text.insert(at, text.substr(at, length));
            break; // twice
        case 4: {  // two slices change places
            const std::size_t other = below(text.size() + 1);
            const std::string slice = text.substr(at, length), moved = text.substr(other, length);
            text.replace(at, length, moved);
            text.replace(std::min(other, text.size()), length, slice);
            break;
        }
        case 5:
            if (below(4) == 0) text.resize(at);
            break;
        case 6:
            text.replace(at, length, pieces[below(pieces.size())]);
            break;
        case 7: { // a piece between two tokens: it often stays JSON
            const std::size_t comma = text.find(',', at);
            if (comma != std::string::npos)
                text.insert(comma, std::string(",") + std::string(pieces[below(pieces.size())]));
            break;
        }
        default:
            text.insert(at, pieces[below(pieces.size())]);
        }
    }
    return text;
}

/// @return what is wrong with these issues; empty when all is well.
std::string problem_of(const lathe::validation_error& error, std::string_view text) {
    if (error.issues().empty()) return "refused without an issue";
    if (!lathe::detail::is_utf8(error.what())) return "a message that is no UTF-8";
    for (const lathe::issue& found : error.issues()) {
        if (found.rule.empty() || found.message.empty()) return "an issue without a text";
        std::size_t from = 0;
        for (std::size_t line = 1; line < found.position.line; ++line) {
            from = text.find('\n', from) + 1;
            if (from == 0) return "an issue on a line that is not there";
        }
        const std::size_t end = std::min(text.find('\n', from), text.size());
        if (found.position.line == 0 || found.position.column == 0 || from + found.position.column > end + 1) {
            return "an issue at a column that is not there";
        }
    }
    return "";
}

template <class Model>
std::string problem_with_model(const std::string& text, const lathe::read_options& options, tally& seen) {
    const auto read = lathe::try_from_json<std::vector<Model>>(text, options);
    if (!read) return problem_of(read.error(), text);
    for (const Model& each : *read) {
        ++seen.good;
        if (std::string wrong = what_is_wrong(each); !wrong.empty()) return "accepted with a wrong " + wrong;
        if (!lathe::try_validate(each)) return "accepted, and does not validate";
    }
    if (!lathe::try_from_json<std::vector<Model>>(lathe::to_json(*read))) return "accepted, and refused as written";
    return "";
}

/// Reads a text as a value and as models.
/// @return what is wrong with the reader; empty when all is well.
std::string problem_of(const std::string& text, const lathe::read_options& options, tally& seen) {
    ++seen.texts;
    survey found;
    const bool is_json = nlohmann::json::sax_parse(text, &found) && text.find('\0') == std::string::npos;
    const bool acceptable = is_json && !found.repeats && !found.too_large && found.deepest <= 256;
    const auto read = lathe::try_from_json<lathe::value>(text);
    if (read.has_value() != acceptable)
        return read ? "accepted as a value" : "refused: " + std::string(read.error().what());
    if (read) {
        ++seen.json;
        if (!same(*read, nlohmann::json::parse(text))) return "another value";
        if (lathe::from_json<lathe::value>(lathe::to_json(*read)) != *read) return "another value when written";
    } else if (std::string wrong = problem_of(read.error(), text); !wrong.empty()) {
        return wrong;
    }

    const std::size_t good = seen.good;
    const bool is_list = text.find_first_not_of(" \n\r\t") == text.find('[');
    const std::string lines = is_list ? text : '[' + text + ']';
    if (std::string wrong = problem_with_model<line>(lines, options, seen); !wrong.empty()) return wrong;
    if (seen.good == good) return problem_with_model<stop>(text, options, seen);
    ++seen.models;
    if (!nlohmann::json::accept(lines)) return "accepted as models, and is no JSON";
    return "";
}

TEST_CASE("json_fuzz: the texts that are mutated are good ones", "[json]") {
    tally seen;
    for (const std::string& base : bases) {
        INFO(base);
        CHECK(problem_of(base, {}, seen).empty());
    }
    CHECK(seen.json == bases.size());
    CHECK(seen.models == 5); // the last is a value
    CHECK(seen.good == 4 + 3);
}

TEST_CASE("json_fuzz: whatever the text is, it is a valid model or has issues", "[json][stress]") {
    const std::uint64_t seed = lathe_test::seed_of_run();
    const char* const only = std::getenv("LATHE_FUZZ_CASE");
    const std::size_t first = only != nullptr ? std::strtoull(only, nullptr, 10) : 0;
    const std::size_t end = only != nullptr ? first + 1 : lathe_test::rounds(100'000);
    INFO("LATHE_SEED=" << seed);
    tally seen;
    for (std::size_t index = first; index < end; ++index) {
        const std::string text = mutated(seed, index);
        const lathe::read_options options{
            .conversions = index % 3 == 0 ? lathe::conversions::lax : lathe::conversions::strict,
            .unknown_keys = index % 2 == 0 ? lathe::unknown_keys::ignore : lathe::unknown_keys::refuse,
            .max_issues = 1 + index % 5};
        std::string problem;
        try {
            problem = problem_of(text, options, seen);
        } catch (const std::exception& thrown) {
            problem = std::string("throws ") + thrown.what();
        }
        if (!problem.empty())
            FAIL("LATHE_FUZZ_CASE=" << index << ": " << problem << '\n' << lathe::detail::shown_value(text));
    }
    if (seen.texts >= 1000) { // else the mutations are too rough, or too gentle, to find anything
        CHECK(seen.json > seen.texts / 4);
        CHECK(seen.json < seen.texts * 3 / 4);
        CHECK(seen.models > seen.texts / 8);
    }
}

} // namespace
} // namespace json_fuzz_test
