// SPDX-License-Identifier: MIT
// Question: what does a model cost that is made at run time, against a struct with the same checks written by hand, and
// against a JSON object of nlohmann's library with the checks written by hand?
//
// Each object has three fields: name, not empty; age, in [0, 150]; email, with an "@". python_builder.py measures the
// classes of the Python course, whose fields are the same. The counter `bytes` is the memory of an object as the
// allocator counts it, its handle included.
#include <benchmark/benchmark.h>

#include <malloc.h>

#include <array>
#include <cstddef>
#include <cstdlib>
#include <new>
#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <nlohmann/json.hpp>

#include <lathe/model/builder.hpp>
#include <lathe/model/number_rules.hpp>
#include <lathe/model/text_rules.hpp>

namespace {

// Bytes in use by operator new, each block with the word that malloc keeps beside it.
std::size_t in_use = 0;

} // namespace

void* operator new(std::size_t size) {
    void* const made = std::malloc(size);
    if (made == nullptr) throw std::bad_alloc();
    in_use += malloc_usable_size(made) + sizeof(void*);
    return made;
}
void operator delete(void* made) noexcept {
    if (made != nullptr) in_use -= malloc_usable_size(made) + sizeof(void*);
    std::free(made);
}
void operator delete(void* made, std::size_t) noexcept {
    operator delete(made);
}

namespace {

using namespace lathe::literals;
using nlohmann::json;

// ---- by hand ----

struct person {
    std::string name;
    int age = 0;
    std::string email;

