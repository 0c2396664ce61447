// SPDX-License-Identifier: MIT
// Models that are made while the program runs: their records obey the rules that structs do, and say the same.
#include <string>
#include <string_view>
#include <vector>

#include <fmt/format.h>

#include <lathe/lathe.hpp>

//! [builder]
const auto address_type = lathe::model_builder("address")
                              .field<std::string>("city", lathe::not_empty)
                              .field<std::string>("zip", lathe::length<5>)
                              .build();

const auto person_type = lathe::model_builder("person")
                             .field<std::string>("name", lathe::not_empty)
                             .field<int>("age", lathe::in_range<0, 150>, lathe::defaults_to<18>)
                             .field<std::vector<lathe::record>>("homes", address_type)
                             .build(); // a default that breaks its rule would be an error here

void show_a_person() {
    lathe::record ada = person_type({{"name", "Ada"}, {"age", 36}});
    ada["age"] = ada.get<int>("age") + 1; // checked, as in a struct
    ada["homes"] = lathe::list{lathe::dict{{"city", "London"}, {"zip", "12345"}}};
    try {
        ada["age"] = 200;
    } catch (const lathe::validation_error& error) {
        fmt::print("{}\n", error.what());
    }
    fmt::print("{}\n", ada);
}
//! [builder]

//! [columns]
// What somebody's table has for columns is in a file; here it stands for one.
struct column {
    std::string name;
    std::string type;
    double most;
};

lathe::model_type row_type(const std::vector<column>& columns) {
    lathe::model_builder builder("row");
    for (const column& column : columns) {
        const auto in_bounds = lathe::checked_by(fmt::format("within {}", column.most),
                                                 [most = column.most](auto v) { return v <= most; });
        if (column.type == "text") {
            builder.field<std::string>(column.name, lathe::trimmed, lathe::default_value("-"));
        } else if (column.type == "whole") {
            builder.field<int>(column.name, in_bounds);
        } else {
            builder.field<double>(column.name, lathe::finite, in_bounds);
        }
    }
    return builder.build();
}
//! [columns]

void show_a_table() {
    const auto type = row_type({{"species", "text", 0}, {"struck", "whole", 100}, {"height", "real", 41000.5}});
    for (const lathe::field_info& field : type.fields())
        fmt::print("{} holds {}\n", field.name, field.type);

    const lathe::dict rows[] = {{{"species", " gull "}, {"struck", 3}, {"height", 250.5}},
                                {{"struck", 300}, {"height", "high"}, {"weight", 1}}};
    const auto height = type.key<double>("height"); // looked up once
    for (const lathe::dict& row : rows) {
        const auto read = type.try_make(row);
        if (read) {
            fmt::print("{} at {} feet\n", *read, read->get(height));
        } else {
            fmt::print("{}\n", read.error().what()); // a line for each issue
        }
    }
}

// A struct is a run-time model too.
struct runway {
    lathe::property<std::string, lathe::not_empty> name;
    int feet = 10'000;
};

void show_a_struct() {
    lathe::record r = lathe::model_type::of<runway>()({{"name", "28L"}});
    r["feet"] = 11'381;
    fmt::print("{} is {} feet long\n", r["name"], r.get_if<runway>()->feet);
}

int main() {
    show_a_person();
    show_a_table();
    show_a_struct();
}
