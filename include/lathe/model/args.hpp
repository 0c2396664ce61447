// SPDX-License-Identifier: MIT
#ifndef LATHE_MODEL_ARGS_HPP
#define LATHE_MODEL_ARGS_HPP

/// @file
/// @brief The command line of a program as a validated model.
/// @par Example
/// @ref examples/args.cpp

#include <cstdio>
#include <cstdlib>
#include <initializer_list>
#include <span>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

#include <lathe/core/result.hpp>
#include <lathe/model/described.hpp>
#include <lathe/model/detail/access.hpp>
#include <lathe/model/detail/args_model.hpp>
#include <lathe/model/detail/args_parser.hpp>
#include <lathe/model/validation_error.hpp>

namespace lathe {
inline namespace v0 {

/// What a program says of itself on its command line.
struct args_options {
    std::string program = {}; ///< its name; empty for the last part of `argv[0]`
    std::string about = {};   ///< what it does, for `--help`
    std::string version = {}; ///< what `--version` prints behind the name; empty for no such flag
    /// Begins the name of the environment variable that each field is read from unless `environment` names another:
    /// with "STRIKES_", `max_depth` is read from `STRIKES_MAX_DEPTH` and `server.port` from `STRIKES_SERVER_PORT`.
    /// Empty for none.
    std::string environment_prefix = {};
};

/// Why a command line made no model: somebody asked for help or the version, or something is wrong with it.
class args_stop {
public:
    /// @param text what is printed.
    /// @param issues all that is wrong; empty when nothing is.
    args_stop(std::string text, std::vector<issue> issues) : m_text(std::move(text)), m_issues(std::move(issues)) {}

    /// @return whether something is wrong; else `text()` is the help or the version that was asked for.
    [[nodiscard]] bool is_error() const noexcept { return !m_issues.empty(); }
    /// @return what a program prints before it ends, whole lines: the help, the version, or a line for each issue.
    [[nodiscard]] const std::string& text() const noexcept { return m_text; }
    /// @return what a program ends with: 2 when something is wrong, else 0.
    [[nodiscard]] int exit_code() const noexcept { return is_error() ? 2 : 0; }
    /// @return all that is wrong: first with flags and arguments as such, in their order, then with fields, in theirs.
    /// Each message says what it is about: "--workers: 200 is not in [1, 64]". A path is that of the field, such as
    /// "server.port"; it is empty where no field is meant.
    [[nodiscard]] const std::vector<issue>& issues() const noexcept { return m_issues; }

private:
    std::string m_text;
    std::vector<issue> m_issues;
};

/// Makes a model of a command line, or prints what `try_from_args` says and ends the program. Call it first thing in
/// `main`: `const auto chosen = lathe::from_args<options>(argc, argv);`.
///
/// Help and version go to the standard output, and the program ends with 0; errors go to the standard error, and it
/// ends with 2. It ends by `std::exit`, which does not destroy what lives on the stack.
/// @tparam Model as for `try_from_args`.
/// @param argc how many arguments there are, with the program's name.
/// @param argv the arguments.
/// @param options what the program says of itself.
/// @return the model.
template <class Model>
[[nodiscard]] Model from_args(int argc, const char* const* argv, const args_options& options = {});
/// The same for arguments that come from elsewhere.
/// @param arguments the arguments, without the program's name.
/// @param options what the program says of itself.
/// @return the model.
template <class Model>
[[nodiscard]] Model from_args(std::span<const std::string_view> arguments, const args_options& options = {});
/// The same for arguments that come from elsewhere.
/// @param arguments the arguments, without the program's name. They are not kept.
/// @param options what the program says of itself.
/// @return the model.
template <class Model>
[[nodiscard]] Model from_args(std::span<const std::string> arguments, const args_options& options = {});
/// The same for arguments that come from elsewhere.
/// @param arguments the arguments, without the program's name. They are not kept.
/// @param options what the program says of itself.
/// @return the model.
template <class Model>
[[nodiscard]] Model from_args(std::initializer_list<std::string_view> arguments, const args_options& options = {});

/// Makes a model of a command line. It neither prints nor ends the program.
///
/// A field is given by a flag. It is called as the field is, with hyphens for underscores (`max_depth`: `--max-depth`),
/// or by an alias that is made of letters, digits, `-` and `_`; never by the beginning of its name alone. A field of a
/// nested model stands behind its model's name: `--server.port`.
///
/// | a field                      | is given by                                                                  |
/// |------------------------------|------------------------------------------------------------------------------|
/// | any                          | `--name value` and `--name=value`                                            |
/// | with `short_flag<'w'>`       | also `-w value`, `-wvalue` and `-w=value`                                    |
/// | bool                         | `--name` and `--no-name`, or `--name=false`; short ones in groups: `-vx`     |
/// | vector, set, list, ...       | repeated flags, one for each element; std::array wants exactly its size      |
/// | with `positional`            | arguments that are no flags, field by field; a container takes all the rest  |
/// | with `environment<"NAME">`   | that variable, if no flag gives it; a container's elements are parted by `,` |
///
/// Values are read as `from_text` reads them. A negative number is a value, unless it stands alone and a short flag is
/// a digit; any other value that begins with a hyphen is written with `=`. `--` ends the flags, and `-` is an argument.
/// A variable that is empty counts as not set.
///
/// `--help` and `-h` ask for a text about all fields, and `--version` for the version, wherever they stand and whatever
/// else is wrong; fields of these names come first. A field that nothing gives keeps its default; if that breaks its
/// rules, or it is `required`, it is missing. Rules on the model as a whole are checked when all else holds.
/// @tparam Model a described type whose fields can be read from text, are containers of such, or nested models.
/// @param argc how many arguments there are, with the program's name; may be 0.
/// @param argv the arguments. They are not kept.
/// @param options what the program says of itself.
/// @return the model, or why there is none.
/// @par Thread safety
/// It reads the environment: no other thread may change that meanwhile.
template <class Model>
[[nodiscard]] result<Model, args_stop>
try_from_args(int argc, const char* const* argv, const args_options& options = {});
/// The same for arguments that come from elsewhere.
/// @param arguments the arguments, without the program's name. They are not kept.
/// @param options what the program says of itself.
/// @return the model, or why there is none.
template <class Model>
[[nodiscard]] result<Model, args_stop> try_from_args(std::span<const std::string_view> arguments,
                                                     const args_options& options = {});
/// The same for arguments that come from elsewhere.
/// @param arguments the arguments, without the program's name. They are not kept.
/// @param options what the program says of itself.
/// @return the model, or why there is none.
template <class Model>
[[nodiscard]] result<Model, args_stop> try_from_args(std::span<const std::string> arguments,
                                                     const args_options& options = {});
/// The same for arguments that come from elsewhere.
/// @param arguments the arguments, without the program's name. They are not kept.
/// @param options what the program says of itself.
/// @return the model, or why there is none.
template <class Model>
[[nodiscard]] result<Model, args_stop> try_from_args(std::initializer_list<std::string_view> arguments,
                                                     const args_options& options = {});

// ---- implementation --------------------------------------------------------

namespace detail {

// Why a model makes no command line: the first reason there is.
enum class args_fault {
    none,
    not_described,
    out_of_reach,
    not_made,
    not_readable,
    same_long_flag,
    same_short_flag,
    behind_a_list,
    idle_attribute,
};

template <class Model>
consteval args_fault args_fault_of() {
    if constexpr (!is_described<Model>) {
        return args_fault::not_described;
    } else if constexpr (shape_of<Model>() != shape::countable) {
        return args_fault::out_of_reach;
    } else if constexpr (!access::has_blank<Model>() || !std::is_move_constructible_v<Model>) {
        return args_fault::not_made;
    } else if constexpr (!all_args<member_types<Model>>) {
        return args_fault::not_readable;
    } else {
        constexpr const arg_model& model = args_of<Model>::model;
        if (!long_flags_differ(model)) return args_fault::same_long_flag;
        if (!short_flags_differ(model)) return args_fault::same_short_flag;
        if (!positionals_end_in_list(model)) return args_fault::behind_a_list;
        return attributes_apply(model) ? args_fault::none : args_fault::idle_attribute;
    }
}
// Not by !=, of which clang would show both sides.
consteval bool differ(args_fault a, args_fault b) noexcept {
    return a != b;
}

template <class Model>
result<Model, args_stop>
read_args(std::span<const std::string_view> arguments, std::string_view program, const args_options& options) {
    constexpr args_fault fault = args_fault_of<Model>();
    static_assert(differ(fault, args_fault::not_described),
                  "lathe::from_args: the type is not described; make it an aggregate, or give it a public static "
                  "consteval auto fields() that returns lathe::fields<&T::a, &T::b>");
    static_assert(differ(fault, args_fault::not_made),
                  "lathe::from_args: a member of the model cannot be made without a value, or the model cannot be "
                  "moved; give the member a default, or make it a std::optional");
    static_assert(differ(fault, args_fault::not_readable),
                  "lathe::from_args: a field of the model cannot be read from text; give its type a function "
                  "`bool read_text(std::string_view, T&)`, and hold text in a std::string");
    static_assert(differ(fault, args_fault::same_long_flag),
                  "lathe::from_args: two fields have the same long flag, by their names, their aliases or the --no- "
                  "of a bool; rename one");
    static_assert(differ(fault, args_fault::same_short_flag),
                  "lathe::from_args: two fields have the same short flag; give one of them another letter");
    static_assert(differ(fault, args_fault::behind_a_list),
                  "lathe::from_args: a positional container takes all arguments that are left, so no positional field "
                  "can follow; move it to the end");
    static_assert(differ(fault, args_fault::idle_attribute),
                  "lathe::from_args: a nested model has no flag, place or variable of its own, and a positional field "
                  "has no short flag; drop the attribute");
    if constexpr (fault == args_fault::none) {
        auto model = access::blank<Model>();
        if (!options.program.empty()) program = options.program;
        args_parser parser(args_of<Model>::model,
                           &model,
                           {program, options.about, options.version, options.environment_prefix},
                           arguments);
        if (parser.run()) return result<Model, args_stop>(std::in_place, std::move(model));
        return failure(args_stop(std::move(parser.text()), std::move(parser.issues())));
    } else {
        // For what is out of reach, the names have a sentence each.
        if constexpr (fault == args_fault::out_of_reach) static_cast<void>(name_store<Model>::in_reach);
        return failure(args_stop({}, {}));
    }
}

// Where the arguments do not say it.
inline constexpr std::string_view some_program = "program";

// The last part of argv[0].
inline std::string_view program_name(int argc, const char* const* argv) noexcept {
    if (argc < 1 || argv[0] == nullptr) return some_program;
    std::string_view name = argv[0];
    name.remove_prefix(name.rfind('/') + 1); // npos + 1 is 0
    return name.empty() ? some_program : name;
}

inline std::vector<std::string_view> arguments_of(int argc, const char* const* argv) {
    if (argc < 2) return {};
    return std::vector<std::string_view>(argv + 1, argv + argc);
}
inline std::vector<std::string_view> arguments_of(std::span<const std::string> texts) {
    return std::vector<std::string_view>(texts.begin(), texts.end());
}

[[noreturn]] inline void end_program(const args_stop& stop) {
    std::FILE* const out = stop.is_error() ? stderr : stdout;
    std::fwrite(stop.text().data(), 1, stop.text().size(), out);
    std::exit(stop.exit_code());
}
template <class Model>
Model model_or_end(result<Model, args_stop>&& read) {
    if (!read) end_program(read.error());
    return *std::move(read);
}

} // namespace detail

template <class Model>
result<Model, args_stop> try_from_args(int argc, const char* const* argv, const args_options& options) {
    return detail::read_args<Model>(detail::arguments_of(argc, argv), detail::program_name(argc, argv), options);
}
template <class Model>
result<Model, args_stop> try_from_args(std::span<const std::string_view> arguments, const args_options& options) {
    return detail::read_args<Model>(arguments, detail::some_program, options);
}
template <class Model>
result<Model, args_stop> try_from_args(std::span<const std::string> arguments, const args_options& options) {
    return detail::read_args<Model>(detail::arguments_of(arguments), detail::some_program, options);
}
template <class Model>
result<Model, args_stop> try_from_args(std::initializer_list<std::string_view> arguments, const args_options& options) {
    return detail::read_args<Model>(arguments, detail::some_program, options);
}

template <class Model>
Model from_args(int argc, const char* const* argv, const args_options& options) {
    return detail::model_or_end(
        detail::read_args<Model>(detail::arguments_of(argc, argv), detail::program_name(argc, argv), options));
}
template <class Model>
Model from_args(std::span<const std::string_view> arguments, const args_options& options) {
    return detail::model_or_end(detail::read_args<Model>(arguments, detail::some_program, options));
}
template <class Model>
Model from_args(std::span<const std::string> arguments, const args_options& options) {
    return detail::model_or_end(
        detail::read_args<Model>(detail::arguments_of(arguments), detail::some_program, options));
}
template <class Model>
Model from_args(std::initializer_list<std::string_view> arguments, const args_options& options) {
    return detail::model_or_end(detail::read_args<Model>(arguments, detail::some_program, options));
}

} // namespace v0
} // namespace lathe

#endif // LATHE_MODEL_ARGS_HPP
