# SPDX-License-Identifier: MIT
"""The figures of the task scheduler, for figures.py."""
import json
import sys

from measuring import medians, run, without_settings

# Pools of bench_task and its like by what readers call them; others only where they are installed.
PEERS = {
    "mutex and priority_queue of packaged_task": "naive_packaged",
    "of std::function": "naive_function",
    "TBB task_group": "tbb_group",
    "TBB arenas": "tbb_arenas",
    "TBB concurrent_priority_queue": "tbb_queue",
    "Asio": "asio_pool",
}
OURS = "lathe_pool"
MILLION = 1_000_000
SIZES = {"10k": 10_000, "100k": 100_000, "1M": MILLION, "10M": 10_000_000}


class Pools:
    """The rows `what<pool>/numbers` of a program."""

    def __init__(self, build, name, given):
        # A short time, for many rows run a million tasks at once.
        self.rows = without_settings(medians(build, name, given, "--benchmark_min_time=0.2"))

    def __bool__(self):
        return bool(self.rows)

    def row(self, what, pool, *numbers):
        return self.rows.get("/".join([f"{what}<{pool}>", *map(str, numbers)]))

    def cpu(self, what, pool, *numbers):
        return self.row(what, pool, *numbers)["cpu_time"]

    def times(self, what, pool, *numbers):
        row = self.row(what, pool, *numbers)
        return f"{row['cpu_time']:.0f} ns, {row['real_time']:.0f} on the wall"

    def peers(self, what, *numbers, of=lambda row: row["cpu_time"]):
        """What is said of each peer that is there."""
        rows = {label: self.row(what, pool, *numbers) for label, pool in PEERS.items()}
        return {label: of(row) for label, row in rows.items() if row}

    def speed(self, what, *numbers):
        """The peers' CPU time over ours."""
        ours = self.cpu(what, OURS, *numbers)
        return {label: time / ours for label, time in self.peers(what, *numbers).items()}


def listed(values, form="{}"):
    return "; ".join(f"{label} {form.format(value)}" for label, value in values.items())


def workers_of(count):
    return f"{count} worker{'s'[:count - 1]}"


def task(table, build, given):
    found = Pools(build, "task", given)
    if not found:
        return

    def add(what, goal, measured, peers=None):
        table.add(what, goal, measured, peers, "bench_task")

    def add_row(what, goal, base, *row):
        """Ours over the least of what is called `base`, in CPU time."""
        speed = found.speed(*row)
        least = min((value for label, value in speed.items() if base in label), default=None)
        add(what, goal, f"{1 / least:.2f} ({found.times(row[0], OURS, *row[1:])})" if least else "-",
            "peers / ours: " + listed(speed, "{:.1f}"))

    add_row("post and run 1M tasks, 2 workers / the best peer, CPU time", "<= 0.80", "", "post_and_run", MILLION)
    loops = [found.rows[f"plain_loop/{size}"]["cpu_time"] for size in SIZES.values()]
    add(f"post and run {', '.join(SIZES)} tasks, 2 workers, CPU time", "-",
        ", ".join(f"{found.cpu('post_and_run', OURS, size):.0f}" for size in SIZES.values()) + " ns",
        "a loop over a vector " + ", ".join(f"{time:.1f}" for time in loops))
    add("post_range of 1000 tasks each / one by one, while 2 workers run, CPU time", "-",
        f"{found.rows[f'post_range_and_run/{MILLION}']['cpu_time'] / found.cpu('post_and_run', OURS, MILLION):.2f}")
    for workers in (1, 2):
        add_row(f"tree of 2^20 tasks / TBB's task_group, {workers_of(workers)}, CPU time", "<= 0.30", "TBB",
                "tree", workers)
    add_row("add 1000 tasks, then get all, 2 workers / the best peer's future, CPU time", "<= 0.80", "", "add_then_get")
    add_row("add a task and get it, 2 workers / the best peer's future, CPU time", "<= 0.80", "", "add_and_get")

    python = json.loads(run([sys.executable, "benchmarks/python_task.py"], capture_output=True, text=True).stdout)
    for what, goal in (("sequential", ">= 50.0"), ("threaded", ">= 200")):
        ours = found.rows[f"course/{what}"]["cpu_time"]
        table.add(f"100k tasks with ids, the course's scheduler under CPython / ours, {what}, CPU time", goal,
                  f"{python[what] / ours:.1f} ({ours:.0f} ns)",
                  f"the course's {python[what]:.0f} ns; ThreadPoolExecutor {python['executor']:.0f} ns",
                  "bench_task, python_task.py")


