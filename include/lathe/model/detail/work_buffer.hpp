// SPDX-License-Identifier: MIT
#ifndef LATHE_MODEL_DETAIL_WORK_BUFFER_HPP
#define LATHE_MODEL_DETAIL_WORK_BUFFER_HPP

/// @file
/// @brief Room for what a reader keeps while it works: most documents need no memory for it.

#include <cstddef>
#include <type_traits>
#include <vector>

namespace lathe {
inline namespace v0 {
namespace detail {

// Values side by side, zero when they are added. They move when there are more than Few.
template <class T, std::size_t Few>
class work_buffer {
    static_assert(std::is_trivially_copyable_v<T>);

public:
    work_buffer() noexcept = default;
    work_buffer(const work_buffer&) = delete;
    work_buffer& operator=(const work_buffer&) = delete;
    ~work_buffer() {
        if (m_data != m_few) delete[] m_data;
    }

    [[nodiscard]] std::size_t size() const noexcept { return m_size; }
    [[nodiscard]] T* data() noexcept { return m_data; }
    [[nodiscard]] T& operator[](std::size_t index) noexcept { return m_data[index]; }
    [[nodiscard]] const T& operator[](std::size_t index) const noexcept { return m_data[index]; }

    void resize(std::size_t size) {
        if (size > m_room) grow(size);
        for (std::size_t i = m_size; i < size; ++i)
            m_data[i] = T{};
        m_size = size;
    }

private:
    [[gnu::cold, gnu::noinline]] void grow(std::size_t size) {
        const std::size_t room = size > 2 * m_room ? size : 2 * m_room;
        T* const data = new T[room];
        for (std::size_t i = 0; i < m_size; ++i)
            data[i] = m_data[i];
        if (m_data != m_few) delete[] m_data;
        m_data = data;
        m_room = room;
    }

    T m_few[Few];
    T* m_data = m_few;
    std::size_t m_room = Few;
    std::size_t m_size = 0;
};

// Objects by their depth, which are never taken away: whoever comes back to a depth finds what was left there.
template <class T, std::size_t Few>
class work_stack {
public:
    // There must be one for each depth up to this one, or up to the one before.
    T& reach(std::size_t depth) {
        if (depth < Few) return m_few[depth];
        if (depth - Few == m_more.size()) m_more.emplace_back();
        return m_more[depth - Few];
    }
    [[nodiscard]] T& operator[](std::size_t depth) noexcept { return depth < Few ? m_few[depth] : m_more[depth - Few]; }
    [[nodiscard]] const T& operator[](std::size_t depth) const noexcept {
        return depth < Few ? m_few[depth] : m_more[depth - Few];
    }

private:
    T m_few[Few];
    std::vector<T> m_more;
};

} // namespace detail
} // namespace v0
} // namespace lathe

#endif // LATHE_MODEL_DETAIL_WORK_BUFFER_HPP
