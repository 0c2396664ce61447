// SPDX-License-Identifier: MIT
#ifndef LATHE_TASK_DETAIL_CELL_OWNER_HPP
#define LATHE_TASK_DETAIL_CELL_OWNER_HPP

/// @file
/// @brief Shared ownership of a task's cell.

#include <utility>

#include <lathe/task/detail/task_cell.hpp>

namespace lathe {
inline namespace v0 {
namespace detail {

class cell_owner {
public:
    cell_owner() = default;
    // Of a cell that is owned for the new owner already.
    explicit cell_owner(task_cell& owned) noexcept : m_cell(&owned) {}
    cell_owner(const cell_owner& other) noexcept : m_cell(other.m_cell) {
        if (m_cell != nullptr) m_cell->own();
    }
    cell_owner(cell_owner&& other) noexcept : m_cell(std::exchange(other.m_cell, nullptr)) {}
    cell_owner& operator=(cell_owner other) noexcept {
        std::swap(m_cell, other.m_cell);
        return *this;
    }
    ~cell_owner() {
        if (m_cell != nullptr) m_cell->disown();
    }

    [[nodiscard]] task_cell* get() const noexcept { return m_cell; }
    [[nodiscard]] task_cell& operator*() const noexcept { return *m_cell; }
    [[nodiscard]] task_cell* operator->() const noexcept { return m_cell; }
    [[nodiscard]] explicit operator bool() const noexcept { return m_cell != nullptr; }
    friend bool operator==(const cell_owner&, const cell_owner&) = default;

private:
    task_cell* m_cell = nullptr;
};

} // namespace detail
} // namespace v0
} // namespace lathe

#endif // LATHE_TASK_DETAIL_CELL_OWNER_HPP
