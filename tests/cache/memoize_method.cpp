// SPDX-License-Identifier: MIT
#include <lathe/cache/memoize_method.hpp> // first: proves that the header stands alone

#include <memory>
#include <string>
#include <type_traits>
#include <utility>
#include <vector>

#include <lathe/model/property.hpp>

#include "support/catch.hpp"

namespace {

// An order in a shop, a described model.
struct order {
    std::string customer;
    lathe::property<int> pieces = 1;
    std::shared_ptr<int> watched{}; // tells whether the order lives

    int price(int each) const {
        ++computed;
        return pieces * each;
    }
    int price_or_throw(const std::string& rebate) const noexcept(false) {
        if (rebate.empty()) throw std::string("no rebate");
        return pieces;
    }
    int last() const& noexcept { return pieces; }

    static inline int computed = 0;
};

// A report with a memo of its own, a regular type but for the missing default.
class report {
public:
    explicit report(double base) : m_base(base) {}

    double total(int year) const { return m_total(*this, year); }
    lathe::cache_handle<const double> shared_total(int year) const { return m_total.call_shared(*this, year); }
    double total_by(const report& other, int year) const { return other.m_total(*this, year); }
    void add(double amount) {
        m_base += amount;
        m_total.clear();
    }
    bool forget(int year) { return m_total.forget(year); }
    lathe::memo_info info() const { return m_total.cache_info(); }
    int computed() const { return m_computed; }
    friend bool operator==(const report& left, const report& right) {
        return left.m_base == right.m_base && left.m_total == right.m_total;
    }

private:
    double compute_total(int year) const {
        ++m_computed;
        return year == 0 ? 0 : m_base + m_total(*this, year - 1); // the methods of one object may recur
    }

