// SPDX-License-Identifier: MIT
// Each LATHE_CASE_* must not compile, and must say why. Without one, all compiles.
#include <lathe/data/csv.hpp>

#include <map>
#include <string>

struct colour {
    int code = 0;
};
bool read_text(std::string_view text, colour& to);
bool read_text(std::string_view text, colour& to) {
    to.code = static_cast<int>(text.size());
    return true;
}

struct readable {
    int count = 0;
    std::string name{};
    colour shade{};
};

struct with_a_map {
    int count = 0;
    std::map<int, int> counts{};
};

struct part {
    int count = 0;
};
struct with_a_part {
    part of{};
};

struct with_a_constant {
    const int count = 0;
};

class without_default {
public:
    static consteval auto fields() { return lathe::fields<&without_default::m_id>; }
    explicit without_default(int id) : m_id(id) {}

private:
    int m_id;
};

template <class Model>
void read_all() {
    for (auto&& row : lathe::data::read_csv<Model>("x.csv"))
        static_cast<void>(row);
}

[[maybe_unused]] static constexpr auto good = &read_all<readable>;

// max-lines(map): gcc 12 clang 14
// expect-error(map): lathe::data::read_csv: the field of the model that is named here cannot be read
// expect-text(map): {"counts"}
#ifdef LATHE_CASE_map
void map() {
    for (auto&& row : lathe::data::read_csv<with_a_map>("x.csv"))
        static_cast<void>(row);
}
#endif

// max-lines(part): gcc 12 clang 14
// expect-error(part): lathe::data::read_csv: the field of the model that is named here cannot be read
// expect-text(part): {"of"}
#ifdef LATHE_CASE_part
void parts() {
    for (auto&& row : lathe::data::read_csv<with_a_part>("x.csv"))
        static_cast<void>(row);
}
#endif

// expect-error(not_described): lathe::data::read_csv: the type is not described; make it an aggregate
#ifdef LATHE_CASE_not_described
void not_described() {
    for (auto&& row : lathe::data::read_csv<int>("x.csv"))
        static_cast<void>(row);
}
#endif

// expect-error(constant): lathe::data::read_csv: the model must have a default constructor
#ifdef LATHE_CASE_constant
void constant() {
    for (auto&& row : lathe::data::read_csv<with_a_constant>("x.csv"))
        static_cast<void>(row);
}
#endif

// expect-error(no_default): lathe::data::read_csv: the model must have a default constructor
#ifdef LATHE_CASE_no_default
void no_default() {
    for (auto&& row : lathe::data::read_csv<without_default>("x.csv"))
        static_cast<void>(row);
}
#endif

// expect-error(reader): lathe::data::read_csv: the field of the model that is named here cannot be read
// The assertion stands in the function that reads, two calls below the loop, and clang shows each.
// max-lines(reader): gcc 12 clang 17
#ifdef LATHE_CASE_reader
void reader() {
    lathe::data::csv_reader<with_a_map> rows{"x.csv"};
    for (auto&& row : rows)
        static_cast<void>(row);
}
#endif

// expect-error(dangling): use of deleted function|call to deleted
// expect-text(dangling): // lathe::data::source: these bytes go at once; use source::text(...)
#ifdef LATHE_CASE_dangling
auto dangling = lathe::data::read_csv<readable>(lathe::data::source::memory(std::string("count\n1\n")));
#endif

// expect-error(stream): use of deleted function|invokes a deleted function
// expect-text(stream): // lathe::data::source: pass a path, source::standard_input() or source::text(...)
#ifdef LATHE_CASE_stream
struct stream {
    int* rdbuf();
};
auto rows = lathe::data::read_csv<readable>(stream());
#endif
