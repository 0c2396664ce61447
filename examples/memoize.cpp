// SPDX-License-Identifier: MIT
// A memo is a function that remembers its results: it computes each once, whichever thread asks first.
#include <cmath>
#include <string>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include <lathe/cache.hpp>

//! [memoize]
struct place { // models are arguments, by their fields
    std::string name;
    double latitude = 0, longitude = 0; // [rad]
};

double distance(const place& from, const place& to) { // [km]
    fmt::print("computing {} - {}\n", from.name, to.name);
    const double angle = std::sin(from.latitude) * std::sin(to.latitude) +
                         std::cos(from.latitude) * std::cos(to.latitude) * std::cos(from.longitude - to.longitude);
    return 6371 * std::acos(angle);
}

void compute() {
    const auto fib = lathe::memoize(1000, [](auto& self, int n) -> long { // calls itself by the memo
        return n < 2 ? n : self(n - 1) + self(n - 2);
    });
    fmt::print("fib(90) = {}\n", fib(90));
    fmt::print("computed in {} calls\n", fib.cache_info().misses);

    auto known_distance = lathe::memoize<lathe::lru>(100, distance);
    const place paris{"Paris", 0.8527, 0.0411};
    const place tokyo{"Tokyo", 0.6227, 2.4390};
    fmt::print("{:.0f} km\n", known_distance(paris, tokyo));
    fmt::print("{:.0f} km, remembered\n", known_distance(paris, tokyo));
    const auto [hits, misses, capacity, size] = known_distance.cache_info();
    fmt::print("{} hit, {} miss, {} of {} places taken\n", hits, misses, size, capacity);
    known_distance.forget(paris, tokyo); // or clear()
}
//! [memoize]

//! [method]
class route {
public:
    explicit route(std::vector<place> stops) : m_stops(std::move(stops)) {}
    double hours(double speed) const { return m_hours(*this, speed); }
    void add(place stop) {
        m_stops.push_back(std::move(stop));
        m_hours.clear(); // the results were those of the old route
    }

private:
    double compute_hours(double speed) const {
        double length = 0;
        for (std::size_t i = 1; i < m_stops.size(); ++i)
            length += distance(m_stops[i - 1], m_stops[i]);
        return length / speed;
    }

    std::vector<place> m_stops;
    lathe::method_memo<&route::compute_hours> m_hours{10}; // dies with its route; copies begin without results
};
//! [method]

int main() {
    compute();

    route there({{"Lisbon", 0.6757, -0.1595}, {"Madrid", 0.7053, -0.0646}});
    fmt::print("{:.1f} h\n", there.hours(100));
    fmt::print("{:.1f} h, remembered\n", there.hours(100));
    there.add({"Paris", 0.8527, 0.0411});
    fmt::print("{:.1f} h\n", there.hours(100));
}