    double m_base;
    mutable int m_computed = 0;
    lathe::method_memo<&report::compute_total, lathe::lru> m_total{1000};
};

// What the types promise at compile time.
static_assert(std::is_nothrow_copy_constructible_v<report> && std::is_nothrow_move_constructible_v<report>);
static_assert(std::is_nothrow_copy_assignable_v<report> && std::is_nothrow_move_assignable_v<report>);
static_assert(std::is_nothrow_swappable_v<report> && std::equality_comparable<report>);
static_assert(sizeof(lathe::method_memo<&order::price>) == 2 * sizeof(void*));

TEST_CASE("memoize_method: an object is an argument, by its value", "[memoize_method]") {
    order::computed = 0;
    auto price = lathe::memoize_method(10, &order::price);
    order mine{.customer = "Ada", .pieces = 3};
    CHECK(price(mine, 5) == 15);
    CHECK(price(mine, 5) == 15);
    CHECK(order::computed == 1);
    CHECK(price(order{.customer = "Ada", .pieces = 3}, 5) == 15); // equal, so the same
    CHECK(order::computed == 1);
    CHECK(price(mine, 6) == 18);
    CHECK(order::computed == 2);
    mine.pieces = 4; // changed, so another one
    CHECK(price(mine, 5) == 20);
    CHECK(order::computed == 3);
    CHECK(price.forget(mine, 5));
    CHECK(price.cache_info().size == 2);
}

TEST_CASE("memoize_method: no object is kept alive", "[memoize_method]") {
    auto price = lathe::memoize_method<lathe::lru>(10, &order::price);
    auto mine = std::make_shared<order>(order{.customer = "Ada", .pieces = 3});
    const std::weak_ptr<order> observer = mine;
    CHECK(price(*mine, 5) == 15);
    mine.reset();
    CHECK(observer.expired());
    // Another object that comes to lie where that one lay gets no answer that was meant for it.
    const auto other = std::make_shared<order>(order{.customer = "Ada", .pieces = 7});
    CHECK(price(*other, 5) == 35);
}

TEST_CASE("memoize_method: takes const member functions of any kind", "[memoize_method]") {
    const order mine{.customer = "Ada", .pieces = 3};
    CHECK(lathe::memoize_method(1, &order::last)(mine) == 3);
    const auto rebate = lathe::memoize_method(1, &order::price_or_throw);
    CHECK_THROWS_AS(rebate(mine, ""), std::string);
    CHECK(rebate(mine, "ten") == 3);
    const std::string text = "abc";
    CHECK(lathe::memoize_method(1, &std::string::size)(text) == 3);
}

TEST_CASE("method_memo: remembers for its object", "[memoize_method]") {
    const report one(2);
    CHECK(one.info() == lathe::memo_info{.hits = 0, .misses = 0, .capacity = 1000, .size = 0});
    CHECK(one.total(3) == 6);
    CHECK(one.total(3) == 6);
    CHECK(one.computed() == 4); // years 3, 2, 1, 0
    CHECK(one.info() == lathe::memo_info{.hits = 1, .misses = 4, .capacity = 1000, .size = 4});
    const report two(5);
    CHECK(two.total(3) == 15);
    CHECK(one.total(3) == 6);
}

TEST_CASE("method_memo: an object that changes and says so gets new answers", "[memoize_method]") {
    report one(2);
    CHECK(one.total(3) == 6);
    one.add(1);
    CHECK(one.total(3) == 9);
    CHECK(one.forget(3));
    CHECK_FALSE(one.forget(3));
    CHECK_FALSE(report(1).forget(3));
}

TEST_CASE("method_memo: copies begin without results, and assignment forgets them", "[memoize_method]") {
    report one(2);
    CHECK(one.total(3) == 6);
    report copy = one;
    CHECK(copy == one);
    CHECK(copy.info() == lathe::memo_info{.hits = 0, .misses = 0, .capacity = 1000, .size = 0});
    CHECK(one.info().size == 4);
    copy.add(1);
    CHECK(copy.total(3) == 9);
    CHECK(one.total(3) == 6);

    copy = one;
    CHECK(copy.info().size == 0);
    CHECK(copy.total(3) == 6);

    report moved = std::move(one);
    CHECK(moved.total(3) == 6);
    CHECK(one.info().size == 0); // NOLINT(bugprone-use-after-move) what is left has other results, if any

    report other(7);
    CHECK(other.total(3) == 21);
    using std::swap;
    swap(other, moved);
    CHECK(other.total(3) == 6);
    CHECK(moved.total(3) == 21);
    other = std::move(moved);
    CHECK(other.total(3) == 21);
    CHECK(moved.info().size == 0); // NOLINT(bugprone-use-after-move)
}

TEST_CASE("method_memo: objects that a vector moves have their own answers", "[memoize_method]") {
    std::vector<report> all;
    for (int i = 0; i < 20; ++i) {
        all.emplace_back(i);
        CHECK(all.back().total(2) == 2 * i);
    }
    for (int i = 0; i < 20; ++i)
        CHECK(all[static_cast<std::size_t>(i)].total(2) == 2 * i);
    all.erase(all.begin());
    for (int i = 0; i < 19; ++i)
        CHECK(all[static_cast<std::size_t>(i)].total(2) == 2 * (i + 1));
}

TEST_CASE("method_memo: another object's memo is an error, not an answer", "[memoize_method]") {
    const report one(2);
    const report two(5);
    CHECK(two.total(1) == 5);
    CHECK_THROWS_AS(one.total_by(two, 1), lathe::cache_error);
    CHECK(one.total_by(one, 1) == 2);
}

TEST_CASE("method_memo: a derived object may ask the memo of its base", "[memoize_method]") {
    struct yearly : report {
        using report::report;
    };
    CHECK(yearly(3).total(2) == 6);
}

TEST_CASE("method_memo: a shared result outlives its object", "[memoize_method]") {
    lathe::cache_handle<const double> total;
    {
        const report one(2);
        total = one.shared_total(3);
    }
    CHECK(*total == 6);
}

} // namespace
