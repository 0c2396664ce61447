// SPDX-License-Identifier: MIT
// What a failed change leaves behind: the old value.
#include <lathe/model/property.hpp> // first: proves that the header stands alone

#include <array>
#include <cstddef>
#include <map>
#include <memory_resource>
#include <new>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

#include "support/catch.hpp"

namespace {

// Throws at a chosen copy, move or assignment; counts those alive.
struct fuse {
    static inline int copies_left = -1;
    static inline int moves_left = -1;
    static inline int assignments_left = -1;
    static inline int alive = 0;

    static void burn(int& left, const char* what) {
        if (left == 0) throw std::runtime_error(what);
        if (left > 0) --left;
    }
    static void renew() { copies_left = moves_left = assignments_left = -1; }
};

// Copies may throw; moves are as chosen.
template <bool MovesQuietly, bool AssignsQuietly>
struct fragile {
    int value = 0;

    fragile(int number) : value(number) { ++fuse::alive; } // NOLINT: implicit on purpose
    fragile(const fragile& other) : value(other.value) {
        fuse::burn(fuse::copies_left, "copy");
        ++fuse::alive;
    }
    fragile(fragile&& other) noexcept(MovesQuietly) : value(other.value) {
        if constexpr (!MovesQuietly) fuse::burn(fuse::moves_left, "move");
        other.value = -1;
        ++fuse::alive;
    }
    fragile& operator=(const fragile& other) {
        value = -2; // half way
        fuse::burn(fuse::assignments_left, "copy assignment");
        value = other.value;
        return *this;
    }
    fragile& operator=(fragile&& other) noexcept(AssignsQuietly) {
        value = -3; // half way
        if constexpr (!AssignsQuietly) fuse::burn(fuse::assignments_left, "move assignment");
        value = other.value;
        return *this;
    }
    ~fragile() { --fuse::alive; }
    friend bool operator==(const fragile& a, const fragile& b) { return a.value == b.value; }
};
using copies_throw = fragile<true, true>;
using assignments_throw = fragile<true, false>;
using all_throw = fragile<false, false>;

// Its own swap is the only thing that cannot fail.
struct swaps_quietly {
    int value = 0;

