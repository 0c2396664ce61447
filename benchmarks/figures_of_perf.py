# SPDX-License-Identifier: MIT
"""The figures of the performance monitor, for figures.py."""
import json
import sys

from measuring import medians, run, without_settings

TWO = "/threads:2"
THREADS = {"": "1 thread", TWO: "2 threads"}
# Ways to measure in bench_perf, by what readers call them; others only where they are installed.
OTHERS = {"mutex and map of vectors": "mutex_map", "prometheus-cpp": "prometheus_histogram"}


class Batches:
    """Nanoseconds of a call in the fastest batch, by the names of a program's rows; with two threads, in each of them."""

    def __init__(self, build, name, given):
        found = without_settings(medians(build, name, given, "--benchmark_min_time=0.2"))
        self.rows = {row.removesuffix("/threads:1"): found[row] for row in found}

    def __bool__(self):
        return bool(self.rows)

    def __contains__(self, row):
        return row in self.rows

    def __getitem__(self, row):
        return self.rows[row]["least"]

    def ratio(self, row, base):
        """The time of the one over that of the other. Where threads may wait for each other, of the median batch."""
        of = "median" if TWO in row else "least"
        return self.rows[row][of] / self.rows[base][of]

    def beyond(self, base, *rows):
        """By how much they take longer, as text."""
        return ", ".join(f"{self[row] - self[base]:.1f}" for row in rows)

    def over(self, base, names, suffix=""):
        """Their times over that of `base`, as text; of those that are there."""
        return ", ".join(f"{label} {self.ratio(name + suffix, base + suffix):.2f}"
                         for label, name in names.items() if name + suffix in self)


def two_to_one(times, row):
    """The time in each of two threads over that in one, in the fastest batch and in the median."""
    return ", ".join(f"{times.rows[row + TWO][of] / times.rows[row][of]:.2f}" for of in ("least", "median"))


def perf(table, build, given):
    times = Batches(build, "perf", given)
    if not times:
        return
    text = run([sys.executable, "benchmarks/python_perf.py", "--rounds", given.repetitions], capture_output=True, text=True)
    python = json.loads(text.stdout)

    def add(what, goal, measured, peers=None, command="bench_perf"):
        table.add(what, goal, measured, peers, command)

    floor, peers = "two_clock_reads", OTHERS | {"two of steady_clock alone": "two_steady_reads"}
    for what, row, goal in (("a measured scope", "scope_static", "<= 1.40"), ("by LATHE_SCOPE", "scope_macro", "<= 1.40"),
                            ("by a timer", "scope_timer", "<= 1.40"), ("by a name of run time", "scope_named", "-")):
        add(f"{what} / two bare readings of the clock, time", goal, f"{times.ratio(row, floor):.2f} ({times[row]:.1f} ns)",
            times.over(floor, peers) if row == "scope_static" else None)
    for suffix, threads in THREADS.items():
        add(f"a measured scope / a mutex and a map of vectors, time, {threads}", "<= 0.35",
            f"{times.ratio('scope_static' + suffix, 'mutex_map' + suffix):.2f}",
            times.over("mutex_map", {"prometheus-cpp": "prometheus_histogram"}, suffix))
    two = [f"{label} {two_to_one(times, row)}" for label, row in OTHERS.items() if row in times]
    add("two threads with one metric / one thread, time of a scope in each, the fastest batch and the median", "<= 1.15",
        two_to_one(times, "scope_static"), "; ".join(two))
    add("what a ring of events, a call tree, steady_clock add to a scope [ns]", "-",
        times.beyond("scope_static", "with_events", "with_call_tree", "with_steady_clock"))
    add("a scope of a monitor that is disabled [ns]", "-", times.beyond("nothing", "scope_disabled"))
    for suffix, threads in THREADS.items():
        ours = "counter_add" + suffix
        add(f"add to a counter / fetch_add, time, {threads}", "-",
            f"{times.ratio(ours, 'atomic_add' + suffix):.2f} ({times[ours]:.1f} ns)",
            times.over("atomic_add", {"prometheus-cpp": "prometheus_counter"}, suffix))
    ours = times["call_by_time_it"] - times["call"]
    add("what time_it adds to a call, the course's under CPython / ours", ">= 10.0",
        f"{python['time_it'] / ours:.1f} ({ours:.1f} ns)", f"the course's {python['time_it']:.0f} ns",
        "bench_perf, python_perf.py")

    perf_memory(table, build, given, times, python)
    perf_snapshot(table, build, given, python)


def perf_memory(table, build, given, uncounted, python):
    times = Batches(build, "perf_memory", given)
    if not times:
        return

    def add(what, goal, measured, peers, command):
        table.add(what, goal, measured, peers, command)

    ours, plain = times["new_and_delete"], uncounted["new_and_delete"]
    add("new and delete that count / that do not, time", "-", f"{ours / plain:.2f} ({ours:.1f} ns)",
        f"malloc and free {times['malloc_and_free'] / plain:.2f}", "bench_perf_memory, bench_perf")
    add("what counting memory adds to a scope [ns]", "-", times.beyond("scope_static", "scope_with_memory"),
        f"memory alone {times.beyond('nothing', 'memory_scope')}", "bench_perf_memory")
    ours = times["scope_with_memory"] - times["nothing"]
    add("what profile_memory adds to a call, the course's under CPython / ours", ">= 10.0",
        f"{python['profile_memory'] * 1e6 / ours:.0f} ({ours:.1f} ns)", f"the course's {python['profile_memory']:.1f} ms",
        "bench_perf_memory, python_perf.py")


def perf_snapshot(table, build, given, python):
    found = without_settings(medians(build, "perf_snapshot", given, "--benchmark_min_time=0.2"))
    if not found:
        return

    def add(what, goal, measured, peers=None, command="bench_perf_snapshot"):
        table.add(what, goal, measured, peers, command)

    def seen_by(row):
        return ", ".join(f"{found[row][key]:.0f}" for key in ("p50", "p9999", "worst"))

    large, few, many = found["snapshot/1000/8"], found["after_calls/10"], found["after_calls/1000000"]
    add("a snapshot of 1000 metrics in 8 threads, CPU [ms]", "<= 10.0", f"{large['cpu_time']:.1f}")
    add("a snapshot after 10^6 calls / after 10, time", "<= 1.10",
        f"{many['cpu_time'] / few['cpu_time']:.2f} ({many['cpu_time']:.1f} us)",
        f"the course's under CPython, after 10^6, {python['get_stats']:.0f} ms", "bench_perf_snapshot, python_perf.py")
    add("a scope while another thread takes such snapshots: p50, p99.99, the worst in a millisecond [ns]", "-",
        seen_by("writer/snapshots_taken"), f"while none is taken {seen_by('writer/undisturbed')}")
    add("bytes of a metric in a thread", "<= 10240", f"{large['bytes']:.0f}",
        f"the course's {python['bytes']:.0f} a call", "bench_perf_snapshot, python_perf.py")
    add("KiB that the process grows by in 10^8 calls", "0", f"{found['resident']['kib']:.0f}")
    add("the worst error of p50, p90, p95, p99, p99.9 of 10^6 durations [%]", "<= 1.6", f"{found['percentiles']['error']:.2f}")
