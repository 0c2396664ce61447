// SPDX-License-Identifier: MIT
#ifndef LATHE_DATA_DETAIL_ROW_ITERATOR_HPP
#define LATHE_DATA_DETAIL_ROW_ITERATOR_HPP

/// @file
/// @brief The iterator of readers that go from row to row, once.

#include <cstddef>
#include <iterator>

namespace lathe {
inline namespace v0 {
namespace detail {

/// The reader does all of it: it has the row, reads the next one, and knows whether there is none.
template <class Reader>
class row_iterator {
public:
    using value_type = typename Reader::row;          ///< what it yields
    using difference_type = std::ptrdiff_t;           ///< required of iterators
    using iterator_concept = std::input_iterator_tag; ///< it goes once

    explicit row_iterator(Reader& reader) noexcept : m_reader(&reader) {}

    /// @return the current row, valid until the next step.
    [[nodiscard]] value_type& operator*() const noexcept { return m_reader->current(); }
    /// @return the current row, valid until the next step.
    [[nodiscard]] value_type* operator->() const noexcept { return &m_reader->current(); }
    /// Reads the next row.
    /// @return this iterator.
    /// @throws io_error when reading fails; the reader's `begin()` then tries again.
    row_iterator& operator++() {
        m_reader->step();
        return *this;
    }
    /// Reads the next row.
    /// @throws io_error when reading fails; the reader's `begin()` then tries again.
    void operator++(int) { m_reader->step(); }
    /// Whether all rows were read.
    friend bool operator==(const row_iterator& at, std::default_sentinel_t) noexcept { return at.at_end(); }

private:
    [[nodiscard]] bool at_end() const noexcept { return m_reader->m_ended; }

    Reader* m_reader;
};

} // namespace detail
} // namespace v0
} // namespace lathe

#endif // LATHE_DATA_DETAIL_ROW_ITERATOR_HPP
