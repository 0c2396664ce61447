// SPDX-License-Identifier: MIT
// A user's program that needs something of each part, components where they were found. Says which part is wrong.
#include <cstdio>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>
#include <type_traits>
#include <vector>

#include <fmt/format.h>

#include <lathe/lathe.hpp>
#include <lathe/model/args.hpp>
#include <lathe/model/hana.hpp>
#ifdef WITH_JSON
#    include <lathe/data/json_lines.hpp>
#    include <lathe/model/json.hpp>
#endif
#ifdef WITH_BENCHMARK
#    include <lathe/perf/memory_manager.hpp>
#endif

namespace {

using namespace lathe::literals;

struct person {
    lathe::property<std::string, lathe::trimmed, lathe::not_empty> name;
    lathe::property<int, lathe::in_range<0, 150>> age = 18;
    std::optional<std::string> email = std::nullopt;
};

bool properties() {
    person ada{.name = " Ada ", .age = 36};
    try {
        lathe::set<"age">(ada, 200);
    } catch (const lathe::error& error) {
        return *ada.name == "Ada" && ada.age == 36 && error.what() == std::string("person.age: 200 is not in [0, 150]");
    }
    return false;
}

bool reflection() {
    person ada{.name = "Ada"};
    person bob = ada;
    bob.age += 1;
    return fmt::format("{}", ada) == R"(person(name="Ada", age=18, email=none))" && !lathe::equal(ada, bob) &&
           lathe::get<"age">(bob) == 19;
}

bool models_from_a_list() {
    using point = lathe::model<"point", lathe::field<"x", int, lathe::at_least<0>>, lathe::field<"y", int>>;
    const point at{"y"_f = 2, "x"_f = 1};
    return at["x"_f] == 1 && !lathe::try_make<point>("x"_f = -1);
}

bool dictionaries() {
    const auto ada = lathe::from_dict<person>({{"name", "Ada"}, {"age", 36}});
    const auto refused = lathe::try_from_dict<person>({{"name", ""}, {"age", 200}, {"mail", 1}});
    return lathe::to_dict(ada).at("age") == 36 && !refused && refused.error().issues().size() == 3;
}

bool run_time_models() {
    const auto type = lathe::model_builder("person").field<int>("age", lathe::in_range<0, 150>).build();
    lathe::record ada = type({{"age", 36}});
    ada["age"] = 37;
    return ada.get<int>("age") == 37 && !type.try_make({{"age", 200}});
}

bool command_lines() {
    const std::vector<std::string_view> line = {"--name", "Ada", "--age=36"};
    const auto ada = lathe::try_from_args<person>(line);
    return ada && ada->age == 36;
}

class settings : public lathe::singleton<settings> {
    friend lathe::singleton<settings>;
    settings() = default;

public:
    int retries = 3;
};

bool singletons() {
    settings::instance().retries = 5;
    return settings::instance().retries == 5;
}

struct speaks : lathe::requirement<"speak() const -> string"> {
    template <class T>
    static constexpr bool met = requires(const T& t) { std::string(t.speak()); };
    static constexpr auto call = [](const auto& t) -> std::string {
        return t.speak();
    };
};
struct animal : lathe::contract<speaks> {};
struct dog : lathe::validated<dog, animal> {
    std::string speak() const { return "woof"; }
};

bool contracts() {
    const lathe::erased<animal> any = dog{};
    return any.call<speaks>() == "woof" && !lathe::conforms<int, animal>;
}

bool caches() {
    lathe::weak_cache<int, std::string> cache{{.capacity = 2}};
    const auto held = cache.get_or_load(1, [](int key) { return std::to_string(key); });
    int calls = 0;
    const auto square = lathe::memoize(10, [&calls](int n) { return ++calls, n * n; });
    return cache.find(1) == held && *held == "1" && square(4) + square(4) == 32 && calls == 1;
}

bool tasks() {
    lathe::task_scheduler scheduler{{.workers = 2}};
    const auto sum = scheduler.add([](int a, int b) { return a + b; }, 2, 3);
    scheduler.run();
    std::vector<int> numbers(1000, 1);
    lathe::parallel_for(scheduler, numbers, [](int& number) { number = 2; });
    return sum.get() == 5 && lathe::parallel_reduce(scheduler, numbers, 0, [](int number) { return number; }) == 2000;
}

bool monitors() {
    lathe::perf::monitor monitor;
    for (int i = 0; i < 3; ++i)
        const auto scope = monitor.scope<"step">();
    return monitor.snapshot()["step"].calls() == 3;
}

bool tables() {
    int sum = 0, refused = 0;
    for (const auto& row : lathe::data::read_csv<person>(lathe::data::source::text("name,age\nAda,36\nBob,200\n"))) {
        if (row) {
            sum += row->age;
        } else {
            ++refused;
        }
    }
    return sum == 36 && refused == 1;
}

#ifdef WITH_JSON
bool json() {
    const auto ada = lathe::from_json<person>(R"({"name": "Ada", "age": 36})");
    int sum = 0;
    for (const auto& row : lathe::data::read_json_lines<person>(lathe::data::source::text(lathe::to_json(ada) + "\n")))
        sum += row->age;
    return sum == 36;
}
#endif
#ifdef WITH_BENCHMARK
bool memory_of_benchmarks() {
    return std::is_base_of_v<benchmark::MemoryManager, lathe::perf::memory_manager>;
}
#endif

} // namespace

int main() {
    int wrong = 0;
    const auto check = [&wrong](const char* part, bool (*works)()) {
        try {
            if (works()) return;
            std::printf("%s: not as it should be\n", part);
        } catch (const std::exception& error) {
            std::printf("%s: %s\n", part, error.what());
        }
        ++wrong;
    };
    check("properties", properties);
    check("reflection", reflection);
    check("models from a list", models_from_a_list);
    check("dictionaries", dictionaries);
    check("run-time models", run_time_models);
    check("command lines", command_lines);
    check("singletons", singletons);
    check("contracts", contracts);
    check("caches", caches);
    check("tasks", tasks);
    check("monitors", monitors);
    check("tables", tables);
#ifdef WITH_JSON
    check("json", json);
#endif
#ifdef WITH_BENCHMARK
    check("memory of benchmarks", memory_of_benchmarks);
#endif
    return wrong == 0 ? 0 : 1;
}
