// SPDX-License-Identifier: MIT
#ifndef LATHE_MODEL_DETAIL_JSON_WRITER_HPP
#define LATHE_MODEL_DETAIL_JSON_WRITER_HPP

/// @file
/// @brief A document as JSON text: RFC 8259.

#include <array>
#include <charconv>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include <lathe/core/detail/utf8.hpp>
#include <lathe/model/detail/base64.hpp>
#include <lathe/model/detail/document.hpp>
#include <lathe/model/detail/scalar_text.hpp>
#include <lathe/model/detail/write_document.hpp>
#include <lathe/model/json_options.hpp>

namespace lathe {
inline namespace v0 {
namespace detail {

// Bytes that stand for themselves in a string.
inline constexpr std::array<bool, 256> plain_in_json = [] {
    std::array<bool, 256> plain{};
    for (std::size_t c = 0x20; c < 0x80; ++c)
        plain[c] = c != '"' && c != '\\';
    return plain;
}();

inline void write_json_escape(std::string& out, char c) {
    switch (c) {
    case '"':
        out += "\\\"";
        return;
    case '\\':
        out += "\\\\";
        return;
    case '\b':
        out += "\\b";
        return;
    case '\f':
        out += "\\f";
        return;
    case '\n':
        out += "\\n";
        return;
    case '\r':
        out += "\\r";
        return;
    case '\t':
        out += "\\t";
        return;
    default: {
        constexpr std::string_view hex = "0123456789abcdef";
        const auto byte = static_cast<unsigned char>(c);
        out += "\\u00";
        out += hex[byte >> 4U];
        out += hex[byte & 0xfU];
    }
    }
}

class json_writer final : public document_writer {
public:
    json_writer(std::string& out, const json_options& options) noexcept
        : document_writer(options.aliases), m_out(out), m_options(options) {}

    void null() override {
        separate();
        m_out += "null";
    }
    void boolean(bool value) override {
        separate();
        m_out += value ? "true" : "false";
    }
    void integer(std::int64_t value) override {
        separate();
        write_number(m_out, value);
    }
    void natural(std::uint64_t value) override {
        separate();
        write_number(m_out, value);
    }
    void real(double value, const path& where) override { write_real(value, where); }
    void single(float value, const path& where) override { write_real(value, where); }
    void text(std::string_view value, const path& where) override {
        separate();
        write_string(value, where);
    }
    void raw(const std::byte* data, std::size_t size) override {
        separate();
        m_out += '"';
        write_base64(m_out, data, size);
        m_out += '"';
    }
    void begin_list(std::size_t) override { open('['); }
    void end_list() override { close(']'); }
    void begin_dict(std::size_t) override { open('{'); }
    void end_dict() override { close('}'); }
    void key(std::string_view name, const path& where) override {
        separate();
        write_string(name, where);
        m_out += ':';
        if (m_options.indent != 0) m_out += ' ';
        m_first = true; // the value follows at once
        m_keyed = true;
    }

private:
    void separate() {
        if (m_keyed) {
            m_keyed = false;
            m_first = false;
            return;
        }
        if (!m_first) m_out += ',';
        m_first = false;
        if (m_options.indent != 0 && m_level != 0) new_line();
    }
    void new_line() {
        m_out += '\n';
        m_out.append(m_level * m_options.indent, ' ');
    }
    void open(char bracket) {
        separate();
        m_out += bracket;
        m_first = true;
        ++m_level;
    }
    void close(char bracket) {
        --m_level;
        if (m_options.indent != 0 && !m_first) new_line();
        m_out += bracket;
        m_first = false;
    }

    template <class Real>
    void write_real(Real value, const path& where) {
        if (value - value != Real{}) { // nan or infinite
            if (!m_options.non_finite_as_null)
                refuse_to_write(where, "finite", scalar_text(value), "has no form in JSON");
            return null();
        }
        separate();
        const std::size_t before = m_out.size();
        write_number(m_out, value);
        if (m_out.find_first_of(".e", before) == std::string::npos) m_out += ".0"; // so that it is read as what it was
    }

    void write_string(std::string_view text, const path& where) {
        m_out += '"';
        std::size_t from = 0;
        for (std::size_t i = 0; i < text.size();) {
            const auto byte = static_cast<unsigned char>(text[i]);
            if (plain_in_json[byte]) {
                ++i;
            } else if (byte >= 0x80) {
                const std::size_t size = utf8_sequence(text.substr(i));
                if (size == 0) refuse_to_write(where, "utf8", shown_value(text), "is no UTF-8, which JSON must be");
                i += size;
            } else {
                m_out.append(text, from, i - from);
                write_json_escape(m_out, text[i]);
                from = ++i;
            }
        }
        m_out.append(text, from, text.size() - from);
        m_out += '"';
    }

    std::string& m_out;
    json_options m_options;
    std::size_t m_level = 0;
    bool m_first = true;  // of its container
    bool m_keyed = false; // behind a key
};

} // namespace detail
} // namespace v0
} // namespace lathe

#endif // LATHE_MODEL_DETAIL_JSON_WRITER_HPP
