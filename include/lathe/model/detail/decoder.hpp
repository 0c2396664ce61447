// SPDX-License-Identifier: MIT
#ifndef LATHE_MODEL_DETAIL_DECODER_HPP
#define LATHE_MODEL_DETAIL_DECODER_HPP

/// @file
/// @brief Follows a document, event by event, and fills a model with it. All that is wrong is collected.
///
/// It fills an object that nobody else sees, so values go straight to their places and rules are asked afterwards: if
/// there is an issue, the object is thrown away.

#include <cstddef>
#include <cstdint>
#include <initializer_list>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <lathe/model/detail/codec.hpp>
#include <lathe/model/detail/document.hpp>
#include <lathe/model/detail/path.hpp>
#include <lathe/model/detail/text_cursor.hpp>
#include <lathe/model/detail/work_buffer.hpp>
#include <lathe/model/read_options.hpp>
#include <lathe/model/validation_error.hpp>
#include <lathe/model/value.hpp>

namespace lathe {
inline namespace v0 {
namespace detail {

// What is known of a lathe::value, which holds anything.
constinit inline const codec dynamic_codec{codec_kind::dynamic, all_kinds, "a value"};

class decoder {
public:
    decoder(const codec& type, void* to, const read_options& options, text_cursor* text = nullptr) noexcept
        : m_options(options), m_type(&type), m_to(to), m_text(text), m_is_text(text != nullptr) {
        if (m_options.max_issues == 0) m_options.max_issues = 1; // no issue would be no failure
    }
    decoder(const decoder&) = delete;
    decoder& operator=(const decoder&) = delete;

    // ---- events; false when there is no use in more of them ----

    bool scalar(const scalar_event& given) {
        if (!admit()) return false;
        if (m_skipped != 0) return true;
        m_start = unknown;
        const place next = next_place();
        if (next.type != nullptr) put(*next.type, next.to, given);
        complete_element();
        return !m_stopped;
    }
    bool begin_list() { return begin(value_kind::list); }
    bool end_list() { return end(); }
    bool begin_dict() { return begin(value_kind::dict); }
    bool end_dict() { return end(); }
    bool key(std::string_view name);
    // A whole value, with all that is in it.
    bool feed(const value& from);
    bool feed(const list& from);
    bool feed(const dict& from);
    // What stands in the braces of a dict, without the dict: a repeated key is an issue then.
    bool feed(std::initializer_list<dict::initial> from);

    // ---- for those who take values ----

    [[nodiscard]] bool is_lax() const noexcept { return m_options.conversions == conversions::lax; }
    [[nodiscard]] bool is_text() const noexcept { return m_is_text; }
    [[nodiscard]] std::size_t issue_count() const noexcept { return m_issues.size(); }

    // Adds an issue about the current value.
    [[gnu::cold]] void add(std::string_view rule, std::string message, std::string shown) {
        m_issues.push_back({path_text(), std::string(rule), std::move(message), std::move(shown)});
        stamp(m_issues.size() - 1);
    }
    // "36" is not a date such as 2026-11-22
    [[gnu::cold]] void refuse(const scalar_event& given, std::string_view rule, std::string_view failure) {
        std::string shown = shown_scalar(given);
        std::string message = shown;
        message += ' ';
        message += failure;
        add(rule, std::move(message), std::move(shown));
    }
    [[gnu::cold]] void refuse_type(const scalar_event& given, std::string_view expected) {
        refuse(given, "type", std::string("is not ").append(expected));
    }
    // Adds what `collect(path, issues)` finds wrong with the current value.
    template <class Collect>
    [[gnu::cold, gnu::noinline]] void collect(Collect collect) {
        const std::size_t before = m_issues.size();
        const std::string at = path_text();
        collect(path{nullptr, at}, m_issues);
        stamp(before);
    }

    // ---- the end ----

    // Adds an issue about the text as a whole, where its reader stopped.
    [[gnu::cold]] void fail(std::string_view rule, std::string message, std::size_t offset) {
        m_start = offset;
        add(rule, std::move(message), {});
        m_stopped = true;
    }
    [[nodiscard]] std::vector<issue>& issues() noexcept { return m_issues; }
    [[nodiscard]] bool stopped() const noexcept { return m_stopped; }

    static std::string shown_scalar(const scalar_event& given);

private:
    static constexpr std::size_t unknown = static_cast<std::size_t>(-1);

    // Where a value goes; no type: nowhere.
    struct place {
        const codec* type = nullptr;
        void* to = nullptr;
    };
    enum class frame_kind : unsigned char { model, list, array, map, dynamic_list, dynamic_dict };
    struct frame {
        frame_kind kind{};
        const codec* type = nullptr; // of what it fills
        void* to = nullptr;
        place whole{};         // what holds it: properties, optionals, a variant; or the same
        place next{};          // model, map, dynamic dict: where the value of the current key goes
        std::size_t index = 0; // list, array: the current element. model: the current field, or how many there are
        std::size_t first_place = 0; // model: its members' places in m_places
        std::size_t first_bit = 0;   // model: which of its fields were given, in m_given
        std::size_t start = 0;       // its place in the text
        std::size_t issues = 0;      // how many there were before it
        std::size_t element_issues = 0;
        std::string key{};    // of a map, a dynamic dict, an unknown one of a model
        temporary element{};  // that will go into its list
        temporary captured{}; // the value that a variant will be made of
        void* variant = nullptr;
    };

    [[nodiscard]] frame& top() noexcept { return m_frames[m_depth - 1]; }

    bool admit() {
        if (m_stopped) return false;
        if (++m_values > m_options.max_values) {
            m_start = unknown;
            stop("max_values", "the document has more than ", m_options.max_values, " values");
            return false;
        }
        return true;
    }
    [[gnu::cold]] void stop(std::string_view rule, std::string text, std::size_t most, std::string_view end) {
        text += std::to_string(most);
        text += end;
        add(rule, std::move(text), {});
        m_stopped = true;
    }

    place next_place() {
        if (m_depth == 0) return {m_type, m_to};
        frame& in = top();
        switch (in.kind) {
        case frame_kind::list:
            ++in.index;
            in.element_issues = m_issues.size();
            return {in.type->inner, in.type->place(in.to, in.index, in.element)};
        case frame_kind::array:
            if (++in.index >= in.type->parts->count) return {};
            return {in.type->parts->types[in.index], in.type->place(in.to, in.index, in.element)};
        case frame_kind::dynamic_list:
            ++in.index;
            return {&dynamic_codec, &static_cast<lathe::list*>(in.to)->emplace_back()};
        default:
            return std::exchange(in.next, {});
        }
    }

    // After a value is in its place.
    void complete_element() {
        if (m_depth == 0) return;
        frame& in = top();
        if (in.kind != frame_kind::list || in.type->keep == nullptr) return;
        if (m_issues.size() == in.element_issues && !in.type->keep(in.to, in.element) &&
            !(is_lax() && in.type->forgives_repetition)) {
            add("unique", "the element is there already", {});
        }
        in.element.reset();
    }

    void put(const codec& type, void* to, const scalar_event& given) {
        switch (type.kind) {
        case codec_kind::scalar:
            return type.take(to, given, *this);
        case codec_kind::property: {
            const std::size_t before = m_issues.size();
            put(*type.inner, type.open(to), given);
            if (m_issues.size() == before) type.finish(type, to, *this);
            return;
        }
        case codec_kind::nullable:
            if (given.kind == value_kind::null) return type.reset(to);
            return put(*type.inner, type.open(to), given);
        case codec_kind::variant:
            return put_alternative(type, to, given);
        case codec_kind::dynamic:
            return put_dynamic(type, to, given);
        default:
            return refuse_type(given, type.expected);
        }
    }
    void put_dynamic(const codec& type, void* to, const scalar_event& given);

    // Counts one level more. False: it is the last straw.
    bool admit_level() {
        if (!admit()) return false;
        if (m_around + m_depth + m_skipped < m_options.max_depth) return true;
        m_start = unknown;
        stop("max_depth", "the document is nested deeper than ", m_options.max_depth, "");
        return false;
    }
    bool begin(value_kind kind) {
        if (!admit_level()) return false;
        if (m_skipped != 0) {
            ++m_skipped;
            return true;
        }
        m_start = m_text != nullptr ? m_text->offset() - 1 : 0;
        const place next = next_place();
        if (next.type == nullptr || !open(next, kind)) ++m_skipped;
        return !m_stopped;
    }
    template <class Whole>
    bool feed_whole(const Whole& from, value_kind kind);
    bool feed_inside(const list& from);
    bool feed_inside(const dict& from);
    static place inside(place whole);
    bool open(place whole, value_kind kind);
    void open_dynamic(frame& opened, place at, value_kind kind);
    frame& push(frame_kind kind, place at, place whole);
    void open_model(frame& opened, const read_model& model, void* to);

    bool end() {
        if (m_stopped) return false;
        if (m_skipped != 0) {
            if (--m_skipped == 0) complete_element();
            return true;
        }
        close();
        return !m_stopped;
    }
    void close();
    place extra_of(const frame& in);
    void finish_extra(frame& closing);
    bool complete(const frame& closed, std::size_t index);
    void close_model(const frame& closed);
    void finish(const codec& type, void* to);

    bool model_key(frame& in, std::string_view name);
    [[gnu::cold]] void unknown_key(frame& in, std::string_view name);
    [[gnu::cold]] void repeated_key() {
        add("duplicate", "the key is there already", {});
        top().next = {};
    }

    // The alternatives of a variant are tried by decoders of their own, on a scalar or on a whole value.
    template <class Feed>
    std::vector<issue> attempt(const codec& type, void* to, std::size_t index, bool quiet, Feed feed_to);
    template <class Feed, class Show>
    void choose(const codec& type, void* to, value_kind kind, Feed feed_to, Show show);
    void put_alternative(const codec& type, void* to, const scalar_event& given);
    template <class Whole>
    void put_whole(const codec& type, void* to, value_kind kind, const Whole& given);

    void write_path(std::string& out) const;
    [[nodiscard]] std::string path_text() const {
        std::string text;
        write_path(text);
        return text;
    }
    void stamp(std::size_t first);

    read_options m_options;
    const codec* m_type;
    void* m_to;
    text_cursor* m_text;
    bool m_is_text;                    // whether it is read from a text, which has no bytes
    const decoder* m_parent = nullptr; // of one that tries an alternative
    work_stack<frame, 2> m_frames;     // the first m_depth are open; the others keep their memory
    std::size_t m_depth = 0;
    std::size_t m_around = 0;   // how many are open around the one that tries an alternative
    std::size_t m_skipped = 0;  // how many containers are open that go nowhere
    std::size_t m_captured = 0; // how many are open that a variant is made of
    std::size_t m_values = 0;
    std::size_t m_start = 0; // of the current value in the text
    bool m_stopped = false;
    work_buffer<void*, 16> m_places;
    work_buffer<std::uint64_t, 2> m_given;
    std::vector<issue> m_issues;
};

} // namespace detail
} // namespace v0
} // namespace lathe

#include <lathe/model/detail/decoder_steps.hpp>

#endif // LATHE_MODEL_DETAIL_DECODER_HPP
