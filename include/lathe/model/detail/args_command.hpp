// SPDX-License-Identifier: MIT
#ifndef LATHE_MODEL_DETAIL_ARGS_COMMAND_HPP
#define LATHE_MODEL_DETAIL_ARGS_COMMAND_HPP

/// @file
/// @brief The fields of a model and of the models in it, as flags and positional arguments of a command line.

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include <lathe/model/detail/args_flag.hpp>
#include <lathe/model/detail/args_model.hpp>
#include <lathe/model/detail/text_formats.hpp>

namespace lathe {
inline namespace v0 {
namespace detail {

// What a program says of itself.
struct arg_words {
    std::string_view program;
    std::string_view about;
    std::string_view version;
    std::string_view environment_prefix;
};

struct arg_slot {
    const arg_field* field = nullptr;
    const arg_slot* parent = nullptr; // the model that it is in
    void* member = nullptr;
    std::string path{};     // "server.port"
    std::string label{};    // how the command line calls it: "--server.port", or "<file>"
    std::string variable{}; // of the environment; may be empty
    bool is_required = false;
    bool is_given = false;
    bool is_repeated = false;              // and that was said
    std::vector<std::string_view> texts{}; // what it is given

    // Whether `flag`, without its hyphens, is this one; a model is the part of it before the dot.
    [[nodiscard]] bool is_called(std::string_view flag, bool& is_denied) const noexcept {
        std::string_view own = flag;
        if (parent != nullptr) {
            const std::size_t dot = flag.rfind('.');
            bool ignored = false;
            if (dot == std::string_view::npos || !parent->is_called(flag.substr(0, dot), ignored)) return false;
            own.remove_prefix(dot + 1);
        }
        for (std::size_t i = 0; i < field->spelling_count(); ++i) {
            const flag_spelling spelling = field->spelling(i);
            if (spelling == own) {
                is_denied = spelling.is_denied();
                return true;
            }
        }
        return false;
    }
    // How it can be called: "server.port"; for the suggestion to somebody who mistyped it.
    void add_spellings(std::vector<std::string>& all) const {
        const std::string group = parent == nullptr ? std::string() : parent->label.substr(2) + '.';
        for (std::size_t i = 0; i < field->spelling_count(); ++i) {
            if (!field->spelling(i).empty()) all.push_back(group + field->spelling(i).text());
        }
    }
};

// Borrows the object whose fields it is about, and the words.
class arg_command {
public:
    arg_command(const arg_model& model, void* object, const arg_words& words) : m_words(words) {
        // Slots point to their parents, so none may move.
        m_slots.reserve(count_all(model));
        add_all(model, object, nullptr);
        m_takes_help = find("help").slot == nullptr;
        m_takes_h = find_letter('h') == nullptr;
        m_takes_version = !words.version.empty() && find("version").slot == nullptr;
    }
    arg_command(const arg_command&) = delete;
    arg_command& operator=(const arg_command&) = delete;

    [[nodiscard]] const arg_words& words() const noexcept { return m_words; }
    [[nodiscard]] std::vector<arg_slot>& slots() noexcept { return m_slots; }
    [[nodiscard]] const std::vector<arg_slot>& slots() const noexcept { return m_slots; }

    // Which flags of its own the command line has.
    [[nodiscard]] bool takes_help() const noexcept { return m_takes_help; }
    [[nodiscard]] bool takes_h() const noexcept { return m_takes_h; }
    [[nodiscard]] bool takes_version() const noexcept { return m_takes_version; }
    [[nodiscard]] std::string_view help_flag() const noexcept {
        return m_takes_help ? "--help" : m_takes_h ? "-h" : "";
    }

    struct found_flag {
        arg_slot* slot = nullptr;
        bool is_denied = false;
    };
    [[nodiscard]] found_flag find(std::string_view flag) noexcept {
        for (arg_slot& slot : m_slots) {
            bool is_denied = false;
            if (is_flag(slot) && slot.is_called(flag, is_denied)) return {&slot, is_denied};
        }
        return {};
    }
    [[nodiscard]] arg_slot* find_letter(char letter) noexcept {
        for (arg_slot& slot : m_slots) {
            if (letter != 0 && slot.field->letter == letter) return &slot;
        }
        return nullptr;
    }
    // The first flag of a nested model, which has none itself.
    [[nodiscard]] const arg_slot* first_in(std::string_view model) const noexcept {
        for (const arg_slot& slot : m_slots) {
            if (!is_flag(slot) || !slot.label.starts_with(model)) continue;
            if (slot.label.size() > model.size() && slot.label[model.size()] == '.') return &slot;
        }
        return nullptr;
    }
    [[nodiscard]] bool has_digit_flags() const noexcept {
        for (const arg_slot& slot : m_slots) {
            if (slot.field->letter >= '0' && slot.field->letter <= '9') return true;
        }
        return false;
    }
    [[nodiscard]] std::vector<std::string> all_flags() const {
        std::vector<std::string> all;
        for (const arg_slot& slot : m_slots) {
            if (is_flag(slot)) slot.add_spellings(all);
        }
        if (m_takes_help) all.emplace_back("help");
        if (m_takes_version) all.emplace_back("version");
        return all;
    }

    static bool is_flag(const arg_slot& slot) noexcept { return !slot.field->is_group() && !slot.field->is_positional; }
    static bool is_positional(const arg_slot& slot) noexcept {
        return !slot.field->is_group() && slot.field->is_positional;
    }

private:
    static std::size_t count_all(const arg_model& model) noexcept {
        std::size_t count = 0;
        for (const arg_field& field : model)
            count += 1 + (field.is_group() ? count_all(*field.type->group) : 0);
        return count;
    }
    void add_all(const arg_model& model, void* object, const arg_slot* parent) {
        std::vector<void*> places(model.count);
        model.places(object, places.data());
        for (std::size_t i = 0; i < model.count; ++i) {
            const arg_field& field = model.fields[i];
            arg_slot& slot = m_slots.emplace_back();
            slot.field = &field;
            slot.parent = parent;
            slot.member = places[i];
            slot.path = (parent == nullptr ? std::string() : parent->path + '.').append(field.name);
            const std::string name = field.spelling(0).text();
            slot.label =
                field.is_positional ? '<' + name + '>' : (parent == nullptr ? "--" : parent->label + '.') + name;
            if (field.is_group()) {
                add_all(*field.type->group, slot.member, &slot);
            } else {
                slot.is_required = !field.type->may_be_absent(slot.member);
                slot.variable = field.variable.empty() ? prefixed_variable(slot.path) : std::string(field.variable);
            }
        }
    }
    // server.port -> STRIKES_SERVER_PORT
    [[nodiscard]] std::string prefixed_variable(std::string_view path) const {
        if (m_words.environment_prefix.empty()) return {};
        std::string variable(m_words.environment_prefix);
        for (const char c : path)
            variable += c == '.' ? '_' : is_lower(c) ? static_cast<char>(c - ('a' - 'A')) : c;
        return variable;
    }

    arg_words m_words;
    std::vector<arg_slot> m_slots;
    bool m_takes_help = false;
    bool m_takes_h = false;
    bool m_takes_version = false;
};

} // namespace detail
} // namespace v0
} // namespace lathe

#endif // LATHE_MODEL_DETAIL_ARGS_COMMAND_HPP
