// SPDX-License-Identifier: MIT
// Mutated files through read_csv. LATHE_SEED=<seed> replays a run, with LATHE_FUZZ_CASE=<index> one file of
// it.
#include <lathe/data/csv.hpp> // first: proves that the header stands alone

#include <algorithm>
#include <array>
#include <cctype>
#include <chrono>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <exception>
#include <optional>
#include <random>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include <lathe/model/field.hpp>
#include <lathe/model/rules.hpp>
#include <lathe/model/validate.hpp>

#include "support/catch.hpp"
#include "support/seed.hpp"
#include "support/stress.hpp"

namespace csv_fuzz_test {

namespace data = lathe::data;
using data::source;

enum class weather { sun = 1, rain = 2, snow = 4 };

struct visit {
    lathe::property<std::string, lathe::not_empty, lathe::max_length<12>, lathe::alias<"Visitor Name">> name;
    lathe::property<std::chrono::year_month_day, lathe::required> day; // its default is no day of any month
    weather sky = weather::sun;
    lathe::property<std::optional<int>, lathe::in_range<1, 9>> party = std::nullopt;
    lathe::property<double, lathe::at_least<0>, lathe::finite> paid = 0.0;
    std::optional<std::string> note{};
};

struct leg {
    lathe::property<unsigned short, lathe::in_range<0, 1439>> departs;
    lathe::property<unsigned short, lathe::in_range<0, 1439>> arrives;
    bool late = false;
    char grade = 'A';
    std::variant<int, std::string> seat{};

