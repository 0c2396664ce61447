// SPDX-License-Identifier: MIT
// A contract says what a class must be able to do. Classes are checked against it where they are defined, functions
// take what conforms to it, and an erased holds any value that does.
#include <concepts>
#include <string>
#include <string_view>
#include <vector>

#include <fmt/format.h>

#include <lathe/lathe.hpp>

//! [contract]
struct draws : lathe::requirement<"draw() const -> string"> {
    template <class T>
    static constexpr bool met = requires(const T& t) {
        { t.draw() } -> std::convertible_to<std::string>;
    };
    static constexpr auto call = [](const auto& t) -> std::string {
        return t.draw();
    };
};
struct scales : lathe::requirement<"scale(double)"> {
    template <class T>
    static constexpr bool met = requires(T& t, double by) { t.scale(by); };
    static constexpr auto call = [](auto& t, double by) -> void {
        t.scale(by);
    };
};
struct shape : lathe::contract<draws, scales> {};

// Without scale() it would not compile: "T lacks what is listed here", with "scale(double)".
class circle : public lathe::validated<circle, shape> {
public:
    explicit circle(double radius) : m_radius(radius) {}
    std::string draw() const { return fmt::format("circle of {}", m_radius.value()); }
    void scale(double by) { m_radius = m_radius * by; }

private:
    lathe::property<double, lathe::positive> m_radius;
};
//! [contract]

//! [fields]
struct tile { // an aggregate, so it is checked from outside
    lathe::property<int, lathe::primary_key> id = 0;
    double side = 1;

    std::string draw() const { return fmt::format("tile of {}", side); }
    void scale(double by) { side *= by; }
};
struct stored : lathe::contract<lathe::has_field<"id", int>, lathe::field_has<"id", lathe::primary_key>> {};
static_assert(lathe::conforms<tile, shape, stored>);
//! [fields]

//! [erased]
using any_shape = lathe::erased<shape>; // holds any type that conforms; no base class, no pointer

void show(const std::vector<any_shape>& shapes) {
    for (const any_shape& one : shapes)
        fmt::print("{}\n", one.call<draws>());
}
//! [erased]

// A constraint of a template, where the type is known.
std::string drawn_twice(const lathe::conforms<draws> auto& what) {
    return what.draw() + ", " + what.draw();
}

int main() {
    std::vector<any_shape> shapes{circle(1.5), tile{}};
    show(shapes);

    std::vector<any_shape> copies = shapes; // values, each with its own
    for (any_shape& one : copies)
        one.call<scales>(2);
    show(copies);
    fmt::print("{}\n", drawn_twice(tile{}));

    if (const circle* found = copies[0].target<circle>()) fmt::print("the first one is a {}\n", found->draw());
    try {
        copies[0].call<scales>(-1); // the rules of its members hold within
    } catch (const lathe::validation_error& error) {
        fmt::print("{}\n", error.what());
    }
    try {
        any_shape().call<draws>();
    } catch (const lathe::erased_error& error) {
        fmt::print("{}\n", error.what());
    }
    for (const std::string_view text : lathe::unmet<std::string, shape, stored>)
        fmt::print("a string lacks: {}\n", text);
}
