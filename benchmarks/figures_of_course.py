# SPDX-License-Identifier: MIT
"""Figures of what the Python course does under CPython, where no other row has them."""
import json
import os
import sys
import tempfile
from pathlib import Path

from measuring import medians, run

# What, ours as a benchmark and its row, and that of python_course.py.
COURSE = [
    ("use a singleton", "singleton", "lathe_scoped/threads:1", "singleton"),
    ("set a property, text", "model", "lathe_set_string/3", "set_typed"),
    ("set a property, an int in [0, 150]", "model", "lathe_set_int", "set_validated"),
    ("read a property", "model", "lathe_get", "get"),
]


def course(table, build, given):
    found = {name: medians(build, name, given) for name in ("singleton", "model", "data")}
    if not all(found.values()):
        return
    file = Path(tempfile.gettempdir()) / f"lathe_bench_{os.environ.get('LATHE_BENCH_MB', '200')}.csv"  # bench_data's
    python = json.loads(run([sys.executable, "benchmarks/python_course.py", *(["--file", file] if file.exists() else [])],
                            capture_output=True, text=True).stdout)
    for what, benchmark, ours, theirs in COURSE:
        mine = found[benchmark][ours]["cpu_time"]
        table.add(f"{what}, the course's under CPython / ours, time", ">= 50.0",
                  f"{python[theirs] / mine:.0f} ({mine:.1f} ns)", f"the course's {python[theirs]:.0f} ns",
                  f"bench_{benchmark}, python_course.py")
    if "process_large_dataset" in python:
        ours, theirs = found["data"]["rows_by_read_csv"]["bytes_per_second"] / 1e6, python["process_large_dataset"]
        table.add("CSV rows to validated models / lines to upper case, the course's under CPython, speed", "-",
                  f"{ours / theirs:.1f} ({ours:.0f} MB/s of CPU)", f"the course's {theirs:.0f} MB/s",
                  "bench_data, python_course.py")
