// SPDX-License-Identifier: MIT
// Question: what do dictionaries and JSON cost, in and out of validated models, against the same written by hand and
// against nlohmann's library with conversions written by hand?
//
// All rows carry the same document, 1 MB of JSON, which is left in the directory for temporary files so that
// python_dict.py measures it too; their bytes_per_second are bytes of that JSON per second of CPU time. The floors of
// JSON are nlohmann_sax, what the parser alone takes, and hand_to_json. Before anything is measured, all ways must
// have made the same of it.
#include <benchmark/benchmark.h>

#include <charconv>
#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <map>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <nlohmann/json.hpp>

#include <lathe/model/dict.hpp>
#include <lathe/model/json.hpp>
#include <lathe/model/number_rules.hpp>
#include <lathe/model/property.hpp>
#include <lathe/model/text_rules.hpp>
#include <lathe/model/value.hpp>

namespace {

using nlohmann::json;

enum class progress { planned, boarding, departed, arrived, cancelled };

// ---- the model, as lathe's users write it ----

struct leg {
    lathe::property<std::string, lathe::length<3>> from;
    lathe::property<std::string, lathe::length<3>> to;
    lathe::property<double, lathe::positive> km;
    lathe::property<int, lathe::in_range<1, 2880>> minutes;
    lathe::property<std::optional<std::string>, lathe::max_length<200>> note = std::nullopt;
};
struct trip {
    lathe::property<std::string, lathe::not_empty, lathe::max_length<80>> name;
    std::vector<leg> legs;
    lathe::property<int, lathe::in_range<1, 9>> seats;
    progress status{};
    bool paid = false;
    std::map<std::string, int> extras;
};
struct journal {
    std::vector<trip> trips;
};

// ---- the same by hand ----

struct plain_leg {
    std::string from;
    std::string to;
    double km = 0;
    int minutes = 0;
    std::optional<std::string> note;
};
struct plain_trip {
    std::string name;
    std::vector<plain_leg> legs;
    int seats = 0;
    progress status{};
    bool paid = false;
    std::map<std::string, int> extras;
};
struct plain_journal {
    std::vector<plain_trip> trips;
};

void demand(bool holds, const char* field) {
    if (!holds) throw std::invalid_argument(field);
}
void check(const plain_leg& leg) {
    demand(leg.from.size() == 3, "from");
    demand(leg.to.size() == 3, "to");
    demand(leg.km > 0, "km");
    demand(leg.minutes >= 1 && leg.minutes <= 2880, "minutes");
    demand(!leg.note || leg.note->size() <= 200, "note");
}
void check(const plain_trip& trip) {
    demand(!trip.name.empty() && trip.name.size() <= 80, "name");
    demand(trip.seats >= 1 && trip.seats <= 9, "seats");
}

constexpr std::string_view progress_names[] = {"planned", "boarding", "departed", "arrived", "cancelled"};

std::string_view name_of(progress status) {
    return progress_names[static_cast<std::size_t>(status)];
}
progress progress_of(std::string_view name) {
    for (std::size_t i = 0; i < std::size(progress_names); ++i) {
        if (progress_names[i] == name) return static_cast<progress>(i);
    }
    throw std::invalid_argument("status");
}

// ---- models to dictionaries and back, by hand ----

lathe::dict to_dict_by_hand(const plain_leg& leg) {
    lathe::dict made;
    made.reserve(5);
    made.try_emplace("from", leg.from);
    made.try_emplace("to", leg.to);
    made.try_emplace("km", leg.km);
    made.try_emplace("minutes", leg.minutes);
    made.try_emplace("note", leg.note ? lathe::value(*leg.note) : lathe::value());
    return made;
}
lathe::dict to_dict_by_hand(const plain_trip& trip) {
    lathe::list legs;
    legs.reserve(trip.legs.size());
    for (const plain_leg& leg : trip.legs)
        legs.push_back(to_dict_by_hand(leg));
    lathe::dict extras;
    extras.reserve(trip.extras.size());
    for (const auto& [key, count] : trip.extras)
        extras.try_emplace(key, count);
    lathe::dict made;
    made.reserve(6);
    made.try_emplace("name", trip.name);
    made.try_emplace("legs", std::move(legs));
    made.try_emplace("seats", trip.seats);
    made.try_emplace("status", name_of(trip.status));
    made.try_emplace("paid", trip.paid);
    made.try_emplace("extras", std::move(extras));
    return made;
}
lathe::dict to_dict_by_hand(const plain_journal& journal) {
    lathe::list trips;
    trips.reserve(journal.trips.size());
    for (const plain_trip& trip : journal.trips)
        trips.push_back(to_dict_by_hand(trip));
    lathe::dict made;
    made.try_emplace("trips", std::move(trips));
    return made;
}

int int_of(const lathe::value& from) {
    const std::int64_t number = from.as<std::int64_t>();
    demand(std::in_range<int>(number), "int");
    return static_cast<int>(number);
}
// No key is unknown where all are there and so many are given.
plain_leg leg_by_hand(const lathe::dict& from) {
    demand(from.size() == 5, "unknown key");
    plain_leg leg{from.at("from").as<std::string>(),
                  from.at("to").as<std::string>(),
                  from.at("km").as<double>(),
                  int_of(from.at("minutes")),
                  std::nullopt};
    if (const lathe::value& note = from.at("note"); note != nullptr) leg.note = note.as<std::string>();
    check(leg);
    return leg;
}
plain_trip trip_by_hand(const lathe::dict& from) {
    demand(from.size() == 6, "unknown key");
    plain_trip trip;
    trip.name = from.at("name").as<std::string>();
    for (const lathe::value& leg : from.at("legs").as<lathe::list>())
        trip.legs.push_back(leg_by_hand(leg.as<lathe::dict>()));
    trip.seats = int_of(from.at("seats"));
    trip.status = progress_of(from.at("status").as<std::string>());
    trip.paid = from.at("paid").as<bool>();
    for (const auto& [key, count] : from.at("extras").as<lathe::dict>())
        trip.extras.emplace(key, int_of(count));
    check(trip);
    return trip;
}
plain_journal journal_by_hand(const lathe::dict& from) {
    demand(from.size() == 1, "unknown key");
    plain_journal journal;
    for (const lathe::value& trip : from.at("trips").as<lathe::list>())
        journal.trips.push_back(trip_by_hand(trip.as<lathe::dict>()));
    return journal;
}

// ---- models to JSON, by hand ----

void put(std::string& out, std::string_view text) {
    constexpr std::string_view hex = "0123456789abcdef";
    out += '"';
    std::size_t from = 0;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const char c = text[i];
        if (static_cast<unsigned char>(c) >= 0x20 && c != '"' && c != '\\') continue;
        out.append(text, from, i - from);
        from = i + 1;
        if (c == '"' || c == '\\') {
            (out += '\\') += c;
        } else if (c == '\n') {
            out += "\\n";
        } else {
            ((out += "\\u00") += hex[static_cast<std::size_t>(c >> 4)]) += hex[static_cast<std::size_t>(c & 15)];
        }
    }
    out.append(text, from);
    out += '"';
}
void put(std::string& out, int number) {
    char digits[16];
    out.append(digits, std::to_chars(digits, digits + sizeof digits, number).ptr);
}
void put(std::string& out, double number) {
    char digits[32];
    const std::string_view written(digits, std::to_chars(digits, digits + sizeof digits, number).ptr);
    out += written;
    if (written.find_first_of(".e") == std::string_view::npos) out += ".0";
}

