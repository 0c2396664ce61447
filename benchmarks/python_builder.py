#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""The classes that the Python course makes at run time, as bench_builder measures run-time models: nanoseconds each.

The course checks values in the constructor only. Sets are measured as it has them and through its ValidatedProperty,
which checks each. The least of many rounds, for whatever else the machine does only adds.
"""
import argparse
import json
import sys
import time
import tracemalloc
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "examples"))
from course import ValidatedProperty, create_model_class  # word for word the course's


class Validated:
    age = ValidatedProperty(lambda value: isinstance(value, int) and 0 <= value <= 150)


FIELDS = {"name": str, "age": int, "email": str}
Person = create_model_class("Person", FIELDS)


def nanoseconds(call, rounds):
    count = 2000
    empty = lambda: None  # the call and the loop are not what is measured
    least = {}
    for what in (call, empty) * rounds:
        begin = time.perf_counter_ns()
        for _ in range(count):
            what()
        taken = (time.perf_counter_ns() - begin) / count
        least[what] = min(taken, least.get(what, taken))
    return round(least[call] - least[empty], 1)


def object_bytes():
    count = 1000
    made = [None] * count
    tracemalloc.start()
    before = tracemalloc.get_traced_memory()[0]
    for i in range(count):
        made[i] = Person(name="Ada", age=36, email="ada@example.org")  # the values are shared
    taken = tracemalloc.get_traced_memory()[0] - before
    tracemalloc.stop()
    return round(taken / count, 1)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=20)
    given = parser.parse_args()
    ada = Person(name="Ada", age=36, email="ada@example.org")
    checked = Validated()

    def set_plain():
        ada.age = 37

    def set_checked():
        checked.age = 37

    rows = {
        "construct": lambda: Person(name="Ada", age=36, email="ada@example.org"),
        "set": set_plain,
        "set_checked": set_checked,
        "to_dict": lambda: ada.to_dict(),
        "text": lambda: repr(ada),
        "make_type": lambda: create_model_class("Person", FIELDS),
    }
    print(json.dumps({name: nanoseconds(row, given.rounds) for name, row in rows.items()} | {"bytes": object_bytes()}))


if __name__ == "__main__":
    main()
