// SPDX-License-Identifier: MIT
// Models of random values through JSON and back. LATHE_SEED=<seed> replays a run, with LATHE_CASE=<index> one model of
// it.
#include <lathe/model/json.hpp> // first: proves that the header stands alone

#include <array>
#include <bit>
#include <chrono>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <limits>
#include <list>
#include <map>
#include <memory>
#include <optional>
#include <random>
#include <set>
#include <string>
#include <tuple>
#include <utility>
#include <variant>
#include <vector>

#include <nlohmann/json.hpp>

#include <lathe/model/compare.hpp>
#include <lathe/model/field.hpp>
#include <lathe/model/rules.hpp>

#include "support/catch.hpp"
#include "support/seed.hpp"
#include "support/stress.hpp"

namespace lathe_test::json_random {

namespace chrono = std::chrono;

enum class phase { parked, climb = 4, landing = -2 };

struct leg {
    lathe::property<std::string, lathe::not_empty> from;
    lathe::property<double, lathe::positive, lathe::finite> km = 1.0;
    std::optional<std::string> note{};
    phase during = phase::parked;
    float rating = 0;
};

struct rich {
    bool truth = false;
    char letter = ' ';
    std::int8_t i8 = 0;
    std::uint8_t u8 = 0;
    std::int16_t i16 = 0;
    std::uint16_t u16 = 0;
    std::int32_t i32 = 0;
    std::uint32_t u32 = 0;
    std::int64_t i64 = 0;
    std::uint64_t u64 = 0;
    float single = 0;
    double real = 0;
    lathe::property<std::string, lathe::alias<"The Text">> text;
    std::vector<std::byte> raw{};
    std::array<std::byte, 3> three{};
    lathe::property<std::vector<leg>, lathe::max_length<4>> legs = {};
    std::unique_ptr<leg> best{};
    std::map<std::string, leg> named{};
    std::map<std::int16_t, float> numbered{};
    std::map<std::pair<int, bool>, std::string> paired{};
    std::set<std::string> tags{};
    std::vector<bool> flags{};
    std::list<std::vector<double>> rows{};
    std::tuple<float, std::optional<int>, std::string> mixed{};
    std::array<float, 2> corner{};
    int grid[2][2]{};
    std::variant<std::int64_t, std::string, leg, std::vector<float>> either{};
    std::optional<std::vector<std::optional<float>>> gaps{};
    chrono::year_month_day day{chrono::year{2000}, chrono::month{1}, chrono::day{1}};
    chrono::sys_seconds instant{};
    chrono::milliseconds lasts{};
    phase during = phase::climb;
    lathe::value any{};
    lathe::property<lathe::dict, lathe::extra_keys> rest = {};
};

namespace {

// All of a model is a function of the seed and the index.
class source {
public:
    source(std::uint64_t seed, std::size_t index)
        : m_state(seed ^ (static_cast<std::uint64_t>(index) + 1) * 0x9e3779b97f4a7c15U) {}

    std::uint64_t bits() {
        m_state += 0x9e3779b97f4a7c15U;
        std::uint64_t x = m_state;
        x = (x ^ x >> 30U) * 0xbf58476d1ce4e5b9U;
        x = (x ^ x >> 27U) * 0x94d049bb133111ebU;
        return x ^ x >> 31U;
    }
    std::size_t below(std::size_t n) { return static_cast<std::size_t>(bits() % n); }
    bool once_in(std::size_t n) { return below(n) == 0; }

    // Edges often.
    template <class T>
    T integer() {
        using edges = std::numeric_limits<T>;
        const T special[] = {0, 1, edges::min(), edges::max(), static_cast<T>(edges::max() - 1), static_cast<T>(-1)};
        return once_in(3) ? special[below(6)] : static_cast<T>(bits() >> below(64));
    }
    template <class T, class Bits>
    T real() {
        using edges = std::numeric_limits<T>;
        const T special[] = {
            T(0), -T(0), T(1), edges::max(), edges::lowest(), edges::min(), edges::denorm_min(), T(0.1), T(1e15)};
        for (;;) {
            const T made = once_in(3)   ? special[below(9)]
                           : once_in(3) ? static_cast<T>(integer<std::int16_t>()) / T(100)
                                        : std::bit_cast<T>(static_cast<Bits>(bits()));
            if (std::isfinite(made)) return made;
        }
    }
    double wide() { return real<double, std::uint64_t>(); }
    float narrow() { return real<float, std::uint32_t>(); }

