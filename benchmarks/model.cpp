// SPDX-License-Identifier: MIT
// Question: what do checked members and reflection cost at run time, against the same written by hand and against
// Boost.Hana's reflection?
//
// Rows come in groups: hand_*, the floor; lathe_*; hana_*, where Hana does the same. Compare rows of one run.
#include <benchmark/benchmark.h>

#include <cstddef>
#include <functional>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

#include <boost/hana/accessors.hpp>
#include <boost/hana/adapt_struct.hpp>
#include <boost/hana/equal.hpp>
#include <boost/hana/first.hpp>
#include <boost/hana/for_each.hpp>
#include <boost/hana/second.hpp>
#include <boost/hana/string.hpp>
#include <fmt/format.h>

#include <lathe/model/compare.hpp>
#include <lathe/model/number_rules.hpp>
#include <lathe/model/property.hpp>
#include <lathe/model/text.hpp>
#include <lathe/model/text_rules.hpp>
#include <lathe/model/validate.hpp>

namespace {

// ---- the three ways to write one type ----

struct leg {
    lathe::property<std::string, lathe::length<3>> from;
    lathe::property<int, lathe::positive> km = 1;
};
struct trip {
    lathe::property<std::string, lathe::not_empty, lathe::max_length<80>> name;
    lathe::property<int, lathe::in_range<1, 9>> seats = 1;
    lathe::property<double, lathe::finite> price = 0;
    std::vector<leg> legs;
};

struct hand_leg {
    std::string from;
    int km = 1;
};
struct hand_trip {
    std::string name;
    int seats = 1;
    double price = 0;
    std::vector<hand_leg> legs;

    void set_name(std::string_view text) {
        if (text.empty() || text.size() > 80) throw std::invalid_argument("name");
        name.assign(text);
    }
    void set_seats(int value) {
        if (value < 1 || value > 9) throw std::invalid_argument("seats");
        seats = value;
    }
};

struct flat {
    int id = 7;
    std::string owner = "Ada Lovelace";
    double balance = 0.25;
    bool open = true;
};
struct hana_flat : flat {};

const std::string short_name = "Ada";
const std::string long_name = "Augusta Ada King, Countess of Lovelace, 1815";

trip a_trip() {
    return {.name = "north", .seats = 3, .price = 99.5, .legs = {{.from = "SFO", .km = 900}, {.from = "SEA"}}};
}
hand_trip a_hand_trip() {
    return {"north", 3, 99.5, {{"SFO", 900}, {"SEA", 1}}};
}

} // namespace

BOOST_HANA_ADAPT_STRUCT(hana_flat, id, owner, balance, open);

