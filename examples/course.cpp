// SPDX-License-Identifier: MIT
// The Python course that lathe began with, class by class and in its order: each function below does with lathe what
// the function of the same name in course.py does with the course's own code, and prints the same lines. CTest compares
// them (example.course_python). What is not here is not built yet: run_async, DatabaseTransaction, ResourcePool.
#define LATHE_PERF_DEFINE_MEMORY_HOOKS // so that profile_memory sees what is allocated
#include <concepts>
#include <cstdint>
#include <exception>
#include <numeric>
#include <stdexcept>
#include <string>
#include <string_view>
#include <type_traits>
#include <vector>

#include <fmt/format.h>

#include <lathe/lathe.hpp>

// ---- Metaclasses and Dynamic Programming ----

// SingletonMeta and DatabaseConnection.
class database_connection : public lathe::singleton<database_connection> {
    friend lathe::singleton<database_connection>;
    database_connection() = default;

public:
    std::string connection_string = "postgresql://localhost:5432";
};

void show_singleton_meta() {
    const database_connection& first = database_connection::instance();
    const database_connection& second = database_connection::instance();
    fmt::print("{}\n", &first == &second ? "one object" : "two objects");
    fmt::print("{}\n", first.connection_string);
}

// ValidatedMeta: a class without a required method is refused, and validators belong to a property.
struct saves : lathe::requirement<"save"> {
    template <class T>
    static constexpr bool met = requires(const T& t) {
        { t.save() } -> std::same_as<std::string>;
    };
};
class report : public lathe::validated<report, saves> {
public:
    lathe::property<int, lathe::greater_than<0>, lathe::at_most<500>> pages = 1;
    std::string save() const { return fmt::format("saved {} pages", pages.value()); }
};
struct draft {}; // derived from lathe::validated<draft, saves>, it would not compile

void show_validated_meta() {
    report weekly;
    weekly.pages = 12;
    fmt::print("{}\n", weekly.save());
    try {
        weekly.pages = 0;
    } catch (const lathe::validation_error&) {
        fmt::print("0 pages are refused, there are still {}\n", weekly.pages);
    }
    for (const std::string_view method : lathe::unmet<draft, saves>)
        fmt::print("Class Draft must implement {} method\n", method);
}

// create_model_class.
void show_create_model_class() {
    const auto reading_type = lathe::model_builder("Reading").field<int>("year").field<double>("celsius").build();
    const lathe::record reading = reading_type({{"year", 2026}, {"celsius", 21.5}});
    fmt::print("{}\n", reading);
    fmt::print("{}\n", lathe::to_dict(reading));
    fmt::print("{} {}\n", reading_type.fields()[0].name, reading_type.fields()[1].name);
    if (!reading_type.try_make({{"year", 2026}, {"celsius", "warm"}})) // reading_type() would throw
        fmt::print("it cannot be warm degrees\n");
}

// ---- Descriptors and Property Management ----

// TypedProperty.
struct note {
    lathe::property<std::string> title = "untitled";
};

void show_typed_property() {
    note mine;
    fmt::print("{} is {}\n", lathe::field_infos<note>[0].name, mine.title);
    mine.title = "to do";
    fmt::print("{}\n", mine.title);
    if (!std::is_assignable_v<decltype((mine.title)), int>) // mine.title = 42 does not compile
        fmt::print("42 is no text\n");
    lathe::reset<"title">(mine);
    fmt::print("{}\n", mine.title);
}

// ValidatedProperty.
constexpr bool is_even(int n) {
    return n % 2 == 0;
}
struct dial {
    lathe::property<int, lathe::rule<"even", is_even>> level = 0;
};

void show_validated_property() {
    dial volume;
    volume.level = 4;
    try {
        volume.level = 5;
    } catch (const lathe::validation_error&) {
        fmt::print("5 is not even, the level is still {}\n", volume.level);
    }
}

// Person.
//! [person]
struct person {
    lathe::property<std::string> name = "";
    lathe::property<int, lathe::in_range<0, 150>> age = 0;
    lathe::property<std::string, lathe::any_of<lathe::length<0>, lathe::contains<"@">>> email = "";
};
//! [person]

void show_person() {
    person ada{.name = "Ada", .age = 36, .email = "ada@example.org"};
    fmt::print("{} {} {}\n", ada.name, ada.age, ada.email);
    try {
        ada.age = 200;
    } catch (const lathe::validation_error&) {
        fmt::print("nobody is 200; she is still {}\n", ada.age);
    }
    try {
        ada.email = "nobody";
    } catch (const lathe::validation_error&) {
        fmt::print("that is no address; hers is still {}\n", ada.email);
    }
    ada.email = "";
    fmt::print("{} {} {}\n", ada.name, ada.age, ada.email->empty() ? "without an address" : ada.email.value());
}

// ---- Performance Optimization ----