def task_order(table, build, given):
    found = Pools(build, "task_order", given)
    if not found:
        return

    def add(what, goal, measured, peers=None):
        table.add(what, goal, measured, peers, "bench_task_order")

    for workers in (1, 2):
        row = ("by_priority", MILLION, workers)
        what = f"1M posts of random priority, queued and run, {workers_of(workers)}, CPU time"
        speed = found.speed(*row)
        add(f"{what}, mutex and priority_queue of packaged_task / ours", ">= 15.0",
            f"{next(iter(speed.values())):.1f} ({found.times(row[0], OURS, *row[1:])})", listed(speed, "{:.1f}"))
        if best := min((value for label, value in speed.items() if "TBB" in label), default=None):
            add(f"{what}, TBB's best way / ours", ">= 3.00", f"{best:.2f}")
    add(f"posts of random priority, queued and run, {', '.join(SIZES)} tasks, 2 workers, CPU time", "-",
        ", ".join(f"{found.cpu('by_priority', OURS, size, 2):.0f}" for size in SIZES.values()) + " ns")
    ranges = [found.rows[f"in_ranges/{MILLION}/{workers}"]["cpu_time"] for workers in (1, 2)]
    singly = [found.cpu("one_by_one", OURS, MILLION, workers) for workers in (1, 2)]
    add("post_range of 1000 tasks each / one by one, queued and run, 1 and 2 workers, CPU time", "-",
        ", ".join(f"{ours / base:.2f}" for ours, base in zip(ranges, singly))
        + f" ({ranges[0]:.0f} and {ranges[1]:.0f} ns)")

    def order(row):
        return f"{row['inversions']:.0f}, {row['ties']:.0f}, {row['early']:.0f}"

    for workers, goal in ((1, "0, 0, 0"), (2, "-, -, 1")):
        add("order of 1M tasks (peers' 100k) of random priority: inversions, equals out of order, places too early, "
            + workers_of(workers), goal, order(found.row("order", OURS, MILLION, workers)),
            listed(found.peers("order", 100_000, workers, of=order)))


def task_join(table, build, given):
    found = Pools(build, "task_join", given)
    if not found:
        return

    def add(what, goal, measured, peers=None):
        table.add(what, goal, measured, peers, "bench_task_join")

    ours = "lathe_join"
    add("fib(20), each call but the last waits for a task, 1 and 2 workers, CPU time of a call", "it ends",
        ", ".join(f"{found.cpu('fib', ours, 20, workers):.0f}" for workers in (1, 2)) + " ns",
        "pools whose get only blocks stand still")
    direct = found.cpu("fib", "direct", 27, 1)
    for workers in (1, 2):
        row = ("fib", ours, 27, workers)
        tbb = found.row("fib", "tbb_join", 27, workers)
        add(f"fib(27) likewise / TBB's task_group, {workers_of(workers)}, CPU time", "<= 1.00",
            f"{found.cpu(*row) / tbb['cpu_time']:.2f} ({found.times(*row)})" if tbb else f"- ({found.times(*row)})",
            f"plain recursion {direct:.1f} ns")

    def wall(name):
        return found.rows[name]["real_time"]

    for title, what in (("parallel_for, a square root of each", "loop"),
                        ("parallel_reduce, a sum of squares", "reduce")):
        for threads in (1, 2):
            tbb = f"{what}_tbb/{threads}"
            add(f"{title} / a plain loop, {threads} thread{'s'[:threads - 1]}, on the wall", "-",
                f"{wall(f'{what}_lathe/{threads}') / wall(f'{what}_plain'):.2f}",
                f"TBB {wall(tbb) / wall(f'{what}_plain'):.2f}" if tbb in found.rows else None)


def task_memory(table, build, given):
    found = Pools(build, "task_memory", given)
    if not found:
        return

    def bytes_of(row):
        return max(row["resident"], row["bytes"])

    def add(what, goal, measured, peers):
        table.add(what, goal, measured, peers, "bench_task_memory")

    for what, title, goals in (("post", "a queued post of a closure of 16 bytes", ("<= 48", "0")),
                               ("add", "a queued add of the same, with its result", ("-", "-"))):
        ours = found.row(what, OURS, MILLION)
        add(f"bytes of {title}, 1M tasks (peers' 250k)", goals[0], f"{bytes_of(ours):.1f}",
            listed(found.peers(what, 250_000, of=bytes_of), "{:.0f}"))
        # oneTBB and Asio do not use operator new.
        news = found.peers(what, 250_000, of=lambda row: row["news"])
        add(f"allocations of {title}, after as many", goals[1], f"{ours['news']:.3f}",
            listed({label: value for label, value in news.items() if "mutex" in label}, "{:.0f}"))


def task_latency(table, build, given):
    found = Pools(build, "task_latency", given)
    if not found:
        return

    def add(what, goal, measured, peers):
        table.add(what, goal, measured, peers, "bench_task_latency")

    def start(row):
        return f"{row['p50']:.1f}, {row['p99']:.1f}"

    def urgent(row):
        return f"{start(row)}, {row['before']:.0f}"

    def idle(row):
        return f"{max(0, row['cpu_ms'] - found.row('idle_cpu', 'no_pool')['cpu_ms']):.2f}"

    add("from a post to the begin of the task, workers asleep: p50, p99 [us]", "<= 5.0, -",
        start(found.row("idle_start", OURS)), listed(found.peers("idle_start", of=start)))
    for workers in (1, 2):
        add("an urgent post over 1M queued tasks of 1 us: p50, p99 [us], how many others began before it, "
            + workers_of(workers), f"-, -, <= {workers}", urgent(found.row("urgent", OURS, workers)),
            listed(found.peers("urgent", workers, of=urgent)))
    add("CPU time of two idle workers in a second [ms], less what measuring takes", "< 1.00",
        idle(found.row("idle_cpu", OURS)), listed(found.peers("idle_cpu", of=idle)))
