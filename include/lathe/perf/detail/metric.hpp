// SPDX-License-Identifier: MIT
#ifndef LATHE_PERF_DETAIL_METRIC_HPP
#define LATHE_PERF_DETAIL_METRIC_HPP

/// @file
/// @brief What a monitor knows of a metric, and how it finds it by name.

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <string_view>

#include <lathe/perf/detail/own_text.hpp>
#include <lathe/perf/labels.hpp>

namespace lathe {
inline namespace v0 {
namespace detail {

enum class metric_kind : unsigned char { timer, counter, gauge };

// Lives as long as its monitor.
struct metric {
    metric_kind kind;
    std::uint32_t number; // from 0, each monitor its own
    own_text name;
    perf::labels labels;
    metric* next;                 // the one made before
    std::atomic<double> value{0}; // of a gauge

    metric(metric_kind what, std::uint32_t which, std::string_view called, const perf::labels& labelled, metric* older)
        : kind(what), number(which), name(called), labels(labelled), next(older) {}

    [[nodiscard]] bool is(metric_kind what, std::string_view called, const perf::labels& labelled) const noexcept {
        return kind == what && name.view() == called && labels == labelled;
    }
};

inline std::size_t hash_of_metric(metric_kind kind, std::string_view name, const perf::labels& labels) noexcept {
    const std::hash<std::string_view> hash;
    constexpr auto odd = static_cast<std::size_t>(0x9e37'79b9'7f4a'7c15U);
    std::size_t all = hash(name) + static_cast<std::size_t>(kind);
    for (const perf::label& label : labels)
        all = (all * odd + hash(label.key())) * odd + hash(label.value());
    return all;
}

// From hashes to objects that live elsewhere: open addressing, half empty.
template <class T>
class pointer_table {
public:
    template <class Is>
    [[nodiscard]] T* find(std::size_t hash, const Is& is_it) const {
        if (m_entries.empty()) return nullptr;
        for (std::size_t at = hash & mask(); m_entries[at].object != nullptr; at = (at + 1) & mask())
            if (m_entries[at].hash == hash && is_it(*m_entries[at].object)) return m_entries[at].object;
        return nullptr;
    }

    // What insert will need; insert throws nothing then.
    void reserve_one() {
        if (2 * (m_size + 1) <= m_entries.size()) return;
        own_vector<entry> larger(m_entries.empty() ? 16 : 2 * m_entries.size());
        m_entries.swap(larger);
        for (const entry& old : larger)
            if (old.object != nullptr) place(old);
    }
    void insert(std::size_t hash, T& object) noexcept {
        place({hash, &object});
        ++m_size;
    }

private:
    struct entry {
        std::size_t hash = 0;
        T* object = nullptr;
    };

    [[nodiscard]] std::size_t mask() const noexcept { return m_entries.size() - 1; }
    void place(const entry& it) noexcept {
        std::size_t at = it.hash & mask();
        while (m_entries[at].object != nullptr)
            at = (at + 1) & mask();
        m_entries[at] = it;
    }

    own_vector<entry> m_entries;
    std::size_t m_size = 0;
};

} // namespace detail
} // namespace v0
} // namespace lathe

#endif // LATHE_PERF_DETAIL_METRIC_HPP
