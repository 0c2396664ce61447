// SPDX-License-Identifier: MIT
// Random changes of a dict beside a map and a list of keys. LATHE_SEED=<seed> replays a run.
#include <lathe/model/value.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <cstring>
#include <ctime>
#include <functional>
#include <map>
#include <new>
#include <random>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

#include "support/catch.hpp"
#include "support/seed.hpp"
#include "support/stress.hpp"

namespace {
thread_local std::size_t allocations_left = static_cast<std::size_t>(-1); // of this thread, in the whole program
}

// NOLINTBEGIN: replaced, so that memory can run out. Not inlined, or g++ sees a new and a free and warns.
[[gnu::noinline]] void* operator new(std::size_t size) {
    if (allocations_left == 0) throw std::bad_alloc();
    --allocations_left;
    if (void* const made = std::malloc(size == 0 ? 1 : size)) return made;
    throw std::bad_alloc();
}
[[gnu::noinline]] void* operator new(std::size_t size, const std::nothrow_t&) noexcept {
    return std::malloc(size == 0 ? 1 : size);
}
[[gnu::noinline]] void operator delete(void* made) noexcept {
    std::free(made);
}
[[gnu::noinline]] void operator delete(void* made, std::size_t) noexcept {
    std::free(made);
}
// NOLINTEND

