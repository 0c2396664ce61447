// SPDX-License-Identifier: MIT
#ifndef LATHE_MODEL_DETAIL_DOCUMENT_HPP
#define LATHE_MODEL_DETAIL_DOCUMENT_HPP

/// @file
/// @brief What dictionaries and JSON have in common: a stream of scalars, lists and dicts, in and out of models.

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include <lathe/model/detail/path.hpp>
#include <lathe/model/value.hpp>

namespace lathe {
inline namespace v0 {
namespace detail {

// One value of a document that is neither a list nor a dict.
struct scalar_event {
    value_kind kind = value_kind::null;
    union {
        bool boolean;
        std::int64_t integer;
        std::uint64_t natural;
        double real = 0;
    };
    std::string_view text{};           // of a text; of a number the way it is written, where it was text
    const lathe::bytes* raw = nullptr; // of bytes

    static scalar_event null() noexcept { return {}; }
    static scalar_event of(bool given) noexcept {
        scalar_event event;
        event.kind = value_kind::boolean;
        event.boolean = given;
        return event;
    }
    static scalar_event of(std::int64_t given) noexcept {
        scalar_event event;
        event.kind = value_kind::integer;
        event.integer = given;
        return event;
    }
    static scalar_event of(std::uint64_t given) noexcept {
        scalar_event event;
        event.kind = value_kind::natural;
        event.natural = given;
        return event;
    }
    static scalar_event of(double given, std::string_view written = {}) noexcept {
        scalar_event event;
        event.kind = value_kind::real;
        event.real = given;
        event.text = written;
        return event;
    }
    static scalar_event of(std::string_view given) noexcept {
        scalar_event event;
        event.kind = value_kind::text;
        event.text = given;
        return event;
    }
    static scalar_event of(const lathe::bytes& given) noexcept {
        scalar_event event;
        event.kind = value_kind::bytes;
        event.raw = &given;
        return event;
    }
};

// Where a model is written to. What cannot be written is refused by an exception that names its path.
class document_writer {
public:
    document_writer(const document_writer&) = delete;
    document_writer& operator=(const document_writer&) = delete;

    virtual void null() = 0;
    virtual void boolean(bool value) = 0;
    virtual void integer(std::int64_t value) = 0;
    virtual void natural(std::uint64_t value) = 0;
    virtual void real(double value, const path& where) = 0;
    virtual void single(float value, const path& where) = 0; // apart, for its shorter digits
    virtual void text(std::string_view value, const path& where) = 0;
    virtual void raw(const std::byte* data, std::size_t size) = 0;
    virtual void begin_list(std::size_t size) = 0; // which is a hint
    virtual void end_list() = 0;
    virtual void begin_dict(std::size_t size) = 0;
    virtual void key(std::string_view name, const path& where) = 0;
    virtual void end_dict() = 0;

    [[nodiscard]] bool writes_aliases() const noexcept { return m_writes_aliases; }

    // Models that refer to themselves have no end: what is nested deeper is refused.
    static constexpr std::size_t max_depth = 1000;
    std::size_t depth = 0;

protected:
    explicit document_writer(bool writes_aliases) noexcept : m_writes_aliases(writes_aliases) {}
    ~document_writer() = default;

private:
    bool m_writes_aliases;
};

} // namespace detail
} // namespace v0
} // namespace lathe

#endif // LATHE_MODEL_DETAIL_DOCUMENT_HPP
