// SPDX-License-Identifier: MIT
#ifndef LATHE_PERF_LABELS_HPP
#define LATHE_PERF_LABELS_HPP

/// @file
/// @brief What tells metrics of one name apart.
/// @par Example
/// @ref examples/perf.cpp

#include <algorithm>
#include <compare>
#include <cstddef>
#include <initializer_list>
#include <string_view>
#include <utility>

#include <lathe/perf/detail/own_text.hpp>

namespace lathe {
inline namespace v0 {
namespace perf {

/// One label of a metric: `method="GET"`.
class label {
public:
    /// Copies both.
    /// @param key what is told, such as the method of a request.
    /// @param value what it is for this metric.
    label(std::string_view key, std::string_view value) : m_key(key), m_value(value) {}

    /// @return what is told.
    [[nodiscard]] std::string_view key() const noexcept { return m_key.view(); }
    /// @return what it is.
    [[nodiscard]] std::string_view value() const noexcept { return m_value.view(); }

    /// @return whether both are equal.
    friend bool operator==(const label& a, const label& b) noexcept {
        return a.key() == b.key() && a.value() == b.value();
    }
    /// By key, then by value.
    friend std::strong_ordering operator<=>(const label& a, const label& b) noexcept {
        const auto by_key = a.key() <=> b.key();
        return by_key != 0 ? by_key : a.value() <=> b.value();
    }

private:
    detail::own_text m_key;
    detail::own_text m_value;
};

/// The labels of a metric, written in braces: `{{"method", "GET"}, {"code", "200"}}`. Their order means nothing.
/// @par Example
/// @ref examples/perf.cpp
class labels {
public:
    /// None.
    labels() = default;
    /// @param list each a key and a value. Of two with one key, the first counts.
    labels(std::initializer_list<std::pair<std::string_view, std::string_view>> list) {
        m_labels.reserve(list.size());
        for (const auto& [key, value] : list)
            add(key, value);
    }

    /// Adds one, unless there is one with that key.
    /// @param key what is told.
    /// @param value what it is.
    void add(std::string_view key, std::string_view value) {
        std::size_t place = 0;
        while (place < m_labels.size() && m_labels[place].key() < key)
            ++place;
        if (place < m_labels.size() && m_labels[place].key() == key) return;
        m_labels.emplace(m_labels.begin() + static_cast<std::ptrdiff_t>(place), key, value);
    }

    /// @return the first of them, in the order of their keys.
    [[nodiscard]] const label* begin() const noexcept { return m_labels.data(); }
    /// @return past the last one.
    [[nodiscard]] const label* end() const noexcept { return m_labels.data() + m_labels.size(); }
    /// @return how many.
    [[nodiscard]] std::size_t size() const noexcept { return m_labels.size(); }
    /// @return whether there are none.
    [[nodiscard]] bool empty() const noexcept { return m_labels.empty(); }

    /// @return whether keys and values are the same.
    friend bool operator==(const labels& a, const labels& b) noexcept {
        return std::equal(a.begin(), a.end(), b.begin(), b.end());
    }
    /// By the first label that differs.
    friend std::strong_ordering operator<=>(const labels& a, const labels& b) noexcept {
        const std::size_t both = std::min(a.size(), b.size());
        for (std::size_t i = 0; i < both; ++i) {
            const auto order = a.begin()[i] <=> b.begin()[i];
            if (order != 0) return order;
        }
        return a.size() <=> b.size();
    }

private:
    detail::own_vector<label> m_labels;
};

} // namespace perf
} // namespace v0
} // namespace lathe

#endif // LATHE_PERF_LABELS_HPP
