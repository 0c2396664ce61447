#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""What the Python course's PerformanceMonitor costs, for the rows of bench_perf.

  time_it         nanoseconds that its decorator adds to a call
  profile_memory  milliseconds that its decorator adds to a call, in a process that has little else
  get_stats       milliseconds of its statistics after a million timed calls
  bytes           what is kept of each timed call

All are CPU times of this process, and the least of some rounds, for whatever else the machine does only adds.
"""
import argparse
import json
import sys
import time
import tracemalloc
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "examples"))
from course import PerformanceMonitor  # word for word the course's


def nothing():
    pass


def least(rounds, function):
    """The CPU seconds of a call."""
    taken = []
    for _ in range(rounds):
        begin = time.process_time()
        function()
        taken.append(time.process_time() - begin)
    return min(taken)


def calls(function, count):
    for _ in range(count):
        function()


def time_it(rounds, count):
    timed = PerformanceMonitor().time_it()(nothing)
    return (least(rounds, lambda: calls(timed, count)) - least(rounds, lambda: calls(nothing, count))) / count


def profile_memory(rounds):
    return least(rounds, PerformanceMonitor().profile_memory(nothing))


def get_stats(rounds):
    monitor = PerformanceMonitor()
    calls(monitor.time_it()(nothing), 1_000_000)
    return least(rounds, monitor.get_stats)


def bytes_of_a_call(count):
    timed = PerformanceMonitor().time_it()(nothing)
    tracemalloc.start()
    before = tracemalloc.get_traced_memory()[0]
    calls(timed, count)
    after = tracemalloc.get_traced_memory()[0]
    tracemalloc.stop()
    return (after - before) / count


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=10)
    given = parser.parse_args()
    # In this order: what monitors keep makes the garbage collector slower, and so profile_memory.
    print(json.dumps({
        "profile_memory": round(profile_memory(given.rounds) * 1e3, 3),
        "time_it": round(time_it(given.rounds, 100_000) * 1e9, 1),
        "bytes": round(bytes_of_a_call(100_000), 1),
        "get_stats": round(get_stats(given.rounds) * 1e3, 1),
    }))


if __name__ == "__main__":
    main()
