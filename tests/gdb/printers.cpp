// SPDX-License-Identifier: MIT
// What gdb shows of lathe's types. At the end of show() printers.py prints each expression and compares.
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include <lathe/cache/weak_cache.hpp>
#include <lathe/core/result.hpp>
#include <lathe/model/builder.hpp>
#include <lathe/model/field.hpp>
#include <lathe/model/property.hpp>
#include <lathe/model/value.hpp>

namespace {

struct point {
    int x = 0;
    double y = 0.5;
};
struct person {
    lathe::property<std::string, lathe::not_empty> name;
    lathe::property<int, lathe::in_range<0, 150>> age = 18;
    lathe::property<std::optional<std::string>> email = std::nullopt;
};
struct shapes {
    lathe::field<"at", point> at = point{1, 2.5};
    lathe::property<std::vector<int>> numbers = {1, 2, 3};
    lathe::property<std::vector<std::string>> words = {"a", "b"};
    lathe::property<std::vector<int>> nothing = {};
    lathe::property<std::optional<double>> weight = 1.5;
    lathe::property<bool> is_open = true;
    lathe::property<lathe::value> any = lathe::list{1, nullptr};
};

[[gnu::noinline]] void end_of_show() {
    asm volatile("");
}

void show() {
    // A property is what it holds.
    person ada{.name = "Ada", .age = 36};
    // gdb(ada): {name = "Ada", age = 36, email = none}
    // gdb(ada.name): "Ada"
    // gdb(ada.email): none
    const person bob{.name = "Bob \"B\"", .email = "bob@example.org"};
    // gdb(bob): {name = "Bob \"B\"", age = 18, email = "bob@example.org"}
    [[maybe_unused]] const auto& age = ada.age;
    // gdb(age): 36
    const shapes all;
    // gdb(all): {at = {x = 1, y = 2.5}, numbers = {1, 2, 3}, words = {"a", "b"}, nothing = {}, weight = 1.5,
    //            is_open = true, any = {1, null}}
    person moved{.name = "too long to be kept in the string itself"};
    const person long_name{std::move(moved)};
    // gdb(moved): {name = "", age = 18, email = none}
    // gdb(long_name.name): "too long to be kept in the string itself"

    // So is a value of a type that is known at run time.
    const lathe::value null, yes = true, minus = -5, many = std::uint64_t{18446744073709551615U}, half = 0.5;
    // gdb(null): null
    // gdb(yes): true
    // gdb(minus): -5
    // gdb(many): 18446744073709551615
    // gdb(half): 0.5
    lathe::value moved_word = "word";
    const lathe::value word = std::move(moved_word), bytes = lathe::bytes{std::byte{1}, std::byte{255}};
    // gdb(moved_word): null
    // gdb(word): "word"
    // gdb(bytes): {1, 255}
    const lathe::dict empty_dict;
    const lathe::list empty_list;
    // gdb(empty_dict): {}
    // gdb(empty_list): {}
    lathe::dict moved_trip{{"to", "SFO"}, {"legs", lathe::list{1, 2.5, nullptr}}, {"base", lathe::dict{{"km", 7}}}};
    const lathe::dict trip = std::move(moved_trip);
    // gdb(moved_trip): {}
    // gdb(trip): {["to"] = "SFO", ["legs"] = {1, 2.5, null}, ["base"] = {["km"] = 7}}

    // A record's fields have the names and types of its model.
    const auto address_type = lathe::model_builder("address").field<std::string>("town").build();
    const auto type = lathe::model_builder("person")
                          .field<std::string>("name", lathe::not_empty)
                          .field<int>("age", lathe::in_range<0, 150>, lathe::defaults_to<18>)
                          .field<std::optional<double>>("height")
                          .field("home", address_type)
                          .field<std::vector<lathe::record>>("children", lathe::itself)
                          .build();
    lathe::record moved_record = type({{"name", "Ada"}, {"home", lathe::dict{{"town", "Bern"}}}});
    const lathe::record record = std::move(moved_record);
    // gdb(moved_record): none
    // gdb(record): {name = "Ada", age = 18, height = none, home = {town = "Bern"}, children = {}}

    lathe::weak_cache<int, person> cache{{.capacity = 4}};
    lathe::cache_handle<const person> moved_handle = cache.get_or_load(1, [&](int) { return ada; });
    const auto handle = std::move(moved_handle);
    // gdb(moved_handle): null
    // gdb(handle): {object = {name = "Ada", age = 36, email = none}, owners = 2}

    const lathe::result<int, lathe::validation_error> good = 36;
    const decltype(good) bad = lathe::failure(lathe::validation_error(
        {{"age", "in_range", "200 is not in [0, 150]", "200"}, {"name", "not_empty", "\"\" is empty", ""}}, "person"));
    const lathe::result<std::string, int> text = std::string("yes");
    [[maybe_unused]] const lathe::result<void, int> done, undone = lathe::failure(7);
    // gdb(good): {value = 36}
    // gdb(bad): {error = {"person.age: 200 is not in [0, 150]", "person.name: \"\" is empty"}}
    // gdb(text): {value = "yes"}
    // gdb(done): success
    // gdb(undone): {error = 7}

    // What was never initialised is told, and is no error of the printers.
    alignas(8) constexpr unsigned char noise[64] = {8, 0, 0, 0, 0, 0, 0, 0, 3};
    [[maybe_unused]] const auto* noisy_record = reinterpret_cast<const lathe::record*>(noise);
    [[maybe_unused]] const auto* noisy_dict = reinterpret_cast<const lathe::dict*>(noise);
    [[maybe_unused]] const auto* noisy_person = reinterpret_cast<const person*>(noise);
    // gdb(*noisy_record): <Cannot access memory at address 0x8>
    // gdb(*noisy_dict): {[<Cannot access memory at address 0x10>] = ?}
    // gdb(noisy_person->name): <error: Cannot access memory at address 0x8>
    end_of_show();
}

} // namespace

int main() {
    show();
}
