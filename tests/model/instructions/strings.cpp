// SPDX-License-Identifier: MIT
// A program that cmake/InstructionCount.cmake runs under callgrind, which counts the instructions in one of the
// functions below: strings <lathe|hand>_<from> <length>. Without callgrind it only sees that all of them store.
#include <cstddef>
#include <cstdlib>
#include <cstring>
#include <stdexcept>
#include <string>
#include <string_view>

#include <lathe/model/element_rules.hpp>
#include <lathe/model/property.hpp>
#include <lathe/model/text_rules.hpp>

namespace {

using name = lathe::property<std::string, lathe::not_empty, lathe::max_length<80>>;

[[noreturn, gnu::cold, gnu::noinline]] void refuse(const std::string& value) {
    throw std::invalid_argument("\"" + value + "\" is empty or longer than 80");
}

} // namespace

// Not inlined, and visible, so that callgrind finds them by name. By hand: the checks that people write, and the
// assignment that std::string has for the type.
extern "C" {

[[gnu::noinline]] void lathe_string(name& to, const std::string& value) {
    to = value;
}
[[gnu::noinline]] void hand_string(std::string& to, const std::string& value) {
    if (value.empty() || value.size() > 80) refuse(value);
    to = value;
}
[[gnu::noinline]] void lathe_view(name& to, std::string_view value) {
    to = value;
}
[[gnu::noinline]] void hand_view(std::string& to, std::string_view value) {
    if (value.empty() || value.size() > 80) refuse(std::string(value));
    to = value;
}
[[gnu::noinline]] void lathe_chars(name& to, const char* value) {
    to = value;
}
[[gnu::noinline]] void hand_chars(std::string& to, const char* value) {
    const std::size_t size = std::strlen(value);
    if (size == 0 || size > 80) refuse(value);
    to.assign(value, size);
}

} // extern "C"

int main(int count, char** arguments) {
    const std::string_view which = count > 1 ? arguments[1] : "";
    const std::size_t length = count > 2 ? std::strtoul(arguments[2], nullptr, 10) : 3;
    std::string from(length, 'a');
    name by_lathe = std::string(64, 'x'); // roomy, as a string is that has been in use: no allocation is counted
    std::string by_hand(64, 'x');
    for (int i = 0; i < 1000; ++i) {
        from[0] = static_cast<char>('a' + i % 26);
        if (which.empty() || which == "lathe_string") lathe_string(by_lathe, from);
        if (which.empty() || which == "hand_string") hand_string(by_hand, from);
        if (which.empty() || which == "lathe_view") lathe_view(by_lathe, from);
        if (which.empty() || which == "hand_view") hand_view(by_hand, from);
        if (which.empty() || which == "lathe_chars") lathe_chars(by_lathe, from.c_str());
        if (which.empty() || which == "hand_chars") hand_chars(by_hand, from.c_str());
        if (by_lathe != from && by_hand != from) return 1;
    }
    return by_lathe == by_hand || !which.empty() ? 0 : 1;
}
