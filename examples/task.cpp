// SPDX-License-Identifier: MIT
// A scheduler runs tasks by priority, on as many threads as it is told, and keeps what became of each.
#include <chrono>
#include <functional>
#include <stdexcept>
#include <stop_token>
#include <string>
#include <utility>

#include <fmt/format.h>

#include <lathe/lathe.hpp>

using namespace std::chrono_literals;

struct line {
    std::string id;
    lathe::task_status status;
    unsigned attempts;
};

//! [task]
std::string download(const std::string& name) {
    if (lathe::this_task::attempt() < 3) throw std::runtime_error("the line is busy");
    return name + ": 2, 3";
}

void make_a_report() {
    lathe::task_scheduler tasks{{.workers = 4}};

    // A callable and copies of its arguments. The handle is a lathe::task_handle<int>.
    const auto sum = tasks.add("sum", [](int a, int b) { return a + b; }, 2, 3);

    // Options come first. This one is tried up to four times, for two seconds at most, and before the others.
    tasks.add(
        {.id = "prices", .priority = lathe::priority::high, .retries = 3, .deadline = 2s}, download, "prices.csv");

    // Starts when the tasks that it names have succeeded, by id or by handle.
    const auto report = tasks.add({.id = "report", .after = {"prices", sum}}, [&] {
        return tasks.result("prices").value<std::string>() + fmt::format(" make {}", sum.get());
    });
    const auto length = report.then([](const std::string& text) { return text.size(); });

    const auto print = tasks.add("print", [] { throw std::runtime_error("out of paper"); }); // hurts nobody else

    tasks.run(); // until all is done, also what tasks add; run(lathe::sequential{}) does it in this thread

    fmt::print("{} ({} characters)\n", report.get(), length.get());
    for (const lathe::task_result& each : tasks.results())
        fmt::print("{}\n", lathe::to_string(line{each.id, each.status, each.attempts}));
    try {
        print.get();
    } catch (const std::runtime_error& error) { // the exception itself, not its text
        fmt::print("print: {}\n", error.what());
    }
}
//! [task]

// With one worker, or in sequence, the order is exact.
void show_the_order() {
    lathe::task_scheduler tasks;
    std::string served;
    const auto serve = [&served](const char* what) {
        served += (served.empty() ? "" : ", ") + std::string(what);
    };
    tasks.post({.priority = lathe::priority::low}, serve, "tea");
    tasks.post(serve, "soup"); // priority::normal; no handle, no record: the leanest form
    tasks.post(serve, "bread");
    tasks.post({.priority = lathe::priority{200}}, serve, "water");
    tasks.post([&tasks, serve] {
        tasks.post({.priority = lathe::priority::highest}, serve, "salt"); // is the next
        tasks.post(serve, "fruit");                                        // and this one the last of its priority
        serve("fish");
    });
    tasks.run(lathe::sequential{});
    fmt::print("{}\n", served);
}

//! [service]
long fibonacci(lathe::task_scheduler& tasks, int n) {
    if (n < 2) return n;
    const auto one = tasks.add(fibonacci, std::ref(tasks), n - 1);
    return fibonacci(tasks, n - 2) + one.get(); // waits within a task: never a deadlock, with one worker either
}

void serve() {
    lathe::task_scheduler tasks{{.workers = 2, .capacity = 1000, .worker_name = "server"}};
    tasks.start(); // its threads sleep until there is something to do

    fmt::print("fibonacci(20) = {}\n", tasks.add(fibonacci, std::ref(tasks), 20).get());

    const auto endless = tasks.add({.id = "endless", .timeout = 5ms}, [](std::stop_token stop) {
        while (!stop.stop_requested()) {
        }
    });
    const auto tomorrow = tasks.add({.delay = 24h}, [] { fmt::print("good morning\n"); });
    tomorrow.cancel();
    try {
        endless.get();
    } catch (const lathe::task_timed_out& error) {
        fmt::print("{}\n", error.what());
    }

    tasks.drain(); // refuses tasks from outside, ends those it has, and its threads
    const lathe::task_progress all = tasks.progress();
    fmt::print("{} succeeded, {} timed out or cancelled\n", all.succeeded, all.cancelled);
}
//! [service]

int main() {
    make_a_report();
    show_the_order();
    serve();
}
