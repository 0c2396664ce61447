// SPDX-License-Identifier: MIT
#ifndef LATHE_MODEL_DETAIL_FIXED_TABLE_HPP
#define LATHE_MODEL_DETAIL_FIXED_TABLE_HPP

/// @file
/// @brief An array whose size is known when it is made. What needs no more costs the compiler a tenth of a vector.

#include <cstddef>
#include <utility>

namespace lathe {
inline namespace v0 {
namespace detail {

template <class T>
class fixed_table {
public:
    fixed_table() noexcept = default;
    explicit fixed_table(std::size_t size) : m_first(size != 0 ? new T[size]() : nullptr), m_size(size) {}
    fixed_table(const fixed_table&) = delete;
    fixed_table& operator=(fixed_table other) noexcept {
        std::swap(m_first, other.m_first);
        std::swap(m_size, other.m_size);
        return *this;
    }
    fixed_table(fixed_table&& other) noexcept
        : m_first(std::exchange(other.m_first, nullptr)), m_size(std::exchange(other.m_size, 0)) {}
    ~fixed_table() { delete[] m_first; }

    [[nodiscard]] std::size_t size() const noexcept { return m_size; }
    [[nodiscard]] bool empty() const noexcept { return m_size == 0; }
    [[nodiscard]] T* data() noexcept { return m_first; }
    [[nodiscard]] const T* data() const noexcept { return m_first; }
    [[nodiscard]] T& operator[](std::size_t index) noexcept { return m_first[index]; }
    [[nodiscard]] const T& operator[](std::size_t index) const noexcept { return m_first[index]; }

private:
    T* m_first = nullptr;
    std::size_t m_size = 0;
};

} // namespace detail
} // namespace v0
} // namespace lathe

#endif // LATHE_MODEL_DETAIL_FIXED_TABLE_HPP
