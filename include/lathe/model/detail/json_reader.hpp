// SPDX-License-Identifier: MIT
#ifndef LATHE_MODEL_DETAIL_JSON_READER_HPP
#define LATHE_MODEL_DETAIL_JSON_READER_HPP

/// @file
/// @brief JSON text as a stream of events for the decoder, by nlohmann's SAX parser: no tree in between.

#include <cstddef>
#include <cstdint>
#include <iterator>
#include <limits>
#include <string>
#include <string_view>
#include <utility>

#include <nlohmann/json.hpp>

#include <lathe/model/detail/decoder.hpp>
#include <lathe/model/detail/scalar_text.hpp>
#include <lathe/model/detail/text_cursor.hpp>
#include <lathe/model/detail/write_value.hpp>

namespace lathe {
inline namespace v0 {
namespace detail {

// Reads from a cursor that others can look at, so that they know where in the text the parser is.
class cursor_iterator {
public:
    using value_type = char;
    using difference_type = std::ptrdiff_t;
    using pointer = const char*;
    using reference = const char&;
    using iterator_category = std::input_iterator_tag;

    cursor_iterator() = default;
    explicit cursor_iterator(text_cursor& cursor) noexcept : m_cursor(&cursor) {}

    reference operator*() const noexcept { return *m_cursor->at; }
    cursor_iterator& operator++() noexcept {
        ++m_cursor->at;
        return *this;
    }
    cursor_iterator operator++(int) noexcept {
        ++m_cursor->at;
        return *this;
    }
    // The parser asks only whether it is at the end.
    friend bool operator==(const cursor_iterator& at, const cursor_iterator&) noexcept { return at.m_cursor->at_end(); }
    friend bool operator!=(const cursor_iterator& at, const cursor_iterator& end) noexcept { return !(at == end); }

private:
    text_cursor* m_cursor = nullptr;
};

// Hands events on. The names and types are the ones that nlohmann asks for.
class json_events {
public:
    using string_t = std::string;

    json_events(decoder& to, text_cursor& text) noexcept : m_to(to), m_text(text) {}

    bool null() { return m_to.scalar(scalar_event::null()); }
    bool boolean(bool value) { return m_to.scalar(scalar_event::of(value)); }
    bool number_integer(std::int64_t value) { return number(scalar_event::of(value)); }
    bool number_unsigned(std::uint64_t value) { return number(scalar_event::of(value)); }
    bool number_float(double value, const std::string& written) {
        m_text.is_at_number = true;
        // Not as nlohmann hands it on, which is with the decimal point of the C library's locale.
        return number(scalar_event::of(value, m_text.number(written.size())));
    }
    bool string(std::string& value) { return m_to.scalar(scalar_event::of(std::string_view(value))); }
    template <class Binary>
    bool binary(Binary&) {
        return false; // not in text
    }
    bool start_object(std::size_t) { return m_to.begin_dict(); }
    bool key(std::string& name) { return m_to.key(name); }
    bool end_object() { return m_to.end_dict(); }
    bool start_array(std::size_t) { return m_to.begin_list(); }
    bool end_array() { return m_to.end_list(); }

    template <class Error>
    bool parse_error(std::size_t, const std::string& last, const Error& error) {
        if (error.id == out_of_range) return too_large(last);
        // "[json.exception.parse_error.101] parse error at line 1, column 5: syntax error while parsing value - invalid
        // literal; last read: '[1,x'; expected ...": the place is ours to tell.
        std::string_view text = error.what();
        for (const std::string_view before : {"] ", "column ", ": "}) {
            if (const std::size_t at = text.find(before); at != std::string_view::npos) {
                text.remove_prefix(at + before.size());
            }
        }
        std::string message = "this is no JSON: ";
        write_visible(message, text);
        m_to.fail("json", shortened(std::move(message)), error_offset(text));
        return false;
    }

private:
    static constexpr int out_of_range = 406; // nlohmann's number for a number that is no double

    bool number(const scalar_event& given) {
        m_text.is_at_number = true;
        const bool goes_on = m_to.scalar(given);
        m_text.is_at_number = false;
        return goes_on;
    }

    // 1e999 is JSON, but the parser stops there.
    bool too_large(const std::string& written) {
        const std::size_t before = m_to.issue_count();
        m_text.is_at_number = true;
        number(scalar_event::of(std::numeric_limits<double>::infinity(), m_text.number(written.size())));
        if (m_to.issue_count() == before) { // in a part that is skipped
            m_to.fail("representable", shortened(written) + " is out of the range of double", m_text.token_start());
        }
        return false;
    }

    // Where the text ends too early, where the token begins that should be another one, or the byte that is wrong.
    [[nodiscard]] std::size_t error_offset(std::string_view error) noexcept {
        const std::size_t read = m_text.offset();
        constexpr std::string_view unexpected = " - unexpected ";
        const std::size_t at = error.find(unexpected);
        if (read == 0) return 0;
        if (at == std::string_view::npos) return m_text.is_cut_off ? read : read - 1;
        error.remove_prefix(at + unexpected.size());
        if (error.starts_with("end of input")) return read;
        if (error.starts_with('\'')) return read - 1; // a bracket, a comma or a colon
        m_text.is_at_number = error.starts_with("number");
        return m_text.token_start();
    }

    decoder& m_to;
    text_cursor& m_text;
};

// Reads a whole text. Whether it went well is told by the decoder's issues.
inline void feed(decoder& to, text_cursor& text) {
    json_events events(to, text);
    const bool done = nlohmann::json::sax_parse(cursor_iterator(text), cursor_iterator(text), &events);
    // A NUL byte is the end of the text to the parser, and to no one else.
    if (done && text.offset() != 0 && text.at[-1] == '\0') {
        to.fail("json", "this is no JSON: a NUL byte behind the value", text.offset() - 1);
    }
}

} // namespace detail
} // namespace v0
} // namespace lathe

#endif // LATHE_MODEL_DETAIL_JSON_READER_HPP
