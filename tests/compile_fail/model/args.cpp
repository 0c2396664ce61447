// SPDX-License-Identifier: MIT
// Each LATHE_CASE_* must not compile, and must say why. Without one, all compiles.
#include <lathe/model/attributes.hpp> // first, so that the compilers have fewer files to name

#include <lathe/model/args.hpp>

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include <lathe/model/property.hpp>
#include <lathe/model/rules.hpp>

struct server {
    lathe::property<int, lathe::in_range<1, 65535>, lathe::short_flag<'p'>> port = 80;
    bool tls = false;
};
struct options {
    lathe::property<std::string, lathe::positional> file = "-";
    lathe::property<int, lathe::short_flag<'w'>, lathe::environment<"WORKERS">, lathe::alias<"jobs">> workers = 2;
    server web = {};
};
class closed {
    [[maybe_unused]] int m_age = 0;
};

[[maybe_unused]] static bool good(int argc, char** argv) {
    const auto chosen = lathe::from_args<options>(argc, argv, {.about = "Does it."});
    return chosen.web.tls && lathe::try_from_args<options>({"-w4"}).has_value();
}

// expect-error(undescribed): lathe::from_args: the type is not described; make it an aggregate
#ifdef LATHE_CASE_undescribed
auto undescribed = lathe::try_from_args<closed>({"--age=3"});
#endif

// Not by from_args alone, of which this is the other half.
// expect-error(out_of_reach): lathe::described: this aggregate has a reference for a member, which no one can name
// Clang names all the functions on the way.
// max-lines(out_of_reach): gcc 12 clang 15
#ifdef LATHE_CASE_out_of_reach
struct with_reference {
    int& a;
};
auto out_of_reach = lathe::try_from_args<with_reference>({"-a"});
#endif

// expect-error(without_blank): lathe::from_args: a member of the model cannot be made without a value, or the model cannot be moved
#ifdef LATHE_CASE_without_blank
struct no_default {
    explicit no_default(int size) : value(size) {}
    int value;
};
struct holder {
    lathe::property<no_default> held;
};
auto without_blank = lathe::try_from_args<holder>({"--held=3"});
#endif

// expect-error(unmovable): lathe::from_args: a member of the model cannot be made without a value, or the model cannot be moved
#ifdef LATHE_CASE_unmovable
struct unmovable {
    unmovable(unmovable&&) = delete;
    static consteval auto fields() { return lathe::fields<&unmovable::size>; }
    unmovable() = default;
    int size = 0;
};
auto made = lathe::try_from_args<unmovable>({"--size=3"});
#endif

// expect-error(unreadable): lathe::from_args: a field of the model cannot be read from text; give its type a function
#ifdef LATHE_CASE_unreadable
struct owner {
    std::unique_ptr<int> only;
};
auto unreadable = lathe::try_from_args<owner>({"--only=3"});
#endif

// The text of an environment variable does not live long enough.
// expect-error(nested_unreadable): lathe::from_args: a field of the model cannot be read from text; give its type a function
#ifdef LATHE_CASE_nested_unreadable
struct raw {
    int* pointer = nullptr;
};
struct around {
    raw inner = {};
};
auto nested_unreadable = lathe::try_from_args<around>({});
#endif

// expect-error(same_long): lathe::from_args: two fields have the same long flag, by their names, their aliases or the --no- of a bool; rename one
#ifdef LATHE_CASE_same_long
struct same_long {
    int max_depth = 1;
    lathe::property<int, lathe::alias<"max-depth">> limit = 2;
};
auto same = lathe::try_from_args<same_long>({});
#endif

// expect-error(same_denied): lathe::from_args: two fields have the same long flag, by their names, their aliases or the --no- of a bool; rename one
#ifdef LATHE_CASE_same_denied
struct same_denied {
    bool colour = true;
    bool no_colour = false;
};
auto same = lathe::try_from_args<same_denied>({});
#endif

// expect-error(same_nested): lathe::from_args: two fields have the same long flag, by their names, their aliases or the --no- of a bool; rename one
#ifdef LATHE_CASE_same_nested
struct twice {
    lathe::property<int, lathe::alias<"b">> a = 1;
    int b = 2;
};
struct same_nested {
    twice inner = {};
};
auto same = lathe::try_from_args<same_nested>({});
#endif

// expect-error(same_short): lathe::from_args: two fields have the same short flag; give one of them another letter
#ifdef LATHE_CASE_same_short
struct same_short {
    lathe::property<bool, lathe::short_flag<'p'>> print = false;
    server web = {};
};
auto same = lathe::try_from_args<same_short>({});
#endif

// expect-error(after_list): lathe::from_args: a positional container takes all arguments that are left, so no positional field can follow; move it to the end
#ifdef LATHE_CASE_after_list
struct after_list {
    lathe::property<std::vector<std::string>, lathe::positional> from = {};
    lathe::property<std::string, lathe::positional> to = "";
};
auto after = lathe::try_from_args<after_list>({});
#endif

// expect-error(positional_model): lathe::from_args: a nested model has no flag, place or variable of its own, and a positional field has no short flag; drop the attribute
#ifdef LATHE_CASE_positional_model
struct positional_model {
    lathe::property<server, lathe::positional> web = {};
};
auto positional = lathe::try_from_args<positional_model>({});
#endif

// expect-error(positional_letter): lathe::from_args: a nested model has no flag, place or variable of its own, and a positional field has no short flag; drop the attribute
#ifdef LATHE_CASE_positional_letter
struct positional_letter {
    lathe::property<std::string, lathe::positional, lathe::short_flag<'f'>> file = "";
};
auto positional = lathe::try_from_args<positional_letter>({});
#endif

// expect-error(letter): lathe::short_flag<Letter>: Letter must be a letter or a digit, as in -v; longer flags are made of the field's name and its aliases
#ifdef LATHE_CASE_letter
lathe::property<bool, lathe::short_flag<'-'>> letter = false;
#endif

// expect-error(variable): lathe::environment<Variable>: Variable is empty or has a '=' in it, and no variable of an environment is called so
#ifdef LATHE_CASE_variable
lathe::property<bool, lathe::environment<"A=B">> variable = false;
#endif
