// SPDX-License-Identifier: MIT
#include "shared.hpp"

void first_look(int start, view& seen) {
    seen = look(start);
}