    swaps_quietly(int number) : value(number) {} // NOLINT: implicit on purpose
    swaps_quietly(const swaps_quietly&) = default;
    swaps_quietly& operator=(const swaps_quietly& other) {
        value = -2; // half way
        fuse::burn(fuse::assignments_left, "assignment");
        value = other.value;
        return *this;
    }
    friend void swap(swaps_quietly& a, swaps_quietly& b) noexcept { std::swap(a.value, b.value); }
};
static_assert(std::is_nothrow_swappable_v<swaps_quietly> && !std::is_nothrow_move_assignable_v<swaps_quietly>);

template <class T>
bool is_small(const T& value) {
    return value.value < 100;
}

template <class T>
using small = lathe::property<T, lathe::rule<"small", is_small<T>>>;

bool explodes(int value) {
    if (value == 13) throw std::domain_error("13 is not asked about");
    return value < 100;
}
inline constexpr lathe::rule_for<int> auto explosive = lathe::rule<"tame", explodes>;

TEST_CASE("property: a rule that throws inside a set leaves the old value", "[property][guarantee]") {
    lathe::property<int, explosive> number = 1;
    CHECK_THROWS_AS(number = 13, std::domain_error);
    CHECK(number == 1);
    CHECK_THROWS_AS(number.modify([](int& value) { value = 13; }), std::domain_error);
    CHECK(number == 1);
    CHECK_THROWS_AS(number = 100, lathe::validation_error);
    CHECK(number == 1);
    CHECK_THROWS_AS((lathe::property<int, explosive>(13)), std::domain_error);
}

TEST_CASE("property: a modify that throws after its change leaves the old value", "[property][guarantee]") {
    lathe::property<std::string, lathe::not_empty> name = "a name that does not fit into the string itself";
    const std::string before = name;
    const char* const address = name->data();
    CHECK_THROWS_AS(name.modify([](std::string& text) {
        text = "other";
        throw std::logic_error("changed my mind");
    }),
                    std::logic_error);
    CHECK(name == before);
    CHECK_THROWS_AS(name.modify([](std::string& text) { text.clear(); }), lathe::validation_error);
    CHECK(name == before);
    CHECK(name->data() == address); // not even moved
}

TEST_CASE("property: a copy that throws half way leaves the old elements", "[property][guarantee]") {
    fuse::renew();
    {
        lathe::property<std::vector<copies_throw>, lathe::max_length<4>> numbers = std::vector<copies_throw>{1, 2, 3};
        const std::vector<copies_throw> others{4, 5, 6, 7};
        const lathe::property<std::vector<copies_throw>, lathe::max_length<4>> more = others;
        const auto is_old = [&] {
            return numbers->size() == 3 && numbers->at(0).value == 1 && numbers->at(2).value == 3;
        };
        const auto fails = [&](auto&& change) {
            fuse::copies_left = fuse::assignments_left = 2;
            bool thrown = false;
            try {
                change();
            } catch (const std::runtime_error&) {
                thrown = true;
            }
            fuse::renew();
            return thrown;
        };
        CHECK(fails([&] { numbers = others; }));
        CHECK(is_old());
        CHECK(fails([&] { numbers = more; }));
        CHECK(is_old());
        CHECK(fails([&] { numbers = {8, 9, 10, 11}; }));
        CHECK(is_old());
        CHECK(fails([&] { numbers.modify([](auto& all) { all.push_back(4); }); }));
        CHECK(is_old());
        numbers = more;
        CHECK(numbers->size() == 4);
    }
    CHECK(fuse::alive == 0);
}

TEMPLATE_TEST_CASE("property: a move or an assignment of T that throws leaves the old value",
                   "[property][guarantee]",
                   copies_throw,
                   assignments_throw,
                   all_throw) {
    fuse::renew();
    {
        const small<TestType> other = 7;
        // Each operation of T fails once, at each place where there is one.
        for (int* const left : {&fuse::copies_left, &fuse::moves_left, &fuse::assignments_left}) {
            for (int after = 0; after < 4; ++after) {
                for (int way = 0; way < 4; ++way) {
                    small<TestType> number = 1;
                    *left = after;
                    bool thrown = false;
                    try {
                        if (way == 0) number = TestType(2);
                        if (way == 1) number = other;
                        if (way == 2) number.modify([](TestType& value) { value.value = 2; });
                        if (way == 3) number = 2;
                    } catch (const std::runtime_error&) {
                        thrown = true;
                    }
                    // The fuse stays burnt: putting the old value back must not need what has just failed.
                    // Where nothing of T is safe, that cannot be had.
                    const bool restorable = !std::is_same_v<TestType, all_throw> || left == &fuse::copies_left;
                    fuse::renew();
                    CAPTURE(after, way, thrown);
                    if (thrown && restorable) CHECK(number->value == 1);
                    if (!thrown) CHECK(number->value == (way == 1 ? 7 : 2));
                }
            }
        }
    }
    CHECK(fuse::alive == 0);
}

TEST_CASE("property: an assignment of T that fails once is undone even if nothing of T is safe",
          "[property][guarantee]") {
    struct once {
        static bool& armed() {
            static bool value = false;
            return value;
        }
        int value = 0;
        once(int number) : value(number) {} // NOLINT: implicit on purpose
        once(const once& other) noexcept(false) : value(other.value) {}
        once& operator=(const once& other) noexcept(false) {
            value = -1; // half way
            if (std::exchange(armed(), false)) throw std::runtime_error("once");
            value = other.value;
            return *this;
        }
    };
    small<once> number = 1;
    once::armed() = true;
    CHECK_THROWS_AS(number = once(2), std::runtime_error);
    CHECK(number->value == 1);
}

TEST_CASE("property: a swap of T's own is used when it is the only safe way", "[property][guarantee]") {
    fuse::renew();
    small<swaps_quietly> number = 1;
    fuse::assignments_left = 0; // an assignment would throw
    number = swaps_quietly(2);
    CHECK(number->value == 2);
    number.modify([](swaps_quietly& value) { value.value = 3; });
    CHECK(number->value == 3);
    const small<swaps_quietly> other = 4;
    number = other;
    CHECK(number->value == 4);
    fuse::renew();
}

// Hands out memory until it has had enough.
class stingy : public std::pmr::memory_resource {
public:
    std::size_t left = 1000;
    std::size_t lent = 0;

private:
    void* do_allocate(std::size_t bytes, std::size_t alignment) override {
        if (left == 0) throw std::bad_alloc();
        --left;
        ++lent;
        return std::pmr::new_delete_resource()->allocate(bytes, alignment);
    }
    void do_deallocate(void* memory, std::size_t bytes, std::size_t alignment) override {
        --lent;
        std::pmr::new_delete_resource()->deallocate(memory, bytes, alignment);
    }
    bool do_is_equal(const memory_resource& other) const noexcept override { return this == &other; }
};

// A std::allocator that can be told to fail.
template <class T>
struct limited {
    using value_type = T;
    static inline int left = -1;

