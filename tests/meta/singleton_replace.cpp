// SPDX-License-Identifier: MIT
#include <lathe/meta/singleton.hpp> // first: proves that the header stands alone

#include <atomic>
#include <optional>
#include <stdexcept>
#include <string>
#include <thread>
#include <type_traits>
#include <utility>

#include "support/catch.hpp"

namespace {

template <class Tag, class Lifetime = lathe::lifetime::scoped>
class settings : public lathe::singleton<settings<Tag, Lifetime>, Lifetime> {
    friend lathe::singleton<settings>;
    explicit settings(std::string file = "app.toml") : m_file(std::move(file)) {
        if (m_file.empty()) throw std::invalid_argument("no file");
        ++alive;
    }
    ~settings() { --alive; }
    std::string m_file;

public:
    [[nodiscard]] const std::string& file() const { return m_file; }
    static inline std::atomic<int> alive = 0;
};

using guard_type = lathe::singleton_replacement<settings<void>>;
static_assert(!std::is_copy_constructible_v<guard_type> && !std::is_copy_assignable_v<guard_type>);
static_assert(std::is_nothrow_move_constructible_v<guard_type> && !std::is_move_assignable_v<guard_type>);

TEST_CASE("singleton: a replacement stands in until its guard ends", "[singleton][replace]") {
    using config = settings<struct standing_in>;
    config& original = config::instance();
    {
        const auto guard = config::replace("test.toml");
        CHECK(config::instance().file() == "test.toml");
        CHECK(&config::instance() != &original);
        CHECK(original.file() == "app.toml"); // lives on
        CHECK(config::alive == 2);
    }
    CHECK(&config::instance() == &original);
    CHECK(config::alive == 1);
}

TEST_CASE("singleton: a replacement of what was not made yet puts that back", "[singleton][replace]") {
    using config = settings<struct not_made>;
    {
        const auto guard = config::replace("test.toml");
        CHECK(config::is_constructed());
        CHECK(config::instance().file() == "test.toml");
        CHECK_THROWS_AS(config::emplace("other.toml"), lathe::singleton_error);
    }
    CHECK_FALSE(config::is_constructed());
    CHECK(config::alive == 0);
    CHECK(config::emplace("late.toml").file() == "late.toml");
}

TEST_CASE("singleton: replacements nest", "[singleton][replace]") {
    using config = settings<struct nesting>;
    const auto outer = config::replace("outer.toml");
    {
        const auto inner = config::replace("inner.toml");
        CHECK(config::instance().file() == "inner.toml");
    }
    CHECK(config::instance().file() == "outer.toml");
}

TEST_CASE("singleton: replacements may end in any order", "[singleton][replace]") {
    using config = settings<struct any_order>;
    config::instance();
    std::optional first{config::replace("first.toml")};
    std::optional second{config::replace("second.toml")};
    std::optional third{config::replace("third.toml")};
    second.reset();
    CHECK(config::instance().file() == "third.toml");
    third.reset();
    CHECK(config::instance().file() == "first.toml");
    first.reset();
    CHECK(config::instance().file() == "app.toml");
    CHECK(config::alive == 1);
}

TEST_CASE("singleton: a guard that was moved from puts nothing back", "[singleton][replace]") {
    using config = settings<struct moving>;
    auto first = config::replace("test.toml");
    {
        const auto second = std::move(first);
        CHECK(config::instance().file() == "test.toml");
    }
    CHECK_FALSE(config::is_constructed());
    CHECK(config::alive == 0);
}

TEST_CASE("singleton: a replacement whose constructor throws changes nothing", "[singleton][replace]") {
    using config = settings<struct throwing>;
    CHECK_THROWS_AS(config::replace(""), std::invalid_argument);
    CHECK_FALSE(config::is_constructed());
    config& original = config::instance();
    CHECK_THROWS_AS(config::replace(""), std::invalid_argument);
    CHECK(&config::instance() == &original);
    CHECK(config::alive == 1);
}

TEST_CASE("singleton: the constructor of a replacement may use what it replaces", "[singleton][replace]") {
    class audited : public lathe::singleton<audited> {
        friend lathe::singleton<audited>;
        audited() = default;
        explicit audited(int more) : value(instance().value + more) {
            if (more > 1) { // and may replace it meanwhile
                const auto guard = replace(more - 1);
                value += instance().value;
            }
        }

    public:
        int value = 10;
    };
    const auto guard = audited::replace(1); // which makes the one that it replaces
    CHECK(audited::instance().value == 11);
    const auto other = audited::replace(2);
    CHECK(audited::instance().value == 13 + 12);
}

class clock_service : public lathe::singleton<clock_service> {
    friend lathe::singleton<clock_service>;

public:
    [[nodiscard]] virtual int hour() const { return 8; }

protected:
    clock_service() = default;
    virtual ~clock_service() = default;
};
class stopped_clock : public clock_service {
public:
    explicit stopped_clock(int hour) : m_hour(hour) {}
    ~stopped_clock() override { ++destroyed; }
    [[nodiscard]] int hour() const override { return m_hour; }
    static inline int destroyed = 0;

private:
    int m_hour;
};

TEST_CASE("singleton: an object of another class may stand in", "[singleton][replace]") {
    CHECK(clock_service::instance().hour() == 8);
    {
        const auto guard = clock_service::replace<stopped_clock>(12);
        CHECK(clock_service::instance().hour() == 12);
    }
    CHECK(clock_service::instance().hour() == 8);
    CHECK(stopped_clock::destroyed == 1);
}

TEST_CASE("singleton: a replacement is seen by all threads, or by its own if there is one for each",
          "[singleton][replace][threads]") {
    using shared = settings<struct seen_by_all>;
    using own = settings<struct seen_by_one, lathe::lifetime::per_thread>;
    using forever = settings<struct seen_forever, lathe::lifetime::immortal>;
    const auto shared_guard = shared::replace("test.toml");
    const auto own_guard = own::replace("test.toml");
    const auto forever_guard = forever::replace("test.toml");
    std::string seen;
    std::jthread([&seen] {
        seen = shared::instance().file() + ' ' + own::instance().file() + ' ' + forever::instance().file();
        const auto guard = own::replace("thread.toml");
        seen += ' ' + own::instance().file();
    }).join();
    CHECK(seen == "test.toml app.toml test.toml thread.toml");
    CHECK(own::instance().file() == "test.toml");
}

TEST_CASE("singleton: threads read while another replaces", "[singleton][replace][threads]") {
    using config = settings<struct read_meanwhile>;
    config::instance();
    std::atomic<bool> done = false;
    std::atomic<int> wrong = 0;
    // The guards end after the readers, who might hold what stands in.
    std::optional<std::jthread> reader;
    const auto first = config::replace("1.toml");
    reader.emplace([&] {
        while (!done) {
            if (!config::instance().file().ends_with(".toml")) ++wrong;
        }
    });
    {
        const auto second = config::replace("2.toml");
        const auto third = config::replace("3.toml");
        done = true;
        reader.reset();
    }
    CHECK(wrong == 0);
    CHECK(config::instance().file() == "1.toml");
}

} // namespace
