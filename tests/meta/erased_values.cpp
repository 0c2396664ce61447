// SPDX-License-Identifier: MIT
// Where an erased keeps its value, and that no value is lost, doubled or half made, whatever throws.
#include <lathe/meta/erased.hpp> // first: proves that the header stands alone

#include <cstddef>
#include <cstdint>
#include <memory>
#include <new>
#include <random>
#include <stdexcept>
#include <string>
#include <type_traits>
#include <utility>
#include <vector>

#include "support/catch.hpp"
#include "support/seed.hpp"

namespace {

struct reads : lathe::requirement<"read() const -> int"> {
    template <class T>
    static constexpr bool met = requires(const T& t) { t.read(); };
    static constexpr auto call = [](const auto& t) -> int {
        return t.read();
    };
};
using held_type = lathe::erased<reads>;
using moved_type = lathe::erased<lathe::move_only, reads>;

// What tracked values have done so far.
struct tally {
    int alive = 0, allocated = 0, allocations = 0, copies = 0, moves = 0;
    int copies_left = -1; // until a copy throws; never when negative
};
tally seen;

// A value that counts, of a size and an alignment, whose moves may say that they throw.
template <std::size_t Size, std::size_t Align = alignof(int), bool Quiet = true>
class tracked {
public:
    explicit tracked(int value) : m_value(value) { ++seen.alive; }
    tracked(const tracked& other) : m_value(other.m_value) {
        if (seen.copies_left == 0) throw std::runtime_error("no more copies");
        --seen.copies_left;
        ++seen.copies;
        ++seen.alive;
    }
    tracked(tracked&& other) noexcept(Quiet) : m_value(std::exchange(other.m_value, -1)) {
        ++seen.moves;
        ++seen.alive;
    }
    tracked& operator=(const tracked&) = delete; // an erased has no use for it
    ~tracked() {
        --seen.alive;
        m_value = -2;
    }
    int read() const { return reinterpret_cast<std::uintptr_t>(this) % Align == 0 ? m_value : -3; }

    static void* operator new(std::size_t size) {
        ++seen.allocated;
        ++seen.allocations;
        return ::operator new(size);
    }
    static void operator delete(void* at) noexcept {
        --seen.allocated;
        ::operator delete(at);
    }
    static void* operator new(std::size_t size, std::align_val_t align) {
        ++seen.allocated;
        ++seen.allocations;
        return ::operator new(size, align);
    }
    static void operator delete(void* at, std::align_val_t align) noexcept {
        --seen.allocated;
        ::operator delete(at, align);
    }

private:
    alignas(Align) int m_value;
    char m_rest[Size > sizeof(int) ? Size - sizeof(int) : 1] = {};
};
constexpr std::size_t room = 3 * sizeof(void*);
using small = tracked<room>;
using large = tracked<room + 1>;
using aligned = tracked<64, 64>;
using loud = tracked<8, alignof(int), false>; // small, but its move may throw
static_assert(sizeof(small) == room && sizeof(large) > room && alignof(aligned) == 64);

// Nothing may be left of what a test has made.
struct all_gone {
    all_gone() { seen = {}; }
    ~all_gone() {
        CHECK(seen.alive == 0);
        CHECK(seen.allocated == 0);
    }
};

template <class T>
void takes_part(int allocations) {
    const all_gone check;
    held_type a = T(7);
    CHECK(seen.allocations == allocations);
    CHECK(seen.copies == 0);
    CHECK(a.call<reads>() == 7);

    held_type b = a;
    CHECK(seen.copies == 1);
    CHECK(seen.allocations == 2 * allocations);
    CHECK(b.call<reads>() == 7);
    CHECK(a.call<reads>() == 7);

    held_type c = std::move(a); // no allocation from here on
    CHECK_FALSE(a);             // NOLINT(bugprone-use-after-move): that is the question
    CHECK(c.call<reads>() == 7);
    b = std::move(c);
    CHECK(b.call<reads>() == 7);
    a = std::move(b);
    swap(a, c);
    CHECK(c.call<reads>() == 7);
    held_type& same = c;
    c = std::move(same);
    CHECK(c.call<reads>() == 7);
    c = static_cast<const held_type&>(same);
    CHECK(c.call<reads>() == 7);
    swap(c, same);
    CHECK(c.call<reads>() == 7);
    CHECK(seen.allocations == 2 * allocations);
    CHECK(seen.alive == 1);

    c.emplace<T>(c.call<reads>() + 1);
    CHECK(c.call<reads>() == 8);
    CHECK(seen.alive == 1);
    c.reset();
    CHECK(seen.alive == 0);
}

TEST_CASE("erased: up to three pointers in size are kept inside, without an allocation", "[erased]") {
    takes_part<tracked<1>>(0);
    takes_part<small>(0);
    takes_part<tracked<16, alignof(void*)>>(0);
}

TEST_CASE("erased: what is larger, over-aligned or may throw when moved costs one allocation", "[erased]") {
    takes_part<large>(1);
    takes_part<tracked<1000>>(1);
    takes_part<aligned>(1);
    takes_part<tracked<1, 2 * alignof(void*)>>(1); // small enough, but for its alignment
    takes_part<loud>(1);
}

TEST_CASE("erased: large values are not moved when their erased is", "[erased]") {
    const all_gone check;
    held_type a = large(1);
    const int moves = seen.moves;
    const large* const place = a.target<large>();
    held_type b = std::move(a);
    a = std::move(b);
    CHECK(seen.moves == moves);
    CHECK(a.target<large>() == place);
}

TEST_CASE("erased: a constructor that throws leaves what was there", "[erased]") {
    struct refuses {
        explicit refuses(int) { throw std::runtime_error("never"); }
        int read() const { return 0; }
    };
    const all_gone check;
    CHECK_THROWS_AS(held_type(std::in_place_type<refuses>, 1), std::runtime_error);
    held_type held = small(4);
    CHECK_THROWS_AS(held.emplace<refuses>(1), std::runtime_error);
    CHECK(held.call<reads>() == 4);
}

TEST_CASE("erased: a copy that throws leaves both sides as they were", "[erased]") {
    const all_gone check;
    held_type from = large(1), to = small(2), empty;
    const small value(3);
    seen.copies_left = 0;
    CHECK_THROWS_AS(held_type(from), std::runtime_error);
    CHECK_THROWS_AS(to = from, std::runtime_error);
    CHECK_THROWS_AS(empty = from, std::runtime_error);
    CHECK_THROWS_AS(to = value, std::runtime_error);
    CHECK_THROWS_AS(held_type(std::in_place_type<small>, value), std::runtime_error);
    CHECK(from.call<reads>() == 1);
    CHECK(to.call<reads>() == 2);
    CHECK_FALSE(empty);
}

TEST_CASE("erased: an allocation that fails leaves what was there", "[erased]") {
    struct huge {
        int value = 5;
        char rest[100] = {};
        int read() const { return value; }
        static void* operator new(std::size_t) { throw std::bad_alloc(); }
        static void operator delete(void*) noexcept {}
    };
    const all_gone check;
    held_type held = small(6);
    CHECK_THROWS_AS(held = huge(), std::bad_alloc);
    CHECK(held.call<reads>() == 6);
}

// A list: each node holds the next.
struct node {
    int value = 0;
    moved_type next = {};
    int read() const { return value; }
};

TEST_CASE("erased: what is inside the value may be moved over it", "[erased]") {
    moved_type list = node{1, node{2, node{3}}};
    list = std::move(list.target<node>()->next);
    CHECK(list.call<reads>() == 2);
    list = std::move(list.target<node>()->next);
    CHECK(list.call<reads>() == 3);
    list.emplace<node>(list.call<reads>() + 1, std::move(list.target<node>()->next));
    CHECK(list.call<reads>() == 4);
    CHECK_FALSE(list.target<node>()->next);
}

// A value that looks at its owner, and fills it, while it goes.
struct last_words {
    held_type* owner;
    bool* was_empty;
    int value = 1;

