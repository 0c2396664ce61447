// SPDX-License-Identifier: MIT
// Random models become dicts and are read again. LATHE_SEED=<seed> replays a run, with LATHE_FUZZ_CASE=<index> one
// model of it.
#include <lathe/model/dict.hpp> // first: proves that the header stands alone

#include <array>
#include <bit>
#include <chrono>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <exception>
#include <limits>
#include <map>
#include <memory>
#include <optional>
#include <random>
#include <set>
#include <string>
#include <string_view>
#include <tuple>
#include <unordered_map>
#include <utility>
#include <variant>
#include <vector>

#include <lathe/model/rules.hpp>

#include "support/catch.hpp"
#include "support/seed.hpp"
#include "support/stress.hpp"

namespace dict_random_test {

namespace chrono = std::chrono;
using lathe::dict;
using lathe::list;
using lathe::value;

enum class mood : signed char { bad = -3, fair = 0, good = 9 };

struct point {
    int x = 0;
    float y = 0;
    auto operator<=>(const point&) const = default;
};

struct rich {
    lathe::property<std::string, lathe::max_length<12>> name = "";
    lathe::property<std::int64_t, lathe::not_<lathe::one_of<7>>, lathe::alias<"Whole Number">> whole = 0;
    std::uint64_t natural = 0;
    signed char small = 0;
    bool flag = false;
    char letter = ' ';
    double real = 0;
    lathe::property<float, lathe::finite> single = 0.0F;
    mood state = mood::fair;
    chrono::year_month_day day = chrono::year(1970) / 1 / 1;
    chrono::sys_time<chrono::milliseconds> when = {};
    chrono::nanoseconds lasts = {};
    std::optional<std::string> note = {};
    lathe::property<std::optional<int>, lathe::in_range<-9, 9>> digit = std::nullopt;
    std::vector<point> path = {};
    std::vector<bool> bits = {};
    std::set<std::string> words = {};
    std::map<std::string, std::vector<int>> lists = {};
    std::map<mood, double> by_mood = {};
    std::unordered_map<int, std::string> by_number = {};
    std::map<point, std::string> by_point = {};
    std::array<point, 2> ends = {};
    std::tuple<int, std::string, std::optional<bool>> three = {};
    std::variant<std::monostate, bool, std::int64_t, double, std::string, point, std::vector<int>> any = {};
    lathe::bytes raw = {};
    value dynamic = {};
    std::vector<rich> inside = {};
    std::shared_ptr<rich> next = nullptr;
    lathe::property<dict, lathe::extra_keys> rest = {};
};

// The same by hand, member by member: nothing here asks lathe, and no number equals another one of its value.
bool alike(double a, double b) {
    return std::bit_cast<std::uint64_t>(a) == std::bit_cast<std::uint64_t>(b);
}
bool alike(const value& a, const value& b) {
    if (a.kind() != b.kind()) return false;
    if (a.is<double>()) return alike(a.as<double>(), b.as<double>());
    return a == b; // no numbers inside, see random_value
}
bool alike(const rich& a, const rich& b) {
    const bool scalars = a.name == b.name && a.whole == b.whole && a.natural == b.natural && a.small == b.small &&
                         a.flag == b.flag && a.letter == b.letter && alike(a.real, b.real) &&
                         alike(double{a.single}, double{b.single}) && a.state == b.state && a.day == b.day &&
                         a.when == b.when && a.lasts == b.lasts && a.note == b.note && a.digit == b.digit;
    const bool containers = a.path == b.path && a.bits == b.bits && a.words == b.words && a.lists == b.lists &&
                            a.by_mood == b.by_mood && a.by_number == b.by_number && a.by_point == b.by_point &&
                            a.ends == b.ends && a.three == b.three && a.any == b.any && a.raw == b.raw &&
                            a.inside.size() == b.inside.size() && (a.next == nullptr) == (b.next == nullptr);
    if (!scalars || !containers || !alike(a.dynamic, b.dynamic) || !(*a.rest == *b.rest)) return false;
    for (std::size_t i = 0; i < a.inside.size(); ++i) {
        if (!alike(a.inside[i], b.inside[i])) return false;
    }
    return a.next == nullptr || alike(*a.next, *b.next);
}

/// One model: a function of the seed and the index alone.
class maker {
public:
    maker(std::uint64_t seed, std::size_t index) {
        std::seed_seq mixed{static_cast<std::uint32_t>(seed),
                            static_cast<std::uint32_t>(seed >> 32U),
                            static_cast<std::uint32_t>(index)};
        m_random.seed(mixed);
    }

