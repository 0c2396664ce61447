// SPDX-License-Identifier: MIT
#ifndef LATHE_MODEL_DETAIL_VALUE_DICT_HPP
#define LATHE_MODEL_DETAIL_VALUE_DICT_HPP

/// @file
/// @brief What dicts do.

#include <cstddef>
#include <cstdint>
#include <initializer_list>
#include <new>
#include <string>
#include <string_view>
#include <utility>

#include <lathe/model/detail/scalar_text.hpp>
#include <lathe/model/detail/value_hash.hpp>
#include <lathe/model/detail/value_index.hpp>
#include <lathe/model/value.hpp>

namespace lathe {
inline namespace v0 {
namespace detail {

[[noreturn, gnu::cold, gnu::noinline]] inline void refuse_key(std::string_view key, const char* why) {
    std::string text;
    write_quoted(text, key);
    throw value_error(text.append(why));
}

} // namespace detail

inline dict::dict(std::initializer_list<initial> entries) {
    dict made;
    made.reserve(entries.size());
    for (const initial& given : entries) {
        const std::uint32_t hash = made.hash_of(given.m_key);
        if (made.position_of(given.m_key, hash) != detail::position_index::none) {
            detail::refuse_key(given.m_key, " stands twice in the dict");
        }
        made.append(std::move(given.m_key), std::move(given.m_value), hash);
    }
    swap(made);
}

inline dict::dict(const dict& other) {
    dict made;
    made.reserve(other.m_size);
    for (const entry& copied : other) {
        entry copy(copied);
        made.append(std::move(copy.m_key), std::move(copy.m_value), made.hash_of(copied.m_key));
    }
    swap(made);
}
inline dict::dict(dict&& other) noexcept {
    swap(other);
}
inline dict& dict::operator=(const dict& other) {
    dict copy(other);
    swap(copy);
    return *this;
}
inline dict& dict::operator=(dict&& other) noexcept {
    dict taken(std::move(other));
    swap(taken);
    return *this;
}
inline dict::~dict() {
    while (m_size != 0)
        drop_last();
    ::operator delete(m_entries);
}

inline void dict::swap(dict& other) noexcept {
    std::swap(m_entries, other.m_entries);
    std::swap(m_size, other.m_size);
    std::swap(m_capacity, other.m_capacity);
    m_index.swap(other.m_index);
}

inline auto dict::begin() noexcept -> iterator {
    return m_entries;
}
inline auto dict::begin() const noexcept -> const_iterator {
    return m_entries;
}
inline auto dict::end() noexcept -> iterator {
    return m_entries + m_size;
}
inline auto dict::end() const noexcept -> const_iterator {
    return m_entries + m_size;
}

// Not needed, and not computed, where there is no index.
inline std::uint32_t dict::hash_of(std::string_view key) const noexcept {
    return m_index ? detail::key_hash(key) : 0;
}

inline std::uint32_t dict::position_of(std::string_view key, std::uint32_t hash) const noexcept {
    if (m_index) {
        return m_index.find(hash, [&](std::uint32_t position) { return m_entries[position].m_key == key; });
    }
    for (std::uint32_t position = 0; position < m_size; ++position) {
        if (m_entries[position].m_key == key) return position;
    }
    return detail::position_index::none;
}

inline void dict::reallocate(std::size_t capacity) {
    if (capacity > most) {
        throw value_error("lathe::dict: there is no room for " + std::to_string(capacity) +
                          " entries, only for 2147483648");
    }
    dict larger;
    larger.m_entries = static_cast<entry*>(::operator new(capacity * sizeof(entry)));
    larger.m_capacity = static_cast<std::uint32_t>(capacity);
    if (capacity > scanned) {
        detail::position_index index(capacity);
        larger.m_index.swap(index);
    }
    for (; larger.m_size < m_size; ++larger.m_size) { // nothing throws from here on
        if (larger.m_index) larger.m_index.insert(larger.hash_of(m_entries[larger.m_size].m_key), larger.m_size);
        relocate(m_entries + larger.m_size, larger.m_entries + larger.m_size);
    }
    m_size = 0;
    swap(larger);
}

inline void dict::reserve(std::size_t size) {
    if (size > m_capacity) reallocate(size);
}

inline void dict::relocate(entry* from, entry* to) noexcept {
    ::new (static_cast<void*>(to)) entry(std::move(from->m_key), std::move(from->m_value));
    from->~entry();
}

// There is room, and the key is new.
inline value& dict::append(std::string&& key, value&& added, std::uint32_t hash) noexcept {
    entry* const made = ::new (static_cast<void*>(m_entries + m_size)) entry(std::move(key), std::move(added));
    if (m_index) m_index.insert(hash, m_size);
    ++m_size;
    return made->m_value;
}

// The index is not told: it must not be used any more.
inline void dict::drop_last() noexcept {
    m_entries[--m_size].~entry();
}

inline value* dict::find(std::string_view key) noexcept {
    return const_cast<value*>(std::as_const(*this).find(key));
}
inline const value* dict::find(std::string_view key) const noexcept {
    const std::uint32_t position = position_of(key, hash_of(key));
    return position == detail::position_index::none ? nullptr : &m_entries[position].m_value;
}
inline bool dict::contains(std::string_view key) const noexcept {
    return find(key) != nullptr;
}
inline value& dict::at(std::string_view key) {
    return const_cast<value&>(std::as_const(*this).at(key));
}
inline const value& dict::at(std::string_view key) const {
    const value* const found = find(key);
    if (found == nullptr) detail::refuse_key(key, " is no key of the dict");
    return *found;
}

inline value& dict::operator[](std::string_view key) {
    value* const found = find(key);
    return found != nullptr ? *found : *try_emplace(std::string(key)).first;
}

inline std::pair<value*, bool> dict::try_emplace(std::string key) {
    return try_emplace(std::move(key), value());
}
inline std::pair<value*, bool> dict::try_emplace(std::string key, value added) {
    std::uint32_t hash = hash_of(key);
    const std::uint32_t position = position_of(key, hash);
    if (position != detail::position_index::none) return {&m_entries[position].m_value, false};
    if (m_size == m_capacity) {
        reallocate(m_capacity == 0 ? 2 : 2 * std::size_t{m_capacity});
        hash = hash_of(key); // there may be an index now
    }
    return {&append(std::move(key), std::move(added), hash), true};
}

inline bool dict::erase(std::string_view key) noexcept {
    const std::uint32_t hash = hash_of(key);
    const std::uint32_t position = position_of(key, hash);
    if (position == detail::position_index::none) return false;
    if (m_index) m_index.erase(hash, position);
    m_entries[position].~entry();
    --m_size;
    for (std::uint32_t to = position; to < m_size; ++to)
        relocate(m_entries + to + 1, m_entries + to);
    return true;
}

inline void dict::clear() noexcept {
    m_index.clear();
    while (m_size != 0)
        drop_last();
}

inline bool operator==(const dict& a, const dict& b) {
    if (a.m_size != b.m_size) return false;
    for (const auto& [key, held] : a) {
        const value* const other = b.find(key);
        if (other == nullptr || !(held == *other)) return false;
    }
    return true;
}

} // namespace v0
} // namespace lathe

#endif // LATHE_MODEL_DETAIL_VALUE_DICT_HPP
