#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Measures lathe's figures and writes them into README.md, between <!-- figures: begin --> and <!-- figures: end -->.
Hit ratios of caches go between <!-- hit ratios: begin --> and <!-- hit ratios: end -->, if LATHE_TRACES is set; what
headers cost the compiler goes into the last column of the table of parts, and between <!-- include costs: begin --> and
<!-- include costs: end -->; a few figures go between <!-- headlines: begin --> and <!-- headlines: end -->, too.

  cmake --preset bench && cmake --build --preset bench --target all
  python3 benchmarks/figures.py                     all of it: about ten minutes
  python3 benchmarks/figures.py --only run --print  what is fast to measure; only shows the table
  python3 benchmarks/figures.py --reuse             what was measured last is good enough

All ratios are between rows of one process, or between compilers run in turns; all numbers are medians.
"""
import argparse
import csv
import json
import os
import platform
import re
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from figures_of_course import course
from figures_of_includes import costs, of_all_headers, of_parts
from figures_of_perf import perf
from figures_of_tasks import task, task_join, task_latency, task_memory, task_order
from measuring import ROOT, Table, medians, run, table_text, without_settings, write_section

# Rows of bench_model: what, ours, by hand, by Boost.Hana if there is such a row.
MODEL = [
    ("set an int in [0, 150]", "lathe_set_int", "hand_set_int", None),
    ("set a short string", "lathe_set_string/3", "hand_set_string/3", None),
    ("set a long string", "lathe_set_string/44", "hand_set_string/44", None),
    ("read an int", "lathe_get", "hand_get", None),
    ("modify a string in place", "lathe_modify", "hand_modify", None),
    ("validate a nested model", "lathe_validate", "hand_validate", None),
    ("write a model as text", "lathe_text", "hand_text", "hana_text"),
    ("compare two models", "lathe_equal", "hand_equal", "hana_equal"),
    ("hash a model", "lathe_hash", "hand_hash", None),
]


# What README.md shows first of all that is measured.
HEADLINES = [
    "set an int in [0, 150] / by hand, instructions, g++",
    "set a string / by hand, instructions, g++",
    "compile 50 structs of 10 members, g++: names and values / by hand",
    "CSV rows to validated models / by hand, speed",
    "JSON to validated models / nlohmann's with checks by hand, speed",
    "set a record's int by its name",
    "use a singleton / a static of a function, time, 1 thread",
    "read hit / find in a plain map, time, 1k, 10k, 100k, 1M entries, 1 thread",
    "get_or_load / of a mutex LRU, time, 81 and 77 % hits, 1 thread",
    "post and run 1M tasks, 2 workers / the best peer, CPU time",
    "from a post to the begin of the task, workers asleep: p50, p99 [us]",
    "a measured scope / two bare readings of the clock, time",
    "a measured scope, by LATHE_SCOPE, by a timer, instructions, g++",
]


def model(table, build, given):
    found = medians(build, "model", given)
    for what, ours, hand, hana in MODEL:
        if ours not in found or hand not in found:
            continue
        base = found[hand]["cpu_time"]
        ratio = found[ours]["cpu_time"] / base
        peer = f"Hana {found[hana]['cpu_time'] / base:.2f}" if hana in found else None
        table.add(what + " / by hand, time", "-", f"{ratio:.2f} ({found[ours]['cpu_time']:.1f} {found[ours]['time_unit']})",
                  peer, "bench_model")


def python_rate(path):
    """What CPython's csv module, which is written in C, makes of the file: cells only; MB per CPU second."""
    begin = time.process_time()
    with open(path, newline="", encoding="utf-8") as file:
        count = sum(len(row) for row in csv.reader(file))
    return os.path.getsize(path) / (time.process_time() - begin) / 1e6 if count else 0