namespace {

// ---- set and get ----

void hand_set_int(benchmark::State& state) {
    hand_trip trip = a_hand_trip();
    int value = 2;
    for (auto _ : state) {
        benchmark::DoNotOptimize(value);
        trip.set_seats(value);
        benchmark::DoNotOptimize(trip.seats);
    }
}
BENCHMARK(hand_set_int);

void lathe_set_int(benchmark::State& state) {
    trip trip = a_trip();
    int value = 2;
    for (auto _ : state) {
        benchmark::DoNotOptimize(value);
        trip.seats = value;
        benchmark::DoNotOptimize(trip.seats);
    }
}
BENCHMARK(lathe_set_int);

void hand_set_string(benchmark::State& state) {
    hand_trip trip = a_hand_trip();
    const std::string& value = state.range(0) < 10 ? short_name : long_name;
    for (auto _ : state) {
        trip.set_name(value);
        benchmark::DoNotOptimize(trip.name);
    }
}
BENCHMARK(hand_set_string)->Arg(3)->Arg(44);

void lathe_set_string(benchmark::State& state) {
    trip trip = a_trip();
    const std::string& value = state.range(0) < 10 ? short_name : long_name;
    for (auto _ : state) {
        trip.name = value;
        benchmark::DoNotOptimize(trip.name);
    }
}
BENCHMARK(lathe_set_string)->Arg(3)->Arg(44);

void hand_get(benchmark::State& state) {
    hand_trip trip = a_hand_trip();
    for (auto _ : state) {
        benchmark::DoNotOptimize(trip);
        int seats = trip.seats;
        benchmark::DoNotOptimize(seats);
    }
}
BENCHMARK(hand_get);

void lathe_get(benchmark::State& state) {
    trip trip = a_trip();
    for (auto _ : state) {
        benchmark::DoNotOptimize(trip);
        int seats = trip.seats;
        benchmark::DoNotOptimize(seats);
    }
}
BENCHMARK(lathe_get);

// ---- change in place ----

void hand_modify(benchmark::State& state) {
    hand_trip trip = a_hand_trip();
    for (auto _ : state) {
        std::string next = trip.name;
        next.back() ^= 1;
        if (next.empty() || next.size() > 80) throw std::invalid_argument("name");
        trip.name = std::move(next);
        benchmark::DoNotOptimize(trip.name);
    }
}
BENCHMARK(hand_modify);

void lathe_modify(benchmark::State& state) {
    trip trip = a_trip();
    for (auto _ : state) {
        trip.name.modify([](std::string& text) { text.back() ^= 1; });
        benchmark::DoNotOptimize(trip.name);
    }
}
BENCHMARK(lathe_modify);

// ---- the whole model ----

bool hand_valid(const hand_trip& trip) {
    if (trip.name.empty() || trip.name.size() > 80 || trip.seats < 1 || trip.seats > 9) return false;
    if (!(trip.price - trip.price == 0)) return false;
    for (const hand_leg& leg : trip.legs) {
        if (leg.from.size() != 3 || leg.km <= 0) return false;
    }
    return true;
}

void hand_validate(benchmark::State& state) {
    hand_trip trip = a_hand_trip();
    for (auto _ : state) {
        benchmark::DoNotOptimize(trip);
        benchmark::DoNotOptimize(hand_valid(trip));
    }
}
BENCHMARK(hand_validate);

void lathe_validate(benchmark::State& state) {
    trip trip = a_trip();
    for (auto _ : state) {
        benchmark::DoNotOptimize(trip);
        benchmark::DoNotOptimize(lathe::try_validate(trip).has_value());
    }
}
BENCHMARK(lathe_validate);

// ---- text ----

void hand_text(benchmark::State& state) {
    flat object;
    for (auto _ : state) {
        benchmark::DoNotOptimize(object);
        std::string text = fmt::format(
            "flat(id={}, owner=\"{}\", balance={}, open={})", object.id, object.owner, object.balance, object.open);
        benchmark::DoNotOptimize(text);
    }
}
BENCHMARK(hand_text);

void lathe_text(benchmark::State& state) {
    flat object;
    for (auto _ : state) {
        benchmark::DoNotOptimize(object);
        std::string text = lathe::to_string(object);
        benchmark::DoNotOptimize(text);
    }
}
BENCHMARK(lathe_text);

void hana_text(benchmark::State& state) {
    hana_flat object;
    for (auto _ : state) {
        benchmark::DoNotOptimize(object);
        std::string text = "flat(";
        boost::hana::for_each(boost::hana::accessors<hana_flat>(), [&](const auto& accessor) {
            if (text.back() != '(') text += ", ";
            fmt::format_to(std::back_inserter(text),
                           "{}={}",
                           boost::hana::to<const char*>(boost::hana::first(accessor)),
                           boost::hana::second(accessor)(object));
        });
        text += ')';
        benchmark::DoNotOptimize(text);
    }
}
BENCHMARK(hana_text);

// ---- equality and hash ----

void hand_equal(benchmark::State& state) {
    flat a, b;
    for (auto _ : state) {
        benchmark::DoNotOptimize(a);
        benchmark::DoNotOptimize(b);
        benchmark::DoNotOptimize(a.id == b.id && a.owner == b.owner && a.balance == b.balance && a.open == b.open);
    }
}
BENCHMARK(hand_equal);

void lathe_equal(benchmark::State& state) {
    flat a, b;
    for (auto _ : state) {
        benchmark::DoNotOptimize(a);
        benchmark::DoNotOptimize(b);
        benchmark::DoNotOptimize(lathe::equal(a, b));
    }
}
BENCHMARK(lathe_equal);

void hana_equal(benchmark::State& state) {
    hana_flat a, b;
    for (auto _ : state) {
        benchmark::DoNotOptimize(a);
        benchmark::DoNotOptimize(b);
        bool equal = true;
        boost::hana::for_each(boost::hana::accessors<hana_flat>(), [&](const auto& accessor) {
            equal = equal && boost::hana::second(accessor)(a) == boost::hana::second(accessor)(b);
        });
        benchmark::DoNotOptimize(equal);
    }
}
BENCHMARK(hana_equal);

// As many people write it; lathe mixes better, so that fields do not cancel out.
void hand_hash(benchmark::State& state) {
    flat object;
    for (auto _ : state) {
        benchmark::DoNotOptimize(object);
        std::size_t seed = 0;
        const auto add = [&seed](std::size_t hash) {
            seed ^= hash + 0x9e3779b9 + (seed << 6U) + (seed >> 2U);
        };
        add(std::hash<int>{}(object.id));
        add(std::hash<std::string>{}(object.owner));
        add(std::hash<double>{}(object.balance));
        add(std::hash<bool>{}(object.open));
        benchmark::DoNotOptimize(seed);
    }
}
BENCHMARK(hand_hash);

void lathe_hash(benchmark::State& state) {
    flat object;
    for (auto _ : state) {
        benchmark::DoNotOptimize(object);
        benchmark::DoNotOptimize(lathe::hash(object));
    }
}
BENCHMARK(lathe_hash);

} // namespace