void put(std::string& out, const plain_leg& leg) {
    put(out += "{\"from\":", std::string_view(leg.from));
    put(out += ",\"to\":", std::string_view(leg.to));
    put(out += ",\"km\":", leg.km);
    put(out += ",\"minutes\":", leg.minutes);
    out += ",\"note\":";
    if (leg.note) {
        put(out, std::string_view(*leg.note));
    } else {
        out += "null";
    }
    out += '}';
}
template <class T>
void put(std::string& out, const std::vector<T>& elements) {
    out += '[';
    for (const T& element : elements) {
        if (out.back() != '[') out += ',';
        put(out, element);
    }
    out += ']';
}
void put(std::string& out, const plain_trip& trip) {
    put(out += "{\"name\":", std::string_view(trip.name));
    put(out += ",\"legs\":", trip.legs);
    put(out += ",\"seats\":", trip.seats);
    put(out += ",\"status\":", name_of(trip.status));
    (out += ",\"paid\":") += trip.paid ? "true" : "false";
    out += ",\"extras\":{";
    for (const auto& [key, count] : trip.extras) {
        if (out.back() != '{') out += ',';
        put(out, std::string_view(key));
        put(out += ':', count);
    }
    out += "}}";
}
std::string to_json_by_hand(const plain_journal& journal) {
    std::string out;
    put(out += "{\"trips\":", journal.trips);
    out += '}';
    return out;
}

