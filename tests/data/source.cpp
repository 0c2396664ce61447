// SPDX-License-Identifier: MIT
#include <lathe/data/source.hpp> // first: proves that the header stands alone

#include <algorithm>
#include <array>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <string>
#include <string_view>
#include <thread>
#include <type_traits>
#include <utility>

#include "support/catch.hpp"

namespace {

namespace data = lathe::data;
using data::source;
using data::source_buffer;

static_assert(!std::is_copy_constructible_v<source> && std::is_nothrow_move_constructible_v<source> &&
              std::is_nothrow_move_assignable_v<source>);
static_assert(!std::is_copy_constructible_v<source_buffer> && std::is_move_constructible_v<source_buffer>);
static_assert(std::is_convertible_v<const char*, source> && std::is_convertible_v<std::string, source> &&
              std::is_convertible_v<const std::string&, source> &&
              std::is_convertible_v<std::filesystem::path, source>);
static_assert(!std::is_convertible_v<int, source>);
static_assert(std::is_base_of_v<lathe::error, data::io_error>);

template <class Text>
concept memory_takes = requires(Text&& text) { source::memory(std::forward<Text>(text)); };
static_assert(memory_takes<std::string&> && memory_takes<const std::string&> && memory_takes<const char*>);
static_assert(!memory_takes<std::string> && !memory_takes<const std::string>); // it would dangle

/// A file that is there while the test runs.
class temporary_file {
public:
    explicit temporary_file(std::string_view bytes) {
        const int handle = ::mkstemp(m_path.data());
        REQUIRE(handle >= 0);
        REQUIRE(::write(handle, bytes.data(), bytes.size()) == static_cast<::ssize_t>(bytes.size()));
        ::close(handle);
    }
    temporary_file(const temporary_file&) = delete;
    temporary_file& operator=(const temporary_file&) = delete;
    ~temporary_file() { ::unlink(m_path.c_str()); }
    [[nodiscard]] const std::string& path() const { return m_path; }

private:
    std::string m_path = "/tmp/lathe-source-XXXXXX";
};

/// Standard input is something else while this lives.
class stand_in_input {
public:
    explicit stand_in_input(int handle) : m_saved(::dup(0)) { REQUIRE(::dup2(handle, 0) == 0); }
    stand_in_input(const stand_in_input&) = delete;
    stand_in_input& operator=(const stand_in_input&) = delete;
    ~stand_in_input() {
        ::dup2(m_saved, 0);
        ::close(m_saved);
    }

private:
    int m_saved;
};

std::string all_of(source from, std::size_t step = 7) {
    std::string all;
    std::string part(step, '\0');
    for (;;) {
        const std::size_t count = from.read(part.data(), part.size());
        if (count == 0) return all;
        all.append(part, 0, count);
    }
}

std::string text_of(source_buffer& buffer) {
    return std::string(buffer.begin(), buffer.size());
}

template <class F>
std::string message_of(F f) {
    try {
        f();
    } catch (const data::io_error& e) {
        return e.what();
    }
    return "nothing was thrown";
}

TEST_CASE("source: reads a file to its end", "[source]") {
    const temporary_file file{std::string_view{"a,b\n\0\xff,d", 9}};
    CHECK(all_of(source::file(file.path())) == std::string_view{"a,b\n\0\xff,d", 9});
    CHECK(source::file(file.path()).name() == file.path());
}

TEST_CASE("source: reads a part of a file", "[source]") {
    const temporary_file file{"0123456789"};
    CHECK(all_of(source::part(file.path(), 0, 4), 3) == "0123");
    CHECK(all_of(source::part(file.path(), 4, 3)) == "456");
    CHECK(all_of(source::part(file.path(), 7, 100)) == "789"); // the file ends before
    CHECK(all_of(source::part(file.path(), 100, 1)).empty());
    CHECK(all_of(source::part(file.path(), 4, 0)).empty());
    source moved = source::part(file.path(), 2, 5);
    moved = source::part(file.path(), 8, 1);
    CHECK(moved.name() == file.path());
    CHECK(all_of(std::move(moved)) == "8");
    CHECK(message_of([&] { (void)source::part(file.path(), ~std::uint64_t{0}, 1); }) ==
          "cannot read a part of \"" + file.path() + "\": Value too large for defined data type");

    const std::string pipe = file.path() + ".pipe";
    REQUIRE(::mkfifo(pipe.c_str(), 0600) == 0);
    const int other_end = ::open(pipe.c_str(), O_RDWR); // so that opening it does not wait
    CHECK(message_of([&] { (void)source::part(pipe, 0, 1); }) ==
          "cannot read a part of \"" + pipe + "\": Illegal seek");
    ::close(other_end);
    ::unlink(pipe.c_str());
}

TEST_CASE("source: a path stands for its file", "[source]") {
    const temporary_file file{"text"};
    CHECK(all_of(file.path().c_str()) == "text");
    CHECK(all_of(file.path()) == "text");
    CHECK(all_of(std::string_view(file.path())) == "text");
    CHECK(all_of(std::filesystem::path{file.path()}) == "text");
}

TEST_CASE("source: an empty file, an empty view and an empty text are at their end", "[source]") {
    const temporary_file file{""};
    CHECK(all_of(file.path()).empty());
    CHECK(all_of(source::memory("")).empty());
    CHECK(all_of(source::memory({})).empty());
    CHECK(all_of(source::text("")).empty());
}

//! [example]
TEST_CASE("source: reads memory in parts, and says <memory> or what it is told", "[source]") {
    const std::string text = "some bytes";
    CHECK(all_of(source::memory(text), 3) == text);
    CHECK(all_of(source::text(text), 3) == text);
    CHECK(source::memory(text).name() == "<memory>");
    CHECK(source::text(text).name() == "<memory>");
    CHECK(source::memory(text, "a.csv").name() == "a.csv");
    CHECK(source::text(text, "a.csv").name() == "a.csv");
}
//! [example]

TEST_CASE("source: moves with what it has read so far", "[source]") {
    for (const bool owned : {false, true}) {
        source first = owned ? source::text("abcdef") : source::memory("abcdef");
        std::array<char, 2> two{};
        REQUIRE(first.read(two.data(), 2) == 2);
        source second{std::move(first)};
        CHECK(first.read(two.data(), 2) == 0); // NOLINT(bugprone-use-after-move): at its end, as promised
        source third = source::memory("gone");
        third = std::move(second);
        CHECK(all_of(std::move(third)) == "cdef");
    }
}

TEST_CASE("source: a file that is not there is named, with the reason", "[source]") {
    CHECK(message_of([] { source from = "/nowhere/x.csv"; }) ==
          "cannot open \"/nowhere/x.csv\": No such file or directory");
    try {
        (void)source::file("/nowhere/x.csv");
        FAIL("opened");
    } catch (const lathe::error& e) {
        const auto* const io = dynamic_cast<const data::io_error*>(&e);
        REQUIRE(io != nullptr);
        CHECK(io->code() == std::errc::no_such_file_or_directory);
    }
}

TEST_CASE("source: a dash is a file like any other, and so is no name at all", "[source]") {
    if (std::filesystem::exists("-")) return;
    CHECK(message_of([] { source from = "-"; }) == "cannot open \"-\": No such file or directory");
    CHECK(message_of([] { source from = ""; }) == "cannot open \"\": No such file or directory");
}

TEST_CASE("source: a directory cannot be opened", "[source]") {
    CHECK(message_of([] { source from = "/tmp"; }) == "cannot open \"/tmp\": Is a directory");
}

TEST_CASE("source: a path with a NUL does not open a file with a shorter name", "[source]") {
    const temporary_file file{"text"};
    CHECK(message_of([&] { (void)source::file(file.path() + std::string("\0.csv", 5)); }) ==
          "cannot open \"" + file.path() + "\\0...\": Invalid argument");
}

TEST_CASE("source: a file that must not be read says so", "[source]") {
    const temporary_file file{"secret"};
    REQUIRE(::chmod(file.path().c_str(), 0) == 0);
    if (::geteuid() == 0) {
        WARN("not tested: root may read everything");
        return;
    }
    CHECK(message_of([&] { (void)source::file(file.path()); }) ==
          "cannot open \"" + file.path() + "\": Permission denied");
}

TEST_CASE("source: a read that fails is named, with the reason", "[source]") {
    const int directory = ::open("/tmp", O_RDONLY); // the one thing that opens but cannot be read
    REQUIRE(directory >= 0);
    {
        const stand_in_input input{directory};
        CHECK(message_of([] { (void)all_of(source::standard_input()); }) == "cannot read \"<stdin>\": Is a directory");
    }
    ::close(directory);
}

TEST_CASE("source: standard input comes through a pipe, piece by piece, and stays open", "[source]") {
    for (const bool blocking : {true, false}) {
        std::array<int, 2> ends{};
        REQUIRE(::pipe(ends.data()) == 0);
        if (!blocking) REQUIRE(::fcntl(ends[0], F_SETFL, O_NONBLOCK) == 0);
        std::string sent;
        for (int i = 0; i < 20'000; ++i)
            sent += std::to_string(i) + "\n"; // more than a pipe holds
        bool wrote = true;
        std::thread writer{[&] {
            for (std::size_t at = 0; at < sent.size(); at += 1000) {
                const std::size_t count = std::min<std::size_t>(1000, sent.size() - at);
                wrote = ::write(ends[1], sent.data() + at, count) == static_cast<::ssize_t>(count) && wrote;
            }
            ::close(ends[1]);
        }};
        std::string got;
        bool open = false;
        {
            const stand_in_input input{ends[0]};
            CHECK(source::standard_input().name() == "<stdin>");
            got = all_of(source::standard_input(), 4096);
            open = ::fcntl(0, F_GETFD) != -1;
        }
        writer.join();
        ::close(ends[0]);
        CHECK(wrote);
        CHECK(open);
        CHECK(got == sent);
    }
}

TEST_CASE("source_buffer: keeps what is unread and counts what is consumed", "[source]") {
    source_buffer buffer{source::memory("abcdefgh"), 4};
    CHECK(buffer.empty());
    REQUIRE(buffer.fill());
    CHECK(text_of(buffer) == "abcd");
    buffer.consume(3);
    CHECK(buffer.consumed() == 3);
    REQUIRE(buffer.fill());
    CHECK(text_of(buffer) == "defg");
    REQUIRE(buffer.fill()); // nothing consumed: grows
    CHECK(text_of(buffer) == "defgh");
    CHECK_FALSE(buffer.fill());
    CHECK_FALSE(buffer.fill());
    CHECK(text_of(buffer) == "defgh");
    CHECK(buffer.unread().size() == 5);
    CHECK(buffer.name() == "<memory>");
}

TEST_CASE("source_buffer: stays while there is room behind unread bytes at the front", "[source]") {
    const std::string text(100, 'x');
    source_buffer buffer{source::memory(text), 64};
    CHECK(buffer.stays());
    REQUIRE(buffer.fill());
    CHECK_FALSE(buffer.stays()); // full
    buffer.consume(1);
    CHECK_FALSE(buffer.stays()); // not at the front
}

TEST_CASE("source_buffer: grows up to its limit, names it, and loses nothing", "[source]") {
    const std::string text(100, 'x');
    source_buffer buffer{source::memory(text), 4, 50};
    CHECK(message_of([&] {
              while (buffer.fill()) {
              }
          }) == "cannot read \"<memory>\": something in it is longer than the limit of 50 bytes");
    CHECK(buffer.size() == 50);
    buffer.consume(50);
    REQUIRE(buffer.fill());
    CHECK(buffer.size() == 50);
}

TEST_CASE("source_buffer: bytes may be changed, the memory they came from is not", "[source]") {
    const std::string text = "abc";
    source_buffer buffer{source::memory(text)};
    REQUIRE(buffer.fill());
    buffer.begin()[0] = 'X';
    CHECK(text_of(buffer) == "Xbc");
    CHECK(text == "abc");
}

TEST_CASE("source_buffer: the margins can be read", "[source]") {
    for (const std::size_t block : {1U, 5U, 64U, 1000U}) {
        source_buffer buffer{source::memory("abcde"), block};
        int sum = 0;
        do {
            for (const char* p = buffer.begin() - source_buffer::margin; p != buffer.end() + source_buffer::margin;
                 ++p) {
                sum += *p;
            }
        } while (buffer.fill());
        CHECK(sum != 0);
    }
}

TEST_CASE("source_buffer: skips a byte order mark at the start only, whatever the block", "[source]") {
    for (const std::size_t block : {1U, 2U, 3U, 4U, 100U}) {
        const auto rest = [&](std::string_view text, bool expected) {
            source_buffer buffer{source::memory(text), block};
            CHECK(buffer.skip_byte_order_mark() == expected);
            CHECK(buffer.consumed() == (expected ? 3U : 0U));
            while (buffer.fill()) {
            }
            return text_of(buffer);
        };
        CHECK(rest("\xEF\xBB\xBF"
                   "a",
                   true) == "a");
        CHECK(rest("\xEF\xBB\xBF", true).empty());
        CHECK(rest("\xEF\xBB\xBF\xEF\xBB\xBF", true) == "\xEF\xBB\xBF");
        CHECK(rest("\xEF\xBB"
                   "a",
                   false) == "\xEF\xBB"
                             "a");
        CHECK(rest("\xEF\xBB", false) == "\xEF\xBB");
        CHECK(rest("a\xEF\xBB\xBF", false) == "a\xEF\xBB\xBF");
        CHECK(rest("", false).empty());
    }
}

} // namespace
