#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Shows what functools.lru_cache does where memoize is measured by it: numbers that memoize.cpp expects too, and
faults that memoize.cpp, memoize_method.cpp and memoize_threads.cpp show absent.

Exits with 1 if one of them does not show.
"""
import dataclasses
import functools
import gc
import sys
import threading
import weakref
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "support"))
from course_defects import tell


def fibonacci_numbers():
    @functools.lru_cache(maxsize=1000)
    def fib(n):
        return n if n < 2 else fib(n - 1) + fib(n - 2)

    return fib(90) == 2_880_067_194_370_816_120 and fib.cache_info() == (88, 91, 1000, 91)


def hits_by_bound():
    hits = {}
    for bound in (1, 8, 64, 250):
        square = functools.lru_cache(maxsize=bound)(lambda n: n * n)
        state = 1
        for _ in range(2000):
            state = (state * 1664525 + 1013904223) % 2**32
            square((state >> 16) % 256 * ((state >> 24) % 256) // 256)
        hits[bound] = square.cache_info().hits
    return hits == {1: 10, 8: 105, 64: 836, 250: 1772} or print(hits)


def failure_is_not_kept():
    calls = []

    @functools.lru_cache
    def flaky(n):
        calls.append(n)
        if len(calls) == 1:
            raise ConnectionError
        return n

    try:
        flaky(7)
    except ConnectionError:
        pass
    return flaky.cache_info()[1::2] == (1, 0) and flaky(7) == 7 and flaky(7) == 7 and len(calls) == 2


def clearing_resets_the_numbers():
    square = functools.lru_cache(lambda n: n * n)
    square(1)
    square(1)
    square.cache_clear()
    return square.cache_info() == (0, 0, 128, 0)


def two_threads_call_twice():
    """Both miss before either has a result."""
    both_inside = threading.Barrier(2, timeout=30)
    calls = []

    @functools.lru_cache
    def slow(n):
        calls.append(n)
        both_inside.wait()
        return n

    threads = [threading.Thread(target=slow, args=(7,)) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return calls == [7, 7]


class Report:
    def __init__(self, base):
        self.base = base

    @functools.lru_cache
    def total(self, year):
        return self.base * year


def method_keeps_its_object_alive():
    report = Report(2)
    report.total(2024)
    observer = weakref.ref(report)
    del report
    gc.collect()
    return observer() is not None


def method_answers_for_a_changed_object():
    report = Report(2)
    first = report.total(10)
    report.base = 3
    return first == 20 and report.total(10) == 20


def equal_objects_share_nothing():
    report, same = Report(2), Report(2)
    before = Report.total.cache_info().misses
    report.total(30)
    same.total(30)
    return Report.total.cache_info().misses == before + 2


def lists_are_no_arguments():
    total = functools.lru_cache(lambda numbers: sum(numbers))
    try:
        total([1, 2])
    except TypeError:
        return True
    return False


def records_are_no_arguments():
    @dataclasses.dataclass
    class Point:
        x: int
        y: int

    norm = functools.lru_cache(lambda point: point.x + point.y)
    try:
        norm(Point(1, 2))
    except TypeError:
        return True
    return False


def endless_recursion():
    @functools.lru_cache
    def circle(n):
        return circle(n // 2 if n > 5 else 11 - n)

    try:
        circle(3)
    except RecursionError:
        return True
    return False


def main():
    tell({
        "fib(90) takes 91 calls": fibonacci_numbers(),
        "hits on one and the same row of calls, by bound": hits_by_bound(),
        "of a call that fails nothing is kept": failure_is_not_kept(),
        "clearing sets the numbers back": clearing_resets_the_numbers(),
        "fault: two threads call the function twice": two_threads_call_twice(),
        "fault: a method keeps its object alive": method_keeps_its_object_alive(),
        "fault: a method answers for what its object was": method_answers_for_a_changed_object(),
        "fault: objects of equal value share no result": equal_objects_share_nothing(),
        "fault: lists are no arguments": lists_are_no_arguments(),
        "fault: records are no arguments": records_are_no_arguments(),
        "fault: a call that asks for itself recurses": endless_recursion(),
    })


if __name__ == "__main__":
    main()