def data(table, build, given):
    found = medians(build, "data", given)
    if not found:
        return
    rate = {name: row["bytes_per_second"] / 1e6 for name, row in found.items()}
    if found["rows_by_hand"]["cost"] != found["rows_by_read_csv"]["cost"]:
        raise SystemExit("read_csv and the loop by hand do not agree about the file")
    size = os.environ.get("LATHE_BENCH_MB", "200")
    python = python_rate(Path(tempfile.gettempdir()) / f"lathe_bench_{size}.csv")
    ours, hand = rate["rows_by_read_csv"], rate["rows_by_hand"]
    table.add("CSV rows to validated models / by hand, speed", ">= 0.60", f"{ours / hand:.2f} ({ours:.0f} MB/s of CPU)",
              f"plain read {rate['plain_read']:.0f} MB/s", "bench_data")
    ours, hand = rate["cells_by_csv_records"], rate["cells_by_hand"]
    table.add("CSV cells / by hand (memchr), speed", "-", f"{ours / hand:.2f} ({ours:.0f} MB/s of CPU)",
              f"CPython's csv {python / hand:.2f}", "bench_data")


# Rows of bench_dict: what, its goal, ours, what it is compared with, others in bench_dict, and that of python_dict.py.
DICT = [
    ("JSON to validated models / nlohmann's with checks by hand, speed", ">= 1.50",
     "lathe_from_json", "nlohmann_from_json", {"its parser alone": "nlohmann_sax", "its tree alone": "nlohmann_dom"},
     "from_json"),
    ("models to JSON / appending by hand, speed", "-",
     "lathe_to_json", "hand_to_json", {"nlohmann": "nlohmann_to_json"}, "to_json"),
    ("dicts to validated models / by hand, speed", "-", "lathe_from_dict", "hand_from_dict", {}, "from_dict"),
    ("models to dicts / by hand, speed", "-", "lathe_to_dict", "hand_to_dict", {}, "to_dict"),
]


def dicts(table, build, given):
    found = medians(build, "dict", given)
    if not found:
        return
    rate = {name: row["bytes_per_second"] / 1e6 for name, row in found.items()}
    python = json.loads(run([sys.executable, "benchmarks/python_dict.py", "--rounds", given.repetitions],
                            capture_output=True, text=True).stdout)
    for what, goal, ours, base, others, theirs in DICT:
        peers = [f"{label} {rate[key] / rate[base]:.2f}" for label, key in others.items()]
        table.add(what, goal, f"{rate[ours] / rate[base]:.2f} ({rate[ours]:.0f} MB/s of CPU)",
                  ", ".join([*peers, f"CPython {python[theirs] / rate[base]:.2f}"]), "bench_dict")


# Rows of bench_builder: what, its goal in nanoseconds, ours, others in bench_builder, and that of python_builder.py.
BUILDER = [
    ("make a record of three named values", "<= 150 ns", "lathe_construct_named",
     {"a struct": "hand_construct", "nlohmann": "nlohmann_construct"}, "construct"),
    ("make a record of three pairs in braces", "<= 150 ns", "lathe_construct_braces",
     {"nlohmann": "nlohmann_construct"}, "construct"),
    ("set a record's int by its name", "<= 40 ns", "lathe_set",
     {"a struct": "hand_set", "nlohmann": "nlohmann_set"}, "set_checked"),
    ("set a record's int by a key", "-", "lathe_set_key", {}, None),
    ("make a dict of a record", "<= 150 ns", "lathe_to_dict", {}, "to_dict"),
    ("make a type with three fields", "<= 5000 ns", "lathe_make_type", {}, "make_type"),
]


def builder(table, build, given):
    found = medians(build, "builder", given)
    if not found:
        return
    python = json.loads(run([sys.executable, "benchmarks/python_builder.py"], capture_output=True, text=True).stdout)
    for what, goal, ours, others, theirs in BUILDER:
        peers = [f"{label} {found[key]['cpu_time']:.1f} ns" for label, key in others.items()]
        if theirs:
            peers.append(f"CPython {python[theirs]:.0f} ns")
        table.add(what, goal, f"{found[ours]['cpu_time']:.1f} ns", ", ".join(peers), "bench_builder")
    peers = [f"{label} {found[key]['bytes']:.0f}" for label, key in [("a struct", "hand_bytes"), ("nlohmann", "nlohmann_bytes")]]
    table.add("bytes of a record with three fields, malloc's included", "<= 105", f"{found['lathe_bytes']['bytes']:.0f}",
              ", ".join([*peers, f"CPython {python['bytes']:.0f} and the values"]), "bench_builder")


