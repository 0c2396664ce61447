// SPDX-License-Identifier: MIT
#ifndef LATHE_MODEL_DETAIL_ARGS_HELP_HPP
#define LATHE_MODEL_DETAIL_ARGS_HELP_HPP

/// @file
/// @brief The help of a command line, made of what its fields say of themselves.

#include <algorithm>
#include <cstddef>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <lathe/model/detail/args_command.hpp>

namespace lathe {
inline namespace v0 {
namespace detail {

inline constexpr std::size_t help_width = 80;
inline constexpr char firm_blank = '\x1f'; // where no line shall end

// How many columns UTF-8 takes, if each character takes one.
inline std::size_t columns_of(std::string_view text) noexcept {
    return static_cast<std::size_t>(std::count_if(
        text.begin(), text.end(), [](char c) { return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U; }));
}

// Adds words to a line that has so many columns already; where they do not fit, lines begin at the indentation.
// Ends the line.
inline void write_wrapped(std::string& out, std::string_view text, std::size_t column, std::size_t indentation) {
    bool is_first = true;
    const auto begin_line = [&] {
        out += '\n';
        column = 0;
        is_first = true;
    };
    while (!text.empty()) {
        const std::size_t end = std::min(text.find_first_of(" \n"), text.size());
        const std::string_view word = text.substr(0, end);
        if (!word.empty()) {
            const std::size_t width = columns_of(word);
            if (!is_first && column + 1 + width > help_width) begin_line();
            if (column < indentation) {
                out.append(indentation - column, ' ');
                column = indentation;
            }
            if (!is_first) {
                out += ' ';
                ++column;
            }
            for (const char c : word)
                out += c == firm_blank ? ' ' : c;
            column += width;
            is_first = false;
        }
        if (end == text.size()) break;
        if (text[end] == '\n') begin_line();
        text.remove_prefix(end + 1);
    }
    out += '\n';
}

struct help_row {
    std::string left;
    std::string right;
};

// Each row's right part begins in one column; a left part that reaches into it has a line of its own.
inline void write_rows(std::string& out, const std::vector<help_row>& rows, std::size_t left_width) {
    const std::size_t indentation = left_width + 2;
    for (const help_row& row : rows) {
        out += row.left;
        std::size_t column = columns_of(row.left);
        if (row.right.empty()) {
            out += '\n';
            continue;
        }
        if (column > left_width) {
            out += '\n';
            column = 0;
        }
        write_wrapped(out, row.right, column, indentation);
    }
}

inline std::string value_in_brackets(const arg_slot& slot) {
    return '<' + slot.field->type->value_name() + '>';
}

// "--server.[no-]tls", which can be denied; "--workers <int>".
inline std::string flag_of(const arg_slot& slot) {
    std::string flag = slot.label;
    if (slot.field->is_switch()) {
        const std::size_t dot = flag.rfind('.');
        flag.insert(dot == std::string::npos ? 2 : dot + 1, "[no-]");
    } else {
        flag += ' ' + value_in_brackets(slot);
    }
    return flag;
}

// "<file>", "<others>..."
inline std::string argument_of(const arg_slot& slot) {
    return slot.label + (slot.field->is_list() ? "..." : "");
}

// "how many threads read (in [1, 64]; default: 2; environment: STRIKES_WORKERS)"
inline std::string description_of(const arg_slot& slot) {
    const arg_field& field = *slot.field;
    std::vector<std::string> notes;
    if (slot.is_required) notes.emplace_back("required");
    field.type->add_notes(notes);
    if (field.type->size != 0) {
        notes.push_back("given " + std::to_string(field.type->size) + " times");
    } else if (field.is_list() && !field.is_positional) {
        notes.emplace_back("may be repeated");
    }
    if (!slot.is_required) {
        if (const std::string standard = field.type->default_text(slot.member); !standard.empty()) {
            notes.push_back("default: " + standard);
        }
    }
    if (!slot.variable.empty()) notes.push_back("environment: " + slot.variable);
    std::string text(field.doc);
    const char* separator = text.empty() ? "(" : " (";
    for (const std::string& note : notes) {
        text += separator;
        text += note;
        separator = "; ";
    }
    if (!notes.empty()) text += ')';
    return text;
}

// "strikes --mode <mode> [flags] <input> [<more>...]"
inline std::string usage_of(const arg_command& command) {
    std::string usage;
    bool has_more_flags = command.takes_help() || command.takes_h() || command.takes_version();
    for (const arg_slot& slot : command.slots()) {
        if (!arg_command::is_flag(slot)) continue;
        if (slot.is_required) {
            std::string flag = slot.field->is_switch() ? slot.label : flag_of(slot);
            std::replace(flag.begin(), flag.end(), ' ', firm_blank);
            usage += ' ' + flag;
        } else {
            has_more_flags = true;
        }
    }
    if (has_more_flags) usage += " [flags]";
    for (const arg_slot& slot : command.slots()) {
        if (!arg_command::is_positional(slot)) continue;
        usage += slot.is_required ? ' ' + argument_of(slot) : " [" + argument_of(slot) + ']';
    }
    return usage;
}

inline std::string help_text(const arg_command& command) {
    const arg_words& words = command.words();
    std::string out = "Usage: ";
    out += words.program;
    // Each line of them begins in one column.
    write_wrapped(out, usage_of(command), columns_of(out), columns_of(out) + 1);
    if (!words.about.empty()) {
        out += '\n';
        write_wrapped(out, words.about, 0, 0);
    }

    std::vector<help_row> arguments;
    std::vector<help_row> flags;
    for (const arg_slot& slot : command.slots()) {
        if (arg_command::is_positional(slot)) {
            arguments.push_back({"  " + argument_of(slot), description_of(slot)});
        } else if (arg_command::is_flag(slot)) {
            const char letter = slot.field->letter;
            std::string left = letter == 0 ? "      " : std::string("  -") + letter + ", ";
            flags.push_back({std::move(left) + flag_of(slot), description_of(slot)});
        }
    }
    if (!command.help_flag().empty()) {
        const char* const left = !command.takes_help() ? "  -h" : command.takes_h() ? "  -h, --help" : "      --help";
        flags.push_back({left, "print this help and exit"});
    }
    if (command.takes_version()) flags.push_back({"      --version", "print the version and exit"});

    constexpr std::size_t widest_left = 30;
    std::size_t left_width = 0;
    for (const auto* const rows : {&arguments, &flags}) {
        for (const help_row& row : *rows) {
            if (const std::size_t width = columns_of(row.left); width <= widest_left) {
                left_width = std::max(left_width, width);
            }
        }
    }
    if (!arguments.empty()) {
        out += "\nArguments:\n";
        write_rows(out, arguments, left_width);
    }
    if (!flags.empty()) {
        out += "\nFlags:\n";
        write_rows(out, flags, left_width);
    }
    return out;
}

} // namespace detail
} // namespace v0
} // namespace lathe

#endif // LATHE_MODEL_DETAIL_ARGS_HELP_HPP