    static consteval auto invariants() {
        return lathe::invariants(lathe::invariant<"arrives after it departs">(
            [](const leg& l) { return l.departs.value() <= l.arrives.value(); }));
    }
};

/// A type with a way of its own to be read: #0a.
struct shade {
    int value = 0;
};
bool read_text(std::string_view text, shade& to) {
    if (text.size() != 3 || text[0] != '#') return false;
    to.value = 0;
    for (const char c : text.substr(1)) {
        const auto digit = std::string_view("0123456789abcdef").find(c);
        if (digit == std::string_view::npos) return false;
        to.value = 16 * to.value + static_cast<int>(digit);
    }
    return true;
}

class paint {
public:
    static consteval auto fields() {
        return lathe::fields<&paint::m_brand, &paint::m_colours, &paint::m_litres, &paint::m_code>;
    }
    [[nodiscard]] std::string wrong() const {
        for (const char c : m_brand.value()) {
            if (std::isupper(static_cast<unsigned char>(c)) != 0) return "brand is not lowered";
        }
        if (!m_brand->empty() && (m_brand->front() == ' ' || m_brand->back() == ' ')) return "brand is not trimmed";
        if (m_brand->size() < 2) return "brand is too short";
        if (m_colours.value < 0 || m_colours.value > 255) return "colours";
        if (m_litres.value() % 5 != 0 || m_litres.value() < -100) return "litres";
        return m_code == "none, and long enough to be no small string" ? "" : "code is not its default";
    }
    void spoil() { m_code += "!"; }

private:
    lathe::property<std::string, lathe::trimmed, lathe::lowered, lathe::min_length<2>, lathe::alias<"make">> m_brand =
        "xx";
    shade m_colours{};
    lathe::property<std::int64_t, lathe::multiple_of<5>, lathe::at_least<-100>> m_litres = 5;
    std::string m_code = "none, and long enough to be no small string"; // no text has a column for it
};

// What is wrong with a model that was accepted, by hand: nothing here asks lathe.
std::string what_is_wrong(const visit& v) {
    const std::string& name = v.name.value();
    std::size_t letters = 0;
    for (const char c : name)
        letters += (static_cast<unsigned char>(c) & 0xC0U) != 0x80U ? 1U : 0U;
    if (name.empty() || letters > 12) return "name";
    const int year = static_cast<int>(v.day->year());
    const auto month = static_cast<unsigned>(v.day->month());
    const auto day = static_cast<unsigned>(v.day->day());
    if (year < 0 || year > 9999 || month < 1 || month > 12 || day < 1 || day > 31) return "day";
    const bool leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    if (month == 2 && day > (leap ? 29U : 28U)) return "day of February";
    if ((month == 4 || month == 6 || month == 9 || month == 11) && day > 30) return "day of a short month";
    if (v.sky != weather::sun && v.sky != weather::rain && v.sky != weather::snow) return "sky";
    if (v.party.value() && (*v.party.value() < 1 || *v.party.value() > 9)) return "party";
    if (!std::isfinite(v.paid.value()) || v.paid.value() < 0) return "paid";
    if (v.note && v.note->empty()) return "note"; // an empty cell is no note
    return "";
}
std::string what_is_wrong(const leg& l) {
    if (l.departs.value() > 1439 || l.arrives.value() > 1439) return "times";
    if (l.arrives.value() < l.departs.value()) return "invariant";
    return l.seat.valueless_by_exception() ? "seat" : "";
}
std::string what_is_wrong(const paint& p) {
    return p.wrong();
}

// Texts that a row keeps as they stand in its cell, found by the column's name.
std::string differs(const visit& v, std::string_view column, std::string_view cell) {
    if (column == "name" || column == "Visitor Name") return v.name.value() == cell ? "" : "name is not its cell";
    if (column == "note") return v.note.value_or("") == cell ? "" : "note is not its cell";
    return "";
}
std::string differs(const leg& l, std::string_view column, std::string_view cell) {
    return column == "grade" && std::string_view(&l.grade, 1) != cell ? "grade is not its cell" : "";
}
std::string differs(const paint&, std::string_view, std::string_view) {
    return "";
}

// What a caller may do with a row.
void spoil(visit& v) {
    v.party.modify([](std::optional<int>& party) { party = 9; });
    v.note = "spoiled";
}
void spoil(leg& l) {
    l.late = !l.late;
    l.seat = "spoiled";
}
void spoil(paint& p) {
    p.spoil();
}

struct tally {
    std::size_t files = 0, heads = 0, good = 0, wrong = 0;
};

/// Reads a text as rows and once more as records, side by side.
/// @return what is wrong with the reader; empty when all is well.
template <class Model>
std::string problem_of(const std::string& text, data::csv_options options, tally& seen) {
    ++seen.files;
    data::csv_records records{source::memory(text), options};
    try {
        auto rows = data::read_csv<Model>(source::memory(text), options);
        ++seen.heads;
        if (!records.next()) return "rows without a head";
        std::vector<std::string> head;
        for (const std::string_view cell : records.cells())
            head.emplace_back(cell);
        std::size_t line = 0;
        for (auto&& row : rows) {
            if (!records.next()) return "more rows than records";
            if (row.line() <= line) return "lines do not increase";
            line = row.line();
            if (line != records.line()) return "a row of another line";
            const bool sound = records.fault() == data::csv_fault::none && records.size() == head.size();
            if (!row) {
                ++seen.wrong;
                const auto& issues = row.error().issues();
                if (issues.empty()) return "refused without an issue";
                const std::string place = "<memory>:" + std::to_string(line) + ": ";
                if (!std::string_view(row.error().what()).starts_with(place)) return "an issue without its place";
                for (const lathe::issue& issue : issues) {
                    if (issue.message.empty() || issue.rule.empty()) return "an issue without a text";
                    if (sound == (issue.rule == "csv")) return "the wrong kind of issue";
                }
                continue;
            }
            ++seen.good;
            if (!sound) return "accepted, but the record is not sound";
            if (std::string wrong = what_is_wrong(*row); !wrong.empty()) return "accepted with a wrong " + wrong;
            if (!lathe::try_validate(*row)) return "accepted, and does not validate";
            for (std::size_t i = 0; i < head.size(); ++i) {
                if (std::string wrong = differs(*row, head[i], records[i]); !wrong.empty()) return wrong;
            }
            if (line % 3 == 0) {
                const Model taken = std::move(*row);
            } else if (line % 3 == 1) {
                spoil(*row);
            }
        }
        if (records.next()) return "fewer rows than records";
        if (rows.bytes() != text.size()) return "not all was read";
        if (rows.begin() != rows.end()) return "goes on after its end";
    } catch (const data::csv_error& refused) {
        if (!std::string_view(refused.what()).starts_with("<memory>:")) return "a head refused without its place";
    }
    return "";
}

const std::array<std::string, 7> bases{
    "name,day,sky,party,paid,note\r\nAda,1999-12-31,rain,3,12.5,\r\nBob,2000-02-29,sun,,0,\"a "
    "\"\"b\"\"\"\r\n",
    "note,Visitor Name,day\n\"two\nlines\",Gr\xC3\xA9goire,2024-02-29\n,\"Smith, J.\",2023-04-30\n",
    "\xEF\xBB\xBF"
    "paid,name,day,x\n1e3,\"A\",0001-01-01,1\n2.,B,9999-12-31,2\n0,C,1970-01-01,\"\"\n",
    "departs,arrives,late,grade,seat\n0,1439,yes,A,12\n5,5,no,\",\",12F\n60,70,1,\"\"\"\",\"x\ny\"\n",
    "\n\narrives,departs,grade\n10,9,B\n11,10,C\n12,11,D\n13,12,E",
    "brand,colours,litres\n Acme ,#0a,10\nFOO,#ff,-100\n\"b\tr\",#00,+5\n",
    "litres,make,other\n5,ab,1\n,cd,2\n0,EF,3\n\n-5,\"g,h\",4\n",
};
const std::array<std::string_view, 24> pieces{",",
                                              ",",
                                              "\"",
                                              "\"",
                                              "\"\"",
                                              "\n",
                                              "\r\n",
                                              "\r",
                                              std::string_view("\0", 1),
                                              "\xFF",
                                              "\xEF\xBB\xBF",
                                              "'",
                                              ";",
                                              " ",
                                              "-",
                                              "1",
                                              "9999999999999999999",
                                              "nan",
                                              "1e999",
                                              "-0",
                                              "name",
                                              "\"\n",
                                              ",\"",
                                              "2023-02-29"};

/// The text of one case, and how it is read: a function of the seed and the index alone.
struct fuzz_case {
    std::string text{};
    data::csv_options options{};
    std::size_t model = 0;