# Rows of bench_meta: what, its goal, ours, what it is compared with, others.
ERASED = [
    ("call an erased / a virtual function, time", "<= 1.00", "lathe_call", "virtual_call",
     {"std::function": "function_call", "a function that is not inlined": "direct_call"}),
    ("call erased values of mixed types / virtual functions, time", "<= 1.00", "lathe_call_mixed", "virtual_call_mixed",
     {"std::function": "function_call_mixed"}),
    ("make and destroy a small erased / std::function, time", "<= 1.00", "lathe_make_small", "function_make_small",
     {"make_unique": "virtual_make_small"}),
    ("copy a small erased / std::function, time", "<= 1.00", "lathe_copy_small", "function_copy_small",
     {"virtual clone": "virtual_copy_small"}),
    ("move a small erased / std::function, time", "-", "lathe_move_small", "function_move_small",
     {"std::unique_ptr": "virtual_move_small"}),
]


def erased(table, build, given):
    found = medians(build, "meta", given)
    if not found:
        return
    for what, goal, ours, theirs, others in ERASED:
        base = found[theirs]["cpu_time"]
        peers = ", ".join(f"{label} {found[key]['cpu_time'] / base:.2f}" for label, key in others.items())
        table.add(what, goal, f"{found[ours]['cpu_time'] / base:.2f} ({found[ours]['cpu_time']:.1f} ns)", peers,
                  "bench_meta")


def contract_instructions(table, build, given):
    for compiler in given.compilers:
        text = run(["cmake", "-DMODE=assembly", f"-DROOT={ROOT}", f"-DCOMPILER={compiler}", "-DSTANDARD=-std=c++20",
                    f"-DSOURCE={ROOT}/tests/meta/instructions/contract.cpp", "-P", ROOT / "cmake/InstructionCount.cmake"],
                   capture_output=True, text=True).stdout
        found = counted(text)
        for what, key in [("make an object of a validated class / of a plain one", "construct"),
                          ("call an erased / a virtual function of a std::unique_ptr", "call_owned")]:
            ours, hand = found[key]
            table.add(f"{what}, instructions, {compiler}", "<= 1.00", f"{ours / hand:.2f} ({ours} and {hand})", None,
                      "ctest -L instructions")


def singletons(table, build, given):
    found = medians(build, "singleton", given)
    if not found:
        return
    for threads in (1, 2):
        def of(name):
            return found[f"{name}/threads:{threads}"]["cpu_time"]

        hand = of("hand_static")
        others = {"bare global": "bare_global", "Boost": "boost_serialization", "call_once": "hand_call_once",
                  "mutex": "hand_mutex"}
        table.add(f"use a singleton / a static of a function, time, {threads} thread{'s'[:threads - 1]}", "<= 1.00",
                  f"{of('lathe_scoped') / hand:.2f} ({of('lathe_scoped'):.1f} ns)",
                  ", ".join(f"{label} {of(name) / hand:.2f}" for label, name in others.items()), "bench_singleton")


# Policies as bench_hit_ratio names them, and as the table of hit ratios does.
POLICIES = {"fifo": "FIFO", "lru": "LRU", "s3_fifo": "S3-FIFO", "w_tiny_lfu": "W-TinyLFU", "optimum": "optimum"}


def hit_ratios(build, given):
    """The table of hit ratios on the recorded traces; none if there are no such traces."""
    if not os.environ.get("LATHE_TRACES"):
        print("left out: hit ratios; LATHE_TRACES is not set", file=sys.stderr)
        return ""
    file = build / "benchmarks" / "hit_ratio.json"
    if not (given.reuse and file.exists()):
        run([build / "benchmarks" / "bench_hit_ratio", f"--benchmark_out={file}", "--benchmark_out_format=json"],
            stdout=subprocess.DEVNULL)
    found = {}
    for row in json.loads(file.read_text())["benchmarks"]:
        trace, capacity, policy = row["name"].split("/")[:3]
        if row.get("aggregate_name", "median") == "median":
            found.setdefault((trace, int(capacity)), {})[policy] = row["hit_percent"]
    recorded = {path.name.split(".")[0] for path in Path(os.environ["LATHE_TRACES"]).glob("*.keys.xz")}

    def cells(ratios):
        best = max(ratio for policy, ratio in ratios.items() if policy != "optimum")
        return [f"**{ratios[policy]:.2f}**" if ratios[policy] == best else f"{ratios[policy]:.2f}" for policy in POLICIES]

    def mean(title, some):
        means = {policy: sum(ratios[policy] for ratios in some) / len(some) for policy in POLICIES}
        return (f"mean of {len(some)} {title}", "", *cells(means))

    rows = [("trace", "capacity", *POLICIES.values())]
    rows += [(trace, str(capacity), *cells(ratios)) for (trace, capacity), ratios in found.items() if trace in recorded]
    rows.append(mean("recorded", [ratios for (trace, _), ratios in found.items() if trace in recorded]))
    rows.append(mean("made", [ratios for (trace, _), ratios in found.items() if trace not in recorded]))
    return table_text(rows) + "\nHits in percent, one shard, `bench_hit_ratio`; capacities are 1, 5 and 20 % of the distinct keys.\n"


