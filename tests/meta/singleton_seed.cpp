// SPDX-License-Identifier: MIT
// What SingletonMeta and DatabaseConnection of the Python course do, and what they get wrong; singleton_seed.py shows
// the same of the original.
#include <lathe/meta/singleton.hpp> // first: proves that the header stands alone

#include <any>
#include <atomic>
#include <latch>
#include <map>
#include <memory>
#include <mutex>
#include <stdexcept>
#include <string>
#include <thread>
#include <typeindex>
#include <utility>

#include "support/catch.hpp"

namespace {

// SingletonMeta, word for word: __call__ looks whether there is an instance, and if not makes one and stores it. The
// mutex is what Python's own lock does for a dict: each step is whole, but not all of them together.
class singleton_meta {
public:
    template <class T, class... Args>
    static std::shared_ptr<T> call(Args&&... args) {
        // if cls not in cls._instances:
        //     cls._instances[cls] = super().__call__(*args, **kwargs)
        // return cls._instances[cls]
        if (!contains(typeid(T))) store(typeid(T), std::make_shared<T>(std::forward<Args>(args)...));
        return std::any_cast<std::shared_ptr<T>>(load(typeid(T)));
    }

private:
    static bool contains(std::type_index type) {
        const std::lock_guard lock{s_mutex};
        return s_instances.contains(type);
    }
    static void store(std::type_index type, std::any instance) {
        const std::lock_guard lock{s_mutex};
        s_instances[type] = std::move(instance);
    }
    static std::any load(std::type_index type) {
        const std::lock_guard lock{s_mutex};
        return s_instances.at(type);
    }
    static inline std::mutex s_mutex;
    static inline std::map<std::type_index, std::any> s_instances;
};

class database_connection : public lathe::singleton<database_connection> {
    friend lathe::singleton<database_connection>;
    explicit database_connection(std::string dsn = "postgresql://localhost:5432") : connection_string(std::move(dsn)) {}

public:
    std::string connection_string;
};

TEST_CASE("singleton: the Python course's DatabaseConnection is one object, made on first use", "[singleton][seed]") {
    CHECK_FALSE(database_connection::is_constructed());
    database_connection& first = database_connection::instance();
    CHECK(&database_connection::instance() == &first);
    CHECK(first.connection_string == "postgresql://localhost:5432");
}

// The schedule of both races: the second thread asks while the constructor runs that the first one has begun.
struct schedule {
    std::latch first_constructs{1};
    std::latch second_has_asked{1};
    std::atomic<int> constructors = 0;

    void construct() {
        if (constructors++ == 0) {
            first_constructs.count_down();
            second_has_asked.wait();
        } else {
            second_has_asked.count_down(); // it has asked, and been told that there is none
        }
    }
};

TEST_CASE("singleton: the Python course's check-then-set makes two objects", "[singleton][seed][threads]") {
    static schedule race;
    struct connection {
        connection() { race.construct(); }
    };
    std::shared_ptr<connection> first;
    std::shared_ptr<connection> second;
    std::jthread one{[&] {
        first = singleton_meta::call<connection>();
    }};
    race.first_constructs.wait();
    second = singleton_meta::call<connection>();
    one.join();
    CHECK(race.constructors == 2);
    CHECK(first != second);
}

TEST_CASE("singleton: the race of the Python course makes one object here", "[singleton][seed][threads]") {
    static schedule race;
    class connection : public lathe::singleton<connection> {
        friend lathe::singleton<connection>;
        connection() { race.construct(); }
    };
    connection* first = nullptr;
    std::jthread one{[&] {
        first = &connection::instance();
    }};
    race.first_constructs.wait();
    race.second_has_asked.count_down(); // by the next line, which waits for the first thread; no constructor will do so
    connection* const second = &connection::instance();
    one.join();
    CHECK(race.constructors == 1);
    CHECK(first == second);
}

TEST_CASE("singleton: later arguments are an error, where the Python course ignores them", "[singleton][seed]") {
    struct named {
        explicit named(std::string text) : name(std::move(text)) {}
        std::string name;
    };
    singleton_meta::call<named>("first");
    CHECK(singleton_meta::call<named>("second")->name == "first"); // there

    class single : public lathe::singleton<single> {
        friend lathe::singleton<single>;
        explicit single(std::string text) : name(std::move(text)) {}

    public:
        std::string name;
    };
    single::emplace("first");
    CHECK_THROWS_AS(single::emplace("second"), lathe::singleton_error);
    CHECK(single::instance().name == "first");
}

TEST_CASE("singleton: a constructor that fails leaves nothing, as in the Python course", "[singleton][seed]") {
    class flaky : public lathe::singleton<flaky> {
        friend lathe::singleton<flaky>;
        explicit flaky(bool works = false) {
            if (!works) throw std::runtime_error("no server");
        }
    };
    CHECK_THROWS_AS(flaky::instance(), std::runtime_error);
    CHECK_FALSE(flaky::is_constructed());
    CHECK_NOTHROW(flaky::emplace(true));
    CHECK(flaky::is_constructed());
}

TEST_CASE(
    "singleton: a constructor that asks for its own object is told, not called without end as in the Python course",
    "[singleton][seed]") {
    class eager : public lathe::singleton<eager> {
        friend lathe::singleton<eager>;
        eager() { instance(); } // RecursionError there, a stack overflow in C++ without a check
    };
    CHECK_THROWS_AS(eager::instance(), lathe::singleton_error);
}

} // namespace
