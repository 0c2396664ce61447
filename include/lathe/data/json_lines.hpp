// SPDX-License-Identifier: MIT
#ifndef LATHE_DATA_JSON_LINES_HPP
#define LATHE_DATA_JSON_LINES_HPP

/// @file
/// @brief Files with a JSON value on each line, as checked models. Needs the target `lathe::json`.
/// @par Example
/// @snippet tests/data/json_lines.cpp example

#include <concepts>
#include <cstddef>
#include <cstdint>
#include <iterator>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>

#include <lathe/core/error.hpp>
#include <lathe/core/result.hpp>
#include <lathe/data/detail/json_line_splitter.hpp>
#include <lathe/data/detail/row_iterator.hpp>
#include <lathe/data/source.hpp>
#include <lathe/model/json.hpp>
#include <lathe/model/json_options.hpp>
#include <lathe/model/read_options.hpp>
#include <lathe/model/validation_error.hpp>

namespace lathe {
inline namespace v0 {
namespace data {

/// How JSON lines are read, and how much of them may be held at once.
struct json_lines_options {
    std::size_t max_line = std::size_t{64} << 20; ///< the most bytes of a line before its line feed
    std::size_t block = std::size_t{256} << 10;   ///< how many bytes are read at once; 0 counts as 1
    read_options read{}; ///< how each line is read; its `place` is what messages call the source, if not its own name

    /// Refuses options that make no sense.
    /// @throws error that names the option and the rule.
    void check() const {
        if (max_line == 0) throw error("lathe::data::json_lines_options: max_line must not be 0");
    }
};

/// A line of a file: a `T`, or all that is wrong with it; and the number of the line.
/// @tparam T a model, or any type that can be read from JSON.
template <class T>
class json_lines_row : public result<T, validation_error> {
public:
    using result<T, validation_error>::result;

    /// @param read what the line says.
    /// @param line the number of the line.
    json_lines_row(result<T, validation_error> read, std::size_t line)
        : result<T, validation_error>(std::move(read)), m_line(line) {}

    /// @return the line of the file on which the row stands; the first line is 1, and blank lines count.
    [[nodiscard]] std::size_t line() const noexcept { return m_line; }

private:
    std::size_t m_line = 0;
};

/// Reads JSON lines (NDJSON) one by one into models, in memory that does not grow with the file. Made by
/// `read_json_lines`.
///
/// Each line is a JSON value, and is read as `try_from_json` reads it. Lines end with LF or CRLF, the last one also
/// with the input; blank ones are skipped, and so is a UTF-8 byte order mark at the very start. A line that is wrong
/// does not end the reading: it is a row with issues, whose positions are those in the file. A line longer than
/// `max_line` is a row with the issue "max_line". It can be iterated once.
/// @tparam T a model, or any type that can be read from JSON, such as `lathe::dict`.
/// @par Lifetime
/// The iterator and its row belong to the reader; a row is valid until the iterator moves on, and may be moved from.
/// @par Memory
/// One block, of up to `max_line` bytes when a line is that long; and one row. Lines are read where they stand.
/// @par Thread safety
/// One thread at a time.
template <class T>
class json_lines_reader {
public:
    using row = json_lines_row<T>; ///< what iteration yields

    /// Takes over the source; nothing is read before `begin()`.
    /// @param from what to read; a path will do.
    /// @param options how it is read.
    /// @throws error when options make no sense; io_error when a path cannot be opened.
    explicit json_lines_reader(source from, json_lines_options options = {});

    json_lines_reader(const json_lines_reader&) = delete;
    json_lines_reader& operator=(const json_lines_reader&) = delete;
    ~json_lines_reader() = default;

    /// Goes from row to row, once: `*it` is the current row, valid until `++it`, which reads the next one.
    using iterator = detail::row_iterator<json_lines_reader>;

    /// Reads the first row, the first time it is called; the next one, when reading ended in an exception.
    /// @return an iterator at the current row.
    /// @throws io_error when reading fails.
    [[nodiscard]] iterator begin() {
        if (!m_current) step();
        return iterator(*this);
    }
    /// @return the end of all rows.
    [[nodiscard]] std::default_sentinel_t end() const noexcept { return {}; }

    /// @return how many bytes were read so far, for progress.
    [[nodiscard]] std::uint64_t bytes() const noexcept { return m_lines.bytes(); }
    /// @return what messages call the source.
    [[nodiscard]] const std::string& name() const noexcept { return m_name; }

private:
    friend iterator;

    [[nodiscard]] row& current() noexcept { return *m_row; }
    void step();

    detail::json_line_splitter m_lines;
    std::string m_name;
    json_lines_options m_options;
    std::optional<row> m_row;
    bool m_current = false; ///< whether m_row is a row, or there are no more
    bool m_ended = false;
};

/// Reads a file with a JSON value on each line as checked models:
/// `for (auto&& row : lathe::data::read_json_lines<strike>("strikes.jsonl"))`, each a `json_lines_row<strike>`.
/// @tparam T a model, or any type that can be read from JSON; the table of `read_options` says what each takes.
/// @param from a path, or any source.
/// @param options how it is read.
/// @return a `json_lines_reader<T>`: the rows, read as they are asked for.
/// @throws io_error when a path cannot be opened.
/// @throws error when options make no sense.
template <class T>
[[nodiscard]] auto read_json_lines(source from, json_lines_options options = {});

/// Appends a value as a line of JSON: all on one line, whatever `options.indent` says, and a line feed.
/// @param to where the line goes.
/// @param from a model, or any value that a model may hold.
/// @param options how it is written.
/// @throws validation_error as `to_json` does; then `to` is as it was.
template <class T>
void append_json_line(std::string& to, const T& from, json_options options = {});

/// Writes values as lines of JSON, each with one call to a sink:
/// `json_lines_writer out{[&](std::string_view line) { file << line; }}; out.write(strike);`.
///
/// Nothing is held back, so there is nothing to flush; let the sink collect lines where calls are dear. To write to a
/// string, `append_json_line` is enough.
/// @tparam Sink what can be called with a `std::string_view`, valid during the call; what it returns is ignored.
/// @par Thread safety
/// One thread at a time.
template <class Sink>
class json_lines_writer {
    static constexpr bool is_sink = std::invocable<Sink&, std::string_view>;
    static_assert(
        is_sink,
        "lathe::data::json_lines_writer: the sink must be callable with a std::string_view; for a stream, pass "
        "[&](std::string_view line) { out << line; }; for a string, use lathe::data::append_json_line");

public:
    /// @param sink where lines go.
    /// @param options how they are written; the indent does not count.
    explicit json_lines_writer(Sink sink, json_options options = {}) : m_sink(std::move(sink)), m_options(options) {}

    /// Writes a value as one line, line feed included.
    /// @param from a model, or any value that a model may hold.
    /// @throws validation_error as `to_json` does; then the sink was not called.
    /// @throws anything the sink throws; then the line is not counted.
    template <class T>
    void write(const T& from);

    /// @return how many lines were written.
    [[nodiscard]] std::size_t lines() const noexcept { return m_lines; }
    /// @return how many bytes were written.
    [[nodiscard]] std::uint64_t bytes() const noexcept { return m_bytes; }

private:
    Sink m_sink;
    json_options m_options;
    std::string m_line; ///< keeps its memory from line to line
    std::size_t m_lines = 0;
    std::uint64_t m_bytes = 0;
};

// ---- implementation --------------------------------------------------------

template <class T>
json_lines_reader<T>::json_lines_reader(source from, json_lines_options options)
    : m_lines(std::move(from), options.block, options.max_line),
      m_name(options.read.place.empty() ? m_lines.name() : std::string(options.read.place)),
      m_options(options) {
    m_options.check();
    m_options.read.place = m_name;
}

template <class T>
void json_lines_reader<T>::step() {
    m_current = false; // what an exception leaves half read is no row
    if (!m_lines.next()) {
        m_ended = true;
    } else if (m_lines.too_long()) [[unlikely]] {
        std::string message = "the line is longer than " + std::to_string(m_options.max_line) + " bytes";
        const issue found{"", "max_line", std::move(message), "", {m_lines.line(), 1}};
        m_row.emplace(failure(validation_error({found}, detail::model_name<T>(), m_name)), m_lines.line());
    } else {
        detail::text_cursor cursor(m_lines.text(), m_lines.line());
        m_row.emplace(detail::read<T>(cursor, m_options.read), m_lines.line());
    }
    m_current = true;
}

template <class T>
auto read_json_lines(source from, json_lines_options options) {
    constexpr bool is_readable = detail::is_holdable<T> && detail::shape_in_document<T>() != detail::type_shape::none;
    static_assert(is_readable,
                  "lathe::data::read_json_lines: a value of this type cannot be read from JSON; make it a model, or "
                  "give it to_string and read_text in its namespace");
    if constexpr (is_readable) {
        constexpr bool is_regular = detail::can_be_made<T> && std::is_move_constructible_v<T>;
        static_assert(is_regular,
                      "lathe::data::read_json_lines: the model must have a default constructor and be able to be "
                      "moved; give each member a default, or make it a std::optional");
        static_cast<void>(detail::codec_of<T>); // says what cannot be read, in few lines
        if constexpr (is_regular) return json_lines_reader<T>(std::move(from), options);
    }
}

template <class T>
void append_json_line(std::string& to, const T& from, json_options options) {
    options.indent = 0;
    const std::size_t before = to.size();
    try {
        detail::append_json(
            to, __builtin_addressof(from), &detail::write_field<T>, detail::model_name_of(from), options);
        to += '\n';
    } catch (...) {
        to.resize(before);
        throw;
    }
}

template <class Sink>
template <class T>
void json_lines_writer<Sink>::write(const T& from) {
    if constexpr (is_sink) {
        m_line.clear();
        append_json_line(m_line, from, m_options);
        static_cast<void>(m_sink(std::string_view(m_line)));
        ++m_lines;
        m_bytes += m_line.size();
    }
}

} // namespace data
} // namespace v0
} // namespace lathe

#endif // LATHE_DATA_JSON_LINES_HPP