    fuzz_case(std::uint64_t seed, std::size_t index) {
        std::seed_seq mixed{static_cast<std::uint32_t>(seed),
                            static_cast<std::uint32_t>(seed >> 32U),
                            static_cast<std::uint32_t>(index)};
        std::minstd_rand random{mixed}; // small to seed: there is one for each case
        const auto below = [&](std::size_t n) {
            return static_cast<std::size_t>(random()) % n;
        };
        const std::size_t base = below(bases.size());
        text = bases[base];
        model = below(16) == 0 ? below(3) : base < 3 ? 0 : base < 5 ? 1 : 2;
        constexpr std::array<std::size_t, 10> blocks{0, 1, 2, 3, 7, 16, 63, 64, 65, 4096};
        options.block = blocks[below(blocks.size())];
        if (below(8) == 0) options.max_record = 1 + below(60);
        if (below(8) == 0) options.keep_empty_lines = true;
        if (below(32) == 0) options.quote = '\0';
        for (std::size_t count = below(5); count-- > 0;) {
            // Mostly behind the head, which is refused easily.
            const std::size_t skip = below(6) != 0 ? std::min(text.find('\n', 4), text.size()) : 0;
            const std::size_t at = skip + below(text.size() - skip + 1);
            const std::size_t length = 1 + below(below(4) == 0 ? 30 : 3);
            switch (below(7)) {
            case 0: // flip a bit
                if (at < text.size()) text[at] = static_cast<char>(text[at] ^ (1 << below(8)));
                break;
            case 1:
                text.erase(at, length);
                break;
            case 2: // twice
                text.insert(at, text.substr(at, length));
                break;
            case 3:
                if (below(4) == 0) text.resize(at);
                break;
            case 4: { // two texts in one
                const std::string& other = bases[below(bases.size())];
                text.replace(at, text.size() - at, other, below(other.size()), std::string::npos);
                break;
            }
            case 5: // instead of something
                text.replace(at, length, pieces[below(pieces.size())]);
                break;
            default:
                text.insert(at, pieces[below(pieces.size())]);
            }
        }
    }
};

std::string problem_of(const fuzz_case& tried, tally& seen) {
    switch (tried.model) {
    case 0:
        return problem_of<visit>(tried.text, tried.options, seen);
    case 1:
        return problem_of<leg>(tried.text, tried.options, seen);
    default:
        return problem_of<paint>(tried.text, tried.options, seen);
    }
}

TEST_CASE("csv: the files that are mutated are good ones", "[csv]") {
    tally seen;
    for (std::size_t base = 0; base < bases.size(); ++base) {
        INFO(bases[base]);
        const std::string problem = base < 3   ? problem_of<visit>(bases[base], {}, seen)
                                    : base < 5 ? problem_of<leg>(bases[base], {}, seen)
                                               : problem_of<paint>(bases[base], {}, seen);
        CHECK(problem.empty());
    }
    CHECK(seen.heads == bases.size());
    CHECK(seen.wrong == 1); // one row of paint has no litres
    CHECK(seen.good == 2 + 2 + 3 + 3 + 4 + 3 + 3);
}

TEST_CASE("csv: whatever is in a file, each row is a valid model or has an issue", "[csv][stress]") {
    const std::uint64_t seed = lathe_test::seed_of_run();
    const char* const only = std::getenv("LATHE_FUZZ_CASE");
    const std::size_t first = only != nullptr ? std::strtoull(only, nullptr, 10) : 0;
    const std::size_t end = only != nullptr ? first + 1 : lathe_test::rounds(100'000);
    std::size_t index = first;
    INFO("LATHE_SEED=" << seed);
    tally seen;
    for (; index < end; ++index) {
        const fuzz_case tried(seed, index);
        std::string problem;
        try {
            problem = problem_of(tried, seen);
        } catch (const std::exception& thrown) {
            problem = std::string("throws ") + thrown.what();
        }
        if (!problem.empty()) {
            CAPTURE(tried.text, tried.options.block, tried.options.max_record, tried.model);
            FAIL("LATHE_FUZZ_CASE=" << index << ": " << problem);
        }
    }
    if (seen.files >= 1000) { // else the mutations are too rough, or too gentle, to find anything
        CHECK(seen.heads > seen.files / 2);
        CHECK(seen.good > seen.files / 2);
        CHECK(seen.wrong > seen.files / 4);
    }
}

} // namespace csv_fuzz_test
