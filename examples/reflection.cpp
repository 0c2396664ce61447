// SPDX-License-Identifier: MIT
// lathe knows the fields of a type by name: those of an aggregate at once, those of a class with private
// members when it lists them.
#include <string>

#include <fmt/format.h>

#include <lathe/lathe.hpp>

// An aggregate: there is nothing to add.
struct point {
    int x = 0;
    int y = 0;
};

//! [reflection]
class account { // its members are private: it lists those that are fields
public:
    static consteval auto fields() { return lathe::fields<&account::m_id, &account::m_owner>; }

private:
    int m_id = 7;
    lathe::property<std::string, lathe::not_empty, lathe::doc<"who pays">> m_owner = "Ada";
};

template <class Model>
void show(const Model& model) {
    lathe::for_each_field(model, [](auto name, const auto& value) { fmt::print("{}: {}\n", name, value); });
}
//! [reflection]

int main() {
    point here{.x = 1, .y = 2};
    account savings;

    // All fields, one after the other. The lambda above sees the type of each.
    fmt::print("{} has {} fields\n", lathe::type_name<point>, lathe::field_count<point>);
    show(here);
    fmt::print("{} has {} fields\n", lathe::type_name<account>, lathe::field_count<account>);
    show(savings);

    // One field by its name, which is checked by the compiler.
    lathe::set<"y">(here, lathe::get<"x">(here) + 40);
    fmt::print("{}\n", lathe::to_string(here));

    // Equality and hash go by all fields.
    const point copy = here;
    fmt::print("equal: {}, same hash: {}\n", lathe::equal(here, copy), lathe::hash(here) == lathe::hash(copy));

    // What is known of the fields without an object.
    for (const lathe::field_info& field : lathe::field_infos<account>) {
        fmt::print("{}: {}, rules: {}", field.name, field.type, field.rules.size());
        if (!field.doc.empty()) fmt::print(", {}", field.doc);
        fmt::print("\n");
    }
}
