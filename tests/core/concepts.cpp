// SPDX-License-Identifier: MIT
#include <lathe/core/concepts.hpp> // first: proves that the header stands alone

#include <functional>
#include <memory>
#include <stdexcept>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

#include "support/catch.hpp"

namespace {

// Notes when work begins and ends.
struct noting {
    std::vector<std::string>* notes;
    struct scope {
        std::vector<std::string>* notes;
        std::string name;
        scope(std::vector<std::string>* to, std::string_view what) : notes(to), name(what) {
            notes->push_back("+" + name);
        }
        scope(const scope&) = delete;
        scope& operator=(const scope&) = delete;
        ~scope() { notes->push_back("-" + name); }
    };
    [[nodiscard]] scope observe(std::string_view name) const noexcept { return scope(notes, name); }
};

struct observes_nothing {
    void observe(std::string_view) noexcept {}
};
struct may_throw {
    int observe(std::string_view) { return 1; }
};
struct wants_a_pointer {
    int observe(const char*) noexcept { return 1; }
};
struct undestroyable {
    struct scope {
        ~scope() = delete;
    };
    scope observe(std::string_view) noexcept;
};
struct only_by_value {
    int observe(std::string_view) && noexcept { return 1; } // an observer is called as an lvalue
};

static_assert(lathe::observer<noting> && lathe::observer<lathe::null_observer>);
static_assert(lathe::observer<const lathe::null_observer> && lathe::observer<const noting>);
static_assert(!lathe::observer<observes_nothing>, "nothing marks the end of the work");
static_assert(!lathe::observer<may_throw>, "observing must not change what the work does");
static_assert(!lathe::observer<wants_a_pointer>);
static_assert(!lathe::observer<undestroyable>);
static_assert(!lathe::observer<only_by_value>);
static_assert(!lathe::observer<int> && !lathe::observer<std::string>);

// Keeps work for later.
struct queueing {
    std::shared_ptr<std::vector<std::function<void()>>> queue = std::make_shared<std::vector<std::function<void()>>>();
    template <class Work>
    void execute(Work work) const {
        queue->push_back(std::move(work));
    }
};
struct unique_executor {
    std::unique_ptr<int> own;
    template <class Work>
    void execute(Work&&) const {}
};
struct changing_executor {
    template <class Work>
    void execute(Work&&) {}
};

static_assert(lathe::executor<lathe::inline_executor> && lathe::executor<queueing>);
static_assert(!lathe::executor<unique_executor>, "executors are copied");
static_assert(!lathe::executor<changing_executor>, "execute must be const");
static_assert(!lathe::executor<int> && !lathe::executor<void (*)()>);

static_assert(std::is_empty_v<lathe::null_observer> && std::is_empty_v<lathe::inline_executor>);
static_assert(std::is_empty_v<lathe::null_observer::scope>);
static_assert(noexcept(lathe::null_observer::observe("")));
static_assert(lathe::inline_executor{} == lathe::inline_executor{});

template <lathe::observer Observer>
void observed(const Observer& watcher, std::vector<std::string>& notes) {
    const auto scope = watcher.observe("work"); // unused otherwise, and no compiler warns
    notes.push_back("work");
}

TEST_CASE("observer: the work is between the beginning and the end", "[concepts]") {
    std::vector<std::string> notes;
    observed(noting{&notes}, notes);
    CHECK(notes == std::vector<std::string>{"+work", "work", "-work"});
}

TEST_CASE("null_observer: leaves the work as it is", "[concepts]") {
    std::vector<std::string> notes;
    observed(lathe::null_observer{}, notes);
    CHECK(notes == std::vector<std::string>{"work"});
    STATIC_REQUIRE([] { // as cheap as it can be: it is done at compile time
        const auto scope = lathe::null_observer::observe("x");
        return true;
    }());
}

//! [example]
TEST_CASE("inline_executor: calls once, and before it returns", "[concepts]") {
    int calls = 0;
    lathe::inline_executor{}.execute([&] { ++calls; });
    CHECK(calls == 1);
}
//! [example]

TEST_CASE("inline_executor: takes work that can only be moved", "[concepts]") {
    int seen = 0;
    lathe::inline_executor{}.execute([&seen, held = std::make_unique<int>(7)] { seen = *held; });
    CHECK(seen == 7);
}

TEST_CASE("inline_executor: forwards the work as it was given", "[concepts]") {
    struct by_value_category {
        std::string& seen;
        void operator()() & { seen = "lvalue"; }
        void operator()() && { seen = "rvalue"; }
    };
    std::string seen;
    by_value_category work{seen};
    lathe::inline_executor{}.execute(work);
    CHECK(seen == "lvalue");
    lathe::inline_executor{}.execute(std::move(work));
    CHECK(seen == "rvalue");
}

TEST_CASE("inline_executor: what the work throws goes to the caller", "[concepts]") {
    CHECK_THROWS_AS(lathe::inline_executor{}.execute([] { throw std::logic_error("no"); }), std::logic_error);
}

TEST_CASE("executor: copies run work in the same place", "[concepts]") {
    const queueing first;
    const queueing second = first; // NOLINT(performance-unnecessary-copy-initialization): the copy is the point
    int calls = 0;
    second.execute([&] { ++calls; });
    REQUIRE(first.queue->size() == 1);
    first.queue->front()();
    CHECK(calls == 1);
}

} // namespace
