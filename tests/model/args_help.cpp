// SPDX-License-Identifier: MIT
#include <lathe/model/args.hpp> // first: proves that the header stands alone

#include <array>
#include <chrono>
#include <cstddef>
#include <cstdlib>
#include <optional>
#include <sstream>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include <lathe/model/property.hpp>
#include <lathe/model/rules.hpp>

#include "support/catch.hpp"

namespace lathe_test::args_help {

enum class level { none, some, all };

} // namespace lathe_test::args_help

template <>
inline constexpr auto lathe::enumerators<lathe_test::args_help::level> = lathe::names{
    {"off", lathe_test::args_help::level::none},
    {"some", lathe_test::args_help::level::some},
    {"all", lathe_test::args_help::level::all},
};

namespace lathe_test::args_help {

using lathe::doc, lathe::property;

template <class Model>
std::string help(const lathe::args_options& options = {}) {
    const auto read = lathe::try_from_args<Model>({"--help"}, options);
    REQUIRE_FALSE(read);
    CHECK_FALSE(read.error().is_error());
    CHECK(read.error().exit_code() == 0);
    CHECK(read.error().issues().empty());
    return read.error().text();
}
// The line of the help that begins with the flag, or nothing.
template <class Model>
std::string line_of(std::string_view flag) {
    std::istringstream lines(help<Model>());
    for (std::string line; std::getline(lines, line);) {
        const std::size_t begin = line.find_first_not_of(' ');
        if (begin != std::string::npos && std::string_view(line).substr(begin).starts_with(flag)) {
            return line.substr(begin);
        }
    }
    return {};
}

struct server {
    property<int, lathe::in_range<1, 65535>, doc<"where it listens">> port = 80;
    bool tls = true;
};
struct options {
    property<std::string, lathe::positional, lathe::not_empty, doc<"the file to read">> file;
    property<std::vector<std::string>, lathe::positional, doc<"more files">> others = {};
    property<int,
             lathe::in_range<1, 64>,
             lathe::short_flag<'w'>,
             lathe::environment<"STRIKES_WORKERS">,
             doc<"how many threads read">>
        workers = 2;
    property<std::vector<std::string>, lathe::each<lathe::not_empty>, doc<"only these states">> state = {};
    property<bool, lathe::short_flag<'v'>, doc<"say more">> verbose = false;
    property<level, lathe::required, doc<"how much damage counts">> damage;
    server web = {};
};

TEST_CASE("args: help tells all about the fields", "[args][help]") {
    CHECK(help<options>({.program = "strikes",
                         .about = "Reads records of wildlife strikes and says what they cost.\n\n"
                                  "Rows that are wrong are counted, by the rule that they break, and the first of each "
                                  "kind is shown.",
                         .version = "1.2"}) ==
          R"(Usage: strikes --damage <level> [flags] <file> [<others>...]

Reads records of wildlife strikes and says what they cost.

Rows that are wrong are counted, by the rule that they break, and the first of
each kind is shown.

Arguments:
  <file>                the file to read (required; not empty)
  <others>...           more files

Flags:
  -w, --workers <int>   how many threads read (in [1, 64]; default: 2;
                        environment: STRIKES_WORKERS)
      --state <text>    only these states (has no element that is empty; may be
                        repeated)
  -v, --[no-]verbose    say more
      --damage <level>  how much damage counts (required; one of off, some, all)
      --web.port <int>  where it listens (in [1, 65535]; default: 80)
      --web.[no-]tls    (default: true)
  -h, --help            print this help and exit
      --version         print the version and exit
)");
}

TEST_CASE("args: help names values by their types", "[args][help]") {
    struct all {
        int whole = 0;
        double real = 0.5;
        std::string text = "two words";
        char letter = 'x';
        level amount = level::none;
        std::optional<level> maybe = {};
        std::chrono::year_month_day day = std::chrono::year(2026) / 11 / 22;
        std::optional<std::chrono::sys_seconds> moment = {};
        std::chrono::milliseconds wait{250};
        std::variant<int, std::string> either = 3;
        std::vector<property<int, lathe::positive>> sizes = {};
        std::array<double, 2> at = {0, 1};
        std::vector<bool> bits = {};
    };
    CHECK(help<all>() == R"(Usage: program [flags]

Flags:
      --whole <int>        (default: 0)
      --real <number>      (default: 0.5)
      --text <text>        (default: "two words")
      --letter <char>      (default: 'x')
      --amount <level>     (one of off, some, all; default: off)
      --maybe <level>      (one of off, some, all)
      --day <date>         (such as 2026-11-22; default: 2026-11-22)
      --moment <time>      (such as 2026-11-22T19:32:06Z)
      --wait <duration>    (such as 250ms; default: 250ms)
      --either <int|text>  (default: 3)
      --sizes <int>        (positive; may be repeated)
      --at <number>        (given 2 times; default: [0, 1])
      --bits <bool>        (may be repeated)
  -h, --help               print this help and exit
)");
}

constexpr bool is_even(int number) {
    return number % 2 == 0;
}

TEST_CASE("args: help says each rule in words", "[args][help]") {
    using namespace lathe;
    struct ruled {
        property<int, in_range<0, 150>> a = 1;
        property<int, at_least<1>, at_most<9>, greater_than<0>, less_than<10>> b = 1;
        property<int, positive, non_negative, multiple_of<3>> c = 3;
        property<double, lathe::finite> d = 1;
        property<int, one_of<1, 2>> e = 1;
        property<std::string, min_length<1>, max_length<5>, length<2, 4>> f = "abc";
        property<std::string, contains<"@">, starts_with<"a">, ends_with<"z">> g = "a@z";
        property<std::string, ascii, utf8> h_ = "x";
        property<std::optional<std::string>, email> i = {};
        property<std::optional<std::string>, any_of<url, uuid>> j = {};
        property<std::optional<std::string>, not_<contains<" ">>, iso_date> k = {};
        property<std::optional<int>, rule<"even", is_even>> l = {};
        property<std::optional<int>, rule<"even", is_even, "must be even">> m = {};
        property<std::optional<int>, all_of<positive, not_<one_of<7>>>> n = {};
        property<std::string, trimmed, lowered> o = "";
    };
    CHECK(line_of<ruled>("--a ") == "--a <int>     (in [0, 150]; default: 1)");
    CHECK(line_of<ruled>("--b ") == "--b <int>     (at least 1; at most 9; greater than 0; less than 10;");
    CHECK(line_of<ruled>("--c ") == "--c <int>     (positive; zero or above; a multiple of 3; default: 3)");
    CHECK(line_of<ruled>("--d ") == "--d <number>  (finite; default: 1)");
    CHECK(line_of<ruled>("--e ") == "--e <int>     (one of 1, 2; default: 1)");
    CHECK(line_of<ruled>("--f ") == "--f <text>    (not shorter than 1; not longer than 5; has a length in [2,");
    CHECK(line_of<ruled>("--g ") == "--g <text>    (contains \"@\"; starts with \"a\"; ends with \"z\"; default:");
    CHECK(line_of<ruled>("--h ") == "--h <text>    (ASCII; UTF-8; default: \"x\")");
    CHECK(line_of<ruled>("--i ") == "--i <text>    (an email address)");
    CHECK(line_of<ruled>("--j ") == "--j <text>    (is a URL or is a UUID)");
    CHECK(line_of<ruled>("--k ") == "--k <text>    (does not contain \" \"; a calendar date)");
    CHECK(line_of<ruled>("--l ") == "--l <int>     (even)");
    CHECK(line_of<ruled>("--m ") == "--m <int>     (obeys the rule even)");
    CHECK(line_of<ruled>("--n ") == "--n <int>     (is positive and is not one of 7)");
    CHECK(line_of<ruled>("--o ") == "--o <text>");
}

TEST_CASE("args: no line of help is wider than a terminal, where words allow it", "[args][help]") {
    struct wide {
        property<int,
                 doc<"a long story that goes on and on, for much more than one line of a terminal, and has in it "
                     "a-word-that-is-longer-than-what-is-left-of-any-line-of-a-terminal "
                     "and then some more words">>
            a_flag_whose_name_is_rather_long = 1;
        property<int, doc<"Größe, in Zeichen gezählt und nicht in Bytes: ääääääääääääääääääääääääääääääää öööööö ü">>
            size = 1;
    };
    CHECK(help<wide>() == R"(Usage: program [flags]

Flags:
      --a-flag-whose-name-is-rather-long <int>
                    a long story that goes on and on, for much more than one
                    line of a terminal, and has in it
                    a-word-that-is-longer-than-what-is-left-of-any-line-of-a-terminal
                    and then some more words (default: 1)
      --size <int>  Größe, in Zeichen gezählt und nicht in Bytes:
                    ääääääääääääääääääääääääääääääää öööööö ü (default: 1)
  -h, --help        print this help and exit
)");
    struct many {
        property<int, lathe::required> first_number, secondary_number, third_number, fourth_number;
    };
    const std::string usage = help<many>();
    CHECK(usage.starts_with("Usage: program --first-number <int> --secondary-number <int>\n"
                            "               --third-number <int> --fourth-number <int> [flags]\n"));
}

TEST_CASE("args: help and version belong to the model's own fields first", "[args][help]") {
    struct own_help {
        std::string help = "";
        property<int, lathe::short_flag<'h'>> height = 0;
        bool version = false;
    };
    const auto chosen = lathe::try_from_args<own_help>({"--help", "me", "-h3", "--version"}, {.version = "1"});
    REQUIRE(chosen);
    CHECK(chosen->help == "me");
    CHECK(chosen->height == 3);
    CHECK(chosen->version);
    CHECK(lathe::try_from_args<own_help>({"-q"}).error().text() == "program: unknown flag -q\n");

    struct own_word {
        std::string help = "";
    };
    CHECK(lathe::try_from_args<own_word>({"-h"}).error().text() ==
          "Usage: program [flags]\n\nFlags:\n      --help <text>\n  -h                 print this help and exit\n");
    CHECK(lathe::try_from_args<own_word>({"-q"}).error().text() == "program: unknown flag -q\nTry program -h\n");

    struct own_letter {
        property<int, lathe::short_flag<'h'>> height = 0;
    };
    CHECK(help<own_letter>().ends_with("\n      --help          print this help and exit\n"));
}

TEST_CASE("args: help comes before all that is wrong", "[args][help]") {
    for (const char* const flag : {"--help", "-h", "-vh"}) {
        const auto asked = lathe::try_from_args<options>({"--workers=99", "--wrong", flag, "--verbose=x"});
        REQUIRE_FALSE(asked);
        CHECK_FALSE(asked.error().is_error());
        CHECK(asked.error().issues().empty());
        CHECK(asked.error().text().starts_with("Usage: "));
    }
    CHECK(lathe::try_from_args<options>({"--state", "--help"}).error().text().starts_with("Usage: "));
    const auto valued = lathe::try_from_args<server>({"--help=port", "-h=1"});
    REQUIRE_FALSE(valued);
    CHECK(valued.error().issues() == std::vector<lathe::issue>{{"", "value", "--help takes no value", "\"port\""},
                                                               {"", "value", "-h takes no value", "\"1\""}});
}

TEST_CASE("args: the version is printed where there is one", "[args][help]") {
    const auto asked = lathe::try_from_args<server>({"--version", "--help"}, {.program = "serve", .version = "1.2"});
    REQUIRE_FALSE(asked);
    CHECK_FALSE(asked.error().is_error());
    CHECK(asked.error().text() == "serve 1.2\n");
    CHECK(lathe::try_from_args<server>({"--version"}).error().is_error());
}

TEST_CASE("args: help shows what the model says, not what the environment holds", "[args][help]") {
    struct secret {
        property<std::string, lathe::environment<"LATHE_TEST_TOKEN">, doc<"who asks">> token = "";
        int size = 1;
    };
    ::setenv("LATHE_TEST_TOKEN", "hunter2", 1);
    const std::string text = help<secret>({.environment_prefix = "LATHE_TEST_"});
    ::unsetenv("LATHE_TEST_TOKEN");
    CHECK(text == R"(Usage: program [flags]

Flags:
      --token <text>  who asks (environment: LATHE_TEST_TOKEN)
      --size <int>    (default: 1; environment: LATHE_TEST_SIZE)
  -h, --help          print this help and exit
)");
}

TEST_CASE("args: a model without fields has its help", "[args][help]") {
    struct nothing {};
    CHECK(lathe::try_from_args<nothing>({}));
    CHECK(help<nothing>() == "Usage: program [flags]\n\nFlags:\n  -h, --help  print this help and exit\n");
}

} // namespace lathe_test::args_help
