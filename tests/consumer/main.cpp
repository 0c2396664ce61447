// SPDX-License-Identifier: MIT
// The smallest program of a user: one described type, one broken rule.
#include <lathe/lathe.hpp>

#include <cstdio>

struct person {
    lathe::property<int, lathe::in_range<0, 150>> age = 18;
};

int main() {
    person ada{.age = 36};
    try {
        ada.age = 200;
    } catch (const lathe::validation_error& error) {
        const int age = ada.age;
        std::printf("lathe %s: %s; age is still %d\n", lathe::version.data(), error.what(), age);
        return age == 36 ? 0 : 1;
    }
    return 1;
}
