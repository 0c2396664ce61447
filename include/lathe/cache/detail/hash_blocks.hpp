// SPDX-License-Identifier: MIT
#ifndef LATHE_CACHE_DETAIL_HASH_BLOCKS_HPP
#define LATHE_CACHE_DETAIL_HASH_BLOCKS_HPP

/// @file
/// @brief Cache lines of numbers, each found by a hash.

#include <cstddef>
#include <cstdint>
#include <utility>
#include <vector> // std::allocator_traits as well; <memory> is three times as large

namespace lathe {
inline namespace v0 {
namespace detail {

// Blocks of eight numbers that do not cross a cache line. As many as are asked for: a hash is mapped by multiplication,
// so that nothing is rounded up to a power of two.
template <class T, class Allocator>
class hash_blocks {
public:
    static constexpr std::size_t width = 8;

    explicit hash_blocks(const Allocator& allocator) noexcept : m_numbers(allocator) {}

    // At least so many numbers, all of them 0.
    hash_blocks(std::size_t size, const Allocator& allocator)
        : m_numbers(size / width * width + width + line - 1, T(0), typename numbers::allocator_type(allocator)),
          m_blocks(size / width + (size % width != 0)) {
        const std::size_t over = reinterpret_cast<std::uintptr_t>(m_numbers.data()) / sizeof(T) % line;
        m_begin = over != 0 ? line - over : 0;
    }

    void swap(hash_blocks& other) noexcept {
        m_numbers.swap(other.m_numbers);
        std::swap(m_begin, other.m_begin);
        std::swap(m_blocks, other.m_blocks);
    }

    // How many numbers there are.
    [[nodiscard]] std::size_t size() const noexcept { return m_blocks * width; }
    [[nodiscard]] T* begin() noexcept { return m_numbers.data() + m_begin; }
    [[nodiscard]] T* end() noexcept { return begin() + size(); }

    // The eight numbers of a hash. There are some.
    [[nodiscard]] T* of(std::uint32_t hash) noexcept {
        return begin() + static_cast<std::size_t>((std::uint64_t(hash) * m_blocks) >> 32) * width;
    }

private:
    static constexpr std::size_t line = 64 / sizeof(T);
    using numbers = std::vector<T, typename std::allocator_traits<Allocator>::template rebind_alloc<T>>;

    numbers m_numbers;
    std::size_t m_begin = 0; // the first one on a cache line
    std::size_t m_blocks = 0;
};

} // namespace detail
} // namespace v0
} // namespace lathe

#endif // LATHE_CACHE_DETAIL_HASH_BLOCKS_HPP
