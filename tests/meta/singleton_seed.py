#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Shows what SingletonMeta of the Python course gets wrong, by its own code; singleton_seed.cpp has the C++ side.

Exits with 1 if one of its faults does not show.
"""
import sys
import threading
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "support"))
from course_defects import tell
from course import DatabaseConnection, SingletonMeta  # word for word the course's


def same_object():
    return DatabaseConnection() is DatabaseConnection()


def race():
    """Two threads that come at once: the second asks while the constructor of the first runs."""
    both_construct = threading.Barrier(2, timeout=30)
    made = []

    class Connection(metaclass=SingletonMeta):
        def __init__(self):
            made.append(self)
            both_construct.wait()

    threads = [threading.Thread(target=Connection) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return len(made) == 2 and made[0] is not made[1]


def ignored_arguments():
    class Named(metaclass=SingletonMeta):
        def __init__(self, name):
            self.name = name

    return Named("first").name == "first" and Named("second").name == "first"


def endless_recursion():
    class Eager(metaclass=SingletonMeta):
        def __init__(self):
            Eager()

    try:
        Eager()
    except RecursionError:
        return True
    return False


def failure_leaves_nothing():
    class Flaky(metaclass=SingletonMeta):
        works = False

        def __init__(self):
            if not self.works:
                raise ConnectionError

    try:
        Flaky()
    except ConnectionError:
        Flaky.works = True
    return isinstance(Flaky(), Flaky)


def main():
    tell({
        "the same object each time": same_object(),
        "a constructor that fails leaves nothing": failure_leaves_nothing(),
        "fault: two threads make two objects": race(),
        "fault: later arguments are ignored": ignored_arguments(),
        "fault: a constructor that asks for its own object recurses": endless_recursion(),
    })


if __name__ == "__main__":
    main()
