// SPDX-License-Identifier: MIT
// Each LATHE_CASE_* must not compile, and must say why. Without one, all compiles.
#include <lathe/model/json_schema.hpp>

#include <string>
#include <vector>

#include <lathe/model/field.hpp>
#include <lathe/model/rules.hpp>

struct person {
    lathe::property<std::string, lathe::not_empty> name;
    lathe::property<int, lathe::in_range<0, 150>> age = 18;
};
class closed {
    [[maybe_unused]] int m_age = 0;
};
struct holder {
    std::vector<closed> held{};
};
class ticket {
public:
    explicit ticket(int number) : m_number(number) {}
    static consteval auto fields() { return lathe::fields<&ticket::m_number>; }

private:
    int m_number;
};
struct wallet {
    std::vector<ticket> tickets{};
};

[[maybe_unused]] static bool good() {
    return lathe::json_schema<person>().contains("properties") && lathe::json_schema<int>({.aliases = false}).empty();
}

// expect-error(closed_type): lathe::json_schema: a value of this type cannot be read from a document, so there is nothing to say of one; make it a model, or give it to_string and read_text in its namespace
#ifdef LATHE_CASE_closed_type
auto schema = lathe::json_schema<closed>();
#endif

// expect-error(closed_member): lathe::json_schema: a value of this type cannot be read from a document, so there is nothing to say of one; make it a model, or give it to_string and read_text in its namespace
// Compilers name all the functions on the way.
// max-lines(closed_member): gcc 14 clang 21
#ifdef LATHE_CASE_closed_member
auto schema = lathe::json_schema<holder>();
#endif

// expect-error(without_blank): lathe::json_schema: an object of this model cannot be made without a value, so its defaults cannot be told; give its members defaults, or make them a std::optional
#ifdef LATHE_CASE_without_blank
auto schema = lathe::json_schema<ticket>();
#endif

// expect-error(nested_without_blank): lathe::json_schema: an object of this model cannot be made without a value, so its defaults cannot be told; give its members defaults, or make them a std::optional
// Compilers name all the functions on the way.
// max-lines(nested_without_blank): gcc 16 clang 24
#ifdef LATHE_CASE_nested_without_blank
auto schema = lathe::json_schema<wallet>();
#endif
