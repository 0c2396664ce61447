// SPDX-License-Identifier: MIT
#include <lathe/model/validation_error.hpp> // first: proves that the header stands alone

#include <exception>
#include <stdexcept>
#include <string>
#include <thread>
#include <type_traits>
#include <utility>
#include <vector>

#include "support/catch.hpp"
#include "support/stress.hpp"

namespace {

static_assert(std::is_base_of_v<lathe::error, lathe::validation_error> &&
              std::is_base_of_v<std::exception, lathe::validation_error>);
static_assert(std::is_nothrow_copy_constructible_v<lathe::validation_error> &&
              std::is_nothrow_copy_assignable_v<lathe::validation_error> &&
              std::is_nothrow_destructible_v<lathe::validation_error>);
static_assert(!std::is_convertible_v<std::vector<lathe::issue>, lathe::validation_error>);

const lathe::issue too_old{"age", "in_range", "200 is not in [0, 150]", "200"};
const lathe::issue nameless{"", "not_empty", "\"\" is empty", "\"\""};

TEST_CASE("validation_error: what says model, path and message, each where it is known", "[validation_error]") {
    CHECK(std::string(lathe::validation_error({too_old}).what()) == "age: 200 is not in [0, 150]");
    CHECK(std::string(lathe::validation_error({too_old}, "person").what()) == "person.age: 200 is not in [0, 150]");
    CHECK(std::string(lathe::validation_error({nameless}).what()) == "\"\" is empty");
    CHECK(std::string(lathe::validation_error({nameless}, "person").what()) == "person: \"\" is empty");
}

TEST_CASE("validation_error: what has a line for each issue, and each begins with the place", "[validation_error]") {
    const lathe::validation_error error({too_old, nameless}, "person", "people.csv:17");
    CHECK(std::string(error.what()) == "people.csv:17: person.age: 200 is not in [0, 150]\n"
                                       "people.csv:17: person: \"\" is empty");
    CHECK(error.model() == "person");
    REQUIRE(error.issues().size() == 2);
    CHECK(error.issues()[0] == too_old);
    CHECK(error.issues()[1] == nameless);
    CHECK_FALSE(too_old == nameless);
    lathe::issue other = too_old;
    other.value = "201";
    CHECK_FALSE(other == too_old);
}

TEST_CASE("validation_error: copies share what they tell, and outlive the first one", "[validation_error]") {
    lathe::validation_error kept({nameless});
    {
        const lathe::validation_error first({too_old}, "person");
        const lathe::validation_error second = first;
        CHECK(&second.issues() == &first.issues());
        kept = second;
        const auto& same = kept;
        kept = same;
    }
    CHECK(kept.issues().front() == too_old);
    CHECK(kept.model() == "person");
    CHECK(std::string(kept.what()) == "person.age: 200 is not in [0, 150]");
    const lathe::validation_error moved = std::move(kept);
    CHECK(moved.issues().size() == 1);
    CHECK(kept.issues().size() == 1); // NOLINT: a moved-from one still tells
}

TEST_CASE("validation_error: it is caught as what it is, as lathe's and as the standard's", "[validation_error]") {
    CHECK_THROWS_AS(throw lathe::validation_error({too_old}), lathe::validation_error);
    CHECK_THROWS_AS(throw lathe::validation_error({too_old}), lathe::error);
    CHECK_THROWS_AS(throw lathe::validation_error({too_old}), std::runtime_error);
    std::exception_ptr held;
    try {
        throw lathe::validation_error({too_old});
    } catch (...) {
        held = std::current_exception();
    }
    try {
        std::rethrow_exception(held);
    } catch (const lathe::validation_error& again) {
        CHECK(again.issues().front() == too_old);
    }
}

TEST_CASE("validation_error: threads copy one error without harm", "[validation_error][stress]") {
    const lathe::validation_error shared({too_old, nameless}, "person");
    const std::size_t rounds = lathe_test::rounds(20'000);
    std::vector<std::size_t> seen(4);
    {
        std::vector<std::thread> threads;
        for (std::size_t& sum : seen) {
            threads.emplace_back([&shared, &sum, rounds] {
                lathe::validation_error mine = shared;
                for (std::size_t i = 0; i < rounds; ++i) {
                    const lathe::validation_error copy = mine;
                    mine = copy;
                    sum += copy.issues().size();
                }
            });
        }
        for (std::thread& thread : threads)
            thread.join();
    }
    CHECK(seen == std::vector<std::size_t>(4, 2 * rounds));
    CHECK(shared.issues().size() == 2);
}

} // namespace
