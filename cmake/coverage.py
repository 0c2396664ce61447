#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Says how many of the headers' lines the unit tests reach, room by room, and writes it into README.md.

  cmake --workflow --preset coverage     builds and runs them, prints the figures; build/coverage/html has each line
  python3 cmake/coverage.py              puts the figures of that run between README.md's marks

A line of a template counts once, and is reached when any of its instances is. Templates without any are not seen.
"""
import argparse
import json
import re
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "benchmarks"))
from measuring import ROOT, table_text, write_section

BUILD = ROOT / "build" / "coverage"


def tested_rooms(build):
    """The rooms that the build was made for; None when it was all of them."""
    found = re.search(r"^LATHE_TEST_ROOMS:\w+=(.*)$", (build / "CMakeCache.txt").read_text(), re.MULTILINE)
    return None if found is None or found[1] == "all" else found[1].split(";")


def lines_by_room(summary, rooms):
    """{room: [reached, all]}, the rooms in the order of the house."""
    counted = {}
    for file in summary["files"]:
        room = re.match(r"include/lathe/(\w+)/", file["filename"])
        if room and (rooms is None or room[1] in rooms):
            count = counted.setdefault(room[1], [0, 0])
            count[0] += file["line_covered"]
            count[1] += file["line_total"]
    text = (ROOT / "cmake" / "LatheRooms.cmake").read_text()
    order = re.search(r"^set\(LATHE_ROOMS ([\w ]+)\)", text, re.MULTILINE)[1].split()
    return {room: counted[room] for room in order if room in counted}


def table_of(counted):
    counted = counted | {"all": [sum(column) for column in zip(*counted.values())]}
    cells = [["room", *counted]]
    cells.append(["lines", *(f"{total:,}" for _, total in counted.values())])
    cells.append(["reached", *(f"{100 * reached / max(total, 1):.1f} %" for reached, total in counted.values())])
    return table_text(cells)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--build", type=Path, default=BUILD, help="where the tests were built")
    parser.add_argument("--print", action="store_true", help="only show the table")
    given = parser.parse_args()

    summary = given.build / "coverage.json"
    if not summary.exists():
        raise SystemExit(f"there is no {summary}; first run cmake --workflow --preset coverage")
    rooms = tested_rooms(given.build)
    table = table_of(lines_by_room(json.loads(summary.read_text()), rooms))
    print(table, end="")
    if not given.print:
        if rooms is not None:
            raise SystemExit("README.md stays as it is: not all rooms were tested")
        write_section("coverage", lambda was: table)


if __name__ == "__main__":
    main()