    last_words(held_type& of, bool& empty) : owner(&of), was_empty(&empty) {}
    last_words(const last_words&) = default;
    last_words(last_words&& other) noexcept
        : owner(std::exchange(other.owner, nullptr)), was_empty(other.was_empty), value(other.value) {}
    last_words& operator=(const last_words&) = delete;
    ~last_words() {
        if (owner == nullptr) return;
        *was_empty = !owner->has_value();
        if (*was_empty) *owner = small(9);
    }
    int read() const { return value; }
};

TEST_CASE("erased: a value that fills its owner while it is destroyed finds it empty and whole", "[erased]") {
    const all_gone check;
    held_type held;
    bool was_empty = false;
    held.emplace<last_words>(held, was_empty);
    held.reset();
    CHECK(was_empty);
    CHECK(held.call<reads>() == 9);

    held.emplace<last_words>(held, was_empty);
    held = large(3); // the new value is in place when the old one goes
    CHECK_FALSE(was_empty);
    CHECK(held.call<reads>() == 3);
}

// Trivial types are moved by their bytes.
struct bytes {
    int a = 1, b = 2;
    short c = 3;
    int read() const { return a + b + c; }
};

TEST_CASE("erased: trivial values are kept whole", "[erased]") {
    held_type a = bytes{10, 20, 30};
    held_type b = std::move(a);
    std::vector<held_type> many(5, b);
    many.insert(many.begin(), b);
    many.emplace_back();
    for (std::size_t i = 0; i < 6; ++i)
        CHECK(many[i].call<reads>() == 60);
    CHECK_FALSE(many.back());
}

// What each slot should hold; nothing when negative.
using expected_values = std::vector<int>;

TEST_CASE("erased: many random steps, each compared with a plain list of numbers", "[erased]") {
    const auto seed = static_cast<std::uint32_t>(lathe_test::seed_of_run());
    CAPTURE(seed);
    const all_gone check;
    std::minstd_rand random(seed);
    const auto pick = [&random](std::size_t below) {
        return static_cast<std::size_t>(random()) / 16 % below;
    };
    std::vector<held_type> slots(8);
    expected_values expected(8, -1);
    for (int step = 0; step < 4000; ++step) {
        const std::size_t i = pick(8), k = pick(8);
        const int value = static_cast<int>(pick(1000));
        switch (pick(9)) {
        case 0:
            slots[i] = small(value), expected[i] = value;
            break;
        case 1:
            slots[i] = large(value), expected[i] = value;
            break;
        case 2:
            slots[i].emplace<aligned>(value), expected[i] = value;
            break;
        case 3:
            slots[i] = bytes{value, 0, 0}, expected[i] = value;
            break;
        case 4:
            slots[i] = slots[k], expected[i] = expected[k];
            break;
        case 5:
            slots[i] = std::move(slots[k]);
            if (i != k) expected[i] = std::exchange(expected[k], -1);
            break;
        case 6:
            swap(slots[i], slots[k]), std::swap(expected[i], expected[k]);
            break;
        case 7:
            slots[i].reset(), expected[i] = -1;
            break;
        default: {
            held_type copy(slots[i]);
            const held_type moved(std::move(copy));
            slots[k] = moved, expected[k] = expected[i];
        }
        }
        for (const std::size_t at : {i, k}) {
            const int found = slots[at] ? slots[at].call<reads>() : -1;
            if (found != expected[at]) {
                CAPTURE(step);
                REQUIRE(found == expected[at]);
            }
        }
    }
}

} // namespace