# Subjects of bench_cache by what readers call them; others only where they are installed.
CACHE_PEERS = {
    "mutex LRU": "lru_cache<std::mutex>",
    "weak_ptr map": "weak_map",
    "TBB map": "tbb_map",
    "TBB LRU": "tbb_lru_cache",
    "libcuckoo": "cuckoo_map",
}
CACHE_POLICIES = {name: f"lathe_cache<lathe::{name}>" for name in ("lru", "w_tiny_lfu")}
CACHE_SIZES = {"1k": 1_000, "10k": 10_000, "100k": 100_000, "1M": 1_000_000}


def cache(table, build, given):
    found = without_settings(medians(build, "cache", given))
    if not found:
        return
    python = json.loads(run([sys.executable, "benchmarks/python_cache.py"], capture_output=True, text=True).stdout)
    command = "bench_cache"

    def of(what, subject, size, threads):
        row = found.get(f"{what}<{subject}>/{size}/threads:{threads}") or found.get(f"{what}<{subject}>/{size}")
        return row and row["cpu_time"]

    def others(names, base, what, threads, size=100_000):
        """Their times over `base`, with so many entries."""
        times = {label: of(what, subject, size, threads) for label, subject in names.items()}
        return [f"{label} {time / base:.2f}" for label, time in times.items() if time]

    def by_size(what, ours, base_what, base, threads, inverse=False):
        ratios = []
        for size in CACHE_SIZES.values():
            ratio = of(what, ours, size, threads) / of(base_what, base, size, threads)
            ratios.append(f"{1 / ratio if inverse else ratio:.2f}")
        return f"{', '.join(ratios)} ({of(what, ours, 100_000, threads):.1f} ns at 100k)"

    floor, ours = "plain_map<mixed>", "lathe_cache<>"
    for threads in (1, 2):
        of_threads = f"{threads} thread{'s'[:threads - 1]}"
        sizes = f"{', '.join(CACHE_SIZES)} entries, {of_threads}"
        base = of("read_hit", floor, 100_000, threads)
        table.add(f"read hit / find in a plain map, time, {sizes}", "<= 1.50",
                  by_size("read_hit", ours, "read_hit", floor, threads),
                  ", ".join(others(CACHE_POLICIES | CACHE_PEERS, base, "read_hit", threads)), command)
        table.add(f"`with` / find in a plain map, time, {sizes}", "<= 1.20",
                  by_size("read_hit", "lathe_with", "read_hit", floor, threads), None, command)
        table.add(f"read hit / of a mutex LRU, speed, {sizes}", ">= 2.50",
                  by_size("read_hit", ours, "read_hit", CACHE_PEERS["mutex LRU"], threads, inverse=True), None, command)
        if of("read_hit", CACHE_PEERS["TBB LRU"], 100_000, threads):
            table.add(f"read hit / of TBB's LRU, speed, {sizes}", ">= 10.0",
                      by_size("read_hit", ours, "read_hit", CACHE_PEERS["TBB LRU"], threads, inverse=True), None, command)
        table.add(f"95 % reads, 5 % puts / find in a plain map, time, {sizes}", "-",
                  by_size("read_put", ours, "read_hit", floor, threads),
                  ", ".join(others(CACHE_POLICIES | CACHE_PEERS, base, "read_put", threads)), command)
        mine, base = of("get_or_load", ours, 100_000, threads), of("get_or_load", CACHE_PEERS["mutex LRU"], 100_000, threads)
        peers = others(CACHE_POLICIES | {"TBB LRU": "tbb_lru_cache"}, base, "get_or_load", threads)
        hits = [found[f"get_or_load<{subject}>/100000/threads:{threads}"]["hits"] * 100
                for subject in (ours, CACHE_PEERS["mutex LRU"])]
        table.add(f"get_or_load / of a mutex LRU, time, {hits[0]:.0f} and {hits[1]:.0f} % hits, {of_threads}", "<= 0.60",
                  f"{mine / base:.2f} ({mine:.1f} ns)", ", ".join(peers), command)
    for what, row, size_of, theirs in [
            ("read hit", "read_hit", 100_000, {"dict": "dict_get", "WeakValueDictionary": "weak_get",
                                               "lru_cache": "lru_cache_get", "the course's cache": "seed_get_weak"}),
            ("get_or_load", "get_or_load", 100_000, {"lru_cache": "lru_cache_get_or_load",
                                                               "the course's cache": "seed_get_or_load"})]:
        mine = of(row, ours, size_of, 1)
        table.add(f"{what}, CPython's caches / ours, time", ">= 10.0 the course's",
                  f"{python[list(theirs.values())[-1]] / mine:.1f} ({mine:.1f} ns)",
                  ", ".join(f"{label} {python[key]:.0f} ns" for label, key in theirs.items()),
                  f"{command}, python_cache.py")


