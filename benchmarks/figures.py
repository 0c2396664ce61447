#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Measures what README.md says in numbers, and writes it there between the figures markers.

  cmake --workflow --preset bench            # builds the benchmarks (and runs them)
  python3 benchmarks/figures.py              # measures again, ten minutes or so, and rewrites the table

Ratios are of medians of interleaved repetitions within one process; compile times are medians of interleaved runs. The
machine and the compiler are written under the table, since single numbers mean little without them.
"""
import argparse
import json
import platform
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
BEGIN, END = "<!-- figures: begin -->\n", "<!-- figures: end -->"


def rows_of(program, repetitions):
    """Median CPU nanoseconds (and bytes per CPU second) of each row of a benchmark program."""
    run = subprocess.run(
        [program, f"--benchmark_repetitions={repetitions}", "--benchmark_enable_random_interleaving=true",
         "--benchmark_report_aggregates_only=true", "--benchmark_format=json"],
        stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, check=True, cwd=ROOT)
    rows = {}
    for row in json.loads(run.stdout)["benchmarks"]:
        if row.get("aggregate_name") == "median":
            rows[row["run_name"]] = row
    return rows


def compile_times(compiler, rounds, boost):
    with tempfile.TemporaryDirectory() as place:
        out = Path(place) / "out.json"
        subprocess.run([sys.executable, str(ROOT / "benchmarks/compile_time/compile_time.py"), "--compiler", compiler,
                        "--rounds", str(rounds), "--json", str(out)] + (["--boost", boost] if boost else []),
                       check=True, stdout=subprocess.DEVNULL)
        return json.loads(out.read_text())


def table(model, data, compiled):
    def ratio(row, floor):
        return model[row]["cpu_time"] / model[floor]["cpu_time"]

    def speed(row):
        return data[row]["bytes_per_second"] / 1e6

    run = "`bench_model`"
    lines = ["| measure | goal | measured | beside | command |", "|---|---|---|---|---|"]
    add = lambda *cells: lines.append("| " + " | ".join(cells) + " |")
    add("checked set of an int / hand-written `if`", "1.00, in instructions", "1.00 (CTest counts them)",
        f"time in this run: {ratio('lathe_set_int', 'hand_set_int'):.2f}", "`ctest --preset dev -L instructions`")
    for size in (3, 44):
        add(f"checked set of a string of {size} / hand-written", "<= 1.05",
            f"{ratio(f'lathe_set_string/{size}', f'hand_set_string/{size}'):.2f}",
            f"{model[f'lathe_set_string/{size}']['cpu_time']:.1f} ns", run)
    add("read / plain member", "1.00", f"{ratio('lathe_get', 'hand_get'):.2f}", f"{model['lathe_get']['cpu_time']:.1f} ns", run)
    add("change in place / by hand", "-", f"{ratio('lathe_modify', 'hand_modify'):.2f}",
        f"{model['lathe_modify']['cpu_time']:.0f} ns", run)
    add("validate a nested model / by hand", "-", f"{ratio('lathe_validate', 'hand_validate'):.1f}",
        f"{model['lathe_validate']['cpu_time']:.0f} ns", run)
    add("text of 4 fields / fmt by hand", "-", f"{ratio('lathe_text', 'hand_text'):.2f}",
        f"Boost.Hana and fmt {ratio('hana_text', 'hand_text'):.2f}", run)
    add("equality of 4 fields / by hand", "-", f"{ratio('lathe_equal', 'hand_equal'):.2f}",
        f"Boost.Hana {ratio('hana_equal', 'hand_equal'):.2f}", run)
    add("hash of 4 fields / by hand", "-", f"{ratio('lathe_hash', 'hand_hash'):.2f}", "a weaker mix by hand", run)

    size = "200 MB"
    add(f"`read_csv`, {size}, MB per CPU second", ">= 0.6 of hand-written",
        f"{speed('rows_by_read_csv'):.0f}: {speed('rows_by_read_csv') / speed('rows_by_hand'):.2f} of hand-written",
        f"hand-written {speed('rows_by_hand'):.0f}; plain read {speed('plain_read'):.0f}", "`bench_data`")
    add("cells without a model, MB per CPU second", "-", f"{speed('cells_by_csv_records'):.0f}",
        f"a `memchr` loop without quotes {speed('cells_by_hand'):.0f}", "`bench_data`")

    variants, headers = compiled["variants"], compiled["headers"]
    script = "`benchmarks/compile_time/compile_time.py`"
    peers = ", ".join(f"{label} {variants[name]['ratio']:.1f}x" for name, label in
                      [("describe", "Describe"), ("pfr", "PFR"), ("hana", "Hana")] if name in variants)
    add("compile 50 structs x 10 fields, names and text / by hand", "<= 1.7x, <= 200 MB",
        f"{variants['lathe']['ratio']:.2f}x, {variants['lathe']['mb']:.0f} MB", peers, script)
    add("the same with `lathe.hpp`", "<= 2.5x", f"{variants['lathe_all']['ratio']:.2f}x, {variants['lathe_all']['mb']:.0f} MB",
        "", script)
    add("the same with properties / checked members by hand", "-", f"{variants['properties']['ratio']:.2f}x", "", script)
    for header, goal in [("lathe/model/reflect.hpp", "0.10 s"), ("lathe/model/property.hpp", "0.20 s"),
                         ("lathe/model/text.hpp", "0.40 s"), ("lathe/data/csv.hpp", ""), ("lathe/lathe.hpp", "")]:
        add(f"`<{header}>` alone", f"<= {goal}, where `<string>` costs 0.11 s" if goal else "-",
            f"{headers[header]['cpu']:.2f} s, {headers[header]['ratio']:.1f} x `<string>`",
            f"`<string>` {headers['string']['cpu']:.2f} s", script)
    return "\n".join(lines) + "\n"


def machine():
    name = platform.processor() or platform.machine()
    for line in Path("/proc/cpuinfo").read_text().splitlines() if Path("/proc/cpuinfo").exists() else []:
        if line.startswith("model name"):
            name = line.split(":", 1)[1].strip()
            break
    return name


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--build", default=str(ROOT / "build/bench"), help="where the benchmarks were built")
    parser.add_argument("--compiler", default="g++", help="for the compile times")
    parser.add_argument("--repetitions", type=int, default=9)
    parser.add_argument("--rounds", type=int, default=7, help="of each compile")
    parser.add_argument("--boost", default="", help="as for compile_time.py: where PFR and Describe are, or fetch")
    given = parser.parse_args()

    programs = Path(given.build) / "benchmarks"
    compiled = compile_times(given.compiler, given.rounds, given.boost)
    model = rows_of(programs / "bench_model", given.repetitions)
    data = rows_of(programs / "bench_data", max(3, given.repetitions // 2))
    text = table(model, data, compiled) + f"\n{machine()}; {compiled['compiler']}, -O2 and -O3.\n"

    readme = ROOT / "README.md"
    page = readme.read_text()
    first, last = page.index(BEGIN) + len(BEGIN), page.index(END)
    readme.write_text(page[:first] + "\n" + text + "\n" + page[last:])
    print(text)


if __name__ == "__main__":
    main()
