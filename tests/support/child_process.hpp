// SPDX-License-Identifier: MIT
#ifndef LATHE_TESTS_SUPPORT_CHILD_PROCESS_HPP
#define LATHE_TESTS_SUPPORT_CHILD_PROCESS_HPP

// A part of a test that needs a process of its own, as what happens at exit does.
#include <cstddef>
#include <cstdio>
#include <cstdlib>
#include <exception>
#include <stdexcept>
#include <string>
#include <string_view>

#include <sys/wait.h>
#include <unistd.h>

namespace lathe_test {

// Where a child writes to; -1 in the process of the tests, where tell() does nothing.
inline int child_output = -1;

// To be called in a child, at any time, also while it exits.
inline void tell(std::string_view line) {
    if (child_output < 0) return;
    std::string text(line);
    text += '\n';
    if (write(child_output, text.data(), text.size()) < 0) _exit(98);
}

// Runs `run` in a copy of this process, which then exits as processes do, with all that happens at exit.
// Returns what the child told, and after that its exit status if it is not 0. No other thread may run meanwhile.
template <class F>
std::string in_child(F run) {
    int ends[2];
    if (pipe(ends) != 0) throw std::runtime_error("no pipe");
    std::fflush(nullptr); // what is in buffers would be written by both
    const pid_t child = fork();
    if (child < 0) throw std::runtime_error("no child");
    if (child == 0) {
        child_output = ends[1];
        close(ends[0]);
        // The frame of the tests has its last words at exit, which are not for this process to print.
        if (std::freopen("/dev/null", "w", stdout) == nullptr) _exit(97);
        try {
            run();
        } catch (const std::exception& error) {
            tell(std::string("thrown: ") + error.what());
        }
        std::exit(0);
    }
    close(ends[1]);
    std::string told;
    char buffer[512];
    ssize_t size = 0;
    while ((size = read(ends[0], buffer, sizeof buffer)) > 0)
        told.append(buffer, static_cast<std::size_t>(size));
    close(ends[0]);
    int status = 0;
    waitpid(child, &status, 0);
    if (status != 0) {
        told += WIFEXITED(status) ? "exit status " + std::to_string(WEXITSTATUS(status))
                                  : "signal " + std::to_string(WTERMSIG(status));
    }
    return told;
}

} // namespace lathe_test

#endif // LATHE_TESTS_SUPPORT_CHILD_PROCESS_HPP
