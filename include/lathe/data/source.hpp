// SPDX-License-Identifier: MIT
#ifndef LATHE_DATA_SOURCE_HPP
#define LATHE_DATA_SOURCE_HPP

/// @file
/// @brief Where bytes come from: a file, standard input or memory; and the block they are read into.
/// @par Example
/// @snippet tests/data/source.cpp example

#include <cerrno>
#include <concepts>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <limits>
#include <span>
#include <string>
#include <string_view>
#include <system_error>
#include <type_traits>
#include <utility>

// POSIX calls, not std::FILE: the block below is the only buffer there should be, errno is exact after
// read(2), an interrupted call can be told from a failed one, and a directory is known before the first byte
// is asked for.
#include <fcntl.h>
#include <poll.h>
#include <sys/stat.h>
#include <unistd.h>

#include <lathe/core/error.hpp>

namespace lathe {
inline namespace v0 {
namespace data {

/// Thrown when bytes cannot be had; the text names the source and the reason: `cannot open "x.csv": No such
/// file...`.
class io_error : public error {
public:
    /// @param text the whole message.
    /// @param code the reason, for programs.
    io_error(const std::string& text, std::error_code code) : error(text), m_code(code) {}

    /// @return the reason, comparable with `std::errc::no_such_file_or_directory` and the like.
    [[nodiscard]] const std::error_code& code() const noexcept { return m_code; }

private:
    std::error_code m_code;
};

/// A stream of bytes to be read once, front to back: a file, standard input, or memory.
///
/// A function that takes a `source` may be called with a path too: `read("x.csv")`,
/// `read(source::memory(text))`.
/// @par Lifetime
/// Move-only. A file is opened by the maker and closed by the destructor; standard input is never closed.
/// A source that was moved from is at its end.
/// @par Thread safety
/// One thread at a time.
class source {
public:
    /// Opens a file, as `file()` does: this is how functions take a path where they take a source.
    /// @param path text, or a std::filesystem::path.
    /// @throws io_error as `file()`.
    template <class Path>
        requires((std::convertible_to<Path, std::string> || std::convertible_to<Path, std::string_view>) &&
                 !std::same_as<std::remove_cvref_t<Path>, source>)
    source(Path&& path) // NOLINT: implicit on purpose
        : source(file(static_cast<std::string>(std::forward<Path>(path)))) {}
    /// Does not compile: streams are not read, for they have a buffer of their own.
    template <class Stream>
        requires requires(Stream& stream) { stream.rdbuf(); }
    source(Stream&&) = delete; // lathe::data::source: pass a path, source::standard_input() or source::text(...)

    /// Opens a file for reading.
    /// @param path where it is; pipes and devices are fine, and "-" is a file of that name.
    /// @throws io_error when it cannot be opened or is a directory.
    [[nodiscard]] static source file(std::string path);

    /// Opens a file for reading a part of it.
    /// @param path where it is.
    /// @param begin where the part begins, in bytes from the file's beginning.
    /// @param size how many bytes it has; fewer come where the file ends before.
    /// @throws io_error as `file()`, and for a pipe, which cannot be read from its middle.
    [[nodiscard]] static source part(std::string path, std::uint64_t begin, std::uint64_t size);

    /// Reads this program's standard input, whose name is `<stdin>`.
    [[nodiscard]] static source standard_input() { return source{origin::standard_input, 0, "<stdin>"}; }

    /// Reads bytes that somebody else keeps.
    /// @param bytes what to read, never written to; they must outlive the source, and stay as they are.
    /// @param name what messages call it, such as the file that the bytes are from.
    [[nodiscard]] static source memory(std::string_view bytes, std::string name = "<memory>") {
        source made{origin::memory, -1, std::move(name)};
        made.m_bytes = bytes;
        return made;
    }
    /// Does not compile: a string that is about to die cannot be viewed.
    template <class T, class... Name>
        requires std::same_as<std::remove_const_t<T>, std::string>
    static source memory(T&&, Name...) = delete; // lathe::data::source: these bytes go at once; use source::text(...)

    /// Reads text that the source keeps itself.
    /// @param bytes what to read, moved into the source.
    /// @param name what messages call it.
    [[nodiscard]] static source text(std::string bytes, std::string name = "<memory>") {
        source made{origin::text, -1, std::move(name)};
        made.m_text = std::move(bytes);
        return made;
    }

    source(const source&) = delete;
    /// Takes over what the other reads.
    source(source&& other) noexcept { swap(other); }
    source& operator=(const source&) = delete;
    /// Takes over what the other reads, and lets go of its own.
    source& operator=(source&& other) noexcept {
        source taken{std::move(other)};
        swap(taken);
        return *this;
    }
    ~source() {
        if (m_origin == origin::file) ::close(m_handle);
    }

    /// Reads the next bytes, waiting for the first of them; goes on after a signal.
    /// @param to where they go.
    /// @param size how many at most; more than zero.
    /// @return how many came; zero at the end only.
    /// @throws io_error when reading fails.
    [[nodiscard]] std::size_t read(char* to, std::size_t size);

    /// @return what messages call it: the path, `<stdin>`, or the name that bytes in memory were given.
    [[nodiscard]] const std::string& name() const noexcept { return m_name; }

private:
    enum class origin : unsigned char { nothing, file, standard_input, memory, text };

    source() noexcept = default;
    source(origin from, int handle, std::string name) noexcept
        : m_origin(from), m_handle(handle), m_name(std::move(name)) {}

    void swap(source& other) noexcept {
        std::swap(m_origin, other.m_origin);
        std::swap(m_handle, other.m_handle);
        std::swap(m_left, other.m_left);
        std::swap(m_done, other.m_done);
        std::swap(m_bytes, other.m_bytes);
        m_text.swap(other.m_text);
        m_name.swap(other.m_name);
    }

    [[noreturn, gnu::cold]] static void fail(const char* what, const std::string& name, int reason) {
        const std::error_code code{reason, std::generic_category()};
        throw io_error("cannot " + std::string(what) + " \"" + name + "\": " + code.message(), code);
    }

    origin m_origin = origin::nothing;
    int m_handle = -1;
    std::uint64_t m_left = static_cast<std::uint64_t>(-1); ///< bytes of a file that may still be read
    std::size_t m_done = 0;                                ///< bytes of memory read so far
    std::string_view m_bytes;                              ///< for origin::memory
    std::string m_text; ///< for origin::text; not viewed, because short text moves with the string
    std::string m_name;
};

/// The block through which a parser sees a source: bytes that came and were not consumed yet, side by side.
///
/// A parser looks at `begin()..end()`, may change those bytes, `consume()`s what it is done with, and calls
/// `fill()` when it needs more. Memory stays at one block whatever the source's size; the block grows only
/// while something longer than it is not consumed. The bytes of a memory source are copied, never changed.
/// @par Margins
/// `margin` bytes before `begin()` and after `end()` may be read, so that wide loads need no special case at
/// the ends; the value of those bytes means nothing. They are not to be written to.
/// @par Thread safety
/// One thread at a time.
class source_buffer {
public:
    static constexpr std::size_t margin = 64;                            ///< readable bytes on either side
    static constexpr std::size_t default_block = std::size_t{256} << 10; ///< a good size for read(2)
    static constexpr std::size_t default_limit = std::size_t{64} << 20;  ///< how far a block may grow

    /// A buffer with nothing in it yet: the first `fill()` reads.
    /// @param from what to read.
    /// @param block bytes to read at once [bytes]; zero counts as one.
    /// @param limit the most that may be unread at once [bytes]; at least `block`.
    explicit source_buffer(source from, std::size_t block = default_block, std::size_t limit = default_limit)
        : m_source(std::move(from)),
          m_capacity(block == 0 ? 1 : block),
          m_limit(limit < m_capacity ? m_capacity : limit),
          m_block(m_capacity + 2 * margin) {}

    /// @return the first unread byte. Valid until `fill()`.
    [[nodiscard]] char* begin() noexcept { return m_block.bytes + m_begin; }
    /// @return behind the last unread byte. Valid until `fill()`.
    [[nodiscard]] char* end() noexcept { return m_block.bytes + m_end; }
    /// @return how many bytes are unread.
    [[nodiscard]] std::size_t size() const noexcept { return m_end - m_begin; }
    /// @return whether no byte is unread; there may be more to come.
    [[nodiscard]] bool empty() const noexcept { return m_begin == m_end; }
    /// @return the unread bytes. Valid until `fill()`.
    [[nodiscard]] std::span<char> unread() noexcept { return {begin(), size()}; }

    /// Lets go of bytes at the front. Their memory stays as it is until `fill()`.
    /// @param count how many; at most `size()`.
    void consume(std::size_t count) noexcept {
        m_begin += count;
        m_consumed += count;
    }

    /// Reads more bytes behind the unread ones, with one call to the source.
    ///
    /// Unread bytes keep their order and values, but move to the front of the block, or to a larger one.
    /// @return whether new bytes came; false for good at the end of the source.
    /// @throws io_error when reading fails, or when `limit` bytes are unread already; nothing is lost then.
    /// @par Complexity
    /// Linear in the bytes read, amortised, when at least half of the block is consumed between calls.
    bool fill();

    /// @return whether the next `fill()` leaves the unread bytes where they are.
    [[nodiscard]] bool stays() const noexcept { return m_begin == margin && m_end < margin + m_capacity; }

    /// Consumes a UTF-8 byte order mark, if the unread bytes start with one. To be called before anything is
    /// consumed.
    /// @return whether there was one.
    /// @throws io_error as `fill()`.
    bool skip_byte_order_mark();

    /// @return how many bytes were consumed so far, for progress and for places in messages.
    [[nodiscard]] std::uint64_t consumed() const noexcept { return m_consumed; }
    /// @return what messages call the source.
    [[nodiscard]] const std::string& name() const noexcept { return m_source.name(); }

private:
    /// A std::unique_ptr<char[]> without <memory>, which would cost more than all the rest of this header.
    struct storage {
        // Not set to zero: what is not read into is never touched, and costs no memory. Only the margins are
        // set.
        explicit storage(std::size_t size) : bytes(new char[size]) { std::memset(bytes, '\n', 2 * margin); }
        storage(storage&& other) noexcept : bytes(std::exchange(other.bytes, nullptr)) {}
        storage& operator=(storage&& other) noexcept {
            std::swap(bytes, other.bytes);
            return *this;
        }
        ~storage() { delete[] bytes; }
        char* bytes;
    };

    source m_source;
    std::size_t m_capacity;
    std::size_t m_limit;
    storage m_block; ///< margin, m_capacity bytes, margin
    std::size_t m_begin = margin;
    std::size_t m_end = margin;
    std::uint64_t m_consumed = 0;
    bool m_ended = false; ///< a terminal may have more after its end: one end is enough
};

// ---- implementation --------------------------------------------------------

inline source source::file(std::string path) {
    if (path.find('\0') != std::string::npos) fail("open", path.substr(0, path.find('\0')) + "\\0...", EINVAL);
    int handle = -1;
    do {
        handle = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
    } while (handle < 0 && errno == EINTR);
    if (handle < 0) fail("open", path, errno);
    source made{origin::file, handle, std::move(path)}; // closes the handle from here on
    struct stat about{};
    if (::fstat(handle, &about) == 0 && S_ISDIR(about.st_mode)) fail("open", made.m_name, EISDIR);
    return made;
}

inline source source::part(std::string path, std::uint64_t begin, std::uint64_t size) {
    source made = file(std::move(path));
    constexpr auto most = static_cast<std::uint64_t>(std::numeric_limits<::off_t>::max());
    if (begin > most || ::lseek(made.m_handle, static_cast<::off_t>(begin), SEEK_SET) < 0) {
        fail("read a part of", made.m_name, begin > most ? EOVERFLOW : errno);
    }
    made.m_left = size;
    return made;
}

inline std::size_t source::read(char* to, std::size_t size) {
    if (m_origin == origin::file || m_origin == origin::standard_input) {
        // Some systems refuse more than 2 GiB at once.
        if (size > std::size_t{1} << 30) size = std::size_t{1} << 30;
        if (size > m_left) size = static_cast<std::size_t>(m_left);
        for (;;) {
            const ::ssize_t count = ::read(m_handle, to, size);
            if (count >= 0) {
                m_left -= static_cast<std::uint64_t>(count);
                return static_cast<std::size_t>(count);
            }
            if (errno == EINTR) continue;
            if (errno != EAGAIN && errno != EWOULDBLOCK) fail("read", m_name, errno);
            // Somebody who shares our input made it non-blocking: wait as if nobody had.
            ::pollfd wanted{m_handle, POLLIN, 0};
            if (::poll(&wanted, 1, -1) < 0 && errno != EINTR) fail("read", m_name, errno);
        }
    }
    const std::string_view all = m_origin == origin::text ? std::string_view{m_text} : m_bytes;
    const std::size_t rest = all.size() - m_done;
    const std::size_t count = size < rest ? size : rest;
    if (count != 0) std::memcpy(to, all.data() + m_done, count);
    m_done += count;
    return count;
}

inline bool source_buffer::fill() {
    if (m_ended) return false;
    const std::size_t tail = size();
    if (tail == m_capacity) {
        if (m_capacity >= m_limit) {
            throw io_error("cannot read \"" + name() + "\": something in it is longer than the limit of " +
                               std::to_string(m_limit) + " bytes",
                           std::make_error_code(std::errc::value_too_large));
        }
        const std::size_t larger = m_capacity > m_limit / 2 ? m_limit : 2 * m_capacity;
        storage block{larger + 2 * margin};
        std::memcpy(block.bytes + margin, begin(), tail);
        m_block = std::move(block);
        m_capacity = larger;
    } else if (m_begin != margin && tail != 0) {
        std::memmove(m_block.bytes + margin, begin(), tail);
    }
    m_begin = margin;
    m_end = margin + tail;
    const std::size_t count = m_source.read(end(), m_capacity - tail);
    m_ended = count == 0;
    m_end += count;
    std::memset(end(), '\n', margin);
    return count != 0;
}

inline bool source_buffer::skip_byte_order_mark() {
    constexpr std::string_view mark = "\xEF\xBB\xBF";
    // A byte that cannot be the mark's ends the wait: standard input may be a person who types.
    while (size() < mark.size() && mark.starts_with(std::string_view{begin(), size()})) {
        if (!fill()) return false;
    }
    if (!std::string_view{begin(), size()}.starts_with(mark)) return false;
    consume(mark.size());
    return true;
}

} // namespace data
} // namespace v0
} // namespace lathe

#endif // LATHE_DATA_SOURCE_HPP
