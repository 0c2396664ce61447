// SPDX-License-Identifier: MIT
#include <lathe/core/result.hpp> // first: proves that the header stands alone

#include <memory>
#include <stdexcept>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

#include "support/catch.hpp"

namespace {

enum class trouble { absent, late };

struct parse_error : lathe::error {
    int line;
    parse_error(const std::string& text, int at) : error(text), line(at) {}
};

using number = lathe::result<int, trouble>;
using outcome = lathe::result<void, trouble>;

// What the types promise at compile time.
static_assert(std::is_same_v<number::value_type, int> && std::is_same_v<number::error_type, trouble>);
static_assert(std::is_void_v<outcome::value_type> && std::is_same_v<outcome::error_type, trouble>);
static_assert(!std::is_default_constructible_v<number>, "neither a value nor an error");
static_assert(std::is_nothrow_default_constructible_v<outcome>);
static_assert(std::is_convertible_v<int, number> && std::is_nothrow_constructible_v<number, int>);
static_assert(!std::is_convertible_v<trouble, number>, "an error must say that it is one");
static_assert(std::is_convertible_v<lathe::failure<trouble>, number>);
static_assert(!std::is_convertible_v<trouble, lathe::failure<trouble>>);
static_assert(!std::is_convertible_v<number, bool> && std::is_constructible_v<bool, number>, "explicit only");
static_assert(!std::is_constructible_v<number, std::string>);
static_assert(!std::is_constructible_v<number, lathe::failure<std::string>>);
static_assert(!std::is_constructible_v<lathe::result<std::string, trouble>, number>, "results do not nest by accident");
static_assert(std::is_trivially_copyable_v<number> && std::is_trivially_copyable_v<outcome>);

// Value category and constness of what is handed out.
static_assert(std::is_same_v<decltype(std::declval<number&>().value()), int&>);
static_assert(std::is_same_v<decltype(std::declval<const number&>().value()), const int&>);
static_assert(std::is_same_v<decltype(std::declval<number>().value()), int&&>);
static_assert(std::is_same_v<decltype(*std::declval<number>()), int&&>);
static_assert(std::is_same_v<decltype(std::declval<number>().error()), trouble&&>);
static_assert(std::is_same_v<decltype(std::declval<const number&>().error()), const trouble&>);
static_assert(std::is_same_v<decltype(std::declval<number>().value_or(1)), int>);

// What a result holds decides what it can.
using moved_only = lathe::result<std::unique_ptr<int>, trouble>;
static_assert(!std::is_copy_constructible_v<moved_only> && std::is_nothrow_move_constructible_v<moved_only>);
struct incomparable {};
template <class T>
concept comparable = requires(const T& a) { a == a; };
static_assert(comparable<number> && !comparable<lathe::result<incomparable, trouble>> &&
              !comparable<lathe::result<int, incomparable>>);

constexpr number half(int whole) {
    if (whole % 2 != 0) return lathe::failure(trouble::late);
    return whole / 2;
}
static_assert(half(6) == 3 && half(6).has_value() && *half(6) == 3);
static_assert(!half(7) && half(7).error() == trouble::late && half(7) != 3);
static_assert(half(7).value_or(9) == 9 && half(8).value_or(9) == 4);
static_assert(half(6) != 4 && !(half(6) == 4) && 3 == half(6));
static_assert(half(3) == half(5) && half(2) != half(4) && half(2) != half(3));
static_assert(outcome().has_value() && !outcome(lathe::failure(trouble::absent)).has_value());
static_assert([] {
    number changed = 4; // clang cannot emplace in libstdc++'s variant at compile time; assignment works
    *changed = 5;
    return changed == 5;
}());

TEST_CASE("result: holds the value or the error", "[result]") {
    const lathe::result<std::string, trouble> good = "text";
    REQUIRE(good.has_value());
    REQUIRE(static_cast<bool>(good));
    CHECK(*good == "text");
    CHECK(good->size() == 4);
    CHECK(good.value() == "text");

    const lathe::result<std::string, trouble> bad = lathe::failure(trouble::late);
    REQUIRE_FALSE(bad.has_value());
    CHECK_FALSE(static_cast<bool>(bad));
    CHECK(bad.error() == trouble::late);
}

TEST_CASE("result: value and error of one type are told apart", "[result]") {
    const lathe::result<std::string, std::string> good = std::string("fine");
    const lathe::result<std::string, std::string> bad = lathe::failure(std::string("fine"));
    CHECK(good.has_value());
    CHECK_FALSE(bad.has_value());
    CHECK(bad.error() == "fine");
    CHECK(good != bad);
    CHECK(good == "fine");
    CHECK_FALSE(bad == "fine");
}

TEST_CASE("result: an error converts to the result's", "[result]") {
    const lathe::result<int, std::string> bad = lathe::failure("no such file");
    CHECK(bad.error() == "no such file");
}

TEST_CASE("result: value() throws the error when that is an exception", "[result]") {
    const lathe::result<int, parse_error> bad = lathe::failure(parse_error("unexpected end", 7));
    try {
        static_cast<void>(bad.value());
        FAIL("value() returned");
    } catch (const parse_error& found) {
        CHECK(found.line == 7);
        CHECK(std::string(found.what()) == "unexpected end");
    }
    CHECK_THROWS_AS((lathe::result<void, parse_error>(lathe::failure(parse_error("x", 1))).value()), parse_error);
    // A foreign exception is thrown as it is, too.
    const lathe::result<int, std::out_of_range> foreign = lathe::failure(std::out_of_range("far"));
    CHECK_THROWS_AS(static_cast<void>(foreign.value()), std::out_of_range);
}

TEST_CASE("result: value() throws bad_result when the error is no exception", "[result]") {
    number bad = lathe::failure(trouble::late);
    CHECK_THROWS_AS(static_cast<void>(bad.value()), lathe::bad_result);
    CHECK_THROWS_AS(static_cast<void>(std::as_const(bad).value()), lathe::error);
    CHECK_THROWS_AS(static_cast<void>(std::move(bad).value()), lathe::bad_result);
    CHECK_THROWS_WITH(outcome(lathe::failure(trouble::late)).value(),
                      "lathe::result: value() was called, and there is an error instead; look at error() first");
    CHECK_NOTHROW(outcome().value());
}

TEST_CASE("result: gives away what it holds when it is a temporary", "[result]") {
    moved_only good = std::make_unique<int>(4);
    const std::unique_ptr<int> taken = std::move(good).value();
    REQUIRE(taken);
    CHECK(*taken == 4);
    CHECK(*good == nullptr); // there is a value still: a pointer that was moved from

    const std::unique_ptr<int> other = *moved_only(std::make_unique<int>(5));
    CHECK(*other == 5);
    const std::unique_ptr<int> third = moved_only(std::make_unique<int>(6)).value_or(nullptr);
    CHECK(*third == 6);
    const std::unique_ptr<int> none = moved_only(lathe::failure(trouble::late)).value_or(nullptr);
    CHECK(none == nullptr);

    lathe::result<int, std::unique_ptr<int>> bad = lathe::failure(std::make_unique<int>(7));
    const std::unique_ptr<int> cause = std::move(bad).error();
    CHECK(*cause == 7);
}

TEST_CASE("result: value_or copies from what stays", "[result]") {
    const lathe::result<std::string, trouble> good = "kept";
    CHECK(good.value_or("other") == "kept");
    CHECK(*good == "kept");
    const lathe::result<std::string, trouble> bad = lathe::failure(trouble::late);
    CHECK(bad.value_or("other") == "other");
}

TEST_CASE("result: can be changed where it stands", "[result]") {
    number changing = 1;
    *changing = 2;
    CHECK(changing == 2);
    changing.value() = 3;
    CHECK(changing == 3);
    changing = lathe::failure(trouble::absent);
    CHECK_FALSE(changing.has_value());
    changing.error() = trouble::late;
    CHECK(changing.error() == trouble::late);
    changing = 4;
    CHECK(changing == 4);
}

TEST_CASE("result: makes its value in place", "[result]") {
    lathe::result<std::vector<int>, trouble> list(std::in_place, 3U, 7);
    CHECK(*list == std::vector<int>{7, 7, 7});
    list = lathe::failure(trouble::late);
    const std::vector<int>& made = list.emplace(2U, 1);
    CHECK(&made == &*list);
    CHECK(made == std::vector<int>{1, 1});
}

struct throwing {
    explicit throwing(int) { throw std::runtime_error("no"); }
    throwing() = default;
};

TEST_CASE("result: may be assigned after a constructor has thrown in emplace", "[result]") {
    lathe::result<throwing, std::string> broken = throwing();
    CHECK_THROWS_AS(broken.emplace(1), std::runtime_error);
    broken = lathe::failure(std::string("fresh"));
    CHECK(broken.error() == "fresh");
}

struct greedy {
    int from = 0;
    greedy() = default;
    template <class T>
    greedy(const T&) : from(1) {} // NOLINT: implicit on purpose
};

TEST_CASE("result: a value of a type that takes everything is still a value", "[result]") {
    const lathe::result<greedy, trouble> bad = lathe::failure(trouble::late);
    REQUIRE_FALSE(bad.has_value());
    const lathe::result<greedy, trouble> copy = bad; // NOLINT(performance-unnecessary-copy-initialization)
    CHECK_FALSE(copy.has_value());
    const lathe::result<greedy, trouble> good = 1;
    CHECK(good.has_value());
}

TEST_CASE("result: results can hold results", "[result]") {
    // Only by name, never by conversion.
    const lathe::result<number, std::string> nested(std::in_place, half(4));
    REQUIRE(nested.has_value());
    CHECK(**nested == 2);
}

TEST_CASE("result: void says only whether it succeeded", "[result]") {
    outcome done;
    CHECK(done.has_value());
    CHECK(static_cast<bool>(done));
    done = lathe::failure(trouble::absent);
    CHECK_FALSE(done.has_value());
    CHECK(done.error() == trouble::absent);
    lathe::result<void, std::unique_ptr<int>> bad = lathe::failure(std::make_unique<int>(3));
    CHECK(*std::move(bad).error() == 3);
}

} // namespace
