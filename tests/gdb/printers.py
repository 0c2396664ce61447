# SPDX-License-Identifier: MIT
# gdb -batch -nx -x cmake/lathe_gdb.py -x tests/gdb/printers.py <program>
# Prints each `// gdb(expression): text` of printers.cpp at the end of show(), and exits with 1 when one is different.
import os
import re
import traceback

import gdb


def expectations(path):
    """(expression, text) of each comment; a text goes on where a comment is further to the right."""
    found = []
    with open(path, encoding="utf-8") as source:
        for line in source:
            begin = re.match(r"^ *// gdb\((.*?)\): (.*)$", line)
            more = re.match(r"^ *//  +(.*)$", line)
            if begin:
                found.append([begin[1], begin[2]])
            elif more and found:
                found[-1][1] += " " + more[1]
    return found


def printed(expression):
    try:
        return gdb.execute("output " + expression, to_string=True)
    except gdb.error as error:
        return "error: %s" % error


def different(expression, expected):
    got = printed(expression)
    if got != expected:
        print("%s\n    is printed as  %s\n    and should be  %s" % (expression, got, expected))
    return got != expected


PRETTY = """{
  name = "Ada",
  age = 18,
  height = none,
  home = {
    town = "Bern"
  },
  children = {}
}"""


def main():
    for setting in ("width 0", "height 0", "style enabled off", "confirm off"):
        gdb.execute("set " + setting)
    gdb.execute("break end_of_show", to_string=True)
    try:
        gdb.execute("run", to_string=True)
    except gdb.error as error:  # as in a container that may not trace processes
        print("skipped: gdb cannot run a program here: %s" % error)
        return 0
    gdb.execute("up", to_string=True)

    cases = expectations(os.path.join(os.path.dirname(__file__), "printers.cpp"))
    failed = sum([different(*case) for case in cases])
    gdb.execute("set print pretty on")
    failed += different("record", PRETTY)
    print("%d of %d are shown as they should be" % (len(cases) + 1 - failed, len(cases) + 1))
    gdb.execute("kill", to_string=True)
    return 1 if failed else 0


try:
    status = main()
except Exception:  # gdb would go on after it, and exit with 0
    traceback.print_exc()
    status = 1
gdb.execute("quit %d" % status)
