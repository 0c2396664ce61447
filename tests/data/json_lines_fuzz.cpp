// SPDX-License-Identifier: MIT
// Mutated JSON lines through read_json_lines, against a line splitter of strings and try_from_json.
// LATHE_SEED=<seed> replays a run, with LATHE_FUZZ_CASE=<index> one file of it.
#include <lathe/data/json_lines.hpp> // first: proves that the header stands alone

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <exception>
#include <limits>
#include <map>
#include <optional>
#include <random>
#include <string>
#include <string_view>
#include <thread>
#include <utility>
#include <vector>

#include <unistd.h>

#include <lathe/model/rules.hpp>

#include "support/catch.hpp"
#include "support/seed.hpp"
#include "support/stress.hpp"

namespace json_lines_fuzz_test {

namespace data = lathe::data;
using data::source;

struct leg {
    lathe::property<int, lathe::in_range<0, 1439>> departs = 0;
    std::optional<std::string> gate{};
    bool operator==(const leg&) const = default;
};
struct trip {
    lathe::property<std::string, lathe::not_empty> name;
    lathe::property<double, lathe::at_least<0>> fare = 0.0;
    std::vector<leg> legs{};
    std::map<std::string, int> seats{};
    bool operator==(const trip&) const = default;
};

/// One line that is no blank one, as somebody would find it who has the whole text in a string.
struct plain_line {
    std::size_t number = 0;
    std::string text{};
    bool too_long = false;
};
std::vector<plain_line> lines_of(std::string text, std::size_t max_line) {
    if (text.substr(0, 3) == "\xEF\xBB\xBF") text.erase(0, 3);
    std::vector<plain_line> all;
    std::size_t number = 0;
    while (!text.empty()) {
        const std::size_t end = text.find('\n');
        const bool ended = end != std::string::npos; // a CR at the end of input ends no line
        std::string line = text.substr(0, end);
        text.erase(0, ended ? end + 1 : end);
        ++number;
        const bool too_long = line.size() > max_line;
        if (ended && !line.empty() && line.back() == '\r') line.pop_back();
        const bool blank = line.find_first_not_of(" \t\r") == std::string::npos;
        if (too_long || !blank) all.push_back({number, line, too_long});
    }
    return all;
}

struct tally {
    std::size_t good = 0, wrong = 0, long_ones = 0;
};

/// Compares all rows with what is expected of them.
/// @return what is wrong with the reader; empty when all is well.
template <class T>
std::string problem_of(source from, const std::string& text, data::json_lines_options options, tally& seen) {
    options.read.place = "x.jsonl";
    const std::vector<plain_line> expected = lines_of(text, options.max_line);
    auto rows = data::read_json_lines<T>(std::move(from), options);
    auto next = expected.begin();
    for (auto&& row : rows) {
        if (next == expected.end()) return "more rows than lines";
        if (row.line() != next->number) return "a row of another line";
        const std::string place = "x.jsonl:" + std::to_string(next->number) + ":";
        if (!row && !std::string_view(row.error().what()).starts_with(place)) return "an issue without its place";
        if (next->too_long) {
            ++seen.long_ones;
            if (row || row.error().issues().front().rule != "max_line") return "a long line is taken";
        } else {
            const auto same = lathe::try_from_json<T>(next->text, options.read);
            if (same.has_value() != row.has_value()) return row ? "accepted" : "refused";
            if (row) {
                ++seen.good;
                if (!(*same == *row)) return "another value";
                std::string written;
                data::append_json_line(written, *row);
                if (written.find('\n') != written.size() - 1) return "written on several lines";
                if (!(lathe::try_from_json<T>(written, {.max_depth = 999}) == *row)) return "not what was written";
            } else {
                ++seen.wrong;
                std::vector<lathe::issue> issues = same.error().issues();
                for (lathe::issue& found : issues) {
                    if (found.position.line != 1) return "an issue on another line";
                    found.position.line = next->number;
                }
                if (issues != row.error().issues()) {
                    return std::string("other issues than on its own: ") + row.error().what() + "\n" +
                           same.error().what();
                }
            }
        }
        ++next;
    }
    if (next != expected.end()) return "fewer rows than lines";
    if (rows.bytes() != text.size()) return "not all was read";
    return "";
}

constexpr std::array<std::string_view, 34> pieces{"\n",
                                                  "\n",
                                                  "\n\n",
                                                  "\r\n",
                                                  "\r",
                                                  " \t",
                                                  "{",
                                                  "}",
                                                  "[",
                                                  "]",
                                                  "\"",
                                                  "\\",
                                                  "\\u00e9",
                                                  "\\ud834\\udd1e",
                                                  "\\ud834",
                                                  ",",
                                                  ":",
                                                  "null",
                                                  "true",
                                                  "-0",
                                                  "1e999",
                                                  "18446744073709551616",
                                                  "-9223372036854775809",
                                                  "2.50",
                                                  "1439",
                                                  "\"name\"",
                                                  "\"legs\":[]",
                                                  "\"gate\":null",
                                                  "\xEF\xBB\xBF",
                                                  "\xFF",
                                                  "\xC3\xA9",
                                                  "\x01",
                                                  std::string_view("\0", 1),
                                                  "// no"};

/// The text of one case, and how it is read: a function of the seed and the index alone.
struct fuzz_case {
    std::string text{};
    data::json_lines_options options{};
    bool dynamic = false;
    std::size_t piece = 0; ///< how many bytes a pipe hands out at once; 0: it comes from memory

