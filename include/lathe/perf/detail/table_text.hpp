// SPDX-License-Identifier: MIT
#ifndef LATHE_PERF_DETAIL_TABLE_TEXT_HPP
#define LATHE_PERF_DETAIL_TABLE_TEXT_HPP

/// @file
/// @brief A snapshot as a table. A template of the snapshot, so that only those who make tables pay for it.

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <lathe/core/detail/visible_text.hpp>
#include <lathe/perf/detail/glob.hpp>
#include <lathe/perf/detail/human_units.hpp>
#include <lathe/perf/detail/text_grid.hpp>
#include <lathe/perf/table_options.hpp>

namespace lathe {
inline namespace v0 {
namespace detail {

// requests{code="200", method="GET"}; fit for any terminal.
template <class Metric>
std::string metric_text(const Metric& metric) {
    std::string text;
    write_visible(text, metric.name());
    if (text.empty()) text = "\"\"";
    char before = '{';
    for (const auto& label : metric.labels()) {
        text += before;
        if (before == ',') text += ' ';
        write_visible(text, label.key());
        text += '=';
        write_quoted(text, label.value());
        before = ',';
    }
    if (before == ',') text += '}';
    return text;
}

// What rows are sorted by; the larger one is first.
template <class Stats>
double sort_key(const Stats& stats, perf::column by) {
    const auto number = [](auto value) {
        return static_cast<double>(value);
    };
    switch (by) {
    case perf::column::name:
        return 0;
    case perf::column::calls:
        return number(stats.calls());
    case perf::column::errors:
        return number(stats.errors());
    case perf::column::total:
        return number(stats.total().count());
    case perf::column::self:
        return number((stats.has_call_tree() ? stats.self_time() : stats.total()).count());
    case perf::column::mean:
        return number(stats.mean().count());
    case perf::column::min:
        return number(stats.min().count());
    case perf::column::p50:
        return number(stats.p(0.5).count());
    case perf::column::p90:
        return number(stats.p(0.9).count());
    case perf::column::p99:
        return number(stats.p(0.99).count());
    case perf::column::max:
        return number(stats.max().count());
    case perf::column::allocations:
        return stats.has_memory() ? number(stats.allocations()) : 0;
    case perf::column::bytes:
        return stats.has_memory() ? number(stats.bytes()) : 0;
    case perf::column::net:
        return stats.has_memory() ? number(stats.net()) : 0;
    case perf::column::peak:
        return stats.has_memory() ? number(stats.peak()) : 0;
    }
    return 0;
}

template <class Snapshot>
class table_writer {
public:
    table_writer(const Snapshot& from, const perf::table_options& options) : m_from(from), m_options(options) {}

    std::string write() {
        write_timers();
        if (m_options.call_tree) write_call_tree();
        write_values("counter", m_from.counters(), [](std::uint64_t value) { return count_text(value); });
        write_values("gauge", m_from.gauges(), [](double value) { return number_text(value); });
        if (m_out.empty()) write_nothing();
        write_end();
        return std::move(m_out);
    }

private:
    using side = text_grid::side;

    template <class Metric>
    struct line {
        std::string text;
        const Metric* metric;
        double key = 0;
    };

    // Those that the filter lets through.
    template <class Metric>
    std::vector<line<Metric>> chosen(std::span<const Metric> metrics) const {
        std::vector<line<Metric>> rows;
        for (const Metric& each : metrics) {
            std::string text = metric_text(each);
            if (matches_filter(text, m_options.filter)) rows.push_back({std::move(text), &each});
        }
        return rows;
    }
    // How many rows of so many are shown.
    [[nodiscard]] std::size_t limited(std::size_t rows) const {
        return m_options.limit == 0 ? rows : std::min(rows, m_options.limit);
    }
    void write_left_out(std::size_t rows) {
        const std::size_t left_out = rows - limited(rows);
        if (left_out > 0) write_note("and " + count_text(left_out) + " more");
    }
    void write_note(std::string_view text) {
        write_styled(m_out, text, style_faint);
        m_out += '\n';
    }
    void begin_part() {
        if (!m_out.empty()) m_out += '\n';
    }
    std::string shortened(std::string text) const {
        shorten_text(text, m_options.name_width);
        return text;
    }

    void write_timers() {
        auto rows = chosen(m_from.timers());
        if (rows.empty()) return;
        for (auto& row : rows)
            row.key = sort_key(*row.metric, m_options.sort_by);
        std::sort(rows.begin(), rows.end(), [](const auto& a, const auto& b) {
            return a.key != b.key ? a.key > b.key : a.text < b.text;
        });
        const std::size_t all = rows.size();
        rows.resize(limited(all));

        const bool errors = std::ranges::any_of(rows, [](const auto& row) { return row.metric->errors() > 0; });
        const bool self = std::ranges::any_of(rows, [](const auto& row) { return row.metric->has_call_tree(); });
        const bool distribution = m_options.distribution > 0;
        text_grid grid;
        grid.column("timer", side::left);
        grid.column("calls", side::right);
        if (errors) grid.column("errors", side::right);
        grid.column("total", side::right);
        if (self) grid.column("self", side::right);
        for (const char* const heading : {"mean", "min", "p50", "p90", "p99", "max"})
            grid.column(heading, side::right);
        if (distribution) grid.column("distribution", side::left);

        for (auto& row : rows) {
            const auto& stats = *row.metric;
            row.text = shortened(std::move(row.text));
            grid.cell(row.text);
            grid.cell(count_text(stats.calls()));
            if (errors) grid.cell(count_text(stats.errors()), stats.errors() > 0 ? style_alarm : std::string_view());
            grid.cell(duration_text(stats.total()));
            if (self) grid.cell(stats.has_call_tree() ? duration_text(stats.self_time()) : "-");
            for (const auto time : {stats.mean(), stats.min(), stats.p(0.5), stats.p(0.9), stats.p(0.99), stats.max()})
                grid.cell(stats.calls() > 0 ? duration_text(time) : "-");
            if (distribution) grid.cell(sparkline(stats.distribution(m_options.distribution)), style_bars);
        }
        grid.write(m_out);
        write_left_out(all);
        write_memory(rows);
    }

    template <class Rows>
    void write_memory(const Rows& rows) {
        if (std::ranges::none_of(rows, [](const auto& row) { return row.metric->has_memory(); })) return;
        begin_part();
        text_grid grid;
        grid.column("memory", side::left);
        for (const char* const heading : {"calls", "allocs/call", "bytes/call", "net/call", "peak"})
            grid.column(heading, side::right);
        for (const auto& row : rows) {
            const auto& stats = *row.metric;
            if (!stats.has_memory()) continue;
            const auto a_call = [calls = static_cast<double>(stats.memory_calls())](auto all) {
                return static_cast<double>(all) / calls;
            };
            const double allocations = a_call(stats.allocations());
            const bool whole = allocations == std::floor(allocations);
            grid.cell(row.text);
            grid.cell(count_text(stats.memory_calls()));
            grid.cell(whole ? count_text(static_cast<std::uint64_t>(allocations)) : rounded_text(allocations));
            grid.cell(bytes_text(a_call(stats.bytes())));
            grid.cell(bytes_text(a_call(stats.net())));
            grid.cell(bytes_text(static_cast<double>(stats.peak())));
        }
        grid.write(m_out);
    }

    void write_call_tree() {
        begin_part();
        const auto nodes = m_from.call_tree();
        if (nodes.empty()) {
            write_note("no call tree: no scope has ended in a monitor with {.call_tree = true}");
            return;
        }
        text_grid grid;
        grid.column("call tree", side::left);
        grid.column("calls", side::right);
        grid.column("total", side::right);
        grid.column("self", side::right);
        for (const std::size_t at : longest_first(nodes)) {
            const auto& node = nodes[at];
            grid.cell(indentation(node.depth) + shortened(metric_text(m_from.timers()[node.timer])));
            grid.cell(count_text(node.calls));
            grid.cell(duration_text(node.total));
            grid.cell(duration_text(node.self_time));
        }
        grid.write(m_out);
        write_left_out(nodes.size());
    }

    // A deep recursion would be wider than it is long.
    static std::string indentation(std::size_t depth) {
        constexpr std::size_t most = 32;
        if (depth <= most) return std::string(2 * depth, ' ');
        return std::string(2 * most, ' ') + "(" + count_text(depth) + ") ";
    }
    // As many places of a call tree as are shown: what is called after what calls it, what took longer first.
    template <class Node>
    std::vector<std::size_t> longest_first(std::span<const Node> nodes) const {
        std::vector<std::size_t> by_time(nodes.size());
        for (std::size_t i = 0; i < nodes.size(); ++i)
            by_time[i] = i;
        std::sort(by_time.begin(), by_time.end(), [nodes](std::size_t a, std::size_t b) {
            return nodes[a].total != nodes[b].total ? nodes[a].total > nodes[b].total : a < b;
        });
        std::vector<std::vector<std::size_t>> called(nodes.size() + 1); // by whom; by nobody at the end
        for (auto at = by_time.rbegin(); at != by_time.rend(); ++at)
            called[nodes[*at].depth == 0 ? nodes.size() : nodes[*at].parent].push_back(*at);
        std::vector<std::size_t> shown;
        std::vector<std::size_t> next = called.back();
        while (!next.empty() && shown.size() < limited(nodes.size())) {
            const std::size_t at = next.back();
            next.pop_back();
            shown.push_back(at);
            next.insert(next.end(), called[at].begin(), called[at].end());
        }
        return shown;
    }

    template <class Metric, class Text>
    void write_values(std::string_view heading, std::span<const Metric> metrics, const Text& text) {
        auto rows = chosen(metrics);
        if (rows.empty()) return;
        std::sort(rows.begin(), rows.end(), [](const auto& a, const auto& b) { return a.text < b.text; });
        begin_part();
        text_grid grid;
        grid.column(heading, side::left);
        grid.column("value", side::right);
        for (const auto& row : rows) {
            grid.cell(shortened(row.text));
            grid.cell(text(row.metric->value()));
        }
        grid.write(m_out);
    }

    void write_nothing() {
        const bool empty = m_from.timers().empty() && m_from.counters().empty() && m_from.gauges().empty();
        std::string text = "nothing was measured";
        if (!empty) {
            text = "nothing that was measured fits ";
            write_quoted(text, m_options.filter);
        }
        write_note(text);
    }

    void write_end() {
        const std::size_t events = m_from.events().size();
        if (events == 0 && !m_options.process) return;
        begin_part();
        if (events > 0)
            write_note("events: " + count_text(events) + " kept, " + count_text(m_from.dropped_events()) + " dropped");
        if (m_options.process) write_process();
    }

    void write_process() {
        const auto process = m_from.process();
        const std::string text = "process: " + bytes_text(static_cast<double>(process.resident_bytes)) + " resident (" +
                                 bytes_text(static_cast<double>(process.peak_resident_bytes)) + " at most), " +
                                 count_text(process.minor_faults + process.major_faults) + " page faults (" +
                                 count_text(process.major_faults) + " from disk), " +
                                 count_text(process.voluntary_switches + process.involuntary_switches) +
                                 " context switches (" + count_text(process.involuntary_switches) +
                                 " forced), CPU time " + duration_text(process.user_time) + " user, " +
                                 duration_text(process.system_time) + " system";
        write_note(text);
    }

    const Snapshot& m_from;
    const perf::table_options& m_options;
    std::string m_out;
};

} // namespace detail
} // namespace v0
} // namespace lathe

#endif // LATHE_PERF_DETAIL_TABLE_TEXT_HPP
