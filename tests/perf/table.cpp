// SPDX-License-Identifier: MIT
// The text of tables, letter for letter. Durations are given; the monitors' clock counts nanoseconds, so that they come
// out as they went in.
#include <lathe/perf/table.hpp> // first: proves that the header stands alone

#include <array>
#include <chrono>
#include <clocale>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <vector>

#include <fcntl.h>
#include <unistd.h>

#include <lathe/perf/monitor.hpp>

#include "support/catch.hpp"

namespace {

namespace perf = lathe::perf;
using lathe_test::ContainsSubstring;
using std::chrono::nanoseconds;
using namespace std::chrono_literals;

static_assert(std::is_nothrow_move_constructible_v<perf::table> && std::is_copy_constructible_v<perf::table>);

// Whose figures are as they are told.
struct told_monitor : perf::monitor {
    explicit told_monitor(bool call_tree = false)
        : monitor({.call_tree = call_tree, .clock = perf::clock_source::steady}) {}

    void record(std::string_view name, int calls, nanoseconds each, const perf::labels& labels = {}) {
        const perf::timer to = timer(name, labels);
        for (int i = 0; i < calls; ++i)
            to.record(each);
    }
};

// Without the last lines, about the process, which vary.
std::string text_of(const perf::snapshot& from, const perf::table_options& options = {}) {
    std::string text = fmt::format("{}", perf::table(from, options));
    const auto process = text.find("\nprocess: ");
    REQUIRE(process != std::string::npos);
    text.resize(process);
    return text;
}

// The first words of lines: the names, in their order.
std::string names_of(const perf::snapshot& from, const perf::table_options& options) {
    const std::string text = text_of(from, options);
    std::string names;
    for (std::size_t line = 0; line < text.size(); line = text.find('\n', line) + 1)
        names += text.substr(line, text.find_first_of(" \n", line) - line) + ' ';
    return names;
}

TEST_CASE("table: a row for each timer, the one that took the most time first", "[perf][table]") {
    told_monitor mon;
    mon.record("parse", 1'000, 1'234ns);
    mon.record("load", 2, 1s, {{"file", "a.csv"}});
    CHECK(text_of(mon.snapshot()) ==
          R"(timer               calls    total     mean      min      p50      p90      p99      max  distribution
load{file="a.csv"}      2   2.00 s   1.00 s   1.00 s   1.00 s   1.00 s   1.00 s   1.00 s  █
parse               1,000  1.23 ms  1.23 us  1.23 us  1.23 us  1.23 us  1.23 us  1.23 us  █
)");
}

TEST_CASE("table: the distribution goes from the fastest to the slowest, and hides no call", "[perf][table]") {
    told_monitor mon;
    mon.record("mixed", 9'000, 1us);
    mon.record("mixed", 990, 10us);
    mon.record("mixed", 10, 10ms);
    CHECK(text_of(mon.snapshot(), {.distribution = 9}) ==
          R"(timer   calls   total     mean      min      p50      p90      p99      max  distribution
mixed  10,000  119 ms  11.9 us  1.00 us  1.00 us  1.00 us  10.1 us  10.0 ms  █ ▁     ▁
)");
    CHECK_THAT(text_of(mon.snapshot(), {.distribution = 0}), !ContainsSubstring("distribution"));
}

TEST_CASE("table: errors are a column once there is one", "[perf][table]") {
    told_monitor mon;
    mon.record("fine", 1, 2us);
    mon.record("bad", 1, 1us);
    CHECK_THAT(text_of(mon.snapshot()), !ContainsSubstring("errors"));
    mon.timer("bad").failed();
    CHECK(text_of(mon.snapshot(), {.distribution = 0}) ==
          R"(timer  calls  errors    total     mean      min      p50      p90      p99      max
fine       1       0  2.00 us  2.00 us  2.00 us  2.00 us  2.00 us  2.00 us  2.00 us
bad        1       1  1.00 us  1.00 us  1.00 us  1.00 us  1.00 us  1.00 us  1.00 us
)");
}

TEST_CASE("table: then counters and gauges, by name", "[perf][table]") {
    told_monitor mon;
    mon.counter("rows").add(1'234'567);
    mon.counter("bytes", {{"of", "file"}}).add(12);
    mon.gauge("queue").set(0.1);
    mon.gauge("heat").set(-40);
    CHECK(text_of(mon.snapshot()) == R"(counter               value
bytes{of="file"}         12
rows              1,234,567

gauge  value
heat     -40
queue    0.1
)");
}

TEST_CASE("table: memory is told of the timers that counted it", "[perf][table]") {
    told_monitor mon;
    mon.record("plain", 1, 1us);
    const auto keep =
        mon.profile_memory("keep", [](std::size_t bytes) { return std::unique_ptr<char[]>(new char[bytes]); });
    const auto kept = keep(1'000);
    const auto more = keep(3'096);
    keep(0).reset();
    keep(0).reset();
    const std::string text = text_of(mon.snapshot(), {.distribution = 0});
    if (!perf::memory_is_counted()) {
        CHECK_THAT(text, !ContainsSubstring("memory"));
        return;
    }
    CHECK_THAT(text, ContainsSubstring(R"(
memory  calls  allocs/call  bytes/call  net/call      peak
keep        4            1    1.00 KiB  1.00 KiB  3.02 KiB
)"));
    CHECK(names_of(mon.snapshot(), {.sort_by = perf::column::peak}).starts_with("timer keep plain "));
}

TEST_CASE("table: says so when there is nothing", "[perf][table]") {
    told_monitor mon;
    CHECK(text_of(mon.snapshot()) == "nothing was measured\n");
    mon.record("parse", 1, 1us);
    CHECK(text_of(mon.snapshot(), {.filter = "x\n"}) == "nothing that was measured fits \"x\\n\"\n");
    CHECK_THAT(fmt::format("{}", perf::table(perf::snapshot())),
               ContainsSubstring("nothing was measured\n\nprocess: "));
    CHECK(perf::table(perf::snapshot(), {.process = false}).text() == "nothing was measured\n");
}

TEST_CASE("table: sorts by any column, numbers from the largest, names from a to z", "[perf][table]") {
    told_monitor mon;
    mon.record("b", 3, 10us); // total 30, mean 10
    mon.record("a", 1, 20us); // total 20, mean 20
    mon.record("c", 1, 20us); // as a
    mon.record("d", 1, 1us);  // total 45, mean 11.25
    mon.record("d", 3, 14us);
    mon.record("d", 1, 2us);
    mon.timer("c").failed();
    const perf::snapshot snap = mon.snapshot();
    const auto by = [&](perf::column column) {
        return names_of(snap, {.sort_by = column});
    };
    CHECK(by(perf::column::total) == "timer d b a c ");
    CHECK(by(perf::column::name) == "timer a b c d ");
    CHECK(by(perf::column::calls) == "timer d b a c ");
    CHECK(by(perf::column::errors) == "timer c a b d ");
    CHECK(by(perf::column::mean) == "timer a c b d ");
    CHECK(by(perf::column::min) == "timer a c b d ");
    CHECK(by(perf::column::max) == "timer a c d b ");
    for (const auto percentile : {perf::column::p50, perf::column::p90, perf::column::p99})
        CHECK(by(percentile) == "timer a c d b ");
    CHECK(by(perf::column::self) == by(perf::column::total)); // there is no tree
    for (const auto memory : {perf::column::allocations, perf::column::bytes, perf::column::net, perf::column::peak})
        CHECK(by(memory) == "timer a b c d "); // none was counted: all alike
}

TEST_CASE("table: filters by a part of the name, or by a pattern", "[perf][table]") {
    told_monitor mon;
    for (const char* const name : {"load", "reload", "parse", "größe"})
        mon.record(name, 1, 1us);
    mon.record("load", 1, 1us, {{"file", "a.csv"}});
    mon.counter("loads").add(1);
    mon.gauge("other").set(1);
    const perf::snapshot snap = mon.snapshot();
    const auto fit = [&](const char* filter) {
        return names_of(snap, {.sort_by = perf::column::name, .filter = filter});
    };
    CHECK(fit("load") == "timer load load{file=\"a.csv\"} reload  counter loads ");
    CHECK(fit("load*") == "timer load load{file=\"a.csv\"}  counter loads ");
    CHECK(fit("*load") == "timer load reload ");
    CHECK(fit("*.csv*") == "timer load{file=\"a.csv\"} ");
    CHECK(fit("gr??e") == "timer größe "); // by character, not by byte
    CHECK(fit("????") == "timer load ");
    CHECK(fit("*") == fit(""));
    CHECK(fit("**a*o*").find("load{") == std::string::npos);
}

TEST_CASE("table: a limit says how much is left out", "[perf][table]") {
    told_monitor mon;
    for (int i = 1; i <= 5; ++i)
        mon.record("t" + std::to_string(i), i, 1us);
    CHECK(names_of(mon.snapshot(), {.limit = 2}) == "timer t5 t4 and ");
    CHECK_THAT(text_of(mon.snapshot(), {.limit = 2}), ContainsSubstring("\nand 3 more\n"));
    CHECK_THAT(text_of(mon.snapshot(), {.limit = 5}), !ContainsSubstring("more"));
}

TEST_CASE("table: no name commands a terminal, or breaks the columns", "[perf][table]") {
    told_monitor mon;
    mon.record("\x1b[2J\x07\n\xc2\x9b|\xff", 1, 3us, {{"k\n", "\"\x1b"}});
    mon.record("größe", 1, 2us); // seven bytes
    mon.record("", 1, 1us);
    const std::string text = text_of(mon.snapshot(), {.distribution = 0});
    CHECK(
        text ==
        R"(timer                                     calls    total     mean      min      p50      p90      p99      max
\x1b[2J\x07\n\xc2\x9b|\xff{k\n="\"\x1b"}      1  3.00 us  3.00 us  3.00 us  3.00 us  3.00 us  3.00 us  3.00 us
größe                                         1  2.00 us  2.00 us  2.00 us  2.00 us  2.00 us  2.00 us  2.00 us
""                                            1  1.00 us  1.00 us  1.00 us  1.00 us  1.00 us  1.00 us  1.00 us
)");
}

TEST_CASE("table: long names are cut between characters", "[perf][table]") {
    told_monitor mon;
    mon.record("ööööööööö", 1, 1us);
    CHECK(names_of(mon.snapshot(), {.name_width = 9}) == "timer ööööööööö ");
    CHECK(names_of(mon.snapshot(), {.name_width = 8}) == "timer ööööööö… ");
    CHECK(names_of(mon.snapshot(), {.name_width = 1}) == "timer … ");
    CHECK(names_of(mon.snapshot(), {.name_width = 0}) == "timer ööööööööö ");
}

void spin_until(std::chrono::steady_clock::time_point end) {
    while (std::chrono::steady_clock::now() <= end) {
    }
}

TEST_CASE("table: a call tree adds what is a scope's own, and can be shown, the longest first", "[perf][table]") {
    using clock = std::chrono::steady_clock;
    told_monitor mon{true};
    clock::duration last{0}; // longer than the last outer one took
    for (const char* const name : {"short", "long"}) {
        const auto begin = clock::now();
        {
            const auto outer = mon.scope(name);
            for (int i = 0; i < 3; ++i)
                const auto quick = mon.scope("quick");
            const auto quick_end = clock::now();
            const auto slow = mon.scope("slow");
            spin_until(clock::now() + (quick_end - begin) + last);
        }
        last = clock::now() - begin;
    }
    const std::string text = text_of(mon.snapshot(), {.sort_by = perf::column::name, .call_tree = true});
    CHECK_THAT(text, ContainsSubstring("  total") && ContainsSubstring("  self"));
    std::string tree = text.substr(text.find("\n\ncall tree  calls"));
    for (std::size_t line = 2; line < tree.size(); line = tree.find('\n', line) + 1) // without times
        tree.erase(line + 16, tree.find('\n', line) - line - 16);
    CHECK(tree == R"(

call tree  calls
long           1
  slow         1
  quick        3
short          1
  slow         1
  quick        3
)");
    const std::string less = text_of(mon.snapshot(), {.limit = 2, .call_tree = true});
    CHECK_THAT(less, ContainsSubstring("\n  slow         1  ") && ContainsSubstring("\nand 4 more\n"));

    told_monitor deep{true};
    const auto descend = [&deep](const auto& self, int left) -> void {
        const auto scope = deep.scope("down");
        if (left > 0) self(self, left - 1);
    };
    descend(descend, 40);
    CHECK_THAT(text_of(deep.snapshot(), {.call_tree = true}), ContainsSubstring(std::string(64, ' ') + "(40) down  "));

    told_monitor without;
    without.record("a", 1, 1us);
    CHECK_THAT(text_of(without.snapshot(), {.call_tree = true}), ContainsSubstring("no call tree: "));
}

TEST_CASE("table: holds nothing of the snapshot", "[perf][table]") {
    std::optional<perf::table> kept;
    {
        told_monitor mon;
        mon.record("parse", 1, 1us);
        kept.emplace(mon.snapshot());
    }
    CHECK_THAT(kept->text(), ContainsSubstring("parse"));
}

TEST_CASE("table: numbers are written for people, in each locale alike", "[perf][table]") {
    using lathe::detail::bytes_text;
    using lathe::detail::count_text;
    using lathe::detail::duration_text;
    CHECK(duration_text(0ns) == "0 ns");
    CHECK(duration_text(999ns) == "999 ns");
    CHECK(duration_text(1'000ns) == "1.00 us");
    CHECK(duration_text(9'994ns) == "9.99 us");
    CHECK(duration_text(9'995ns) == "10.0 us");
    CHECK(duration_text(99'951ns) == "100 us");
    CHECK(duration_text(999'499ns) == "999 us");
    CHECK(duration_text(999'500ns) == "1.00 ms"); // and never 1000 us
    CHECK(duration_text(12'345s) == "12345 s");
    CHECK(duration_text(-1'500ns) == "-1.50 us");
    CHECK(duration_text(nanoseconds::max()) == "9223372037 s");
    CHECK(bytes_text(0) == "0 B");
    CHECK(bytes_text(1023) == "1023 B");
    CHECK(bytes_text(1024) == "1.00 KiB");
    CHECK(bytes_text(-1536) == "-1.50 KiB");
    CHECK(bytes_text(100e6) == "95.4 MiB");
    CHECK(bytes_text(1e300).ends_with(" TiB"));
    CHECK(count_text(0) == "0");
    CHECK(count_text(999) == "999");
    CHECK(count_text(1'000) == "1,000");
    CHECK(count_text(~std::uint64_t{0}) == "18,446,744,073,709,551,615");
    CHECK(lathe::detail::sparkline(std::vector<std::uint64_t>{}).empty());
    CHECK(lathe::detail::sparkline(std::vector<std::uint64_t>{1, 0, 4, 8, ~std::uint64_t{0}}) == "▁ ▁▁█");
    CHECK(lathe::detail::sparkline(std::vector<std::uint64_t>{1, 2, 3, 4, 5, 6, 7, 8}) == "▁▂▃▄▅▆▇█");
    if (std::setlocale(LC_ALL, "de_DE.UTF-8") != nullptr) {
        CHECK(duration_text(1'500ns) == "1.50 us");
        std::setlocale(LC_ALL, "C");
    }
}

// ---- where it goes ---------------------------------------------------------

// Sets a variable of the environment for a while, or takes it away.
class environment_variable {
public:
    environment_variable(const char* name, const char* value) : m_name(name) {
        if (const char* const old = std::getenv(name)) m_old = old;
        put(value);
    }
    environment_variable(const environment_variable&) = delete;
    environment_variable& operator=(const environment_variable&) = delete;
    ~environment_variable() { put(m_old ? m_old->c_str() : nullptr); }

private:
    void put(const char* value) const {
        if (value != nullptr)
            ::setenv(m_name, value, 1);
        else
            ::unsetenv(m_name);
    }
    const char* m_name;
    std::optional<std::string> m_old;
};

struct close_file {
    void operator()(std::FILE* file) const { std::fclose(file); }
};
using file = std::unique_ptr<std::FILE, close_file>;

// What comes out of the reader's end when a short table is printed to the other one.
std::string printed(int reader, int writer, perf::colour colour) {
    told_monitor mon;
    mon.record("parse", 1, 1us);
    file to(::fdopen(writer, "w"));
    REQUIRE(to != nullptr);
    perf::print(to.get(), perf::table(mon.snapshot(), {.colour = colour}));
    to.reset();
    std::string text;
    std::array<char, 4096> part{};
    ssize_t size = 0;
    while ((size = ::read(reader, part.data(), part.size())) > 0) // a terminal gives a line at a time
        text.append(part.data(), static_cast<std::size_t>(size));
    ::close(reader);
    return text;
}

std::string printed_to_pipe(perf::colour colour) {
    std::array<int, 2> ends{};
    REQUIRE(::pipe(ends.data()) == 0);
    return printed(ends[0], ends[1], colour);
}

// By a pair of pseudo terminals, as terminal programs use it.
std::string printed_to_terminal(perf::colour colour) {
    const int reader = ::posix_openpt(O_RDWR | O_NOCTTY);
    REQUIRE(reader >= 0);
    REQUIRE(::grantpt(reader) == 0);
    REQUIRE(::unlockpt(reader) == 0);
    const int writer = ::open(::ptsname(reader), O_RDWR | O_NOCTTY);
    REQUIRE(writer >= 0);
    return printed(reader, writer, colour);
}

bool is_coloured(const std::string& text) {
    CHECK_THAT(text, ContainsSubstring("parse"));
    return text.find("\x1b[1mtimer\x1b[0m") != std::string::npos;
}

TEST_CASE("print: colours a terminal, and nothing else", "[perf][table]") {
    const environment_variable no_colour("NO_COLOR", nullptr);
    const environment_variable term("TERM", "xterm");
    CHECK(is_coloured(printed_to_terminal(perf::colour::automatic)));
    CHECK_FALSE(is_coloured(printed_to_terminal(perf::colour::never)));
    CHECK_FALSE(is_coloured(printed_to_pipe(perf::colour::automatic)));
    CHECK(is_coloured(printed_to_pipe(perf::colour::always)));
    CHECK_THAT(printed_to_pipe(perf::colour::automatic), !ContainsSubstring("\x1b"));
}

TEST_CASE("print: leaves colour out for whoever asks for that", "[perf][table]") {
    {
        const environment_variable no_colour("NO_COLOR", "1");
        const environment_variable term("TERM", "xterm");
        CHECK_FALSE(is_coloured(printed_to_terminal(perf::colour::automatic)));
        CHECK(is_coloured(printed_to_terminal(perf::colour::always)));
    }
    const environment_variable no_colour("NO_COLOR", "");
    {
        const environment_variable term("TERM", "dumb");
        CHECK_FALSE(is_coloured(printed_to_terminal(perf::colour::automatic)));
    }
    const environment_variable term("TERM", nullptr);
    CHECK_FALSE(is_coloured(printed_to_terminal(perf::colour::automatic)));
}

TEST_CASE("print: takes a snapshot as it is, and says when a file takes no more", "[perf][table]") {
    const file full(std::fopen("/dev/full", "w"));
    REQUIRE(full != nullptr);
    std::setvbuf(full.get(), nullptr, _IONBF, 0);
    CHECK_THROWS_WITH(perf::print(full.get(), perf::snapshot()),
                      ContainsSubstring("perf::print") && ContainsSubstring("No space left"));
}

TEST_CASE("table: with styles is the same text", "[perf][table]") {
    told_monitor mon;
    mon.record("parse", 1, 1us);
    mon.timer("parse").failed();
    const perf::table table(mon.snapshot());
    std::string styled = table.text(true);
    for (std::size_t at = 0; (at = styled.find('\x1b')) != std::string::npos;)
        styled.erase(at, styled.find('m', at) - at + 1);
    CHECK(styled == table.text());
    CHECK(table.text(true) != table.text());
}

} // namespace
