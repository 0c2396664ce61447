// SPDX-License-Identifier: MIT
// Each LATHE_CASE_* must not compile, and must say why. Without one, all compiles.
#include <lathe/data/json_lines.hpp>

#include <map>
#include <string>
#include <string_view>
#include <vector>

struct part {
    int count = 0;
};
struct readable {
    int count = 0;
    std::vector<part> parts{};
    std::map<std::string, double> ratios{};
};

class opaque {
public:
    [[nodiscard]] int id() const { return m_id; }

private:
    int m_id = 0;
};
struct with_opaque {
    int count = 0;
    opaque of{};
};

class without_default {
public:
    static consteval auto fields() { return lathe::fields<&without_default::m_id>; }
    explicit without_default(int id) : m_id(id) {}

private:
    int m_id;
};

struct pinned {
    pinned() = default;
    pinned(pinned&&) = delete;
    static consteval auto fields() { return lathe::fields<&pinned::count>; }
    int count = 0;
};

template <class T>
void read_all() {
    for (auto&& row : lathe::data::read_json_lines<T>("x.jsonl"))
        static_cast<void>(row);
}

[[maybe_unused]] static constexpr auto good = &read_all<readable>;
[[maybe_unused]] static constexpr auto plain = &read_all<std::vector<int>>;

void write_all();
void write_all() {
    std::string text;
    lathe::data::json_lines_writer out{[&](std::string_view line) {
        text += line;
    }};
    out.write(readable{});
}

// expect-error(not_described): lathe::data::read_json_lines: a value of this type cannot be read from JSON; make it
#ifdef LATHE_CASE_not_described
void not_described() {
    for (auto&& row : lathe::data::read_json_lines<opaque>("x.jsonl"))
        static_cast<void>(row);
}
#endif

// expect-error(reference): lathe::data::read_json_lines: a value of this type cannot be read from JSON; make it
#ifdef LATHE_CASE_reference
void reference() {
    for (auto&& row : lathe::data::read_json_lines<readable&>("x.jsonl"))
        static_cast<void>(row);
}
#endif

// expect-error(member): lathe::from_dict: a value of this type cannot be read from a document
// The assertion stands where the member's type is looked at, below that of the model, and both compilers show the way.
// max-lines(member): gcc 18 clang 21
#ifdef LATHE_CASE_member
void member() {
    for (auto&& row : lathe::data::read_json_lines<with_opaque>("x.jsonl"))
        static_cast<void>(row);
}
#endif

// expect-error(no_default): lathe::data::read_json_lines: the model must have a default constructor
#ifdef LATHE_CASE_no_default
void no_default() {
    for (auto&& row : lathe::data::read_json_lines<without_default>("x.jsonl"))
        static_cast<void>(row);
}
#endif

// expect-error(immovable): lathe::data::read_json_lines: the model must have a default constructor
#ifdef LATHE_CASE_immovable
void immovable() {
    for (auto&& row : lathe::data::read_json_lines<pinned>("x.jsonl"))
        static_cast<void>(row);
}
#endif

// expect-error(string): lathe::data::json_lines_writer: the sink must be callable with a std::string_view; for a
#ifdef LATHE_CASE_string
void string() {
    lathe::data::json_lines_writer out{std::string()};
    out.write(readable{});
}
#endif

// expect-error(dangling): use of deleted function|call to deleted
#ifdef LATHE_CASE_dangling
auto dangling = lathe::data::read_json_lines<int>(lathe::data::source::memory(std::string("1\n")));
#endif
