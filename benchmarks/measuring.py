# SPDX-License-Identifier: MIT
"""What figures.py measures by, and how figures are written into README.md."""
import json
import re
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]


class Table:
    def __init__(self):
        self.rows = []

    def add(self, what, goal, measured, peer, command):
        self.rows.append((what, goal, measured, peer or "-", f"`{command}`"))

    def text(self, some=None):
        """The table in Markdown: all rows, or those of some names, in that order."""
        rows = self.rows if some is None else [row for name in some for row in self.rows if row[0] == name]
        if missing := set(some or ()) - {row[0] for row in rows}:
            print(f"left out: {', '.join(sorted(missing))}", file=sys.stderr)
        return table_text([("what", "goal", "measured", "others", "measured by"), *rows])


def table_text(rows):
    """A table in Markdown; the first row is its head."""
    widths = [max(len(cell) for cell in column) for column in zip(*rows)]
    lines = ["| " + " | ".join(cell.ljust(width) for cell, width in zip(row, widths)) + " |" for row in rows]
    lines.insert(1, "|" + "|".join("-" * (width + 2) for width in widths) + "|")
    return "\n".join(lines) + "\n"


def write_section(name, make):
    """Writes README.md's text between the marks <!-- name: begin --> and <!-- name: end --> anew: make(what was there)."""
    begin, end = f"<!-- {name}: begin -->", f"<!-- {name}: end -->"
    readme = ROOT / "README.md"
    old = readme.read_text()
    if old.count(begin) != 1 or old.count(end) != 1 or old.index(begin) > old.index(end):
        raise SystemExit(f"README.md has no place for the {name}: put {begin} and {end} on lines of their own")
    head, rest = old.split(begin)
    was, tail = rest.split(end)
    readme.write_text(head + begin + "\n" + make(was) + end + tail)


def run(command, **options):
    print("$", " ".join(map(str, command)), file=sys.stderr)
    return subprocess.run(list(map(str, command)), check=True, cwd=ROOT, **options)


measured = set()  # files of results that this process has written: more than one table may ask for them


def medians(build, name, given, *options):
    """The medians of a benchmark program's rows: their times, rates and counters."""
    file = build / "benchmarks" / f"{name}.json"
    if file not in measured and not (given.reuse and file.exists()):
        program = build / "benchmarks" / f"bench_{name}"
        if not program.exists():
            print(f"left out: there is no {program}; build it first", file=sys.stderr)
            return {}
        run([program, f"--benchmark_repetitions={given.repetitions}", "--benchmark_enable_random_interleaving=true",
             "--benchmark_report_aggregates_only=true", f"--benchmark_out={file}", "--benchmark_out_format=json",
             *options],
            stdout=subprocess.DEVNULL)
        measured.add(file)
    rows = json.loads(file.read_text())["benchmarks"]
    return {row["run_name"]: row for row in rows if row.get("aggregate_name") == "median"}


def without_settings(found):
    """The rows by their names alone, without how they were measured."""
    settings = r"/(iterations:\d+|min_time:[\d.]+|process_time|real_time|manual_time)"
    return {re.sub(settings, "", name): row for name, row in found.items()}