def cache_memory(table, build, given):
    found = without_settings(medians(build, "cache_memory", given))
    if not found:
        return

    def overhead(subject):
        return ", ".join(f"{found[f'bytes<{subject}>/{size}']['overhead']:.1f}" for size in (1_000, 100_000, 1_000_000))

    others = {"std::unordered_map": "plain_map<std::hash<key_type>, counting>",
              "LRU of list, map and shared_ptr": "lru_cache<no_mutex, counting>"}
    peers = "; ".join(f"{label} {overhead(subject)}" for label, subject in others.items())
    for policy in ("s3_fifo", "w_tiny_lfu", "lru", "fifo"):
        table.add(f"bytes of an entry beside key and value, {policy}, 1k, 100k, 1M entries", "<= 56",
                  overhead(f"lathe_counted<lathe::{policy}>"), peers, "bench_cache_memory")
        peers = None
    ours, theirs = (found[f"objects_gone_{name}"]["left"] for name in ("lathe", "weak_ptr"))
    table.add("KiB left of 200 objects of 1 MiB that are gone", "<= 1024", f"{ours:.0f}",
              f"make_shared and a map of weak_ptr {theirs:.0f}", "bench_cache_memory")


def counted(text):
    """The rows of InstructionCount.cmake: for each case what lathe and what the code by hand runs."""
    return {what: (int(ours), int(hand)) for what, ours, hand in re.findall(r"-- (\w+): lathe (\d+), by hand (\d+)", text)}