// ---- conversions for nlohmann's library, with the same checks ----

void to_json(json& to, const plain_leg& from) {
    to = json{{"from", from.from}, {"to", from.to}, {"km", from.km}, {"minutes", from.minutes}, {"note", nullptr}};
    if (from.note) to["note"] = *from.note;
}
void from_json(const json& from, plain_leg& to) {
    demand(from.size() == 5, "unknown key");
    from.at("from").get_to(to.from);
    from.at("to").get_to(to.to);
    from.at("km").get_to(to.km);
    from.at("minutes").get_to(to.minutes);
    if (const json& note = from.at("note"); !note.is_null()) to.note = note.get<std::string>();
    check(to);
}
void to_json(json& to, const plain_trip& from) {
    to = json{{"name", from.name},
              {"legs", from.legs},
              {"seats", from.seats},
              {"status", name_of(from.status)},
              {"paid", from.paid},
              {"extras", from.extras}};
}
void from_json(const json& from, plain_trip& to) {
    demand(from.size() == 6, "unknown key");
    from.at("name").get_to(to.name);
    from.at("legs").get_to(to.legs);
    from.at("seats").get_to(to.seats);
    to.status = progress_of(from.at("status").get_ref<const std::string&>());
    from.at("paid").get_to(to.paid);
    from.at("extras").get_to(to.extras);
    check(to);
}
void to_json(json& to, const plain_journal& from) {
    to = json{{"trips", from.trips}};
}
void from_json(const json& from, plain_journal& to) {
    demand(from.size() == 1, "unknown key");
    from.at("trips").get_to(to.trips);
}

// Takes all events and does nothing.
struct no_events {
    bool null() { return true; }
    bool boolean(bool) { return true; }
    bool number_integer(std::int64_t) { return true; }
    bool number_unsigned(std::uint64_t) { return true; }
    bool number_float(double, const std::string&) { return true; }
    bool string(std::string&) { return true; }
    bool binary(json::binary_t&) { return true; }
    bool start_object(std::size_t) { return true; }
    bool key(std::string&) { return true; }
    bool end_object() { return true; }
    bool start_array(std::size_t) { return true; }
    bool end_array() { return true; }
    bool parse_error(std::size_t, const std::string&, const json::exception&) { return false; }
};

// ---- the document ----