    std::string text() {
        std::string made;
        for (std::size_t left = below(once_in(20) ? 200 : 8); left > 0; --left) {
            const char* const specials[] = {"\"",
                                            "\\",
                                            "/",
                                            "\n",
                                            "\x7f",
                                            "\u0080",
                                            "\u07ff",
                                            "\u0800",
                                            "\u2028",
                                            "\ud7ff",
                                            "\ue000",
                                            "\uffff",
                                            "\U00010000",
                                            "\U0010ffff",
                                            "{",
                                            "]",
                                            ",",
                                            ":"};
            switch (below(4)) {
            case 0:
                made += specials[below(std::size(specials))];
                break;
            case 1:
                made += static_cast<char>(below(0x20));
                break;
            default:
                made += static_cast<char>(0x20 + below(0x60));
                break;
            }
        }
        return made;
    }

    leg some_leg() {
        leg made{.from = text() + '.'};
        if (const double km = std::abs(wide()); km > 0) made.km = km;
        if (once_in(2)) made.note = text();
        made.during = some_phase();
        made.rating = narrow();
        return made;
    }
    phase some_phase() {
        const phase all[] = {phase::parked, phase::climb, phase::landing};
        return all[below(3)];
    }
    lathe::value some_value(std::size_t depth) {
        switch (below(depth == 0 ? 6 : 8)) {
        case 0:
            return nullptr;
        case 1:
            return once_in(2);
        case 2:
            return integer<std::int64_t>();
        case 3:
            return integer<std::uint64_t>();
        case 4:
            return wide();
        case 5:
            return text();
        case 6: {
            lathe::list made;
            for (std::size_t left = below(4); left > 0; --left)
                made.push_back(some_value(depth - 1));
            return made;
        }
        default:
            return some_dict(depth - 1, "");
        }
    }
    lathe::dict some_dict(std::size_t depth, const std::string& prefix) {
        lathe::dict made;
        for (std::size_t left = below(once_in(30) ? 30 : 4); left > 0; --left)
            made[prefix + text()] = some_value(depth);
        return made;
    }
    template <class Container, class Make>
    Container some(Make make) {
        Container made;
        for (std::size_t left = below(4); left > 0; --left)
            made.insert(made.end(), make());
        return made;
    }

private:
    std::uint64_t m_state;
};

rich some_rich(source& from) {
    rich made{.text = from.text()};
    made.truth = from.once_in(2);
    made.letter = static_cast<char>(from.below(0x80));
    made.i8 = from.integer<std::int8_t>();
    made.u8 = from.integer<std::uint8_t>();
    made.i16 = from.integer<std::int16_t>();
    made.u16 = from.integer<std::uint16_t>();
    made.i32 = from.integer<std::int32_t>();
    made.u32 = from.integer<std::uint32_t>();
    made.i64 = from.integer<std::int64_t>();
    made.u64 = from.integer<std::uint64_t>();
    made.single = from.narrow();
    made.real = from.wide();
    made.raw = from.some<std::vector<std::byte>>([&] { return static_cast<std::byte>(from.bits() & 0xffU); });
    for (std::byte& one : made.three)
        one = static_cast<std::byte>(from.bits() & 0xffU);
    const auto a_leg = [&] {
        return from.some_leg();
    };
    const auto a_text = [&] {
        return from.text();
    };
    const auto a_float = [&] {
        return from.narrow();
    };
    made.legs = from.some<std::vector<leg>>(a_leg);
    if (from.once_in(2)) made.best = std::make_unique<leg>(from.some_leg());
    made.named = from.some<std::map<std::string, leg>>([&] { return std::pair(from.text(), from.some_leg()); });
    made.numbered = from.some<std::map<std::int16_t, float>>(
        [&] { return std::pair(from.integer<std::int16_t>(), from.narrow()); });
    made.paired = from.some<std::map<std::pair<int, bool>, std::string>>(
        [&] { return std::pair(std::pair(from.integer<int>(), from.once_in(2)), from.text()); });
    made.tags = from.some<std::set<std::string>>(a_text);
    made.flags = from.some<std::vector<bool>>([&] { return from.once_in(2); });
    made.rows = from.some<std::list<std::vector<double>>>(
        [&] { return from.some<std::vector<double>>([&] { return from.wide(); }); });
    made.mixed = {from.narrow(), from.integer<int>(), from.text()};
    if (from.once_in(2)) std::get<1>(made.mixed).reset();
    made.corner = {from.narrow(), from.narrow()};
    for (auto& row : made.grid) {
        for (int& cell : row)
            cell = from.integer<int>();
    }
    switch (from.below(4)) {
    case 0:
        made.either = from.integer<std::int64_t>();
        break;
    case 1:
        made.either = from.text();
        break;
    case 2:
        made.either = from.some_leg();
        break;
    default:
        made.either = from.some<std::vector<float>>(a_float);
        break;
    }
    if (from.once_in(2)) {
        made.gaps = from.some<std::vector<std::optional<float>>>(
            [&] { return from.once_in(2) ? std::nullopt : std::optional(from.narrow()); });
    }
    made.day =
        chrono::year_month_day(chrono::sys_days(chrono::days(static_cast<int>(from.below(2'900'000)) - 700'000)));
    made.instant =
        chrono::sys_seconds(chrono::seconds(static_cast<std::int64_t>(from.below(250'000'000'000)) - 60'000'000'000));
    made.lasts = chrono::milliseconds(from.integer<std::int32_t>());
    made.during = from.some_phase();
    made.any = from.some_value(3);
    made.rest = from.some_dict(2, "x-"); // no field's name
    return made;
}

// Equality does not see the sign of a zero, nor whether a number in a value was written as a float.
std::string unseen(const rich& model) {
    std::string signs;
    for (const double number : {model.real, static_cast<double>(model.single), static_cast<double>(model.corner[0])})
        signs += std::signbit(number) ? '-' : '+';
    return signs + std::to_string(static_cast<int>(model.any.kind()));
}

/// @return what is wrong; empty when all is well.
std::string problem_of(const rich& model, source& from) {
    const std::string text = lathe::to_json(model);
    if (from.once_in(500) && nlohmann::json::parse(text)["The Text"] != model.text.value())
        return "the text is another";

    const auto check = [&](const std::string& written) -> std::string {
        const auto read = lathe::try_from_json<rich>(written);
        if (!read) return "is refused: " + std::string(read.error().what());
        if (!lathe::equal(*read, model) || unseen(*read) != unseen(model)) return "is read as another";
        return lathe::to_json(*read) == text ? "" : "is written otherwise";
    };
    if (std::string wrong = check(text); !wrong.empty()) return wrong;
    if (from.once_in(4)) {
        const std::string roomy = lathe::to_json(model, {.indent = 1 + from.below(4), .aliases = from.once_in(2)});
        if (std::string wrong = check(roomy); !wrong.empty()) return "with blanks " + wrong;
    }
    if (from.once_in(10)) { // written by another library: other blanks and escapes
        const auto tree = nlohmann::ordered_json::parse(text);
        if (std::string wrong = check(tree.dump(-1, ' ', true)); !wrong.empty()) return "by others " + wrong;
        const auto shuffled = lathe::try_from_json<rich>(nlohmann::json::parse(text).dump(3)); // keys in their order
        if (!shuffled || !lathe::equal(*shuffled, model)) return "in another order: is another";
    }
    return "";
}

TEST_CASE("json_random: models are read as they were written", "[json][stress]") {
    const std::uint64_t seed = lathe_test::seed_of_run();
    const char* const only = std::getenv("LATHE_CASE");
    const std::size_t first = only != nullptr ? std::strtoull(only, nullptr, 10) : 0;
    const std::size_t end = only != nullptr ? first + 1 : lathe_test::rounds(100'000);
    INFO("LATHE_SEED=" << seed);
    std::size_t done = 0;
    for (std::size_t index = first; index < end; ++index) {
        source from(seed, index);
        const rich model = some_rich(from);
        std::string problem;
        try {
            problem = problem_of(model, from);
        } catch (const std::exception& thrown) {
            problem = std::string("throws ") + thrown.what();
        }
        if (!problem.empty()) FAIL("LATHE_CASE=" << index << ": " << problem << '\n' << lathe::to_json(model));
        ++done;
    }
    CHECK(done == end - first);
}

} // namespace
} // namespace lathe_test::json_random