def instructions(table, build, given):
    script = ["-P", ROOT / "cmake/InstructionCount.cmake"]

    def in_assembly(compiler, source):
        command = ["cmake", "-DMODE=assembly", f"-DROOT={ROOT}", f"-DCOMPILER={compiler}", "-DSTANDARD=-std=c++20",
                   f"-DSOURCE={ROOT / source}", *script]
        return counted(run(command, capture_output=True, text=True).stdout)

    def by_callgrind(compiler, source, cases, sizes, percent, *options):
        with tempfile.TemporaryDirectory() as place:
            program = Path(place) / "program"
            run([compiler, "-std=c++20", "-O2", "-Iinclude", source, "-o", program, "-lfmt", "-pthread"])
            return run(["cmake", "-DMODE=callgrind", "-DVALGRIND=valgrind", f"-DPROGRAM={program}", f"-DCASES={cases}",
                        f"-DSIZES={sizes}", f"-DPERCENT={percent}", *options, *script], capture_output=True, text=True).stdout

    def add(what, goal, pair, compiler):
        table.add(f"{what}, instructions, {compiler}", goal, f"{pair[0] / pair[1]:.2f} ({pair[0]} and {pair[1]})",
                  None, "ctest -L instructions")

    for compiler in given.compilers:
        found = in_assembly(compiler, "tests/model/instructions/stores.cpp")
        add("set an int in [0, 150] / by hand", "1.00", found["set_int"], compiler)
        add("set a double in [0, 1.5] / by hand", "1.00", found["set_double"], compiler)
        found = in_assembly(compiler, "tests/meta/instructions/uses.cpp")
        add("use a constant singleton / a global variable", "1.00", found["constant_member"], compiler)
        if shutil.which("valgrind"):
            text = by_callgrind(compiler, "tests/model/instructions/strings.cpp", "string view chars", "3 40", 105)
            found = [int(percent) / 100 for percent in re.findall(r"-- \w+: .*: (\d+) %", text)]
            table.add(f"set a string / by hand, instructions, {compiler}", "<= 1.05",
                      f"{max(found):.2f} (the worst of three types)", None, "ctest -L instructions")
            found = counted(by_callgrind(compiler, "tests/meta/instructions/runs.cpp", "instance per_thread", "1000", 100))
            add("use a singleton / a static of a function", "<= 1.00", found["instance"], compiler)
            add("use one of the thread / a thread_local of a function", "<= 1.00", found["per_thread"], compiler)
            found = counted(by_callgrind(compiler, "tests/task/instructions/observers.cpp", "post run", "1000", 105))
            add("post a task with an observer that does nothing / without one", "<= 1.05", found["post"], compiler)
            add("run a task with an observer that does nothing / without one", "<= 1.05", found["run"], compiler)
            found = {what: ours - hand for what, (ours, hand) in counted(by_callgrind(
                compiler, "tests/perf/instructions/scopes.cpp", "", "1000", 0,
                f"-DSOURCE={ROOT}/tests/perf/instructions/scopes.cpp", "-DHAND=loop")).items()}
            table.add(f"a measured scope, by LATHE_SCOPE, by a timer, instructions, {compiler}", "<= 55 each",
                      f"{found['scope']}, {found['macro']}, {found['timer']}",
                      f"by a name of run time {found['named']}, disabled {found['disabled']}", "ctest -L instructions")
        else:
            print("left out: instructions of strings, singletons, scopes and tasks; valgrind is not installed", file=sys.stderr)


def model_of(fields, build, given, compiler):
    """What one lathe::model costs the compiler, over the struct of the same fields with the same uses."""
    file = build / "benchmarks" / f"compile_time_model_{fields}_{Path(compiler).name}.json"
    if not (given.reuse and file.exists()):
        file.parent.mkdir(parents=True, exist_ok=True)
        run([sys.executable, "benchmarks/compile_time/compile_time.py", "--compiler", compiler, "--json", file, "--rounds",
             given.repetitions, "--variants", "model", "--headers", "none", "--structs", 1, "--fields", fields],
            stdout=subprocess.DEVNULL)
    return f"{json.loads(file.read_text())['variants']['model']['ratio']:.2f}"


