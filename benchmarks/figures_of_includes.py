# SPDX-License-Identifier: MIT
"""What each public header costs the compiler: in README.md's table of parts, and in a table of all headers."""
import json
import re
from pathlib import Path

from measuring import table_text


def costs(build, given):
    """Header -> compiler -> its row of compile_time.py, which compile_time() of figures.py has run."""
    found = {}
    for compiler in given.compilers:
        file = build / "benchmarks" / f"compile_time_{Path(compiler).name}.json"
        if file.exists():
            for header, row in json.loads(file.read_text())["headers"].items():
                found.setdefault(header, {})[compiler] = row
    return found


def cost_text(row):
    return f"{row['cpu']:.2f} s, {row['ratio']:.1f}"


def of_all_headers(found, given):
    rows = [("header", *given.compilers)]
    for header, by_compiler in found.items():
        cells = [cost_text(by_compiler[c]) if c in by_compiler else "-" for c in given.compilers]
        rows.append((f"`{header}`", *cells))
    return table_text(rows)


def of_parts(old, found, compiler):
    """The table of parts as it stands, its last column written anew."""
    rows = [[cell.strip() for cell in line.strip("|").split("|")] for line in old.splitlines() if line.startswith("|")]
    head, parts = rows[0], rows[2:]
    for row in parts:
        header = re.search(r"lathe/[\w/]+\.hpp", " ".join(row)).group()
        row[-1] = cost_text(found[header][compiler]) if compiler in found.get(header, {}) else "-"
    return table_text([head, *parts])
