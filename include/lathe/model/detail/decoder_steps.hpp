// SPDX-License-Identifier: MIT
#ifndef LATHE_MODEL_DETAIL_DECODER_STEPS_HPP
#define LATHE_MODEL_DETAIL_DECODER_STEPS_HPP

/// @file
/// @brief What the decoder does at the beginning and at the end of lists and dicts, and for variants.

#include <cstddef>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <lathe/model/detail/decoder.hpp>
#include <lathe/model/detail/nearest_name.hpp>
#include <lathe/model/detail/rule_traits.hpp>
#include <lathe/model/detail/text_formats.hpp>
#include <lathe/model/detail/write_value.hpp>

namespace lathe {
inline namespace v0 {
namespace detail {

// ---- text for messages ----

// What a value of the type is called among others: "a leg", "a whole number".
inline std::string called(const codec& type) {
    if (type.kind == codec_kind::property || type.kind == codec_kind::nullable) return called(*type.inner);
    if (type.kind == codec_kind::model) return std::string("a ").append(type.model->name);
    return std::string(type.expected);
}

// 12345678901234567890123 for a number that was too large for any integer.
inline bool is_whole_number(std::string_view written) noexcept {
    for (const char c : written) {
        if ((c < '0' || c > '9') && c != '-') return false;
    }
    return !written.empty();
}

inline std::string decoder::shown_scalar(const scalar_event& given) {
    switch (given.kind) {
    case value_kind::boolean:
        return given.boolean ? "true" : "false";
    case value_kind::integer:
        return scalar_text(given.integer);
    case value_kind::natural:
        return scalar_text(given.natural);
    case value_kind::real:
        return given.text.empty() ? scalar_text(given.real) : shortened(std::string(given.text));
    case value_kind::text:
        return shown_value(given.text);
    case value_kind::bytes:
        return std::to_string(given.raw->size()) + " bytes";
    default:
        return "null";
    }
}

// Whether a key that a stranger chose can stand in a path as the name of a field does.
inline bool is_plain_key(std::string_view key) noexcept {
    for (const char c : key) {
        if (!is_digit(c) && !is_lower(c) && !is_upper(c) && c != '_' && c != '-') return false;
    }
    return !key.empty() && key.size() <= 64;
}

inline void decoder::write_path(std::string& out) const {
    if (m_parent != nullptr) m_parent->write_path(out);
    for (std::size_t i = 0; i < m_depth; ++i) {
        const frame& in = m_frames[i];
        if (in.index == unknown) continue; // nothing of it was read yet
        switch (in.kind) {
        case frame_kind::model:
            if (in.index < in.type->model->count) {
                if (!out.empty()) out += '.';
                out += in.type->model->fields[in.index].name;
                break;
            }
            [[fallthrough]];
        case frame_kind::dynamic_dict:
            if (is_plain_key(in.key)) {
                if (!out.empty()) out += '.';
                out += in.key;
                break;
            }
            [[fallthrough]];
        case frame_kind::map:
            out += '[';
            out += shown_value(in.key);
            out += ']';
            break;
        default:
            out += '[';
            write_number(out, in.index);
            out += ']';
        }
    }
}

// Says where the issues from this one on are in the text.
inline void decoder::stamp(std::size_t first) {
    if (m_text != nullptr) {
        const text_position at = m_text->position(m_start == unknown ? m_text->token_start() : m_start);
        for (std::size_t i = first; i < m_issues.size(); ++i)
            m_issues[i].position = at;
    }
    if (m_issues.size() < m_options.max_issues) return;
    m_issues.erase(m_issues.begin() + static_cast<std::ptrdiff_t>(m_options.max_issues), m_issues.end());
    m_stopped = true;
}

// ---- dicts and lists ----

inline decoder::frame& decoder::push(frame_kind kind, place at, place whole) {
    frame& opened = m_frames.reach(m_depth++);
    opened.kind = kind;
    opened.type = at.type;
    opened.to = at.to;
    opened.whole = whole;
    opened.next = {};
    opened.index = unknown;
    opened.start = m_start;
    opened.issues = m_issues.size();
    return opened;
}

inline void decoder::open_model(frame& opened, const read_model& model, void* to) {
    if (model.prepare != nullptr) model.prepare(model, to);
    opened.first_place = m_places.size();
    m_places.resize(opened.first_place + model.count);
    model.places(to, m_places.data() + opened.first_place);
    opened.first_bit = m_given.size();
    m_given.resize(opened.first_bit + (model.count + 63) / 64);
    if (model.extra != model.count) static_cast<dict*>(extra_of(opened).to)->clear();
}
// The dict for what is no field of the model.
inline decoder::place decoder::extra_of(const frame& in) {
    const read_model& model = *in.type->model;
    const codec& type = *model.fields[model.extra].type; // a property of a dict
    return {&type, type.open(m_places[in.first_place + model.extra])};
}

inline void decoder::open_dynamic(frame& opened, place at, value_kind kind) {
    void* to = at.to;
    if (at.type->own_kinds == all_kinds) {
        auto& whole = *static_cast<value*>(at.to);
        if (kind == value_kind::list) {
            whole = value(lathe::list{});
            to = &whole.as<lathe::list>();
        } else {
            whole = value(lathe::dict{});
            to = &whole.as<lathe::dict>();
        }
    } else if (kind == value_kind::list) {
        static_cast<lathe::list*>(to)->clear();
    } else {
        static_cast<lathe::dict*>(to)->clear();
    }
    opened.kind = kind == value_kind::list ? frame_kind::dynamic_list : frame_kind::dynamic_dict;
    opened.to = to;
}

// What is inside of properties and optionals, which come to hold something.
inline decoder::place decoder::inside(place whole) {
    while (whole.type->kind == codec_kind::property || whole.type->kind == codec_kind::nullable)
        whole = {whole.type->inner, whole.type->open(whole.to)};
    return whole;
}

// False: the value has no place, and the issue is added.
inline bool decoder::open(place whole, value_kind kind) {
    const place at = inside(whole);
    const codec& type = *at.type;
    if ((type.own_kinds & set_of(kind)) == 0 && type.kind != codec_kind::variant) {
        const std::string_view shown = kind == value_kind::list ? "a list" : "a dict";
        add("type", std::string(shown).append(" is not ").append(type.expected), {});
        return false;
    }
    switch (type.kind) {
    case codec_kind::model:
        open_model(push(frame_kind::model, at, whole), *type.model, at.to);
        break;
    case codec_kind::list:
        push(frame_kind::list, {&type, type.open(at.to)}, whole);
        break;
    case codec_kind::array:
        push(frame_kind::array, at, whole);
        break;
    case codec_kind::map:
        push(frame_kind::map, {&type, type.open(at.to)}, whole);
        break;
    case codec_kind::dynamic:
        open_dynamic(push(frame_kind::dynamic_list, at, whole), at, kind);
        break;
    default: { // a variant: which alternative it is shows when all of it is known
        temporary captured;
        captured.object = new value();
        captured.destroy = [](void* object) noexcept {
            delete static_cast<value*>(object);
        };
        frame& opened = push(frame_kind::dynamic_list, at, whole);
        open_dynamic(opened, {&dynamic_codec, captured.object}, kind);
        opened.variant = at.to;
        opened.captured = std::move(captured);
        ++m_captured;
    }
    }
    return true;
}

inline void decoder::close() {
    frame& closed = top();
    if (closed.kind == frame_kind::model) finish_extra(closed);
    --m_depth; // so that paths end at it; the frame itself stays where it is
    m_start = closed.start;
    switch (closed.kind) {
    case frame_kind::model:
        close_model(closed);
        break;
    case frame_kind::array: {
        const std::size_t size = closed.index + 1;
        if (size != closed.type->parts->count) {
            std::string shown = "a list of " + std::to_string(size);
            add("length", shown + " is not a list of " + std::to_string(closed.type->parts->count), {});
        }
        break;
    }
    default:
        if (closed.captured.object != nullptr) {
            --m_captured;
            const temporary captured = std::move(closed.captured);
            const auto& whole = *static_cast<const value*>(captured.object);
            put_whole(*closed.type, closed.variant, whole.kind(), whole);
        }
    }
    if (closed.whole.type != closed.type && m_issues.size() == closed.issues) {
        finish(*closed.whole.type, closed.whole.to);
    }
    complete_element();
}

// Asks the rules of the properties around a value that is complete.
inline void decoder::finish(const codec& type, void* to) {
    if (type.kind == codec_kind::nullable) {
        finish(*type.inner, type.peek(to));
    } else if (type.kind == codec_kind::property) {
        finish(*type.inner, type.peek(to));
        type.finish(type, to, *this);
    }
}

// The rules of the dict for extra keys.
inline void decoder::finish_extra(frame& closing) {
    const read_model& model = *closing.type->model;
    if (model.extra == model.count || m_issues.size() != closing.issues) return;
    closing.index = model.extra;
    m_start = closing.start;
    const codec& type = *model.fields[model.extra].type;
    type.finish(type, m_places[closing.first_place + model.extra], *this);
}

// Whether the model has a default for a field that is absent.
inline bool decoder::complete(const frame& closed, std::size_t index) {
    const read_model& model = *closed.type->model;
    bool found = false;
    collect([&](const path& where, std::vector<issue>& issues) {
        found = model.complete(model, closed.to, index, where, issues);
    });
    return found;
}

inline void decoder::close_model(const frame& closed) {
    const read_model& model = *closed.type->model;
    for (std::size_t i = 0; i < model.count && !m_stopped; ++i) {
        if ((m_given[closed.first_bit + i / 64] >> (i % 64) & 1U) != 0) continue;
        const read_field& field = model.fields[i];
        if (model.complete != nullptr && complete(closed, i)) continue;
        if (field.may_be_absent != nullptr && !field.may_be_absent(m_places[closed.first_place + i])) {
            std::string at = path_text();
            if (!at.empty()) at += '.';
            at += field.name;
            m_issues.push_back({std::move(at), "required", "is missing", ""});
            stamp(m_issues.size() - 1);
        }
    }
    m_places.resize(closed.first_place);
    m_given.resize(closed.first_bit);
    // Invariants may rely on the rules of the fields.
    if (model.check != nullptr && m_issues.size() == closed.issues) {
        collect([&](const path& where, std::vector<issue>& issues) { model.check(closed.to, where, issues); });
    }
}

// ---- keys ----

inline bool decoder::key(std::string_view name) {
    if (m_stopped) return false;
    if (m_skipped != 0) return true;
    m_start = unknown;
    frame& in = top();
    switch (in.kind) {
    case frame_kind::model:
        return model_key(in, name);
    case frame_kind::map:
        in.key.assign(name.data(), name.size());
        in.index = 0;
        in.next = {in.type->inner, in.type->entry(in.to, name, *this)};
        if (in.next.to == nullptr) in.next = {};
        break;
    default: {
        in.key.assign(name.data(), name.size());
        in.index = 0;
        const auto [to, fresh] = static_cast<dict*>(in.to)->try_emplace(in.key);
        in.next = {&dynamic_codec, to};
        if (!fresh) repeated_key();
    }
    }
    return !m_stopped;
}

// Inline, which the comparison of string_views is not.
inline bool is_same(std::string_view a, std::string_view b) noexcept {
    return a.size() == b.size() && __builtin_memcmp(a.data(), b.data(), a.size()) == 0;
}

// Which field has that name, else that alias, else how many there are.
inline std::size_t field_called(const read_model& model, std::string_view name) noexcept {
    for (std::size_t at = 0; at != model.count; ++at) {
        if (is_same(model.fields[at].name, name)) return at;
    }
    for (std::size_t at = 0; at != model.count; ++at) {
        if (model.fields[at].has_alias(name)) return at;
    }
    return model.count;
}

inline bool decoder::model_key(frame& in, std::string_view name) {
    const read_model& model = *in.type->model;
    // Most documents keep to the order of the fields.
    std::size_t at = in.index + 1;
    if (at >= model.count || !is_same(model.fields[at].name, name)) {
        at = model.find != nullptr ? model.find(model, name) : field_called(model, name);
    }
    if (at == model.count || at == model.extra) {
        unknown_key(in, name);
        return !m_stopped;
    }
    in.index = at;
    std::uint64_t& given = m_given[in.first_bit + at / 64];
    const std::uint64_t bit = std::uint64_t{1} << (at % 64);
    in.next = {model.fields[at].type, m_places[in.first_place + at]};
    if ((given & bit) != 0) repeated_key();
    given |= bit;
    return !m_stopped;
}

// What is said of a key that is no field.
[[gnu::cold]] inline std::string unknown_field(const read_model& model, std::string_view name) {
    struct field_names {
        struct iterator {
            const read_field* at;
            std::string_view operator*() const noexcept { return at->name; }
            iterator& operator++() noexcept {
                ++at;
                return *this;
            }
            bool operator==(const iterator&) const = default;
        };
        const read_model& model;
        [[nodiscard]] iterator begin() const noexcept { return {model.fields}; }
        [[nodiscard]] iterator end() const noexcept { return {model.fields + model.count}; }
    };
    std::string message = "is not a field of ";
    message += model.name;
    if (const std::string_view near = nearest_name(name, field_names{model}); !near.empty()) {
        message += "; did you mean ";
        message += near;
        message += '?';
    }
    return message;
}

inline void decoder::unknown_key(frame& in, std::string_view name) {
    const read_model& model = *in.type->model;
    in.index = model.count;
    in.key.assign(name.data(), name.size());
    if (model.extra != model.count) {
        const auto [to, fresh] = static_cast<dict*>(extra_of(in).to)->try_emplace(in.key);
        in.next = {&dynamic_codec, to};
        if (!fresh) repeated_key();
        return;
    }
    in.next = {};
    if (m_options.unknown_keys == unknown_keys::ignore) return;
    add("unknown", unknown_field(model, name), {});
}

// ---- variants and dynamic values ----

// Whether it is a variant, or a property or an optional that holds one.
inline bool is_around_variant(const codec& type) noexcept {
    const codec* at = &type;
    while (at->kind == codec_kind::property || at->kind == codec_kind::nullable)
        at = at->inner;
    return at->kind == codec_kind::variant;
}

inline void decoder::put_dynamic(const codec& type, void* to, const scalar_event& given) {
    if (type.own_kinds != all_kinds) return refuse_type(given, type.expected);
    auto& whole = *static_cast<value*>(to);
    switch (given.kind) {
    case value_kind::boolean:
        whole = value(given.boolean);
        return;
    case value_kind::integer:
        whole = value(given.integer);
        return;
    case value_kind::natural:
        whole = value(given.natural);
        return;
    case value_kind::real:
        if (!given.text.empty() && m_captured == 0 && (is_whole_number(given.text) || !is_finite(given.real))) {
            return refuse(given, "representable", "is a number that no value can hold");
        }
        whole = value(given.real);
        return;
    case value_kind::text:
        whole = value(given.text);
        return;
    case value_kind::bytes:
        whole = value(*given.raw);
        return;
    default:
        whole = value(nullptr);
        return;
    }
}

// What is wrong with the alternative: nothing if it takes what is fed. All attempts count into one number of values:
// variants inside of variants could take time without end.
template <class Feed>
std::vector<issue> decoder::attempt(const codec& type, void* to, std::size_t index, bool quiet, Feed feed_to) {
    temporary none;
    decoder by(*type.parts->types[index], type.place(to, index, none), m_options);
    by.m_is_text = m_is_text;
    by.m_parent = this;
    by.m_around = m_around + m_depth;
    if (quiet) by.m_options.max_issues = 1;
    by.m_values = m_values;
    feed_to(by);
    m_values = by.m_values;
    if (m_values > m_options.max_values) static_cast<void>(admit()); // which stops this one
    return std::move(by.m_issues);
}

// First the types whose kind it is, then the others. What is wrong is told of the only one it can be; of several, none
// is right.
template <class Feed, class Show>
void decoder::choose(const codec& type, void* to, value_kind kind, Feed feed_to, Show show) {
    const read_parts& parts = *type.parts;
    const auto owns = [&](std::size_t i) {
        return (parts.types[i]->own_kinds & set_of(kind)) != 0;
    };
    std::size_t owners = 0;
    for (std::size_t i = 0; i < parts.count; ++i)
        owners += owns(i) ? 1U : 0U;
    std::vector<issue> wrong;
    for (const bool own : {true, false}) {
        for (std::size_t i = 0; i < parts.count; ++i) {
            if (owns(i) != own) continue;
            const bool only = own && owners == 1;
            std::vector<issue> found = attempt(type, to, i, !only, feed_to);
            if (found.empty() || m_stopped) return;
            if (only) wrong = std::move(found);
        }
    }
    if (owners == 1) {
        const std::size_t before = m_issues.size();
        for (issue& one : wrong)
            m_issues.push_back(std::move(one));
        return stamp(before);
    }
    std::string expected;
    for (std::size_t i = 0; i < parts.count; ++i)
        append_part(expected, " or ", called(*parts.types[i]));
    std::string shown = show();
    add("type", shown + " is not " + expected, shown);
}

inline void decoder::put_alternative(const codec& type, void* to, const scalar_event& given) {
    choose(type, to, given.kind, [&](decoder& by) { by.scalar(given); }, [&] { return shown_scalar(given); });
}
template <class Whole>
void decoder::put_whole(const codec& type, void* to, value_kind kind, const Whole& given) {
    choose(type, to, kind, [&](decoder& by) { by.feed(given); }, [&] { return shown_value(given); });
}

// ---- whole values ----

inline bool decoder::feed_inside(const list& from) {
    for (const value& element : from) {
        if (!feed(element)) return false;
    }
    return true;
}
inline bool decoder::feed_inside(const dict& from) {
    for (const auto& [key_of_entry, held] : from) {
        if (!key(key_of_entry) || !feed(held)) return false;
    }
    return true;
}

// As begin, the events inside, and end; but a variant gets the value as it is.
template <class Whole>
bool decoder::feed_whole(const Whole& from, value_kind kind) {
    if (!admit_level()) return false;
    if (m_skipped != 0) return true; // all of it goes nowhere
    m_start = 0;
    const place next = next_place();
    if (next.type == nullptr) {
        complete_element();
        return true;
    }
    if (is_around_variant(*next.type)) {
        const std::size_t before = m_issues.size();
        const place held = inside(next);
        put_whole(*held.type, held.to, kind, from);
        if (held.type != next.type && m_issues.size() == before) finish(*next.type, next.to);
        complete_element();
        return !m_stopped;
    }
    if (!open(next, kind)) {
        complete_element();
        return !m_stopped;
    }
    return !m_stopped && feed_inside(from) && end();
}

inline bool decoder::feed(std::initializer_list<dict::initial> from) {
    if (!begin_dict()) return false;
    for (const dict::initial& entry : from) {
        if (!key(entry.m_key) || !feed(entry.m_value)) return false;
    }
    return end_dict();
}
inline bool decoder::feed(const list& from) {
    return feed_whole(from, value_kind::list);
}
inline bool decoder::feed(const dict& from) {
    return feed_whole(from, value_kind::dict);
}
inline bool decoder::feed(const value& from) {
    switch (from.kind()) {
    case value_kind::null:
        break;
    case value_kind::boolean:
        return scalar(scalar_event::of(from.as<bool>()));
    case value_kind::integer:
        return scalar(scalar_event::of(from.as<std::int64_t>()));
    case value_kind::natural:
        return scalar(scalar_event::of(from.as<std::uint64_t>()));
    case value_kind::real:
        return scalar(scalar_event::of(from.as<double>()));
    case value_kind::text:
        return scalar(scalar_event::of(std::string_view(from.as<std::string>())));
    case value_kind::bytes:
        return scalar(scalar_event::of(from.as<bytes>()));
    case value_kind::list:
        return feed(from.as<list>());
    case value_kind::dict:
        return feed(from.as<dict>());
    }
    return scalar(scalar_event::null());
}

} // namespace detail
} // namespace v0
} // namespace lathe

#endif // LATHE_MODEL_DETAIL_DECODER_STEPS_HPP