def compile_time(table, build, given):
    for compiler in given.compilers:
        file = build / "benchmarks" / f"compile_time_{Path(compiler).name}.json"
        if not (given.reuse and file.exists()):
            file.parent.mkdir(parents=True, exist_ok=True)
            run([sys.executable, "benchmarks/compile_time/compile_time.py", "--compiler", compiler, "--json", file,
                 "--rounds", given.repetitions, *(["--boost", given.boost] if given.boost else [])],
                stdout=subprocess.DEVNULL)
        measured = json.loads(file.read_text())
        built, headers = measured["variants"], measured["headers"]
        name = f"compile {measured['structs']} structs of {measured['fields']} members, {compiler}"
        peers = {"hana": "Hana", "describe": "Describe", "pfr": "PFR without names"}
        others = ", ".join(f"{label} {built[key]['ratio']:.1f}" for key, label in peers.items() if key in built)
        command = "benchmarks/compile_time/compile_time.py"

        def of(key):
            return f"{built[key]['ratio']:.2f} ({built[key]['mb']:.0f} MB)"

        def goal_of(text):  # set for g++
            return text if "g++" in Path(compiler).name and "clang" not in compiler else "-"

        table.add(f"{name}: names and values / by hand", goal_of("<= 1.70, 200 MB"), of("lathe"), others, command)
        alone = f"by hand, with its standard headers {built['hand_std']['ratio']:.2f}" if "hand_std" in built else None
        table.add(f"{name}: the same with lathe.hpp", goal_of("<= 2.50"), of("lathe_all"), alone, command)
        table.add(f"{name}: properties / checked members by hand", "-", of("properties"), None, command)
        table.add(f"{name}: lathe::model, made, set and read / structs of the same fields", "-", of("model"), None, command)
        sizes = [model_of(fields, build, given, compiler) for fields in (10, 32, 64)]
        table.add(f"compile one lathe::model of 10, 32 and 64 fields / the struct, {compiler}", "-", ", ".join(sizes), None,
                  command)
        table.add(f"{name}: to_dict and from_dict / by hand", "<= 5.00", of("dict"), None, command)
        if "task" in built:
            table.add(f"compile a scheduler, two tasks and a run / two std::async, {compiler}", "-",
                      f"{built['task']['ratio']:.2f} ({built['task']['cpu']:.2f} s, {built['task']['mb']:.0f} MB)", None, command)
        if "perf" in built:
            table.add(f"compile a scope and a snapshot / two readings of steady_clock and a vector, {compiler}", "-",
                      f"{built['perf']['ratio']:.2f} ({built['perf']['cpu']:.2f} s, {built['perf']['mb']:.0f} MB)", None, command)
        table.add(f"{name}: the same of properties / checked members by hand", "<= 5.00", of("dict_properties"), None,
                  command)
        # The goals are 0.10, 0.20 and 0.40 s on a machine where <string> takes 0.11 s.
        for header, goal in [("model/reflect", 0.91), ("model/property", 1.82), ("model/text", 3.64)]:
            ratio = headers[f"lathe/{header}.hpp"]["ratio"]
            table.add(f"`#include <lathe/{header}.hpp>` / `<string>`, {compiler}", goal_of(f"<= {goal:.2f}"),
                      f"{ratio:.2f} ({headers[f'lathe/{header}.hpp']['cpu']:.2f} s)", None, command)


def machine():
    try:
        text = Path("/proc/cpuinfo").read_text()
        name = re.search(r"model name\s*: (.*)", text).group(1)
    except (OSError, AttributeError):
        name = platform.processor() or platform.machine()
    return f"{name}, {os.cpu_count()} cores, {platform.system()} {platform.release()}"


def main():
    parts = {
        "instructions": [instructions, contract_instructions],
        "run": [model, singletons, data, dicts, builder, erased, perf, cache, cache_memory,
                task, task_order, task_join, task_memory, task_latency, course],
        "compile": [compile_time],
        "hits": [],  # a table of its own
    }
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--build", default="build/bench", help="the build directory")
    parser.add_argument("--only", choices=parts, help="only this part; implies --print")
    parser.add_argument("--print", action="store_true", help="show the table, leave README.md as it is")
    parser.add_argument("--reuse", action="store_true", help="take results that are in the build directory")
    parser.add_argument("--repetitions", type=int, default=7)
    parser.add_argument("--compilers", default="g++,clang++-19", help="for compile time and instructions")
    parser.add_argument("--boost", default="", help="as in compile_time.py: for Describe and PFR")
    given = parser.parse_args()
    given.compilers = [c for c in given.compilers.split(",")
                       if subprocess.run(["sh", "-c", f"command -v {c}"], capture_output=True).returncode == 0]
    build = (ROOT / given.build).resolve()

    table = Table()
    for name in parts:
        if given.only in (None, name):
            for part in parts[name]:
                part(table, build, given)
    ratios = hit_ratios(build, given) if given.only in (None, "hits") else ""
    text = table.text() + f"\nMeasured on {machine()}, with `python3 benchmarks/figures.py`; ratios are medians of one run.\n"
    print("\n".join(each for each in (text if table.rows else "", ratios) if each))
    if given.print or given.only:
        return
    write_section("headlines", lambda was: table.text(HEADLINES))
    write_section("figures", lambda was: text)
    if ratios:
        write_section("hit ratios", lambda was: ratios)
    if found := costs(build, given):
        write_section("parts", lambda was: of_parts(was, found, given.compilers[0]))
        write_section("include costs", lambda was: of_all_headers(found, given))


if __name__ == "__main__":
    main()