    person(std::string_view its_name, int its_age, std::string_view its_email) {
        set_name(its_name);
        set_age(its_age);
        set_email(its_email);
    }
    void set_name(std::string_view given) {
        if (given.empty()) throw std::invalid_argument("name is empty");
        name = given;
    }
    void set_age(int given) {
        if (given < 0 || given > 150) throw std::invalid_argument("age is not in [0, 150]");
        age = given;
    }
    void set_email(std::string_view given) {
        if (given.find('@') == std::string_view::npos) throw std::invalid_argument("email has no @");
        email = given;
    }
    // By name, as somebody would who needs that for three fields.
    void set(std::string_view field, int given) {
        if (field == "age") return set_age(given);
        throw std::invalid_argument("there is no such field");
    }
};

// ---- with nlohmann's library ----

void check(std::string_view field, const json& given) {
    if (field == "name") {
        if (!given.is_string() || given.get_ref<const std::string&>().empty()) throw std::invalid_argument("name");
    } else if (field == "age") {
        if (!given.is_number_integer() || given < 0 || given > 150) throw std::invalid_argument("age");
    } else if (field == "email") {
        if (!given.is_string() || given.get_ref<const std::string&>().find('@') == std::string::npos) {
            throw std::invalid_argument("email");
        }
    } else {
        throw std::invalid_argument("there is no such field");
    }
}
json json_person(json made) {
    for (const char* const field : {"name", "age", "email"})
        check(field, made.at(field));
    if (made.size() != 3) throw std::invalid_argument("there is no such field");
    return made;
}

// ---- with lathe ----

lathe::model_type make_type() {
    return lathe::model_builder("person")
        .field<std::string>("name", lathe::not_empty)
        .field<int>("age", lathe::in_range<0, 150>)
        .field<std::string>("email", lathe::contains<"@">)
        .build();
}
const lathe::model_type& person_type() {
    static const lathe::model_type type = make_type();
    return type;
}

// What a row sees that is none of its business to know.
template <class T>
T& hidden(T& value) {
    benchmark::DoNotOptimize(value);
    return value;
}

// ---- construct ----

void hand_construct(benchmark::State& state) {
    std::string name = "Ada";
    std::string email = "ada@example.org";
    int age = 36;
    for (auto _ : state) {
        person made(hidden(name), hidden(age), hidden(email));
        benchmark::DoNotOptimize(made);
    }
}
BENCHMARK(hand_construct);

void nlohmann_construct(benchmark::State& state) {
    std::string name = "Ada";
    std::string email = "ada@example.org";
    int age = 36;
    for (auto _ : state) {
        json made = json_person({{"name", hidden(name)}, {"age", hidden(age)}, {"email", hidden(email)}});
        benchmark::DoNotOptimize(made);
    }
}
BENCHMARK(nlohmann_construct);

void lathe_construct_named(benchmark::State& state) {
    const lathe::model_type& type = person_type();
    std::string name = "Ada";
    std::string email = "ada@example.org";
    int age = 36;
    for (auto _ : state) {
        lathe::record made = type("name"_f = hidden(name), "age"_f = hidden(age), "email"_f = hidden(email));
        benchmark::DoNotOptimize(made);
    }
}
BENCHMARK(lathe_construct_named);

// Of what stands in the braces of a dict.
void lathe_construct_braces(benchmark::State& state) {
    const lathe::model_type& type = person_type();
    std::string name = "Ada";
    std::string email = "ada@example.org";
    int age = 36;
    for (auto _ : state) {
        lathe::record made = type({{"name", hidden(name)}, {"age", hidden(age)}, {"email", hidden(email)}});
        benchmark::DoNotOptimize(made);
    }
}
BENCHMARK(lathe_construct_braces);

// Of a dict that is there.
void lathe_construct_of_dict(benchmark::State& state) {
    const lathe::model_type& type = person_type();
    lathe::dict from{{"name", "Ada"}, {"age", 36}, {"email", "ada@example.org"}};
    for (auto _ : state) {
        lathe::record made = type(hidden(from));
        benchmark::DoNotOptimize(made);
    }
}
BENCHMARK(lathe_construct_of_dict);

void lathe_copy(benchmark::State& state) {
    lathe::record from = person_type()("name"_f = "Ada", "age"_f = 36, "email"_f = "ada@example.org");
    for (auto _ : state) {
        lathe::record made = hidden(from);
        benchmark::DoNotOptimize(made);
    }
}
BENCHMARK(lathe_copy);

// ---- set and get ----

void hand_set(benchmark::State& state) {
    person made("Ada", 36, "ada@example.org");
    std::string_view field = "age";
    int age = 0;
    for (auto _ : state) {
        made.set(hidden(field), hidden(age));
        benchmark::DoNotOptimize(made);
    }
}
BENCHMARK(hand_set);

void nlohmann_set(benchmark::State& state) {
    json made = json_person({{"name", "Ada"}, {"age", 36}, {"email", "ada@example.org"}});
    std::string field = "age";
    int age = 0;
    for (auto _ : state) {
        json next = hidden(age);
        check(hidden(field), next);
        made[field] = std::move(next);
        benchmark::DoNotOptimize(made);
    }
}
BENCHMARK(nlohmann_set);

void lathe_set(benchmark::State& state) {
    lathe::record made = person_type()("name"_f = "Ada", "age"_f = 36, "email"_f = "ada@example.org");
    std::string_view field = "age";
    int age = 0;
    for (auto _ : state) {
        made[hidden(field)] = hidden(age);
        benchmark::DoNotOptimize(made);
    }
}
BENCHMARK(lathe_set);

void lathe_set_text(benchmark::State& state) {
    lathe::record made = person_type()("name"_f = "Ada", "age"_f = 36, "email"_f = "ada@example.org");
    std::string_view field = "email";
    std::string email = "a@b";
    for (auto _ : state) {
        made[hidden(field)] = hidden(email);
        benchmark::DoNotOptimize(made);
    }
}
BENCHMARK(lathe_set_text);

void lathe_set_key(benchmark::State& state) {
    lathe::record made = person_type()("name"_f = "Ada", "age"_f = 36, "email"_f = "ada@example.org");
    auto key = person_type().key<int>("age");
    int age = 0;
    for (auto _ : state) {
        made[hidden(key)] = hidden(age);
        benchmark::DoNotOptimize(made);
    }
}
BENCHMARK(lathe_set_key);

void lathe_get(benchmark::State& state) {
    lathe::record made = person_type()("name"_f = "Ada", "age"_f = 36, "email"_f = "ada@example.org");
    std::string_view field = "age";
    for (auto _ : state) {
        int age = hidden(made).get<int>(hidden(field));
        benchmark::DoNotOptimize(age);
    }
}
BENCHMARK(lathe_get);

void lathe_get_key(benchmark::State& state) {
    lathe::record made = person_type()("name"_f = "Ada", "age"_f = 36, "email"_f = "ada@example.org");
    auto key = person_type().key<int>("age");
    for (auto _ : state) {
        int age = hidden(made).get(hidden(key));
        benchmark::DoNotOptimize(age);
    }
}
BENCHMARK(lathe_get_key);

// ---- as a dict, as text; a type ----

void lathe_to_dict(benchmark::State& state) {
    lathe::record made = person_type()("name"_f = "Ada", "age"_f = 36, "email"_f = "ada@example.org");
    for (auto _ : state) {
        lathe::dict dict = lathe::to_dict(hidden(made));
        benchmark::DoNotOptimize(dict);
    }
}
BENCHMARK(lathe_to_dict);

void lathe_text(benchmark::State& state) {
    lathe::record made = person_type()("name"_f = "Ada", "age"_f = 36, "email"_f = "ada@example.org");
    for (auto _ : state) {
        std::string text = lathe::to_string(hidden(made));
        benchmark::DoNotOptimize(text);
    }
}
BENCHMARK(lathe_text);

void lathe_make_type(benchmark::State& state) {
    for (auto _ : state) {
        lathe::model_type made = make_type();
        benchmark::DoNotOptimize(made);
    }
}
BENCHMARK(lathe_make_type);

// ---- memory ----

// Many of them, made one after the other.
template <class Make>
void measure_bytes(benchmark::State& state, Make make) {
    using made = decltype(make());
    constexpr std::size_t count = 1000;
    for (auto _ : state) {
        std::vector<made> all;
        all.reserve(count);
        const std::size_t before = in_use;
        for (std::size_t i = 0; i < count; ++i)
            all.push_back(make());
        state.counters["bytes"] = static_cast<double>(in_use - before) / count + sizeof(made);
        benchmark::DoNotOptimize(all);
    }
}
void hand_bytes(benchmark::State& state) {
    measure_bytes(state, [] { return person("Ada", 36, "ada@example.org"); });
}
BENCHMARK(hand_bytes);
void nlohmann_bytes(benchmark::State& state) {
    measure_bytes(state, [] { return json_person({{"name", "Ada"}, {"age", 36}, {"email", "ada@example.org"}}); });
}
BENCHMARK(nlohmann_bytes);
void lathe_bytes(benchmark::State& state) {
    measure_bytes(state, [] { return person_type()("name"_f = "Ada", "age"_f = 36, "email"_f = "ada@example.org"); });
}
BENCHMARK(lathe_bytes);

} // namespace