    fuzz_case(std::uint64_t seed, std::size_t index) {
        std::seed_seq mixed{static_cast<std::uint32_t>(seed),
                            static_cast<std::uint32_t>(seed >> 32U),
                            static_cast<std::uint32_t>(index)};
        m_random.seed(mixed);
        if (below(8) == 0) text += "\xEF\xBB\xBF";
        dynamic = below(3) == 0;
        for (std::size_t count = below(8); count-- > 0;) {
            if (dynamic) {
                add_value(4);
            } else {
                add_trip();
            }
            text += below(4) == 0 ? "\r\n" : "\n";
        }
        for (std::size_t count = below(4); count-- > 0;)
            mutate();
        constexpr std::array<std::size_t, 10> blocks{0, 1, 2, 3, 7, 16, 63, 64, 65, 4096};
        options.block = blocks[below(blocks.size())];
        if (below(4) == 0) options.max_line = 1 + below(90);
        if (below(4) == 0) options.read.conversions = lathe::conversions::lax;
        if (below(4) == 0) options.read.unknown_keys = lathe::unknown_keys::ignore;
        if (below(16) == 0) options.read.max_depth = below(4);
        if (below(16) == 0) options.read.max_values = below(9);
        if (below(16) == 0) options.read.max_issues = 1 + below(3);
        if (index % 64 == 0) piece = 1 + below(20);
    }

private:
    std::size_t below(std::size_t n) { return static_cast<std::size_t>(m_random()) % n; }