plain_journal make_journal() {
    std::uint32_t state = 2026;
    const auto below = [&state](std::uint32_t limit) { // always the same numbers
        state = state * 1664525 + 1013904223;
        return static_cast<int>((state >> 8U) % limit);
    };
    const auto airport = [&below] {
        return std::string{static_cast<char>('A' + below(26)), static_cast<char>('A' + below(26)), 'X'};
    };
    const char* const notes[] = {"window seat",
                                 "meal without nuts, please",
                                 "the guest said \"no smoking\"",
                                 "Zürich by way of Malmö, two bags",
                                 "first line\nsecond line"};
    const char* const extras[] = {"bags", "bicycles", "meals", "skis", "upgrades"};
    plain_journal made;
    for (int i = 0; i < 3'500; ++i) {
        plain_trip& trip = made.trips.emplace_back();
        trip.name = "trip " + std::to_string(i) + (i % 3 == 0 ? " along the northern route" : "");
        for (int legs = 1 + below(4); legs != 0; --legs) {
            plain_leg& leg = trip.legs.emplace_back();
            leg = {airport(), airport(), (1 + below(90'000)) / 10.0, 1 + below(2880), std::nullopt};
            if (below(3) == 0) leg.note = notes[below(5)];
        }
        trip.seats = 1 + below(9);
        trip.status = static_cast<progress>(below(5));
        trip.paid = below(2) == 1;
        for (int kinds = below(4); kinds != 0; --kinds)
            trip.extras[extras[below(5)]] = below(10);
    }
    return made;
}

// The document in all its forms; made once, and only if all ways to make it agree.
struct sample {
    plain_journal plain = make_journal();
    std::string text = to_json_by_hand(plain);
    journal model = lathe::from_json<journal>(text);
    lathe::dict dict = lathe::to_dict(model);

    sample() {
        const json tree = json::parse(text);
        agree(lathe::to_json(model) == text, "lathe::to_json and hand_to_json");
        agree(to_json_by_hand(tree.get<plain_journal>()) == text, "nlohmann_from_json and hand_to_json");
        agree(json(plain) == tree, "nlohmann_to_json and hand_to_json");
        agree(to_dict_by_hand(plain) == dict, "lathe::to_dict and hand_to_dict");
        agree(to_json_by_hand(journal_by_hand(dict)) == text, "hand_from_dict and hand_to_json");
        agree(lathe::to_json(lathe::from_dict<journal>(dict)) == text, "lathe::from_dict and hand_to_json");
        std::ofstream file(std::filesystem::temp_directory_path() / "lathe_bench_dict.json", std::ios::binary);
        agree(static_cast<bool>(file << text << std::flush), "the disk and hand_to_json");
    }
    static void agree(bool equal, const char* who) {
        if (!equal) throw std::logic_error(std::string(who) + " do not agree about the document");
    }
};

const sample& document() {
    static const sample made;
    return made;
}

// One row: `make` makes something of the document.
template <class Make>
void measure(benchmark::State& state, Make make) {
    const sample& from = document();
    for (auto _ : state) {
        auto made = make(from);
        benchmark::DoNotOptimize(made);
    }
    state.SetBytesProcessed(state.iterations() * static_cast<std::int64_t>(from.text.size()));
}

// ---- dictionaries ----

void hand_to_dict(benchmark::State& state) {
    measure(state, [](const sample& from) { return to_dict_by_hand(from.plain); });
}
BENCHMARK(hand_to_dict)->Unit(benchmark::kMillisecond);

void lathe_to_dict(benchmark::State& state) {
    measure(state, [](const sample& from) { return lathe::to_dict(from.model); });
}
BENCHMARK(lathe_to_dict)->Unit(benchmark::kMillisecond);

void hand_from_dict(benchmark::State& state) {
    measure(state, [](const sample& from) { return journal_by_hand(from.dict); });
}
BENCHMARK(hand_from_dict)->Unit(benchmark::kMillisecond);

void lathe_from_dict(benchmark::State& state) {
    measure(state, [](const sample& from) { return lathe::from_dict<journal>(from.dict); });
}
BENCHMARK(lathe_from_dict)->Unit(benchmark::kMillisecond);

// ---- JSON out ----

void hand_to_json(benchmark::State& state) {
    measure(state, [](const sample& from) { return to_json_by_hand(from.plain); });
}
BENCHMARK(hand_to_json)->Unit(benchmark::kMillisecond);

void nlohmann_to_json(benchmark::State& state) {
    measure(state, [](const sample& from) { return json(from.plain).dump(); });
}
BENCHMARK(nlohmann_to_json)->Unit(benchmark::kMillisecond);

void lathe_to_json(benchmark::State& state) {
    measure(state, [](const sample& from) { return lathe::to_json(from.model); });
}
BENCHMARK(lathe_to_json)->Unit(benchmark::kMillisecond);

// ---- JSON in ----

void nlohmann_sax(benchmark::State& state) {
    measure(state, [](const sample& from) {
        no_events ignored;
        return json::sax_parse(from.text, &ignored);
    });
}
BENCHMARK(nlohmann_sax)->Unit(benchmark::kMillisecond);

void nlohmann_dom(benchmark::State& state) {
    measure(state, [](const sample& from) { return json::parse(from.text); });
}
BENCHMARK(nlohmann_dom)->Unit(benchmark::kMillisecond);

void nlohmann_from_json(benchmark::State& state) {
    measure(state, [](const sample& from) { return json::parse(from.text).get<plain_journal>(); });
}
BENCHMARK(nlohmann_from_json)->Unit(benchmark::kMillisecond);

void lathe_from_json(benchmark::State& state) {
    measure(state, [](const sample& from) { return lathe::from_json<journal>(from.text); });
}
BENCHMARK(lathe_from_json)->Unit(benchmark::kMillisecond);

} // namespace