// PerformanceMonitor: time_it, profile_memory, get_stats.
void show_performance_monitor() {
    lathe::perf::monitor monitor;
    const auto total = monitor.time_it(
        "total", [](const std::vector<int>& numbers) { return std::accumulate(numbers.begin(), numbers.end(), 0); });
    const auto load = monitor.profile_memory("load", [] { return std::vector<std::vector<int>>(200'000); });

    for (const auto& numbers : std::vector<std::vector<int>>{{1, 2}, {3, 4, 5}, {6}})
        fmt::print("{}\n", total(numbers));
    load();
    const lathe::perf::snapshot stats = monitor.snapshot();
    for (const std::string_view name : {"total", "load"})
        fmt::print("{} was called {} times\n", name, stats[name].calls());
    fmt::print("load keeps {} than a megabyte\n", stats["load"].avg_memory() > 1e6 ? "more" : "less");
}

// OptimizedCache, whose bound holds for numbers, and whose objects live as long as somebody has them.
void show_optimized_cache() {
    lathe::weak_cache<int, int, lathe::fifo> squares{{.capacity = 3}};
    for (int n = 1; n < 5; ++n)
        squares.put(n, n * n);
    for (int n = 1; n < 5; ++n) {
        const auto found = squares.find(n);
        fmt::print("{} {}\n", n, found ? fmt::to_string(*found) : "is forgotten"); // the oldest goes first
    }

    struct document {
        std::string text;
    };
    lathe::weak_cache<std::string, document> documents{{.capacity = 0}}; // keeps nothing that nobody uses
    auto draft = documents.put("draft", document{"a draft"});
    fmt::print("in use: {} object\n", documents.find("draft") == draft ? "the same" : "another");
    draft.reset();
    fmt::print("not in use: {}\n", documents.find("draft") ? "kept" : "gone");
}

// process_large_dataset and process_line. Rows come one at a time, in memory that does not grow with the file; chunks
// of them are not built yet. `uppered` is what process_line does.
struct strike {
    lathe::property<std::string, lathe::uppered, lathe::alias<"Origin State">> state;
};

void show_process_large_dataset() {
    std::int64_t rows = 0, strikes = 0;
    for (const auto& row : lathe::data::read_csv<strike>("examples/data/birdstrikes.csv")) {
        ++rows;
        strikes += row && row->state == "NEW YORK";
    }
    fmt::print("NEW YORK: {} of {}\n", strikes, rows);
}

// ---- Advanced Concurrency Patterns ----

// Task.
void show_task() {
    lathe::task_scheduler tasks;
    const auto plus = tasks.add("plus", [](int a, int b) { return a + b; }, 2, 3);
    fmt::print("plus makes {}\n", plus.get()); // which runs it here
}

// AdvancedTaskScheduler: add_task, run_sequential, run_threaded.
void show_advanced_task_scheduler() {
    // The higher priority runs first. Equal ones run in the order of adding.
    lathe::task_scheduler scheduler{{.workers = 2}};
    const auto say = [](std::string_view text) {
        fmt::print("{}\n", text);
    };
    scheduler.add({.id = "eat", .priority = lathe::priority::low}, say, "the bread is eaten");
    scheduler.add({.id = "bake", .priority = lathe::priority::normal}, say, "the bread is baked");
    scheduler.add({.id = "shop", .priority = lathe::priority::high}, say, "flour is bought");
    scheduler.run(lathe::sequential{});

    scheduler.take_results();
    //! [tasks]
    scheduler.add("sum", [](int a, int b) { return a + b; }, 2, 3);
    scheduler.add("area", [](int width, int height) { return width * height; }, 2, 10);
    scheduler.add("print", []() -> int { throw std::runtime_error("out of paper"); });
    scheduler.run(lathe::threaded{});
    for (const lathe::task_result& outcome : scheduler.results()) {
        try {
            fmt::print("{}: success, {}\n", outcome.id, outcome.value<int>());
        } catch (const std::exception& error) { // the task's own
            fmt::print("{}: error, {}\n", outcome.id, error.what());
        }
    }
    //! [tasks]
}

int main() {
    const auto run = [](std::string_view name, void (*program)()) {
        fmt::print("---- {}\n", name);
        program();
    };
    run("SingletonMeta, DatabaseConnection", show_singleton_meta);
    run("ValidatedMeta", show_validated_meta);
    run("create_model_class", show_create_model_class);
    run("TypedProperty", show_typed_property);
    run("ValidatedProperty", show_validated_property);
    run("Person", show_person);
    run("PerformanceMonitor", show_performance_monitor);
    run("OptimizedCache", show_optimized_cache);
    run("process_large_dataset, process_line", show_process_large_dataset);
    run("Task", show_task);
    run("AdvancedTaskScheduler", show_advanced_task_scheduler);
}
