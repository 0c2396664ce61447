#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""What the Python course's singleton, descriptors and reading of files take under CPython: nanoseconds, and MB per CPU
second. What its other classes take is measured by the programs beside this one.

The least of many rounds, for whatever else the machine does only adds.
"""
import argparse
import json
import os
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "examples"))
from course import DatabaseConnection, Person, process_large_dataset  # word for word the course's
from python_builder import nanoseconds


def megabytes_per_second(path):
    begin = time.process_time()
    lines = sum(len(chunk) for chunk in process_large_dataset(path))
    return round(os.path.getsize(path) / (time.process_time() - begin) / 1e6, 1) if lines else 0


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=20)
    parser.add_argument("--file", help="a text to read, too")
    given = parser.parse_args()
    ada = Person("Ada", 36, "ada@example.org")

    def set_typed():
        ada.name = "Bob"

    def set_validated():
        ada.age = 37

    rows = {
        "singleton": DatabaseConnection,
        "set_typed": set_typed,
        "set_validated": set_validated,
        "get": lambda: ada.age,
        "make": lambda: Person("Ada", 36, "ada@example.org"),
    }
    found = {name: nanoseconds(row, given.rounds) for name, row in rows.items()}
    if given.file:
        found["process_large_dataset"] = megabytes_per_second(given.file)
    print(json.dumps(found))


if __name__ == "__main__":
    main()
