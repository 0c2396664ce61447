// SPDX-License-Identifier: MIT
#ifndef LATHE_PERF_DETAIL_OWN_TEXT_HPP
#define LATHE_PERF_DETAIL_OWN_TEXT_HPP

/// @file
/// @brief Names that the monitor keeps.

#include <algorithm>
#include <cstddef>
#include <string_view>
#include <utility>
#include <vector>

#include <lathe/perf/detail/own_allocator.hpp>

namespace lathe {
inline namespace v0 {
namespace detail {

template <class T>
using own_vector = std::vector<T, own_allocator<T>>;

// A text that never changes. A std::string with an allocator would be one more of the largest templates there are.
class own_text {
public:
    own_text() = default;
    explicit own_text(std::string_view text) : m_size(text.size()) {
        if (m_size == 0) return;
        m_chars = own_allocator<char>().allocate(m_size);
        std::copy(text.begin(), text.end(), m_chars);
    }
    own_text(const own_text& other) : own_text(other.view()) {}
    own_text(own_text&& other) noexcept
        : m_chars(std::exchange(other.m_chars, nullptr)), m_size(std::exchange(other.m_size, 0)) {}
    own_text& operator=(own_text other) noexcept {
        std::swap(m_chars, other.m_chars);
        std::swap(m_size, other.m_size);
        return *this;
    }
    ~own_text() {
        if (m_chars != nullptr) own_allocator<char>().deallocate(m_chars, m_size);
    }

    [[nodiscard]] std::string_view view() const noexcept { return {m_chars, m_size}; }

private:
    char* m_chars = nullptr;
    std::size_t m_size = 0;
};

// Makes and ends objects in memory that is not counted.
template <class T, class... Args>
[[nodiscard]] T* make_own(Args&&... args) {
    own_allocator<T> memory;
    T* const object = memory.allocate(1);
    try {
        return new (object) T(std::forward<Args>(args)...);
    } catch (...) {
        memory.deallocate(object, 1);
        throw;
    }
}

template <class T>
void end_own(T* object) noexcept {
    object->~T();
    own_allocator<T>().deallocate(object, 1);
}

// A list that is linked by `next`.
template <class T>
void end_own_list(T* first) noexcept {
    while (first != nullptr)
        end_own(std::exchange(first, first->next));
}

} // namespace detail
} // namespace v0
} // namespace lathe

#endif // LATHE_PERF_DETAIL_OWN_TEXT_HPP
