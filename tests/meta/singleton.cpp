// SPDX-License-Identifier: MIT
#include <lathe/meta/singleton.hpp> // first: proves that the header stands alone

#include <cstddef>
#include <cstdint>
#include <memory>
#include <stdexcept>
#include <string>
#include <type_traits>
#include <utility>

#include <lathe/core/fixed_string.hpp>

#include "support/catch.hpp"

namespace {

using lathe_test::ContainsSubstring;
using lathe_test::Message;

// Tests share a process and run in any order, and a singleton is made once: each test has classes of its own.

class database : public lathe::singleton<database> {
    friend lathe::singleton<database>;
    explicit database(std::string dsn = "postgresql://localhost:5432") : m_dsn(std::move(dsn)) {}
    std::string m_dsn;

public:
    [[nodiscard]] const std::string& dsn() const { return m_dsn; }
};

static_assert(!std::is_default_constructible_v<database> && !std::is_constructible_v<database, std::string>);
static_assert(!std::is_copy_constructible_v<database> && !std::is_move_constructible_v<database>);
static_assert(!std::is_copy_assignable_v<database> && !std::is_move_assignable_v<database>);
static_assert(std::is_same_v<decltype(database::instance()), database&>);
static_assert(std::is_same_v<decltype(database::emplace("dsn")), database&>);
static_assert(noexcept(database::is_constructed()));
static_assert(std::is_empty_v<lathe::singleton<database>>, "it adds nothing to the object");
static_assert(sizeof(database) == sizeof(std::string));

TEST_CASE("singleton: it is made on first use, and the same ever after", "[singleton]") {
    CHECK_FALSE(database::is_constructed());
    database& first = database::instance();
    CHECK(database::is_constructed());
    CHECK(first.dsn() == "postgresql://localhost:5432");
    CHECK(&database::instance() == &first);
    CHECK(&lathe::singleton<database>::instance() == &first);
}

template <class Tag>
class with_arguments : public lathe::singleton<with_arguments<Tag>> {
    friend lathe::singleton<with_arguments>;
    with_arguments(std::unique_ptr<int> number, std::string& name) : m_number(std::move(number)), m_name(name) {
        name += "!";
    }
    std::unique_ptr<int> m_number;
    std::string& m_name;

public:
    [[nodiscard]] int number() const { return *m_number; }
    [[nodiscard]] const std::string& name() const { return m_name; }
};

TEST_CASE("singleton: emplace forwards its arguments to the constructor", "[singleton]") {
    using config = with_arguments<struct forwarding>;
    std::string name = "Ada";
    config& made = config::emplace(std::make_unique<int>(7), name);
    CHECK(made.number() == 7);
    CHECK(&made.name() == &name);
    CHECK(name == "Ada!");
    CHECK(&config::instance() == &made);
}

TEST_CASE("singleton: emplace after the first use is an error, and changes nothing", "[singleton]") {
    class counter : public lathe::singleton<counter> {
        friend lathe::singleton<counter>;
        explicit counter(int start = 1) : value(start) {}

    public:
        int value;
    };
    counter::instance().value = 5;
    CHECK_THROWS_MATCHES(counter::emplace(9),
                         lathe::singleton_error,
                         Message("lathe::singleton<counter>::emplace: it is made already, and the arguments would be "
                                 "ignored; call emplace before the first use"));
    CHECK_THROWS_AS(counter::emplace(), lathe::singleton_error);
    CHECK(counter::instance().value == 5);
}

TEST_CASE("singleton: one that needs arguments is used after it was emplaced, not before", "[singleton]") {
    using config = with_arguments<struct needing>;
    CHECK_THROWS_MATCHES(config::instance(), lathe::singleton_error, Message([] {
                             const std::string name(lathe::type_name<config>); // with arguments as the compiler has it
                             return "lathe::singleton<" + name +
                                    ">: it is not made yet, and needs arguments, or lacks the line friend "
                                    "lathe::singleton<T>; write that, or call emplace before the first use";
                         }()));
    CHECK_FALSE(config::is_constructed());
    std::string name = "Bo";
    config::emplace(std::make_unique<int>(1), name);
    CHECK(config::instance().number() == 1);
}

TEST_CASE("singleton: a constructor that throws leaves nothing, and the next use tries again", "[singleton]") {
    class fragile : public lathe::singleton<fragile> {
        friend lathe::singleton<fragile>;
        explicit fragile(bool fails = true) : m_part(std::make_unique<int>(3)) {
            if (fails) throw std::invalid_argument("not now");
        }
        std::unique_ptr<int> m_part; // which leaks if it is not destroyed

    public:
        [[nodiscard]] int part() const { return *m_part; }
    };
    CHECK_THROWS_MATCHES(fragile::instance(), std::invalid_argument, Message("not now"));
    CHECK_FALSE(fragile::is_constructed());
    CHECK_THROWS_AS(fragile::emplace(true), std::invalid_argument);
    CHECK_FALSE(fragile::is_constructed());
    CHECK(fragile::emplace(false).part() == 3);
    CHECK(fragile::instance().part() == 3);
}

struct base_log {
    int lines = 0;
};
class access_log : public base_log, public lathe::singleton<access_log> {
    friend lathe::singleton<access_log>;
    access_log() = default;
};
class error_log : public base_log, public lathe::singleton<error_log> {
    friend lathe::singleton<error_log>;
    error_log() = default;
};
template <lathe::fixed_string Name>
class logger : public lathe::singleton<logger<Name>> {
    friend lathe::singleton<logger>;
    logger() = default;

public:
    int lines = 0;
};

TEST_CASE("singleton: each class has its own, and so has each specialisation", "[singleton]") {
    access_log::instance().lines = 1;
    CHECK(error_log::instance().lines == 0);
    CHECK(static_cast<void*>(&access_log::instance()) != &error_log::instance());

    logger<"audit">::instance().lines = 2;
    CHECK(logger<"error">::instance().lines == 0);
    CHECK(logger<"audit">::instance().lines == 2);
}

TEST_CASE("singleton: while its constructor runs it is not there, and must not be asked for", "[singleton]") {
    class curious : public lathe::singleton<curious> {
        friend lathe::singleton<curious>;
        curious() : m_saw_itself(is_constructed()) {
            try {
                instance();
            } catch (const lathe::singleton_error& error) {
                m_error = error.what();
            }
        }
        bool m_saw_itself;
        std::string m_error;

    public:
        [[nodiscard]] bool saw_itself() const { return m_saw_itself; }
        [[nodiscard]] const std::string& error() const { return m_error; }
    };
    CHECK_FALSE(curious::instance().saw_itself());
    CHECK(curious::instance().error() ==
          "lathe::singleton<curious>: each of curious -> curious needs the next one to be "
          "made first; let one of them use the next later than in its constructor");
}

class egg;
class hen : public lathe::singleton<hen> {
    friend lathe::singleton<hen>;
    hen();
};
class nest : public lathe::singleton<nest, lathe::lifetime::per_thread> {
    friend lathe::singleton<nest>;
    nest();
};
class egg : public lathe::singleton<egg, lathe::lifetime::immortal> {
    friend lathe::singleton<egg>;
    egg() { hen::instance(); }
};
hen::hen() {
    nest::instance();
}
nest::nest() {
    egg::instance();
}

TEST_CASE("singleton: a circle of constructors is an error that names the classes", "[singleton]") {
    CHECK_THROWS_WITH(hen::instance(), ContainsSubstring("each of hen -> nest -> egg -> hen needs the next one"));
    CHECK_THROWS_WITH(egg::instance(), ContainsSubstring("each of egg -> hen -> nest -> egg needs the next one"));
    CHECK_THROWS_WITH(nest::emplace(), ContainsSubstring("each of nest -> egg -> hen -> nest needs the next one"));
    CHECK_FALSE(hen::is_constructed());
    CHECK_FALSE(nest::is_constructed());
    CHECK_FALSE(egg::is_constructed());
}

TEST_CASE("singleton: emplace in its own constructor is a circle too", "[singleton]") {
    class eager : public lathe::singleton<eager> {
        friend lathe::singleton<eager>;
        explicit eager(int depth) { emplace(depth + 1); }
    };
    CHECK_THROWS_WITH(eager::emplace(0), ContainsSubstring("each of eager -> eager needs"));
}

TEST_CASE("singleton: it is aligned as its class demands", "[singleton]") {
    class alignas(256) aligned : public lathe::singleton<aligned> {
        friend lathe::singleton<aligned>;
        aligned() = default;
        char m_byte = 'a';

    public:
        [[nodiscard]] char byte() const { return m_byte; }
    };
    CHECK(reinterpret_cast<std::uintptr_t>(&aligned::instance()) % 256 == 0);
    CHECK(aligned::instance().byte() == 'a');
}

TEST_CASE("singleton: an immortal one is made like the others", "[singleton]") {
    class registry : public lathe::singleton<registry, lathe::lifetime::immortal> {
        friend lathe::singleton<registry>;
        explicit registry(int size) : m_cells(std::make_unique<int[]>(static_cast<std::size_t>(size))) {}
        ~registry() = default; // never called; nor does LeakSanitizer miss the cells
        std::unique_ptr<int[]> m_cells;

    public:
        int& operator[](std::size_t i) { return m_cells[i]; }
    };
    registry::emplace(100)[99] = 7;
    CHECK(registry::instance()[99] == 7);
    CHECK_THROWS_AS(registry::emplace(1), lathe::singleton_error);
}

class limits : public lathe::singleton<limits, lathe::lifetime::constant> {
    friend lathe::singleton<limits>;
    constexpr limits() = default;
    int m_depth = 64;

public:
    constexpr limits(limits&&) = delete;
    [[nodiscard]] constexpr int depth() const { return m_depth; }
    void set_depth(int depth) { m_depth = depth; }
};
static_assert(limits::is_constructed(), "in constant expressions too");
constinit limits* const the_limits = &limits::instance(); // an address that the linker knows
static_assert(noexcept(limits::instance()));

TEST_CASE("singleton: a constant one is there without being made", "[singleton]") {
    CHECK(&limits::instance() == the_limits);
    CHECK(limits::instance().depth() == 64);
    limits::instance().set_depth(32); // constinit is not const
    CHECK(the_limits->depth() == 32);
    limits::instance().set_depth(64);
}

class shape : public lathe::singleton<shape> {
    friend lathe::singleton<shape>;

protected:
    shape() = default;
    virtual ~shape() = default;

public:
    [[nodiscard]] virtual std::string name() const { return "shape"; }
};

TEST_CASE("singleton: its class may have virtual members and a closed destructor", "[singleton]") {
    CHECK(shape::instance().name() == "shape");
    STATIC_REQUIRE_FALSE(std::is_destructible_v<shape>);
}

} // namespace
