// SPDX-License-Identifier: MIT
// The queue of one worker, to which its owner adds while another thread takes.
#include <lathe/task/detail/local_queue.hpp>

#include <atomic>
#include <barrier>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <mutex>
#include <random>
#include <thread>
#include <utility>
#include <vector>

#include "support/catch.hpp"
#include "support/seed.hpp"
#include "support/stress.hpp"
#include "support/threads.hpp"

namespace {

using lathe::detail::local_queue;
using lathe::detail::slot_call;
using lathe::detail::slot_outcome;
using lathe::detail::task_chunk;
using lathe::detail::task_engine;
using lathe::detail::task_slot;

slot_outcome nothing(task_slot& /*slot*/, slot_call /*call*/, task_engine& /*engine*/) noexcept {
    return slot_outcome::succeeded;
}

// More than two chunks' slots, so that each queue gets its first chunk, the next, and one that was filled meanwhile.
constexpr std::size_t tasks = 2 * task_chunk::slots + 5;

TEST_CASE("local_queue: another thread takes each task once and in order, from the very first", "[task][stress]") {
    std::atomic<std::size_t> wrong = 0;
    const std::size_t queues = lathe_test::rounds(100'000);
    std::vector<task_chunk> chunks(3); // of one queue after the other, with what the last one left in them
    std::unique_ptr<local_queue> queue;
    std::barrier meet(2);                          // neither thread begins with the next queue before the other
    const auto free = [&](task_chunk& /*chunk*/) { // nobody runs tasks here, so their slots hold the chunks
        ++wrong;
    };
    lathe_test::in_threads(2, [&](std::size_t thread) {
        for (std::size_t i = 0; i < queues; ++i) {
            if (thread == 0) queue = std::make_unique<local_queue>();
            meet.arrive_and_wait();
            if (thread == 0) {
                std::size_t used = 0;
                for (std::uint64_t task = 0; task < tasks; ++task) {
                    if (queue->is_full(0) && queue->extend(chunks.at(used++), 0) != nullptr) ++wrong;
                    queue->reserve().put(nothing, std::uint64_t{task});
                    queue->added();
                }
            } else {
                for (std::uint64_t expected = 0; expected < tasks;) {
                    task_slot* const slot = queue->take(free);
                    if (slot == nullptr) continue;
                    if (slot->as<std::uint64_t>() != expected) ++wrong;
                    ++expected;
                }
                if (queue->take(free) != nullptr || !queue->is_empty()) ++wrong;
            }
            meet.arrive_and_wait();
        }
    });
    CHECK(wrong == 0);
}

// Chunks that nobody needs any more, for whoever needs one.
class chunk_pool {
public:
    explicit chunk_pool(std::size_t size) : m_chunks(size) {
        for (task_chunk& each : m_chunks)
            m_free.push_back(&each);
    }
    // nullptr, if all are in use.
    [[nodiscard]] task_chunk* take() {
        const std::lock_guard guard(m_mutex);
        if (m_free.empty()) return nullptr;
        task_chunk* const chunk = m_free.back();
        m_free.pop_back();
        return chunk;
    }
    void give_back(task_chunk& chunk) {
        const std::lock_guard guard(m_mutex);
        m_free.push_back(&chunk);
    }
    [[nodiscard]] std::size_t free_count() const { return m_free.size(); }

private:
    std::vector<task_chunk> m_chunks;
    std::vector<task_chunk*> m_free;
    std::mutex m_mutex;
};

TEST_CASE("local_queue: its owner takes back what it added last while others take, and no task is lost or taken twice",
          "[task][stress]") {
    const std::uint64_t seed = lathe_test::seed_of_run();
    INFO("LATHE_SEED=" << seed);
    const std::size_t count = lathe_test::rounds(400'000);
    constexpr std::size_t chunks = 8; // so few that each is used again and again
    chunk_pool pool(chunks);
    local_queue queue;
    std::vector<std::atomic<unsigned>> taken(count);
    std::atomic<std::size_t> taken_in_all = 0;
    std::atomic<std::size_t> out_of_order = 0;
    const auto free = [&](task_chunk& chunk) {
        pool.give_back(chunk);
    };
    lathe_test::in_threads(3, [&](std::size_t thread) {
        if (thread != 0) {
            std::uint64_t least = 0;
            while (taken_in_all < count) {
                task_slot* const slot = queue.take(free);
                if (slot == nullptr) {
                    std::this_thread::yield();
                    continue;
                }
                const auto task = slot->as<std::uint64_t>();
                if (task < least) ++out_of_order;
                least = task + 1;
                ++taken.at(task);
                ++taken_in_all;
                task_chunk& chunk = chunk_of(*slot);
                if (chunk.holders.fetch_sub(1, std::memory_order_acq_rel) == 1) pool.give_back(chunk);
            }
            return;
        }
        std::mt19937_64 random(seed);
        for (std::uint64_t task = 0; task < count; ++task) {
            if (queue.is_full(0)) {
                task_chunk* chunk = pool.take();
                for (; chunk == nullptr; chunk = pool.take())
                    std::this_thread::yield();
                if (task_chunk* const before = queue.extend(*chunk, 0)) pool.give_back(*before);
            }
            queue.reserve().put(nothing, std::uint64_t{task});
            queue.added();
            for (std::uint64_t back = random() % 8 == 0 ? random() % 4 : 0; back != 0; --back) {
                task_slot* const last = queue.last();
                if (last == nullptr) break;
                const auto last_task = last->as<std::uint64_t>(); // whoever takes it only reads it
                if (!queue.remove_last()) break;
                ++taken.at(last_task);
                ++taken_in_all;
            }
        }
    });
    CHECK(queue.take(free) == nullptr); // which also leaves the chunk before the last, if that one is empty
    std::size_t wrong = 0;
    for (const std::atomic<unsigned>& each : taken)
        wrong += each == 1 ? 0U : 1U;
    CHECK(wrong == 0);
    CHECK(out_of_order == 0);
    CHECK(queue.is_empty());
    CHECK(pool.free_count() == chunks - 1); // the end's
}

} // namespace
