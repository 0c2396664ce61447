// SPDX-License-Identifier: MIT
// Singletons that several threads make, wait for and need. Nothing here depends on time: where threads must meet, they
// do so at a latch.
#include <lathe/meta/singleton.hpp> // first: proves that the header stands alone

#include <atomic>
#include <latch>
#include <set>
#include <stdexcept>
#include <string>
#include <thread>
#include <vector>

#include "support/catch.hpp"

namespace {

// Runs f(0), f(1), ... on as many threads, and waits for their ends.
template <class F>
void on_threads(int count, F f) {
    std::vector<std::jthread> threads;
    for (int i = 0; i < count; ++i)
        threads.emplace_back([&f, i] { f(i); });
}

// Where the first `count` to come wait for each other; who comes later passes.
class meeting {
public:
    explicit meeting(int count) : m_count(count), m_all(count) {}
    void come() {
        if (m_came++ < m_count) m_all.count_down();
        m_all.wait();
    }

private:
    int m_count;
    std::atomic<int> m_came = 0;
    std::latch m_all;
};

// What a use says: the text of its singleton_error, or nothing.
template <class F>
std::string error_of(F use) {
    try {
        use();
        return {};
    } catch (const lathe::singleton_error& error) {
        return error.what();
    }
}

TEST_CASE("singleton: threads that come at once get the same object, made once", "[singleton][threads]") {
    static std::atomic<int> made = 0;
    static std::latch all_are_here{8};
    class shared : public lathe::singleton<shared> {
        friend lathe::singleton<shared>;
        shared() { ++made; }

    public:
        int value = 7;
    };
    std::vector<shared*> seen(8);
    on_threads(8, [&](int i) {
        all_are_here.arrive_and_wait();
        seen[static_cast<std::size_t>(i)] = &shared::instance();
    });
    CHECK(made == 1);
    CHECK(std::set(seen.begin(), seen.end()).size() == 1);
    CHECK(seen[0]->value == 7);
}

TEST_CASE("singleton: an exception reaches the thread that constructed, and a waiting one tries again",
          "[singleton][threads]") {
    static std::atomic<int> tries = 0;
    static std::latch second_asks{1};
    class moody : public lathe::singleton<moody> {
        friend lathe::singleton<moody>;
        moody() {
            second_asks.wait();
            if (++tries == 1) throw std::runtime_error("first try");
        }
    };
    static std::latch first_is_in{1};
    class opener : public lathe::singleton<opener> { // its constructor tells that the first thread has begun
        friend lathe::singleton<opener>;
        opener() {
            first_is_in.count_down();
            moody::instance();
        }
    };
    std::string first;
    std::string second;
    on_threads(2, [&](int i) {
        try {
            if (i == 0) {
                opener::instance();
                first = "made";
            } else {
                first_is_in.wait();
                second_asks.count_down();
                moody::instance();
                second = "made";
            }
        } catch (const std::runtime_error& error) {
            (i == 0 ? first : second) = error.what();
        }
    });
    CHECK(tries == 2);
    CHECK(moody::is_constructed());
    // Whoever came first failed, the other one did not; and opener is made if what it needs was.
    CHECK(((first == "first try" && second == "made") || (first == "made" && second == "first try")));
    CHECK(opener::is_constructed() == (first == "made"));
}

TEST_CASE("singleton: of many that wait for constructors that fail, each fails once or gets the object",
          "[singleton][threads]") {
    static std::atomic<int> tries = 0;
    static std::latch all_are_here{8};
    class third_time : public lathe::singleton<third_time> {
        friend lathe::singleton<third_time>;
        third_time() {
            if (++tries < 4) throw std::runtime_error("not yet");
        }
    };
    std::atomic<int> failed = 0;
    std::atomic<int> got = 0;
    on_threads(8, [&](int) {
        all_are_here.arrive_and_wait();
        try {
            third_time::instance();
            ++got;
        } catch (const std::runtime_error&) {
            ++failed;
        }
    });
    CHECK(tries == 4);
    CHECK(failed == 3);
    CHECK(got == 5);
}

TEST_CASE("singleton: of several emplace one succeeds, and all see its arguments", "[singleton][threads]") {
    static std::latch all_are_here{8};
    class numbered : public lathe::singleton<numbered> {
        friend lathe::singleton<numbered>;
        explicit numbered(int n) : number(n) {}

    public:
        const int number;
    };
    std::atomic<int> winner = -1;
    std::atomic<int> refused = 0;
    on_threads(8, [&](int i) {
        all_are_here.arrive_and_wait();
        const std::string error = error_of([&] {
            numbered::emplace(i);
            winner = i;
        });
        if (!error.empty()) ++refused;
    });
    CHECK(refused == 7);
    CHECK(numbered::instance().number == winner);
}

TEST_CASE("singleton: who comes while emplace runs waits for its object", "[singleton][threads]") {
    static std::latch constructs{1};
    static std::latch other_asks{1};
    class slow : public lathe::singleton<slow> {
        friend lathe::singleton<slow>;
        explicit slow(int n) : number(n) { // the only one, so that the other thread could not make it
            constructs.count_down();
            other_asks.wait();
        }

    public:
        const int number;
    };
    std::atomic<int> seen = 0;
    on_threads(2, [&](int i) {
        if (i == 0) {
            slow::emplace(5);
        } else {
            constructs.wait();
            other_asks.count_down();
            seen = slow::instance().number;
        }
    });
    CHECK(seen == 5);
}

TEST_CASE("singleton: emplace that races with instance has its arguments taken, or throws", "[singleton][threads]") {
    static std::latch all_are_here{4};
    class numbered : public lathe::singleton<numbered> {
        friend lathe::singleton<numbered>;
        explicit numbered(int n = 1) : number(n) {}

    public:
        const int number;
    };
    std::atomic<bool> taken = false;
    std::vector<int> seen(4);
    on_threads(4, [&](int i) {
        all_are_here.arrive_and_wait();
        if (i == 0) taken = error_of([] { numbered::emplace(2); }).empty();
        seen[static_cast<std::size_t>(i)] = numbered::instance().number;
    });
    CHECK(seen == std::vector<int>(4, taken ? 2 : 1));
}

class left;
class right;
meeting both_are_in{2};
class left : public lathe::singleton<left> {
    friend lathe::singleton<left>;
    left();
};
class right : public lathe::singleton<right> {
    friend lathe::singleton<right>;
    right() {
        both_are_in.come();
        left::instance();
    }
};
left::left() {
    both_are_in.come();
    right::instance();
}

TEST_CASE("singleton: a circle over two threads is an error that names it, and no deadlock", "[singleton][threads]") {
    std::vector<std::string> errors(2);
    on_threads(2, [&](int i) {
        errors[static_cast<std::size_t>(i)] = i == 0 ? error_of([] { left::instance(); }) //
                                                     : error_of([] { right::instance(); });
    });
    // One finds the circle and fails. Then the other makes what that one left, and finds a circle of its own.
    for (const std::string& error : errors) {
        CAPTURE(error);
        CHECK((error.find(" left -> right -> left ") != std::string::npos ||
               error.find(" right -> left -> right ") != std::string::npos));
    }
    CHECK_FALSE(left::is_constructed());
    CHECK_FALSE(right::is_constructed());
}

class tolerant;
class strict : public lathe::singleton<strict> {
    friend lathe::singleton<strict>;
    strict();
};
meeting strict_and_tolerant{2};
class tolerant : public lathe::singleton<tolerant> {
    friend lathe::singleton<tolerant>;
    tolerant() {
        strict_and_tolerant.come();
        try {
            strict::instance();
        } catch (const lathe::singleton_error&) {
            went_without = true;
        }
    }

public:
    bool went_without = false;
};
std::atomic<bool> strict_failed = false;
strict::strict() {
    strict_and_tolerant.come();
    try {
        tolerant::instance();
    } catch (const lathe::singleton_error&) {
        strict_failed = true;
        throw;
    }
}

TEST_CASE("singleton: who catches the error of a circle breaks it", "[singleton][threads]") {
    std::string error;
    on_threads(2, [&](int i) {
        if (i == 0) {
            error = error_of([] { strict::instance(); });
        } else {
            tolerant::instance();
        }
    });
    // Whoever of them closes the circle, tolerant is made; and strict, if it was not the one to see the error.
    CHECK(tolerant::is_constructed());
    CHECK(tolerant::instance().went_without);
    CHECK(strict::is_constructed() == error.empty());
    CHECK(strict_failed == !error.empty());
}

class far_c;
meeting long_way{3};
class far_a : public lathe::singleton<far_a> {
    friend lathe::singleton<far_a>;
    far_a();
};
class far_b : public lathe::singleton<far_b> {
    friend lathe::singleton<far_b>;
    far_b();
};
class far_c : public lathe::singleton<far_c> {
    friend lathe::singleton<far_c>;
    far_c() {
        long_way.come();
        far_a::instance();
    }
};
far_b::far_b() {
    long_way.come();
    far_c::instance();
}
far_a::far_a() {
    long_way.come();
    far_b::instance();
}

TEST_CASE("singleton: a circle over three threads ends in errors for all of them", "[singleton][threads]") {
    std::atomic<int> errors = 0;
    on_threads(3, [&](int i) {
        const std::string error = i == 0   ? error_of([] { far_a::instance(); })
                                  : i == 1 ? error_of([] { far_b::instance(); })
                                           : error_of([] { far_c::instance(); });
        if (error.find("needs the next one to be made first") != std::string::npos) ++errors;
    });
    CHECK(errors == 3);
    CHECK_FALSE((far_a::is_constructed() || far_b::is_constructed() || far_c::is_constructed()));
}

TEST_CASE("singleton: a constructor may wait for a thread that makes another one", "[singleton][threads]") {
    class helper : public lathe::singleton<helper> {
        friend lathe::singleton<helper>;
        helper() = default;

    public:
        int value = 3;
    };
    class boss : public lathe::singleton<boss> {
        friend lathe::singleton<boss>;
        boss() {
            std::jthread([this] { value = helper::instance().value; }).join();
        }

    public:
        int value = 0;
    };
    CHECK(boss::instance().value == 3);
}

TEST_CASE("singleton: many that need the same one are no circle", "[singleton][threads]") {
    static std::latch both_need_it{2};
    class ground : public lathe::singleton<ground> {
        friend lathe::singleton<ground>;
        ground() = default;
    };
    class tower : public lathe::singleton<tower> {
        friend lathe::singleton<tower>;
        tower() {
            both_need_it.arrive_and_wait();
            ground::instance();
        }
    };
    class bridge : public lathe::singleton<bridge> {
        friend lathe::singleton<bridge>;
        bridge() {
            both_need_it.arrive_and_wait();
            ground::instance();
        }
    };
    on_threads(2, [](int i) { i == 0 ? static_cast<void>(tower::instance()) : static_cast<void>(bridge::instance()); });
    CHECK((tower::is_constructed() && bridge::is_constructed() && ground::is_constructed()));
}

} // namespace
