// SPDX-License-Identifier: MIT
#ifndef LATHE_TASK_DETAIL_POST_BATCH_HPP
#define LATHE_TASK_DETAIL_POST_BATCH_HPP

/// @file
/// @brief Posted tasks that are put into the queue some at a time.

#include <cstddef>
#include <new>
#include <utility>

#include <lathe/task/detail/engine_adding.hpp>
#include <lathe/task/detail/task_call.hpp>
#include <lathe/task/detail/task_engine.hpp>
#include <lathe/task/detail/task_slot.hpp>
#include <lathe/task/priority.hpp>

namespace lathe {
inline namespace v0 {
namespace detail {

// Calls are made one by one, without the lock, and moved into the queue many at a time.
template <class Observer, class Call>
class post_batch {
    using call_type = slot_call_of<Call>;

public:
    post_batch(task_engine& engine, lathe::priority level) noexcept : m_engine(engine), m_level(level) {}
    post_batch(const post_batch&) = delete;
    post_batch& operator=(const post_batch&) = delete;
    // Those that were not flushed, for something was thrown, are not added.
    ~post_batch() {
        for (; m_first != m_size; ++m_first)
            at(m_first).~call_type();
    }

    [[nodiscard]] bool may_be_used() const noexcept { return !m_engine.posts_in_cells(); }

    template <class... Args>
    void add(Args&&... args) {
        if (m_size == capacity) flush();
        ::new (static_cast<void*>(m_storage + m_size * sizeof(call_type)))
            call_type(std::in_place, std::forward<Args>(args)...);
        ++m_size;
    }
    void flush() {
        m_engine.refuse_while_draining();
        for (std::size_t i = 0; i < m_size; ++i)
            observation<Observer>::added(m_engine, m_level);
        try {
            m_engine.push_many(static_cast<unsigned>(m_level), m_size, [&](task_slot& slot) noexcept {
                call_type& call = at(m_first++);
                slot.put(&run_posted<call_type, Observer>, std::move(call));
                call.~call_type();
            });
        } catch (...) {
            for (std::size_t i = m_first; i < m_size; ++i)
                observation<Observer>::refused(m_engine, m_level);
            throw;
        }
        m_first = 0;
        m_size = 0;
    }

private:
    static constexpr std::size_t capacity = 32;

    [[nodiscard]] call_type& at(std::size_t index) noexcept {
        return *std::launder(reinterpret_cast<call_type*>(m_storage + index * sizeof(call_type)));
    }

    task_engine& m_engine;
    lathe::priority m_level;
    std::size_t m_first = 0;
    std::size_t m_size = 0;
    alignas(call_type) std::byte m_storage[capacity * sizeof(call_type)];
};

} // namespace detail
} // namespace v0
} // namespace lathe

#endif // LATHE_TASK_DETAIL_POST_BATCH_HPP
