// SPDX-License-Identifier: MIT
#include <lathe/model/args.hpp> // first: proves that the header stands alone

#include <array>
#include <chrono>
#include <cstddef>
#include <cstdio>
#include <cstdlib>
#include <deque>
#include <iostream>
#include <list>
#include <optional>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <variant>
#include <vector>

#include <sys/wait.h>
#include <unistd.h>

#include <lathe/model/property.hpp>
#include <lathe/model/rules.hpp>
#include <lathe/model/validate.hpp>

#include "support/catch.hpp"

namespace {

using lathe_test::ContainsSubstring;

enum class speed { slow, fast };

struct server {
    lathe::property<int, lathe::in_range<1, 65535>, lathe::alias<"listen">> port = 80;
    std::string host = "localhost";
    bool tls = false;
};
struct site {
    server web = {};
    lathe::property<server, lathe::alias<"backup">> spare = server{.port = 81};
};

struct options {
    lathe::property<std::string, lathe::positional, lathe::doc<"the file to read">> file = "strikes.csv";
    lathe::property<int, lathe::in_range<1, 64>, lathe::short_flag<'w'>, lathe::alias<"jobs">> workers = 2;
    lathe::property<std::vector<std::string>, lathe::each<lathe::not_empty>, lathe::short_flag<'s'>> state = {};
    lathe::property<bool, lathe::short_flag<'v'>> verbose = false;
    lathe::property<bool, lathe::short_flag<'x'>> exact = true;
    int max_depth = 3;
    speed pace = speed::slow;
    std::optional<double> limit = std::nullopt;
};

// The one thing that is wrong.
template <class Model>
lathe::issue only_issue(const lathe::result<Model, lathe::args_stop>& read) {
    REQUIRE_FALSE(read.has_value());
    REQUIRE(read.error().issues().size() == 1);
    return read.error().issues()[0];
}
template <class Model>
std::vector<std::string> messages(const lathe::result<Model, lathe::args_stop>& read) {
    REQUIRE_FALSE(read.has_value());
    std::vector<std::string> all;
    for (const lathe::issue& found : read.error().issues())
        all.push_back(found.message);
    return all;
}
using lines = std::vector<std::string>;

lathe::result<options, lathe::args_stop> read(std::initializer_list<std::string_view> arguments) {
    return lathe::try_from_args<options>(arguments);
}

// A variable of the environment, for as long as it lives.
class variable {
public:
    variable(const char* name, const char* value) : m_name(name) { ::setenv(name, value, 1); }
    ~variable() { ::unsetenv(m_name); }
    variable(const variable&) = delete;
    variable& operator=(const variable&) = delete;

private:
    const char* m_name;
};

static_assert(std::is_same_v<decltype(lathe::try_from_args<options>({})), lathe::result<options, lathe::args_stop>>);
static_assert(std::is_same_v<decltype(lathe::from_args<options>(0, nullptr)), options>);

// ---- flags ----

TEST_CASE("args: no arguments leave the defaults", "[args]") {
    const auto chosen = read({});
    REQUIRE(chosen);
    CHECK(chosen->file == "strikes.csv");
    CHECK(chosen->workers == 2);
    CHECK(chosen->state->empty());
    CHECK_FALSE(chosen->verbose);
    CHECK(chosen->exact);
    CHECK(chosen->max_depth == 3);
    CHECK(chosen->pace == speed::slow);
    CHECK_FALSE(chosen->limit);
}

TEST_CASE("args: a value stands behind its flag, or behind =", "[args]") {
    CHECK(read({"--workers", "4"})->workers == 4);
    CHECK(read({"--workers=4"})->workers == 4);
    CHECK(read({"--max-depth=7"})->max_depth == 7);
    CHECK(read({"--pace", "fast"})->pace == speed::fast);
    CHECK(read({"--limit", "2.5"})->limit == 2.5);
    CHECK(read({"--limit="})->limit == std::nullopt);
    CHECK(read({"--state=a=b"})->state == std::vector<std::string>{"a=b"});
    CHECK(read({"--state", "two words"})->state == std::vector<std::string>{"two words"});
}

TEST_CASE("args: aliases are flags too, unless they could not be one", "[args]") {
    CHECK(read({"--jobs=5"})->workers == 5);
    struct columns {
        lathe::property<int, lathe::alias<"Airport Name">, lathe::alias<"-x">, lathe::alias<"Speed_2">> airport = 0;
    };
    CHECK(lathe::try_from_args<columns>({"--Speed-2=1"})->airport == 1);
    CHECK_FALSE(lathe::try_from_args<columns>({"--Airport Name=1"}));
    CHECK_FALSE(lathe::try_from_args<columns>({"---x=1"}));
}

TEST_CASE("args: names with underscores at their ends are flags without", "[args]") {
    struct keywords {
        int default_ = 0;
        bool _quick = false;
    };
    const auto chosen = lathe::try_from_args<keywords>({"--default", "7", "--quick"});
    REQUIRE(chosen);
    CHECK(chosen->default_ == 7);
    CHECK(chosen->_quick);
}

TEST_CASE("args: short flags take values and stand in groups", "[args]") {
    CHECK(read({"-w", "4"})->workers == 4);
    CHECK(read({"-w4"})->workers == 4);
    CHECK(read({"-w=4"})->workers == 4);
    CHECK(read({"-vw4"})->workers == 4);
    CHECK(read({"-vw4"})->verbose);
    CHECK(read({"-v=no", "-x=false"})->exact == false);
    CHECK(read({"-sNY", "-s", "CA", "-s=TX"})->state == std::vector<std::string>{"NY", "CA", "TX"});
    const auto both = read({"-xv"});
    REQUIRE(both);
    CHECK(both->verbose);
    CHECK(both->exact);
}

TEST_CASE("args: switches are set, denied, or told", "[args]") {
    CHECK(read({"--verbose"})->verbose);
    CHECK_FALSE(read({"--no-exact"})->exact);
    CHECK_FALSE(read({"--verbose=false"})->verbose);
    CHECK(read({"--verbose=YES"})->verbose);
    // A switch takes no argument that follows.
    const auto chosen = read({"--verbose", "false"});
    REQUIRE(chosen);
    CHECK(chosen->verbose);
    CHECK(chosen->file == "false");
}

TEST_CASE("args: a switch may have three states", "[args]") {
    struct colours {
        std::optional<bool> colour = std::nullopt;
    };
    CHECK(lathe::try_from_args<colours>({})->colour == std::nullopt);
    CHECK(lathe::try_from_args<colours>({"--colour"})->colour == true);
    CHECK(lathe::try_from_args<colours>({"--no-colour"})->colour == false);
}

TEST_CASE("args: a switch that is called no_ keeps its name", "[args]") {
    struct colours {
        bool no_colour = false;
    };
    CHECK(lathe::try_from_args<colours>({"--no-colour"})->no_colour);
    CHECK_FALSE(lathe::try_from_args<colours>({"--no-no-colour"})->no_colour);
}

TEST_CASE("args: the beginning of a name is no name", "[args]") {
    CHECK(only_issue(read({"--work=4"})).rule == "unknown");
    CHECK(only_issue(read({"--max_depth=4"})).message == "unknown flag --max_depth; did you mean --max-depth?");
}

TEST_CASE("args: containers take what each repeated flag gives", "[args][containers]") {
    struct lists {
        std::vector<int> numbers = {1, 2, 3};
        std::set<speed> paces = {};
        std::array<double, 2> at = {0, 0};
        std::list<char> letters = {};
        std::deque<std::chrono::milliseconds> waits = {};
        std::vector<bool> bits = {};
        std::optional<std::vector<int>> maybe = std::nullopt;
        std::vector<lathe::property<int, lathe::positive>> counts = {};
    };
    const auto chosen = lathe::try_from_args<lists>({"--numbers=7",
                                                     "--numbers",
                                                     "-8",
                                                     "--paces=fast",
                                                     "--paces=slow",
                                                     "--paces=fast",
                                                     "--at",
                                                     "1.5",
                                                     "--at",
                                                     "-2",
                                                     "--letters=a",
                                                     "--letters=b",
                                                     "--waits=5ms",
                                                     "--bits=yes",
                                                     "--bits",
                                                     "off",
                                                     "--maybe=4",
                                                     "--counts=9"});
    REQUIRE(chosen);
    CHECK(chosen->numbers == std::vector<int>{7, -8}); // in place of the default
    CHECK(chosen->paces == std::set<speed>{speed::slow, speed::fast});
    CHECK(chosen->at == std::array<double, 2>{1.5, -2});
    CHECK(chosen->letters == std::list<char>{'a', 'b'});
    CHECK(chosen->waits == std::deque<std::chrono::milliseconds>{std::chrono::milliseconds(5)});
    CHECK(chosen->bits == std::vector<bool>{true, false});
    CHECK(chosen->maybe == std::vector<int>{4});
    CHECK(chosen->counts.at(0) == 9);
    CHECK(lathe::try_from_args<lists>({})->numbers == std::vector<int>{1, 2, 3});

    const auto wrong =
        lathe::try_from_args<lists>({"--at=1", "--numbers=1", "--numbers=x", "--counts=1", "--counts=-1"});
    REQUIRE_FALSE(wrong);
    CHECK(wrong.error().issues() ==
          std::vector<lathe::issue>{{"numbers[1]", "type", "--numbers: \"x\" is not a whole number", "\"x\""},
                                    {"at", "length", "--at: 1 value is given, 2 are needed", "1"},
                                    {"counts[1]", "positive", "--counts: -1 is not positive", "-1"}});
}

TEST_CASE("args: nested models stand behind their names", "[args][nested]") {
    const auto chosen = lathe::try_from_args<site>(
        {"--web.port", "8080", "--web.tls", "--spare.listen=99", "--backup.no-tls", "--backup.host=x.org"});
    REQUIRE(chosen);
    CHECK(chosen->web.port == 8080);
    CHECK(chosen->web.tls);
    CHECK(chosen->spare->port == 99);
    CHECK_FALSE(chosen->spare->tls);
    CHECK(chosen->spare->host == "x.org");
    CHECK(lathe::try_from_args<site>({})->spare->port == 81);

    CHECK(only_issue(lathe::try_from_args<site>({"--web.port=0"})) ==
          lathe::issue{"web.port", "in_range", "--web.port: 0 is not in [1, 65535]", "0"});
    CHECK(only_issue(lathe::try_from_args<site>({"--port=1"})).rule == "unknown");
    CHECK(only_issue(lathe::try_from_args<site>({"--web"})).message == "unknown flag --web; did you mean --web.port?");

    struct deep {
        site at = {};
    };
    CHECK(lathe::try_from_args<deep>({"--at.web.port=1"})->at.web.port == 1);
}

TEST_CASE("args: what text can become, arguments can", "[args]") {
    struct all {
        std::chrono::year_month_day day = {};
        std::variant<int, std::string> either = 0;
        std::optional<speed> maybe = std::nullopt;
        unsigned char tiny = 0;
        char letter = 'a';
    };
    using namespace std::chrono;
    const auto chosen =
        lathe::try_from_args<all>({"--day=2026-11-22", "--either=north", "--maybe=fast", "--tiny=255", "--letter=-"});
    REQUIRE(chosen);
    CHECK(chosen->day == year_month_day(year(2026), month(11), day(22)));
    CHECK(chosen->either == std::variant<int, std::string>("north"));
    CHECK(chosen->maybe == speed::fast);
    CHECK(chosen->tiny == 255);
    CHECK(chosen->letter == '-');
    CHECK(messages(lathe::try_from_args<all>({"--day=2026-02-30", "--maybe=medium", "--tiny=256"})) ==
          lines{"--day: \"2026-02-30\" is not in the calendar",
                "--maybe: \"medium\" is not one of slow, fast",
                "--tiny: \"256\" is not in [0, 255]"});
}

// ---- arguments that are no flags ----

struct copying {
    lathe::property<std::string, lathe::positional, lathe::not_empty> from;
    lathe::property<int, lathe::positional> times = 1;
    lathe::property<std::vector<std::string>, lathe::positional> to = {};
    lathe::property<int, lathe::short_flag<'s'>> shift = 0;
};

TEST_CASE("args: positional fields take arguments in order, a container the rest", "[args][positional]") {
    const auto chosen = lathe::try_from_args<copying>({"a", "-s", "3", "2", "b", "--shift=5", "c"});
    CHECK(messages(chosen) == lines{"--shift is given more than once"});
    const auto copied = lathe::try_from_args<copying>({"a", "-s3", "2", "b", "c"});
    REQUIRE(copied);
    CHECK(copied->from == "a");
    CHECK(copied->times == 2);
    CHECK(copied->to == std::vector<std::string>{"b", "c"});
    CHECK(copied->shift == 3);
    CHECK(messages(lathe::try_from_args<copying>({"--from=a"})) == lines{"unknown flag --from", "<from> is missing"});
}

TEST_CASE("args: -- ends the flags, and - is none", "[args][positional]") {
    const auto chosen = lathe::try_from_args<copying>({"-", "1", "--", "--shift=5", "--", "-x", "--help"});
    REQUIRE(chosen);
    CHECK(chosen->from == "-");
    CHECK(chosen->shift == 0);
    CHECK(chosen->to == std::vector<std::string>{"--shift=5", "--", "-x", "--help"});
}

TEST_CASE("args: negative numbers are values", "[args][positional]") {
    const auto chosen = lathe::try_from_args<copying>({"a", "--shift", "-3", "-7"});
    REQUIRE(chosen);
    CHECK(chosen->shift == -3);
    CHECK(chosen->times == -7);
    CHECK(read({"--limit", "-.5"})->limit == -0.5);
    CHECK(only_issue(read({std::string_view("-.5").substr(0, 2)})).message == "unknown flag -.");
    CHECK(only_issue(lathe::try_from_args<copying>({"a", "-7x"})).message == "<times>: \"-7x\" is not a whole number");

    struct levels {
        lathe::property<bool, lathe::short_flag<'3'>> three = false;
        lathe::property<int, lathe::positional> number = 0;
        int shift = 0;
    };
    const auto flagged = lathe::try_from_args<levels>({"-3", "--shift", "-3", "4"});
    REQUIRE(flagged);
    CHECK(flagged->three);
    CHECK(flagged->number == 4);
    CHECK(flagged->shift == -3); // it can be nothing else there
    CHECK_FALSE(lathe::try_from_args<levels>({"-4"}));
}

TEST_CASE("args: there may be too many", "[args][positional]") {
    CHECK(read({"a", "b", "c\n"}).error().issues() ==
          std::vector<lathe::issue>{{"", "unknown", "unexpected argument \"b\"", "\"b\""},
                                    {"", "unknown", "unexpected argument \"c\\n\"", "\"c\\n\""}});
}

// ---- what is wrong ----

TEST_CASE("args: everything that is wrong is told at once", "[args][issues]") {
    const auto chosen = read({"--wrokers",
                              "4",
                              "--verbose=maybe",
                              "--state",
                              "",
                              "--pace=fats",
                              "--max-depth",
                              "--no-exact=1",
                              "--limit=1e999",
                              "-q"});
    REQUIRE_FALSE(chosen);
    const lathe::args_stop& stop = chosen.error();
    CHECK(stop.is_error());
    CHECK(stop.exit_code() == 2);
    CHECK(
        stop.issues() ==
        std::vector<lathe::issue>{
            {"", "unknown", "unknown flag --wrokers; did you mean --workers?", "--wrokers"},
            {"max_depth", "value", "--max-depth needs a value", ""},
            {"exact", "value", "--no-exact takes no value", "\"1\""},
            {"", "unknown", "unknown flag -q", "-q"},
            {"state[0]", "not_empty", "--state: \"\" is empty", "\"\""},
            {"verbose", "type", "--verbose: \"maybe\" is not one of true, false, yes, no, on, off, 1, 0", "\"maybe\""},
            {"pace", "one_of", "--pace: \"fats\" is not one of slow, fast", "\"fats\""},
            {"limit", "representable", "--limit: \"1e999\" is out of the range of double", "\"1e999\""},
        });
    CHECK_THAT(stop.text(),
               ContainsSubstring("program: unknown flag --wrokers; did you mean --workers?\n") &&
                   ContainsSubstring("program: --state: \"\" is empty\n") &&
                   ContainsSubstring("\nTry program --help\n"));
}

TEST_CASE("args: a field that must be given, and is not, is missing", "[args][issues]") {
    struct strict {
        lathe::property<int, lathe::required> count;
        lathe::property<std::vector<int>, lathe::not_empty> sizes;
        struct inner {
            lathe::property<std::string, lathe::not_empty> name;
        } in;
    };
    CHECK(lathe::try_from_args<strict>({}).error().issues() ==
          std::vector<lathe::issue>{{"count", "required", "--count is missing", ""},
                                    {"sizes", "required", "--sizes is missing", ""},
                                    {"in.name", "required", "--in.name is missing", ""}});
    CHECK(lathe::try_from_args<strict>({"--count=0", "--sizes=1", "--in.name=x"}));
    CHECK(only_issue(lathe::try_from_args<strict>({"--count=", "--sizes=1", "--in.name=x"})) ==
          lathe::issue{"count", "value", "--count needs a value", ""});
    // One mistake is one issue: it is neither missing, nor is its value an argument.
    CHECK(messages(lathe::try_from_args<strict>({"--cuont", "3", "--sizes=1", "--in.name=x"})) ==
          lines{"unknown flag --cuont; did you mean --count?"});
}

TEST_CASE("args: only containers are given twice", "[args][issues]") {
    CHECK(only_issue(read({"--workers=1", "-w2", "--jobs=3"})) ==
          lathe::issue{"workers", "duplicate", "--workers is given more than once", "\"2\""});
    CHECK(only_issue(read({"--verbose", "--no-verbose"})).rule == "duplicate");
    CHECK(only_issue(read({"-vv"})).rule == "duplicate");
}

TEST_CASE("args: a value may begin with a hyphen only behind =", "[args][issues]") {
    CHECK(read({"--state=-x"})->state == std::vector<std::string>{"-x"});
    CHECK(messages(read({"--state", "-e"})) ==
          lines{"--state needs a value; one that begins with a hyphen is written --state=-e", "unknown flag -e"});
    CHECK(messages(read({"--state", "--exact"})) == lines{"--state needs a value"});
    CHECK(messages(read({"--state", "--", "NY"})) == lines{"--state needs a value"});
    CHECK(messages(read({"-w"})) == lines{"--workers needs a value"});
}

TEST_CASE("args: one hyphen too few is seen", "[args][issues]") {
    struct plain {
        int workers = 1;
    };
    CHECK(only_issue(lathe::try_from_args<plain>({"-workers"})).message ==
          "unknown flag -workers; did you mean --workers?");
    CHECK(only_issue(lathe::try_from_args<plain>({"-worker"})).message == "unknown flag -w");
}

TEST_CASE("args: what cannot be shown is quoted", "[args][issues]") {
    CHECK(only_issue(read({"--\x1b[2J"})).message == "unknown flag \"--\\x1b[2J\"");
    CHECK(only_issue(read({std::string_view("-\0", 2)})).message == "unknown flag \"-\\x00\"");
    CHECK(only_issue(read({"-\xff"})).message == "unknown flag \"-\\xff\"");
    CHECK(only_issue(read({"--" + std::string(3000, 'a')})).message.size() < 300);
}

TEST_CASE("args: rules on the whole model are asked when all else holds", "[args][issues]") {
    struct range {
        lathe::property<int, lathe::in_range<0, 9>> low = 0;
        int high = 9;

        static consteval auto invariants() {
            return lathe::invariants(
                lathe::invariant<"low is not above high">([](const range& r) { return r.low <= r.high; }));
        }
    };
    struct plot {
        range x = {};
    };
    CHECK(lathe::try_from_args<range>({"--low=3"}));
    CHECK(only_issue(lathe::try_from_args<range>({"--low=3", "--high=2"})).message ==
          "\"low is not above high\" does not hold for range(low=3, high=2)");
    CHECK(only_issue(lathe::try_from_args<range>({"--low=30", "--high=2"})).rule == "in_range");
    const lathe::issue nested = only_issue(lathe::try_from_args<plot>({"--x.low=3", "--x.high=2"}));
    CHECK(nested.path == "x");
    CHECK(nested.message == "--x: \"low is not above high\" does not hold for range(low=3, high=2)");
}

// ---- the environment ----

struct from_environment {
    lathe::property<int, lathe::in_range<1, 64>, lathe::environment<"LATHE_TEST_WORKERS">> workers = 2;
    std::vector<std::string> state = {};
    server web = {};
    bool verbose = false;
};

TEST_CASE("args: the environment gives what no flag does", "[args][environment]") {
    using model = from_environment;
    CHECK(lathe::try_from_args<model>({})->workers == 2);
    const variable workers("LATHE_TEST_WORKERS", "8");
    CHECK(lathe::try_from_args<model>({})->workers == 8);
    CHECK(lathe::try_from_args<model>({"--workers=4"})->workers == 4);
    {
        const variable empty("LATHE_TEST_WORKERS", "");
        CHECK(lathe::try_from_args<model>({})->workers == 2);
    }
    const variable wrong("LATHE_TEST_WORKERS", "99");
    CHECK(only_issue(lathe::try_from_args<model>({})) ==
          lathe::issue{"workers", "in_range", "LATHE_TEST_WORKERS: 99 is not in [1, 64]", "99"});
    CHECK(lathe::try_from_args<model>({"--workers=4"}));
}

TEST_CASE("args: a prefix gives each field a variable", "[args][environment]") {
    using model = from_environment;
    const lathe::args_options prefixed{.environment_prefix = "LATHE_TEST_"};
    const variable port("LATHE_TEST_WEB_PORT", "8080");
    const variable states("LATHE_TEST_STATE", "NY,New Mexico,");
    const variable verbose("LATHE_TEST_VERBOSE", "yes");
    const auto chosen = lathe::try_from_args<model>({}, prefixed);
    REQUIRE(chosen);
    CHECK(chosen->web.port == 8080);
    CHECK(chosen->state == std::vector<std::string>{"NY", "New Mexico", ""});
    CHECK(chosen->verbose);
    CHECK(lathe::try_from_args<model>({"--state=CA"}, prefixed)->state == std::vector<std::string>{"CA"});
    CHECK(lathe::try_from_args<model>({})->web.port == 80);
}

// ---- the forms ----

TEST_CASE("args: all forms read the same", "[args]") {
    const char* argv[] = {"/usr/bin/strikes", "-w", "4", nullptr};
    CHECK(lathe::try_from_args<options>(3, argv)->workers == 4);
    CHECK(lathe::from_args<options>(3, argv).workers == 4);
    char name[] = "strikes";
    char flag[] = "-w4";
    char* writable[] = {name, flag, nullptr};
    CHECK(lathe::from_args<options>(2, writable).workers == 4);
    const std::vector<std::string> texts{"-w", "4"};
    CHECK(lathe::try_from_args<options>(texts)->workers == 4);
    CHECK(lathe::from_args<options>(texts).workers == 4);
    const std::vector<std::string_view> views{"-w", "4"};
    CHECK(lathe::try_from_args<options>(views)->workers == 4);
    CHECK(lathe::from_args<options>(views).workers == 4);
    CHECK(lathe::try_from_args<options>(std::span(views))->workers == 4);
    CHECK(lathe::from_args<options>({"-w", "4"}).workers == 4);
    CHECK(lathe::try_from_args<options>(0, nullptr)->workers == 2);
}

TEST_CASE("args: messages begin with the program's name", "[args]") {
    const char* argv[] = {"/usr/bin/strikes", "-q", nullptr};
    const std::string problem = ": unknown flag -q\nTry ";
    CHECK(lathe::try_from_args<options>(2, argv).error().text() == "strikes" + problem + "strikes --help\n");
    CHECK(lathe::try_from_args<options>(2, argv, {.program = "s"}).error().text() == "s" + problem + "s --help\n");
    CHECK(read({"-q"}).error().text() == "program" + problem + "program --help\n");
    const char* empty[] = {"", "-q", nullptr};
    CHECK(lathe::try_from_args<options>(2, empty).error().text() == "program" + problem + "program --help\n");
}

struct ending {
    std::string out;
    std::string err;
    int code = -1;
};

// What a process that calls from_args prints, and how it ends.
ending end_of(std::vector<std::string> arguments) {
    int out[2], err[2];
    REQUIRE(::pipe(out) == 0);
    REQUIRE(::pipe(err) == 0);
    std::cout.flush(); // or the child would write it once more
    const ::pid_t child = ::fork();
    REQUIRE(child >= 0);
    if (child == 0) {
        ::dup2(out[1], 1);
        ::dup2(err[1], 2);
        for (const int end : {out[0], out[1], err[0], err[1]})
            ::close(end);
        std::atexit([] { // before what the test program itself does at its end
            std::fflush(stdout);
            std::fflush(stderr);
        });
        static_cast<void>(lathe::from_args<options>(arguments, {.version = "1.2"}));
        std::_Exit(77); // it returned
    }
    ::close(out[1]);
    ::close(err[1]);
    ending seen;
    for (auto [from, text] : {std::pair(out[0], &seen.out), std::pair(err[0], &seen.err)}) {
        char buffer[4096];
        while (true) {
            const ::ssize_t size = ::read(from, buffer, sizeof buffer);
            if (size <= 0) break;
            text->append(buffer, static_cast<std::size_t>(size));
        }
        ::close(from);
    }
    int status = 0;
    REQUIRE(::waitpid(child, &status, 0) == child);
    if (WIFEXITED(status)) seen.code = WEXITSTATUS(status);
    return seen;
}

TEST_CASE("args: from_args prints and ends the program", "[args]") {
    const ending help = end_of({"--help", "--wrong"});
    CHECK(help.code == 0);
    CHECK_THAT(help.out, ContainsSubstring("Usage: program"));
    CHECK(help.err.empty());
    const ending version = end_of({"--version"});
    CHECK(version.code == 0);
    CHECK(version.out == "program 1.2\n");
    const ending wrong = end_of({"-q"});
    CHECK(wrong.code == 2);
    CHECK(wrong.out.empty());
    CHECK(wrong.err == "program: unknown flag -q\nTry program --help\n");
    CHECK(end_of({"-v"}).code == 77);
}

} // namespace