    rich model(std::size_t depth) {
        rich made;
        std::string name = text();
        made.name = name.size() <= 12 ? name : "long";
        if (const auto number = whole(); number != 7) made.whole = number;
        made.natural = static_cast<std::uint64_t>(whole());
        made.small = static_cast<signed char>(whole());
        made.flag = below(2) == 0;
        made.letter = static_cast<char>(below(256));
        made.real = real();
        made.single = finite_single();
        made.state = state();
        made.day = chrono::sys_days(chrono::days(static_cast<int>(below(3'652'059)) - 719'528)); // years 0 to 9999
        made.when = chrono::sys_days(made.day) + chrono::milliseconds(below(86'400'000));
        made.lasts = chrono::nanoseconds(whole());
        if (below(2) == 0) made.note = text();
        if (below(2) == 0) made.digit = static_cast<int>(below(19)) - 9;
        for (std::size_t count = below(4); count-- > 0;) {
            made.path.push_back(corner());
            made.bits.push_back(below(2) == 0);
            made.words.insert(text());
            made.lists[text()] = std::vector<int>(below(3), static_cast<int>(below(100)));
            made.by_mood[state()] = finite_real();
            made.by_number[static_cast<int>(whole())] = text();
            made.by_point[corner()] = text();
            made.raw.push_back(static_cast<std::byte>(below(256)));
        }
        made.ends = {corner(), corner()};
        made.three = {static_cast<int>(whole()), text(), below(2) == 0 ? std::optional(below(2) == 0) : std::nullopt};
        switch (below(7)) {
        case 0:
            made.any = below(2) == 0;
            break;
        case 1:
            made.any = whole();
            break;
        case 2:
            made.any = finite_real();
            break;
        case 3:
            made.any = text();
            break;
        case 4:
            made.any = corner();
            break;
        case 5:
            made.any = std::vector<int>(below(3), 5);
            break;
        default:
            break;
        }
        made.dynamic = random_value(3);
        for (std::size_t count = depth == 0 ? 0 : below(3); count-- > 0;)
            made.inside.push_back(model(depth - 1));
        if (depth != 0 && below(4) == 0) made.next = std::make_shared<rich>(model(depth - 1));
        if (below(4) == 0) made.rest = dict{{"no field", random_value(2)}, {"", nullptr}};
        return made;
    }

    std::size_t below(std::size_t n) { return static_cast<std::size_t>(m_random()) % n; }

private:
    std::int64_t whole() {
        constexpr std::array<std::int64_t, 8> edges{0,
                                                    -1,
                                                    1,
                                                    std::numeric_limits<std::int64_t>::min(),
                                                    std::numeric_limits<std::int64_t>::max(),
                                                    (1LL << 53U) + 1,
                                                    std::numeric_limits<int>::min(),
                                                    1LL << 32U};
        if (below(3) == 0) return edges[below(edges.size())];
        return static_cast<std::int64_t>(bits() >> below(64));
    }
    double real() {
        constexpr std::array<double, 8> edges{0.0,
                                              -0.0,
                                              std::numeric_limits<double>::infinity(),
                                              -std::numeric_limits<double>::infinity(),
                                              std::numeric_limits<double>::denorm_min(),
                                              std::numeric_limits<double>::max(),
                                              0x1p-1030,
                                              3.0};
        if (below(3) == 0) return edges[below(edges.size())];
        return std::bit_cast<double>(bits()); // not a number of any kind among them
    }
    double finite_real() {
        const double made = real();
        return std::isfinite(made) ? made : 0.1;
    }
    float finite_single() {
        const auto made = std::bit_cast<float>(static_cast<std::uint32_t>(bits()));
        return std::isfinite(made) ? made : std::numeric_limits<float>::denorm_min();
    }
    std::uint64_t bits() { return std::uniform_int_distribution<std::uint64_t>()(m_random); }
    mood state() {
        constexpr std::array<mood, 3> all{mood::bad, mood::fair, mood::good};
        return all[below(all.size())];
    }
    point corner() { return {static_cast<int>(whole()), finite_single()}; }
    std::string text() {
        static const std::array<std::string, 10> parts{
            "", "a", "Zo\xC3\xAB", std::string(1, '\0'), "\"\\", "\n", "\xF0\x9F\x90\xA6", "\xFF", "null", "a.b[0]"};
        std::string made;
        for (std::size_t count = below(4); count-- > 0;)
            made += parts[below(parts.size())];
        return made;
    }
    value random_value(std::size_t depth) {
        switch (below(depth == 0 ? 4 : 6)) {
        case 0:
            return nullptr;
        case 1:
            return below(2) == 0;
        case 2:
            return text();
        case 3:
            return depth == 3 ? value(real()) : value(lathe::bytes(below(3)));
        case 4: {
            list made;
            for (std::size_t count = below(4); count-- > 0;)
                made.push_back(random_value(depth - 1));
            return made;
        }
        default: {
            dict made;
            for (std::size_t count = below(4); count-- > 0;)
                made[text()] = random_value(depth - 1);
            return made;
        }
        }
    }

    std::minstd_rand m_random; // small to seed: there is one for each model
};

// Turns one value in a tree into something else.
void spoil(value& whole, maker& random) {
    value* at = &whole;
    for (;;) {
        if (auto* entries = at->get_if<dict>(); entries != nullptr && !entries->empty() && random.below(8) != 0) {
            std::size_t skip = random.below(entries->size());
            for (auto& [key, held] : *entries) {
                if (skip-- == 0) at = &held;
            }
        } else if (auto* elements = at->get_if<list>(); elements != nullptr && !elements->empty()) {
            at = &(*elements)[random.below(elements->size())];
        } else {
            break;
        }
    }
    switch (random.below(8)) {
    case 0:
        *at = nullptr;
        break;
    case 1:
        *at = true;
        break;
    case 2:
        *at = -1;
        break;
    case 3:
        *at = std::numeric_limits<std::uint64_t>::max();
        break;
    case 4:
        *at = 0.1;
        break;
    case 5:
        *at = "spoiled";
        break;
    case 6:
        *at = list{1, "x"};
        break;
    default:
        *at = dict{{"x", 1}, {"unknown", nullptr}};
        break;
    }
}

struct run {
    std::uint64_t seed;
    std::size_t first;
    std::size_t end;
};
run this_run(std::size_t normal) {
    const char* const only = std::getenv("LATHE_FUZZ_CASE");
    const std::size_t first = only != nullptr ? std::strtoull(only, nullptr, 10) : 0;
    return {lathe_test::seed_of_run(), first, only != nullptr ? first + 1 : lathe_test::rounds(normal)};
}

TEST_CASE("dict: random models are read back as they were", "[dict][stress]") {
    const auto [seed, first, end] = this_run(100'000);
    INFO("LATHE_SEED=" << seed);
    for (std::size_t index = first; index < end; ++index) {
        const rich model = maker(seed, index).model(2);
        const dict made = lathe::to_dict(model);
        const auto read = lathe::try_from_dict<rich>(made);
        if (!read) FAIL("LATHE_FUZZ_CASE=" << index << ": " << read.error().what());
        if (!alike(*read, model)) FAIL("LATHE_FUZZ_CASE=" << index << ": " << to_string(made));
    }
}

TEST_CASE("dict: a spoiled model is refused, or is what it says", "[dict][stress]") {
    const auto [seed, first, end] = this_run(50'000);
    INFO("LATHE_SEED=" << seed);
    std::size_t refused = 0;
    for (std::size_t index = first; index < end; ++index) {
        maker random(seed, index);
        value made = lathe::to_dict(random.model(1));
        spoil(made, random);
        const auto read = lathe::try_from_value<rich>(made);
        if (!read) {
            ++refused;
            if (read.error().issues().empty()) FAIL("LATHE_FUZZ_CASE=" << index << ": refused without an issue");
            continue;
        }
        // What was taken is written as it was, but for a number of another kind, and keys that were left out.
        const dict again = lathe::to_dict(*read);
        const auto twice = lathe::try_from_dict<rich>(again);
        if (!twice || !alike(*twice, *read)) FAIL("LATHE_FUZZ_CASE=" << index << ": " << to_string(made));
        if (read->name->size() > 12 || read->whole == 7 || !std::isfinite(read->single.value()) ||
            (*read->digit && (**read->digit < -9 || **read->digit > 9))) {
            FAIL("LATHE_FUZZ_CASE=" << index << ": breaks a rule");
        }
    }
    if (end - first >= 1000) { // else it is too rough, or too gentle, to find anything
        CHECK(refused > (end - first) / 4);
        CHECK(refused < end - first);
    }
}

} // namespace dict_random_test
