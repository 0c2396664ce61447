#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Shows what PerformanceMonitor of the Python course gets wrong, by its own code.

Exits with 1 if one of its defects does not show. monitor_seed.cpp has a test of each, by the same number, that lathe
has none of them.
"""
import asyncio
import sys
import threading
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "support"))
from course_defects import tell
from course import PerformanceMonitor  # word for word the course's


def memory_of(function):
    """What the course's monitor says that a call keeps."""
    monitor = PerformanceMonitor()
    kept = monitor.profile_memory(function)()
    del kept
    return monitor.memory_usage[function.__name__][0]


def memory_is_that_of_pointers():
    def large():
        return bytearray(100_000_000)

    def strings():
        return [str(number) for number in range(200_000)]

    def lists():
        return [[] for _ in range(200_000)]

    # Of 100 MB nothing is seen, of strings neither, and of each list the eight bytes of a pointer to it.
    return (memory_of(large) < 100_000 and memory_of(strings) < 100_000
            and 200_000 * 8 <= memory_of(lists) < 200_000 * sys.getsizeof([]) / 5)


def memory_alone_is_absent():
    monitor = PerformanceMonitor()
    monitor.profile_memory(list)()
    return len(monitor.memory_usage) == 1 and monitor.get_stats() == {}


def renamed_memory_is_dropped():
    monitor = PerformanceMonitor()

    def load():
        return []

    monitor.time_it("renamed")(monitor.profile_memory(load))()
    return list(monitor.get_stats()) == ["renamed"] and "avg_memory" not in monitor.get_stats()["renamed"]


def raising_calls_are_lost():
    monitor = PerformanceMonitor()

    @monitor.time_it()
    def fails():
        raise ValueError("no")

    try:
        fails()
    except ValueError:
        pass
    return monitor.get_stats() == {}


def only_the_making_is_timed():
    monitor = PerformanceMonitor()

    @monitor.time_it()
    async def waits():
        await asyncio.sleep(0.05)

    @monitor.time_it()
    def generates():
        time.sleep(0.05)
        yield 1

    begin = time.perf_counter()
    asyncio.run(waits())
    list(generates())
    took = time.perf_counter() - begin
    return took > 0.1 and all(each["max_time"] < took / 10 for each in monitor.get_stats().values())


def methods_of_two_classes_merge():
    monitor = PerformanceMonitor()

    class A:
        @monitor.time_it()
        def run(self):
            pass

    class B:
        @monitor.time_it()
        def run(self):
            pass

    A().run()
    B().run()
    return list(monitor.get_stats()) == ["run"] and monitor.get_stats()["run"]["total_calls"] == 2


def recursion_counts_its_time_again():
    monitor = PerformanceMonitor()

    @monitor.time_it()
    def fib(n):
        return n if n < 2 else fib(n - 1) + fib(n - 2)

    begin = time.perf_counter()
    fib(15)
    took = time.perf_counter() - begin
    return sum(monitor.execution_times["fib"]) > 2 * took


def samples_grow():
    monitor = PerformanceMonitor()
    nothing = monitor.time_it("nothing")(int)
    for _ in range(10_000):
        nothing()
    return len(monitor.execution_times["nothing"]) == 10_000


def statistics_fail_while_others_register():
    """Another thread calls a function for the first time just while get_stats sums up."""
    monitor = PerformanceMonitor()

    class Times(list):
        def __iter__(self):
            other = threading.Thread(target=monitor.time_it("new")(int))
            other.start()
            other.join()
            return super().__iter__()

    monitor.execution_times["old"] = Times([1.0])
    try:
        monitor.get_stats()
    except RuntimeError as error:
        return "changed size" in str(error)
    return False


def collecting_garbage_is_timed():
    monitor = PerformanceMonitor()

    @monitor.time_it("inside")
    def build():
        return [0] * 10

    monitor.time_it("outside")(monitor.profile_memory(build))()
    stats = monitor.get_stats()
    return stats["outside"]["min_time"] > 10 * stats["inside"]["min_time"]


def members_are_missing():
    monitor = PerformanceMonitor()
    monitor.time_it("nothing")(int)()
    names = ("reset", "snapshot", "percentile", "export", "merge", "peak", "counter", "gauge", "enable", "disable")
    return (not any(hasattr(monitor, name) for name in names)
            and set(monitor.get_stats()["nothing"]) == {"avg_time", "min_time", "max_time", "total_calls"})


def main():
    tell({
        "defect 1: memory is the size of a list of pointers: 100 MB are nothing": memory_is_that_of_pointers(),
        "defect 2: a function of which only memory is measured is not in the statistics": memory_alone_is_absent(),
        "defect 3: memory of a function that is timed by another name is dropped": renamed_memory_is_dropped(),
        "defect 4: a call that raises is not counted": raising_calls_are_lost(),
        "defect 5: of a coroutine and of a generator only the making is timed": only_the_making_is_timed(),
        "defect 6: methods of two classes are one row": methods_of_two_classes_merge(),
        "defect 7: a recursive function takes longer than the clock says": recursion_counts_its_time_again(),
        "defect 8: every call is kept for ever": samples_grow(),
        "defect 9: statistics fail while another thread calls a new function": statistics_fail_while_others_register(),
        "defect 10: a timed function has the time of collecting garbage": collecting_garbage_is_timed(),
        "defect 11: no reset, no percentiles, no export, no peak": members_are_missing(),
    })


if __name__ == "__main__":
    main()
