// SPDX-License-Identifier: MIT
#ifndef LATHE_PERF_TABLE_HPP
#define LATHE_PERF_TABLE_HPP

/// @file
/// @brief Snapshots as tables that people read: by fmt, or on a terminal in colour.
/// @par Example
/// @ref examples/perf.cpp

#include <cerrno>
#include <cstdio>
#include <cstdlib>
#include <string>
#include <string_view>
#include <system_error>
#include <type_traits>

#if __has_include(<fmt/base.h>) // fmt 11
#    include <fmt/base.h>
#else
#    include <fmt/core.h>
#endif
#include <unistd.h>

#include <lathe/perf/detail/table_text.hpp>
#include <lathe/perf/error.hpp>
#include <lathe/perf/snapshot.hpp>
#include <lathe/perf/table_options.hpp>

namespace lathe {
inline namespace v0 {
namespace perf {

/// A snapshot as a table: a row for each timer, with times, percentiles and the distribution of its calls; then memory,
/// counters, gauges, and what the process has used.
///
/// The columns for errors and for the time of a scope's own, and the part about memory, are there if any timer shown
/// has something in them. The distribution is drawn from the fastest call to the slowest, on a logarithmic scale; the
/// height of a bar tells the number of calls. Characters of names that would command a terminal are written as escapes.
/// Numbers look the same in every locale. `fmt::print("{}", perf::table(snap))` writes it without colour; `perf::print`
/// with, on a terminal.
///
/// A table holds its text, and nothing of the snapshot: `perf::table(mon.snapshot())` may be kept.
class table {
public:
    /// Makes it.
    /// @param from where the figures are from; not needed any more afterwards.
    /// @param options what is shown, and in which order.
    /// @par Complexity
    /// Linear in the number of metrics, whatever the number of calls, but for sorting.
    template <class Snapshot = snapshot> // a template, so that only files that make tables compile it
    table(const std::type_identity_t<Snapshot>& from, const table_options& options = {}) // NOLINT: a view of the same
        : m_text(detail::table_writer<Snapshot>(from, options).write()), m_colour(options.colour) {}

    /// @param styled whether with escape sequences for terminals.
    /// @return the lines, each with its end.
    [[nodiscard]] std::string text(bool styled = false) const {
        return styled ? m_text : detail::without_styles(m_text);
    }
    /// @return when `print` writes it in colour.
    [[nodiscard]] perf::colour colour() const noexcept { return m_colour; }

private:
    std::string m_text; // with styles
    perf::colour m_colour;
};

/// Writes a table, or a snapshot as a table, in colour if its options say so: where it goes to a terminal, unless said
/// otherwise.
/// @param to an open file.
/// @param what a table or a snapshot.
/// @throws monitor_error if the file does not take all of it; a part may have been written.
inline void print(std::FILE* to, const table& what);

/// Writes a table, or a snapshot as a table, to the standard output; see the other `print`.
/// @param what a table or a snapshot.
/// @throws monitor_error if it does not take all of it.
inline void print(const table& what) {
    print(stdout, what);
}

} // namespace perf

// ---- implementation --------------------------------------------------------

namespace detail {

inline bool environment_has(const char* name) noexcept {
    const char* const value = std::getenv(name);
    return value != nullptr && *value != '\0';
}

// https://no-color.org: whoever sets NO_COLOR, to whatever, wants none.
inline bool wants_colour(std::FILE* to) noexcept {
    return !environment_has("NO_COLOR") && environment_has("TERM") && std::string_view(std::getenv("TERM")) != "dumb" &&
           ::isatty(::fileno(to)) == 1;
}

} // namespace detail

namespace perf {

inline void print(std::FILE* to, const table& what) {
    const bool styled =
        what.colour() == colour::always || (what.colour() == colour::automatic && detail::wants_colour(to));
    const std::string text = what.text(styled);
    if (std::fwrite(text.data(), 1, text.size(), to) != text.size()) {
        throw monitor_error("lathe::perf::print: the table was not written: " + std::generic_category().message(errno));
    }
}

} // namespace perf
} // namespace v0
} // namespace lathe

/// @cond detail
/// Formats a table as plain text, for who formats cannot know where it goes. There is nothing to say after a colon.
template <>
struct fmt::formatter<lathe::perf::table, char> {
    /// @return where the specification ends: fmt reports what else there is.
    template <class Context>
    constexpr auto parse(Context& context) -> decltype(context.begin()) {
        return context.begin();
    }
    /// @return the end of what was written.
    template <class Context>
    auto format(const lathe::perf::table& table, Context& context) const -> decltype(context.out()) {
        auto out = context.out();
        for (const char c : table.text())
            *out++ = c;
        return out;
    }
};
/// @endcond

#endif // LATHE_PERF_TABLE_HPP
