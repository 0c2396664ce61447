// SPDX-License-Identifier: MIT
#include <lathe/task/status.hpp> // first: proves that the header stands alone

#include <set>

#include "support/catch.hpp"

namespace {

using lathe::task_status;

static_assert(task_status{} == task_status::queued);

TEST_CASE("task_status: six different ones", "[task]") {
    const std::set<task_status> all{task_status::queued,
                                    task_status::running,
                                    task_status::succeeded,
                                    task_status::failed,
                                    task_status::cancelled,
                                    task_status::timed_out};
    CHECK(all.size() == 6);
}

} // namespace