    limited() = default;
    template <class U>
    limited(const limited<U>&) noexcept {}
    T* allocate(std::size_t count) {
        if (left == 0) throw std::bad_alloc();
        if (left > 0) --left;
        return std::allocator<T>{}.allocate(count);
    }
    void deallocate(T* memory, std::size_t count) noexcept { std::allocator<T>{}.deallocate(memory, count); }
    friend bool operator==(const limited&, const limited&) { return true; }
};

TEST_CASE("property: a change without memory leaves the old value", "[property][guarantee]") {
    using list = std::vector<int, limited<int>>;
    lathe::property<list, lathe::not_empty> numbers = list{1, 2, 3};
    const list longer{1, 2, 3, 4, 5, 6, 7, 8};
    const lathe::property<list, lathe::not_empty> other = longer;
    limited<int>::left = 0;
    CHECK_THROWS_AS(numbers = longer, std::bad_alloc);
    CHECK_THROWS_AS(numbers = other, std::bad_alloc);
    CHECK_THROWS_AS((numbers = {9, 9, 9, 9}), std::bad_alloc);
    CHECK_THROWS_AS(numbers.modify([](list& all) { all.clear(); }), std::bad_alloc);
    limited<int>::left = -1;
    CHECK(numbers == list{1, 2, 3});
}

TEST_CASE("property: containers with memory of different owners are not swapped", "[property][guarantee]") {
    stingy pool;
    {
        // Swapping these would be undefined: the memory of one would go back to the other's owner.
        lathe::property<std::pmr::vector<int>, lathe::max_length<5>> numbers;
        numbers = std::pmr::vector<int>({1, 2, 3}, &pool);
        CHECK(numbers->size() == 3);
        numbers.modify([](std::pmr::vector<int>& all) { all.push_back(4); });
        CHECK(numbers->back() == 4);
        CHECK_THROWS_AS(numbers = std::pmr::vector<int>(6, 0, &pool), lathe::validation_error);
        CHECK(numbers->size() == 4);

        lathe::property<std::pmr::vector<int>> pooled = std::pmr::vector<int>({1}, &pool);
        const std::pmr::vector<int> elsewhere{7, 8, 9};
        pooled = elsewhere;
        CHECK(pooled->size() == 3);
        pool.left = 0;
        CHECK_THROWS_AS(pooled = (std::pmr::vector<int>{1, 2, 3, 4, 5, 6, 7, 8}), std::bad_alloc);
        CHECK(pooled == std::pmr::vector<int>{7, 8, 9});
        pool.left = 1000;

        lathe::property<std::optional<std::pmr::vector<int>>> maybe = std::pmr::vector<int>{1};
        maybe = std::pmr::vector<int>({1, 2}, &pool);
        CHECK(maybe->value().size() == 2);
        lathe::property<std::pair<int, std::pmr::string>> pair = std::pair<int, std::pmr::string>{1, "x"};
        pair = std::pair<int, std::pmr::string>(2, std::pmr::string("longer than what fits into it", &pool));
        CHECK(pair->first == 2);
        lathe::property<std::pmr::map<int, int>> map;
        map = std::pmr::map<int, int>({{1, 2}}, &pool);
        CHECK(map->at(1) == 2);
    }
    CHECK(pool.lent == 0);
}

TEST_CASE("property: a value may be assigned to itself, or a part of it", "[property][aliasing]") {
    lathe::property<std::string, lathe::not_empty> name = "a name that does not fit into the string itself";
    const std::string before = name;
    auto& same = name;
    name = same;
    CHECK(name == before);
    name = name.value();
    CHECK(name == before);
    name = std::string_view(name.value()).substr(2, 4);
    CHECK(name == "name");
    name = name->c_str() + 1;
    CHECK(name == "ame");
    CHECK_THROWS_AS(name = std::string_view(name.value()).substr(3), lathe::validation_error);
    CHECK(name == "ame");

    lathe::property<std::string, lathe::trimmed> padded = "a b c d e f g h i j k l m n o p q r s t";
    padded = std::string_view(padded.value()).substr(1, 20);
    CHECK(padded == "b c d e f g h i j k");

    lathe::property<std::vector<std::string>> tags = {"a", "b"};
    tags = tags.value();
    CHECK(tags->size() == 2);
    auto& also = tags;
    tags = also;
    CHECK(tags->size() == 2);

    fuse::renew();
    small<all_throw> number = 1;
    auto& alias = number;
    number = alias;
    CHECK(number->value == 1);
}

TEST_CASE("property: one that was moved from can be assigned again", "[property][move]") {
    lathe::property<std::string, lathe::not_empty> name = "a name that does not fit into the string itself";
    const lathe::property<std::string, lathe::not_empty> taken = std::move(name);
    CHECK(taken->starts_with("a name"));
    name = "Eve"; // NOLINT: that is the point
    CHECK(name == "Eve");
    lathe::property<std::string, lathe::not_empty> other = "Bob";
    std::swap(name, other);
    CHECK(name == "Bob");
    CHECK(other == "Eve");
}

TEST_CASE("property: a set that fits needs no memory and keeps the string's own", "[property][strings]") {
    lathe::property<std::string, lathe::max_length<60>> name = std::string(50, 'x');
    const char* const address = name->data();
    name = "short";
    name = std::string_view("as short");
    CHECK(name->data() == address);
    CHECK(name == "as short");
}

} // namespace
