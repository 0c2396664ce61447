// SPDX-License-Identifier: MIT
#ifndef LATHE_PERF_DETAIL_CALL_PATHS_HPP
#define LATHE_PERF_DETAIL_CALL_PATHS_HPP

/// @file
/// @brief The call trees of several threads, or snapshots, as one.

#include <cstddef>
#include <cstdint>

#include <lathe/perf/detail/own_text.hpp>

namespace lathe {
inline namespace v0 {
namespace detail {

// Paths from the root, 0; those above come before those below.
class call_paths {
public:
    struct path {
        std::size_t what = 0; // which metric
        std::size_t parent = 0;
        std::size_t depth = 0; // 0 at the root
        std::uint64_t calls = 0;
        std::uint64_t ticks = 0;
        std::size_t first_child = 0; // 0: none
        std::size_t next_sibling = 0;
    };

    call_paths() : m_paths(1) {}

    // Finds a metric under a path; makes it if need be.
    std::size_t below(std::size_t parent, std::size_t what) {
        for (std::size_t child = m_paths[parent].first_child; child != 0; child = m_paths[child].next_sibling)
            if (m_paths[child].what == what) return child;
        const std::size_t made = m_paths.size();
        m_paths.push_back({what, parent, m_paths[parent].depth + 1, 0, 0, 0, m_paths[parent].first_child});
        m_paths[parent].first_child = made;
        return made;
    }

    [[nodiscard]] path& operator[](std::size_t at) noexcept { return m_paths[at]; }
    [[nodiscard]] const path& operator[](std::size_t at) const noexcept { return m_paths[at]; }
    [[nodiscard]] std::size_t size() const noexcept { return m_paths.size(); }

    // The time in a path itself. What runs has counted below it already, but not in it: then it is none.
    [[nodiscard]] std::uint64_t own_ticks(std::size_t at) const noexcept {
        std::uint64_t below = 0;
        for (std::size_t child = m_paths[at].first_child; child != 0; child = m_paths[child].next_sibling)
            below += m_paths[child].ticks;
        return m_paths[at].ticks > below ? m_paths[at].ticks - below : 0;
    }

    // Calls visit(path) for each but the root, those below right after those above.
    template <class Visit>
    void visit(const Visit& visit) const {
        std::size_t at = m_paths[0].first_child;
        while (at != 0) {
            visit(at);
            if (m_paths[at].first_child != 0) {
                at = m_paths[at].first_child;
                continue;
            }
            while (at != 0 && m_paths[at].next_sibling == 0)
                at = m_paths[at].parent;
            if (at != 0) at = m_paths[at].next_sibling;
        }
    }

private:
    own_vector<path> m_paths;
};

} // namespace detail
} // namespace v0
} // namespace lathe

#endif // LATHE_PERF_DETAIL_CALL_PATHS_HPP
