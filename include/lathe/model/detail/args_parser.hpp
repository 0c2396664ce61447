// SPDX-License-Identifier: MIT
#ifndef LATHE_MODEL_DETAIL_ARGS_PARSER_HPP
#define LATHE_MODEL_DETAIL_ARGS_PARSER_HPP

/// @file
/// @brief Reads a command line into the fields of a model. All that is wrong is collected.

#include <cstddef>
#include <cstdlib>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <lathe/model/detail/args_command.hpp>
#include <lathe/model/detail/args_help.hpp>
#include <lathe/model/detail/nearest_name.hpp>
#include <lathe/model/detail/path.hpp>
#include <lathe/model/detail/scalar_text.hpp>
#include <lathe/model/detail/write_value.hpp>
#include <lathe/model/validation_error.hpp>

namespace lathe {
inline namespace v0 {
namespace detail {

// First it finds out which text is whose, and only then are fields read: help must show defaults, and a field is read
// from its flag, its variable or neither.
class args_parser {
public:
    args_parser(const arg_model& model,
                void* object,
                const arg_words& words,
                std::span<const std::string_view> arguments)
        : m_command(model, object, words),
          m_model(model),
          m_object(object),
          m_arguments(arguments),
          m_digits_are_flags(m_command.has_digit_flags()) {}

    // Fills the object. False: there is a text to print instead, and if something is wrong there are issues.
    bool run() {
        scan();
        if (!m_text.empty()) {
            m_issues.clear(); // who asks for help has not finished the command
            return false;
        }
        for (arg_slot& slot : m_command.slots()) {
            if (!slot.field->is_group()) fill(slot);
        }
        if (m_issues.empty()) check();
        if (m_issues.empty()) return true;
        write_issues();
        return false;
    }

    [[nodiscard]] std::string& text() noexcept { return m_text; }
    [[nodiscard]] std::vector<issue>& issues() noexcept { return m_issues; }

private:
    // ---- which text is whose ----

    [[nodiscard]] bool is_flag(std::string_view argument) const noexcept {
        return argument.size() > 1 && argument[0] == '-' && (m_digits_are_flags || !is_negative_number(argument));
    }

    void scan() {
        bool flags_are_over = false;
        while (m_next < m_arguments.size() && m_text.empty()) {
            const std::string_view argument = m_arguments[m_next++];
            if (flags_are_over || !is_flag(argument)) {
                take_positional(argument);
            } else if (argument == "--") {
                flags_are_over = true;
            } else if (argument[1] == '-') {
                take_long(argument);
            } else {
                take_short(argument);
            }
        }
    }

    void take_positional(std::string_view argument) {
        for (arg_slot& slot : m_command.slots()) {
            if (!arg_command::is_positional(slot) || (slot.is_given && !slot.field->is_list())) continue;
            slot.is_given = true;
            slot.texts.push_back(argument);
            return;
        }
        std::string shown = shown_value(argument);
        add("", "unknown", "unexpected argument " + shown, shown);
    }

    void take_long(std::string_view argument) {
        const std::size_t equals = argument.find('=');
        const std::string_view flag = argument.substr(0, equals); // with its hyphens
        const bool has_value = equals != std::string_view::npos;
        const std::string_view value = has_value ? argument.substr(equals + 1) : std::string_view();
        const arg_command::found_flag found = m_command.find(flag.substr(2));
        if (found.slot == nullptr) {
            if (flag == "--help" && m_command.takes_help()) return answer(flag, has_value, value, &help);
            if (flag == "--version" && m_command.takes_version()) return answer(flag, has_value, value, &version);
            return add_unknown(flag, has_value);
        }
        arg_slot& slot = *found.slot;
        if (found.is_denied) {
            if (has_value) return refuse_value(slot.path, flag, value);
            give(slot, "false");
        } else if (has_value) {
            give(slot, value);
        } else {
            give_next(slot);
        }
    }

    // -v, -vx, -w4, -w 4, -w=4, -vw4
    void take_short(std::string_view argument) {
        for (std::string_view rest = argument.substr(1); !rest.empty() && m_text.empty();) {
            const char letter = rest.front();
            rest.remove_prefix(1);
            arg_slot* const slot = m_command.find_letter(letter);
            const std::string flag = {'-', letter};
            const bool has_value = rest.starts_with('=');
            if (slot == nullptr) {
                if (letter == 'h' && m_command.takes_h()) {
                    answer(flag, has_value, has_value ? rest.substr(1) : rest, &help);
                    if (has_value) return;
                    continue;
                }
                // One hyphen before the name of a long flag is likely one too few.
                if (rest.size() + 2 == argument.size() && m_command.find(argument.substr(1)).slot != nullptr) {
                    return add_unknown(argument, false);
                }
                return add_unknown(flag, false);
            }
            if (has_value) return give(*slot, rest.substr(1));
            if (!slot->field->is_switch() && !rest.empty()) return give(*slot, rest);
            give_next(*slot);
        }
    }

    // The value of a flag that stands alone, or is the next argument.
    void give_next(arg_slot& slot) {
        if (slot.field->is_switch()) return give(slot, "true");
        if (next_is_value()) return give(slot, m_arguments[m_next++]);
        slot.is_given = true;
        std::string message = slot.label + " needs a value";
        if (m_next < m_arguments.size() && !is_known_flag(m_arguments[m_next])) {
            message +=
                "; one that begins with a hyphen is written " + slot.label + '=' + shown_argument(m_arguments[m_next]);
        }
        add(slot.path, "value", std::move(message), {});
    }
    [[nodiscard]] bool next_is_value() const noexcept {
        if (m_next == m_arguments.size()) return false;
        const std::string_view next = m_arguments[m_next];
        return next.size() < 2 || next[0] != '-' || is_negative_number(next);
    }

    [[nodiscard]] bool is_known_flag(std::string_view argument) noexcept {
        if (!argument.starts_with("--")) return m_command.find_letter(argument[1]) != nullptr;
        const std::string_view name = argument.substr(2, argument.find('=') - 2);
        return name.empty() || name == "help" || name == "version" || m_command.find(name).slot != nullptr;
    }

    void give(arg_slot& slot, std::string_view text) {
        if (slot.is_given && !slot.field->is_list()) {
            if (!slot.is_repeated) {
                add(slot.path, "duplicate", slot.label + " is given more than once", shown_value(text));
            }
            slot.is_repeated = true;
            return;
        }
        slot.is_given = true;
        slot.texts.push_back(text);
    }

    // ---- the flags of every command line ----

    void
    answer(std::string_view flag, bool has_value, std::string_view value, std::string (*words)(const arg_command&)) {
        if (has_value) {
            refuse_value({}, flag, value);
        } else {
            m_text = words(m_command);
        }
    }
    static std::string help(const arg_command& command) { return help_text(command); }
    static std::string version(const arg_command& command) {
        return std::string(command.words().program).append(" ").append(command.words().version).append("\n");
    }

    // ---- what is wrong with flags ----

    [[gnu::cold]] void add(std::string_view path, std::string_view rule, std::string message, std::string value) {
        m_issues.push_back({std::string(path), std::string(rule), std::move(message), std::move(value)});
    }
    [[gnu::cold]] void refuse_value(std::string_view path, std::string_view flag, std::string_view value) {
        add(path, "value", std::string(flag).append(" takes no value"), shown_value(value));
    }
    // As it was typed, unless that is not fit to be shown.
    static std::string shown_argument(std::string_view argument) {
        std::string quoted = shown_value(argument);
        const bool is_plain = quoted.size() == argument.size() + 2 && argument.find(' ') == std::string_view::npos;
        return is_plain ? std::string(argument) : quoted;
    }

    // Whoever meant another flag meant its value too: taking it for an argument would be the next error.
    [[gnu::cold]] void add_unknown(std::string_view flag, bool has_value) {
        std::string shown = shown_argument(flag);
        std::string message = "unknown flag " + shown;
        const std::string_view bare = flag.substr(flag.find_first_not_of('-') == 2 ? 2 : 1);
        const std::vector<std::string> known = m_command.all_flags();
        const std::string_view near = flag.size() > 2 ? nearest_name(bare, known) : std::string_view();
        if (!near.empty()) {
            message.append("; did you mean --").append(near).append("?");
            if (arg_slot* const meant = m_command.find(near).slot; meant != nullptr) {
                meant->is_given = true;
                meant->is_repeated = true;
                if (!has_value && !meant->field->is_switch() && next_is_value()) ++m_next;
            }
        } else if (const arg_slot* const inside = m_command.first_in(flag); inside != nullptr) {
            message.append("; did you mean ").append(inside->label).append("?");
        }
        add("", "unknown", std::move(message), std::move(shown));
    }

    // ---- the fields ----

    void fill(arg_slot& slot) {
        if (slot.is_given) {
            if (!slot.texts.empty()) read(slot, slot.label, slot.texts);
            return;
        }
        if (!slot.variable.empty()) {
            const char* const text = std::getenv(slot.variable.c_str());
            if (text != nullptr && *text != '\0') return read(slot, slot.variable, variable_texts(slot, text));
        }
        if (slot.is_required) add(slot.path, "required", slot.label + " is missing", {});
    }
    static std::vector<std::string_view> variable_texts(const arg_slot& slot, std::string_view text) {
        if (!slot.field->is_list()) return {text};
        std::vector<std::string_view> texts;
        while (true) {
            const std::size_t comma = text.find(',');
            texts.push_back(text.substr(0, comma));
            if (comma == std::string_view::npos) return texts;
            text.remove_prefix(comma + 1);
        }
    }
    void read(const arg_slot& slot, std::string_view source, std::span<const std::string_view> texts) {
        const std::size_t before = m_issues.size();
        slot.field->type->read(slot.member, texts, path{nullptr, slot.path}, m_issues);
        for (std::size_t i = before; i < m_issues.size(); ++i)
            name_source(m_issues[i], source);
    }
    // "200 is not in [1, 64]" -> "--workers: 200 is not in [1, 64]"
    static void name_source(issue& found, std::string_view source) {
        if (found.message == "is missing") { // the text is there, and nothing is in it
            found.rule = "value";
            found.message = " needs a value";
        } else {
            found.message.insert(0, ": ");
        }
        found.message.insert(0, source);
    }

    // The rules of nested models and what several fields have to do with each other.
    void check() {
        m_model.check(m_object, m_issues);
        for (issue& found : m_issues) {
            const arg_slot* closest = nullptr;
            for (const arg_slot& slot : m_command.slots()) {
                if (is_in(found.path, slot.path) && (closest == nullptr || closest->path.size() < slot.path.size())) {
                    closest = &slot;
                }
            }
            if (closest != nullptr) name_source(found, closest->label);
        }
    }
    static bool is_in(std::string_view place, std::string_view whole) noexcept {
        if (!place.starts_with(whole)) return false;
        return place.size() == whole.size() || place[whole.size()] == '.' || place[whole.size()] == '[';
    }

    // ---- the end ----

    void write_issues() {
        const std::string_view program = m_command.words().program;
        for (const issue& found : m_issues)
            m_text.append(program).append(": ").append(found.message).append("\n");
        if (const std::string_view flag = m_command.help_flag(); !flag.empty()) {
            m_text.append("Try ").append(program).append(" ").append(flag).append("\n");
        }
    }

    arg_command m_command;
    const arg_model& m_model;
    void* m_object;
    std::span<const std::string_view> m_arguments;
    std::size_t m_next = 0; // the argument that is looked at next
    bool m_digits_are_flags;
    std::string m_text;
    std::vector<issue> m_issues;
};

} // namespace detail
} // namespace v0
} // namespace lathe

#endif // LATHE_MODEL_DETAIL_ARGS_PARSER_HPP
