// SPDX-License-Identifier: MIT
// A singleton is a class of which there is one object: made on first use, once, whichever thread comes first, and
// destroyed at exit in reverse order of making. What goes wrong with it is an error that says so.
#include <string>
#include <utility>

#include <fmt/format.h>

#include <lathe/lathe.hpp>

//! [singleton]
class database_connection : public lathe::singleton<database_connection> {
    friend lathe::singleton<database_connection>; // the only one who may call the constructor
    explicit database_connection(std::string dsn = "postgresql://localhost:5432") : m_dsn(std::move(dsn)) {}
    std::string m_dsn;

public:
    const std::string& dsn() const { return m_dsn; }
};

void connect() {
    database_connection::emplace("postgresql://db:5432"); // optional: the first use, with arguments
    fmt::print("connected to {}\n", database_connection::instance().dsn());
}

void test_without_a_server() {
    const auto guard = database_connection::replace("memory:"); // until the end of this function
    fmt::print("testing with {}\n", database_connection::instance().dsn());
}
//! [singleton]

// Each needs the other one.
class billing : public lathe::singleton<billing> {
    friend lathe::singleton<billing>;
    billing();
};
class accounts : public lathe::singleton<accounts> {
    friend lathe::singleton<accounts>;
    accounts() { billing::instance(); }
};
billing::billing() {
    accounts::instance();
}

// As many as there are names, for each is a class of its own.
template <lathe::fixed_string Name>
class journal : public lathe::singleton<journal<Name>> {
    friend lathe::singleton<journal>;
    journal() { fmt::print("{} opens\n", Name.view()); }
    ~journal() { fmt::print("{} closes after {} lines\n", Name.view(), m_lines); }
    int m_lines = 0;

public:
    void write() { ++m_lines; }
};

// Made by the compiler: a use of it is a use of a global variable.
class limits : public lathe::singleton<limits, lathe::lifetime::constant> {
    friend lathe::singleton<limits>;
    constexpr limits() = default;

public:
    int connections = 100;
};

int main() {
    connect();
    test_without_a_server();

    // Arguments that come too late are not ignored.
    try {
        database_connection::emplace("postgresql://elsewhere:5432");
    } catch (const lathe::singleton_error& error) {
        fmt::print("{}\n", error.what());
    }

    // Constructors that need each other are no deadlock, and no stack overflow.
    try {
        billing::instance();
    } catch (const lathe::singleton_error& error) {
        fmt::print("{}\n", error.what());
    }

    journal<"audit">::instance().write();
    journal<"error">::instance().write();
    journal<"audit">::instance().write();
    fmt::print("at most {} connections\n", limits::instance().connections);
}
