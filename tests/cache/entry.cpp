// SPDX-License-Identifier: MIT
#include <lathe/cache/entry.hpp> // first: proves that the header stands alone

#include <cstdint>
#include <string>
#include <type_traits>

#include "support/catch.hpp"

namespace {

struct letter : lathe::cache_entry {
    explicit letter(char shown) noexcept : cache_entry(static_cast<std::uint32_t>(shown)), character(shown) {}
    char character;
};
using letters = lathe::entry_list<letter>;

static_assert(!std::is_copy_constructible_v<lathe::cache_entry> &&
              !std::is_default_constructible_v<lathe::cache_entry>);
static_assert(!std::is_copy_constructible_v<letters>);
// What a policy keeps in an entry costs nothing up to two bytes; the key follows at 32.
struct two_bytes {
    std::uint8_t hits = 0;
    bool is_main = false;
};
struct with_policy : lathe::cache_entry, two_bytes {
    with_policy() noexcept : cache_entry(0) {}
    std::uint64_t key = 0;
};
static_assert(sizeof(lathe::cache_entry) == 32 && sizeof(with_policy) == 40);

// Takes the letters out from the front.
std::string emptied(letters& list) {
    std::string text;
    while (!list.empty())
        text += list.pop_front().character;
    return text;
}

TEST_CASE("entry_list: keeps the order in which entries were put", "[cache]") {
    letters list;
    letter a('a'), b('b'), c('c'), d('d');
    CHECK(list.empty());
    list.push_back(b);
    list.push_front(a);
    list.push_back(c);
    CHECK_FALSE(list.empty());
    CHECK(list.front().character == 'a');
    CHECK(list.back().character == 'c');
    SECTION("and gives them back from both ends") {
        CHECK(&list.pop_back() == &c);
        CHECK(&list.pop_front() == &a);
        CHECK(&list.pop_back() == &b);
        CHECK(list.empty());
    }
    SECTION("without those that are taken out") {
        list.remove(b);
        CHECK(emptied(list) == "ac");
    }
    SECTION("without the first") {
        list.remove(a);
        CHECK(emptied(list) == "bc");
    }
    SECTION("without the last") {
        list.remove(c);
        CHECK(list.back().character == 'b');
        CHECK(emptied(list) == "ab");
    }
    SECTION("with one in the place of another") {
        list.replace(b, d);
        CHECK(emptied(list) == "adc");
    }
    SECTION("with another one at an end") {
        list.replace(c, d);
        CHECK(list.back().character == 'd');
        list.replace(a, c);
        CHECK(emptied(list) == "cbd");
    }
}

TEST_CASE("entry_list: an entry that was taken out may be put again", "[cache]") {
    letters list;
    letter a('a'), b('b');
    list.push_front(a);
    list.replace(a, b);
    list.push_front(a);
    list.remove(b);
    list.push_back(b);
    CHECK(emptied(list) == "ab");
}

TEST_CASE("cache_entry: knows the hash that it was made with", "[cache]") {
    CHECK(letter('x').hash() == 'x');
}

} // namespace