    void add_blanks() {
        if (below(6) == 0) text += below(2) == 0 ? " " : "\t";
    }
    template <class Add>
    void add_list(char open, std::size_t count, char close, Add add) {
        text += open;
        for (std::size_t i = 0; i < count; ++i) {
            if (i != 0) text += ',';
            add_blanks();
            add();
            add_blanks();
        }
        text += close;
    }
    void add_text() {
        constexpr std::array<std::string_view, 8> parts{
            "a", "Bc", "\\n", "\\\"", "\\\\", "\xE2\x82\xAC", " ", "\\u000a"};
        text += '"';
        for (std::size_t count = below(6); count-- > 0;)
            text += parts[below(parts.size())];
        text += '"';
    }
    void add_number() {
        if (below(3) == 0) text += '-';
        text += std::to_string(below(below(2) == 0 ? 1440 : std::numeric_limits<std::uint32_t>::max()));
        if (below(3) == 0) text += "." + std::to_string(below(1000));
        if (below(8) == 0) text += "e-" + std::to_string(below(20));
    }
    void add_value(std::size_t depth) {
        switch (below(depth == 0 ? 4 : 8)) {
        case 0:
            return add_text();
        case 1:
            return add_number();
        case 2:
            text += below(2) == 0 ? "true" : "false";
            return;
        case 3:
            text += "null";
            return;
        case 4:
        case 5:
            return add_list('[', below(4), ']', [&] { add_value(depth - 1); });
        default: {
            std::size_t key = 0; // keys differ
            return add_list('{', below(4), '}', [&] {
                text += "\"" + std::to_string(++key) + "\":";
                add_value(depth - 1);
            });
        }
        }
    }
    void add_trip() {
        text += "{\"name\":\"n";
        text += std::to_string(below(100)) + "\"";
        if (below(2) == 0) text += ", \"fare\": " + std::to_string(below(1000)) + ".25";
        if (below(2) == 0) {
            text += ",\"legs\":";
            add_list('[', below(4), ']', [&] {
                text += "{\"departs\": " + std::to_string(below(1500)) + ",\"gate\":";
                if (below(3) == 0) {
                    text += "null";
                } else {
                    add_text();
                }
                text += '}';
            });
        }
        if (below(3) == 0) text += ",\"seats\":{\"1A\":-1, \"\\u0031B\":2}";
        text += '}';
    }
    void mutate() {
        const std::size_t at = below(text.size() + 1);
        const std::size_t length = 1 + below(below(4) == 0 ? 30 : 3);
        switch (below(6)) {
        case 0: // flip a bit
            if (at < text.size()) text[at] = static_cast<char>(text[at] ^ (1 << below(8)));
            break;
        case 1:
            text.erase(at, length);
            break;
        case 2: // twice
            text.insert(at, text.substr(at, length));
            break;
        case 3: // the last line is not complete
            if (below(4) == 0) text.resize(at);
            break;
        default:
            text.insert(at, pieces[below(pieces.size())]);
        }
    }

    std::minstd_rand m_random; // small to seed: there is one for each case
};

std::string problem_of(source from, const fuzz_case& tried, tally& seen) {
    return tried.dynamic ? problem_of<lathe::value>(std::move(from), tried.text, tried.options, seen)
                         : problem_of<trip>(std::move(from), tried.text, tried.options, seen);
}

/// Hands the text out in small pieces, as a pipe does.
std::string piped_problem_of(const fuzz_case& tried, tally& seen) {
    std::array<int, 2> ends{};
    if (::pipe(ends.data()) != 0) return "no pipe";
    source from = source::file("/dev/fd/" + std::to_string(ends[0]));
    ::close(ends[0]);
    std::thread feeder([to = ends[1], &tried] { // no text is longer than a pipe holds: it never waits
        for (std::size_t at = 0; at < tried.text.size(); at += tried.piece) {
            const std::size_t size = std::min(tried.piece, tried.text.size() - at);
            if (::write(to, tried.text.data() + at, size) < 0) break;
        }
        ::close(to);
    });
    std::string problem;
    try {
        problem = problem_of(std::move(from), tried, seen);
    } catch (const std::exception& thrown) {
        problem = std::string("throws ") + thrown.what();
    }
    feeder.join();
    return problem;
}

TEST_CASE("json_lines: whatever is in a file, its rows are its lines", "[json_lines][stress]") {
    const std::uint64_t seed = lathe_test::seed_of_run();
    const char* const only = std::getenv("LATHE_FUZZ_CASE");
    const std::size_t first = only != nullptr ? std::strtoull(only, nullptr, 10) : 0;
    const std::size_t end = only != nullptr ? first + 1 : lathe_test::rounds(50'000);
    INFO("LATHE_SEED=" << seed);
    tally seen;
    for (std::size_t index = first; index < end; ++index) {
        const fuzz_case tried(seed, index);
        std::string problem;
        try {
            problem =
                tried.piece != 0 ? piped_problem_of(tried, seen) : problem_of(source::memory(tried.text), tried, seen);
        } catch (const std::exception& thrown) {
            problem = std::string("throws ") + thrown.what();
        }
        if (!problem.empty()) {
            CAPTURE(tried.text, tried.options.block, tried.options.max_line, tried.dynamic, tried.piece);
            FAIL("LATHE_FUZZ_CASE=" << index << ": " << problem);
        }
    }
    if (end - first >= 1000) { // else the mutations are too rough, or too gentle, to find anything
        CHECK(seen.good > end - first);
        CHECK(seen.wrong > (end - first) / 4);
        CHECK(seen.long_ones > (end - first) / 16);
    }
}

} // namespace json_lines_fuzz_test
