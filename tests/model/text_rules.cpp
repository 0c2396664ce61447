// SPDX-License-Identifier: MIT
#include <lathe/model/text_rules.hpp> // first: proves that the header stands alone

#include <array>
#include <chrono>
#include <cstdint>
#include <cstdio>
#include <random>
#include <string>
#include <string_view>
#include <vector>

#include "support/catch.hpp"
#include "support/seed.hpp"

namespace {

using namespace std::string_view_literals;

template <auto Rule, class Value>
concept fits = requires(const Value& value) { Rule.check(value); };

static_assert(fits<lathe::email, std::string> && fits<lathe::email, std::string_view> && fits<lathe::email, char[4]>);
static_assert(!fits<lathe::email, int> && !fits<lathe::utf8, std::vector<char>> &&
              !fits<lathe::contains<"@">, double> && !fits<lathe::starts_with<"@">, char> &&
              !fits<lathe::ends_with<"@">, bool>);
static_assert(noexcept(lathe::url.check(std::string())) && noexcept(lathe::contains<"@">.check(std::string())));
static_assert(std::is_empty_v<lathe::contains_rule<"@">> && std::is_empty_v<lathe::url_rule>);
static_assert(lathe::trimmed.is_normaliser && lathe::lowered.is_normaliser && lathe::uppered.is_normaliser);

// In constant expressions.
static_assert(lathe::contains<"@">.check("a@b") && !lathe::contains<"@">.check("ab"));
static_assert(lathe::starts_with<"ab">.check("abc") && lathe::ends_with<"bc">.check("abc"));
static_assert(lathe::ascii.check("abc") && lathe::utf8.check("\xC3\xA9") && !lathe::ascii.check("\xC3\xA9"));
static_assert(lathe::email.check("a@b.c") && lathe::url.check("http://a/") && lathe::iso_date.check("2024-02-29"));
static_assert(lathe::uuid.check("00000000-0000-0000-0000-000000000000"));

std::uint32_t seed() {
    static const auto chosen = static_cast<std::uint32_t>(lathe_test::seed_of_run());
    return chosen;
}

TEST_CASE("rules: contains, starts_with and ends_with look for bytes", "[rules][text_rules]") {
    CHECK(lathe::contains<"@">.check("@"));
    CHECK_FALSE(lathe::contains<"@">.check(""));
    CHECK(lathe::contains<"">.check(""));
    CHECK_FALSE(lathe::contains<"abc">.check("ab"));
    CHECK(lathe::contains<"\0">.check("a\0b"sv));
    CHECK(lathe::starts_with<"ab">.check("ab"));
    CHECK_FALSE(lathe::starts_with<"ab">.check("a"));
    CHECK_FALSE(lathe::starts_with<"ab">.check("cab"));
    CHECK_FALSE(lathe::starts_with<"ab">.check("Ab"));
    CHECK(lathe::ends_with<".txt">.check(std::string("a.txt")));
    CHECK_FALSE(lathe::ends_with<".txt">.check("a.txt "));
    CHECK_FALSE(lathe::ends_with<".txt">.check("txt"));
}

TEST_CASE("rules: ascii allows the bytes up to 0x7f", "[rules][text_rules]") {
    CHECK(lathe::ascii.check(""));
    CHECK(lathe::ascii.check("\0\x01\x7f"sv));
    CHECK_FALSE(lathe::ascii.check("\x80"));
    CHECK_FALSE(lathe::ascii.check("a\xff"));
}

TEST_CASE("rules: utf8 allows what RFC 3629 allows", "[rules][text_rules][utf8]") {
    const auto text = GENERATE(as<std::string_view>{},
                               "",
                               "plain",
                               "\0"sv,
                               "\x7F",
                               "\xC2\x80",         // U+0080
                               "\xDF\xBF",         // U+07FF
                               "\xE0\xA0\x80",     // U+0800
                               "\xED\x9F\xBF",     // U+D7FF
                               "\xEE\x80\x80",     // U+E000
                               "\xEF\xBF\xBD",     // U+FFFD
                               "\xEF\xBF\xBF",     // U+FFFF, a noncharacter, is well-formed
                               "\xF0\x90\x80\x80", // U+10000
                               "\xF4\x8F\xBF\xBF", // U+10FFFF
                               // The examples of RFC 3629, section 7.
                               "\x41\xE2\x89\xA2\xCE\x91\x2E",
                               "\xED\x95\x9C\xEA\xB5\xAD\xEC\x96\xB4",
                               "\xE6\x97\xA5\xE6\x9C\xAC\xE8\xAA\x9E",
                               "\xEF\xBB\xBF\xF0\xA3\x8E\xB4");
    INFO(text);
    CHECK(lathe::utf8.check(text));
}

TEST_CASE("rules: utf8 refuses what RFC 3629 refuses", "[rules][text_rules][utf8]") {
    const auto text = GENERATE(as<std::string_view>{},
                               "\x80", // a continuation alone
                               "\xBF",
                               "a\x80",
                               "\xC0\x80", // overlong: RFC 3629, section 3 and 10
                               "\xC1\xBF",
                               "\xE0\x80\x80",
                               "\xE0\x9F\xBF",
                               "\xF0\x80\x80\x80",
                               "\xF0\x8F\xBF\xBF",
                               "\x2F\xC0\xAE\x2E\x2F",
                               "\xED\xA0\x80", // surrogates
                               "\xED\xBF\xBF",
                               "\xED\xA1\x8C\xED\xBE\xB4", // a pair of them, as CESU-8 has
                               "\xF4\x90\x80\x80",         // above U+10FFFF
                               "\xF5\x80\x80\x80",
                               "\xF8\x88\x80\x80\x80",
                               "\xFC\x84\x80\x80\x80\x80",
                               "\xFE",
                               "\xFF",
                               "\xC2", // truncated
                               "\xE2\x82",
                               "\xE2",
                               "\xF0\x9F\x98",
                               "\xF0\x9F",
                               "\xF0",
                               "\xC2\x41", // no continuation
                               "\xE2\x82\x41",
                               "\xE2\x41\xAC",
                               "\xF0\x9F\x98\x41",
                               "\xC3\xA9\xC3");
    CHECK_FALSE(lathe::utf8.check(text));
}

// Another way to decide it: decode by bits alone, then look at the value and at how long it should have been.
bool is_utf8_slowly(const std::string& text) {
    for (std::size_t i = 0; i < text.size();) {
        const auto lead = static_cast<unsigned char>(text[i]);
        int ones = 0;
        while (ones < 8 && ((lead << ones) & 0x80) != 0)
            ++ones;
        if (ones == 1 || ones > 4) return false;
        const std::size_t size = ones == 0 ? 1 : static_cast<std::size_t>(ones);
        std::uint32_t point = ones == 0 ? lead : lead & (0x7fU >> ones);
        for (std::size_t k = 1; k < size; ++k) {
            if (i + k >= text.size()) return false;
            const auto next = static_cast<unsigned char>(text[i + k]);
            if ((next & 0xc0U) != 0x80U) return false;
            point = (point << 6U) | (next & 0x3fU);
        }
        const std::size_t shortest = point < 0x80 ? 1 : point < 0x800 ? 2 : point < 0x10000 ? 3 : 4;
        if (size != shortest || point > 0x10ffff || (point >= 0xd800 && point <= 0xdfff)) return false;
        i += size;
    }
    return true;
}

TEST_CASE("rules: utf8 agrees with a decoder on all short sequences", "[rules][text_rules][utf8]") {
    // The interesting bytes: the ends of every range of the grammar.
    constexpr std::array<unsigned char, 28> bytes{0x00, 0x41, 0x7f, 0x80, 0x8f, 0x90, 0x9f, 0xa0, 0xbf, 0xc0,
                                                  0xc1, 0xc2, 0xdf, 0xe0, 0xe1, 0xec, 0xed, 0xee, 0xef, 0xf0,
                                                  0xf1, 0xf3, 0xf4, 0xf5, 0xf7, 0xf8, 0xfe, 0xff};
    std::string text;
    std::size_t valid = 0;
    std::size_t wrong = 0;
    const auto visit = [&](const auto& self) -> void {
        const bool expected = is_utf8_slowly(text);
        if (expected) ++valid;
        if (lathe::utf8.check(text) != expected) ++wrong;
        if (text.size() == 4) return;
        for (const unsigned char byte : bytes) {
            text.push_back(static_cast<char>(byte));
            self(self);
            text.pop_back();
        }
    };
    visit(visit);
    CHECK(wrong == 0);
    CHECK(valid > 100);
}

TEST_CASE("rules: utf8 agrees with a decoder on mutated text", "[rules][text_rules][utf8][random]") {
    UNSCOPED_INFO("LATHE_SEED=" << seed());
    std::mt19937 random{seed()};
    const std::string origin =
        "a\xC3\xA9z\xE2\x82\xAC\xED\x95\x9C\xF0\x9F\x98\x80-\xF4\x8F\xBF\xBF\xE0\xA0\x80\xDF\xBF";
    std::size_t valid = 0;
    for (int i = 0; i < 50000; ++i) {
        std::string text = origin;
        for (auto n = random() % 3; n > 0; --n) {
            const auto at = static_cast<std::string::difference_type>(random() % text.size());
            switch (random() % 3) {
            case 0:
                text[static_cast<std::size_t>(at)] = static_cast<char>(random() % 256);
                break;
            case 1:
                text.erase(text.begin() + at);
                break;
            default:
                text.insert(text.begin() + at, static_cast<char>(random() % 256));
                break;
            }
        }
        const bool expected = is_utf8_slowly(text);
        if (expected) ++valid;
        if (lathe::utf8.check(text) != expected) FAIL("differs after " << i << " rounds, seed " << seed());
    }
    CHECK(valid > 1000);
    CHECK(valid < 49000);
}

TEST_CASE("rules: email allows addresses", "[rules][text_rules][email]") {
    const auto text = GENERATE(as<std::string>{},
                               "ada@example.org",
                               "a@b",
                               "root@localhost",
                               "first.last@example.co.uk",
                               "user+tag@example.com",
                               "!#$%&'*+-/=?^_`{|}~@example.com",
                               "1@1.1",
                               "x@xn--bcher-kva.example",
                               "a@3com.com",
                               "o'reilly@example.com",
                               std::string(64, 'l') + "@example.com",
                               "a@" + std::string(63, 'd') + ".com",
                               // 254 bytes: 64 + @ + 189
                               std::string(64, 'l') + "@" + std::string(63, 'd') + "." + std::string(63, 'd') + "." +
                                   std::string(61, 'd'));
    INFO(text);
    CHECK(lathe::email.check(text));
}

TEST_CASE("rules: email refuses what only looks like an address", "[rules][text_rules][email]") {
    const auto text = GENERATE(as<std::string>{},
                               "",
                               "@",
                               "ada",
                               "ada@",
                               "@example.org",
                               "ada.example.org",
                               "a@b@c",
                               ".ada@example.org",
                               "ada.@example.org",
                               "a..b@example.org",
                               "a b@example.org",
                               " ada@example.org",
                               "ada@example.org ",
                               "ada@example.org\n",
                               "\"quoted\"@example.org",
                               "ada@[127.0.0.1]",
                               "ada(comment)@example.org",
                               "Ada <ada@example.org>",
                               "a,b@example.org",
                               "ada@-example.org",
                               "ada@example-.org",
                               "ada@.example.org",
                               "ada@example.org.",
                               "ada@example..org",
                               "ada@exa_mple.org",
                               "ada@ex\xC3\xA4mple.org",
                               "\xC3\xA4@example.org",
                               std::string("a\0@b.c", 6),
                               std::string("a@b.c\0", 6),
                               std::string(65, 'l') + "@example.com",
                               "a@" + std::string(64, 'd') + ".com",
                               std::string(64, 'l') + "@" + std::string(63, 'd') + "." + std::string(63, 'd') + "." +
                                   std::string(62, 'd'));
    INFO(text);
    CHECK_FALSE(lathe::email.check(text));
}

TEST_CASE("rules: url allows absolute URLs with an authority", "[rules][text_rules][url]") {
    const auto text = GENERATE(as<std::string_view>{},
                               "http://example.org",
                               "http://example.org/",
                               "https://example.org:443/a/b;c=1,d/e:f@g?x=1&y=/?#top?/",
                               "HTTP://EXAMPLE.ORG",
                               "http://user:pass@example.org/",
                               "http://user%40home@example.org/",
                               "http://@example.org/",
                               "http://example.org?query",
                               "http://example.org#fragment",
                               "http://example.org/?",
                               "http://example.org/#",
                               "http://example.org:",
                               "http://example.org:/",
                               "http://example.org:0",
                               "http://example.org:65535",
                               "http://example.org:00080/",
                               "http://example.org:000000000065535",
                               "http://a/%00%fF",
                               "http://%41.example/",
                               "http://a//b//",
                               "http://127.0.0.1:8080/",
                               "http://xn--bcher-kva.example/",
                               "http://a_b.example/~me/(x)!$&'*+,;=",
                               "http://[::1]/",
                               "http://[::]:80",
                               "http://[2001:db8::7]/c=GB?objectClass?one", // with its scheme, RFC 3986, 1.1.2
                               "ldap://[2001:db8::7]/c=GB?objectClass?one",
                               "telnet://192.0.2.16:80/",
                               "ftp://ftp.is.co.za/rfc/rfc1808.txt",
                               "http://www.ietf.org/rfc/rfc2396.txt",
                               "http://[1:2:3:4:5:6:7:8]",
                               "http://[1:2:3:4:5:6:7::]",
                               "http://[::2:3:4:5:6:7:8]",
                               "http://[1::8]",
                               "http://[ABCD:ef01::]",
                               "http://[::ffff:192.0.2.1]",
                               "http://[1:2:3:4:5:6:192.0.2.1]",
                               "http://u@[::1]:1/",
                               "ws://example.org/socket",
                               "git+ssh://example.org/x.git",
                               "a1+-.://x",
                               "file:///etc/hosts",
                               "file://host/share");
    INFO(text);
    CHECK(lathe::url.check(text));
}

TEST_CASE("rules: url refuses what is none", "[rules][text_rules][url]") {
    const auto text = GENERATE(as<std::string_view>{},
                               "",
                               "example.org",
                               "//example.org/",
                               "/path",
                               "http:",
                               "http:/",
                               "http:/a",
                               "http://",
                               "http:///path",
                               "http://?q",
                               "http://#f",
                               "http://:80",
                               "http://:80/",
                               "http://user@",
                               "http://user@/",
                               "http://user@:80/",
                               "https:example.org",
                               "mailto:ada@example.org",
                               "urn:isbn:0451450523",
                               "://example.org",
                               "1http://example.org",
                               "ht_tp://example.org",
                               "ht tp://example.org",
                               "http://exa mple.org",
                               " http://example.org",
                               "http://example.org ",
                               "http://example.org/a b",
                               "http://example.org/\n",
                               "http://example.org/\0"sv,
                               "http://example.org/\x7f",
                               "http://example.org/\xC3\xA9",
                               "http://ex\xC3\xA4mple.org/",
                               "http://a/%",
                               "http://a/%4",
                               "http://a/%4g",
                               "http://a/?%4",
                               "http://a/#%zz",
                               "http://a%2/",
                               "http://u%2@a/",
                               "http://a/<b>",
                               "http://a/\"b\"",
                               "http://a/{b}",
                               "http://a/b|c",
                               "http://a/b\\c",
                               "http://a\\b/",
                               "http://a/b^c",
                               "http://a/b`c",
                               "http://a/[b]",
                               "http://a/?[b]",
                               "http://a/#b#c",
                               "http://a:65536",
                               "http://a:99999999999999999999",
                               "http://a:8o",
                               "http://a:-1",
                               "http://a:80:80",
                               "http://a@b@c/",
                               "http://[::1",
                               "http://::1]/",
                               "http://::1/",
                               "http://[]/",
                               "http://[:]/",
                               "http://[:::]/",
                               "http://[1]/",
                               "http://[1:2:3:4:5:6:7]",
                               "http://[1:2:3:4:5:6:7:8:9]",
                               "http://[1:2:3:4::5:6:7:8]",
                               "http://[1::2::3]",
                               "http://[1:2:3:4:5:6:7:]",
                               "http://[:1:2:3:4:5:6:7]",
                               "http://[::12345]",
                               "http://[::g]",
                               "http://[::1%25eth0]",
                               "http://[v1.x]",
                               "http://[::256.0.0.1]",
                               "http://[::1.2.3]",
                               "http://[::1.2.3.4.5]",
                               "http://[::01.2.3.4]",
                               "http://[192.0.2.1::]",
                               "http://[1:2:3:4:5:6:7:192.0.2.1]",
                               "http://[::192.0.2.1:1]",
                               "http://[::1]80",
                               "http://[::1]a/",
                               "http://[::1]:65536",
                               "http://a[::1]/",
                               "file:/etc/hosts",
                               "file://:80/");
    INFO(text);
    CHECK_FALSE(lathe::url.check(text));
}

TEST_CASE("rules: uuid allows the form of RFC 9562, of any version and case", "[rules][text_rules]") {
    // The examples of RFC 9562, appendix A, the nil and the max UUID.
    CHECK(lathe::uuid.check("C232AB00-9414-11EC-B3C8-9F6BDECED846"));
    CHECK(lathe::uuid.check("5df41881-3aed-3515-88a7-2f4a814cf09e"));
    CHECK(lathe::uuid.check("919108f7-52d1-4320-9bac-f847db4148a8"));
    CHECK(lathe::uuid.check("017F22E2-79B0-7CC3-98C4-DC0C0C07398F"));
    CHECK(lathe::uuid.check("00000000-0000-0000-0000-000000000000"));
    CHECK(lathe::uuid.check("FFFFFFFF-ffff-FFFF-FFFF-FFFFFFFFFFFF"));

    CHECK_FALSE(lathe::uuid.check(""));
    CHECK_FALSE(lathe::uuid.check("919108f752d143209bacf847db4148a8"));
    CHECK_FALSE(lathe::uuid.check("{919108f7-52d1-4320-9bac-f847db4148a8}"));
    CHECK_FALSE(lathe::uuid.check("919108f7-52d1-4320-9bac-f847db4148a"));
    CHECK_FALSE(lathe::uuid.check("919108f7-52d1-4320-9bac-f847db4148a80"));
    CHECK_FALSE(lathe::uuid.check("919108g7-52d1-4320-9bac-f847db4148a8"));
    CHECK_FALSE(lathe::uuid.check("919108f75-2d1-4320-9bac-f847db4148a8"));
    CHECK_FALSE(lathe::uuid.check("919108f7-52d1-4320-9bac f847db4148a8"));
    CHECK_FALSE(lathe::uuid.check("919108f7-52d1-4320-9bac-f847db4148-8"));
}

TEST_CASE("rules: iso_date allows days of the calendar", "[rules][text_rules]") {
    CHECK(lathe::iso_date.check("2024-02-29"));
    CHECK(lathe::iso_date.check("2000-02-29"));
    CHECK(lathe::iso_date.check("0000-01-01"));
    CHECK(lathe::iso_date.check("9999-12-31"));
    CHECK_FALSE(lathe::iso_date.check("1900-02-29"));
    CHECK_FALSE(lathe::iso_date.check("2023-02-29"));
    CHECK_FALSE(lathe::iso_date.check("2024-04-31"));
    CHECK_FALSE(lathe::iso_date.check("2024-00-01"));
    CHECK_FALSE(lathe::iso_date.check("2024-13-01"));
    CHECK_FALSE(lathe::iso_date.check("2024-01-00"));
    CHECK_FALSE(lathe::iso_date.check(""));
    CHECK_FALSE(lathe::iso_date.check("2024-1-01"));
    CHECK_FALSE(lathe::iso_date.check("20240101"));
    CHECK_FALSE(lathe::iso_date.check("2024/01/01"));
    CHECK_FALSE(lathe::iso_date.check("2024-01-01T00:00:00Z"));
    CHECK_FALSE(lathe::iso_date.check("-024-01-01"));
    CHECK_FALSE(lathe::iso_date.check("+024-01-01"));
    CHECK_FALSE(lathe::iso_date.check("2024-01- 1"));
    CHECK_FALSE(lathe::iso_date.check("2024-01-1a"));
}

TEST_CASE("rules: iso_date agrees with the calendar of the standard library", "[rules][text_rules]") {
    std::size_t wrong = 0;
    for (int year = 0; year <= 9999; ++year) {
        for (unsigned month = 0; month <= 13; ++month) {
            for (const unsigned day : {0U, 1U, 28U, 29U, 30U, 31U, 32U}) {
                char text[32];
                std::snprintf(text, sizeof text, "%04d-%02u-%02u", year, month % 100, day % 100);
                const std::chrono::year_month_day date{
                    std::chrono::year{year}, std::chrono::month{month}, std::chrono::day{day}};
                if (lathe::iso_date.check(text) != date.ok()) ++wrong;
            }
        }
    }
    CHECK(wrong == 0);
}

TEST_CASE("rules: iso_date agrees with the calendar on random days", "[rules][text_rules][random]") {
    UNSCOPED_INFO("LATHE_SEED=" << seed());
    std::mt19937 random{seed()};
    for (int i = 0; i < 20000; ++i) {
        const auto year = static_cast<int>(random() % 10000);
        const auto month = static_cast<unsigned>(random() % 100);
        const auto day = static_cast<unsigned>(random() % 100);
        char text[32];
        std::snprintf(text, sizeof text, "%04d-%02u-%02u", year, month % 100, day % 100);
        const std::chrono::year_month_day date{
            std::chrono::year{year}, std::chrono::month{month}, std::chrono::day{day}};
        if (lathe::iso_date.check(text) != date.ok()) FAIL(text << ", seed " << seed());
    }
}

TEST_CASE("rules: trimmed removes white space at both ends", "[rules][text_rules][normalisers]") {
    const auto trim = [](std::string text) {
        lathe::trimmed.apply(text);
        return text;
    };
    CHECK(trim("") == "");
    CHECK(trim("a") == "a");
    CHECK(trim(" \t\n\v\f\ra b\r\n") == "a b");
    CHECK(trim(" \t\n\v\f\r ") == "");
    CHECK(trim("\xC2\xA0"
               "a") == "\xC2\xA0"
                       "a"); // a no-break space is not ASCII
    CHECK(trim(std::string("\0a\0", 3)) == std::string("\0a\0", 3));
    CHECK(trim(" " + std::string(1000, 'x') + " ") == std::string(1000, 'x'));
}

TEST_CASE("rules: lowered and uppered change ASCII letters only", "[rules][text_rules][normalisers]") {
    std::string text = "@AZ[`az{ \xC3\x84 19";
    lathe::lowered.apply(text);
    CHECK(text == "@az[`az{ \xC3\x84 19");
    lathe::uppered.apply(text);
    CHECK(text == "@AZ[`AZ{ \xC3\x84 19");
    std::string none;
    lathe::lowered.apply(none);
    lathe::uppered.apply(none);
    CHECK(none.empty());
}

TEST_CASE("rules: normalisers neither throw nor reallocate", "[rules][text_rules][normalisers]") {
    STATIC_REQUIRE(noexcept(lathe::trimmed.apply(std::declval<std::string&>())));
    STATIC_REQUIRE(noexcept(lathe::lowered.apply(std::declval<std::string&>())));
    STATIC_REQUIRE(noexcept(lathe::uppered.apply(std::declval<std::string&>())));
    std::string text = "   " + std::string(100, 'X') + "   ";
    const char* const before = text.data();
    lathe::trimmed.apply(text);
    lathe::lowered.apply(text);
    CHECK(text == std::string(100, 'x'));
    CHECK(text.data() == before);
    CHECK(lathe::trimmed.name == "trimmed");
    CHECK(lathe::lowered.name == "lowered");
    CHECK(lathe::uppered.name == "uppered");
}

TEST_CASE("rules: rules on text say what is wrong", "[rules][text_rules][messages]") {
    CHECK(lathe::contains<"@">.failure() == R"(does not contain "@")");
    CHECK(lathe::contains<"\"">.success() == R"(contains "\"")");
    CHECK(lathe::starts_with<"ab">.failure() == R"(does not start with "ab")");
    CHECK(lathe::starts_with<"ab">.success() == R"(starts with "ab")");
    CHECK(lathe::ends_with<"\n">.failure() == R"(does not end with "\n")");
    CHECK(lathe::ends_with<"ab">.success() == R"(ends with "ab")");
    CHECK(lathe::ascii.failure() == "is not ASCII");
    CHECK(lathe::ascii.success() == "is ASCII");
    CHECK(lathe::utf8.failure() == "is not UTF-8");
    CHECK(lathe::utf8.success() == "is UTF-8");
    CHECK(lathe::email.failure() == "is not an email address");
    CHECK(lathe::email.success() == "is an email address");
    CHECK(lathe::url.failure() == "is not a URL");
    CHECK(lathe::url.success() == "is a URL");
    CHECK(lathe::uuid.failure() == "is not a UUID");
    CHECK(lathe::uuid.success() == "is a UUID");
    CHECK(lathe::iso_date.failure() == "is not a calendar date (YYYY-MM-DD)");
    CHECK(lathe::iso_date.success() == "is a calendar date");
}

TEST_CASE("rules: rules on text have names", "[rules][text_rules]") {
    CHECK(lathe::contains<"@">.name == "contains");
    CHECK(lathe::starts_with<"@">.name == "starts_with");
    CHECK(lathe::ends_with<"@">.name == "ends_with");
    CHECK(lathe::ascii.name == "ascii");
    CHECK(lathe::utf8.name == "utf8");
    CHECK(lathe::email.name == "email");
    CHECK(lathe::url.name == "url");
    CHECK(lathe::uuid.name == "uuid");
    CHECK(lathe::iso_date.name == "iso_date");
}

} // namespace
