// SPDX-License-Identifier: MIT
// Whatever throws, and whenever: a record that was to be made is not there, one that was to be changed is as it was,
// and nothing is left behind.
#include <lathe/model/record.hpp> // first: proves that the header stands alone

#include <cstddef>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

#include <lathe/model/builder.hpp>

#include "support/catch.hpp"

namespace record_guarantee_test {

// Counts its objects, and throws when the countdown says so.
class fragile {
public:
    static inline int alive = 0;
    static inline int countdown = -1; // below 0: never

    fragile() : m_number((step(), 0)) { ++alive; }
    explicit fragile(int number) : m_number((step(), number)) { ++alive; }
    fragile(const fragile& other) : m_number((step(), other.m_number)) { ++alive; }
    fragile(fragile&& other) : m_number((step(), other.m_number)) { ++alive; } // NOLINT: it may throw
    fragile& operator=(const fragile& other) {
        step();
        m_number = other.m_number;
        return *this;
    }
    fragile& operator=(fragile&& other) { // NOLINT: it may throw
        step();
        m_number = other.m_number;
        return *this;
    }
    ~fragile() { --alive; }

    [[nodiscard]] int number() const { return m_number; }
    friend bool operator==(const fragile& a, const fragile& b) { return a.m_number == b.m_number; }
    static consteval auto fields() { return lathe::fields<&fragile::m_number>; }

private:
    static void step() {
        if (countdown == 0) {
            countdown = -1;
            throw std::runtime_error("fragile");
        }
        if (countdown > 0) --countdown;
    }
    int m_number = 0;
};

using lathe::dict;
using lathe::record;

const lathe::model_type& type() {
    static const auto made = lathe::model_builder("m")
                                 .field<std::string>("text")
                                 .field<fragile>("a")
                                 .field<std::vector<fragile>>("many")
                                 .field<fragile>("b")
                                 .build();
    return made;
}
dict values() {
    return {{"text", "a long text that no small string holds"},
            {"a", dict{{"number", 1}}},
            {"many", lathe::list{dict{{"number", 2}}, dict{{"number", 3}}}},
            {"b", dict{{"number", 4}}}};
}

// Lets `work` fail at each point where it can, until it does not; tells how often it failed.
template <class Work, class Check>
int fail_everywhere(Work work, Check check) {
    for (int point = 0;; ++point) {
        fragile::countdown = point;
        bool failed = false;
        try {
            work();
        } catch (const std::runtime_error&) {
            failed = true;
        }
        fragile::countdown = -1;
        check(failed);
        if (!failed) return point;
        REQUIRE(point < 1000);
    }
}

TEST_CASE("record: one that cannot be made leaves nothing", "[record][guarantee]") {
    static_cast<void>(type());
    const int before = fragile::alive;
    const dict from = values();
    const int points =
        fail_everywhere([&] { static_cast<void>(type()(from)); }, [&](bool) { REQUIRE(fragile::alive == before); });
    CHECK(points >= 4);
    const record made = type()(from);
    CHECK(fragile::alive == before + 4);
    const int copies =
        fail_everywhere([&] { static_cast<void>(record(made)); }, [&](bool) { REQUIRE(fragile::alive == before + 4); });
    CHECK(copies == 4);
}

TEST_CASE("record: a rule that throws while a model is built leaves nothing", "[record][guarantee]") {
    const int before = fragile::alive;
    const auto rule = lathe::checked_by("good", [limit = std::size_t{3}](const std::vector<fragile>& many) {
        if (many.size() < limit) throw std::runtime_error("asked about nothing");
        return true;
    });
    lathe::model_builder builder("m");
    builder.field<std::string>("text").field<fragile>("a").field<std::vector<fragile>>("many", rule);
    CHECK_THROWS_AS(builder.build(), std::runtime_error);
    CHECK(fragile::alive == before);
}

TEST_CASE("record: one that cannot be changed is as it was", "[record][guarantee]") {
    const int before = fragile::alive;
    {
        const record other = type()({{"a", dict{{"number", 7}}}});
        const record original = type()(values());
        record changed = original;
        const auto is_whole = [&](bool failed) {
            if (failed) REQUIRE(changed == original);
            changed = original;
        };
        CHECK(fail_everywhere([&] { changed = other; }, is_whole) > 0);
        CHECK(fail_everywhere([&] { changed["a"] = fragile(9); }, is_whole) > 0);
        CHECK(fail_everywhere([&] { changed["a"] = dict{{"number", 9}}; }, is_whole) > 0);
        CHECK(fail_everywhere([&] { changed["b"] = other["a"]; }, is_whole) > 0);
        CHECK(fail_everywhere([&] { changed["many"] = std::vector<fragile>(3); }, is_whole) > 0);
        CHECK(fail_everywhere([&] { changed.reset("a"); }, is_whole) > 0);
        CHECK(fail_everywhere(
                  [&] { changed["many"].modify<std::vector<fragile>>([](auto& all) { all.emplace_back(5); }); },
                  is_whole) > 0);
        CHECK(fail_everywhere([&] { lathe::modify(changed, [](record& r) { r["a"] = fragile(8); }); }, is_whole) > 0);
    }
    CHECK(fragile::alive == before);
}

} // namespace record_guarantee_test
