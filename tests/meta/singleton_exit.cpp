// SPDX-License-Identifier: MIT
// What happens to singletons when a program or a thread ends. The end of a program is that of a process of its own,
// which tells what it sees.
#include <lathe/meta/singleton.hpp> // first: proves that the header stands alone

#include <atomic>
#include <cstdlib>
#include <latch>
#include <memory>
#include <stdexcept>
#include <string>
#include <string_view>
#include <thread>
#include <type_traits>

#include <lathe/core/fixed_string.hpp>

#include "support/catch.hpp"
#include "support/child_process.hpp"

namespace {

using lathe_test::in_child;
using lathe_test::tell;

// What a use says, in a destructor, which must not throw.
template <class T>
void try_to_use() {
    try {
        T::instance();
        tell("used " + std::string(T::name));
    } catch (const lathe::singleton_error&) {
        tell((T::is_constructed() ? "odd " : "gone ") + std::string(T::name));
    }
}

struct nobody {};
struct itself {};

// Tells when it is made and destroyed, uses another one in its constructor, and one in its destructor.
template <lathe::fixed_string Name, class Lifetime = lathe::lifetime::scoped, class First = nobody, class Last = nobody>
class talking : public lathe::singleton<talking<Name, Lifetime, First, Last>, Lifetime> {
    friend lathe::singleton<talking>;
    explicit talking(bool fails = false) {
        if constexpr (!std::is_same_v<First, nobody>) First::instance();
        if (fails) throw std::runtime_error("failed");
        tell("+ " + std::string(name));
    }
    ~talking() {
        if constexpr (std::is_same_v<Last, itself>) {
            try_to_use<talking>();
        } else if constexpr (!std::is_same_v<Last, nobody>) {
            try_to_use<Last>();
        }
        tell("- " + std::string(name));
    }
    std::unique_ptr<int> m_memory = std::make_unique<int>(1); // what is not destroyed must not be a leak

public:
    static constexpr std::string_view name = Name;
};

using scoped = lathe::lifetime::scoped;
using one = talking<"one">;
using two = talking<"two">;
using three = talking<"three">;
using needs_one = talking<"needs_one", scoped, one, one>;
using careless = talking<"careless", scoped, nobody, two>;
using lasting = talking<"lasting", scoped, nobody, itself>;
using immortal = talking<"immortal", lathe::lifetime::immortal>;
using uses_immortal = talking<"uses_immortal", scoped, nobody, immortal>;
using of_thread = talking<"of_thread", lathe::lifetime::per_thread>;
using uses_of_thread = talking<"uses_of_thread", scoped, nobody, of_thread>;

TEST_CASE("singleton: at exit they are destroyed in reverse order of making", "[singleton][exit]") {
    CHECK(in_child([] {
              two::instance();
              three::instance();
              one::instance();
              two::instance();
          }) == "+ two\n+ three\n+ one\n- one\n- three\n- two\n");
}

TEST_CASE("singleton: what a constructor uses outlives its object", "[singleton][exit]") {
    CHECK(in_child([] { needs_one::instance(); }) == "+ one\n+ needs_one\nused one\n- needs_one\n- one\n");
}

TEST_CASE("singleton: use after destruction throws, which a destructor can catch", "[singleton][exit]") {
    CHECK(in_child([] {
              careless::instance();
              two::instance();
          }) == "+ careless\n+ two\n- two\ngone two\n- careless\n");
}

TEST_CASE("singleton: one that is first used during the exit is made, and destroyed", "[singleton][exit]") {
    CHECK(in_child([] { careless::instance(); }) == "+ careless\n+ two\nused two\n- careless\n- two\n");
}

TEST_CASE("singleton: handlers of std::atexit and statics of functions take their turns", "[singleton][exit]") {
    struct local {
        local() { tell("+ static"); }
        ~local() { tell("- static"); }
    };
    CHECK(in_child([] {
              one::instance();
              static local in_between;
              two::instance();
              std::atexit([] { tell("handler"); });
              three::instance();
          }) == "+ one\n+ static\n+ two\n+ three\n- three\nhandler\n- two\n- static\n- one\n");
}

TEST_CASE("singleton: while its destructor runs, it is the one still", "[singleton][exit]") {
    CHECK(in_child([] { lasting::instance(); }) == "+ lasting\nused lasting\n- lasting\n");
}

TEST_CASE("singleton: an immortal one is there to the very end", "[singleton][exit]") {
    CHECK(in_child([] {
              uses_immortal::instance();
              immortal::instance();
          }) == "+ uses_immortal\n+ immortal\nused immortal\n- uses_immortal\n");
}

TEST_CASE("singleton: that of the main thread ends with it, before those of the program", "[singleton][exit]") {
    CHECK(in_child([] {
              uses_of_thread::instance();
              std::jthread([] { of_thread::instance(); }).join();
              of_thread::instance();
          }) == "+ uses_of_thread\n+ of_thread\n- of_thread\n+ of_thread\n- of_thread\ngone of_thread\n"
                "- uses_of_thread\n");
}

TEST_CASE("singleton: a constructor that failed leaves nothing to destroy", "[singleton][exit]") {
    CHECK(in_child([] {
              one::instance();
              try {
                  two::emplace(true);
              } catch (const std::runtime_error& error) {
                  tell(error.what());
              }
              three::instance();
          }) == "+ one\nfailed\n+ three\n- three\n- one\n");
}

TEST_CASE("singleton: what stands in at exit stays until its guard ends", "[singleton][exit]") {
    CHECK(in_child([] {
              static auto first = one::replace(); // destroyed after what is made below
              three::instance();
              one::instance();
          }) == "+ one\n+ three\n- three\n- one\n");
    CHECK(in_child([] {
              static auto guard = std::make_unique<lathe::singleton_replacement<two>>(two::replace());
              two::instance();
              guard.reset();
              two::instance(); // the one itself, which is destroyed before what follows, that was made earlier
          }) == "+ two\n- two\n+ two\n- two\n");
}

TEST_CASE("singleton: replace after destruction throws too", "[singleton][exit]") {
    CHECK(in_child([] {
              std::atexit([] {
                  try {
                      const auto guard = one::replace();
                      tell("replaced");
                  } catch (const lathe::singleton_error&) {
                      tell("gone");
                  }
              });
              one::instance();
          }) == "+ one\n- one\ngone\n");
}

// ---- the end of a thread, in this process ----

class per_thread_counter : public lathe::singleton<per_thread_counter, lathe::lifetime::per_thread> {
    friend lathe::singleton<per_thread_counter>;
    explicit per_thread_counter(int start = 0) : value(start) { ++alive; }
    ~per_thread_counter() { --alive; }

public:
    int value;
    static inline std::atomic<int> alive = 0;
};

TEST_CASE("singleton: each thread has its own, destroyed with the thread", "[singleton][threads]") {
    per_thread_counter::instance().value = 100;
    const int here = per_thread_counter::alive;
    std::latch all_have_one{4};
    std::latch counted{1};
    std::atomic<int> sum = 0;
    std::atomic<int> most = 0;
    const auto run = [&](int i) {
        per_thread_counter::emplace(i);
        ++per_thread_counter::instance().value;
        all_have_one.arrive_and_wait();
        if (i == 0) {
            most = per_thread_counter::alive.load();
            counted.count_down();
        }
        counted.wait();
        sum += per_thread_counter::instance().value;
    };
    {
        const std::jthread threads[] = {
            std::jthread(run, 0), std::jthread(run, 1), std::jthread(run, 2), std::jthread(run, 3)};
    }
    CHECK(sum == 1 + 2 + 3 + 4);
    CHECK(most == here + 4);
    CHECK(per_thread_counter::alive == here);
    CHECK(per_thread_counter::instance().value == 100);
}

TEST_CASE("singleton: use after the one of the thread is destroyed is an error", "[singleton][threads]") {
    static std::string error;
    static bool was_there = true;
    struct late { // made before it, so destroyed after it
        ~late() {
            was_there = per_thread_counter::is_constructed();
            try {
                per_thread_counter::instance();
            } catch (const lathe::singleton_error& caught) {
                error = caught.what();
            }
        }
    };
    std::jthread([] {
        static thread_local late destroyed_last;
        static_cast<void>(destroyed_last);
        per_thread_counter::instance();
    }).join();
    CHECK_FALSE(was_there);
    CHECK(error ==
          "lathe::singleton<per_thread_counter>: it was destroyed at the end of the program or of this thread; "
          "let what needs it until then use it in its constructor, which makes it go later");
}

} // namespace
