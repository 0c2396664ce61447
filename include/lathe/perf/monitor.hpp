// SPDX-License-Identifier: MIT
#ifndef LATHE_PERF_MONITOR_HPP
#define LATHE_PERF_MONITOR_HPP

/// @file
/// @brief Measures what parts of a program take: times, errors, memory, counts.
/// @par Example
/// @ref examples/perf.cpp

#include <cstdint>
#include <string_view>
#include <type_traits>
#include <utility>

#include <lathe/core/fixed_string.hpp>
#include <lathe/perf/counter.hpp>
#include <lathe/perf/detail/monitor_engine.hpp>
#include <lathe/perf/detail/snapshot_maker.hpp>
#include <lathe/perf/labels.hpp>
#include <lathe/perf/options.hpp>
#include <lathe/perf/scope.hpp>
#include <lathe/perf/snapshot.hpp>
#include <lathe/perf/timed.hpp>
#include <lathe/perf/timed_awaitable.hpp>
#include <lathe/perf/timer.hpp>

namespace lathe {
inline namespace v0 {
namespace detail {
union immortal_monitor;
} // namespace detail

namespace perf {

/// Measures what parts of a program take.
///
/// Threads measure each for itself, into histograms of a fixed size: a scope costs two readings of the clock and little
/// more, takes no lock, and allocates nothing after a thread's first one of that name. What threads that have ended
/// measured stays. No scope throws: if memory runs out for a thread's first one of a name, it does not count.
///
/// A name is the metric: whatever is measured by one name, in whichever way, is counted together.
///
/// A monitor is an observer as `lathe::observer` means it, so schedulers and caches can be measured by one.
///
/// @par Thread safety
/// Any number of threads may use it, for anything.
/// @par Complexity
/// 10 KiB for each metric and each thread that uses it and lives at a time.
/// @par Ownership
/// It must outlive its scopes, timers, counters, gauges, and wrapped callables.
class monitor {
public:
    /// Begins to measure.
    /// @param options what it does beyond counting and timing.
    explicit monitor(monitor_options options = {}) : m_core(detail::new_monitor_key(), nullptr) {
        m_core.engine.store(detail::make_own<detail::monitor_engine>(m_core.number, options),
                            std::memory_order_relaxed);
    }
    monitor(const monitor&) = delete;
    monitor& operator=(const monitor&) = delete;
    ~monitor() {
        if (detail::monitor_engine* const engine = m_core.engine.load(std::memory_order_acquire); engine != nullptr)
            detail::end_own(engine);
    }

    // ---- scopes ----------------------------------------------------------------------------------------------------

    /// Measures from here to the end of what it returns: `{ auto scope = mon.scope<"load">(); load(); }`.
    /// @tparam Name of the metric.
    /// @return what measures until it ends.
    template <fixed_string Name>
    [[nodiscard, gnu::always_inline]] perf::scope scope() noexcept {
        return perf::scope(detail::begin_scope<Name>(m_core));
    }
    /// Measures as `scope<"name">()` does, by a name that is known at run time only; it is looked up each time. Where
    /// that is too dear: `timer(name)`.
    /// @param name of the metric; copied.
    /// @return what measures until it ends.
    [[nodiscard]] perf::scope scope(std::string_view name) noexcept {
        return perf::scope(detail::start_at(detail::begin_named(m_core, name, detail::mode_plain)));
    }
    /// Measures as `scope` does, and counts what the thread allocates meanwhile, if memory is counted at all: see
    /// `lathe/perf/memory.hpp`.
    /// @tparam Name of the metric.
    /// @return what measures until it ends.
    template <fixed_string Name>
    [[nodiscard]] perf::scope memory_scope() noexcept {
        return memory_scope(Name.view());
    }
    /// Measures as `memory_scope<"name">()` does, by a name that is known at run time only.
    /// @param name of the metric; copied.
    /// @return what measures until it ends.
    [[nodiscard]] perf::scope memory_scope(std::string_view name) noexcept {
        return perf::scope(detail::start_at(detail::begin_named(m_core, name, detail::mode_memory)));
    }
    /// Measures as `scope(name)` does: what makes a monitor an observer.
    /// @param name of the metric; copied.
    /// @return what measures until it ends.
    [[nodiscard]] perf::scope observe(std::string_view name) noexcept { return scope(name); }

    // ---- metrics ---------------------------------------------------------------------------------------------------

    /// Finds a metric, or makes it, to time by.
    /// @param name of the metric; copied.
    /// @param labels what tells it from others of that name.
    /// @return a handle, to be used often.
    [[nodiscard]] perf::timer timer(std::string_view name, const labels& labels = {}) {
        return {m_core, metric_named(detail::metric_kind::timer, name, labels)};
    }
    /// Finds a counter, or makes it; it has counted nothing at first.
    /// @param name of the counter; copied. A metric that is timed may have the same.
    /// @param labels what tells it from others of that name.
    /// @return a handle, to be used often.
    [[nodiscard]] perf::counter counter(std::string_view name, const labels& labels = {}) {
        return {m_core, metric_named(detail::metric_kind::counter, name, labels)};
    }
    /// Finds a gauge, or makes it; it is 0 at first.
    /// @param name of the gauge; copied.
    /// @param labels what tells it from others of that name.
    /// @return a handle, to be used often.
    [[nodiscard]] perf::gauge gauge(std::string_view name, const labels& labels = {}) {
        return perf::gauge(metric_named(detail::metric_kind::gauge, name, labels));
    }

    // ---- callables -------------------------------------------------------------------------------------------------

    /// Wraps a callable, so that each call is timed, and counted as an error if it throws.
    /// @param name of the metric; copied.
    /// @param f what is called; copied or moved into the wrapper.
    /// @return a callable with the same signature.
    template <class F>
    [[nodiscard]] auto time_it(std::string_view name, F f) {
        return timed<F>(timer(name), std::move(f));
    }
    /// Wraps a callable as `time_it` does, and counts what each call allocates, in its thread, if memory is counted at
    /// all: see `lathe/perf/memory.hpp`.
    /// @param name of the metric; copied.
    /// @param f what is called; copied or moved into the wrapper.
    /// @return a callable with the same signature.
    template <class F>
    [[nodiscard]] auto profile_memory(std::string_view name, F f) {
        return profiled<F>(timer(name), std::move(f));
    }

    /// Times what is awaited, from the beginning of the `co_await` until it is complete, however often it is suspended
    /// meanwhile, and in whichever thread it ends.
    /// @param name of the metric; copied.
    /// @param what an awaitable, or a callable that returns one.
    /// @return an awaitable that gives the same, or a callable that returns such.
    template <class T>
    [[nodiscard]] auto time_async(std::string_view name, T&& what) {
        return detail::time_async(timer(name), std::forward<T>(what));
    }

    // ---- what was measured -----------------------------------------------------------------------------------------

    /// Tells all that was measured since the monitor was made, threads that have ended included. Threads that measure
    /// are not held up. Calls that are not over do not count.
    ///
    /// The first one of a process may wait until ten milliseconds have passed since the first monitor was used, to
    /// compare clocks.
    /// @return all of it.
    template <class Snapshot = perf::snapshot>
    [[nodiscard]] Snapshot snapshot() const {
        return detail::snapshot_maker<Snapshot>::make(engine());
    }
    /// Tells the same without single events.
    /// @return all but those.
    template <class Snapshot = perf::snapshot>
    [[nodiscard]] Snapshot snapshot_without_events() const {
        return detail::snapshot_maker<Snapshot>::make(engine(), false);
    }

    // ---- on and off ------------------------------------------------------------------------------------------------

    /// Changes what is done beyond counting and timing, for scopes that begin later. The length of a ring of events
    /// stays for threads that have one.
    /// @param options all of them.
    /// @throws monitor_error if that would change the clock.
    void configure(const monitor_options& options) { engine().configure(m_core, options); }
    /// Measures again, after `disable`.
    void enable() { engine().enable(m_core); }
    /// Measures nothing that begins later. Gauges go on.
    void disable() { engine().disable(m_core); }
    /// @return whether it measures.
    [[nodiscard]] bool is_enabled() const noexcept { return m_core.is_enabled(); }

private:
    friend union detail::immortal_monitor;
    struct global_tag {};
    constexpr explicit monitor(global_tag /*tag*/) noexcept : m_core(detail::key_of_global, nullptr) {}

    [[nodiscard]] detail::monitor_engine& engine() const { return detail::engine_of(m_core); }
    [[nodiscard]] detail::metric& metric_named(detail::metric_kind kind, std::string_view name, const labels& labels) {
        return engine().metric_named(kind, name, labels);
    }

    mutable detail::monitor_core m_core;
};

} // namespace perf

namespace detail {

// Made before the program begins, and never destroyed: whatever ends late may be measured.
union immortal_monitor {
    constexpr immortal_monitor() noexcept : object(perf::monitor::global_tag{}) {}
    ~immortal_monitor() {} // NOLINT(modernize-use-equals-default): that one would be deleted

    perf::monitor object;
};
[[gnu::visibility("default")]] inline constinit immortal_monitor global_monitor{};

} // namespace detail

namespace perf {

/// @return the monitor of the whole program, that of `LATHE_SCOPE`. It may be used before main and after it.
[[nodiscard, gnu::always_inline]] inline monitor& global() noexcept {
    return detail::global_monitor.object;
}

} // namespace perf
} // namespace v0
} // namespace lathe

/// Whether `LATHE_SCOPE` measures: define it as 0 to compile without.
#ifndef LATHE_PERF
#    define LATHE_PERF 1
#endif

/// Measures, by the global monitor, from here to the end of the block: `LATHE_SCOPE("load");`. Nothing at all if
/// `LATHE_PERF` is 0.
#if LATHE_PERF
#    define LATHE_SCOPE(name)                                                                                          \
        const ::lathe::perf::scope LATHE_PERF_JOIN(lathe_scope_, __LINE__) = ::lathe::perf::global().scope<name>()
/// @cond detail
#    define LATHE_PERF_JOIN(a, b) LATHE_PERF_JOIN_EXPANDED(a, b)
#    define LATHE_PERF_JOIN_EXPANDED(a, b) a##b
/// @endcond
#else
#    define LATHE_SCOPE(name) static_cast<void>(0)
#endif

#endif // LATHE_PERF_MONITOR_HPP