namespace {

using lathe::dict;
using lathe::list;
using lathe::value;
using lathe::value_error;
using lathe_test::Message;

using entry = dict::entry;
static_assert(!std::is_assignable_v<entry&, const entry&> && !std::is_assignable_v<entry&, entry>);
static_assert(std::is_same_v<decltype(get<0>(std::declval<entry&>())), const std::string&>);
static_assert(std::is_same_v<decltype(get<1>(std::declval<entry&>())), value&>);
static_assert(std::is_same_v<decltype(get<1>(std::declval<const entry&>())), const value&>);
static_assert(!std::is_constructible_v<dict, const char*> && !std::is_constructible_v<dict, value>);

std::string keys_of(const dict& d) {
    std::string keys;
    for (const auto& [key, held] : d)
        keys += key + ' ';
    return keys;
}

TEST_CASE("dict: is written as its entries, in their order", "[dict]") {
    const dict d{{"b", 1},
                 {std::string("a"), "text"},
                 {std::string_view("c"), list{1, 2.5, nullptr}},
                 {"d", dict{{"x", true}}},
                 {"e", {}},
                 {"f", {"x"}}};
    CHECK(keys_of(d) == "b a c d e f ");
    CHECK(d.at("b") == 1);
    CHECK(d.at("a") == "text");
    CHECK(d.at("c") == list{1, 2.5, nullptr});
    CHECK(d.at("d").as<dict>().at("x") == true);
    CHECK(d.at("e") == nullptr);
    CHECK(d.at("f") == "x");
    CHECK(dict{{"a", "b"}}.at("a") == "b"); // no two iterators
    CHECK(dict{d} == d);
    CHECK(dict{}.empty());
}

TEST_CASE("dict: a key that is written twice is refused", "[dict]") {
    CHECK_THROWS_MATCHES(
        (dict{{"a", 1}, {"b\"", 2}, {"b\"", 3}}), value_error, Message(R"("b\"" stands twice in the dict)"));
    CHECK_THROWS_AS(
        (dict{{"0", 0}, {"1", 1}, {"2", 2}, {"3", 3}, {"4", 4}, {"5", 5}, {"6", 6}, {"7", 7}, {"8", 8}, {"0", 9}}),
        value_error);
}

TEST_CASE("dict: finds by key, and names the key that is missing", "[dict]") {
    dict d{{"a", 1}, {"", "no name"}, {std::string_view("n\0", 2), 2}};
    CHECK(d.contains("a"));
    CHECK(d.contains(""));
    CHECK_FALSE(d.contains("n"));
    CHECK(d.find(std::string_view("n\0", 2)) != nullptr);
    CHECK(d.find("b") == nullptr);
    CHECK(*std::as_const(d).find("a") == 1);
    *d.find("a") = 3;
    CHECK(std::as_const(d).at("a") == 3);
    d.at("a") = 4;
    CHECK(d["a"] == 4);
    CHECK_THROWS_MATCHES(d.at("b"), value_error, Message(R"("b" is no key of the dict)"));
    CHECK_THROWS_MATCHES(std::as_const(d).at("A"), value_error, Message(R"("A" is no key of the dict)"));
    CHECK(d.size() == 3); // asking adds nothing
    CHECK(d["b"] == nullptr);
    CHECK(d.size() == 4);
}

TEST_CASE("dict: iteration gives keys that stay and values that may change", "[dict]") {
    dict d{{"a", 1}, {"b", "x"}};
    for (auto& [key, held] : d) {
        static_assert(std::is_same_v<decltype(key), const std::string>);
        held = key + "!";
    }
    CHECK(d == dict{{"a", "a!"}, {"b", "b!"}});
    for (auto [key, held] : d)
        held = nullptr; // of a copy
    CHECK(d == dict{{"a", "a!"}, {"b", "b!"}});
    for (dict::entry& e : d)
        e.value() = e.key().size();
    CHECK(d == dict{{"a", 1}, {"b", 1}});
    CHECK(*d.begin() == *dict{{"a", 1}}.begin());
    dict::entry stolen = std::move(*d.begin()); // copies: the key must stay
    CHECK(stolen.key() == "a");
    CHECK(keys_of(d) == "a b ");
}

TEST_CASE("dict: try_emplace leaves what is there", "[dict]") {
    dict d;
    const auto [first, fresh] = d.try_emplace("a", 1);
    CHECK(fresh);
    CHECK(*first == 1);
    const auto [again, second] = d.try_emplace("a", 2);
    CHECK_FALSE(second);
    CHECK(again == first);
    CHECK(*again == 1);
    CHECK(*d.try_emplace("b").first == nullptr);
    d.try_emplace("c", d["a"]);
    CHECK(d == dict{{"a", 1}, {"b", nullptr}, {"c", 1}});
}

TEST_CASE("dict: erase keeps the order, and clear leaves a dict to use", "[dict]") {
    dict d{{"a", 1}, {"b", 2}, {"c", 3}};
    CHECK(d.erase("b"));
    CHECK_FALSE(d.erase("b"));
    CHECK(keys_of(d) == "a c ");
    CHECK(d.erase(d.begin()->key())); // a view of the key that goes
    CHECK(keys_of(d) == "c ");
    d["a"] = 1;
    CHECK(keys_of(d) == "c a ");
    d.clear();
    CHECK(d.empty());
    CHECK_FALSE(d.contains("a"));
    d["x"] = 1;
    CHECK(keys_of(d) == "x ");
}

TEST_CASE("dict: is equal in any order", "[dict]") {
    CHECK(dict{{"a", 1}, {"b", 2}} == dict{{"b", 2.0}, {"a", 1}});
    CHECK(dict{{"a", 1}} != dict{{"a", 2}});
    CHECK(dict{{"a", 1}} != dict{{"b", 1}});
    CHECK(dict{{"a", 1}} != dict{{"a", 1}, {"b", 2}});
    CHECK(dict{{"a", nullptr}} != dict{{"b", nullptr}});
}

TEST_CASE("dict: a dict moved from is empty, and may be used", "[dict]") {
    for (const std::size_t size : {std::size_t{3}, std::size_t{100}}) {
        dict d;
        for (std::size_t i = 0; i < size; ++i)
            d[std::to_string(i)] = i;
        dict taken = std::move(d);
        CHECK(taken.size() == size);
        CHECK(d.empty()); // NOLINT: on purpose
        CHECK_FALSE(d.contains("1"));
        d["1"] = "new";
        CHECK(d["1"] == "new");
        d = std::move(taken);
        CHECK(d.at("1") == 1);
        dict& same = d;
        d = same;
        CHECK(d.size() == size);
        d["part"] = dict{{"x", 1}};
        d = std::move(d["part"].as<dict>()); // a part of itself
        CHECK(d == dict{{"x", 1}});
        d["part"] = dict{{"y", 2}};
        d = d["part"].as<dict>();
        CHECK(d == dict{{"y", 2}});
    }
}

// The same by means of the standard library.
class reference {
public:
    void set(const std::string& key, std::int64_t to) {
        if (m_held.insert_or_assign(key, to).second) m_order.push_back(key);
    }
    bool add(const std::string& key, std::int64_t to) {
        const bool fresh = m_held.try_emplace(key, to).second;
        if (fresh) m_order.push_back(key);
        return fresh;
    }
    bool erase(const std::string& key) {
        std::erase(m_order, key);
        return m_held.erase(key) != 0;
    }
    void clear() {
        m_held.clear();
        m_order.clear();
    }
    // What differs, or nothing.
    [[nodiscard]] std::string difference(const dict& d) const {
        if (d.size() != m_order.size()) return "size";
        std::size_t at = 0;
        for (const auto& [key, held] : d) {
            if (key != m_order[at++]) return "order at " + key;
            if (held != m_held.at(key)) return "value of " + key;
            if (d.find(key) != &held) return "place of " + key;
        }
        return "";
    }
    [[nodiscard]] bool contains(const std::string& key) const { return m_held.count(key) != 0; }

private:
    std::map<std::string, std::int64_t> m_held;
    std::vector<std::string> m_order;
};

TEST_CASE("dict: random changes do what they do to a map and a list of keys", "[dict]") {
    const std::uint64_t seed = lathe_test::seed_of_run();
    INFO("LATHE_SEED=" << seed);
    std::mt19937_64 random(seed);
    for (std::size_t run = lathe_test::rounds(60); run-- > 0;) {
        const std::size_t names = std::size_t{1} << (random() % 9); // so that both scans and indices come up
        const std::size_t steps = 20 + random() % 600;
        dict d;
        reference same;
        for (std::size_t step = 0; step < steps; ++step) {
            const std::string key(random() % 3 * 10, 'k');
            const std::string name = key + std::to_string(random() % names);
            const auto number = static_cast<std::int64_t>(step);
            switch (random() % 16) {
            case 0:
            case 1:
            case 2:
                CHECK(d.erase(name) == same.erase(name));
                break;
            case 3:
                CHECK(d.contains(name) == same.contains(name));
                break;
            case 4:
                d.reserve(random() % 100);
                break;
            case 5:
                if (random() % 8 == 0) {
                    d.clear();
                    same.clear();
                }
                break;
            case 6: {
                dict copy = d;
                std::swap(copy, d);
                CHECK(copy == d);
                break;
            }
            case 7:
            case 8:
            case 9:
                d[name] = number;
                same.set(name, number);
                break;
            default:
                CHECK(d.try_emplace(name, number).second == same.add(name, number));
            }
            if (const std::string difference = same.difference(d); !difference.empty()) FAIL(difference);
        }
    }
}

TEST_CASE("dict: when memory runs out nothing has changed", "[dict]") {
    const std::string long_text(100, 'x');
    const dict big{{"first", list{long_text, dict{{"inner", long_text}}}}, {"second", lathe::bytes(100)}};
    const dict small{{"a", long_text}, {"b", 2}, {"c", 3}, {"d", 4}, {"e", 5}, {"f", 6}, {"g", 7}, {"h", 8}};
    std::size_t failures = 0;
    // Tries it with more and more memory, until there is enough.
    const auto starve = [&](auto change, auto unchanged) {
        for (std::size_t memory = 0;; ++memory) {
            allocations_left = memory;
            bool failed = false;
            try {
                change();
            } catch (const std::bad_alloc&) {
                failed = true;
            }
            allocations_left = static_cast<std::size_t>(-1);
            if (!failed) return;
            ++failures;
            REQUIRE(unchanged());
        }
    };
    dict d = small;
    starve([&] { d = big; }, [&] { return d == small; });
    CHECK(d == big);
    value v = small;
    starve([&] { v = value(big); }, [&] { return v == small; });
    CHECK(v == big);
    list l{1, long_text};
    const list other{big, big};
    starve([&] { l = other; }, [&] { return l == list{1, long_text}; });
    CHECK(l == other);
    d = small;
    d.reserve(8); // the next one needs an index
    starve([&] { d.try_emplace("a key that is too long for a small string", big); }, [&] { return d == small; });
    CHECK(d.size() == 9);
    CHECK(d.at("a key that is too long for a small string") == big);
    dict braces;
    starve([&] { braces = dict{{"a", long_text}, {"b", dict{{"c", long_text}}}}; }, [&] { return braces.empty(); });
    CHECK(braces.size() == 2);
    CHECK(failures > 20);
}

TEST_CASE("dict: many keys are found as fast as few", "[dict][stress]") {
    const std::size_t count = lathe_test::rounds(1'000'000);
    dict d;
    for (std::size_t i = 0; i < count; ++i)
        d.try_emplace(std::to_string(i * 0x9e3779b97f4a7c15U), i);
    REQUIRE(d.size() == count);
    std::size_t wrong = 0;
    for (std::size_t i = 0; i < count; ++i) {
        const value* const found = d.find(std::to_string(i * 0x9e3779b97f4a7c15U));
        wrong += found == nullptr || *found != i ? 1U : 0U;
    }
    CHECK(wrong == 0);
    CHECK_FALSE(d.contains("none"));
    const dict copy = d;
    CHECK(copy == d);
}

// Keys that collide under murmur hash with the seed of libstdc++'s std::hash, whatever comes before them in blocks of
// eight: each pair of blocks may be replaced by the other, so n pairs make 2^n keys of one hash.
std::uint64_t unmixed(std::uint64_t wanted) { // the block that is mixed to this
    constexpr std::uint64_t multiplier = 0xc6a4a7935bd1e995U;
    std::uint64_t inverse = multiplier; // by Newton's method, each step doubles the right bits
    for (int i = 0; i < 6; ++i)
        inverse *= 2 - multiplier * inverse;
    wanted *= inverse;
    wanted ^= wanted >> 47U;
    return wanted * inverse;
}

TEST_CASE("dict: keys that collide under std::hash do not slow it down", "[dict]") {
    constexpr std::size_t pairs = 14;
    const auto block = [](std::uint64_t bits) {
        std::string text(8, '\0');
        std::memcpy(text.data(), &bits, 8);
        return text;
    };
    // A difference in the top bit of a mixed block is kept by the multiplication, and cancelled by the next block.
    const std::uint64_t top = std::uint64_t{1} << 63U;
    std::vector<std::string> keys;
    for (std::size_t choice = 0; choice < std::size_t{1} << pairs; ++choice) {
        std::string key;
        for (std::size_t pair = 0; pair < pairs; ++pair) {
            const std::uint64_t flip = (choice >> pair & 1U) != 0 ? top : 0;
            key += block(unmixed(0x1234 ^ flip)) + block(unmixed(0x5678 ^ flip));
        }
        keys.push_back(std::move(key));
    }
    std::size_t colliding = 0;
    for (const std::string& key : keys)
        colliding += std::hash<std::string>()(key) == std::hash<std::string>()(keys[0]) ? 1U : 0U;
    const auto time_of = [](const std::vector<std::string>& texts) {
        const auto start = std::clock();
        dict d;
        for (const std::string& text : texts)
            d.try_emplace(text);
        CHECK(d.size() == texts.size());
        return std::clock() - start;
    };
    std::vector<std::string> harmless = keys;
    for (std::size_t i = 0; i < harmless.size(); ++i)
        harmless[i].replace(0, 8, block(i));
    const auto usual = time_of(harmless);
    CHECK(colliding == keys.size());                         // else this test tests nothing
    CHECK(time_of(keys) < 20 * usual + CLOCKS_PER_SEC / 10); // 2^14 keys in one chain: over 2^27 comparisons
}

} // namespace
